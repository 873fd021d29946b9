//! Corrections of lines: what they move, what they leave, and laws on random meetings.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::domain::kinds::NoteKind;
use crate::domain::meeting::*;
use crate::domain::value::Number;

fn at(minute: i64) -> NaiveDateTime {
    NaiveDate::default().and_hms_opt(8, 0, 0).unwrap() + TimeDelta::minutes(minute)
}

fn note(id: &str, item: &str, minute: i64, speaker: &str, text: &str) -> Note {
    Note {
        id: id.into(),
        item: item.into(),
        at: Some(at(minute)),
        speaker: speaker.into(),
        text: text.into(),
        ..Note::default()
    }
}

fn turn(id: &str, speaker: &str, from: i64, to: i64) -> Turn {
    Turn { id: id.into(), speaker: speaker.into(), from: Some(at(from)), to: Some(at(to)), ..Turn::default() }
}

fn meeting() -> Meeting {
    Meeting {
        notes: vec![
            note("a", "i1", 0, "hoa", "Đăng ký 2.226 mô hình; giao Sở Nội vụ rà soát trước 15/9"),
            note("b", "i1", 5, "hoa", "Đạt kế hoạch"),
            note("c", "i2", 9, "bao", "Nhất trí"),
        ],
        turns: vec![turn("t1", "hoa", 0, 9), turn("t2", "bao", 9, 12)],
        ..Meeting::default()
    }
}

fn known() -> Vec<Known> {
    vec![Known { id: "snv".into(), names: vec!["Sở Nội vụ".into(), "SNV".into()] }]
}

fn order(m: &Meeting) -> String {
    m.notes.iter().map(|note| format!("{}{}", note.id, note.item)).collect::<Vec<_>>().join(" ")
}

fn ids(ids: &[&str]) -> Vec<String> {
    ids.iter().map(|id| (*id).to_owned()).collect()
}

#[test]
fn lines_cross_the_border_of_an_item_before_they_pass_a_line() {
    let mut m = meeting();
    shift(&mut m, &ids(&["c"]), Way::Up);
    assert_eq!(order(&m), "ai1 bi1 ci1");
    shift(&mut m, &ids(&["c"]), Way::Up);
    assert_eq!(order(&m), "ai1 ci1 bi1");
    shift(&mut m, &ids(&["a", "c"]), Way::Up);
    assert_eq!(order(&m), "ai1 ci1 bi1", "nothing stands above the first");
    shift(&mut m, &ids(&["a", "c"]), Way::Down);
    assert_eq!(order(&m), "bi1 ai1 ci1");
}

#[test]
fn a_turn_begins_with_the_line_that_began_it() {
    let mut m = meeting();
    retime(&mut m, &ids(&["c"]), at(7));
    assert_eq!((m.turns[0].to, m.turns[1].from), (Some(at(7)), Some(at(7))));
    retime(&mut m, &ids(&["b"]), at(6));
    assert_eq!(m.turns[0].from, Some(at(0)), "a line within a turn moves no turn");
    retime(&mut m, &ids(&["c"]), at(20));
    assert_eq!(m.turns[1].from, Some(at(7)), "no turn ends before it begins");
    retime(&mut m, &ids(&["a", "b"]), at(1));
    assert_eq!(m.notes[1].at, Some(at(7)), "further lines keep their distance");
    assert_eq!(m.turns[0].from, Some(at(1)));
}

