//! The Board: every task of every meeting as a table that fits the window, and one task in full. Only the visible rows
//! are shaped. Only reads.

use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::board::BoardView;
use crate::app::pointer::Spot;
use crate::app::popup::Tone;
use crate::app::view::board::{BoardRow, board_row};
use crate::app::view::text::{Piece, clean, full_date};
use crate::app::view::{board_rows, header, stream, unit_name};
use crate::domain::board::{SortBy, StateCounts};
use crate::domain::state::{OfficialBox, TaskState};
use crate::text::width::{pad, pad_left, width, wrap};
use crate::ui::canvas::{Canvas, Caret};
use crate::ui::{between, window};

/// Draws the place; gives the room where pop-ups may lie.
pub fn draw(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) -> Rect {
    let body = between(area, 2, 3);
    canvas.write(area, 0, 1, app.desk.words.get("place.board"), canvas.theme.tone(Tone::Heading));
    let saving = header::saving(app);
    canvas.write_right(area, 0, &saving.text, canvas.theme.tone(saving.tone));
    match (app.board.view, board_row(app, &app.board.selected)) {
        (BoardView::Detail, Some(row)) => detail(app, &row, canvas, between(area, 1, 3)),
        _ => table(app, canvas, area, body),
    }
    let line = between(area, area.height.saturating_sub(3), 2);
    let label = format!("{}: ", app.desk.words.get("ui.filter"));
    let at = canvas.write(line, 0, 1, &label, canvas.theme.tone(Tone::Heading));
    let at = (at as u16).min(line.width);
    canvas.field(Rect { x: line.x + at, width: line.width - at, ..line }, &app.board.filter, Caret::Here);
    body
}

fn table(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect, body: Rect) {
    let rows = board_rows(app);
    counts(app, &rows, canvas, area);
    let columns = columns(usize::from(area.width));
    heading(app, &columns, canvas, body);
    let list = between(body, 1, 0);
    let place = rows.iter().position(|row| is_selected(app, row));
    let height = usize::from(list.height);
    let top = window(place.unwrap_or(0), rows.len(), height);
    for (row, (at, task)) in rows.iter().enumerate().skip(top).take(height).enumerate() {
        let chosen = place == Some(at);
        let base = if chosen { canvas.theme.selected() } else { Style::new() };
        if chosen {
            canvas.style_row(list, row, base);
            canvas.write(list, row, 0, ">", base);
        }
        canvas.pieces(list, row, 1, &cells(app, task, &columns), base);
        canvas.row_stands_for(list, row, Spot::Row(at));
    }
    if rows.is_empty() {
        canvas.write(list, 0, 1, app.desk.words.get("ui.nothing_found"), Style::reset());
    }
}

/// Compares without spelling the reference of every row.
fn is_selected(app: &App, row: &BoardRow<'_>) -> bool {
    let Some((meeting, number)) = app.board.selected.rsplit_once('#') else { return false };
    row.meeting.head.id == meeting && number.parse() == Ok(row.task.number.unwrap_or(0))
}

/// The official boxes with their counts, and how the list is sorted.
fn counts(app: &App, rows: &[BoardRow<'_>], canvas: &mut Canvas<'_, '_>, area: Rect) {
    let words = &app.desk.words;
    let counts: StateCounts = rows.iter().map(|row| row.state).collect();
    let sort = words.get(&format!("sort.{}", sort_word(app.board.sort))).to_owned();
    let sorted = format!("{}, {}", rows.len(), words.fill("ui.sorted_by", &[("by", &sort)]));
    let title = width(words.get("place.board")) + 4;
    canvas.write(area, 0, title, &sorted, Style::reset());
    let mut column = 1;
    for official in OfficialBox::ALL {
        let key = format!("box.{}", box_word(official));
        let n = counts.in_box(official);
        let tone = if official == OfficialBox::OpenOverdue && n > 0 { Tone::Warning } else { Tone::Plain };
        let piece = Piece::new(words.fill(&key, &[("n", &n.to_string())]), tone);
        column = canvas.pieces(area, 1, column, &[piece], Style::new()) + 1;
    }
}

fn box_word(official: OfficialBox) -> &'static str {
    match official {
        OfficialBox::DoneOnTime => "done_on_time",
        OfficialBox::DoneLate => "done_late",
        OfficialBox::OpenInTime => "open_in_time",
        OfficialBox::OpenOverdue => "open_overdue",
    }
}

