//! Undo and redo: the text field first, then the record, each with its step's name. Knows no drawing.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::popup::Tone;
use crate::app::session::StepOf;
use crate::app::{App, Place, view};
use crate::domain::id::RecordKey;

impl App {
    /// Takes back what was done last: in the text field first, then in the record.
    pub(super) fn undo(&mut self) -> Vec<Effect> {
        if let Some(field) = self.focused_field()
            && field.undo()
        {
            self.line_edited();
            return Vec::new();
        }
        if self.place == Place::Board && self.undo_reaches_elsewhere() {
            return Vec::new();
        }
        match self.sessions.undo(self.desk.now) {
            Some(Err(refused)) => self.made(Err(refused)),
            Some(Ok((step, effects))) => {
                let name = self.desk.words.get(&step).to_owned();
                self.say_filled("news.undone", &[("step", &name)], Tone::Plain);
                self.after_step();
                effects
            }
            None => self.tell("news.nothing_to_undo", Tone::Quiet),
        }
    }

    /// On the Board a step that was done elsewhere is out of sight: it is named first, and taken back by the next key.
    fn undo_reaches_elsewhere(&mut self) -> bool {
        let generation = self.sessions.generation();
        let Some((StepOf::Record, key)) = self.sessions.next_undo() else { return false };
        if self.board.undo_named == Some(generation) {
            return false;
        }
        let title = match key {
            RecordKey::Meeting(id) => view::meeting(self, id).map(|meeting| meeting.head.title.clone()),
            RecordKey::Committee(id) => Some(view::committee_name(self, id).to_owned()),
        };
        let name = self.sessions.undo_name().unwrap_or_default();
        let slots = [
            ("step", self.desk.words.get(name).to_owned()),
            ("where", title.unwrap_or_default()),
            ("key", self.desk.keymap.label(Command::Undo).unwrap_or_default()),
        ];
        self.board.undo_named = Some(generation);
        self.say_filled("news.undo_elsewhere", &slots, Tone::Warning);
        true
    }

    /// Does again what was undone last.
    pub(super) fn redo(&mut self) -> Vec<Effect> {
        if let Some(field) = self.focused_field()
            && field.redo()
        {
            return Vec::new();
        }
        match self.sessions.redo(self.desk.now) {
            Some(Err(refused)) => self.made(Err(refused)),
            Some(Ok((step, effects))) => {
                let name = self.desk.words.get(&step).to_owned();
                self.say_filled("news.redone", &[("step", &name)], Tone::Plain);
                self.after_step();
                effects
            }
            None => self.tell("news.nothing_to_redo", Tone::Quiet),
        }
    }
}
