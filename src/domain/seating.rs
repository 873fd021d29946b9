//! A new meeting out of its committee: programme, seats, sites and the names of units as they are that day. Pure.

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::committee::{Committee, Member, Template, Unit};
use crate::domain::id::row_id;
use crate::domain::kinds::{MeetingKind, Position, Presence, Role, Stage};
use crate::domain::meeting::{AgendaItem, Head, Meeting, SCHEMA, Seat, Site, UnitName};
use crate::domain::roll;
use crate::domain::succession::{Validity, validity};

/// What is asked for.
pub struct Wish<'a> {
    /// The committee's id.
    pub committee: &'a str,
    pub kind: MeetingKind,
    pub date: NaiveDate,
    pub title: String,
}

/// The planned meeting, without an id of its own. `random` gives the ids of the programme's items.
pub fn planned(wish: &Wish<'_>, committee: &Committee, random: impl FnMut() -> u64) -> Meeting {
    let head = Head {
        schema: Some(SCHEMA),
        committee: wish.committee.to_owned(),
        title: wish.title.clone(),
        kind: Some(wish.kind),
        stage: Some(Stage::Planned),
        date: Some(wish.date),
        language: committee.head.language,
        ..Head::default()
    };
    let agenda = template(committee, wish.kind)
        .map(|template| programme_on(template, committee, wish.date, random))
        .unwrap_or_default();
    let seats = seats(committee, wish.date);
    let mut meeting = Meeting { head, agenda, seats, sites: sites(committee), ..Meeting::default() };
    meeting.units = unit_names(&meeting, committee);
    meeting
}

/// The committee's programme for this kind of meeting.
pub fn template(committee: &Committee, kind: MeetingKind) -> Option<&Template> {
    committee.templates.iter().find(|template| template.kind == Some(kind))
}

/// The title that the committee's programme for this kind gives its meetings.
pub fn template_title(committee: &Committee, kind: MeetingKind) -> Option<&str> {
    template(committee, kind).map(|template| template.title.trim()).filter(|title| !title.is_empty())
}

/// The items of a programme. A unit that presents one does so under the unit it is that day.
pub fn programme_on(
    template: &Template,
    committee: &Committee,
    day: NaiveDate,
    mut random: impl FnMut() -> u64,
) -> Vec<AgendaItem> {
    let items = template.items.iter().map(|item| AgendaItem {
        id: row_id(random()),
        kind: item.kind,
        title: item.title.clone(),
        presenter: committee.unit_on(&item.presenter, day).to_owned(),
        minutes: item.minutes,
        ..AgendaItem::default()
    });
    items.collect()
}

/// The members who hold office that day, in the order of the roster.
pub fn seats(committee: &Committee, day: NaiveDate) -> Vec<Seat> {
    let holds = |member: &&Member| validity(member.from, member.to, day) == Validity::Current;
    let mut taken = HashSet::new();
    // The same person may stand in the roster twice, with one post after another.
    let holding = committee.members.iter().filter(holds).filter(|member| taken.insert(member.id.clone()));
    let mut seats: Vec<Seat> = holding.map(|member| seat(member, committee, day)).collect();
    if !seats.iter().any(|seat| seat.role == Some(Role::Chair))
        && let Some(head) = seats.iter_mut().find(|seat| seat.position == Position::Head.word())
    {
        head.role = Some(Role::Chair);
    }
    seats
}

/// The seat of a member as things stand on `day`, not called yet, with the vote the committee gives it.
pub fn seat(member: &Member, committee: &Committee, day: NaiveDate) -> Seat {
    let mut seat = Seat {
        id: member.id.clone(),
        name: member.name.clone(),
        address: member.address.clone(),
        titles: member.titles.clone(),
        unit: committee.unit_on(&member.unit, day).to_owned(),
        site: member.site.clone(),
        position: member.position.clone(),
        role: Some(member.role.unwrap_or_else(|| role(&member.position))),
        presence: Some(Presence::Unmarked),
        // What the row of that day says counts, not an earlier row of the same person.
        voting: member.voting,
        ..Seat::default()
    };
    seat.voting = Some(roll::votes(&seat, committee));
    seat
}

/// The part somebody of this position plays when the roster names none.
fn role(position: &str) -> Role {
    match Position::from_word(position) {
        Some(Position::Secretary) => Role::Secretary,
        Some(Position::SupportLead | Position::SupportMember) => Role::Support,
        _ => Role::Member,
    }
}

/// The committee's sites without what an earlier meeting may have left there.
pub fn sites(committee: &Committee) -> Vec<Site> {
    let unused = |site: &Site| Site { headcount: None, link: Vec::new(), ..site.clone() };
    committee.sites.iter().map(unused).collect()
}

