//! What went wrong with a file, from the error to the facts a screen shows. Knows no words.

use std::io;
use std::path::Path;

use crate::app::event::{Failure, FailureKind};
use crate::error::{Action, Error};

/// The facts of an error.
pub fn of(error: &Error) -> Failure {
    let (kind, path, place) = match error {
        Error::Io { action: Action::Read | Action::List, path, cause } => match cause.kind() {
            io::ErrorKind::NotFound => (FailureKind::NotFound, path.as_path(), None),
            _ => (FailureKind::Unreadable, path.as_path(), None),
        },
        Error::Parse { path, failure } => {
            let kind = if failure.message.contains("larger") {
                FailureKind::TooLarge
            } else {
                FailureKind::Unparsable
            };
            (kind, path.as_path(), Some((failure.line, failure.column)))
        }
        Error::Overfull { path } => (FailureKind::Overfull, path.as_path(), None),
        Error::Missing { path } => (FailureKind::NotFound, path.as_path(), None),
        Error::Table { path, .. } => (FailureKind::NoTable, path.as_path(), None),
        Error::BadId { id } => (FailureKind::NotFound, Path::new(id), None),
        Error::Twice { path } | Error::NotPlain { path } => (FailureKind::Unreadable, path.as_path(), None),
        Error::Io { path, .. }
        | Error::Unfaithful { path, .. }
        | Error::Exists { path }
        | Error::Outside { path }
        | Error::Newer { path, .. }
        | Error::Locked { path } => (FailureKind::Unwritable, path.as_path(), None),
    };
    Failure { kind, path: path.display().to_string(), cause: cause(error), place }
}

/// What the system said: one word for the common troubles of a disk, which the screens know, else its own words.
pub fn cause_of(kind: io::ErrorKind, said: String) -> String {
    let word = match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::WriteZero => "full",
        io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => "quota",
        io::ErrorKind::ReadOnlyFilesystem => "read_only",
        io::ErrorKind::PermissionDenied => "forbidden",
        io::ErrorKind::NotFound => "gone",
        _ => return said,
    };
    word.to_owned()
}

/// What the system said, without the path that stands beside it.
fn cause(error: &Error) -> String {
    match error {
        Error::Io { cause, .. } => cause_of(cause.kind(), cause.to_string()),
        Error::Parse { failure, .. } => failure.message.clone(),
        Error::Overfull { .. } => "overfull".to_owned(),
        Error::Missing { .. } => cause_of(io::ErrorKind::NotFound, String::new()),
        other => other.to_string(),
    }
}
