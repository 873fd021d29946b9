//! The roll-call: who was called, who is there, whether there are enough. Counts are computed, never typed.
//! Knows no clock and no screen.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::committee::{Committee, Member};
use crate::domain::kinds::{Position, Presence, Role};
use crate::domain::meeting::{Meeting, Seat, Site};
use crate::domain::value::{Number, TimeOfDay};

/// The numbers of the summary line. `called` = `present` + `excused` + `unexcused` + `unmarked`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub called: usize,
    /// Everybody in the meeting, people sent in somebody's place included ("có mặt 41 (dự thay 03)").
    pub present: usize,
    /// Of those present.
    pub online: usize,
    /// Of those present.
    pub late: usize,
    /// Of those present: who left early.
    pub left: usize,
    /// Of those present: seats with a substitute.
    pub represented: usize,
    pub excused: usize,
    pub unexcused: usize,
    pub unmarked: usize,
    /// Heads that the sites reported, beside the seats.
    pub headcount: i64,
}

impl Counts {
    /// The counts by the names that sentences about the roll use, spelled.
    pub fn named(&self) -> [(&'static str, String); 7] {
        let counts = [
            ("called", self.called),
            ("present", self.present),
            ("represented", self.represented),
            ("absent", self.excused + self.unexcused),
            ("excused", self.excused),
            ("unexcused", self.unexcused),
            ("unmarked", self.unmarked),
        ];
        counts.map(|(name, count)| (name, count.to_string()))
    }
}

/// Counts the seats by their presence, and the heads of the sites.
pub fn counts(meeting: &Meeting) -> Counts {
    let mut counts = Counts { called: meeting.seats.len(), ..Counts::default() };
    for seat in &meeting.seats {
        count(&mut counts, presence(seat));
    }
    let heads = meeting.sites.iter().filter_map(|site| site.headcount);
    counts.headcount = heads.fold(0, |sum, heads| sum.saturating_add(heads.max(0)));
    counts
}

fn count(counts: &mut Counts, presence: Presence) {
    if presence.counts_as_present() || presence == Presence::Represented {
        counts.present += 1;
    }
    match presence {
        Presence::Present => {}
        Presence::PresentOnline => counts.online += 1,
        Presence::Late => counts.late += 1,
        Presence::LeftEarly => counts.left += 1,
        Presence::Represented => counts.represented += 1,
        Presence::AbsentExcused => counts.excused += 1,
        Presence::AbsentUnexcused => counts.unexcused += 1,
        Presence::Unmarked => counts.unmarked += 1,
    }
}

/// The seat's presence; unmarked where the file says nothing.
pub fn presence(seat: &Seat) -> Presence {
    seat.presence.unwrap_or(Presence::Unmarked)
}

/// Whether enough voting members are there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quorum {
    pub needed: usize,
    pub present: usize,
    pub reached: bool,
}

/// The quorum among the voting seats. `None` when the committee names no fraction between 0 and 1, or nobody votes.
/// A substitute counts only where the committee says so, and not when consent was refused.
pub fn quorum(meeting: &Meeting, committee: &Committee) -> Option<Quorum> {
    quorum_of(meeting, committee, |_| true)
}

/// As [`quorum`], of those who are in the room at `moment`: who came later or had left does not count.
pub fn quorum_at(meeting: &Meeting, committee: &Committee, moment: NaiveDateTime) -> Option<Quorum> {
    let day = first_day(meeting).unwrap_or(moment.date());
    quorum_of(meeting, committee, |seat| presence_at(seat, day, moment))
}

fn quorum_of(meeting: &Meeting, committee: &Committee, there: impl Fn(&Seat) -> bool) -> Option<Quorum> {
    let fraction = committee.head.quorum.map(Number::as_f64).filter(|part| *part > 0.0 && *part <= 1.0)?;
    let voting = voting_seats(meeting, committee);
    if voting.is_empty() {
        return None;
    }
    let substitutes_count = committee.head.substitutes_count == Some(true);
    let counts = |seat: &&&Seat| match presence(seat) {
        Presence::Represented => substitutes_count && !consent_refused(seat),
        other => other.counts_as_present(),
    };
    let present = voting.iter().filter(counts).filter(|seat| there(seat)).count();
    let needed = needed(fraction, voting.len());
    Some(Quorum { needed, present, reached: present >= needed })
}

