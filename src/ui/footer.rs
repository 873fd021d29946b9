//! The two rows at the bottom: the keys that work here now, or the news. Derived from the keymap and the words, so
//! that they cannot promise what does not work. Changes nothing.

use ratatui::layout::Rect;

use crate::app::command::Command;
use crate::app::meeting::Focus;
use crate::app::popup::Popup;
use crate::app::view::text::{Piece, clean};
use crate::app::view::{current_meeting, header};
use crate::app::{App, Place};
use crate::text::width::width;
use crate::ui::canvas::Canvas;

/// Draws the footer into its rows: keys in order of use, only whole entries; news takes the last row.
pub fn draw(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let news = news(app);
    let rows = usize::from(area.height).saturating_sub(usize::from(news.is_some()));
    let (mut row, mut column) = (0, 1);
    for (label, words) in commands(app).iter().filter_map(|command| entry(app, *command)) {
        let cells = width(&label) + width(&words);
        if column + cells > usize::from(area.width) {
            (row, column) = (row + 1, 1);
        }
        if row >= rows || column + cells > usize::from(area.width) {
            break;
        }
        column = canvas.write(area, row, column, &label, canvas.theme.key());
        column = canvas.write(area, row, column, &words, ratatui::style::Style::reset()) + 2;
    }
    if let Some(news) = news {
        canvas.pieces(
            area,
            usize::from(area.height).saturating_sub(1),
            1,
            &[news],
            ratatui::style::Style::new(),
        );
    }
}

/// What there is to tell: what was done, else what the idle row says.
fn news(app: &App) -> Option<Piece> {
    if !app.desk.news.text.is_empty() {
        return Some(Piece::new(clean(&app.desk.news.text), app.desk.news.tone));
    }
    let meeting = current_meeting(app).filter(|_| app.place == Place::Meeting)?;
    header::idle_hint(app, meeting).map(Piece::plain)
}

/// A key and what it does; `None` for a command without a key. Words that begin with a sign follow it directly, as
/// `F2@`: the sign is the other way to the same command.
fn entry(app: &App, command: Command) -> Option<(String, String)> {
    let label = app.desk.keymap.label(command)?;
    let short = format!("footer.{}", command.name());
    let long = format!("command.{}", command.name());
    let words =
        if app.desk.words.has(&short) { app.desk.words.get(&short) } else { app.desk.words.get(&long) };
    let gap = if words.starts_with(['@', '#', '!', '=']) { "" } else { " " };
    Some((label, format!("{gap}{words}")))
}

/// What works here now, what is needed most first.
fn commands(app: &App) -> &'static [Command] {
    use Command::*;
    match (app.popups.last(), app.place, app.meeting.focus) {
        (Some(Popup::Picker { .. }), ..) => &[Choose, Up, Down, Back],
        (Some(Popup::Form { .. }), ..) => &[Accept, NextField, PreviousField, NextChoice, Back],
        (Some(Popup::Split(_)), ..) => {
            &[MakeClauses, CycleClause, CutLeft, CutRight, EditClause, AddCut, JoinClause, Up, Down, Back]
        }
        (Some(Popup::Page(_)), ..) => &[Back, Choose, Up, Down, ListPageDown],
        (None, Place::Meeting, _) if app.meeting.editing.is_some() => &[Record, Back, Undo, Help],
        (None, Place::Meeting, Focus::Line) => &[
            Record,
            Speaker,
            Item,
            Task,
            Conclusion,
            Split,
            NextGap,
            Command::Roll,
            SelectUp,
            SelectDown,
            Palette,
            Undo,
            Command::Board,
            Help,
            Quit,
        ],
        (None, Place::Meeting, Focus::Stream) => &[
            EditLine,
            Speaker,
            Item,
            Task,
            Conclusion,
            Split,
            DeleteLines,
            ExtendUp,
            Kind,
            Doubt,
            Confidential,
            ItemFromHere,
            Back,
            Help,
        ],
        (None, Place::Meeting, Focus::Prepared(_)) => {
            &[SayPrepared, EditPrepared, SelectUp, SelectDown, Back, Help]
        }
        (None, Place::Home, _) => &[OpenEntry, Up, Down, Command::Board, Palette, Search, Help, Quit],
        (None, Place::Board, _) => {
            &[Detail, SortNext, Report, Extend, Jump, Up, Down, Back, Command::Home, Palette, Undo, Help]
        }
        (None, Place::Roll, _) => &[
            RollLine,
            MarkPresent,
            MarkOnline,
            MarkLate,
            MarkLeft,
            MarkExcused,
            MarkUnexcused,
            MarkRepresented,
            MarkUnmarked,
            NotCalledYet,
            Back,
            Undo,
            Help,
        ],
    }
}
