//! The screen: reads the state and draws it, changes nothing. One file a place, as in `app`.

mod board;
mod canvas;
mod committee;
mod footer;
mod home;
mod meeting;
mod popup;
mod roll;
pub mod theme;

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::app::layout::SMALLEST;
use crate::app::popup::Tone;
use crate::app::view::header;
use crate::app::{App, Place};
use crate::ui::canvas::Canvas;
pub use crate::ui::canvas::Spots;
use crate::ui::theme::Theme;

/// Draws everything. Any size is drawn without fault, down to one cell.
pub fn draw(app: &App, frame: &mut Frame<'_>) {
    paint(app, frame);
}

/// As [`draw`], telling which cells stand for what.
pub fn paint(app: &App, frame: &mut Frame<'_>) -> Spots {
    let mut canvas = Canvas::new(frame, Theme::of(app.desk.theme));
    let area = canvas.area();
    if area.is_empty() {
        return Spots::default();
    }
    if area.width < SMALLEST.0 || area.height < SMALLEST.1 {
        small(app, &mut canvas, area);
    } else {
        place(app, &mut canvas, area);
    }
    canvas.sweep(app.desk.signs);
    canvas.into_spots()
}

fn place(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let over = match app.place {
        Place::Home => home::draw(app, canvas, area),
        Place::Meeting => meeting::draw(app, canvas, area),
        Place::Board => board::draw(app, canvas, area),
        Place::Roll => roll::draw(app, canvas, area),
        Place::Committee => committee::draw(app, canvas, area),
    };
    popup::draw(app, canvas, over);
    footer::draw(app, canvas, bottom(area, 2));
}

/// A window too small for a place: the pop-up or the text, the speaker, the save state, and a word of comfort.
fn small(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let comfort = usize::from(area.height >= 4);
    let state = usize::from(area.height >= 2);
    let saving = header::saving(app);
    canvas.pieces(area, 0, 0, &[saving], ratatui::style::Style::new());
    if state == 0 {
        canvas.clear(area);
    }
    let text = Rect { y: area.y + state as u16, height: area.height - (state + comfort) as u16, ..area };
    match app.place {
        Place::Meeting => meeting::draw_small(app, canvas, text),
        Place::Home => canvas.field(text, &app.home.filter),
        Place::Board => canvas.field(text, &app.board.filter),
        Place::Roll => canvas.field(text, &app.roll.line),
        Place::Committee => canvas.field(text, &app.committee.list().filter),
    }
    if !app.popups.is_empty() {
        popup::draw(app, canvas, text);
    }
    if comfort > 0 {
        let row = usize::from(area.height) - 1;
        canvas.write(area, row, 0, app.desk.words.get("ui.small_window"), canvas.theme.tone(Tone::Quiet));
    }
}

/// The last `rows` rows of an area.
fn bottom(area: Rect, rows: u16) -> Rect {
    let rows = rows.min(area.height);
    Rect { y: area.bottom() - rows, height: rows, ..area }
}

/// The area without its first `above` and last `below` rows.
fn between(area: Rect, above: u16, below: u16) -> Rect {
    let above = above.min(area.height);
    let height = (area.height - above).saturating_sub(below);
    Rect { y: area.y + above, height, ..area }
}

/// The first visible place of a list of `count` in `height` rows so that `selected` shows, kept near the middle.
fn window(selected: usize, count: usize, height: usize) -> usize {
    let last_top = count.saturating_sub(height);
    selected.saturating_sub(height / 2).min(last_top)
}
