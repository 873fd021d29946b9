//! Where a task stands on a day: its stored progress crossed with its deadline. Lateness is computed here and stored
//! nowhere. Knows no clock (the day comes in), no meeting, no screen.

use chrono::{Days, NaiveDate};

use crate::domain::committee::DeadlineRules;
use crate::domain::kinds::Status;
use crate::domain::meeting::{Report, Task};

/// What is said of a task on a day (DOMAIN.md A.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TaskState {
    InTime,
    DueSoon,
    Overdue,
    NoDue,
    DoneOnTime,
    DoneLate,
    /// Done, with no deadline or no known day of completion to judge it by.
    Done,
    Suspended,
    Cancelled,
    Standing,
}

/// The four boxes in which government offices count tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OfficialBox {
    DoneOnTime,
    DoneLate,
    OpenInTime,
    OpenOverdue,
}

impl OfficialBox {
    /// The boxes in the order in which they are reported.
    pub const ALL: [OfficialBox; 4] =
        [OfficialBox::DoneOnTime, OfficialBox::DoneLate, OfficialBox::OpenInTime, OfficialBox::OpenOverdue];
}

impl TaskState {
    /// Every state, in the order of the list in the command line's contract.
    pub const ALL: [TaskState; 10] = [
        TaskState::InTime,
        TaskState::DueSoon,
        TaskState::Overdue,
        TaskState::NoDue,
        TaskState::DoneOnTime,
        TaskState::DoneLate,
        TaskState::Done,
        TaskState::Suspended,
        TaskState::Cancelled,
        TaskState::Standing,
    ];

    /// The word in JSON and queries.
    pub fn word(self) -> &'static str {
        match self {
            TaskState::InTime => "in_time",
            TaskState::DueSoon => "due_soon",
            TaskState::Overdue => "overdue",
            TaskState::NoDue => "no_due",
            TaskState::DoneOnTime => "done_on_time",
            TaskState::DoneLate => "done_late",
            TaskState::Done => "done",
            TaskState::Suspended => "suspended",
            TaskState::Cancelled => "cancelled",
            TaskState::Standing => "standing",
        }
    }

    /// The state for a word, if it is one.
    pub fn from_word(word: &str) -> Option<TaskState> {
        TaskState::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The box that counts it. What cannot be late counts as in time; suspended, cancelled and standing tasks are
    /// in no box.
    pub fn official_box(self) -> Option<OfficialBox> {
        match self {
            TaskState::DoneOnTime | TaskState::Done => Some(OfficialBox::DoneOnTime),
            TaskState::DoneLate => Some(OfficialBox::DoneLate),
            TaskState::InTime | TaskState::DueSoon | TaskState::NoDue => Some(OfficialBox::OpenInTime),
            TaskState::Overdue => Some(OfficialBox::OpenOverdue),
            TaskState::Suspended | TaskState::Cancelled | TaskState::Standing => None,
        }
    }

    /// Whether somebody still has to finish it: due or not, late or not.
    pub fn is_open(self) -> bool {
        matches!(self, TaskState::InTime | TaskState::DueSoon | TaskState::Overdue | TaskState::NoDue)
    }

    /// Whether it was carried out.
    pub fn is_done(self) -> bool {
        matches!(self, TaskState::DoneOnTime | TaskState::DoneLate | TaskState::Done)
    }
}

/// The deadline in force: the `to` of the last extension that has one, else the first deadline.
pub fn effective_due(task: &Task) -> Option<NaiveDate> {
    due_known(task, Known::Everything)
}

/// The last day that counts as on time. "Before the 15th" ends on the 14th where the committee reads it strictly.
pub fn last_day(task: &Task, rules: DeadlineRules) -> Option<NaiveDate> {
    last_day_known(task, rules, Known::Everything)
}

/// The state on `today`, from all that the task holds.
pub fn state(task: &Task, today: NaiveDate, rules: DeadlineRules) -> TaskState {
    let last_day = last_day(task, rules);
    match task.status.unwrap_or(Status::NotStarted) {
        Status::Done => done_state(last_day, done_on_known(task, Known::Everything)),
        status => open_state(status, last_day, today, rules),
    }
}

