//! The two rows at the bottom: the keys that work here now, or the news. Derived from the keymap and the words, so
//! that they cannot promise what does not work. Changes nothing.

use ratatui::layout::Rect;

use crate::app::board::BoardView;
use crate::app::command::Command;
use crate::app::committee::tab::Tab;
use crate::app::meeting::Focus;
use crate::app::plan::PlanList;
use crate::app::pointer::Spot;
use crate::app::popup::{Page, Popup, Then};
use crate::app::view::header;
use crate::app::view::text::{Piece, clean};
use crate::app::{App, Place};
use crate::domain::fact::FactKind;
use crate::domain::kinds::Stage;
use crate::text::width::width;
use crate::ui::canvas::Canvas;

/// Draws the footer into its rows: keys in order of use, only whole entries; news takes the last row.
pub fn draw(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let news = news(app);
    let rows = usize::from(area.height).saturating_sub(usize::from(news.is_some()));
    let help = entry(app, Command::Help).filter(|_| app.works_now(Command::Help));
    let help_cells = help.as_ref().map_or(0, |(label, words)| width(label) + width(words) + 2);
    let cells = usize::from(area.width);
    let mut at = (0, 1);
    let works = commands(app).iter().filter(|command| app.works_now(**command));
    let entries = works.filter_map(|command| Some((*command, entry(app, *command)?)));
    for (command, (label, words)) in entries {
        let needed = width(&label) + width(&words);
        // The way to everything else keeps its room in the last row.
        let room = |row: usize| cells.saturating_sub(if row + 1 >= rows { help_cells } else { 0 });
        let place = if at.1 + needed > room(at.0) { (at.0 + 1, 1) } else { at };
        if place.0 >= rows || place.1 + needed > room(place.0) {
            break;
        }
        at = (place.0, put(canvas, area, place, &label, &words));
        canvas.stands_for(area, place.0, place.1..at.1.saturating_sub(2), Spot::Command(command));
    }
    if let Some((label, words)) = help.filter(|_| at.0 < rows) {
        let place = if at.1 + help_cells > cells + 2 { (at.0 + 1, 1) } else { at };
        let end = put(canvas, area, place, &label, &words);
        canvas.stands_for(area, place.0, place.1..end.saturating_sub(2), Spot::Command(Command::Help));
    }
    if let Some(news) = news {
        let last = usize::from(area.height).saturating_sub(1);
        canvas.pieces(area, last, 1, &[news], ratatui::style::Style::new());
    }
}

/// Writes one entry; gives the column where the next may begin.
fn put(canvas: &mut Canvas<'_, '_>, area: Rect, at: (usize, usize), label: &str, words: &str) -> usize {
    let column = canvas.write(area, at.0, at.1, label, canvas.theme.key());
    canvas.write(area, at.0, column, words, ratatui::style::Style::reset()) + 2
}

/// What there is to tell: what was done, else what the idle row says.
fn news(app: &App) -> Option<Piece> {
    if !app.desk.news.text.is_empty() {
        return Some(Piece::new(clean(&app.desk.news.text), app.desk.news.tone));
    }
    let meeting = app.current_meeting().filter(|_| app.place == Place::Meeting)?;
    header::idle_hint(app, meeting).map(Piece::plain)
}

/// A key and what it does; `None` for a command without a key. Words that begin with a sign follow it directly, as
/// `F2@`: the sign is the other way to the same command.
fn entry(app: &App, command: Command) -> Option<(String, String)> {
    let label = app.desk.keymap.label(command)?;
    let short = match (command, enter_on_nothing(app)) {
        (Command::Record, Some(key)) => key.to_owned(),
        _ => format!("footer.{}", command.name()),
    };
    let long = format!("command.{}", command.name());
    let words =
        if app.desk.words.has(&short) { app.desk.words.get(&short) } else { app.desk.words.get(&long) };
    let gap = if words.starts_with(['@', '#', '!', '=']) { "" } else { " " };
    Some((label, format!("{gap}{words}")))
}

