//! The English rules: dates with month names, ends of periods, "next Friday". Must not know sentences.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::calendar::{
    Part, in_month, in_quarter, in_week, in_year, month_after, next_weekday, quarter_after, rolled,
};
use super::days::{impossible, next_of_month, on_day};
use super::phrase::Phrase;
use super::{Due, Hit, Rule};

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

/// Short names of weekdays, some of which are other words too.
const SHORT_WEEKDAYS: [(&str, Weekday); 11] = [
    ("mon", Weekday::Mon),
    ("tue", Weekday::Tue),
    ("tues", Weekday::Tue),
    ("wed", Weekday::Wed),
    ("weds", Weekday::Wed),
    ("thu", Weekday::Thu),
    ("thur", Weekday::Thu),
    ("thurs", Weekday::Thu),
    ("fri", Weekday::Fri),
    ("sat", Weekday::Sat),
    ("sun", Weekday::Sun),
];

const QUARTERS: [(&str, u32); 16] = [
    ("q1", 1),
    ("q2", 2),
    ("q3", 3),
    ("q4", 4),
    ("first quarter", 1),
    ("second quarter", 2),
    ("third quarter", 3),
    ("fourth quarter", 4),
    ("last quarter", 4),
    ("1st quarter", 1),
    ("2nd quarter", 2),
    ("3rd quarter", 3),
    ("4th quarter", 4),
    ("quarter 1", 1),
    ("quarter 2", 2),
    ("quarter 3", 3),
];

const PARTS: [(&str, Part); 20] = [
    ("the end of", Part::Last),
    ("end of", Part::Last),
    ("end", Part::Last),
    ("the close of", Part::Last),
    ("close of", Part::Last),
    ("the last day of", Part::Last),
    ("last day of", Part::Last),
    ("the beginning of", Part::First),
    ("beginning of", Part::First),
    ("the start of", Part::First),
    ("start of", Part::First),
    ("the first day of", Part::First),
    ("the middle of", Part::Middle),
    ("middle of", Part::Middle),
    ("mid -", Part::Middle),
    ("mid", Part::Middle),
    ("early in", Part::First),
    ("early", Part::First),
    ("late in", Part::Last),
    ("late", Part::Last),
];

/// `15 Sep 2022`, `15th of September`, `September 15, 2022`.
pub(super) fn day(phrase: &Phrase, at: usize) -> Option<Hit> {
    let first = phrase.skip(at, &["the"]);
    if let Some(day) = ordinal(phrase, first) {
        let next = phrase.skip(first + 1, &["of", "-"]);
        if let Some((next, month)) = month_name(phrase, next) {
            let (end, year) = year_after(phrase, next);
            return Some(on_day(end, day, month, year, phrase.from));
        }
        // "by the 20th": of this month or the next.
        let named = phrase.word(first).ends_with(|c: char| c.is_alphabetic()) && first > at;
        let alone = phrase.ends_clause(first + 1) || phrase.eat(first + 1, "of this month").is_some();
        let end = phrase.skip(first + 1, &["of this month"]);
        let hit = next_of_month(phrase, day).map(|date| Hit::fixed(end, date, Rule::Day).doubted());
        return hit.filter(|_| named && alone);
    }
    let (next, month) = month_name(phrase, at)?;
    let next = phrase.skip(next, &["the"]);
    let day = ordinal(phrase, next)?;
    let (end, year) = year_after(phrase, next + 1);
    Some(on_day(end, day, month, year, phrase.from))
}

/// `20-25 May`, `between 20 and 25 May`: a range that shares its month.
pub(super) fn day_range(phrase: &Phrase, at: usize) -> Option<Hit> {
    let first = phrase.skip(at, &["from", "between"]);
    if let Some((next, _)) = month_name(phrase, first) {
        let (early, late) = (ordinal(phrase, next)?, ordinal(phrase, next + 2)?);
        let bridge = phrase.is_any(next + 1, &["-", "–", "to", "and", "through"]);
        let hit = day(phrase, first)?;
        let (end, year) = year_after(phrase, next + 3);
        let Due::On(date) = hit.due else { return None };
        let last = date.with_year(year.unwrap_or(date.year()))?.with_day(late)?;
        let start = last.with_day(early)?;
        return (bridge && late > early).then_some(Hit {
            end,
            due: Due::Until { first: start, last },
            ..hit
        });
    }
    let (early, late) = (ordinal(phrase, first)?, ordinal(phrase, first + 2)?);
    let bridge = phrase.is_any(first + 1, &["-", "–", "to", "and", "through"]);
    let hit = day(phrase, first + 2).filter(|_| bridge && late > early)?;
    let Due::On(last) = hit.due else { return Some(hit) };
    let start = last.with_day(early)?;
    Some(Hit { due: Due::Until { first: start, last }, ..hit })
}