fn voting_seats<'a>(meeting: &'a Meeting, committee: &Committee) -> Vec<&'a Seat> {
    let mut members: HashMap<&str, &Member> = HashMap::new();
    for member in committee.members.iter().filter(|member| !member.id.is_empty()) {
        members.entry(&member.id).or_insert(member);
    }
    let votes = |seat: &&Seat| votes_as(seat, members.get(seat.id.as_str()).copied());
    meeting.seats.iter().filter(votes).collect()
}

/// The whole number of heads that makes up the fraction.
fn needed(fraction: f64, voting: usize) -> usize {
    // A file can only come near a third: 0.67 of 30 means 20, not 21.
    let thirds = [1.0 / 3.0, 2.0 / 3.0].into_iter().find(|third| (fraction - third).abs() < 0.007);
    let heads = thirds.unwrap_or(fraction) * voting as f64;
    (heads - 1e-6).ceil() as usize
}

fn consent_refused(seat: &Seat) -> bool {
    seat.substitute.as_ref().is_some_and(|substitute| substitute.consented == Some(false))
}

/// Whether the seat votes: as it says itself, else as the committee's list of members says, else by position (all
/// but the secretary and the support group) or by the role of a member.
pub fn votes(seat: &Seat, committee: &Committee) -> bool {
    let member = committee.members.iter().find(|member| member.id == seat.id && !seat.id.is_empty());
    votes_as(seat, member)
}

fn votes_as(seat: &Seat, member: Option<&Member>) -> bool {
    let said = seat.voting.or(member.and_then(|member| member.voting));
    said.unwrap_or_else(|| votes_by_position(seat, member))
}

fn votes_by_position(seat: &Seat, member: Option<&Member>) -> bool {
    let in_committee = member.map_or("", |member| member.position.as_str());
    let position = if seat.position.is_empty() { in_committee } else { &seat.position };
    match Position::from_word(position) {
        Some(Position::Secretary | Position::SupportLead | Position::SupportMember) => false,
        Some(_) => true,
        None => seat.role == Some(Role::Member),
    }
}

/// Whether the seat was taken at `moment` of a meeting that began on `day`; by a substitute too.
/// A person is there from the minute of arrival and no more from the minute of leaving.
pub fn presence_at(seat: &Seat, day: NaiveDate, moment: NaiveDateTime) -> bool {
    let presence = presence(seat);
    if !presence.counts_as_present() && presence != Presence::Represented {
        return false;
    }
    let arrived = seat.arrived.is_none_or(|arrived| arrived.on(day) <= moment);
    let gone = seat.left.is_some_and(|left| left.on(day) <= moment);
    arrived && !gone
}

/// Seats that stayed empty, in protocol order. A seat with a substitute is none of them.
pub fn absentees(meeting: &Meeting) -> Vec<&Seat> {
    meeting.seats.iter().filter(|seat| presence(seat).is_absent()).collect()
}

/// Where somebody was at a moment of the meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    InRoom,
    /// Came later, at this time.
    NotYet(TimeOfDay),
    /// Had left, at this time.
    Gone(TimeOfDay),
    /// Never came, or was not called yet.
    Away,
}

/// Where the person of a seat was, as [`presence_at`] tells it.
pub fn whereabouts(seat: &Seat, day: NaiveDate, moment: NaiveDateTime) -> Whereabouts {
    if presence_at(seat, day, moment) {
        return Whereabouts::InRoom;
    }
    let came = presence(seat).counts_as_present() || presence(seat) == Presence::Represented;
    let gone = seat.left.filter(|left| left.on(day) <= moment);
    match (came, gone, seat.arrived) {
        (true, Some(left), _) => Whereabouts::Gone(left),
        (true, None, Some(arrived)) => Whereabouts::NotYet(arrived),
        _ => Whereabouts::Away,
    }
}

/// The day a meeting's times of day belong to: when it was opened, else its date.
pub fn first_day(meeting: &Meeting) -> Option<NaiveDate> {
    meeting.head.opened.map(|opened| opened.date()).or(meeting.head.date)
}

/// How a moment of this meeting is written at a seat: a time alone on its first day, a date-time on any other.
pub fn time_in(meeting: &Meeting, moment: NaiveDateTime) -> TimeOfDay {
    match first_day(meeting) {
        Some(day) if day != moment.date() => TimeOfDay::Moment(moment),
        _ => TimeOfDay::Time(moment.time()),
    }
}

/// Whether a site answered the call: heads were counted there, or its line was up.
pub fn is_called(site: &Site) -> bool {
    site.headcount.is_some() || site.link.iter().any(|change| change.up == Some(true))
}

