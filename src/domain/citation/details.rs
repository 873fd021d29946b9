//! What stands round a number: the kind before it, the day, issuer and subject behind it; and documents cited without a
//! code. Must not know how numbers are put together.

use chrono::NaiveDate;

use crate::text::dates;
use crate::text::fold::{fold, is_said};
use crate::text::numbers;

/// Sorts of documents that a sentence may cite, the longer first.
const KINDS: [&str; 40] = [
    "Thông báo kết luận",
    "Thông tư liên tịch",
    "Chương trình hành động",
    "Văn bản hợp nhất",
    "Quyết định",
    "Nghị quyết",
    "Nghị định",
    "Chỉ thị",
    "Kết luận",
    "Quy định",
    "Quy chế",
    "Hướng dẫn",
    "Thông báo",
    "Thông tư",
    "Thông tri",
    "Pháp lệnh",
    "Công văn",
    "Công điện",
    "Kế hoạch",
    "Báo cáo",
    "Biên bản",
    "Tờ trình",
    "Chương trình",
    "Đề án",
    "Phương án",
    "Giấy mời",
    "Văn bản",
    "Luật",
    "Lệnh",
    "QĐ",
    "NQ",
    "CV",
    "Decision",
    "Resolution",
    "Decree",
    "Circular",
    "Directive",
    "Conclusion",
    "Notice",
    "Official Letter",
];

/// Kinds whose plain number is a citation: "Nghị quyết 54"; others count things ("báo cáo 3 nội dung").
const BINDING: [&str; 13] = [
    "Quyết định",
    "Nghị quyết",
    "Nghị định",
    "Chỉ thị",
    "Kết luận",
    "Quy định",
    "Thông tư",
    "Luật",
    "Resolution",
    "Decision",
    "Decree",
    "Directive",
    "Pháp lệnh",
];

/// What stands before a number.
pub(super) struct Led {
    pub kind: Option<&'static str>,
    /// "số" or a kind stands there.
    pub introduced: bool,
    /// Byte where the citation begins.
    pub start: usize,
}

/// The kind at the end of the text before a number, over "số".
pub(super) fn kind_before(before: &str) -> Led {
    let bare = before.trim_end();
    let bare = bare.strip_suffix(':').map_or(bare, str::trim_end);
    let numbered =
        strip_word(bare, "số").or_else(|| strip_word(bare, "No.")).or_else(|| strip_word(bare, "No"));
    let head = numbered.unwrap_or(bare);
    let kind = KINDS.iter().find_map(|kind| Some((*kind, strip_word(head, kind)?)));
    let start = match (kind, numbered) {
        (Some((_, rest)), _) => first_letter(head, rest.len()),
        (None, Some(rest)) => first_letter(bare, rest.len()),
        (None, None) => before.len(),
    };
    let full = kind.map(|(kind, _)| match kind {
        "QĐ" => "Quyết định",
        "NQ" => "Nghị quyết",
        "CV" => "Công văn",
        kind => kind,
    });
    Led { kind: full, introduced: kind.is_some() || numbered.is_some(), start }
}

/// The text before these words, when it ends with them at a word border.
fn strip_word<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    let text = text.trim_end();
    let wanted = words.chars().count();
    let (start, _) = text.char_indices().rev().nth(wanted.checked_sub(1)?)?;
    let (rest, tail) = text.split_at(start);
    let same = is_said(tail, words);
    (same && !rest.ends_with(char::is_alphanumeric)).then_some(rest)
}

fn first_letter(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    from + rest.len() - rest.trim_start().len()
}

/// A document cited by its kind and a plain number or its congress.
pub(super) struct Named {
    pub kind: &'static str,
    pub words: String,
    pub end: usize,
}

