//! Characters that a terminal would act on or hide, made visible. Must not know what is drawn or where.

use std::borrow::Cow;

/// `text` with a `·` in place of every character that a terminal would act on or hide: controls, marks that turn the
/// direction of writing, characters without width. Letters with combining marks stay.
pub fn clean(text: &str) -> Cow<'_, str> {
    if !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if is_unsafe(c) { '·' } else { c }).collect())
}

/// Whether a character must not reach a terminal as it is.
pub fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_act_on_becomes_a_dot() {
        for (text, shown) in [
            ("Sở Nội vụ", "Sở Nội vụ"),
            ("a\u{1b}[2Jb", "a·[2Jb"),
            ("x\u{202e}y\u{200d}z\u{feff}", "x·y·z·"),
            ("tie\u{302}\u{301}ng", "tie\u{302}\u{301}ng"),
        ] {
            assert_eq!(clean(text), shown);
        }
    }
}
