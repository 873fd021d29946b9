//! Searching and picking without marks: folding, highlights, initials and scores. Must not know what is searched.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// `text` without marks and in lower case: NFD without U+0300–036F, đ as d, every run of spaces one space.
pub fn fold(text: &str) -> String {
    fold_map(text).text
}

/// As [`fold`], keeping where every letter came from.
pub fn fold_map(text: &str) -> Folded {
    let letters = decomposed(text).into_iter().filter(|(c, _)| !is_mark(*c));
    Folded::of(letters.map(|(c, at)| (if matches!(c, 'đ' | 'ð' | 'ɖ') { 'd' } else { c }, at)), text.len())
}

/// A folded text and the way back to the bytes of the original.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    /// What to search in.
    pub text: String,
    /// For every folded byte the original byte where its letter begins; at the end the original length.
    starts: Vec<usize>,
}

impl Folded {
    fn of(letters: impl Iterator<Item = (char, usize)>, length: usize) -> Self {
        let mut folded = Self { text: String::new(), starts: Vec::new() };
        for (c, at) in letters {
            if c == ' ' && folded.text.ends_with(' ') {
                continue;
            }
            folded.text.push(c);
            folded.starts.resize(folded.text.len(), at);
        }
        folded.starts.push(length);
        folded
    }

    /// The original bytes of a folded range, with the marks of its last letter.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let last = self.starts.len() - 1;
        self.starts[range.start.min(last)]..self.starts[range.end.min(last)]
    }
}

/// Whether `text` contains `query`: a query with marks or đ matches exactly apart from case and the place of the
/// tone (hòa, hoà); one without matches any marks. Everything contains the empty query.
pub fn matches(query: &str, text: &str) -> bool {
    find(query, text).is_some()
}

/// The first place where [`matches`] holds, in bytes of `text`.
pub fn find(query: &str, text: &str) -> Option<Range<usize>> {
    find_all(query, text).next()
}

/// All places that do not overlap, in bytes of `text`: for highlights. An empty query is found before every letter.
pub fn find_all(query: &str, text: &str) -> impl Iterator<Item = Range<usize>> {
    let map = if has_marks(query) { exact_map } else { fold_map };
    let (query, folded) = (map(query.trim()).text, map(text));
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + folded.text.get(from..)?.find(&query)?;
            let range = start..start + query.len();
            let next = folded.text[range.end..].chars().next();
            // A match that ends inside a letter, as "đo" in "độ", is none: go on behind its first character.
            let cut = next.is_some_and(is_mark) && !query.is_empty();
            let first = folded.text[start..].chars().next().map_or(1, char::len_utf8);
            from = if cut || query.is_empty() { start + first } else { range.end };
            if !cut {
                return Some(folded.source(range));
            }
        }
    })
}

/// Whether there is a mark or a đ in `text`.
pub fn has_marks(text: &str) -> bool {
    decomposed(text).iter().any(|(c, _)| is_mark(*c) || *c == 'đ')
}

/// The folded first letters of the words: `snv` for "Sở Nội vụ".
pub fn initials(name: &str) -> String {
    words(&fold(name)).filter_map(|word| word.chars().next()).collect()
}

/// How well a typed query picks a candidate, higher is better, `None` if not at all. A query is the beginning, the
/// initials, or pieces of words in order, all without marks; the whole beats the beginning, that beats the inside,
/// a short candidate beats a long one. Marks in the query prefer candidates that have them.
pub fn score(query: &str, candidate: &str) -> Option<u32> {
    let wanted = fold(query.trim());
    let folded = fold(candidate.trim());
    if wanted.is_empty() {
        return Some(1);
    }
    let rank = rank(&wanted, &folded)?;
    let marked = if has_marks(query) && matches(query, candidate) { 50 } else { 0 };
    let length = folded.chars().count().min(40) as u32;
    Some(rank + marked + 40 - length)
}

fn rank(query: &str, folded: &str) -> Option<u32> {
    let squeezed: String = query.chars().filter(|c| c.is_alphanumeric()).collect();
    let words: Vec<&str> = words(folded).collect();
    let first = |words: &mut dyn Iterator<Item = &&str>| -> String {
        words.filter_map(|word| word.chars().next()).collect()
    };
    // Offices leave "và" out of their short names: GDĐT for Giáo dục và Đào tạo.
    let initials =
        [first(&mut words.iter()), first(&mut words.iter().filter(|word| !JOINING.contains(word)))];
    let have = |fits: fn(&str, &str) -> bool| initials.iter().any(|initials| fits(initials, &squeezed));
    let ranks = [
        (folded == query, 1200),
        (!squeezed.is_empty() && have(|initials, query| initials == query), 1100),
        // The given name is the last word of a Vietnamese name, and what people are called by.
        (words.last() == Some(&query), 1050),
        (starts_at_border(query, folded), 1000),
        (words.contains(&query), 900),
        (folded.starts_with(query), 850),
        (!squeezed.is_empty() && have(|initials, query| initials.starts_with(query)), 700),
        // The first word is often the same for all: "nv" means Sở Nội vụ.
        (squeezed.chars().count() > 1 && have(|initials, query| initials.ends_with(query)), 650),
        (words.iter().any(|word| word.starts_with(query)), 600),
        (query.contains(' ') && starts_words_in_order(query, &words), 500),
        (is_made_of_beginnings(&squeezed, &words), 400),
        (folded.contains(query), 300),
    ];
    ranks.into_iter().find_map(|(holds, rank)| holds.then_some(rank))
}

