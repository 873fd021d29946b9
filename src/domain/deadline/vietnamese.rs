//! The Vietnamese rules: each reads one way of saying a deadline that begins at a token. Must not know sentences.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::calendar::{
    Part, fixed, in_month, in_quarter, in_week, in_year, month_after, next_weekday, quarter_after, rolled,
};
use super::phrase::Phrase;
use super::{Confidence, Due, Every, Hit, Rule};
use crate::text::dates;

const PARTS: [(&str, Part); 7] = [
    ("đầu", Part::First),
    ("giữa", Part::Middle),
    ("cuối", Part::Last),
    ("thượng tuần", Part::FirstTen),
    ("trung tuần", Part::MiddleTen),
    ("hạ tuần", Part::Last),
    ("hết", Part::Whole),
];

/// Periods counted from the one of the meeting.
const NEAR: [(&str, u32); 6] =
    [("này", 0), ("nay", 0), ("tới", 1), ("sau", 1), ("kế tiếp", 1), ("tiếp theo", 1)];

const MONTHS: [(&str, u32); 15] = [
    ("mười một", 11),
    ("mười hai", 12),
    ("mười", 10),
    ("giêng", 1),
    ("một", 1),
    ("hai", 2),
    ("ba", 3),
    ("tư", 4),
    ("bốn", 4),
    ("năm", 5),
    ("sáu", 6),
    ("bảy", 7),
    ("bẩy", 7),
    ("tám", 8),
    ("chín", 9),
];

const QUARTERS: [(&str, u32); 12] = [
    ("iii", 3),
    ("iv", 4),
    ("ii", 2),
    ("i", 1),
    ("1", 1),
    ("2", 2),
    ("3", 3),
    ("4", 4),
    ("một", 1),
    ("hai", 2),
    ("ba", 3),
    ("tư", 4),
];

const WEEKDAYS: [(&str, Weekday); 21] = [
    ("thứ hai", Weekday::Mon),
    ("thứ ba", Weekday::Tue),
    ("thứ tư", Weekday::Wed),
    ("thứ năm", Weekday::Thu),
    ("thứ sáu", Weekday::Fri),
    ("thứ bảy", Weekday::Sat),
    ("thứ bẩy", Weekday::Sat),
    ("chủ nhật", Weekday::Sun),
    ("thứ 2", Weekday::Mon),
    ("thứ 3", Weekday::Tue),
    ("thứ 4", Weekday::Wed),
    ("thứ 5", Weekday::Thu),
    ("thứ 6", Weekday::Fri),
    ("thứ 7", Weekday::Sat),
    ("t2", Weekday::Mon),
    ("t3", Weekday::Tue),
    ("t4", Weekday::Wed),
    ("t5", Weekday::Thu),
    ("t6", Weekday::Fri),
    ("t7", Weekday::Sat),
    ("cn", Weekday::Sun),
];

/// `2026-08-15`.
pub(super) fn iso_day(phrase: &Phrase, at: usize) -> Option<Hit> {
    let year = phrase.year(at).filter(|_| phrase.is_tight(at + 1, "-") && phrase.is_tight(at + 3, "-"))?;
    let (month, day) = (phrase.number(at + 2, 2)?, phrase.number(at + 4, 2)?);
    Some(on_day(at + 5, day, month, Some(year), phrase.from))
}

/// `ngày 15/9`, `13-7`, `15.9.2022`, `30/6/22`.
pub(super) fn numeric_day(phrase: &Phrase, at: usize) -> Option<Hit> {
    let named = phrase.choose(at, &[("ngày", ()), ("mùng", ()), ("mồng", ())]).map(|(next, ())| next);
    let first = named.unwrap_or(at);
    if named.is_none() && at > 0 && ["/", "-", ".", ","].iter().any(|sign| phrase.is_tight(at - 1, sign)) {
        return None;
    }
    let sign = ["/", "-", "."]
        .into_iter()
        .find(|sign| phrase.is_tight(first + 1, sign) || (*sign == "/" && phrase.is(first + 1, sign)))?;
    let (day, month) = (phrase.number(first, 2)?, phrase.number(first + 2, 2)?);
    let plausible = (1..=31).contains(&day) && (1..=12).contains(&month);
    let after = first + 3;
    let year = phrase.is_tight(after, sign).then(|| dates::year(phrase.word(after + 1))).flatten();
    let (end, year) = match year {
        Some(year) => (after + 2, Some(year)),
        None => year_after(phrase, after),
    };
    // A decimal such as 2.5 is no date unless "ngày" or a year says so.
    let decimal = sign == "." && named.is_none() && year.is_none();
    let percent = phrase.is(end, "%");
    (plausible && !decimal && !percent).then(|| on_day(end, day, month, year, phrase.from))
}

