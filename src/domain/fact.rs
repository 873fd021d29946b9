//! What a meeting recorded beside its lines (votes, figures, documents, the queue, turns …): taking one out again with
//! what named it moved first, the order of the queue, numbers of conclusions. Knows no clock and no screen.

use crate::domain::followup;
use crate::domain::kinds::NoteKind;
use crate::domain::meeting::Meeting;

/// A table of facts, in the order in which they are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FactKind {
    Conclusion,
    Task,
    Vote,
    Figure,
    Award,
    Document,
    Queue,
    Prepared,
    Turn,
}

impl FactKind {
    pub const ALL: [FactKind; 9] = [
        FactKind::Conclusion,
        FactKind::Task,
        FactKind::Vote,
        FactKind::Figure,
        FactKind::Award,
        FactKind::Document,
        FactKind::Queue,
        FactKind::Prepared,
        FactKind::Turn,
    ];

    /// The table's name in the file.
    pub fn table(self) -> &'static str {
        match self {
            FactKind::Conclusion => "conclusions",
            FactKind::Task => "tasks",
            FactKind::Vote => "votes",
            FactKind::Figure => "figures",
            FactKind::Award => "awards",
            FactKind::Document => "documents",
            FactKind::Queue => "queue",
            FactKind::Prepared => "prepared",
            FactKind::Turn => "turns",
        }
    }

    pub fn of_table(table: &str) -> Option<FactKind> {
        FactKind::ALL.into_iter().find(|kind| kind.table() == table)
    }
}

/// Why a fact stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Something became of the task already: it is cancelled, not taken out.
    HasHistory,
}

/// Takes a fact out; its line stays. What named it names what it came from, or says its words.
///
/// # Errors
/// A task of which something became already stays.
pub fn remove(meeting: &mut Meeting, kind: FactKind, id: &str) -> Result<(), Kept> {
    match kind {
        FactKind::Conclusion => unconclude(meeting, id),
        FactKind::Task => return remove_task(meeting, id),
        FactKind::Document => remove_document(meeting, id),
        FactKind::Vote => meeting.votes.retain(|row| row.id != id),
        FactKind::Figure => meeting.figures.retain(|row| row.id != id),
        FactKind::Award => meeting.awards.retain(|row| row.id != id),
        FactKind::Queue => meeting.queue.retain(|row| row.id != id),
        FactKind::Prepared => meeting.prepared.retain(|row| row.id != id),
        FactKind::Turn => meeting.turns.retain(|row| row.id != id),
    }
    Ok(())
}

/// Makes a conclusion a plain line again. Tasks that rest on it rest on its line; its number stays free.
pub fn unconclude(meeting: &mut Meeting, id: &str) {
    let Some(at) = meeting.conclusions.iter().position(|row| row.id == id) else { return };
    let note = meeting.conclusions.remove(at).note;
    let there = meeting.note(&note).is_some();
    rest_on(meeting, id, there.then_some(note.as_str()));
    if meeting.conclusions.iter().any(|row| row.note == note) {
        return;
    }
    if let Some(line) = meeting.notes.iter_mut().find(|line| line.id == note) {
        line.kind = line.kind.filter(|kind| *kind != NoteKind::Conclusion);
    }
}

/// Lets every task that rests on `old` rest on `new`, or on nothing in its place.
pub fn rest_on(meeting: &mut Meeting, old: &str, new: Option<&str>) {
    for task in &mut meeting.tasks {
        let Some(at) = task.basis.iter().position(|basis| basis == old) else { continue };
        match new.filter(|new| !task.basis.iter().any(|basis| basis == new)) {
            Some(new) => new.clone_into(&mut task.basis[at]),
            None => drop(task.basis.remove(at)),
        }
    }
}

fn remove_task(meeting: &mut Meeting, id: &str) -> Result<(), Kept> {
    let Some(at) = meeting.tasks.iter().position(|task| task.id == id) else { return Ok(()) };
    if followup::has_history(&meeting.tasks[at]) {
        return Err(Kept::HasHistory);
    }
    let note = meeting.tasks.remove(at).note;
    let others = meeting.tasks.iter().any(|task| task.note == note);
    if let Some(line) = meeting.notes.iter_mut().find(|line| line.id == note && !others) {
        line.kind = line.kind.filter(|kind| *kind != NoteKind::Assignment);
    }
    Ok(())
}

fn remove_document(meeting: &mut Meeting, id: &str) {
    let Some(at) = meeting.documents.iter().position(|row| row.id == id) else { return };
    let gone = meeting.documents.remove(at);
    let words = [gone.number.as_str(), gone.title.as_str()].into_iter().find(|words| !words.is_empty());
    rest_on(meeting, id, words);
}

/// Which way something goes in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Up,
    Down,
}