fn sort_word(sort: SortBy) -> &'static str {
    match sort {
        SortBy::Deadline => "deadline",
        SortBy::Unit => "unit",
        SortBy::Meeting => "meeting",
        SortBy::Age => "age",
        SortBy::State => "state",
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
        Column::State => app.desk.words.get(&format!("state.{}", row.state.word())).to_owned(),
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

fn owners(app: &App, row: &BoardRow<'_>) -> String {
    named(app, row, &row.task.lead)
}

fn named(app: &App, row: &BoardRow<'_>, units: &[String]) -> String {
    let names: Vec<&str> = units.iter().map(|unit| unit_name(app, row.meeting, unit)).collect();
    clean(&names.join(", ")).into_owned()
}

fn state_tone(state: TaskState) -> Tone {
    match state {
        TaskState::Overdue => Tone::Alarm,
        TaskState::DueSoon | TaskState::DoneLate => Tone::Warning,
        _ => Tone::Plain,
    }
}

fn detail(app: &App, row: &BoardRow<'_>, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let mark = app.desk.words.get("ui.task_mark");
    let number = row.task.number.unwrap_or(0);
    canvas.rule(area, 0, &format!("{mark}{number}, {}", clean(&row.meeting.head.title)));
    let list = between(area, 1, 0);
    let mut at = 0;
    for (label, text, tone) in detail_lines(app, row) {
        let label_cells = 16.min(usize::from(list.width) / 3);
        let text = clean(&text);
        for (nth, range) in
            wrap(&text, usize::from(list.width).saturating_sub(label_cells + 3)).into_iter().enumerate()
        {
            let head = if nth == 0 { label.as_str() } else { "" };
            let pieces = [
                Piece::new(pad(head, label_cells), Tone::Heading),
                Piece::plain(" "),
                Piece::new(text.get(range).unwrap_or(""), tone),
            ];
            canvas.pieces(list, at, 1, &pieces, Style::new());
            at += 1;
        }
    }
}

type DetailLine = (String, String, Tone);

/// What is known of one task, label by label: the words as said, where from, whose, by when, what became of it.
fn detail_lines(app: &App, row: &BoardRow<'_>) -> Vec<DetailLine> {
    let (words, task) = (&app.desk.words, row.task);
    let label = |key: &str| words.get(key).to_owned();
    let mut lines = vec![
        (label("column.content"), task.content.clone(), Tone::Plain),
        (label("column.state"), state_words(app, row), state_tone(row.state)),
        (label("detail.said"), said(row), Tone::Plain),
        (label("detail.source"), source(app, row), Tone::Plain),
        (label("detail.lead"), owners(app, row), Tone::Plain),
        (label("detail.support"), named(app, row, &task.support), Tone::Plain),
        (label("detail.person"), task.person.clone(), Tone::Plain),
        (label("detail.product"), task.product.clone(), Tone::Plain),
        (label("detail.due"), due(app, row), Tone::Plain),
        (label("detail.basis"), basis(app, row), Tone::Plain),
    ];
    lines.extend(history(app, row));
    lines.push((label("detail.carried_from"), task.carried_from.clone(), Tone::Plain));
    lines.push((label("detail.carried_to"), task.carried_to.clone(), Tone::Plain));
    lines.retain(|(_, text, _)| !text.trim().is_empty());
    lines
}

fn state_words(app: &App, row: &BoardRow<'_>) -> String {
    let words = &app.desk.words;
    let state = words.get(&format!("state.{}", row.state.word())).to_owned();
    let late = match row.days_late {
        0 => String::new(),
        days => format!(" {}", words.fill("ui.days_late", &[("n", &days.to_string())])),
    };
    let status = row.task.status.map(|status| words.get(&format!("status.{}", status.word())).to_owned());
    format!("{state}{late}{}", status.map(|status| format!(", {status}")).unwrap_or_default())
}

fn said(row: &BoardRow<'_>) -> String {
    let of_note = || row.meeting.note(&row.task.note).map(|note| note.text.clone());
    if row.task.quote.is_empty() { of_note().unwrap_or_default() } else { row.task.quote.clone() }
}

/// Who said it, when, under which conclusion.
fn source(app: &App, row: &BoardRow<'_>) -> String {
    let words = &app.desk.words;
    let Some(note) = row.meeting.note(&row.task.note) else { return words.get("ui.no_source").to_owned() };
    let mut parts = vec![stream::full_name(app, row.meeting, &note.speaker)];
    parts.extend(note.at.map(|at| at.format("%H:%M %d/%m/%Y").to_string()));
    let conclusions = &row.meeting.conclusions;
    let conclusion = conclusions.iter().find(|c| row.task.basis.contains(&c.id) || c.note == note.id);
    let number = conclusion.and_then(|conclusion| conclusion.number);
    parts.extend(number.map(|n| words.fill("detail.conclusion", &[("n", &n.to_string())])));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// The deadline in force, and the first one when it was put off.
fn due(app: &App, row: &BoardRow<'_>) -> String {
    let words = &app.desk.words;
    let mut parts = vec![row.due.map_or_else(|| stream::deadline_words(app, row.task), full_date)];
    if let Some(first) = row.task.due.filter(|first| Some(*first) != row.due) {
        parts.push(words.fill("detail.first_due", &[("day", &full_date(first))]));
    }
    if !row.task.due_text.is_empty() {
        parts.push(words.fill("detail.due_words", &[("words", &row.task.due_text)]));
    }
    parts.join("; ")
}

fn basis(app: &App, row: &BoardRow<'_>) -> String {
    let name = |id: &String| {
        let conclusion = row.meeting.conclusions.iter().find(|conclusion| conclusion.id == *id);
        let document = row.meeting.documents.iter().find(|document| document.id == *id);
        match (conclusion.and_then(|c| c.number), document) {
            (Some(n), _) => app.desk.words.fill("detail.conclusion", &[("n", &n.to_string())]),
            (None, Some(document)) => format!("{} {}", document.number, document.title),
            (None, None) => id.clone(),
        }
    };
    row.task.basis.iter().map(name).collect::<Vec<_>>().join("; ")
}

/// Reports, extensions and urgings, each on a line of its own.
fn history(app: &App, row: &BoardRow<'_>) -> Vec<DetailLine> {
    let words = &app.desk.words;
    let day = |on: Option<chrono::NaiveDate>| on.map(full_date).unwrap_or_default();
    let mut lines = Vec::new();
    for report in &row.task.reports {
        let status = report.status.map(|s| words.get(&format!("status.{}", s.word())).to_owned());
        let percent = report.percent.map(|percent| format!("{percent}%"));
        let unit = unit_name(app, row.meeting, &report.unit).to_owned();
        let parts = [Some(day(report.on)), Some(unit), status, percent, Some(report.text.clone())];
        lines.push(("detail.reports", joined(parts)));
    }
    for extension in &row.task.extensions {
        let span = format!("{} -> {}", day(extension.from), day(extension.to));
        let by =
            [&extension.allowed_by, &extension.reason, &extension.document].map(|text| Some(text.clone()));
        lines
            .push(("detail.extensions", joined([Some(day(extension.on)), Some(span)].into_iter().chain(by))));
    }
    for urging in &row.task.urgings {
        let unit = unit_name(app, row.meeting, &urging.unit).to_owned();
        let round = urging.round.map(|round| format!("#{round}"));
        lines.push((
            "detail.urgings",
            joined([Some(day(urging.on)), round, Some(unit), Some(urging.document.clone())]),
        ));
    }
    lines.into_iter().map(|(key, text)| (words.get(key).to_owned(), text, Tone::Plain)).collect()
}

fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
