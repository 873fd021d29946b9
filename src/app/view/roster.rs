//! What a list would add, in lines to read before it is taken over. Pure.

use crate::app::popup::{PageLine, Tone};
use crate::app::roll::paste::spelled;
use crate::domain::invited::Invited;
use crate::domain::roster::add::{Entry, Outcome};
use crate::domain::roster::{Roster, Sort};
use crate::words::Words;

/// What a committee would get: counts, then what clashes, what is new, what is there already.
pub fn of_committee(words: &Words, entries: &[Entry]) -> Vec<PageLine> {
    let of = |outcome: Outcome| entries.iter().filter(move |entry| entry.outcome == outcome);
    let count = |outcome: Outcome| of(outcome).count().to_string();
    let clashes: Vec<&Entry> = entries.iter().filter(|entry| entry.is_clash()).collect();
    let slots = [
        ("new", count(Outcome::New)),
        ("known", count(Outcome::Known)),
        ("clashes", clashes.len().to_string()),
    ];
    let heading =
        PageLine { text: words.fill("roster.counts", &slots), tone: Tone::Heading, ..PageLine::default() };
    let lines = clashes.into_iter().chain(of(Outcome::New)).chain(of(Outcome::Known)).map(|entry| PageLine {
        text: entry_line(words, entry),
        tone: tone(entry),
        ..PageLine::default()
    });
    std::iter::once(heading).chain(lines).collect()
}

fn tone(entry: &Entry) -> Tone {
    match entry.outcome {
        Outcome::New => Tone::Plain,
        Outcome::Known => Tone::Quiet,
        _ => Tone::Warning,
    }
}

/// One entry and what becomes of it.
pub fn entry_line(words: &Words, entry: &Entry) -> String {
    let labels = |keys: &[&str]| {
        let label = |key: &&str| words.get(&format!("field.entry.{key}")).to_owned();
        keys.iter().map(label).collect::<Vec<_>>().join(", ")
    };
    let outcome = match &entry.outcome {
        Outcome::New if entry.sort == Sort::Units => words.get("roster.new_unit").to_owned(),
        Outcome::New => words.get("roster.new").to_owned(),
        Outcome::Known => words.get("roster.known").to_owned(),
        Outcome::Differs(keys) => words.fill("roster.differs", &[("keys", &labels(keys))]),
        Outcome::Namesake(unit) => words.fill("roster.namesake", &[("unit", unit)]),
        Outcome::Twice(line) => words.fill("roster.twice", &[("line", &line.to_string())]),
        Outcome::ShortTaken(unit) => words.fill("roster.short_taken", &[("unit", unit)]),
    };
    let named = [entry.name.as_str(), entry.unit.as_str()].into_iter().filter(|text| !text.is_empty());
    let slots = [
        ("line", entry.line.to_string()),
        ("name", named.collect::<Vec<_>>().join(", ")),
        ("outcome", outcome),
    ];
    words.fill("roster.entry", &slots)
}

/// What the Roll would get.
pub fn of_seats(words: &Words, new: &[Invited], known: &[Invited]) -> Vec<PageLine> {
    let slots = [("new", new.len().to_string()), ("known", known.len().to_string())];
    let heading = PageLine {
        text: words.fill("roster.seat_counts", &slots),
        tone: Tone::Heading,
        ..PageLine::default()
    };
    let line = |tone: Tone, key: &'static str| {
        move |invited: &Invited| {
            let text = words.fill(key, &[("name", &spelled(invited))]);
            PageLine { text, tone, ..PageLine::default() }
        }
    };
    let known = known.iter().map(line(Tone::Warning, "ui.already_there"));
    let new = new.iter().map(line(Tone::Plain, "roster.seat"));
    std::iter::once(heading).chain(known).chain(new).collect()
}

/// Rows that name nobody and columns that are not taken over, by name.
pub fn left_out(words: &Words, roster: &Roster) -> Vec<PageLine> {
    let quiet = |text: String| PageLine { text, tone: Tone::Quiet, ..PageLine::default() };
    let mut lines: Vec<PageLine> = Vec::new();
    if !roster.unused.is_empty() {
        lines.push(quiet(words.fill("roster.unused", &[("columns", &roster.unused.join(", "))])));
    }
    let passed = roster.passed_over.iter().map(|listed| {
        words.fill("roster.passed_over", &[("line", listed.line.to_string()), ("text", listed.what.clone())])
    });
    lines.extend(passed.map(quiet));
    lines
}
