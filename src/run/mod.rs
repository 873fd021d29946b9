//! The one impure loop: terminal, bytes, threads, clock.

pub mod bytes;
pub mod clock;
pub mod reader;
#[cfg(unix)]
pub mod signals;
pub mod terminal;
