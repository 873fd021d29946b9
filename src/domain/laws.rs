//! The laws of edits and merging, on random meetings. Only compiled for tests.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use proptest::prelude::*;

use crate::domain::approval::approve;
use crate::domain::edit::{apply, between, inverse};
use crate::domain::fields::{Record, Row};
use crate::domain::id::row_id;
use crate::domain::kinds::*;
use crate::domain::meeting::*;
use crate::domain::merge::three_way;
use crate::domain::seal::{Seal, checksum, covers, seal};
use crate::domain::uphold;
use crate::domain::value::Value;

fn moment(minute: i64) -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2024, 5, 6).unwrap().and_hms_opt(8, 0, 0).unwrap();
    day + TimeDelta::minutes(minute)
}

fn note(rng: &mut fastrand::Rng) -> Note {
    let mut note = Note { id: row_id(rng.u64(..)), text: text(rng), ..Note::default() };
    if rng.bool() {
        note.at = Some(moment(rng.i64(0..200)));
    }
    if rng.u8(..5) == 0 {
        note.extra.pairs.push(("mood".into(), Value::Text(text(rng))));
    }
    note
}

fn text(rng: &mut fastrand::Rng) -> String {
    (0..rng.usize(1..4)).map(|_| *rng.choice(&["giao", "Sở", "rà soát", "x", "kết luận"]).unwrap()).collect()
}

fn task(rng: &mut fastrand::Rng, number: i64) -> Task {
    Task {
        id: row_id(rng.u64(..)),
        number: Some(number),
        content: text(rng),
        lead: owners(rng),
        reports: reports(rng),
        ..Task::default()
    }
}

fn owners(rng: &mut fastrand::Rng) -> Vec<String> {
    let mut owners: Vec<String> = (0..rng.usize(0..3)).map(|n| format!("u{n}{}", rng.u8(..3))).collect();
    owners.dedup();
    owners
}

fn reports(rng: &mut fastrand::Rng) -> Vec<Report> {
    (0..rng.usize(0..3))
        .map(|_| Report { id: row_id(rng.u64(..)), text: text(rng), ..Report::default() })
        .collect()
}

fn meeting(rng: &mut fastrand::Rng) -> Meeting {
    let mut m = Meeting::default();
    m.head.id = "2024-05-06-hop".into();
    m.head.title = text(rng);
    for _ in 0..rng.usize(0..8) {
        m.notes.push(note(rng));
    }
    for n in 0..rng.usize(0..4) {
        m.tasks.push(task(rng, n as i64 + 1));
    }
    m
}

/// A version of `base` somebody worked on.
fn worked_on(base: &Meeting, rng: &mut fastrand::Rng) -> Meeting {
    let mut m = base.clone();
    for _ in 0..rng.usize(0..6) {
        one_change(&mut m, rng);
    }
    m
}

fn one_change(m: &mut Meeting, rng: &mut fastrand::Rng) {
    let (notes, tasks) = (m.notes.len(), m.tasks.len());
    match rng.u8(..11) {
        0 => m.head.title = text(rng),
        1 | 2 => m.notes.insert(rng.usize(..=notes), note(rng)),
        3 if notes > 0 => drop(m.notes.remove(rng.usize(..notes))),
        4 if notes > 0 => m.notes[rng.usize(..notes)].text = text(rng),
        5 if notes > 0 => m.notes[rng.usize(..notes)].kind = Some(*rng.choice(NoteKind::ALL).unwrap()),
        6 if notes > 1 => {
            let moved = m.notes.remove(rng.usize(..notes));
            m.notes.insert(rng.usize(..notes), moved);
        }
        7 => m.tasks.push(task(rng, m.next_task_number())),
        8 if tasks > 0 => m.tasks[rng.usize(..tasks)].lead = owners(rng),
        9 if tasks > 0 => m.tasks[rng.usize(..tasks)].reports.push(Report {
            id: row_id(rng.u64(..)),
            text: text(rng),
            ..Report::default()
        }),
        10 if tasks > 0 => drop(m.tasks.remove(rng.usize(..tasks))),
        _ => m.head.place = text(rng),
    }
}

