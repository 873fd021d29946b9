//! What becomes of tasks after they were given. A verb opens the files of its tasks first and is refused, naming the
//! file, before anything is asked. Knows no drawing.

mod deeds;
mod forms;

use crate::app::App;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::event::Access;
use crate::app::popup::Tone;
use crate::app::{Pending, view};
use crate::domain::followup;
use crate::domain::id::{RecordKey, TaskRef};
use crate::domain::kinds::Status;
use crate::domain::meeting::{Meeting, Task};

/// What can be done to tasks, to many as to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Progress heard or received.
    Report,
    /// A new deadline.
    Extend,
    /// What was reported as done is done.
    Confirm,
    /// What was reported as done has to be done again.
    Return,
    Suspend,
    Cancel,
    Reopen,
    /// A reminder was sent.
    Urge,
    /// Given anew in another meeting, to others or by another day.
    Reassign,
    /// What the record says of it is corrected, before approval.
    Edit,
    /// Made by mistake: taken out of the record, before approval.
    Remove,
}

impl Verb {
    /// The verb a command of the Board stands for.
    pub fn of(command: Command) -> Option<Verb> {
        Some(match command {
            Command::Report => Verb::Report,
            Command::Extend => Verb::Extend,
            Command::Confirm => Verb::Confirm,
            Command::ReturnTask => Verb::Return,
            Command::Suspend => Verb::Suspend,
            Command::CancelTask => Verb::Cancel,
            Command::Reopen => Verb::Reopen,
            Command::Urge => Verb::Urge,
            Command::Reassign => Verb::Reassign,
            Command::EditTask => Verb::Edit,
            Command::RemoveTask => Verb::Remove,
            _ => return None,
        })
    }
}

impl App {
    /// Begins a verb on tasks, by reference: their files are opened, then it is asked what there is to ask.
    pub fn begin(&mut self, verb: Verb, tasks: Vec<String>) -> Vec<Effect> {
        if tasks.is_empty() {
            return self.tell("news.no_task", Tone::Warning);
        }
        self.when_open(Pending::Ask { verb, tasks })
    }

    /// The form of a report on tasks, by reference.
    pub fn ask_report(&mut self, tasks: Vec<String>) -> Vec<Effect> {
        self.begin(Verb::Report, tasks)
    }

    /// Does it at once when all files are open, else opens them first.
    pub(super) fn when_open(&mut self, pending: Pending) -> Vec<Effect> {
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
            Pending::Ask { verb, tasks } => self.ask_of(verb, tasks),
            Pending::Reassign { tasks, meeting } => self.ask_reassignment(tasks, meeting),
            Pending::Recall { meeting, recall } => self.recalled(&meeting, recall),
            Pending::Head { meeting } => self.ask_head(&meeting),
        }
    }

    fn ask_of(&mut self, verb: Verb, tasks: Vec<String>) -> Vec<Effect> {
        if let Some(id) = self.not_writable(&tasks) {
            self.say_filled("news.read_only_file", &[("file", &format!("{id}.toml"))], Tone::Alarm);
            return Vec::new();
        }
        if matches!(verb, Verb::Edit | Verb::Remove) && tasks.iter().any(|task| self.is_approved(task)) {
            return self.tell_task_locked();
        }
        let (fit, left): (Vec<String>, Vec<String>) =
            tasks.into_iter().partition(|task| self.suits(verb, task));
        if fit.is_empty() {
            return self.tell(why_not(verb), Tone::Warning);
        }
        if !left.is_empty() {
            let slots = [("n", left.len().to_string()), ("of", (left.len() + fit.len()).to_string())];
            self.say_filled("news.left_out", &slots, Tone::Warning);
        }
        self.show_form(verb, fit)
    }

    fn is_approved(&self, task: &str) -> bool {
        view::board::board_row(self, task).is_some_and(|row| row.meeting.stage().is_locked())
    }

    /// The record part of an approved task is amended where it was said.
    fn tell_task_locked(&mut self) -> Vec<Effect> {
        let key = |command| self.desk.keymap.label(command).unwrap_or_default();
        let slots = [("jump", key(Command::Jump)), ("amend", key(Command::Amend))];
        self.say_filled("news.task_locked", &slots, Tone::Warning);
        Vec::new()
    }

    /// The first of the tasks' meetings whose file may not be changed here.
    fn not_writable(&self, tasks: &[String]) -> Option<String> {
        let meetings = meetings_of(tasks).into_iter();
        let locked =
            |id: &String| self.sessions.access(&RecordKey::Meeting(id.clone())) != Some(Access::Write);
        meetings.into_iter().find(locked)
    }

    /// Whether a verb means something for a task as it stands. What was given anew lives elsewhere.
    pub fn suits(&self, verb: Verb, task: &str) -> bool {
        let Some(row) = view::board::board_row(self, task) else { return false };
        let status = row.task.status.unwrap_or(Status::NotStarted);
        let finished = matches!(status, Status::Done | Status::Suspended | Status::Cancelled);
        row.task.carried_to.is_empty()
            && match verb {
                Verb::Report => true,
                Verb::Extend => row.due.is_some() && !finished,
                Verb::Confirm => status == Status::AwaitingConfirmation,
                Verb::Return => matches!(status, Status::AwaitingConfirmation | Status::Done),
                Verb::Suspend => !finished,
                Verb::Cancel => !matches!(status, Status::Cancelled | Status::Done),
                Verb::Reopen => finished,
                Verb::Urge | Verb::Reassign => !finished,
                Verb::Edit => !row.meeting.stage().is_locked(),
                Verb::Remove => !row.meeting.stage().is_locked() && !followup::has_history(row.task),
            }
    }
}

/// Why a verb does not suit any of its tasks.
fn why_not(verb: Verb) -> &'static str {
    match verb {
        Verb::Report | Verb::Edit => "news.no_task",
        Verb::Remove => "news.task_has_history",
        Verb::Extend => "news.no_deadline_to_extend",
        Verb::Confirm => "news.not_awaiting",
        Verb::Return => "news.not_reported_done",
        Verb::Reopen => "news.not_finished",
        Verb::Suspend | Verb::Cancel | Verb::Urge | Verb::Reassign => "news.finished_already",
    }
}

/// The meetings of tasks, each once.
fn meetings_of(tasks: &[String]) -> Vec<String> {
    let refs = tasks.iter().filter_map(|task| TaskRef::parse(task));
    let mut ids: Vec<String> = refs.map(|task| task.meeting).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// The task a reference names within its meeting's draft.
fn task_of<'a>(meeting: &'a mut Meeting, reference: &TaskRef) -> Option<&'a mut Task> {
    let place = meeting.task_place(&reference.task)?;
    meeting.tasks.get_mut(place)
}

impl Pending {
    /// The meetings that must be open.
    fn meetings(&self) -> Vec<String> {
        match self {
            Pending::Enter { meeting, .. } | Pending::Recall { meeting, .. } | Pending::Head { meeting } => {
                vec![meeting.clone()]
            }
            Pending::Ask { tasks, .. } => meetings_of(tasks),
            Pending::Reassign { tasks, meeting } => {
                let mut ids = meetings_of(tasks);
                ids.push(meeting.clone());
                ids
            }
        }
    }
}
