//! Records as JSON: the file's keys in the order of the field table, dates as ISO text, unknown keys behind the known.
//! Knows no particular field.

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use crate::app::view::text::is_unsafe;
use crate::domain::fields::{Record, Row};
use crate::domain::value::Value;

/// A value of JSON whose keys keep their order.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Flag(bool),
    Int(i64),
    Float(f64),
    Text(String),
    List(Vec<Json>),
    Table(Vec<(String, Json)>),
}

/// The JSON of a value over several lines, with a line end.
pub fn page(value: &Json) -> String {
    // The type has no value that JSON cannot spell.
    escaped(&serde_json::to_string_pretty(value).unwrap_or_default()) + "\n"
}

/// What a terminal would act on or hide, spelled as JSON spells it: the same value for every reader, and harmless.
fn escaped(json: &str) -> String {
    let mut units = [0; 2];
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if is_unsafe(c) && c != '\n' {
            c.encode_utf16(&mut units).iter().for_each(|unit| escaped.push_str(&format!("\\u{unit:04x}")));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// A whole record: the head's keys, then its tables, those without rows as empty lists.
pub fn record(record: &dyn Record) -> Vec<(String, Json)> {
    let mut pairs = row(record.head());
    for &table in record.tables() {
        // Something else than rows under a table's name stands among the head's keys already.
        if pairs.iter().any(|(key, _)| key == table) {
            continue;
        }
        let rows = record.rows(table).into_iter().flat_map(|rows| rows.iter());
        let rows = rows.map(|found| Json::Table(row(found))).collect();
        pairs.push((table.to_owned(), Json::List(rows)));
    }
    pairs
}

/// The keys of a row that are in the file; a flag that is absent there is `false`.
pub fn row(row: &dyn Row) -> Vec<(String, Json)> {
    let mut pairs = Vec::new();
    for field in row.fields() {
        match row.get(field.key) {
            Some(found) => pairs.push((field.key.to_owned(), value(&found))),
            None if field.type_name == "bool" => pairs.push((field.key.to_owned(), Json::Flag(false))),
            None => {}
        }
    }
    let unknown = row.extra().pairs.iter().filter(|(key, _)| row.field(key).is_none());
    pairs.extend(unknown.map(|(key, found)| (key.clone(), value(found))));
    pairs
}

/// Takes the id out of the entry of a log: it was made up and is not in the file.
pub fn forget_id(row: &mut [(String, Json)], log: &str, entry: usize) {
    let found = row.iter_mut().find(|(key, _)| key == log);
    if let Some((_, Json::List(entries))) = found
        && let Some(Json::Table(pairs)) = entries.get_mut(entry)
    {
        pairs.retain(|(key, _)| key != "id");
    }
}

/// One value.
pub fn value(found: &Value) -> Json {
    match found {
        Value::Text(text) => Json::Text(text.clone()),
        Value::Int(n) => Json::Int(*n),
        Value::Float(x) => Json::Float(*x),
        Value::Flag(yes) => Json::Flag(*yes),
        // Outside of quotes TOML spells days and times as ISO 8601 does.
        Value::Date(_) | Value::Time(_) | Value::Moment(_) | Value::Offset(_) => {
            Json::Text(found.canonical())
        }
        Value::List(items) => Json::List(items.iter().map(value).collect()),
        Value::Table(pairs) => {
            Json::Table(pairs.iter().map(|(key, found)| (key.clone(), value(found))).collect())
        }
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => out.serialize_unit(),
            Json::Flag(yes) => out.serialize_bool(*yes),
            Json::Int(n) => out.serialize_i64(*n),
            Json::Float(x) => out.serialize_f64(*x),
            Json::Text(text) => out.serialize_str(text),
            Json::List(items) => {
                let mut seq = out.serialize_seq(Some(items.len()))?;
                for item in items {
                    seq.serialize_element(item)?;
                }
                seq.end()
            }
            Json::Table(pairs) => {
                let mut map = out.serialize_map(Some(pairs.len()))?;
                for (key, value) in pairs {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::{Meeting, Note};

    #[test]
    fn keys_keep_their_order_and_unknown_ones_come_last() {
        let mut note = Note { id: "n".into(), text: "a".into(), ..Note::default() };
        note.at = "2024-05-06T08:22:10".parse().ok();
        note.extra.pairs.push(("mood".into(), Value::Float(f64::NAN)));
        note.extra.pairs.push(("kind".into(), Value::Text("song".into())));
        let text = serde_json::to_string(&Json::Table(row(&note))).unwrap();
        let expected = "{\"id\":\"n\",\"at\":\"2024-05-06T08:22:10\",\"kind\":\"song\",\"text\":\"a\",\
             \"confidential\":false,\"doubt\":false,\"mood\":null}";
        assert_eq!(text, expected);
    }

    #[test]
    fn hidden_characters_are_spelled_and_read_back() {
        let text = "a\u{9b}\u{202e}\u{e0001}\u{1b}\nệ";
        let page = page(&Json::Text(text.to_owned()));
        assert_eq!(page, "\"a\\u009b\\u202e\\udb40\\udc01\\u001b\\nệ\"\n");
        assert_eq!(serde_json::from_str::<String>(&page).unwrap(), text);
    }

    #[test]
    fn a_name_of_a_table_that_holds_something_else_stands_once() {
        let mut meeting = Meeting::default();
        meeting.head.extra.pairs.push(("tasks".into(), Value::Int(3)));
        let pairs = record(&meeting);
        let tasks: Vec<_> = pairs.iter().filter(|(key, _)| key == "tasks").collect();
        assert_eq!(tasks, [&("tasks".to_owned(), Json::Int(3))]);
        assert!(pairs.contains(&("notes".to_owned(), Json::List(Vec::new()))));
    }
}
