//! The threads that bring entries into the journal: one writes, one waits for the disk, so that a slow disk never
//! keeps a key out of the system's hands.

use std::collections::VecDeque;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::domain::id::RecordKey;
use crate::error::{Action, Error};
use crate::store::journal::Entry;
use crate::store::journal::line::{self, Line};
use crate::store::plain;

/// From the first unwritten draft to write(), so that no key waits longer.
const DRAFT_AGE: Duration = Duration::from_millis(20);
/// From the first unsynced byte to fdatasync; what the disk takes comes on top.
const SYNC_AGE: Duration = Duration::from_millis(120);
/// Between attempts while the system refuses.
const RETRY: Duration = Duration::from_millis(500);

/// How far the journal is. Work is counted from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Highest work in the system's hands: safe from a crash of the program.
    pub written: u64,
    /// Highest work on the disk: safe from a power cut.
    pub synced: u64,
    /// What the system said when it refused; the entries are kept in memory and tried again.
    pub error: Option<String>,
}

/// The journal of this window. Dropping it writes what is left, as `flush_and_stop` does, and reports nothing.
#[derive(Debug)]
pub struct JournalWriter {
    orders: Option<Sender<Order>>,
    numbers: AtomicU64,
    path: PathBuf,
    threads: Vec<JoinHandle<()>>,
    state: Arc<Mutex<State>>,
}

/// Progress with the refusals of the two threads apart, so that neither hides the other's.
#[derive(Debug, Default)]
struct State {
    written: u64,
    synced: u64,
    write_error: Option<String>,
    sync_error: Option<String>,
}

impl State {
    fn progress(&self) -> Progress {
        let error = self.write_error.clone().or_else(|| self.sync_error.clone());
        Progress { written: self.written, synced: self.synced, error }
    }
}

/// An entry with the number of the work handed over last.
type Order = (u64, Entry);

/// Told whenever a number or the error changes; called from the journal's threads and must not wait.
type Report = Arc<dyn Fn(Progress) + Send + Sync>;

impl JournalWriter {
    /// Begins a journal in `folder` for the workspace with this tag, locked while this window lives.
    pub fn start(
        folder: &Path,
        workspace: &str,
        report: impl Fn(Progress) + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let (path, file) = new_file(folder, workspace)?;
        let second = file.try_clone().map_err(Error::io(Action::Create, &path))?;
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Shared { state: state.clone(), report: Arc::new(report) };
        let (orders, received) = channel();
        let (to_sync, sync_orders) = channel();
        let writer = Writer::new(file, shared.clone(), to_sync);
        let threads = vec![
            std::thread::spawn(move || writer.run(&received)),
            std::thread::spawn(move || sync_all(&second, &shared, &sync_orders)),
        ];
        let journal =
            JournalWriter { orders: Some(orders), numbers: AtomicU64::new(0), path, threads, state };
        journal.record(Entry::Checkpoint { workspace: workspace.to_owned() });
        Ok(journal)
    }

