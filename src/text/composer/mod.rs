//! Typing Vietnamese in a text field: Telex and VNI word by word, abbreviations at the end of a word, and the raw
//! letters back on demand. Own tables rather than the `vi` crate 0.8: a trial of that one lost letters outside of ASCII,
//! misplaced marks in capitals (NGUYỄN), and had neither Backspace nor raw letters; how these type is judged in
//! `tests/typing.rs`. Must not know keys beyond characters, nor what a field is for.

mod keys;
mod token;
mod word;

use std::collections::BTreeSet;
use std::ops::Range;

pub use keys::Method;
use token::Left;
use word::{Taken, Word};

use super::abbreviations::Abbreviations;
use super::field::TextField;
use super::syllable::ToneStyle;

/// Turns typed characters into text. One for all fields: it looks at the text before it trusts what it remembers.
#[derive(Clone, Debug, Default)]
pub struct Composer {
    pub method: Method,
    pub style: ToneStyle,
    /// Words, in small letters as typed, that stay as they were typed.
    pub kept: BTreeSet<String>,
    /// The abbreviations in force.
    pub abbreviations: Abbreviations,
    current: Option<Current>,
    ended: Option<Ended>,
    expanded: Option<Expanded>,
}

/// The word at the caret.
#[derive(Clone, Debug)]
struct Current {
    start: usize,
    shown: String,
    /// `None` for a word that is left as it comes.
    word: Option<Word>,
    /// Every letter of it was typed here, key by key.
    typed: bool,
    /// Its abbreviation was refused by Backspace.
    refused: bool,
}

/// The last word that ended, for the key that gives its raw letters back.
#[derive(Clone, Debug)]
struct Ended {
    start: usize,
    shown: String,
    composed: String,
    raw: String,
    word: Word,
}

/// An abbreviation written out a moment ago, to be taken back by Backspace.
#[derive(Clone, Debug)]
struct Expanded {
    start: usize,
    text: String,
    key: String,
}

/// What the key for raw letters did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Raw {
    /// The letters as typed stand there, and will from now on.
    Kept(String),
    /// The composed word is back and composes again from now on.
    Composed(String),
    /// There is no word whose letters were changed.
    Nothing,
}

impl Composer {
    /// A composer that keeps no words and knows no abbreviations.
    pub fn new(method: Method, style: ToneStyle) -> Composer {
        Composer { method, style, ..Composer::default() }
    }

    /// Types one character.
    pub fn type_char(&mut self, field: &mut TextField, c: char) {
        self.expanded = None;
        if field.selection().is_some() {
            self.current = None;
            self.ended = None;
        }
        self.current.take_if(|current| !current.stands_in(field));
        match c {
            _ if c.is_ascii_alphabetic() => self.letter(field, c),
            _ if c.is_ascii_digit() => self.digit(field, c),
            _ if c.is_alphanumeric() || is_combining(c) => self.foreign(field, c),
            _ => self.sign(field, c),
        }
    }

    /// The word at the caret ends without a character of its own: Enter, Tab, leaving the field.
    pub fn finish(&mut self, field: &mut TextField) {
        self.expanded = None;
        self.end_word(field, None);
    }

    /// Backspace: one grapheme, or an abbreviation written out right before. Returns whether anything went.
    pub fn backspace(&mut self, field: &mut TextField) -> bool {
        if let Some(expanded) = self.expanded.take().filter(|expanded| expanded.stands_in(field)) {
            return self.take_back(field, &expanded);
        }
        let current = self.current.take().filter(|current| current.stands_in(field));
        let went = field.backspace();
        if let Some(mut current) = current.filter(|current| field.caret() > current.start) {
            if let Some(word) = &mut current.word {
                word.pop(self.style);
            }
            current.shown = field.text()[current.start..field.caret()].to_owned();
            self.current = Some(current);
        }
        went
    }

    /// Gives the raw letters of the last word back and remembers the word; once more gives the composed word back and
    /// forgets.
    pub fn raw(&mut self, field: &mut TextField) -> Raw {
        self.expanded = None;
        let Some(mut ended) = self.last_word(field) else { return Raw::Nothing };
        let range = ended.start..ended.start + ended.shown.len();
        let back = ended.shown == ended.raw;
        let text = if back { ended.composed.clone() } else { ended.raw.clone() };
        if text == ended.shown {
            return Raw::Nothing;
        }
        let tail = field.text()[range.end..field.caret()].to_owned();
        field.substitute(range.start..field.caret(), &format!("{text}{tail}"));
        ended.shown = text.clone();
        let word = ended.raw.to_lowercase();
        let typing_on = Current {
            start: range.start,
            shown: text.clone(),
            word: back.then(|| ended.word.clone()),
            typed: true,
            refused: true,
        };
        self.current = tail.is_empty().then_some(typing_on);
        self.ended = Some(ended);
        match back {
            true => {
                self.kept.remove(&word);
                Raw::Composed(text)
            }
            false => {
                self.kept.insert(word);
                Raw::Kept(text)
            }
        }
    }

