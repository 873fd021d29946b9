//! The faults of real disks and real systems: calls that the system ends the program in or fails (with strace), disks
//! that are full, read-only, slow or gone, power cuts of ext4 and XFS on loop devices. The judge is the record of the
//! keys that were sent. What a machine does not allow is said and passed over.
//!
//! `STEERCO_LONG=1` tries every call and 500 power cuts a file system; `STEERCO_POWER_TRIALS` and `STEERCO_POWER_SEED`
//! choose other numbers.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::desk::{notes, workspace, workspace_at, workspace_in};
use crate::kill::{MEETING, PATIENCE, after, environment, file, found, program, start};
use crate::pty::Pty;
use crate::typist::{Text, Typist, is_long, number};

/// A key that old outlasts a power cut.
const DURABLE: Duration = Duration::from_millis(500);
/// A disk that takes longer for one wait cannot keep the promise.
const ANSWERS: Duration = Duration::from_millis(150);
/// A traced program gets its keys late.
const TRACED: Duration = Duration::from_millis(500);
/// Where the system is told to forget what it has not written: XFS and ext4 have one number for it.
const FORGET: &str = "open(F,'<',$ARGV[0]) or die $!; $flag=pack('L',2); ioctl(F,0x8004587D,$flag) or die $!";

fn runs(command: &str, args: &[&str]) -> bool {
    let quiet = Command::new(command).args(args).stdout(Stdio::null()).stderr(Stdio::null()).status();
    quiet.is_ok_and(|status| status.success())
}

/// A folder that is a file system of its own while this lives.
struct Mount {
    folder: tempfile::TempDir,
}

impl Mount {
    /// A small disk in memory; nothing where the machine allows no mounting.
    fn in_memory(size: &str) -> Option<Mount> {
        let folder = tempfile::tempdir().unwrap();
        Mount::memory_over(folder, size)
    }

    fn memory_over(folder: tempfile::TempDir, size: &str) -> Option<Mount> {
        let at = folder.path().to_str().unwrap();
        let mounted = runs("mount", &["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs", at]);
        mounted.then_some(Mount { folder }).or_else(|| passed_over("mounting"))
    }

    fn of_image(image: &Path) -> Option<Mount> {
        let folder = tempfile::tempdir().unwrap();
        let (image, at) = (image.to_str().unwrap(), folder.path().to_str().unwrap());
        runs("mount", &["-o", "loop", image, at]).then_some(Mount { folder })
    }

    /// The machine starts again: the disk is as it was when the power went.
    fn again(&self, image: &Path) {
        self.leave();
        let (image, at) = (image.to_str().unwrap(), self.path().to_str().unwrap());
        assert!(runs("mount", &["-o", "loop", image, at]), "the file system does not come back");
    }

