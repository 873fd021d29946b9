//! The open records of one sort, each as its file was when this window last read or wrote it: the base of every merge.

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use crate::app::effect::AnyRecord;
use crate::app::event::{Access, BroughtBack, Event, Opened};
use crate::domain::committee::Committee;
use crate::domain::id::RecordKey;
use crate::domain::meeting::Meeting;
use crate::domain::stale::Known;
use crate::error::Error;
use crate::run::keeper::Desk;
use crate::store::workspace::{self, Filed, Outside, Past, Stored};

/// A sort of record that the program works on.
pub(super) trait Kind: Filed + PartialEq {
    fn any(self) -> AnyRecord;
}

impl Kind for Meeting {
    fn any(self) -> AnyRecord {
        AnyRecord::Meeting(self)
    }
}

impl Kind for Committee {
    fn any(self) -> AnyRecord {
        AnyRecord::Committee(self)
    }
}

/// Open records by id.
#[derive(Debug)]
pub(super) struct Shelf<R> {
    bases: BTreeMap<String, Base<R>>,
}

#[derive(Debug)]
struct Base<R> {
    stored: Stored<R>,
    /// What somebody else wrote and the window has been told of. Saves that the window gave before it knew must still
    /// be merged over `stored`, or they would take the other's work for deleted.
    told: Option<Stored<R>>,
    /// The record's past in this window.
    known: Known,
    /// The saves before.
    past: Past,
    /// Time and size of the file when it was last looked at, and how many looks found it so.
    seen: Option<(Stamp, u8)>,
}

type Stamp = (SystemTime, u64);

/// A file written twice within one tick of its clock keeps its stamp, so that many looks read it all the same.
const LOOKS: u8 = 3;

impl<R> Default for Shelf<R> {
    fn default() -> Self {
        Shelf { bases: BTreeMap::new() }
    }
}

impl<R: Kind> Shelf<R> {
    /// The record as this window knows it, read now if it is not open.
    pub(super) fn open(&mut self, desk: &Desk, id: &str) -> Result<Opened, Error> {
        if let Some(base) = self.bases.get(id) {
            return Ok(opened(&base.stored));
        }
        let stored = desk.workspace.load::<R>(id)?;
        Ok(self.keep(id, stored))
    }

    pub(super) fn create(
        &mut self,
        desk: &Desk,
        key: &RecordKey,
        ours: &R,
        covers: u64,
    ) -> Result<Opened, Error> {
        let stored = desk.workspace.create_record(ours, desk.saving(key, covers))?;
        desk.saved(key, &stored.hash, covers);
        Ok(self.keep(key.id(), stored))
    }

    pub(super) fn save(
        &mut self,
        desk: &Desk,
        key: &RecordKey,
        ours: &R,
        covers: u64,
    ) -> Result<(AnyRecord, Option<BroughtBack>), Error> {
        let Some(base) = self.bases.get_mut(key.id()) else {
            return Err(Error::Missing { path: desk.workspace.path(key)? });
        };
        let Base { stored, known, past, .. } = base;
        let kept = known.kept();
        let attempt = desk.workspace.save_knowing(stored, known, *past, ours, desk.saving(key, covers));
        past.failed = attempt.is_err();
        let saved = attempt?;
        desk.saved(key, &saved.stored.hash, covers);
        let removed = saved.outside == Outside::Removed;
        past.restored |= removed;
        let brought_back = if removed { Some(BroughtBack::File) } else { rows(known.kept() - kept) };
        base.becomes(saved.stored);
        (base.told, base.seen) = (None, None);
        Ok((base.stored.record.clone().any(), brought_back))
    }

    /// A person wants the file written again, whoever took it away.
    pub(super) fn insist(&mut self, id: &str) {
        if let Some(base) = self.bases.get_mut(id) {
            base.past.restored = false;
        }
    }

    /// What others wrote since the window was last told.
    pub(super) fn look(&mut self, desk: &Desk) -> Vec<Event> {
        let changed = self.bases.iter_mut().filter(|(_, base)| base.told.is_none());
        changed.flat_map(|(id, base)| base.look(desk, id)).collect()
    }

    pub(super) fn absorbed(&mut self, id: &str) {
        if let Some(base) = self.bases.get_mut(id)
            && let Some(told) = base.told.take()
        {
            base.becomes(told);
        }
    }

    fn keep(&mut self, id: &str, stored: Stored<R>) -> Opened {
        let answer = opened(&stored);
        let (known, past) = (Known::default(), Past::default());
        self.bases.insert(id.to_owned(), Base { stored, told: None, known, past, seen: None });
        answer
    }
}

impl<R: Kind> Base<R> {
    fn becomes(&mut self, stored: Stored<R>) {
        self.known.learn(&self.stored.record, &stored.record);
        self.stored = stored;
    }

    /// A file that is gone or cannot be read is no change: the next save tells what is wrong.
    fn look(&mut self, desk: &Desk, id: &str) -> Vec<Event> {
        let hash = || desk.workspace.hash_on_disk(&R::key(id));
        if !self.is_worth_reading() || hash().is_none_or(|hash| hash == self.stored.hash) {
            return Vec::new();
        }
        let Ok(theirs) = desk.workspace.load::<R>(id) else { return Vec::new() };
        if theirs.record == self.stored.record {
            self.stored = theirs;
            return Vec::new();
        }
        let kept = self.known.kept();
        let last = &self.stored.record;
        let meant = desk.workspace.came_by_windows(&theirs.path, &self.stored.hash, &theirs.hash);
        let before = if meant { last.clone() } else { self.known.base(last, &theirs.record) };
        let before = Box::new(before.any());
        let record = Box::new(theirs.record.clone().any());
        self.told = Some(theirs);
        let told = Event::Outside { key: R::key(id), before, record };
        let brought_back = rows(self.known.kept() - kept);
        std::iter::once(told).chain(brought_back.map(Event::BroughtBack)).collect()
    }
}

impl<R> Base<R> {
    fn is_worth_reading(&mut self) -> bool {
        let Some(now) = stamp(&self.stored) else { return false };
        let looks = self.seen.filter(|(seen, _)| *seen == now).map_or(0, |(_, looks)| looks);
        self.seen = Some((now, looks.saturating_add(1)));
        looks < LOOKS
    }
}

fn rows(count: usize) -> Option<BroughtBack> {
    (count > 0).then_some(BroughtBack::Rows(count))
}

fn opened<R: Kind>(stored: &Stored<R>) -> Opened {
    let access = match stored.access {
        workspace::Access::Write => Access::Write,
        workspace::Access::ReadOnly => Access::ReadOnly,
    };
    Opened { record: stored.record.clone().any(), access, problems: stored.problems.len() }
}

fn stamp<R>(stored: &Stored<R>) -> Option<Stamp> {
    let data = fs::metadata(&stored.path).ok()?;
    Some((data.modified().ok()?, data.len()))
}
