//! The picture in the README: the real Meeting screen of the sample meeting after its first minutes, as an SVG that
//! needs no font of its own and reads on light and dark pages. `STEERCO_UPDATE=1` draws it anew.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use steerco::run::demo;
use unicode_width::UnicodeWidthStr;

use crate::desk::Desk;

const MEETING: &str = "2026-12-10-tong-ket-2026";
const SIZE: (u16, u16) = (120, 34);

/// Pixels of one cell, and around the screen.
const CELL: (f64, f64) = (8.43, 18.0);
const FONT: f64 = 14.0;
const AROUND: f64 = 16.0;

const PAPER: &str = "#1e2430";
const INK: &str = "#e4e7ec";
const FAINT: &str = "#5d6a80";
const CARET: &str = "#f2c14e";

/// The secretary's keys; a time begins a new minute.
const KEYS: [(&str, &str); 14] = [
    ("08:02:00", "<enter>Khai mạc hội nghị; nêu mục đích, yêu cầu<enter>"),
    ("08:10:00", "<f3><enter>"),
    ("08:11:00", "Hồ sơ trực tuyến toàn trình đạt 84,6%, tăng 9,2 điểm so với năm 2025<enter>"),
    ("08:15:00", "Dữ liệu đất đai mới làm sạch 61%, chậm so với kế hoạch<enter>"),
    ("08:31:00", "#thảo<enter>@an<enter>Chậm chủ yếu ở khâu đối soát hồ sơ gốc; xin lùi ba tháng<enter>"),
    ("08:36:00", "@tuyen<enter>Kinh phí đã bố trí đủ, giải ngân mới đạt 58%<enter>"),
    ("08:41:00", "@hanh<enter>Đề nghị dùng chung mã định danh, không khai lại giấy tờ<enter>"),
    ("08:44:00", "@3 Sẽ báo cáo tiến độ hằng tuần<enter>"),
    (
        "08:52:00",
        "#kết<enter>Năm 2026 hoàn thành các chỉ tiêu cơ bản; biểu dương 46 xã, phường không có hồ sơ quá hạn<enter>",
    ),
    (
        "08:55:00",
        "Giao Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Sở Tài chính làm sạch toàn bộ dữ liệu đất đai trước \
         ngày 30/6/2027; giao Sở Y tế hoàn thành bệnh án điện tử trong quý I/2027; các xã, phường thường xuyên duy \
         trì quầy hỗ trợ người cao tuổi<f6><enter>",
    ),
    ("08:58:00", "!Giao Văn phòng UBND tỉnh đôn đốc, báo cáo hằng tuần<enter>"),
    ("08:59:00", "Rà soát quy chế phối hợp<f4>snv<enter>"),
    ("09:01:00", "/den sy<enter>"),
    ("09:01:30", "Giao Sở Tài chính bố trí đủ kinh phí cho nhiệm vụ chuyển tiế"),
];

/// The cells of the screen, with the caret.
fn screen() -> (Buffer, Position) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("workspace");
    demo::unpack(&root).unwrap();
    let mut desk = Desk::home(&root, MEETING, "", "2026-12-10T08:00:00");
    desk.cells(SIZE.0, SIZE.1);
    desk.keys("<enter><f8>").keys(&"<f2>".repeat(29)).keys(&"<f3>".repeat(11));
    desk.keys("<f6>đi công tác<enter><esc>");
    for (at, keys) in KEYS {
        desk.at(&format!("2026-12-10T{at}")).keys(keys);
    }
    desk.rest().keys("p");
    desk.cells(SIZE.0, SIZE.1)
}

/// How a run of cells looks.
#[derive(Clone, Copy, PartialEq)]
struct Look {
    ink: &'static str,
    reversed: bool,
    bold: bool,
    underlined: bool,
}

fn look(cell: &Cell) -> Look {
    let ink = match cell.fg {
        Color::Magenta => "#e39ad6",
        Color::Red => "#ff8079",
        _ => INK,
    };
    let is = |modifier| cell.modifier.contains(modifier);
    Look {
        ink,
        reversed: is(Modifier::REVERSED),
        bold: is(Modifier::BOLD),
        underlined: is(Modifier::UNDERLINED),
    }
}

/// A text in one look that begins in a column and takes so many cells.
struct Run {
    column: usize,
    cells: usize,
    text: String,
    look: Look,
}

/// The runs of a row. Two blanks end a run, so that columns stand where they belong in any font; rules are drawn as
/// lines, and blanks that look like paper not at all.
fn runs(buffer: &Buffer, row: u16) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut column = 0;
    while column < usize::from(buffer.area.width) {
        let cell = &buffer[(column as u16, row)];
        let (look, symbol) = (look(cell), cell.symbol());
        let cells = symbol.width().max(1);
        let goes_on = |run: &Run| {
            let near = run.column + run.cells == column && !run.text.ends_with("  ");
            near && run.look == look && is_rule(&run.text) == is_rule(symbol)
        };
        match runs.last_mut().filter(|run| goes_on(run)) {
            Some(run) => {
                run.text.push_str(symbol);
                run.cells += cells;
            }
            None => runs.push(Run { column, cells, text: symbol.to_owned(), look }),
        }
        column += cells;
    }
    runs.retain(|run| !run.text.trim().is_empty() || run.look.reversed || run.look.underlined);
    runs.into_iter().map(trimmed).collect()
}

