//! Searching all meetings and committees: the words and terms typed, the texts that fit them, the closest first. Knows
//! no list and no screen; who asks often keeps the [`Sheet`]s.

mod period;
mod sheet;

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::committee::{Committee, Member};
use crate::domain::filter::{Asked, asked, name_line, squeezed};
use crate::domain::kinds::NoteKind;
use crate::domain::meeting::{Meeting, Note, Seat};
use crate::text::fold::{self, fold};
use crate::text::query::{Closeness, Fit, Piece, Query, ShortForm, pieces};

pub use sheet::Sheet;

/// What sort of text a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum HitKind {
    /// The title of a meeting.
    Meeting,
    Item,
    Note,
    Conclusion,
    Task,
    Document,
    Figure,
    Award,
    Vote,
    /// A member of a committee, or somebody called to a meeting.
    Person,
}

impl HitKind {
    /// The table it stands in, in the singular.
    pub fn word(self) -> &'static str {
        match self {
            HitKind::Meeting => "meeting",
            HitKind::Item => "item",
            HitKind::Note => "note",
            HitKind::Conclusion => "conclusion",
            HitKind::Task => "task",
            HitKind::Document => "document",
            HitKind::Figure => "figure",
            HitKind::Award => "award",
            HitKind::Vote => "vote",
            HitKind::Person => "person",
        }
    }
}

/// What was typed, read once for many texts. Every word and every term must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    query: Query,
    terms: Vec<Term>,
    /// The only word, which may be the initials of a person.
    initials: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    refused: bool,
    test: Test,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    /// Pieces of names as [`squeezed`].
    Committee(String),
    Meeting(String),
    Speaker(String),
    Kind(HitKind),
    NoteKind(NoteKind),
    /// The first and the last day.
    Period(NaiveDate, NaiveDate),
}

impl Search {
    /// Reads what was typed: words, phrases and terms (`ban:qcdc nguoi:quang loai:ketluan ky:2021-H1`). What is no term
    /// is a word; a term still being typed lets everything through.
    pub fn read(typed: &str, known: &[ShortForm]) -> Search {
        let mut terms = Vec::new();
        let mut words: Vec<Piece<'_>> = Vec::new();
        for piece in pieces(typed) {
            match if piece.quoted { Named::Word } else { named(piece.text) } {
                Named::Word => words.push(piece),
                Named::Unfinished => {}
                Named::Test(test) => terms.push(Term { refused: piece.refused, test }),
            }
        }
        let initials = match words.as_slice() {
            [only] if !only.quoted && !only.refused => Some(only.text.to_owned()),
            _ => None,
        };
        Search { query: Query::of(&words, known), terms, initials }
    }

    /// The words without the terms: what is marked in the texts found.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Whether nothing is asked.
    pub fn is_empty(&self) -> bool {
        self.query.is_empty() && self.terms.is_empty()
    }
}

enum Named {
    Word,
    Unfinished,
    Test(Test),
}

fn named(token: &str) -> Named {
    let folded = fold(token);
    let Some((key, value)) = folded.split_once(':') else { return Named::Word };
    let Some(asked) = asked(key) else { return Named::Word };
    let piece = squeezed(value);
    if piece.is_empty() {
        return Named::Unfinished;
    }
    let test = match asked {
        Asked::Committee => Some(Test::Committee(piece)),
        Asked::Meeting => Some(Test::Meeting(piece)),
        Asked::Speaker => Some(Test::Speaker(piece)),
        Asked::Period => period::days(value).map(|(from, to)| Test::Period(from, to)),
        Asked::Kind => kind(&piece),
        Asked::Standing | Asked::Unit => None,
    };
    test.map_or(Named::Word, Named::Test)
}

fn kind(word: &str) -> Option<Test> {
    let hit = KINDS.iter().find(|(names, _)| names.contains(&word)).map(|(_, kind)| Test::Kind(*kind));
    let of_note =
        || NOTE_KINDS.iter().find(|(names, _)| names.contains(&word)).map(|(_, kind)| Test::NoteKind(*kind));
    hit.or_else(of_note)
}

