//! Home: what needs attention, and the meetings with the one to go on with first. Only reads.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::home::{HomeShow, Offer};
use crate::app::pointer::Spot;
use crate::app::popup::Tone;
use crate::app::view::home::{AttentionKind, chosen_place};
use crate::app::view::text::{Piece, clean, full_date};
use crate::app::view::{HomeEntry, HomeRow, committee_name, header, home_rows};
use crate::domain::kinds::Stage;
use crate::text::query::Query;
use crate::text::width::{pad, wrap};
use crate::ui::canvas::Canvas;
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
    canvas.facts_right(area, 0, &[header::typing(app), header::saving(app)], 30);
    let body = between(area, 1, 3);
    let rows = home_rows(app);
    let chosen = chosen_place(app, &rows);
    let split = rows.iter().take_while(|row| !matches!(row, HomeRow::Meeting(_))).count();
    let (above, meetings) = rows.split_at(split);
    let used = top(app, above, chosen, canvas, body);
    let list = between(body, used as u16, 0);
    canvas.rule(list, 0, &heading(app, meetings.len()));
    meeting_rows(app, (split, meetings), chosen.checked_sub(split), canvas, between(list, 1, 0));
    filter(app, canvas, between(area, area.height.saturating_sub(3), 2));
    body
}

/// What needs attention and what an empty workspace says and offers; gives the number of rows used.
fn top(app: &App, rows: &[HomeRow<'_>], chosen: usize, canvas: &mut Canvas<'_, '_>, area: Rect) -> usize {
    let words = &app.desk.words;
    let mut at = 0;
    if app.desk.demo {
        canvas.pieces(area, at, 1, &[Piece::new(words.get("ui.demo"), Tone::Warning)], Style::new());
        at += 1;
    }
    let attends = rows.iter().any(|row| matches!(row, HomeRow::Attention { .. }));
    let offers = rows.iter().any(|row| matches!(row, HomeRow::Offer(_)));
    if !attends && !offers {
        canvas.write(area, at, 1, words.get("ui.attention_none"), Style::reset());
        at += 1;
    }
    let mut welcomed = false;
    for (nth, row) in rows.iter().enumerate() {
        if matches!(row, HomeRow::Offer(_)) && !welcomed {
            at = welcome(app, canvas, area, at);
            welcomed = true;
        }
        let base = if nth == chosen { canvas.theme.selected() } else { Style::new() };
        if nth == chosen {
            canvas.style_row(area, at, base);
            canvas.write(area, at, 0, ">", base);
        }
        canvas.pieces(area, at, 1, &[top_piece(app, row)], base);
        canvas.row_stands_for(area, at, Spot::Row(nth));
        at += 1;
    }
    at
}

/// An empty workspace says what the program is for; gives the row after it.
fn welcome(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect, at: usize) -> usize {
    let words = &app.desk.words;
    let keys: &[&str] = match app.library.committees.is_empty() {
        true => &["ui.first_1", "ui.first_2", "ui.first_3"],
        false => &["ui.first_meeting"],
    };
    let cells = usize::from(area.width).saturating_sub(2);
    let mut row = at;
    for key in keys {
        let text = words.get(key);
        for range in wrap(text, cells) {
            canvas.write(area, row, 1, text.get(range).unwrap_or("").trim_end(), Style::reset());
            row += 1;
        }
    }
    row + 1
}

fn top_piece(app: &App, row: &HomeRow<'_>) -> Piece {
    let words = &app.desk.words;
    let (kind, count, late) = match row {
        HomeRow::Attention { kind, count, late } => (kind, count.to_string(), *late),
        HomeRow::Offer(offer) => return Piece::new(words.get(offer_key(*offer)), Tone::Heading),
        HomeRow::Meeting(_) => return Piece::plain(""),
    };
    let n = [("n", count.as_str())];
    match kind {
        AttentionKind::Overdue => Piece::new(words.fill("ui.attention_overdue", &n), Tone::Alarm),
        AttentionKind::DueSoon => Piece::new(words.fill("ui.attention_due_soon", &n), Tone::Warning),
        AttentionKind::Awaiting => Piece::plain(words.fill("ui.attention_awaiting", &n)),
        AttentionKind::NotApproved => Piece::plain(words.fill("ui.attention_not_approved", &n)),
        AttentionKind::NoticeDue if late > 0 => {
            let slots = [("n", count.as_str()), ("late", &late.to_string())];
            Piece::new(words.fill("ui.attention_notices_late", &slots), Tone::Warning)
        }
        AttentionKind::NoticeDue => Piece::plain(words.fill("ui.attention_notices", &n)),
        AttentionKind::Unreadable => Piece::new(words.fill("ui.attention_unreadable", &n), Tone::Alarm),
    }
}

fn offer_key(offer: Offer) -> &'static str {
    match offer {
        Offer::NewCommittee => "ui.offer_committee",
        Offer::Sample => "ui.offer_sample",
        Offer::NewMeeting => "ui.offer_meeting",
    }
}

/// `Các cuộc họp (12)  [chờ duyệt]  [BCĐ]`
fn heading(app: &App, count: usize) -> String {
    let words = &app.desk.words;
    let mut text = format!("{} ({count})", words.get("ui.meetings"));
    let show = match app.home.show {
        HomeShow::All => None,
        HomeShow::Ahead => Some("ui.show_ahead"),
        HomeShow::ToApprove => Some("ui.show_to_approve"),
        HomeShow::NoticeDue => Some("ui.show_notice"),
        HomeShow::Approved => Some("ui.show_approved"),
        HomeShow::CalledOff => Some("ui.show_called_off"),
    };
    if let Some(show) = show {
        text += &format!(" [{}]", words.get(show));
    }
    if !app.home.committee.is_empty() {
        text += &format!(" [{}]", clean(committee_name(app, &app.home.committee)));
    }
    text
}

fn meeting_rows(
    app: &App,
    // The meetings are the last rows of the place.
    (before, rows): (usize, &[HomeRow<'_>]),
    chosen: Option<usize>,
    canvas: &mut Canvas<'_, '_>,
    area: Rect,
) {
    if rows.is_empty() {
        let any = crate::app::view::meetings(app).next().is_some();
        let key = if any { "ui.nothing_found" } else { "ui.no_meetings" };
        canvas.write(area, 0, 1, app.desk.words.get(key), Style::reset());
    }
    let height = usize::from(area.height);
    let top = window(chosen.unwrap_or(0), rows.len(), height);
    for (row, (at, entry)) in rows.iter().enumerate().skip(top).take(height).enumerate() {
        let HomeRow::Meeting(entry) = entry else { continue };
        let base = if chosen == Some(at) { canvas.theme.selected() } else { Style::new() };
        if chosen == Some(at) {
            canvas.style_row(area, row, base);
            canvas.write(area, row, 0, ">", base);
        }
        meeting_row(app, entry, canvas, (area, row), base);
        canvas.row_stands_for(area, row, Spot::Row(before + at));
    }
    let marks = Query::read(app.home.filter_words());
    canvas.mark(area, |text| marks.places(text));
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
    if !meeting.head.stage_reason.is_empty() {
        pieces.push(Piece::plain(clean(&meeting.head.stage_reason)));
    }
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
    canvas.field(Rect { x: area.x + at, width: area.width - at, ..area }, &app.home.filter);
}
