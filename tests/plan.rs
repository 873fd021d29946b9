//! The plan of a meeting key by key, on real files: its head, programme, sites and seats changed before, during and
//! after it. What was not asked for stays byte for byte, nothing recorded is lost, undo is one step, and `check` finds
//! nothing.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDateTime;
use steerco::app::Place;
use steerco::domain::check::check;
use steerco::domain::committee::Committee;
use steerco::domain::kinds::{ItemKind, Level, Presence, Stage};
use steerco::domain::meeting::{Meeting, Site};
use steerco::store::meeting_file::read;

use crate::desk::Desk;

const ID: &str = "2026-08-20-phien-hop";

const COMMITTEE: &str = r#"schema = 1
id = "bcd"
name = "Ban Chỉ đạo"

[[members]]
id = "tran-minh-quang"
name = "Trần Minh Quang"
position = "head"

[[members]]
id = "cao-thi-nhan"
name = "Cao Thị Nhàn"
titles = ["Giám đốc Sở Nội vụ"]
unit = "snv"
position = "member"
to = 2026-08-31

[[members]]
id = "vi-van-tuyen"
name = "Vi Văn Tuyển"
unit = "snv"
position = "member"
from = 2026-09-01

[[units]]
id = "snv"
name = "Sở Nội vụ"
short = "SNV"

[[sites]]
id = "kon-tum"
name = "Kon Tum"
level = "province"
expected = 20

[[sites]]
id = "dak-ha"
name = "Đắk Hà"

[[templates]]
id = "p3bn29r8"
kind = "regular_session"
title = "Phiên họp thường kỳ"
items = [
  { kind = "opening", title = "Khai mạc", minutes = 5 },
  { kind = "report", title = "Báo cáo", minutes = 20, presenter = "snv" },
  { kind = "conclusion", title = "Kết luận", minutes = 15 },
]
"#;

/// A planned meeting with comments and unknown keys of a hand editor.
const PLANNED: &str = r#"# Phiên họp tháng Tám.
schema = 1
id = "2026-08-20-phien-hop"
committee = "bcd"
title = "Phiên họp tháng 8"   # tên tạm
kind = "regular_session"
stage = "planned"
date = 2026-08-20
planned_start = 08:00:00
language = "vi"
khoa_la = "giữ"

[[seats]]
id = "tran-minh-quang"
name = "Trần Minh Quang"
position = "head"
role = "chair"
voting = true
presence = "unmarked"

[[seats]]
id = "cao-thi-nhan"
name = "Cao Thị Nhàn"
titles = ["Giám đốc Sở Nội vụ"]
unit = "snv"
position = "member"
presence = "unmarked"

[[agenda]]
id = "aaaaaaaa"
kind = "opening"
title = "Khai mạc"
minutes = 5

# Mục chính.
[[agenda]]
id = "bbbbbbbb"
kind = "discussion"
title = "Thảo luận"
minutes = 60
mau = "xanh"
"#;

struct Office {
    _folder: tempfile::TempDir,
    root: PathBuf,
    desk: Desk,
}

fn path(root: &Path) -> PathBuf {
    root.join(format!("meetings/2026/{ID}.toml"))
}

impl Office {
    fn with(meeting: &str) -> Office {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("workspace");
        fs::create_dir_all(root.join("committees")).unwrap();
        fs::create_dir_all(root.join("meetings/2026")).unwrap();
        fs::write(root.join("committees/bcd.toml"), COMMITTEE).unwrap();
        fs::write(path(&root), meeting).unwrap();
        let desk = Desk::open(&root, ID);
        Office { _folder: folder, root, desk }
    }

    fn planned() -> Office {
        Office::with(PLANNED)
    }

    /// Opened at 8:30, with two lines under the first item and one under the second, which runs from 8:40.
    fn live() -> Office {
        let mut office = Office::planned();
        office.desk.at("2026-08-20T08:30:00").keys("<enter>");
        office.desk.keys("Khai mạc phiên họp<enter>@quang<enter>Đồng chí Trưởng Ban phát biểu<enter>");
        office.desk.at("2026-08-20T08:40:00").keys("<f3><enter>Ý kiến đầu tiên<enter>");
        assert_eq!(office.meeting().stage(), Stage::Live);
        office
    }

