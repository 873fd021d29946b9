//! What a hand does: keys, paste, mouse. Knows no terminal protocol and no command.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// One thing that came from the terminal, in the order in which it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key was pressed or repeats; releases are never told.
    Key(Key),
    /// Text pasted as one piece: lines end in `\n`, no other control character than tab is in it.
    Paste(String),
    /// The mouse did something; told only while the mouse is asked for.
    Mouse(Mouse),
    /// The window has this many cells now.
    Resize {
        /// Width in cells, may be 0.
        columns: u16,
        /// Height in cells, may be 0.
        rows: u16,
    },
    /// The window came to the front or left it.
    Focus(Focus),
}

/// Whether the keys of the desk go to this window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Focus {
    /// The window is in front.
    Gained,
    /// Another window is in front.
    Lost,
}

/// A key with the modifiers held. Equal keys are the same command, so make them by [`Key::new`],
/// which brings the ways terminals tell one key to a single form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Which key.
    pub code: Code,
    /// Ctrl is held; a letter is then lower case.
    pub ctrl: bool,
    /// Alt is held, or Esc came just before in the same breath.
    pub alt: bool,
    /// Shift is held; never set for a character typed without Ctrl, whose case says it already.
    pub shift: bool,
}

/// The keys that can be told apart in every terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Code {
    /// A character as it would be typed; never a control character.
    Char(char),
    /// Return, in the main block or on the number pad.
    Enter,
    /// Tab.
    Tab,
    /// Shift with Tab.
    BackTab,
    /// Backspace, whichever of the two bytes the terminal sends for it.
    Backspace,
    /// Delete forwards.
    Delete,
    /// Insert.
    Insert,
    /// Esc pressed alone.
    Esc,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// A function key, from 1.
    F(u8),
}

/// What the mouse did and in which cell, counted from 0 at the top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// Cells from the left edge.
    pub column: u16,
    /// Cells from the top edge.
    pub row: u16,
}

/// What can be done with the main button and the wheel; other buttons are not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MouseKind {
    /// The main button went down.
    Down,
    /// The main button went up.
    Up,
    /// Moved with the main button down.
    Drag,
    /// The wheel turned away from the hand.
    ScrollUp,
    /// The wheel turned towards the hand.
    ScrollDown,
}

/// Which modifiers are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Held {
    /// Ctrl.
    pub ctrl: bool,
    /// Alt, or Meta.
    pub alt: bool,
    /// Shift.
    pub shift: bool,
}

impl Key {
    /// The key with these modifiers in the single form that all terminals are brought to: Shift goes into
    /// the case of a character, Ctrl takes the case away, Shift with Tab is `BackTab`.
    pub fn new(code: Code, held: Held) -> Key {
        let Held { ctrl, alt, shift } = held;
        match code {
            Code::Char(c) if ctrl => Key { code: Code::Char(lower(c)), ctrl, alt, shift },
            Code::Char(c) if shift => Key { code: Code::Char(upper(c)), ctrl, alt, shift: false },
            Code::Tab | Code::BackTab if shift || code == Code::BackTab => {
                Key { code: Code::BackTab, ctrl, alt, shift: false }
            }
            _ => Key { code, ctrl, alt, shift },
        }
    }

    /// The key without modifiers.
    pub fn plain(code: Code) -> Key {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    /// The key that types this character.
    pub fn char(c: char) -> Key {
        Key::plain(Code::Char(c))
    }

    /// The key with Ctrl and this character.
    pub fn ctrl(c: char) -> Key {
        Key::new(Code::Char(c), Held { ctrl: true, ..Held::default() })
    }

    /// The key with Alt and this character.
    pub fn alt(c: char) -> Key {
        Key::new(Code::Char(c), Held { alt: true, ..Held::default() })
    }

    /// The character that this key types into a text, if it types one.
    pub fn typed(self) -> Option<char> {
        match self {
            Key { code: Code::Char(c), ctrl: false, alt: false, .. } => Some(c),
            _ => None,
        }
    }

    /// The key as people read it on the screen: `Ctrl-K`, `Shift-↑`, `F2`, `Enter`.
    pub fn label(self) -> String {
        let mut label = self.prefix(["Ctrl-", "Alt-", "Shift-"]);
        match self.code {
            Code::Char(' ') => label.push_str("Space"),
            Code::Char(c) if self.ctrl || self.alt => label.push(upper(c)),
            Code::Char(c) => label.push(c),
            Code::F(n) => label.push_str(&format!("F{n}")),
            code => label.push_str(NAMES.iter().find(|(of, ..)| *of == code).map_or("", |(.., shown)| shown)),
        }
        label
    }

    fn prefix(self, [ctrl, alt, shift]: [&str; 3]) -> String {
        let held = [(self.ctrl, ctrl), (self.alt, alt), (self.shift, shift)];
        held.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).collect()
    }
}

