//! Keeps the files of the open records: reads, merges and writes one at a time, and sees what others write. Knows
//! what each record was when the window last read or wrote it; knows no thread, no session and no screen.

mod shelf;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::app::board::filters::SavedFilter;
use crate::app::effect::AnyRecord;
use crate::app::event::{Event, Failure, FailureKind};
use crate::domain::committee::Committee;
use crate::domain::gone::Bin;
use crate::domain::id::RecordKey;
use crate::domain::meeting::Meeting;
use crate::run::keeper::shelf::Shelf;
use crate::run::{demo, failure, filters, tables};
use crate::store::journal::{Entry, JournalWriter};
use crate::store::workspace::Workspace;

/// One thing to do with the files. Orders are done in the order in which they were given.
#[derive(Clone, Debug, PartialEq)]
pub enum Order {
    /// Read a record for work; answered by `Event::Opened`.
    Open(RecordKey),
    /// Bring a record into its file; answered by `Event::Saved`. It holds the work up to `covers`.
    Save { key: RecordKey, record: Box<AnyRecord>, covers: u64 },
    /// Make a new file; answered by `Event::Opened`.
    Create { record: Box<AnyRecord>, covers: u64 },
    /// Read this person's saved filters; answered by `Event::Filters`.
    ReadFilters,
    /// Keep this person's saved filters; answered by `Event::Filters` when it cannot be done.
    KeepFilters(Vec<SavedFilter>),
    /// Keep the words this person wants left as typed.
    KeepWords(Vec<String>),
    /// Put the sample data into the workspace; answered by `Event::SampleCopied`.
    CopySample,
    /// Read what the journals know of a record; answered by `Event::Bin`.
    ReadBin(RecordKey),
    /// Look for files that may hold a table; answered by `Event::TablesFound`.
    FindTables,
    /// Read a table of somebody else's; answered by `Event::TableRead`.
    ReadTable { path: String, sheet: Option<String> },
    /// The next save may write a file again that was taken away more than once.
    Insist(RecordKey),
    /// Look whether somebody else changed the open files; answered by any number of `Event::Outside`.
    Look,
    /// The window has taken in what `Event::Outside` told; later saves build on it.
    Absorbed(RecordKey),
}

/// The files of the open records of one window.
#[derive(Debug)]
pub struct Keeper {
    desk: Desk,
    meetings: Shelf<Meeting>,
    committees: Shelf<Committee>,
}

/// What every shelf works with.
#[derive(Debug)]
struct Desk {
    workspace: Workspace,
    journal: Arc<JournalWriter>,
}

impl Keeper {
    pub fn new(workspace: Workspace, journal: Arc<JournalWriter>) -> Keeper {
        let desk = Desk { workspace, journal };
        Keeper { desk, meetings: Shelf::default(), committees: Shelf::default() }
    }

