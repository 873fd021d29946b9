//! The words of a sentence as the rules see them: tokens without case, marks compared only where the sentence has
//! any. Must not know what the rules make of them.

use std::ops::Range;

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use super::Occasion;
use super::blank;
use crate::text::fold::{base, is_folded};
use crate::text::numbers;

/// A sentence and the occasion on which it is said.
pub(super) struct Phrase<'a> {
    tokens: Vec<Token>,
    marked: bool,
    pub said: &'a Occasion,
    pub from: NaiveDate,
}

/// A word, a number or a sign.
struct Token {
    lower: String,
    plain: String,
    /// The first letter without its marks: most words differ in it.
    initial: char,
    /// It may begin a number in words.
    counts: bool,
    bytes: Range<usize>,
    spaced: bool,
    part: Part,
}

/// What a token is for the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// To be read.
    Plain,
    /// Of a cited document, a sum of money or the like: not to be read.
    Hidden,
    /// Of a time of day, which goes with the day behind it.
    Clock,
    /// Of an event that is no day: only a day that is stated in it counts.
    Event,
}

impl<'a> Phrase<'a> {
    pub fn new(text: &str, said: &'a Occasion) -> Self {
        let tokens = tokens(text);
        let marked = !text.is_ascii() && tokens.iter().any(|token| token.lower != token.plain);
        let mut phrase = Self { tokens, marked, said, from: said.day };
        blank::citations(&mut phrase, text);
        blank::clocks(&mut phrase);
        blank::events(&mut phrase);
        phrase
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether the token is this word, given in lower case with its marks.
    pub fn is(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(word, self.marked))
    }

    pub fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    /// As [`is_any`](Self::is_any) of the token before `at`; there is none before the first.
    pub fn follows_any(&self, at: usize, words: &[&str]) -> bool {
        at.checked_sub(1).is_some_and(|before| self.is_any(before, words))
    }

    /// The place after these words, given with spaces between them.
    pub fn eat(&self, at: usize, words: &str) -> Option<usize> {
        let initial = words.chars().next().map(base)?;
        if self.tokens.get(at)?.initial != initial {
            return None;
        }
        words.split(' ').try_fold(at, |at, word| self.is(at, word).then_some(at + 1))
    }

    /// The place after the first of these sayings that stands here.
    pub fn eat_any(&self, at: usize, sayings: &[&str]) -> Option<usize> {
        sayings.iter().find_map(|words| self.eat(at, words))
    }

    /// The place after these words if they stand here, else `at`.
    pub fn skip(&self, at: usize, sayings: &[&str]) -> usize {
        self.eat_any(at, sayings).unwrap_or(at)
    }

    /// The place after the first of these sayings that stands here, and which it was.
    pub fn choose<T: Copy>(&self, at: usize, sayings: &[(&str, T)]) -> Option<(usize, T)> {
        sayings.iter().find_map(|(words, meaning)| Some((self.eat(at, words)?, *meaning)))
    }

    /// A number of at most that many digits.
    pub fn number(&self, at: usize, digits: usize) -> Option<u32> {
        let token = self.tokens.get(at)?;
        let fits = token.lower.len() <= digits && token.lower.bytes().all(|b| b.is_ascii_digit());
        token.lower.parse().ok().filter(|_| fits)
    }

    /// A year of four digits.
    pub fn year(&self, at: usize) -> Option<i32> {
        let year = i32::try_from(self.number(at, 4)?).ok()?;
        (1900..2200).contains(&year).then_some(year)
    }

    /// A count in digits, in words or in both ("15 (mười lăm)"), from 1, and the place after it.
    pub fn count(&self, at: usize) -> Option<(usize, u32)> {
        if let Some(number) = self.number(at, 3).filter(|number| *number > 0) {
            let spelled = self.eat(at + 1, "(").and_then(|open| {
                let (close, _) = self.count_in_words(open)?;
                self.eat(close, ")")
            });
            return Some((spelled.unwrap_or(at + 1), number));
        }
        self.count_in_words(at)
    }

