//! The list of seats: adding, removing, moving in the protocol order, which is the order of the file. Knows no clock
//! and no screen.

use std::collections::HashSet;

use crate::domain::committee::Committee;
use crate::domain::meeting::{Meeting, Seat, UnitName};
use crate::text::fold::fold;

/// Which way a seat moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    Up,
    Down,
}

/// Puts a seat right after the one with the id `after`; at the end when there is none.
pub fn insert_after(meeting: &mut Meeting, after: &str, seat: Seat) {
    let at =
        meeting.seats.iter().position(|known| known.id == after).map_or(meeting.seats.len(), |at| at + 1);
    meeting.seats.insert(at, seat);
}

/// Moves a seat past its neighbour of the same site. At the end of its site it stays.
pub fn shift(meeting: &mut Meeting, id: &str, way: Shift) {
    let Some(at) = meeting.seats.iter().position(|seat| seat.id == id) else { return };
    let site = meeting.seats[at].site.clone();
    let same = |seat: &Seat| seat.site == site;
    let to = match way {
        Shift::Up => meeting.seats[..at].iter().rposition(same),
        Shift::Down => meeting.seats[at + 1..].iter().position(same).map(|by| at + 1 + by),
    };
    if let Some(to) = to {
        let seat = meeting.seats.remove(at);
        meeting.seats.insert(to, seat);
    }
}

/// Takes a seat out. What refers to it keeps `name` as text.
pub fn remove(meeting: &mut Meeting, id: &str, name: &str) {
    let Some(at) = meeting.seats.iter().position(|seat| seat.id == id) else { return };
    meeting.seats.remove(at);
    if meeting.seat(id).is_some() {
        return;
    }
    let rename = |reference: &mut String| {
        if reference == id {
            name.clone_into(reference);
        }
    };
    meeting.notes.iter_mut().for_each(|note| rename(&mut note.speaker));
    meeting.turns.iter_mut().for_each(|turn| rename(&mut turn.speaker));
    meeting.queue.iter_mut().for_each(|entry| rename(&mut entry.speaker));
    meeting.agenda.iter_mut().for_each(|item| rename(&mut item.presenter));
    meeting.sites.iter_mut().flat_map(|site| &mut site.chairs).for_each(rename);
    for task in &mut meeting.tasks {
        rename(&mut task.person);
        task.extensions.iter_mut().for_each(|extension| rename(&mut extension.allowed_by));
    }
}

/// The unit a text means by id, name, short form or another name; `None` for free text.
pub fn unit_meant(meeting: &Meeting, committee: Option<&Committee>, text: &str) -> Option<String> {
    let wanted = name_key(text);
    let fits = |id: &str, names: &[&str]| {
        !wanted.is_empty() && (id == text || names.iter().any(|name| name_key(name) == wanted))
    };
    let mut here = meeting.units.iter().filter(|unit| fits(&unit.id, &[&unit.name, &unit.short]));
    let known = || committee?.unit_named(text);
    here.next().map(|unit| &unit.id).or_else(|| known().map(|unit| &unit.id)).cloned()
}

/// Keeps the name of a unit of the committee in the meeting, so that its papers print it as it is called that day.
pub fn keep_unit_name(meeting: &mut Meeting, committee: Option<&Committee>, id: &str) {
    if meeting.units.iter().any(|unit| unit.id == id) {
        return;
    }
    if let Some(unit) = committee.and_then(|committee| committee.unit(id)).filter(|unit| !unit.id.is_empty())
    {
        let (id, name, short) = (unit.id.clone(), unit.name.clone(), unit.short.clone());
        meeting.units.push(UnitName { id, name, short, ..UnitName::default() });
    }
}

/// The names of the seats without marks and case, to see who is there already.
pub fn folded_names(meeting: &Meeting) -> HashSet<String> {
    meeting.seats.iter().filter(|seat| !seat.name.is_empty()).map(|seat| name_key(&seat.name)).collect()
}

