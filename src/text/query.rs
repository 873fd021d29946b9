//! What is typed to search for: words and quoted phrases, all of which must stand in a text, how closely a text fits
//! them, and which letters to mark in it. Must not know what is searched.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::fold::{exact, find_all, has_marks, initial_places, plain};

/// A word or a quoted phrase as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// Without its hyphen and its quotation marks.
    pub text: &'a str,
    pub quoted: bool,
    /// `-word`: must not be there.
    pub refused: bool,
}

/// Cuts typed text at spaces; between quotation marks, straight or curly, spaces belong to the phrase. A quotation
/// mark that is not closed yet reaches to the end.
pub fn pieces(typed: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let (refused, from) = match rest.strip_prefix('-') {
            Some(from) => (true, from),
            None => (false, rest),
        };
        let (text, quoted, after) = match from.strip_prefix(is_quote) {
            Some(inside) => {
                let end = inside.find(is_quote).unwrap_or(inside.len());
                let after = inside[end..].strip_prefix(is_quote).unwrap_or("");
                (inside[..end].trim(), true, after)
            }
            None => {
                let end = from.find(char::is_whitespace).unwrap_or(from.len());
                (&from[..end], false, &from[end..])
            }
        };
        if text.contains(char::is_alphanumeric) {
            pieces.push(Piece { text, quoted, refused });
        }
        rest = after.trim_start();
    }
    pieces
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}'..='\u{201f}' | '«' | '»')
}

/// A short form and what it stands for: `QCDC`, `Quy chế dân chủ`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortForm {
    pub short: String,
    pub long: String,
}

/// How closely a text fits, the closest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fit {
    inside: Inside,
    pub closeness: Closeness,
}

impl Fit {
    /// Whether the words stand apart from each other.
    pub fn is_apart(self) -> bool {
        matches!(self.closeness, Closeness::Marks | Closeness::Words | Closeness::Abbreviated)
    }

    /// A fit of whole words.
    pub fn whole(closeness: Closeness) -> Fit {
        Fit { inside: Inside::WholeWords, closeness }
    }
}

/// Whether what was typed stands as whole words or within longer ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Inside {
    WholeWords,
    LongerWords,
}

/// How much of what was typed stands in the text as it was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Closeness {
    /// All of it side by side with the same marks.
    Exact,
    /// Every word with the same marks, somewhere.
    Marks,
    /// All of it side by side apart from marks.
    Phrase,
    /// Every word somewhere, apart from marks.
    Words,
    /// A word as its short form, or the other way round.
    Abbreviated,
}

/// What is looked for, ready to be held against many texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    wanted: Vec<Wanted>,
    refused: Vec<Sought>,
    /// All wanted pieces in their order.
    whole: Option<Sought>,
}

/// One thing that must be there, in this or another form.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wanted {
    /// All of them; one unless a long form was typed.
    words: Vec<Sought>,
    long: Vec<Sought>,
    /// Capital letters as a paper writes them.
    short: Vec<String>,
}

/// A word or phrase as it is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sought {
    typed: String,
    plain: String,
    /// As in [`exact`].
    exact: String,
    marked: bool,
}

impl Query {
    /// What the pieces ask for. A short form also means the long one, and a long form typed in full the short one.
    pub fn of(pieces: &[Piece<'_>], known: &[ShortForm]) -> Query {
        let (refused, words): (Vec<Piece<'_>>, Vec<Piece<'_>>) =
            pieces.iter().copied().partition(|piece| piece.refused);
        let mut wanted = Vec::new();
        let mut at = 0;
        while let Some(piece) = words.get(at) {
            let (taken, short) = longest(&words[at..], known);
            let words = words[at..at + taken].iter().map(|piece| Sought::of(piece.text)).collect();
            wanted.push(Wanted { words, long: long_of(piece.text, known), short });
            at += taken;
        }
        let whole: Vec<&str> = words.iter().map(|piece| piece.text).collect();
        let whole = (!whole.is_empty()).then(|| Sought::of(&whole.join(" ")));
        Query { wanted, refused: refused.iter().map(|piece| Sought::of(piece.text)).collect(), whole }
    }

    /// As [`Query::of`] over typed text, without short forms.
    pub fn read(typed: &str) -> Query {
        Query::of(&pieces(typed), &[])
    }

    /// Whether nothing is looked for, so that everything fits.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty() && self.refused.is_empty()
    }

