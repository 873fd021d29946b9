//! One word being typed: the keys pressed, the letters they make, and how it is shown. A key either acts on letters
//! already there or becomes a letter; an act is done only when what comes of it can still be a syllable, so most
//! foreign words never change. Must not know the field the word stands in.

use unicode_normalization::UnicodeNormalization;

use super::keys::{Act, Method, Wanted};
use crate::text::syllable::{self, Letter, Mark, Tone, ToneStyle};

/// A word and the keys behind it.
#[derive(Clone, Debug)]
pub(super) struct Word {
    method: Method,
    written: Vec<Written>,
    tone: Option<Tone>,
    keys: Vec<Press>,
    last: Last,
    undone: Undone,
}

/// Where a key went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Taken {
    In,
    /// It stands behind the word as it is: a digit that has nothing to act on, or has undone itself.
    Beside,
}

/// A letter as it stands in the word.
#[derive(Clone, Copy, Debug)]
struct Written {
    letter: Letter,
    upper: bool,
    /// Place in the keys of the one that made its mark.
    marked_by: Option<usize>,
    /// A w alone, standing for ư.
    lone: bool,
}

/// A key and what it went into.
#[derive(Clone, Copy, Debug)]
struct Press {
    key: char,
    into: Target,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Target {
    Letter(usize),
    Tone,
}

/// What the last key did: the same key again undoes that.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Last {
    Letter,
    Tone,
    Mark(char),
    /// It was itself an undoing.
    Undid,
}

/// Kinds of keys the person has undone in this word: they are letters from then on.
#[derive(Clone, Copy, Debug, Default)]
struct Undone {
    tones: bool,
    circumflex: bool,
    hook: bool,
    stroke: bool,
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.glyph(None, false))
    }
}

impl Word {
    pub(super) fn new(method: Method) -> Word {
        Word {
            method,
            written: Vec::with_capacity(8),
            tone: None,
            keys: Vec::with_capacity(12),
            last: Last::Letter,
            undone: Undone::default(),
        }
    }

    /// A word that stood in the text already; its raw keys are its letters. `None` when it has a letter no word of the
    /// language can have.
    pub(super) fn read(text: &str, method: Method) -> Option<Word> {
        let mut word = Word::new(method);
        for c in text.nfc() {
            let (letter, tone) = Letter::read(c)?;
            if tone.is_some() && word.tone.is_some() {
                return None;
            }
            word.tone = word.tone.or(tone);
            word.keys.push(Press { key: c, into: Target::Letter(word.written.len()) });
            word.written.push(Written { letter, upper: c.is_uppercase(), marked_by: None, lone: false });
        }
        Some(word)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.written.is_empty()
    }

    /// The keys as they were pressed.
    pub(super) fn raw(&self) -> String {
        self.keys.iter().map(|press| press.key).collect()
    }

    /// Takes a key: an act when it fits, else a letter.
    pub(super) fn push(&mut self, key: char) -> Taken {
        if self.act(key) {
            return if self.last == Last::Undid && key.is_ascii_digit() { Taken::Beside } else { Taken::In };
        }
        match Letter::read(key) {
            Some((letter, None)) if key.is_ascii() => {
                self.letter(letter, key);
                self.last = Last::Letter;
                Taken::In
            }
            _ => Taken::Beside,
        }
    }

    /// Lets the key act on the letters there; false when it does not fit, nothing being changed.
    pub(super) fn act(&mut self, key: char) -> bool {
        match self.method.act(key.to_ascii_lowercase()) {
            Some(Act::Tone(tone)) => self.put_tone(tone, key),
            Some(Act::Level) => self.level(key),
            Some(Act::Mark(wanted)) => self.put_mark(wanted, key),
            Some(Act::Stroke) => self.put_stroke(key),
            None => false,
        }
    }

    /// Takes the last letter away with the keys behind it, and the tone if that letter bore it.
    pub(super) fn pop(&mut self, style: ToneStyle) {
        let last = self.written.len().saturating_sub(1);
        if self.tone.is_some() && syllable::tone_place(&self.letters(), style) == Some(last) {
            self.tone = None;
            self.keys.retain(|press| press.into != Target::Tone);
        }
        self.written.pop();
        self.keys.retain(|press| press.into != Target::Letter(last));
        // Places in the keys have moved; nothing before a Backspace is undone by repeating.
        self.written.iter_mut().for_each(|written| written.marked_by = None);
        self.last = Last::Letter;
    }

