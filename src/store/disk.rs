//! The calls that change what is on a disk. Each of them asks the disk first, so that a trial can let any one of them
//! fail, stop short, take its time or be the last. What is let through is always done for real.
//! Knows files and folders; what they hold is no matter.

use std::fmt::Debug;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::store::plain;

/// A call that changes something on a disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Call {
    /// A new file or folder.
    Create,
    /// So many bytes into a file.
    Write(usize),
    /// The bytes of a file down to the disk.
    Sync,
    /// A file gets its name.
    Rename,
    /// The names of a folder down to the disk.
    SyncFolder,
}

/// Decides over each call before it is made.
pub trait Trial: Debug + Send + Sync {
    /// How many bytes of a write may go on (other calls go on with any number), or what the call fails with.
    fn pass(&self, call: Call, path: &Path) -> io::Result<usize>;
}

/// The machine's disks; with a trial, disks that may fail.
#[derive(Clone, Debug, Default)]
pub struct Disk {
    trial: Option<Arc<dyn Trial>>,
}

impl Disk {
    /// A disk whose calls the trial decides over.
    pub fn tried_by(trial: Arc<dyn Trial>) -> Disk {
        Disk { trial: Some(trial) }
    }

    /// Asks whether a call may be made; how many bytes of a write may go on.
    pub(super) fn ask(&self, call: Call, path: &Path) -> io::Result<usize> {
        let whole = match call {
            Call::Write(bytes) => bytes,
            _ => 0,
        };
        self.trial.as_ref().map_or(Ok(whole), |trial| trial.pass(call, path))
    }

    /// Makes a folder and those above it for its owner alone; one that is there is fine.
    pub(super) fn make_private_folder(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        self.ask(Call::Create, path)?;
        plain::make_private(path)
    }

    /// A new file for appending, readable by its owner alone; never one that exists.
    pub(super) fn new_private(&self, path: &Path) -> io::Result<DiskFile> {
        self.ask(Call::Create, path)?;
        let file = plain::private().append(true).create_new(true).open(path)?;
        Ok(DiskFile { file, path: path.to_owned(), disk: self.clone() })
    }

    /// Gives bytes to the system; gives how many it took.
    pub(super) fn write(&self, mut file: &File, path: &Path, bytes: &[u8]) -> io::Result<usize> {
        let may = self.ask(Call::Write(bytes.len()), path)?.min(bytes.len());
        io::Write::write(&mut file, &bytes[..may])
    }

    /// Gives all bytes to the system.
    pub(super) fn write_all(&self, file: &File, path: &Path, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            match self.write(file, path, bytes) {
                Ok(0) => return Err(io::Error::from(io::ErrorKind::WriteZero)),
                Ok(taken) => bytes = &bytes[taken..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Waits until the bytes of a file are on the disk. A wait that a signal broke off says nothing of the disk and is
    /// taken up again; after any other failure the bytes may be gone from the system, and only a new file helps.
    pub(super) fn sync(&self, file: &File, path: &Path) -> io::Result<()> {
        self.sync_by(path, || file.sync_all())
    }

    fn sync_by(&self, path: &Path, wait: impl Fn() -> io::Result<()>) -> io::Result<()> {
        unbroken(|| {
            self.ask(Call::Sync, path)?;
            wait()
        })
    }

    /// Waits until a name is on the disk, which is when its folder is.
    pub(super) fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if !cfg!(unix) {
            return Ok(());
        }
        unbroken(|| {
            self.ask(Call::SyncFolder, folder)?;
            File::open(folder)?.sync_all()
        })
    }
}

/// Makes the call again while only a signal broke it off.
pub(super) fn unbroken<T>(mut call: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match call() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            done => return done,
        }
    }
}

/// An open file whose writes and waits ask the disk.
#[derive(Debug)]
pub(super) struct DiskFile {
    file: File,
    path: PathBuf,
    disk: Disk,
}

impl DiskFile {
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Locked while it is open; false when somebody holds it.
    pub(super) fn is_locked_now(&self) -> bool {
        self.file.try_lock().is_ok()
    }

    /// Gives bytes to the system; gives how many it took.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<usize> {
        self.disk.write(&self.file, &self.path, bytes)
    }

    pub(super) fn write_all(&self, bytes: &[u8]) -> io::Result<()> {
        self.disk.write_all(&self.file, &self.path, bytes)
    }

    /// Waits until the bytes are on the disk. A file whose name is gone is on no disk, although the system still takes
    /// its bytes.
    pub(super) fn sync(&self) -> io::Result<()> {
        self.disk.sync_by(&self.path, || self.file.sync_data())?;
        self.path.metadata().map(drop)
    }
}
