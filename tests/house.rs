//! The house is tidy: parts know only what they may, words and keys are complete, files open with what they are for.
//! Reads the sources as text.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use steerco::app::command::{Command, Context};
use steerco::app::keymap::{KeyProblem, Keymap};
use steerco::config::Settings;
use steerco::domain::kinds::Language;
use steerco::domain::meeting::Meeting;
use steerco::domain::seal::{Seal, seal};
use steerco::store::meeting_file::read;
use steerco::words::Words;

/// A source file, its path from `src/` on.
struct Source {
    path: String,
    /// As it stands.
    whole: String,
    /// Without comments and without tests.
    code: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let folder = root().join("src");
    let mut paths = Vec::new();
    collect(&folder, &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let whole = fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
        let is_test = path.ends_with("tests.rs") || path == "domain/laws.rs";
        let code = if is_test { String::new() } else { code(&whole) };
        Source { path, whole, code }
    };
    paths.into_iter().map(read).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|end| end == "rs") {
            paths.push(path);
        }
    }
}

/// The lines without comments, up to the tests at the file's end; an item for tests alone is left out line by line.
fn code(whole: &str) -> String {
    let mut kept = String::new();
    let mut lines = whole.lines().peekable();
    while let Some(line) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            let next = lines.peek().map_or("", |next| next.trim());
            if next.starts_with("mod ") && next.ends_with('{') {
                break;
            }
            lines.next();
            continue;
        }
        if !line.trim_start().starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// The part a file belongs to: its folder, else its own name.
fn part(path: &str) -> &str {
    path.split(['/', '.']).next().unwrap()
}

/// The identifier at the beginning of a text.
fn identifier(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap()
}

/// What each part may import beside itself and the errors that everyone may have.
const ARROWS: &[(&str, &[&str])] = &[
    ("main", &[]),
    ("lib", &[]),
    ("text", &[]),
    ("domain", &["text"]),
    ("store", &["text", "domain"]),
    ("export", &["text", "domain", "words"]),
    ("index", &["text", "domain", "store"]),
    ("sync", &["text", "domain", "store"]),
    ("app", &["text", "domain", "config", "words"]),
    ("ui", &["text", "domain", "config", "words", "app"]),
    ("run", &["text", "domain", "store", "index", "sync", "export", "config", "words", "app", "ui"]),
    ("cli", &["text", "domain", "store", "index", "sync", "export", "config", "words", "app", "run"]),
    ("words", &["domain"]),
    ("config", &["domain", "text"]),
    // An error carries where a file stops being readable, as data.
    ("error", &["store"]),
];

