//! Claims about the byte reader, on streams as terminals and input methods send them.

use std::time::Duration;

use proptest::prelude::*;

use super::ByteReader;
use crate::app::key::{Code, Focus, Input, Key, Mouse, MouseKind, script};

const START: Duration = Duration::ZERO;

fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// What comes out when the bytes come in these pieces, all at once, and then nothing more.
fn read<'a>(pieces: impl IntoIterator<Item = &'a [u8]>) -> Vec<Input> {
    let mut reader = ByteReader::new();
    let mut inputs: Vec<Input> = Vec::new();
    for piece in pieces {
        inputs.extend(reader.feed(piece, START));
    }
    inputs.extend(reader.finish());
    assert_eq!(reader.deadline(), None);
    inputs
}

fn read_all(bytes: &[u8]) -> Vec<Input> {
    read([bytes])
}

fn keys(notations: &str) -> Vec<Input> {
    notations.split_whitespace().map(|key| Input::Key(key.parse().unwrap())).collect()
}

fn typed(text: &str) -> Vec<Input> {
    text.chars().map(|c| Input::Key(Key::char(c))).collect()
}

fn paste(text: &str) -> Input {
    Input::Paste(text.to_owned())
}

/// Bytes and the keys they are, by their notation.
const KEYS: &[(&[u8], &str)] = &[
    (b"a", "a"),
    ("ệ".as_bytes(), "ệ"),
    ("👍".as_bytes(), "👍"),
    (b"\r", "enter"),
    (b"\n", "enter"),
    (b"\t", "tab"),
    (b"\x08", "backspace"),
    (b"\x7f", "backspace"),
    (b"\x00", "ctrl-space"),
    (b"\x01", "ctrl-a"),
    (b"\x0b", "ctrl-k"),
    (b"\x1a", "ctrl-z"),
    (b"\x1f", "ctrl-_"),
    // Alt, and Esc in the same breath.
    (b"\x1ba", "alt-a"),
    (b"\x1bA", "alt-A"),
    ("\x1bđ".as_bytes(), "alt-đ"),
    (b"\x1b\r", "alt-enter"),
    (b"\x1b\x7f", "alt-backspace"),
    (b"\x1b[", "alt-["),
    (b"\x1bO", "alt-O"),
    (b"\x1b]", "alt-]"),
    (b"\x1bP", "alt-P"),
    (b"\x1bPhong", "alt-P h o n g"),
    (b"\x1bOng", "alt-O n g"),
    (b"\x1b]a", "alt-] a"),
    (b"\x1b_a", "alt-_ a"),
    (b"\x1b^a", "alt-^ a"),
    ("\x1b[é".as_bytes(), "alt-[ é"),
    // Esc.
    (b"\x1b", "esc"),
    (b"\x1b\x1b", "esc esc"),
    (b"\x1b\x1b[A", "esc up"),
    (b"\x1b\x1b\x1ba", "esc esc alt-a"),
    // xterm.
    (b"\x1b[A", "up"),
    (b"\x1b[B", "down"),
    (b"\x1b[C", "right"),
    (b"\x1b[D", "left"),
    (b"\x1b[H", "home"),
    (b"\x1b[F", "end"),
    (b"\x1bOA", "up"),
    (b"\x1bOD", "left"),
    (b"\x1bOH", "home"),
    (b"\x1bOF", "end"),
    (b"\x1bOM", "enter"),
    (b"\x1b[1;2A", "shift-up"),
    (b"\x1b[1;3A", "alt-up"),
    (b"\x1b[1;5D", "ctrl-left"),
    (b"\x1b[1;6C", "ctrl-shift-right"),
    (b"\x1b[1;8B", "ctrl-alt-shift-down"),
    (b"\x1b[5C", "ctrl-right"),
    (b"\x1bO5C", "ctrl-right"),
    (b"\x1bO1;5P", "ctrl-f1"),
    (b"\x1b[Z", "shift-tab"),
    (b"\x1b[1;2Z", "shift-tab"),
    (b"\x1bOP", "f1"),
    (b"\x1bOQ", "f2"),
    (b"\x1bOR", "f3"),
    (b"\x1bOS", "f4"),
    (b"\x1b[P", "f1"),
    (b"\x1b[1;2P", "shift-f1"),
    (b"\x1b[1;2R", "shift-f3"),
    (b"\x1b[1;5S", "ctrl-f4"),
    // VT220, the Linux console, rxvt.
    (b"\x1b[1~", "home"),
    (b"\x1b[2~", "insert"),
    (b"\x1b[3~", "delete"),
    (b"\x1b[4~", "end"),
    (b"\x1b[5~", "pageup"),
    (b"\x1b[6~", "pagedown"),
    (b"\x1b[7~", "home"),
    (b"\x1b[8~", "end"),
    (b"\x1b[3;5~", "ctrl-delete"),
    (b"\x1b[5;2~", "shift-pageup"),
    (b"\x1b[11~", "f1"),
    (b"\x1b[14~", "f4"),
    (b"\x1b[15~", "f5"),
    (b"\x1b[17~", "f6"),
    (b"\x1b[18~", "f7"),
    (b"\x1b[19~", "f8"),
    (b"\x1b[20~", "f9"),
    (b"\x1b[21~", "f10"),
    (b"\x1b[23~", "f11"),
    (b"\x1b[24~", "f12"),
    (b"\x1b[24;5~", "ctrl-f12"),
    (b"\x1b[25~", "f13"),
    (b"\x1b[28~", "f15"),
    (b"\x1b[34~", "f20"),
    (b"\x1b[[A", "f1"),
    (b"\x1b[[E", "f5"),
    (b"\x1b[a", "shift-up"),
    (b"\x1bOa", "ctrl-up"),
    (b"\x1b[3$", "shift-delete"),
    (b"\x1b[3^", "ctrl-delete"),
    (b"\x1b[3@", "ctrl-shift-delete"),
    // kitty and xterm with keys by number.
    (b"\x1b[97u", "a"),
    (b"\x1b[97;5u", "ctrl-a"),
    (b"\x1b[97:65;2u", "A"),
    (b"\x1b[50:64;2u", "@"),
    (b"\x1b[97;1:3u", ""),
    (b"\x1b[1;1:3A", ""),
    (b"\x1b[13;2u", "shift-enter"),
    (b"\x1b[27u", "esc"),
    (b"\x1b[9;2u", "shift-tab"),
    (b"\x1b[127;5u", "ctrl-backspace"),
    (b"\x1b[57400u", "1"),
    (b"\x1b[57376u", "f13"),
    (b"\x1b[57441u", ""),
    (b"\x1b[27;5;107~", "ctrl-k"),
];

