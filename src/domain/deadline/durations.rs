//! Spans counted from a day: "trong vòng 10 ngày", "15 (mười lăm) ngày làm việc kể từ ngày ký", "in two weeks", "+7".
//! Civil Code 2015, articles 147 and 148. Must not know sentences.

use chrono::{Days, NaiveDate};

use super::calendar::months_later;
use super::phrase::Phrase;
use super::{Due, Hit, Rule, days};

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Hours,
    Days,
    WorkingDays,
    Weeks,
    Months,
    Quarters,
    Years,
}

/// From when a span is counted.
enum Anchor {
    /// The meeting, whether said or not.
    Meeting,
    /// The notice of conclusions.
    Notice,
    On(NaiveDate),
    /// A day that nobody knows yet.
    Unknown,
}

const UNITS: [(&str, Unit); 36] = [
    ("ngày làm việc", Unit::WorkingDays),
    ("ngày lv", Unit::WorkingDays),
    ("lv", Unit::WorkingDays),
    ("ngày", Unit::Days),
    ("tuần lễ", Unit::Weeks),
    ("tuần", Unit::Weeks),
    ("tháng", Unit::Months),
    ("quý", Unit::Quarters),
    ("năm", Unit::Years),
    ("giờ đồng hồ", Unit::Hours),
    ("giờ", Unit::Hours),
    ("tiếng đồng hồ", Unit::Hours),
    ("tiếng", Unit::Hours),
    ("h", Unit::Hours),
    ("d", Unit::Days),
    ("w", Unit::Weeks),
    ("wd", Unit::WorkingDays),
    ("bd", Unit::WorkingDays),
    ("working days", Unit::WorkingDays),
    ("working day", Unit::WorkingDays),
    ("business days", Unit::WorkingDays),
    ("business day", Unit::WorkingDays),
    ("calendar days", Unit::Days),
    ("days", Unit::Days),
    ("day", Unit::Days),
    ("weeks", Unit::Weeks),
    ("week", Unit::Weeks),
    ("fortnight", Unit::Weeks),
    ("months", Unit::Months),
    ("month", Unit::Months),
    ("quarters", Unit::Quarters),
    ("quarter", Unit::Quarters),
    ("years", Unit::Years),
    ("year", Unit::Years),
    ("hours", Unit::Hours),
    ("hour", Unit::Hours),
];

const ENGLISH_COUNTS: [(&str, u32); 22] = [
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("twelve", 12),
    ("fourteen", 14),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("forty - five", 45),
    ("forty", 40),
    ("sixty", 60),
    ("ninety", 90),
    ("eleven", 11),
];

/// Words behind a span that make it something else than a term: a past, a part, a repetition, a number of times.
const NO_TERM: [&str; 37] = [
    "đầu", "cuối", "qua", "trước", "gần", "vừa", "đó", "lần", "một", "1", "/", "tuổi", "thành", "xây", "kỷ",
    "truyền", "đổi", "thực", "nghỉ", "phép", "diễn", "of", "ago", "old", "before", "prior", "each", "công",
    "học", "còn", "đã", "ròng", "liền", "đối", "cao", "sau", "triển",
];

/// A span that begins at `at`, with the day it is counted from.
pub(super) fn span(phrase: &Phrase, at: usize) -> Option<Hit> {
    let signed = phrase.is(at, "+");
    // "1/5 ngày" and "2,5 năm" are no counts.
    if !signed && phrase.follows_any(at, &["/", "-", ".", ","]) && !phrase.is_spaced(at) {
        return None;
    }
    // "3-5 ngày" ends with the later count.
    let first = phrase.skip(at, &["từ", "from"]);
    let later =
        phrase.eat_any(first + 1, &["-", "–", "đến", "to"]).filter(|_| phrase.number(first, 3).is_some());
    if let Some(later) = later.filter(|later| counted(phrase, *later, false).is_some()) {
        return counted_from(phrase, later, false);
    }
    counted_from(phrase, at, signed)
}

