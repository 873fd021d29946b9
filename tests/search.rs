//! The search over all meetings by keys: what is found, where Enter goes, and that nothing typed is lost on the way.

use std::fs;

use ratatui::style::Modifier;
use steerco::app::Place;

use crate::desk::{Desk, workspace};

const ONE: &str = "2026-08-15-phien-mot";
const TWO: &str = "2026-08-16-phien-hai";

/// Two meetings, each with a line of its own and one in both.
fn archive() -> (tempfile::TempDir, std::path::PathBuf) {
    let (folder, root) = workspace(&[ONE, TWO]);
    for (id, text) in [(ONE, "Rà soát đất đai"), (TWO, "Số hóa hồ sơ đất đai; giữ mã cũ")]
    {
        let path = root.join(format!("meetings/2026/{id}.toml"));
        let note = format!("\n[[notes]]\nid = \"cccccccc\"\nspeaker = \"Lê Châu\"\ntext = \"{text}\"\n");
        let file = fs::read_to_string(&path).unwrap();
        fs::write(&path, file + &note).unwrap();
    }
    (folder, root)
}

#[test]
fn a_hit_in_another_meeting_is_gone_to_and_come_back_from_with_the_line_kept() {
    let (_folder, root) = archive();
    let mut desk = Desk::open(&root, ONE);
    desk.keys("đang gõ dở<ctrl-f>ho so dat dai");
    let screen = desk.screen(80, 24);
    assert!(screen.contains("hồ sơ đất đai") && screen.contains("đang gõ dở"), "{screen}");
    desk.keys("<enter>");
    assert_eq!(desk.app().meeting.id, TWO);
    assert!(desk.app().meeting.selection.as_ref().is_some_and(|chosen| chosen.head == "cccccccc"));
    desk.keys("<esc>");
    assert_eq!((desk.app().meeting.id.as_str(), desk.app().meeting.line.text()), (ONE, "đang gõ dở"));
    desk.keys("<ctrl-f>");
    assert!(desk.screen(80, 24).contains("ho so dat dai"), "what was looked for stands there again");
    desk.keys("châu<esc>");
    assert_eq!(desk.app().meeting.line.text(), "đang gõ dở");
}

#[test]
fn the_meeting_one_is_in_comes_first_and_its_lines_are_gone_to_at_once() {
    let (_folder, root) = archive();
    for (here, first) in [(ONE, "Rà soát"), (TWO, "Số hóa")] {
        let mut desk = Desk::open(&root, here);
        desk.keys("<ctrl-f>đất đai nguoi:chau");
        let screen = desk.screen(100, 24);
        let (one, two) = (screen.find("Rà soát").unwrap(), screen.find("Số hóa").unwrap());
        assert_eq!(if one < two { "Rà soát" } else { "Số hóa" }, first, "{screen}");
        desk.keys("<enter>");
        assert_eq!(desk.app().meeting.id, here);
        desk.keys("<esc>");
        assert_eq!((desk.app().place, desk.app().meeting.id.as_str()), (Place::Meeting, here));
    }
}

#[test]
fn from_home_esc_comes_back_home() {
    let (_folder, root) = archive();
    let mut desk = Desk::home(&root, ONE, "", crate::desk::BEGINNING);
    desk.keys("<ctrl-f>");
    assert!(desk.screen(80, 24).contains("không cần dấu"), "an empty search says how it is used");
    desk.keys("rà soát<enter><esc>");
    assert_eq!(desk.app().place, Place::Home);
}

#[test]
fn a_form_below_the_search_is_not_lost() {
    let (_folder, root) = archive();
    let mut desk = Desk::home(&root, ONE, "", crate::desk::BEGINNING);
    desk.keys("<ctrl-n>");
    assert_eq!(desk.app().popups.len(), 1);
    desk.keys("<ctrl-f>đất<enter>");
    assert_eq!((desk.app().place, desk.app().popups.len()), (Place::Home, 1));
    assert!(!desk.app().desk.news.text.is_empty());
}

/// The letters of the screen that are underlined, in rows.
fn underlined(desk: &mut Desk) -> Vec<String> {
    let (buffer, _) = desk.cells(100, 24);
    let rows = buffer.content.chunks(usize::from(buffer.area.width));
    let marked = |row: &[ratatui::buffer::Cell]| -> String {
        let found = row.iter().filter(|cell| cell.modifier.contains(Modifier::UNDERLINED));
        found.map(|cell| cell.symbol()).collect()
    };
    rows.map(marked).filter(|text| !text.is_empty()).collect()
}

#[test]
fn every_list_marks_the_letters_found_composed_and_decomposed() {
    let (_folder, root) = archive();
    let path = root.join(format!("meetings/2026/{TWO}.toml"));
    // "Phiên họp" with its letters taken apart.
    let text = fs::read_to_string(&path).unwrap().replace("title = \"", "title = \"Tie\u{302}\u{309}u ban ");
    fs::write(&path, text).unwrap();
    let mut desk = Desk::home(&root, ONE, "", crate::desk::BEGINNING);
    desk.keys("tieu");
    let marked = underlined(&mut desk);
    assert!(marked.iter().any(|text| text == "Tiểu"), "{marked:?}");
    desk.keys("<esc><ctrl-f>dai");
    assert_eq!(underlined(&mut desk), ["đai", "đai"]);
    desk.keys("<esc><ctrl-k>dau ngo");
    let marked = underlined(&mut desk);
    assert!(marked.iter().any(|text| text.to_lowercase().contains("dấungờ")), "{marked:?}");
}

#[test]
fn text_in_an_old_code_is_not_pasted_and_the_typed_line_stays() {
    let (_folder, root) = archive();
    let mut desk = Desk::open(&root, ONE);
    desk.keys("đang gõ").paste("NguyÔn V¨n H¶i\nSë Néi vô\n");
    assert_eq!(desk.app().meeting.line.text(), "đang gõ");
    assert!(desk.screen(80, 24).contains("TCVN3"), "{}", desk.screen(80, 24));
    desk.keys("<esc>").paste(" Nguyễn Văn Hải");
    assert_eq!(desk.app().meeting.line.text(), "đang gõ Nguyễn Văn Hải");
}

#[test]
fn files_in_an_old_code_are_refused_by_name_and_untouched() {
    let (_folder, root) = archive();
    let path = root.join(format!("meetings/2026/{TWO}.toml"));
    // "title" in TCVN3 as bytes of that code.
    let mut bytes = fs::read(&path).unwrap();
    bytes.extend(b"\n# Nguy\xd4n V\xa8n H\xb6i, S\xeb N\xe9i v\xf4\n");
    fs::write(&path, &bytes).unwrap();
    let mut desk = Desk::home(&root, ONE, "", crate::desk::BEGINNING);
    desk.keys("<ctrl-f>đất");
    assert!(!desk.screen(80, 24).contains("Số hóa"));
    assert_eq!(fs::read(&path).unwrap(), bytes);
    let failure = &desk.app().library.failures[0];
    assert_eq!(
        (failure.kind, failure.cause.as_str()),
        (steerco::app::event::FailureKind::OldCode, "TCVN3 (ABC)")
    );
}