/// Folded words that join the parts of a name.
const JOINING: [&str; 4] = ["va", "and", "of", "the"];

/// Whether the query is the beginning of the candidate and ends where a word ends.
fn starts_at_border(query: &str, folded: &str) -> bool {
    let rest = folded.strip_prefix(query);
    rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Whether the pieces of the query begin words of the candidate, in the same order.
fn starts_words_in_order(query: &str, words: &[&str]) -> bool {
    let mut left = words.iter();
    query.split(' ').all(|piece| left.any(|word| word.starts_with(piece)))
}

/// Whether a query without spaces is beginnings of words in order, such as `sonoiv` or `mchau`.
fn is_made_of_beginnings(query: &str, words: &[&str]) -> bool {
    let mut reached = vec![false; query.len() + 1];
    reached[0] = true;
    for word in words {
        for from in (0..query.len()).rev().filter(|from| query.is_char_boundary(*from)) {
            let shared = query[from..].bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
            if reached[from] {
                reached[from + 1..=from + shared].fill(true);
            }
        }
    }
    !query.is_empty() && reached[query.len()]
}

fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Lower case with marks, tones behind the last vowel of oa, oe, uy, so that both styles are equal.
fn exact_map(text: &str) -> Folded {
    let mut letters = decomposed(text);
    for at in 2..letters.len() {
        let [first, tone, second] = [letters[at - 2].0, letters[at - 1].0, letters[at].0];
        if is_tone(tone) && matches!((first, second), ('o', 'a' | 'e') | ('u', 'y')) {
            let (place, letter) = (letters[at].1, letters[at].0);
            letters[at - 1] = (letter, place);
            letters[at] = (tone, place);
        }
    }
    Folded::of(letters.into_iter(), text.len())
}

/// Lower-case letters and marks in canonical order, each with the byte where its character begins.
fn decomposed(text: &str) -> Vec<(char, usize)> {
    let mut letters: Vec<(char, usize)> = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let spaced = if c.is_whitespace() { ' ' } else { c };
        let lower = std::iter::once(spaced).nfd().flat_map(char::to_lowercase);
        letters.extend(lower.map(|letter| (letter, at)));
    }
    letters.chunk_by_mut(|_, (c, _)| is_mark(*c)).for_each(|letter| {
        letter[1..].sort_by_key(|(mark, _)| canonical_combining_class(*mark));
    });
    letters
}

/// Whether `plain` is what is left of the lower-case Vietnamese `word` without its marks; cheaper than folding both.
pub fn is_folded(plain: &str, word: &str) -> bool {
    let mut letters = plain.chars();
    word.chars().all(|c| letters.next() == Some(base(c))) && letters.next().is_none()
}

/// Whether `said` is `word` in any case, or without any of its marks.
pub fn is_said(said: &str, word: &str) -> bool {
    let first = |text: &str| text.chars().next().and_then(|c| c.to_lowercase().next()).map(base);
    if first(said) != first(word) {
        return false;
    }
    let lower = || said.chars().flat_map(char::to_lowercase);
    let wanted = || word.chars().flat_map(char::to_lowercase);
    lower().eq(wanted()) || (said.is_ascii() && lower().eq(wanted().map(base)))
}

