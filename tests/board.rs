//! The Board on real files: one verb over many of them, filters kept for this person, files that cannot be changed.

use std::fs;

use steerco::app::Place;

use crate::desk::{BEGINNING, Desk, workspace};

const ONE: &str = "2026-08-15-phien-mot";
const TWO: &str = "2026-08-16-phien-hai";

const TASK: &str = "\n[[tasks]]\nid = \"bbbbbbbb\"\nnumber = 1\ncontent = \"Rà soát quy chế\"\nlead = [\"Sở Nội vụ\"]\n\
                    due = 2026-08-01\ndue_kind = \"date\"\n# ghi tay của văn phòng\nkhoa_la = 1\n";

/// A workspace with two meetings, a task in each.
fn with_tasks() -> (tempfile::TempDir, std::path::PathBuf) {
    let (folder, root) = workspace(&[ONE, TWO]);
    for id in [ONE, TWO] {
        let path = root.join(format!("meetings/2026/{id}.toml"));
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text + TASK).unwrap();
    }
    (folder, root)
}

fn file(root: &std::path::Path, id: &str) -> String {
    fs::read_to_string(root.join(format!("meetings/2026/{id}.toml"))).unwrap()
}

#[test]
fn one_report_goes_into_every_marked_file_and_one_undo_takes_it_out() {
    let (_folder, root) = with_tasks();
    let mut desk = Desk::open(&root, ONE);
    let before = file(&root, TWO);
    desk.keys("<f10><ctrl-g><f4>đã rà soát<tab><tab>45/BC<enter>").rest();
    for id in [ONE, TWO] {
        let text = file(&root, id);
        for words in ["[[tasks.reports]]", "đã rà soát", "45/BC", "# ghi tay của văn phòng", "khoa_la = 1"]
        {
            assert!(text.contains(words), "{id}: {words}: {text}");
        }
        assert!(text.contains(&BEGINNING[..10]), "the report has its day");
    }
    desk.keys("<ctrl-z>").rest();
    assert_eq!(file(&root, TWO), before);
}

#[test]
fn filters_are_found_again_by_the_next_window() {
    let (_folder, root) = with_tasks();
    let mut desk = Desk::open(&root, ONE);
    desk.keys("<f10>quahan -toan<ctrl-d>Trễ hạn<enter>");
    drop(desk);
    assert!(!root.join("steerco.toml").exists(), "a habit of one person is no matter of the office's folder");
    let mut again = Desk::open(&root, ONE);
    again.keys("<f10><ctrl-l>tre han<enter>");
    assert_eq!(again.app().board.filter.text(), "quahan -toan");
}

#[test]
fn a_file_that_was_spoiled_meanwhile_refuses_the_verb_and_stays_as_it_is() {
    let (_folder, root) = with_tasks();
    let mut desk = Desk::open(&root, ONE);
    desk.keys("<f10>");
    fs::write(root.join(format!("meetings/2026/{TWO}.toml")), "id = ").unwrap();
    desk.keys("<ctrl-g><f4>");
    assert!(desk.app().popups.is_empty());
    assert!(desk.screen(120, 24).contains(TWO), "{}", desk.screen(120, 24));
    desk.rest();
    assert_eq!(file(&root, TWO), "id = ");
    assert_eq!(desk.app().place, Place::Board);
}