    fn keys(&mut self, keys: &str) -> &mut Office {
        self.desk.keys(keys);
        self
    }

    fn meeting(&self) -> &Meeting {
        self.desk.app().current_meeting().unwrap()
    }

    fn news(&self) -> &str {
        &self.desk.app().desk.news.text
    }

    fn titles(&self) -> Vec<&str> {
        self.meeting().agenda.iter().map(|item| item.title.as_str()).collect()
    }

    fn sites(&self) -> Vec<&str> {
        self.meeting().sites.iter().map(|site| site.name.as_str()).collect()
    }

    /// What is in the file after a pause; it says what the window shows and nothing in it is doubtful.
    fn filed(&mut self) -> (Meeting, String) {
        self.desk.rest();
        let bytes = fs::read(path(&self.root)).unwrap();
        let meeting = read::<Meeting>(&bytes).unwrap().record;
        assert_eq!(&meeting, self.meeting());
        let committee = read::<Committee>(COMMITTEE.as_bytes()).unwrap().record;
        let problems: Vec<_> =
            check(&meeting, Some(&committee)).into_iter().filter(|p| p.table != "tasks").collect();
        assert_eq!(problems, []);
        (meeting, String::from_utf8(bytes).unwrap())
    }
}

fn at(text: &str) -> Option<NaiveDateTime> {
    Some(format!("2026-08-20T{text}").parse().unwrap())
}

/// Lines of a text that the other has not, in order.
fn new_lines<'a>(text: &'a str, other: &str) -> Vec<&'a str> {
    text.lines().filter(|line| !other.lines().any(|known| known == *line)).collect()
}

#[test]
fn the_head_is_changed_as_people_type_and_the_rest_of_the_file_stays() {
    let mut office = Office::planned();
    office.keys("/thongtin<enter><ctrl-r>Phiên họp thứ tám<tab>25/8<tab>14h<tab>Phòng 2<tab><tab><right>");
    office.keys("<tab>quý 2<tab>6 tháng cuối năm<tab>cao thi nhan<enter>");
    assert!(office.news().contains("25/08/2026"), "{}", office.news());
    let (meeting, text) = office.filed();
    assert_eq!(meeting.head.id, ID, "the id never moves with the day");
    let new = [
        "title = \"Phiên họp thứ tám\"   # tên tạm",
        "form = \"in_person\"",
        "date = 2026-08-25",
        "planned_start = 14:00:00",
        "place = \"Phòng 2\"",
        "review_period = \"2026-Q2\"",
        "planning_period = \"2026-H2\"",
        "secretary = \"cao-thi-nhan\"",
    ];
    let mut found = new_lines(&text, PLANNED);
    found.sort_unstable();
    let mut expected = new.to_vec();
    expected.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!(new_lines(PLANNED, &text).len(), 3, "only what was changed is gone");
    office.keys("<ctrl-z>");
    assert_eq!(office.filed().1, PLANNED, "one step takes all of it back");
}

#[test]
fn what_is_unclear_is_refused_with_words_and_the_form_stays() {
    let mut office = Office::planned();
    for (fields, typed, news) in [
        (1, "32/8", "ngày"),
        (1, "10/8/sáng", "ngày"),
        (2, "8", "Giờ"),
        (6, "quý 7", "kỳ"),
        (7, "9 tháng đầu năm", "kỳ"),
    ] {
        let tabs = "<tab>".repeat(fields);
        office.keys(&format!("/thongtin<enter>{tabs}<ctrl-r>{typed}<enter>"));
        assert!(office.news().contains(news), "{typed}: {}", office.news());
        assert!(office.desk.screen(80, 24).contains(typed), "{typed} is still there");
        office.keys("<esc>");
    }
    office.keys("/thongtin<enter><ctrl-r><backspace><enter>");
    assert!(!office.desk.app().popups.is_empty(), "a meeting without a title");
    office.keys("<esc>");
    assert_eq!(office.filed().1, PLANNED);
}

