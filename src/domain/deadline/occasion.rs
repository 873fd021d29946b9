//! The occasion on which a deadline is said: the meeting's day and what can be counted from it. Must not know words.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::workdays::Holidays;

/// When something is said, and the days that words may lean on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occasion {
    /// The day of the meeting.
    pub day: NaiveDate,
    /// The committee's next planned meeting: "họp sau".
    pub next_meeting: Option<NaiveDate>,
    /// The day of the notice of conclusions: "kể từ ngày ban hành"; until it is known the meeting's day stands for it.
    pub notice: Option<NaiveDate>,
    /// The last day of the committee's term: "hết nhiệm kỳ".
    pub term_end: Option<NaiveDate>,
    /// What is no working day.
    pub holidays: Arc<Holidays>,
}

impl Occasion {
    /// A day of which nothing else is known; only weekends are free.
    pub fn on(day: NaiveDate) -> Occasion {
        Occasion {
            day,
            next_meeting: None,
            notice: None,
            term_end: None,
            holidays: Arc::new(Holidays::default()),
        }
    }

    /// With this table of holidays.
    pub fn with_holidays(self, holidays: Arc<Holidays>) -> Occasion {
        Occasion { holidays, ..self }
    }
}
