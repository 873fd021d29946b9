//! `steerco check`: what is wrong in the files named, or in the whole workspace, as `path:line:column: words`.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::app::view::text::clean;
use crate::cli::finding::Finding;
use crate::cli::json::{self, Json};
use crate::cli::trouble::{Trouble, error_words};
use crate::cli::{Call, Outcome, found, out};
use crate::domain::check::check_committee_file;
use crate::domain::check::{Problem, ProblemKind};
use crate::domain::committee::Committee;
use crate::domain::fields::Row;
use crate::domain::id::{TaskRef, is_slug};
use crate::domain::meeting::{Meeting, SCHEMA};
use crate::domain::seal::{Seal, seal};
use crate::domain::value::Value;
use crate::error::{Action, Error};
use crate::store::layout::Position;
use crate::store::meeting_file::{LARGEST, Opened, ParseFailure, read};
use crate::store::plain;
use crate::store::workspace::{Access, Contents, Filed, Located, Stored, Workspace};

/// Prints the findings; the outcome says whether there were any. A file that cannot be read at all ends with 3 once
/// the rest is told.
pub fn check(call: &Call, given: &ArgMatches) -> Result<Outcome, Trouble> {
    let files: Vec<&PathBuf> = given.get_many("file").into_iter().flatten().collect();
    let mut checked = Checked::default();
    if files.is_empty() {
        checked.workspace(call)?;
    }
    for file in files {
        checked.file(call, file);
    }
    checked
        .findings
        .sort_by(|a, b| (&a.path, a.at.line, a.at.column).cmp(&(&b.path, b.at.line, b.at.column)));
    checked.print(given.get_flag("json"))?;
    for error in &checked.unread {
        out::message(&error_words(&call.words, error));
    }
    match checked.unread.into_iter().next() {
        Some(_) => Err(Trouble::Failed(call.words.get("cli.not_all_read").to_owned())),
        None if checked.findings.is_empty() => Ok(Outcome::Done),
        None => Ok(Outcome::Problems),
    }
}

#[derive(Default)]
struct Checked {
    findings: Vec<Finding>,
    /// What the system did not let us read.
    unread: Vec<Error>,
}

impl Checked {
    fn print(&self, as_json: bool) -> Result<(), Trouble> {
        if as_json {
            return out::result(&json::page(&Json::List(self.findings.iter().map(Finding::json).collect())));
        }
        let lines = self.findings.iter().map(|finding| format!("{}\n", clean(&finding.line())));
        out::result(&lines.collect::<String>())
    }

    fn workspace(&mut self, call: &Call) -> Result<(), Trouble> {
        let workspace = call.open_workspace()?;
        let contents = workspace.load_all();
        for stored in &contents.committees {
            self.stored(call, &shown(&stored.path), stored);
        }
        for stored in &contents.meetings {
            let path = shown(&stored.path);
            self.stored(call, &path, stored);
            self.sealed(call, &path, stored);
            self.task_references(call, &path, stored, &contents);
        }
        self.settings(call, &workspace.root().join("steerco.toml"));
        for failure in contents.failures {
            self.failed(call, failure);
        }
        Ok(())
    }

    fn failed(&mut self, call: &Call, failure: Error) {
        let first = Position { line: 1, column: 1 };
        let (path, problem) = match &failure {
            Error::Parse { path, failure } => {
                return self.findings.push(Finding::unreadable(&call.words, &shown(path), failure));
            }
            Error::Twice { path } => (shown(path), "twice"),
            Error::BadId { id } => (shown(Path::new(id)), "bad_id"),
            _ => return self.unread.push(failure),
        };
        self.findings.push(Finding::whole(&path, first, problem, error_words(&call.words, &failure)));
    }

    fn stored<R: Filed>(&mut self, call: &Call, path: &str, stored: &Stored<R>) {
        let found = stored.problems.iter().map(|located| Finding::of(&call.words, path, located));
        self.findings.extend(found);
        if stored.access == Access::ReadOnly {
            let at = stored.source.position("", None, "schema");
            let words = call.words.get("problem.newer_schema").to_owned();
            self.findings.push(Finding::whole(path, at, "newer_schema", words));
        }
    }

    fn sealed(&mut self, call: &Call, path: &str, stored: &Stored<Meeting>) {
        let (problem, key) = match seal(&stored.record) {
            Seal::None | Seal::Intact => return,
            Seal::Broken => ("seal_broken", "problem.seal_broken"),
            Seal::OtherKeys => ("seal_unknown", "problem.seal_unknown"),
        };
        let at = stored.source.position("", None, "approval");
        self.findings.push(Finding::whole(path, at, problem, call.words.get(key).to_owned()));
    }

    /// Tasks of other meetings that are named and are not there.
    fn task_references(&mut self, call: &Call, path: &str, stored: &Stored<Meeting>, contents: &Contents) {
        let tasks = stored.record.tasks.iter().enumerate();
        let tasks = tasks.flat_map(|(index, task)| {
            [
                ("tasks", index, "carried_from", &task.carried_from),
                ("tasks", index, "carried_to", &task.carried_to),
            ]
        });
        let notes =
            stored.record.notes.iter().enumerate().map(|(index, note)| ("notes", index, "task", &note.task));
        for (table, row, key, text) in tasks.chain(notes) {
            if let Some(reference) = TaskRef::parse(text)
                && !has_task(contents, &reference)
            {
                let at = stored.source.position(table, Some(row), key);
                let words = call.say("problem.no_such_task", &[("id", text)]);
                let mut finding = Finding::whole(path, at, "no_such_task", format!("{table}.{key}: {words}"));
                finding.field = format!("{table}.{key}");
                self.findings.push(finding);
            }
        }
    }

