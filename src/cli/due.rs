//! `steerco due`: how a deadline in words is read when it is said on a given day. Reads no file.

use chrono::NaiveDate;
use clap::ArgMatches;

use crate::app::meeting::due::due_of;
use crate::cli::json::{self, Json};
use crate::cli::screen_text::table;
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, args, out};
use crate::domain::deadline::{self, Confidence, Occasion, Reading, Unread};

/// Prints the reading; words that are no deadline are "not found", and as JSON still say so on stdout.
pub fn due(call: &Call, given: &ArgMatches) -> Result<Outcome, Trouble> {
    let words = args::text(given, "expression");
    let from = given.get_one::<NaiveDate>("from").copied().unwrap_or_else(|| call.today());
    let occasion = Occasion::on(from).with_holidays(call.read.settings.holidays.clone());
    let read = deadline::read(words, &occasion);
    if given.get_flag("json") {
        out::result(&json::page(&as_table(read.as_ref(), words)))?;
    }
    let reading = match read {
        Ok(reading) => reading,
        Err(Unread::Nothing) => return Err(Trouble::NotFound(call.say("cli.no_due", &[("words", words)]))),
        Err(Unread::NoSuchDay) => {
            return Err(Trouble::NotFound(call.say("cli.no_such_day", &[("words", words)])));
        }
    };
    if !given.get_flag("json") {
        out::result(&table(&[line(call, &reading, words)]))?;
    }
    Ok(Outcome::Done)
}

/// The word of the kind as in a task's file.
fn kind_word(reading: &Reading, words: &str) -> &'static str {
    due_of(Some(reading), words).kind.map_or("none", |kind| kind.word())
}

/// Words from which nothing follows have the kind `none`; the rule then says why.
fn as_table(read: Result<&Reading, &Unread>, words: &str) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    let reading = read.ok();
    let kind = reading.map_or("none", |reading| kind_word(reading, words));
    let due = reading.and_then(|reading| reading.due);
    let confidence = reading.map_or(Confidence::Low, |reading| reading.confidence);
    let rule = read.map_or_else(|unread| unread.word(), |reading| reading.rule.word());
    Json::Table(vec![
        ("due_kind".to_owned(), text(kind)),
        ("due".to_owned(), due.map_or(Json::Null, |day| text(&day.to_string()))),
        ("before".to_owned(), Json::Flag(reading.is_some_and(|reading| reading.before))),
        ("confidence".to_owned(), text(confidence.word())),
        ("rule".to_owned(), text(rule)),
    ])
}

fn line(call: &Call, reading: &Reading, words: &str) -> Vec<String> {
    let mut cells: Vec<String> = reading.due.map(|day| day.to_string()).into_iter().collect();
    cells.push(call.words.get(&format!("due_kind.{}", kind_word(reading, words))).to_owned());
    if reading.before {
        cells.push(call.words.get("cli.due_before").to_owned());
    }
    if reading.confidence == Confidence::Low {
        cells.push(call.words.get("cli.due_unsure").to_owned());
    }
    cells
}
