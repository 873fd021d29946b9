//! Putting bytes in place of a file so that a crash or power cut leaves the old bytes or the new, never a mixture.
//! Knows bytes and paths; what they hold is no matter.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

use crate::error::{Action, Error};
use crate::store::plain::inside;
use crate::store::rights;

/// Replaces the file at `path`, keeping its mode and group; a link is followed when it stays inside `root`.
///
/// When this returns the bytes are on the disk under that name. On an error the old file is as it was.
pub fn replace(path: &Path, bytes: &[u8], root: &Path) -> Result<(), Error> {
    let target = inside(path, root)?;
    let temp = written(&target, bytes)?;
    put(temp, &target).map_err(Error::io(Action::Replace, &target))?;
    sync_folder(&target)
}

/// Writes a new file with the rights of its folder; never over an existing one.
pub fn create(path: &Path, bytes: &[u8], root: &Path) -> Result<(), Error> {
    let target = inside(path, root)?;
    let temp = written(&target, bytes)?;
    match temp.persist_noclobber(&target) {
        Ok(_) => sync_folder(&target),
        Err(error) if error.error.kind() == std::io::ErrorKind::AlreadyExists => {
            Err(Error::Exists { path: target })
        }
        Err(error) => Err(Error::io(Action::Create, &target)(error.error)),
    }
}

/// A file beside the target that holds the bytes and is on the disk. Dropped, it is gone.
fn written(target: &Path, bytes: &[u8]) -> Result<NamedTempFile, Error> {
    let folder = target.parent().unwrap_or(target);
    let failed = |cause| Error::Io { action: Action::Write, path: target.to_owned(), cause };
    let mut builder = Builder::new();
    builder.prefix(".steerco-").suffix(".tmp");
    let mut temp = rights::made(&builder, folder, target).map_err(failed)?;
    temp.write_all(bytes).map_err(failed)?;
    temp.as_file().sync_all().map_err(failed)?;
    Ok(temp)
}

#[cfg(not(windows))]
fn put(temp: NamedTempFile, target: &Path) -> std::io::Result<()> {
    temp.persist(target)?;
    Ok(())
}

/// A virus scanner or a preview may hold the old file for a moment.
#[cfg(windows)]
fn put(mut temp: NamedTempFile, target: &Path) -> std::io::Result<()> {
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
fn sync_folder(target: &Path) -> Result<(), Error> {
    if cfg!(unix)
        && let Some(folder) = target.parent()
    {
        let synced = File::open(folder).and_then(|folder| folder.sync_all());
        synced.map_err(Error::io(Action::Write, folder))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_file_is_replaced_and_a_new_one_never_overwrites() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a.toml");
        create(&path, b"one", root.path()).unwrap();
        assert!(matches!(create(&path, b"two", root.path()), Err(Error::Exists { .. })));
        assert_eq!(fs::read(&path).unwrap(), b"one");
        replace(&path, b"two", root.path()).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn modes_and_links_are_kept_and_links_that_leave_are_refused() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("w");
        fs::create_dir(&root).unwrap();
        let (file, link) = (root.join("a"), root.join("b"));
        fs::write(&file, "x").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o660)).unwrap();
        symlink(&file, &link).unwrap();
        replace(&link, b"y", &root).unwrap();
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read(&file).unwrap(), b"y");
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o660);
        let away = root.join("c");
        fs::write(outer.path().join("out"), "z").unwrap();
        symlink(outer.path().join("out"), &away).unwrap();
        assert!(matches!(replace(&away, b"y", &root), Err(Error::Outside { .. })));
        assert_eq!(fs::read(outer.path().join("out")).unwrap(), b"z");
    }
}
