//! Every way a window can end, in every place and with every pop-up open: what was typed is found again, the terminal is
//! as it was before, and the end comes within a second. The judge is this file's own record of what it sent.
//!
//! `STEERCO_ENDS_TRIALS` and `STEERCO_ENDS_SEED` choose another number of trials and other ones, `STEERCO_PANICS_TRIALS`
//! and `STEERCO_PANICS_SEED` those of panics alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};

use crate::desk::{notes, workspace};
use crate::kill::storm::tell;
use crate::kill::{MEETING, PATIENCE, file, spawn, spawn_by, start};
use crate::pty::Pty;
use crate::typist::number;

/// Where a window can be when it ends: a name, and the keys that lead there from the meeting's line.
const SCREENS: &[(&str, &str)] = &[
    ("meeting", ""),
    ("help", "\x1bOP"),
    ("palette", "\x0bkết"),
    ("search", "\x06lời"),
    ("speakers", "\x1bOQ"),
    ("items", "\x1bOR"),
    ("task form", "\x1bOS"),
    ("conclusion", "\x1b[15~"),
    ("split", "\x1b[17~"),
    ("gaps", "\x1b[18~"),
    ("line chosen", "\x1b[A"),
    ("line edited", "\x1b[A\r"),
    ("kinds", "\x05"),
    ("item from here", "\x1b[A\x15"),
    ("vote", "\x0bbiểu quyết\r"),
    ("figure", "\x0bsố liệu\r"),
    ("award", "\x0bkhen thưởng\r"),
    ("closing list", "\x0bbế mạc\r"),
    ("opening sheet", "\x0bphiếu mở đầu\r"),
    ("roll", "\x1b[19~"),
    ("seat form", "\x1b[19~\x05"),
    ("stay form", "\x1b[19~\x07"),
    ("new seat", "\x1b[19~\x0f"),
    ("board", "\x1b[21~"),
    ("four boxes", "\x1b[21~\x1bOQ"),
    ("detail", "\x1b[21~\r"),
    ("report form", "\x1b[21~\x1bOS"),
    ("extension form", "\x1b[21~\x1b[15~"),
    ("filter name", "\x1b[21~rà\x04"),
    ("committee", "\x07"),
    ("member form", "\x07\r"),
    ("new member", "\x07\x1bOQ"),
    ("unit renamed", "\x07\t\x1bOR"),
    ("home", "\x1b[24~"),
    ("new meeting", "\x1b[24~\x0e"),
    ("new committee", "\x1b[24~\x0f"),
];

/// A way to end.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    Signal(i32),
    /// Stopped, gone on, then asked to end.
    Stop,
    /// The window is closed.
    Unplug,
    /// The window is closed and no signal tells it.
    UnplugInSilence,
    /// The program itself fails, at this point.
    Panic(&'static str),
}

const ENDS: [End; 9] = [
    End::Signal(SIGTERM),
    End::Panic("draw"),
    End::Signal(SIGHUP),
    End::Unplug,
    End::Signal(SIGINT),
    End::Panic("update"),
    End::Stop,
    End::UnplugInSilence,
    End::Signal(SIGQUIT),
];

/// Starts a program to which the system does not tell that its terminal is gone.
const SILENT: [&str; 4] = ["sh", "-c", "trap '' HUP; exec setsid --wait \"$@\"", "sh"];

/// A key that no keyboard has, at which a program built for tests fails when it is told to.
const FAIL: &str = "\x1b[57387u";
/// On a machine with nothing else to do a second is promised; `STEERCO_ENDS_MS` asks for that or for another time.
const PROMPT: u64 = 5000;

const COMMITTEE: &str = "schema = 1
id = \"bcd\"
name = \"Ban Chỉ đạo\"

[[units]]
id = \"snv\"
name = \"Sở Nội vụ\"

[[members]]
id = \"nguyen-van-hoa\"
name = \"Nguyễn Văn Hòa\"
unit = \"snv\"
";

const ROWS: &str = "
[[seats]]
id = \"nguyen-van-hoa\"
name = \"Nguyễn Văn Hòa\"
unit = \"snv\"

[[tasks]]
id = \"r6b4y1ts\"
number = 1
content = \"Rà soát quy chế\"
lead = [\"snv\"]
due = 2026-09-30
due_kind = \"date\"
status = \"in_progress\"
";

/// A live meeting in which every pop-up has something to show.
fn furnished() -> (tempfile::TempDir, PathBuf) {
    let (folder, root) = workspace(&[MEETING]);
    fs::write(root.join("committees/bcd.toml"), COMMITTEE).unwrap();
    let path = root.join(format!("meetings/2026/{MEETING}.toml"));
    fs::write(&path, file(&root) + ROWS).unwrap();
    (folder, root)
}

/// The quick form takes every screen once; in time every screen meets every end.
#[test]
fn however_a_window_ends_nothing_typed_is_lost_and_the_terminal_is_given_back() {
    try_all("STEERCO_ENDS", |trial| ENDS[(trial + trial / SCREENS.len()) % ENDS.len()]);
}

#[test]
fn a_panic_in_any_screen_keeps_the_text_and_gives_the_terminal_back() {
    let points = ["draw", "update"];
    try_all("STEERCO_PANICS", |trial| End::Panic(points[(trial + trial / SCREENS.len()) % 2]));
}

/// Two trials at a time. A trial is a screen, a way to end and a text, all three told by its number.
fn try_all(name: &str, end: impl Fn(usize) -> End + Sync) {
    let asked = |what: &str| number(&format!("{name}_{what}")).map(|number| usize::try_from(number).unwrap());
    let (first, trials) = (asked("SEED").unwrap_or(0), asked("TRIALS").unwrap_or(SCREENS.len()));
    let (next, slowest) = (AtomicUsize::new(first), Mutex::new(Duration::ZERO));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::SeqCst));
                for trial in numbers.take_while(|trial| *trial < first + trials) {
                    let took = judge(name, trial, SCREENS[trial % SCREENS.len()], end(trial));
                    let mut slowest = slowest.lock().unwrap();
                    *slowest = took.max(*slowest);
                }
            });
        }
    });
    tell(&format!("{trials} trials, the slowest end took {:?}", slowest.into_inner().unwrap()));
}