#[test]
fn the_head_is_changed_from_home_too() {
    let mut office = Office::planned();
    office.keys("<f12><ctrl-e><tab>26/8<enter>");
    assert_eq!((office.desk.app().place, office.news().contains("26/08/2026")), (Place::Home, true));
    office.desk.rest();
    assert!(fs::read_to_string(path(&office.root)).unwrap().contains("date = 2026-08-26"));
    assert!(office.desk.screen(80, 24).contains("26/08/2026"), "Home shows the new day");
}

#[test]
fn late_keys_are_corrected_afterwards() {
    let mut office = Office::live();
    office.desk.at("2026-08-20T11:00:00").keys("/bemac<enter><enter>");
    let opened = "<tab>".repeat(14);
    office.keys(&format!("/thongtin<enter>{opened}8h05<tab>10:55<enter>"));
    let (meeting, _) = office.filed();
    assert_eq!((meeting.head.opened, meeting.head.closed), (at("08:05:00"), at("10:55:00")));
    let times: Vec<_> = meeting.agenda.iter().map(|item| (item.started, item.ended)).collect();
    assert_eq!(times[0].0, at("08:05:00"), "the first item began with the meeting");
    assert_eq!(times[1].1, at("10:55:00"), "and the last ended with it");
    assert_eq!(times[0].1, times[1].0);
    // A line was written at 8:30: the meeting cannot have been opened later.
    office.keys(&format!("/thongtin<enter>{opened}8h45<enter>"));
    assert!(office.news().contains("nằm ngoài"), "{}", office.news());
    office.keys("<esc>");
    assert_eq!(office.meeting().head.opened, at("08:05:00"));
}

#[test]
fn an_approved_text_is_not_asked_for() {
    let mut office = Office::live();
    office.keys("/bemac<enter><enter>/trinh<enter>/duyet<enter><enter>");
    assert_eq!(office.meeting().stage(), Stage::Approved, "{}", office.news());
    let before = office.filed().1;
    for keys in [
        "/thongtin<enter>",
        "<f3><f4>",
        "<f3><f2>",
        "<f3><delete>",
        "/diemcau<enter><f2>",
        "/thanhphan<enter>",
    ] {
        office.keys(keys);
        assert!(office.news().contains("đã duyệt"), "{keys}: {}", office.news());
        if !office.desk.app().popups.is_empty() {
            office.keys("<esc>");
        }
    }
    assert_eq!(office.filed().1, before);
}

#[test]
fn items_are_added_changed_moved_and_removed_in_the_list() {
    let mut office = Office::planned();
    office.keys("<f3><f2>Báo cáo kết quả<tab>20<tab>@nhan<enter>");
    assert_eq!(office.titles(), ["Khai mạc", "Báo cáo kết quả", "Thảo luận"]);
    let item = office.meeting().agenda[1].clone();
    assert_eq!(
        (item.kind, item.minutes, item.presenter.as_str()),
        (Some(ItemKind::Report), Some(20), "cao-thi-nhan")
    );
    office.keys("<ctrl-o>Chào cờ<enter>");
    assert_eq!(office.titles(), ["Khai mạc", "Chào cờ", "Báo cáo kết quả", "Thảo luận"]);
    office.keys("<f6><f4> Tổ quốc<tab>3<tab><tab><right><enter>");
    assert_eq!(office.titles(), ["Chào cờ Tổ quốc", "Khai mạc", "Báo cáo kết quả", "Thảo luận"]);
    let kind = office.meeting().agenda[0].kind;
    assert_eq!(kind, Some(ItemKind::Introductions), "the kind after the one that was guessed");
    office.keys("<down><down><f4><tab><tab>Các sở, ngành<enter><delete>");
    assert_eq!(office.titles(), ["Chào cờ Tổ quốc", "Khai mạc", "Thảo luận"]);
    office.keys("<ctrl-z>");
    assert_eq!(office.meeting().agenda[2].presenter, "Các sở, ngành");
    let (_, text) = office.filed();
    assert!(text.contains("# Mục chính.\n[[agenda]]\nid = \"bbbbbbbb\"") && text.contains("mau = \"xanh\""));
    for _ in 0..5 {
        office.keys("<ctrl-z>");
    }
    assert_eq!(office.filed().1, PLANNED);
    office.keys("<esc><f3><enter>");
    assert_eq!(office.meeting().stage(), Stage::Live, "Enter still begins the item");
}

