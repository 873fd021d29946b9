//! Everything recorded beside the lines can be seen, corrected and taken out by keys, and so can the lines: what is on
//! disk says what was meant, one undo takes back one step.

use std::fs;
use std::path::{Path, PathBuf};

use steerco::app::Place;
use steerco::app::board::BoardView;
use steerco::app::popup::{Page, Popup, Then};
use steerco::domain::kinds::{DueKind, Every, NoteKind, Part, VoteMethod, VoteResult};
use steerco::domain::meeting::Meeting;
use steerco::store::meeting_file::read;

use crate::desk::{Desk, workspace};

const MEETING: &str = "2026-08-15-phien-hop";
const OTHER: &str = "2026-08-16-phien-sau";

/// Three people, a unit, a live meeting.
fn office() -> (tempfile::TempDir, PathBuf) {
    let (folder, root) = workspace(&[MEETING, OTHER]);
    let committee = root.join("committees/bcd.toml");
    let text = fs::read_to_string(&committee).unwrap();
    let units = "\n[[units]]\nid = \"snv\"\nname = \"Sở Nội vụ\"\nshort = \"SNV\"\n\n[[units]]\nid = \"stc\"\n\
                 name = \"Sở Tài chính\"\nshort = \"STC\"\n";
    fs::write(&committee, text + units).unwrap();
    let seat = |id: &str, name: &str, role: &str| {
        format!("\n[[seats]]\nid = \"{id}\"\nname = \"{name}\"\nrole = \"{role}\"\npresence = \"present\"\n")
    };
    let seats = seat("quang", "Trần Minh Quang", "chair")
        + &seat("hoa", "Nguyễn Thị Hoa", "member")
        + &seat("bao", "Lê Văn Bảo", "member");
    let items =
        "\n[[agenda]]\nid = \"bbbbbbbb\"\nkind = \"conclusion\"\ntitle = \"Kết luận\"\nminutes = 20\n";
    append(&root, MEETING, &(items.to_owned() + &seats));
    (folder, root)
}

fn path(root: &Path, id: &str) -> PathBuf {
    root.join(format!("meetings/2026/{id}.toml"))
}

fn append(root: &Path, id: &str, more: &str) {
    let text = fs::read_to_string(path(root, id)).unwrap();
    fs::write(path(root, id), text + more).unwrap();
}

fn filed(desk: &mut Desk) -> Meeting {
    desk.rest();
    read(desk.file().as_bytes()).unwrap().record
}

fn news(desk: &Desk) -> &str {
    &desk.app().desk.news.text
}

fn texts(meeting: &Meeting) -> Vec<&str> {
    meeting.notes.iter().map(|note| note.text.as_str()).collect()
}

/// Undoing one step gives the file as it was before the keys.
fn one_step(desk: &mut Desk, keys: &str) {
    desk.rest();
    let before = desk.file();
    desk.keys(keys).rest();
    assert_ne!(desk.file(), before, "{keys}: {}", news(desk));
    let after = desk.file();
    desk.keys("<ctrl-z>").rest();
    assert_eq!(desk.file(), before, "{keys} is one step");
    desk.keys("<ctrl-y>").rest();
    assert_eq!(desk.file(), after, "{keys} is done again");
}

fn list(desk: &Desk) -> Vec<String> {
    match desk.app().popups.last() {
        Some(Popup::Page(Page { then: Then::Facts(_), lines, .. })) => {
            lines.iter().map(|line| line.text.clone()).collect()
        }
        other => panic!("no list: {other:?}"),
    }
}

