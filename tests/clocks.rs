//! Clocks that are set, zones that change and machines that sleep, in the middle of a meeting. Lines stay in the order in
//! which they were typed, with the time of the zone the meeting was opened in, and nothing ever lasted less than no time.
//! The judge keeps the times itself.
//!
//! `STEERCO_CLOCKS` and `STEERCO_CLOCKS_SEED` choose another number of meetings and other clocks.

use std::fs;
use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};
use fastrand::Rng;
use steerco::domain::meeting::Meeting;
use steerco::domain::{floor, programme};
use steerco::run::clock::{Clock, Hand};
use steerco::store::meeting_file::read;

use crate::desk::{BEGINNING, Desk, workspace};
use crate::typist::number;

const MEETING: &str = "2026-08-15-hop";

/// A zone: when it changes (UTC), what it is ahead before and after, in minutes.
const ZONES: [(&str, &str, i32, i32); 8] = [
    ("Ho_Chi_Minh", "2026-08-15T02:00:00", 420, 420),
    ("Berlin, hour left out", "2026-03-29T01:00:00", 60, 120),
    ("Berlin, hour twice", "2026-10-25T01:00:00", 120, 60),
    ("Lord_Howe, half an hour left out", "2026-10-03T15:30:00", 630, 660),
    ("Lord_Howe, half an hour twice", "2026-04-04T15:00:00", 660, 630),
    ("Apia, a day left out", "2011-12-30T10:00:00", -600, 840),
    ("Sao_Paulo, midnight left out", "2018-11-04T03:00:00", -180, -120),
    ("Sao_Paulo, an hour before midnight twice", "2019-02-17T02:00:00", -120, -180),
];

