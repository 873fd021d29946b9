//! Reads the whole workspace beside the work: when asked, and when the folder looks changed. Knows no session.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, SystemTime};
use std::{io, thread};

use crate::app::event::{Library, LibraryMeeting};
use crate::run::clock::Clock;
use crate::run::failure;
use crate::store::workspace::{Stored, Workspace};

/// Between looks at the folder.
const LOOK: Duration = Duration::from_secs(3);
/// A reading that took long is followed by a pause this many times as long.
const PAUSE: u32 = 10;

/// Everything the workspace holds.
pub fn read(workspace: &Workspace) -> Library {
    let contents = workspace.load_all();
    Library {
        meetings: contents.meetings.into_iter().map(meeting).collect(),
        committees: contents.committees.into_iter().map(|stored| Arc::new(stored.record)).collect(),
        failures: contents.failures.iter().map(failure::of).collect(),
    }
}

fn meeting(stored: Stored<crate::domain::meeting::Meeting>) -> LibraryMeeting {
    LibraryMeeting::new(stored.record, stored.problems.len())
}

/// Starts the thread that reads. What is sent to it is a generation; `tell` gets the newest one asked for with what
/// was read after that. It ends when nobody can ask any more.
///
/// # Errors
/// The system gives no thread.
pub(super) fn start(
    workspace: Workspace,
    tell: impl Fn(u64, Library) + Send + 'static,
) -> io::Result<Sender<u64>> {
    let (ask, asked) = channel();
    thread::Builder::new().name("library".to_owned()).spawn(move || follow(&workspace, &asked, tell))?;
    Ok(ask)
}

fn follow(workspace: &Workspace, asked: &Receiver<u64>, tell: impl Fn(u64, Library)) {
    let clock = Clock::machine();
    let (mut generation, mut seen, mut pause) = (0, Vec::new(), LOOK);
    loop {
        let wanted = match asked.recv_timeout(pause) {
            Ok(number) => Some(asked.try_iter().fold(number, u64::max)),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        let now = stamps(workspace.root());
        if wanted.is_none() && now == seen {
            continue;
        }
        generation = wanted.unwrap_or(generation);
        seen = now;
        let began = clock.monotonic();
        tell(generation, read(workspace));
        pause = LOOK.max((clock.monotonic() - began) * PAUSE);
    }
}

/// Time and size of every file of records, to see that one changed.
fn stamps(root: &Path) -> Vec<(std::path::PathBuf, Option<SystemTime>, u64)> {
    let mut folders = entries(&root.join("meetings"));
    folders.extend([root.join("meetings"), root.join("committees")]);
    let files = folders.iter().flat_map(|folder| entries(folder));
    let mut stamps: Vec<_> = files
        .filter_map(|path| {
            let data = fs::metadata(&path).ok()?;
            Some((path, data.modified().ok(), data.len()))
        })
        .collect();
    stamps.sort();
    stamps
}

fn entries(folder: &Path) -> Vec<std::path::PathBuf> {
    fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
}
