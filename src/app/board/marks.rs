//! Marked rows: what verbs act on together. Knows no drawing.

use crate::app::board::BoardView;
use crate::app::{App, view};

impl App {
    /// What a verb acts on: the shown task, else the marked rows, else the selected one. In the order of their names,
    /// so that the same marks make the same step.
    pub fn verb_tasks(&self) -> Vec<String> {
        let selected = Some(self.board.selected.clone()).filter(|task| !task.is_empty());
        match self.board.view {
            BoardView::Detail => selected.into_iter().collect(),
            _ if self.board.marked.is_empty() => selected.into_iter().collect(),
            _ => self.board.marked.iter().cloned().collect(),
        }
    }

    /// Marks the selected row or takes its mark away, and goes on to the next.
    pub fn mark_row(&mut self) {
        let selected = self.board.selected.clone();
        if selected.is_empty() || self.board.view == BoardView::Detail {
            return;
        }
        if !self.board.marked.remove(&selected) {
            self.board.marked.insert(selected);
        }
        self.board_step(1);
    }

    /// Marks all rows that are shown; when they all are, takes their marks away.
    pub fn mark_all(&mut self) {
        let list = view::board_list(self);
        let shown: Vec<String> = (0..list.len()).filter_map(|at| list.task_ref(at)).collect();
        let all = shown.iter().all(|task| self.board.marked.contains(task));
        for task in shown {
            match all {
                true => drop(self.board.marked.remove(&task)),
                false => drop(self.board.marked.insert(task)),
            }
        }
    }
}
