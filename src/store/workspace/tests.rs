//! Records filed, saved side by side, merged and left alone.

use super::*;
use crate::domain::meeting::Note;

struct Room {
    _folder: tempfile::TempDir,
    workspace: Workspace,
}

fn room() -> Room {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::create(&folder.path().join("w"), &folder.path().join("state")).unwrap();
    Room { _folder: folder, workspace }
}

fn meeting(id: &str) -> Meeting {
    let mut meeting = Meeting::default();
    meeting.head.id = id.into();
    meeting.head.schema = Some(SCHEMA);
    meeting.head.title = "Họp".into();
    meeting
}

fn note(id: &str) -> Note {
    Note { id: id.into(), text: id.into(), ..Note::default() }
}

#[test]
fn a_new_meeting_is_filed_under_its_year_and_never_written_over() {
    let Room { workspace, .. } = &room();
    let made = workspace.create_record(&meeting("2022-01-13-hop"), |_| {}).unwrap();
    assert!(made.path.ends_with("meetings/2022/2022-01-13-hop.toml"));
    assert_eq!(workspace.load::<Meeting>("2022-01-13-hop").unwrap().record, made.record);
    let again = workspace.create_record(&meeting("2022-01-13-hop"), |_| {});
    assert!(matches!(again, Err(Error::Exists { .. })));
    let evil = workspace.create_record(&meeting("../../evil"), |_| {});
    assert!(matches!(evil, Err(Error::BadId { .. })));
}

#[test]
fn a_save_tells_its_hash_first_and_changes_nothing_when_nothing_changed() {
    let Room { workspace, .. } = &room();
    let made = workspace.create_record(&meeting("2022-01-13-hop"), |_| {}).unwrap();
    let mut told = String::new();
    let mut ours = made.record.clone();
    ours.notes.push(note("a"));
    let saved = workspace.save(&made, &ours, |hash| told = hash.to_owned()).unwrap();
    assert_eq!((saved.stored.hash.clone(), saved.outside), (told, Outside::Unchanged));
    assert_eq!(workspace.hash_on_disk(&Meeting::key("2022-01-13-hop")), Some(saved.stored.hash.clone()));
    let before = fs::metadata(&saved.stored.path).unwrap().modified().unwrap();
    workspace.save(&saved.stored, &saved.stored.record, |_| {}).unwrap();
    assert_eq!(fs::metadata(&saved.stored.path).unwrap().modified().unwrap(), before);
}

#[test]
fn a_record_that_outgrows_its_file_is_refused_and_the_file_stays() {
    let Room { workspace, .. } = &room();
    let made = workspace.create_record(&meeting("2022-01-13-hop"), |_| {}).unwrap();
    let mut ours = made.record.clone();
    ours.notes.push(Note { text: "x".repeat(LARGEST), ..note("a") });
    assert!(matches!(workspace.save(&made, &ours, |_| {}), Err(Error::Overfull { .. })));
    assert_eq!(fs::read(&made.path).unwrap(), made.source.bytes());
}

#[test]
fn outside_changes_and_comments_survive_a_save() {
    let Room { workspace, .. } = &room();
    let made = workspace.create_record(&meeting("2022-01-13-hop"), |_| {}).unwrap();
    let text = fs::read_to_string(&made.path).unwrap();
    let outside = format!("# bởi tay\n{text}place = 'Hội trường' # mới\n\n[[notes]]\nid = 'b'\ntext = 'b'\n");
    fs::write(&made.path, &outside).unwrap();
    let mut ours = made.record.clone();
    ours.notes.push(note("a"));
    let saved = workspace.save(&made, &ours, |_| {}).unwrap();
    assert_eq!(saved.outside, Outside::Merged);
    let record = saved.stored.record;
    assert_eq!(record.notes.len(), 2);
    assert_eq!(record.head.place, "Hội trường");
    let text = fs::read_to_string(&made.path).unwrap();
    assert!(text.starts_with("# bởi tay\n") && text.contains("place = 'Hội trường' # mới\n"), "{text}");
}

#[test]
fn a_file_taken_away_is_written_again() {
    let Room { workspace, .. } = &room();
    let made = workspace.create_record(&meeting("2022-01-13-hop"), |_| {}).unwrap();
    fs::remove_file(&made.path).unwrap();
    let saved = workspace.save(&made, &made.record, |_| {}).unwrap();
    assert_eq!(saved.outside, Outside::Removed);
    assert!(made.path.exists());
}

#[test]
fn broken_newer_and_misnamed_files_are_listed_and_left_alone() {
    let Room { workspace, .. } = &room();
    let folder = workspace.root().join("meetings/2022");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("2022-01-01-a.toml"), "title = \"Mở\nx").unwrap();
    fs::write(folder.join("2022-01-02-b.toml"), "schema = 99\ntitle = 'B'\n").unwrap();
    fs::write(folder.join("Bản nháp.toml"), "").unwrap();
    fs::write(folder.join("2022-01-03-c.toml"), "id = '2022-01-03-c'\ncommittee = 'k'\nsite = 'x'\n")
        .unwrap();
    fs::write(workspace.root().join("committees/k.toml"), "id = 'k'\nname = 'K'\n").unwrap();
    let contents = workspace.load_all();
    assert_eq!((contents.meetings.len(), contents.committees.len(), contents.failures.len()), (2, 1, 2));
    assert!(contents.failures.iter().any(|e| matches!(e, Error::Parse { failure, .. } if failure.line == 1)));
    let newer = &contents.meetings[0];
    assert_eq!(newer.access, Access::ReadOnly);
    assert!(matches!(workspace.save(newer, &newer.record, |_| {}), Err(Error::Newer { schema: 99, .. })));
    let checked = &contents.meetings[1].problems;
    assert!(checked.iter().any(|found| found.problem.key == "site" && found.at.line == 3), "{checked:?}");
}

#[test]
fn the_nearest_workspace_above_is_found() {
    let Room { workspace, .. } = &room();
    let deep = workspace.root().join("meetings/2022");
    fs::create_dir_all(&deep).unwrap();
    assert_eq!(Workspace::discover(&deep).as_deref(), Some(workspace.root()));
}

#[test]
fn two_windows_that_save_at_once_lose_nothing() {
    let Room { workspace, .. } = &room();
    let made = workspace.create_record(&meeting("2022-01-13-hop"), |_| {}).unwrap();
    std::thread::scope(|scope| {
        for window in 0..4 {
            let made = made.clone();
            scope.spawn(move || {
                let mut base = made;
                for line in 0..5 {
                    let mut ours = base.record.clone();
                    ours.notes.push(note(&format!("w{window}l{line}")));
                    base = workspace.save(&base, &ours, |_| {}).unwrap().stored;
                }
            });
        }
    });
    assert_eq!(workspace.load::<Meeting>("2022-01-13-hop").unwrap().record.notes.len(), 20);
}

#[test]
fn a_file_broken_from_outside_is_refused_and_left_as_it_is() {
    let Room { workspace, .. } = &room();
    let made = workspace.create_record(&meeting("2022-01-13-hop"), |_| {}).unwrap();
    fs::write(&made.path, "title = \"dở").unwrap();
    let mut ours = made.record.clone();
    ours.notes.push(note("a"));
    assert!(matches!(workspace.save(&made, &ours, |_| {}), Err(Error::Parse { .. })));
    assert_eq!(fs::read_to_string(&made.path).unwrap(), "title = \"dở");
}
