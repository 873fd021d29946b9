//! Any words as a deadline said on any day: never a bad end, and no date before the calendar.
#![no_main]

use chrono::{Datelike, NaiveDate};
use libfuzzer_sys::fuzz_target;
use steerco::domain::deadline;

fuzz_target!(|input: (u16, String)| {
    let (day, words) = input;
    let from = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() + chrono::Days::new(u64::from(day));
    if let Some(reading) = deadline::read(&words, from)
        && let Some(due) = reading.due
    {
        assert!((1..=9999).contains(&due.year()), "{due} of {words:?} from {from}");
    }
});