    /// Whether the text fits.
    pub fn fits(&self, text: &str) -> bool {
        self.is_empty() || self.fit(&plain(text).text, text).is_some()
    }

    /// How closely a text fits; `folded` is its [`plain`] form, kept by whoever asks often.
    pub fn fit(&self, folded: &str, text: &str) -> Option<Fit> {
        let mut subject = Subject { folded, text, exact: None };
        if self.refused.iter().any(|sought| subject.has(sought)) {
            return None;
        }
        let mut abbreviated = false;
        let mut inside = Inside::WholeWords;
        for wanted in &self.wanted {
            if wanted.words.iter().all(|sought| subject.has(sought)) {
                let within = wanted.words.iter().any(|sought| !stands_alone(folded, &sought.plain));
                inside = inside.max(if within { Inside::LongerWords } else { Inside::WholeWords });
            } else if wanted.is_abbreviated_in(&subject) {
                abbreviated = true;
            } else {
                return None;
            }
        }
        let closeness = if abbreviated { Closeness::Abbreviated } else { self.closeness(&mut subject) };
        Some(Fit { inside, closeness })
    }

    fn closeness(&self, subject: &mut Subject<'_>) -> Closeness {
        let Some(whole) = &self.whole else { return Closeness::Exact };
        if subject.has_as_typed(whole) {
            return Closeness::Exact;
        }
        let mut words = self.wanted.iter().flat_map(|wanted| &wanted.words);
        if self.wanted.len() > 1 && words.all(|sought| subject.has_as_typed(sought)) {
            return Closeness::Marks;
        }
        if subject.folded.contains(&whole.plain) { Closeness::Phrase } else { Closeness::Words }
    }

    /// The bytes of a text that what was typed stands at, in order and apart from each other: for highlights.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        for wanted in &self.wanted {
            let before = found.len();
            for sought in &wanted.words {
                found.extend(find_all(&sought.typed, text));
            }
            if found.len() == before {
                found.extend(wanted.long.iter().flat_map(|long| find_all(&long.plain, text)));
                found.extend(wanted.short.iter().flat_map(|short| capitals(text, short)));
            }
        }
        found.sort_by_key(|range| (range.start, range.end));
        found.dedup_by(|next, before| {
            let joined = next.start <= before.end;
            before.end = if joined { before.end.max(next.end) } else { before.end };
            joined
        });
        found
    }
}

impl Query {
    /// As [`Query::places`], else the letters of the words whose initials were typed (`ndq`): for lists of names.
    pub fn picked(&self, text: &str) -> Vec<Range<usize>> {
        let found = self.places(text);
        match &self.whole {
            Some(whole) if found.is_empty() => initial_places(&whole.typed, text),
            _ => found,
        }
    }
}

/// A text that a query is held against.
struct Subject<'a> {
    folded: &'a str,
    text: &'a str,
    /// Made when somebody asks for marks.
    exact: Option<String>,
}

impl Subject<'_> {
    fn has(&mut self, sought: &Sought) -> bool {
        self.folded.contains(&sought.plain) && (!sought.marked || has_letters(self.exact(), &sought.exact))
    }

    /// Whether it stands there with exactly its marks, also when it has none.
    fn has_as_typed(&mut self, sought: &Sought) -> bool {
        if !self.folded.contains(&sought.plain) {
            return false;
        }
        // Most texts do not even hold the letters; looking for bytes costs less than folding.
        if !sought.marked && sought.plain.is_ascii() && sought.plain.len() <= self.text.len() {
            let wanted = sought.plain.as_bytes();
            let bare = |window: &[u8]| window.eq_ignore_ascii_case(wanted);
            if !sought.plain.contains(' ') {
                return self.text.as_bytes().windows(wanted.len()).any(bare);
            }
        }
        has_letters(self.exact(), &sought.exact)
    }

    fn exact(&mut self) -> &str {
        let text = self.text;
        self.exact.get_or_insert_with(|| exact(text).text)
    }
}

impl Wanted {
    fn is_abbreviated_in(&self, subject: &Subject<'_>) -> bool {
        self.long.iter().any(|long| stands_alone(subject.folded, &long.plain))
            || self.short.iter().any(|short| capitals(subject.text, short).next().is_some())
    }
}

