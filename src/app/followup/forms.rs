//! What is asked for each verb, and what is wrong with an answer. Knows no drawing.

use chrono::NaiveDate;

use crate::app::effect::Effect;
use crate::app::followup::Verb;
use crate::app::form::{Form, FormField};
use crate::app::picker::Entry;
use crate::app::popup::{Popup, Then, Tone};
use crate::app::{App, Pending, Place, view};
use crate::domain::followup;
use crate::domain::id::RecordKey;
use crate::domain::kinds::{Stage, Status};
use crate::domain::meeting::{Extension, Meeting, Report, Urging};
use crate::text::dates;

impl App {
    pub(super) fn show_form(&mut self, verb: Verb, tasks: Vec<String>) -> Vec<Effect> {
        let today = dates::short(self.desk.now.wall.date());
        let (title, fields, focus) = match verb {
            Verb::Report => return self.show_report(tasks),
            Verb::Reassign => return self.pick_meeting(tasks),
            Verb::Edit => return self.edit_first(&tasks),
            Verb::Remove => return self.remove_tasks(&tasks),
            Verb::Extend => ("form.extension", texts(&["to", "reason", "allowed_by", "document"]), 0),
            Verb::Confirm => {
                let done_on = self.reported_done_on(&tasks).map(dates::short).unwrap_or_default();
                let mut fields = vec![FormField::text("done_on", &done_on)];
                fields.extend(texts(&["text", "source"]));
                ("form.confirm", fields, 0)
            }
            Verb::Return => ("form.return_task", reasoned(&today), 0),
            Verb::Suspend => ("form.suspend", reasoned(&today), 0),
            Verb::Cancel => ("form.cancel_task", reasoned(&today), 0),
            Verb::Reopen => ("form.reopen", reasoned(&today), 0),
            Verb::Urge => {
                let mut fields = texts(&["document", "report_unit"]);
                fields.push(FormField::text("on", &today));
                ("form.urge", fields, 0)
            }
        };
        let mut form = Form::new(fields);
        form.focus = focus;
        let then = if verb == Verb::Extend { Then::Extension(tasks) } else { Then::FollowUp(verb, tasks) };
        self.popups.push(Popup::Form { title, form, then });
        self.form_changed()
    }

    /// The form of one task's record part; of several the first is meant.
    fn edit_first(&mut self, tasks: &[String]) -> Vec<Effect> {
        let row = tasks.first().and_then(|task| view::board::board_row(self, task));
        let Some((meeting, task)) = row.map(|row| (row.meeting.head.id.clone(), row.task.id.clone())) else {
            return Vec::new();
        };
        self.edit_task_of(&meeting, &task)
    }

    fn show_report(&mut self, tasks: Vec<String>) -> Vec<Effect> {
        let mut statuses: Vec<String> =
            Status::ALL.iter().map(|status| format!("status.{}", status.word())).collect();
        let likely = self.likely_status(&tasks);
        let likely = likely.and_then(|likely| Status::ALL.iter().position(|status| *status == likely));
        let at = likely.unwrap_or(statuses.len());
        statuses.push("ui.keep_status".to_owned());
        let source = if self.place == Place::Meeting { self.meeting.id.clone() } else { String::new() };
        let mut form = Form::new(vec![
            FormField::choice("status", statuses, at),
            FormField::text("text", ""),
            FormField::text("percent", ""),
            FormField::text("source", &source),
            FormField::text("on", &dates::short(self.desk.now.wall.date())),
            FormField::text("number", ""),
            FormField::text("report_unit", ""),
        ]);
        form.focus = 1;
        self.popups.push(Popup::Form { title: "form.report", form, then: Then::Report(tasks) });
        self.form_changed()
    }

