//! What lies over a place: a picker, a form, a sentence being cut, a page to read. Opens in the room it is given, from
//! its lower edge up, so that the typed line below stays in sight. Only reads.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::form::{Answer, Form, FormField};
use crate::app::picker::{Entry, Picker};
use crate::app::pointer::Spot;
use crate::app::popup::{Becomes, Clause, Page, Popup, Split, Then, Tone};
use crate::app::view::captured::clause_chips;
use crate::app::view::text::{Piece, clean};
use crate::text::query::Query;
use crate::text::width::{clip, pad, width, wrap};
use crate::ui::canvas::Canvas;
use crate::ui::{between, window};

/// Draws the top pop-up into `over`.
pub fn draw(app: &App, canvas: &mut Canvas<'_, '_>, over: Rect) {
    if over.is_empty() {
        return;
    }
    if !app.popups.is_empty() {
        canvas.forget_spots();
    }
    match app.popups.last() {
        Some(Popup::Picker { title, picker, then }) => draw_picker(app, title, (picker, then), canvas, over),
        Some(Popup::Form { title, form, .. }) => draw_form(app, title, form, canvas, over),
        Some(Popup::Split(split)) => draw_split(app, split, canvas, over),
        Some(Popup::Page(page)) => draw_page(page, canvas, over),
        None => {}
    }
}

/// Empties the lowest `rows` rows of `over` and gives the room under a rule with the title.
fn open(canvas: &mut Canvas<'_, '_>, over: Rect, rows: usize, title: &str) -> Rect {
    let height = (rows.saturating_add(1).min(usize::from(over.height))) as u16;
    let area = between(over, over.height - height, 0);
    canvas.clear(area);
    canvas.rule(area, 0, title);
    between(area, 1, 0)
}

fn draw_picker(
    app: &App,
    title: &str,
    (picker, then): (&Picker, &Then),
    canvas: &mut Canvas<'_, '_>,
    over: Rect,
) {
    let count = [("n", picker.shown.len().to_string()), ("of", picker.total.to_string())];
    let count = app.desk.words.fill("ui.shown_of", &count);
    let title = format!("{} {count}", app.desk.words.get(title));
    // The hits of a search come and go while one types; its frame stays.
    let rows = if *then == Then::Hit { usize::from(over.height) } else { picker.entries.len() + 1 };
    let area = open(canvas, over, rows, &title);
    let list = between(area, 1, 0);
    let top = window(picker.selected, picker.shown.len(), usize::from(list.height));
    let entries = picker.shown.iter().filter_map(|at| picker.entries.get(*at));
    for (row, entry) in entries.enumerate().skip(top).take(usize::from(list.height)) {
        let base = if row == picker.selected { canvas.theme.selected() } else { Style::new() };
        entry_row(entry, &picker.marks, canvas, list, row - top, base);
        canvas.row_stands_for(list, row - top, Spot::Row(row));
    }
    if picker.shown.is_empty() {
        let hint = *then == Then::Hit && picker.query.text().trim().is_empty();
        let key = if hint { "ui.search_hint" } else { "ui.nothing_found" };
        for (row, line) in
            wrapped(app.desk.words.get(key), usize::from(list.width).saturating_sub(4)).iter().enumerate()
        {
            canvas.write(list, row, 3, line, Style::reset());
        }
    }
    canvas.write(area, 0, 1, ">", canvas.theme.key());
    let room = Rect {
        x: area.x + 3.min(area.width),
        width: area.width.saturating_sub(4),
        height: area.height.min(1),
        ..area
    };
    canvas.field(room, &picker.query);
}