fn time(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

/// The machine's clock as it is turned: what it shows in UTC and how far it is from it.
struct Turned {
    hand: Hand,
    utc: NaiveDateTime,
    zone: (NaiveDateTime, i32, i32),
    steady: Duration,
}

impl Turned {
    fn offset(&self) -> i32 {
        let (at, before, after) = self.zone;
        if self.utc < at { before } else { after }
    }

    /// Time goes by: by the clock on the wall, and by the one that only goes forward.
    fn go(&mut self, wall: TimeDelta, steady: Duration) {
        self.utc += wall;
        self.steady += steady;
        self.hand.turn(self.utc, self.offset(), self.steady);
    }
}

/// How the clock goes on between two lines.
fn step(random: &mut Rng) -> (TimeDelta, Duration) {
    let usual = random.i64(1..90);
    let steady = Duration::from_secs(usual.unsigned_abs());
    let wall = match random.u8(..10) {
        0 => TimeDelta::days(-2),
        1 => TimeDelta::hours(1),
        2 => TimeDelta::hours(-1),
        // Ten times as fast.
        3 => TimeDelta::seconds(usual * 10),
        // Asleep for a night: the clock that only goes forward stood.
        4 => TimeDelta::hours(9),
        5 => TimeDelta::days(400),
        _ => TimeDelta::seconds(usual),
    };
    (wall, steady)
}

/// A meeting that was not opened yet, with two items.
fn planned() -> (tempfile::TempDir, std::path::PathBuf) {
    let (folder, root) = workspace(&[MEETING]);
    let path = root.join(format!("meetings/2026/{MEETING}.toml"));
    let text = fs::read_to_string(&path).unwrap().replace("\"live\"", "\"planned\"");
    let kept = |line: &&str| !["opened", "utc_offset", "started"].iter().any(|key| line.starts_with(key));
    let mut text: String = text.lines().filter(kept).map(|line| format!("{line}\n")).collect();
    text.push_str("\n[[agenda]]\nid = \"bbbbbbbb\"\nkind = \"report\"\ntitle = \"Báo cáo\"\nminutes = 10\n");
    fs::write(&path, text).unwrap();
    (folder, root)
}

#[test]
fn whatever_the_clock_does_lines_keep_their_order_and_time_is_never_negative() {
    let (meetings, first) =
        (number("STEERCO_CLOCKS").unwrap_or(8), number("STEERCO_CLOCKS_SEED").unwrap_or(0));
    for seed in first..first + meetings {
        let (zone, at, before, after) = ZONES[usize::try_from(seed).unwrap() % ZONES.len()];
        judge(seed, zone, (time(at), before, after));
    }
}

fn judge(seed: u64, name: &str, zone: (NaiveDateTime, i32, i32)) {
    let context = format!("STEERCO_CLOCKS=1 STEERCO_CLOCKS_SEED={seed} {name}");
    let mut random = Rng::with_seed(seed);
    let (_folder, root) = planned();
    let utc = zone.0 - TimeDelta::seconds(random.i64(60..600));
    let (clock, hand) = Clock::by_hand(utc, zone.1);
    let mut turned = Turned { hand, utc, zone, steady: Duration::ZERO };
    let mut desk = Desk::home(&root, MEETING, "", BEGINNING);
    desk.go_by(clock);
    desk.enter(MEETING);
    desk.keys("/khaimac<enter>");
    let opened_at = turned.offset();
    let (mut texts, mut times) = (Vec::new(), Vec::new());
    // The change of the zone is in the middle of the quiet steps of every second meeting.
    let quiet = seed.is_multiple_of(2);
    for line in 0..30 {
        let (wall, steady) =
            if quiet { (TimeDelta::seconds(40), Duration::from_secs(40)) } else { step(&mut random) };
        turned.go(wall, steady);
        match random.u8(..8) {
            0 => drop(desk.keys("#2<enter>")),
            1 => drop(desk.keys("#1<enter>")),
            2 => drop(desk.keys(&format!("@Người {}<enter>", random.u8(..3)))),
            3 => drop(desk.keys("/nghi<enter>/tiep<enter>")),
            _ => {}
        }
        let text = format!("lời {line}");
        desk.keys(&format!("{text}<enter>"));
        texts.push(text);
        times.push(turned.utc + TimeDelta::minutes(i64::from(opened_at)));
        for (width, height) in [(140, 40), (80, 24)] {
            is_sane(&desk.screen(width, height), &context);
        }
        lasted(&read::<Meeting>(desk.file().as_bytes()).unwrap().record, turned.utc, &context);
    }
    desk.keys("/bemac<enter><enter>");
    turned.go(TimeDelta::seconds(20), Duration::from_secs(20));
    desk.rest();
    let meeting = read::<Meeting>(desk.file().as_bytes()).unwrap().record;
    let found: Vec<&str> = meeting.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(found, texts, "{context}");
    let found: Vec<NaiveDateTime> = meeting.notes.iter().filter_map(|note| note.at).collect();
    assert_eq!(found, times, "{context}");
    let (sign, minutes) = (if opened_at < 0 { '-' } else { '+' }, opened_at.abs());
    assert_eq!(
        meeting.head.utc_offset,
        format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60),
        "{context}"
    );
    lasted(&meeting, turned.utc, &context);
}

/// Nothing on the screen lasted less than no time: no minus before a number of minutes that were used or are left.
fn is_sane(screen: &str, context: &str) {
    for wrong in ["còn -", "quá -", "HỌP -", " -0", "-1'/", "/-"] {
        assert!(!screen.contains(wrong), "{context}: {wrong}\n{screen}");
    }
}

fn lasted(meeting: &Meeting, now: NaiveDateTime, context: &str) {
    for now in [now, now - TimeDelta::days(3), now + TimeDelta::days(3)] {
        for item in &meeting.agenda {
            assert!(programme::item_seconds(meeting, &item.id, now) >= 0, "{context}");
        }
        assert!(floor::by_person(meeting, now).iter().all(|(_, seconds)| *seconds >= 0), "{context}");
    }
    for turn in &meeting.turns {
        assert!(turn.to.is_none() || turn.from <= turn.to, "{context}: {turn:?}");
    }
    for item in &meeting.agenda {
        assert!(item.ended.is_none() || item.started <= item.ended, "{context}: {item:?}");
    }
}
