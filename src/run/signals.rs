//! Signals of a Unix system as events. Knows nothing of what is saved, drawn or restored.

use std::{io, thread};

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH, SIGXFSZ};
use signal_hook::iterator::Signals;

/// What the system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Save and leave, with [`Leave::exit_code`].
    Leave(Leave),
    /// Give the terminal back and stop.
    Suspend,
    /// The program goes on after a stop: take the terminal again and draw everything.
    Continue,
    /// The window has another size.
    Resize,
}

/// Who asks to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leave {
    /// The terminal or the connection is gone.
    Hangup,
    /// An interrupt from outside; in raw mode Ctrl-C is a key.
    Interrupt,
    /// Quit.
    Quit,
    /// The system ends the program, or shuts down.
    Terminate,
}

impl Leave {
    /// What the program exits with, by the custom of shells: 128 and the signal's number.
    pub fn exit_code(self) -> u8 {
        match self {
            Leave::Hangup => 129,
            Leave::Interrupt => 130,
            Leave::Quit => 131,
            Leave::Terminate => 143,
        }
    }
}

/// Tells the signals, from a thread of its own; from now on none of them ends or stops the program.
///
/// # Errors
/// The system gives no handler or no thread.
pub fn listen(tell: impl Fn(Signal) + Send + 'static) -> io::Result<()> {
    // A file that may not grow any more is told by the write that fails; unheard, its signal would end the program.
    let heard = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH, SIGXFSZ];
    let mut signals = Signals::new(heard)?;
    thread::Builder::new().name("signals".to_owned()).spawn(move || {
        signals.forever().filter_map(meaning).for_each(tell);
    })?;
    Ok(())
}

fn meaning(number: i32) -> Option<Signal> {
    let signal = match number {
        SIGHUP => Signal::Leave(Leave::Hangup),
        SIGINT => Signal::Leave(Leave::Interrupt),
        SIGQUIT => Signal::Leave(Leave::Quit),
        SIGTERM => Signal::Leave(Leave::Terminate),
        SIGTSTP => Signal::Suspend,
        SIGCONT => Signal::Continue,
        SIGWINCH => Signal::Resize,
        _ => return None,
    };
    Some(signal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exit_code_is_128_and_the_number() {
        for number in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
            let Some(Signal::Leave(leave)) = meaning(number) else { panic!("{number} does not leave") };
            assert_eq!(i32::from(leave.exit_code()), 128 + number);
        }
    }
}
