//! The one mechanism of change: an edit carries what was and what is now, and applying it is a three-way merge with
//! *was* as the base. Typing results, undo, redo, journal, a second window and outside changes are all lists of edits.
//! Knows no session, no file, no particular record.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use crate::domain::fields::{Policy, Record, Row, Rows};
use crate::domain::resolve::{self, Resolved};
use crate::domain::value::{Pairs, Value};

/// A row among the rows of a table: its id and its place among rows that share the id (0 is the first).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowKey {
    pub id: String,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub nth: usize,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// A whole row, typed or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowData {
    pub key: RowKey,
    /// The id stands in memory only.
    #[serde(default)]
    pub unwritten_id: bool,
    pub pairs: Pairs,
}

/// One change to a record. The table of the head is the empty name, its row the empty id.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit {
    Set { table: String, row: RowKey, key: String, was: Option<Value>, now: Option<Value> },
    Insert { table: String, after: Option<RowKey>, row: RowData },
    Remove { table: String, after: Option<RowKey>, row: RowData },
    Order { table: String, was: Vec<RowKey>, now: Vec<RowKey> },
}

impl Edit {
    /// The edit that takes this one back.
    pub fn inverse(&self) -> Edit {
        match self.clone() {
            Edit::Set { table, row, key, was, now } => Edit::Set { table, row, key, was: now, now: was },
            Edit::Insert { table, after, row } => Edit::Remove { table, after, row },
            Edit::Remove { table, after, row } => Edit::Insert { table, after, row },
            Edit::Order { table, was, now } => Edit::Order { table, was: now, now: was },
        }
    }

    /// The table it changes; empty for the head.
    pub fn table(&self) -> &str {
        match self {
            Edit::Set { table, .. }
            | Edit::Insert { table, .. }
            | Edit::Remove { table, .. }
            | Edit::Order { table, .. } => table,
        }
    }
}

/// The edits that take back a list, in the order to apply them.
pub fn inverse(edits: &[Edit]) -> Vec<Edit> {
    edits.iter().rev().map(Edit::inverse).collect()
}

/// Rows that are gone from a record, in case an edit of another side still needs them.
pub type Graveyard = HashMap<(String, RowKey), (RowData, Option<RowKey>)>;

/// The keys of all rows of a table in order.
pub fn keys(rows: &dyn Rows) -> Vec<RowKey> {
    let mut seen: HashMap<&str, usize> = HashMap::with_capacity(rows.len());
    rows.iter()
        .map(|row| {
            let nth = seen.entry(row.id()).or_insert(0);
            let key = RowKey { id: row.id().to_owned(), nth: *nth };
            *nth += 1;
            key
        })
        .collect()
}

/// The row as data.
pub fn data(row: &dyn Row, key: RowKey) -> RowData {
    RowData { key, unwritten_id: row.extra().unwritten_id, pairs: row.pairs() }
}

/// What changed from one version of a record to another, in linear time: applying it to `before` gives `after`.
pub fn between(before: &dyn Record, after: &dyn Record) -> Vec<Edit> {
    let mut edits = Vec::new();
    let head = RowKey { id: String::new(), nth: 0 };
    field_edits("", &head, before.head(), after.head(), &mut edits);
    for table in before.tables() {
        if let (Some(old), Some(new)) = (before.rows(table), after.rows(table)) {
            table_edits(table, old, new, &mut edits);
        }
    }
    edits
}

fn table_edits(table: &str, old: &dyn Rows, new: &dyn Rows, edits: &mut Vec<Edit>) {
    let (old_keys, new_keys) = (keys(old), keys(new));
    let old_at: HashMap<&RowKey, usize> = old_keys.iter().enumerate().map(|(i, key)| (key, i)).collect();
    let new_at: HashMap<&RowKey, usize> = new_keys.iter().enumerate().map(|(i, key)| (key, i)).collect();

    // Later rows go first, so that taking the removals back finds every predecessor in place.
    for (i, key) in old_keys.iter().enumerate().rev() {
        if let (false, Some(row)) = (new_at.contains_key(key), old.row(i)) {
            let after = i.checked_sub(1).map(|before| old_keys[before].clone());
            edits.push(Edit::Remove { table: table.to_owned(), after, row: data(row, key.clone()) });
        }
    }
    for (i, key) in new_keys.iter().enumerate() {
        if let (false, Some(row)) = (old_at.contains_key(key), new.row(i)) {
            let after = i.checked_sub(1).map(|before| new_keys[before].clone());
            edits.push(Edit::Insert { table: table.to_owned(), after, row: data(row, key.clone()) });
        }
    }
    let kept: Vec<&RowKey> = old_keys.iter().filter(|key| new_at.contains_key(key)).collect();
    order_edit(table, kept, &new_keys, &old_at, edits);
    for (i, key) in new_keys.iter().enumerate() {
        let Some(&j) = old_at.get(key) else { continue };
        if let (Some(was), Some(now)) = (old.row(j), new.row(i)) {
            field_edits(table, key, was, now, edits);
        }
    }
}

