//! The sheet that places draw on: text that never leaves its room, rules, the terminal's own cursor, and the sweep that
//! keeps characters a terminal would act on off the screen. Knows no place and no record.

use std::ops::Range;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Style};

use crate::app::pointer::Spot;
use crate::app::popup::Tone;
use crate::app::view::text::{Piece, is_unsafe};
use crate::config::Signs;
use crate::text::field::TextField;
use crate::text::width::{clip, grapheme_width, shown, width};
use crate::ui::theme::Theme;

/// A frame with its theme.
pub struct Canvas<'a, 'f> {
    frame: &'a mut Frame<'f>,
    pub theme: Theme,
    spots: Spots,
}

/// Which cells of a drawn screen stand for what.
#[derive(Clone, Debug, Default)]
pub struct Spots {
    list: Vec<(Rect, Spot)>,
}

impl Spots {
    /// What lies at a cell, counted from 0 at the top left.
    pub fn at(&self, column: u16, row: u16) -> Option<Spot> {
        let cell = Position { x: column, y: row };
        self.list.iter().rev().find(|(area, _)| area.contains(cell)).map(|(_, spot)| *spot)
    }
}

impl<'a, 'f> Canvas<'a, 'f> {
    /// A sheet over a whole frame.
    pub fn new(frame: &'a mut Frame<'f>, theme: Theme) -> Canvas<'a, 'f> {
        Canvas { frame, theme, spots: Spots::default() }
    }

    /// What the cells stand for, once all is drawn.
    pub fn into_spots(self) -> Spots {
        self.spots
    }

    /// Cells of a row of an area, from one column up to another, stand for something.
    pub fn stands_for(&mut self, area: Rect, row: usize, columns: std::ops::Range<usize>, spot: Spot) {
        let (from, to) = (columns.start as u16, columns.end as u16);
        let place =
            Rect { x: area.x + from, y: area.y + row as u16, width: to.saturating_sub(from), height: 1 };
        self.spots.list.push((place.intersection(area), spot));
    }

    /// A whole row of an area stands for something.
    pub fn row_stands_for(&mut self, area: Rect, row: usize, spot: Spot) {
        self.stands_for(area, row, 0..usize::from(area.width), spot);
    }

    /// What lies below a pop-up stands for nothing while it is open.
    pub fn forget_spots(&mut self) {
        self.spots = Spots::default();
    }

    /// The whole sheet.
    pub fn area(&self) -> Rect {
        self.frame.area()
    }

    /// Writes `text` in row `row` of `area` from column `column` on, clipped to the area; gives the column after it.
    pub fn write(&mut self, area: Rect, row: usize, column: usize, text: &str, style: Style) -> usize {
        let end = column + width(text);
        let room = usize::from(area.width).saturating_sub(column);
        if row >= usize::from(area.height) || room == 0 {
            return end;
        }
        let (x, y) = (area.x + column as u16, area.y + row as u16);
        let clipped = clip(text, room);
        self.frame.buffer_mut().set_stringn(x, y, shown(&clipped), room, style);
        end
    }

    /// Writes pieces one after another, each in its tone laid over `base`; gives the column after the last.
    pub fn pieces(&mut self, area: Rect, row: usize, column: usize, pieces: &[Piece], base: Style) -> usize {
        let mut at = column;
        for piece in pieces {
            let style = self.theme.tone(piece.tone).patch(base);
            at = self.write(area, row, at, &piece.text, style);
        }
        at
    }

    /// Writes `text` so that it ends at the right edge; gives the column where it begins.
    pub fn write_right(&mut self, area: Rect, row: usize, text: &str, style: Style) -> usize {
        let column = usize::from(area.width).saturating_sub(width(text) + 1);
        self.write(area, row, column, text, style);
        column
    }

    /// Writes facts so that the last ends at the right edge, the most needed last: what does not leave `kept` cells at
    /// the left goes from the front. Gives the column where they begin.
    pub fn facts_right(&mut self, area: Rect, row: usize, pieces: &[Piece], kept: usize) -> usize {
        const GAP: usize = 3;
        let cells = usize::from(area.width);
        let needed = |pieces: &[Piece]| pieces.iter().map(|piece| width(&piece.text) + GAP).sum::<usize>();
        let mut pieces = pieces;
        while pieces.len() > 1 && needed(pieces) + kept > cells + GAP - 1 {
            pieces = &pieces[1..];
        }
        let begin = (cells + GAP).saturating_sub(needed(pieces) + 1);
        let mut column = begin;
        for piece in pieces {
            let style = self.theme.tone(piece.tone);
            column = self.write(area, row, column, &piece.text, style) + GAP;
        }
        begin
    }

    /// A line across with a text in it: `─ 1 Quang > KẾT LUẬN ───`.
    pub fn rule(&mut self, area: Rect, row: usize, label: &str) {
        let cells = usize::from(area.width);
        self.write(area, row, 0, &"─".repeat(cells), self.theme.tone(Tone::Quiet));
        if !label.is_empty() {
            let label = clip(label, cells.saturating_sub(3));
            self.write(area, row, 1, &format!(" {label} "), self.theme.tone(Tone::Heading));
        }
    }

