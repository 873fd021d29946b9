//! Abbreviations (gõ tắt): which short keys stand for which words, how an expansion is cased, how UniKey writes its
//! table, and the gloss at first use. Must not know fields, files or committees.

use std::collections::BTreeMap;

use super::fold::fold;

/// What an entry is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Action {
    /// Written out while one types.
    #[default]
    Expand,
    /// Left short in the minutes; papers explain it at its first use: `Quy chế dân chủ (QCDC)`.
    Gloss,
}

/// What an entry does when its key is typed in capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Capitals {
    /// `BTV` is what the person wants to see.
    #[default]
    Stay,
    /// Written out all the same, as it is stored.
    Expand,
}

/// One entry of the table.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Abbreviation {
    pub key: String,
    pub text: String,
    pub action: Action,
    pub capitals: Capitals,
}

/// The entries in force, by their keys in small letters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Abbreviations {
    entries: BTreeMap<String, Abbreviation>,
}

/// A line of UniKey's table that is no entry: its number from 1, and what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoEntry {
    pub line: usize,
    pub text: String,
}

impl Abbreviations {
    /// Puts entries over those there are; a later entry of the same key wins. An entry without text takes the key out
    /// of the table.
    pub fn overlay(&mut self, entries: impl IntoIterator<Item = Abbreviation>) {
        for entry in entries {
            let key = entry.key.trim().to_lowercase();
            if key.is_empty() {
                continue;
            }
            match entry.text.trim().is_empty() {
                true => drop(self.entries.remove(&key)),
                false => drop(self.entries.insert(key, entry)),
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The entries by key.
    pub fn iter(&self) -> impl Iterator<Item = &Abbreviation> {
        self.entries.values()
    }

    /// What is to stand for a typed word: small letters give the text as stored, a capital at the beginning makes the
    /// first letter one, capitals throughout stay unless the entry says otherwise.
    pub fn expansion(&self, typed: &str) -> Option<String> {
        let entry = self.entries.get(&typed.to_lowercase())?;
        if entry.action != Action::Expand {
            return None;
        }
        let mut letters = typed.chars().filter(|c| c.is_alphabetic());
        let first = letters.next().is_some_and(char::is_uppercase);
        let rest: Vec<bool> = letters.map(char::is_uppercase).collect();
        match (first, rest.iter().all(|upper| *upper)) {
            (true, true) if !rest.is_empty() => {
                (entry.capitals == Capitals::Expand).then(|| entry.text.clone())
            }
            (true, _) => Some(capitalised(&entry.text)),
            (false, _) => Some(entry.text.clone()),
        }
    }

    /// `text` with each gloss entry explained where its key, in capitals, stands first: `QCDC` becomes `Quy chế dân chủ
    /// (QCDC)`, with the entry's first letter small inside a sentence only if it is stored so. `told` holds the keys
    /// already explained in this paper and is added to.
    pub fn gloss(&self, text: &str, told: &mut Vec<String>) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(begin) = rest.find(char::is_alphanumeric) {
            let word = &rest[begin..];
            let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
            let before = &rest[..begin];
            out.push_str(before);
            match self.glossed(&word[..end], told) {
                Some(long) if !is_explained(before, &word[end..]) => {
                    out.push_str(&format!("{long} ({})", &word[..end]));
                }
                _ => out.push_str(&word[..end]),
            }
            rest = &word[end..];
        }
        out + rest
    }

    fn glossed(&self, word: &str, told: &mut Vec<String>) -> Option<&str> {
        let key = word.to_lowercase();
        let entry = self.entries.get(&key).filter(|entry| entry.action == Action::Gloss)?;
        if !word.chars().any(char::is_uppercase)
            || word.chars().any(char::is_lowercase)
            || told.contains(&key)
        {
            return None;
        }
        told.push(key);
        Some(&entry.text)
    }
}

/// Whether a short form stands in brackets, being explained right there, or is a part of a document's number.
fn is_explained(before: &str, after: &str) -> bool {
    (before.ends_with('(') && after.starts_with(')'))
        || before.ends_with(['/', '-'])
        || after.starts_with(['/', '-'])
}

/// With its first letter in upper case.
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Reads UniKey's table: a line `key:text` an entry, lines that begin with `;` or `#` being remarks. What is no entry is told.
pub fn read_unikey(text: &str) -> (Vec<Abbreviation>, Vec<NoEntry>) {
    let (mut entries, mut bad) = (Vec::new(), Vec::new());
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim);
    for (line, text) in lines.enumerate() {
        if text.is_empty() || text.starts_with([';', '#']) {
            continue;
        }
        match text.split_once(':').map(|(key, text)| (key.trim(), text.trim())) {
            Some((key, text)) if is_key(key) && !text.is_empty() => {
                entries.push(Abbreviation { key: key.into(), text: text.into(), ..Abbreviation::default() });
            }
            _ => bad.push(NoEntry { line: line + 1, text: text.to_owned() }),
        }
    }
    (entries, bad)
}

/// Whether a key can be typed as one word: letters and digits, at least one letter.
pub fn is_key(key: &str) -> bool {
    key.chars().all(char::is_alphanumeric) && key.chars().any(char::is_alphabetic)
}

/// Whether two texts say the same but for case and marks, as when a table is read in twice.
pub fn is_same(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}
