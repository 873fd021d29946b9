//! How roles look. The default takes the terminal's own colours with bold, reverse and underline: no single one of the
//! sixteen colours is readable on all the palettes people use (the tests reckon it). Two themes bring colours of their
//! own. A state is always a word; colour only supports it. Knows no place and no record.

use ratatui::style::{Color, Modifier, Style};

use crate::app::popup::Tone;
use crate::config::ThemeName;

/// The styles of one theme.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    name: ThemeName,
}

/// The colours of a theme that brings its own, as numbers of the 256-colour cube, which never change their look.
#[derive(Clone, Copy, Debug)]
struct Ink {
    text: u8,
    ground: u8,
    warning: u8,
    alarm: u8,
    key: u8,
    chosen: u8,
    chosen_ground: u8,
}

const DARK: Ink =
    Ink { text: 252, ground: 234, warning: 221, alarm: 217, key: 117, chosen: 231, chosen_ground: 24 };
const HIGH_CONTRAST: Ink =
    Ink { text: 231, ground: 16, warning: 226, alarm: 226, key: 231, chosen: 16, chosen_ground: 231 };

impl Theme {
    /// The theme under a name. Whoever minds `NO_COLOR` names [`ThemeName::Terminal`].
    pub fn of(name: ThemeName) -> Theme {
        Theme { name }
    }

    fn ink(self) -> Option<Ink> {
        match self.name {
            ThemeName::Terminal => None,
            ThemeName::Dark => Some(DARK),
            ThemeName::HighContrast => Some(HIGH_CONTRAST),
        }
    }

    /// The style of a text by how much it asks for attention.
    pub fn tone(self, tone: Tone) -> Style {
        let plain = Style::reset();
        match tone {
            // Dimmed letters are unreadable on many screens; the place of quiet text is quiet enough.
            Tone::Plain | Tone::Quiet => plain,
            Tone::Heading => plain.add_modifier(Modifier::BOLD),
            Tone::Warning => self.coloured(|ink| ink.warning).add_modifier(Modifier::BOLD),
            Tone::Alarm => self.coloured(|ink| ink.alarm).add_modifier(Modifier::BOLD | Modifier::REVERSED),
        }
    }

    /// What is chosen.
    pub fn selected(self) -> Style {
        match self.ink() {
            None => Style::reset().add_modifier(Modifier::REVERSED),
            Some(ink) => Style::reset().fg(Color::Indexed(ink.chosen)).bg(Color::Indexed(ink.chosen_ground)),
        }
    }

    /// Text marked in a field.
    pub fn marked(self) -> Style {
        self.selected()
    }

