//! What the places show, shaped from the state: rows, counts and facts. Pure, so that update and drawing agree on
//! every list. Must not know colours, terminals or files.

pub mod board;
pub mod captured;
pub mod committee;
pub mod header;
pub mod home;
pub mod roll;
pub mod roster;
pub mod search;
pub mod stream;
pub mod task;
pub mod text;

pub use board::{BoardRow, board_list, board_rows};
pub use committee::{EntryRow, committee_rows, tab_counts};
pub use home::{Attention, HomeEntry, HomeRow, attention, home_entries, home_rows};
pub use roll::{RollRow, roll_rows};

use crate::app::App;
use crate::app::meeting::names;
use crate::domain::committee::{Committee, DeadlineRules};
use crate::domain::meeting::Meeting;

/// Every meeting of the workspace as it stands in this window: the open record where there is one.
pub fn meetings(app: &App) -> impl Iterator<Item = &Meeting> {
    let known = |id: &str| app.library.meetings.iter().any(|entry| entry.meeting.head.id == id);
    let stored = app.library.meetings.iter().map(|entry| &*entry.meeting);
    let stored = stored.map(|meeting| app.sessions.meeting(&meeting.head.id).unwrap_or(meeting));
    stored.chain(app.sessions.open_meetings().filter(move |meeting| !known(&meeting.head.id)))
}

/// Every meeting as its adopted amendments leave it: what was given is what counts, not what was first written.
pub fn amended_meetings(app: &App) -> impl Iterator<Item = &Meeting> {
    let known = |id: &str| app.library.meetings.iter().any(|entry| entry.meeting.head.id == id);
    let stored = app.library.meetings.iter();
    let stored = stored.map(|entry| app.sessions.amended(&entry.meeting.head.id).unwrap_or(&entry.amended));
    let open = app.sessions.open_meetings().filter(move |meeting| !known(&meeting.head.id));
    stored.chain(open.filter_map(|meeting| app.sessions.amended(&meeting.head.id)))
}

/// A meeting by its id, as its adopted amendments leave it.
pub fn amended<'a>(app: &'a App, id: &str) -> Option<&'a Meeting> {
    let stored =
        || app.library.meetings.iter().find(|entry| entry.meeting.head.id == id).map(|e| &*e.amended);
    app.sessions.amended(id).or_else(stored)
}

/// A meeting of the workspace by its id.
pub fn meeting<'a>(app: &'a App, id: &str) -> Option<&'a Meeting> {
    let stored = || app.library.meetings.iter().map(|entry| &*entry.meeting).find(|m| m.head.id == id);
    app.sessions.meeting(id).or_else(stored)
}

/// A committee of the workspace by its id, as it stands in this window.
pub fn committee<'a>(app: &'a App, id: &str) -> Option<&'a Committee> {
    let stored = || app.library.committees.iter().map(|stored| &**stored).find(|c| c.head.id == id);
    app.sessions.committee(id).or_else(stored)
}

/// How deadlines of a meeting's tasks are read; the usual way when its committee is unknown.
pub fn deadline_rules(app: &App, meeting: &Meeting) -> DeadlineRules {
    committee(app, &meeting.head.committee)
        .map_or_else(|| Committee::default().deadline_rules(), Committee::deadline_rules)
}

/// What a committee is called in a narrow place: its short name, else its name, else the id.
pub fn committee_name<'a>(app: &'a App, id: &'a str) -> &'a str {
    let Some(head) = committee(app, id).map(|committee| &committee.head) else { return id };
    [head.short.as_str(), head.name.as_str(), id].into_iter().find(|name| !name.is_empty()).unwrap_or(id)
}

/// What a unit is called in a chip or column: its short name, else its name; a text that is no id is itself.
pub fn unit_name<'a>(app: &'a App, meeting: &'a Meeting, unit: &'a str) -> &'a str {
    names::unit_short(meeting, app.committee_of(meeting), unit)
}
