//! Lists that others made, on this machine: where they usually lie, and reading one. Knows nothing of what they hold.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Local};

use crate::app::event::{Event, TableFile};
use crate::run::failure;
use crate::store::table_file;

/// The ends of files that hold tables.
const ENDS: &[&str] = &["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "tsv"];

/// So many are shown; an older one is reached by its path.
const MOST: usize = 200;

/// Files that may hold a table in the folders where people put what they were sent, the newest first.
pub fn find(workspace: &Path) -> Vec<TableFile> {
    let mut folders = vec![workspace.to_owned()];
    if let Some(user) = directories::UserDirs::new() {
        let known = [user.download_dir(), user.desktop_dir(), user.document_dir(), Some(user.home_dir())];
        folders.extend(known.into_iter().flatten().map(Path::to_owned));
    }
    folders.dedup();
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().flatten();
    let mut found: Vec<TableFile> = entries.filter_map(|entry| table_file(&entry.path())).collect();
    found.sort_by(|a, b| b.changed.cmp(&a.changed).then_with(|| a.path.cmp(&b.path)));
    found.dedup_by(|a, b| a.path == b.path);
    found.truncate(MOST);
    found
}

fn table_file(path: &Path) -> Option<TableFile> {
    let end = path.extension()?.to_str()?.to_lowercase();
    let name = path.file_name()?.to_str()?;
    // Office programs keep a lock beside an open file.
    if !ENDS.contains(&end.as_str()) || name.starts_with(['~', '.']) {
        return None;
    }
    let data = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    let changed = DateTime::<Local>::from(data.modified().ok()?).naive_local();
    let folder = path.parent().map(|folder| folder.display().to_string()).unwrap_or_default();
    Some(TableFile { path: path.to_str()?.to_owned(), name: name.to_owned(), folder, changed })
}

/// Reads a table. A path that begins at the home folder or at the workspace is found there.
pub fn read(workspace: &Path, path: String, sheet: Option<String>) -> Event {
    let table = table_file::read(&whole(workspace, &path), sheet.as_deref());
    Event::TableRead { result: table.map_err(|error| failure::of(&error)), path, sheet }
}

fn whole(workspace: &Path, path: &str) -> PathBuf {
    let home = directories::UserDirs::new().map(|user| user.home_dir().to_owned());
    match (path.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => workspace.join(path),
    }
}
