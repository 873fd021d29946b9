//! Finding the work of windows that did not end well.

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::NaiveDateTime;

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
    /// When the last of it was done, local time, where that was noted.
    pub until: Option<NaiveDateTime>,
}

impl Recovered {
    fn nothing(record: RecordKey) -> Recovered {
        Recovered { record, edits: Vec::new(), drafts: Vec::new(), until: None }
    }

    fn is_something(&self) -> bool {
        !self.edits.is_empty() || !self.drafts.is_empty()
    }
}

/// The journals taken over, locked until this is dropped.
#[derive(Debug)]
pub struct Claim {
    pub recovered: Vec<Recovered>,
    /// Journals and folders that could not be read now; the next start tries again.
    pub troubles: Vec<Error>,
    journals: Vec<(PathBuf, File)>,
}

impl Claim {
    /// The names of the files taken over, for the journal that holds their work from now on.
    pub fn names(&self) -> Vec<String> {
        self.journals.iter().filter_map(|(path, _)| name(path)).collect()
    }

    /// Puts the journals into the bin. Call it once the recovered work stands in this window's own journal; until
    /// then a crash leaves it to the next start. One that cannot be put away does not keep the others.
    pub fn seal(self) -> Result<(), Error> {
        let mut sealed = Ok(());
        for (path, file) in self.journals {
            sealed = sealed.and(seal(&path, file));
        }
        sealed
    }
}

fn seal(path: &Path, file: File) -> Result<(), Error> {
    // Windows renames no file that is open; elsewhere the lock is kept until the new name stands.
    let held = (!cfg!(windows)).then_some(file);
    let sealed = path.with_extension("sealed");
    fs::rename(path, &sealed).map_err(Error::io(Action::Replace, path))?;
    drop(held);
    // The thirty days begin now. Where the time cannot be set they began with the last entry.
    let _ = File::options().append(true).open(&sealed).and_then(|file| file.set_modified(SystemTime::now()));
    Ok(())
}

/// Takes the journals of this workspace that no living window holds, oldest first, from all these folders.
///
/// `on_disk` gives the hash of a record's file: a save that was put in place but not noted counts as done.
/// Sealed journals older than thirty days before `now` are removed.
pub fn claim(
    folders: &[PathBuf],
    workspace: &str,
    now: SystemTime,
    on_disk: impl Fn(&RecordKey) -> Option<String>,
) -> Claim {
    let mut claim = Claim { recovered: Vec::new(), troubles: Vec::new(), journals: Vec::new() };
    let found = journals(folders, workspace, &mut claim.troubles);
    let is = |path: &Path, extension: &str| path.extension().is_some_and(|found| found == extension);
    for (path, changed) in &found {
        if is(path, "sealed") && now.duration_since(*changed).is_ok_and(|age| age > KEPT) {
            // What cannot be removed now is removed some other time.
            let _ = fs::remove_file(path);
        }
        match if is(path, "journal") { take(path) } else { Ok(None) } {
            Ok(taken) => claim.journals.extend(taken.map(|file| (path.clone(), file))),
            Err(error) => claim.troubles.push(error),
        }
    }
    if claim.journals.is_empty() {
        return claim;
    }
    let mut replaced = replaced_in_bin(&found, &claim.journals);
    let mut read = Vec::new();
    let troubles = &mut claim.troubles;
    claim.journals.retain_mut(|(path, file)| {
        let mut bytes = Vec::new();
        match file.read_to_end(&mut bytes) {
            Ok(_) => read.push((name(path).unwrap_or_default(), line::read_all(&bytes))),
            Err(cause) => {
                troubles.push(Error::Io { action: Action::Read, path: path.clone(), cause });
                return false;
            }
        }
        true
    });
    replaced.extend(read.iter().flat_map(|(_, lines)| replaces(lines)));
    let counting = read.into_iter().filter(|(name, _)| !replaced.contains(name));
    claim.recovered = together(counting.map(|(_, lines)| replay(lines, &on_disk)));
    claim
}

/// Names of journals whose work is in one that was put away later than they were written, although they themselves
/// could not be put away.
fn replaced_in_bin(found: &[(PathBuf, SystemTime)], taken: &[(PathBuf, File)]) -> HashSet<String> {
    let is_taken = |path: &PathBuf| taken.iter().any(|(known, _)| known == path);
    let oldest = found.iter().find(|(path, _)| is_taken(path)).map(|(_, changed)| *changed);
    let later = found.iter().filter(|(path, changed)| {
        path.extension().is_some_and(|end| end == "sealed") && Some(*changed) >= oldest
    });
    let lines = later.filter_map(|(path, _)| fs::read(path).ok()).map(|bytes| line::read_all(&bytes));
    lines.flat_map(|lines| replaces(&lines)).collect()
}

/// Names of the journals that are in this one. One that lost a line to the disk counts for itself alone.
fn replaces(lines: &[Line]) -> Vec<String> {
    let names = lines.iter().enumerate().filter_map(|(at, line)| match &line.entry {
        Entry::Replaces { journals, after } if *after == at => Some(journals.clone()),
        _ => None,
    });
    names.flatten().collect()
}

