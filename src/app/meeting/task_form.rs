//! The form of a task's record part: owners, deadline, words, and when it is corrected also its number, what it rests on
//! and how its deadline was meant. For a task of any open meeting. Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::meeting::due::{due_words, read_due, set_due};
use crate::app::meeting::names;
use crate::app::meeting::task::{references, snapshot_units};
use crate::app::popup::{Popup, Then, Walk};
use crate::app::view;
use crate::domain::capture;
use crate::domain::cited;
use crate::domain::kinds::{DueKind, Every};
use crate::domain::meeting::{Meeting, Task};

impl App {
    /// The form of a task's owner and deadline, the caret at the first thing missing.
    pub fn ask_task(&mut self, task: &str, walk: Walk) -> Vec<Effect> {
        self.show_task_form(&self.meeting.id.clone(), task, walk, Extent::Short)
    }

    /// The form of all that the record says of a task of the meeting in front.
    pub fn edit_task(&mut self, task: &str) -> Vec<Effect> {
        self.edit_task_of(&self.meeting.id.clone(), task)
    }

    /// As [`App::edit_task`], of a meeting that is open here.
    pub fn edit_task_of(&mut self, meeting: &str, task: &str) -> Vec<Effect> {
        self.show_task_form(meeting, task, Walk::Single, Extent::Full)
    }

    fn show_task_form(&mut self, meeting: &str, task: &str, walk: Walk, extent: Extent) -> Vec<Effect> {
        let Some(record) = self.sessions.meeting(meeting) else { return Vec::new() };
        let Some(found) = record.tasks.iter().find(|t| t.id == task) else { return Vec::new() };
        let committee = self.committee_of(record);
        let shorts = |owners: &[String]| {
            let shorts: Vec<&str> =
                owners.iter().map(|owner| names::unit_short(record, committee, owner)).collect();
            shorts.join(", ")
        };
        let mut fields = vec![
            FormField::text("lead", &shorts(&found.lead)),
            FormField::text("due", &due_words(found)),
            FormField::text("support", &shorts(&found.support)),
            FormField::text("person", &found.person),
            FormField::text("product", &found.product),
            FormField::text("content", &found.content),
        ];
        // Live, the basis is asked only when the line names a document to rest on.
        if extent == Extent::Short && !cited::basis_of(found, record).is_empty() {
            fields.insert(5, self.basis_field(record, found));
        }
        if extent == Extent::Full {
            fields.extend(self.further_fields(record, found));
        }
        let mut form = Form::new(fields);
        form.focus = if !found.lead.is_empty() && found.due_kind.is_none() { 1 } else { 0 };
        let then = Then::TaskFields { meeting: meeting.to_owned(), task: task.to_owned(), walk };
        self.popups.push(Popup::Form { title: "form.task", form, then });
        self.form_changed()
    }

    fn further_fields(&self, meeting: &Meeting, task: &Task) -> Vec<FormField> {
        let read = read_due(&due_words(task), &self.occasion(meeting));
        let mut every = vec![AS_SAID.to_owned()];
        every.extend(Every::ALL.iter().map(|every| format!("every.{}", every.word())));
        let own_every = task.every.filter(|every| read.every != Some(*every));
        let every_at = own_every.and_then(|own| Every::ALL.iter().position(|known| *known == own));
        let before = [AS_SAID, "row.yes", "row.no"].map(str::to_owned).to_vec();
        let before_at = match (task.before == read.before, task.before) {
            (true, _) => 0,
            (false, true) => 1,
            (false, false) => 2,
        };
        vec![
            FormField::choice("every", every, every_at.map_or(0, |at| at + 1)),
            FormField::choice("before", before, before_at),
            self.basis_field(meeting, task),
            FormField::text("task_number", &task.number.map(|n| n.to_string()).unwrap_or_default()),
        ]
    }

