//! The Meeting place: facts on top, the stream, the numbered speakers, the input rows that never move, and from 100
//! columns the programme, from 130 the tasks and the floor. Only reads.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::layout::{PROGRAMME_FROM, TASKS_FROM, line_cells};
use crate::app::meeting::Focus;
use crate::app::popup::Tone;
use crate::app::view::header::Detail;
use crate::app::view::text::{Piece, clean, clock};
use crate::app::view::{captured, header, stream};
use crate::domain::kinds::{ItemKind, Stage};
use crate::domain::meeting::{Meeting, PreparedText};
use crate::domain::{floor, programme};
use crate::text::width::{clip, pad, width, wrap};
use crate::ui::canvas::Canvas;
use crate::ui::{between, window};

/// Cells of the programme at the left.
const PROGRAMME: u16 = 30;
/// Cells of the tasks and the floor at the right.
const TASKS: u16 = 36;

/// The rows of the place from top to bottom.
struct Rows {
    head: Rect,
    body: Rect,
    speakers: Rect,
    input: Rect,
}

fn rows(area: Rect) -> Rows {
    let input_rows = if area.height >= 30 { 3 } else { 2 };
    let below = 2 + input_rows + 2;
    Rows {
        head: Rect { height: 3.min(area.height), ..area },
        body: between(area, 3, below),
        speakers: between(area, area.height.saturating_sub(below), below - 2),
        input: between(area, area.height.saturating_sub(input_rows + 2), 2),
    }
}

/// Draws the place; gives the room where pop-ups may lie.
pub fn draw(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) -> Rect {
    let rows = rows(area);
    let Some(meeting) = app.current_meeting() else {
        canvas.write(rows.head, 0, 1, app.desk.words.get("ui.no_meeting"), Style::reset());
        input(app, canvas, rows.input);
        return rows.body;
    };
    facts(app, meeting, canvas, rows.head);
    body(app, meeting, canvas, rows.body);
    speakers(app, meeting, canvas, rows.speakers);
    canvas.rule(rows.speakers, 1, &prompt(app, meeting));
    input(app, canvas, rows.input);
    rows.body
}

/// The place in a window too small for it: who speaks, and the text.
pub fn draw_small(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let speaker = app.current_meeting().map(|meeting| speaker_words(app, meeting)).unwrap_or_default();
    let named = u16::from(area.height >= 2 && !speaker.is_empty());
    if named > 0 {
        canvas.write(area, 0, 0, &speaker, canvas.theme.tone(Tone::Heading));
    }
    input(app, canvas, between(area, named, 0));
}

/// The two rows of facts.
fn facts(app: &App, meeting: &Meeting, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let (title, right, gap) = first_row(app, meeting, usize::from(area.width).saturating_sub(1));
    let mut column = canvas.write(area, 0, 1, &title, canvas.theme.tone(Tone::Heading));
    for piece in &right {
        column = canvas.pieces(area, 0, column + gap, std::slice::from_ref(piece), Style::new());
    }
    item_facts(app, meeting, canvas, area);
    canvas.rule(area, 2, "");
}

/// Title, facts and the blank cells between them, for a row of `room` cells. What is lost first in a narrow window is
/// air, then detail, then the input mode and the counts; the save state never goes.
fn first_row(app: &App, meeting: &Meeting, room: usize) -> (String, Vec<Piece>, usize) {
    let title = clean(&meeting.head.title);
    let stage = header::stage(app, meeting);
    let typing = || header::typing(app);
    let [full, short] = [Detail::Full, Detail::Short].map(|detail| header::presence(app, meeting, detail));
    let mut saving = header::saving(app);
    // A long cause of failure leaves the stage its place; the news tells it in full.
    saving.text = clip(&saving.text, room * 2 / 3);
    let rows = [
        (vec![stage.clone(), Piece::plain(full), typing(), saving.clone()], width(&title).min(room / 2)),
        (vec![stage.clone(), Piece::plain(short.clone()), typing(), saving.clone()], 14),
        (vec![stage.clone(), Piece::plain(short), saving.clone()], 12),
        (vec![stage, saving.clone()], 10),
    ];
    // One blank between facts is hard to read and comes last of all.
    for gaps in [&[3, 2][..], &[1]] {
        for (pieces, least) in &rows {
            let pieces: Vec<Piece> = pieces.iter().filter(|piece| !piece.text.is_empty()).cloned().collect();
            for gap in gaps {
                let left = room.saturating_sub(facts_width(&pieces, *gap));
                if left >= *least.min(&width(&title)) {
                    return (clip(&title, left), pieces, *gap);
                }
            }
        }
    }
    (String::new(), vec![saving], 0)
}

