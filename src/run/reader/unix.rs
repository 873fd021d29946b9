//! Bytes from the terminal of a Unix system, with their times. Knows nothing of what they mean.

use std::io;
use std::ops::ControlFlow;
use std::os::fd::AsFd;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::Heard;
use crate::app::key::Input;
use crate::run::bytes::ByteReader;
use crate::run::clock::Clock;

/// Looks for a hang-up at least this often, in case a system does not wake the sleeper for it.
const LONGEST_SLEEP: Duration = Duration::from_millis(250);
const READ_SIZE: usize = 64 * 1024;

/// Tells what comes from the keyboard until it is gone.
pub(super) fn follow(tell: impl FnMut(Heard) -> ControlFlow<()>) -> ControlFlow<()> {
    follow_bytes(io::stdin(), tell)
}

enum Woken {
    Bytes,
    Nothing,
    Gone,
}

fn follow_bytes(terminal: impl AsFd, mut tell: impl FnMut(Heard) -> ControlFlow<()>) -> ControlFlow<()> {
    let clock = Clock::machine();
    let mut reader = ByteReader::new();
    let mut buffer = vec![0; READ_SIZE];
    loop {
        let sleep = reader.deadline().map(|at| at.saturating_sub(clock.monotonic()));
        let inputs = match wait(&terminal, sleep) {
            Woken::Bytes => match rustix::io::read(&terminal, &mut buffer) {
                Ok(0) => break,
                Ok(count) => reader.feed(&buffer[..count], clock.monotonic()),
                Err(Errno::INTR | Errno::AGAIN) => continue,
                Err(_) => break,
            },
            Woken::Nothing => reader.idle(clock.monotonic()),
            Woken::Gone => break,
        };
        tell_inputs(inputs, &mut tell)?;
    }
    tell_inputs(reader.finish(), &mut tell)?;
    tell(Heard::Hangup)
}

fn tell_inputs(inputs: Vec<Input>, tell: &mut impl FnMut(Heard) -> ControlFlow<()>) -> ControlFlow<()> {
    if inputs.is_empty() {
        return ControlFlow::Continue(());
    }
    tell(Heard::Inputs(inputs))
}

fn wait(terminal: &impl AsFd, sleep: Option<Duration>) -> Woken {
    let sleep = sleep.unwrap_or(LONGEST_SLEEP).min(LONGEST_SLEEP);
    let timeout = Timespec { tv_sec: 0, tv_nsec: sleep.subsec_nanos().into() };
    let mut polled = [PollFd::new(terminal, PollFlags::IN)];
    match poll(&mut polled, Some(&timeout)) {
        Err(Errno::INTR | Errno::AGAIN) => return Woken::Nothing,
        Err(_) => return Woken::Gone,
        Ok(_) => {}
    }
    let [told] = polled;
    // What came before the end is read first; then the read itself says that it is the end.
    if told.revents().contains(PollFlags::IN) {
        return Woken::Bytes;
    }
    if told.revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
        return Woken::Gone;
    }
    Woken::Nothing
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::app::key::Key;

    fn heard(bytes: &[u8]) -> Vec<Heard> {
        let (terminal, mut far) = io::pipe().unwrap();
        far.write_all(bytes).unwrap();
        drop(far);
        let mut all = Vec::new();
        let end = follow_bytes(terminal, |heard| {
            all.push(heard);
            ControlFlow::Continue(())
        });
        assert_eq!(end, ControlFlow::Continue(()));
        all
    }

    fn keys(notations: &str) -> Heard {
        Heard::Inputs(notations.split(' ').map(|key| Input::Key(key.parse().unwrap())).collect())
    }

    #[test]
    fn hang_up_is_told_once_after_the_last_keys() {
        assert_eq!(heard(b"ab"), [keys("a b"), Heard::Hangup]);
        assert_eq!(heard(b""), [Heard::Hangup]);
        assert_eq!(heard(b"\x1b"), [keys("esc"), Heard::Hangup]);
        let paste = Heard::Inputs(vec![Input::Paste("a".to_owned())]);
        assert_eq!(heard(b"\x1b[200~a"), [paste, Heard::Hangup]);
    }

    #[test]
    fn breaking_ends_the_thread() {
        let (terminal, mut far) = io::pipe().unwrap();
        far.write_all(b"ab").unwrap();
        assert_eq!(follow_bytes(terminal, |_| ControlFlow::Break(())), ControlFlow::Break(()));
    }

    #[test]
    fn esc_is_told_while_the_terminal_stays_quiet() {
        let (terminal, mut far) = io::pipe().unwrap();
        far.write_all(b"\x1b").unwrap();
        let mut told = Vec::new();
        let _ = follow_bytes(terminal, |heard| {
            told.push(heard);
            if told.len() == 1 {
                far.write_all(b"a").unwrap();
                return ControlFlow::Continue(());
            }
            ControlFlow::Break(())
        });
        assert_eq!(told, [keys("esc"), Heard::Inputs(vec![Input::Key(Key::char('a'))])]);
    }
}
