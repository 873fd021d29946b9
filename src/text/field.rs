//! The one text editor of the program: a single logical line with caret, selection and undo. The caret stands only
//! between graphemes, whatever is composed or decomposed. Must not know keys, screens or what the text means.

mod history;
mod places;

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::width::{width, wrap};
use history::{Edit, History};
use places::Class;

/// A line of text being edited. All positions are bytes on grapheme boundaries of [`TextField::text`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextField {
    text: String,
    caret: usize,
    anchor: Option<usize>,
    goal: Option<usize>,
    history: History,
}

/// Where the caret goes. The number of the row motions is the width of a row in cells, that of `To` a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// One grapheme back.
    Left,
    /// One grapheme on.
    Right,
    /// To the beginning of this word, or of the one before.
    WordLeft,
    /// To the beginning of the next word.
    WordRight,
    /// To the beginning of the text.
    Start,
    /// To the end of the text.
    End,
    /// To the visual row above, in the column where vertical motion began.
    RowUp(usize),
    /// To the visual row below, in the column where vertical motion began.
    RowDown(usize),
    /// To the beginning of the visual row.
    RowStart(usize),
    /// To the last place of the visual row.
    RowEnd(usize),
    /// To a byte; inside a grapheme it goes to that grapheme's beginning.
    To(usize),
}

/// Whether a motion selects what it passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extend {
    /// The selection is dropped.
    No,
    /// The selection grows or shrinks with the caret.
    Yes,
}

/// Whether an edit may become part of the undo step before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Joined,
    Own,
}

impl TextField {
    /// An empty field.
    pub fn new() -> Self {
        Self::default()
    }

    /// A field with a text in it, caret at the end, nothing to undo. Cleaned as by [`TextField::set_text`].
    pub fn with_text(text: impl Into<String>) -> Self {
        let mut field = Self::new();
        field.set_text(text);
        field
    }

    /// The text as it stands.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The caret, in bytes.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Puts another text in place: in NFC, without line breaks or control characters, caret at the end, and
    /// nothing to undo. For a change the person may take back use [`TextField::replace`].
    pub fn set_text(&mut self, text: impl Into<String>) {
        self.text = composed(&text.into());
        self.caret = self.text.len();
        self.anchor = None;
        self.goal = None;
        self.history = History::default();
    }

    /// Hands the text over in NFC and leaves the field empty, its undo too.
    pub fn take(&mut self) -> String {
        self.normalise();
        std::mem::take(self).text
    }

    /// Types `text` at the caret in place of the selection. Line breaks and tabs become spaces, other control
    /// characters are dropped. Never normalised: an input method of the system counts its backspaces by what it
    /// sent, invisible characters included.
    pub fn insert(&mut self, text: &str) {
        let typed = cleaned(text);
        if typed.is_empty() {
            return;
        }
        let step = if self.selection().is_some() { Step::Own } else { Step::Joined };
        let range = self.selection().unwrap_or(self.caret..self.caret);
        self.edit(range, &typed, step);
    }

    /// Puts `text` from a clipboard at the caret in place of the selection: NFC, cleaned, one undo step.
    pub fn paste(&mut self, text: &str) {
        let pasted = composed(text);
        if pasted.is_empty() {
            return;
        }
        let range = self.selection().unwrap_or(self.caret..self.caret);
        self.edit(range, &pasted, Step::Own);
        self.history.close();
    }

    /// Puts `text` in place of a range and the caret behind it, joined to the typing when the range ends at the
    /// caret. The range is widened to whole graphemes.
    pub fn replace(&mut self, range: Range<usize>, text: &str) {
        let range = self.floor(range.start)..self.ceil(range.end.max(range.start));
        let step = if range.end == self.caret { Step::Joined } else { Step::Own };
        self.edit(range, &cleaned(text), step);
    }

    /// As [`TextField::replace`], as an undo step of its own.
    pub fn substitute(&mut self, range: Range<usize>, text: &str) {
        let range = self.floor(range.start)..self.ceil(range.end.max(range.start));
        self.edit(range, &cleaned(text), Step::Own);
        self.history.close();
    }

    /// Removes the selection, or the grapheme before the caret. Returns whether anything went.
    pub fn backspace(&mut self) -> bool {
        self.remove(|field| field.before(field.caret)..field.caret, Step::Joined)
    }

    /// Removes the selection, or the grapheme after the caret. Returns whether anything went.
    pub fn delete(&mut self) -> bool {
        self.remove(|field| field.caret..field.after(field.caret), Step::Joined)
    }

    /// Removes the selection, or back to the beginning of a word. Returns whether anything went.
    pub fn delete_word_left(&mut self) -> bool {
        self.remove(|field| field.word_left()..field.caret, Step::Own)
    }

    /// Removes the selection, or on to the beginning of the next word. Returns whether anything went.
    pub fn delete_word_right(&mut self) -> bool {
        self.remove(|field| field.caret..field.word_right(), Step::Own)
    }

    /// Moves the caret; returns whether caret or selection changed. Left and right out of a selection go to its
    /// border.
    pub fn move_caret(&mut self, motion: Motion, extend: Extend) -> bool {
        let was = (self.caret, self.selection());
        let goal = match motion {
            Motion::RowUp(cells) | Motion::RowDown(cells) => {
                Some(self.goal.unwrap_or(self.caret_cell(cells).1))
            }
            _ => None,
        };
        let target = self.target(motion, extend, goal.unwrap_or(0));
        self.anchor = match extend {
            Extend::Yes => self.anchor.or(Some(self.caret)),
            Extend::No => None,
        };
        self.caret = target;
        self.goal = goal;
        self.history.close();
        was != (self.caret, self.selection())
    }

