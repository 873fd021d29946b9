//! The text between the marks of a bracketed paste, and what to do when the end mark never comes.
//! Knows neither keys nor other sequences.

use std::time::Duration;

use crate::app::key::Input;

/// A paste whose end mark has not come yet.
#[derive(Debug)]
pub(super) struct Paste {
    bytes: Vec<u8>,
    flowing: Duration,
    fresh: usize,
}

/// What became of some bytes given to a paste.
pub(super) struct Taken {
    /// How many of the bytes belong to the paste, its end mark included.
    pub used: usize,
    /// The text, when there is some to give out.
    pub input: Option<Input>,
    /// The end mark was among the bytes.
    pub over: bool,
}

const BEGIN: &str = "\x1b[200~";
const END: &[u8] = b"\x1b[201~";
/// A paste that stops flowing this long is over, mark or no mark.
const PATIENCE: Duration = Duration::from_secs(2);
/// So many bytes within [`PATIENCE`] are a paste that flows. A hand stays below, even with an input
/// method that rewrites whole words, so that typing into a paste without end cannot keep it open.
const FLOW: usize = 256;
/// A longer paste is given out in pieces of this many bytes.
const PIECE: usize = 4 * 1024 * 1024;

impl Paste {
    /// The begin mark came in at `now`.
    pub fn begin(now: Duration) -> Paste {
        Paste { bytes: Vec::new(), flowing: now, fresh: 0 }
    }

    /// When the paste is to be given out although its end mark did not come.
    pub fn deadline(&self) -> Duration {
        self.flowing + PATIENCE
    }

    /// Takes bytes up to the end mark or until a piece is full, whichever is first.
    pub fn take(&mut self, bytes: &[u8], now: Duration) -> Taken {
        for (at, &byte) in bytes.iter().enumerate() {
            self.push(byte, now);
            let used = at + 1;
            if byte == b'~' && self.bytes.ends_with(END) {
                self.bytes.truncate(self.bytes.len() - END.len());
                return Taken { used, input: text(&self.bytes), over: true };
            }
            if self.bytes.len() >= PIECE {
                return Taken { used, input: self.piece(), over: false };
            }
        }
        Taken { used: bytes.len(), input: None, over: false }
    }

    /// All that came, when no more is waited for.
    pub fn give_out(self) -> Option<Input> {
        text(&self.bytes)
    }

    fn push(&mut self, byte: u8, now: Duration) {
        self.bytes.push(byte);
        self.fresh += 1;
        if self.fresh == FLOW {
            self.flowing = now;
            self.fresh = 0;
        }
    }

    /// Keeps back what may be the start of a mark, of a line end or of a letter.
    fn piece(&mut self) -> Option<Input> {
        let tail = self.bytes.len().saturating_sub(END.len());
        let held = self.bytes[tail..].iter().position(|b| matches!(b, 0x1b | b'\r' | 0xc0..));
        let rest = self.bytes.split_off(held.map_or(self.bytes.len(), |at| tail + at));
        let input = text(&self.bytes);
        self.bytes = rest;
        input
    }
}

fn text(bytes: &[u8]) -> Option<Input> {
    let text = String::from_utf8_lossy(bytes).replace(BEGIN, "").replace("\r\n", "\n").replace('\r', "\n");
    let clean: String = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    (!clean.is_empty()).then_some(Input::Paste(clean))
}
