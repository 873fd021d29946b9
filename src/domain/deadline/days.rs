//! Days: with a number and a month, by weekday, from the meeting's day. Must not know sentences.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::calendar::{in_week, month_after, next_weekday};
use super::periods::{NEAR, month_number, year_after};
use super::phrase::Phrase;
use super::{Due, Hit, Rule};
use crate::text::dates;

const WEEKDAYS: [(&str, Weekday); 23] = [
    ("thứ hai", Weekday::Mon),
    ("thứ ba", Weekday::Tue),
    ("thứ tư", Weekday::Wed),
    ("thứ năm", Weekday::Thu),
    ("thứ sáu", Weekday::Fri),
    ("thứ bảy", Weekday::Sat),
    ("thứ bẩy", Weekday::Sat),
    ("chủ nhật", Weekday::Sun),
    ("chúa nhật", Weekday::Sun),
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
    ("t . 6", Weekday::Fri),
];

const DAY_WORDS: [&str; 5] = ["ngày", "mùng", "mồng", "ngày mùng", "ngày mồng"];

/// Words after `9/12` that make it a share ("9/12 xã") and not a day.
const COUNTED: [&str; 36] = [
    "xã",
    "phường",
    "huyện",
    "tỉnh",
    "thành",
    "đơn",
    "đồng",
    "đ",
    "sở",
    "người",
    "đại",
    "chỉ",
    "tiêu",
    "nhiệm",
    "dự",
    "mô",
    "phiếu",
    "hộ",
    "thôn",
    "điểm",
    "cơ",
    "doanh",
    "nội",
    "kiến",
    "vụ",
    "địa",
    "ban",
    "cấp",
    "members",
    "of",
    "units",
    "provinces",
    "departments",
    "tổ",
    "chi",
    "đảng",
];

/// Words before a number that make it a share, a paragraph or a count.
const COUNTING: [&str; 29] = [
    "lệ", "khoản", "điểm", "đạt", "được", "có", "số", "mục", "điều", "phiên", "bài", "trang", "khoảng",
    "tầm", "gồm", "với", "lần", "mức", "hệ", "đã", "còn", "qua", "mặt", "đủ", "ratio", "score", "about",
    "phụ", "dạng",
];

/// `2026-08-15`.
pub(super) fn iso_day(phrase: &Phrase, at: usize) -> Option<Hit> {
    let year = phrase.year(at).filter(|_| phrase.is_tight(at + 1, "-") && phrase.is_tight(at + 3, "-"))?;
    let (month, day) = (phrase.number(at + 2, 2)?, phrase.number(at + 4, 2)?);
    Some(on_day(at + 5, day, month, Some(year), phrase.from))
}

/// `ngày 15/9`, `13-7`, `15.9.2022`, `30/6/22`.
pub(super) fn numeric_day(phrase: &Phrase, at: usize) -> Option<Hit> {
    let named = phrase.eat_any(at, &DAY_WORDS);
    if named.is_none() && joins_number(phrase, at) {
        return None;
    }
    pair(phrase, at, named)
}

/// Two or three numbers that make a day.
fn pair(phrase: &Phrase, at: usize, named: Option<usize>) -> Option<Hit> {
    let first = named.unwrap_or(at);
    let sign = ["/", "-", "."]
        .into_iter()
        .find(|sign| phrase.is_tight(first + 1, sign) || (*sign == "/" && phrase.is(first + 1, sign)))?;
    let (day, month) = (phrase.number(first, 2)?, phrase.number(first + 2, 2)?);
    let plausible = (1..=31).contains(&day) && (1..=12).contains(&month);
    let after = first + 3;
    let short = phrase.is(after, sign).then(|| dates::year(phrase.word(after + 1))).flatten();
    let (end, year) = match short {
        Some(year) => (after + 2, Some(year)),
        None => year_after(phrase, after),
    };
    if !plausible {
        // "ngày 32/5" and "15/13/2024" are slips of a day; other pairs are no days at all.
        let slip = (named.is_some() || year.is_some()) && day <= 99 && month <= 99;
        return slip.then(|| impossible(end));
    }
    let counts = named.is_none() && year.is_none() && is_count(phrase, at, end, sign);
    (!counts).then(|| on_day(end, day, month, year, phrase.from))
}

/// Whether a number stands here that belongs to the one before: `2.226`, `1/15/9`, `3,5/9`.
fn joins_number(phrase: &Phrase, at: usize) -> bool {
    ["/", "-", ".", ","].iter().any(|sign| at > 0 && phrase.is_tight(at - 1, sign))
        && at
            .checked_sub(2)
            .is_some_and(|before| phrase.word(before).ends_with(|c: char| c.is_alphanumeric()))
}

