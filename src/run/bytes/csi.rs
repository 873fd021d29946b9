//! `ESC [` sequences of xterm, the Linux console, rxvt, VT220 and kitty, and what they mean.
//! Knows nothing of time and of text.

use super::sequence::{Step, only_alt};
use crate::app::key::{Code, Focus, Held, Input, Key, Mouse, MouseKind};

/// A sequence that is longer has lost its end.
const LONGEST: usize = 256;

/// Tells the sequence at the start of `bytes`, which open with `ESC [`.
pub(super) fn parse(bytes: &[u8]) -> Step {
    let body = &bytes[2..bytes.len().min(2 + LONGEST)];
    if body.first() == Some(&b'[') {
        return linux_function_key(body);
    }
    let parameters = body.iter().take_while(|b| matches!(b, 0x30..=0x3f)).count();
    let middle = body[parameters..].iter().take_while(|b| matches!(b, 0x20..=0x2f)).count();
    if is_rxvt_shift(&body[..parameters], &body[parameters..]) {
        let number = Parameters::of(&body[..parameters]).number(0, 0);
        let key = number_key(number, Held { shift: true, ..Held::default() });
        return Step::Took(2 + parameters + 1, key.map(Input::Key));
    }
    let end = parameters + middle;
    match body.get(end) {
        None if body.len() < LONGEST => Step::Wait,
        Some(last @ 0x40..=0x7e) if middle == 0 => meaning(&body[..end], *last),
        Some(0x40..=0x7e) => Step::Took(2 + end + 1, None),
        Some(_) if end == 0 => only_alt(b'['),
        _ => Step::Took(2 + end, None),
    }
}

/// The numbers of a sequence: fields apart by `;`, their parts by `:`.
pub(super) struct Parameters<'a>(&'a [u8]);

impl<'a> Parameters<'a> {
    /// The numbers in the bytes before the last one of a sequence.
    pub fn of(bytes: &'a [u8]) -> Parameters<'a> {
        Parameters(bytes)
    }

    /// One part of one field, both from 0; `None` where none is written.
    fn number(&self, field: usize, part: usize) -> Option<u32> {
        let field = self.0.split(|b| *b == b';').nth(field)?;
        let digits = field.split(|b| *b == b':').nth(part)?;
        std::str::from_utf8(digits).ok()?.parse().ok()
    }

    /// The modifiers: in the last field, as one more than the sum of 1 Shift, 2 Alt, 4 Ctrl (xterm's rule).
    pub fn held(&self) -> Held {
        let last = self.0.iter().filter(|b| **b == b';').count();
        self.held_in(last)
    }

    fn held_in(&self, field: usize) -> Held {
        let bits = self.number(field, 0).unwrap_or(1).saturating_sub(1);
        Held { shift: bits & 1 != 0, alt: bits & 2 != 0, ctrl: bits & 4 != 0 }
    }

    /// The key went up; kitty tells it when another program left that on.
    fn is_release(&self) -> bool {
        self.number(1, 1) == Some(3)
    }
}

/// The key of a sequence that ends in this letter; F3 is left out because a cursor report ends like it.
pub(super) fn letter_key(last: u8, held: Held) -> Option<Key> {
    let code = match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        b'P' => Code::F(1),
        b'Q' => Code::F(2),
        b'S' => Code::F(4),
        _ => return None,
    };
    Some(Key::new(code, held))
}

/// `ESC [ [ A` to `ESC [ [ E`: F1 to F5 of the Linux console.
fn linux_function_key(body: &[u8]) -> Step {
    match body.get(1) {
        None => Step::Wait,
        Some(last @ b'A'..=b'E') => Step::Took(4, Some(Input::Key(Key::plain(Code::F(last - b'A' + 1))))),
        Some(_) => Step::Took(3, None),
    }
}

/// rxvt ends a key with Shift in `$`, where the standard has more to come.
fn is_rxvt_shift(parameters: &[u8], rest: &[u8]) -> bool {
    !parameters.is_empty() && parameters.iter().all(u8::is_ascii_digit) && rest.first() == Some(&b'$')
}

fn meaning(parameters: &[u8], last: u8) -> Step {
    let used = 2 + parameters.len() + 1;
    if last == b'~' && parameters == b"200" {
        return Step::PasteBegins(used);
    }
    let numbers = Parameters(parameters);
    let input = match (parameters.first(), last) {
        (Some(b'<'), b'M' | b'm') => mouse(&Parameters(&parameters[1..]), last).map(Input::Mouse),
        (Some(b'<'..=b'?'), _) => None,
        (None, b'I') => Some(Input::Focus(Focus::Gained)),
        (None, b'O') => Some(Input::Focus(Focus::Lost)),
        _ if numbers.is_release() => None,
        _ => key(&numbers, last).map(Input::Key),
    };
    Step::Took(used, input)
}