/// A span whose count stands at `at`.
fn counted_from(phrase: &Phrase, at: usize, signed: bool) -> Option<Hit> {
    let (end, count, unit) = counted(phrase, at, signed)?;
    if let Some(end) = phrase.eat(end, "rưỡi").filter(|_| unit == Unit::Months) {
        let months = months_later(phrase.from, count)?;
        let hit = ends_on(phrase, months, 15, Unit::Days)?;
        return Some(Hit { end, ..hit });
    }
    let rule = if unit == Unit::WorkingDays { Rule::WorkingDays } else { Rule::Duration };
    let later = phrase
        .eat_any(end, &["nữa", "tới đây", "tới", "tiếp theo", "sắp tới", "from now", "from today", "' time"]);
    if let Some(end) = later {
        return ends_on(phrase, phrase.from, count, unit).map(|hit| Hit { end, rule, ..hit });
    }
    let (end, anchor) = anchor(phrase, end);
    let (from, doubt) = match anchor {
        Anchor::Meeting => (phrase.from, false),
        Anchor::Notice => (phrase.said.notice.unwrap_or(phrase.from), phrase.said.notice.is_none()),
        Anchor::On(date) => (date, false),
        Anchor::Unknown => return Some(Hit::unsettled(end, rule)),
    };
    if end < phrase.len() && phrase.is_any(end, &NO_TERM) {
        return None;
    }
    // "sau hội nghị 5 ngày": what it is counted from may stand before.
    let before = phrase.follows_any(at, &["trước", "before"]);
    if before {
        return Some(Hit::unsettled(end, rule));
    }
    let hit = ends_on(phrase, from, count, unit)?;
    Some(Hit { end, rule, ..hit }.doubted_if(doubt))
}

/// "sau hội nghị 5 ngày", "sau khi ban hành thông báo 10 ngày": the span stands behind what it is counted from.
pub(super) fn span_behind(phrase: &Phrase, at: usize) -> Option<Hit> {
    phrase.is_any(at, &["sau", "kể", "tính"]).then_some(())?;
    let (next, anchor) = anchor(phrase, at);
    let next = phrase.skip(next, &[","]);
    let next =
        phrase.skip(next, &["trong vòng", "trong thời hạn", "trong", "không quá", "chậm nhất", "tối đa"]);
    let (end, count, unit) = counted(phrase, next, false)?;
    let rule = if unit == Unit::WorkingDays { Rule::WorkingDays } else { Rule::Duration };
    let (from, doubt) = match anchor {
        Anchor::Meeting if next > at => (phrase.from, false),
        Anchor::Notice => (phrase.said.notice.unwrap_or(phrase.from), phrase.said.notice.is_none()),
        Anchor::On(date) => (date, false),
        _ => return None,
    };
    (phrase.ends_clause(end)).then_some(())?;
    let hit = ends_on(phrase, from, count, unit)?;
    Some(Hit { end, rule, ..hit }.doubted_if(doubt))
}

/// How many of what: "15 ngày", "nửa tháng", "10lv", "two weeks"; with a sign a bare number is days.
fn counted(phrase: &Phrase, at: usize, signed: bool) -> Option<(usize, u32, Unit)> {
    let at = at + usize::from(signed);
    if let Some((end, (count, unit))) = phrase.choose(
        at,
        &[
            ("nửa tháng", (15, Unit::Days)),
            ("nửa năm", (6, Unit::Months)),
            ("half a year", (6, Unit::Months)),
        ],
    ) {
        return Some((end, count, unit));
    }
    if phrase.is(at, "fortnight") {
        return Some((at + 1, 2, Unit::Weeks));
    }
    if let Some((count, letters)) = phrase.glued(at) {
        let (_, unit) = UNITS.iter().find(|(word, _)| *word == letters)?;
        return (count > 0).then_some((at + 1, count, *unit));
    }
    let (next, count) = phrase.count(at).or_else(|| phrase.choose(at, &ENGLISH_COUNTS))?;
    let spelled = phrase.eat(next, "(").filter(|open| phrase.number(*open, 3) == Some(count));
    let next = spelled.and_then(|open| phrase.eat(open + 1, ")")).unwrap_or(next);
    let next = phrase.skip(next, &["full", "more", "-"]);
    if let Some((end, unit)) = phrase.choose(next, &UNITS) {
        let count = if phrase.is(next, "fortnight") { count * 2 } else { count };
        let bare = unit == Unit::Hours && phrase.is(next, "h") && phrase.is_spaced(next);
        return (!bare).then_some((end, count, unit));
    }
    (signed && (phrase.ends_clause(next))).then_some((next, count, Unit::Days))
}

