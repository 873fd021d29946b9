//! Lists from spreadsheets: read from real files by the command line and in the program, taken over into a committee
//! and into the roll, with what clashes told and left.

use std::fs;
use std::path::Path;

use rust_xlsxwriter::Workbook;
use steerco::app::Place as At;
use steerco::store::table_file;

use crate::cli::Place;
use crate::desk::{Desk, workspace};

const COMMITTEE: &str = "\
schema = 1
id = \"bcd\"
name = \"Ban Chỉ đạo\"

[[members]]
id = \"cao-thi-nhan\"
name = \"Cao Thị Nhàn\"
titles = [\"Giám đốc\"]
unit = \"snv\"

[[units]]
id = \"snv\"
name = \"Sở Nội vụ\"
short = \"SNV\"
";

const ROWS: &[&[&str]] = &[
    &["DANH SÁCH THÀNH VIÊN"],
    &[],
    &["STT", "Họ và tên", "Chức vụ", "Đơn vị", "Chức vụ trong BCĐ", "Điện thoại", "Ghi chú"],
    &["1", "Lê Văn Đạt", "Giám đốc", "Sở Tài chính", "Ủy viên", "", ""],
    &["2", "Cao Thị Nhàn", "Phó Giám đốc", "SNV", "", "", ""],
    &["", "Tổng cộng: 2 người", "", "", "", "", ""],
];

/// A workbook as offices send it: numbers as numbers, a sheet before that is empty or not.
fn workbook(path: &Path, sheets: &[(&str, &[&[&str]])]) {
    let mut book = Workbook::new();
    for (name, rows) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                match cell.parse::<f64>() {
                    Ok(number) => drop(sheet.write_number(row as u32, column as u16, number).unwrap()),
                    Err(_) => drop(sheet.write_string(row as u32, column as u16, *cell).unwrap()),
                }
            }
        }
    }
    book.save(path).unwrap();
}

fn place() -> Place {
    Place::with(&[("committees/bcd.toml", COMMITTEE)])
}

fn committee(place: &Place) -> String {
    fs::read_to_string(place.root().join("committees/bcd.toml")).unwrap()
}

#[test]
fn a_workbook_is_taken_over_and_what_clashes_is_left() {
    let place = place();
    let file = place.root().join("ds.xlsx");
    workbook(&file, &[("Bìa", &[]), ("Danh sách", ROWS)]);
    let file = file.to_str().unwrap();
    let preview = place.run(&["import", "roster", file, "--committee", "bcd", "--preview"]);
    assert_eq!(preview.code, 1, "{}", preview.err);
    assert_eq!(committee(&place), COMMITTEE);
    let said = place.run(&["import", "roster", file, "--committee", "bcd"]);
    assert_eq!(said.out, preview.out);
    assert_eq!(
        said.out,
        "dòng 4: Sở Tài chính: thêm đơn vị\n\
         dòng 4: Lê Văn Đạt, Sở Tài chính: thêm\n\
         dòng 5: Cao Thị Nhàn, SNV: đã có nhưng khác Chức vụ; giữ như trong ban, cần thì sửa ở đó\n\
         cột không lấy: Ghi chú\n\
         dòng 6 bỏ qua: Tổng cộng: 2 người\n"
    );
    let text = committee(&place);
    assert!(text.starts_with(&COMMITTEE[..COMMITTEE.find("[[units]]").unwrap()]), "{text}");
    assert!(text.contains("id = \"le-van-dat\"\nname = \"Lê Văn Đạt\"\ntitles = [\"Giám đốc\"]\nunit = \"so-tai-chinh\"\nposition = \"member\"\n"), "{text}");
    assert_eq!(place.run(&["check"]).out, "");
    // Once more adds nothing.
    place.run(&["import", "roster", file, "--committee", "bcd"]);
    assert_eq!(committee(&place), text);
}

