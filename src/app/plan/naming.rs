//! What a meeting's plan names: seats, units, sites. A typed name that fits one exactly is that row, one behind `@` the
//! best fit, anything else is text. Pure.

use crate::app::committee::tab::Scope;
use crate::app::meeting::names;
use crate::app::picker::{Entry, rank};
use crate::domain::committee::Committee;
use crate::domain::floor;
use crate::domain::invited;
use crate::domain::meeting::{Meeting, Seat};
use crate::domain::seats::{name_key, unit_meant};

/// What the row that `id` names is called; a text that names none is itself.
pub fn name(meeting: &Meeting, committee: &Committee, scope: Scope, id: &str) -> String {
    match scope {
        Scope::Here => site_name(meeting, id).unwrap_or(id).to_owned(),
        Scope::Bodies => names::unit_name(meeting, Some(committee), id).to_owned(),
        _ if meeting.seat(id).is_some() => names::speaker_name(meeting, Some(committee), id),
        Scope::Seats => member_name(committee, id).unwrap_or(id).to_owned(),
        _ => match names::unit_name(meeting, Some(committee), id) {
            same if same == id => member_name(committee, id).unwrap_or(id).to_owned(),
            unit => unit.to_owned(),
        },
    }
}

fn site_name<'a>(meeting: &'a Meeting, id: &str) -> Option<&'a str> {
    meeting.sites.iter().find(|site| site.id == id && !site.name.is_empty()).map(|site| site.name.as_str())
}

/// Who is not called may still be named, as the presenter of a programme is.
fn member_name<'a>(committee: &'a Committee, id: &str) -> Option<&'a str> {
    committee.members.iter().rev().find(|member| member.id == id).map(|member| member.name.as_str())
}

/// The id that a typed name means; the text itself when it names nothing.
pub fn id(meeting: &Meeting, committee: &Committee, scope: Scope, typed: &str) -> String {
    if let Some(words) = typed.strip_prefix('@') {
        let entries = entries(meeting, committee, scope);
        return rank(&entries, words.trim())
            .first()
            .map_or_else(|| typed.to_owned(), |at| entries[*at].id.clone());
    }
    let exact = match scope {
        Scope::Here => site_id(meeting, typed),
        Scope::Bodies => unit_meant(meeting, Some(committee), typed),
        Scope::Seats => seat_id(meeting, committee, typed),
        _ => seat_id(meeting, committee, typed).or_else(|| unit_meant(meeting, Some(committee), typed)),
    };
    exact.unwrap_or_else(|| typed.to_owned())
}

fn site_id(meeting: &Meeting, typed: &str) -> Option<String> {
    let key = name_key(typed);
    let found = meeting.sites.iter().find(|site| site.id == typed || name_key(&site.name) == key);
    found.map(|site| site.id.clone())
}

/// The seat of that name, also with an address before it and an office behind it.
fn seat_id(meeting: &Meeting, committee: &Committee, typed: &str) -> Option<String> {
    let named =
        invited::read_line(typed, &|_| false).map(|invited| name_key(&invited.name)).unwrap_or_default();
    let whole = name_key(typed);
    let fits = |seat: &&Seat| {
        let name = name_key(&names::seat_name(meeting, Some(committee), seat));
        seat.id == typed || name == whole || (!named.is_empty() && name == named)
    };
    let mut found = meeting.seats.iter().filter(fits);
    // Of two people of one name neither is plainly meant.
    found.next().filter(|_| found.next().is_none()).map(|seat| seat.id.clone())
}

/// All that a name may mean, for a list to choose from.
pub fn entries(meeting: &Meeting, committee: &Committee, scope: Scope) -> Vec<Entry> {
    let seats = || names::speaker_entries(meeting, Some(committee), &floor::numbering(meeting));
    let seats = || seats().into_iter().filter(|entry| meeting.seat(&entry.id).is_some());
    let units = || {
        let entry = |known: crate::domain::capture::Known| Entry {
            label: names::unit_name(meeting, Some(committee), &known.id).to_owned(),
            id: known.id,
            also: known.names,
            ..Entry::default()
        };
        names::known_units(meeting, Some(committee)).into_iter().map(entry)
    };
    match scope {
        Scope::Here => {
            let entry = |site: &crate::domain::meeting::Site| Entry {
                id: site.id.clone(),
                label: site.name.clone(),
                ..Entry::default()
            };
            meeting.sites.iter().map(entry).collect()
        }
        Scope::Bodies => units().collect(),
        Scope::Seats => seats().collect(),
        _ => seats().chain(units()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::committee::Unit;

    fn seat(id: &str, name: &str, unit: &str) -> Seat {
        Seat { id: id.into(), name: name.into(), unit: unit.into(), ..Seat::default() }
    }

    fn known() -> (Meeting, Committee) {
        let seats = vec![
            seat("tran-a", "Trần Văn A", "snv"),
            seat("snv-2", "", "snv"),
            seat("le-b", "Lê B", ""),
            seat("le-b-2", "Lê B", ""),
        ];
        let unit =
            Unit { id: "snv".into(), name: "Sở Nội vụ".into(), short: "SNV".into(), ..Unit::default() };
        (Meeting { seats, ..Meeting::default() }, Committee { units: vec![unit], ..Committee::default() })
    }

    #[test]
    fn a_name_is_a_reference_only_where_it_is_plain() {
        let (m, c) = known();
        for (typed, meant) in [
            ("tran van a", "tran-a"),
            ("Đồng chí Trần Văn A, Giám đốc Sở", "tran-a"),
            ("đ/c Trần Văn A", "tran-a"),
            ("Lê B", "Lê B"),
            ("@van a", "tran-a"),
            ("Sở Nội vụ", "snv"),
            ("snv", "snv"),
            ("Lãnh đạo Sở Nội vụ", "snv-2"),
            ("Các sở, ngành", "Các sở, ngành"),
        ] {
            assert_eq!(id(&m, &c, Scope::Speakers, typed), meant, "{typed}");
        }
        assert_eq!(name(&m, &c, Scope::Speakers, "snv"), "Sở Nội vụ");
        assert_eq!(name(&m, &c, Scope::Speakers, "snv-2"), "Lãnh đạo Sở Nội vụ");
        assert_eq!(name(&m, &c, Scope::Speakers, "Các sở"), "Các sở");
    }

    #[test]
    fn what_is_shown_of_a_reference_reads_back_to_it() {
        let (m, c) = known();
        for entry in
            entries(&m, &c, Scope::Speakers).into_iter().filter(|entry| !entry.id.starts_with("le-b"))
        {
            let shown = name(&m, &c, Scope::Speakers, &entry.id);
            assert_eq!(id(&m, &c, Scope::Speakers, &shown), entry.id);
        }
    }
}
