//! From the closed meeting to the papers, key by key on real files: approval and its seal, the lock, amendments, numbers
//! of papers, fields to settle.

use std::fs;

use steerco::app::Place;
use steerco::app::command::Command;
use steerco::app::meeting::Focus;
use steerco::domain::kinds::{AmendmentStatus, Language, Stage};
use steerco::domain::meeting::Meeting;
use steerco::domain::seal::{Seal, checksum, seal};
use steerco::store::meeting_file::read;
use steerco::words::Words;

use crate::desk::{Desk, workspace};

const MEETING: &str = "2026-08-15-phien-hop";

/// A committee of the State with a signer, a series and a holiday; a live meeting with a chair.
fn office() -> (tempfile::TempDir, std::path::PathBuf) {
    let (folder, root) = workspace(&[MEETING]);
    let committee = root.join("committees/bcd.toml");
    let text = fs::read_to_string(&committee).unwrap();
    let more = "world = \"state\"\nnotice_days = 3\nholidays = [2026-08-18]\n\
        series = [{ paper = \"notice\", code = \"TB-BCĐ\", per = \"year\" }]\n\n\
        [[signers]]\nid = \"s1\"\nmember = \"mai\"\nform = \"KT.\"\n\n\
        [[members]]\nid = \"mai\"\nname = \"Lương Thị Mai\"\n\n\
        [[units]]\nid = \"snv\"\nname = \"Sở Nội vụ\"\nshort = \"SNV\"\n\n\
        [[recipients]]\nid = \"r1\"\ntext = \"Thành viên Ban Chỉ đạo\"\npapers = [\"notice\"]\n";
    fs::write(&committee, text + more).unwrap();
    let meeting = root.join(format!("meetings/2026/{MEETING}.toml"));
    let text = fs::read_to_string(&meeting).unwrap();
    let seat =
        "\n[[seats]]\nid = \"quang\"\nname = \"Trần Minh Quang\"\nrole = \"chair\"\npresence = \"present\"\n";
    fs::write(&meeting, text + seat).unwrap();
    (folder, root)
}

/// The meeting with two lines and a task, closed.
fn closed(root: &std::path::Path) -> Desk {
    let mut desk = Desk::open(root, MEETING);
    desk.keys("@quang<enter>Dòng một<enter>Dòng hai<enter>");
    desk.keys("!Giao Sở Nội vụ rà soát trước ngày 30/9<enter><esc>");
    desk.keys("/bemac<enter><enter>");
    assert_eq!(meeting(&desk).stage(), Stage::Closed);
    desk
}

fn approved(root: &std::path::Path) -> Desk {
    let mut desk = closed(root);
    desk.keys("/trinh<enter>/duyet<enter><enter>");
    assert_eq!(meeting(&desk).stage(), Stage::Approved);
    desk
}

fn meeting(desk: &Desk) -> &Meeting {
    desk.app().current_meeting().unwrap()
}

fn filed(desk: &Desk) -> Meeting {
    read(desk.file().as_bytes()).unwrap().record
}

fn news(desk: &Desk) -> &str {
    &desk.app().desk.news.text
}

#[test]
fn the_record_goes_to_the_chair_and_back() {
    let (_folder, root) = office();
    let mut desk = closed(&root);
    desk.keys("/duyet<enter>");
    assert_eq!(meeting(&desk).stage(), Stage::Closed, "{}", news(&desk));
    desk.keys("/trinh<enter>");
    assert_eq!(meeting(&desk).stage(), Stage::WithChair);
    desk.keys("Còn sửa được<enter>");
    assert!(meeting(&desk).notes.iter().any(|note| note.text == "Còn sửa được"));
    desk.keys("/rut<enter>");
    assert_eq!(meeting(&desk).stage(), Stage::Closed);
    desk.keys("/rut<enter>");
    assert!(news(&desk).contains("không ở chỗ người chủ trì"));
    desk.keys("<ctrl-z>");
    assert_eq!(meeting(&desk).stage(), Stage::WithChair, "{}", news(&desk));
}

