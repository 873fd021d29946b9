//! Times, moments and periods of a meeting as a person reads and types them. A moment typed to the minute keeps the
//! seconds it had. Knows no form and changes no record.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use crate::app::committee::reading::Reading;
use crate::app::committee::tab::Kind;
use crate::app::home::planned_day;
use crate::domain::kinds::Stage;
use crate::domain::meeting::{Meeting, Span};
use crate::domain::roll;
use crate::domain::value::{Value, find};
use crate::text::dates;
use crate::text::numbers::roman;
use crate::text::periods::{self, Period};
use crate::words::Words;

/// Whether a person types a value of this kind anew rather than changes its letters.
pub fn is_typed_anew(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::MeetingDay | Kind::Time | Kind::Moment | Kind::Period(_) | Kind::Whole | Kind::Named(_)
    )
}

/// The value as it is shown in a field, and read back.
pub fn shown(reading: &Reading<'_>, kind: Kind, value: &Value) -> String {
    match (kind, value) {
        (Kind::Time, Value::Time(time)) => dates::clock(*time),
        (Kind::Moment, Value::Moment(at)) => moment_text(*at, day_of(reading)),
        (Kind::Period(_), Value::Text(word)) => match Period::from_word(word) {
            Some(period) => period_text(reading.words, period),
            None => word.clone(),
        },
        (Kind::Links, Value::List(changes)) => {
            let entry = |change: &Value| {
                let (at, up) = link(change)?;
                Some(format!("{} {}", moment_text(at, day_of(reading)), if up { '+' } else { '-' }))
            };
            changes.iter().filter_map(entry).collect::<Vec<_>>().join("; ")
        }
        (_, other) => other.canonical(),
    }
}

/// The value a person means; `None` when it is not plain.
pub fn read(reading: &Reading<'_>, kind: Kind, typed: &str, now: Option<&Value>) -> Option<Value> {
    match kind {
        Kind::MeetingDay => meeting_day(reading, typed).map(Value::Date),
        Kind::Time => dates::read_time(typed).map(Value::Time),
        Kind::Moment => {
            let known = if let Some(Value::Moment(at)) = now { vec![*at] } else { Vec::new() };
            read_moment(typed, day_of(reading)?, &known).map(Value::Moment)
        }
        Kind::Period(outlook) => {
            let day = reading.meeting.and_then(|meeting| meeting.head.date).unwrap_or(reading.today);
            periods::read(typed, day, outlook).map(|period| Value::Text(period.word()))
        }
        Kind::Links => read_links(reading, typed, now),
        _ => None,
    }
}

fn day_of(reading: &Reading<'_>) -> Option<NaiveDate> {
    reading.meeting.and_then(roll::first_day)
}

/// A day for a meeting: of one still to come as for a new one, of one that was held the nearest to its day.
fn meeting_day(reading: &Reading<'_>, typed: &str) -> Option<NaiveDate> {
    let head = &reading.meeting?.head;
    let ahead = matches!(head.stage, None | Some(Stage::Planned | Stage::Postponed));
    let Some(held) = head.date.filter(|_| !ahead) else { return planned_day(typed, reading.today) };
    let years = typed.split(['/', '-', '.']).count();
    if years > 2 {
        return dates::read(typed, held);
    }
    let before = dates::read_past(typed, held);
    let after = dates::read(typed, held);
    [before, after].into_iter().flatten().min_by_key(|day| (*day - held).num_days().abs())
}

/// A period in the reader's language, as it is also read.
pub fn period_text(words: &Words, period: Period) -> String {
    let (key, year, number) = match period {
        Period::Year(year) => ("period.year", year, String::new()),
        Period::Half(year, 1) => ("period.first_half", year, String::new()),
        Period::Half(year, _) => ("period.second_half", year, String::new()),
        Period::Quarter(year, n) => ("period.quarter", year, roman(n).unwrap_or_default()),
        Period::Month(year, n) => ("period.month", year, n.to_string()),
    };
    words.fill(key, &[("year", &year.to_string()), ("n", &number)])
}

/// `08:20`; `14/01/2022 08:20` on another day than the meeting's.
pub fn moment_text(at: NaiveDateTime, day: Option<NaiveDate>) -> String {
    let time = dates::clock(at.time());
    if day == Some(at.date()) { time } else { format!("{} {time}", dates::short(at.date())) }
}

