//! What time does to a committee: units that are renamed or go into others, people who take another post. The old row
//! ends the day before, a new one begins; nothing that was is overwritten, so papers of earlier days keep their names.
//! Knows no meeting, no clock (the day comes in) and no screen.

use chrono::NaiveDate;

use crate::domain::committee::{Committee, Member, Unit};
use crate::domain::fields::Row;
use crate::domain::id::free_slug;
use crate::domain::value::Value;

/// Where a row with a first and a last day stands on some day. Both days belong to it; an absent one is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Validity {
    Current,
    /// It begins later.
    Coming,
    /// It has ended.
    Past,
}

/// Where a row that is valid `from` … `to` stands on `day`.
pub fn validity(from: Option<NaiveDate>, to: Option<NaiveDate>, day: NaiveDate) -> Validity {
    match (from, to) {
        (_, Some(to)) if to < day => Validity::Past,
        (Some(from), _) if day < from => Validity::Coming,
        _ => Validity::Current,
    }
}

/// Why a change on a day is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// The row is not there (any more).
    Gone,
    /// The row begins on that day or later: correct it instead.
    NotBegun,
    /// The row had ended before.
    Ended,
    /// A unit cannot go into itself, nor into one that came out of it.
    Circle,
    /// The unit that should take over is not in being on that day.
    NoSuccessor,
}

/// A new name of a unit from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    pub name: String,
    pub short: String,
    /// The first day of the new name.
    pub day: NaiveDate,
}

impl Committee {
    /// The id of the unit that stood or stands on `day` for `id`: after a succession the successor, before it the
    /// unit that became this one. The id itself where nothing is known.
    pub fn unit_on<'a>(&'a self, id: &'a str, day: NaiveDate) -> &'a str {
        let mut at = id;
        for _ in 0..self.units.len() {
            let Some(unit) = self.unit(at) else { break };
            let next = match validity(unit.from, unit.to, day) {
                Validity::Past if !unit.successor.is_empty() => Some(unit.successor.as_str()),
                Validity::Coming => self.forerunner(at).map(|unit| unit.id.as_str()),
                _ => None,
            };
            match next {
                Some(next) => at = next,
                None => break,
            }
        }
        at
    }

    /// The only unit that became this one; several make no single name.
    fn forerunner(&self, id: &str) -> Option<&Unit> {
        let mut before = self.units.iter().filter(|unit| unit.successor == id && unit.id != id);
        before.next().filter(|_| before.next().is_none())
    }

    /// The row of a person that holds on `day`, else the first of that id.
    pub fn member_on(&self, id: &str, day: NaiveDate) -> Option<&Member> {
        let mut rows = self.members.iter().filter(|member| member.id == id);
        let first = rows.clone().next();
        rows.find(|member| validity(member.from, member.to, day) == Validity::Current).or(first)
    }

    /// A readable id that no row of the committee has.
    pub fn free_id(&self, name: &str) -> String {
        let words: Vec<&str> = name.split_whitespace().take(10).collect();
        free_slug(&words.join(" "), |id| self.names(id))
    }

    fn names(&self, id: &str) -> bool {
        self.units.iter().any(|row| row.id == id)
            || self.members.iter().any(|row| row.id == id)
            || self.groups.iter().any(|row| row.id == id)
            || self.sites.iter().any(|row| row.id == id)
            || self.positions.iter().any(|row| row.id == id)
            || self.indicators.iter().any(|row| row.id == id)
    }
}

/// Gives a unit a new name from a day on: the old row ends the day before and names the new one as its successor;
/// the new one carries the other names and the old name, which people go on saying. Members get a new row from that
/// day, in whose titles the old name gives way to the new; groups follow. Gives the new unit's id.
///
/// # Errors
/// The unit is gone, begins that day or later, or had ended before.
pub fn rename_unit(committee: &mut Committee, id: &str, renaming: &Renaming) -> Result<String, Unfit> {
    let at = ending(committee, id, renaming.day)?;
    let old = &committee.units[at];
    let new = Unit {
        id: committee.free_id(&renaming.name),
        name: renaming.name.clone(),
        short: renaming.short.clone(),
        aliases: carried(old, renaming),
        from: Some(renaming.day),
        to: old.to,
        successor: old.successor.clone(),
        ..Unit::default()
    };
    let (old_name, new_id) = (old.name.clone(), new.id.clone());
    committee.units.insert(at + 1, new);
    end_unit(&mut committee.units[at], &new_id, renaming.day);
    follow(committee, id, &new_id, renaming.day, |title| match old_name.is_empty() {
        true => title.to_owned(),
        false => title.replace(&old_name, &renaming.name),
    });
    Ok(new_id)
}

