//! The one impure loop: terminal, bytes, threads, clock.
