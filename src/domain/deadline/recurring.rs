//! Work that goes on or comes back, in both languages. Must not know sentences.

use super::phrase::Phrase;
use super::{Confidence, Due, Every, Hit, Rule};

const PERIODS: [(&str, Option<Every>); 12] = [
    ("ngày", None),
    ("tuần", Some(Every::Week)),
    ("tháng", Some(Every::Month)),
    ("quý", Some(Every::Quarter)),
    ("quí", Some(Every::Quarter)),
    ("nửa năm", Some(Every::HalfYear)),
    ("6 tháng", Some(Every::HalfYear)),
    ("06 tháng", Some(Every::HalfYear)),
    ("sáu tháng", Some(Every::HalfYear)),
    ("3 tháng", Some(Every::Quarter)),
    ("ba tháng", Some(Every::Quarter)),
    ("năm", Some(Every::Year)),
];

/// `thường xuyên`, `liên tục`, `hằng tháng`, `định kỳ quý`, `6 tháng một lần`, `2 lần/năm`.
pub(super) fn vietnamese(phrase: &Phrase, at: usize) -> Option<Hit> {
    each(phrase, at)
        .or_else(|| once_in(phrase, at))
        .or_else(|| times_in(phrase, at))
        .or_else(|| last_month_of(phrase, at))
        .or_else(|| ongoing_words(phrase, at))
}

/// "hằng tháng", "mỗi quý một lần", "định kỳ 6 tháng, 1 năm", "vào thứ Sáu hằng tuần".
fn each(phrase: &Phrase, at: usize) -> Option<Hit> {
    let words = ["hằng", "hàng", "mỗi", "từng", "theo", "định kỳ", "định kì"];
    let next = phrase.eat_any(at, &words)?;
    let bare = phrase.is_any(at, &["từng", "theo", "mỗi"]);
    let inner = phrase.skip(next, &["vào", "theo"]);
    let inner = phrase.skip(inner, &["hằng", "hàng", "mỗi", "từng", "01", "1", "một"]);
    let Some((end, every)) = phrase.choose(inner, &PERIODS).filter(|(end, _)| !phrase.is(*end, "học"))
    else {
        return phrase.is(at, "định").then(|| ongoing(next, None));
    };
    // "theo quý III", "từng tháng" in the course of a sentence say less than "hằng".
    let numbered = (phrase.number(end, 4).is_some() && !phrase.is(end + 1, "lần"))
        || phrase.is_any(end, &["i", "ii", "iii", "iv", "nay", "này", "tới", "sau"]);
    let times = once(phrase, end);
    let done = phrase.is_any(end, &["báo", "họp", "gửi", "tổng", "giao", "kiểm", "rà", "tổ"]);
    // "mỗi tuần một dịch vụ" and "mỗi ngày tiếp 240 lượt" are rates.
    if numbered || (bare && times == end && !done && !phrase.ends_clause(end)) {
        return None;
    }
    Some(ongoing(lists(phrase, times), every))
}

/// The end of ", quý, năm", ", 1 năm" behind a first period: the shortest counts.
fn lists(phrase: &Phrase, end: usize) -> usize {
    let mut end = end;
    while let Some(next) = phrase.eat_any(end, &[",", "và", "/", "-"]) {
        let inner = phrase.skip(next, &["hằng", "hàng", "mỗi", "01", "1", "một"]);
        match phrase.choose(inner, &PERIODS) {
            Some((later, _)) if phrase.ends_clause(later) || phrase.is_any(later, &["và", "/"]) => {
                end = later
            }
            _ => break,
        }
    }
    end
}

fn once(phrase: &Phrase, at: usize) -> usize {
    phrase.skip(at, &["một lần", "1 lần", "01 lần", "hai lần", "2 lần", "02 lần"])
}

/// "6 tháng một lần", "3 tháng/lần".
fn once_in(phrase: &Phrase, at: usize) -> Option<Hit> {
    let (next, count) = phrase.count(at)?;
    let units =
        [("tuần", Every::Week), ("tháng", Every::Month), ("quý", Every::Quarter), ("năm", Every::Year)];
    let (end, unit) = phrase.choose(next, &units)?;
    let end = phrase.eat_any(end, &["một lần", "1 lần", "01 lần", "/ lần", "/ 1 lần", "/ 01 lần", "lần"])?;
    let every = match (unit, count) {
        (unit, 1) => Some(unit),
        (Every::Month, 3) => Some(Every::Quarter),
        (Every::Month, 6) => Some(Every::HalfYear),
        (Every::Quarter, 2) => Some(Every::HalfYear),
        (Every::Month, 12) => Some(Every::Year),
        _ => None,
    };
    Some(ongoing(end, every))
}