/// Removals and insertions leave the rows in some order; where it is not the new one, the whole new order is named.
fn order_edit(
    table: &str,
    kept: Vec<&RowKey>,
    new_keys: &[RowKey],
    old_at: &HashMap<&RowKey, usize>,
    edits: &mut Vec<Edit>,
) {
    let still: Vec<&RowKey> = new_keys.iter().filter(|key| old_at.contains_key(key)).collect();
    if kept == still {
        return;
    }
    let mut reached = kept;
    for (i, key) in new_keys.iter().enumerate().filter(|(_, key)| !old_at.contains_key(key)) {
        let after = i.checked_sub(1).and_then(|before| reached.iter().position(|k| **k == new_keys[before]));
        let at = if i == 0 { 0 } else { after.map_or(reached.len(), |at| at + 1) };
        reached.insert(at, key);
    }
    if !reached.iter().copied().eq(new_keys) {
        let was = reached.into_iter().cloned().collect();
        edits.push(Edit::Order { table: table.to_owned(), was, now: new_keys.to_vec() });
    }
}

fn field_edits(table: &str, key: &RowKey, was: &dyn Row, now: &dyn Row, edits: &mut Vec<Edit>) {
    if was.same(now) {
        return;
    }
    let (old, new) = (was.pairs(), now.pairs());
    let mut set = |name: &str, was: Option<Value>, now: Option<Value>| {
        let (table, row, key) = (table.to_owned(), key.clone(), name.to_owned());
        edits.push(Edit::Set { table, row, key, was, now });
    };
    for (name, value) in &old {
        match crate::domain::value::find(&new, name) {
            Some(same) if same == value => {}
            changed => set(name, Some(value.clone()), changed.cloned()),
        }
    }
    for (name, value) in &new {
        if crate::domain::value::find(&old, name).is_none() {
            set(name, None, Some(value.clone()));
        }
    }
}

/// Applies edits to a record that may have changed since they were made. An edit already in place changes nothing;
/// a field changed on both sides keeps both values (a conflict row where the record has a table for them).
/// A row whose removal meets a change stays.
pub fn apply(record: &mut dyn Record, edits: &[Edit]) {
    apply_with(record, edits, &Graveyard::new());
}

/// As [`apply`], with rows to bring back when an edit concerns a row that is gone.
pub fn apply_with(record: &mut dyn Record, edits: &[Edit], graveyard: &Graveyard) {
    for edit in edits {
        match edit {
            Edit::Set { table, row, key, was, now } => {
                set(record, Place { table, row, key }, was.as_ref(), now.as_ref(), graveyard);
            }
            Edit::Insert { table, after, row } => insert(record, table, after.as_ref(), row),
            Edit::Remove { table, row, .. } => remove(record, table, row),
            Edit::Order { table, was, now } => order(record, table, was, now),
        }
    }
}

#[derive(Clone, Copy)]
struct Place<'a> {
    table: &'a str,
    row: &'a RowKey,
    key: &'a str,
}

fn set(
    record: &mut dyn Record,
    place: Place<'_>,
    was: Option<&Value>,
    now: Option<&Value>,
    graveyard: &Graveyard,
) {
    if row_mut(record, place).is_none() {
        revive(record, place, graveyard);
    }
    let Some(row) = row_mut(record, place) else { return };
    let policy = row.field(place.key).map_or(Policy::Scalar, |field| field.policy);
    let current = row.get(place.key);
    match resolve::field(policy, was, current.as_ref(), now) {
        Resolved::Unchanged => {}
        Resolved::Value(value) => row.put(place.key, value),
        Resolved::Conflict { shown, values } => {
            row.put(place.key, Some(shown));
            resolve::keep_conflict(record, &place.row.id, place.key, &values);
        }
    }
}

