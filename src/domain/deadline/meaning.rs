//! Whether a day or period that stands in a sentence is its deadline, or only spoken about. Must not know how single
//! sayings are read.

use super::lead::{is_introduced, is_urged};
use super::phrase::Phrase;
use super::selection::Placed;
use super::{Confidence, Due, Rule, durations};

/// Whether a date here is the beginning of something: "từ ngày …", "kể từ …".
fn is_start(phrase: &Phrase, placed: &Placed) -> bool {
    !placed.spans && phrase.follows_any(placed.lead, &["từ", "from", "since"])
}

/// Whether the words before a day say that it is none to be done by: "quá hạn 30/6", "sau tháng 9".
fn is_excluded(phrase: &Phrase, placed: &Placed) -> bool {
    let is_span = matches!(placed.hit.rule, Rule::Duration | Rule::WorkingDays);
    let late = |at: usize| phrase.eat(at, "quá hạn").is_some() && !phrase.follows_any(at, &["không", "để"]);
    let after = |at: usize| phrase.is_any(at, &["sau", "after"]) && !is_span;
    let first = placed.lead.saturating_sub(1);
    (first..placed.start).any(late)
        || (placed.lead..placed.start).any(after)
        || phrase.is_any(placed.hit.end, &["'", "’"])
        || is_start(phrase, placed)
}

/// Whether the words before a day lead up to it; "ngày" and "cả" alone do not.
fn is_led(phrase: &Phrase, placed: &Placed) -> bool {
    let weak = ["ngày", "cả", "suốt", "những", "the", "khoảng", "next"];
    (placed.lead..placed.start).any(|at| !phrase.is_any(at, &weak)) || is_introduced(phrase, placed.start)
}

/// Whether a hit inside a sentence is meant as a deadline and not as something spoken about.
pub(super) fn is_meant(phrase: &Phrase, placed: &Placed) -> bool {
    let (lead, start, end) = (placed.lead, placed.start, placed.hit.end);
    let led = is_led(phrase, placed);
    let closing = phrase.ends_clause(end) && !phrase.is(end, ":");
    let apart = closing && phrase.begins_clause(lead);
    if is_excluded(phrase, placed) {
        return false;
    }
    let date = match placed.hit.due {
        Due::Ongoing(_) | Due::Impossible => return true,
        Due::Unsettled => return false,
        Due::On(date) | Due::Until { last: date, .. } => date,
    };
    if date < phrase.from {
        let day = matches!(placed.hit.rule, Rule::Day | Rule::Month | Rule::Quarter);
        return day && is_urged(phrase, lead, start);
    }
    match placed.hit.rule {
        // "vào 6/9 hệ thống" is a share.
        Rule::Day if phrase.is_bare_number(start) && !placed.spans => {
            apart || (led && (closing || is_urged(phrase, lead, start) || is_verb(phrase, end)))
        }
        // "Thứ hai, …" counts points.
        Rule::Weekday if phrase.begins_clause(start) && lead == start && start + 2 == end => {
            closing && !phrase.is(end, ",")
        }
        Rule::Day
        | Rule::NearDay
        | Rule::Weekday
        | Rule::Week
        | Rule::NextMeeting
        | Rule::Feast
        | Rule::Term => led || closing,
        Rule::Duration | Rule::WorkingDays => {
            durations::is_plain_term(phrase, lead, start, end)
                || (closing && (led || is_whole(phrase, placed)))
                || (phrase.is_any(start, &["sau", "kể", "tính"]) && closing)
        }
        // What is over is reported on: "kết quả đạt được trong 6 tháng đầu năm", said in July.
        Rule::HalfYear if placed.hit.confidence == Confidence::Low => apart,
        _ => led || apart,
    }
}

/// Whether the words are nothing but the deadline.
fn is_whole(phrase: &Phrase, placed: &Placed) -> bool {
    placed.lead == 0 && placed.hit.end + 1 >= phrase.len()
}

/// Whether the words before a hit are few enough that they are meant for it, when no stricter reading is found.
pub(super) fn is_the_phrase(phrase: &Phrase, placed: &Placed) -> bool {
    if is_excluded(phrase, placed) || placed.hit.due == Due::Unsettled {
        return false;
    }
    let closing = phrase.ends_clause(placed.hit.end);
    let by_day = matches!(placed.hit.rule, Rule::Day | Rule::NearDay | Rule::Weekday);
    let is_span = matches!(placed.hit.rule, Rule::Duration | Rule::WorkingDays);
    match placed.lead {
        0 => {
            closing
                || !(is_span || by_day && phrase.is_bare_number(placed.start))
                || is_verb(phrase, placed.hit.end)
        }
        lead => by_day && closing && lead <= 5,
    }
}

/// Whether what is to be done by a day follows it: "15/9 phải xong".
fn is_verb(phrase: &Phrase, at: usize) -> bool {
    let verbs = [
        "phải", "xong", "nộp", "gửi", "trình", "báo", "hoàn", "ban", "tổ", "có", "để", "này", "là", "họp",
        "thì", "đề", "must", "to", "at", "for",
    ];
    phrase.is_any(at, &verbs)
}
