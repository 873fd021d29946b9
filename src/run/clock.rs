//! The only place that asks for "now". Knows nothing of what the time is for.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use chrono::{DateTime, Datelike, FixedOffset, Local, NaiveDateTime, Offset, TimeDelta, TimeZone, Utc};

/// The wall clock of the office and a clock that only goes forward.
#[derive(Debug, Clone)]
pub struct Clock {
    wall: Wall,
    started: Instant,
}

/// A reading of the wall clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Local time as a clock on the wall shows it; it repeats an hour when summer time ends.
    pub local: NaiveDateTime,
    /// What local time is ahead of UTC, as `+07:00`.
    pub offset: String,
}

#[derive(Debug, Clone)]
enum Wall {
    Machine,
    Fixed(NaiveDateTime),
    AdvancingFrom(NaiveDateTime),
    ByHand(Hand),
}

/// Turns a clock that was made with [`Clock::by_hand`], as people, zones and sleep turn a machine's.
#[derive(Debug, Clone)]
pub struct Hand(Arc<Mutex<Reading>>);

#[derive(Debug)]
struct Reading {
    utc: NaiveDateTime,
    /// Ahead of UTC, in minutes.
    offset: i32,
    monotonic: Duration,
}

impl Hand {
    /// From now on the clock shows this time, in a zone so many minutes ahead of UTC, and so long since its start; the
    /// latter never goes back.
    pub fn turn(&self, utc: NaiveDateTime, offset: i32, monotonic: Duration) {
        if let Ok(mut reading) = self.0.lock() {
            let monotonic = monotonic.max(reading.monotonic);
            *reading = Reading { utc, offset, monotonic };
        }
    }

    fn moment(&self) -> Option<Moment> {
        let reading = self.0.lock().ok()?;
        Some(moment(reading.utc, FixedOffset::east_opt(reading.offset.checked_mul(60)?)?))
    }
}

impl Moment {
    /// The same moment as a clock shows it in another zone (`+07:00`); `None` when the text names none.
    pub fn in_zone(&self, zone: &str) -> Option<NaiveDateTime> {
        let [own, other] = [&self.offset, zone].map(|zone| zone.parse::<FixedOffset>().ok());
        let ahead = i64::from(other?.local_minus_utc()) - i64::from(own?.local_minus_utc());
        self.local.checked_add_signed(TimeDelta::try_seconds(ahead)?)
    }
}

/// The offset of a clock that is not the machine's.
const HOME_OFFSET: &str = "+07:00";

impl Clock {
    /// The machine's clock, in the zone the machine is set to.
    pub fn machine() -> Clock {
        Clock::of(Wall::Machine)
    }

    /// A wall clock that stands still at this local time. [`Clock::monotonic`] goes on.
    pub fn fixed(at: NaiveDateTime) -> Clock {
        Clock::of(Wall::Fixed(at))
    }

    /// A wall clock that shows this local time now and goes on from there.
    pub fn advancing_from(at: NaiveDateTime) -> Clock {
        Clock::of(Wall::AdvancingFrom(at))
    }

    /// A clock that shows this time, in a zone so many minutes ahead of UTC, until a hand turns it. Both its wall clock
    /// and [`Clock::monotonic`] stand in between.
    pub fn by_hand(utc: NaiveDateTime, offset: i32) -> (Clock, Hand) {
        let hand = Hand(Arc::new(Mutex::new(Reading { utc, offset, monotonic: Duration::ZERO })));
        (Clock::of(Wall::ByHand(hand.clone())), hand)
    }

    /// What the wall clock shows. It may jump either way: someone may set it, and zones have summer time.
    pub fn now(&self) -> Moment {
        match &self.wall {
            Wall::Machine => machine_moment(),
            Wall::Fixed(at) => at_home(*at),
            Wall::AdvancingFrom(at) => at_home(later(*at, self.monotonic())),
            Wall::ByHand(hand) => hand.moment().unwrap_or_else(machine_moment),
        }
    }

    /// Time since the clock was made. Never goes back; stands while a Linux machine sleeps.
    pub fn monotonic(&self) -> Duration {
        match &self.wall {
            Wall::ByHand(hand) => hand.0.lock().map(|reading| reading.monotonic).unwrap_or_default(),
            _ => self.started.elapsed(),
        }
    }

    /// The time as files have it, to tell how old one is.
    pub fn of_files(&self) -> SystemTime {
        SystemTime::now()
    }

    fn of(wall: Wall) -> Clock {
        Clock { wall, started: Instant::now() }
    }
}

