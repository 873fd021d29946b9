//! The Board: every task of every meeting as a table that fits the window, the official boxes side by side, and one
//! task in full. Only the visible rows are shaped. Only reads.

mod columns;
mod table;

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::board::BoardView;
use crate::app::popup::Tone;
use crate::app::view::board::{BoardList, BoardRow, board_row};
use crate::app::view::text::{Piece, clean};
use crate::app::view::{board_list, header, task};
use crate::domain::board::SortBy;
use crate::domain::state::OfficialBox;
use crate::text::width::{pad, width};
use crate::ui::between;
use crate::ui::canvas::Canvas;

/// Draws the place; gives the room where pop-ups may lie.
pub fn draw(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) -> Rect {
    let body = between(area, 2, 3);
    canvas.write(area, 0, 1, app.desk.words.get("place.board"), canvas.theme.tone(Tone::Heading));
    canvas.facts_right(area, 0, &[header::typing(app), header::saving(app)], 24);
    match (app.board.view, board_row(app, &app.board.selected)) {
        (BoardView::Detail, Some(row)) => detail(app, &row, canvas, between(area, 1, 3)),
        (BoardView::Columns, _) => {
            let list = board_list(app);
            title(app, &list, canvas, area);
            columns::draw(app, &list, canvas, between(area, 1, 3));
        }
        _ => {
            let list = board_list(app);
            title(app, &list, canvas, area);
            boxes(app, &list, canvas, area);
            table::draw(app, &list, canvas, body);
        }
    }
    let line = between(area, area.height.saturating_sub(3), 2);
    let label = format!("{}: ", app.desk.words.get("ui.filter"));
    let at = canvas.write(line, 0, 1, &label, canvas.theme.tone(Tone::Heading));
    let at = (at as u16).min(line.width);
    canvas.field(Rect { x: line.x + at, width: line.width - at, ..line }, &app.board.filter);
    body
}

/// How many tasks are listed, in which order, and how many are marked.
fn title(app: &App, list: &BoardList, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let words = &app.desk.words;
    let sort = words.get(&format!("sort.{}", sort_word(app.board.sort))).to_owned();
    let mut parts = vec![list.len().to_string(), words.fill("ui.sorted_by", &[("by", &sort)])];
    let boxed: usize = list.boxes.iter().map(Vec::len).sum();
    if app.board.view == BoardView::Columns && boxed < list.len() {
        parts.push(words.fill("ui.no_box", &[("n", &(list.len() - boxed).to_string())]));
    }
    parts.extend(marked(app, list));
    canvas.write(area, 0, width(words.get("place.board")) + 4, &parts.join(", "), Style::reset());
}

/// How many tasks verbs will act on, those that the filter hides too.
fn marked(app: &App, list: &BoardList) -> Option<String> {
    let marked = &app.board.marked;
    if marked.is_empty() {
        return None;
    }
    let hidden = marked.iter().filter(|task| !list.contains(task)).count();
    let slots = [("n", marked.len().to_string()), ("hidden", hidden.to_string())];
    let key = if hidden > 0 { "ui.marked_hidden" } else { "ui.marked_n" };
    Some(app.desk.words.fill(key, &slots))
}

/// The official boxes with their counts.
fn boxes(app: &App, list: &BoardList, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let mut column = 1;
    for official in OfficialBox::ALL {
        let key = format!("box.{}", box_word(official));
        let n = list.counts.in_box(official);
        let tone = if official == OfficialBox::OpenOverdue && n > 0 { Tone::Warning } else { Tone::Plain };
        let piece = Piece::new(app.desk.words.fill(&key, &[("n", &n.to_string())]), tone);
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

fn detail(app: &App, row: &BoardRow<'_>, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let mark = app.desk.words.get("ui.task_mark");
    let number = row.task.number.map_or("?".to_owned(), |number| number.to_string());
    canvas.rule(area, 0, &format!("{mark}{number}, {}", clean(&row.meeting.head.title)));
    let list = between(area, 1, 0);
    let cells = usize::from(list.width);
    let lines = task::detail_rows(app, row, cells);
    let height = usize::from(list.height);
    let top = app.board.scroll.min(lines.len().saturating_sub(height));
    for (at, (label, text, tone)) in lines.iter().skip(top).take(height).enumerate() {
        let pieces = [
            Piece::new(pad(label, task::label_cells(cells)), Tone::Heading),
            Piece::plain(" "),
            Piece::new(text.as_str(), *tone),
        ];
        canvas.pieces(list, at, 1, &pieces, Style::new());
    }
    if top + height < lines.len() {
        let rest = format!("+{}", lines.len() - top - height);
        canvas.write_right(area, 0, &format!(" {rest} "), canvas.theme.tone(Tone::Quiet));
    }
}
