//! The workspace folder: which files it has, reading them, and saving a record beside other windows and programs.
//! Knows paths, locks and merging; knows no session and no screen.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use sha2::{Digest, Sha256};

use crate::domain::check::{self, Problem};
use crate::domain::committee::Committee;
use crate::domain::fields::Record;
use crate::domain::id::{RecordKey, is_file_id, is_slug};
use crate::domain::meeting::{Meeting, SCHEMA};
use crate::domain::stale::Known;
use crate::domain::value::Value;
use crate::domain::{merge, uphold};
use crate::error::{Action, Error};
use crate::store::disk::{Call, Disk};
use crate::store::journal::{self, Claim, JournalWriter, Made, Progress, Recovered};
use crate::store::layout::{Position, Source};
use crate::store::lock::Lock;
use crate::store::meeting_file::{LARGEST, Opened, read};
use crate::store::workspace::files::{files, is_in_its_year, meeting_folders, stem};
use crate::store::workspace::lineage::Lineage;
use crate::store::{atomic, plain, splice};

mod files;
mod lineage;

/// A workspace and the local folder where its lock and journals live.
#[derive(Clone, Debug)]
pub struct Workspace {
    root: PathBuf,
    state: PathBuf,
    /// Folders for lock and journals when the local folder takes nothing, by preference.
    spares: Vec<PathBuf>,
    disk: Disk,
}

/// A record with the file it came from.
#[derive(Clone, Debug)]
pub struct Stored<R> {
    pub path: PathBuf,
    pub record: R,
    pub source: Source,
    /// SHA-256 of the file's bytes, in hex.
    pub hash: String,
    pub access: Access,
    pub problems: Vec<Located>,
}

/// Whether the program may write the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    Write,
    /// The file's format is newer than this program.
    ReadOnly,
}

/// A doubt and where it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    pub problem: Problem,
    pub at: Position,
}

/// What is known of the saves of a record before this one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// The last one failed. What it may have put in place is not trusted to be on the disk, and is put there anew.
    pub failed: bool,
    /// The file was taken away and written again once. Taking it away once more is meant.
    pub restored: bool,
}

/// What a save did.
#[derive(Clone, Debug)]
pub struct Saved<R> {
    pub stored: Stored<R>,
    pub outside: Outside,
}

/// What the save found in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// The bytes that were read last.
    Unchanged,
    /// Somebody else's changes, now merged with ours.
    Merged,
    /// No file any more; it was written again.
    Removed,
}

/// Everything that could be read, and what could not. Unreadable files stay as they are.
#[derive(Debug, Default)]
pub struct Contents {
    pub meetings: Vec<Stored<Meeting>>,
    pub committees: Vec<Stored<Committee>>,
    pub failures: Vec<Error>,
}

/// A sort of record that has files of its own.
pub trait Filed: Record + Default + Clone {
    fn key(id: &str) -> RecordKey;
    /// Doubts that the record alone shows.
    fn doubts(&self, stem: &str) -> Vec<Problem>;
    /// One record out of two that grew from a base; what was approved stays.
    fn merged(base: &Self, ours: &Self, theirs: &Self) -> Self;
}

impl Filed for Meeting {
    fn key(id: &str) -> RecordKey {
        RecordKey::Meeting(id.to_owned())
    }
    fn doubts(&self, stem: &str) -> Vec<Problem> {
        [check::check(self, None), check::check_stem(self, stem)].concat()
    }
    fn merged(base: &Self, ours: &Self, theirs: &Self) -> Self {
        uphold::three_way(base, ours, theirs)
    }
}

impl Filed for Committee {
    fn key(id: &str) -> RecordKey {
        RecordKey::Committee(id.to_owned())
    }
    fn doubts(&self, stem: &str) -> Vec<Problem> {
        [check::check_committee(self), check::check_stem(self, stem)].concat()
    }
    fn merged(base: &Self, ours: &Self, theirs: &Self) -> Self {
        merge::three_way(base, ours, theirs)
    }
}

