//! Texts made to take a terminal over: in every field of many files, in names of files and folders, on the command line,
//! in settings, journals and pastes. The judge reads the bytes that come out, on the screen and of every command, and
//! knows only the sequences this program has a use for.
//!
//! `STEERCO_HOSTILE` and `STEERCO_HOSTILE_SEED` choose another number of files and other texts.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use fastrand::Rng;
use steerco::domain::id::RecordKey;
use steerco::store::journal::{Entry, JournalWriter};
use steerco::store::workspace::Workspace;
use toml::{Table, Value};

use crate::kill::{PATIENCE, program};
use crate::pty::Pty;
use crate::typist::number;

/// What a hostile text is made of.
const PIECES: [&str; 30] = [
    "\x1b[2J",
    "\x1b[31m",
    "\x1b[1;1H",
    "\x1b]0;tên\x07",
    "\x1b]52;c;ZXZpbA==\x07",
    "\x1b]8;;http://x\x1b\\",
    "\x1bP1$r\x1b\\",
    "\x1b_G\x1b\\",
    "\x1bc",
    "\x1b[?1049l",
    "\x1b[6n",
    "\x1b",
    "\u{9b}2J",
    "\u{9d}0;x\u{9c}",
    "\u{85}",
    "\x07",
    "\x08\x08\x08",
    "\r",
    "\n",
    "\t",
    "\x7f",
    "\0",
    "\u{202e}",
    "\u{2066}\u{2069}",
    "\u{200b}\u{200d}\u{200f}",
    "\u{feff}",
    "\u{2028}",
    "\u{e0041}\u{fe0f}",
    "a\u{301}\u{301}\u{301}",
    "👨\u{200d}👩",
];

fn hostile(random: &mut Rng) -> String {
    const WORDS: [&str; 5] = ["rà soát", "Sở Nội vụ", "trước 30/9", "", "hòa"];
    let piece = |random: &mut Rng| {
        let word = WORDS[random.usize(..WORDS.len())];
        format!("{word}{}", PIECES[random.usize(..PIECES.len())])
    };
    let mut text: String = (0..random.usize(1..5)).map(|_| piece(random)).collect();
    if random.u8(..40) == 0 {
        text.push_str(&format!("z{}", "\u{301}".repeat(3000)));
    }
    text
}

/// What in the bytes is neither text nor a sequence of ours. `plain` output has line ends and tabs, a screen has not.
fn strangers(bytes: &[u8], output: Output) -> Vec<String> {
    let mut found = Vec::new();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return vec![format!("no UTF-8 at {}", error.valid_up_to())],
    };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '\x1b' => match sequence(rest) {
                Some(length) => length,
                None => {
                    found.push(format!("{:?}", rest.chars().take(12).collect::<String>()));
                    1
                }
            },
            '\n' | '\t' if output == Output::Command => 1,
            '\r' if output == Output::Command && rest.starts_with("\r\n") => 2,
            c if is_hidden(c) => {
                found.push(format!("{c:?}"));
                c.len_utf8()
            }
            c => c.len_utf8(),
        };
        rest = &rest[taken..];
    }
    found
}

#[derive(Clone, Copy, PartialEq)]
enum Output {
    Command,
    Screen,
}

/// The length of a sequence that this program writes: a place, a style, a cleared screen, or one of its modes.
fn sequence(text: &str) -> Option<usize> {
    let body = text.strip_prefix("\x1b[")?;
    let end = body.find(|c: char| c.is_ascii_alphabetic())?;
    let (parameters, last) = (&body[..end], &body[end..=end]);
    let numbers = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == ';');
    let ours = match last {
        "m" => numbers(parameters),
        "H" => numbers(parameters),
        "J" => parameters == "2",
        "h" | "l" => ["?25", "?1000", "?1002", "?1006", "?1049", "?2004", "?2026"].contains(&parameters),
        _ => false,
    };
    ours.then_some(2 + end + 1)
}

/// Controls; marks of Unicode's annex 9 that turn the direction of writing; characters of no width; tags.
fn is_hidden(c: char) -> bool {
    matches!(c as u32,
        ..0x20 | 0x7f..=0x9f | 0xad | 0x61c | 0x180e | 0x200b..=0x200f | 0x2028..=0x202e | 0x2060..=0x206f
        | 0xfe00..=0xfe0f | 0xfeff | 0xfff9..=0xfffb | 0xe0000..=0xe0fff)
}

