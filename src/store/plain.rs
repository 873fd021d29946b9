//! Files that come from anywhere: only plain ones are read, never more of them than a limit, and only what lies inside
//! the folder meant, wherever links lead. Folders and files of one person are made for that person alone. Knows bytes
//! and paths; what they hold is no matter.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::error::{Action, Error};
use crate::store::meeting_file::{LARGEST, text_of};

/// The bytes of a plain file, of one larger than `limit` bytes just enough to see that. A pipe or a device is refused
/// at once: reading it could wait for ever.
pub fn read(path: &Path, limit: usize) -> Result<Vec<u8>, Error> {
    bytes_of(options().open(path), path, limit)
}

/// The text of a plain file of this person, without a byte order mark.
pub fn read_text(path: &Path) -> Result<String, Error> {
    let bytes = read(path, LARGEST)?;
    let text = text_of(&bytes).map_err(|failure| Error::Parse { path: path.to_owned(), failure })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())
}

/// As [`read`]; a path that leads out of `root` through links is refused.
pub fn read_inside(path: &Path, root: &Path, limit: usize) -> Result<Vec<u8>, Error> {
    let target = inside(path, root)?;
    let mut options = options();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        // The links are resolved; one that is put in their place now is not followed.
        options.custom_flags(PATIENT | rustix::fs::OFlags::NOFOLLOW.bits().cast_signed());
    }
    bytes_of(options.open(&target), path, limit)
}

/// The place meant, with links resolved; an error when it lies outside `root` or, being no file yet, has no folder.
pub fn inside(path: &Path, root: &Path) -> Result<PathBuf, Error> {
    let root = root.canonicalize().map_err(Error::io(Action::Read, root))?;
    let resolved = match path.symlink_metadata() {
        Ok(_) => path.canonicalize().map_err(missing(path))?,
        Err(_) => {
            let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
                return Err(Error::Outside { path: path.to_owned() });
            };
            folder.canonicalize().map_err(missing(path))?.join(name)
        }
    };
    if resolved.starts_with(&root) { Ok(resolved) } else { Err(Error::Outside { path: path.to_owned() }) }
}

/// Makes a folder and those above it inside `root`; nothing is made where a link would lead out.
pub fn folder_inside(folder: &Path, root: &Path) -> Result<(), Error> {
    let there = folder.ancestors().find(|folder| folder.symlink_metadata().is_ok()).unwrap_or(root);
    inside(there, root)?;
    std::fs::create_dir_all(folder).map_err(Error::io(Action::Create, folder))
}

/// Makes a folder, and those above it, that only this person can look into; what is there already stays.
pub fn private_folder(folder: &Path) -> Result<(), Error> {
    make_private(folder).map_err(Error::io(Action::Create, folder))
}

/// As [`private_folder`], with what the system says.
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// How to open a file that only this person can read, once it is made.
pub fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// Opening does not wait for the other end of a pipe, and takes no terminal.
#[cfg(unix)]
const PATIENT: i32 = rustix::fs::OFlags::NONBLOCK.union(rustix::fs::OFlags::NOCTTY).bits().cast_signed();

fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(PATIENT);
    }
    options
}

fn bytes_of(opened: io::Result<File>, path: &Path, limit: usize) -> Result<Vec<u8>, Error> {
    let file = opened.map_err(missing(path))?;
    // What was opened is asked, not the name: it may mean something else by now.
    if !file.metadata().map_err(missing(path))?.is_file() {
        return Err(Error::NotPlain { path: path.to_owned() });
    }
    let mut bytes = Vec::new();
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(missing(path))?;
    Ok(bytes)
}

fn missing(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    move |cause| match cause.kind() {
        io::ErrorKind::NotFound => Error::Missing { path },
        _ => Error::Io { action: Action::Read, path, cause },
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn of_a_large_file_a_byte_more_than_the_limit_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        fs::write(&path, [7; 100]).unwrap();
        assert_eq!(read(&path, 10).unwrap(), [7; 11]);
        assert_eq!(read(&path, 100).unwrap(), [7; 100]);
        assert!(matches!(read(&folder.path().join("b"), 1), Err(Error::Missing { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn folders_pipes_and_devices_are_no_files() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe");
        make_pipe(&pipe);
        for path in [folder.path(), &pipe, Path::new("/dev/zero"), Path::new("/dev/tty")] {
            // Where there is no terminal the system refuses that one itself.
            assert!(matches!(read(path, 10), Err(Error::NotPlain { .. } | Error::Io { .. })), "{path:?}");
        }
        assert!(matches!(read(&pipe, 10), Err(Error::NotPlain { .. })));
        assert!(matches!(read_inside(&pipe, folder.path(), 10), Err(Error::NotPlain { .. })));
    }

    #[cfg(unix)]
    fn make_pipe(path: &Path) {
        use rustix::fs::{CWD, FileType, Mode, mknodat};
        mknodat(CWD, path, FileType::Fifo, Mode::from_raw_mode(0o600), 0).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn links_that_stay_inside_are_followed_and_those_that_leave_are_not() {
        use std::os::unix::fs::symlink;
        let outer = tempfile::tempdir().unwrap();
        let root = outer.path().join("w");
        fs::create_dir_all(root.join("deep")).unwrap();
        fs::write(root.join("deep/a"), "in").unwrap();
        fs::write(outer.path().join("out"), "out").unwrap();
        symlink("deep/a", root.join("near")).unwrap();
        symlink("../out", root.join("far")).unwrap();
        symlink("..", root.join("up")).unwrap();
        assert_eq!(read_inside(&root.join("near"), &root, 10).unwrap(), b"in");
        for name in ["far", "up/out", "../out"] {
            let found = read_inside(&root.join(name), &root, 10);
            assert!(matches!(found, Err(Error::Outside { .. })), "{name}");
        }
        assert!(matches!(folder_inside(&root.join("up/new"), &root), Err(Error::Outside { .. })));
        assert!(!outer.path().join("new").exists());
        folder_inside(&root.join("deep/new/newer"), &root).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn what_is_private_is_for_its_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("a/b");
        private_folder(&folder).unwrap();
        private_folder(&folder).unwrap();
        private().write(true).create(true).open(folder.join("f")).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(
            [mode(&outer.path().join("a")), mode(&folder), mode(&folder.join("f"))],
            [0o700, 0o700, 0o600]
        );
    }
}
