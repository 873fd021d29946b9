//! Which column of a table holds what, told by its heading, and what the cells of some columns look like. Knows no
//! person and no unit.

use crate::domain::roster::Sort;
use crate::text::fold::fold;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Number,
    Name,
    Family,
    Given,
    Address,
    Titles,
    /// The position in the committee.
    Position,
    Unit,
    Short,
    Aliases,
    Site,
    Phone,
    Email,
}

/// Headings without marks, whole.
const HEADINGS: &[(Column, &[&str])] = &[
    (Column::Number, &["stt", "tt", "so tt", "so thu tu", "no", "nr", "#"]),
    (
        Column::Name,
        &[
            "ho va ten",
            "ho ten",
            "ho, ten",
            "ho & ten",
            "ten dai bieu",
            "dai bieu",
            "thanh phan",
            "ten thanh vien",
            "thanh vien",
            "ho va ten dai bieu",
            "name",
            "full name",
            "participant",
            "attendee",
            "member",
        ],
    ),
    (
        Column::Family,
        &[
            "ho",
            "ho dem",
            "ho va dem",
            "ho va ten dem",
            "ho va chu dem",
            "ho va ten lot",
            "surname",
            "last name",
            "family name",
        ],
    ),
    (Column::Given, &["ten", "ten goi", "given name", "first name"]),
    (
        Column::Address,
        &["ong/ba", "ong ba", "ong, ba", "danh xung", "xung ho", "mr/ms", "salutation", "form of address"],
    ),
    (
        Column::Position,
        &[
            "chuc vu trong ban chi dao",
            "chuc vu trong bcd",
            "chuc danh trong ban chi dao",
            "chuc danh trong bcd",
            "nhiem vu trong ban chi dao",
            "nhiem vu trong bcd",
            "vai tro",
            "vai tro trong ban chi dao",
            "vai tro trong bcd",
            "position in the committee",
            "committee position",
            "role",
            "committee role",
        ],
    ),
    (
        Column::Titles,
        &[
            "chuc vu",
            "chuc danh",
            "chuc vu, chuc danh",
            "chuc vu, don vi",
            "chuc vu, don vi cong tac",
            "chuc vu don vi",
            "chuc vu, co quan",
            "chuc vu cong tac",
            "chuc vu hien nay",
            "chuc vu chinh quyen",
            "title",
            "titles",
            "position",
            "job title",
            "office",
            "post",
            "function",
        ],
    ),
    (
        Column::Unit,
        &[
            "don vi",
            "co quan",
            "don vi cong tac",
            "co quan, don vi",
            "co quan don vi",
            "noi cong tac",
            "to chuc",
            "ten don vi",
            "ten co quan",
            "ten co quan, don vi",
            "co quan cong tac",
            "co quan/don vi",
            "unit",
            "unit name",
            "organisation",
            "organization",
            "agency",
            "department",
            "institution",
        ],
    ),
    (
        Column::Short,
        &[
            "viet tat",
            "ten viet tat",
            "ky hieu",
            "ma don vi",
            "ten ngan",
            "abbreviation",
            "short",
            "short name",
            "code",
            "acronym",
        ],
    ),
    (Column::Aliases, &["ten khac", "ten goi khac", "aliases", "other names", "also known as"]),
    (Column::Site, &["diem cau", "diem hop", "ten diem cau", "site", "venue", "location"]),
    (
        Column::Phone,
        &[
            "dien thoai",
            "so dien thoai",
            "sdt",
            "dt",
            "di dong",
            "dien thoai di dong",
            "phone",
            "mobile",
            "telephone",
            "tel",
        ],
    ),
    (Column::Email, &["email", "e-mail", "mail", "thu dien tu", "hop thu", "dia chi email"]),
];

/// Where a heading may stand at the latest: below titles and national mottoes.
const TITLE_ROWS: usize = 40;

/// The columns of a table.
#[derive(Clone, Debug)]
pub struct Layout {
    columns: Vec<Option<Column>>,
    pub sort: Sort,
    /// Place of the first row under the headings.
    pub first_row: usize,
    pub unused: Vec<String>,
    heading: Vec<String>,
    /// Whether a given name in its own column comes before the family name, as English headings have it.
    pub given_first: bool,
}

impl Layout {
    /// The headings of a table: the first row that names a person or unit column, alone or with others.
    pub fn find(rows: &[Vec<String>]) -> Option<Layout> {
        let at = rows.iter().take(TITLE_ROWS).position(|row| is_heading_row(row))?;
        let mut heading: Vec<String> = rows[at].clone();
        let mut first_row = at + 1;
        if let Some(below) = rows.get(first_row).filter(|row| is_second_heading(&heading, row)) {
            heading.resize(heading.len().max(below.len()), String::new());
            for (cell, below) in heading.iter_mut().zip(below) {
                if !below.trim().is_empty() {
                    below.clone_into(cell);
                }
            }
            first_row += 1;
        }
        let mut columns: Vec<Option<Column>> = Vec::new();
        for cell in &heading {
            // The first column of a kind holds it; another of the same name is another thing.
            columns.push(column_of(cell).filter(|column| !columns.contains(&Some(*column))));
        }
        let is_used = |at: &usize| columns[*at].is_some();
        let unused = (0..heading.len()).filter(|at| !is_used(at)).map(|at| heading[at].trim().to_owned());
        let unused = unused.filter(|cell| !cell.is_empty()).collect();
        let named = [Column::Name, Column::Given, Column::Family].map(Some);
        let sort =
            if columns.iter().any(|column| named.contains(column)) { Sort::People } else { Sort::Units };
        let given_first =
            heading.iter().any(|cell| ["first name", "given name"].contains(&fold(cell).trim()));
        Some(Layout { columns, sort, first_row, unused, heading, given_first })
    }

