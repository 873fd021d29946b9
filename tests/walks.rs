//! A person who does not know the program and only does what the screen offers: write a line, make it a task, find it
//! on the Board. Every second action follows a hint whose words speak of what is wanted now; the others are taken at
//! random among all hints in sight; where nothing speaks of it, one goes back. Nothing that is not on the screen is known to the walk.
//! A second walk presses keys of the footer at random and meets no refusal.

use fastrand::Rng;
use steerco::app::Place;
use steerco::app::popup::Popup;

use crate::desk::{Desk, workspace};

const MEETING: &str = "2026-08-15-hop";
const WALKS: u64 = 500;
const ACTIONS: usize = 40;
/// In one of so many actions the hints are read; the others are blind.
const READS_ONE_OF: u8 = 2;
/// What the person wants to write down.
const WORDS: &str = "Giao Văn phòng rà soát quy chế";

/// Something the screen offers.
#[derive(Clone, Debug, PartialEq)]
enum Hint {
    /// A key that the footer names, and its words there.
    Key(String, String),
    /// The text in front takes letters; the person types what it is about, or the suggestion.
    Type(String),
}

/// The keys of the footer with their words.
fn footer(screen: &str) -> Vec<Hint> {
    let mut rows: Vec<&str> = screen.lines().rev().take(2).collect();
    rows.reverse();
    let mut hints: Vec<(String, String)> = Vec::new();
    for word in rows.iter().flat_map(|row| row.split_whitespace()) {
        match (key(word), hints.last_mut()) {
            (Some(key), _) => hints.push((key, word.to_owned())),
            (None, Some((_, words))) => *words = format!("{words} {word}"),
            (None, None) => {}
        }
    }
    hints.into_iter().map(|(key, words)| Hint::Key(key, words)).collect()
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
    Some(format!("<{}>", name.replace('↑', "up").replace('↓', "down")))
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
    hints.retain(|hint| !matches!(hint, Hint::Key(key, _) if key == "<ctrl-q>"));
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

/// What the words of a hint have to speak of for a person at this point.
fn sought(desk: &Desk) -> &'static [&'static str] {
    let meeting = desk.app().current_meeting();
    let has_line = meeting.is_some_and(|meeting| !meeting.notes.is_empty());
    let has_task = meeting.is_some_and(|meeting| !meeting.tasks.is_empty());
    match desk.app().popups.last() {
        Some(Popup::Form { .. }) => &["xong", "Văn phòng", "30/9"],
        Some(Popup::Split(_)) => &["tạo"],
        Some(Popup::Page(_) | Popup::Picker { .. }) => &["đóng"],
        None if desk.app().place != Place::Meeting && !has_task => &["đóng", "mở"],
        None if has_task => &["nhiệm vụ"],
        None if has_line => &["việc"],
        None if desk.app().meeting.line.is_empty() => &["Giao"],
        None => &["ghi", "việc"],
    }
}

fn says(hint: &Hint, words: &[&str]) -> bool {
    let (Hint::Key(_, text) | Hint::Type(text)) = hint;
    words.iter().any(|word| text.contains(word))
}

