//! A roster taken over into a committee: who is new, who is there already, and what clashes. A preview is the same
//! work on a copy. Knows no table and no screen.

use chrono::NaiveDate;

use crate::domain::committee::{Committee, Member, Unit};
use crate::domain::invited::Invited;
use crate::domain::roster::{Listed, NamedUnit, Roster, Sort};
use crate::domain::seats::name_key;
use crate::domain::succession::{Validity, validity};

/// What became of one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    New,
    /// There already, saying the same.
    Known,
    /// There already, but these keys say something else in the committee; they stay as they are there.
    Differs(Vec<&'static str>),
    /// Somebody of this name is in the committee for another unit.
    Namesake(String),
    /// The same entry stands in the roster before, in this line.
    Twice(usize),
    /// Another unit has this short form.
    ShortTaken(String),
}

impl Outcome {
    /// As scripts see it.
    pub fn word(&self) -> &'static str {
        match self {
            Outcome::New => "new",
            Outcome::Known => "known",
            Outcome::Differs(_) => "differs",
            Outcome::Namesake(_) => "namesake",
            Outcome::Twice(_) => "twice",
            Outcome::ShortTaken(_) => "short_taken",
        }
    }
}

/// One entry of a roster and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub sort: Sort,
    pub line: usize,
    pub name: String,
    pub unit: String,
    pub outcome: Outcome,
}

impl Entry {
    /// Whether a person has to look at it.
    pub fn is_clash(&self) -> bool {
        !matches!(self.outcome, Outcome::New | Outcome::Known)
    }
}

/// Takes the roster over. Only what is new changes the committee; units that people name and nobody knows are made.
pub fn add(roster: &Roster, committee: &mut Committee, day: NaiveDate) -> Vec<Entry> {
    let mut adding = Adding { committee, day, lines: Vec::new(), entries: Vec::new() };
    for unit in &roster.units {
        adding.unit(unit);
    }
    for person in &roster.people {
        adding.person(person);
    }
    adding.entries
}

struct Adding<'a> {
    committee: &'a mut Committee,
    day: NaiveDate,
    /// What was added out of the roster: row id and line.
    lines: Vec<(String, usize)>,
    entries: Vec<Entry>,
}

