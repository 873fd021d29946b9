//! The open records and the only door to change them. A change is made on a draft, compared, and becomes a step that
//! can be undone; the same edits go to the journal. Knows no file and no screen.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::time::Duration;

use crate::app::effect::{AnyRecord, Effect};
use crate::app::event::{Access, Now, Opened};
use crate::domain::amendment;
use crate::domain::committee::Committee;
use crate::domain::edit::{Edit, apply_with, between};
use crate::domain::fields::{Class, Record};
use crate::domain::history::{History, Step};
use crate::domain::id::RecordKey;
use crate::domain::kinds::Stage;
use crate::domain::meeting::Meeting;
use crate::domain::merge::gone;
use crate::domain::uphold::uphold;

/// Quiet after the last change before a record goes to its file.
const QUIET: Duration = Duration::from_secs(2);
/// The longest a change waits for its file while the work goes on.
const LONGEST: Duration = Duration::from_secs(10);
/// The pause before a failed save is tried again.
const RETRY: Duration = Duration::from_secs(2);

/// One open record.
#[derive(Clone, Debug)]
pub struct Session {
    record: AnyRecord,
    access: Access,
    /// Times of the first and the last change not yet handed to the saver.
    dirty: Option<(Duration, Duration)>,
    /// What was handed to the saver and is not yet answered.
    in_flight: Option<AnyRecord>,
    failed: Option<Duration>,
    /// The meeting as its adopted amendments leave it, once somebody asked; nothing where there are none.
    amended: OnceCell<Option<Box<Meeting>>>,
}

/// Why a change was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The record is not open here.
    NotOpen,
    /// The text is approved: only the follow-up may change.
    Locked,
    /// The file was written by a newer version of the program.
    ReadOnly,
}

/// What a step changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepOf {
    /// Tasks and nothing else, as the Board does.
    Tasks,
    Record,
}

/// What the files know of the open records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filed {
    All,
    Waiting,
    Saving,
    Failed,
}

/// All open records of the window, and what was done to them.
#[derive(Clone, Debug, Default)]
pub struct Sessions {
    open: BTreeMap<RecordKey, Session>,
    history: History<String>,
    /// Grows with every change of an open record.
    generation: u64,
}

impl Sessions {
    pub fn meeting(&self, id: &str) -> Option<&Meeting> {
        match &self.open.get(&RecordKey::Meeting(id.to_owned()))?.record {
            AnyRecord::Meeting(meeting) => Some(meeting),
            AnyRecord::Committee(_) => None,
        }
    }

    /// The meeting as its adopted amendments leave it: what Board and questions read.
    pub fn amended(&self, id: &str) -> Option<&Meeting> {
        let session = self.open.get(&RecordKey::Meeting(id.to_owned()))?;
        let AnyRecord::Meeting(meeting) = &session.record else { return None };
        let amended = session.amended.get_or_init(|| match amendment::amended(meeting) {
            Cow::Owned(amended) => Some(Box::new(amended)),
            Cow::Borrowed(_) => None,
        });
        Some(amended.as_deref().unwrap_or(meeting))
    }

    pub fn committee(&self, id: &str) -> Option<&Committee> {
        match &self.open.get(&RecordKey::Committee(id.to_owned()))?.record {
            AnyRecord::Committee(committee) => Some(committee),
            AnyRecord::Meeting(_) => None,
        }
    }

    /// Ids of the open meetings.
    pub fn open_meetings(&self) -> impl Iterator<Item = &Meeting> {
        self.open.values().filter_map(|session| match &session.record {
            AnyRecord::Meeting(meeting) => Some(meeting),
            AnyRecord::Committee(_) => None,
        })
    }

