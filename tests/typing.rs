//! How well the program's own input method types: every syllable in many orders of keys, cases and both tone styles, common
//! English in Telex, and the laws that no key is lost. The keys are spelled here from Unicode's decomposition, knowing
//! nothing of the composer's tables.
//!
//! Long run over a word list (one word a line, a hunspell `.dic` too), printing counts and failures:
//! `STEERCO_SYLLABLES=index.dic cargo test --locked typing::every -- --nocapture`.

use std::fmt::Write;

use proptest::prelude::*;
use steerco::config::Settings;
use steerco::text::composer::{Composer, Method};
use steerco::text::field::{Extend, Motion, TextField};
use steerco::text::syllable::ToneStyle;
use unicode_normalization::UnicodeNormalization;

const ONSETS: &str = "- b c ch d đ g gh gi h k kh l m n ng ngh nh ph qu r s t th tr v x p";
const RIMES: &str = "a ác ách ai am an ang anh ao áp át au ay ắc ăm ăn ăng ắp ắt ấc âm ân âng ấp ất âu ây e éc em en eng eo ép ét ê ếch êm ên ênh ếp ết êu \
    i ia ích im in inh íp ít iu iếc iêm iên iêng iếp iết iêu o oa oác oách oai oam oan oang oanh oao oát oay oắc oăm oăn oăng oắt óc oe oen oeo oét oi om on ong óp ót \
    ô ốc ôi ôm ôn ông ốp ốt ơ ơi ơm ơn ớp ớt u ua uân uất uây úc ui um un ung úp út uê uếch uênh uôc uôi uôm uôn uông uốt uơ uy uya uých uyên uyết uynh uýt uyu \
    ư ưa ức ưi ưng ước ươi ươm ươn ương ướp ướt ươu ứt ưu";

/// Where the keys for marks and tone stand.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Order {
    /// Each right after its letter.
    Inline,
    /// Marks after their letters, the tone at the end.
    ToneLast,
    /// Letters, marks, tone.
    MarksToneLast,
    /// Letters, tone, marks.
    ToneMarksLast,
    /// The tone after its letter, marks at the end.
    MarksLast,
    /// One key for the two horns of ươ, ư alone as w, the tone at the end.
    Short,
}

const ORDERS: [Order; 6] = [
    Order::Inline,
    Order::ToneLast,
    Order::MarksToneLast,
    Order::ToneMarksLast,
    Order::MarksLast,
    Order::Short,
];

/// The keys of a word in small letters, each with the place of the letter it belongs to.
fn keys(word: &str, method: Method, order: Order) -> String {
    let mut keys = String::new();
    let (mut late_marks, mut tone) = (String::new(), String::new());
    let mut horn = false;
    let letters: Vec<char> = word.chars().collect();
    for (at, letter) in letters.iter().enumerate() {
        let parts: Vec<char> = if *letter == 'đ' { vec!['d', '-'] } else { letter.nfd().collect() };
        let lone = order == Order::Short
            && method == Method::Telex
            && parts.get(1) == Some(&'\u{31b}')
            && parts[0] == 'u';
        let followed = letters.get(at + 1).is_some_and(|next| matches!(next.nfd().next(), Some('o')));
        if !(lone && !followed && at > 0) {
            keys.push(parts[0]);
        }
        for part in &parts[1..] {
            let (key, is_tone) = key(*part, parts[0], method);
            let doubled = *part == '\u{31b}' && std::mem::replace(&mut horn, *part == '\u{31b}');
            // The second horn of ươ comes with the first where marks are typed late or short.
            if order == Order::Short && lone && followed {
                horn = false;
                continue;
            }
            match (is_tone, order) {
                (true, Order::Inline | Order::MarksLast)
                | (false, Order::Inline | Order::ToneLast | Order::Short) => keys.push(key),
                (true, _) => tone.push(key),
                (false, _) if doubled => {}
                (false, _) => late_marks.push(key),
            }
        }
    }
    match order {
        Order::ToneMarksLast => keys + &tone + &late_marks,
        _ => keys + &late_marks + &tone,
    }
}

fn key(part: char, base: char, method: Method) -> (char, bool) {
    let (telex, vni, is_tone) = match part {
        '\u{301}' => ('s', '1', true),
        '\u{300}' => ('f', '2', true),
        '\u{309}' => ('r', '3', true),
        '\u{303}' => ('x', '4', true),
        '\u{323}' => ('j', '5', true),
        '\u{302}' => (base, '6', false),
        '\u{31b}' => ('w', '7', false),
        '\u{306}' => ('w', '8', false),
        '-' => ('d', '9', false),
        _ => panic!("{part:?}"),
    };
    (if method == Method::Telex { telex } else { vni }, is_tone)
}

