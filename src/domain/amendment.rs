//! Amendments of an approved text: what a target said, what it says now, and the amended view that Board and papers
//! read. The approved text itself is never touched. Knows no clock and no screen.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::domain::fields::{Class, Record, Row};
use crate::domain::kinds::{AmendmentAction, AmendmentStatus};
use crate::domain::meeting::{Amendment, Meeting};
use crate::domain::value::Value;
use crate::text::dates;

/// A field before and after an amendment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// As approved.
    pub said: String,
    /// As amended; empty when all of it is struck.
    pub amended: String,
}

/// The meeting as its adopted amendments leave it: lines, conclusions and tasks that were struck whole are gone.
/// Without such amendments it is the record itself.
pub fn amended(meeting: &Meeting) -> Cow<'_, Meeting> {
    let Cow::Owned(mut view) = shown(meeting) else { return Cow::Borrowed(meeting) };
    let is_struck =
        |id: &str| adopted(meeting).any(|amendment| amendment.target == id && is_whole(amendment));
    view.notes.retain(|note| !is_struck(&note.id));
    view.conclusions.retain(|conclusion| !is_struck(&conclusion.id));
    view.tasks.retain(|task| !is_struck(&task.id));
    Cow::Owned(view)
}

/// As [`amended`], but rows struck whole stay with their words, for a screen that marks them.
pub fn shown(meeting: &Meeting) -> Cow<'_, Meeting> {
    if adopted(meeting).next().is_none() {
        return Cow::Borrowed(meeting);
    }
    let mut view = meeting.clone();
    for amendment in adopted(meeting).filter(|amendment| !is_whole(amendment)) {
        put_into(&mut view, amendment);
    }
    Cow::Owned(view)
}

/// What an amendment makes of the approved words, itself alone when it is not adopted, else with all that are.
pub fn wording(meeting: &Meeting, amendment: &Amendment) -> Wording {
    let field = field_of(meeting, amendment);
    let said = said(meeting, &amendment.target, &field);
    if is_whole(amendment) {
        return Wording { said, amended: String::new() };
    }
    let now = match amendment.status {
        Some(AmendmentStatus::Adopted) => shown(meeting),
        _ => {
            let mut alone = meeting.clone();
            put_into(&mut alone, amendment);
            Cow::Owned(alone)
        }
    };
    let amended = self::said(&now, &amendment.target, &field);
    // What cannot be put into the field is still told in its own words.
    let told = said == amended && !amendment.text.is_empty() && amendment.text != said;
    Wording { said, amended: if told { amendment.text.clone() } else { amended } }
}

/// The words of a field of a row (the head for an empty id): texts as they stand, lists apart by commas, days as
/// `2022-01-31`. Empty when there is no such field.
pub fn said(meeting: &Meeting, target: &str, field: &str) -> String {
    row(meeting, target).and_then(|(_, row)| row.get(field)).map_or(String::new(), |value| words(&value))
}

/// The table and the row an id names; the head for an empty id.
pub fn row<'a>(meeting: &'a Meeting, id: &str) -> Option<(&'static str, &'a dyn Row)> {
    if id.is_empty() {
        return Some(("", meeting.head()));
    }
    tables().find_map(|table| {
        let rows = meeting.rows(table)?;
        Some((table, rows.row(rows.position(id, 0)?)?))
    })
}

/// The field that holds the words of a table's rows; empty for a table without.
pub fn main_field(table: &str) -> &'static str {
    match table {
        "notes" | "conclusions" | "prepared" => "text",
        "tasks" => "content",
        "agenda" | "documents" | "awards" => "title",
        "votes" => "question",
        _ => "",
    }
}

/// Whether it strikes the whole row and not some words of it.
pub fn is_whole(amendment: &Amendment) -> bool {
    amendment.action == Some(AmendmentAction::Strike) && amendment.text.is_empty()
}

/// The words of a value as a person writes them.
pub fn words(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::List(items) if items.iter().all(|item| matches!(item, Value::Text(_))) => {
            items.iter().map(words).collect::<Vec<_>>().join(", ")
        }
        other => other.canonical(),
    }
}

fn adopted(meeting: &Meeting) -> impl Iterator<Item = &Amendment> {
    meeting.amendments.iter().filter(|amendment| amendment.status == Some(AmendmentStatus::Adopted))
}

/// Lines, conclusions and tasks first: they are what is amended.
fn tables() -> impl Iterator<Item = &'static str> {
    let first = ["notes", "conclusions", "tasks"];
    first.into_iter().chain(Meeting::TABLES.iter().copied().filter(move |table| !first.contains(table)))
}

