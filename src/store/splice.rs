//! Writing a changed record back into its text so that only the changed records' bytes differ.
//! Knows the layout of a text and the values of two records; knows no disk.

mod above;
mod items;
mod order;
mod patch;
#[cfg(test)]
mod tests;
mod values;

use std::collections::{HashMap, HashSet};

use crate::domain::fields::{Record, Row, Rows};
use crate::domain::value::{Value, find};
use crate::store::layout::{Source, Step};
use crate::store::made_up;
use crate::store::meeting_file::{LARGEST, Opened, compose, read};
use crate::store::splice::values::{Ids, NewRow};

/// The text could not be brought to hold the new record; nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfaithful {
    /// The table whose rows did not read back; empty for the head.
    Table(String),
    /// The text would be larger than a file that can be read again.
    Overfull,
}

/// A row of the new record: its table and its place there.
type Place = (&'static str, usize);

/// The text (without byte order mark) that holds `new`, made from the text that `old` was read from.
///
/// Records that are equal in both keep their bytes. The result was read again and equals `new`, with two liberties:
/// texts are in NFC, and a value that stood where rows belong is kept under another name once there are rows.
pub fn splice<R>(source: &Source, old: &R, new: &R) -> Result<Opened<R>, Unfaithful>
where
    R: Record + Default + Clone,
{
    let mut written = referenced(new);
    loop {
        let mut wanted = new.clone();
        make_room(&mut wanted);
        write_ids(old, &mut wanted, &written);
        let text = attempt(source, old, &wanted, &written)?;
        let opened = reread::<R>(source, &text)?;
        let strays = strays(&opened.record, &wanted)?;
        if strays.is_empty() {
            return Ok(opened);
        }
        let before = written.len();
        written.extend(strays.iter().copied());
        if written.len() == before {
            return Err(Unfaithful::Table(strays[0].0.to_owned()));
        }
    }
}

/// The text of a new file that holds the record.
pub fn write_new<R>(record: &R) -> Result<Opened<R>, Unfaithful>
where
    R: Record + Default + Clone,
{
    let empty = R::default();
    splice(&Source::of("", &toml::de::DeTable::new(), &empty), &empty, record)
}

fn reread<R: Record + Default>(source: &Source, text: &str) -> Result<Opened<R>, Unfaithful> {
    if source.bom && text.len() + '\u{feff}'.len_utf8() > LARGEST || text.len() > LARGEST {
        return Err(Unfaithful::Overfull);
    }
    let mut opened = read::<R>(text.as_bytes()).map_err(|_| Unfaithful::Table(String::new()))?;
    opened.source.bom = source.bom;
    if text.is_empty() {
        opened.source.newline = source.newline;
    }
    Ok(opened)
}

/// A value that nobody understood under the name of a table takes another name once the table gets rows.
fn make_room(record: &mut dyn Record) {
    for &table in record.tables() {
        let has_rows = record.rows(table).is_some_and(|rows| !rows.is_empty());
        let Some(value) = record.head().get(table).filter(|_| has_rows) else { continue };
        let mut name = format!("{table}-kept");
        while record.head().get(&name).is_some() {
            name.push('-');
        }
        let head = record.head_mut();
        head.put(table, None);
        head.put(&name, Some(value));
    }
}

/// Rows without a written id that something in the record refers to.
fn referenced(record: &dyn Record) -> HashSet<Place> {
    let mut found = HashSet::new();
    let mut unwritten = HashMap::new();
    for &table in record.tables() {
        for (index, row) in rows(record, table).enumerate() {
            if row.extra().unwritten_id {
                unwritten.insert(row.id().to_owned(), (table, index));
            }
        }
    }
    if unwritten.is_empty() {
        return found;
    }
    let texts = record.tables().iter().flat_map(|table| rows(record, table)).flat_map(|row| row.pairs());
    for (_, value) in texts {
        mentions(&value, &mut |text| {
            found.extend(unwritten.get(text).copied());
        });
    }
    found
}

fn mentions(value: &Value, found: &mut dyn FnMut(&str)) {
    match value {
        Value::Text(text) => found(text),
        Value::List(items) => items.iter().for_each(|item| mentions(item, found)),
        Value::Table(pairs) => pairs.iter().for_each(|(_, item)| mentions(item, found)),
        _ => {}
    }
}

fn rows<'a>(record: &'a dyn Record, table: &str) -> impl Iterator<Item = &'a dyn Row> {
    record.rows(table).into_iter().flat_map(|rows| rows.iter())
}