/// Lets a unit go into another from a day on: it ends the day before, the other is its successor. Members get a new
/// row from that day, groups follow.
///
/// # Errors
/// As [`rename_unit`]; and the other is the same, comes from this one, or is not in being that day.
pub fn merge_unit(committee: &mut Committee, id: &str, into: &str, day: NaiveDate) -> Result<(), Unfit> {
    let at = ending(committee, id, day)?;
    if committee.successor_of(into) == id || into == id {
        return Err(Unfit::Circle);
    }
    let lives = |unit: &&Unit| validity(unit.from, unit.to, day) == Validity::Current;
    if committee.unit(into).filter(lives).is_none() {
        return Err(Unfit::NoSuccessor);
    }
    end_unit(&mut committee.units[at], into, day);
    follow(committee, id, into, day, str::to_owned);
    Ok(())
}

/// Gives a person another post from a day on: the row ends the day before, a copy from that day on follows it and is
/// changed. Gives the place of the new row.
///
/// # Errors
/// There is no such row, it begins that day or later, or it had ended before.
pub fn new_post(
    committee: &mut Committee,
    at: usize,
    day: NaiveDate,
    change: impl FnOnce(&mut Member),
) -> Result<usize, Unfit> {
    let member = committee.members.get(at).ok_or(Unfit::Gone)?;
    fits(member.from, member.to, day)?;
    split(&mut committee.members, at, day);
    change(&mut committee.members[at + 1]);
    Ok(at + 1)
}

/// The place of a unit that can end the day before `day`.
fn ending(committee: &Committee, id: &str, day: NaiveDate) -> Result<usize, Unfit> {
    let at = committee.units.iter().position(|unit| unit.id == id).ok_or(Unfit::Gone)?;
    let unit = &committee.units[at];
    // A unit known to have ended just then still may learn what it went into.
    let to = unit.to.filter(|to| to.succ_opt() != Some(day) || !unit.successor.is_empty());
    fits(unit.from, to, day)?;
    Ok(at)
}

fn fits(from: Option<NaiveDate>, to: Option<NaiveDate>, day: NaiveDate) -> Result<(), Unfit> {
    if to.is_some_and(|to| to < day) {
        return Err(Unfit::Ended);
    }
    if from.is_some_and(|from| from >= day) {
        return Err(Unfit::NotBegun);
    }
    Ok(())
}

fn carried(old: &Unit, renaming: &Renaming) -> Vec<String> {
    let mut names = old.aliases.clone();
    for name in [&old.name, &old.short] {
        if !name.is_empty() && !names.contains(name) {
            names.push(name.clone());
        }
    }
    names.retain(|name| *name != renaming.name && *name != renaming.short);
    names
}

fn end_unit(unit: &mut Unit, successor: &str, day: NaiveDate) {
    write_id(unit);
    unit.to = day.pred_opt();
    unit.successor = successor.to_owned();
}

/// An id that stands in memory only goes into the file once another row names it.
fn write_id(row: &mut dyn Row) {
    let id = row.id().to_owned();
    row.put("id", Some(Value::Text(id)));
}

/// What named the old unit names the new one from `day` on.
fn follow(committee: &mut Committee, old: &str, new: &str, day: NaiveDate, retitle: impl Fn(&str) -> String) {
    let mut at = 0;
    while at < committee.members.len() {
        let member = &committee.members[at];
        let stays = member.unit != old || member.to.is_some_and(|to| to < day);
        if !stays {
            if member.from.is_none_or(|from| from < day) {
                split(&mut committee.members, at, day);
                at += 1;
            }
            let member = &mut committee.members[at];
            member.unit = new.to_owned();
            member.titles = member.titles.iter().map(|title| retitle(title)).collect();
        }
        at += 1;
    }
    // A programme needs no change: a meeting takes from it the unit of its own day.
    // Groups are named as one in papers, so whom they stand for may follow without touching what was printed.
    for group in committee.groups.iter_mut().filter(|group| group.to.is_none_or(|to| to >= day)) {
        replace(&mut group.units, old, new);
    }
}

/// Puts `new` where `old` stands in a list, each once.
pub fn replace(ids: &mut Vec<String>, old: &str, new: &str) {
    let Some(at) = ids.iter().position(|id| id == old) else { return };
    if ids.iter().any(|id| id == new) {
        ids.remove(at);
    } else {
        ids[at] = new.to_owned();
    }
}

