//! Where a spoken sentence is cut into clauses, each of which may be an assignment. Must not know owners or
//! tasks, nor read the deadline that it leaves with its clause.

use std::ops::Range;

/// Which way a cut is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the beginning.
    Left,
    /// Towards the end.
    Right,
}

/// The bytes at which `text` is cut, rising, each the beginning of a word, never 0 or the end: after `;`, after the
/// full stop of a sentence, and before a "giao" that begins another assignment.
pub fn cuts(text: &str) -> Vec<usize> {
    let words: Vec<Range<usize>> = words(text).collect();
    let brackets = brackets(text);
    let mut cuts: Vec<usize> = Vec::new();
    for index in 1..words.len() {
        let first =
            words.iter().position(|word| cuts.last().is_some_and(|cut| word.start == *cut)).unwrap_or(0);
        let place = Place { text, words: &words, first, index };
        let at = if place.ends_before() { Some(index) } else { place.assignment_begins() };
        if let Some(at) = at.filter(|at| *at > first).map(|at| words[at].start)
            && !brackets.iter().any(|bracket| bracket.contains(&at))
        {
            cuts.push(at);
        }
    }
    cuts
}

/// The clauses between the cuts, without the spaces around them and the `;`, `,` or full stop at their end; none is
/// empty.
pub fn clauses(text: &str) -> Vec<Range<usize>> {
    clauses_at(text, &cuts(text))
}

/// As [`clauses`], for cuts that a person has moved.
pub fn clauses_at(text: &str, cuts: &[usize]) -> Vec<Range<usize>> {
    let starts = std::iter::once(0).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain(std::iter::once(text.len()));
    starts.zip(ends).filter_map(|(start, end)| trimmed(text, start..end)).collect()
}

/// The next beginning of a word to either side of `at`, never 0 or the end: where a cut goes by one key.
pub fn next_word_cut(text: &str, at: usize, direction: Direction) -> Option<usize> {
    let mut starts = words(text).map(|word| word.start).filter(|start| *start > 0);
    match direction {
        Direction::Left => starts.take_while(|start| *start < at).last(),
        Direction::Right => starts.find(|start| *start > at),
    }
}

/// A word that may begin a clause, among the words since the last cut.
struct Place<'t> {
    text: &'t str,
    words: &'t [Range<usize>],
    first: usize,
    index: usize,
}

impl<'t> Place<'t> {
    fn word(&self, index: usize) -> &'t str {
        self.words.get(index).map_or("", |word| &self.text[word.clone()])
    }

    /// Whether the word before ends its sentence or carries a semicolon.
    fn ends_before(&self) -> bool {
        let before = self.word(self.index - 1).trim_end_matches(CLOSING);
        if self.goes_on() {
            return false;
        }
        if before.ends_with([';', '；']) {
            return true;
        }
        let begins = self.word(self.index).trim_start_matches(OPENING).chars().next();
        let opens = begins.is_some_and(|c| !c.is_lowercase());
        opens && !self.is_after_label() && ends_sentence(before)
    }

    /// Whether what follows only says by when the work before it is to be done.
    fn goes_on(&self) -> bool {
        let words: Vec<String> = (self.index..self.index + 4).map(|index| self.plain(index)).collect();
        let said = words.join(" ") + " ";
        BY_WHEN.iter().any(|start| said.starts_with(start))
    }

    /// Whether only a number such as "1." stands before this word in its clause.
    fn is_after_label(&self) -> bool {
        self.index - 1 == self.first && is_label(self.word(self.first))
    }

    /// The index of the word that begins an assignment here: "giao", or the "và" before it.
    fn assignment_begins(&self) -> Option<usize> {
        if self.word(self.index).to_lowercase() != "giao" || self.is_compound() || self.is_after_label() {
            return None;
        }
        let before = self.plain(self.index.checked_sub(1)?);
        let earlier = self.index.checked_sub(2).map(|at| self.plain(at)).unwrap_or_default();
        let comma = self.word(self.index - 1).ends_with([',', ':']);
        if before == "và" {
            return Some(self.index - 1);
        }
        if (earlier.as_str(), before.as_str()) == ("đồng", "thời") {
            return Some(self.index - 2);
        }
        (comma || !refuses(&earlier, &before)).then_some(self.index)
    }

    fn plain(&self, index: usize) -> String {
        self.word(index).trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
    }

    /// Whether "giao" is the first half of another word; "giao Ban Tổ chức" is an assignment, "giao ban" is not.
    fn is_compound(&self) -> bool {
        let next = self.word(self.index + 1);
        let capital =
            next.chars().next().is_some_and(char::is_uppercase) && next.chars().any(char::is_lowercase);
        let title = self.word(self.index).chars().all(char::is_uppercase);
        (!capital || title) && AFTER_GIAO.contains(&self.plain(self.index + 1).as_str())
    }
}

