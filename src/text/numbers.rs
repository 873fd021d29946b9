//! Numbers and units as Vietnamese officials write them: dots between thousands, a comma before decimals, money, roman
//! numerals, point letters, numbers in words. Must not know what is counted.

use crate::text::fold::{fold, is_said};

/// A decimal number kept exactly: `digits` with the last `decimals` of them behind the comma, so that 98,62 is
/// (9862, 2) and 2.226 is (2226, 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    pub digits: i64,
    pub decimals: u32,
}

/// A number found in a text with the unit behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    pub value: Decimal,
    /// `%`, or the words of a sum of money (`đồng`, `tỷ đồng`), as said; empty otherwise.
    pub unit: String,
    /// Bytes of the text, from the first digit to the end of the unit.
    pub place: std::ops::Range<usize>,
}

/// Letters of points in legal texts, in their order: a b c d đ e …; without f j w z.
pub const POINT_LETTERS: [&str; 23] = [
    "a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m", "n", "o", "p", "q", "r", "s", "t", "u", "v",
    "x", "y",
];

/// Units of money and what they multiply a number by.
const MONEY: [(&str, i64); 8] = [
    ("nghìn tỷ đồng", 1_000_000_000_000),
    ("tỷ đồng", 1_000_000_000),
    ("tỉ đồng", 1_000_000_000),
    ("triệu đồng", 1_000_000),
    ("nghìn đồng", 1_000),
    ("ngàn đồng", 1_000),
    ("đồng", 1),
    ("VNĐ", 1),
];

impl Decimal {
    /// The nearest binary number.
    pub fn as_f64(self) -> f64 {
        self.to_plain().parse().unwrap_or(f64::NAN)
    }

    /// The whole number, when nothing stands behind the comma.
    pub fn whole(self) -> Option<i64> {
        (self.decimals == 0).then_some(self.digits)
    }

    /// `2.226`, `98,62`, `-0,5`.
    pub fn official(self) -> String {
        let plain = self.to_plain();
        let (sign, plain) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
        let (whole, behind) = plain.split_once('.').unwrap_or((plain, ""));
        let comma = if behind.is_empty() { "" } else { "," };
        format!("{sign}{}{comma}{behind}", in_groups(whole))
    }

    /// With a point before the decimals and nothing between thousands.
    fn to_plain(self) -> String {
        let decimals = usize::try_from(self.decimals).unwrap_or(0);
        let sign = if self.digits < 0 { "-" } else { "" };
        let padded = format!("{:0>width$}", self.digits.unsigned_abs(), width = decimals + 1);
        let (whole, behind) = padded.split_at(padded.len() - decimals);
        let point = if behind.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{behind}")
    }
}

/// A number alone: `2.226` is 2226, `98,62` is 98,62, `1.500.000`. A dot not followed by three digits is a decimal
/// point (`2.5`), as machines and the English write it. `None` for anything else.
pub fn read(text: &str) -> Option<Decimal> {
    let text = text.trim();
    let (negative, text) = text.strip_prefix(['-', '−']).map_or((false, text), |rest| (true, rest));
    let (whole, behind) = match text.split_once(',') {
        Some((whole, behind)) => (whole.to_owned(), behind),
        None if has_thousands(text) => (text.to_owned(), ""),
        None => text.split_once('.').map_or((text.to_owned(), ""), |(whole, rest)| (whole.to_owned(), rest)),
    };
    let grouped = whole.contains('.');
    let whole = if grouped && has_thousands(&whole) { whole.replace('.', "") } else { whole };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty()
        || !digits(&whole)
        || !digits(behind)
        || (text.contains([',', '.']) && ends_open(text))
    {
        return None;
    }
    let value: i64 = format!("{whole}{behind}").parse().ok()?;
    let decimals = u32::try_from(behind.len()).ok()?;
    Some(Decimal { digits: if negative { -value } else { value }, decimals })
}

/// The first number in a text, with its unit of money or percent sign. Digits that are glued to letters (`A4`), or part of
/// a date, a ratio or a document number (`15/9`, `41/45`, `23-QĐ/TW`) are no numbers.
pub fn first(text: &str) -> Option<Quantity> {
    let mut from = 0;
    while let Some(start) = text[from..].find(|c: char| c.is_ascii_digit()).map(|at| from + at) {
        let run = run_of(&text[start..]);
        let end = start + run.len();
        let glued = text[..start].chars().next_back().is_some_and(|c| c.is_alphanumeric() || is_joint(c));
        let followed = text[end..].chars().next().is_some_and(|c| c.is_alphabetic() || is_joint(c));
        let signed = text[..start]
            .strip_suffix(['-', '−'])
            .is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace));
        let value = read(run).filter(|_| (!glued || signed) && !followed);
        if let Some(value) = value {
            let digits = if signed { -value.digits } else { value.digits };
            let (unit, unit_end) = unit_at(text, end);
            let value = Decimal { digits, ..value };
            return Some(Quantity { value, unit, place: start..unit_end });
        }
        from = end.max(start + 1);
    }
    None
}

