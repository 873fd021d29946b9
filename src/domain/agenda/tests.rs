//! Laws of the programme as a list: nothing that was said is lost with an item, and times stay possible.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;
use crate::domain::check::{ProblemKind, check};
use crate::domain::meeting::{Note, QueueEntry, Turn, Vote};

fn at(minute: i64) -> NaiveDateTime {
    let eight = chrono::NaiveDate::default().and_hms_opt(8, 0, 0).unwrap();
    eight + TimeDelta::minutes(minute)
}

fn span(from: i64, to: Option<i64>) -> Span {
    Span { from: Some(at(from)), to: to.map(at), ..Span::default() }
}

fn item(id: &str, times: Option<(i64, Option<i64>)>) -> AgendaItem {
    AgendaItem {
        id: id.into(),
        started: times.map(|(from, _)| at(from)),
        ended: times.and_then(|(_, to)| to).map(at),
        ..AgendaItem::default()
    }
}

/// Opened at 0; "a" ran to 10, "b" to 30, "c" runs, "d" is still to come.
fn meeting() -> Meeting {
    let mut m = Meeting {
        agenda: vec![
            item("a", Some((0, Some(10)))),
            item("b", Some((10, Some(30)))),
            item("c", Some((30, None))),
            item("d", None),
        ],
        notes: vec![Note { id: "n".into(), item: "b".into(), at: Some(at(12)), ..Note::default() }],
        turns: vec![Turn { id: "t".into(), item: "b".into(), from: Some(at(12)), ..Turn::default() }],
        votes: vec![Vote { id: "v".into(), item: "b".into(), ..Vote::default() }],
        queue: vec![QueueEntry { id: "q".into(), item: "b".into(), ..QueueEntry::default() }],
        ..Meeting::default()
    };
    m.head.opened = Some(at(0));
    m
}

fn order(m: &Meeting) -> String {
    m.agenda.iter().map(|item| item.id.as_str()).collect()
}

fn times(m: &Meeting, id: &str) -> Vec<(Option<NaiveDateTime>, Option<NaiveDateTime>)> {
    visits(m.item(id).unwrap()).iter().map(|visit| (visit.from, visit.to)).collect()
}

#[test]
fn items_are_put_in_before_behind_and_at_the_end() {
    for (place, expected) in [
        (Place::Before("a".into()), "xyabcd"),
        (Place::After("b".into()), "abxycd"),
        (Place::Last, "abcdxy"),
        (Place::After("gone".into()), "abcdxy"),
    ] {
        let mut m = meeting();
        insert(&mut m, &place, vec![item("x", None), item("y", None)]);
        assert_eq!(order(&m), expected, "{place:?}");
    }
}

#[test]
fn an_item_moves_inside_the_list() {
    for (id, by, expected) in
        [("a", 1, "bacd"), ("a", -1, "abcd"), ("d", -2, "adbc"), ("d", 1, "abcd"), ("x", 1, "abcd")]
    {
        let mut m = meeting();
        shift(&mut m, id, by);
        assert_eq!(order(&m), expected, "{id} {by}");
    }
}

#[test]
fn what_belonged_to_an_item_goes_with_its_time_to_the_heir() {
    let mut m = meeting();
    assert_eq!(held(&m, "b"), [("turns", 1), ("notes", 1), ("queue", 1), ("votes", 1)]);
    assert_eq!(held(&m, "d"), []);
    remove(&mut m, "b", Some("a"));
    assert_eq!((order(&m).as_str(), held(&m, "a").len()), ("acd", 4));
    assert_eq!(times(&m, "a"), [(Some(at(0)), Some(at(30)))], "visits that touch are one");
    remove(&mut m, "c", Some("d"));
    assert_eq!(programme::current_item(&m).map(|item| item.id.as_str()), Some("d"), "it goes on running");
    remove(&mut m, "a", None);
    assert_eq!(held(&m, "a"), []);
    assert_eq!(m.notes[0].item, "");
}

