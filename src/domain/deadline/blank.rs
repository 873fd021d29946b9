//! What must not be read as a deadline, or only with the day behind it: cited documents, sums and shares, times of day,
//! events that are no day. Must not know the rules.

use super::phrase::{Part, Phrase};
use crate::domain::citation;

/// Takes cited documents with their days out of sight.
pub(super) fn citations(phrase: &mut Phrase, text: &str) {
    for citation in citation::find_all(text) {
        phrase.hide(citation.place);
    }
}

/// Marks times of day: they go with the day behind them and are no numbers.
pub(super) fn clocks(phrase: &mut Phrase) {
    let mut at = 0;
    while at < phrase.len() {
        match clock(phrase, at) {
            Some(end) => {
                phrase.set_part(at..end, Part::Clock);
                at = end;
            }
            None => at += 1,
        }
    }
}

/// The end of a time of day that begins here: `17h00`, `17:00`, "17 giờ 30 phút", "5 pm", "cuối giờ chiều".
fn clock(phrase: &Phrase, at: usize) -> Option<usize> {
    let sayings = [
        "hết giờ làm việc",
        "hết giờ hành chính",
        "trong giờ hành chính",
        "giờ làm việc",
        "giờ hành chính",
        "đầu giờ",
        "cuối giờ",
        "đầu buổi",
        "cuối buổi",
        "close of business",
        "close of play",
        "end of business",
        "end of day",
        "end of the day",
        "eod",
        "cob",
        "noon",
        "midday",
        "midnight",
    ];
    if let Some(end) = phrase.eat_any(at, &sayings) {
        return Some(end);
    }
    let counted = phrase.follows_any(at, &["vòng", "sau", "quá", "within", "in", "after", "+"])
        || (phrase.follows_any(at, &["trong"]));
    if let Some((hour, letters)) = phrase.glued(at).filter(|(hour, _)| *hour <= 24) {
        let minutes = letters.get(1..).unwrap_or("");
        let digits = minutes.len() <= 2 && minutes.bytes().all(|b| b.is_ascii_digit());
        let clock = matches!(letters, "am" | "pm") || (letters.starts_with(['h', 'g']) && digits);
        let lasting = letters == "h" && (counted || phrase.is_any(at + 1, &["nữa", "tới"])) && hour > 0;
        return (clock && !lasting).then(|| phrase.skip(at + 1, &["'", "’", "phút"]));
    }
    phrase.number(at, 2).filter(|hour| *hour <= 24)?;
    if phrase.is_tight(at + 1, ":") && phrase.number(at + 2, 2).is_some() {
        return Some(phrase.skip(at + 3, &["am", "pm", "a . m .", "p . m ."]));
    }
    if let Some(end) = phrase.eat_any(at + 1, &["am", "pm", "a . m .", "p . m .", "o ' clock"]) {
        return Some(end);
    }
    let end = phrase.eat(at + 1, "giờ")?;
    let lasting = counted || phrase.is_any(end, &["nữa", "tới", "kể", "sau", "liên", "đồng", "làm"]);
    if lasting {
        return None;
    }
    let minutes = phrase.number(end, 2).and_then(|_| phrase.eat(end + 1, "phút"));
    let half =
        phrase.number(end, 2).filter(|_| !phrase.is_any(end + 1, &["/", "-", ".", "tháng"])).map(|_| end + 1);
    Some(minutes.or(half).unwrap_or_else(|| phrase.skip(end, &["rưỡi"])))
}

/// Words before an event that a deadline may lean on.
const TOWARDS: [&str; 16] = [
    "trước",
    "sau",
    "tại",
    "ở",
    "đến",
    "tới",
    "trong",
    "dịp",
    "nhân",
    "phục vụ",
    "vào",
    "before",
    "after",
    "at",
    "until",
    "by",
];

/// Events that are no day.
const EVENTS: [&str; 25] = [
    "kỳ họp",
    "kì họp",
    "phiên họp",
    "cuộc họp",
    "buổi họp",
    "hội nghị",
    "hội thảo",
    "đại hội",
    "lễ",
    "bầu cử",
    "kỳ thi",
    "năm học",
    "mùa mưa",
    "mùa khô",
    "mùa bão",
    "đợt",
    "chuyến",
    "the meeting",
    "the conference",
    "the congress",
    "the session",
    "the election",
    "the next meeting",
    "the next session",
    "the annual",
];

/// What begins an event in words: "sau khi được phê duyệt", "kể từ khi".
const WHENEVER: [&str; 12] = [
    "sau khi",
    "trước khi",
    "ngay khi",
    "khi được",
    "khi có",
    "tính từ khi",
    "kể từ khi",
    "cho đến khi",
    "đến khi",
    "once",
    "as soon as",
    "upon",
];

/// Marks events up to the end of their clause: "trước kỳ họp Hội đồng nhân dân cuối năm" is not the end of the year.
pub(super) fn events(phrase: &mut Phrase) {
    let mut at = 0;
    while at < phrase.len() {
        let towards = phrase.eat_any(at, &TOWARDS).map(|next| phrase.skip(next, &["khi", "ngày", "các"]));
        let whenever = phrase.eat_any(at, &WHENEVER).filter(|next| !ends_period(phrase, *next));
        let event = towards.and_then(|next| phrase.eat_any(next, &EVENTS)).or(whenever);
        let Some(start) = event else {
            at += 1;
            continue;
        };
        let end = (start..phrase.len()).find(|at| phrase.ends_clause(*at)).unwrap_or(phrase.len());
        phrase.set_part(start..end, Part::Event);
        at = end;
    }
}

/// "trước khi kết thúc quý III" names the period, not an event.
fn ends_period(phrase: &Phrase, at: usize) -> bool {
    let next = phrase.skip(at, &["kết thúc", "hết", "the end of"]);
    next > at && phrase.is_any(next, &["ngày", "tuần", "tháng", "quý", "quí", "năm", "giai", "nhiệm"])
}
