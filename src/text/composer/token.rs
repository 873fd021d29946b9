//! What stands around the word being typed: its letters, and whether the run of signs and letters left of it (an
//! address, a file name) lets it be composed at all. Must not know keys.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::syllable::{self, Letter};

/// Whether a word is composed after what stands left of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    Composes,
    /// It is a part of an address, a path, a file name or a command.
    Leaves,
}

impl Left {
    /// Of the text up to the word's first letter.
    pub(super) fn of(before: &str) -> Left {
        let start = before.char_indices().rev().find(|(_, c)| c.is_whitespace());
        let token = start.map_or(before, |(at, space)| &before[at + space.len_utf8()..]);
        let token =
            token.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '/' | '_' | '\\'));
        if token.is_empty() {
            return Left::Composes;
        }
        let is_address = token.starts_with('/') || token.contains(['@', '_', '\\']) || token.contains("//");
        let body = token.trim_end_matches(|c: char| !c.is_alphanumeric());
        if is_address || body.len() == token.len() {
            return Left::Leaves;
        }
        let piece = body.rsplit(|c: char| !c.is_alphanumeric() && !is_combining_mark(c)).next().unwrap_or("");
        match is_word(piece) {
            true => Left::Composes,
            false => Left::Leaves,
        }
    }
}

/// Whether what stands before a sign is a word of prose: a syllable, a number, an abbreviation in capitals. `docx.` and
/// `http:` are not.
fn is_word(piece: &str) -> bool {
    let is_short = piece.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    if is_short || !piece.is_ascii() {
        return true;
    }
    let letters: Vec<Letter> = piece.chars().filter_map(Letter::read).map(|(letter, _)| letter).collect();
    let whole = letters.len() == piece.len();
    whole
        && (syllable::is_syllable(&letters, None)
            || syllable::is_syllable(&letters, Some(syllable::Tone::Acute)))
}

/// The letters right before the end of `text`, marks on them included.
pub(super) fn letters_before(text: &str) -> &str {
    let stop = text.char_indices().rev().find(|(_, c)| !is_letter(*c));
    &text[stop.map_or(0, |(at, c)| at + c.len_utf8())..]
}

/// The letters at the beginning of `text`.
pub(super) fn letters_after(text: &str) -> &str {
    &text[..text.find(|c| !is_letter(c)).unwrap_or(text.len())]
}

fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c)
}

/// Signs that end an abbreviation: spaces and punctuation, but none of those inside numbers of documents.
pub(super) fn ends_abbreviation(sign: &str) -> bool {
    sign.chars().all(|c| {
        c.is_whitespace()
            || matches!(c, ',' | '.' | ';' | ':' | '!' | '?' | ')' | ']' | '"' | '”' | '’' | '…')
    })
}

/// Whether an abbreviation may begin after `before`: at the beginning, after a space or an opening sign, or after the
/// marks for a task and a conclusion.
pub(super) fn begins_abbreviation(before: &str) -> bool {
    matches!(before, "!" | "=")
        || before
            .chars()
            .next_back()
            .is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '‘'))
}

/// Whether a sign right behind a word makes it a part of an address or a file name.
pub(super) fn is_of_address(sign: &str) -> bool {
    matches!(sign, "@" | "_" | "\\")
}

/// How many letters one sees.
pub(super) fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Bytes of the first so many letters.
pub(super) fn bytes_of(text: &str, letters: usize) -> usize {
    text.graphemes(true).take(letters).map(str::len).sum()
}

/// Bytes that both begin with, whole characters.
pub(super) fn common(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}
