//! The Board: all tasks of all meetings. State only here and what its keys do. Knows no drawing and no file.

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
}

/// What the Board shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum BoardView {
    #[default]
    Table,
    /// One task with its words as said, source line, history, reports and extensions.
    Detail,
}
