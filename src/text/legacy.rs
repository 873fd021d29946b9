//! Vietnamese text in the codes used before Unicode: TCVN3 (ABC), VNI, VISCII, Windows-1258, and UTF-8 taken for another
//! code. They are told apart and named, never converted: a guess would spoil names. Must not know where the text is from.

use unicode_normalization::UnicodeNormalization;

use super::syllable::{Letter, Tone, is_syllable};

/// A code that is not Unicode as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Legacy {
    /// TCVN 5712, fonts .VnTime and .VnArial.
    Tcvn3,
    /// Fonts VNI-Times and VNI-Helve.
    Vni,
    Viscii,
    Windows1258,
    /// UTF-8 that was read as Windows-1252: `Viá»‡t`.
    Mojibake,
    Utf16,
}

impl Legacy {
    /// What converters call it.
    pub fn name(self) -> &'static str {
        match self {
            Legacy::Tcvn3 => "TCVN3 (ABC)",
            Legacy::Vni => "VNI-Windows",
            Legacy::Viscii => "VISCII",
            Legacy::Windows1258 => "Windows-1258",
            Legacy::Mojibake => "UTF-8 / Windows-1252",
            Legacy::Utf16 => "UTF-16",
        }
    }
}

/// The code of the bytes of a file that are not UTF-8; `None` when nothing tells it.
pub fn of_bytes(bytes: &[u8]) -> Option<Legacy> {
    if is_utf16(bytes) {
        return Some(Legacy::Utf16);
    }
    // Lines that are UTF-8 as they should be tell nothing of the others.
    let foreign = bytes.split(|byte| *byte == b'\n').filter(|line| std::str::from_utf8(line).is_err());
    let letters = |line: &[u8]| line.iter().map(|byte| char::from(*byte)).chain(['\n']).collect::<String>();
    of_text(&foreign.map(letters).collect::<String>())
}

/// Whether bytes are UTF-16: by their byte order mark, or since every second one of mostly Latin text is nought, which
/// UTF-8 would let pass.
pub fn is_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        return true;
    }
    let head = &bytes[..bytes.len().min(512)];
    let noughts = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let needed = (head.len() / 2).max(4) / 2;
    head.len() >= 8 && (noughts(0).max(noughts(1)) > needed) && noughts(0).min(noughts(1)) == 0
}

/// The code of a text whose letters come from a code before Unicode; `None` for text as it should be, in whatever
/// language. Looks at every line and at the whole.
pub fn of_text(text: &str) -> Option<Legacy> {
    if text.is_ascii() {
        return None;
    }
    let of = |part: &str| is_doubtful(part).then(|| judged(part)).flatten();
    text.lines().find_map(of).or_else(|| of(text))
}

/// Whether the letters beyond ASCII are mostly those of Latin-1, in whose places the old codes put their own. Text in
/// Unicode is full of others, composed or not, and is looked at no further.
fn is_doubtful(text: &str) -> bool {
    let count =
        |leads: std::ops::RangeInclusive<u8>| text.bytes().filter(|byte| leads.contains(byte)).count();
    let latin = count(0xc2..=0xc3);
    latin > 0 && latin >= count(0xc4..=0xf4)
}

/// The words of a text with letters beyond ASCII, and what speaks for a code in them.
fn judged(text: &str) -> Option<Legacy> {
    let text: String = text.nfc().collect();
    if is_mojibake(&text) {
        return Some(Legacy::Mojibake);
    }
    let words: Vec<&str> = text.split(is_border).filter(|word| !word.is_ascii() && !is_unit(word)).collect();
    let odd: Vec<&str> = words.iter().copied().filter(|word| !is_vietnamese(word)).collect();
    let codes = [Legacy::Tcvn3, Legacy::Vni, Legacy::Viscii, Legacy::Windows1258];
    let judge = |code: Legacy| {
        let mut found: Vec<&str> = odd.iter().copied().filter(|word| speaks_for(word, code)).collect();
        let said = found.len();
        found.sort_unstable();
        found.dedup();
        let enough = match found.as_slice() {
            [] => false,
            // One word alone must be odd twice, as `®­îc`.
            [only] => words.len() == said && only.chars().filter(|c| !c.is_ascii()).count() > 1,
            _ => said * 3 >= words.len() * 2,
        };
        enough.then_some((said, code))
    };
    // Of codes that fit alike the first is the most common one.
    codes.into_iter().rev().filter_map(judge).max_by_key(|(said, _)| *said).map(|(_, code)| code)
}

