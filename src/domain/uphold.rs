//! An approved text withstands what arrives later by merge: edits of the record made elsewhere are taken back out of
//! it and become proposed amendments, so that nothing is lost and the seal holds. Knows no session and no file.

use sha2::{Digest, Sha256};

use crate::domain::amendment::{self, main_field, words};
use crate::domain::edit::{Edit, RowKey, apply, between, inverse};
use crate::domain::fields::{Class, Record};
use crate::domain::id::row_id;
use crate::domain::kinds::{AmendmentAction, AmendmentStatus};
use crate::domain::meeting::{Amendment, Meeting};
use crate::domain::merge;
use crate::domain::seal::{checksum, covers};
use crate::domain::value::{Value, find};

/// As [`merge::three_way`], and the text that one side or the base approved stays as approved.
pub fn three_way(base: &Meeting, ours: &Meeting, theirs: &Meeting) -> Meeting {
    let mut merged = merge::three_way(base, ours, theirs);
    uphold(&[base, ours, theirs], &mut merged);
    merged
}

/// Puts the approved text back where `merged` departs from it; each departure becomes a proposed amendment, the same
/// one in every window. `versions` are what `merged` was made of, the base first. A record that is not approved, or
/// whose approved version is not among them, stays as it is.
pub fn uphold(versions: &[&Meeting], merged: &mut Meeting) {
    let Some(approved) = approved(versions, merged) else { return };
    let approved = approved.clone();
    let edits: Vec<Edit> =
        between(&approved, merged).into_iter().filter(|edit| departs(&approved, edit)).collect();
    let contested = contested(&approved, merged);
    apply(merged, &inverse(&edits));
    let departures = edits.iter().filter_map(|edit| proposal(&approved, edit));
    for amendment in departures.chain(contested) {
        if !merged.amendments.iter().any(|known| known.id == amendment.id) {
            merged.amendments.push(amendment);
        }
    }
}

/// The version that the approval of `merged` sealed; without a checksum the base if it was approved already, else the
/// one version that is.
fn approved<'a>(versions: &[&'a Meeting], merged: &Meeting) -> Option<&'a Meeting> {
    if !merged.stage().is_locked() {
        return None;
    }
    let sealed = merged.head.approval.as_ref().map_or("", |approval| approval.sha256.as_str());
    if !sealed.is_empty() {
        let is_sealed = |version: &&&Meeting| sealed.eq_ignore_ascii_case(&checksum(version));
        return versions.iter().find(is_sealed).copied();
    }
    let base = versions.first().filter(|base| base.stage().is_locked());
    let mut locked = versions.iter().filter(|version| version.stage().is_locked());
    base.or_else(|| locked.next().filter(|_| locked.next().is_none())).copied()
}

/// An id that is only now written is no departure.
fn departs(approved: &Meeting, edit: &Edit) -> bool {
    let only_id = matches!(edit, Edit::Set { table, key, was: None, .. } if key == "id" && !table.is_empty());
    covers(approved, edit) && !only_id
}

/// Fields of the record that the merge found changed on two sides: what the approved text does not say is proposed
/// instead of kept as a conflict.
fn contested(approved: &Meeting, merged: &mut Meeting) -> Vec<Amendment> {
    let mut proposals = Vec::new();
    merged.conflicts.retain(|conflict| {
        let was_there = approved.conflicts.iter().any(|known| known.id == conflict.id);
        let Some((_, row)) = amendment::row(approved, &conflict.target) else { return true };
        let class = row.field(&conflict.field).map(|field| field.class);
        if was_there || class != Some(Class::Record) {
            return true;
        }
        let stands = row.get(&conflict.field);
        let key = RowKey { id: conflict.target.clone(), nth: 0 };
        let others = conflict.values.iter().map(|kept| &kept.0).filter(|kept| stands.as_ref() != Some(*kept));
        proposals.extend(others.map(|other| proposed(changed(&key, &conflict.field, Some(other)))));
        false
    });
    proposals
}

