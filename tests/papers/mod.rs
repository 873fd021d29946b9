//! Papers out of the record, as their readers get them: the sample meetings and small ones made by hand, through the same
//! doors as the command line.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use steerco::domain::committee::Committee;
use steerco::domain::kinds::Language;
use steerco::domain::meeting::Meeting;
use steerco::domain::workdays::Holidays;
use steerco::export::tree::Paper;
use steerco::export::{self, Audience, Format, Material, Order, PaperKind};
use steerco::store::meeting_file::read;
use steerco::words::Words;

mod docx;
mod hostile;
mod lists;
mod texts;

/// The records of a workspace, the sample by default.
pub struct Records {
    pub meetings: Vec<Meeting>,
    pub committees: Vec<Committee>,
}

/// How a paper is asked for.
#[derive(Clone, Copy)]
pub struct Wish<'a> {
    pub kind: PaperKind,
    pub audience: Audience,
    pub unit: &'a str,
    pub today: &'a str,
}

impl Wish<'_> {
    pub fn of(kind: PaperKind) -> Wish<'static> {
        Wish { kind, audience: Audience::Members, unit: "", today: "2026-11-21" }
    }

    pub fn public(self) -> Self {
        Wish { audience: Audience::Public, ..self }
    }
}

fn files(folder: PathBuf) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(path)) } else { found.push(path) }
    }
    found.sort();
    found
}

impl Records {
    pub fn sample() -> Records {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
        let bytes = |path: PathBuf| fs::read(path).unwrap();
        let meetings = files(root.join("meetings")).into_iter().map(bytes);
        let committees = files(root.join("committees")).into_iter().map(bytes);
        Records {
            meetings: meetings.map(|bytes| read::<Meeting>(&bytes).unwrap().record).collect(),
            committees: committees.map(|bytes| read::<Committee>(&bytes).unwrap().record).collect(),
        }
    }

    /// One meeting and its committee out of their files.
    pub fn made(meeting: &str, committee: &str) -> Records {
        Records {
            meetings: vec![read::<Meeting>(meeting.as_bytes()).unwrap().record],
            committees: vec![read::<Committee>(committee.as_bytes()).unwrap().record],
        }
    }

    pub fn meeting(&self, id: &str) -> &Meeting {
        self.meetings.iter().find(|meeting| meeting.head.id.starts_with(id)).unwrap()
    }

    pub fn paper(&self, id: &str, wish: Wish<'_>) -> Paper {
        let meeting = self.meeting(id);
        let committee = self.committees.iter().find(|committee| committee.head.id == meeting.head.committee);
        let words = Words::of(meeting.head.language.unwrap_or(Language::Vi));
        let meetings: Vec<&Meeting> = self.meetings.iter().collect();
        let today: NaiveDate = wish.today.parse().unwrap();
        let holidays = Holidays::default();
        let order = Order {
            kind: wish.kind,
            audience: wish.audience,
            unit: wish.unit,
            today,
            holidays: &holidays,
            words: &words,
        };
        export::paper(order, Material { meeting, committee, meetings: &meetings })
    }

    pub fn bytes(&self, id: &str, wish: Wish<'_>, format: Format) -> Vec<u8> {
        let paper = self.paper(id, wish);
        export::render(&paper, format, &Words::of(paper.language)).unwrap()
    }

    pub fn text(&self, id: &str, wish: Wish<'_>, format: Format) -> String {
        String::from_utf8(self.bytes(id, wish, format)).unwrap()
    }
}

/// The words of a paper without its line breaks.
pub fn flowed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
