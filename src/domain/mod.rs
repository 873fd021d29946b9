//! Pure values of the field: no I/O, no clock.

pub mod capture;
pub mod deadline;
