//! `steerco help keys`: the keys of every place with what they do, from the one table of commands. Knows no terminal.

use crate::app::command::{Command, Context};
use crate::app::keymap::Keymap;
use crate::cli::screen_text::table;
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, out};
use crate::words::Words;

/// A command as people read it: its keys and words after `/`, its name, what it is for.
pub struct KeyRow {
    pub keys: String,
    pub name: String,
    pub help: String,
}

/// Prints the keys place by place.
pub fn tell(call: &Call) -> Result<Outcome, Trouble> {
    let mut text = String::new();
    for (place, rows) in places(&call.words, &call.keymap()) {
        let rows: Vec<_> =
            rows.into_iter().map(|row| vec![format!("  {}", row.keys), row.name, row.help]).collect();
        text.push_str(&format!("{place}\n{}\n", table(&rows)));
    }
    out::result(text.trim_end_matches('\n'))?;
    out::result("\n")?;
    Ok(Outcome::Done)
}

/// The places with their commands, in the order of the table. What has neither key nor word is no row.
pub fn places(words: &Words, keymap: &Keymap) -> Vec<(String, Vec<KeyRow>)> {
    let of = |place: &Context| {
        let commands = Command::ALL.iter().filter(|command| command.context() == *place);
        let rows: Vec<KeyRow> = commands.filter_map(|command| row(words, keymap, *command)).collect();
        (words.get(&format!("context.{}", place.name())).to_owned(), rows)
    };
    Context::ALL.iter().map(of).filter(|(_, rows)| !rows.is_empty()).collect()
}

fn row(words: &Words, keymap: &Keymap, command: Command) -> Option<KeyRow> {
    let name = command.name();
    let slash = format!("slash.{name}");
    let slash = if words.has(&slash) { words.get(&slash) } else { "" };
    let slash = slash.split('|').filter(|word| !word.is_empty()).map(|word| format!("/{word}"));
    let keys: Vec<String> = keymap.labels(command).into_iter().chain(slash).collect();
    if keys.is_empty() {
        return None;
    }
    let say = |table: &str| words.get(&format!("{table}.{name}")).to_owned();
    Some(KeyRow { keys: keys.join(" "), name: say("command"), help: say("help") })
}
