//! The four official boxes side by side, each a list of its own. Only reads.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::popup::Tone;
use crate::app::view::board::{BoardList, BoardRow, board_row};
use crate::app::view::task::named;
use crate::app::view::text::{clean, short_date};
use crate::domain::filter::Filter;
use crate::domain::state::OfficialBox;
use crate::text::width::{pad, wrap};
use crate::ui::canvas::Canvas;
use crate::ui::{between, window};

/// Rows of the selected task's words under the boxes.
const FOOT: u16 = 3;

/// Draws the boxes; the one with the selected task shows the rows around it, the others their first. Below stands what
/// the narrow columns have no room for.
pub(super) fn draw(app: &App, list: &BoardList, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let chosen = app.in_columns(list);
    let cells = area.width / OfficialBox::ALL.len() as u16;
    let boxes = between(area, 0, FOOT);
    for (column, official) in OfficialBox::ALL.into_iter().enumerate() {
        let room = Rect { x: area.x + cells * column as u16, width: cells, ..boxes };
        let Some(rows) = list.boxes.get(column) else { continue };
        let at = chosen.filter(|(at, _)| *at == column).map(|(_, at)| at);
        heading(app, official, rows.len(), at.is_some(), canvas, room);
        draw_rows(app, list, rows, at, canvas, between(room, 2, 0));
    }
    selected(app, canvas, between(area, area.height.saturating_sub(FOOT), 0));
    let marks = Filter::words(app.board.filter_words());
    canvas.mark(between(boxes, 2, 0), |text| marks.places(text));
}

/// What the box holds, in two rows, so that it can be read in a narrow window too.
fn heading(
    app: &App,
    official: OfficialBox,
    count: usize,
    here: bool,
    canvas: &mut Canvas<'_, '_>,
    room: Rect,
) {
    let title = app.desk.words.fill(title(official), &[("n", &count.to_string())]);
    let alarm = official == OfficialBox::OpenOverdue && count > 0;
    let style = canvas.theme.tone(if alarm { Tone::Warning } else { Tone::Heading });
    for (row, part) in title.split('|').enumerate() {
        let sign = if here { ">" } else { " " };
        canvas.write(room, row, 0, &format!("{sign}{part}"), style);
    }
}

fn selected(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let Some(row) = board_row(app, &app.board.selected) else { return };
    canvas.rule(area, 0, &clean(&row.meeting.head.title));
    let text = words(app, &row);
    let cells = usize::from(area.width).saturating_sub(2);
    for (at, range) in
        wrap(&text, cells).into_iter().take(usize::from(area.height).saturating_sub(1)).enumerate()
    {
        canvas.write(area, at + 1, 1, text.get(range).unwrap_or(""), Style::reset());
    }
}

fn title(official: OfficialBox) -> &'static str {
    match official {
        OfficialBox::DoneOnTime => "box_title.done_on_time",
        OfficialBox::DoneLate => "box_title.done_late",
        OfficialBox::OpenInTime => "box_title.open_in_time",
        OfficialBox::OpenOverdue => "box_title.open_overdue",
    }
}

fn draw_rows(
    app: &App,
    list: &BoardList,
    rows: &[usize],
    chosen: Option<usize>,
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
) {
    let height = usize::from(area.height);
    let top = window(chosen.unwrap_or(0), rows.len(), height);
    for (at, place) in rows.iter().enumerate().skip(top).take(height) {
        let Some(task) = list.row(app, *place) else { continue };
        let is_chosen = chosen == Some(at);
        let base = if is_chosen { canvas.theme.selected() } else { Style::new() };
        let marked = !app.board.marked.is_empty() && app.board.marked.contains(&task.task_ref());
        let sign = match (is_chosen, marked) {
            (true, false) => ">",
            (true, true) => "#",
            (false, true) => "+",
            (false, false) => " ",
        };
        let text = format!("{sign}{}", words(app, &task));
        canvas.write(area, at - top, 0, &pad(&text, usize::from(area.width).saturating_sub(1)), base);
    }
}

/// Deadline, owner and words, as many as fit.
fn words(app: &App, row: &BoardRow<'_>) -> String {
    let due = row.due.map(|due| short_date(due, app.desk.today));
    let owner = Some(named(app, row, &row.task.lead)).filter(|owner| !owner.is_empty());
    let parts = [due, owner, Some(row.task.content.clone())];
    clean(&parts.into_iter().flatten().collect::<Vec<_>>().join(" ")).into_owned()
}