/// Whether a pair of numbers is a decimal, a share or a range of counts rather than a day.
fn is_count(phrase: &Phrase, at: usize, end: usize, sign: &str) -> bool {
    let units =
        ["ngày", "tuần", "tháng", "năm", "giờ", "days", "weeks", "months", "lần", "%", "triệu", "tỷ", "tỉ"];
    let led = phrase
        .follows_any(at, &["trước", "hạn", "nhất", "là", "hết", "by", "before", "until", "than", "trong"]);
    sign == "." && !led
        || phrase.is_any(end, &units)
        || phrase.is_any(end, &COUNTED)
        || phrase.follows_any(at, &COUNTING)
        || (phrase.is_tight(end, "/") || phrase.is_tight(end, "-"))
}

/// `15-20/2/2022`, `từ 15 đến 20/2`: a range that shares its month.
pub(super) fn day_range(phrase: &Phrase, at: usize) -> Option<Hit> {
    if let Some(hit) = tight_range(phrase, at) {
        return Some(hit);
    }
    let from_word = phrase.skip(at, &["từ", "from", "các", "between"]);
    let first = phrase.skip(from_word, &["ngày"]);
    let early = phrase.number(first, 2).filter(|day| (1..=31).contains(day))?;
    let bridges =
        ["-", "–", "đến hết ngày", "đến ngày", "đến hết", "đến", "tới", "và ngày", "và", ",", "to", "and"];
    let second = phrase.eat_any(first + 1, &bridges)?;
    let second = phrase.skip(second, &["ngày"]);
    let late = phrase.number(second, 2).filter(|late| *late > early && !joins_number(phrase, first))?;
    let listed = first > from_word || phrase.is_any(first + 1, &["-", "–"]) || from_word > at;
    let hit = match pair(phrase, second, None) {
        Some(hit) if phrase.is(second + 1, "/") => hit,
        _ => spoken_day(phrase, second).or_else(|| super::english::day(phrase, second))?,
    };
    let Due::On(last) = hit.due else { return listed.then_some(hit) };
    let start = last.checked_sub_days(Days::new((late - early).into()))?;
    listed.then_some(Hit { due: Due::Until { first: start, last }, ..hit })
}

/// `25/8-05/9/2025`: two days glued by a dash.
fn tight_range(phrase: &Phrase, at: usize) -> Option<Hit> {
    let first = phrase.skip(at, &["từ", "ngày"]);
    if joins_number(phrase, first) || !phrase.is_tight(first + 1, "/") {
        return None;
    }
    let (day, month) = (phrase.number(first, 2)?, phrase.number(first + 2, 2)?);
    let second = phrase.eat_any(first + 3, &["-", "–"]).filter(|second| phrase.is_tight(second + 1, "/"))?;
    let hit = pair(phrase, second, None)?;
    let Due::On(last) = hit.due else { return Some(hit) };
    let year = if month > last.month() { last.year() - 1 } else { last.year() };
    let start = NaiveDate::from_ymd_opt(year, month, day).filter(|start| *start < last)?;
    Some(Hit { due: Due::Until { first: start, last }, ..hit })
}

/// `ngày 15 tháng 9 năm 2022`, `15 tháng 9`, `ngày 15 tháng này`.
pub(super) fn spoken_day(phrase: &Phrase, at: usize) -> Option<Hit> {
    let named = phrase.eat_any(at, &DAY_WORDS);
    let first = named.unwrap_or(at);
    let (after, day) = day_number(phrase, first, named.is_some())?;
    let next = phrase.eat(phrase.skip(after, &["của"]), "tháng")?;
    let expected = named.is_some() || phrase.follows_any(at, &["trước", "hết", "nhất", "là"]);
    if let Some((end, months)) = phrase.choose(next, &NEAR).filter(|_| expected) {
        let (year, month) = month_after(phrase.from, months)?;
        return Some(on_day(end, day, month, Some(year), phrase.from));
    }
    let (end, month) = month_number(phrase, next)?;
    let (end, year) = year_after(phrase, end);
    Some(on_day(end, day, month, year, phrase.from))
}

/// The number of a day, also in words behind "ngày": "ngày mười lăm tháng chín".
fn day_number(phrase: &Phrase, at: usize, named: bool) -> Option<(usize, u32)> {
    let digits = phrase.number(at, 2).map(|day| (at + 1, day));
    let (end, day) = digits.or_else(|| phrase.count(at).filter(|_| named))?;
    (1..=31).contains(&day).then_some((end, day))
}

/// `ngày 15` alone: in this month, or the next if it is past.
pub(super) fn day_of_month(phrase: &Phrase, at: usize) -> Option<Hit> {
    let first = phrase.eat_any(at, &DAY_WORDS)?;
    let day = phrase.number(first, 2)?;
    if phrase.is_any(first + 1, &["/", "-", "–", "%", "ngày", "tháng", "lần"]) || day == 0 {
        return None;
    }
    if day > 31 {
        return Some(impossible(first + 1));
    }
    Some(Hit::fixed(first + 1, next_of_month(phrase, day)?, Rule::Day).doubted())
}