    /// Does it, waiting for the disk, and tells what came of it.
    pub fn perform(&mut self, order: Order) -> Vec<Event> {
        let desk = &self.desk;
        match order {
            Order::Open(key) => {
                let result = match &key {
                    RecordKey::Meeting(id) => self.meetings.open(desk, id),
                    RecordKey::Committee(id) => self.committees.open(desk, id),
                };
                vec![Event::Opened { key, result: result.map_err(|error| failure::of(&error)) }]
            }
            Order::Save { key, record, covers } => {
                let result = match *record {
                    AnyRecord::Meeting(ours) => self.meetings.save(desk, &key, &ours, covers),
                    AnyRecord::Committee(ours) => self.committees.save(desk, &key, &ours, covers),
                };
                let (result, brought_back) = match result {
                    Ok((record, brought_back)) => (Ok(record), brought_back),
                    Err(error) => (Err(failure::of(&error)), None),
                };
                let saved = Event::Saved { key, result };
                std::iter::once(saved).chain(brought_back.map(Event::BroughtBack)).collect()
            }
            Order::Create { record, covers } => {
                let key = record.key();
                let result = match *record {
                    AnyRecord::Meeting(ours) => self.meetings.create(desk, &key, &ours, covers),
                    AnyRecord::Committee(ours) => self.committees.create(desk, &key, &ours, covers),
                };
                vec![Event::Opened { key, result: result.map_err(|error| failure::of(&error)) }]
            }
            Order::ReadFilters => {
                let filters = filters::read(&desk.workspace.filters());
                vec![Event::Filters(filters.map_err(|error| failure::of(&error)))]
            }
            Order::KeepFilters(saved) => {
                let kept = filters::write(&desk.workspace.filters(), &saved);
                kept.err().map(|error| Event::Filters(Err(failure::of(&error)))).into_iter().collect()
            }
            Order::KeepWords(words) => {
                let kept = filters::write_words(&desk.workspace.kept_words(), &words);
                kept.err().map(|error| Event::Filters(Err(failure::of(&error)))).into_iter().collect()
            }
            Order::CopySample => vec![Event::SampleCopied(copy_sample(&desk.workspace))],
            Order::ReadBin(key) => {
                let mut bin = Bin::default();
                for made in desk.workspace.steps().into_iter().filter(|made| made.record == key) {
                    bin.take(made.at, &made.edits);
                }
                vec![Event::Bin { key, bin }]
            }
            Order::FindTables => vec![Event::TablesFound(tables::find(desk.workspace.root()))],
            Order::ReadTable { path, sheet } => vec![tables::read(desk.workspace.root(), path, sheet)],
            Order::Insist(key) => {
                match &key {
                    RecordKey::Meeting(id) => self.meetings.insist(id),
                    RecordKey::Committee(id) => self.committees.insist(id),
                }
                Vec::new()
            }
            Order::Look => [self.meetings.look(desk), self.committees.look(desk)].concat(),
            Order::Absorbed(key) => {
                match &key {
                    RecordKey::Meeting(id) => self.meetings.absorbed(id),
                    RecordKey::Committee(id) => self.committees.absorbed(id),
                }
                Vec::new()
            }
        }
    }
}

impl Desk {
    /// Notes in the journal that the record is about to be in place with these bytes.
    fn saving<'a>(&'a self, key: &'a RecordKey, covers: u64) -> impl FnOnce(&str) + 'a {
        move |hash| {
            self.journal.record(Entry::Saving { record: key.clone(), hash: hash.to_owned(), covers });
        }
    }

    /// Notes in the journal that it is.
    fn saved(&self, key: &RecordKey, hash: &str, covers: u64) {
        self.journal.record(Entry::Saved { record: key.clone(), hash: hash.to_owned(), covers });
    }
}

fn copy_sample(workspace: &Workspace) -> Result<(), Failure> {
    let root = workspace.root();
    demo::unpack_beside(root).map_err(|error| Failure {
        kind: FailureKind::Unwritable,
        path: root.display().to_string(),
        cause: error.to_string(),
        place: None,
    })
}

/// The answer to an order that could not even be tried.
pub fn not_done(order: &Order, failure: Failure) -> Option<Event> {
    match order {
        Order::Open(key) => Some(Event::Opened { key: key.clone(), result: Err(failure) }),
        Order::Create { record, .. } => Some(Event::Opened { key: record.key(), result: Err(failure) }),
        Order::Save { key, .. } => Some(Event::Saved { key: key.clone(), result: Err(failure) }),
        Order::ReadFilters | Order::KeepFilters(_) | Order::KeepWords(_) => {
            Some(Event::Filters(Err(failure)))
        }
        Order::CopySample => Some(Event::SampleCopied(Err(failure))),
        Order::ReadBin(key) => Some(Event::Bin { key: key.clone(), bin: Bin::default() }),
        Order::FindTables => Some(Event::TablesFound(Vec::new())),
        Order::ReadTable { path, sheet } => {
            Some(Event::TableRead { path: path.clone(), sheet: sheet.clone(), result: Err(failure) })
        }
        Order::Look | Order::Absorbed(_) | Order::Insist(_) => None,
    }
}