/// A time of `day`, or a day and a time. Of the known moments the one of that minute is meant, to its second.
pub fn read_moment(typed: &str, day: NaiveDate, known: &[NaiveDateTime]) -> Option<NaiveDateTime> {
    let typed = typed.trim();
    let at = match dates::read_time(typed) {
        Some(time) => day.and_time(time),
        None => {
            let (date, time) = typed.split_once(' ')?;
            near(date, day)?.and_time(dates::read_time(time)?)
        }
    };
    Some(known.iter().copied().find(|known| minute(*known) == minute(at)).unwrap_or(at))
}

fn near(date: &str, day: NaiveDate) -> Option<NaiveDate> {
    let (before, after) = (dates::read_past(date, day), dates::read(date, day));
    [before, after].into_iter().flatten().min_by_key(|date| (*date - day).num_days().abs())
}

fn minute(at: NaiveDateTime) -> Option<NaiveDateTime> {
    at.with_second(0)?.with_nanosecond(0)
}

fn link(change: &Value) -> Option<(NaiveDateTime, bool)> {
    let Value::Table(pairs) = change else { return None };
    match (find(pairs, "at"), find(pairs, "up")) {
        (Some(Value::Moment(at)), Some(Value::Flag(up))) => Some((*at, *up)),
        _ => None,
    }
}

/// `8:00 +; 9:12 -`, in the order of time. What an entry knew beside stays with it.
fn read_links(reading: &Reading<'_>, typed: &str, now: Option<&Value>) -> Option<Value> {
    let day = day_of(reading)?;
    let before: &[Value] = if let Some(Value::List(changes)) = now { changes } else { &[] };
    let known: Vec<NaiveDateTime> = before.iter().filter_map(link).map(|(at, _)| at).collect();
    let mut changes = Vec::new();
    for entry in typed.split([';', ',']).map(str::trim).filter(|entry| !entry.is_empty()) {
        let (time, sign) = entry.split_at_checked(entry.len() - 1)?;
        let up = match sign {
            "+" => true,
            "-" => false,
            _ => return None,
        };
        let at = read_moment(time, day, &known)?;
        let same = before.iter().find(|change| link(change) == Some((at, up)));
        let pairs = || vec![("at".to_owned(), Value::Moment(at)), ("up".to_owned(), Value::Flag(up))];
        changes.push((at, same.cloned().unwrap_or_else(|| Value::Table(pairs()))));
    }
    changes
        .is_sorted_by_key(|(at, _)| *at)
        .then(|| Value::List(changes.into_iter().map(|(_, change)| change).collect()))
}

/// The link of a site in words, change by change.
pub fn links_in_words(words: &Words, value: &Value) -> String {
    let Value::List(changes) = value else { return String::new() };
    let entry = |(at, up): (NaiveDateTime, bool)| {
        let key = if up { "ui.link_up_at" } else { "ui.link_down_at" };
        words.fill(key, &[("time", &dates::clock(at.time()))])
    };
    changes.iter().filter_map(link).map(entry).collect::<Vec<_>>().join(", ")
}

/// The visits of an item: `08:15-08:41; 09:02-`, the last open while it runs.
pub fn visits_text(visits: &[Span], day: Option<NaiveDate>) -> String {
    let text = |at: Option<NaiveDateTime>| at.map_or(String::new(), |at| moment_text(at, day));
    let visit = |visit: &Span| format!("{}-{}", text(visit.from), text(visit.to));
    visits.iter().map(visit).collect::<Vec<_>>().join("; ")
}

/// The visits that a text names; an empty one names none. An end before its beginning late in the evening is of the next
/// day. `None` when it is not plain.
pub fn read_visits(typed: &str, meeting: &Meeting, known: &[Span]) -> Option<Vec<Span>> {
    let day = roll::first_day(meeting)?;
    let moments: Vec<NaiveDateTime> =
        known.iter().flat_map(|visit| [visit.from, visit.to]).flatten().collect();
    let mut visits: Vec<Span> = Vec::new();
    for entry in typed.split([';', ',']).map(str::trim).filter(|entry| !entry.is_empty()) {
        let (from, to) = entry.split_once(['-', '–', '—']).unwrap_or((entry, ""));
        let from = read_moment(from, day, &moments)?;
        let to = match to.trim() {
            "" => None,
            text => Some(past_midnight(from, read_moment(text, from.date(), &moments)?)?),
        };
        let same = known.iter().find(|visit| (visit.from, visit.to) == (Some(from), to));
        visits.push(same.cloned().unwrap_or(Span { from: Some(from), to, ..Span::default() }));
    }
    Some(visits)
}

