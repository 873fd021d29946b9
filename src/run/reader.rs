//! The thread that listens to the keyboard. Knows no command and draws nothing.

use std::ops::ControlFlow;
use std::{io, thread};

use crate::app::key::Input;

/// What the thread tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// Inputs of one read, in their order; never none.
    Inputs(Vec<Input>),
    /// The terminal is gone and no input will ever come again; told once, last.
    Hangup,
}

/// Starts the thread. It ends when the terminal is gone or when `tell` breaks.
///
/// # Errors
/// The system gives no thread.
pub fn listen(tell: impl FnMut(Heard) -> ControlFlow<()> + Send + 'static) -> io::Result<()> {
    thread::Builder::new().name("keys".to_owned()).spawn(move || {
        // Breaking is how `tell` ends the thread; there is nothing left to do with it.
        let _ = source::follow(tell);
    })?;
    Ok(())
}

#[cfg(unix)]
#[path = "reader/unix.rs"]
mod source;
#[cfg(windows)]
#[path = "reader/windows.rs"]
mod source;
