//! Eating words of a clause from a byte on: without case, and without marks where none were typed. Must not know
//! what the words mean.

use unicode_normalization::UnicodeNormalization;

use crate::text::fold::is_said;

/// A clause being read.
pub(super) struct Scan<'t> {
    pub text: &'t str,
}

/// Verbs with which the content of an assignment begins; they end a name that is not known.
const VERBS: [&str; 62] = [
    "rà soát",
    "tham mưu",
    "xây dựng",
    "hoàn thiện",
    "hoàn thành",
    "ban hành",
    "kiểm tra",
    "báo cáo",
    "tổ chức",
    "triển khai",
    "chỉ đạo",
    "hướng dẫn",
    "tiếp tục",
    "đẩy mạnh",
    "nghiên cứu",
    "phối hợp",
    "thực hiện",
    "bố trí",
    "theo dõi",
    "đôn đốc",
    "tổng hợp",
    "trình",
    "chuẩn bị",
    "tăng cường",
    "chủ động",
    "khẩn trương",
    "sớm",
    "lập",
    "cử",
    "làm",
    "xem xét",
    "thẩm định",
    "quan tâm",
    "nâng cao",
    "phát huy",
    "đề xuất",
    "cung cấp",
    "gửi",
    "ký",
    "chịu trách nhiệm",
    "giám sát",
    "đánh giá",
    "cập nhật",
    "công bố",
    "công khai",
    "tuyên truyền",
    "vận động",
    "thống kê",
    "giải quyết",
    "xử lý",
    "quán triệt",
    "phổ biến",
    "đăng tải",
    "sơ kết",
    "tổng kết",
    "thanh tra",
    "chủ trì",
    "làm đầu mối",
    "thường xuyên",
    "kịp thời",
    "thống nhất",
    "bảo đảm",
];

impl<'t> Scan<'t> {
    pub fn new(text: &'t str) -> Self {
        Self { text }
    }

    /// The byte after these words if they stand at `at`, at word borders.
    pub fn eat(&self, at: usize, words: &str) -> Option<usize> {
        let mut at = at;
        let mut wanted = 0;
        while let Some((_, end)) = token(words, wanted) {
            let (start, next) = token(self.text, at)?;
            let word = words[wanted..end].trim_start();
            if !same(&self.text[start..next], word) {
                return None;
            }
            (at, wanted) = (next, end);
        }
        (wanted > 0).then_some(at)
    }

    /// The byte after the first of the sayings that stands here.
    pub fn eat_any(&self, at: usize, sayings: &[&str]) -> Option<usize> {
        sayings.iter().find_map(|words| self.eat(at, words))
    }

    /// The byte after as many of the sayings as stand here one after another, with the commas between them.
    pub fn eat_any_repeatedly(&self, at: usize, sayings: &[&str]) -> usize {
        let mut at = at;
        while let Some(next) = self.eat_any(at, sayings) {
            at = self.eat(next, ",").unwrap_or(next);
        }
        at
    }

    /// The next word or sign, with its bytes.
    pub fn token(&self, at: usize) -> Option<(usize, usize)> {
        token(self.text, at)
    }

    /// Whether the verb of an assignment begins here, in lower case as the names of units are not.
    pub fn begins_with_verb(&self, at: usize) -> bool {
        let lower =
            self.token(at).is_some_and(|(start, _)| self.text[start..].starts_with(char::is_lowercase));
        lower && self.eat_any(at, &VERBS).is_some()
    }

    pub fn skip_signs(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        at + rest.len() - rest.trim_start_matches([',', ';', ':', ' ', '\u{a0}']).len()
    }

    pub fn rest(&self, at: usize) -> &'t str {
        &self.text[at..]
    }

    /// Whether only signs are left.
    pub fn is_end(&self, at: usize) -> bool {
        !self.text[at..].contains(char::is_alphanumeric)
    }

    /// Every place from `from` on where one of the sayings stands: its beginning and the byte after it.
    pub fn ends_of<'s>(
        &'s self,
        sayings: &'s [&str],
        from: usize,
    ) -> impl Iterator<Item = (usize, usize)> + 's {
        let starts = std::iter::successors(self.token(from), |(_, end)| self.token(*end));
        starts.filter_map(|(start, _)| Some((start, self.eat_any(start, sayings)?)))
    }
}

/// Whether two words are equal apart from case, and from marks if the first has none.
fn same(said: &str, word: &str) -> bool {
    if is_said(said, word) {
        return true;
    }
    // Only decomposed letters can hide an equal word from the quick comparison.
    let composed = |text: &str| text.to_lowercase().nfc().collect::<String>();
    let decomposed = |text: &str| text.contains(|c| matches!(c, '\u{300}'..='\u{36f}'));
    (decomposed(said) || decomposed(word)) && composed(said) == composed(word)
}

/// The bytes of the next run of letters and digits, or of one sign.
fn token(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = text.get(at..)?;
    let start = at + rest.len() - rest.trim_start().len();
    let mut letters = text[start..].char_indices();
    let (_, first) = letters.next()?;
    if !is_letter(first) {
        return Some((start, start + first.len_utf8()));
    }
    let end = letters.find(|(_, c)| !is_letter(*c)).map_or(text.len(), |(end, _)| start + end);
    Some((start, end))
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\u{300}'..='\u{36f}')
}
