//! The moment of an event: the wall clock in the zone that counts, and the clock that only goes forward. Knows the
//! clock, and which meeting is under way.

use crate::app::App;
use crate::app::event::Now;
use crate::run::clock::Clock;

/// What the clocks show. While a meeting is under way its own zone counts, which was fixed when it was opened: its lines
/// keep one time when the machine's zone changes, by summer time or on a journey.
pub fn now(clock: &Clock, app: &mut App) -> Now {
    let moment = clock.now();
    let of_meeting = app.zone_of_meeting().and_then(|zone| moment.in_zone(zone));
    app.desk.utc_offset.clone_from(&moment.offset);
    Now { wall: of_meeting.unwrap_or(moment.local), since_start: clock.monotonic() }
}