/// The tone of open oa, oe, uy where the style has it.
fn styled(word: &str, style: ToneStyle) -> String {
    let pairs = [("oa", 1), ("oe", 1), ("uy", 1)];
    let tones = ['\u{301}', '\u{300}', '\u{309}', '\u{303}', '\u{323}'];
    let plain: String = word.nfd().filter(|c| !tones.contains(c)).nfc().collect();
    let tone = word.nfd().find(|c| tones.contains(c));
    let open = pairs.iter().any(|(pair, _)| plain.ends_with(pair)) && !plain.starts_with("qu");
    let Some(tone) = tone.filter(|_| open) else { return word.to_owned() };
    let letters: Vec<char> = plain.chars().collect();
    let place = letters.len() - if style == ToneStyle::Old { 2 } else { 1 };
    let spread = letters
        .iter()
        .enumerate()
        .flat_map(|(at, c)| std::iter::once(*c).chain((at == place).then_some(tone)));
    spread.collect::<String>().nfc().collect()
}

fn type_keys(method: Method, style: ToneStyle, keys: &str) -> String {
    let mut composer = Composer::new(method, style);
    let mut field = TextField::new();
    keys.chars().for_each(|c| composer.type_char(&mut field, c));
    field.text().to_owned()
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

/// Every syllable that spelling allows, with every tone it takes.
fn syllables() -> Vec<String> {
    let mut all = Vec::new();
    for onset in ONSETS.split_whitespace() {
        let onset = onset.trim_start_matches('-');
        for rime in RIMES.split_whitespace() {
            let plain: String = rime.nfd().filter(|c| !matches!(c, '\u{301}')).nfc().collect();
            let first = plain.nfd().next().unwrap();
            let fits = match onset {
                "c" | "g" | "ng" => !matches!(first, 'e' | 'i' | 'y'),
                "k" | "gh" | "ngh" => matches!(first, 'e' | 'i'),
                "qu" => matches!(first, 'a' | 'e') || plain == "ơ",
                "gi" => matches!(first, 'a' | 'o' | 'u') || plain.starts_with('e'),
                "" => !plain.starts_with("iê"),
                _ => true,
            };
            if !fits {
                continue;
            }
            let stopped = plain.ends_with(['c', 'p', 't']) || plain.ends_with("ch");
            let tones: &[&str] = if stopped {
                &["\u{301}", "\u{323}"]
            } else {
                &["", "\u{301}", "\u{300}", "\u{309}", "\u{303}", "\u{323}"]
            };
            for tone in tones {
                all.push(format!("{onset}{}", toned(&plain, tone)));
            }
        }
    }
    all
}

/// A rime with its tone as people write it.
fn toned(plain: &str, tone: &str) -> String {
    if tone.is_empty() {
        return plain.to_owned();
    }
    let letters: Vec<char> = plain.chars().collect();
    let is_vowel = |c: &char| matches!(c.nfd().next(), Some('a' | 'e' | 'i' | 'o' | 'u' | 'y'));
    let vowels = letters.iter().take_while(|c| is_vowel(c)).count();
    let marked = letters[..vowels].iter().rposition(|c| !c.is_ascii());
    let place = marked.unwrap_or(match (vowels, vowels == letters.len()) {
        (1, _) => 0,
        (2, true) => 0,
        _ => 1,
    });
    let spread =
        letters.iter().enumerate().map(|(at, c)| format!("{c}{}", if at == place { tone } else { "" }));
    spread.collect::<String>().nfc().collect()
}

/// What came out otherwise, and of how many.
fn judge(words: &[String]) -> (usize, Vec<String>) {
    let (mut tried, mut failures) = (0, Vec::new());
    for word in words {
        for method in [Method::Telex, Method::Vni] {
            for order in ORDERS {
                let keys = keys(word, method, order);
                for style in [ToneStyle::Old, ToneStyle::New] {
                    let wanted = styled(word, style);
                    for (keys, wanted) in [
                        (keys.clone(), wanted.clone()),
                        (capitalised(&keys), capitalised(&wanted)),
                        (keys.to_uppercase(), wanted.to_uppercase()),
                    ] {
                        // A letter and W among capitals is TW, KW: the rule is that it stays.
                        if order == Order::Short && keys.len() == 2 && keys.ends_with('W') || keys == "W" {
                            continue;
                        }
                        tried += 1;
                        let got = type_keys(method, style, &format!("{keys} "));
                        if got.trim_end() != wanted {
                            failures.push(format!("{wanted}: {keys} gives {}", got.trim_end()));
                        }
                    }
                }
            }
        }
    }
    (tried, failures)
}

#[test]
fn every_syllable_comes_out_in_every_order_and_case() {
    let (words, whole) = match std::env::var_os("STEERCO_SYLLABLES") {
        Some(path) => {
            let text = std::fs::read_to_string(path).unwrap();
            let words =
                text.lines().map(|line| line.split('/').next().unwrap().trim().nfc().collect::<String>());
            let words = words.filter(|word| !word.is_ascii() && word.chars().all(char::is_alphabetic));
            (words.map(|word| word.to_lowercase()).collect::<Vec<_>>(), true)
        }
        None => (syllables(), false),
    };
    assert!(words.len() > 5000, "{}", words.len());
    // The quick form takes every seventh of what the language could have.
    let step = if whole { 1 } else { 7 };
    let words: Vec<String> = words.into_iter().step_by(step).collect();
    let (tried, failures) = judge(&words);
    println!("{} syllables, {tried} ways, {} failures", words.len(), failures.len());
    if whole {
        println!("{}", failures.join("\n"));
        return;
    }
    assert!(failures.is_empty(), "{} of {tried}: {:#?}", failures.len(), &failures[..failures.len().min(40)]);
}

#[test]
fn the_keys_of_this_test_are_what_people_type() {
    for (word, order, telex, vni) in [
        ("người", Order::Inline, "nguwowfi", "ngu7o72i"),
        ("người", Order::ToneLast, "nguwowif", "ngu7o7i2"),
        ("người", Order::MarksToneLast, "nguoiwf", "nguoi72"),
        ("được", Order::ToneMarksLast, "duocjdw", "duoc597"),
        ("được", Order::Short, "dduowcj", "d9u7o7c5"),
        ("như", Order::Short, "nhw", "nhu7"),
    ] {
        assert_eq!(keys(word, Method::Telex, order), telex);
        assert_eq!(keys(word, Method::Vni, order), vni);
    }
    assert_eq!(
        (styled("hòa", ToneStyle::New), styled("thuỷ", ToneStyle::Old)),
        ("hoà".into(), "thủy".into())
    );
}

/// Common English words and identifiers.
fn english() -> Vec<&'static str> {
    include_str!("data/english.txt")
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .collect()
}

