//! Lines that were deleted, from the journals of the last thirty days: the list, and bringing one back. Knows no
//! drawing and no file.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::picker::Entry;
use crate::app::popup::{Then, Tone};
use crate::domain::edit::apply;
use crate::domain::gone::{Bin, Gone};
use crate::domain::id::RecordKey;
use crate::text::dates;

impl App {
    /// Asks the journals for what is gone from this meeting.
    pub fn ask_gone(&mut self) -> Vec<Effect> {
        match self.current_meeting() {
            Some(meeting) => vec![Effect::ReadBin(RecordKey::Meeting(meeting.head.id.clone()))],
            None => self.tell("news.no_meeting", Tone::Warning),
        }
    }

    /// The journals have answered: what the meeting lacks now, the last that went first.
    pub fn bin_read(&mut self, key: &RecordKey, bin: &Bin) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting().filter(|meeting| meeting.head.id == key.id()) else {
            return Vec::new();
        };
        let gone = bin.missing(meeting);
        if gone.is_empty() {
            return self.tell("news.nothing_gone", Tone::Quiet);
        }
        let entries = gone.iter().enumerate().map(|(at, gone)| self.gone_entry(at, gone)).collect();
        self.pick("picker.gone", entries, "0", Then::BringBack(gone));
        Vec::new()
    }

    fn gone_entry(&self, place: usize, gone: &Gone) -> Entry {
        let words = &self.desk.words;
        let sort = words.find(&format!("gone.{}", gone.table)).unwrap_or_default();
        let at = gone.at.map(|at| format!("{} {}", dates::clock(at.time()), dates::short(at.date())));
        let detail = [sort.to_owned(), at.unwrap_or_default()];
        let detail: Vec<String> = detail.into_iter().filter(|part| !part.is_empty()).collect();
        let (id, label) = (place.to_string(), gone.words());
        Entry { id, label, detail: detail.join(", "), ..Entry::default() }
    }

    /// Puts the chosen row back where it stood, as one step.
    pub fn bring_back(&mut self, gone: &[Gone], choice: &str) -> Vec<Effect> {
        let Some(gone) = choice.parse().ok().and_then(|at: usize| gone.get(at)) else { return Vec::new() };
        let step = self.sessions.change(&self.meeting.id, "step.bring_back", self.desk.now, |meeting| {
            apply(meeting, &[gone.back()]);
        });
        self.say("news.brought_back", Tone::Plain);
        self.made(step)
    }
}