fn field_of(meeting: &Meeting, amendment: &Amendment) -> String {
    if !amendment.field.is_empty() {
        return amendment.field.clone();
    }
    row(meeting, &amendment.target).map_or("", |(table, _)| main_field(table)).to_owned()
}

fn put_into(meeting: &mut Meeting, amendment: &Amendment) {
    let field = field_of(meeting, amendment);
    let Some((table, row)) = row(meeting, &amendment.target) else { return };
    let Some(declared) = row.field(&field).filter(|field| field.class == Class::Record) else { return };
    let before = row.get(&field).map_or(String::new(), |value| words(&value));
    let joint = if declared.type_name.starts_with("Vec<") { ", " } else { " " };
    let after = after(&before, amendment, joint);
    let Some(value) = value(declared.type_name, &after) else { return };
    if let Some(row) = row_mut(meeting, table, &amendment.target) {
        row.put(&field, value);
    }
    if main_field(table) == field {
        follow(meeting, &amendment.target, &before, &after);
    }
}

fn after(before: &str, amendment: &Amendment, joint: &str) -> String {
    match amendment.action {
        Some(AmendmentAction::Add) if before.is_empty() => amendment.text.clone(),
        Some(AmendmentAction::Add) => format!("{before}{joint}{}", amendment.text),
        Some(AmendmentAction::Strike) => {
            let left = before.replacen(&amendment.text, "", 1);
            left.split_whitespace().collect::<Vec<_>>().join(" ")
        }
        Some(AmendmentAction::Replace) | None => amendment.text.clone(),
    }
}

fn row_mut<'a>(meeting: &'a mut Meeting, table: &str, id: &str) -> Option<&'a mut dyn Row> {
    if table.is_empty() {
        return Some(meeting.head_mut());
    }
    let rows = meeting.rows_mut(table)?;
    let at = rows.position(id, 0)?;
    rows.row_mut(at)
}

/// A line, its conclusion and its task that say the same go on saying the same.
fn follow(meeting: &mut Meeting, target: &str, before: &str, after: &str) {
    let conclusions = meeting.conclusions.iter().map(|row| (&row.id, &row.note));
    let tasks = meeting.tasks.iter().map(|row| (&row.id, &row.note));
    let of_row = conclusions.chain(tasks).find(|(id, _)| *id == target).map(|(_, note)| note.clone());
    let note = of_row.unwrap_or_else(|| target.to_owned());
    if note.is_empty() {
        return;
    }
    let put = |text: &mut String| {
        if text == before {
            *text = after.to_owned();
        }
    };
    meeting.notes.iter_mut().filter(|row| row.id == note).for_each(|row| put(&mut row.text));
    meeting.conclusions.iter_mut().filter(|row| row.note == note).for_each(|row| put(&mut row.text));
    meeting.tasks.iter_mut().filter(|row| row.note == note).for_each(|row| put(&mut row.content));
}

/// The value words mean in a field of this type: `Some(None)` empties it, `None` cannot be read.
fn value(type_name: &str, words: &str) -> Option<Option<Value>> {
    let words = words.trim();
    if words.is_empty() {
        return Some(None);
    }
    let list = || words.split([',', ';']).map(str::trim).filter(|item| !item.is_empty());
    Some(Some(match type_name {
        "Vec<String>" => Value::List(list().map(|item| Value::Text(item.to_owned())).collect()),
        "Option<NaiveDate>" => Value::Date(day(words)?),
        "Option<i64>" => Value::Int(words.parse().ok()?),
        "Option<NaiveTime>" => Value::Time(words.parse().ok()?),
        "Option<NaiveDateTime>" => Value::Moment(words.parse().ok()?),
        "bool" | "Option<bool>" => Value::Flag(words.parse().ok()?),
        name if name.starts_with("Vec<") => return None,
        _ => Value::Text(words.to_owned()),
    }))
}