#[test]
fn a_presenter_is_picked_from_the_list() {
    let mut office = Office::planned();
    office.keys("<f3><f4><tab><tab><f2>nhan<enter><enter>");
    assert_eq!(office.meeting().agenda[0].presenter, "cao-thi-nhan");
    office.keys("<f4><tab><tab><f2>so noi vu<enter><enter>");
    let (meeting, _) = office.filed();
    assert_eq!(meeting.agenda[0].presenter, "snv");
    assert_eq!(meeting.units[0].name, "Sở Nội vụ", "its name is kept with the meeting");
}

#[test]
fn pasted_lines_become_items_in_one_step() {
    let mut office = Office::planned();
    let lines = "CHƯƠNG TRÌNH\n1. Báo cáo kết quả 6 tháng - đồng chí Cao Thị Nhàn trình bày (20')\n2. Tham luận của Sở Tài chính: 15 phút\n3. Giải lao";
    office.keys("<f3>").desk.paste(lines);
    assert_eq!(
        office.titles(),
        ["Khai mạc", "Báo cáo kết quả 6 tháng", "Tham luận của Sở Tài chính", "Giải lao", "Thảo luận"]
    );
    let agenda = &office.meeting().agenda;
    let of = |n: usize| (agenda[n].kind, agenda[n].minutes, agenda[n].presenter.clone());
    assert_eq!(of(1), (Some(ItemKind::Report), Some(20), "cao-thi-nhan".to_owned()));
    assert_eq!(of(2), (Some(ItemKind::Paper), Some(15), String::new()));
    assert_eq!(of(3), (None, None, String::new()));
    office.filed();
    office.keys("<ctrl-z><esc>/chuongtrinh Bế mạc (5')<enter><esc>");
    assert_eq!(office.titles(), ["Khai mạc", "Thảo luận", "Bế mạc"]);
}

#[test]
fn an_item_with_lines_asks_where_they_go() {
    let mut office = Office::live();
    let before = office.meeting().clone();
    office.keys("<f3><ctrl-home><delete>");
    assert!(office.news().contains("2 dòng"), "{}", office.news());
    office.keys("<enter>");
    assert_eq!(office.titles(), ["Thảo luận"]);
    let (meeting, _) = office.filed();
    assert_eq!(meeting.notes.len(), before.notes.len());
    assert!(meeting.notes.iter().all(|note| note.item == "bbbbbbbb"));
    assert!(meeting.turns.iter().all(|turn| turn.item == "bbbbbbbb"));
    assert_eq!(meeting.agenda[0].started, before.agenda[0].started, "its time goes with them");
    office.keys("<ctrl-z>");
    assert_eq!(*office.meeting(), before);
    office.keys("<ctrl-home><delete><ctrl-end><enter>");
    assert!(office.meeting().notes.iter().all(|note| note.item != "aaaaaaaa"), "to none");
    assert_eq!(office.meeting().notes.len(), before.notes.len());
}