/// `15-20/2/2022`: the last day of a range that shares its month.
pub(super) fn day_range(phrase: &Phrase, at: usize) -> Option<Hit> {
    let first = phrase.eat(at, "ngày").unwrap_or(at);
    let rises = phrase.number(first, 2)? < phrase.number(first + 2, 2)?;
    let shared = phrase.is_tight(first + 1, "-") && phrase.is_tight(first + 3, "/");
    let (month, day) = (phrase.number(first + 4, 2)?, phrase.number(first + 2, 2)?);
    let plausible = rises && shared && day <= 31 && (1..=12).contains(&month);
    let year = phrase.is_tight(first + 5, "/").then(|| dates::year(phrase.word(first + 6))).flatten();
    let end = first + if year.is_some() { 7 } else { 5 };
    plausible.then(|| on_day(end, day, month, year, phrase.from))
}

/// `ngày 15 tháng 9 năm 2022`, `15 tháng 9`, `ngày 15 tháng này`.
pub(super) fn spoken_day(phrase: &Phrase, at: usize) -> Option<Hit> {
    let named = phrase.choose(at, &[("ngày", ()), ("mùng", ()), ("mồng", ())]).map(|(next, ())| next);
    let first = named.unwrap_or(at);
    let day = phrase.number(first, 2).filter(|day| (1..=31).contains(day))?;
    let next = phrase.eat(first + 1, "tháng")?;
    if let Some((end, months)) = phrase.choose(next, &NEAR).filter(|_| named.is_some()) {
        let (year, month) = month_after(phrase.from, months)?;
        return Some(on_day(end, day, month, Some(year), phrase.from));
    }
    let (end, month) = month_number(phrase, next)?;
    let (end, year) = year_after(phrase, end);
    Some(on_day(end, day, month, year, phrase.from))
}

/// `ngày 15` alone: in this month, or the next if it is past.
pub(super) fn day_of_month(phrase: &Phrase, at: usize) -> Option<Hit> {
    let first = phrase.eat(at, "ngày")?;
    let day = phrase.number(first, 2).filter(|_| !phrase.is_any(first + 1, &["/", "-", "–", "%", "ngày"]))?;
    let date = (0..3).find_map(|months| {
        let (year, month) = month_after(phrase.from, months)?;
        NaiveDate::from_ymd_opt(year, month, day).filter(|date| *date >= phrase.from)
    })?;
    Some(Hit { confidence: Confidence::Low, ..fixed(first + 1, date, Rule::Day) })
}

/// `hôm nay`, `ngày mai`, `ngày kia`.
pub(super) fn near_day(phrase: &Phrase, at: usize) -> Option<Hit> {
    let sayings = [
        ("hôm nay", 0),
        ("chiều nay", 0),
        ("trong ngày", 0),
        ("ngày mai", 1),
        ("sáng mai", 1),
        ("chiều mai", 1),
        ("ngày kia", 2),
    ];
    let (end, days) = phrase.choose(at, &sayings)?;
    let whole_day = phrase.is(at, "trong") && !phrase.ends_clause(end);
    let date = phrase.from.checked_add_days(Days::new(days))?;
    (!whole_day).then(|| fixed(end, date, Rule::NearDay))
}