fn facts_width(pieces: &[Piece], gap: usize) -> usize {
    pieces.iter().map(|piece| width(&piece.text) + gap).sum()
}

/// Blank cells between two facts of the second row.
const GAP: usize = 3;

fn item_facts(app: &App, meeting: &Meeting, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let mut right = vec![header::forecast(app, meeting)];
    let gaps = header::gaps(app, meeting);
    right.push(Piece::new(gaps, Tone::Heading));
    right.retain(|piece| !piece.text.is_empty());
    let start = usize::from(area.width).saturating_sub(facts_width(&right, GAP) + 1).max(1);
    let left = Rect { width: (start as u16).min(area.width), ..area };
    match header::item(app, meeting) {
        Some(facts) => {
            let bar = facts
                .tenths
                .map(|n| format!(" [{}{}]", "#".repeat(n), "-".repeat(10 - n)))
                .unwrap_or_default();
            let tail = format!(" {}{bar} ", facts.used);
            let room = start.saturating_sub(width(&facts.place) + width(&tail) + width(&facts.left.text) + 3);
            let title = clip(&facts.title.to_uppercase(), room);
            let pieces = [
                Piece::plain(format!("{} ", facts.place)),
                Piece::new(title, Tone::Heading),
                Piece::plain(tail),
                facts.left,
            ];
            canvas.pieces(left, 1, 1, &pieces, Style::new());
        }
        None => {
            let notice = header::notice(app, meeting);
            let none = Piece::plain(header::between_items(app, meeting));
            let fact = if notice.text.is_empty() { none } else { notice };
            canvas.pieces(left, 1, 1, &[fact], Style::new());
        }
    }
    let mut column = start;
    for piece in right {
        column = canvas.pieces(area, 1, column + GAP, &[piece], Style::new());
    }
}

fn body(app: &App, meeting: &Meeting, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let mut middle = area;
    if area.width >= PROGRAMME_FROM {
        let side = Rect { width: PROGRAMME, ..area };
        programme_side(app, meeting, canvas, side);
        canvas.upright(side, usize::from(PROGRAMME) - 1);
        middle = Rect { x: area.x + PROGRAMME, width: area.width - PROGRAMME, ..area };
    }
    if area.width >= TASKS_FROM {
        let side = Rect { x: area.right() - TASKS, width: TASKS, ..area };
        canvas.upright(side, 0);
        tasks_side(app, meeting, canvas, Rect { x: side.x + 1, width: side.width - 1, ..side });
        middle.width -= TASKS;
    }
    let below = prepared(app, meeting, canvas, middle);
    lines(app, meeting, canvas, between(middle, 0, below));
}

fn lines(app: &App, meeting: &Meeting, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let (cells, height) = (usize::from(area.width), usize::from(area.height));
    let rows = stream::rows(app, meeting, cells.saturating_sub(1), height);
    if rows.is_empty() {
        let key = if meeting.stage() == Stage::Planned { "ui.no_notes_planned" } else { "ui.no_notes" };
        let text = app.desk.words.get(key);
        for (row, range) in wrap(text, cells.saturating_sub(2)).into_iter().enumerate() {
            canvas.write(area, row, 1, text.get(range).unwrap_or(""), Style::reset());
        }
    }
    for (at, row) in rows.iter().enumerate() {
        let base = if row.selected { canvas.theme.selected() } else { Style::new() };
        if row.selected {
            canvas.style_row(area, at, base);
        }
        canvas.pieces(area, at, 0, &row.pieces, base);
        if row.selected {
            canvas.write(area, at, 0, ">", base);
        }
    }
}

