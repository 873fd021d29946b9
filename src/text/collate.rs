//! Vietnamese alphabetical order: syllable by syllable, letters before tones, wherever the tone is written; names of
//! people by given name. Must not know what is sorted.

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

/// What texts are compared by. Texts that differ only in where the tone stands (hòa, hoà) have equal keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    syllables: Vec<Syllable>,
    /// Decides when all else is the same: lower case before upper case.
    capitals: Vec<bool>,
}

/// Letters decide before tones; a syllable that is the beginning of another comes first.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Syllable {
    letters: Vec<Letter>,
    tones: Vec<Tone>,
}

/// Numbers come before letters, in the order of their values; letters of other scripts last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Letter {
    /// Digits without leading zeros: fewer are less.
    Number(usize, String),
    /// A place in [`ALPHABET`].
    Vietnamese(usize),
    Other(char),
}

/// ngang (no tone at all), huyền, hỏi, ngã, sắc, nặng; then marks of other languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Tone {
    Huyen,
    Hoi,
    Nga,
    Sac,
    Nang,
    Foreign(char),
}

/// The 29 letters of Vietnamese, with f, j, w, z of other languages where dictionaries put them.
const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// The key of a text. Everything but letters and digits only separates syllables.
pub fn key(text: &str) -> Key {
    let mut key = Key::default();
    let mut open: Option<Syllable> = None;
    let mut letters = letters(text).into_iter().peekable();
    while let Some((c, marks)) = letters.next() {
        if !c.is_alphanumeric() {
            key.syllables.extend(open.take());
            continue;
        }
        let syllable = open.get_or_insert_default();
        let small: String = c.to_lowercase().collect();
        if let Some(digit) = c.is_ascii_digit().then_some(c) {
            let mut number = String::from(digit);
            while let Some((next, _)) = letters.next_if(|(next, _)| next.is_ascii_digit()) {
                number.push(next);
            }
            let number = number.trim_start_matches('0').to_owned();
            syllable.letters.push(Letter::Number(number.len(), number));
            continue;
        }
        let (letter, tones) = marked(small.chars().next().unwrap_or(c), &marks);
        syllable.letters.push(letter);
        syllable.tones.extend(tones);
        key.capitals.push(c.is_uppercase());
    }
    key.syllables.extend(open);
    key
}

/// The key of a person: by given name, then family name, then the names between, as lists of Vietnamese people are
/// sorted. A `sort_name` says for a name of another people what it is sorted by, read from its beginning. What stands
/// in brackets behind a name does not count.
pub fn person(name: &str, sort_name: &str) -> Key {
    if !sort_name.trim().is_empty() {
        return key(sort_name);
    }
    let name = name.split(['(', '[', ',', ';']).next().unwrap_or(name);
    let words: Vec<&str> = name.split_whitespace().collect();
    match words.as_slice() {
        [family, middle @ .., given] => {
            let (first, last) = (key(given), key(family));
            let parts = [first, last].into_iter().chain(middle.iter().map(|word| key(word)));
            parts.fold(Key::default(), Key::followed_by)
        }
        [] | [_] => key(name),
    }
}

impl Key {
    fn followed_by(mut self, next: Key) -> Key {
        self.syllables.extend(next.syllables);
        self.capitals.extend(next.capitals);
        self
    }
}

/// The letters of a text, each with the marks behind it.
fn letters(text: &str) -> Vec<(char, Vec<char>)> {
    let mut letters: Vec<(char, Vec<char>)> = Vec::new();
    for c in text.chars() {
        decompose_canonical(c, |part| match letters.last_mut() {
            Some((_, marks)) if canonical_combining_class(part) != 0 => marks.push(part),
            _ => letters.push((part, Vec::new())),
        });
    }
    letters.iter_mut().for_each(|(_, marks)| marks.sort_by_key(|mark| canonical_combining_class(*mark)));
    letters
}