#[test]
fn times_of_an_item_are_corrected_with_its_neighbour() {
    let mut office = Office::live();
    let visits = "<tab>".repeat(5);
    office.keys(&format!("<f3><ctrl-home><f4>{visits}<ctrl-r>8:30-8:35<enter>"));
    let (meeting, _) = office.filed();
    assert_eq!((meeting.agenda[0].ended, meeting.agenda[1].started), (at("08:35:00"), at("08:35:00")));
    office.keys(&format!("<f4>{visits}<ctrl-r>8:30-8:20<enter>"));
    assert!(office.news().contains("đứng trước"), "{}", office.news());
    office.keys("<ctrl-r>tám rưỡi<enter>");
    assert!(office.news().contains("8:15-8:41"), "{}", office.news());
    office.keys("<esc>");
    assert_eq!(*office.meeting(), meeting);
}

#[test]
fn a_template_taken_anew_keeps_what_was_recorded() {
    let mut office = Office::live();
    office.keys("<f3><f5><enter>");
    assert_eq!(office.titles(), ["Khai mạc", "Thảo luận", "Báo cáo", "Kết luận"]);
    let (meeting, _) = office.filed();
    assert_eq!((meeting.agenda[0].id.as_str(), meeting.agenda[1].id.as_str()), ("aaaaaaaa", "bbbbbbbb"));
    assert_eq!((meeting.agenda[2].presenter.as_str(), meeting.notes.len()), ("snv", 3));
    office.keys("<ctrl-z>");
    assert_eq!(office.titles(), ["Khai mạc", "Thảo luận"]);
}

#[test]
fn sites_are_taken_from_the_committee_typed_and_pasted() {
    let mut office = Office::planned();
    office.keys("/diemcau<enter><f2>kon<enter>");
    assert_eq!(office.sites(), ["Kon Tum"]);
    let site = office.meeting().sites[0].clone();
    assert_eq!((site.id.as_str(), site.level, site.expected), ("kon-tum", Some(Level::Province), Some(20)));
    office.keys("<f2>Sa Thầy; 25 người<enter><f5>");
    assert_eq!(office.sites(), ["Kon Tum", "Sa Thầy", "Đắk Hà"]);
    office.desk.paste("1. Điểm cầu Ngọc Hồi; 12 người\n2. Kon Tum; 30\n3. Kon Plông");
    assert_eq!(office.sites(), ["Kon Tum", "Sa Thầy", "Đắk Hà", "Ngọc Hồi", "Kon Plông"]);
    assert_eq!(office.meeting().sites[3].expected, Some(12));
    // Chairs by pick, the main site, the place.
    office.keys("<ctrl-home><enter>25<tab><tab><tab><tab><tab><right><tab><f2>quang<enter><f2>nhan<enter>");
    office.keys("<tab>Hội trường<enter>");
    let (meeting, _) = office.filed();
    let site: &Site = &meeting.sites[0];
    assert_eq!((site.headcount, site.main, site.place.as_str()), (Some(25), true, "Hội trường"));
    assert_eq!(site.chairs, ["tran-minh-quang", "cao-thi-nhan"]);
    assert_eq!(site.link.len(), 1, "who was counted is connected");
    office.keys("<down><enter><tab><tab><tab><tab><tab><right><enter><f6>");
    let sites: Vec<_> = office.meeting().sites.iter().map(|site| (site.name.as_str(), site.main)).collect();
    assert_eq!(sites[..2], [("Sa Thầy", true), ("Kon Tum", false)], "one site is the main");
}

#[test]
fn the_line_of_a_site_is_seen_and_corrected() {
    let mut office = Office::planned();
    office.keys("/diemcau<enter><f2>kon<enter><enter><tab><tab><tab>8:00 +; 9h12 -; 9:15 +<enter>");
    assert!(
        office.desk.screen(120, 40).contains("mất đường truyền 09:12"),
        "{}",
        office.desk.screen(120, 40)
    );
    let (meeting, _) = office.filed();
    let link: Vec<_> = meeting.sites[0].link.iter().map(|change| (change.at, change.up)).collect();
    assert_eq!(
        link,
        [(at("08:00:00"), Some(true)), (at("09:12:00"), Some(false)), (at("09:15:00"), Some(true))]
    );
    office.keys("<enter><tab><tab><tab><ctrl-r>9:00 +; 8:00 -<enter>");
    assert!(office.news().contains("8:00 +"), "{}", office.news());
}