    /// The cell of a column, trimmed; empty where there is none.
    pub fn cell<'a>(&self, row: &'a [String], column: Column) -> &'a str {
        let at = self.columns.iter().position(|known| *known == Some(column));
        at.and_then(|at| row.get(at)).map_or("", |cell| cell.trim())
    }

    pub fn has(&self, column: Column) -> bool {
        self.columns.contains(&Some(column))
    }

    /// The filled cells apart from numbers and unused columns.
    pub fn filled<'a>(&'a self, row: &'a [String]) -> impl Iterator<Item = &'a str> {
        let used =
            self.columns.iter().zip(row).filter(|(column, _)| !matches!(column, None | Some(Column::Number)));
        used.map(|(_, cell)| cell.trim()).filter(|cell| !cell.is_empty())
    }

    /// Whether a row is the headings once more, as on each printed page.
    pub fn is_heading_again(&self, row: &[String]) -> bool {
        let same = |(cell, heading): (&String, &String)| cell.trim() == heading.trim();
        row.iter().any(|cell| !cell.trim().is_empty()) && row.iter().zip(&self.heading).all(same)
    }
}

fn column_of(heading: &str) -> Option<Column> {
    let without_note = heading.split('(').next().unwrap_or(heading);
    let folded = fold(without_note).split_whitespace().collect::<Vec<_>>().join(" ");
    let folded = folded.trim_matches([' ', '.', ':', '*']);
    HEADINGS.iter().find(|(_, names)| names.contains(&folded)).map(|(column, _)| *column)
}

fn is_heading_row(row: &[String]) -> bool {
    let columns: Vec<Column> = row.iter().filter_map(|cell| column_of(cell)).collect();
    let filled = row.iter().filter(|cell| !cell.trim().is_empty()).count();
    let names = [Column::Name, Column::Given, Column::Unit];
    columns.iter().any(|column| names.contains(column)) && (columns.len() > 1 || filled == 1)
}

/// A second row of headings names columns the first leaves open, and none that holds an entry.
fn is_second_heading(above: &[String], row: &[String]) -> bool {
    let open = |at: usize| above.get(at).is_none_or(|cell| column_of(cell) != Some(Column::Name));
    let mut filled = row.iter().enumerate().filter(|(_, cell)| !cell.trim().is_empty()).peekable();
    filled.peek().is_some() && filled.all(|(at, cell)| column_of(cell).is_some() && open(at))
}

/// A plain number before an entry: `1`, `2.`, `03)`.
pub fn is_count(cell: &str) -> bool {
    let cell = cell.trim().trim_end_matches(['.', ')']);
    !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit())
}

/// A line of sums below a list.
pub fn is_sum(text: &str) -> bool {
    let folded = fold(text);
    ["tong cong", "tong so", "cong:", "danh sach nay", "danh sach gom", "an dinh danh sach", "total"]
        .iter()
        .any(|word| folded.starts_with(word))
}

/// The site that a chapter opens: "Điểm cầu Kon Tum".
pub fn site_named(text: &str) -> Option<&str> {
    let (_, text) = chapter(text);
    let mut words = text.split_whitespace();
    let (first, second) = (fold(words.next()?), fold(words.next()?));
    let rest = words.next().map(|rest| rest.as_ptr() as usize - text.as_ptr() as usize)?;
    (first == "diem" && second == "cau").then(|| text[rest..].trim_start_matches([':', ' ']))
}

/// How a chapter is numbered: chapters of one level follow each other, those of another stand within.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Level {
    Roman,
    Capital,
    #[default]
    Plain,
}

/// The level that a number has: `II`, `B.`.
pub fn level(number: &str) -> Level {
    let number = number.trim().trim_end_matches(['.', ')', '-']).trim();
    let is_roman = !number.is_empty() && number.bytes().all(|b| b"IVXL".contains(&b));
    let is_capital = number.len() == 1 && number.bytes().all(|b| b.is_ascii_uppercase());
    match (is_roman, is_capital) {
        (true, _) => Level::Roman,
        (_, true) => Level::Capital,
        _ => Level::Plain,
    }
}

/// A text and the level of the number before it: `I. Thường trực`, `A) Cấp tỉnh`.
pub fn chapter(text: &str) -> (Level, &str) {
    let Some((number, rest)) = text.split_once(['.', ')', '-']) else { return (Level::Plain, text) };
    match level(number) {
        level @ (Level::Roman | Level::Capital) if rest.starts_with(' ') => (level, rest.trim()),
        _ => (Level::Plain, text),
    }
}

/// A telephone number as written; a spreadsheet that took it for a number lost the nought before nine digits.
pub fn phone(cell: &str) -> String {
    let cell = cell.trim();
    let is_bare = cell.len() == 9 && cell.bytes().all(|b| b.is_ascii_digit()) && !cell.starts_with('0');
    if is_bare { format!("0{cell}") } else { cell.to_owned() }
}
