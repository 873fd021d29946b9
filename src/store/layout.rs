//! Where everything stands in a TOML file: the slices of its records and the places of its keys and values.
//! Knows the text alone; what the values mean is read elsewhere.

use std::collections::HashMap;
use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::domain::check::Problem;
use crate::domain::fields::{Record, Shape};

/// A file's text with its layout. The text is without the byte order mark; `bom` remembers it.
#[derive(Clone, Debug, Default)]
pub struct Source {
    pub(super) text: String,
    pub(super) bom: bool,
    pub(super) newline: Newline,
    /// In file order; the first is the head's top-level keys, possibly empty.
    pub(super) sections: Vec<Section>,
    /// Log entries that have an id only in memory, by the address of the entry.
    pub(super) unwritten: Vec<Vec<Step>>,
}

/// How lines end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Newline {
    #[default]
    Lf,
    CrLf,
}

impl Newline {
    /// The bytes at the end of a line.
    pub fn text(self) -> &'static str {
        match self {
            Newline::Lf => "\n",
            Newline::CrLf => "\r\n",
        }
    }
}

/// One step of an address within a file: a key, or the place among the blocks of one name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    Key(String),
    Index(usize),
}

/// A header with its keys and the comments and blank lines above it.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub address: Vec<Step>,
    /// `[x]` and not `[[x]]`.
    pub single: bool,
    /// First byte of the comments above the header; equal to the end of the section before.
    pub start: usize,
    /// The brackets with their content; empty for the head.
    pub header: Range<usize>,
    /// First byte of the line after the header.
    pub body: usize,
    /// First byte after the last line with a key and the comments that belong to it.
    pub end: usize,
    pub leaves: Vec<Leaf>,
}

/// A key with a value on lines of its own.
#[derive(Clone, Debug)]
pub(super) struct Leaf {
    /// Keys from the section on; several when dotted.
    pub path: Vec<String>,
    /// The whole lines, with comment and line end.
    pub line: Range<usize>,
    pub key: usize,
    pub value: Range<usize>,
    /// The items when the value is an array.
    pub items: Vec<Range<usize>>,
}

/// A place for a person's eyes: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Source {
    /// The layout of a text that was parsed as `root`; `shape` tells which names are tables with rows and logs.
    pub(super) fn of(text: &str, root: &DeTable<'_>, shape: &dyn Record) -> Self {
        let mut leaves = Vec::new();
        collect(text, root, &mut Vec::new(), &mut leaves);
        leaves.sort_by_key(|leaf| leaf.key);
        let newline = match text.split_once('\n') {
            Some((first, _)) if first.ends_with('\r') => Newline::CrLf,
            _ => Newline::Lf,
        };
        let sections = sections(text, leaves, shape);
        Source { text: text.to_owned(), bom: false, newline, sections, unwritten: Vec::new() }
    }

    /// The bytes of the file as they were read.
    pub fn bytes(&self) -> Vec<u8> {
        let mark = if self.bom { "\u{feff}" } else { "" };
        [mark.as_bytes(), self.text.as_bytes()].concat()
    }

    /// Where a key of a row stands; of the row's header when the key is not there, else of the file's first line.
    /// An empty `table` is the head.
    pub fn position(&self, table: &str, row: Option<usize>, key: &str) -> Position {
        let mut at = Vec::new();
        if !table.is_empty() {
            at.push(Step::Key(table.to_owned()));
            at.extend(row.map(Step::Index));
        }
        let header = self.section(&at).map(|section| section.header.start);
        at.push(Step::Key(key.to_owned()));
        let exact = self.leaf(&at).map(|leaf| leaf.key);
        let under = self.leaves_under(&at).next().map(|(_, leaf)| leaf.key);
        let block = self.sections_under(&at).next().map(|section| section.header.start);
        let embedded = || self.leaf(&at[..1]).and_then(|leaf| leaf.items.get(row?).cloned());
        let offset = exact.or(block).or(under).or(header).or_else(|| embedded().map(|range| range.start));
        position(&self.text, offset.unwrap_or(0))
    }

    /// Where the doubtful value stands.
    pub fn place(&self, problem: &Problem) -> Position {
        let entry = problem.entry.as_ref().and_then(|(entry, key)| {
            let log =
                [Step::Key(problem.table.clone()), Step::Index(problem.row?), Step::Key(problem.key.clone())];
            let at = [&log[..], &[Step::Index(*entry)]].concat();
            let exact = self.leaf(&[&at[..], &[Step::Key(key.clone())]].concat()).map(|leaf| leaf.key);
            let block = || self.section(&at).map(|section| section.header.start);
            let item = || self.leaf(&log)?.items.get(*entry).map(|item| item.start);
            exact.or_else(block).or_else(item)
        });
        match entry {
            Some(offset) => position(&self.text, offset),
            None => self.position(&problem.table, problem.row, &problem.key),
        }
    }

    /// The log entries whose id is not in the file: table, row, log and place in it.
    pub fn made_up_entries(&self) -> impl Iterator<Item = (&str, usize, &str, usize)> {
        self.unwritten.iter().filter_map(|at| match &at[..] {
            [Step::Key(table), Step::Index(row), Step::Key(log), Step::Index(entry)] => {
                Some((table.as_str(), *row, log.as_str(), *entry))
            }
            _ => None,
        })
    }

    /// The section of exactly this address.
    pub(super) fn section(&self, at: &[Step]) -> Option<&Section> {
        self.sections.iter().find(|section| section.address == at)
    }

    /// The key of exactly this address, when it holds a value on lines of its own.
    pub(super) fn leaf(&self, at: &[Step]) -> Option<&Leaf> {
        self.leaves_under(at)
            .find(|(section, leaf)| section.address.len() + leaf.path.len() == at.len())
            .map(|x| x.1)
    }

    /// Sections whose header lies at or below the address, in file order.
    pub(super) fn sections_under(&self, at: &[Step]) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(move |section| !at.is_empty() && section.address.starts_with(at))
    }

    /// Keys at or below the address, in whichever section they stand.
    pub(super) fn leaves_under<'a>(&'a self, at: &[Step]) -> impl Iterator<Item = (&'a Section, &'a Leaf)> {
        let reaches = move |section: &Section| {
            let shared = section.address.len().min(at.len());
            section.address[..shared] == at[..shared]
        };
        self.sections
            .iter()
            .filter(move |section| reaches(section))
            .flat_map(|section| section.leaves.iter().map(move |leaf| (section, leaf)))
            .filter(move |(section, leaf)| below(section, leaf, at))
    }
}