impl Stored<Meeting> {
    /// Finds the doubts again with what the committee knows.
    pub fn judge(&mut self, committee: &Committee) {
        self.problems.retain(|found| found.problem.is_of_text());
        let found = check::check(&self.record, Some(committee)).into_iter();
        let source = &self.source;
        let found = found.chain(check::check_stem(&self.record, &stem(&self.path)));
        self.problems.extend(found.map(|problem| located(source, problem)));
    }
}

fn located(source: &Source, problem: Problem) -> Located {
    let at = source.place(&problem);
    Located { problem, at }
}

impl Workspace {
    /// The workspace at `root`; `state` is the program's local state folder, outside of the workspace.
    pub fn open(root: &Path, state: &Path) -> Result<Workspace, Error> {
        if !root.is_dir() {
            return Err(Error::Missing { path: root.to_owned() });
        }
        let root = root.canonicalize().map_err(Error::io(Action::Read, root))?;
        Ok(Workspace { root, state: state.to_owned(), spares: Vec::new(), disk: Disk::default() })
    }

    /// With further folders for lock and journals, for when the local state folder takes nothing.
    pub fn with_spares(mut self, spares: &[PathBuf]) -> Workspace {
        self.spares = spares.to_vec();
        self
    }

    /// On another disk than the machine's.
    pub fn with_disk(mut self, disk: Disk) -> Workspace {
        self.disk = disk;
        self
    }

    /// The nearest folder from `start` upwards that is a workspace: it has `steerco.toml`, or `meetings` beside
    /// `committees`.
    pub fn discover(start: &Path) -> Option<PathBuf> {
        let is_one = |folder: &&Path| {
            folder.join("steerco.toml").is_file()
                || (folder.join("meetings").is_dir() && folder.join("committees").is_dir())
        };
        start.ancestors().find(is_one).map(Path::to_owned)
    }

