//! Settings: the compiled-in defaults overlaid by the user's file. A mistake is listed with its place and the rest
//! applies. Knows no screen.

use std::collections::BTreeMap;

use crate::domain::kinds::Language;

const KEYS: &str = include_str!("../config/keys.toml");

/// Key tables as a file has them: place, command, keys. What they mean is the keymap's affair.
pub type KeyTables = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// What the user can set.
#[derive(Clone, Debug)]
pub struct Settings {
    pub language: Language,
    pub theme: ThemeName,
    pub signs: Signs,
    /// The default key tables, then the user's.
    pub keys: Vec<KeyTables>,
}

/// Which signs the screen may use beside letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signs {
    /// Single box lines, arrows and the ellipsis.
    Box,
    /// Only what every font has.
    Ascii,
}

/// The themes that come with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemeName {
    /// The terminal's own two colours with bold, reverse and underline.
    Terminal,
    /// Light letters on a dark ground, in colours of its own.
    Dark,
    /// White and yellow on black.
    HighContrast,
}

/// Something in the user's file that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigProblem {
    /// Not TOML; line and column from 1.
    Syntax {
        line: usize,
        column: usize,
        message: String,
    },
    /// A value that the setting does not know.
    Value {
        key: String,
        value: String,
    },
    UnknownKey(String),
}

impl Default for Settings {
    fn default() -> Self {
        Settings::read("").0
    }
}

impl Settings {
    /// The defaults overlaid by the text of the user's file (empty for none).
    pub fn read(user: &str) -> (Settings, Vec<ConfigProblem>) {
        let mut problems = Vec::new();
        let table = match user.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                let (line, column) = line_column(user, at);
                problems.push(ConfigProblem::Syntax { line, column, message: error.message().to_owned() });
                toml::Table::new()
            }
        };
        let keys = vec![default_keys()];
        let mut settings =
            Settings { language: Language::Vi, theme: ThemeName::Terminal, signs: Signs::Box, keys };
        for (key, value) in &table {
            match key.as_str() {
                "language" => pick(value, key, language, &mut settings.language, &mut problems),
                "theme" => pick(value, key, theme, &mut settings.theme, &mut problems),
                "signs" => pick(value, key, signs, &mut settings.signs, &mut problems),
                "keys" => settings.keys.push(user_keys(value, &mut problems)),
                _ => problems.push(ConfigProblem::UnknownKey(key.clone())),
            }
        }
        (settings, problems)
    }
}

fn default_keys() -> KeyTables {
    toml::from_str(KEYS).unwrap_or_default()
}

fn user_keys(value: &toml::Value, problems: &mut Vec<ConfigProblem>) -> KeyTables {
    match value.clone().try_into() {
        Ok(tables) => tables,
        Err(_) => {
            problems.push(ConfigProblem::Value { key: "keys".into(), value: value.to_string() });
            KeyTables::new()
        }
    }
}

fn pick<T>(
    value: &toml::Value,
    key: &str,
    read: impl Fn(&str) -> Option<T>,
    into: &mut T,
    problems: &mut Vec<ConfigProblem>,
) {
    match value.as_str().and_then(read) {
        Some(setting) => *into = setting,
        None => problems.push(ConfigProblem::Value { key: key.to_owned(), value: value.to_string() }),
    }
}

fn language(word: &str) -> Option<Language> {
    Language::from_word(word)
}

fn theme(word: &str) -> Option<ThemeName> {
    match word {
        "terminal" => Some(ThemeName::Terminal),
        "dark" => Some(ThemeName::Dark),
        "high_contrast" => Some(ThemeName::HighContrast),
        _ => None,
    }
}

fn signs(word: &str) -> Option<Signs> {
    match word {
        "box" => Some(Signs::Box),
        "ascii" => Some(Signs::Ascii),
        _ => None,
    }
}

/// Line and column (characters), both from 1, of a byte offset.
fn line_column(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |tail| tail.chars().count()) + 1;
    (line, column)
}
