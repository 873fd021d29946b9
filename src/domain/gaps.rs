//! What is still missing in a record: the gaps one walks while writing, and the list before closing.
//! "No deadline stated" and group owners, once confirmed, are complete. Knows no screen and no words for people.

use std::collections::HashMap;

use crate::domain::kinds::{DueKind, Form, ItemKind, NoteKind, Presence, Status};
use crate::domain::meeting::{AgendaItem, Conclusion, Meeting, Note, Site, Task};
use crate::domain::programme::{is_running, was_visited};
use crate::domain::roll::presence;

/// What is missing. The first group is walked line by line, the second only listed before closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum GapKind {
    NoSpeaker,
    /// Marked to be checked afterwards.
    Doubt,
    ConclusionUnnumbered,
    NoOwner,
    NoDeadline,
    /// A field changed on two sides, waiting for somebody to choose.
    Conflict,

    ItemNeverStarted,
    ItemNotEnded,
    NoConclusion,
    QueueUnheard,
    VoteWithoutResult,
    SeatUnmarked,
    SiteNeverLinked,
    PreparedUnsaid,
}

impl GapKind {
    /// Every kind, in the order of the closing list.
    pub const ALL: [GapKind; 14] = [
        GapKind::NoSpeaker,
        GapKind::Doubt,
        GapKind::ConclusionUnnumbered,
        GapKind::NoOwner,
        GapKind::NoDeadline,
        GapKind::Conflict,
        GapKind::ItemNeverStarted,
        GapKind::ItemNotEnded,
        GapKind::NoConclusion,
        GapKind::QueueUnheard,
        GapKind::VoteWithoutResult,
        GapKind::SeatUnmarked,
        GapKind::SiteNeverLinked,
        GapKind::PreparedUnsaid,
    ];
}

/// One thing missing in one row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// The table of the row, as in the file.
    pub table: &'static str,
    /// The row's id.
    pub id: String,
    pub kind: GapKind,
}

/// The gaps in lines, conclusions and tasks, in the order of the record: those of a conclusion or task stand after
/// those of the line it came from, fields to settle last; rows without a line come last.
pub fn gaps(meeting: &Meeting) -> Vec<Gap> {
    let places: HashMap<&str, usize> = meeting.notes.iter().map(|note| note.id.as_str()).zip(0..).collect();
    let place = |note: &str| places.get(note).copied().unwrap_or(usize::MAX);
    let mut placed: Vec<(usize, Gap)> = Vec::new();
    for (at, note) in meeting.notes.iter().enumerate() {
        placed.extend(found("notes", &note.id, note_gaps(note)).map(|gap| (at, gap)));
    }
    for conclusion in &meeting.conclusions {
        let kinds = conclusion_gaps(conclusion);
        placed.extend(found("conclusions", &conclusion.id, kinds).map(|gap| (place(&conclusion.note), gap)));
    }
    for task in &meeting.tasks {
        placed.extend(found("tasks", &task.id, task_gaps(task)).map(|gap| (place(&task.note), gap)));
    }
    for conflict in &meeting.conflicts {
        placed.push((
            place(note_of(meeting, &conflict.target)),
            gap("conflicts", &conflict.id, GapKind::Conflict),
        ));
    }
    placed.sort_by_key(|(at, _)| *at);
    placed.into_iter().map(|(_, gap)| gap).collect()
}

/// Whether there is any gap; cheaper than listing them.
pub fn has_gaps(meeting: &Meeting) -> bool {
    !meeting.conflicts.is_empty()
        || meeting.tasks.iter().any(|task| !task_gaps(task).is_empty())
        || meeting.conclusions.iter().any(|conclusion| !conclusion_gaps(conclusion).is_empty())
        || meeting.notes.iter().any(|note| !note_gaps(note).is_empty())
}

/// The line a row came from; the id itself for a line or anything else.
pub fn note_of<'a>(meeting: &'a Meeting, id: &'a str) -> &'a str {
    let conclusion = meeting.conclusions.iter().find(|row| row.id == id).map(|row| row.note.as_str());
    let task = || meeting.tasks.iter().find(|row| row.id == id).map(|row| row.note.as_str());
    conclusion.or_else(task).unwrap_or(id)
}

fn found(table: &'static str, id: &str, kinds: Vec<GapKind>) -> impl Iterator<Item = Gap> {
    kinds.into_iter().map(move |kind| gap(table, id, kind))
}

fn note_gaps(note: &Note) -> Vec<GapKind> {
    // A vote is taken by the room; every other line was said by somebody.
    let speaks = note.kind != Some(NoteKind::Vote);
    let mut kinds = Vec::new();
    if speaks && note.speaker.trim().is_empty() {
        kinds.push(GapKind::NoSpeaker);
    }
    if note.doubt {
        kinds.push(GapKind::Doubt);
    }
    kinds
}

fn conclusion_gaps(conclusion: &Conclusion) -> Vec<GapKind> {
    if conclusion.number.is_none() { vec![GapKind::ConclusionUnnumbered] } else { Vec::new() }
}