#[test]
fn the_judge_knows_ours_from_theirs() {
    for good in ["ế\x1b[38;5;1mx\x1b[0m", "\x1b[?2026h\x1b[3;4H\x1b[2J"] {
        assert_eq!(strangers(good.as_bytes(), Output::Screen), [""; 0]);
    }
    for bad in
        PIECES.iter().filter(|piece| !matches!(**piece, "\x1b[2J" | "\x1b[31m" | "\x1b[1;1H" | "\x1b[?1049l"))
    {
        let shown = strangers(bad.as_bytes(), Output::Screen);
        assert!(!shown.is_empty() || *bad == "a\u{301}\u{301}\u{301}", "{bad:?}");
    }
}

/// A table, its text keys, and its keys of a closed list with a word of it.
type Shape = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

const TABLES: &[Shape] = &[
    ("units", &["name", "short"], &[]),
    ("sites", &["name"], &[("level", "province")]),
    ("seats", &["name", "address", "unit", "site", "reason"], &[("presence", "present"), ("role", "chair")]),
    ("agenda", &["title", "presenter"], &[("kind", "discussion")]),
    ("notes", &["text", "speaker", "item", "task"], &[("kind", "result")]),
    ("queue", &["speaker", "topic"], &[]),
    ("prepared", &["text"], &[]),
    ("conclusions", &["text", "note"], &[("part", "specific")]),
    ("tasks", &["content", "quote", "person", "product", "due_text"], &[("status", "in_progress")]),
    ("votes", &["question"], &[("method", "secret_ballot")]),
    ("documents", &["number", "issuer", "title", "path"], &[]),
    ("figures", &["name", "unit", "period", "note"], &[]),
    ("awards", &["title", "granted_by"], &[]),
    ("amendments", &["target", "field", "text", "reason"], &[("action", "replace"), ("status", "proposed")]),
    ("papers", &["number", "signer", "path"], &[("kind", "notice")]),
    ("conflicts", &["target", "field"], &[]),
    ("\u{202e}lạ", &["x"], &[]),
];

fn meeting(random: &mut Rng, number: usize) -> Table {
    const STAGES: [&str; 6] = ["live", "planned", "closed", "with_chair", "approved", "postponed"];
    let mut head = Table::new();
    for key in ["title", "place", "secretary", "source", "kind", "site"] {
        head.insert(key.into(), hostile(random).into());
    }
    head.insert("committee".into(), "bcd".into());
    head.insert("stage".into(), STAGES[number % STAGES.len()].into());
    head.insert("date".into(), "2026-11-12".parse::<toml::value::Datetime>().unwrap().into());
    head.insert(hostile(random), hostile(random).into());
    for (table, texts, words) in TABLES {
        let rows = (0..random.usize(1..3)).map(|_| {
            let mut row = Table::new();
            if random.bool() {
                row.insert("id".into(), hostile(random).into());
            }
            texts.iter().for_each(|key| drop(row.insert((*key).into(), hostile(random).into())));
            words.iter().for_each(|(key, word)| drop(row.insert((*key).into(), (*word).into())));
            if *table == "tasks" {
                row.insert("number".into(), 1.into());
                row.insert("lead".into(), Value::Array(vec![hostile(random).into(), hostile(random).into()]));
            }
            Value::Table(row)
        });
        head.insert((*table).into(), Value::Array(rows.collect()));
    }
    head
}

const COMMITTEE_TABLES: [&str; 6] = ["members", "units", "groups", "positions", "indicators", "signers"];

fn committee(random: &mut Rng) -> Table {
    let mut head = Table::new();
    for key in ["name", "short", "place", "term"] {
        head.insert(key.into(), hostile(random).into());
    }
    for table in COMMITTEE_TABLES {
        let row: Table = ["id", "name", "unit", "position"]
            .map(|key| (key.to_owned(), hostile(random).into()))
            .into_iter()
            .collect();
        head.insert(table.into(), Value::Array(vec![Value::Table(row)]));
    }
    head
}

/// Folders with hostile names and so many hostile meetings, some of which cannot be read.
struct Den {
    folder: tempfile::TempDir,
    random: Rng,
}

