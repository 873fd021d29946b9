//! Claims about the whole program, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod approval;
mod board;
mod cli;
mod clocks;
mod committee;
mod deadlines;
mod desk;
mod facts;
mod faults;
mod flow;
mod hands;
#[cfg(unix)]
mod hostile;
mod house;
#[cfg(unix)]
mod kill;
mod mouse;
mod mutations;
mod noise;
mod others;
mod papers;
mod picture;
mod plan;
#[cfg(target_os = "linux")]
mod power;
#[cfg(unix)]
mod pty;
mod questions;
mod readme;
mod roster;
mod screens;
mod search;
mod session;
mod shell;
mod streams;
#[cfg(unix)]
mod terminal;
mod typing;
mod typist;
mod walks;
mod year;
