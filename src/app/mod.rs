//! State and update: knows neither ratatui nor files.

pub mod key;
