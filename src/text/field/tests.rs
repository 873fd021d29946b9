//! Claims about the text field: boundaries, undo, visual rows, input methods.

use proptest::prelude::*;

use unicode_segmentation::UnicodeSegmentation;

use super::*;

fn typed(words: &[&str]) -> TextField {
    let mut field = TextField::new();
    words.iter().for_each(|word| field.insert(word));
    field
}

fn on_boundaries(field: &TextField) -> bool {
    field.is_boundary(field.caret) && field.anchor.is_none_or(|anchor| field.is_boundary(anchor))
}

#[test]
fn typing_cleans_but_never_normalises() {
    let mut field = typed(&["a\r\nb\tc\u{1b}d", "e\u{301}"]);
    assert_eq!(field.text(), "a b cde\u{301}");
    field.normalise();
    assert_eq!((field.text(), field.caret()), ("a b cd\u{e9}", 8));
}

#[test]
fn a_mark_typed_after_a_letter_keeps_the_caret_behind_it() {
    let mut field = typed(&["eb"]);
    field.move_caret(Motion::Left, Extend::No);
    field.insert("\u{301}");
    assert_eq!((field.text(), field.caret()), ("e\u{301}b", 3));
    field.backspace();
    assert_eq!((field.text(), field.caret()), ("b", 0));
}

#[test]
fn a_letter_typed_before_a_lone_mark_puts_the_caret_behind_both() {
    let mut field = typed(&["\u{301}x"]);
    field.move_caret(Motion::Start, Extend::No);
    field.insert("e");
    assert_eq!((field.text(), field.caret()), ("e\u{301}x", 3));
}

#[test]
fn backspace_takes_one_letter_however_it_is_made() {
    for last in ["ễ", "e\u{302}\u{303}", "漢", "🇻🇳", "👨‍👩‍👧"] {
        let mut field = typed(&["Ngu", last]);
        assert!(field.backspace());
        assert_eq!(field.text(), "Ngu");
    }
    assert!(!TextField::new().backspace());
}

#[test]
fn an_input_method_may_send_backspaces_and_text_in_a_burst() {
    let mut field = TextField::new();
    for keys in ["v", "i", "e", "\u{8}ê", "\u{8}\u{8}iê", "t", "\u{202f}", "\u{8}\u{8}\u{8}ệt"] {
        for key in keys.chars() {
            if key == '\u{8}' { _ = field.backspace() } else { field.insert(&key.to_string()) }
        }
    }
    assert_eq!(field.text(), "việt");
    assert!(field.undo());
    assert_eq!(field.text(), "");
}

#[test]
fn undo_goes_word_by_word_and_redo_returns() {
    let mut field = typed(&["S", "ở", " ", "N", "ộ", "i", " ", "v", "ụ"]);
    let mut seen = Vec::new();
    while field.undo() {
        seen.push(field.text().to_owned());
    }
    assert_eq!(seen, ["Sở Nội ", "Sở ", ""]);
    assert!(field.redo() && field.redo() && field.redo() && !field.redo());
    assert_eq!((field.text(), field.caret()), ("Sở Nội vụ", 15));
}

#[test]
fn moving_the_caret_or_pasting_begins_a_step() {
    let mut field = typed(&["ab"]);
    field.move_caret(Motion::Left, Extend::No);
    field.insert("x");
    field.paste("12");
    field.insert("y");
    let mut seen = Vec::new();
    while field.undo() {
        seen.push(field.text().to_owned());
    }
    assert_eq!(seen, ["ax12b", "axb", "ab", ""]);
}

#[test]
fn a_thousand_steps_can_be_taken_back() {
    let mut field = TextField::new();
    (0..1500).for_each(|_| field.insert("từ "));
    let steps = std::iter::from_fn(|| field.undo().then_some(())).count();
    assert_eq!((steps, field.text()), (1500, ""));
}

#[test]
fn undo_of_a_replaced_selection_selects_it_again() {
    let mut field = TextField::with_text("một hai");
    field.select(0..4);
    field.insert("X");
    field.insert("Y");
    assert_eq!(field.text(), "XYt hai".replace("t hai", &"một hai"[4..]));
    assert!(field.undo());
    assert_eq!((field.text(), field.selected()), ("một hai", Some("mộ")));
}

#[test]
fn normalising_is_undone_with_the_step_before() {
    let mut field = typed(&["e\u{301}"]);
    field.normalise();
    assert!(field.undo());
    assert_eq!(field.text(), "");
    assert!(!field.undo());
    assert!(field.redo());
    assert_eq!(field.text(), "é");
}

#[test]
fn take_leaves_nothing_to_undo() {
    let mut field = typed(&["Nguye\u{302}\u{303}n"]);
    assert_eq!(field.take(), "Nguyễn");
    assert_eq!(field, TextField::new());
    assert!(!field.undo());
}

