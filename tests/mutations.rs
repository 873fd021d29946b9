//! Meeting files damaged at random: bytes flipped, ends cut off, pieces swapped and doubled, marks of a broken merge put
//! in. Loading never fails badly, what cannot be read is left as it is, and the other meetings are there. The judges are
//! the bytes on disk and another reader of TOML.
//!
//! `STEERCO_MUTATIONS` and `STEERCO_MUTATIONS_SEED` choose another number of files and other damage.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use fastrand::Rng;
use steerco::domain::meeting::{Meeting, Note};
use steerco::error::Error;
use steerco::store::meeting_file::read;
use steerco::store::workspace::{Stored, Workspace};

use crate::typist::number;

const GOOD: &str = "2020-01-01-lanh";
const BAD: &str = "2021-01-01-hong";

/// The meetings of the sample workspace, small ones, and a record that uses every way TOML has of writing.
fn originals() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/meetings");
    let mut files: Vec<Vec<u8>> = Vec::new();
    for year in fs::read_dir(folder).unwrap() {
        for file in fs::read_dir(year.unwrap().path()).unwrap() {
            files.push(fs::read(file.unwrap().path()).unwrap());
        }
    }
    files.sort_by_key(Vec::len);
    files.truncate(6);
    files.push(ODD.as_bytes().to_vec());
    files
}

const ODD: &str = "\u{feff}# đầu\r\nschema = 1\r\ntitle = '''một\r\nhai'''\r\n\"khóa lạ\" = { a = [1, 2, { b = 0x1f }], c.d = inf }\r\n\
notes = [ { id = \"a\", text = \"x\" }, { text = \"\\u00ea\" } ]\r\n[[tasks]]\r\nnumber = 1\r\ncontent = \"\"\"\r\n  nhiều \\\r\n  hàng\"\"\"\r\n\
[[tasks.reports]]\r\non = 2022-03-01\r\n[[tasks]]\r\nnumber = 1\r\nlead = []\r\n[approval]\r\non = 2022-01-20\r\n";

/// One to four kinds of damage, one after another.
fn damaged(original: &[u8], random: &mut Rng) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..random.usize(1..=4) {
        if bytes.is_empty() {
            break;
        }
        damage(&mut bytes, random);
    }
    bytes
}

