//! What went wrong, line by line, in a file of the state folder. Written by a thread of its own, so that a slow disk
//! keeps nobody waiting. Holds no text of the records.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use crate::run::clock::Clock;
use crate::store::plain;

/// A hand that writes into the log. Lines are lost silently when the file cannot be written.
#[derive(Clone, Debug)]
pub(super) struct Log {
    lines: Sender<String>,
    clock: Clock,
}

/// From this size on the log begins anew; the one before is kept beside it. In bytes.
const LARGEST: u64 = 1024 * 1024;

impl Log {
    /// Opens `steerco.log` in the folder, which is made when it is missing. Where it cannot be written there is no log,
    /// which is no reason to take no minutes.
    ///
    /// # Errors
    /// There is no thread.
    pub(super) fn open(folder: &Path, clock: Clock) -> io::Result<Log> {
        let file = open_file(folder);
        let (lines, received) = channel::<String>();
        thread::Builder::new().name("log".to_owned()).spawn(move || {
            // There is no place left to tell that the log cannot be written.
            let Ok(mut file) = file else { return };
            for line in received {
                let _ = file.write_all(line.as_bytes());
            }
        })?;
        Ok(Log { lines, clock })
    }

    /// Writes a line with the local time before it.
    pub(super) fn line(&self, text: &str) {
        let at = self.clock.now().local.format("%Y-%m-%d %H:%M:%S");
        let _ = self.lines.send(format!("{at} {}\n", text.replace(['\n', '\r'], " ")));
    }
}

fn open_file(folder: &Path) -> io::Result<File> {
    plain::private_folder(folder).map_err(io::Error::other)?;
    let path = folder.join("steerco.log");
    if fs::metadata(&path).is_ok_and(|data| data.len() > LARGEST) {
        fs::rename(&path, folder.join("steerco.log.old"))?;
    }
    plain::private().append(true).create(true).open(path)
}
