//! Amendments in place: the words as amended, with what was approved kept beside them. Knows no layout.

use chrono::NaiveDate;

use crate::domain::amendment;
use crate::domain::kinds::AmendmentStatus;
use crate::domain::meeting::Amendment;
use crate::export::desk::Desk;
use crate::export::tree::{Runs, Tone};

impl Desk<'_> {
    /// The words of a row (`text` as amended) with its corrections. `field` is the field that holds them, `note` the line
    /// the row came from, whose amendments reach the row while both say the same.
    pub fn corrected(&self, id: &str, note: &str, field: &str, text: &str) -> Runs {
        let approved = amendment::said(&self.approved, id, field);
        let touching = || {
            self.adopted()
                .filter(|row| row.target == id || (!note.is_empty() && self.shares(&row.target, note)))
        };
        let struck = self.adopted().any(|row| {
            amendment::is_whole(row) && (row.target == id || (row.target == note && !note.is_empty()))
        });
        let day = touching().filter_map(|row| row.on).max();
        if struck {
            let words = self.dated("paper.struck", day, "");
            return Runs::default().with(Tone::Struck, text).with(Tone::Emphasis, format!(" {words}"));
        }
        let mut runs = Runs::from(text);
        if approved != text && !approved.is_empty() {
            runs = runs.with(Tone::Emphasis, format!(" {}", self.dated("paper.corrected", day, &approved)));
        }
        let others =
            self.adopted().filter(|row| row.target == id && row.field != field && !row.field.is_empty());
        for row in others {
            runs = runs.with(Tone::Emphasis, format!(" {}", self.other_field(row)));
        }
        runs
    }

    /// Whether a row was struck whole by an amendment, its own or that of the line it came from.
    pub fn is_struck(&self, id: &str, note: &str) -> bool {
        self.adopted().any(|row| {
            amendment::is_whole(row) && (row.target == id || (!note.is_empty() && row.target == note))
        })
    }

    fn adopted(&self) -> impl Iterator<Item = &Amendment> {
        self.approved.amendments.iter().filter(|row| row.status == Some(AmendmentStatus::Adopted))
    }

    /// Whether a row is the line `note` or came from it.
    fn shares(&self, id: &str, note: &str) -> bool {
        let of = |row_id: &str, row_note: &str| row_id == id && row_note == note;
        id == note
            || self.meeting.conclusions.iter().any(|row| of(&row.id, &row.note))
            || self.meeting.tasks.iter().any(|row| of(&row.id, &row.note))
    }

    fn dated(&self, key: &str, day: Option<NaiveDate>, said: &str) -> String {
        let day = day.map_or_else(|| "…".to_owned(), |day| self.short(day));
        self.fill(key, &[("day", day.as_str()), ("said", said)])
    }

    /// A correction of a field beside the words: the owner, the deadline, who spoke.
    fn other_field(&self, row: &Amendment) -> String {
        let wording = amendment::wording(&self.approved, row);
        let key = format!("field.{}", row.field);
        let field = if self.order.words.has(&key) { self.say(&key) } else { row.field.clone() };
        let day = row.on.map_or_else(|| "…".to_owned(), |day| self.short(day));
        let slots = [
            ("day", day.as_str()),
            ("field", &field.to_lowercase()),
            ("said", &self.spelled(&wording.said)),
            ("now", &self.spelled(&wording.amended)),
        ];
        self.fill("paper.corrected_field", &slots)
    }

    /// Ids as names, days as this paper writes them.
    fn spelled(&self, words: &str) -> String {
        if let Ok(day) = words.parse::<NaiveDate>() {
            return self.short(day);
        }
        let part = |part: &str| match self.meeting.seat(part) {
            Some(_) => self.bare_name(part),
            None => self.unit(part),
        };
        words.split(", ").map(part).collect::<Vec<_>>().join(", ")
    }
}
