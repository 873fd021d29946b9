//! The running clock of the programme: which item runs, how long it took, when the meeting will end.
//! Moments are local and come in as arguments; a clock set back never gives a negative time. Knows no screen.

use chrono::{NaiveDateTime, TimeDelta};

use crate::domain::floor;
use crate::domain::kinds::Stage;
use crate::domain::meeting::{AgendaItem, Meeting, Span};
use crate::domain::stretch::{self, Stretch};

/// The time of one item against its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Planned minutes; `None` when the programme names none.
    pub planned_minutes: Option<i64>,
    /// Seconds used so far.
    pub used: i64,
    /// Seconds left, negative when over; `None` without a plan.
    pub left: Option<i64>,
    pub level: Level,
}

/// How near an item is to its planned end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    InTime,
    /// At least 80 % of the planned time is used.
    Near,
    Over,
}

/// The clock of an item; `None` when the programme has no such item.
pub fn clock(meeting: &Meeting, item_id: &str, now: NaiveDateTime) -> Option<Clock> {
    let planned_minutes = planned(meeting.item(item_id)?);
    let used = item_seconds(meeting, item_id, now);
    let left = planned_minutes.map(|minutes| minutes.saturating_mul(60).saturating_sub(used));
    let level = match (left, planned_minutes) {
        (Some(left), _) if left < 0 => Level::Over,
        // Left is at most a fifth of the plan: 12 seconds of each minute.
        (Some(left), Some(minutes)) if left <= minutes.saturating_mul(12) => Level::Near,
        _ => Level::InTime,
    };
    Some(Clock { planned_minutes, used, left, level })
}

/// Planned minutes of an item; nothing and less is no plan.
fn planned(item: &AgendaItem) -> Option<i64> {
    item.minutes.filter(|minutes| *minutes > 0)
}

/// Seconds spent on an item over all its visits, without the meeting's breaks; the running visit counts up to `now`,
/// or to the end of the meeting. 0 for an unknown item, never negative.
pub fn item_seconds(meeting: &Meeting, item_id: &str, now: NaiveDateTime) -> i64 {
    let Some(item) = meeting.item(item_id) else { return 0 };
    let until = meeting.head.closed.map_or(now, |closed| now.min(closed));
    stretch::seconds(visits(item, until), &pauses(meeting, until))
}

fn visits(item: &AgendaItem, until: NaiveDateTime) -> Vec<Stretch> {
    if item.spans.is_empty() {
        return stretch::ended(&[(item.started, item.ended)], until);
    }
    stretch::stretches(&item.spans, until)
}

/// The breaks of the meeting; one that still lasts ends at `now`.
pub fn pauses(meeting: &Meeting, now: NaiveDateTime) -> Vec<Stretch> {
    stretch::stretches(&meeting.head.pauses, now)
}

/// The item that runs: its last visit is open. Of several the one begun last.
pub fn current_item(meeting: &Meeting) -> Option<&AgendaItem> {
    meeting.agenda.iter().filter(|item| is_running(item)).max_by_key(|item| begun(item))
}

/// Whether the item's last visit is still open.
pub fn is_running(item: &AgendaItem) -> bool {
    match item.spans.last() {
        Some(span) => span.from.is_some() && span.to.is_none(),
        None => item.started.is_some() && item.ended.is_none(),
    }
}

/// Whether the item was ever taken up.
pub fn was_visited(item: &AgendaItem) -> bool {
    item.started.is_some() || !item.spans.is_empty()
}

/// When the last visit began.
fn begun(item: &AgendaItem) -> Option<NaiveDateTime> {
    item.spans.last().map_or(item.started, |span| span.from)
}

