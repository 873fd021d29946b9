//! Tasks out of lines: reading owners and deadline, the short form that asks for what is missing, and keeping a row's
//! words with its line while they are equal. Knows no drawing.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::meeting::due::{due_of, set_due, short_due};
use crate::app::meeting::record::Becomes;
use crate::app::popup::{Target, Tone, Walk};
use crate::domain::capture::{self, Captured, Known, Owner};
use crate::domain::committee::Committee;
use crate::domain::deadline::Occasion;
use crate::domain::gaps;
use crate::domain::id::row_id;
use crate::domain::kinds::NoteKind;
use crate::domain::meeting::{Meeting, Note, Task, UnitName};

/// What a line is read with: the units one knows, and the occasion on which it was said.
pub type Context<'a> = (&'a [Known], &'a Occasion);

impl App {
    /// F4: the typed line becomes a task, or the selected lines do; what is missing is asked at once.
    pub fn task_key(&mut self) -> Vec<Effect> {
        match self.target() {
            Target::Line if !self.meeting.line.text().trim().is_empty() => self.record_typed(Becomes::Task),
            _ => self.tasks_of_target(),
        }
    }

    /// Makes tasks of the selected lines (or the last one); a single line that is a task already is asked again.
    pub fn tasks_of_target(&mut self) -> Vec<Effect> {
        let notes = self.target_notes();
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let fresh: Vec<String> =
            notes.iter().filter(|id| !meeting.tasks.iter().any(|task| task.note == **id)).cloned().collect();
        let Some(asked) = notes.last() else { return self.tell("news.no_line", Tone::Quiet) };
        let asked = asked.clone();
        let (known, committee) = (self.known_units(meeting), self.committee_of(meeting).cloned());
        let said = self.occasion(meeting);
        let mut random = self.desk.random.clone();
        let step = self.sessions.change(&self.meeting.id, "step.task", self.desk.now, |meeting| {
            for id in &fresh {
                let Some(note) = meeting.note(id).cloned() else { continue };
                let task =
                    task_of(meeting, &note, &note.text.clone(), (&known, &said), row_id(random.u64(..)));
                meeting.tasks.push(task);
            }
            snapshot_units(meeting, committee.as_ref());
        });
        self.desk.random = random;
        let effects = self.made(step);
        let single = notes.len() == 1;
        let task = self.current_meeting().and_then(|m| m.tasks.iter().rfind(|task| task.note == asked));
        if let Some(task) = task.map(|task| task.id.clone()).filter(|_| single) {
            let complete = self.current_meeting().is_some_and(|m| {
                m.tasks.iter().any(|t| t.id == task && gaps::task_gaps(t).is_empty()) && !fresh.is_empty()
            });
            match fresh.is_empty() {
                true => drop(self.edit_task(&task)),
                false if !complete => drop(self.ask_task(&task, Walk::Single)),
                false => {}
            }
        }
        effects
    }

    /// The day deadlines are reckoned from: the meeting's.
    pub fn day_of(&self, meeting: &Meeting) -> NaiveDate {
        meeting.head.date.unwrap_or(self.desk.now.wall.date())
    }
}

/// A new task from a line, its owners and deadline read from the words. `spoken` may end with `> owner > deadline`.
pub fn task_of(
    meeting: &mut Meeting,
    note: &Note,
    spoken: &str,
    (known, said): Context<'_>,
    id: String,
) -> Task {
    let captured = capture::read_line(spoken, known, said);
    if let Some(line) = meeting.notes.iter_mut().find(|line| line.id == note.id) {
        line.kind.get_or_insert(NoteKind::Assignment);
        // What was typed after `>` is for the task; the minutes keep the sentence.
        if let Some((sentence, _)) = spoken.split_once(" > ") {
            line.text = sentence.trim().to_owned();
        }
    }
    let number = meeting.next_task_number();
    let mut task = Task { id, number: Some(number), note: note.id.clone(), ..Task::default() };
    task.quote = spoken.split(" > ").next().unwrap_or(spoken).trim().to_owned();
    fill(&mut task, &captured);
    task
}

/// Puts what was read from a clause into a task.
pub fn fill(task: &mut Task, captured: &Captured) {
    task.content = if captured.content.is_empty() { task.quote.clone() } else { captured.content.clone() };
    task.lead = captured.lead.iter().map(reference).collect();
    task.support = captured.support.iter().map(reference).collect();
    let words = captured.due_words.trim();
    let due = short_due(words).unwrap_or_else(|| due_of(captured.deadline.as_ref(), words));
    set_due(task, &due);
}

/// The id of a known unit, or the words.
pub fn reference(owner: &Owner) -> String {
    owner.id.clone().unwrap_or_else(|| owner.text.clone())
}

/// Owners as typed: ids of known units, else the words.
pub fn references(words: &str, known: &[Known]) -> Vec<String> {
    capture::owners(words, known).iter().map(reference).collect()
}

/// Copies the names of the units that the tasks name into the meeting, so that its papers print them for ever.
pub fn snapshot_units(meeting: &mut Meeting, committee: Option<&Committee>) {
    let Some(committee) = committee else { return };
    let mut wanted: Vec<String> = Vec::new();
    for task in &meeting.tasks {
        wanted.extend(task.lead.iter().chain(&task.support).cloned());
    }
    for id in wanted {
        if meeting.units.iter().any(|unit| unit.id == id) {
            continue;
        }
        if let Some(unit) = committee.unit(&id) {
            let (name, short) = (unit.name.clone(), unit.short.clone());
            meeting.units.push(UnitName { id, name, short, ..UnitName::default() });
        }
    }
}
