//! Disks that refuse, and what the writer makes of it.

use std::collections::VecDeque;
use std::sync::atomic::AtomicUsize;

use super::*;
use crate::store::disk::{Call, Trial};

/// A disk that fails the calls of one sort as many times as it is told, in folders of this name.
#[derive(Debug)]
struct Refusing {
    sort: fn(Call) -> bool,
    folder: &'static str,
    times: AtomicUsize,
}

impl Trial for Refusing {
    fn pass(&self, call: Call, path: &Path) -> io::Result<usize> {
        let here = path.ancestors().any(|part| part.ends_with(self.folder));
        let left = || self.times.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1));
        if here && (self.sort)(call) && left().is_ok() {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        Ok(match call {
            // Five bytes at a time.
            Call::Write(bytes) => bytes.min(5),
            _ => 0,
        })
    }
}

struct Room {
    folder: tempfile::TempDir,
    refusing: Arc<Refusing>,
    told: Arc<Mutex<VecDeque<Progress>>>,
    journal: JournalWriter,
}

fn room(sort: fn(Call) -> bool, folder: &'static str, times: usize) -> Room {
    let root = tempfile::tempdir().unwrap();
    let told = Arc::new(Mutex::new(VecDeque::new()));
    let list = told.clone();
    let places = ["usual", "spare"].map(|name| root.path().join(name)).to_vec();
    let refusing = Arc::new(Refusing { sort, folder, times: times.into() });
    let disk = Disk::tried_by(refusing.clone());
    let report = move |progress| list.lock().unwrap().push_back(progress);
    let (journal, _) = JournalWriter::start_in(places, "w", disk, report);
    Room { folder: root, refusing, told, journal }
}

