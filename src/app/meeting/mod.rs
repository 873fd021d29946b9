//! The Meeting place: the typing line, the stream above it, and what was chosen there. State only; what keys do is in
//! the files beside this one. Knows no drawing.

pub mod amend;
pub mod approval;
pub mod citations;
pub mod course;
pub mod due;
pub mod facts;
mod gone;
pub mod lines;
pub mod mark;
pub mod names;
pub mod occasion;
pub mod overdue;
pub mod papers;
pub mod questions;
pub mod record;
mod room;
pub mod select;
pub mod settle;
pub mod slash;
pub mod speaker;
pub mod split;
pub mod task;
mod task_form;
#[cfg(test)]
mod tests;
mod verbs;
pub mod walk;

use std::collections::BTreeSet;

use chrono::NaiveDateTime;

use crate::domain::gaps::GapKind;
use crate::text::field::TextField;

/// The state of the Meeting place.
#[derive(Clone, Debug, Default)]
pub struct MeetingPlace {
    /// Id of the meeting.
    pub id: String,
    /// What is being typed.
    pub line: TextField,
    /// Clock time of the first key of the line.
    pub line_started: Option<NaiveDateTime>,
    /// The line began with a paste: its first character is no mark.
    pub literal: bool,
    /// The prepared text that was taken into the line, by id.
    pub from_prepared: Option<String>,
    /// Who speaks: a seat id or free text; empty for nobody.
    pub speaker: String,
    /// Who has spoken here, in the order of first speaking: `@1` to `@9`. Once given a number stays.
    pub numbers: Vec<String>,
    /// The item shown last: where lines go while the meeting is not live.
    pub shown_item: Option<String>,
    /// Who spoke before.
    pub previous_speaker: String,
    /// Where the keys go.
    pub focus: Focus,
    /// Earlier lines chosen; kept while typing, so that a `/word` can act on them.
    pub selection: Option<Selection>,
    /// A line being edited in place, with the typed text that waits meanwhile.
    pub editing: Option<Editing>,
    /// The last gap visited, so that the next key goes on from there.
    pub last_gap: Option<String>,
    /// Gaps that are to stay: the walk passes them by as long as the window is open.
    pub left: BTreeSet<(String, GapKind)>,
}

/// Where printable keys and arrows go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Focus {
    #[default]
    Line,
    /// On selected earlier lines.
    Stream,
    /// On a prepared text below the line, by place among those not said yet.
    Prepared(usize),
}

/// Chosen notes: from where the choice began to where it reaches, both by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    pub anchor: String,
    pub head: String,
}

/// A note edited in place.
#[derive(Clone, Debug)]
pub struct Editing {
    pub note: String,
    /// The line as it stood before.
    pub waiting: TextField,
    pub waiting_since: Option<NaiveDateTime>,
}
