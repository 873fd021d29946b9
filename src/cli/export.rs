//! `steerco export`: papers out of the record, into `papers/` of the workspace, a file or standard output. Knows no layout.

use std::path::Path;

use clap::ArgMatches;

use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, args, found, out};
use crate::domain::committee::Committee;
use crate::domain::meeting::Meeting;
use crate::domain::seats;
use crate::error::{Action, Error};
use crate::export::{self, Audience, Format, Material, Order, PaperKind};
use crate::store::papers::{self, Put};
use crate::store::workspace::{Contents, Workspace};
use crate::words::Words;

/// Makes the paper that the arguments ask for.
pub fn export(call: &Call, given: &ArgMatches) -> Result<Outcome, Trouble> {
    let workspace = call.open_workspace()?;
    let meeting = found::meeting(call, &workspace, args::text(given, "meeting"))?;
    let contents = found::everything(call, &workspace);
    let job = Job { call, workspace: &workspace, contents: &contents, given };
    job.of_meeting(&meeting.record)
}

struct Job<'a> {
    call: &'a Call,
    workspace: &'a Workspace,
    contents: &'a Contents,
    given: &'a ArgMatches,
}

impl Job<'_> {
    fn of_meeting(&self, meeting: &Meeting) -> Result<Outcome, Trouble> {
        let kind = PaperKind::from_word(args::text(self.given, "paper")).unwrap_or(PaperKind::Minutes);
        let committee = found::committee(self.contents, meeting);
        let words = self.paper_words(meeting, committee);
        let unit = self.unit(meeting, committee)?;
        let meetings: Vec<&Meeting> = self.contents.meetings.iter().map(|stored| &stored.record).collect();
        let material = Material { meeting, committee, meetings: &meetings };
        let order =
            Order { kind, audience: self.audience(), unit: &unit, today: self.call.today(), words: &words };
        let paper = export::paper(order, material);
        let format = self.format();
        let made = export::render(&paper, format);
        let bytes =
            made.map_err(|why| Trouble::Failed(self.call.say("cli.not_made", &[("cause", &why.0)])))?;
        let name = format!("{}.{}", paper.file_name, format.word());
        self.deliver(meeting, &name, &bytes)?;
        Ok(Outcome::Done)
    }

    /// Papers follow the meeting's language, else the committee's, else the screen's.
    fn paper_words(&self, meeting: &Meeting, committee: Option<&Committee>) -> Words {
        let of_committee = committee.and_then(|committee| committee.head.language);
        Words::of(meeting.head.language.or(of_committee).unwrap_or(self.call.words.language))
    }

    fn audience(&self) -> Audience {
        if self.given.get_flag("public") { Audience::Public } else { Audience::Members }
    }

    fn format(&self) -> Format {
        Format::from_word(args::text(self.given, "format")).unwrap_or(Format::Docx)
    }

    /// The id of the unit that is named, by id, name, short name or alias.
    fn unit(&self, meeting: &Meeting, committee: Option<&Committee>) -> Result<String, Trouble> {
        let said = args::text(self.given, "unit");
        if said.is_empty() {
            return Ok(String::new());
        }
        let meant = seats::unit_meant(meeting, committee, said);
        meant.ok_or_else(|| Trouble::NotFound(self.call.say("cli.no_unit", &[("name", said)])))
    }

    /// To the file or standard output that is named, else into the workspace.
    fn deliver(&self, meeting: &Meeting, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        match args::text(self.given, "output") {
            "-" => out::bytes(bytes),
            "" => {
                let kept: Vec<String> = meeting.papers.iter().map(|paper| paper.sha256.clone()).collect();
                let put = papers::put(self.workspace.root(), &meeting.head.id, name, bytes, &kept)?;
                self.tell(&put)
            }
            file => {
                let path = Path::new(file);
                std::fs::write(path, bytes).map_err(Error::io(Action::Write, path))?;
                out::result(&format!("{file}\n"))
            }
        }
    }

    fn tell(&self, put: &Put) -> Result<(), Trouble> {
        let path = match put {
            Put::Written(path) => path,
            Put::Beside { path, edited } => {
                let slots = [("edited", edited.display().to_string()), ("path", path.display().to_string())];
                out::message(&self.call.words.fill("cli.paper_kept", &slots));
                path
            }
        };
        out::result(&format!("{}\n", path.display()))
    }
}