    /// A number that grows with every change of an open record, so that lists know when to be made again.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    pub fn is_open(&self, key: &RecordKey) -> bool {
        self.open.contains_key(key)
    }

    /// Whether the record may be changed here.
    pub fn access(&self, key: &RecordKey) -> Option<Access> {
        self.open.get(key).map(|session| session.access)
    }

    /// Takes in a record that was read for work; one already open stays as it is.
    pub fn open(&mut self, opened: Opened) {
        let key = opened.record.key();
        self.generation += 1;
        self.open.entry(key).or_insert(Session {
            record: opened.record,
            access: opened.access,
            dirty: None,
            in_flight: None,
            failed: None,
            amended: OnceCell::new(),
        });
    }

    /// Changes one meeting as one step. Nothing changed gives no step and no effect.
    pub fn change(
        &mut self,
        id: &str,
        step: &str,
        now: Now,
        change: impl FnOnce(&mut Meeting),
    ) -> Result<Vec<Effect>, Refused> {
        self.step(step, now, None, |drafts| {
            if let Some(draft) = drafts.meeting(id) {
                change(draft);
            }
        })
    }

    /// Changes any number of open records as one step. `clears` names the draft that the step replaces.
    pub fn step(
        &mut self,
        step: &str,
        now: Now,
        clears: Option<(RecordKey, &'static str)>,
        change: impl FnOnce(&mut Drafts<'_>),
    ) -> Result<Vec<Effect>, Refused> {
        let mut drafts = Drafts { open: &self.open, drafts: BTreeMap::new(), missing: false };
        change(&mut drafts);
        let (made, missing) = (drafts.drafts, drafts.missing);
        if missing {
            return Err(Refused::NotOpen);
        }
        let mut changes = Vec::new();
        for (key, draft) in &made {
            let Some(session) = self.open.get(key) else { continue };
            let edits = difference(&session.record, draft);
            refuse(session, &edits)?;
            if !edits.is_empty() {
                changes.push((key.clone(), edits));
            }
        }
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        self.generation += 1;
        for (key, draft) in made {
            if let Some(session) = self.open.get_mut(&key) {
                *session.changing() = draft;
            }
        }
        self.touch(changes.iter().map(|(key, _)| key), now);
        self.history.push(Step { name: step.to_owned(), changes: changes.clone() });
        Ok(vec![Effect::Journal { changes, step: step.to_owned(), clears }])
    }

    /// Takes back the newest step; its name and the journal entry.
    pub fn undo(&mut self, now: Now) -> Option<Result<(String, Vec<Effect>), Refused>> {
        let step = self.history.undo()?;
        if let Err(refused) = self.may_redo(&step) {
            self.history.redo();
            return Some(Err(refused));
        }
        Some(Ok(self.redone(step, now)))
    }

    /// Does again what was undone last.
    pub fn redo(&mut self, now: Now) -> Option<Result<(String, Vec<Effect>), Refused>> {
        let step = self.history.redo()?;
        if let Err(refused) = self.may_redo(&step) {
            self.history.undo();
            return Some(Err(refused));
        }
        Some(Ok(self.redone(step, now)))
    }

    /// An approved text is not undone into another one; only its own approval may be taken back.
    fn may_redo(&self, step: &Step<String>) -> Result<(), Refused> {
        for (key, edits) in &step.changes {
            if let Some(session) = self.open.get(key)
                && session.is_locked()
                && edits.iter().any(|edit| touches_record_class(session.record.as_record(), edit))
            {
                return Err(Refused::Locked);
            }
        }
        Ok(())
    }

    /// Whether there is a step that an undo may take back.
    pub fn can_undo(&self) -> bool {
        self.history.next_undo().is_some_and(|step| self.may_redo(step).is_ok())
    }

    /// The name of the step an undo would take back.
    pub fn undo_name(&self) -> Option<&str> {
        self.history.undo_name().map(String::as_str)
    }

    /// Whether the step an undo would take back is of tasks alone, and the record it is of.
    pub fn next_undo(&self) -> Option<(StepOf, &RecordKey)> {
        let step = self.history.next_undo()?;
        let (key, _) = step.changes.first()?;
        let mut edits = step.changes.iter().flat_map(|(_, edits)| edits);
        // A task brings the names of its units along, and its line is called an assignment.
        let of_task = |edit: &Edit| match edit {
            Edit::Set { table, key, .. } if table == "notes" => key == "kind",
            edit => matches!(edit.table(), "tasks" | "units"),
        };
        let of = if edits.all(of_task) { StepOf::Tasks } else { StepOf::Record };
        Some((of, key))
    }

    fn redone(&mut self, step: Step<String>, now: Now) -> (String, Vec<Effect>) {
        for (key, edits) in &step.changes {
            self.apply(key, edits);
        }
        self.touch(step.changes.iter().map(|(key, _)| key), now);
        let effect = Effect::Journal { changes: step.changes, step: step.name.clone(), clears: None };
        (step.name, vec![effect])
    }

    /// Replays work found in a journal; it can be undone like any step.
    pub fn replay(&mut self, key: &RecordKey, edits: &[Edit], step: &str, now: Now) -> Vec<Effect> {
        let Some(before) = self.open.get(key).map(|session| session.record.clone()) else {
            return Vec::new();
        };
        self.apply(key, edits);
        let Some(session) = self.open.get_mut(key) else { return Vec::new() };
        keep_approved(&[&before], session.changing());
        let made = difference(&before, &session.record);
        if made.is_empty() {
            return Vec::new();
        }
        self.touch([key], now);
        let changes = vec![(key.clone(), made)];
        self.history.push(Step { name: step.to_owned(), changes: changes.clone() });
        vec![Effect::Journal { changes, step: step.to_owned(), clears: None }]
    }

    fn apply(&mut self, key: &RecordKey, edits: &[Edit]) {
        self.generation += 1;
        let Some(session) = self.open.get_mut(key) else { return };
        apply_with(session.changing().as_record_mut(), edits, &Default::default());
    }

    fn touch<'a>(&mut self, keys: impl IntoIterator<Item = &'a RecordKey>, now: Now) {
        for key in keys {
            if let Some(session) = self.open.get_mut(key) {
                let first = session.dirty.map_or(now.since_start, |(first, _)| first);
                session.dirty = Some((first, now.since_start));
            }
        }
    }

    /// The saves that are due now; with `Haste::Now` all that wait.
    pub fn saves(&mut self, now: Now, haste: Haste) -> Vec<Effect> {
        let mut effects = Vec::new();
        for (key, session) in &mut self.open {
            if session.in_flight.is_some() || !session.is_due(now.since_start, haste) {
                continue;
            }
            session.dirty = None;
            session.in_flight = Some(session.record.clone());
            effects.push(Effect::Save { key: key.clone(), record: Box::new(session.record.clone()) });
        }
        effects
    }

    /// When the next save is due, since the start of the program.
    pub fn next_save(&self) -> Option<Duration> {
        self.open.values().filter(|s| s.in_flight.is_none()).filter_map(Session::due).min()
    }

    /// A record is in its file; what others changed meanwhile comes in under what was typed since.
    pub fn saved(&mut self, key: &RecordKey, merged: &AnyRecord) {
        self.generation += 1;
        let Some(session) = self.open.get_mut(key) else { return };
        session.failed = None;
        let Some(sent) = session.in_flight.take() else { return };
        absorb(session.changing(), &sent, merged);
    }

    /// A record could not be written; it stays dirty and is tried again.
    pub fn save_failed(&mut self, key: &RecordKey, now: Now) {
        if let Some(session) = self.open.get_mut(key) {
            session.in_flight = None;
            session.failed = Some(now.since_start);
            session.dirty = Some(session.dirty.unwrap_or((now.since_start, now.since_start)));
        }
    }

    /// Someone else changed the file, which holds `merged` now; `before` is what they began with. Work of this window
    /// that their file lacks goes to it again. Where an approved text would change, it stays, and amendments are
    /// proposed; the effects are those of keeping it.
    pub fn outside(
        &mut self,
        key: &RecordKey,
        before: &AnyRecord,
        merged: &AnyRecord,
        now: Now,
    ) -> Vec<Effect> {
        self.generation += 1;
        let Some(session) = self.open.get_mut(key) else { return Vec::new() };
        let upheld = absorb(session.changing(), before, merged);
        if !between(merged.as_record(), session.record.as_record()).is_empty() {
            self.touch([key], now);
        }
        if upheld.is_empty() {
            return Vec::new();
        }
        let changes = vec![(key.clone(), upheld)];
        vec![Effect::Journal { changes, step: "step.upheld".to_owned(), clears: None }]
    }

    /// The records whose last save failed.
    pub fn failed(&self) -> impl Iterator<Item = &RecordKey> {
        self.open.iter().filter(|(_, session)| session.failed.is_some()).map(|(key, _)| key)
    }

    /// How the open records stand to their files.
    pub fn filed(&self) -> Filed {
        let all = || self.open.values();
        if all().any(|s| s.failed.is_some()) {
            return Filed::Failed;
        }
        if all().any(|s| s.in_flight.is_some()) {
            return Filed::Saving;
        }
        if all().any(|s| s.dirty.is_some()) { Filed::Waiting } else { Filed::All }
    }
}

