//! Key by key: what the Roll makes of calling people and sites, without files and terminals.

use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::app::effect::AnyRecord;
use crate::app::event::{Access, Event, Library, Now, Opened};
use crate::app::key::{Input, script};
use crate::app::roll::Chosen;
use crate::app::{App, Place, Start, view};
use crate::config::Settings;
use crate::domain::committee::{Committee, Member, Unit};
use crate::domain::id::RecordKey;
use crate::domain::kinds::*;
use crate::domain::meeting::*;
use crate::domain::value::{Number, TimeOfDay};

const ID: &str = "2024-05-06-hop";

struct Table {
    app: App,
    now: NaiveDateTime,
    since: Duration,
}

fn seat(id: &str, name: &str, site: &str) -> Seat {
    Seat { id: id.into(), name: name.into(), site: site.into(), voting: Some(true), ..Seat::default() }
}

fn site(id: &str, name: &str) -> Site {
    Site { id: id.into(), name: name.into(), ..Site::default() }
}

fn meeting() -> Meeting {
    let mut m = Meeting::default();
    m.head.id = ID.into();
    m.head.committee = "bcd".into();
    m.head.date = NaiveDate::from_ymd_opt(2024, 5, 6);
    m.head.opened = m.head.date.and_then(|day| day.and_hms_opt(8, 0, 0));
    m.head.stage = Some(Stage::Live);
    m.sites = vec![site("hue", "Huế"), site("kt", "Tỉnh Kon Tum"), site("gl", "Gia Lai")];
    m.seats = vec![
        seat("quang", "Trần Minh Quang", "hue"),
        seat("tai", "Lê Hữu Tài", "hue"),
        seat("chau", "Nguyễn Thị Châu", "gl"),
        seat("bao", "Phạm Bảo", "gl"),
    ];
    m.seats[3].titles = vec!["Giám đốc".into()];
    m
}

fn committee() -> Committee {
    let mut c = Committee::default();
    c.head.id = "bcd".into();
    c.head.quorum = Some(Number::Decimal(0.5));
    c.units =
        vec![Unit {
            id: "snv".into(), name: "Sở Nội vụ".into(), short: "SNV".into(), ..Unit::default()
        }];
    let member = |id: &str, name: &str| Member { id: id.into(), name: name.into(), ..Member::default() };
    c.members = vec![member("quang", "Trần Minh Quang"), member("hoa", "Đỗ Thị Hoa")];
    c
}

fn table() -> Table {
    let now = NaiveDate::from_ymd_opt(2024, 5, 6).unwrap().and_hms_opt(8, 30, 0).unwrap();
    let at = Now { wall: now, since_start: Duration::ZERO };
    let start =
        Start { now: at, today: None, utc_offset: "+07:00".into(), size: (80, 24), demo: false, seed: 7 };
    let (mut app, _) = App::new(&Settings::default(), start);
    app.library = Library { committees: vec![std::sync::Arc::new(committee())], ..Library::default() };
    app.enter_meeting(ID, None);
    let opened = Opened { record: AnyRecord::Meeting(meeting()), access: Access::Write, problems: 0 };
    app.update(Event::Opened { key: RecordKey::Meeting(ID.into()), result: Ok(opened) }, at);
    let mut table = Table { app, now, since: Duration::ZERO };
    table.keys("<f8>");
    table
}

impl Table {
    fn tell(&mut self, event: Event) -> &mut Table {
        self.since += Duration::from_secs(1);
        self.now += TimeDelta::seconds(1);
        self.app.update(event, Now { wall: self.now, since_start: self.since });
        self
    }

    fn keys(&mut self, keys: &str) -> &mut Table {
        for key in script(keys).unwrap() {
            self.tell(Event::Input(Input::Key(key)));
        }
        self
    }

    fn paste(&mut self, text: &str) -> &mut Table {
        self.tell(Event::Input(Input::Paste(text.into())))
    }

    fn at(&mut self, hour: u32, minute: u32) -> &mut Table {
        self.now = self.now.date().and_hms_opt(hour, minute, 0).unwrap();
        self
    }

