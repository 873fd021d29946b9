//! The English rules: dates with month names, ends of periods, "next Friday". Must not know sentences.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::calendar::{
    Part, fixed, in_month, in_quarter, in_week, in_year, month_after, next_weekday, quarter_after, rolled,
};
use super::phrase::Phrase;
use super::vietnamese::{on_day, ongoing};
use super::{Every, Hit, Rule};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Mon),
    ("tuesday", Weekday::Tue),
    ("wednesday", Weekday::Wed),
    ("thursday", Weekday::Thu),
    ("friday", Weekday::Fri),
    ("saturday", Weekday::Sat),
    ("sunday", Weekday::Sun),
];

/// `15 Sep 2022`, `15th of September`, `September 15, 2022`.
pub(super) fn day(phrase: &Phrase, at: usize) -> Option<Hit> {
    if let Some(day) = ordinal(phrase, at) {
        let next = phrase.eat(at + 1, "of").unwrap_or(at + 1);
        let month = month_name(phrase.word(next))?;
        let (end, year) = year_after(phrase, next + 1);
        return Some(on_day(end, day, month, year, phrase.from));
    }
    let month = month_name(phrase.word(at))?;
    let day = ordinal(phrase, at + 1)?;
    let (end, year) = year_after(phrase, at + 2);
    Some(on_day(end, day, month, year, phrase.from))
}

/// `September 2022`, `by September`: a name alone needs its preposition, "may" and "march" are verbs too.
pub(super) fn month(phrase: &Phrase, at: usize) -> Option<Hit> {
    let month = month_name(phrase.word(at))?;
    let (end, year) = year_after(phrase, at + 1);
    let led = at > 0 && phrase.is_any(at - 1, &["by", "in", "before", "until", "during"]);
    let meant = year.is_some() || led;
    rolled(end, year, phrase.from, Rule::Month, |year| in_month(year, month, Part::Whole)).filter(|_| meant)
}

/// `end of Q3`, `end of September`, `the end of next month`, `mid September`, `end of 2022`.
pub(super) fn end_of(phrase: &Phrase, at: usize) -> Option<Hit> {
    let sayings = [
        ("end of", Part::Last),
        ("beginning of", Part::First),
        ("start of", Part::First),
        ("mid", Part::Middle),
        ("middle of", Part::Middle),
    ];
    let (next, part) = phrase.choose(at, &sayings)?;
    let next = phrase.choose(next, &[("-", ()), ("the", ()), ("this", ())]).map_or(next, |(next, ())| next);
    if let Some(month) = month_name(phrase.word(next)) {
        let (end, year) = year_after(phrase, next + 1);
        return rolled(end, year, phrase.from, Rule::MonthPart, |year| in_month(year, month, part));
    }
    if let Some((end, quarter)) = phrase.choose(next, &[("q1", 1), ("q2", 2), ("q3", 3), ("q4", 4)]) {
        let end = phrase.eat(end, "/").unwrap_or(end);
        let (end, year) = year_after(phrase, end);
        return rolled(end, year, phrase.from, Rule::Quarter, |year| in_quarter(year, quarter, part));
    }
    if let Some(year) = phrase.year(next) {
        return Some(fixed(next + 1, in_year(year, part)?, Rule::YearPart));
    }
    let (next, count) = phrase.eat(next, "next").map_or((next, 0), |next| (next, 1));
    period(phrase, next, count, part)
}

/// `next Friday`, `this week`, `next quarter`, `Friday`, `today`, `tomorrow`.
pub(super) fn near(phrase: &Phrase, at: usize) -> Option<Hit> {
    if let Some((end, days)) = phrase.choose(at, &[("today", 0), ("tomorrow", 1)]) {
        return Some(fixed(end, phrase.from.checked_add_days(Days::new(days))?, Rule::NearDay));
    }
    let which = phrase.choose(at, &[("next", 1), ("this", 0)]);
    let (next, count) = which.unwrap_or((at, 0));
    if let Some((end, day)) = phrase.choose(next, &WEEKDAYS) {
        return Some(fixed(end, weekday(phrase.from, day, which.is_some(), count)?, Rule::Weekday));
    }
    which.and_then(|_| period(phrase, next, count, Part::Whole))
}

/// `weekly`, `monthly`, `ongoing`.
pub(super) fn recurring(phrase: &Phrase, at: usize) -> Option<Hit> {
    let sayings = [
        ("ongoing", None),
        ("continuously", None),
        ("on an ongoing basis", None),
        ("weekly", Some(Every::Week)),
        ("every week", Some(Every::Week)),
        ("monthly", Some(Every::Month)),
        ("every month", Some(Every::Month)),
        ("quarterly", Some(Every::Quarter)),
        ("every quarter", Some(Every::Quarter)),
        ("every six months", Some(Every::HalfYear)),
        ("yearly", Some(Every::Year)),
        ("annually", Some(Every::Year)),
        ("every year", Some(Every::Year)),
    ];
    phrase.choose(at, &sayings).map(|(end, every)| ongoing(end, every))
}

/// A period counted from the one of the meeting.
fn period(phrase: &Phrase, at: usize, count: u32, part: Part) -> Option<Hit> {
    let from = phrase.from;
    let date = match phrase.word(at) {
        "week" => {
            let day = if part == Part::First { Weekday::Mon } else { Weekday::Fri };
            return Some(fixed(at + 1, in_week(from, count.into(), day)?, Rule::Week));
        }
        "month" => month_after(from, count).and_then(|(year, month)| in_month(year, month, part)),
        "quarter" => quarter_after(from, count).and_then(|(year, quarter)| in_quarter(year, quarter, part)),
        "year" => in_year(from.year() + i32::try_from(count).ok()?, part),
        _ => None,
    };
    let rule = match phrase.word(at) {
        "month" => Rule::Month,
        "quarter" => Rule::Quarter,
        _ => Rule::Year,
    };
    Some(fixed(at + 1, date?, rule))
}

/// "next Friday" is in next week when this week's has not been yet and the meeting is in the working week's course.
fn weekday(from: NaiveDate, day: Weekday, counted: bool, weeks: u32) -> Option<NaiveDate> {
    if counted { in_week(from, weeks.into(), day) } else { next_weekday(from, day) }
}

fn month_name(word: &str) -> Option<u32> {
    let long_enough = word.len() >= 3;
    let found =
        MONTHS.iter().position(|month| *month == word || (word.len() <= 4 && month.starts_with(word)));
    found.filter(|_| long_enough).and_then(|index| u32::try_from(index + 1).ok())
}

fn ordinal(phrase: &Phrase, at: usize) -> Option<u32> {
    let word = phrase.word(at);
    let digits =
        word.trim_end_matches("st").trim_end_matches("nd").trim_end_matches("rd").trim_end_matches("th");
    let fits = digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|day| fits && (1..=31).contains(day))
}

fn year_after(phrase: &Phrase, at: usize) -> (usize, Option<i32>) {
    let next = phrase.eat(at, ",").unwrap_or(at);
    phrase.year(next).map_or((at, None), |year| (next + 1, Some(year)))
}