    /// Makes the folders of a workspace; what is there already stays.
    pub fn create(root: &Path, state: &Path) -> Result<Workspace, Error> {
        for folder in ["committees", "meetings"] {
            let folder = root.join(folder);
            fs::create_dir_all(&folder).map_err(Error::io(Action::Create, &folder))?;
        }
        Workspace::open(root, state)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where the journals of this machine's windows lie.
    pub fn journals(&self) -> PathBuf {
        self.state.join("journals")
    }

    /// Every place where a journal of this machine may lie, the usual one first. A spare folder that somebody else
    /// could have made or can write to is left out.
    pub fn journal_places(&self) -> Vec<PathBuf> {
        let spares = self.spares.iter().filter(|spare| is_ours(spare)).map(|spare| spare.join("journals"));
        std::iter::once(self.journals()).chain(spares).collect()
    }

    /// Begins the journal of a window; what the usual place said when no place takes it.
    pub fn start_journal(
        &self,
        report: impl Fn(Progress) + Send + Sync + 'static,
    ) -> (JournalWriter, Option<std::io::Error>) {
        JournalWriter::start_in(self.journal_places(), &self.tag(), self.disk.clone(), report)
    }

    /// Takes the journals that windows which did not end well have left; those put away more than thirty days before
    /// `now` are removed.
    pub fn claim(&self, now: SystemTime) -> Claim {
        journal::claim(&self.journal_places(), &self.tag(), now, |key| self.hash_on_disk(key))
    }

    /// The steps of all journals that are still there: the bin of thirty days.
    pub fn steps(&self) -> Vec<Made> {
        journal::steps(&self.journal_places(), &self.tag())
    }

    /// The unfiled work in all journals, of living windows too. Takes and changes nothing.
    pub fn unfiled(&self) -> Vec<Recovered> {
        journal::peek(&self.journal_places(), &self.tag(), |key| self.hash_on_disk(key))
    }

    /// Where this person's saved filters lie: beside the journals, outside of the office's folder.
    pub fn filters(&self) -> PathBuf {
        self.state.join("filters").join(format!("{}.toml", self.tag()))
    }

    /// Where the words lie that this person wants left as typed, in whatever workspace.
    pub fn kept_words(&self) -> PathBuf {
        self.state.join("kept.txt")
    }

    /// A name for this workspace that is the same on every start: hex of a hash of its real path.
    pub fn tag(&self) -> String {
        hash(self.root.as_os_str().as_encoded_bytes())[..16].to_owned()
    }

    /// Where the file of a record lies, or would lie. Ids that could lead elsewhere are refused.
    pub fn path(&self, key: &RecordKey) -> Result<PathBuf, Error> {
        let id = key.id();
        if !is_file_id(id) {
            return Err(Error::BadId { id: id.to_owned() });
        }
        let name = format!("{id}.toml");
        match key {
            RecordKey::Committee(_) => Ok(self.root.join("committees").join(name)),
            RecordKey::Meeting(_) => {
                let meetings = self.root.join("meetings");
                let year = id.get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()));
                let usual = meetings.join(year.unwrap_or("undated")).join(&name);
                if usual.exists() {
                    return Ok(usual);
                }
                let folders = meeting_folders(&meetings, &self.root, &mut Vec::new());
                let elsewhere = folders.into_iter().map(|folder| folder.join(&name)).find(|p| p.exists());
                Ok(elsewhere.unwrap_or(usual))
            }
        }
    }

    /// Reads one record with its doubts.
    pub fn load<R: Filed>(&self, id: &str) -> Result<Stored<R>, Error> {
        let path = self.path(&R::key(id))?;
        load_path(&path, &self.root)
    }

    /// Reads everything. Meetings are also checked against their committee.
    pub fn load_all(&self) -> Contents {
        let mut contents = Contents::default();
        let mut failures = Vec::new();
        let committees = files(&self.root.join("committees"), &self.root, &mut failures);
        contents.committees = load_each(committees, &self.root, &mut failures);
        let mut meetings = Vec::new();
        for folder in meeting_folders(&self.root.join("meetings"), &self.root, &mut failures) {
            meetings.extend(files(&folder, &self.root, &mut failures));
        }
        // Of two files with one name the one in the folder of its year is the meeting, as when it is opened.
        meetings.sort_by_cached_key(|path| (stem(path), !is_in_its_year(path), path.clone()));
        contents.meetings = load_each(meetings, &self.root, &mut failures);
        contents.failures = failures;
        let committees: HashMap<String, &Committee> =
            contents.committees.iter().map(|c| (stem(&c.path), &c.record)).collect();
        let unreadable: Vec<String> = contents.failures.iter().filter_map(Error::path).map(stem).collect();
        for meeting in &mut contents.meetings {
            if let Some(committee) = committees.get(&meeting.record.head.committee) {
                meeting.judge(committee);
            }
            let is_there = |id: &str| committees.contains_key(id) || unreadable.iter().any(|stem| stem == id);
            let lost = check::check_committee_file(&meeting.record, is_there);
            meeting.problems.extend(lost.map(|problem| located(&meeting.source, problem)));
        }
        contents
    }

    /// Writes a new record; never over a file that exists.
    pub fn create_record<R: Filed>(&self, record: &R, before: impl FnOnce(&str)) -> Result<Stored<R>, Error> {
        let path = self.path(&R::key(record.head().id()))?;
        let _lock = self.lock()?;
        if path.exists() {
            return Err(Error::Exists { path });
        }
        let opened = splice::write_new(record).map_err(unfaithful(&path))?;
        self.write_new(&path, &opened.source.bytes(), before)?;
        Ok(stored(path, opened))
    }

    /// Brings `ours` into the file, merged with what others wrote since `base` was read.
    ///
    /// The bytes are read again and must hold the merged record, else nothing is written. `before` is told the hash
    /// of the new bytes just before they are put in place.
    pub fn save<R: Filed>(
        &self,
        base: &Stored<R>,
        ours: &R,
        before: impl FnOnce(&str),
    ) -> Result<Saved<R>, Error> {
        self.save_knowing(base, &mut Known::default(), Past::default(), ours, before)
    }

    /// As [`Workspace::save`]; what is `known` of the record's past tells another program's old buffer from its work.
    ///
    /// # Errors
    /// Also when the file is gone for the second time, or when the whole workspace is: a drive that was unplugged.
    pub fn save_knowing<R: Filed>(
        &self,
        base: &Stored<R>,
        known: &mut Known,
        past: Past,
        ours: &R,
        before: impl FnOnce(&str),
    ) -> Result<Saved<R>, Error> {
        let path = &base.path;
        if base.access == Access::ReadOnly {
            return Err(newer(path, &base.record));
        }
        let _lock = self.lock()?;
        let bytes = match plain::read_inside(path, &self.root, LARGEST) {
            Ok(bytes) => bytes,
            Err(Error::Missing { .. }) if past.restored || !self.is_there() => {
                return Err(Error::Missing { path: path.clone() });
            }
            Err(Error::Missing { .. }) => {
                let opened = splice::splice(&base.source, &base.record, ours).map_err(unfaithful(path))?;
                self.write_new(path, &opened.source.bytes(), before)?;
                return Ok(Saved { stored: stored(path.clone(), opened), outside: Outside::Removed });
            }
            Err(error) => return Err(error),
        };
        let (opened, outside) = if hash(&bytes) == base.hash {
            (splice::splice(&base.source, &base.record, ours), Outside::Unchanged)
        } else {
            let mut theirs = parse::<R>(path, &bytes)?;
            name(&mut theirs.record, &stem(path));
            if access(&theirs.record) == Access::ReadOnly {
                return Err(newer(path, &theirs.record));
            }
            let meant = self.came_by_windows(path, &base.hash, &hash(&bytes));
            let last = &base.record;
            let base = if meant { last.clone() } else { known.base(last, &theirs.record) };
            let merged = R::merged(&base, ours, &theirs.record);
            (splice::splice(&theirs.source, &theirs.record, &merged), Outside::Merged)
        };
        let opened = opened.map_err(unfaithful(path))?;
        let written = opened.source.bytes();
        before(&hash(&written));
        if written != bytes || past.failed {
            self.lineage(path).add(&hash(&bytes), &hash(&written));
            atomic::replace(&self.disk, path, &written, &self.root)?;
        }
        Ok(Saved { stored: stored(path.clone(), opened), outside })
    }

    /// Whether the workspace is still in its place: under a drive that was unplugged an empty folder may be left.
    fn is_there(&self) -> bool {
        ["steerco.toml", "committees", "meetings"].iter().any(|name| self.root.join(name).exists())
    }

    /// SHA-256 of the record's file as it is now, in hex; `None` without a file.
    pub fn hash_on_disk(&self, key: &RecordKey) -> Option<String> {
        let path = self.path(key).ok()?;
        plain::read_inside(&path, &self.root, LARGEST).ok().map(|bytes| hash(&bytes))
    }

    /// Whether windows of this program on this machine alone made the bytes with the hash `to` of those with `from`.
    pub fn came_by_windows(&self, path: &Path, from: &str, to: &str) -> bool {
        self.lineage(path).leads(from, to)
    }

    fn lineage(&self, path: &Path) -> Lineage {
        let name = format!("{}-{}", self.tag(), &self::hash(path.as_os_str().as_encoded_bytes())[..16]);
        Lineage { note: self.state.join("written").join(name) }
    }

    fn write_new(&self, path: &Path, bytes: &[u8], before: impl FnOnce(&str)) -> Result<(), Error> {
        if let Some(folder) = path.parent() {
            if !folder.is_dir() {
                self.disk.ask(Call::Create, folder).map_err(Error::io(Action::Create, folder))?;
            }
            plain::folder_inside(folder, &self.root)?;
        }
        before(&hash(bytes));
        atomic::create(&self.disk, path, bytes, &self.root)
    }

    /// Where the usual folder takes no lock every window of this machine finds the same other one.
    fn lock(&self) -> Result<Lock, Error> {
        let (usual, others) = self.lock_files();
        let refused = match Lock::wait(&usual) {
            Err(error @ Error::Io { .. }) => error,
            taken => return taken,
        };
        others.iter().map(|file| Lock::wait(file)).find(Result::is_ok).unwrap_or(Err(refused))
    }

    fn lock_files(&self) -> (PathBuf, Vec<PathBuf>) {
        let in_folder = |folder: &Path| folder.join("locks").join(format!("{}.lock", self.tag()));
        let spares = self.spares.iter().filter(|spare| is_ours(spare));
        (in_folder(&self.state), spares.map(|spare| in_folder(spare)).collect())
    }

    /// The lock that keeps windows apart while they save, if none is saving now.
    pub fn try_lock(&self) -> Result<Option<Lock>, Error> {
        Lock::try_take(&self.lock_files().0)
    }

    /// Whether files can be made here: one is made and is gone again.
    pub fn try_writing(&self) -> Result<(), Error> {
        let file = tempfile::Builder::new().prefix(".steerco-").suffix(".tmp").tempfile_in(&self.root);
        file.map(drop).map_err(Error::io(Action::Create, &self.root))
    }
}

