//! The one impure loop: terminal, bytes, threads, clock.

pub mod bytes;
