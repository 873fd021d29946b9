//! What the keys of Telex and VNI ask for. A table; knows no word.

use crate::text::syllable::{Mark, Tone};

/// Which keys make marks and tones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Method {
    /// None: the office's own input method does it.
    #[default]
    Off,
    Telex,
    Vni,
}

/// What a key asks for when the word has something to do it to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Act {
    Tone(Tone),
    /// Takes the tone away.
    Level,
    /// Puts a mark on the nearest letter that takes it.
    Mark(Wanted),
    /// Makes đ.
    Stroke,
}

/// The mark a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// On this base alone (Telex), or on any of a, e, o.
    Circumflex(Option<u8>),
    Horn,
    Breve,
    /// The w of Telex: whichever of the two fits, else a letter ư of its own.
    HornOrBreve,
}

impl Wanted {
    /// The mark this key makes of a base letter.
    pub(super) fn on(self, base: u8) -> Option<Mark> {
        match (self, base) {
            (Wanted::Circumflex(None), b'a' | b'e' | b'o') => Some(Mark::Circumflex),
            (Wanted::Circumflex(Some(only)), _) if only == base => Some(Mark::Circumflex),
            (Wanted::Horn | Wanted::HornOrBreve, b'o' | b'u') => Some(Mark::Horn),
            (Wanted::Breve | Wanted::HornOrBreve, b'a') => Some(Mark::Breve),
            _ => None,
        }
    }
}

impl Method {
    /// Its name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Method::Off => "off",
            Method::Telex => "telex",
            Method::Vni => "vni",
        }
    }

    pub fn from_name(name: &str) -> Option<Method> {
        [Method::Off, Method::Telex, Method::Vni].into_iter().find(|method| method.name() == name)
    }

    /// What a key (small letter or digit) asks for.
    pub(super) fn act(self, key: char) -> Option<Act> {
        match self {
            Method::Off => None,
            Method::Telex => telex(key),
            Method::Vni => vni(key),
        }
    }
}

fn telex(key: char) -> Option<Act> {
    Some(match key {
        's' => Act::Tone(Tone::Acute),
        'f' => Act::Tone(Tone::Grave),
        'r' => Act::Tone(Tone::Hook),
        'x' => Act::Tone(Tone::Tilde),
        'j' => Act::Tone(Tone::Dot),
        'z' => Act::Level,
        'a' | 'e' | 'o' => Act::Mark(Wanted::Circumflex(Some(key as u8))),
        'w' => Act::Mark(Wanted::HornOrBreve),
        'd' => Act::Stroke,
        _ => return None,
    })
}

fn vni(key: char) -> Option<Act> {
    Some(match key {
        '1' => Act::Tone(Tone::Acute),
        '2' => Act::Tone(Tone::Grave),
        '3' => Act::Tone(Tone::Hook),
        '4' => Act::Tone(Tone::Tilde),
        '5' => Act::Tone(Tone::Dot),
        '0' => Act::Level,
        '6' => Act::Mark(Wanted::Circumflex(None)),
        '7' => Act::Mark(Wanted::Horn),
        '8' => Act::Mark(Wanted::Breve),
        '9' => Act::Stroke,
        _ => return None,
    })
}