/// A sum of money in đồng: `1.500.000 đồng`, `2,5 tỷ đồng`. `None` when it is not a whole number of đồng or no money.
pub fn money(text: &str) -> Option<i64> {
    let quantity = first(text)?;
    let spelled = MONEY.iter().find(|(unit, _)| fold(unit) == fold(&quantity.unit))?;
    let scale = 10_i64.checked_pow(quantity.value.decimals)?;
    let scaled = quantity.value.digits.checked_mul(spelled.1)?;
    (scaled % scale == 0).then_some(scaled / scale)
}

/// A sum in đồng as prose writes it: round sums of at least a billion or a million shortly (`2,5 tỷ đồng`,
/// `850 triệu đồng`), others in full (`1.234.567 đồng`).
pub fn money_words(dong: i64) -> String {
    for (scale, unit) in [(1_000_000_000_i64, "tỷ đồng"), (1_000_000, "triệu đồng")] {
        // At most two digits behind the comma keep the sum exact and readable.
        if dong.unsigned_abs() >= scale.unsigned_abs() && dong % (scale / 100) == 0 {
            let hundredths = Decimal { digits: dong / (scale / 100), decimals: 2 };
            return format!("{} {unit}", trimmed(hundredths).official());
        }
    }
    format!("{} đồng", grouped(dong))
}

/// `98,62%`: the percent sign without a space.
pub fn percent(value: Decimal) -> String {
    format!("{}%", value.official())
}

/// `1.234.567`.
pub fn grouped(number: i64) -> String {
    Decimal { digits: number, decimals: 0 }.official()
}

/// A binary number with a comma: `98,62`, `1.234,5`; the digits are the shortest that give the same number.
pub fn from_f64(number: f64) -> String {
    let plain = number.to_string();
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain.as_str()), |rest| ("-", rest));
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    let comma = if behind.is_empty() { "" } else { "," };
    format!("{sign}{}{comma}{behind}", in_groups(whole))
}

/// A count in prose; with `padded`, counts below 10 carry a zero ("05 tập thể"), as offices write and papers do not.
pub fn count(number: i64, padded: bool) -> String {
    if padded && (0..10).contains(&number) { format!("{number:02}") } else { grouped(number) }
}

/// `XIV`; `None` outside 1..=3999.
pub fn roman(number: u32) -> Option<String> {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..=3999).contains(&number) {
        return None;
    }
    let mut left = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    Some(text)
}

/// The value of a roman numeral in either case, only in its one right spelling (`IV`, never `IIII`).
pub fn from_roman(text: &str) -> Option<u32> {
    let upper = text.to_ascii_uppercase();
    let values: Vec<i64> = upper.chars().map(roman_sign).collect::<Option<_>>()?;
    if values.is_empty() || values.len() > 15 {
        return None;
    }
    let total = values.iter().enumerate().fold(0_i64, |sum, (at, value)| {
        // A smaller sign before a larger one is taken off.
        let lessens = values.get(at + 1).is_some_and(|next| next > value);
        if lessens { sum - value } else { sum + value }
    });
    let total = u32::try_from(total).ok()?;
    roman(total).filter(|spelling| *spelling == upper).map(|_| total)
}

fn roman_sign(sign: char) -> Option<i64> {
    Some(match sign {
        'I' => 1,
        'V' => 5,
        'X' => 10,
        'L' => 50,
        'C' => 100,
        'D' => 500,
        'M' => 1000,
        _ => return None,
    })
}

/// `lần thứ 14`; the first is "lần thứ nhất".
pub fn session(number: u32) -> String {
    if number == 1 { "lần thứ nhất".to_owned() } else { format!("lần thứ {number}") }
}

/// The letter of the point with this index from 0: a, b, c, d, đ, e …; after y it goes on with aa, ab.
pub fn point_letter(index: usize) -> String {
    let letter = POINT_LETTERS[index % POINT_LETTERS.len()];
    match index / POINT_LETTERS.len() {
        0 => letter.to_owned(),
        round => point_letter(round - 1) + letter,
    }
}

/// Words for digits; the short forms stand only after tens ("hai mươi mốt", "lăm", "tư").
const DIGITS: [(&str, u32); 15] = [
    ("một", 1),
    ("mốt", 1),
    ("hai", 2),
    ("ba", 3),
    ("bốn", 4),
    ("tư", 4),
    ("năm", 5),
    ("lăm", 5),
    ("nhăm", 5),
    ("sáu", 6),
    ("bảy", 7),
    ("bẩy", 7),
    ("tám", 8),
    ("chín", 9),
    ("không", 0),
];

