//! The lists of Home: what needs attention, and the meetings with the one to go on with first. Pure.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::app::App;
use crate::app::home::{HomeChoice, HomeShow, Offer};
use crate::app::view::{amended_meetings, committee, committee_name, deadline_rules, meetings};
use crate::domain::kinds::{Stage, Status};
use crate::domain::meeting::{Meeting, Task};
use crate::domain::notice;
use crate::domain::state::{self, TaskState};
use crate::text::fold::plain;
use crate::text::query::Query;

/// A meeting in the list of Home.
#[derive(Clone, Copy, Debug)]
pub struct HomeEntry<'a> {
    pub meeting: &'a Meeting,
    /// Tasks that somebody still has to finish.
    pub open: usize,
    pub overdue: usize,
}

/// A row of Home that can be chosen.
#[derive(Clone, Debug)]
pub enum HomeRow<'a> {
    /// Something that needs attention, how often, and how often it is late already.
    Attention {
        kind: AttentionKind,
        count: usize,
        late: usize,
    },
    Offer(Offer),
    Meeting(HomeEntry<'a>),
}

impl HomeRow<'_> {
    /// What choosing this row means.
    pub fn choice(&self) -> HomeChoice {
        match self {
            HomeRow::Attention { kind, .. } => HomeChoice::Attention(*kind),
            HomeRow::Offer(offer) => HomeChoice::Offer(*offer),
            HomeRow::Meeting(entry) => HomeChoice::Meeting(entry.meeting.head.id.clone()),
        }
    }
}

/// What a line of attention is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AttentionKind {
    Overdue,
    DueSoon,
    Awaiting,
    NotApproved,
    NoticeDue,
    Unreadable,
}

/// All rows of Home: attention first, then what an empty workspace offers, then the meetings.
pub fn home_rows(app: &App) -> Vec<HomeRow<'_>> {
    let counts = attention(app);
    let lines = [
        (AttentionKind::Overdue, counts.overdue, counts.overdue),
        (AttentionKind::DueSoon, counts.due_soon, 0),
        (AttentionKind::Awaiting, counts.awaiting, 0),
        (AttentionKind::NotApproved, counts.not_approved, 0),
        (AttentionKind::NoticeDue, counts.notices, counts.notices_late),
        (AttentionKind::Unreadable, counts.unreadable, counts.unreadable),
    ];
    let lines = lines.into_iter().filter(|(_, count, _)| *count > 0);
    let mut rows: Vec<HomeRow<'_>> =
        lines.map(|(kind, count, late)| HomeRow::Attention { kind, count, late }).collect();
    rows.extend(offers(app).iter().copied().map(HomeRow::Offer));
    rows.extend(home_entries(app).into_iter().map(HomeRow::Meeting));
    rows
}

/// What the workspace offers while it holds no meeting.
pub fn offers(app: &App) -> &'static [Offer] {
    let (library, empty) = (&app.library, meetings(app).next().is_none());
    match (app.home.loaded && empty, library.committees.is_empty(), library.failures.is_empty()) {
        (true, true, true) => &[Offer::NewCommittee, Offer::Sample],
        (true, true, false) => &[Offer::NewCommittee],
        (true, false, _) => &[Offer::NewMeeting],
        (false, ..) => &[],
    }
}

/// Where the chosen row stands; the first meeting when the choice is none of the rows.
pub fn chosen_place(app: &App, rows: &[HomeRow<'_>]) -> usize {
    let chosen = rows.iter().position(|row| row.choice() == app.home.selected);
    let first = || rows.iter().position(|row| !matches!(row, HomeRow::Attention { .. }));
    chosen.or_else(first).unwrap_or(0)
}

/// The meetings that fit the filter, those with its words side by side first, since "tháng 2" is also in "tháng 6/2026":
/// those going on, then those ahead with the next first, then the past ones with the latest first.
pub fn home_entries(app: &App) -> Vec<HomeEntry<'_>> {
    let query = Query::read(app.home.filter_words());
    let fit = |meeting: &Meeting| {
        let text = searched(app, meeting);
        query.fit(&plain(&text).text, &text)
    };
    let listed = meetings(app).filter(|meeting| is_listed(app, meeting));
    let mut shown: Vec<(&Meeting, bool)> =
        listed.filter_map(|meeting| Some((meeting, fit(meeting)?.is_apart()))).collect();
    shown.sort_by_cached_key(|(meeting, apart)| (*apart, rank(meeting, app.desk.today)));
    shown.into_iter().map(|(meeting, _)| entry(app, meeting)).collect()
}

/// What needs attention, counted over all meetings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Attention {
    pub overdue: usize,
    pub due_soon: usize,
    pub awaiting: usize,
    /// Meetings held whose minutes nobody approved yet.
    pub not_approved: usize,
    /// Meetings held whose notice of conclusions is not out although it has a limit.
    pub notices: usize,
    /// Of those: past the limit.
    pub notices_late: usize,
    pub unreadable: usize,
}

/// Counts what needs attention today.
pub fn attention(app: &App) -> Attention {
    let mut counts = Attention { unreadable: app.library.failures.len(), ..Attention::default() };
    for meeting in amended_meetings(app) {
        counts.not_approved += usize::from(matches!(meeting.stage(), Stage::Closed | Stage::WithChair));
        if let Some(due) = notice_limit(app, meeting) {
            counts.notices += 1;
            counts.notices_late += usize::from(due < app.desk.today);
        }
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

fn notice_limit(app: &App, meeting: &Meeting) -> Option<NaiveDate> {
    let committee = committee(app, &meeting.head.committee)?;
    notice::due(meeting, committee, &app.holidays_of(Some(committee)))
}

/// Whether the chosen state and committee let the meeting be listed.
fn is_listed(app: &App, meeting: &Meeting) -> bool {
    let stage = meeting.stage();
    let fits = match app.home.show {
        HomeShow::All => true,
        HomeShow::Ahead => matches!(stage, Stage::Planned | Stage::Live | Stage::Paused),
        HomeShow::ToApprove => matches!(stage, Stage::Closed | Stage::WithChair),
        HomeShow::NoticeDue => notice_limit(app, meeting).is_some(),
        HomeShow::Approved => matches!(stage, Stage::Approved | Stage::Issued),
        HomeShow::CalledOff => matches!(stage, Stage::Postponed | Stage::Cancelled),
    };
    fits && (app.home.committee.is_empty() || meeting.head.committee == app.home.committee)
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

/// What the filter looks in.
fn searched(app: &App, meeting: &Meeting) -> String {
    let head = &meeting.head;
    let date = head.date.map(|day| day.format("%d/%m/%Y").to_string()).unwrap_or_default();
    format!("{} {} {date} {}", head.title, committee_name(app, &head.committee), head.id)
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
