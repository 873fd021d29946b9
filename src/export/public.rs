//! What the public variant of a paper leaves out: confidential items, confidential lines and everything that came from
//! them, counted. Must not know layouts.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::domain::amendment;
use crate::domain::fields::Row;
use crate::domain::meeting::Meeting;

/// Who reads the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Those who were there: everything prints.
    Members,
    /// Everybody: what is confidential does not print, only its count.
    Public,
}

/// How much was left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    pub items: usize,
    pub lines: usize,
    pub conclusions: usize,
    pub tasks: usize,
    /// Votes, documents, figures and awards.
    pub others: usize,
}

impl Withheld {
    pub fn total(self) -> usize {
        self.items + self.lines + self.conclusions + self.tasks + self.others
    }
}

/// The meeting as these readers may see it, with its amendments.
pub fn seen(meeting: &Meeting, audience: Audience) -> Cow<'_, Meeting> {
    if audience == Audience::Members {
        return amendment::amended(meeting);
    }
    let mut seen = meeting.clone();
    withhold(&mut seen);
    Cow::Owned(amendment::amended(&seen).into_owned())
}

/// Leaves out of `meeting` what is confidential, and counts it. A row that rests on a hidden line is hidden with it,
/// an amendment of a hidden row too.
pub fn withhold(meeting: &mut Meeting) -> Withheld {
    let mut hidden = HashSet::new();
    let items = drop_rows(&mut meeting.agenda, &mut hidden, |item, _| item.confidential);
    let withheld = Withheld {
        items,
        lines: drop_rows(&mut meeting.notes, &mut hidden, |note, hidden| {
            note.confidential || hidden.contains(&note.item)
        }),
        conclusions: drop_rows(&mut meeting.conclusions, &mut hidden, |row, hidden| {
            hidden.contains(&row.note)
        }),
        tasks: drop_rows(&mut meeting.tasks, &mut hidden, |row, hidden| hidden.contains(&row.note)),
        others: drop_rows(&mut meeting.votes, &mut hidden, |row, hidden| {
            hidden.contains(&row.note) || hidden.contains(&row.item)
        }) + drop_rows(&mut meeting.documents, &mut hidden, |row, hidden| hidden.contains(&row.note))
            + drop_rows(&mut meeting.figures, &mut hidden, |row, hidden| hidden.contains(&row.note))
            + drop_rows(&mut meeting.awards, &mut hidden, |row, hidden| hidden.contains(&row.note)),
    };
    meeting.turns.retain(|turn| !hidden.contains(&turn.item));
    meeting.queue.retain(|entry| !hidden.contains(&entry.item));
    meeting.amendments.retain(|row| !hidden.contains(&row.target));
    meeting.tasks.iter_mut().for_each(|task| task.basis.retain(|id| !hidden.contains(id)));
    // A prepared text never prints; of a conflict nobody knows which value stands.
    meeting.prepared.clear();
    meeting.conflicts.clear();
    withheld
}

/// Drops the rows that are secret and remembers their ids; how many they were.
fn drop_rows<R: Row>(
    rows: &mut Vec<R>,
    hidden: &mut HashSet<String>,
    is_secret: impl Fn(&R, &HashSet<String>) -> bool,
) -> usize {
    let before = rows.len();
    let (secret, left): (Vec<R>, Vec<R>) = rows.drain(..).partition(|row| is_secret(row, hidden));
    *rows = left;
    hidden.extend(secret.iter().map(|row| row.id().to_owned()).filter(|id| !id.is_empty()));
    before - rows.len()
}