/// How a part begins that is only the deadline of the part before it.
const BY_WHEN: [&str; 20] = [
    "hoàn thành trước ",
    "hoàn thành trong ",
    "hoàn thành xong ",
    "hoàn thành chậm ",
    "phải hoàn thành trước ",
    "xong trước ",
    "xong trong ",
    "thời hạn ",
    "thời gian hoàn ",
    "thời gian thực ",
    "hạn ",
    "hạn chót ",
    "chậm nhất ",
    "muộn nhất ",
    "trước ngày ",
    "báo cáo trước ",
    "báo cáo kết quả trước ",
    "to be completed ",
    "no later than ",
    "due ",
];

/// Second halves of words that begin with "giao".
const AFTER_GIAO: [&str; 26] = [
    "thông", "ban", "dịch", "lưu", "thoa", "tiếp", "hữu", "nộp", "nhận", "hàng", "diện", "phối", "thức",
    "thừa", "hưởng", "khoán", "đất", "rừng", "ước", "kết", "hòa", "hoà", "cảm", "tranh", "nước", "chỉ",
];

/// Words after which "giao" is not a new assignment, alone or with the word before them.
const BEFORE_GIAO: [(&str, &str); 29] = [
    ("", "bàn"),
    ("", "được"),
    ("", "phân"),
    ("", "chuyển"),
    ("", "ngoại"),
    ("", "trao"),
    ("", "đã"),
    ("", "vừa"),
    ("", "sẽ"),
    ("", "không"),
    ("", "chưa"),
    ("", "cần"),
    ("", "việc"),
    ("", "khi"),
    ("", "tịch"),
    ("", "ủy"),
    ("", "uỷ"),
    ("", "tỉnh"),
    ("", "trên"),
    ("nhiệm", "vụ"),
    ("chỉ", "đạo"),
    ("chỉ", "tiêu"),
    ("thống", "nhất"),
    ("đồng", "ý"),
    ("đề", "nghị"),
    ("yêu", "cầu"),
    ("hội", "nghị"),
    ("quyết", "định"),
    ("tuyến", "được"),
];

fn refuses(earlier: &str, before: &str) -> bool {
    BEFORE_GIAO.iter().any(|(first, second)| *second == before && (first.is_empty() || *first == earlier))
}

const OPENING: [char; 6] = ['(', '[', '"', '“', '‘', '«'];
const CLOSING: [char; 6] = [')', ']', '"', '”', '’', '»'];

/// Abbreviations that keep their full stop inside a sentence, in lower case without it.
const ABBREVIATIONS: [&str; 31] = [
    "tp", "tx", "tt", "ts", "ths", "pgs", "gs", "bs", "ks", "cn", "ls", "ncs", "đ/c", "đc", "tm", "kt", "tl",
    "tuq", "st", "mr", "mrs", "ms", "dr", "prof", "no", "nos", "nr", "vs", "art", "hon", "sgt",
];

/// Whether a word with its punctuation ends a sentence when a capital or a number follows.
fn ends_sentence(word: &str) -> bool {
    let Some(stem) = word.strip_suffix('.') else { return false };
    let stem = stem.trim_end_matches('.').trim_start_matches(OPENING);
    let lower = stem.to_lowercase();
    let single = stem.chars().count() == 1 && stem.chars().all(char::is_uppercase);
    let number = stem.starts_with(|c: char| c.is_ascii_digit());
    let dotted = stem.contains('.') && !number && lower != "v.v";
    !(stem.is_empty() || single || dotted || ABBREVIATIONS.contains(&lower.as_str()))
}

/// Whether the first word of a clause only numbers it: "1.", "2.1.", "IV.", "a.".
fn is_label(word: &str) -> bool {
    let stem = word.trim_end_matches(['.', ')', ':']);
    let digits = stem.chars().all(|c| c.is_ascii_digit() || c == '.') && stem.len() < 6;
    digits || stem.chars().all(|c| "IVXL".contains(c)) || stem.chars().count() == 1
}

/// The bracketed ranges; an open bracket that is never closed hides nothing.
fn brackets(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('(', None) => open = Some(at),
            (')', Some(start)) => {
                found.push(start..at);
                open = None;
            }
            _ => {}
        }
    }
    found
}

fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    text.split_inclusive(char::is_whitespace).filter_map(move |piece| {
        let start = at;
        at += piece.len();
        let word = piece.trim_end();
        (!word.is_empty()).then_some(start..start + word.len())
    })
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let clause = &text[range.clone()];
    let start = range.start + clause.len() - clause.trim_start().len();
    let mut kept = clause.trim().trim_end_matches([';', '；', ',', ' ']);
    let last = kept.rsplit(char::is_whitespace).next().unwrap_or(kept);
    if ends_sentence(last) && !last.ends_with("..") {
        kept = kept.strip_suffix('.').unwrap_or(kept);
    }
    (!kept.is_empty()).then_some(start..start + kept.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(text: &str) -> Vec<&str> {
        clauses(text).into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn sentences_are_cut_into_clauses() {
        let cases: [(&str, &[&str]); 13] = [
            ("", &[]),
            ("Một việc", &["Một việc"]),
            (
                "Giao Sở A rà soát; hoàn thành trước ngày 15/9; giao Sở Y tế báo cáo; hạn 30/6.",
                &["Giao Sở A rà soát; hoàn thành trước ngày 15/9", "giao Sở Y tế báo cáo; hạn 30/6"],
            ),
            ("A làm; B xem; C ký.", &["A làm", "B xem", "C ký"]),
            ("Rà soát xong. Báo cáo ngay.", &["Rà soát xong", "Báo cáo ngay"]),
            (
                "Giao Sở Nội vụ rà soát, giao Sở Tài chính bố trí kinh phí và giao Công an tỉnh kiểm tra",
                &[
                    "Giao Sở Nội vụ rà soát",
                    "giao Sở Tài chính bố trí kinh phí",
                    "và giao Công an tỉnh kiểm tra",
                ],
            ),
            ("rà soát biên chế giao Sở Tài chính bố trí", &["rà soát biên chế", "giao Sở Tài chính bố trí"]),
            (
                "Tiếp tục tuyên truyền. Giao nhiệm vụ cho Sở A",
                &["Tiếp tục tuyên truyền", "Giao nhiệm vụ cho Sở A"],
            ),
            ("Họp tốt; giao Ban Tổ chức rà soát", &["Họp tốt", "giao Ban Tổ chức rà soát"]),
            ("Nêu ở (a; b) rồi thôi", &["Nêu ở (a; b) rồi thôi"]),
            ("1. Giao Sở A rà soát. 2. Giao Sở Y tế.", &["1. Giao Sở A rà soát", "2. Giao Sở Y tế"]),
            ("Xong việc này... Giao Sở A", &["Xong việc này...", "Giao Sở A"]),
            (
                "The board shall report; Finance pays. Audit follows.",
                &["The board shall report", "Finance pays", "Audit follows"],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn some_words_and_numbers_stay_whole() {
        for text in [
            "Bảo đảm trật tự an toàn giao thông và họp giao ban hằng tuần",
            "Thực hiện tốt nhiệm vụ được giao năm 2022",
            "Hoàn thành việc bàn giao hồ sơ, giao lưu văn hóa",
            "Có 2.226 điểm, 98,62% đạt, hạn 15.9.2022 là cuối",
            "Đến TP. Huế gặp ThS. Nguyễn Văn A. Nguyên",
            "Đồng chí UVT.Ư Đảng dự",
            "Theo Quyết định số 23-QĐ/TW và 30/2020/NĐ-CP. của",
            "Thống nhất giao Sở Nội vụ rà soát",
            "Chủ tịch UBND tỉnh giao Sở Nội vụ rà soát",
            "Đã giáo dục, giáo viên",
            "GIAO THÔNG VÀ GIAO BAN",
        ] {
            assert_eq!(cuts(text), [0usize; 0], "{text}");
        }
    }

    #[test]
    fn a_cut_moves_word_by_word() {
        let text = "rà soát; giao Sở";
        let at = cuts(text)[0];
        assert_eq!(&text[at..], "giao Sở");
        let left = next_word_cut(text, at, Direction::Left).unwrap();
        assert_eq!(&text[left..], "soát; giao Sở");
        assert_eq!(next_word_cut(text, left, Direction::Left), None);
        let right = next_word_cut(text, at, Direction::Right).unwrap();
        assert_eq!((&text[right..], next_word_cut(text, right, Direction::Right)), ("Sở", None));
    }

    proptest! {
        #[test]
        fn cuts_rise_and_clauses_lose_only_separators(text in "(giao |và |Sở |xa; |ba\\. |TP\\. |2\\.2 |\\(|\\) ){0,12}") {
            let cuts = cuts(&text);
            prop_assert!(cuts.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(cuts.iter().all(|cut| *cut > 0 && *cut < text.len() && text.is_char_boundary(*cut)));
            let letters = |part: &str| part.chars().filter(|c| c.is_alphanumeric()).count();
            let kept: usize = clauses(&text).into_iter().map(|range| letters(&text[range])).sum();
            prop_assert_eq!(kept, letters(&text));
        }
    }
}