/// What becomes of a word in Telex with the words kept by default: as typed, or a syllable of the language.
fn in_telex(word: &str) -> String {
    let mut composer = Composer::new(Method::Telex, ToneStyle::Old);
    composer.kept = Settings::default().input.kept.into_iter().collect();
    let mut field = TextField::new();
    format!("{word} ").chars().for_each(|c| composer.type_char(&mut field, c));
    field.text().trim_end().to_owned()
}

#[test]
fn english_comes_out_as_typed_or_as_a_syllable_that_one_key_turns_back() {
    let words = english();
    assert!(words.len() >= 1000);
    let changed: Vec<(&str, String)> =
        words.iter().map(|word| (*word, in_telex(word))).filter(|(word, typed)| word != typed).collect();
    println!(
        "{} words, {} as typed, {} not: {changed:?}",
        words.len(),
        words.len() - changed.len(),
        changed.len()
    );
    for (word, typed) in &changed {
        // What is changed has become a syllable: its marks are no accident of an unfinished word.
        assert!(!typed.is_ascii(), "{word} became {typed}");
        let mut composer = Composer::new(Method::Telex, ToneStyle::Old);
        let mut field = TextField::new();
        format!("{word} ").chars().for_each(|c| composer.type_char(&mut field, c));
        composer.raw(&mut field);
        assert_eq!(field.text(), format!("{word} "));
        format!("{word} ").chars().for_each(|c| composer.type_char(&mut field, c));
        assert_eq!(field.text(), format!("{word} {word} "), "remembered");
    }
    assert!(changed.len() * 8 < words.len(), "{} of {}", changed.len(), words.len());
}

/// The words kept by default are those of the English list that would lose a letter, and none that is Vietnamese.
#[test]
fn kept_words_are_those_that_lose_a_letter() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/config/kept.txt");
    let lost = |word: &&str| {
        let typed = type_keys(Method::Telex, ToneStyle::Old, &format!("{} ", word.to_lowercase()));
        let typed = typed.trim_end();
        typed.is_ascii() && typed != word.to_lowercase()
    };
    let mut kept: Vec<String> = english().into_iter().filter(lost).map(|word| word.to_lowercase()).collect();
    kept.sort();
    kept.dedup();
    let head = "# Foreign words that would lose a letter in Telex, a doubled one counting as undone, without becoming a word of\n\
        # Vietnamese: they stay as typed. From tests/data/english.txt; STEERCO_UPDATE=1 writes the list anew.\n";
    let text = kept.iter().fold(head.to_owned(), |mut text, word| {
        writeln!(text, "{word}").unwrap();
        text
    });
    if std::env::var_os("STEERCO_UPDATE").is_some() {
        std::fs::write(path, &text).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap().replace("\r\n", "\n"), text);
}

