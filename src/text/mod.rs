//! Pure text: knows no meeting, no file, no clock.
