//! The Roll: the seats site by site, who came and how, the counts and the quorum, and the line that finds a seat.
//! Only reads.

use ratatui::layout::Rect;
use ratatui::style::Style;

use crate::app::App;
use crate::app::pointer::Spot;
use crate::app::popup::Tone;
use crate::app::roll::RollShow;
use crate::app::view::text::{Piece, clean};
use crate::app::view::{committee, header, roll_rows};
use crate::domain::board::unit_name;
use crate::domain::kinds::Presence;
use crate::domain::meeting::{Meeting, Seat, Site};
use crate::domain::roll;
use crate::text::width::{pad, width};
use crate::ui::between;
use crate::ui::canvas::{Canvas, Caret};

/// Draws the place; gives the room where pop-ups may lie.
pub fn draw(app: &App, canvas: &mut Canvas<'_, '_>, area: Rect) -> Rect {
    let body = between(area, 3, 4);
    let words = &app.desk.words;
    canvas.write(area, 0, 1, words.get("place.roll"), canvas.theme.tone(Tone::Heading));
    let saving = header::saving(app);
    let edge = canvas.write_right(area, 0, &saving.text, canvas.theme.tone(saving.tone));
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
    seats(app, meeting, canvas, body);
    let below = between(area, area.height.saturating_sub(4), 2);
    canvas.rule(below, 0, words.get("ui.roll_line"));
    let line = between(below, 1, 0);
    canvas.field(Rect { x: line.x + 1, width: line.width - 1, ..line }, &app.roll.line, Caret::Here);
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
        pieces.push(Piece::new(words.fill(key, &slots.each_ref().map(|(k, n)| (*k, n.as_str()))), tone));
    }
    let unmarked = roll::counts(meeting).unmarked;
    if unmarked > 0 {
        pieces.push(Piece::new(words.fill("ui.roll_unmarked", &[("n", &number(unmarked))]), Tone::Warning));
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
    let counts = roll::counts(meeting);
    let number = |n: usize| n.to_string();
    let absent = counts.excused + counts.unexcused;
    let slots = [
        ("called", number(counts.called)),
        ("present", number(counts.present)),
        ("represented", number(counts.represented)),
        ("absent", number(absent)),
        ("excused", number(counts.excused)),
        ("unexcused", number(counts.unexcused)),
    ];
    let line = words.fill("ui.roll_counts", &slots.each_ref().map(|(k, n)| (*k, n.as_str())));
    canvas.write(area, 1, 1, &line, Style::reset());
}

/// A row of the list: a site's heading or a seat.
enum Row<'a> {
    Site(Option<&'a Site>),
    Seat(&'a Seat),
}

fn seats(app: &App, meeting: &Meeting, canvas: &mut Canvas<'_, '_>, area: Rect) {
    let rows = with_headings(meeting, &roll_rows(app));
    let chosen = rows.iter().position(|row| matches!(row, Row::Seat(seat) if seat.id == app.roll.selected));
    let height = usize::from(area.height);
    let top = crate::ui::window(chosen.unwrap_or(0), rows.len(), height);
    for (row, (at, what)) in rows.iter().enumerate().skip(top).take(height).enumerate() {
        match what {
            Row::Site(site) => site_row(app, *site, canvas, area, row),
            Row::Seat(seat) => {
                let base = if chosen == Some(at) { canvas.theme.selected() } else { Style::new() };
                seat_row(app, meeting, seat, canvas, (area, row), base);
                let place = rows[..at].iter().filter(|row| matches!(row, Row::Seat(_))).count();
                canvas.row_stands_for(area, row, Spot::Row(place));
            }
        }
    }
    if rows.is_empty() {
        canvas.write(area, 0, 1, app.desk.words.get("ui.nothing_found"), Style::reset());
    }
}

/// The seats with a heading before each site; none when no meeting has sites.
fn with_headings<'a>(meeting: &'a Meeting, seats: &[&'a Seat]) -> Vec<Row<'a>> {
    let mut rows = Vec::with_capacity(seats.len() + meeting.sites.len());
    let mut site = None;
    for seat in seats {
        if !meeting.sites.is_empty() && site != Some(seat.site.as_str()) {
            site = Some(seat.site.as_str());
            rows.push(Row::Site(meeting.sites.iter().find(|row| row.id == seat.site)));
        }
        rows.push(Row::Seat(seat));
    }
    rows
}

fn site_row(app: &App, site: Option<&Site>, canvas: &mut Canvas<'_, '_>, area: Rect, row: usize) {
    let words = &app.desk.words;
    let Some(site) = site else {
        canvas.write(area, row, 1, words.get("ui.no_site"), canvas.theme.tone(Tone::Heading));
        return;
    };
    let mut pieces = vec![Piece::new(clean(&site.name), Tone::Heading)];
    if site.main {
        pieces.push(Piece::plain(format!("  {}", words.get("ui.main_site"))));
    }
    if let Some(heads) = site.headcount {
        pieces.push(Piece::plain(format!("  {}", words.fill("ui.heads", &[("n", &heads.to_string())]))));
    }
    if site.link.last().is_some_and(|change| change.up == Some(false)) {
        pieces.push(Piece::plain("  "));
        pieces.push(Piece::new(words.get("ui.link_down"), Tone::Alarm));
    }
    canvas.pieces(area, row, 1, &pieces, Style::new());
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
    if base != Style::new() {
        canvas.style_row(area, row, base);
        canvas.write(area, row, 0, ">", base);
    }
    let pieces = [
        Piece::plain(pad(&name, name_cells)),
        Piece::plain(format!(" {} ", pad(&unit, unit_cells))),
        Piece::new(pad(&state, STATE), tone),
        Piece::plain(seat_detail(app, seat)),
    ];
    canvas.pieces(area, row, 2, &pieces, base);
}

/// When the person came or went, why not, or who came instead.
fn seat_detail(app: &App, seat: &Seat) -> String {
    let time =
        |at: Option<crate::domain::value::TimeOfDay>| at.map(|at| at.time().format("%H:%M").to_string());
    let presence = roll::presence(seat);
    let mut parts: Vec<String> = match presence {
        Presence::LeftEarly => time(seat.left).into_iter().collect(),
        _ => time(seat.arrived).into_iter().collect(),
    };
    if presence == Presence::Represented
        && let Some(substitute) = &seat.substitute
    {
        parts.push(app.desk.words.fill("ui.substitute", &[("name", &clean(&substitute.name))]));
    }
    if !seat.reason.is_empty() {
        parts.push(clean(&seat.reason).into_owned());
    }
    parts.join(" ")
}
