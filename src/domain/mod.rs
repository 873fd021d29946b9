//! Pure values of the field: no I/O, no clock.

pub mod deadline;
