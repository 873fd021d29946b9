//! The Committee place: the tabs with their counts, the rows of the one in front, those of other days apart, and the
//! filter line. Only reads.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::command::Command;
use crate::app::committee::Spot;
use crate::app::committee::tab::{Column, Tab};
use crate::app::pointer;
use crate::app::popup::Tone;
use crate::app::view::text::{Piece, clean};
use crate::app::view::{EntryRow, committee, committee_rows, header, tab_counts};
use crate::domain::succession::Validity;
use crate::text::query::Query;
use crate::text::width::{clip, pad, width};
use crate::ui::canvas::Canvas;
use crate::ui::{between, window};

/// Draws the place; gives the room where pop-ups may lie.
pub fn draw(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) -> Rect {
    let words = &app.desk.words;
    let edge = canvas.facts_right(area, 0, &[header::typing(app), header::saving(app)], 24);
    let name = app.current_committee().map_or("", committee::title);
    let name = clip(&clean(name), edge.saturating_sub(2));
    canvas.write(area, 0, 1, &name, canvas.theme.tone(Tone::Heading));
    let tabs = tab_lines(app, usize::from(area.width));
    for (row, line) in tabs.iter().enumerate() {
        tab_row(app, line, canvas, (area, row + 1));
    }
    let body = between(area, 1 + tabs.len() as u16, 3);
    list(app, canvas, body);
    let line = between(area, area.height.saturating_sub(3), 2);
    let label = format!("{}: ", words.get("ui.filter"));
    let at = canvas.write(line, 0, 1, &label, canvas.theme.tone(Tone::Heading));
    let at = (at as u16).min(line.width);
    let filter = &app.committee.list().filter;
    canvas.field(Rect { x: line.x + at, width: line.width - at, ..line }, filter);
    between(area, 1, 3)
}

/// The tabs with their counts, in as many rows as they need.
fn tab_lines(app: &App, cells: usize) -> Vec<Vec<(Tab, String)>> {
    let mut lines: Vec<Vec<(Tab, String)>> = vec![Vec::new()];
    let mut used = 1;
    for (tab, count) in tab_counts(app) {
        let title = app.desk.words.get(tab.title());
        let label = if tab == Tab::Settings { format!(" {title} ") } else { format!(" {title} {count} ") };
        if used + width(&label) > cells && used > 1 {
            lines.push(Vec::new());
            used = 1;
        }
        used += width(&label);
        if let Some(line) = lines.last_mut() {
            line.push((tab, label));
        }
    }
    lines
}

fn tab_row(app: &App, line: &[(Tab, String)], canvas: &mut Canvas<'_, '_>, at: (Rect, usize)) {
    let mut column = 0;
    for (tab, label) in line {
        let chosen = *tab == app.committee.tab;
        let style = if chosen { canvas.theme.selected() } else { Style::reset() };
        // The tab in front is marked by a sign too, for screens without reverse letters.
        let label = if chosen { format!("[{}]", label.trim()) } else { label.clone() };
        let end = canvas.write(at.0, at.1, column, &label, style);
        canvas.stands_for(at.0, at.1, column..end, pointer::Spot::Tab(*tab));
        column = end;
    }
}

