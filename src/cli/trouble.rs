//! Why a command ended without its result: the exit code and the words for it. Knows no command.

use std::io;
use std::path::Path;

use crate::app::view::text::clean;
use crate::error::{Action, Error, Hint, TableFault};
use crate::words::Words;

/// Why a command could not do its work.
#[derive(Debug)]
pub enum Trouble {
    /// The arguments were wrong, said in words.
    Usage(String),
    /// What was named is not there or not unique, said in words.
    NotFound(String),
    /// A file could not be read or written.
    File(Error),
    /// Something else could not be done, said in words.
    Failed(String),
    /// Standard output took no more.
    Output(io::Error),
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Trouble::File(error)
    }
}

impl Trouble {
    /// The exit code. A reader that went away has what it wanted.
    pub fn code(&self) -> u8 {
        match self {
            Trouble::Output(cause) if cause.kind() == io::ErrorKind::BrokenPipe => 0,
            Trouble::NotFound(_) => 1,
            Trouble::Usage(_) => 2,
            Trouble::File(_) | Trouble::Failed(_) | Trouble::Output(_) => 3,
        }
    }

    /// What is said; nothing of a reader that went away.
    pub fn words(&self, words: &Words) -> Option<String> {
        match self {
            Trouble::Usage(what) => Some(format!("steerco: {what}\n{}", words.get("cli.see_help"))),
            Trouble::NotFound(what) | Trouble::Failed(what) => Some(format!("steerco: {what}")),
            Trouble::File(error) => Some(format!("steerco: {}", error_words(words, error))),
            Trouble::Output(cause) if cause.kind() == io::ErrorKind::BrokenPipe => None,
            Trouble::Output(cause) => {
                Some(format!("steerco: {}", words.fill("error.output", &[("cause", &cause.to_string())])))
            }
        }
    }
}

/// What went wrong with a file, with what helps.
pub fn error_words(words: &Words, error: &Error) -> String {
    let said = said(words, error);
    match error.hint() {
        Some(hint) => format!("{said} ({})", words.get(hint_key(hint))),
        None => said,
    }
}

/// A path in one line, whatever its name holds.
fn shown(path: &Path) -> String {
    clean(&path.display().to_string()).into_owned()
}

fn said(words: &Words, error: &Error) -> String {
    let of = |key: &str, path: &Path| words.fill(key, &[("path", &shown(path))]);
    match error {
        Error::Io { action, path, cause } => {
            let cause = cause.to_string();
            words.fill(action_key(*action), &[("path", &shown(path)), ("cause", &cause)])
        }
        Error::Parse { path, failure } => {
            let (line, column) = (failure.line, failure.column);
            format!("{}:{line}:{column}: {}", shown(path), parse_words(words, &failure.message))
        }
        Error::Unfaithful { path, .. } => of("error.unfaithful", path),
        Error::Overfull { path } => of("error.overfull", path),
        Error::BadId { id } => words.fill("error.bad_id", &[("id", id)]),
        Error::Exists { path } => of("error.exists", path),
        Error::Twice { path } => of("error.twice", path),
        Error::Missing { path } => of("error.missing", path),
        Error::NotPlain { path } => of("error.not_plain", path),
        Error::Outside { path } => of("error.outside", path),
        Error::Newer { path, .. } => of("error.newer", path),
        Error::Locked { path } => of("error.locked", path),
        Error::Table { path, fault } => {
            let path = path.display().to_string();
            match fault {
                TableFault::Unknown => words.fill("error.no_table", &[("path", &path)]),
                TableFault::Encoding => words.fill("error.table_encoding", &[("path", &path)]),
                TableFault::TooLarge => words.fill("error.table_too_large", &[("path", &path)]),
                TableFault::NoSheet(names) => {
                    words.fill("error.no_sheet", &[("path", &path), ("sheets", &names.join(", "))])
                }
            }
        }
    }
}

/// Why a file could not be read at a place in it.
pub fn parse_words(words: &Words, message: &str) -> String {
    words.fill("error.parse", &[("message", message)])
}

fn action_key(action: Action) -> &'static str {
    match action {
        Action::Read => "error.read",
        Action::Write => "error.write",
        Action::Replace => "error.replace",
        Action::Create => "error.create",
        Action::List => "error.list",
        Action::Lock => "error.lock",
    }
}

fn hint_key(hint: Hint) -> &'static str {
    match hint {
        Hint::FreeSpace => "error.hint_free_space",
        Hint::AskForPermission => "error.hint_permission",
        Hint::DiskIsReadOnly => "error.hint_read_only",
        Hint::CloseOtherProgram => "error.hint_close_other",
        Hint::CorrectTheFile => "error.hint_correct",
        Hint::UpdateTheProgram => "error.hint_update",
        Hint::ChooseAnotherName => "error.hint_name",
        Hint::LookForTheFile => "error.hint_look",
        Hint::TryAgain => "error.hint_again",
    }
}
