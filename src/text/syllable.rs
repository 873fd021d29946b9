//! What a Vietnamese syllable is made of: letters, onsets, rimes, where the tone stands in both styles, and which
//! letters can still become a syllable. Tables of the language, nothing of keys; must not know who asks.

use std::sync::LazyLock;

/// What is added to a base letter beside the tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Mark {
    Plain,
    /// â ê ô
    Circumflex,
    /// ă
    Breve,
    /// ơ ư
    Horn,
    /// đ
    Stroke,
}

/// The five written tones; the level tone is `None` where an option stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// huyền
    Grave,
    /// hỏi
    Hook,
    /// ngã
    Tilde,
    /// sắc
    Acute,
    /// nặng
    Dot,
}

/// Where the tone stands in open oa, oe, uy: on the first letter (hòa, thủy) or on the second (hoà, thuỷ).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum ToneStyle {
    #[default]
    Old,
    New,
}

/// A letter without tone and case. Any of a to z can be the base; only those of the alphabet can be in a syllable.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Letter(u8);

/// Every vowel with its six tones in the order of [`Tone`], the level one first.
const VOWELS: [(u8, Mark, &str); 12] = [
    (b'a', Mark::Plain, "aàảãáạ"),
    (b'a', Mark::Breve, "ăằẳẵắặ"),
    (b'a', Mark::Circumflex, "âầẩẫấậ"),
    (b'e', Mark::Plain, "eèẻẽéẹ"),
    (b'e', Mark::Circumflex, "êềểễếệ"),
    (b'i', Mark::Plain, "iìỉĩíị"),
    (b'o', Mark::Plain, "oòỏõóọ"),
    (b'o', Mark::Circumflex, "ôồổỗốộ"),
    (b'o', Mark::Horn, "ơờởỡớợ"),
    (b'u', Mark::Plain, "uùủũúụ"),
    (b'u', Mark::Horn, "ưừửữứự"),
    (b'y', Mark::Plain, "yỳỷỹýỵ"),
];

const ONSETS: &str = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x";

/// Every rime that stands in a word of the language, without tone.
const RIMES: &str = "
    a ac ach ai am an ang anh ao ap at au ay
    ăc ăm ăn ăng ăp ăt
    âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et
    ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
    ô ôc ôi ôm ôn ông ôp ôt
    ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc ui um un ung up ut uê uêch uên uênh uêt uêu uôc uôi uôm uôn uông uôt uơ
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
    y yêm yên yêng yêt yêu ych ynh yt";

/// Syllables of names in official texts that keep to other rules: peoples, districts and rivers of the Highlands.
const NAMES: &str =
    "đăk đak lăk đrăk krông plông prông brông mnông hmông hrê brâu stiêng xtiêng kan păh pưh teh buk pôk";

struct Tables {
    onsets: Vec<Vec<Letter>>,
    /// By the base of the first letter.
    rimes: [Vec<Vec<Letter>>; 26],
    names: Vec<Vec<Letter>>,
}

static TABLES: LazyLock<Tables> = LazyLock::new(|| {
    let mut rimes: [Vec<Vec<Letter>>; 26] = Default::default();
    for rime in RIMES.split_whitespace().map(spelled) {
        if let Some(first) = rime.first() {
            rimes[first.index()].push(rime);
        }
    }
    let words = |list: &str| list.split_whitespace().map(spelled).collect();
    Tables { onsets: words(ONSETS), rimes, names: words(NAMES) }
});

/// Lower and upper glyphs by [`Letter`] and tone.
static GLYPHS: LazyLock<Vec<[[char; 2]; 6]>> = LazyLock::new(|| {
    let mut glyphs = vec![[['\0'; 2]; 6]; 256];
    let mut put = |letter: Letter, tone: usize, c: char| {
        glyphs[usize::from(letter.0)][tone] = [c, c.to_uppercase().next().unwrap_or(c)];
    };
    for base in b'a'..=b'z' {
        (0..6).for_each(|tone| put(Letter::new(base, Mark::Plain), tone, char::from(base)));
    }
    (0..6).for_each(|tone| put(Letter::new(b'd', Mark::Stroke), tone, 'đ'));
    for (base, mark, tones) in VOWELS {
        tones.chars().enumerate().for_each(|(tone, c)| put(Letter::new(base, mark), tone, c));
    }
    glyphs
});

