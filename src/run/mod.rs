//! The one impure loop: terminal, bytes, threads, clock. Opens a window on a workspace and stays until it is closed.
//! Knows every other part but the command line.

pub mod bytes;
pub mod clock;
mod closing;
pub mod demo;
#[cfg(debug_assertions)]
mod failpoint;
pub mod failure;
mod filters;
pub mod keeper;
pub mod library;
mod log;
mod page;
pub mod reader;
pub mod recovery;
pub mod scribe;
#[cfg(unix)]
pub mod signals;
mod tables;
pub mod terminal;
pub mod time;
mod window;

use std::fmt;
use std::io;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::config::Settings;
use crate::error::Error;
use crate::run::terminal::NoTerminal;

/// How a window is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// The workspace's folder; it must exist.
    pub workspace: PathBuf,
    /// Id of a meeting to go straight into.
    pub meeting: Option<String>,
    pub settings: Settings,
    /// The program's local state folder, for locks, journals and the log; made when it is missing.
    pub state_folder: PathBuf,
    /// Folders for locks and journals when the state folder takes nothing, by preference.
    pub spare_folders: Vec<PathBuf>,
    /// The day states are computed for, when it is not today.
    pub today: Option<NaiveDate>,
    /// The workspace is a throw-away copy of the samples.
    pub demo: bool,
    /// What was wrong with the settings, in words; shown as news and put into the log.
    pub notices: Vec<String>,
}

/// Why no window could be opened, or why it ended badly.
#[derive(Debug)]
pub enum Failed {
    NoTerminal(NoTerminal),
    /// The workspace or the state folder cannot be used.
    Files(Error),
    /// The system gives no thread, no signal or no folder.
    System(io::Error),
}

/// Opens the window and returns what the program exits with: 0, or 128 and the number of the signal that ended it.
///
/// # Errors
/// No terminal or no such workspace. Nothing was typed yet then.
pub fn open(options: Options) -> Result<u8, Failed> {
    window::open(options)
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failed::NoTerminal(cause) => cause.fmt(f),
            Failed::Files(cause) => cause.fmt(f),
            Failed::System(cause) => cause.fmt(f),
        }
    }
}

impl std::error::Error for Failed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Failed::NoTerminal(cause) => Some(cause),
            Failed::Files(cause) => Some(cause),
            Failed::System(cause) => Some(cause),
        }
    }
}

impl From<NoTerminal> for Failed {
    fn from(cause: NoTerminal) -> Failed {
        Failed::NoTerminal(cause)
    }
}

impl From<Error> for Failed {
    fn from(cause: Error) -> Failed {
        Failed::Files(cause)
    }
}

impl From<io::Error> for Failed {
    fn from(cause: io::Error) -> Failed {
        Failed::System(cause)
    }
}