    /// Forgets the word at the caret: another field, a moved caret, pasted text.
    pub fn leave(&mut self) {
        self.current = None;
        self.ended = None;
        self.expanded = None;
    }

    /// The word the raw letters of which are wanted: the one at the caret, or the one that ended right before it.
    fn last_word(&self, field: &TextField) -> Option<Ended> {
        if let Some(current) = self.current.as_ref().filter(|current| current.stands_in(field))
            && let Some(word) = &current.word
        {
            return Some(current.ended(word, current.shown.clone()));
        }
        let ended = self.ended.clone()?;
        let end = ended.start + ended.shown.len();
        let stands = field.text().get(ended.start..end) == Some(&ended.shown);
        let tail = field.text().get(end..field.caret())?;
        (stands && tail.chars().all(|c| !c.is_alphanumeric()) && tail.chars().count() <= 2).then_some(ended)
    }
}

/// The kinds of characters.
impl Composer {
    fn letter(&mut self, field: &mut TextField, c: char) {
        if self.current.is_none() {
            if self.is_inside(field) {
                return self.inside(field, c);
            }
            self.current = Some(self.word_at(field));
        }
        let Some(mut current) = self.current.take() else { return };
        match &mut current.word {
            Some(word) => {
                word.push(c);
                let shown = word.shown(self.style);
                current.show(field, &shown);
            }
            None => current.append(field, c),
        }
        self.current = Some(current);
    }

    /// A digit is a key of VNI behind a letter, else a digit.
    fn digit(&mut self, field: &mut TextField, c: char) {
        if self.method == Method::Vni && self.current.is_none() {
            if self.is_inside(field) {
                return self.inside(field, c);
            }
            self.current = Some(self.word_at(field)).filter(|current| !current.shown.is_empty());
        }
        let Some(mut current) = self.current.take() else {
            field.insert(c.encode_utf8(&mut [0; 4]));
            return;
        };
        let taken = match &mut current.word {
            Some(word) if !word.is_empty() => word.push(c),
            _ => Taken::Beside,
        };
        if let Some(word) = &current.word {
            let shown = word.shown(self.style);
            current.show(field, &shown);
        }
        if taken == Taken::Beside {
            current.word = None;
            current.append(field, c);
        }
        self.current = Some(current);
    }

    /// A letter that no key of ours made: the system's input method is at work, and the word is its own.
    fn foreign(&mut self, field: &mut TextField, c: char) {
        let mut current = match self.current.take() {
            Some(current) => current,
            None => self.word_at(field),
        };
        current.word = None;
        current.append(field, c);
        self.current = Some(current);
    }

    fn sign(&mut self, field: &mut TextField, c: char) {
        self.end_word(field, Some(c));
    }

    /// Ends the word: an abbreviation is written out, a kept word and what is no syllable get their raw letters back.
    fn end_word(&mut self, field: &mut TextField, sign: Option<char>) {
        let mut buffer = [0; 4];
        let sign: &str = sign.map_or("", |sign| sign.encode_utf8(&mut buffer));
        let Some(mut current) = self.current.take().filter(|current| current.stands_in(field)) else {
            self.put(field, sign);
            return;
        };
        if let Some(long) = self.expansion(&current, field, sign) {
            self.expand(field, &current, sign, &long);
            return;
        }
        if let Some(word) = &current.word {
            let raw = word.raw();
            let composed = current.shown.clone();
            let is_kept = self.kept.contains(&raw.to_lowercase()) || token::is_of_address(sign);
            let has_marks = !composed.is_ascii();
            if composed != raw && (is_kept || (has_marks && !word.is_sound())) {
                let word = word.clone();
                current.show(field, &raw);
                self.ended = Some(current.ended(&word, composed));
            } else {
                self.ended = Some(current.ended(word, composed));
            }
        }
        self.put(field, sign);
    }

    fn put(&mut self, field: &mut TextField, sign: &str) {
        if !sign.is_empty() {
            field.insert(sign);
        }
    }
}