    fn count_in_words(&self, at: usize) -> Option<(usize, u32)> {
        self.tokens.get(at).filter(|token| token.counts)?;
        let words = [0, 1, 2, 3, 4].map(|more| self.word(at + more));
        let (number, used) = numbers::in_words(&words)?;
        Some((at + used, number))
    }

    /// The text of a token, lower case.
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.lower.as_str())
    }

    /// The number in front of the letters of a token: `10lv`, `24h`.
    pub fn glued(&self, at: usize) -> Option<(u32, &str)> {
        let word = self.word(at);
        let (digits, letters) = word.split_at(word.find(|c: char| !c.is_ascii_digit())?);
        let number = digits.parse().ok().filter(|_| digits.len() <= 3)?;
        Some((number, letters))
    }

    /// Whether a sign stands here without spaces on either side.
    pub fn is_tight(&self, at: usize, sign: &str) -> bool {
        self.is(at, sign) && !self.is_spaced(at) && !self.is_spaced(at + 1)
    }

    /// Whether there is a space before the token; before the first and behind the last there is.
    pub fn is_spaced(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.spaced)
    }

    pub fn bytes(&self, start: usize, end: usize) -> Range<usize> {
        let (first, last) = (self.tokens.get(start), end.checked_sub(1).and_then(|at| self.tokens.get(at)));
        first.zip(last).map_or(0..0, |(first, last)| first.bytes.start..last.bytes.end)
    }

    pub fn part(&self, at: usize) -> Part {
        self.tokens.get(at).map_or(Part::Plain, |token| token.part)
    }

    /// Takes the tokens in these bytes of the text out of sight.
    pub fn hide(&mut self, bytes: Range<usize>) {
        let first = self.tokens.partition_point(|token| token.bytes.end <= bytes.start);
        let end = self.tokens.partition_point(|token| token.bytes.start < bytes.end);
        self.set_part(first..end, Part::Hidden);
    }

    /// Makes tokens something else than plain; hidden ones are no words any more.
    pub fn set_part(&mut self, tokens: Range<usize>, part: Part) {
        for token in self.tokens.get_mut(tokens).into_iter().flatten() {
            if token.part == Part::Hidden {
                continue;
            }
            token.part = part;
            if part == Part::Hidden {
                token.lower = "\u{0}".to_owned();
                token.plain = token.lower.clone();
                token.initial = '\u{0}';
            }
        }
    }

    /// Whether a sentence part begins at this token.
    pub fn begins_clause(&self, at: usize) -> bool {
        at == 0 || self.follows_any(at, &[",", ";", ".", ":", "(", "-", "–", ">"])
    }

    /// Whether a sentence part ends before this token.
    pub fn ends_clause(&self, at: usize) -> bool {
        at >= self.len() || self.is_any(at, &[",", ";", ".", ":", ")", "(", "–", "!", "?"])
    }

    /// Whether a number stands here without "ngày".
    pub fn is_bare_number(&self, at: usize) -> bool {
        self.number(at, 4).is_some()
    }
}

impl Token {
    fn is(&self, word: &str, marked: bool) -> bool {
        if marked { self.lower == word } else { is_folded(&self.plain, word) }
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut spaced = true;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let letter = c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}');
        if let Some(last) = tokens.last_mut().filter(|_| letter && in_word) {
            last.bytes.end = at + c.len_utf8();
        } else if !c.is_whitespace() {
            let bytes = at..at + c.len_utf8();
            tokens.push(Token {
                lower: String::new(),
                plain: String::new(),
                initial: ' ',
                counts: false,
                bytes,
                spaced,
                part: Part::Plain,
            });
        }
        in_word = letter;
        spaced = c.is_whitespace();
    }
    for token in &mut tokens {
        let said = &text[token.bytes.clone()];
        if said.is_ascii() {
            token.lower = said.to_ascii_lowercase();
            token.plain = token.lower.clone();
        } else {
            // A dash of any length is a dash.
            token.lower = match said {
                "—" => "–".to_owned(),
                _ => said.to_lowercase().nfc().collect(),
            };
            token.plain = token.lower.chars().map(base).collect();
        }
        token.initial = token.plain.chars().next().unwrap_or(' ');
        token.counts = numbers::is_number_word(&token.lower);
    }
    tokens
}
