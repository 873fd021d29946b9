//! Keyboard and terminal end to end: this binary runs itself in a terminal as a small program that shows
//! what it hears. Knows nothing of the product's screens.

use std::io::Write;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::Duration;
use std::{env, io, process, thread};

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use steerco::app::key::{Input, Key};
use steerco::run::reader::{self, Heard};
use steerco::run::signals::{self, Signal};
use steerco::run::terminal::{self, MouseUse, NoTerminal, Panicked, TerminalGuard};

use crate::pty::Pty;

/// Far longer than anything here takes, for machines that do much else.
const PATIENCE: Duration = Duration::from_secs(20);
const HEARD_HANGUP: u32 = 7;
const NO_TERMINAL: u32 = 8;
const PANICKED: u32 = 9;

/// Names the part this binary plays when it runs itself.
const PART: &str = "STEERCO_CHILD";
/// Shows what it hears, obeys signals.
const ECHO: &str = "echo";
/// The same, but no signal ends it, so that only the keyboard's end can.
const DEAF: &str = "deaf";

fn start(env: &[(&str, &str)]) -> Pty {
    let program = env::current_exe().unwrap();
    let args = ["--exact", "terminal::child_entry", "--nocapture"];
    Pty::spawn(&program, &args, env, 24, 80)
}

fn start_ready(part: &str) -> Pty {
    let pty = start(&[(PART, part)]);
    assert!(pty.wait_for("ready", PATIENCE), "{}", pty.screen());
    pty
}

fn expect(pty: &Pty, text: &str) {
    assert!(pty.wait_for(text, PATIENCE), "{text} is not in\n{}", pty.screen());
}

#[test]
fn keys_are_heard_in_their_order() {
    let mut pty = start_ready(ECHO);
    pty.send("tiê\x7f\x08iếng\r\x1b[A\x1bOP\x1bđ\x0b");
    expect(&pty, "[t][i][ê][backspace][backspace][i][ế][n][g][enter][up][f1][alt-đ][ctrl-k]");
    assert_eq!(pty.cursor(), (1, 73), "{}", pty.screen());
    pty.send("\x11");
    assert_eq!(pty.wait_exit(PATIENCE), Some(0));
}

#[test]
fn letters_after_a_lone_esc_arrive() {
    let mut pty = start_ready(ECHO);
    pty.send("\x1b");
    expect(&pty, "[esc]");
    pty.send("abc");
    expect(&pty, "[esc][a][b][c]");
}

#[test]
fn a_paste_without_end_lets_later_keys_through() {
    let mut pty = start_ready(ECHO);
    pty.send("\x1b[200~một hai");
    expect(&pty, "{một hai}");
    pty.send("a");
    expect(&pty, "{một hai}[a]");
}

#[test]
fn asking_to_leave_gives_the_terminal_back() {
    for number in [SIGTERM, SIGHUP, SIGINT, SIGQUIT] {
        let mut pty = start_ready(ECHO);
        assert_ne!(pty.modes(), pty.modes_before(), "raw mode is on");
        pty.send("\x0f");
        assert!(pty.wait_until(|screen| screen.mouse_protocol_mode() != OFF, PATIENCE));
        pty.signal(number);
        assert_eq!(pty.wait_exit(PATIENCE), Some(128 + u32::try_from(number).unwrap()));
        assert_given_back(&pty);
    }
}

const OFF: vt100::MouseProtocolMode = vt100::MouseProtocolMode::None;

fn assert_given_back(pty: &Pty) {
    let sane = |screen: &vt100::Screen| {
        let modes = [screen.alternate_screen(), screen.bracketed_paste(), screen.hide_cursor()];
        modes == [false; 3] && screen.mouse_protocol_mode() == OFF
    };
    assert!(pty.wait_until(sane, PATIENCE));
    assert_eq!(pty.modes(), pty.modes_before());
}

#[test]
fn a_closed_window_is_noticed_without_the_signal() {
    let mut pty = start_ready(DEAF);
    pty.unplug();
    assert_eq!(pty.wait_exit(Duration::from_secs(1)), Some(HEARD_HANGUP));
}

#[test]
fn a_stopped_program_gives_the_terminal_back_and_takes_it_again() {
    let mut pty = start_ready(ECHO);
    let raw = pty.modes();
    pty.signal(SIGTSTP);
    assert!(pty.wait_until(|screen| !screen.alternate_screen(), PATIENCE));
    wait_for_modes(&pty, pty.modes_before());
    // The program stops just after it has given the terminal back, and only a stopped one goes on.
    let goes_on = || {
        pty.signal(SIGCONT);
        pty.wait_until(vt100::Screen::alternate_screen, Duration::from_millis(200))
    };
    assert!((0..100).any(|_| goes_on()));
    wait_for_modes(&pty, &raw);
    pty.send("a");
    expect(&pty, "[a]");
}

/// The modes change just after the screen does.
fn wait_for_modes(pty: &Pty, expected: &str) {
    let mut left = PATIENCE;
    let step = Duration::from_millis(5);
    while pty.modes() != expected && left > step {
        thread::sleep(step);
        left -= step;
    }
    assert_eq!(pty.modes(), expected);
}

