//! The words of a sentence as the rules see them: tokens without case, marks compared only where the sentence has
//! any, cited documents blanked. Must not know what the rules make of them.

use std::ops::Range;

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use crate::text::fold::{fold, has_marks};

/// A sentence and the day on which it is said.
pub(super) struct Phrase {
    tokens: Vec<Token>,
    marked: bool,
    pub from: NaiveDate,
}

/// A word, a number or a sign.
struct Token {
    lower: String,
    plain: String,
    bytes: Range<usize>,
    spaced: bool,
}

/// Words that lead to a deadline and go with it.
const LEADS: [&str; 35] = [
    "chót", "trước", "chậm", "muộn", "nhất", "là", "đến", "tới", "hết", "trong", "vào", "xong", "hạn",
    "thời", "không", "quá", "ngay", "ngày", "cho", "by", "before", "no", "not", "later", "than", "until",
    "on", "due", "the", "within", "in", "prior", "to", "at", "from",
];

/// Words that only belong to a deadline between others, never as the first.
const NOT_FIRST: [&str; 10] = ["chót", "là", "cho", "không", "nhất", "the", "no", "not", "to", "from"];

/// Kinds of documents that are cited with a day.
const DOCUMENTS: [[&str; 2]; 11] = [
    ["quyết", "định"],
    ["nghị", "quyết"],
    ["nghị", "định"],
    ["chỉ", "thị"],
    ["kết", "luận"],
    ["quy", "định"],
    ["công", "văn"],
    ["thông", "tư"],
    ["thông", "báo"],
    ["kế", "hoạch"],
    ["tờ", "trình"],
];

impl Phrase {
    pub fn new(text: &str, from: NaiveDate) -> Self {
        let mut phrase = Self { tokens: tokens(text), marked: has_marks(text), from };
        phrase.blank_citations(text);
        phrase
    }

    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether the token is this word, given with its marks.
    pub fn is(&self, at: usize, word: &str) -> bool {
        self.tokens.get(at).is_some_and(|token| token.is(word, self.marked))
    }

    pub fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    /// The place after these words, given with spaces between them.
    pub fn eat(&self, at: usize, words: &str) -> Option<usize> {
        words.split(' ').try_fold(at, |at, word| self.is(at, word).then_some(at + 1))
    }

    /// The place after the first of these sayings that stands here, and which it was.
    pub fn choose<T: Copy>(&self, at: usize, sayings: &[(&str, T)]) -> Option<(usize, T)> {
        sayings.iter().find_map(|(words, meaning)| Some((self.eat(at, words)?, *meaning)))
    }

    /// A number of at most that many digits.
    pub fn number(&self, at: usize, digits: usize) -> Option<u32> {
        let text = &self.tokens.get(at)?.lower;
        let fits = text.len() <= digits && text.bytes().all(|b| b.is_ascii_digit());
        text.parse().ok().filter(|_| fits)
    }

    /// A year of four digits.
    pub fn year(&self, at: usize) -> Option<i32> {
        let year = i32::try_from(self.number(at, 4)?).ok()?;
        (1900..2200).contains(&year).then_some(year)
    }

