//! Blocks of a text in another order.

use std::collections::{HashMap, HashSet};

use crate::store::layout::{Section, Source, Step};

/// The text with the blocks at the address in another order: `order` holds their places now. Each takes its comments
/// and everything below it along.
pub(super) fn permuted(source: &Source, at: &[Step], order: &[usize]) -> String {
    let group = |section: &Section| match section.address.get(at.len()) {
        Some(Step::Index(index)) if section.address.starts_with(at) => Some(*index),
        _ => None,
    };
    let mut groups: HashMap<usize, Vec<&Section>> = HashMap::new();
    for section in &source.sections {
        if let Some(index) = group(section) {
            groups.entry(index).or_default().push(section);
        }
    }
    let newline = source.newline.text();
    let mut out = String::with_capacity(source.text.len());
    let mut slots = order.iter();
    let mut seen = HashSet::new();
    let mut push = |section: &Section| {
        if !out.is_empty() && !out.ends_with('\n') {
            out.push_str(newline);
        }
        out.push_str(&source.text[section.start..section.end]);
    };
    for section in &source.sections {
        let Some(index) = group(section) else {
            push(section);
            continue;
        };
        if seen.insert(index) {
            let wanted = slots.next().copied().unwrap_or(index);
            groups.remove(&wanted).into_iter().flatten().for_each(&mut push);
        }
    }
    out.push_str(&source.text[source.sections.last().map_or(0, |section| section.end)..]);
    out
}
