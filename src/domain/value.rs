//! The values a field of a record can hold, as TOML knows them, and how Rust types read and write them.
//! Knows no file format, no field and no record.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::text::numbers;

/// One value of a field. Dates and times are local (wall clock at the meeting).
///
/// Two values are equal when a file that held one may hold the other without losing anything: a NaN equals a NaN.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    Text(String),
    Int(i64),
    Float(#[serde(with = "float_as_text")] f64),
    Flag(bool),
    Date(NaiveDate),
    Time(NaiveTime),
    Moment(NaiveDateTime),
    /// A date-time with an offset, which no field asks for; kept as it was spelled.
    Offset(String),
    List(Vec<Value>),
    Table(Pairs),
}

/// JSON has no NaN and no infinity, TOML has: in a journal a decimal number is written as text.
mod float_as_text {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(x: &f64, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&x.to_string())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<f64, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// Key and value pairs in the order of the file.
pub type Pairs = Vec<(String, Value)>;

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Value::Text(a), Value::Text(b)) | (Value::Offset(a), Value::Offset(b)) => a == b,
            (Value::Int(a), Value::Int(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a == b || (a.is_nan() && b.is_nan()),
            (Value::Flag(a), Value::Flag(b)) => a == b,
            (Value::Date(a), Value::Date(b)) => a == b,
            (Value::Time(a), Value::Time(b)) => a == b,
            (Value::Moment(a), Value::Moment(b)) => a == b,
            (Value::List(a), Value::List(b)) => a == b,
            (Value::Table(a), Value::Table(b)) => {
                a.len() == b.len() && a.iter().all(|(key, value)| find(b, key) == Some(value))
            }
            _ => false,
        }
    }
}

/// The value under `key`, if there is one.
pub fn find<'a>(pairs: &'a [(String, Value)], key: &str) -> Option<&'a Value> {
    pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value)
}

impl Value {
    /// The value in TOML spelling without spaces, as the checksum covers it: strings as basic strings, list and
    /// table items separated by a comma alone.
    pub fn canonical(&self) -> String {
        match self {
            Value::Text(text) => quoted(text),
            Value::Int(n) => n.to_string(),
            Value::Float(x) => float(*x),
            Value::Flag(yes) => yes.to_string(),
            Value::Date(day) => day.format("%Y-%m-%d").to_string(),
            Value::Time(time) => time.format("%H:%M:%S%.f").to_string(),
            Value::Moment(at) => at.format("%Y-%m-%dT%H:%M:%S%.f").to_string(),
            Value::Offset(spelled) => spelled.clone(),
            Value::List(items) => {
                let items: Vec<_> = items.iter().map(Value::canonical).collect();
                format!("[{}]", items.join(","))
            }
            Value::Table(pairs) => {
                let pairs: Vec<_> = pairs.iter().map(|(k, v)| format!("{k}={}", v.canonical())).collect();
                format!("{{{}}}", pairs.join(","))
            }
        }
    }

    /// The length that decides which of two competing values is shown first: characters of a text, else of the spelling.
    pub fn length(&self) -> usize {
        match self {
            Value::Text(text) => text.chars().count(),
            other => other.canonical().chars().count(),
        }
    }
}

fn float(x: f64) -> String {
    if x.is_finite() && x.fract() == 0.0 { format!("{x:.1}") } else { x.to_string() }
}

/// A text as a basic TOML string on one line.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A Rust type that a field can have. The empty value (no text, no items, `false`, `None`) is the absent key.
pub trait FieldType: Sized + Default {
    /// Reads a value; `None` when it is of another type or an unknown word, and then the file's value is kept beside.
    fn read(value: &Value) -> Option<Self>;
    /// The value to write, or `None` for the empty one, which is left out of the file.
    fn write(&self) -> Option<Value>;
}

impl FieldType for String {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Text(text) => Some(text.clone()),
            _ => None,
        }
    }
    fn write(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::Text(self.clone()))
    }
}

impl FieldType for bool {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::Flag(yes) => Some(*yes),
            _ => None,
        }
    }
    fn write(&self) -> Option<Value> {
        self.then_some(Value::Flag(true))
    }
}

impl<T: FieldType> FieldType for Vec<T> {
    fn read(value: &Value) -> Option<Self> {
        match value {
            Value::List(items) => items.iter().map(T::read).collect(),
            _ => None,
        }
    }
    fn write(&self) -> Option<Value> {
        // An empty item still has its place in the list, so it is written as an empty text or table.
        let item = |item: &T| item.write().unwrap_or(Value::Text(String::new()));
        (!self.is_empty()).then(|| Value::List(self.iter().map(item).collect()))
    }
}

