//! `steerco show`: the minutes of a meeting as text, or its whole record as JSON.

use std::io::{IsTerminal, Write};
use std::process::{Command, Stdio};

use crate::cli::json::{self, Json};
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, found, minutes, out};
use crate::domain::committee::Committee;
use crate::domain::id::RecordKey;
use crate::store::journal::Recovered;
use crate::store::workspace::Workspace;

/// Prints the meeting; through a pager when standard output is a terminal. Nothing is written and no journal taken.
pub fn show(call: &Call, name: &str, as_json: bool) -> Result<Outcome, Trouble> {
    let workspace = call.open_workspace()?;
    let stored = found::meeting(call, &workspace, name)?;
    if as_json {
        let mut pairs = json::record(&stored.record);
        for (table, row, log, entry) in stored.source.made_up_entries() {
            let found = pairs.iter_mut().find(|(key, _)| key == table);
            if let Some((_, Json::List(rows))) = found
                && let Some(Json::Table(row)) = rows.get_mut(row)
            {
                json::forget_id(row, log, entry);
            }
        }
        if let Some(draft) = draft(&workspace, &found::file_id(&stored.path)) {
            pairs.retain(|(key, _)| key != "draft");
            pairs.push(("draft".to_owned(), Json::Text(draft)));
        }
        out::result(&json::page(&Json::Table(pairs)))?;
        return Ok(Outcome::Done);
    }
    let committee = workspace.load::<Committee>(&stored.record.head.committee).ok();
    let committee = committee.as_ref().map(|stored| &stored.record);
    show_text(&minutes::text(&call.words, &stored.record, committee, call.today()))?;
    Ok(Outcome::Done)
}

/// The unfinished input line of this meeting, of the window that wrote last.
fn draft(workspace: &Workspace, id: &str) -> Option<String> {
    let work = workspace.unfiled();
    let record = RecordKey::Meeting(id.to_owned());
    unfinished(work.iter().find(|work| work.record == record)?)
}

fn unfinished(work: &Recovered) -> Option<String> {
    let of =
        |field: &str| work.drafts.iter().rev().find(|(name, _)| name == field).map(|(_, text)| text.as_str());
    let filled = |text: &&str| !text.is_empty();
    // A line being edited is journalled behind the note's id and the line that waits, one row each.
    let edited = || of("edit").and_then(|text| text.splitn(3, '\n').nth(2));
    let found =
        of("line").filter(filled).or_else(|| of("form").filter(filled)).or_else(|| edited().filter(filled));
    found.map(str::to_owned)
}

fn show_text(text: &str) -> Result<(), Trouble> {
    if !std::io::stdout().is_terminal() || !paged(&out::swept(text)) {
        return out::result(text);
    }
    Ok(())
}

/// Whether the person's pager took the text. It is left early without a word.
fn paged(text: &str) -> bool {
    let named = std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
    let mut words = named.split_whitespace();
    let Some(program) = words.next() else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", "FRX");
    }
    let Ok(mut pager) = command.spawn() else { return false };
    if let Some(mut input) = pager.stdin.take() {
        let _ = input.write_all(text.as_bytes());
    }
    pager.wait().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_comes_first_then_a_form_then_an_edited_line() {
        let work = |drafts: &[(&str, &str)]| Recovered {
            record: RecordKey::Meeting("m".into()),
            edits: Vec::new(),
            drafts: drafts.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect(),
            until: None,
        };
        let edit = ("edit", "h2w7d9ka\n\nsửa \ndở");
        let table = [
            (work(&[]), None),
            (work(&[("line", "")]), None),
            (work(&[("line", "cũ"), ("line", "mới")]), Some("mới")),
            (work(&[("form", "30/9"), edit]), Some("30/9")),
            (work(&[edit, ("line", "")]), Some("sửa \ndở")),
        ];
        for (work, expected) in table {
            assert_eq!(unfinished(&work).as_deref(), expected);
        }
    }
}
