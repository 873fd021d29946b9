//! `steerco search`: words in what was said, concluded and given, over every meeting. Knows no index; it reads the files.

use chrono::NaiveDateTime;
use clap::ArgMatches;

use crate::app::meeting::names::speaker_name;
use crate::cli::json::{self, Json};
use crate::cli::screen_text::table;
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, found, out};
use crate::domain::committee::{Committee, short_forms};
use crate::domain::search::{self, Hit, Search, Sheet, Source};

/// Prints the hits in the order of [`search::search`]; without any the outcome says so.
pub fn search(call: &Call, given: &ArgMatches) -> Result<Outcome, Trouble> {
    let typed: Vec<&str> =
        given.get_many::<String>("words").into_iter().flatten().map(String::as_str).collect();
    let typed = typed.join(" ");
    let workspace = call.open_workspace()?;
    let contents = found::everything(call, &workspace);
    let meetings: Vec<_> = contents.meetings.iter().map(|stored| &stored.record).collect();
    let committees: Vec<&Committee> = contents.committees.iter().map(|stored| &stored.record).collect();
    let sheets: Vec<Sheet> = meetings.iter().map(|meeting| Sheet::of(meeting)).collect();
    let source =
        |(meeting, sheet)| Source { meeting, committee: found::committee(&contents, meeting), sheet };
    let sources: Vec<Source<'_>> = meetings.into_iter().zip(&sheets).map(source).collect();
    let asked = Search::read(&typed, &short_forms(&committees));
    let mut hits = search::search(&asked, &sources, &committees, "");
    hits.truncate(given.get_one::<usize>("limit").copied().unwrap_or(usize::MAX));
    if given.get_flag("json") {
        out::result(&json::page(&Json::List(hits.iter().map(json).collect())))?;
    } else {
        let rows: Vec<_> = hits.iter().map(|hit| line(hit, call)).collect();
        out::result(&table(&rows))?;
    }
    match hits.is_empty() {
        true => Err(Trouble::NotFound(call.say("cli.no_hit", &[("words", &typed)]))),
        false => Ok(Outcome::Done),
    }
}

fn at(hit: &Hit<'_>) -> Option<NaiveDateTime> {
    hit.note.and_then(|note| note.at)
}

fn json(hit: &Hit<'_>) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    let at = at(hit).map_or(Json::Null, |at| text(&at.format("%Y-%m-%dT%H:%M:%S").to_string()));
    Json::Table(vec![
        ("meeting".to_owned(), text(hit.meeting.map_or("", |meeting| &meeting.head.id))),
        ("committee".to_owned(), text(hit.committee)),
        ("kind".to_owned(), text(hit.kind.word())),
        ("id".to_owned(), text(hit.id)),
        ("at".to_owned(), at),
        ("speaker".to_owned(), text(hit.note.map_or("", |note| &note.speaker))),
        ("text".to_owned(), text(&hit.text)),
    ])
}

/// Meeting (or committee), kind, time, speaker, text.
fn line(hit: &Hit<'_>, call: &Call) -> Vec<String> {
    let kind = call.words.get(&format!("hit.{}", hit.kind.word())).to_owned();
    let at = at(hit).map_or(String::new(), |at| at.format("%H:%M").to_string());
    let speaker = match (hit.meeting, hit.note) {
        (Some(meeting), Some(note)) => speaker_name(meeting, None, &note.speaker),
        _ => String::new(),
    };
    let text = hit.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let place = hit.meeting.map_or(hit.committee, |meeting| &meeting.head.id).to_owned();
    vec![place, kind, at, speaker, text]
}
