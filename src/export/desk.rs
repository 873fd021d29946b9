//! What every paper is written from: the record as its reader may see it, the committee, the words, and the ways this
//! committee's world spells days, times and names of units. Knows no layout.

use std::borrow::Cow;

use chrono::{NaiveDate, NaiveDateTime};

use crate::domain::amendment;
use crate::domain::board::unit_name;
use crate::domain::committee::Committee;
use crate::domain::kinds::{Language, MeetingKind, World};
use crate::domain::meeting::{Meeting, Paper as Issued};
use crate::domain::workdays::Holidays;
use crate::export::kind::PaperKind;
use crate::export::public::{Audience, Withheld, withhold};
use crate::text::{dates, numbers};
use crate::words::Words;

/// Which paper is wanted, and of what.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    pub kind: PaperKind,
    pub audience: Audience,
    /// The unit it is for, by id or name; empty for papers that go to everybody.
    pub unit: &'a str,
    /// The day that decides what is late and which signer may sign.
    pub today: NaiveDate,
    /// The days on which offices are closed, without the committee's own.
    pub holidays: &'a Holidays,
    /// The words of the paper's language.
    pub words: &'a Words,
}

/// The records a paper is made from.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    pub meeting: &'a Meeting,
    pub committee: Option<&'a Committee>,
    /// All meetings of the workspace, this one too if they like: only those of the same committee are read.
    pub meetings: &'a [&'a Meeting],
}

/// The record laid out for writing one paper.
pub struct Desk<'a> {
    pub order: Order<'a>,
    /// As amended, rows struck whole still in it, without what the reader may not see.
    pub meeting: Meeting,
    /// As approved, likewise without what the reader may not see.
    pub approved: Cow<'a, Meeting>,
    pub committee: Cow<'a, Committee>,
    pub meetings: &'a [&'a Meeting],
    pub withheld: Withheld,
}

impl<'a> Desk<'a> {
    pub fn new(order: Order<'a>, material: Material<'a>) -> Desk<'a> {
        let mut approved = Cow::Borrowed(material.meeting);
        let mut withheld = Withheld::default();
        if order.audience == Audience::Public {
            withheld = withhold(approved.to_mut());
        }
        let committee = match material.committee {
            Some(committee) => Cow::Borrowed(committee),
            None => Cow::Owned(Committee::default()),
        };
        let meeting = amendment::shown(&approved).into_owned();
        Desk { order, meeting, approved, committee, meetings: material.meetings, withheld }
    }

    /// The layout its committee follows; a committee that is not known follows none.
    pub fn world(&self) -> World {
        self.committee.head.world.unwrap_or(World::Plain)
    }

    pub fn language(&self) -> Language {
        self.order.words.language
    }

    pub fn say(&self, key: &str) -> String {
        self.order.words.get(key).to_owned()
    }

    pub fn fill<S: AsRef<str>>(&self, key: &str, slots: &[(&str, S)]) -> String {
        self.order.words.fill(key, slots)
    }

    /// The paper of this kind that went out, once its number is recorded; of a unit's papers the one sent to it.
    pub fn issued(&self) -> Option<&Issued> {
        let kind = self.order.kind;
        // A sheet of how tasks stand is another one on another day.
        let of_day = |paper: &Issued| !kind.is_of_a_day() || paper.date == Some(self.order.today);
        let of_kind = |paper: &&Issued| paper.kind == kind.word() && of_day(paper);
        let mut papers = self.meeting.papers.iter().filter(of_kind);
        if !kind.is_for_a_unit() {
            return papers.next_back();
        }
        let (id, name) = (self.order.unit, self.unit(self.order.unit));
        papers.rfind(|paper| paper.recipients.iter().any(|to| to == id || *to == name))
    }

    /// Whether the text may still change: minutes and extracts until they are approved, other papers until their
    /// number is recorded. Sheets for the desk are never drafts.
    pub fn is_draft(&self) -> bool {
        match self.order.kind {
            PaperKind::Minutes | PaperKind::Extract => !self.meeting.stage().is_locked(),
            PaperKind::Opening | PaperKind::Attendance | PaperKind::Signing => false,
            _ => self.issued().is_none(),
        }
    }

    pub fn committee_name(&self) -> String {
        match self.committee.head.name.trim() {
            "" => self.meeting.head.committee.clone(),
            name => name.to_owned(),
        }
    }

    /// The unit's name as this meeting called it.
    pub fn unit(&self, id: &str) -> String {
        unit_name(id, &self.meeting, Some(&self.committee)).to_owned()
    }

    /// What a position of the committee is called here.
    pub fn position(&self, id: &str) -> String {
        let named = self.committee.positions.iter().find(|position| position.id == id);
        let general = format!("position.{id}");
        match named.map(|position| position.name.as_str()) {
            Some(name) if !name.is_empty() => name.to_owned(),
            _ if self.order.words.has(&general) => self.say(&general),
            _ => id.to_owned(),
        }
    }

    /// `ngày 05 tháng 01 năm 2024`, `5 January 2024`.
    pub fn long(&self, day: NaiveDate) -> String {
        match self.language() {
            Language::Vi => dates::long(day),
            Language::En => day.format("%-d %B %Y").to_string(),
        }
    }

    /// `05/01/2024`, `5 Jan 2024`.
    pub fn short(&self, day: NaiveDate) -> String {
        match self.language() {
            Language::Vi => dates::short(day),
            Language::En => dates::english(day),
        }
    }

    /// `8 giờ 04 phút`, `08:04`.
    pub fn hours(&self, at: NaiveDateTime) -> String {
        match self.language() {
            Language::Vi => dates::hours(at.time()),
            Language::En => dates::clock(at.time()),
        }
    }

    /// A count of people or things: below 10 with a zero, as Vietnamese offices write.
    pub fn count(&self, n: usize) -> String {
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        numbers::count(n, self.language() == Language::Vi)
    }

    /// What a meeting of this kind is called in a sentence: hội nghị, phiên họp, cuộc họp.
    pub fn gathering(&self) -> String {
        // The title says it best.
        let title = self.meeting.head.title.trim().to_lowercase();
        for key in ["paper.conference", "paper.session", "paper.meeting"] {
            let noun = self.say(key);
            if title.starts_with(&noun) {
                return noun;
            }
        }
        self.say(match self.meeting.head.kind {
            Some(MeetingKind::HalfYearReview | MeetingKind::AnnualReview | MeetingKind::Rollout) => {
                "paper.conference"
            }
            Some(MeetingKind::RegularSession | MeetingKind::ExtraordinarySession) => "paper.session",
            _ => "paper.meeting",
        })
    }
}

/// With a capital at the beginning.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// Without the capital of a sentence; abbreviations and names ("Ban Chỉ đạo", "Digital Board") keep theirs.
pub fn small(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    let mut words = text.split_whitespace().skip(1);
    let is_name = words.next().and_then(|word| word.chars().next()).is_some_and(char::is_uppercase);
    match letters.clone().next() {
        Some(second) if second.is_uppercase() || second.is_ascii_digit() || is_name => text.to_owned(),
        _ => first.to_lowercase().chain(letters).collect(),
    }
}

/// Without the signs a sentence ends with.
pub fn unended(text: &str) -> &str {
    text.trim().trim_end_matches(['.', ';', ',', ' '])
}