    /// The progress a report on these tasks most likely states; nothing when they stand differently, so that one
    /// document for many does not make them all alike by an oversight.
    fn likely_status(&self, tasks: &[String]) -> Option<Status> {
        let of_task = |task: &String| view::board::board_row(self, task)?.task.status;
        let mut statuses = tasks.iter().map(|task| of_task(task).unwrap_or(Status::NotStarted));
        let first = statuses.next()?;
        // Progress is what is heard most of a task nobody has begun.
        let likely = if first == Status::NotStarted { Status::InProgress } else { first };
        statuses.all(|status| status == first).then_some(likely)
    }

    /// The day on which all of the tasks were reported as done; nothing when they differ.
    fn reported_done_on(&self, tasks: &[String]) -> Option<NaiveDate> {
        let of_task = |task: &String| followup::reported_done_on(view::board::board_row(self, task)?.task);
        let mut days = tasks.iter().map(of_task);
        let first = days.next()??;
        days.all(|day| day == Some(first)).then_some(first)
    }

    /// Puts the report into the tasks.
    pub fn report_answered(&mut self, tasks: &[String], form: &Form) -> Vec<Effect> {
        let today = self.desk.now.wall.date();
        let on = dates::read_past(form.text("on"), today);
        if on.is_none() && !form.text("on").is_empty() {
            return self.again("form.report", form, Then::Report(tasks.to_vec()), "news.day_unread");
        }
        let percent = form.text("percent").trim_end_matches('%').parse().ok();
        let report = Report {
            on: Some(on.unwrap_or(today)),
            status: form.text("status").rsplit('.').next().and_then(Status::from_word),
            percent: percent.filter(|percent| (0..=100).contains(percent)),
            text: form.text("text").to_owned(),
            source: [form.text("source"), form.text("number")].join(" ").trim().to_owned(),
            unit: self.unit_typed(tasks, form.text("report_unit")),
            ..Report::default()
        };
        self.report(tasks, &report)
    }

    /// Puts the deadline off; an extension without a day, a reason and an authority is none.
    pub fn extension_answered(&mut self, tasks: &[String], form: &Form) -> Vec<Effect> {
        let today = self.desk.now.wall.date();
        let extension = Extension {
            on: Some(today),
            to: crate::app::meeting::due::read_due(form.text("to"), &self.occasion_on(today)).day,
            reason: form.text("reason").to_owned(),
            allowed_by: form.text("allowed_by").to_owned(),
            document: form.text("document").to_owned(),
            ..Extension::default()
        };
        if extension.to.is_none() || extension.reason.is_empty() || extension.allowed_by.is_empty() {
            let then = Then::Extension(tasks.to_vec());
            return self.again("form.extension", form, then, "news.extension_incomplete");
        }
        self.extend(tasks, &extension)
    }

    /// The answer to the form of any other verb.
    pub fn followup_answered(&mut self, verb: Verb, tasks: &[String], form: &Form) -> Vec<Effect> {
        match verb {
            Verb::Confirm => self.confirm_answered(tasks, form),
            Verb::Urge => self.urge_answered(tasks, form),
            Verb::Return => self.status_answered(verb, "form.return_task", tasks, form, Status::Returned),
            Verb::Suspend => self.status_answered(verb, "form.suspend", tasks, form, Status::Suspended),
            Verb::Cancel => self.status_answered(verb, "form.cancel_task", tasks, form, Status::Cancelled),
            Verb::Reopen => self.status_answered(verb, "form.reopen", tasks, form, Status::InProgress),
            Verb::Report | Verb::Extend | Verb::Reassign | Verb::Edit | Verb::Remove => Vec::new(),
        }
    }

    fn confirm_answered(&mut self, tasks: &[String], form: &Form) -> Vec<Effect> {
        let today = self.desk.now.wall.date();
        let typed = form.text("done_on");
        let on = dates::read_past(typed, today);
        if on.is_none() && !typed.is_empty() {
            let then = Then::FollowUp(Verb::Confirm, tasks.to_vec());
            return self.again("form.confirm", form, then, "news.day_unread");
        }
        let (text, source) = (form.text("text").to_owned(), form.text("source").to_owned());
        let report = Report { on, status: Some(Status::Done), text, source, ..Report::default() };
        self.confirm(tasks, &report)
    }

