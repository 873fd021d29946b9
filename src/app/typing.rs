//! Editing keys of any text field. Knows no place and no record.

use crate::app::command::Command;
use crate::text::field::{Extend, Motion, TextField};

/// Does an editing command to a field. `None` when the command is none of editing; otherwise whether anything moved
/// or changed.
pub fn edit(field: &mut TextField, command: Command) -> Option<bool> {
    let moved = |field: &mut TextField, motion, extend| Some(field.move_caret(motion, extend));
    match command {
        Command::CaretLeft => moved(field, Motion::Left, Extend::No),
        Command::CaretRight => moved(field, Motion::Right, Extend::No),
        Command::WordLeft => moved(field, Motion::WordLeft, Extend::No),
        Command::WordRight => moved(field, Motion::WordRight, Extend::No),
        Command::LineStart => moved(field, Motion::Start, Extend::No),
        Command::LineEnd => moved(field, Motion::End, Extend::No),
        Command::SelectLeft => moved(field, Motion::Left, Extend::Yes),
        Command::SelectRight => moved(field, Motion::Right, Extend::Yes),
        Command::SelectWordLeft => moved(field, Motion::WordLeft, Extend::Yes),
        Command::SelectWordRight => moved(field, Motion::WordRight, Extend::Yes),
        Command::SelectToStart => moved(field, Motion::Start, Extend::Yes),
        Command::SelectToEnd => moved(field, Motion::End, Extend::Yes),
        Command::SelectAll => {
            field.select_all();
            Some(true)
        }
        Command::DeleteLeft => Some(field.backspace()),
        Command::DeleteRight => Some(field.delete()),
        Command::DeleteWordLeft => Some(field.delete_word_left()),
        Command::DeleteWordRight => Some(field.delete_word_right()),
        _ => None,
    }
}