fn key(numbers: &Parameters, last: u8) -> Option<Key> {
    let held = numbers.held();
    match last {
        b'~' if numbers.number(0, 0) == Some(27) => unicode_key(numbers.number(2, 0)?, numbers.held_in(1)),
        b'~' => number_key(numbers.number(0, 0), numbers.held_in(1)),
        b'^' => number_key(numbers.number(0, 0), Held { ctrl: true, ..Held::default() }),
        b'@' => number_key(numbers.number(0, 0), Held { ctrl: true, shift: true, alt: false }),
        b'a'..=b'd' => letter_key(last.to_ascii_uppercase(), Held { shift: true, ..Held::default() }),
        b'Z' => Some(Key::new(Code::BackTab, Held { shift: false, ..held })),
        b'R' => third_function_key(numbers),
        b'u' => unicode_key(shifted(numbers)?, numbers.held_in(1)),
        _ => letter_key(last, held),
    }
}

/// `ESC [ 1 ; 2 R` is Shift-F3; any other is where the cursor stands, which no one asked.
fn third_function_key(numbers: &Parameters) -> Option<Key> {
    let is_key = match (numbers.number(0, 0), numbers.number(1, 0)) {
        (None, None) => numbers.0.is_empty(),
        (Some(1), Some(held)) => (2..=16).contains(&held),
        _ => false,
    };
    is_key.then(|| Key::new(Code::F(3), numbers.held()))
}

/// The number before `~`: VT220, with the Linux console's and rxvt's Home and End.
fn number_key(number: Option<u32>, held: Held) -> Option<Key> {
    let number = u8::try_from(number?).ok()?;
    let code = match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(number - 10),
        17..=21 => Code::F(number - 11),
        23..=26 => Code::F(number - 12),
        28..=29 => Code::F(number - 13),
        31..=34 => Code::F(number - 14),
        _ => return None,
    };
    Some(Key::new(code, held))
}

/// With Shift, kitty may tell the character of the upper row beside that of the lower one.
fn shifted(numbers: &Parameters) -> Option<u32> {
    let upper = numbers.number(0, 1).filter(|_| numbers.held_in(1).shift);
    upper.or(numbers.number(0, 0))
}

/// A key told by its Unicode number, or by a private one for keys that type nothing (kitty's table).
fn unicode_key(number: u32, held: Held) -> Option<Key> {
    let code = match number {
        8 | 127 => Code::Backspace,
        9 => Code::Tab,
        13 | 57414 => Code::Enter,
        27 => Code::Esc,
        57344..=63743 => private_key(number)?,
        _ => Code::Char(char::from_u32(number).filter(|c| !c.is_control())?),
    };
    Some(Key::new(code, held))
}

fn private_key(number: u32) -> Option<Code> {
    let code = match number {
        57364..=57398 => Code::F(u8::try_from(number - 57363).ok()?),
        57399..=57408 => Code::Char(char::from_digit(number - 57399, 10)?),
        57409 => Code::Char('.'),
        57410 => Code::Char('/'),
        57411 => Code::Char('*'),
        57412 => Code::Char('-'),
        57413 => Code::Char('+'),
        57415 => Code::Char('='),
        57417 => Code::Left,
        57418 => Code::Right,
        57419 => Code::Up,
        57420 => Code::Down,
        57421 => Code::PageUp,
        57422 => Code::PageDown,
        57423 => Code::Home,
        57424 => Code::End,
        57425 => Code::Insert,
        57426 => Code::Delete,
        _ => return None,
    };
    Some(code)
}

/// Mouse by decimal numbers (xterm's mode 1006), the only way asked for.
fn mouse(numbers: &Parameters, last: u8) -> Option<Mouse> {
    /// Shift, Alt and Ctrl held do not change what the mouse does.
    const HELD: u32 = 4 | 8 | 16;
    let kind = match (numbers.number(0, 0)? & !HELD, last) {
        (0, b'M') => MouseKind::Down,
        (0, _) => MouseKind::Up,
        (32, b'M') => MouseKind::Drag,
        (64, b'M') => MouseKind::ScrollUp,
        (65, b'M') => MouseKind::ScrollDown,
        _ => return None,
    };
    Some(Mouse { kind, column: cell(numbers.number(1, 0)?), row: cell(numbers.number(2, 0)?) })
}

/// The terminal counts cells from 1.
fn cell(number: u32) -> u16 {
    u16::try_from(number.saturating_sub(1)).unwrap_or(u16::MAX)
}
