//! `steerco search`: words in what was said, concluded and given, over every meeting. Knows no index; it reads the files.

use std::cmp::Reverse;

use chrono::NaiveDateTime;
use clap::ArgMatches;

use crate::app::meeting::names::speaker_name;
use crate::cli::json::{self, Json};
use crate::cli::screen_text::table;
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, found, out};
use crate::domain::meeting::{Meeting, Note};
use crate::text::fold;

/// A text that holds all the words.
struct Hit<'a> {
    meeting: &'a Meeting,
    /// The table it stands in, in the singular; `meeting` for the title.
    kind: &'static str,
    id: &'a str,
    /// The line it was said in.
    note: Option<&'a Note>,
    text: &'a str,
    closeness: Closeness,
}

/// How much of the typed words stands in the text as typed; the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    /// The whole phrase with its marks.
    Exact,
    /// The whole phrase apart from marks and case.
    Phrase,
    /// Each word somewhere.
    Words,
}

/// Prints the hits, the closest first and among these the latest meeting; without any the outcome says so.
pub fn search(call: &Call, given: &ArgMatches) -> Result<Outcome, Trouble> {
    let typed: Vec<&str> = given
        .get_many::<String>("words")
        .into_iter()
        .flatten()
        .flat_map(|text| text.split_whitespace())
        .collect();
    let query = typed.join(" ");
    let workspace = call.open_workspace()?;
    let contents = found::everything(call, &workspace);
    let meetings = contents.meetings.iter().map(|stored| &stored.record);
    let mut hits: Vec<Hit<'_>> = meetings.flat_map(|meeting| of_meeting(meeting, &query)).collect();
    // Within a meeting the order of the file stays.
    hits.sort_by_key(|hit| (hit.closeness, Reverse(hit.meeting.head.date), hit.meeting.head.id.clone()));
    hits.truncate(given.get_one::<usize>("limit").copied().unwrap_or(usize::MAX));
    if given.get_flag("json") {
        out::result(&json::page(&Json::List(hits.iter().map(Hit::json).collect())))?;
    } else {
        let rows: Vec<_> = hits.iter().map(|hit| hit.line(call)).collect();
        out::result(&table(&rows))?;
    }
    match hits.is_empty() {
        true => Err(Trouble::NotFound(call.say("cli.no_hit", &[("words", &query)]))),
        false => Ok(Outcome::Done),
    }
}

fn of_meeting<'a>(meeting: &'a Meeting, query: &str) -> Vec<Hit<'a>> {
    let hit = |kind, id: &'a str, note: Option<&'a Note>, text: &'a str| {
        let closeness = closeness(query, text)?;
        Some(Hit { meeting, kind, id, note, text, closeness })
    };
    let title = hit("meeting", &meeting.head.id, None, &meeting.head.title);
    let items = meeting.agenda.iter().filter_map(|item| hit("item", &item.id, None, &item.title));
    let notes = meeting.notes.iter().filter_map(|note| hit("note", &note.id, Some(note), &note.text));
    let conclusions = meeting.conclusions.iter();
    let conclusions = conclusions.filter_map(|c| hit("conclusion", &c.id, meeting.note(&c.note), &c.text));
    let tasks = meeting.tasks.iter();
    let tasks = tasks.filter_map(|task| hit("task", &task.id, meeting.note(&task.note), &task.content));
    let documents = meeting.documents.iter();
    let documents = documents.filter_map(|document| hit("document", &document.id, None, &document.title));
    title.into_iter().chain(items).chain(notes).chain(conclusions).chain(tasks).chain(documents).collect()
}

/// How well a text fits; `None` when a word is missing. A word typed with marks asks for these marks.
fn closeness(query: &str, text: &str) -> Option<Closeness> {
    if query.is_empty() || !query.split(' ').all(|word| fold::matches(word, text)) {
        return None;
    }
    if text.to_lowercase().contains(&query.to_lowercase()) {
        return Some(Closeness::Exact);
    }
    Some(if fold::matches(query, text) { Closeness::Phrase } else { Closeness::Words })
}

impl Hit<'_> {
    fn at(&self) -> Option<NaiveDateTime> {
        self.note.and_then(|note| note.at)
    }

    fn json(&self) -> Json {
        let text = |text: &str| Json::Text(text.to_owned());
        let at = self.at().map_or(Json::Null, |at| text(&at.format("%Y-%m-%dT%H:%M:%S").to_string()));
        Json::Table(vec![
            ("meeting".to_owned(), text(&self.meeting.head.id)),
            ("kind".to_owned(), text(self.kind)),
            ("id".to_owned(), text(self.id)),
            ("at".to_owned(), at),
            ("speaker".to_owned(), text(self.note.map_or("", |note| &note.speaker))),
            ("text".to_owned(), text(self.text)),
        ])
    }

    fn line(&self, call: &Call) -> Vec<String> {
        let kind = call.words.get(&format!("hit.{}", self.kind)).to_owned();
        let at = self.at().map_or(String::new(), |at| at.format("%H:%M").to_string());
        let speaker = self.note.map_or(String::new(), |note| speaker_name(self.meeting, None, &note.speaker));
        let text = self.text.split_whitespace().collect::<Vec<_>>().join(" ");
        vec![self.meeting.head.id.clone(), kind, at, speaker, text]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_phrase_as_typed_is_closest_and_marks_are_asked_for_only_when_typed() {
        let text = "Rà soát đất đai của các đơn vị";
        let cases = [
            ("đất đai", Some(Closeness::Exact)),
            ("ĐẤT ĐAI", Some(Closeness::Exact)),
            ("dat dai", Some(Closeness::Phrase)),
            ("dai dat", Some(Closeness::Words)),
            ("đất dai", Some(Closeness::Words)),
            ("đát", None),
            ("rừng", None),
            ("", None),
        ];
        for (query, expected) in cases {
            assert_eq!(closeness(query, text), expected, "{query}");
        }
    }
}