/// Whether a save waits for quiet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Haste {
    WhenQuiet,
    Now,
}

impl Session {
    /// The record for a change; what was made of it is made anew.
    fn changing(&mut self) -> &mut AnyRecord {
        self.amended.take();
        &mut self.record
    }

    fn is_locked(&self) -> bool {
        stage(&self.record).is_locked()
    }

    fn due(&self) -> Option<Duration> {
        let (first, last) = self.dirty?;
        let quiet = (last + QUIET).min(first + LONGEST);
        Some(self.failed.map_or(quiet, |failed| quiet.max(failed + RETRY)))
    }

    fn is_due(&self, now: Duration, haste: Haste) -> bool {
        match haste {
            Haste::Now => self.dirty.is_some(),
            Haste::WhenQuiet => self.due().is_some_and(|due| due <= now),
        }
    }
}

/// The drafts of a step: each record is copied when it is first asked for.
pub struct Drafts<'a> {
    open: &'a BTreeMap<RecordKey, Session>,
    drafts: BTreeMap<RecordKey, AnyRecord>,
    missing: bool,
}

impl Drafts<'_> {
    /// The draft of a meeting; `None` (and the whole step is refused) when it is not open.
    pub fn meeting(&mut self, id: &str) -> Option<&mut Meeting> {
        let key = RecordKey::Meeting(id.to_owned());
        let Some(session) = self.open.get(&key) else {
            self.missing = true;
            return None;
        };
        match self.drafts.entry(key).or_insert_with(|| session.record.clone()) {
            AnyRecord::Meeting(meeting) => Some(meeting),
            AnyRecord::Committee(_) => None,
        }
    }

    /// The draft of a committee; `None` (and the whole step is refused) when it is not open.
    pub fn committee(&mut self, id: &str) -> Option<&mut Committee> {
        let key = RecordKey::Committee(id.to_owned());
        let Some(session) = self.open.get(&key) else {
            self.missing = true;
            return None;
        };
        match self.drafts.entry(key).or_insert_with(|| session.record.clone()) {
            AnyRecord::Committee(committee) => Some(committee),
            AnyRecord::Meeting(_) => None,
        }
    }
}

