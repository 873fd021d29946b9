//! steerco: the map of the house (rewritten as the rooms fill).

pub mod app;
pub mod cli;
pub mod config;
pub mod domain;
pub mod error;
pub mod run;
pub mod store;
pub mod text;
pub mod words;
