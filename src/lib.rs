//! steerco: minutes, conclusions and follow-up for the secretary of a steering committee. This page is the map.
//!
//! The chain the program keeps whole: **who said it → what was concluded → who must do it by when → what became of it**.
//! Everything on disk is a plain TOML file per meeting; everything on screen is computed from it.
//!
//! # Rooms
//! - [`text`]: pure text: the text field, widths, folding and what is searched for (`query`), alphabetical order
//!   (`collate`), clauses, official dates, periods and numbers; `syllable`, `composer` (Telex, VNI) and `abbreviations`
//!   are how Vietnamese is typed. Knows no meeting.
//! - [`domain`]: pure values of the field, no I/O, no clock, nothing that can fail. One field table (`fields`) declares
//!   every key; `meeting` and `committee` are built from it; `edit`, `resolve`, `merge`, `stale`, `conflict` and
//!   `history` are the one mechanism of change, `gone` its bin; `state`, `programme`, `floor`, `roll`, `gaps`, `board`,
//!   `filter`, `search`, `opening`, `notice` answer questions; `followup`, `succession`, `seating`, `seats`, `roster`, `callup`,
//!   `agenda`, `sites` are what is done to tasks, units, rosters, programmes and sites; `lines`, `fact` correct what was
//!   recorded; `deadline`, `capture`, `invited`, `agenda_lines` and `item_kind` read sentences; `check` lists what is
//!   doubtful; `approval`, `seal`, `uphold`, `amendment` and `paper` keep an approved text as it was approved.
//! - [`store`]: the only code that touches workspace files: reading with their layout, splicing changes back so that
//!   all else stays byte-identical, atomic replacing, locks, the journal; tables that others made; `disk`, the
//!   calls that a trial may fail.
//! - [`app`]: state and `update`: plain data in, wishes out. One file or folder a place (`home`, `meeting`, `roll`,
//!   `board`, `committee`), `plan` for the meeting's own head, programme, sites and seats, `popup`, `picker`, `form`,
//!   `search` and `answer` for what lies over it, `followup` for the verbs on tasks; `session` is the only door to change
//!   a record; `view` shapes what is shown; `command` is the one table of commands, `keymap` its keys, `available` which
//!   of them have something to work on now, `pointer` the mouse. Knows neither ratatui nor files.
//! - [`ui`]: `draw(&App)`, its places named as in `app`. Reads, never decides.
//! - [`export`]: papers out of the record. `desk` lays out what the reader may see, one file a paper (`minutes`,
//!   `notice`, `review` …) writes it as a neutral `tree`, one file a format (`docx`, `html`, `markdown`, `plain_text`,
//!   `xlsx`, `csv`, `ics`) renders it. Pure: records in, bytes out.
//! - [`run`]: the one impure loop: terminal guard, byte reader, threads, clock; it fulfils the wishes.
//! - [`cli`]: arguments, and the commands by their names.
//! - [`words`], [`config`], [`error`]: sentences of both languages, settings, and what can go wrong.
//!
//! # Who may know whom
//! `text ← domain ← {store, export, app}`; `store ← index`; `sync → store, domain`; `app → config, words, domain,
//! text`; `ui → app, config, words, domain, text`; `run` all but `cli`; `cli` all but `ui`. `words → domain` for the
//! language alone, `config` for it and the holidays; `config → text`; `error` knows what a file can do wrong from `store`. A test reads the imports and fails on any other arrow; rooms named here that do
//! not stand yet (index, sync) have their place.
//!
//! # What is absent
//! No ratatui outside `ui` and `run`; no file access outside `store`, `run`, `cli` and `config`; no "now" outside
//! `run::clock` (the lock and the journal measure their own waits); an open record is mutable only inside `app::session`; nothing unsafe, no unwrap outside tests.
//!
//! # The path of a key
//! `run::reader` → `run::bytes` → `app::key` → `app::update` (top pop-up, place, everywhere; the first that takes it
//! wins; a printable key with a text field in front is always text) → `app::session` (draft, compare, step) → effects
//! → journal and saver threads → `ui::draw`. The screen never shows as saved what is not on disk.

pub mod app;
pub mod cli;
pub mod config;
pub mod domain;
pub mod error;
pub mod export;
pub mod run;
pub mod store;
pub mod text;
pub mod ui;
pub mod words;