fn row_mut<'a>(record: &'a mut dyn Record, place: Place<'_>) -> Option<&'a mut dyn Row> {
    if place.table.is_empty() {
        return Some(record.head_mut());
    }
    let rows = record.rows_mut(place.table)?;
    let at = rows.position(&place.row.id, place.row.nth)?;
    rows.row_mut(at)
}

/// An edit beats a removal: the row comes back as it last was, or with nothing but its id.
fn revive(record: &mut dyn Record, place: Place<'_>, graveyard: &Graveyard) {
    let known = graveyard.get(&(place.table.to_owned(), place.row.clone()));
    match known {
        Some((row, after)) => insert(record, place.table, after.as_ref(), row),
        None => {
            let row = RowData { key: place.row.clone(), unwritten_id: false, pairs: Vec::new() };
            insert_at_end(record, place.table, &row);
        }
    }
}

fn insert_at_end(record: &mut dyn Record, table: &str, row: &RowData) {
    if let Some(rows) = record.rows_mut(table) {
        let end = rows.len();
        place_row(rows, end, row);
    }
}

fn place_row(rows: &mut dyn Rows, at: usize, row: &RowData) {
    rows.insert_pairs(at, &row.pairs);
    if let Some(new) = rows.row_mut(at) {
        new.set_id(row.key.id.clone());
        new.extra_mut().unwritten_id = row.unwritten_id;
    }
}

fn insert(record: &mut dyn Record, table: &str, after: Option<&RowKey>, row: &RowData) {
    let Some(rows) = record.rows_mut(table) else { return };
    if rows.position(&row.key.id, row.key.nth).is_none() {
        let at = match after {
            None => 0,
            Some(key) => rows.position(&key.id, key.nth).map_or(rows.len(), |at| at + 1),
        };
        place_row(rows, at, row);
        return;
    }
    // Both sides inserted the row: its fields merge with nothing as the base.
    let nothing = Graveyard::new();
    for (key, value) in &row.pairs {
        set(record, Place { table, row: &row.key, key }, None, Some(value), &nothing);
    }
}

fn remove(record: &mut dyn Record, table: &str, removed: &RowData) {
    let Some(rows) = record.rows_mut(table) else { return };
    let Some(at) = rows.position(&removed.key.id, removed.key.nth) else { return };
    let unchanged = rows.row(at).is_some_and(|row| same_pairs(&row.pairs(), &removed.pairs));
    if unchanged {
        rows.remove_row(at);
    }
}

fn same_pairs(a: &Pairs, b: &Pairs) -> bool {
    // The id of a hand-added row may have been written meanwhile; that alone is no change of the row.
    let plain = |pairs: &Pairs| {
        let pairs = pairs.iter().filter(|(key, _)| key != "id").cloned().collect();
        Value::Table(pairs)
    };
    plain(a) == plain(b)
}

fn order(record: &mut dyn Record, table: &str, was: &[RowKey], now: &[RowKey]) {
    let Some(rows) = record.rows_mut(table) else { return };
    let current: Vec<RowKey> = keys(rows).into_iter().filter(|key| now.contains(key)).collect();
    let present: Vec<RowKey> = now.iter().filter(|key| current.contains(key)).cloned().collect();
    let was: Vec<RowKey> = was.iter().filter(|key| current.contains(key)).cloned().collect();
    let wanted = if current == was { present } else { resolve::order(&was, &current, &present) };
    arrange(rows, &wanted);
}

/// Puts the named rows into this order, in the places that they hold together; other rows stay where they are.
pub fn arrange(rows: &mut dyn Rows, wanted: &[RowKey]) {
    let named: std::collections::HashSet<&RowKey> = wanted.iter().collect();
    let mut now = keys(rows);
    let slots: Vec<usize> = (0..now.len()).filter(|&i| named.contains(&now[i])).collect();
    for (slot, key) in slots.into_iter().zip(wanted) {
        let Some(from) = now.iter().position(|k| k == key) else { continue };
        if from != slot {
            // A swap keeps every other row in its place while the named ones are sorted slot by slot.
            rows.move_row(from, slot);
            rows.move_row(if from > slot { slot + 1 } else { slot - 1 }, from);
            now.swap(from, slot);
        }
    }
}