    /// Whoever still holds a file there lets go of it in a moment.
    fn leave(&self) {
        let at = self.path().to_str().unwrap();
        let gone = (0..200).any(|_| {
            let gone = runs("umount", &[at]);
            if !gone {
                thread::sleep(Duration::from_millis(20));
            }
            gone
        });
        if !gone {
            runs("umount", &["-l", at]);
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn remount(&self, how: &str) {
        assert!(runs("mount", &["-o", &format!("remount,{how}"), self.path().to_str().unwrap()]));
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        self.leave();
    }
}

#[allow(clippy::print_stdout, reason = "a test that could not be tried says so")]
fn passed_over<T>(what: &str) -> Option<T> {
    println!("not tried here: {what} is not possible on this machine");
    None
}

/// A window whose calls of this sort are meddled with.
fn traced(root: &Path, calls: &str, fault: &str) -> Pty {
    let trace = format!("trace={calls}");
    let inject = format!("inject={calls}:{fault}");
    let mut args = vec!["-f", "--seccomp-bpf", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject, "--"];
    args.push(program().to_str().unwrap());
    let open = ["--lang", "vi", "--workspace", root.to_str().unwrap(), "open", MEETING];
    args.extend(open);
    let env = environment(root.parent().unwrap());
    let env: Vec<(&str, &str)> = env.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Pty::spawn(Path::new("/usr/bin/strace"), &args, &env, 24, 80)
}

fn has_strace() -> bool {
    let has = Path::new("/usr/bin/strace").exists()
        && runs("strace", &["-f", "--seccomp-bpf", "-o", "/dev/null", "true"]);
    if !has {
        passed_over::<()>("strace");
    }
    has
}

const SORTS: [&str; 5] =
    ["fsync,fdatasync", "rename,renameat,renameat2,linkat", "unlink,unlinkat,ftruncate", "write", "openat"];

/// The system ends the program in its k-th call of this sort; gives whether it came so far.
fn ended_at(calls: &str, k: usize, seed: u64) -> bool {
    let said = format!("STEERCO_POWER_SEED={seed} {calls} k={k}");
    let (_folder, root) = workspace(&[MEETING]);
    let mut pty = traced(&root, calls, &format!("signal=KILL:when={k}"));
    let ready = |screen: &vt100::Screen| screen.contents().contains("THẢO LUẬN");
    let begin = Instant::now();
    while !pty.wait_until(ready, Duration::from_millis(5)) && pty.wait_exit(Duration::ZERO).is_none() {
        assert!(begin.elapsed() < PATIENCE, "{said}\n{}", pty.screen());
    }
    let mut typist = Typist::new(seed);
    let mut sent = Vec::new();
    while sent.len() < if is_long() { 60 } else { 24 } && pty.wait_exit(Duration::ZERO).is_none() {
        let key = typist.key();
        pty.send(key.to_string());
        sent.push((Instant::now(), key));
        thread::sleep(Duration::from_millis(if sent.len() % 20 == 0 { 2200 } else { 15 }));
    }
    let ended = pty.wait_exit(Duration::ZERO).is_some();
    let at = Instant::now();
    pty.send("\x11");
    assert!(pty.wait_exit(PATIENCE).is_some(), "{said}");
    let states = if ended { after(Text::default(), &sent, at, TRACED) } else { after_all(&sent) };
    judge(&root, &states, &said);
    ended
}

fn after_all(sent: &[(Instant, char)]) -> Vec<Text> {
    let mut text = Text::default();
    sent.iter().for_each(|(_, key)| text.press(*key));
    vec![text]
}

/// What is found is one of these states, and the file can be read.
fn judge(root: &Path, states: &[Text], said: &str) {
    let found = found(root);
    let expected: Vec<Vec<String>> = states.iter().cloned().map(Text::recorded).collect();
    assert!(
        expected.contains(&found),
        "{said}\nfound {found:#?}\nat least {:#?}\nat most {:#?}",
        expected.first(),
        expected.last()
    );
}

#[test]
fn a_window_ended_in_any_call_loses_nothing() {
    if !has_strace() {
        return;
    }
    let seed = number("STEERCO_POWER_SEED").unwrap_or(1);
    let mut random = fastrand::Rng::with_seed(seed);
    let tries = AtomicU64::new(0);
    for calls in SORTS {
        if !is_long() {
            let k = random.usize(1..12);
            tries.fetch_add(u64::from(ended_at(calls, k, seed)), Ordering::SeqCst);
            continue;
        }
        // Side by side, until the calls of this sort are used up.
        let next = AtomicU64::new(1);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    while ended_at(calls, next.fetch_add(1, Ordering::SeqCst) as usize, seed) {
                        tries.fetch_add(1, Ordering::SeqCst);
                    }
                });
            }
        });
    }
    println!("{} windows ended, seed {seed}", tries.load(Ordering::SeqCst));
}

