//! The hits of the search as lines of a list, and where each leads. Pure but for the memory of folded texts.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::app::App;
use crate::app::meeting::names::{short_name, speaker_name};
use crate::app::picker::Entry;
use crate::app::view::{committee, committee_name};
use crate::domain::committee::{Committee, short_forms};
use crate::domain::meeting::{Meeting, Note};
use crate::domain::search::{Hit, HitKind, Search, Sheet, Source, search};
use crate::text::dates;
use crate::text::query::Query;
use crate::text::width::{clip, width};

/// How many hits a list shows; who has more goes on typing.
pub const SHOWN: usize = 300;

/// Where a hit leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A meeting, and the line to stand on where there is one.
    Line {
        meeting: String,
        note: Option<String>,
    },
    /// A task without a line, by reference.
    Task(String),
    Member {
        committee: String,
        member: String,
    },
}

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// Their ids are places in `goals`.
    pub entries: Vec<Entry>,
    pub goals: Vec<Goal>,
    /// How many there are, with those not listed.
    pub total: usize,
    /// What is marked in them.
    pub query: Query,
}

/// The folded texts of meetings, kept while the meetings stay the same.
#[derive(Debug, Default)]
pub struct Sheets {
    kept: RefCell<HashMap<String, Kept>>,
}

#[derive(Clone, Debug)]
struct Kept {
    of: Of,
    sheet: Arc<Sheet>,
}

/// What a sheet was made of. Holding on to the record makes sure that the same place in memory is the same record.
#[derive(Clone, Debug)]
enum Of {
    Stored(Arc<Meeting>),
    /// An open record at this generation of the sessions.
    Open(u64),
}

impl Sheets {
    fn of(&self, meeting: &Meeting, of: Of) -> Arc<Sheet> {
        let mut kept = self.kept.borrow_mut();
        let same = kept.get(&meeting.head.id).filter(|kept| match (&kept.of, &of) {
            (Of::Stored(known), Of::Stored(now)) => Arc::ptr_eq(known, now),
            (Of::Open(known), Of::Open(now)) => known == now,
            _ => false,
        });
        if let Some(kept) = same {
            return kept.sheet.clone();
        }
        let sheet = Arc::new(Sheet::of(meeting));
        kept.insert(meeting.head.id.clone(), Kept { of, sheet: sheet.clone() });
        sheet
    }
}

/// The hits for what was typed, those of the meeting `here` first. With nothing typed: the lines of that meeting, the
/// latest first.
pub fn found(app: &App, typed: &str, here: &str) -> Found {
    let meetings = meetings(app);
    let committees = committees(app);
    let asked = Search::read(typed, &short_forms(&committees));
    if asked.is_empty() {
        return latest(app, here);
    }
    let sources: Vec<Source<'_>> = meetings
        .iter()
        .map(|(meeting, sheet)| Source { meeting, committee: app.committee_of(meeting), sheet })
        .collect();
    let mut hits = search(&asked, &sources, &committees, here);
    without_repeats(&mut hits);
    let mut found = Found { total: hits.len(), query: asked.query().clone(), ..Found::default() };
    for hit in hits.iter().take(SHOWN) {
        found.entries.push(entry(app, hit, here, asked.query(), found.goals.len()));
        found.goals.push(goal(hit));
    }
    found
}

fn meetings(app: &App) -> Vec<(&Meeting, Arc<Sheet>)> {
    let sheets = &app.search.sheets;
    let mut known = HashSet::new();
    let mut all: Vec<(&Meeting, Arc<Sheet>)> = Vec::with_capacity(app.library.meetings.len());
    for stored in &app.library.meetings {
        let id = stored.meeting.head.id.as_str();
        known.insert(id);
        all.push(match app.sessions.meeting(id) {
            Some(open) => (open, sheets.of(open, Of::Open(app.sessions.generation()))),
            None => (&stored.meeting, sheets.of(&stored.meeting, Of::Stored(stored.meeting.clone()))),
        });
    }
    let open = app.sessions.open_meetings().filter(|meeting| !known.contains(meeting.head.id.as_str()));
    all.extend(open.map(|open| (open, sheets.of(open, Of::Open(app.sessions.generation())))));
    all
}

fn committees(app: &App) -> Vec<&Committee> {
    app.library.committees.iter().filter_map(|stored| committee(app, &stored.head.id)).collect()
}