    fn meeting(&self) -> &Meeting {
        self.app.current_meeting().unwrap()
    }

    fn seat(&self, id: &str) -> &Seat {
        self.meeting().seat(id).unwrap()
    }

    fn site(&self, id: &str) -> &Site {
        self.meeting().sites.iter().find(|site| site.id == id).unwrap()
    }

    fn states(&self) -> Vec<&'static str> {
        self.meeting().seats.iter().map(|seat| crate::domain::roll::presence(seat).word()).collect()
    }

    fn order(&self) -> Vec<&str> {
        self.meeting().seats.iter().map(|seat| seat.id.as_str()).collect()
    }

    fn chosen(&self) -> &str {
        match &self.app.roll.selected {
            Chosen::Nothing => "",
            Chosen::Seat(id) | Chosen::Site(id) => id,
        }
    }

    fn news(&self) -> &str {
        &self.app.desk.news.text
    }
}

fn clock(at: Option<TimeOfDay>) -> String {
    at.map_or(String::new(), |at| at.time().format("%H:%M").to_string())
}

#[test]
fn one_key_a_state_goes_down_the_list_past_the_names_of_sites() {
    let mut t = table();
    assert_eq!(t.chosen(), "quang");
    t.keys("<f2><f7>");
    assert_eq!(t.chosen(), "kt", "a site without seats is asked for its heads");
    t.keys("<f2>");
    assert_eq!(t.site("kt").link.last().and_then(|change| change.up), Some(true), "it answered");
    assert_eq!(t.chosen(), "chau");
    t.keys("<f3><f4>");
    assert_eq!(t.states(), ["present", "absent_unexcused", "present_online", "late"]);
}

#[test]
fn sites_are_counted_by_phone() {
    let mut t = table();
    t.keys("kt 25<enter>");
    assert_eq!((t.site("kt").headcount, t.site("kt").link.len()), (Some(25), 1));
    assert_eq!(t.chosen(), "kt");
    t.keys("kt -<enter>kon tum -<enter>").keys("kt +<enter>");
    let ups: Vec<_> = t.site("kt").link.iter().map(|change| change.up).collect();
    assert_eq!(ups, [Some(true), Some(false), Some(true)], "the same state twice is one change");
    t.keys("26<enter>");
    assert_eq!(t.site("kt").headcount, Some(26), "a number alone is for the chosen site");
    t.keys("<ctrl-z>");
    assert_eq!(t.site("kt").headcount, Some(25));
}

#[test]
fn a_line_marks_a_seat_with_its_time_and_says_whom() {
    let mut t = table();
    t.keys("chau m 8:20<enter>");
    assert_eq!((t.states()[2], clock(t.seat("chau").arrived)), ("late", "08:20".into()));
    assert!(t.news().contains("Nguyễn Thị Châu"), "{}", t.news());
    t.at(10, 45).keys("chau ve<enter>");
    assert_eq!((clock(t.seat("chau").arrived), clock(t.seat("chau").left)), ("08:20".into(), "10:45".into()));
    t.keys("tai v công tác<enter>");
    assert_eq!((t.states()[1], t.seat("tai").reason.as_str()), ("absent_excused", "công tác"));
    t.keys("quang t Ngô Văn An<enter>");
    assert_eq!(t.seat("quang").substitute.as_ref().map(|s| s.name.as_str()), Some("Ngô Văn An"));
    t.keys("m 9h05<enter>");
    assert_eq!(clock(t.seat("quang").arrived), "09:05", "without words the chosen seat is meant");
}

#[test]
fn typing_chooses_and_gives_the_choice_back() {
    let mut t = table();
    t.keys("<down>");
    assert_eq!(t.chosen(), "tai");
    t.keys("gia");
    assert_eq!(t.chosen(), "gl");
    t.keys("<backspace><backspace><backspace>zzz");
    assert_eq!(t.chosen(), "gl", "an emptied line begins anew from where it stands");
    t.keys("<ctrl-r><backspace>chau<enter>");
    assert_eq!((t.chosen(), t.app.roll.line.text()), ("chau", ""));
    assert_eq!(t.states()[2], "unmarked", "a name alone only chooses");
    t.keys("<enter>");
    assert_eq!(t.states()[2], "present");
}

