//! Reads deadlines as they are said ("trước ngày 15/9", "trong quý III", "by end of Q3") into the last day that counts
//! as on time. Must not know tasks or what day it is; never invents a date: "trong thời gian tới" is none.

mod blank;
mod calendar;
mod days;
mod durations;
mod english;
mod events;
mod lead;
mod meaning;
mod occasion;
mod periods;
mod phrase;
mod recurring;
mod selection;

use std::ops::Range;

use chrono::NaiveDate;

pub use occasion::Occasion;
use phrase::Phrase;

/// A deadline found in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// A day, or work that goes on.
    pub kind: DeadlineKind,
    /// The last day on time; `None` for work that goes on.
    pub due: Option<NaiveDate>,
    /// The first day of a range that was said ("từ ngày 15/2 đến 20/2").
    pub start: Option<NaiveDate>,
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

/// Why no deadline was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unread {
    /// No date follows from the words.
    Nothing,
    /// The words name a day that no calendar has: "ngày 31/4".
    NoSuchDay,
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
    /// A year was guessed, the words are vague, or the day leans on one that may move: ask.
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
    /// Half a year, or its first months.
    HalfYear,
    /// A year or the last year of a period.
    Year,
    /// A part of a year: Civil Code 2015, article 146.
    YearPart,
    /// Days, weeks, months counted from a day: Civil Code 2015, articles 147 and 148.
    Duration,
    /// Working days counted from a day.
    WorkingDays,
    /// The eve of a feast.
    Feast,
    /// The committee's next planned meeting.
    NextMeeting,
    /// The end of the committee's term.
    Term,
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
            Rule::Duration => "duration",
            Rule::WorkingDays => "working_days",
            Rule::Feast => "feast",
            Rule::NextMeeting => "next_meeting",
            Rule::Term => "term",
            Rule::Ongoing => "ongoing",
            Rule::Recurring => "recurring",
        }
    }
}

impl Unread {
    /// Its word for scripts, in the place of a rule.
    pub fn word(self) -> &'static str {
        match self {
            Unread::Nothing => "no_deadline",
            Unread::NoSuchDay => "no_such_day",
        }
    }
}

/// Reads words that are meant as a deadline: an expression alone, or a sentence that has one.
///
/// # Errors
/// When no day follows from the words, or they name one that does not exist.
pub fn read(words: &str, said: &Occasion) -> Result<Reading, Unread> {
    let phrase = Phrase::new(words, said);
    let hits = selection::hits(&phrase);
    match selection::last(&phrase, &hits, meaning::is_meant) {
        Err(Unread::Nothing) => selection::last(&phrase, &hits, meaning::is_the_phrase),
        found => found,
    }
}

/// The last deadline in a sentence. Stricter than [`read`]: days and periods that are only spoken about are passed
/// over; a date is preferred to "thường xuyên".
pub fn find(sentence: &str, said: &Occasion) -> Option<Reading> {
    let phrase = Phrase::new(sentence, said);
    selection::last(&phrase, &selection::hits(&phrase), meaning::is_meant).ok()
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
    /// The last day of a range, and its first.
    Until {
        first: NaiveDate,
        last: NaiveDate,
    },
    /// The words name a day that does not exist.
    Impossible,
    /// The words lean on a day that nobody knows: "10 ngày sau khi được phê duyệt".
    Unsettled,
    Ongoing(Option<Every>),
}

impl Hit {
    /// A day that the words fix.
    fn fixed(end: usize, date: NaiveDate, rule: Rule) -> Hit {
        Hit { end, due: Due::On(date), rule, confidence: Confidence::High }
    }

    /// A day that a person should confirm.
    fn doubted(self) -> Hit {
        Hit { confidence: Confidence::Low, ..self }
    }

    fn doubted_if(self, doubt: bool) -> Hit {
        if doubt { self.doubted() } else { self }
    }

    /// Words that go with no day that is known.
    fn unsettled(end: usize, rule: Rule) -> Hit {
        Hit { end, due: Due::Unsettled, rule, confidence: Confidence::Low }
    }
}

#[cfg(test)]
mod tests;
