//! Each doubt by the smallest meeting that shows it.

use super::*;
use crate::domain::committee::Unit;
use crate::domain::fields::TypedRow;
use crate::domain::kinds::Status;
use crate::domain::meeting::{Conclusion, Note, Report, Seat};

fn sound() -> Meeting {
    let mut meeting = Meeting::default();
    meeting.head.id = "m".into();
    meeting.head.committee = "c".into();
    meeting.head.title = "T".into();
    meeting.head.date = chrono::NaiveDate::from_ymd_opt(2022, 1, 13);
    meeting
}

fn task() -> Task {
    Task {
        id: "t".into(), lead: vec!["Sở Nội vụ".into()], due_kind: Some(DueKind::None), ..Task::default()
    }
}

fn kinds(meeting: &Meeting, committee: Option<&Committee>) -> Vec<(String, ProblemKind)> {
    check(meeting, committee).into_iter().map(|p| (format!("{}.{}", p.table, p.key), p.kind)).collect()
}

#[test]
fn a_sound_meeting_has_no_doubts() {
    let mut meeting = sound();
    meeting.tasks.push(task());
    assert_eq!(check(&meeting, None), vec![]);
    assert_eq!(check_stem(&meeting, "m"), vec![]);
    assert_eq!(check_stem(&meeting, "n").len(), 1);
}

#[test]
fn required_keys_are_missed() {
    let found = kinds(&Meeting::default(), None);
    let expected = [".committee", ".title", ".date"].map(|at| (at.to_owned(), ProblemKind::Missing));
    assert_eq!(found, expected);
}

#[test]
fn values_that_cannot_be_read_tell_what_was_expected() {
    let mut meeting = sound();
    let head: &mut dyn Row = &mut meeting.head;
    head.put("form", Some(Value::Text("by_pigeon".into())));
    head.put("date", Some(Value::Text("13/1".into())));
    let word = ProblemKind::UnknownWord { word: "by_pigeon".into() };
    let expected = ProblemKind::WrongType { expected: "Option<NaiveDate>" };
    assert_eq!(kinds(&meeting, None), [(".form".to_owned(), word), (".date".to_owned(), expected)]);
}

#[test]
fn tasks_are_doubted_one_by_one() {
    let report = Report { status: Some(Status::InProgress), ..Report::default() };
    for (task, key, kind) in [
        (Task { lead: vec![], ..task() }, "lead", ProblemKind::NoOwner),
        (Task { due_kind: None, ..task() }, "due", ProblemKind::NoDeadline),
        (Task { status: Some(Status::Done), ..task() }, "done_on", ProblemKind::DoneWithoutDay),
        (
            Task { status: Some(Status::NotStarted), reports: vec![report], ..task() },
            "status",
            ProblemKind::StatusDiffers { reported: Status::InProgress },
        ),
        (
            Task { carried_from: "x".into(), ..task() },
            "carried_from",
            ProblemKind::MalformedTaskRef { text: "x".into() },
        ),
    ] {
        assert_eq!(check_task(&task), [(key, kind)]);
    }
}

#[test]
fn ids_and_numbers_used_twice_are_told() {
    let mut meeting = sound();
    let row = Conclusion { id: "a".into(), number: Some(1), ..Conclusion::default() };
    meeting.conclusions = vec![row.clone(), row];
    let found = check(&meeting, None);
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|problem| problem.row == Some(1)));
}

#[test]
fn references_are_judged_in_their_scope() {
    let mut meeting = sound();
    let seat = Seat { id: "an".into(), unit: "snv".into(), ..Seat::default() };
    meeting.seats.push(seat);
    for speaker in ["an", "binh", "nhiều ý kiến"] {
        meeting.notes.push(Note { id: speaker.into(), speaker: speaker.into(), ..Note::default() });
    }
    let lost = ("notes.speaker".to_owned(), ProblemKind::Dangling { id: "binh".into() });
    assert_eq!(kinds(&meeting, None), std::slice::from_ref(&lost));
    let mut committee = Committee::default();
    let unit = ("seats.unit".to_owned(), ProblemKind::Dangling { id: "snv".into() });
    assert_eq!(kinds(&meeting, Some(&committee)), [unit, lost.clone()]);
    committee.units.push(Unit { id: "snv".into(), ..Unit::default() });
    assert_eq!(kinds(&meeting, Some(&committee)), [lost]);
}

#[test]
fn times_outside_the_meeting_are_told() {
    let mut meeting = sound();
    let at = |text: &str| text.parse::<NaiveDateTime>().ok();
    for time in ["2022-01-13T07:00:00", "2022-01-13T12:00:00", "2022-01-14T09:00:00"] {
        meeting.notes.push(Note { id: time.into(), at: at(time), ..Note::default() });
    }
    assert_eq!(check(&meeting, None).len(), 1);
    meeting.head.opened = at("2022-01-13T08:00:00");
    assert_eq!(check(&meeting, None).len(), 1);
    meeting.head.closed = at("2022-01-13T11:00:00");
    assert_eq!(check(&meeting, None).len(), 3);
}

#[test]
fn the_kinds_named_by_the_field_table_are_told_apart() {
    let listed = Task::FIELDS.iter().filter(|field| is_word_list(field.type_name)).map(|field| field.key);
    assert_eq!(listed.collect::<Vec<_>>(), ["due_kind", "every", "status"]);
}

#[test]
fn one_person_may_hold_one_post_after_another_but_not_two_at_once() {
    use crate::domain::committee::Member;
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let row =
        |from: &str, to: &str| Member { id: "an".into(), from: day(from), to: day(to), ..Member::default() };
    let doubts = |members: Vec<Member>| {
        let mut committee = Committee { members, ..Committee::default() };
        committee.head.name = "Ban".into();
        check_committee(&committee).len()
    };
    assert_eq!(doubts(vec![row("", "2025-02-28"), row("2025-03-01", "")]), 0);
    assert_eq!(doubts(vec![row("2025-03-01", ""), row("", "2025-02-28")]), 0);
    assert_eq!(doubts(vec![row("", "2025-03-01"), row("2025-03-01", "")]), 1);
}
