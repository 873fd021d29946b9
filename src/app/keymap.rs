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

/// A line of the keys tables that could not be used as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyProblem {
    UnknownPlace(String),
    UnknownCommand {
        place: String,
        command: String,
    },
    /// Not how a key is written.
    BadKey {
        place: String,
        command: String,
        key: String,
    },
    /// A character goes into the text there, so the command would never be reached.
    Typed {
        place: String,
        command: String,
        key: String,
    },
    /// Two commands want the key; where both are looked up one of them has it.
    Clash {
        place: Context,
        key: String,
        kept: Command,
        dropped: Command,
    },
}

impl KeyProblem {
    /// The entries of the tables that may be at fault, as place and command (empty for the place itself).
    pub fn entries(&self) -> Vec<(String, String)> {
        match self {
            KeyProblem::UnknownPlace(place) => vec![(place.clone(), String::new())],
            KeyProblem::UnknownCommand { place, command }
            | KeyProblem::BadKey { place, command, .. }
            | KeyProblem::Typed { place, command, .. } => vec![(place.clone(), command.clone())],
            KeyProblem::Clash { kept, dropped, .. } => {
                let entry = |command: &Command| {
                    let places = Context::ALL.iter().map(|place| place.name().to_owned());
                    places.map(|place| (place, command.name().to_owned())).collect::<Vec<_>>()
                };
                [entry(dropped), entry(kept)].concat()
            }
        }
    }
}

/// The keys wanted for a command, and how late the table stands that wants them: the user's come after the defaults.
#[derive(Clone, Debug)]
struct Wish {
    layer: usize,
    keys: Vec<Key>,
}

type Wishes = BTreeMap<(Context, Command), Wish>;

impl Keymap {
    /// Builds the map from the given tables; later ones replace a command's keys and win where two commands want the
    /// same key. Problems leave the rest in force.
    pub fn build(tables: &[KeyTables]) -> (Keymap, Vec<KeyProblem>) {
        let mut problems = Vec::new();
        let mut wishes = Wishes::new();
        for (layer, table) in tables.iter().enumerate() {
            for (place, commands) in table {
                let Some(context) = Context::from_name(place) else {
                    problems.push(KeyProblem::UnknownPlace(place.clone()));
                    continue;
                };
                for (name, keys) in commands {
                    let entry = Entry { place: context, command: name };
                    match Command::from_name(name) {
                        Some(command) => {
                            let keys = entry.read(keys, &mut problems);
                            wishes.insert((context, command), Wish { layer, keys });
                        }
                        None => problems
                            .push(KeyProblem::UnknownCommand { place: place.clone(), command: name.clone() }),
                    }
                }
            }
        }
        let map = Keymap::bind(&wishes, &mut problems);
        problems.extend(hidden(&wishes));
        (map, problems)
    }

