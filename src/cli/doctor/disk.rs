//! The folders of this machine and the disk under them: writing, speed, room, and whether what was typed comes back.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::{Finding, shown};
use crate::cli::Call;
use crate::domain::id::RecordKey;
use crate::error::{Action, Error};
use crate::run::clock::Clock;
use crate::store::journal::{self, Entry, JournalWriter};
use crate::store::plain;

/// A disk slower than this makes a person wait for "saved".
const SLOW: Duration = Duration::from_millis(250);
/// Below this much room, in bytes, a long day of meetings may not fit beside everything else.
#[cfg(unix)]
const LITTLE: u64 = 100 * 1024 * 1024;

/// State and settings folders, speed, room, and the way back from a journal.
pub(super) fn findings(call: &Call) -> Vec<Finding> {
    let folders = &call.read.folders;
    let mut findings =
        vec![Finding::of(call, "state", try_folder(&folders.state).map(|()| shown(&folders.state)))];
    findings.push(speed(call, &folders.state));
    findings.extend(room(call, &folders.state));
    findings.push(restores(call, &folders.state));
    findings
}

fn try_folder(folder: &Path) -> Result<(), Error> {
    plain::private_folder(folder)?;
    tempfile::tempfile_in(folder).map(drop).map_err(Error::io(Action::Create, folder))
}

/// A page written and waited for, the median of five.
fn speed(call: &Call, folder: &Path) -> Finding {
    let clock = Clock::machine();
    let once = || -> std::io::Result<Duration> {
        let mut file = tempfile::tempfile_in(folder)?;
        let began = clock.monotonic();
        file.write_all(&[b'.'; 4096])?;
        file.sync_all()?;
        Ok(clock.monotonic() - began)
    };
    let times: std::io::Result<Vec<Duration>> = (0..5).map(|_| once()).collect();
    let mut times = match times.map_err(Error::io(Action::Write, folder)) {
        Ok(times) => times,
        Err(error) => return Finding::of(call, "disk", Err(error)),
    };
    times.sort();
    let median = times.get(2).copied().unwrap_or_default();
    let words = call.say("doctor.fsync", &[("ms", &format!("{:.1}", median.as_secs_f64() * 1000.0))]);
    if median > SLOW { Finding::look("disk", words) } else { Finding::ok("disk", words) }
}

#[cfg(unix)]
fn room(call: &Call, folder: &Path) -> Option<Finding> {
    let facts = rustix::fs::statvfs(folder).ok()?;
    let free = facts.f_bavail.saturating_mul(facts.f_frsize);
    let words = call.say("doctor.free", &[("mb", &(free / (1024 * 1024)).to_string())]);
    Some(if free < LITTLE { Finding::look("room", words) } else { Finding::ok("room", words) })
}

/// The system has no question without a library of its own for it; the first save would tell.
#[cfg(not(unix))]
fn room(_: &Call, _: &Path) -> Option<Finding> {
    None
}

/// A text goes into a journal of its own and is found again as after a crash.
fn restores(call: &Call, folder: &Path) -> Finding {
    match trial(folder) {
        Ok(true) => Finding::ok("restores", call.words.get("doctor.restored")),
        Ok(false) => Finding::look("restores", call.words.get("doctor.not_restored")),
        Err(error) => Finding::of(call, "restores", Err(error)),
    }
}

fn trial(folder: &Path) -> Result<bool, Error> {
    const TEXT: &str = "ế ộ ư đ";
    let folder = tempfile::tempdir_in(folder).map_err(Error::io(Action::Create, folder))?;
    let record = RecordKey::Meeting("trial".to_owned());
    let journal = JournalWriter::start(folder.path(), "trial", |_| {})?;
    journal.record(Entry::Draft { record, field: "line".to_owned(), text: TEXT.to_owned() });
    journal.flush_and_stop()?;
    let claim = journal::claim(&[folder.path().to_owned()], "trial", SystemTime::UNIX_EPOCH, |_| None);
    Ok(claim.recovered.iter().any(|work| work.drafts.iter().any(|(_, text)| text == TEXT)))
}
