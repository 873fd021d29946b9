//! Pure values of the field: no I/O, no clock.