/// Sequences that mean nothing here, and answers to what was never asked.
const NOTHING: &[&[u8]] = &[
    b"\x1b[201~",
    b"\x1b[99~",
    b"\x1b[1;2;3;4X",
    b"\x1b[E",
    b"\x1b[[",
    b"\x1b[12;40R",
    b"\x1b[1;1R",
    b"\x1b[?62;22c",
    b"\x1b[>41;370;0c",
    b"\x1b[?1u",
    b"\x1b[?2026;2$y",
    b"\x1b[8;24;80t",
    b"\x1b]11;rgb:ffff/ffff/ffff\x1b\\",
    b"\x1b]11;rgb:ffff/ffff/ffff\x07",
    b"\x1bP1$r0m\x1b\\",
    b"\x1bP>|XTerm(370)\x1b\\",
    b"\x1bP!|00000000\x1b\\",
    b"\x1bP1+r524742\x1b\\",
    b"\x1b_Gi=31;OK\x1b\\",
    b"\x1b[<1;2;3M",
    b"\x1b[<35;2;3M",
    b"\x1b[200~\x1b[201~",
];

fn corpus() -> Vec<Vec<u8>> {
    let mut corpus: Vec<Vec<u8>> = KEYS.iter().map(|(bytes, _)| bytes.to_vec()).collect();
    corpus.extend(NOTHING.iter().map(|bytes| bytes.to_vec()));
    let others: [&[u8]; 9] = [
        b"\x1b[I\x1b[O",
        b"\x1b[<0;5;7M\x1b[<32;6;7M\x1b[<0;6;7m\x1b[<64;1;1M\x1b[<65;1;1M",
        "\x1b[200~một\r\nhai\x1b[31m\rba\x1b[200~\x1b[201~x".as_bytes(),
        b"\x1b[200~no end \x1b[20",
        b"a\xe1\xbbb\xff\xc3(\xf0\x9f\x91",
        b"\x1b\xe1\xbbx",
        b"\x1b\xc4",
        b"\x1b]11;rgb:ff\x1b[A\x1bP1;2\x1b[12;\r",
        b"\x1b[1;\xe1\xbb\x87",
    ];
    corpus.extend(others.iter().map(|bytes| bytes.to_vec()));
    corpus.push(corpus.concat());
    corpus
}

#[test]
fn every_known_sequence_is_its_key() {
    for (bytes, expected) in KEYS {
        assert_eq!(read_all(bytes), keys(expected), "{}", bytes.escape_ascii());
    }
}

#[test]
fn letters_around_a_sequence_are_kept() {
    for bytes in NOTHING {
        let between = [b"x", *bytes, b"yz"].concat();
        assert_eq!(read_all(&between), typed("xyz"), "{}", bytes.escape_ascii());
    }
}

