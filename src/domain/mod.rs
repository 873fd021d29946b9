//! Pure values of the field: meetings, committees, tasks, and the one mechanism that changes them.
//! No I/O, no clock, nothing here can fail.

pub mod check;
pub mod committee;
pub mod fields;
pub mod kinds;
pub mod meeting;
pub mod value;
