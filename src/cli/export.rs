//! `steerco export`: papers out of the record, into `papers/` of the workspace, a file or standard output. Knows no layout.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{IsTerminal, Write};
use std::path::Path;

use chrono::Datelike;
use clap::ArgMatches;

use crate::cli::office::{self, NoPdf};
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, args, found, out, tasks};
use crate::domain::committee::Committee;
use crate::domain::kinds::{Language, Stage};
use crate::domain::meeting::Meeting;
use crate::domain::period::Period;
use crate::domain::seats;
use crate::error::{Action, Error};
use crate::export::tree::Paper;
use crate::export::{self, Audience, Format, ListFormat, Material, NotMade, Order, PaperKind, TaskLine};
use crate::store::papers::{self, Put};
use crate::store::workspace::{Contents, Workspace};
use crate::text::query::Query;
use crate::words::Words;

/// Formats on the command line: those of papers, PDF by the office program, the calendar for tasks.
pub const FORMATS: [&str; 8] = ["docx", "pdf", "md", "html", "txt", "xlsx", "csv", "ics"];

/// Makes what the arguments ask for: papers of a meeting, a review, a list of tasks, or everything.
pub fn export(call: &Call, given: &ArgMatches) -> Result<Outcome, Trouble> {
    let workspace = call.open_workspace()?;
    let meeting = match args::text(given, "meeting") {
        "" => None,
        name => Some(found::meeting(call, &workspace, name)?.record),
    };
    let contents = found::everything(call, &workspace);
    let meetings = contents.meetings.iter().map(|stored| &stored.record).collect();
    let words = Language::ALL.iter().map(|language| (*language, Words::of(*language))).collect();
    let job = Job { call, workspace: &workspace, contents: &contents, meetings, words, given };
    if let Some(meeting) = meeting {
        return job.of_meeting(&meeting);
    }
    if given.get_flag("all") {
        return job.everything();
    }
    match args::text(given, "review") {
        "" => job.tasks(),
        period => job.review(period),
    }
}

/// A way to write a paper.
#[derive(Clone, Copy)]
enum Wanted {
    Own(Format),
    Pdf,
}

impl Wanted {
    fn ending(self) -> &'static str {
        match self {
            Wanted::Own(format) => format.word(),
            Wanted::Pdf => "pdf",
        }
    }
}

struct Job<'a> {
    call: &'a Call,
    workspace: &'a Workspace,
    contents: &'a Contents,
    meetings: Vec<&'a Meeting>,
    words: HashMap<Language, Words>,
    given: &'a ArgMatches,
}

