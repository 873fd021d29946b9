//! Corrections of recorded lines: order, time, one line cut in two, several made one. Knows no drawing.

use crate::app::App;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::meeting::{Focus, Selection};
use crate::app::popup::{Popup, Then, Tone};
use crate::domain::fact::Way;
use crate::domain::id::row_id;
use crate::domain::lines::{self, Apart};
use crate::domain::roll;
use crate::text::dates;
use crate::text::field::{Extend, Motion};

impl App {
    /// Moves the chosen lines past the one above or below, at the border of an item into the other item.
    pub fn shift_lines(&mut self, way: Way) -> Vec<Effect> {
        let notes = self.selected_notes();
        let step = self.sessions.change(&self.meeting.id, "step.order_lines", self.desk.now, |meeting| {
            lines::shift(meeting, &notes, way);
        });
        self.made(step)
    }

    /// `/giodong 10:45`: the time of the chosen lines (or the last one); without a time it is asked.
    pub fn line_time(&mut self, argument: &str) -> Vec<Effect> {
        let notes = self.target_notes();
        let first = notes.first().and_then(|id| self.current_meeting()?.note(id));
        let Some(first) = first else { return self.tell("news.no_line", Tone::Quiet) };
        let shown = first.at.map(|at| dates::clock(at.time())).unwrap_or_default();
        if !argument.is_empty() {
            return match self.retime(&notes, argument) {
                Ok(effects) => effects,
                Err(why) => self.tell(why, Tone::Warning),
            };
        }
        let form = Form::new(vec![FormField::text("line_time", &shown)]);
        self.popups.push(Popup::Form { title: "form.line_time", form, then: Then::LineTime(notes) });
        self.form_changed()
    }

    /// Puts the typed time into lines; the first has it, the others keep their distance.
    ///
    /// # Errors
    /// What was typed is no time.
    pub fn retime(&mut self, notes: &[String], typed: &str) -> Result<Vec<Effect>, &'static str> {
        let time = dates::read_time(typed).ok_or("news.time_unread")?;
        let Some(meeting) = self.current_meeting() else { return Ok(Vec::new()) };
        let was = notes.first().and_then(|id| meeting.note(id)).and_then(|note| note.at);
        let day = was.map(|at| at.date()).or(roll::first_day(meeting)).unwrap_or(self.desk.now.wall.date());
        // The minute as it is shown already: the seconds stay.
        if was.is_some_and(|at| dates::clock(at.time()) == dates::clock(time)) {
            return Ok(Vec::new());
        }
        let step = self.sessions.change(&self.meeting.id, "step.line_time", self.desk.now, |meeting| {
            lines::retime(meeting, notes, day.and_time(time));
        });
        let effects = self.made(step);
        if !effects.is_empty() && self.stands_out_of_time(notes) {
            let slots = [("up", self.key_of(Command::LineUp)), ("down", self.key_of(Command::LineDown))];
            self.say_filled("news.out_of_time", &slots, Tone::Warning);
        }
        Ok(effects)
    }

    /// Whether a line now stands before an earlier one or after a later one: the order of lines is never changed by
    /// itself.
    fn stands_out_of_time(&self, notes: &[String]) -> bool {
        let Some(meeting) = self.current_meeting() else { return false };
        let times = meeting.notes.windows(2).filter(|pair| pair.iter().any(|note| notes.contains(&note.id)));
        let mut pairs = times.filter_map(|pair| Some((pair[0].at?, pair[1].at?)));
        pairs.any(|(above, below)| above > below)
    }

    fn key_of(&self, command: Command) -> String {
        self.desk.keymap.label(command).unwrap_or_default()
    }

    /// Cuts the line that is being edited in two, where the caret stands; editing goes on in the second part.
    pub fn cut_line(&mut self) -> Vec<Effect> {
        let Some(editing) = self.meeting.editing.clone() else {
            return self.tell("news.cut_how", Tone::Quiet);
        };
        self.meeting.line.normalise();
        let (text, at) = (self.meeting.line.text().to_owned(), self.meeting.line.caret());
        let known = self.current_meeting().map(|m| self.known_units(m)).unwrap_or_default();
        let fresh = row_id(self.desk.random.u64(..));
        let mut cut = false;
        let step = self.sessions.change(&self.meeting.id, "step.cut_line", self.desk.now, |meeting| {
            let mut draft = meeting.clone();
            lines::rewrite(&mut draft, &editing.note, &text, &known);
            cut = lines::split(&mut draft, &editing.note, at, &fresh, &known);
            if cut {
                *meeting = draft;
            }
        });
        if step.is_ok() && !cut {
            return self.tell("news.cut_nothing", Tone::Warning);
        }
        let made = step.is_ok();
        let effects = self.made(step);
        if made {
            self.meeting.editing = None;
            self.meeting.line = editing.waiting;
            self.meeting.line_started = editing.waiting_since;
            self.meeting.selection = Some(Selection { anchor: fresh.clone(), head: fresh.clone() });
            self.edit_line(&fresh);
            self.meeting.line.move_caret(Motion::Start, Extend::No);
        }
        effects
    }

    /// Makes the chosen lines one.
    pub fn join_lines(&mut self) -> Vec<Effect> {
        let notes = self.selected_notes();
        let known = self.current_meeting().map(|m| self.known_units(m)).unwrap_or_default();
        let mut apart = None;
        let step = self.sessions.change(&self.meeting.id, "step.join_lines", self.desk.now, |meeting| {
            apart = lines::join(meeting, &notes, &known).err();
        });
        match apart {
            Some(Apart::Single) => return self.tell("news.join_how", Tone::Quiet),
            Some(Apart::Speakers) => return self.tell("news.join_speakers", Tone::Warning),
            None => {}
        }
        if step.is_ok()
            && let Some(first) = notes.first()
        {
            self.meeting.selection = Some(Selection { anchor: first.clone(), head: first.clone() });
            self.meeting.focus = Focus::Stream;
        }
        self.made(step)
    }
}
