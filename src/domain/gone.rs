//! Rows that are no longer in a record, read back from the steps that were made: what they were, and when they were
//! last there. Knows no file and no screen.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;

use crate::domain::amendment::{main_field, words};
use crate::domain::edit::{Edit, RowData, RowKey};
use crate::domain::fields::Record;
use crate::domain::value::find;

/// A row as it last was.
#[derive(Clone, Debug, PartialEq)]
pub struct Gone {
    pub table: String,
    /// The row it stood after.
    pub after: Option<RowKey>,
    pub row: RowData,
    /// When it was removed, or else last changed, local time where that was noted.
    pub at: Option<NaiveDateTime>,
}

impl Gone {
    /// The words a person knows it by; empty for a row without.
    pub fn words(&self) -> String {
        find(&self.row.pairs, main_field(&self.table)).map(words).unwrap_or_default()
    }

    /// The edit that brings it back.
    pub fn back(&self) -> Edit {
        Edit::Insert { table: self.table.clone(), after: self.after.clone(), row: self.row.clone() }
    }
}

/// Every row that the steps know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bin {
    rows: BTreeMap<(String, RowKey), Gone>,
}

impl Bin {
    /// Takes in a step; steps come in the order in which they were made.
    pub fn take(&mut self, at: Option<NaiveDateTime>, edits: &[Edit]) {
        for edit in edits {
            match edit {
                Edit::Insert { table, after, row } | Edit::Remove { table, after, row } => {
                    let gone = Gone { table: table.clone(), after: after.clone(), row: row.clone(), at };
                    self.rows.insert((table.clone(), row.key.clone()), gone);
                }
                Edit::Set { table, row, key, now, .. } => {
                    if let Some(known) = self.rows.get_mut(&(table.clone(), row.clone())) {
                        known.at = at;
                        known.row.pairs.retain(|(name, _)| name != key);
                        known.row.pairs.extend(now.clone().map(|now| (key.clone(), now)));
                    }
                }
                Edit::Order { .. } => {}
            }
        }
    }

    /// The rows with words that the record lacks, those that went last first.
    pub fn missing(&self, record: &dyn Record) -> Vec<Gone> {
        let is_there = |gone: &Gone| {
            let key = &gone.row.key;
            record.rows(&gone.table).is_none_or(|rows| rows.position(&key.id, key.nth).is_some())
        };
        let missing = self.rows.values().filter(|gone| !is_there(gone) && !gone.words().is_empty());
        let mut missing: Vec<Gone> = missing.cloned().collect();
        missing.sort_by(|a, b| b.at.cmp(&a.at));
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::edit::{apply, between};
    use crate::domain::meeting::{Meeting, Note};

    fn meeting(notes: &[(&str, &str)]) -> Meeting {
        let note =
            |(id, text): &(&str, &str)| Note { id: (*id).into(), text: (*text).into(), ..Note::default() };
        Meeting { notes: notes.iter().map(note).collect(), ..Meeting::default() }
    }

    #[test]
    fn a_removed_row_is_known_as_it_last_was_and_comes_back_to_its_place() {
        let steps = [
            meeting(&[("a", "một")]),
            meeting(&[("a", "một"), ("b", "hai"), ("c", "ba")]),
            meeting(&[("a", "một"), ("b", "hai, sửa"), ("c", "ba")]),
            meeting(&[("a", "một"), ("c", "ba")]),
        ];
        let mut bin = Bin::default();
        for pair in steps.windows(2) {
            bin.take(None, &between(&pair[0], &pair[1]));
        }
        let mut now = steps[3].clone();
        let missing = bin.missing(&now);
        assert_eq!(missing.iter().map(Gone::words).collect::<Vec<_>>(), ["hai, sửa"]);
        apply(&mut now, &[missing[0].back()]);
        assert_eq!(now, steps[2]);
        assert_eq!(bin.missing(&now), []);
    }

    #[test]
    fn a_row_that_another_program_took_away_is_known_as_well() {
        let mut bin = Bin::default();
        bin.take(None, &between(&meeting(&[]), &meeting(&[("a", "một")])));
        assert_eq!(bin.missing(&meeting(&[])).len(), 1);
        assert_eq!(bin.missing(&meeting(&[("a", "khác")])), []);
    }
}