    /// The workspace's own settings need only be TOML.
    fn settings(&mut self, call: &Call, path: &Path) {
        match plain::read(path, LARGEST) {
            Ok(bytes) => self.toml_alone(call, &shown(path), &bytes),
            Err(Error::Missing { .. }) => {}
            Err(error) => self.unread.push(error),
        }
    }

    fn toml_alone(&mut self, call: &Call, path: &str, bytes: &[u8]) {
        // Read as a record without asking after its values: the failure has its place then.
        if let Err(failure) = read::<Meeting>(bytes) {
            self.findings.push(Finding::unreadable(&call.words, path, &failure));
        }
    }

    fn file(&mut self, call: &Call, file: &Path) {
        let is_stdin = file.as_os_str() == "-";
        let bytes = match if is_stdin { stdin() } else { plain::read(file, LARGEST) } {
            Ok(bytes) => bytes,
            Err(error) => return self.unread.push(error),
        };
        let path = file.display().to_string();
        let checked = match sort_of(file, &bytes) {
            Sort::Other => return self.toml_alone(call, &path, &bytes),
            Sort::Committee => {
                opened::<Committee>(file, &bytes, is_stdin).map(|stored| self.stored(call, &path, &stored))
            }
            Sort::Meeting => self.meeting(call, file, &bytes, is_stdin),
        };
        if let Err(failure) = checked {
            self.findings.push(Finding::unreadable(&call.words, &path, &failure));
        }
    }

    fn meeting(
        &mut self,
        call: &Call,
        file: &Path,
        bytes: &[u8],
        is_stdin: bool,
    ) -> Result<(), ParseFailure> {
        let path = file.display().to_string();
        let mut stored = opened::<Meeting>(file, bytes, is_stdin)?;
        let around = if is_stdin { std::env::current_dir().ok() } else { file.canonicalize().ok() };
        let id = &stored.record.head.committee;
        let root = around.as_deref().and_then(|start| root(start, id)).map(Path::to_owned);
        let is_alone = around.as_deref().and_then(Workspace::discover).is_none();
        let lost = check_committee_file(&stored.record, |_| is_alone || root.is_some());
        let lost = lost.map(|problem| Located { at: stored.source.place(&problem), problem });
        let committee =
            root.and_then(|root| Workspace::open(&root, &call.read.folders.state).ok()?.load(id).ok());
        if let Some(Stored { record, .. }) = &committee {
            stored.judge(record);
            if is_stdin {
                stored.problems.retain(of_no_name);
            }
        }
        stored.problems.extend(lost);
        self.stored(call, &path, &stored);
        self.sealed(call, &path, &stored);
        Ok(())
    }
}

fn has_task(contents: &Contents, reference: &TaskRef) -> bool {
    let mut meetings =
        contents.meetings.iter().filter(|stored| found::file_id(&stored.path) == reference.meeting);
    let unread = || {
        contents.failures.iter().any(|error| match error {
            Error::Parse { path, .. } | Error::Io { path, .. } => found::file_id(path) == reference.meeting,
            _ => false,
        })
    };
    meetings.any(|stored| stored.record.task_named(&reference.task).is_some()) || unread()
}

/// The folder above the file that has the committee's file.
fn root<'a>(start: &'a Path, committee: &str) -> Option<&'a Path> {
    if !is_slug(committee) {
        return None;
    }
    let name = format!("{committee}.toml");
    start.ancestors().find(|folder| folder.join("committees").join(&name).is_file())
}

/// What a file is of.
enum Sort {
    Meeting,
    Committee,
    /// Settings of a workspace.
    Other,
}

/// By its place, else by what its head says.
fn sort_of(file: &Path, bytes: &[u8]) -> Sort {
    if file.file_name().is_some_and(|name| name == "steerco.toml") {
        return Sort::Other;
    }
    if file.parent().and_then(Path::file_name).is_some_and(|folder| folder == "committees") {
        return Sort::Committee;
    }
    let Ok(opened) = read::<Meeting>(bytes) else { return Sort::Meeting };
    let head: &dyn Row = &opened.record.head;
    let names = ["name", "name_lines", "world", "members", "templates"];
    let of_meeting = ["committee", "title", "date"].into_iter().any(|key| head.get(key).is_some());
    if !of_meeting && names.into_iter().any(|key| head.get(key).is_some()) {
        return Sort::Committee;
    }
    Sort::Meeting
}

fn opened<R: Filed>(file: &Path, bytes: &[u8], is_stdin: bool) -> Result<Stored<R>, ParseFailure> {
    let Opened { record, source, mut problems } = read::<R>(bytes)?;
    problems.extend(record.doubts(&found::file_id(file)));
    let place = |problem: Problem| {
        let at = source.place(&problem);
        Located { problem, at }
    };
    let mut problems: Vec<Located> = problems.into_iter().map(place).collect();
    if is_stdin {
        problems.retain(of_no_name);
    }
    let newer = record.head().get("schema").is_some_and(is_newer);
    let access = if newer { Access::ReadOnly } else { Access::Write };
    Ok(Stored { path: file.to_owned(), record, source, hash: String::new(), access, problems })
}

fn is_newer(schema: Value) -> bool {
    matches!(schema, Value::Int(n) if n > SCHEMA)
}

/// What comes from standard input has no name to compare its id with.
fn of_no_name(located: &Located) -> bool {
    !matches!(located.problem.kind, ProblemKind::NotFileName { .. })
}

/// The bytes of standard input; of too many just enough to see that.
fn stdin() -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(LARGEST as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|cause| Error::Io { action: Action::Read, path: PathBuf::from("-"), cause })?;
    Ok(bytes)
}

/// A path as short as it can be said here: from the current folder on when it lies in it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    let short = here.ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned));
    short.as_deref().unwrap_or(path).display().to_string()
}
