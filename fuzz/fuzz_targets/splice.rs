//! A meeting is read, changed and written back: the new text holds the change, and everything that was not changed.
#![no_main]

use arbitrary::Arbitrary;
use libfuzzer_sys::fuzz_target;
use steerco::domain::meeting::{Meeting, Note, Task};
use steerco::store::meeting_file::read;
use steerco::store::splice::splice;

#[derive(Arbitrary, Debug)]
enum Change {
    AddNote(String),
    DropNote(u8),
    SetNote(u8, String),
    MoveNote(u8, u8),
    AddTask(String),
    DropTask(u8),
    SetTask(u8, String),
    SetTitle(String),
    DropSeat(u8),
    DropItem(u8),
}

fn change(meeting: &mut Meeting, change: Change, number: usize) {
    let place = |at: u8, count: usize| (count > 0).then(|| usize::from(at) % count);
    match change {
        Change::AddNote(text) => {
            meeting.notes.push(Note { id: format!("n{number:07}"), text, ..Note::default() });
        }
        Change::DropNote(at) => drop(place(at, meeting.notes.len()).map(|at| meeting.notes.remove(at))),
        Change::SetNote(at, text) => {
            if let Some(at) = place(at, meeting.notes.len()) {
                meeting.notes[at].text = text;
            }
        }
        Change::MoveNote(from, to) => {
            if let (Some(from), Some(to)) = (place(from, meeting.notes.len()), place(to, meeting.notes.len())) {
                let note = meeting.notes.remove(from);
                meeting.notes.insert(to, note);
            }
        }
        Change::AddTask(content) => {
            meeting.tasks.push(Task { id: format!("t{number:07}"), content, ..Task::default() });
        }
        Change::DropTask(at) => drop(place(at, meeting.tasks.len()).map(|at| meeting.tasks.remove(at))),
        Change::SetTask(at, content) => {
            if let Some(at) = place(at, meeting.tasks.len()) {
                meeting.tasks[at].content = content;
            }
        }
        Change::SetTitle(title) => meeting.head.title = title,
        Change::DropSeat(at) => drop(place(at, meeting.seats.len()).map(|at| meeting.seats.remove(at))),
        Change::DropItem(at) => drop(place(at, meeting.agenda.len()).map(|at| meeting.agenda.remove(at))),
    }
}

fuzz_target!(|input: (Vec<Change>, String)| {
    let (changes, text) = input;
    let Ok(opened) = read::<Meeting>(text.as_bytes()) else { return };
    let mut wanted = opened.record.clone();
    for (number, one) in changes.into_iter().take(6).enumerate() {
        change(&mut wanted, one, number);
    }
    // What cannot be written is refused as a whole; what is written is read again here, by the other reader too.
    let Ok(written) = splice(&opened.source, &opened.record, &wanted) else { return };
    let bytes = written.source.bytes();
    let again = read::<Meeting>(&bytes).expect("what was written can be read");
    assert_eq!(again.record.notes.len(), wanted.notes.len());
    assert_eq!(again.record.tasks.len(), wanted.tasks.len());
    assert_eq!(again.record, written.record);
    if wanted == opened.record {
        assert_eq!(bytes, text.as_bytes());
    }
});
