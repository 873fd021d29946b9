//! What a deadline in words settles in a task, the short ways to type one, and how the reading is told while one types.
//! Knows no drawing.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::popup::Tone;
use crate::app::view::text::short_date;
use crate::domain::deadline::{self, Confidence, DeadlineKind, Occasion, Reading, Rule, Unread};
use crate::domain::kinds::{DueKind, Every, Status};
use crate::domain::meeting::Task;
use crate::text::dates;

/// What a deadline in words settles in a task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Due {
    pub words: String,
    pub kind: Option<DueKind>,
    pub day: Option<NaiveDate>,
    pub every: Option<Every>,
    pub before: bool,
    /// The reading is a guess (a year, a vague word): a person should look at it.
    pub unsure: bool,
    /// What the words were read as.
    pub rule: Option<Rule>,
    /// The words name a day that no calendar has.
    pub impossible: bool,
}

impl App {
    /// How a typed deadline is read: weekday and date, how far it is, and what is doubtful about it; or that it settles
    /// nothing.
    pub fn due_echo(&self, words: &str, said: &Occasion) -> String {
        let due = read_due(words, said);
        if due.kind.is_none() && due.words.is_empty() {
            return self.desk.words.get("due.none_yet").to_owned();
        }
        let Some(day) = due.day.filter(|_| due.kind.is_some()) else { return self.due_without_day(&due).0 };
        let words = &self.desk.words;
        // A day that was named is not moved, only told to be one without work.
        let free = due.rule == Some(Rule::Day) && !said.holidays.is_working(day);
        let slots = [
            ("date", self.day_words(&due, day, &dates::short(day))),
            ("far", self.distance_words(day)),
            ("free", if free { words.get("due.free").to_owned() } else { String::new() }),
        ];
        let key = match () {
            () if day < said.day => "due.past",
            () if due.unsure => "due.unsure",
            () => "due.day",
        };
        let rule = due.rule.and_then(rule_key).map(|key| format!("; {}", words.get(key)));
        words.fill(key, &slots) + &rule.unwrap_or_default()
    }

    /// The same in the room of a chip, with `?` behind what a person should look at.
    pub fn due_chip(&self, due: &Due, said: &Occasion) -> (String, Tone) {
        let Some(day) = due.day.filter(|_| due.kind.is_some()) else { return self.due_without_day(due) };
        let doubt = due.unsure || day < said.day;
        let sign = if doubt { "?" } else { "" };
        let date = self.day_words(due, day, &(short_date(day, self.desk.today) + sign));
        let tone = if doubt { Tone::Warning } else { Tone::Plain };
        (format!("{date}, {}", self.distance_words(day)), tone)
    }

    fn due_without_day(&self, due: &Due) -> (String, Tone) {
        let words = &self.desk.words;
        let (key, tone) = match (due.kind, due.every) {
            (None, _) if due.impossible => ("due.impossible".to_owned(), Tone::Alarm),
            (None, _) => ("due.unread".to_owned(), Tone::Warning),
            (Some(DueKind::None), _) => ("due.none".to_owned(), Tone::Plain),
            (Some(_), Some(every)) => (format!("every.{}", every.word()), Tone::Plain),
            (Some(DueKind::Recurring), None) => ("due.recurring".to_owned(), Tone::Plain),
            (Some(_), None) => ("due.ongoing".to_owned(), Tone::Plain),
        };
        (words.get(&key).to_owned(), tone)
    }

    /// "thứ Tư 15/9", "trước thứ Tư 15/9".
    fn day_words(&self, due: &Due, day: NaiveDate, date: &str) -> String {
        let weekday = self.desk.words.get(weekday_key(day));
        match due.before {
            true => self.desk.words.fill("due.before", &[("weekday", weekday), ("date", date)]),
            false => format!("{weekday} {date}"),
        }
    }

    fn distance_words(&self, day: NaiveDate) -> String {
        let words = &self.desk.words;
        match (day - self.desk.today).num_days() {
            0 => words.get("due.today").to_owned(),
            1 => words.get("due.tomorrow").to_owned(),
            days if days < 0 => words.fill("due.gone", &[("days", &days.abs().to_string())]),
            days => words.fill("due.left", &[("days", &days.to_string())]),
        }
    }
}

/// How a day was counted to, where the words do not say it themselves.
fn rule_key(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::Duration => "due.by_days",
        Rule::WorkingDays => "due.by_working_days",
        Rule::Feast => "due.by_feast",
        Rule::NextMeeting => "due.by_next_meeting",
        Rule::Term => "due.by_term",
        _ => return None,
    })
}

