//! A year of a committee kept by keys alone, from the empty workspace to the last evening of December: founded, its
//! twelve meetings held, its tasks followed on the Board, its minutes approved and numbered, a unit renamed at mid-year.
//! Plans change: a title is corrected, an item comes up in the session and another goes afterwards, a site joins, a day
//! is moved.
//! What was meant is kept beside the keys; at the end the files have to say that, and reading them changes none.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::{Days, NaiveDate};
use serde_json::Value;
use steerco::app::Place;
use steerco::app::key::script;
use steerco::domain::committee::Committee;
use steerco::domain::kinds::{Part, Presence, Stage, VoteResult};
use steerco::domain::meeting::Meeting;
use steerco::domain::seal::{Seal, seal};
use steerco::store::meeting_file::read;

use crate::desk::Desk;

const YEAR: i32 = 2026;

/// The day on which the states of all tasks are asked for.
const LAST_DAY: &str = "2026-12-31";

/// The unit that gets another name on the first of July.
const OLD: (&str, &str) = ("so-noi-vu", "Sở Nội vụ");
const NEW: (&str, &str) = ("so-noi-vu-va-lao-dong", "Sở Nội vụ và Lao động");

/// A task as it was given, and how it has to stand on the last day.
struct Given {
    meeting: String,
    /// Words of it that no other task has.
    words: String,
    lead: &'static str,
    due: Option<NaiveDate>,
    fate: Fate,
}

/// What becomes of a task in the year.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Done,
    DoneLate,
    PutOff,
    /// Reminded of, and not heard of again.
    Forgotten,
    Suspended,
    Cancelled,
    /// Given so late that nothing was heard of it yet.
    Waits,
    Standing,
}

impl Fate {
    /// The state on the last day.
    fn state(self) -> &'static str {
        match self {
            Fate::Done => "done_on_time",
            Fate::DoneLate => "done_late",
            Fate::PutOff => "due_soon",
            Fate::Forgotten => "overdue",
            Fate::Suspended => "suspended",
            Fate::Cancelled => "cancelled",
            Fate::Waits => "in_time",
            Fate::Standing => "standing",
        }
    }

    /// The review of the rules that every meeting orders.
    fn of_review(month: u32) -> Fate {
        match month {
            12 => Fate::Waits,
            _ if month % 2 == 1 => Fate::Done,
            _ if month.is_multiple_of(4) => Fate::PutOff,
            _ => Fate::Forgotten,
        }
    }

    /// The list of devices that every second meeting orders.
    fn of_list(month: u32) -> Fate {
        match month {
            4 => Fate::Suspended,
            8 => Fate::Cancelled,
            12 => Fate::Waits,
            _ => Fate::DoneLate,
        }
    }
}

/// The secretary of a year.
struct Year {
    _folder: tempfile::TempDir,
    root: PathBuf,
    desk: Desk,
    /// The lines of each meeting, as typed, under the meeting's id.
    said: BTreeMap<String, Vec<String>>,
    given: Vec<Given>,
    /// Keys pressed since the count was last asked for.
    pressed: usize,
}

impl Year {
    fn begin() -> Year {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("workspace");
        fs::create_dir(&root).unwrap();
        let desk = Desk::home(&root, "", "", "2026-01-05T08:00:00");
        Year { _folder: folder, root, desk, said: BTreeMap::new(), given: Vec::new(), pressed: 0 }
    }

    fn keys(&mut self, keys: &str) -> &mut Year {
        self.desk.keys(keys);
        self.pressed += script(keys).unwrap().len();
        self
    }

    fn news(&self) -> &str {
        &self.desk.app().desk.news.text
    }

    /// The morning of a day.
    fn on(&mut self, day: NaiveDate) -> &mut Year {
        self.desk.at(&format!("{day}T08:00:00"));
        self
    }

    fn meeting(&self) -> &Meeting {
        self.desk.app().current_meeting().unwrap()
    }

    /// Nothing is being asked, and this place is in front.
    fn stands_in(&mut self, place: Place) {
        let screen = self.desk.screen(80, 24);
        let app = self.desk.app();
        assert!(app.place == place && app.popups.is_empty(), "{screen}");
    }
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(YEAR, month, day).unwrap()
}

