//! What the world tells the program, as plain data. Knows no thread, file or terminal.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDateTime;

use crate::app::board::filters::SavedFilter;
use crate::app::effect::AnyRecord;
use crate::app::key::{Input, MouseKind};
use crate::app::pointer::Spot;
use crate::domain::amendment;
use crate::domain::committee::Committee;
use crate::domain::edit::Edit;
use crate::domain::gone::Bin;
use crate::domain::id::RecordKey;
use crate::domain::meeting::Meeting;
use crate::domain::roster::Table;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Input(Input),
    /// The mouse did something over what the screen shows there.
    Pointed {
        spot: Option<Spot>,
        kind: MouseKind,
    },
    /// A moment the program asked to be woken at has come.
    Tick,
    /// The workspace has been read.
    Loaded(Box<Library>),
    /// A file has been read for work on it, or could not be.
    Opened {
        key: RecordKey,
        result: Result<Opened, Failure>,
    },
    /// A record is in its file (merged with what stood there), or could not be written.
    Saved {
        key: RecordKey,
        result: Result<AnyRecord, Failure>,
    },
    /// A file was changed by someone else: what this window had last read or written there, and what stands there now.
    Outside {
        key: RecordKey,
        before: Box<AnyRecord>,
        record: Box<AnyRecord>,
    },
    /// What the journals know of a record.
    Bin {
        key: RecordKey,
        bin: Bin,
    },
    /// Somebody else took away what was new here; it is back.
    BroughtBack(BroughtBack),
    /// This person's saved filters, or why they could not be read or kept.
    Filters(Result<Vec<SavedFilter>, Failure>),
    /// How far the journal is.
    Journal(JournalState),
    /// Work found in the journal of a window that did not end well.
    Recovered(Vec<Recovered>),
    /// The sample data is in the workspace, or could not be put there.
    SampleCopied(Result<(), Failure>),
    /// Files that may hold a table, the newest first.
    TablesFound(Vec<TableFile>),
    /// A table of somebody else's file, or why there is none.
    TableRead {
        path: String,
        sheet: Option<String>,
        result: Result<Table, Failure>,
    },
    /// The terminal or the system asks the program to end.
    Leave,
}

/// What somebody else took away and this window brought back. It does so once; a second time is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BroughtBack {
    /// The whole file.
    File,
    /// So many rows of it.
    Rows(usize),
}

/// A record opened for work.
#[derive(Clone, Debug, PartialEq)]
pub struct Opened {
    pub record: AnyRecord,
    pub access: Access,
    /// Number of soft problems in the file.
    pub problems: usize,
}

/// Whether a record may be changed here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Write,
    /// The file was written by a newer version of the program.
    ReadOnly,
}

/// A file that may hold a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableFile {
    pub path: String,
    pub name: String,
    pub folder: String,
    /// When it was last changed, local time.
    pub changed: NaiveDateTime,
}

/// Why a file could not be read or written, for a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Failure {
    pub kind: FailureKind,
    /// The file, and what the system said.
    pub path: String,
    pub cause: String,
    /// Line and column, both from 1, where the text is at fault.
    pub place: Option<(usize, usize)>,
}

/// What sort of failure it is; the words belong to the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailureKind {
    NotFound,
    Unreadable,
    Unparsable,
    Unwritable,
    TooLarge,
    /// The record has outgrown its file.
    Overfull,
    /// No workbook and no text with separators.
    NoTable,
}

/// Everything the workspace holds, as last read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    pub meetings: Vec<LibraryMeeting>,
    pub committees: Vec<Arc<Committee>>,
    /// Files that could not be read; they stay as they are.
    pub failures: Vec<Failure>,
}

/// A meeting of the workspace and the number of soft problems in its file.
#[derive(Clone, Debug, PartialEq)]
pub struct LibraryMeeting {
    pub meeting: Arc<Meeting>,
    /// As its adopted amendments leave it; the record itself where there are none.
    pub amended: Arc<Meeting>,
    pub problems: usize,
}

impl LibraryMeeting {
    pub fn new(meeting: Meeting, problems: usize) -> LibraryMeeting {
        let meeting = Arc::new(meeting);
        let amended = match amendment::amended(&meeting) {
            Cow::Owned(amended) => Arc::new(amended),
            Cow::Borrowed(_) => meeting.clone(),
        };
        LibraryMeeting { meeting, amended, problems }
    }
}

/// Journal entries are counted from 1 in the order they were handed over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JournalState {
    /// Highest entry the system has taken: safe from a crash of the program.
    pub written: u64,
    /// Highest entry on the disk: safe from a power cut.
    pub synced: u64,
    /// What the system said when writing failed; the text is then in memory only.
    pub error: Option<String>,
    /// The file of the journal while it is not in its usual place.
    pub elsewhere: Option<String>,
}

/// Work of an earlier window on one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovered {
    pub key: RecordKey,
    pub edits: Vec<Edit>,
    /// Unfinished texts by field, newest last.
    pub drafts: Vec<(String, String)>,
    /// When the last of it was done, where that is known.
    pub until: Option<NaiveDateTime>,
}

/// The two clocks of a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// Wall clock, local.
    pub wall: NaiveDateTime,
    /// Time since the program started; never goes back.
    pub since_start: Duration,
}
