//! The texts of one meeting that are searched, folded once. Knows no query.

use std::borrow::Cow;

use super::{HitKind, person_text};
use crate::domain::meeting::{Meeting, Note};
use crate::text::fold::plain;

/// The searched texts of a meeting, in the order of its tables. It stays true as long as the meeting stays the same.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    pub(super) lines: Vec<Line>,
}

/// One text: where it stands, and its folded letters.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub kind: HitKind,
    /// Place in its table.
    pub row: usize,
    /// As [`plain`].
    pub plain: Box<str>,
}

impl Sheet {
    /// Gathers the texts of a meeting.
    pub fn of(meeting: &Meeting) -> Sheet {
        let tables = [
            (HitKind::Meeting, 1),
            (HitKind::Item, meeting.agenda.len()),
            (HitKind::Note, meeting.notes.len()),
            (HitKind::Conclusion, meeting.conclusions.len()),
            (HitKind::Task, meeting.tasks.len()),
            (HitKind::Document, meeting.documents.len()),
            (HitKind::Figure, meeting.figures.len()),
            (HitKind::Award, meeting.awards.len()),
            (HitKind::Vote, meeting.votes.len()),
            (HitKind::Person, meeting.seats.len()),
        ];
        let places = tables.into_iter().flat_map(|(kind, rows)| (0..rows).map(move |row| (kind, row)));
        let line = |(kind, row)| {
            let text = text(meeting, kind, row).filter(|text| !text.is_empty())?;
            Some(Line { kind, row, plain: plain(&text).text.into_boxed_str() })
        };
        Sheet { lines: places.filter_map(line).collect() }
    }
}

/// What is shown of a row.
pub(super) fn shown(meeting: &Meeting, kind: HitKind, row: usize) -> Option<&str> {
    Some(match kind {
        HitKind::Meeting => &meeting.head.title,
        HitKind::Item => &meeting.agenda.get(row)?.title,
        HitKind::Note => &meeting.notes.get(row)?.text,
        HitKind::Conclusion => &meeting.conclusions.get(row)?.text,
        HitKind::Task => &meeting.tasks.get(row)?.content,
        HitKind::Document => &meeting.documents.get(row)?.title,
        HitKind::Figure => &meeting.figures.get(row)?.name,
        HitKind::Award => &meeting.awards.get(row)?.title,
        HitKind::Vote => &meeting.votes.get(row)?.question,
        HitKind::Person => &meeting.seats.get(row)?.name,
    })
}

/// What is searched of a row: what is shown and what goes with it.
pub(super) fn text(meeting: &Meeting, kind: HitKind, row: usize) -> Option<Cow<'_, str>> {
    let shown = shown(meeting, kind, row)?;
    let (before, after): (&str, Vec<&str>) = match kind {
        HitKind::Task => {
            let task = meeting.tasks.get(row)?;
            ("", vec![&task.product, &task.person])
        }
        HitKind::Document => {
            let document = meeting.documents.get(row)?;
            (&document.number, vec![&document.issuer])
        }
        HitKind::Award => ("", meeting.awards.get(row)?.recipients.iter().map(String::as_str).collect()),
        HitKind::Person => {
            let seat = meeting.seats.get(row)?;
            return Some(Cow::Owned(person_text(&seat.name, &seat.titles)));
        }
        _ => return Some(Cow::Borrowed(shown)),
    };
    let sign = if kind == HitKind::Document { " " } else { "; " };
    let parts = [before, shown].into_iter().chain(after).filter(|part| !part.is_empty());
    Some(Cow::Owned(parts.collect::<Vec<_>>().join(sign)))
}

/// The id of a row, who said it and in which line.
pub(super) fn place(meeting: &Meeting, kind: HitKind, row: usize) -> Option<(&str, &str, Option<&Note>)> {
    let (id, note, by) = match kind {
        HitKind::Meeting => (&meeting.head.id, "", ""),
        HitKind::Item => {
            let item = meeting.agenda.get(row)?;
            (&item.id, "", item.presenter.as_str())
        }
        HitKind::Note => {
            let note = meeting.notes.get(row)?;
            return Some((&note.id, &note.speaker, Some(note)));
        }
        HitKind::Conclusion => {
            let conclusion = meeting.conclusions.get(row)?;
            (&conclusion.id, conclusion.note.as_str(), "")
        }
        HitKind::Task => {
            let task = meeting.tasks.get(row)?;
            (&task.id, task.note.as_str(), "")
        }
        HitKind::Document => {
            let document = meeting.documents.get(row)?;
            (&document.id, document.note.as_str(), "")
        }
        HitKind::Figure => {
            let figure = meeting.figures.get(row)?;
            (&figure.id, figure.note.as_str(), "")
        }
        HitKind::Award => {
            let award = meeting.awards.get(row)?;
            (&award.id, award.note.as_str(), "")
        }
        HitKind::Vote => {
            let vote = meeting.votes.get(row)?;
            (&vote.id, vote.note.as_str(), "")
        }
        HitKind::Person => {
            let seat = meeting.seats.get(row)?;
            (&seat.id, "", seat.id.as_str())
        }
    };
    let note = (!note.is_empty()).then(|| meeting.note(note)).flatten();
    Some((id, note.map_or(by, |note| &note.speaker), note))
}
