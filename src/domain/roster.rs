//! People or units as they stand in a table that an office sends: headings in Vietnamese or English say which column
//! is which, whatever their order; without headings the places do. Pure; knows no file format and no committee.

pub mod add;
mod column;

use crate::domain::invited::{self, Invited};
use crate::domain::kinds::Position;
use crate::domain::roster::column::{Column, Layout, Level};
use crate::text::fold::fold;

/// One table of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub rows: Vec<Vec<String>>,
    /// The sheet it stands in, and the others of the file; empty for a text file.
    pub sheet: String,
    pub other_sheets: Vec<String>,
}

/// What a table lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    People,
    Units,
}

/// Something that stands in a table, and its line there, from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed<T> {
    pub line: usize,
    pub what: T,
}

/// A unit as a table names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedUnit {
    pub name: String,
    pub short: String,
    pub aliases: Vec<String>,
}

/// What was read out of a table. Nothing of the table is dropped unsaid: what is no entry is passed over by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roster {
    pub people: Vec<Listed<Invited>>,
    pub units: Vec<Listed<NamedUnit>>,
    /// Headings of columns that are not taken over.
    pub unused: Vec<String>,
    /// Rows that name nobody: chapters, sums.
    pub passed_over: Vec<Listed<String>>,
}

impl Roster {
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.units.is_empty()
    }
}

/// Reads the rows of a table. `otherwise` is what a table without headings lists; `is_unit` says whether a text names
/// a known unit.
pub fn read(rows: &[Vec<String>], otherwise: Sort, is_unit: &impl Fn(&str) -> bool) -> Roster {
    match Layout::find(rows) {
        Some(layout) => {
            let (unit, site, site_level) = Default::default();
            Reader { layout, rows, is_unit, unit, site, site_level }.read()
        }
        None => unheaded(rows, otherwise, is_unit),
    }
}

/// The rows of pasted text: cells are apart by tabs; a line without one is a single cell.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('\t').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// A table whose columns nobody named: name, office, unit, site; or name and short form of units.
fn unheaded(rows: &[Vec<String>], otherwise: Sort, is_unit: &impl Fn(&str) -> bool) -> Roster {
    let mut roster = Roster::default();
    for (at, row) in rows.iter().enumerate() {
        let line = at + 1;
        match otherwise {
            Sort::People => {
                let (row, phone, email) = without_contacts(row);
                let person = invited::read_line(&row.join("\t"), is_unit);
                let named = person.map(|person| Listed { line, what: Invited { phone, email, ..person } });
                roster.people.extend(named);
            }
            Sort::Units => roster.units.extend(unit_of(row).map(|what| Listed { line, what })),
        }
    }
    roster
}

/// The row with its telephone and mail cells taken out.
fn without_contacts(row: &[String]) -> (Vec<String>, String, String) {
    let (mut phone, mut email) = (String::new(), String::new());
    let mut rest = Vec::new();
    for cell in row {
        if phone.is_empty() && is_phone(cell) {
            phone = column::phone(cell);
        } else if email.is_empty() && is_email(cell) {
            email.clone_from(cell);
        } else {
            rest.push(cell.clone());
        }
    }
    (rest, phone, email)
}

fn is_phone(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    (9..=15).contains(&digits) && cell.chars().all(|c| c.is_ascii_digit() || " .-+()".contains(c))
}

fn is_email(cell: &str) -> bool {
    !cell.contains(' ') && cell.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'))
}

fn unit_of(row: &[String]) -> Option<NamedUnit> {
    let mut cells = row.iter().map(|cell| cell.trim()).peekable();
    cells.next_if(|cell| column::is_count(cell));
    let name = invited::without_number(cells.next()?).trim_end_matches([';', '.']).to_owned();
    let short = cells.next().unwrap_or("").to_owned();
    (!name.is_empty()).then(|| NamedUnit { name, short, aliases: Vec::new() })
}

