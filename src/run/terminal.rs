//! Takes the terminal and gives it back on every way out. Knows nothing of what is drawn or read.

use std::error::Error;
use std::fmt;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::{env, panic, thread};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// Holds the terminal in raw mode on its second screen; dropping it gives the terminal back.
#[derive(Debug)]
pub struct TerminalGuard {
    mouse: MouseUse,
}

/// Whether the terminal tells what the mouse does. While it does, text is selected with Shift held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseUse {
    /// The mouse selects text as in every terminal.
    Off,
    /// Clicks, drags and the wheel are told.
    On,
}

/// Why the terminal cannot be taken.
#[derive(Debug)]
pub enum NoTerminal {
    /// Keys do not come from a terminal.
    InputIsNoTerminal,
    /// What is shown does not go to a terminal.
    OutputIsNoTerminal,
    /// The terminal says that it cannot place text (`TERM` is `dumb` or not set).
    Dumb,
    /// The terminal is there and refuses.
    Refused(io::Error),
}

/// Where a panic happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Panicked {
    /// In the thread that holds the terminal; it has been given back already.
    Main,
    /// In another thread, of this name; the terminal is still held.
    Other(String),
}

/// Second screen, paste marks, visible cursor. The cursor stays visible because input methods draw at it.
#[cfg(unix)]
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?2004h\x1b[?25h";
#[cfg(windows)]
const ENTER: &[u8] = b"\x1b[?1049h\x1b[?25h";

/// Ends a frame that was cut short, then colours, mouse, paste marks; shows the cursor; first screen last.
const LEAVE: &[u8] = b"\x1b[?2026l\x1b[0m\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[?25h\x1b[?1049l";

/// Clicks, drags, and numbers of more than one byte for wide windows.
#[cfg(unix)]
const MOUSE_ON: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";
#[cfg(unix)]
const MOUSE_OFF: &[u8] = b"\x1b[?1006l\x1b[?1002l\x1b[?1000l";

/// The terminal is held. Static because a panic must find it without the guard.
static HELD: AtomicBool = AtomicBool::new(false);

impl TerminalGuard {
    /// Takes the terminal.
    ///
    /// # Errors
    /// There is no terminal, it cannot place text, or it refuses; nothing was changed then.
    pub fn enter() -> Result<TerminalGuard, NoTerminal> {
        if !io::stdin().is_terminal() {
            return Err(NoTerminal::InputIsNoTerminal);
        }
        if !io::stdout().is_terminal() {
            return Err(NoTerminal::OutputIsNoTerminal);
        }
        if is_dumb(env::var("TERM").ok().as_deref()) {
            return Err(NoTerminal::Dumb);
        }
        take().map_err(NoTerminal::Refused)?;
        Ok(TerminalGuard { mouse: MouseUse::Off })
    }

    /// Takes the terminal again after the program was stopped and goes on. Everything is to be drawn anew.
    ///
    /// # Errors
    /// The terminal refuses, most often because it is gone: a hang-up makes the system tell a program to go
    /// on too. The keyboard's end tells that, so nothing needs to be done about it here.
    pub fn resume(&mut self) -> io::Result<()> {
        if HELD.load(Ordering::SeqCst) {
            // The shell may have changed the modes meanwhile, and raw mode is only set where it was not.
            raw_again()?;
            write(ENTER)?;
        } else {
            take()?;
        }
        self.set_mouse(self.mouse)
    }

    /// Gives the terminal back, stops the program as the shell expects, and takes the terminal again when the
    /// program goes on. Everything is to be drawn anew.
    ///
    /// # Errors
    /// The program cannot be stopped, or the terminal refuses.
    #[cfg(unix)]
    pub fn suspend(&mut self) -> io::Result<()> {
        leave();
        // Stops this thread before the next line; a stop sent to the process may reach another thread first.
        signal_hook::low_level::raise(signal_hook::consts::SIGSTOP)?;
        self.resume()
    }

    /// Whether the mouse is told.
    pub fn mouse(&self) -> MouseUse {
        self.mouse
    }

    /// Asks the terminal to tell what the mouse does, or to stop.
    ///
    /// # Errors
    /// The terminal refuses.
    pub fn set_mouse(&mut self, mouse: MouseUse) -> io::Result<()> {
        self.mouse = mouse;
        tell_mouse(mouse)
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        leave();
    }
}

/// Gives the terminal back if it is held. May be called from any way out, any number of times.
pub fn leave() {
    if !HELD.swap(false, Ordering::SeqCst) {
        return;
    }
    // Nothing can be done when the terminal is gone, and leaving must go on.
    let _ = write(LEAVE);
    let _ = disable_raw_mode();
}

/// Width and height of the terminal in cells; either may be 0.
///
/// # Errors
/// The terminal does not say.
pub fn size() -> io::Result<(u16, u16)> {
    ask_size()
}

/// From now on a panic in the calling thread gives the terminal back; a panic in any other thread leaves it,
/// as the calling thread goes on drawing. Either is told, with place and message, after that and instead of
/// being printed.
pub fn watch_panics(tell: impl Fn(Panicked, String) + Send + Sync + 'static) {
    let main = thread::current().id();
    panic::set_hook(Box::new(move |panic| {
        let current = thread::current();
        if current.id() == main {
            leave();
            tell(Panicked::Main, panic.to_string());
            return;
        }
        tell(Panicked::Other(current.name().unwrap_or_default().to_owned()), panic.to_string());
    }));
}

impl fmt::Display for NoTerminal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoTerminal::InputIsNoTerminal => f.write_str("keys do not come from a terminal"),
            NoTerminal::OutputIsNoTerminal => f.write_str("the output does not go to a terminal"),
            NoTerminal::Dumb => f.write_str("the terminal cannot place text (TERM is dumb or not set)"),
            NoTerminal::Refused(e) => write!(f, "the terminal refuses: {e}"),
        }
    }
}

