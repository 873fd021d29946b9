//! What a window has typed and not yet filed, so that a crash or a power cut loses nothing of it.
//! One file a window, each line an entry with its length and checksum. Knows edits as data, no screen.

mod bin;
mod line;
mod replay;
#[cfg(test)]
mod tests;
mod writer;

use serde::{Deserialize, Serialize};

use crate::domain::edit::Edit;
use crate::domain::id::RecordKey;

pub use bin::{Made, steps};
pub use replay::{Claim, Recovered, claim, peek, unfiled};
pub use writer::{JournalWriter, Progress, Refusal};

/// One entry. Edits and drafts are the person's work and are numbered from 1 as they are handed over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// The window began: which workspace, by its tag.
    Checkpoint { workspace: String },
    /// The work of these journals, by the names of their files, is in the `after` lines above (counted by the writer),
    /// and they count no more.
    Replaces { journals: Vec<String>, after: usize },
    /// A step. `clears` names the draft that became part of it, so that both happen or neither.
    Edits { changes: Vec<(RecordKey, Vec<Edit>)>, step: String, clears: Option<(RecordKey, String)> },
    /// The unfinished text of a field; an empty text takes it away.
    Draft { record: RecordKey, field: String, text: String },
    /// The record is about to be put in place with these bytes; it holds the work up to the number `covers`.
    Saving { record: RecordKey, hash: String, covers: u64 },
    /// It is in place.
    Saved { record: RecordKey, hash: String, covers: u64 },
}

impl Entry {
    /// Whether it is counted as work.
    fn is_work(&self) -> bool {
        matches!(self, Entry::Edits { .. } | Entry::Draft { .. })
    }
}