/// Whether a folder is this user's alone, or is not there yet: in a place that everybody writes to somebody else may
/// have made one of that name.
fn is_ours(folder: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        match folder.symlink_metadata() {
            Ok(data) => {
                let own = data.uid() == rustix::process::geteuid().as_raw();
                own && data.is_dir() && data.mode() & 0o002 == 0
            }
            Err(error) => error.kind() == std::io::ErrorKind::NotFound,
        }
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        true
    }
}

/// SHA-256 in hex.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn load_each<R: Filed>(paths: Vec<PathBuf>, root: &Path, failures: &mut Vec<Error>) -> Vec<Stored<R>> {
    let mut loaded: Vec<Stored<R>> = Vec::new();
    let mut stems = std::collections::HashSet::new();
    for path in paths {
        if !stems.insert(stem(&path)) {
            failures.push(Error::Twice { path });
            continue;
        }
        match load_path(&path, root) {
            Ok(stored) => loaded.push(stored),
            Err(error) => failures.push(error),
        }
    }
    loaded
}

fn load_path<R: Filed>(path: &Path, root: &Path) -> Result<Stored<R>, Error> {
    Ok(stored(path.to_owned(), parse(path, &plain::read_inside(path, root, LARGEST)?)?))
}

fn parse<R: Filed>(path: &Path, bytes: &[u8]) -> Result<Opened<R>, Error> {
    read(bytes).map_err(|failure| Error::Parse { path: path.to_owned(), failure })
}