#[test]
fn words_are_letters_or_signs_with_the_spaces_after_them() {
    let mut field = TextField::with_text("Sở Nội vụ: 15/9");
    field.move_caret(Motion::Start, Extend::No);
    let mut stops = Vec::new();
    while field.move_caret(Motion::WordRight, Extend::No) {
        stops.push(field.text()[field.caret()..].to_owned());
    }
    assert_eq!(stops, ["Nội vụ: 15/9", "vụ: 15/9", ": 15/9", "15/9", "/9", "9", ""]);
    let mut back = field.clone();
    let mut starts = Vec::new();
    while back.move_caret(Motion::WordLeft, Extend::No) {
        starts.push(back.text()[back.caret()..].to_owned());
    }
    assert_eq!(starts, ["9", "/9", "15/9", ": 15/9", "vụ: 15/9", "Nội vụ: 15/9", "Sở Nội vụ: 15/9"]);
}

#[test]
fn deleting_words_takes_whole_words() {
    let mut field = TextField::with_text("Sở Nội vụ ");
    assert!(field.delete_word_left());
    assert_eq!(field.text(), "Sở Nội ");
    field.move_caret(Motion::Start, Extend::No);
    assert!(field.delete_word_right());
    assert_eq!(field.text(), "Nội ");
    assert!(field.undo() && field.undo());
    assert_eq!(field.text(), "Sở Nội vụ ");
}

#[test]
fn the_word_before_the_caret_stops_at_signs() {
    assert_eq!(TextField::with_text("theo QCDC").word_before_caret(), "QCDC");
    assert_eq!(TextField::with_text("@châ").word_before_caret(), "châ");
    assert_eq!(typed(&["chu\u{301}"]).word_before_caret(), "chu\u{301}");
    assert_eq!(TextField::with_text("xong. ").word_before_caret(), "");
}

#[test]
fn a_selection_is_left_at_its_borders() {
    let mut field = TextField::with_text("abcd");
    field.select(1..3);
    assert!(field.move_caret(Motion::Left, Extend::No));
    assert_eq!(field.caret(), 1);
    field.select(1..3);
    assert!(field.move_caret(Motion::Right, Extend::No));
    assert_eq!((field.caret(), field.selection()), (3, None));
    assert!(field.move_caret(Motion::Start, Extend::Yes));
    assert_eq!(field.selected(), Some("abc"));
    assert!(field.delete());
    assert_eq!(field.text(), "d");
}

#[test]
fn the_caret_after_a_full_row_stands_on_the_next() {
    for (text, cells, caret, cell) in [
        ("", 5, 0, (0, 0)),
        ("abcde", 5, 5, (1, 0)),
        ("abcde", 5, 4, (0, 4)),
        ("abcde fg", 5, 6, (1, 0)),
        ("abcde fg", 5, 8, (1, 2)),
        ("hello ", 5, 6, (1, 0)),
        ("漢字", 3, 3, (1, 0)),
        ("漢", 1, 3, (1, 0)),
        ("ab", 0, 1, (1, 0)),
    ] {
        let mut field = TextField::with_text(text);
        field.move_caret(Motion::To(caret), Extend::No);
        assert_eq!(field.caret_cell(cells), cell, "{text:?} in {cells} at {caret}");
    }
}

#[test]
fn vertical_motion_keeps_its_column() {
    let mut field = TextField::with_text("abcdef xy mnopqr");
    // Rows of seven cells: "abcdef ", "xy ", "mnopqr".
    assert_eq!(field.caret_cell(7), (2, 6));
    assert!(field.move_caret(Motion::RowUp(7), Extend::No));
    assert_eq!(field.caret_cell(7), (1, 2));
    assert!(field.move_caret(Motion::RowUp(7), Extend::No));
    assert_eq!(field.caret_cell(7), (0, 6));
    assert!(!field.move_caret(Motion::RowUp(7), Extend::No));
    assert!(field.move_caret(Motion::RowDown(7), Extend::No));
    assert!(field.move_caret(Motion::RowDown(7), Extend::No));
    assert_eq!(field.caret_cell(7), (2, 6));
    assert!(!field.move_caret(Motion::RowDown(7), Extend::No));
    assert!(field.move_caret(Motion::RowStart(7), Extend::No));
    assert_eq!(field.caret_cell(7), (2, 0));
    assert!(field.move_caret(Motion::RowEnd(7), Extend::No));
    assert_eq!(field.caret(), field.text().len());
}

#[test]
fn the_end_of_a_wrapped_row_is_on_that_row() {
    let mut field = TextField::with_text("abcdef xy mnopqr");
    field.move_caret(Motion::To(8), Extend::No);
    assert!(field.move_caret(Motion::RowEnd(7), Extend::No));
    assert_eq!((field.caret_cell(7), field.caret()), ((1, 2), 9));
}

#[test]
fn a_replacement_at_the_caret_belongs_to_the_word() {
    let mut field = typed(&["xin ", "vie"]);
    field.replace(4..7, "viê");
    field.insert("t");
    assert_eq!(field.text(), "xin viêt");
    assert!(field.undo());
    assert_eq!(field.text(), "xin ");
}