/// The notation of the keys configuration; [`Key::from_str`] reads it back to the same key.
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.prefix(["ctrl-", "alt-", "shift-"]))?;
        match self.code {
            Code::Char(' ') => f.write_str("space"),
            Code::Char(c) => write!(f, "{c}"),
            Code::F(n) => write!(f, "f{n}"),
            code => f.write_str(NAMES.iter().find(|(of, ..)| *of == code).map_or("", |(_, name, _)| name)),
        }
    }
}

/// `ctrl-k`, `shift-up`, `alt-x`, `f2`, `enter`, `space`, `@`; names in any case, `+` for `-` too.
impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(notation: &str) -> Result<Key, UnknownKey> {
        let (held, name) = modifiers(notation);
        let code = code(name).ok_or_else(|| UnknownKey(notation.to_owned()))?;
        Ok(Key::new(code, held))
    }
}

/// A key notation that names no key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownKey(pub String);

impl fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no such key: {}", self.0)
    }
}

impl Error for UnknownKey {}

/// The keys of a script for tests: characters are themselves, a line end is Enter, and names stand in
/// angle brackets: `<enter>`, `<f6>`, `<ctrl-z>`, with `<lt>` for the bracket itself.
///
/// # Errors
/// A name in brackets that is no key, or a bracket that never closes.
pub fn script(text: &str) -> Result<Vec<Key>, UnknownKey> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        if c != '<' {
            keys.push(typing(c));
            continue;
        }
        let (name, after) = rest.split_once('>').ok_or_else(|| UnknownKey(rest.to_owned()))?;
        keys.push(if name == "lt" { Key::char('<') } else { name.parse()? });
        rest = after;
    }
    Ok(keys)
}

/// Code, name in the configuration, name on the screen.
const NAMES: [(Code, &str, &str); 15] = [
    (Code::Enter, "enter", "Enter"),
    (Code::Tab, "tab", "Tab"),
    (Code::BackTab, "shift-tab", "Shift-Tab"),
    (Code::Backspace, "backspace", "Backspace"),
    (Code::Delete, "delete", "Delete"),
    (Code::Insert, "insert", "Insert"),
    (Code::Esc, "esc", "Esc"),
    (Code::Up, "up", "↑"),
    (Code::Down, "down", "↓"),
    (Code::Left, "left", "←"),
    (Code::Right, "right", "→"),
    (Code::Home, "home", "Home"),
    (Code::End, "end", "End"),
    (Code::PageUp, "pageup", "PageUp"),
    (Code::PageDown, "pagedown", "PageDown"),
];

/// The highest function key that any terminal tells.
const LAST_F: u8 = 35;

fn modifiers(notation: &str) -> (Held, &str) {
    let mut held = Held::default();
    let mut rest = notation;
    loop {
        // A lone "-" or "+" after the modifiers is the key itself.
        let Some((name, after)) = rest.split_once(['-', '+']).filter(|(_, after)| !after.is_empty()) else {
            return (held, rest);
        };
        match name.to_ascii_lowercase().as_str() {
            "ctrl" => held.ctrl = true,
            "alt" => held.alt = true,
            "shift" => held.shift = true,
            _ => return (held, rest),
        }
        rest = after;
    }
}

fn code(name: &str) -> Option<Code> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control() && c != ' ').then_some(Code::Char(c));
    }
    let name = name.to_ascii_lowercase();
    if name == "space" {
        return Some(Code::Char(' '));
    }
    NAMES.iter().find(|(_, of, _)| *of == name).map(|(code, ..)| *code).or_else(|| function_key(&name))
}

fn function_key(name: &str) -> Option<Code> {
    let number = name.strip_prefix('f')?;
    let canonical = number.starts_with(|c: char| ('1'..='9').contains(&c));
    let n: u8 = number.parse().ok()?;
    (canonical && n <= LAST_F).then_some(Code::F(n))
}

