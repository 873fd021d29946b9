//! Periods in Vietnamese: weeks, months, quarters, half-years, years and their parts. Must not know sentences.

use chrono::{Datelike, NaiveDate, Weekday};

use super::calendar::{Part, in_month, in_quarter, in_week, in_year, month_after, quarter_after, rolled};
use super::phrase::Phrase;
use super::{Due, Hit, Rule};
use crate::text::numbers;

const PARTS: [(&str, Part); 29] = [
    ("những tháng đầu", Part::FirstMonths),
    ("các tháng đầu", Part::FirstMonths),
    ("những tháng cuối", Part::Last),
    ("các tháng cuối", Part::Last),
    ("nửa tháng đầu", Part::Middle),
    ("những ngày đầu", Part::First),
    ("những ngày cuối", Part::Last),
    ("nửa đầu", Part::Middle),
    ("nửa sau", Part::Last),
    ("nửa cuối", Part::Last),
    ("10 ngày đầu", Part::FirstTen),
    ("mười ngày đầu", Part::FirstTen),
    ("15 ngày đầu", Part::Middle),
    ("15 ngày cuối", Part::Last),
    ("10 ngày cuối", Part::Last),
    ("ngày đầu tiên của", Part::First),
    ("ngày đầu", Part::First),
    ("ngày cuối cùng của", Part::Last),
    ("ngày cuối cùng", Part::Last),
    ("ngày cuối", Part::Last),
    ("đầu", Part::First),
    ("giữa", Part::Middle),
    ("cuối cùng của", Part::Last),
    ("cuối", Part::Last),
    ("thượng tuần", Part::FirstTen),
    ("trung tuần", Part::MiddleTen),
    ("hạ tuần", Part::Last),
    ("hết", Part::Whole),
    ("kết thúc", Part::Whole),
];

/// Periods counted from the one of the meeting.
pub(super) const NEAR: [(&str, u32); 11] = [
    ("sau nữa", 2),
    ("tới nữa", 2),
    ("tới đây", 1),
    ("sắp tới", 1),
    ("kế tiếp", 1),
    ("tiếp theo", 1),
    ("này", 0),
    ("nay", 0),
    ("tới", 1),
    ("sau", 1),
    ("kế", 1),
];

const MONTHS: [(&str, u32); 17] = [
    ("mười một", 11),
    ("mười hai", 12),
    ("mười", 10),
    ("giêng", 1),
    ("chạp", 12),
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
    ("mừơi", 10),
];

const QUARTERS: [(&str, u32); 17] = [
    ("iii", 3),
    ("iv", 4),
    ("ii", 2),
    ("i", 1),
    ("1", 1),
    ("2", 2),
    ("3", 3),
    ("4", 4),
    ("01", 1),
    ("02", 2),
    ("03", 3),
    ("04", 4),
    ("một", 1),
    ("hai", 2),
    ("ba", 3),
    ("tư", 4),
    ("bốn", 4),
];

/// Words that continue a list or a range of periods.
const ALSO: [&str; 9] = ["- quý", "và quý", ", quý", "-", "–", "và", ",", "đến", "hoặc"];

/// `trong tuần này`, `đầu tuần sau`; a week ends on Friday.
pub(super) fn week(phrase: &Phrase, at: usize) -> Option<Hit> {
    if let Some(hit) = week_of_month(phrase, at) {
        return Some(hit);
    }
    let (next, part) = part(phrase, at);
    let next = phrase.eat(next, "tuần lễ").or_else(|| phrase.eat(next, "tuần"))?;
    if is_counted(phrase, at) {
        return None;
    }
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
        return Some(Hit::fixed(end, date, Rule::Week));
    }
    let later = in_week(phrase.from, u64::from(weeks) + 1, day)?;
    Some(Hit::fixed(end, later, Rule::Week).doubted())
}