/// A whole date, as a file or a person spells it; without a year it is none.
fn day(words: &str) -> Option<NaiveDate> {
    words.parse().ok().or_else(|| {
        let whole = words.split(['/', '-', '.']).count() == 3;
        dates::read(words, NaiveDate::default()).filter(|_| whole)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::{Conclusion, Note, Task};
    use AmendmentAction::*;

    fn meeting() -> Meeting {
        let text = "giao Sở Nội vụ rà soát";
        let mut m = Meeting {
            notes: vec![
                Note { id: "n1".into(), text: text.into(), ..Note::default() },
                Note { id: "n2".into(), text: "khác".into(), ..Note::default() },
            ],
            conclusions: vec![Conclusion {
                id: "c1".into(),
                note: "n1".into(),
                text: text.into(),
                ..Conclusion::default()
            }],
            tasks: vec![Task {
                id: "t1".into(),
                note: "n1".into(),
                content: "rà soát".into(),
                lead: vec!["snv".into()],
                ..Task::default()
            }],
            ..Meeting::default()
        };
        m.head.place = "Hội trường".into();
        m
    }

    fn amendment(target: &str, field: &str, action: AmendmentAction, text: &str) -> Amendment {
        Amendment {
            id: format!("a-{target}-{field}"),
            target: target.into(),
            field: field.into(),
            action: Some(action),
            text: text.into(),
            status: Some(AmendmentStatus::Adopted),
            ..Amendment::default()
        }
    }

    fn with(amendments: Vec<Amendment>) -> Meeting {
        Meeting { amendments, ..meeting() }
    }

    #[test]
    fn each_action_changes_the_words_of_its_field() {
        for (target, field, action, text, expected) in [
            ("n2", "text", Replace, "mới", "mới"),
            ("n2", "", Replace, "mới", "mới"),
            ("n2", "text", Add, "và thêm", "khác và thêm"),
            ("n1", "text", Strike, "Sở Nội vụ", "giao rà soát"),
            ("n1", "text", Strike, "không có", "giao Sở Nội vụ rà soát"),
            ("t1", "lead", Add, "stc", "snv, stc"),
            ("t1", "lead", Replace, "stc; vp", "stc, vp"),
            ("t1", "due", Replace, "31/3/2022", "2022-03-31"),
            ("", "place", Replace, "Phòng họp số 2", "Phòng họp số 2"),
        ] {
            let m = with(vec![amendment(target, field, action, text)]);
            let field = if field.is_empty() { "text" } else { field };
            assert_eq!(said(&amended(&m), target, field), expected, "{target} {field} {action:?}");
        }
    }

    #[test]
    fn only_adopted_amendments_show() {
        for status in [Some(AmendmentStatus::Proposed), Some(AmendmentStatus::Refused), None] {
            let m = with(vec![Amendment { status, ..amendment("n2", "text", Replace, "mới") }]);
            assert!(matches!(amended(&m), Cow::Borrowed(_)), "{status:?}");
        }
    }

    #[test]
    fn a_row_struck_whole_is_gone_from_papers_and_stays_on_the_screen() {
        let m = with(vec![amendment("n2", "", Strike, "")]);
        assert_eq!(amended(&m).notes.len(), 1);
        assert_eq!(shown(&m).notes[1].text, "khác");
        let expected = Wording { said: "khác".into(), amended: String::new() };
        assert_eq!(wording(&m, &m.amendments[0]), expected);
    }

    #[test]
    fn rows_that_say_the_same_follow_each_other() {
        for target in ["n1", "c1"] {
            let m = with(vec![amendment(target, "text", Replace, "giao Sở Tài chính")]);
            let view = amended(&m);
            assert_eq!(view.notes[0].text, "giao Sở Tài chính");
            assert_eq!(view.conclusions[0].text, "giao Sở Tài chính");
            assert_eq!(view.tasks[0].content, "rà soát", "other words stay");
        }
    }

    #[test]
    fn follow_up_and_unreadable_values_stay_as_they_are() {
        let m = with(vec![
            amendment("t1", "status", Replace, "done"),
            amendment("t1", "due", Replace, "sớm"),
            amendment("gone", "text", Replace, "x"),
        ]);
        let view = amended(&m);
        assert_eq!((view.tasks[0].status, view.tasks[0].due), (None, None));
        assert!(view.tasks[0].extra.pairs.is_empty());
        assert_eq!(wording(&m, &m.amendments[1]).amended, "sớm");
    }

    #[test]
    fn a_proposal_is_worded_as_if_it_alone_were_adopted() {
        let mut m = with(vec![
            amendment("n2", "text", Add, "một"),
            Amendment { status: Some(AmendmentStatus::Proposed), ..amendment("n2", "text", Add, "hai") },
        ]);
        m.amendments[1].id = "b".into();
        assert_eq!(wording(&m, &m.amendments[0]).amended, "khác một");
        assert_eq!(wording(&m, &m.amendments[1]).amended, "khác hai");
    }
}