/// Goes from UTC to local time, which always has one answer; the other way has none in a summer time gap. A machine whose
/// clock is out of its mind is taken to be at the beginning of its time, in UTC: rules of zones hold for years of people.
fn machine_moment() -> Moment {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let seconds = i64::try_from(since.as_secs()).unwrap_or_default();
    let utc = DateTime::from_timestamp(seconds, since.subsec_nanos()).unwrap_or_default().naive_utc();
    let offset = match utc.year() {
        1970..=9998 => Local.offset_from_utc_datetime(&utc).fix(),
        _ => Utc.fix(),
    };
    moment(utc, offset)
}

fn moment(utc: NaiveDateTime, offset: FixedOffset) -> Moment {
    Moment { local: utc.checked_add_offset(offset).unwrap_or(utc), offset: written(offset) }
}

fn at_home(local: NaiveDateTime) -> Moment {
    Moment { local, offset: HOME_OFFSET.to_owned() }
}

fn later(at: NaiveDateTime, by: Duration) -> NaiveDateTime {
    TimeDelta::from_std(by).ok().and_then(|by| at.checked_add_signed(by)).unwrap_or(at)
}

/// Whole minutes, as every zone in use has them.
fn written(offset: FixedOffset) -> String {
    let minutes = offset.local_minus_utc() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    #[test]
    fn offsets_are_written_with_sign_and_minutes() {
        let table =
            [(7 * 3600, "+07:00"), (0, "+00:00"), (-12_600, "-03:30"), (20_700, "+05:45"), (-1800, "-00:30")];
        for (seconds, expected) in table {
            assert_eq!(written(FixedOffset::east_opt(seconds).unwrap()), expected);
        }
    }

    #[test]
    fn a_fixed_clock_stands() {
        let clock = Clock::fixed(at("2026-08-15T08:30:00"));
        let expected = Moment { local: at("2026-08-15T08:30:00"), offset: "+07:00".to_owned() };
        assert_eq!([clock.now(), clock.now()], [expected.clone(), expected]);
    }

    #[test]
    fn an_advancing_clock_starts_there_and_never_goes_back() {
        let start = at("2026-12-31T23:59:59");
        let clock = Clock::advancing_from(start);
        let [first, second] = [clock.now(), clock.now()];
        assert!(start <= first.local && first.local <= second.local);
        assert_eq!(later(start, Duration::from_secs(2)), at("2027-01-01T00:00:01"));
    }

    #[test]
    fn a_clock_turned_by_hand_shows_what_it_is_told_and_its_age_never_falls() {
        let (clock, hand) = Clock::by_hand(at("2026-03-29T00:59:59"), 60);
        assert_eq!(clock.now().local, at("2026-03-29T01:59:59"));
        hand.turn(at("2026-03-29T01:00:00"), 120, Duration::from_secs(5));
        hand.turn(at("2026-03-29T01:00:01"), 120, Duration::from_secs(3));
        assert_eq!(clock.now(), Moment { local: at("2026-03-29T03:00:01"), offset: "+02:00".to_owned() });
        assert_eq!(clock.monotonic(), Duration::from_secs(5));
        assert_eq!(clock.now().in_zone("+01:00"), Some(at("2026-03-29T02:00:01")));
        assert_eq!(clock.now().in_zone("-02:30"), Some(at("2026-03-28T22:30:01")));
        assert_eq!([clock.now().in_zone(""), clock.now().in_zone("Hà Nội")], [None, None]);
    }

    #[test]
    fn the_end_of_time_is_not_passed() {
        assert_eq!(later(NaiveDateTime::MAX, Duration::from_secs(1)), NaiveDateTime::MAX);
        assert_eq!(later(at("2026-01-01T00:00:00"), Duration::MAX), at("2026-01-01T00:00:00"));
    }

    #[test]
    fn the_machine_says_its_offset() {
        let Moment { local, offset } = Clock::machine().now();
        let utc = local - TimeDelta::minutes(i64::from(minutes(&offset)));
        let apart = (Utc::now().naive_utc() - utc).abs();
        assert!(apart < TimeDelta::minutes(1), "{local} {offset}");
    }

    fn minutes(offset: &str) -> i32 {
        let (sign, rest) = offset.split_at(1);
        let (hours, minutes) = rest.split_once(':').unwrap();
        let minutes = hours.parse::<i32>().unwrap() * 60 + minutes.parse::<i32>().unwrap();
        if sign == "-" { -minutes } else { minutes }
    }
}
