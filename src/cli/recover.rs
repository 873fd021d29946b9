//! `steerco recover`: the unfiled work in the journals of this workspace: list it, read it, bring it into the files,
//! or put it into the bin. Work of a living window is only listed; it belongs to that window.

use std::collections::BTreeMap;
use std::time::SystemTime;

use clap::ArgMatches;

use crate::app::view::text::clean;
use crate::cli::json::{self, Json};
use crate::cli::screen_text::table;
use crate::cli::trouble::{Trouble, error_words};
use crate::cli::{Call, Outcome, args, out};
use crate::domain::edit::{self, Edit, RowData, RowKey};
use crate::domain::gone::{Bin, Gone};
use crate::domain::id::RecordKey;
use crate::domain::meeting::Meeting;
use crate::domain::value::Value;
use crate::domain::{committee::Committee, fields::Record};
use crate::error::{Action, Error};
use crate::store::journal::{Claim, Entry, Recovered};
use crate::store::workspace::{Filed, Workspace};

/// What can be done with unfiled work, by its word on the command line.
pub const VERBS: [&str; 5] = ["list", "show", "apply", "discard", "deleted"];

/// Does the verb named, `list` when none is.
pub fn recover(call: &Call, given: &ArgMatches) -> Result<Outcome, Trouble> {
    let workspace = call.open_workspace()?;
    let as_json = given.get_flag("json");
    match args::text(given, "what") {
        "show" => show(call, &workspace, as_json),
        "apply" => apply(call, &workspace),
        "discard" => discard(call, &workspace),
        "deleted" => deleted(call, &workspace, as_json),
        _ => list(call, &workspace, as_json),
    }
}

/// The journals no living window holds. Nothing is removed from the bin on this way.
///
/// # Errors
/// A journal is there and cannot be read.
pub fn claim(workspace: &Workspace) -> Result<Claim, Error> {
    let mut claim = workspace.claim(SystemTime::UNIX_EPOCH);
    match claim.troubles.pop() {
        Some(error) => Err(error),
        None => Ok(claim),
    }
}