fn spelled(word: &str) -> Vec<Letter> {
    word.chars().filter_map(Letter::read).map(|(letter, _)| letter).collect()
}

impl Letter {
    /// `base` is a small letter of ASCII.
    pub fn new(base: u8, mark: Mark) -> Letter {
        Letter((base.wrapping_sub(b'a') << 3) | mark as u8)
    }

    /// A composed letter of either case taken apart; `None` for what is no letter of a to z with marks of the language.
    pub fn read(c: char) -> Option<(Letter, Option<Tone>)> {
        let lower = c.to_lowercase().next().unwrap_or(c);
        if lower.is_ascii_lowercase() {
            return Some((Letter::new(lower as u8, Mark::Plain), None));
        }
        if lower == 'đ' {
            return Some((Letter::new(b'd', Mark::Stroke), None));
        }
        VOWELS.iter().find_map(|(base, mark, tones)| {
            let tone = tones.chars().position(|vowel| vowel == lower)?;
            Some((Letter::new(*base, *mark), Tone::ALL.get(tone.wrapping_sub(1)).copied()))
        })
    }

    /// The small ASCII letter under the mark.
    pub fn base(self) -> u8 {
        (self.0 >> 3) + b'a'
    }

    pub fn mark(self) -> Mark {
        match self.0 & 7 {
            1 => Mark::Circumflex,
            2 => Mark::Breve,
            3 => Mark::Horn,
            4 => Mark::Stroke,
            _ => Mark::Plain,
        }
    }

    /// The same letter under another mark.
    pub fn with(self, mark: Mark) -> Letter {
        Letter((self.0 & !7) | mark as u8)
    }

    pub fn is_vowel(self) -> bool {
        matches!(self.base(), b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
    }

    /// How it is written.
    pub fn glyph(self, tone: Option<Tone>, upper: bool) -> char {
        GLYPHS[usize::from(self.0)][tone.map_or(0, |tone| tone as usize + 1)][usize::from(upper)]
    }

    fn index(self) -> usize {
        usize::from(self.0 >> 3).min(25)
    }

    /// Whether it is `other`, or may become it by a mark typed later.
    fn may_be(self, other: Letter) -> bool {
        self == other || (self.mark() == Mark::Plain && self.base() == other.base())
    }
}

impl Tone {
    pub const ALL: [Tone; 5] = [Tone::Grave, Tone::Hook, Tone::Tilde, Tone::Acute, Tone::Dot];
}

/// Whether the letters are, or can become by further letters and marks, a syllable.
pub fn is_possible(letters: &[Letter]) -> bool {
    let tables = &*TABLES;
    if letters.is_empty() {
        return true;
    }
    let begins = |whole: &Vec<Letter>| starts(letters, whole);
    if letters.iter().all(|letter| !letter.is_vowel()) {
        return letters == [Letter::new(b'q', Mark::Plain)]
            || tables.onsets.iter().any(begins)
            || tables.names.iter().any(begins);
    }
    splits(letters).any(|(onset, rest)| {
        rest.is_empty() || (rimes(rest).any(|rime| starts(rest, rime) && agree(onset, rime)))
    }) || tables.names.iter().any(begins)
}

/// Whether the letters with this tone are a whole syllable as people write it: a stop at the end (c ch p t) wants
/// sắc or nặng.
pub fn is_syllable(letters: &[Letter], tone: Option<Tone>) -> bool {
    let whole = |(onset, rest): (&[Letter], &[Letter])| {
        !rest.is_empty()
            && rimes(rest).any(|rime| rime == rest && agree(onset, rime))
            && (!is_stopped(rest) || matches!(tone, Some(Tone::Acute | Tone::Dot)))
    };
    splits(letters).any(whole) || TABLES.names.iter().any(|name| name == letters)
}

/// Whether the tone may stand on the letters as far as they go.
pub fn takes_tone(letters: &[Letter], tone: Tone) -> bool {
    let Some((_, rest)) = split(letters) else { return false };
    !rest.is_empty() && (!is_stopped(rest) || matches!(tone, Tone::Acute | Tone::Dot))
}

/// The place of the letter that bears the tone; `None` without a vowel for it.
pub fn tone_place(letters: &[Letter], style: ToneStyle) -> Option<usize> {
    let onset = split(letters).map_or(0, |(onset, _)| onset.len());
    let vowels = letters[onset..].iter().take_while(|letter| letter.is_vowel()).count();
    let nucleus = &letters[onset..onset + vowels];
    let is_open = onset + vowels == letters.len();
    let marked = nucleus.iter().rposition(|letter| letter.mark() != Mark::Plain);
    // ưa and ưu have the tone on ư, ươ on ơ: the last marked letter in each.
    if let Some(place) = marked {
        return Some(onset + place);
    }
    let mut bases = [0; 4];
    nucleus.iter().zip(&mut bases).for_each(|(letter, base)| *base = letter.base());
    let place = match (&bases[..nucleus.len().min(4)], is_open) {
        ([], _) => return None,
        ([_], _) => 0,
        ([_, _], false) => 1,
        // These wait for their mark: iê, yê, uô, uê.
        ([b'i' | b'y' | b'u', b'e'] | [b'u', b'o'], true) => 1,
        ([b'o', b'a' | b'e'] | [b'u', b'y'], true) => usize::from(style == ToneStyle::New),
        ([_, _], true) => 0,
        ([b'u', b'y', b'e'], _) => 2,
        _ => 1,
    };
    Some(onset + place)
}

/// The onset and the rest, the longest onset that leaves a rime first; `None` when the letters begin otherwise.
fn split(letters: &[Letter]) -> Option<(&[Letter], &[Letter])> {
    splits(letters).find(|(_, rest)| rest.first().is_some_and(|letter| letter.is_vowel()))
}

fn splits(letters: &[Letter]) -> impl Iterator<Item = (&[Letter], &[Letter])> {
    (0..=letters.len().min(3)).rev().filter_map(|n| {
        let (onset, rest) = letters.split_at(n);
        let known = n == 0 || TABLES.onsets.iter().any(|whole| whole.len() == n && starts(onset, whole));
        // In gì the i is the rime, in giếng a part of it.
        let gi = n == 2 && onset[0].base() == b'g' && onset[1].base() == b'i';
        let joined = gi
            && rest.first().is_none_or(|letter| {
                !letter.is_vowel() || letter.mark() == Mark::Circumflex && letter.base() == b'e'
            });
        (known && !joined).then_some((onset, rest))
    })
}

fn starts(letters: &[Letter], whole: &[Letter]) -> bool {
    letters.len() <= whole.len() && letters.iter().zip(whole).all(|(letter, other)| letter.may_be(*other))
}

fn rimes(rest: &[Letter]) -> impl Iterator<Item = &'static Vec<Letter>> {
    let first = rest.first().map(|letter| letter.index());
    first.into_iter().flat_map(|index| TABLES.rimes[index].iter())
}