#[test]
fn approving_names_the_chair_seals_the_text_and_can_be_undone() {
    let (_folder, root) = office();
    let path = root.join(format!("meetings/2026/{MEETING}.toml"));
    let by_hand = "\n[[notes]]\nitem = \"aaaaaaaa\"\nspeaker = \"quang\"\ntext = \"Dòng viết tay\"\n";
    fs::write(&path, fs::read_to_string(&path).unwrap() + by_hand).unwrap();
    let mut desk = approved(&root);
    let approval = meeting(&desk).head.approval.clone().unwrap();
    assert_eq!((approval.by.as_str(), approval.on.unwrap().to_string().as_str()), ("quang", "2026-08-15"));
    desk.rest();
    let stored = filed(&desk);
    assert_eq!((seal(&stored), stored.stage()), (Seal::Intact, Stage::Approved));
    assert!(stored.notes.iter().all(|note| !note.extra.unwritten_id), "every id is written");
    desk.keys("<ctrl-z>").rest();
    assert!(news(&desk).contains("duyệt"), "{}", news(&desk));
    assert_eq!((filed(&desk).stage(), filed(&desk).head.approval), (Stage::WithChair, None));
    assert!(meeting(&desk).notes.iter().all(|note| !note.id.is_empty()));
    desk.keys("<ctrl-y>").rest();
    assert_eq!(seal(&filed(&desk)), Seal::Intact);
}

#[test]
fn a_line_typed_into_an_approved_text_stays_in_the_line_and_becomes_an_amendment() {
    let (_folder, root) = office();
    let mut desk = approved(&root);
    let before = meeting(&desk).clone();
    desk.keys("và bổ sung<enter>");
    assert_eq!(desk.app().meeting.line.text(), "và bổ sung");
    assert!(news(&desk).contains("đính chính"), "{}", news(&desk));
    assert_eq!(meeting(&desk), &before);
    // Without a reason it is none, and the form stays.
    desk.keys("<ctrl-t><enter>");
    assert!(news(&desk).contains("lý do"), "{}", news(&desk));
    desk.keys("<tab>thiếu ý<tab>quang<enter>");
    assert_eq!(desk.app().meeting.line.text(), "");
    let amendment = meeting(&desk).amendments[0].clone();
    assert_eq!(amendment.target, before.notes.last().unwrap().id);
    assert_eq!((amendment.text.as_str(), amendment.reason.as_str()), ("và bổ sung", "thiếu ý"));
    assert_eq!((amendment.asked_by.as_str(), amendment.status), ("quang", Some(AmendmentStatus::Proposed)));
    desk.rest();
    assert_eq!(seal(&filed(&desk)), Seal::Intact);
    desk.keys("<ctrl-z>");
    assert_eq!(meeting(&desk).amendments.len(), 0, "one step");
}

#[test]
fn a_selected_line_is_amended_and_the_stream_shows_it_with_a_mark() {
    let (_folder, root) = office();
    let mut desk = approved(&root);
    // Up: the task's line, then line two, then line one.
    desk.keys("<up><up><up><enter>Dòng mới hẳn<tab>nghe nhầm<tab><tab><tab><tab><right><enter>");
    assert_eq!(meeting(&desk).amendments[0].status, Some(AmendmentStatus::Adopted), "{}", news(&desk));
    assert_eq!(meeting(&desk).notes[0].text, "Dòng một", "the approved words stay");
    let screen = desk.screen(80, 24);
    assert!(screen.contains("[ĐC] Dòng mới hẳn"), "{screen}");
    desk.keys("/xemdc<enter>");
    let screen = desk.screen(80, 24);
    assert!(screen.contains("Đã duyệt: Dòng [bỏ: một]"), "{screen}");
    assert!(screen.contains("Đính chính: Dòng [thêm: mới hẳn]"), "{screen}");
    // Enter on it: its outcome can be changed.
    desk.keys("<enter><right><enter>");
    assert_eq!(meeting(&desk).amendments[0].status, Some(AmendmentStatus::Refused));
    assert!(desk.screen(80, 24).contains("không chấp nhận"));
}

