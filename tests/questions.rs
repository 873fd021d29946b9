//! What a chair asks suddenly is answered in at most six keys, whatever is half-typed.

use std::fs;

use steerco::app::key::script;
use steerco::app::popup::Popup;

use crate::desk::{Desk, workspace};

const MEETING: &str = "2026-08-15-hop";
const EARLIER: &str = "2026-06-15-hop";

/// A live meeting with two sites and four seats, and an earlier one whose tasks are late.
fn desk() -> (tempfile::TempDir, Desk) {
    let (folder, root) = workspace(&[MEETING, EARLIER]);
    let add = |id: &str, text: &str| {
        let path = root.join(format!("meetings/2026/{id}.toml"));
        let before = fs::read_to_string(&path).unwrap();
        fs::write(&path, before + text).unwrap();
    };
    let units = "\n[[units]]\nid = \"snv\"\nname = \"Sở Nội vụ\"\nshort = \"SNV\"\n\
                 \n[[units]]\nid = \"stc\"\nname = \"Sở Tài chính\"\nshort = \"STC\"\n";
    let seats = "\n[[sites]]\nid = \"s0000001\"\nname = \"Kon Tum\"\nheadcount = 25\nexpected = 30\n\
         \n[[sites]]\nid = \"s0000002\"\nname = \"Quảng Ngãi\"\nheadcount = 41\n\
         \n[[seats]]\nid = \"quang\"\nname = \"Trần Minh Quang\"\npresence = \"present\"\n\
         \n[[seats]]\nid = \"hoa\"\nname = \"Lê Thị Hoa\"\nunit = \"snv\"\npresence = \"present\"\n\
         \n[[seats]]\nid = \"tai\"\nname = \"Phạm Hữu Tài\"\nunit = \"stc\"\npresence = \"absent_excused\"\n\
         reason = \"đi công tác\"\n\
         \n[[notes]]\nid = \"n0000001\"\nat = 2026-08-15T08:10:00\nspeaker = \"hoa\"\ntext = \"Đề nghị thêm biên chế\"\n\
         \n[[conclusions]]\nid = \"c0000001\"\nnumber = 1\ntext = \"Biểu dương các cấp\"\n\
         \n[[conclusions]]\nid = \"c0000002\"\nnumber = 2\ntext = \"Đẩy mạnh tuyên truyền\"\n";
    let tasks = "\n[[tasks]]\nid = \"t0000001\"\nnumber = 1\ncontent = \"Rà soát quy chế\"\nlead = [\"snv\"]\n\
         due = 2026-07-01\ndue_kind = \"date\"\nstatus = \"in_progress\"\n\
         \n[[tasks]]\nid = \"t0000002\"\nnumber = 2\ncontent = \"Bố trí kinh phí\"\nlead = [\"stc\"]\n\
         due = 2026-07-10\ndue_kind = \"date\"\nstatus = \"not_started\"\n";
    add(MEETING, &format!("{units}{seats}"));
    add(EARLIER, &format!("{units}{tasks}"));
    let desk = Desk::open(&root, MEETING);
    (folder, desk)
}

/// The lines of the answer in front.
fn answer(desk: &Desk) -> Vec<String> {
    match desk.app().popups.last() {
        Some(Popup::Page(page)) => page.lines.iter().map(|line| line.text.clone()).collect(),
        other => panic!("no answer: {other:?}"),
    }
}

#[test]
fn six_sudden_questions_take_six_keys_each_and_keep_what_is_half_typed() {
    let questions = [
        ("<ctrl-k>vang<enter>", vec!["Phạm Hữu Tài", "đi công tác"], "Lê Thị Hoa"),
        ("<ctrl-k>chua<enter>", vec!["Rà soát quy chế", "Bố trí kinh phí"], "Biểu dương"),
        ("<ctrl-k>kl2<enter>", vec!["KL2", "Đẩy mạnh tuyên truyền"], "Biểu dương"),
        ("<ctrl-k>t sn<enter>", vec!["Sở Nội vụ", "Rà soát quy chế"], "Bố trí kinh phí"),
        ("<ctrl-k>n ho<enter>", vec!["Đề nghị thêm biên chế"], "Biểu dương"),
        ("<ctrl-k>c kt<enter>", vec!["Kon Tum", "25"], "Quảng Ngãi"),
    ];
    for (keys, wanted, unwanted) in questions {
        assert!(script(keys).unwrap().len() <= 6, "{keys}");
        let (_folder, mut desk) = desk();
        desk.keys("đang nói dở").keys(keys);
        let answer = answer(&desk).join("\n");
        for wanted in wanted {
            assert!(answer.contains(wanted), "{keys}: {answer}");
        }
        assert!(!answer.contains(unwanted), "{keys}: {answer}");
        assert_eq!(desk.app().meeting.line.text(), "đang nói dở");
        let screen = desk.screen(80, 24);
        assert!(screen.contains("đang nói dở"), "the line stays in sight:\n{screen}");
        desk.keys(" thêm<enter><esc>").rest();
        assert!(desk.file().contains("đang nói dở thêm"));
    }
}

#[test]
fn without_words_the_questions_are_about_who_speaks() {
    let (_folder, mut desk) = desk();
    desk.keys("@hoa<enter>").keys("<ctrl-k>tre<enter>");
    assert_eq!(answer(&desk)[0], "Sở Nội vụ: quá hạn 1 việc");
    desk.keys("<ctrl-k>noi<enter>");
    assert!(answer(&desk)[0].contains("Hoa"), "the answer names the person: {:?}", answer(&desk));
    assert!(answer(&desk)[1].contains("Đề nghị thêm biên chế"));
}

#[test]
fn a_unit_that_is_late_with_nothing_is_said_to_be_so() {
    let (_folder, mut desk) = desk();
    desk.keys("<ctrl-k>tre y te<enter>");
    assert_eq!(answer(&desk), ["y te: quá hạn 0 việc"]);
    desk.keys("<esc>@quang<enter><ctrl-k>tre<enter>");
    assert_eq!(answer(&desk).len(), 4, "who speaks has no unit: every unit");
}
