//! How two changed versions of one value become one, by the field's policy. The answer does not depend on which side
//! is called ours. Knows nothing of rows and files but the conflict rows that keep every value.

use std::collections::HashSet;

use sha2::{Digest, Sha256};

use crate::domain::edit::{RowKey, keys};
use crate::domain::fields::{Policy, Record};
use crate::domain::id::row_id;
use crate::domain::value::{Pairs, Value, find};

/// What becomes of a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    Unchanged,
    Value(Option<Value>),
    /// Changed on both sides: one value shows, all are kept until someone settles it.
    Conflict {
        shown: Value,
        values: Vec<Value>,
    },
}

/// The three-way rule for one field: `was` is what the edit started from, `current` what the record holds now,
/// `now` what the edit wants.
pub fn field(policy: Policy, was: Option<&Value>, current: Option<&Value>, now: Option<&Value>) -> Resolved {
    if current == now {
        return Resolved::Unchanged;
    }
    if current == was {
        return Resolved::Value(now.cloned());
    }
    if was == now {
        return Resolved::Unchanged;
    }
    match (current, now) {
        // A change beats a removal, on either side.
        (Some(_), None) => Resolved::Unchanged,
        (None, now) => Resolved::Value(now.cloned()),
        (Some(current), Some(now)) => both_changed(policy, was, current, now),
    }
}

fn both_changed(policy: Policy, was: Option<&Value>, current: &Value, now: &Value) -> Resolved {
    match (policy, current, now) {
        (Policy::Set, Value::List(current), Value::List(now)) => {
            Resolved::Value(some_list(set(items(was), current, now)))
        }
        (Policy::Log, Value::List(current), Value::List(now)) => {
            Resolved::Value(some_list(log(items(was), current, now)))
        }
        _ => {
            let mut values = vec![current.clone(), now.clone()];
            values.sort_by(by_weight);
            Resolved::Conflict { shown: values[1].clone(), values }
        }
    }
}

fn some_list(items: Vec<Value>) -> Option<Value> {
    (!items.is_empty()).then_some(Value::List(items))
}

fn items(was: Option<&Value>) -> &[Value] {
    match was {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}

/// Longer text is heavier, ties go by bytes.
fn by_weight(a: &Value, b: &Value) -> std::cmp::Ordering {
    a.length().cmp(&b.length()).then_with(|| a.canonical().cmp(&b.canonical()))
}

/// A list without order: what either side removed goes, what either side added comes, additions in a fixed order.
fn set(was: &[Value], current: &[Value], now: &[Value]) -> Vec<Value> {
    let mut out: Vec<Value> =
        was.iter().filter(|item| current.contains(item) && now.contains(item)).cloned().collect();
    let mut added: Vec<Value> =
        current.iter().chain(now).filter(|item| !was.contains(item)).cloned().collect();
    added.sort_by_cached_key(Value::canonical);
    added.dedup();
    out.append(&mut added);
    out
}

/// An append-only list: entries are matched by id, or by their first key (the time) where they have none.
fn log(was: &[Value], current: &[Value], now: &[Value]) -> Vec<Value> {
    let mut out = Vec::new();
    let mut done = HashSet::new();
    for entry in was {
        let key = entry_key(entry);
        let (a, b) = (entry_named(current, &key), entry_named(now, &key));
        out.extend(entry_of_both(entry, a, b));
        done.insert(key);
    }
    let mut added: Vec<Value> = Vec::new();
    for entry in current.iter().chain(now) {
        let key = entry_key(entry);
        if !done.insert(key.clone()) {
            continue;
        }
        match (entry_named(current, &key), entry_named(now, &key)) {
            (Some(a), Some(b)) if a != b => added.push(heavier(a, b)),
            _ => added.push(entry.clone()),
        }
    }
    added.sort_by_cached_key(|entry| (entry_time(entry), entry_key(entry)));
    out.append(&mut added);
    out
}

fn entry_of_both(was: &Value, a: Option<&Value>, b: Option<&Value>) -> Option<Value> {
    match (a, b) {
        (Some(a), Some(b)) => Some(if a == was {
            b.clone()
        } else if b == was {
            a.clone()
        } else {
            heavier(a, b)
        }),
        // Removed on one side: it goes only where the other left it alone.
        (Some(one), None) | (None, Some(one)) => (one != was).then(|| one.clone()),
        (None, None) => None,
    }
}

fn heavier(a: &Value, b: &Value) -> Value {
    if by_weight(a, b) == std::cmp::Ordering::Less { b.clone() } else { a.clone() }
}

fn entry_key(entry: &Value) -> String {
    let Value::Table(pairs) = entry else { return entry.canonical() };
    match find(pairs, "id").or_else(|| find(pairs, "at")).or_else(|| find(pairs, "from")) {
        Some(value) => value.canonical(),
        None => entry.canonical(),
    }
}

fn entry_named<'a>(entries: &'a [Value], key: &str) -> Option<&'a Value> {
    entries.iter().find(|entry| entry_key(entry) == key)
}

fn entry_time(entry: &Value) -> String {
    let Value::Table(pairs) = entry else { return String::new() };
    ["on", "at", "from"].iter().find_map(|key| find(pairs, key)).map(Value::canonical).unwrap_or_default()
}

/// The order of rows that both sides moved: the side that moved them wins over the one that did not; of two
/// different orders the smaller by ids holds.
pub fn order(was: &[RowKey], current: &[RowKey], now: &[RowKey]) -> Vec<RowKey> {
    if now == was {
        return current.to_vec();
    }
    if current == was {
        return now.to_vec();
    }
    current.min(now).to_vec()
}

/// Adds the competing values of a field to the conflict row of that field. The row's id follows from the field, so
/// that two windows that meet the same conflict make the same row.
pub fn keep_conflict(record: &mut dyn Record, target: &str, key: &str, values: &[Value]) {
    let Some(rows) = record.rows_mut("conflicts") else { return };
    let id = conflict_id(target, key);
    let at = rows.position(&id, 0);
    let known: Vec<Value> = match at.and_then(|at| rows.row(at)).and_then(|row| row.get("values")) {
        Some(Value::List(values)) => values,
        _ => Vec::new(),
    };
    let mut all: Vec<Value> = known.into_iter().chain(values.iter().cloned()).collect();
    all.sort_by(by_weight);
    all.dedup();
    match at.and_then(|at| rows.row_mut(at)) {
        Some(row) => row.put("values", Some(Value::List(all))),
        None => {
            let pairs: Pairs = vec![
                ("id".into(), Value::Text(id.clone())),
                ("target".into(), Value::Text(target.to_owned())),
                ("field".into(), Value::Text(key.to_owned())),
                ("values".into(), Value::List(all)),
            ];
            // Conflict rows stand in the order of their ids, so that their order does not tell who came first.
            let place = keys(rows).iter().filter(|other| other.id < id).count();
            rows.insert_pairs(place, &pairs);
        }
    }
}

fn conflict_id(target: &str, key: &str) -> String {
    let hash = Sha256::digest(format!("{target}\n{key}").as_bytes());
    row_id(hash.iter().take(5).fold(0, |n, byte| (n << 8) | u64::from(*byte)))
}