/// The key of the word for a day of the week.
pub fn weekday_key(day: NaiveDate) -> &'static str {
    use chrono::{Datelike, Weekday};
    match day.weekday() {
        Weekday::Mon => "weekday.mon",
        Weekday::Tue => "weekday.tue",
        Weekday::Wed => "weekday.wed",
        Weekday::Thu => "weekday.thu",
        Weekday::Fri => "weekday.fri",
        Weekday::Sat => "weekday.sat",
        Weekday::Sun => "weekday.sun",
    }
}

/// Reads a typed deadline: `-` for "none was stated", `*` for ongoing, `159` for 15/9, else words.
pub fn read_due(words: &str, said: &Occasion) -> Due {
    let words = words.trim();
    if words.is_empty() {
        return Due::default();
    }
    short_due(words).unwrap_or_else(|| {
        let spelled = spelled(words);
        let read = deadline::read(&spelled, said);
        let impossible = read == Err(Unread::NoSuchDay);
        Due { impossible, ..due_of(read.ok().as_ref(), &spelled) }
    })
}

/// The deadlines that are typed as one sign.
pub fn short_due(sign: &str) -> Option<Due> {
    match sign {
        "-" => Some(Due { kind: Some(DueKind::None), ..Due::default() }),
        "*" => Some(Due { words: spelled(sign), kind: Some(DueKind::Ongoing), ..Due::default() }),
        _ => None,
    }
}

/// What the short ways to type a deadline stand for: `159` and `1509` for 15/9, `*` for ongoing.
pub fn spelled(words: &str) -> String {
    match words {
        "*" => "thường xuyên".to_owned(),
        _ => digits_as_date(words).unwrap_or_else(|| words.to_owned()),
    }
}

/// Three or four digits are a day and a month.
fn digits_as_date(words: &str) -> Option<String> {
    if !words.bytes().all(|b| b.is_ascii_digit()) || !(3..=4).contains(&words.len()) {
        return None;
    }
    let (day, month) = words.split_at(2);
    let plausible = |day: &str, month: &str| {
        let within = |text: &str, top: u32| text.parse().is_ok_and(|n: u32| (1..=top).contains(&n));
        within(day, 31) && within(month, 12)
    };
    if plausible(day, month) {
        return Some(format!("{day}/{month}"));
    }
    let (day, month) = words.split_at(1);
    plausible(day, month).then(|| format!("{day}/{month}"))
}

/// What a reading settles; words that could not be read are kept and settle nothing.
pub fn due_of(reading: Option<&Reading>, words: &str) -> Due {
    let words = words.trim().to_owned();
    let Some(reading) = reading else { return Due { words, ..Due::default() } };
    let every = reading.every.map(|every| match every {
        deadline::Every::Week => Every::Weekly,
        deadline::Every::Month => Every::Monthly,
        deadline::Every::Quarter => Every::Quarterly,
        deadline::Every::HalfYear => Every::HalfYearly,
        deadline::Every::Year => Every::Yearly,
    });
    let kind = match (reading.kind, every) {
        (DeadlineKind::Date, _) => DueKind::Date,
        (DeadlineKind::Ongoing, Some(_)) => DueKind::Recurring,
        (DeadlineKind::Ongoing, None) => DueKind::Ongoing,
    };
    Due {
        words,
        kind: Some(kind),
        day: reading.due,
        every,
        before: reading.before,
        unsure: reading.confidence == Confidence::Low,
        rule: Some(reading.rule),
        impossible: false,
    }
}

/// Puts a deadline into a task.
pub fn set_due(task: &mut Task, due: &Due) {
    task.due_text = due.words.clone();
    task.due_kind = due.kind;
    task.due = due.day;
    task.every = due.every;
    task.before = due.before;
    // Work without an end is reviewed at each session (thường xuyên) until somebody reports otherwise.
    let endless = matches!(due.kind, Some(DueKind::Ongoing | DueKind::Recurring)) && due.day.is_none();
    match (endless, task.status) {
        (true, None | Some(Status::NotStarted)) => task.status = Some(Status::Standing),
        (false, Some(Status::Standing)) if task.reports.is_empty() => task.status = None,
        _ => {}
    }
}

/// The deadline of a task as it would be typed.
pub fn due_words(task: &Task) -> String {
    match (task.due_kind, task.due) {
        (Some(DueKind::None), _) => "-".to_owned(),
        _ if !task.due_text.is_empty() => task.due_text.clone(),
        (_, Some(day)) => dates::short(day),
        (Some(DueKind::Ongoing), None) => "*".to_owned(),
        _ => String::new(),
    }
}
