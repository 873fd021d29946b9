//! People in papers: full titles at the first mention, then "đồng chí …" or "ông/bà …" by the committee's world;
//! people sent in somebody's place under their own names. Knows no layout.

use std::collections::HashSet;

use crate::domain::kinds::{Language, Presence, World};
use crate::domain::meeting::Seat;
use crate::domain::roll;
use crate::domain::seats::name_key;
use crate::export::desk::Desk;

/// Who was mentioned so far.
pub struct Names<'d, 'a> {
    desk: &'d Desk<'a>,
    mentioned: HashSet<String>,
}

impl<'d, 'a> Names<'d, 'a> {
    pub fn new(desk: &'d Desk<'a>) -> Names<'d, 'a> {
        Names { desk, mentioned: HashSet::new() }
    }

    /// The person a seat's id names: with everything at the first mention, shortly after. Words that name no seat stay.
    pub fn mention(&mut self, id: &str) -> String {
        let Some(seat) = self.desk.meeting.seat(id) else {
            return self.desk.member_by_id(id).map_or_else(|| id.to_owned(), |seat| self.of_seat(&seat));
        };
        self.of_seat(seat)
    }

    pub fn of_seat(&mut self, seat: &Seat) -> String {
        match self.mentioned.insert(seat.id.clone()) {
            true => self.desk.in_full(seat),
            false => self.desk.shortly(seat),
        }
    }
}

impl Desk<'_> {
    /// "ông Đinh Trọng Khải, Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh, Trưởng Ban".
    pub fn in_full(&self, seat: &Seat) -> String {
        let Some(substitute) = sent(seat) else {
            if seat.name.trim().is_empty() {
                return self.nameless(seat);
            }
            let titles = self.titles(seat);
            return joined(&self.addressed(seat), &titles);
        };
        let from = Some(self.unit(&substitute.from)).filter(|from| !from.is_empty());
        let titles: Vec<String> = match substitute.titles.is_empty() {
            true => from.into_iter().collect(),
            false => substitute.titles.clone(),
        };
        let name = self.with_address("", &substitute.name);
        let person = joined(&name, &titles);
        let whom = if seat.name.trim().is_empty() { self.nameless(seat) } else { self.addressed(seat) };
        self.fill("paper.in_place_of", &[("person", person), ("whom", whom)])
    }

    /// "ông Khải" never: the whole name with the address, and the first title when two people have one name.
    pub fn shortly(&self, seat: &Seat) -> String {
        if let Some(substitute) = sent(seat) {
            return self.with_address("", &substitute.name);
        }
        if seat.name.trim().is_empty() {
            return self.nameless(seat);
        }
        let key = name_key(&seat.name);
        let others = self.meeting.seats.iter().filter(|other| other.id != seat.id);
        let namesake = others.filter(|other| name_key(&other.name) == key).count() > 0;
        let titles = self.titles(seat);
        let first: Vec<String> = titles.into_iter().take(usize::from(namesake)).collect();
        joined(&self.addressed(seat), &first)
    }

    /// A person of the committee who has no seat here, as a seat.
    pub fn member_by_id(&self, id: &str) -> Option<Seat> {
        let day = self.meeting.head.date.unwrap_or(self.order.today);
        let member = self.committee.member_on(id, day).filter(|_| !id.is_empty())?;
        Some(Seat {
            id: member.id.clone(),
            name: member.name.clone(),
            address: member.address.clone(),
            titles: member.titles.clone(),
            unit: member.unit.clone(),
            position: member.position.clone(),
            ..Seat::default()
        })
    }

    /// The name alone: of whoever sat there, for lists and signatures.
    pub fn bare_name(&self, id: &str) -> String {
        let seat = self.meeting.seat(id).cloned().or_else(|| self.member_by_id(id));
        match seat {
            Some(seat) => match sent(&seat) {
                Some(substitute) => substitute.name.clone(),
                None if seat.name.trim().is_empty() => self.nameless(&seat),
                None => seat.name.clone(),
            },
            None => id.to_owned(),
        }
    }

    /// Titles and the position in the committee, unless a title says it.
    pub fn titles(&self, seat: &Seat) -> Vec<String> {
        let mut titles: Vec<String> =
            seat.titles.iter().filter(|title| !title.trim().is_empty()).cloned().collect();
        if !matches!(seat.position.as_str(), "" | "member" | "support_member") {
            let position = self.position(&seat.position);
            let said = titles.iter().any(|title| title.to_lowercase().starts_with(&position.to_lowercase()));
            if !said {
                titles.push(position);
            }
        }
        titles
    }

    fn addressed(&self, seat: &Seat) -> String {
        self.with_address(&seat.address, &seat.name)
    }

    /// The address that the record gives, else the one of the committee's world.
    fn with_address(&self, address: &str, name: &str) -> String {
        let name = name.trim();
        if !address.trim().is_empty() {
            return format!("{} {name}", address.trim());
        }
        match (self.world(), self.language()) {
            (World::Party, _) => format!("{} {name}", self.say("paper.comrade")),
            (World::State, Language::Vi) => format!("{} {name}", self.say("paper.citizen")),
            _ => name.to_owned(),
        }
    }

    /// A seat called by office or unit only.
    fn nameless(&self, seat: &Seat) -> String {
        if let Some(title) = seat.titles.iter().find(|title| !title.trim().is_empty()) {
            return title.clone();
        }
        match self.unit(&seat.unit).as_str() {
            "" => seat.id.clone(),
            unit => self.fill("paper.of_unit", &[("unit", unit)]),
        }
    }
}

/// Who came in the place of the seat's person.
pub fn sent(seat: &Seat) -> Option<&crate::domain::meeting::Substitute> {
    let represented = roll::presence(seat) == Presence::Represented;
    seat.substitute.as_ref().filter(|substitute| represented && !substitute.name.trim().is_empty())
}

fn joined(name: &str, titles: &[String]) -> String {
    let parts = std::iter::once(name.to_owned()).chain(titles.iter().cloned());
    parts.collect::<Vec<_>>().join(", ")
}