fn past_midnight(from: NaiveDateTime, to: NaiveDateTime) -> Option<NaiveDateTime> {
    let evening = NaiveTime::from_hms_opt(18, 0, 0)?;
    let crosses = to < from && to.day() == from.day() && from.time() >= evening && to.hour() < 6;
    if crosses { to.checked_add_signed(TimeDelta::days(1)) } else { Some(to) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::committee::Committee;
    use crate::domain::kinds::Language;
    use crate::text::periods::Outlook;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn meeting(stage: Stage) -> Meeting {
        let mut m = Meeting::default();
        (m.head.stage, m.head.date) = (Some(stage), "2026-07-16".parse().ok());
        m
    }

    fn read_in(meeting: &Meeting, kind: Kind, typed: &str) -> Option<Value> {
        let (words, committee) = (Words::of(Language::Vi), Committee::default());
        let today = "2026-11-25".parse().unwrap();
        read(
            &Reading { words: &words, committee: &committee, meeting: Some(meeting), today },
            kind,
            typed,
            None,
        )
    }

    #[test]
    fn the_day_of_a_meeting_to_come_is_ahead_and_of_one_held_near() {
        let day = |text: &str| Some(Value::Date(text.parse().unwrap()));
        let planned = |typed| read_in(&meeting(Stage::Planned), Kind::MeetingDay, typed);
        let held = |typed| read_in(&meeting(Stage::Closed), Kind::MeetingDay, typed);
        assert_eq!((planned("15/7"), held("15/7")), (day("2027-07-15"), day("2026-07-15")));
        assert_eq!((planned("28"), held("20/12")), (day("2026-11-28"), day("2026-12-20")));
        assert_eq!((planned("+7"), held("2/1/2026")), (day("2026-12-02"), day("2026-01-02")));
        assert_eq!((planned("sáng"), held("32/1")), (None, None));
    }

    #[test]
    fn visits_are_read_as_they_are_shown_and_keep_their_seconds() {
        let span =
            |from: &str, to: Option<&str>| Span { from: Some(at(from)), to: to.map(at), ..Span::default() };
        let known = vec![
            span("2026-07-16T08:15:37", Some("2026-07-16T08:41:02")),
            span("2026-07-16T23:10:00", Some("2026-07-17T00:20:00")),
            span("2026-07-17T00:30:00", None),
        ];
        let m = meeting(Stage::Live);
        let text = visits_text(&known, m.head.date);
        assert_eq!(text, "08:15-08:41; 23:10-17/07/2026 00:20; 17/07/2026 00:30-");
        assert_eq!(read_visits(&text, &m, &known), Some(known.clone()));
        let corrected = read_visits("8h10 - 8:41; 23:10-0:20", &m, &known).unwrap();
        assert_eq!((corrected[0].from, corrected[0].to), (Some(at("2026-07-16T08:10:00")), known[0].to));
        assert_eq!(corrected[1], known[1]);
        assert_eq!(read_visits("", &m, &known), Some(Vec::new()));
        assert_eq!(read_visits("8-9", &m, &known), None);
    }

    #[test]
    fn periods_are_shown_in_words_that_read_back() {
        for language in Language::ALL {
            let words = Words::of(*language);
            for word in ["2026", "2026-H1", "2026-H2", "2026-Q3", "2026-07", "2025-12"] {
                let period = Period::from_word(word).unwrap();
                let text = period_text(&words, period);
                for outlook in [Outlook::Back, Outlook::Ahead] {
                    let read = periods::read(&text, "2026-03-01".parse().unwrap(), outlook);
                    assert_eq!(read, Some(period), "{text}");
                }
            }
        }
    }

    #[test]
    fn the_line_of_a_site_is_a_list_of_times() {
        let read = |typed| read_in(&meeting(Stage::Live), Kind::Links, typed);
        let Some(value) = read("8:00 +; 9h12 -; 9:15+") else { panic!("not read") };
        let words = Words::of(Language::Vi);
        assert_eq!(links_in_words(&words, &value), "nối 08:00, mất đường truyền 09:12, nối 09:15");
        assert_eq!((read("8:00"), read("9:00 +; 8:00 -"), read("x +")), (None, None, None));
    }
}