    /// Letters that were searched for, laid over what is there.
    pub fn found(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// A key in the footer.
    pub fn key(self) -> Style {
        self.coloured(|ink| ink.key).add_modifier(Modifier::BOLD)
    }

    /// The field with the caret.
    pub fn focused(self) -> Style {
        Style::reset().add_modifier(Modifier::UNDERLINED)
    }

    /// What a cell looks like that asked for the terminal's own colours.
    pub fn ground(self) -> Option<(Color, Color)> {
        self.ink().map(|ink| (Color::Indexed(ink.text), Color::Indexed(ink.ground)))
    }

    fn coloured(self, role: impl Fn(Ink) -> u8) -> Style {
        match self.ink() {
            Some(ink) => Style::reset().fg(Color::Indexed(role(ink))),
            None => Style::reset(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Rgb = (u8, u8, u8);

    /// Relative luminance, WCAG 2.1.
    fn luminance((r, g, b): Rgb) -> f64 {
        let part = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.040_45 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
    }

    fn contrast(a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The 256-colour cube and grey ramp, fixed in all terminals that have them.
    fn indexed(n: u8) -> Rgb {
        match n {
            16..=231 => {
                let step = |k: u8| if k == 0 { 0 } else { 55 + 40 * k };
                let n = n - 16;
                (step(n / 36), step(n / 6 % 6), step(n % 6))
            }
            232..=255 => {
                let grey = 8 + 10 * (n - 232);
                (grey, grey, grey)
            }
            _ => panic!("{n} differs from terminal to terminal"),
        }
    }

    const fn hex(rgb: u32) -> Rgb {
        ((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
    }

    /// Letters, ground, red and magenta of palettes people have: Windows new and old, xterm, GNOME light and dark,
    /// Solarized light and dark, Tango.
    const PALETTES: [(&str, Rgb, Rgb, Rgb, Rgb); 8] = [
        ("Windows new", hex(0xCCCCCC), hex(0x0C0C0C), hex(0xC50F1F), hex(0x881798)),
        ("Windows old", hex(0xC0C0C0), hex(0x000000), hex(0x800000), hex(0x800080)),
        ("xterm", hex(0xE5E5E5), hex(0x000000), hex(0xCD0000), hex(0xCD00CD)),
        ("GNOME light", hex(0x171421), hex(0xFFFFFF), hex(0xC01C28), hex(0xA347BA)),
        ("GNOME dark", hex(0xD0CFCC), hex(0x171421), hex(0xC01C28), hex(0xA347BA)),
        ("Solarized light", hex(0x657B83), hex(0xFDF6E3), hex(0xDC322F), hex(0xD33682)),
        ("Solarized dark", hex(0x839496), hex(0x002B36), hex(0xDC322F), hex(0xD33682)),
        ("Tango", hex(0xD3D7CF), hex(0x2E3436), hex(0xCC0000), hex(0x75507B)),
    ];

    #[test]
    fn the_terminals_own_colours_would_not_be_readable_everywhere_so_the_default_uses_none() {
        for colour in [|p: &(&str, Rgb, Rgb, Rgb, Rgb)| p.3, |p: &(&str, Rgb, Rgb, Rgb, Rgb)| p.4] {
            assert!(PALETTES.iter().any(|palette| contrast(colour(palette), palette.2) < 4.5));
        }
        let theme = Theme::of(ThemeName::Terminal);
        let tones =
            [Tone::Plain, Tone::Quiet, Tone::Heading, Tone::Warning, Tone::Alarm].map(|t| theme.tone(t));
        for style in tones.into_iter().chain([theme.selected(), theme.marked(), theme.key(), theme.focused()])
        {
            assert_eq!((style.fg, style.bg), (Some(Color::Reset), Some(Color::Reset)));
        }
        // What is left is the palette's own pair; Solarized light chose 4.1:1 for its users itself.
        for (name, text, ground, ..) in PALETTES.iter().filter(|palette| !palette.0.starts_with("Solarized"))
        {
            assert!(contrast(*text, *ground) >= 4.5, "{name}");
        }
    }

    #[test]
    fn own_colours_have_a_contrast_of_at_least_four_and_a_half() {
        for ink in [DARK, HIGH_CONTRAST] {
            for text in [ink.text, ink.warning, ink.alarm, ink.key] {
                let found = contrast(indexed(text), indexed(ink.ground));
                assert!(found >= 4.5, "{text} on {}: {found:.2}", ink.ground);
            }
            assert!(contrast(indexed(ink.chosen), indexed(ink.chosen_ground)) >= 4.5);
            assert!(
                contrast(indexed(ink.chosen_ground), indexed(ink.ground)) >= 1.5,
                "the chosen row is seen"
            );
        }
        let high = contrast(indexed(HIGH_CONTRAST.text), indexed(HIGH_CONTRAST.ground));
        assert!(high >= 7.0);
    }

    #[test]
    fn tones_differ_by_more_than_colour() {
        for name in [ThemeName::Terminal, ThemeName::Dark, ThemeName::HighContrast] {
            let theme = Theme::of(name);
            let plain = theme.tone(Tone::Plain).add_modifier;
            assert_ne!(theme.tone(Tone::Warning).add_modifier, plain);
            assert_ne!(theme.tone(Tone::Alarm).add_modifier, theme.tone(Tone::Warning).add_modifier);
        }
    }
}