/// A lower-case composed Vietnamese letter without its marks; any other character is itself.
pub fn base(c: char) -> char {
    match c {
        '\0'..='\x7f' => c,
        'à' | 'á' | 'ả' | 'ã' | 'ạ' | 'ă' | 'ằ' | 'ắ' | 'ẳ' | 'ẵ' | 'ặ' | 'â' | 'ầ' | 'ấ' | 'ẩ' | 'ẫ'
        | 'ậ' => 'a',
        'è' | 'é' | 'ẻ' | 'ẽ' | 'ẹ' | 'ê' | 'ề' | 'ế' | 'ể' | 'ễ' | 'ệ' => 'e',
        'ì' | 'í' | 'ỉ' | 'ĩ' | 'ị' => 'i',
        'ò' | 'ó' | 'ỏ' | 'õ' | 'ọ' | 'ô' | 'ồ' | 'ố' | 'ổ' | 'ỗ' | 'ộ' | 'ơ' | 'ờ' | 'ớ' | 'ở' | 'ỡ'
        | 'ợ' => 'o',
        'ù' | 'ú' | 'ủ' | 'ũ' | 'ụ' | 'ư' | 'ừ' | 'ứ' | 'ử' | 'ữ' | 'ự' => 'u',
        'ỳ' | 'ý' | 'ỷ' | 'ỹ' | 'ỵ' => 'y',
        'đ' => 'd',
        other => other,
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_tone(c: char) -> bool {
    matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding_leaves_plain_letters() {
        for (text, folded) in [
            ("Sở Nội vụ", "so noi vu"),
            ("ĐỒNG CHÍ", "dong chi"),
            ("Ðắk Lắk", "dak lak"),
            ("Nguye\u{302}\u{303}n", "nguyen"),
            ("10\u{a0}000  \t đồng", "10 000 dong"),
            ("", ""),
        ] {
            assert_eq!(fold(text), folded);
        }
    }

    #[test]
    fn a_query_with_marks_means_them() {
        for (query, text, found) in [
            ("noi vu", "Sở Nội vụ", true),
            ("nội", "Sở NỘI vụ", true),
            ("nói", "Sở Nội vụ", false),
            ("đo", "độ", false),
            ("đo", "Đo độ cao", true),
            ("d", "Đ", true),
            ("hòa", "Hoà bình", true),
            ("hoà", "HÒA BÌNH", true),
            ("hò", "hòa", false),
            ("thuỷ", "Thủy", true),
            ("o\u{302}\u{323}", "nội", true),
            ("", "gì cũng được", true),
        ] {
            assert_eq!(matches(query, text), found, "{query} in {text}");
        }
    }

    #[test]
    fn highlights_cover_the_letters_with_their_marks() {
        let text = "Sở Nội vụ, so\u{323}";
        let seen: Vec<&str> = find_all("so", text).map(|range| &text[range]).collect();
        assert_eq!(seen, ["Sở", "so\u{323}"]);
        assert_eq!(find("vu", "a\u{a0} \u{a0}vụ"), Some(6..10));
    }

    #[test]
    fn initials_are_plain() {
        assert_eq!(initials("Sở Nội vụ"), "snv");
        assert_eq!(initials("Kinh tế - xã hội"), "ktxh");
        assert_eq!(initials("Đặng Ánh"), "da");
    }

    #[test]
    fn better_picks_score_higher() {
        for (query, better, worse) in [
            ("snv", "Sở Nội vụ", "Lê Sơn Vĩ"),
            ("chau", "Trần Minh Châu", "Ngô Chậu Uyên"),
            ("so", "Sở Nội vụ", "Cơ sở Đảng"),
            ("châu", "Lê Châu", "Lê Chấu"),
            ("noi vu", "Sở Nội vụ", "Hà Nội đang vui"),
            ("tai", "Sở Tài chính", "Sở Tài nguyên và Môi trường"),
        ] {
            assert!(score(query, better) > score(query, worse), "{query}: {better} over {worse}");
        }
        assert!(score("mchau", "Trần Minh Châu").is_some());
        assert!(score("sonoiv", "Sở Nội vụ").is_some());
        for short in ["gddt", "sgddt", "gdvdt"] {
            assert!(score(short, "Sở Giáo dục và Đào tạo") > Some(600), "{short}");
        }
        assert_eq!(score("xyz", "Sở Nội vụ"), None);
        assert!(score("", "Sở Nội vụ").is_some());
    }

    proptest! {
        #[test]
        fn every_range_found_is_text(text in "[aăâđdoò ỏ\u{301}\u{323}\u{a0}x]{0,20}", query in "[aăđoò x]{0,3}") {
            for range in find_all(&query, &text) {
                prop_assert!(text.get(range).is_some());
            }
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }

        #[test]
        fn a_text_is_found_in_itself(text in "[a-zđêộưữòà]{1,12}") {
            let around = format!("một {text} hai");
            prop_assert!(matches(&text, &around));
            prop_assert!(matches(&fold(&text), &text));
            prop_assert!(score(&text, &text).is_some());
        }
    }

    #[test]
    fn people_are_called_by_their_given_name_first() {
        for (query, meant, other) in [
            ("hoa", "Lưu Khánh Hòa", "Hoàng Đức Lân"),
            ("lan", "Hoàng Đức Lân", "Lãnh đạo UBND xã Cồn Sẻ"),
            ("Lân", "Hoàng Đức Lân", "Lãnh đạo UBND xã Cồn Sẻ"),
            ("so noi vu", "Sở Nội vụ", "Sở Nội vụ tỉnh bạn"),
        ] {
            assert!(score(query, meant) > score(query, other), "{query}");
        }
    }
}