/// A line of the list: the word over a part, or a row by its place.
enum Line<'a> {
    Part(&'static str),
    Row(usize, &'a EntryRow),
}

fn list(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let rows = committee_rows(app);
    let tab = app.committee.tab;
    let columns = widths(&rows, tab, usize::from(area.width));
    heading(app, &columns, canvas, area);
    let lines = with_parts(&rows);
    let selected = app.committee.list().selected.min(rows.len().saturating_sub(1));
    let place = lines.iter().position(|line| matches!(line, Line::Row(at, _) if *at == selected));
    let list = between(area, 1, 0);
    let height = usize::from(list.height);
    let top = window(place.unwrap_or(0), lines.len(), height);
    for (at, line) in lines.iter().skip(top).take(height).enumerate() {
        match line {
            Line::Part(key) => canvas.rule(list, at, app.desk.words.get(key)),
            Line::Row(place, row) => {
                let chosen = *place == selected;
                let base = if chosen { canvas.theme.selected() } else { Style::new() };
                if chosen {
                    canvas.style_row(list, at, base);
                    canvas.write(list, at, 0, ">", base);
                }
                canvas.pieces(list, at, 1, &pieces(row, &columns), base);
                canvas.row_stands_for(list, at, pointer::Spot::Row(*place));
            }
        }
    }
    let marks = Query::read(app.committee.list().filter.text());
    canvas.mark(list, |text| marks.places(text));
    if rows.is_empty() {
        let add = app.desk.keymap.label(Command::EntryAdd).unwrap_or_default();
        let text = match app.committee.list().filter.is_empty() {
            true => app.desk.words.fill("row.none_yet", &[("key", &add)]),
            false => app.desk.words.get("ui.nothing_found").to_owned(),
        };
        canvas.write(list, 0, 1, &text, Style::reset());
    }
}

fn with_parts(rows: &[EntryRow]) -> Vec<Line<'_>> {
    let mut lines = Vec::with_capacity(rows.len() + 2);
    let mut part = Validity::Current;
    for (at, row) in rows.iter().enumerate() {
        if row.standing != part {
            part = row.standing;
            lines.push(Line::Part(match part {
                Validity::Coming => "row.coming",
                _ => "row.past",
            }));
        }
        lines.push(Line::Row(at, row));
    }
    lines
}

/// Cells of the columns: the shares of what the days leave over.
struct Widths {
    columns: Vec<(&'static Column, usize)>,
    /// Cells of the label before a setting.
    label: usize,
    days: usize,
}

fn widths(rows: &[EntryRow], tab: Tab, cells: usize) -> Widths {
    let columns: Vec<&Column> = committee::listed(tab).collect();
    let shares: usize = columns.iter().map(|column| column.share).sum();
    let longest = rows.iter().map(|row| width(&row.validity)).max().unwrap_or(0);
    let days = longest.min(cells / 3);
    let room = cells.saturating_sub(2 + days + columns.len());
    let columns = columns.into_iter().map(|column| (column, room * column.share / shares.max(1))).collect();
    let labels = rows.iter().filter(|row| matches!(row.spot, Spot::Setting(_)));
    let label = labels.filter_map(|row| row.cells.first()).map(|text| width(text)).max().unwrap_or(0);
    Widths { columns, label: label.min(cells / 2), days }
}

fn heading(app: &App, widths: &Widths, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let mut at = 1;
    for (column, cells) in &widths.columns {
        let label = app.desk.words.get(&format!("field.{}", column.label)).to_owned();
        at = canvas.write(area, 0, at, &pad(&label, *cells), canvas.theme.tone(Tone::Heading)) + 1;
    }
    if widths.days > 0 {
        let label = clip(app.desk.words.get("row.validity"), widths.days);
        canvas.write(area, 0, at, &label, canvas.theme.tone(Tone::Heading));
    }
}

fn pieces(row: &EntryRow, widths: &Widths) -> Vec<Piece> {
    let cell = |at: usize| row.cells.get(at).map(|text| clean(text).into_owned()).unwrap_or_default();
    match row.spot {
        Spot::Item { .. } => return vec![Piece::plain(format!("   {}", cell(0)))],
        Spot::NewItem(_) => return vec![Piece::new(format!("   {}", cell(0)), Tone::Quiet)],
        Spot::Setting(_) => {
            return vec![
                Piece::new(pad(&cell(0), widths.label), Tone::Heading),
                Piece::plain(format!("  {}", cell(1))),
            ];
        }
        Spot::Row(_) => {}
    }
    let shown = widths.columns.iter().enumerate();
    let mut pieces: Vec<Piece> =
        shown.map(|(at, (_, cells))| Piece::plain(format!("{} ", pad(&cell(at), *cells)))).collect();
    pieces.push(Piece::plain(clip(&clean(&row.validity), widths.days)));
    pieces
}
