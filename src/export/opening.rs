//! The opening sheet of a session: what became of the tasks given earlier, the numbers to read out first. Knows no file
//! format.

use crate::domain::board::{BoardRow, StateCounts};
use crate::domain::opening;
use crate::export::desk::{Desk, small};
use crate::export::tree::{Block, Row, RowHeight, Runs, Style, Table};

pub fn opening(desk: &Desk<'_>) -> Vec<Block> {
    let meetings = desk.committee_meetings();
    let rules = desk.committee.deadline_rules();
    let known: Vec<_> = meetings.iter().map(|meeting| (meeting.as_ref(), rules)).collect();
    let sheet = opening::sheet(&desk.meeting, &known, desk.order.today);
    let subject = desk.fill("paper.opening_subject", &[("title", small(desk.meeting.head.title.trim()))]);
    let mut blocks = vec![desk.header(), desk.title(&subject)];
    let mut say = |text: String| blocks.push(Block::Text(Style::Body, text.into()));
    if let Some(previous) = &sheet.previous {
        let counts = StateCounts::of(sheet.of_previous());
        let slots = [
            ("title", small(previous.title.trim())),
            ("day", desk.short(previous.date)),
            ("boxes", desk.boxes(&counts)),
        ];
        say(desk.fill("paper.opening_previous", &slots));
    }
    say(desk.fill("paper.opening_all", &[("boxes", desk.boxes(&sheet.counts()))]));
    let previous = sheet.previous.as_ref().map(|previous| previous.id.clone());
    // What was finished before the last session was told then.
    let told = |row: &&BoardRow| row.state.is_open() || Some(&row.meeting) == previous.as_ref();
    let rows: Vec<&BoardRow> = sheet.rows.iter().filter(told).collect();
    if rows.is_empty() {
        say(desk.say("paper.nothing_open"));
    } else {
        blocks.push(Block::Table(table(desk, &rows)));
    }
    blocks
}

/// The tasks under the meetings that gave them.
fn table(desk: &Desk<'_>, rows: &[&BoardRow]) -> Table {
    let mut table = Table { columns: desk.standing_columns(), rows: Vec::new(), height: RowHeight::AsText };
    let mut number = 0;
    for of_meeting in rows.chunk_by(|a, b| a.meeting == b.meeting) {
        if let Some(first) = of_meeting.first() {
            let day = first.date.map_or(String::new(), |day| format!(" ({})", desk.short(day)));
            table.rows.push(Row::Group(Runs::from(format!("{}{day}", first.title.trim()))));
        }
        for row in of_meeting {
            number += 1;
            table.rows.push(desk.standing_row(number, row));
        }
    }
    table
}
