//! Verbs done to any number of tasks in any number of files, each as one step with one undo. A report heard in a
//! session also leaves a line there. Knows no drawing.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::followup::{Verb, task_of};
use crate::app::form::Form;
use crate::app::meeting::due::{Due, read_due, set_due};
use crate::app::meeting::task::{references, snapshot_units};
use crate::app::popup::{Page, Popup, Then, Tone};
use crate::app::session::Refused;
use crate::app::{App, Place, view};
use crate::domain::fact::{self, FactKind};
use crate::domain::id::{TaskRef, row_id};
use crate::domain::kinds::NoteKind;
use crate::domain::meeting::{Extension, Meeting, Note, Report, Task, Urging};
use crate::domain::{board, followup};
use crate::text::field::TextField;

impl App {
    /// Changes each task as one step; `change` gets the task and a fresh row id.
    fn change_each(
        &mut self,
        step: &str,
        tasks: &[String],
        change: impl Fn(&mut Task, String),
    ) -> Vec<Effect> {
        let refs = parsed(tasks);
        let ids = self.row_ids(refs.len());
        let step = self.sessions.step(step, self.desk.now, None, |drafts| {
            for (task, id) in refs.iter().zip(ids) {
                let Some(meeting) = drafts.meeting(&task.meeting) else { return };
                if let Some(task) = task_of(meeting, task) {
                    change(task, id);
                }
            }
        });
        self.deed_done(step, tasks.len())
    }

    /// The next undo is meant for what was just done, not for a letter of the filter.
    pub fn forget_filter_letters(&mut self) {
        self.board.filter = TextField::with_text(self.board.filter.text());
    }

    /// Marks have served; a number of tasks is told, since not all of them may be in sight.
    fn deed_done(&mut self, step: Result<Vec<Effect>, Refused>, count: usize) -> Vec<Effect> {
        let effects = self.made(step);
        if !effects.is_empty() {
            self.board.marked.clear();
            self.forget_filter_letters();
            if count > 1 {
                self.say_filled("news.tasks_changed", &[("n", &count.to_string())], Tone::Plain);
            }
        }
        if self.place == Place::Board {
            self.board_entered();
        }
        effects
    }

