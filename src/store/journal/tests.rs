//! Journals cut, damaged, replayed and handed on.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use proptest::prelude::*;

use super::line::{self, Line};
use super::replay::replay;
use super::*;
use crate::domain::edit::RowKey;
use crate::domain::value::Value;

fn meeting(id: &str) -> RecordKey {
    RecordKey::Meeting(id.into())
}

fn edit(text: &str) -> Edit {
    let now = Some(Value::Text(text.into()));
    Edit::Set {
        table: String::new(),
        row: RowKey { id: String::new(), nth: 0 },
        key: "title".into(),
        was: None,
        now,
    }
}

fn edits(id: &str, text: &str) -> Entry {
    Entry::Edits { changes: vec![(meeting(id), vec![edit(text)])], step: "s".into(), clears: None }
}

fn draft(id: &str, text: &str) -> Entry {
    Entry::Draft { record: meeting(id), field: "line".into(), text: text.into() }
}

fn lines() -> Vec<Line> {
    let entries = [
        edits("m", "một\n\t\"hai\""),
        draft("m", "ba"),
        edits("n", ""),
        draft("m", "bốn"),
        edits("m", "{}\t3\tab"),
    ];
    entries.into_iter().zip(1..).map(|(entry, n)| Line { n, at: None, entry }).collect()
}

fn nowhere(_: &RecordKey) -> Option<String> {
    None
}

#[test]
fn a_journal_cut_anywhere_gives_exactly_the_entries_that_were_complete() {
    let lines = lines();
    let parts: Vec<_> = lines.iter().filter_map(line::write).collect();
    let bytes = parts.concat();
    for cut in 0..=bytes.len() {
        let mut complete = 0;
        let mut end = 0;
        for part in &parts {
            end += part.len();
            complete += usize::from(end <= cut);
        }
        assert_eq!(line::read_all(&bytes[..cut]), lines[..complete], "cut at {cut}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_byte_costs_the_lines_it_touches_and_no_other(at in any::<proptest::sample::Index>(), with in any::<u8>()) {
        let lines = lines();
        let mut bytes: Vec<u8> = lines.iter().filter_map(line::write).flatten().collect();
        let at = at.index(bytes.len());
        let same = bytes[at] == with;
        bytes[at] = with;
        let found = line::read_all(&bytes);
        let least = if same { lines.len() } else { lines.len() - 2 };
        prop_assert!(found.len() >= least);
        prop_assert!(found.iter().all(|line| lines.contains(line)));
    }

    #[test]
    fn no_bytes_make_replaying_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(replay(line::read_all(&bytes), &nowhere).is_empty());
    }
}

#[test]
fn only_work_after_the_save_that_is_on_disk_is_left() {
    let save = |n, covers, hash: &str, done: bool| {
        let (record, hash) = (meeting("m"), hash.to_owned());
        let entry =
            if done { Entry::Saved { record, hash, covers } } else { Entry::Saving { record, hash, covers } };
        Line { n, at: None, entry }
    };
    let work = |n, text: &str| Line { n, at: None, entry: edits("m", text) };
    let left = |lines: Vec<Line>, hash: Option<&str>| -> usize {
        replay(lines, &|_: &RecordKey| hash.map(str::to_owned)).iter().map(|found| found.edits.len()).sum()
    };
    let cases = [
        (vec![work(1, "a"), work(2, "b")], None, 2),
        (vec![work(1, "a"), save(1, 1, "h", false), work(2, "b"), save(2, 1, "h", true)], None, 1),
        (vec![work(1, "a"), work(2, "b"), save(2, 1, "h", false)], Some("h"), 1),
        (vec![work(1, "a"), work(2, "b"), save(2, 2, "h", false)], Some("other"), 2),
        (vec![work(1, "a"), save(1, 1, "h", false), work(2, "b"), save(2, 2, "i", false)], Some("h"), 1),
    ];
    for (lines, hash, expected) in cases {
        assert_eq!(left(lines.clone(), hash), expected, "{lines:?}");
    }
}

#[test]
fn the_newest_draft_of_a_field_is_left_until_a_step_or_an_empty_text_takes_it() {
    let drafts = |entries: Vec<Entry>| {
        let lines = entries.into_iter().zip(1..).map(|(entry, n)| Line { n, at: None, entry }).collect();
        replay(lines, &nowhere).into_iter().flat_map(|found| found.drafts).collect::<Vec<_>>()
    };
    let clearing =
        Entry::Edits { changes: vec![], step: "s".into(), clears: Some((meeting("m"), "line".into())) };
    assert_eq!(drafts(vec![draft("m", "a"), draft("m", "ab")]), [("line".to_owned(), "ab".to_owned())]);
    assert!(drafts(vec![draft("m", "a"), clearing.clone()]).is_empty());
    assert!(drafts(vec![draft("m", "a"), draft("m", "")]).is_empty());
    assert_eq!(drafts(vec![clearing, draft("m", "a")]).len(), 1);
}

#[test]
fn a_window_that_ended_hands_its_work_to_the_next_and_a_living_one_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let told = Arc::new(Mutex::new(Progress::default()));
    let list = told.clone();
    let journal =
        JournalWriter::start(folder.path(), "w", move |progress| *list.lock().unwrap() = progress).unwrap();
    assert_eq!(journal.record(edits("m", "a")), 1);
    assert_eq!(journal.record(draft("m", "b")), 2);
    let now = SystemTime::now();
    assert!(claim(&[folder.path().to_owned()], "w", now, nowhere).recovered.is_empty());
    journal.flush_and_stop().unwrap();
    assert_eq!(*told.lock().unwrap(), Progress { written: 2, synced: 2, ..Progress::default() });
    assert!(claim(&[folder.path().to_owned()], "other", now, nowhere).recovered.is_empty());
    for _ in 0..2 {
        // Not sealed, the work is there for the next start as well.
        let claimed = claim(&[folder.path().to_owned()], "w", now, nowhere);
        let drafts = vec![("line".to_owned(), "b".to_owned())];
        assert_eq!(
            claimed.recovered,
            [Recovered { record: meeting("m"), edits: vec![edit("a")], drafts, until: None }]
        );
    }
    claim(&[folder.path().to_owned()], "w", now, nowhere).seal().unwrap();
    assert!(claim(&[folder.path().to_owned()], "w", now, nowhere).recovered.is_empty());
    let count = || std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(count(), 1);
    let later = SystemTime::now() + Duration::from_secs(31 * 24 * 60 * 60);
    claim(&[folder.path().to_owned()], "w", later, nowhere);
    assert_eq!(count(), 0);
}

#[cfg(unix)]
#[test]
fn only_the_owner_reads_a_journal() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let journal = JournalWriter::start(folder.path(), "w", |_| {}).unwrap();
    assert_eq!(std::fs::metadata(journal.path()).unwrap().permissions().mode() & 0o777, 0o600);
}
