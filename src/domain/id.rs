//! Names of records and rows: random row ids, readable slugs, references to tasks. Knows no random source; numbers
//! come in as arguments.

use serde::{Deserialize, Serialize};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Which file something belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKey {
    Meeting(String),
    Committee(String),
}

impl RecordKey {
    /// The id alone.
    pub fn id(&self) -> &str {
        match self {
            RecordKey::Meeting(id) | RecordKey::Committee(id) => id,
        }
    }
}

const CROCKFORD: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A row id: 8 characters of Crockford base32 from the low 40 bits of `random`.
pub fn row_id(random: u64) -> String {
    (0..8).rev().map(|place| CROCKFORD[((random >> (5 * place)) & 31) as usize] as char).collect()
}

/// A readable ASCII slug of a name: marks folded, everything but letters and digits a single hyphen.
/// Empty when the name has no letter or digit that folds to ASCII.
pub fn slug(name: &str) -> String {
    let mut out = String::new();
    for c in name.nfd().filter(|c| !is_combining_mark(*c)) {
        let c = if matches!(c, 'đ' | 'Đ') { 'd' } else { c };
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_end_matches('-').to_owned()
}

/// A slug that `taken` does not hold: a collision takes `-2`, `-3`, …
pub fn free_slug(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let mut base = slug(name);
    base.truncate(LONGEST - "-18446744073709551615".len());
    let base = match base.trim_end_matches('-') {
        "" => "x".to_owned(),
        base => base.to_owned(),
    };
    if !taken(&base) {
        return base;
    }
    (2u64..).map(|n| format!("{base}-{n}")).find(|id| !taken(id)).unwrap_or(base)
}

/// A meeting's id: the day and up to six words of the title, as `2022-01-13-tong-ket-cong-tac`.
pub fn meeting_id(day: chrono::NaiveDate, title: &str, taken: impl Fn(&str) -> bool) -> String {
    let slug = slug(title);
    let words: Vec<&str> = slug.split('-').filter(|word| !word.is_empty()).take(6).collect();
    let stem = if words.is_empty() { "hop".to_owned() } else { words.join("-") };
    free_slug(&format!("{} {stem}", day.format("%Y-%m-%d")), taken)
}

/// Letters of the longest id.
const LONGEST: usize = 120;

/// Names that are devices on Windows, whatever end they have; a file of that name could never be opened there.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Whether `id` can name a file of the workspace on every system: a slug, and no device's name.
pub fn is_file_id(id: &str) -> bool {
    let numbered = |id: &str| id.len() == 4 && (id.starts_with("com") || id.starts_with("lpt"));
    is_slug(id) && !DEVICES.contains(&id) && !(numbered(id) && id.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether `id` can be a record's or slug row's id: lower-case ASCII letters, digits and inner hyphens.
/// Anything else could name a path outside the workspace.
pub fn is_slug(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= LONGEST
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !id.starts_with('-')
        && !id.ends_with('-')
}

/// A task's name over all meetings: `<meeting-id>#<number>`; a task without a number goes by its row id.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskRef {
    pub meeting: String,
    /// Its number within the meeting, else its row id.
    pub task: String,
}

impl TaskRef {
    /// Reads `<meeting-id>#<number>` or `<meeting-id>#<row id>`; `None` for anything else.
    pub fn parse(text: &str) -> Option<TaskRef> {
        let (meeting, task) = text.split_once('#')?;
        let is_zero = task.parse() == Ok(0);
        let is_ref = is_slug(meeting) && is_slug(task) && !is_zero;
        is_ref.then(|| TaskRef { meeting: meeting.to_owned(), task: task.to_owned() })
    }
}

impl std::fmt::Display for TaskRef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}#{}", self.meeting, self.task)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_meeting_id_is_a_slug_of_day_and_title() {
        let day = chrono::NaiveDate::from_ymd_opt(2022, 1, 13).unwrap();
        let id = meeting_id(day, "Tổng kết công tác dân vận năm 2021, triển khai", |_| false);
        assert_eq!(id, "2022-01-13-tong-ket-cong-tac-dan-van");
        assert!(is_slug(&id));
        assert_eq!(meeting_id(day, "Đồng", |id| id == "2022-01-13-dong"), "2022-01-13-dong-2");
    }

    #[test]
    fn ids_cannot_become_paths() {
        for bad in
            ["", ".", "..", "a/b", "a\\b", "C:", "a b", "Á", "-a", "a-", "a.", "a\0", "A", &"a".repeat(121)]
        {
            assert!(!is_slug(bad) && !is_file_id(bad), "{bad}");
        }
        for device in ["con", "nul", "aux", "prn", "com1", "lpt9"] {
            assert!(!is_file_id(device), "{device}");
        }
        for good in ["console", "com", "com12", "nul-1", "2022-01-13-hop"] {
            assert!(is_file_id(good), "{good}");
        }
    }

    #[test]
    fn a_long_name_makes_an_id_all_the_same() {
        let id = free_slug(&"đ".repeat(500), |id| id.ends_with('d'));
        assert!(is_slug(&id) && id.ends_with("-2"), "{id}");
    }

    #[test]
    fn row_ids_have_eight_letters_of_crockford() {
        assert_eq!(row_id(0), "00000000");
        assert_eq!(row_id(u64::MAX), "zzzzzzzz");
    }
}
