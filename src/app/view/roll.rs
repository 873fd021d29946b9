//! The seats of the Roll in the order of the call. Pure.

use crate::app::App;
use crate::app::roll::RollShow;
use crate::domain::kinds::Presence;
use crate::domain::meeting::{Meeting, Seat};
use crate::domain::roll;

/// The seats listed: those of no site first (the only room), then site by site in the file's order; within a site
/// in protocol order. "Not called yet" keeps the selected seat, so that marking it does not make it vanish.
pub fn roll_rows(app: &App) -> Vec<&Seat> {
    let Some(meeting) = app.current_meeting() else { return Vec::new() };
    let mut rows: Vec<(usize, &Seat)> = meeting
        .seats
        .iter()
        .filter(|seat| is_shown(app, seat))
        .map(|seat| (site_place(meeting, seat), seat))
        .collect();
    rows.sort_by_key(|(place, _)| *place);
    rows.into_iter().map(|(_, seat)| seat).collect()
}

fn is_shown(app: &App, seat: &Seat) -> bool {
    match app.roll.show {
        RollShow::All => true,
        RollShow::NotCalledYet => roll::presence(seat) == Presence::Unmarked || seat.id == app.roll.selected,
    }
}

/// The place of a seat's site in the call.
fn site_place(meeting: &Meeting, seat: &Seat) -> usize {
    if seat.site.is_empty() {
        return 0;
    }
    meeting.sites.iter().position(|site| site.id == seat.site).map_or(usize::MAX, |place| place + 1)
}
