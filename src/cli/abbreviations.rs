//! `steerco import abbreviations FILE`: takes UniKey's table (a line `key:text`) into a committee's abbreviations, or into
//! the person's own. What stands there already under a key stays unless it is asked to be replaced; every clash is shown.

use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, args, new, out};
use crate::config;
use crate::domain::committee::{Abbreviation as Row, Committee};
use crate::domain::id::row_id;
use crate::error::{Action, Error};
use crate::store::atomic;
use crate::store::disk::Disk;
use crate::store::workspace::{Stored, Workspace};
use crate::text::abbreviations::{Abbreviation, read_unikey};

/// What becomes of an entry of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Added,
    /// It stands in the table already.
    Known,
    /// Its key stands there with another text.
    Clash,
}

/// Where the entries go.
enum Table {
    Committee(Workspace, Box<Stored<Committee>>),
    Own,
}

/// Shows what is added, what is there already and what clashes, then writes it unless it is only a trial.
pub fn import(call: &Call, given: &ArgMatches) -> Result<Outcome, Trouble> {
    let named = given.get_one::<PathBuf>("file").cloned().unwrap_or_default();
    let (entries, bad) = read_unikey(&text_of(&named)?);
    let path = &*named.display().to_string();
    for line in &bad {
        let slots = [("file", path), ("line", &line.line.to_string()), ("text", &line.text)];
        out::message(&call.say("cli.import_bad", &slots));
    }
    let table = match args::text(given, "committee") {
        "" => Table::Own,
        id => {
            let workspace = call.open_workspace()?;
            let stored = new::committee(call, &workspace, id)?;
            Table::Committee(workspace, Box::new(stored))
        }
    };
    let known = table.entries(call);
    let judged: Vec<(Fate, Abbreviation)> =
        entries.into_iter().map(|entry| (fate(&entry, &known), entry)).collect();
    out::result(&report(call, &judged, &known))?;
    let replaces = given.get_flag("replace");
    let taken = |fate: Fate| fate == Fate::Added || (fate == Fate::Clash && replaces);
    let taken: Vec<Abbreviation> =
        judged.into_iter().filter(|(fate, _)| taken(*fate)).map(|(_, entry)| entry).collect();
    if !given.get_flag("preview") && !taken.is_empty() {
        table.take(call, &taken)?;
        out::message(&call.say("cli.import_done", &[("n", &taken.len().to_string())]));
    }
    Ok(if bad.is_empty() { Outcome::Done } else { Outcome::Problems })
}

fn text_of(path: &Path) -> Result<String, Trouble> {
    let read = match path == Path::new("-") {
        true => {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text).map(|_| text)
        }
        false => fs::read_to_string(path),
    };
    Ok(read.map_err(Error::io(Action::Read, path))?)
}

fn fate(entry: &Abbreviation, known: &[Abbreviation]) -> Fate {
    match now(entry, known) {
        None => Fate::Added,
        Some(now) if now == entry.text => Fate::Known,
        Some(_) => Fate::Clash,
    }
}

/// What the key of an entry stands for now.
fn now<'a>(entry: &Abbreviation, known: &'a [Abbreviation]) -> Option<&'a str> {
    let key = entry.key.to_lowercase();
    known.iter().rfind(|known| known.key.to_lowercase() == key).map(|known| known.text.as_str())
}

/// A line an entry: `+` added, `=` there already, `!` another text stands there.
fn report(call: &Call, judged: &[(Fate, Abbreviation)], known: &[Abbreviation]) -> String {
    let line = |(fate, entry): &(Fate, Abbreviation)| match fate {
        Fate::Added => format!("+ {}: {}\n", entry.key, entry.text),
        Fate::Known => format!("= {}: {}\n", entry.key, entry.text),
        Fate::Clash => {
            let slots = [
                ("key", entry.key.as_str()),
                ("text", &entry.text),
                ("now", now(entry, known).unwrap_or("")),
            ];
            format!("! {}\n", call.say("cli.import_clash", &slots))
        }
    };
    judged.iter().map(line).collect()
}

impl Table {
    fn entries(&self, call: &Call) -> Vec<Abbreviation> {
        match self {
            Table::Own => call.read.settings.input.own.clone(),
            Table::Committee(_, stored) => {
                let entry = |row: &Row| Abbreviation {
                    key: row.key.clone(),
                    text: row.text.clone(),
                    ..Abbreviation::default()
                };
                stored.record.abbreviations.iter().map(entry).collect()
            }
        }
    }

    fn take(&self, call: &Call, taken: &[Abbreviation]) -> Result<(), Trouble> {
        match self {
            Table::Own => add_to_own(&call.read.folders.abbreviations(), taken),
            Table::Committee(workspace, stored) => {
                let mut ours = stored.record.clone();
                taken.iter().for_each(|entry| put(&mut ours, entry));
                workspace.save(stored, &ours, |_| {})?;
                Ok(())
            }
        }
    }
}

fn put(committee: &mut Committee, entry: &Abbreviation) {
    let key = entry.key.to_lowercase();
    match committee.abbreviations.iter_mut().rfind(|row| row.key.to_lowercase() == key) {
        Some(row) => row.text.clone_from(&entry.text),
        None => {
            let (id, key, text) = (row_id(fastrand::u64(..)), entry.key.clone(), entry.text.clone());
            committee.abbreviations.push(Row { id, key, text, ..Row::default() });
        }
    }
}

/// Adds to the person's file behind what stands there; of two entries with one key the later holds.
fn add_to_own(path: &Path, taken: &[Abbreviation]) -> Result<(), Trouble> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder).map_err(Error::io(Action::Create, folder))?;
    let mut text = match fs::read_to_string(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(Error::io(Action::Read, path)(error).into());
        }
        read => read.unwrap_or_default(),
    };
    for entry in taken {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&config::spell_abbreviation(entry));
    }
    atomic::replace(&Disk::default(), path, text.as_bytes(), folder)?;
    Ok(())
}
