//! What is doubtful in a file that can be read: found from its values, told as data.
//! Knows no sentence, no place in a text and no screen.

/// One doubt. It never stops a file from opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The table's name; empty for the head.
    pub table: String,
    /// Place in the table from 0; `None` for the head.
    pub row: Option<usize>,
    pub key: String,
    pub kind: ProblemKind,
}

/// What is doubtful.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The name of a table holds something else than rows; kept as it is.
    NotRows,
    /// Text not in NFC; it is read composed.
    NotComposed,
}