#[test]
fn a_site_with_seats_asks_where_they_go() {
    let mut office = Office::planned();
    office.keys("/diemcau<enter><f5><esc><f8>");
    let kon_tum = office.meeting().sites[0].id.clone();
    office.keys("quang<ctrl-e><tab><tab><tab><ctrl-r>Kon Tum<enter>");
    assert_eq!(office.meeting().seat("tran-minh-quang").unwrap().site, kon_tum);
    office.keys("<esc>/diemcau<enter><delete>");
    assert!(office.news().contains("1 chỗ"), "{}", office.news());
    office.keys("dak<enter>");
    assert_eq!(
        (office.sites(), office.meeting().seat("tran-minh-quang").unwrap().site.as_str()),
        (vec!["Đắk Hà"], "dak-ha")
    );
    office.keys("<delete><ctrl-end><enter>");
    let (meeting, _) = office.filed();
    assert_eq!(
        (meeting.sites.len(), meeting.seats[0].site.as_str()),
        (0, "Đắk Hà"),
        "the name stays as text"
    );
    office.keys("<ctrl-z>");
    assert_eq!(office.meeting().seats[0].site, "dak-ha");
}

#[test]
fn the_roster_of_the_new_day_is_taken_line_by_line_or_whole() {
    let mut office = Office::planned();
    office.keys("/thanhphan<enter>");
    assert!(office.desk.app().popups.is_empty(), "nothing is new: {}", office.news());
    office.keys("/thongtin<enter><tab>10/9<enter>/thanhphan<enter>");
    let screen = office.desk.screen(80, 24);
    assert!(screen.contains("mới: Vi Văn Tuyển") && screen.contains("bỏ chỗ: Cao Thị Nhàn"), "{screen}");
    office.keys("<enter>");
    let ids = |office: &Office| office.meeting().seats.iter().map(|seat| seat.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&office), ["tran-minh-quang", "vi-van-tuyen"]);
    office.filed();
    office.keys("<ctrl-z><f8>nhan m<enter><esc>/thanhphan<enter>");
    assert_eq!(office.meeting().seat("cao-thi-nhan").unwrap().presence, Some(Presence::Late));
    office.keys("<enter>");
    assert_eq!(ids(&office), ["tran-minh-quang", "vi-van-tuyen", "cao-thi-nhan"], "who was marked stays");
    office.filed();
}

#[test]
fn a_joint_conference_has_its_key_and_the_own_site() {
    let mut office = Office::planned();
    let site = "<tab>".repeat(11);
    office.keys("/diemcau<enter><f5><esc>");
    office.keys(&format!("/thongtin<enter>{site}<f2>dak<enter><tab>2026-08-dan-van<enter>"));
    let (meeting, _) = office.filed();
    assert_eq!((meeting.head.site.as_str(), meeting.head.conference.as_str()), ("dak-ha", "2026-08-dan-van"));
}

#[test]
fn looking_at_the_plan_changes_nothing() {
    let mut office = Office::live();
    let (_, before) = office.filed();
    office.keys("/thongtin<enter><enter><f3><f4><enter><esc>/chuongtrinh<enter><esc>/diemcau<enter><esc>/thanhphan<enter><esc>");
    office.keys("<f3><f5><esc><down><delete><esc><esc><f12>");
    office.desk.rest();
    assert_eq!(fs::read_to_string(path(&office.root)).unwrap(), before);
}

#[test]
fn what_is_typed_over_an_unfinished_line_leaves_the_line() {
    let mut office = Office::live();
    office.keys("đang gõ dở<f3><ctrl-end><f2>Bế mạc<enter><esc>");
    assert_eq!(office.titles(), ["Khai mạc", "Thảo luận", "Bế mạc"]);
    office.keys("<enter>");
    assert_eq!(office.meeting().notes.last().unwrap().text, "đang gõ dở");
}
