//! From the closed meeting to the approved text: to the chair, back, approved and sealed; and the lock that follows.
//! Knows no drawing.

use crate::app::App;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::meeting::names;
use crate::app::popup::{Popup, Then, Tone};
use crate::domain::approval::{self, Passage};
use crate::domain::gaps;
use crate::domain::id::RecordKey;
use crate::domain::kinds::Role;
use crate::domain::seal::{Seal, seal};
use crate::text::dates;

impl App {
    /// The closed record goes to the chair.
    pub fn submit_record(&mut self) -> Vec<Effect> {
        if !self.may_pass(Passage::Submit) {
            return self.tell("news.submit_closed", Tone::Warning);
        }
        self.say("news.submitted", Tone::Plain);
        let step = self.sessions.change(&self.meeting.id, "step.submit", self.desk.now, approval::submit);
        self.made(step)
    }

    /// The record comes back from the chair, to be worked on.
    pub fn take_back_record(&mut self) -> Vec<Effect> {
        if !self.may_pass(Passage::TakeBack) {
            return self.tell("news.not_with_chair", Tone::Warning);
        }
        self.say("news.taken_back", Tone::Plain);
        let step =
            self.sessions.change(&self.meeting.id, "step.take_back", self.desk.now, approval::take_back);
        self.made(step)
    }

    fn may_pass(&self, passage: Passage) -> bool {
        self.current_meeting().is_some_and(|meeting| approval::may_pass(meeting, passage))
    }

    /// The form of an approval: the day, and by whom; the chair is preselected.
    pub fn ask_approval(&mut self) -> Vec<Effect> {
        if !self.may_pass(Passage::Approve) {
            return self.tell("news.submit_first", Tone::Warning);
        }
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let chair = meeting.seats.iter().find(|seat| seat.role == Some(Role::Chair));
        let chair = chair.map(|seat| names::seat_name(meeting, self.committee_of(meeting), seat));
        let form = Form::new(vec![
            FormField::text("on", &dates::short(self.desk.now.wall.date())),
            FormField::text("approved_by", &chair.unwrap_or_default()),
        ]);
        self.popups.push(Popup::Form { title: "form.approval", form, then: Then::Approval });
        self.form_changed()
    }

    /// What is still incomplete, while the approval is being asked for.
    pub fn approval_echo(&self, form: &Form) -> Vec<String> {
        let mut echo = vec![String::new(); form.fields.len()];
        let missing = self.current_meeting().map_or(0, |meeting| gaps::gaps(meeting).len());
        if let Some(first) = echo.first_mut().filter(|_| missing > 0) {
            *first = self.desk.words.fill("ui.gaps_n", &[("n", &missing.to_string())]);
        }
        echo
    }

    /// Writes all ids, seals the text and locks it. An approval without a day and a name is none.
    pub fn approval_answered(&mut self, form: &Form) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let from = meeting.head.date.unwrap_or(self.desk.now.wall.date());
        let by = self.seat_or_name(form.text("approved_by"));
        let Some(on) = dates::read(form.text("on"), from).filter(|_| !by.is_empty()) else {
            return self.tell("news.approval_incomplete", Tone::Warning);
        };
        self.say("news.approved", Tone::Plain);
        let step = self.sessions.change(&self.meeting.id, "step.approve", self.desk.now, |meeting| {
            approval::approve(meeting, on, &by);
        });
        self.broken_seals.remove(&self.meeting.id);
        self.made(step)
    }

    /// The seat of a full name, else the seat whose name fits, else the name.
    pub fn seat_or_name(&self, name: &str) -> String {
        let Some(meeting) = self.current_meeting() else { return name.to_owned() };
        let committee = self.committee_of(meeting);
        let exact = meeting.seats.iter().find(|seat| names::seat_name(meeting, committee, seat) == name);
        match exact {
            Some(seat) => seat.id.clone(),
            None if name.is_empty() => String::new(),
            None => self.person_named(name),
        }
    }

    /// Whether the text of the meeting in front is approved.
    pub fn is_locked(&self) -> bool {
        self.current_meeting().is_some_and(|meeting| meeting.stage().is_locked())
    }

    /// The answer to a command that would change an approved text: what to do instead. Asked before a form opens, so
    /// that nobody fills in what cannot be kept.
    pub fn locked_out(&mut self, command: Command) -> Option<Vec<Effect>> {
        self.is_locked_out(command).then(|| self.tell_locked())
    }

    /// Whether a command would change an approved text.
    pub fn is_locked_out(&self, command: Command) -> bool {
        self.is_locked() && changes_record(command)
    }

    /// The text is approved: it stays, and so does what was typed; the key that makes an amendment of it is named.
    pub fn tell_locked(&mut self) -> Vec<Effect> {
        let key = self.desk.keymap.label(Command::Amend).unwrap_or_else(|| "/dc".to_owned());
        self.say_filled("news.locked", &[("key", &key)], Tone::Warning);
        Vec::new()
    }

    /// After a file was opened: whether its seal holds.
    pub fn judge_seal(&mut self, key: &RecordKey) {
        let RecordKey::Meeting(id) = key else { return };
        let Some(meeting) = self.sessions.meeting(id) else { return };
        match seal(meeting) {
            Seal::Broken => {
                self.broken_seals.insert(id.clone());
                self.say("news.seal_broken", Tone::Alarm);
            }
            Seal::OtherKeys => self.say("news.seal_unknown", Tone::Warning),
            Seal::None | Seal::Intact => drop(self.broken_seals.remove(id)),
        }
    }
}

/// Whether a command of the Meeting place or the Roll changes the record part.
fn changes_record(command: Command) -> bool {
    use Command::*;
    matches!(
        command,
        Task | Conclusion
            | Split
            | DeleteLines
            | Doubt
            | Confidential
            | Kind
            | ItemFromHere
            | SayPrepared
            | EditPrepared
            | AddPrepared
            | OpenMeeting
            | Queue
            | Arrived
            | Vote
            | Figure
            | Award
            | Document
            | Unconclude
            | CutLine
            | JoinLines
            | LineUp
            | LineDown
            | LineTime
            | MarkPresent
            | MarkOnline
            | MarkLate
            | MarkLeft
            | MarkExcused
            | MarkUnexcused
            | MarkRepresented
            | MarkUnmarked
            | RollLine
            | PlanAdd
            | PlanBefore
            | PlanEdit
            | PlanRemove
            | PlanUp
            | PlanDown
            | PlanAnew
            | RetakeRoster
    )
}
