//! An independent record of what is typed, and somebody who types: the judge of every trial. Knows no program.

use std::env;
use std::time::Duration;

/// The record's lines and the line being typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Text {
    pub lines: Vec<String>,
    pub line: String,
}

impl Text {
    pub fn press(&mut self, key: char) {
        match key {
            '\r' => self.record(),
            '\x7f' => drop(self.line.pop()),
            key => self.line.push(key),
        }
    }

    fn record(&mut self) {
        let line = plain(&std::mem::take(&mut self.line));
        if !line.is_empty() {
            self.lines.push(line);
        }
    }

    /// The lines once the line being typed is one of them.
    pub fn recorded(mut self) -> Vec<String> {
        self.record();
        self.lines
    }
}

/// What is typed, as the record has it: blanks at the ends mean nothing.
pub fn plain(line: &str) -> String {
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Random typing at changing speeds.
pub struct Typist {
    pub random: fastrand::Rng,
    waiting: Vec<char>,
}

const WORDS: [&str; 12] = [
    "tiếng",
    "đồng chí",
    "Sở Nội vụ",
    "nghị quyết",
    "thực hiện",
    "trước",
    "ngày",
    "khẩn trương",
    "cơ sở",
    "dân vận",
    "Quảng Bình",
    "ưu điểm",
];

impl Typist {
    pub fn new(seed: u64) -> Typist {
        Typist { random: fastrand::Rng::with_seed(seed), waiting: Vec::new() }
    }

    /// Words, taken back and written again as an input method does, now and then the end of a line.
    pub fn key(&mut self) -> char {
        if self.waiting.is_empty() {
            let word = WORDS[self.random.usize(..WORDS.len())];
            let count = word.chars().count();
            let back = self.random.usize(..=count);
            let typed = word.chars().chain(std::iter::repeat_n('\x7f', back));
            let keys = typed.chain(word.chars().skip(count - back));
            let end = if self.random.u8(..5) == 0 { '\r' } else { ' ' };
            self.waiting = keys.chain([end]).collect();
            self.waiting.reverse();
        }
        self.waiting.pop().unwrap()
    }

    pub fn pause(&mut self) -> Duration {
        let millis = match self.random.u8(..10) {
            0..4 => self.random.u64(0..2),
            4..8 => self.random.u64(10..80),
            _ => self.random.u64(80..300),
        };
        Duration::from_millis(millis)
    }

    /// The next window begins without what was still on its way.
    pub fn begin_anew(&mut self) {
        self.waiting.clear();
    }
}

/// A number that a person asked for by the name of a variable.
pub fn number(name: &str) -> Option<u64> {
    env::var(name).ok()?.parse().ok()
}

/// Whether the long form was asked for.
pub fn is_long() -> bool {
    env::var_os("STEERCO_LONG").is_some_and(|value| !value.is_empty())
}
