//! The seal of an approved text: its record-class fields as canonical lines, and their checksum (FORMAT.md, "The
//! checksum covers"). What it covers derives from the field table. Knows no file and no stage.

use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

use crate::domain::edit::Edit;
use crate::domain::fields::{Class, Field, Record, Row, TypedRow};
use crate::domain::meeting::{LinkChange, Meeting, Span, Substitute};
use crate::domain::value::{Value, find};

/// Version of the list of covered keys, written beside the checksum.
pub const KEYS_VERSION: i64 = 1;

/// Whether an approved text is still the one that was approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// No checksum was written.
    None,
    Intact,
    Broken,
    /// Sealed with a list of keys this program does not know.
    OtherKeys,
}

/// Compares the text with the checksum of its approval.
pub fn seal(meeting: &Meeting) -> Seal {
    let Some(approval) = meeting.head.approval.as_ref().filter(|approval| !approval.sha256.is_empty()) else {
        return Seal::None;
    };
    if approval.keys.unwrap_or(KEYS_VERSION) != KEYS_VERSION {
        return Seal::OtherKeys;
    }
    let same = approval.sha256.eq_ignore_ascii_case(&checksum(meeting));
    if same { Seal::Intact } else { Seal::Broken }
}

/// The checksum of the covered lines: SHA-256 in lower-case hexadecimal.
pub fn checksum(meeting: &Meeting) -> String {
    let digest = Sha256::digest(canonical(meeting).as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The covered lines `table.id.key=value`, each closed by LF, in NFC. The head comes first, with an empty table and
/// an empty id; rows stand in the order of the file, keys in the order of the field table.
///
/// A row whose id is not in the file yet has an empty one here, since the one in memory differs at each reading:
/// whoever seals a text writes the ids first.
pub fn canonical(meeting: &Meeting) -> String {
    let mut lines = String::new();
    row_lines("", "", meeting.head(), &mut lines);
    for table in Meeting::TABLES {
        let covered = meeting.rows(table).filter(|rows| is_covered(rows.table_fields()));
        for row in covered.iter().flat_map(|rows| rows.iter()) {
            let id = if row.extra().unwritten_id { "" } else { row.id() };
            row_lines(table, id, row, &mut lines);
        }
    }
    lines.nfc().collect()
}

/// Whether an edit changes what a seal of this record covers.
pub fn covers(record: &dyn Record, edit: &Edit) -> bool {
    let fields = match edit.table() {
        "" => record.head().fields(),
        table => record.rows(table).map_or(&[][..], |rows| rows.table_fields()),
    };
    match edit {
        Edit::Set { key, .. } => {
            fields.iter().any(|field| field.key == *key && field.class == Class::Record)
                && (edit.table().is_empty() || is_covered(fields))
        }
        Edit::Insert { .. } | Edit::Remove { .. } | Edit::Order { .. } => is_covered(fields),
    }
}

/// Whether rows of these fields belong to the text. The id alone does not make them: every table has one.
fn is_covered(fields: &[Field]) -> bool {
    fields.iter().any(|field| field.class == Class::Record && field.key != "id")
}

fn row_lines(table: &str, id: &str, row: &dyn Row, lines: &mut String) {
    for field in row.fields().iter().filter(|field| field.class == Class::Record) {
        if let Some(value) = row.get(field.key) {
            let value = known_part(value, nested_fields(field)).canonical();
            lines.push_str(&format!("{table}.{id}.{}={value}\n", field.key));
        }
    }
}

/// The keys of the tables a covered field holds, where it holds tables.
fn nested_fields(field: &Field) -> Option<&'static [Field]> {
    match field.key {
        "pauses" | "spans" => Some(Span::FIELDS),
        "link" => Some(LinkChange::FIELDS),
        "substitute" => Some(Substitute::FIELDS),
        _ => None,
    }
}

/// The value without keys that this version does not know, its keys in the order of the field table.
fn known_part(value: Value, fields: Option<&'static [Field]>) -> Value {
    let Some(known) = fields else { return value };
    match value {
        Value::List(items) => Value::List(items.into_iter().map(|item| known_part(item, fields)).collect()),
        Value::Table(pairs) => {
            let pair = |field: &Field| Some((field.key.to_owned(), find(&pairs, field.key)?.clone()));
            Value::Table(known.iter().filter_map(pair).collect())
        }
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kinds::{Stage, Status};
    use crate::domain::meeting::{AgendaItem, Amendment, Approval, Note, Paper, Report, Seat, Site, Task};

    fn meeting() -> Meeting {
        let at = chrono::NaiveDate::from_ymd_opt(2022, 1, 13).unwrap().and_hms_opt(8, 22, 10);
        let text = "Biểu dương \"Ban Chỉ đạo\"".into();
        let mut m = Meeting {
            notes: vec![Note { id: "n1".into(), at, text, doubt: true, ..Note::default() }],
            tasks: vec![Task {
                id: "t1".into(),
                number: Some(3),
                lead: vec!["snv".into()],
                ..Task::default()
            }],
            ..Meeting::default()
        };
        m.head.id = "2022-01-13-hop".into();
        m.head.date = at.map(|at| at.date());
        m
    }

    #[test]
    fn lines_name_table_row_and_key() {
        let expected = concat!(
            "..id=\"2022-01-13-hop\"\n",
            "..date=2022-01-13\n",
            "notes.n1.id=\"n1\"\n",
            "notes.n1.at=2022-01-13T08:22:10\n",
            "notes.n1.text=\"Biểu dương \\\"Ban Chỉ đạo\\\"\"\n",
            "notes.n1.doubt=true\n",
            "tasks.t1.id=\"t1\"\n",
            "tasks.t1.number=3\n",
            "tasks.t1.lead=[\"snv\"]\n",
        );
        assert_eq!(canonical(&meeting()), expected);
    }

    #[test]
    fn the_checksum_is_sha_256_in_hexadecimal() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(checksum(&Meeting::default()), empty);
    }

    #[test]
    fn follow_up_and_unknown_keys_leave_the_seal_intact() {
        let sealed = checksum(&meeting());
        let mut m = meeting();
        m.head.stage = Some(Stage::Issued);
        m.tasks[0].status = Some(Status::Done);
        m.tasks[0].reports = vec![Report { id: "r".into(), ..Report::default() }];
        m.tasks[0].carried_to = "b#1".into();
        m.notes[0].extra.pairs.push(("mood".into(), Value::Int(1)));
        m.head.approval = Some(Approval { sha256: sealed.clone(), ..Approval::default() });
        assert_eq!((checksum(&m), seal(&m)), (sealed, Seal::Intact));
        m.notes[0].text.push('!');
        assert_eq!(seal(&m), Seal::Broken);
        m.head.approval = Some(Approval { keys: Some(2), sha256: "x".into(), ..Approval::default() });
        assert_eq!(seal(&m), Seal::OtherKeys);
        assert_eq!(seal(&meeting()), Seal::None);
    }

    #[test]
    fn a_table_of_follow_up_rows_is_not_covered() {
        let mut m = meeting();
        m.amendments = vec![Amendment { id: "a".into(), text: "x".into(), ..Amendment::default() }];
        m.papers = vec![Paper { id: "p".into(), ..Paper::default() }];
        assert_eq!(canonical(&m), canonical(&meeting()));
    }

    #[test]
    fn every_change_of_the_record_breaks_the_seal() {
        let changes: [fn(&mut Meeting); 7] = [
            |m| m.head.title = "Hội nghị".into(),
            |m| m.notes[0].text.clear(),
            |m| m.notes[0].confidential = true,
            |m| m.tasks[0].due_text = "quý I".into(),
            |m| m.tasks.clear(),
            |m| m.notes.push(Note { id: "n2".into(), ..Note::default() }),
            |m| m.seats.push(Seat { id: "bao".into(), ..Seat::default() }),
        ];
        for (place, change) in changes.iter().enumerate() {
            let mut m = meeting();
            change(&mut m);
            assert_ne!(checksum(&m), checksum(&meeting()), "change {place}");
        }
    }

    #[test]
    fn each_key_of_the_record_is_sealed_and_no_other() {
        let mut whole = meeting();
        for table in Meeting::TABLES {
            if let Some(rows) = whole.rows_mut(table).filter(|rows| rows.is_empty()) {
                rows.insert_pairs(0, &[("id".to_owned(), Value::Text(format!("row-of-{table}")))]);
            }
        }
        let before = checksum(&whole);
        let changed = |table: &str, key: &str| {
            let mut m = whole.clone();
            let row = if table.is_empty() {
                Some(m.head_mut())
            } else {
                m.rows_mut(table).and_then(|r| r.row_mut(0))
            };
            row.unwrap().put(key, Some(Value::Text("khác hẳn".into())));
            checksum(&m) != before
        };
        for table in std::iter::once("").chain(Meeting::TABLES.iter().copied()) {
            let fields = match table {
                "" => whole.head().fields(),
                table => whole.rows(table).unwrap().table_fields(),
            };
            let covered = table.is_empty() || is_covered(fields);
            for field in fields.iter().filter(|field| field.key != "id") {
                let expected = covered && field.class == Class::Record;
                assert_eq!(changed(table, field.key), expected, "{table}.{}", field.key);
            }
            assert!(!changed(table, "a_key_of_tomorrow"), "{table}");
        }
    }

    #[test]
    fn the_order_of_rows_is_sealed() {
        let mut m = meeting();
        m.notes.push(Note { id: "n2".into(), ..Note::default() });
        let before = checksum(&m);
        m.notes.swap(0, 1);
        assert_ne!(checksum(&m), before);
    }

    #[test]
    fn decomposed_text_has_the_same_seal() {
        let mut m = meeting();
        m.notes[0].text = m.notes[0].text.nfd().collect();
        assert_eq!(checksum(&m), checksum(&meeting()));
    }

    #[test]
    fn unknown_keys_inside_a_covered_field_are_not_covered() {
        let mut span = Span { from: meeting().notes[0].at, ..Span::default() };
        let site = Site { id: "hue".into(), link: vec![LinkChange::default()], ..Site::default() };
        let with = |span: &Span| {
            let item = AgendaItem { id: "a".into(), spans: vec![span.clone()], ..AgendaItem::default() };
            Meeting { agenda: vec![item], sites: vec![site.clone()], ..meeting() }
        };
        let before = canonical(&with(&span));
        assert!(before.contains("agenda.a.spans=[{from=2022-01-13T08:22:10}]\n"), "{before}");
        span.extra.pairs.push(("room".into(), Value::Int(2)));
        assert_eq!(canonical(&with(&span)), before);
    }

    #[test]
    fn every_covered_field_that_holds_tables_is_known() {
        let flat =
            ["String", "Number", "bool", "i64", "NaiveDate", "NaiveTime", "NaiveDateTime", "TimeOfDay"];
        let kinds =
            ["Kind", "Form", "Level", "Role", "Presence", "Part", "Every", "VoteMethod", "VoteResult"];
        let meeting = Meeting::default();
        let tables = Meeting::TABLES.iter().filter_map(|table| meeting.rows(table));
        let fields = tables.flat_map(|rows| rows.table_fields()).chain(meeting.head().fields());
        for field in fields.filter(|field| field.class == Class::Record) {
            let inner = field.type_name.trim_start_matches("Option<").trim_start_matches("Vec<");
            let inner = inner.trim_end_matches('>');
            let plain = flat.contains(&inner) || kinds.iter().any(|kind| inner.ends_with(kind));
            let plain = plain || inner == "Language";
            assert!(plain != nested_fields(field).is_some(), "{} is a {}", field.key, field.type_name);
        }
    }
}
