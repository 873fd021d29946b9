//! Key by key: what the Board makes of keys, without files and terminals. Files that are asked for are opened at once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime};

use crate::app::board::BoardView;
use crate::app::effect::{AnyRecord, Effect};
use crate::app::event::{Access, Event, Failure, FailureKind, Library, LibraryMeeting, Now, Opened};
use crate::app::key::{Input, script};
use crate::app::popup::Popup;
use crate::app::session::Haste;
use crate::app::{App, Place, Start, view};
use crate::config::Settings;
use crate::domain::board::SortBy;
use crate::domain::committee::{Committee, Group, Unit};
use crate::domain::id::RecordKey;
use crate::domain::kinds::*;
use crate::domain::meeting::*;
use crate::domain::state::{OfficialBox, TaskState};

const WINTER: &str = "2026-01-10-tong-ket";
const SUMMER: &str = "2026-07-15-so-ket";
const NEXT: &str = "2026-08-20-phien-thang-8";

/// A window on three meetings, the day being 15 August 2026.
struct Window {
    app: App,
    since: Duration,
    /// How the file of a meeting answers to being opened, when not as it should.
    files: BTreeMap<&'static str, File>,
    effects: Vec<Effect>,
}

enum File {
    Unparsable,
    ReadOnly,
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn wall() -> NaiveDateTime {
    day("2026-08-15").and_hms_opt(9, 0, 0).unwrap()
}

fn task(number: i64, lead: &str, due: Option<&str>, content: &str) -> Task {
    Task {
        id: format!("t{number}"),
        number: Some(number),
        lead: vec![lead.into()],
        due: due.map(day),
        due_kind: Some(if due.is_some() { DueKind::Date } else { DueKind::None }),
        content: content.into(),
        note: format!("n{number}"),
        ..Task::default()
    }
}

fn meeting(id: &str, title: &str, stage: Stage, tasks: Vec<Task>) -> Meeting {
    let mut m = Meeting::default();
    m.head.id = id.into();
    m.head.title = title.into();
    m.head.committee = "bcd".into();
    m.head.stage = Some(stage);
    m.head.date = Some(day(&id[..10]));
    let line = |task: &Task| Note { id: task.note.clone(), text: task.content.clone(), ..Note::default() };
    m.notes = tasks.iter().map(line).collect();
    m.tasks = tasks;
    m
}

/// Overdue, awaiting confirmation, done late; of a group, due soon, standing; none.
fn meetings() -> Vec<Meeting> {
    let mut winter = vec![
        task(1, "snv", Some("2026-06-30"), "Trình dự toán"),
        task(2, "stc", Some("2026-08-30"), "Báo cáo kiểm tra"),
        task(3, "syt", Some("2026-03-01"), "Ban hành kế hoạch"),
    ];
    winter[1].status = Some(Status::AwaitingConfirmation);
    winter[1].reports = vec![Report {
        id: "r1".into(),
        on: Some(day("2026-08-10")),
        status: Some(Status::AwaitingConfirmation),
        ..Report::default()
    }];
    winter[2].status = Some(Status::Done);
    winter[2].done_on = Some(day("2026-03-05"));
    let mut summer =
        vec![task(1, "cac-so", Some("2026-08-16"), "Rà soát quy chế"), task(2, "snv", None, "Tuyên truyền")];
    summer[0].reports = vec![Report {
        id: "r2".into(),
        on: Some(day("2026-08-01")),
        unit: "stc".into(),
        text: "đã rà soát".into(),
        ..Report::default()
    }];
    summer[1].status = Some(Status::Standing);
    vec![
        meeting(WINTER, "Tổng kết", Stage::Approved, winter),
        meeting(SUMMER, "Sơ kết", Stage::Closed, summer),
        meeting(NEXT, "Phiên tháng 8", Stage::Planned, Vec::new()),
    ]
}

fn committee() -> Committee {
    let unit = |id: &str, name: &str| Unit {
        id: id.into(),
        name: name.into(),
        short: id.to_uppercase(),
        ..Unit::default()
    };
    let mut committee = Committee::default();
    committee.head.id = "bcd".into();
    committee.units = vec![unit("snv", "Sở Nội vụ"), unit("stc", "Sở Tài chính"), unit("syt", "Sở Y tế")];
    committee.groups = vec![Group {
        id: "cac-so".into(),
        name: "các sở".into(),
        units: ["snv", "stc", "syt"].map(str::to_owned).into(),
        ..Group::default()
    }];
    committee
}

impl Window {
    fn new() -> Window {
        let now = Now { wall: wall(), since_start: Duration::ZERO };
        let start =
            Start { now, today: None, utc_offset: "+07:00".into(), size: (120, 40), demo: false, seed: 7 };
        let (app, problems) = App::new(&Settings::default(), start);
        assert_eq!(problems, []);
        let mut window = Window { app, since: Duration::ZERO, files: BTreeMap::new(), effects: Vec::new() };
        let stored = |meeting: Meeting| LibraryMeeting::new(meeting, 0);
        window.tell(Event::Loaded(Box::new(Library {
            meetings: meetings().into_iter().map(stored).collect(),
            committees: vec![committee().into()],
            failures: Vec::new(),
        })));
        window.keys("<f10>");
        assert_eq!(window.app.place, Place::Board);
        window
    }

