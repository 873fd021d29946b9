//! Pure text: knows no meeting, no file, no clock.

pub mod field;
pub mod width;