/// For each row of the new table, the row of the old one with the same id and occurrence.
fn matched(old: &dyn Rows, new: &dyn Rows) -> Vec<Option<usize>> {
    let mut places: HashMap<(&str, usize), usize> = HashMap::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (index, row) in old.iter().enumerate() {
        let nth = seen.entry(row.id()).or_insert(0);
        places.insert((row.id(), *nth), index);
        *nth += 1;
    }
    seen.clear();
    let mut found = Vec::new();
    for row in new.iter() {
        let nth = seen.entry(row.id()).or_insert(0);
        found.push(places.get(&(row.id(), *nth)).copied());
        *nth += 1;
    }
    found
}

/// Marks as written the ids of rows that changed, are new or are in `places`; texts become NFC.
fn write_ids<R: Record>(old: &R, new: &mut R, places: &HashSet<Place>) {
    compose_row(new.head_mut());
    for &table in new.tables() {
        let (Some(before), Some(after)) = (old.rows(table), new.rows(table)) else { continue };
        let origin = matched(before, after);
        let Some(after) = new.rows_mut(table) else { continue };
        for (index, origin) in origin.into_iter().enumerate() {
            let Some(row) = after.row_mut(index) else { continue };
            compose_row(row);
            let old = origin.and_then(|i| before.row(i));
            let same = old.is_some_and(|old| alike(old, row));
            // Taking a change back may take its id out of the file again.
            let taken_back = old.is_some_and(|old| !old.extra().unwritten_id);
            let needed = (!same && !taken_back) || places.contains(&(table, index));
            let id = row.id().to_owned();
            if !id.is_empty() && row.extra().unwritten_id && needed {
                row.put("id", Some(Value::Text(id)));
            }
        }
    }
    made_up::give_ids(new);
    write_made_up(old, new);
}

/// Rows the program adds without an id get theirs written.
fn write_made_up<R: Record>(old: &R, new: &mut R) {
    for &table in new.tables() {
        let (Some(before), Some(after)) = (old.rows(table), new.rows(table)) else { continue };
        let fresh: Vec<_> = matched(before, after).iter().map(Option::is_none).collect();
        let Some(after) = new.rows_mut(table) else { continue };
        for (index, _) in fresh.iter().enumerate().filter(|(_, fresh)| **fresh) {
            let Some(row) = after.row_mut(index) else { continue };
            let id = row.id().to_owned();
            if row.extra().unwritten_id {
                row.put("id", Some(Value::Text(id)));
            }
        }
    }
}

fn compose_row(row: &mut dyn Row) {
    for (key, mut value) in row.pairs() {
        if compose(&mut value) {
            row.put(&key, Some(value));
        }
    }
}

/// Whether two rows hold the same values; ids made up count as absent.
fn alike(a: &dyn Row, b: &dyn Row) -> bool {
    Value::Table(a.pairs()) == Value::Table(b.pairs())
}

fn attempt<R>(source: &Source, old: &R, new: &R, written: &HashSet<Place>) -> Result<String, Unfaithful>
where
    R: Record + Default + Clone,
{
    match reordered(source, old, new)? {
        Some((source, old)) => Ok(patched(&source, &old, new, written)),
        None => Ok(patched(source, old, new, written)),
    }
}

