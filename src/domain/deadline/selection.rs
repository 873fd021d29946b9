//! Which of the days and periods in a sentence is its deadline. Must not know how single sayings are read.

use super::lead::lead;
use super::phrase::{Part, Phrase};
use super::{DeadlineKind, Due, Hit, Reading, Rule, Unread};
use super::{days, durations, english, events, periods, recurring};

/// A hit with the prepositions before it.
#[derive(Clone, Copy)]
pub(super) struct Placed {
    pub hit: Hit,
    pub start: usize,
    pub lead: usize,
    /// The day is the last of a span whose first was said before it.
    pub spans: bool,
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

/// The last deadline that is accepted.
pub(super) fn last(
    phrase: &Phrase,
    hits: &[Placed],
    accepts: fn(&Phrase, &Placed) -> bool,
) -> Result<Reading, Unread> {
    let accepted = || hits.iter().rev().filter(|placed| accepts(phrase, placed));
    let dated = accepted().find(|placed| !matches!(placed.hit.due, Due::Ongoing(_) | Due::Unsettled));
    let ongoing = || accepted().find(|placed| matches!(placed.hit.due, Due::Ongoing(_)));
    reading(phrase, *dated.or_else(ongoing).ok_or(Unread::Nothing)?)
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
    let said = |at: usize| {
        let first = phrase.is_any(at + 1, &["trong", "tiên", "mắt"]);
        phrase.is_any(at, &["trước", "before", "prior"]) && !phrase.follows_any(at, &["or"]) && !first
    };
    (placed.lead..placed.start).any(said)
}

/// All hits from left to right. Of two that touch ("thứ Sáu ngày 16/9") one counts, with the words of both.
pub(super) fn hits(phrase: &Phrase) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::new();
    let mut at = 0;
    while at < phrase.len() {
        let Some(hit) = hit_at(phrase, at) else {
            at += 1;
            continue;
        };
        let end = hit.end.max(at + 1);
        let spans = matches!(hit.due, Due::Until { .. });
        let lead = lead(phrase, at);
        let since = spans && phrase.follows_any(lead, &["từ", "from"]);
        let placed = Placed { hit, start: at, lead: lead - usize::from(since), spans };
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
        "trước", "vào", "trong", "on", "chậm", "nhất", "là", "cả", "suốt", "by", "before",
    ];
    let (from, to) = (before.hit.end, after.start);
    if from > to || !(from..to).all(|at| phrase.is_any(at, &bridges) || phrase.part(at) == Part::Clock) {
        return None;
    }
    let spans = ["đến", "tới", "-", "–", "to", "through", "until"];
    let reaches = (from..to).any(|at| phrase.is_any(at, &spans));
    let listed =
        (from..to).any(|at| phrase.is_any(at, &["và", "and", "trước", "trong", "chậm", "by", "before"]));
    let recurs = matches!(before.hit.due, Due::Ongoing(_)) || matches!(after.hit.due, Due::Ongoing(_));
    let between = phrase.follows_any(before.lead.max(1), &["between"]) || phrase.is(before.lead, "between");
    (reaches || recurs || !listed || between).then_some(reaches || between)
}
