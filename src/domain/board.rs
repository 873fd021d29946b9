//! Every task of every meeting as one list: where it stands, whose it is, which line it came from; sorted and counted.
//! Knows no file, no clock (the day comes in), no screen.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::committee::{Committee, DeadlineRules};
use crate::domain::id::slug;
use crate::domain::meeting::{Meeting, Note, Task};
use crate::domain::state::{self, OfficialBox, TaskState};

/// A task with what one needs to know of its meeting.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardRow {
    /// The meeting's id.
    pub meeting: String,
    pub title: String,
    pub date: Option<NaiveDate>,
    /// The committee's id.
    pub committee: String,
    /// `<meeting-id>#<number>`.
    pub task_ref: String,
    pub task: Arc<Task>,
    pub state: TaskState,
    /// The deadline in force, as [`state::effective_due`].
    pub due_effective: Option<NaiveDate>,
    pub days_late: i64,
    /// The names of those in the lead, as this meeting called them.
    pub owners: Vec<String>,
    pub source: Option<SourceLine>,
    /// The number of the conclusion it rests on or shares its line with.
    pub conclusion: Option<i64>,
}

/// The line of the minutes a task came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// The note's id.
    pub note: String,
    pub text: String,
    /// The seat's name where the speaker is a seat, else the speaker as written.
    pub speaker: String,
    pub at: Option<NaiveDateTime>,
}

/// The tasks of these meetings as they stand on `today`, in file order. A task that was given anew elsewhere
/// (`carried_to`) is left out: it lives on there.
pub fn rows(meetings: &[(&Meeting, DeadlineRules)], today: NaiveDate) -> Vec<BoardRow> {
    let of_meeting = |(meeting, rules): &(&Meeting, DeadlineRules)| {
        let alive = meeting.tasks.iter().filter(|task| task.carried_to.is_empty());
        // Of notes that share an id by mistake the first is meant, so it is put in last.
        let notes = meeting.notes.iter().rev().map(|note| (note.id.as_str(), note)).collect();
        alive.map(|task| row(meeting, &notes, task, *rules, today)).collect::<Vec<_>>()
    };
    meetings.iter().flat_map(of_meeting).collect()
}

/// A meeting's lines by id.
type Notes<'a> = HashMap<&'a str, &'a Note>;

fn row(
    meeting: &Meeting,
    notes: &Notes<'_>,
    task: &Task,
    rules: DeadlineRules,
    today: NaiveDate,
) -> BoardRow {
    BoardRow {
        meeting: meeting.head.id.clone(),
        title: meeting.head.title.clone(),
        date: meeting.head.date,
        committee: meeting.head.committee.clone(),
        task_ref: meeting.task_ref(task),
        task: Arc::new(task.clone()),
        state: state::state(task, today, rules),
        due_effective: state::effective_due(task),
        days_late: state::days_late(task, today, rules),
        owners: owner_names(task, meeting, None),
        source: source_id(task).and_then(|id| notes.get(id)).map(|note| source(meeting, note)),
        conclusion: conclusion_number(meeting, task),
    }
}

/// The id of the line a task came from, if it says one.
fn source_id(task: &Task) -> Option<&str> {
    (!task.note.is_empty()).then_some(task.note.as_str())
}

fn source(meeting: &Meeting, note: &Note) -> SourceLine {
    let seat = meeting.seat(&note.speaker).filter(|seat| !seat.name.is_empty());
    SourceLine {
        note: note.id.clone(),
        text: note.text.clone(),
        speaker: seat.map_or(&note.speaker, |seat| &seat.name).clone(),
        at: note.at,
    }
}

fn conclusion_number(meeting: &Meeting, task: &Task) -> Option<i64> {
    let rests_on = meeting.conclusions.iter().find(|c| task.basis.contains(&c.id));
    let same_line = || meeting.conclusions.iter().find(|c| !c.note.is_empty() && c.note == task.note);
    rests_on.or_else(same_line)?.number
}

/// The names of those in the lead: as the meeting called the unit, else as the committee calls the unit or group,
/// else the text itself.
pub fn owner_names(task: &Task, meeting: &Meeting, committee: Option<&Committee>) -> Vec<String> {
    task.lead.iter().map(|owner| unit_name(owner, meeting, committee).to_owned()).collect()
}

