//! Any bytes from a terminal, in any pieces: the same inputs, and of text without Esc every letter.
#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use steerco::app::key::{Code, Input};
use steerco::run::bytes::ByteReader;

fn read<'a>(pieces: impl Iterator<Item = &'a [u8]>) -> Vec<Input> {
    let mut reader = ByteReader::new();
    let mut inputs: Vec<Input> = pieces.flat_map(|piece| reader.feed(piece, Duration::ZERO)).collect();
    inputs.extend(reader.finish());
    assert_eq!(reader.deadline(), None);
    inputs
}

fuzz_target!(|input: (u8, Vec<u8>)| {
    let (size, bytes) = input;
    let whole = read(std::iter::once(bytes.as_slice()));
    let pieces = read(bytes.chunks(usize::from(size) + 1));
    assert_eq!(whole, pieces);
    if bytes.contains(&0x1b) {
        return;
    }
    let typed: String = whole
        .iter()
        .filter_map(|input| match input {
            Input::Key(key) if !key.ctrl => match key.code {
                Code::Char(c) => Some(c),
                _ => None,
            },
            _ => None,
        })
        .collect();
    let expected: String = String::from_utf8_lossy(&bytes)
        .chars()
        .filter(|c| *c as u32 >= 0x20 && *c != '\x7f')
        .map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c })
        .collect();
    assert_eq!(typed, expected);
});
