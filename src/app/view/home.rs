//! The lists of Home: what needs attention, and the meetings with the one to go on with first. Pure.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::app::App;
use crate::app::view::{committee_name, deadline_rules, meetings};
use crate::domain::kinds::{Stage, Status};
use crate::domain::meeting::{Meeting, Task};
use crate::domain::state::{self, TaskState};
use crate::text::fold;

/// A meeting in the list of Home.
#[derive(Clone, Copy, Debug)]
pub struct HomeEntry<'a> {
    pub meeting: &'a Meeting,
    /// Tasks that somebody still has to finish.
    pub open: usize,
    pub overdue: usize,
}

/// The meetings that fit the filter: those going on, then those ahead with the next first, then the past ones with
/// the latest first.
pub fn home_entries(app: &App) -> Vec<HomeEntry<'_>> {
    let query = app.home.filter.text().trim();
    let mut shown: Vec<&Meeting> = meetings(app).filter(|meeting| fits(app, meeting, query)).collect();
    shown.sort_by_key(|meeting| rank(meeting, app.desk.today));
    shown.into_iter().map(|meeting| entry(app, meeting)).collect()
}

/// What needs attention, counted over all meetings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attention {
    pub overdue: usize,
    pub due_soon: usize,
    pub awaiting: usize,
    /// Meetings held whose minutes nobody approved yet.
    pub not_approved: usize,
    pub unreadable: usize,
}

/// Counts what needs attention today.
pub fn attention(app: &App) -> Attention {
    let mut counts = Attention { unreadable: app.library.failures.len(), ..Attention::default() };
    for meeting in meetings(app) {
        counts.not_approved += usize::from(matches!(meeting.stage(), Stage::Closed | Stage::WithChair));
        let rules = deadline_rules(app, meeting);
        for task in live_tasks(meeting) {
            counts.awaiting += usize::from(task.status == Some(Status::AwaitingConfirmation));
            match state::state(task, app.desk.today, rules) {
                TaskState::Overdue => counts.overdue += 1,
                TaskState::DueSoon => counts.due_soon += 1,
                _ => {}
            }
        }
    }
    counts
}

/// The tasks of a meeting that were not handed on to another record.
fn live_tasks(meeting: &Meeting) -> impl Iterator<Item = &Task> {
    meeting.tasks.iter().filter(|task| task.carried_to.is_empty())
}

fn entry<'a>(app: &App, meeting: &'a Meeting) -> HomeEntry<'a> {
    let rules = deadline_rules(app, meeting);
    let states: Vec<TaskState> =
        live_tasks(meeting).map(|task| state::state(task, app.desk.today, rules)).collect();
    HomeEntry {
        meeting,
        open: states.iter().filter(|state| state.is_open()).count(),
        overdue: states.iter().filter(|state| **state == TaskState::Overdue).count(),
    }
}

fn fits(app: &App, meeting: &Meeting, query: &str) -> bool {
    let head = &meeting.head;
    let date = head.date.map(|day| day.format("%d/%m/%Y").to_string()).unwrap_or_default();
    let text = format!("{} {} {date} {}", head.title, committee_name(app, &head.committee), head.id);
    query.split_whitespace().all(|word| fold::matches(word, &text))
}

/// Sorts before others what comes first on Home.
fn rank(meeting: &Meeting, today: NaiveDate) -> (u8, i64, Reverse<NaiveDate>) {
    let date = meeting.head.date.unwrap_or_default();
    match meeting.stage() {
        Stage::Live | Stage::Paused => (0, 0, Reverse(date)),
        Stage::Planned if date >= today => (1, (date - today).num_days(), Reverse(date)),
        _ => (2, 0, Reverse(date)),
    }
}
