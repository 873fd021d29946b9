//! Ids for rows that have none in the file: the same file always gives the same ids, so that two windows agree.
//! Knows rows and values, no text and no disk.

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

use crate::domain::fields::{Record, Row, Shape};
use crate::domain::value::{Pairs, Value, find};
use crate::store::layout::Step;

const CROCKFORD: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// Gives every row and log entry without an id one made from its content, and marks the rows.
///
/// Returns the addresses of the log entries: their type has no room for the mark.
pub(super) fn give_ids(record: &mut dyn Record) -> Vec<Vec<Step>> {
    let mut ids = Ids { taken: written(record), seen: HashMap::new() };
    let mut unwritten = Vec::new();
    for &table in record.tables() {
        let count = record.rows(table).map_or(0, |rows| rows.len());
        for index in 0..count {
            let Some(row) = record.rows_mut(table).and_then(|rows| rows.row_mut(index)) else { continue };
            if row.id().is_empty() {
                let id = ids.make(table, &content(row));
                row.set_id(id);
                row.extra_mut().unwritten_id = true;
            }
            for (key, entry) in give_entry_ids(row, table, &mut ids) {
                unwritten.push(vec![
                    Step::Key(table.to_owned()),
                    Step::Index(index),
                    Step::Key(key.to_owned()),
                    Step::Index(entry),
                ]);
            }
        }
    }
    unwritten
}

fn give_entry_ids(row: &mut dyn Row, table: &str, ids: &mut Ids) -> Vec<(&'static str, usize)> {
    let mut given = Vec::new();
    let logs = row.fields().iter().filter(|field| field.shape == Shape::Blocks);
    for field in logs {
        let Some(Value::List(mut entries)) = row.get(field.key) else { continue };
        let place = format!("{table}.{}.{}", row.id(), field.key);
        let mut changed = false;
        for (index, entry) in entries.iter_mut().enumerate() {
            let Value::Table(pairs) = entry else { continue };
            if find(pairs, "id").is_none() {
                let id = ids.make(&place, &Value::Table(pairs.clone()).canonical());
                pairs.insert(0, ("id".to_owned(), Value::Text(id)));
                given.push((field.key, index));
                changed = true;
            }
        }
        if changed {
            row.put(field.key, Some(Value::List(entries)));
        }
    }
    given
}

struct Ids {
    taken: HashSet<String>,
    /// How often each content was met, so that equal rows get different ids.
    seen: HashMap<String, usize>,
}

impl Ids {
    fn make(&mut self, place: &str, content: &str) -> String {
        let content = format!("{place}\n{content}");
        let met = self.seen.entry(content.clone()).or_insert(0);
        *met += 1;
        let mut turn = 0_u32;
        loop {
            let id = hashed(&format!("{met}\n{turn}\n{content}"));
            if self.taken.insert(id.clone()) {
                return id;
            }
            turn += 1;
        }
    }
}

/// Eight Crockford characters: the first forty bits of the hash.
fn hashed(content: &str) -> String {
    let hash = Sha256::digest(content.as_bytes());
    let bits = hash.iter().take(5).fold(0_u64, |bits, &byte| bits << 8 | u64::from(byte));
    (0..8).rev().map(|i| char::from(CROCKFORD[(bits >> (i * 5) & 31) as usize])).collect()
}

/// The content that an id is made from: everything but the ids that were made up.
fn content(row: &dyn Row) -> String {
    let pairs: Pairs = row.pairs().into_iter().filter(|(key, _)| key != "id").collect();
    Value::Table(pairs).canonical()
}

fn written(record: &dyn Record) -> HashSet<String> {
    let rows = record.tables().iter().filter_map(|table| record.rows(table));
    rows.flat_map(|rows| rows.iter().map(|row| row.id().to_owned()).collect::<Vec<_>>()).collect()
}