/// Whether the key stands at or below the address.
fn below(section: &Section, leaf: &Leaf, at: &[Step]) -> bool {
    let Some(rest) = at.get(section.address.len()..) else {
        return true;
    };
    rest.len() <= leaf.path.len()
        && rest.iter().zip(&leaf.path).all(|(step, name)| matches!(step, Step::Key(key) if key == name))
}

/// Line and column of a byte.
pub(super) fn position(text: &str, offset: usize) -> Position {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|&b| b == b'\n').count() + 1;
    Position { line, column: before[line_start..].chars().count() + 1 }
}

/// A key with its full path while the sections are not known yet.
fn collect(text: &str, table: &DeTable<'_>, path: &mut Vec<String>, out: &mut Vec<Leaf>) {
    for (key, value) in table {
        path.push(key.get_ref().to_string());
        let begins = |byte: u8| text.as_bytes().get(value.span().start) == Some(&byte);
        match value.get_ref() {
            DeValue::Table(inner) if !begins(b'{') => collect(text, inner, path, out),
            DeValue::Array(items) if blocks(text, items) => {
                for item in items.iter() {
                    if let DeValue::Table(inner) = item.get_ref() {
                        collect(text, inner, path, out);
                    }
                }
            }
            found => out.push(leaf(text, path, key.span().start, value.span(), found)),
        }
        path.pop();
    }
}

fn leaf(text: &str, path: &[String], key: usize, value: Range<usize>, found: &DeValue<'_>) -> Leaf {
    let start = text[..key].rfind('\n').map_or(0, |at| at + 1);
    let end = text[value.end..].find('\n').map_or(text.len(), |at| value.end + at + 1);
    let items = match found {
        DeValue::Array(items) => items.iter().map(|item| item.span()).collect(),
        _ => Vec::new(),
    };
    Leaf { path: path.to_vec(), line: start..end, key, value, items }
}

/// Whether an array was written as `[[x]]` blocks: then its tables begin with their headers.
fn blocks(text: &str, items: &toml::de::DeArray<'_>) -> bool {
    let first = items.iter().next();
    first.is_some_and(|item| {
        item.get_ref().is_table() && text.as_bytes().get(item.span().start) == Some(&b'[')
    })
}