#[test]
fn a_disk_that_takes_seconds_or_fails_never_stops_the_typing_and_is_told() {
    if !has_strace() {
        return;
    }
    for (fault, told) in [("delay_enter=5000000:when=3+", "ĐĨA CHƯA NHẬN"), ("error=EIO:when=3+", "CHƯA ")]
    {
        let (_folder, root) = workspace(&[MEETING]);
        let mut pty = traced(&root, "fsync,fdatasync", fault);
        assert!(pty.wait_for("THẢO LUẬN", PATIENCE), "{}", pty.screen());
        let mut loud = false;
        for n in 1..=30 {
            let line = format!("dòng số {n}");
            pty.send(&line);
            // A stall would last as long as the disk.
            assert!(pty.wait_for(&line, Duration::from_secs(2)), "{fault}\n{}", pty.screen());
            loud |= pty.screen().contains(told);
            pty.send("\r");
            thread::sleep(Duration::from_millis(150));
        }
        assert!(loud || pty.wait_for(told, Duration::from_secs(4)), "{fault}\n{}", pty.screen());
        pty.send("\x11");
        assert!(pty.wait_exit(PATIENCE).is_some());
        let expected: Vec<String> = (1..=30).map(|n| format!("dòng số {n}")).collect();
        assert_eq!(found(&root), expected, "{fault}");
    }
}

/// Takes all room of a disk; the room is there again once the file is removed.
fn fill(folder: &Path) -> PathBuf {
    let path = folder.join("filler");
    let mut file = fs::File::create(&path).unwrap();
    while file.write_all(&[7; 4096]).is_ok() {}
    while file.write_all(&[7]).is_ok() {}
    path
}

#[test]
fn a_full_disk_is_told_and_everything_is_written_once_there_is_room() {
    let Some(disk) = Mount::in_memory("600k") else { return };
    let root = workspace_at(disk.path(), &[MEETING]);
    let mut pty = start(&root);
    pty.send("trước\r");
    assert!(pty.wait_for("trước", PATIENCE));
    let filler = fill(disk.path());
    for n in 1..=8 {
        pty.send(format!("dòng {n} khi đĩa đầy\r"));
        thread::sleep(Duration::from_millis(100));
    }
    assert!(pty.wait_for("CHƯA GHI", Duration::from_secs(2)), "{}", pty.screen());
    assert!(pty.wait_for("đĩa đầy", PATIENCE), "{}", pty.screen());
    pty.send("dở dang");
    assert!(pty.wait_for("dở dang", Duration::from_secs(2)), "{}", pty.screen());
    fs::remove_file(filler).unwrap();
    assert!(pty.wait_for("đã lưu", PATIENCE), "{}", pty.screen());
    pty.kill9();
    pty.wait_exit(PATIENCE).unwrap();
    let mut expected = vec!["trước".to_owned()];
    expected.extend((1..=8).map(|n| format!("dòng {n} khi đĩa đầy")));
    assert_eq!(notes(&file(&root)), expected);
    expected.push("dở dang".to_owned());
    assert_eq!(found(&root), expected);
}

#[test]
fn a_disk_that_is_read_only_for_a_while_is_told_and_written_afterwards() {
    let home = tempfile::tempdir().unwrap();
    // The workspace alone is on the disk, as on a stick or a share.
    let place = tempfile::Builder::new().prefix("workspace").tempdir_in(home.path()).unwrap();
    let Some(disk) = Mount::memory_over(place, "4m") else { return };
    let root = workspace_in(disk.path(), &[MEETING]);
    let mut pty = start(&root);
    pty.send("trước\r");
    assert!(pty.wait_for("đã lưu", PATIENCE), "{}", pty.screen());
    disk.remount("ro");
    pty.send("khi chỉ đọc\r");
    assert!(pty.wait_for("CHƯA GHI", Duration::from_secs(4)), "{}", pty.screen());
    disk.remount("rw");
    assert!(pty.wait_for("đã lưu", PATIENCE), "{}", pty.screen());
    pty.send("\x11");
    assert_eq!(pty.wait_exit(PATIENCE), Some(0));
    assert_eq!(notes(&file(&root)), ["trước", "khi chỉ đọc"]);
}

