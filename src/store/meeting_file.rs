//! Reading a file of the workspace: bytes become a record, the layout of its text and the problems found on the way.
//! Knows TOML and the field table, no particular field and no disk.

use toml::de::{DeTable, DeValue};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::domain::check::{Problem, ProblemKind};
use crate::domain::fields::{Record, Shape};
use crate::domain::value::{Pairs, Value};
use crate::store::layout::{Position, Source, position};
use crate::store::made_up;
use crate::text::legacy::{self, Legacy};

/// The largest file that is read, in bytes. A record of a long day is a hundredth of it.
pub const LARGEST: usize = 8 * 1024 * 1024;

/// A file that was read.
#[derive(Clone, Debug)]
pub struct Opened<R> {
    pub record: R,
    pub source: Source,
    /// What only the text shows; what the values show is found by `domain::check`.
    pub problems: Vec<Problem>,
}

/// Why a file could not be read, and where. It stays as it is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParseFailure {
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The reader's own words, in English.
    pub message: String,
    /// The code it is written in, when that is none that is read.
    pub code: Option<Legacy>,
}

/// Reads the bytes of a file. Never changes them; what a field cannot hold is kept beside.
pub fn read<R: Record + Default>(bytes: &[u8]) -> Result<Opened<R>, ParseFailure> {
    let text = text_of(bytes)?;
    let bom = text.starts_with('\u{feff}');
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let root = parse(text)?;
    let mut record = R::default();
    let mut source = Source::of(text, root.get_ref(), &record);
    source.bom = bom;
    let mut reading = Reading { record: &mut record, problems: Vec::new() };
    reading.root(root.get_ref());
    let problems = reading.problems;
    source.unwritten = made_up::give_ids(&mut record);
    Ok(Opened { record, source, problems })
}

/// The text of a file, its byte order mark included, if it is no larger than [`LARGEST`].
pub fn text_of(bytes: &[u8]) -> Result<&str, ParseFailure> {
    if bytes.len() > LARGEST {
        return Err(failure("", 0, "the file is larger than 8 MB"));
    }
    if legacy::is_utf16(bytes) {
        return Err(foreign("", 0, Some(Legacy::Utf16)));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let valid = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        foreign(valid.trim_start_matches('\u{feff}'), valid.len(), legacy::of_bytes(bytes))
    })
}

/// The parsed text, or the failure that stands first in it: later ones often only follow from it.
fn parse(text: &str) -> Result<toml::Spanned<DeTable<'_>>, ParseFailure> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let start = |error: &toml::de::Error| error.span().map_or(usize::MAX, |span| span.start);
    match errors.iter().min_by_key(|error| start(error)) {
        None => Ok(root),
        Some(first) => {
            let at = start(first);
            let said = if is_conflict(text, at) { CONFLICT } else { first.message() };
            Err(failure(text, at, said))
        }
    }
}

const CONFLICT: &str = "two versions of this place stand between <<<<<<< and >>>>>>>; keep one of them";

/// Whether the place lies in a line that a version control system put there to tell two versions apart.
fn is_conflict(text: &str, at: usize) -> bool {
    let start = text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let marks = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"];
    marks.iter().any(|mark| text.get(start..).is_some_and(|line| line.starts_with(mark)))
}

fn failure(text: &str, offset: usize, message: &str) -> ParseFailure {
    let Position { line, column } = position(text, offset);
    ParseFailure { line, column, message: message.to_owned(), code: None }
}

/// The failure of a file that is no UTF-8 from a byte on.
fn foreign(valid: &str, offset: usize, code: Option<Legacy>) -> ParseFailure {
    let said = code.map_or("the file is not UTF-8".to_owned(), |code| {
        format!("the file is {}; convert it to Unicode, UTF-8", code.name())
    });
    ParseFailure { code, ..failure(valid, offset, &said) }
}