    fn status_answered(
        &mut self,
        verb: Verb,
        title: &'static str,
        tasks: &[String],
        form: &Form,
        status: Status,
    ) -> Vec<Effect> {
        let reason = form.text("reason").to_owned();
        if reason.is_empty() {
            return self.again(title, form, Then::FollowUp(verb, tasks.to_vec()), "news.reason_needed");
        }
        let today = self.desk.now.wall.date();
        let on = Some(dates::read_past(form.text("on"), today).unwrap_or(today));
        let source = form.text("source").to_owned();
        let report = Report { on, status: Some(status), text: reason, source, ..Report::default() };
        self.change_status(verb, tasks, &report)
    }

    fn urge_answered(&mut self, tasks: &[String], form: &Form) -> Vec<Effect> {
        let today = self.desk.now.wall.date();
        let urging = Urging {
            on: Some(dates::read_past(form.text("on"), today).unwrap_or(today)),
            unit: self.unit_typed(tasks, form.text("report_unit")),
            document: form.text("document").to_owned(),
            ..Urging::default()
        };
        self.urge(tasks, &urging)
    }

    /// The meetings in which tasks can be given anew: their text is not approved yet. The latest first.
    fn pick_meeting(&mut self, tasks: Vec<String>) -> Vec<Effect> {
        let open = |meeting: &&Meeting| {
            !meeting.stage().is_locked() && !matches!(meeting.stage(), Stage::Cancelled | Stage::Postponed)
        };
        let mut meetings: Vec<&Meeting> = view::meetings(self).filter(open).collect();
        meetings.sort_by_key(|meeting| std::cmp::Reverse(meeting.head.date));
        let entry = |meeting: &&Meeting| Entry {
            id: meeting.head.id.clone(),
            mark: meeting.head.date.map(|day| day.format("%d/%m").to_string()).unwrap_or_default(),
            label: meeting.head.title.clone(),
            detail: view::committee_name(self, &meeting.head.committee).to_owned(),
            also: vec![meeting.head.id.clone()],
        };
        let entries: Vec<Entry> = meetings.iter().map(entry).collect();
        if entries.is_empty() {
            return self.tell("news.no_meeting_for_task", Tone::Warning);
        }
        let here = self.meeting.id.clone();
        self.pick("picker.reassign", entries, &here, Then::ReassignTo(tasks));
        Vec::new()
    }

    /// The meeting was chosen: it is opened, then owners and deadline are asked.
    pub fn reassign_to(&mut self, tasks: Vec<String>, meeting: String) -> Vec<Effect> {
        self.when_open(Pending::Reassign { tasks, meeting })
    }

    pub(super) fn ask_reassignment(&mut self, tasks: Vec<String>, meeting: String) -> Vec<Effect> {
        if self.sessions.access(&RecordKey::Meeting(meeting.clone()))
            != Some(crate::app::event::Access::Write)
        {
            self.say_filled("news.read_only_file", &[("file", &format!("{meeting}.toml"))], Tone::Alarm);
            return Vec::new();
        }
        let form = Form::new(texts(&["lead", "due", "reason"]));
        let then = Then::Reassign { tasks, meeting };
        self.popups.push(Popup::Form { title: "form.reassign", form, then });
        self.form_changed()
    }

    /// A form whose answers cannot be used stays open with them.
    fn again(&mut self, title: &'static str, form: &Form, then: Then, why: &str) -> Vec<Effect> {
        self.popups.push(Popup::Form { title, form: form.clone(), then });
        self.say(why, Tone::Warning);
        self.form_changed()
    }
}

fn texts(keys: &[&'static str]) -> Vec<FormField> {
    keys.iter().map(|key| FormField::text(key, "")).collect()
}

/// What is asked for every change that somebody has to answer for.
fn reasoned(today: &str) -> Vec<FormField> {
    let mut fields = texts(&["reason", "source"]);
    fields.push(FormField::text("on", today));
    fields
}
