//! Tasks of many meetings as a list for other programs: the lines that spreadsheets and calendars are made from. Knows no
//! file format.

use chrono::NaiveDate;

use crate::domain::board::{owner_names, unit_name};
use crate::domain::committee::Committee;
use crate::domain::meeting::{Meeting, Task};
use crate::domain::state::{self, TaskState};

/// A task with what is computed from it on a day.
pub struct TaskLine<'a> {
    pub meeting: &'a Meeting,
    pub task: &'a Task,
    pub state: TaskState,
    /// The deadline in force.
    pub due: Option<NaiveDate>,
    pub days_late: i64,
    pub owners: Vec<String>,
    /// The leading units by their names of today, for counts by unit.
    pub units: Vec<String>,
    pub support: Vec<String>,
}

impl<'a> TaskLine<'a> {
    pub fn new(
        meeting: &'a Meeting,
        task: &'a Task,
        committee: Option<&Committee>,
        today: NaiveDate,
    ) -> TaskLine<'a> {
        let rules = committee.map(Committee::deadline_rules).unwrap_or_default();
        let name = |id: &String| unit_name(id, meeting, committee).to_owned();
        let now = |id: &String| match committee.map(|committee| committee.successor_of(id)) {
            Some(successor) if successor != id => unit_name(successor, meeting, committee).to_owned(),
            _ => name(id),
        };
        TaskLine {
            meeting,
            task,
            state: state::state(task, today, rules),
            due: state::effective_due(task),
            days_late: state::days_late(task, today, rules),
            owners: owner_names(task, meeting, committee),
            units: task.lead.iter().map(now).collect(),
            support: task.support.iter().map(name).collect(),
        }
    }

    pub fn reference(&self) -> String {
        self.meeting.task_ref(self.task)
    }

    /// The newest report in its own words.
    pub fn last_report(&self) -> &str {
        self.task
            .reports
            .iter()
            .rev()
            .map(|report| report.text.trim())
            .find(|text| !text.is_empty())
            .unwrap_or("")
    }
}
