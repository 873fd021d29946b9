//! A window's work on its files, without a terminal: what is typed is filed, found again and never taken for deleted.

use std::fs;

use steerco::store::disk::Disk;

use crate::desk::{Desk, notes, workspace};

const MEETING: &str = "2026-08-15-phien-hop";
const OTHER: &str = "2026-08-16-phien-khac";

#[test]
fn recorded_lines_come_into_the_file_once_each_in_their_order() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("Dòng thứ nhất<enter>Dòng thứ hai<enter>").rest();
    assert_eq!(notes(&desk.file()), ["Dòng thứ nhất", "Dòng thứ hai"]);
}

#[test]
fn what_a_window_left_unfinished_is_in_the_line_of_the_next() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("đã ghi<enter>đang gõ");
    drop(desk);
    let mut again = Desk::open(&root, MEETING);
    assert_eq!(again.app().meeting.line.text(), "đang gõ");
    assert!(again.screen(80, 24).contains("đang gõ"));
    again.keys(" tiếp<enter>").rest();
    assert_eq!(notes(&again.file()), ["đã ghi", "đang gõ tiếp"]);
}

#[test]
fn work_is_found_again_through_any_number_of_windows_that_end_badly() {
    let (_folder, root) = workspace(&[MEETING]);
    for word in ["một", " hai", " ba"] {
        let mut desk = Desk::open(&root, MEETING);
        desk.keys(word);
    }
    let desk = Desk::open(&root, MEETING);
    assert_eq!(desk.app().meeting.line.text(), "một hai ba");
}

#[test]
fn lines_of_two_meetings_wait_for_their_return() {
    let (_folder, root) = workspace(&[MEETING, OTHER]);
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("dở một");
    drop(desk);
    let mut desk = Desk::open(&root, OTHER);
    assert_eq!((desk.app().meeting.id.as_str(), desk.app().meeting.line.text()), (OTHER, ""));
    desk.keys("dở hai");
    drop(desk);
    let desk = Desk::open(&root, MEETING);
    assert_eq!(desk.app().meeting.line.text(), "dở một");
    drop(desk);
    assert_eq!(Desk::open(&root, OTHER).app().meeting.line.text(), "dở hai");
}

#[test]
fn what_another_program_wrote_is_taken_in_and_kept() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("của mình<enter>").rest();
    let theirs = format!("{}\n[[notes]]\nid = \"bbbbbbbb\"\ntext = \"của người khác\"\n", desk.file());
    fs::write(desk.path(), theirs).unwrap();
    desk.look().keys("sau đó<enter>").rest();
    assert_eq!(notes(&desk.file()), ["của mình", "của người khác", "sau đó"]);
    let seen = desk.app().sessions.meeting(MEETING).unwrap();
    assert_eq!(seen.notes.len(), 3);
}

#[test]
fn a_save_given_before_the_others_work_was_known_does_not_delete_it() {
    let (_folder, root) = workspace(&[MEETING]);
    let (mut one, mut two) = (Desk::open(&root, MEETING), Desk::open(&root, MEETING));
    one.keys("một<enter>");
    two.keys("hai<enter>").rest();
    one.rest();
    two.look().keys("ba<enter>").rest();
    one.look();
    let mut filed = notes(&two.file());
    filed.sort();
    assert_eq!(filed, ["ba", "hai", "một"]);
    for desk in [&one, &two] {
        assert_eq!(desk.app().sessions.meeting(MEETING).unwrap().notes.len(), 3);
    }
}

#[test]
fn a_file_that_others_broke_stays_and_the_work_comes_in_when_it_is_mended() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    let whole = desk.file();
    fs::write(desk.path(), "title = \"dở").unwrap();
    desk.keys("vẫn còn<enter>").rest();
    assert_eq!(desk.file(), "title = \"dở");
    assert!(desk.app().saving.failure.is_some());
    fs::write(desk.path(), whole).unwrap();
    desk.rest();
    assert_eq!(notes(&desk.file()), ["vẫn còn"]);
    assert!(desk.app().saving.failure.is_none());
}

