//! The Roll: the seats site by site, who came and how, the counts and the quorum, and the line that finds a seat.
//! Only reads.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::pointer::Spot;
use crate::app::popup::Tone;
use crate::app::roll::RollShow;
use crate::app::view::roll::SiteRow;
use crate::app::view::text::{Piece, clean};
use crate::app::view::{RollRow, committee, header, roll_rows};
use crate::domain::board::unit_name;
use crate::domain::kinds::Presence;
use crate::domain::meeting::{Meeting, Seat};
use crate::domain::roll;
use crate::domain::value::TimeOfDay;
use crate::text::query::Query;
use crate::text::width::{pad, width};
use crate::ui::between;
use crate::ui::canvas::Canvas;

/// Draws the place; gives the room where pop-ups may lie.
pub fn draw(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) -> Rect {
    let body = between(area, 3, 4);
    let words = &app.desk.words;
    canvas.write(area, 0, 1, words.get("place.roll"), canvas.theme.tone(Tone::Heading));
    let edge = canvas.facts_right(area, 0, &[header::typing(app), header::saving(app)], 24);
    let Some(meeting) = app.current_meeting() else {
        canvas.write(body, 0, 1, words.get("ui.no_meeting"), Style::reset());
        return body;
    };
    let title_row = Rect { width: edge.min(usize::from(area.width)) as u16, ..area };
    canvas.write(
        title_row,
        0,
        3 + width(words.get("place.roll")),
        &clean(&meeting.head.title),
        Style::reset(),
    );
    counts(app, meeting, canvas, area);
    canvas.rule(area, 2, "");
    standing(app, meeting, canvas, area);
    seats(app, meeting, &roll_rows(app), canvas, body);
    let below = between(area, area.height.saturating_sub(4), 2);
    canvas.rule(below, 0, words.get("ui.roll_line"));
    let line = between(below, 1, 0);
    canvas.field(Rect { x: line.x + 1, width: line.width - 1, ..line }, &app.roll.line);
    body
}

/// In the rule: whether there are enough, how many were not called yet, and whether only those are listed.
fn standing(app: &App, meeting: &Meeting, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let words = &app.desk.words;
    let number = |n: usize| n.to_string();
    let mut pieces = Vec::new();
    let quorum =
        committee(app, &meeting.head.committee).and_then(|committee| roll::quorum(meeting, committee));
    if let Some(quorum) = quorum {
        let (key, tone) = if quorum.reached {
            ("ui.quorum_reached", Tone::Heading)
        } else {
            ("ui.quorum_missing", Tone::Alarm)
        };
        let slots = [("present", number(quorum.present)), ("needed", number(quorum.needed))];
        pieces.push(Piece::new(words.fill(key, &slots), tone));
    }
    let unmarked = roll::counts(meeting).unmarked;
    if unmarked > 0 {
        pieces.push(Piece::new(words.fill("ui.roll_unmarked", &[("n", &number(unmarked))]), Tone::Warning));
    }
    if !meeting.sites.is_empty() {
        let called = meeting.sites.iter().filter(|site| roll::is_called(site)).count();
        let tone = if called < meeting.sites.len() { Tone::Warning } else { Tone::Plain };
        let slots = [("n", number(called)), ("of", number(meeting.sites.len()))];
        let text = words.fill("ui.called_sites", &slots);
        pieces.push(Piece::new(text, tone));
    }
    if app.roll.show == RollShow::NotCalledYet {
        pieces.push(Piece::new(format!("[{}]", words.get("ui.not_called_yet")), Tone::Heading));
    }
    let mut column = 1;
    for piece in pieces {
        let text = format!(" {} ", piece.text);
        column = canvas.pieces(area, 2, column, &[Piece::new(text, piece.tone)], Style::new()) + 1;
    }
}

/// `Triệu tập 45; có mặt 41 (dự thay 3); vắng 4 …`
fn counts(app: &App, meeting: &Meeting, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let words = &app.desk.words;
    let line = words.fill("ui.roll_counts", &roll::counts(meeting).named());
    canvas.write(area, 1, 1, &line, Style::reset());
}