fn list(call: &Call, workspace: &Workspace, as_json: bool) -> Result<Outcome, Trouble> {
    let work = workspace.unfiled();
    if as_json {
        out::result(&json::page(&Json::List(work.iter().map(summary).collect())))?;
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

fn summary(work: &Recovered) -> Json {
    let count = i64::try_from(work.edits.len()).unwrap_or(i64::MAX);
    Json::Table(vec![named(work), ("edits".to_owned(), Json::Int(count)), drafts(work)])
}

fn named(work: &Recovered) -> (String, Json) {
    ("record".to_owned(), Json::Text(work.record.id().to_owned()))
}

fn drafts(work: &Recovered) -> (String, Json) {
    let drafts = work.drafts.iter().map(|(field, text)| (field.clone(), Json::Text(text.clone())));
    ("drafts".to_owned(), Json::Table(drafts.collect()))
}

fn show(call: &Call, workspace: &Workspace, as_json: bool) -> Result<Outcome, Trouble> {
    let work = workspace.unfiled();
    if as_json {
        let whole = |work: &Recovered| {
            let edits = work.edits.iter().map(|edit| Json::Table(Told::of(edit).json())).collect();
            Json::Table(vec![named(work), ("edits".to_owned(), Json::List(edits)), drafts(work)])
        };
        out::result(&json::page(&Json::List(work.iter().map(whole).collect())))?;
        return Ok(Outcome::Done);
    }
    if work.is_empty() {
        out::message(call.words.get("cli.nothing_to_recover"));
    }
    for work in &work {
        let edits = work.edits.iter().map(|edit| Told::of(edit).line());
        let drafts = work.drafts.iter();
        let drafts = drafts.map(|(field, text)| vec![format!("  ({field})"), String::new(), text.clone()]);
        let rows: Vec<_> = edits.chain(drafts).collect();
        out::result(&format!("{}\n{}", clean(work.record.id()), table(&rows)))?;
    }
    Ok(Outcome::Done)
}

/// An edit as it is told: what it does, to which row and field, from what to what.
struct Told<'a> {
    op: &'static str,
    table: &'a str,
    row: &'a str,
    key: &'a str,
    was: Option<Value>,
    now: Option<Value>,
}

impl<'a> Told<'a> {
    fn of(edit: &'a Edit) -> Told<'a> {
        let whole = |row: &RowData| Some(Value::Table(row.pairs.clone()));
        let order =
            |rows: &[RowKey]| Some(Value::List(rows.iter().map(|row| Value::Text(row.id.clone())).collect()));
        match edit {
            Edit::Set { table, row, key, was, now } => {
                Told { op: "set", table, row: &row.id, key, was: was.clone(), now: now.clone() }
            }
            Edit::Insert { table, row, .. } => {
                Told { op: "insert", table, row: &row.key.id, key: "", was: None, now: whole(row) }
            }
            Edit::Remove { table, row, .. } => {
                Told { op: "remove", table, row: &row.key.id, key: "", was: whole(row), now: None }
            }
            Edit::Order { table, was, now } => {
                Told { op: "order", table, row: "", key: "", was: order(was), now: order(now) }
            }
        }
    }

    fn json(&self) -> Vec<(String, Json)> {
        let text = |text: &str| Json::Text(text.to_owned());
        let value = |value: &Option<Value>| value.as_ref().map_or(Json::Null, json::value);
        let pairs = [
            ("op", text(self.op)),
            ("table", text(self.table)),
            ("row", text(self.row)),
            ("key", text(self.key)),
            ("was", value(&self.was)),
            ("now", value(&self.now)),
        ];
        pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }

    /// A sign (`+`, `-`, `~`), the place, and the text that a person would know it by.
    fn line(&self) -> Vec<String> {
        let sign = match self.op {
            "insert" => "+",
            "remove" => "-",
            _ => "~",
        };
        let place = [self.table, self.row, self.key].into_iter().filter(|part| !part.is_empty());
        let place = place.collect::<Vec<_>>().join(".");
        let value = self.now.as_ref().or(self.was.as_ref()).map(known_by).unwrap_or_default();
        vec![format!("  {sign}"), place, value]
    }
}

/// The words of a value: a text as it is, a row by its longest text.
fn known_by(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Table(pairs) => {
            let texts = pairs.iter().filter_map(|(_, value)| match value {
                Value::Text(text) => Some(text.as_str()),
                _ => None,
            });
            texts.max_by_key(|text| text.len()).unwrap_or("").to_owned()
        }
        other => other.canonical(),
    }
}

/// Files the changes, keeps unfinished texts for the next window, and puts the journals away once both are safe.
fn apply(call: &Call, workspace: &Workspace) -> Result<Outcome, Trouble> {
    let claim = claim(workspace)?;
    if claim.recovered.is_empty() {
        out::message(call.words.get("cli.nothing_to_recover"));
        return Ok(Outcome::Done);
    }
    let mut refused = None;
    for work in &claim.recovered {
        match file(workspace, work) {
            Ok(()) => out::result(&table(&[line(call, work)]))?,
            Err(error) => {
                out::message(&error_words(&call.words, &error));
                refused = Some(error);
            }
        }
    }
    if let Some(error) = refused {
        // Nothing is put away; what was filed is known as filed the next time.
        return Err(Trouble::File(error));
    }
    keep_drafts(call, workspace, &claim.recovered)?;
    claim.seal()?;
    Ok(Outcome::Done)
}

fn file(workspace: &Workspace, work: &Recovered) -> Result<(), Error> {
    match &work.record {
        _ if work.edits.is_empty() => Ok(()),
        RecordKey::Meeting(id) => merge::<Meeting>(workspace, id, &work.edits),
        RecordKey::Committee(id) => merge::<Committee>(workspace, id, &work.edits),
    }
}

/// As a window does: the edits go onto the record as it is now, what meanwhile changed is merged under the lock.
fn merge<R: Filed + Record>(workspace: &Workspace, id: &str, edits: &[Edit]) -> Result<(), Error> {
    let stored = workspace.load::<R>(id)?;
    let mut ours = stored.record.clone();
    edit::apply(&mut ours, edits);
    workspace.save(&stored, &ours, |_| {}).map(drop)
}

/// A half-typed line is no change that could be filed; it waits in a journal of its own.
fn keep_drafts(call: &Call, workspace: &Workspace, work: &[Recovered]) -> Result<(), Trouble> {
    if work.iter().all(|work| work.drafts.is_empty()) {
        return Ok(());
    }
    let (journal, refused) = workspace.start_journal(|_| {});
    if let Some(cause) = refused {
        return Err(Error::Io { action: Action::Create, path: workspace.journals(), cause }.into());
    }
    for work in work {
        for (field, text) in &work.drafts {
            let (record, field, text) = (work.record.clone(), field.clone(), text.clone());
            journal.record(Entry::Draft { record, field, text });
        }
    }
    journal.flush_and_stop()?;
    out::message(call.words.get("cli.drafts_kept"));
    Ok(())
}

/// What was deleted from the meetings and is still in a journal, meeting by meeting, the last that went first.
fn deleted(call: &Call, workspace: &Workspace, as_json: bool) -> Result<Outcome, Trouble> {
    let mut bins: BTreeMap<String, Bin> = BTreeMap::new();
    for made in workspace.steps() {
        if let RecordKey::Meeting(id) = made.record {
            bins.entry(id).or_default().take(made.at, &made.edits);
        }
    }
    let mut found = Vec::new();
    for (id, bin) in bins {
        // Of a meeting whose file is gone everything is.
        let record = workspace.load::<Meeting>(&id).map(|stored| stored.record).unwrap_or_default();
        found.extend(bin.missing(&record).into_iter().map(|gone| (id.clone(), gone)));
    }
    if as_json {
        let rows = found.iter().map(|(id, gone)| gone_json(id, gone)).collect();
        out::result(&json::page(&Json::List(rows)))?;
    } else if found.is_empty() {
        out::message(call.words.get("cli.nothing_deleted"));
    } else {
        let line = |(id, gone): &(String, Gone)| {
            let sort = call.words.find(&format!("gone.{}", gone.table)).unwrap_or(&gone.table);
            vec![id.clone(), stamp(gone), sort.to_owned(), gone.words()]
        };
        out::result(&table(&found.iter().map(line).collect::<Vec<_>>()))?;
    }
    Ok(Outcome::Done)
}

fn stamp(gone: &Gone) -> String {
    gone.at.map(|at| at.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

fn gone_json(id: &str, gone: &Gone) -> Json {
    let text = |text: &str| Json::Text(text.to_owned());
    let at = gone.at.map_or(Json::Null, |at| text(&at.format("%Y-%m-%dT%H:%M:%S").to_string()));
    let pairs = [
        ("record", text(id)),
        ("table", text(&gone.table)),
        ("at", at),
        ("text", text(&gone.words())),
        ("row", json::value(&Value::Table(gone.row.pairs.clone()))),
    ];
    Json::Table(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// The journals go into the bin, where they stay for thirty days.
fn discard(call: &Call, workspace: &Workspace) -> Result<Outcome, Trouble> {
    let claim = claim(workspace)?;
    if claim.recovered.is_empty() {
        out::message(call.words.get("cli.nothing_to_recover"));
    } else {
        let rows: Vec<_> = claim.recovered.iter().map(|work| line(call, work)).collect();
        out::result(&table(&rows))?;
        let path = workspace.journals().display().to_string();
        out::message(&call.say("cli.discarded", &[("path", &path)]));
    }
    claim.seal()?;
    Ok(Outcome::Done)
}
