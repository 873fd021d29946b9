//! What is done to a task after the meeting that gave it: progress, confirmation, a new deadline, a reminder, a new
//! record in another meeting. Every change of status is a report, so that the state on any past day can be reckoned
//! again. Knows no session, no clock and no screen.

use chrono::NaiveDate;

use crate::domain::kinds::Status;
use crate::domain::meeting::{Extension, Meeting, Report, Task, Urging};
use crate::domain::state;

/// Appends a report; one that states a progress sets it. Completion is on the day of the report.
pub fn report(task: &mut Task, report: Report) {
    if let Some(status) = report.status {
        // A word on a task that is done already does not move the day on which it was done.
        let done_before = task.status == Some(Status::Done) && task.done_on.is_some();
        task.done_on = match status {
            Status::Done if done_before => task.done_on,
            Status::Done => report.on,
            _ => None,
        };
        task.status = Some(status);
    }
    task.reports.push(report);
}

/// The day on which somebody said that the task was done, while nobody has confirmed it.
pub fn reported_done_on(task: &Task) -> Option<NaiveDate> {
    let waiting = task.status == Some(Status::AwaitingConfirmation);
    let said = |report: &&Report| report.status == Some(Status::AwaitingConfirmation);
    task.reports.iter().rev().find(said).filter(|_| waiting)?.on
}

/// Puts the deadline off; the first deadline stays. Nothing happens without a deadline in force.
pub fn extend(task: &mut Task, extension: Extension) {
    let from = state::effective_due(task);
    if from.is_some() {
        task.extensions.push(Extension { from, ..extension });
    }
}

/// Appends a reminder and counts its round, from 1.
pub fn urge(task: &mut Task, urging: Urging) {
    let rounds = task.urgings.iter().filter_map(|urging| urging.round).max().unwrap_or(0);
    let round = rounds.max(task.urgings.len() as i64).saturating_add(1);
    task.urgings.push(Urging { round: Some(round), ..urging });
}

/// Whether something became of a task: it lives on then, with or without its line.
pub fn has_history(task: &Task) -> bool {
    let carried = !task.carried_from.is_empty() || !task.carried_to.is_empty();
    carried || !task.reports.is_empty() || !task.extensions.is_empty() || !task.urgings.is_empty()
}

/// A task given anew as one of `meeting`, with the next number there: its words, owners and deadline in force. What
/// was reported stays with the old record.
pub fn given_anew(old: &Task, reference: &str, meeting: &Meeting, id: String) -> Task {
    Task {
        id,
        number: Some(meeting.next_task_number()),
        content: old.content.clone(),
        quote: old.quote.clone(),
        lead: old.lead.clone(),
        support: old.support.clone(),
        person: old.person.clone(),
        product: old.product.clone(),
        due_text: old.due_text.clone(),
        due: state::effective_due(old),
        due_kind: old.due_kind,
        every: old.every,
        before: old.before && old.extensions.is_empty(),
        status: old.status.filter(|status| *status == Status::Standing),
        carried_from: reference.to_owned(),
        ..Task::default()
    }
}

/// One thing that became of a task.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Happening<'a> {
    Reported(&'a Report),
    Extended(&'a Extension),
    Urged(&'a Urging),
}

impl Happening<'_> {
    pub fn on(&self) -> Option<NaiveDate> {
        match self {
            Happening::Reported(report) => report.on,
            Happening::Extended(extension) => extension.on,
            Happening::Urged(urging) => urging.on,
        }
    }
}

/// Reports, extensions and reminders in the order of their days; on one day as they stand in the file, what has no
/// day last.
pub fn history(task: &Task) -> Vec<Happening<'_>> {
    let mut history: Vec<Happening<'_>> = task.reports.iter().map(Happening::Reported).collect();
    history.extend(task.extensions.iter().map(Happening::Extended));
    history.extend(task.urgings.iter().map(Happening::Urged));
    history.sort_by_key(|happening| (happening.on().is_none(), happening.on()));
    history
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kinds::DueKind;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn said(on: &str, status: Status) -> Report {
        Report { on: Some(day(on)), status: Some(status), ..Report::default() }
    }

    fn due(on: &str) -> Task {
        Task { due: Some(day(on)), due_kind: Some(DueKind::Date), ..Task::default() }
    }

    #[test]
    fn completion_is_known_while_the_task_is_done() {
        let mut task = due("2021-06-30");
        report(&mut task, said("2021-06-20", Status::AwaitingConfirmation));
        assert_eq!((task.done_on, reported_done_on(&task)), (None, Some(day("2021-06-20"))));
        report(&mut task, said("2021-06-20", Status::Done));
        assert_eq!((task.done_on, reported_done_on(&task)), (Some(day("2021-06-20")), None));
        report(&mut task, said("2021-07-01", Status::Returned));
        assert_eq!((task.status, task.done_on), (Some(Status::Returned), None));
        assert_eq!(task.reports.len(), 3);
    }

    #[test]
    fn the_first_deadline_stays() {
        let mut task = due("2021-06-30");
        for to in ["2021-07-15", "2021-08-01"] {
            extend(&mut task, Extension { to: Some(day(to)), ..Extension::default() });
        }
        let spans: Vec<_> = task.extensions.iter().map(|e| (e.from.unwrap(), e.to.unwrap())).collect();
        assert_eq!(spans, [(day("2021-06-30"), day("2021-07-15")), (day("2021-07-15"), day("2021-08-01"))]);
        assert_eq!(task.due, Some(day("2021-06-30")));
        let mut endless = Task::default();
        extend(&mut endless, Extension { to: Some(day("2021-07-15")), ..Extension::default() });
        assert!(endless.extensions.is_empty());
    }

    #[test]
    fn reminders_are_counted_even_where_a_round_was_not_written() {
        let mut task = Task { urgings: vec![Urging::default()], ..Task::default() };
        urge(&mut task, Urging::default());
        assert_eq!(task.urgings[1].round, Some(2));
        task.urgings[1].round = Some(7);
        urge(&mut task, Urging::default());
        assert_eq!(task.urgings[2].round, Some(8));
    }

    #[test]
    fn a_task_given_anew_takes_the_deadline_in_force_and_leaves_its_past() {
        let mut old = Task { lead: vec!["snv".into()], before: true, ..due("2021-06-30") };
        report(&mut old, said("2021-06-20", Status::InProgress));
        extend(&mut old, Extension { to: Some(day("2021-07-15")), ..Extension::default() });
        let meeting =
            Meeting { tasks: vec![Task { number: Some(4), ..Task::default() }], ..Meeting::default() };
        let new = given_anew(&old, "a#1", &meeting, "t".into());
        assert_eq!((new.number, new.due, new.before), (Some(5), Some(day("2021-07-15")), false));
        assert_eq!((new.carried_from.as_str(), new.lead.len(), new.reports.len()), ("a#1", 1, 0));
    }

    #[test]
    fn history_is_told_in_the_order_of_time() {
        let mut task = due("2021-06-30");
        task.urgings = vec![Urging { on: Some(day("2021-06-01")), ..Urging::default() }, Urging::default()];
        task.extensions = vec![Extension { on: Some(day("2021-05-01")), ..Extension::default() }];
        task.reports = vec![said("2021-06-01", Status::InProgress), said("2021-04-01", Status::InProgress)];
        let days: Vec<_> = history(&task).iter().map(|h| h.on().map(|on| on.to_string())).collect();
        let expected = [Some("2021-04-01"), Some("2021-05-01"), Some("2021-06-01"), Some("2021-06-01"), None];
        assert_eq!(days, expected.map(|on| on.map(str::to_owned)));
    }
}
