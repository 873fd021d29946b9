//! A window in a terminal that is killed, asked to end or unplugged at random moments. The judge is this file's own
//! record of what it sent and when; the program is never asked whether it saved.
//!
//! `STEERCO_KILL_TRIALS` and `STEERCO_KILL_SEED` choose another number of trials and other moments.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use std::{fs, thread};

use signal_hook::consts::{SIGCONT, SIGHUP, SIGTERM, SIGTSTP};
use steerco::store::lock::Lock;
use steerco::store::workspace::Workspace;

use crate::desk::{notes, workspace};
use crate::pty::Pty;
use crate::typist::{Text, Typist, number, plain};

mod ends;
mod storm;
mod zones;

pub const PATIENCE: Duration = Duration::from_secs(20);
pub const MEETING: &str = "2026-08-15-phien-hop";
/// A key that the program received this long before the kill is safe.
const SAFE: Duration = Duration::from_millis(100);

/// The program that was built with these tests, or another one that the person who runs them names.
pub fn program() -> &'static Path {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
        let named = std::env::var_os("STEERCO_PROGRAM").map(PathBuf::from);
        named.unwrap_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_steerco")))
    });
    &PROGRAM
}

/// Folders of its own for a window.
pub fn environment(home: &Path) -> Vec<(&'static str, String)> {
    let inside = |name: &str| home.join(name).to_str().unwrap().to_owned();
    fs::create_dir_all(home.join("temporary")).unwrap();
    vec![
        ("HOME", inside("home")),
        ("XDG_STATE_HOME", inside("state")),
        ("XDG_CONFIG_HOME", inside("config")),
        ("XDG_CACHE_HOME", inside("cache")),
        ("XDG_DATA_HOME", inside("data")),
        ("TMPDIR", inside("temporary")),
    ]
}

/// A window of the program with folders of its own, in a terminal of the usual size.
pub fn spawn(home: &Path, args: &[&str]) -> Pty {
    spawn_by(home, &[], args, &[])
}

/// As [`spawn`], started by another program and with more variables.
pub fn spawn_by(home: &Path, starter: &[&str], args: &[&str], more: &[(&str, &str)]) -> Pty {
    let env = environment(home);
    let env = env.iter().map(|(name, value)| (*name, value.as_str())).chain(more.iter().copied());
    let env: Vec<(&str, &str)> = env.collect();
    let words = [starter, &[program().to_str().unwrap(), "--lang", "vi"], args].concat();
    Pty::spawn(Path::new(words[0]), &words[1..], &env, 24, 80)
}

/// A window in the meeting, ready for keys.
pub fn start(root: &Path) -> Pty {
    let pty = spawn(root.parent().unwrap(), &["--workspace", root.to_str().unwrap(), "open", MEETING]);
    assert!(pty.wait_for("THẢO LUẬN", PATIENCE), "{}", pty.screen());
    pty
}

pub fn file(root: &Path) -> String {
    fs::read_to_string(root.join(format!("meetings/2026/{MEETING}.toml"))).unwrap()
}

/// Opens the meeting again, records what stands in the line, ends, and gives the lines of the file.
pub fn found(root: &Path) -> Vec<String> {
    let mut pty = start(root);
    pty.send("\r\x11");
    assert_eq!(pty.wait_exit(PATIENCE), Some(0), "{}", pty.screen());
    notes(&file(root)).iter().map(|line| plain(line)).collect()
}

/// Types for a random time and kills at a random moment; every state of the text that may be found afterwards.
fn type_and_kill(typist: &mut Typist, pty: &mut Pty, before: Vec<Text>) -> Vec<Text> {
    let end = Instant::now() + Duration::from_millis(typist.random.u64(30..2500));
    let (mut sent, mut late) = (Vec::new(), Duration::ZERO);
    while Instant::now() < end {
        let key = typist.key();
        pty.send(key.to_string());
        let at = Instant::now();
        sent.push((at, key));
        let pause = typist.pause().min(end.saturating_duration_since(at));
        thread::sleep(pause);
        late = late.max(at.elapsed().saturating_sub(pause));
    }
    let killed = Instant::now();
    pty.kill9();
    pty.wait_exit(PATIENCE).unwrap();
    typist.begin_anew();
    before.into_iter().flat_map(|text| after(text, &sent, killed, SAFE + starved(late))).collect()
}