fn damage(bytes: &mut Vec<u8>, random: &mut Rng) {
    const SIGNS: &[u8] = b"\"'[]{}=#.,\n\r\\\0\x1b\xff\xc3\xe1-+:0";
    const WORDS: [&str; 9] = [
        "<<<<<<< HEAD\n",
        "=======\n",
        ">>>>>>> khác\n",
        "[[notes]]\n",
        "id = \"../../x\"\n",
        "\"\\u0000\\u001b\"",
        "99999999999999999999",
        "2021-02-30",
        "\u{202e}",
    ];
    let at = random.usize(..bytes.len());
    let stretch = |random: &mut Rng, bytes: &[u8]| {
        let from = random.usize(..bytes.len());
        from..bytes.len().min(from + random.usize(..200))
    };
    match random.u8(..10) {
        0 | 1 => bytes[at] ^= 1 << random.u8(..8),
        2 => bytes[at] = random.u8(..),
        3 => bytes.truncate(at),
        4 => bytes.insert(at, SIGNS[random.usize(..SIGNS.len())]),
        5 => drop(bytes.drain(stretch(random, bytes))),
        6 => {
            let piece = bytes[stretch(random, bytes)].to_vec();
            drop(bytes.splice(at..at, piece));
        }
        7 => {
            let other = random.usize(..bytes.len());
            bytes.swap(at, other);
        }
        8 => {
            let start = bytes[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            let word = WORDS[random.usize(..WORDS.len())];
            drop(bytes.splice(start..start, word.bytes()));
        }
        _ => {
            let word = WORDS[random.usize(..WORDS.len())];
            drop(bytes.splice(at..at, word.bytes()));
        }
    }
}

/// A workspace with one meeting that is well, and one file that gets all the damage.
struct Ward {
    _folder: tempfile::TempDir,
    workspace: Workspace,
    bad: PathBuf,
}

impl Ward {
    fn new() -> Ward {
        // Where there is a disk in memory, none is worn out.
        let memory = Path::new("/dev/shm");
        let folder =
            if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
        let workspace = Workspace::create(&folder.path().join("w"), &folder.path().join("state")).unwrap();
        let meetings = workspace.root().join("meetings");
        for year in ["2020", "2021"] {
            fs::create_dir_all(meetings.join(year)).unwrap();
        }
        fs::write(meetings.join(format!("2020/{GOOD}.toml")), "title = \"Lành\"\n").unwrap();
        let bad = meetings.join(format!("2021/{BAD}.toml"));
        Ward { _folder: folder, workspace, bad }
    }

    fn judge(&self, original: &[u8], bytes: &[u8]) {
        fs::write(&self.bad, bytes).unwrap();
        let contents = self.workspace.load_all();
        let loaded: Vec<&str> = contents.meetings.iter().map(|m| m.record.head.id.as_str()).collect();
        assert!(loaded.contains(&GOOD), "the other meeting is gone: {loaded:?}");
        let text = std::str::from_utf8(bytes).ok();
        let text = text.map(|text| text.strip_prefix('\u{feff}').unwrap_or(text));
        // A number that is too large is kept as it is written, and is no reason to refuse the file.
        let sound = text.is_some_and(|text| text.parse::<toml::Table>().is_ok());
        let readable = sound || text.is_some_and(|text| toml::de::DeTable::parse(text).is_ok());
        assert_eq!(loaded.contains(&BAD), readable, "another reader says readable: {readable}");
        if !readable {
            self.is_told(bytes, &contents.failures);
        }
        assert_eq!(fs::read(&self.bad).unwrap(), bytes, "reading changed the file");
        // A window that had read it before the damage saves a line.
        let before = read::<Meeting>(original).unwrap();
        fs::write(&self.bad, original).unwrap();
        let base = self.workspace.load::<Meeting>(BAD).unwrap();
        assert_eq!(base.record.notes.len(), before.record.notes.len());
        fs::write(&self.bad, bytes).unwrap();
        self.save(&base, bytes, readable);
    }

    fn is_told(&self, bytes: &[u8], failures: &[Error]) {
        let of_it = |error: &&Error| error.path() == Some(self.bad.as_path());
        let Some(Error::Parse { failure, .. }) = failures.iter().find(of_it) else {
            panic!("nothing is told: {failures:?}");
        };
        let lines = String::from_utf8_lossy(bytes).split('\n').count();
        assert!(failure.line >= 1 && failure.line <= lines && failure.column >= 1, "{failure:?} of {lines}");
    }

    fn save(&self, base: &Stored<Meeting>, bytes: &[u8], readable: bool) {
        let mut ours = base.record.clone();
        ours.notes.push(Note { id: "zzzzzzzz".into(), text: "lời mới".into(), ..Note::default() });
        let saved = self.workspace.save(base, &ours, |_| {});
        let after = fs::read(&self.bad).unwrap();
        match saved {
            Err(_) => assert_eq!(after, bytes, "a refused save changed the file"),
            Ok(_) => {
                assert!(readable, "a file that cannot be read was written over");
                let text = String::from_utf8(after).unwrap();
                toml::de::DeTable::parse(text.trim_start_matches('\u{feff}')).unwrap();
                // In a record that was approved meanwhile it stands as a proposed amendment.
                assert_eq!(text.matches("lời mới").count(), 1, "the new line is there once");
            }
        }
    }
}

#[test]
fn a_damaged_file_harms_nothing_and_is_never_written_over() {
    let (files, seed) =
        (number("STEERCO_MUTATIONS").unwrap_or(2000), number("STEERCO_MUTATIONS_SEED").unwrap_or(1));
    let originals = originals();
    let next = AtomicU64::new(seed);
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                let ward = Ward::new();
                let numbers = std::iter::repeat_with(|| next.fetch_add(1, Ordering::SeqCst));
                for seed in numbers.take_while(|number| *number < seed + files) {
                    let mut random = Rng::with_seed(seed);
                    let original = &originals[random.usize(..originals.len())];
                    let bytes = damaged(original, &mut random);
                    let judged = catch_unwind(AssertUnwindSafe(|| ward.judge(original, &bytes)));
                    assert!(judged.is_ok(), "STEERCO_MUTATIONS=1 STEERCO_MUTATIONS_SEED={seed}");
                }
            });
        }
    });
}
