//! What becomes of tasks: progress heard or received, deadlines put off. A report goes into the task's own file; heard
//! in a session it also leaves a line there, as one step. Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::popup::{Popup, Then, Tone};
use crate::app::{Pending, Place, view};
use crate::domain::id::{RecordKey, TaskRef, row_id};
use crate::domain::kinds::{NoteKind, Status};
use crate::domain::meeting::{Extension, Meeting, Note, Report};
use crate::domain::state;
use crate::text::dates;

impl App {
    /// The form of a report on tasks, by reference.
    pub fn ask_report(&mut self, tasks: Vec<String>) -> Vec<Effect> {
        let Some(first) = tasks.first() else { return Vec::new() };
        let Some(row) = view::board::board_row(self, first) else {
            return self.tell("news.no_task", Tone::Warning);
        };
        let now = row.task.status.unwrap_or(Status::NotStarted);
        // Progress is what is heard most of a task nobody has begun.
        let likely = if now == Status::NotStarted { Status::InProgress } else { now };
        let at = Status::ALL.iter().position(|status| *status == likely).unwrap_or(0);
        let statuses = Status::ALL.iter().map(|status| format!("status.{}", status.word())).collect();
        let source = if self.place == Place::Meeting { self.meeting.id.clone() } else { String::new() };
        let mut form = Form::new(vec![
            FormField::choice("status", statuses, at),
            FormField::text("text", ""),
            FormField::text("percent", ""),
            FormField::text("source", &source),
            FormField::text("on", &dates::short(self.desk.now.wall.date())),
        ]);
        form.focus = 1;
        self.popups.push(Popup::Form { title: "form.report", form, then: Then::Report(tasks) });
        self.form_changed()
    }

    /// Puts the report into the tasks, opening their files first where needed.
    pub fn report_answered(&mut self, tasks: &[String], form: &Form) -> Vec<Effect> {
        let today = self.desk.now.wall.date();
        let report = Report {
            id: row_id(self.desk.random.u64(..)),
            on: Some(dates::read(form.text("on"), today).unwrap_or(today)),
            status: form.text("status").rsplit('.').next().and_then(Status::from_word),
            percent: form
                .text("percent")
                .trim_end_matches('%')
                .parse()
                .ok()
                .filter(|p| (0..=100).contains(p)),
            text: form.text("text").to_owned(),
            source: form.text("source").to_owned(),
            ..Report::default()
        };
        self.when_open(Pending::Report { tasks: tasks.to_vec(), report: Box::new(report) })
    }

    /// The form of a new deadline.
    pub fn ask_extension(&mut self, tasks: Vec<String>) -> Vec<Effect> {
        let Some(first) = tasks.first() else { return Vec::new() };
        let Some(row) = view::board::board_row(self, first) else {
            return self.tell("news.no_task", Tone::Warning);
        };
        if row.due.is_none() {
            return self.tell("news.no_deadline_to_extend", Tone::Warning);
        }
        let form = Form::new(vec![
            FormField::text("to", ""),
            FormField::text("reason", ""),
            FormField::text("allowed_by", ""),
            FormField::text("document", ""),
        ]);
        self.popups.push(Popup::Form { title: "form.extension", form, then: Then::Extension(tasks) });
        self.form_changed()
    }

    /// Puts the deadline off; an extension without a day, a reason and an authority is none.
    pub fn extension_answered(&mut self, tasks: &[String], form: &Form) -> Vec<Effect> {
        let today = self.desk.now.wall.date();
        let to = super::meeting::task::read_due(form.text("to"), today).day;
        let extension = Extension {
            id: row_id(self.desk.random.u64(..)),
            on: Some(today),
            to,
            reason: form.text("reason").to_owned(),
            allowed_by: form.text("allowed_by").to_owned(),
            document: form.text("document").to_owned(),
            ..Extension::default()
        };
        if extension.to.is_none() || extension.reason.is_empty() || extension.allowed_by.is_empty() {
            let form = form.clone();
            let then = Then::Extension(tasks.to_vec());
            self.popups.push(Popup::Form { title: "form.extension", form, then });
            return self.tell("news.extension_incomplete", Tone::Warning);
        }
        self.when_open(Pending::Extension { tasks: tasks.to_vec(), extension: Box::new(extension) })
    }

    /// Does it at once when all files are open, else opens them first.
    pub fn when_open(&mut self, pending: Pending) -> Vec<Effect> {
        let missing: Vec<Effect> = pending
            .meetings()
            .into_iter()
            .map(RecordKey::Meeting)
            .filter(|key| !self.sessions.is_open(key))
            .map(Effect::Open)
            .collect();
        if missing.is_empty() {
            return self.go_on(pending);
        }
        self.pending = Some(pending);
        missing
    }

    /// A file was opened: what waited for it goes on once the last one is there.
    pub fn opened_for_work(&mut self, _key: &RecordKey) -> Vec<Effect> {
        let all_open = |pending: &Pending| {
            pending.meetings().into_iter().map(RecordKey::Meeting).all(|key| self.sessions.is_open(&key))
        };
        match self.pending.take() {
            Some(pending) if all_open(&pending) => self.go_on(pending),
            still => {
                self.pending = still;
                Vec::new()
            }
        }
    }

