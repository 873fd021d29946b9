//! Finding the work of windows that did not end well.

use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::domain::edit::Edit;
use crate::domain::id::RecordKey;
use crate::error::{Action, Error};
use crate::store::journal::Entry;
use crate::store::journal::line::{self, Line};

/// How long sealed journals stay: they are the bin.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Unfiled work on one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Recovered {
    pub record: RecordKey,
    /// To be applied in this order.
    pub edits: Vec<Edit>,
    /// Unfinished texts by field, newest last.
    pub drafts: Vec<(String, String)>,
}

/// The journals taken over, locked until this is dropped.
#[derive(Debug)]
pub struct Claim {
    pub recovered: Vec<Recovered>,
    journals: Vec<(PathBuf, File)>,
}

impl Claim {
    /// Puts the journals into the bin. Call it once the recovered work stands in this window's own journal; until
    /// then a crash leaves it to the next start.
    pub fn seal(self) -> Result<(), Error> {
        for (path, file) in self.journals {
            // Windows renames no file that is open; elsewhere the lock is kept until the new name stands.
            let held = (!cfg!(windows)).then_some(file);
            let sealed = path.with_extension("sealed");
            fs::rename(&path, &sealed).map_err(Error::io(Action::Replace, &path))?;
            drop(held);
            // The thirty days begin now. Where the time cannot be set they began with the last entry.
            let _ = File::options()
                .append(true)
                .open(&sealed)
                .and_then(|file| file.set_modified(SystemTime::now()));
        }
        Ok(())
    }
}

/// Takes the journals of this workspace that no living window holds, oldest first.
///
/// `on_disk` gives the hash of a record's file: a save that was put in place but not noted counts as done.
/// Sealed journals older than thirty days before `now` are removed.
pub fn claim(
    folder: &Path,
    workspace: &str,
    now: SystemTime,
    on_disk: impl Fn(&RecordKey) -> Option<String>,
) -> Result<Claim, Error> {
    let mut taken = Vec::new();
    for (path, changed) in journals(folder, workspace)? {
        let is = |extension: &str| path.extension().is_some_and(|found| found == extension);
        if is("sealed") && now.duration_since(changed).is_ok_and(|age| age > KEPT) {
            fs::remove_file(&path).map_err(Error::io(Action::Write, &path))?;
        }
        if is("journal")
            && let Some(file) = take(&path)?
        {
            taken.push((path, file));
        }
    }
    let mut work = BTreeMap::new();
    for (path, file) in &mut taken {
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(Error::io(Action::Read, path.as_path()))?;
        add(&mut work, replay(line::read_all(&bytes), &on_disk));
    }
    let recovered = work.into_values().filter(|found| !found.edits.is_empty() || !found.drafts.is_empty());
    Ok(Claim { recovered: recovered.collect(), journals: taken })
}

/// The unfiled work in the journals of this workspace, of living windows too, oldest first. Takes and changes nothing.
///
/// `on_disk` as in [`claim`]. A journal that cannot be read now (some systems lock reading too) is left out.
pub fn peek(
    folder: &Path,
    workspace: &str,
    on_disk: impl Fn(&RecordKey) -> Option<String>,
) -> Result<Vec<Recovered>, Error> {
    let mut work = BTreeMap::new();
    for (path, _) in journals(folder, workspace)? {
        if path.extension().is_some_and(|found| found == "journal")
            && let Ok(bytes) = fs::read(&path)
        {
            add(&mut work, replay(line::read_all(&bytes), &on_disk));
        }
    }
    let left = work.into_values().filter(|found| !found.edits.is_empty() || !found.drafts.is_empty());
    Ok(left.collect())
}

/// Files of the workspace in the folder with the time of their last change, oldest first.
fn journals(folder: &Path, workspace: &str) -> Result<Vec<(PathBuf, SystemTime)>, Error> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(cause) => return Err(Error::io(Action::List, folder)(cause)),
    };
    let start = format!("{workspace}-");
    let mut found = Vec::new();
    for entry in entries.flatten() {
        // A link, a pipe or a folder is no journal; reading one could wait for ever.
        let Some(data) = entry.metadata().ok().filter(Metadata::is_file) else { continue };
        if let (true, Ok(changed)) =
            (entry.file_name().to_string_lossy().starts_with(&start), data.modified())
        {
            found.push((entry.path(), changed));
        }
    }
    found.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    Ok(found)
}

/// The journal, locked; `None` while a window holds it or when another start was faster.
fn take(path: &Path) -> Result<Option<File>, Error> {
    let file = match File::options().read(true).append(true).open(path) {
        Ok(file) => file,
        Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(Error::io(Action::Read, path)(cause)),
    };
    let free = file.try_lock().is_ok();
    // Between opening and locking another start may have sealed it.
    Ok((free && path.exists()).then_some(file))
}

fn add(work: &mut BTreeMap<RecordKey, Recovered>, found: Vec<Recovered>) {
    for new in found {
        let empty = Recovered { record: new.record.clone(), edits: Vec::new(), drafts: Vec::new() };
        let known = work.entry(new.record.clone()).or_insert(empty);
        known.edits.extend(new.edits);
        known.drafts.extend(new.drafts);
    }
}

#[derive(Default)]
struct Work {
    edits: Vec<(u64, Edit)>,
    drafts: Vec<(String, String)>,
    /// Hash and covered work of each save that began.
    saves: Vec<(String, u64)>,
}

/// What the lines of one journal leave to do.
pub(super) fn replay(lines: Vec<Line>, on_disk: &impl Fn(&RecordKey) -> Option<String>) -> Vec<Recovered> {
    let mut work: BTreeMap<RecordKey, Work> = BTreeMap::new();
    for Line { n, entry } in lines {
        match entry {
            Entry::Checkpoint { .. } => {}
            Entry::Edits { changes, clears, .. } => {
                for (record, edits) in changes {
                    work.entry(record).or_default().edits.extend(edits.into_iter().map(|edit| (n, edit)));
                }
                if let Some((record, field)) = clears {
                    work.entry(record).or_default().drafts.retain(|(known, _)| *known != field);
                }
            }
            Entry::Draft { record, field, text } => {
                let drafts = &mut work.entry(record).or_default().drafts;
                drafts.retain(|(known, _)| *known != field);
                if !text.is_empty() {
                    drafts.push((field, text));
                }
            }
            Entry::Saving { record, hash, covers } => {
                work.entry(record).or_default().saves.push((hash, covers));
            }
            Entry::Saved { record, covers, .. } => {
                work.entry(record).or_default().edits.retain(|(number, _)| *number > covers);
            }
        }
    }
    work.into_iter().map(|(record, work)| rest(record, work, on_disk)).collect()
}

fn rest(record: RecordKey, work: Work, on_disk: &impl Fn(&RecordKey) -> Option<String>) -> Recovered {
    let Work { mut edits, drafts, saves } = work;
    if !edits.is_empty() && !saves.is_empty() {
        let hash = on_disk(&record);
        let placed = saves.iter().rev().find(|(saved, _)| Some(saved) == hash.as_ref());
        let covers = placed.map_or(0, |(_, covers)| *covers);
        edits.retain(|(number, _)| *number > covers);
    }
    Recovered { record, edits: edits.into_iter().map(|(_, edit)| edit).collect(), drafts }
}