/// The prepared texts not said yet, over the end of the stream while the keys walk them; gives the rows taken.
fn prepared(app: &App, meeting: &Meeting, canvas: &mut Canvas<'_, '_>, area: Rect) -> u16 {
    let Focus::Prepared(chosen) = app.meeting.focus else { return 0 };
    let unsaid: Vec<&PreparedText> = meeting.prepared.iter().filter(|text| text.note.is_empty()).collect();
    if unsaid.is_empty() {
        return 0;
    }
    let shown = (unsaid.len() as u16).min(5).min(area.height / 2);
    let list = between(area, area.height.saturating_sub(shown + 1), 0);
    canvas.rule(list, 0, app.desk.words.get("ui.prepared_title"));
    let top = window(chosen, unsaid.len(), usize::from(shown));
    for (row, (at, text)) in unsaid.iter().enumerate().skip(top).take(usize::from(shown)).enumerate() {
        let (sign, style) = if at == chosen { (">", canvas.theme.selected()) } else { (" ", Style::reset()) };
        let line = format!("{sign}{}", clean(&text.text));
        canvas.write(list, row + 1, 0, &pad(&line, usize::from(area.width)), style);
    }
    shown + 1
}

/// What the mark at the start of the line finds, the one Enter takes first; owners and deadline of a task that is being
/// typed; without a mark the numbered speakers.
fn speakers(app: &App, meeting: &Meeting, canvas: &mut Canvas<'_, '_>, area: Rect) {
    if let Some(chips) = captured::typed_task(app, meeting) {
        canvas.pieces(area, 0, 1, &chips, Style::new());
        return;
    }
    let found = app.suggestions();
    if found.is_empty() {
        return numbered(app, meeting, canvas, area);
    }
    let mut column = 1;
    for (at, entry) in found.iter().enumerate() {
        let text = clean(&entry.label);
        let text =
            if entry.mark.is_empty() { text.into_owned() } else { format!("{} {text}", clean(&entry.mark)) };
        let room = usize::from(area.width).saturating_sub(column + 1);
        if at > 0 && width(&text) > room {
            return;
        }
        let tone = if at == 0 { Tone::Heading } else { Tone::Plain };
        column = canvas.write(area, 0, column, &clip(&text, room), canvas.theme.tone(tone)) + 2;
    }
}

/// `@1 Quang 2 Tài …`, as many as fit whole.
fn numbered(app: &App, meeting: &Meeting, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let mut column = 1;
    for (number, id, name) in stream::numbered(app, meeting).iter().take(9) {
        let sign = if *number == 1 { "@" } else { "" };
        let text = format!("{sign}{number} {}", clip(name, 8));
        if column + width(&text) >= usize::from(area.width) {
            return;
        }
        let tone = if *id == app.meeting.speaker { Tone::Heading } else { Tone::Plain };
        column = canvas.write(area, 0, column, &text, canvas.theme.tone(tone)) + 1;
    }
}

/// `1 Quang > KẾT LUẬN > kết luận số 3`: what Enter would record.
fn prompt(app: &App, meeting: &Meeting) -> String {
    let words = &app.desk.words;
    if let Some(editing) = &app.meeting.editing {
        let at = meeting.note(&editing.note).and_then(|note| note.at).map_or(String::new(), clock);
        return words.fill("ui.prompt_editing", &[("time", &at)]);
    }
    let mut parts = vec![speaker_words(app, meeting)];
    let item = programme::current_item(meeting);
    parts.extend(item.map(|item| header::item_title(app, item).to_uppercase()));
    let concluding = item.is_some_and(|item| item.kind == Some(ItemKind::Conclusion));
    if matches!(app.meeting.focus, Focus::Prepared(_)) {
        parts.push(words.get("ui.prompt_prepared").to_owned());
    } else if concluding && meeting.stage() == Stage::Live {
        let number = meeting.next_conclusion_number().to_string();
        parts.push(words.fill("ui.prompt_conclusion", &[("n", &number)]));
    } else if meeting.stage() == Stage::Planned {
        parts.push(words.get("ui.prompt_before").to_owned());
    } else if meeting.stage().is_locked() {
        parts.push(words.get("ui.prompt_locked").to_owned());
    } else if meeting.stage() != Stage::Live {
        parts.push(words.get("ui.prompt_after").to_owned());
    }
    parts.join(" > ")
}

