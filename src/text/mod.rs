//! Pure text: knows no meeting, no file, no clock.

pub mod abbreviations;
pub mod clauses;
pub mod collate;
pub mod composer;
pub mod dates;
pub mod diff;
pub mod field;
pub mod fold;
pub mod hidden;
pub mod keystrokes;
pub mod numbers;
pub mod periods;
pub mod query;
pub mod syllable;
pub mod width;
