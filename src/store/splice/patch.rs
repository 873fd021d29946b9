//! Changes to a text as a list of replaced byte ranges, found through its layout. Everything outside stays.

use std::collections::HashSet;
use std::ops::Range;

use crate::domain::fields::{Field, Shape};
use crate::domain::value::{Pairs, Value, find};
use crate::store::layout::{Leaf, Section, Source, Step};
use crate::store::spell;
use crate::store::splice::above::{attached_from, comments};
use crate::store::splice::items;
use crate::store::splice::values::{self, Ids, NewRow};

/// Replacements gathered for one text.
pub(super) struct Patch<'a> {
    source: &'a Source,
    changes: Vec<Change>,
    /// Whether the row in hand gets the ids of its log entries written.
    ids: Ids,
}

struct Change {
    range: Range<usize>,
    rank: Rank,
    text: String,
}

/// What comes first at one place: keys still belong to the record above, blocks begin another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Line,
    Block,
    Replace,
}

impl<'a> Patch<'a> {
    pub fn new(source: &'a Source) -> Self {
        Patch { source, changes: Vec::new(), ids: Ids::Leave }
    }

    /// The text with all changes made.
    pub fn apply(mut self) -> String {
        self.changes.sort_by_key(|change| (change.range.start, change.rank));
        let text = &self.source.text;
        let newline = self.source.newline.text();
        let mut out = String::with_capacity(text.len() + 256);
        let mut at = 0;
        for change in &self.changes {
            out.push_str(text.get(at..change.range.start).unwrap_or_default());
            at = at.max(change.range.end);
            match change.rank {
                Rank::Replace => out.push_str(&change.text),
                Rank::Line | Rank::Block => push_lines(&mut out, &change.text, newline),
            }
        }
        out.push_str(&text[at..]);
        // A last line without its end stays so, whether it is the old one or a new one.
        if !text.is_empty() && !text.ends_with('\n') && out.ends_with('\n') {
            out.truncate(out.len() - if out.ends_with("\r\n") { 2 } else { 1 });
        }
        out
    }

    /// Brings the pairs under an address from `old` to `new`.
    pub fn change_pairs(&mut self, at: &[Step], old: &Pairs, new: &Pairs, fields: &[Field]) {
        for (key, value) in old {
            if find(new, key).is_none() {
                self.change_value(at, key, Some(value), None, fields);
            }
        }
        for (key, value) in new {
            let before = find(old, key);
            if before != Some(value) || self.lacks_ids(&join(at, Step::Key(key.clone()))) {
                self.change_value(at, key, before, Some(value), fields);
            }
        }
    }

    fn change_value(
        &mut self,
        at: &[Step],
        key: &str,
        old: Option<&Value>,
        new: Option<&Value>,
        fields: &[Field],
    ) {
        let here = join(at, Step::Key(key.to_owned()));
        if let Some(leaf) = self.source.leaf(&here) {
            return match new {
                None => self.replace(leaf.line.clone(), String::new()),
                Some(new) => self.replace_value(&here, leaf, old, new),
            };
        }
        if !self.is_present(&here) {
            return self.insert(at, key, new, fields);
        }
        match (old, new) {
            (Some(Value::Table(old)), Some(Value::Table(new)))
                if !self.has_blocks(&here) && !new.is_empty() =>
            {
                self.change_pairs(&here, old, new, &[]);
            }
            (Some(Value::List(old)), Some(Value::List(new)))
                if self.block_count(&here) == old.len() && values::in_order(old, new) =>
            {
                self.change_blocks(&here, old, &values::with_origins(old, new), &[]);
            }
            _ => {
                self.remove_under(&here);
                self.insert(at, key, new, fields);
            }
        }
    }

