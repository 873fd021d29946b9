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

#[test]
fn a_line_typed_is_the_only_change_however_the_file_is_written() {
    let row = "\n[[notes]]\nid = \"n1\"\ntext = \"một\"\n";
    let bodies = [
        format!("{HEAD}{AGENDA}{row}"),
        format!("\u{feff}{HEAD}{AGENDA}{row}").replace('\n', "\r\n"),
        format!("{HEAD}{AGENDA}{row}# của dòng một\n\n# cuối tệp"),
        format!(
            "{HEAD}approval.on = 2026-08-20\n{row}mood.level = 3\n{AGENDA}[agenda.room]\nn = 305\n[x]\ny = nan\n"
        ),
        format!("{HEAD}{row}\n[[tasks]]\nid = \"t\"\n{row}\n  [[tasks.reports]]\n  text = \"r\"\n{AGENDA}"),
        format!("{HEAD}{AGENDA}\n  [[ \"notes\" ]]\t# đầu\n\t'text' = '''\n[[notes]]\n'''\n\n\n"),
        format!("{HEAD}{AGENDA}{row}{row}"),
        format!("{HEAD}notes = [\n  {{ text = \"a\" }}, # lời\n  {{ text = \"b\" }}, # lời\n]\n{AGENDA}"),
    ];
    for text in bodies {
        let (_folder, root) = written(&text);
        let mut desk = Desk::open(&root, MEETING);
        desk.keys("Dòng mới<enter>").rest();
        let now = desk.file();
        let before = text.bytes().zip(now.bytes()).take_while(|(a, b)| a == b).count();
        let after = text.bytes().rev().zip(now.bytes().rev()).take_while(|(a, b)| a == b).count();
        assert!(before + after >= text.len(), "{text}\n=>\n{now}");
        assert_eq!(now.matches("Dòng mới").count(), 1);
        desk.keys("<ctrl-z>").rest();
        assert_eq!(desk.file(), text);
    }
}

#[test]
fn a_file_taken_away_or_renamed_while_it_is_open_is_written_again_once_and_then_when_a_person_says_so() {
    let (_folder, root) = written(&format!("{HEAD}{AGENDA}# lời của tay\n"));
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("một<enter>").rest();
    let moved = desk.path().with_file_name("2026-08-15-ten-khac.toml");
    fs::rename(desk.path(), &moved).unwrap();
    desk.look().keys("hai<enter>").rest();
    assert_eq!(notes(&desk.file()), ["một", "hai"]);
    assert!(desk.file().contains("# lời của tay"));
    assert_eq!(notes(&fs::read_to_string(&moved).unwrap()), ["một"]);
    fs::remove_file(desk.path()).unwrap();
    desk.look().keys("ba<enter>").rest();
    assert!(!desk.path().exists());
    assert!(desk.screen(120, 40).contains("Ctrl-S ghi lại tệp"), "{}", desk.screen(120, 40));
    desk.keys("<ctrl-s>");
    assert_eq!(notes(&desk.file()), ["một", "hai", "ba"]);
}

#[test]
fn what_an_editor_wrote_between_two_saves_stays_beside_what_was_typed() {
    let row = "\n[[notes]]\nid = \"n1\"\ntext = \"một\"\n\n[[notes]]\nid = \"n2\"\ntext = \"hai\"\n";
    let (_folder, root) = written(&format!("{HEAD}{AGENDA}{row}"));
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("của mình<enter>");
    let theirs = desk.file().replace("\"một\"", "'một, sửa tay' # tay").replace("\"Phiên\"", "\"Phiên mới\"");
    fs::write(desk.path(), &theirs).unwrap();
    desk.rest();
    assert_eq!(notes(&desk.file()), ["một, sửa tay", "hai", "của mình"]);
    assert!(desk.file().contains("'một, sửa tay' # tay"));
    // An old buffer of the editor, saved once more, takes nothing of this window's work away.
    fs::write(desk.path(), theirs.replace("\"hai\"", "\"hai, sửa tay\"")).unwrap();
    desk.keys("sau cùng<enter>").rest();
    let now = notes(&desk.file());
    for text in ["một, sửa tay", "hai, sửa tay", "của mình", "sau cùng"] {
        assert!(now.iter().any(|note| note == text), "{now:?}");
    }
}

#[test]
fn a_folder_that_takes_no_file_costs_no_word() {
    let (_folder, root) = written(&format!("{HEAD}{AGENDA}"));
    let mut desk = Desk::open(&root, MEETING);
    let (year, away) = (root.join("meetings/2026"), root.join("away"));
    fs::rename(&year, &away).unwrap();
    fs::write(&year, "").unwrap();
    desk.keys("vẫn còn<enter>").rest();
    assert!(desk.app().saving.failure.is_some());
    fs::remove_file(&year).unwrap();
    fs::rename(&away, &year).unwrap();
    desk.rest();
    assert_eq!(notes(&desk.file()), ["vẫn còn"]);
    assert!(desk.app().saving.failure.is_none());
}

#[test]
fn work_on_a_file_that_was_broken_meanwhile_waits_in_the_journal() {
    let (_folder, root) = written(&format!("{HEAD}{AGENDA}"));
    let mut desk = Desk::open(&root, MEETING);
    let whole = desk.file();
    let broken = format!("{whole}<<<<<<< HEAD\ntext = 1\n");
    fs::write(desk.path(), &broken).unwrap();
    desk.look().keys("đã ghi<enter>đang gõ").rest();
    assert_eq!(desk.file(), broken);
    let line = broken.lines().count() - 1;
    let screen = desk.screen(120, 30);
    assert!(screen.contains(&format!(":{line}:1")), "{screen}");
    drop(desk);
    fs::write(file(&root, MEETING), &whole).unwrap();
    let mut desk = Desk::open(&root, MEETING);
    assert_eq!(desk.app().meeting.line.text(), "đang gõ");
    desk.rest();
    assert_eq!(notes(&desk.file()), ["đã ghi"]);
}

#[test]
fn an_old_buffer_of_an_editor_that_is_saved_takes_back_no_line() {
    let (_folder, root) = written(&format!("{HEAD}{AGENDA}"));
    let mut desk = Desk::open(&root, MEETING);
    let old = desk.file();
    desk.keys("một<enter>").rest();
    desk.keys("hai<enter>").rest();
    fs::write(desk.path(), old.replace("\"Phiên\"", "\"Phiên họp\"")).unwrap();
    desk.look().rest();
    assert_eq!(notes(&desk.file()), ["một", "hai"]);
    assert!(desk.file().contains("title = \"Phiên họp\""));
    // Taken out once more, a line is meant to go.
    let without = desk.file();
    let start = without.rfind("\n[[notes]]").unwrap();
    fs::write(desk.path(), &without[..start]).unwrap();
    desk.look().keys("ba<enter>").rest();
    assert_eq!(notes(&desk.file()), ["một", "ba"]);
}

#[test]
fn a_line_that_another_window_deletes_stays_deleted() {
    let (_folder, root) = written(&format!("{HEAD}{AGENDA}"));
    let (mut one, mut two) = (Desk::open(&root, MEETING), Desk::open(&root, MEETING));
    one.keys("một<enter>").rest();
    one.keys("hai<enter>").rest();
    two.look().keys("<up><delete>").rest();
    assert_eq!(notes(&two.file()), ["một"]);
    one.look().rest();
    assert_eq!(notes(&one.file()), ["một"]);
    one.keys("ba<enter>");
    two.keys("<esc><up><delete>").rest();
    one.rest();
    assert_eq!(notes(&one.file()), ["ba"]);
}