impl Den {
    fn new(files: usize, seed: u64) -> Den {
        let mut den = Den { folder: tempfile::tempdir().unwrap(), random: Rng::with_seed(seed) };
        let meetings = den.root().join("meetings");
        for folder in ["2026", "\x1b]0;x\x07", "\u{202e}\u{9b}2J"] {
            fs::create_dir_all(meetings.join(folder)).unwrap();
        }
        fs::create_dir_all(den.root().join("committees")).unwrap();
        fs::create_dir_all(den.state()).unwrap();
        let committee = toml::to_string(&committee(&mut den.random)).unwrap();
        fs::write(den.root().join("committees/bcd.toml"), committee).unwrap();
        for number in 0..files {
            let mut text = toml::to_string(&meeting(&mut den.random, number)).unwrap().into_bytes();
            if number % 10 == 9 {
                let at = den.random.usize(..text.len());
                text.splice(at..at, *b"\x1b]0;x\x07\xff\xc2\x9b = [");
            }
            fs::write(meetings.join(format!("2026/2026-11-12-hop-{number}.toml")), text).unwrap();
        }
        den.names();
        den.journal();
        den
    }

    fn root(&self) -> PathBuf {
        self.folder.path().join("w\x1b[2J\u{202e}\n")
    }

    fn state(&self) -> PathBuf {
        self.folder.path().join("s\u{9b}31m")
    }

    /// Files whose names no id has.
    fn names(&mut self) {
        for number in 0..20 {
            let name =
                format!("2026-11-12-{number}{}.toml", hostile(&mut self.random).replace(['/', '\0'], "_"));
            let name: Vec<u8> = name.into_bytes().into_iter().take(200).chain(*b"\xff.toml").collect();
            fs::write(self.root().join("meetings/2026").join(OsStr::from_bytes(&name)), "title = 1").unwrap();
        }
    }

    /// Work that was typed and not filed, in a record of a hostile name too.
    fn journal(&mut self) {
        let workspace = Workspace::open(&self.root(), &self.state().join("steerco")).unwrap();
        let journal = JournalWriter::start(&workspace.journals(), &workspace.tag(), |_| {}).unwrap();
        for id in ["2026-11-12-hop-0".to_owned(), hostile(&mut self.random), "../../x".to_owned()] {
            let (record, text) = (RecordKey::Meeting(id), hostile(&mut self.random));
            journal.record(Entry::Draft { record, field: hostile(&mut self.random), text });
        }
        journal.flush_and_stop().unwrap();
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(program());
        command.env_clear().envs(self.environment()).args(args).stdin(Stdio::null()).current_dir(self.root());
        command
    }