/// A run without the blanks at its ends, unless they show.
fn trimmed(run: Run) -> Run {
    if run.look.reversed || run.look.underlined {
        return run;
    }
    let before = run.text.len() - run.text.trim_start().len();
    let text = run.text.trim().to_owned();
    Run { column: run.column + before, cells: text.width(), text, look: run.look }
}

fn is_rule(text: &str) -> bool {
    text.starts_with(['─', '│'])
}

fn svg(buffer: &Buffer, caret: Position) -> String {
    let (columns, rows) = (f64::from(buffer.area.width), f64::from(buffer.area.height));
    let (width, height) = (columns * CELL.0 + 2.0 * AROUND, rows * CELL.1 + 2.0 * AROUND);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" role=\"img\" aria-label=\"steerco\">\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{:.0}\" height=\"{:.0}\" rx=\"10\" fill=\"{PAPER}\" stroke=\"{FAINT}\"/>\n\
         <g font-family=\"'DejaVu Sans Mono','Cascadia Mono',Menlo,Consolas,'Liberation Mono',monospace\" \
         font-size=\"{FONT}\" fill=\"{INK}\" xml:space=\"preserve\">\n",
        width - 1.0,
        height - 1.0
    );
    for row in 0..buffer.area.height {
        runs(buffer, row).iter().for_each(|run| draw(&mut out, run, f64::from(row)));
    }
    let (x, y) = corner(usize::from(caret.x), f64::from(caret.y));
    writeln!(
        out,
        "<rect x=\"{x:.1}\" y=\"{:.1}\" width=\"2\" height=\"{:.1}\" fill=\"{CARET}\"/>",
        y + 1.0,
        CELL.1 - 2.0
    )
    .unwrap();
    out.push_str("</g>\n</svg>\n");
    out
}

fn corner(column: usize, row: f64) -> (f64, f64) {
    (AROUND + column as f64 * CELL.0, AROUND + row * CELL.1)
}

fn draw(out: &mut String, run: &Run, row: f64) {
    let ((x, y), length) = (corner(run.column, row), run.cells as f64 * CELL.0);
    if is_rule(&run.text) {
        return rule(out, run, (x, y), length);
    }
    let Look { ink, reversed, bold, underlined } = run.look;
    if reversed {
        let tall = CELL.1;
        writeln!(
            out,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{length:.1}\" height=\"{tall}\" fill=\"{ink}\"/>"
        )
        .unwrap();
    }
    if underlined {
        let low = y + CELL.1 - 2.5;
        writeln!(out, "<path d=\"M{x:.1} {low:.1}h{length:.1}\" stroke=\"{FAINT}\"/>").unwrap();
    }
    let fill = if reversed { PAPER } else { ink };
    let fill = if fill == INK { String::new() } else { format!(" fill=\"{fill}\"") };
    let weight = if bold { " font-weight=\"bold\"" } else { "" };
    let base = y + 13.5;
    let text = escaped(&run.text);
    writeln!(
        out,
        "<text x=\"{x:.1}\" y=\"{base:.1}\" textLength=\"{length:.1}\"{weight}{fill}>{text}</text>"
    )
    .unwrap();
}

/// A rule as one line through the middle of its cells.
fn rule(out: &mut String, run: &Run, (x, y): (f64, f64), length: f64) {
    let path = match run.text.starts_with('─') {
        true => format!("M{x:.1} {:.1}h{length:.1}", y + CELL.1 / 2.0),
        false => format!("M{:.1} {y:.1}v{:.1}", x + CELL.0 / 2.0, CELL.1),
    };
    writeln!(out, "<path d=\"{path}\" stroke=\"{FAINT}\"/>").unwrap();
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[test]
fn the_picture_in_the_readme_is_what_the_program_shows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("tests/pictures/meeting.svg");
    let (buffer, caret) = screen();
    let drawn = svg(&buffer, caret);
    if std::env::var_os("STEERCO_UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &drawn).unwrap();
    }
    let stored = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(stored == drawn, "the picture is out of date; STEERCO_UPDATE=1 draws it anew");
    let readme = fs::read_to_string(root.join("README.md")).unwrap();
    assert!(readme.contains("(tests/pictures/meeting.svg)"));
}

#[test]
fn every_letter_of_the_screen_is_in_the_picture_and_signs_do_not_break_it() {
    let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 20, 2));
    buffer.set_string(0, 0, "─ <a & b>  Ấn 中 x", ratatui::style::Style::new());
    buffer.set_string(1, 1, " chọn ", ratatui::style::Style::new().add_modifier(Modifier::REVERSED));
    let picture = svg(&buffer, Position::new(3, 1));
    for part in ["&lt;a &amp; b&gt;", "Ấn 中 x", "> chọn <", "h8.4\""] {
        assert!(picture.contains(part), "{part}: {picture}");
    }
}
