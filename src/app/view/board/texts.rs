//! What filters look at: the words of every task of a meeting, folded once and kept while the meeting stays the same.
//! Pure.

use crate::app::App;
use crate::app::view::{committee, committee_name, unit_name};
use crate::domain::board;
use crate::domain::committee::Committee;
use crate::domain::filter::name_line;
use crate::domain::meeting::{Meeting, Task};
use crate::text::fold::plain;

/// The texts of one meeting and its tasks, in file order.
#[derive(Debug)]
pub(super) struct Texts {
    pub meeting: String,
    pub committee: String,
    pub tasks: Vec<TaskTexts>,
}

/// The texts of one task.
#[derive(Debug)]
pub(super) struct TaskTexts {
    /// Everything that words are looked for in, without marks.
    pub text: Box<str>,
    /// The names of those in the lead, groups with their units.
    pub units: Box<str>,
}

/// Gathers the texts of a meeting.
pub(super) fn texts(app: &App, meeting: &Meeting) -> Texts {
    let head = &meeting.head;
    let committee = committee(app, &head.committee);
    let of_task = |task: &Task| TaskTexts {
        text: plain(&original(app, meeting, task)).text.into_boxed_str(),
        units: units(app, meeting, task, committee).into_boxed_str(),
    };
    let name = committee.map_or("", |committee| committee.head.name.as_str());
    let short = committee_name(app, &head.committee);
    Texts {
        meeting: name_line(&head.id) + &name_line(&head.title),
        committee: [head.committee.as_str(), name, short].map(name_line).concat(),
        tasks: meeting.tasks.iter().map(of_task).collect(),
    }
}

/// The words of a task as they were written.
pub(super) fn original(app: &App, meeting: &Meeting, task: &Task) -> String {
    let mut parts: Vec<&str> = vec![&task.content];
    for unit in task.lead.iter().chain(&task.support) {
        parts.push(unit_name(app, meeting, unit));
        parts.push(board::unit_name(unit, meeting, app.committee_of(meeting)));
    }
    let reference = meeting.task_ref(task);
    parts.extend([&task.person, &task.product, &meeting.head.title, &reference].map(String::as_str));
    parts.join(" ")
}

fn units(app: &App, meeting: &Meeting, task: &Task, committee: Option<&Committee>) -> String {
    let mut lines = String::new();
    for owner in &task.lead {
        for name in
            [owner.as_str(), unit_name(app, meeting, owner), board::unit_name(owner, meeting, committee)]
        {
            lines.push_str(&name_line(name));
        }
    }
    let Some(committee) = committee else { return lines };
    for owner in board::owners(task, meeting, committee) {
        // Who answers today for a unit that was dissolved is found by the new name too.
        let today = committee.unit(committee.successor_of(&owner.unit));
        let names = today.map(|unit| [unit.id.as_str(), &unit.name, &unit.short]);
        for name in [owner.unit.as_str(), &owner.name].into_iter().chain(names.into_iter().flatten()) {
            lines.push_str(&name_line(name));
        }
    }
    lines
}