fn stored<R: Filed>(path: PathBuf, opened: Opened<R>) -> Stored<R> {
    let Opened { mut record, source, mut problems } = opened;
    name(&mut record, &stem(&path));
    problems.extend(record.doubts(&stem(&path)));
    let problems = problems.into_iter().map(|problem| located(&source, problem)).collect();
    Stored { hash: hash(&source.bytes()), access: access(&record), path, record, source, problems }
}

/// A record is known by the name of its file: a copy whose id nobody changed must not pass for the original. What the
/// file says instead stays in it.
fn name(record: &mut dyn Record, stem: &str) {
    let head = record.head_mut();
    if head.id() == stem || !is_slug(stem) {
        return;
    }
    let said = head.get("id");
    head.set_id(stem.to_owned());
    let extra = head.extra_mut();
    extra.pairs.retain(|(key, _)| key != "id");
    extra.unwritten_id = said.is_none();
    extra.pairs.extend(said.map(|said| ("id".to_owned(), said)));
}

fn access(record: &dyn Record) -> Access {
    match record.head().get("schema") {
        Some(Value::Int(schema)) if schema > SCHEMA => Access::ReadOnly,
        _ => Access::Write,
    }
}

fn newer(path: &Path, record: &dyn Record) -> Error {
    let schema = match record.head().get("schema") {
        Some(Value::Int(schema)) => schema,
        _ => SCHEMA,
    };
    Error::Newer { path: path.to_owned(), schema }
}

fn unfaithful(path: &Path) -> impl FnOnce(splice::Unfaithful) -> Error {
    let path = path.to_owned();
    move |error| match error {
        splice::Unfaithful::Table(table) => Error::Unfaithful { path, table },
        splice::Unfaithful::Overfull => Error::Overfull { path },
    }
}

#[cfg(test)]
mod tests;
