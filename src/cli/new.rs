//! `steerco new`: makes the file of a planned meeting and prints its id.

use clap::ArgMatches;

use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, args, out};
use crate::domain::committee::Committee;
use crate::domain::id::{RecordKey, is_slug, meeting_id};
use crate::domain::kinds::MeetingKind;
use crate::domain::seating::{self, Wish};
use crate::error::Error;
use crate::store::workspace::{Stored, Workspace};
use crate::words::Words;

/// Creates the meeting; its id on standard output is all that scripts need to go on.
pub fn create(call: &Call, given: &ArgMatches) -> Result<Outcome, Trouble> {
    let workspace = call.open_workspace()?;
    let id = args::text(given, "committee");
    let committee = committee(call, &workspace, id)?;
    let kind = MeetingKind::from_word(args::text(given, "kind"));
    let (Some(kind), Some(date)) = (kind, given.get_one("date").copied()) else {
        return Err(Trouble::Usage(call.words.get("cli.wrong").to_owned()));
    };
    let title = match args::text(given, "title").trim() {
        "" => default_title(&committee.record, kind, call),
        title => title.to_owned(),
    };
    let wish = Wish { committee: id, kind, date, title };
    let mut meeting = seating::planned(&wish, &committee.record, || fastrand::u64(..));
    meeting.head.id = meeting_id(date, &wish.title, |id| is_taken(&workspace, id));
    workspace.create_record(&meeting, |_| {})?;
    out::result(&format!("{}\n", meeting.head.id))?;
    Ok(Outcome::Done)
}

pub(super) fn committee(call: &Call, workspace: &Workspace, id: &str) -> Result<Stored<Committee>, Trouble> {
    let unknown = || Trouble::NotFound(call.say("cli.no_committee", &[("id", id)]));
    if !is_slug(id) {
        return Err(unknown());
    }
    match workspace.load(id) {
        Err(Error::Missing { .. }) => Err(unknown()),
        found => Ok(found?),
    }
}

fn is_taken(workspace: &Workspace, id: &str) -> bool {
    workspace.path(&RecordKey::Meeting(id.to_owned())).is_ok_and(|path| path.exists())
}

/// The title of the template, else what this kind of meeting is called in the language of the committee's papers.
fn default_title(committee: &Committee, kind: MeetingKind, call: &Call) -> String {
    match seating::template_title(committee, kind) {
        Some(title) => title.to_owned(),
        None => Words::of(committee.head.language.unwrap_or(call.words.language)).meeting_title(kind),
    }
}
