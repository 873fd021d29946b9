//! The rows of the Roll in the order of the call: sites with how many came, and their seats. Rows only point, so that a
//! list of any length costs little; texts are shaped for what is visible. Pure.

use std::collections::HashMap;

use crate::app::roll::{Chosen, RollShow};
use crate::app::{App, ListOrder};
use crate::domain::kinds::Presence;
use crate::domain::meeting::{Meeting, Seat, Site};
use crate::domain::roll;
use crate::text::collate;

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RollRow<'a> {
    /// The seats below belong to no site of the meeting; with the site's name where they say one.
    Elsewhere(&'a str),
    Site(SiteRow<'a>),
    Seat(&'a Seat),
}

/// A site and how many of its seats are taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SiteRow<'a> {
    pub site: &'a Site,
    pub seats: usize,
    /// Substitutes included.
    pub present: usize,
    pub unmarked: usize,
}

impl RollRow<'_> {
    /// Whether this row is what is chosen.
    pub fn is(&self, chosen: &Chosen) -> bool {
        match (self, chosen) {
            (RollRow::Seat(seat), Chosen::Seat(id)) => seat.id == *id,
            (RollRow::Site(row), Chosen::Site(id)) => row.site.id == *id,
            _ => false,
        }
    }

    /// What choosing this row means.
    pub fn chosen(&self) -> Chosen {
        match self {
            RollRow::Seat(seat) => Chosen::Seat(seat.id.clone()),
            RollRow::Site(row) => Chosen::Site(row.site.id.clone()),
            RollRow::Elsewhere(_) => Chosen::Nothing,
        }
    }
}

/// The rows listed: the seats of no site first (the only room), then site by site in the file's order with the seats
/// in protocol order. "Not called yet" keeps what is chosen, so that marking it does not make it vanish.
pub fn roll_rows(app: &App) -> Vec<RollRow<'_>> {
    app.current_meeting().map_or(Vec::new(), |meeting| rows(app, meeting))
}

fn rows<'a>(app: &App, meeting: &'a Meeting) -> Vec<RollRow<'a>> {
    let mut rows = Vec::with_capacity(meeting.seats.len() + meeting.sites.len() + 1);
    let groups = by_site(meeting);
    let by_name = app.roll.order == ListOrder::Alphabet;
    let sort_names = if by_name { sort_names(app, meeting) } else { HashMap::new() };
    let name_key = |seat: &&Seat| {
        collate::person(&seat.name, sort_names.get(seat.id.as_str()).copied().unwrap_or_default())
    };
    let shown = |seats: &[&'a Seat]| -> Vec<RollRow<'a>> {
        let mut seats: Vec<&'a Seat> = seats.iter().copied().filter(|seat| is_shown(app, seat)).collect();
        if by_name {
            seats.sort_by_cached_key(name_key);
        }
        seats.into_iter().map(RollRow::Seat).collect()
    };
    let (room, sites, lost) = (&groups.room, &groups.sites, &groups.lost);
    push_group(&mut rows, RollRow::Elsewhere(""), shown(room), meeting);
    let mut sites: Vec<(&Site, &Vec<&Seat>)> = meeting.sites.iter().zip(sites).collect();
    if by_name {
        sites.sort_by_cached_key(|(site, _)| collate::key(&site.name));
    }
    for (site, seats) in sites {
        let seats_shown = shown(seats);
        let row = RollRow::Site(site_row(site, seats));
        let waits = app.roll.show == RollShow::All || !roll::is_called(site) || row.is(&app.roll.selected);
        if waits || !seats_shown.is_empty() {
            rows.push(row);
        }
        rows.extend(seats_shown);
    }
    for group in lost.chunk_by(|a, b| a.site == b.site) {
        let name = group.first().map_or("", |seat| seat.site.as_str());
        push_group(&mut rows, RollRow::Elsewhere(name), shown(group), meeting);
    }
    rows
}

/// What members of the committee are sorted by instead of their names, by id.
fn sort_names<'a>(app: &'a App, meeting: &'a Meeting) -> HashMap<&'a str, &'a str> {
    let members = app.committee_of(meeting).map_or(&[][..], |committee| &committee.members);
    members.iter().map(|member| (member.id.as_str(), member.sort_name.as_str())).collect()
}

fn push_group<'a>(
    rows: &mut Vec<RollRow<'a>>,
    heading: RollRow<'a>,
    seats: Vec<RollRow<'a>>,
    meeting: &Meeting,
) {
    if !seats.is_empty() && !meeting.sites.is_empty() {
        rows.push(heading);
    }
    rows.extend(seats);
}

/// The seats by where they sit.
struct Groups<'a> {
    /// Of no site.
    room: Vec<&'a Seat>,
    /// One group for each site of the meeting, in its order.
    sites: Vec<Vec<&'a Seat>>,
    /// Of a site that the meeting does not have.
    lost: Vec<&'a Seat>,
}

fn by_site(meeting: &Meeting) -> Groups<'_> {
    let mut places: HashMap<&str, usize> = HashMap::with_capacity(meeting.sites.len());
    for (at, site) in meeting.sites.iter().enumerate() {
        places.entry(site.id.as_str()).or_insert(at);
    }
    let mut groups =
        Groups { room: Vec::new(), sites: vec![Vec::new(); meeting.sites.len()], lost: Vec::new() };
    for seat in &meeting.seats {
        let place = places.get(seat.site.as_str()).and_then(|at| groups.sites.get_mut(*at));
        match place {
            _ if seat.site.is_empty() => groups.room.push(seat),
            Some(group) => group.push(seat),
            None => groups.lost.push(seat),
        }
    }
    groups
}

fn site_row<'a>(site: &'a Site, seats: &[&Seat]) -> SiteRow<'a> {
    let there = |presence: Presence| presence.counts_as_present() || presence == Presence::Represented;
    SiteRow {
        site,
        seats: seats.len(),
        present: seats.iter().filter(|seat| there(roll::presence(seat))).count(),
        unmarked: seats.iter().filter(|seat| roll::presence(seat) == Presence::Unmarked).count(),
    }
}

fn is_shown(app: &App, seat: &Seat) -> bool {
    match app.roll.show {
        RollShow::All => true,
        RollShow::NotCalledYet => {
            roll::presence(seat) == Presence::Unmarked
                || matches!(&app.roll.selected, Chosen::Seat(id) if *id == seat.id)
        }
    }
}
