//! `steerco due`: how a deadline in words is read when it is said on a given day. Reads no file.

use chrono::NaiveDate;
use clap::ArgMatches;

use crate::app::meeting::task::due_of;
use crate::cli::json::{self, Json};
use crate::cli::screen_text::table;
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, args, out};
use crate::domain::deadline::{self, Confidence, Reading};

/// Prints the reading; words that are no deadline are "not found".
pub fn due(call: &Call, given: &ArgMatches) -> Result<Outcome, Trouble> {
    let words = args::text(given, "expression");
    let from = given.get_one::<NaiveDate>("from").copied().unwrap_or_else(|| call.today());
    let Some(reading) = deadline::read(words, from) else {
        return Err(Trouble::NotFound(call.say("cli.no_due", &[("words", words)])));
    };
    let text = if given.get_flag("json") {
        json::page(&as_table(&reading, words))
    } else {
        table(&[line(call, &reading, words)])
    };
    out::result(&text)?;
    Ok(Outcome::Done)
}

/// The word of the kind as in a task's file.
fn kind_word(reading: &Reading, words: &str) -> &'static str {
    due_of(Some(reading), words).kind.map_or("none", |kind| kind.word())
}

fn as_table(reading: &Reading, words: &str) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    Json::Table(vec![
        ("due_kind".to_owned(), text(kind_word(reading, words))),
        ("due".to_owned(), reading.due.map_or(Json::Null, |day| text(&day.to_string()))),
        ("before".to_owned(), Json::Flag(reading.before)),
        ("confidence".to_owned(), text(reading.confidence.word())),
        ("rule".to_owned(), text(reading.rule.word())),
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
