//! Telling another program's old buffer from a change that somebody made: what a window has known of a record so far.
//! An editor that loaded a file long ago and saves it again must not look as if it had deleted everything since.
//! Knows no file and no session.

use std::collections::{HashMap, HashSet};

use crate::domain::edit::{Edit, RowKey, apply, between};
use crate::domain::fields::Record;
use crate::domain::value::Value;

type Place = (String, RowKey);

/// What became of a record since a window first read it.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// Rows that were not there once.
    added: HashSet<Place>,
    /// Rows that were there once.
    removed: HashSet<Place>,
    /// Earlier values of fields.
    values: HashMap<(Place, String), Vec<Option<Value>>>,
    /// Rows that were kept although the file lacked them. A second removal is meant.
    kept: HashSet<Place>,
}

impl Known {
    /// Remembers that the record was `before` and is `after` now, whoever changed it.
    pub fn learn(&mut self, before: &dyn Record, after: &dyn Record) {
        for edit in between(before, after) {
            match edit {
                Edit::Insert { table, row, .. } => drop(self.added.insert((table, row.key))),
                Edit::Remove { table, row, .. } => drop(self.removed.insert((table, row.key))),
                Edit::Set { table, row, key, was, .. } => {
                    self.values.entry(((table, row), key)).or_default().push(was);
                }
                Edit::Order { .. } => {}
            }
        }
    }

    /// How many rows were kept so far although the file lacked them.
    pub fn kept(&self) -> usize {
        self.kept.len()
    }

    /// The base for taking in `theirs`: the record as last known, but as it once was wherever `theirs` is only that.
    pub fn base<R: Record + Clone>(&mut self, last: &R, theirs: &R) -> R {
        let edits = between(last, theirs).into_iter();
        let old: Vec<Edit> = edits.filter_map(|edit| self.old(edit)).collect();
        let mut base = last.clone();
        apply(&mut base, &old);
        base
    }

    /// The part of an edit that only goes back to what once was.
    fn old(&mut self, edit: Edit) -> Option<Edit> {
        if self.is_old(&edit) {
            return Some(edit);
        }
        let Edit::Set { table, row, key, was: Some(Value::Text(was)), now: Some(Value::Text(now)) } = edit
        else {
            return None;
        };
        let values = self.values.get(&((table.clone(), row.clone()), key.clone()))?;
        // Words put after an older text, in a buffer that never had the newer one: both are somebody's work.
        let texts = values.iter().filter_map(|value| match value {
            Some(Value::Text(text)) if !text.is_empty() && now.starts_with(text) => Some(text),
            _ => None,
        });
        let older = texts.max_by_key(|text| text.len()).filter(|_| !now.starts_with(&was))?.clone();
        Some(Edit::Set { table, row, key, was: Some(Value::Text(was)), now: Some(Value::Text(older)) })
    }

    fn is_old(&mut self, edit: &Edit) -> bool {
        match edit {
            // A row that was kept here is no removed one, whatever the file lacked meanwhile.
            Edit::Insert { table, row, .. } => {
                let place = (table.clone(), row.key.clone());
                self.removed.contains(&place) && !self.kept.contains(&place)
            }
            Edit::Remove { table, row, .. } => {
                let place = (table.clone(), row.key.clone());
                self.added.contains(&place) && self.kept.insert(place)
            }
            Edit::Set { table, row, key, now, .. } => {
                let field = ((table.clone(), row.clone()), key.clone());
                self.values.get(&field).is_some_and(|values| values.contains(now))
            }
            Edit::Order { .. } => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::{Meeting, Note};
    use crate::domain::merge::three_way;

    fn meeting(notes: &[(&str, &str)]) -> Meeting {
        let note =
            |(id, text): &(&str, &str)| Note { id: (*id).into(), text: (*text).into(), ..Note::default() };
        Meeting { notes: notes.iter().map(note).collect(), ..Meeting::default() }
    }

    #[test]
    fn an_old_buffer_takes_nothing_back_and_its_own_changes_count() {
        let first = meeting(&[("a", "một"), ("b", "hai"), ("c", "ba")]);
        let last = meeting(&[("a", "một, sửa"), ("b", "hai"), ("n", "mới")]);
        let mut known = Known::default();
        known.learn(&first, &last);
        let theirs = meeting(&[("a", "một"), ("b", "hai, tay"), ("c", "ba")]);
        let base = known.base(&last, &theirs);
        let merged = three_way(&base, &last, &theirs);
        let expected = meeting(&[("a", "một, sửa"), ("b", "hai, tay"), ("n", "mới")]);
        assert_eq!(merged, expected);
    }

    #[test]
    fn words_after_an_older_text_do_not_take_the_newer_words_away() {
        let mut known = Known::default();
        let last = meeting(&[("a", "một hai")]);
        known.learn(&meeting(&[("a", "một")]), &last);
        for (theirs, conflicts) in [("một ba", 1), ("một hai ba", 0), ("khác", 0)] {
            let theirs = meeting(&[("a", theirs)]);
            let base = known.base(&last, &theirs);
            let merged = three_way(&base, &last, &theirs);
            assert_eq!(merged.conflicts.len(), conflicts, "{theirs:?}");
        }
    }

    #[test]
    fn a_row_is_kept_once_and_one_that_was_always_there_never() {
        let mut known = Known::default();
        let last = meeting(&[("a", "một"), ("n", "mới")]);
        known.learn(&meeting(&[("a", "một")]), &last);
        let without = meeting(&[("a", "một")]);
        for kept in [2, 1] {
            let base = known.base(&last, &without);
            assert_eq!(three_way(&base, &last, &without).notes.len(), kept);
        }
        let without = meeting(&[("n", "mới")]);
        let base = known.base(&last, &without);
        assert_eq!(three_way(&base, &last, &without), without);
    }
}
