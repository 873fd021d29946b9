//! What a key, a recorded line and a save cost in a long meeting. Run with `cargo bench`; figures are ratios to each
//! other on one machine, never promises.

#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use std::time::Duration;

use chrono::{Days, NaiveDate};
use divan::Bencher;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use steerco::app::command::Command;
use steerco::app::effect::AnyRecord;
use steerco::app::event::{Access, Event, Library, LibraryMeeting, Now, Opened};
use steerco::app::key::{Code, Input, Key};
use steerco::app::{App, Start};
use steerco::config::Settings;
use steerco::domain::deadline::{self, Occasion};
use steerco::domain::id::{RecordKey, row_id};
use steerco::domain::kinds::{DueKind, Stage};
use steerco::domain::meeting::{AgendaItem, Meeting, Note, Seat, Site, Task};
use steerco::domain::{edit, merge};
use steerco::store::{meeting_file, splice};

const LINES: [usize; 2] = [50, 2000];
const WORDS: &str = "Đồng chí Trưởng ban kết luận: giao văn phòng chủ trì, phối hợp các đơn vị rà soát hồ sơ";

fn main() {
    divan::main();
}

fn meeting(lines: usize) -> Meeting {
    let mut meeting = Meeting::default();
    meeting.head.id = "2024-05-06-hop".into();
    meeting.head.date = NaiveDate::from_ymd_opt(2024, 5, 6);
    meeting.head.stage = Some(Stage::Live);
    let start = NaiveDate::from_ymd_opt(2024, 5, 6).unwrap().and_hms_opt(8, 0, 0);
    meeting.agenda.push(AgendaItem { id: "aaaaaaa1".into(), started: start, ..AgendaItem::default() });
    for n in 0..lines {
        meeting.notes.push(Note {
            id: row_id(n as u64 * 7919),
            item: "aaaaaaa1".into(),
            at: start,
            speaker: "hoa".into(),
            text: format!("{WORDS} {n}"),
            ..Note::default()
        });
    }
    meeting
}

fn now() -> Now {
    let wall = NaiveDate::from_ymd_opt(2024, 5, 6).unwrap().and_hms_opt(9, 0, 0).unwrap();
    Now { wall, since_start: Duration::from_secs(60) }
}

fn app(lines: usize) -> App {
    let start =
        Start { now: now(), today: None, utc_offset: "+07:00".into(), size: (120, 40), demo: false, seed: 1 };
    let (mut app, _) = App::new(&Settings::default(), start);
    app.enter_meeting("2024-05-06-hop", None);
    let opened = Opened { record: AnyRecord::Meeting(meeting(lines)), access: Access::Write, problems: 0 };
    app.update(Event::Opened { key: RecordKey::Meeting("2024-05-06-hop".into()), result: Ok(opened) }, now());
    app
}

/// A typed key: update and the whole screen drawn.
#[divan::bench(args = LINES)]
fn key_and_draw(bencher: Bencher<'_, '_>, lines: usize) {
    let mut app = app(lines);
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    bencher.bench_local(|| {
        app.update(Event::Input(Input::Key(Key::char('ế'))), now());
        app.update(Event::Input(Input::Key(Key::plain(Code::Backspace))), now());
        terminal.draw(|frame| steerco::ui::draw(&app, frame)).unwrap();
    });
}

const TASKS: [usize; 2] = [1_000, 100_000];

/// A Board of so many tasks, twenty in a meeting.
fn board(tasks: usize) -> App {
    let start =
        Start { now: now(), today: None, utc_offset: "+07:00".into(), size: (120, 40), demo: false, seed: 1 };
    let (mut app, _) = App::new(&Settings::default(), start);
    let day = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    let task = |n: usize| Task {
        number: Some(n as i64 % 20 + 1),
        content: format!("{WORDS} {n}"),
        lead: vec![format!("Sở {}", n % 30)],
        due: day.checked_add_days(Days::new(n as u64 * 7919 % 300)),
        due_kind: Some(DueKind::Date),
        ..Task::default()
    };
    let meeting = |nth: usize| {
        let mut meeting = Meeting::default();
        meeting.head.id = format!("2024-01-01-hop-{nth}");
        meeting.head.date = Some(day);
        meeting.tasks = (nth * 20..nth * 20 + 20).map(task).collect();
        LibraryMeeting::new(meeting, 0)
    };
    let meetings = (0..tasks / 20).map(meeting).collect();
    let library = Library { meetings, ..Library::default() };
    app.update(Event::Loaded(Box::new(library)), now());
    app.run(Command::Board, "");
    app
}

/// An arrow on the Board: update and the whole screen drawn.
#[divan::bench(args = TASKS)]
fn board_step(bencher: Bencher<'_, '_>, tasks: usize) {
    let mut app = board(tasks);
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    bencher.bench_local(|| {
        app.update(Event::Input(Input::Key(Key::plain(Code::Down))), now());
        terminal.draw(|frame| steerco::ui::draw(&app, frame)).unwrap();
    });
}

/// A letter typed into the filter of the Board and taken away: both lists made and drawn.
#[divan::bench(args = TASKS)]
fn board_filter(bencher: Bencher<'_, '_>, tasks: usize) {
    let mut app = board(tasks);
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    bencher.bench_local(|| {
        for key in [Key::char('7'), Key::plain(Code::Backspace)] {
            app.update(Event::Input(Input::Key(key)), now());
            terminal.draw(|frame| steerco::ui::draw(&app, frame)).unwrap();
        }
    });
}