    fn tell(&mut self, event: Event) {
        let effects = self.app.update(event, Now { wall: wall(), since_start: self.since });
        for effect in effects {
            match effect {
                Effect::Open(key) => self.open(key),
                other => self.effects.push(other),
            }
        }
    }

    fn open(&mut self, key: RecordKey) {
        let found = self.app.library.meetings.iter().find(|entry| entry.meeting.head.id == key.id());
        let access = match self.files.get(key.id()) {
            Some(File::Unparsable) => {
                let path = format!("{}.toml", key.id());
                let failure =
                    Failure { kind: FailureKind::Unparsable, path, cause: "x".into(), place: Some((3, 1)) };
                return self.tell(Event::Opened { key, result: Err(failure) });
            }
            Some(File::ReadOnly) => Access::ReadOnly,
            None => Access::Write,
        };
        let record = AnyRecord::Meeting(Meeting::clone(&found.unwrap().meeting));
        self.tell(Event::Opened { key, result: Ok(Opened { record, access, problems: 0 }) });
    }

    fn keys(&mut self, keys: &str) -> &mut Self {
        for key in script(keys).unwrap() {
            self.since += Duration::from_millis(100);
            self.tell(Event::Input(Input::Key(key)));
        }
        self
    }

    fn task(&self, reference: &str) -> &Task {
        view::board::board_row(&self.app, reference).unwrap().task
    }

    /// The shown tasks as the first four letters of the month's meeting and the number.
    fn shown(&self) -> Vec<String> {
        view::board_rows(&self.app).iter().map(|row| row.task_ref()).map(|task| short(&task)).collect()
    }

    fn selected(&self) -> String {
        short(&self.app.board.selected)
    }

    fn news(&self) -> &str {
        &self.app.desk.news.text
    }

