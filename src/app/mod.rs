//! State and update: knows neither ratatui nor files.

pub mod command;
pub mod effect;
pub mod event;
pub mod key;
pub mod keymap;
pub mod session;