/// `September 2022`, `by September`: a name alone needs its preposition, "may" and "march" are verbs too.
pub(super) fn month(phrase: &Phrase, at: usize) -> Option<Hit> {
    let (next, month) = month_name(phrase, at)?;
    let (end, year) = year_after(phrase, next);
    let led = phrase.follows_any(
        at,
        &[
            "by", "in", "before", "until", "during", "between", "and", "from", "to", "through", "of", "this",
            "next", "-",
        ],
    );
    let name_alone = at == 0 && end == phrase.len() && phrase.word(at) != "may" && phrase.word(at) != "march";
    let meant = year.is_some() || led || name_alone;
    rolled(end, year, phrase.from, Rule::Month, |year| in_month(year, month, Part::Whole)).filter(|_| meant)
}

/// `end of Q3`, `end of September`, `the end of next month`, `mid September`, `Q3 2025`, `first half of 2025`.
pub(super) fn end_of(phrase: &Phrase, at: usize) -> Option<Hit> {
    if let Some(hit) = half(phrase, at).or_else(|| week_of(phrase, at)) {
        return Some(hit);
    }
    if let Some(end) = phrase.eat_any(at, &["year - end", "year end", "the year - end", "years end"]) {
        return rolled(end, None, phrase.from, Rule::YearPart, |year| in_year(year, Part::Last));
    }
    if let Some((end, part)) = phrase.choose(
        at,
        &[
            ("month - end", "month"),
            ("month end", "month"),
            ("quarter - end", "quarter"),
            ("week - end", "week"),
        ],
    ) {
        return named_period(phrase, part, end, 0, Part::Last);
    }
    let parted = phrase.choose(at, &PARTS);
    let (next, part) = parted.unwrap_or((at, Part::Whole));
    let next = phrase.skip(next, &["the", "this"]);
    if let Some((end, quarter)) = phrase.choose(next, &QUARTERS) {
        let end = phrase.skip(end, &["/", "of the year", "of", "in"]);
        let (end, year) = year_after(phrase, end);
        let vague = matches!(part, Part::First | Part::Middle);
        let hit = rolled(end, year, phrase.from, Rule::Quarter, |year| in_quarter(year, quarter, part));
        return hit.map(|hit| hit.doubted_if(vague));
    }
    parted?;
    if let Some((after, month)) = month_name(phrase, next) {
        let (end, year) = year_after(phrase, after);
        return rolled(end, year, phrase.from, Rule::MonthPart, |year| in_month(year, month, part));
    }
    if let Some(year) = phrase.year(next) {
        return Some(Hit::fixed(next + 1, in_year(year, part)?, Rule::YearPart));
    }
    let (next, count) = phrase.eat(next, "next").map_or((next, 0), |next| (next, 1));
    let next = phrase.skip(next, &["calendar", "current", "working"]);
    named_period(phrase, phrase.word(next), next + 1, count, part)
}

/// `first half of 2025`, `second half of the year`, `H1 2025`.
fn half(phrase: &Phrase, at: usize) -> Option<Hit> {
    let first = phrase.skip(at, &["the"]);
    let sayings =
        [("first half", 6), ("second half", 12), ("1st half", 6), ("2nd half", 12), ("h1", 6), ("h2", 12)];
    let (next, last) = phrase.choose(first, &sayings)?;
    let next = phrase.skip(next, &["of", "/", "in"]);
    if let Some((end, month)) = month_name(phrase, next) {
        let part = if last == 6 { Part::Middle } else { Part::Last };
        let (end, year) = year_after(phrase, end);
        return rolled(end, year, phrase.from, Rule::MonthPart, |year| in_month(year, month, part));
    }
    let (end, year) = match phrase.eat(next, "next year") {
        Some(end) => (end, Some(phrase.from.year() + 1)),
        None => year_after(phrase, phrase.skip(next, &["the year", "this year"])),
    };
    rolled(end, year, phrase.from, Rule::HalfYear, |year| in_month(year, last, Part::Last))
}

/// `the first week of June`: seven days each from the first on, to be confirmed.
fn week_of(phrase: &Phrase, at: usize) -> Option<Hit> {
    let first = phrase.skip(at, &["the"]);
    let sayings = [
        ("first week of", 1),
        ("second week of", 2),
        ("third week of", 3),
        ("fourth week of", 4),
        ("last week of", 5),
    ];
    let (next, week) = phrase.choose(first, &sayings)?;
    let (after, month) = month_name(phrase, next)?;
    let (end, year) = year_after(phrase, after);
    let hit = rolled(end, year, phrase.from, Rule::MonthPart, |year| {
        let last = in_month(year, month, Part::Last)?;
        if week == 5 { Some(last) } else { last.with_day(week * 7) }
    });
    hit.map(Hit::doubted)
}

