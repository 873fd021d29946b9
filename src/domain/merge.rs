//! Two versions of a record that grew from one base become one. The result does not depend on which is called ours.
//! Knows no file and no session.

use std::collections::{HashMap, HashSet};

use crate::domain::edit::{self, Graveyard, RowKey, keys};
use crate::domain::fields::{Record, Rows};
use crate::domain::resolve;
use crate::domain::value::Value;

/// Merges two versions over their common base: the edits of theirs are applied to ours, rows are put into an order
/// both sides would choose, and of two new rows with one number the one with the larger id gets the next free number.
pub fn three_way<R: Record + Clone>(base: &R, ours: &R, theirs: &R) -> R {
    let mut merged = ours.clone();
    edit::apply_with(&mut merged, &edit::between(base, theirs), &gone(base, ours));
    for table in base.tables() {
        if let (Some(b), Some(o), Some(t)) = (base.rows(table), ours.rows(table), theirs.rows(table)) {
            let sides = Sides { base: &keys(b), ours: &keys(o), theirs: &keys(t) };
            if let Some(rows) = merged.rows_mut(table) {
                settle_order(rows, &sides);
                settle_numbers(rows, &sides);
            }
        }
    }
    merged
}

/// Rows of `before` that `after` no longer has, with their predecessors.
pub fn gone(before: &dyn Record, after: &dyn Record) -> Graveyard {
    let mut graveyard = Graveyard::new();
    for edit in edit::between(before, after) {
        if let edit::Edit::Remove { table, after, row } = edit {
            graveyard.insert((table, row.key.clone()), (row, after));
        }
    }
    graveyard
}

struct Sides<'a> {
    base: &'a [RowKey],
    ours: &'a [RowKey],
    theirs: &'a [RowKey],
}

fn settle_order(rows: &mut dyn Rows, sides: &Sides<'_>) {
    let now = keys(rows);
    let present: HashSet<&RowKey> = now.iter().collect();
    let base: HashSet<&RowKey> = sides.base.iter().collect();
    let mut wanted = Vec::with_capacity(now.len());
    let children = children(rows, sides, &present, &base);
    plant(None, &children, &mut wanted);
    for key in old_rows(sides, &present) {
        wanted.push(key.clone());
        plant(Some(&key), &children, &mut wanted);
    }
    // Rows whose predecessors name each other in a circle still have their place: the end, in a fixed order.
    let placed: HashSet<RowKey> = wanted.iter().cloned().collect();
    let mut left: Vec<RowKey> = now.iter().filter(|key| !placed.contains(key)).cloned().collect();
    left.sort();
    wanted.append(&mut left);
    if wanted != now {
        edit::arrange(rows, &wanted);
    }
}

/// The order of the rows that the base has: that of the side which moved them.
fn old_rows(sides: &Sides<'_>, present: &HashSet<&RowKey>) -> Vec<RowKey> {
    let base: Vec<RowKey> = sides.base.iter().filter(|key| present.contains(key)).cloned().collect();
    let of_side = |side: &[RowKey]| {
        let mut order: Vec<RowKey> = side.iter().filter(|key| base.contains(key)).cloned().collect();
        for (i, key) in base.iter().enumerate() {
            if !order.contains(key) {
                let at = base[..i].iter().rev().find_map(|p| order.iter().position(|k| k == p));
                order.insert(at.map_or(0, |at| at + 1), key.clone());
            }
        }
        order
    };
    if sides.ours == sides.base && sides.theirs == sides.base {
        return base;
    }
    if in_order(sides.ours, sides.base) && in_order(sides.theirs, sides.base) {
        return base;
    }
    resolve::order(&base, &of_side(sides.ours), &of_side(sides.theirs))
}