/// One thing done to a field.
#[derive(Clone, Debug)]
enum Deed {
    Key(char),
    Back,
    Move(Motion),
    Undo,
    Redo,
    Raw,
    Use(Method),
}

fn deed() -> impl Strategy<Value = Deed> {
    let key = prop_oneof![
        8 => prop::char::range('a', 'z'),
        2 => prop::char::range('A', 'Z'),
        2 => prop::char::range('0', '9'),
        3 => Just(' '),
        1 => prop::sample::select(vec!['.', ',', '/', '-', '@', '_', ':', 'đ', 'ế', '\u{301}', '"', '😀']),
        4 => prop::sample::select("aeiouwdsfrxjz".chars().collect::<Vec<_>>()),
    ];
    let method = prop::sample::select(vec![Method::Off, Method::Telex, Method::Vni]);
    let motion =
        prop::sample::select(vec![Motion::Left, Motion::Right, Motion::Start, Motion::End, Motion::WordLeft]);
    prop_oneof![
        30 => key.prop_map(Deed::Key),
        4 => Just(Deed::Back),
        2 => motion.prop_map(Deed::Move),
        2 => Just(Deed::Undo),
        1 => Just(Deed::Redo),
        1 => Just(Deed::Raw),
        1 => method.prop_map(Deed::Use),
    ]
}

fn do_one(composer: &mut Composer, field: &mut TextField, deed: &Deed) {
    match deed {
        Deed::Key(c) => composer.type_char(field, *c),
        Deed::Back => drop(composer.backspace(field)),
        Deed::Move(motion) => {
            field.move_caret(*motion, Extend::No);
            composer.leave();
        }
        Deed::Undo => drop(field.undo()),
        Deed::Redo => drop(field.redo()),
        Deed::Raw => drop(composer.raw(field)),
        Deed::Use(method) => {
            composer.leave();
            composer.method = *method;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn with_the_method_off_the_text_is_the_keys(keys in "[ -~]{0,60}") {
        prop_assert_eq!(type_keys(Method::Off, ToneStyle::Old, &keys), keys);
    }

    #[test]
    fn the_raw_letters_of_a_word_are_its_keys(word in "[a-zA-Z]{1,10}", vni in any::<bool>(), after in "[ ,]?") {
        let method = if vni { Method::Vni } else { Method::Telex };
        let mut composer = Composer::new(method, ToneStyle::Old);
        let mut field = TextField::new();
        word.chars().chain(after.chars()).for_each(|c| composer.type_char(&mut field, c));
        let typed = field.text().to_owned();
        // The key goes to and fro between the letters as pressed and the word they make.
        let raw = format!("{word}{after}");
        composer.raw(&mut field);
        if typed == raw {
            composer.raw(&mut field);
        }
        prop_assert_eq!(field.text(), raw);
    }

    /// A key is a letter, or a mark or tone, or undoes one: letters never outnumber keys, and what is no key of marks stays.
    #[test]
    fn consonants_that_are_no_keys_are_all_there(keys in "[bcghklmnpqtvaeiouy sfrxjwd]{0,40}") {
        let text = type_keys(Method::Telex, ToneStyle::Old, &keys);
        let sure = |text: &str| text.chars().filter(|c| "bcghklmnpqtv ".contains(*c)).collect::<String>();
        prop_assert_eq!(sure(&text), sure(&keys));
        prop_assert!(text.chars().count() <= keys.chars().count());
    }

    #[test]
    fn undoing_all_gives_the_beginning_and_redoing_the_end(deeds in prop::collection::vec(deed(), 0..60)) {
        let mut composer = Composer::new(Method::Telex, ToneStyle::Old);
        composer.abbreviations.overlay(Settings::default().input.starter);
        let mut field = TextField::new();
        for deed in &deeds {
            do_one(&mut composer, &mut field, deed);
            prop_assert!(field.text().is_char_boundary(field.caret()));
        }
        let end = field.text().to_owned();
        while field.redo() {}
        let last = field.text().to_owned();
        while field.undo() {}
        prop_assert_eq!(field.text(), "");
        while field.redo() {}
        prop_assert_eq!(field.text(), last);
        drop(end);
    }
}

#[test]
fn undo_goes_word_by_word() {
    let mut composer = Composer::new(Method::Telex, ToneStyle::Old);
    let mut field = TextField::new();
    "ddoongf chis data vieetj".chars().for_each(|c| composer.type_char(&mut field, c));
    let mut seen = vec![field.text().to_owned()];
    while field.undo() {
        seen.push(field.text().to_owned());
    }
    assert_eq!(seen, ["đồng chí data việt", "đồng chí data ", "đồng chí ", "đồng ", ""]);
}
