//! The Board: all tasks of all meetings. Its state and what its keys do. Knows no drawing and no file.

pub mod filters;
mod marks;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::BTreeSet;

use crate::app::board::filters::SavedFilter;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::followup::Verb;
use crate::app::popup::Tone;
use crate::app::view::board::Lists;
use crate::app::{App, Origin, Place, view};
use crate::domain::board::SortBy;
use crate::text::field::TextField;

/// The state of the Board.
#[derive(Clone, Debug, Default)]
pub struct BoardPlace {
    pub filter: TextField,
    pub sort: SortBy,
    /// Reference of the selected task.
    pub selected: String,
    /// Where the selected task stood in the list last; a task that left the list leaves the choice there.
    pub at: usize,
    pub view: BoardView,
    /// The list one comes back to from a task.
    pub list: BoardView,
    /// First shown row of the detail.
    pub scroll: usize,
    /// References of the tasks that verbs act on together.
    pub marked: BTreeSet<String>,
    /// Where Esc goes from a task that was jumped to.
    pub return_to: Option<Place>,
    /// The state of the records (by generation) for which it was said what an undo would take back elsewhere.
    pub undo_named: Option<u64>,
    /// Filters with a name; `None` until they were read.
    pub saved: Option<Vec<SavedFilter>>,
    /// The lists as they were made last.
    pub lists: Lists,
}

/// What the Board shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum BoardView {
    #[default]
    Table,
    /// The official boxes side by side.
    Columns,
    /// One task with its words as said, source line, history, reports and extensions.
    Detail,
}

impl BoardPlace {
    /// What is filtered by. A `/word` in the line is a command that is being typed, no filter.
    pub fn filter_words(&self) -> &str {
        let typed = self.filter.text().trim();
        if typed.starts_with('/') { "" } else { typed }
    }
}

impl App {
    /// A command in the Board.
    pub fn run_in_board(&mut self, command: Command, argument: &str) -> Vec<Effect> {
        match command {
            Command::Up => self.board_step(-1),
            Command::Down => self.board_step(1),
            Command::ListPageUp => self.board_step(-self.board_page()),
            Command::ListPageDown => self.board_step(self.board_page()),
            Command::First => self.board_step(isize::MIN),
            Command::Last => self.board_step(isize::MAX),
            Command::ColumnLeft => self.column_step(-1),
            Command::ColumnRight => self.column_step(1),
            Command::Detail | Command::Choose => return self.board_enter(),
            Command::TurnView => self.turn_view(),
            Command::SortNext => self.sort_next(),
            Command::MarkRow => self.mark_row(),
            Command::MarkAll => self.mark_all(),
            Command::ChainOn => self.chain_step(1),
            Command::ChainBack => self.chain_step(-1),
            Command::Jump => return self.jump_to_source(),
            Command::Filters => return self.pick_filter(),
            Command::SaveFilter => return self.ask_filter_name(argument),
            Command::ForgetFilter => return self.pick_filter_to_forget(),
            _ => return self.board_verb(command),
        }
        Vec::new()
    }

    fn board_verb(&mut self, command: Command) -> Vec<Effect> {
        let Some(verb) = Verb::of(command) else { return Vec::new() };
        self.begin(verb, self.verb_tasks())
    }

    /// The Board comes to the front, or the lists behind it changed.
    pub fn board_entered(&mut self) {
        if self.place != Place::Board {
            self.board.lists.forget();
        } else if self.board.view != BoardView::Detail {
            self.keep_selection();
        }
    }

    /// The filter was typed in: the best of what it finds is chosen, the first row.
    pub fn board_filter_changed(&mut self) {
        if self.board.view == BoardView::Detail {
            self.leave_detail();
        }
        (self.board.selected, self.board.at) = (String::new(), 0);
        self.keep_selection();
    }

    /// What the Board needs read when it comes to the front.
    pub fn board_needs(&self) -> Vec<Effect> {
        let filters = self.board.saved.is_none().then_some(Effect::ReadFilters);
        std::iter::once(Effect::Load).chain(filters).collect()
    }

    /// The choice stands on a row that is shown: its own, else the one in its place.
    pub fn keep_selection(&mut self) {
        let list = view::board_list(self);
        let at = list.position(&self.board.selected, self.board.at);
        let at = at.unwrap_or(self.board.at).min(list.len().saturating_sub(1));
        let at = if self.board.selected.is_empty() { 0 } else { at };
        self.board.at = at;
        self.board.selected = list.task_ref(at).unwrap_or_default();
    }

