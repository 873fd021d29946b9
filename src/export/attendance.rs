//! The list of those who were there, and the sheet that those who come sign. Knows no file format.

use crate::domain::kinds::Presence;
use crate::domain::meeting::Seat;
use crate::domain::roll;
use crate::export::desk::Desk;
use crate::export::names::sent;
use crate::export::tree::{Block, Closing, Row, RowHeight, Runs, Side, Signature, Style, Table};
use crate::text::dates;

/// Who was called, who came, who did not and why.
pub fn attendance(desk: &Desk<'_>) -> Vec<Block> {
    let mut blocks = opening(desk);
    blocks.push(Block::Text(Style::Body, desk.attendance_counts().into()));
    let columns = [
        ("paper.column_number", 7, Side::Middle),
        ("paper.column_name", 24, Side::Start),
        ("paper.column_office", 33, Side::Start),
        ("paper.column_presence", 16, Side::Middle),
        ("paper.column_note", 20, Side::Start),
    ];
    let cells = |seat: &Seat| {
        let presence = desk.say(&format!("presence.{}", roll::presence(seat).word()));
        vec![presence.into(), note(desk, seat).into()]
    };
    blocks.push(Block::Table(by_sites(desk, &columns, RowHeight::AsText, cells)));
    blocks.extend(desk.withheld_remark());
    let right = Signature {
        authority: vec![desk.say("paper.sign_secretary").to_uppercase()],
        name: desk.secretary().map_or(String::new(), |id| desk.bare_name(&id)),
        ..Signature::default()
    };
    blocks.push(Block::Closing(Closing { left: None, right }));
    blocks
}

/// The sheet to sign, a row for everybody who was called.
pub fn signing(desk: &Desk<'_>) -> Vec<Block> {
    let mut blocks = opening(desk);
    let columns = [
        ("paper.column_number", 7, Side::Middle),
        ("paper.column_name", 27, Side::Start),
        ("paper.column_office", 36, Side::Start),
        ("paper.column_signature", 18, Side::Middle),
        ("paper.column_note", 12, Side::Start),
    ];
    blocks.push(Block::Table(by_sites(desk, &columns, RowHeight::ToSign, |_| {
        vec![Runs::default(), Runs::default()]
    })));
    blocks
}

fn opening(desk: &Desk<'_>) -> Vec<Block> {
    let head = &desk.meeting.head;
    let day = head.opened.map(|at| at.date()).or(head.date).map(|day| desk.long(day));
    let parts: Vec<String> = [day, Some(head.place.trim().to_owned())]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    let mut blocks = vec![desk.header(), desk.title(head.title.trim())];
    if !parts.is_empty() {
        blocks.push(Block::Text(
            Style::Body,
            format!("{}.", crate::export::desk::capital(&parts.join(", "))).into(),
        ));
    }
    blocks
}

/// Everybody in protocol order, under their sites where there are several.
fn by_sites(
    desk: &Desk<'_>,
    columns: &[(&str, u8, Side)],
    height: RowHeight,
    cells: impl Fn(&Seat) -> Vec<Runs>,
) -> Table {
    let mut table = Table { columns: desk.columns(columns), rows: Vec::new(), height };
    let mut number = 0;
    let mut add = |seats: Vec<&Seat>, table: &mut Table| {
        for seat in seats {
            number += 1;
            let (name, office) = name_and_office(desk, seat);
            let first = [number.to_string().into(), name.into(), office.into()];
            table.rows.push(Row::Cells(first.into_iter().chain(cells(seat)).collect()));
        }
    };
    let sites = &desk.meeting.sites;
    let of = |id: &str| desk.meeting.seats.iter().filter(|seat| seat.site == id).collect::<Vec<_>>();
    if sites.len() < 2 {
        add(desk.meeting.seats.iter().collect(), &mut table);
        return table;
    }
    for site in sites {
        let heads = site.headcount.map_or(String::new(), |n| {
            format!(" ({})", desk.fill("paper.site_heads", &[("n", n.to_string())]))
        });
        let name = desk.fill("paper.site_group", &[("site", format!("{}{heads}", desk.site_name(&site.id)))]);
        table.rows.push(Row::Group(name.into()));
        add(of(&site.id), &mut table);
    }
    let known = |seat: &&Seat| sites.iter().any(|site| site.id == seat.site);
    let others: Vec<&Seat> = desk.meeting.seats.iter().filter(|seat| !known(seat)).collect();
    if !others.is_empty() {
        table.rows.push(Row::Group(desk.say("paper.no_site").into()));
        add(others, &mut table);
    }
    table
}

/// Of whoever sat there: a substitute under the own name.
fn name_and_office(desk: &Desk<'_>, seat: &Seat) -> (String, String) {
    if let Some(substitute) = sent(seat) {
        let office = match substitute.titles.is_empty() {
            true => desk.unit(&substitute.from),
            false => substitute.titles.join(", "),
        };
        return (substitute.name.clone(), office);
    }
    let titles = desk.titles(seat);
    let office = if titles.is_empty() { desk.unit(&seat.unit) } else { titles.join(", ") };
    (seat.name.trim().to_owned(), office)
}

fn note(desk: &Desk<'_>, seat: &Seat) -> String {
    let time = |key: &str, at: Option<crate::domain::value::TimeOfDay>| {
        at.map(|at| desk.fill(key, &[("time", dates::clock(at.time()))]))
    };
    let instead = (roll::presence(seat) == Presence::Represented && sent(seat).is_some())
        .then(|| desk.fill("paper.instead_of", &[("name", seat_name(desk, seat))]));
    let reason = Some(seat.reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    let parts = [instead, reason, time("paper.came_at", seat.arrived), time("paper.left_at", seat.left)];
    parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn seat_name(desk: &Desk<'_>, seat: &Seat) -> String {
    if seat.name.trim().is_empty() { desk.unit(&seat.unit) } else { seat.name.clone() }
}
