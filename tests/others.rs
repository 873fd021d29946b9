//! Two windows on one meeting and another program that edits the same file, in random order. The judge keeps its own
//! list of every word that somebody wrote; each must be in the end where everybody finds it, once.
//!
//! `STEERCO_ROUNDS` and `STEERCO_ROUNDS_SEED` choose another number of rounds and other moments.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use crate::desk::{Desk, notes, workspace};
use crate::typist::{is_long, number};

const MEETING: &str = "2026-08-15-phien-hop";

/// What everybody wrote, by the judge's own list.
#[derive(Default)]
struct Written {
    /// Words of lines that must be there once.
    lines: BTreeSet<String>,
    /// Words added to lines, by the word of the line.
    additions: BTreeMap<String, String>,
    /// Words of lines that somebody took away.
    taken: BTreeSet<String>,
    /// Words of lines that an old buffer lacked once.
    dropped: BTreeSet<String>,
    count: usize,
    /// Every text of a line that each window ever had.
    seen: [BTreeSet<String>; 2],
    /// What was done, for whoever has to find out.
    deeds: Vec<String>,
}

impl Written {
    /// A word that nobody wrote before.
    fn word(&mut self, who: &str) -> String {
        self.count += 1;
        format!("{who}{}.", self.count)
    }

    /// Notes which texts of lines each window has seen.
    fn look_at(&mut self, desks: &[Desk; 2]) {
        for (seen, desk) in self.seen.iter_mut().zip(desks) {
            seen.extend(texts(desk));
        }
    }

    /// An old buffer goes over what stood in the file. A line that no window had read by then, or an addition over a
    /// text that no window can know to be older, is lost between the two other programs. A line that lacks for the
    /// second time is taken for taken away.
    fn forget_unseen(&mut self, desks: &[Desk; 2], file: &Editor, buffer: &Editor) {
        let (file, buffer) = (file.texts(), buffer.texts());
        let now = desks.each_ref().map(texts);
        let is_lost = |word: &str| has(&file, word) && !has(&buffer, word);
        let gone: Vec<String> = self.lines.iter().filter(|word| is_lost(word)).cloned().collect();
        for word in gone {
            let again = !self.dropped.insert(word.clone());
            if again || !now.iter().any(|now| has(now, &word)) {
                self.lines.remove(&word);
                self.taken.insert(word);
            }
        }
        let seen = &self.seen;
        self.additions.retain(|word, line| {
            let old = buffer.iter().find(|text| text.split(' ').next() == Some(line));
            let knows = |side: usize| has(&now[side], word) && old.is_none_or(|old| seen[side].contains(old));
            // A whole line that lacks is brought back by whichever window saves first, as that one knows it.
            let known = if old.is_none() { knows(0) && knows(1) } else { knows(0) || knows(1) };
            !is_lost(word) || known
        });
    }
}

fn texts(desk: &Desk) -> Vec<String> {
    let meeting = desk.app().sessions.meeting(MEETING).unwrap();
    meeting.notes.iter().map(|note| note.text.clone()).collect()
}

/// Whether a text has the word.
fn has(texts: &[String], word: &str) -> bool {
    texts.iter().any(|text| text.split(' ').any(|part| part == word))
}

/// Another program: it reads the file, changes it and writes all of it, at once or much later.
struct Editor {
    buffer: toml::Table,
}

impl Editor {
    fn open(path: &Path) -> Editor {
        Editor { buffer: fs::read_to_string(path).unwrap().parse().unwrap() }
    }

    fn texts(&self) -> Vec<String> {
        let rows = self.buffer.get("notes").and_then(toml::Value::as_array).cloned().unwrap_or_default();
        rows.iter().map(|row| row["text"].as_str().unwrap().to_owned()).collect()
    }

    fn rows(&mut self) -> &mut Vec<toml::Value> {
        let rows = self.buffer.entry("notes").or_insert_with(|| toml::Value::Array(Vec::new()));
        rows.as_array_mut().unwrap()
    }

    fn add(&mut self, random: &mut fastrand::Rng, written: &mut Written) {
        let word = written.word("ngoài");
        let mut row = toml::Table::new();
        row.insert("id".to_owned(), toml::Value::String(format!("e{:07}", written.count)));
        row.insert("text".to_owned(), toml::Value::String(word.clone()));
        written.lines.insert(word);
        let rows = self.rows();
        rows.insert(random.usize(..=rows.len()), toml::Value::Table(row));
    }

    fn change(&mut self, random: &mut fastrand::Rng, written: &mut Written) {
        let word = written.word("sửa");
        let rows = self.rows();
        if rows.is_empty() {
            return;
        }
        let at = random.usize(..rows.len());
        let row = rows[at].as_table_mut().unwrap();
        let text = row["text"].as_str().unwrap().to_owned();
        let line = text.split(' ').next().unwrap().to_owned();
        row.insert("text".to_owned(), toml::Value::String(format!("{text} {word}")));
        written.additions.insert(word, line);
    }

    fn take_away(&mut self, random: &mut fastrand::Rng, written: &mut Written) {
        let rows = self.rows();
        if rows.is_empty() {
            return;
        }
        let row = rows.remove(random.usize(..rows.len()));
        let text = row["text"].as_str().unwrap();
        let word = text.split(' ').next().unwrap().to_owned();
        written.lines.remove(&word);
        written.taken.insert(word);
    }