/// `tuần đầu tháng 6`, `tuần thứ 2 của tháng 6`: seven days each from the first on, to be confirmed.
fn week_of_month(phrase: &Phrase, at: usize) -> Option<Hit> {
    let next = phrase.skip(phrase.eat(at, "tuần")?, &["thứ"]);
    let sayings = [
        ("đầu tiên", 1),
        ("đầu", 1),
        ("nhất", 1),
        ("hai", 2),
        ("ba", 3),
        ("tư", 4),
        ("1", 1),
        ("2", 2),
        ("3", 3),
        ("4", 4),
        ("cuối cùng", 5),
        ("cuối", 5),
    ];
    let (next, week) = phrase.choose(next, &sayings)?;
    let next = phrase.skip(next, &["của", "trong"]);
    phrase.is(next, "tháng").then_some(())?;
    let whole = month_at(phrase, next, Part::Whole, Rule::MonthPart, true)?;
    let Due::On(last) = whole.due else { return None };
    let date = if week == 5 { last } else { last.with_day(week * 7)? };
    Some(Hit::fixed(whole.end, date, Rule::MonthPart).doubted())
}

/// `trong tháng 02/2022`, `cuối tháng`, `thượng tuần tháng 3`, `tháng sau`, `T6/2022`, `9/2022`.
pub(super) fn month(phrase: &Phrase, at: usize) -> Option<Hit> {
    let (next, part) = part(phrase, at);
    if let Some(hit) = short_month(phrase, next, part) {
        return Some(hit);
    }
    if part.is_none() && is_counted(phrase, at) {
        return None;
    }
    let rule = if part.is_some_and(|part| part != Part::Whole) { Rule::MonthPart } else { Rule::Month };
    month_at(
        phrase,
        next,
        part.unwrap_or(Part::Whole),
        rule,
        part.is_some() || is_inside(phrase, at, next + 1),
    )
}

/// A month whose word stands at `at`; `bare` allows one without a number.
fn month_at(phrase: &Phrase, at: usize, part: Part, rule: Rule, bare: bool) -> Option<Hit> {
    let next = phrase.eat(at, "tháng")?;
    if let Some((end, months)) = phrase.choose(next, &NEAR) {
        let (year, month) = month_after(phrase.from, months)?;
        return Some(Hit::fixed(end, in_month(year, month, part)?, rule));
    }
    if let Some((end, month)) = month_number(phrase, next) {
        let first = month;
        let (end, month) = last_month(phrase, end, month);
        let (end, year) = year_after(phrase, end);
        // The lunar names are used for solar months too.
        let lunar = phrase.is_any(next, &["giêng", "chạp"]);
        let hit = rolled(end, year, phrase.from, rule, |year| in_month(year, month, part));
        let spans = hit.map(|hit| if month > first { since_month(hit, first) } else { hit });
        return spans.map(|hit| hit.doubted_if(lunar));
    }
    let date = (0..2).find_map(|months| {
        let (year, month) = month_after(phrase.from, months)?;
        in_month(year, month, part).filter(|date| *date >= phrase.from)
    })?;
    bare.then(|| Hit::fixed(next, date, rule).doubted_if(date.month() != phrase.from.month()))
}

/// The range from the first day of an earlier month of the same year.
fn since_month(hit: Hit, month: u32) -> Hit {
    let Due::On(last) = hit.due else { return hit };
    let first = NaiveDate::from_ymd_opt(last.year(), month, 1);
    first.map_or(hit, |first| Hit { due: Due::Until { first, last }, ..hit })
}

/// The last of "tháng 8, 9" and "tháng 6-8".
fn last_month(phrase: &Phrase, end: usize, month: u32) -> (usize, u32) {
    let mut found = (end, month);
    let bridges = ["- tháng", "và tháng", ", tháng", "-", "–", "và", ",", "đến"];
    while let Some(next) = phrase.eat_any(found.0, &bridges) {
        let number = phrase.number(next, 2).filter(|later| (found.1 + 1..=12).contains(later));
        let closes = phrase.ends_clause(next + 1)
            || phrase.is_any(next + 1, &["năm", "và", "-"])
            || phrase.is_tight(next + 1, "/");
        match number.filter(|_| closes && !phrase.is(next + 1, "tháng")) {
            Some(later) => found = (next + 1, later),
            None => break,
        }
    }
    found
}

