//! A whole meeting, keys in and file and screen out: from Home to the closing, with slips of the hand put right on the
//! way. What was meant is kept beside the keys, and at the end the file has to say that and nothing else.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{NaiveDate, NaiveDateTime, TimeDelta, Timelike};
use steerco::app::key::script;
use steerco::app::popup::Popup;
use steerco::domain::kinds::*;
use steerco::domain::meeting::*;
use steerco::domain::value::TimeOfDay;
use steerco::store::meeting_file;
use unicode_normalization::UnicodeNormalization;

use crate::desk::Desk;

const MEETING: &str = "2026-11-18-phien-hop-quy-iv";

const COMMITTEE: &str = r#"# Ban Chỉ đạo tự đặt, chỉ để thử.
schema = 1
id = "bcd-nuoc-sach"
name = "Ban Chỉ đạo nước sạch nông thôn tỉnh An Hải"
language = "vi"

[[units]]
id = "snnmt"
name = "Sở Nông nghiệp và Môi trường"
short = "SNNMT"

[[units]]
id = "stc"
name = "Sở Tài chính"
short = "STC"

[[units]]
id = "syt"
name = "Sở Y tế"
short = "SYT"

[[units]]
id = "sgddt"
name = "Sở Giáo dục và Đào tạo"
short = "SGDĐT"

[[units]]
id = "sxd"
name = "Sở Xây dựng"
short = "SXD"

[[units]]
id = "vp"
name = "Văn phòng UBND tỉnh"
short = "VP UBND"

[[groups]]
id = "cac-xa"
name = "UBND các xã, phường"
aliases = ["các xã, phường"]
"#;

const PLANNED: &str = r#"# Thư ký soạn trước; dòng này phải còn nguyên.
schema = 1
id = "2026-11-18-phien-hop-quy-iv"
committee = "bcd-nuoc-sach"
title = "Phiên họp quý IV năm 2026"
kind = "regular_session"
stage = "planned"
date = 2026-11-18
planned_start = 08:00:00
language = "vi"
phong_hop = "tầng 2"   # khóa của riêng văn phòng

[[seats]]
id = "chu-van-thinh"
name = "Chử Văn Thịnh"
role = "chair"
presence = "present"

[[seats]]
id = "mac-thi-huyen"
name = "Mạc Thị Huyền"
role = "member"
presence = "present"

[[seats]]
id = "tieu-hai-nam"
name = "Tiêu Hải Nam"
titles = ["Giám đốc Sở Nông nghiệp và Môi trường"]
unit = "snnmt"
role = "member"
presence = "present"

[[seats]]
id = "on-thi-bich"
name = "Ôn Thị Bích"
unit = "stc"
role = "member"
presence = "present"

[[seats]]
id = "kha-duc-minh"
name = "Kha Đức Minh"
unit = "syt"
role = "member"
presence = "unmarked"

[[seats]]
id = "uong-thu-ha"
name = "Uông Thu Hà"
unit = "sgddt"
role = "member"
presence = "present"

[[seats]]
id = "nghiem-xuan-phu"
name = "Nghiêm Xuân Phú"
unit = "sxd"
role = "member"
presence = "present"

[[seats]]
id = "vu-lan-anh"
name = "Vũ Lan Anh"
unit = "vp"
role = "secretary"
presence = "present"

[[seats]]
id = "dau-thi-quyen"
name = "Đậu Thị Quyên"
role = "guest"
presence = "unmarked"

[[seats]]
id = "la-van-son"
name = "La Văn Sơn"
role = "guest"
presence = "unmarked"

[[agenda]]
id = "aaaaaaa1"
kind = "opening"
title = "Khai mạc"
minutes = 5

[[agenda]]
id = "aaaaaaa2"
kind = "report"
title = "Báo cáo quý IV"
presenter = "tieu-hai-nam"
minutes = 20

[[agenda]]
id = "aaaaaaa3"
kind = "discussion"
title = "Thảo luận"
minutes = 60

[[agenda]]
id = "aaaaaaa4"
kind = "vote"
title = "Biểu quyết"
minutes = 10

