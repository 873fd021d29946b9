//! Reads deadlines as they are said ("trước ngày 15/9", "trong quý III", "by end of Q3") into the last day that counts
//! as on time. Must not know tasks or what day it is; never invents a date: "trong thời gian tới" is none.

mod calendar;
mod english;
mod phrase;
mod vietnamese;

use std::ops::Range;

use chrono::{Months, NaiveDate};

use phrase::Phrase;

/// A deadline found in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// A day, or work that goes on.
    pub kind: DeadlineKind,
    /// The last day on time; `None` for work that goes on.
    pub due: Option<NaiveDate>,
    /// "trước ngày D" was said: literally D-1 is the last day, trackers store D.
    pub before: bool,
    /// How often work that goes on is reported, when that was said.
    pub every: Option<Every>,
    /// Whether a person should confirm the reading.
    pub confidence: Confidence,
    /// What the words were read as.
    pub rule: Rule,
    /// The words in the text, in bytes, with the prepositions that belong to them.
    pub words: Range<usize>,
}

/// Whether a deadline is a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineKind {
    /// Due on a day.
    Date,
    /// Goes on, or comes back: "thường xuyên", "hằng tháng".
    Ongoing,
}

/// The period of recurring work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    /// Hằng tuần.
    Week,
    /// Hằng tháng.
    Month,
    /// Hằng quý.
    Quarter,
    /// Sáu tháng một lần.
    HalfYear,
    /// Hằng năm.
    Year,
}

/// How sure a reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confidence {
    /// The words say it.
    High,
    /// A year was guessed or the words are vague: ask.
    Low,
}

/// What a deadline was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A day with a number and a month.
    Day,
    /// A day named from the meeting: "ngày mai".
    NearDay,
    /// A weekday.
    Weekday,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A part of a month: Civil Code 2015, article 146.
    MonthPart,
    /// A quarter.
    Quarter,
    /// Half a year.
    HalfYear,
    /// A year or the last year of a period.
    Year,
    /// A part of a year: Civil Code 2015, article 146.
    YearPart,
    /// Work that goes on.
    Ongoing,
    /// Work that comes back in a period.
    Recurring,
}

impl Confidence {
    /// Its word for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Confidence::High => "high",
            Confidence::Low => "low",
        }
    }
}

impl Rule {
    /// Its word for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Rule::Day => "day",
            Rule::NearDay => "near_day",
            Rule::Weekday => "weekday",
            Rule::Week => "week",
            Rule::Month => "month",
            Rule::MonthPart => "month_part",
            Rule::Quarter => "quarter",
            Rule::HalfYear => "half_year",
            Rule::Year => "year",
            Rule::YearPart => "year_part",
            Rule::Ongoing => "ongoing",
            Rule::Recurring => "recurring",
        }
    }
}

/// Reads a phrase that is meant as a deadline, on a meeting day. `None` when no date follows from it, or when the
/// day does not exist.
pub fn read(words: &str, from: NaiveDate) -> Option<Reading> {
    last(&Phrase::new(words, from), |phrase, placed| !phrase.is_start_of_validity(placed.lead))
}

/// The last deadline in a sentence. Stricter than [`read`]: cited documents, ratios and periods that are only spoken
/// about are passed over; a date is preferred to "thường xuyên".
pub fn find(sentence: &str, from: NaiveDate) -> Option<Reading> {
    last(&Phrase::new(sentence, from), is_meant)
}

/// What a rule found at a place of the phrase.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Hit {
    /// Tokens up to which the words go.
    end: usize,
    due: Due,
    rule: Rule,
    confidence: Confidence,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Due {
    On(NaiveDate),
    /// The words name a day that does not exist.
    Impossible,
    Ongoing(Option<Every>),
}

/// A hit with the prepositions before it.
struct Placed {
    hit: Hit,
    start: usize,
    lead: usize,
}

type Finder = fn(&Phrase, usize) -> Option<Hit>;

