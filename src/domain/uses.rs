//! Where a row of a committee is used: in its other rows and in the meetings. A row that is used is not removed before
//! what uses it names another. Knows no file and no screen.

use crate::domain::committee::Committee;
use crate::domain::kinds::Position;
use crate::domain::meeting::Meeting;

/// How often a table of the committee names a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// The table that names it.
    pub table: &'static str,
    pub count: usize,
}

/// The tables of the committee that name row `id` of `table`, each once. A person or a position that has another row
/// or name of its own is not missed.
pub fn uses(committee: &Committee, table: &str, id: &str) -> Vec<Use> {
    let rows = committee.members.iter().filter(|member| member.id == id).count();
    let stays =
        (table == "members" && rows > 1) || (table == "positions" && Position::from_word(id).is_some());
    let mut found: Vec<Use> = Vec::new();
    if stays || id.is_empty() {
        return found;
    }
    visit(&mut committee.clone(), table, &mut |by, named| {
        if named != id {
            return;
        }
        match found.iter_mut().find(|use_| use_.table == by) {
            Some(use_) => use_.count += 1,
            None => found.push(Use { table: by, count: 1 }),
        }
    });
    found
}

/// Whether a meeting names row `id` of the committee's `table`.
pub fn in_meeting(meeting: &Meeting, table: &str, id: &str) -> bool {
    let owners = || meeting.tasks.iter().flat_map(|task| task.lead.iter().chain(&task.support));
    match table {
        "units" => {
            owners().any(|owner| owner == id)
                || meeting.units.iter().any(|unit| unit.id == id)
                || meeting.seats.iter().any(|seat| seat.unit == id)
                || meeting.agenda.iter().any(|item| item.presenter == id)
        }
        "groups" => owners().any(|owner| owner == id),
        "members" => meeting.seats.iter().any(|seat| seat.id == id),
        "indicators" => meeting.figures.iter().any(|figure| figure.series == id),
        _ => false,
    }
}

/// Lets everything in the committee that names `old` name `new`.
pub fn hand_over(committee: &mut Committee, table: &str, old: &str, new: &str) {
    visit(committee, table, &mut |_, named| {
        if named == old {
            *named = new.to_owned();
        }
    });
    for group in &mut committee.groups {
        once(&mut group.units);
    }
    for site in &mut committee.sites {
        once(&mut site.chairs);
    }
    for unit in committee.units.iter_mut().filter(|unit| unit.successor == unit.id) {
        unit.successor.clear();
    }
}

fn once(ids: &mut Vec<String>) {
    let mut seen = std::collections::HashSet::new();
    ids.retain(|id| seen.insert(id.clone()));
}

/// Shows every place that may name a row of `table`, with the table it stands in.
fn visit(committee: &mut Committee, table: &str, see: &mut dyn FnMut(&'static str, &mut String)) {
    let (units, members) = (table == "units", table == "members");
    for member in &mut committee.members {
        match table {
            "units" => see("members", &mut member.unit),
            "sites" => see("members", &mut member.site),
            "positions" => see("members", &mut member.position),
            _ => {}
        }
    }
    for signer in &mut committee.signers {
        match table {
            "members" => see("signers", &mut signer.member),
            "positions" => see("signers", &mut signer.position),
            _ => {}
        }
    }
    if units {
        committee.groups.iter_mut().flat_map(|group| &mut group.units).for_each(|id| see("groups", id));
        committee.units.iter_mut().for_each(|unit| see("units", &mut unit.successor));
    }
    if members {
        committee.sites.iter_mut().flat_map(|site| &mut site.chairs).for_each(|id| see("sites", id));
    }
    if units || members {
        let items = committee.templates.iter_mut().flat_map(|template| &mut template.items);
        items.for_each(|item| see("templates", &mut item.presenter));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::committee::{Group, Member, Unit};

    fn committee() -> Committee {
        let member = |id: &str| Member {
            id: id.into(),
            unit: "a".into(),
            position: "member".into(),
            ..Member::default()
        };
        Committee {
            members: vec![member("x"), member("y"), member("y")],
            units: ["a", "b"].map(|id| Unit { id: id.into(), ..Unit::default() }).into(),
            groups: vec![Group { units: vec!["a".into(), "b".into()], ..Group::default() }],
            ..Committee::default()
        }
    }

    #[test]
    fn a_unit_is_used_by_members_and_groups_until_they_name_another() {
        let mut c = committee();
        let found = [Use { table: "members", count: 3 }, Use { table: "groups", count: 1 }];
        assert_eq!(uses(&c, "units", "a"), found);
        hand_over(&mut c, "units", "a", "b");
        assert_eq!(uses(&c, "units", "a"), []);
        assert_eq!(c.groups[0].units, ["b"], "each once");
    }

    #[test]
    fn a_position_with_a_name_of_its_own_may_go() {
        assert_eq!(uses(&committee(), "positions", "member"), []);
        let mut c = committee();
        c.members[0].position = "co-van".into();
        assert_eq!(uses(&c, "positions", "co-van"), [Use { table: "members", count: 1 }]);
    }
}