    fn form(&self) -> bool {
        matches!(self.app.popups.last(), Some(Popup::Form { .. }))
    }
}

/// `w1` for the first task of winter.
fn short(reference: &str) -> String {
    let (meeting, number) = reference.split_once('#').unwrap_or((reference, ""));
    let season = match meeting {
        WINTER => "w",
        SUMMER => "s",
        NEXT => "n",
        other => other,
    };
    format!("{season}{number}")
}

fn of(meeting: &str, number: i64) -> String {
    format!("{meeting}#{number}")
}

#[test]
fn every_printable_key_goes_into_the_filter() {
    let mut window = Window::new();
    window.keys("x y-z:1>#@!=");
    assert_eq!(window.app.board.filter.text(), "x y-z:1>#@!=");
    assert!(window.app.board.marked.is_empty());
}

#[test]
fn the_filter_takes_words_and_terms() {
    for (typed, shown) in [
        ("is:overdue", &["w1"][..]),
        ("quahan", &["w1"]),
        ("is:soon", &["s1"]),
        ("is:awaiting", &["w2"]),
        ("xong", &["w3"]),
        ("con", &["w1", "s1", "w2"]),
        ("is:standing", &["s2"]),
        ("unit:snv", &["w1", "s1", "s2"]),
        ("donvi:noivu -ra", &["w1", "s2"]),
        ("meeting:soket", &["s1", "s2"]),
        ("committee:bcd age>90", &["w1", "w2", "w3"]),
        ("ra soat", &["s1"]),
        ("is:what", &[]),
    ] {
        let mut window = Window::new();
        window.keys(typed);
        assert_eq!(window.shown(), shown, "{typed}");
    }
}

#[test]
fn the_selection_survives_order_view_and_filter() {
    let mut window = Window::new();
    window.keys("<down><down>");
    assert_eq!(window.selected(), "w2");
    for _ in 0..5 {
        window.keys("<f3>");
        assert_eq!(window.selected(), "w2");
    }
    assert_eq!(window.app.board.sort, SortBy::Deadline);
    window.keys("<f2>");
    assert_eq!((window.app.board.view, window.selected()), (BoardView::Columns, "w2".into()));
    window.keys("<enter><esc>");
    assert_eq!((window.app.board.view, window.selected()), (BoardView::Columns, "w2".into()));
    window.keys("<f2>kiem");
    assert_eq!((window.shown(), window.selected()), (vec!["w2".to_owned()], "w2".into()));
    window.keys("<esc>");
    assert_eq!((window.shown().len(), window.selected()), (5, "w2".into()));
}

#[test]
fn official_columns_are_walked_with_arrows() {
    let mut window = Window::new();
    window.keys("<f2>");
    assert_eq!(window.selected(), "w1", "overdue, the last column");
    window.keys("<left>");
    assert_eq!(window.selected(), "s1");
    window.keys("<down><down>");
    assert_eq!(window.selected(), "w2", "the end of the column");
    window.keys("<left>");
    assert_eq!(window.selected(), "w3", "nothing is done in time, so the column is passed over");
    window.keys("<left><left>");
    assert_eq!(window.selected(), "w3");
    window.keys("<right>");
    assert_eq!(window.selected(), "s1");
    let list = view::board_list(&window.app);
    assert_eq!(list.boxes.each_ref().map(Vec::len), [0, 1, 2, 1]);
    assert_eq!(list.counts.in_box(OfficialBox::OpenInTime), 2);
}

#[test]
fn orders_by_unit_and_meeting_have_headings_with_counts() {
    let mut window = Window::new();
    window.keys("<f3>");
    let groups = |window: &Window| -> Vec<(String, usize, usize)> {
        let list = view::board_list(&window.app);
        list.groups.iter().map(|g| (g.title.clone(), g.start, g.counts.total())).collect()
    };
    let expected = [("các sở", 0, 1), ("SNV", 1, 2), ("STC", 3, 1), ("SYT", 4, 1)];
    assert_eq!(groups(&window), expected.map(|(title, start, n)| (title.to_owned(), start, n)));
    window.keys("<f3>");
    let expected = [("10/01/2026 Tổng kết", 0, 3), ("15/07/2026 Sơ kết", 3, 2)];
    assert_eq!(groups(&window), expected.map(|(title, start, n)| (title.to_owned(), start, n)));
    window.keys("<f3>");
    assert_eq!(groups(&window), []);
}

#[test]
fn one_document_is_recorded_for_all_marked_tasks_as_one_step() {
    let mut window = Window::new();
    window.keys("<insert><down><ctrl-t>");
    assert_eq!(window.app.board.marked.len(), 2);
    window.keys("<f4>đã xong bước một<tab>50<tab>Báo cáo<tab><tab>45/BC<tab>so noi vu<enter>");
    for (task, before) in [(of(WINTER, 1), 0), (of(WINTER, 2), 1)] {
        let task = window.task(&task);
        assert_eq!(task.reports.len(), before + 1);
        let report = task.reports.last().unwrap();
        assert_eq!((report.text.as_str(), report.percent), ("đã xong bước một", Some(50)));
        assert_eq!((report.source.as_str(), report.unit.as_str()), ("Báo cáo 45/BC", "snv"));
        assert_eq!(report.status, None, "they stood differently, so each stays as it was");
    }
    assert_eq!(window.task(&of(WINTER, 2)).status, Some(Status::AwaitingConfirmation));
    assert!(window.app.board.marked.is_empty());
    assert!(window.news().contains('2'));
    let journalled = window.effects.iter().filter(|effect| effect.is_journal()).count();
    assert!(journalled >= 1);
    window.keys("<ctrl-z>");
    assert_eq!(window.task(&of(WINTER, 1)).reports.len(), 0);
    assert_eq!(window.task(&of(WINTER, 2)).status, Some(Status::AwaitingConfirmation));
    assert!(window.news().contains("ghi tình hình"), "{}", window.news());
}

#[test]
fn a_report_may_state_one_progress_for_all() {
    let mut window = Window::new();
    window.keys("<insert><down><insert><f4>xong<shift-tab><left><left><left><left><enter>");
    for task in [of(WINTER, 1), of(WINTER, 2)] {
        let task = window.task(&task);
        assert_eq!((task.status, task.done_on), (Some(Status::Done), Some(wall().date())));
        assert_eq!(task.reports.last().unwrap().status, Some(Status::Done));
    }
}

#[test]
fn a_verb_over_several_files_saves_each_and_is_one_undo() {
    let mut window = Window::new();
    window.keys("con<ctrl-g><esc>");
    assert!(window.app.board.marked.is_empty(), "Esc takes the marks away first");
    assert_eq!(window.app.board.filter.text(), "con");
    window.keys("<ctrl-g><ctrl-u>12/CV<enter>");
    let tasks = [of(WINTER, 1), of(WINTER, 2), of(SUMMER, 1)];
    for task in &tasks {
        let urgings = &window.task(task).urgings;
        assert_eq!((urgings.len(), urgings[0].round, urgings[0].document.as_str()), (1, Some(1), "12/CV"));
    }
    let now = Now { wall: wall(), since_start: window.since + Duration::from_secs(60) };
    assert_eq!(window.app.sessions.saves(now, Haste::Now).len(), 2, "one for each file");
    window.keys("<ctrl-z>");
    assert_eq!(window.app.board.filter.text(), "con", "the step comes before the letters of the filter");
    assert!(tasks.iter().all(|task| window.task(task).urgings.is_empty()));
}

#[test]
fn an_extension_needs_day_reason_and_authority_and_keeps_the_first_deadline() {
    let mut window = Window::new();
    window.keys("<f5>3009<tab>chờ số liệu<enter>");
    assert!(window.form(), "without an authority the form stays");
    window.keys("<tab>Trưởng Ban<enter>");
    let task = window.task(&of(WINTER, 1));
    assert_eq!((task.due, task.extensions[0].from), (Some(day("2026-06-30")), Some(day("2026-06-30"))));
    assert_eq!(task.extensions[0].to, Some(day("2026-09-30")));
    assert_eq!(task.extensions[0].allowed_by, "Trưởng Ban");
    let row = view::board::board_row(&window.app, &of(WINTER, 1)).unwrap();
    assert_eq!(row.state, TaskState::InTime);
}

#[test]
fn confirmation_is_for_what_awaits_it_and_takes_the_day_of_the_report() {
    let mut window = Window::new();
    window.keys("<f6>");
    assert!(!window.form());
    assert!(window.news().contains("chờ xác nhận"));
    window.keys("<ctrl-g><f6>");
    assert!(window.form());
    assert!(window.news().contains('4'), "the others stay as they are: {}", window.news());
    window.keys("<enter>");
    let task = window.task(&of(WINTER, 2));
    assert_eq!((task.status, task.done_on), (Some(Status::Done), Some(day("2026-08-10"))));
    assert_eq!(task.reports.last().unwrap().status, Some(Status::Done));
    assert_eq!(window.task(&of(WINTER, 1)).status, None);
}

#[test]
fn return_suspend_cancel_and_reopen_ask_why_and_leave_a_report() {
    for (keys, task, status) in [
        ("kiem<f7>", of(WINTER, 2), Status::Returned),
        ("trinh<ctrl-p>", of(WINTER, 1), Status::Suspended),
        ("trinh<ctrl-x>", of(WINTER, 1), Status::Cancelled),
        ("ke hoach<ctrl-o>", of(WINTER, 3), Status::InProgress),
    ] {
        let mut window = Window::new();
        let before = window.task(&task).reports.len();
        window.keys(keys);
        window.keys("<enter>");
        assert!(window.form(), "{keys}: without a reason nothing is done");
        window.keys("có lý do<enter>");
        let task = window.task(&task);
        assert_eq!((task.status, task.done_on), (Some(status), None), "{keys}");
        assert_eq!(task.reports.len(), before + 1, "{keys}");
        let report = task.reports.last().unwrap();
        assert_eq!((report.text.as_str(), report.on), ("có lý do", Some(wall().date())));
    }
}

#[test]
fn a_task_given_anew_lives_in_the_other_meeting_and_the_chain_is_walked() {
    let mut window = Window::new();
    window.keys("trinh<ctrl-n>thang 8<enter>so tai chinh<tab>3009<tab>đổi đơn vị<enter>");
    let new = window.task(&of(NEXT, 1));
    assert_eq!((new.lead.as_slice(), new.due), (&["stc".to_owned()][..], Some(day("2026-09-30"))));
    assert_eq!((new.carried_from.as_str(), new.content.as_str()), (&*of(WINTER, 1), "Trình dự toán"));
    let old = window.task(&of(WINTER, 1));
    assert_eq!((old.carried_to.as_str(), old.reports[0].text.as_str()), (&*of(NEXT, 1), "đổi đơn vị"));
    assert_eq!(window.shown(), ["n1"], "the old record is counted no more");
    window.keys("<enter><shift-tab>");
    assert_eq!((window.app.board.view, window.selected()), (BoardView::Detail, "w1".into()));
    window.keys("<f4>");
    assert!(!window.form(), "what was given anew lives elsewhere");
    window.keys("<tab>");
    assert_eq!(window.selected(), "n1");
    window.keys("<tab>");
    assert!(!window.news().is_empty());
    window.keys("<esc><ctrl-z>");
    assert_eq!(window.task(&of(WINTER, 1)).carried_to, "");
    assert!(view::board::board_row(&window.app, &of(NEXT, 1)).is_none());
}

#[test]
fn approved_meetings_do_not_take_new_tasks() {
    let mut window = Window::new();
    window.keys("<ctrl-n>");
    let Some(Popup::Picker { picker, .. }) = window.app.popups.last() else { panic!("no list") };
    let ids: Vec<&str> = picker.entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, [NEXT, SUMMER]);
}

