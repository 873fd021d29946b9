//! Sizes, pastes and bytes as nobody sends them. The judge is this file's own record of what it sent; the program is
//! asked nothing.
//!
//! `STEERCO_RESIZES`, `STEERCO_PASTE_MB` and `STEERCO_ODD` (rounds) choose longer forms, `STEERCO_STORM_SEED` other ones.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use crate::desk::{notes, workspace};
use crate::kill::{MEETING, PATIENCE, file, found, start};
use crate::pty::Pty;
use crate::typist::number;

fn seed() -> u64 {
    number("STEERCO_STORM_SEED").unwrap_or(7)
}

/// Two hundred sizes a second, most of them absurd, while somebody types.
#[test]
fn a_storm_of_sizes_is_lived_through_and_the_text_is_whole() {
    let resizes = number("STEERCO_RESIZES").unwrap_or(500);
    let (_folder, root) = workspace(&[MEETING]);
    let mut random = fastrand::Rng::with_seed(seed());
    let mut pty = start(&root);
    let mut typed = String::new();
    for turn in 0..resizes {
        let (rows, cols) = match random.u8(..8) {
            0 => (0, 0),
            1 => (1, 1),
            2 => (random.u16(..3), random.u16(..=500)),
            3 => (random.u16(..=500), random.u16(..3)),
            _ => (random.u16(..=500), random.u16(..=500)),
        };
        pty.resize(rows, cols);
        if turn % 10 == 0 {
            let key = ['a', 'ế', ' ', 'đ'][random.usize(..4)];
            pty.send(key.to_string());
            typed.push(key);
        }
        thread::sleep(Duration::from_millis(5));
    }
    pty.resize(24, 80);
    assert!(pty.wait_for("THẢO LUẬN", PATIENCE), "{}", pty.screen());
    pty.send("\r\x11");
    assert_eq!(pty.wait_exit(PATIENCE), Some(0), "{}", pty.screen());
    assert_eq!(notes(&file(&root)).concat(), typed.trim());
}

/// Lines as they are pasted out of a report.
fn report(bytes: usize, random: &mut fastrand::Rng) -> Vec<String> {
    const WORDS: [&str; 8] =
        ["tiếng", "Sở Nội vụ", "rà soát", "quy chế", "trước ngày", "30/9", "đồng chí", "ưu điểm"];
    let mut lines = Vec::new();
    let mut size = 0;
    while size < bytes {
        let words: Vec<&str> = (0..random.usize(8..30)).map(|_| WORDS[random.usize(..WORDS.len())]).collect();
        let line = words.join(" ");
        size += line.len() + 1;
        lines.push(line);
    }
    lines
}

/// Memory of a running program at its highest, in megabytes.
fn highest(pty: &Pty) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", pty.pid())).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

/// Sends a paste as a terminal does, waits until its last line shows, kills the program and gives the lines that are
/// found afterwards.
fn after_paste(lines: &[String], (begin, end): (&str, &str), between: &str) -> Vec<String> {
    let (_folder, root) = workspace(&[MEETING]);
    let mut pty = start(&root);
    let began = Instant::now();
    let text = format!("{begin}{}{end}", lines.join(between));
    pty.send_all(text.as_bytes());
    pty.send(" hết dán");
    assert!(pty.wait_for("hết dán", PATIENCE * 10), "{}", pty.screen());
    let shown = began.elapsed();
    assert!(pty.wait_for("đã lưu", PATIENCE * 10), "{}", pty.screen());
    let quiet = when_quiet(root.parent().unwrap()) - began;
    let memory = highest(&pty);
    pty.kill9();
    pty.wait_exit(PATIENCE).unwrap();
    tell(&format!("{} bytes: shown after {shown:?}, on disk after {quiet:?}, {memory} MB", text.len()));
    found(&root)
}

/// Figures for the person who runs the long form.
#[allow(clippy::print_stderr, reason = "nothing else of a test that holds is seen")]
pub fn tell(figures: &str) {
    eprintln!("{figures}");
}

/// When the files of a folder changed last, once they have stood for a second.
fn when_quiet(folder: &Path) -> Instant {
    let (mut sizes, mut since) = (0, Instant::now());
    while since.elapsed() < Duration::from_secs(1) {
        let now = size(folder);
        if now != sizes {
            (sizes, since) = (now, Instant::now());
        }
        thread::sleep(Duration::from_millis(10));
    }
    since
}