/// The name of one owner, as [`owner_names`].
pub fn unit_name<'a>(owner: &'a str, meeting: &'a Meeting, committee: Option<&'a Committee>) -> &'a str {
    let then = meeting.units.iter().find(|unit| unit.id == owner).map(|unit| unit.name.as_str());
    let today = || committee?.unit(owner).map(|unit| unit.name.as_str());
    let group = || committee?.groups.iter().find(|group| group.id == owner).map(|group| group.name.as_str());
    let named = |name: &&str| !name.is_empty();
    then.filter(named).or_else(|| today().filter(named)).or_else(|| group().filter(named)).unwrap_or(owner)
}

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum SortBy {
    #[default]
    /// The earliest deadline in force first, none last.
    Deadline,
    /// The first owner's name, without marks and case; none last.
    Unit,
    /// The earliest meeting first, within it by number.
    Meeting,
    /// The longest given first, undated last; within a day as the list was.
    Age,
    /// What presses most first.
    State,
}

/// Sorts the list; rows that are equal keep their order.
pub fn sort(rows: &mut [BoardRow], by: SortBy) {
    match by {
        SortBy::Deadline => rows.sort_by_key(|row| (row.due_effective.is_none(), row.due_effective)),
        SortBy::Unit => rows.sort_by_cached_key(unit_key),
        SortBy::Meeting => {
            rows.sort_by_cached_key(|row| {
                (row.date.is_none(), row.date, row.meeting.clone(), row.task.number)
            });
        }
        SortBy::Age => rows.sort_by_key(|row| (row.date.is_none(), row.date)),
        SortBy::State => rows.sort_by_key(|row| (pressing(row.state), Reverse(row.days_late))),
    }
}

fn unit_key(row: &BoardRow) -> (bool, String, String) {
    let name = row.owners.first().map_or("", String::as_str);
    (name.is_empty(), slug(name), name.to_owned())
}

/// The place of a state when what presses most comes first.
fn pressing(state: TaskState) -> usize {
    let order = [
        TaskState::Overdue,
        TaskState::DueSoon,
        TaskState::InTime,
        TaskState::NoDue,
        TaskState::Standing,
        TaskState::Suspended,
        TaskState::DoneLate,
        TaskState::DoneOnTime,
        TaskState::Done,
        TaskState::Cancelled,
    ];
    order.iter().position(|known| *known == state).unwrap_or(order.len())
}

/// How many tasks are in each state.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StateCounts {
    /// In the order of [`TaskState::ALL`].
    by_state: [usize; TaskState::ALL.len()],
}

impl StateCounts {
    /// Counts the rows by state.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a BoardRow>) -> StateCounts {
        rows.into_iter().map(|row| row.state).collect()
    }

    /// All tasks counted.
    pub fn total(&self) -> usize {
        self.by_state.iter().sum()
    }

    /// Tasks in this state.
    pub fn in_state(&self, state: TaskState) -> usize {
        self.sum(|known| known == state)
    }

    /// Tasks in this official box.
    pub fn in_box(&self, official: OfficialBox) -> usize {
        self.sum(|known| known.official_box() == Some(official))
    }

    /// Tasks somebody still has to finish.
    pub fn open(&self) -> usize {
        self.sum(TaskState::is_open)
    }

    /// Tasks carried out, in time or not.
    pub fn done(&self) -> usize {
        self.sum(TaskState::is_done)
    }

    fn sum(&self, counts: impl Fn(TaskState) -> bool) -> usize {
        TaskState::ALL
            .into_iter()
            .zip(self.by_state)
            .filter(|(state, _)| counts(*state))
            .map(|(_, n)| n)
            .sum()
    }
}

impl FromIterator<TaskState> for StateCounts {
    fn from_iter<I: IntoIterator<Item = TaskState>>(states: I) -> Self {
        let mut counts = StateCounts::default();
        for state in states {
            let place = TaskState::ALL.iter().position(|known| *known == state);
            if let Some(n) = place.and_then(|place| counts.by_state.get_mut(place)) {
                *n += 1;
            }
        }
        counts
    }
}

/// Somebody who answers for a task, and whether a report came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The unit's id, or the owner's text.
    pub unit: String,
    pub name: String,
    pub reported: bool,
    /// Its newest report, by place in the task's reports.
    pub last_report: Option<usize>,
}

/// The owners of a task with its groups expanded to their units, each once, with who has reported. Owners that are
/// the name or another name of a group count as the group. A report without a unit speaks for a single owner.
pub fn owners(task: &Task, meeting: &Meeting, committee: &Committee) -> Vec<Owner> {
    let mut units: Vec<&str> = Vec::new();
    for owner in task.lead.iter().flat_map(|owner| expanded(owner, committee)) {
        if !units.contains(&owner) {
            units.push(owner);
        }
    }
    let single = units.len() == 1;
    let owner = |unit: &str| {
        let name = unit_name(unit, meeting, Some(committee));
        let speaks = |by: &str| if by.is_empty() { single } else { same_unit(by, unit, name, committee) };
        let last_report = task.reports.iter().rposition(|report| speaks(&report.unit));
        let reported = last_report.is_some();
        Owner { unit: unit.to_owned(), name: name.to_owned(), reported, last_report }
    };
    units.into_iter().map(owner).collect()
}