#[test]
fn a_file_that_cannot_be_changed_refuses_before_anything_is_asked() {
    for (file, verb) in [(File::Unparsable, "<f4>"), (File::ReadOnly, "<f5>")] {
        let mut window = Window::new();
        window.files.insert(WINTER, file);
        window.keys("<insert><insert>").keys(verb);
        assert!(window.app.popups.is_empty(), "no form");
        assert!(window.news().contains(&format!("{WINTER}.toml")), "{}", window.news());
        window.keys("x");
        assert_eq!(window.app.board.filter.text(), "x", "keys are not held back");
    }
}

#[test]
fn a_source_line_is_gone_to_and_come_back_from() {
    let mut window = Window::new();
    window.keys("<down><f9>");
    assert_eq!((window.app.place, window.app.meeting.id.as_str()), (Place::Meeting, SUMMER));
    assert_eq!(window.app.meeting.selection.as_ref().unwrap().head, "n1");
    window.keys("<esc>");
    assert_eq!((window.app.place, window.selected()), (Place::Board, "s1".into()));
}

#[test]
fn a_line_leads_to_its_task_and_back() {
    let mut window = Window::new();
    window.keys("<down><f9>").keys("<esc><esc>");
    window.app.place = Place::Meeting;
    window.keys("<up><up>");
    let line = window.app.meeting.selection.clone();
    assert_eq!(line.as_ref().unwrap().head, "n1");
    window.keys("<ctrl-b>");
    assert_eq!(window.app.place, Place::Board);
    assert_eq!((window.app.board.view, window.selected()), (BoardView::Detail, "s1".into()));
    window.keys("<esc>");
    assert_eq!((window.app.place, window.app.meeting.selection.clone()), (Place::Meeting, line));
}