fn proposal(approved: &Meeting, edit: &Edit) -> Option<Amendment> {
    let amendment = match edit {
        Edit::Set { row, key, now, .. } => changed(row, key, now.as_ref()),
        Edit::Insert { table, after, row } => inserted(approved, table, after.as_ref(), &row.pairs),
        Edit::Remove { table, row, .. } => Amendment {
            target: row.key.id.clone(),
            field: main_field(table).to_owned(),
            action: Some(AmendmentAction::Strike),
            ..Amendment::default()
        },
        // An order has no words; the approved one stands.
        Edit::Order { .. } => return None,
    };
    Some(proposed(amendment))
}

fn proposed(mut amendment: Amendment) -> Amendment {
    amendment.status = Some(AmendmentStatus::Proposed);
    amendment.id = id_of(&amendment);
    amendment
}

fn changed(row: &RowKey, key: &str, now: Option<&Value>) -> Amendment {
    let text = now.map_or(String::new(), words);
    // A field that was emptied is replaced by nothing; striking would take the whole row.
    Amendment {
        target: row.id.clone(),
        field: key.to_owned(),
        action: Some(AmendmentAction::Replace),
        text,
        ..Amendment::default()
    }
}

/// A new line is an addition to the line above it; a row of another sort keeps all it holds, under its table's name.
fn inserted(approved: &Meeting, table: &str, after: Option<&RowKey>, pairs: &[(String, Value)]) -> Amendment {
    let known = |key: &&RowKey| approved.rows(table).is_some_and(|rows| rows.position(&key.id, 0).is_some());
    let target = after.filter(known).map_or(String::new(), |key| key.id.clone());
    let said = |key: &str| find(pairs, key).map_or(String::new(), words);
    let add = Some(AmendmentAction::Add);
    if table == "notes" {
        let (text, asked_by, field) = (said("text"), said("speaker"), "text".to_owned());
        return Amendment { target, field, action: add, text, asked_by, ..Amendment::default() };
    }
    let text = Value::Table(pairs.to_vec()).canonical();
    Amendment { field: table.to_owned(), action: add, text, ..Amendment::default() }
}

