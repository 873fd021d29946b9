//! New blocks and lines for values, and which entries of two lists are the same.

use crate::domain::fields::{Field, Shape};
use crate::domain::value::{Pairs, Value, find};
use crate::store::spell;

/// A row or log entry of the new record.
pub(super) struct NewRow {
    /// The place of the old one it comes from.
    pub origin: Option<usize>,
    pub value: Value,
    pub ids: Ids,
}

/// Whether ids of log entries that were only made up are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ids {
    Write,
    Leave,
}

/// A `[[path]]` block: keys in the order of the field table, then the logs as blocks of their own.
pub(super) fn block(path: &[&str], pairs: &Pairs, fields: &[Field]) -> String {
    let mut text = format!("[[{}]]\n{}", spell::path(path.iter().copied()), lines(pairs, fields));
    for (key, value) in pairs {
        let Value::List(items) = value else { continue };
        if !is_blocks(key, value, fields) {
            continue;
        }
        for item in items {
            let Value::Table(pairs) = item else { continue };
            let path: Vec<&str> = path.iter().copied().chain([key.as_str()]).collect();
            text.push('\n');
            text.push_str(&block(&path, pairs, &[]));
        }
    }
    text
}

/// One line for each pair that is no log.
pub(super) fn lines(pairs: &Pairs, fields: &[Field]) -> String {
    let plain = pairs.iter().filter(|(key, value)| !is_blocks(key, value, fields));
    plain.map(|(key, value)| format!("{} = {}\n", spell::key(key), spell::value(value))).collect()
}

fn is_blocks(key: &str, value: &Value, fields: &[Field]) -> bool {
    let shaped = fields.iter().any(|field| field.key == key && field.shape == Shape::Blocks);
    shaped && matches!(value, Value::List(items) if all_tables(items))
}

/// Whether every item is a table, so that the list can be written as blocks.
pub(super) fn all_tables(items: &[Value]) -> bool {
    items.iter().all(|item| matches!(item, Value::Table(_)))
}

/// The new entries, each with the place of the old entry it comes from: by id, else by equal values, else none.
pub(super) fn with_origins(old: &[Value], new: &[Value]) -> Vec<NewRow> {
    let mut free: Vec<Option<&Value>> = old.iter().map(Some).collect();
    let mut origins = vec![None; new.len()];
    let tests: [fn(&Value, &Value) -> bool; 2] = [same_id, |a, b| a == b];
    for test in tests {
        for (entry, origin) in new.iter().zip(&mut origins).filter(|(_, origin)| origin.is_none()) {
            *origin = free.iter().position(|old| old.is_some_and(|old| test(old, entry)));
            if let Some(index) = *origin {
                free[index] = None;
            }
        }
    }
    let row =
        |(origin, value): (Option<usize>, &Value)| NewRow { origin, value: value.clone(), ids: Ids::Leave };
    origins.into_iter().zip(new).map(row).collect()
}

/// Whether the entries that stay keep their order, and at least one stays.
pub(super) fn in_order(old: &[Value], new: &[Value]) -> bool {
    let origins: Vec<_> = with_origins(old, new).into_iter().filter_map(|row| row.origin).collect();
    !origins.is_empty() && origins.is_sorted() && all_tables(new)
}

fn same_id(a: &Value, b: &Value) -> bool {
    id(a).is_some() && id(a) == id(b)
}

fn id(entry: &Value) -> Option<&Value> {
    match entry {
        Value::Table(pairs) => find(pairs, "id"),
        _ => None,
    }
}
