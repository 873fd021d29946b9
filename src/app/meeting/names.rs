//! What people and units of a meeting are called, for showing and for finding. Pure questions; changes nothing.

use std::collections::HashMap;

use crate::app::App;
use crate::app::picker::Entry;
use crate::domain::capture::{self, Known};
use crate::domain::committee::Committee;
use crate::domain::floor;
use crate::domain::meeting::{Meeting, Seat};

impl App {
    /// The meeting of the Meeting place.
    pub fn current_meeting(&self) -> Option<&Meeting> {
        self.sessions.meeting(&self.meeting.id)
    }

    /// The committee a meeting belongs to, from its open session or from the workspace.
    pub fn committee_of(&self, meeting: &Meeting) -> Option<&Committee> {
        let id = meeting.head.committee.as_str();
        let known = || self.library.committees.iter().find(|c| c.head.id == id).map(|c| c.as_ref());
        self.sessions.committee(id).or_else(known)
    }

    /// The speakers with a number, `@1` first. In the open meeting a number once given stays.
    pub fn numbering(&self, meeting: &Meeting) -> Vec<String> {
        let fixed = &self.meeting.numbers;
        if meeting.head.id == self.meeting.id && !fixed.is_empty() {
            fixed.clone()
        } else {
            floor::numbering(meeting)
        }
    }

    /// All who may speak in a meeting, for a picker.
    pub fn speakers(&self, meeting: &Meeting) -> Vec<Entry> {
        speaker_entries(meeting, self.committee_of(meeting), &self.numbering(meeting))
    }

    /// The name of the known unit that typed words mean, if they mean one.
    pub fn unit_meant(&self, words: &str) -> Option<String> {
        let meeting = self.current_meeting()?;
        let owner = capture::owners(words, &self.known_units(meeting)).into_iter().next()?;
        let id = owner.id?;
        Some(unit_name(meeting, self.committee_of(meeting), &id).to_owned())
    }

    /// The units that words of a meeting may mean: its own snapshot, the committee's units and groups.
    pub fn known_units(&self, meeting: &Meeting) -> Vec<Known> {
        known_units(meeting, self.committee_of(meeting))
    }
}

/// See [`App::known_units`].
pub fn known_units(meeting: &Meeting, committee: Option<&Committee>) -> Vec<Known> {
    let mut known: Vec<Known> = Vec::new();
    let mut add = |id: &str, names: Vec<&str>| {
        let names = names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned);
        match known.iter_mut().find(|unit| unit.id == id) {
            Some(unit) => unit.names.extend(names),
            None => known.push(Known { id: id.to_owned(), names: names.collect() }),
        }
    };
    for unit in &meeting.units {
        add(&unit.id, vec![&unit.name, &unit.short]);
    }
    let Some(committee) = committee else { return known };
    let day = meeting.head.date;
    let valid = |from: Option<chrono::NaiveDate>, to: Option<chrono::NaiveDate>| {
        day.is_none_or(|day| from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to))
    };
    for unit in committee.units.iter().filter(|unit| valid(unit.from, unit.to)) {
        let mut names = vec![unit.name.as_str(), unit.short.as_str()];
        names.extend(unit.aliases.iter().map(String::as_str));
        add(&unit.id, names);
    }
    for group in committee.groups.iter().filter(|group| valid(group.from, group.to)) {
        let mut names = vec![group.name.as_str()];
        names.extend(group.aliases.iter().map(String::as_str));
        add(&group.id, names);
    }
    known
}

/// What a unit id (or free text) is called in this meeting's papers.
pub fn unit_name<'a>(meeting: &'a Meeting, committee: Option<&'a Committee>, id: &'a str) -> &'a str {
    let snapshot = meeting.units.iter().find(|unit| unit.id == id).map(|unit| unit.name.as_str());
    let of_unit = || committee?.unit(id).map(|unit| unit.name.as_str());
    let of_group = || committee?.groups.iter().find(|group| group.id == id).map(|group| group.name.as_str());
    snapshot.or_else(of_unit).or_else(of_group).filter(|name| !name.is_empty()).unwrap_or(id)
}

/// The short form of a unit, or its name.
pub fn unit_short<'a>(meeting: &'a Meeting, committee: Option<&'a Committee>, id: &'a str) -> &'a str {
    let snapshot = meeting.units.iter().find(|unit| unit.id == id).map(|unit| unit.short.as_str());
    let of_unit = || committee?.unit(id).map(|unit| unit.short.as_str());
    let short = snapshot.filter(|s| !s.is_empty()).or_else(of_unit).filter(|s| !s.is_empty());
    short.unwrap_or_else(|| unit_name(meeting, committee, id))
}

