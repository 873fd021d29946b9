//! How values and keys are spelled in a TOML file this program writes.
//! Knows no record, no place in a file and no disk.

use unicode_normalization::UnicodeNormalization;

use crate::domain::value::{Value, quoted};

/// The value as it stands after `=`: strings as basic one-line strings in NFC, lists and tables on one line.
pub fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => string(text),
        Value::Float(x) if x.is_nan() => "nan".to_owned(),
        // The shortest spelling that reads back as the same number.
        Value::Float(x) => format!("{x:?}"),
        Value::List(items) => format!("[{}]", items.iter().map(self::value).collect::<Vec<_>>().join(", ")),
        Value::Table(pairs) if pairs.is_empty() => "{}".to_owned(),
        Value::Table(pairs) => {
            let pairs: Vec<_> =
                pairs.iter().map(|(k, v)| format!("{} = {}", key(k), self::value(v))).collect();
            format!("{{ {} }}", pairs.join(", "))
        }
        Value::Int(_)
        | Value::Flag(_)
        | Value::Date(_)
        | Value::Time(_)
        | Value::Moment(_)
        | Value::Offset(_) => value.canonical(),
    }
}

/// The key, quoted only when it must be.
pub fn key(key: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !key.is_empty() && key.chars().all(bare) { key.to_owned() } else { quoted(key) }
}

/// Keys joined by dots, as in a header or before `=`.
pub fn path<'a>(keys: impl IntoIterator<Item = &'a str>) -> String {
    keys.into_iter().map(key).collect::<Vec<_>>().join(".")
}

fn string(text: &str) -> String {
    quoted(&text.nfc().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_quoted_only_when_they_must_be() {
        for (raw, spelled) in [("done_on", "done_on"), ("a.b", "\"a.b\""), ("", "\"\""), ("tên", "\"tên\"")]
        {
            assert_eq!(key(raw), spelled);
        }
    }

    #[test]
    fn numbers_and_lists_read_back_as_they_were() {
        for (given, spelled) in [
            (Value::Float(1e300), "1e300"),
            (Value::Float(2.0), "2.0"),
            (Value::Float(f64::NAN), "nan"),
            (Value::List(vec![Value::Int(1), Value::Text("a\"\n".into())]), "[1, \"a\\\"\\n\"]"),
            (Value::Table(vec![("x".into(), Value::Flag(true))]), "{ x = true }"),
        ] {
            assert_eq!(value(&given), spelled);
        }
    }

    #[test]
    fn text_is_written_composed() {
        assert_eq!(value(&Value::Text("o\u{302}\u{301}".into())), "\"ố\"");
    }
}
