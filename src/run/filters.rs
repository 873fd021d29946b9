//! This person's saved filters, and the words left as typed, as files of the local state folder. They are a habit of
//! one person at one machine, so they are kept out of the workspace, where they would meet other people's. Knows no
//! screen.

use std::collections::BTreeMap;
use std::path::Path;

use crate::app::board::filters::SavedFilter;
use crate::error::Error;
use crate::store::disk::Disk;
use crate::store::{atomic, plain};

/// The filters by name; none where there is no file. What is no filter in the file is passed over.
///
/// # Errors
/// The file is there and cannot be read.
pub(super) fn read(path: &Path) -> Result<Vec<SavedFilter>, Error> {
    let text = match plain::read_text(path) {
        Ok(text) => text,
        Err(Error::Missing { .. }) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let table: toml::Table = text.parse().unwrap_or_default();
    let filters = table.into_iter().filter_map(|(name, filter)| {
        filter.as_str().map(|filter| SavedFilter { name, filter: filter.to_owned() })
    });
    Ok(filters.collect())
}

/// Puts the filters in place of what is there.
///
/// # Errors
/// The folder cannot be made or the file cannot be written.
pub(super) fn write(path: &Path, filters: &[SavedFilter]) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(path);
    plain::private_folder(folder)?;
    let rows: BTreeMap<&str, &str> =
        filters.iter().map(|saved| (saved.name.as_str(), saved.filter.as_str())).collect();
    let text = toml::to_string(&rows).unwrap_or_default();
    atomic::replace(&Disk::default(), path, text.as_bytes(), folder)
}

/// Puts the words, one a line, in place of what is there.
///
/// # Errors
/// The folder cannot be made or the file cannot be written.
pub(super) fn write_words(path: &Path, words: &[String]) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(path);
    plain::private_folder(folder)?;
    atomic::replace(&Disk::default(), path, (words.join("\n") + "\n").as_bytes(), folder)
}
