//! The numbers in front of headings and points, in reading order, for renderers without numbering of their own, and
//! where a list begins again for those that have one. Must not know what is numbered.

use crate::domain::kinds::Language;
use crate::export::tree::{Block, Level, Mark};
use crate::text::numbers;

/// The label of one block.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// As printed: `II.`, `3.`, `đ)`, `-`; empty for a block without.
    pub text: String,
    /// Which numbered list it belongs to, counted from 0; a new list begins at 1.
    pub list: usize,
}

/// The labels of all blocks, one each.
pub fn labels(blocks: &[Block], language: Language) -> Vec<Label> {
    let mut counters = Counters::default();
    blocks.iter().map(|block| counters.label(block, language)).collect()
}

#[derive(Default)]
struct Counters {
    part: usize,
    section: usize,
    number: usize,
    letter: usize,
    list: usize,
}

impl Counters {
    fn label(&mut self, block: &Block, language: Language) -> Label {
        let text = match block {
            Block::Heading(Level::Part, _) => {
                self.part += 1;
                self.section = 0;
                self.restart();
                let number = u32::try_from(self.part).ok().and_then(numbers::roman);
                format!("{}.", number.unwrap_or_else(|| self.part.to_string()))
            }
            Block::Heading(Level::Section, _) => {
                self.section += 1;
                self.restart();
                format!("{}.", self.section)
            }
            Block::Text(crate::export::tree::Style::Label, _) => {
                self.restart();
                String::new()
            }
            Block::Point(Mark::Number, _) => {
                if self.number == 0 {
                    self.list += 1;
                }
                self.number += 1;
                self.letter = 0;
                format!("{}.", self.number)
            }
            Block::Point(Mark::Letter, _) => {
                self.letter += 1;
                format!("{})", letter(self.letter - 1, language))
            }
            Block::Point(Mark::Dash, _) => "-".to_owned(),
            _ => String::new(),
        };
        Label { text, list: self.list.saturating_sub(1) }
    }

    fn restart(&mut self) {
        self.number = 0;
        self.letter = 0;
    }
}

/// Vietnamese points go a b c d đ e g; others by the Latin alphabet.
fn letter(index: usize, language: Language) -> String {
    match language {
        Language::Vi => numbers::point_letter(index),
        Language::En => {
            let own = char::from(b'a' + u8::try_from(index % 26).unwrap_or(0));
            match index / 26 {
                0 => own.to_string(),
                round => format!("{}{own}", letter(round - 1, language)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tree::{Runs, Style};

    #[test]
    fn lists_begin_again_after_headings_and_letters_after_numbers() {
        let heading = |level| Block::Heading(level, Runs::from("x"));
        let point = |mark| Block::Point(mark, Runs::from("x"));
        let blocks = vec![
            heading(Level::Part),
            point(Mark::Number),
            point(Mark::Letter),
            point(Mark::Letter),
            point(Mark::Number),
            point(Mark::Letter),
            heading(Level::Part),
            heading(Level::Section),
            point(Mark::Number),
            Block::Text(Style::Label, Runs::from("x")),
            point(Mark::Number),
            point(Mark::Dash),
            heading(Level::Section),
            heading(Level::Part),
            heading(Level::Section),
        ];
        let labels = labels(&blocks, Language::Vi);
        let texts: Vec<&str> = labels.iter().map(|label| label.text.as_str()).collect();
        let expected =
            ["I.", "1.", "a)", "b)", "2.", "a)", "II.", "1.", "1.", "", "1.", "-", "2.", "III.", "1."];
        assert_eq!(texts, expected);
        let lists: Vec<usize> = [1, 4, 8, 10].map(|at| labels[at].list).to_vec();
        assert_eq!(lists, [0, 0, 1, 2]);
    }

    #[test]
    fn vietnamese_points_have_their_own_alphabet() {
        let five = |language| (0..7).map(|at| letter(at, language)).collect::<Vec<_>>().join("");
        assert_eq!((five(Language::Vi), five(Language::En)), ("abcdđeg".to_owned(), "abcdefg".to_owned()));
    }
}