const KINDS: &[(&[&str], HitKind)] = &[
    (&["meeting", "hop", "cuochop"], HitKind::Meeting),
    (&["item", "muc"], HitKind::Item),
    (&["note", "line", "dong"], HitKind::Note),
    (&["conclusion", "ketluan", "kl"], HitKind::Conclusion),
    (&["task", "nhiemvu", "viec", "nv"], HitKind::Task),
    (&["document", "vanban", "tailieu", "vb"], HitKind::Document),
    (&["figure", "solieu"], HitKind::Figure),
    (&["award", "khenthuong", "khen"], HitKind::Award),
    (&["vote", "bieuquyet", "bq"], HitKind::Vote),
    (&["person", "nguoi"], HitKind::Person),
];

const NOTE_KINDS: &[(&[&str], NoteKind)] = &[
    (&["result", "ketqua"], NoteKind::Result),
    (&["shortcoming", "hanche", "tontai"], NoteKind::Shortcoming),
    (&["difficulty", "khokhan"], NoteKind::Difficulty),
    (&["cause", "nguyennhan"], NoteKind::Cause),
    (&["lesson", "baihoc"], NoteKind::Lesson),
    (&["proposal", "kiennghi", "dexuat"], NoteKind::Proposal),
    (&["direction", "phuonghuong"], NoteKind::Direction),
    (&["solution", "giaiphap"], NoteKind::Solution),
    (&["opinion", "ykien"], NoteKind::Opinion),
    (&["guidance", "chidao"], NoteKind::Guidance),
    (&["response", "giaitrinh", "tiepthu"], NoteKind::Response),
    (&["assignment", "giaoviec"], NoteKind::Assignment),
];

/// A text that fits.
#[derive(Clone, Debug)]
pub struct Hit<'a> {
    /// `None` for a member of a committee.
    pub meeting: Option<&'a Meeting>,
    /// Id of the committee.
    pub committee: &'a str,
    pub kind: HitKind,
    /// The row's id; the meeting's for its title.
    pub id: &'a str,
    /// The line it was said in.
    pub note: Option<&'a Note>,
    pub text: Cow<'a, str>,
    pub fit: Fit,
}

/// A meeting with its searched texts.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    pub meeting: &'a Meeting,
    pub committee: Option<&'a Committee>,
    pub sheet: &'a Sheet,
}

/// The texts that fit, those of the meeting `here` first (an id, may be empty), then the closest, then the latest; within
/// a meeting in the order of its file. Without anything asked nothing fits.
pub fn search<'a>(
    asked: &Search,
    sources: &[Source<'a>],
    committees: &[&'a Committee],
    here: &str,
) -> Vec<Hit<'a>> {
    if asked.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<Hit<'a>> = sources.iter().flat_map(|source| of_meeting(asked, source)).collect();
    hits.extend(committees.iter().flat_map(|committee| members(asked, committee)));
    hits.sort_by_cached_key(|hit| {
        let head = hit.meeting.map(|meeting| &meeting.head);
        let apart = head.is_none_or(|head| head.id != here);
        (apart, hit.fit, Reverse(head.map(|head| head.date)), head.map(|head| head.id.clone()))
    });
    once_for_each_person(&mut hits);
    hits
}

/// Somebody called to many meetings is found once, in the first of the hits.
fn once_for_each_person(hits: &mut Vec<Hit<'_>>) {
    let mut known: HashSet<(String, String)> = HashSet::new();
    let members = hits.iter().filter(|hit| hit.kind == HitKind::Person && hit.meeting.is_none());
    known.extend(members.map(|hit| (hit.committee.to_owned(), hit.id.to_owned())));
    hits.retain(|hit| {
        let seated = hit.kind == HitKind::Person && hit.meeting.is_some();
        !seated || known.insert((hit.committee.to_owned(), hit.id.to_owned()))
    });
}

fn of_meeting<'a>(asked: &Search, source: &Source<'a>) -> Vec<Hit<'a>> {
    let (meeting, sheet) = (source.meeting, source.sheet);
    if !asked.terms.iter().all(|term| term.may_hold(source)) {
        return Vec::new();
    }
    let hit = |line: &sheet::Line| {
        let text = sheet::text(meeting, line.kind, line.row)?;
        let (id, speaker, note) = sheet::place(meeting, line.kind, line.row)?;
        let fit = asked.query.fit(&line.plain, &text).or_else(|| match line.kind {
            HitKind::Person => asked.initials_of(&meeting.seats.get(line.row)?.name),
            _ => None,
        })?;
        let holds = |term: &Term| term.holds(meeting, line.kind, speaker, note);
        if !asked.terms.iter().all(holds) {
            return None;
        }
        let shown = sheet::shown(meeting, line.kind, line.row)?;
        // What is shown is enough unless the words stand in what only goes with it.
        let text = if shown == text || asked.query.fits(shown) { Cow::Borrowed(shown) } else { text };
        let committee = meeting.head.committee.as_str();
        Some(Hit { meeting: Some(meeting), committee, kind: line.kind, id, note, text, fit })
    };
    sheet.lines.iter().filter_map(hit).collect()
}

