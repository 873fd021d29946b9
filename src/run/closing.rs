//! The way out: what is still on its way gets a moment to arrive, and what did not is said in words. Knows no place.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::store::journal::JournalWriter;

/// How the journal ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Journal {
    /// Everything is on the disk.
    Synced,
    /// The system refused, and said so.
    Refused(String),
    /// The disk did not answer in time; what the system took it will write.
    Stalled,
}

/// Ends the journal once the keeper has let go of it, waiting no longer than told.
pub(super) fn end_journal(
    journal: Arc<JournalWriter>,
    keeper: JoinHandle<()>,
    patience: Duration,
) -> Journal {
    let (tell, told) = channel();
    let ending = thread::Builder::new().name("closing".to_owned()).spawn(move || {
        // A keeper that ended badly has let go of the journal too.
        let _ = keeper.join();
        let end = match Arc::try_unwrap(journal).map(JournalWriter::flush_and_stop) {
            Ok(Err(error)) => Journal::Refused(error.to_string()),
            Ok(Ok(())) | Err(_) => Journal::Synced,
        };
        let _ = tell.send(end);
    });
    match ending.map(|_| told.recv_timeout(patience)) {
        Ok(Ok(end)) => end,
        Ok(Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected)) => Journal::Stalled,
        Err(error) => Journal::Refused(error.to_string()),
    }
}