/// Days past the last day: to `today` while it is open, to the day of completion when it was done late; else 0.
pub fn days_late(task: &Task, today: NaiveDate, rules: DeadlineRules) -> i64 {
    let until = match state(task, today, rules) {
        TaskState::Overdue => Some(today),
        TaskState::DoneLate => done_on_known(task, Known::Everything),
        _ => None,
    };
    match (until, last_day(task, rules)) {
        (Some(until), Some(last_day)) => (until - last_day).num_days().max(0),
        _ => 0,
    }
}

/// The progress as it stood on a past `day`, recomputed from the reports up to then.
///
/// The stored status holds from the last report on, since it may have been set by hand without one; a completion
/// holds from its own day on. Before any report a task was not started.
pub fn status_on(task: &Task, day: NaiveDate) -> Status {
    let stored = task.status.unwrap_or(Status::NotStarted);
    let reported_later = status_reports(task, Known::Everything).any(|(on, _)| on > day);
    let done_later = stored == Status::Done && task.done_on.is_some_and(|on| on > day);
    if !reported_later && !done_later {
        return stored;
    }
    let last = status_reports(task, Known::Until(day)).max_by_key(|(on, _)| *on);
    last.map_or(Status::NotStarted, |(_, status)| status)
}

/// The state as it was on a past `day`: with the reports, the extensions and the completion known by then.
pub fn state_on(task: &Task, day: NaiveDate, rules: DeadlineRules) -> TaskState {
    let known = Known::Until(day);
    let last_day = last_day_known(task, rules, known);
    match status_on(task, day) {
        Status::Done => done_state(last_day, done_on_known(task, known)),
        status => open_state(status, last_day, day, rules),
    }
}

/// How much of a task's history is looked at.
#[derive(Clone, Copy)]
enum Known {
    Everything,
    Until(NaiveDate),
}

impl Known {
    fn has(self, on: NaiveDate) -> bool {
        match self {
            Known::Everything => true,
            Known::Until(day) => on <= day,
        }
    }
}

fn due_known(task: &Task, known: Known) -> Option<NaiveDate> {
    extended_to(task, known).or(task.due)
}

/// The newest deadline granted. An extension without a day of its own cannot be placed in time; it counts as known
/// all along.
fn extended_to(task: &Task, known: Known) -> Option<NaiveDate> {
    let granted = task.extensions.iter().filter(|extension| extension.on.is_none_or(|on| known.has(on)));
    granted.filter_map(|extension| extension.to).next_back()
}

fn last_day_known(task: &Task, rules: DeadlineRules, known: Known) -> Option<NaiveDate> {
    let due = due_known(task, known)?;
    // "Trước ngày" was said of the first deadline; a new one is granted to its day.
    if task.before && rules.strict_before && extended_to(task, known).is_none() {
        return due.checked_sub_days(Days::new(1));
    }
    Some(due)
}

fn done_on_known(task: &Task, known: Known) -> Option<NaiveDate> {
    let reported = || {
        let done = status_reports(task, known).filter(|(_, status)| *status == Status::Done);
        done.map(|(on, _)| on).max()
    };
    task.done_on.filter(|on| known.has(*on)).or_else(reported)
}

/// The dated reports that state a progress, in file order.
fn status_reports(task: &Task, known: Known) -> impl Iterator<Item = (NaiveDate, Status)> {
    let dated = |report: &Report| Some((report.on?, report.status?));
    task.reports.iter().filter_map(dated).filter(move |(on, _)| known.has(*on))
}

fn done_state(last_day: Option<NaiveDate>, done_on: Option<NaiveDate>) -> TaskState {
    match (last_day, done_on) {
        (Some(last_day), Some(done_on)) if done_on <= last_day => TaskState::DoneOnTime,
        (Some(_), Some(_)) => TaskState::DoneLate,
        _ => TaskState::Done,
    }
}