/// `thứ Sáu tuần sau`, `T6`, `Chủ nhật`; alone the next one strictly after the meeting.
pub(super) fn weekday(phrase: &Phrase, at: usize) -> Option<Hit> {
    let (next, day) = phrase.choose(at, &WEEKDAYS)?;
    let ordinal = at > 0 && phrase.is_any(at - 1, &["lần", "họp", "kỳ", "người", "điều", "hội"]);
    if ordinal || phrase.is(next, "/") {
        return None;
    }
    let week = phrase.eat(next, "tuần").and_then(|next| phrase.choose(next, &NEAR));
    match week {
        Some((end, weeks)) => Some(fixed(end, in_week(phrase.from, weeks.into(), day)?, Rule::Weekday)),
        None => Some(fixed(next, next_weekday(phrase.from, day)?, Rule::Weekday)),
    }
}

/// `trong tuần này`, `đầu tuần sau`; a week ends on Friday.
pub(super) fn week(phrase: &Phrase, at: usize) -> Option<Hit> {
    let (next, part) = part(phrase, at);
    let next = phrase.eat(next, "tuần").filter(|_| !is_counted(phrase, at))?;
    let day = match part {
        Some(Part::First) => Weekday::Mon,
        Some(Part::Middle) => Weekday::Wed,
        _ => Weekday::Fri,
    };
    let (end, weeks) = match phrase.choose(next, &NEAR) {
        Some(near) => near,
        None if part.is_some() || is_inside(phrase, at, next) => (next, 0),
        None => return None,
    };
    let date = in_week(phrase.from, weeks.into(), day)?;
    if date >= phrase.from {
        return Some(fixed(end, date, Rule::Week));
    }
    let later = in_week(phrase.from, u64::from(weeks) + 1, day)?;
    Some(Hit { confidence: Confidence::Low, ..fixed(end, later, Rule::Week) })
}

/// `trong tháng 02/2022`, `cuối tháng`, `thượng tuần tháng 3`, `tháng sau`, `T6/2022`, `9/2022`.
pub(super) fn month(phrase: &Phrase, at: usize) -> Option<Hit> {
    if let Some(hit) = short_month(phrase, at) {
        return Some(hit);
    }
    let (next, part) = part(phrase, at);
    let next = phrase.eat(next, "tháng").filter(|_| part.is_some() || !is_counted(phrase, at))?;
    let rule = if part.is_some_and(|part| part != Part::Whole) { Rule::MonthPart } else { Rule::Month };
    let whole = part.unwrap_or(Part::Whole);
    if let Some((end, months)) = phrase.choose(next, &NEAR) {
        let (year, month) = month_after(phrase.from, months)?;
        return Some(fixed(end, in_month(year, month, whole)?, rule));
    }
    if let Some((end, month)) = month_number(phrase, next) {
        let (end, year) = year_after(phrase, end);
        return rolled(end, year, phrase.from, rule, |year| in_month(year, month, whole));
    }
    let bare = part.is_some() || is_inside(phrase, at, next);
    let date = (0..2).find_map(|months| {
        let (year, month) = month_after(phrase.from, months)?;
        in_month(year, month, whole).filter(|date| *date >= phrase.from)
    })?;
    let confidence = if date.month() == phrase.from.month() { Confidence::High } else { Confidence::Low };
    bare.then(|| Hit { confidence, ..fixed(next, date, rule) })
}

/// `T6/2022`, `9/2022`.
fn short_month(phrase: &Phrase, at: usize) -> Option<Hit> {
    let digits = phrase.word(at).strip_prefix('t').unwrap_or(phrase.word(at));
    let month: u32 = digits.parse().ok().filter(|_| digits.len() <= 2)?;
    let year = phrase.year(at + 2).filter(|_| phrase.is(at + 1, "/"))?;
    let part_of_date = at > 0 && phrase.is_any(at - 1, &["/", "-"]);
    let date = in_month(year, month, Part::Whole).filter(|_| !part_of_date)?;
    Some(fixed(at + 3, date, Rule::Month))
}

