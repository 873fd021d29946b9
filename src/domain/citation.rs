//! Documents cited in a line, by their numbers: `23-QĐ/TW`, `30/2020/NĐ-CP`, `Nghị quyết 54`, with date, issuer and
//! subject where they are said. Must not know meetings, deadlines or what a document says.

mod details;
mod number;

use std::ops::Range;

use chrono::NaiveDate;

pub use number::{Style, normal};

/// A document that a text cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// What sort of document, as said or as its code says: "Quyết định"; empty when neither does.
    pub kind: String,
    /// The number in its normal form, without spaces and with plain hyphens; the words where a document has none
    /// ("Nghị quyết 54").
    pub number: String,
    /// In whose way it is written; `None` for a document cited without its code.
    pub style: Option<Style>,
    /// Its day, when it is said with its year.
    pub date: Option<NaiveDate>,
    /// Who issued it: "của Bộ Chính trị"; else empty.
    pub issuer: String,
    /// What it is about: "về công tác dân vận"; else empty.
    pub subject: String,
    /// Bytes of the text from the kind to the day.
    pub place: Range<usize>,
}

/// The documents that a text cites, from left to right.
pub fn find_all(text: &str) -> Vec<Citation> {
    let mut found = Vec::new();
    // A document has a number or is of a congress, which has one in capitals.
    if !text.contains(|c: char| c.is_ascii_digit() || matches!(c, 'I' | 'V' | 'X')) {
        return found;
    }
    let (mut from, mut taken) = (0, 0);
    while let Some(at) = next_start(text, from) {
        match citation_at(text, at, taken) {
            Some(citation) => {
                from = citation.place.end.max(end_of_word(text, at));
                taken = from;
                found.push(citation);
            }
            None => from = end_of_word(text, at),
        }
    }
    found
}

/// The next word that may begin a number or a kind.
fn next_start(text: &str, from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    let glued = text[..from].ends_with(char::is_alphanumeric);
    let mut before = glued;
    for (at, c) in rest.char_indices() {
        if c.is_alphanumeric() && !before {
            return Some(from + at);
        }
        before = c.is_alphanumeric();
    }
    None
}

fn end_of_word(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())
}

fn citation_at(text: &str, at: usize, taken: usize) -> Option<Citation> {
    if text[at..].starts_with(|c: char| c.is_ascii_digit()) {
        number::number_at(text, at, true)?;
        let led = details::kind_before(&text[taken..at]);
        let numbered = number::number_at(text, at, led.introduced)?;
        let kind = led.kind.unwrap_or_else(|| number::kind_of(&numbered.number));
        let start = taken + led.start;
        return Some(with_details(
            text,
            start..numbered.end,
            kind.to_owned(),
            numbered.number,
            Some(numbered.style),
        ));
    }
    let named = details::named_document(text, at)?;
    Some(with_details(text, at..named.end, named.kind.to_owned(), named.words, None))
}

fn with_details(
    text: &str,
    place: Range<usize>,
    kind: String,
    number: String,
    style: Option<Style>,
) -> Citation {
    let day = details::day_after(text, place.end);
    let (issuer, after) = details::issuer_after(text, day.end);
    let subject = details::subject_after(text, after);
    Citation { kind, number, style, date: day.date, issuer, subject, place: place.start..day.end }
}

#[cfg(test)]
mod tests;