impl Room {
    fn wait(&self, claim: impl Fn(&Progress) -> bool) -> Progress {
        let until = Instant::now() + Duration::from_secs(20);
        while Instant::now() < until {
            if let Some(found) = self.told.lock().unwrap().iter().find(|told| claim(told)) {
                return found.clone();
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        panic!("never: {:?}", self.told.lock().unwrap());
    }

    /// The entries of the journals that count, in the folders by name.
    fn lines(&self, name: &str) -> Vec<Entry> {
        let files = std::fs::read_dir(self.folder.path().join(name)).into_iter().flatten().flatten();
        let paths = files.map(|file| file.path());
        let live = paths.filter(|path| path.extension().is_some_and(|end| end == "journal"));
        let bytes = live.map(|path| std::fs::read(path).unwrap());
        let lines = bytes.flat_map(|bytes| line::read_all(&bytes)).map(|line| line.entry);
        lines.filter(|entry| entry.is_work() || matches!(entry, Entry::Replaces { .. })).collect()
    }
}

fn draft(text: &str) -> Entry {
    Entry::Draft { record: RecordKey::Meeting("m".into()), field: "line".into(), text: text.into() }
}

fn step(name: &str) -> Entry {
    Entry::Edits { changes: vec![], step: name.into(), clears: None }
}

const IS_WRITE: fn(Call) -> bool = |call| matches!(call, Call::Write(_));
const IS_SYNC: fn(Call) -> bool = |call| call == Call::Sync;
const NEVER: fn(Call) -> bool = |_| false;

#[test]
fn a_write_that_fails_once_goes_into_a_new_file_of_the_same_place() {
    let room = room(IS_WRITE, "usual", 0);
    let first = room.journal.path();
    room.journal.record(step("a"));
    room.wait(|told| told.synced == 1);
    room.refusing.times.store(1, Ordering::SeqCst);
    room.journal.record(step("b"));
    room.wait(|told| told.synced == 2 && told.error.is_none());
    assert_ne!(room.journal.path(), first);
    assert_eq!(room.journal.path().parent(), first.parent());
    assert_eq!(room.lines("usual")[..2], [step("a"), step("b")]);
}

#[test]
fn a_place_that_takes_nothing_is_left_for_the_next_and_gone_back_to() {
    let room = room(IS_WRITE, "usual", 1);
    room.journal.record(step("a"));
    let told = room.wait(|told| told.synced == 1);
    assert!(told.elsewhere.is_some(), "{told:?}");
    assert_eq!(room.lines("spare"), [step("a")]);
    room.journal.record(step("b"));
    room.wait(|told| told.synced == 2 && told.elsewhere.is_none());
    let found = room.lines("usual");
    assert_eq!(found[..2], [step("a"), step("b")]);
    assert!(matches!(&found[2], Entry::Replaces { journals, after: 3 } if !journals.is_empty()), "{found:?}");
}

#[test]
fn a_wait_that_failed_is_never_asked_again_of_the_same_file() {
    let room = room(IS_SYNC, "usual", 1);
    let first = room.journal.path();
    room.journal.record(step("a"));
    room.wait(|told| told.error.is_some());
    room.wait(|told| told.synced == 1 && told.error.is_none());
    assert_ne!(room.journal.path(), first);
    assert!(room.journal.path().starts_with(room.folder.path().join("usual")));
    room.journal.flush_and_stop().unwrap();
}

#[test]
fn a_window_without_any_place_keeps_its_work_until_there_is_one() {
    let room = room(|_| true, "", 2);
    room.journal.record(step("a"));
    assert!(room.wait(|told| told.error.is_some()).written == 0);
    room.wait(|told| told.synced == 1 && told.error.is_none());
    assert_eq!(room.lines("usual"), [step("a")]);
}

#[test]
fn a_journal_whose_name_is_gone_is_written_anew() {
    let room = room(NEVER, "", 0);
    room.journal.record(step("a"));
    room.wait(|told| told.synced == 1);
    std::fs::remove_dir_all(room.folder.path().join("usual")).unwrap();
    room.journal.record(step("b"));
    room.wait(|told| told.error.is_some());
    room.wait(|told| told.synced == 2 && told.error.is_none());
    assert_eq!(room.lines("usual")[..2], [step("a"), step("b")]);
}

#[test]
fn filed_work_and_recorded_drafts_are_not_written_anew() {
    let record = || RecordKey::Meeting("m".into());
    let edits = |n| {
        let changes = vec![(record(), vec![])];
        let clears = Some((record(), "line".to_owned()));
        Line { n, at: None, entry: Entry::Edits { changes, step: "s".into(), clears } }
    };
    let saved = |covers| Entry::Saved { record: record(), hash: "h".into(), covers };
    let mut kept = Kept::default();
    for line in [
        Line { n: 1, at: None, entry: draft("x") },
        edits(2),
        Line { n: 2, at: None, entry: saved(2) },
        edits(3),
        Line { n: 4, at: None, entry: draft("y") },
    ] {
        kept.take(line);
    }
    assert_eq!(kept.lines(), [edits(3), Line { n: 4, at: None, entry: draft("y") }]);
}

/// A writer without threads, for what depends on time alone.
fn alone() -> (Writer, tempfile::TempDir, Receiver<Wait>) {
    let folder = tempfile::tempdir().unwrap();
    let (to_sync, waits) = channel();
    let shared = Shared { state: Arc::default(), report: Arc::new(|_| {}) };
    let places = vec![folder.path().to_owned()];
    let mut writer = Writer::new(places, "w", Disk::default(), shared, to_sync);
    assert!(writer.begin().is_none());
    (writer, folder, waits)
}

fn written(writer: &Writer) -> Vec<(u64, Entry)> {
    let bytes = std::fs::read(writer.file.as_ref().unwrap().path()).unwrap();
    let lines = line::read_all(&bytes).into_iter().filter(|line| line.entry.is_work());
    lines.map(|line| (line.n, line.entry)).collect()
}

#[test]
fn keys_are_gathered_and_the_first_one_sets_the_time() {
    let (mut writer, _folder, _waits) = alone();
    writer.record(1, None, draft("a"));
    let due = writer.drafts_due;
    writer.record(2, None, draft("ab"));
    assert_eq!(writer.drafts_due, due);
    writer.act(due.unwrap());
    assert_eq!(written(&writer), [(2, draft("ab"))]);
}

#[test]
fn the_first_unsynced_byte_sets_the_time_of_the_wait() {
    let (mut writer, _folder, waits) = alone();
    writer.sync();
    assert_eq!(writer.sync_due, None);
    writer.record(1, None, step("a"));
    let due = writer.sync_due.unwrap();
    writer.record(2, None, step("b"));
    assert_eq!(writer.sync_due, Some(due));
    writer.act(due - Duration::from_millis(1));
    writer.act(due);
    assert_eq!(waits.try_iter().map(|(_, number)| number).collect::<Vec<_>>(), [0, 2]);
}

#[test]
fn a_step_takes_the_place_of_the_draft_it_clears() {
    let (mut writer, _folder, _waits) = alone();
    writer.record(1, None, draft("a"));
    let clears = Some((RecordKey::Meeting("m".into()), "line".to_owned()));
    let edits = Entry::Edits { changes: vec![], step: "a".into(), clears };
    writer.record(2, None, edits.clone());
    assert_eq!(written(&writer), [(2, edits)]);
}
