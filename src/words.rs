//! The sentences people read, in Vietnamese and English, from `config/words.*.toml`. A leaf: knows no place, no
//! record, no file beyond the two that are compiled in.

use std::collections::HashMap;

use crate::domain::kinds::{Language, MeetingKind};

const VI: &str = include_str!("../config/words.vi.toml");
const EN: &str = include_str!("../config/words.en.toml");

/// The words of one language. Keys are dotted: `command.record`, `place.board`.
#[derive(Clone, Debug)]
pub struct Words {
    pub language: Language,
    table: HashMap<String, String>,
}

impl Words {
    /// The compiled-in words of a language.
    pub fn of(language: Language) -> Words {
        let source = match language {
            Language::Vi => VI,
            Language::En => EN,
        };
        let mut table = HashMap::new();
        if let Ok(toml::Value::Table(root)) = source.parse::<toml::Table>().map(toml::Value::Table) {
            flatten("", &root, &mut table);
        }
        Words { language, table }
    }

    /// The words under `key`. A key without words shows itself, so that a gap is seen and never empties a screen.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.table.get(key).map_or(key, String::as_str)
    }

    /// The words under `key` with `{name}` slots filled.
    pub fn fill<S: AsRef<str>>(&self, key: &str, slots: &[(&str, S)]) -> String {
        let mut text = self.get(key).to_owned();
        for (name, value) in slots {
            text = text.replace(&format!("{{{name}}}"), value.as_ref());
        }
        text
    }

    /// What a meeting of this kind is called when nobody gives it a title: its words with a capital.
    pub fn meeting_title(&self, kind: MeetingKind) -> String {
        let name = self.get(&format!("meeting_kind.{}", kind.word())).to_owned();
        let mut letters = name.chars();
        letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
    }

    /// The words under `key`, if there are any.
    pub fn find(&self, key: &str) -> Option<&str> {
        self.table.get(key).map(String::as_str)
    }

    /// Whether there are words under `key`.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// All keys, for tests and for looking words up by what they say.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.table.keys().map(String::as_str)
    }
}

fn flatten(prefix: &str, table: &toml::Table, out: &mut HashMap<String, String>) {
    for (key, value) in table {
        let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match value {
            toml::Value::Table(inner) => flatten(&key, inner, out),
            toml::Value::String(text) => {
                out.insert(key, text.clone());
            }
            _ => {}
        }
    }
}
