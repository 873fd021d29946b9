//! Small pieces of text on a screen: a text with its tone, dates and times, and data made safe to show. Pure.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime};

use crate::app::popup::Tone;

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

/// `text` with a `·` in place of every character that a terminal would act on or hide: controls, marks that turn the
/// direction of writing, characters without width. Letters with combining marks stay.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_unsafe(c) { '·' } else { c }).collect())
}

/// Whether a character must not reach a terminal as it is.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
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
    fn what_a_terminal_would_act_on_becomes_a_dot() {
        for (text, shown) in [
            ("Sở Nội vụ", "Sở Nội vụ"),
            ("a\u{1b}[2Jb", "a·[2Jb"),
            ("x\u{202e}y\u{200d}z\u{feff}", "x·y·z·"),
            ("tie\u{302}\u{301}ng", "tie\u{302}\u{301}ng"),
        ] {
            assert_eq!(clean(text), shown);
        }
    }

    #[test]
    fn a_date_names_its_year_only_when_it_is_another() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        assert_eq!(short_date(day("2026-09-05"), day("2026-01-01")), "5/9");
        assert_eq!(short_date(day("2027-09-05"), day("2026-01-01")), "5/9/2027");
        assert_eq!(hours(72 * 60 + 59), "01:12");
        assert_eq!(hours(-5), "00:00");
    }
}
