//! What of a journal still matters: the work that no file holds yet and the unfinished texts. A journal that has to
//! begin anew on another file begins with this. Knows lines, no file.

use crate::domain::id::RecordKey;
use crate::store::journal::Entry;
use crate::store::journal::line::Line;

/// Lines in their order.
#[derive(Debug, Default)]
pub(super) struct Kept {
    lines: Vec<Line>,
}

impl Kept {
    /// Takes a line in; what it makes needless goes.
    pub(super) fn take(&mut self, line: Line) {
        match &line.entry {
            // Each file has its own.
            Entry::Checkpoint { .. } => return,
            Entry::Draft { record, field, text } => {
                self.forget_draft(record, field);
                if text.is_empty() {
                    return;
                }
            }
            Entry::Edits { clears: Some((record, field)), .. } => self.forget_draft(record, field),
            Entry::Edits { .. } | Entry::Saving { .. } | Entry::Replaces { .. } => {}
            Entry::Saved { record, covers, .. } => {
                let (record, covers) = (record.clone(), *covers);
                return self.forget_filed(&record, covers);
            }
        }
        self.lines.push(line);
    }

    pub(super) fn lines(&self) -> &[Line] {
        &self.lines
    }

    fn forget_draft(&mut self, of: &RecordKey, named: &str) {
        self.lines.retain(|line| {
            !matches!(&line.entry, Entry::Draft { record, field, .. } if record == of && field == named)
        });
    }

    /// The file of this record holds its work up to this number.
    fn forget_filed(&mut self, of: &RecordKey, upto: u64) {
        self.lines.retain_mut(|line| match &mut line.entry {
            Entry::Edits { changes, .. } if line.n <= upto => {
                changes.retain(|(record, _)| record != of);
                !changes.is_empty()
            }
            Entry::Saving { record, covers, .. } => record != of || *covers > upto,
            _ => true,
        });
    }
}