/// Whether a number in words may begin with this word.
pub fn is_number_word(word: &str) -> bool {
    is_said(word, "mười") || digit(word).is_some()
}

/// A number from 1 to 999 in words at the start of `words`, and how many words it takes: "mười lăm", "hai mươi mốt",
/// "một trăm linh năm", "ba mươi". Words without marks are read as well.
pub fn in_words(words: &[&str]) -> Option<(u32, usize)> {
    let word = |at: usize| words.get(at).copied().unwrap_or("");
    let (first, mut used) = match () {
        () if is_said(word(0), "mười") => (10, 0),
        () => (digit(word(0)).filter(|digit| *digit > 0)?, 1),
    };
    if first != 10 && is_said(word(1), "trăm") {
        let rest = match () {
            () if is_said(word(2), "linh") || is_said(word(2), "lẻ") => {
                digit(word(3)).map(|digit| (digit, 2))
            }
            () => in_words(words.get(2..).unwrap_or(&[])).filter(|(rest, _)| (10..100).contains(rest)),
        };
        let (rest, more) = rest.unwrap_or((0, 0));
        return Some((first * 100 + rest, 2 + more));
    }
    let tens = match () {
        () if first == 10 => {
            used = 1;
            10
        }
        () if is_said(word(1), "mươi") => {
            used = 2;
            first * 10
        }
        // "hai lăm", "ba mốt": the tens are left out in speech.
        () if ["lăm", "nhăm", "mốt"].iter().any(|short| is_said(word(1), short)) && first > 1 => {
            return Some((first * 10 + digit(word(1))?, 2));
        }
        () => return Some((first, used)),
    };
    let Some(ones) = digit(word(used)).filter(|ones| *ones > 0 && !is_unit(words, used)) else {
        return Some((tens, used));
    };
    Some((tens + ones, used + 1))
}

/// "mười năm" is ten years, "mười năm ngày" cannot be.
fn is_unit(words: &[&str], at: usize) -> bool {
    is_said(words[at], "năm")
}

fn digit(word: &str) -> Option<u32> {
    DIGITS.iter().find(|(name, _)| is_said(word, name)).map(|(_, digit)| *digit)
}

fn run_of(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(text.len());
    text[..end].trim_end_matches(['.', ','])
}

/// Signs that make a number part of something else.
fn is_joint(c: char) -> bool {
    matches!(c, '/' | '-' | '–' | '_' | ':')
}

fn ends_open(text: &str) -> bool {
    text.ends_with([',', '.']) || text.starts_with([',', '.'])
}

/// Whether every dot has one to three digits before the first and three digits after each.
fn has_thousands(text: &str) -> bool {
    let mut groups = text.split('.');
    let head = groups.next().unwrap_or("");
    let mut rest = groups.peekable();
    let first = (1..=3).contains(&head.len()) && head != "0" && head != "00" && head != "000";
    rest.peek().is_some() && first && rest.all(|group| group.len() == 3)
}

fn unit_at(text: &str, end: usize) -> (String, usize) {
    let rest = &text[end..];
    if let Some(at) = rest.find(|c: char| !c.is_whitespace()).filter(|at| rest[*at..].starts_with('%')) {
        return ("%".to_owned(), end + at + 1);
    }
    let gap = rest.len() - rest.trim_start().len();
    for (unit, _) in MONEY {
        let letters = unit.chars().count();
        let taken: String = rest.trim_start().chars().take(letters).collect();
        let after = &rest.trim_start()[taken.len()..];
        let person = ["chí", "bào", "thời", "bộ", "đội"].iter().any(|word| {
            let next = after.split_whitespace().next().unwrap_or("");
            is_said(next.trim_matches(|c: char| !c.is_alphabetic()), word)
        });
        let ends = !after.starts_with(char::is_alphabetic) && !person;
        if ends && is_said(&taken, &unit.to_lowercase()) {
            return (taken.clone(), end + gap + taken.len());
        }
    }
    (String::new(), end)
}

/// Without zeros at the end of the decimals.
fn trimmed(mut value: Decimal) -> Decimal {
    while value.decimals > 0 && value.digits % 10 == 0 {
        value = Decimal { digits: value.digits / 10, decimals: value.decimals - 1 };
    }
    value
}

