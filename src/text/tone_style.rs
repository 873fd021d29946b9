//! Text from one style of placing tones into the other: hòa, khỏe, thủy (old) and hoà, khoẻ, thuỷ (new). Must not know
//! what the text is; names of people keep the style they are written in, so who calls this leaves them out.

use unicode_normalization::UnicodeNormalization;

use super::syllable::{Letter, Tone, ToneStyle, is_syllable, tone_place};

/// `text` in NFC with the tones of its open oa, oe, uy placed in a style. Words that are no Vietnamese syllables stay.
pub fn in_style(text: &str, style: ToneStyle) -> String {
    let composed: String = text.nfc().collect();
    let mut styled = String::with_capacity(composed.len());
    let mut rest = composed.as_str();
    while !rest.is_empty() {
        let is_letter = |c: char| c.is_alphabetic();
        let end = rest.find(|c| !is_letter(c)).unwrap_or(rest.len());
        match word_in_style(&rest[..end], style) {
            Some(word) => styled.push_str(&word),
            None => styled.push_str(&rest[..end]),
        }
        let next = rest[end..].find(is_letter).map_or(rest.len(), |at| end + at);
        styled.push_str(&rest[end..next]);
        rest = &rest[next..];
    }
    styled
}

/// A word whose tone moves; `None` for any other.
fn word_in_style(word: &str, style: ToneStyle) -> Option<String> {
    let read: Vec<(Letter, Option<Tone>)> = word.chars().map(Letter::read).collect::<Option<_>>()?;
    let place = read.iter().position(|(_, tone)| tone.is_some())?;
    let (letters, tone): (Vec<Letter>, Option<Tone>) = (read.iter().map(|x| x.0).collect(), read[place].1);
    let several = read.iter().filter(|(_, tone)| tone.is_some()).count() > 1;
    if several || !is_syllable(&letters, tone) {
        return None;
    }
    // A tone that stands where neither style has it is somebody's own spelling.
    let places = [ToneStyle::Old, ToneStyle::New].map(|style| tone_place(&letters, style));
    if !places.contains(&Some(place)) {
        return None;
    }
    let wanted = tone_place(&letters, style)?;
    let glyph = |(at, (letter, c)): (usize, (&Letter, char))| {
        letter.glyph(tone.filter(|_| at == wanted), c.is_uppercase())
    };
    Some(letters.iter().zip(word.chars()).enumerate().map(glyph).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::exact;
    use proptest::prelude::*;

    #[test]
    fn open_syllables_change_and_nothing_else_does() {
        for (old, new) in [
            ("hòa", "hoà"),
            ("Khỏe mạnh, THỦY LỢI", "Khoẻ mạnh, THUỶ LỢI"),
            ("Ủy ban", "Uỷ ban"),
            ("lũy tre; hủy, tòa, họa", "luỹ tre; huỷ, toà, hoạ"),
            ("quý I, già, gì, của, mía", "quý I, già, gì, của, mía"),
            ("hoàn thành toàn bộ, xoắn, thuyền, khuỷu", "hoàn thành toàn bộ, xoắn, thuyền, khuỷu"),
            ("23-QĐ/TW, café, docx", "23-QĐ/TW, café, docx"),
        ] {
            assert_eq!(in_style(old, ToneStyle::New), new);
            assert_eq!(in_style(new, ToneStyle::Old), old);
            assert_eq!(in_style(old, ToneStyle::Old), old);
        }
        assert_eq!(in_style("ho\u{300}a", ToneStyle::New), "hoà");
    }

    proptest! {
        #[test]
        fn a_style_is_final_and_the_words_stay_the_same(
            text in "((h|th|kh|q|qu|gi|)(oà|òa|uỷ|ủy|oẻ|ỏe|ý|úy|à|oàn)(n|t|)[ ,-]?){0,6}",
        ) {
            for style in [ToneStyle::Old, ToneStyle::New] {
                let styled = in_style(&text, style);
                prop_assert_eq!(in_style(&styled, style), styled.clone());
                prop_assert_eq!(exact(&styled).text, exact(&text).text);
            }
        }
    }
}