    /// Brings the rows of a table from `old` to `new`, whose origins stand in rising order.
    pub fn change_table(
        &mut self,
        table: &str,
        old: &[Value],
        new: &[NewRow],
        fields: &[Field],
        tables: &[&'static str],
    ) {
        let here = [Step::Key(table.to_owned())];
        let same = |(index, row): (usize, &NewRow)| {
            row.ids == Ids::Leave && row.origin == Some(index) && old.get(index) == Some(&row.value)
        };
        if old.len() == new.len() && new.iter().enumerate().all(same) {
            return;
        }
        if let Some(leaf) = self.source.leaf(&here).filter(|leaf| !leaf.items.is_empty() && !old.is_empty()) {
            let rows = Value::List(new.iter().map(|row| row.value.clone()).collect());
            return self.replace_value(&here, leaf, Some(&Value::List(old.to_vec())), &rows);
        }
        let survives = new.iter().any(|row| row.origin.is_some());
        if survives && self.block_count(&here) == old.len() {
            return self.change_blocks(&here, old, new, fields);
        }
        self.remove_under(&here);
        let place = self.place_of(table, tables);
        for row in new {
            self.insert_block(place, &[table], true, &row.value, fields);
        }
    }

    /// Where a table that is not in the file would stand: after the nearest table before it, else after the head.
    fn place_of(&self, table: &str, tables: &[&'static str]) -> usize {
        let earlier = tables.iter().take_while(|name| **name != table).collect::<Vec<_>>();
        let last = earlier.into_iter().rev().find_map(|name| self.last_end(&[Step::Key((*name).to_owned())]));
        last.unwrap_or_else(|| self.source.sections.first().map_or(0, |head| head.end))
    }

    /// Brings blocks from `old` to `new`; the ones that stay are in the same order in both.
    fn change_blocks(&mut self, at: &[Step], old: &[Value], new: &[NewRow], fields: &[Field]) {
        let stay: HashSet<usize> = new.iter().filter_map(|row| row.origin).collect();
        for index in (0..old.len()).filter(|index| !stay.contains(index)) {
            self.remove_under(&join(at, Step::Index(index)));
        }
        let names: Vec<&str> = names(at);
        let mut before = None;
        for (position, row) in new.iter().enumerate() {
            let Some(index) = row.origin else {
                let after = before.and_then(|index| self.last_end(&join(at, Step::Index(index))));
                let next = || new[position..].iter().find_map(|row| row.origin);
                let place = after.or_else(|| self.attached(&join(at, Step::Index(next()?))));
                let place = place.unwrap_or_else(|| self.last_end(&at[..at.len() - 1]).unwrap_or(0));
                self.insert_block(place, &names, after.is_some(), &row.value, fields);
                continue;
            };
            before = Some(index);
            if row.ids == Ids::Write || self.ids == Ids::Write || old[index] != row.value {
                self.change_block(&join(at, Step::Index(index)), &old[index], row, fields);
            }
        }
        if new.len() > 1 {
            self.make_repeatable(at);
        }
    }

    fn change_block(&mut self, at: &[Step], old: &Value, row: &NewRow, fields: &[Field]) {
        let outer = self.ids;
        if row.ids == Ids::Write {
            self.ids = Ids::Write;
        }
        if let (Value::Table(old), Value::Table(new)) = (old, &row.value) {
            self.change_pairs(at, old, new, fields);
            self.write_id(at, new);
        }
        self.ids = outer;
    }

    /// Writes the made-up id of a log entry that stays.
    fn write_id(&mut self, at: &[Step], pairs: &Pairs) {
        if self.ids == Ids::Write && self.source.unwritten.iter().any(|entry| entry == at) {
            self.change_value(at, "id", None, find(pairs, "id"), &[]);
        }
    }

    /// Whether a log under the address has entries whose ids are to be written now.
    fn lacks_ids(&self, at: &[Step]) -> bool {
        self.ids == Ids::Write && self.source.unwritten.iter().any(|entry| entry.starts_with(at))
    }

    /// `[notes]` becomes `[[notes]]` before a second row joins it.
    fn make_repeatable(&mut self, at: &[Step]) {
        let here = join(at, Step::Index(0));
        if let Some(section) = self.source.section(&here).filter(|section| section.single) {
            self.replace(section.header.clone(), format!("[[{}]]", spell::path(names(at))));
        }
    }

    fn replace_value(&mut self, at: &[Step], leaf: &Leaf, old: Option<&Value>, new: &Value) {
        if let (Some(Value::List(old)), Value::List(new)) = (old, new)
            && old.len() == leaf.items.len()
            && let Some(pairs) = items::pairs(old, new)
        {
            return self.change_items(at, leaf, (old, new), &pairs);
        }
        self.replace(leaf.value.clone(), spell::value(new));
    }

    /// Brings the items of an array from `old` to `new`; `pairs` are the places that belong together.
    fn change_items(
        &mut self,
        at: &[Step],
        leaf: &Leaf,
        (old, new): (&[Value], &[Value]),
        pairs: &[(usize, usize)],
    ) {
        // What comes before an item stands before what replaces it.
        for (to, item) in new.iter().enumerate().filter(|(to, _)| !pairs.iter().any(|pair| pair.1 == *to)) {
            let (place, text) = items::insertion(leaf, pairs, to, &spell::value(item));
            self.replace(place..place, text);
        }
        for &(from, to) in pairs {
            if old[from] != new[to] || self.lacks_ids(&join(at, Step::Index(from))) {
                self.replace(leaf.items[from].clone(), spell::value(&new[to]));
            }
        }
        for range in items::removals(&self.source.text, leaf, pairs) {
            self.replace(range, String::new());
        }
    }

    /// Adds a key that the file does not have yet.
    fn insert(&mut self, at: &[Step], key: &str, value: Option<&Value>, fields: &[Field]) {
        let Some(value) = value else { return };
        let shape = fields.iter().find(|field| field.key == key).map_or(Shape::Inline, |field| field.shape);
        let path: Vec<&str> = names(at).into_iter().chain([key]).collect();
        match (shape, value) {
            (Shape::Blocks, Value::List(items)) if values::all_tables(items) => {
                let place = self.last_end(at).unwrap_or(self.source.text.len());
                for item in items {
                    self.insert_block(place, &path, true, item, &[]);
                }
            }
            (Shape::Block, Value::Table(pairs)) => {
                let place = self.source.sections.last().map_or(0, |section| section.end);
                let lines = values::lines(pairs, &[]);
                self.change(place..place, Rank::Block, format!("\n[{}]\n{lines}", spell::path(path)));
            }
            _ => self.insert_line(at, key, value, fields),
        }
    }

    fn insert_line(&mut self, at: &[Step], key: &str, value: &Value, fields: &[Field]) {
        if let Some(section) =
            self.source.section(at).or_else(|| self.source.sections.first().filter(|_| at.is_empty()))
        {
            let place = line_place(section, key, fields);
            let apart = section.header.is_empty() && place == 0 && !self.source.text.is_empty();
            let end = if apart { "\n\n" } else { "\n" };
            return self.change(
                place..place,
                Rank::Line,
                format!("{} = {}{end}", spell::key(key), spell::value(value)),
            );
        }
        // Siblings written as dotted keys get another dotted key.
        if let Some((section, leaf)) =
            self.source.leaves_under(at).filter(|(s, _)| s.address.len() < at.len()).last()
        {
            let depth = at.len() - section.address.len();
            let path = spell::path(leaf.path[..depth].iter().map(String::as_str).chain([key]));
            let place = leaf.line.end;
            return self.change(place..place, Rank::Line, format!("{path} = {}\n", spell::value(value)));
        }
        let place = self.attached(at).unwrap_or(self.source.text.len());
        let header = spell::path(names(at));
        let text = format!("[{header}]\n{} = {}\n\n", spell::key(key), spell::value(value));
        self.change(place..place, Rank::Block, text);
    }

    fn insert_block(&mut self, place: usize, path: &[&str], below: bool, row: &Value, fields: &[Field]) {
        let Value::Table(pairs) = row else { return };
        let block = values::block(path, pairs, fields);
        let text = if below && place > 0 { format!("\n{block}") } else { format!("{block}\n") };
        let text = if self.source.text.is_empty() && below { format!("\n{block}") } else { text };
        self.change(place..place, Rank::Block, text);
    }

    fn remove_under(&mut self, at: &[Step]) {
        let source = self.source;
        for section in source.sections_under(at) {
            let first = source.sections.iter().find(|s| s.address.first() == section.address.first());
            let heads = first.is_some_and(|first| first.start == section.start);
            let start =
                if heads { section.start + comments(source.above(section)) } else { source.kept(section) };
            self.replace(start..section.end, String::new());
        }
        let outside = |(section, _): &(&Section, &Leaf)| !section.address.starts_with(at);
        let lines: Vec<_> =
            source.leaves_under(at).filter(outside).map(|(_, leaf)| leaf.line.clone()).collect();
        for line in lines {
            self.replace(line, String::new());
        }
    }

    fn is_present(&self, at: &[Step]) -> bool {
        self.source.sections_under(at).next().is_some() || self.source.leaves_under(at).next().is_some()
    }

    fn has_blocks(&self, at: &[Step]) -> bool {
        self.block_count(at) > 0
    }

    /// How many blocks `[[x]]` stand directly at the address.
    fn block_count(&self, at: &[Step]) -> usize {
        let index = |section: &Section| match section.address.get(at.len()) {
            Some(Step::Index(index)) => Some(index + 1),
            _ => None,
        };
        self.source.sections_under(at).filter_map(index).max().unwrap_or(0)
    }

    fn last_end(&self, at: &[Step]) -> Option<usize> {
        self.source.sections_under(at).last().map(|section| section.end)
    }

    /// The first byte of the comment that stands directly above the first header at the address.
    fn attached(&self, at: &[Step]) -> Option<usize> {
        let section = self.source.sections_under(at).next()?;
        Some(section.start + attached_from(self.source.above(section)))
    }

    fn replace(&mut self, range: Range<usize>, text: String) {
        self.change(range, Rank::Replace, text);
    }

    fn change(&mut self, range: Range<usize>, rank: Rank, text: String) {
        self.changes.push(Change { range, rank, text });
    }
}

/// Where a new key goes: after the last one in the head, else after the last of the keys that come before it in
/// the field table.
fn line_place(section: &Section, key: &str, fields: &[Field]) -> usize {
    let last = section.leaves.last().map_or(section.body, |leaf| leaf.line.end);
    if section.header.is_empty() {
        return last;
    }
    let Some(rank) = fields.iter().position(|field| field.key == key) else {
        return last;
    };
    let before =
        |leaf: &&Leaf| fields[..rank].iter().any(|field| leaf.path.first().is_some_and(|k| k == field.key));
    section.leaves.iter().rfind(before).map_or(section.body, |leaf| leaf.line.end)
}

fn push_lines(out: &mut String, text: &str, newline: &str) {
    let text = if out.is_empty() { text.trim_start_matches('\n') } else { text };
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(newline);
    }
    if newline == "\n" {
        out.push_str(text);
    } else {
        out.push_str(&text.replace('\n', newline));
    }
}

fn join(at: &[Step], step: Step) -> Vec<Step> {
    at.iter().cloned().chain([step]).collect()
}

fn names(at: &[Step]) -> Vec<&str> {
    at.iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key.as_str()),
            Step::Index(_) => None,
        })
        .collect()
}
