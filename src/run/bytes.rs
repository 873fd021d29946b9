//! Bytes of a Unix terminal turned into inputs. Reads nothing itself, asks no clock, and knows no command.

use std::time::Duration;

use crate::app::key::Input;
use paste::Paste;
use sequence::Step;

mod csi;
mod paste;
mod sequence;

/// Turns the bytes of a terminal into inputs, in their order and whatever the pieces they come in.
///
/// No byte of text is ever lost: broken UTF-8 gives U+FFFD and the letter after it, Esc followed at once by a
/// letter gives Alt with that letter. Sequences that mean nothing here, and answers of the terminal, vanish
/// whole. Times are read off any clock that only goes forward.
#[derive(Debug, Default)]
pub struct ByteReader {
    pending: Vec<u8>,
    paste: Option<Paste>,
    heard: Duration,
}

/// How long Esc may still become Alt or an arrow. A terminal sends a sequence in one write, a hand needs
/// longer to find the next key.
const ESC_WAIT: Duration = Duration::from_millis(25);
/// How long the rest of a sequence may take over a slow line.
const SEQUENCE_WAIT: Duration = Duration::from_millis(250);
/// How long the rest of a letter may take. Nothing else waits for it: the next letter ends the wait.
const LETTER_WAIT: Duration = Duration::from_secs(1);

const ESC: u8 = 0x1b;

impl ByteReader {
    /// A reader that has seen nothing.
    pub fn new() -> ByteReader {
        ByteReader::default()
    }

    /// Takes the bytes of one read, made at `now`, and gives the inputs that are certain.
    pub fn feed(&mut self, bytes: &[u8], now: Duration) -> Vec<Input> {
        if !bytes.is_empty() {
            self.heard = now;
        }
        self.pending.extend_from_slice(bytes);
        let mut inputs = Vec::new();
        self.drain(&mut inputs);
        inputs
    }

    /// When to call [`ByteReader::idle`] if no byte comes before; `None` while nothing is undecided.
    pub fn deadline(&self) -> Option<Duration> {
        if let Some(paste) = &self.paste {
            return Some(paste.deadline());
        }
        let wait = match self.pending.as_slice() {
            [] => return None,
            [ESC] | [ESC, _] => ESC_WAIT,
            [ESC, ..] => SEQUENCE_WAIT,
            _ => LETTER_WAIT,
        };
        Some(self.heard + wait)
    }

    /// Decides what has waited until its deadline; does nothing before it.
    pub fn idle(&mut self, now: Duration) -> Vec<Input> {
        let mut inputs = Vec::new();
        while self.deadline().is_some_and(|deadline| deadline <= now) {
            self.decide(&mut inputs);
        }
        inputs
    }

    /// Decides everything at once, because no byte will ever come again.
    pub fn finish(&mut self) -> Vec<Input> {
        self.idle(Duration::MAX)
    }

    fn decide(&mut self, inputs: &mut Vec<Input>) {
        if let Some(paste) = self.paste.take() {
            inputs.extend(paste.give_out());
            return;
        }
        let (used, input) = sequence::settle(&self.pending);
        self.pending.drain(..used);
        inputs.extend(input);
        self.drain(inputs);
    }

    fn drain(&mut self, inputs: &mut Vec<Input>) {
        let mut at = 0;
        while at < self.pending.len() {
            let rest = &self.pending[at..];
            if let Some(paste) = &mut self.paste {
                let taken = paste.take(rest, self.heard);
                at += taken.used;
                inputs.extend(taken.input);
                self.paste.take_if(|_| taken.over);
                continue;
            }
            match sequence::next(rest) {
                Step::Wait => break,
                Step::Took(used, input) => {
                    at += used;
                    inputs.extend(input);
                }
                Step::PasteBegins(used) => {
                    at += used;
                    self.paste = Some(Paste::begin(self.heard));
                }
            }
        }
        self.pending.drain(..at);
    }
}

#[cfg(test)]
mod tests;