fn entry_row(entry: &Entry, marks: &Query, canvas: &mut Canvas<'_, '_>, area: Rect, row: usize, base: Style) {
    let cells = usize::from(area.width);
    let label = clean(&entry.label);
    let label_cells = (cells / 2).max(cells.saturating_sub(width(&entry.detail) + 14)).min(width(&label) + 2);
    canvas.write(area, row, 0, &" ".repeat(cells), base);
    let at = canvas.write(area, row, 1, &pad(&clean(&entry.mark), 11), base);
    let labelled = canvas.write(area, row, at, &pad(&label, label_cells), base);
    canvas.write(area, row, labelled + 1, &clean(&entry.detail), base);
    let cell = |column: usize| (column as u16).min(area.width);
    let room = Rect { y: area.y + row as u16, height: 1, ..area };
    let label_room = Rect { x: area.x + cell(at), width: cell(labelled) - cell(at), ..room };
    let detail_room = Rect { x: area.x + cell(labelled), width: area.width - cell(labelled), ..room };
    canvas.mark(label_room, |text| marks.picked(text));
    canvas.mark(detail_room, |text| marks.places(text));
}

fn draw_form(app: &App, title: &str, form: &Form, canvas: &mut Canvas<'_, '_>, over: Rect) {
    let labels: Vec<String> = form.fields.iter().map(|field| label(app, field)).collect();
    let label_cells =
        labels.iter().map(|text| width(text)).max().unwrap_or(0).min(usize::from(over.width) / 2);
    let cells = usize::from(over.width).saturating_sub(label_cells + 3);
    let heights: Vec<usize> = form
        .fields
        .iter()
        .enumerate()
        .map(|(at, field)| if at == form.focus { field_rows(field, cells) } else { 1 })
        .collect();
    let before = |at: usize| {
        let echoes = form.echo.iter().take(at).filter(|echo| !echo.is_empty()).count();
        heights.iter().take(at).sum::<usize>() + echoes
    };
    let area = open(canvas, over, before(form.fields.len()), app.desk.words.get(title));
    // The focused field stays in sight when there is not room for all.
    let focus_end = before(form.focus + 1);
    let top = focus_end.saturating_sub(usize::from(area.height));
    for (at, (field, height)) in form.fields.iter().zip(&heights).enumerate() {
        let Some(row) = before(at).checked_sub(top) else { continue };
        let focused = at == form.focus;
        for row in row..row + height {
            canvas.row_stands_for(area, row, Spot::Field(at));
        }
        let sign = if focused { ">" } else { " " };
        let name = labels.get(at).map_or("", String::as_str);
        let tone = if focused { Tone::Heading } else { Tone::Plain };
        canvas.write(area, row, 0, &format!("{sign}{} ", pad(name, label_cells)), canvas.theme.tone(tone));
        answer(app, field, canvas, between_rows(area, row, label_cells + 3, *height), focused);
        let echo = form.echo.get(at).map_or("", String::as_str);
        if !echo.is_empty() {
            let quiet = canvas.theme.tone(Tone::Quiet);
            canvas.write(area, row + height, label_cells + 3, &clean(echo), quiet);
        }
    }
}

/// Rows of the field with the caret: a long text is seen while it is corrected.
fn field_rows(field: &FormField, cells: usize) -> usize {
    match &field.answer {
        Answer::Text(text) => text.rows(cells.max(1)).len().clamp(1, FIELD_ROWS),
        Answer::Choice { .. } => 1,
    }
}

/// The most rows a field of a form takes.
const FIELD_ROWS: usize = 4;

/// So many rows of an area from row `row` and column `column` on; empty outside.
fn between_rows(area: Rect, row: usize, column: usize, rows: usize) -> Rect {
    let (row, column) = ((row as u16).min(area.height), (column as u16).min(area.width));
    let height = (rows as u16).min(area.height - row);
    Rect { x: area.x + column, y: area.y + row, width: area.width - column, height }
}

fn label(app: &App, field: &FormField) -> String {
    app.desk.words.get(&format!("field.{}", field.key)).to_owned()
}

fn answer(app: &App, field: &FormField, canvas: &mut Canvas<'_, '_>, area: Rect, focused: bool) {
    match &field.answer {
        Answer::Text(text) => {
            if focused {
                for row in 0..usize::from(area.height) {
                    canvas.style_row(area, row, canvas.theme.focused());
                }
                canvas.field(area, text);
            } else {
                canvas.write(area, 0, 0, &clip(&clean(text.text()), usize::from(area.width)), Style::reset());
            }
        }
        Answer::Choice { words, at } => {
            let chosen = words.get(*at).map_or("", |key| app.desk.words.get(key));
            let style = if focused { canvas.theme.selected() } else { Style::reset() };
            canvas.write(area, 0, 0, &format!("< {} >", clean(chosen)), style);
        }
    }
}

