//! A list that narrows while one types: speakers, programme items, commands, meetings. Knows nothing of what the
//! choice is for.

use crate::text::field::TextField;
use crate::text::query::Query;
use crate::text::{fold, keystrokes};

/// One line of a picker.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Entry {
    /// What the choice is: a row id, a command's name.
    pub id: String,
    /// Shown first: a number, a key. Typing it alone chooses the entry.
    pub mark: String,
    pub label: String,
    pub detail: String,
    /// Further texts the entry is found by.
    pub also: Vec<String>,
}

/// The list and what is typed into it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Picker {
    pub query: TextField,
    pub entries: Vec<Entry>,
    /// Places in `entries` of what is shown, best first.
    pub shown: Vec<usize>,
    /// Place in `shown`.
    pub selected: usize,
    /// How many there are, also where the list holds only the first of them.
    pub total: usize,
    /// What is marked in the entries shown.
    pub marks: Box<Query>,
}

impl Picker {
    /// A picker over these entries, the one with `selected` as id chosen at first.
    pub fn new(entries: Vec<Entry>, selected: &str) -> Picker {
        let at = entries.iter().position(|entry| entry.id == selected).unwrap_or(0);
        let shown = (0..entries.len()).collect();
        let total = entries.len();
        Picker { query: TextField::new(), entries, shown, selected: at, total, marks: Box::default() }
    }

    /// The entry that Enter would take.
    pub fn chosen(&self) -> Option<&Entry> {
        self.shown.get(self.selected).and_then(|i| self.entries.get(*i))
    }

    /// Shows what fits the typed words, best first; call after each change of the query.
    pub fn narrow(&mut self) {
        let query = self.query.text().trim().to_owned();
        self.shown = rank(&self.entries, &query);
        *self.marks = Query::read(&query);
        self.selected = 0;
    }

    /// Other entries in the place of these; the typed words and the choice stay as far as they still fit.
    pub fn renew(&mut self, entries: &[Entry]) {
        let chosen = self.chosen().map(|entry| entry.id.clone()).unwrap_or_default();
        self.entries = entries.to_vec();
        self.shown = rank(&self.entries, self.query.text().trim());
        let at = self.shown.iter().position(|at| self.entries[*at].id == chosen);
        self.selected = at.unwrap_or(self.selected).min(self.shown.len().saturating_sub(1));
    }

    /// The entry with this id is chosen; typed words that hide it go.
    pub fn choose(&mut self, id: &str) {
        let Some(entry) = self.entries.iter().position(|entry| entry.id == id) else { return };
        if !self.shown.contains(&entry) {
            self.query.take();
            self.narrow();
        }
        self.selected = self.shown.iter().position(|at| *at == entry).unwrap_or(0);
    }

    /// Moves the choice by `by` lines, staying inside the list.
    pub fn step(&mut self, by: isize) {
        let last = self.shown.len().saturating_sub(1);
        self.selected = self.selected.saturating_add_signed(by).min(last);
    }
}

/// Places of the entries that fit, best first; all of them for an empty query.
pub fn rank(entries: &[Entry], query: &str) -> Vec<usize> {
    if query.is_empty() {
        return (0..entries.len()).collect();
    }
    let exact = entries.iter().position(|entry| !entry.mark.is_empty() && entry.mark == query);
    let mut scored: Vec<(u32, usize)> =
        entries.iter().enumerate().filter_map(|(i, entry)| score(entry, query).map(|s| (s, i))).collect();
    scored.sort_by_key(|(score, i)| (std::cmp::Reverse(*score), *i));
    let rest = scored.into_iter().map(|(_, i)| i).filter(|i| Some(*i) != exact);
    exact.into_iter().chain(rest).collect()
}

/// How well an entry fits: its best text, with the query as typed and as it was before the office's input method
/// turned keys into marks.
fn score(entry: &Entry, query: &str) -> Option<u32> {
    let texts = || std::iter::once(&entry.label).chain(&entry.also).chain(std::iter::once(&entry.detail));
    let direct = texts().filter_map(|text| fold::score(query, text)).max();
    direct.or_else(|| texts().filter_map(|text| keystrokes::score_typed(query, text)).max())
}