/// Types that fill an `Option` field.
pub trait Filled: Sized {
    fn read_filled(value: &Value) -> Option<Self>;
    fn write_filled(&self) -> Value;
}

impl<T: Filled> FieldType for Option<T> {
    fn read(value: &Value) -> Option<Self> {
        T::read_filled(value).map(Some)
    }
    fn write(&self) -> Option<Value> {
        self.as_ref().map(T::write_filled)
    }
}

macro_rules! filled {
    ($type:ty, $variant:ident) => {
        impl Filled for $type {
            fn read_filled(value: &Value) -> Option<Self> {
                match value {
                    Value::$variant(inner) => Some(*inner),
                    _ => None,
                }
            }
            fn write_filled(&self) -> Value {
                Value::$variant(*self)
            }
        }
    };
}
filled!(bool, Flag);
filled!(i64, Int);
filled!(NaiveDate, Date);
filled!(NaiveTime, Time);
filled!(NaiveDateTime, Moment);

/// A number as a file may spell it, whole or not.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub enum Number {
    Whole(i64),
    Decimal(f64),
}

impl Number {
    /// The number for reckoning.
    pub fn as_f64(self) -> f64 {
        match self {
            Number::Whole(n) => n as f64,
            Number::Decimal(x) => x,
        }
    }

    /// The number as officials write it: `2.226`, `98,62`.
    pub fn official(self) -> String {
        match self {
            Number::Whole(n) => numbers::grouped(n),
            Number::Decimal(x) => numbers::from_f64(x),
        }
    }
}

impl Filled for Number {
    fn read_filled(value: &Value) -> Option<Self> {
        match value {
            Value::Int(n) => Some(Number::Whole(*n)),
            // A NaN is no figure anyone reported; it stays in the file as it was.
            Value::Float(x) if !x.is_nan() => Some(Number::Decimal(*x)),
            _ => None,
        }
    }
    fn write_filled(&self) -> Value {
        match self {
            Number::Whole(n) => Value::Int(*n),
            Number::Decimal(x) => Value::Float(*x),
        }
    }
}

/// When a person came or went: a time of the meeting's day, or a date-time when the meeting lasts days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeOfDay {
    Time(NaiveTime),
    Moment(NaiveDateTime),
}

impl TimeOfDay {
    /// The moment meant, for a meeting that began on `day`.
    pub fn on(self, day: NaiveDate) -> NaiveDateTime {
        match self {
            TimeOfDay::Time(time) => day.and_time(time),
            TimeOfDay::Moment(moment) => moment,
        }
    }

    /// The clock time alone.
    pub fn time(self) -> NaiveTime {
        match self {
            TimeOfDay::Time(time) => time,
            TimeOfDay::Moment(moment) => moment.time(),
        }
    }
}

impl Filled for TimeOfDay {
    fn read_filled(value: &Value) -> Option<Self> {
        match value {
            Value::Time(time) => Some(TimeOfDay::Time(*time)),
            Value::Moment(moment) => Some(TimeOfDay::Moment(*moment)),
            _ => None,
        }
    }
    fn write_filled(&self) -> Value {
        match self {
            TimeOfDay::Time(time) => Value::Time(*time),
            TimeOfDay::Moment(moment) => Value::Moment(*moment),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_values_are_absent_keys() {
        assert_eq!(String::new().write(), None);
        assert_eq!(false.write(), None);
        assert_eq!(Vec::<String>::new().write(), None);
        assert_eq!(None::<i64>.write(), None);
        assert_eq!(Some(false).write(), Some(Value::Flag(false)));
    }

    #[test]
    fn a_value_of_another_type_is_not_read() {
        assert_eq!(String::read(&Value::Int(1)), None);
        assert_eq!(Option::<NaiveDate>::read(&Value::Text("2022-01-01".into())), None);
        assert_eq!(Vec::<String>::read(&Value::List(vec![Value::Int(1)])), None);
    }

    #[test]
    fn tables_are_equal_whatever_the_order_of_their_keys() {
        let a = Value::Table(vec![("x".into(), Value::Int(1)), ("y".into(), Value::Int(2))]);
        let b = Value::Table(vec![("y".into(), Value::Int(2)), ("x".into(), Value::Int(1))]);
        assert_eq!(a, b);
    }

    #[test]
    fn canonical_spelling_has_no_spaces_and_escapes() {
        let value = Value::List(vec![Value::Text("a \"b\"\n".into()), Value::Int(2)]);
        assert_eq!(value.canonical(), "[\"a \\\"b\\\"\\n\",2]");
    }
}