#[test]
fn a_vote_says_what_was_decided_even_against_its_counts() {
    let (_folder, root) = office();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("/bq<enter>25<tab>15<tab>1<tab>Thông qua Đề án<tab><right><tab><right><right><enter>");
    let meeting = filed(&mut desk);
    let vote = &meeting.votes[0];
    assert_eq!((vote.r#for, vote.against, vote.abstain), (Some(25), Some(15), Some(1)));
    assert_eq!((vote.method, vote.result), (Some(VoteMethod::SecretBallot), Some(VoteResult::Rejected)));
    assert_eq!(vote.item, "aaaaaaaa");
    assert!(texts(&meeting)[0].ends_with("không thông qua"), "{:?}", texts(&meeting));
    // Corrected: the line follows while it says no more than the vote.
    one_step(&mut desk, "<ctrl-o><enter>28<enter>");
    let meeting = filed(&mut desk);
    assert_eq!((meeting.votes[0].r#for, meeting.votes[0].result), (Some(28), Some(VoteResult::Rejected)));
    assert!(texts(&meeting)[0].contains("tán thành 28"), "{:?}", texts(&meeting));
    // Put off without a count, under another item.
    desk.keys("<esc>/bq Đề án hai<enter><shift-tab><shift-tab><right><right><right><tab><right><enter>");
    let meeting = filed(&mut desk);
    let vote = &meeting.votes[1];
    assert_eq!((vote.r#for, vote.result, vote.item.as_str()), (None, Some(VoteResult::Deferred), "bbbbbbbb"));
    assert_eq!(meeting.notes[1].item, "bbbbbbbb");
    // A line that was rewritten by hand stays.
    desk.keys("<up><enter> (ghi thêm)<enter><esc><ctrl-o><down><enter>3<enter>");
    let meeting = filed(&mut desk);
    assert!(meeting.notes[1].text.ends_with("(ghi thêm)"), "{:?}", texts(&meeting));
    assert_eq!(meeting.votes[1].r#for, Some(3));
}

#[test]
fn the_list_counts_corrects_removes_and_leads_to_the_line() {
    let (_folder, root) = office();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("@hoa<enter>Đăng ký 2.226 mô hình<enter>/so Mô hình 2.226<enter><enter>");
    desk.keys("Khen thưởng<enter>/khen Bằng khen<enter>UBND tỉnh<tab>4<tab>33<enter>");
    desk.keys("Có văn bản kèm theo<enter>/tl Quy định<enter>23-QĐ/TW<tab>30/7/2021<enter>");
    let meeting = filed(&mut desk);
    assert_eq!(meeting.figures[0].note, meeting.notes[0].id);
    desk.keys("<ctrl-o>");
    let lines = list(&desk);
    assert!(lines.contains(&"Số liệu (1)".to_owned()), "{lines:?}");
    assert!(lines.contains(&"Bằng khen, UBND tỉnh, tập thể 4, cá nhân 33".to_owned()), "{lines:?}");
    assert!(lines.contains(&"23-QĐ/TW, 30/07/2021, Quy định".to_owned()), "{lines:?}");
    one_step(&mut desk, "<enter><tab>2.300<enter>");
    assert!(list(&desk).iter().any(|line| line.contains("2.300")), "the list shows it at once");
    one_step(&mut desk, "<down><enter><tab><tab>5<enter>");
    assert_eq!(filed(&mut desk).awards[0].collectives, Some(5));
    desk.keys("<down><enter><tab><tab>31/13<enter>");
    assert!(news(&desk).contains("ngày"), "{}", news(&desk));
    desk.keys("1/8/2021<enter>");
    assert_eq!(filed(&mut desk).documents[0].date, chrono::NaiveDate::from_ymd_opt(2021, 8, 1));
    one_step(&mut desk, "<delete>");
    let meeting = filed(&mut desk);
    assert_eq!((meeting.documents.len(), meeting.notes.len()), (0, 3), "the line stays");
    // Up to the figure and to its line.
    desk.keys("<up><up><up><tab>");
    assert!(desk.app().popups.is_empty());
    assert_eq!(desk.app().selected_notes(), [meeting.notes[0].id.clone()]);
    desk.keys("<esc>/kem khen<enter>");
    assert_eq!(list(&desk)[0], "Khen thưởng (1)");
}

#[test]
fn the_queue_is_listed_ordered_heard_and_cleared() {
    let (_folder, root) = office();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("/dk hoa: ba kiến nghị<enter>/dk bao<enter>/dk quang<enter>/dk<enter>");
    assert_eq!(list(&desk).len(), 4);
    one_step(&mut desk, "<ctrl-down>");
    let order =
        |meeting: &Meeting| meeting.queue.iter().map(|row| row.speaker.clone()).collect::<Vec<_>>().join(" ");
    assert_eq!(order(&filed(&mut desk)), "bao hoa quang");
    one_step(&mut desk, "<ctrl-d>");
    let meeting = filed(&mut desk);
    assert!(meeting.queue[1].done && !meeting.queue[0].done);
    one_step(&mut desk, "<enter>bốn kiến nghị<tab><right><enter>");
    let meeting = filed(&mut desk);
    assert_eq!((meeting.queue[1].topic.as_str(), meeting.queue[1].done), ("bốn kiến nghị", false));
    assert_eq!(meeting.queue[1].speaker, "hoa", "the name that was not touched is the same person");
    one_step(&mut desk, "<delete>");
    assert_eq!(order(&filed(&mut desk)), "bao quang");
    desk.keys("<insert>Nguyễn Thị Hoa<enter>");
    assert_eq!(order(&filed(&mut desk)), "bao quang hoa");
    desk.keys("<esc>/moi<enter>");
    assert_eq!(desk.app().meeting.speaker, "bao");
}

#[test]
fn a_turn_is_corrected_in_speaker_and_time_and_its_neighbours_follow() {
    let (_folder, root) = office();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("@hoa<enter>Một<enter>").at("2026-08-15T08:40:00");
    desk.keys("@bao<enter>Hai<enter>").at("2026-08-15T08:50:00");
    desk.keys("@quang<enter>Ba<enter>");
    desk.keys("/kem luot<enter>");
    assert!(list(&desk)[1].contains("08:30-08:40 10' Nguyễn Thị Hoa"), "{:?}", list(&desk));
    one_step(&mut desk, "<down><enter>8:36<tab>8:52<enter>");
    let meeting = filed(&mut desk);
    let times = |n: usize| {
        let time = |at: Option<chrono::NaiveDateTime>| at.map(|at| at.format("%H:%M").to_string());
        (time(meeting.turns[n].from).unwrap(), time(meeting.turns[n].to).unwrap_or_default())
    };
    assert_eq!(times(0), ("08:30".into(), "08:36".into()));
    assert_eq!(times(1), ("08:36".into(), "08:52".into()));
    assert_eq!(times(2), ("08:52".into(), String::new()));
    desk.keys("<enter><tab>8:10<enter>");
    assert!(news(&desk).contains("trước"), "{}", news(&desk));
    desk.keys("<esc>");
    one_step(&mut desk, "<enter><shift-tab>hoa<enter>");
    assert_eq!(filed(&mut desk).turns[1].speaker, "hoa");
}

#[test]
fn conclusions_get_their_numbers_and_parts_together_and_become_lines_again() {
    let (_folder, root) = office();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("@quang<enter>=Một<enter>=Hai<enter>Ba<enter>!Giao SNV rà soát > snv > -<enter>");
    one_step(&mut desk, "<up><up><shift-up><shift-up><f5>");
    let numbers =
        |meeting: &Meeting| meeting.conclusions.iter().map(|c| c.number.unwrap_or(0)).collect::<Vec<_>>();
    assert_eq!(numbers(&filed(&mut desk)), [1, 2, 3]);
    one_step(&mut desk, "<f5><right><right><right><enter>");
    assert!(filed(&mut desk).conclusions.iter().all(|row| row.part == Some(Part::Specific)));
    one_step(&mut desk, "<f5><shift-tab>4<enter>");
    assert_eq!(numbers(&filed(&mut desk)), [4, 5, 6]);
    // A number that is taken is refused, and the form stays with what was typed.
    desk.keys("<esc><up><up><up><up><f5><shift-tab>5<enter>");
    assert!(news(&desk).contains("số khác"), "{}", news(&desk));
    assert!(desk.screen(100, 30).contains("số 5 đang là: Hai"), "{}", desk.screen(100, 30));
    desk.keys("9<enter>");
    assert_eq!(numbers(&filed(&mut desk)), [9, 5, 6]);
    // The words of a conclusion may differ from what was said.
    one_step(&mut desk, "<f5><tab>Một, được nói gọn lại<enter>");
    let meeting = filed(&mut desk);
    assert_eq!((meeting.conclusions[0].text.as_str(), texts(&meeting)[0]), ("Một, được nói gọn lại", "Một"));
    // A task that rests on a conclusion rests on its line afterwards, and on the conclusion when it is one again.
    desk.keys("<esc><f10>ra soat<ctrl-e><shift-tab><shift-tab>KL9; 23-QĐ/TW<enter><esc><esc>");
    let meeting = filed(&mut desk);
    assert_eq!(meeting.tasks[0].basis, [meeting.conclusions[0].id.clone(), "23-QĐ/TW".into()]);
    desk.keys("<up><up><up><up>");
    one_step(&mut desk, "/bokl<enter>");
    let meeting = filed(&mut desk);
    assert_eq!(numbers(&meeting), [5, 6], "the other numbers stay");
    assert_eq!((meeting.notes[0].kind, &meeting.tasks[0].basis[0]), (None, &meeting.notes[0].id));
    desk.keys("<up><up><up><up><f5>");
    let meeting = filed(&mut desk);
    assert_eq!(meeting.tasks[0].basis[0], meeting.conclusions.last().unwrap().id);
}

#[test]
fn lines_are_moved_timed_cut_and_joined() {
    let (_folder, root) = office();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("@hoa<enter>Một<enter>").at("2026-08-15T08:40:00");
    desk.keys("Hai; giao SNV rà soát<enter>").at("2026-08-15T08:50:00");
    desk.keys("@bao<enter>Ba<enter>#2<enter>@quang<enter>Bốn<enter>");
    one_step(&mut desk, "<up><ctrl-up>");
    let meeting = filed(&mut desk);
    assert_eq!(
        (texts(&meeting), meeting.notes[3].item.as_str()),
        (vec!["Một", "Hai; giao SNV rà soát", "Ba", "Bốn"], "aaaaaaaa")
    );
    one_step(&mut desk, "<ctrl-up>");
    assert_eq!(texts(&filed(&mut desk)), ["Một", "Hai; giao SNV rà soát", "Bốn", "Ba"]);
    desk.keys("<ctrl-down><ctrl-down>");
    // The line that began a turn takes the turn along.
    desk.keys("<esc><up><up>");
    one_step(&mut desk, "/giodong 8:45<enter>");
    let meeting = filed(&mut desk);
    assert_eq!(meeting.notes[2].at.unwrap().to_string(), "2026-08-15 08:45:00");
    assert_eq!(meeting.turns[1].from, meeting.notes[2].at);
    assert_eq!(meeting.turns[0].to, meeting.notes[2].at);
    desk.keys("<esc><up><up>/giodong 8:35<enter>");
    assert!(news(&desk).contains("thứ tự"), "{}", news(&desk));
    desk.keys("<ctrl-z>");
    // Cut before "giao": the task made of those words goes with them.
    desk.keys("<esc><up><up><up><f4>snv<enter>");
    desk.keys("<enter><home><right><right><right><right>");
    one_step(&mut desk, "<insert>");
    desk.keys("<esc>");
    let meeting = filed(&mut desk);
    assert_eq!(texts(&meeting), ["Một", "Hai;", "giao SNV rà soát", "Ba", "Bốn"]);
    assert_eq!(meeting.tasks[0].note, meeting.notes[2].id);
    assert_eq!(meeting.notes[2].at, meeting.notes[1].at);
    // And together again.
    desk.keys("<esc><up><up><up><shift-up>");
    one_step(&mut desk, "<insert>");
    let meeting = filed(&mut desk);
    assert_eq!(texts(&meeting), ["Một", "Hai; giao SNV rà soát", "Ba", "Bốn"]);
    assert_eq!(meeting.tasks[0].note, meeting.notes[1].id);
    desk.keys("<shift-down><insert>");
    assert!(news(&desk).contains("nhiều người"), "{}", news(&desk));
}

#[test]
fn a_task_is_corrected_whole_from_its_line_and_from_the_board() {
    let (_folder, root) = office();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("!Giao SNV rà soát quy chế > snv > 30/9<enter>!Giao STC bố trí kinh phí > stc > 15/10<enter>");
    one_step(&mut desk, "<up><up><f4>stc<tab>hằng tháng<tab>snv<tab>Bà Hoa<tab>Báo cáo<enter>");
    let meeting = filed(&mut desk);
    let task = &meeting.tasks[0];
    assert_eq!((task.lead.join(" "), task.support.join(" ")), ("stc".into(), "snv".into()));
    assert_eq!((task.person.as_str(), task.product.as_str()), ("Bà Hoa", "Báo cáo"));
    assert_eq!((task.due_kind, task.every), (Some(DueKind::Recurring), Some(Every::Monthly)));
    // On the Board, with the choices that overrule the words.
    desk.keys("<f10>kinh phi<enter>");
    one_step(&mut desk, "<ctrl-e><tab>trước ngày 20/10<enter>");
    assert!(filed(&mut desk).tasks[1].before);
    one_step(&mut desk, "<ctrl-e><shift-tab><shift-tab><shift-tab><right><right><enter>");
    assert!(!filed(&mut desk).tasks[1].before);
    // Numbers: taken ones and cited ones are refused.
    desk.keys("<ctrl-e><shift-tab>1<enter>");
    assert!(news(&desk).contains("số khác"), "{}", news(&desk));
    desk.keys("7<enter>");
    assert_eq!(filed(&mut desk).tasks[1].number, Some(7));
    assert_eq!(desk.app().board.view, BoardView::Detail);
    assert!(desk.screen(100, 30).contains("NV7"), "{}", desk.screen(100, 30));
    // Made by mistake.
    one_step(&mut desk, "<esc><ctrl-k>bonv<enter>");
    assert_eq!(filed(&mut desk).tasks.len(), 1);
    assert_eq!(filed(&mut desk).notes.len(), 2, "the line stays");
}

#[test]
fn a_task_with_a_history_is_not_taken_out() {
    let (_folder, root) = office();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("!Giao SNV rà soát > snv > 30/9<enter><f10><f4>đang làm<enter><ctrl-k>bonv<enter>");
    assert!(news(&desk).contains("diễn biến"), "{}", news(&desk));
    assert_eq!(filed(&mut desk).tasks.len(), 1);
}

#[test]
fn a_task_written_by_hand_without_a_number_is_opened_and_followed() {
    let (_folder, root) = office();
    append(
        &root,
        OTHER,
        "\n[[tasks]]\ncontent = \"Việc ghi tay\"\nlead = [\"snv\"]\ndue_kind = \"none\"\n\n[[tasks]]\nid = \"cccccccc\"\ncontent = \"Việc thứ hai\"\n",
    );
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("<f10>ghi tay<enter>");
    assert!(desk.screen(100, 30).contains("Việc ghi tay"), "{}", desk.screen(100, 30));
    desk.keys("<f4>đã làm<enter>").rest();
    let text = fs::read_to_string(path(&root, OTHER)).unwrap();
    let other: Meeting = read(text.as_bytes()).unwrap().record;
    assert_eq!(other.tasks[0].reports[0].text, "đã làm");
    assert!(other.tasks[1].reports.is_empty());
    desk.keys("<esc><esc>thu hai<enter>");
    assert!(desk.screen(100, 30).contains("Việc thứ hai"));
    desk.keys("<ctrl-e><shift-tab>4<enter>").rest();
    let text = fs::read_to_string(path(&root, OTHER)).unwrap();
    let other: Meeting = read(text.as_bytes()).unwrap().record;
    assert_eq!(other.tasks.iter().map(|task| task.number).collect::<Vec<_>>(), [None, Some(4)]);
}

#[test]
fn a_gap_that_is_left_is_not_visited_again() {
    let (_folder, root) = office();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("@hoa<enter>!Việc một<enter><esc>!Việc hai<enter><esc>!Việc ba<enter><esc>");
    let asked = |desk: &Desk| match desk.app().popups.last() {
        Some(Popup::Form { then: Then::TaskFields { task, .. }, .. }) => {
            let meeting = desk.app().current_meeting().unwrap();
            meeting.tasks.iter().find(|row| row.id == *task).unwrap().content.clone()
        }
        _ => String::new(),
    };
    desk.keys("<f7>");
    assert_eq!(asked(&desk), "Việc một");
    desk.keys("<ctrl-o>");
    assert_eq!(asked(&desk), "Việc hai", "the walk goes on");
    desk.keys("<f7>");
    assert_eq!(asked(&desk), "Việc ba");
    desk.keys("<f7>");
    assert_eq!(asked(&desk), "Việc hai", "what was left is passed by");
    desk.keys("<ctrl-o>");
    assert_eq!(asked(&desk), "Việc ba");
    desk.keys("<ctrl-o>");
    assert!(news(&desk).contains("3 chỗ đã để lại"), "{}", news(&desk));
    desk.keys("<f7>");
    assert!(desk.app().popups.is_empty());
    // A new gap is found.
    desk.keys("!Việc bốn<enter><esc><f7>");
    assert_eq!(asked(&desk), "Việc bốn");
}

#[test]
fn on_the_board_undo_names_what_it_would_take_back_elsewhere() {
    let (_folder, root) = office();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("!Giao SNV rà soát > snv > 30/9<enter>Dòng sau cùng<enter><f10><f4>đang làm<enter>");
    desk.keys("<ctrl-z>");
    let meeting = filed(&mut desk);
    assert!(meeting.tasks[0].reports.is_empty(), "the Board's own step goes at once");
    desk.keys("<ctrl-z>");
    assert!(news(&desk).contains("ghi dòng") && news(&desk).contains(&meeting.head.title), "{}", news(&desk));
    assert_eq!(filed(&mut desk).notes.len(), 2);
    desk.keys("<ctrl-z>");
    assert_eq!(filed(&mut desk).notes.len(), 1);
}

#[test]
fn an_approved_record_shows_its_facts_and_takes_no_corrections() {
    let (_folder, root) = office();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys(
        "@hoa<enter>Một<enter>Hai<enter>!Giao SNV rà soát > snv > 30/9<enter>/bq 3 0 0 Thông qua<enter>",
    );
    desk.keys("/bemac<enter><enter>/trinh<enter>/duyet<enter><enter>");
    desk.rest();
    let before = desk.file();
    for keys in [
        "<ctrl-o><delete>",
        "<enter>",
        "<down><delete>",
        "<insert>",
        "<esc><up><ctrl-up>",
        "<insert>",
        "/giodong 9:00<enter>",
        "<esc><up>/bokl<enter>",
        "<esc><f10><ctrl-e>",
        "<ctrl-k>bonv<enter>",
    ] {
        desk.keys(keys);
        assert!(!news(&desk).is_empty(), "{keys} says why not");
        assert!(!matches!(desk.app().popups.last(), Some(Popup::Form { .. })), "{keys} asks nothing in vain");
        desk.rest();
        assert_eq!(desk.file(), before, "{keys}");
    }
}

#[test]
fn the_board_and_the_command_line_read_the_amended_text() {
    let (_folder, root) = office();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("@quang<enter>!Giao SNV rà soát quy chế > snv > 30/9<enter>!Giao STC bố trí kinh phí > stc > -<enter>");
    desk.keys("/bemac<enter><enter>/trinh<enter>/duyet<enter><enter>").rest();
    let (first, second) = {
        let meeting = desk.app().current_meeting().unwrap();
        (meeting.tasks[0].id.clone(), meeting.tasks[1].id.clone())
    };
    drop(desk);
    append(
        &root,
        MEETING,
        &format!(
            "\n[[amendments]]\nid = \"dddddddd\"\non = 2026-08-20\ntarget = \"{first}\"\nfield = \"due\"\naction = \"replace\"\n\
         text = \"2026-10-31\"\nreason = \"nhầm ngày\"\nstatus = \"adopted\"\n\n[[amendments]]\nid = \"eeeeeeee\"\n\
         on = 2026-08-20\ntarget = \"{first}\"\nfield = \"lead\"\naction = \"replace\"\ntext = \"stc\"\nreason = \"nhầm đơn vị\"\n\
         status = \"adopted\"\n\n[[amendments]]\nid = \"ffffffff\"\non = 2026-08-20\ntarget = \"{second}\"\naction = \"strike\"\n\
         reason = \"không giao\"\nstatus = \"adopted\"\n"
        ),
    );
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("<f10>");
    let board = desk.screen(120, 30);
    assert!(board.contains("31/10") && !board.contains("kinh phí"), "{board}");
    desk.keys("<esc><up><ctrl-b>");
    assert!(news(&desk).contains("bỏ bằng đính chính"), "{}", news(&desk));
    desk.keys("<esc><f10>stc<enter>");
    let detail = desk.screen(120, 30);
    assert!(detail.contains("31/10/2026") && detail.contains("Lời đã duyệt"), "{detail}");
    assert!(
        detail.contains("30/09/2026") && detail.contains("SNV"),
        "the approved words are seen too: {detail}"
    );
    drop(desk);
    let run = |args: &[&str]| {
        let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_steerco"));
        let home = tempfile::tempdir().unwrap();
        program.args(args).arg("--workspace").arg(&root).args(["--lang", "vi", "--today", "2026-08-21"]);
        let said = program.env_clear().env("HOME", home.path()).output().unwrap();
        assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        String::from_utf8(said.stdout).unwrap()
    };
    let tasks: serde_json::Value = serde_json::from_str(&run(&["tasks", "--json"])).unwrap();
    assert_eq!(tasks.as_array().unwrap().len(), 1);
    assert_eq!((&tasks[0]["due_effective"], &tasks[0]["lead"][0]), (&"2026-10-31".into(), &"stc".into()));
    let text = run(&["show", MEETING]);
    let (amended, approved) = text.split_once("ĐÍNH CHÍNH").unwrap();
    assert!(amended.contains("2026-10-31") && !amended.contains("kinh phí >"), "{text}");
    assert!(approved.contains("Đã duyệt: 2026-09-30") && approved.contains("nhầm ngày"), "{text}");
    let record: serde_json::Value = serde_json::from_str(&run(&["show", MEETING, "--json"])).unwrap();
    assert_eq!(record["tasks"][0]["due"], "2026-09-30", "the record is what was approved");
}

#[test]
fn a_record_corrected_all_over_is_sound() {
    let (_folder, root) = office();
    let mut desk = Desk::open(&root, MEETING);
    desk.keys("@hoa<enter>Một; hai<enter>=Ba<enter>!Giao SNV rà soát > snv > 30/9<enter>/bq 3 0 0 Q<enter>/tl A<enter>1<enter>");
    desk.keys("<up><up><up><up><enter><home><right><right><right><insert><esc><esc>");
    desk.keys("<up><up><up><up><shift-up><insert><esc>/dk hoa<enter>/dk<enter><delete><esc>");
    let meeting = filed(&mut desk);
    assert_eq!(meeting.notes[0].text, "Một; hai");
    assert!(meeting.notes.iter().any(|note| note.kind == Some(NoteKind::Conclusion)));
    assert_eq!(desk.app().place, Place::Meeting);
    let problems = read::<Meeting>(desk.file().as_bytes()).unwrap().problems;
    assert!(problems.is_empty(), "{problems:?}");
}
