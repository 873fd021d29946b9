//! The four official boxes side by side, each a list of its own. Only reads.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::popup::Tone;
use crate::app::view::board::{BoardList, BoardRow};
use crate::app::view::task::named;
use crate::app::view::text::{clean, short_date};
use crate::domain::state::OfficialBox;
use crate::text::width::pad;
use crate::ui::canvas::Canvas;
use crate::ui::{between, window};

/// Draws the boxes; the one with the selected task shows the rows around it, the others their first.
pub(super) fn draw(app: &App, list: &BoardList, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let chosen = app.in_columns(list);
    let cells = area.width / OfficialBox::ALL.len() as u16;
    for (column, official) in OfficialBox::ALL.into_iter().enumerate() {
        let x = area.x + cells * column as u16;
        let room = Rect { x, width: cells, ..area };
        let Some(rows) = list.boxes.get(column) else { continue };
        let title = app.desk.words.fill(title(official), &[("n", &rows.len().to_string())]);
        let here = chosen.is_some_and(|(at, _)| at == column);
        let tone = if official == OfficialBox::OpenOverdue && !rows.is_empty() {
            Tone::Warning
        } else {
            Tone::Heading
        };
        let sign = if here { ">" } else { " " };
        canvas.write(
            room,
            0,
            0,
            &format!("{sign}{}", pad(&title, usize::from(cells).saturating_sub(2))),
            canvas.theme.tone(tone),
        );
        let chosen = chosen.filter(|_| here).map(|(_, at)| at);
        draw_rows(app, list, rows, chosen, canvas, between(room, 1, 0));
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
