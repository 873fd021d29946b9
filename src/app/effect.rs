//! What the program wishes for from the world, as plain data. Knows no thread, file or terminal.

use crate::app::board::filters::SavedFilter;
use crate::domain::committee::Committee;
use crate::domain::edit::Edit;
use crate::domain::id::RecordKey;
use crate::domain::meeting::Meeting;

/// A wish; the loop fulfils it without making the person wait and answers with an event.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read a file and answer with `Event::Opened`.
    Open(RecordKey),
    /// Bring a record into its file, merging with what stands there; answer with `Event::Saved`.
    Save { key: RecordKey, record: Box<AnyRecord> },
    /// Read what the journals still know of a record and answer with `Event::Bin`.
    ReadBin(RecordKey),
    /// A person wants this file written again, although somebody took it away more than once.
    Insist(RecordKey),
    /// Make a new file; answer with `Event::Opened`.
    Create(Box<AnyRecord>),
    /// Put a step into the journal. `clears` names the field whose draft it replaces, as one entry.
    Journal { changes: Vec<(RecordKey, Vec<Edit>)>, step: String, clears: Option<(RecordKey, &'static str)> },
    /// Put an unfinished text into the journal.
    Draft { record: RecordKey, field: &'static str, text: String },
    /// Read the whole workspace again and answer with `Event::Loaded`.
    Load,
    /// Read this person's saved filters and answer with `Event::Filters`.
    ReadFilters,
    /// Keep this person's saved filters; answered with `Event::Filters` only when it could not be done.
    KeepFilters(Vec<SavedFilter>),
    /// Keep the foreign words this person wants left as typed. When it cannot be done they hold until the program ends.
    KeepWords(Vec<String>),
    /// Put a copy of the sample data into the workspace, over nothing that is there; answer with `Event::SampleCopied`.
    CopySample,
    /// Look for files that may hold a table, and answer with `Event::TablesFound`.
    FindTables,
    /// Read a table out of a file, from the sheet named or the first that holds something; answer with
    /// `Event::TableRead`.
    ReadTable { path: String, sheet: Option<String> },
    /// Give the mouse to the program, or back to the terminal.
    Mouse(MouseUse),
    /// Leave, everything being written.
    Quit,
}

/// Who has the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseUse {
    Program,
    Terminal,
}

/// A record of either sort.
#[expect(clippy::large_enum_variant, reason = "a window holds a handful of records and moves them rarely")]
#[derive(Clone, Debug, PartialEq)]
pub enum AnyRecord {
    Meeting(Meeting),
    Committee(Committee),
}

impl AnyRecord {
    /// Which file it belongs to.
    pub fn key(&self) -> RecordKey {
        match self {
            AnyRecord::Meeting(meeting) => RecordKey::Meeting(meeting.head.id.clone()),
            AnyRecord::Committee(committee) => RecordKey::Committee(committee.head.id.clone()),
        }
    }
}
