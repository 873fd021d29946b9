//! Key by key: what Home makes of opening, planning and the first steps, without files and terminals.

use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime};

use crate::app::effect::{AnyRecord, Effect};
use crate::app::event::{Access, Event, Failure, FailureKind, Library, LibraryMeeting, Now, Opened};
use crate::app::home::{HomeChoice, HomeShow};
use crate::app::key::{Input, script};
use crate::app::popup::Popup;
use crate::app::view::home::AttentionKind;
use crate::app::{App, Place, Start, view};
use crate::config::Settings;
use crate::domain::committee::{Committee, Member, Template, TemplateItem};
use crate::domain::kinds::*;
use crate::domain::meeting::*;

struct Window {
    app: App,
    now: NaiveDateTime,
    library: Library,
    effects: Vec<Effect>,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Saturday, 2026-08-15.
fn window(library: Library) -> Window {
    let now = day("2026-08-15").and_hms_opt(8, 30, 0).unwrap();
    let at = Now { wall: now, since_start: Duration::ZERO };
    let start =
        Start { now: at, today: None, utc_offset: "+07:00".into(), size: (80, 24), demo: false, seed: 7 };
    let (mut app, _) = App::new(&Settings::default(), start);
    app.update(Event::Loaded(Box::new(library.clone())), at);
    Window { app, now, library, effects: Vec::new() }
}

impl Window {
    /// Presses keys; files are opened and made at once.
    fn keys(&mut self, keys: &str) -> &mut Window {
        for key in script(keys).unwrap() {
            self.tell(Event::Input(Input::Key(key)));
        }
        self
    }

    fn tell(&mut self, event: Event) {
        let at = Now { wall: self.now, since_start: Duration::ZERO };
        let effects = self.app.update(event, at);
        for effect in effects {
            let record = match &effect {
                Effect::Create(record) => Some((**record).clone()),
                Effect::Open(key) => self.stored(key.id()).map(AnyRecord::Meeting),
                _ => None,
            };
            self.effects.push(effect);
            if let Some(record) = record {
                let opened = Opened { record: record.clone(), access: Access::Write, problems: 0 };
                self.tell(Event::Opened { key: record.key(), result: Ok(opened) });
            }
        }
    }

    fn stored(&self, id: &str) -> Option<Meeting> {
        self.library.meetings.iter().map(|stored| &*stored.meeting).find(|m| m.head.id == id).cloned()
    }

    fn shown(&self) -> Vec<String> {
        view::home_entries(&self.app).iter().map(|entry| entry.meeting.head.id.clone()).collect()
    }

    fn news(&self) -> &str {
        &self.app.desk.news.text
    }