/// `T6/2022`, `9/2022`; `T9` and behind a part or "trong" also `T6`.
fn short_month(phrase: &Phrase, at: usize, part: Option<Part>) -> Option<Hit> {
    let named = phrase.word(at).strip_prefix('t');
    let digits = named.unwrap_or(phrase.word(at));
    let month: u32 = digits.parse().ok().filter(|month| digits.len() <= 2 && (1..=12).contains(month))?;
    let whole = part.unwrap_or(Part::Whole);
    let slash = phrase.is(at + 1, "/") || (phrase.is(at + 1, "-") && !phrase.is_spaced(at + 1));
    if let Some(year) = phrase.year(at + 2).filter(|_| slash) {
        let of_date = phrase.follows_any(at, &["/", "-"]) && !phrase.is_spaced(at);
        return (!of_date)
            .then(|| in_month(year, month, whole).map(|date| Hit::fixed(at + 3, date, Rule::Month)))?;
    }
    named?;
    let (end, year) = year_after(phrase, at + 1);
    let inside = part.is_some() || phrase.follows_any(at, &["trong"]);
    let weekday = (2..=7).contains(&month);
    if weekday && !inside && year.is_none() {
        return None;
    }
    let hit = rolled(end, year, phrase.from, Rule::Month, |year| in_month(year, month, whole));
    hit.map(|hit| hit.doubted_if(weekday && year.is_none()))
}

/// `trong quý III/2024`, `cuối quý I`, `quý này`, `Q3`, `Q3/2022`, `quý III, IV`.
pub(super) fn quarter(phrase: &Phrase, at: usize) -> Option<Hit> {
    let (next, part) = part(phrase, at);
    let vague = matches!(part, Some(Part::First | Part::Middle));
    let whole = part.unwrap_or(Part::Whole);
    let named = phrase.eat_any(next, &["quý", "quí", "q ."]);
    if let Some((end, quarter)) = quarter_number(phrase, next, named) {
        let (end, quarter) = last_quarter(phrase, end, quarter);
        let spaced = phrase.year(end).map(|year| (end + 1, Some(year)));
        let (end, year) = spaced.unwrap_or_else(|| year_after(phrase, end));
        let hit = rolled(end, year, phrase.from, Rule::Quarter, |year| in_quarter(year, quarter, whole));
        return hit.map(|hit| hit.doubted_if(vague));
    }
    let next = named.filter(|_| part.is_some() || !is_counted(phrase, at))?;
    let (end, quarters) = match phrase.choose(next, &NEAR) {
        Some(near) => near,
        None if part.is_some() || is_inside(phrase, at, next) => (next, 0),
        None => return None,
    };
    let (year, quarter) = quarter_after(phrase.from, quarters)?;
    let date = in_quarter(year, quarter, whole)?;
    if date >= phrase.from || quarters > 0 {
        return Some(Hit::fixed(end, date, Rule::Quarter).doubted_if(vague));
    }
    let (year, quarter) = quarter_after(phrase.from, 1)?;
    Some(Hit::fixed(end, in_quarter(year, quarter, whole)?, Rule::Quarter).doubted())
}

/// The number of a quarter: behind its word, or `q3`.
fn quarter_number(phrase: &Phrase, at: usize, named: Option<usize>) -> Option<(usize, u32)> {
    match named {
        Some(next) => phrase.choose(next, &QUARTERS),
        None => {
            let digits = phrase.word(at).strip_prefix('q')?;
            let roman = numbers::from_roman(digits).or_else(|| digits.parse().ok())?;
            (1..=4).contains(&roman).then_some((at + 1, roman))
        }
    }
}