#[test]
fn groups_show_who_has_reported() {
    let window = Window::new();
    let row = view::board::board_row(&window.app, &of(SUMMER, 1)).unwrap();
    assert_eq!(view::task::reported_of(&window.app, &row), Some((1, 3)));
    let lines: Vec<String> =
        view::task::detail_rows(&window.app, &row, 100).into_iter().map(|(_, text, _)| text).collect();
    assert!(lines.contains(&"1/3 đã báo cáo".to_owned()), "{lines:#?}");
    assert!(lines.contains(&"- Sở Nội vụ: chưa báo cáo".to_owned()), "{lines:#?}");
    assert!(
        lines
            .iter()
            .any(|line| line.starts_with("- Sở Tài chính: 01/08/2026") && line.contains("đã rà soát"))
    );
}

#[test]
fn a_long_task_scrolls_to_its_end_and_not_past_it() {
    let mut window = Window::new();
    window.keys("<f4>một<enter><f4>hai<enter><f4>ba<enter><enter>");
    window.tell(Event::Input(Input::Resize { columns: 80, rows: 12 }));
    window.keys("<ctrl-end>");
    let bottom = window.app.board.scroll;
    assert!(bottom > 0);
    window.keys("<down><down>");
    assert_eq!(window.app.board.scroll, bottom);
    window.keys("<up>");
    assert_eq!(window.app.board.scroll, bottom - 1);
}