#[test]
fn a_field_of_a_task_is_amended_in_the_words_of_the_office() {
    let (_folder, root) = office();
    let mut desk = approved(&root);
    desk.keys("<up><enter>");
    let screen = desk.screen(80, 24);
    assert!(screen.contains("NV1") && screen.contains("Thời hạn"), "{screen}");
    desk.keys("han<enter>15/10/2026<tab>gia hạn sai<tab><tab><tab><tab><right><enter>");
    let amendment = &meeting(&desk).amendments[0];
    assert_eq!((amendment.field.as_str(), amendment.text.as_str()), ("due", "2026-10-15"));
    let screen = desk.screen(80, 24);
    assert!(screen.contains("15/10"), "{screen}");
    desk.keys("x").rest();
    assert_eq!(seal(&filed(&desk)), Seal::Intact);
}

/// Back in the meeting's empty line, wherever the keys led.
fn settle_down(desk: &mut Desk) {
    for _ in 0..12 {
        let app = desk.app();
        match app.place {
            _ if !app.popups.is_empty() => desk.keys("<esc>"),
            Place::Meeting => break,
            Place::Home => desk.keys("<ctrl-r><delete><enter>"),
            Place::Roll | Place::Board | Place::Committee => desk.keys("<esc>"),
        };
    }
    assert_eq!(desk.app().place, Place::Meeting);
    desk.keys("<ctrl-r><delete>");
    assert_eq!(desk.app().meeting.line.text(), "");
}

/// Commands that leave the meeting or the program.
const LEAVING: &[Command] =
    &[Command::Quit, Command::Home, Command::Board, Command::Roll, Command::Committee];

#[test]
fn no_command_changes_an_approved_text() {
    let (_folder, root) = office();
    let mut desk = approved(&root);
    desk.rest();
    drop(desk);
    let mut desk = Desk::open(&root, MEETING);
    let sealed = checksum(meeting(&desk));
    let words = Words::of(Language::Vi);
    for command in Command::ALL.iter().filter(|command| !LEAVING.contains(command)) {
        let key = format!("slash.{}", command.name());
        if !words.has(&key) {
            continue;
        }
        let word = words.get(&key).split('|').next().unwrap();
        for way in ["", "<up>", "<up><up><shift-up>"] {
            for rest in ["", " 5 hai ba"] {
                desk.keys(way).keys(&format!("/{word}{rest}<enter>"));
                desk.keys("x<tab>y<enter><enter><right><enter>z<enter>");
                settle_down(&mut desk);
                let now = meeting(&desk);
                assert_eq!(checksum(now), sealed, "/{word}{rest} after {way}");
                assert!(now.stage().is_locked(), "/{word}{rest} after {way}");
            }
        }
    }
}

#[test]
fn no_key_changes_an_approved_text() {
    let (_folder, root) = office();
    let mut desk = approved(&root);
    desk.rest();
    drop(desk);
    let mut desk = Desk::open(&root, MEETING);
    let sealed = checksum(meeting(&desk));
    let keys = [
        "<f2>",
        "<f3>",
        "<f4>",
        "<f5>",
        "<f6>",
        "<f7>",
        "<ctrl-d>",
        "<ctrl-l>",
        "<ctrl-e>",
        "<ctrl-u>",
        "<delete>",
        "<ctrl-t>",
        "<enter>",
        "<ctrl-z>",
        "<ctrl-y>",
        "!giao việc<enter>",
        "=kết luận<enter>",
        "#1<enter>",
        "@quang<enter>",
        "<f8>",
        "<f9>",
        "<f11>",
    ];
    for way in ["", "<up>", "<up><up><shift-up>", "chữ"] {
        for key in keys {
            desk.keys(way).keys(key).keys("<enter>a<enter><enter>");
            settle_down(&mut desk);
            let now = meeting(&desk);
            assert_eq!(checksum(now), sealed, "{way} {key}");
            assert!(now.stage().is_locked(), "{way} {key}");
        }
    }
    desk.paste("dán\nvào\n");
    assert_eq!(checksum(meeting(&desk)), sealed);
}