fn is_stopped(rime: &[Letter]) -> bool {
    let ends = |tail: &[u8]| {
        rime.len() > tail.len()
            && rime.iter().rev().zip(tail.iter().rev()).all(|(letter, base)| letter.base() == *base)
    };
    ends(b"c") || ends(b"ch") || ends(b"p") || ends(b"t")
}

/// The spelling between onset and rime: c or k, g or gh, ng or ngh, qu, gi, and y or i.
fn agree(onset: &[Letter], rime: &[Letter]) -> bool {
    let mut bases = [0; 3];
    onset.iter().zip(&mut bases).for_each(|(letter, base)| *base = letter.base());
    let (first, second) = (rime[0], rime.get(1));
    let front = matches!(first.base(), b'e' | b'i' | b'y');
    let has_iê = first.base() == b'i' && second.is_some_and(|letter| letter.base() == b'e');
    match &bases[..onset.len()] {
        b"" => !has_iê && (first.base() != b'y' || second.is_none_or(|next| next.base() == b'e')),
        b"qu" => {
            let ôc = rime == [Letter::new(b'o', Mark::Circumflex), Letter::new(b'c', Mark::Plain)];
            !matches!(first.base(), b'o' | b'u') || first == Letter::new(b'o', Mark::Horn) || ôc
        }
        _ if first.base() == b'y' && rime.len() > 1 => false,
        b"c" | b"ng" => !front,
        b"k" => front,
        b"gh" | b"ngh" => front && first.base() != b'y',
        b"g" => {
            !front
                || first.base() == b'i'
                    && (has_iê || rime.len() == 1 || second.is_some_and(|n| n.base() == b'n'))
        }
        b"gi" => !matches!(first.base(), b'i' | b'y'),
        _ => true,
    }
}
