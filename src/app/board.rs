//! The Board: all tasks of all meetings. Its state and what its keys do. Knows no drawing and no file.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::{App, Place, view};
use crate::domain::board::SortBy;
use crate::text::field::TextField;

/// The state of the Board.
#[derive(Clone, Debug, Default)]
pub struct BoardPlace {
    pub filter: TextField,
    pub sort: SortBy,
    /// Reference of the selected task.
    pub selected: String,
    pub view: BoardView,
    /// First shown row of the detail.
    pub scroll: usize,
}

/// What the Board shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum BoardView {
    #[default]
    Table,
    /// One task with its words as said, source line, history, reports and extensions.
    Detail,
}

impl App {
    /// A command in the Board.
    pub fn run_in_board(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::Up => self.board_step(-1),
            Command::Down => self.board_step(1),
            Command::ListPageUp => self.board_step(-(self.board_page() as isize)),
            Command::ListPageDown => self.board_step(self.board_page() as isize),
            Command::First => self.board_step(isize::MIN),
            Command::Last => self.board_step(isize::MAX),
            Command::Detail | Command::Choose => return self.board_enter(),
            Command::SortNext => self.sort_next(),
            Command::Report => return self.ask_report(self.selected_tasks()),
            Command::Extend => return self.ask_extension(self.selected_tasks()),
            Command::Jump => return self.jump_to_source(),
            _ => {}
        }
        Vec::new()
    }

    fn board_page(&self) -> usize {
        usize::from(self.desk.size.1).saturating_sub(8).max(1)
    }

    fn selected_tasks(&self) -> Vec<String> {
        Some(self.board.selected.clone()).filter(|task| !task.is_empty()).into_iter().collect()
    }

    /// Moves the choice by rows, staying inside the list.
    fn board_step(&mut self, by: isize) {
        if self.board.view == BoardView::Detail {
            let scroll = self.board.scroll.saturating_add_signed(by.clamp(-10, 10));
            self.board.scroll = scroll;
            return;
        }
        let rows = view::board_rows(self);
        let at = rows.iter().position(|row| row.task_ref() == self.board.selected).unwrap_or(0);
        let to = at.saturating_add_signed(by).min(rows.len().saturating_sub(1));
        let selected = rows.get(to).map(|row| row.task_ref()).unwrap_or_default();
        self.board.selected = selected;
    }

    /// The choice stands on a row that is shown.
    pub fn board_filter_changed(&mut self) {
        let rows = view::board_rows(self);
        if !rows.iter().any(|row| row.task_ref() == self.board.selected) {
            let first = rows.first().map(|row| row.task_ref()).unwrap_or_default();
            self.board.selected = first;
        }
    }

    /// The Board comes to the front, or the lists behind it changed.
    pub fn board_entered(&mut self) {
        if self.board.view == BoardView::Table {
            self.board_filter_changed();
        }
    }

    /// Enter: from the table to the task, from the task to where it was said.
    fn board_enter(&mut self) -> Vec<Effect> {
        if self.board.selected.is_empty() {
            return Vec::new();
        }
        match self.board.view {
            BoardView::Table => {
                self.board.view = BoardView::Detail;
                self.board.scroll = 0;
                Vec::new()
            }
            BoardView::Detail => self.jump_to_source(),
        }
    }

    fn sort_next(&mut self) {
        self.board.sort = match self.board.sort {
            SortBy::Deadline => SortBy::Unit,
            SortBy::Unit => SortBy::Meeting,
            SortBy::Meeting => SortBy::Age,
            SortBy::Age => SortBy::State,
            SortBy::State => SortBy::Deadline,
        };
    }

    /// Goes to the line a task came from; Esc there comes back.
    fn jump_to_source(&mut self) -> Vec<Effect> {
        let Some(row) = view::board::board_row(self, &self.board.selected) else { return Vec::new() };
        let (meeting, note) = (row.meeting.head.id.clone(), row.task.note.clone());
        let note = Some(note).filter(|note| !note.is_empty());
        self.return_to = Some(Place::Board);
        self.enter_meeting(&meeting, note)
    }

    /// Esc: from the task to the table, from the filter to all rows, then back to where one came from.
    pub fn back_in_board(&mut self) -> Vec<Effect> {
        if self.board.view == BoardView::Detail {
            self.board.view = BoardView::Table;
            return Vec::new();
        }
        if !self.board.filter.is_empty() {
            self.board.filter.take();
            return Vec::new();
        }
        match self.meeting.id.is_empty() {
            true => self.run(Command::Home, ""),
            false => {
                self.place = Place::Meeting;
                Vec::new()
            }
        }
    }
}