#[derive(Clone, Debug)]
enum Op {
    Insert(String),
    Paste(String),
    Backspace,
    Delete,
    WordLeft,
    WordRight,
    Move(Motion, bool),
    Select(usize, usize),
    Undo,
    Redo,
    Normalise,
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("a"),
        Just("đ"),
        Just("ế"),
        Just("e"),
        Just("\u{302}"),
        Just("\u{301}"),
        Just(" "),
        Just("漢"),
        Just("🇻"),
        Just("🇳"),
        Just("👨"),
        Just("\u{200d}"),
        Just("ᄀ"),
        Just("ᅡ"),
        Just("\n"),
        Just("."),
        Just("\u{200b}")
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| pieces.concat())
}

fn motions() -> impl Strategy<Value = Motion> {
    prop_oneof![
        Just(Motion::Left),
        Just(Motion::Right),
        Just(Motion::WordLeft),
        Just(Motion::WordRight),
        Just(Motion::Start),
        Just(Motion::End),
        (0usize..9).prop_map(Motion::RowUp),
        (0usize..9).prop_map(Motion::RowDown),
        (0usize..9).prop_map(Motion::RowStart),
        (0usize..9).prop_map(Motion::RowEnd),
        (0usize..90).prop_map(Motion::To),
    ]
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let op = prop_oneof![
        4 => pieces().prop_map(Op::Insert),
        1 => pieces().prop_map(Op::Paste),
        3 => Just(Op::Backspace),
        1 => Just(Op::Delete),
        1 => Just(Op::WordLeft),
        1 => Just(Op::WordRight),
        3 => (motions(), any::<bool>()).prop_map(|(motion, extend)| Op::Move(motion, extend)),
        1 => (0usize..60, 0usize..60).prop_map(|(a, b)| Op::Select(a, b)),
        1 => Just(Op::Undo),
        1 => Just(Op::Redo),
        1 => Just(Op::Normalise),
    ];
    prop::collection::vec(op, 0..40)
}

fn perform(field: &mut TextField, op: Op) {
    match op {
        Op::Insert(text) => field.insert(&text),
        Op::Paste(text) => field.paste(&text),
        Op::Backspace => _ = field.backspace(),
        Op::Delete => _ = field.delete(),
        Op::WordLeft => _ = field.delete_word_left(),
        Op::WordRight => _ = field.delete_word_right(),
        Op::Move(motion, true) => _ = field.move_caret(motion, Extend::Yes),
        Op::Move(motion, false) => _ = field.move_caret(motion, Extend::No),
        Op::Select(start, end) => field.select(start..end),
        Op::Undo => _ = field.undo(),
        Op::Redo => _ = field.redo(),
        Op::Normalise => field.normalise(),
    }
}

proptest! {
    #[test]
    fn caret_and_anchor_stay_between_graphemes(ops in ops(), cells in 0usize..9) {
        let mut field = TextField::new();
        for op in ops {
            perform(&mut field, op);
            prop_assert!(on_boundaries(&field), "{field:?}");
            let (row, column) = field.caret_cell(cells);
            prop_assert!(row < field.rows(cells).len() && column < cells.max(1), "{field:?}");
        }
    }

    #[test]
    fn undoing_everything_returns_the_start_and_redoing_the_end(start in pieces(), ops in ops()) {
        let mut field = TextField::with_text(start.clone());
        let before = field.text().to_owned();
        ops.into_iter().for_each(|op| perform(&mut field, op));
        while field.redo() {}
        let after = field.text().to_owned();
        while field.undo() {}
        prop_assert_eq!(field.text(), before);
        while field.redo() {}
        prop_assert_eq!(field.text(), after);
    }

    #[test]
    fn insert_and_backspace_do_what_a_string_does(ops in ops()) {
        let mut field = TextField::new();
        let mut oracle = (String::new(), 0);
        for op in ops {
            match op {
                Op::Insert(text) => {
                    field.insert(&text);
                    let text = text.replace('\n', " ");
                    oracle.0.insert_str(oracle.1, &text);
                    oracle.1 = field.caret();
                }
                Op::Backspace => {
                    field.backspace();
                    let start = oracle.0[..oracle.1].grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
                    oracle.0.replace_range(start..oracle.1, "");
                    oracle.1 = field.caret();
                }
                Op::Move(motion, _) => {
                    field.move_caret(motion, Extend::No);
                    oracle.1 = field.caret();
                }
                _ => {}
            }
            prop_assert_eq!(field.text(), &oracle.0);
        }
    }

    #[test]
    fn as_many_backspaces_as_letters_clear_what_was_typed(before in "[a-z ]{0,9}", word in "[a-zđêộưữ ]{0,9}") {
        let mut field = TextField::with_text(before.clone());
        word.chars().for_each(|c| field.insert(&c.to_string()));
        word.chars().for_each(|_| _ = field.backspace());
        prop_assert_eq!(field.text(), before);
    }

    #[test]
    fn taken_text_is_composed(ops in ops()) {
        let mut field = TextField::new();
        ops.into_iter().for_each(|op| perform(&mut field, op));
        let text = field.take();
        prop_assert!(unicode_normalization::is_nfc(&text));
    }
}
