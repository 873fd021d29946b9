//! What is doubtful in a file that can be read: found from its values, told as data.
//! Knows no sentence, no place in a text and no screen.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::committee::Committee;
use crate::domain::fields::{Record, Row};
use crate::domain::id::{TaskRef, is_slug};
use crate::domain::kinds::{DueKind, Status};
use crate::domain::meeting::{Meeting, Task};
use crate::domain::value::Value;

/// One doubt. It never stops a file from opening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The table's name; empty for the head.
    pub table: String,
    /// Place in the table from 0; `None` for the head.
    pub row: Option<usize>,
    pub key: String,
    /// Place in the log `key` from 0, and the key there; `None` for the field itself.
    pub entry: Option<(usize, String)>,
    pub kind: ProblemKind,
}

/// What is doubtful.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The name of a table holds something else than rows; kept as it is.
    NotRows,
    /// Text not in NFC; it is read composed.
    NotComposed,
    /// Text in the letters of a code used before Unicode; kept as it is.
    OldCode {
        code: &'static str,
    },
    /// A value of another type than the field's, which is named as declared.
    WrongType {
        expected: &'static str,
    },
    /// A word that the field's list does not have.
    UnknownWord {
        word: String,
    },
    /// A value that looks like an id and names nothing in scope.
    Dangling {
        id: String,
    },
    DuplicateId {
        id: String,
    },
    DuplicateNumber {
        number: i64,
    },
    NoOwner,
    NoDeadline,
    /// A time before the opening, after the closing, or on another day when no opening is known.
    OutsideMeeting,
    /// The id and the name of the file differ.
    NotFileName {
        stem: String,
    },
    DoneWithoutDay,
    /// The stored status is not the one reported last.
    StatusDiffers {
        reported: Status,
    },
    /// No `<meeting-id>#<number>`.
    MalformedTaskRef {
        text: String,
    },
    Missing,
}

impl Problem {
    /// Whether only the text shows it, not the values.
    pub fn is_of_text(&self) -> bool {
        matches!(self.kind, ProblemKind::NotRows | ProblemKind::NotComposed | ProblemKind::OldCode { .. })
    }

    fn new(table: &str, row: Option<usize>, key: &str, kind: ProblemKind) -> Self {
        Problem { table: table.to_owned(), row, key: key.to_owned(), entry: None, kind }
    }
}

/// The doubts in a meeting. References to units, sites and members are judged only beside the committee.
pub fn check(meeting: &Meeting, committee: Option<&Committee>) -> Vec<Problem> {
    let mut found = check_values(meeting);
    found.extend(missing(meeting));
    found.extend(duplicate_numbers(meeting));
    for (index, task) in meeting.tasks.iter().enumerate() {
        let problem = |(key, kind)| Problem::new("tasks", Some(index), key, kind);
        found.extend(check_task(task).into_iter().map(problem));
        found.extend(check_logs(task, index));
    }
    found.extend(outside_times(meeting));
    found.extend(dangling(meeting, &Scopes::of(meeting, committee)));
    let malformed = |(index, note): (usize, &crate::domain::meeting::Note)| {
        task_ref(&note.task).map(|kind| Problem::new("notes", Some(index), "task", kind))
    };
    found.extend(meeting.notes.iter().enumerate().filter_map(malformed));
    found
}

/// The doubts in a committee file.
pub fn check_committee(committee: &Committee) -> Vec<Problem> {
    let mut found = check_values(committee);
    if (&committee.head as &dyn Row).get("name").is_none() {
        found.push(Problem::new("", None, "name", ProblemKind::Missing));
    }
    let units: HashSet<&str> = committee.units.iter().map(|unit| unit.id.as_str()).collect();
    let lost = |id: &str| is_slug(id) && !units.contains(id);
    for (index, unit) in committee.units.iter().enumerate().filter(|(_, unit)| lost(&unit.successor)) {
        let kind = ProblemKind::Dangling { id: unit.successor.clone() };
        found.push(Problem::new("units", Some(index), "successor", kind));
    }
    for (index, member) in committee.members.iter().enumerate().filter(|(_, member)| lost(&member.unit)) {
        let kind = ProblemKind::Dangling { id: member.unit.clone() };
        found.push(Problem::new("members", Some(index), "unit", kind));
    }
    for (index, group) in committee.groups.iter().enumerate() {
        for id in group.units.iter().filter(|id| lost(id)) {
            found.push(Problem::new(
                "groups",
                Some(index),
                "units",
                ProblemKind::Dangling { id: id.clone() },
            ));
        }
    }
    found
}

