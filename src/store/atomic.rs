//! Putting bytes in place of a file so that a crash or power cut leaves the old bytes or the new, never a mixture.
//! Knows bytes and paths; what they hold is no matter.

use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use crate::error::{Action, Error};
use crate::store::disk::{Call, Disk, unbroken};
use crate::store::plain::inside;
use crate::store::rights;

/// Replaces the file at `path`, keeping its mode and group; a link is followed when it stays inside `root`.
///
/// When this returns the bytes are on the disk under that name. On an error the old file is as it was.
pub fn replace(disk: &Disk, path: &Path, bytes: &[u8], root: &Path) -> Result<(), Error> {
    let target = inside(path, root)?;
    let temp = written(disk, &target, bytes)?;
    put(disk, temp, &target).map_err(Error::io(Action::Replace, &target))?;
    sync_folder(disk, &target)
}

/// Writes a new file with the rights of its folder; never over an existing one.
pub fn create(disk: &Disk, path: &Path, bytes: &[u8], root: &Path) -> Result<(), Error> {
    let target = inside(path, root)?;
    let temp = written(disk, &target, bytes)?;
    disk.ask(Call::Rename, &target).map_err(Error::io(Action::Create, &target))?;
    match temp.persist_noclobber(&target) {
        Ok(_) => sync_folder(disk, &target),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
            Err(Error::Exists { path: target })
        }
        Err(error) => Err(Error::io(Action::Create, &target)(error.error)),
    }
}

/// A file beside the target that holds the bytes and is on the disk. Dropped, it is gone.
fn written(disk: &Disk, target: &Path, bytes: &[u8]) -> Result<NamedTempFile, Error> {
    let folder = target.parent().unwrap_or(target);
    let failed = |cause| Error::Io { action: Action::Write, path: target.to_owned(), cause };
    let mut builder = Builder::new();
    builder.prefix(".steerco-").suffix(".tmp");
    let new = || disk.ask(Call::Create, target).and_then(|_| rights::made(&builder, folder, target));
    let temp = unbroken(new).map_err(failed)?;
    disk.write_all(temp.as_file(), target, bytes).map_err(failed)?;
    disk.sync(temp.as_file(), target).map_err(failed)?;
    Ok(temp)
}

#[cfg(not(windows))]
fn put(disk: &Disk, temp: NamedTempFile, target: &Path) -> io::Result<()> {
    disk.ask(Call::Rename, target)?;
    temp.persist(target)?;
    Ok(())
}

/// A virus scanner or a preview may hold the old file for a moment.
#[cfg(windows)]
fn put(disk: &Disk, mut temp: NamedTempFile, target: &Path) -> io::Result<()> {
    disk.ask(Call::Rename, target)?;
    let mut wait = 10;
    loop {
        match temp.persist(target) {
            Ok(_) => return Ok(()),
            Err(error) if wait > 400 => return Err(error.error),
            Err(error) => temp = error.file,
        }
        std::thread::sleep(std::time::Duration::from_millis(wait));
        wait *= 2;
    }
}

/// A rename is on the disk only when its folder is.
fn sync_folder(disk: &Disk, target: &Path) -> Result<(), Error> {
    match target.parent() {
        Some(folder) => disk.sync_folder(folder).map_err(Error::io(Action::Write, folder)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_replaced_and_a_new_one_never_overwrites() {
        let (disk, root) = (Disk::default(), tempfile::tempdir().unwrap());
        let path = root.path().join("a.toml");
        create(&disk, &path, b"one", root.path()).unwrap();
        assert!(matches!(create(&disk, &path, b"two", root.path()), Err(Error::Exists { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        replace(&disk, &path, b"two", root.path()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn modes_and_links_are_kept_and_links_that_leave_are_refused() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let (disk, outer) = (Disk::default(), tempfile::tempdir().unwrap());
        let root = outer.path().join("w");
        fs::create_dir(&root).unwrap();
        let (file, link) = (root.join("a"), root.join("b"));
        fs::write(&file, "x").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o660)).unwrap();
        symlink(&file, &link).unwrap();
        replace(&disk, &link, b"y", &root).unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"y");
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o660);
        let away = root.join("c");
        fs::write(outer.path().join("out"), "z").unwrap();
        symlink(outer.path().join("out"), &away).unwrap();
        assert!(matches!(replace(&disk, &away, b"y", &root), Err(Error::Outside { .. })));
        assert_eq!(fs::read(outer.path().join("out")).unwrap(), b"z");
    }
}