/// "Nghị quyết số 54", "Nghị quyết Đại hội XIII", "Kết luận Hội nghị Trung ương 8 khóa XII".
pub(super) fn named_document(text: &str, at: usize) -> Option<Named> {
    let initial = text[at..].chars().next().and_then(|c| c.to_lowercase().next())?;
    let begins = |kind: &&&str| kind.chars().next().is_some_and(|c| c.to_ascii_lowercase() == initial);
    let (kind, after) = BINDING.iter().filter(begins).find_map(|kind| Some((*kind, eat(text, at, kind)?)))?;
    let numbered = eat(text, after, "số").or_else(|| eat(text, after, "No.")).unwrap_or(after);
    if let Some((end, digits)) = plain_number(text, numbered) {
        return Some(Named { kind, words: format!("{kind} {digits}"), end });
    }
    let congress =
        ["Đại hội", "Hội nghị Trung ương", "Trung ương"].iter().find_map(|word| eat(text, after, word))?;
    let end = congress_end(text, congress)?;
    Some(Named { kind, words: text[at..end].split_whitespace().collect::<Vec<_>>().join(" "), end })
}

/// The place behind these words, at word borders and with one space before them.
fn eat(text: &str, at: usize, words: &str) -> Option<usize> {
    let start = first_letter(text, at);
    let wanted = words.chars().count();
    let rest = &text[start..];
    let end = rest.char_indices().nth(wanted).map_or(rest.len(), |(end, _)| end);
    let said = &rest[..end];
    let same = is_said(said, words);
    (same && !rest[end..].starts_with(char::is_alphanumeric)).then_some(start + end)
}

/// One to four digits that count nothing.
fn plain_number(text: &str, at: usize) -> Option<(usize, &str)> {
    let start = first_letter(text, at);
    let rest = &text[start..];
    let length = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (digits, after) = rest.split_at(length);
    let glued = after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '%'))
        || after
            .strip_prefix(['.', ',', '-'])
            .is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit()));
    let spaced = after
        .trim_start()
        .strip_prefix(['-', '/', '–'])
        .is_some_and(|after| after.trim_start().starts_with(char::is_alphanumeric));
    let next = after.split_whitespace().next().unwrap_or("").trim_matches(|c: char| !c.is_alphabetic());
    let counts = [
        "ngày", "tháng", "năm", "tuần", "lần", "giờ", "nội", "nhiệm", "điểm", "vấn", "đồng", "đơn", "xã",
        "dự", "giải", "days", "weeks", "tỷ", "triệu", "quý", "người", "việc", "nhóm", "mục", "chỉ",
    ];
    let counted = start > at && counts.iter().any(|word| is_said(next, word));
    let introduced = strip_word(&text[..at], "số").is_some();
    let fits = (1..=4).contains(&length) && !glued && !spaced && (introduced || !counted);
    fits.then_some((start + length, digits))
}

/// Behind "Đại hội … XIII" or "Trung ương 4 khóa XII".
fn congress_end(text: &str, at: usize) -> Option<usize> {
    let mut end = None;
    let mut place = at;
    for word in text[at..].split_inclusive(char::is_whitespace).take(9) {
        let bare = word.trim().trim_end_matches([',', '.', ';', ')']);
        let after = place + word.find(bare).unwrap_or(0) + bare.len();
        let roman = bare.chars().all(|c| c.is_ascii_uppercase()) && numbers::from_roman(bare).is_some();
        let number = bare.len() <= 2 && !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_digit());
        if roman || number {
            end = Some(after);
        } else if end.is_some() && !matches!(bare, "khóa" | "khoá" | "lần" | "thứ" | "(khóa") {
            break;
        }
        if bare.len() < word.trim().len() {
            break;
        }
        place += word.len();
    }
    end
}

/// A day behind a number.
pub(super) struct Day {
    pub end: usize,
    pub date: Option<NaiveDate>,
}

/// ", ngày 30/7/2021", "ngày 30 tháng 7 năm 2021", "(30/7/2021)", "dated 30 July 2021". A day without its year belongs to the
/// citation too, but says no date.
pub(super) fn day_after(text: &str, at: usize) -> Day {
    let none = Day { end: at, date: None };
    let rest = &text[at..];
    let bare = rest.trim_start().trim_start_matches([',', '(']).trim_start();
    let start = at + rest.len() - bare.len();
    let opened = rest[..rest.len() - bare.len()].contains('(');
    let named =
        ["ban hành ngày", "ký ngày", "ngày", "dated", "of"].iter().find_map(|word| eat(text, start, word));
    if named.is_none() && !opened {
        return none;
    }
    let from = first_letter(text, named.unwrap_or(start));
    let words: Vec<&str> = text[from..].split_whitespace().take(5).collect();
    let clean = |word: &str| word.trim_end_matches([',', '.', ';', ')', ':']).to_owned();
    // Longer spellings first: "30 tháng 7 năm 2021", "30 tháng 7", "30/7/2021".
    for count in [5, 3, 1] {
        let Some(said) = words.get(..count) else { continue };
        let joined = clean(&said.join(" "));
        let read = day_of(&joined);
        if let Some(date) = read {
            let last = clean(said.last().copied().unwrap_or(""));
            let length = length_of(&text[from..], count, &last);
            let mut end = from + length;
            if opened && text[end..].starts_with(')') {
                end += 1;
            }
            return Day { end, date };
        }
    }
    none
}