#[test]
fn what_was_taken_from_the_second_part_goes_with_it() {
    let mut m = meeting();
    let whole = m.notes[0].text.clone();
    m.tasks = vec![
        Task {
            id: "x".into(),
            note: "a".into(),
            quote: whole.clone(),
            lead: ids(&["snv"]),
            ..Task::default()
        },
        Task { id: "y".into(), note: "a".into(), quote: "Đăng ký".into(), ..Task::default() },
    ];
    m.figures = vec![Figure { note: "a".into(), value: Some(Number::Whole(2226)), ..Figure::default() }];
    m.conclusions =
        vec![Conclusion { id: "k".into(), note: "a".into(), text: whole.clone(), ..Conclusion::default() }];
    let cut = whole.find("giao").unwrap();
    assert!(split(&mut m, "a", cut, "z", &known()));
    assert_eq!(m.notes[0].text, "Đăng ký 2.226 mô hình;");
    assert_eq!(
        (m.notes[1].id.as_str(), m.notes[1].text.as_str()),
        ("z", "giao Sở Nội vụ rà soát trước 15/9")
    );
    assert_eq!((m.notes[1].at, m.notes[1].speaker.as_str()), (Some(at(0)), "hoa"));
    assert_eq!((m.tasks[0].note.as_str(), m.tasks[1].note.as_str()), ("z", "a"));
    assert_eq!(m.tasks[0].quote, m.notes[1].text);
    assert_eq!(m.figures[0].note, "a");
    assert_eq!((m.conclusions[0].note.as_str(), &m.conclusions[0].text), ("a", &m.notes[0].text));
    assert!(!split(&mut m, "a", 0, "w", &known()), "an empty part is none");
}

#[test]
fn joined_lines_keep_everything_that_named_them() {
    let mut m = meeting();
    let row = |id: &str, note: &str, text: &str, n| Conclusion {
        id: id.into(),
        note: note.into(),
        text: text.into(),
        number: Some(n),
        ..Conclusion::default()
    };
    m.notes[1].kind = Some(NoteKind::Conclusion);
    m.notes[1].doubt = true;
    m.conclusions = vec![row("k1", "a", &m.notes[0].text.clone(), 1), row("k2", "b", "Đạt kế hoạch", 2)];
    m.documents = vec![Document { note: "b".into(), ..Document::default() }];
    m.tasks = vec![Task { note: "b".into(), basis: ids(&["k2"]), ..Task::default() }];
    m.amendments = vec![Amendment { target: "b".into(), ..Amendment::default() }];
    assert_eq!(join(&mut m, &ids(&["a", "b", "c"]), &known()), Err(Apart::Speakers));
    assert_eq!(join(&mut m, &ids(&["a"]), &known()), Err(Apart::Single));
    assert_eq!(join(&mut m, &ids(&["a", "b"]), &known()), Ok(()));
    assert_eq!(order(&m), "ai1 ci2");
    assert_eq!(m.notes[0].text, "Đăng ký 2.226 mô hình; giao Sở Nội vụ rà soát trước 15/9 Đạt kế hoạch");
    assert!(m.notes[0].doubt);
    assert_eq!(m.conclusions.len(), 1);
    assert_eq!((&m.conclusions[0].text, m.conclusions[0].number), (&m.notes[0].text, Some(1)));
    assert_eq!((m.documents[0].note.as_str(), m.tasks[0].note.as_str()), ("a", "a"));
    assert_eq!((m.tasks[0].basis.join(" "), m.amendments[0].target.as_str()), ("k1".into(), "a"));
}

/// Rows that name a line which is not there.
fn dangling(m: &Meeting) -> usize {
    let there = |note: &str| note.is_empty() || m.note(note).is_some();
    m.tasks.iter().filter(|row| !there(&row.note)).count()
        + m.conclusions.iter().filter(|row| !there(&row.note)).count()
        + m.figures.iter().filter(|row| !there(&row.note)).count()
        + m.prepared.iter().filter(|row| !there(&row.note)).count()
}

#[derive(Clone, Debug)]
enum Deed {
    Shift(usize, usize, bool),
    Split(usize, usize),
    Join(usize, usize),
    Remove(usize),
    Retime(usize, i64),
    Unconclude(usize),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (0..9usize, 1..4usize, any::<bool>()).prop_map(|(a, n, up)| Deed::Shift(a, n, up)),
        (0..9usize, 0..60usize).prop_map(|(a, at)| Deed::Split(a, at)),
        (0..9usize, 2..4usize).prop_map(|(a, n)| Deed::Join(a, n)),
        (0..9usize).prop_map(Deed::Remove),
        (0..9usize, -30..60i64).prop_map(|(a, m)| Deed::Retime(a, m)),
        (0..9usize).prop_map(Deed::Unconclude),
    ]
}