/// The rules in the order of trying: what is longer or more definite comes first.
const RULES: [Finder; 19] = [
    vietnamese::iso_day,
    vietnamese::day_range,
    vietnamese::numeric_day,
    vietnamese::spoken_day,
    english::day,
    english::month,
    english::end_of,
    english::near,
    vietnamese::half_year,
    vietnamese::month,
    vietnamese::quarter,
    vietnamese::period,
    vietnamese::weekday,
    vietnamese::week,
    vietnamese::near_day,
    vietnamese::year,
    vietnamese::day_of_month,
    vietnamese::recurring,
    english::recurring,
];

fn last(phrase: &Phrase, accepts: fn(&Phrase, &Placed) -> bool) -> Option<Reading> {
    let mut found: Vec<Placed> = hits(phrase).into_iter().filter(|placed| accepts(phrase, placed)).collect();
    let dated = found.iter().rposition(|placed| !matches!(placed.hit.due, Due::Ongoing(_)));
    let mut placed = found.remove(dated.or(found.len().checked_sub(1))?);
    let mut before = (placed.lead..placed.start).any(|at| phrase.is_any(at, &["trước", "before", "prior"]));
    if let Some(hit) = before.then(|| before_period(phrase, &placed)).flatten() {
        (placed.hit, before) = (hit, false);
    }
    let (kind, due, every) = match placed.hit.due {
        Due::On(date) => (DeadlineKind::Date, Some(date), None),
        Due::Ongoing(every) => (DeadlineKind::Ongoing, None, every),
        Due::Impossible => return None,
    };
    Some(Reading {
        kind,
        due,
        before,
        every,
        confidence: placed.hit.confidence,
        rule: placed.hit.rule,
        words: phrase.bytes(placed.lead, placed.hit.end),
    })
}

/// "trước tháng 6", "trước năm 2023": the last day before the whole period, to be confirmed.
fn before_period(phrase: &Phrase, placed: &Placed) -> Option<Hit> {
    let Due::On(last) = placed.hit.due else { return None };
    let months = match placed.hit.rule {
        Rule::Month => 1,
        Rule::Quarter => 3,
        Rule::Year => 12,
        _ => return None,
    };
    let whole = phrase.is_any(placed.start, &["tháng", "quý", "quí", "năm"]);
    let day = last.succ_opt()?.checked_sub_months(Months::new(months))?.pred_opt().filter(|_| whole)?;
    Some(Hit { due: Due::On(day), confidence: Confidence::Low, ..placed.hit })
}

/// All hits from left to right. Of two that touch ("thứ Sáu ngày 16/9") the second counts, with the words of both.
fn hits(phrase: &Phrase) -> Vec<Placed> {
    let mut found: Vec<Placed> = Vec::new();
    let mut at = 0;
    while at < phrase.len() {
        let Some(hit) = RULES.iter().find_map(|rule| rule(phrase, at)) else {
            at += 1;
            continue;
        };
        let mut placed = Placed { hit, start: at, lead: phrase.lead(at) };
        if let Some(before) = found.pop_if(|before| phrase.joins(before.hit.end, placed.lead, at)) {
            placed.lead = before.lead - usize::from(phrase.is_start_of_validity(before.lead));
        }
        at = hit.end;
        found.push(placed);
    }
    found
}

/// Whether a hit inside a sentence is meant as a deadline and not as something spoken about.
fn is_meant(phrase: &Phrase, placed: &Placed) -> bool {
    let introduced = placed.lead < placed.start || phrase.is_introduced(placed.start);
    let closing = phrase.ends_clause(placed.hit.end);
    if phrase.is_start_of_validity(placed.lead) {
        return false;
    }
    match placed.hit.due {
        Due::Ongoing(_) | Due::Impossible => true,
        Due::On(date) if date < phrase.from => phrase.is_urged(placed.lead, placed.start),
        Due::On(_) => match placed.hit.rule {
            Rule::Day if phrase.is_bare_number(placed.start) => {
                introduced || (closing && phrase.begins_clause(placed.start))
            }
            Rule::Day | Rule::NearDay | Rule::Weekday | Rule::Week => introduced || closing,
            _ => introduced || (closing && phrase.begins_clause(placed.start)),
        },
    }
}

#[cfg(test)]
mod tests;