/// When the programme was to be over: the planned start and all planned minutes. `None` without a start or minutes.
/// A meeting held on another day than planned, or whose start was not planned, is measured from its opening.
pub fn planned_end(meeting: &Meeting) -> Option<NaiveDateTime> {
    let start = meeting.head.date.zip(meeting.head.planned_start).map(|(date, start)| date.and_time(start));
    let same_day = |opened: NaiveDateTime| start.is_some_and(|start| start.date() == opened.date());
    let start = meeting.head.opened.filter(|opened| !same_day(*opened)).or(start)?;
    let minutes: Vec<i64> = meeting.agenda.iter().filter_map(planned).collect();
    (!minutes.is_empty()).then(|| later(start, minutes))?
}

/// When the meeting will end: now, what is left of the current item, and the plan of every item not yet taken up.
/// Of a closed meeting when it was closed; `None` before it begins.
pub fn forecast_end(meeting: &Meeting, now: NaiveDateTime) -> Option<NaiveDateTime> {
    if meeting.head.closed.is_some() {
        return meeting.head.closed;
    }
    if meeting.head.opened.is_none() && !meeting.agenda.iter().any(was_visited) {
        return None;
    }
    let clock = current_item(meeting).and_then(|item| clock(meeting, &item.id, now));
    let left = clock.and_then(|clock| clock.left).unwrap_or(0).max(0);
    let after_current = now.checked_add_signed(TimeDelta::try_seconds(left)?)?;
    later(after_current, meeting.agenda.iter().filter(|item| !was_visited(item)).filter_map(planned))
}

fn later(from: NaiveDateTime, minutes: impl IntoIterator<Item = i64>) -> Option<NaiveDateTime> {
    let add = |at: NaiveDateTime, minutes| at.checked_add_signed(TimeDelta::try_minutes(minutes)?);
    minutes.into_iter().try_fold(from, add)
}

/// Whole minutes by which the forecast end is later than planned; negative when earlier.
pub fn delay_minutes(meeting: &Meeting, now: NaiveDateTime) -> Option<i64> {
    Some((forecast_end(meeting, now)? - planned_end(meeting)?).num_minutes())
}

/// Begins an item, or comes back to it; the running one ends. Nothing changes when it runs already or is unknown.
///
/// `started` is the first beginning and stays; the second visit turns the first into a span.
pub fn start_item(meeting: &mut Meeting, item_id: &str, now: NaiveDateTime) {
    if meeting.item(item_id).is_none() || current_item(meeting).is_some_and(|item| item.id == item_id) {
        return;
    }
    stop_item(meeting, now);
    let Some(item) = meeting.agenda.iter_mut().find(|item| item.id == item_id) else { return };
    if !was_visited(item) {
        item.started = Some(now);
        item.ended = None;
        return;
    }
    if item.spans.is_empty() {
        item.spans.push(Span { from: item.started, to: item.ended, ..Span::default() });
    }
    item.spans.push(Span { from: Some(now), ..Span::default() });
    item.started = item.started.or(item.spans[0].from);
    item.ended = None;
}

/// Ends the running item, never before it began.
pub fn stop_item(meeting: &mut Meeting, now: NaiveDateTime) {
    for item in meeting.agenda.iter_mut().filter(|item| is_running(item)) {
        let end = begun(item).map_or(now, |from| now.max(from));
        item.ended = Some(item.started.map_or(end, |started| end.max(started)));
        if let Some(span) = item.spans.last_mut() {
            span.to = Some(end);
        }
    }
}

/// Begins a break of a live meeting.
pub fn pause(meeting: &mut Meeting, now: NaiveDateTime) {
    if meeting.stage() != Stage::Live {
        return;
    }
    end_pause(meeting, now);
    meeting.head.pauses.push(Span { from: Some(now), ..Span::default() });
    meeting.head.stage = Some(Stage::Paused);
}

/// Ends the break.
pub fn resume(meeting: &mut Meeting, now: NaiveDateTime) {
    if meeting.stage() != Stage::Paused {
        return;
    }
    end_pause(meeting, now);
    meeting.head.stage = Some(Stage::Live);
}

fn end_pause(meeting: &mut Meeting, now: NaiveDateTime) {
    for pause in meeting.head.pauses.iter_mut().filter(|pause| pause.to.is_none()) {
        pause.to = pause.from.map(|from| now.max(from));
    }
}

