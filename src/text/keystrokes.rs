//! From Vietnamese letters back to the keys that made them: the office's own input method may be on while somebody
//! types initials or a name without marks. Must not know what is matched with the keys.

use unicode_normalization::UnicodeNormalization;

use super::fold::score;

/// The keys that may have been typed for `text` in Telex; empty if it has no Vietnamese letter. The handful differs
/// in where the keys for marks and tones stood (after the letter or at the word's end) and whether ư was a lone w.
pub fn untelex(text: &str) -> Vec<String> {
    let composed: String = text.nfc().collect();
    let lone = composed.replace('ư', "w").replace('Ư', "W");
    let mut found = candidates(&composed, Mark::telex);
    if lone != composed {
        found.push(lone.clone());
        found.extend(candidates(&lone, Mark::telex));
    }
    without_repeats(found, text)
}

/// As [`untelex`], for VNI.
pub fn unvni(text: &str) -> Vec<String> {
    without_repeats(candidates(text, Mark::vni), text)
}

/// [`score`] of the query as it stands, or of the keys behind it, whichever is higher.
pub fn score_typed(query: &str, candidate: &str) -> Option<u32> {
    let keys = untelex(query).into_iter().chain(unvni(query));
    keys.filter_map(|keys| score(&keys, candidate)).chain(score(query, candidate)).max()
}

/// What a key adds to a letter; the tones sắc, huyền, hỏi, ngã, nặng are 0 to 4.
#[derive(Clone, Copy)]
enum Mark {
    Circumflex(char),
    Breve,
    Horn,
    Stroke,
    Tone(usize),
}

impl Mark {
    fn of(mark: char, base: char) -> Option<Self> {
        match mark {
            '\u{302}' => Some(Self::Circumflex(base.to_ascii_lowercase())),
            '\u{306}' => Some(Self::Breve),
            '\u{31b}' => Some(Self::Horn),
            _ => {
                let tones = ['\u{301}', '\u{300}', '\u{309}', '\u{303}', '\u{323}'];
                tones.iter().position(|tone| *tone == mark).map(Self::Tone)
            }
        }
    }

    fn telex(self) -> char {
        match self {
            Self::Circumflex(base) => base,
            Self::Breve | Self::Horn => 'w',
            Self::Stroke => 'd',
            Self::Tone(tone) => ['s', 'f', 'r', 'x', 'j'][tone.min(4)],
        }
    }

    fn vni(self) -> char {
        match self {
            Self::Circumflex(_) => '6',
            Self::Breve => '8',
            Self::Horn => '7',
            Self::Stroke => '9',
            Self::Tone(tone) => ['1', '2', '3', '4', '5'][tone.min(4)],
        }
    }
}

/// Where the keys of a kind stand.
#[derive(Clone, Copy, PartialEq)]
enum Place {
    AfterLetter,
    AtWordEnd,
}

fn candidates(text: &str, key: fn(Mark) -> char) -> Vec<String> {
    let places = [Place::AfterLetter, Place::AtWordEnd];
    let pairs = places.into_iter().flat_map(|marks| places.map(|tones| (marks, tones)));
    pairs.map(|(marks, tones)| typed(text, key, marks, tones)).collect()
}

fn typed(text: &str, key: fn(Mark) -> char, marks: Place, tones: Place) -> String {
    let (mut keys, mut late_marks, mut late_tones) = (String::new(), String::new(), String::new());
    let mut base = ' ';
    for c in text.nfd() {
        let (letter, mark) = match c {
            'đ' => (Some('d'), Some(Mark::Stroke)),
            'Đ' => (Some('D'), Some(Mark::Stroke)),
            _ => Mark::of(c, base).map_or((Some(c), None), |mark| (None, Some(mark))),
        };
        if let Some(letter) = letter {
            if !letter.is_alphanumeric() {
                keys.extend(late_marks.drain(..).chain(late_tones.drain(..)));
            }
            keys.push(letter);
            base = letter;
        }
        let Some(mark) = mark else { continue };
        let (place, late) = match mark {
            Mark::Tone(_) => (tones, &mut late_tones),
            _ => (marks, &mut late_marks),
        };
        if place == Place::AtWordEnd { late.push(key(mark)) } else { keys.push(key(mark)) }
    }
    keys + &late_marks + &late_tones
}

fn without_repeats(found: Vec<String>, text: &str) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for keys in found {
        if keys != text && !kept.contains(&keys) {
            kept.push(keys);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telex_keys_come_back() {
        for (text, keys) in [
            ("chấu", "chaaus"),
            ("chấu", "chaasu"),
            ("hoà", "hoaf"),
            ("đt", "ddt"),
            ("tư", "tw"),
            ("tư", "tuw"),
            ("dât", "data"),
            ("Đặng", "Ddawngj"),
            ("sở nội", "sowr nooij"),
            ("cha\u{302}\u{301}u", "chaaus"),
        ] {
            assert!(untelex(text).contains(&keys.to_owned()), "{text}: {:?}", untelex(text));
        }
        assert!(untelex("snv").is_empty());
    }

    #[test]
    fn vni_keys_come_back() {
        for (text, keys) in [("chấu", "chau61"), ("đt", "d9t"), ("sở", "so73"), ("ă", "a8")] {
            assert!(unvni(text).contains(&keys.to_owned()), "{text}: {:?}", unvni(text));
        }
        assert!(unvni("@1").is_empty());
    }

    #[test]
    fn the_handful_stays_a_handful() {
        assert!(untelex("những điều được thưởng").len() <= 9);
    }

    #[test]
    fn initials_swallowed_by_an_input_method_still_pick() {
        // "ddt" and "tas" typed with Telex on come out as "đt" and "tá".
        assert!(score_typed("đt", "Đỗ Đức Thịnh").is_some());
        assert!(score_typed("tá", "Trần Anh Sơn") > score("tá", "Trần Anh Sơn"));
        assert_eq!(score_typed("snv", "Sở Nội vụ"), score("snv", "Sở Nội vụ"));
    }
}
