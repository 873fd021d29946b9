//! How wide text is on a terminal, and how it is cut, padded and wrapped to cells. Counts by grapheme, so that a
//! Vietnamese letter is one cell however it is composed. Must not know what is drawn or where.

use std::borrow::Cow;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use crate::text::hidden::is_unsafe;

/// The width of `text` in terminal cells. Combining marks count 0, CJK and emoji 2; what a terminal would act on or
/// hide counts as the dot it is shown as.
pub fn width(text: &str) -> usize {
    text.graphemes(true).map(grapheme_width).sum()
}

/// The width of one grapheme in cells.
pub fn grapheme_width(grapheme: &str) -> usize {
    let cells = UnicodeWidthStr::width(grapheme);
    if grapheme.contains(is_unsafe) { cells.clamp(1, 2) } else { cells }
}

/// `text` with every grapheme that a terminal would act on or hide as dots in as many cells, line ends and tabs as
/// blanks.
pub fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let show = |grapheme: &str| match grapheme {
        "\n" | "\t" | "\r" | "\r\n" | "\u{2028}" | "\u{2029}" => " ".to_owned(),
        grapheme if grapheme.contains(is_unsafe) => "·".repeat(grapheme_width(grapheme)),
        grapheme => grapheme.to_owned(),
    };
    Cow::Owned(text.graphemes(true).map(show).collect())
}

/// `text` if it fits into `cells`, else its beginning with `…` as the last cell. Never wider than `cells`.
pub fn clip(text: &str, cells: usize) -> String {
    if width(text) <= cells {
        return text.to_owned();
    }
    if cells == 0 {
        return String::new();
    }
    let mut clipped = text[..at_cell(text, cells - 1)].to_owned();
    clipped.push('…');
    clipped
}

/// `text` clipped to `cells` and filled with spaces on the right: exactly `cells` wide.
pub fn pad(text: &str, cells: usize) -> String {
    let mut padded = clip(text, cells);
    let missing = cells.saturating_sub(width(&padded));
    padded.extend(std::iter::repeat_n(' ', missing));
    padded
}

/// As [`pad`], filled on the left: for numbers in columns.
pub fn pad_left(text: &str, cells: usize) -> String {
    let clipped = clip(text, cells);
    let missing = cells.saturating_sub(width(&clipped));
    format!("{}{clipped}", " ".repeat(missing))
}

/// The byte of the last grapheme boundary at or before column `cell`; the text's end if it is shorter.
pub fn at_cell(text: &str, cell: usize) -> usize {
    let mut column = 0;
    for (byte, grapheme) in text.grapheme_indices(true) {
        column += grapheme_width(grapheme);
        if column > cell {
            return byte;
        }
    }
    text.len()
}

/// The visual rows of `text` in `cells` columns, as byte ranges that touch and cover every byte. Rows end after
/// spaces, which may hang over the edge; a word longer than a row is broken between graphemes. An empty text
/// has one empty row. Zero cells count as one; a wide grapheme in one cell gets a row of its own.
pub fn wrap(text: &str, cells: usize) -> Vec<Range<usize>> {
    wrap_with(text, cells, cells)
}

/// As [`wrap`] when the first row has another width than the rest, for example after a prompt.
pub fn wrap_with(text: &str, first_cells: usize, rest_cells: usize) -> Vec<Range<usize>> {
    let mut wrapping = Wrapping { text, rows: Vec::new(), start: 0, opportunity: 0, column: 0 };
    for (byte, grapheme) in text.grapheme_indices(true) {
        let limit = if wrapping.rows.is_empty() { first_cells } else { rest_cells }.max(1);
        wrapping.place(byte, grapheme, limit, rest_cells.max(1));
    }
    wrapping.rows.push(wrapping.start..text.len());
    wrapping.rows
}

/// The row being filled: where it starts, the last byte at which it may end, and the column reached.
struct Wrapping<'t> {
    text: &'t str,
    rows: Vec<Range<usize>>,
    start: usize,
    opportunity: usize,
    column: usize,
}

impl Wrapping<'_> {
    fn place(&mut self, byte: usize, grapheme: &str, limit: usize, next_limit: usize) {
        let cells = grapheme_width(grapheme);
        if is_break_space(grapheme) {
            self.opportunity = byte + grapheme.len();
            self.column += cells;
            return;
        }
        let mut limit = limit;
        while self.column + cells > limit && byte > self.start {
            self.break_before(byte);
            limit = next_limit;
        }
        self.column += cells;
    }

    /// Ends the row at the last space, or right before `byte` when its only word is longer than the row.
    fn break_before(&mut self, byte: usize) {
        let end = if self.opportunity > self.start { self.opportunity } else { byte };
        self.rows.push(self.start..end);
        self.start = end;
        self.column = width(&self.text[end..byte]);
    }
}

