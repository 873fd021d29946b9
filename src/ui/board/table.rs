//! The table of the Board: one task a row, under headings where the order has groups. Only reads.

use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::pointer::Spot;
use crate::app::popup::Tone;
use crate::app::view::board::{BoardList, BoardRow, Group};
use crate::app::view::task::{named, reported_of, state_tone};
use crate::app::view::text::{Piece, clean};
use crate::domain::filter::Filter;
use crate::domain::kinds::Status;
use crate::domain::state::OfficialBox;
use crate::text::width::{pad, pad_left};
use crate::ui::canvas::Canvas;
use crate::ui::{between, window};

/// A line of the table.
enum Line<'a> {
    Heading(&'a Group),
    /// A task, by its place in the list.
    Task(usize),
}

/// Draws the head of the table and the rows around the selected one.
pub(super) fn draw(app: &App, list: &BoardList, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let columns = columns(usize::from(area.width));
    heading(app, &columns, canvas, area);
    let body = between(area, 1, 0);
    let chosen = list.position(&app.board.selected, app.board.at);
    let height = usize::from(body.height);
    let top = window(line_of(list, chosen.unwrap_or(0)), list.len() + list.groups.len(), height);
    for (row, line) in (top..top + height).map_while(|at| line_at(list, at)).enumerate() {
        match line {
            Line::Heading(group) => group_row(app, group, canvas, body, row),
            Line::Task(place) => {
                task_row(app, list, place, chosen == Some(place), &columns, canvas, (body, row))
            }
        }
    }
    let marks = Filter::words(app.board.filter_words());
    canvas.mark(body, |text| marks.places(text));
    if list.is_empty() {
        canvas.write(body, 0, 1, app.desk.words.get("ui.nothing_found"), Style::reset());
    }
}

/// The line of a task, headings counted.
fn line_of(list: &BoardList, place: usize) -> usize {
    place + list.groups.partition_point(|group| group.start <= place)
}

fn line_at(list: &BoardList, at: usize) -> Option<Line<'_>> {
    // The heading of a group stands on the line of its first task, after the headings before it.
    let line_of_heading = |(nth, group): (usize, &Group)| group.start + nth;
    let before = partition(list, |nth, group| line_of_heading((nth, group)) <= at);
    match before.checked_sub(1).and_then(|nth| Some((nth, list.groups.get(nth)?))) {
        Some((nth, group)) if line_of_heading((nth, group)) == at => Some(Line::Heading(group)),
        _ => Some(at - before).filter(|place| *place < list.len()).map(Line::Task),
    }
}

/// How many groups come before the first one for which `holds` is false.
fn partition(list: &BoardList, holds: impl Fn(usize, &Group) -> bool) -> usize {
    let (mut low, mut high) = (0, list.groups.len());
    while low < high {
        let middle = low.midpoint(high);
        match list.groups.get(middle).is_some_and(|group| holds(middle, group)) {
            true => low = middle + 1,
            false => high = middle,
        }
    }
    low
}

fn group_row(app: &App, group: &Group, canvas: &mut Canvas<'_, '_>, area: Rect, row: usize) {
    let words = &app.desk.words;
    let title = if group.title.is_empty() { words.get("ui.no_owner") } else { &group.title };
    let overdue = group.counts.in_box(OfficialBox::OpenOverdue);
    let slots = [
        ("title", clean(title).into_owned()),
        ("n", group.counts.total().to_string()),
        ("overdue", overdue.to_string()),
    ];
    let text = words.fill("ui.group", &slots);
    canvas.write(area, row, 1, &text, canvas.theme.tone(Tone::Heading));
}

fn task_row(
    app: &App,
    list: &BoardList,
    place: usize,
    chosen: bool,
    columns: &[(Column, usize)],
    canvas: &mut Canvas<'_, '_>,
    (area, row): (Rect, usize),
) {
    let Some(task) = list.row(app, place) else { return };
    let base = if chosen { canvas.theme.selected() } else { Style::new() };
    if chosen {
        canvas.style_row(area, row, base);
        canvas.write(area, row, 0, ">", base);
    }
    canvas.pieces(area, row, 1, &cells(app, &task, columns), base);
    canvas.row_stands_for(area, row, Spot::Row(place));
    // A marked row says so by a sign before its number; the selected one is marked by its own.
    if !app.board.marked.is_empty() && app.board.marked.contains(&task.task_ref()) {
        canvas.write(area, row, 0, if chosen { "#" } else { "+" }, base);
    }
}

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Column {
    Number,
    State,
    Due,
    Late,
    Owner,
    Content,
    Meeting,
}

