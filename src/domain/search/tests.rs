//! Searching a small archive.

use super::*;
use crate::domain::meeting::{Conclusion, Document, Task, UnitName};

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

fn archive() -> (Vec<Meeting>, Vec<Committee>) {
    let mut first = Meeting::default();
    first.head.id = "2021-07-13-so-ket".into();
    first.head.title = "Sơ kết 6 tháng đầu năm 2021".into();
    first.head.committee = "bcd-qcdc".into();
    first.head.date = day("2021-07-13");
    first.units.push(UnitName { id: "snv".into(), name: "Sở Nội vụ".into(), ..UnitName::default() });
    let seat = |id: &str, name: &str| Seat { id: id.into(), name: name.into(), ..Seat::default() };
    first.seats =
        vec![Seat { unit: "snv".into(), ..seat("quang", "Nguyễn Đình Quang") }, seat("khach", "Lê Duy Quý")];
    let note = |id: &str, speaker: &str, text: &str| Note {
        id: id.into(),
        speaker: speaker.into(),
        text: text.into(),
        ..Note::default()
    };
    first.notes = vec![
        Note { kind: Some(NoteKind::Proposal), ..note("n1", "quang", "Đề nghị rà soát đất đai") },
        note("n2", "khach", "Dự thảo quy chế dân chủ; đất đá"),
    ];
    first.conclusions.push(Conclusion {
        id: "k1".into(),
        text: "Rà soát đất đai toàn tỉnh".into(),
        note: "n1".into(),
        ..Conclusion::default()
    });
    first.documents.push(Document {
        id: "v1".into(),
        number: "23-QĐ/TW".into(),
        title: "Quy định thi hành Điều lệ".into(),
        ..Document::default()
    });
    let mut second = Meeting::default();
    second.head.id = "2022-01-13-tong-ket".into();
    second.head.title = "Tổng kết năm 2021".into();
    second.head.committee = "digital".into();
    second.head.date = day("2022-01-13");
    second.seats = vec![seat("khach", "Lê Duy Quý")];
    second.notes = vec![note("m1", "khach", "Rà soát đất đai lần hai")];
    second.tasks.push(Task {
        id: "t1".into(),
        content: "Hoàn thiện báo cáo".into(),
        product: "Bản đồ đất đai".into(),
        ..Task::default()
    });
    let mut committee = Committee::default();
    committee.head.id = "bcd-qcdc".into();
    committee.head.name = "Ban Chỉ đạo thực hiện Quy chế dân chủ".into();
    committee.members.push(Member {
        id: "quang".into(),
        name: "Nguyễn Đình Quang".into(),
        titles: vec!["Giám đốc Sở Nội vụ".into()],
        ..Member::default()
    });
    (vec![first, second], vec![committee])
}

fn found_here(typed: &str, here: &str) -> Vec<String> {
    let (meetings, committees) = archive();
    let known = [ShortForm { short: "QCDC".into(), long: "Quy chế dân chủ".into() }];
    let sheets: Vec<Sheet> = meetings.iter().map(Sheet::of).collect();
    let committee = |meeting: &Meeting| committees.iter().find(|c| c.head.id == meeting.head.committee);
    let sources: Vec<Source<'_>> = meetings
        .iter()
        .zip(&sheets)
        .map(|(meeting, sheet)| Source { meeting, committee: committee(meeting), sheet })
        .collect();
    let all: Vec<&Committee> = committees.iter().collect();
    let hits = search(&Search::read(typed, &known), &sources, &all, here);
    hits.iter().map(|hit| format!("{} {}", hit.kind.word(), hit.id)).collect()
}

fn found(typed: &str) -> Vec<String> {
    found_here(typed, "")
}

#[test]
fn the_closest_come_first_then_the_latest() {
    assert_eq!(found("đất đai"), ["note m1", "task t1", "note n1", "conclusion k1"]);
    assert_eq!(found("dat dai"), ["note m1", "task t1", "note n1", "conclusion k1"]);
    assert_eq!(found("\"rà soát đất đai\""), ["note m1", "note n1", "conclusion k1"]);
    assert_eq!(found("soát rà toàn"), ["conclusion k1"]);
    assert_eq!(found("đất -đai"), ["note n2"]);
    assert!(found("").is_empty() && found("loai:").is_empty());
}

#[test]
fn the_meeting_one_is_in_comes_first() {
    assert_eq!(found_here("ra soat", "2021-07-13-so-ket")[..2], ["note n1", "conclusion k1"]);
}

#[test]
fn terms_narrow_in_both_languages() {
    for (typed, expected) in [
        ("đất ban:qcdc", &["note n1", "note n2", "conclusion k1"][..]),
        ("đất committee:quychedanchu", &["note n1", "note n2", "conclusion k1"]),
        ("đất -ban:qcdc", &["note m1", "task t1"]),
        ("đất nguoi:quang", &["note n1", "conclusion k1"]),
        ("đất speaker:ndq", &["note n1", "conclusion k1"]),
        ("đất nguoi:snv", &["note n1", "conclusion k1"]),
        ("loai:ketluan", &["conclusion k1"]),
        ("kind:proposal", &["note n1"]),
        ("loại:kiếnnghị đất", &["note n1"]),
        ("đất kỳ:2022", &["note m1", "task t1"]),
        ("đất ky:2021-H2 loai:dong", &["note n1", "note n2"]),
        ("đất hop:tongket", &["note m1", "task t1"]),
        ("is:overdue", &[]),
    ] {
        assert_eq!(found(typed), expected, "{typed}");
    }
}

#[test]
fn people_documents_and_short_forms_are_found() {
    assert_eq!(found("nđq"), ["person quang"]);
    assert_eq!(found("giám đốc"), ["person quang"]);
    // Another committee may mean another person by the same id.
    assert_eq!(found("quý"), ["person khach", "person khach"]);
    assert_eq!(found("23-QĐ/TW"), ["document v1"]);
    assert_eq!(found("23 - QĐ/TW"), ["document v1"]);
    assert_eq!(found("QCDC"), ["note n2"]);
    assert_eq!(found("bản đồ"), ["task t1"]);
}