/// Walks the rows under the headings. A chapter that names a unit or a site holds for the rows below it.
struct Reader<'a, F> {
    layout: Layout,
    rows: &'a [Vec<String>],
    is_unit: &'a F,
    unit: String,
    site: String,
    site_level: Level,
}

impl<F: Fn(&str) -> bool> Reader<'_, F> {
    fn read(mut self) -> Roster {
        let mut roster = Roster { unused: self.layout.unused.clone(), ..Roster::default() };
        for at in self.layout.first_row..self.rows.len() {
            self.read_row(at, &mut roster);
        }
        roster
    }

    fn read_row(&mut self, at: usize, roster: &mut Roster) {
        let (rows, line) = (self.rows, at + 1);
        let row = &rows[at];
        let filled: Vec<String> = self.layout.filled(row).map(str::to_owned).collect();
        let Some(first) = filled.first() else { return };
        if self.layout.is_heading_again(row) {
            return;
        }
        if column::is_sum(first) || (filled.len() == 1 && self.is_chapter(at, first)) {
            let number = self.layout.cell(row, Column::Number).to_owned();
            self.enter_chapter(&number, first);
            roster.passed_over.push(Listed { line, what: first.clone() });
            return;
        }
        if self.layout.sort == Sort::Units {
            roster.units.extend(self.unit(row).map(|what| Listed { line, what }));
            return;
        }
        let person = self.person(row);
        match person.name.is_empty() && person.unit.is_empty() {
            true => roster.passed_over.push(Listed { line, what: filled.join(" · ") }),
            false => roster.people.push(Listed { line, what: person }),
        }
    }

    /// A row of one text is a chapter when its number is no plain one, or when rows below stand under the unit it names.
    fn is_chapter(&self, at: usize, text: &str) -> bool {
        let row = &self.rows[at];
        let number = self.layout.cell(row, Column::Number);
        if column::is_count(number) {
            return false;
        }
        if !number.is_empty() || column::site_named(text).is_some() || column::chapter(text).0 != Level::Plain
        {
            return true;
        }
        // A column of numbers that this row leaves empty sets it apart from the people around it.
        let numbered = self.layout.has(Column::Number)
            && self.rows[at + 1..].iter().any(|row| column::is_count(self.layout.cell(row, Column::Number)));
        let below_has_unit = self.rows.get(at + 1).is_some_and(|next| {
            !self.layout.cell(next, Column::Unit).is_empty() || self.layout.filled(next).count() < 2
        });
        numbered || ((self.is_unit)(text) && !below_has_unit)
    }

    fn enter_chapter(&mut self, number: &str, text: &str) {
        let (own, text) = column::chapter(text);
        let level = if number.is_empty() { own } else { column::level(number) };
        self.unit.clear();
        if let Some(site) = column::site_named(text) {
            (self.site, self.site_level) = (site.to_owned(), level);
            return;
        }
        if level == self.site_level {
            self.site.clear();
        }
        if (self.is_unit)(text) {
            text.clone_into(&mut self.unit);
        }
    }

    fn unit(&self, row: &[String]) -> Option<NamedUnit> {
        let cell = |column| self.layout.cell(row, column);
        let name = invited::without_number(cell(Column::Unit)).to_owned();
        let aliases = parts(cell(Column::Aliases)).map(str::to_owned).collect();
        (!name.is_empty()).then(|| NamedUnit { name, short: cell(Column::Short).to_owned(), aliases })
    }

    fn person(&self, row: &[String]) -> Invited {
        let cell = |column| self.layout.cell(row, column);
        let mut person = self.named(row);
        if person.address.is_empty() {
            person.address = invited::address(cell(Column::Address)).unwrap_or_default().to_owned();
        }
        for title in parts(cell(Column::Titles)) {
            self.entitle(&mut person, title);
        }
        match (cell(Column::Position), position(cell(Column::Position), Reading::Beginning)) {
            ("", _) => {}
            (_, Some(position)) => person.position = position.word().to_owned(),
            (unknown, None) => person.titles.push(unknown.to_owned()),
        }
        let in_title = || person.titles.iter().find_map(|title| self.unit_in(title));
        let unit = [cell(Column::Unit), &person.unit, &self.unit].into_iter().find(|text| !text.is_empty());
        person.unit = unit.map(str::to_owned).or_else(in_title).unwrap_or_default();
        let site = [cell(Column::Site), &self.site].into_iter().find(|text| !text.is_empty());
        person.site = site.unwrap_or("").to_owned();
        person.phone = column::phone(cell(Column::Phone));
        person.email = cell(Column::Email).to_owned();
        person
    }

    /// The person's name and address, from one cell or from family and given name apart.
    fn named(&self, row: &[String]) -> Invited {
        let cell = |column| self.layout.cell(row, column);
        let mut apart = [cell(Column::Family), cell(Column::Given)];
        if self.layout.given_first {
            apart.reverse();
        }
        let whole = apart.join(" ");
        let whole = match cell(Column::Name) {
            "" => whole.trim(),
            name => name,
        };
        // "Nguyễn Văn A, Giám đốc, Sở Nội vụ" in one cell.
        match whole.contains([',', ';']) {
            true => invited::sentence(whole, self.is_unit).unwrap_or_default(),
            false => invited::person(invited::without_number(whole), self.is_unit),
        }
    }

    fn entitle(&self, person: &mut Invited, title: &str) {
        match position(title, Reading::Whole) {
            Some(position) if person.position.is_empty() => position.word().clone_into(&mut person.position),
            _ => person.titles.push(title.to_owned()),
        }
    }

    /// The known unit that the end of an office names: "Giám đốc Sở Nội vụ".
    fn unit_in(&self, title: &str) -> Option<String> {
        let starts = title.match_indices(' ').map(|(at, _)| at + 1);
        starts.map(|at| &title[at..]).find(|rest| (self.is_unit)(rest)).map(str::to_owned)
    }
}