/// The nearest day of this number on or after the meeting.
pub(super) fn next_of_month(phrase: &Phrase, day: u32) -> Option<NaiveDate> {
    (0..3).find_map(|months| {
        let (year, month) = month_after(phrase.from, months)?;
        NaiveDate::from_ymd_opt(year, month, day).filter(|date| *date >= phrase.from)
    })
}

/// `hôm nay`, `ngày mai`, `ngày kia`; a bare "mai" only behind a word that expects a day, or alone: it is a name too.
pub(super) fn near_day(phrase: &Phrase, at: usize) -> Option<Hit> {
    let sayings = [
        ("hôm nay", 0),
        ("sáng nay", 0),
        ("trưa nay", 0),
        ("chiều nay", 0),
        ("tối nay", 0),
        ("đêm nay", 0),
        ("ngày hôm nay", 0),
        ("nội trong ngày", 0),
        ("trong ngày", 0),
        ("cuối ngày", 0),
        ("ngày mai", 1),
        ("hôm sau", 1),
        ("ngày kia", 2),
        ("ngày mốt", 2),
        ("ngày kìa", 3),
    ];
    if let Some((end, days)) = phrase.choose(at, &sayings) {
        let inside = phrase.is_any(at, &["trong", "nội", "cuối"]) && !phrase.ends_clause(end);
        return near(phrase, end, days).filter(|_| !inside);
    }
    let bare = [("mai", 1), ("mốt", 2)];
    let expected =
        ["sáng", "trưa", "chiều", "tối", "trước", "hết", "đến", "trong", "nhất", "hạn", "là", "vào", "xong"];
    let (end, days) = phrase.choose(at, &bare)?;
    let meant = (at == 0 && end == phrase.len()) || phrase.follows_any(at, &expected);
    near(phrase, end, days).filter(|_| meant && phrase.ends_clause(end))
}

/// A time of day with nothing behind it: "trước cuối giờ chiều", "by EOD".
pub(super) fn end_of_today(phrase: &Phrase, at: usize) -> Option<Hit> {
    let sayings = [
        "hết giờ làm việc",
        "hết giờ hành chính",
        "cuối giờ chiều",
        "cuối giờ sáng",
        "cuối giờ",
        "cuối buổi",
        "close of business",
        "end of business",
        "end of the day",
        "end of day",
        "eod",
        "cob",
    ];
    let end = phrase.skip(phrase.eat_any(at, &sayings)?, &["today", "nay", "hôm nay"]);
    near(phrase, end, 0).filter(|_| phrase.ends_clause(end))
}

fn near(phrase: &Phrase, end: usize, days: u64) -> Option<Hit> {
    Some(Hit::fixed(end, phrase.from.checked_add_days(Days::new(days))?, Rule::NearDay))
}

/// `thứ Sáu tuần sau`, `T6`, `Chủ nhật`; alone the next one strictly after the meeting.
pub(super) fn weekday(phrase: &Phrase, at: usize) -> Option<Hit> {
    let (next, day) = phrase.choose(at, &WEEKDAYS)?;
    let counted = [
        "lần", "họp", "kỳ", "kì", "người", "điều", "hội", "đợt", "phiên", "giai", "điểm", "ý", "bước", "khóa",
    ];
    if phrase.follows_any(at, &counted)
        || phrase.is(next, "/")
        || phrase.year(next + 1).is_some() && phrase.is(next, "năm")
    {
        return None;
    }
    let named = phrase.skip(next, &["trong", "của", "ngay"]);
    let week = phrase.eat(named, "tuần").and_then(|next| phrase.choose(next, &NEAR));
    if let Some((end, weeks)) = week {
        return Some(Hit::fixed(end, in_week(phrase.from, weeks.into(), day)?, Rule::Weekday));
    }
    let end = phrase.skip(next, &["sắp tới", "gần nhất", "này", "tới"]);
    Some(Hit::fixed(end, next_weekday(phrase.from, day)?, Rule::Weekday))
}

/// A hit on a day of a month; without a year the nearest on or after the meeting.
pub(super) fn on_day(end: usize, day: u32, month: u32, year: Option<i32>, from: NaiveDate) -> Hit {
    let date = match year {
        Some(year) => NaiveDate::from_ymd_opt(year, month, day),
        None => dates::nearest(day, month, from),
    };
    match date {
        Some(date) => {
            Hit::fixed(end, date, Rule::Day).doubted_if(year.is_none() && date.year() != from.year())
        }
        None => impossible(end),
    }
}

/// Words that name a day which does not exist.
pub(super) fn impossible(end: usize) -> Hit {
    Hit { due: Due::Impossible, ..Hit::unsettled(end, Rule::Day) }
}