#[test]
fn what_another_program_writes_into_an_approved_file_becomes_a_proposal() {
    let (_folder, root) = office();
    let mut desk = approved(&root);
    desk.rest();
    let text = desk.file().replace("text = \"Dòng một\"", "text = \"Dòng một sửa lén\"");
    assert_ne!(text, desk.file());
    fs::write(desk.path(), text).unwrap();
    desk.look();
    assert!(news(&desk).contains("đề nghị đính chính"), "{}", news(&desk));
    assert_eq!(meeting(&desk).notes[0].text, "Dòng một");
    assert_eq!(meeting(&desk).amendments[0].text, "Dòng một sửa lén");
    desk.rest();
    let stored = filed(&desk);
    assert_eq!((seal(&stored), stored.amendments.len()), (Seal::Intact, 1));
    assert!(desk.screen(80, 24).contains("[ĐC đề nghị] Dòng một"));
}

#[test]
fn a_line_of_another_window_that_missed_the_approval_is_proposed() {
    let (_folder, root) = office();
    let mut desk = closed(&root);
    desk.keys("/trinh<enter>").rest();
    let mut other = Desk::open(&root, MEETING);
    other.keys("Dòng đến muộn<enter>");
    desk.keys("/duyet<enter><enter>").rest();
    other.rest();
    let stored = filed(&other);
    assert_eq!((seal(&stored), stored.stage()), (Seal::Intact, Stage::Approved));
    assert!(stored.amendments.iter().any(|row| row.text == "Dòng đến muộn"));
    assert_eq!(meeting(&other), &stored);
    other.keys("<ctrl-z>");
    assert_eq!(seal(meeting(&other)), Seal::Intact, "{}", news(&other));
}

#[test]
fn a_broken_seal_is_told_on_opening() {
    let (_folder, root) = office();
    let mut desk = approved(&root);
    desk.rest();
    let path = desk.path();
    let text = desk.file().replace("text = \"Dòng một\"", "text = \"Dòng khác\"");
    drop(desk);
    fs::write(&path, text).unwrap();
    let mut desk = Desk::open(&root, MEETING);
    assert!(news(&desk).contains("NIÊM PHONG HỎNG"), "{}", news(&desk));
    assert!(desk.keys("x").screen(120, 40).contains("NIÊM PHONG HỎNG"), "it stays in sight");
    assert_eq!(desk.file(), fs::read_to_string(&path).unwrap(), "viewing writes nothing");
}

#[test]
fn comments_and_follow_up_leave_the_seal_intact() {
    let (_folder, root) = office();
    let mut desk = approved(&root);
    desk.rest();
    let text =
        desk.file().replace("[[tasks]]", "# ghi chú tay\n[[tasks]]\nstatus = \"in_progress\"\nmau = 1");
    fs::write(desk.path(), &text).unwrap();
    assert_eq!(seal(&filed(&desk)), Seal::Intact);
    desk.look();
    assert!(!news(&desk).contains("đề nghị"), "{}", news(&desk));
    desk.keys("x<ctrl-a><ctrl-delete>").rest();
    assert!(desk.file().contains("# ghi chú tay"));
}

