//! Who may read and write a file of the workspace: what held for the old file goes on, and a new one takes what its
//! folder allows, so that an office's shared folder stays shared and a private one private. Knows no bytes.

use std::io;
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// A file in `folder`, nobody else's by name, that will be put in place of `target`.
#[cfg(unix)]
pub(super) fn made(builder: &Builder<'_, '_>, folder: &Path, target: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::MetadataExt;
    // Until it has the rights of the old file nobody else may read it.
    let Ok(old) = std::fs::metadata(target) else { return new(builder, folder) };
    let temp = builder.tempfile_in(folder)?;
    let shared = share(&temp, old.uid(), old.gid());
    let mode = if shared { old.mode() } else { for_others(old.mode()) };
    set_mode(&temp, mode)?;
    Ok(temp)
}

/// A new file: readable and writable for whom the folder is, less what the person's `umask` takes away.
#[cfg(unix)]
fn new(builder: &Builder<'_, '_>, folder: &Path) -> io::Result<NamedTempFile> {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let data = std::fs::metadata(folder)?;
    let folder_mode = data.mode() & 0o666;
    // The system applies `umask` to what is asked for when the file is made.
    let mut first = builder.clone();
    let temp = first.permissions(std::fs::Permissions::from_mode(folder_mode | 0o600)).tempfile_in(folder)?;
    let made = temp.as_file().metadata()?;
    if made.gid() != data.gid() && !share(&temp, made.uid(), data.gid()) {
        set_mode(&temp, for_others(made.mode()))?;
    }
    Ok(temp)
}

/// Gives the file to this owner and group; whether the group took it. Only some may give files away.
#[cfg(unix)]
fn share(temp: &NamedTempFile, owner: u32, group: u32) -> bool {
    use std::os::unix::fs::{MetadataExt, fchown};
    let Ok(now) = temp.as_file().metadata() else { return false };
    if now.uid() != owner {
        let _ = fchown(temp.as_file(), Some(owner), None);
    }
    now.gid() == group || fchown(temp.as_file(), None, Some(group)).is_ok()
}

/// A group that is not the old one gets no more than everybody.
#[cfg(unix)]
fn for_others(mode: u32) -> u32 {
    (mode & !0o070) | ((mode & 0o007) << 3)
}

#[cfg(unix)]
fn set_mode(temp: &NamedTempFile, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    temp.as_file().set_permissions(std::fs::Permissions::from_mode(mode & 0o777))
}

/// A Windows folder hands its rights down by itself.
#[cfg(not(unix))]
pub(super) fn made(builder: &Builder<'_, '_>, folder: &Path, _: &Path) -> io::Result<NamedTempFile> {
    builder.tempfile_in(folder)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};

    use crate::store::atomic::{create, replace};
    use crate::store::disk::Disk;

    fn set(path: &std::path::Path, mode: u32) {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }

    fn mode(path: &std::path::Path) -> u32 {
        path.metadata().unwrap().mode() & 0o777
    }

    #[test]
    fn a_new_file_takes_what_its_folder_allows_and_the_umask_leaves() {
        let root = tempfile::tempdir().unwrap();
        let umask = umask();
        for (folder, expected) in
            [(0o700, 0o600), (0o750, 0o640), (0o755, 0o644), (0o775, 0o664), (0o777, 0o666)]
        {
            set(root.path(), folder);
            let path = root.path().join(format!("{folder:o}"));
            create(&Disk::default(), &path, b"x", root.path()).unwrap();
            assert_eq!(mode(&path), expected & !umask, "{folder:o}");
        }
    }

    #[test]
    fn the_old_mode_stays_whatever_the_folder_allows() {
        let root = tempfile::tempdir().unwrap();
        set(root.path(), 0o777);
        let path = root.path().join("a");
        fs::write(&path, "x").unwrap();
        for old in [0o600, 0o640, 0o664, 0o666, 0o444] {
            set(&path, old);
            replace(&Disk::default(), &path, b"y", root.path()).unwrap();
            assert_eq!(mode(&path), old);
        }
    }

    /// Only the superuser can make the ground for this.
    #[test]
    fn owner_and_group_stay_and_a_shared_folder_gives_its_group() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join("a");
        fs::write(&path, "x").unwrap();
        if chown(&path, Some(4321), Some(4322)).is_err() {
            return;
        }
        replace(&Disk::default(), &path, b"y", root.path()).unwrap();
        let data = path.metadata().unwrap();
        assert_eq!((data.uid(), data.gid()), (4321, 4322));
        chown(root.path(), None, Some(4323)).unwrap();
        let new = root.path().join("b");
        create(&Disk::default(), &new, b"x", root.path()).unwrap();
        assert_eq!(new.metadata().unwrap().gid(), 4323);
    }

    /// Asked of a file, as asking the system would change it for the other tests.
    fn umask() -> u32 {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, "").unwrap();
        0o666 & !mode(&path)
    }
}