/// One trial; how long the end took.
fn judge(form: &str, trial: usize, (name, keys): (&str, &str), end: End) -> Duration {
    let (_folder, root) = furnished();
    let mut random = fastrand::Rng::with_seed(trial as u64);
    let lines: Vec<String> = (0..random.usize(1..4)).map(|n| format!("lời {n} của {trial}")).collect();
    let unfinished = format!("dở dang {trial}");
    let mut pty = begin(&root, end);
    pty.send(lines.join("\r") + "\r" + &unfinished);
    assert!(pty.wait_for(&unfinished, PATIENCE), "{}", pty.screen());
    let before = pty.screen();
    pty.send(keys);
    let shown = keys.is_empty() || pty.wait_until(|screen| screen.contents() != before, 5 * PATIENCE);
    assert!(shown, "{name} is not shown:\n{}", pty.screen());
    let context = format!("{form}_SEED={trial} {form}_TRIALS=1: {name} {end:?}");
    let began = Instant::now();
    let code = bring_about(&mut pty, end);
    let exit = pty.wait_exit(PATIENCE);
    let took = began.elapsed();
    assert_eq!(exit, Some(code), "{context}\n{}", pty.screen());
    let most = Duration::from_millis(number("STEERCO_ENDS_MS").unwrap_or(PROMPT));
    assert!(took < most, "{context}: {took:?}");
    if !matches!(end, End::Unplug | End::UnplugInSilence) {
        let sane = |screen: &vt100::Screen| {
            let modes = [screen.alternate_screen(), screen.bracketed_paste(), screen.hide_cursor()];
            modes == [false; 3] && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        };
        assert!(pty.wait_until(sane, PATIENCE), "{context}\n{}", pty.screen());
        assert_eq!(pty.modes(), pty.modes_before(), "{context}");
    }
    if let End::Panic(_) = end {
        // It says what happened and where the text is.
        assert!(pty.wait_for(".journal", PATIENCE), "{context}\n{}", pty.screen());
    }
    drop(pty);
    let expected: Vec<String> = lines.into_iter().chain([unfinished]).collect();
    assert_eq!(found(&root), expected, "{context}");
    took
}

/// Opens the meeting again, takes what stands in the line, or in a line that was being edited and then in the line, and
/// gives the lines of the file. A machine that is too busy to write the file on the way out says so, and is asked again.
fn found(root: &Path) -> Vec<String> {
    for _ in 0..5 {
        let mut pty = spawn(root.parent().unwrap(), &open(root));
        assert!(pty.wait_for("ĐANG HỌP", PATIENCE), "{}", pty.screen());
        pty.send("\r\r\x11");
        assert_eq!(pty.wait_exit(PATIENCE), Some(0), "{}", pty.screen());
        if !pty.wait_for("khôi phục khi mở lại", Duration::from_millis(50)) {
            break;
        }
    }
    notes(&file(root))
}

fn begin(root: &Path, end: End) -> Pty {
    let pty = match end {
        End::Panic(point) => spawn_by(root.parent().unwrap(), &[], &open(root), &[("STEERCO_PANIC", point)]),
        End::UnplugInSilence => spawn_by(root.parent().unwrap(), &SILENT, &open(root), &[]),
        _ => return start(root),
    };
    assert!(pty.wait_for("THẢO LUẬN", PATIENCE), "{}", pty.screen());
    pty
}

fn open(root: &Path) -> [&str; 4] {
    ["--workspace", root.to_str().unwrap(), "open", MEETING]
}

/// Ends the window; the code it is to exit with.
fn bring_about(pty: &mut Pty, end: End) -> u32 {
    match end {
        End::Signal(number) => {
            pty.signal(number);
            128 + u32::try_from(number).unwrap()
        }
        End::Stop => {
            pty.signal(SIGTSTP);
            assert!(pty.wait_until(|screen| !screen.alternate_screen(), PATIENCE));
            let goes_on = |pty: &Pty| {
                pty.signal(SIGCONT);
                pty.wait_until(vt100::Screen::alternate_screen, Duration::from_millis(100))
            };
            assert!((0..100).any(|_| goes_on(pty)));
            pty.signal(SIGTERM);
            143
        }
        End::Unplug => {
            pty.unplug();
            129
        }
        End::UnplugInSilence => {
            // Without the signal of a new size a key makes it draw, and that wakes the watcher.
            pty.unplug_with("\x1b[I\x0b");
            129
        }
        End::Panic(_) => {
            pty.send(FAIL);
            101
        }
    }
}
