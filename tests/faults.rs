//! Disks that fail: every call that changes a disk is made to fail in turn, once or from then on, while somebody types.
//! The judge is an independent record of the keys; the program is asked only what its own screen claims.
//!
//! `STEERCO_LONG=1` tries every call with every fault, and every byte; otherwise every call is tried with two of them.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use steerco::store::disk::{Call, Disk, Trial};
use steerco::store::workspace::Workspace;

use crate::desk::{Desk, notes, workspace};
use crate::typist::{Text, Typist, is_long, number};

const MEETING: &str = "2026-08-15-phien-hop";

/// What a call fails with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    /// The number of the system's error.
    Error(i32),
    /// One byte is taken of a write.
    Short,
}

const EINTR: Fault = Fault::Error(4);
const EIO: Fault = Fault::Error(5);
const ENOSPC: Fault = Fault::Error(28);
const EROFS: Fault = Fault::Error(30);
const EDQUOT: Fault = Fault::Error(122);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lasting {
    Once,
    /// Until the disk is mended.
    On,
}

/// A disk whose k-th call fails.
#[derive(Debug)]
struct Faulty {
    k: usize,
    fault: Fault,
    lasting: Lasting,
    calls: AtomicUsize,
    mended: AtomicBool,
    /// How much of each journal was on the disk when it was last waited for.
    synced: Mutex<HashMap<PathBuf, u64>>,
}

impl Faulty {
    fn new(k: usize, fault: Fault, lasting: Lasting) -> Arc<Faulty> {
        let (calls, mended, synced) = Default::default();
        Arc::new(Faulty { k, fault, lasting, calls, mended, synced })
    }

    fn strikes(&self) -> bool {
        let number = self.calls.fetch_add(1, Ordering::SeqCst) + 1;
        let due = match self.lasting {
            Lasting::Once => number == self.k,
            Lasting::On => number >= self.k,
        };
        due && !self.mended.load(Ordering::SeqCst)
    }

    /// After a failed wait the system forgets what it had not written: the file is what was on the disk before.
    fn forget(&self, path: &Path) {
        if path.extension().is_some_and(|end| end == "journal") {
            let kept = self.synced.lock().unwrap().get(path).copied().unwrap_or(0);
            let file = fs::File::options().write(true).open(path);
            file.and_then(|file| file.set_len(kept)).unwrap();
        }
    }
}

impl Trial for Faulty {
    fn pass(&self, call: Call, path: &Path) -> io::Result<usize> {
        let whole = if let Call::Write(bytes) = call { bytes } else { 0 };
        if self.strikes() {
            match self.fault {
                Fault::Short => return Ok(whole.min(1)),
                Fault::Error(number) => {
                    if call == Call::Sync && self.fault != EINTR {
                        self.forget(path);
                    }
                    return Err(io::Error::from_raw_os_error(number));
                }
            }
        }
        if call == Call::Sync
            && let Ok(data) = path.metadata()
        {
            self.synced.lock().unwrap().insert(path.to_owned(), data.len());
        }
        Ok(whole)
    }
}

/// What is on the disks now, as the next window would find it after a crash.
fn image(folder: &Path) -> (tempfile::TempDir, PathBuf) {
    let copy = tempfile::tempdir().unwrap();
    copy_tree(folder, copy.path());
    let (old, new) = (folder.join("workspace"), copy.path().join("workspace"));
    let tag = |root: &Path| Workspace::open(root, root).unwrap().tag();
    let (old, new) = (tag(&old), tag(&new));
    for place in ["state", "spare"] {
        for file in fs::read_dir(copy.path().join(place).join("journals")).into_iter().flatten().flatten() {
            let name = file.file_name().into_string().unwrap().replace(&old, &new);
            fs::rename(file.path(), file.path().with_file_name(name)).unwrap();
        }
    }
    let root = copy.path().join("workspace");
    (copy, root)
}

fn copy_tree(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&target).unwrap();
            copy_tree(&entry.path(), &target);
        } else if entry.path().exists() {
            // A file put in place meanwhile is the one that counts.
            let _ = fs::copy(entry.path(), &target);
        }
    }
}

fn spares(root: &Path) -> Vec<PathBuf> {
    vec![root.with_file_name("spare")]
}

/// The lines that a new window finds, the unfinished one recorded.
fn found(root: &Path) -> Vec<String> {
    let mut desk = Desk::on_disk(root, MEETING, Disk::default(), &spares(root));
    desk.keys("<enter>").settle().rest();
    notes(&desk.file())
}

