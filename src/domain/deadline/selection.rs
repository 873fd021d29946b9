//! Which of the days and periods in a sentence is its deadline. Must not know how single sayings are read.

use super::phrase::{Part, Phrase};
use super::{DeadlineKind, Due, Hit, Reading, Rule, Unread};
use super::{days, durations, english, events, periods, recurring};

/// A hit with the prepositions before it.
pub(super) struct Placed {
    hit: Hit,
    start: usize,
    lead: usize,
    /// The day is the last of a span whose first was said before it.
    spans: bool,
}

type Finder = fn(&Phrase, usize) -> Option<Hit>;

/// The rules in the order of trying: what is longer or more definite comes first.
const RULES: [Finder; 27] = [
    days::iso_day,
    days::day_range,
    days::numeric_day,
    recurring::vietnamese,
    periods::half_year,
    days::spoken_day,
    english::day_range,
    english::day,
    english::slip,
    recurring::english,
    english::end_of,
    events::term,
    events::next_meeting,
    events::eve,
    durations::span_behind,
    durations::span,
    english::month,
    english::near,
    periods::week,
    periods::month,
    periods::quarter,
    periods::period,
    days::weekday,
    days::near_day,
    periods::year,
    days::day_of_month,
    days::end_of_today,
];

/// Words that lead to a deadline and go with it.
const LEADS: [&str; 66] = [
    "chót",
    "trước",
    "chậm",
    "muộn",
    "nhất",
    "là",
    "đến",
    "tới",
    "hết",
    "trong",
    "vào",
    "xong",
    "hạn",
    "thời",
    "không",
    "quá",
    "ngay",
    "ngày",
    "cho",
    "vòng",
    "sau",
    "tối",
    "đa",
    "kể",
    "nội",
    "hơn",
    "lúc",
    "sáng",
    "trưa",
    "chiều",
    "đêm",
    "buổi",
    "cuối",
    "cùng",
    "khi",
    "kết",
    "thúc",
    "ít",
    "phải",
    "by",
    "before",
    "no",
    "not",
    "later",
    "more",
    "than",
    "until",
    "till",
    "on",
    "or",
    "due",
    "the",
    "within",
    "in",
    "prior",
    "to",
    "at",
    "from",
    "after",
    "next",
    "gian",
    "during",
    "throughout",
    "over",
    "up",
    "till",
];

/// Words that only belong to a deadline between others, never as the first.
const NOT_FIRST: [&str; 25] = [
    "chót", "là", "cho", "không", "nhất", "the", "no", "not", "to", "from", "or", "đa", "hơn", "thời", "kể",
    "cùng", "thúc", "phải", "more", "next", "khi", "ít", "gian", "over", "up",
];

/// The last deadline that is accepted.
pub(super) fn last(phrase: &Phrase, accepts: fn(&Phrase, &Placed) -> bool) -> Result<Reading, Unread> {
    let mut found: Vec<Placed> = hits(phrase).into_iter().filter(|placed| accepts(phrase, placed)).collect();
    let dated = found.iter().rposition(|placed| !matches!(placed.hit.due, Due::Ongoing(_) | Due::Unsettled));
    let ongoing = found.iter().rposition(|placed| matches!(placed.hit.due, Due::Ongoing(_)));
    let at = dated.or(ongoing).ok_or(Unread::Nothing)?;
    reading(phrase, found.swap_remove(at))
}

fn reading(phrase: &Phrase, mut placed: Placed) -> Result<Reading, Unread> {
    let mut before = is_before(phrase, &placed);
    if let Due::On(day) = placed.hit.due
        && before
        && let Some(eve) = periods::eve_of_period(phrase, placed.start, placed.hit.rule, day)
    {
        placed.hit = Hit { due: Due::On(eve), ..placed.hit }.doubted();
        before = false;
    }
    let (kind, due, start, every) = match placed.hit.due {
        Due::On(date) => (DeadlineKind::Date, Some(date), None, None),
        Due::Until { first, last } => (DeadlineKind::Date, Some(last), Some(first), None),
        Due::Ongoing(every) => (DeadlineKind::Ongoing, None, None, every),
        Due::Impossible => return Err(Unread::NoSuchDay),
        Due::Unsettled => return Err(Unread::Nothing),
    };
    Ok(Reading {
        kind,
        due,
        start,
        before: before && due.is_some() && placed.hit.rule != Rule::Feast,
        every,
        confidence: placed.hit.confidence,
        rule: placed.hit.rule,
        words: phrase.bytes(placed.lead, placed.hit.end),
    })
}

