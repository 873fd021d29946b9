//! Small pieces of text on a screen: a text with its tone, dates and times, and data made safe to show. Pure.

use chrono::{NaiveDate, NaiveDateTime};

use crate::app::popup::Tone;
pub use crate::text::hidden::{clean, is_unsafe};

/// A stretch of text of one tone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    pub text: String,
    pub tone: Tone,
}

impl Piece {
    /// A piece of this tone.
    pub fn new(text: impl Into<String>, tone: Tone) -> Piece {
        Piece { text: text.into(), tone }
    }

    /// A piece that asks for no attention.
    pub fn plain(text: impl Into<String>) -> Piece {
        Piece::new(text, Tone::Plain)
    }
}

/// `11:07`.
pub fn clock(at: NaiveDateTime) -> String {
    at.format("%H:%M").to_string()
}

/// `15/9`, with the year when it is another than `today`'s.
pub fn short_date(day: NaiveDate, today: NaiveDate) -> String {
    use chrono::Datelike;
    let year = if day.year() == today.year() { String::new() } else { format!("/{}", day.year()) };
    format!("{}/{}{year}", day.day(), day.month())
}

/// `05/09/2026`.
pub fn full_date(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// Hours and minutes as `01:12`; negative seconds count as none.
pub fn hours(seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_names_its_year_only_when_it_is_another() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(short_date(day("2026-09-05"), day("2026-01-01")), "5/9");
        assert_eq!(short_date(day("2027-09-05"), day("2026-01-01")), "5/9/2027");
        assert_eq!(hours(72 * 60 + 59), "01:12");
        assert_eq!(hours(-5), "00:00");
    }
}
