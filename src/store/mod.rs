//! Files on disk: reading, splicing, replacing, locks, the workspace and the journal.
//! Knows values of the domain; knows no screen and no command.

pub mod atomic;
pub mod disk;
pub mod journal;
pub mod layout;
pub mod lock;
mod made_up;
pub mod meeting_file;
pub mod papers;
pub mod plain;
mod rights;
mod spell;
pub mod splice;
pub mod table_file;
pub mod workspace;
