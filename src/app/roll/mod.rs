//! The Roll: who was called and who came. Its state, and which verb does what. Knows no drawing and no file.

mod find;
mod line;
mod mark;
pub mod paste;
mod seat;
mod site;
#[cfg(test)]
mod tests;

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::view::roll::RollRow;
use crate::app::{App, view};
use crate::domain::kinds::Presence;
use crate::domain::roll;
use crate::domain::seats::Shift;
use crate::text::field::TextField;

/// The state of the Roll; the meeting is the one of the Meeting place.
#[derive(Clone, Debug, Default)]
pub struct RollPlace {
    /// Words that find a seat or a site, and what follows them (`hoa m`, `kt 25`).
    pub line: TextField,
    pub selected: Chosen,
    /// Where the chosen row stood last; rows may share an id by mistake.
    pub row: usize,
    /// What was chosen before the line was begun.
    pub before: Chosen,
    pub show: RollShow,
    /// Whether there were enough when it was last looked, and in which meeting.
    pub enough: Option<(String, bool)>,
}

/// What a key works on.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Chosen {
    #[default]
    Nothing,
    /// A seat, by id.
    Seat(String),
    /// A site, by id.
    Site(String),
}

/// Which rows are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RollShow {
    #[default]
    All,
    /// Seats without a mark and sites that did not answer.
    NotCalledYet,
}

impl App {
    /// A command in the Roll, with what was typed after its word.
    pub fn run_in_roll(&mut self, command: Command, argument: &str) -> Vec<Effect> {
        let page = usize::from(self.desk.size.1).saturating_sub(9).max(1) as isize;
        if let Some(told) = self.locked_out(command) {
            return told;
        }
        match command {
            Command::Up => self.roll_step(-1),
            Command::Down => self.roll_step(1),
            Command::ListPageUp => self.roll_step(-page),
            Command::ListPageDown => self.roll_step(page),
            Command::First => self.roll_step(isize::MIN),
            Command::Last => self.roll_step(isize::MAX),
            Command::NotCalledYet => self.toggle_not_called(),
            Command::RollLine | Command::Choose => return self.roll_line(),
            Command::EditRow => return self.edit_row(),
            Command::EditStay => return self.edit_stay(),
            Command::ImportSeats => return vec![Effect::FindTables],
            Command::AddSeat => return self.ask_seat(argument),
            Command::RemoveSeat => return self.remove_seat(),
            Command::SeatUp => return self.shift_seat(Shift::Up),
            Command::SeatDown => return self.shift_seat(Shift::Down),
            Command::RestPresent => return self.rest_present(),
            Command::SitePresent => return self.site_present(),
            Command::Absentees
            | Command::SiteCount
            | Command::RoomAt
            | Command::Programme
            | Command::Sites
            | Command::RetakeRoster => {
                return self.run_in_meeting(command, argument);
            }
            _ => return self.run_mark(command),
        }
        Vec::new()
    }

    fn run_mark(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::MarkPresent => self.mark_and_go_on(Presence::Present),
            Command::MarkOnline => self.mark_and_go_on(Presence::PresentOnline),
            Command::MarkLate => self.mark_and_go_on(Presence::Late),
            Command::MarkLeft => self.mark_and_go_on(Presence::LeftEarly),
            Command::MarkExcused => self.mark_with_reason(),
            Command::MarkUnexcused => self.mark_and_go_on(Presence::AbsentUnexcused),
            Command::MarkRepresented => self.mark_with_substitute(),
            Command::MarkUnmarked => self.mark_and_go_on(Presence::Unmarked),
            _ => Vec::new(),
        }
    }

    /// The Roll comes to the front: the first seat not called yet is chosen.
    pub fn roll_entered(&mut self) {
        self.roll.line.take();
        let rows = view::roll_rows(self);
        let unmarked = |row: &RollRow<'_>| matches!(row, RollRow::Seat(seat) if roll::presence(seat) == Presence::Unmarked);
        let first =
            rows.iter().position(unmarked).or_else(|| rows.iter().position(is_choosable)).unwrap_or(0);
        let chosen = rows.get(first).map(RollRow::chosen).unwrap_or_default();
        self.choose_row(first, chosen);
    }

    /// Moves the choice by rows; headings that are no site are passed over.
    fn roll_step(&mut self, by: isize) {
        let rows = view::roll_rows(self);
        let places: Vec<usize> =
            (0..rows.len()).filter(|at| rows.get(*at).is_some_and(is_choosable)).collect();
        let at = self.chosen_place(&rows).unwrap_or(0);
        let now = places.partition_point(|place| *place < at);
        let to = now.saturating_add_signed(by).min(places.len().saturating_sub(1));
        self.choose_place(places.get(to).copied());
    }

    /// After a mark: the next seat, or the next site that has no seats and is asked for its heads.
    fn roll_go_on(&mut self) {
        let rows = view::roll_rows(self);
        let at = self.chosen_place(&rows).unwrap_or(0);
        let waits = |row: &RollRow<'_>| match row {
            RollRow::Seat(_) => true,
            RollRow::Site(row) => row.seats == 0,
            RollRow::Elsewhere(_) => false,
        };
        let next = rows.iter().enumerate().skip(at + 1).find(|(_, row)| waits(row)).map(|(at, _)| at);
        self.choose_place(next);
    }

    fn choose_place(&mut self, place: Option<usize>) {
        let Some(place) = place else { return };
        let chosen = view::roll_rows(self).get(place).map(RollRow::chosen);
        if let Some(chosen) = chosen {
            self.choose_row(place, chosen);
        }
    }

    fn choose_row(&mut self, row: usize, chosen: Chosen) {
        self.roll.row = row;
        self.roll.selected = chosen;
    }

    /// Where the chosen row stands among these.
    fn chosen_place(&self, rows: &[RollRow<'_>]) -> Option<usize> {
        let last = rows.get(self.roll.row).is_some_and(|row| row.is(&self.roll.selected));
        if last { Some(self.roll.row) } else { rows.iter().position(|row| row.is(&self.roll.selected)) }
    }

    /// Lists all rows or only those not called yet; the choice goes to the nearest row that is listed.
    fn toggle_not_called(&mut self) {
        let place = self.chosen_place(&view::roll_rows(self)).unwrap_or(0);
        self.roll.show = match self.roll.show {
            RollShow::All => RollShow::NotCalledYet,
            RollShow::NotCalledYet => RollShow::All,
        };
        let rows = view::roll_rows(self);
        if self.chosen_place(&rows).is_none() {
            let near = place.min(rows.len().saturating_sub(1));
            let next = (near..rows.len()).chain(0..near).find(|at| rows.get(*at).is_some_and(is_choosable));
            self.choose_place(next);
        }
    }

    /// The chosen seat's id; `None` on a site.
    fn chosen_seat(&self) -> Option<String> {
        match &self.roll.selected {
            Chosen::Seat(id) => self.current_meeting()?.seat(id).map(|seat| seat.id.clone()),
            _ => None,
        }
    }

    /// The chosen site's id, or the site of the chosen seat; empty for the only room.
    pub fn chosen_site(&self) -> String {
        match &self.roll.selected {
            Chosen::Site(id) => id.clone(),
            Chosen::Seat(id) => self
                .current_meeting()
                .and_then(|meeting| meeting.seat(id))
                .map_or(String::new(), |s| s.site.clone()),
            Chosen::Nothing => String::new(),
        }
    }
}

fn is_choosable(row: &RollRow<'_>) -> bool {
    !matches!(row, RollRow::Elsewhere(_))
}
