//! `steerco recover`: the unfiled work that lies in the journals of this workspace, living windows' too.

use crate::cli::json::{self, Json};
use crate::cli::screen_text::table;
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, out};
use crate::domain::id::RecordKey;
use crate::store::journal::{self, Recovered};

/// Prints one record a line: id, changes not filed, unfinished texts. Takes no journal.
pub fn list(call: &Call, as_json: bool) -> Result<Outcome, Trouble> {
    let workspace = call.open_workspace()?;
    let on_disk = |key: &RecordKey| workspace.hash_on_disk(key);
    let work = journal::peek(&workspace.journals(), &workspace.tag(), on_disk)?;
    if as_json {
        out::result(&json::page(&Json::List(work.iter().map(as_table).collect())))?;
    } else if work.is_empty() {
        out::message(call.words.get("cli.nothing_to_recover"));
    } else {
        let rows: Vec<_> = work.iter().map(|work| line(call, work)).collect();
        out::result(&table(&rows))?;
    }
    Ok(Outcome::Done)
}

fn line(call: &Call, work: &Recovered) -> Vec<String> {
    let drafts: Vec<&str> = work.drafts.iter().map(|(_, text)| text.as_str()).collect();
    let edits = call.say("cli.edits", &[("n", &work.edits.len().to_string())]);
    vec![work.record.id().to_owned(), edits, drafts.join(" | ")]
}

fn as_table(work: &Recovered) -> Json {
    let count = i64::try_from(work.edits.len()).unwrap_or(i64::MAX);
    let drafts = work.drafts.iter().map(|(field, text)| (field.clone(), Json::Text(text.clone())));
    Json::Table(vec![
        ("record".to_owned(), Json::Text(work.record.id().to_owned())),
        ("edits".to_owned(), Json::Int(count)),
        ("drafts".to_owned(), Json::Table(drafts.collect())),
    ])
}
