//! The opening sheet of a session: what became of the tasks given earlier. A query, never stored.
//! Knows no file, no clock (the day comes in), no screen.

use chrono::NaiveDate;

use crate::domain::board::{self, BoardRow, StateCounts};
use crate::domain::committee::DeadlineRules;
use crate::domain::kinds::Stage;
use crate::domain::meeting::Meeting;

/// The numbers to read out when a session opens, and the tasks behind them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// The last session of the committee before this one.
    pub previous: Option<Previous>,
    /// The tasks, the earliest meeting first.
    pub rows: Vec<BoardRow>,
}

/// An earlier session, to name it on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previous {
    /// The meeting's id.
    pub id: String,
    pub title: String,
    pub date: NaiveDate,
}

impl Sheet {
    /// All tasks of the sheet by state and official box, the numbers to read out.
    pub fn counts(&self) -> StateCounts {
        StateCounts::of(&self.rows)
    }

    /// The tasks given by the previous session alone.
    pub fn of_previous(&self) -> impl Iterator<Item = &BoardRow> {
        let previous = self.previous.as_ref().map(|previous| previous.id.as_str());
        self.rows.iter().filter(move |row| Some(row.meeting.as_str()) == previous)
    }
}

/// The sheet of `this` meeting: tasks of the same committee's meetings before its date (before `today` while it has
/// none), as they stand on `today`, without those given anew. `earlier` may hold any meetings, this one too.
pub fn sheet(this: &Meeting, earlier: &[(&Meeting, DeadlineRules)], today: NaiveDate) -> Sheet {
    let before = this.head.date.unwrap_or(today);
    let counts = |meeting: &Meeting| {
        let same = !this.head.committee.is_empty() && meeting.head.committee == this.head.committee;
        same && meeting.head.id != this.head.id && meeting.head.date.is_some_and(|date| date < before)
    };
    let earlier: Vec<_> = earlier.iter().copied().filter(|(meeting, _)| counts(meeting)).collect();
    let mut rows = board::rows(&earlier, today);
    board::sort(&mut rows, board::SortBy::Meeting);
    let previous = earlier.iter().filter_map(|(meeting, _)| held(meeting)).max_by_key(|held| held.date);
    Sheet { previous, rows }
}

/// The meeting as a session to name, unless it did not take place.
fn held(meeting: &Meeting) -> Option<Previous> {
    if matches!(meeting.stage(), Stage::Postponed | Stage::Cancelled) {
        return None;
    }
    let head = &meeting.head;
    Some(Previous { id: head.id.clone(), title: head.title.clone(), date: head.date? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kinds::{DueKind, Status};
    use crate::domain::meeting::Task;
    use crate::domain::state::TaskState::{self, *};

    /// How many tasks of the sheet stand in each of these states.
    fn in_states<const N: usize>(sheet: &Sheet, states: [TaskState; N]) -> [usize; N] {
        states.map(|state| sheet.counts().in_state(state))
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn meeting(id: &str, committee: &str, date: &str, tasks: Vec<Task>) -> Meeting {
        let mut m = Meeting { tasks, ..Meeting::default() };
        m.head.id = id.into();
        m.head.committee = committee.into();
        m.head.date = Some(day(date));
        m.head.stage = Some(Stage::Approved);
        m
    }

    fn due(on: &str) -> Task {
        Task { due: Some(day(on)), due_kind: Some(DueKind::Date), ..Task::default() }
    }

    fn done(due_on: &str, done_on: &str) -> Task {
        Task { status: Some(Status::Done), done_on: Some(day(done_on)), ..due(due_on) }
    }

    fn of<'a>(meetings: &[&'a Meeting]) -> Vec<(&'a Meeting, DeadlineRules)> {
        meetings.iter().map(|meeting| (*meeting, DeadlineRules::default())).collect()
    }

    #[test]
    fn only_earlier_meetings_of_the_same_committee_count() {
        let this = meeting("this", "qcdc", "2022-01-13", vec![due("2022-02-01")]);
        let old = meeting("old", "qcdc", "2021-01-10", vec![due("2021-03-01")]);
        let last = meeting("last", "qcdc", "2021-07-13", vec![due("2022-01-15"), due("2022-06-01")]);
        let other = meeting("other", "khac", "2021-08-01", vec![due("2021-09-01")]);
        let later = meeting("later", "qcdc", "2022-01-13", vec![due("2021-09-01")]);
        let sheet = sheet(&this, &of(&[&last, &this, &old, &other, &later]), day("2022-01-13"));
        let meetings: Vec<_> = sheet.rows.iter().map(|row| row.meeting.as_str()).collect();
        assert_eq!(meetings, vec!["old", "last", "last"]);
        assert_eq!(sheet.previous.as_ref().map(|previous| previous.id.as_str()), Some("last"));
        assert_eq!(sheet.of_previous().count(), 2);
        assert_eq!(sheet.counts().total(), 3);
        assert_eq!(in_states(&sheet, [Overdue, InTime, DueSoon]), [1, 1, 1]);
    }

    #[test]
    fn a_meeting_that_did_not_take_place_is_not_the_previous_session() {
        let this = meeting("this", "qcdc", "2022-01-13", vec![]);
        let held = meeting("held", "qcdc", "2021-01-10", vec![]);
        let mut called_off = meeting("off", "qcdc", "2021-07-13", vec![]);
        called_off.head.stage = Some(Stage::Cancelled);
        let sheet = sheet(&this, &of(&[&held, &called_off]), day("2022-01-13"));
        assert_eq!(sheet.previous.map(|previous| previous.id), Some("held".into()));
    }

    #[test]
    fn each_task_is_in_one_number_and_those_given_anew_in_none() {
        let carried = Task { carried_to: "this#1".into(), ..due("2021-09-01") };
        let with = |status| Task { status: Some(status), ..Task::default() };
        let tasks = vec![
            carried,
            done("2021-09-01", "2021-08-30"),
            done("2021-09-01", "2021-09-02"),
            with(Status::Done),
            due("2021-09-01"),
            due("2022-09-01"),
            with(Status::InProgress),
            with(Status::Standing),
            with(Status::Suspended),
            with(Status::Cancelled),
        ];
        let last = meeting("last", "qcdc", "2021-07-13", tasks);
        let this = meeting("this", "qcdc", "2022-01-13", vec![]);
        let s = sheet(&this, &of(&[&last]), day("2022-01-13"));
        assert_eq!(s.counts().total(), 9);
        assert_eq!(in_states(&s, [DoneOnTime, DoneLate, Done]), [1, 1, 1]);
        assert_eq!(in_states(&s, [InTime, DueSoon, Overdue, NoDue]), [1, 0, 1, 1]);
        assert_eq!(in_states(&s, [Standing, Suspended, Cancelled]), [1, 1, 1]);
    }

    #[test]
    fn a_meeting_without_a_committee_has_an_empty_sheet() {
        let this = meeting("this", "", "2022-01-13", vec![]);
        let last = meeting("last", "", "2021-07-13", vec![due("2021-09-01")]);
        assert_eq!(sheet(&this, &of(&[&last]), day("2022-01-13")), Sheet::default());
    }
}