/// "trước ngày D", but not "on or before D".
fn is_before(phrase: &Phrase, placed: &Placed) -> bool {
    let said =
        |at: usize| phrase.is_any(at, &["trước", "before", "prior"]) && !phrase.follows_any(at, &["or"]);
    (placed.lead..placed.start).any(said)
}

/// All hits from left to right. Of two that touch ("thứ Sáu ngày 16/9") one counts, with the words of both.
fn hits(phrase: &Phrase) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::new();
    let mut at = 0;
    while at < phrase.len() {
        let Some(hit) = hit_at(phrase, at) else {
            at += 1;
            continue;
        };
        let end = hit.end.max(at + 1);
        let placed =
            Placed { hit, start: at, lead: lead(phrase, at), spans: matches!(hit.due, Due::Until { .. }) };
        let joined = match found.pop() {
            Some(before) => join(phrase, before, placed, &mut found),
            None => placed,
        };
        found.push(joined);
        at = end;
    }
    found
}

fn hit_at(phrase: &Phrase, at: usize) -> Option<Hit> {
    match phrase.part(at) {
        Part::Hidden => None,
        Part::Clock => days::end_of_today(phrase, at),
        Part::Plain => RULES.iter().find_map(|rule| rule(phrase, at)),
        // In "tại hội nghị tổng kết năm" no period is meant; a day that is stated is.
        Part::Event => RULES
            .iter()
            .find_map(|rule| rule(phrase, at))
            .filter(|hit| matches!(hit.rule, Rule::Day | Rule::NextMeeting | Rule::Feast)),
    }
}

/// One hit out of two that touch; two that do not stay two.
fn join(phrase: &Phrase, before: Placed, after: Placed, found: &mut Vec<Placed>) -> Placed {
    let Some(reaches) = bridge(phrase, &before, &after) else {
        found.push(before);
        return after;
    };
    let lead = before.lead - usize::from(reaches && phrase.follows_any(before.lead, &["từ", "from"]));
    let whole = |placed: Placed, start: usize| Placed { lead, start, ..placed };
    let end = after.hit.end;
    match (before.hit.due, after.hit.due) {
        // "15/9 (thứ Năm)": the day is surer than its weekday.
        (Due::On(_), Due::On(_))
            if !reaches && before.hit.rule == Rule::Day && after.hit.rule == Rule::Weekday =>
        {
            Placed { hit: Hit { end, ..before.hit }, ..before }
        }
        (Due::On(first), Due::On(last)) if reaches && first <= last => {
            let hit = Hit { due: Due::Until { first, last }, ..after.hit };
            Placed { hit, lead, start: after.start, spans: true }
        }
        // "hằng năm trước ngày 15/12", "trước ngày 25 hằng tháng": what comes back has no one day.
        (Due::Ongoing(Some(_)), _) => Placed { hit: Hit { end, ..before.hit }, start: before.lead, ..before },
        (_, Due::Ongoing(Some(_))) => whole(after, lead),
        // "thường xuyên trong năm": the year is no term.
        (Due::Ongoing(None), Due::On(_))
            if matches!(after.hit.rule, Rule::Month | Rule::Quarter | Rule::Year) =>
        {
            Placed { hit: Hit { end, ..before.hit }, ..before }
        }
        (Due::Ongoing(None), _) => {
            found.push(before);
            after
        }
        _ => {
            let start = after.start;
            whole(after, start)
        }
    }
}

/// Whether nothing but a comma, a bracket or "đến" stands between two hits, and whether it makes a range of them.
fn bridge(phrase: &Phrase, before: &Placed, after: &Placed) -> Option<bool> {
    let bridges = [
        "(", ",", "đến", "tới", "ngày", "hết", "-", "–", "to", "through", "until", "and", "và", "của",
        "trước", "vào", "trong", "on", "chậm", "nhất", "là",
    ];
    let (from, to) = (before.hit.end, after.start);
    if from > to || !(from..to).all(|at| phrase.is_any(at, &bridges) || phrase.part(at) == Part::Clock) {
        return None;
    }
    let spans = ["đến", "tới", "-", "–", "to", "through", "until"];
    let reaches = (from..to).any(|at| phrase.is_any(at, &spans));
    let listed = (from..to).any(|at| phrase.is_any(at, &["và", "and", "trước", "trong", "chậm"]));
    let recurs = matches!(before.hit.due, Due::Ongoing(_)) || matches!(after.hit.due, Due::Ongoing(_));
    let between = phrase.follows_any(before.lead.max(1), &["between"]) || phrase.is(before.lead, "between");
    (reaches || recurs || !listed || between).then_some(reaches || between)
}