/// Words that stand in the text.
impl Composer {
    /// The word the next letter continues or begins.
    fn word_at(&self, field: &TextField) -> Current {
        let caret = field.selection().map_or(field.caret(), |range| range.start);
        let letters = token::letters_before(&field.text()[..caret]);
        let start = caret - letters.len();
        let returned = self.ended.as_ref().filter(|ended| ended.start == start && ended.shown == letters);
        if let Some(ended) = returned.filter(|ended| !letters.is_empty() && ended.shown == ended.composed) {
            let (shown, word) = (ended.shown.clone(), Some(ended.word.clone()));
            return Current { start, shown, word, typed: true, refused: false };
        }
        let composes = self.method != Method::Off && Left::of(&field.text()[..start]) == Left::Composes;
        let word = if composes { Word::read(letters, self.method) } else { None };
        Current { start, shown: letters.to_owned(), word, typed: letters.is_empty(), refused: false }
    }

    fn is_inside(&self, field: &TextField) -> bool {
        let (before, after) = field.text().split_at(field.caret());
        let joined = !token::letters_after(after).is_empty() && !token::letters_before(before).is_empty();
        joined && field.selection().is_none() && self.method != Method::Off
    }

    /// With the caret inside a word a tone or mark key acts on the whole syllable, any other is a letter there.
    fn inside(&self, field: &mut TextField, key: char) {
        if !self.acts_inside(field, key) {
            field.insert(key.encode_utf8(&mut [0; 4]));
        }
    }

    fn acts_inside(&self, field: &mut TextField, key: char) -> bool {
        let (before, after) = field.text().split_at(field.caret());
        let right = token::letters_after(after);
        let left = token::letters_before(before);
        let range = field.caret() - left.len()..field.caret() + right.len();
        let Some(mut word) = Word::read(&field.text()[range.clone()], self.method) else { return false };
        if !word.act(key) || !word.is_sound() {
            return false;
        }
        let shown = word.shown(self.style);
        let letters = token::graphemes(left);
        if token::graphemes(&shown) != letters + token::graphemes(right) {
            return false;
        }
        let caret = range.start + token::bytes_of(&shown, letters);
        field.replace(range, &shown);
        field.move_caret(super::field::Motion::To(caret), super::field::Extend::No);
        true
    }
}

/// Abbreviations.
impl Composer {
    fn expansion(&self, current: &Current, field: &TextField, sign: &str) -> Option<String> {
        let ends = sign.is_empty() || token::ends_abbreviation(sign);
        let begins = token::begins_abbreviation(&field.text()[..current.start]);
        if !ends || !begins || !current.typed || current.refused || self.abbreviations.is_empty() {
            return None;
        }
        let raw = current.word.as_ref().map(Word::raw);
        let by_keys = raw.and_then(|raw| self.abbreviations.expansion(&raw));
        by_keys.or_else(|| self.abbreviations.expansion(&current.shown))
    }

    fn expand(&mut self, field: &mut TextField, current: &Current, sign: &str, long: &str) {
        self.put(field, sign);
        let text = format!("{long}{sign}");
        field.substitute(current.start..field.caret(), &text);
        self.expanded = Some(Expanded { start: current.start, text, key: current.key() });
        self.ended = None;
    }

    fn take_back(&mut self, field: &mut TextField, expanded: &Expanded) -> bool {
        field.substitute(expanded.range(), &expanded.key);
        self.current = Some(Current {
            start: expanded.start,
            shown: expanded.key.clone(),
            word: None,
            typed: true,
            refused: true,
        });
        true
    }
}

impl Current {
    fn stands_in(&self, field: &TextField) -> bool {
        field.selection().is_none() && field.text().get(self.start..field.caret()) == Some(&self.shown)
    }

    /// Brings the field from what is shown to what is to be shown.
    fn show(&mut self, field: &mut TextField, shown: &str) {
        if shown == self.shown {
            return;
        }
        if self.shown.is_empty() {
            field.insert(shown);
        } else {
            let same = token::common(&self.shown, shown);
            let range = self.start + same..self.start + self.shown.len();
            field.replace(range, &shown[same..]);
        }
        self.shown = shown.to_owned();
    }

    fn append(&mut self, field: &mut TextField, c: char) {
        field.insert(c.encode_utf8(&mut [0; 4]));
        self.shown.push(c);
    }

    /// What was typed: the keys, or the text where they are not known.
    fn key(&self) -> String {
        self.word.as_ref().map_or_else(|| self.shown.clone(), Word::raw)
    }

    fn ended(&self, word: &Word, composed: String) -> Ended {
        let (start, shown, word) = (self.start, self.shown.clone(), word.clone());
        Ended { start, shown, composed, raw: word.raw(), word }
    }
}

impl Expanded {
    fn range(&self) -> Range<usize> {
        self.start..self.start + self.text.len()
    }

    fn stands_in(&self, field: &TextField) -> bool {
        let range = self.range();
        field.selection().is_none()
            && field.caret() == range.end
            && field.text().get(range) == Some(&self.text)
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

#[cfg(test)]
mod tests;