/// Whether the meeting names a committee whose file is not there.
pub fn check_committee_file(meeting: &Meeting, is_there: impl FnOnce(&str) -> bool) -> Option<Problem> {
    let id = &meeting.head.committee;
    let lost = !id.is_empty() && !is_there(id);
    lost.then(|| Problem::new("", None, "committee", ProblemKind::Dangling { id: id.clone() }))
}

/// Whether the record's id is the name of its file.
pub fn check_stem(record: &dyn Record, stem: &str) -> Vec<Problem> {
    if record.head().get("id") == Some(Value::Text(stem.to_owned())) {
        return Vec::new();
    }
    vec![Problem::new("", None, "id", ProblemKind::NotFileName { stem: stem.to_owned() })]
}

/// Unreadable values and ids used twice, in any record.
fn check_values(record: &dyn Record) -> Vec<Problem> {
    let mut found: Vec<_> =
        unread(record.head()).into_iter().map(|(key, kind)| Problem::new("", None, &key, kind)).collect();
    for &table in record.tables() {
        let mut ids: HashMap<String, Vec<&dyn Row>> = HashMap::new();
        for (index, row) in record.rows(table).into_iter().flat_map(|rows| rows.iter()).enumerate() {
            for (key, kind) in unread(row) {
                found.push(Problem::new(table, Some(index), &key, kind));
            }
            if row.id().is_empty() {
                continue;
            }
            let earlier = ids.entry(row.id().to_owned()).or_default();
            let again = if table == "members" {
                earlier.iter().any(|other| overlap(*other, row))
            } else {
                !earlier.is_empty()
            };
            earlier.push(row);
            if again {
                let kind = ProblemKind::DuplicateId { id: row.id().to_owned() };
                found.push(Problem::new(table, Some(index), "id", kind));
            }
        }
    }
    found
}

/// Whether two rows hold on a common day. A person has one row for each post, one after another.
fn overlap(a: &dyn Row, b: &dyn Row) -> bool {
    let day = |row: &dyn Row, key: &str| match row.get(key) {
        Some(Value::Date(day)) => Some(day),
        _ => None,
    };
    let ends_before =
        |a, b| day(a, "to").zip(day(b, "from")).is_some_and(|(to, from): (NaiveDate, NaiveDate)| to < from);
    !ends_before(a, b) && !ends_before(b, a)
}

/// Declared keys whose value was kept beside because it could not be read.
fn unread(row: &dyn Row) -> Vec<(String, ProblemKind)> {
    let kept = row.extra().pairs.iter().filter_map(|(key, value)| Some((row.field(key)?, value)));
    // Another id than the one a record is known by is told of with the file's name.
    let kept = kept.filter(|(field, value)| field.key != "id" || !matches!(value, Value::Text(_)));
    kept.map(|(field, value)| {
        let kind = match value {
            Value::Text(word) if is_word_list(field.type_name) => {
                ProblemKind::UnknownWord { word: word.clone() }
            }
            _ => ProblemKind::WrongType { expected: field.type_name },
        };
        (field.key.to_owned(), kind)
    })
    .collect()
}

/// Whether a declared type is a closed list of words.
fn is_word_list(type_name: &str) -> bool {
    const OTHERS: [&str; 9] = [
        "Option<i64>",
        "Option<bool>",
        "Option<Number>",
        "Option<NaiveDate>",
        "Option<NaiveTime>",
        "Option<NaiveDateTime>",
        "Option<TimeOfDay>",
        "Option<Substitute>",
        "Option<Approval>",
    ];
    type_name.starts_with("Option<") && !OTHERS.contains(&type_name)
}