/// Opens the meeting, or opens it again after it was closed: the first moment and the first offset from UTC
/// (as `+07:00`) stay. An approved text does not open again.
pub fn open_meeting(meeting: &mut Meeting, now: NaiveDateTime, utc_offset: &str) {
    if meeting.stage().is_locked() {
        return;
    }
    end_pause(meeting, now);
    let head = &mut meeting.head;
    head.opened = head.opened.or(Some(now));
    if head.utc_offset.is_empty() {
        head.utc_offset = utc_offset.to_owned();
    }
    head.closed = None;
    head.stage = Some(Stage::Live);
}

/// Closes the meeting: the running item, turn and break end with it. Only a live or paused meeting closes.
pub fn close_meeting(meeting: &mut Meeting, now: NaiveDateTime) {
    if !matches!(meeting.stage(), Stage::Live | Stage::Paused) {
        return;
    }
    stop_item(meeting, now);
    floor::end_turn(meeting, now);
    end_pause(meeting, now);
    let head = &mut meeting.head;
    head.closed = Some(head.opened.map_or(now, |opened| now.max(opened)));
    head.stage = Some(Stage::Closed);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(minute: i64) -> NaiveDateTime {
        let eight = chrono::NaiveDate::default().and_hms_opt(8, 0, 0).unwrap();
        eight + TimeDelta::minutes(minute)
    }

    fn meeting() -> Meeting {
        let item =
            |id: &str, minutes| AgendaItem { id: id.into(), minutes: Some(minutes), ..AgendaItem::default() };
        let mut m =
            Meeting { agenda: vec![item("a", 10), item("b", 20), item("c", 30)], ..Meeting::default() };
        m.head.date = Some(at(0).date());
        m.head.planned_start = Some(at(0).time());
        m
    }

    fn opened() -> Meeting {
        let mut m = meeting();
        open_meeting(&mut m, at(5), "+07:00");
        m
    }

    fn running(m: &Meeting) -> Option<&str> {
        current_item(m).map(|item| item.id.as_str())
    }

    #[test]
    fn starting_an_item_ends_the_running_one() {
        let mut m = opened();
        start_item(&mut m, "a", at(5));
        start_item(&mut m, "a", at(7));
        assert_eq!((running(&m), m.agenda[0].started), (Some("a"), Some(at(5))));
        start_item(&mut m, "b", at(12));
        assert_eq!((running(&m), m.agenda[0].ended), (Some("b"), Some(at(12))));
        assert!(m.agenda[0].spans.is_empty(), "one visit needs no spans");
        start_item(&mut m, "unknown", at(13));
        assert_eq!(running(&m), Some("b"));
    }

    #[test]
    fn a_second_visit_keeps_the_first_as_a_span() {
        let mut m = opened();
        start_item(&mut m, "a", at(5));
        start_item(&mut m, "b", at(12));
        start_item(&mut m, "a", at(20));
        assert_eq!(running(&m), Some("a"));
        let spans: Vec<_> = m.agenda[0].spans.iter().map(|span| (span.from, span.to)).collect();
        assert_eq!(spans, vec![(Some(at(5)), Some(at(12))), (Some(at(20)), None)]);
        assert_eq!(item_seconds(&m, "a", at(23)), 600);
        stop_item(&mut m, at(24));
        assert_eq!((m.agenda[0].started, m.agenda[0].ended), (Some(at(5)), Some(at(24))));
        assert_eq!((running(&m), item_seconds(&m, "a", at(99))), (None, 660));
    }

    #[test]
    fn breaks_do_not_count_as_work() {
        let mut m = opened();
        start_item(&mut m, "a", at(5));
        pause(&mut m, at(8));
        pause(&mut m, at(9));
        assert_eq!((m.stage(), item_seconds(&m, "a", at(20))), (Stage::Paused, 180));
        resume(&mut m, at(20));
        assert_eq!((m.stage(), m.head.pauses.len()), (Stage::Live, 1));
        assert_eq!(item_seconds(&m, "a", at(22)), 300);
    }

    #[test]
    fn the_clock_warns_from_four_fifths_on() {
        let mut m = opened();
        start_item(&mut m, "a", at(5));
        let level = |seconds| clock(&m, "a", at(5) + TimeDelta::seconds(seconds)).unwrap().level;
        assert_eq!([level(0), level(479), level(480)], [Level::InTime, Level::InTime, Level::Near]);
        assert_eq!([level(600), level(601)], [Level::Near, Level::Over]);
        let over = clock(&m, "a", at(17)).unwrap();
        assert_eq!((over.planned_minutes, over.used, over.left), (Some(10), 720, Some(-120)));
        m.agenda[0].minutes = None;
        let unplanned = clock(&m, "a", at(99)).unwrap();
        assert_eq!((unplanned.left, unplanned.level), (None, Level::InTime));
    }

    #[test]
    fn the_forecast_adds_what_is_left_to_what_was_not_begun() {
        let mut m = meeting();
        assert_eq!((planned_end(&m), forecast_end(&m, at(0))), (Some(at(60)), None));
        open_meeting(&mut m, at(5), "+07:00");
        start_item(&mut m, "a", at(5));
        assert_eq!(forecast_end(&m, at(9)), Some(at(65)));
        assert_eq!(delay_minutes(&m, at(9)), Some(5));
        assert_eq!(forecast_end(&m, at(20)), Some(at(70)), "an item over its time has nothing left");
        start_item(&mut m, "c", at(20));
        assert_eq!(forecast_end(&m, at(20)), Some(at(70)), "an item passed over still comes");
        m.agenda[1].minutes = Some(i64::MAX);
        assert_eq!(forecast_end(&m, at(20)), None);
    }

    #[test]
    fn closing_ends_all_that_runs() {
        let mut m = opened();
        start_item(&mut m, "a", at(5));
        floor::take_floor(&mut m, "bao", "a", at(6), "t".into());
        pause(&mut m, at(8));
        close_meeting(&mut m, at(30));
        assert_eq!((m.stage(), m.head.closed), (Stage::Closed, Some(at(30))));
        assert_eq!((running(&m), floor::open_turn(&m)), (None, None));
        assert_eq!(item_seconds(&m, "a", at(99)), 180);
        assert_eq!(forecast_end(&m, at(99)), Some(at(30)));
        close_meeting(&mut m, at(40));
        assert_eq!(m.head.closed, Some(at(30)));
    }

    #[test]
    fn opening_again_keeps_the_first_moment_and_offset() {
        let mut m = opened();
        close_meeting(&mut m, at(30));
        open_meeting(&mut m, at(60), "+08:00");
        let head = &m.head;
        assert_eq!((head.opened, head.utc_offset.as_str(), head.closed), (Some(at(5)), "+07:00", None));
        m.head.stage = Some(Stage::Approved);
        open_meeting(&mut m, at(90), "+07:00");
        assert_eq!(m.stage(), Stage::Approved);
    }

    proptest! {
        #[test]
        fn no_clock_makes_a_time_negative(
            steps in proptest::collection::vec((0u8..6, 0i64..600), 0..20), now in 0i64..600,
        ) {
            let mut m = opened();
            for (step, minute) in steps {
                match step {
                    0 => start_item(&mut m, "a", at(minute)),
                    1 => start_item(&mut m, "b", at(minute)),
                    2 => pause(&mut m, at(minute)),
                    3 => resume(&mut m, at(minute)),
                    4 => close_meeting(&mut m, at(minute)),
                    _ => open_meeting(&mut m, at(minute), "+07:00"),
                }
                prop_assert!(m.agenda.iter().filter(|item| is_running(item)).count() <= 1);
            }
            for item in &m.agenda {
                prop_assert!(item_seconds(&m, &item.id, at(now)) >= 0);
                prop_assert!(item.ended >= item.started || item.ended.is_none());
            }
        }
    }
}