fn size(path: &Path) -> u64 {
    let Ok(data) = path.symlink_metadata() else { return 0 };
    let inside = fs::read_dir(path).into_iter().flatten().flatten();
    data.len() + inside.map(|entry| size(&entry.path())).sum::<u64>()
}

/// How large a paste is: short in the quick form, as large as asked for in the long one.
fn paste_bytes(quick: usize) -> usize {
    number("STEERCO_PASTE_MB").map_or(quick, |mb| usize::try_from(mb).unwrap() * 1_000_000)
}

/// Pastes lines and judges what is there after a kill.
fn paste_and_judge(bytes: usize, marks: (&str, &str), between: &str) {
    let lines = report(bytes, &mut fastrand::Rng::with_seed(seed()));
    // The last line waits in the field, and what is typed then goes on in it.
    let mut expected = lines.clone();
    expected.last_mut().unwrap().push_str(" hết dán");
    let found = after_paste(&lines, marks, between);
    assert!(found == expected, "{} lines of {}", found.len(), expected.len());
}

#[test]
fn a_large_paste_becomes_its_lines_and_stays() {
    paste_and_judge(paste_bytes(300_000), ("\x1b[200~", "\x1b[201~"), "\n");
}

/// A terminal without marks sends a paste as if it were typed, and its line ends are Enter.
#[test]
fn a_paste_without_marks_is_typing_and_stays() {
    paste_and_judge(paste_bytes(20_000), ("", ""), "\r");
}

/// What a terminal sends on a bad day (`|` is a moment without bytes), and the line that must become of it.
const ODD: [(&[u8], &str); 14] = [
    (b"\x1b[200~m\xe1\xbb\x99t hai|||| ba\r", "một hai ba"),
    (b"a\x1b|b\r", "ab"),
    (b"a\x1bb\r", "ab"),
    (b"a\x1b\x1bb\r", "ab"),
    (b"\xffa\r", "\u{fffd}a"),
    (b"\xe1\xbaa\r", "\u{fffd}a"),
    (b"\xe1\xba|\xbfa\r", "ếa"),
    (b"\x9b2Ja\r", "\u{fffd}2Ja"),
    (b"\xc2\x9b2Ja\r", "\u{fffd}2Ja"),
    (b"x\x1b[200~d\xc3\xa1n\x1b[201~y\r", "xdány"),
    (b"\x1b[200~\x1b[31m\x07d\xc3\xa1n\x1b[201~y\r", "[31mdány"),
    (b"\x1b[1;5|z\r", "z"),
    (b"\x1b]11;rgb:0/0/0\x1b\\a\r", "a"),
    (b"\x1b[?64;1;2ca\x1b[24;80Rb\r", "ab"),
];

#[test]
fn on_a_bad_day_of_the_terminal_no_letter_is_swallowed() {
    let rounds = number("STEERCO_ODD").unwrap_or(2);
    for round in 0..rounds {
        let (_folder, root) = workspace(&[MEETING]);
        let mut random = fastrand::Rng::with_seed(seed() + round);
        let mut pty = start(&root);
        let mut expected = Vec::new();
        for (bytes, line) in ODD {
            // In one piece, or in pieces as a slow line makes them.
            let longest = [bytes.len(), 3, 1][random.usize(..3)];
            for piece in bytes.split_inclusive(|byte| *byte == b'|') {
                let (piece, moment) = piece.strip_suffix(b"|").map_or((piece, false), |piece| (piece, true));
                for bytes in piece.chunks(longest) {
                    pty.send(bytes);
                    thread::sleep(Duration::from_millis(random.u64(..3)));
                }
                thread::sleep(Duration::from_millis(if moment { 600 } else { 0 }));
            }
            expected.push(line);
        }
        pty.send("cuối\r");
        expected.push("cuối");
        assert!(pty.wait_for("cuối", PATIENCE), "{}", pty.screen());
        pty.send("\x11");
        assert_eq!(pty.wait_exit(PATIENCE), Some(0), "{}", pty.screen());
        assert_eq!(notes(&file(&root)), expected, "STEERCO_STORM_SEED={} STEERCO_ODD=1", seed() + round);
    }
}