/// The last of "quý III, IV" and "quý III và quý IV".
fn last_quarter(phrase: &Phrase, end: usize, quarter: u32) -> (usize, u32) {
    let mut found = (end, quarter);
    while let Some(next) = phrase.eat_any(found.0, &ALSO) {
        let glued = phrase.is(found.0, "-") && phrase.year(next).is_some();
        match phrase.choose(next, &QUARTERS).filter(|(_, later)| *later > found.1 && !glued) {
            Some(later)
                if phrase.ends_clause(later.0) || phrase.is_any(later.0, &["/", "năm", "-", "của"]) =>
            {
                found = later
            }
            _ => break,
        }
    }
    found
}

/// `6 tháng đầu năm 2022`, `9 tháng đầu năm`, `nửa cuối năm`.
pub(super) fn half_year(phrase: &Phrase, at: usize) -> Option<Hit> {
    let (next, month) = months_of_year(phrase, at).or_else(|| halves(phrase, at))?;
    let (end, year) = stated_year(phrase, next).map_or((next, None), |(end, year)| (end, Some(year)));
    rolled(end, year, phrase.from, Rule::HalfYear, |year| in_month(year, month, Part::Last))
}

fn halves(phrase: &Phrase, at: usize) -> Option<(usize, u32)> {
    let sayings = [
        ("nửa đầu năm", 6),
        ("nửa năm đầu", 6),
        ("nửa cuối năm", 12),
        ("nửa sau năm", 12),
        ("nửa năm cuối", 12),
    ];
    phrase.choose(at, &sayings)
}

/// "6 tháng đầu năm" ends with the sixth month, "3 tháng cuối năm" with the year.
fn months_of_year(phrase: &Phrase, at: usize) -> Option<(usize, u32)> {
    let (next, months) = phrase.count(at).filter(|(_, months)| (1..=12).contains(months))?;
    if let Some(end) = phrase.eat_any(next, &["quý cuối năm", "quý cuối của năm"]) {
        return Some((end, 12));
    }
    if let Some(end) = phrase.eat(next, "quý đầu năm").filter(|_| months <= 4) {
        return Some((end, months * 3));
    }
    let next = phrase.eat(next, "tháng")?;
    if let Some(end) = phrase.eat_any(next, &["đầu năm", "đầu của năm"]) {
        return Some((end, months));
    }
    if let Some(end) = phrase.eat(next, "năm").filter(|end| phrase.year(*end).is_some()) {
        return Some((end, months));
    }
    Some((phrase.eat_any(next, &["cuối năm", "cuối của năm", "còn lại của năm", "cuối cùng của năm"])?, 12))
}

/// `trong năm 2022`, `cuối năm`, `đầu năm sau`.
pub(super) fn year(phrase: &Phrase, at: usize) -> Option<Hit> {
    let (next, part) = part(phrase, at);
    let next = phrase.eat(next, "năm").filter(|_| part.is_some() || !is_counted(phrase, at))?;
    if phrase.is_any(next, &["học", "công", "tài"]) {
        return None;
    }
    let rule = if part.is_some_and(|part| part != Part::Whole) { Rule::YearPart } else { Rule::Year };
    let whole = part.unwrap_or(Part::Whole);
    let vague = whole == Part::FirstMonths;
    if let Some((end, year)) = stated_year(phrase, next) {
        return Some(Hit::fixed(end, in_year(year, whole)?, rule).doubted_if(vague));
    }
    let bare = part.is_some() || is_inside(phrase, at, next);
    rolled(next, None, phrase.from, rule, |year| in_year(year, whole)).filter(|_| bare)
}