impl AnyRecord {
    /// The record for the engine of edits.
    pub fn as_record(&self) -> &dyn Record {
        match self {
            AnyRecord::Meeting(meeting) => meeting,
            AnyRecord::Committee(committee) => committee,
        }
    }

    fn as_record_mut(&mut self) -> &mut dyn Record {
        match self {
            AnyRecord::Meeting(meeting) => meeting,
            AnyRecord::Committee(committee) => committee,
        }
    }
}

fn difference(before: &AnyRecord, after: &AnyRecord) -> Vec<Edit> {
    let mut edits = between(before.as_record(), after.as_record());
    let mut pins = pins(after.as_record(), &edits);
    edits.append(&mut pins);
    edits
}

/// A row without an id in its file gets its made-up id written once the program changes it or refers to it.
fn pins(record: &dyn Record, edits: &[Edit]) -> Vec<Edit> {
    let named: std::collections::BTreeSet<&str> = edits.iter().flat_map(names).collect();
    let mut pins = Vec::new();
    for table in record.tables() {
        let Some(rows) = record.rows(table) else { continue };
        for row in rows.iter().filter(|row| row.extra().unwritten_id && named.contains(row.id())) {
            pins.push(Edit::Set {
                table: (*table).to_owned(),
                row: crate::domain::edit::RowKey { id: row.id().to_owned(), nth: 0 },
                key: "id".to_owned(),
                was: row.get("id"),
                now: Some(crate::domain::value::Value::Text(row.id().to_owned())),
            });
        }
    }
    pins
}