fn name(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().into_owned())
}

/// The unfiled work in the journals of this workspace, of living windows too, oldest first. Takes and changes nothing.
///
/// `on_disk` as in [`claim`]. A journal that cannot be read now (some systems lock reading too) is left out.
pub fn peek(
    folders: &[PathBuf],
    workspace: &str,
    on_disk: impl Fn(&RecordKey) -> Option<String>,
) -> Vec<Recovered> {
    let found = journals(folders, workspace, &mut Vec::new());
    let live = found.iter().filter(|(path, _)| path.extension().is_some_and(|end| end == "journal"));
    let read = live.filter_map(|(path, _)| Some((name(path)?, line::read_all(&fs::read(path).ok()?))));
    let read: Vec<(String, Vec<Line>)> = read.collect();
    let replaced: HashSet<String> = read.iter().flat_map(|(_, lines)| replaces(lines)).collect();
    let counting = read.into_iter().filter(|(name, _)| !replaced.contains(name));
    together(counting.map(|(_, lines)| replay(lines, &on_disk)))
}

/// Files of the workspace in the folders with the time of their last change, oldest first.
pub(super) fn journals(
    folders: &[PathBuf],
    workspace: &str,
    troubles: &mut Vec<Error>,
) -> Vec<(PathBuf, SystemTime)> {
    let start = format!("{workspace}-");
    let mut found = Vec::new();
    for folder in folders {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(cause) if cause.kind() == std::io::ErrorKind::NotFound => continue,
            Err(cause) => {
                troubles.push(Error::Io { action: Action::List, path: folder.clone(), cause });
                continue;
            }
        };
        for entry in entries.flatten() {
            // A link, a pipe or a folder is no journal; reading one could wait for ever.
            let data = entry.metadata().ok().filter(Metadata::is_file);
            let changed = data.and_then(|data| data.modified().ok());
            if let (true, Some(changed)) = (entry.file_name().to_string_lossy().starts_with(&start), changed)
            {
                found.push((entry.path(), changed));
            }
        }
    }
    found.sort_by(|a, b| (a.1, &a.0).cmp(&(b.1, &b.0)));
    found
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

/// The work of several journals, record by record, in the order of the journals.
fn together(journals: impl Iterator<Item = Vec<Recovered>>) -> Vec<Recovered> {
    let mut work = BTreeMap::new();
    for new in journals.flatten() {
        let known = work.entry(new.record.clone()).or_insert_with(|| Recovered::nothing(new.record.clone()));
        known.edits.extend(new.edits);
        known.drafts.extend(new.drafts);
        known.until = known.until.max(new.until);
    }
    work.into_values().filter(Recovered::is_something).collect()
}

#[derive(Default)]
struct Work {
    edits: Vec<(Done, Edit)>,
    drafts: Vec<(String, String, Option<NaiveDateTime>)>,
    /// Hash and covered work of each save that began.
    saves: Vec<(String, u64)>,
}

/// The number of a work and the time of day.
type Done = (u64, Option<NaiveDateTime>);

/// The unfiled work in the bytes of one journal; a torn end and lines that do not belong together are passed over.
///
/// `on_disk` as in [`claim`].
pub fn unfiled(bytes: &[u8], on_disk: impl Fn(&RecordKey) -> Option<String>) -> Vec<Recovered> {
    replay(line::read_all(bytes), &on_disk)
}

/// What the lines of one journal leave to do.
pub(super) fn replay(lines: Vec<Line>, on_disk: &impl Fn(&RecordKey) -> Option<String>) -> Vec<Recovered> {
    let mut work: BTreeMap<RecordKey, Work> = BTreeMap::new();
    for Line { n, at, entry } in lines {
        match entry {
            Entry::Checkpoint { .. } | Entry::Replaces { .. } => {}
            Entry::Edits { changes, clears, .. } => {
                for (record, edits) in changes {
                    work.entry(record)
                        .or_default()
                        .edits
                        .extend(edits.into_iter().map(|edit| ((n, at), edit)));
                }
                if let Some((record, field)) = clears {
                    work.entry(record).or_default().drafts.retain(|(known, ..)| *known != field);
                }
            }
            Entry::Draft { record, field, text } => {
                let drafts = &mut work.entry(record).or_default().drafts;
                drafts.retain(|(known, ..)| *known != field);
                if !text.is_empty() {
                    drafts.push((field, text, at));
                }
            }
            Entry::Saving { record, hash, covers } => {
                work.entry(record).or_default().saves.push((hash, covers));
            }
            Entry::Saved { record, covers, .. } => {
                work.entry(record).or_default().edits.retain(|((number, _), _)| *number > covers);
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
        edits.retain(|((number, _), _)| *number > covers);
    }
    let times = edits.iter().map(|((_, at), _)| *at).chain(drafts.iter().map(|(_, _, at)| *at));
    Recovered {
        record,
        until: times.flatten().max(),
        edits: edits.into_iter().map(|(_, edit)| edit).collect(),
        drafts: drafts.into_iter().map(|(field, text, _)| (field, text)).collect(),
    }
}