/// A conclusion or task stands for the line it came from when both say the same.
fn without_repeats(hits: &mut Vec<Hit<'_>>) {
    let told: HashSet<(&str, &str)> = hits
        .iter()
        .filter(|hit| matches!(hit.kind, HitKind::Conclusion | HitKind::Task))
        .filter_map(|hit| Some((hit, hit.note?)))
        .filter(|(hit, note)| hit.text == note.text)
        .filter_map(|(hit, note)| Some((hit.meeting?.head.id.as_str(), note.id.as_str())))
        .collect();
    hits.retain(|hit| {
        let of = hit.meeting.map_or("", |meeting| &meeting.head.id);
        hit.kind != HitKind::Note || !told.contains(&(of, hit.id))
    });
}

fn latest(app: &App, here: &str) -> Found {
    let Some(meeting) = app.sessions.meeting(here) else { return Found::default() };
    let mut found = Found { total: meeting.notes.len(), ..Found::default() };
    for note in meeting.notes.iter().rev().take(SHOWN) {
        found.entries.push(Entry {
            id: found.goals.len().to_string(),
            mark: clock(note),
            label: note.text.clone(),
            detail: speaker_name(meeting, app.committee_of(meeting), &note.speaker),
            also: Vec::new(),
        });
        found.goals.push(Goal::Line { meeting: here.to_owned(), note: Some(note.id.clone()) });
    }
    found
}

fn clock(note: &Note) -> String {
    note.at.map_or(String::new(), |at| dates::clock(at.time()))
}

/// `13/07/21  … đất đai toàn tỉnh …  KL2 Quang, BCĐ QCDC`
fn entry(app: &App, hit: &Hit<'_>, here: &str, query: &Query, at: usize) -> Entry {
    let words = &app.desk.words;
    let is_here = hit.meeting.is_some_and(|meeting| meeting.head.id == here);
    let day = || {
        let date = hit.meeting.and_then(|meeting| meeting.head.date);
        date.map_or(String::new(), |date| date.format("%d/%m/%y").to_string())
    };
    let mark = match hit.note.filter(|_| is_here) {
        Some(note) => clock(note),
        None => day(),
    };
    let kind = match numbered(hit) {
        Some(numbered) => numbered,
        None if hit.kind == HitKind::Note => String::new(),
        None => words.get(&format!("hit.{}", hit.kind.word())).to_owned(),
    };
    let speaker = match (hit.meeting, hit.note) {
        (Some(meeting), Some(note)) => short_name(meeting, app.committee_of(meeting), &note.speaker),
        _ => String::new(),
    };
    let place = if is_here { String::new() } else { clip(committee_name(app, hit.committee), 16) };
    let parts = [kind, speaker, place];
    let detail = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    Entry { id: at.to_string(), mark, label: around(&hit.text, query), detail, also: Vec::new() }
}

/// `KL2`, `NV3`.
fn numbered(hit: &Hit<'_>) -> Option<String> {
    let meeting = hit.meeting?;
    match hit.kind {
        HitKind::Conclusion => {
            let number = meeting.conclusions.iter().find(|row| row.id == hit.id)?.number?;
            Some(format!("KL{number}"))
        }
        HitKind::Task => Some(format!("NV{}", meeting.tasks.iter().find(|row| row.id == hit.id)?.number?)),
        _ => None,
    }
}

/// Cells before the first place that a list shows.
const BEFORE: usize = 24;

/// The text from a little before the first place on, so that it is in sight.
fn around(text: &str, query: &Query) -> String {
    let first = query.places(text).first().map_or(0, |place| place.start);
    if width(&text[..first]) <= BEFORE {
        return text.to_owned();
    }
    let mut from = first;
    for (at, _) in text[..first].char_indices().rev().filter(|(_, c)| c.is_whitespace()) {
        if width(&text[at..first]) > BEFORE {
            break;
        }
        from = at;
    }
    format!("… {}", text[from..].trim_start())
}

fn goal(hit: &Hit<'_>) -> Goal {
    let Some(meeting) = hit.meeting else {
        return Goal::Member { committee: hit.committee.to_owned(), member: hit.id.to_owned() };
    };
    let task = || meeting.tasks.iter().find(|task| task.id == hit.id);
    let note = match hit.kind {
        HitKind::Task if hit.note.is_none() => {
            if let Some(task) = task() {
                return Goal::Task(meeting.task_ref(task));
            }
            None
        }
        HitKind::Item => meeting.notes.iter().find(|note| note.item == hit.id),
        HitKind::Person => meeting.notes.iter().find(|note| note.speaker == hit.id),
        _ => hit.note,
    };
    Goal::Line { meeting: meeting.head.id.clone(), note: note.map(|note| note.id.clone()) }
}
