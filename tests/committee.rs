//! The Committee place key by key, on real files: what is typed comes into the committee's file, comments stay, what
//! was stays, and files of meetings are not touched.

use std::fs;
use std::path::{Path, PathBuf};

use steerco::app::Place;
use steerco::domain::check::check_committee;
use steerco::domain::committee::Committee;
use steerco::store::meeting_file::read;

use crate::desk::Desk;

const MEETING: &str = "2026-08-15-phien-hop";

const COMMITTEE: &str = r#"# Ban chỉ đạo tỉnh.
schema = 1
id = "bcd"
name = "Ban Chỉ đạo"
short = "BCĐ"
quorum = 0.5   # quá nửa

# Thứ tự là thứ tự khi giới thiệu.
[[members]]
id = "tran-minh-quang"
name = "Trần Minh Quang"
titles = ["Phó Chủ tịch UBND tỉnh"]
unit = "ubnd"
position = "head"
di_dong = "khóa lạ"   # khóa của văn phòng

# Giám đốc.
[[members]]
id = "cao-thi-nhan"
name = "Cao Thị Nhàn"
titles = ["Giám đốc Sở Nội vụ"]
unit = "snv"
position = "member"

[[members]]
id = "vi-van-tuyen"
name = "Vi Văn Tuyển"
unit = "snv"
position = "member"
to = 2025-12-31

[[units]]
id = "ubnd"
name = "Ủy ban nhân dân tỉnh"
short = "UBND"

[[units]]
id = "snv"   # Nội vụ
name = "Sở Nội vụ"
short = "SNV"
aliases = ["Nội vụ"]

[[units]]
id = "stc"
name = "Sở Tài chính"
short = "STC"

[[units]]
id = "sxd"
name = "Sở Xây dựng"

[[groups]]
id = "cac-so"
name = "Các sở"
units = ["snv", "stc", "sxd"]

[[templates]]
id = "p3bn29r8"
kind = "regular_session"
title = "Phiên họp thường kỳ"
items = [
  { kind = "opening", title = "Khai mạc", minutes = 5 },
  { kind = "report", title = "Báo cáo", minutes = 20, presenter = "snv" },
]
"#;

fn meeting_file() -> String {
    format!(
        "schema = 1\nid = \"{MEETING}\"\ncommittee = \"bcd\"\ntitle = \"Phiên\"\nkind = \"regular_session\"\n\
         stage = \"live\"\ndate = 2026-08-15\nopened = 2026-08-15T08:00:00\nlanguage = \"vi\"\n\n\
         [[units]]\nid = \"snv\"\nname = \"Sở Nội vụ\"\nshort = \"SNV\"\n\n\
         [[tasks]]\nid = \"t0000001\"\nnumber = 1\ncontent = \"Rà soát\"\nlead = [\"snv\"]\n\
         due_kind = \"none\"\nstatus = \"not_started\"\n\n\
         [[tasks]]\nid = \"t0000002\"\nnumber = 2\ncontent = \"Báo cáo\"\nlead = [\"stc\"]\n\
         due_kind = \"none\"\nstatus = \"not_started\"\n\n\
         [[tasks]]\nid = \"t0000003\"\nnumber = 3\ncontent = \"Thu gom\"\nlead = [\"Sở Sắt\"]\n\
         due_kind = \"none\"\nstatus = \"not_started\"\n"
    )
}

/// A window that went from the meeting into its committee.
struct Room {
    _folder: tempfile::TempDir,
    root: PathBuf,
    desk: Desk,
}

impl Room {
    fn open() -> Room {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("workspace");
        fs::create_dir_all(root.join("committees")).unwrap();
        fs::create_dir_all(root.join("meetings/2026")).unwrap();
        fs::write(root.join("committees/bcd.toml"), COMMITTEE).unwrap();
        fs::write(meeting_path(&root), meeting_file()).unwrap();
        let mut desk = Desk::open(&root, MEETING);
        desk.keys("<ctrl-g>");
        assert_eq!(desk.app().place, Place::Committee);
        Room { _folder: folder, root, desk }
    }

