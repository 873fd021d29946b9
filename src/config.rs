//! Settings: the compiled-in defaults overlaid by the user's file. A mistake is listed with its place and the rest
//! applies. Knows no screen.

pub mod holidays;

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::kinds::Language;
use crate::domain::workdays::Holidays;

const KEYS: &str = include_str!("../config/keys.toml");

/// Key tables as a file has them: place, command, keys. What they mean is the keymap's affair.
pub type KeyTables = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Line and column of each entry of the user's key tables, by place and command; a place alone has no command.
pub type KeyLines = BTreeMap<(String, String), (usize, usize)>;

/// What the user can set.
#[derive(Clone, Debug)]
pub struct Settings {
    pub language: Language,
    pub theme: ThemeName,
    pub signs: Signs,
    /// The default key tables, then the user's.
    pub keys: Vec<KeyTables>,
    /// Where the user's key tables stand in the file.
    pub key_lines: KeyLines,
    /// What is no working day: the compiled-in table with the user's days.
    pub holidays: Arc<Holidays>,
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

/// Something in the user's file that could not be used, and where it stands; the rest applies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    pub mistake: Mistake,
}

/// What is wrong at a place of the user's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Not TOML; the reader's own words, in English.
    Syntax(String),
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
        let mut reading = Reading { text: user, problems: Vec::new() };
        let sound = reading.without_bad_lines();
        let (table, _) = DeTable::parse_recoverable(&sound);
        let keys = vec![default_keys()];
        let mut settings = Settings {
            language: Language::Vi,
            theme: ThemeName::Terminal,
            signs: Signs::Box,
            keys,
            key_lines: KeyLines::new(),
            holidays: Arc::new(holidays::compiled_in()),
        };
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "language" => reading.pick(value, "language", language, &mut settings.language),
                "theme" => reading.pick(value, "theme", theme, &mut settings.theme),
                "signs" => reading.pick(value, "signs", signs, &mut settings.signs),
                "keys" => {
                    let tables = reading.keys(value, &mut settings.key_lines);
                    settings.keys.push(tables);
                }
                "holidays" => {
                    settings.holidays = Arc::new(reading.holidays(value, &settings.holidays));
                }
                other => reading.problem(key.span().start, Mistake::UnknownKey(other.to_owned())),
            }
        }
        (settings, reading.problems)
    }
}

fn default_keys() -> KeyTables {
    toml::from_str(KEYS).unwrap_or_default()
}

/// The user's text on its way to settings, with what was found wrong so far.
struct Reading<'a> {
    text: &'a str,
    problems: Vec<ConfigProblem>,
}

impl Reading<'_> {
    /// The first mistake of a line is told; what follows from it on the same line is not.
    fn problem(&mut self, at: usize, mistake: Mistake) {
        let (line, column) = line_column(self.text, at);
        if !self.problems.iter().any(|known| known.line == line) {
            self.problems.push(ConfigProblem { line, column, mistake });
            self.problems.sort_by_key(|known| (known.line, known.column));
        }
    }

    /// The text with blanks in place of the lines that are no TOML, so that all else keeps its place.
    fn without_bad_lines(&mut self) -> String {
        let mut sound = self.text.to_owned();
        for _ in self.text.lines() {
            let (_, errors) = DeTable::parse_recoverable(&sound);
            let start = |error: &toml::de::Error| error.span().map_or(0, |span| span.start);
            let Some(first) = errors.iter().min_by_key(|error| start(error)) else { break };
            // What is missing at the end of a line may be noticed at the beginning of the next.
            let last = sound.trim_end().char_indices().last().map_or(0, |(at, _)| at);
            let at = start(first).min(last);
            self.problem(at, Mistake::Syntax(first.message().to_owned()));
            let from = sound.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
            let to = sound.get(at..).and_then(|after| after.find('\n')).map_or(sound.len(), |end| at + end);
            sound.replace_range(from..to, &" ".repeat(to - from));
        }
        sound
    }

    fn value(&mut self, key: &str, value: &Spanned<DeValue<'_>>) {
        let span = value.span();
        let value = self.text.get(span.clone()).unwrap_or("").to_owned();
        self.problem(span.start, Mistake::Value { key: key.to_owned(), value });
    }

    fn pick<T>(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        key: &str,
        read: impl Fn(&str) -> Option<T>,
        into: &mut T,
    ) {
        match value.get_ref().as_str().and_then(read) {
            Some(setting) => *into = setting,
            None => self.value(key, value),
        }
    }

    /// The `[holidays]` table: days `closed` and `worked`, and the `years` that are settled with them.
    fn holidays(&mut self, value: &Spanned<DeValue<'_>>, known: &Holidays) -> Holidays {
        let mut all = known.clone();
        let DeValue::Table(table) = value.get_ref() else {
            self.value("holidays", value);
            return all;
        };
        for (key, value) in table {
            let taken = match key.get_ref().as_ref() {
                "closed" => holidays::days(value.get_ref()).map(|days| all.closed.extend(days)),
                "worked" => holidays::days(value.get_ref()).map(|days| all.worked.extend(days)),
                "years" => holidays::years(value.get_ref()).map(|years| all.decided.extend(years)),
                other => {
                    self.problem(key.span().start, Mistake::UnknownKey(format!("holidays.{other}")));
                    continue;
                }
            };
            if taken.is_none() {
                self.value(&format!("holidays.{}", key.get_ref()), value);
            }
        }
        all
    }

    /// `[keys.<place>]` tables; a line of them that is no list of keys is left out alone.
    fn keys(&mut self, value: &Spanned<DeValue<'_>>, lines: &mut KeyLines) -> KeyTables {
        let mut tables = KeyTables::new();
        let DeValue::Table(places) = value.get_ref() else {
            self.value("keys", value);
            return tables;
        };
        for (place, commands) in places {
            let place_name = place.get_ref().as_ref();
            lines.insert((place_name.to_owned(), String::new()), line_column(self.text, place.span().start));
            let DeValue::Table(commands) = commands.get_ref() else {
                self.value(&format!("keys.{place_name}"), commands);
                continue;
            };
            let table = tables.entry(place_name.to_owned()).or_default();
            for (command, keys) in commands {
                let name = command.get_ref().as_ref();
                match list(keys.get_ref()) {
                    Some(keys) => {
                        let at = line_column(self.text, command.span().start);
                        lines.insert((place_name.to_owned(), name.to_owned()), at);
                        table.insert(name.to_owned(), keys);
                    }
                    None => self.value(&format!("keys.{place_name}.{name}"), keys),
                }
            }
        }
        tables
    }
}