/// How many of the owners have reported, and how many there are: "7/9".
pub fn reported(owners: &[Owner]) -> (usize, usize) {
    (owners.iter().filter(|owner| owner.reported).count(), owners.len())
}

fn expanded<'a>(owner: &'a str, committee: &'a Committee) -> Vec<&'a str> {
    let folded = slug(owner);
    let named = |name: &String| !folded.is_empty() && slug(name) == folded;
    let by_id = committee.groups.iter().find(|group| group.id == owner);
    let by_name = || committee.groups.iter().find(|g| named(&g.name) || g.aliases.iter().any(named));
    match by_id.or_else(by_name) {
        Some(group) if !group.units.is_empty() => group.units.iter().map(String::as_str).collect(),
        _ => vec![owner],
    }
}

/// Whether a report by `by` (an id, a name or a short name) is one of this unit, or of the unit that came after it.
fn same_unit(by: &str, unit: &str, name: &str, committee: &Committee) -> bool {
    let short = committee.unit(unit).map_or("", |unit| unit.short.as_str());
    by == unit || by == name || by == short || committee.successor_of(by) == committee.successor_of(unit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::committee::{Group, Unit};
    use crate::domain::kinds::{DueKind, Status};
    use crate::domain::meeting::{Conclusion, Report, Seat, UnitName};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn list(items: &[&str]) -> Vec<String> {
        items.iter().map(|item| (*item).to_owned()).collect()
    }

    fn task(number: i64, lead: &[&str], due: Option<&str>) -> Task {
        let due_kind = due.map(|_| DueKind::Date);
        Task { number: Some(number), lead: list(lead), due: due.map(day), due_kind, ..Task::default() }
    }

    fn meeting(id: &str, date: &str, tasks: Vec<Task>) -> Meeting {
        let mut m = Meeting { tasks, ..Meeting::default() };
        m.head.id = id.into();
        m.head.date = Some(day(date));
        m
    }

    fn numbers(rows: &[BoardRow]) -> Vec<i64> {
        rows.iter().filter_map(|row| row.task.number).collect()
    }

    fn committee() -> Committee {
        let unit = |id: &str, name: &str, successor: &str| Unit {
            id: id.into(),
            name: name.into(),
            successor: successor.into(),
            ..Unit::default()
        };
        let group = Group {
            id: "so-nganh".into(),
            name: "các sở, ngành".into(),
            units: list(&["snv", "syt"]),
            ..Group::default()
        };
        Committee {
            units: vec![
                unit("snv", "Sở Nội vụ", ""),
                unit("syt", "Sở Y tế", ""),
                unit("ldtbxh", "Sở LĐTBXH", "snv"),
            ],
            groups: vec![group],
            ..Committee::default()
        }
    }

    #[test]
    fn a_task_given_anew_is_counted_where_it_went() {
        let carried = Task { carried_to: "b#1".into(), ..task(1, &[], None) };
        let a = meeting("a", "2022-01-13", vec![carried, task(2, &[], Some("2022-03-01"))]);
        let rows = rows(&[(&a, DeadlineRules::default())], day("2022-03-03"));
        assert_eq!(numbers(&rows), vec![2]);
        assert_eq!((rows[0].state, rows[0].days_late), (TaskState::Overdue, 2));
        assert_eq!((rows[0].task_ref.as_str(), rows[0].due_effective), ("a#2", Some(day("2022-03-01"))));
    }

    #[test]
    fn a_row_knows_the_line_and_the_conclusion_it_came_from() {
        let mut m = meeting("a", "2022-01-13", vec![Task { note: "n".into(), ..task(1, &[], None) }]);
        m.tasks.push(Task { basis: list(&["c2"]), ..task(2, &[], None) });
        m.seats = vec![Seat { id: "quang".into(), name: "Trần Quang".into(), ..Seat::default() }];
        let (id, speaker, text) = ("n".into(), "quang".into(), "Giao Sở Nội vụ".into());
        m.notes = vec![Note { id, speaker, text, ..Note::default() }];
        let conclusion = |id: &str, number, note: &str| Conclusion {
            id: id.into(),
            number: Some(number),
            note: note.into(),
            ..Conclusion::default()
        };
        m.conclusions = vec![conclusion("c1", 1, "n"), conclusion("c2", 2, "")];
        let rows = rows(&[(&m, DeadlineRules::default())], day("2022-03-03"));
        let source = rows[0].source.clone().unwrap();
        assert_eq!((source.text.as_str(), source.speaker.as_str()), ("Giao Sở Nội vụ", "Trần Quang"));
        assert_eq!((rows[0].conclusion, rows[1].conclusion), (Some(1), Some(2)));
        assert_eq!(rows[1].source, None);
    }

    #[test]
    fn names_come_from_the_meeting_before_the_committee() {
        let mut m = meeting("a", "2022-01-13", vec![task(1, &["snv", "syt", "so-nganh", "các cấp"], None)]);
        let names = |m: &Meeting, committee| owner_names(&m.tasks[0], m, committee);
        assert_eq!(names(&m, None), list(&["snv", "syt", "so-nganh", "các cấp"]));
        m.units = vec![UnitName {
            id: "snv".into(),
            name: "Ban Tổ chức chính quyền".into(),
            ..UnitName::default()
        }];
        let expected = list(&["Ban Tổ chức chính quyền", "Sở Y tế", "các sở, ngành", "các cấp"]);
        assert_eq!(names(&m, Some(&committee())), expected);
    }

    #[test]
    fn sorting_is_stable_and_puts_what_lacks_last() {
        let a = meeting(
            "a",
            "2022-01-13",
            vec![
                task(1, &[], None),
                task(2, &["Sở Y tế"], Some("2022-04-30")),
                task(3, &["Đài Phát thanh"], Some("2022-02-01")),
                task(4, &["sở nội vụ"], Some("2022-02-01")),
            ],
        );
        let b = meeting("b", "2021-07-13", vec![task(9, &["Ủy ban"], Some("2023-01-01"))]);
        let rules = DeadlineRules::default();
        let mut rows = rows(&[(&a, rules), (&b, rules)], day("2022-03-03"));
        let cases = [
            (SortBy::Deadline, vec![3, 4, 2, 9, 1]),
            (SortBy::Unit, vec![3, 4, 2, 9, 1]),
            (SortBy::Meeting, vec![9, 1, 2, 3, 4]),
            (SortBy::Age, vec![9, 1, 2, 3, 4]),
            (SortBy::State, vec![3, 4, 9, 2, 1]),
        ];
        for (by, expected) in cases {
            sort(&mut rows, by);
            assert_eq!(numbers(&rows), expected, "{by:?}");
        }
    }

    #[test]
    fn every_task_is_counted_once_and_open_ones_are_in_a_box() {
        let counts: StateCounts = TaskState::ALL.into_iter().chain([TaskState::Overdue]).collect();
        assert_eq!((counts.total(), counts.in_state(TaskState::Overdue)), (11, 2));
        let boxes: Vec<_> = OfficialBox::ALL.map(|official| counts.in_box(official)).into();
        assert_eq!(boxes, vec![2, 1, 3, 2]);
        assert_eq!((counts.open(), counts.done()), (5, 3));
    }

    #[test]
    fn a_group_is_expanded_to_the_units_that_report() {
        let report = |unit: &str| Report { unit: unit.into(), ..Report::default() };
        let m = Meeting::default();
        let mut task = task(1, &["Các sở, ngành", "snv", "các cấp"], None);
        task.reports = vec![report("ldtbxh"), report("")];
        let owners = |task: &Task| owners(task, &m, &committee());
        let all = owners(&task);
        let seen: Vec<_> = all.iter().map(|owner| (owner.name.as_str(), owner.reported)).collect();
        assert_eq!(seen, vec![("Sở Nội vụ", true), ("Sở Y tế", false), ("các cấp", false)]);
        assert_eq!(reported(&all), (1, 3));
        task.lead = list(&["syt"]);
        assert_eq!(reported(&owners(&task)), (1, 1), "a report without a unit speaks for the only owner");
    }

    #[test]
    fn a_finished_task_no_longer_presses() {
        let done = Task { status: Some(Status::Done), ..task(1, &[], None) };
        let m = meeting("a", "2022-01-13", vec![done, task(2, &[], Some("2022-03-04"))]);
        let mut rows = rows(&[(&m, DeadlineRules::default())], day("2022-03-03"));
        sort(&mut rows, SortBy::State);
        assert_eq!(numbers(&rows), vec![2, 1]);
    }
}