#[test]
fn a_workspace_that_is_gone_for_a_while_is_told_and_written_afterwards() {
    let (_folder, root) = workspace(&[MEETING]);
    let mut pty = start(&root);
    pty.send("trước\r");
    assert!(pty.wait_for("đã lưu", PATIENCE), "{}", pty.screen());
    let away = root.with_file_name("away");
    fs::rename(&root, &away).unwrap();
    // What an unplugged drive leaves behind.
    fs::create_dir(&root).unwrap();
    pty.send("khi ổ rời máy\r");
    assert!(pty.wait_for("CHƯA GHI", Duration::from_secs(15)), "{}", pty.screen());
    assert_eq!(fs::read_dir(&root).unwrap().count(), 0);
    fs::remove_dir(&root).unwrap();
    fs::rename(&away, &root).unwrap();
    let well = |screen: &vt100::Screen| {
        let shown = screen.contents();
        shown.contains("đã lưu") && !shown.contains("CHƯA GHI")
    };
    assert!(pty.wait_until(well, PATIENCE), "{}", pty.screen());
    pty.send("\x11");
    assert_eq!(pty.wait_exit(PATIENCE), Some(0));
    assert_eq!(notes(&file(&root)), ["trước", "khi ổ rời máy"]);
}

#[test]
fn a_state_folder_that_takes_nothing_is_left_for_a_named_one() {
    let (folder, root) = workspace(&[MEETING]);
    // Where a folder should be there is a file, which stops even the superuser.
    fs::write(folder.path().join("state"), "").unwrap();
    let mut pty = start(&root);
    assert!(pty.wait_for("nhật ký", PATIENCE), "{}", pty.screen());
    pty.send("dòng một\rdở dang");
    assert!(pty.wait_for("dở dang", PATIENCE), "{}", pty.screen());
    thread::sleep(Duration::from_millis(300));
    pty.kill9();
    pty.wait_exit(PATIENCE).unwrap();
    let journals = fs::read_dir(folder.path().join("data/steerco/journals")).unwrap().count();
    assert!(journals > 0);
    assert_eq!(found(&root), ["dòng một", "dở dang"]);
}

#[test]
fn a_limit_on_the_size_of_files_is_told_and_lost_is_nothing() {
    if !Path::new("/usr/bin/prlimit").exists() {
        return passed_over("prlimit").unwrap_or_default();
    }
    let (_folder, root) = workspace(&[MEETING]);
    let env = environment(root.parent().unwrap());
    let env: Vec<(&str, &str)> = env.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let program = program();
    let open = ["--lang", "vi", "--workspace", root.to_str().unwrap(), "open", MEETING];
    let args = [&["--fsize=3000:unlimited", program.to_str().unwrap()][..], &open].concat();
    let mut pty = Pty::spawn(Path::new("/usr/bin/prlimit"), &args, &env, 24, 80);
    assert!(pty.wait_for("THẢO LUẬN", PATIENCE), "{}", pty.screen());
    for n in 1..=40 {
        pty.send(format!("dòng số {n} dài hơn một chút\r"));
        thread::sleep(Duration::from_millis(20));
    }
    assert!(pty.wait_for("CHƯA GHI", Duration::from_secs(15)), "{}", pty.screen());
    let pid = pty.pid().to_string();
    assert!(runs("prlimit", &["--pid", &pid, "--fsize=unlimited"]));
    assert!(pty.wait_for("đã lưu", PATIENCE), "{}", pty.screen());
    pty.send("\x11");
    assert_eq!(pty.wait_exit(PATIENCE), Some(0));
    let expected: Vec<String> = (1..=40).map(|n| format!("dòng số {n} dài hơn một chút")).collect();
    assert_eq!(notes(&file(&root)), expected);
}

