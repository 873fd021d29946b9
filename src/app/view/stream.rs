//! The stream of a meeting as rows of a screen: lines with their clock, speaker and marks, tasks under their line,
//! headings where the item changes. Only what is visible is shaped. Pure.

use std::collections::{HashMap, VecDeque};
use std::ops::Range;

use crate::app::App;
use crate::app::meeting::{Focus, Selection, names};
use crate::app::popup::Tone;
use crate::app::view::header::item_title;
use crate::app::view::text::{Piece, clean, clock, short_date};
use crate::app::view::unit_name;
use crate::domain::amendment;
use crate::domain::gaps::{GapKind, note_of, task_gaps};
use crate::domain::kinds::{AmendmentStatus, DueKind, NoteKind};
use crate::domain::meeting::{Amendment, Conclusion, Meeting, Note, Task};
use crate::domain::state::effective_due;
use crate::text::width::{clip, pad, width, wrap_with};

/// Cells of the clock and the column before it: `>11:07 `.
const CLOCK: usize = 7;
/// Cells of a speaker's number and given name.
const WHO: usize = 8;
/// Least cells between the speaker and the text, where `KL1` and `NV3` stand.
const MARK: usize = 4;

/// One row of the stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StreamRow {
    pub pieces: Vec<Piece>,
    /// The line is chosen; it carries `>` in the first column.
    pub selected: bool,
}

/// The rows to show in `cells` by `height`: the end of the stream, or the part with the reach of the selection.
pub fn rows(app: &App, meeting: &Meeting, cells: usize, height: usize) -> Vec<StreamRow> {
    if height == 0 || meeting.notes.is_empty() {
        return Vec::new();
    }
    let meeting = &*amendment::shown(meeting);
    let shaper = Shaper::new(app, meeting, cells);
    let tail = shaper.up_from(meeting.notes.len(), height);
    let Some(head) = shaper.head() else { return tail.rows.into() };
    if head >= tail.first {
        return tail.rows.into();
    }
    shaper.down_from(head, height)
}

/// The notes chosen, as places in the record; empty when nothing is or it is gone.
pub fn selected(meeting: &Meeting, selection: &Option<Selection>) -> Range<usize> {
    let place = |id: &str| meeting.notes.iter().position(|note| note.id == id);
    let Some((a, b)) = selection.as_ref().and_then(|s| Some((place(&s.anchor)?, place(&s.head)?))) else {
        return 0..0;
    };
    a.min(b)..a.max(b) + 1
}

/// The given name of a speaker, the short name of a unit that has the floor, or the text itself.
pub fn short_name(app: &App, meeting: &Meeting, speaker: &str) -> String {
    clean(&names::short_name(meeting, app.committee_of(meeting), speaker)).into_owned()
}

/// The full name of a speaker, or the text itself.
pub fn full_name(app: &App, meeting: &Meeting, speaker: &str) -> String {
    clean(&names::speaker_name(meeting, app.committee_of(meeting), speaker)).into_owned()
}

/// The speakers with a number: number, id and short name, in order of first speaking.
pub fn numbered(app: &App, meeting: &Meeting) -> Vec<(usize, String, String)> {
    let numbering = app.numbering(meeting).into_iter().enumerate();
    numbering.map(|(at, id)| (at + 1, id.clone(), short_name(app, meeting, &id))).collect()
}

/// `NV3 [SNV] [15/9]`: a task as it stands under its line; what is missing asks: `[ai?]` `[hạn?]`.
pub fn task_pieces(app: &App, meeting: &Meeting, task: &Task) -> Vec<Piece> {
    let number = task.number.map_or("?".to_owned(), |number| number.to_string());
    let mark = format!("{}{number}", app.desk.words.get("ui.task_mark"));
    let mut pieces = vec![Piece::new(mark, Tone::Heading)];
    pieces.extend(task_chips(app, meeting, task));
    pieces
}

fn task_chips(app: &App, meeting: &Meeting, task: &Task) -> Vec<Piece> {
    let words = &app.desk.words;
    let missing = task_gaps(task);
    let owners = if missing.contains(&GapKind::NoOwner) {
        Piece::new(format!("[{}]", words.get("ui.owner_missing")), Tone::Warning)
    } else {
        let names: Vec<&str> = task.lead.iter().map(|owner| unit_name(app, meeting, owner)).collect();
        Piece::new(format!("[{}]", clip(&clean(&names.join(", ")), 24)), Tone::Quiet)
    };
    let deadline = if missing.contains(&GapKind::NoDeadline) {
        Piece::new(format!("[{}]", words.get("ui.deadline_missing")), Tone::Warning)
    } else {
        Piece::new(format!("[{}]", deadline_words(app, task)), Tone::Quiet)
    };
    vec![owners, deadline]
}