    /// Hands an entry over without waiting; work comes from one thread, notes of saves from any. Returns the number of the work handed over last, this one included.
    pub fn record(&self, entry: Entry) -> u64 {
        let step = u64::from(entry.is_work());
        let number = self.numbers.fetch_add(step, Ordering::SeqCst) + step;
        if let Some(orders) = &self.orders {
            // The thread ends only after this sender is gone.
            let _ = orders.send((number, entry));
        }
        number
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes and syncs everything and ends. An error means that the system refused to the last.
    pub fn flush_and_stop(mut self) -> Result<(), Error> {
        self.stop();
        match self.state.lock().map(|state| state.progress().error) {
            Ok(Some(said)) => Err(Error::io(Action::Write, &self.path)(std::io::Error::other(said))),
            _ => Ok(()),
        }
    }

    fn stop(&mut self) {
        self.orders = None;
        for thread in self.threads.drain(..) {
            let _ = thread.join();
        }
    }
}

impl Drop for JournalWriter {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A file of its own for this window, readable by its owner alone.
fn new_file(folder: &Path, workspace: &str) -> Result<(PathBuf, File), Error> {
    plain::private_folder(folder)?;
    let mut options = plain::private();
    options.append(true).create_new(true);
    let path = folder.join(format!("{workspace}-{}-{:08x}.journal", std::process::id(), fastrand::u32(..)));
    let file = options.open(&path).map_err(Error::io(Action::Create, &path))?;
    if let Err(error) = file.try_lock() {
        return Err(Error::io(Action::Lock, &path)(std::io::Error::other(error.to_string())));
    }
    Ok((path, file))
}

#[derive(Clone)]
struct Shared {
    state: Arc<Mutex<State>>,
    report: Report,
}

impl Shared {
    /// Changes the progress and tells it when it is another than before.
    fn update(&self, change: impl FnOnce(&mut State)) {
        let Ok(mut state) = self.state.lock() else { return };
        let before = state.progress();
        change(&mut state);
        let now = state.progress();
        if now != before {
            (self.report)(now);
        }
    }
}

struct Writer<F: Write> {
    file: F,
    shared: Shared,
    to_sync: Sender<u64>,
    /// Drafts not yet written, one for each field, in the order of their first key.
    drafts: VecDeque<(u64, RecordKey, String, String)>,
    drafts_due: Option<Instant>,
    /// Bytes the system has not taken yet.
    pending: Vec<u8>,
    /// The number of the last work in `pending`.
    number: u64,
    sync_due: Option<Instant>,
    retry: Option<Instant>,
}

impl<F: Write> Writer<F> {
    fn new(file: F, shared: Shared, to_sync: Sender<u64>) -> Self {
        Writer {
            file,
            shared,
            to_sync,
            drafts: VecDeque::new(),
            drafts_due: None,
            pending: Vec::new(),
            number: 0,
            sync_due: None,
            retry: None,
        }
    }