struct Reading<'a> {
    record: &'a mut dyn Record,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn root(&mut self, root: &DeTable<'_>) {
        for (key, value) in pairs(root) {
            let Some(rows) = self.record.rows(&key).is_some().then(|| rows_of(&value)).flatten() else {
                self.plain(&key, value);
                continue;
            };
            for (index, row) in rows.into_iter().enumerate() {
                self.row(&key, index, row);
            }
        }
    }

    /// A key of the head, or a table nobody knows; kept in the head either way.
    fn plain(&mut self, key: &str, value: Value) {
        let value = self.composed("", None, key, value);
        if self.record.rows(key).is_some() {
            self.problem("", None, key, ProblemKind::NotRows);
        }
        self.record.head_mut().put(key, Some(value));
    }

    fn row(&mut self, table: &str, index: usize, row: Pairs) {
        let fields = self.record.rows(table).map_or(&[][..], |rows| rows.table_fields());
        let mut read = Pairs::new();
        for (key, value) in row {
            let value = self.composed(table, Some(index), &key, value);
            let blocks = fields.iter().any(|field| field.key == key && field.shape == Shape::Blocks);
            // One `[tasks.reports]` where blocks belong is a log of one entry.
            let value = match value {
                Value::Table(_) if blocks => Value::List(vec![value]),
                value => value,
            };
            read.push((key, value));
        }
        if let Some(rows) = self.record.rows_mut(table) {
            rows.insert_pairs(index, &read);
        }
    }

    fn composed(&mut self, table: &str, row: Option<usize>, key: &str, mut value: Value) -> Value {
        if compose(&mut value) {
            self.problem(table, row, key, ProblemKind::NotComposed);
        }
        if let Some(code) = old_code(&value) {
            self.problem(table, row, key, ProblemKind::OldCode { code: code.name() });
        }
        value
    }

    fn problem(&mut self, table: &str, row: Option<usize>, key: &str, kind: ProblemKind) {
        self.problems.push(Problem { table: table.to_owned(), row, key: key.to_owned(), entry: None, kind });
    }
}

/// The rows in a value under a table's name; `None` when some item is no table.
fn rows_of(value: &Value) -> Option<Vec<Pairs>> {
    match value {
        Value::Table(pairs) => Some(vec![pairs.clone()]),
        Value::List(items) => items
            .iter()
            .map(|item| match item {
                Value::Table(pairs) => Some(pairs.clone()),
                _ => None,
            })
            .collect(),
        _ => None,
    }
}

/// Brings the texts of a value into NFC; true when one was not.
pub(super) fn compose(value: &mut Value) -> bool {
    match value {
        Value::Text(text) if !is_nfc(text) => {
            *text = text.nfc().collect();
            true
        }
        Value::List(items) => items.iter_mut().fold(false, |found, item| compose(item) | found),
        Value::Table(pairs) => pairs.iter_mut().fold(false, |found, (_, item)| compose(item) | found),
        _ => false,
    }
}

/// The old code that a text of a value is written in.
fn old_code(value: &Value) -> Option<Legacy> {
    match value {
        Value::Text(text) => legacy::of_text(text),
        Value::List(items) => items.iter().find_map(old_code),
        Value::Table(pairs) => pairs.iter().find_map(|(_, item)| old_code(item)),
        _ => None,
    }
}

fn pairs(table: &DeTable<'_>) -> Pairs {
    let mut found: Vec<_> = table.iter().collect();
    found.sort_by_key(|(key, _)| key.span().start);
    found.into_iter().map(|(key, value)| (key.get_ref().to_string(), value_of(value.get_ref()))).collect()
}

fn value_of(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(n) => match i64::from_str_radix(n.as_str(), n.radix()) {
            Ok(whole) => Value::Int(whole),
            Err(_) => Value::Offset(n.to_string()),
        },
        DeValue::Float(x) => match x.as_str().parse::<f64>() {
            Ok(read) if read.is_finite() || !x.as_str().contains(|c: char| c.is_ascii_digit()) => {
                Value::Float(read)
            }
            _ => Value::Offset(x.to_string()),
        },
        DeValue::Boolean(yes) => Value::Flag(*yes),
        DeValue::Datetime(at) => moment(at).unwrap_or_else(|| Value::Offset(at.to_string())),
        DeValue::Array(items) => Value::List(items.iter().map(|item| value_of(item.get_ref())).collect()),
        DeValue::Table(inner) => Value::Table(pairs(inner)),
    }
}

/// A local date or time; `None` for what has an offset or is no time of the calendar (a leap second).
fn moment(at: &toml::value::Datetime) -> Option<Value> {
    if at.offset.is_some() {
        return None;
    }
    let date = match at.date {
        Some(d) => Some(chrono::NaiveDate::from_ymd_opt(d.year.into(), d.month.into(), d.day.into())?),
        None => None,
    };
    let time = match at.time {
        Some(t) => Some(chrono::NaiveTime::from_hms_nano_opt(
            t.hour.into(),
            t.minute.into(),
            t.second.unwrap_or(0).into(),
            t.nanosecond.unwrap_or(0),
        )?),
        None => None,
    };
    match (date, time) {
        (Some(date), Some(time)) => Some(Value::Moment(date.and_time(time))),
        (Some(date), None) => Some(Value::Date(date)),
        (None, Some(time)) => Some(Value::Time(time)),
        (None, None) => None,
    }
}