fn ids<'a>(rows: impl Iterator<Item = &'a String>) -> Vec<&'a str> {
    rows.map(String::as_str).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn edits_between_two_versions_make_the_second_and_their_inverse_the_first(seed: u64) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let before = meeting(&mut rng);
        let after = worked_on(&before, &mut rng);
        let edits = between(&before, &after);
        let mut done = before.clone();
        apply(&mut done, &edits);
        prop_assert_eq!(&done, &after);
        apply(&mut done, &inverse(&edits));
        prop_assert_eq!(&done, &before);
        apply(&mut done, &edits);
        prop_assert_eq!(&done, &after);
    }

    #[test]
    fn replaying_edits_that_are_in_place_changes_nothing(seed: u64) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let before = meeting(&mut rng);
        let after = worked_on(&before, &mut rng);
        let mut twice = after.clone();
        apply(&mut twice, &between(&before, &after));
        prop_assert_eq!(twice, after);
    }

    #[test]
    fn edits_survive_being_written_as_text(seed: u64) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let before = meeting(&mut rng);
        let edits = between(&before, &worked_on(&before, &mut rng));
        let text = serde_json::to_string(&edits).unwrap();
        prop_assert_eq!(serde_json::from_str::<Vec<crate::domain::edit::Edit>>(&text).unwrap(), edits);
    }

    #[test]
    fn a_merge_does_not_depend_on_which_side_is_ours(seed: u64) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let base = meeting(&mut rng);
        let (a, b) = (worked_on(&base, &mut rng), worked_on(&base, &mut rng));
        prop_assert_eq!(three_way(&base, &a, &b), three_way(&base, &b, &a));
    }

    #[test]
    fn a_merge_with_itself_or_with_the_base_is_itself(seed: u64) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let base = meeting(&mut rng);
        let a = worked_on(&base, &mut rng);
        prop_assert_eq!(&three_way(&base, &a, &a), &a);
        prop_assert_eq!(&three_way(&base, &base, &a), &a);
        prop_assert_eq!(&three_way(&base, &a, &base), &a);
    }

    #[test]
    fn an_approved_text_withstands_any_merge(seed: u64) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut base = meeting(&mut rng);
        base.head.stage = Some(Stage::WithChair);
        let mut approved = if rng.bool() { base.clone() } else { worked_on(&base, &mut rng) };
        approve(&mut approved, NaiveDate::default(), "quang");
        // Approved before both sides parted, or by one of them.
        let base = if rng.bool() { approved.clone() } else { base };
        let late = worked_on(&base, &mut rng);
        let merged = uphold::three_way(&base, &approved, &late);
        prop_assert_eq!(seal(&merged), Seal::Intact);
        prop_assert_eq!(&uphold::three_way(&base, &late, &approved), &merged);
        let lines = |m: &Meeting| m.notes.iter().map(|note| note.text.clone()).collect::<Vec<_>>();
        prop_assert_eq!(lines(&merged), lines(&approved));
        for note in late.notes.iter().filter(|note| base.note(&note.id).is_none()) {
            let proposed = merged.amendments.iter().any(|row| row.text == note.text);
            prop_assert!(proposed || approved.note(&note.id).is_some(), "line {}", note.id);
        }
    }

    #[test]
    fn a_seal_breaks_with_the_covered_edits_and_with_no_other(seed: u64) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let before = meeting(&mut rng);
        let after = worked_on(&before, &mut rng);
        let touched = between(&before, &after).iter().any(|edit| covers(&before, edit));
        prop_assert_eq!(checksum(&before) != checksum(&after), touched);
    }

    #[test]
    fn nothing_added_or_changed_on_one_side_is_lost(seed: u64) {
        let mut rng = fastrand::Rng::with_seed(seed);
        let base = meeting(&mut rng);
        let (a, b) = (worked_on(&base, &mut rng), worked_on(&base, &mut rng));
        let merged = three_way(&base, &a, &b);
        for side in [&a, &b] {
            for note in &side.notes {
                let changed = base.note(&note.id) != Some(note);
                prop_assert!(!changed || merged.note(&note.id).is_some(), "note {}", note.id);
            }
            for task in &side.tasks {
                let was = base.tasks.iter().find(|t| t.id == task.id);
                let found = merged.tasks.iter().find(|t| t.id == task.id);
                if was == Some(task) {
                    continue;
                }
                let found = found.expect("a changed task stays");
                for report in &task.reports {
                    prop_assert!(found.reports.iter().any(|r| r.id == report.id));
                }
            }
        }
        let numbers: std::collections::HashSet<_> = merged.tasks.iter().map(|t| t.number).collect();
        prop_assert_eq!(numbers.len(), merged.tasks.len(), "two tasks with one number");
        let unique: std::collections::HashSet<_> = ids(merged.notes.iter().map(|n| &n.id)).into_iter().collect();
        prop_assert_eq!(unique.len(), merged.notes.len());
    }
}

#[test]
fn a_field_changed_on_both_sides_shows_the_longer_text_and_keeps_both() {
    let mut base = Meeting::default();
    base.notes.push(Note { id: "aaaaaaaa".into(), text: "một".into(), ..Note::default() });
    let (mut a, mut b) = (base.clone(), base.clone());
    a.notes[0].text = "một hai".into();
    b.notes[0].text = "một hai ba".into();
    let merged = three_way(&base, &a, &b);
    assert_eq!(merged.notes[0].text, "một hai ba");
    assert_eq!(merged.conflicts.len(), 1);
    let values = (&merged.conflicts[0] as &dyn Row).get("values").unwrap();
    assert_eq!(values.canonical(), "[\"một hai\",\"một hai ba\"]");
}

#[test]
fn an_edit_of_a_removed_line_brings_the_line_back_whole() {
    let mut base = Meeting::default();
    for id in ["aaaaaaaa", "bbbbbbbb"] {
        base.notes
            .push(Note { id: id.into(), text: "giữ".into(), speaker: "hoa".into(), ..Note::default() });
    }
    let (mut a, mut b) = (base.clone(), base.clone());
    a.notes.remove(0);
    b.notes[0].doubt = true;
    let merged = three_way(&base, &a, &b);
    assert_eq!(merged.notes[0].speaker, "hoa");
    assert!(merged.notes[0].doubt);
    assert_eq!(merged.notes.len(), 2);
}

#[test]
fn a_wrong_typed_value_is_kept_until_a_right_one_is_set() {
    let mut meeting = Meeting::default();
    let row = meeting.head_mut();
    row.put("date", Some(Value::Text("mai".into())));
    assert_eq!(row.get("date"), Some(Value::Text("mai".into())));
    let day = NaiveDate::from_ymd_opt(2024, 5, 6).unwrap();
    row.put("date", Some(Value::Date(day)));
    assert_eq!(meeting.head.date, Some(day));
    assert!(meeting.head.extra.pairs.is_empty());
}