    fn bind(wishes: &Wishes, problems: &mut Vec<KeyProblem>) -> Keymap {
        let mut map = Keymap::default();
        let mut latest_first: Vec<_> = wishes.iter().collect();
        latest_first.sort_by_key(|(entry, wish)| (std::cmp::Reverse(wish.layer), **entry));
        for ((context, command), wish) in latest_first {
            let mut bound = Vec::new();
            for key in &wish.keys {
                match map.bound.get(&(*context, *key)) {
                    Some(kept) if kept != command => problems.push(KeyProblem::Clash {
                        place: *context,
                        key: key.to_string(),
                        kept: *kept,
                        dropped: *command,
                    }),
                    _ => {
                        map.bound.insert((*context, *key), *command);
                        bound.push(*key);
                    }
                }
            }
            map.keys.insert((*context, *command), bound);
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

/// One line of a keys table.
struct Entry<'a> {
    place: Context,
    command: &'a str,
}

impl Entry<'_> {
    fn read(&self, keys: &[String], problems: &mut Vec<KeyProblem>) -> Vec<Key> {
        let mut read = Vec::new();
        for text in keys {
            let (place, command, key) = (self.place.name().to_owned(), self.command.to_owned(), text.clone());
            match Key::from_str(text) {
                Ok(key) if key.typed().is_none() || self.has_no_text() => read.push(key),
                Ok(_) => problems.push(KeyProblem::Typed { place, command, key }),
                Err(_) => problems.push(KeyProblem::BadKey { place, command, key }),
            }
        }
        read
    }

    /// Whether characters have no text to go to there.
    fn has_no_text(&self) -> bool {
        matches!(self.place, Context::Split | Context::Form)
    }
}

/// Places whose keys are looked up together, the inner one first.
const TOGETHER: &[(Context, Context)] = &[(Context::Text, Context::Meeting)];

/// Keys of one place that never arrive because the user gave them to another that is asked first.
fn hidden(wishes: &Wishes) -> Vec<KeyProblem> {
    let mut problems = Vec::new();
    for ((inner, kept), first) in wishes {
        for ((outer, dropped), second) in wishes {
            let together = TOGETHER.contains(&(*inner, *outer))
                || (*outer == Context::Everywhere && *inner != Context::Everywhere);
            if !together || kept == dropped || first.layer + second.layer == 0 {
                continue;
            }
            for key in first.keys.iter().filter(|key| second.keys.contains(key)) {
                let (key, kept, dropped) = (key.to_string(), *kept, *dropped);
                problems.push(KeyProblem::Clash { place: *inner, key, kept, dropped });
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;

    fn built(user: &str) -> (Keymap, Vec<KeyProblem>) {
        Keymap::build(&Settings::read(user).0.keys)
    }

    fn key(text: &str) -> Key {
        text.parse().unwrap()
    }

    #[test]
    fn a_key_of_the_user_wins_over_a_default_and_the_clash_is_told() {
        let (map, problems) = built("[keys.meeting]\nitem = [\"f2\"]\n");
        assert_eq!(map.command(&[Context::Meeting], key("f2")), Some(Command::Item));
        assert_eq!(map.label(Command::Speaker), None, "the footer promises no key that another has");
        let clash = KeyProblem::Clash {
            place: Context::Meeting,
            key: "f2".into(),
            kept: Command::Item,
            dropped: Command::Speaker,
        };
        assert_eq!(problems, [clash]);
    }

    #[test]
    fn keys_that_change_places_clash_with_nothing() {
        let (map, problems) = built("[keys.meeting]\nitem = [\"f2\"]\nspeaker = [\"f3\"]\n");
        assert_eq!(problems, []);
        assert_eq!(map.label(Command::Speaker).as_deref(), Some("F3"));
    }

    #[test]
    fn a_key_that_is_asked_for_elsewhere_first_is_told() {
        for (user, kept, dropped) in [
            ("[keys.meeting]\nvote = [\"ctrl-k\"]", Command::Vote, Command::Palette),
            ("[keys.meeting]\nvote = [\"left\"]", Command::CaretLeft, Command::Vote),
            ("[keys.everywhere]\nboard = [\"f2\"]", Command::Speaker, Command::Board),
        ] {
            let (_, problems) = built(user);
            let told = |problem: &KeyProblem| matches!(problem, KeyProblem::Clash { kept: k, dropped: d, .. } if (*k, *d) == (kept, dropped));
            assert!(problems.iter().any(told), "{user} {problems:?}");
        }
    }

    #[test]
    fn what_is_no_place_no_command_no_key_or_a_letter_is_told_and_the_rest_applies() {
        let (map, problems) = built(
            "[keys.nowhere]\nvote = [\"f2\"]\n[keys.meeting]\nvoet = [\"f2\"]\nvote = [\"ctrl-q7\", \"v\", \"shift-f7\"]\n",
        );
        assert_eq!(map.label(Command::Vote).as_deref(), Some("Shift-F7"));
        assert_eq!(problems.len(), 4, "{problems:?}");
        let entries: Vec<_> = problems.iter().flat_map(KeyProblem::entries).collect();
        assert!(entries.contains(&("nowhere".to_owned(), String::new())));
        assert!(entries.contains(&("meeting".to_owned(), "voet".to_owned())));
    }
}
