//! `steerco import`: lists that others made, into a committee. What clashes is told and left as it is.

use std::io::Read;
use std::path::Path;

use clap::ArgMatches;

use crate::app::view::roster::{entry_line, left_out};
use crate::app::view::text::clean;
use crate::cli::json::{self, Json};
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, args, new, out};
use crate::domain::roster::add::{self, Entry};
use crate::domain::roster::{self, Roster, Sort, Table};
use crate::error::{Action, Error};
use crate::store::table_file;

/// Takes people and units of a table over, unless only a preview is asked for. The outcome says whether a person has
/// to look at some of them.
pub fn roster(call: &Call, given: &ArgMatches) -> Result<Outcome, Trouble> {
    let workspace = call.open_workspace()?;
    let committee = new::committee(call, &workspace, args::text(given, "committee"))?;
    let named = given.get_one::<std::path::PathBuf>("file").cloned().unwrap_or_default();
    let table = table(&named, given.get_one::<String>("sheet").map(String::as_str))?;
    let mut ours = committee.record.clone();
    let roster = {
        let known = &committee.record;
        roster::read(&table.rows, Sort::People, &|text| known.unit_named(text).is_some())
    };
    if roster.is_empty() {
        let slots = [("path", &*named.display().to_string())];
        return Err(Trouble::NotFound(call.say("cli.no_roster", &slots)));
    }
    let entries = add::add(&roster, &mut ours, call.today());
    if !given.get_flag("preview") && ours != committee.record {
        workspace.save(&committee, &ours, |_| {})?;
    }
    let text = if given.get_flag("json") { page(&entries, &roster) } else { lines(call, &entries, &roster) };
    out::result(&text)?;
    Ok(if entries.iter().any(Entry::is_clash) { Outcome::Problems } else { Outcome::Done })
}

fn table(path: &Path, sheet: Option<&str>) -> Result<Table, Error> {
    if path != Path::new("-") {
        return table_file::read(path, sheet);
    }
    let mut bytes = Vec::new();
    let limited = std::io::stdin().lock().take(table_file::LARGEST_FILE + 1);
    { limited }.read_to_end(&mut bytes).map_err(Error::io(Action::Read, path))?;
    table_file::of_bytes(bytes, sheet).map_err(|fault| Error::Table { path: path.to_owned(), fault })
}

fn lines(call: &Call, entries: &[Entry], roster: &Roster) -> String {
    let told = entries.iter().map(|entry| entry_line(&call.words, entry));
    let rest = left_out(&call.words, roster).into_iter().map(|line| line.text);
    told.chain(rest).map(|line| format!("{}\n", clean(&line))).collect()
}

fn page(entries: &[Entry], roster: &Roster) -> String {
    let text = |text: &str| Json::Text(text.to_owned());
    let line = |line: usize| Json::Int(i64::try_from(line).unwrap_or(i64::MAX));
    let entry = |entry: &Entry| {
        Json::Table(vec![
            ("line".to_owned(), line(entry.line)),
            ("sort".to_owned(), text(if entry.sort == Sort::Units { "unit" } else { "person" })),
            ("name".to_owned(), text(&entry.name)),
            ("unit".to_owned(), text(&entry.unit)),
            ("outcome".to_owned(), text(entry.outcome.word())),
        ])
    };
    let passed = roster.passed_over.iter().map(|listed| {
        Json::Table(vec![("line".to_owned(), line(listed.line)), ("text".to_owned(), text(&listed.what))])
    });
    json::page(&Json::Table(vec![
        ("entries".to_owned(), Json::List(entries.iter().map(entry).collect())),
        ("unused_columns".to_owned(), Json::List(roster.unused.iter().map(|name| text(name)).collect())),
        ("passed_over".to_owned(), Json::List(passed.collect())),
    ]))
}
