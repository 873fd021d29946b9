//! The threads that bring entries into the journal: one writes, one waits for the disk, so that a slow disk never
//! keeps a key out of the system's hands. A file that refuses is given up for a new one, here or in the next place.

mod kept;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use chrono::NaiveDateTime;

use crate::domain::id::RecordKey;
use crate::error::{Action, Error};
use crate::store::disk::{Disk, DiskFile};
use crate::store::journal::Entry;
use crate::store::journal::line::{self, Line};
use crate::store::journal::writer::kept::Kept;

/// From the first unwritten draft to write(), so that no key waits longer.
const DRAFT_AGE: Duration = Duration::from_millis(20);
/// From the first unsynced byte to fdatasync; what the disk takes comes on top.
const SYNC_AGE: Duration = Duration::from_millis(60);
/// Between attempts while the system refuses.
const RETRY: Duration = Duration::from_millis(500);
/// Between attempts to go back to the usual place.
const HOMEWARD: Duration = Duration::from_secs(2);

/// How far the journal is. Work is counted from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Highest work in the system's hands: safe from a crash of the program.
    pub written: u64,
    /// Highest work on the disk: safe from a power cut.
    pub synced: u64,
    /// What the system said when it refused; the entries are kept in memory and tried again.
    pub error: Option<Refusal>,
    /// Where the journal is while it is not in its usual place.
    pub elsewhere: Option<PathBuf>,
}

/// What the system said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub kind: io::ErrorKind,
    pub said: String,
}

impl From<&io::Error> for Refusal {
    fn from(error: &io::Error) -> Self {
        Refusal { kind: error.kind(), said: error.to_string() }
    }
}

/// The journal of this window. Dropping it writes what is left, as `flush_and_stop` does, and reports nothing.
#[derive(Debug)]
pub struct JournalWriter {
    orders: Option<Sender<Order>>,
    numbers: AtomicU64,
    threads: Vec<JoinHandle<()>>,
    state: Arc<Mutex<State>>,
}

/// Progress with the refusals of the two threads apart, so that neither hides the other's; and the file of the moment.
#[derive(Debug, Default)]
struct State {
    written: u64,
    synced: u64,
    write_error: Option<Refusal>,
    sync_error: Option<Refusal>,
    elsewhere: Option<PathBuf>,
    path: PathBuf,
}

impl State {
    fn progress(&self) -> Progress {
        Progress {
            written: self.written,
            synced: self.synced,
            error: self.write_error.clone().or_else(|| self.sync_error.clone()),
            elsewhere: self.elsewhere.clone(),
        }
    }
}

enum Order {
    /// An entry with the number of the work handed over last and the time of day.
    Record(u64, Option<NaiveDateTime>, Entry),
    /// What the disk said of this file.
    Synced(Arc<DiskFile>, io::Result<()>),
    Stop,
}

/// A file to wait for, and the highest work in it.
type Wait = (Arc<DiskFile>, u64);

/// Told whenever a number or the error changes; called from the journal's threads and must not wait.
type Report = Arc<dyn Fn(Progress) + Send + Sync>;

impl JournalWriter {
    /// Begins a journal in `folder` for the workspace with this tag, locked while this window lives.
    pub fn start(
        folder: &Path,
        workspace: &str,
        report: impl Fn(Progress) + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let (journal, refused) =
            JournalWriter::start_in(vec![folder.to_owned()], workspace, Disk::default(), report);
        match refused {
            Some(cause) => Err(Error::Io { action: Action::Create, path: folder.to_owned(), cause }),
            None => Ok(journal),
        }
    }

    /// Begins a journal in the first of these folders that takes one, for the workspace with this tag. When none does
    /// the entries are kept in memory and tried again, and what the first folder said is returned too.
    pub fn start_in(
        places: Vec<PathBuf>,
        workspace: &str,
        disk: Disk,
        report: impl Fn(Progress) + Send + Sync + 'static,
    ) -> (Self, Option<io::Error>) {
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Shared { state: state.clone(), report: Arc::new(report) };
        let (orders, received) = channel();
        let (to_sync, waits) = channel();
        let mut writer = Writer::new(places, workspace, disk, shared.clone(), to_sync);
        let refused = writer.begin();
        let answers = orders.clone();
        let threads = vec![
            std::thread::spawn(move || writer.run(&received)),
            std::thread::spawn(move || sync_all(&shared, &waits, &answers)),
        ];
        let journal = JournalWriter { orders: Some(orders), numbers: AtomicU64::new(0), threads, state };
        (journal, refused)
    }

    /// Hands an entry over without waiting; work comes from one thread, notes of saves from any. Returns the number of
    /// the work handed over last, this one included.
    pub fn record(&self, entry: Entry) -> u64 {
        self.record_at(entry, None)
    }