    fn keys(&mut self, keys: &str) -> &mut Room {
        self.desk.keys(keys);
        self
    }

    /// The committee's file once everything is filed.
    fn file(&mut self) -> String {
        self.desk.rest();
        fs::read_to_string(self.root.join("committees/bcd.toml")).unwrap()
    }

    fn filed(&mut self) -> Committee {
        read::<Committee>(self.file().as_bytes()).unwrap().record
    }

    fn news(&self) -> &str {
        &self.desk.app().desk.news.text
    }
}

fn meeting_path(root: &Path) -> PathBuf {
    root.join("meetings/2026").join(format!("{MEETING}.toml"))
}

/// The lines of `new` that `old` has not.
fn added<'a>(old: &str, new: &'a str) -> Vec<&'a str> {
    new.lines().filter(|line| !line.is_empty() && !old.lines().any(|o| o == *line)).collect()
}

#[test]
fn an_edited_field_changes_its_line_alone_and_undo_takes_it_back() {
    let mut room = Room::open();
    room.keys("<down><enter><tab><tab><end>; Phó Trưởng ban Dân vận<enter>");
    let file = room.file();
    assert_eq!(added(COMMITTEE, &file), [r#"titles = ["Giám đốc Sở Nội vụ", "Phó Trưởng ban Dân vận"]"#]);
    assert!(file.contains("# quá nửa") && file.contains("# khóa của văn phòng"));
    room.keys("<ctrl-z>");
    assert_eq!(room.file(), COMMITTEE);
}

#[test]
fn a_new_member_gets_a_readable_id_and_stands_behind_the_chosen_one() {
    let mut room = Room::open();
    room.keys("<f2>Cao Thị Nhàn<tab><right><right><right><right><right><tab><tab>so noi vu<enter>");
    let members = room.filed().members;
    let ids: Vec<&str> = members.iter().map(|member| member.id.as_str()).collect();
    assert_eq!(ids, ["tran-minh-quang", "cao-thi-nhan-2", "cao-thi-nhan", "vi-van-tuyen"]);
    assert_eq!((members[1].unit.as_str(), members[1].position.as_str()), ("snv", "member"));
    room.keys("<enter><end> Hai<enter>");
    assert_eq!(room.filed().members[1].id, "cao-thi-nhan-2", "an id never changes");
}

#[test]
fn what_cannot_be_read_keeps_the_form_and_its_text() {
    let mut room = Room::open();
    room.keys("<shift-tab><enter>");
    for _ in 0..9 {
        room.keys("<tab>");
    }
    room.keys("<ctrl-r>ba phần<enter>");
    assert_eq!(room.news(), "Ô đang sáng chưa đọc được; hãy gõ lại.");
    room.keys("<ctrl-r>2/3<enter>");
    assert!(room.file().contains("quorum = 0.6667   # quá nửa"), "the comment behind stays");
}

#[test]
fn rows_of_other_days_are_listed_apart_and_the_filter_needs_no_marks() {
    let mut room = Room::open();
    let screen = room.desk.screen(80, 24);
    let line = |text: &str| screen.lines().position(|line| line.contains(text)).unwrap();
    assert!(line("Cao Thị Nhàn") < line("Đã kết thúc"), "{screen}");
    assert!(line("Đã kết thúc") < line("Vi Văn Tuyển"));
    assert!(screen.contains("[Thành viên 2]"), "{screen}");
    room.keys("so noi vu nhan");
    let screen = room.desk.screen(80, 24);
    assert!(screen.contains("Cao Thị Nhàn") && !screen.contains("Trần Minh Quang"), "{screen}");
    room.keys("<esc>");
    assert_eq!(room.desk.app().place, Place::Committee);
    room.keys("<esc>");
    assert_eq!(room.desk.app().place, Place::Meeting);
}

#[test]
fn a_renamed_unit_keeps_the_old_name_old() {
    let mut room = Room::open();
    let before = fs::read(meeting_path(&room.root)).unwrap();
    room.keys("<tab><down><f3>Sở Nội vụ và Lao động<tab>SNVLĐ<tab>1/3/2027<enter>");
    let committee = room.filed();
    let unit = |id: &str| committee.unit(id).unwrap().clone();
    assert_eq!(unit("snv").to, "2027-02-28".parse().ok());
    assert_eq!(unit("snv").successor, "so-noi-vu-va-lao-dong");
    let new = unit("so-noi-vu-va-lao-dong");
    assert_eq!((new.name.as_str(), new.short.as_str()), ("Sở Nội vụ và Lao động", "SNVLĐ"));
    assert_eq!(
        (new.from, new.aliases),
        ("2027-03-01".parse().ok(), vec!["Nội vụ".to_owned(), "Sở Nội vụ".to_owned(), "SNV".to_owned()])
    );
    let nhan: Vec<_> = committee.members.iter().filter(|m| m.id == "cao-thi-nhan").collect();
    assert_eq!((nhan[0].unit.as_str(), nhan[0].to), ("snv", "2027-02-28".parse().ok()));
    assert_eq!((nhan[1].unit.as_str(), nhan[1].from), ("so-noi-vu-va-lao-dong", "2027-03-01".parse().ok()));
    assert_eq!(nhan[1].titles, ["Giám đốc Sở Nội vụ và Lao động"]);
    assert_eq!(committee.groups[0].units[0], "so-noi-vu-va-lao-dong");
    assert_eq!(check_committee(&committee), []);
    assert_eq!(fs::read(meeting_path(&room.root)).unwrap(), before, "old papers keep the old name");
    let file = room.file();
    assert!(file.contains("id = \"snv\"   # Nội vụ") && file.contains("# Giám đốc."), "{file}");
    room.keys("<ctrl-z>");
    let again = room.filed();
    assert_eq!(again, read::<Committee>(COMMITTEE.as_bytes()).unwrap().record, "one step");
}

#[test]
fn a_merged_unit_names_the_one_it_went_into() {
    let mut room = Room::open();
    let before = fs::read(meeting_path(&room.root)).unwrap();
    room.keys("<tab><down><f4>tai chinh<enter><ctrl-r>1/7/2026<enter>");
    let committee = room.filed();
    assert_eq!(committee.successor_of("snv"), "stc");
    assert_eq!(committee.groups[0].units, ["stc", "sxd"]);
    assert_eq!(fs::read(meeting_path(&room.root)).unwrap(), before);
    let screen = room.desk.screen(120, 40);
    assert!(screen.contains("đến 30/06/2026 → Sở Tài chính"), "{screen}");
    room.keys("<tab><tab><tab><tab><tab>");
    let programme = room.desk.screen(80, 24);
    assert!(programme.contains("2. Báo cáo (20', Sở Tài chính)"), "{programme}");
    // The Board puts the old unit's tasks beside those of the unit that answers for them, under the old name.
    room.keys("<f10><f3>");
    let board = room.desk.screen(120, 40);
    assert!(board.contains("STC: 2 việc") && board.contains("SNV"), "{board}");
}

#[test]
fn another_post_ends_the_old_row_and_the_person_stays_the_same() {
    let mut room = Room::open();
    room.keys("<down><f5>1/9/2026<tab><left><left><tab><ctrl-r>Chánh Văn phòng<enter>");
    let members = room.filed().members;
    let rows: Vec<_> = members.iter().filter(|m| m.id == "cao-thi-nhan").collect();
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[0].position.as_str(), rows[0].to), ("member", "2026-08-31".parse().ok()));
    assert_eq!(rows[1].position, "deputy_head");
    assert_eq!(
        (rows[1].titles.as_slice(), rows[1].from),
        (["Chánh Văn phòng".to_owned()].as_slice(), "2026-09-01".parse().ok())
    );
    let screen = room.desk.screen(80, 24);
    assert!(screen.contains("Chưa đến ngày"), "{screen}");
    // A day before the row began cannot end it.
    room.keys("<f5>1/9/2026<enter>");
    assert_eq!(room.news(), "Dòng này bắt đầu từ ngày đó hoặc sau đó; hãy sửa thẳng.");
}