/// The day of the next month, of the next year after December.
fn next_month(month: u32, of_month: u32) -> NaiveDate {
    let (year, month) = if month == 12 { (YEAR + 1, 1) } else { (YEAR, month + 1) };
    NaiveDate::from_ymd_opt(year, month, of_month).unwrap()
}

fn shown(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

fn title(month: u32) -> String {
    format!("Phiên họp tháng {month:02}")
}

fn id(month: u32) -> String {
    format!("{}-phien-hop-thang-{month:02}", day(month, 15))
}

/// The meeting of this month is held a week later than it was planned.
const MOVED: u32 = 10;
/// A site joins the meeting of this month.
const JOINED: (u32, &str) = (6, "Xã Bình Minh");
/// An item comes up while this meeting goes on.
const COME_UP: (u32, &str) = (5, "Giải trình, tiếp thu");
/// After this meeting its first item goes, its lines belong to the second.
const DROPPED: u32 = 8;
/// The title of this meeting is corrected after it was held.
const CORRECTED: (u32, &str) = (4, " mở rộng");

fn held_on(month: u32) -> NaiveDate {
    day(month, if month == MOVED { 22 } else { 15 })
}

/// The plan of a month becomes another before its meeting.
fn change_plan(year: &mut Year, month: u32) {
    if month == MOVED {
        year.on(day(month, 9))
            .keys(&format!("<f12><ctrl-r>{}<ctrl-e><tab>22/{month}<enter><esc>", title(month)));
        year.stands_in(Place::Home);
    }
    if month == JOINED.0 {
        year.keys(&format!(
            "<ctrl-r>{}<enter>/diemcau<enter><f2>{}; 9 người<enter><esc><f12><esc>",
            title(month),
            JOINED.1
        ));
    }
}

/// What was not as it should be is put right once the meeting is over.
fn put_right(year: &mut Year, month: u32) {
    if month == CORRECTED.0 {
        year.keys(&format!("<f12><ctrl-r>{}<ctrl-e>{}<enter><esc>", title(month), CORRECTED.1));
    }
    if month == DROPPED {
        year.keys(&format!("<f12><ctrl-r>{}<enter><f3><ctrl-home><delete><enter><esc><f12>", title(month)));
    }
}

/// The committee, its units, its people, two programmes and the series of its notices.
fn found(year: &mut Year) {
    year.keys("<enter>Ban Chỉ đạo chuyển đổi số tỉnh An Hải<tab>BCĐ CĐS<tab><right>");
    year.keys("<tab>An Hải<tab>UBND TỈNH AN HẢI<enter>");
    year.stands_in(Place::Home);
    year.keys("<ctrl-g><tab>");
    for (name, short) in [OLD_UNIT, ("Sở Tài chính", "STC"), ("Văn phòng UBND tỉnh", "VP")] {
        year.keys(&format!("<f2>{name}<tab>{short}<enter>"));
    }
    year.keys("<shift-tab>");
    for (name, position, title, unit) in PEOPLE {
        let turns = "<right>".repeat(position);
        year.keys(&format!("<f2>{name}<tab>{turns}<tab>{title}<tab>{unit}<enter>"));
    }
    let to_programmes = "<tab>".repeat(6);
    year.keys(&to_programmes);
    year.keys("<f2>Phiên họp thường kỳ<tab><right><right><right><right><enter><down>");
    for (nth, (item, kind, minutes)) in PROGRAMME.iter().enumerate() {
        let key = if nth == 0 { "<enter>" } else { "<f2>" };
        let turns = "<right>".repeat(*kind);
        year.keys(&format!("{key}{item}<tab>{turns}<tab><tab>{minutes}<enter>"));
    }
    year.keys("<ctrl-home><f2>Họp chuyên đề<tab><right><right><right><right><right><right><enter>");
    let to_series = "<tab>".repeat(14);
    let to_settings = "<tab>".repeat(4);
    year.keys(&format!("{to_settings}<enter>{to_series}notice TB-BCĐ year<enter><esc>"));
    year.stands_in(Place::Home);
    year.desk.rest();
}

const OLD_UNIT: (&str, &str) = (OLD.1, "SNV");

/// Name, place in the list of positions, title, unit as typed.
const PEOPLE: [(&str, usize, &str, &str); 6] = [
    ("Chử Văn Thịnh", 1, "Phó Chủ tịch UBND tỉnh", ""),
    ("Mạc Thị Huyền", 3, "Chánh Văn phòng UBND tỉnh", "vp"),
    ("Tiêu Hải Nam", 5, "Giám đốc Sở Nội vụ", "snv"),
    ("Ôn Thị Bích", 5, "Giám đốc Sở Tài chính", "stc"),
    ("Kha Đức Minh", 5, "Phó Giám đốc Sở Tài chính", "stc"),
    ("Vũ Lan Anh", 6, "Chuyên viên", "vp"),
];

/// Title, place in the list of kinds, minutes.
const PROGRAMME: [(&str, usize, u32); 4] =
    [("Khai mạc", 5, 5), ("Báo cáo tháng", 6, 20), ("Thảo luận", 8, 60), ("Kết luận", 13, 20)];

/// The meeting of a month is planned on its first morning, from Home.
fn plan(year: &mut Year, month: u32) {
    year.on(day(month, 2));
    let (date, title) = (format!("15/{month}"), title(month));
    year.keys(&format!("<f12><ctrl-n><tab>{date}<tab>{title}<tab>8:00<tab>Phòng họp tầng 2<enter>"));
    year.stands_in(Place::Meeting);
    assert_eq!(year.meeting().head.id, id(month));
    year.keys("<f12>");
}

/// The meeting of a month, from Home to its closing; the keys it took.
fn hold(year: &mut Year, month: u32) -> usize {
    year.on(held_on(month));
    year.pressed = 0;
    // The meeting to go on with is the one of today.
    year.keys("<enter><enter>");
    assert_eq!((year.meeting().head.id.clone(), year.meeting().stage()), (id(month), Stage::Live));
    year.keys("<f8>");
    if month.is_multiple_of(2) {
        year.keys("bich v công tác<enter>");
    }
    year.keys("minh t Lò Thị Sen<enter><ctrl-t>");
    if month == JOINED.0 {
        year.keys("binh minh 8<enter>");
    }
    year.keys("<esc>");
    roll_is_called(year, month);
    let mut said = Vec::new();
    say(year, &mut said, &format!("Khai mạc phiên họp tháng {month:02}, 12/12 xã dự trực tuyến"));
    year.keys("<f3><enter>@nam<enter>");
    say(year, &mut said, &format!("Hồ sơ trực tuyến đạt {}%", 50 + month));
    say(year, &mut said, "Ba xã còn thiếu thiết bị");
    year.keys("<f3><enter>@huyen<enter>");
    say(year, &mut said, "Đề nghị các sở dùng chung một kho dữ liệu");
    if month.is_multiple_of(3) {
        year.keys("@minh<enter>");
        say(year, &mut said, "Vốn đã phân bổ đủ, không xin thêm");
    }
    if month == COME_UP.0 {
        year.keys(&format!("<f3><ctrl-o>{}<tab>10<enter><esc><f3><enter>", COME_UP.1));
        say(year, &mut said, "Sở Nội vụ tiếp thu, sẽ rà soát lại");
    }
    year.keys("<f3><enter>");
    assign(year, &mut said, month);
    say(year, &mut said, &format!("Thống nhất kế hoạch tháng {month:02}"));
    let letters_and_keys = year.pressed;
    correct(year, &mut said, month);
    year.pressed = letters_and_keys;
    year.keys("/bemac<enter><enter>");
    assert_eq!(year.meeting().stage(), Stage::Closed, "{}", year.news());
    year.said.insert(id(month), said);
    year.keys("<f12>");
    year.pressed
}

/// What a secretary finds wrong before the end: a vote that was put off after all, a figure, the order and the cut of
/// lines, the number and part of the conclusion, a task that was none.
fn correct(year: &mut Year, said: &mut Vec<String>, month: u32) {
    year.keys(&format!("/bq 5 0 1 Lịch tháng {month:02}<enter>"));
    let counts = "tán thành 5, không tán thành 0, không ý kiến 1";
    said.push(format!("Lịch tháng {month:02}: {counts}; thông qua"));
    if month.is_multiple_of(2) {
        let to_result = "<tab>".repeat(5);
        year.keys(&format!("/kem bieu quyet<enter><enter>{to_result}<right><right><right><enter><esc>"));
        said.pop();
        said.push(format!("Lịch tháng {month:02}: {counts}; để lại"));
    }
    let up = |line: &str, said: &[String]| "<up>".repeat(said.len() - at(said, line));
    let figure = format!("Hồ sơ trực tuyến đạt {}%", 50 + month);
    match month % 4 {
        0 => {
            // Both numbers were noted, one of them is no figure.
            year.keys(&format!(
                "{}/so Hồ sơ trực tuyến {}%<enter><tab>%<enter><esc>",
                up(&figure, said),
                50 + month
            ));
            year.keys(&format!("{}/so Nhầm 3<enter><enter><esc>", up("Ba xã", said)));
            year.keys("/kem so lieu<enter><down><delete><esc>");
        }
        1 => {
            year.keys(&format!("{}<ctrl-up><esc>", up("Ba xã", said)));
            let (first, second) = (at(said, &figure), at(said, "Ba xã"));
            said.swap(first, second);
        }
        2 => {
            year.keys(&format!("{}<shift-up><ctrl-x><esc>", up("Ba xã", said)));
            let second = said.remove(at(said, "Ba xã"));
            let first = at(said, &figure);
            said[first] = format!("{figure} {second}");
        }
        _ => {
            year.keys("!Việc ghi nhầm<enter><esc>/kem nhiem vu<enter><ctrl-end><delete><esc>");
            year.keys("<up><delete>");
        }
    }
    // The chair's point is the third of the notice's last part.
    year.keys(&format!("{}<f5><shift-tab>3<tab><right><right><right><enter><esc>", up("Thống nhất", said)));
    assert!(year.desk.app().popups.is_empty(), "{}", year.news());
}

/// The place of the line that begins so.
fn at(said: &[String], line: &str) -> usize {
    said.iter().position(|text| text.starts_with(line)).unwrap()
}

fn say(year: &mut Year, said: &mut Vec<String>, text: &str) {
    year.keys(&format!("{text}<enter>"));
    said.push(text.to_owned());
    assert!(year.desk.app().popups.is_empty(), "{text}");
}

/// One to three tasks: a sentence that says all, a line that F4 asks about, work without an end.
fn assign(year: &mut Year, said: &mut Vec<String>, month: u32) {
    // In September the office still says the old name.
    let (lead, spoken) = if month < 7 { OLD } else { NEW };
    let spoken = if month == 9 { OLD.1 } else { spoken };
    let due = next_month(month, 10);
    let text = format!("Giao {spoken} rà soát quy chế đợt {month:02} trước ngày {}", shown(due));
    year.keys(&format!("!{text}<enter>"));
    said.push(text);
    year.gave(month, &format!("quy chế đợt {month:02}"), lead, Some(due), Fate::of_review(month));
    if month.is_multiple_of(2) {
        let (text, due) = (format!("Lập danh mục thiết bị đợt {month:02}"), next_month(month, 20));
        year.keys(&format!("{text}<f4>stc<tab>{}<enter>", shown(due)));
        year.gave(month, &text, "so-tai-chinh", Some(due), Fate::of_list(month));
        said.push(text);
    }
    if month.is_multiple_of(3) {
        let text = format!("Giao Văn phòng UBND tỉnh thường xuyên công khai kết quả đợt {month:02}");
        year.keys(&format!("!{text}<enter>"));
        year.gave(month, &format!("kết quả đợt {month:02}"), "van-phong-ubnd-tinh", None, Fate::Standing);
        said.push(text);
    }
    assert!(year.desk.app().popups.is_empty());
}

impl Year {
    fn gave(&mut self, month: u32, words: &str, lead: &'static str, due: Option<NaiveDate>, fate: Fate) {
        self.given.push(Given { meeting: id(month), words: words.to_owned(), lead, due, fate });
    }
}

fn roll_is_called(year: &mut Year, month: u32) {
    let presence = |id: &str| year.meeting().seat(id).unwrap().presence.unwrap();
    let bich = if month.is_multiple_of(2) { Presence::AbsentExcused } else { Presence::Present };
    let marks = [presence("chu-van-thinh"), presence("on-thi-bich"), presence("kha-duc-minh")];
    assert_eq!(marks, [Presence::Present, bich, Presence::Represented]);
}

/// What the Board hears about the tasks of a month in the first days of the next.
fn early_news(year: &mut Year, month: u32) {
    let first = next_month(month, 4);
    year.on(first).keys("<f10>");
    let review = format!("<ctrl-r>quy chế đợt {month:02}");
    match Fate::of_review(month) {
        Fate::Done => {
            year.keys(&format!("{review}<f4>đã ban hành<shift-tab><right><enter>"));
            year.on(first + Days::new(2)).keys("<f6><enter>");
        }
        Fate::PutOff => {
            year.keys(&format!("{review}<f5>2/1/2027<tab>chờ hướng dẫn<tab>Chủ tịch UBND tỉnh<enter>"));
        }
        _ => drop(year.keys(&format!("{review}<ctrl-u>12/VP<enter>"))),
    }
    let list = format!("<ctrl-r>thiết bị đợt {month:02}");
    match Fate::of_list(month) {
        _ if month % 2 == 1 => {}
        Fate::Suspended => drop(year.keys(&format!("{list}<ctrl-p>chờ đề án<enter>"))),
        Fate::Cancelled => drop(year.keys(&format!("{list}<ctrl-x>đã có đề án khác<enter>"))),
        _ => drop(year.keys(&format!("{list}<f4>đang làm<enter>"))),
    }
    year.stands_in(Place::Board);
}

/// What is only done after its deadline.
fn late_news(year: &mut Year, month: u32) {
    if month % 2 == 1 || Fate::of_list(month) != Fate::DoneLate {
        return;
    }
    year.on(next_month(month, 25)).keys("<f10>");
    let list = format!("<ctrl-r>thiết bị đợt {month:02}");
    year.keys(&format!("{list}<f4>đã gửi<shift-tab><right><enter><f6><enter>"));
    year.stands_in(Place::Board);
}

/// The minutes of two months out of three go to the chair and are approved; those of even months get a number.
fn approve(year: &mut Year, month: u32) {
    if month % 3 == 1 {
        return;
    }
    year.on(day(month, 20)).keys(&format!("<f12><ctrl-r>{}<enter>/trinh<enter>", title(month)));
    year.on(day(month, 22)).keys("/duyet<enter><enter>");
    assert_eq!(year.meeting().stage(), Stage::Approved, "{}", year.news());
    if month.is_multiple_of(2) {
        year.keys("/sovb<enter><enter>");
    }
    year.keys("<f12>");
}

fn rename(year: &mut Year) {
    year.on(day(6, 29)).keys("<f12><ctrl-g><tab><tab>noi vu<f3>");
    year.keys(&format!("{}<tab>SNVLĐ<tab>1/7/{YEAR}<enter><f12>", NEW.1));
    year.stands_in(Place::Home);
}

/// The whole year, and the keys that each meeting took.
fn kept() -> (Year, Vec<usize>) {
    let mut year = Year::begin();
    found(&mut year);
    let mut keys = Vec::new();
    for month in 1..=12 {
        if month == 7 {
            rename(&mut year);
        }
        plan(&mut year, month);
        change_plan(&mut year, month);
        if month > 1 {
            early_news(&mut year, month - 1);
            year.keys("<f12>");
        }
        keys.push(hold(&mut year, month));
        put_right(&mut year, month);
        approve(&mut year, month);
        if month > 1 {
            late_news(&mut year, month - 1);
        }
        year.desk.rest();
    }
    year.keys("<ctrl-q>");
    assert!(year.desk.has_quit());
    (year, keys)
}

/// The program at a prompt, over the workspace of the year.
fn run(year: &Year, args: &[&str]) -> (i32, String) {
    let home = year.root.parent().unwrap().join("home");
    let mut command = Command::new(env!("CARGO_BIN_EXE_steerco"));
    command.args(args).arg("--workspace").arg(&year.root).stdin(Stdio::null());
    command.env_clear().env("HOME", &home).env("LOCALAPPDATA", &home).env("APPDATA", &home);
    let output = command.output().unwrap();
    let text = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
    (output.status.code().unwrap(), text)
}

#[test]
fn a_year_kept_by_keys_is_in_order_in_its_files() {
    let (year, keys) = kept();
    for (month, keys) in (1..).zip(keys) {
        let letters: usize = year.said[&id(month)].iter().map(|text| text.chars().count()).sum();
        // The item that came up has a title, the site that joined a name, typed with their marks.
        let plan = [COME_UP, JOINED].into_iter().find(|(of, _)| *of == month);
        let letters = letters + plan.map_or(0, |(_, name)| name.chars().count());
        // Marks of the roll, speakers, items, owners and deadlines, opening and closing, all together.
        assert!(keys <= letters + 100, "{month}: {keys} keys for {letters} letters of minutes");
    }
    assert_eq!(run(&year, &["check"]), (0, String::new()));
    meetings_are_there(&year);
    tasks_are_there(&year);
    units_have_the_names_of_their_day(&year);
    looking_changes_nothing(year);
}

fn filed(year: &Year, month: u32) -> Meeting {
    let path = year.root.join(format!("meetings/{YEAR}/{}.toml", id(month)));
    read(&fs::read(path).unwrap()).unwrap().record
}

fn meetings_are_there(year: &Year) {
    let mut number = 0;
    for month in 1..=12 {
        let meeting = filed(year, month);
        let said: Vec<&str> = meeting.notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(said, year.said[&id(month)], "{month}");
        assert_eq!((meeting.conclusions.len(), meeting.seats.len()), (1, 6));
        the_plan_is_as_it_became(&meeting, month);
        facts_are_corrected(&meeting, month);
        let (stage, sealed) = match (month % 3, month % 2) {
            (1, _) => (Stage::Closed, Seal::None),
            (_, 0) => (Stage::Issued, Seal::Intact),
            _ => (Stage::Approved, Seal::Intact),
        };
        assert_eq!((meeting.stage(), seal(&meeting)), (stage, sealed), "{month}");
        let papers: Vec<&str> = meeting.papers.iter().map(|paper| paper.number.as_str()).collect();
        number += papers.len();
        let expected = format!("{number:02}/TB-BCĐ");
        let wanted: &[&str] = if stage == Stage::Issued { &[&expected] } else { &[] };
        assert_eq!(papers, wanted, "{month}");
    }
}

fn the_plan_is_as_it_became(meeting: &Meeting, month: u32) {
    let (head, titles) =
        (&meeting.head, meeting.agenda.iter().map(|item| item.title.as_str()).collect::<Vec<_>>());
    assert_eq!(
        (head.id.as_str(), head.date),
        (id(month).as_str(), Some(held_on(month))),
        "the id never moves"
    );
    let correction = if month == CORRECTED.0 { CORRECTED.1 } else { "" };
    assert_eq!(head.title, format!("{}{correction}", title(month)));
    let mut planned: Vec<&str> = PROGRAMME.iter().map(|(title, ..)| *title).collect();
    match month {
        DROPPED => drop(planned.remove(0)),
        _ if month == COME_UP.0 => planned.insert(3, COME_UP.1),
        _ => {}
    }
    assert_eq!(titles, planned, "{month}");
    // Every item was taken up, one after the other, from the opening to the closing.
    let times = meeting.agenda.iter().flat_map(|item| [item.started, item.ended]);
    let times: Vec<_> = [head.opened].into_iter().chain(times).chain([head.closed]).collect();
    assert!(times.iter().all(Option::is_some) && times.is_sorted(), "{month}: {times:?}");
    let of_items = |note: &steerco::domain::meeting::Note| meeting.item(&note.item).is_some();
    assert!(meeting.notes.iter().all(of_items), "{month}");
    let sites: Vec<_> =
        meeting.sites.iter().map(|site| (site.name.as_str(), site.expected, site.headcount)).collect();
    let joined = [(JOINED.1, Some(9), Some(8))];
    assert_eq!(sites, if month == JOINED.0 { &joined[..] } else { &[] }, "{month}");
}

fn facts_are_corrected(meeting: &Meeting, month: u32) {
    let result = if month.is_multiple_of(2) { VoteResult::Deferred } else { VoteResult::Adopted };
    let votes: Vec<_> = meeting.votes.iter().map(|vote| (vote.r#for, vote.result)).collect();
    assert_eq!(votes, [(Some(5), Some(result))], "{month}");
    let conclusion = &meeting.conclusions[0];
    assert_eq!((conclusion.number, conclusion.part), (Some(3), Some(Part::Specific)), "{month}");
    let figures: Vec<_> = meeting.figures.iter().map(|figure| figure.name.as_str()).collect();
    let wanted: &[&str] = if month.is_multiple_of(4) { &["Hồ sơ trực tuyến"] } else { &[] };
    assert_eq!(figures, wanted, "{month}");
}

fn tasks_are_there(year: &Year) {
    let (code, text) = run(year, &["tasks", "--json", "--today", LAST_DAY]);
    assert_eq!(code, 0, "{text}");
    let tasks: Vec<Value> = serde_json::from_str(&text).unwrap();
    assert_eq!((tasks.len(), year.given.len()), (22, 22));
    for (task, given) in tasks.iter().zip(&year.given) {
        let content = task["content"].as_str().unwrap();
        assert!(content.contains(&given.words), "{content}: {}", given.words);
        assert_eq!(task["meeting"], given.meeting.as_str());
        assert_eq!(task["lead"], serde_json::json!([given.lead]), "{content}");
        assert_eq!(task["state"], given.fate.state(), "{content}");
        let due = given.due.map(|due| due.to_string());
        assert_eq!(task.get("due").and_then(Value::as_str), due.as_deref(), "{content}");
    }
}

/// Papers of the first half keep the old name; from July on the new one stands.
fn units_have_the_names_of_their_day(year: &Year) {
    let bytes = fs::read(year.root.join("committees/bcd-cds.toml")).unwrap();
    let committee = read::<Committee>(&bytes).unwrap().record;
    assert_eq!(committee.unit(OLD.0).unwrap().to, Some(day(6, 30)));
    assert_eq!(committee.successor_of(OLD.0), NEW.0);
    for month in 1..=12 {
        let meeting = filed(year, month);
        let names: Vec<_> = meeting.units.iter().map(|u| (u.id.as_str(), u.name.as_str())).collect();
        let (own, other) = if month < 7 { (OLD, NEW) } else { (NEW, OLD) };
        assert!(names.contains(&own) && !names.contains(&other), "{month}: {names:?}");
    }
}

/// Every meeting, the Roll, the Board, a task and the committee are gone into, and the program is left.
fn looking_changes_nothing(year: Year) {
    let before = files(&year.root);
    drop(year.desk);
    let mut desk = Desk::home(&year.root, "", "", "2026-12-31T08:00:00");
    for month in 1..=12 {
        desk.keys(&format!("<f12><ctrl-r>{}<enter>", title(month)));
        assert_eq!(desk.app().current_meeting().unwrap().head.id, id(month));
        desk.keys("/thongtin<enter><esc>/chuongtrinh<enter><f4><esc><esc>/diemcau<enter><esc>");
        desk.keys("<f8><esc><up><up><esc><f7><esc>").rest();
    }
    desk.keys("<f10><f2><right><f2><down><enter><esc><esc><f12><ctrl-g><tab><enter><esc><f12>").rest();
    desk.look().keys("<ctrl-q>");
    assert!(desk.has_quit());
    drop(desk);
    assert!(files(&year.root) == before, "a look changed a file");
}

/// Every file of the workspace with its bytes.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}