/// What a task lacks: an owner, a settled deadline. A cancelled task needs neither.
pub fn task_gaps(task: &Task) -> Vec<GapKind> {
    let mut kinds = Vec::new();
    if task.status == Some(Status::Cancelled) {
        return kinds;
    }
    if task.lead.iter().all(|owner| owner.trim().is_empty()) {
        kinds.push(GapKind::NoOwner);
    }
    let unsettled = matches!(task.due_kind, None | Some(DueKind::Date));
    if unsettled && task.due.is_none() {
        kinds.push(GapKind::NoDeadline);
    }
    kinds
}

/// One line of the closing list: all rows that lack the same thing, in file order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub kind: GapKind,
    pub table: &'static str,
    pub ids: Vec<String>,
}

/// The closing list: everything incomplete, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Only kinds with at least one row, in the order of [`GapKind::ALL`].
    pub missing: Vec<Missing>,
}

impl Completeness {
    /// Whether nothing is missing.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty()
    }

    /// How many rows lack this.
    pub fn count(&self, kind: GapKind) -> usize {
        self.missing.iter().find(|line| line.kind == kind).map_or(0, |line| line.ids.len())
    }
}

/// What is incomplete in the whole record, for the list before closing.
pub fn completeness(meeting: &Meeting) -> Completeness {
    let mut all = gaps(meeting);
    all.extend(programme_gaps(meeting));
    all.extend(room_gaps(meeting));
    let line = |kind| {
        let of_kind: Vec<&Gap> = all.iter().filter(|gap| gap.kind == kind).collect();
        let table = of_kind.first()?.table;
        Some(Missing { kind, table, ids: of_kind.into_iter().map(|gap| gap.id.clone()).collect() })
    };
    Completeness { missing: GapKind::ALL.into_iter().filter_map(line).collect() }
}

fn programme_gaps(meeting: &Meeting) -> Vec<Gap> {
    let item_gaps = |item: &AgendaItem| {
        let of_item = |kind| gap("agenda", &item.id, kind);
        item_kinds(meeting, item).into_iter().map(of_item).collect::<Vec<_>>()
    };
    meeting.agenda.iter().flat_map(item_gaps).collect()
}

fn item_kinds(meeting: &Meeting, item: &AgendaItem) -> Vec<GapKind> {
    let mut kinds = Vec::new();
    if !was_visited(item) {
        kinds.push(GapKind::ItemNeverStarted);
    }
    if is_running(item) {
        kinds.push(GapKind::ItemNotEnded);
    }
    if item.kind == Some(ItemKind::Conclusion) && !has_conclusion(meeting, item) {
        kinds.push(GapKind::NoConclusion);
    }
    kinds
}

/// Whether a conclusion came from a line of the item. One without a line of its own counts for any item.
fn has_conclusion(meeting: &Meeting, item: &AgendaItem) -> bool {
    let of_item = |conclusion: &Conclusion| meeting.note(&conclusion.note).is_none_or(|n| n.item == item.id);
    meeting.conclusions.iter().any(of_item)
}

fn room_gaps(meeting: &Meeting) -> Vec<Gap> {
    let unheard = meeting.queue.iter().filter(|entry| !entry.done);
    let unheard = unheard.map(|entry| gap("queue", &entry.id, GapKind::QueueUnheard));
    let undecided = meeting.votes.iter().filter(|vote| vote.result.is_none());
    let undecided = undecided.map(|vote| gap("votes", &vote.id, GapKind::VoteWithoutResult));
    let unmarked = meeting.seats.iter().filter(|seat| presence(seat) == Presence::Unmarked);
    let unmarked = unmarked.map(|seat| gap("seats", &seat.id, GapKind::SeatUnmarked));
    let unlinked = meeting.sites.iter().filter(|site| needs_link(meeting, site) && !was_linked(site));
    let unlinked = unlinked.map(|site| gap("sites", &site.id, GapKind::SiteNeverLinked));
    let unsaid = meeting.prepared.iter().filter(|text| text.note.is_empty());
    let unsaid = unsaid.map(|text| gap("prepared", &text.id, GapKind::PreparedUnsaid));
    unheard.chain(undecided).chain(unmarked).chain(unlinked).chain(unsaid).collect()
}

fn gap(table: &'static str, id: &str, kind: GapKind) -> Gap {
    Gap { table, id: id.to_owned(), kind }
}

/// The main site holds the other ends of all lines and has none of its own; people in one room need none.
fn needs_link(meeting: &Meeting, site: &Site) -> bool {
    meeting.head.form != Some(Form::InPerson) && !site.main
}