fn names(edit: &Edit) -> Vec<&str> {
    use crate::domain::value::Value;
    fn texts(value: &Value) -> Vec<&str> {
        match value {
            Value::Text(text) => vec![text],
            Value::List(items) => items.iter().flat_map(texts).collect(),
            _ => Vec::new(),
        }
    }
    match edit {
        Edit::Set { row, now, .. } => {
            let mut names = vec![row.id.as_str()];
            names.extend(now.iter().flat_map(texts));
            names
        }
        Edit::Insert { row, .. } => row.pairs.iter().flat_map(|(_, value)| texts(value)).collect(),
        Edit::Remove { .. } | Edit::Order { .. } => Vec::new(),
    }
}

fn refuse(session: &Session, edits: &[Edit]) -> Result<(), Refused> {
    if edits.is_empty() {
        return Ok(());
    }
    if session.access == Access::ReadOnly {
        return Err(Refused::ReadOnly);
    }
    let record = session.record.as_record();
    let opens = |edit: &Edit| touches_record_class(record, edit) || unlocks(edit);
    if session.is_locked() && edits.iter().any(opens) {
        return Err(Refused::Locked);
    }
    Ok(())
}

fn stage(record: &AnyRecord) -> Stage {
    match record {
        AnyRecord::Meeting(meeting) => meeting.stage(),
        AnyRecord::Committee(_) => Stage::Planned,
    }
}

/// Whether an edit would take an approved text out of its lock, or its seal away.
fn unlocks(edit: &Edit) -> bool {
    use crate::domain::value::Value;
    let Edit::Set { table, key, now, .. } = edit else { return false };
    let is_locked = || match now {
        Some(Value::Text(word)) => Stage::from_word(word).is_some_and(Stage::is_locked),
        _ => false,
    };
    table.is_empty() && (key == "approval" || (key == "stage" && !is_locked()))
}

fn touches_record_class(record: &dyn Record, edit: &Edit) -> bool {
    let fields = match edit.table() {
        "" => record.head().fields(),
        table => record.rows(table).map_or(&[][..], |rows| rows.table_fields()),
    };
    let class = |key: &str| fields.iter().find(|field| field.key == key).map(|field| field.class);
    match edit {
        Edit::Set { key, .. } if key == "id" => false,
        Edit::Set { key, .. } => class(key) != Some(Class::FollowUp),
        // A table whose rows are follow-up throughout may grow and shrink after approval.
        _ => fields.iter().any(|field| field.key != "id" && field.class == Class::Record),
    }
}

/// Takes in what changed from `before` to `merged`. Gives the edits that kept an approved text as it was.
fn absorb(record: &mut AnyRecord, before: &AnyRecord, merged: &AnyRecord) -> Vec<Edit> {
    let edits = between(before.as_record(), merged.as_record());
    if edits.is_empty() {
        return Vec::new();
    }
    let mine = record.clone();
    let graveyard = gone(before.as_record(), record.as_record());
    apply_with(record.as_record_mut(), &edits, &graveyard);
    keep_approved(&[before, &mine, merged], record)
}

/// What departs from an approved text goes into proposed amendments; gives the edits that did it.
fn keep_approved(versions: &[&AnyRecord], record: &mut AnyRecord) -> Vec<Edit> {
    if !stage(record).is_locked() {
        return Vec::new();
    }
    let departed = record.clone();
    let meetings = versions.iter().filter_map(|version| match version {
        AnyRecord::Meeting(meeting) => Some(meeting),
        AnyRecord::Committee(_) => None,
    });
    let meetings: Vec<&Meeting> = meetings.collect();
    if let AnyRecord::Meeting(meeting) = record {
        uphold(&meetings, meeting);
    }
    between(departed.as_record(), record.as_record())
}