fn missing(meeting: &Meeting) -> Vec<Problem> {
    let head: &dyn Row = &meeting.head;
    let absent = |key: &&str| head.get(key).is_none();
    let required = ["committee", "title", "date"].into_iter().filter(absent);
    required.map(|key| Problem::new("", None, key, ProblemKind::Missing)).collect()
}

fn duplicate_numbers(meeting: &Meeting) -> Vec<Problem> {
    let conclusions = meeting.conclusions.iter().map(|row| row.number).collect::<Vec<_>>();
    let tasks = meeting.tasks.iter().map(|row| row.number).collect::<Vec<_>>();
    let mut found = Vec::new();
    for (table, numbers) in [("conclusions", conclusions), ("tasks", tasks)] {
        let mut seen = HashSet::new();
        for (index, number) in numbers.into_iter().enumerate() {
            if let Some(number) = number.filter(|number| !seen.insert(*number)) {
                found.push(Problem::new(
                    table,
                    Some(index),
                    "number",
                    ProblemKind::DuplicateNumber { number },
                ));
            }
        }
    }
    found
}

fn check_task(task: &Task) -> Vec<(&'static str, ProblemKind)> {
    let mut found = Vec::new();
    let row: &dyn Row = task;
    if row.get("lead").is_none() {
        found.push(("lead", ProblemKind::NoOwner));
    }
    let settled = !matches!(task.due_kind, None | Some(DueKind::Date));
    if row.get("due").is_none() && !settled {
        found.push(("due", ProblemKind::NoDeadline));
    }
    if task.status == Some(Status::Done) && row.get("done_on").is_none() {
        found.push(("done_on", ProblemKind::DoneWithoutDay));
    }
    let reported = task.reports.iter().rev().find_map(|report| report.status);
    if let Some(reported) = reported.filter(|reported| task.status.is_some_and(|status| status != *reported))
    {
        found.push(("status", ProblemKind::StatusDiffers { reported }));
    }
    found.extend(task_ref(&task.carried_from).map(|kind| ("carried_from", kind)));
    found.extend(task_ref(&task.carried_to).map(|kind| ("carried_to", kind)));
    found
}

/// Unreadable values in the logs of a task.
fn check_logs(task: &Task, index: usize) -> Vec<Problem> {
    let logs: [(&str, Vec<&dyn Row>); 3] = [
        ("reports", task.reports.iter().map(|entry| entry as &dyn Row).collect()),
        ("extensions", task.extensions.iter().map(|entry| entry as &dyn Row).collect()),
        ("urgings", task.urgings.iter().map(|entry| entry as &dyn Row).collect()),
    ];
    let mut found = Vec::new();
    for (log, entries) in logs {
        for (place, entry) in entries.into_iter().enumerate() {
            found.extend(unread(entry).into_iter().map(|(key, kind)| Problem {
                entry: Some((place, key)),
                ..Problem::new("tasks", Some(index), log, kind)
            }));
        }
    }
    found
}

fn task_ref(text: &str) -> Option<ProblemKind> {
    let malformed = !text.is_empty() && TaskRef::parse(text).is_none();
    malformed.then(|| ProblemKind::MalformedTaskRef { text: text.to_owned() })
}

fn outside_times(meeting: &Meeting) -> Vec<Problem> {
    let head = &meeting.head;
    let is_outside = |at: NaiveDateTime| match (head.opened, head.date) {
        (Some(opened), _) => at < opened || head.closed.is_some_and(|closed| at > closed),
        (None, Some(day)) => at.date() != day,
        (None, None) => false,
    };
    const TIMES: [(&str, &str); 5] =
        [("agenda", "started"), ("agenda", "ended"), ("turns", "from"), ("turns", "to"), ("notes", "at")];
    let mut found = Vec::new();
    for (table, key) in TIMES {
        for (index, row) in meeting.rows(table).into_iter().flat_map(|rows| rows.iter()).enumerate() {
            if let Some(Value::Moment(at)) = row.get(key)
                && is_outside(at)
            {
                found.push(Problem::new(table, Some(index), key, ProblemKind::OutsideMeeting));
            }
        }
    }
    found
}

