//! Tables as offices send them, read into people and units, and taken over into a committee.

use chrono::NaiveDate;

use super::add::{Outcome, add};
use super::*;
use crate::domain::committee::{Committee, Member, Unit};

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

fn known(text: &str) -> bool {
    ["so noi vu", "snv", "tinh uy", "so y te"].contains(&fold(text).as_str())
}

fn people(text: &str) -> Vec<String> {
    let roster = read(&rows(text), Sort::People, &known);
    let told = |listed: &Listed<Invited>| {
        let Invited { name, address, titles, unit, site, position, phone, email } = &listed.what;
        let cells = [
            address.clone(),
            name.clone(),
            titles.join("+"),
            unit.clone(),
            site.clone(),
            position.clone(),
            phone.clone(),
            email.clone(),
        ];
        format!("{}: {}", listed.line, cells.join("/"))
    };
    roster.people.iter().map(told).collect()
}

#[test]
fn headings_say_which_column_is_which() {
    let sheet = "\
        TỈNH LÂM GIANG ||||
        DANH SÁCH BAN CHỈ ĐẠO ||||
        ||||
        STT | Đơn vị công tác | Họ và tên | Chức vụ | Chức vụ trong BCĐ | Số điện thoại | E-mail | Ghi chú
        1 | Tỉnh ủy | Ông Trần Văn A | Phó Bí thư; Chủ tịch UBND | Trưởng Ban Chỉ đạo | 912345678 | a@x.vn | mới
        2 | Sở Nội vụ | Bà Lê Thị B | Giám đốc | Ủy viên Ban Chỉ đạo tỉnh | 0912 345 679 ||
        STT | Đơn vị công tác | Họ và tên | Chức vụ | Chức vụ trong BCĐ | Số điện thoại | E-mail | Ghi chú
        3 | Sở Y tế | Phạm C | Giám đốc | Chuyên gia |||
        | Tổng cộng: 3 người ||||||";
    assert_eq!(
        people(sheet),
        [
            "5: ông/Trần Văn A/Phó Bí thư+Chủ tịch UBND/Tỉnh ủy//head/0912345678/a@x.vn",
            "6: bà/Lê Thị B/Giám đốc/Sở Nội vụ//member/0912 345 679/",
            "8: /Phạm C/Giám đốc+Chuyên gia/Sở Y tế////",
        ]
    );
    let roster = read(&rows(sheet), Sort::People, &known);
    assert_eq!(roster.unused, ["Ghi chú"]);
    assert_eq!(roster.passed_over, [Listed { line: 9, what: "Tổng cộng: 3 người".into() }]);
}

#[test]
fn english_headings_and_names_in_two_columns() {
    let sheet = "\
        No. | First name | Family name | Job title | Organisation | Mobile
        1 | Ann | Lee | Director | Treasury | +44 20 7946 0000";
    assert_eq!(people(sheet), ["2: /Ann Lee/Director/Treasury///+44 20 7946 0000/"]);
    let sheet = "TT | Họ đệm | Tên | Chức danh\n1 | Nguyễn Văn | An | Giám đốc Sở Nội vụ";
    assert_eq!(people(sheet), ["2: /Nguyễn Văn An/Giám đốc Sở Nội vụ/Sở Nội vụ////"]);
}

#[test]
fn chapters_name_the_unit_or_site_below_them() {
    let sheet = "\
        STT | Họ và tên | Chức vụ
        I | Sở Nội vụ |
        1 | Trần A | Giám đốc
        2 | Lê B | Phó Giám đốc
        II | Điểm cầu Kon Tum |
        1 | Vũ C | Chủ tịch
        III | Khách mời |
        1 | Đỗ D | Chuyên gia
        2 | Ngô E |";
    assert_eq!(
        people(sheet),
        [
            "3: /Trần A/Giám đốc/Sở Nội vụ////",
            "4: /Lê B/Phó Giám đốc/Sở Nội vụ////",
            "6: /Vũ C/Chủ tịch//Kon Tum///",
            "8: /Đỗ D/Chuyên gia/////",
            "9: /Ngô E//////",
        ]
    );
}

#[test]
fn two_rows_of_headings_are_one() {
    let sheet = "\
        STT | Họ và tên | Chức vụ, đơn vị | Liên hệ |
         | | | Điện thoại | Email
        1 | Trần A | Giám đốc Sở Nội vụ | 0912345678 | a@b.vn";
    assert_eq!(people(sheet), ["3: /Trần A/Giám đốc Sở Nội vụ/Sở Nội vụ///0912345678/a@b.vn"]);
}

#[test]
fn without_headings_the_places_say_it() {
    assert_eq!(
        people("1 | Trần A | Giám đốc | Sở Tài chính | Kon Tum"),
        ["1: /Trần A/Giám đốc/Sở Tài chính/Kon Tum///"]
    );
    assert_eq!(
        people("Trần A | 0912 345 678 | Giám đốc | a@b.vn"),
        ["1: /Trần A/Giám đốc////0912 345 678/a@b.vn"]
    );
    assert_eq!(people("Trần A, Giám đốc, Sở Nội vụ\n\n-"), ["1: /Trần A/Giám đốc/Sở Nội vụ////"]);
    assert_eq!(people("Thành viên\n1. Trần A, Giám đốc, Sở Nội vụ"), ["2: /Trần A/Giám đốc/Sở Nội vụ////"]);
}

