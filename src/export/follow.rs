//! Tasks as they stand on a day, for the sheets and letters that follow them: the boxes in a sentence, rows of tables,
//! which unit a task belongs to. Knows no file format.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::amendment;
use crate::domain::board::{self, BoardRow, StateCounts};
use crate::domain::kinds::Status;
use crate::domain::meeting::{Meeting, Task};
use crate::domain::state::{OfficialBox, TaskState};
use crate::export::desk::{Desk, capital, unended};
use crate::export::public::seen;
use crate::export::tree::{Block, Column, Row, RowHeight, Runs, Side, Table};

impl<'a> Desk<'a> {
    /// The meetings of this committee as the reader may see them, amended; this one too.
    pub fn committee_meetings(&self) -> Vec<Cow<'a, Meeting>> {
        let same = |meeting: &&&'a Meeting| meeting.head.committee == self.meeting.head.committee;
        self.meetings.iter().filter(same).map(|meeting| seen(meeting, self.order.audience)).collect()
    }

    /// The tasks of these meetings on the paper's day.
    pub fn rows<'m>(&self, meetings: impl IntoIterator<Item = &'m Meeting>) -> Vec<BoardRow> {
        self.rows_on(meetings, self.order.today)
    }

    /// The tasks of these meetings on a day.
    pub fn rows_on<'m>(
        &self,
        meetings: impl IntoIterator<Item = &'m Meeting>,
        day: NaiveDate,
    ) -> Vec<BoardRow> {
        let rules = self.committee.deadline_rules();
        let meetings: Vec<_> = meetings.into_iter().map(|meeting| (meeting, rules)).collect();
        board::rows(&meetings, day)
    }

    /// This meeting as its amendments leave it, without what was struck whole.
    pub fn meeting_as_amended(&self) -> Meeting {
        amendment::amended(&self.approved).into_owned()
    }

    /// Whether the unit leads the task, by itself, in a group, or as the successor of the unit that was named.
    pub fn leads(&self, task: &Task, unit: &str) -> bool {
        self.is_among(&task.lead, unit)
    }

    /// Whether the unit is among these units and groups.
    pub fn is_among(&self, ids: &[String], unit: &str) -> bool {
        let today = self.committee.successor_of(unit);
        let name = self.unit(unit);
        let same = |id: &str| id == unit || id == name || self.committee.successor_of(id) == today;
        let group = |id: &str| self.committee.groups.iter().find(|group| group.id == id);
        ids.iter().any(|id| {
            same(id) || group(id).is_some_and(|group| group.units.iter().any(|member| same(member)))
        })
    }

    /// "21 nhiệm vụ: hoàn thành đúng hạn 08, …": the four official boxes, and what is in none of them.
    pub fn boxes(&self, counts: &StateCounts) -> String {
        let in_box = |official| self.count(counts.in_box(official));
        let outside = [TaskState::Suspended, TaskState::Cancelled, TaskState::Standing]
            .map(|state| counts.in_state(state));
        let outside: usize = outside.iter().sum();
        let slots = [
            ("n", self.count(counts.total())),
            ("done_on_time", in_box(OfficialBox::DoneOnTime)),
            ("done_late", in_box(OfficialBox::DoneLate)),
            ("open_in_time", in_box(OfficialBox::OpenInTime)),
            ("open_overdue", in_box(OfficialBox::OpenOverdue)),
        ];
        let boxes = self.fill("paper.boxes", &slots);
        match outside {
            0 => format!("{boxes}."),
            n => format!("{boxes}{}.", self.fill("paper.boxes_outside", &[("n", self.count(n))])),
        }
    }

    /// Progress and state in words, with the newest report.
    pub fn standing(&self, row: &BoardRow) -> Runs {
        let status = row.task.status.unwrap_or(Status::NotStarted);
        let state = self.say(&format!("state.{}", row.state.word()));
        let words = match row.state.is_open() {
            true => format!("{}, {state}", self.say(&format!("status.{}", status.word()))),
            false => state,
        };
        let told = row.task.reports.iter().rev().find(|report| !report.text.trim().is_empty());
        let told = told.map(|report| {
            let day = report.on.map_or(String::new(), |day| format!("{}: ", self.short(day)));
            format!(". {day}{}", unended(&report.text))
        });
        Runs::from(format!("{}{}", capital(&words), told.unwrap_or_default()))
    }

    pub fn days_late(&self, row: &BoardRow) -> String {
        if row.days_late > 0 { row.days_late.to_string() } else { String::new() }
    }

    /// The table of open tasks: number, content, lead, deadline, standing, days late.
    pub fn standing_table(&self, rows: &[BoardRow]) -> Block {
        let mut table =
            Table { columns: self.standing_columns(), rows: Vec::new(), height: RowHeight::AsText };
        for (at, row) in rows.iter().enumerate() {
            table.rows.push(self.standing_row(at + 1, row));
        }
        Block::Table(table)
    }

    pub fn standing_columns(&self) -> Vec<Column> {
        self.columns(&[
            ("paper.column_number", 6, Side::Middle),
            ("paper.column_content", 28, Side::Start),
            ("paper.column_lead", 16, Side::Start),
            ("paper.column_due", 15, Side::Middle),
            ("paper.column_standing", 24, Side::Start),
            ("paper.column_late", 11, Side::Middle),
        ])
    }

    pub fn standing_row(&self, number: usize, row: &BoardRow) -> Row {
        Row::Cells(vec![
            number.to_string().into(),
            row.task.content.clone().into(),
            self.owners(row).into(),
            self.deadline(&row.task).into(),
            self.standing(row),
            self.days_late(row).into(),
        ])
    }

    /// Who leads, as the committee calls what the meeting did not name.
    pub fn owners(&self, row: &BoardRow) -> String {
        let known = |(id, name): (&String, &String)| if id == name { self.unit(id) } else { name.clone() };
        row.task.lead.iter().zip(&row.owners).map(known).collect::<Vec<_>>().join(", ")
    }
}

/// Overdue first, the longest late before; then by deadline, those without last.
pub fn by_urgency(rows: &mut [BoardRow]) {
    rows.sort_by_key(|row| (row.state != TaskState::Overdue, row.due_effective.is_none(), row.due_effective));
}