#[test]
fn a_row_in_use_is_not_removed_before_another_takes_its_place() {
    let mut room = Room::open();
    room.keys("<tab><down><delete>");
    assert!(room.news().contains("1 cuộc họp"), "{}", room.news());
    room.keys("<down><down><delete>");
    assert!(room.news().contains("Nhóm 1"), "{}", room.news());
    room.keys("tai chinh<enter>");
    let committee = room.filed();
    assert!(committee.unit("sxd").is_none());
    assert_eq!(committee.groups[0].units, ["snv", "stc"]);
    room.keys("<ctrl-z>");
    assert_eq!(room.file(), COMMITTEE);
}

#[test]
fn rows_and_items_move_and_stay_chosen() {
    let mut room = Room::open();
    room.keys("<f7><f7><f6><f7>");
    let ids: Vec<String> = room.filed().members.into_iter().map(|m| m.id).collect();
    assert_eq!(ids, ["cao-thi-nhan", "tran-minh-quang", "vi-van-tuyen"], "rows of other days stay apart");
    for _ in 0..6 {
        room.keys("<tab>");
    }
    room.keys("<down><down><f6><down><down><enter>Kết luận<tab><tab><tab>15<enter>");
    let items = room.filed().templates[0].items.clone();
    let titles: Vec<&str> = items.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(titles, ["Báo cáo", "Khai mạc", "Kết luận"]);
    assert_eq!(items[2].minutes, Some(15));
    room.keys("<delete>");
    assert_eq!(room.filed().templates[0].items.len(), 2);
}