    fn environment(&self) -> [(&'static str, PathBuf); 7] {
        [
            ("HOME", self.folder.path().to_owned()),
            ("XDG_STATE_HOME", self.state()),
            ("XDG_CONFIG_HOME", self.folder.path().join("c")),
            ("XDG_CACHE_HOME", self.folder.path().join("c")),
            ("XDG_DATA_HOME", self.folder.path().join("d")),
            ("STEERCO_WORKSPACE", self.root()),
            ("PATH", "/usr/bin:/bin".into()),
        ]
    }
}

fn files() -> usize {
    number("STEERCO_HOSTILE").map_or(12, |files| usize::try_from(files).unwrap())
}

fn seed() -> u64 {
    number("STEERCO_HOSTILE_SEED").unwrap_or(3)
}

#[test]
fn no_command_writes_what_a_terminal_would_act_on() {
    let mut den = Den::new(files(), seed());
    let evil: String = (0..8).map(|_| hostile(&mut den.random)).collect::<String>().replace('\0', "");
    let settings = den.folder.path().join("cấu\x1b]0;x\x07hình.toml");
    let text =
        format!("\"{evil}\" = 1\ntheme = \"\u{9b}\u{202e}\"\n[keys.\"\u{202e}\"]\nx = [\"\u{200b}\"]\n");
    fs::write(&settings, text.replace('\x1b', "\\u001b")).unwrap();
    let settings = settings.to_str().unwrap();
    let mut commands: Vec<Vec<&str>> = [
        &["list"][..],
        &["list", "--json"],
        &["tasks"],
        &["tasks", "--csv"],
        &["tasks", "--json"],
        &["tasks", "--overdue", "--color", "always"],
        &["search", "hòa"],
        &["search", "rà", "--json"],
        &["search", &evil],
        &["check"],
        &["check", "--json"],
        &["check", &evil],
        &["doctor"],
        &["doctor", "--json"],
        &["where"],
        &["where", "--json"],
        &["recover"],
        &["recover", "list", "--json"],
        &["recover", "show"],
        &["recover", "show", "--json"],
        &["recover", "apply"],
        &["recover", "discard"],
        &["recover", &evil],
        &["due", &evil, "--from", "2026-11-12"],
        &["due", "trước 30/9\u{202e}", "--from", "2026-11-12", "--json"],
        &["due", "x", "--from", &evil],
        &["new", "--committee", "bcd", "--kind", "regular_session", "--date", "2027-01-01", "--title", &evil],
        &["new", "--committee", &evil, "--kind", "regular_session", "--date", "2027-01-01"],
        &["new", "--committee", "bcd", "--kind", &evil, "--date", "2027-01-01"],
        &["open", &evil],
        &["show", &evil],
        &["show", "2026"],
        &["help", &evil],
        &["help", "keys"],
        &["completions", "bash"],
        &["completions", &evil],
        &["man"],
        &[&evil],
        &["--lang", &evil],
        &["list", "--workspace", &evil],
        &["list", "--config", &evil],
        &["list", "--config", settings],
        &["doctor", "--config", settings],
        &["help", "keys", "--config", settings],
        &["list", "--today", &evil],
        &["--version"],
        &["--help"],
    ]
    .into_iter()
    .map(<[&str]>::to_vec)
    .collect();
    let ids: Vec<String> = (0..files()).map(|number| format!("2026-11-12-hop-{number}")).collect();
    for id in &ids {
        commands.push(vec!["show", id]);
        commands.push(vec!["show", id, "--json"]);
    }
    for args in &commands {
        let said = den.command(args).output().unwrap();
        assert!(said.status.code().is_some_and(|code| code <= 3), "{args:?} {:?}", said.status);
        for bytes in [&said.stdout, &said.stderr] {
            assert_eq!(strangers(bytes, Output::Command), [""; 0], "{args:?}");
        }
    }
}

/// Keys that lead through every place and over many pop-ups, from Home.
const WALK: [&str; 34] = [
    "\x1b[B\x1b[B",
    "\t",
    "\t\t\t",
    "\x1bOP",
    "\x1b",
    "\x0bhop",
    "\x1b",
    "\x06hoa",
    "\x1b[B\x1b[B",
    "\x1b",
    "\x07",
    "\t",
    "\r",
    "\x1b",
    "\t\t\t",
    "\x1b",
    "\x1b[21~",
    "\x1bOR",
    "\r",
    "\x1b[B\r",
    "\x1b",
    "\x1bOQ",
    "\x1b[C\x1b[C",
    "\x1bOS",
    "\x1b",
    "\x0c",
    "\x1b",
    "\x1b[24~",
    "\r",
    "\x1bOQ",
    "\x1b",
    "\x1b[18~",
    "\x1b",
    "\x1b[19~",
];

#[test]
fn no_screen_shows_what_a_terminal_would_act_on() {
    let mut den = Den::new(files(), seed());
    let environment = den.environment();
    let environment: Vec<(&str, &str)> =
        environment.iter().map(|(name, value)| (*name, value.to_str().unwrap())).collect();
    let starts: Vec<String> =
        (0..files().div_ceil(6)).map(|number| format!("2026-11-12-hop-{number}")).collect();
    let mut arguments = vec![vec!["--ascii"], Vec::new()];
    arguments.extend(starts.iter().map(|id| vec!["open", id.as_str()]));
    for args in arguments {
        let mut pty = Pty::spawn(program(), &args, &environment, 40, 120);
        assert!(pty.wait_until(vt100::Screen::alternate_screen, PATIENCE), "{}", pty.screen());
        pause();
        for keys in WALK {
            pty.send(keys);
            pause();
            if pty.wait_exit(Duration::ZERO).is_some() {
                break;
            }
        }
        let evil: String = (0..6).map(|_| hostile(&mut den.random)).collect();
        pty.send(format!("\x1b\x1b\x1b[200~{evil}\x1b[201~").replace("\x11", ""));
        pause();
        pty.send("\x11");
        assert_eq!(pty.wait_exit(PATIENCE), Some(0), "{args:?}\n{}", pty.screen());
        let bytes = pty.bytes();
        assert!(bytes.len() > 10_000, "{args:?}: too little was shown");
        // Below the prompt a line end is written again.
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "");
        assert_eq!(strangers(text.as_bytes(), Output::Screen), [""; 0], "{args:?}");
    }
}

/// For the screen to be drawn before the next key.
fn pause() {
    std::thread::sleep(Duration::from_millis(40));
}