/// On a machine with too much to do a key reaches the program late: three threads have to be woken between the terminal
/// and the journal, each as late as the typist here was. On one with time to spare this is nothing.
fn starved(late: Duration) -> Duration {
    if late < Duration::from_millis(10) { Duration::ZERO } else { late * 3 }
}

/// The text after all keys that were older than `safe` at the end, and after each later one.
pub fn after(mut text: Text, sent: &[(Instant, char)], end: Instant, safe: Duration) -> Vec<Text> {
    let safe = sent.iter().filter(|(at, _)| *at + safe < end).count();
    sent[..safe].iter().for_each(|(_, key)| text.press(*key));
    let mut states = vec![text.clone()];
    for (_, key) in &sent[safe..] {
        text.press(*key);
        states.push(text.clone());
    }
    states
}

#[test]
fn a_killed_window_loses_no_key_older_than_a_tenth_of_a_second() {
    let trials = number("STEERCO_KILL_TRIALS").unwrap_or(20);
    let first = number("STEERCO_KILL_SEED").unwrap_or(1);
    // Typing is mostly waiting, so several trials go on side by side.
    let next = AtomicU64::new(first);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let seeds = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
                seeds.take_while(|seed| *seed < first + trials).for_each(judge);
            });
        }
    });
}

/// One trial: a window or two killed in the middle of typing, and what is found afterwards.
fn judge(seed: u64) {
    let (_folder, root) = workspace(&[MEETING]);
    let mut typist = Typist::new(seed);
    let mut states = vec![Text::default()];
    for _ in 0..typist.random.usize(1..=2) {
        let mut pty = start(&root);
        states = type_and_kill(&mut typist, &mut pty, states);
    }
    let found = found(&root);
    let expected: Vec<Vec<String>> = states.into_iter().map(Text::recorded).collect();
    let (fewest, most) = (expected.first().unwrap(), expected.last().unwrap());
    assert!(
        expected.contains(&found),
        "STEERCO_KILL_SEED={seed}\nfound {found:#?}\nat least {fewest:#?}\nat most {most:#?}"
    );
}

#[test]
fn a_window_asked_to_end_keeps_everything_and_gives_the_terminal_back() {
    for number in [SIGTERM, SIGHUP] {
        let (_folder, root) = workspace(&[MEETING]);
        let mut pty = start(&root);
        pty.send("dòng một\rdòng hai\rdở dang");
        assert!(pty.wait_for("dở dang", PATIENCE), "{}", pty.screen());
        pty.signal(number);
        assert_eq!(pty.wait_exit(Duration::from_secs(1)), Some(128 + u32::try_from(number).unwrap()));
        assert!(pty.wait_until(|screen| !screen.alternate_screen(), PATIENCE));
        assert_eq!(pty.modes(), pty.modes_before());
        assert_eq!(notes(&file(&root)), ["dòng một", "dòng hai"]);
        assert_eq!(found(&root), ["dòng một", "dòng hai", "dở dang"]);
    }
}

#[test]
fn an_unplugged_window_ends_and_keeps_everything() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut pty = start(&root);
    pty.send("dòng một\rdở dang");
    assert!(pty.wait_for("dở dang", PATIENCE), "{}", pty.screen());
    pty.unplug();
    assert_eq!(pty.wait_exit(Duration::from_secs(1)), Some(129));
    assert_eq!(found(&root), ["dòng một", "dở dang"]);
}

