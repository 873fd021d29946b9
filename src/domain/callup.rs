//! Who is called, beside the committee's roster of the day: members who came into office, members who left it, members
//! whose post is another now. What was recorded of somebody stays. Knows no clock and no screen.

use chrono::NaiveDate;

use crate::domain::committee::Committee;
use crate::domain::fields::{Record, Row};
use crate::domain::kinds::Presence;
use crate::domain::meeting::{Meeting, Seat};
use crate::domain::value::Value;
use crate::domain::{roll, seating, seats};

/// What the roster says beside the seats.
#[derive(Clone, Debug, PartialEq)]
pub enum CallNews {
    /// A member in office that day who has no seat.
    New(Box<Seat>),
    /// A member called by another name, office, unit or position than that day's; the seat as it would be.
    Changed(Box<Seat>),
    /// A member out of office that day, by the seat's id.
    Gone(String),
}

impl CallNews {
    /// The seat's id.
    pub fn id(&self) -> &str {
        match self {
            CallNews::New(seat) | CallNews::Changed(seat) => &seat.id,
            CallNews::Gone(id) => id,
        }
    }
}

/// What differs between the seats and the roster of `day`. Guests, who are in no roster, are left alone, and so are the
/// titles of somebody who was called already.
pub fn news(meeting: &Meeting, committee: &Committee, day: NaiveDate) -> Vec<CallNews> {
    let called = seating::seats(committee, day);
    let mut news: Vec<CallNews> = Vec::new();
    for seat in &called {
        match meeting.seat(&seat.id) {
            None => news.push(CallNews::New(Box::new(seat.clone()))),
            Some(known) if roll::presence(known) == Presence::Unmarked => {
                let now = brought_up(known, seat);
                if now != *known {
                    news.push(CallNews::Changed(Box::new(now)));
                }
            }
            Some(_) => {}
        }
    }
    let of_roster = |id: &str| committee.members.iter().any(|member| member.id == id);
    let gone =
        meeting.seats.iter().filter(|seat| of_roster(&seat.id) && !called.iter().any(|c| c.id == seat.id));
    news.extend(gone.map(|seat| CallNews::Gone(seat.id.clone())));
    news
}

/// The seat with the roster's name, office, unit and position; the vote follows the position. What the roster does not
/// say stays.
fn brought_up(known: &Seat, roster: &Seat) -> Seat {
    let mut now = known.clone();
    let say = |mine: &mut String, theirs: &String| {
        if !theirs.is_empty() {
            mine.clone_from(theirs);
        }
    };
    say(&mut now.name, &roster.name);
    say(&mut now.unit, &roster.unit);
    if !roster.titles.is_empty() {
        now.titles.clone_from(&roster.titles);
    }
    if !roster.position.is_empty() && now.position != roster.position {
        now.position.clone_from(&roster.position);
        now.voting = roster.voting;
    }
    now
}

/// Whether something was recorded of the seat, so that it stays whoever holds the office: a mark, a reason, a substitute,
/// a word spoken.
pub fn is_recorded(meeting: &Meeting, id: &str) -> bool {
    let marked = meeting.seat(id).is_some_and(|seat| {
        roll::presence(seat) != Presence::Unmarked || !seat.reason.is_empty() || seat.substitute.is_some()
    });
    let names = |row: &dyn Row, key: &str| row.get(key) == Some(Value::Text(id.to_owned()));
    let spoken = ["notes", "turns", "queue"]
        .into_iter()
        .any(|table| meeting.rows(table).is_some_and(|rows| rows.iter().any(|row| names(row, "speaker"))));
    marked || spoken || meeting.tasks.iter().any(|task| task.person == id)
}

/// Brings one piece of news into the seats. A new member sits behind the one before in the roster. `name` is what keeps
/// standing where somebody gone was named.
pub fn take(meeting: &mut Meeting, committee: &Committee, day: NaiveDate, news: &CallNews, name: &str) {
    match news {
        CallNews::New(seat) => {
            seats::keep_unit_name(meeting, Some(committee), &seat.unit);
            let order = seating::seats(committee, day);
            let before = order.iter().take_while(|other| other.id != seat.id);
            let before = before.filter(|other| meeting.seat(&other.id).is_some()).last();
            match before.map(|before| before.id.clone()) {
                Some(before) => seats::insert_after(meeting, &before, (**seat).clone()),
                None => meeting.seats.insert(0, (**seat).clone()),
            }
        }
        CallNews::Changed(now) => {
            seats::keep_unit_name(meeting, Some(committee), &now.unit);
            if let Some(seat) = meeting.seats.iter_mut().find(|seat| seat.id == now.id) {
                *seat = (**now).clone();
            }
        }
        CallNews::Gone(id) => seats::remove(meeting, id, name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::committee::Member;
    use crate::domain::meeting::Note;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn member(id: &str, from: Option<&str>, to: Option<&str>) -> Member {
        Member {
            id: id.into(),
            name: id.to_uppercase(),
            position: "member".into(),
            from: from.map(day),
            to: to.map(day),
            ..Member::default()
        }
    }

    fn committee() -> Committee {
        let members = vec![
            member("a", None, None),
            member("new", Some("2026-07-01"), None),
            member("b", None, None),
            member("old", None, Some("2026-06-30")),
        ];
        Committee { members, ..Committee::default() }
    }

    fn meeting() -> Meeting {
        let mut seats = seating::seats(&committee(), day("2026-06-15"));
        seats.push(Seat { id: "guest".into(), name: "Khách".into(), ..Seat::default() });
        Meeting { seats, ..Meeting::default() }
    }

    fn ids(m: &Meeting) -> Vec<&str> {
        m.seats.iter().map(|seat| seat.id.as_str()).collect()
    }

    #[test]
    fn the_roster_of_another_day_brings_some_and_takes_some() {
        let (mut m, c) = (meeting(), committee());
        assert_eq!(news(&m, &c, day("2026-06-15")), []);
        let found = news(&m, &c, day("2026-07-15"));
        assert_eq!(found.iter().map(CallNews::id).collect::<Vec<_>>(), ["new", "old"]);
        for news in &found {
            take(&mut m, &c, day("2026-07-15"), news, "OLD");
        }
        assert_eq!(ids(&m), ["a", "new", "b", "guest"]);
        assert_eq!(news(&m, &c, day("2026-07-15")), []);
    }

    #[test]
    fn a_new_post_changes_only_who_was_not_called_yet() {
        let (mut m, mut c) = (meeting(), committee());
        c.members[0].position = "secretary".into();
        c.members[0].titles = vec!["Chánh Văn phòng".into()];
        let found = news(&m, &c, day("2026-06-15"));
        let [CallNews::Changed(seat)] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((seat.position.as_str(), seat.voting), ("secretary", Some(false)));
        m.seats[0].presence = Some(Presence::Present);
        assert_eq!(news(&m, &c, day("2026-06-15")), []);
    }

    #[test]
    fn who_spoke_or_was_marked_is_recorded() {
        let mut m = meeting();
        assert!(!is_recorded(&m, "old"));
        m.notes.push(Note { speaker: "old".into(), ..Note::default() });
        assert!(is_recorded(&m, "old") && !is_recorded(&m, "a"));
        m.seats[0].reason = "công tác".into();
        assert!(is_recorded(&m, "a"));
    }
}