    /// As it is shown.
    pub(super) fn shown(&self, style: ToneStyle) -> String {
        let letters = self.letters();
        let place = self.tone.and_then(|_| syllable::tone_place(&letters, style));
        let plain_w = self.keeps_w(&letters);
        let glyph = |(at, written): (usize, &Written)| match written.lone && plain_w {
            true => 'W',
            false => written.letter.glyph(self.tone.filter(|_| place == Some(at)), written.upper),
        };
        self.written.iter().enumerate().map(glyph).collect()
    }

    /// Whether it may stand as shown: a syllable, or an abbreviation whose only mark is đ.
    pub(super) fn is_sound(&self) -> bool {
        let letters = self.letters();
        if syllable::is_syllable(&letters, self.tone) || self.last == Last::Undid {
            return true;
        }
        let only_stroke = self.tone.is_none()
            && self.written.iter().all(|w| matches!(w.letter.mark(), Mark::Plain | Mark::Stroke) || w.lone);
        only_stroke && (self.is_upper() || letters.iter().all(|letter| !letter.is_vowel()))
    }

    fn letters(&self) -> Vec<Letter> {
        self.written.iter().map(|written| written.letter).collect()
    }

    fn is_upper(&self) -> bool {
        self.written.iter().all(|written| written.upper)
    }

    fn letter(&mut self, letter: Letter, key: char) {
        self.keys.push(Press { key, into: Target::Letter(self.written.len()) });
        let upper = key.is_ascii_uppercase();
        self.written.push(Written { letter, upper, marked_by: None, lone: false });
        self.close_ươ();
    }

    fn press(&mut self, key: char, into: Target, last: Last) -> bool {
        self.keys.push(Press { key, into });
        self.last = last;
        true
    }

    /// The key undid what it did before and stands as a letter now.
    fn undo_into_letter(&mut self, key: char) -> bool {
        if let Some((letter, _)) = Letter::read(key) {
            self.keys.push(Press { key, into: Target::Letter(self.written.len()) });
            let upper = key.is_ascii_uppercase();
            self.written.push(Written { letter, upper, marked_by: None, lone: false });
        }
        self.last = Last::Undid;
        true
    }
}

/// Tones.
impl Word {
    fn put_tone(&mut self, tone: Tone, key: char) -> bool {
        if self.undone.tones {
            return false;
        }
        if self.tone == Some(tone) {
            if self.last != Last::Tone {
                return false;
            }
            self.tone = None;
            self.undone.tones = true;
            return self.undo_into_letter(key);
        }
        let letters = self.letters();
        if !syllable::is_possible(&letters) || !syllable::takes_tone(&letters, tone) {
            return false;
        }
        self.tone = Some(tone);
        self.press(key, Target::Tone, Last::Tone)
    }

    fn level(&mut self, key: char) -> bool {
        let acts = self.tone.is_some() && syllable::is_possible(&self.letters());
        if acts {
            self.tone = None;
            self.press(key, Target::Tone, Last::Letter);
        }
        acts
    }
}

/// Marks.
impl Word {
    fn put_mark(&mut self, wanted: Wanted, key: char) -> bool {
        let is_hook = !matches!(wanted, Wanted::Circumflex(_));
        if if is_hook { self.undone.hook } else { self.undone.circumflex } {
            return false;
        }
        if self.last == Last::Mark(key.to_ascii_lowercase()) && !self.hides_lone_w() {
            match is_hook {
                true => self.undone.hook = true,
                false => self.undone.circumflex = true,
            }
            return self.unmark(key);
        }
        // A plain letter takes the mark before one that would change its own.
        self.mark_nearest(wanted, key, |mark| mark == Mark::Plain)
            || self.mark_nearest(wanted, key, |mark| mark != Mark::Plain)
            || (wanted == Wanted::HornOrBreve && self.put_lone(key))
    }

    fn mark_nearest(&mut self, wanted: Wanted, key: char, from: impl Fn(Mark) -> bool) -> bool {
        let letters = self.letters();
        for at in (0..letters.len()).rev() {
            let Some(mark) = wanted.on(letters[at].base()) else { continue };
            if letters[at].mark() == mark || !from(letters[at].mark()) {
                continue;
            }
            let mut tried = letters.clone();
            tried[at] = letters[at].with(mark);
            if syllable::is_possible(&tried) {
                self.mark(at, mark, Some(self.keys.len()));
                self.close_ươ();
                return self.press(key, Target::Letter(at), Last::Mark(key.to_ascii_lowercase()));
            }
        }
        false
    }

