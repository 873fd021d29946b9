//! Deadlines in words, by tables written by hand: what a person says, the day of the meeting, and what follows from the
//! rules of the field. Must not know how the reader is built.

use std::sync::Arc;

use chrono::NaiveDate;
use steerco::config::holidays::compiled_in;
use steerco::domain::deadline::{self, Confidence, Occasion, Reading};

struct Said {
    words: String,
    from: NaiveDate,
    expected: String,
    flags: String,
}

fn table(text: &str) -> Vec<Said> {
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            let mut cells = line.split('\t');
            let mut cell = || cells.next().unwrap_or("").trim().to_owned();
            Said { words: cell(), from: cell().parse().unwrap(), expected: cell(), flags: cell() }
        })
        .collect()
}

fn shown(reading: Option<&Reading>) -> String {
    match reading {
        None => "none".to_owned(),
        Some(Reading { due: Some(date), .. }) => date.to_string(),
        Some(Reading { every: Some(_), .. }) => "recurring".to_owned(),
        Some(_) => "ongoing".to_owned(),
    }
}

/// The lines that are read otherwise than the table says.
fn wrong(text: &str) -> (usize, Vec<String>) {
    let said = table(text);
    let count = said.len();
    let holidays = Arc::new(compiled_in());
    let wrong = said.into_iter().filter_map(|line| {
        let occasion = Occasion::on(line.from).with_holidays(holidays.clone());
        let reading = deadline::read(&line.words, &occasion).ok();
        let before = reading.as_ref().is_some_and(|reading| reading.before);
        let low = reading.as_ref().is_some_and(|reading| reading.confidence == Confidence::Low);
        let got = shown(reading.as_ref());
        let flags = before == line.flags.contains("before") && (low || !line.flags.contains("low"));
        let told = format!("{} ({}): {got} before={before} low={low}", line.words, line.from);
        (got != line.expected || !flags).then(|| format!("{told}, expected {} {}", line.expected, line.flags))
    });
    (count, wrong.collect())
}

#[test]
fn the_first_table_is_read() {
    let (count, wrong) = wrong(include_str!("data/deadlines-first.tsv"));
    assert!(wrong.is_empty(), "{} of {count} are read otherwise: {wrong:#?}", wrong.len());
}

#[test]
fn the_second_table_is_read() {
    let (count, wrong) = wrong(include_str!("data/deadlines-second.tsv"));
    assert!(wrong.is_empty(), "{} of {count} are read otherwise: {wrong:#?}", wrong.len());
}

#[test]
fn the_third_table_is_read() {
    let (count, wrong) = wrong(include_str!("data/deadlines-third.tsv"));
    assert!(wrong.is_empty(), "{} of {count} are read otherwise: {wrong:#?}", wrong.len());
}