fn typing(c: char) -> Key {
    match c {
        '\n' => Key::plain(Code::Enter),
        '\t' => Key::plain(Code::Tab),
        _ => Key::char(c),
    }
}

/// The other case when it is one character too, else the character as it is.
fn upper(c: char) -> char {
    let mut cased = c.to_uppercase();
    cased.next().filter(|_| cased.next().is_none()).unwrap_or(c)
}

fn lower(c: char) -> char {
    let mut cased = c.to_lowercase();
    cased.next().filter(|_| cased.next().is_none()).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(notation: &str) -> Key {
        notation.parse().unwrap()
    }

    #[test]
    fn notation_names_the_key_and_its_label() {
        let table = [
            ("ctrl-k", Key::ctrl('k'), "Ctrl-K"),
            ("alt-x", Key::alt('x'), "Alt-X"),
            ("f2", Key::plain(Code::F(2)), "F2"),
            ("f12", Key::plain(Code::F(12)), "F12"),
            ("enter", Key::plain(Code::Enter), "Enter"),
            ("esc", Key::plain(Code::Esc), "Esc"),
            ("space", Key::char(' '), "Space"),
            ("ctrl-space", Key::ctrl(' '), "Ctrl-Space"),
            ("pageup", Key::plain(Code::PageUp), "PageUp"),
            ("@", Key::char('@'), "@"),
            ("-", Key::char('-'), "-"),
            ("+", Key::char('+'), "+"),
            ("ctrl--", Key::ctrl('-'), "Ctrl--"),
            ("đ", Key::char('đ'), "đ"),
            ("shift-tab", Key::plain(Code::BackTab), "Shift-Tab"),
        ];
        for (notation, expected, label) in table {
            assert_eq!(key(notation), expected, "{notation}");
            assert_eq!(expected.to_string(), notation);
            assert_eq!(expected.label(), label);
        }
        assert_eq!(key("shift-up").label(), "Shift-↑");
        assert_eq!(key("ctrl-shift-up").label(), "Ctrl-Shift-↑");
    }

    #[test]
    fn ways_to_write_one_key_are_equal() {
        let table = [
            ("Ctrl-K", "ctrl-k"),
            ("ctrl+k", "ctrl-k"),
            ("shift-a", "A"),
            ("F2", "f2"),
            ("shift-ctrl-left", "ctrl-shift-left"),
            ("PageDown", "pagedown"),
        ];
        for (one, other) in table {
            assert_eq!(key(one), key(other), "{one}");
        }
        assert_ne!(key("a"), key("A"));
        assert_ne!(key("alt-x"), key("alt-X"));
    }

    #[test]
    fn what_names_no_key_is_refused() {
        for wrong in
            ["", " ", "f0", "f02", "f+2", "f36", "hyper-x", "ctrl-", "alt-", "enterr", "\u{1b}", "ab"]
        {
            assert_eq!(wrong.parse::<Key>(), Err(UnknownKey(wrong.to_owned())), "{wrong:?}");
        }
    }

    #[test]
    fn only_unmodified_characters_type() {
        assert_eq!(Key::char('ệ').typed(), Some('ệ'));
        assert_eq!(Key::ctrl('k').typed(), None);
        assert_eq!(Key::alt('k').typed(), None);
        assert_eq!(Key::plain(Code::Enter).typed(), None);
    }

    #[test]
    fn script_mixes_characters_and_names() {
        let keys = script("ô <lt><f6><ctrl-z>\n>").unwrap();
        let expected = [
            Key::char('ô'),
            Key::char(' '),
            Key::char('<'),
            Key::plain(Code::F(6)),
            Key::ctrl('z'),
            Key::plain(Code::Enter),
            Key::char('>'),
        ];
        assert_eq!(keys, expected);
        assert!(script("<nothing>").is_err());
        assert!(script("a<enter").is_err());
    }

    proptest! {
        #[test]
        fn what_is_displayed_is_read_back(c in any::<char>(), n in 0usize..16, held in any::<[bool; 3]>()) {
            let code = NAMES.get(n).map_or(Code::Char(c), |(code, ..)| *code);
            let [ctrl, alt, shift] = held;
            let key = Key::new(code, Held { ctrl, alt, shift });
            prop_assume!(!c.is_control());
            prop_assert_eq!(key.to_string().parse(), Ok(key));
        }
    }
}
