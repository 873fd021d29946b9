//! The text field that has the caret: which one it is, what goes into it, and what in its place follows from that.
//! Knows no keys; what the letters become is the composer's affair.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::meeting::Focus;
use crate::app::popup::{Popup, Then};
use crate::app::roster::is_list;
use crate::app::{App, Place, typing};
use crate::domain::roster;
use crate::text::field::TextField;

impl App {
    /// Whether a printable key has a text field to go to.
    pub(super) fn wants_text(&self) -> bool {
        match self.popups.last() {
            Some(Popup::Form { form, .. }) => form.is_text(),
            Some(Popup::Split(_)) => false,
            Some(Popup::Picker { .. } | Popup::Page(_)) | None => true,
        }
    }

    /// The text field that has the caret.
    pub fn focused_field(&mut self) -> Option<&mut TextField> {
        match self.popups.last_mut() {
            Some(Popup::Picker { picker, .. }) => return Some(&mut picker.query),
            Some(Popup::Form { form, .. }) => return form.focused(),
            Some(Popup::Split(_)) => return None,
            Some(Popup::Page(_)) | None => {}
        }
        Some(match self.place {
            Place::Home => &mut self.home.filter,
            Place::Meeting => &mut self.meeting.line,
            Place::Roll => &mut self.roll.line,
            Place::Board => &mut self.board.filter,
            Place::Committee => &mut self.committee.list_mut().filter,
        })
    }

    pub(super) fn type_text(&mut self, text: &str) -> Vec<Effect> {
        if self.popups_take_text() {
            self.type_into_field(text);
            return self.typed_in_popup();
        }
        match self.place {
            Place::Meeting => self.type_in_line(text),
            _ => {
                self.type_into_field(text);
                self.place_filter_changed();
                Vec::new()
            }
        }
    }

    pub(super) fn popups_take_text(&self) -> bool {
        matches!(self.popups.last(), Some(Popup::Picker { .. } | Popup::Form { .. }))
    }

    pub(super) fn typed_in_popup(&mut self) -> Vec<Effect> {
        match self.popups.last_mut() {
            Some(Popup::Picker { then: Then::Hit, .. }) => self.search_changed(),
            Some(Popup::Picker { picker, .. }) => picker.narrow(),
            _ => return self.form_changed(),
        }
        Vec::new()
    }

    pub(super) fn place_filter_changed(&mut self) {
        match self.place {
            Place::Home => self.home_filter_changed(),
            Place::Board => self.board_filter_changed(),
            Place::Roll => self.roll_line_changed(),
            Place::Committee => self.committee_filter_changed(),
            Place::Meeting => {}
        }
    }

    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        self.desk.news = Default::default();
        self.typing.composer.leave();
        if self.place == Place::Meeting && !self.popups_take_text() {
            return self.paste_lines(text);
        }
        if self.place == Place::Roll && !self.popups_take_text() {
            return self.paste_in_roll(text);
        }
        if let Some(effects) = self.paste_in_plan(text) {
            return effects;
        }
        if self.place == Place::Committee && self.popups.is_empty() && is_list(text) {
            return self.take_rows(roster::rows(text), "");
        }
        if let Some(field) = self.focused_field() {
            field.paste(text);
        }
        if self.popups_take_text() {
            return self.typed_in_popup();
        }
        self.place_filter_changed();
        Vec::new()
    }

    pub(super) fn edit_text(&mut self, command: Command) -> Vec<Effect> {
        if self.place == Place::Meeting && self.popups.is_empty() {
            self.meeting.focus = Focus::Line;
        }
        let changed = match command {
            Command::RawWord => return self.raw_in_field(),
            Command::DeleteLeft => self.backspace_in_prose(),
            _ => None,
        };
        let Some(field) = self.focused_field() else { return Vec::new() };
        let before = field.text().len();
        if changed.is_none() {
            typing::edit(field, command);
        }
        let changed = changed.unwrap_or(field.text().len() != before);
        if command != Command::DeleteLeft {
            self.typing.composer.leave();
        }
        match (self.popups_take_text(), changed) {
            (_, false) => Vec::new(),
            (true, true) => self.typed_in_popup(),
            (false, true) => {
                self.line_edited();
                self.place_filter_changed();
                Vec::new()
            }
        }
    }

    pub(super) fn raw_in_field(&mut self) -> Vec<Effect> {
        let mut effects = self.raw_word();
        if self.popups_take_text() {
            effects.extend(self.typed_in_popup());
        }
        effects
    }
}