impl Sought {
    fn of(typed: &str) -> Sought {
        let folded = |text: String| text.trim().to_owned();
        Sought {
            typed: typed.to_owned(),
            plain: folded(plain(typed).text),
            exact: folded(exact(typed).text),
            marked: has_marks(typed),
        }
    }
}

/// Whether `wanted` stands in a text with marks and its last letter has no further mark there that nothing composes.
fn has_letters(text: &str, wanted: &str) -> bool {
    let goes_on = |end: usize| text[end..].chars().next().is_some_and(is_combining_mark);
    text.match_indices(wanted).any(|(at, found)| !goes_on(at + found.len()))
}

/// Whether `wanted` stands in a folded text with no letter or digit right before and after it.
fn stands_alone(folded: &str, wanted: &str) -> bool {
    folded.match_indices(wanted).any(|(at, found)| {
        let before = folded[..at].chars().next_back();
        let after = folded[at + found.len()..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    })
}

/// The places where a short form stands in capital letters as a word of its own: `TU`, not "từ".
fn capitals<'a>(text: &'a str, short: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let places = find_all(short, text);
    places.filter(move |range| {
        let found = &text[range.clone()];
        let border = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        found.chars().all(|c| !c.is_lowercase())
            && border(text[..range.start].chars().next_back())
            && border(text[range.end..].chars().next())
    })
}

/// The long forms of a typed short form.
fn long_of(typed: &str, known: &[ShortForm]) -> Vec<Sought> {
    if typed.chars().count() < 2 {
        return Vec::new();
    }
    let word = Sought::of(typed);
    let named = known.iter().filter(|form| word.is(&form.short));
    named.map(|form| Sought::of(&form.long)).collect()
}