/// What Enter does in an empty line of a meeting that is not live.
fn enter_on_nothing(app: &App) -> Option<&'static str> {
    let empty = app.meeting.line.is_empty() && app.meeting.editing.is_none();
    match app.current_meeting().filter(|_| empty)?.stage() {
        Stage::Planned => Some("footer.enter_opens"),
        Stage::Paused => Some("footer.enter_resumes"),
        _ => None,
    }
}

/// What works here now, what is needed most first. Help has a place of its own.
fn commands(app: &App) -> &'static [Command] {
    use Command::*;
    match (app.popups.last(), app.place) {
        (Some(Popup::Form { .. }), _) if app.gap_in_front().is_some() => {
            &[Accept, LeaveGap, NextGap, NextField, PreviousField, NextChoice, Back]
        }
        (Some(Popup::Picker { .. }), _) if app.gap_in_front().is_some() => {
            &[Choose, LeaveGap, Up, Down, Back]
        }
        (Some(Popup::Picker { .. }), _) => in_list(app),
        (Some(Popup::Form { then: Then::Plan(_), .. }), _) => {
            &[Accept, NextField, PreviousField, NextChoice, PickName, Back]
        }
        (Some(Popup::Form { .. }), _) => &[Accept, NextField, PreviousField, NextChoice, Back],
        (Some(Popup::Split(_)), _) => &[
            MakeClauses,
            EditClause,
            NoDeadline,
            CycleClause,
            AddCut,
            CutLeft,
            CutRight,
            JoinClause,
            Up,
            Down,
            Back,
        ],
        (Some(Popup::Page(page)), _) if matches!(page.then, Then::Facts(_)) => on_facts(page),
        (Some(Popup::Page(_)), _) => &[Back, Choose, Up, Down, ListPageDown],
        (None, Place::Meeting) => in_meeting(app),
        (None, Place::Home) if !app.home.filter.is_empty() => {
            &[OpenEntry, Back, Up, Down, Command::Board, Palette, Quit]
        }
        (None, Place::Home) => &[
            OpenEntry,
            NewMeeting,
            NextStage,
            NextCommittee,
            Command::Board,
            Command::Committee,
            EditHead,
            Postpone,
            CallOff,
            NewCommittee,
            Palette,
            Quit,
            Up,
            Down,
        ],
        (None, Place::Board) => on_board(app),
        (None, Place::Roll) => ROLL,
        (None, Place::Committee) => in_committee(app),
    }
}

fn in_list(app: &App) -> &'static [Command] {
    use Command::*;
    match app.plan_list() {
        Some((PlanList::Items, _)) => {
            &[Choose, PlanAdd, PlanEdit, PlanRemove, PlanUp, PlanDown, PlanBefore, PlanAnew, Undo, Back]
        }
        Some((PlanList::Sites, _)) => {
            &[PlanEdit, PlanAdd, PlanRemove, PlanUp, PlanDown, PlanBefore, PlanAnew, Undo, Back]
        }
        None => &[Choose, Up, Down, Back],
    }
}

/// Only the queue and the prepared texts have an order, and only in the queue somebody is heard.
fn on_facts(page: &Page) -> &'static [Command] {
    use Command::*;
    let chosen = page.lines.get(page.selected).and_then(|line| line.reference.split_once('/'));
    match chosen.and_then(|(table, _)| FactKind::of_table(table)) {
        Some(FactKind::Queue) => {
            &[Choose, FactHeard, FactUp, FactDown, FactRemove, FactAdd, Back, Up, Down, Undo]
        }
        Some(FactKind::Prepared) => &[Choose, FactUp, FactDown, FactRemove, FactLine, Back, Up, Down, Undo],
        Some(FactKind::Conclusion | FactKind::Task) => &[Choose, FactLine, FactRemove, Back, Up, Down, Undo],
        _ => &[Choose, FactLine, FactRemove, FactAdd, Back, Up, Down, Undo],
    }
}