/// The last day of a span: the first day is not counted; a term that ends on a free day ends on the next working day.
fn ends_on(phrase: &Phrase, from: NaiveDate, count: u32, unit: Unit) -> Option<Hit> {
    let holidays = &phrase.said.holidays;
    let on = |date: NaiveDate| Hit::fixed(0, date, Rule::Duration);
    if unit == Unit::WorkingDays {
        let found = holidays.after(from, usize::try_from(count).ok()?)?;
        return Some(on(found.day).doubted_if(!found.sure));
    }
    if unit == Unit::Hours {
        return Some(on(from.checked_add_days(Days::new(count.div_ceil(24).into()))?));
    }
    let last = match unit {
        Unit::Days => from.checked_add_days(Days::new(count.into())),
        Unit::Weeks => from.checked_add_days(Days::new((count * 7).into())),
        Unit::Months => months_later(from, count),
        Unit::Quarters => months_later(from, count * 3),
        _ => months_later(from, count * 12),
    };
    let found = holidays.next_working(last?);
    Some(on(found.day).doubted_if(!found.sure))
}

/// What a span is counted from, behind it: "kể từ ngày ban hành", "sau khi kết thúc hội nghị", "of signing".
fn anchor(phrase: &Phrase, at: usize) -> (usize, Anchor) {
    let open = phrase.skip(at, &[",", "("]);
    let since = ["kể từ", "tính từ", "tính kể từ", "sau", "từ", "from", "of", "after", "following", "since"];
    let Some(next) = phrase.eat_any(open, &since) else { return (at, Anchor::Meeting) };
    let next = phrase.skip(next, &["ngày", "thời điểm", "khi", "the date of", "the day of"]);
    if let Some(hit) = days::iso_day(phrase, next)
        .or_else(|| days::numeric_day(phrase, next))
        .or_else(|| days::spoken_day(phrase, next))
        .or_else(|| super::english::day(phrase, next))
        .or_else(|| days::near_day(phrase, next))
        && let Due::On(date) = hit.due
    {
        return (hit.end, Anchor::On(date));
    }
    let notice = [
        "ký ban hành",
        "ban hành",
        "ký",
        "có thông báo",
        "ra thông báo",
        "phát hành",
        "thông báo",
        "issuance",
        "issue",
        "signing",
        "signature",
        "the notice",
        "this notice",
        "publication",
    ];
    if let Some(end) = phrase.eat_any(next, &notice) {
        let documents = [
            "thông báo kết luận",
            "kết luận này",
            "thông báo này",
            "thông báo",
            "kết luận",
            "văn bản",
            "này",
            "of the notice",
            "of this notice",
        ];
        return (phrase.skip(end, &documents), Anchor::Notice);
    }
    let meeting = [
        "kết thúc hội nghị",
        "kết thúc cuộc họp",
        "kết thúc phiên họp",
        "bế mạc hội nghị",
        "hội nghị",
        "cuộc họp",
        "phiên họp",
        "buổi họp",
        "họp",
        "hôm nay",
        "nay",
        "today",
        "now",
        "the meeting",
        "this meeting",
    ];
    if let Some(end) = phrase.eat_any(next, &meeting) {
        let other = phrase.is_any(end, &["hội", "tỉnh", "thường", "lần", "thứ", "của"]);
        return (
            phrase.skip(end, &["này", "hôm nay"]),
            if other { Anchor::Unknown } else { Anchor::Meeting },
        );
    }
    let end = (next..phrase.len()).find(|at| phrase.ends_clause(*at)).unwrap_or(phrase.len());
    (end, Anchor::Unknown)
}

/// Whether the words say "within" so plainly that a span is a term wherever it stands.
pub(super) fn is_plain_term(phrase: &Phrase, lead: usize, start: usize, end: usize) -> bool {
    let strong = ["vòng", "quá", "nhất", "đa", "within", "than", "+", "hạn"];
    let later =
        end.checked_sub(1).is_some_and(|last| phrase.is_any(last, &["nữa", "tới", "now", "today", "theo"]));
    (lead..start).any(|at| phrase.is_any(at, &strong)) || phrase.is(start, "+") || later
}
