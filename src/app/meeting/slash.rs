//! `/word`: the twin of every key, and the chair's questions, found by their words in the reader's language or without
//! marks. Knows no drawing.

use crate::app::App;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::picker::Entry;
use crate::app::popup::{Popup, Then, Tone};
use crate::text::fold::fold;

impl App {
    /// A line that began with `/`. An unknown word leaves the line as it is.
    pub fn slash(&mut self, words: &str) -> Vec<Effect> {
        if words.is_empty() {
            self.clear_line();
            return self.show_palette();
        }
        match self.slash_command(words) {
            Some((command, argument)) => {
                self.clear_line();
                self.run(command, &argument)
            }
            None => self.tell("news.no_such_command", Tone::Warning),
        }
    }

    /// The command whose words begin the line, the longest first, and what follows them. Words are those of
    /// `slash.<command>` in either language, separated by `|`; marks and case do not matter.
    pub fn slash_command(&self, words: &str) -> Option<(Command, String)> {
        let mut typed: Vec<&str> = words.split_whitespace().collect();
        // `kl2` is `kl 2`: a hurried hand leaves the blank out before a number.
        if let Some((word, number)) = typed.first().and_then(|first| before_number(first)) {
            typed.splice(0..1, [word, number]);
        }
        (1..=typed.len()).rev().find_map(|count| {
            let head = fold(&typed[..count].join(" "));
            let command = Command::ALL.iter().find(|command| self.slash_words(**command).any(|w| w == head));
            command.map(|command| (*command, typed[count..].join(" ")))
        })
    }

    fn slash_words(&self, command: Command) -> impl Iterator<Item = String> {
        let key = format!("slash.{}", command.name());
        let words =
            if self.desk.words.has(&key) { self.desk.words.get(&key).to_owned() } else { String::new() };
        words.split('|').map(fold).filter(|word| !word.is_empty()).collect::<Vec<_>>().into_iter()
    }

    /// Commands that fit what follows `/`, for the row under the stream.
    pub fn slash_entries(&self) -> Vec<Entry> {
        Command::ALL
            .iter()
            .filter_map(|command| {
                let key = format!("slash.{}", command.name());
                let words = self.desk.words.has(&key).then(|| self.desk.words.get(&key))?;
                Some(Entry {
                    id: command.name().to_owned(),
                    mark: words.split('|').next().unwrap_or("").to_owned(),
                    label: self.desk.words.get(&format!("command.{}", command.name())).to_owned(),
                    detail: String::new(),
                    also: words.split('|').map(str::to_owned).collect(),
                })
            })
            .collect()
    }

    /// Ctrl-K: every command by its name, with its key; Enter runs it.
    pub fn show_palette(&mut self) -> Vec<Effect> {
        if self.close_again("picker.palette") {
            return Vec::new();
        }
        let entries = self.command_entries(|_| true);
        self.pick("picker.palette", entries, "", Then::Command);
        Vec::new()
    }

    /// F1: the commands of this place and what they are for.
    pub fn show_help(&mut self) -> Vec<Effect> {
        if self.close_again("picker.help") {
            return Vec::new();
        }
        let places = self.contexts();
        let entries = self.command_entries(|command| places.contains(&command.context()));
        self.pick("picker.help", entries, "", Then::Command);
        Vec::new()
    }

    /// The key that opened a list of commands closes it.
    fn close_again(&mut self, list: &str) -> bool {
        let is_open = matches!(self.popups.last(), Some(Popup::Picker { title, .. }) if *title == list);
        if is_open {
            self.popups.pop();
        }
        is_open
    }

    fn command_entries(&self, wanted: impl Fn(Command) -> bool) -> Vec<Entry> {
        let words = &self.desk.words;
        Command::ALL
            .iter()
            .filter(|command| wanted(**command))
            .map(|command| {
                let slash = format!("slash.{}", command.name());
                let also = if words.has(&slash) { words.get(&slash) } else { "" };
                let key = self.desk.keymap.label(*command);
                let slash_key = also.split('|').next().filter(|word| !word.is_empty());
                Entry {
                    id: command.name().to_owned(),
                    mark: key.or_else(|| slash_key.map(|word| format!("/{word}"))).unwrap_or_default(),
                    label: words.get(&format!("command.{}", command.name())).to_owned(),
                    detail: words.get(&format!("help.{}", command.name())).to_owned(),
                    also: also.split('|').filter(|word| !word.is_empty()).map(str::to_owned).collect(),
                }
            })
            .collect()
    }

    /// What fits the mark at the start of the line, best first; empty without a mark.
    pub fn suggestions(&self) -> Vec<Entry> {
        use crate::app::meeting::mark::{self, Mark};
        use crate::app::meeting::names;
        let line = self.meeting.line.text();
        if self.meeting.literal || self.meeting.editing.is_some() {
            return Vec::new();
        }
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let (entries, query) = match mark::read(line) {
            Mark::Speaker(words) => (self.speakers(meeting), words),
            Mark::Item(words) => (names::item_entries(meeting), words),
            Mark::Command(words) => (self.slash_entries(), words),
            _ => return Vec::new(),
        };
        let ranked = crate::app::picker::rank(&entries, query);
        ranked.into_iter().take(9).map(|i| entries[i].clone()).collect()
    }
}

/// A word of letters that ends in a number, as the two.
fn before_number(text: &str) -> Option<(&str, &str)> {
    let at = text.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0)?;
    let (word, number) = text.split_at(at);
    number.chars().all(|c| c.is_ascii_digit()).then_some((word, number))
}