fn in_meeting(app: &App) -> &'static [Command] {
    use Command::*;
    match app.meeting.focus {
        _ if app.meeting.editing.is_some() => &[Record, CutLine, Back, Undo],
        Focus::Line | Focus::Stream if app.is_locked() => APPROVED,
        Focus::Line => LINE,
        Focus::Stream if app.gap_in_front().is_some() => {
            &[NextGap, LeaveGap, EditLine, Speaker, Task, Doubt, DeleteLines, TaskOnBoard, Back]
        }
        Focus::Stream => STREAM,
        Focus::Prepared(_) => &[SayPrepared, EditPrepared, SelectUp, SelectDown, Back],
    }
}

fn in_committee(app: &App) -> &'static [Command] {
    use Command::*;
    match app.committee.tab {
        Tab::Members => &[
            NextTab,
            EntryEdit,
            EntryAdd,
            NewPost,
            ImportMembers,
            EntryUp,
            EntryDown,
            EntryRemove,
            Back,
            Undo,
            Palette,
        ],
        Tab::Units => &[
            NextTab,
            EntryEdit,
            EntryAdd,
            UnitRename,
            UnitMerge,
            ImportMembers,
            EntryUp,
            EntryDown,
            EntryRemove,
            Back,
            Undo,
            Palette,
        ],
        Tab::Settings => &[NextTab, EntryEdit, Up, Down, Back, Undo, Palette],
        _ => &[NextTab, EntryEdit, EntryAdd, EntryUp, EntryDown, EntryRemove, Back, Undo, Palette],
    }
}

fn on_board(app: &App) -> &'static [Command] {
    use Command::*;
    // Without a task in sight the verbs on tasks have nothing to work on.
    if app.board.selected.is_empty() {
        return &[Back, Command::Home, Filters, Palette, Undo];
    }
    match app.board.view {
        BoardView::Detail => DETAIL,
        BoardView::Columns => &[
            Detail,
            Command::TurnView,
            ColumnLeft,
            ColumnRight,
            MarkRow,
            Report,
            Extend,
            Confirm,
            ReturnTask,
            Filters,
            Back,
            Palette,
            Undo,
        ],
        BoardView::Table => &[
            Detail,
            Command::TurnView,
            SortNext,
            MarkRow,
            Report,
            Extend,
            Confirm,
            ReturnTask,
            Jump,
            Urge,
            Reassign,
            Filters,
            Back,
            Palette,
            Undo,
        ],
    }
}

const DETAIL: &[Command] = {
    use Command::*;
    #[rustfmt::skip]
    let commands = &[
        Jump, Report, Extend, Confirm, ReturnTask, EditTask, Urge, Reassign, ChainOn, Up, Down, Back, Palette, Undo,
    ];
    commands
};

const LINE: &[Command] = {
    use Command::*;
    #[rustfmt::skip]
    let commands = &[
        Record, Speaker, Item, Task, Conclusion, Split, NextGap, Roll, SelectUp, SelectDown, Palette, Undo, ToggleTyping,
        Board, Quit,
    ];
    commands
};

/// An approved text is only amended.
const APPROVED: &[Command] = {
    use Command::*;
    &[Amend, SelectUp, Back, Palette, Undo, Roll, Board, Quit]
};

const STREAM: &[Command] = {
    use Command::*;
    #[rustfmt::skip]
    let commands = &[
        EditLine, Speaker, Item, Task, Conclusion, Split, TaskOnBoard, DeleteLines, Back, ExtendUp, Kind, Doubt,
        Confidential, ItemFromHere, LineUp, LineDown, JoinLines,
    ];
    commands
};

const ROLL: &[Command] = {
    use Command::*;
    #[rustfmt::skip]
    let commands = &[
        RollLine, Back, Board, MarkPresent, MarkOnline, MarkLate, MarkLeft, MarkExcused, MarkUnexcused,
        MarkRepresented, MarkUnmarked, NotCalledYet, EditRow, EditStay, AddSeat, ImportSeats, RemoveSeat, RestPresent,
        SitePresent, Sites, SeatUp, SeatDown, Undo,
    ];
    commands
};