impl Adding<'_> {
    fn unit(&mut self, listed: &Listed<NamedUnit>) {
        let Listed { line, what } = listed;
        let outcome = match self.known_unit(&what.name) {
            Some(id) => self.unit_again(&id, what),
            None => match self.known_unit(&what.short) {
                Some(id) => Outcome::ShortTaken(self.unit_name(&id)),
                None => {
                    self.add_unit(*line, what);
                    Outcome::New
                }
            },
        };
        self.entries.push(Entry {
            sort: Sort::Units,
            line: *line,
            name: what.name.clone(),
            unit: what.short.clone(),
            outcome,
        });
    }

    fn unit_again(&self, id: &str, what: &NamedUnit) -> Outcome {
        if let Some(line) = self.line_of(id) {
            return Outcome::Twice(line);
        }
        let short = self.committee.unit(id).map_or("", |unit| unit.short.as_str());
        let differs = !what.short.is_empty() && name_key(&what.short) != name_key(short);
        if differs { Outcome::Differs(vec!["short"]) } else { Outcome::Known }
    }

    fn add_unit(&mut self, line: usize, what: &NamedUnit) -> String {
        let spoken = if what.short.is_empty() { &what.name } else { &what.short };
        let id = self.committee.free_id(spoken);
        let (name, short, aliases) = (what.name.clone(), what.short.clone(), what.aliases.clone());
        self.committee.units.push(Unit { id: id.clone(), name, short, aliases, ..Unit::default() });
        self.lines.push((id.clone(), line));
        id
    }

    fn person(&mut self, listed: &Listed<Invited>) {
        let Listed { line, what } = listed;
        let unit = self.unit_for(*line, &what.unit);
        let known = self.namesakes(what, &unit);
        let outcome = match known {
            Some(at) => self.person_again(at, what, &unit),
            None => {
                self.add_person(*line, what, unit);
                Outcome::New
            }
        };
        let (name, unit) = (what.name.clone(), what.unit.clone());
        self.entries.push(Entry { sort: Sort::People, line: *line, name, unit, outcome });
    }

    /// The member of today that the entry means, else one of the same name. A seat without a name goes by its unit.
    fn namesakes(&self, what: &Invited, unit: &str) -> Option<usize> {
        let name = name_key(&what.name);
        let holds = |member: &Member| validity(member.from, member.to, self.day) == Validity::Current;
        let same = |member: &Member| {
            holds(member) && name_key(&member.name) == name && (!name.is_empty() || member.unit == unit)
        };
        let places = || (0..self.committee.members.len()).filter(|at| same(&self.committee.members[*at]));
        places().find(|at| self.committee.members[*at].unit == unit).or_else(|| places().next())
    }

    fn person_again(&self, at: usize, what: &Invited, unit: &str) -> Outcome {
        let member = &self.committee.members[at];
        if !unit.is_empty() && !member.unit.is_empty() && member.unit != unit {
            return Outcome::Namesake(self.unit_name(&member.unit));
        }
        if let Some(line) = self.line_of(&member.id) {
            return Outcome::Twice(line);
        }
        let other = |told: &str, known: &str| !told.is_empty() && name_key(told) != name_key(known);
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let mut keys = Vec::new();
        // A list often names one of several offices; only what the committee does not know is another.
        let holds = |title: &String| member.titles.iter().any(|known| name_key(known) == name_key(title));
        if !what.titles.iter().all(holds) {
            keys.push("titles");
        }
        if other(&what.position, &member.position) {
            keys.push("position");
        }
        if !what.phone.is_empty() && digits(&what.phone) != digits(&member.phone) {
            keys.push("phone");
        }
        if other(&what.email, &member.email) {
            keys.push("email");
        }
        if keys.is_empty() { Outcome::Known } else { Outcome::Differs(keys) }
    }

    fn add_person(&mut self, line: usize, what: &Invited, unit: String) {
        let spoken = if what.name.is_empty() { &what.unit } else { &what.name };
        let id = self.committee.free_id(spoken);
        let site = self.committee.sites.iter().find(|site| name_key(&site.name) == name_key(&what.site));
        let member = Member {
            id: id.clone(),
            name: what.name.clone(),
            address: what.address.clone(),
            titles: what.titles.clone(),
            unit,
            position: what.position.clone(),
            site: site.map_or_else(|| what.site.clone(), |site| site.id.clone()),
            phone: what.phone.clone(),
            email: what.email.clone(),
            ..Member::default()
        };
        self.committee.members.push(member);
        self.lines.push((id, line));
    }

    /// The unit's id; one that nobody knows is made and told.
    fn unit_for(&mut self, line: usize, text: &str) -> String {
        if text.is_empty() {
            return String::new();
        }
        if let Some(id) = self.known_unit(text) {
            return id;
        }
        let what = NamedUnit { name: text.to_owned(), ..NamedUnit::default() };
        let id = self.add_unit(line, &what);
        let (name, unit) = (text.to_owned(), String::new());
        self.entries.push(Entry { sort: Sort::Units, line, name, unit, outcome: Outcome::New });
        id
    }

    fn known_unit(&self, text: &str) -> Option<String> {
        let id = &self.committee.unit_named(text)?.id;
        Some(self.committee.unit_on(id, self.day).to_owned())
    }

    fn unit_name(&self, id: &str) -> String {
        self.committee.unit(id).map_or_else(|| id.to_owned(), |unit| unit.name.clone())
    }

    fn line_of(&self, id: &str) -> Option<usize> {
        self.lines.iter().find(|(known, _)| known == id).map(|(_, line)| *line)
    }
}
