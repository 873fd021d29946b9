//! Letter that urges a unit (công văn đôn đốc): its overdue tasks of every meeting of the committee, and which round of
//! urging it is. Knows no file format.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::domain::board::BoardRow;
use crate::domain::kinds::World;
use crate::domain::meeting::{Meeting, Task};
use crate::domain::state::TaskState;
use crate::export::desk::Desk;
use crate::export::follow::by_urgency;
use crate::export::tree::{Block, Row, RowHeight, Runs, Side, Style, Table, Tone};

pub fn urging(desk: &Desk<'_>) -> Vec<Block> {
    let unit = desk.order.unit;
    let name = desk.unit(unit);
    let meetings = desk.committee_meetings();
    let rows = overdue(desk, &meetings, unit);
    let round = rows.iter().map(|row| rounds(desk, &row.task, unit)).max().unwrap_or(0) + 1;
    let mut header = desk.header();
    let about = match round {
        1 => desk.say("paper.urging_about"),
        n => desk.fill("paper.urging_about_again", &[("n", n.to_string())]),
    };
    let key = if desk.world() == World::Party { "paper.about_party" } else { "paper.about" };
    if let Block::Header(header) = &mut header {
        header.about = Some(desk.fill(key, &[("what", about)]));
    }
    let to = Runs::default().plain(desk.say("paper.to")).plain(" ").with(Tone::Strong, name.clone());
    let mut blocks = vec![header, Block::Addressees(to)];
    let mut say = |text: String| blocks.push(Block::Text(Style::Body, text.into()));
    let slots = [
        ("committee", desk.committee_name()),
        ("unit", name.clone()),
        ("day", desk.long(desk.order.today)),
        ("n", desk.count(rows.len())),
    ];
    if rows.is_empty() {
        say(desk.fill("paper.nothing_overdue", &slots));
    } else {
        say(desk.fill("paper.urging_opening", &slots));
        blocks.push(Block::Table(table(desk, &meetings, &rows)));
        let asked = desk.fill("paper.urging_request", &[("unit", name.as_str()), ("body", &desk.body())]);
        blocks.push(Block::Text(Style::Body, (asked + desk.end_mark()).into()));
    }
    blocks.extend(desk.signed());
    blocks
}

/// The unit's overdue tasks, the longest late first.
fn overdue(desk: &Desk<'_>, meetings: &[Cow<'_, Meeting>], unit: &str) -> Vec<BoardRow> {
    let mut rows = desk.rows(meetings.iter().map(Cow::as_ref));
    rows.retain(|row| row.state == TaskState::Overdue && desk.leads(&row.task, unit));
    by_urgency(&mut rows);
    rows
}

/// Whether the unit has an overdue task.
pub fn is_late(desk: &Desk<'_>) -> bool {
    !overdue(desk, &desk.committee_meetings(), desk.order.unit).is_empty()
}

/// Units that lead an overdue task, by id or the words that name them, each once.
pub fn late_units(desk: &Desk<'_>) -> Vec<String> {
    let meetings = desk.committee_meetings();
    let rows = desk.rows(meetings.iter().map(Cow::as_ref));
    let late = rows.iter().filter(|row| row.state == TaskState::Overdue);
    let units =
        late.flat_map(|row| row.task.lead.iter().map(|id| desk.committee.successor_of(id).to_owned()));
    units.filter(|id| !id.trim().is_empty()).collect::<BTreeSet<_>>().into_iter().collect()
}

/// How often the unit was urged about this task.
fn rounds(desk: &Desk<'_>, task: &Task, unit: &str) -> i64 {
    let own = task
        .urgings
        .iter()
        .filter(|row| row.unit.is_empty() || desk.is_among(std::slice::from_ref(&row.unit), unit));
    let (numbered, counted) = own.fold((0, 0), |(most, n), row| (most.max(row.round.unwrap_or(0)), n + 1));
    numbered.clamp(0, 999).max(counted)
}

fn table(desk: &Desk<'_>, meetings: &[Cow<'_, Meeting>], rows: &[BoardRow]) -> Table {
    let columns = desk.columns(&[
        ("paper.column_number", 7, Side::Middle),
        ("paper.column_content", 31, Side::Start),
        ("paper.column_given", 24, Side::Start),
        ("paper.column_due", 14, Side::Middle),
        ("paper.column_late", 10, Side::Middle),
        ("paper.column_urged", 14, Side::Middle),
    ]);
    let row = |(at, row): (usize, &BoardRow)| {
        let meeting = meetings.iter().find(|meeting| meeting.head.id == row.meeting);
        let urged = row.task.urgings.iter().filter_map(|urging| urging.on).max();
        Row::Cells(vec![
            (at + 1).to_string().into(),
            row.task.content.clone().into(),
            meeting.map_or(String::new(), |meeting| given_by(desk, meeting)).into(),
            desk.deadline(&row.task).into(),
            desk.days_late(row).into(),
            urged.map_or(String::new(), |day| desk.short(day)).into(),
        ])
    };
    Table { columns, rows: rows.iter().enumerate().map(row).collect(), height: RowHeight::AsText }
}

/// The notice that gave the task by its number and day, else the meeting.
fn given_by(desk: &Desk<'_>, meeting: &Meeting) -> String {
    let notice =
        meeting.papers.iter().find(|paper| paper.kind == "notice" && !paper.number.trim().is_empty());
    if let Some(notice) = notice {
        let day = notice.date.map_or(String::new(), |day| {
            format!(" {}", desk.fill("paper.of_day", &[("day", desk.short(day))]))
        });
        return desk.fill("paper.notice_number", &[("number", format!("{}{day}", notice.number.trim()))]);
    }
    let day = meeting.head.date.map_or(String::new(), |day| format!(" ({})", desk.short(day)));
    format!("{}{day}", meeting.head.title.trim())
}