fn seats(app: &App, meeting: &Meeting, rows: &[RollRow<'_>], canvas: &mut Canvas<'_, '_>, area: Rect) {
    let known = rows.get(app.roll.row).is_some_and(|row| row.is(&app.roll.selected));
    let found = || rows.iter().position(|row| row.is(&app.roll.selected));
    let chosen = if known { Some(app.roll.row) } else { found() };
    let height = usize::from(area.height);
    let top = crate::ui::window(chosen.unwrap_or(0), rows.len(), height);
    for (row, (at, what)) in rows.iter().enumerate().skip(top).take(height).enumerate() {
        let base = if chosen == Some(at) { canvas.theme.selected() } else { Style::new() };
        if chosen == Some(at) {
            canvas.style_row(area, row, base);
            canvas.write(area, row, 0, ">", base);
        }
        match what {
            RollRow::Elsewhere(name) => {
                let name =
                    if name.is_empty() { app.desk.words.get("ui.no_site").into() } else { clean(name) };
                canvas.write(area, row, 1, &name, canvas.theme.tone(Tone::Heading));
            }
            RollRow::Site(site) => site_row(app, meeting, site, canvas, (area, row), base),
            RollRow::Seat(seat) => seat_row(app, meeting, seat, canvas, (area, row), base),
        }
        canvas.row_stands_for(area, row, Spot::Row(at));
        // The line of the Roll chooses one row; what it was chosen by is marked there.
        if chosen == Some(at) {
            let marks = Query::read(&app.roll_words());
            let place = Rect { y: area.y + row as u16, height: 1, ..area };
            canvas.mark(place, |text| marks.picked(text));
        }
    }
    if rows.is_empty() {
        canvas.write(area, 0, 1, app.desk.words.get("ui.nothing_found"), Style::reset());
    }
}

/// `Tỉnh Kon Tum  25/30 người  có 3/4  nối 08:02`
fn site_row(
    app: &App,
    meeting: &Meeting,
    row: &SiteRow<'_>,
    canvas: &mut Canvas<'_, '_>,
    at: (Rect, usize),
    base: Style,
) {
    let words = &app.desk.words;
    let site = row.site;
    let mut pieces = vec![Piece::new(clean(&site.name), Tone::Heading)];
    let mut push = |text: String, tone: Tone| {
        pieces.push(Piece::plain("  "));
        pieces.push(Piece::new(text, tone));
    };
    if site.main {
        push(words.get("ui.main_site").to_owned(), Tone::Plain);
    }
    let number = |n: i64| n.to_string();
    match (site.headcount, site.expected) {
        (Some(n), Some(of)) => {
            push(words.fill("ui.site_heads", &[("n", &number(n)), ("of", &number(of))]), Tone::Plain);
        }
        (Some(n), None) => push(words.fill("ui.heads", &[("n", &number(n))]), Tone::Plain),
        (None, Some(of)) => push(words.fill("ui.site_expected", &[("of", &number(of))]), Tone::Plain),
        (None, None) => {}
    }
    if row.seats > 0 {
        let slots = [("n", row.present.to_string()), ("of", row.seats.to_string())];
        push(words.fill("ui.site_seats", &slots), Tone::Plain);
    }
    match site.link.last() {
        Some(change) => {
            let (key, tone) = match change.up {
                Some(false) => ("ui.link_down_at", Tone::Alarm),
                _ => ("ui.link_up_at", Tone::Plain),
            };
            let first = roll::first_day(meeting);
            let time = change.at.map_or(String::new(), |at| match first {
                Some(day) if day != at.date() => at.format("%d/%m %H:%M").to_string(),
                _ => at.format("%H:%M").to_string(),
            });
            push(words.fill(key, &[("time", &time)]).trim_end().to_owned(), tone);
        }
        None if !roll::is_called(site) => push(words.get("ui.site_uncalled").to_owned(), Tone::Warning),
        None => {}
    }
    canvas.pieces(at.0, at.1, 1, &pieces, base);
}

fn seat_row(
    app: &App,
    meeting: &Meeting,
    seat: &Seat,
    canvas: &mut Canvas<'_, '_>,
    at: (Rect, usize),
    base: Style,
) {
    const STATE: usize = 17;
    let (area, row) = at;
    let presence = roll::presence(seat);
    let state = app.desk.words.get(&format!("presence.{}", presence.word())).to_owned();
    let tone = match presence {
        Presence::AbsentExcused | Presence::AbsentUnexcused => Tone::Warning,
        _ => Tone::Plain,
    };
    let cells = usize::from(area.width);
    let name_cells = (cells / 3).clamp(20, 32);
    let unit_cells = (cells / 4).clamp(12, 32);
    let unit = unit_name(&seat.unit, meeting, committee(app, &meeting.head.committee));
    let unit = clean(unit).into_owned();
    let name = if seat.name.is_empty() { unit.clone() } else { clean(&seat.name).into_owned() };
    let unit = if seat.name.is_empty() { String::new() } else { unit };
    let pieces = [
        Piece::plain(pad(&name, name_cells)),
        Piece::plain(format!(" {} ", pad(&unit, unit_cells))),
        Piece::new(pad(&state, STATE), tone),
        Piece::plain(seat_detail(app, seat)),
    ];
    canvas.pieces(area, row, 2, &pieces, base);
}

/// When the person came and went, why not, or who came instead.
fn seat_detail(app: &App, seat: &Seat) -> String {
    let time = |at: Option<TimeOfDay>| at.map_or(String::new(), |at| at.time().format("%H:%M").to_string());
    let presence = roll::presence(seat);
    let mut parts = Vec::new();
    match (seat.arrived, seat.left) {
        (None, None) => {}
        (arrived, None) => parts.push(time(arrived)),
        (arrived, left) => parts.push(format!("{}-{}", time(arrived), time(left))),
    }
    if presence == Presence::Represented
        && let Some(substitute) = &seat.substitute
    {
        let name = app.desk.words.fill("ui.substitute", &[("name", &clean(&substitute.name))]);
        let refused = substitute.consented == Some(false);
        let consent =
            if refused { format!(" ({})", app.desk.words.get("ui.no_consent")) } else { String::new() };
        parts.push(name + &consent);
    }
    if !seat.reason.is_empty() {
        parts.push(clean(&seat.reason).into_owned());
    }
    parts.join(" ")
}