#[test]
fn a_list_of_units() {
    let sheet = "TT | Tên cơ quan, đơn vị | Viết tắt | Tên khác\n1 | Sở Tài chính | STC | Sở TC; Tài chính";
    let roster = read(&rows(sheet), Sort::People, &known);
    assert!(roster.people.is_empty());
    let unit = NamedUnit {
        name: "Sở Tài chính".into(),
        short: "STC".into(),
        aliases: vec!["Sở TC".into(), "Tài chính".into()],
    };
    assert_eq!(roster.units, [Listed { line: 2, what: unit }]);
    let roster = read(&rows("1 | Sở Tài chính | STC\n- Sở Y tế;"), Sort::Units, &known);
    let told: Vec<_> =
        roster.units.iter().map(|unit| (unit.what.name.as_str(), unit.what.short.as_str())).collect();
    assert_eq!(told, [("Sở Tài chính", "STC"), ("Sở Y tế", "")]);
}

fn committee() -> Committee {
    let unit = |id: &str, name: &str, short: &str| Unit {
        id: id.into(),
        name: name.into(),
        short: short.into(),
        ..Unit::default()
    };
    let member = Member {
        id: "tran-a".into(),
        name: "Trần A".into(),
        titles: vec!["Giám đốc".into()],
        unit: "snv".into(),
        phone: "0912 345 678".into(),
        ..Member::default()
    };
    Committee {
        units: vec![unit("snv", "Sở Nội vụ", "SNV"), unit("syt", "Sở Y tế", "SYT")],
        members: vec![member],
        ..Committee::default()
    }
}

fn outcomes(text: &str, committee: &mut Committee) -> Vec<(String, Outcome)> {
    let roster = read(&rows(text), Sort::People, &known);
    let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
    add(&roster, committee, day).into_iter().map(|entry| (entry.name, entry.outcome)).collect()
}

#[test]
fn new_known_and_clashing_people_are_told_apart() {
    let mut committee = committee();
    let told = outcomes(
        "Họ tên | Chức vụ | Đơn vị | Điện thoại\n\
         TRẦN A | Giám đốc | snv | 0912345678\n\
         Lê B | Giám đốc | Sở Y tế |\n\
         Lê B | Giám đốc | SYT |\n\
         Trần A | Phó Giám đốc | Sở Y tế |\n\
         Vũ C | Chánh Văn phòng | Văn phòng X |\n\
         Trần A | Phó Giám đốc | Sở Nội vụ | 0900000000",
        &mut committee,
    );
    let expected: Vec<(String, Outcome)> = vec![
        ("TRẦN A".into(), Outcome::Known),
        ("Lê B".into(), Outcome::New),
        ("Lê B".into(), Outcome::Twice(3)),
        ("Trần A".into(), Outcome::Namesake("Sở Nội vụ".into())),
        ("Văn phòng X".into(), Outcome::New),
        ("Vũ C".into(), Outcome::New),
        ("Trần A".into(), Outcome::Differs(vec!["titles", "phone"])),
    ];
    assert_eq!(told, expected);
    let ids: Vec<_> =
        committee.members.iter().map(|member| (member.id.as_str(), member.unit.as_str())).collect();
    assert_eq!(ids, [("tran-a", "snv"), ("le-b", "syt"), ("vu-c", "van-phong-x")]);
    assert_eq!(committee.units[2].name, "Văn phòng X");
}

#[test]
fn units_that_share_a_short_form_clash() {
    let mut committee = committee();
    let told = outcomes(
        "Đơn vị | Viết tắt\nSở Nội vụ | SNV\nSở Nông vận | SNV\nSở Y tế | YT\nSở Công Thương | SCT",
        &mut committee,
    );
    let expected: Vec<(String, Outcome)> = vec![
        ("Sở Nội vụ".into(), Outcome::Known),
        ("Sở Nông vận".into(), Outcome::ShortTaken("Sở Nội vụ".into())),
        ("Sở Y tế".into(), Outcome::Differs(vec!["short"])),
        ("Sở Công Thương".into(), Outcome::New),
    ];
    assert_eq!(told, expected);
    assert_eq!(committee.units[2].id, "sct");
}

proptest::proptest! {
    /// Whatever stands in a table, it is read; taken over twice, the second time adds nothing.
    #[test]
    fn any_table_is_read_and_taken_over_once(
        cells in proptest::collection::vec(proptest::collection::vec("(\\PC{0,8}|STT|Họ và tên|Đơn vị|Chức vụ|Sở Nội vụ|I|1)", 0..5), 0..8)
    ) {
        let roster = read(&cells, Sort::People, &known);
        let mut committee = committee();
        let day = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        add(&roster, &mut committee, day);
        let once = committee.clone();
        add(&roster, &mut committee, day);
        proptest::prop_assert_eq!(committee, once);
    }
}