#[test]
fn parts_know_only_what_they_may() {
    let mut wrong = Vec::new();
    for source in sources() {
        let own = part(&source.path);
        let allowed = ARROWS.iter().find(|(name, _)| *name == own).map(|(_, allowed)| *allowed);
        let allowed = allowed.unwrap_or_else(|| panic!("{own} has no place in the house"));
        for (at, _) in source.code.match_indices("crate::") {
            let before = source.code[..at].chars().next_back();
            if before.is_some_and(|c| c == '$' || c.is_alphanumeric() || c == '_') {
                continue;
            }
            let rest = &source.code[at + "crate::".len()..];
            let named = identifier(rest);
            let leaf_only = matches!(own, "words" | "config") && named == "domain";
            let far = leaf_only && !rest.starts_with("domain::kinds");
            // The table of holidays is a setting.
            let too_far = far && !(own == "config" && rest.starts_with("domain::workdays"));
            if rest.starts_with('{') || too_far {
                wrong.push(format!("{}: crate::{}", source.path, rest.lines().next().unwrap()));
            } else if named != own && named != "error" && !allowed.contains(&named) {
                wrong.push(format!("{}: {own} knows {named}", source.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn files_with(needles: &[&str], allowed: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| !allowed(&source.path)) {
        for needle in needles.iter().filter(|needle| source.code.contains(**needle)) {
            found.push(format!("{}: {needle}", source.path));
        }
    }
    found
}

#[test]
fn only_the_screen_and_the_loop_know_the_terminal() {
    let found = files_with(&["ratatui", "crossterm"], |path| matches!(part(path), "ui" | "run"));
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn only_the_outer_parts_touch_files_and_programs() {
    let outer = |path: &str| {
        matches!(part(path), "store" | "index" | "sync" | "run" | "cli" | "config") || path == "main.rs"
    };
    let needles = ["std::fs", "fs::", "File::", "std::process", "std::env", "std::net"];
    let found = files_with(&needles, outer);
    assert!(found.is_empty(), "{found:#?}");
}

/// Files beside the clock that ask for the time, and why.
const TIMED: &[(&str, &str)] = &[
    ("store/lock.rs", "gives up waiting for another window; nothing of it is kept"),
    ("store/journal/writer.rs", "gathers entries for a moment before it syncs; nothing of it is kept"),
    ("store/journal/replay.rs", "marks when a journal was put into the bin, on the file itself"),
];

#[test]
fn only_the_clock_asks_for_now() {
    let allowed = |path: &str| {
        path == "run/clock.rs" || TIMED.iter().any(|(timed, why)| *timed == path && !why.is_empty())
    };
    let found = files_with(&["Local::now", "Utc::now", "SystemTime::now", "Instant::now"], allowed);
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn an_open_record_changes_only_inside_the_session() {
    let sources = sources();
    let session = sources.iter().find(|source| source.path == "app/session.rs").unwrap();
    let mut inside = "";
    let mut lines = session.code.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("impl ").or_else(|| line.strip_prefix("pub struct ")) {
            inside = identifier(name);
        }
        let is_field = line.starts_with("    pub ") && line.contains(": ") && !line.contains("fn ");
        assert!(!(is_field && matches!(inside, "Session" | "Sessions")), "open to all: {line}");
        let mut signature = line.to_owned();
        while line.trim_start().starts_with("pub fn") && !signature.contains('{') {
            signature.push_str(lines.next().unwrap());
        }
        let gives = signature.split("->").nth(1).filter(|_| signature.trim_start().starts_with("pub fn"));
        let gives_away = gives.is_some_and(|gives| gives.contains("&mut"));
        assert!(!gives_away || inside == "Drafts", "gives the record away: {signature}");
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent = |source: &Source| !source.whole.starts_with("//! ");
    let silent: Vec<_> = sources().into_iter().filter(silent).map(|source| source.path).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

/// Lines a file may have without its tests.
const LONGEST: usize = 600;
/// Files that may be longer, and why.
const LONG: &[(&str, &str)] = &[];

#[test]
fn files_have_one_subject_and_end() {
    let long = |source: &Source| {
        source.code.lines().count() > LONGEST && !LONG.iter().any(|(path, _)| *path == source.path)
    };
    let long: Vec<_> = sources().into_iter().filter(long).map(|source| source.path).collect();
    assert!(long.is_empty(), "{long:#?}");
}

fn tables(language: &str) -> toml::Table {
    let path = root().join("config").join(format!("words.{language}.toml"));
    fs::read_to_string(path).unwrap().parse().unwrap()
}

fn flat(language: &str) -> BTreeMap<String, String> {
    fn walk(prefix: &str, table: &toml::Table, out: &mut BTreeMap<String, String>) {
        for (key, value) in table {
            let key = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            match value {
                toml::Value::Table(inner) => walk(&key, inner, out),
                toml::Value::String(text) => {
                    out.insert(key, text.clone());
                }
                other => panic!("{key} holds {other}"),
            }
        }
    }
    let mut out = BTreeMap::new();
    walk("", &tables(language), &mut out);
    out
}

fn slots(text: &str) -> BTreeSet<&str> {
    let after = text.split('{').skip(1);
    after.filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

#[test]
fn both_languages_have_the_same_words_with_the_same_slots() {
    let (vi, en) = (flat("vi"), flat("en"));
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (vi.keys().collect(), en.keys().collect());
    assert_eq!(a.symmetric_difference(&b).collect::<Vec<_>>(), Vec::<&&String>::new());
    for (key, text) in &vi {
        assert_eq!(slots(text), slots(&en[key]), "slots of {key}");
        assert!(text.is_empty() == en[key].is_empty(), "{key} is empty in one language");
    }
}

#[test]
fn every_command_has_keys_and_words() {
    let settings = Settings::default();
    let named: BTreeSet<&str> = settings
        .keys
        .iter()
        .flatten()
        .flat_map(|(_, commands)| commands.keys().map(String::as_str))
        .collect();
    for command in Command::ALL {
        assert!(named.contains(command.name()), "{} is not in config/keys.toml", command.name());
        for language in Language::ALL {
            let words = Words::of(*language);
            for table in ["command", "help"] {
                let key = format!("{table}.{}", command.name());
                assert!(words.has(&key), "{key} has no words in {}", language.word());
            }
        }
    }
}

#[test]
fn the_default_keys_are_understood_and_never_clash() {
    let (_, problems) = Keymap::build(&Settings::default().keys);
    assert_eq!(problems, Vec::<KeyProblem>::new());
    let contexts: BTreeSet<&str> = Context::ALL.iter().map(|context| context.name()).collect();
    for place in Settings::default().keys.iter().flat_map(|tables| tables.keys()) {
        assert!(contexts.contains(place.as_str()), "{place}");
    }
}

/// Tables whose words are looked up by a name that is made at run time: closed lists, commands, fields.
const LOOKED_UP: &[&str] = &[
    "amendment_action",
    "amendment_status",
    "becomes",
    "box",
    "cause",
    "command",
    "context",
    "doctor",
    "due_kind",
    "every",
    "field",
    "footer",
    "form_of",
    "gap_kind",
    "gone",
    "help",
    "hit",
    "holds",
    "item_kind",
    "language",
    "level",
    "meeting_kind",
    "note_kind",
    "paper_kind",
    "paper_name",
    "paper_part",
    "part",
    "place",
    "position",
    "presence",
    "role",
    "slash",
    "sort",
    "stage",
    "state",
    "status",
    "tone_style",
    "turn_kind",
    "vote_method",
    "vote_result",
    "weekday",
    "world",
];

/// The texts between quotation marks in a piece of code, as far as they look like a key.
fn dotted(code: &str) -> BTreeSet<&str> {
    let is_key = |text: &&str| {
        let parts: Vec<&str> = text.split('.').collect();
        let word = |part: &&str| {
            !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        parts.len() >= 2 && parts.iter().all(word)
    };
    code.split('"').filter(is_key).collect()
}

#[test]
fn every_key_in_the_code_has_words() {
    let (words, tables) = (flat("vi"), tables("vi"));
    let mut missing = BTreeSet::new();
    for source in sources() {
        for key in dotted(&source.code) {
            let table = key.split('.').next().unwrap();
            if tables.contains_key(table) && !words.contains_key(key) {
                missing.insert(format!("{}: {key}", source.path));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Calls whose first argument is a key of the words.
const ASKING: &[&str] =
    &["words.get(\"", ".fill(\"", ".say(\"", ".tell(\"", ".say_filled(\"", ".tell_filled(\""];

#[test]
fn every_key_that_is_asked_for_has_words() {
    let words = flat("vi");
    let mut missing = BTreeSet::new();
    for source in sources() {
        // A call may stand on several lines.
        let code: String = source.code.lines().map(str::trim).collect();
        for asking in ASKING {
            for (at, _) in code.match_indices(asking) {
                let key = code[at + asking.len()..].split('"').next().unwrap();
                if !words.contains_key(key) {
                    missing.insert(format!("{}: {key}", source.path));
                }
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn all_words_are_used() {
    let sources = sources();
    let code: String = sources.iter().map(|source| source.code.as_str()).collect();
    let used = dotted(&code);
    let unused: Vec<String> = flat("vi")
        .into_keys()
        .filter(|key| !used.contains(key.as_str()))
        .filter(|key| !LOOKED_UP.contains(&key.split('.').next().unwrap()))
        .collect();
    assert!(unused.is_empty(), "{unused:#?}");
}

#[test]
fn tables_that_are_looked_up_are_there() {
    let tables = tables("vi");
    let gone: Vec<_> = LOOKED_UP.iter().filter(|table| !tables.contains_key(**table)).collect();
    assert!(gone.is_empty(), "{gone:?}");
}

#[test]
fn the_seals_of_the_samples_hold() {
    let mut paths = Vec::new();
    for year in fs::read_dir(root().join("sample-data/meetings")).unwrap() {
        paths.extend(fs::read_dir(year.unwrap().path()).unwrap().map(|entry| entry.unwrap().path()));
    }
    let mut sealed = 0;
    for path in paths {
        let meeting = read::<Meeting>(&fs::read(&path).unwrap()).unwrap().record;
        if meeting.stage().is_locked() {
            assert_eq!(seal(&meeting), Seal::Intact, "{}", path.display());
            sealed += 1;
        }
    }
    assert!(sealed > 0, "an approved meeting is among the samples");
}