impl Job<'_> {
    fn of_meeting(&self, meeting: &Meeting) -> Result<Outcome, Trouble> {
        let Some(kind) = PaperKind::from_word(args::text(self.given, "paper")) else {
            return Err(Trouble::Usage(self.call.words.get("cli.which_paper").to_owned()));
        };
        let wanted = self.wanted()?;
        let unit = self.unit(meeting)?;
        if !kind.is_for_a_unit() {
            let paper = self.paper(meeting, kind, "");
            return self.deliver(meeting, &paper, wanted);
        }
        if !unit.is_empty() {
            if !export::concerns(self.order(meeting, kind, &unit), self.material(meeting)) {
                let name = args::text(self.given, "unit");
                return Err(Trouble::NotFound(self.call.say("cli.nothing_for_unit", &[("name", name)])));
            }
            let paper = self.paper(meeting, kind, &unit);
            return self.deliver(meeting, &paper, wanted);
        }
        if !args::text(self.given, "output").is_empty() {
            return Err(Trouble::Usage(self.call.words.get("cli.which_unit").to_owned()));
        }
        let units = export::units(self.order(meeting, kind, ""), self.material(meeting));
        if units.is_empty() {
            return Err(Trouble::NotFound(self.call.words.get("cli.no_unit_concerned").to_owned()));
        }
        for unit in units {
            let paper = self.paper(meeting, kind, &unit);
            self.deliver(meeting, &paper, wanted)?;
        }
        Ok(Outcome::Done)
    }

    fn material<'m>(&'m self, meeting: &'m Meeting) -> Material<'m> {
        Material { meeting, committee: found::committee(self.contents, meeting), meetings: &self.meetings }
    }

    fn order<'m>(&'m self, meeting: &Meeting, kind: PaperKind, unit: &'m str) -> Order<'m> {
        Order {
            kind,
            audience: self.audience(),
            unit,
            today: self.call.today(),
            holidays: &self.call.read.settings.holidays,
            words: self.paper_words(meeting),
        }
    }

    fn paper(&self, meeting: &Meeting, kind: PaperKind, unit: &str) -> Paper {
        export::paper(self.order(meeting, kind, unit), self.material(meeting))
    }

    /// Papers follow the meeting's language, else the committee's, else the screen's.
    fn paper_words(&self, meeting: &Meeting) -> &Words {
        let of_committee =
            || found::committee(self.contents, meeting).and_then(|committee| committee.head.language);
        let language = meeting.head.language.or_else(of_committee);
        language.and_then(|language| self.words.get(&language)).unwrap_or(&self.call.words)
    }

    fn audience(&self) -> Audience {
        if self.given.get_flag("public") { Audience::Public } else { Audience::Members }
    }

    /// The format of a paper; a list of tasks alone goes into a calendar.
    fn wanted(&self) -> Result<Wanted, Trouble> {
        match args::text(self.given, "format") {
            "" => Ok(Wanted::Own(Format::Docx)),
            "pdf" => Ok(Wanted::Pdf),
            word => Format::from_word(word).map(Wanted::Own).ok_or_else(|| self.wrong_format(word)),
        }
    }

    fn wrong_format(&self, word: &str) -> Trouble {
        Trouble::Usage(self.call.say("cli.wrong_format", &[("format", word)]))
    }

    /// The id of the unit that is named, by id, name, short name or alias.
    fn unit(&self, meeting: &Meeting) -> Result<String, Trouble> {
        let said = args::text(self.given, "unit");
        if said.is_empty() {
            return Ok(String::new());
        }
        let meant = seats::unit_meant(meeting, found::committee(self.contents, meeting), said);
        meant.ok_or_else(|| Trouble::NotFound(self.call.say("cli.no_unit", &[("name", said)])))
    }

    fn rendered(&self, paper: &Paper, wanted: Wanted) -> Result<Vec<u8>, Trouble> {
        let words = self.words.get(&paper.language).unwrap_or(&self.call.words);
        let format = match wanted {
            Wanted::Own(format) => format,
            Wanted::Pdf => Format::Docx,
        };
        let made = export::render(paper, format, words).map_err(|why| self.not_made(why))?;
        match wanted {
            Wanted::Own(_) => Ok(made),
            Wanted::Pdf => office::pdf(&made).map_err(|why| self.no_pdf(why)),
        }
    }

    fn not_made(&self, why: NotMade) -> Trouble {
        match why {
            NotMade::NoTable => Trouble::Usage(self.call.words.get("cli.no_table").to_owned()),
            NotMade::Container(cause) => Trouble::Failed(self.call.say("cli.not_made", &[("cause", &cause)])),
        }
    }

    fn no_pdf(&self, why: NoPdf) -> Trouble {
        match why {
            NoPdf::NoOffice => Trouble::Failed(self.call.words.get("cli.no_office").to_owned()),
            NoPdf::Failed(cause) => Trouble::Failed(self.call.say("cli.office_failed", &[("cause", &cause)])),
        }
    }

    fn deliver(&self, meeting: &Meeting, paper: &Paper, wanted: Wanted) -> Result<Outcome, Trouble> {
        let bytes = self.rendered(paper, wanted)?;
        let kept: Vec<String> = meeting.papers.iter().map(|paper| paper.sha256.clone()).collect();
        let name = format!("{}.{}", paper.file_name, wanted.ending());
        self.put(&meeting.head.id, &name, &bytes, &kept)
    }

    /// To the file or standard output that is named, else into the workspace.
    fn put(&self, folder: &str, name: &str, bytes: &[u8], kept: &[String]) -> Result<Outcome, Trouble> {
        match args::text(self.given, "output") {
            "-" => out::bytes(bytes)?,
            "" => {
                let root = papers::folder(self.workspace.root());
                std::fs::create_dir_all(&root).map_err(Error::io(Action::Create, &root))?;
                let path = self.told(&papers::put(&root, folder, name, bytes, kept)?);
                out::result(&format!("{path}\n"))?;
            }
            file => {
                let path = Path::new(file);
                std::fs::write(path, bytes).map_err(Error::io(Action::Write, path))?;
                out::result(&format!("{file}\n"))?;
            }
        }
        Ok(Outcome::Done)
    }

    /// The path, after saying that an edited file was left alone.
    fn told(&self, put: &Put) -> String {
        match put {
            Put::Written(path) => path.display().to_string(),
            Put::Beside { path, edited } => {
                let slots = [("edited", edited.display().to_string()), ("path", path.display().to_string())];
                out::message(&self.call.words.fill("cli.paper_kept", &slots));
                path.display().to_string()
            }
        }
    }

    /// The review of a period, of the committee that is named or the only one.
    fn review(&self, period: &str) -> Result<Outcome, Trouble> {
        let Some(read) = Period::read(period) else {
            return Err(Trouble::Usage(self.call.say("cli.bad_period", &[("period", period)])));
        };
        let wanted = self.wanted()?;
        let (id, committee) = self.committee()?;
        let mut meeting = Meeting::default();
        meeting.head.committee = id.clone();
        meeting.head.review_period = read.spelled();
        meeting.head.language = committee.head.language;
        let material = Material { meeting: &meeting, committee: Some(committee), meetings: &self.meetings };
        let paper = export::paper(self.order(&meeting, PaperKind::Review, ""), material);
        let bytes = self.rendered(&paper, wanted)?;
        let folder = format!("{id}-{}", read.spelled().to_lowercase());
        self.put(&folder, &format!("{}.{}", paper.file_name, wanted.ending()), &bytes, &[])
    }

    fn committee(&self) -> Result<(String, &Committee), Trouble> {
        let named = args::text(self.given, "committee");
        let known =
            self.contents.committees.iter().map(|stored| (found::file_id(&stored.path), &stored.record));
        let mut known: Vec<(String, &Committee)> = known.collect();
        if !named.is_empty() {
            let one = known.into_iter().find(|(id, _)| id == named);
            return one.ok_or_else(|| Trouble::NotFound(self.call.say("cli.no_committee", &[("id", named)])));
        }
        match known.len() {
            1 => Ok(known.remove(0)),
            _ => {
                let ids: Vec<&str> = known.iter().map(|(id, _)| id.as_str()).collect();
                Err(Trouble::Usage(self.call.say("cli.which_committee", &[("ids", &ids.join(", "))])))
            }
        }
    }

    /// The tasks that hold every word of the query, as a list.
    fn tasks(&self) -> Result<Outcome, Trouble> {
        let word = args::text(self.given, "format");
        let word = if word.is_empty() { "xlsx" } else { word };
        let format = ListFormat::from_word(word).ok_or_else(|| self.wrong_format(word))?;
        let typed = self.given.get_many::<String>("tasks").into_iter().flatten();
        let query = Query::read(&typed.map(String::as_str).collect::<Vec<_>>().join(" "));
        let today = self.call.today();
        let seen = self.meetings.iter().map(|meeting| export::public::seen(meeting, self.audience()));
        let seen: Vec<Cow<'_, Meeting>> = seen.collect();
        let mut sorted: Vec<&Meeting> = seen.iter().map(Cow::as_ref).collect();
        sorted.sort_by_key(|meeting| (meeting.head.date, meeting.head.id.clone()));
        let lines: Vec<TaskLine<'_>> = sorted
            .iter()
            .flat_map(|meeting| meeting.tasks.iter().map(|task| (*meeting, task)))
            .filter(|(meeting, task)| {
                tasks::fits(meeting, task, found::committee(self.contents, meeting), &query, self.call)
            })
            .map(|(meeting, task)| {
                TaskLine::new(meeting, task, found::committee(self.contents, meeting), today)
            })
            .collect();
        let made = export::render_tasks(&lines, format, today, &self.call.words);
        let bytes = made.map_err(|why| self.not_made(why))?;
        let name = format!("{}-{today}.{}", self.call.words.get("cli.tasks_file"), format.word());
        self.put(&format!("tasks-{:04}", today.year()), &name, &bytes, &[])
    }

    /// Every paper of every meeting that took place, into one folder a meeting.
    fn everything(&self) -> Result<Outcome, Trouble> {
        let wanted = self.wanted()?;
        let target = match args::text(self.given, "to") {
            "" => papers::folder(self.workspace.root()),
            folder => Path::new(folder).to_owned(),
        };
        std::fs::create_dir_all(&target).map_err(Error::io(Action::Create, &target))?;
        let only = PaperKind::from_word(args::text(self.given, "paper"));
        let jobs: Vec<(&Meeting, PaperKind, String)> =
            self.meetings.iter().flat_map(|meeting| self.papers_of(meeting, only)).collect();
        let mut progress = Progress { of: jobs.len(), made: 0, words: &self.call.words };
        for (meeting, kind, unit) in &jobs {
            let paper = self.paper(meeting, *kind, unit);
            let bytes = self.rendered(&paper, wanted)?;
            let kept: Vec<String> = meeting.papers.iter().map(|paper| paper.sha256.clone()).collect();
            let name = format!("{}.{}", paper.file_name, wanted.ending());
            self.told(&papers::put(&target, &meeting.head.id, &name, &bytes, &kept)?);
            progress.step();
        }
        progress.end();
        out::result(&format!("{}\n", target.display()))?;
        Ok(Outcome::Done)
    }

    /// The papers a meeting can have by its stage and what it holds.
    fn papers_of<'m>(
        &self,
        meeting: &'m Meeting,
        only: Option<PaperKind>,
    ) -> Vec<(&'m Meeting, PaperKind, String)> {
        let planned = matches!(meeting.stage(), Stage::Planned);
        let concluded = !meeting.conclusions.is_empty() || !meeting.tasks.is_empty();
        let off = matches!(meeting.stage(), Stage::Postponed | Stage::Cancelled);
        let has_table = |kind: &PaperKind| self.has_table(*kind);
        let kinds = PaperKind::ALL
            .iter()
            .copied()
            .filter(|kind| only.is_none_or(|only| only == *kind))
            .filter(has_table);
        let fits = |kind: &PaperKind| match kind {
            _ if off => false,
            PaperKind::Invitation | PaperKind::Signing => planned || only.is_some(),
            PaperKind::Opening => true,
            PaperKind::Minutes | PaperKind::Attendance => !planned,
            PaperKind::Notice => !planned && concluded,
            PaperKind::Progress | PaperKind::Extract => !planned && !meeting.tasks.is_empty(),
            PaperKind::Urging => only.is_some(),
            PaperKind::Review => false,
        };
        let of_kind = |kind: PaperKind| match kind.is_for_a_unit() {
            true => export::units(self.order(meeting, kind, ""), self.material(meeting)),
            false => vec![String::new()],
        };
        kinds
            .filter(fits)
            .flat_map(|kind| of_kind(kind).into_iter().map(move |unit| (meeting, kind, unit)))
            .collect()
    }

    /// Spreadsheets are made of papers that have a table in every case.
    fn has_table(&self, kind: PaperKind) -> bool {
        let sheet = matches!(args::text(self.given, "format"), "xlsx" | "csv");
        !sheet || matches!(kind, PaperKind::Attendance | PaperKind::Signing)
    }
}

/// How far a long run is, on standard error: a bar on a terminal, one line at the end elsewhere.
struct Progress<'a> {
    of: usize,
    made: usize,
    words: &'a Words,
}

/// Cells of the bar.
const BAR: usize = 30;

impl Progress<'_> {
    fn step(&mut self) {
        self.made += 1;
        if std::io::stderr().is_terminal() {
            let full = BAR * self.made / self.of.max(1);
            let bar = format!("\r[{}{}] {}/{}", "#".repeat(full), "-".repeat(BAR - full), self.made, self.of);
            let mut err = std::io::stderr().lock();
            // A bar that cannot be drawn is no reason to stop.
            let _ = err.write_all(bar.as_bytes()).and_then(|()| err.flush());
        }
    }

    fn end(&self) {
        if std::io::stderr().is_terminal() {
            let _ = writeln!(std::io::stderr());
        }
        out::message(&self.words.fill("cli.papers_made", &[("n", self.made.to_string())]));
    }
}