[[agenda]]
id = "aaaaaaa5"
kind = "conclusion"
title = "Kết luận"
minutes = 25

[[agenda]]
id = "aaaaaaa6"
kind = "closing"
title = "Bế mạc"
minutes = 5
"#;

fn office() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("workspace");
    fs::create_dir_all(root.join("committees")).unwrap();
    fs::create_dir_all(root.join("meetings/2026")).unwrap();
    fs::write(root.join("committees/bcd-nuoc-sach.toml"), COMMITTEE).unwrap();
    fs::write(root.join(format!("meetings/2026/{MEETING}.toml")), PLANNED).unwrap();
    (folder, root)
}

/// A row of the minutes as it was meant, ids left out.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    at: NaiveDateTime,
    speaker: String,
    item: String,
    kind: Option<NoteKind>,
    text: String,
}

#[derive(Clone, Debug, PartialEq)]
struct Floor {
    speaker: String,
    item: String,
    kind: TurnKind,
    from: NaiveDateTime,
    to: Option<NaiveDateTime>,
}

/// A secretary's hands, and what they mean.
struct Hands {
    desk: Desk,
    speaker: &'static str,
    item: usize,
    /// When each item began and ended.
    items: Vec<(NaiveDateTime, Option<NaiveDateTime>)>,
    said: Vec<Said>,
    turns: Vec<Floor>,
    /// Items that began with a speaker, and what a turn and a line are under each.
    programme: [(TurnKind, Option<NoteKind>); 6],
}

impl Hands {
    fn at_home(root: &Path, settings: &str) -> Hands {
        use TurnKind::*;
        let programme = [
            (Address, None),
            (Report, Some(NoteKind::Result)),
            (Contribution, Some(NoteKind::Opinion)),
            (Contribution, Some(NoteKind::Vote)),
            (Conclusion, Some(NoteKind::Conclusion)),
            (Address, None),
        ];
        let desk = Desk::home(root, MEETING, settings, "2026-11-18T07:58:00");
        let (said, turns, items) = (Vec::new(), Vec::new(), Vec::new());
        Hands { desk, speaker: "", item: 0, items, said, turns, programme }
    }

    /// Presses keys and counts them.
    fn press(&mut self, keys: &str) -> usize {
        self.desk.keys(keys);
        script(keys).unwrap().len()
    }

    fn now(&self) -> NaiveDateTime {
        whole(self.desk.wall())
    }

    /// The time of the key pressed next.
    fn next_key(&self) -> NaiveDateTime {
        whole(self.desk.wall() + TimeDelta::milliseconds(100))
    }

    fn item_id(&self) -> String {
        format!("aaaaaaa{}", self.item + 1)
    }

    /// What was meant: a line with this text, its first key at `at`.
    fn meant(&mut self, at: NaiveDateTime, kind: Option<NoteKind>, text: &str) {
        let (speaker, item) = (self.speaker.to_owned(), self.item_id());
        self.take_floor(at);
        self.said.push(Said { at, speaker, item, kind, text: text.nfc().collect() });
    }

    /// A line typed by these keys, which amount to `text`.
    fn line(&mut self, keys: &str, text: &str) {
        let at = self.next_key();
        self.press(&format!("{keys}<enter>"));
        self.meant(at, self.programme[self.item].1, text);
        self.minute();
    }

    fn say(&mut self, text: &str) {
        self.line(text, text);
    }

    /// Another minute goes by.
    fn minute(&mut self) {
        let next = self.now() + TimeDelta::seconds(61);
        self.desk.at(&next.format("%Y-%m-%dT%H:%M:%S").to_string());
    }

    fn take_floor(&mut self, from: NaiveDateTime) {
        let (item, kind) = (self.item_id(), self.programme[self.item].0);
        let goes_on = |turn: &Floor| turn.to.is_none() && turn.speaker == self.speaker && turn.item == item;
        if self.turns.last().is_some_and(goes_on) {
            return;
        }
        self.end_turn(from);
        self.turns.push(Floor { speaker: self.speaker.to_owned(), item, kind, from, to: None });
    }

