//! What can lie over a place, as plain data, and what its answer is for. Knows no drawing and no record.

use std::ops::Range;

use crate::app::committee::CommitteeThen;
use crate::app::followup::Verb;
use crate::app::form::Form;
use crate::app::picker::Picker;
use crate::app::plan::PlanThen;
use crate::domain::capture::Captured;
use crate::domain::fact::FactKind;
use crate::domain::gone::Gone;
use crate::domain::roster::Roster;

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
    /// Owners, deadline and words of a task, by id. With `walk` the next gap follows.
    TaskFields {
        meeting: String,
        task: String,
        walk: Walk,
    },
    /// Owners and deadline of the clause with the caret in the split below.
    ClauseFields,
    /// A fact of the meeting: a new one, or the one with this id.
    Fact {
        kind: FactKind,
        known: Option<String>,
    },
    /// Number, part and words of conclusions, by id.
    Conclusions(Vec<String>),
    /// The time of lines, by id.
    LineTime(Vec<String>),
    /// The list of facts, all or of one kind.
    Facts(Option<FactKind>),
    /// Progress on tasks, by `<meeting-id>#<number>`.
    Report(Vec<String>),
    Extension(Vec<String>),
    /// Any other verb on tasks, by reference.
    FollowUp(Verb, Vec<String>),
    /// The meeting in which tasks are given anew.
    ReassignTo(Vec<String>),
    /// Owners and deadline of tasks given anew in a meeting.
    Reassign {
        tasks: Vec<String>,
        meeting: String,
    },
    /// A saved filter to filter by.
    Filter,
    /// A saved filter to forget.
    ForgetFilter,
    /// What the typed filter is to be called.
    FilterName,
    /// The name of a substitute for a seat, by id.
    Substitute(String),
    /// The reason of an absence, for a seat.
    Reason(String),
    /// Who sits in a seat, by id.
    Seat(String),
    /// When the person of a seat came and went.
    Stay(String),
    NewMeeting,
    NewCommittee,
    /// Put off a planned meeting, by id.
    Postpone(String),
    /// Call off a planned meeting, by id.
    CallOff(String),
    /// A new seat.
    AddSeat,
    /// A second person of a name that is there already.
    AddNamesake,
    /// Jump to a hit of the search.
    Hit,
    /// Close the meeting after its closing list was seen.
    Close,
    /// A row of the committee, or a committee to go into.
    Committee(CommitteeThen),
    /// Something of the plan of a meeting.
    Plan(PlanThen),
    /// Go to a line: `<meeting-id>/<note-id>`.
    Line,
    /// The file, then the sheet, that a list is read from.
    TableFile,
    Sheet(String),
    /// Take over the people or units shown.
    TakeRoster(Box<Roster>),
    /// Nothing: reading was all.
    Read,
    /// Day and name of an approval.
    Approval,
    /// What of a line is amended: `<row id>/<field>`.
    AmendPart,
    Amendment(Box<Amending>),
    /// The page of amendments.
    Amendments,
    /// The number of a paper, with what was proposed for it.
    Paper(Box<Proposed>),
    /// Which of these rows comes back.
    BringBack(Vec<Gone>),
    /// The value a field keeps that was changed on two sides, by the row that kept them.
    Conflict(String),
}

/// The amendment a form is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amending {
    /// Its id when it is in the record already.
    pub known: Option<String>,
    /// The row amended, and the field.
    pub target: String,
    pub field: String,
    pub typed: Typed,
}

/// Where the words of an amendment were typed, to be cleared once it is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    Nowhere,
    Line,
    /// In a line that was being edited in place.
    Editing,
}

/// What a form proposed by itself, so that it may change as long as nobody typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposed {
    pub number: String,
    pub recipients: String,
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