    fn basis_field(&self, meeting: &Meeting, task: &Task) -> FormField {
        let basis: Vec<String> = task.basis.iter().map(|basis| self.basis_words(meeting, basis)).collect();
        FormField::text("basis", &basis.join("; "))
    }

    /// What a task rests on, as it is typed: `KL2`, the number of a document, or the words.
    fn basis_words(&self, meeting: &Meeting, basis: &str) -> String {
        let conclusion = meeting.conclusions.iter().find(|row| row.id == basis).and_then(|row| row.number);
        let document = meeting.documents.iter().find(|row| row.id == basis);
        let line =
            || meeting.note(basis).map(|note| crate::text::width::clip(&note.text, 40).replace(';', ","));
        match (conclusion, document) {
            (Some(number), _) => format!("{}{number}", self.desk.words.get("ui.conclusion_mark")),
            (None, Some(document)) if !document.number.is_empty() => document.number.clone(),
            (None, Some(document)) => document.title.clone(),
            (None, None) => line().unwrap_or_else(|| basis.to_owned()),
        }
    }

    /// What was typed as basis: what stands there already, else a conclusion by its number, a document by its number
    /// or title, else the words; `*` is what the line cites.
    fn basis_typed(&self, meeting: &Meeting, task: &Task, typed: &str) -> Vec<String> {
        let was = &task.basis;
        let mark = crate::text::fold::fold(self.desk.words.get("ui.conclusion_mark"));
        let read = |words: &str| {
            if let Some(same) = was.iter().find(|basis| self.basis_words(meeting, basis) == words) {
                return same.clone();
            }
            let folded = crate::text::fold::fold(words);
            let number = folded.strip_prefix(&mark).unwrap_or(&folded).trim().parse().ok();
            let conclusion =
                meeting.conclusions.iter().find(|row| row.number.is_some() && row.number == number);
            let document = meeting.documents.iter().find(|row| row.number == words || row.title == words);
            let id = conclusion.map(|row| &row.id).or(document.map(|row| &row.id));
            id.cloned().unwrap_or_else(|| cited::basis_typed(words, meeting))
        };
        let mut basis: Vec<String> = Vec::new();
        for words in typed.split(';').map(str::trim).filter(|words| !words.is_empty()) {
            let named = if words == "*" { cited::basis_of(task, meeting) } else { vec![read(words)] };
            basis.extend(named.into_iter().filter(|name| !basis.contains(name)).collect::<Vec<_>>());
        }
        basis
    }

