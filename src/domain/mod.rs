//! Pure values of the field: meetings, committees, tasks, and the one mechanism that changes them.
//! No I/O, no clock, nothing here can fail.

pub mod amendment;
pub mod approval;
pub mod board;
pub mod capture;
pub mod check;
pub mod citation;
pub mod cited;
pub mod committee;
pub mod conflict;
pub mod deadline;
pub mod edit;
pub mod fact;
pub mod fields;
pub mod filter;
pub mod floor;
pub mod followup;
pub mod gaps;
pub mod history;
pub mod id;
pub mod invited;
pub mod kinds;
#[cfg(test)]
mod laws;
pub mod lines;
pub mod meeting;
pub mod merge;
pub mod notice;
pub mod opening;
pub mod paper;
pub mod period;
pub mod programme;
pub mod resolve;
pub mod roll;
pub mod roster;
pub mod seal;
pub mod search;
pub mod seating;
pub mod seats;
pub mod stale;
pub mod state;
pub mod stretch;
pub mod succession;
pub mod uphold;
pub mod uses;
pub mod value;
pub mod workdays;
