//! The folder of exported papers: what the program wrote there is remembered by its SHA-256, so that a file somebody has
//! edited since is never replaced. Knows bytes and names; what a paper says is no matter.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::domain::id::is_slug;
use crate::error::{Action, Error};
use crate::store::atomic;
use crate::store::disk::Disk;

/// The file in each folder that says what the program wrote there.
const RECORD: &str = "exports.toml";
const ABOUT: &str =
    "# What steerco wrote here (SHA-256). A file that was edited since is never replaced.\n\n";

/// What became of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    /// It is in place; the path is that of the file.
    Written(PathBuf),
    /// The file of that name was edited or is not ours: the new one stands beside it.
    Beside { path: PathBuf, edited: PathBuf },
}

/// The folder of the papers of a workspace.
pub fn folder(root: &Path) -> PathBuf {
    root.join("papers")
}

/// Puts a paper into `<root>/<folder>/` under `name`, or beside it as `…-2` when the file there is not as the program
/// wrote it or is among `kept`, the checksums of papers that went out.
pub fn put(root: &Path, folder: &str, name: &str, bytes: &[u8], kept: &[String]) -> Result<Put, Error> {
    if !is_slug(folder) {
        return Err(Error::BadId { id: folder.to_owned() });
    }
    let folder = root.join(folder);
    fs::create_dir_all(&folder).map_err(Error::io(Action::Create, &folder))?;
    let mut ours = record(&folder);
    let wished = folder.join(name);
    let hash = hash(bytes);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    for round in 1.. {
        let name = if round == 1 { name.to_owned() } else { format!("{stem}-{round}.{ending}") };
        let path = folder.join(&name);
        let there = match fs::read(&path) {
            Ok(there) => Some(self::hash(&there)),
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => None,
            Err(cause) => return Err(Error::io(Action::Read, &path)(cause)),
        };
        match there {
            Some(there) if there == hash => {}
            Some(there) if ours.get(&name) != Some(&there) || kept.contains(&there) => continue,
            Some(_) => atomic::replace(&Disk::default(), &path, bytes, root)?,
            None => atomic::create(&Disk::default(), &path, bytes, root)?,
        }
        ours.insert(name, hash);
        keep(&folder, &ours, root)?;
        return Ok(if round == 1 { Put::Written(path) } else { Put::Beside { path, edited: wished } });
    }
    Err(Error::Exists { path: wished })
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What was written here; nothing when the list cannot be read, and then every file counts as edited.
fn record(folder: &Path) -> BTreeMap<String, String> {
    let text = fs::read_to_string(folder.join(RECORD)).unwrap_or_default();
    let table: toml::Table = text.parse().unwrap_or_default();
    let text = |(name, value): (&String, &toml::Value)| Some((name.clone(), value.as_str()?.to_owned()));
    table
        .get("files")
        .and_then(toml::Value::as_table)
        .map_or(BTreeMap::new(), |files| files.iter().filter_map(text).collect())
}

fn keep(folder: &Path, ours: &BTreeMap<String, String>, root: &Path) -> Result<(), Error> {
    let files: toml::Table =
        ours.iter().map(|(name, hash)| (name.clone(), toml::Value::String(hash.clone()))).collect();
    let table: toml::Table = [("files".to_owned(), toml::Value::Table(files))].into_iter().collect();
    let text = format!("{ABOUT}{table}");
    let path = folder.join(RECORD);
    if fs::read_to_string(&path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    atomic::replace(&Disk::default(), &path, text.as_bytes(), root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edited_file_stays_and_the_new_one_stands_beside_it() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path().canonicalize().unwrap();
        let put = |bytes: &[u8], kept: &[String]| super::put(&root, "hop-1", "a.txt", bytes, kept).unwrap();
        let folder = root.join("hop-1");
        let first = folder.join("a.txt");
        assert_eq!(put(b"one", &[]), Put::Written(first.clone()));
        assert_eq!(put(b"two", &[]), Put::Written(first.clone()), "our own is replaced");
        fs::write(&first, b"edited").unwrap();
        let second = folder.join("a-2.txt");
        let beside = Put::Beside { path: second.clone(), edited: first.clone() };
        assert_eq!(put(b"three", &[]), beside);
        assert_eq!(put(b"four", &[]), beside, "the one beside it is ours");
        assert_eq!(fs::read(&first).unwrap(), b"edited");
        assert_eq!(fs::read(&second).unwrap(), b"four");
        fs::write(&first, b"five").unwrap();
        assert_eq!(put(b"five", &[]), Put::Written(first.clone()), "the same bytes are in place already");
        assert_eq!(put(b"six", &[hash(b"five")]), beside, "what went out is kept");
        fs::remove_file(folder.join(RECORD)).unwrap();
        let third = folder.join("a-3.txt");
        assert_eq!(
            put(b"seven", &[]),
            Put::Beside { path: third, edited: first },
            "nothing is known to be ours"
        );
    }

    #[test]
    fn a_folder_that_leads_elsewhere_is_refused() {
        let root = tempfile::tempdir().unwrap();
        assert!(matches!(put(root.path(), "../x", "a.txt", b"", &[]), Err(Error::BadId { .. })));
    }
}