    /// The selected bytes, never empty.
    pub fn selection(&self) -> Option<Range<usize>> {
        let anchor = self.anchor?;
        let range = anchor.min(self.caret)..anchor.max(self.caret);
        (!range.is_empty()).then_some(range)
    }

    /// The selected text, never empty.
    pub fn selected(&self) -> Option<&str> {
        self.selection().map(|range| &self.text[range])
    }

    /// Selects the whole text, caret at its end.
    pub fn select_all(&mut self) {
        self.select(0..self.text.len());
    }

    /// Selects a range, widened to whole graphemes, caret at its end.
    pub fn select(&mut self, range: Range<usize>) {
        self.anchor = Some(self.floor(range.start));
        self.caret = self.ceil(range.end.max(range.start));
        self.goal = None;
        self.history.close();
    }

    /// The visual rows in so many cells as byte ranges covering the text. A full last row is followed by an empty
    /// one, so that the caret always has a row to stand in.
    pub fn rows(&self, cells: usize) -> Vec<Range<usize>> {
        let mut rows = wrap(&self.text, cells);
        let end = self.text.len();
        if rows.last().is_some_and(|last| width(&self.text[last.clone()]) >= cells.max(1)) {
            rows.push(end..end);
        }
        rows
    }

    /// The row and column of the caret in rows of so many cells. After a full row it stands at the next row's beginning:
    /// the row is one of [`TextField::rows`], the column less than the width (0 when the width is 0).
    pub fn caret_cell(&self, cells: usize) -> (usize, usize) {
        self.cell_in(&self.rows(cells), cells)
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        self.history.can_undo()
    }

    /// Takes the last step back; returns whether there was one.
    pub fn undo(&mut self) -> bool {
        let Some(edits) = self.history.undo() else { return false };
        for edit in edits {
            self.text.replace_range(edit.at..edit.at + edit.inserted.len(), &edit.removed);
            (self.caret, self.anchor) = (edit.caret, edit.anchor);
        }
        self.goal = None;
        true
    }

    /// Does the last undone step again; returns whether there was one.
    pub fn redo(&mut self) -> bool {
        let Some(edits) = self.history.redo() else { return false };
        for edit in edits {
            self.text.replace_range(edit.at..edit.at + edit.removed.len(), &edit.inserted);
            self.caret = self.ceil(edit.at + edit.inserted.len());
        }
        self.anchor = None;
        self.goal = None;
        true
    }

    /// Brings the text to NFC and drops invisible characters, caret and selection kept on their letters. To be
    /// called on leaving the field; undone together with the step before.
    pub fn normalise(&mut self) {
        let text = composed(&self.text);
        if text == self.text {
            return;
        }
        let caret = composed(&self.text[..self.caret]).len();
        let anchor = self.anchor.map(|anchor| composed(&self.text[..anchor]).len());
        let removed = std::mem::replace(&mut self.text, text);
        let edit = Edit {
            at: 0,
            removed,
            inserted: self.text.clone(),
            caret: self.caret,
            anchor: self.anchor,
            chained: true,
        };
        self.history.push(edit);
        self.history.close();
        self.caret = self.ceil(caret);
        self.anchor = anchor.map(|anchor| self.ceil(anchor));
        self.goal = None;
    }

    /// The letters and digits right before the caret; empty after a space or a sign.
    pub fn word_before_caret(&self) -> &str {
        let start = self.back_while(self.caret, |class| class == Class::Word);
        &self.text[start..self.caret]
    }
}

/// The changing of text.
impl TextField {
    fn remove(&mut self, otherwise: impl Fn(&Self) -> Range<usize>, step: Step) -> bool {
        let selection = self.selection();
        let step = if selection.is_some() { Step::Own } else { step };
        let range = selection.unwrap_or_else(|| otherwise(self));
        let changes = !range.is_empty();
        if changes {
            self.edit(range, "", step);
        }
        changes
    }

    /// The only way in which text changes while it can be undone.
    fn edit(&mut self, range: Range<usize>, inserted: &str, step: Step) {
        let edit = Edit {
            at: range.start,
            removed: self.text[range.clone()].to_owned(),
            inserted: inserted.to_owned(),
            caret: self.caret,
            anchor: self.anchor,
            chained: false,
        };
        if step == Step::Own {
            self.history.close();
        }
        self.history.push(edit);
        self.text.replace_range(range.clone(), inserted);
        self.caret = self.ceil(range.start + inserted.len());
        self.anchor = None;
        self.goal = None;
    }
}

/// One line without control characters.
fn cleaned(text: &str) -> String {
    let joined = text.replace("\r\n", " ");
    let spaced = joined
        .chars()
        .map(|c| if matches!(c, '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}') { ' ' } else { c });
    spaced.filter(|c| !c.is_control()).collect()
}

/// One line in NFC, also without the characters that show nothing and would only hold the caret up.
fn composed(text: &str) -> String {
    cleaned(text).nfc().filter(|c| !is_invisible(*c)).nfc().collect()
}

/// Byte order marks, zero-width spaces and direction overrides. Joiners stay: emoji need them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests;