#[test]
fn a_new_size_is_told() {
    let pty = start_ready(ECHO);
    for (rows, cols) in [(40, 120), (1, 1), (24, 80)] {
        pty.resize(rows, cols);
    }
    expect(&pty, "(80, 24)");
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let mut pty = start_ready(ECHO);
    pty.send("\x10");
    assert_eq!(pty.wait_exit(PATIENCE), Some(PANICKED));
    assert_given_back(&pty);
}

#[test]
fn a_panic_in_another_thread_keeps_the_terminal() {
    let mut pty = start_ready(ECHO);
    let raw = pty.modes();
    pty.send("\x14");
    expect(&pty, "helper panicked");
    pty.send("a");
    expect(&pty, "[a]");
    assert_eq!(pty.modes(), raw);
    assert!(pty.wait_until(vt100::Screen::alternate_screen, PATIENCE));
}

#[test]
fn a_killed_program_is_gone() {
    let mut pty = start_ready(ECHO);
    assert_eq!(pty.wait_exit(Duration::ZERO), None);
    pty.kill9();
    assert!(pty.wait_exit(PATIENCE).is_some_and(|code| code != 0));
}

#[test]
fn a_dumb_terminal_is_refused_and_left_alone() {
    let mut pty = start(&[(PART, ECHO), ("TERM", "dumb")]);
    assert_eq!(pty.wait_exit(PATIENCE), Some(NO_TERMINAL));
    assert!(!pty.screen().contains("ready"));
}

/// Where this binary starts when it runs itself; as a test of its own it has nothing to claim.
#[test]
fn child_entry() {
    let Ok(part) = env::var(PART) else { return };
    let code = play(&part);
    process::exit(i32::try_from(code).unwrap());
}

enum Event {
    Heard(Heard),
    Signal(Signal),
    Panicked(String),
}

fn play(part: &str) -> u32 {
    let (tell, events) = mpsc::channel();
    if part == DEAF {
        signal_hook::flag::register(SIGHUP, Arc::new(AtomicBool::new(false))).unwrap();
    }
    let signals = tell.clone();
    signals::listen(move |signal| {
        let _ = signals.send(Event::Signal(signal));
    })
    .unwrap();
    let mut guard = match TerminalGuard::enter() {
        Ok(guard) => guard,
        Err(NoTerminal::Dumb) => return NO_TERMINAL,
        Err(e) => panic!("{e}"),
    };
    watch_panics(tell.clone());
    reader::listen(move |heard| match tell.send(Event::Heard(heard)) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    })
    .unwrap();
    show("ready\r\n");
    obey(part, &events, &mut guard)
}

fn watch_panics(tell: Sender<Event>) {
    terminal::watch_panics(move |panicked, message| match panicked {
        Panicked::Main => process::exit(i32::try_from(PANICKED).unwrap()),
        Panicked::Other(name) => {
            assert!(message.contains("on purpose"));
            let _ = tell.send(Event::Panicked(name));
        }
    });
}

fn obey(part: &str, events: &Receiver<Event>, guard: &mut TerminalGuard) -> u32 {
    let last = |event: Event| match event {
        Event::Heard(Heard::Hangup) => Some(HEARD_HANGUP),
        Event::Heard(Heard::Inputs(inputs)) => inputs.iter().find_map(|input| hear(input, guard)),
        Event::Signal(Signal::Leave(_)) if part == DEAF => None,
        Event::Signal(Signal::Leave(leave)) => {
            terminal::leave();
            Some(u32::from(leave.exit_code()))
        }
        Event::Signal(signal) => {
            follow(signal, guard);
            None
        }
        Event::Panicked(name) => {
            show(&format!("{name} panicked"));
            None
        }
    };
    let code = events.iter().find_map(last).unwrap();
    terminal::leave();
    code
}

fn follow(signal: Signal, guard: &mut TerminalGuard) {
    match signal {
        Signal::Suspend => guard.suspend().unwrap(),
        // A hang-up comes with this signal too; the keyboard then tells the end.
        Signal::Continue => guard.resume().unwrap_or_default(),
        _ => show(&format!(" {:?} ", terminal::size().unwrap_or_default())),
    }
}

fn hear(input: &Input, guard: &mut TerminalGuard) -> Option<u32> {
    match input {
        Input::Key(key) if *key == Key::ctrl('q') => return Some(0),
        Input::Key(key) if *key == Key::ctrl('p') => panic!("on purpose"),
        Input::Key(key) if *key == Key::ctrl('o') => guard.set_mouse(MouseUse::On).unwrap(),
        Input::Key(key) if *key == Key::ctrl('t') => panic_elsewhere(),
        Input::Key(key) => show(&format!("[{key}]")),
        Input::Paste(text) => show(&format!("{{{text}}}")),
        _ => {}
    }
    None
}

fn panic_elsewhere() {
    let helper = thread::Builder::new().name("helper".to_owned()).spawn(|| panic!("on purpose")).unwrap();
    assert!(helper.join().is_err());
}

/// What cannot be shown because the window is gone is not missed.
fn show(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes());
    let _ = out.flush();
}