#[test]
fn two_windows_on_one_meeting_stay_usable_and_agree_in_the_end() {
    let (_folder, root) = workspace(&[MEETING]);
    let (mut one, mut two) = (start(&root), start(&root));
    for turn in 1..=3 {
        one.send(format!("trái {turn}\r"));
        two.send(format!("phải {turn}\r"));
    }
    let both =
        |screen: &vt100::Screen| ["trái 3", "phải 3"].iter().all(|text| screen.contents().contains(text));
    assert!(
        one.wait_until(both, PATIENCE) && two.wait_until(both, PATIENCE),
        "{}\n{}",
        one.screen(),
        two.screen()
    );
    one.send("\x11");
    two.send("\x11");
    assert_eq!((one.wait_exit(PATIENCE), two.wait_exit(PATIENCE)), (Some(0), Some(0)));
    let mut found = notes(&file(&root));
    found.sort();
    assert_eq!(found, ["phải 1", "phải 2", "phải 3", "trái 1", "trái 2", "trái 3"]);
}

#[test]
fn a_stalled_disk_keeps_nobody_from_leaving_and_the_rest_is_found_again() {
    let quit = |pty: &mut Pty| pty.send("\x11");
    let terminate = |pty: &mut Pty| pty.signal(SIGTERM);
    for (leave, code) in [(&quit as &dyn Fn(&mut Pty), 0), (&terminate, 143)] {
        let (_folder, root) = workspace(&[MEETING]);
        let state = root.parent().unwrap().join("state/steerco");
        let tag = Workspace::open(&root, &state).unwrap().tag();
        let mut pty = start(&root);
        // A window that never ends its save is a disk that never answers.
        let held = Lock::wait(&state.join("locks").join(format!("{tag}.lock"))).unwrap();
        pty.send("dòng một\rdở dang");
        assert!(pty.wait_for("dở dang", PATIENCE), "{}", pty.screen());
        leave(&mut pty);
        assert_eq!(pty.wait_exit(Duration::from_millis(1500)), Some(code));
        assert!(pty.wait_for("khôi phục khi mở lại", PATIENCE), "{}", pty.screen());
        assert_eq!(notes(&file(&root)), [""; 0]);
        drop(held);
        assert_eq!(found(&root), ["dòng một", "dở dang"]);
    }
}

#[test]
fn a_stopped_window_goes_on_where_it_was() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut pty = start(&root);
    pty.send("trước");
    assert!(pty.wait_for("trước", PATIENCE), "{}", pty.screen());
    pty.signal(SIGTSTP);
    assert!(pty.wait_until(|screen| !screen.alternate_screen(), PATIENCE));
    pty.resize(30, 100);
    // The program stops just after it has given the terminal back, and only a stopped one goes on.
    let goes_on = || {
        pty.signal(SIGCONT);
        pty.wait_until(vt100::Screen::alternate_screen, Duration::from_millis(200))
    };
    assert!((0..100).any(|_| goes_on()));
    pty.send(" sau");
    let whole = |screen: &vt100::Screen| {
        let shown = screen.contents();
        screen.alternate_screen() && shown.contains("trước sau") && shown.contains("THẢO LUẬN")
    };
    assert!(pty.wait_until(whole, PATIENCE), "{}", pty.screen());
    pty.send("\r\x11");
    assert_eq!(pty.wait_exit(PATIENCE), Some(0));
    assert_eq!(notes(&file(&root)), ["trước sau"]);
}

#[test]
fn any_size_is_lived_through() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut pty = start(&root);
    let mut random = fastrand::Rng::with_seed(7);
    for _ in 0..200 {
        pty.resize(random.u16(..60), random.u16(..200));
        pty.send("a");
    }
    pty.resize(24, 80);
    assert!(pty.wait_for("THẢO LUẬN", PATIENCE), "{}", pty.screen());
    pty.send("\r\x11");
    assert_eq!(pty.wait_exit(PATIENCE), Some(0));
    assert_eq!(notes(&file(&root)), ["a".repeat(200)]);
}

#[test]
fn the_demonstration_shows_the_samples_and_leaves_nothing_behind() {
    let home = tempfile::tempdir().unwrap();
    let mut pty = spawn(home.path(), &["demo"]);
    assert!(pty.wait_for("Digital Board", PATIENCE), "{}", pty.screen());
    pty.signal(SIGTERM);
    assert_eq!(pty.wait_exit(PATIENCE), Some(143));
    assert_eq!(fs::read_dir(home.path().join("temporary")).unwrap().count(), 0);
}