/// Keys as a list, or one alone.
fn list(value: &DeValue<'_>) -> Option<Vec<String>> {
    match value {
        DeValue::String(key) => Some(vec![key.to_string()]),
        DeValue::Array(keys) => keys.iter().map(|key| key.get_ref().as_str().map(str::to_owned)).collect(),
        _ => None,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<(usize, usize, String)> {
        let mistake = |problem: ConfigProblem| {
            let words = match problem.mistake {
                Mistake::Syntax(_) => "syntax".to_owned(),
                Mistake::Value { key, value } => format!("{key} {value}"),
                Mistake::UnknownKey(key) => key,
            };
            (problem.line, problem.column, words)
        };
        Settings::read(text).1.into_iter().map(mistake).collect()
    }

    #[test]
    fn a_mistake_is_told_with_its_place_and_the_rest_applies() {
        let text = "theme = \"tím\"\nlanguage = \"en\"\nmàu = 1\nsigns = \"ascii\"\n";
        let (settings, _) = Settings::read(text);
        assert_eq!((settings.language, settings.signs), (Language::En, Signs::Ascii));
        assert_eq!(settings.theme, ThemeName::Terminal);
        // A name that is not ASCII needs quotation marks: TOML itself refuses the third line.
        let told = told(text);
        assert_eq!(told[0], (1, 9, "theme \"tím\"".to_owned()));
        assert_eq!((told.len(), told[1].0, told[1].2.as_str()), (2, 3, "syntax"));
    }

    #[test]
    fn lines_around_a_line_that_is_no_toml_apply() {
        for bad in [
            "theme =",
            "theme = tím",
            "theme = \"ộ",
            "theme = dark",
            "= 3",
            "theme \"dark\"",
            "theme = \"dark",
        ] {
            let text = format!("language = \"en\"\n{bad}\nsigns = \"ascii\"\n");
            let (settings, problems) = Settings::read(&text);
            assert_eq!((settings.language, settings.signs), (Language::En, Signs::Ascii), "{bad}");
            assert_eq!((problems.len(), problems[0].line), (1, 2), "{bad} {problems:?}");
        }
    }

    #[test]
    fn a_line_of_the_keys_that_is_no_list_is_left_out_alone() {
        let text = "[keys.meeting]\nspeaker = 3\nitem = \"ctrl-o\"\ntask = [\"ctrl-g\", \"f4\"]\n";
        let (settings, _) = Settings::read(text);
        let meeting = &settings.keys[1]["meeting"];
        assert_eq!(
            (&meeting["item"], &meeting["task"]),
            (&vec!["ctrl-o".into()], &vec!["ctrl-g".into(), "f4".into()])
        );
        assert!(!meeting.contains_key("speaker"));
        assert_eq!(told(text), [(2, 11, "keys.meeting.speaker 3".to_owned())]);
        assert_eq!(settings.key_lines[&("meeting".to_owned(), "task".to_owned())], (4, 1));
        assert_eq!(told("keys = 1\nlanguage = \"en\""), [(1, 8, "keys 1".to_owned())]);
    }
}