fn open_state(
    status: Status,
    last_day: Option<NaiveDate>,
    today: NaiveDate,
    rules: DeadlineRules,
) -> TaskState {
    match status {
        Status::Suspended => return TaskState::Suspended,
        Status::Cancelled => return TaskState::Cancelled,
        Status::Standing => return TaskState::Standing,
        _ => {}
    }
    let Some(last_day) = last_day else { return TaskState::NoDue };
    match (last_day - today).num_days() {
        left if left < 0 => TaskState::Overdue,
        left if left <= rules.due_soon => TaskState::DueSoon,
        _ => TaskState::InTime,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kinds::DueKind;
    use crate::domain::meeting::Extension;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn due(on: &str) -> Task {
        Task { due: Some(day(on)), due_kind: Some(DueKind::Date), ..Task::default() }
    }

    fn done(due_on: &str, done_on: &str) -> Task {
        Task { status: Some(Status::Done), done_on: Some(day(done_on)), ..due(due_on) }
    }

    fn report(on: &str, status: Status) -> Report {
        Report { on: Some(day(on)), status: Some(status), ..Report::default() }
    }

    fn extension(on: &str, to: &str) -> Extension {
        Extension { on: Some(day(on)), to: Some(day(to)), ..Extension::default() }
    }

    const RULES: DeadlineRules = DeadlineRules { strict_before: false, due_soon: 3 };
    const STRICT: DeadlineRules = DeadlineRules { strict_before: true, due_soon: 3 };

    #[test]
    fn words_read_back_as_their_state() {
        for state in TaskState::ALL {
            assert_eq!(TaskState::from_word(state.word()), Some(state));
        }
        assert_eq!(TaskState::from_word("late"), None);
    }

    #[test]
    fn an_open_task_goes_from_in_time_over_due_soon_to_overdue() {
        let cases = [
            ("2022-03-27", TaskState::InTime, 0),
            ("2022-03-28", TaskState::DueSoon, 0),
            ("2022-03-31", TaskState::DueSoon, 0),
            ("2022-04-01", TaskState::Overdue, 1),
            ("2022-04-30", TaskState::Overdue, 30),
        ];
        let open =
            [None, Some(Status::InProgress), Some(Status::AwaitingConfirmation), Some(Status::Returned)];
        for (today, expected, late) in cases {
            for status in open {
                let task = Task { status, ..due("2022-03-31") };
                assert_eq!(state(&task, day(today), RULES), expected, "{today} {status:?}");
                assert_eq!(days_late(&task, day(today), RULES), late, "{today}");
            }
        }
    }

    #[test]
    fn before_a_day_ends_the_day_before_only_when_read_strictly() {
        let task = Task { before: true, ..due("2022-04-01") };
        assert_eq!(last_day(&task, RULES), Some(day("2022-04-01")));
        assert_eq!(last_day(&task, STRICT), Some(day("2022-03-31")));
        assert_eq!(last_day(&due("2022-04-01"), STRICT), Some(day("2022-04-01")));
        assert_eq!(state(&task, day("2022-04-01"), STRICT), TaskState::Overdue);
        assert_eq!(effective_due(&task), Some(day("2022-04-01")));
    }

    #[test]
    fn the_last_extension_with_a_date_is_the_deadline() {
        let mut task = due("2022-03-31");
        task.extensions = vec![extension("2022-03-20", "2022-04-15"), extension("2022-04-10", "2022-05-15")];
        task.extensions.push(Extension::default());
        assert_eq!(effective_due(&task), Some(day("2022-05-15")));
        task.before = true;
        assert_eq!(
            last_day(&task, STRICT),
            Some(day("2022-05-15")),
            "\"before\" was said of the first deadline"
        );
        let unsettled = Task { due_kind: None, ..due("2022-03-31") };
        assert_eq!(effective_due(&unsettled), Some(day("2022-03-31")));
    }

    #[test]
    fn a_finished_task_is_judged_by_its_day_of_completion() {
        let today = day("2023-01-01");
        assert_eq!(state(&done("2022-03-31", "2022-03-31"), today, RULES), TaskState::DoneOnTime);
        assert_eq!(state(&done("2022-03-31", "2022-04-02"), today, RULES), TaskState::DoneLate);
        assert_eq!(days_late(&done("2022-03-31", "2022-04-02"), today, RULES), 2);

        let no_due = Task { due: None, due_kind: Some(DueKind::None), ..done("2022-03-31", "2022-04-02") };
        assert_eq!(state(&no_due, today, RULES), TaskState::Done);

        let mut by_report = Task { done_on: None, ..done("2022-03-31", "2022-03-31") };
        assert_eq!(state(&by_report, today, RULES), TaskState::Done);
        by_report.reports =
            vec![report("2022-04-05", Status::Done), report("2022-04-09", Status::InProgress)];
        assert_eq!(state(&by_report, today, RULES), TaskState::DoneLate);
        assert_eq!(days_late(&by_report, today, RULES), 5);
    }

    #[test]
    fn a_task_without_a_date_has_no_deadline_and_only_its_status_makes_it_standing() {
        let today = day("2022-01-01");
        let of = |due_kind, status| state(&Task { due_kind, status, ..Task::default() }, today, RULES);
        assert_eq!(of(None, None), TaskState::NoDue);
        assert_eq!(of(Some(DueKind::None), Some(Status::InProgress)), TaskState::NoDue);
        assert_eq!(of(Some(DueKind::Ongoing), None), TaskState::NoDue);
        assert_eq!(of(Some(DueKind::Ongoing), Some(Status::Standing)), TaskState::Standing);
        assert_eq!(of(Some(DueKind::Ongoing), Some(Status::Done)), TaskState::Done);
        assert_eq!(of(Some(DueKind::Ongoing), Some(Status::Suspended)), TaskState::Suspended);
        assert_eq!(of(Some(DueKind::Recurring), Some(Status::Cancelled)), TaskState::Cancelled);

        let recurring = Task { due_kind: Some(DueKind::Recurring), ..due("2021-12-31") };
        assert_eq!(state(&recurring, today, RULES), TaskState::Overdue);
        let standing = Task { status: Some(Status::Standing), ..due("2021-12-31") };
        assert_eq!(state(&standing, today, RULES), TaskState::Standing);
    }

    #[test]
    fn a_past_day_knows_only_what_was_reported_by_then() {
        let mut task = done("2022-03-31", "2022-05-20");
        task.reports = vec![
            report("2022-02-01", Status::InProgress),
            report("2022-03-30", Status::Done),
            report("2022-04-05", Status::Returned),
            report("2022-05-20", Status::Done),
        ];
        task.extensions = vec![extension("2022-04-06", "2022-05-31")];
        let cases = [
            ("2022-01-31", Status::NotStarted, TaskState::InTime),
            ("2022-02-01", Status::InProgress, TaskState::InTime),
            ("2022-03-30", Status::Done, TaskState::DoneOnTime),
            ("2022-04-05", Status::Returned, TaskState::Overdue),
            ("2022-04-06", Status::Returned, TaskState::InTime),
            ("2022-05-20", Status::Done, TaskState::DoneOnTime),
        ];
        for (on, status, expected) in cases {
            assert_eq!(status_on(&task, day(on)), status, "{on}");
            assert_eq!(state_on(&task, day(on), RULES), expected, "{on}");
        }
    }

    #[test]
    fn a_completion_without_a_report_holds_from_its_day() {
        let mut task = done("2022-03-31", "2022-03-28");
        assert_eq!(status_on(&task, day("2022-03-27")), Status::NotStarted);
        assert_eq!(status_on(&task, day("2022-03-28")), Status::Done);
        task.reports = vec![report("2022-02-01", Status::InProgress)];
        assert_eq!(status_on(&task, day("2022-03-27")), Status::InProgress);
        assert_eq!(status_on(&task, day("2022-03-28")), Status::Done);
    }

    fn some_day() -> impl Strategy<Value = NaiveDate> {
        (0u64..400).prop_map(|n| day("2022-01-01") + Days::new(n))
    }

    proptest! {
        #[test]
        fn once_all_is_known_the_past_state_is_the_state(
            due in proptest::option::of(some_day()),
            kind in proptest::option::of(proptest::sample::select(DueKind::ALL)),
            status in proptest::option::of(proptest::sample::select(Status::ALL)),
            done_on in proptest::option::of(some_day()),
            reports in proptest::collection::vec((some_day(), proptest::sample::select(Status::ALL)), 0..4),
            to in proptest::collection::vec((some_day(), some_day()), 0..3),
            before: bool,
            strict_before: bool,
        ) {
            let reports = reports.into_iter();
            let reports = reports.map(|(on, status)| Report { on: Some(on), status: Some(status), ..Report::default() });
            let to = to.into_iter();
            let to = to.map(|(on, to)| Extension { on: Some(on), to: Some(to), ..Extension::default() });
            let (reports, extensions) = (reports.collect(), to.collect());
            let task = Task { due, due_kind: kind, status, done_on, reports, extensions, before, ..Task::default() };
            let rules = DeadlineRules { strict_before, due_soon: 3 };
            let end = day("2023-06-01");
            prop_assert_eq!(state_on(&task, end, rules), state(&task, end, rules));
            let late = matches!(state(&task, end, rules), TaskState::Overdue | TaskState::DoneLate);
            prop_assert_eq!(days_late(&task, end, rules) > 0, late);
        }
    }
}
