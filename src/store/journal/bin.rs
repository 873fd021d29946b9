//! The bin: the steps of all journals that are still there, put away or not. Takes and changes nothing.

use std::fs;
use std::path::PathBuf;

use chrono::NaiveDateTime;

use crate::domain::edit::Edit;
use crate::domain::id::RecordKey;
use crate::store::journal::Entry;
use crate::store::journal::line;
use crate::store::journal::replay::journals;

/// What a step did to one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    pub record: RecordKey,
    /// When, local time, where that was noted.
    pub at: Option<NaiveDateTime>,
    pub edits: Vec<Edit>,
}

/// The steps of the journals of this workspace, journal by journal, oldest first. One that cannot be read now is left
/// out: some systems keep the journals of living windows to themselves.
pub fn steps(folders: &[PathBuf], workspace: &str) -> Vec<Made> {
    let found = journals(folders, workspace, &mut Vec::new());
    let read = found.iter().filter_map(|(path, _)| fs::read(path).ok());
    let mut made = Vec::new();
    for line in read.flat_map(|bytes| line::read_all(&bytes)) {
        if let Entry::Edits { changes, .. } = line.entry {
            let step = changes.into_iter().map(|(record, edits)| Made { record, at: line.at, edits });
            made.extend(step);
        }
    }
    made
}