/// A name as it is compared: without marks, case and double blanks.
pub fn name_key(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::{AgendaItem, Note, Site};

    fn meeting() -> Meeting {
        let seat = |id: &str, site: &str| Seat {
            id: id.into(),
            name: id.to_uppercase(),
            site: site.into(),
            ..Seat::default()
        };
        let seats = vec![seat("a", ""), seat("b", "kt"), seat("c", ""), seat("d", "kt")];
        Meeting { seats, ..Meeting::default() }
    }

    fn ids(meeting: &Meeting) -> String {
        meeting.seats.iter().map(|seat| seat.id.as_str()).collect()
    }

    #[test]
    fn a_seat_moves_past_its_neighbour_of_the_same_site() {
        for (id, way, order) in [
            ("c", Shift::Up, "cabd"),
            ("a", Shift::Down, "bcad"),
            ("b", Shift::Down, "acdb"),
            ("a", Shift::Up, "abcd"),
            ("d", Shift::Down, "abcd"),
            ("x", Shift::Down, "abcd"),
        ] {
            let mut m = meeting();
            shift(&mut m, id, way);
            assert_eq!(ids(&m), order, "{id} {way:?}");
        }
    }

    #[test]
    fn moving_up_and_down_again_leaves_the_order_within_the_site() {
        let mut m = meeting();
        shift(&mut m, "c", Shift::Up);
        shift(&mut m, "c", Shift::Down);
        let room: Vec<_> =
            m.seats.iter().filter(|seat| seat.site.is_empty()).map(|seat| seat.id.as_str()).collect();
        assert_eq!(room, ["a", "c"]);
    }

    #[test]
    fn what_refers_to_a_removed_seat_keeps_the_name() {
        let mut m = meeting();
        let note = |speaker: &str| Note { speaker: speaker.into(), ..Note::default() };
        m.notes = vec![note("a"), note("b")];
        m.agenda = vec![AgendaItem { presenter: "a".into(), ..AgendaItem::default() }];
        m.sites = vec![Site { chairs: vec!["b".into(), "a".into()], ..Site::default() }];
        remove(&mut m, "a", "Trần A");
        assert_eq!(ids(&m), "bcd");
        assert_eq!((m.notes[0].speaker.as_str(), m.notes[1].speaker.as_str()), ("Trần A", "b"));
        assert_eq!((m.agenda[0].presenter.as_str(), m.sites[0].chairs[1].as_str()), ("Trần A", "Trần A"));
    }

    #[test]
    fn of_two_seats_with_one_id_the_other_keeps_the_references() {
        let mut m = meeting();
        m.seats[2].id = "a".into();
        m.notes = vec![Note { speaker: "a".into(), ..Note::default() }];
        remove(&mut m, "a", "Trần A");
        assert_eq!((ids(&m).as_str(), m.notes[0].speaker.as_str()), ("bad", "a"));
    }

    #[test]
    fn a_unit_is_meant_by_any_of_its_names_and_kept_once() {
        use crate::domain::committee::Unit;
        let unit = Unit {
            id: "snv".into(),
            name: "Sở Nội vụ".into(),
            aliases: vec!["Nội vụ".into()],
            ..Unit::default()
        };
        let committee = Committee { units: vec![unit], ..Committee::default() };
        let mut m = meeting();
        for (text, meant) in
            [("so noi vu", true), ("NỘI VỤ", true), ("snv", true), ("Sở Nội", false), ("", false)]
        {
            assert_eq!(unit_meant(&m, Some(&committee), text).is_some(), meant, "{text}");
        }
        keep_unit_name(&mut m, Some(&committee), "snv");
        keep_unit_name(&mut m, Some(&committee), "snv");
        keep_unit_name(&mut m, Some(&committee), "không có");
        assert_eq!(m.units.len(), 1);
    }

    #[test]
    fn a_new_seat_stands_after_the_chosen_one() {
        let mut m = meeting();
        insert_after(&mut m, "b", Seat { id: "x".into(), ..Seat::default() });
        insert_after(&mut m, "", Seat { id: "y".into(), ..Seat::default() });
        assert_eq!(ids(&m), "abxcdy");
    }

    #[test]
    fn names_are_the_same_whatever_marks_case_and_blanks() {
        assert_eq!(name_key("  Trần  Thị HÒA"), name_key("tran thi hoà"));
        assert!(folded_names(&meeting()).contains("a"));
    }
}