/// `next Friday`, `this week`, `next quarter`, `Friday`, `today`, `tomorrow`.
pub(super) fn near(phrase: &Phrase, at: usize) -> Option<Hit> {
    let sayings = [
        ("the day after tomorrow", 2),
        ("day after tomorrow", 2),
        ("tonight", 0),
        ("today", 0),
        ("tomorrow", 1),
    ];
    if let Some((end, days)) = phrase.choose(at, &sayings) {
        let end = phrase.skip(end, &["morning", "afternoon", "evening", "noon", "night"]);
        return Some(Hit::fixed(end, phrase.from.checked_add_days(Days::new(days))?, Rule::NearDay));
    }
    let which =
        phrase.choose(at, &[("next", 1), ("this coming", 0), ("the coming", 0), ("coming", 0), ("this", 0)]);
    let (next, count) = which.unwrap_or((at, 0));
    let short = || {
        let led = which.is_some()
            || phrase.follows_any(at, &["by", "on", "before", "until", "due"])
            || (at == 0 && phrase.ends_clause(next + 1));
        phrase.choose(next, &SHORT_WEEKDAYS).filter(|_| led)
    };
    if let Some((end, day)) = phrase.choose(next, &WEEKDAYS).or_else(short) {
        let end = phrase.skip(end, &["morning", "afternoon", "evening", "noon"]);
        if let Some((end, weeks)) =
            phrase.choose(end, &[("next week", 1), ("of next week", 1), ("this week", 0), ("week", 1)])
        {
            return Some(Hit::fixed(end, in_week(phrase.from, weeks, day)?, Rule::Weekday));
        }
        return Some(Hit::fixed(end, weekday(phrase.from, day, which, count)?, Rule::Weekday));
    }
    if let Some(next) = phrase.eat(at, "the").filter(|_| phrase.follows_any(at, &["within", "during"])) {
        return named_period(phrase, phrase.word(next), next + 1, 0, Part::Whole);
    }
    which?;
    if let Some((after, month)) = month_name(phrase, next) {
        let hit = rolled(after, None, phrase.from, Rule::Month, |year| in_month(year, month, Part::Whole));
        return hit;
    }
    named_period(phrase, phrase.word(next), next + 1, count, Part::Whole)
}

/// A period counted from the one of the meeting.
fn named_period(phrase: &Phrase, name: &str, end: usize, count: u32, part: Part) -> Option<Hit> {
    let from = phrase.from;
    let (date, rule) = match name {
        "week" | "workweek" => {
            let day = match part {
                Part::First => Weekday::Mon,
                Part::Middle => Weekday::Wed,
                _ => Weekday::Fri,
            };
            let day = in_week(from, count.into(), day)?;
            let later = if day < from { day.checked_add_days(Days::new(7))? } else { day };
            return Some(Hit::fixed(end, later, Rule::Week).doubted_if(later != day));
        }
        "month" => {
            let (year, month) = month_after(from, count)?;
            (in_month(year, month, part)?, if part == Part::Whole { Rule::Month } else { Rule::MonthPart })
        }
        "quarter" => {
            let (year, quarter) = quarter_after(from, count)?;
            (in_quarter(year, quarter, part)?, Rule::Quarter)
        }
        "year" => (in_year(from.year() + i32::try_from(count).ok()?, part)?, Rule::Year),
        _ => return None,
    };
    Some(Hit::fixed(end, date, rule).doubted_if(date < from))
}

/// "next Friday" is that of next week, "this Friday" and "Friday" the next one after the meeting.
fn weekday(from: NaiveDate, day: Weekday, which: Option<(usize, u32)>, weeks: u32) -> Option<NaiveDate> {
    if which.is_some() && weeks > 0 { in_week(from, weeks.into(), day) } else { next_weekday(from, day) }
}

/// A month by its name or its first three letters, with the point of a short one.
fn month_name(phrase: &Phrase, at: usize) -> Option<(usize, u32)> {
    let word = phrase.word(at);
    let short = word.len() == 3 || word == "sept";
    let index = MONTHS.iter().position(|month| *month == word || (short && month.starts_with(word)))?;
    let next = if short && phrase.is_any(at + 1, &["."]) && !phrase.is_spaced(at + 1) && at + 2 < phrase.len()
    {
        at + 2
    } else {
        at + 1
    };
    Some((next, u32::try_from(index + 1).ok()?))
}

fn ordinal(phrase: &Phrase, at: usize) -> Option<u32> {
    let word = phrase.word(at);
    let digits = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    let fits = digits.len() <= 2 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|day| fits && (1..=31).contains(day))
}

fn year_after(phrase: &Phrase, at: usize) -> (usize, Option<i32>) {
    if let Some((end, years)) =
        phrase.choose(at, &[("next year", 1), ("of next year", 1), ("this year", 0), ("of this year", 0)])
    {
        return (end, Some(phrase.from.year() + years));
    }
    let next = phrase.skip(at, &[", of", ",", "of", "/", "-"]);
    phrase.year(next).map_or((at, None), |year| (next + 1, Some(year)))
}

/// `32 June` names a day that no calendar has.
pub(super) fn slip(phrase: &Phrase, at: usize) -> Option<Hit> {
    let number = phrase.number(at, 2).filter(|number| *number > 31)?;
    let (end, _) = month_name(phrase, at + 1)?;
    (number < 100).then(|| impossible(end))
}