/// "2 lần/năm", "01 lần mỗi quý".
fn times_in(phrase: &Phrase, at: usize) -> Option<Hit> {
    let (next, count) = phrase.count(at)?;
    let next = phrase.eat(next, "lần")?;
    let next = phrase.eat_any(next, &["/", "mỗi", "trong một", "trong 1", "trong", "một"])?;
    let next = phrase.skip(next, &["01", "1", "một"]);
    let units =
        [("tuần", Every::Week), ("tháng", Every::Month), ("quý", Every::Quarter), ("năm", Every::Year)];
    let (end, unit) = phrase.choose(next, &units)?;
    let every = match (unit, count) {
        (Every::Year, 2) => Every::HalfYear,
        (Every::Year, 3 | 4) => Every::Quarter,
        (Every::Year, 12) => Every::Month,
        (unit, _) => unit,
    };
    Some(ongoing(end, Some(every)))
}

/// "ngày 15 của tháng cuối quý", "tháng cuối mỗi quý".
fn last_month_of(phrase: &Phrase, at: usize) -> Option<Hit> {
    let next = phrase.eat_any(at, &["tháng cuối cùng", "tháng cuối", "tháng đầu"])?;
    let next = phrase.skip(next, &["của"]);
    let next = phrase.skip(next, &["mỗi", "hằng", "hàng", "từng"]);
    let end = phrase.eat_any(next, &["quý", "quí"])?;
    let named = phrase.is_any(end, &["i", "ii", "iii", "iv", "1", "2", "3", "4", "này", "tới", "sau"]);
    (!named).then(|| ongoing(end, Some(Every::Quarter)))
}

fn ongoing_words(phrase: &Phrase, at: usize) -> Option<Hit> {
    let end = phrase.eat_any(at, &["thường xuyên", "liên tục", "thường kỳ", "lâu dài"])?;
    let more = phrase.skip(end, &[",", "và"]);
    let list = ["liên tục", "thường xuyên", "lâu dài", "kịp thời"];
    Some(ongoing(phrase.eat_any(more, &list).unwrap_or(end), None))
}

/// `weekly`, `every month`, `twice a year`, `ongoing`.
pub(super) fn english(phrase: &Phrase, at: usize) -> Option<Hit> {
    let sayings = [
        ("ongoing", None),
        ("continuously", None),
        ("continuous", None),
        ("on an ongoing basis", None),
        ("on a continuing basis", None),
        ("on a continuous basis", None),
        ("on a regular basis", None),
        ("regularly", None),
        ("daily", None),
        ("periodically", None),
        ("on a weekly basis", Some(Every::Week)),
        ("on a monthly basis", Some(Every::Month)),
        ("on a quarterly basis", Some(Every::Quarter)),
        ("on an annual basis", Some(Every::Year)),
        ("fortnightly", Some(Every::Week)),
        ("bi - weekly", Some(Every::Week)),
        ("biweekly", Some(Every::Week)),
        ("weekly", Some(Every::Week)),
        ("monthly", Some(Every::Month)),
        ("quarterly", Some(Every::Quarter)),
        ("half yearly", Some(Every::HalfYear)),
        ("half - yearly", Some(Every::HalfYear)),
        ("semi - annually", Some(Every::HalfYear)),
        ("semiannually", Some(Every::HalfYear)),
        ("biannually", Some(Every::HalfYear)),
        ("yearly", Some(Every::Year)),
        ("annually", Some(Every::Year)),
        ("twice a year", Some(Every::HalfYear)),
        ("twice per year", Some(Every::HalfYear)),
        ("twice yearly", Some(Every::HalfYear)),
        ("once a week", Some(Every::Week)),
        ("once a month", Some(Every::Month)),
        ("once a quarter", Some(Every::Quarter)),
        ("once a year", Some(Every::Year)),
    ];
    if let Some((end, every)) = phrase.choose(at, &sayings) {
        // "the quarterly report" is a thing, "report quarterly" a rhythm.
        let thing =
            phrase.is_any(end, &["report", "reports", "meeting", "meetings", "review", "plan", "basis"]);
        return (!thing).then(|| ongoing(end, every));
    }
    let next = phrase.eat_any(at, &["every", "each", "per"])?;
    let units = [
        ("day", None),
        ("working day", None),
        ("week", Some(Every::Week)),
        ("monday", Some(Every::Week)),
        ("tuesday", Some(Every::Week)),
        ("wednesday", Some(Every::Week)),
        ("thursday", Some(Every::Week)),
        ("friday", Some(Every::Week)),
        ("two weeks", Some(Every::Week)),
        ("2 weeks", Some(Every::Week)),
        ("month", Some(Every::Month)),
        ("three months", Some(Every::Quarter)),
        ("3 months", Some(Every::Quarter)),
        ("quarter", Some(Every::Quarter)),
        ("six months", Some(Every::HalfYear)),
        ("6 months", Some(Every::HalfYear)),
        ("half year", Some(Every::HalfYear)),
        ("year", Some(Every::Year)),
    ];
    phrase.choose(next, &units).map(|(end, every)| ongoing(end, every))
}

/// A hit on work that goes on.
fn ongoing(end: usize, every: Option<Every>) -> Hit {
    let rule = if every.is_some() { Rule::Recurring } else { Rule::Ongoing };
    Hit { end, due: Due::Ongoing(every), rule, confidence: Confidence::High }
}