/// Whether the rows of `base` that `side` still has stand in the order of `base`.
fn in_order(side: &[RowKey], base: &[RowKey]) -> bool {
    let place: HashMap<&RowKey, usize> = base.iter().enumerate().map(|(i, key)| (key, i)).collect();
    let places: Vec<usize> = side.iter().filter_map(|key| place.get(key).copied()).collect();
    places.is_sorted()
}

type Children = HashMap<Option<RowKey>, Vec<RowKey>>;

/// New rows under the row they were put after, siblings by time and id.
fn children(
    rows: &dyn Rows,
    sides: &Sides<'_>,
    present: &HashSet<&RowKey>,
    base: &HashSet<&RowKey>,
) -> Children {
    let mut parent: HashMap<RowKey, Option<RowKey>> = HashMap::new();
    for side in [sides.ours, sides.theirs] {
        for (i, key) in side.iter().enumerate() {
            if base.contains(key) || !present.contains(key) {
                continue;
            }
            let after = side[..i].iter().rev().find(|key| present.contains(key)).cloned();
            let known = parent.entry(key.clone()).or_insert_with(|| after.clone());
            if after < *known {
                *known = after;
            }
        }
    }
    let mut children = Children::new();
    for (key, after) in parent {
        children.entry(after).or_default().push(key);
    }
    let times: HashMap<RowKey, _> =
        keys(rows).into_iter().zip(rows.iter()).map(|(key, row)| (key, row.order_time())).collect();
    for siblings in children.values_mut() {
        siblings.sort_by_key(|key| {
            let time = times.get(key).copied().flatten();
            (time.is_none(), time, key.clone())
        });
    }
    children
}

fn plant(under: Option<&RowKey>, children: &Children, wanted: &mut Vec<RowKey>) {
    // A stack instead of recursion: a meeting may have thousands of lines in one run.
    let mut stack: Vec<&RowKey> =
        children.get(&under.cloned()).into_iter().flat_map(|keys| keys.iter().rev()).collect();
    while let Some(key) = stack.pop() {
        wanted.push(key.clone());
        stack.extend(children.get(&Some(key.clone())).into_iter().flat_map(|keys| keys.iter().rev()));
    }
}

/// Numbers are given as highest and one, so two windows may give the same one; the smaller id keeps it.
fn settle_numbers(rows: &mut dyn Rows, sides: &Sides<'_>) {
    if !rows.table_fields().iter().any(|field| field.key == "number" && field.type_name == "Option<i64>") {
        return;
    }
    let set = |side: &[RowKey]| -> HashSet<RowKey> { side.iter().cloned().collect() };
    let (base, ours, theirs) = (set(sides.base), set(sides.ours), set(sides.theirs));
    let numbers: Vec<(RowKey, i64)> = keys(rows)
        .into_iter()
        .zip(rows.iter())
        .filter_map(|(key, row)| match row.get("number") {
            Some(Value::Int(n)) => Some((key, n)),
            _ => None,
        })
        .collect();
    // A new row gives way to an old row its side had removed, and to a new row of the other side with a smaller id.
    let gives_way = |key: &RowKey, n: i64, side: &HashSet<RowKey>| {
        let rival = |other: &RowKey| !side.contains(other) && (base.contains(other) || other < key);
        numbers.iter().any(|(other, m)| *m == n && rival(other))
    };
    let mut losers: Vec<(i64, RowKey)> = numbers
        .iter()
        .filter(|(key, n)| match (base.contains(key), ours.contains(key), theirs.contains(key)) {
            (false, true, false) => gives_way(key, *n, &ours),
            (false, false, true) => gives_way(key, *n, &theirs),
            _ => false,
        })
        .map(|(key, n)| (*n, key.clone()))
        .collect();
    let mut next = numbers.iter().map(|(_, n)| *n).max().unwrap_or(0);
    losers.sort();
    for (_, key) in losers {
        next = next.saturating_add(1);
        if let Some(row) = rows.position(&key.id, key.nth).and_then(|at| rows.row_mut(at)) {
            row.put("number", Some(Value::Int(next)));
        }
    }
}