    fn go_on(&mut self, pending: Pending) -> Vec<Effect> {
        match pending {
            Pending::Enter { meeting, note } => self.entered(&meeting, note),
            Pending::Report { tasks, report } => self.report(&tasks, &report),
            Pending::Extension { tasks, extension } => self.extend(&tasks, &extension),
            Pending::Recall { meeting, recall } => self.recalled(&meeting, recall),
        }
    }

    fn report(&mut self, tasks: &[String], report: &Report) -> Vec<Effect> {
        let refs: Vec<TaskRef> = tasks.iter().filter_map(|task| TaskRef::parse(task)).collect();
        let heard_here = (self.place == Place::Meeting).then(|| self.meeting.id.clone());
        let item = self.item_of_line().unwrap_or_default();
        let (speaker, at) = (self.meeting.speaker.clone(), self.desk.now.wall);
        let line = self.report_line(report);
        let ids: Vec<String> = refs.iter().map(|_| row_id(self.desk.random.u64(..))).collect();
        let note_ids: Vec<String> = refs.iter().map(|_| row_id(self.desk.random.u64(..))).collect();
        let step = self.sessions.step("step.report", self.desk.now, None, |drafts| {
            for ((task, id), note_id) in refs.iter().zip(&ids).zip(&note_ids) {
                let Some(meeting) = drafts.meeting(&task.meeting) else { return };
                append_report(meeting, task.number, Report { id: id.clone(), ..report.clone() });
                let Some(here) = heard_here.as_ref().and_then(|id| drafts.meeting(id)) else { continue };
                let live = here.stage().is_live();
                let at = if live { Some(at) } else { here.notes.last().and_then(|note| note.at) };
                here.notes.push(Note {
                    id: note_id.clone(),
                    item: item.clone(),
                    at,
                    speaker: speaker.clone(),
                    kind: Some(NoteKind::Result),
                    text: line.clone(),
                    task: task.to_string(),
                    ..Note::default()
                });
            }
        });
        let effects = self.made(step);
        self.sheet_again();
        effects
    }

    /// What the line in the minutes says of a report: its words, else its state.
    fn report_line(&self, report: &Report) -> String {
        let status =
            report.status.map(|status| self.desk.words.get(&format!("status.{}", status.word())).to_owned());
        let percent = report.percent.map(|percent| format!("{percent}%"));
        let parts = [Some(report.text.clone()).filter(|text| !text.is_empty()), status, percent];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    /// The opening sheet shows what was just recorded.
    fn sheet_again(&mut self) {
        let Some(Popup::Page(page)) = self.popups.last() else { return };
        if !matches!(page.then, Then::Report(_)) {
            return;
        }
        let reference = page.lines.get(page.selected).map(|line| line.reference.clone()).unwrap_or_default();
        self.popups.pop();
        self.opening_sheet();
        if let Some(Popup::Page(page)) = self.popups.last_mut()
            && let Some(at) = page.lines.iter().position(|line| line.reference == reference)
        {
            page.selected = at;
        }
    }

    fn extend(&mut self, tasks: &[String], extension: &Extension) -> Vec<Effect> {
        let refs: Vec<TaskRef> = tasks.iter().filter_map(|task| TaskRef::parse(task)).collect();
        let ids: Vec<String> = refs.iter().map(|_| row_id(self.desk.random.u64(..))).collect();
        let step = self.sessions.step("step.extension", self.desk.now, None, |drafts| {
            for (reference, id) in refs.iter().zip(&ids) {
                let Some(meeting) = drafts.meeting(&reference.meeting) else { return };
                let found = meeting.tasks.iter_mut().find(|task| task.number == Some(reference.number));
                if let Some(task) = found {
                    let from = state::effective_due(task);
                    task.extensions.push(Extension { id: id.clone(), from, ..extension.clone() });
                }
            }
        });
        self.made(step)
    }
}

/// Every change of status is a report, so that the state on any past day can be reckoned again.
fn append_report(meeting: &mut Meeting, number: i64, report: Report) {
    let Some(task) = meeting.tasks.iter_mut().find(|task| task.number == Some(number)) else { return };
    if let Some(status) = report.status {
        task.status = Some(status);
        task.done_on = if status == Status::Done { report.on } else { None };
    }
    task.reports.push(report);
}

impl Pending {
    /// The meetings that must be open.
    fn meetings(&self) -> Vec<String> {
        match self {
            Pending::Enter { meeting, .. } | Pending::Recall { meeting, .. } => vec![meeting.clone()],
            Pending::Report { tasks, .. } | Pending::Extension { tasks, .. } => {
                let refs = tasks.iter().filter_map(|task| TaskRef::parse(task));
                let mut ids: Vec<String> = refs.map(|task| task.meeting).collect();
                ids.dedup();
                ids
            }
        }
    }
}