/// One session on a disk whose k-th call fails; gives how many calls there were.
fn session(seed: u64, k: usize, fault: Fault, lasting: Lasting) -> usize {
    let said = format!("STEERCO_FAULT_SEED={seed} k={k} {fault:?} {lasting:?}");
    let (folder, root) = workspace(&[MEETING]);
    let faulty = Faulty::new(k, fault, lasting);
    let mut desk = Desk::on_disk(&root, MEETING, Disk::tried_by(faulty.clone()), &spares(&root));
    // Other words for every call.
    let mut typist = Typist::new(seed.wrapping_mul(1000) + k as u64 % 1000);
    let (mut text, mut states) = (Text::default(), vec![Text::default()]);
    for turn in 1..=100 {
        let key = typist.key();
        desk.press(key);
        text.press(key);
        states.push(text.clone());
        if turn % 4 == 0 {
            thread::sleep(Duration::from_millis(25));
        }
        if turn % 27 == 0 {
            desk.rest();
        }
    }
    desk.settle();
    assert_eq!(desk.app().meeting.line.text(), text.line, "{said}");
    judge_crash(&mut desk, folder.path(), &text, &states, &said);
    faulty.mended.store(true, Ordering::SeqCst);
    let well = (0..100).any(|_| {
        thread::sleep(Duration::from_millis(50));
        desk.rest().settle().is_well()
    });
    assert!(well, "{said}\n{}", desk.screen(120, 30));
    assert_eq!(notes(&desk.file()), text.lines, "{said}");
    drop(desk);
    assert_eq!(found(&root), text.recorded(), "{said}");
    faulty.calls.load(Ordering::SeqCst)
}

/// A window that says nothing is wrong has everything where the next one finds it; one that does may have lost the
/// newest keys to a crash, and nothing else.
fn judge_crash(desk: &mut Desk, folder: &Path, text: &Text, states: &[Text], said: &str) {
    let first = desk.screen(120, 30).lines().next().unwrap().to_owned();
    let (_copy, root) = image(folder);
    let found = found(&root);
    if first.contains("CHƯA GHI") && !first.contains("còn trong nhật ký") {
        assert!(states.iter().any(|state| state.clone().recorded() == found), "{said}\n{first}\n{found:#?}");
    } else {
        assert_eq!(found, text.clone().recorded(), "{said}\n{first}");
    }
}

#[test]
fn every_call_may_fail_and_nothing_typed_is_lost() {
    let seed = number("STEERCO_FAULT_SEED").unwrap_or(1);
    let calls = session(seed, usize::MAX, EIO, Lasting::Once);
    assert!(calls > 20, "{calls}");
    let faults: &[(Fault, Lasting)] = if is_long() {
        &[
            (ENOSPC, Lasting::Once),
            (ENOSPC, Lasting::On),
            (EIO, Lasting::Once),
            (EIO, Lasting::On),
            (EDQUOT, Lasting::Once),
            (EDQUOT, Lasting::On),
            (EROFS, Lasting::Once),
            (EROFS, Lasting::On),
            (EINTR, Lasting::Once),
            (Fault::Short, Lasting::Once),
            (Fault::Short, Lasting::On),
        ]
    } else {
        &[(ENOSPC, Lasting::On), (EIO, Lasting::Once)]
    };
    let trials: Vec<(usize, Fault, Lasting)> = (1..=calls + 3)
        .flat_map(|k| faults.iter().map(move |(fault, lasting)| (k, *fault, *lasting)))
        .collect();
    let next = AtomicUsize::new(0);
    // Sessions are mostly waiting, so many go on side by side.
    thread::scope(|scope| {
        for _ in 0..12 {
            scope.spawn(|| {
                while let Some((k, fault, lasting)) = trials.get(next.fetch_add(1, Ordering::SeqCst)) {
                    session(seed, *k, *fault, *lasting);
                }
            });
        }
    });
    println!("{} trials over {calls} calls, seed {seed}", trials.len());
}

#[test]
fn a_journal_cut_at_any_byte_gives_a_text_that_was_typed() {
    let (folder, root) = workspace(&[MEETING]);
    let mut desk = Desk::on_disk(&root, MEETING, Disk::default(), &spares(&root));
    let mut typist = Typist::new(number("STEERCO_FAULT_SEED").unwrap_or(1));
    let (mut text, mut states) = (Text::default(), vec![Text::default()]);
    for _ in 0..60 {
        let key = typist.key();
        desk.press(key);
        text.press(key);
        states.push(text.clone());
        thread::sleep(Duration::from_millis(22));
    }
    desk.settle();
    let (copy, root) = image(folder.path());
    drop(desk);
    let journals = copy.path().join("state/journals");
    let path = fs::read_dir(&journals).unwrap().next().unwrap().unwrap().path();
    let whole = fs::read(&path).unwrap();
    let file = root.join("meetings/2026").join(format!("{MEETING}.toml"));
    let before = fs::read(&file).unwrap();
    let step = if is_long() { 1 } else { whole.len() / 60 };
    let mut least = 0;
    for cut in (0..=whole.len()).step_by(step).chain([whole.len()]) {
        fs::remove_dir_all(&journals).unwrap();
        fs::create_dir_all(&journals).unwrap();
        fs::write(&path, &whole[..cut]).unwrap();
        fs::write(&file, &before).unwrap();
        let found = found(&root);
        let at = states.iter().skip(least).position(|state| state.clone().recorded() == found);
        // A longer journal never gives less.
        least += at.unwrap_or_else(|| panic!("cut at {cut} of {}: {found:#?}", whole.len()));
    }
    assert_eq!(found(&root), text.recorded());
    println!("{} bytes cut every {step}", whole.len());
}