/// Where the prepositions of a deadline at `at` begin.
fn lead(phrase: &Phrase, at: usize) -> usize {
    let belongs = |at: usize| {
        phrase.part(at) == Part::Clock || (phrase.part(at) != Part::Hidden && phrase.is_any(at, &LEADS))
    };
    let mut lead = at;
    while lead > 0 && belongs(lead - 1) {
        lead -= 1;
    }
    let limit = |at| {
        phrase
            .eat_any(at, &["không quá", "không muộn", "không chậm", "no later", "not later", "no more"])
            .is_some()
    };
    while lead < at && phrase.is_any(lead, &NOT_FIRST) && !limit(lead) && phrase.part(lead) != Part::Clock {
        lead += 1;
    }
    with_beginning(phrase, with_range(phrase, lead, at))
}

/// With the "từ nay", "từ 15" or "from …" of a range that ends here.
fn with_range(phrase: &Phrase, lead: usize, at: usize) -> usize {
    if lead == at || !phrase.is_any(lead, &["đến", "tới", "cho", "to"]) {
        return lead;
    }
    let reach = lead.saturating_sub(4);
    let start = (reach..lead).rev().find(|start| {
        let inner = phrase.eat(*start, "ngày").unwrap_or(*start + 1);
        phrase.is_any(*start, &["từ", "from"])
            && (inner..lead).all(|at| {
                phrase.is_any(at, &["nay", "ngày", "hôm", "bây", "giờ", "now", "cho"])
                    || phrase.number(at, 2).is_some()
            })
    });
    start.unwrap_or(lead)
}

/// With a "hoàn thành" that stands only for the deadline.
fn with_beginning(phrase: &Phrase, lead: usize) -> usize {
    let sayings = [
        "phải hoàn thành",
        "hoàn thành",
        "hoàn tất",
        "thời hạn hoàn thành :",
        "thời gian hoàn thành :",
        "thời hạn :",
        "hạn :",
        "deadline :",
        "due :",
        "to be completed",
        "xong",
    ];
    let whole = sayings.iter().find_map(|words| {
        let start = lead.checked_sub(words.split(' ').count())?;
        phrase.eat(start, words)?;
        phrase.begins_clause(start).then_some(start)
    });
    whole.unwrap_or(lead)
}

/// Whether a word before this place expects a deadline.
fn is_introduced(phrase: &Phrase, at: usize) -> bool {
    phrase.follows_any(at, &["thành", "tất", "xong", "hạn", "completed", "deadline"])
        || (phrase.follows_any(at, &[":"])
            && at
                .checked_sub(1)
                .is_some_and(|sign| phrase.follows_any(sign, &["hạn", "deadline", "due", "thành"])))
}

/// Whether the words before the date demand it, so that even a past one is meant.
fn is_urged(phrase: &Phrase, lead: usize, start: usize) -> bool {
    let urging = ["trước", "chậm", "muộn", "hạn", "quá", "xong", "by", "before", "due", "than"];
    (lead..start).any(|at| phrase.is_any(at, &urging)) || is_introduced(phrase, start)
}

/// Whether a date here is the beginning of something: "từ ngày …", "kể từ …".
fn is_start(phrase: &Phrase, placed: &Placed) -> bool {
    !placed.spans && phrase.follows_any(placed.lead, &["từ", "from", "since"])
}

/// Whether a hit inside a sentence is meant as a deadline and not as something spoken about.
pub(super) fn is_meant(phrase: &Phrase, placed: &Placed) -> bool {
    let (lead, start, end) = (placed.lead, placed.start, placed.hit.end);
    let introduced = lead < start || is_introduced(phrase, start);
    let closing = phrase.ends_clause(end);
    let apart = closing && phrase.begins_clause(start);
    if is_start(phrase, placed) {
        return false;
    }
    let date = match placed.hit.due {
        Due::Ongoing(_) | Due::Impossible => return true,
        Due::Unsettled => return false,
        Due::On(date) | Due::Until { last: date, .. } => date,
    };
    if date < phrase.from {
        return is_urged(phrase, lead, start);
    }
    match placed.hit.rule {
        Rule::Day if phrase.is_bare_number(start) && !placed.spans => introduced || apart,
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
        | Rule::Term => introduced || closing,
        Rule::Duration | Rule::WorkingDays => {
            durations::is_plain_term(phrase, lead, start, end)
                || (closing && (introduced || apart))
                || (phrase.is_any(start, &["sau", "kể", "tính"]) && closing)
        }
        _ => introduced || apart,
    }
}

/// Whether the words before a hit are few enough that they are meant for it, when no stricter reading is found.
pub(super) fn is_the_phrase(phrase: &Phrase, placed: &Placed) -> bool {
    if is_start(phrase, placed) || placed.hit.due == Due::Unsettled {
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