    /// Puts the answers of the form into the task.
    ///
    /// # Errors
    /// A number that is none, that another task has, or that others cite already.
    pub fn task_answered(
        &mut self,
        meeting: &str,
        task: &str,
        form: &Form,
    ) -> Result<Vec<Effect>, &'static str> {
        let Some(record) = self.sessions.meeting(meeting) else { return Ok(Vec::new()) };
        let Some(was) = record.tasks.iter().find(|row| row.id == task) else { return Ok(Vec::new()) };
        let known = self.known_units(record);
        let committee = self.committee_of(record).cloned();
        let said = self.occasion(record);
        let (lead, support) =
            (references(form.text("lead"), &known), references(form.text("support"), &known));
        let typed_due = form.text("due").to_owned();
        let due = read_due(&typed_due, &said);
        let (person, product) = (form.text("person").to_owned(), form.text("product").to_owned());
        let content = form.text("content").to_owned();
        let cited = record.task_ref(was);
        let full = form.place("every").is_some();
        let number =
            if full { self.number_typed(record, was, form.text("task_number"))? } else { was.number };
        let basis = match form.fields.iter().any(|field| field.key == "basis") {
            true => self.basis_typed(record, was, form.text("basis")),
            false => was.basis.clone(),
        };
        let step = self.sessions.change(meeting, "step.task_fields", self.desk.now, |meeting| {
            let Some(task) = meeting.tasks.iter_mut().find(|t| t.id == task) else { return };
            task.lead = lead;
            task.support = support;
            task.person = person;
            task.product = product;
            task.basis = basis;
            if !content.is_empty() {
                task.content = content;
            }
            if due_words(task) != typed_due {
                set_due(task, &due);
            }
            if full {
                task.number = number;
                set_meant(task, form);
            }
            snapshot_units(meeting, committee.as_ref());
        });
        let effects = self.made(step);
        self.follow_renumbered(&cited, meeting, task);
        self.forget_filter_letters();
        self.board_entered();
        self.facts_again();
        Ok(effects)
    }

    /// The Board goes on standing on a task that got another number.
    fn follow_renumbered(&mut self, cited: &str, meeting: &str, task: &str) {
        let Some(record) = self.sessions.meeting(meeting) else { return };
        let now = record.tasks.iter().find(|row| row.id == task).map(|row| record.task_ref(row));
        if let Some(now) = now.filter(|now| now != cited && self.board.selected == cited) {
            self.board.selected = now;
        }
    }

    fn number_typed(&self, meeting: &Meeting, task: &Task, typed: &str) -> Result<Option<i64>, &'static str> {
        let number = match typed {
            "" => None,
            typed => Some(typed.parse().ok().filter(|n: &i64| *n > 0).ok_or("news.number_unread")?),
        };
        if number == task.number {
            return Ok(number);
        }
        let mut others = meeting.tasks.iter().filter(|other| other.id != task.id);
        if number.is_some() && others.any(|other| other.number == number) {
            return Err("news.task_number_taken");
        }
        let cited = meeting.task_ref(task);
        let cites = |other: &Meeting| {
            let by_tasks = other.tasks.iter().any(|row| row.carried_from == cited || row.carried_to == cited);
            by_tasks || other.notes.iter().any(|note| note.task == cited)
        };
        if view::meetings(self).any(cites) {
            return Err("news.task_number_cited");
        }
        Ok(number)
    }

    /// What the typed owners and deadline mean, shown beside the fields while one types.
    pub fn task_echo(&self, form: &Form, meeting: Option<&Meeting>, task: &str) -> Vec<String> {
        let Some(meeting) = meeting else { return vec![String::new(); form.fields.len()] };
        let known = self.known_units(meeting);
        let owner_echo = |words: &str| {
            let owners: Vec<String> = capture::owners(words, &known).into_iter().map(|o| o.text).collect();
            owners.join(", ")
        };
        form.fields
            .iter()
            .map(|field| match field.key {
                "lead" | "support" => owner_echo(form.text(field.key)),
                "due" => self.due_echo(form.text("due"), &self.occasion(meeting)),
                "basis" => self.basis_echo(meeting, form.text("basis"), task),
                _ => String::new(),
            })
            .collect()
    }

    /// What `*` in the field of the basis stands for: the documents that the line cites.
    fn basis_echo(&self, meeting: &Meeting, typed: &str, task: &str) -> String {
        let Some(task) = meeting.tasks.iter().find(|row| row.id == task) else { return String::new() };
        let cited = cited::basis_of(task, meeting);
        if !cited.iter().any(|name| !task.basis.contains(name)) || !matches!(typed, "" | "*") {
            return String::new();
        }
        let names: Vec<String> = cited.iter().map(|name| self.basis_words(meeting, name)).collect();
        self.desk.words.fill("basis.offer", &[("documents", &names.join("; "))])
    }
}

/// How much of a task is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// What is needed while the meeting goes on.
    Short,
    Full,
}

/// The choice that leaves it to the words of the deadline.
const AS_SAID: &str = "ui.as_said";

/// How often and whether before the day, where somebody says so against the words of the deadline.
fn set_meant(task: &mut Task, form: &Form) {
    if let Some(every) = form.text("every").strip_prefix("every.").and_then(Every::from_word) {
        task.every = Some(every);
        task.due_kind = Some(DueKind::Recurring);
    }
    match form.text("before") {
        "row.yes" => task.before = true,
        "row.no" => task.before = false,
        _ => {}
    }
}
