//! From a key to a command, by place. Pure: built from the tables in `config/keys.toml` and the user's own.
//! Knows no terminal and does nothing.

use std::collections::BTreeMap;
use std::str::FromStr;

use crate::app::command::{Command, Context};
use crate::app::key::Key;
use crate::config::KeyTables;

/// The keys of every command.
#[derive(Clone, Debug, Default)]
pub struct Keymap {
    bound: BTreeMap<(Context, Key), Command>,
    keys: BTreeMap<(Context, Command), Vec<Key>>,
}

/// A line of the keys tables that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    UnknownPlace(String),
    UnknownCommand(String),
    BadKey { command: String, key: String },
    Clash { place: Context, key: String, kept: Command, dropped: Command },
}

impl Keymap {
    /// Builds the map from the given tables; later ones replace a command's keys. Problems leave the rest in force.
    pub fn build(tables: &[KeyTables]) -> (Keymap, Vec<KeyProblem>) {
        let mut problems = Vec::new();
        let mut wanted: BTreeMap<(Context, Command), Vec<Key>> = BTreeMap::new();
        for (place, commands) in tables.iter().flatten() {
            let Some(context) = Context::from_name(place) else {
                problems.push(KeyProblem::UnknownPlace(place.clone()));
                continue;
            };
            for (name, keys) in commands {
                match Command::from_name(name) {
                    Some(command) => {
                        wanted.insert((context, command), read_keys(name, keys, &mut problems));
                    }
                    None => problems.push(KeyProblem::UnknownCommand(name.clone())),
                }
            }
        }
        (Keymap::bind(wanted, &mut problems), problems)
    }

    fn bind(wanted: BTreeMap<(Context, Command), Vec<Key>>, problems: &mut Vec<KeyProblem>) -> Keymap {
        let mut map = Keymap::default();
        for ((context, command), keys) in wanted {
            for key in &keys {
                match map.bound.get(&(context, *key)) {
                    Some(kept) if *kept != command => problems.push(KeyProblem::Clash {
                        place: context,
                        key: key.to_string(),
                        kept: *kept,
                        dropped: command,
                    }),
                    _ => {
                        map.bound.insert((context, *key), command);
                    }
                }
            }
            map.keys.insert((context, command), keys);
        }
        map
    }

    /// What the key means in the first of these places that binds it.
    pub fn command(&self, places: &[Context], key: Key) -> Option<Command> {
        places.iter().find_map(|place| self.bound.get(&(*place, key)).copied())
    }

    /// The first key of a command, as people read it.
    pub fn label(&self, command: Command) -> Option<String> {
        self.labels(command).into_iter().next()
    }

    /// All keys of a command, as people read them, the first the one that is shown.
    pub fn labels(&self, command: Command) -> Vec<String> {
        let keys = Context::ALL.iter().find_map(|context| self.keys.get(&(*context, command)));
        keys.into_iter().flatten().map(|key| key.label()).collect()
    }

    /// Whether the tables name the command at all (some have only a word, no key).
    pub fn knows(&self, command: Command) -> bool {
        Context::ALL.iter().any(|context| self.keys.contains_key(&(*context, command)))
    }
}

fn read_keys(command: &str, keys: &[String], problems: &mut Vec<KeyProblem>) -> Vec<Key> {
    let mut read = Vec::new();
    for text in keys {
        match Key::from_str(text) {
            Ok(key) => read.push(key),
            Err(_) => problems.push(KeyProblem::BadKey { command: command.to_owned(), key: text.clone() }),
        }
    }
    read
}