#[test]
fn an_unchanged_form_writes_nothing() {
    let mut room = Room::open();
    for _ in 0..11 {
        room.keys("<enter><enter><tab>");
    }
    assert_eq!(room.file(), COMMITTEE);
}

#[test]
fn work_on_a_committee_is_found_again_by_the_next_window() {
    let mut room = Room::open();
    room.keys("<enter><end> Một<enter><enter><end> dở");
    let Room { _folder, root, desk } = room;
    assert_eq!(fs::read_to_string(root.join("committees/bcd.toml")).unwrap(), COMMITTEE, "not filed yet");
    drop(desk);
    let mut again = Desk::open(&root, MEETING);
    again.rest().keys("<ctrl-g>");
    assert!(again.screen(80, 24).contains("Một dở"), "{}", again.screen(80, 24));
    again.keys("<esc><esc><ctrl-g>");
    assert!(!again.screen(80, 24).contains("Một dở"), "shown once");
    assert!(fs::read_to_string(root.join("committees/bcd.toml")).unwrap().contains("Trần Minh Quang Một"));
}

#[test]
fn the_place_is_reached_by_its_word_and_from_home() {
    let mut room = Room::open();
    room.keys("<esc>/banchidao<enter>");
    assert_eq!(room.desk.app().place, Place::Committee);
    room.keys("<f12><ctrl-k>banchidao<enter>");
    assert_eq!(room.desk.app().place, Place::Committee);
    room.keys("<esc>");
    assert_eq!(room.desk.app().place, Place::Home);
}

#[test]
fn every_tab_is_drawn_in_both_common_sizes() {
    let mut room = Room::open();
    for _ in 0..11 {
        for (width, height) in [(80, 24), (120, 40), (60, 16)] {
            let screen = room.desk.screen(width, height);
            assert!(screen.contains("Ban Chỉ đạo") && screen.contains("Lọc:"), "{screen}");
        }
        room.keys("<tab>");
    }
    insta::assert_snapshot!("committee_members_80x24", room.desk.screen(80, 24));
    room.keys("<tab>");
    insta::assert_snapshot!("committee_units_120x40", room.desk.screen(120, 40));
    room.keys("<shift-tab><enter>");
    insta::assert_snapshot!("committee_form_80x24", room.desk.screen(80, 24));
}