/// `trong quý III/2024`, `cuối quý I`, `quý này`, `Q3`, `Q3/2022`.
pub(super) fn quarter(phrase: &Phrase, at: usize) -> Option<Hit> {
    let (next, part) = part(phrase, at);
    let vague = matches!(part, Some(Part::First | Part::Middle));
    let whole = part.unwrap_or(Part::Whole);
    let doubted = |hit: Hit| if vague { Hit { confidence: Confidence::Low, ..hit } } else { hit };
    let short = [("q1", 1), ("q2", 2), ("q3", 3), ("q4", 4)];
    let named = phrase.eat(next, "quý").or_else(|| phrase.eat(next, "quí"));
    let numbered = match named {
        Some(next) => phrase.choose(next, &QUARTERS),
        None => phrase.choose(next, &short),
    };
    if let Some((end, quarter)) = numbered {
        let spaced = phrase.year(end).filter(|_| named.is_none()).map(|year| (end + 1, Some(year)));
        let (end, year) = spaced.unwrap_or_else(|| year_after(phrase, end));
        return rolled(end, year, phrase.from, Rule::Quarter, |year| in_quarter(year, quarter, whole))
            .map(doubted);
    }
    let next = named.filter(|_| !is_counted(phrase, at))?;
    let (end, quarters) = match phrase.choose(next, &NEAR) {
        Some(near) => near,
        None if part.is_some() || is_inside(phrase, at, next) => (next, 0),
        None => return None,
    };
    let (year, quarter) = quarter_after(phrase.from, quarters)?;
    Some(doubted(fixed(end, in_quarter(year, quarter, whole)?, Rule::Quarter)))
}

/// `6 tháng đầu năm 2022`, `nửa cuối năm`.
pub(super) fn half_year(phrase: &Phrase, at: usize) -> Option<Hit> {
    let sayings = [
        ("6 tháng đầu năm", 6),
        ("06 tháng đầu năm", 6),
        ("sáu tháng đầu năm", 6),
        ("nửa đầu năm", 6),
        ("6 tháng cuối năm", 12),
        ("06 tháng cuối năm", 12),
        ("sáu tháng cuối năm", 12),
        ("nửa cuối năm", 12),
    ];
    let (next, month) = phrase.choose(at, &sayings)?;
    let (end, year) = stated_year(phrase, next).map_or((next, None), |(end, year)| (end, Some(year)));
    rolled(end, year, phrase.from, Rule::HalfYear, |year| in_month(year, month, Part::Last))
}

/// `trong năm 2022`, `cuối năm`, `đầu năm sau`.
pub(super) fn year(phrase: &Phrase, at: usize) -> Option<Hit> {
    let (next, part) = part(phrase, at);
    let next = phrase.eat(next, "năm").filter(|_| part.is_some() || !is_counted(phrase, at))?;
    let rule = if part.is_some_and(|part| part != Part::Whole) { Rule::YearPart } else { Rule::Year };
    let whole = part.unwrap_or(Part::Whole);
    if let Some((end, year)) = stated_year(phrase, next) {
        return Some(fixed(end, in_year(year, whole)?, rule));
    }
    let bare = part.is_some() || is_inside(phrase, at, next);
    rolled(next, None, phrase.from, rule, |year| in_year(year, whole)).filter(|_| bare)
}

/// `giai đoạn 2021-2025`, `đến 2025`: the last day of the last year.
pub(super) fn period(phrase: &Phrase, at: usize) -> Option<Hit> {
    let first =
        phrase.choose(at, &[("giai đoạn", ()), ("nhiệm kỳ", ()), ("năm", ())]).map_or(at, |(next, ())| next);
    let year = phrase.year(first)?;
    let dash = phrase.is_any(first + 1, &["-", "–"]);
    if let Some(last) = phrase.year(first + 2).filter(|last| dash && *last > year) {
        return Some(fixed(first + 3, in_year(last, Part::Last)?, Rule::Year));
    }
    let reached = first == at && at > 0 && phrase.is_any(at - 1, &["đến", "tới", "hết", "by", "before"]);
    let alone = reached && phrase.ends_clause(first + 1);
    alone.then(|| in_year(year, Part::Last).map(|date| fixed(first + 1, date, Rule::Year))).flatten()
}