    fn end_turn(&mut self, at: NaiveDateTime) {
        if let Some(turn) = self.turns.last_mut().filter(|turn| turn.to.is_none()) {
            turn.to = Some(at);
        }
    }

    /// Gives the floor by these keys; how many they were.
    fn speaker(&mut self, keys: &str, speaker: &'static str) -> usize {
        let count = self.press(keys);
        assert_eq!(self.desk.app().meeting.speaker, speaker, "{keys}");
        self.speaker = speaker;
        self.take_floor(self.now());
        count
    }

    /// The next item by these keys, and who speaks there as a rule.
    fn next_item(&mut self, usual: Option<&'static str>) -> usize {
        let count = self.press("<f3><enter>");
        let now = self.now();
        self.items[self.item].1 = Some(now);
        self.items.push((now, None));
        self.item += 1;
        self.end_turn(now);
        if let Some(speaker) = usual {
            self.speaker = speaker;
            self.take_floor(now);
        }
        count
    }

    fn meeting(&self) -> &Meeting {
        self.desk.app().current_meeting().unwrap()
    }

    fn typed(&self) -> &str {
        self.desk.app().meeting.line.text()
    }

    /// The clauses of the sentence being cut.
    fn clauses(&self) -> Vec<&str> {
        let Some(Popup::Split(split)) = self.desk.app().popups.last() else { panic!("nothing is being cut") };
        split.clauses.iter().map(|clause| &split.text[clause.range.clone()]).collect()
    }
}