/// Every window names the same proposal alike.
fn id_of(amendment: &Amendment) -> String {
    let action = amendment.action.map_or("", AmendmentAction::word);
    let parts = [&amendment.target, &amendment.field, action, &amendment.text, &amendment.asked_by];
    let digest = Sha256::digest(parts.join("\n").as_bytes());
    row_id(digest.iter().take(8).fold(0, |bits, byte| bits << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::approval::approve;
    use crate::domain::kinds::{Stage, Status};
    use crate::domain::meeting::{Note, Report, Task};
    use crate::domain::seal::{Seal, seal};

    fn note(id: &str, text: &str) -> Note {
        Note { id: id.into(), text: text.into(), speaker: "hoa".into(), ..Note::default() }
    }

    fn with_chair() -> Meeting {
        let task = Task { id: "t1".into(), number: Some(1), content: "rà soát".into(), ..Task::default() };
        let mut m = Meeting {
            notes: vec![note("n1", "một"), note("n2", "hai")],
            tasks: vec![task],
            ..Meeting::default()
        };
        m.head.stage = Some(Stage::WithChair);
        m
    }

    fn sealed() -> Meeting {
        let mut m = with_chair();
        approve(&mut m, "2022-01-20".parse().unwrap(), "quang");
        m
    }

    fn told(m: &Meeting) -> Vec<(&str, &str, Option<AmendmentAction>, &str)> {
        m.amendments
            .iter()
            .map(|a| (a.target.as_str(), a.field.as_str(), a.action, a.text.as_str()))
            .collect()
    }

    #[test]
    fn what_another_program_wrote_into_an_approved_text_becomes_proposals() {
        use AmendmentAction::*;
        type Change = fn(&mut Meeting);
        type Told = (&'static str, &'static str, AmendmentAction, &'static str);
        let cases: [(Change, Told); 6] = [
            (|m| m.notes[0].text = "một hai".into(), ("n1", "text", Replace, "một hai")),
            (|m| m.notes.insert(1, note("n9", "chen vào")), ("n1", "text", Add, "chen vào")),
            (|m| drop(m.notes.remove(1)), ("n2", "text", Strike, "")),
            (|m| m.head.title = "Hội nghị".into(), ("", "title", Replace, "Hội nghị")),
            (|m| m.tasks[0].lead = vec!["snv".into(), "stc".into()], ("t1", "lead", Replace, "snv, stc")),
            (|m| m.tasks[0].content.clear(), ("t1", "content", Replace, "")),
        ];
        for (change, (target, field, action, text)) in cases {
            let base = sealed();
            let mut theirs = base.clone();
            change(&mut theirs);
            let merged = three_way(&base, &base, &theirs);
            assert_eq!(seal(&merged), Seal::Intact);
            assert_eq!(told(&merged), [(target, field, Some(action), text)]);
            assert_eq!(merged.amendments[0].status, Some(AmendmentStatus::Proposed));
            assert_eq!(merged.notes, base.notes);
            assert_eq!(three_way(&base, &theirs, &base), merged, "whoever is called ours");
        }
    }

    #[test]
    fn follow_up_and_unknown_keys_come_through() {
        let base = sealed();
        let mut theirs = base.clone();
        theirs.tasks[0].status = Some(Status::Done);
        theirs.tasks[0].reports.push(Report { id: "r".into(), ..Report::default() });
        theirs.notes[0].extra.pairs.push(("mood".into(), Value::Int(1)));
        assert_eq!(three_way(&base, &base, &theirs), theirs);
    }

    #[test]
    fn a_line_recorded_while_another_window_approved_is_proposed() {
        let base = with_chair();
        let mut ours = base.clone();
        ours.notes.push(note("n3", "ba"));
        let theirs = sealed();
        let merged = three_way(&base, &ours, &theirs);
        assert_eq!(seal(&merged), Seal::Intact);
        assert_eq!(told(&merged), [("n2", "text", Some(AmendmentAction::Add), "ba")]);
        assert_eq!(merged.amendments[0].asked_by, "hoa");
        assert_eq!(three_way(&base, &theirs, &ours), merged);
        // The next merge proposes nothing twice, and a refusal stays.
        let mut refused = merged.clone();
        refused.amendments[0].status = Some(AmendmentStatus::Refused);
        let mut late = merged.clone();
        late.notes.push(note("n3", "ba"));
        assert_eq!(three_way(&merged, &refused, &late), refused);
    }

    #[test]
    fn a_change_of_one_field_on_both_sides_leaves_no_conflict_in_an_approved_text() {
        let base = with_chair();
        let (mut ours, mut theirs) = (base.clone(), base.clone());
        ours.notes[0].text = "một mới".into();
        theirs.notes[0].text = "một khác nữa".into();
        approve(&mut theirs, "2022-01-20".parse().unwrap(), "quang");
        let merged = three_way(&base, &ours, &theirs);
        assert_eq!((seal(&merged), merged.conflicts.len()), (Seal::Intact, 0));
        assert_eq!(told(&merged), [("n1", "text", Some(AmendmentAction::Replace), "một mới")]);
    }

    #[test]
    fn an_approval_without_a_checksum_is_upheld_by_its_base() {
        let mut base = sealed();
        base.head.approval = None;
        let mut theirs = base.clone();
        theirs.notes[0].text = "khác".into();
        let merged = three_way(&base, &base, &theirs);
        assert_eq!((merged.notes[0].text.as_str(), merged.amendments.len()), ("một", 1));
    }

    #[test]
    fn taking_the_approval_back_opens_the_text() {
        let base = sealed();
        let mut ours = with_chair();
        ours.notes[0].text = "sửa".into();
        let merged = three_way(&base, &ours, &base);
        assert_eq!((merged.notes[0].text.as_str(), merged.amendments.len()), ("sửa", 0));
    }
}
