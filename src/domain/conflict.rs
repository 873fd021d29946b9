//! Settling a field that was changed on two sides: one of the kept values is chosen and the row that kept them goes.
//! Knows no screen.

use crate::domain::amendment::row;
use crate::domain::fields::Record;
use crate::domain::meeting::{Conflict, Meeting};
use crate::domain::value::Value;

/// The values to choose from: what shows now first, then the others that were kept, none twice.
pub fn choices(meeting: &Meeting, conflict: &Conflict) -> Vec<Value> {
    let shown = row(meeting, &conflict.target).and_then(|(_, row)| row.get(&conflict.field));
    let mut values: Vec<Value> = shown.into_iter().collect();
    for kept in &conflict.values {
        if !values.contains(&kept.0) {
            values.push(kept.0.clone());
        }
    }
    values
}

/// Writes the chosen value into its field and removes the row; a row whose target is gone is only removed.
pub fn settle(meeting: &mut Meeting, conflict: &str, value: &Value) {
    let Some(at) = meeting.conflicts.iter().position(|row| row.id == conflict) else { return };
    let settled = meeting.conflicts.remove(at);
    let Some(table) = row(meeting, &settled.target).map(|(table, _)| table) else { return };
    if table.is_empty() {
        return meeting.head_mut().put(&settled.field, Some(value.clone()));
    }
    let Some(rows) = meeting.rows_mut(table) else { return };
    if let Some(row) = rows.position(&settled.target, 0).and_then(|at| rows.row_mut(at)) {
        row.put(&settled.field, Some(value.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::{ConflictValue, Note};

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    fn meeting() -> Meeting {
        let conflict = |id: &str, target: &str, field: &str, values: &[&str]| Conflict {
            id: id.into(),
            target: target.into(),
            field: field.into(),
            values: values.iter().map(|value| ConflictValue(text(value))).collect(),
            ..Conflict::default()
        };
        let mut m = Meeting {
            notes: vec![Note { id: "n1".into(), text: "một hai".into(), ..Note::default() }],
            conflicts: vec![
                conflict("k1", "n1", "text", &["một", "một hai"]),
                conflict("k2", "", "place", &["A", "B"]),
                conflict("k3", "gone", "text", &["A", "B"]),
            ],
            ..Meeting::default()
        };
        m.head.place = "B".into();
        m
    }

    #[test]
    fn what_shows_stands_first_and_nothing_twice() {
        let m = meeting();
        assert_eq!(choices(&m, &m.conflicts[0]), [text("một hai"), text("một")]);
        assert_eq!(choices(&m, &m.conflicts[1]), [text("B"), text("A")]);
        assert_eq!(choices(&m, &m.conflicts[2]), [text("A"), text("B")]);
    }

    #[test]
    fn settling_writes_the_value_and_removes_the_row() {
        let mut m = meeting();
        settle(&mut m, "k1", &text("một"));
        settle(&mut m, "k2", &text("A"));
        settle(&mut m, "k3", &text("A"));
        settle(&mut m, "k9", &text("A"));
        assert_eq!((m.notes[0].text.as_str(), m.head.place.as_str()), ("một", "A"));
        assert_eq!(m.conflicts, []);
    }
}
