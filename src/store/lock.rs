//! The lock that lets one window at a time read, merge and write. The system frees it when the process ends.
//! Knows nothing of what is written.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::error::{Action, Error};
use crate::store::plain;

/// A lock that is held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    _file: File,
}

/// How long another window may take; a save takes some hundredths of a second.
const PATIENCE: Duration = Duration::from_secs(10);

impl Lock {
    /// Waits for the lock on a side file (made when it is missing), at most ten seconds.
    pub fn wait(path: &Path) -> Result<Lock, Error> {
        let since = Instant::now();
        loop {
            match Lock::try_take(path)? {
                Some(lock) => return Ok(lock),
                None if since.elapsed() > PATIENCE => return Err(Error::Locked { path: path.to_owned() }),
                None => std::thread::sleep(Duration::from_millis(5)),
            }
        }
    }

    /// The lock if it is free.
    pub fn try_take(path: &Path) -> Result<Option<Lock>, Error> {
        if let Some(folder) = path.parent() {
            plain::private_folder(folder)?;
        }
        let mut options = plain::private();
        options.read(true).write(true).create(true).truncate(false);
        let file = options.open(path).map_err(Error::io(Action::Lock, path))?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(cause)) => Err(Error::io(Action::Lock, path)(cause)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_and_free_when_dropped() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/w.lock");
        let first = Lock::wait(&path).unwrap();
        assert!(Lock::try_take(&path).unwrap().is_none());
        drop(first);
        assert!(Lock::try_take(&path).unwrap().is_some());
    }
}
