//! A program in a terminal of its own, its keys sent and its screen seen. Knows nothing of any program.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use vt100::Parser;

/// A running program and the terminal it believes in. Dropping it kills the program.
pub struct Pty {
    master: Option<Box<dyn MasterPty + Send>>,
    keys: Option<Box<dyn Write + Send>>,
    child: Box<dyn Child + Send + Sync>,
    before: String,
    seen: Arc<Seen>,
    watching: Option<JoinHandle<()>>,
}

/// What the program has shown so far.
struct Seen {
    bytes: Mutex<Vec<u8>>,
    terminal: Mutex<Parser>,
    changed: Condvar,
    unplugged: AtomicBool,
}

impl Pty {
    /// Starts the program in a window of so many cells, with these variables beside the inherited ones;
    /// `TERM` is `xterm-256color` unless given.
    pub fn spawn(program: &Path, args: &[&str], env: &[(&str, &str)], rows: u16, cols: u16) -> Pty {
        let pair = native_pty_system().openpty(cells(rows, cols)).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("TERM", "xterm-256color");
        for (name, value) in env {
            command.env(name, value);
        }
        command.cwd(std::env::current_dir().unwrap());
        let before = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).unwrap();
        let shown = pair.master.try_clone_reader().unwrap();
        let keys = pair.master.take_writer().unwrap();
        let seen = Arc::new(Seen {
            bytes: Mutex::default(),
            terminal: Mutex::new(Parser::new(some(rows), some(cols), 0)),
            changed: Condvar::new(),
            unplugged: AtomicBool::new(false),
        });
        let watching = thread::spawn({
            let seen = Arc::clone(&seen);
            move || seen.watch(shown)
        });
        Pty { master: Some(pair.master), keys: Some(keys), child, before, seen, watching: Some(watching) }
    }

    /// Sends bytes as if they were typed.
    pub fn send(&mut self, bytes: impl AsRef<[u8]>) {
        let keys = self.keys.as_mut().expect("the terminal is unplugged");
        keys.write_all(bytes.as_ref()).unwrap();
        keys.flush().unwrap();
    }

    /// Sends bytes as fast as the program takes them, however many they are.
    pub fn send_all(&mut self, bytes: &[u8]) {
        bytes.chunks(4096).for_each(|chunk| self.send(chunk));
    }

    /// Waits until the screen contains the text, across wrapped rows too; false when it does not in time.
    pub fn wait_for(&self, text: &str, patience: Duration) -> bool {
        self.wait_until(|screen| screen.contents().contains(text), patience)
    }

    /// Waits until the screen is as claimed; false when it is not in time.
    pub fn wait_until(&self, claim: impl Fn(&vt100::Screen) -> bool, patience: Duration) -> bool {
        let terminal = self.seen.lock();
        let changed = &self.seen.changed;
        let (_terminal, timeout) =
            changed.wait_timeout_while(terminal, patience, |terminal| !claim(terminal.screen())).unwrap();
        !timeout.timed_out()
    }

    /// The text on the screen, rows apart by `\n`, without blanks at their ends.
    pub fn screen(&self) -> String {
        self.seen.lock().screen().contents()
    }

    /// Everything the program has written, once it has ended.
    pub fn bytes(&mut self) -> Vec<u8> {
        if let Some(watching) = self.watching.take() {
            watching.join().unwrap();
        }
        self.seen.bytes.lock().unwrap().clone()
    }

    /// Row and column of the cursor, from 0.
    pub fn cursor(&self) -> (u16, u16) {
        self.seen.lock().screen().cursor_position()
    }

    /// The modes of the terminal (echo, line by line, and so on), to be compared only.
    pub fn modes(&self) -> String {
        modes(self.master.as_ref().expect("the terminal is unplugged").as_ref())
    }

    /// The modes before the program started.
    pub fn modes_before(&self) -> &str {
        &self.before
    }

    /// Gives the window another size, as a hand on its corner does. The screen seen here has a cell at least.
    pub fn resize(&self, rows: u16, cols: u16) {
        self.seen.lock().screen_mut().set_size(some(rows), some(cols));
        self.master.as_ref().expect("the terminal is unplugged").resize(cells(rows, cols)).unwrap();
    }

    /// The number of the program's process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Ends the program without a chance to do anything.
    pub fn kill9(&self) {
        self.signal(Signal::KILL.as_raw());
    }

    /// Sends the signal of this number to the program.
    pub fn signal(&self, number: i32) {
        let pid = self.child.process_id().and_then(|pid| Pid::from_raw(pid.try_into().unwrap())).unwrap();
        kill_process(pid, Signal::from_named_raw(number).unwrap()).unwrap();
    }

    /// Closes the window while the program runs. The program must answer a new size by drawing, which is how
    /// the watcher here is woken to let go of its end.
    pub fn unplug(&mut self) {
        self.unplug_with("");
    }

    /// As [`Pty::unplug`], with keys that make the program draw where a new size does not.
    pub fn unplug_with(&mut self, keys: &str) {
        self.seen.unplugged.store(true, Ordering::SeqCst);
        self.resize(20, 70);
        self.send(keys);
        if let Some(watching) = self.watching.take() {
            watching.join().unwrap();
        }
        self.keys = None;
        self.master = None;
    }

    /// The program's exit code, 1 if a signal ended it; `None` when it still runs after that time.
    pub fn wait_exit(&mut self, patience: Duration) -> Option<u32> {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status.exit_code());
            }
            if start.elapsed() > patience {
                return None;
            }
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Drop for Pty {
    fn drop(&mut self) {
        if let Ok(None) = self.child.try_wait() {
            self.kill9();
            let _ = self.child.wait();
        }
    }
}

impl Seen {
    fn lock(&self) -> MutexGuard<'_, Parser> {
        self.terminal.lock().unwrap()
    }

    fn watch(&self, mut shown: Box<dyn Read + Send>) {
        let mut buffer = [0; 65_536];
        while let Ok(count @ 1..) = shown.read(&mut buffer) {
            self.bytes.lock().unwrap().extend_from_slice(&buffer[..count]);
            self.lock().process(&buffer[..count]);
            self.changed.notify_all();
            if self.unplugged.load(Ordering::SeqCst) {
                return;
            }
        }
    }
}

fn modes(master: &(dyn MasterPty + Send)) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

fn cells(rows: u16, cols: u16) -> PtySize {
    PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }
}

fn some(cells: u16) -> NonZeroU16 {
    NonZeroU16::new(cells).unwrap_or(NonZeroU16::MIN)
}