    /// As [`JournalWriter::record`], with the time of day at which a person did it.
    pub fn record_at(&self, entry: Entry, at: Option<NaiveDateTime>) -> u64 {
        let step = u64::from(entry.is_work());
        let number = self.numbers.fetch_add(step, Ordering::SeqCst) + step;
        if let Some(orders) = &self.orders {
            // The thread ends only after this sender is gone.
            let _ = orders.send(Order::Record(number, at, entry));
        }
        number
    }

    /// The file the journal is in now; empty while there is none.
    pub fn path(&self) -> PathBuf {
        self.state.lock().map(|state| state.path.clone()).unwrap_or_default()
    }

    /// Writes and syncs everything and ends. An error means that the system refused to the last.
    pub fn flush_and_stop(mut self) -> Result<(), Error> {
        self.stop();
        let Ok(state) = self.state.lock() else { return Ok(()) };
        match state.progress().error {
            Some(refusal) => {
                let cause = io::Error::new(refusal.kind, refusal.said);
                Err(Error::Io { action: Action::Write, path: state.path.clone(), cause })
            }
            None => Ok(()),
        }
    }

    fn stop(&mut self) {
        if let Some(orders) = self.orders.take() {
            let _ = orders.send(Order::Stop);
        }
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

struct Writer {
    /// Folders to write in; the first is the usual one.
    places: Vec<PathBuf>,
    workspace: String,
    disk: Disk,
    shared: Shared,
    /// Gone once no file will have to be waited for any more.
    to_sync: Option<Sender<Wait>>,
    file: Option<Arc<DiskFile>>,
    /// Which of the places the file is in.
    place: usize,
    /// Whether the disk has had the file once.
    proven: bool,
    /// Files given up, still locked so that no other window takes them for left behind.
    given_up: Vec<GivenUp>,
    kept: Kept,
    /// Drafts not yet written, one for each field, in the order of their first key.
    drafts: VecDeque<(u64, Option<NaiveDateTime>, RecordKey, String, String)>,
    drafts_due: Option<Instant>,
    /// Bytes the system has not taken yet.
    pending: Vec<u8>,
    /// The number of the last work in `pending`.
    number: u64,
    /// Lines given to the file, those in `pending` included.
    lines: usize,
    sync_due: Option<Instant>,
    retry: Option<Instant>,
    /// How often in a row the disk lost the file; only a new one helps.
    losses: usize,
    home_due: Option<Instant>,
}

impl Writer {
    fn new(
        places: Vec<PathBuf>,
        workspace: &str,
        disk: Disk,
        shared: Shared,
        to_sync: Sender<Wait>,
    ) -> Writer {
        Writer {
            places,
            workspace: workspace.to_owned(),
            disk,
            shared,
            to_sync: Some(to_sync),
            file: None,
            place: 0,
            proven: false,
            given_up: Vec::new(),
            kept: Kept::default(),
            drafts: VecDeque::new(),
            drafts_due: None,
            pending: Vec::new(),
            number: 0,
            lines: 0,
            sync_due: None,
            retry: None,
            losses: 0,
            home_due: None,
        }
    }

    /// The first file; what the usual place said when none can be had.
    fn begin(&mut self) -> Option<io::Error> {
        let refused = self.begin_anew(0).err()?;
        self.refused(&refused);
        Some(refused)
    }

    fn run(mut self, orders: &Receiver<Order>) {
        loop {
            match self.wait(orders) {
                Ok(Order::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(order) => self.take(order),
                Err(RecvTimeoutError::Timeout) => {}
            }
            self.act(Instant::now());
        }
        self.end(orders);
    }

    /// A last attempt at everything; a file that the disk loses now is written anew once.
    fn end(&mut self, orders: &Receiver<Order>) {
        self.write_drafts();
        self.write();
        self.sync();
        self.to_sync = None;
        for order in orders {
            if let Order::Synced(file, Err(error)) = order
                && self.is_current(&file)
            {
                note_synced(&self.shared, 0, &Err(error));
                self.losses += 1;
            }
        }
        if self.losses > 0
            && self.begin_anew(self.next_place()).is_ok()
            && let Some(file) = &self.file
        {
            note_synced(&self.shared, self.number, &file.sync());
        }
    }

    fn wait(&self, orders: &Receiver<Order>) -> Result<Order, RecvTimeoutError> {
        let moments = [self.drafts_due, self.sync_due, self.retry, self.home_due];
        match moments.into_iter().flatten().min() {
            Some(due) => orders.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => orders.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    fn take(&mut self, order: Order) {
        match order {
            Order::Record(number, at, entry) => self.record(number, at, entry),
            Order::Synced(file, said) => self.synced(&file, &said),
            Order::Stop => {}
        }
    }

    /// Drafts wait a moment for the next key; anything else goes at once, drafts before it first.
    fn record(&mut self, number: u64, at: Option<NaiveDateTime>, entry: Entry) {
        match entry {
            Entry::Draft { record, field, text } => {
                self.drafts.retain(|(_, _, r, f, _)| *r != record || *f != field);
                self.drafts.push_back((number, at, record, field, text));
                self.drafts_due.get_or_insert_with(|| Instant::now() + DRAFT_AGE);
            }
            entry => {
                if let Entry::Edits { clears: Some((record, field)), .. } = &entry {
                    self.drafts.retain(|(_, _, r, f, _)| r != record || f != field);
                }
                self.write_drafts();
                self.put(Line { n: number, at, entry });
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
        if self.home_due.is_some_and(|due| due <= now) {
            self.go_home();
        }
        if self.sync_due.is_some_and(|due| due <= now) {
            self.sync();
        }
    }

    fn write_drafts(&mut self) {
        self.drafts_due = None;
        while let Some((n, at, record, field, text)) = self.drafts.pop_front() {
            self.put(Line { n, at, entry: Entry::Draft { record, field, text } });
        }
    }

    fn put(&mut self, mut line: Line) {
        // Another thread's note of a save may overtake the work whose number it carries.
        if line.entry.is_work() {
            self.number = self.number.max(line.n);
        }
        if let Entry::Replaces { after, .. } = &mut line.entry {
            *after = self.lines;
        }
        if let Some(bytes) = line::write(&line) {
            self.pending.extend(bytes);
            self.lines += 1;
        }
        self.kept.take(line);
    }

    /// Gives the pending bytes to the system: to the file of the moment, else to a new one with all that matters.
    fn write(&mut self) {
        self.retry = None;
        let refused = match self.give() {
            Ok(()) if self.losses == 0 => return self.written(),
            Ok(()) => None,
            Err(error) => Some(error),
        };
        if let Err(error) = self.begin_anew(self.next_place()) {
            self.refused(&refused.unwrap_or(error));
        }
    }

    /// The usual place comes first; one that lost the file twice in a row is left for the next.
    fn next_place(&self) -> usize {
        if self.losses > 1 { (self.place + 1) % self.places.len().max(1) } else { 0 }
    }

    fn give(&mut self) -> io::Result<()> {
        let Some(file) = &self.file else { return Err(io::Error::from(io::ErrorKind::NotFound)) };
        while !self.pending.is_empty() {
            match file.write(&self.pending) {
                Ok(0) => return Err(io::Error::from(io::ErrorKind::WriteZero)),
                Ok(taken) => {
                    self.pending.drain(..taken);
                    self.sync_due.get_or_insert_with(|| Instant::now() + SYNC_AGE);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn written(&mut self) {
        let number = self.number;
        let path = self.file.as_ref().map(|file| file.path().to_owned()).unwrap_or_default();
        let elsewhere = (self.place > 0).then(|| path.clone());
        self.home_due = elsewhere.as_ref().map(|_| self.home_due.unwrap_or(Instant::now() + HOMEWARD));
        self.shared.update(|state| {
            (state.written, state.write_error) = (number, None);
            (state.path, state.elsewhere) = (path, elsewhere);
        });
    }

    /// A new file with all that matters, in the first place from `first` on, around and around, that takes it.
    fn begin_anew(&mut self, first: usize) -> io::Result<()> {
        let count = self.places.len();
        self.begin_in((0..count).map(|step| (first + step) % count))
    }

    fn begin_in(&mut self, places: impl Iterator<Item = usize>) -> io::Result<()> {
        let mut refused = None;
        for place in places {
            match self.new_file(place) {
                Ok(file) => {
                    self.moved_to(file, place);
                    return Ok(());
                }
                Err(error) => drop(refused.get_or_insert(error)),
            }
        }
        Err(refused.unwrap_or_else(|| io::Error::from(io::ErrorKind::NotFound)))
    }

    fn moved_to(&mut self, file: DiskFile, place: usize) {
        let before = self.file.replace(Arc::new(file));
        let proven = std::mem::take(&mut self.proven);
        self.given_up.extend(before.map(|file| GivenUp { file, proven }));
        self.place = place;
        self.pending.clear();
        self.sync_due.get_or_insert_with(|| Instant::now() + SYNC_AGE);
        self.written();
    }

    fn new_file(&mut self, place: usize) -> io::Result<DiskFile> {
        let folder = &self.places[place];
        self.disk.make_private_folder(folder)?;
        let name = format!("{}-{}-{:08x}.journal", self.workspace, std::process::id(), fastrand::u32(..));
        let file = self.disk.new_private(&folder.join(name))?;
        let filled = self.fill(&file);
        if filled.is_err() {
            // A beginning that is not whole would only be found and asked about later.
            let _ = std::fs::remove_file(file.path());
        }
        self.lines = filled?;
        Ok(file)
    }

    /// Writes all that matters, and at the end, so that it counts only when the rest is there, what it takes the place
    /// of. Gives the number of lines.
    fn fill(&self, file: &DiskFile) -> io::Result<usize> {
        if !file.is_locked_now() {
            return Err(io::Error::from(io::ErrorKind::ResourceBusy));
        }
        let checkpoint = Entry::Checkpoint { workspace: self.workspace.clone() };
        let mut lines = vec![Line { n: 0, at: None, entry: checkpoint }];
        lines.extend(self.kept.lines().iter().cloned());
        let old = self.file.iter().chain(self.given_up.iter().map(|old| &old.file));
        let journals: Vec<String> = old.filter_map(|file| name_of(file.path())).collect();
        if !journals.is_empty() {
            lines.push(Line { n: 0, at: None, entry: Entry::Replaces { journals, after: 0 } });
        }
        let mut bytes = Vec::new();
        let mut count = 0;
        for mut line in lines {
            if let Entry::Replaces { after, .. } = &mut line.entry {
                *after = count;
            }
            let written = line::write(&line);
            count += usize::from(written.is_some());
            bytes.extend(written.unwrap_or_default());
        }
        file.write_all(&bytes)?;
        Ok(count)
    }

    fn go_home(&mut self) {
        self.home_due = Some(Instant::now() + HOMEWARD);
        // Where it still cannot be the journal stays as it is.
        let _ = self.begin_in(std::iter::once(0));
    }

    fn refused(&mut self, error: &io::Error) {
        self.retry = Some(Instant::now() + RETRY);
        let refusal = Refusal::from(error);
        self.shared.update(|state| state.write_error = Some(refusal));
    }

    fn sync(&mut self) {
        self.sync_due = None;
        let written = if self.pending.is_empty() { self.number } else { 0 };
        if let (Some(file), Some(to_sync)) = (&self.file, &self.to_sync) {
            let _ = to_sync.send((file.clone(), written));
        }
    }

    fn is_current(&self, file: &Arc<DiskFile>) -> bool {
        self.file.as_ref().is_some_and(|current| Arc::ptr_eq(current, file))
    }

    /// After a failed wait the system may have forgotten the bytes, so nothing is asked of that file again.
    fn synced(&mut self, file: &Arc<DiskFile>, said: &io::Result<()>) {
        if !self.is_current(file) {
            return;
        }
        if said.is_ok() {
            (self.losses, self.proven) = (0, true);
            return self.given_up.drain(..).for_each(GivenUp::put_away);
        }
        self.losses += 1;
        // What was written to that file meanwhile counts no more than what was before.
        self.shared.update(|state| state.written = state.written.min(state.synced));
        self.retry = Some(Instant::now() + if self.losses > 1 { RETRY } else { Duration::ZERO });
    }
}

/// A file whose work is in a newer one.
struct GivenUp {
    file: Arc<DiskFile>,
    /// Whether the disk has had it once; then it is part of the bin.
    proven: bool,
}

impl GivenUp {
    /// The newer one is on the disk. Where this one cannot be put away, the newer one names it.
    fn put_away(self) {
        let path = self.file.path();
        let _ = match self.proven {
            true => std::fs::rename(path, path.with_extension("sealed")),
            false => std::fs::remove_file(path),
        };
    }
}

fn note_synced(shared: &Shared, number: u64, said: &io::Result<()>) {
    shared.update(|state| match said {
        Ok(()) => {
            state.synced = state.synced.max(number);
            state.sync_error = None;
        }
        Err(error) => {
            // Bytes that the disk refused may be gone from the system's memory as well.
            state.written = state.written.min(state.synced);
            state.sync_error = Some(Refusal::from(error));
        }
    });
}

fn name_of(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().into_owned())
}

/// Waits for the disk, for all that was written to a file meanwhile at once. Ends when the writer has.
fn sync_all(shared: &Shared, waits: &Receiver<Wait>, answers: &Sender<Order>) {
    while let Ok((mut file, mut number)) = waits.recv() {
        for (next, written) in waits.try_iter() {
            number = if Arc::ptr_eq(&next, &file) { number.max(written) } else { written };
            file = next;
        }
        let said = file.sync();
        note_synced(shared, number, &said);
        // Nothing waits for the answer once the writer has ended.
        let _ = answers.send(Order::Synced(file, said));
    }
}
