//! Random bytes instead of keys, through the reader of bytes into the whole program over the sample workspace, drawn at
//! random sizes. Nothing ends badly, and every file can still be read, by another reader of TOML too.
//!
//! `STEERCO_NOISE` (bytes) and `STEERCO_NOISE_SEED` choose a longer form and other bytes.

use std::fs;
use std::path::Path;
use std::time::Duration;

use fastrand::Rng;
use steerco::domain::meeting::Meeting;
use steerco::run::bytes::ByteReader;
use steerco::store::meeting_file::read;

use crate::desk::{BEGINNING, Desk};
use crate::typist::number;

/// Bytes of which many mean something: keys of places and pop-ups, text, marks, broken letters, plain noise.
fn bytes(random: &mut Rng) -> Vec<u8> {
    const KEYS: [&str; 46] = [
        "\r",
        "\t",
        "\x1b",
        "\x1b[A",
        "\x1b[B",
        "\x1b[C",
        "\x1b[D",
        "\x1b[1;2A",
        "\x1b[1;2B",
        "\x1bOP",
        "\x1bOQ",
        "\x1bOR",
        "\x1bOS",
        "\x1b[15~",
        "\x1b[17~",
        "\x1b[18~",
        "\x1b[19~",
        "\x1b[20~",
        "\x1b[21~",
        "\x1b[23~",
        "\x1b[24~",
        "\x1b[3~",
        "\x1b[5~",
        "\x1b[6~",
        "\x1b[H",
        "\x1b[F",
        "\x1b[Z",
        "\x04",
        "\x05",
        "\x06",
        "\x07",
        "\x0b",
        "\x0c",
        "\x0e",
        "\x0f",
        "\x10",
        "\x12",
        "\x14",
        "\x15",
        "\x17",
        "\x18",
        "\x19",
        "\x1a",
        "\x7f",
        " ",
        "\x1b[200~dán\nhai dòng\x1b[201~",
    ];
    const TEXTS: [&str; 14] = [
        "hoa",
        "@",
        "#2",
        "!giao snv rà soát > snv > 30/9",
        "=thống nhất",
        "/bq 40 0 1",
        "/kl 2",
        "/",
        "kt 25",
        "is:overdue",
        "15/9",
        "\u{202e}",
        "e\u{301}\u{302}",
        "👨\u{200d}👩",
    ];
    match random.u8(..12) {
        0..6 => KEYS[random.usize(..KEYS.len())].into(),
        6..9 => TEXTS[random.usize(..TEXTS.len())].into(),
        9 => vec![random.u8(..)],
        10 => (0..random.usize(..20)).map(|_| random.u8(..)).collect(),
        _ => {
            let mut known = TEXTS[random.usize(..TEXTS.len())].as_bytes().to_vec();
            let at = random.usize(..known.len());
            known[at] = random.u8(..);
            known
        }
    }
}

fn size(random: &mut Rng) -> (u16, u16) {
    match random.u8(..6) {
        0 => (80, 24),
        1 => (160, 50),
        2 => (random.u16(1..20), random.u16(1..10)),
        _ => (random.u16(1..200), random.u16(1..60)),
    }
}

#[test]
fn noise_on_the_keyboard_ends_nothing_and_breaks_no_file() {
    let (wanted, mut seed) =
        (number("STEERCO_NOISE").unwrap_or(600), number("STEERCO_NOISE_SEED").unwrap_or(1));
    let mut sent = 0;
    while sent < wanted {
        sent += session(seed, (wanted - sent).min(5_000));
        seed += 1;
    }
}

/// One person at the keyboard, sending so many bytes.
fn session(seed: u64, wanted: u64) -> u64 {
    let told = Told(seed);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("workspace");
    steerco::run::demo::unpack(&root).unwrap();
    let mut random = Rng::with_seed(seed);
    let mut desk = Desk::home(&root, "2026-12-10-tong-ket-2026", "", BEGINNING);
    let mut reader = ByteReader::new();
    let (mut sent, mut now) = (0, Duration::ZERO);
    while sent < wanted {
        let bytes = bytes(&mut random);
        sent += bytes.len() as u64 + 1;
        now += Duration::from_millis(random.u64(..40));
        for input in [reader.idle(now), reader.feed(&bytes, now)].concat() {
            desk.hear(input);
        }
        if random.u8(..8) == 0 {
            let (width, height) = size(&mut random);
            desk.screen(width, height);
        }
        if random.u8(..60) == 0 {
            desk.rest();
        }
    }
    desk.rest();
    drop(desk);
    check(&root);
    drop(told);
    sent
}

/// Says which seed it was when a session ends badly.
struct Told(u64);

impl Drop for Told {
    #[allow(clippy::print_stderr, reason = "the seed is what a person needs to see it again")]
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("STEERCO_NOISE_SEED={}", self.0);
        }
    }
}

fn check(folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            check(&path);
        } else if path.extension().is_some_and(|end| end == "toml") {
            let bytes = fs::read(&path).unwrap();
            let text = std::str::from_utf8(&bytes).unwrap();
            assert!(text.parse::<toml::Table>().is_ok(), "{}", path.display());
            assert!(read::<Meeting>(&bytes).is_ok(), "{}", path.display());
        }
    }
}