/// A line recorded: draft, comparison, step.
#[divan::bench(args = LINES)]
fn record_line(bencher: Bencher<'_, '_>, lines: usize) {
    let mut app = app(lines);
    bencher.bench_local(|| {
        app.update(Event::Input(Input::Key(Key::char('a'))), now());
        app.update(Event::Input(Input::Key(Key::plain(Code::Enter))), now())
    });
}

/// Two versions compared.
#[divan::bench(args = LINES)]
fn compare(bencher: Bencher<'_, '_>, lines: usize) {
    let (before, mut after) = (meeting(lines), meeting(lines));
    after.notes[lines / 2].text.push_str(" sửa");
    bencher.bench_local(|| edit::between(&before, &after));
}

/// Two versions merged over their base.
#[divan::bench(args = LINES)]
fn merge_two(bencher: Bencher<'_, '_>, lines: usize) {
    let base = meeting(lines);
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    ours.notes[1].text.push_str(" ta");
    theirs.notes[lines / 2].text.push_str(" người");
    bencher.bench_local(|| merge::three_way(&base, &ours, &theirs));
}

/// A file read into a record.
#[divan::bench(args = LINES)]
fn read_file(bencher: Bencher<'_, '_>, lines: usize) {
    let bytes = splice::write_new(&meeting(lines)).unwrap().source.bytes();
    bencher.bench_local(|| meeting_file::read::<Meeting>(&bytes).unwrap());
}

/// A changed line put back into the file's text, read again and compared.
#[divan::bench(args = LINES)]
fn splice_one_line(bencher: Bencher<'_, '_>, lines: usize) {
    let old = meeting(lines);
    let opened = splice::write_new(&old).unwrap();
    let mut new = opened.record.clone();
    new.notes[lines / 2].text.push_str(" sửa");
    bencher.bench_local(|| splice::splice(&opened.source, &opened.record, &new).unwrap());
}

/// A roll as large as a nationwide conference: 226 sites, 3,000 seats.
fn large_roll() -> App {
    let mut meeting = meeting(50);
    for n in 0..226 {
        let (id, name) = (format!("site-{n}"), format!("Điểm cầu tỉnh số {n}"));
        meeting.sites.push(Site { id, name, ..Site::default() });
    }
    for n in 0..3000 {
        meeting.seats.push(Seat {
            id: format!("nguyen-van-{n}"),
            name: format!("Nguyễn Văn Hòa {n}"),
            titles: vec!["Phó Chủ tịch Ủy ban nhân dân".into()],
            unit: format!("unit-{}", n % 300),
            site: format!("site-{}", n % 226),
            ..Seat::default()
        });
    }
    let mut app = app(0);
    app.sessions = Default::default();
    app.sessions.open(Opened { record: AnyRecord::Meeting(meeting), access: Access::Write, problems: 0 });
    app.update(Event::Input(Input::Key(Key::plain(Code::F(8)))), now());
    app
}

/// A step down a large roll, drawn.
#[divan::bench]
fn roll_step(bencher: Bencher<'_, '_>) {
    let mut app = large_roll();
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    bencher.bench_local(|| {
        app.update(Event::Input(Input::Key(Key::plain(Code::Down))), now());
        terminal.draw(|frame| steerco::ui::draw(&app, frame)).unwrap();
    });
}

/// A letter of a name typed into a large roll: the best of all seats is found and drawn.
#[divan::bench]
fn roll_find(bencher: Bencher<'_, '_>) {
    let mut app = large_roll();
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).unwrap();
    bencher.bench_local(|| {
        app.update(Event::Input(Input::Key(Key::char('h'))), now());
        app.update(Event::Input(Input::Key(Key::plain(Code::Backspace))), now());
        terminal.draw(|frame| steerco::ui::draw(&app, frame)).unwrap();
    });
}

/// A seat of a large roll marked: draft, comparison, step.
#[divan::bench]
fn roll_mark(bencher: Bencher<'_, '_>) {
    let mut app = large_roll();
    bencher.bench_local(|| {
        app.update(Event::Input(Input::Key(Key::plain(Code::F(2)))), now());
        app.update(Event::Input(Input::Key(Key::plain(Code::Up))), now())
    });
}

/// Deadlines as they are said, alone and in a sentence with a cited document.
const DEADLINES: [&str; 4] = [
    "trước ngày 15/9",
    "trong thời hạn 15 (mười lăm) ngày làm việc kể từ ngày ban hành",
    "trong thoi han 10 ngay lam viec ke tu ngay ban hanh thong bao",
    "Giao Sở Tài chính thực hiện Quyết định số 23-QĐ/TW ngày 30/7/2021, hoàn thành trước ngày 15/9/2025",
];

/// Reading a deadline, on each keystroke of a task line: to stay under 100 µs.
#[divan::bench(args = DEADLINES)]
fn reading_a_deadline(bencher: Bencher, words: &str) {
    let day = NaiveDate::from_ymd_opt(2024, 5, 16).unwrap();
    let said = Occasion::on(day).with_holidays(Settings::default().holidays);
    bencher.bench(|| deadline::read(words, &said));
}