/// The text and record with the old rows in the order of the new ones, when that order differs.
fn reordered<R>(source: &Source, old: &R, new: &R) -> Result<Option<(Source, R)>, Unfaithful>
where
    R: Record + Default + Clone,
{
    let mut text = None;
    let mut record = old.clone();
    for &table in new.tables() {
        let (Some(before), Some(after)) = (old.rows(table), new.rows(table)) else { continue };
        let mut order: Vec<_> = matched(before, after).into_iter().flatten().collect();
        if order.is_sorted() {
            continue;
        }
        order.extend((0..before.len()).filter(|index| !order.contains(index)).collect::<Vec<_>>());
        let now = text.take().unwrap_or_else(|| source.clone());
        let at = [Step::Key(table.to_owned())];
        if now.sections_under(&at).next().is_none() {
            text = Some(now);
            continue;
        }
        let moved = reread::<R>(&now, &order::permuted(&now, &at, &order))?;
        permute(&mut record, table, &order);
        text = Some(moved.source);
    }
    // Made-up ids of equal rows may have changed places; the ids known so far are the ones that count.
    Ok(text.map(|source| (source, record)))
}

fn permute(record: &mut dyn Record, table: &str, order: &[usize]) {
    let Some(rows) = record.rows_mut(table) else { return };
    let mut now: Vec<usize> = (0..order.len()).collect();
    for (to, wanted) in order.iter().enumerate() {
        let Some(from) = now.iter().position(|index| index == wanted) else { continue };
        rows.move_row(from, to);
        let index = now.remove(from);
        now.insert(to, index);
    }
}

fn patched<R: Record>(source: &Source, old: &R, new: &R, written: &HashSet<Place>) -> String {
    let mut patch = patch::Patch::new(source);
    patch.change_pairs(&[], &old.head().pairs(), &new.head().pairs(), old.head().fields());
    for &table in new.tables() {
        let (Some(before), Some(after)) = (old.rows(table), new.rows(table)) else { continue };
        let olds: Vec<_> = before.iter().map(|row| Value::Table(row.pairs())).collect();
        let new_row = |(index, (row, origin)): (usize, (&dyn Row, Option<usize>))| NewRow {
            origin,
            value: Value::Table(row.pairs()),
            ids: if written.contains(&(table, index)) { Ids::Write } else { Ids::Leave },
        };
        let rows: Vec<_> = after.iter().zip(matched(before, after)).enumerate().map(new_row).collect();
        patch.change_table(table, &olds, &rows, after.table_fields(), new.tables());
    }
    patch.apply()
}

/// Rows whose made-up ids came out different; any other difference is an error.
fn strays<R: Record>(read: &R, wanted: &R) -> Result<Vec<Place>, Unfaithful> {
    let unfaithful = |table: &str| Unfaithful::Table(table.to_owned());
    if !alike(read.head(), wanted.head()) {
        return Err(unfaithful(""));
    }
    let mut strays = Vec::new();
    for &table in wanted.tables() {
        let (Some(got), Some(want)) = (read.rows(table), wanted.rows(table)) else { continue };
        if got.len() != want.len() {
            return Err(unfaithful(table));
        }
        for (index, (got, want)) in got.iter().zip(want.iter()).enumerate() {
            if got.id() == want.id() && alike(got, want) {
                continue;
            }
            if !alike_but_ids(got, want) {
                return Err(unfaithful(table));
            }
            strays.push((table, index));
        }
    }
    Ok(strays)
}

fn alike_but_ids(a: &dyn Row, b: &dyn Row) -> bool {
    let strip = |row: &dyn Row| {
        let mut pairs = row.pairs();
        pairs.retain(|(key, _)| key != "id");
        for (_, value) in &mut pairs {
            let Value::List(items) = value else { continue };
            for item in items {
                let Value::Table(inner) = item else { continue };
                if find(inner, "id").is_some() {
                    inner.retain(|(key, _)| key != "id");
                }
            }
        }
        Value::Table(pairs)
    };
    strip(a) == strip(b)
}
