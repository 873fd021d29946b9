//! Searching and picking without marks: folding, highlights, initials and scores. Must not know what is searched.

use std::ops::Range;

use unicode_normalization::char::{canonical_combining_class, compose, decompose_canonical};

/// `text` without marks and in lower case: NFD without U+0300–036F, đ as d, every run of spaces (also no-break ones)
/// one space, quotation marks straight, every dash a hyphen, characters that show nothing left out.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    each_letter(text, |c, _| {
        let again = c == ' ' && folded.ends_with(' ');
        if !is_mark(c) && !again {
            folded.push(without_stroke(c));
        }
    });
    folded
}

/// As [`fold`] for looking things up, with hyphens as spaces, so that "kinh tế-xã hội" is "kinh tế - xã hội", keeping
/// where every letter came from.
pub fn plain(text: &str) -> Folded {
    let mut folded = Folded::with_room(text.len());
    each_letter(text, |c, at| {
        if !is_mark(c) {
            folded.push(without_stroke(c), at);
        }
    });
    folded.closed(text.len())
}

/// As [`plain`] with the marks kept: lower case in NFC, tones of oa, oe and uy behind the second vowel, so that both
/// styles (hòa, hoà) are equal; the u of qu is no vowel.
pub fn exact(text: &str) -> Folded {
    let mut letters = decomposed(text);
    for at in 2..letters.len() {
        let [first, tone, second] = [letters[at - 2].0, letters[at - 1].0, letters[at].0];
        let onset = first == 'u' && at > 2 && letters[at - 3].0 == 'q';
        if is_tone(tone) && !onset && matches!((first, second), ('o', 'a' | 'e') | ('u', 'y')) {
            let (place, letter) = (letters[at].1, letters[at].0);
            letters[at - 1] = (letter, place);
            letters[at] = (tone, place);
        }
    }
    let mut folded = Folded::with_room(text.len());
    for letter in letters.chunk_by(|_, (c, _)| is_mark(*c)) {
        let (mut whole, at) = letter[0];
        for (mark, _) in &letter[1..] {
            // A mark that joins no letter stays for itself.
            whole = compose(whole, *mark).unwrap_or_else(|| {
                folded.push(whole, at);
                *mark
            });
        }
        folded.push(whole, at);
    }
    folded.closed(text.len())
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
    fn with_room(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), starts: Vec::with_capacity(bytes + 1) }
    }

    fn push(&mut self, c: char, at: usize) {
        let c = if c == '-' { ' ' } else { c };
        if c == ' ' && self.text.ends_with(' ') {
            return;
        }
        self.text.push(c);
        self.starts.resize(self.text.len(), at);
    }

    fn closed(mut self, length: usize) -> Self {
        self.starts.push(length);
        self
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
    let map = if has_marks(query) { exact } else { plain };
    let (query, folded) = (map(query).text.trim().to_owned(), map(text));
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + folded.text.get(from..)?.find(&query)?;
            let range = start..start + query.len();
            let next = folded.text[range.end..].chars().next();
            // A match that ends inside a letter is none: go on behind its first character.
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
    let mut found = false;
    each_letter(text, |c, _| found |= is_mark(c) || c == 'đ');
    found
}

/// The folded first letters of the words: `snv` for "Sở Nội vụ".
pub fn initials(name: &str) -> String {
    words(&fold(name)).filter_map(|word| word.chars().next()).collect()
}

/// How well a typed query picks a candidate, higher is better, `None` if not at all. A query is the beginning, the
/// initials, or pieces of words in order; without marks it picks any, with marks only candidates that have them
/// (`đq` is Đình Quang and not Duy Quang). The whole beats the beginning, that beats the inside; people go by their
/// given name first; a short candidate beats a long one.
pub fn score(query: &str, candidate: &str) -> Option<u32> {
    let (query, marked) = (query.trim(), has_marks(query));
    let map = if marked { exact } else { plain };
    let wanted = map(query).text.trim().to_owned();
    if wanted.is_empty() {
        return Some(1);
    }
    let found = map(candidate.trim()).text;
    let initials = initials_of(candidate);
    let rank = rank(&wanted, &found, &initials, is_persons_name(candidate))?;
    let length = found.chars().count().min(40) as u32;
    Some(rank + if marked { 50 } else { 0 } + 40 - length)
}

