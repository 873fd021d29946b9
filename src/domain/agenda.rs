//! The programme as a list: items put in, taken out, moved, and the times of their visits corrected. What named an item
//! that goes names another first. Knows no clock and no screen.

use chrono::NaiveDateTime;

use crate::domain::fields::Record;
use crate::domain::meeting::{AgendaItem, Meeting, Span};
use crate::domain::programme;
use crate::domain::value::Value;

/// Where something is put in a list, by the ids of its rows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    Before(String),
    After(String),
    Last,
}

impl Place {
    /// The place in a list of these ids; at the end where the row it names is gone.
    pub fn among<'a>(&self, ids: impl IntoIterator<Item = &'a str>) -> usize {
        let (mut at, mut count) = (None, 0);
        for (n, id) in ids.into_iter().enumerate() {
            count += 1;
            at = at.or(match self {
                Place::Before(other) if other == id => Some(n),
                Place::After(other) if other == id => Some(n + 1),
                _ => None,
            });
        }
        at.unwrap_or(count)
    }
}

/// Puts items in, in their order.
pub fn insert(meeting: &mut Meeting, place: &Place, items: Vec<AgendaItem>) {
    let at = place.among(meeting.agenda.iter().map(|item| item.id.as_str()));
    meeting.agenda.splice(at..at, items);
}

/// Moves an item by so many places, inside the list.
pub fn shift(meeting: &mut Meeting, id: &str, by: isize) {
    let Some(at) = meeting.agenda.iter().position(|item| item.id == id) else { return };
    let to = at.saturating_add_signed(by).min(meeting.agenda.len() - 1);
    let item = meeting.agenda.remove(at);
    meeting.agenda.insert(to, item);
}

/// How many rows of which tables belong to an item, in the order of the file.
pub fn held(meeting: &Meeting, id: &str) -> Vec<(&'static str, usize)> {
    let of_item = |table: &&'static str| {
        let rows = meeting.rows(table)?;
        let count = rows.iter().filter(|row| row.get("item") == Some(Value::Text(id.to_owned()))).count();
        (count > 0).then_some((*table, count))
    };
    Meeting::TABLES.iter().filter_map(of_item).collect()
}

/// Takes an item out. What belonged to it, its time too, goes to the item `heir`; without one it belongs to none.
pub fn remove(meeting: &mut Meeting, id: &str, heir: Option<&str>) {
    let Some(at) = meeting.agenda.iter().position(|item| item.id == id) else { return };
    let gone = meeting.agenda.remove(at);
    // Of two items that share an id by mistake the other still has what names it.
    if meeting.item(id).is_some() {
        return;
    }
    for table in Meeting::TABLES {
        let Some(rows) = meeting.rows_mut(table) else { continue };
        for at in 0..rows.len() {
            let Some(row) = rows.row_mut(at) else { continue };
            if row.get("item") == Some(Value::Text(id.to_owned())) {
                row.put("item", heir.map(|heir| Value::Text(heir.to_owned())));
            }
        }
    }
    meeting.conflicts.retain(|conflict| conflict.target != id);
    if let Some(heir) = heir.and_then(|heir| meeting.agenda.iter_mut().find(|item| item.id == heir)) {
        let mut all = visits(heir);
        all.extend(visits(&gone));
        all.sort_by_key(|visit| visit.from);
        put_visits(heir, joined(all));
    }
}

/// Visits that touch are one.
fn joined(visits: Vec<Span>) -> Vec<Span> {
    let mut all: Vec<Span> = Vec::new();
    for visit in visits {
        match all.last_mut() {
            Some(last) if last.to.is_none_or(|to| visit.from.is_some_and(|from| from <= to)) => {
                last.to = last.to.zip(visit.to).map(|(a, b)| a.max(b));
            }
            _ => all.push(visit),
        }
    }
    all
}

/// When the item was taken up, visit by visit.
pub fn visits(item: &AgendaItem) -> Vec<Span> {
    match (item.spans.is_empty(), item.started) {
        (false, _) => item.spans.clone(),
        (true, Some(_)) => vec![Span { from: item.started, to: item.ended, ..Span::default() }],
        (true, None) => Vec::new(),
    }
}

/// Why visits cannot have been so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Impossible {
    /// One ends before it begins, or begins before the one before it ended.
    Backwards,
    /// One that is not the last has no end.
    Endless,
    /// It would run beside the item with this id.
    AlsoRuns(String),
    /// It lies before the opening or after the closing.
    Outside,
}

