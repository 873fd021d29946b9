//! The numbers themselves: how State and Party offices put them together, and what is tolerated. Must not know the words
//! around them.

use crate::text::fold::fold;

/// In whose way a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// Number, hyphen: `23-QĐ/TW`.
    Party,
    /// Number, slash: `30/2020/NĐ-CP`, `10/2022/QH15`.
    State,
}

impl Style {
    /// Its word for scripts.
    pub fn word(self) -> &'static str {
        match self {
            Style::Party => "party",
            Style::State => "state",
        }
    }
}

/// A number found in a text.
pub(super) struct Numbered {
    /// The byte after it.
    pub end: usize,
    /// In its normal form.
    pub number: String,
    pub style: Style,
}

/// Codes of sorts of documents and what they are called (Nghị định 30/2020/NĐ-CP, phụ lục III; Party guidance).
const CODES: [(&str, &str); 45] = [
    ("QĐ", "Quyết định"),
    ("NQ", "Nghị quyết"),
    ("CT", "Chỉ thị"),
    ("KL", "Kết luận"),
    ("NĐ", "Nghị định"),
    ("TT", "Thông tư"),
    ("TTLT", "Thông tư liên tịch"),
    ("PL", "Pháp lệnh"),
    ("L", "Luật"),
    ("HD", "Hướng dẫn"),
    ("TB", "Thông báo"),
    ("TBKL", "Thông báo kết luận"),
    ("CV", "Công văn"),
    ("KH", "Kế hoạch"),
    ("BC", "Báo cáo"),
    ("BB", "Biên bản"),
    ("TTr", "Tờ trình"),
    ("CTr", "Chương trình"),
    ("CTHĐ", "Chương trình hành động"),
    ("ĐA", "Đề án"),
    ("DA", "Dự án"),
    ("PA", "Phương án"),
    ("HĐ", "Hợp đồng"),
    ("CĐ", "Công điện"),
    ("QC", "Quy chế"),
    ("QyĐ", "Quy định"),
    ("QĐi", "Quy định"),
    ("TC", "Thông cáo"),
    ("GM", "Giấy mời"),
    ("GGT", "Giấy giới thiệu"),
    ("GNP", "Giấy nghỉ phép"),
    ("GUQ", "Giấy ủy quyền"),
    ("BGN", "Bản ghi nhớ"),
    ("BTT", "Bản thỏa thuận"),
    ("PG", "Phiếu gửi"),
    ("PC", "Phiếu chuyển"),
    ("PB", "Phiếu báo"),
    ("VBHN", "Văn bản hợp nhất"),
    ("HNVB", "Văn bản hợp nhất"),
    ("TTg", ""),
    ("LCT", "Lệnh"),
    ("SL", "Sắc lệnh"),
    ("ĐB", ""),
    ("TLt", ""),
    ("QT", "Quy trình"),
];

/// Letters of bodies that are typed without their Đ or Ư.
const MARKED: [(&str, &str); 18] = [
    ("QD", "QĐ"),
    ("QyD", "QyĐ"),
    ("QDi", "QĐi"),
    ("ND", "NĐ"),
    ("CD", "CĐ"),
    ("BCD", "BCĐ"),
    ("BCDTW", "BCĐTW"),
    ("HDND", "HĐND"),
    ("TTHDND", "TTHĐND"),
    ("DU", "ĐU"),
    ("DUK", "ĐUK"),
    ("BLDTBXH", "BLĐTBXH"),
    ("BGDDT", "BGDĐT"),
    ("SGDDT", "SGDĐT"),
    ("TLD", "TLĐ"),
    ("CTHD", "CTHĐ"),
    ("T.Ư", "TW"),
    ("TƯ", "TW"),
];

/// What a number's code calls the document; empty for letters, laws and unknown codes.
pub(super) fn kind_of(number: &str) -> &'static str {
    let groups = number.split(['-', '/']).skip(1).find(|group| group.chars().any(char::is_alphabetic));
    let code = groups.unwrap_or("");
    if code.starts_with("QH") && code[2..].bytes().all(|b| b.is_ascii_digit()) {
        return "Luật";
    }
    CODES.iter().find(|(known, _)| *known == code).map_or("", |(_, kind)| kind)
}

/// The normal form of a number typed alone, and its style; `None` when it is none.
pub fn normal(typed: &str) -> Option<(String, Style)> {
    let typed = typed.trim();
    let bare = ["số:", "số", "Số:", "Số", "so"]
        .iter()
        .find_map(|word| typed.strip_prefix(word))
        .unwrap_or(typed)
        .trim();
    let found = number_at(bare, 0, true)?;
    (found.end == bare.len()).then_some((found.number, found.style))
}

/// The number whose digits begin at `at`; `introduced` when "số" or a kind stands before it.
pub(super) fn number_at(text: &str, at: usize, introduced: bool) -> Option<Numbered> {
    // Part of a longer number, a date, a path or a word.
    if text[..at].ends_with(|c: char| {
        c.is_alphanumeric() || matches!(c, '.' | ',' | '/' | '-' | '–' | ':' | '_' | '@' | '+')
    }) {
        return None;
    }
    let mut cursor = Cursor { text, at };
    let digits = cursor.digits(5)?.to_owned();
    let found = match cursor.sign()? {
        Sign::Dash => party(&mut cursor, &digits),
        Sign::Slash => state(&mut cursor, &digits, introduced),
    }?;
    let ends = !text[cursor.at..].starts_with(|c: char| c.is_alphanumeric());
    ends.then_some(Numbered { end: cursor.at, number: found.0, style: found.1 })
}

