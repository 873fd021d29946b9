//! One line of a journal: JSON, its length in bytes and its CRC-32, so that a torn or damaged line is known as such.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::store::journal::Entry;

/// An entry with its number; entries that are no work carry the number of the last work before them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Line {
    pub n: u64,
    /// When the person did it, local time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<NaiveDateTime>,
    pub entry: Entry,
}

/// The bytes of a line, with its end. `None` only when a value has no JSON spelling.
pub(super) fn write(line: &Line) -> Option<Vec<u8>> {
    let json = serde_json::to_string(line).ok()?;
    Some(format!("{json}\t{}\t{:08x}\n", json.len(), crc32fast::hash(json.as_bytes())).into_bytes())
}

/// The good lines of a journal in order. Damaged ones are left out, one by one; a line without its end is torn.
pub(super) fn read_all(bytes: &[u8]) -> Vec<Line> {
    let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(&[][..], |end| &bytes[..end]);
    whole.split(|&byte| byte == b'\n').filter_map(read).collect()
}

fn read(line: &[u8]) -> Option<Line> {
    let line = std::str::from_utf8(line).ok()?;
    let (rest, crc) = line.rsplit_once('\t')?;
    let (json, length) = rest.rsplit_once('\t')?;
    let sound = length.parse() == Ok(json.len())
        && crc.len() == 8
        && u32::from_str_radix(crc, 16) == Ok(crc32fast::hash(json.as_bytes()));
    if sound { serde_json::from_str(json).ok() } else { None }
}