/// Whether a row may end after this grapheme. No-break spaces are letters here.
fn is_break_space(grapheme: &str) -> bool {
    grapheme.chars().all(|c| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_letter_has_the_cells_a_terminal_gives_it() {
        for (text, cells) in [
            ("", 0),
            ("Nguyễn", 6),
            ("Nguye\u{302}\u{303}n", 6),
            ("đồng chí", 8),
            ("漢字", 4),
            ("👍", 2),
            ("👨‍👩‍👧", 2),
            ("🇻🇳", 2),
            ("a\u{7}b\tc", 5),
            ("a\u{202e}b\u{200b}", 4),
            ("\u{301}", 0),
        ] {
            assert_eq!(width(text), cells, "{text:?}");
            assert_eq!(width(&shown(text)), cells, "{text:?}");
        }
    }

    #[test]
    fn what_is_hidden_shows_as_dots_in_its_own_cells() {
        assert_eq!(shown("a\u{202e}b\u{1b}[2J\nc\td"), "a·b·[2J c d");
        assert_eq!(shown("👨‍👩‍👧!"), "··!");
        assert_eq!(shown("Nguye\u{302}\u{303}n"), "Nguye\u{302}\u{303}n");
    }

    #[test]
    fn clip_marks_what_was_cut_and_never_splits_a_letter() {
        assert_eq!(clip("Sở Nội vụ", 9), "Sở Nội vụ");
        assert_eq!(clip("Sở Nội vụ", 6), "Sở Nộ…");
        assert_eq!(clip("So\u{302}\u{309}i", 2), "S…");
        assert_eq!(clip("漢字漢", 4), "漢…");
        assert_eq!(clip("abc", 1), "…");
        assert_eq!(clip("abc", 0), "");
    }

    #[test]
    fn pad_fills_to_the_cell() {
        assert_eq!(pad("Số", 4), "Số  ");
        assert_eq!(pad("漢字漢", 4), "漢… ");
        assert_eq!(pad_left("12", 4), "  12");
    }

    fn rows_of(text: &str, cells: usize) -> Vec<&str> {
        wrap(text, cells).into_iter().map(|row| &text[row]).collect()
    }

    #[test]
    fn rows_end_at_spaces_and_long_words_are_broken() {
        for (text, cells, rows) in [
            ("", 5, vec![""]),
            ("hello world", 5, vec!["hello ", "world"]),
            ("hello world", 11, vec!["hello world"]),
            ("một hai ba", 7, vec!["một hai ", "ba"]),
            ("abcdefgh", 3, vec!["abc", "def", "gh"]),
            ("ab cdefgh", 4, vec!["ab ", "cdef", "gh"]),
            ("漢字漢", 3, vec!["漢", "字", "漢"]),
            ("漢字", 1, vec!["漢", "字"]),
            ("ab", 0, vec!["a", "b"]),
            ("a     b", 3, vec!["a     ", "b"]),
            ("10\u{a0}000 đồng", 7, vec!["10\u{a0}000 ", "đồng"]),
        ] {
            assert_eq!(rows_of(text, cells), rows, "{text:?} in {cells}");
        }
    }

    #[test]
    fn the_first_row_may_have_its_own_width() {
        assert_eq!(wrap_with("aa bb cc", 2, 5), vec![0..3, 3..8]);
        assert_eq!(wrap_with("aaaa", 3, 1), vec![0..3, 3..4]);
        assert_eq!(wrap_with("a bcdef", 4, 2), vec![0..2, 2..4, 4..6, 6..7]);
    }

    proptest! {
        #[test]
        fn rows_cover_every_byte_once_and_fit(text in "[a-zđế ✓漢👍\u{301}\u{200d}]{0,60}", cells in 0usize..12) {
            let rows = wrap(&text, cells);
            prop_assert_eq!(rows.first().map(|row| row.start), Some(0));
            prop_assert_eq!(rows.last().map(|row| row.end), Some(text.len()));
            for pair in rows.windows(2) {
                prop_assert_eq!(pair[0].end, pair[1].start);
                prop_assert!(!pair[0].is_empty());
            }
            for row in rows {
                let visible = text[row].trim_end_matches(' ');
                let alone = visible.graphemes(true).count() <= 1;
                prop_assert!(width(visible) <= cells.max(1) || alone, "{visible:?}");
            }
        }

        #[test]
        fn clip_and_pad_keep_to_their_cells(text in "\\PC{0,30}", cells in 0usize..20) {
            prop_assert!(width(&clip(&text, cells)) <= cells);
            prop_assert_eq!(width(&pad(&text, cells)), cells);
        }
    }
}
