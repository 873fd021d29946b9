//! Hands the program's wishes over without waiting: work goes into the journal at once, the rest becomes an order for
//! somebody. Knows no file but the journal and no thread.

use std::sync::Arc;

use chrono::NaiveDateTime;

use crate::app::effect::{Effect, MouseUse};
use crate::app::event::{JournalState, Recovered};
use crate::run::failure;
use crate::run::keeper::Order;
use crate::store::journal::{Entry, JournalWriter, Progress};

/// The one hand that writes work into the journal, and so knows how far a snapshot of a record reaches.
#[derive(Debug)]
pub struct Scribe {
    journal: Arc<JournalWriter>,
    /// Number of the work handed over last.
    last: u64,
    /// Work of earlier windows that stands at the head of the journal; the program did not type it.
    inherited: u64,
}

/// What is left to do of an effect, and by whom.
#[derive(Clone, Debug, PartialEq)]
pub enum Errand {
    Keeper(Order),
    /// Read the whole workspace.
    Load,
    Mouse(MouseUse),
    Quit,
}

impl Scribe {
    pub fn new(journal: Arc<JournalWriter>) -> Scribe {
        Scribe { journal, last: 0, inherited: 0 }
    }

    /// Puts the work of earlier windows into this window's journal; to be done before any other work.
    /// `journals` names the files it was found in.
    pub fn inherit(&mut self, found: &[Recovered], journals: Vec<String>) {
        for work in found {
            let record = &work.key;
            if !work.edits.is_empty() {
                let changes = vec![(record.clone(), work.edits.clone())];
                let step = "step.recovered".to_owned();
                self.write(Entry::Edits { changes, step, clears: None }, work.until);
            }
            for (field, text) in &work.drafts {
                let (field, text) = (field.clone(), text.clone());
                self.write(Entry::Draft { record: record.clone(), field, text }, work.until);
            }
        }
        if !journals.is_empty() {
            self.write(Entry::Replaces { journals, after: 0 }, None);
        }
        self.inherited = self.last;
    }

    /// Takes an effect over that came at this time of day. Effects must come in the order in which the program gave them.
    pub fn take(&mut self, effect: Effect, at: NaiveDateTime) -> Option<Errand> {
        Some(match effect {
            Effect::Journal { changes, step, clears } => {
                let clears = clears.map(|(record, field)| (record, field.to_owned()));
                self.write(Entry::Edits { changes, step, clears }, Some(at));
                return None;
            }
            Effect::Draft { record, field, text } => {
                self.write(Entry::Draft { record, field: field.to_owned(), text }, Some(at));
                return None;
            }
            Effect::Open(key) => Errand::Keeper(Order::Open(key)),
            // The record holds every step that was handed over so far.
            Effect::Save { key, record } => Errand::Keeper(Order::Save { key, record, covers: self.last }),
            Effect::Create(record) => Errand::Keeper(Order::Create { record, covers: self.last }),
            Effect::ReadBin(key) => Errand::Keeper(Order::ReadBin(key)),
            Effect::Insist(key) => Errand::Keeper(Order::Insist(key)),
            Effect::CopySample => Errand::Keeper(Order::CopySample),
            Effect::Load => Errand::Load,
            Effect::ReadFilters => Errand::Keeper(Order::ReadFilters),
            Effect::KeepFilters(filters) => Errand::Keeper(Order::KeepFilters(filters)),
            Effect::FindTables => Errand::Keeper(Order::FindTables),
            Effect::ReadTable { path, sheet } => Errand::Keeper(Order::ReadTable { path, sheet }),
            Effect::KeepWords(words) => Errand::Keeper(Order::KeepWords(words)),
            Effect::Mouse(mouse) => Errand::Mouse(mouse),
            Effect::Quit => Errand::Quit,
        })
    }

    /// Number of the inherited work handed over.
    pub fn inherited(&self) -> u64 {
        self.inherited
    }

    /// How far the journal is, in the program's own count.
    pub fn state(&self, progress: Progress) -> JournalState {
        JournalState {
            written: progress.written.saturating_sub(self.inherited),
            synced: progress.synced.saturating_sub(self.inherited),
            error: progress.error.map(|refusal| failure::cause_of(refusal.kind, refusal.said)),
            elsewhere: progress.elsewhere.and_then(|path| Some(path.parent()?.display().to_string())),
        }
    }

    fn write(&mut self, entry: Entry, at: Option<NaiveDateTime>) {
        self.last = self.journal.record_at(entry, at);
    }
}