/// What stands in the place of a deadline: the day, how it goes on, or that none was named.
pub fn deadline_words(app: &App, task: &Task) -> String {
    let words = &app.desk.words;
    let day = effective_due(task).map(|day| short_date(day, app.desk.today));
    match (task.due_kind, task.every, day) {
        (Some(DueKind::None), ..) => words.get("due_kind.none").to_owned(),
        (Some(DueKind::Ongoing | DueKind::Recurring), Some(every), _) => {
            words.get(&format!("every.{}", every.word())).to_owned()
        }
        (Some(DueKind::Ongoing), ..) => words.get("due_kind.ongoing").to_owned(),
        (_, _, Some(day)) if task.before => words.fill("ui.before_day", &[("day", &day)]),
        (_, _, Some(day)) => day,
        (Some(DueKind::Recurring), ..) => words.get("due_kind.recurring").to_owned(),
        _ if !task.due_text.is_empty() => clip(&clean(&task.due_text), 20),
        _ => words.get("due_kind.none").to_owned(),
    }
}

fn conclusion_number(conclusion: &Conclusion) -> String {
    conclusion.number.map_or("?".to_owned(), |number| number.to_string())
}

/// Rows gathered from the bottom up, and the first note that is wholly among them.
struct Tail {
    rows: VecDeque<StreamRow>,
    first: usize,
}

struct Shaper<'a> {
    app: &'a App,
    meeting: &'a Meeting,
    cells: usize,
    numbers: HashMap<String, usize>,
    selected: Range<usize>,
}

