//! Saves and looks in every order that a window and somebody else can bring about.

use std::fs;

use super::*;
use crate::domain::meeting::{Note, SCHEMA};

const ID: &str = "2026-08-15-hop";

struct Room {
    folder: tempfile::TempDir,
    keeper: Keeper,
    workspace: Workspace,
}

fn key() -> RecordKey {
    RecordKey::Meeting(ID.to_owned())
}

fn room() -> Room {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::create(&folder.path().join("w"), &folder.path().join("state")).unwrap();
    let journal = JournalWriter::start(&workspace.journals(), &workspace.tag(), |_| {}).unwrap();
    let mut keeper = Keeper::new(workspace.clone(), Arc::new(journal));
    let mut meeting = Meeting::default();
    meeting.head.id = ID.to_owned();
    meeting.head.schema = Some(SCHEMA);
    let record = Box::new(AnyRecord::Meeting(meeting));
    let made = keeper.perform(Order::Create { record, covers: 0 });
    assert!(matches!(&made[..], [Event::Opened { result: Ok(_), .. }]), "{made:?}");
    Room { folder, keeper, workspace }
}

impl Room {
    fn open(&mut self) -> Meeting {
        match self.keeper.perform(Order::Open(key())).pop() {
            Some(Event::Opened { result: Ok(opened), .. }) => meeting(opened.record),
            other => panic!("{other:?}"),
        }
    }

    fn save(&mut self, record: &Meeting) -> Meeting {
        let record = Box::new(AnyRecord::Meeting(record.clone()));
        match self.keeper.perform(Order::Save { key: key(), record, covers: 0 }).pop() {
            Some(Event::Saved { result: Ok(record), .. }) => meeting(record),
            other => panic!("{other:?}"),
        }
    }

    /// Another program adds a line to the file.
    fn write_outside(&self, id: &str) {
        let path = self.workspace.path(&key()).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        fs::write(path, format!("{text}\n[[notes]]\nid = \"{id}\"\ntext = \"{id}\"\n")).unwrap();
    }

    fn look(&mut self) -> Option<Meeting> {
        match self.keeper.perform(Order::Look).pop() {
            Some(Event::Outside { record, .. }) => Some(meeting(*record)),
            None => None,
            other => panic!("{other:?}"),
        }
    }

    fn filed(&self) -> Vec<String> {
        ids(&self.workspace.load::<Meeting>(ID).unwrap().record)
    }
}

fn meeting(record: AnyRecord) -> Meeting {
    match record {
        AnyRecord::Meeting(meeting) => meeting,
        AnyRecord::Committee(_) => panic!("a committee"),
    }
}

fn ids(meeting: &Meeting) -> Vec<String> {
    let mut ids: Vec<String> = meeting.notes.iter().map(|note| note.id.clone()).collect();
    ids.sort();
    ids
}

fn with_note(meeting: &Meeting, id: &str) -> Meeting {
    let mut meeting = meeting.clone();
    meeting.notes.push(Note { id: id.to_owned(), text: id.to_owned(), ..Note::default() });
    meeting
}

#[test]
fn a_save_from_before_the_window_knew_deletes_nothing() {
    let mut room = room();
    let ours = with_note(&room.open(), "mine");
    room.write_outside("theirs");
    assert_eq!(room.look().map(|told| ids(&told)), Some(vec!["theirs".to_owned()]));
    assert_eq!(ids(&room.save(&ours)), ["mine", "theirs"]);
    // The word that it knows now comes late and changes nothing.
    room.keeper.perform(Order::Absorbed(key()));
    assert_eq!(room.filed(), ["mine", "theirs"]);
}

#[test]
fn a_save_from_after_the_window_knew_may_delete() {
    let mut room = room();
    let ours = room.open();
    room.write_outside("theirs");
    assert!(room.look().is_some());
    room.keeper.perform(Order::Absorbed(key()));
    assert!(room.save(&ours).notes.is_empty());
    assert!(room.filed().is_empty());
}

#[test]
fn what_is_told_once_is_not_told_again_and_own_saves_never_are() {
    let mut room = room();
    let ours = with_note(&room.open(), "mine");
    room.save(&ours);
    assert_eq!(room.look(), None);
    room.write_outside("one");
    assert!(room.look().is_some());
    assert_eq!(room.look(), None);
    room.keeper.perform(Order::Absorbed(key()));
    assert_eq!(room.look(), None);
    room.write_outside("two");
    assert!(room.look().is_some());
}

#[test]
fn a_record_opened_twice_is_the_one_that_the_window_knows() {
    let mut room = room();
    let before = room.open();
    room.write_outside("theirs");
    assert_eq!(room.open(), before);
}

#[test]
fn an_open_of_nothing_and_a_save_of_nothing_open_are_failures() {
    let mut room = room();
    let other = RecordKey::Meeting("2026-08-16-khac".to_owned());
    let opened = room.keeper.perform(Order::Open(other.clone()));
    assert!(matches!(&opened[..], [Event::Opened { result: Err(_), .. }]), "{opened:?}");
    let record = Box::new(AnyRecord::Meeting(Meeting::default()));
    let saved = room.keeper.perform(Order::Save { key: other, record, covers: 0 });
    assert!(matches!(&saved[..], [Event::Saved { result: Err(_), .. }]), "{saved:?}");
    assert!(room.folder.path().exists());
}