#[test]
fn a_border_moves_with_the_item_beside_it() {
    let mut m = meeting();
    set_visits(&mut m, "b", vec![span(8, Some(25))]).unwrap();
    assert_eq!(times(&m, "a"), [(Some(at(0)), Some(at(8)))]);
    assert_eq!(times(&m, "c"), [(Some(at(25)), None)]);
    // Another number of visits says nothing about borders.
    set_visits(&mut m, "b", vec![span(8, Some(12)), span(15, Some(20))]).unwrap();
    assert_eq!(times(&m, "c"), [(Some(at(25)), None)]);
    assert_eq!((m.item("b").unwrap().started, m.item("b").unwrap().ended), (Some(at(8)), Some(at(20))));
    set_visits(&mut m, "b", Vec::new()).unwrap();
    assert_eq!(times(&m, "b"), []);
}

#[test]
fn impossible_times_are_refused_and_change_nothing() {
    for (visits, why) in [
        (vec![span(20, Some(15))], Impossible::Backwards),
        (vec![span(10, Some(20)), span(15, Some(25))], Impossible::Backwards),
        (vec![span(10, None), span(15, Some(25))], Impossible::Endless),
        (vec![span(10, None)], Impossible::AlsoRuns("c".into())),
        (vec![span(-5, Some(20))], Impossible::Outside),
    ] {
        let mut m = meeting();
        assert_eq!(set_visits(&mut m, "b", visits), Err(why));
        assert_eq!(m, meeting());
    }
}

#[test]
fn opening_earlier_takes_the_first_item_along() {
    let mut m = meeting();
    set_frame(&mut m, Some(at(-10)), None).unwrap();
    assert_eq!((m.head.opened, times(&m, "a")[0].0), (Some(at(-10)), Some(at(-10))));
    set_frame(&mut m, Some(at(3)), None).unwrap();
    assert_eq!(times(&m, "a"), [(Some(at(3)), Some(at(10)))]);
    let before = m.clone();
    assert_eq!(set_frame(&mut m, Some(at(11)), None), Err(Impossible::Outside), "a line was written at 12");
    assert_eq!(set_frame(&mut m, Some(at(3)), Some(at(1))), Err(Impossible::Backwards));
    assert_eq!(m, before);
}

proptest! {
    #[test]
    fn no_line_is_lost_and_every_item_named_is_there(
        steps in proptest::collection::vec((0usize..4, 0usize..5, 0usize..5), 0..12),
    ) {
        let mut m = meeting();
        let names = ["a", "b", "c", "d", "x"];
        for (step, id, other) in steps {
            match step {
                0 => {
                    let heir = names[other];
                    let heir = (other != id && m.item(heir).is_some()).then_some(heir);
                    remove(&mut m, names[id], heir);
                }
                1 => remove(&mut m, names[id], None),
                2 => shift(&mut m, names[id], other as isize - 2),
                _ if m.item("x").is_none() => insert(&mut m, &Place::After(names[other].into()), vec![item("x", None)]),
                _ => {}
            }
        }
        prop_assert_eq!((m.notes.len(), m.turns.len(), m.votes.len(), m.queue.len()), (1, 1, 1, 1));
        let dangling = check(&m, None).into_iter().filter(|p| matches!(p.kind, ProblemKind::Dangling { .. })).count();
        prop_assert_eq!(dangling, 0);
        let named = m.notes[0].item.clone();
        prop_assert!(named.is_empty() || m.item(&named).is_some());
        prop_assert!(m.agenda.iter().filter(|item| programme::is_running(item)).count() <= 1);
    }

    #[test]
    fn corrected_times_never_run_backwards(minutes in proptest::collection::vec(-5i64..60, 1..6), id in 0usize..4) {
        let mut m = meeting();
        let visits: Vec<Span> = minutes.chunks(2).map(|pair| span(pair[0], pair.get(1).copied())).collect();
        let done = set_visits(&mut m, ["a", "b", "c", "d"][id], visits);
        prop_assert!(done.is_ok() || m == meeting());
        for item in &m.agenda {
            let moments: Vec<_> = super::visits(item).iter().flat_map(|v| [v.from, v.to]).flatten().collect();
            prop_assert!(moments.is_sorted(), "{:?}", item);
        }
        prop_assert!(m.agenda.iter().filter(|item| programme::is_running(item)).count() <= 1);
    }
}