#[test]
fn the_notice_is_counted_down_and_its_number_issues_the_text() {
    let (_folder, root) = office();
    let mut desk = closed(&root);
    // Saturday the 15th; 17 counts, 18 is a holiday, 19 and 20 count.
    let screen = desk.screen(80, 24);
    assert!(screen.contains("Thông báo: hạn 20/08/2026, còn 3 ngày làm việc"), "{screen}");
    desk.keys("/trinh<enter>/duyet<enter><enter>/sovb<enter>");
    let screen = desk.screen(80, 24);
    assert!(screen.contains("01/TB-BCĐ") && screen.contains("KT. Lương Thị Mai"), "{screen}");
    assert!(screen.contains("Thành viên Ban Chỉ đạo"), "{screen}");
    desk.keys("<enter>").rest();
    let stored = filed(&desk);
    assert_eq!((stored.stage(), seal(&stored)), (Stage::Issued, Seal::Intact));
    let paper = stored.papers.last().unwrap();
    assert_eq!(
        (paper.kind.as_str(), paper.number.as_str(), paper.signer.as_str()),
        ("notice", "01/TB-BCĐ", "mai")
    );
    assert!(!desk.screen(80, 24).contains("hạn 20/08/2026"));
    desk.keys("/vanban<enter>");
    assert!(desk.screen(80, 24).contains("01/TB-BCĐ"));
    desk.keys("<esc>/sovb<enter>");
    assert!(desk.screen(80, 24).contains("02/TB-BCĐ"), "the next number");
    desk.keys("<esc><ctrl-z>");
    assert_eq!(meeting(&desk).stage(), Stage::Approved, "number and stage are one step");
}

#[test]
fn a_notice_before_the_approval_is_refused_with_its_form_kept() {
    let (_folder, root) = office();
    let mut desk = closed(&root);
    desk.keys("/sovb<enter><shift-tab><left><tab>");
    assert!(desk.screen(80, 24).contains("01/TB-BCĐ"), "the number follows the kind");
    desk.keys("7<enter>");
    assert!(news(&desk).contains("duyệt"), "{}", news(&desk));
    assert_eq!(meeting(&desk).papers.len(), 0);
    assert!(desk.screen(80, 24).contains("Người ký"));
}

#[test]
fn a_field_changed_on_two_sides_is_one_gap_and_settled_by_a_choice() {
    let (_folder, root) = office();
    let mut desk = closed(&root);
    desk.rest();
    let id = meeting(&desk).notes[0].id.clone();
    drop(desk);
    let path = root.join(format!("meetings/2026/{MEETING}.toml"));
    let row = format!(
        "\n[[conflicts]]\nid = \"kkkkkkkk\"\ntarget = \"{id}\"\nfield = \"text\"\nvalues = [\"Dòng một\", \"Dòng 1\"]\n"
    );
    fs::write(&path, fs::read_to_string(&path).unwrap() + &row).unwrap();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("<f7>");
    let screen = desk.screen(80, 24);
    assert!(screen.contains("Sửa ở hai nơi") && screen.contains("đang hiện"), "{screen}");
    desk.keys("<down><enter>");
    assert_eq!(meeting(&desk).notes[0].text, "Dòng 1");
    assert_eq!(meeting(&desk).conflicts.len(), 0);
    assert_eq!(desk.app().meeting.focus, Focus::Stream);
    desk.keys("<ctrl-z>");
    assert_eq!((meeting(&desk).notes[0].text.as_str(), meeting(&desk).conflicts.len()), ("Dòng một", 1));
}

#[test]
fn settling_in_an_approved_text_keeps_it_and_proposes() {
    let (_folder, root) = office();
    let mut desk = approved(&root);
    desk.rest();
    let id = meeting(&desk).notes[0].id.clone();
    let path = desk.path();
    let row = format!(
        "\n[[conflicts]]\nid = \"kkkkkkkk\"\ntarget = \"{id}\"\nfield = \"text\"\nvalues = [\"Dòng một\", \"Dòng 1\"]\n"
    );
    drop(desk);
    fs::write(&path, fs::read_to_string(&path).unwrap() + &row).unwrap();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("<f7><down><enter>");
    let now = meeting(&desk);
    assert_eq!((seal(now), now.conflicts.len()), (Seal::Intact, 0));
    assert_eq!(now.amendments[0].text, "Dòng 1");
}