/// A seat's name; a seat called by unit only is its unit's leader.
pub fn seat_name(meeting: &Meeting, committee: Option<&Committee>, seat: &Seat) -> String {
    if !seat.name.is_empty() {
        return seat.name.clone();
    }
    let unit = unit_name(meeting, committee, &seat.unit);
    if unit.is_empty() { seat.id.clone() } else { leader_of(meeting, unit) }
}

/// A speaker's full name: a seat's, or the free text itself.
pub fn speaker_name(meeting: &Meeting, committee: Option<&Committee>, speaker: &str) -> String {
    match meeting.seat(speaker) {
        Some(seat) => seat_name(meeting, committee, seat),
        None => speaker.to_owned(),
    }
}

/// The given name of a person (the last word), or the short form of a unit-only seat.
pub fn short_name(meeting: &Meeting, committee: Option<&Committee>, speaker: &str) -> String {
    match meeting.seat(speaker) {
        Some(seat) if seat.name.is_empty() => unit_short(meeting, committee, &seat.unit).to_owned(),
        Some(seat) => seat.name.split_whitespace().last().unwrap_or(&seat.name).to_owned(),
        None => speaker.to_owned(),
    }
}

/// All who may speak: first those with a number (in order of first speaking), then the seats, then free names that
/// have spoken.
pub fn speaker_entries(meeting: &Meeting, committee: Option<&Committee>, numbered: &[String]) -> Vec<Entry> {
    let mark = |id: &str| match numbered.iter().position(|speaker| speaker == id) {
        Some(n) if n < 9 => (n + 1).to_string(),
        _ => String::new(),
    };
    let mut ids: Vec<&str> = numbered.iter().map(String::as_str).collect();
    ids.extend(
        meeting.seats.iter().map(|seat| seat.id.as_str()).filter(|id| !numbered.iter().any(|n| n == id)),
    );
    // Of seats that share an id by mistake the first is meant, so it is put in last.
    let seats: HashMap<&str, &Seat> =
        meeting.seats.iter().rev().map(|seat| (seat.id.as_str(), seat)).collect();
    let entry = |id: &str| {
        let seat = seats.get(id);
        Entry {
            id: id.to_owned(),
            mark: mark(id),
            label: seat.map_or(id.to_owned(), |seat| seat_name(meeting, committee, seat)),
            detail: seat.map_or(String::new(), |seat| seat_detail(meeting, committee, seat)),
            also: seat.map_or(Vec::new(), |seat| seat_also(meeting, committee, seat)),
        }
    };
    ids.into_iter().map(entry).collect()
}

fn seat_detail(meeting: &Meeting, committee: Option<&Committee>, seat: &Seat) -> String {
    let unit = unit_name(meeting, committee, &seat.unit);
    match seat.titles.first() {
        Some(title) if !unit.is_empty() && !title.contains(unit) => format!("{title}, {unit}"),
        Some(title) => title.clone(),
        None => unit.to_owned(),
    }
}

fn seat_also(meeting: &Meeting, committee: Option<&Committee>, seat: &Seat) -> Vec<String> {
    let mut also = seat.titles.clone();
    also.push(unit_short(meeting, committee, &seat.unit).to_owned());
    also.extend(meeting.sites.iter().find(|site| site.id == seat.site).map(|site| site.name.clone()));
    also.extend(seat.substitute.iter().map(|substitute| substitute.name.clone()));
    also
}

/// The programme items by number and title.
pub fn item_entries(meeting: &Meeting) -> Vec<Entry> {
    let entry = |(n, item): (usize, &crate::domain::meeting::AgendaItem)| Entry {
        id: item.id.clone(),
        mark: (n + 1).to_string(),
        label: item.title.clone(),
        detail: item.minutes.map_or(String::new(), |minutes| format!("{minutes}'")),
        also: Vec::new(),
    };
    meeting.agenda.iter().enumerate().map(entry).collect()
}

/// "Lãnh đạo Sở Nội vụ": a seat called by unit only, in the language of the meeting's papers.
fn leader_of(meeting: &Meeting, unit: &str) -> String {
    match meeting.head.language {
        Some(crate::domain::kinds::Language::En) => format!("Head of {unit}"),
        _ => format!("Lãnh đạo {unit}"),
    }
}