/// Actions until it is done, or the way when it takes too many.
fn walk(seed: u64) -> Result<usize, Vec<Hint>> {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    let mut rng = Rng::with_seed(seed);
    let mut path = Vec::new();
    for action in 1..=ACTIONS {
        let mut hints = hints(&mut desk);
        let mut wanted = sought(&desk);
        if !hints.iter().any(|hint| says(hint, wanted)) {
            // Where nothing speaks of it one goes back.
            wanted = &["đóng"];
        }
        if rng.u8(..READS_ONE_OF) == 0 && hints.iter().any(|hint| says(hint, wanted)) {
            hints.retain(|hint| says(hint, wanted));
        }
        let hint = hints[rng.usize(..hints.len())].clone();
        match &hint {
            Hint::Key(key, _) => desk.keys(key),
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
fn who_reads_half_of_what_is_in_sight_gets_there() {
    let walks: Vec<_> = std::thread::scope(|scope| {
        let part = |nth: u64| scope.spawn(move || (nth..WALKS).step_by(2).map(walk).collect::<Vec<_>>());
        let parts = [part(0), part(1)];
        parts.into_iter().flat_map(|part| part.join().unwrap()).collect()
    });
    let done = walks.iter().filter(|walk| walk.is_ok()).count();
    let share = done as f64 / WALKS as f64;
    println!("{done} of {WALKS} walks finished within {ACTIONS} actions ({:.1} %)", share * 100.0);
    for path in walks.iter().filter_map(|walk| walk.as_ref().err()).take(4) {
        println!("lost: {path:?}");
    }
    assert!(share >= 0.95, "{share}");
}

/// What a command says that has nothing to work on.
const REFUSALS: &[&str] = &[
    "no_line",
    "no_gaps",
    "nothing_to_undo",
    "not_planned",
    "no_task",
    "no_deadline_to_extend",
    "not_awaiting",
    "not_reported_done",
    "not_finished",
    "finished_already",
    "no_source_line",
    "no_filters",
    "chain_ends",
    "nobody_left",
    "choose_seat",
    "choose_unit",
    "choose_member",
    "entry_fixed",
    "no_programme",
    "no_task_of_line",
    "committee_first",
    "no_committee",
    "no_meeting",
    "live_stays",
];

/// The samples, to be walked through and thrown away.
fn samples() -> (tempfile::TempDir, std::path::PathBuf) {
    fn copy(from: &std::path::Path, to: &std::path::Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let to = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy(&entry.path(), &to)
            } else {
                drop(std::fs::copy(entry.path(), to))
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("workspace");
    copy(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data"), &root);
    (folder, root)
}

/// Presses keys of the footer at random; gives each that was refused, with the screen it stood on.
fn refused(seed: u64, meeting: &str, size: (u16, u16)) -> Vec<String> {
    let (_folder, root) = samples();
    let mut desk = Desk::home(&root, meeting, "", "2026-11-21T08:00:00");
    let mut rng = Rng::with_seed(seed);
    let mut found = Vec::new();
    for _ in 0..60 {
        let screen = desk.screen(size.0, size.1);
        // News takes the last row of the footer and is no offer.
        let told = !desk.app().desk.news.text.is_empty();
        let offering = if told { screen.rsplit_once('\n').map_or("", |(rest, _)| rest) } else { &screen };
        let mut offered = footer(offering);
        offered.retain(|hint| !matches!(hint, Hint::Key(key, _) if key == "<ctrl-q>"));
        if offered.is_empty() || rng.u8(..10) < 2 {
            offered = letters(&desk);
        }
        let Some(hint) = offered.get(rng.usize(..offered.len().max(1))).cloned() else { continue };
        // From the list of all commands one may choose what does not work here.
        let any_command = matches!(
            desk.app().popups.last(),
            Some(Popup::Picker { then: steerco::app::popup::Then::Command, .. })
        );
        match &hint {
            Hint::Type(text) => drop(desk.keys(text)),
            Hint::Key(key, words) => {
                desk.keys(key);
                let news = desk.app().desk.news.text.clone();
                let word = |key: &&str| desk.app().desk.words.get(&format!("news.{key}")) == news;
                if !any_command && !news.is_empty() && REFUSALS.iter().any(word) {
                    found.push(format!("{words}: {news}\n{screen}"));
                }
            }
        }
    }
    found
}

/// A few walks by default; `STEERCO_WALKS` asks for more.
fn seeds() -> u64 {
    std::env::var("STEERCO_WALKS").ok().and_then(|n| n.parse().ok()).unwrap_or(8)
}

#[test]
fn the_footer_names_no_key_that_has_nothing_to_work_on() {
    for seed in 0..seeds() {
        let size = if seed % 2 == 0 { (80, 24) } else { (120, 40) };
        let meeting = ["2026-12-10-tong-ket-2026", "2026-11-12-phien-hop-lan-10"][seed as usize / 2 % 2];
        let found = refused(seed, meeting, size);
        assert!(found.is_empty(), "seed {seed}: {} of 60\n{}", found.len(), found.join("\n\n"));
    }
}