fn is_border(c: char) -> bool {
    c.is_whitespace() && c != '\u{a0}' || (c.is_ascii() && !c.is_ascii_alphabetic())
}

/// `m²`, `µm`, `°C`: a sign and a letter are no word.
fn is_unit(word: &str) -> bool {
    word.chars().count() < 3 && word.chars().any(|c| !c.is_alphabetic() || c == 'µ')
}

/// Whether a word that is no Vietnamese syllable becomes one when read in the code.
fn speaks_for(word: &str, code: Legacy) -> bool {
    if FOREIGN.contains(&word.to_lowercase().as_str()) {
        return false;
    }
    let read = match code {
        Legacy::Tcvn3 => by_table(word, TCVN3),
        Legacy::Viscii => by_table(word, VISCII),
        Legacy::Windows1258 => by_table(word, WINDOWS_1258),
        Legacy::Vni => from_vni(word),
        Legacy::Mojibake | Legacy::Utf16 => None,
    };
    read.is_some_and(|read| !read.is_ascii() && is_vietnamese(&read))
}

/// Foreign words that would be Vietnamese in another code.
const FOREIGN: [&str; 3] = ["où", "haï", "thaï"];

/// Whether a word is a syllable, in lower case, in capitals or with a capital at its beginning.
fn is_vietnamese(word: &str) -> bool {
    let composed: String = word.nfc().map(|c| if matches!(c, 'Ð' | 'ð') { 'đ' } else { c }).collect();
    let mut letters = Vec::new();
    let mut tone: Option<Tone> = None;
    for c in composed.chars() {
        match Letter::read(c) {
            Some((_, Some(_))) if tone.is_some() => return false,
            Some((letter, found)) => {
                letters.push(letter);
                tone = tone.or(found);
            }
            None => return false,
        }
    }
    let capitals = word.chars().skip(1).filter(|c| c.is_uppercase()).count();
    let others = word.chars().skip(1).filter(|c| c.is_lowercase()).count();
    (capitals == 0 || others == 0) && is_syllable(&letters, tone)
}

/// Reads a word whose letters stand in a table; `None` when one does not.
fn by_table(word: &str, table: &str) -> Option<String> {
    let read = |c: char| if c.is_ascii_alphabetic() { Some(c) } else { meant(c, table) };
    let read: Option<String> = word.chars().map(read).collect();
    read.map(|read| read.nfc().collect())
}

/// What a letter stands for by a table of pairs.
fn meant(c: char, table: &str) -> Option<char> {
    let mut pairs = table.chars();
    while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
        if from == c {
            return Some(to);
        }
    }
    None
}

/// The letters of TCVN3 each with what it stands for. Capitals with tones are small letters in a font of capitals.
const TCVN3: &str = "¸áµà¶ả·ã¹ạ¨ă¾ắ»ằ¼ẳ½ẵÆặ©âÊấÇầÈẩÉẫËậÐéÌèÎẻÏẽÑẹªêÕếÒềÓểÔễÖệÝí×ìØỉÜĩÞịãóßòáỏâõäọ«ôèốåồæổçỗéộ¬ơíớêờëởìỡîợ\
    óúïùñủòũôụ\u{ad}ưøứõừöử÷ữùựýýúỳûỷüỹþỵ®đ§Đ¡Ă¢Â£Ê¤Ô¥Ơ¦Ư";

