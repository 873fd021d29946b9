//! The first thing in a run of terminal bytes: a letter, a control, an escape sequence or an answer.
//! Knows no time: it only says when more bytes are needed to decide.

use std::str;

use super::{ESC, csi};
use crate::app::key::{Code, Held, Input, Key};

/// What the first bytes are. A decision never changes when more bytes follow.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Not to be told before more bytes come.
    Wait,
    /// So many bytes are this input, or nothing of interest.
    Took(usize, Option<Input>),
    /// So many bytes are the begin mark of a paste.
    PasteBegins(usize),
}

/// A terminal's answer that is longer is no answer.
const LONGEST_ANSWER: usize = 4096;
/// Parameters of an SS3 key that are longer are text.
const LONGEST_SS3: usize = 8;

/// Tells the first thing in `bytes`, which are not empty.
pub(super) fn next(bytes: &[u8]) -> Step {
    match bytes.first() {
        None => Step::Wait,
        Some(&ESC) => escape(bytes),
        Some(&byte @ (..0x20 | 0x7f)) => took(1, control(byte)),
        Some(_) => letter(bytes).map_or(Step::Wait, |(used, c)| took(used, Key::char(c))),
    }
}

/// Tells the first thing in `bytes`, for which [`next`] waits, when no more bytes come.
pub(super) fn settle(bytes: &[u8]) -> (usize, Option<Input>) {
    match bytes {
        [ESC, b'[', _, ..] => (bytes.len(), None),
        [ESC, c @ (b'[' | b'O' | b']' | b'P' | b'_'), ..] => (2, Some(Input::Key(Key::alt(char::from(*c))))),
        [ESC, ..] => (1, Some(Input::Key(Key::plain(Code::Esc)))),
        _ => (bytes.len(), Some(Input::Key(Key::char(char::REPLACEMENT_CHARACTER)))),
    }
}

/// Alt with a character that could have opened a sequence but did not.
pub(super) fn only_alt(opener: u8) -> Step {
    took(2, Key::alt(char::from(opener)))
}

fn escape(bytes: &[u8]) -> Step {
    match bytes.get(1) {
        None => Step::Wait,
        Some(&ESC) => took(1, Key::plain(Code::Esc)),
        Some(b'[') => csi::parse(bytes),
        Some(b'O') => ss3(bytes),
        Some(&opener @ (b']' | b'P' | b'_')) => answer(opener, bytes),
        Some(_) => alt(bytes),
    }
}

/// Esc and a key in one breath. Esc before a broken letter stays Esc.
fn alt(bytes: &[u8]) -> Step {
    match next(&bytes[1..]) {
        Step::Wait => Step::Wait,
        Step::Took(used, Some(Input::Key(key))) if key != Key::char(char::REPLACEMENT_CHARACTER) => {
            took(used + 1, Key { alt: true, ..key })
        }
        _ => took(1, Key::plain(Code::Esc)),
    }
}

fn control(byte: u8) -> Key {
    match byte {
        0x08 | 0x7f => Key::plain(Code::Backspace),
        b'\t' => Key::plain(Code::Tab),
        b'\n' | b'\r' => Key::plain(Code::Enter),
        0 => Key::ctrl(' '),
        // The control is the character of the column above with bit 6 taken away.
        _ => Key::ctrl(char::from(byte | 0x40)),
    }
}

/// The first letter and its length in bytes; `None` while its rest is to come. The length of a broken one is
/// that of the Unicode standard, chapter 3.9, so that the result is what any other decoder would say.
fn letter(bytes: &[u8]) -> Option<(usize, char)> {
    let head = &bytes[..bytes.len().min(4)];
    let good = match str::from_utf8(head) {
        Ok(good) => good,
        Err(e) if e.valid_up_to() > 0 => str::from_utf8(&head[..e.valid_up_to()]).unwrap_or_default(),
        Err(e) => return e.error_len().map(|used| (used, char::REPLACEMENT_CHARACTER)),
    };
    let c = good.chars().next()?;
    // A control character smuggled in as two bytes must show, and must not work.
    let shown = if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
    Some((c.len_utf8(), shown))
}

/// `ESC O x`, with modifiers before the `x` in some terminals. Only known ones: Esc and a capital O may be typed.
fn ss3(bytes: &[u8]) -> Step {
    let parameters = bytes[2..].iter().take_while(|b| matches!(b, b'0'..=b'9' | b';')).count();
    if parameters > LONGEST_SS3 {
        return only_alt(b'O');
    }
    let end = 2 + parameters;
    let Some(&last) = bytes.get(end) else { return Step::Wait };
    let held = csi::Parameters::of(&bytes[2..end]).held();
    let key = match last {
        b'M' => Some(Key::new(Code::Enter, held)),
        b'a'..=b'd' => csi::letter_key(last.to_ascii_uppercase(), Held { ctrl: true, ..held }),
        b'R' => Some(Key::new(Code::F(3), held)),
        _ => csi::letter_key(last, held),
    };
    key.map_or(only_alt(b'O'), |key| took(end + 1, key))
}

/// OSC, DCS and APC strings, as terminals send them when asked something. What does not read like an
/// answer from its first byte to its end was typed.
fn answer(opener: u8, bytes: &[u8]) -> Step {
    let body = &bytes[2..bytes.len().min(2 + LONGEST_ANSWER)];
    let undecided = if body.len() < LONGEST_ANSWER { Step::Wait } else { only_alt(opener) };
    match reads_like_an_answer(opener, body) {
        Some(true) => {}
        Some(false) => return only_alt(opener),
        None => return undecided,
    }
    let Some(end) = body.iter().position(|b| *b < 0x20) else { return undecided };
    match &body[end..] {
        [0x07, ..] => Step::Took(2 + end + 1, None),
        [ESC, b'\\', ..] => Step::Took(2 + end + 2, None),
        [ESC] => undecided,
        _ => only_alt(opener),
    }
}

/// `11;rgb:…` after OSC, `1$r…`, `>|…`, `1+r…` or `!|…` after DCS, `G…` after APC; `None` while it may be.
fn reads_like_an_answer(opener: u8, body: &[u8]) -> Option<bool> {
    let numbers = body.iter().take_while(|b| b.is_ascii_digit()).count();
    match opener {
        b']' => body.get(numbers).map(|b| numbers > 0 && *b == b';'),
        b'P' => {
            let parameters = body.iter().take_while(|b| matches!(b, b'0'..=b'?')).count();
            body.get(parameters).map(|b| matches!(b, b'!'..=b'/' | b'|'))
        }
        _ => body.first().map(|b| *b == b'G'),
    }
}

fn took(used: usize, key: Key) -> Step {
    Step::Took(used, Some(Input::Key(key)))
}