impl Error for NoTerminal {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            NoTerminal::Refused(e) => Some(e),
            _ => None,
        }
    }
}

fn take() -> io::Result<()> {
    enable_raw_mode()?;
    HELD.store(true, Ordering::SeqCst);
    understand_sequences();
    write(ENTER).inspect_err(|_| leave())
}

fn write(sequences: &[u8]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(sequences)?;
    out.flush()
}

#[cfg(unix)]
fn ask_size() -> io::Result<(u16, u16)> {
    let size = rustix::termios::tcgetwinsize(io::stdout())?;
    Ok((size.ws_col, size.ws_row))
}

#[cfg(windows)]
fn ask_size() -> io::Result<(u16, u16)> {
    crossterm::terminal::size()
}

/// Sets raw mode whatever is set now, with no moment of another in between in which keys would be echoed.
#[cfg(unix)]
fn raw_again() -> io::Result<()> {
    use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
    let mut modes = tcgetattr(io::stdin())?;
    modes.make_raw();
    Ok(tcsetattr(io::stdin(), OptionalActions::Now, &modes)?)
}

#[cfg(windows)]
fn raw_again() -> io::Result<()> {
    disable_raw_mode()?;
    enable_raw_mode()
}

#[cfg(unix)]
fn understand_sequences() {}

/// A Windows console shows sequences as text until told to follow them, which this question does.
#[cfg(windows)]
fn understand_sequences() {
    let _ = crossterm::ansi_support::supports_ansi();
}

#[cfg(unix)]
fn tell_mouse(mouse: MouseUse) -> io::Result<()> {
    write(match mouse {
        MouseUse::On => MOUSE_ON,
        MouseUse::Off => MOUSE_OFF,
    })
}

/// A Windows console takes the mouse by a call, not by a sequence.
#[cfg(windows)]
fn tell_mouse(mouse: MouseUse) -> io::Result<()> {
    use crossterm::event::{DisableMouseCapture, EnableMouseCapture};
    match mouse {
        MouseUse::On => crossterm::execute!(io::stdout(), EnableMouseCapture),
        MouseUse::Off => crossterm::execute!(io::stdout(), DisableMouseCapture),
    }
}

/// Windows sets no `TERM`, and its console is never dumb.
fn is_dumb(term: Option<&str>) -> bool {
    match term {
        None | Some("") => cfg!(unix),
        Some(term) => term == "dumb",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dumb_terminals_are_dumb() {
        assert!(is_dumb(Some("dumb")));
        assert_eq!(is_dumb(None), cfg!(unix));
        for term in ["xterm-256color", "linux", "screen", "vt100"] {
            assert!(!is_dumb(Some(term)), "{term}");
        }
    }

    #[test]
    fn what_is_switched_on_is_switched_off_on_leaving() {
        let modes = |sequences: &[u8], end: char| -> Vec<String> {
            let text = String::from_utf8(sequences.to_vec()).unwrap();
            let told = text.split("\x1b[?").filter_map(|s| s.strip_suffix(end)).map(str::to_owned);
            told.collect()
        };
        let left = modes(LEAVE, 'l');
        let on = [modes(ENTER, 'h'), modes(MOUSE_ON, 'h')].concat();
        assert!(!on.is_empty());
        for mode in on.iter().filter(|mode| *mode != "25") {
            assert!(left.contains(mode), "{mode}");
        }
    }
}
