//! Key by key: what the Meeting place makes of typing, without files and terminals.

use std::time::Duration;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::app::effect::{AnyRecord, Effect};
use crate::app::event::{Access, Event, Library, Now, Opened};
use crate::app::key::{Input, script};
use crate::app::{App, Place, Start};
use crate::config::Settings;
use crate::domain::committee::{Committee, Unit};
use crate::domain::id::RecordKey;
use crate::domain::kinds::*;
use crate::domain::meeting::*;

/// A program with one meeting open, and hands on its keys.
struct Table {
    app: App,
    now: NaiveDateTime,
    since: Duration,
    effects: Vec<Effect>,
}

fn seat(id: &str, name: &str, role: Role) -> Seat {
    Seat { id: id.into(), name: name.into(), role: Some(role), ..Seat::default() }
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

fn meeting() -> Meeting {
    let mut m = Meeting::default();
    m.head.id = "2021-07-13-so-ket".into();
    m.head.committee = "bcd".into();
    m.head.title = "Sơ kết 6 tháng".into();
    m.head.date = NaiveDate::from_ymd_opt(2021, 7, 13);
    m.head.stage = Some(Stage::Planned);
    m.seats = vec![
        seat("quang", "Trần Minh Quang", Role::Chair),
        seat("tai", "Lê Hữu Tài", Role::Member),
        seat("chau", "Nguyễn Thị Châu", Role::Member),
    ];
    m.agenda = vec![
        item("aaaaaaa1", ItemKind::Opening, "Khai mạc", 10),
        item("aaaaaaa2", ItemKind::Discussion, "Thảo luận", 60),
        item("aaaaaaa3", ItemKind::Conclusion, "Kết luận", 20),
    ];
    m
}

fn committee() -> Committee {
    let mut c = Committee::default();
    c.head.id = "bcd".into();
    let unit = |id: &str, name: &str, short: &str| Unit {
        id: id.into(),
        name: name.into(),
        short: short.into(),
        ..Unit::default()
    };
    c.units = vec![
        unit("snv", "Sở Nội vụ", "SNV"),
        unit("stc", "Sở Tài chính", "STC"),
        unit("vp", "Văn phòng", "VP"),
    ];
    c
}

impl Table {
    fn new() -> Table {
        Table::opened_while_typing("")
    }

    fn opened_while_typing(typed_ahead: &str) -> Table {
        let now = NaiveDate::from_ymd_opt(2021, 7, 13).unwrap().and_hms_opt(8, 0, 0).unwrap();
        let start = Start {
            now: Now { wall: now, since_start: Duration::ZERO },
            today: None,
            utc_offset: "+07:00".into(),
            size: (80, 24),
            demo: false,
            seed: 7,
        };
        let (app, problems) = App::new(&Settings::default(), start);
        assert_eq!(problems, []);
        let mut table = Table { app, now, since: Duration::ZERO, effects: Vec::new() };
        let library = Library { committees: vec![committee().into()], ..Library::default() };
        table.tell(Event::Loaded(Box::new(library)));
        table.app.enter_meeting("2021-07-13-so-ket", None);
        table.keys(typed_ahead);
        let record = AnyRecord::Meeting(meeting());
        let opened = Opened { record, access: Access::Write, problems: 0 };
        let key = RecordKey::Meeting("2021-07-13-so-ket".into());
        table.tell(Event::Opened { key, result: Ok(opened) });
        assert_eq!(table.app.place, Place::Meeting);
        table
    }

    fn tell(&mut self, event: Event) {
        let now = Now { wall: self.now, since_start: self.since };
        let effects = self.app.update(event, now);
        self.effects.extend(effects);
    }

    /// Presses keys, half a second apart.
    fn keys(&mut self, keys: &str) -> &mut Self {
        for key in script(keys).unwrap() {
            self.now += TimeDelta::milliseconds(500);
            self.since += Duration::from_millis(500);
            self.tell(Event::Input(Input::Key(key)));
        }
        self
    }

    fn paste(&mut self, text: &str) -> &mut Self {
        self.tell(Event::Input(Input::Paste(text.into())));
        self
    }

    fn meeting(&self) -> &Meeting {
        self.app.current_meeting().unwrap()
    }

    fn texts(&self) -> Vec<&str> {
        self.meeting().notes.iter().map(|note| note.text.as_str()).collect()
    }
}

#[test]
fn enter_opens_the_meeting_and_lines_carry_item_speaker_and_the_time_of_their_first_key() {
    let mut table = Table::new();
    table.keys("<enter>");
    assert_eq!(table.meeting().stage(), Stage::Live);
    table.keys("Xin chào<enter>");
    let note = &table.meeting().notes[0];
    assert_eq!(
        (note.text.as_str(), note.speaker.as_str(), note.item.as_str()),
        ("Xin chào", "quang", "aaaaaaa1")
    );
    assert_eq!(note.at.unwrap().to_string(), "2021-07-13 08:00:01");
    assert_eq!(table.meeting().turns.len(), 1);
    assert!(table.app.meeting.line.is_empty());
}

#[test]
fn keys_typed_while_the_file_is_being_opened_reach_the_meeting() {
    let table = Table::opened_while_typing("<enter>chào<enter>");
    assert_eq!(table.texts(), ["chào"]);
    assert_eq!(table.meeting().stage(), Stage::Live);
}

#[test]
fn a_speaker_takes_three_keys_and_the_next_item_two() {
    let mut table = Table::new();
    table.keys("<enter>a<enter><f3><enter>");
    assert!(table.meeting().agenda[1].started.is_some());
    table.keys("@tai<enter>b<enter>@1<enter>c<enter>@@ d<enter>");
    let speakers: Vec<&str> = table.meeting().notes.iter().map(|note| note.speaker.as_str()).collect();
    assert_eq!(speakers, ["quang", "tai", "quang", "tai"]);
    assert_eq!(table.texts(), ["a", "b", "c", "d"]);
    table.keys("@Ông Khách lạ<enter>e<enter>");
    assert_eq!(table.meeting().notes[4].speaker, "Ông Khách lạ");
}

#[test]
fn every_printable_key_inserts_itself() {
    let mut table = Table::new();
    let all: String = (' '..='~')
        .chain("àáâãèéêìíòóôõùúăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ€中".chars())
        .collect();
    let line = format!(" x{all}");
    for c in line.chars() {
        table.tell(Event::Input(Input::Key(crate::app::key::Key::char(c))));
    }
    assert_eq!(table.app.meeting.line.text(), line);
    assert!(table.meeting().notes.is_empty());
}

#[test]
fn a_line_becomes_a_task_with_owner_and_deadline_in_eight_keys() {
    let mut table = Table::new();
    table.keys("<enter>Rà soát quy chế<f4>nv<tab>159<enter>");
    let task = &table.meeting().tasks[0];
    assert_eq!(task.lead, ["snv"]);
    assert_eq!(task.due, NaiveDate::from_ymd_opt(2021, 9, 15));
    assert_eq!(task.due_kind, Some(DueKind::Date));
    assert_eq!(task.content, "Rà soát quy chế");
    assert_eq!(task.note, table.meeting().notes[0].id);
    assert_eq!(table.meeting().units[0].name, "Sở Nội vụ");
    assert!(table.app.popups.is_empty());
}

#[test]
fn a_line_that_says_everything_is_a_task_at_once() {
    let mut table = Table::new();
    table.keys("<enter>!Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát biên chế, xong trước ngày 15/9<enter>");
    let task = &table.meeting().tasks[0];
    assert_eq!(
        (task.lead.as_slice(), task.support.as_slice()),
        (&["snv".to_owned()][..], &["stc".to_owned()][..])
    );
    assert!(task.before);
    assert!(table.app.popups.is_empty());
    table.keys("<ctrl-z>");
    assert!(table.meeting().tasks.is_empty() && table.meeting().notes.is_empty());
    table.keys("<ctrl-y>");
    assert_eq!(table.meeting().tasks.len(), 1);
}

#[test]
fn the_wrong_speaker_of_five_lines_is_put_right_in_eight_keys() {
    let mut table = Table::new();
    table.keys("<enter>@tai<enter>0<enter>@chau<enter>1<enter>2<enter>3<enter>4<enter>5<enter>");
    table.keys("<up><shift-up><shift-up><shift-up><shift-up><f2>2<enter>");
    let speakers: Vec<&str> = table.meeting().notes.iter().map(|note| note.speaker.as_str()).collect();
    assert_eq!(speakers, ["tai", "tai", "tai", "tai", "tai", "tai"]);
    assert_eq!(table.meeting().turns.iter().filter(|turn| turn.speaker == "chau").count(), 0);
    table.keys("6<enter>");
    assert_eq!(table.meeting().notes[6].speaker, "tai");
}

#[test]
fn lines_of_a_conclusion_item_are_numbered_conclusions() {
    let mut table = Table::new();
    table.keys("<enter>#3<enter>Biểu dương các cấp<enter>Đẩy mạnh tuyên truyền<enter>");
    let conclusions: Vec<_> =
        table.meeting().conclusions.iter().map(|c| (c.number, c.text.as_str())).collect();
    assert_eq!(conclusions, [(Some(1), "Biểu dương các cấp"), (Some(2), "Đẩy mạnh tuyên truyền")]);
    assert_eq!(table.app.meeting.speaker, "quang");
    table.keys("<up><enter><end> mạnh hơn<enter>");
    assert_eq!(table.meeting().conclusions[1].text, "Đẩy mạnh tuyên truyền mạnh hơn");
    assert_eq!(table.meeting().notes[1].text, "Đẩy mạnh tuyên truyền mạnh hơn");
}

#[test]
fn a_spoken_sentence_is_cut_into_tasks_in_one_step() {
    let mut table = Table::new();
    table.keys("<enter>#3<enter>Giao Sở Nội vụ rà soát quy chế trước ngày 15/9; báo cáo Ban Chỉ đạo trong quý III; giao Sở Tài chính bố trí kinh phí<enter>");
    table.keys("<f6>");
    table.keys("<enter>");
    let tasks: Vec<_> =
        table.meeting().tasks.iter().map(|t| (t.number, t.lead.join(","), t.due.is_some())).collect();
    let expected =
        [(Some(1), "snv".into(), true), (Some(2), "snv".into(), true), (Some(3), "stc".into(), false)];
    assert_eq!(tasks, expected);
    assert_eq!(table.meeting().notes.len(), 1);
    assert!(table.meeting().tasks.iter().all(|task| !task.quote.is_empty() && task.basis.len() == 1));
    table.keys("<ctrl-z>");
    assert!(table.meeting().tasks.is_empty());
}

#[test]
fn a_new_cut_falls_where_the_next_assignment_begins() {
    let mut table = Table::new();
    table.keys("<enter>#3<enter>Sở Nội vụ rà soát toàn bộ quy chế, quy trình làm việc của các đơn vị trong quý III, Văn phòng đôn đốc và báo cáo<f6>");
    table.keys(".<down>-<enter>");
    let quotes: Vec<&str> = table.meeting().tasks.iter().map(|task| task.quote.as_str()).collect();
    let expected = [
        "Sở Nội vụ rà soát toàn bộ quy chế, quy trình làm việc của các đơn vị trong quý III",
        "Văn phòng đôn đốc và báo cáo",
    ];
    assert_eq!(quotes, expected);
    assert_eq!(table.meeting().tasks[1].due_kind, Some(DueKind::None));
}

#[test]
fn a_clause_confirmed_without_deadline_is_still_read_anew_when_its_cut_moves() {
    let mut table = Table::new();
    table.keys("<enter>Sở Nội vụ rà soát quy chế, Văn phòng đôn đốc các nơi<f6>-<insert><enter>");
    let task = &table.meeting().tasks[0];
    assert_eq!((task.content.as_str(), task.due_kind), ("Rà soát quy chế", Some(DueKind::None)));
    table.keys("Sở Tài chính trình trước ngày 15/9<f6>-<enter>");
    let task = &table.meeting().tasks[2];
    assert_eq!((task.due_kind, task.due, task.due_text.as_str()), (Some(DueKind::None), None, ""));
}

#[test]
fn a_clause_takes_owner_and_deadline_typed_short() {
    let mut table = Table::new();
    table.keys(
        "<enter>Giao Sở Nội vụ rà soát trong quý III; tập huấn lại<f6><down><tab>stc<tab>159<enter><enter>",
    );
    let task = &table.meeting().tasks[1];
    assert_eq!((task.lead.join(","), task.due), ("stc".into(), NaiveDate::from_ymd_opt(2021, 9, 15)));
    table.keys("Giao Văn phòng trực<f6><tab>*<enter><enter>");
    assert_eq!(table.meeting().tasks[2].due_kind, Some(DueKind::Ongoing));
}

#[test]
fn words_of_a_conclusion_are_numbered_once() {
    let said = "Biểu dương các cấp; giao Sở Nội vụ rà soát trong quý III";
    let mut table = Table::new();
    table.keys(&format!("<enter>#3<enter>{said}<f6><enter>"));
    let numbered = |table: &Table| -> Vec<String> {
        table.meeting().conclusions.iter().map(|c| c.text.clone()).collect()
    };
    assert_eq!(numbered(&table), [said]);
    table.keys(&format!("<ctrl-z>{said}<f6><space><space><enter>"));
    assert_eq!(numbered(&table), ["Biểu dương các cấp"], "the clause stands for itself, and nothing twice");
}

#[test]
fn after_a_new_line_the_verbs_work_on_that_line() {
    let mut table = Table::new();
    table.keys("<enter>một<enter>hai<enter>ba<enter><up><shift-up><f2>tai<enter>bốn<enter>=<enter>");
    let concluded: Vec<&str> = table.meeting().conclusions.iter().map(|c| c.text.as_str()).collect();
    assert_eq!(concluded, ["bốn"]);
}

#[test]
fn lines_added_afterwards_follow_one_another_under_the_chosen_one() {
    let mut table = Table::new();
    table.keys("<enter>một<enter>hai<enter>/bemac<enter><enter>");
    table.keys("<up><up>a<enter>b<enter>");
    assert_eq!(table.texts(), ["một", "a", "b", "hai"]);
}

#[test]
fn times_are_whole_seconds() {
    let mut table = Table::new();
    table.keys("<enter>một<enter>@tai<enter>hai<enter>/den chau<enter>/nghi<enter>");
    let m = table.meeting();
    let mut times: Vec<NaiveDateTime> = m.notes.iter().filter_map(|note| note.at).collect();
    times.extend(m.turns.iter().flat_map(|turn| [turn.from, turn.to]).flatten());
    times.extend(m.head.opened.into_iter().chain(m.head.pauses[0].from));
    assert!(
        times.len() > 5 && times.iter().all(|at| at.and_utc().timestamp_subsec_nanos() == 0),
        "{times:?}"
    );
}

#[test]
fn a_line_of_the_second_in_which_the_speaker_changed_keeps_its_turn() {
    let mut table = Table::new();
    table.keys("<enter>@tai<enter>").paste("một\n");
    table.now -= TimeDelta::seconds(3);
    table.keys("@chau<enter>");
    assert_eq!(table.meeting().notes[0].at, table.meeting().turns.last().unwrap().from);
    table.keys("hai<enter><up><f2>quang<enter>");
    assert_eq!(table.meeting().turns.last().unwrap().speaker, "quang");
}

#[test]
fn the_walk_through_gaps_confirms_no_deadline_in_one_key() {
    let mut table = Table::new();
    table.keys("<enter>!Giao Sở Nội vụ rà soát<enter><esc>!Giao Văn phòng theo dõi<enter><esc>");
    assert_eq!(table.meeting().tasks.len(), 2);
    table.keys("<f7>-");
    assert_eq!(table.meeting().tasks[0].due_kind, Some(DueKind::None));
    table.keys("*");
    assert_eq!(table.meeting().tasks[1].due_kind, Some(DueKind::Ongoing));
    table.keys("<f7>");
    assert!(table.app.popups.is_empty());
}

#[test]
fn pasted_lines_become_lines_and_are_never_interpreted() {
    let mut table = Table::new();
    table.keys("<enter>");
    table.paste("!không phải nhiệm vụ\r\n/thoat\n@ai đó\nphần cuối");
    assert_eq!(table.texts(), ["!không phải nhiệm vụ", "/thoat", "@ai đó"]);
    assert_eq!(table.app.meeting.line.text(), "phần cuối");
    table.keys("<enter>");
    assert_eq!(table.meeting().notes.len(), 4);
    assert!(table.meeting().tasks.is_empty());
    table.paste("=một dòng").keys("<enter>");
    assert_eq!(table.texts()[4], "=một dòng");
    table.keys("<ctrl-z><ctrl-z>");
    assert_eq!(table.meeting().notes.len(), 3);
}

#[test]
fn prepared_texts_are_entered_one_key_each_as_said_or_changed() {
    let mut table = Table::new();
    table.keys("/soan ").paste("Một\nHai\nBa\n");
    assert_eq!(table.meeting().prepared.len(), 3);
    table.keys("#3<enter><down><enter><enter>");
    assert_eq!(table.texts(), ["Một", "Hai"]);
    assert_eq!(table.meeting().conclusions.len(), 2);
    table.keys("<tab> phẩy<enter>");
    assert_eq!(table.texts()[2], "Ba phẩy");
    assert!(table.meeting().prepared.iter().all(|text| !text.note.is_empty()));
}

#[test]
fn a_question_is_answered_with_the_typed_line_kept() {
    let mut table = Table::new();
    table.keys("<enter>=Thống nhất chủ trương<enter>dở dang<ctrl-k>kl 1<enter>");
    assert_eq!(table.app.meeting.line.text(), "dở dang");
    assert_eq!(table.app.popups.len(), 1);
    table.keys(" thêm<enter>");
    assert_eq!(table.texts()[1], "dở dang thêm");
    assert_eq!(table.app.popups.len(), 1, "the answer stays until Esc");
    table.keys("<esc>");
    assert!(table.app.popups.is_empty());
}

#[test]
fn esc_never_discards_text_and_esc_letter_types_the_letter() {
    let mut table = Table::new();
    table.keys("<enter>abc<esc><esc>");
    assert_eq!(table.app.meeting.line.text(), "abc");
    assert_eq!(table.app.place, Place::Meeting);
    table.keys("<f2><alt-d>");
    assert!(table.app.popups.is_empty());
    assert_eq!(table.app.meeting.line.text(), "abcd");
}

#[test]
fn deleted_lines_come_back_with_their_tasks() {
    let mut table = Table::new();
    table.keys("<enter>một<enter>!Giao SNV làm hai trong quý III<enter><esc>ba<enter><up><up><delete>");
    assert_eq!(table.texts(), ["một", "ba"]);
    assert!(table.meeting().tasks.is_empty());
    table.keys("<ctrl-z>");
    assert_eq!(table.meeting().notes.len(), 3);
    assert_eq!(table.meeting().tasks.len(), 1);
}

#[test]
fn outside_a_live_meeting_a_line_writes_only_its_note() {
    let mut table = Table::new();
    table.keys("<enter>một<enter>/bemac<enter><enter>");
    assert_eq!(table.meeting().stage(), Stage::Closed);
    let (turns, agenda) = (table.meeting().turns.clone(), table.meeting().agenda.clone());
    let at = table.meeting().notes[0].at;
    table.keys("hai<enter>");
    assert_eq!(table.texts(), ["một", "hai"]);
    assert_eq!(table.meeting().notes[1].at, at);
    assert_eq!((&table.meeting().turns, &table.meeting().agenda), (&turns, &agenda));
}

#[test]
fn a_vote_is_counted_and_said_in_a_line() {
    let mut table = Table::new();
    table.keys("<enter>/bq 40 0 1 thông qua báo cáo<enter><enter>");
    let vote = &table.meeting().votes[0];
    assert_eq!(
        (vote.r#for, vote.against, vote.abstain, vote.result),
        (Some(40), Some(0), Some(1), Some(VoteResult::Adopted))
    );
    assert_eq!(table.meeting().notes[0].kind, Some(NoteKind::Vote));
}

#[test]
fn a_removed_line_leaves_no_reference_behind_and_no_history_is_lost() {
    let mut table = Table::new();
    table.keys("<enter>=Thống nhất<enter>!Giao SNV làm trong quý III<enter><esc>/bq 2 0 0 việc này<enter>");
    let now = table.app.desk.now;
    let id = table.app.meeting.id.clone();
    let change = |m: &mut Meeting| {
        m.tasks[0].basis = vec![m.conclusions[0].id.clone()];
        m.tasks[0].extensions.push(Extension::default());
    };
    table.app.sessions.change(&id, "step.edit", now, change).unwrap();
    table.keys("<up><shift-up><shift-up><delete>");
    let m = table.meeting();
    assert!(m.notes.is_empty() && m.conclusions.is_empty());
    assert_eq!((m.tasks.len(), m.votes.len()), (1, 1));
    assert_eq!((m.tasks[0].note.as_str(), m.tasks[0].basis.len(), m.votes[0].note.as_str()), ("", 0, ""));
    table.keys("<ctrl-z>");
    assert_eq!(table.meeting().tasks[0].basis.len(), 1);
}

#[test]
fn late_arrivals_take_their_time() {
    let mut table = Table::new();
    table.keys("<enter>/den chau<enter>");
    assert_eq!(table.meeting().seat("chau").unwrap().presence, Some(Presence::Late));
    table.keys("<f8>tai<f4>");
    assert_eq!(table.meeting().seat("tai").unwrap().presence, Some(Presence::Late));
    assert!(table.meeting().seat("tai").unwrap().arrived.is_some());
    table.keys("<esc>");
    assert_eq!(table.app.place, Place::Meeting);
}

#[test]
fn an_approved_record_takes_no_lines_and_keeps_the_typed_text() {
    let mut table = Table::new();
    table.keys("<enter>một<enter>");
    let now = table.app.desk.now;
    table
        .app
        .sessions
        .change("2021-07-13-so-ket", "step.close", now, |m| m.head.stage = Some(Stage::Approved))
        .unwrap();
    table.keys("hai<enter>");
    assert_eq!(table.texts(), ["một"]);
    assert_eq!(table.app.meeting.line.text(), "hai");
}
