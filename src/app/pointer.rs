//! What the mouse points at and does. The drawing says which cells stand for what; here no cell is known. The mouse is
//! a help and never needed: whatever it does, a key does too.

use crate::app::command::Command;
use crate::app::committee::tab::Tab;
use crate::app::effect::{Effect, MouseUse};
use crate::app::key::MouseKind;
use crate::app::popup::Popup;
use crate::app::{App, Place, view};

/// What some cells of the screen stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// What a key would do, as the footer names it.
    Command(Command),
    /// A row of the list in front, by its place in the whole list.
    Row(usize),
    /// A tab of the Committee place.
    Tab(Tab),
    /// A field of the form in front, by its place.
    Field(usize),
}

/// Rows that a turn of the wheel goes.
const WHEEL: usize = 3;

impl App {
    /// The mouse did something over a spot, or beside all of them.
    pub fn pointed(&mut self, spot: Option<Spot>, kind: MouseKind) -> Vec<Effect> {
        match (kind, spot) {
            (MouseKind::ScrollUp, _) => self.turned(Command::Up),
            (MouseKind::ScrollDown, _) => self.turned(Command::Down),
            (MouseKind::Down, Some(Spot::Command(command))) => {
                self.desk.news = Default::default();
                self.run(command, "")
            }
            (MouseKind::Down, Some(Spot::Row(place))) => self.row_pointed(place),
            (MouseKind::Down, Some(Spot::Tab(tab))) => {
                self.committee.tab = tab;
                Vec::new()
            }
            (MouseKind::Down, Some(Spot::Field(place))) => self.field_pointed(place),
            _ => Vec::new(),
        }
    }

    fn turned(&mut self, step: Command) -> Vec<Effect> {
        // A form has no list to turn; its fields would only change under the hand.
        if self.mouse_wanted() == MouseUse::Terminal || matches!(self.popups.last(), Some(Popup::Form { .. }))
        {
            return Vec::new();
        }
        (0..WHEEL).flat_map(|_| self.run(step, "")).collect()
    }

    /// A row of a pop-up is taken at once; in a place the first click chooses and the second opens.
    fn row_pointed(&mut self, place: usize) -> Vec<Effect> {
        match self.popups.last_mut() {
            Some(Popup::Picker { picker, .. }) if place < picker.shown.len() => {
                picker.selected = place;
                self.run(Command::Choose, "")
            }
            Some(Popup::Page(page))
                if page.lines.get(place).is_some_and(|line| !line.reference.is_empty()) =>
            {
                let again = std::mem::replace(&mut page.selected, place) == place;
                if again { self.run(Command::Choose, "") } else { Vec::new() }
            }
            Some(Popup::Split(split)) => {
                split.focus = place.min(split.clauses.len().saturating_sub(1));
                Vec::new()
            }
            Some(_) => Vec::new(),
            None => self.row_of_place_pointed(place),
        }
    }

    fn row_of_place_pointed(&mut self, place: usize) -> Vec<Effect> {
        match self.place {
            Place::Home => {
                let Some(choice) = view::home_rows(self).get(place).map(view::HomeRow::choice) else {
                    return Vec::new();
                };
                let again = self.home.selected == choice;
                self.home.selected = choice;
                if again { self.run(Command::OpenEntry, "") } else { Vec::new() }
            }
            Place::Board => {
                let Some(task) = view::board_list(self).task_ref(place) else { return Vec::new() };
                let again = self.board.selected == task;
                (self.board.selected, self.board.at) = (task, place);
                if again { self.run(Command::Detail, "") } else { Vec::new() }
            }
            Place::Roll => {
                if let Some(chosen) = view::roll_rows(self).get(place).map(view::RollRow::chosen) {
                    (self.roll.selected, self.roll.row) = (chosen, place);
                }
                Vec::new()
            }
            Place::Committee => {
                if place >= view::committee_rows(self).len() {
                    return Vec::new();
                }
                let again = std::mem::replace(&mut self.committee.list_mut().selected, place) == place;
                if again { self.run(Command::EntryEdit, "") } else { Vec::new() }
            }
            Place::Meeting => Vec::new(),
        }
    }

    fn field_pointed(&mut self, place: usize) -> Vec<Effect> {
        let Some(Popup::Form { form, .. }) = self.popups.last_mut() else { return Vec::new() };
        form.focus = place.min(form.fields.len().saturating_sub(1));
        self.form_changed()
    }

    /// Who should have the mouse: over the typing line of a meeting the terminal, so that text there can be marked and
    /// copied as anywhere; over lists the program.
    pub fn mouse_wanted(&self) -> MouseUse {
        match (self.place, self.popups.last()) {
            (Place::Meeting, None | Some(Popup::Form { .. })) => MouseUse::Terminal,
            _ => MouseUse::Program,
        }
    }

    /// The wish for the mouse when it changed hands.
    pub fn mouse_passed(&mut self) -> Option<Effect> {
        let wanted = self.mouse_wanted();
        let passed = std::mem::replace(&mut self.mouse, wanted) != wanted;
        passed.then_some(Effect::Mouse(wanted))
    }
}
