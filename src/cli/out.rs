//! Writing results to standard output and messages to standard error. Knows no command.

use std::io::{self, IsTerminal, Write};

use crate::app::view::text::clean;
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

/// Writes a result as it is; it ends with a line end already.
pub fn result(text: &str) -> Result<(), Trouble> {
    bytes(text.as_bytes())
}

/// Writes a result that need not be text.
pub fn bytes(bytes: &[u8]) -> Result<(), Trouble> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(Trouble::Output)
}

/// Writes a message made of lines; what a terminal would act on is made harmless. A message nobody can read is lost.
pub fn message(text: &str) {
    let mut out = io::stderr().lock();
    for line in text.lines() {
        let _ = writeln!(out, "{}", clean(line));
    }
}