    /// An upright line at the left edge of an area.
    pub fn upright(&mut self, area: Rect, column: usize) {
        for row in 0..usize::from(area.height) {
            self.write(area, row, column, "│", self.theme.tone(Tone::Quiet));
        }
    }

    /// Empties an area.
    pub fn clear(&mut self, area: Rect) {
        let area = area.intersection(self.area());
        let buffer = self.frame.buffer_mut();
        for position in area.positions() {
            if let Some(cell) = buffer.cell_mut(position) {
                cell.reset();
            }
        }
    }

    /// Lays a style over a whole row of an area.
    pub fn style_row(&mut self, area: Rect, row: usize, style: Style) {
        let row_area = Rect { y: area.y.saturating_add(row as u16), height: 1, ..area };
        let shown = row_area.intersection(area).intersection(self.area());
        self.frame.buffer_mut().set_style(shown, style);
    }

    /// Marks what is searched for in the rows of an area as they stand, whatever was clipped and padded in them. `places`
    /// gives the bytes of a row's text.
    pub fn mark(&mut self, area: Rect, places: impl Fn(&str) -> Vec<Range<usize>>) {
        let style = self.theme.found();
        let area = area.intersection(self.area());
        let buffer = self.frame.buffer_mut();
        for y in area.top()..area.bottom() {
            let (mut text, mut cells) = (String::new(), Vec::new());
            let mut x = area.left();
            while x < area.right() {
                let symbol = buffer.cell((x, y)).map_or(" ", |cell| cell.symbol());
                cells.push((text.len(), x));
                text.push_str(symbol);
                // The cell behind a wide letter belongs to it.
                x += width(symbol).max(1) as u16;
            }
            for place in places(&text) {
                for (_, x) in cells.iter().filter(|(at, _)| place.contains(at)) {
                    buffer.set_style(Rect { x: *x, y, width: 1, height: 1 }, style);
                }
            }
        }
    }

    /// Puts the terminal's cursor where the caret of the person is; input methods follow it.
    pub fn cursor(&mut self, area: Rect, row: usize, column: usize) {
        if area.is_empty() {
            return;
        }
        let x = area.x + (column as u16).min(area.width - 1);
        let y = area.y + (row as u16).min(area.height - 1);
        self.frame.set_cursor_position(Position { x, y });
    }

    /// A text field wrapped into `area`, scrolled so that the caret's row shows; the cursor goes there.
    pub fn field(&mut self, area: Rect, field: &TextField) {
        let (cells, height) = (usize::from(area.width), usize::from(area.height));
        if area.is_empty() {
            return;
        }
        let (caret_row, caret_column) = field.caret_cell(cells);
        let top = (caret_row + 1).saturating_sub(height);
        for (row, range) in field.rows(cells).into_iter().skip(top).take(height).enumerate() {
            self.field_row(area, row, field, range);
        }
        self.cursor(area, caret_row - top, caret_column);
    }

    fn field_row(&mut self, area: Rect, row: usize, field: &TextField, range: std::ops::Range<usize>) {
        use unicode_segmentation::UnicodeSegmentation;
        let selection = field.selection().unwrap_or(0..0);
        let mut column = 0;
        let text = field.text().get(range.clone()).unwrap_or("");
        for (at, grapheme) in text.grapheme_indices(true) {
            let chosen = selection.contains(&(range.start + at));
            let style = if chosen { self.theme.marked() } else { Style::reset() };
            self.write(area, row, column, grapheme, style);
            column += grapheme_width(grapheme);
        }
    }

    /// Replaces whatever a terminal would act on or hide, signs that a poor font lacks, and gives cells without
    /// colours those of the theme. Runs once over the finished sheet, so that nothing passes.
    pub fn sweep(&mut self, signs: Signs) {
        let ground = self.theme.ground();
        for cell in &mut self.frame.buffer_mut().content {
            if let Some((text, back)) = ground {
                cell.fg = if cell.fg == Color::Reset { text } else { cell.fg };
                cell.bg = if cell.bg == Color::Reset { back } else { cell.bg };
            }
            let symbol = cell.symbol();
            if symbol.contains(is_unsafe) || symbol.len() > LARGEST_SYMBOL {
                let safe = "·".repeat(width(symbol).clamp(1, 2));
                cell.set_symbol(&safe);
            }
            if signs == Signs::Ascii
                && let Some(plain) = plain_sign(cell.symbol())
            {
                cell.set_symbol(plain);
            }
        }
    }
}

/// Bytes of the largest symbol in a cell; a pile of a thousand marks on one letter would stall a terminal.
const LARGEST_SYMBOL: usize = 32;

/// The sign every font has, for one of ours that some lack.
fn plain_sign(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "─" => "-",
        "│" => "|",
        "…" => "~",
        "·" => "?",
        "··" => "??",
        "↑" => "^",
        "↓" => "v",
        "←" => "<",
        "→" => ">",
        _ => return None,
    })
}