/// The letters of VISCII (RFC 1456) from 0xA0 on.
const VISCII: &str = "\u{a0}Õ¡ắ¢ằ£ặ¤ấ¥ầ¦ẩ§ậ¨ẽ©ẹªế«ề¬ể\u{ad}ễ®ệ¯ố°ồ±ổ²ỗ³Ỡ´Ơµộ¶ờ·ở¸ị¹ỰºỨ»Ừ¼Ử½ơ¾ớ¿ƯÀÀÁÁÂÂÃÃÄẢÅĂÆẳÇẵÈÈÉÉÊÊËẺÌÌÍÍÎĨÏỳÐĐÑứÒÒÓÓÔÔÕạÖỷ×ừ\
    ØửÙÙÚÚÛỹÜỵÝÝÞỡßưààááââããäảåăæữçẫèèééêêëẻììííîĩïỉðđñựòòóóôôõõöỏ÷ọøụùùúúûũüủýýþợÿỮ";

/// The letters of Windows-1258 that are others in Windows-1252; tones follow their letter.
const WINDOWS_1258: &str =
    "ÃĂÐĐÕƠÝƯãăðđõơýưÌ\u{300}Ò\u{309}Þ\u{303}ì\u{301}ò\u{323}ÂÂÊÊÔÔââêêôôÀÀÁÁÈÈÉÉÙÙÚÚÍÍÓÓààááèèééùùúúííóó";

/// The letters of VNI that are letters of their own.
const VNI_LETTERS: &str = "ííììæỉóĩòịñđôơöưîỵÍÍÌÌÆỈÓĨÒỊÑĐÔƠÖƯÎỴ";

/// The marks of VNI, which follow their letter, each with what it adds.
const VNI_MARKS: [(&str, &str); 17] = [
    ("ùÙ", "\u{301}"),
    ("øØ", "\u{300}"),
    ("ûÛ", "\u{309}"),
    ("õÕ", "\u{303}"),
    ("ïÏ", "\u{323}"),
    ("âÂ", "\u{302}"),
    ("áÁ", "\u{302}\u{301}"),
    ("àÀ", "\u{302}\u{300}"),
    ("åÅ", "\u{302}\u{309}"),
    ("ãÃ", "\u{302}\u{303}"),
    ("äÄ", "\u{302}\u{323}"),
    ("êÊ", "\u{306}"),
    ("éÉ", "\u{306}\u{301}"),
    ("èÈ", "\u{306}\u{300}"),
    ("úÚ", "\u{306}\u{309}"),
    ("üÜ", "\u{306}\u{303}"),
    ("ëË", "\u{306}\u{323}"),
];

fn from_vni(word: &str) -> Option<String> {
    let mut read = String::new();
    for c in word.chars() {
        if c.is_ascii_alphabetic() {
            read.push(c);
        } else if let Some(letter) = meant(c, VNI_LETTERS) {
            read.push(letter);
        } else {
            let (_, marks) = VNI_MARKS.iter().find(|(signs, _)| signs.contains(c))?;
            let before = read.chars().next_back()?;
            "aeouyơưAEOUYƠƯ".contains(before).then(|| read.push_str(marks))?;
        }
    }
    Some(read.nfc().collect())
}

/// Whether letters of Vietnamese stand there as the bytes of their UTF-8: `á»` and `áº` begin two thirds of them.
fn is_mojibake(text: &str) -> bool {
    let pairs = ["á»", "áº", "Æ°", "Æ¡", "Ä‘", "Ä\u{90}", "Ä\u{91}"];
    let found: usize = pairs.iter().map(|pair| text.matches(pair).count()).sum();
    let right = text.chars().filter(|c| matches!(c, '\u{1ea0}'..='\u{1ef9}' | 'ơ' | 'ư' | 'đ' | 'Đ')).count();
    found > 1 && right == 0
}

#[cfg(test)]
mod tests;