/// What a field may name.
#[derive(Clone, Copy)]
enum Scope {
    Seats,
    People,
    Owners,
    Units,
    Sites,
    Items,
    Notes,
}

const REFERENCES: [(&str, &str, Scope); 20] = [
    ("", "site", Scope::Sites),
    ("sites", "chairs", Scope::People),
    ("seats", "unit", Scope::Units),
    ("seats", "site", Scope::Sites),
    ("agenda", "presenter", Scope::Owners),
    ("turns", "item", Scope::Items),
    ("turns", "speaker", Scope::Seats),
    ("notes", "item", Scope::Items),
    ("notes", "speaker", Scope::Seats),
    ("queue", "item", Scope::Items),
    ("queue", "speaker", Scope::Seats),
    ("prepared", "item", Scope::Items),
    ("prepared", "note", Scope::Notes),
    ("conclusions", "note", Scope::Notes),
    ("tasks", "lead", Scope::Owners),
    ("tasks", "support", Scope::Owners),
    ("tasks", "person", Scope::People),
    ("tasks", "note", Scope::Notes),
    ("votes", "item", Scope::Items),
    ("papers", "signer", Scope::People),
];

/// Ids in scope; `None` where only the committee could tell.
struct Scopes {
    seats: HashSet<String>,
    people: Option<HashSet<String>>,
    units: Option<HashSet<String>>,
    sites: Option<HashSet<String>>,
    items: HashSet<String>,
    notes: HashSet<String>,
}

impl Scopes {
    fn of(meeting: &Meeting, committee: Option<&Committee>) -> Self {
        let seats = ids(meeting, &["seats"]);
        let with = |own: &[&str], theirs: &[&str]| {
            let committee = committee?;
            Some(ids(meeting, own).into_iter().chain(ids(committee, theirs)).collect())
        };
        Scopes {
            people: with(&["seats"], &["members", "signers"]),
            units: with(&["units"], &["units", "groups"]),
            sites: with(&["sites"], &["sites"]),
            items: ids(meeting, &["agenda"]),
            notes: ids(meeting, &["notes"]),
            seats,
        }
    }

    /// Whether the id is known to name nothing.
    fn lacks(&self, scope: Scope, id: &str) -> bool {
        let absent = |ids: &Option<HashSet<String>>| ids.as_ref().is_some_and(|ids| !ids.contains(id));
        match scope {
            Scope::Seats => !self.seats.contains(id),
            Scope::People => absent(&self.people),
            Scope::Units => absent(&self.units),
            Scope::Owners => absent(&self.units) && absent(&self.people),
            Scope::Sites => absent(&self.sites),
            Scope::Items => !self.items.contains(id),
            Scope::Notes => !self.notes.contains(id),
        }
    }
}

fn ids(record: &dyn Record, tables: &[&str]) -> HashSet<String> {
    let rows = tables.iter().filter_map(|table| record.rows(table));
    rows.flat_map(|rows| rows.iter().map(|row| row.id().to_owned()).collect::<Vec<_>>()).collect()
}

fn dangling(meeting: &Meeting, scopes: &Scopes) -> Vec<Problem> {
    let mut found = Vec::new();
    for (table, key, scope) in REFERENCES {
        let rows: Vec<(Option<usize>, &dyn Row)> = match meeting.rows(table) {
            Some(rows) => rows.iter().enumerate().map(|(index, row)| (Some(index), row)).collect(),
            None => vec![(None, meeting.head())],
        };
        for (index, row) in rows {
            let texts = match row.get(key) {
                Some(Value::Text(text)) => vec![text],
                Some(Value::List(items)) => items.into_iter().filter_map(text).collect(),
                _ => Vec::new(),
            };
            for id in texts.into_iter().filter(|id| is_slug(id) && scopes.lacks(scope, id)) {
                found.push(Problem::new(table, index, key, ProblemKind::Dangling { id }));
            }
        }
    }
    found
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