    /// w alone is ư where a syllable can have it.
    fn put_lone(&mut self, key: char) -> bool {
        let letter = Letter::new(b'u', Mark::Horn);
        let mut tried = self.letters();
        tried.push(letter);
        if !syllable::is_possible(&tried) {
            return false;
        }
        let at = self.written.len();
        let (upper, marked_by) = (key.is_ascii_uppercase(), Some(self.keys.len()));
        self.written.push(Written { letter, upper, marked_by, lone: true });
        self.press(key, Target::Letter(at), Last::Mark('w'))
    }

    /// Whether a lone W among capitals stays W: TW is Trung ương, kW and WTO are no syllables either. A tone, or a syllable
    /// that is not just a letter and W (NHƯ, CƯNG), shows that ư was meant.
    fn keeps_w(&self, letters: &[Letter]) -> bool {
        if !self.is_upper() || self.tone.is_some() {
            return false;
        }
        let place = self.written.iter().position(|written| written.lone).unwrap_or(0);
        let is_short = place == 0 || (place == 1 && letters.len() == 2);
        is_short || !syllable::is_syllable(letters, None)
    }

    /// Whether the last key is a W that shows as W: there is nothing to undo.
    fn hides_lone_w(&self) -> bool {
        self.written.last().is_some_and(|written| written.lone) && self.keeps_w(&self.letters())
    }

    /// Takes back the marks the last key made. A digit of VNI is refused as a letter, so it stays outside the word.
    fn unmark(&mut self, key: char) -> bool {
        let by = Some(self.keys.len().saturating_sub(1));
        if self.written.last().is_some_and(|written| written.lone && written.marked_by == by) {
            self.written.pop();
            return self.undo_into_letter(key);
        }
        for at in 0..self.written.len() {
            if self.written[at].marked_by == by {
                self.mark(at, Mark::Plain, None);
            }
        }
        self.undo_into_letter(key)
    }

    fn put_stroke(&mut self, key: char) -> bool {
        if self.undone.stroke {
            return false;
        }
        if self.last == Last::Mark(key.to_ascii_lowercase()) {
            self.undone.stroke = true;
            return self.unmark(key);
        }
        let d = Letter::new(b'd', Mark::Plain);
        let letters = self.letters();
        let mut tried = letters.clone();
        if let Some(first) = tried.first_mut().filter(|first| **first == d) {
            *first = d.with(Mark::Stroke);
            if syllable::is_possible(&tried) {
                return self.stroke(0, key);
            }
        }
        // BCĐ, HĐND, UVBCĐ: in abbreviations a d becomes đ wherever it stands.
        let capitals = key.is_ascii_uppercase() || key.is_ascii_digit();
        let is_short = letters.iter().all(|letter| !letter.is_vowel()) || (self.is_upper() && capitals);
        match letters.last() == Some(&d) && is_short {
            true => self.stroke(letters.len() - 1, key),
            false => false,
        }
    }

    fn stroke(&mut self, at: usize, key: char) -> bool {
        self.mark(at, Mark::Stroke, Some(self.keys.len()));
        self.press(key, Target::Letter(at), Last::Mark(key.to_ascii_lowercase()))
    }

    fn mark(&mut self, at: usize, mark: Mark, by: Option<usize>) {
        self.written[at].letter = self.written[at].letter.with(mark);
        self.written[at].marked_by = by;
    }

    /// uơ and ưo are ươ as soon as a letter follows (hương, người); open they stay (thuở). After q the u is no vowel.
    fn close_ươ(&mut self) {
        let (u, o) = (Letter::new(b'u', Mark::Plain), Letter::new(b'o', Mark::Plain));
        for at in 1..self.written.len().saturating_sub(1) {
            let (first, second) = (self.written[at - 1], self.written[at]);
            let after_q = at >= 2 && self.written[at - 2].letter.base() == b'q';
            let lacks_u = first.letter == u && second.letter == o.with(Mark::Horn);
            let lacks_o = first.letter == u.with(Mark::Horn) && second.letter == o;
            if after_q || !(lacks_u || lacks_o) || self.undone.hook {
                continue;
            }
            self.mark(at - 1, Mark::Horn, first.marked_by.or(second.marked_by));
            self.mark(at, Mark::Horn, second.marked_by.or(first.marked_by));
        }
    }
}