fn speaker_words(app: &App, meeting: &Meeting) -> String {
    let speaker = &app.meeting.speaker;
    if speaker.is_empty() {
        return app.desk.words.get("ui.nobody").to_owned();
    }
    let name = stream::short_name(app, meeting, speaker);
    match app.numbering(meeting).iter().position(|id| id == speaker) {
        Some(at) => format!("{} {name}", at + 1),
        None => name,
    }
}

/// The typed line. The cursor stands at its caret unless a pop-up takes it.
fn input(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let cells = line_cells((area.width, area.height)) as u16;
    let x = area.x + 1.min(area.width.saturating_sub(cells));
    canvas.field(Rect { x, width: cells.min(area.width), ..area }, &app.meeting.line);
}

fn programme_side(app: &App, meeting: &Meeting, canvas: &mut Canvas<'_, '_>, area: Rect) {
    canvas.write(area, 0, 1, app.desk.words.get("ui.programme"), canvas.theme.tone(Tone::Heading));
    let rows = usize::from(area.height).saturating_sub(1);
    let current = programme::current_item(meeting).map(|item| item.id.as_str());
    let place = meeting.agenda.iter().position(|item| Some(item.id.as_str()) == current).unwrap_or(0);
    let top = window(place, meeting.agenda.len(), rows);
    for (row, (at, item)) in meeting.agenda.iter().enumerate().skip(top).take(rows).enumerate() {
        let running = Some(item.id.as_str()) == current;
        let used = programme::item_seconds(meeting, &item.id, app.desk.now.wall) / 60;
        let taken_up = programme::was_visited(item);
        let planned = item.minutes.map(|minutes| format!("/{minutes}'")).unwrap_or_default();
        let time =
            if taken_up { format!("{used}'{planned}") } else { planned.trim_start_matches('/').to_owned() };
        let sign = if running { ">" } else { " " };
        let room = usize::from(area.width).saturating_sub(width(&time) + 3);
        let title = pad(&format!("{sign}{} {}", at + 1, header::item_title(app, item)), room);
        let style = canvas.theme.tone(if running { Tone::Heading } else { Tone::Plain });
        canvas.write(area, row + 1, 0, &format!("{title} {time}"), style);
    }
}

fn tasks_side(app: &App, meeting: &Meeting, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let floor_rows = (area.height / 3).min(10);
    let upper = between(area, 0, floor_rows);
    canvas.write(upper, 0, 1, app.desk.words.get("ui.tasks"), canvas.theme.tone(Tone::Heading));
    let rows = usize::from(upper.height).saturating_sub(1) / 2;
    let top = meeting.tasks.len().saturating_sub(rows);
    for (row, task) in meeting.tasks.iter().skip(top).enumerate() {
        let mut pieces = stream::task_pieces(app, meeting, task);
        for at in (1..pieces.len()).rev() {
            pieces.insert(at, Piece::plain(" "));
        }
        canvas.pieces(upper, row * 2 + 1, 1, &pieces, Style::new());
        canvas.write(upper, row * 2 + 2, 3, &clean(&task.content), Style::reset());
    }
    let lower = between(area, area.height - floor_rows, 0);
    canvas.write(lower, 0, 1, app.desk.words.get("ui.floor"), canvas.theme.tone(Tone::Heading));
    for (row, (who, seconds)) in floor::by_person(meeting, app.desk.now.wall).into_iter().enumerate() {
        let name = pad(&stream::full_name(app, meeting, who), usize::from(lower.width).saturating_sub(8));
        canvas.write(lower, row + 1, 1, &format!("{name} {:>4}'", seconds / 60), Style::reset());
    }
}