/// How many of the pieces are one long form, the longest one that fits, and its short forms; else the first piece.
fn longest(pieces: &[Piece<'_>], known: &[ShortForm]) -> (usize, Vec<String>) {
    let mut best = (1, Vec::new());
    for form in known {
        let long = plain(&form.long).text;
        let count = long.split(' ').filter(|word| !word.is_empty()).count();
        let taken = if pieces.first().is_some_and(|piece| piece.quoted) { 1 } else { count };
        let Some(here) = pieces.get(..taken).filter(|here| taken == 1 || here.iter().all(|p| !p.quoted))
        else {
            continue;
        };
        let typed: Vec<&str> = here.iter().map(|piece| piece.text).collect();
        if count < 2 || !Sought::of(&typed.join(" ")).is(&form.long) || taken < best.0 {
            continue;
        }
        if taken > best.0 {
            best = (taken, Vec::new());
        }
        best.1.push(form.short.to_uppercase());
    }
    best
}

impl Sought {
    /// Whether a known text is what was typed, with its marks when some were typed.
    fn is(&self, known: &str) -> bool {
        plain(known).text.trim() == self.plain && (!self.marked || exact(known).text.trim() == self.exact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fit(typed: &str, text: &str) -> Option<Fit> {
        Query::read(typed).fit(&plain(text).text, text)
    }

    fn closeness(typed: &str, text: &str) -> Option<Closeness> {
        fit(typed, text).map(|fit| fit.closeness)
    }

    #[test]
    fn typed_text_is_cut_into_words_and_phrases() {
        let cut = |typed| -> Vec<(String, bool, bool)> {
            let cut = pieces(typed).into_iter();
            cut.map(|piece| (piece.text.to_owned(), piece.quoted, piece.refused)).collect()
        };
        let piece = |text: &str, quoted, refused| (text.to_owned(), quoted, refused);
        assert_eq!(cut(" rà\u{a0}soát "), [piece("rà", false, false), piece("soát", false, false)]);
        assert_eq!(
            cut("\"đất đai\" -“rừng núi” x"),
            [piece("đất đai", true, false), piece("rừng núi", true, true), piece("x", false, false)]
        );
        assert_eq!(cut("\"đất đ"), [piece("đất đ", true, false)]);
        assert_eq!(cut("kinh tế - \"\" ; -"), [piece("kinh", false, false), piece("tế", false, false)]);
        assert_eq!(cut("unit:\"a\""), [piece("unit:\"a\"", false, false)]);
    }

    #[test]
    fn the_phrase_as_typed_is_closest_and_marks_are_asked_for_only_when_typed() {
        let text = "Rà soát đất đai của các đơn vị";
        for (query, expected) in [
            ("đất đai", Some(Closeness::Exact)),
            ("ĐẤT ĐAI", Some(Closeness::Exact)),
            ("đai đất", Some(Closeness::Marks)),
            ("dat dai", Some(Closeness::Phrase)),
            ("dai dat", Some(Closeness::Words)),
            ("đất dai", Some(Closeness::Phrase)),
            ("\"dai dat\"", None),
            ("\"dat dai\"", Some(Closeness::Phrase)),
            ("-rừng dat", Some(Closeness::Phrase)),
            ("-dat dai", None),
            ("đát", None),
            ("rừng", None),
        ] {
            assert_eq!(closeness(query, text), expected, "{query}");
        }
        assert!(Query::read("").is_empty() && Query::read("").fits(text));
    }

    #[test]
    fn whole_words_come_before_pieces_of_words() {
        assert!(fit("an", "an toàn") < fit("an", "ban hành"));
        assert!(fit("dat", "đất đai") < fit("dat", "data"));
        assert!(fit("đất", "đất đai") < fit("dat", "đất đai"));
    }

    #[test]
    fn short_and_long_forms_find_each_other() {
        let form = |short: &str, long: &str| ShortForm { short: short.into(), long: long.into() };
        let known = [form("QCDC", "Quy chế dân chủ"), form("tu", "Tỉnh ủy"), form("DV", "dân vận")];
        let found = |typed: &str, text: &str| {
            let query = Query::of(&pieces(typed), &known);
            let marked =
                query.places(text).into_iter().map(|range| text[range].to_owned()).collect::<Vec<_>>();
            query.fits(text).then_some(marked.join("|"))
        };
        for (typed, text, marked) in [
            ("QCDC", "thực hiện Quy chế dân chủ ở cơ sở", Some("Quy chế dân chủ")),
            ("qcdc", "Ban Chỉ đạo QCDC", Some("QCDC")),
            ("quy chế dân chủ", "Ban Chỉ đạo QCDC", Some("QCDC")),
            ("\"quy che dan chu\" ban", "Ban Chỉ đạo QCDC", Some("Ban|QCDC")),
            ("quy chế", "Ban Chỉ đạo QCDC", None),
            ("tỉnh ủy", "Văn phòng TU", Some("TU")),
            ("tinh uy", "từ nay", None),
            ("dân vận khéo", "Mô hình DV khéo", Some("DV|khéo")),
            ("dân vẫn", "công tác DV", None),
        ] {
            assert_eq!(found(typed, text).as_deref(), marked, "{typed} in {text}");
        }
    }

    #[test]
    fn the_letters_found_are_marked_composed_and_decomposed() {
        let marked = |typed: &str, text: &str| -> Vec<String> {
            Query::read(typed).places(text).into_iter().map(|range| text[range].to_owned()).collect()
        };
        assert_eq!(marked("noi vu", "Sở Nội vụ"), ["Nội", "vụ"]);
        assert_eq!(marked("\"noi vu\"", "Sở No\u{323}\u{302}i vu\u{323}"), ["No\u{323}\u{302}i vu\u{323}"]);
        assert_eq!(marked("so so\u{31b}", "Sở"), ["Sở"]);
        assert_eq!(marked("ten", "tên"), ["tên"]);
        assert_eq!(marked("an nh", "thanh"), ["anh"]);
    }

    #[test]
    fn a_letter_with_one_more_mark_is_another_letter() {
        assert!(!Query::read("đ").fits("đ\u{301}"));
        assert!(Query::read("đ").fits("đ\u{301} đ"));
    }

    proptest! {
        #[test]
        fn what_fits_has_places_and_they_are_text(
            text in "[a-zđêộưữòà \u{301}\u{323}\u{a0}-]{0,24}",
            typed in "[a-zđêộ \"]{0,6}",
        ) {
            let query = Query::read(&typed);
            let places = query.places(&text);
            prop_assert!(places.iter().all(|range| text.get(range.clone()).is_some_and(|found| !found.is_empty())));
            prop_assert!(places.windows(2).all(|pair| pair[0].end < pair[1].start));
            if !query.is_empty() && query.fits(&text) {
                prop_assert!(!places.is_empty());
            }
        }
    }
}