fn sections(text: &str, leaves: Vec<Leaf>, shape: &dyn Record) -> Vec<Section> {
    let mut found = vec![Section {
        address: Vec::new(),
        single: false,
        start: 0,
        header: 0..0,
        body: 0,
        end: 0,
        leaves: Vec::new(),
    }];
    let mut counts = HashMap::new();
    let mut depth = 0;
    let mut leaves = leaves.into_iter().peekable();
    let mut at = 0;
    while at < text.len() {
        let line_end = text[at..].find('\n').map_or(text.len(), |n| at + n + 1);
        let Some(section) = found.last_mut() else { break };
        if let Some(mut leaf) = leaves.next_if(|leaf| leaf.key < line_end) {
            leaf.path.drain(..depth.min(leaf.path.len()));
            at = leaf.line.end.max(line_end);
            section.end = at;
            section.leaves.push(leaf);
            continue;
        }
        let line = &text[at..line_end];
        if line.trim_start().starts_with('[') {
            let (names, double, header) = header(line);
            depth = names.len();
            let (address, single) = address(&names, double, &mut counts, shape);
            let header = at + header.start..at + header.end;
            let start = section.end;
            let leaves = Vec::new();
            found.push(Section { address, single, start, header, body: line_end, end: line_end, leaves });
        }
        at = line_end;
    }
    attach_comments(text, &mut found);
    found
}

/// Comments that follow the last key of a record without a blank line are the record's, unless they stand directly
/// above the next header. A text of comments alone is its head's.
fn attach_comments(text: &str, sections: &mut [Section]) {
    if let [head] = sections
        && head.leaves.is_empty()
    {
        head.end = text.len();
        return;
    }
    for at in 0..sections.len() {
        let section = &sections[at];
        if section.header.is_empty() && section.leaves.is_empty() {
            continue;
        }
        let rest = &text[section.end..];
        let comment = |line: &&str| line.trim_start().starts_with('#');
        let length: usize = rest.split_inclusive('\n').take_while(comment).map(str::len).sum();
        let next = rest[length..].lines().next().unwrap_or_default();
        if !next.trim().is_empty() {
            continue;
        }
        let end = section.end + length;
        sections[at].end = end;
        if let Some(below) = sections.get_mut(at + 1) {
            below.start = end;
        }
    }
}

/// The names in a header line, whether its brackets are double, and where the brackets stand in the line.
fn header(line: &str) -> (Vec<String>, bool, Range<usize>) {
    let start = line.len() - line.trim_start().len();
    let double = line[start..].starts_with("[[");
    let mut names = Vec::new();
    let mut end = line.trim_end().len();
    if let Ok(root) = DeTable::parse(line) {
        let mut table = Some(root.into_inner());
        while let Some((key, value)) = table.take().and_then(|t| t.into_iter().next()) {
            names.push(key.get_ref().to_string());
            let span = value.span();
            table = match value.into_inner() {
                DeValue::Table(inner) => {
                    if span.start == start {
                        end = span.end;
                    }
                    Some(inner)
                }
                DeValue::Array(_) => {
                    end = span.end;
                    None
                }
                _ => None,
            };
        }
    }
    (names, double, start..end)
}

/// The address of a header: every name that stands for blocks is followed by the place of the last one.
fn address(
    names: &[String],
    double: bool,
    counts: &mut HashMap<Vec<Step>, usize>,
    shape: &dyn Record,
) -> (Vec<Step>, bool) {
    let mut at = Vec::new();
    for (i, name) in names.iter().enumerate() {
        at.push(Step::Key(name.clone()));
        let last = i + 1 == names.len();
        if last && double {
            let count = counts.entry(at.clone()).or_insert(0);
            *count += 1;
            at.push(Step::Index(*count - 1));
        } else if let Some(&count) = counts.get(&at) {
            at.push(Step::Index(count - 1));
        } else if is_list(&names[..=i], shape) {
            counts.insert(at.clone(), 1);
            at.push(Step::Index(0));
        }
    }
    (at, !double)
}

/// Whether the names stand for a table with rows or for a log written as blocks.
fn is_list(names: &[String], shape: &dyn Record) -> bool {
    match names {
        [table] => shape.rows(table).is_some(),
        [table, key] => shape.rows(table).is_some_and(|rows| {
            rows.table_fields().iter().any(|field| field.key == key && field.shape == Shape::Blocks)
        }),
        _ => false,
    }
}