fn was_linked(site: &Site) -> bool {
    site.link.iter().any(|change| change.up == Some(true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::{LinkChange, PreparedText, QueueEntry, Seat, Vote};

    fn note(id: &str, speaker: &str) -> Note {
        Note { id: id.into(), speaker: speaker.into(), ..Note::default() }
    }

    fn task(id: &str, note: &str, lead: &[&str], due_kind: Option<DueKind>) -> Task {
        let lead = lead.iter().map(|owner| (*owner).to_owned()).collect();
        Task { id: id.into(), note: note.into(), lead, due_kind, ..Task::default() }
    }

    fn named(gaps: &[Gap]) -> Vec<(&str, GapKind)> {
        gaps.iter().map(|gap| (gap.id.as_str(), gap.kind)).collect()
    }

    #[test]
    fn gaps_follow_the_lines_they_came_from() {
        let doubtful = Note { doubt: true, ..note("n2", "") };
        let vote = Note { kind: Some(NoteKind::Vote), ..note("n3", "") };
        let m = Meeting {
            notes: vec![note("n1", "bao"), doubtful, vote],
            conclusions: vec![Conclusion { id: "c".into(), note: "n1".into(), ..Conclusion::default() }],
            tasks: vec![
                task("alone", "", &[], Some(DueKind::None)),
                task("t2", "n2", &["snv"], None),
                task("t1", "n1", &[], None),
            ],
            ..Meeting::default()
        };
        let expected = vec![
            ("c", GapKind::ConclusionUnnumbered),
            ("t1", GapKind::NoOwner),
            ("t1", GapKind::NoDeadline),
            ("n2", GapKind::NoSpeaker),
            ("n2", GapKind::Doubt),
            ("t2", GapKind::NoDeadline),
            ("alone", GapKind::NoOwner),
        ];
        assert_eq!(named(&gaps(&m)), expected);
    }

    #[test]
    fn a_settled_task_is_complete() {
        let group = ["các cấp, các ngành"];
        for kind in [DueKind::None, DueKind::Ongoing, DueKind::Recurring] {
            assert_eq!(task_gaps(&task("t", "", &group, Some(kind))), vec![], "{kind:?}");
        }
        let day = chrono::NaiveDate::from_ymd_opt(2022, 3, 31);
        assert_eq!(task_gaps(&Task { due: day, ..task("t", "", &group, None) }), vec![]);
        assert_eq!(task_gaps(&task("t", "", &group, Some(DueKind::Date))), vec![GapKind::NoDeadline]);
        assert_eq!(task_gaps(&task("t", "", &[" "], Some(DueKind::None))), vec![GapKind::NoOwner]);
        let cancelled = Task { status: Some(Status::Cancelled), ..Task::default() };
        assert_eq!(task_gaps(&cancelled), vec![]);
    }

    fn room() -> Meeting {
        let site = |id: &str, main| Site { id: id.into(), main, ..Site::default() };
        let down = LinkChange { up: Some(false), ..LinkChange::default() };
        Meeting {
            queue: vec![QueueEntry { id: "q".into(), ..QueueEntry::default() }],
            votes: vec![Vote { id: "v".into(), ..Vote::default() }],
            seats: vec![Seat { id: "s".into(), ..Seat::default() }],
            sites: vec![site("main", true), Site { link: vec![down], ..site("hue", false) }],
            prepared: vec![PreparedText { id: "p".into(), ..PreparedText::default() }],
            ..Meeting::default()
        }
    }

    #[test]
    fn the_closing_list_names_what_the_room_left_open() {
        let kinds = |m: &Meeting| completeness(m).missing.iter().map(|line| line.kind).collect::<Vec<_>>();
        let mut m = room();
        let expected = vec![
            GapKind::QueueUnheard,
            GapKind::VoteWithoutResult,
            GapKind::SeatUnmarked,
            GapKind::SiteNeverLinked,
            GapKind::PreparedUnsaid,
        ];
        assert_eq!(kinds(&m), expected);
        assert_eq!(completeness(&m).missing[3].ids, vec!["hue"]);
        m.head.form = Some(Form::InPerson);
        assert_eq!(completeness(&m).count(GapKind::SiteNeverLinked), 0);
        assert!(completeness(&Meeting::default()).is_complete());
    }

    #[test]
    fn items_must_begin_end_and_conclude() {
        let at = chrono::NaiveDate::default().and_hms_opt(8, 0, 0);
        let kind = Some(ItemKind::Conclusion);
        let items = vec![
            AgendaItem { id: "never".into(), ..AgendaItem::default() },
            AgendaItem { id: "open".into(), started: at, kind, ..AgendaItem::default() },
            AgendaItem { id: "done".into(), started: at, ended: at, kind, ..AgendaItem::default() },
        ];
        let said = Note { item: "done".into(), ..note("n", "quang") };
        let conclusion = Conclusion { number: Some(1), note: "n".into(), ..Conclusion::default() };
        let m =
            Meeting { agenda: items, notes: vec![said], conclusions: vec![conclusion], ..Meeting::default() };
        let list = completeness(&m).missing;
        let lines: Vec<_> = list.iter().map(|line| (line.kind, line.ids.join(" "))).collect();
        let expected = [
            (GapKind::ItemNeverStarted, "never"),
            (GapKind::ItemNotEnded, "open"),
            (GapKind::NoConclusion, "open"),
        ];
        assert_eq!(lines, expected.map(|(kind, ids)| (kind, ids.to_owned())));
    }
}
