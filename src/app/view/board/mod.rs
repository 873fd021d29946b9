//! The rows of the Board: every task of every meeting that fits the filter, in the order chosen. Rows only point at
//! their tasks, so that a list of any length costs little; texts are shaped for what is visible. Pure.

mod list;
mod states;
mod texts;

use chrono::NaiveDate;

use crate::app::App;
use crate::app::view::deadline_rules;
use crate::domain::meeting::{Meeting, Task};
use crate::domain::state::{self, TaskState};

pub use list::{BoardList, Group, Lists, board_list};

/// A task with its meeting, both as adopted amendments leave them, and where it stands today.
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
    /// How the task is cited.
    pub fn task_ref(&self) -> String {
        self.meeting.task_ref(self.task)
    }
}

/// The tasks that fit the filter, sorted as chosen. A task given anew elsewhere is left out: it lives on there.
pub fn board_rows(app: &App) -> Vec<BoardRow<'_>> {
    let list = board_list(app);
    (0..list.len()).filter_map(|at| list.row(app, at)).collect()
}

/// The row of one task by its reference; `None` when there is no such task.
pub fn board_row<'a>(app: &'a App, reference: &str) -> Option<BoardRow<'a>> {
    let (id, name) = reference.rsplit_once('#')?;
    let meeting = super::amended(app, id)?;
    let task = meeting.task_named(name)?;
    let (today, rules) = (app.desk.today, deadline_rules(app, meeting));
    Some(BoardRow {
        meeting,
        task,
        state: state::state(task, today, rules),
        due: state::effective_due(task),
        days_late: state::days_late(task, today, rules),
    })
}
