//! The one line of news: what was done, and what could not be done and why. Knows no place and no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::event::{Failure, FailureKind, JournalState};
use crate::app::popup::Tone;
use crate::app::session::Refused;

impl App {
    /// One line of news.
    pub fn say(&mut self, key: &str, tone: Tone) {
        self.desk.news.text = self.desk.words.get(key).to_owned();
        self.desk.news.tone = tone;
    }

    /// One line of news with slots filled.
    pub fn say_filled<S: AsRef<str>>(&mut self, key: &str, slots: &[(&str, S)], tone: Tone) {
        self.desk.news.text = self.desk.words.fill(key, slots);
        self.desk.news.tone = tone;
    }

    /// News as the whole answer to a command.
    pub fn tell(&mut self, key: &str, tone: Tone) -> Vec<Effect> {
        self.say(key, tone);
        Vec::new()
    }

    /// What could not be read or written: what happened, what is safe, what to do next.
    pub fn say_failure(&mut self, failure: &Failure) {
        let key = match failure.kind {
            FailureKind::NotFound => "failure.not_found",
            FailureKind::Unreadable => "failure.unreadable",
            FailureKind::Unparsable => "failure.unparsable",
            FailureKind::Unwritable => "failure.unwritable",
            FailureKind::TooLarge => "failure.too_large",
            FailureKind::Overfull => "failure.overfull",
            FailureKind::NoTable => "failure.no_table",
        };
        let place = failure.place.map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
        let cause = self.cause(&failure.cause).to_owned();
        let slots = [("path", failure.path.as_str()), ("place", &place), ("cause", &cause)];
        self.say_filled(key, &slots, Tone::Alarm);
    }

    /// What the system said, in the reader's language where the program knows it.
    pub fn cause<'a>(&'a self, said: &'a str) -> &'a str {
        self.desk.words.find(&format!("cause.{said}")).unwrap_or(said)
    }

    /// The effects of a step, or the reason why it was not made.
    pub fn made(&mut self, step: Result<Vec<Effect>, Refused>) -> Vec<Effect> {
        match step {
            Ok(effects) => {
                self.after_step();
                effects
            }
            Err(Refused::NotOpen) => self.tell("news.not_open", Tone::Warning),
            Err(Refused::Locked) => self.tell_locked(),
            Err(Refused::ReadOnly) => self.tell("news.read_only", Tone::Warning),
        }
    }

    /// A journal that had to leave its place says once where it is now.
    pub(super) fn journal_is(&mut self, state: JournalState) {
        let moved = state.elsewhere != self.saving.journal.elsewhere;
        let place = state.elsewhere.clone().filter(|_| moved);
        self.saving.journal_is(state, self.desk.now.since_start);
        if let Some(path) = place {
            self.say_filled("news.journal_elsewhere", &[("path", &path)], Tone::Warning);
        }
    }
}