/// The texts of a cell that holds several.
fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', ',', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

/// How much of a text has to be the position.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Whole,
    /// More may follow: "Ủy viên Ban Chỉ đạo tỉnh".
    Beginning,
}

/// Positions in a committee without marks, the longer before the shorter that they begin with.
const POSITIONS: &[(&str, Position)] = &[
    ("pho truong ban thuong truc", Position::StandingDeputyHead),
    ("pho ban thuong truc", Position::StandingDeputyHead),
    ("standing deputy head", Position::StandingDeputyHead),
    ("pho truong ban", Position::DeputyHead),
    ("pho ban", Position::DeputyHead),
    ("deputy head", Position::DeputyHead),
    ("deputy chair", Position::DeputyHead),
    ("vice chair", Position::DeputyHead),
    ("truong ban", Position::Head),
    ("head", Position::Head),
    ("chair", Position::Head),
    ("uy vien thuong truc", Position::StandingMember),
    ("standing member", Position::StandingMember),
    ("to truong", Position::SupportLead),
    ("support group lead", Position::SupportLead),
    ("thanh vien to giup viec", Position::SupportMember),
    ("to vien", Position::SupportMember),
    ("support group member", Position::SupportMember),
    ("uy vien thu ky", Position::Secretary),
    ("thu ky", Position::Secretary),
    ("secretary", Position::Secretary),
    ("uy vien", Position::Member),
    ("thanh vien", Position::Member),
    ("member", Position::Member),
];

fn position(text: &str, reading: Reading) -> Option<Position> {
    let folded = fold(text).replace("ban chi dao", "ban").replace(" bcd", "");
    let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = |word: &str| match reading {
        Reading::Whole => folded == word,
        Reading::Beginning => {
            folded.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
        }
    };
    POSITIONS.iter().find(|(word, _)| fits(word)).map(|(_, position)| *position)
}

#[cfg(test)]
mod tests;