/// The letter that a small base letter and its marks are, and the tones left over.
fn marked(base: char, marks: &[char]) -> (Letter, Vec<Tone>) {
    let mut letter = base;
    let mut tones = Vec::new();
    for mark in marks {
        match (base, mark) {
            ('a', '\u{306}') => letter = 'ă',
            ('a', '\u{302}') => letter = 'â',
            ('e', '\u{302}') => letter = 'ê',
            ('o', '\u{302}') => letter = 'ô',
            ('o', '\u{31b}') => letter = 'ơ',
            ('u', '\u{31b}') => letter = 'ư',
            (_, '\u{300}') => tones.push(Tone::Huyen),
            (_, '\u{309}') => tones.push(Tone::Hoi),
            (_, '\u{303}') => tones.push(Tone::Nga),
            (_, '\u{301}') => tones.push(Tone::Sac),
            (_, '\u{323}') => tones.push(Tone::Nang),
            (_, other) => tones.push(Tone::Foreign(*other)),
        }
    }
    let place = ALPHABET.chars().position(|known| known == letter);
    (place.map_or(Letter::Other(letter), Letter::Vietnamese), tones)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::numbers::{POINT_LETTERS, point_letter};
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    /// Syllables with old-style tones in the order of ICU's Vietnamese collation; made with icu_collator 2.4 (CLDR 48,
    /// locale vi, default strength) from random onsets, rhymes, tones and capitals.
    const ORDERED: &str = include_str!("../../tests/data/collation-vi.txt");

    fn sorted<'a>(texts: &[&'a str]) -> Vec<&'a str> {
        let mut texts = texts.to_vec();
        texts.sort_by_cached_key(|text| key(text));
        texts
    }

    #[test]
    fn syllables_stand_as_icu_has_them() {
        let expected: Vec<&str> = ORDERED.lines().collect();
        assert!(expected.len() > 2000);
        for pair in expected.windows(2) {
            assert!(key(pair[0]) < key(pair[1]), "{} before {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn letters_decide_before_tones_and_syllables_one_by_one() {
        for ordered in [
            &["ma", "mà", "mả", "mã", "má", "mạ", "mă", "mâ"][..],
            &["ma anh", "ma em", "mà an", "má anh"],
            &["hoa", "hòa", "hỏa", "hõa", "hóa", "họa", "hoan"],
            &["d", "đ", "e"],
            &["an", "An", "ăn"],
            &["Điểm cầu 2", "Điểm cầu 10", "Điểm cầu xã"],
            &["Muller", "Müller", "Mung"],
        ] {
            let mut mixed = ordered.to_vec();
            mixed.reverse();
            assert_eq!(sorted(&mixed), ordered);
        }
        assert_eq!(key("hòa"), key("hoà"));
        assert_eq!(key("Kinh tế - xã hội"), key("Kinh tế-xã hội"));
        assert!(key("hoá") > key("hòa") && key("hóa") > key("hoà"));
    }

    #[test]
    fn points_of_legal_texts_stand_in_their_order() {
        let letters: Vec<String> = (0..POINT_LETTERS.len()).map(|n| point_letter(n) + ")").collect();
        assert!(letters.windows(2).all(|pair| key(&pair[0]) < key(&pair[1])));
        assert_eq!(sorted(&["10. c", "đ) x", "2. b", "d) x"]), ["2. b", "10. c", "d) x", "đ) x"]);
    }

    #[test]
    fn people_go_by_given_name_then_family_then_middle() {
        let ordered = [
            "Lê Thị Ánh",
            "Trần Minh Châu",
            "Đặng Thị Hoa",
            "Lưu Khánh Hòa",
            "Nguyễn Văn Hoà",
            "Lê Đức Quang",
            "Nguyễn Đình Quang",
            "Nguyễn Văn Quang (dự thay)",
            "Nguyễn Xuân Quang",
        ];
        let mut mixed: Vec<&str> = ordered.to_vec();
        mixed.sort();
        mixed.sort_by_cached_key(|name| person(name, ""));
        assert_eq!(mixed, ordered);
        assert!(person("Hơ Jan Thanh Hà", "Hơ Jan Thanh Hà") > person("Trần Văn Hà", ""));
        assert_eq!(person("Quang", ""), key("Quang"));
    }

    proptest! {
        #[test]
        fn the_order_is_total_and_blind_to_composition(
            texts in prop::collection::vec("[a-cđoêĐÀ0-9 \u{301}\u{323}é-]{0,6}", 3),
        ) {
            let keys: Vec<Key> = texts.iter().map(|text| key(text)).collect();
            for (a, b) in [(0, 1), (1, 2), (0, 2)] {
                prop_assert_eq!(keys[a].cmp(&keys[b]), keys[b].cmp(&keys[a]).reverse());
            }
            if keys[0] <= keys[1] && keys[1] <= keys[2] {
                prop_assert!(keys[0] <= keys[2]);
            }
            for text in &texts {
                prop_assert_eq!(key(&text.nfd().collect::<String>()), key(text));
                prop_assert_eq!(key(&text.nfc().collect::<String>()), key(text));
            }
        }
    }
}