    fn created(&self) -> Option<&AnyRecord> {
        self.effects.iter().find_map(|effect| match effect {
            Effect::Create(record) => Some(&**record),
            _ => None,
        })
    }
}

fn committee(id: &str) -> Committee {
    let mut c = Committee::default();
    c.head.id = id.into();
    c.head.short = id.to_uppercase();
    c.head.notice_days = Some(5);
    c.members = vec![Member {
        id: "quang".into(),
        name: "Quang".into(),
        position: "head".into(),
        ..Member::default()
    }];
    let item = TemplateItem { title: "Khai mạc".into(), minutes: Some(5), ..TemplateItem::default() };
    let template = |kind, title: &str| Template {
        kind: Some(kind),
        title: title.into(),
        items: vec![item.clone()],
        ..Template::default()
    };
    c.templates = vec![
        template(MeetingKind::Coordination, ""),
        template(MeetingKind::HalfYearReview, "Hội nghị sơ kết"),
    ];
    c
}

fn stored(id: &str, committee: &str, stage: Stage, date: &str) -> LibraryMeeting {
    let mut m = Meeting::default();
    m.head.id = id.into();
    m.head.committee = committee.into();
    m.head.title = format!("Họp {id}");
    (m.head.stage, m.head.date) = (Some(stage), Some(day(date)));
    LibraryMeeting::new(m, 0)
}

fn library() -> Library {
    let mut held = stored("held", "a", Stage::Closed, "2026-08-03");
    let task = |due: &str| Task {
        number: Some(1),
        due: Some(day(due)),
        due_kind: Some(DueKind::Date),
        ..Task::default()
    };
    let mut m = (*held.meeting).clone();
    m.tasks = vec![task("2026-08-10"), Task { number: Some(2), ..task("2026-12-01") }];
    held = LibraryMeeting::new(m, 0);
    Library {
        meetings: vec![
            held,
            stored("next", "b", Stage::Planned, "2026-08-20"),
            stored("old", "a", Stage::Issued, "2025-01-10"),
        ],
        committees: vec![Arc::new(committee("a")), Arc::new(committee("b"))],
        failures: vec![Failure {
            kind: FailureKind::Unparsable,
            path: "meetings/2026/hong.toml".into(),
            cause: "thiếu dấu ngoặc".into(),
            place: Some((4, 7)),
        }],
    }
}

#[test]
fn what_needs_attention_is_counted() {
    let w = window(library());
    let counts = view::attention(&w.app);
    assert_eq!((counts.overdue, counts.not_approved, counts.unreadable), (1, 1, 1));
    assert_eq!(
        (counts.notices, counts.notices_late),
        (1, 1),
        "closed on the 3rd, five working days end on the 10th"
    );
}

#[test]
fn every_line_of_attention_opens_what_it_counts() {
    let at = |kind| {
        let mut w = window(library());
        w.app.home.selected = HomeChoice::Attention(kind);
        w.keys("<enter>");
        w
    };
    let overdue = at(AttentionKind::Overdue);
    let refs: Vec<_> = view::board_rows(&overdue.app).iter().map(|row| row.task_ref()).collect();
    assert_eq!((overdue.app.place, refs), (Place::Board, vec!["held#1".to_owned()]));
    let approve = at(AttentionKind::NotApproved);
    assert_eq!((approve.app.place, approve.app.meeting.id.as_str()), (Place::Meeting, "held"));
    assert_eq!(at(AttentionKind::NoticeDue).app.meeting.id, "held");
    let unreadable = at(AttentionKind::Unreadable);
    let Some(Popup::Page(page)) = unreadable.app.popups.last() else { panic!("no list") };
    assert_eq!(page.lines[0].text, "meetings/2026/hong.toml:4:7: thiếu dấu ngoặc");
}

#[test]
fn several_meetings_behind_a_line_are_listed() {
    let mut library = library();
    library.meetings.push(stored("held-2", "b", Stage::WithChair, "2026-07-01"));
    let mut w = window(library);
    w.app.home.selected = HomeChoice::Attention(AttentionKind::NotApproved);
    w.keys("<enter>");
    assert_eq!((w.app.place, w.shown()), (Place::Home, vec!["held".to_owned(), "held-2".to_owned()]));
    w.keys("<esc>");
    assert_eq!(w.shown().len(), 4);
}

#[test]
fn arrows_reach_the_attention_above_the_meetings() {
    let mut w = window(library());
    w.keys("<up>");
    assert_eq!(w.app.home.selected, HomeChoice::Attention(AttentionKind::Unreadable));
    w.keys("<down><down>");
    assert_eq!(w.app.home.selected, HomeChoice::Meeting("held".into()));
    w.keys("<enter>");
    assert_eq!(w.app.meeting.id, "held");
}

#[test]
fn meetings_are_listed_by_state_committee_and_words() {
    let mut w = window(library());
    assert_eq!(w.shown(), ["next", "held", "old"]);
    w.keys("<tab>");
    assert_eq!((w.app.home.show, w.shown()), (HomeShow::Ahead, vec!["next".to_owned()]));
    w.keys("<tab><tab><tab><tab><tab><shift-tab>");
    assert_eq!((w.app.home.show, w.shown()), (HomeShow::All, vec!["held".to_owned(), "old".to_owned()]));
    w.keys("<shift-tab>");
    assert_eq!(w.shown(), ["next"]);
    w.keys("<shift-tab>old");
    assert_eq!(w.shown(), ["old"]);
    w.keys("<esc>");
    assert_eq!(w.shown().len(), 3);
}

#[test]
fn a_new_meeting_takes_six_keys_and_brings_programme_and_seats() {
    let mut w = window(library());
    w.keys("<ctrl-n><right><tab>26<enter>");
    let Some(AnyRecord::Meeting(m)) = w.created() else { panic!("nothing made: {}", w.news()) };
    assert_eq!((m.head.committee.as_str(), m.head.kind), ("b", Some(MeetingKind::HalfYearReview)));
    assert_eq!((m.head.date, m.head.title.as_str()), (Some(day("2026-08-26")), "Hội nghị sơ kết"));
    assert_eq!((m.head.id.as_str(), m.head.stage), ("2026-08-26-hoi-nghi-so-ket", Some(Stage::Planned)));
    assert_eq!((m.agenda.len(), m.seats.len()), (1, 1));
    assert_eq!((w.app.place, w.app.meeting.id.as_str()), (Place::Meeting, "2026-08-26-hoi-nghi-so-ket"));
}

#[test]
fn a_plan_reads_days_as_they_are_said() {
    for (typed, date) in [
        ("15/9", Some("2026-09-15")),
        ("15", Some("2026-08-15")),
        ("14", Some("2026-09-14")),
        ("31", Some("2026-08-31")),
        ("+7", Some("2026-08-22")),
        ("2027-01-05", Some("2027-01-05")),
        ("abc", None),
        ("40", None),
    ] {
        let mut w = window(library());
        w.keys(&format!("/hopmoi<enter><tab>{typed}<enter>"));
        let made = w.created().map(|record| match record {
            AnyRecord::Meeting(meeting) => meeting.head.date,
            AnyRecord::Committee(_) => None,
        });
        assert_eq!(made, date.map(|date| Some(day(date))), "{typed}");
        assert_eq!(
            w.app.popups.len(),
            usize::from(date.is_none()),
            "{typed}: a day that is none keeps the form"
        );
    }
}

#[test]
fn a_second_meeting_of_a_day_and_title_has_its_own_id() {
    let mut library = library();
    library.meetings.push(stored("2026-08-15-hop-giao-ban", "b", Stage::Planned, "2026-08-15"));
    let mut w = window(library);
    w.keys("<ctrl-n><enter>");
    assert_eq!(w.app.meeting.id, "2026-08-15-hop-giao-ban-2");
}

#[test]
fn an_empty_workspace_offers_a_committee_or_the_sample() {
    let mut w = window(Library::default());
    w.keys("<down><enter>");
    assert!(w.effects.contains(&Effect::CopySample));
    w.tell(Event::SampleCopied(Ok(())));
    assert!(w.effects.contains(&Effect::Load));
    let mut w = window(Library::default());
    w.keys("<enter>Ban Chỉ đạo chuyển đổi số<tab>BCĐ CĐS<tab><right><tab>Huế<tab>UBND TỈNH; SỞ A<enter>");
    let Some(AnyRecord::Committee(c)) = w.created() else { panic!("nothing made: {}", w.news()) };
    assert_eq!((c.head.id.as_str(), c.head.world), ("bcd-cds", Some(World::State)));
    assert_eq!((c.head.place.as_str(), c.head.parent_lines.len()), ("Huế", 2));
}

#[test]
fn a_committee_without_a_name_is_asked_again() {
    let mut w = window(Library::default());
    w.keys("<ctrl-o><enter>");
    assert_eq!((w.app.popups.len(), w.created()), (1, None));
}

#[test]
fn nothing_is_offered_before_the_workspace_was_read() {
    let at = Now { wall: day("2026-08-15").and_hms_opt(8, 0, 0).unwrap(), since_start: Duration::ZERO };
    let start =
        Start { now: at, today: None, utc_offset: "+07:00".into(), size: (80, 24), demo: false, seed: 7 };
    let (app, _) = App::new(&Settings::default(), start);
    assert!(view::home_rows(&app).is_empty());
}

#[test]
fn a_planned_meeting_is_moved_put_off_or_called_off_with_a_reason() {
    for (keys, stage, date) in [
        ("<ctrl-p>bão số 5<tab>25<enter>", Stage::Planned, "2026-08-25"),
        ("<ctrl-p>bão số 5<enter>", Stage::Postponed, "2026-08-20"),
        ("/huy<enter>bão số 5<enter>", Stage::Cancelled, "2026-08-20"),
    ] {
        let mut w = window(library());
        w.keys(keys);
        let m = w.app.sessions.meeting("next").unwrap();
        assert_eq!(
            (m.stage(), m.head.date, m.head.stage_reason.as_str()),
            (stage, Some(day(date)), "bão số 5"),
            "{keys}"
        );
        w.keys("<ctrl-z>");
        let m = w.app.sessions.meeting("next").unwrap();
        assert_eq!((m.stage(), m.head.date), (Stage::Planned, Some(day("2026-08-20"))));
    }
}

#[test]
fn a_meeting_held_is_not_called_off_and_no_reason_is_no_answer() {
    let mut w = window(library());
    w.keys("<down><ctrl-d>");
    assert_eq!(w.app.popups.len(), 0);
    assert!(!w.news().is_empty());
    w.keys("<up><ctrl-d><enter>");
    assert_eq!(w.app.popups.len(), 1, "a reason is needed");
}

#[test]
fn words_side_by_side_come_before_the_same_words_apart() {
    let mut library = library();
    for (id, title) in [("2026-02-03-a", "Phiên họp tháng 2"), ("2026-06-03-b", "Phiên họp tháng 6")]
    {
        let mut row = stored(id, "b", Stage::Closed, &id[..10]);
        Arc::make_mut(&mut row.meeting).head.title = title.into();
        library.meetings.push(row);
    }
    let mut w = window(library);
    w.keys("phien hop thang 2<enter>");
    assert_eq!(w.app.meeting.id, "2026-02-03-a");
}

#[test]
fn the_day_follows_the_clock_unless_one_was_given() {
    for (given, expected) in [(None, "2026-08-16"), (Some(day("2026-03-01")), "2026-03-01")] {
        let at = |date: &str| Now {
            wall: day(date).and_hms_opt(23, 59, 59).unwrap(),
            since_start: Duration::ZERO,
        };
        let start = Start {
            now: at("2026-08-15"),
            today: given,
            utc_offset: "+07:00".into(),
            size: (80, 24),
            demo: false,
            seed: 7,
        };
        let (mut app, _) = App::new(&Settings::default(), start);
        app.update(Event::Tick, at("2026-08-16"));
        assert_eq!(app.desk.today, day(expected));
    }
}
