//! Tasks out of lines: reading owners and deadline, the short form that asks for what is missing, and keeping a row's
//! words with its line while they are equal. Knows no drawing.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::meeting::due::{due_of, due_words, read_due, set_due};
use crate::app::meeting::names;
use crate::app::meeting::record::Becomes;
use crate::app::popup::{Popup, Target, Then, Tone, Walk};
use crate::domain::capture::{self, Captured, Known, Owner};
use crate::domain::cited;
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
            if !complete {
                self.ask_task(&task, Walk::Single);
            }
        }
        effects
    }

    /// The form of a task's owner and deadline, the caret at the first thing missing.
    pub fn ask_task(&mut self, task: &str, walk: Walk) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let Some(found) = meeting.tasks.iter().find(|t| t.id == task) else { return Vec::new() };
        let committee = self.committee_of(meeting);
        let shorts = |owners: &[String]| {
            let shorts: Vec<&str> =
                owners.iter().map(|owner| names::unit_short(meeting, committee, owner)).collect();
            shorts.join(", ")
        };
        let mut form = Form::new(vec![
            FormField::text("lead", &shorts(&found.lead)),
            FormField::text("due", &due_words(found)),
            FormField::text("support", &shorts(&found.support)),
            FormField::text("person", &found.person),
            FormField::text("product", &found.product),
            FormField::text("basis", &basis_words(found, meeting)),
            FormField::text("content", &found.content),
        ]);
        form.focus = if !found.lead.is_empty() && found.due_kind.is_none() { 1 } else { 0 };
        let then = Then::TaskFields { task: task.to_owned(), walk };
        self.popups.push(Popup::Form { title: "form.task", form, then });
        self.form_changed()
    }

    /// Puts the answers of the form into the task.
    pub fn task_answered(&mut self, task: &str, form: &Form) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let known = self.known_units(meeting);
        let committee = self.committee_of(meeting).cloned();
        let said = self.occasion(meeting);
        let (lead, support) =
            (references(form.text("lead"), &known), references(form.text("support"), &known));
        let typed_due = form.text("due").to_owned();
        let due = read_due(&typed_due, &said);
        let (person, product) = (form.text("person").to_owned(), form.text("product").to_owned());
        let content = form.text("content").to_owned();
        let basis = form.text("basis").to_owned();
        let step = self.sessions.change(&self.meeting.id, "step.task_fields", self.desk.now, |meeting| {
            let Some(at) = meeting.tasks.iter().position(|t| t.id == task) else { return };
            let basis = basis_answered(&meeting.tasks[at], meeting, &basis);
            let task = &mut meeting.tasks[at];
            task.basis = basis;
            task.lead = lead;
            task.support = support;
            task.person = person;
            task.product = product;
            if !content.is_empty() {
                task.content = content;
            }
            if due_words(task) != typed_due {
                set_due(task, &due);
            }
            snapshot_units(meeting, committee.as_ref());
        });
        self.made(step)
    }

    /// The day deadlines are reckoned from: the meeting's.
    pub fn day_of(&self, meeting: &Meeting) -> NaiveDate {
        meeting.head.date.unwrap_or(self.desk.now.wall.date())
    }

    /// What the typed owners and deadline mean, shown beside the fields while one types.
    pub fn task_echo(&self, form: &Form, task: &str) -> Vec<String> {
        let Some(meeting) = self.current_meeting() else { return vec![String::new(); form.fields.len()] };
        let known = self.known_units(meeting);
        let owner_echo = |words: &str| {
            let owners: Vec<String> = capture::owners(words, &known).into_iter().map(|o| o.text).collect();
            owners.join(", ")
        };
        form.fields
            .iter()
            .map(|field| match field.key {
                "lead" | "support" => owner_echo(form.text(field.key)),
                "basis" => self.basis_echo(meeting, form.text("basis"), task),
                "due" => self.due_echo(form.text("due"), &self.occasion(meeting)),
                _ => String::new(),
            })
            .collect()
    }

    /// What `*` in the field of the basis stands for: the documents that the line cites.
    fn basis_echo(&self, meeting: &Meeting, typed: &str, task: &str) -> String {
        let Some(task) = meeting.tasks.iter().find(|row| row.id == task) else { return String::new() };
        let cited = cited::basis_of(task, meeting);
        let new = !cited.is_empty() && cited.iter().any(|name| !task.basis.contains(name));
        if !new || !matches!(typed, "" | "*") {
            return String::new();
        }
        let names: Vec<String> = cited.iter().map(|name| document_name(meeting, name)).collect();
        self.desk.words.fill("basis.offer", &[("documents", &names.join("; "))])
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
    set_due(task, &due_of(captured.deadline.as_ref(), &captured.due_words));
}

/// The id of a known unit, or the words.
pub fn reference(owner: &Owner) -> String {
    owner.id.clone().unwrap_or_else(|| owner.text.clone())
}

/// Owners as typed: ids of known units, else the words.
pub fn references(words: &str, known: &[Known]) -> Vec<String> {
    capture::owners(words, known).iter().map(reference).collect()
}

/// The documents among a task's basis, as they would be typed.
fn basis_words(task: &Task, meeting: &Meeting) -> String {
    let typed = task.basis.iter().filter(|name| !is_conclusion(meeting, name));
    typed.map(|name| document_name(meeting, name)).collect::<Vec<_>>().join("; ")
}

/// The basis after the form: conclusions stay, `*` takes what the line cites.
fn basis_answered(task: &Task, meeting: &Meeting, typed: &str) -> Vec<String> {
    let mut basis: Vec<String> =
        task.basis.iter().filter(|name| is_conclusion(meeting, name)).cloned().collect();
    for part in typed.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let named = match part {
            "*" => cited::basis_of(task, meeting),
            part => vec![cited::basis_typed(part, meeting)],
        };
        basis.extend(named.into_iter().filter(|name| !basis.contains(name)).collect::<Vec<_>>());
    }
    basis
}

fn is_conclusion(meeting: &Meeting, name: &str) -> bool {
    meeting.conclusions.iter().any(|conclusion| conclusion.id == name)
}

/// The number of a document of the meeting, else its title; a text that is no row of it is itself.
fn document_name(meeting: &Meeting, name: &str) -> String {
    let Some(row) = meeting.documents.iter().find(|row| row.id == name) else { return name.to_owned() };
    if row.number.is_empty() { row.title.clone() } else { row.number.clone() }
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
