//! What the screens show: the design's picture at 80x24, the wide window, both languages, and the promise that no size
//! and no text brings the drawing down or reaches the terminal raw.

use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::{Color, Modifier};
use steerco::app::board::BoardView;
use steerco::app::committee::tab::Tab;
use steerco::app::effect::AnyRecord;
use steerco::app::event::{Access, Library, LibraryMeeting, Now, Opened};
use steerco::app::form::{self, FormField};
use steerco::app::meeting::{Editing, Focus, Selection};
use steerco::app::picker::{Entry, Picker};
use steerco::app::popup::{Becomes, Clause, Page, PageLine, Popup, Split, Then, Tone};
use steerco::app::roll::{Chosen, RollShow};
use steerco::app::{App, Place, Start, view};
use steerco::config::{Settings, ThemeName};
use steerco::domain::board::SortBy;
use steerco::domain::capture::Captured;
use steerco::domain::committee::{Committee, Group, Unit};
use steerco::domain::kinds::*;
use steerco::domain::meeting::*;
use steerco::domain::state::TaskState;
use steerco::text::field::TextField;
use steerco::words::Words;

fn at(clock: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(&format!("2021-07-15 {clock}"), "%Y-%m-%d %H:%M").unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn seat(id: &str, name: &str, presence: Presence) -> Seat {
    Seat { id: id.into(), name: name.into(), presence: Some(presence), ..Seat::default() }
}

fn item(id: &str, kind: ItemKind, title: &str, minutes: i64) -> AgendaItem {
    AgendaItem {
        id: id.into(),
        kind: Some(kind),
        title: title.into(),
        minutes: Some(minutes),
        ..AgendaItem::default()
    }
}

fn note(id: &str, item: &str, clock: &str, speaker: &str, text: &str) -> Note {
    Note {
        id: id.into(),
        item: item.into(),
        at: Some(at(clock)),
        speaker: speaker.into(),
        text: text.into(),
        ..Note::default()
    }
}

fn task(number: i64, note: &str, content: &str) -> Task {
    Task {
        id: format!("t{number}"),
        number: Some(number),
        note: note.into(),
        content: content.into(),
        quote: content.into(),
        ..Task::default()
    }
}

fn conclusion(number: i64, note: &str, text: &str) -> Conclusion {
    Conclusion {
        id: format!("c{number}"),
        number: Some(number),
        note: note.into(),
        text: text.into(),
        ..Conclusion::default()
    }
}

/// The meeting of the design's picture: the conclusion runs, three tasks were given.
fn meeting() -> Meeting {
    let mut m = Meeting::default();
    m.head.id = "2021-07-15-so-ket".into();
    m.head.title = "Sơ kết 6T/2021".into();
    m.head.committee = "bcd".into();
    m.head.stage = Some(Stage::Live);
    m.head.date = Some(day("2021-07-15"));
    m.head.planned_start = Some(at("08:00").time());
    m.head.opened = Some(at("10:00"));
    m.units = vec![UnitName {
        id: "snv".into(),
        name: "Sở Nội vụ".into(),
        short: "SNV".into(),
        ..UnitName::default()
    }];
    m.seats = people();
    m.agenda = programme();
    m.notes = spoken();
    m.conclusions = vec![conclusion(1, "n4", "Biểu dương"), conclusion(2, "n5", "Đẩy mạnh tuyên truyền")];
    m.tasks = given();
    m.prepared = vec![
        PreparedText {
            id: "p1".into(),
            text: "Ba là, tăng cường kiểm tra, giám sát.".into(),
            ..PreparedText::default()
        },
        PreparedText {
            id: "p2".into(),
            text: "Bốn là, sơ kết việc thực hiện quy chế.".into(),
            ..PreparedText::default()
        },
    ];
    m
}

fn people() -> Vec<Seat> {
    let mut people = vec![
        seat("quang", "Trần Văn Quang", Presence::Present),
        seat("tai", "Lê Tài", Presence::Present),
        seat("chau", "Nguyễn Thị Minh Châu", Presence::PresentOnline),
        seat("bao", "Phạm Bảo", Presence::Represented),
        seat("hoa", "Đỗ Thị Hoa", Presence::AbsentExcused),
    ];
    people[3].substitute = Some(Substitute { name: "Vũ Bình".into(), ..Substitute::default() });
    people[4].reason = "đi công tác".into();
    people.push(Seat { id: "lanh-dao-snv".into(), unit: "snv".into(), ..Seat::default() });
    people
}

fn programme() -> Vec<AgendaItem> {
    let mut items = vec![
        item("i1", ItemKind::Opening, "Khai mạc", 10),
        item("i2", ItemKind::Discussion, "Thảo luận", 60),
        item("i3", ItemKind::Conclusion, "Kết luận", 20),
        item("i4", ItemKind::Closing, "", 15),
    ];
    for (item, from, to) in [(0, "10:00", Some("10:10")), (1, "10:10", Some("11:00")), (2, "11:00", None)] {
        items[item].started = Some(at(from));
        items[item].ended = to.map(at);
    }
    items
}

fn spoken() -> Vec<Note> {
    let mut notes = vec![
        note("n1", "i2", "10:31", "quang", "Mời các đồng chí phát biểu"),
        note(
            "n2",
            "i2",
            "10:44",
            "tai",
            "Tỷ lệ giải quyết đơn thư đạt 98,6%, cao hơn cùng kỳ; đề nghị các huyện gửi số liệu trước ngày 20 hằng tháng để kịp tổng hợp",
        ),
        note("n3", "i2", "10:58", "chau", "Đối thoại ở một số nơi còn hình thức"),
        note("n4", "i3", "11:02", "quang", "Biểu dương Ban Chỉ đạo các cấp đã nỗ lực trong 6 tháng đầu năm"),
        note(
            "n5",
            "i3",
            "11:04",
            "quang",
            "Các cấp, các ngành đẩy mạnh tuyên truyền; các cơ quan báo chí phối hợp",
        ),
        note("n6", "i3", "11:07", "quang", "Giao Sở Nội vụ rà soát việc thực hiện quy chế"),
        note("n7", "i3", "11:09", "quang", "Số liệu về đơn thư cần xem lại"),
    ];
    notes[1].kind = Some(NoteKind::Proposal);
    notes[2].kind = Some(NoteKind::Shortcoming);
    notes[6].doubt = true;
    notes[6].confidential = true;
    notes
}

fn given() -> Vec<Task> {
    let mut tasks = vec![
        task(1, "n5", "Đẩy mạnh tuyên truyền"),
        task(2, "n5", "Phối hợp tuyên truyền"),
        task(3, "n6", "Rà soát việc thực hiện quy chế"),
    ];
    tasks[0].lead = vec!["Các cấp, các ngành".into()];
    tasks[0].due_kind = Some(DueKind::None);
    tasks[1].lead = vec!["các cơ quan báo chí".into()];
    tasks[1].due_kind = Some(DueKind::Ongoing);
    tasks[1].status = Some(Status::Standing);
    tasks[2].lead = vec!["snv".into()];
    tasks
}

/// A meeting of half a year before, with tasks that are late, due soon, done and put off.
fn earlier() -> Meeting {
    let mut m = Meeting::default();
    m.head.id = "2021-01-10-tong-ket".into();
    m.head.title = "Tổng kết năm 2020".into();
    m.head.committee = "bcd".into();
    m.head.stage = Some(Stage::Approved);
    m.head.date = Some(day("2021-01-10"));
    m.seats = vec![seat("quang", "Trần Văn Quang", Presence::Present)];
    m.notes = vec![note("n1", "", "09:30", "quang", "Giao Sở Tài chính trình dự toán trước ngày 30/6")];
    m.conclusions = vec![conclusion(2, "n1", "Trình dự toán")];
    let dated = |number, due: &str, content: &str| Task {
        due: Some(day(due)),
        due_kind: Some(DueKind::Date),
        lead: vec!["Sở Tài chính".into()],
        ..task(number, "n1", content)
    };
    m.tasks = vec![
        dated(1, "2021-06-30", "Trình dự toán kinh phí thực hiện quy chế"),
        dated(2, "2021-07-17", "Báo cáo kết quả kiểm tra"),
        dated(3, "2021-03-01", "Ban hành kế hoạch năm"),
    ];
    m.tasks[2].status = Some(Status::Done);
    m.tasks[2].done_on = Some(day("2021-03-05"));
    m.tasks[1].status = Some(Status::AwaitingConfirmation);
    m.tasks[0].due_text = "trước ngày 30/6".into();
    m.tasks[0].due = Some(day("2021-05-31"));
    m.tasks[0].extensions = vec![Extension {
        on: Some(day("2021-05-20")),
        from: Some(day("2021-05-31")),
        to: Some(day("2021-06-30")),
        reason: "chờ số liệu".into(),
        allowed_by: "Trưởng Ban".into(),
        ..Extension::default()
    }];
    m.tasks[0].urgings = vec![Urging { on: Some(day("2021-07-05")), round: Some(1), ..Urging::default() }];
    m
}

fn committee() -> Committee {
    let mut committee = Committee::default();
    committee.head.id = "bcd".into();
    committee.head.short = "BCĐ QCDC".into();
    committee.units =
        vec![Unit {
            id: "snv".into(), name: "Sở Nội vụ".into(), short: "SNV".into(), ..Unit::default()
        }];
    committee
}

/// The program in the middle of the meeting at 11:12.
fn app(language: Language) -> App {
    let (settings, _) = Settings::read(&format!("language = \"{}\"", language.word()));
    let now = Now { wall: at("11:12"), since_start: Duration::from_secs(60) };
    let start = Start { now, today: None, utc_offset: "+07:00".into(), size: (80, 24), demo: false, seed: 1 };
    let (mut app, _) = App::new(&settings, start);
    app.desk.last_key = now.since_start;
    let record = AnyRecord::Meeting(meeting());
    app.sessions.open(Opened { record, access: Access::Write, problems: 0 });
    let stored = |meeting| LibraryMeeting::new(meeting, 0);
    app.library = Library {
        meetings: vec![stored(earlier()), stored(meeting())],
        committees: vec![Arc::new(committee())],
        failures: Vec::new(),
    };
    app.place = Place::Meeting;
    app.meeting.id = "2021-07-15-so-ket".into();
    app.meeting.speaker = "quang".into();
    app.roll.selected = Chosen::Seat("chau".into());
    app.saving.filed_at = Some(at("11:11"));
    app
}

/// The screen as rows of text, and where the cursor stands.
fn screen(app: &App, columns: u16, rows: u16) -> (Vec<String>, (u16, u16)) {
    let mut terminal = Terminal::new(TestBackend::new(columns, rows)).unwrap();
    terminal.draw(|frame| steerco::ui::draw(app, frame)).unwrap();
    let cursor = terminal.get_cursor_position().unwrap();
    let buffer = terminal.backend().buffer();
    let row = |y| (0..columns).map(|x| buffer[(x, y)].symbol()).collect::<String>();
    ((0..rows).map(row).collect(), (cursor.x, cursor.y))
}

fn text(app: &App, columns: u16, rows: u16) -> String {
    let rows: Vec<String> = screen(app, columns, rows).0;
    rows.iter().map(|row| row.trim_end()).collect::<Vec<_>>().join("\n")
}

/// One pop-up of every sort, with `text` in every place that holds data.
fn popups(text: &str) -> Vec<Popup> {
    let entry =
        |mark: &str| Entry { mark: mark.into(), label: text.into(), detail: text.into(), ..Entry::default() };
    let picker = Picker::new(vec![entry("1"), entry("2")], "");
    let choice = FormField::choice("method", vec!["vote_method.voice".into()], 0);
    let mut form = form::Form::new(vec![FormField::text("due", text), choice]);
    form.echo[0] = text.into();
    let clause = Clause {
        range: 0..text.len(),
        becomes: Becomes::Task,
        captured: Captured::default(),
        inherited: false,
        by_hand: false,
        chosen: None,
        no_deadline: false,
    };
    let line = PageLine { text: text.into(), reference: "m#1".into(), tone: Tone::Warning };
    vec![
        Popup::Picker { title: "picker.speaker", picker, then: Then::Read },
        Popup::Form { title: "form.task", form, then: Then::Approval },
        Popup::Split(Split { note: None, text: text.into(), clauses: vec![clause], focus: 0 }),
        Popup::Page(Page { title: text.into(), lines: vec![line; 3], selected: 0, then: Then::Read }),
    ]
}

/// Every face the program has, with `text` typed.
fn faces(text: &str) -> Vec<App> {
    let mut faces = Vec::new();
    for place in [Place::Home, Place::Meeting, Place::Roll, Place::Board, Place::Committee] {
        for popup in std::iter::once(None).chain(popups(text).into_iter().map(Some)) {
            let mut face = app(Language::Vi);
            face.place = place;
            face.committee.id = "bcd".into();
            face.committee.tab = Tab::Units;
            face.meeting.line = TextField::with_text(text);
            face.popups.extend(popup);
            faces.push(face);
        }
    }
    let mut detail = app(Language::Vi);
    detail.place = Place::Board;
    detail.board.view = BoardView::Detail;
    detail.board.selected = "2021-01-10-tong-ket#1".into();
    let mut columns = board();
    columns.board.view = BoardView::Columns;
    faces.extend([detail, columns]);
    let mut prepared = app(Language::Vi);
    prepared.meeting.focus = Focus::Prepared(1);
    faces.push(prepared);
    faces
}

#[test]
fn the_meeting_place_is_the_picture_of_the_design() {
    insta::assert_snapshot!("meeting_vi_80x24", text(&app(Language::Vi), 80, 24));
    insta::assert_snapshot!("meeting_en_80x24", text(&app(Language::En), 80, 24));
    insta::assert_snapshot!("meeting_vi_120x40", text(&app(Language::Vi), 120, 40));
    insta::assert_snapshot!("meeting_en_140x40", text(&app(Language::En), 140, 40));
}

/// A conference over sites: one counted, one lost, one not called.
fn over_sites(m: &mut Meeting) {
    let site = |id: &str, name: &str| Site {
        id: id.into(),
        name: name.into(),
        expected: Some(30),
        ..Site::default()
    };
    m.sites = vec![site("hue", "Điểm cầu Huế"), site("kt", "Tỉnh Kon Tum"), site("gl", "Tỉnh Gia Lai")];
    let link = |clock: &str, up| LinkChange { at: Some(at(clock)), up: Some(up), ..LinkChange::default() };
    m.sites[0].main = true;
    m.sites[0].headcount = Some(28);
    m.sites[0].link = vec![link("08:00", true)];
    m.sites[1].link = vec![link("08:02", true), link("09:12", false)];
    for (seat, site) in m.seats.iter_mut().zip(["hue", "hue", "kt", "kt", "", ""]) {
        seat.site = site.into();
    }
    let time = |clock: &str| Some(steerco::domain::value::TimeOfDay::Time(at(clock).time()));
    (m.seats[1].presence, m.seats[1].arrived, m.seats[1].left) =
        (Some(Presence::LeftEarly), time("08:20"), time("10:45"));
}

#[test]
fn the_roll_of_a_conference_and_an_empty_workspace_explain_themselves() {
    for language in [Language::Vi, Language::En] {
        let mut roll = app(language);
        roll.sessions.change("2021-07-15-so-ket", "sites", roll.desk.now, over_sites).unwrap();
        roll.place = Place::Roll;
        let mut first = app(language);
        (first.sessions, first.library) = Default::default();
        (first.place, first.home.loaded) = (Place::Home, true);
        for (columns, rows) in [(80, 24), (120, 40)] {
            for (name, app) in [("roll_sites", &roll), ("home_first", &first)] {
                let name = format!("{name}_{}_{columns}x{rows}", language.word());
                insta::assert_snapshot!(name, text(app, columns, rows));
            }
        }
    }
}

#[test]
fn the_other_places_show_their_lists() {
    for (place, name) in [(Place::Home, "home"), (Place::Roll, "roll"), (Place::Board, "board")] {
        for language in [Language::Vi, Language::En] {
            let mut app = app(language);
            app.place = place;
            app.board.selected = "2021-01-10-tong-ket#2".into();
            for (columns, rows) in [(80, 24), (120, 40)] {
                let name = format!("{name}_{}_{columns}x{rows}", language.word());
                insta::assert_snapshot!(name, text(&app, columns, rows));
            }
        }
    }
}

/// The Board with one more task, given to a group of which one unit has reported.
fn board() -> App {
    let mut app = app(Language::Vi);
    app.place = Place::Board;
    app.board.selected = "2021-01-10-tong-ket#1".into();
    let mut known = committee();
    let unit = |id: &str, name: &str| Unit { id: id.into(), name: name.into(), ..Unit::default() };
    known.units.push(unit("stc", "Sở Tài chính"));
    known.groups = vec![Group {
        id: "cac-so".into(),
        name: "các sở, ngành".into(),
        units: vec!["snv".into(), "stc".into()],
        ..Group::default()
    }];
    app.library.committees = vec![Arc::new(known)];
    let mut given = task(4, "n1", "Rà soát, báo cáo việc thực hiện quy chế");
    given.lead = vec!["cac-so".into()];
    given.due = Some(day("2021-06-30"));
    given.due_kind = Some(DueKind::Date);
    given.reports = vec![Report {
        on: Some(day("2021-06-20")),
        unit: "stc".into(),
        percent: Some(60),
        text: "đã rà soát xong".into(),
        source: "45/BC-STC".into(),
        ..Report::default()
    }];
    let mut meeting = earlier();
    meeting.tasks.push(given);
    app.library.meetings[0] = LibraryMeeting::new(meeting, 0);
    app
}

#[test]
fn the_board_shows_boxes_groups_and_marks() {
    let mut app = board();
    app.board.marked = ["2021-01-10-tong-ket#1", "2021-01-10-tong-ket#4"].map(str::to_owned).into();
    app.board.sort = SortBy::Unit;
    insta::assert_snapshot!("board_by_unit_vi_80x24", text(&app, 80, 24));
    app.board.view = BoardView::Columns;
    insta::assert_snapshot!("board_columns_vi_80x24", text(&app, 80, 24));
    insta::assert_snapshot!("board_columns_vi_120x40", text(&app, 120, 40));
    app.board.view = BoardView::Detail;
    app.board.selected = "2021-01-10-tong-ket#4".into();
    insta::assert_snapshot!("detail_of_group_vi_80x24", text(&app, 80, 24));
}

#[test]
fn every_row_of_a_grouped_board_can_be_brought_into_sight() {
    let mut app = board();
    for sort in [SortBy::Deadline, SortBy::Unit, SortBy::Meeting] {
        app.board.sort = sort;
        for row in view::board_rows(&app).iter().map(|row| row.task_ref()).collect::<Vec<_>>() {
            app.board.selected = row.clone();
            let shown = screen(&app, 80, 16).0;
            assert!(shown.iter().any(|line| line.starts_with('>')), "{row}: {shown:#?}");
        }
    }
}

#[test]
fn a_task_is_shown_with_its_whole_chain() {
    let mut app = app(Language::Vi);
    app.place = Place::Board;
    app.board.view = BoardView::Detail;
    app.board.selected = "2021-01-10-tong-ket#1".into();
    insta::assert_snapshot!("detail_vi_80x24", text(&app, 80, 24));
}

#[test]
fn popups_leave_the_typed_line_in_sight() {
    for (nth, popup) in popups("Giao Sở Nội vụ rà soát quy chế").into_iter().enumerate() {
        let mut app = app(Language::Vi);
        app.meeting.line = TextField::with_text("đang gõ dở");
        app.popups.push(popup);
        let (rows, _) = screen(&app, 80, 24);
        assert!(rows[20].contains("đang gõ dở"), "{nth}: {rows:#?}");
        assert!(rows[19].contains("1 Quang"), "{nth}");
        insta::assert_snapshot!(format!("popup_{nth}_vi_80x24"), text(&app, 80, 24));
    }
}

#[test]
fn the_cursor_stands_at_the_caret() {
    let mut app = app(Language::Vi);
    assert_eq!(screen(&app, 80, 24).1, (1, 20));
    app.meeting.line = TextField::with_text("Đồng chí ");
    assert_eq!(screen(&app, 80, 24).1, (10, 20));
    app.meeting.line = TextField::with_text("chữ ".repeat(100));
    let (rows, cursor) = screen(&app, 80, 24);
    assert_eq!(cursor.1, 21, "a long text scrolls, the caret stays in its rows");
    assert!(rows[20].starts_with(" chữ"));
    app.popups = popups("quang").into_iter().take(1).collect();
    assert!(screen(&app, 80, 24).1.1 < 18, "the field of a pop-up takes the cursor");
}

#[test]
fn the_selection_stays_in_sight_and_is_marked_by_a_sign_too() {
    let mut app = app(Language::Vi);
    app.meeting.focus = Focus::Stream;
    for id in ["n1", "n2", "n3", "n4", "n5", "n6", "n7"] {
        app.meeting.selection = Some(Selection { anchor: id.into(), head: id.into() });
        for rows in 16..30 {
            let (shown, _) = screen(&app, 80, rows);
            assert!(shown.iter().any(|row| row.starts_with('>')), "{id} in {rows} rows");
        }
    }
}

#[test]
fn editing_names_the_line_that_is_edited() {
    let mut app = app(Language::Vi);
    app.meeting.editing = Some(Editing { note: "n3".into(), waiting: TextField::new(), waiting_since: None });
    assert!(text(&app, 80, 24).contains("sửa dòng 10:58"));
}

#[test]
fn a_failed_save_is_loud_and_a_saved_text_names_its_minute() {
    let mut app = app(Language::Vi);
    assert!(screen(&app, 80, 24).0[0].contains("đã lưu 11:11"));
    app.saving.failure = Some("đĩa đầy".into());
    for (columns, rows) in [(60, 16), (80, 24), (140, 40)] {
        assert!(screen(&app, columns, rows).0[0].contains("CHƯA GHI ĐƯỢC: đĩa đầy"), "{columns}");
    }
    assert!(screen(&app, 30, 6).0[0].contains("CHƯA GHI ĐƯỢC"));
}

#[test]
fn a_small_window_keeps_text_speaker_and_save_state() {
    let mut app = app(Language::Vi);
    app.meeting.line = TextField::with_text("chữ đang gõ");
    let shown = text(&app, 40, 8);
    for words in ["đã lưu", "1 Quang", "chữ đang gõ", "cửa sổ nhỏ, chữ vẫn an toàn"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
}

#[test]
fn a_mark_at_the_start_of_the_line_shows_what_it_finds() {
    let mut app = app(Language::Vi);
    app.meeting.line = TextField::with_text("@chau");
    assert!(screen(&app, 80, 24).0[18].contains("Nguyễn Thị Minh Châu"));
}

#[test]
fn after_two_idle_minutes_one_row_says_what_waits() {
    let mut app = app(Language::Vi);
    app.desk.now.since_start = app.desk.last_key + Duration::from_secs(119);
    assert!(!text(&app, 80, 24).contains("Còn thiếu"));
    app.desk.now.since_start = app.desk.last_key + Duration::from_secs(120);
    assert!(text(&app, 80, 24).contains("Còn thiếu"));
}

#[test]
fn without_colour_every_state_is_still_a_word() {
    for face in faces("chữ") {
        let mut face = face;
        let coloured = text(&face, 80, 24);
        face.desk.theme = ThemeName::Terminal;
        assert_eq!(text(&face, 80, 24), coloured);
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| steerco::ui::draw(&face, frame)).unwrap();
        let plain = |colour: Color| colour == Color::Reset;
        assert!(terminal.backend().buffer().content.iter().all(|cell| plain(cell.fg) && plain(cell.bg)));
        let dim =
            |cell: &ratatui::buffer::Cell| cell.modifier.intersects(Modifier::DIM | Modifier::SLOW_BLINK);
        assert!(!terminal.backend().buffer().content.iter().any(dim));
    }
}

/// Text that a terminal would act on, hide or draw wider than it counts.
const HOSTILE: [&str; 7] = [
    "\u{1b}[2J\u{7}\r\nx",
    "\u{202e}mật\u{2066}\u{200f}",
    "a\u{200d}b\u{200b}\u{feff}\u{fe0f}",
    "👨\u{200d}👩\u{200d}👧 🇻🇳",
    "Nguye\u{302}\u{303}n Thi\u{323} Ho\u{300}a",
    "漢字漢字漢字",
    "\u{301}\u{301}\u{9b}31m",
];

#[test]
fn hostile_text_never_reaches_the_terminal_raw() {
    for hostile in HOSTILE {
        for mut face in faces(hostile) {
            let spoil = |m: &mut Meeting| {
                m.head.title = hostile.into();
                m.seats.iter_mut().for_each(|seat| seat.name = hostile.into());
                m.agenda.iter_mut().for_each(|item| item.title = hostile.into());
                m.notes.iter_mut().for_each(|note| note.text = hostile.into());
                m.tasks.iter_mut().for_each(|task| task.content = hostile.into());
                m.tasks.iter_mut().for_each(|task| task.lead = vec![hostile.into()]);
            };
            face.sessions.change("2021-07-15-so-ket", "spoil", face.desk.now, spoil).unwrap();
            face.saving.failure = Some(hostile.into());
            face.desk.news.text = hostile.into();
            for (columns, rows) in [(80, 24), (140, 40), (30, 8)] {
                let shown = screen(&face, columns, rows).0.concat();
                let raw = |c: char| {
                    c.is_control()
                        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
                };
                assert!(!shown.contains(raw), "{shown:?}");
            }
        }
    }
}

#[test]
fn letters_with_combining_marks_stay_whole() {
    let mut app = app(Language::Vi);
    app.sessions
        .change("2021-07-15-so-ket", "nfd", app.desk.now, |m| m.notes[6].text = "Tie\u{302}\u{301}ng".into())
        .unwrap();
    assert!(screen(&app, 80, 24).0.concat().contains("Tie\u{302}\u{301}ng"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_size_brings_the_drawing_down(columns in 0u16..=300, rows in 0u16..=100, hostile in 0..HOSTILE.len()) {
        for face in faces(HOSTILE[hostile]) {
            screen(&face, columns, rows);
        }
    }
}

#[test]
fn the_smallest_sizes_draw() {
    for face in faces("chữ dài hơn một hàng của cửa sổ nhỏ") {
        for columns in 0..6 {
            for rows in 0..6 {
                screen(&face, columns, rows);
            }
        }
        for (columns, rows) in [(1, 100), (300, 1), (60, 16), (59, 16), (60, 15), (100, 16), (130, 16)] {
            screen(&face, columns, rows);
        }
    }
}

/// A library with one meeting of each sort, as (id, stage, date).
fn with_meetings(rows: &[(&str, Stage, &str)]) -> App {
    let mut app = app(Language::Vi);
    let stored = |(id, stage, date): &(&str, Stage, &str)| {
        let mut meeting = Meeting::default();
        meeting.head.id = (*id).into();
        meeting.head.title = format!("Họp {id}");
        meeting.head.stage = Some(*stage);
        meeting.head.date = Some(day(date));
        LibraryMeeting::new(meeting, 0)
    };
    app.sessions = Default::default();
    app.library.meetings = rows.iter().map(stored).collect();
    app
}

#[test]
fn home_begins_with_the_meeting_to_go_on_with() {
    let mut app = with_meetings(&[
        ("past", Stage::Approved, "2021-01-10"),
        ("later", Stage::Planned, "2021-09-01"),
        ("forgotten", Stage::Planned, "2021-03-01"),
        ("next", Stage::Planned, "2021-07-20"),
        ("paused", Stage::Paused, "2021-07-15"),
    ]);
    let ids = |app: &App| -> Vec<String> {
        view::home_entries(app).iter().map(|entry| entry.meeting.head.id.clone()).collect()
    };
    assert_eq!(ids(&app), ["paused", "next", "later", "forgotten", "past"]);
    app.home.filter = TextField::with_text("hop next");
    assert_eq!(ids(&app), ["next"]);
}

#[test]
fn the_board_lists_what_fits_in_the_order_chosen() {
    let mut app = app(Language::Vi);
    let refs =
        |app: &App| -> Vec<String> { view::board_rows(app).iter().map(|row| row.task_ref()).collect() };
    assert_eq!(refs(&app).len(), 6);
    app.board.filter = TextField::with_text("quá hạn");
    assert_eq!(
        refs(&app),
        ["2021-01-10-tong-ket#1"],
        "the state is found by its name, not by another that ends so"
    );
    app.board.filter = TextField::with_text("xong quá hạn");
    assert_eq!(refs(&app), ["2021-01-10-tong-ket#3"]);
    app.board.filter = TextField::with_text("so noi vu");
    assert_eq!(refs(&app), ["2021-07-15-so-ket#3"], "an owner is found by the full name");
    app.board.filter = TextField::new();
    app.board.sort = SortBy::State;
    assert_eq!(refs(&app)[0], "2021-01-10-tong-ket#1", "what is overdue presses most");
    let carry = |m: &mut Meeting| m.tasks[0].carried_to = "2022-01-01-x#1".into();
    app.sessions.change("2021-07-15-so-ket", "carry", app.desk.now, carry).unwrap();
    assert_eq!(refs(&app).len(), 5, "a task given anew elsewhere lives there");
}

#[test]
fn the_roll_goes_site_by_site() {
    let mut app = app(Language::Vi);
    let sites = |m: &mut Meeting| {
        m.sites = ["kt", "gl"].map(|id| Site { id: id.into(), name: id.into(), ..Site::default() }).into();
        m.seats[0].site = "gl".into();
        m.seats[2].site = "kt".into();
        m.seats[3].site = "gl".into();
    };
    app.sessions.change("2021-07-15-so-ket", "sites", app.desk.now, sites).unwrap();
    let ids = |app: &App| -> Vec<String> {
        let id = |row: &view::RollRow<'_>| match row {
            view::RollRow::Elsewhere(_) => "-".to_owned(),
            view::RollRow::Site(row) => row.site.id.to_uppercase(),
            view::RollRow::Seat(seat) => seat.id.clone(),
        };
        view::roll_rows(app).iter().map(id).collect()
    };
    assert_eq!(ids(&app), ["-", "tai", "hoa", "lanh-dao-snv", "KT", "chau", "GL", "quang", "bao"]);
    app.roll.show = RollShow::NotCalledYet;
    assert_eq!(
        ids(&app),
        ["-", "lanh-dao-snv", "KT", "chau", "GL"],
        "the selected seat stays, sites wait too"
    );
}

#[test]
fn a_long_cause_of_failure_leaves_the_stage_its_place() {
    let mut app = app(Language::Vi);
    app.saving.failure = Some("/rất/dài/".repeat(30));
    let first = &screen(&app, 80, 24).0[0];
    assert!(first.contains("CHƯA GHI ĐƯỢC") && first.contains("ĐANG HỌP 01:12"), "{first}");
}

#[test]
fn every_word_of_the_closed_lists_can_be_read_in_both_languages() {
    macro_rules! keys {
        ($($table:literal $kind:ident),+ $(,)?) => {
            vec![$($kind::ALL.iter().map(|k| format!("{}.{}", $table, k.word())).collect::<Vec<_>>()),+].concat()
        };
    }
    let keys: Vec<String> = keys![
        "meeting_kind" MeetingKind, "form_of" Form, "stage" Stage, "level" Level, "role" Role,
        "position" Position, "presence" Presence, "item_kind" ItemKind, "turn_kind" TurnKind,
        "note_kind" NoteKind, "part" Part, "due_kind" DueKind, "every" Every, "status" Status,
        "vote_method" VoteMethod, "vote_result" VoteResult, "amendment_action" AmendmentAction,
        "amendment_status" AmendmentStatus, "world" World, "tone_style" ToneStyle, "language" Language,
        "state" TaskState,
    ];
    for language in [Language::Vi, Language::En] {
        let words = Words::of(language);
        for key in &keys {
            assert!(words.has(key), "{key} in {}", language.word());
        }
    }
}
