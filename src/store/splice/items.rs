//! Items of an array on lines of a person's own: which stay, and what goes or comes without touching the others and the
//! comments between them. Knows places in a text, no record.

use std::ops::Range;

use crate::domain::value::Value;
use crate::store::layout::Leaf;
use crate::store::splice::values::with_origins;

/// Places in the old and the new list that hold the same item, changed or not, in rising order.
///
/// `None` when the array is better written anew: nothing stays, or what stays changed its order.
pub(super) fn pairs(old: &[Value], new: &[Value]) -> Option<Vec<(usize, usize)>> {
    let mut same: Vec<(usize, usize)> =
        with_origins(old, new).iter().enumerate().filter_map(|(to, row)| Some((row.origin?, to))).collect();
    if !same.is_sorted() {
        return None;
    }
    same.push((old.len(), new.len()));
    let mut found = Vec::new();
    let (mut from, mut to) = (0, 0);
    for (next_from, next_to) in same {
        // Between two items that are the same, items in like places are taken for changed ones.
        found.extend((from..next_from).zip(to..next_to));
        found.push((next_from, next_to));
        (from, to) = (next_from + 1, next_to + 1);
    }
    found.pop();
    (!found.is_empty()).then_some(found)
}

/// Where the new item at `to` is put, and its text with the comma.
pub(super) fn insertion(leaf: &Leaf, pairs: &[(usize, usize)], to: usize, item: &str) -> (usize, String) {
    match pairs.iter().rfind(|pair| pair.1 < to) {
        Some((before, _)) => (leaf.items[*before].end, format!(", {item}")),
        None => (leaf.items[pairs[0].0].start, format!("{item}, ")),
    }
}

/// What goes from the text so that the items in no pair are gone. Comments between items stay.
pub(super) fn removals(text: &str, leaf: &Leaf, pairs: &[(usize, usize)]) -> Vec<Range<usize>> {
    let count = leaf.items.len();
    let stays = |index: usize| pairs.iter().any(|pair| pair.0 == index);
    let mut found = Vec::new();
    let mut first = 0;
    while first < count {
        let end = (first..count).find(|&index| stays(index)).unwrap_or(count);
        if first < end {
            found.extend(run(text, leaf, first..end));
        }
        first = end + 1;
    }
    found
}

/// Items beside each other that all go.
fn run(text: &str, leaf: &Leaf, run: Range<usize>) -> Vec<Range<usize>> {
    let items = &leaf.items;
    let last = items[run.end - 1].end;
    let before = run.start.checked_sub(1).map(|before| items[before].end..last);
    let after = items.get(run.end).map(|next| items[run.start].start..next.start);
    let gaps = |whole: &Range<usize>| {
        let between = whole.start..items[run.start].start.max(whole.start);
        let tail = last.min(whole.end)..whole.end;
        let inner = run.clone().skip(1).map(|index| items[index - 1].end..items[index].start);
        let mut gaps = inner.chain([between, tail]);
        gaps.all(|gap| !text[gap].contains('#'))
    };
    if let Some(whole) = [before, after].into_iter().flatten().find(gaps) {
        return vec![whole];
    }
    run.map(|index| items[index].start..after_comma(text, items[index].end)).collect()
}

/// The first byte after the comma that follows; `end` itself where none does.
fn after_comma(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    let blanks = rest.len() - rest.trim_start().len();
    if rest[blanks..].starts_with(',') { end + blanks + 1 } else { end }
}