fn in_groups(digits: &str) -> String {
    let groups: Vec<&str> =
        digits.as_bytes().rchunks(3).rev().filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_officials_write_them() {
        for (text, value) in [
            ("2.226", Some((2226, 0))),
            ("98,62", Some((9862, 2))),
            ("1.500.000", Some((1_500_000, 0))),
            ("2,5", Some((25, 1))),
            ("2.5", Some((25, 1))),
            ("1.234,56", Some((123_456, 2))),
            ("05", Some((5, 0))),
            ("-5", Some((-5, 0))),
            ("0,05", Some((5, 2))),
            ("0.125", Some((125, 3))),
            ("2226", Some((2226, 0))),
            ("15.9.2022", None),
            ("1,2,3", None),
            ("5.", None),
            (",5", None),
            ("", None),
            ("-", None),
            ("hai", None),
            ("99999999999999999999", None),
        ] {
            let expected = value.map(|(digits, decimals)| Decimal { digits, decimals });
            assert_eq!(read(text), expected, "{text}");
        }
    }

    #[test]
    fn the_first_number_of_a_sentence_has_its_unit() {
        for (text, value, unit) in [
            ("đăng ký 2.226 mô hình", "2.226", ""),
            ("đạt 98,62% kế hoạch", "98,62", "%"),
            ("có 41/45 đồng chí, 5 đồng chí vắng", "5", ""),
            ("theo Quyết định 23-QĐ/TW bố trí 1.500.000 đồng", "1.500.000", "đồng"),
            ("kinh phí 2,5 tỷ đồng.", "2,5", "tỷ đồng"),
            ("giấy A4, 12 bản", "12", ""),
            ("giảm -3 điểm", "-3", ""),
            ("trước 15/9 nộp 3 báo cáo", "3", ""),
        ] {
            let found = first(text).unwrap();
            assert_eq!((found.value.official().as_str(), found.unit.as_str()), (value, unit), "{text}");
        }
        assert_eq!(first("đạt 41/45"), None);
        assert_eq!(first("không có số"), None);
    }

    #[test]
    fn money_is_read_and_written() {
        for (text, dong) in [
            ("1.500.000 đồng", 1_500_000),
            ("2,5 tỷ đồng", 2_500_000_000),
            ("850 triệu đồng", 850_000_000),
            ("1,25 nghìn tỷ đồng", 1_250_000_000_000),
            ("2,5 ty dong", 2_500_000_000),
        ] {
            assert_eq!(money(text), Some(dong), "{text}");
        }
        assert_eq!(money("5 mô hình"), None);
        assert_eq!(money_words(2_500_000_000), "2,5 tỷ đồng");
        assert_eq!(money_words(850_000_000), "850 triệu đồng");
        assert_eq!(money_words(1_234_567), "1.234.567 đồng");
        assert_eq!(percent(Decimal { digits: 9862, decimals: 2 }), "98,62%");
        assert_eq!(from_f64(1234.5), "1.234,5");
    }

    #[test]
    fn counts_sessions_points_and_romans() {
        assert_eq!(
            (count(5, true), count(5, false), count(12, true)),
            ("05".into(), "5".into(), "12".into())
        );
        assert_eq!((session(14), session(1)), ("lần thứ 14".into(), "lần thứ nhất".into()));
        let letters: Vec<String> = (0..7).map(point_letter).collect();
        assert_eq!(letters, ["a", "b", "c", "d", "đ", "e", "g"]);
        assert_eq!((point_letter(22), point_letter(23)), ("y".to_owned(), "aa".to_owned()));
        assert_eq!(roman(14).as_deref(), Some("XIV"));
        assert_eq!((roman(0), roman(4000)), (None, None));
        for text in ["IIII", "VX", "IC", "", "A", "XIIX"] {
            assert_eq!(from_roman(text), None, "{text}");
        }
        assert_eq!(from_roman("xiii"), Some(13));
    }

    #[test]
    fn numbers_in_words() {
        for (text, value, used) in [
            ("mười lăm ngày", 15, 2),
            ("ba tháng", 3, 1),
            ("hai mươi mốt ngày", 21, 3),
            ("hai mươi ngày", 20, 2),
            ("muoi lam ngay", 15, 2),
            ("một trăm linh năm", 105, 4),
            ("một trăm hai mươi", 120, 4),
            ("hai lăm ngày", 25, 2),
            ("mười năm", 10, 1),
            ("Mười ngày", 10, 1),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            assert_eq!(in_words(&words), Some((value, used)), "{text}");
        }
        assert_eq!(in_words(&["ngày"]), None);
        assert_eq!(in_words(&[]), None);
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_again(digits in -999_999_999_999_i64..999_999_999_999, decimals in 0_u32..6) {
            let value = Decimal { digits, decimals };
            proptest::prop_assert_eq!(read(&value.official()), Some(value));
        }

        #[test]
        fn romans_return(number in 1_u32..4000) {
            proptest::prop_assert_eq!(roman(number).and_then(|text| from_roman(&text)), Some(number));
        }

        #[test]
        fn no_text_breaks_it(text in "\\PC{0,24}") {
            if let Some(found) = first(&text) {
                proptest::prop_assert!(text.get(found.place).is_some());
            }
        }
    }
}
