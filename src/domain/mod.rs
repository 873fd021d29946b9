//! Pure values of the field: meetings, committees, tasks, and the one mechanism that changes them.
//! No I/O, no clock, nothing here can fail.

pub mod check;
pub mod committee;
pub mod edit;
pub mod fields;
pub mod history;
pub mod id;
pub mod kinds;
#[cfg(test)]
mod laws;
pub mod meeting;
pub mod merge;
pub mod resolve;
pub mod value;