/// Corrects when the item was taken up. A neighbour that ended or began at the very moment of a border that moves, moves
/// its border along.
///
/// # Errors
/// The visits contradict one another or the meeting; nothing is changed.
pub fn set_visits(meeting: &mut Meeting, id: &str, now: Vec<Span>) -> Result<(), Impossible> {
    possible(meeting, id, &now)?;
    let Some(item) = meeting.agenda.iter_mut().find(|item| item.id == id) else { return Ok(()) };
    let before = visits(item);
    put_visits(item, now.clone());
    if before.len() == now.len() {
        for (before, now) in before.iter().zip(&now) {
            move_border(meeting, id, before.from, now.from);
            move_border(meeting, id, before.to, now.to);
        }
    }
    Ok(())
}

fn possible(meeting: &Meeting, id: &str, visits: &[Span]) -> Result<(), Impossible> {
    let (opened, closed) = (meeting.head.opened, meeting.head.closed);
    let mut last: Option<NaiveDateTime> = None;
    for (n, visit) in visits.iter().enumerate() {
        if visit.to.is_none() && n + 1 < visits.len() {
            return Err(Impossible::Endless);
        }
        for moment in [visit.from, visit.to].into_iter().flatten() {
            if last.is_some_and(|last| moment < last) {
                return Err(Impossible::Backwards);
            }
            last = Some(moment);
            if opened.is_some_and(|opened| moment < opened) || closed.is_some_and(|closed| moment > closed) {
                return Err(Impossible::Outside);
            }
        }
    }
    let runs = visits.last().is_some_and(|visit| visit.to.is_none());
    let other = meeting.agenda.iter().find(|item| item.id != id && programme::is_running(item));
    match other {
        Some(other) if runs => Err(Impossible::AlsoRuns(other.id.clone())),
        _ => Ok(()),
    }
}

fn put_visits(item: &mut AgendaItem, visits: Vec<Span>) {
    item.started = visits.first().and_then(|visit| visit.from);
    item.ended = visits.last().and_then(|visit| visit.to);
    item.spans = if visits.len() > 1 { visits } else { Vec::new() };
}

/// Other items whose border with this one stood at `was` have it at `now`, as long as they still end after they began.
fn move_border(meeting: &mut Meeting, id: &str, was: Option<NaiveDateTime>, now: Option<NaiveDateTime>) {
    if was == now || was.is_none() || now.is_none() {
        return;
    }
    for item in meeting.agenda.iter_mut().filter(|item| item.id != id) {
        let mut moved = visits(item);
        for visit in &mut moved {
            if visit.from == was {
                visit.from = now;
            } else if visit.to == was {
                visit.to = now;
            }
        }
        let moments: Vec<_> = moved.iter().flat_map(|visit| [visit.from, visit.to]).flatten().collect();
        if moved != visits(item) && moments.is_sorted() {
            put_visits(item, moved);
        }
    }
}

/// Corrects when the meeting was opened and closed; items and turns that began or ended at the very moment go along.
///
/// # Errors
/// It would be closed before it was opened, or something recorded would lie outside; nothing is changed.
pub fn set_frame(
    meeting: &mut Meeting,
    opened: Option<NaiveDateTime>,
    closed: Option<NaiveDateTime>,
) -> Result<(), Impossible> {
    let before = (meeting.head.opened, meeting.head.closed);
    if (opened, closed) == before {
        return Ok(());
    }
    if opened.zip(closed).is_some_and(|(opened, closed)| closed < opened) {
        return Err(Impossible::Backwards);
    }
    let mut draft = meeting.clone();
    (draft.head.opened, draft.head.closed) = (opened, closed);
    move_border(&mut draft, "", before.0, opened);
    move_border(&mut draft, "", before.1, closed);
    for turn in &mut draft.turns {
        turn.from = if turn.from == before.0 { opened } else { turn.from };
        turn.to = if turn.to == before.1 && closed.is_some() { closed } else { turn.to };
    }
    let outside = |at: &NaiveDateTime| {
        opened.is_some_and(|opened| *at < opened) || closed.is_some_and(|closed| *at > closed)
    };
    let was_outside = moments(meeting).filter(|at| {
        before.0.is_some_and(|opened| *at < opened) || before.1.is_some_and(|closed| *at > closed)
    });
    // What lay outside already is no reason to refuse.
    if moments(&draft).filter(outside).count() > was_outside.count() {
        return Err(Impossible::Outside);
    }
    *meeting = draft;
    Ok(())
}

fn moments(meeting: &Meeting) -> impl Iterator<Item = NaiveDateTime> {
    let visits = meeting.agenda.iter().flat_map(visits).flat_map(|visit| [visit.from, visit.to]);
    let turns = meeting.turns.iter().flat_map(|turn| [turn.from, turn.to]);
    visits.chain(turns).chain(meeting.notes.iter().map(|note| note.at)).flatten()
}

#[cfg(test)]
mod tests;
