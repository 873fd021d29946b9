//! English assignments: "Finance shall report", "Audit, with Finance, to prepare the plan". Must not know Vietnamese
//! wording.

use super::owner::{self, known_at};
use super::scan::Scan;
use super::{Known, Owner};

const MODALS: [&str; 8] = ["is to", "are to", "shall", "must", "will", "should", "has to", "to"];

/// Words that begin a sentence about nobody.
const NOBODY: [&str; 13] =
    ["it", "this", "that", "there", "we", "they", "he", "she", "you", "i", "which", "these", "those"];

/// Vietnamese words typed without marks that begin with "to".
const NOT_TO: [&str; 6] = ["to chuc", "to trinh", "to truong", "to giac", "to cao", "to dan"];

/// The byte after a modal verb, if one stands at `at`.
pub(super) fn after_modal(scan: &Scan, at: usize) -> Option<usize> {
    scan.eat_any(at, &MODALS).filter(|_| scan.eat_any(at, &NOT_TO).is_none())
}

/// Owners before a modal verb and what follows it. With "to" the first owner must be known.
pub(super) fn subject(scan: &Scan, at: usize, known: &[Known]) -> Option<(Vec<Owner>, Vec<Owner>, String)> {
    let (modal, _) = scan.ends_of(&MODALS, at).next()?;
    let next = after_modal(scan, modal)?;
    let words = scan.text[at..modal].trim().trim_end_matches(',');
    let capital = words.starts_with(char::is_uppercase);
    if words.is_empty() || words.split(' ').count() > 12 || scan.eat_any(at, &NOBODY).is_some() || !capital {
        return None;
    }
    let start = scan.eat(at, "the").unwrap_or(at);
    if scan.eat(modal, "to").is_some() && known_at(scan, start, known).is_none() {
        return None;
    }
    let (lead, support) = words.split_once(" with ").unwrap_or((words, ""));
    Some((names(lead, known), names(support, known), scan.rest(next).to_owned()))
}

/// Names separated by commas and "and": known ones by name, others as said.
fn names(words: &str, known: &[Known]) -> Vec<Owner> {
    let pieces = words.split(',').flat_map(|piece| piece.split(" and ")).map(str::trim);
    pieces.filter(|piece| !piece.is_empty()).map(|piece| name(piece, known)).collect()
}

fn name(piece: &str, known: &[Known]) -> Owner {
    let scan = Scan::new(piece);
    let listed = owner::list(&scan, 0, known, false).filter(|(_, end)| *end == piece.len());
    let owner = listed.and_then(|(owners, _)| owners.into_iter().next());
    owner.unwrap_or_else(|| Owner { text: piece.to_owned(), id: None })
}
