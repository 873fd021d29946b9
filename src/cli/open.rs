//! `steerco`, `steerco open` and `steerco demo`: the door to the screen. Knows no drawing.

use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome};

/// The whole workspace; the user's own is made at the first time.
pub fn workspace(call: &Call) -> Result<Outcome, Trouble> {
    let _ = call;
    Err(Trouble::Failed(String::new()))
}

/// Straight to one meeting.
pub fn meeting(call: &Call, name: &str) -> Result<Outcome, Trouble> {
    let _ = name;
    workspace(call)
}

/// A copy of the sample data that is thrown away afterwards.
pub fn demo(call: &Call) -> Result<Outcome, Trouble> {
    workspace(call)
}