#[test]
fn text_tables_in_every_dress_read_alike() {
    let rows = "Họ tên;Chức vụ;Đơn vị\n\"Trần, A\";\"Giám đốc \"\"giỏi\"\"\";Sở Nội vụ\n";
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(rows.replace(';', "\t").encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let dresses: &[Vec<u8>] = &[
        rows.as_bytes().to_vec(),
        format!("\u{feff}{rows}").into_bytes(),
        rows.replace(';', ",").into_bytes(),
        rows.replace(';', "\t").replace('\n', "\r\n").into_bytes(),
        utf16,
    ];
    for bytes in dresses {
        let table = table_file::of_bytes(bytes.clone(), None).unwrap();
        assert_eq!(
            table.rows,
            [["Họ tên", "Chức vụ", "Đơn vị"], ["Trần, A", "Giám đốc \"giỏi\"", "Sở Nội vụ"]]
        );
    }
    let sentences = "1. Trần A, Giám đốc, Sở Nội vụ\n2. Lê B, Giám đốc\n";
    let table = table_file::of_bytes(sentences.as_bytes().to_vec(), None).unwrap();
    assert_eq!(table.rows[1], ["2. Lê B, Giám đốc"]);
}

#[test]
fn what_is_no_table_is_refused_with_words_and_changes_nothing() {
    let place = place();
    let bomb = {
        let path = place.root().join("bomb.xlsx");
        let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
        zip.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
        let zeros = vec![b' '; 1 << 20];
        for _ in 0..65 {
            std::io::Write::write_all(&mut zip, &zeros).unwrap();
        }
        zip.finish().unwrap();
        fs::read(path).unwrap()
    };
    for (name, bytes, words) in [
        ("tcvn3.csv", b"H\xE4 t\xAAn;Ch\xF8c v\xF4\n".as_slice(), "UTF-8"),
        ("picture.csv", b"\x00\x01\x02\x03", "bảng"),
        ("broken.xlsx", b"PK\x03\x04 no archive", "bảng"),
        ("bomb.xlsx", &bomb, "lớn quá"),
        ("nobody.csv", "Họ tên;Chức vụ\n;\n".as_bytes(), "không thấy người"),
        ("gone.xlsx", b"", ""),
    ] {
        if name != "gone.xlsx" {
            place.write(name, bytes);
        }
        let said =
            place.run(&["import", "roster", place.root().join(name).to_str().unwrap(), "--committee", "bcd"]);
        assert!(said.code == 1 || said.code == 3, "{name}: {}", said.code);
        assert!(said.err.contains(words), "{name}: {}", said.err);
        assert_eq!(committee(&place), COMMITTEE, "{name}");
    }
    let said = place.run(&["import", "roster", "x.csv", "--committee", "ai"]);
    assert_eq!(said.code, 1, "{}", said.err);
}

#[test]
fn in_the_committee_a_file_is_chosen_shown_and_taken_as_one_step() {
    let (_folder, root) = workspace(&[]);
    fs::write(root.join("committees/bcd.toml"), COMMITTEE).unwrap();
    workbook(&root.join("ds.xlsx"), &[("Khách", &[&["Họ tên"], &["Đỗ X"]]), ("Danh sách", ROWS)]);
    let mut desk = Desk::home(&root, "", "", "2026-08-15T08:30:00");
    desk.keys("<ctrl-g>");
    if desk.app().place != At::Committee {
        desk.keys("ban chi dao<enter>");
    }
    desk.keys("<ctrl-l>").keys("ds.xlsx<enter>");
    assert!(desk.screen(80, 24).contains("Khách"), "{}", desk.screen(80, 24));
    desk.keys("danh<enter>");
    let screen = desk.screen(80, 24);
    assert!(screen.contains("Mới 2 · đã có 0 · cần xem 1"), "{screen}");
    assert!(screen.contains("cột không lấy: Ghi chú"), "{screen}");
    desk.keys("<enter>").rest();
    let file = || fs::read_to_string(root.join("committees/bcd.toml")).unwrap();
    assert!(file().contains("le-van-dat"), "{}\n{}", file(), desk.screen(80, 24));
    desk.keys("<ctrl-z>").rest();
    assert_eq!(file(), COMMITTEE);
    // The same out of the clipboard; Esc leaves it.
    let pasted: String = ROWS.iter().map(|row| row.join("\t") + "\n").collect();
    desk.paste(&pasted);
    assert!(desk.screen(80, 24).contains("Mới 2"));
    desk.keys("<esc>").rest();
    assert_eq!(file(), COMMITTEE);
    desk.paste(&pasted).keys("<enter>").rest();
    assert!(file().contains("le-van-dat"));
}

#[test]
fn in_the_roll_the_people_of_a_file_get_seats() {
    let (_folder, root) = workspace(&["2026-08-15-hop"]);
    workbook(&root.join("ds.xlsx"), &[("Danh sách", ROWS)]);
    let mut desk = Desk::open(&root, "2026-08-15-hop");
    desk.keys("<f8><ctrl-l>").keys("ds.xlsx<enter>");
    let screen = desk.screen(80, 24);
    assert!(screen.contains("thêm: Lê Văn Đạt, Giám đốc, Sở Tài chính"), "{screen}");
    desk.keys("<enter>").rest();
    assert!(desk.file().contains("name = \"Lê Văn Đạt\""), "{}", desk.file());
}