#[test]
fn pieces_do_not_change_what_is_read() {
    for bytes in corpus() {
        let whole = read_all(&bytes);
        assert_eq!(read(bytes.chunks(1)), whole, "byte by byte {}", bytes.escape_ascii());
        for at in 0..=bytes.len() {
            let (one, other) = bytes.split_at(at);
            assert_eq!(read([one, other]), whole, "cut at {at} {}", bytes.escape_ascii());
        }
    }
}

#[test]
fn focus_and_mouse_are_told() {
    assert_eq!(read_all(b"\x1b[I\x1b[O"), [Input::Focus(Focus::Gained), Input::Focus(Focus::Lost)]);
    let told = |kind, column, row| Input::Mouse(Mouse { kind, column, row });
    let table: [(&[u8], _); 6] = [
        (b"\x1b[<0;5;7M", told(MouseKind::Down, 4, 6)),
        (b"\x1b[<4;5;7M", told(MouseKind::Down, 4, 6)),
        (b"\x1b[<0;1;1m", told(MouseKind::Up, 0, 0)),
        (b"\x1b[<32;300;2M", told(MouseKind::Drag, 299, 1)),
        (b"\x1b[<64;0;0M", told(MouseKind::ScrollUp, 0, 0)),
        (b"\x1b[<65;99999;1M", told(MouseKind::ScrollDown, u16::MAX, 0)),
    ];
    for (bytes, expected) in table {
        assert_eq!(read_all(bytes), [expected], "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_good_letter_after_a_broken_one_is_kept() {
    let table: [(&[u8], &str); 5] = [
        (b"\xe1\xbbb", "\u{fffd}b"),
        (b"\xc3(", "\u{fffd}("),
        (b"\xff\xfea", "\u{fffd}\u{fffd}a"),
        (b"\xe1\xbb\xc4\x91", "\u{fffd}đ"),
        (b"a\xe1\xbb", "a\u{fffd}"),
    ];
    for (bytes, expected) in table {
        assert_eq!(read_all(bytes), typed(expected), "{}", bytes.escape_ascii());
    }
}

#[test]
fn esc_alone_is_certain_after_its_wait() {
    let mut reader = ByteReader::new();
    assert_eq!(reader.feed(b"\x1b", ms(100)), []);
    assert_eq!(reader.deadline(), Some(ms(125)));
    assert_eq!(reader.idle(ms(124)), []);
    assert_eq!(reader.idle(ms(125)), keys("esc"));
    assert_eq!(reader.feed(b"a", ms(126)), keys("a"));
    assert_eq!(reader.deadline(), None);
}

#[test]
fn a_sequence_without_end_lets_later_keys_through() {
    let mut reader = ByteReader::new();
    assert_eq!(reader.feed(b"\x1b[1;", START), []);
    assert_eq!(reader.idle(ms(250)), []);
    assert_eq!(reader.feed(b"a", ms(251)), keys("a"));

    assert_eq!(reader.feed(b"\x1b]11;x", ms(300)), []);
    assert_eq!(reader.idle(ms(550)), keys("alt-] 1 1 ; x"));

    let endless = [b"\x1b[", [b'1'; 1000].as_slice()].concat();
    assert!(!reader.feed(&endless, ms(600)).is_empty());
}

#[test]
fn a_letter_cut_by_a_slow_line_is_waited_for() {
    let mut reader = ByteReader::new();
    assert_eq!(reader.feed(b"\xe1\xba", START), []);
    assert_eq!(reader.idle(ms(900)), []);
    assert_eq!(reader.feed(b"\xbf", ms(901)), keys("ế"));
}

#[test]
fn paste_is_one_clean_text() {
    let table: [(&[u8], &[Input]); 6] = [
        (b"\x1b[200~a\r\nb\rc\nd\x1b[201~", &[paste("a\nb\nc\nd")]),
        (b"\x1b[200~\x1b[31mred\x07\x00\x7f\tx\xc2\x9b\x1b[201~", &[paste("[31mred\tx")]),
        (b"\x1b[200~a\x1b[200~b\x1b[201~", &[paste("ab")]),
        (b"\x1b[200~\x1b[201", &[paste("[201")]),
        (b"\x1b[200~a\xffb\x1b[201~", &[paste("a\u{fffd}b")]),
        (b"\x1b[200~\x1b[201~", &[]),
    ];
    for (bytes, expected) in table {
        assert_eq!(read_all(bytes), expected, "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_paste_without_end_is_given_out_and_keys_go_on() {
    let mut reader = ByteReader::new();
    assert_eq!(reader.feed(b"\x1b[200~abc", START), []);
    assert_eq!(reader.deadline(), Some(ms(2000)));
    assert_eq!(reader.idle(ms(1999)), []);
    assert_eq!(reader.idle(ms(2000)), [paste("abc")]);
    assert_eq!(reader.feed(b"d\x1b[201~e", ms(2001)), typed("de"));
}

#[test]
fn typing_does_not_keep_a_paste_open() {
    let mut reader = ByteReader::new();
    let mut inputs = reader.feed(b"\x1b[200~", START);
    for n in 1..=40 {
        inputs.extend(reader.feed(b"x", ms(n * 100)));
        inputs.extend(reader.idle(ms(n * 100)));
    }
    let mut expected = vec![paste(&"x".repeat(20))];
    expected.extend(typed(&"x".repeat(20)));
    assert_eq!(inputs, expected);
}

#[test]
fn a_paste_that_flows_slowly_stays_whole() {
    let mut reader = ByteReader::new();
    assert_eq!(reader.feed(b"\x1b[200~", START), []);
    for n in 1..=100 {
        assert_eq!(reader.feed(&[b'x'; 50], ms(n * 100)), []);
        assert_eq!(reader.idle(ms(n * 100)), []);
    }
    assert_eq!(reader.feed(b"\x1b[201~", ms(10_100)), [paste(&"x".repeat(5000))]);
}

#[test]
fn a_huge_paste_comes_in_pieces_that_break_no_letter() {
    let text = "một ế\r\n".repeat(700_000);
    let bytes = ["\x1b[200~", &text, "\x1b[201~z"].concat();
    let inputs = read(bytes.as_bytes().chunks(65_536));
    let pasted = inputs.iter().filter_map(|input| match input {
        Input::Paste(text) => Some(text.as_str()),
        _ => None,
    });
    let pasted: Vec<&str> = pasted.collect();
    assert!(pasted.len() > 1);
    assert!(pasted.concat() == text.replace("\r\n", "\n"), "a letter or a line end was cut");
    assert_eq!(inputs.last(), Some(&Input::Key(Key::char('z'))));
}

#[test]
fn bursts_of_backspaces_and_letters_keep_their_order() {
    // What input methods outside the terminal send while "Việt" and "được" are typed in Telex.
    let sent =
        "Vie\x08\x08iê\x7f\x7fiệt\x08\x08\x08iệt d\x7fđ\x7f\x7fđu\x08\x08đư\x08o\x08\x08ươ\x08\x08ượ\x7fợc";
    let named = sent.replace(['\x08', '\x7f'], "<backspace>");
    let expected: Vec<Input> = script(&named).unwrap().into_iter().map(Input::Key).collect();
    for size in 1..12 {
        assert_eq!(read(sent.as_bytes().chunks(size)), expected, "in reads of {size}");
    }
}

/// The character a key stands for when no escape sequence is about.
fn as_char(input: &Input) -> Option<char> {
    let Input::Key(key) = input else { return None };
    match key.code {
        Code::Enter => Some('\n'),
        Code::Tab => Some('\t'),
        Code::Backspace => Some('\x08'),
        Code::Char(' ') if key.ctrl => Some('\0'),
        Code::Char(c) if key.ctrl => char::from_u32(u32::from(c.to_ascii_uppercase()) - 0x40),
        Code::Char(c) if !key.alt => Some(c),
        _ => None,
    }
}

fn one_form(c: char) -> char {
    match c {
        '\r' => '\n',
        '\x7f' => '\x08',
        '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

proptest! {
    #[test]
    fn bytes_without_esc_are_their_lossy_text(bytes in prop::collection::vec(any::<u8>(), 0..200), size in 1usize..9) {
        let bytes: Vec<u8> = bytes.into_iter().filter(|b| *b != 0x1b).collect();
        let told: Option<String> = read(bytes.chunks(size)).iter().map(as_char).collect();
        let expected: String = String::from_utf8_lossy(&bytes).chars().map(one_form).collect();
        prop_assert_eq!(told, Some(expected));
    }

    #[test]
    fn text_is_typed_letter_by_letter(text in "\\PC*", size in 1usize..9) {
        prop_assert_eq!(read(text.as_bytes().chunks(size)), typed(&text));
    }

    #[test]
    fn any_bytes_are_read_the_same_in_any_pieces(
        bytes in prop::collection::vec(prop::sample::select(b"\x1b\x1b[]OPM;:<?$~0129ARuab\r\x07\\\xe1\xbb\x87".to_vec()), 0..60),
        size in 1usize..9,
    ) {
        prop_assert_eq!(read(bytes.chunks(size)), read_all(&bytes));
    }

    #[test]
    fn esc_then_letters_in_one_read_loses_no_letter(text in "[a-zđêươạ]{1,8}") {
        let told = read_all(format!("\x1b{text}").as_bytes());
        let mut expected = typed(&text);
        expected[0] = Input::Key(Key::alt(text.chars().next().unwrap()));
        prop_assert_eq!(told, expected);
    }
}