#[test]
fn the_rest_and_a_whole_site_are_present_in_one_step() {
    let mut t = table();
    t.keys("tai k<enter><ctrl-t>");
    assert_eq!(t.states(), ["present", "absent_unexcused", "present", "present"]);
    t.keys("<ctrl-z>");
    assert_eq!(t.states(), ["unmarked", "absent_unexcused", "unmarked", "unmarked"]);
    t.keys("gia lai<enter><f3>");
    assert_eq!(t.states()[2..], ["present_online", "present_online"]);
    t.keys("<ctrl-z>bao<enter><ctrl-b>");
    assert_eq!(
        t.states(),
        ["unmarked", "absent_unexcused", "present", "present"],
        "the site of the chosen seat"
    );
}

#[test]
fn the_filter_lists_seats_and_sites_that_did_not_answer() {
    let mut t = table();
    t.keys("<f2>kt 5<enter>quang<enter><tab>");
    let rows = |t: &Table| -> Vec<String> {
        let id = |row: &view::RollRow<'_>| match row.chosen() {
            Chosen::Nothing => "-".to_owned(),
            Chosen::Seat(id) | Chosen::Site(id) => id,
        };
        view::roll_rows(&t.app).iter().map(id).collect()
    };
    assert_eq!(rows(&t), ["hue", "quang", "tai", "gl", "chau", "bao"], "the chosen one stays");
    t.keys("<down><f2><f2><f2>");
    assert_eq!(rows(&t), ["hue", "gl", "bao"]);
    t.keys("kt<enter>");
    assert!(rows(&t).contains(&"kt".to_owned()), "what is looked for is shown");
}

#[test]
fn coming_and_going_are_shown_and_edited() {
    let mut t = table();
    t.keys("<f4>quang<enter><ctrl-g>8:10<tab>9h40<enter>");
    assert_eq!(
        (clock(t.seat("quang").arrived), clock(t.seat("quang").left)),
        ("08:10".into(), "09:40".into())
    );
    t.keys("<ctrl-g>muộn<enter>");
    assert_eq!(t.app.popups.len(), 1, "a time that is none keeps the form");
    t.keys("<ctrl-r>10:00<enter>");
    assert_eq!(t.app.popups.len(), 1, "nobody leaves before coming");
    t.keys("<esc>");
    assert_eq!(clock(t.seat("quang").arrived), "08:10");
}

#[test]
fn a_substitute_has_name_titles_unit_and_consent() {
    let mut t = table();
    t.keys("<f9>Ngô An<tab>Phó Giám đốc; Ủy viên<tab>Sở Tài chính<tab><space><enter>");
    let substitute = t.seat("quang").substitute.clone().unwrap();
    assert_eq!((substitute.name.as_str(), substitute.from.as_str()), ("Ngô An", "Sở Tài chính"));
    assert_eq!((substitute.titles.len(), substitute.consented), (2, Some(false)));
}

#[test]
fn a_seat_of_a_unit_gets_a_name_later() {
    let mut t = table();
    t.keys("<ctrl-o>Lãnh đạo Sở Nội vụ<enter>");
    assert_eq!(t.order(), ["quang", "snv", "tai", "chau", "bao"]);
    assert_eq!(
        (t.seat("snv").name.as_str(), t.seat("snv").unit.as_str(), t.seat("snv").site.as_str()),
        ("", "snv", "hue")
    );
    assert_eq!(t.meeting().units.len(), 1, "the meeting keeps what the unit is called");
    t.keys("<ctrl-e>Vũ Mai<tab>Phó Giám đốc<tab><tab>gia lai<tab><tab><tab>bà<enter>");
    let seat = t.seat("snv");
    assert_eq!((seat.name.as_str(), seat.site.as_str(), seat.address.as_str()), ("Vũ Mai", "gl", "bà"));
    assert_eq!((seat.unit.as_str(), seat.role, seat.voting), ("snv", Some(Role::Delegate), None));
    t.keys("<ctrl-e><tab><tab><tab>không đâu xq<enter>");
    assert_eq!(t.app.popups.len(), 1, "a site that is none keeps the form");
}

