//! Which files of a workspace are records, by their places and names. Knows nothing of what they hold.

use std::fs;
use std::path::{Path, PathBuf};

use crate::domain::id::is_file_id;
use crate::error::{Action, Error};
use crate::store::plain::inside;

/// The name of a file without its end.
pub(super) fn stem(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Whether a meeting's file lies in the folder of the year its name begins with.
pub(super) fn is_in_its_year(path: &Path) -> bool {
    let folder = path.parent().and_then(Path::file_name);
    folder.and_then(|name| name.to_str()).is_some_and(|year| stem(path).starts_with(&format!("{year}-")))
}

/// The folder of the meetings and those in it, by name; hidden ones are other programs' own.
pub(super) fn meeting_folders(meetings: &Path, root: &Path, failures: &mut Vec<Error>) -> Vec<PathBuf> {
    let known = failures.len();
    let mut found = Vec::new();
    for path in entries(meetings, root, failures) {
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        if !hidden && path.extension().is_none_or(|end| end != "toml") && path.is_dir() {
            found.push(path);
        }
    }
    found.sort();
    // A folder that could not be listed is told of once.
    if failures.len() == known {
        found.insert(0, meetings.to_owned());
    }
    found
}

/// What a folder holds; nothing when it is not there or leads out of `root`.
fn entries(folder: &Path, root: &Path, failures: &mut Vec<Error>) -> Vec<PathBuf> {
    if let Err(error @ Error::Outside { .. }) = inside(folder, root) {
        failures.push(error);
        return Vec::new();
    }
    match fs::read_dir(folder) {
        Ok(entries) => entries.flatten().map(|entry| entry.path()).collect(),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(cause) => {
            failures.push(Error::io(Action::List, folder)(cause));
            Vec::new()
        }
    }
}

/// Whether a file of records can be there. A link that leads nowhere is told of.
fn is_file(path: &Path, failures: &mut Vec<Error>) -> bool {
    match fs::metadata(path) {
        Ok(data) => data.is_file(),
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => {
            failures.push(Error::Missing { path: path.to_owned() });
            false
        }
        Err(cause) => {
            failures.push(Error::io(Action::Read, path)(cause));
            false
        }
    }
}

/// The TOML files in a folder by name; hidden ones are no records. A missing folder has none.
pub(super) fn files(folder: &Path, root: &Path, failures: &mut Vec<Error>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for path in entries(folder, root, failures) {
        let name = stem(&path);
        if path.extension().is_none_or(|end| end != "toml")
            || name.starts_with('.')
            || !is_file(&path, failures)
        {
            continue;
        }
        if is_file_id(&name) {
            found.push(path);
        } else {
            failures.push(Error::BadId { id: path.display().to_string() });
        }
    }
    found.sort();
    found
}