fn members<'a>(asked: &Search, committee: &'a Committee) -> Vec<Hit<'a>> {
    let names = [&committee.head.id, &committee.head.name, &committee.head.short];
    let of = |term: &Term| {
        let held = match &term.test {
            Test::Committee(piece) => names.iter().any(|name| name_line(name).contains(piece)),
            Test::Kind(kind) => *kind == HitKind::Person,
            _ => false,
        };
        held != term.refused
    };
    if !asked.terms.iter().all(of) {
        return Vec::new();
    }
    let hit = |member: &'a Member| {
        let text = person_text(&member.name, &member.titles);
        let fit = asked.query.fit(&fold::plain(&text).text, &text);
        let fit = fit.or_else(|| asked.initials_of(&member.name))?;
        let (kind, committee) = (HitKind::Person, committee.head.id.as_str());
        let text = Cow::Owned(text);
        Some(Hit { meeting: None, committee, kind, id: &member.id, note: None, text, fit })
    };
    committee.members.iter().filter_map(hit).collect()
}

/// `Trần Hải Châu, Phó Bí thư Thường trực Tỉnh ủy`
fn person_text(name: &str, titles: &[String]) -> String {
    let titles = titles.iter().map(String::as_str);
    std::iter::once(name).chain(titles).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

impl Search {
    fn initials_of(&self, name: &str) -> Option<Fit> {
        let typed = self.initials.as_ref()?;
        fold::are_initials(typed, name).then(|| Fit::whole(Closeness::Abbreviated))
    }
}

impl Term {
    /// Whether a text of the meeting can fit at all.
    fn may_hold(&self, source: &Source<'_>) -> bool {
        let head = &source.meeting.head;
        let held = match &self.test {
            Test::Committee(piece) => {
                let of = source.committee.map(|committee| &committee.head);
                let names = of.map(|head| [head.name.as_str(), &head.short]);
                let names = std::iter::once(head.committee.as_str()).chain(names.into_iter().flatten());
                names.into_iter().any(|name| name_line(name).contains(piece))
            }
            Test::Meeting(piece) => {
                [&head.id, &head.title].iter().any(|name| name_line(name).contains(piece))
            }
            Test::Period(from, to) => head.date.is_some_and(|date| *from <= date && date <= *to),
            Test::Speaker(_) | Test::Kind(_) | Test::NoteKind(_) => return true,
        };
        held != self.refused
    }

    fn holds(&self, meeting: &Meeting, kind: HitKind, speaker: &str, note: Option<&Note>) -> bool {
        let held = match &self.test {
            Test::Speaker(piece) => speaker_lines(meeting, speaker).contains(piece),
            Test::Kind(wanted) => *wanted == kind,
            Test::NoteKind(wanted) => {
                kind == HitKind::Note && note.is_some_and(|note| note.kind == Some(*wanted))
            }
            Test::Committee(_) | Test::Meeting(_) | Test::Period(..) => return true,
        };
        held != self.refused
    }
}

/// What a speaker is found by: name, id, and the unit as the meeting names it.
fn speaker_lines(meeting: &Meeting, speaker: &str) -> String {
    let seat = meeting.seat(speaker);
    let unit = seat.map_or("", |seat: &Seat| seat.unit.as_str());
    let named = meeting.units.iter().find(|known| known.id == unit);
    let of_unit = named.map(|unit| [unit.name.as_str(), &unit.short]).into_iter().flatten();
    let names = [speaker, seat.map_or("", |seat| &seat.name), unit];
    names.into_iter().chain(of_unit).filter(|name| !name.is_empty()).map(name_line).collect()
}

#[cfg(test)]
mod tests;