/// Marks a seat at the time `now`: late notes the arrival, left early the leaving, anything else clears both times.
/// The same mark again keeps its time. Reasons and substitutes stay as typed.
pub fn mark(seat: &mut Seat, presence: Presence, now: TimeOfDay) {
    let again = seat.presence == Some(presence);
    seat.presence = Some(presence);
    match presence {
        Presence::Late => {
            seat.arrived = seat.arrived.filter(|_| again).or(Some(now));
            seat.left = None;
        }
        Presence::LeftEarly => seat.left = seat.left.filter(|_| again).or(Some(now)),
        _ => {
            seat.arrived = None;
            seat.left = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::{LinkChange, Substitute};
    use chrono::NaiveTime;

    fn time(hour: u32, minute: u32) -> NaiveTime {
        NaiveTime::from_hms_opt(hour, minute, 0).unwrap()
    }

    fn seat(presence: Presence) -> Seat {
        Seat { presence: Some(presence), ..Seat::default() }
    }

    fn voter(presence: Presence) -> Seat {
        Seat { voting: Some(true), ..seat(presence) }
    }

    fn committee(fraction: f64) -> Committee {
        let mut committee = Committee::default();
        committee.head.quorum = Some(Number::Decimal(fraction));
        committee
    }

    #[test]
    fn every_seat_called_is_present_absent_or_unmarked() {
        let mut seats: Vec<Seat> = Presence::ALL.iter().copied().map(seat).collect();
        seats.push(Seat::default());
        let site = |headcount| Site { headcount, ..Site::default() };
        let m =
            Meeting { seats, sites: vec![site(Some(25)), site(None), site(Some(3))], ..Meeting::default() };
        let c = counts(&m);
        assert_eq!((c.called, c.present, c.unmarked), (9, 5, 2));
        assert_eq!((c.online, c.late, c.left, c.represented), (1, 1, 1, 1));
        assert_eq!((c.excused, c.unexcused, c.headcount), (1, 1, 28));
        assert_eq!(c.called, c.present + c.excused + c.unexcused + c.unmarked);
        let absent: Vec<_> = absentees(&m).iter().map(|seat| seat.presence).collect();
        assert_eq!(absent, vec![Some(Presence::AbsentExcused), Some(Presence::AbsentUnexcused)]);
    }

    #[test]
    fn the_quorum_is_the_fraction_rounded_up() {
        let cases = [(0.5, 5, 3), (0.5, 4, 2), (0.67, 30, 20), (0.6667, 45, 30), (0.75, 10, 8), (1.0, 7, 7)];
        for (fraction, voting, expected) in cases {
            assert_eq!(needed(fraction, voting), expected, "{fraction} of {voting}");
        }
    }

    #[test]
    fn substitutes_count_only_where_the_committee_says_so() {
        let sent = |consented| Seat {
            substitute: Some(Substitute { consented, ..Substitute::default() }),
            ..voter(Presence::Represented)
        };
        let seats = vec![voter(Presence::Late), sent(Some(true)), sent(Some(false)), seat(Presence::Present)];
        let m = Meeting { seats, ..Meeting::default() };
        let mut c = committee(0.5);
        assert_eq!(quorum(&m, &c), Some(Quorum { needed: 2, present: 1, reached: false }));
        c.head.substitutes_count = Some(true);
        assert_eq!(quorum(&m, &c), Some(Quorum { needed: 2, present: 2, reached: true }));
        assert_eq!(quorum(&m, &committee(1.5)), None);
        assert_eq!(quorum(&m, &Committee::default()), None);
        assert_eq!(quorum(&Meeting::default(), &c), None);
    }

    #[test]
    fn who_votes_is_said_by_the_seat_the_committee_or_the_position() {
        let mut c = committee(0.5);
        c.members = vec![
            Member { id: "hoa".into(), voting: Some(false), position: "member".into(), ..Member::default() },
            Member { id: "bao".into(), position: "deputy_head".into(), ..Member::default() },
        ];
        let of =
            |id: &str, position: &str| Seat { id: id.into(), position: position.into(), ..Seat::default() };
        assert!(!votes(&of("hoa", "member"), &c));
        assert!(votes(&Seat { voting: Some(true), ..of("hoa", "") }, &c));
        assert!(votes(&of("bao", ""), &c));
        assert!(!votes(&of("tien", "secretary"), &c));
        assert!(!votes(&of("", ""), &c));
        assert!(votes(&Seat { role: Some(Role::Member), ..of("", "") }, &c));
    }

    #[test]
    fn marks_keep_only_the_times_that_belong_to_them() {
        let mut seat = Seat::default();
        mark(&mut seat, Presence::Late, TimeOfDay::Time(time(8, 20)));
        mark(&mut seat, Presence::Late, TimeOfDay::Time(time(8, 30)));
        assert_eq!(seat.arrived, Some(TimeOfDay::Time(time(8, 20))));
        mark(&mut seat, Presence::LeftEarly, TimeOfDay::Time(time(10, 45)));
        assert_eq!(seat.arrived.map(TimeOfDay::time), Some(time(8, 20)));
        assert_eq!(seat.left.map(TimeOfDay::time), Some(time(10, 45)));
        mark(&mut seat, Presence::Present, TimeOfDay::Time(time(11, 0)));
        assert_eq!((seat.presence, seat.arrived, seat.left), (Some(Presence::Present), None, None));
        mark(&mut seat, Presence::Late, TimeOfDay::Time(time(11, 5)));
        mark(&mut seat, Presence::AbsentExcused, TimeOfDay::Time(time(11, 6)));
        assert_eq!((seat.presence, seat.arrived), (Some(Presence::AbsentExcused), None));
    }

    #[test]
    fn a_person_is_there_from_arrival_until_leaving() {
        let day = NaiveDate::from_ymd_opt(2022, 1, 13).unwrap();
        let mut seat = seat(Presence::LeftEarly);
        seat.arrived = Some(TimeOfDay::Time(time(8, 20)));
        seat.left = Some(TimeOfDay::Moment(day.succ_opt().unwrap().and_time(time(9, 0))));
        let cases = [(day, 8, 19, false), (day, 8, 20, true), (day, 23, 0, true)];
        for (on, hour, minute, there) in cases {
            assert_eq!(presence_at(&seat, day, on.and_time(time(hour, minute))), there, "{hour}:{minute}");
        }
        assert!(!presence_at(&seat, day, day.succ_opt().unwrap().and_time(time(9, 0))));
        seat.presence = Some(Presence::AbsentExcused);
        assert!(!presence_at(&seat, day, day.and_time(time(10, 0))));
        assert!(!presence_at(&Seat::default(), day, day.and_time(time(10, 0))));
    }

    #[test]
    fn who_is_not_in_the_room_was_late_gone_or_never_there() {
        let day = NaiveDate::from_ymd_opt(2022, 1, 13).unwrap();
        let (arrived, left) = (TimeOfDay::Time(time(8, 20)), TimeOfDay::Time(time(10, 45)));
        let mut seat = Seat { arrived: Some(arrived), left: Some(left), ..seat(Presence::LeftEarly) };
        let at = |seat: &Seat, hour, minute| whereabouts(seat, day, day.and_time(time(hour, minute)));
        assert_eq!(at(&seat, 8, 0), Whereabouts::NotYet(arrived));
        assert_eq!(at(&seat, 9, 0), Whereabouts::InRoom);
        assert_eq!(at(&seat, 10, 45), Whereabouts::Gone(left));
        seat.presence = Some(Presence::AbsentUnexcused);
        assert_eq!(at(&seat, 9, 0), Whereabouts::Away);
    }

    #[test]
    fn a_time_on_another_day_names_its_day() {
        let day = NaiveDate::from_ymd_opt(2022, 1, 13).unwrap();
        let mut m = Meeting::default();
        let next = day.succ_opt().unwrap().and_time(time(9, 0));
        assert_eq!(
            time_in(&m, next),
            TimeOfDay::Time(time(9, 0)),
            "a meeting without a day has no other day"
        );
        m.head.date = Some(day);
        assert_eq!(time_in(&m, day.and_time(time(9, 0))), TimeOfDay::Time(time(9, 0)));
        assert_eq!(time_in(&m, next), TimeOfDay::Moment(next));
    }

    #[test]
    fn a_site_is_called_once_heads_or_a_line_are_known() {
        let link =
            |up| Site { link: vec![LinkChange { up: Some(up), ..LinkChange::default() }], ..Site::default() };
        let counted = Site { headcount: Some(0), ..Site::default() };
        let cases = [(Site::default(), false), (counted, true), (link(true), true), (link(false), false)];
        for (site, called) in cases {
            assert_eq!(is_called(&site), called, "{site:?}");
        }
    }
}
