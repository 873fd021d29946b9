//! Home: what needs attention, and the meetings with the one to go on with first. Only reads.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::pointer::Spot;
use crate::app::popup::Tone;
use crate::app::view::text::{Piece, clean, full_date};
use crate::app::view::{Attention, HomeEntry, attention, committee_name, header, home_entries};
use crate::domain::kinds::Stage;
use crate::text::width::pad;
use crate::ui::canvas::{Canvas, Caret};
use crate::ui::{between, window};

/// Draws the place; gives the room where pop-ups may lie.
pub fn draw(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) -> Rect {
    let words = &app.desk.words;
    let date = full_date(app.desk.today);
    canvas.pieces(
        area,
        0,
        1,
        &[Piece::new(words.get("ui.title"), Tone::Heading), Piece::plain(format!("   {date}"))],
        Style::new(),
    );
    let saving = header::saving(app);
    canvas.write_right(area, 0, &saving.text, canvas.theme.tone(saving.tone));
    let body = between(area, 1, 3);
    let lines = attention_lines(app);
    for (row, line) in lines.iter().enumerate() {
        canvas.pieces(body, row, 1, std::slice::from_ref(line), Style::new());
    }
    let entries = home_entries(app);
    let list = between(body, lines.len() as u16, 0);
    canvas.rule(list, 0, &format!("{} ({})", words.get("ui.meetings"), entries.len()));
    meetings(app, &entries, canvas, between(list, 1, 0));
    filter(app, canvas, between(area, area.height.saturating_sub(3), 2));
    body
}

fn attention_lines(app: &App) -> Vec<Piece> {
    let words = &app.desk.words;
    let counts: Attention = attention(app);
    let mut lines = Vec::new();
    if app.desk.demo {
        lines.push(Piece::new(words.get("ui.demo"), Tone::Warning));
    }
    let kinds = [
        ("ui.attention_overdue", counts.overdue, Tone::Alarm),
        ("ui.attention_due_soon", counts.due_soon, Tone::Warning),
        ("ui.attention_awaiting", counts.awaiting, Tone::Plain),
        ("ui.attention_not_approved", counts.not_approved, Tone::Plain),
        ("ui.attention_unreadable", counts.unreadable, Tone::Alarm),
    ];
    for (key, count, tone) in kinds.into_iter().filter(|(_, count, _)| *count > 0) {
        lines.push(Piece::new(words.fill(key, &[("n", &count.to_string())]), tone));
    }
    if counts == Attention::default() {
        lines.push(Piece::plain(words.get("ui.attention_none")));
    }
    lines
}

fn meetings(app: &App, entries: &[HomeEntry<'_>], canvas: &mut Canvas<'_, '_>, area: Rect) {
    if entries.is_empty() {
        canvas.write(area, 0, 1, app.desk.words.get("ui.no_meetings"), Style::reset());
    }
    let height = usize::from(area.height);
    let top = window(app.home.selected, entries.len(), height);
    for (row, (at, entry)) in entries.iter().enumerate().skip(top).take(height).enumerate() {
        let chosen = at == app.home.selected;
        let base = if chosen { canvas.theme.selected() } else { Style::new() };
        if chosen {
            canvas.style_row(area, row, base);
            canvas.write(area, row, 0, ">", base);
        }
        meeting_row(app, entry, canvas, (area, row), base);
        canvas.row_stands_for(area, row, Spot::Row(at));
    }
}

fn meeting_row(
    app: &App,
    entry: &HomeEntry<'_>,
    canvas: &mut Canvas<'_, '_>,
    at: (Rect, usize),
    base: Style,
) {
    let (meeting, words) = (entry.meeting, &app.desk.words);
    let (area, row) = at;
    let date = meeting.head.date.map(full_date).unwrap_or_default();
    let stage = words.get(&format!("stage.{}", meeting.stage().word())).to_owned();
    let committee = clean(committee_name(app, &meeting.head.committee)).into_owned();
    let (committee_cells, counts_cells) = if area.width >= 100 { (24, 24) } else { (4, 18) };
    let title_cells =
        usize::from(area.width).saturating_sub(1 + 11 + 14 + 1 + committee_cells + 1 + counts_cells);
    let tone =
        if matches!(meeting.stage(), Stage::Live | Stage::Paused) { Tone::Heading } else { Tone::Plain };
    let mut pieces = vec![
        Piece::plain(pad(&date, 11)),
        Piece::new(pad(&stage, 14), tone),
        Piece::new(pad(&clean(&meeting.head.title), title_cells), tone),
        Piece::plain(format!(" {} ", pad(&committee, committee_cells))),
    ];
    let number = |n: usize| n.to_string();
    if entry.open > 0 {
        pieces.push(Piece::plain(words.fill("ui.tasks_open", &[("n", &number(entry.open))])));
    }
    if entry.overdue > 0 {
        pieces.push(Piece::plain(", "));
        pieces.push(Piece::new(
            words.fill("ui.tasks_overdue", &[("n", &number(entry.overdue))]),
            Tone::Warning,
        ));
    }
    canvas.pieces(area, row, 1, &pieces, base);
}

fn filter(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let at = canvas.write(
        area,
        0,
        1,
        &format!("{}: ", app.desk.words.get("ui.filter")),
        canvas.theme.tone(Tone::Heading),
    );
    let at = (at as u16).min(area.width);
    canvas.field(Rect { x: area.x + at, width: area.width - at, ..area }, &app.home.filter, Caret::Here);
}