/// The columns that a window of `cells` has room for, with their cells; the content takes what is left.
fn columns(cells: usize) -> Vec<(Column, usize)> {
    let (number, owner, meeting) = match cells {
        ..100 => (8, 12, 0),
        100..140 => (5, 20, 24),
        _ => (5, 28, 40),
    };
    let fixed = [
        (Column::Number, number),
        (Column::State, 13),
        (Column::Due, 8),
        (Column::Late, 4),
        (Column::Owner, owner),
    ];
    let used: usize = fixed.iter().map(|(_, cells)| cells + 1).sum();
    let mut columns = fixed.to_vec();
    let meeting_cells = if meeting > 0 { meeting + 1 } else { 0 };
    columns.push((Column::Content, cells.saturating_sub(used + meeting_cells + 2)));
    if meeting > 0 {
        columns.push((Column::Meeting, meeting));
    }
    columns
}

fn heading(app: &App, columns: &[(Column, usize)], canvas: &mut Canvas<'_, '_>, area: Rect) {
    let mut at = 1;
    for (column, cells) in columns {
        let key = match column {
            Column::Number => "column.number",
            Column::State => "column.state",
            Column::Due => "column.due",
            Column::Late => "column.late",
            Column::Owner => "column.owner",
            Column::Content => "column.content",
            Column::Meeting => "column.meeting",
        };
        at = canvas.write(
            area,
            0,
            at,
            &pad(app.desk.words.get(key), *cells),
            canvas.theme.tone(Tone::Heading),
        ) + 1;
    }
}

fn cells(app: &App, row: &BoardRow<'_>, columns: &[(Column, usize)]) -> Vec<Piece> {
    let cell = |(column, cells): &(Column, usize)| {
        let text = cell_text(app, row, *column, *cells);
        let text = if *column == Column::Late { pad_left(&text, *cells) } else { pad(&text, *cells) };
        let tone = if *column == Column::State { state_tone(row.state) } else { Tone::Plain };
        [Piece::new(text, tone), Piece::plain(" ")]
    };
    columns.iter().flat_map(cell).collect()
}

fn cell_text(app: &App, row: &BoardRow<'_>, column: Column, cells: usize) -> String {
    match column {
        Column::Number => number(row, cells),
        Column::State => app.desk.words.get(&state_key(row)).to_owned(),
        Column::Due => row.due.map(|due| day(due, app.desk.today)).unwrap_or_default(),
        Column::Late if row.days_late > 0 => row.days_late.to_string(),
        Column::Late => String::new(),
        Column::Owner => owners(app, row),
        Column::Content => clean(&row.task.content).into_owned(),
        Column::Meeting => {
            let date =
                row.meeting.head.date.map(|day| day.format("%d/%m/%y ").to_string()).unwrap_or_default();
            date + &clean(&row.meeting.head.title)
        }
    }
}

/// What is said of a task in a word. One that waits for the office says so instead of how far its deadline is, which
/// the next columns tell.
fn state_key(row: &BoardRow<'_>) -> String {
    match row.task.status {
        Some(status @ (Status::AwaitingConfirmation | Status::Returned)) => {
            format!("status.{}", status.word())
        }
        _ => format!("state.{}", row.state.word()),
    }
}

/// The number of the task; where no column names the meeting, the meeting's day before it: `15/07#3`.
fn number(row: &BoardRow<'_>, cells: usize) -> String {
    let number = row.task.number.map_or("?".to_owned(), |number| number.to_string());
    match row.meeting.head.date {
        Some(date) if cells >= 8 => format!("{}#{number}", date.format("%d/%m")),
        _ => number,
    }
}

/// `15/07`, with the year when it is another than today's.
fn day(day: NaiveDate, today: NaiveDate) -> String {
    let shape = if day.year() == today.year() { "%d/%m" } else { "%d/%m/%y" };
    day.format(shape).to_string()
}

/// Those in the lead; where they are several, how many have reported: "7/9 các sở, ngành".
fn owners(app: &App, row: &BoardRow<'_>) -> String {
    let names = clean(&named(app, row, &row.task.lead)).into_owned();
    match reported_of(app, row) {
        Some((reported, all)) => format!("{reported}/{all} {names}"),
        None => names,
    }
}
