//! The rows of the Board: every task of every meeting that fits the filter, in the order chosen. Rows only point at
//! their tasks, so that a list of any length costs little; texts are shaped for what is visible. Pure.

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::app::App;
use crate::app::view::{deadline_rules, meetings, unit_name};
use crate::domain::board::SortBy;
use crate::domain::committee::DeadlineRules;
use crate::domain::id::slug;
use crate::domain::meeting::{Meeting, Task};
use crate::domain::state::{self, TaskState};
use crate::text::fold;

/// A task with its meeting and where it stands today.
#[derive(Clone, Copy, Debug)]
pub struct BoardRow<'a> {
    pub meeting: &'a Meeting,
    pub task: &'a Task,
    pub state: TaskState,
    /// The deadline in force.
    pub due: Option<NaiveDate>,
    pub days_late: i64,
}

impl BoardRow<'_> {
    /// `<meeting-id>#<number>`.
    pub fn task_ref(&self) -> String {
        self.meeting.task_ref(self.task)
    }
}

/// The tasks that fit the filter, sorted as chosen. A task given anew elsewhere is left out: it lives on there.
pub fn board_rows(app: &App) -> Vec<BoardRow<'_>> {
    let query = app.board.filter.text().trim();
    let mut rows: Vec<BoardRow<'_>> = meetings(app).flat_map(|meeting| rows_of(app, meeting)).collect();
    if !query.is_empty() {
        rows.retain(|row| fits(app, row, query));
    }
    sort(app, &mut rows);
    rows
}

/// The row of one task by its reference; `None` when there is no such task.
pub fn board_row<'a>(app: &'a App, reference: &str) -> Option<BoardRow<'a>> {
    let (id, number) = reference.rsplit_once('#')?;
    let meeting = super::meeting(app, id)?;
    let task = meeting.task_numbered(number.parse().ok()?)?;
    Some(row(meeting, task, app.desk.today, deadline_rules(app, meeting)))
}

fn rows_of<'a>(app: &'a App, meeting: &'a Meeting) -> impl Iterator<Item = BoardRow<'a>> {
    let (today, rules) = (app.desk.today, deadline_rules(app, meeting));
    let alive = meeting.tasks.iter().filter(|task| task.carried_to.is_empty());
    alive.map(move |task| row(meeting, task, today, rules))
}

fn row<'a>(meeting: &'a Meeting, task: &'a Task, today: NaiveDate, rules: DeadlineRules) -> BoardRow<'a> {
    BoardRow {
        meeting,
        task,
        state: state::state(task, today, rules),
        due: state::effective_due(task),
        days_late: state::days_late(task, today, rules),
    }
}

fn fits(app: &App, row: &BoardRow<'_>, query: &str) -> bool {
    let owners: Vec<&str> = row.task.lead.iter().map(|owner| unit_name(app, row.meeting, owner)).collect();
    let full: Vec<&str> =
        row.task.lead.iter().map(|o| crate::domain::board::unit_name(o, row.meeting, None)).collect();
    let key = format!("state.{}", row.state.word());
    let text = format!(
        "{} {} {} {} {} {} {}",
        row.task.content,
        owners.join(" "),
        full.join(" "),
        row.task.person,
        app.desk.words.get(&key),
        row.meeting.head.title,
        row.task_ref()
    );
    query.split_whitespace().all(|word| fold::matches(word, &text))
}

/// The orders of [`SortBy`], on rows that only point.
fn sort(app: &App, rows: &mut [BoardRow<'_>]) {
    let date = |row: &BoardRow<'_>| (row.meeting.head.date.is_none(), row.meeting.head.date);
    match app.board.sort {
        // What is finished or stopped stands after what somebody still has to do.
        SortBy::Deadline => rows.sort_by_key(|row| (!row.state.is_open(), row.due.is_none(), row.due)),
        SortBy::Unit => rows.sort_by_cached_key(|row| unit_key(app, row)),
        SortBy::Meeting => rows.sort_by(|a, b| {
            let key = |row: &BoardRow<'_>| (date(row), row.task.number);
            key(a).cmp(&key(b))
        }),
        SortBy::Age => rows.sort_by_key(date),
        SortBy::State => rows.sort_by_key(|row| (pressing(row.state), Reverse(row.days_late))),
    }
}

fn unit_key(app: &App, row: &BoardRow<'_>) -> (bool, String) {
    let Some(owner) = row.task.lead.first() else { return (true, String::new()) };
    // Tasks of a unit that is no more stand beside those of the unit that answers for them today.
    let today = app.committee_of(row.meeting).map_or(owner.as_str(), |known| known.successor_of(owner));
    let name = if today == owner {
        unit_name(app, row.meeting, owner)
    } else {
        let of_today = app.committee_of(row.meeting).and_then(|known| known.unit(today));
        of_today.map_or(today, |unit| if unit.short.is_empty() { &unit.name } else { &unit.short })
    };
    (name.is_empty(), slug(name))
}

/// The place of a state when what presses most comes first.
fn pressing(state: TaskState) -> u8 {
    match state {
        TaskState::Overdue => 0,
        TaskState::DueSoon => 1,
        TaskState::InTime => 2,
        TaskState::NoDue => 3,
        TaskState::Standing => 4,
        TaskState::Suspended => 5,
        TaskState::DoneLate => 6,
        TaskState::DoneOnTime => 7,
        TaskState::Done => 8,
        TaskState::Cancelled => 9,
    }
}