fn draw_split(app: &App, split: &Split, canvas: &mut Canvas<'_, '_>, over: Rect) {
    let cells = usize::from(over.width);
    let blocks: Vec<Vec<Vec<Piece>>> =
        split.clauses.iter().map(|clause| clause_rows(app, split, clause, cells)).collect();
    let total: usize = blocks.iter().map(Vec::len).sum();
    let area = open(canvas, over, total, app.desk.words.get("ui.split_title"));
    let focus_end: usize = blocks.iter().take(split.focus + 1).map(Vec::len).sum();
    let top = focus_end.saturating_sub(usize::from(area.height));
    let mut at: usize = 0;
    for (nth, block) in blocks.into_iter().enumerate() {
        for pieces in block {
            if let Some(row) = at.checked_sub(top).filter(|row| *row < usize::from(area.height)) {
                let focused = nth == split.focus;
                let base = if focused { canvas.theme.selected() } else { Style::new() };
                if focused {
                    canvas.style_row(area, row, base);
                }
                canvas.write(area, row, 0, if focused { ">" } else { " " }, base);
                canvas.row_stands_for(area, row, Spot::Row(nth));
                canvas.pieces(area, row, 1, &pieces, base);
            }
            at += 1;
        }
    }
}

/// A clause: what it becomes and its words, wrapped; below them the owners and the deadline of a task.
fn clause_rows(app: &App, split: &Split, clause: &Clause, cells: usize) -> Vec<Vec<Piece>> {
    const KIND: usize = 11;
    let kind = match clause.becomes {
        Becomes::Task => "becomes.task",
        Becomes::Conclusion => "becomes.conclusion",
        Becomes::Plain => "becomes.plain",
    };
    let text = clean(split.text.get(clause.range.clone()).unwrap_or("").trim()).into_owned();
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for range in wrap(&text, cells.saturating_sub(KIND + 2)) {
        let head = if rows.is_empty() { app.desk.words.get(kind) } else { "" };
        let words = text.get(range).unwrap_or("").to_owned();
        rows.push(vec![Piece::new(pad(head, KIND), Tone::Heading), Piece::plain(words)]);
    }
    if clause.becomes == Becomes::Task {
        let mut chips = vec![Piece::plain(" ".repeat(KIND - 1))];
        chips.extend(clause_chips(app, clause));
        rows.push(chips);
    }
    rows
}

fn draw_page(page: &Page, canvas: &mut Canvas<'_, '_>, over: Rect) {
    let cells = usize::from(over.width).saturating_sub(2);
    let blocks: Vec<Vec<String>> = page.lines.iter().map(|line| wrapped(&line.text, cells)).collect();
    let total: usize = blocks.iter().map(Vec::len).sum();
    let area = open(canvas, over, total, &clean(&page.title));
    let above: usize = blocks.iter().take(page.selected).map(Vec::len).sum();
    let height = usize::from(area.height);
    // A page that is only read scrolls line by line; a list keeps its choice in the middle.
    let reading = page.lines.iter().all(|line| line.reference.is_empty());
    let top = if reading { above.min(total.saturating_sub(height)) } else { window(above, total, height) };
    let mut at: usize = 0;
    for (nth, (line, block)) in page.lines.iter().zip(&blocks).enumerate() {
        let chosen = nth == page.selected && !line.reference.is_empty();
        for text in block {
            if let Some(row) = at.checked_sub(top).filter(|row| *row < usize::from(area.height)) {
                let sign = if chosen { ">" } else { " " };
                let style = if chosen { canvas.theme.selected() } else { canvas.theme.tone(line.tone) };
                canvas.write(area, row, 0, &format!("{sign}{text}"), style);
                canvas.row_stands_for(area, row, Spot::Row(nth));
            }
            at += 1;
        }
    }
}

fn wrapped(text: &str, cells: usize) -> Vec<String> {
    let text = clean(text);
    wrap(&text, cells).into_iter().map(|range| text.get(range).unwrap_or("").trim_end().to_owned()).collect()
}