#[test]
fn members_without_a_seat_are_offered() {
    let mut t = table();
    t.keys("<ctrl-o>hoa<enter>");
    assert_eq!((t.order()[1], t.seat("hoa").name.as_str()), ("hoa", "Đỗ Thị Hoa"));
    t.keys("/them Hoa, Trưởng phòng<enter>");
    assert_eq!(t.order()[2], "hoa-2", "a comma means somebody new");
}

#[test]
fn a_removed_seat_comes_back_with_what_it_said() {
    let mut t = table();
    t.keys("<ctrl-d>");
    assert_eq!((t.order(), t.chosen()), (vec!["tai", "chau", "bao"], "tai"));
    t.keys("<ctrl-z>");
    assert_eq!(t.order(), ["quang", "tai", "chau", "bao"]);
}

#[test]
fn the_protocol_order_is_moved_with_keys() {
    let mut t = table();
    t.keys("<ctrl-down>");
    assert_eq!((t.order(), t.chosen()), (vec!["tai", "quang", "chau", "bao"], "quang"));
    t.keys("/len<enter><down><down>");
    assert_eq!(t.order(), ["quang", "tai", "chau", "bao"]);
    assert_eq!(t.chosen(), "kt");
}

#[test]
fn pasted_lines_become_seats_and_namesakes_are_offered() {
    let mut t = table();
    t.paste("1. Đ/c Ngô An, Giám đốc, Sở Nội vụ\ntran minh QUANG, Chủ tịch, Huyện A\nSở Nội vụ\n");
    assert_eq!(t.order(), ["quang", "ngo-an", "snv", "tai", "chau", "bao"]);
    assert_eq!((t.seat("ngo-an").unit.as_str(), t.seat("ngo-an").address.as_str()), ("snv", "đồng chí"));
    assert_eq!(t.app.popups.len(), 1, "one is there already");
    t.keys("<enter>");
    assert_eq!(t.app.popups.len(), 0);
    assert_eq!(t.seat("tran-minh-quang").titles, ["Chủ tịch"]);
    t.keys("<ctrl-z><ctrl-z>");
    assert_eq!(t.order().len(), 4, "each list was one step");
}

#[test]
fn one_line_pasted_is_text() {
    let mut t = table();
    t.paste("chau");
    assert_eq!((t.app.roll.line.text(), t.chosen(), t.order().len()), ("chau", "chau", 4));
}

#[test]
fn who_was_there_is_answered_for_any_moment() {
    let mut t = table();
    t.keys("<ctrl-t>chau m 9:00<enter>bao ve 10:00<enter>");
    let heading = |t: &mut Table, question: &str| -> String {
        t.keys(question);
        let Some(crate::app::popup::Popup::Page(page)) = t.app.popups.last() else { return t.news().into() };
        let text = page.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("|");
        t.keys("<esc>");
        text
    };
    assert!(heading(&mut t, "/luc 8:30<enter>").starts_with("Lúc 08:30: có 3/4"));
    assert!(heading(&mut t, "/luc 10h30<enter>").contains("Phạm Bảo: đã về lúc 10:00"));
    assert!(heading(&mut t, "/luc 4<enter>").contains("10:45"), "no such item: how to ask");
}

#[test]
fn losing_the_quorum_is_one_line_of_news() {
    let mut t = table();
    t.keys("quang c<enter>tai c<enter>");
    assert!(t.news().contains("Đủ số"), "{}", t.news());
    t.keys("<esc>");
    assert_eq!(t.app.place, Place::Meeting);
    t.keys("<f8>tai ve<enter>");
    assert!(t.news().contains("không còn đủ số: có 1, cần 2"), "{}", t.news());
    t.keys("<f2>");
    assert!(!t.news().contains("đủ số"), "told once: {}", t.news());
}
