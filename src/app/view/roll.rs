//! The seats of the Roll in the order of the call. Pure.

use std::collections::HashMap;

use crate::app::App;
use crate::app::roll::RollShow;
use crate::domain::kinds::Presence;
use crate::domain::meeting::Seat;
use crate::domain::roll;

/// The seats listed: those of no site first (the only room), then site by site in the file's order; within a site
/// in protocol order. "Not called yet" keeps the selected seat, so that marking it does not make it vanish.
pub fn roll_rows(app: &App) -> Vec<&Seat> {
    let Some(meeting) = app.current_meeting() else { return Vec::new() };
    let places: HashMap<&str, usize> = meeting.sites.iter().map(|site| site.id.as_str()).zip(1..).collect();
    // Seats of no site are in the only room and come first.
    let place = |seat: &Seat| {
        if seat.site.is_empty() { 0 } else { places.get(seat.site.as_str()).copied().unwrap_or(usize::MAX) }
    };
    let mut rows: Vec<(usize, &Seat)> =
        meeting.seats.iter().filter(|seat| is_shown(app, seat)).map(|seat| (place(seat), seat)).collect();
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, seat)| seat).collect()
}

fn is_shown(app: &App, seat: &Seat) -> bool {
    match app.roll.show {
        RollShow::All => true,
        RollShow::NotCalledYet => roll::presence(seat) == Presence::Unmarked || seat.id == app.roll.selected,
    }
}
