//! Finding the meeting that is meant, and telling of files that cannot be read. Knows no output format.

use crate::cli::trouble::{Trouble, error_words};
use crate::cli::{Call, out};
use crate::domain::committee::{Committee, DeadlineRules};
use crate::domain::id::is_slug;
use crate::domain::meeting::Meeting;
use crate::error::Error;
use crate::store::workspace::{Contents, Stored, Workspace};

/// The meeting with this id, else the only one whose id begins so.
pub fn meeting(call: &Call, workspace: &Workspace, name: &str) -> Result<Stored<Meeting>, Trouble> {
    if is_slug(name) {
        match workspace.load::<Meeting>(name) {
            Err(Error::Missing { .. }) => {}
            found => return Ok(found?),
        }
    }
    let contents = workspace.load_all();
    let mut ids: Vec<String> = contents.meetings.iter().map(|stored| file_id(&stored.path)).collect();
    ids.extend(contents.failures.iter().filter_map(unreadable));
    ids.retain(|id| !name.is_empty() && id.starts_with(name));
    ids.sort();
    ids.dedup();
    match ids.as_slice() {
        [] => Err(Trouble::NotFound(call.say("cli.no_meeting", &[("name", name)]))),
        [only] => Ok(workspace.load::<Meeting>(only)?),
        several => {
            let list = several.join("\n  ");
            Err(Trouble::NotFound(call.say("cli.several", &[("name", name), ("ids", &list)])))
        }
    }
}

/// The id that a file's name gives.
pub fn file_id(path: &std::path::Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The id of a meeting whose file cannot be read.
fn unreadable(error: &Error) -> Option<String> {
    match error {
        Error::Parse { path, .. } | Error::Io { path, .. } => Some(file_id(path)).filter(|id| is_slug(id)),
        _ => None,
    }
}

/// Everything in the workspace; what cannot be read is told as messages and keeps nothing from the rest.
pub fn everything(call: &Call, workspace: &Workspace) -> Contents {
    let contents = workspace.load_all();
    for failure in &contents.failures {
        out::message(&error_words(&call.words, failure));
    }
    contents
}

/// The committee of a meeting, by its file's name.
pub fn committee<'a>(contents: &'a Contents, meeting: &Meeting) -> Option<&'a Committee> {
    let named = |stored: &&Stored<Committee>| file_id(&stored.path) == meeting.head.committee;
    contents.committees.iter().find(named).map(|stored| &stored.record)
}

/// How a meeting's committee reads deadlines; the defaults without a committee file.
pub fn rules(committee: Option<&Committee>) -> DeadlineRules {
    committee.map(Committee::deadline_rules).unwrap_or_default()
}
