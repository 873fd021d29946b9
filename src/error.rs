//! What can go wrong with files, as data: what was tried, on which path, and what the system said.
//! Knows no screen; the sentences people read are made elsewhere from the kind and the hint.

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::store::meeting_file::ParseFailure;

/// A file could not be read, written or found.
#[derive(Debug)]
pub enum Error {
    /// The system refused.
    Io {
        action: Action,
        path: PathBuf,
        cause: io::Error,
    },
    /// The file is no TOML that can be read; it stays as it is.
    Parse {
        path: PathBuf,
        failure: ParseFailure,
    },
    /// The new text did not read back as the record, in this table; nothing was written.
    Unfaithful {
        path: PathBuf,
        table: String,
    },
    /// The record has outgrown the largest file that can be read again; nothing was written.
    Overfull {
        path: PathBuf,
    },
    /// The id holds other characters than lower-case ASCII letters, digits and inner hyphens.
    BadId {
        id: String,
    },
    /// There is a file already; nothing was written.
    Exists {
        path: PathBuf,
    },
    /// Two files claim one id; this one is left aside.
    Twice {
        path: PathBuf,
    },
    Missing {
        path: PathBuf,
    },
    /// A folder, pipe or device stands where a file belongs.
    NotPlain {
        path: PathBuf,
    },
    /// The path leads out of the workspace through a link.
    Outside {
        path: PathBuf,
    },
    /// The file was written by a newer program, of this format version.
    Newer {
        path: PathBuf,
        schema: i64,
    },
    /// Another window kept the lock for too long.
    Locked {
        path: PathBuf,
    },
    /// The file of somebody else is no table that can be read.
    Table {
        path: PathBuf,
        fault: TableFault,
    },
}

/// Why a file is no table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableFault {
    /// Neither a workbook nor text with separators.
    Unknown,
    /// Text in a national encoding, or damaged.
    Encoding,
    TooLarge,
    /// The workbook has only these sheets.
    NoSheet(Vec<String>),
}

/// What was tried when the system refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Read,
    Write,
    Replace,
    Create,
    List,
    Lock,
}

/// What a person can do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    FreeSpace,
    AskForPermission,
    DiskIsReadOnly,
    CloseOtherProgram,
    CorrectTheFile,
    UpdateTheProgram,
    ChooseAnotherName,
    LookForTheFile,
    TryAgain,
}

impl Error {
    /// Makes `map_err` short.
    pub(crate) fn io(action: Action, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Error {
        let path = path.into();
        move |cause| Error::Io { action, path, cause }
    }

    /// The file or folder it is about.
    pub fn path(&self) -> Option<&std::path::Path> {
        match self {
            Error::BadId { .. } => None,
            Error::Io { path, .. }
            | Error::Parse { path, .. }
            | Error::Unfaithful { path, .. }
            | Error::Overfull { path }
            | Error::Exists { path }
            | Error::Twice { path }
            | Error::Missing { path }
            | Error::NotPlain { path }
            | Error::Outside { path }
            | Error::Newer { path, .. }
            | Error::Locked { path }
            | Error::Table { path, .. } => Some(path),
        }
    }

    /// What helps, when something does.
    pub fn hint(&self) -> Option<Hint> {
        match self {
            Error::Io { cause, .. } => match cause.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Some(Hint::FreeSpace),
                io::ErrorKind::PermissionDenied => Some(Hint::AskForPermission),
                io::ErrorKind::ReadOnlyFilesystem => Some(Hint::DiskIsReadOnly),
                io::ErrorKind::ResourceBusy => Some(Hint::CloseOtherProgram),
                io::ErrorKind::NotFound => Some(Hint::LookForTheFile),
                io::ErrorKind::Interrupted | io::ErrorKind::TimedOut => Some(Hint::TryAgain),
                _ => None,
            },
            Error::Parse { .. } => Some(Hint::CorrectTheFile),
            Error::Newer { .. } => Some(Hint::UpdateTheProgram),
            Error::Exists { .. } | Error::Twice { .. } | Error::BadId { .. } => Some(Hint::ChooseAnotherName),
            Error::Missing { .. } => Some(Hint::LookForTheFile),
            Error::Locked { .. } => Some(Hint::CloseOtherProgram),
            Error::Unfaithful { .. }
            | Error::Overfull { .. }
            | Error::NotPlain { .. }
            | Error::Outside { .. }
            | Error::Table { .. } => None,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Io { action, path, cause } => write!(f, "{action} {}: {cause}", path.display()),
            Error::Parse { path, failure } => {
                write!(f, "{}:{}:{}: {}", path.display(), failure.line, failure.column, failure.message)
            }
            Error::Unfaithful { path, table } => {
                let table = if table.is_empty() { "head" } else { table };
                write!(f, "{}: the new text did not read back ({table}); nothing was written", path.display())
            }
            Error::Overfull { path } => write!(f, "{} would be larger than 8 MB", path.display()),
            Error::BadId { id } => write!(f, "no valid id: {id:?}"),
            Error::Exists { path } => write!(f, "{} exists already", path.display()),
            Error::Twice { path } => write!(f, "{} has the id of another file", path.display()),
            Error::Missing { path } => write!(f, "{} does not exist", path.display()),
            Error::NotPlain { path } => write!(f, "{} is no file", path.display()),
            Error::Outside { path } => write!(f, "{} leads out of the workspace", path.display()),
            Error::Newer { path, schema } => write!(f, "{} has the newer format {schema}", path.display()),
            Error::Locked { path } => write!(f, "{} is kept locked by another window", path.display()),
            Error::Table { path, fault } => write!(f, "{}: {fault}", path.display()),
        }
    }
}

impl fmt::Display for TableFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TableFault::Unknown => f.write_str("no table"),
            TableFault::Encoding => f.write_str("neither UTF-8 nor UTF-16"),
            TableFault::TooLarge => f.write_str("too large"),
            TableFault::NoSheet(names) => write!(f, "no such sheet among {}", names.join(", ")),
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Action::Read => "reading",
            Action::Write => "writing",
            Action::Replace => "replacing",
            Action::Create => "creating",
            Action::List => "listing",
            Action::Lock => "locking",
        })
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io { cause, .. } => Some(cause),
            _ => None,
        }
    }
}