impl<'a> Shaper<'a> {
    fn new(app: &'a App, meeting: &'a Meeting, cells: usize) -> Shaper<'a> {
        let numbers = app.numbering(meeting).into_iter().zip(1..).collect();
        Shaper { app, meeting, cells, numbers, selected: selected(meeting, &app.meeting.selection) }
    }

    /// The note that must be visible: the reach of the selection, while the keys act on it or a line is edited.
    fn head(&self) -> Option<usize> {
        let editing = self.app.meeting.editing.as_ref().map(|editing| editing.note.as_str());
        let chosen = self.app.meeting.selection.as_ref().filter(|_| self.app.meeting.focus == Focus::Stream);
        let id = editing.or(chosen.map(|selection| selection.head.as_str()))?;
        self.meeting.notes.iter().position(|note| note.id == id)
    }

    fn up_from(&self, end: usize, height: usize) -> Tail {
        let mut tail = Tail { rows: VecDeque::new(), first: end };
        for at in (0..end).rev() {
            let rows = self.note_rows(at);
            if tail.rows.len() + rows.len() <= height || tail.first == end {
                tail.first = at;
            }
            for row in rows.into_iter().rev() {
                if tail.rows.len() == height {
                    return tail;
                }
                tail.rows.push_front(row);
            }
        }
        tail
    }

    /// A window that begins with the end of the note before `head`, so that one sees where one is.
    fn down_from(&self, head: usize, height: usize) -> Vec<StreamRow> {
        let context = usize::from(height > 3 && head > 0);
        let mut rows: Vec<StreamRow> = self.up_from(head, context).rows.into();
        for at in head..self.meeting.notes.len() {
            rows.extend(self.note_rows(at));
            if rows.len() >= height {
                break;
            }
        }
        rows.truncate(height);
        rows
    }

    /// All rows of one note: a heading when the item changes, the text, its tasks.
    fn note_rows(&self, at: usize) -> Vec<StreamRow> {
        let Some(note) = self.meeting.notes.get(at) else { return Vec::new() };
        let before = at.checked_sub(1).and_then(|before| self.meeting.notes.get(before));
        let tasks: Vec<&Task> = self.meeting.tasks.iter().filter(|task| task.note == note.id).collect();
        let mut conclusions =
            self.meeting.conclusions.iter().filter(|c| !c.note.is_empty() && c.note == note.id);
        let conclusion = conclusions.next().map(conclusion_number);
        // A line that is one task carries its number itself; other tasks stand under their line.
        let (own, below) = match (&conclusion, tasks.as_slice()) {
            (None, [task]) => (Some(*task), &[][..]),
            (_, tasks) => (None, tasks),
        };
        let mark = match (conclusion, own) {
            (Some(number), _) => format!("{}{number}", self.app.desk.words.get("ui.conclusion_mark")),
            (None, Some(task)) => self.task_mark(task),
            (None, None) => String::new(),
        };
        let mut rows = Vec::new();
        if before.is_none_or(|before| before.item != note.item) {
            rows.extend(self.heading(note));
        }
        let selected = self.selected.contains(&at);
        let text_rows = self.text_rows(note, &mark, own, before);
        let parts = conclusions.flat_map(|conclusion| self.part_rows(conclusion));
        let below = self.below(below);
        rows.extend(
            text_rows.into_iter().chain(parts).chain(below).map(|pieces| StreamRow { pieces, selected }),
        );
        rows
    }

    /// A further conclusion cut out of the same line, with its own words.
    fn part_rows(&self, conclusion: &Conclusion) -> Vec<Vec<Piece>> {
        let indent = CLOCK + WHO + MARK;
        let mark =
            format!("{}{} ", self.app.desk.words.get("ui.conclusion_mark"), conclusion_number(conclusion));
        let text = format!("{mark}{}", clean(&conclusion.text));
        let rows = wrap_with(&text, self.cells.saturating_sub(indent), self.cells.saturating_sub(indent));
        let row = |range: Range<usize>| {
            vec![Piece::plain(" ".repeat(indent)), Piece::plain(text.get(range).unwrap_or("").trim_end())]
        };
        rows.into_iter().map(row).collect()
    }

    fn task_mark(&self, task: &Task) -> String {
        let number = task.number.map_or("?".to_owned(), |number| number.to_string());
        format!("{}{number}", self.app.desk.words.get("ui.task_mark"))
    }

    fn heading(&self, note: &Note) -> Option<StreamRow> {
        let at = self.meeting.agenda.iter().position(|item| item.id == note.item)?;
        let title = item_title(self.app, self.meeting.agenda.get(at)?);
        let text = clip(&format!(" {}. {title} ", at + 1), self.cells.saturating_sub(4));
        let rest = self.cells.saturating_sub(width(&text) + 2);
        let pieces = vec![
            Piece::new(" ─", Tone::Quiet),
            Piece::new(text, Tone::Heading),
            Piece::new("─".repeat(rest), Tone::Quiet),
        ];
        Some(StreamRow { pieces, selected: false })
    }

    fn text_rows(
        &self,
        note: &Note,
        mark: &str,
        own: Option<&Task>,
        before: Option<&Note>,
    ) -> Vec<Vec<Piece>> {
        let indent = CLOCK + WHO + MARK;
        let lead = CLOCK + WHO + MARK.max(width(mark) + 1);
        let signs = self.signs(note);
        let text = clean(&note.text);
        let signed = width(&signs);
        let first_cells = self.cells.saturating_sub(lead + signed);
        let rest_cells = self.cells.saturating_sub(indent);
        let wrapped = wrap_with(&text, first_cells, rest_cells);
        let mut rows = Vec::with_capacity(wrapped.len());
        for (nth, range) in wrapped.into_iter().enumerate() {
            let words = text.get(range).unwrap_or("").trim_end();
            rows.push(if nth == 0 {
                self.first_row(note, mark, &signs, words, before)
            } else {
                vec![Piece::plain(" ".repeat(indent)), Piece::plain(words)]
            });
        }
        self.hang(&mut rows, self.chips(note, own), indent);
        rows
    }

    fn first_row(
        &self,
        note: &Note,
        mark: &str,
        signs: &str,
        words: &str,
        before: Option<&Note>,
    ) -> Vec<Piece> {
        let at = note.at.map_or(String::new(), clock);
        let mark_cells = MARK.max(width(mark) + 1);
        vec![
            Piece::new(format!(" {} ", pad(&at, CLOCK - 2)), Tone::Quiet),
            Piece::plain(pad(&self.who(note, before), WHO)),
            Piece::new(pad(mark, mark_cells), Tone::Heading),
            Piece::new(signs, Tone::Warning),
            Piece::plain(words),
        ]
    }

    /// Number and given name; the number alone while the same person goes on.
    fn who(&self, note: &Note, before: Option<&Note>) -> String {
        let same = before.is_some_and(|before| before.speaker == note.speaker && before.item == note.item);
        let name = || short_name(self.app, self.meeting, &note.speaker);
        let shown = match self.numbers.get(&note.speaker) {
            _ if note.speaker.is_empty() => String::new(),
            Some(number) if same => number.to_string(),
            Some(number) => format!("{number} {}", name()),
            None => name(),
        };
        clip(&shown, WHO - 1)
    }

    fn signs(&self, note: &Note) -> String {
        let mut signs = String::new();
        for sign in self.amendment_signs(note) {
            signs.push_str(&format!("[{}] ", self.app.desk.words.get(sign)));
        }
        if note.doubt {
            signs.push_str("?? ");
        }
        if note.confidential {
            signs.push_str(&format!("[{}] ", self.app.desk.words.get("ui.confidential")));
        }
        signs
    }

    /// Whether the line, its conclusions or its tasks were amended, struck, or somebody asked for it; each once.
    fn amendment_signs(&self, note: &Note) -> Vec<&'static str> {
        let of_line = |row: &&Amendment| note_of(self.meeting, &row.target) == note.id;
        let mut signs: Vec<&str> = Vec::new();
        for row in self.meeting.amendments.iter().filter(of_line) {
            let sign = match row.status {
                Some(AmendmentStatus::Adopted) if amendment::is_whole(row) => "ui.struck",
                Some(AmendmentStatus::Adopted) => "ui.amended",
                Some(AmendmentStatus::Refused) => continue,
                Some(AmendmentStatus::Proposed) | None => "ui.amendment_proposed",
            };
            if !signs.contains(&sign) {
                signs.push(sign);
            }
        }
        signs
    }

    /// What hangs at the end of the text: owners and deadline of the line's own task, else the kind of the line.
    fn chips(&self, note: &Note, own: Option<&Task>) -> Vec<Piece> {
        if let Some(task) = own {
            return task_chips(self.app, self.meeting, task);
        }
        let telling = |kind: &NoteKind| {
            !matches!(kind, NoteKind::Opinion | NoteKind::Conclusion | NoteKind::Assignment)
        };
        let kind = note.kind.filter(telling);
        let word = kind.map(|kind| self.app.desk.words.get(&format!("note_kind.{}", kind.word())).to_owned());
        word.map(|word| Piece::new(format!("[{word}]"), Tone::Quiet)).into_iter().collect()
    }

    /// Puts the chips behind the last row, or on rows of their own when there is no room.
    fn hang(&self, rows: &mut Vec<Vec<Piece>>, chips: Vec<Piece>, indent: usize) {
        let row_width = |row: &[Piece]| row.iter().map(|piece| width(&piece.text)).sum::<usize>();
        let mut gap = "  ";
        for chip in chips {
            let fits =
                rows.last().is_some_and(|row| row_width(row) + gap.len() + width(&chip.text) <= self.cells);
            match rows.last_mut() {
                Some(row) if fits => row.push(Piece::plain(gap)),
                _ => rows.push(vec![Piece::plain(" ".repeat(indent))]),
            }
            if let Some(row) = rows.last_mut() {
                row.push(chip);
            }
            gap = " ";
        }
    }

    /// The tasks under their line, as many in a row as fit.
    fn below(&self, tasks: &[&Task]) -> Vec<Vec<Piece>> {
        let indent = CLOCK + WHO + MARK;
        let mut rows: Vec<Vec<Piece>> = Vec::new();
        let mut used = 0;
        for task in tasks {
            let mut pieces = task_pieces(self.app, self.meeting, task);
            for at in (1..pieces.len()).rev() {
                pieces.insert(at, Piece::plain(" "));
            }
            let needed: usize = pieces.iter().map(|piece| width(&piece.text)).sum();
            if rows.is_empty() || used + 2 + needed > self.cells {
                rows.push(vec![Piece::plain(" ".repeat(indent))]);
                used = indent;
            } else if let Some(row) = rows.last_mut() {
                row.push(Piece::plain("  "));
                used += 2;
            }
            used += needed;
            if let Some(row) = rows.last_mut() {
                row.extend(pieces);
            }
        }
        rows
    }
}
