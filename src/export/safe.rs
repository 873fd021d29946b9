//! Texts of a record made fit for a file: control characters, unpaired directions and what XML forbids are taken out.
//! Knows no format beyond that.

use std::borrow::Cow;

/// The text on one line: line ends and tabs become spaces, other control characters, signs that turn the direction of
/// writing and code points that XML 1.0 forbids are dropped.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| is_dropped(c) || is_gap(c)) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().filter(|c| !is_dropped(*c)).map(|c| if is_gap(c) { ' ' } else { c }).collect())
}

fn is_gap(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}')
}

fn is_dropped(c: char) -> bool {
    let control = c.is_control() && !is_gap(c);
    control
        || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{feff}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// As XML and HTML text: cleaned and with its own signs escaped.
pub fn xml(text: &str) -> String {
    let text = one_line(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_left_that_a_file_cannot_hold() {
        for (text, expected) in [
            ("hai\ndòng\tvà\r\nba", "hai dòng và  ba"),
            ("a\u{0}\u{1b}[31mb\u{202e}c\u{ffff}", "a[31mbc"),
            ("đủ dấu: ộ ạ ư", "đủ dấu: ộ ạ ư"),
        ] {
            assert_eq!(one_line(text), expected);
        }
        assert_eq!(xml("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
    }
}