#[test]
fn quitting_files_everything_first() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("ghi<enter>dở<ctrl-q>");
    assert!(desk.has_quit());
    assert_eq!(notes(&desk.file()), ["ghi"]);
    drop(desk);
    assert_eq!(Desk::open(&root, MEETING).app().meeting.line.text(), "dở");
}

#[test]
fn a_form_that_was_given_up_is_not_found_again() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("!Giao việc<enter>").keys("bỏ đi").keys("<esc>");
    assert!(desk.app().popups.is_empty());
    drop(desk);
    assert_eq!(Desk::open(&root, MEETING).app().meeting.line.text(), "");
}

#[test]
fn a_line_has_the_time_of_its_first_key_and_pasted_lines_are_lines() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    desk.at("2026-08-15T09:15:00").keys("m").at("2026-08-15T09:20:00").keys("ột<enter>");
    desk.paste("hai\nba\nbốn").rest();
    assert_eq!(notes(&desk.file()), ["một", "hai", "ba"]);
    assert_eq!(desk.app().meeting.line.text(), "bốn");
    let first = desk.app().sessions.meeting(MEETING).unwrap().notes[0].at;
    assert_eq!(first.map(|at| at.to_string()), Some("2026-08-15 09:15:00".to_owned()));
}

#[test]
fn a_deleted_line_is_found_again_windows_later_and_comes_back_to_its_place() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("một<enter>hai<enter>ba<enter>").rest();
    desk.keys("<up><up><delete>").rest();
    assert_eq!(notes(&desk.file()), ["một", "ba"]);
    drop(desk);
    for _ in 0..2 {
        drop(Desk::open(&root, MEETING));
    }
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("/timlai<enter>");
    let shown = desk.screen(80, 24);
    assert!(shown.contains("hai") && shown.contains("15/08/2026"), "{shown}");
    desk.keys("<enter>").rest();
    assert_eq!(notes(&desk.file()), ["một", "hai", "ba"]);
    desk.keys("<ctrl-z>").rest();
    assert_eq!(notes(&desk.file()), ["một", "ba"]);
}

#[test]
fn a_line_deleted_a_moment_ago_is_found_and_a_meeting_that_lacks_nothing_says_so() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::on_disk(&root, MEETING, Disk::default(), &[]);
    desk.keys("/timlai<enter>");
    assert!(desk.screen(80, 24).contains("không có dòng nào đã xóa"), "{}", desk.screen(80, 24));
    desk.keys("một<enter><up><delete>").settle();
    desk.keys("/timlai<enter><enter>").rest();
    assert_eq!(notes(&desk.file()), ["một"]);
}

#[test]
fn what_is_restored_is_counted_dated_and_taken_back_by_undo() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    desk.at("2026-08-15T10:42:10").keys("đã ghi<enter>ba chữ dở");
    drop(desk);
    let mut desk = Desk::open(&root, MEETING);
    let shown = desk.screen(120, 40);
    assert!(shown.contains("3 chữ đang gõ, đến 10:42:11"), "{shown}");
    desk.keys("<ctrl-z>");
    assert_eq!(desk.app().meeting.line.text(), "");
    desk.keys("<ctrl-z>").rest();
    assert_eq!(notes(&desk.file()), [""; 0]);
}

#[test]
fn work_on_a_meeting_whose_file_is_gone_waits_for_it_and_is_told() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("một<enter>dở");
    let path = desk.path();
    drop(desk);
    let away = root.join("away.toml");
    fs::rename(&path, &away).unwrap();
    let mut desk = Desk::home(&root, MEETING, "", crate::desk::BEGINNING);
    let shown = desk.screen(120, 40);
    assert!(shown.contains("vẫn giữ trong nhật ký"), "{shown}");
    drop(desk);
    fs::rename(&away, &path).unwrap();
    let mut desk = Desk::open(&root, MEETING);
    assert_eq!(desk.app().meeting.line.text(), "dở");
    assert_eq!(notes(&desk.rest().file()), ["một"]);
}
