//! `steerco list`: the meetings, earliest first.

use crate::cli::json::{self, Json};
use crate::cli::screen_text::table;
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, found, out};
use crate::domain::meeting::Meeting;

/// Prints one meeting a line: id, day, stage, title. As JSON the keys of each file's head.
pub fn list(call: &Call, as_json: bool) -> Result<Outcome, Trouble> {
    let workspace = call.open_workspace()?;
    let mut contents = found::everything(call, &workspace);
    contents.meetings.sort_by_cached_key(|stored| (stored.record.head.date, found::file_id(&stored.path)));
    let meetings = contents.meetings.iter().map(|stored| &stored.record);
    if as_json {
        let heads = meetings.map(head).collect();
        out::result(&json::page(&Json::List(heads)))?;
    } else {
        let rows: Vec<_> = meetings.map(|meeting| line(call, meeting)).collect();
        out::result(&table(&rows))?;
    }
    Ok(Outcome::Done)
}

/// The head's keys. The id is the one that other commands take: the file's name.
fn head(meeting: &Meeting) -> Json {
    let mut pairs = json::row(&meeting.head);
    pairs.retain(|(key, _)| key != "id");
    pairs.insert(0, ("id".to_owned(), Json::Text(meeting.head.id.clone())));
    Json::Table(pairs)
}

fn line(call: &Call, meeting: &Meeting) -> Vec<String> {
    let head = &meeting.head;
    let stage = call.words.get(&format!("stage.{}", meeting.stage().word())).to_owned();
    vec![head.id.clone(), head.date.map_or(String::new(), |day| day.to_string()), stage, head.title.clone()]
}