    fn row_ids(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| row_id(self.desk.random.u64(..))).collect()
    }

    pub(super) fn report(&mut self, tasks: &[String], report: &Report) -> Vec<Effect> {
        if self.place != Place::Meeting || self.is_locked() {
            return self.change_each("step.report", tasks, |task, id| {
                followup::report(task, Report { id, ..report.clone() });
            });
        }
        let refs = parsed(tasks);
        let (ids, note_ids) = (self.row_ids(refs.len()), self.row_ids(refs.len()));
        let (here, line) = (self.meeting.id.clone(), self.line_heard(report));
        let at = self.desk.now.wall;
        let step = self.sessions.step("step.report", self.desk.now, None, |drafts| {
            for ((task, id), note_id) in refs.iter().zip(ids).zip(note_ids) {
                let Some(meeting) = drafts.meeting(&task.meeting) else { return };
                if let Some(task) = task_of(meeting, task) {
                    followup::report(task, Report { id, ..report.clone() });
                }
                let Some(here) = drafts.meeting(&here) else { return };
                let last = here.notes.last().and_then(|note| note.at);
                let at = if here.stage().is_live() { Some(at) } else { last };
                here.notes.push(Note { id: note_id, at, task: task.to_string(), ..line.clone() });
            }
        });
        let effects = self.made(step);
        self.sheet_again();
        effects
    }

    /// What the line in the minutes says of a report: its words, else its state.
    fn line_heard(&self, report: &Report) -> Note {
        let status =
            report.status.map(|status| self.desk.words.get(&format!("status.{}", status.word())).to_owned());
        let percent = report.percent.map(|percent| format!("{percent}%"));
        let parts = [Some(report.text.clone()).filter(|text| !text.is_empty()), status, percent];
        Note {
            item: self.item_of_line().unwrap_or_default(),
            speaker: self.meeting.speaker.clone(),
            kind: Some(NoteKind::Result),
            text: parts.into_iter().flatten().collect::<Vec<_>>().join("; "),
            ..Note::default()
        }
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
        let at = |page: &Page| page.lines.iter().position(|line| line.reference == reference);
        if let Some(Popup::Page(page)) = self.popups.last_mut()
            && let Some(at) = at(page)
        {
            page.selected = at;
        }
    }

    pub(super) fn extend(&mut self, tasks: &[String], extension: &Extension) -> Vec<Effect> {
        self.change_each("step.extension", tasks, |task, id| {
            followup::extend(task, Extension { id, ..extension.clone() });
        })
    }

    /// Confirms what was reported as done; without a day each task was done on the day it was reported.
    pub(super) fn confirm(&mut self, tasks: &[String], report: &Report) -> Vec<Effect> {
        let today = self.desk.now.wall.date();
        self.change_each("step.confirm", tasks, |task, id| {
            let on = report.on.or_else(|| followup::reported_done_on(task)).unwrap_or(today);
            followup::report(task, Report { id, on: Some(on), ..report.clone() });
        })
    }

    pub(super) fn change_status(&mut self, verb: Verb, tasks: &[String], report: &Report) -> Vec<Effect> {
        let step = match verb {
            Verb::Return => "step.return_task",
            Verb::Suspend => "step.suspend",
            Verb::Cancel => "step.cancel_task",
            _ => "step.reopen",
        };
        self.change_each(step, tasks, |task, id| followup::report(task, Report { id, ..report.clone() }))
    }

    /// Takes tasks out that were made by mistake; their lines stay.
    pub(super) fn remove_tasks(&mut self, tasks: &[String]) -> Vec<Effect> {
        let refs = parsed(tasks);
        let step = self.sessions.step("step.remove_task", self.desk.now, None, |drafts| {
            for task in &refs {
                let Some(meeting) = drafts.meeting(&task.meeting) else { return };
                let Some(id) = meeting.task_named(&task.task).map(|row| row.id.clone()) else { continue };
                // Only tasks without a history come here.
                let _kept = fact::remove(meeting, FactKind::Task, &id);
            }
        });
        let effects = self.deed_done(step, tasks.len());
        if view::board::board_row(self, &self.board.selected).is_none() {
            self.leave_detail();
        }
        if !effects.is_empty() {
            let undo = self.desk.keymap.label(Command::Undo).unwrap_or_default();
            self.say_filled("news.fact_removed", &[("undo", &undo)], Tone::Plain);
        }
        effects
    }

    pub(super) fn urge(&mut self, tasks: &[String], urging: &Urging) -> Vec<Effect> {
        self.change_each("step.urge", tasks, |task, id| {
            followup::urge(task, Urging { id, ..urging.clone() });
        })
    }

    /// Gives tasks anew in a meeting, to the owners and by the day that were typed, else as they were. The old records
    /// say where they went.
    pub fn reassignment_answered(&mut self, tasks: &[String], target: &str, form: &Form) -> Vec<Effect> {
        let Some(meeting) = self.sessions.meeting(target) else {
            return self.tell("news.not_open", Tone::Warning);
        };
        let committee = self.committee_of(meeting).cloned();
        let lead = references(form.text("lead"), &self.known_units(meeting));
        let due = Some(form.text("due")).filter(|typed| !typed.is_empty());
        let due = due.map(|typed| read_due(typed, &self.occasion(meeting)));
        let anew: Vec<(TaskRef, Task)> =
            tasks.iter().filter_map(|task| self.anew(task, meeting, &lead, due.as_ref())).collect();
        let reason = form.text("reason").to_owned();
        let today = self.desk.now.wall.date();
        let ids = self.row_ids(anew.len());
        let report_ids = self.row_ids(anew.len());
        let step = self.sessions.step("step.reassign", self.desk.now, None, |drafts| {
            for (((old, new), id), report_id) in anew.iter().zip(ids).zip(report_ids) {
                let Some(meeting) = drafts.meeting(target) else { return };
                let number = Some(meeting.next_task_number());
                let new = Task { id, number, ..new.clone() };
                let went_to = meeting.task_ref(&new);
                meeting.tasks.push(new);
                snapshot_units(meeting, committee.as_ref());
                let Some(meeting) = drafts.meeting(&old.meeting) else { return };
                let Some(task) = task_of(meeting, old) else { continue };
                task.carried_to = went_to;
                if !reason.is_empty() {
                    let (on, text) = (Some(today), reason.clone());
                    followup::report(task, Report { id: report_id, on, text, ..Report::default() });
                }
            }
        });
        self.deed_done(step, tasks.len())
    }

    /// The new record of a task, without its own id and number.
    fn anew(&self, task: &str, to: &Meeting, lead: &[String], due: Option<&Due>) -> Option<(TaskRef, Task)> {
        let old = view::board::board_row(self, task)?;
        let mut new = followup::given_anew(old.task, task, to, String::new());
        if old.meeting.head.committee != to.head.committee {
            // Another committee may call somebody else by the same id.
            let committee = self.committee_of(old.meeting);
            let name = |unit: &String| board::unit_name(unit, old.meeting, committee).to_owned();
            new.lead = new.lead.iter().map(name).collect();
            new.support = new.support.iter().map(name).collect();
        }
        if !lead.is_empty() {
            new.lead = lead.to_vec();
        }
        if let Some(due) = due {
            set_due(&mut new, due);
        }
        Some((TaskRef::parse(task)?, new))
    }

    /// A unit as typed: the id of one that the task's committee knows, else the text.
    pub(super) fn unit_typed(&self, tasks: &[String], typed: &str) -> String {
        let row = tasks.first().and_then(|task| view::board::board_row(self, task));
        let known = row.map(|row| self.known_units(row.meeting)).unwrap_or_default();
        references(typed, &known).into_iter().next().unwrap_or_default()
    }
}

fn parsed(tasks: &[String]) -> Vec<TaskRef> {
    tasks.iter().filter_map(|task| TaskRef::parse(task)).collect()
}