fn rank(query: &str, text: &str, initials: &[Vec<char>; 2], person: bool) -> Option<u32> {
    let squeezed: Vec<char> = query.chars().filter(|c| c.is_alphanumeric()).collect();
    let words: Vec<&str> = words(text).collect();
    let any = !squeezed.is_empty();
    let have = |fits: fn(&[char], &[char]) -> bool| initials.iter().any(|initials| fits(initials, &squeezed));
    let ranks = [
        (text == query, 1200),
        (any && have(are), 1100),
        // The given name is the last word of a Vietnamese name, and what people are called by.
        (words.last() == Some(&query), 1050),
        (starts_at_border(query, text), 1000),
        (words.contains(&query), 900),
        (person && words.last().is_some_and(|word| word.starts_with(query)), 870),
        (text.starts_with(query), 850),
        (any && have(begin_with), 700),
        // The first word is often the same for all: "nv" means Sở Nội vụ.
        (squeezed.len() > 1 && have(end_with), 650),
        (words.iter().any(|word| word.starts_with(query)), 600),
        (query.contains(' ') && starts_words_in_order(query, &words), 500),
        (is_made_of_beginnings(&squeezed.iter().collect::<String>(), &words), 400),
        (text.contains(query), 300),
    ];
    ranks.into_iter().find_map(|(holds, rank)| holds.then_some(rank))
}

/// The first letters of the words without their tones, of all words and without those that join. Offices leave "và"
/// out of their short names: GDĐT for Giáo dục và Đào tạo.
fn initials_of(name: &str) -> [Vec<char>; 2] {
    let exact = exact(name).text;
    let first = |word: &str| word.chars().next().map(without_tone);
    let joining = |word: &&str| !JOINING.contains(&fold(word).as_str());
    [words(&exact).filter_map(first).collect(), words(&exact).filter(joining).filter_map(first).collect()]
}

/// Whether typed letters are the initials of a name, or of its last words (`đq`). Two letters at least.
pub fn are_initials(typed: &str, name: &str) -> bool {
    let typed: Vec<char> = exact(typed.trim()).text.chars().collect();
    typed.len() > 1 && typed.iter().all(|c| c.is_alphabetic()) && end_with(&initials_of(name)[0], &typed)
}

/// The first letters that typed initials stand for, of words one after another: for highlights; empty when there are
/// none.
pub fn initial_places(typed: &str, text: &str) -> Vec<Range<usize>> {
    let typed: Vec<char> = exact(typed.trim()).text.chars().collect();
    let folded = exact(text);
    let starts = folded.text.char_indices().filter(|(at, c)| {
        c.is_alphanumeric() && !folded.text[..*at].ends_with(|before: char| before.is_alphanumeric())
    });
    let firsts: Vec<(usize, char)> = starts.collect();
    let meant = |window: &&[(usize, char)]| {
        window.iter().zip(&typed).all(|((_, first), typed)| means(*typed, without_tone(*first)))
    };
    let found = (typed.len() > 1).then(|| firsts.windows(typed.len()).find(meant)).flatten();
    let place = |(at, c): &(usize, char)| folded.source(*at..at + c.len_utf8());
    found.unwrap_or_default().iter().map(place).collect()
}

/// Whether a letter typed for an initial means it: one with marks only itself, one without any of its kind.
fn means(typed: char, initial: char) -> bool {
    let plain = |c: char| fold(c.encode_utf8(&mut [0; 4]));
    without_tone(typed) == initial || (plain(initial).starts_with(typed))
}

fn are(initials: &[char], typed: &[char]) -> bool {
    initials.len() == typed.len() && begin_with(initials, typed)
}

fn begin_with(initials: &[char], typed: &[char]) -> bool {
    initials.len() >= typed.len()
        && initials.iter().zip(typed).all(|(initial, typed)| means(*typed, *initial))
}

fn end_with(initials: &[char], typed: &[char]) -> bool {
    let skipped = initials.len().checked_sub(typed.len());
    skipped.is_some_and(|skipped| begin_with(&initials[skipped..], typed))
}