    fn save(&self, path: &Path) {
        fs::write(path, toml::to_string(&self.buffer).unwrap()).unwrap();
    }
}

/// An editor that was opened long ago saves now.
fn save_stale(
    desks: &[Desk; 2],
    stale: &mut Option<Editor>,
    random: &mut fastrand::Rng,
    written: &mut Written,
) {
    let Some(mut editor) = stale.take() else { return };
    let path = desks[0].path();
    editor.add(random, written);
    written.forget_unseen(desks, &Editor::open(&path), &editor);
    editor.save(&path);
}

/// One random deed of one of the three.
fn deed(
    desks: &mut [Desk; 2],
    stale: &mut Option<Editor>,
    random: &mut fastrand::Rng,
    written: &mut Written,
) {
    let side = random.usize(..2);
    let kind = random.u8(..12);
    let names =
        ["line", "line", "line", "edit", "rest", "rest", "look", "stale", "open", "add", "change", "take"];
    written.deeds.push(format!(
        "{} {} after {}",
        ["left", "right"][side],
        names[usize::from(kind)],
        written.count
    ));
    if kind == 7 {
        return save_stale(desks, stale, random, written);
    }
    let desk = &mut desks[side];
    match kind {
        0..3 => {
            let word = written.word(["trái", "phải"][side]);
            desk.keys(&format!("{word}<enter>"));
            written.lines.insert(word);
        }
        3 => {
            let count = desk.app().sessions.meeting(MEETING).unwrap().notes.len();
            if count > 0 {
                let ups = "<up>".repeat(random.usize(1..=count.min(4)));
                let word = written.word("thêm");
                desk.keys(&format!("{ups}<enter>"));
                let line = desk.app().meeting.line.text().split(' ').next().unwrap().to_owned();
                desk.keys(&format!(" {word}<enter>"));
                written.additions.insert(word, line);
            }
        }
        4 | 5 => drop(desk.rest()),
        6 => drop(desk.look()),
        8 => *stale = Some(Editor::open(&desk.path())),
        kind => {
            let mut editor = Editor::open(&desk.path());
            match kind {
                9 => editor.add(random, written),
                10 => editor.change(random, written),
                _ => editor.take_away(random, written),
            }
            editor.save(&desk.path());
        }
    }
}

/// Everybody comes to rest: each window saves and looks until nothing is new.
fn settle(desks: &mut [Desk; 2]) {
    for _ in 0..6 {
        for desk in desks.iter_mut() {
            desk.look().rest();
        }
    }
}

fn round(seed: u64, deeds: usize) {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desks = [Desk::open(&root, MEETING), Desk::open(&root, MEETING)];
    let mut random = fastrand::Rng::with_seed(seed);
    let (mut written, mut stale) = (Written::default(), None);
    for _ in 0..deeds {
        deed(&mut desks, &mut stale, &mut random, &mut written);
        written.look_at(&desks);
    }
    settle(&mut desks);
    let said = format!("STEERCO_ROUNDS_SEED={seed} {:#?}", written.deeds);
    let file = desks[0].file();
    let filed = notes(&file);
    for desk in &desks {
        assert_eq!(texts(desk), filed, "{said}: a window does not agree with the file\n{file}");
        assert!(desk.app().saving.failure.is_none(), "{said}");
    }
    let count = |word: &str| filed.iter().filter(|text| text.split(' ').next() == Some(word)).count();
    for word in &written.lines {
        assert_eq!(count(word), 1, "{said}: {word}\n{file}");
    }
    for word in &written.taken {
        assert!(count(word) <= 1, "{said}: {word}\n{file}");
    }
    // What was added to a line stands in it, or among the values kept to be settled.
    for (word, line) in &written.additions {
        // A line that somebody took away may come back without what was added meanwhile.
        let there = written.taken.contains(line) || file.contains(word.as_str());
        assert!(there, "{said}: {word} of {line}\n{file}");
        let twice = filed.iter().filter(|text| text.split(' ').any(|part| part == word)).count();
        assert!(twice <= 1, "{said}: {word}\n{file}");
    }
    judge_conflicts(&file, &said);
}

/// Two values of one field are one thing to settle, however often they met.
fn judge_conflicts(file: &str, said: &str) {
    let table: toml::Table = file.parse().unwrap();
    let rows = table.get("conflicts").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    let fields: Vec<String> = rows.iter().map(|row| format!("{} {}", row["target"], row["field"])).collect();
    let once: BTreeSet<&String> = fields.iter().collect();
    assert_eq!(once.len(), fields.len(), "{said}\n{file}");
}

#[test]
fn two_windows_and_an_editor_lose_nothing_and_agree() {
    let rounds = number("STEERCO_ROUNDS").unwrap_or(if is_long() { 500 } else { 15 });
    let first = number("STEERCO_ROUNDS_SEED").unwrap_or(1);
    for seed in first..first + rounds {
        round(seed, 30);
    }
    println!("{rounds} rounds of 30 deeds from seed {first}");
}
