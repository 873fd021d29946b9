//! Walking the Board: rows of the table, the official columns, a task's lines and its chain of records. Knows no
//! drawing.

use crate::app::board::BoardView;
use crate::app::popup::Tone;
use crate::app::view::board::BoardList;
use crate::app::{App, view};
use crate::domain::state::OfficialBox;

impl App {
    /// Rows of one page.
    pub fn board_page(&self) -> isize {
        (usize::from(self.desk.size.1).saturating_sub(8)).max(1) as isize
    }

    /// Moves the choice by rows, staying inside the list; in a task its lines.
    pub fn board_step(&mut self, by: isize) {
        match self.board.view {
            BoardView::Detail => self.scroll_detail(by),
            BoardView::Columns => self.step_in_column(by),
            BoardView::Table => {
                let list = view::board_list(self);
                let at = list.position(&self.board.selected, self.board.at).unwrap_or(self.board.at);
                self.select_place(&list, at.saturating_add_signed(by).min(list.len().saturating_sub(1)));
            }
        }
    }

    fn select_place(&mut self, list: &BoardList, at: usize) {
        self.board.at = at;
        self.board.selected = list.task_ref(at).unwrap_or_default();
    }

    /// Rows of the shown task that do not fit into the window.
    pub fn detail_overflow(&self) -> usize {
        let Some(row) = view::board::board_row(self, &self.board.selected) else { return 0 };
        let rows = view::task::detail_rows(self, &row, usize::from(self.desk.size.0)).len();
        rows.saturating_sub(detail_height(self.desk.size))
    }

    fn scroll_detail(&mut self, by: isize) {
        let last = self.detail_overflow();
        self.board.scroll = self.board.scroll.min(last).saturating_add_signed(by).min(last);
    }

    fn step_in_column(&mut self, by: isize) {
        let list = view::board_list(self);
        let Some((column, at)) = self.in_columns(&list) else { return self.enter_columns(&list) };
        let rows = &list.boxes[column];
        if let Some(place) = rows.get(at.saturating_add_signed(by).min(rows.len().saturating_sub(1))) {
            self.select_place(&list, *place);
        }
    }

    /// Moves to the next column that has rows, at the same height.
    pub fn column_step(&mut self, by: isize) {
        let list = view::board_list(self);
        let Some((column, at)) = self.in_columns(&list) else { return self.enter_columns(&list) };
        let mut next = column;
        while let Some(to) = next.checked_add_signed(by).filter(|to| *to < OfficialBox::ALL.len()) {
            next = to;
            if let Some(place) = list.boxes[to].get(at).or(list.boxes[to].last()) {
                return self.select_place(&list, *place);
            }
        }
    }

    /// A task in no box is not in a column: the first arrow goes to the first row there is.
    fn enter_columns(&mut self, list: &BoardList) {
        if let Some(place) = list.boxes.iter().find_map(|rows| rows.first()) {
            self.select_place(list, *place);
        }
    }

    /// The column and the place in it of the selected task.
    pub fn in_columns(&self, list: &BoardList) -> Option<(usize, usize)> {
        let place = list.position(&self.board.selected, self.board.at)?;
        let found = |rows: &Vec<usize>| rows.binary_search(&place).ok();
        list.boxes.iter().enumerate().find_map(|(column, rows)| Some((column, found(rows)?)))
    }

    /// In a task: the record before or after it in the chain.
    pub fn chain_step(&mut self, by: isize) {
        if self.board.view != BoardView::Detail {
            return;
        }
        let chain = view::task::chain(self, &self.board.selected);
        let at = chain.iter().position(|task| *task == self.board.selected).unwrap_or(0);
        let next = at.checked_add_signed(by).and_then(|to| chain.get(to));
        match next.filter(|task| view::board::board_row(self, task).is_some()) {
            Some(task) => {
                self.board.selected = task.clone();
                self.board.scroll = 0;
            }
            None => self.say("news.chain_ends", Tone::Quiet),
        }
    }
}

/// Rows of a task that a window of this size shows.
pub fn detail_height(size: (u16, u16)) -> usize {
    usize::from(size.1).saturating_sub(5)
}
