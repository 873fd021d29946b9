//! Files written by hand, in ways nobody foresaw: the program works on them and leaves alone what it did not change.

use std::fs;
use std::path::{Path, PathBuf};

use crate::desk::{Desk, notes, workspace};

const MEETING: &str = "2026-08-15-phien-hop";
const HEAD: &str = "schema = 1\nid = \"2026-08-15-phien-hop\"\ncommittee = \"bcd\"\ntitle = \"Phiên\"\n\
    date = 2026-08-15\nstage = \"live\"\nopened = 2026-08-15T08:00:00\nutc_offset = \"+07:00\"\n";
const AGENDA: &str = "\n[[agenda]]\nid = \"aaaaaaaa\"\nkind = \"discussion\"\ntitle = \"Thảo luận\"\n\
    started = 2026-08-15T08:01:00\n";

/// A workspace whose meeting has this text.
fn written(text: &str) -> (tempfile::TempDir, PathBuf) {
    let (folder, root) = workspace(&[MEETING]);
    fs::write(file(&root, MEETING), text).unwrap();
    (folder, root)
}

fn file(root: &Path, id: &str) -> PathBuf {
    root.join("meetings").join(&id[..4]).join(format!("{id}.toml"))
}

/// The texts of the notes, however the table is written.
fn texts(file: &str) -> Vec<String> {
    let table: toml::Table = file.parse().unwrap();
    match table.get("notes") {
        Some(toml::Value::Table(only)) => vec![only["text"].as_str().unwrap().to_owned()],
        _ => notes(file),
    }
}

#[test]
fn an_edited_row_without_an_id_is_one_row_again_when_the_edit_is_taken_back() {
    let rows = [
        "notes = [\n  { id = \"n1\", text = \"một\" }, # lời\n  { text = \"hai\" },\n]\n",
        "[notes]\ntext = \"đơn\"\n",
        "[[notes]]\ntext = \"a\"\n\n[[notes]]\ntext = \"a\"\n",
        "[[notes]]\nid = 7\ntext = \"a\"\n",
    ];
    for rows in rows {
        let text = format!("{HEAD}{rows}");
        let (_folder, root) = written(&text);
        let mut desk = Desk::open(&root, MEETING);
        desk.keys("<up><enter> sửa<enter>").rest();
        let count = texts(&text).len();
        assert_eq!(texts(&desk.file()).len(), count);
        assert!(texts(&desk.file())[count - 1].ends_with(" sửa"), "{}", desk.file());
        desk.keys("<ctrl-z>").rest();
        assert_eq!(desk.file(), text);
        desk.keys("<ctrl-y>").rest();
        assert_eq!(texts(&desk.file()).len(), count);
        assert!(texts(&desk.file())[count - 1].ends_with(" sửa"), "{}", desk.file());
    }
}

#[test]
fn a_copied_file_whose_id_nobody_changed_is_a_meeting_of_its_own() {
    const COPY: &str = "2026-08-20-ban-sao";
    let (_folder, root) = written(&format!("{HEAD}{AGENDA}"));
    fs::copy(file(&root, MEETING), file(&root, COPY)).unwrap();
    let original = fs::read_to_string(file(&root, MEETING)).unwrap();
    let mut desk = Desk::open(&root, COPY);
    desk.keys("vào bản sao<enter>").rest();
    assert_eq!(notes(&desk.file()), ["vào bản sao"]);
    assert!(desk.file().starts_with(HEAD));
    assert_eq!(fs::read_to_string(file(&root, MEETING)).unwrap(), original);
    assert_eq!(desk.app().library.meetings.len(), 2);
    drop(desk);
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("vào bản gốc<enter>").rest();
    assert_eq!(notes(&desk.file()), ["vào bản gốc"]);
}

#[test]
fn a_file_without_an_id_or_with_nothing_at_all_takes_lines() {
    for text in ["", "# chỉ lời chú", "title = \"Phiên\"\n", "id = 5\n", "id = \"khac\"\n"] {
        let (_folder, root) = written(text);
        let mut desk = Desk::open(&root, MEETING);
        assert_eq!(desk.file(), text);
        desk.keys("một dòng<enter>").rest();
        assert_eq!(notes(&desk.file()), ["một dòng"], "{text:?}");
        assert!(desk.file().starts_with(text), "{}", desk.file());
        assert!(desk.app().saving.failure.is_none());
    }
}
