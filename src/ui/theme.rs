//! How roles look: the terminal's own colours with bold, reverse and underline, or no colour at all. A state is always
//! a word; colour only supports it. Knows no place and no record.

use ratatui::style::{Color, Modifier, Style};

use crate::app::popup::Tone;
use crate::config::ThemeName;

/// The styles of one theme.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    name: ThemeName,
}

impl Theme {
    /// The theme under a name. Whoever minds `NO_COLOR` names [`ThemeName::Mono`].
    pub fn of(name: ThemeName) -> Theme {
        Theme { name }
    }

    /// The style of a text by how much it asks for attention.
    pub fn tone(self, tone: Tone) -> Style {
        let plain = Style::reset();
        match tone {
            // Dimmed letters are unreadable on many screens; the place of quiet text is quiet enough.
            Tone::Plain | Tone::Quiet => plain,
            Tone::Heading => plain.add_modifier(Modifier::BOLD),
            Tone::Warning => self.coloured(Color::Magenta).add_modifier(Modifier::BOLD),
            Tone::Alarm => self.coloured(Color::Red).add_modifier(Modifier::BOLD | Modifier::REVERSED),
        }
    }

    /// What is chosen.
    pub fn selected(self) -> Style {
        Style::reset().add_modifier(Modifier::REVERSED)
    }

    /// Text marked in a field.
    pub fn marked(self) -> Style {
        Style::reset().add_modifier(Modifier::REVERSED)
    }

    /// A key in the footer.
    pub fn key(self) -> Style {
        Style::reset().add_modifier(Modifier::BOLD)
    }

    /// The field with the caret.
    pub fn focused(self) -> Style {
        Style::reset().add_modifier(Modifier::UNDERLINED)
    }

    fn coloured(self, colour: Color) -> Style {
        match self.name {
            ThemeName::Terminal => Style::reset().fg(colour),
            ThemeName::Mono => Style::reset(),
        }
    }
}
