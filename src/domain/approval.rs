//! From the closed meeting to the approved text: to the chair, back, approved. What stage may follow which. Knows no
//! clock and no screen.

use chrono::NaiveDate;

use crate::domain::fields::Record;
use crate::domain::kinds::Stage;
use crate::domain::meeting::{Approval, Meeting};
use crate::domain::seal;

/// A step on the way of the text. Issuing comes with the number of the first notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passage {
    /// To the chair, to be read.
    Submit,
    /// Back from the chair, to be worked on.
    TakeBack,
    Approve,
}

impl Passage {
    /// The only stage it leads from.
    pub fn from(self) -> Stage {
        match self {
            Passage::Submit => Stage::Closed,
            Passage::TakeBack | Passage::Approve => Stage::WithChair,
        }
    }
}

/// Whether the text may go that way now.
pub fn may_pass(meeting: &Meeting, passage: Passage) -> bool {
    meeting.stage() == passage.from()
}

/// The closed record goes to the chair. Another stage stays as it is.
pub fn submit(meeting: &mut Meeting) {
    if may_pass(meeting, Passage::Submit) {
        meeting.head.stage = Some(Stage::WithChair);
    }
}

/// The record comes back from the chair. Another stage stays as it is.
pub fn take_back(meeting: &mut Meeting) {
    if may_pass(meeting, Passage::TakeBack) {
        meeting.head.stage = Some(Stage::Closed);
    }
}

/// Approves and seals the text. Ids that stand in memory only are written first, since the seal covers them. Only a
/// text that is with the chair is approved.
pub fn approve(meeting: &mut Meeting, on: NaiveDate, by: &str) {
    if !may_pass(meeting, Passage::Approve) {
        return;
    }
    write_ids(meeting);
    meeting.head.stage = Some(Stage::Approved);
    meeting.head.approval = Some(Approval {
        on: Some(on),
        by: by.to_owned(),
        keys: Some(seal::KEYS_VERSION),
        sha256: seal::checksum(meeting),
        ..Approval::default()
    });
}

fn write_ids(meeting: &mut Meeting) {
    for table in Meeting::TABLES {
        let Some(rows) = meeting.rows_mut(table) else { continue };
        for at in 0..rows.len() {
            if let Some(row) = rows.row_mut(at) {
                row.extra_mut().unwritten_id = false;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::Note;
    use crate::domain::seal::{Seal, canonical, seal};

    fn day() -> NaiveDate {
        "2022-01-20".parse().unwrap()
    }

    #[test]
    fn each_passage_leads_from_one_stage() {
        for stage in Stage::ALL {
            let mut base = Meeting::default();
            base.head.stage = Some(*stage);
            let after = |pass: fn(&mut Meeting)| {
                let mut m = base.clone();
                pass(&mut m);
                m.stage()
            };
            let expect = |from, to| if *stage == from { to } else { *stage };
            assert_eq!(after(submit), expect(Stage::Closed, Stage::WithChair), "{stage:?}");
            assert_eq!(after(take_back), expect(Stage::WithChair, Stage::Closed), "{stage:?}");
            assert_eq!(after(|m| approve(m, day(), "x")), expect(Stage::WithChair, Stage::Approved));
        }
    }

    #[test]
    fn approving_writes_the_ids_and_then_seals() {
        let mut m = Meeting::default();
        m.head.stage = Some(Stage::WithChair);
        let mut note = Note { id: "abcd1234".into(), text: "một".into(), ..Note::default() };
        note.extra.unwritten_id = true;
        m.notes.push(note);
        approve(&mut m, day(), "quang");
        let approval = m.head.approval.clone().unwrap();
        assert_eq!((approval.on, approval.by.as_str(), approval.keys), (Some(day()), "quang", Some(1)));
        assert_eq!(seal(&m), Seal::Intact);
        assert!(canonical(&m).contains("notes.abcd1234.id=\"abcd1234\"\n"));
    }
}
