//! Writing results to standard output and messages to standard error. Knows no command.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

use crate::app::view::text::{clean, is_unsafe};
use crate::cli::trouble::Trouble;

/// When results are coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Color {
    /// On a terminal that does not refuse it (`NO_COLOR`, `TERM=dumb`).
    Auto,
    Always,
    Never,
}

impl Color {
    /// The choice for a word of the command line.
    pub fn from_word(word: &str) -> Option<Color> {
        match word {
            "auto" => Some(Color::Auto),
            "always" => Some(Color::Always),
            "never" => Some(Color::Never),
            _ => None,
        }
    }

    /// Whether results on standard output are coloured now.
    pub fn is_on(self) -> bool {
        match self {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
                let dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
                io::stdout().is_terminal() && !set("NO_COLOR") && !dumb
            }
        }
    }
}

/// The colours that results have: red, yellow, and none again. Nothing else that a terminal acts on is ever written.
pub const COLOURS: [&str; 3] = ["\u{1b}[31m", "\u{1b}[33m", "\u{1b}[0m"];

/// The line end of tables for other programs; a carriage return alone would let a line be written over.
const TABLE_LINE_END: &str = "\r\n";

/// Writes a result, swept; it ends with a line end already.
pub fn result(text: &str) -> Result<(), Trouble> {
    bytes(swept(text).as_bytes())
}

/// Writes a file as a result: what it holds is its format's matter, nothing is swept.
pub fn bytes(bytes: &[u8]) -> Result<(), Trouble> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(Trouble::Output)
}

/// The text with a `·` in place of whatever a terminal would act on or hide; line ends, tabs and our own colours stay.
/// Runs over all that is written, so that nothing passes that somebody forgot to clean.
pub fn swept(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| is_unsafe(c) && c != '\n') {
        return Cow::Borrowed(text);
    }
    let mut swept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let ours = COLOURS.iter().chain([&TABLE_LINE_END]).find(|ours| rest.starts_with(**ours));
        let taken = ours.map_or(c.len_utf8(), |ours| ours.len());
        match (ours, c) {
            (Some(ours), _) => swept.push_str(ours),
            (None, '\n' | '\t') => swept.push(c),
            (None, c) if is_unsafe(c) => swept.push('·'),
            (None, c) => swept.push(c),
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    Cow::Owned(swept)
}

/// Writes a message made of lines; what a terminal would act on is made harmless. A message nobody can read is lost.
pub fn message(text: &str) {
    let mut out = io::stderr().lock();
    for line in text.lines() {
        let _ = writeln!(out, "{}", clean(line));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_line_ends_tabs_and_our_colours_pass_the_sweep() {
        for (text, expected) in [
            ("ở\ta\n", "ở\ta\n"),
            ("\u{1b}[31mđỏ\u{1b}[0m\n", "\u{1b}[31mđỏ\u{1b}[0m\n"),
            ("\u{1b}[32mx\u{1b}]0;t\u{7}\n", "·[32mx·]0;t·\n"),
            ("a\u{9b}2J\u{202e}b\rc\r\n", "a·2J·b·c\r\n"),
        ] {
            assert_eq!(swept(text), expected);
        }
    }
}
