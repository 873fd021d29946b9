//! Where the caret can go: graphemes, words and visual rows of a text field. Must not change the text.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::{Extend, Motion, TextField};
use crate::text::width::{at_cell, width};

impl TextField {
    pub(super) fn target(&self, motion: Motion, extend: Extend, goal: usize) -> usize {
        let leaving = self.selection().filter(|_| extend == Extend::No);
        match (motion, leaving) {
            (Motion::Left, Some(range)) => range.start,
            (Motion::Right, Some(range)) => range.end,
            (Motion::Left, None) => self.before(self.caret),
            (Motion::Right, None) => self.after(self.caret),
            (Motion::WordLeft, _) => self.word_left(),
            (Motion::WordRight, _) => self.word_right(),
            (Motion::Start, _) => 0,
            (Motion::End, _) => self.text.len(),
            (Motion::To(byte), _) => self.floor(byte),
            (Motion::RowUp(cells), _) => self.row_target(cells, |row| row.checked_sub(1), goal),
            (Motion::RowDown(cells), _) => self.row_target(cells, |row| Some(row + 1), goal),
            (Motion::RowStart(cells), _) => self.row_target(cells, Some, 0),
            (Motion::RowEnd(cells), _) => self.row_target(cells, Some, usize::MAX),
        }
    }

    /// The place at column `goal` of another row; the caret itself when there is no such row.
    pub(super) fn row_target(
        &self,
        cells: usize,
        other: impl Fn(usize) -> Option<usize>,
        goal: usize,
    ) -> usize {
        let rows = self.rows(cells);
        let (row, _) = self.cell_in(&rows, cells);
        let Some((index, range)) = other(row).and_then(|row| Some((row, rows.get(row)?.clone()))) else {
            return self.caret;
        };
        let column = goal.min(cells.max(1) - 1);
        let byte = range.start + at_cell(&self.text[range.clone()], column);
        // The end of a wrapped row is already the beginning of the next one.
        if byte == range.end && index + 1 < rows.len() { self.before(byte).max(range.start) } else { byte }
    }

    pub(super) fn cell_in(&self, rows: &[Range<usize>], cells: usize) -> (usize, usize) {
        let row = rows.iter().rposition(|row| row.start <= self.caret).unwrap_or(0);
        let column = width(&self.text[rows[row].start..self.caret]);
        if column >= cells.max(1) { (row + 1, 0) } else { (row, column) }
    }

    pub(super) fn word_left(&self) -> usize {
        let end = self.back_while(self.caret, |class| class == Class::Space);
        let kind = self.class_before(end);
        self.back_while(end, |class| Some(class) == kind)
    }

    pub(super) fn word_right(&self) -> usize {
        let rest = &self.text[self.caret..];
        let kind = rest.graphemes(true).next().map(class_of);
        let mut classes = rest.grapheme_indices(true).map(|(byte, g)| (byte, class_of(g))).peekable();
        while classes.next_if(|(_, class)| Some(*class) == kind).is_some() {}
        while classes.next_if(|(_, class)| *class == Class::Space).is_some() {}
        classes.peek().map_or(self.text.len(), |(byte, _)| self.caret + byte)
    }

    pub(super) fn class_before(&self, byte: usize) -> Option<Class> {
        self.text[..byte].graphemes(true).next_back().map(class_of)
    }

    pub(super) fn back_while(&self, byte: usize, fits: impl Fn(Class) -> bool) -> usize {
        let mut graphemes = self.text[..byte].grapheme_indices(true).rev();
        let stop = graphemes.find(|(_, grapheme)| !fits(class_of(grapheme)));
        stop.map_or(0, |(at, grapheme)| at + grapheme.len())
    }

    pub(super) fn before(&self, byte: usize) -> usize {
        GraphemeCursor::new(byte, self.text.len(), true)
            .prev_boundary(&self.text, 0)
            .ok()
            .flatten()
            .unwrap_or(0)
    }

    pub(super) fn after(&self, byte: usize) -> usize {
        let end = self.text.len();
        GraphemeCursor::new(byte, end, true).next_boundary(&self.text, 0).ok().flatten().unwrap_or(end)
    }

    pub(super) fn is_boundary(&self, byte: usize) -> bool {
        self.text.is_char_boundary(byte)
            && GraphemeCursor::new(byte, self.text.len(), true).is_boundary(&self.text, 0).unwrap_or(true)
    }

    pub(super) fn floor(&self, byte: usize) -> usize {
        (0..=byte.min(self.text.len())).rev().find(|at| self.is_boundary(*at)).unwrap_or(0)
    }

    pub(super) fn ceil(&self, byte: usize) -> usize {
        (byte..self.text.len()).find(|at| self.is_boundary(*at)).unwrap_or(self.text.len())
    }
}

/// What a word is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Space,
    Word,
    Sign,
}

fn class_of(grapheme: &str) -> Class {
    match grapheme.chars().next() {
        Some(c) if c.is_whitespace() => Class::Space,
        Some(c) if c.is_alphanumeric() => Class::Word,
        _ => Class::Sign,
    }
}