/// Ends a member's row the day before `day` and puts a copy from that day on behind it. Both have the person's id.
fn split(members: &mut Vec<Member>, at: usize, day: NaiveDate) {
    let Some(old) = members.get_mut(at) else { return };
    write_id(old);
    let new = Member { from: Some(day), ..old.clone() };
    old.to = day.pred_opt();
    members.insert(at + 1, new);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::committee::Group;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn unit(id: &str, name: &str) -> Unit {
        Unit { id: id.into(), name: name.into(), ..Unit::default() }
    }

    fn member(id: &str, unit: &str, title: &str) -> Member {
        Member { id: id.into(), unit: unit.into(), titles: vec![title.into()], ..Member::default() }
    }

    fn committee() -> Committee {
        let mut gone = member("gone", "stc", "Giám đốc Sở Tài chính");
        gone.to = Some(day("2020-12-31"));
        let mut coming = member("coming", "stc", "Giám đốc Sở Tài chính");
        coming.from = Some(day("2026-01-01"));
        Committee {
            units: vec![
                Unit {
                    short: "STC".into(),
                    aliases: vec!["Tài chính".into()],
                    ..unit("stc", "Sở Tài chính")
                },
                unit("skh", "Sở Kế hoạch"),
            ],
            members: vec![member("an", "stc", "Phó Giám đốc Sở Tài chính"), gone, coming],
            groups: vec![Group {
                id: "g".into(),
                units: vec!["stc".into(), "skh".into()],
                ..Group::default()
            }],
            ..Committee::default()
        }
    }

    #[test]
    fn validity_counts_both_ends() {
        for (from, to, on, standing) in [
            (None, None, "2025-01-01", Validity::Current),
            (Some("2025-01-01"), Some("2025-01-01"), "2025-01-01", Validity::Current),
            (Some("2025-01-02"), None, "2025-01-01", Validity::Coming),
            (None, Some("2024-12-31"), "2025-01-01", Validity::Past),
        ] {
            assert_eq!(validity(from.map(day), to.map(day), day(on)), standing, "{from:?} {to:?}");
        }
    }

    #[test]
    fn a_renamed_unit_keeps_its_old_row_and_everybody_follows_from_that_day() {
        let mut c = committee();
        let renaming =
            Renaming { name: "Sở Ngân khố".into(), short: "SNK".into(), day: day("2025-03-01") };
        let new = rename_unit(&mut c, "stc", &renaming).unwrap();
        assert_eq!(new, "so-ngan-kho");
        assert_eq!(
            (c.units[0].name.as_str(), c.units[0].to, c.units[0].successor.as_str()),
            ("Sở Tài chính", Some(day("2025-02-28")), "so-ngan-kho")
        );
        assert_eq!(c.units[1].from, Some(day("2025-03-01")));
        assert_eq!(c.units[1].aliases, ["Tài chính", "Sở Tài chính", "STC"]);
        let rows: Vec<_> = c.members.iter().map(|m| (m.id.as_str(), m.unit.as_str(), m.to)).collect();
        assert_eq!(
            rows,
            [
                ("an", "stc", Some(day("2025-02-28"))),
                ("an", "so-ngan-kho", None),
                ("gone", "stc", Some(day("2020-12-31"))),
                ("coming", "so-ngan-kho", None),
            ]
        );
        assert_eq!(c.members[1].titles, ["Phó Giám đốc Sở Ngân khố"]);
        assert_eq!(c.groups[0].units, ["so-ngan-kho", "skh"]);
        assert_eq!(c.unit_on("stc", day("2025-03-01")), "so-ngan-kho");
        assert_eq!(c.unit_on("so-ngan-kho", day("2025-02-28")), "stc");
        assert_eq!(c.member_on("an", day("2025-02-28")).unwrap().unit, "stc");
        assert_eq!(c.member_on("an", day("2025-03-01")).unwrap().unit, "so-ngan-kho");
    }

    #[test]
    fn a_merged_unit_leaves_its_place_in_groups_to_the_other() {
        let mut c = committee();
        merge_unit(&mut c, "stc", "skh", day("2025-03-01")).unwrap();
        assert_eq!(c.groups[0].units, ["skh"]);
        assert_eq!(c.members[1].titles, ["Phó Giám đốc Sở Tài chính"], "a merger decides no titles");
        assert_eq!(c.successor_of("stc"), "skh");
        assert_eq!(c.unit_on("skh", day("2025-02-28")), "skh", "it was there before");
    }

    #[test]
    fn what_cannot_be_on_that_day_is_refused_and_changes_nothing() {
        let mut c = committee();
        c.units[1].from = Some(day("2025-01-01"));
        c.units[0].successor = "skh".into();
        c.units[0].to = Some(day("2025-06-30"));
        let before = c.clone();
        for (id, into, on, why) in [
            ("stc", "stc", "2025-03-01", Unfit::Circle),
            ("skh", "stc", "2025-03-01", Unfit::Circle),
            ("stc", "skh", "2024-03-01", Unfit::NoSuccessor),
            ("stc", "skh", "2025-08-01", Unfit::Ended),
            ("skh", "stc", "2025-01-01", Unfit::NotBegun),
            ("nobody", "stc", "2025-01-01", Unfit::Gone),
        ] {
            assert_eq!(merge_unit(&mut c, id, into, day(on)), Err(why), "{id} {into} {on}");
            assert_eq!(c, before);
        }
    }

    #[test]
    fn another_post_is_a_new_row_of_the_same_person() {
        let mut c = committee();
        let promote = |m: &mut Member| m.position = "head".into();
        assert_eq!(new_post(&mut c, 0, day("2025-05-05"), promote), Ok(1));
        assert_eq!((c.members[0].id.as_str(), c.members[0].to), ("an", Some(day("2025-05-04"))));
        assert_eq!((c.members[1].id.as_str(), c.members[1].position.as_str()), ("an", "head"));
        assert_eq!(new_post(&mut c, 0, day("2025-06-01"), |_| {}), Err(Unfit::Ended));
        assert_eq!(new_post(&mut c, 1, day("2025-05-05"), |_| {}), Err(Unfit::NotBegun));
    }
}