    fn run(mut self, orders: &Receiver<Order>) {
        loop {
            match self.wait(orders) {
                Ok((number, entry)) => self.take(number, entry),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.act(Instant::now());
        }
        self.write_drafts();
        self.write();
        self.sync();
    }

    fn wait(&self, orders: &Receiver<Order>) -> Result<Order, RecvTimeoutError> {
        let due = [self.drafts_due, self.sync_due, self.retry].into_iter().flatten().min();
        match due {
            Some(due) => orders.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    /// Drafts wait a moment for the next key; anything else goes at once, drafts before it first.
    fn take(&mut self, number: u64, entry: Entry) {
        match entry {
            Entry::Draft { record, field, text } => {
                self.drafts.retain(|(_, r, f, _)| *r != record || *f != field);
                self.drafts.push_back((number, record, field, text));
                self.drafts_due.get_or_insert_with(|| Instant::now() + DRAFT_AGE);
            }
            entry => {
                if let Entry::Edits { clears: Some((record, field)), .. } = &entry {
                    self.drafts.retain(|(_, r, f, _)| r != record || f != field);
                }
                self.write_drafts();
                self.put(number, entry);
                self.write();
            }
        }
    }

    fn act(&mut self, now: Instant) {
        if self.drafts_due.is_some_and(|due| due <= now) {
            self.write_drafts();
            self.write();
        }
        if self.retry.is_some_and(|due| due <= now) {
            self.write();
        }
        if self.sync_due.is_some_and(|due| due <= now) {
            self.sync();
        }
    }

    fn write_drafts(&mut self) {
        self.drafts_due = None;
        while let Some((number, record, field, text)) = self.drafts.pop_front() {
            self.put(number, Entry::Draft { record, field, text });
        }
    }

    fn put(&mut self, n: u64, entry: Entry) {
        // Another thread's note of a save may overtake the work whose number it carries.
        if entry.is_work() {
            self.number = self.number.max(n);
        }
        if let Some(bytes) = line::write(&Line { n, entry }) {
            self.pending.extend(bytes);
        }
    }

    /// Gives the pending bytes to the system; what it does not take stays for the next attempt.
    fn write(&mut self) {
        self.retry = None;
        while !self.pending.is_empty() {
            match self.file.write(&self.pending) {
                Ok(0) => return self.refused(&std::io::Error::from(std::io::ErrorKind::WriteZero)),
                Ok(taken) => {
                    self.pending.drain(..taken);
                    self.sync_due.get_or_insert_with(|| Instant::now() + SYNC_AGE);
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return self.refused(&error),
            }
        }
        let number = self.number;
        self.shared.update(|state| {
            state.written = number;
            state.write_error = None;
        });
    }

    fn refused(&mut self, error: &std::io::Error) {
        self.retry = Some(Instant::now() + RETRY);
        self.shared.update(|state| state.write_error = Some(error.to_string()));
    }

    fn sync(&mut self) {
        self.sync_due = None;
        let written = if self.pending.is_empty() { self.number } else { 0 };
        let _ = self.to_sync.send(written);
    }
}

/// Waits for the disk, for all that was written meanwhile at once; tries again while it refuses. Ends when the
/// writer has.
fn sync_all(file: &File, shared: &Shared, orders: &Receiver<u64>) {
    let mut refused: Option<u64> = None;
    loop {
        let order = match refused {
            Some(_) => orders.recv_timeout(RETRY),
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let ended = order == Err(RecvTimeoutError::Disconnected);
        let asked = order.ok().into_iter().chain(orders.try_iter()).chain(refused).max();
        if let Some(number) = asked {
            let said = file.sync_data();
            refused = said.is_err().then_some(number);
            shared.update(|state| match said {
                Ok(()) => {
                    state.synced = state.synced.max(number);
                    state.sync_error = None;
                }
                Err(error) => state.sync_error = Some(error.to_string()),
            });
        }
        if ended {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk that takes five bytes and then refuses, as many times as it is told.
    struct Full {
        taken: Vec<u8>,
        refusals: usize,
    }

    impl Write for &mut Full {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            if self.refusals > 0 && !self.taken.is_empty() {
                self.refusals -= 1;
                return Err(std::io::Error::from(std::io::ErrorKind::StorageFull));
            }
            let taken = bytes.len().min(5);
            self.taken.extend(&bytes[..taken]);
            Ok(taken)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn shared() -> (Shared, Arc<Mutex<Vec<Progress>>>) {
        let told = Arc::new(Mutex::new(Vec::new()));
        let list = told.clone();
        let report = Arc::new(move |progress| list.lock().unwrap().push(progress));
        (Shared { state: Arc::default(), report }, told)
    }

    fn draft(text: &str) -> Entry {
        Entry::Draft { record: RecordKey::Meeting("m".into()), field: "line".into(), text: text.into() }
    }

    #[test]
    fn what_the_disk_refused_is_kept_told_and_written_later() {
        let (shared, told) = shared();
        let (to_sync, _synced) = channel();
        let mut disk = Full { taken: Vec::new(), refusals: 2 };
        let mut writer = Writer::new(&mut disk, shared, to_sync);
        let edits = Entry::Edits { changes: vec![], step: "a".into(), clears: None };
        writer.take(1, edits.clone());
        assert!(told.lock().unwrap().last().unwrap().error.is_some());
        writer.take(2, edits.clone());
        writer.write();
        let last = told.lock().unwrap().last().cloned().unwrap();
        assert_eq!((last.written, last.error), (2, None));
        let lines = line::read_all(&disk.taken);
        assert_eq!(lines, [1, 2].map(|n| Line { n, entry: edits.clone() }));
    }

    #[test]
    fn keys_are_gathered_and_the_first_one_sets_the_time() {
        let (shared, _) = shared();
        let (to_sync, _synced) = channel();
        let mut disk = Full { taken: Vec::new(), refusals: 0 };
        let mut writer = Writer::new(&mut disk, shared, to_sync);
        writer.take(1, draft("a"));
        let due = writer.drafts_due;
        writer.take(2, draft("ab"));
        assert_eq!(writer.drafts_due, due);
        writer.act(due.unwrap());
        assert_eq!(line::read_all(&disk.taken), [Line { n: 2, entry: draft("ab") }]);
    }

    #[test]
    fn a_step_takes_the_place_of_the_draft_it_clears() {
        let (shared, _) = shared();
        let (to_sync, _synced) = channel();
        let mut disk = Full { taken: Vec::new(), refusals: 0 };
        let mut writer = Writer::new(&mut disk, shared, to_sync);
        writer.take(1, draft("a"));
        let clears = Some((RecordKey::Meeting("m".into()), "line".to_owned()));
        let edits = Entry::Edits { changes: vec![], step: "a".into(), clears };
        writer.take(2, edits.clone());
        assert_eq!(line::read_all(&disk.taken), [Line { n: 2, entry: edits }]);
    }
}