/// Whether every word has a capital, as in names of people and hardly elsewhere.
fn is_persons_name(text: &str) -> bool {
    let mut words = text.split_whitespace();
    text.trim().contains(' ') && words.all(|word| word.starts_with(char::is_uppercase))
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

/// The letter without its tone: â of ấ.
fn without_tone(letter: char) -> char {
    let mut bare = None;
    decompose_canonical(letter, |c| {
        if !is_tone(c) {
            bare = Some(bare.map_or(c, |whole| compose(whole, c).unwrap_or(whole)));
        }
    });
    bare.unwrap_or(letter)
}

/// Lower-case letters and marks in canonical order, each with the byte where its character begins.
fn decomposed(text: &str) -> Vec<(char, usize)> {
    let mut letters: Vec<(char, usize)> = Vec::with_capacity(text.len());
    each_letter(text, |c, at| letters.push((c, at)));
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

/// Gives every letter and mark in lower case with the byte where its character begins. Signs that only look
/// different are one: any space, dash and quotation mark; what shows nothing is left out.
fn each_letter(text: &str, mut take: impl FnMut(char, usize)) {
    for (at, c) in text.char_indices() {
        match c {
            'a'..='z' | '0'..='9' => take(c, at),
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{ad}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' => take('-', at),
            '\u{2018}'..='\u{201b}' => take('\'', at),
            '\u{201c}'..='\u{201f}' | '«' | '»' => take('"', at),
            'ð' | 'Ð' | 'ɖ' | 'Ɖ' => take('đ', at),
            _ if c.is_whitespace() => take(' ', at),
            _ if c.is_ascii() => take(c.to_ascii_lowercase(), at),
            _ => decompose_canonical(c, |part| part.to_lowercase().for_each(|lower| take(lower, at))),
        }
    }
}

fn without_stroke(c: char) -> char {
    if c == 'đ' { 'd' } else { c }
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
            ("“Dân vận khéo” – 10\u{200b}", "\"dan van kheo\" - 10"),
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
            ("quý", "Quý I", true),
            ("qúy", "Quý I", false),
            ("già", "gìa", false),
            ("Ðà", "đà nẵng", true),
            ("kinh tế-xã hội", "Kinh tế - xã hội", true),
            ("kinh tế – xã hội", "kinh tế- xã hội", true),
            ("100-KL/TW", "Kết luận 100 - KL/TW", true),
            ("“dân vận khéo”", "mô hình \"Dân\u{a0}vận khéo\"", true),
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
    fn initials_with_marks_mean_them() {
        for (query, name, found) in [
            ("ndq", "Nguyễn Đình Quang", true),
            ("nđq", "Nguyễn Đình Quang", true),
            ("đq", "Nguyễn Đình Quang", true),
            ("đq", "Nguyễn Duy Quang", false),
            ("dq", "Nguyễn Duy Quang", true),
            ("ad", "Trần Ánh Đào", true),
            ("ađ", "Trần Ánh Đào", true),
            ("châu", "Lê Chấu", false),
            ("snv", "Sở Nội vụ", true),
            ("sgddt", "Sở Giáo dục và Đào tạo", true),
            ("sgdđt", "Sở Giáo dục và Đào tạo", true),
        ] {
            assert_eq!(score(query, name).is_some(), found, "{query}: {name}");
        }
    }

    #[test]
    fn the_letters_of_initials_are_marked() {
        let marked = |typed, text: &'static str| -> Vec<&str> {
            initial_places(typed, text).into_iter().map(|range| &text[range]).collect()
        };
        assert_eq!(marked("đq", "Nguyễn Đình Quang"), ["Đ", "Q"]);
        assert_eq!(marked("ad", "Trần A\u{301}nh Đào"), ["A\u{301}", "Đ"]);
        assert!(marked("dv", "Sở Nội vụ").is_empty() && marked("s", "Sở").is_empty());
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
            ("qua", "Nguyễn Đình Quang", "Quách Văn An"),
            ("qu", "Quản lý chung", "Danh sách quá hạn"),
        ] {
            assert!(score(query, meant) > score(query, other), "{query}");
        }
    }
}