/// One file system in a file, and what a power cut leaves of it.
fn power_cut(make: &[&str], size: u64, seed: u64) -> Option<()> {
    let said = format!("STEERCO_POWER_SEED={seed} {}", make[0]);
    let place = tempfile::tempdir().unwrap();
    let image = place.path().join("disk");
    fs::File::create(&image).unwrap().set_len(size).unwrap();
    let made = runs(make[0], &[&make[1..], &[image.to_str().unwrap()]].concat());
    let disk = made.then(|| Mount::of_image(&image)).flatten().or_else(|| passed_over(make[0]))?;
    let root = workspace_at(disk.path(), &[MEETING]);
    runs("sync", &["-f", disk.path().to_str().unwrap()]);
    let mut typist = Typist::new(seed);
    let mut pty = start(&root);
    let end = Instant::now() + Duration::from_millis(typist.random.u64(600..6000));
    let mut sent = Vec::new();
    let probe = Probe::start(disk.path());
    while Instant::now() < end {
        let key = typist.key();
        pty.send(key.to_string());
        sent.push((Instant::now(), key));
        thread::sleep(typist.pause());
    }
    let cut = Instant::now();
    let slowest = probe.slowest();
    let at = disk.path().to_str().unwrap();
    assert!(runs("perl", &["-e", FORGET, at]), "{said}: the disk cannot be cut off");
    pty.kill9();
    pty.wait_exit(PATIENCE).unwrap();
    disk.again(&image);
    // The promise holds on a disk that answers; of a slower one any earlier text may be left.
    let durable = if slowest < ANSWERS { DURABLE } else { Duration::from_secs(3600) };
    if slowest >= ANSWERS {
        println!("{said}: the disk took {slowest:?}; judged for order alone");
    }
    judge(&root, &after(Text::default(), &sent, cut, durable), &said);
    Some(())
}

/// Somebody else who waits for the same disk again and again.
struct Probe {
    stop: Arc<AtomicBool>,
    waits: thread::JoinHandle<Duration>,
}

impl Probe {
    fn start(folder: &Path) -> Probe {
        let stop = Arc::new(AtomicBool::new(false));
        let (stopped, path) = (stop.clone(), folder.join("probe"));
        let waits = thread::spawn(move || {
            let mut file = fs::File::create(path).unwrap();
            let mut waits = Vec::new();
            while !stopped.load(Ordering::SeqCst) {
                let began = Instant::now();
                file.write_all(&[1; 64]).unwrap();
                file.sync_data().unwrap();
                waits.push((began, began.elapsed()));
                thread::sleep(Duration::from_millis(20));
            }
            // What was slow long before the cut is on the disk by now.
            let recent = Instant::now().checked_sub(Duration::from_secs(2));
            let recent = waits.iter().filter(|(began, _)| recent.is_none_or(|from| *began > from));
            recent.map(|(_, wait)| *wait).max().unwrap_or_default()
        });
        Probe { stop, waits }
    }

    fn slowest(self) -> Duration {
        self.stop.store(true, Ordering::SeqCst);
        self.waits.join().unwrap()
    }
}

#[test]
fn a_power_cut_loses_no_key_older_than_half_a_second() {
    let trials = number("STEERCO_POWER_TRIALS").unwrap_or(if is_long() { 500 } else { 3 });
    let first = number("STEERCO_POWER_SEED").unwrap_or(1);
    let systems: [(&[&str], u64); 2] = [(&["mkfs.ext4", "-q"], 32 << 20), (&["mkfs.xfs", "-q"], 320 << 20)];
    for (make, size) in systems {
        let (next, made) = (AtomicU64::new(first), AtomicU64::new(0));
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    let seeds = std::iter::repeat_with(|| next.fetch_add(1, Ordering::Relaxed));
                    let mut seeds = seeds.take_while(|seed| *seed < first + trials);
                    // The first that cannot be tried speaks for all.
                    seeds.try_for_each(|seed| {
                        power_cut(make, size, seed).map(|()| _ = made.fetch_add(1, Ordering::SeqCst))
                    });
                });
            }
        });
        println!("{}: {} cuts from seed {first}", make[0], made.load(Ordering::SeqCst));
    }
}