/// `thường xuyên`, `liên tục`, `hằng tháng`, `định kỳ quý`, `6 tháng một lần`.
pub(super) fn recurring(phrase: &Phrase, at: usize) -> Option<Hit> {
    let periods = [
        ("ngày", None),
        ("tuần", Some(Every::Week)),
        ("tháng", Some(Every::Month)),
        ("quý", Some(Every::Quarter)),
        ("quí", Some(Every::Quarter)),
        ("6 tháng", Some(Every::HalfYear)),
        ("sáu tháng", Some(Every::HalfYear)),
        ("năm", Some(Every::Year)),
    ];
    let each = [("hằng", ()), ("hàng", ()), ("mỗi", ()), ("định kỳ", ()), ("định kì", ())];
    if let Some((next, ())) = phrase.choose(at, &each) {
        let inner = phrase.choose(next, &each[..3]).map_or(next, |(next, ())| next);
        if let Some((end, every)) = phrase.choose(inner, &periods) {
            let end = phrase.eat(end, "một lần").unwrap_or(end);
            return Some(ongoing(end, every));
        }
        return phrase.is(at, "định").then(|| ongoing(next, None));
    }
    let (end, ()) = phrase.choose(at, &[("thường xuyên", ()), ("liên tục", ())])?;
    let more = phrase.eat(end, ",").unwrap_or(end);
    Some(ongoing(phrase.eat(more, "liên tục").unwrap_or(end), None))
}

/// A hit on work that goes on.
pub(super) fn ongoing(end: usize, every: Option<Every>) -> Hit {
    let rule = if every.is_some() { Rule::Recurring } else { Rule::Ongoing };
    Hit { end, due: Due::Ongoing(every), rule, confidence: Confidence::High }
}

/// A hit on a day of a month; without a year the nearest on or after the meeting.
pub(super) fn on_day(end: usize, day: u32, month: u32, year: Option<i32>, from: NaiveDate) -> Hit {
    let date = match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        None => dates::nearest(day, month, from),
    };
    let Some(date) = date else {
        return Hit { end, due: Due::Impossible, rule: Rule::Day, confidence: Confidence::High };
    };
    let guessed = year.is_none() && date.year() != from.year();
    let confidence = if guessed { Confidence::Low } else { Confidence::High };
    Hit { end, due: Due::On(date), rule: Rule::Day, confidence }
}

fn part(phrase: &Phrase, at: usize) -> (usize, Option<Part>) {
    phrase.choose(at, &PARTS).map_or((at, None), |(next, part)| (next, Some(part)))
}

fn month_number(phrase: &Phrase, at: usize) -> Option<(usize, u32)> {
    let number = phrase.number(at, 2).filter(|month| (1..=12).contains(month)).map(|month| (at + 1, month));
    number.or_else(|| phrase.choose(at, &MONTHS))
}

/// `/2022`, `-2022`, `năm 2022`, `năm nay`, or nothing.
fn year_after(phrase: &Phrase, at: usize) -> (usize, Option<i32>) {
    let sign = phrase.is_any(at, &["/", "-", "."]) && phrase.year(at + 1).is_some();
    let next = if sign { Some(at + 1) } else { phrase.eat(at, "năm").or_else(|| phrase.eat(at, ", năm")) };
    let stated = next.and_then(|next| stated_year(phrase, next));
    stated.map_or((at, None), |(end, year)| (end, Some(year)))
}

fn stated_year(phrase: &Phrase, at: usize) -> Option<(usize, i32)> {
    let near = || {
        phrase
            .choose(at, &NEAR)
            .and_then(|(end, years)| Some((end, phrase.from.year() + i32::try_from(years).ok()?)))
    };
    phrase.year(at).map(|year| (at + 1, year)).or_else(near)
}

/// Whether a number counts the period: "3 tháng" is a duration.
fn is_counted(phrase: &Phrase, at: usize) -> bool {
    let before = at.wrapping_sub(1);
    phrase.number(before, 4).is_some()
        || phrase.is_any(before, &["một", "hai", "ba", "mỗi", "hằng", "hàng", "nửa", "nhiều", "kỳ", "kì"])
}

/// Whether "trong" stands before a period that ends its clause: "trong tháng".
fn is_inside(phrase: &Phrase, at: usize, end: usize) -> bool {
    at > 0 && phrase.is_any(at - 1, &["trong", "hết"]) && !phrase.is_any(end, &["qua", "trước", "đó"])
}