/// The units that seats and programme name, as they are called that day, each once.
fn unit_names(meeting: &Meeting, committee: &Committee) -> Vec<UnitName> {
    let named = meeting.seats.iter().map(|seat| &seat.unit);
    let named = named.chain(meeting.agenda.iter().map(|item| &item.presenter));
    let mut seen = HashSet::new();
    let units =
        named.filter(|id| !id.is_empty() && seen.insert(id.as_str())).filter_map(|id| committee.unit(id));
    let name = |unit: &Unit| UnitName {
        id: unit.id.clone(),
        name: unit.name.clone(),
        short: unit.short.clone(),
        ..UnitName::default()
    };
    units.map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::committee::TemplateItem;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn member(id: &str, position: &str) -> Member {
        Member {
            id: id.into(),
            name: id.into(),
            position: position.into(),
            unit: "snv".into(),
            ..Member::default()
        }
    }

    fn committee() -> Committee {
        let mut gone = member("gone", "member");
        gone.to = Some(day("2025-12-31"));
        let mut coming = member("coming", "member");
        coming.from = Some(day("2026-02-01"));
        let item = TemplateItem { title: "Khai mạc".into(), minutes: Some(5), ..TemplateItem::default() };
        Committee {
            members: vec![member("a", "head"), gone, member("b", "secretary"), coming],
            units: vec![
                Unit { id: "snv".into(), name: "Sở Nội vụ".into(), ..Unit::default() },
                Unit::default(),
            ],
            sites: vec![Site { id: "kt".into(), headcount: Some(9), ..Site::default() }],
            templates: vec![Template {
                kind: Some(MeetingKind::Thematic),
                items: vec![item],
                ..Template::default()
            }],
            ..Committee::default()
        }
    }

    fn made(kind: MeetingKind, date: &str) -> Meeting {
        let wish = Wish { committee: "c", kind, date: day(date), title: "T".into() };
        planned(&wish, &committee(), || 7)
    }

    #[test]
    fn only_those_in_office_that_day_are_called() {
        for (date, ids) in [("2025-12-31", vec!["a", "gone", "b"]), ("2026-02-01", vec!["a", "b", "coming"])]
        {
            let seats = made(MeetingKind::Thematic, date).seats;
            assert_eq!(seats.iter().map(|seat| seat.id.as_str()).collect::<Vec<_>>(), ids, "{date}");
        }
    }

    #[test]
    fn units_and_posts_are_those_of_that_day() {
        use crate::domain::succession::{Renaming, new_post, rename_unit};
        let mut c = committee();
        let renaming = Renaming { name: "Sở Mới".into(), short: String::new(), day: day("2026-01-10") };
        rename_unit(&mut c, "snv", &renaming).unwrap();
        let secretary = c.members.iter().rposition(|m| m.id == "b").unwrap();
        new_post(&mut c, secretary, day("2026-01-20"), |m| m.position = "member".into()).unwrap();
        for (date, unit, position, votes) in [
            ("2026-01-09", "snv", "secretary", false),
            ("2026-01-10", "so-moi", "secretary", false),
            ("2026-01-20", "so-moi", "member", true),
        ] {
            let wish =
                Wish { committee: "c", kind: MeetingKind::Thematic, date: day(date), title: "T".into() };
            let meeting = planned(&wish, &c, || 7);
            let seat = meeting.seat("b").unwrap();
            assert_eq!((seat.unit.as_str(), seat.position.as_str()), (unit, position), "{date}");
            assert_eq!(seat.voting, Some(votes), "{date}");
            assert_eq!(meeting.seats.iter().filter(|seat| seat.id == "b").count(), 1);
            assert_eq!(meeting.units[0].id, unit);
        }
    }

    #[test]
    fn the_head_takes_the_chair_and_nobody_is_marked() {
        let seats = made(MeetingKind::Thematic, "2026-01-15").seats;
        let of = |seat: &Seat| (seat.role, seat.voting, seat.presence);
        assert_eq!(of(&seats[0]), (Some(Role::Chair), Some(true), Some(Presence::Unmarked)));
        assert_eq!(of(&seats[1]), (Some(Role::Secretary), Some(false), Some(Presence::Unmarked)));
    }

    #[test]
    fn the_programme_comes_from_the_template_of_that_kind_alone() {
        let meeting = made(MeetingKind::Thematic, "2026-01-15");
        assert_eq!((meeting.agenda.len(), meeting.agenda[0].minutes), (1, Some(5)));
        assert_eq!(meeting.units.len(), 1, "only units that are named");
        assert_eq!(meeting.sites[0].headcount, None);
        assert!(made(MeetingKind::Inspection, "2026-01-15").agenda.is_empty());
    }
}