/// Moves an entry of the queue or a prepared text one place; the others keep their order. Nothing else has an order of
/// its own: turns go by time, the rest by their lines.
pub fn shift(meeting: &mut Meeting, kind: FactKind, id: &str, way: Way) {
    match kind {
        FactKind::Queue => swap(&mut meeting.queue, |row| row.id == id, way),
        FactKind::Prepared => swap(&mut meeting.prepared, |row| row.id == id, way),
        _ => {}
    }
}

fn swap<T>(rows: &mut [T], is_it: impl Fn(&T) -> bool, way: Way) {
    let Some(at) = rows.iter().position(is_it) else { return };
    let to = match way {
        Way::Up => at.checked_sub(1),
        Way::Down => Some(at + 1).filter(|to| *to < rows.len()),
    };
    if let Some(to) = to {
        rows.swap(at, to);
    }
}

/// Gives conclusions their numbers: the first takes `first`, the others follow in the order given.
///
/// # Errors
/// The first of these numbers that another conclusion has; then nothing is changed.
pub fn renumber(meeting: &mut Meeting, ids: &[String], first: i64) -> Result<(), i64> {
    let last = first.saturating_add(ids.len() as i64);
    let others = meeting.conclusions.iter().filter(|row| !ids.contains(&row.id));
    let taken = others.filter_map(|row| row.number).filter(|number| (first..last).contains(number)).min();
    if let Some(taken) = taken {
        return Err(taken);
    }
    for (id, number) in ids.iter().zip(first..) {
        if let Some(row) = meeting.conclusions.iter_mut().find(|row| row.id == *id) {
            row.number = Some(number);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::{Conclusion, Document, Note, QueueEntry, Report, Task};

    fn meeting() -> Meeting {
        let conclusion = |id: &str, number, note: &str| Conclusion {
            id: id.into(),
            number: Some(number),
            note: note.into(),
            ..Conclusion::default()
        };
        let kind = Some(NoteKind::Conclusion);
        Meeting {
            notes: vec![Note { id: "n1".into(), kind, ..Note::default() }],
            conclusions: vec![
                conclusion("c1", 1, "n1"),
                conclusion("c2", 2, "n2"),
                conclusion("c3", 5, "n3"),
            ],
            documents: vec![Document { id: "d1".into(), number: "23-QĐ/TW".into(), ..Document::default() }],
            tasks: vec![Task {
                id: "t1".into(),
                note: "n1".into(),
                basis: vec!["c1".into(), "d1".into(), "c2".into()],
                ..Task::default()
            }],
            queue: ["q1", "q2", "q3"].map(|id| QueueEntry { id: id.into(), ..QueueEntry::default() }).into(),
            ..Meeting::default()
        }
    }

    #[test]
    fn what_rested_on_a_fact_moves_before_it_goes() {
        let mut m = meeting();
        for (kind, id) in
            [(FactKind::Conclusion, "c1"), (FactKind::Document, "d1"), (FactKind::Conclusion, "c2")]
        {
            assert_eq!(remove(&mut m, kind, id), Ok(()));
        }
        assert_eq!(m.tasks[0].basis, ["n1", "23-QĐ/TW"], "a line that is gone is no basis");
        assert_eq!(m.notes[0].kind, None);
        assert_eq!(m.next_conclusion_number(), 6, "numbers stay as spoken");
    }

    #[test]
    fn a_task_with_a_history_stays() {
        let mut m = meeting();
        m.tasks[0].reports.push(Report::default());
        assert_eq!(remove(&mut m, FactKind::Task, "t1"), Err(Kept::HasHistory));
        m.tasks[0].reports.clear();
        assert_eq!(remove(&mut m, FactKind::Task, "t1"), Ok(()));
        assert!(m.tasks.is_empty());
    }

    #[test]
    fn numbers_follow_and_never_clash() {
        let mut m = meeting();
        let ids = ["c1".to_owned(), "c2".to_owned()];
        assert_eq!(renumber(&mut m, &ids, 4), Err(5));
        assert_eq!(renumber(&mut m, &ids, 2), Ok(()), "their own numbers are no clash");
        assert_eq!(m.conclusions.iter().filter_map(|c| c.number).collect::<Vec<_>>(), [2, 3, 5]);
    }

    #[test]
    fn the_queue_is_reordered_inside_its_ends() {
        let mut m = meeting();
        let order = |m: &Meeting| m.queue.iter().map(|row| row.id.clone()).collect::<Vec<_>>().join(" ");
        shift(&mut m, FactKind::Queue, "q1", Way::Up);
        assert_eq!(order(&m), "q1 q2 q3");
        shift(&mut m, FactKind::Queue, "q1", Way::Down);
        shift(&mut m, FactKind::Queue, "q1", Way::Down);
        shift(&mut m, FactKind::Queue, "q1", Way::Down);
        assert_eq!(order(&m), "q2 q3 q1");
    }
}
