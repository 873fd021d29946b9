//! A person who knows nothing and only does what the screen offers: write a line, make it a task, find it on the Board.
//! Each walk takes at random one of the hints in sight; nothing else is known to it.

use fastrand::Rng;
use steerco::app::Place;
use steerco::app::popup::Popup;

use crate::desk::{Desk, workspace};

const MEETING: &str = "2026-08-15-hop";
const WALKS: u64 = 500;
const ACTIONS: usize = 40;
/// What the person wants to write down.
const WORDS: &str = "Giao Văn phòng rà soát quy chế";

/// Something the screen offers.
#[derive(Clone, Debug, PartialEq)]
enum Hint {
    /// A key that the footer names.
    Key(String),
    /// The text in front takes letters; the person types what it is about, or the suggestion.
    Type(String),
}

/// Labels of keys at the beginning of the footer's entries, as the keyboard script has them.
fn footer(screen: &str) -> Vec<Hint> {
    let rows: Vec<&str> = screen.lines().rev().take(2).collect();
    let mut hints = Vec::new();
    for row in rows {
        let words: Vec<&str> = row.split_whitespace().collect();
        hints.extend(words.iter().filter_map(|word| key(word)).map(Hint::Key));
    }
    hints
}

/// The key that a word of the footer begins with: `F2@người`, `Enter`, `Ctrl-K`, `↑`.
fn key(word: &str) -> Option<String> {
    let word = word.split(['@', '#', '!', '=']).next()?;
    let name = match word {
        "↑" => "up".to_owned(),
        "↓" => "down".to_owned(),
        "←" => "left".to_owned(),
        "→" => "right".to_owned(),
        "Enter" | "Esc" | "Tab" | "Space" | "Delete" | "Insert" | "PageDown" => word.to_lowercase(),
        _ if word.strip_prefix('F').is_some_and(|n| n.parse::<u8>().is_ok()) => word.to_lowercase(),
        _ if word.starts_with("Ctrl-") || word.starts_with("Shift-") => word.to_lowercase(),
        _ => return None,
    };
    Some(format!("<{}>", name.replace('↑', "up").replace('↓', "down").replace("pagedown", "pagedown")))
}

/// What can be typed into the field in front: the text itself, or a word that a list shows.
fn letters(desk: &Desk) -> Vec<Hint> {
    let typed = |text: &str| Hint::Type(text.to_owned());
    match desk.app().popups.last() {
        Some(Popup::Form { form, .. }) if form.is_text() => vec![typed("Văn phòng"), typed("30/9")],
        Some(Popup::Form { .. } | Popup::Split(_)) => Vec::new(),
        Some(Popup::Picker { picker, .. }) => {
            picker.chosen().map(|entry| typed(&entry.label)).into_iter().collect()
        }
        Some(Popup::Page(_)) | None => match desk.app().place {
            Place::Meeting => vec![typed(WORDS)],
            _ => vec![typed("quy chế")],
        },
    }
}

/// Everything in sight. Who looks for a way does not leave the program.
fn hints(desk: &mut Desk) -> Vec<Hint> {
    let screen = desk.screen(80, 24);
    let mut hints = footer(&screen);
    hints.retain(|hint| *hint != Hint::Key("<ctrl-q>".into()));
    hints.extend(letters(desk));
    hints
}

/// Whether the line stands in the minutes, its task on the Board, and the Board in front.
fn is_done(desk: &mut Desk) -> bool {
    let has_task = desk.app().current_meeting().is_some_and(|meeting| {
        meeting
            .tasks
            .iter()
            .any(|task| meeting.note(&task.note).is_some_and(|note| note.text.contains("rà soát")))
    });
    has_task && desk.app().place == Place::Board && desk.screen(80, 24).contains("à soát")
}

/// Actions until it is done; `None` when it takes too many.
fn walk(seed: u64) -> Result<usize, Vec<Hint>> {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    let mut rng = Rng::with_seed(seed);
    let mut path = Vec::new();
    for action in 1..=ACTIONS {
        let hints = hints(&mut desk);
        let hint = hints[rng.usize(..hints.len())].clone();
        match &hint {
            Hint::Key(key) => desk.keys(key),
            Hint::Type(text) => desk.keys(text),
        };
        path.push(hint);
        if is_done(&mut desk) {
            return Ok(action);
        }
    }
    Err(path)
}

#[test]
fn who_only_does_what_is_in_sight_gets_there() {
    let walks: Vec<_> = (0..WALKS).map(walk).collect();
    let done = walks.iter().filter(|walk| walk.is_ok()).count();
    let share = done as f64 / WALKS as f64;
    println!("{done} of {WALKS} walks finished within {ACTIONS} actions ({:.1} %)", share * 100.0);
    for path in walks.iter().filter_map(|walk| walk.as_ref().err()).take(5) {
        println!("lost: {path:?}");
    }
    assert!(share >= 0.95, "{share}");
}