/// The bytes of the first `count` words, the last without the signs behind it.
fn length_of(text: &str, count: usize, last: &str) -> usize {
    let mut length = 0;
    let mut left = count;
    for word in text.split_inclusive(char::is_whitespace) {
        if word.trim().is_empty() {
            length += word.len();
            continue;
        }
        left -= 1;
        if left == 0 {
            return length + last.len();
        }
        length += word.len();
    }
    length
}

/// A day: with its year it is a date, without one it is only a day; `None` when it is neither.
fn day_of(words: &str) -> Option<Option<NaiveDate>> {
    if let Some(date) = dates::read_long(words).or_else(|| english(words)) {
        return Some(Some(date));
    }
    let numbers: Vec<&str> = words.split(['/', '-', '.']).collect();
    let digits = numbers
        .iter()
        .all(|part| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit()));
    if digits && (2..=3).contains(&numbers.len()) {
        let whole = numbers.len() == 3;
        return Some(dates::read(words, NaiveDate::MIN).filter(|_| whole));
    }
    let plain = fold(words);
    let spoken: Vec<&str> = plain.split(' ').collect();
    let day_only = matches!(spoken[..], [day, "thang", month] if [day, month].iter().all(|part| part.parse::<u32>().is_ok()));
    day_only.then_some(None)
}

/// `30 July 2021`.
fn english(words: &str) -> Option<NaiveDate> {
    ["%d %B %Y", "%d %b %Y", "%B %d, %Y"].iter().find_map(|form| NaiveDate::parse_from_str(words, form).ok())
}

/// "của Bộ Chính trị": the issuer and where it ends.
pub(super) fn issuer_after(text: &str, at: usize) -> (String, usize) {
    let start = text[at..].strip_prefix(',').map_or(at, |_| at + 1);
    let Some(from) =
        eat(text, start, "của").or_else(|| eat(text, start, "of the")).or_else(|| eat(text, start, "by the"))
    else {
        return (String::new(), at);
    };
    let stops = [
        "về", "và", "để", "trong", "trước", "theo", "tại", "đã", "được", "phải", "cần", "v/v", "on", "about",
        "đến", "là", "có", "do",
    ];
    let mut end = from;
    for word in text[from..].split_inclusive(char::is_whitespace).take(12) {
        let bare = word.trim();
        if bare.is_empty() {
            end += word.len();
            continue;
        }
        let signed = bare.find([',', ';', '.', '(', ':', ')', '“', '"']);
        if stops.contains(&bare) || signed == Some(0) {
            break;
        }
        end += signed.unwrap_or(word.len());
        if signed.is_some() {
            break;
        }
    }
    let issuer = text[from..end].trim().to_owned();
    if issuer.is_empty() { (issuer, at) } else { (issuer, end) }
}

/// "về công tác dân vận": what the document is about, up to the next sign.
pub(super) fn subject_after(text: &str, at: usize) -> String {
    let start = text[at..].strip_prefix(',').map_or(at, |_| at + 1);
    let words = ["về việc", "về", "v/v", "quy định về", "on"];
    let Some(from) = words.iter().find_map(|word| eat(text, start, word)) else { return String::new() };
    let rest = text[from..].trim_start();
    if let Some(quoted) = rest.strip_prefix(['“', '"', '«']) {
        return quoted.split(['”', '"', '»']).next().unwrap_or("").trim().to_owned();
    }
    rest.split([',', ';', '.', '(', ')', ':']).next().unwrap_or("").trim().to_owned()
}