/// `23-QĐ/TW`, behind the hyphen.
fn party(cursor: &mut Cursor<'_>, digits: &str) -> Option<(String, Style)> {
    let code = cursor.group()?;
    let slash = cursor.sign().filter(|sign| *sign == Sign::Slash);
    let mut number = format!("{digits}-{code}");
    slash?;
    number.push('/');
    number.push_str(&cursor.group()?);
    while let Some(unit) = cursor.further('-').or_else(|| cursor.further('&')) {
        number.push_str(&unit);
    }
    Some((number, Style::Party))
}

/// `30/2020/NĐ-CP`, `127/NQ-CP`, `73/TTg-CN`, `10/2022/QH15`, behind the first slash.
fn state(cursor: &mut Cursor<'_>, digits: &str, introduced: bool) -> Option<(String, Style)> {
    let mut number = format!("{digits}/");
    let before = cursor.at;
    let year = cursor.digits(4).filter(|year| year.len() == 4).map(str::to_owned);
    let dated = match year {
        Some(year) => {
            cursor.sign().filter(|sign| *sign == Sign::Slash)?;
            number.push_str(&year);
            number.push('/');
            true
        }
        None => {
            cursor.at = before;
            false
        }
    };
    let code = cursor.group()?;
    number.push_str(&code);
    let mut groups = 1;
    while let Some(unit) = cursor.further('-').or_else(|| cursor.further('/')).or_else(|| cursor.further('&'))
    {
        number.push_str(&unit);
        groups += 1;
    }
    let law = code.ends_with(|c: char| c.is_ascii_digit());
    let known = CODES.iter().any(|(known, _)| *known == code);
    let whole = groups > 1 || (dated && (law || known)) || introduced;
    whole.then_some((number, Style::State))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    Dash,
    Slash,
}

/// A place in the text that moves over what it has taken.
struct Cursor<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Cursor<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// One to `most` digits, no more standing behind them.
    fn digits(&mut self, most: usize) -> Option<&'t str> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        if end == 0 || end > most {
            return None;
        }
        self.at += end;
        Some(&rest[..end])
    }

    /// A hyphen, dash or slash with at most a space on either side.
    fn sign(&mut self) -> Option<Sign> {
        let rest = self.rest();
        let bare = rest.strip_prefix([' ', '\u{a0}']).unwrap_or(rest);
        let sign = bare.chars().next()?;
        let found = match sign {
            '-' | '–' | '—' | '‑' | '−' => Sign::Dash,
            '/' => Sign::Slash,
            _ => return None,
        };
        let after = &bare[sign.len_utf8()..];
        let after = after.strip_prefix([' ', '\u{a0}']).unwrap_or(after);
        self.at += rest.len() - after.len();
        Some(found)
    }

    /// Another group behind a sign of this sort, with the sign. A spaced dash is a dash of the sentence unless a
    /// body's short name follows.
    fn further(&mut self, sign: char) -> Option<String> {
        let was = self.at;
        let taken = match sign {
            '&' => self.rest().strip_prefix('&').map(|_| self.at += 1),
            '-' => self.sign().filter(|found| *found == Sign::Dash).map(|_| ()),
            _ => self.sign().filter(|found| *found == Sign::Slash).map(|_| ()),
        };
        let group = taken.and_then(|()| self.group());
        if group.is_none() {
            self.at = was;
        }
        group.map(|group| format!("{sign}{group}"))
    }

    /// Letters of a code or body, with the number of a legislature behind them: `QĐ`, `TTg`, `QH15`, `T.Ư`.
    fn group(&mut self) -> Option<String> {
        let rest = self.rest();
        let mut end = 0;
        for (at, c) in rest.char_indices() {
            let dotted = c == '.' && rest[at + 1..].starts_with('Ư') && at > 0;
            if !(c.is_alphanumeric() || dotted || is_mark(c)) {
                break;
            }
            end = at + c.len_utf8();
        }
        let group = composed(&rest[..end]);
        let letters = group.trim_end_matches(|c: char| c.is_ascii_digit());
        let alphabetic = letters.chars().all(|c| c.is_alphabetic() || c == '.');
        let count = letters.chars().count();
        let upper = letters.chars().filter(|c| c.is_uppercase()).count();
        if !alphabetic || !(2..=16).contains(&count) || group.len() - letters.len() > 2 {
            return None;
        }
        let well_written = letters.starts_with(char::is_uppercase) && upper * 2 >= count;
        let normal = match well_written {
            true => marked(&group),
            false => typed_small(&group)?,
        };
        self.at += end;
        Some(normal)
    }
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn composed(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

/// With the Đ or Ư that was left out.
fn marked(group: &str) -> String {
    MARKED
        .iter()
        .find(|(typed, _)| *typed == group)
        .map_or_else(|| group.to_owned(), |(_, right)| (*right).to_owned())
}

/// A known code typed without capitals: `qđ`, `ubnd`.
fn typed_small(group: &str) -> Option<String> {
    const BODIES: [&str; 14] =
        ["TW", "TU", "CP", "UBND", "HĐND", "BCĐ", "BCĐTW", "VPTW", "VPCP", "ĐU", "HU", "BTV", "TTg", "BDVTU"];
    let codes = CODES.iter().map(|(code, _)| *code).chain(BODIES);
    codes
        .into_iter()
        .find(|code| {
            code.to_lowercase() == group
                || (group.is_ascii() && group == group.to_lowercase() && fold(code) == group)
        })
        .map(str::to_owned)
}