    /// Enter: a `/word` is done; else from the list to the task, from the task to where it was said.
    fn board_enter(&mut self) -> Vec<Effect> {
        let typed = self.board.filter.text().trim().to_owned();
        if let Some(words) = typed.strip_prefix('/') {
            let found = self.slash_command(words);
            return match found {
                Some((command, argument)) => {
                    self.board.filter.take();
                    self.run(command, &argument)
                }
                None => self.tell("news.no_such_command_here", Tone::Warning),
            };
        }
        if self.board.selected.is_empty() {
            return Vec::new();
        }
        match self.board.view {
            BoardView::Table | BoardView::Columns => {
                self.board.list = self.board.view;
                self.board.view = BoardView::Detail;
                self.board.scroll = 0;
                Vec::new()
            }
            BoardView::Detail => self.jump_to_source(),
        }
    }

    fn turn_view(&mut self) {
        self.board.view = match self.board.view {
            BoardView::Table => BoardView::Columns,
            BoardView::Columns => BoardView::Table,
            BoardView::Detail => self.board.list,
        };
    }

    fn sort_next(&mut self) {
        self.board.sort = match self.board.sort {
            SortBy::Deadline => SortBy::Unit,
            SortBy::Unit => SortBy::Meeting,
            SortBy::Meeting => SortBy::Age,
            SortBy::Age => SortBy::State,
            SortBy::State => SortBy::Deadline,
        };
        self.keep_selection();
    }

    /// Goes to the line a task came from; Esc there comes back.
    fn jump_to_source(&mut self) -> Vec<Effect> {
        let Some(row) = view::board::board_row(self, &self.board.selected) else { return Vec::new() };
        let (meeting, note) = (row.meeting.head.id.clone(), row.task.note.clone());
        let note = Some(note).filter(|note| row.meeting.note(note).is_some());
        let lost = note.is_none();
        self.return_to = Some(Origin::Place(Place::Board));
        let effects = self.enter_meeting(&meeting, note);
        if lost {
            self.say("news.no_source_line", Tone::Quiet);
        }
        effects
    }

    /// From a chosen line of the stream to the task it became; Esc there comes back. The next press goes to the next
    /// task of the line.
    pub fn task_on_board(&mut self) -> Vec<Effect> {
        let notes = self.selected_notes();
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let of_line = |task: &&crate::domain::meeting::Task| notes.contains(&task.note);
        let mut tasks: Vec<String> =
            meeting.tasks.iter().filter(of_line).map(|task| meeting.task_ref(task)).collect();
        // A line that reports on an earlier task leads to that one.
        let told = meeting.notes.iter().filter(|note| notes.contains(&note.id) && !note.task.is_empty());
        tasks.extend(told.map(|note| note.task.clone()));
        let next = tasks.iter().position(|task| *task == self.board.selected).map_or(0, |at| at + 1);
        let Some(task) = tasks.get(next).or(tasks.first()).cloned() else {
            return self.tell("news.no_task_of_line", Tone::Quiet);
        };
        if view::board::board_row(self, &task).is_none() {
            return self.tell("news.no_task", Tone::Warning);
        }
        self.show_task(task)
    }

    /// A task in detail, from wherever one is; Esc there comes back.
    pub fn show_task(&mut self, task: String) -> Vec<Effect> {
        let from = self.place;
        if from == Place::Meeting {
            self.line_left();
        }
        self.place = Place::Board;
        let board = &mut self.board;
        board.list = if board.view == BoardView::Detail { board.list } else { board.view };
        (board.selected, board.view, board.scroll) = (task, BoardView::Detail, 0);
        board.return_to = Some(from).filter(|from| *from != Place::Board);
        self.board_needs()
    }

    pub fn leave_detail(&mut self) {
        self.board.view = self.board.list;
        self.board.return_to = None;
        self.keep_selection();
    }

    /// Esc: from the task to the list (or the line one came from), from marks and filter to none, then back to where
    /// one came from.
    pub fn back_in_board(&mut self) -> Vec<Effect> {
        if self.board.view == BoardView::Detail {
            let came_from = self.board.return_to.take();
            self.leave_detail();
            let lost = |place: &Place| *place == Place::Meeting && self.meeting.id.is_empty();
            if let Some(place) = came_from.filter(|place| !lost(place)) {
                self.place = place;
            }
            return Vec::new();
        }
        if !self.board.marked.is_empty() {
            self.board.marked.clear();
            return Vec::new();
        }
        if !self.board.filter.is_empty() {
            self.board.filter.take();
            self.keep_selection();
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