/// `giai đoạn 2021-2025`, `đến 2025`: the last day of the last year.
pub(super) fn period(phrase: &Phrase, at: usize) -> Option<Hit> {
    let first = phrase.skip(at, &["giai đoạn", "nhiệm kỳ", "nhiệm kì", "năm", "các năm"]);
    let year = phrase.year(first)?;
    let dash = phrase.eat_any(first + 1, &["- năm", "đến năm", "-", "–", "đến"]);
    if let Some((end, last)) =
        dash.and_then(|next| Some((next + 1, phrase.year(next)?))).filter(|(_, last)| *last > year)
    {
        return Some(Hit::fixed(end, in_year(last, Part::Last)?, Rule::Year));
    }
    let reached =
        first == at && phrase.follows_any(at, &["đến", "tới", "hết", "by", "before", "until", "in"]);
    let alone = reached && phrase.ends_clause(first + 1);
    alone.then(|| in_year(year, Part::Last).map(|date| Hit::fixed(first + 1, date, Rule::Year))).flatten()
}

fn part(phrase: &Phrase, at: usize) -> (usize, Option<Part>) {
    phrase.choose(at, &PARTS).map_or((at, None), |(next, part)| (next, Some(part)))
}

pub(super) fn month_number(phrase: &Phrase, at: usize) -> Option<(usize, u32)> {
    let number = phrase.number(at, 2).filter(|month| (1..=12).contains(month)).map(|month| (at + 1, month));
    number.or_else(|| phrase.choose(at, &MONTHS))
}

/// `/2022`, `-2022`, `năm 2022`, `năm nay`, or nothing.
pub(super) fn year_after(phrase: &Phrase, at: usize) -> (usize, Option<i32>) {
    let sign = phrase.is_any(at, &["/", "-", "."]) && phrase.year(at + 1).is_some();
    let next = if sign { Some(at + 1) } else { phrase.eat_any(at, &["năm", ", năm", "của năm"]) };
    let stated = next.and_then(|next| stated_year(phrase, next));
    stated.map_or_else(
        || (phrase.skip(at, &["sắp tới", "tới đây", "tới", "này"]), None),
        |(end, year)| (end, Some(year)),
    )
}

/// A year in digits, or counted from the meeting's: "năm sau".
pub(super) fn stated_year(phrase: &Phrase, at: usize) -> Option<(usize, i32)> {
    let near = || {
        phrase
            .choose(at, &NEAR)
            .and_then(|(end, years)| Some((end, phrase.from.year() + i32::try_from(years).ok()?)))
    };
    phrase.year(at).map(|year| (at + 1, year)).or_else(near)
}

/// Whether a number counts the period: "3 tháng" is a duration.
fn is_counted(phrase: &Phrase, at: usize) -> bool {
    let words =
        ["một", "hai", "ba", "mỗi", "hằng", "hàng", "nửa", "nhiều", "kỳ", "kì", "mấy", "vài", "từng", "theo"];
    at.checked_sub(1)
        .is_some_and(|before| phrase.number(before, 4).is_some() || phrase.is_any(before, &words))
}

/// Whether "trong" stands before a period that ends its clause: "trong tháng".
fn is_inside(phrase: &Phrase, at: usize, end: usize) -> bool {
    phrase.follows_any(at, &["trong", "hết", "nội", "ngay", "cả", "suốt"])
        && !phrase.is_any(end, &["qua", "trước", "đó", "rồi", "vừa"])
}

/// The last day of the period before the whole one that a hit names: "trước tháng 6". `None` when it names a part.
pub(super) fn eve_of_period(phrase: &Phrase, start: usize, rule: Rule, last: NaiveDate) -> Option<NaiveDate> {
    let months = match rule {
        Rule::Month => 1,
        Rule::Quarter => 3,
        Rule::Year => 12,
        _ => return None,
    };
    let word = phrase.word(start);
    let short = word.starts_with(['q', 't']) && word.ends_with(|c: char| c.is_ascii_digit());
    let named = phrase.is_any(start, &["tháng", "quý", "quí", "năm"]) || short;
    let english = super::english::month(phrase, start).is_some() || phrase.year(start).is_some();
    let first = last.succ_opt()?.checked_sub_months(chrono::Months::new(months))?;
    first.pred_opt().filter(|_| named || english)
}