    /// The text of a token, lower case.
    pub fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.lower.as_str())
    }

    /// Whether a sign stands here without spaces on either side.
    pub fn is_tight(&self, at: usize, sign: &str) -> bool {
        self.is(at, sign) && !self.is_spaced(at) && !self.is_spaced(at + 1)
    }

    fn is_spaced(&self, at: usize) -> bool {
        self.tokens.get(at).is_none_or(|token| token.spaced)
    }

    pub fn bytes(&self, start: usize, end: usize) -> Range<usize> {
        self.tokens[start].bytes.start..self.tokens[end - 1].bytes.end
    }

    /// Where the prepositions of a deadline at `at` begin.
    pub fn lead(&self, at: usize) -> usize {
        let mut lead = at;
        while lead > 0 && (self.is_any(lead - 1, &LEADS) || self.is_hour(lead - 1)) {
            lead -= 1;
        }
        while lead < at && (self.is_any(lead, &NOT_FIRST) || self.is_hour(lead)) && !self.opens_limit(lead) {
            lead += 1;
        }
        self.with_beginning(self.with_range(lead, at))
    }

    /// `17h`, `8h00`.
    fn is_hour(&self, at: usize) -> bool {
        let digits = |text: &str| text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
        self.word(at)
            .split_once('h')
            .is_some_and(|(hour, minute)| !hour.is_empty() && digits(hour) && digits(minute))
    }

    /// "không quá", "no later than" begin with a word that else begins nothing.
    fn opens_limit(&self, at: usize) -> bool {
        ["không quá", "no later", "not later"].iter().any(|words| self.eat(at, words).is_some())
    }

    /// With the "từ nay", "từ 15" or "from …" of a range that ends here.
    fn with_range(&self, lead: usize, at: usize) -> usize {
        if lead == at || !self.is_any(lead, &["đến", "tới", "cho", "to"]) {
            return lead;
        }
        let reach = lead.saturating_sub(3);
        let start = (reach..lead).rev().find(|start| {
            let inner = self.eat(*start, "ngày").unwrap_or(*start + 1);
            self.is_any(*start, &["từ", "from"])
                && (inner..lead)
                    .all(|at| self.is_any(at, &["nay", "ngày", "now"]) || self.number(at, 2).is_some())
        });
        start.unwrap_or(lead)
    }

    /// With a "hoàn thành" that stands only for the deadline.
    fn with_beginning(&self, lead: usize) -> usize {
        let sayings = [
            &["phải", "hoàn", "thành"][..],
            &["hoàn", "thành"],
            &["hoàn", "tất"],
            &["thời", "hạn", ":"],
            &["hạn", ":"],
            &["deadline", ":"],
            &["due", ":"],
            &["to", "be", "completed"],
            &["xong"],
        ];
        let whole = sayings.iter().find_map(|words| {
            let start = lead.checked_sub(words.len())?;
            self.eat(start, &words.join(" "))?;
            self.begins_clause(start).then_some(start)
        });
        whole.unwrap_or(lead)
    }

    /// Whether a word before this place expects a deadline.
    pub fn is_introduced(&self, at: usize) -> bool {
        let before = at.wrapping_sub(1);
        self.is_any(before, &["thành", "tất", "xong", "hạn", "completed", "deadline"])
            || (self.is(before, ":") && self.is_any(before.wrapping_sub(1), &["hạn", "deadline", "due"]))
    }

    /// Whether the words before the date demand it, so that even a past one is meant.
    pub fn is_urged(&self, lead: usize, start: usize) -> bool {
        let urging = ["trước", "chậm", "muộn", "hạn", "quá", "xong", "by", "before", "due", "than"];
        (lead..start).any(|at| self.is_any(at, &urging)) || self.is_introduced(start)
    }

    /// Whether a sentence part begins at this token.
    pub fn begins_clause(&self, at: usize) -> bool {
        at == 0 || self.is_any(at - 1, &[",", ";", ".", ":", "(", "-", "–", ">"])
    }

    /// Whether a sentence part ends before this token.
    pub fn ends_clause(&self, at: usize) -> bool {
        at >= self.len() || self.is_any(at, &[",", ";", ".", ":", ")", "–"])
    }

    /// Whether a date here is the beginning of something: "từ ngày …", "kể từ …".
    pub fn is_start_of_validity(&self, lead: usize) -> bool {
        lead > 0 && self.is_any(lead - 1, &["từ", "from", "since"])
    }

    /// Whether a number stands here without "ngày".
    pub fn is_bare_number(&self, at: usize) -> bool {
        self.number(at, 4).is_some()
    }

    /// Whether the words before `lead` up to `end` are nothing but a comma or bracket, so that two dates are one.
    pub fn joins(&self, end: usize, lead: usize, start: usize) -> bool {
        let bridge = ["(", ",", "đến", "tới", "ngày", "hết", "-", "–", "to"];
        end <= start && lead >= end && lead - end <= 1 && (end..start).all(|at| self.is_any(at, &bridge))
    }

    /// Takes document numbers with their dates out of sight.
    fn blank_citations(&mut self, text: &str) {
        let mut at = 0;
        while at < self.len() {
            let end = self.numbered_document(at, text).or_else(|| self.named_document(at));
            let Some(end) = end else {
                at += 1;
                continue;
            };
            let end = self.cited_day(end);
            self.tokens[at..end].iter_mut().for_each(Token::blank);
            at = end;
        }
    }

    /// The end of a number such as `23-QĐ/TW`, `30/2020/NĐ-CP` or `100 - KL/TW` that begins here.
    fn numbered_document(&self, at: usize, text: &str) -> Option<usize> {
        self.number(at, 5)?;
        let mut chunk = self.tight_end(at);
        if self.is_any(chunk, &["-", "–"]) && text[self.bytes(chunk, self.tight_end(chunk + 1))].contains('/')
        {
            chunk = self.tight_end(chunk + 1);
        }
        let signed = (at..chunk).any(|sign| {
            let code = self.tokens.get(sign + 1).map_or("", |token| &text[token.bytes.clone()]);
            self.is_any(sign, &["-", "–", "/"]) && code.chars().next().is_some_and(char::is_uppercase)
        });
        signed.then_some(chunk)
    }

    /// The end of the run of tokens without spaces.
    fn tight_end(&self, at: usize) -> usize {
        let signs = ["/", "-", "–", "&"];
        let mut end = (at + 1).min(self.len());
        while end < self.len()
            && !self.is_spaced(end)
            && (self.is_any(end, &signs) || self.is_any(end - 1, &signs))
        {
            end += 1;
        }
        end
    }

    /// The end of "Nghị quyết số 54", or of "Kết luận" when a day follows at once.
    fn named_document(&self, at: usize) -> Option<usize> {
        let name = DOCUMENTS.iter().find(|name| self.is(at, name[0]) && self.is(at + 1, name[1]));
        let end = name.map(|_| at + 2).or_else(|| self.eat(at, "luật"))?;
        let number = self.eat(end, "số").unwrap_or(end);
        if self.number(number, 4).is_some() && !self.is_any(number + 1, &["/", "-"]) {
            return Some(number + 1);
        }
        (self.cited_day(end) > end && !self.is_any(at, &["thông", "kế", "tờ", "kết"])).then_some(end)
    }

    /// The end of ", ngày 30/7/2021" after a document.
    fn cited_day(&self, at: usize) -> usize {
        let day = self.eat(at, ",").unwrap_or(at);
        let hit = self.is(day, "ngày").then(|| {
            super::vietnamese::numeric_day(self, day).or_else(|| super::vietnamese::spoken_day(self, day))
        });
        hit.flatten().map_or(at, |hit| hit.end)
    }
}

impl Token {
    fn is(&self, word: &str, marked: bool) -> bool {
        if marked { self.lower == word } else { self.plain == fold(word) }
    }

    fn blank(&mut self) {
        self.lower = "\u{0}".to_owned();
        self.plain = self.lower.clone();
    }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut spaced = true;
    let mut in_word = false;
    for (at, c) in text.char_indices() {
        let letter = c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}');
        if let Some(last) = tokens.last_mut().filter(|_| letter && in_word) {
            last.bytes.end = at + c.len_utf8();
        } else if !c.is_whitespace() {
            let bytes = at..at + c.len_utf8();
            tokens.push(Token { lower: String::new(), plain: String::new(), bytes, spaced });
        }
        in_word = letter;
        spaced = c.is_whitespace();
    }
    for token in &mut tokens {
        token.lower = text[token.bytes.clone()].to_lowercase().nfc().collect();
        token.plain = fold(&token.lower);
    }
    tokens
}
