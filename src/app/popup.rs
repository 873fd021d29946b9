//! What can lie over a place, as plain data, and what its answer is for. Knows no drawing and no record.

use std::ops::Range;

use crate::app::form::Form;
use crate::app::picker::Picker;
use crate::domain::capture::Captured;

/// One layer over the place; the top one gets the keys first.
#[derive(Clone, Debug, PartialEq)]
pub enum Popup {
    Picker {
        title: &'static str,
        picker: Picker,
        then: Then,
    },
    Form {
        title: &'static str,
        form: Form,
        then: Then,
    },
    Split(Split),
    /// Lines to read: an answer to the chair, a list to confirm.
    Page(Page),
}

/// What the answer of a picker, form or page is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Then {
    /// Set the speaker of the line or of the named notes.
    Speaker(Target),
    /// Start an item, or move the named notes to it.
    Item(Target),
    /// From the named note on everything belongs to the chosen item.
    ItemFrom(String),
    /// Set the kind of the named notes.
    Kind(Target),
    /// Run a command; words after the first are its argument.
    Command,
    /// Owners and deadline of a task of this meeting, by id. With `walk` the next gap follows.
    TaskFields {
        task: String,
        walk: Walk,
    },
    /// Owners and deadline of the clause with the caret in the split below.
    ClauseFields,
    Vote,
    Figure,
    Award,
    Document,
    Queue,
    /// Progress on tasks, by `<meeting-id>#<number>`.
    Report(Vec<String>),
    Extension(Vec<String>),
    /// The name of a substitute for a seat, by id.
    Substitute(String),
    /// The reason of an absence, for a seat.
    Reason(String),
    /// Jump to a hit: `<meeting-id>/<note-id>`.
    Hit,
    /// Close the meeting after its closing list was seen.
    Close,
    /// Nothing: reading was all.
    Read,
}

/// Whether a form is one of a walk through the gaps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walk {
    Single,
    Gaps,
}

/// What a verb works on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// The line being typed.
    Line,
    /// Recorded notes, by id.
    Notes(Vec<String>),
}

/// Lines to read over the stream, with the selected one for lists that can be acted on.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    pub title: String,
    pub lines: Vec<PageLine>,
    /// Place of the selected line; lines without a reference are passed over.
    pub selected: usize,
    pub then: Then,
}

/// One line of a page.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct PageLine {
    pub text: String,
    /// What Enter on the line acts on: a task's reference.
    pub reference: String,
    pub tone: Tone,
}

/// How much a line asks for attention; colour only supports the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Plain,
    Heading,
    Quiet,
    Warning,
    Alarm,
}

/// A sentence being cut into clauses.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// The note it was spoken in; `None` while it is still the typed line.
    pub note: Option<String>,
    pub text: String,
    pub clauses: Vec<Clause>,
    pub focus: usize,
}

/// One clause and what it becomes.
#[derive(Clone, Debug, PartialEq)]
pub struct Clause {
    /// Bytes of the sentence.
    pub range: Range<usize>,
    pub becomes: Becomes,
    /// Owners and deadline read from the words, or set by hand.
    pub captured: Captured,
    /// The owner was taken from the clause before.
    pub inherited: bool,
    /// Owners or deadline were set by hand, so moving a cut leaves them.
    pub by_hand: bool,
    /// What a person said it becomes; moving a cut leaves that too.
    pub chosen: Option<Becomes>,
    pub no_deadline: bool,
}

/// What a clause becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    Task,
    Conclusion,
    Plain,
}