#[test]
fn filters_are_kept_by_name_picked_and_forgotten() {
    let mut window = Window::new();
    assert!(window.effects.contains(&Effect::ReadFilters));
    window.tell(Event::Filters(Ok(Vec::new())));
    window.keys("<ctrl-d>");
    assert!(!window.form(), "there is nothing to save");
    window.keys("quahan unit:snv<ctrl-d>Nội vụ trễ<enter>");
    let kept = |window: &Window| {
        let last = window.effects.iter().rev().find_map(|effect| match effect {
            Effect::KeepFilters(filters) => Some(filters.clone()),
            _ => None,
        });
        last.unwrap().into_iter().map(|saved| (saved.name, saved.filter)).collect::<Vec<_>>()
    };
    assert_eq!(kept(&window), [("Nội vụ trễ".to_owned(), "quahan unit:snv".to_owned())]);
    window.keys("<esc>");
    assert_eq!(window.shown().len(), 5);
    window.keys("<ctrl-l>noi vu<enter>");
    assert_eq!((window.app.board.filter.text(), window.shown()), ("quahan unit:snv", vec!["w1".to_owned()]));
    window.app.run(crate::app::command::Command::ForgetFilter, "");
    window.keys("<enter>");
    assert_eq!(kept(&window), []);
}

#[test]
fn a_word_after_a_slash_is_a_command_and_filters_nothing() {
    let mut window = Window::new();
    window.keys("/giahan");
    assert_eq!(window.shown().len(), 5);
    window.keys("<enter>");
    assert!(window.form());
    assert!(window.app.board.filter.is_empty());
    window.keys("<esc>/what<enter>");
    assert!(!window.news().is_empty());
    assert_eq!(window.app.board.filter.text(), "/what");
}

#[test]
fn a_task_that_leaves_the_list_hands_the_choice_to_its_neighbour() {
    let mut window = Window::new();
    window.keys("con<ctrl-x>thôi<enter>");
    assert_eq!((window.shown(), window.selected()), (vec!["s1".to_owned(), "w2".into()], "s1".into()));
}

#[test]
fn the_list_is_made_again_only_when_something_changed() {
    let mut window = Window::new();
    let first = view::board_list(&window.app);
    window.keys("<down><up><insert>");
    assert!(Arc::ptr_eq(&first, &view::board_list(&window.app)));
    window.keys("<f4>x<enter>");
    assert!(!Arc::ptr_eq(&first, &view::board_list(&window.app)));
    let second = view::board_list(&window.app);
    window.app.desk.today = day("2026-09-01");
    assert!(!Arc::ptr_eq(&second, &view::board_list(&window.app)));
}