fn busy() -> Meeting {
    let mut m = meeting();
    m.notes.extend((0..5).map(|n| {
        let who = if n % 2 == 0 { "hoa" } else { "bao" };
        note(&format!("n{n}"), ["i1", "i2"][n % 2], 12 + n as i64, who, &format!("Dòng {n}; phần sau {n}"))
    }));
    for (n, line) in m.notes.clone().iter().enumerate() {
        let id = |sort: &str| format!("{sort}{n}");
        m.conclusions.push(Conclusion {
            id: id("k"),
            note: line.id.clone(),
            text: line.text.clone(),
            ..Conclusion::default()
        });
        m.tasks.push(Task {
            id: id("t"),
            note: line.id.clone(),
            quote: line.text.clone(),
            basis: vec![id("k")],
            ..Task::default()
        });
        m.figures.push(Figure {
            id: id("f"),
            note: line.id.clone(),
            name: "phần sau".into(),
            ..Figure::default()
        });
        m.prepared.push(PreparedText { id: id("p"), note: line.id.clone(), ..PreparedText::default() });
    }
    m
}

proptest! {
    /// Whatever is corrected in whatever order, nothing names a line that is gone, no turn ends before it begins, and
    /// no word is lost but with a line that was taken out.
    #[test]
    fn corrections_leave_no_loose_end(deeds in proptest::collection::vec(deed(), 1..25)) {
        let mut m = busy();
        for (n, deed) in deeds.into_iter().enumerate() {
            let words = |m: &Meeting| {
                let mut words: Vec<String> = m.notes.iter()
                    .flat_map(|note| note.text.split([' ', ';', ',', '.'])).filter(|word| !word.is_empty())
                    .map(str::to_owned).collect();
                words.sort();
                words
            };
            let pick = |from: usize, count: usize| -> Vec<String> {
                m.notes.iter().skip(from % m.notes.len().max(1)).take(count).map(|note| note.id.clone()).collect()
            };
            let before = words(&m);
            let removes = matches!(deed, Deed::Remove(_));
            match deed {
                Deed::Shift(a, count, up) => { let at = pick(a, count); shift(&mut m, &at, if up { Way::Up } else { Way::Down }) }
                Deed::Split(a, byte) => if let Some(id) = pick(a, 1).first() {
                    let text = m.note(id).unwrap().text.clone();
                    let at = text.char_indices().map(|(i, _)| i).rfind(|i| *i <= byte).unwrap_or(0);
                    // A cut inside a word makes two words of it.
                    let at = text[..at].rfind(' ').unwrap_or(0);
                    split(&mut m, id, at, &format!("s{n}"), &known());
                },
                Deed::Join(a, count) => { let at = pick(a, count); let _ = join(&mut m, &at, &known()); }
                Deed::Remove(a) => { let at = pick(a, 1); remove(&mut m, &at) }
                Deed::Retime(a, minute) => { let lines = pick(a, 2); retime(&mut m, &lines, at(minute)) }
                Deed::Unconclude(a) => if let Some(row) = m.conclusions.get(a) {
                    let id = row.id.clone();
                    fact::unconclude(&mut m, &id);
                },
            }
            prop_assert_eq!(dangling(&m), 0);
            prop_assert!(m.turns.iter().all(|turn| turn.to.is_none_or(|to| turn.from.is_none_or(|from| from <= to))));
            let live = |basis: &String| m.note(basis).is_some() || m.conclusions.iter().any(|row| row.id == *basis);
            prop_assert!(m.tasks.iter().flat_map(|task| &task.basis).all(live), "{:?}", m.tasks);
            if !removes {
                prop_assert_eq!(words(&m), before);
            }
            if m.notes.is_empty() {
                break;
            }
        }
    }
}
