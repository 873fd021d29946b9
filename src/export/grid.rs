//! Tables of typed cells between the record and spreadsheets: a number stays a number, a day a day. Knows no file format.

use chrono::NaiveDate;

use crate::domain::state::TaskState;
use crate::export::tasks::TaskLine;
use crate::export::tree::{Block, Paper, Row};
use crate::words::Words;

/// One sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    pub name: String,
    pub columns: Vec<GridColumn>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct GridColumn {
    pub name: String,
    /// Characters of ordinary width.
    pub width: u16,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    Text(String),
    Number(f64),
    Day(NaiveDate),
    Empty,
}

impl Cell {
    fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text) }
    }

    fn day(day: Option<NaiveDate>) -> Cell {
        day.map_or(Cell::Empty, Cell::Day)
    }

    fn count(n: i64) -> Cell {
        Cell::Number(n as f64)
    }
}

/// The tasks, one a row.
pub fn tasks(lines: &[TaskLine<'_>], words: &Words) -> Grid {
    let columns = [
        ("sheet.reference", 30),
        ("sheet.meeting", 36),
        ("sheet.given_on", 12),
        ("sheet.number", 6),
        ("sheet.content", 50),
        ("sheet.lead", 26),
        ("sheet.support", 26),
        ("sheet.person", 18),
        ("sheet.product", 24),
        ("sheet.due_text", 20),
        ("sheet.due", 12),
        ("sheet.due_first", 12),
        ("sheet.status", 16),
        ("sheet.state", 16),
        ("sheet.days_late", 10),
        ("sheet.done_on", 12),
        ("sheet.report", 40),
    ];
    let row = |line: &TaskLine<'_>| {
        let task = line.task;
        let status = task
            .status
            .map_or(String::new(), |status| words.get(&format!("status.{}", status.word())).to_owned());
        vec![
            Cell::text(line.reference()),
            Cell::text(line.meeting.head.title.trim()),
            Cell::day(line.meeting.head.date),
            task.number.map_or(Cell::Empty, Cell::count),
            Cell::text(task.content.trim()),
            Cell::text(line.owners.join("; ")),
            Cell::text(line.support.join("; ")),
            Cell::text(task.person.trim()),
            Cell::text(task.product.trim()),
            Cell::text(task.due_text.trim()),
            Cell::day(line.due),
            Cell::day(task.due),
            Cell::text(status),
            Cell::text(words.get(&format!("state.{}", line.state.word()))),
            if line.days_late > 0 { Cell::count(line.days_late) } else { Cell::Empty },
            Cell::day(task.done_on),
            Cell::text(line.last_report()),
        ]
    };
    let columns = columns.map(|(key, width)| GridColumn { name: words.get(key).to_owned(), width });
    Grid {
        name: words.get("sheet.tasks").to_owned(),
        columns: columns.to_vec(),
        rows: lines.iter().map(row).collect(),
    }
}

/// One unit's tasks by official box.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitCount {
    pub unit: String,
    pub done_on_time: i64,
    pub done_late: i64,
    pub open_in_time: i64,
    pub open_overdue: i64,
}

impl UnitCount {
    pub fn total(&self) -> i64 {
        self.done_on_time + self.done_late + self.open_in_time + self.open_overdue
    }

    /// Done on time of all that is done or should be, 0 to 1.
    pub fn share(&self) -> Option<f64> {
        let judged = self.done_on_time + self.done_late + self.open_overdue;
        (judged > 0).then(|| self.done_on_time as f64 / judged as f64)
    }

    fn add(&mut self, state: TaskState) {
        use crate::domain::state::OfficialBox::*;
        match state.official_box() {
            Some(DoneOnTime) => self.done_on_time += 1,
            Some(DoneLate) => self.done_late += 1,
            Some(OpenInTime) => self.open_in_time += 1,
            Some(OpenOverdue) => self.open_overdue += 1,
            None => {}
        }
    }
}

/// The leading units by name; tasks given anew elsewhere count there.
pub fn by_unit(lines: &[TaskLine<'_>]) -> Vec<UnitCount> {
    let mut units: std::collections::BTreeMap<&str, UnitCount> = std::collections::BTreeMap::new();
    for line in lines.iter().filter(|line| line.task.carried_to.is_empty()) {
        for unit in &line.units {
            let counted =
                units.entry(unit).or_insert_with(|| UnitCount { unit: unit.clone(), ..UnitCount::default() });
            counted.add(line.state);
        }
    }
    units.into_values().filter(|unit| unit.total() > 0).collect()
}

/// The tables of a paper, one a sheet; a group's name fills a column of its own in front.
pub fn of_paper(paper: &Paper) -> Vec<Grid> {
    let tables = paper.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    let grid = |table: &crate::export::tree::Table| {
        let groups = table.rows.iter().any(|row| matches!(row, Row::Group(_)));
        let mut columns: Vec<GridColumn> = table
            .columns
            .iter()
            .map(|column| GridColumn { name: column.name.clone(), width: u16::from(column.share) + 2 })
            .collect();
        let mut rows = Vec::new();
        let mut group = String::new();
        for row in &table.rows {
            match row {
                Row::Group(runs) => group = runs.text(),
                Row::Cells(cells) => {
                    let cell = |text: String| match text.parse::<u32>() {
                        Ok(number) if number.to_string() == text => Cell::Number(f64::from(number)),
                        _ => Cell::text(text),
                    };
                    let mut row: Vec<Cell> = cells.iter().map(|runs| cell(runs.text())).collect();
                    if groups {
                        row.insert(0, Cell::text(group.clone()));
                    }
                    rows.push(row);
                }
            }
        }
        if groups {
            columns.insert(0, GridColumn { name: String::new(), width: 30 });
        }
        Grid { name: String::new(), columns, rows }
    };
    tables.map(grid).collect()
}