fn whole(at: NaiveDateTime) -> NaiveDateTime {
    at.with_nanosecond(0).unwrap()
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The keys of a text as an input method sends them: the bare letter, then a backspace and the letter with its marks.
fn by_input_method(text: &str) -> String {
    let key = |c: char| match c.nfd().next().filter(|bare| *bare != c) {
        Some(bare) => format!("{bare}<backspace>{c}"),
        None => c.to_string(),
    };
    text.chars().map(key).collect()
}

/// The keys of a text with a slip: a few wrong letters after it, taken back in a burst.
fn with_slip(text: &str) -> String {
    format!("{text}sai rồi{}", "<backspace>".repeat(7))
}

fn decomposed(text: &str) -> String {
    text.nfd().collect()
}

const OPENING: [&str; 4] = [
    "Khai mạc phiên họp, nêu mục đích và yêu cầu",
    "Đề nghị các đồng chí phát biểu ngắn gọn, đi thẳng vào việc",
    "Nhắc lại chỉ tiêu 95% hộ dân nông thôn dùng nước sạch",
    "Mời Sở Nông nghiệp và Môi trường báo cáo",
];

const REPORT: [&str; 8] = [
    "Đến 31/10, tỷ lệ hộ dân nông thôn dùng nước sạch đạt 91,4%",
    "Hoàn thành 12/15 công trình cấp nước tập trung",
    "Ba công trình chậm do vướng mặt bằng ở xã Cát Bồng",
    "Giải ngân đạt 68% kế hoạch vốn",
    "Chất lượng nước: 4/82 mẫu không đạt",
    "Kiến nghị bổ sung 14 tỷ đồng",
    "Đề nghị gia hạn cho nhà thầu công trình cầu Đá",
    "Báo cáo đầy đủ đã gửi trước qua hệ thống văn bản",
];

const PASTED: [&str; 4] = [
    "Phụ lục 1: danh mục 82 công trình",
    "!Phụ lục 2: dòng dán không bao giờ là lệnh",
    "@Phụ lục 3: kể cả dòng này",
    "/bemac phụ lục 4",
];

const HUYEN: [&str; 4] = [
    "Đánh giá cao cách làm của xã Cát Bồng trong vận động hiến đất",
    "Nhiều nơi còn trông chờ ngân sách cấp trên",
    "Đồng hồ nước hỏng chậm được thay, dân phản ánh nhiều lần",
    "Phải công khai kết quả xét nghiệm nước tại nhà văn hóa thôn",
];

const BICH: [&str; 4] = [
    "Vốn đã phân bổ đủ từ đầu năm, vướng ở khâu nghiệm thu",
    "Đề nghị không điều chuyển vốn sang năm sau",
    "Giá nước hiện thấp hơn chi phí vận hành khoảng 12%",
    "Sẽ trình phương án giá mới trong tháng 12",
];

const MINH: [&str; 4] = [
    "Bốn mẫu nước không đạt đều ở trạm do xã tự quản",
    "Thiếu hóa chất khử trùng ở ba trạm",
    "Hai trạm không có sổ theo dõi vận hành",
    "Đề nghị tập huấn lại cho người vận hành",
];

const HA: [&str; 6] = [
    "Còn 23 điểm trường dùng nước giếng khoan chưa qua xử lý",
    "Học sinh bán trú cần ít nhất 20 lít mỗi ngày",
    "Các trường đề nghị được miễn phí đấu nối",
    "Bể chứa ở bốn trường mầm non đã nứt",
    "Phụ huynh góp tiền mua nước bình là không đúng quy định",
    "Sẽ gửi danh sách điểm trường trong tuần này",
];

/// Said by Phú, at first put down to Hà.
const PHU: [&str; 5] = [
    "Quy hoạch đường ống chồng lên tuyến đường mới ở hai xã",
    "Cần một đầu mối thẩm định thiết kế",
    "Đường ống qua cầu Đá phải làm lại giá đỡ",
    "Nhà thầu xin gia hạn 30 ngày vì mưa lũ",
    "Đồng ý gia hạn nhưng không quá 15/01",
];

const ANH: [&str; 5] = [
    "Văn phòng đã nhận 7/9 báo cáo của các xã",
    "Hai xã chưa gửi là Cát Bồng và Đá Dựng",
    "Một số báo cáo thiếu phụ lục số liệu",
    "Đề nghị thống nhất mẫu báo cáo từ quý I/2027",
    "Dự thảo kết luận gửi các đồng chí ngay sau phiên họp",
];

const NAM: [&str; 6] = [
    "Tiếp thu ý kiến về công khai kết quả xét nghiệm",
    "Ba công trình chậm sẽ xong trước Tết",
    "Phương án thay đồng hồ đã có trong kế hoạch 2027",
    "Xin rút kiến nghị bổ sung vốn đợt này",
    "Sẽ kiểm tra lại bể chứa cùng ngành giáo dục",
    "Số liệu 91,4% đã đối chiếu với các xã",
];

/// The concluding speech: seven clauses as they were said.
const SPEECH: &str = "Giao Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Sở Tài chính rà soát toàn bộ 82 công \
    trình nước sạch, báo cáo Ban Chỉ đạo trước ngày 15/12/2026; giao Sở Y tế kiểm tra chất lượng nước tại các trạm \
    do xã tự quản trong quý I/2027; Sở Giáo dục và Đào tạo lập danh sách các điểm trường chưa có nước sạch trước ngày \
    30/11/2026, Văn phòng UBND tỉnh đôn đốc hai xã chưa gửi báo cáo; Sở Xây dựng thẩm định lại thiết kế đường ống qua \
    cầu Đá xong trước ngày 10/12/2026; Sở Tài chính trình phương án giá nước mới trước ngày 25/12/2026 và Sở Xây dựng \
    công bố đơn giá đấu nối trong tháng 1/2027; các xã, phường thường xuyên công khai kết quả xét nghiệm nước tại nhà \
    văn hóa thôn; tổ chức tập huấn lại cho người vận hành trạm.";

/// The tasks of the speech: lead, support, first and last words of the quote, kind of deadline, day.
type Assigned =
    (&'static str, &'static str, &'static str, &'static str, Option<DueKind>, Option<(i32, u32, u32)>);
const ASSIGNED: [Assigned; 9] = [
    ("snnmt", "stc", "Giao Sở Nông", "15/12/2026", Some(DueKind::Date), Some((2026, 12, 15))),
    ("syt", "", "giao Sở Y tế", "quý I/2027", Some(DueKind::Date), Some((2027, 3, 31))),
    ("sgddt", "", "Sở Giáo dục", "30/11/2026", Some(DueKind::Date), Some((2026, 11, 30))),
    ("vp", "", "Văn phòng UBND", "gửi báo cáo", Some(DueKind::None), None),
    ("sxd", "", "Sở Xây dựng thẩm", "10/12/2026", Some(DueKind::Date), Some((2026, 12, 10))),
    ("stc", "", "Sở Tài chính trình", "25/12/2026", Some(DueKind::Date), Some((2026, 12, 25))),
    ("sxd", "", "và Sở Xây dựng công", "tháng 1/2027", Some(DueKind::Date), Some((2027, 1, 31))),
    ("cac-xa", "", "các xã, phường", "văn hóa thôn", Some(DueKind::Ongoing), None),
    ("syt", "snnmt", "tổ chức tập huấn", "vận hành trạm", Some(DueKind::Date), Some((2027, 2, 28))),
];

/// Acts that come before the conclusion. Every count of keys that somebody promised is asserted where it is made.
fn until_the_conclusion(h: &mut Hands) {
    // From Home the third key is the first letter of the minutes.
    let first = h.desk.wall() + TimeDelta::milliseconds(300);
    h.press("<enter><enter>K");
    assert_eq!(h.typed(), "K");
    let opened = whole(first - TimeDelta::milliseconds(100));
    h.items.push((opened, None));
    h.speaker = "chu-van-thinh";
    h.take_floor(opened);
    h.press(&format!("{}<enter>", &OPENING[0][1..]));
    h.meant(whole(first), None, OPENING[0]);
    h.minute();
    h.line(&with_slip(OPENING[1]), OPENING[1]);
    h.line(&by_input_method(OPENING[2]), OPENING[2]);
    h.say(OPENING[3]);

    assert_eq!(h.next_item(Some("tieu-hai-nam")), 2);
    h.line(&decomposed(REPORT[0]), REPORT[0]);
    REPORT[1..4].iter().for_each(|text| h.say(text));
    h.press("/den quyen<enter>");
    h.line(&by_input_method(REPORT[4]), REPORT[4]);
    let at = h.now();
    h.desk.paste(&format!("{}\r\n", PASTED.join("\r\n")));
    PASTED.iter().for_each(|text| h.meant(at, Some(NoteKind::Result), text));
    h.minute();
    // Undone, done again, and there once.
    h.say(REPORT[5]);
    h.say(REPORT[6]);
    h.line(&with_slip(REPORT[7]), REPORT[7]);
    let before = h.meeting().clone();
    h.press("<ctrl-z>");
    assert_eq!(h.meeting().notes.len(), before.notes.len() - 1);
    h.press("<ctrl-y>");
    assert_eq!(h.meeting(), &before);

    assert_eq!(h.next_item(None), 2);
    h.speaker("@huyen<enter>", "mac-thi-huyen");
    HUYEN.iter().for_each(|text| h.say(text));
    h.speaker("@ob<enter>", "on-thi-bich");
    h.line(&by_input_method(BICH[0]), BICH[0]);
    BICH[1..].iter().for_each(|text| h.say(text));
    h.press("<f8>minh<f4><esc>");
    h.speaker("@kdm<enter>", "kha-duc-minh");
    h.line(&decomposed(MINH[0]), MINH[0]);
    MINH[1..].iter().for_each(|text| h.say(text));
    task_from_a_line(h);

    pause(h);
    h.speaker("@ha<enter>", "uong-thu-ha");
    HA.iter().for_each(|text| h.say(text));
    wrong_speaker_of_five_lines(h);
    h.speaker("@anh<enter>", "vu-lan-anh");
    ANH.iter().for_each(|text| h.say(text));
    let keys = h.speaker("@2 ", "tieu-hai-nam");
    assert!(keys <= 3, "{keys}");
    NAM.iter().for_each(|text| h.say(text));
    h.press("/den son<enter>");
    let keys = h.speaker("@@<enter>", "vu-lan-anh");
    assert!(keys <= 3, "{keys}");
    h.say("Đã ghi nhận");
}

fn task_from_a_line(h: &mut Hands) {
    let at = h.next_key();
    h.press("Cấp bù hóa chất khử trùng cho ba trạm");
    let beyond = h.press("<f4>yt<tab>512<enter>");
    assert!(beyond <= 8, "{beyond}");
    h.meant(at, Some(NoteKind::Assignment), "Cấp bù hóa chất khử trùng cho ba trạm");
    h.minute();
}

fn pause(h: &mut Hands) {
    h.press("/nghi<enter>");
    assert_eq!(h.meeting().stage(), Stage::Paused);
    h.desk.at("2026-11-18T09:30:00");
    h.press("<enter>");
    assert_eq!(h.meeting().stage(), Stage::Live);
}

fn wrong_speaker_of_five_lines(h: &mut Hands) {
    h.speaker("@phu<enter>", "nghiem-xuan-phu");
    h.say("Xin báo cáo thêm về quy hoạch");
    h.speaker("@6 ", "uong-thu-ha");
    PHU.iter().for_each(|text| h.say(text));
    let keys = h.press("<up><shift-up><shift-up><shift-up><shift-up><f2>7<enter>");
    assert!(keys <= 8, "{keys}");
    h.speaker = "nghiem-xuan-phu";
    let last = h.said.len();
    h.said[last - 5..].iter_mut().for_each(|said| said.speaker = "nghiem-xuan-phu".into());
    h.turns.last_mut().unwrap().speaker = "nghiem-xuan-phu".into();
}

fn votes(h: &mut Hands) {
    assert_eq!(h.next_item(None), 2);
    h.speaker("@1 ", "chu-van-thinh");
    h.say("Đề nghị biểu quyết hai nội dung");
    h.press("/bq 9 0 1 Gia hạn cho nhà thầu đến 15/01<enter><enter>");
    vote_was_said(
        h,
        "Gia hạn cho nhà thầu đến 15/01: tán thành 9, không tán thành 0, không ý kiến 1; thông qua",
    );
    h.press("/bq<enter>3<tab>6<tab>1<tab>Miễn phí đấu nối cho mọi hộ<enter>");
    vote_was_said(
        h,
        "Miễn phí đấu nối cho mọi hộ: tán thành 3, không tán thành 6, không ý kiến 1; không thông qua",
    );
}

fn vote_was_said(h: &mut Hands, text: &str) {
    let (at, item) = (h.now(), h.item_id());
    let kind = Some(NoteKind::Vote);
    h.said.push(Said { at, speaker: String::new(), item, kind, text: text.to_owned() });
    h.minute();
}

/// The keys between the speech and its nine tasks.
fn conclusion(h: &mut Hands) {
    assert_eq!(h.next_item(Some("chu-van-thinh")), 2);
    h.say("Biểu dương các xã đã hoàn thành chỉ tiêu");
    h.say("Thống nhất không bổ sung vốn trong năm 2026");
    let at = h.next_key();
    h.press(SPEECH);
    let mut keys = h.press("<f6>");
    assert_eq!(h.clauses().len(), 7);
    keys += h.press("<down><down><insert><down>-");
    keys += h.press("<down><down>.");
    assert_eq!(h.clauses().len(), 9);
    keys += h.press("<down><down><down><tab>yt<tab>282<tab>nnmt<enter>");
    snapshots(h, "flow_split");
    keys += h.press("<enter>");
    assert!(keys <= 26, "{keys} keys for nine tasks");
    h.meant(at, Some(NoteKind::Conclusion), SPEECH);
}

/// The golden screens: Vietnamese of all, English of the conclusion.
fn snapshots(h: &mut Hands, name: &str) {
    let language = h.desk.app().desk.words.language.word();
    if language == "en" && name != "flow_conclusion" {
        return;
    }
    for (columns, rows) in [(80, 24), (120, 40)] {
        insta::assert_snapshot!(format!("{name}_{language}_{columns}x{rows}"), h.desk.screen(columns, rows));
    }
}

/// Everything, to the closing; the screens on the way are compared in the language of the settings.
fn hold(root: &Path, settings: &str) -> Hands {
    let mut h = Hands::at_home(root, settings);
    until_the_conclusion(&mut h);
    snapshots(&mut h, "flow_discussion");
    votes(&mut h);
    conclusion(&mut h);
    snapshots(&mut h, "flow_conclusion");
    h.minute();
    assert_eq!(h.next_item(Some("chu-van-thinh")), 2);
    h.say("Cảm ơn các đồng chí, bế mạc phiên họp");
    h.press("/bemac<enter><enter>");
    let closed = h.now();
    h.items[5].1 = Some(closed);
    h.end_turn(closed);
    h.desk.rest();
    snapshots(&mut h, "flow_closed");
    h
}

fn filed(h: &Hands) -> Meeting {
    meeting_file::read::<Meeting>(h.desk.file().as_bytes()).unwrap().record
}

#[test]
fn a_meeting_is_in_its_file_exactly_as_it_was_held() {
    let (_folder, root) = office();
    let h = hold(&root, "");
    let m = filed(&h);
    assert_eq!(h.desk.app().current_meeting(), Some(&m));

    let said: Vec<Said> = m.notes.iter().map(said).collect();
    for (nth, (found, meant)) in said.iter().zip(&h.said).enumerate() {
        assert_eq!(found, meant, "line {nth}");
    }
    assert_eq!((said.len(), h.said.len()), (60, 60));
    let turns: Vec<Floor> = m.turns.iter().map(floor).collect();
    assert_eq!(turns, h.turns);
    let items: Vec<_> = m.agenda.iter().map(|item| (item.started.unwrap(), item.ended)).collect();
    assert_eq!(items, h.items);
    let mut speakers: Vec<&str> = m.notes.iter().map(|note| note.speaker.as_str()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    assert_eq!(speakers.len(), 1 + 8, "eight people, and votes that nobody says");

    votes_are_there(&m);
    tasks_are_there(&m);
    head_and_presence_are_there(&h, &m);
    nothing_else_is_there(&h, m);
}

fn said(note: &Note) -> Said {
    Said {
        at: note.at.unwrap(),
        speaker: note.speaker.clone(),
        item: note.item.clone(),
        kind: note.kind,
        text: note.text.clone(),
    }
}

fn floor(turn: &Turn) -> Floor {
    Floor {
        speaker: turn.speaker.clone(),
        item: turn.item.clone(),
        kind: turn.kind.unwrap(),
        from: turn.from.unwrap(),
        to: turn.to,
    }
}

fn votes_are_there(m: &Meeting) {
    let counts: Vec<_> = m
        .votes
        .iter()
        .map(|v| (v.r#for, v.against, v.abstain, v.result, v.method, v.item.as_str()))
        .collect();
    let hands = Some(VoteMethod::ShowOfHands);
    let expected = [
        (Some(9), Some(0), Some(1), Some(VoteResult::Adopted), hands, "aaaaaaa4"),
        (Some(3), Some(6), Some(1), Some(VoteResult::Rejected), hands, "aaaaaaa4"),
    ];
    assert_eq!(counts, expected);
    for vote in &m.votes {
        assert!(m.note(&vote.note).unwrap().text.starts_with(&vote.question), "{}", vote.question);
    }
}

fn tasks_are_there(m: &Meeting) {
    let speech = m.notes.iter().find(|note| note.text == SPEECH).unwrap();
    let conclusions: Vec<_> = m.conclusions.iter().map(|c| (c.number, c.text.as_str())).collect();
    let expected = [
        (Some(1), "Biểu dương các xã đã hoàn thành chỉ tiêu"),
        (Some(2), "Thống nhất không bổ sung vốn trong năm 2026"),
        (Some(3), SPEECH),
    ];
    assert_eq!(conclusions, expected);
    assert!(m.conclusions.iter().all(|c| m.note(&c.note).unwrap().text == c.text));

    let first = &m.tasks[0];
    let line = "Cấp bù hóa chất khử trùng cho ba trạm";
    assert_eq!((first.content.as_str(), first.quote.as_str()), (line, line));
    assert_eq!((first.lead.join(","), first.due), ("syt".to_owned(), Some(day(2026, 12, 5))));
    assert_eq!(m.note(&first.note).unwrap().text, line);

    assert_eq!(m.tasks.len(), 1 + ASSIGNED.len());
    for (nth, (task, meant)) in m.tasks[1..].iter().zip(&ASSIGNED).enumerate() {
        let (lead, support, begins, ends, kind, due) = meant;
        assert_eq!(
            (task.lead.join(","), task.support.join(",")),
            ((*lead).into(), (*support).into()),
            "{nth}"
        );
        assert!(task.quote.starts_with(begins) && task.quote.ends_with(ends), "{}", task.quote);
        assert_eq!((task.due_kind, task.due), (*kind, due.map(|(y, m, d)| day(y, m, d))), "{}", task.quote);
        assert!(SPEECH.contains(&task.quote));
        assert_eq!((task.number, task.note.as_str()), (Some(nth as i64 + 2), speech.id.as_str()));
        assert_eq!(task.basis, [m.conclusions[2].id.clone()]);
    }
    let names: Vec<&str> = m.units.iter().map(|unit| unit.name.as_str()).collect();
    for unit in ["Sở Y tế", "Sở Tài chính", "Văn phòng UBND tỉnh"] {
        assert!(names.contains(&unit), "{unit} keeps its name of that day");
    }
}

fn head_and_presence_are_there(h: &Hands, m: &Meeting) {
    assert_eq!((m.head.opened, m.head.closed), (Some(h.items[0].0), h.items[5].1));
    assert_eq!((m.stage(), m.head.utc_offset.as_str()), (Stage::Closed, "+07:00"));
    let pauses: Vec<_> = m.head.pauses.iter().map(|pause| (pause.from.is_some(), pause.to)).collect();
    assert_eq!(pauses, [(true, Some("2026-11-18T09:30:00".parse().unwrap()))]);
    let late: Vec<&str> =
        m.seats.iter().filter(|s| s.presence == Some(Presence::Late)).map(|s| s.id.as_str()).collect();
    assert_eq!(late, ["kha-duc-minh", "dau-thi-quyen", "la-van-son"]);
    for seat in m.seats.iter().filter(|seat| seat.presence == Some(Presence::Late)) {
        let arrived = seat.arrived.map(TimeOfDay::time).unwrap();
        assert!(m.head.opened.unwrap().time() < arrived && arrived < m.head.closed.unwrap().time());
        assert_eq!(arrived.nanosecond(), 0, "files name seconds");
    }
}

/// Takes back what was asserted; what is left has to be the file as it was planned.
fn nothing_else_is_there(h: &Hands, mut m: Meeting) {
    let mut planned = meeting_file::read::<Meeting>(PLANNED.as_bytes()).unwrap().record;
    for (item, plan) in m.agenda.iter_mut().zip(&planned.agenda) {
        (item.started, item.ended) = (plan.started, plan.ended);
    }
    for (seat, plan) in m.seats.iter_mut().zip(&planned.seats) {
        if seat.presence == Some(Presence::Late) {
            (seat.presence, seat.arrived) = (plan.presence, None);
        }
    }
    let head = &mut m.head;
    (head.opened, head.closed, head.stage) = (None, None, Some(Stage::Planned));
    head.pauses.clear();
    head.utc_offset.clear();
    (m.units, m.notes, m.turns, m.votes) = Default::default();
    (m.conclusions, m.tasks) = Default::default();
    planned.head.stage = Some(Stage::Planned);
    assert_eq!(m, planned);

    let file = h.desk.file();
    let mut lines = file.lines();
    for line in PLANNED.lines().filter(|line| !line.starts_with("stage =") && !line.contains("\"unmarked\""))
    {
        assert!(lines.any(|found| found == line), "{line} is gone or out of its place");
    }
    assert!(!file.contains("\nat = 2026-11-18T08:00:00."), "no fractions of seconds");
}

#[test]
fn the_same_meeting_is_held_in_english() {
    let (_folder, root) = office();
    let h = hold(&root, "language = \"en\"");
    let m = filed(&h);
    assert_eq!((m.notes.len(), m.tasks.len(), m.votes.len()), (60, 10, 2));
}
