//! The whole program under a clock that is turned while it runs (`libfaketime`), in zones whose hours are left out or come
//! twice. The judge is what was typed, and `date` under the same clock. Without that library it says so and claims nothing.
//!
//! `STEERCO_ZONES` and `STEERCO_ZONES_SEED` choose another number of scripts and other ones.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::NaiveDateTime;
use fastrand::Rng;

use crate::desk::{notes, workspace};
use crate::kill::{MEETING, PATIENCE, file, spawn_by};
use crate::typist::number;

/// A zone and a moment (UTC) shortly before its clocks change; the last one never changes.
const ZONES: [(&str, &str); 8] = [
    ("Europe/Berlin", "2026-03-29T00:59:58"),
    ("Europe/Berlin", "2026-10-25T00:59:58"),
    ("Australia/Lord_Howe", "2026-10-03T15:29:58"),
    ("Australia/Lord_Howe", "2026-04-04T14:59:58"),
    ("Pacific/Apia", "2011-12-30T09:59:58"),
    ("America/Sao_Paulo", "2018-11-04T02:59:58"),
    ("America/Sao_Paulo", "2019-02-17T01:59:58"),
    ("Asia/Ho_Chi_Minh", "2026-11-25T16:59:58"),
];

fn library() -> Option<PathBuf> {
    let folders = ["/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"];
    folders
        .iter()
        .map(|folder| Path::new(folder).join("faketime/libfaketime.so.1"))
        .find(|path| path.exists())
}

/// The clock of a program: seconds off the real one and how fast it goes, told in a file that the library reads again.
struct Turned {
    file: PathBuf,
    off: i64,
}

impl Turned {
    fn tell(&self, speed: &str) {
        fs::write(&self.file, format!("{:+}{speed}\n", self.off)).unwrap();
    }

    fn turn(&mut self, random: &mut Rng) {
        let (by, speed) = match random.u8(..8) {
            0 => (-2 * 86_400, ""),
            1 => (3600, ""),
            2 => (-3600, ""),
            3 => (0, " x10"),
            4 => (9 * 3600, ""),
            _ => (0, ""),
        };
        self.off += by;
        self.tell(speed);
    }
}

#[test]
#[allow(clippy::print_stderr, reason = "a test that could not be made says so")]
fn in_any_zone_and_whatever_the_clock_does_lines_are_kept_in_their_order() {
    let Some(library) = library() else {
        eprintln!("no libfaketime here: not tested");
        return;
    };
    let (scripts, first) = (number("STEERCO_ZONES").unwrap_or(4), number("STEERCO_ZONES_SEED").unwrap_or(0));
    for seed in first..first + scripts {
        judge(seed, library.to_str().unwrap());
    }
}

fn judge(seed: u64, library: &str) {
    let (zone, at) = ZONES[usize::try_from(seed).unwrap() % ZONES.len()];
    let context = format!("STEERCO_ZONES=1 STEERCO_ZONES_SEED={seed} {zone} {at}");
    let mut random = Rng::with_seed(seed);
    let (folder, root) = planned();
    let start = at.parse::<NaiveDateTime>().unwrap().and_utc().timestamp() - random.i64(0..5);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let mut clock = Turned { file: folder.path().join("clock"), off: start - i64::try_from(now).unwrap() };
    clock.tell("");
    let environment = [
        ("LD_PRELOAD", library),
        ("FAKETIME_TIMESTAMP_FILE", clock.file.to_str().unwrap()),
        ("FAKETIME_CACHE_DURATION", "1"),
        ("FAKETIME_DONT_FAKE_MONOTONIC", "1"),
        ("TZ", zone),
    ];
    let date = Command::new("date").arg("+%:z").envs(environment).output().unwrap();
    assert!(date.status.success() && !date.stdout.is_empty(), "{context}: {date:?}");
    let offset = String::from_utf8(date.stdout).unwrap();
    let args = ["--workspace", root.to_str().unwrap(), "open", MEETING];
    let mut pty = spawn_by(root.parent().unwrap(), &[], &args, &environment);
    assert!(pty.wait_for("Phiên", PATIENCE), "{context}\n{}", pty.screen());
    pty.send("/khaimac\r");
    assert!(pty.wait_for("ĐANG HỌP", PATIENCE), "{context}\n{}", pty.screen());
    let mut typed = Vec::new();
    for line in 0..8 {
        if seed % 2 == 1 {
            clock.turn(&mut random);
        }
        let text = format!("lời {line}");
        pty.send(format!("{text}\r"));
        assert!(pty.wait_for(&text, PATIENCE), "{context}\n{}", pty.screen());
        let screen = pty.screen();
        assert!(
            !["còn -", "quá -", "HỌP -"].iter().any(|wrong| screen.contains(wrong)),
            "{context}\n{screen}"
        );
        typed.push(text);
        std::thread::sleep(Duration::from_millis(random.u64(100..500)));
    }
    pty.send("/bemac\r\r\x11");
    assert_eq!(pty.wait_exit(PATIENCE), Some(0), "{context}\n{}", pty.screen());
    let file = file(&root);
    assert_eq!(notes(&file), typed, "{context}");
    let table: toml::Table = file.parse().unwrap();
    let text = |key: &str| table[key].as_str().unwrap().to_owned();
    assert_eq!(text("utc_offset"), offset.trim(), "{context}");
    let stamp = |key: &str| table[key].to_string().parse::<NaiveDateTime>().unwrap();
    assert!(stamp("opened") <= stamp("closed"), "{context}");
}

/// A meeting that was not opened yet.
fn planned() -> (tempfile::TempDir, PathBuf) {
    let (folder, root) = workspace(&[MEETING]);
    let text = file(&root).replace("\"live\"", "\"planned\"");
    let kept = |line: &&str| !["opened", "utc_offset", "started"].iter().any(|key| line.starts_with(key));
    let text: String = text.lines().filter(kept).map(|line| format!("{line}\n")).collect();
    fs::write(root.join(format!("meetings/2026/{MEETING}.toml")), text).unwrap();
    (folder, root)
}
