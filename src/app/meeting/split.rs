//! F6: a spoken sentence cut into clauses, each of which becomes a task, a conclusion or stays plain. Knows no drawing.

use crate::app::App;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::meeting::due;
use crate::app::meeting::record::{self, Scene};
use crate::app::meeting::task;
use crate::app::popup::{Becomes, Clause, Popup, Split, Target, Then, Tone};
use crate::domain::capture::{self, Known};
use crate::domain::deadline::{self, Occasion};
use crate::domain::id::{RecordKey, row_id};
use crate::domain::kinds::{DueKind, ItemKind};
use crate::domain::meeting::{Conclusion, Meeting, Task};
use crate::text::clauses::{self, Direction};

impl App {
    /// Opens the cutting of the typed line, the selected line or the last one.
    pub fn open_split(&mut self) -> Vec<Effect> {
        let typed = self.meeting.line.text().trim().to_owned();
        let from_line = self.target() == Target::Line && !typed.is_empty() && self.meeting.editing.is_none();
        let (note, text) = if from_line {
            (None, typed)
        } else {
            let last = self.target_notes().last().cloned();
            let text = last.as_ref().and_then(|id| self.current_meeting()?.note(id)).map(|n| n.text.clone());
            (last, text.unwrap_or_default())
        };
        if text.is_empty() {
            return self.tell("news.no_line", Tone::Quiet);
        }
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let reader = Reader::of(self, meeting, note.as_deref());
        let ranges = clauses::clauses(&text);
        let mut split = Split { note, text, clauses: ranges.into_iter().map(new_clause).collect(), focus: 0 };
        reader.read(&mut split);
        self.popups.push(Popup::Split(split));
        Vec::new()
    }

    /// A command while a sentence is being cut; `None` when it is none of the cutting.
    pub fn run_in_split(&mut self, command: Command) -> Option<Vec<Effect>> {
        let reader = self.reader_of_split()?;
        let Some(Popup::Split(split)) = self.popups.last_mut() else { return None };
        let last = split.clauses.len().saturating_sub(1);
        match command {
            Command::Up => split.focus = split.focus.saturating_sub(1),
            Command::Down => split.focus = (split.focus + 1).min(last),
            Command::CutLeft => move_cut(split, Direction::Left),
            Command::CutRight => move_cut(split, Direction::Right),
            Command::AddCut => add_cut(split, &reader),
            Command::JoinClause => join_next(split),
            Command::CycleClause => cycle(split),
            Command::NoDeadline => confirm_no_deadline(split),
            Command::EditClause => return Some(self.edit_clause()),
            Command::MakeClauses => return Some(self.make_clauses()),
            _ => return None,
        }
        reader.read(split);
        Some(Vec::new())
    }

    fn reader_of_split(&self) -> Option<Reader> {
        let Some(Popup::Split(split)) = self.popups.last() else { return None };
        self.current_meeting().map(|meeting| Reader::of(self, meeting, split.note.as_deref()))
    }

    fn edit_clause(&mut self) -> Vec<Effect> {
        let Some(Popup::Split(split)) = self.popups.last() else { return Vec::new() };
        let Some(clause) = split.clauses.get(split.focus) else { return Vec::new() };
        let owners = |owners: &[capture::Owner]| {
            let texts: Vec<&str> = owners.iter().map(|owner| owner.text.as_str()).collect();
            texts.join(", ")
        };
        let due = if clause.no_deadline { "-" } else { &clause.captured.due_words };
        let mut form = Form::new(vec![
            FormField::text("lead", &owners(&clause.captured.lead)),
            FormField::text("due", due),
            FormField::text("support", &owners(&clause.captured.support)),
            FormField::text("content", &clause.captured.content),
        ]);
        // An owner taken over from the clause before is only a guess, so it is asked first.
        let owner_is_said = !clause.captured.lead.is_empty() && !clause.inherited;
        form.focus = usize::from(owner_is_said && due.is_empty());
        self.popups.push(Popup::Form { title: "form.clause", form, then: Then::ClauseFields });
        self.form_changed()
    }

    /// Takes the answers of the form into the clause below it.
    pub fn clause_answered(&mut self, form: &Form) -> Vec<Effect> {
        let Some(reader) = self.reader_of_split() else { return Vec::new() };
        let Some(Popup::Split(split)) = self.popups.last_mut() else { return Vec::new() };
        let Some(clause) = split.clauses.get_mut(split.focus) else { return Vec::new() };
        let due = form.text("due");
        clause.captured.lead = capture::owners(form.text("lead"), &reader.known);
        clause.captured.support = capture::owners(form.text("support"), &reader.known);
        clause.captured.content = form.text("content").to_owned();
        clause.no_deadline = due == "-";
        if clause.captured.due_words != due && !clause.no_deadline {
            clause.captured.due_words = due::spelled(due);
            clause.captured.deadline = deadline::read(&clause.captured.due_words, &reader.said).ok();
        }
        clause.becomes = Becomes::Task;
        clause.chosen = Some(Becomes::Task);
        clause.by_hand = true;
        clause.inherited = false;
        reader.read(split);
        Vec::new()
    }

    /// Enter: the line is recorded if it was not yet, and all clauses become what they are marked as, in one step.
    fn make_clauses(&mut self) -> Vec<Effect> {
        let Some(Popup::Split(split)) = self.popups.pop() else { return Vec::new() };
        let scene = Scene::of(self);
        let typed = record::Line {
            text: split.text.clone(),
            at: self.meeting.line_started.unwrap_or(self.desk.now.wall),
            becomes: record::Becomes::Note,
            prepared: self.meeting.from_prepared.clone(),
        };
        let id = self.meeting.id.clone();
        let committee = self.current_meeting().and_then(|m| self.committee_of(m)).cloned();
        let clears = split.note.is_none().then(|| (RecordKey::Meeting(id.clone()), "line"));
        let mut random = self.desk.random.clone();
        let mut line = String::new();
        let step = self.sessions.step("step.split", self.desk.now, clears, |drafts| {
            let Some(meeting) = drafts.meeting(&id) else { return };
            line = make_all(meeting, &split, &typed, &scene, &mut random);
            task::snapshot_units(meeting, committee.as_ref());
        });
        self.desk.random = random;
        if step.is_ok() && split.note.is_none() {
            self.clear_line();
            self.saving.draft.clear();
            self.stand_on(&line);
        }
        let tasks = split.clauses.iter().filter(|clause| clause.becomes == Becomes::Task).count().to_string();
        let effects = self.made(step);
        if !effects.is_empty() {
            self.say_filled("news.split", &[("count", &tasks)], Tone::Plain);
        }
        effects
    }
}

fn new_clause(range: std::ops::Range<usize>) -> Clause {
    Clause {
        range,
        becomes: Becomes::Plain,
        captured: capture::Captured::default(),
        inherited: false,
        by_hand: false,
        chosen: None,
        no_deadline: false,
    }
}

/// What is needed to read owners and deadlines out of clauses.
struct Reader {
    known: Vec<Known>,
    said: Occasion,
    /// Clauses without an owner are conclusions of their own.
    concluding: bool,
}

impl Reader {
    /// `note` is the recorded line that is cut, `None` for the typed one.
    fn of(app: &App, meeting: &Meeting, note: Option<&str>) -> Reader {
        let item = note.and_then(|note| meeting.note(note)).and_then(|note| meeting.item(&note.item));
        // A line that is a conclusion as a whole, as every line typed under such an item, is none a second time.
        let whole = note.is_none_or(|note| meeting.conclusions.iter().any(|c| c.note == note));
        Reader {
            known: app.known_units(meeting),
            said: app.occasion(meeting),
            concluding: !whole && item.and_then(|item| item.kind) == Some(ItemKind::Conclusion),
        }
    }

    /// Reads the clauses that were not set by hand; one without a subject is offered the owner before it.
    fn read(&self, split: &mut Split) {
        let mut owner_before: Vec<capture::Owner> = Vec::new();
        for clause in &mut split.clauses {
            if !clause.by_hand {
                let words = split.text.get(clause.range.clone()).unwrap_or("");
                clause.captured = capture::read(words, &self.known, &self.said);
                clause.inherited = clause.captured.lead.is_empty() && !owner_before.is_empty();
                if clause.inherited {
                    clause.captured.lead = owner_before.clone();
                }
                clause.becomes = clause.chosen.unwrap_or_else(|| self.guess(clause));
            }
            if !clause.captured.lead.is_empty() {
                owner_before = clause.captured.lead.clone();
            }
        }
    }

    /// How much of a new clause begins at `at` within a clause.
    fn breath(&self, text: &str, range: &std::ops::Range<usize>, at: usize) -> Breath {
        let (before, after) = (text[range.start..at].trim_end(), &text[at..range.end]);
        if !before.ends_with([',', ':']) && !after.starts_with("và ") {
            return Breath::None;
        }
        let said = |words: &str| capture::read(words, &self.known, &self.said);
        let assigns = !said(after).lead.is_empty() && !said(before).content.is_empty();
        if assigns { Breath::Assignment } else { Breath::Comma }
    }

    fn guess(&self, clause: &Clause) -> Becomes {
        let assigned = !clause.captured.lead.is_empty() || clause.captured.deadline.is_some();
        match (assigned, self.concluding) {
            (true, _) => Becomes::Task,
            (false, true) => Becomes::Conclusion,
            (false, false) => Becomes::Plain,
        }
    }
}

/// What stands at a word that a clause may be cut at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Breath {
    None,
    /// A comma, or "và".
    Comma,
    /// What follows names its own owner, and before it something is to be done.
    Assignment,
}

/// Moves the cut after the focused clause (before it, for the last one) by a word.
fn move_cut(split: &mut Split, direction: Direction) {
    let count = split.clauses.len();
    if count < 2 {
        return;
    }
    let left = split.focus.min(count - 2);
    let at = split.clauses[left + 1].range.start;
    let Some(to) = clauses::next_word_cut(&split.text, at, direction) else { return };
    let (from, end) = (split.clauses[left].range.start, split.clauses[left + 1].range.end);
    if to <= from || to >= end {
        return;
    }
    let (a, b) = (trimmed(&split.text, from..to), trimmed(&split.text, to..end));
    if a.is_empty() || b.is_empty() {
        return;
    }
    split.clauses[left].range = a;
    split.clauses[left + 1].range = b;
}

/// Cuts the focused clause where another assignment seems to begin, else after a comma, else at a word; of equal
/// places the one nearest its middle.
fn add_cut(split: &mut Split, reader: &Reader) {
    let Some(range) = split.clauses.get(split.focus).map(|clause| clause.range.clone()) else { return };
    let words = std::iter::successors(Some(range.start), |at| {
        clauses::next_word_cut(&split.text, *at, Direction::Right).filter(|at| *at < range.end)
    });
    let off_middle = |at: usize| (at - range.start).abs_diff(range.end - at);
    let place = |at: usize| (reader.breath(&split.text, &range, at), std::cmp::Reverse(off_middle(at)));
    let Some(cut) = words.skip(1).max_by_key(|at| place(*at)) else { return };
    let (a, b) = (trimmed(&split.text, range.start..cut), trimmed(&split.text, cut..range.end));
    if a.is_empty() || b.is_empty() {
        return;
    }
    split.clauses[split.focus].range = a;
    split.clauses.insert(split.focus + 1, new_clause(b));
}

/// Joins the focused clause with the next one.
fn join_next(split: &mut Split) {
    if split.focus + 1 < split.clauses.len() {
        let next = split.clauses.remove(split.focus + 1);
        split.clauses[split.focus].range.end = next.range.end;
    }
}

fn cycle(split: &mut Split) {
    if let Some(clause) = split.clauses.get_mut(split.focus) {
        clause.becomes = match clause.becomes {
            Becomes::Task => Becomes::Conclusion,
            Becomes::Conclusion => Becomes::Plain,
            Becomes::Plain => Becomes::Task,
        };
        clause.chosen = Some(clause.becomes);
    }
}

/// "No deadline was stated" is an answer, given in one key; the same key takes it back.
fn confirm_no_deadline(split: &mut Split) {
    if let Some(clause) = split.clauses.get_mut(split.focus) {
        clause.no_deadline = !clause.no_deadline;
        clause.chosen = Some(Becomes::Task);
    }
}

/// Without the spaces around it and the sign that parted it from the next.
fn trimmed(text: &str, range: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let piece = text.get(range.clone()).unwrap_or("");
    let start = range.start + (piece.len() - piece.trim_start().len());
    start..(start + piece.trim().trim_end_matches([';', ',', ' ']).len())
}

/// Records the sentence if it was not yet, and makes of its clauses what they are marked as. Gives the note they are of.
fn make_all(
    meeting: &mut Meeting,
    split: &Split,
    typed: &record::Line,
    scene: &Scene,
    random: &mut fastrand::Rng,
) -> String {
    let note = match &split.note {
        Some(note) => note.clone(),
        None => record::put_line(meeting, typed, scene, "", random).id,
    };
    if split.note.is_none() && split.clauses.iter().any(|clause| clause.becomes == Becomes::Conclusion) {
        // Its clauses are the numbered conclusions now, so the whole is none beside them.
        meeting.conclusions.retain(|conclusion| conclusion.note != note);
    }
    for clause in &split.clauses {
        make_clause(meeting, &note, &split.text, clause, row_id(random.u64(..)));
    }
    note
}

fn make_clause(meeting: &mut Meeting, note: &str, text: &str, clause: &Clause, id: String) {
    let words =
        text.get(clause.range.clone()).unwrap_or("").trim_end_matches([';', ',', '.', ' ']).to_owned();
    match clause.becomes {
        Becomes::Plain => {}
        Becomes::Conclusion => {
            let number = meeting.next_conclusion_number();
            meeting.conclusions.push(Conclusion {
                id,
                number: Some(number),
                text: words,
                note: note.to_owned(),
                ..Conclusion::default()
            });
        }
        Becomes::Task => {
            let number = meeting.next_task_number();
            let basis = meeting.conclusions.iter().find(|c| c.note == note).map(|c| c.id.clone());
            let mut made = Task { id, number: Some(number), note: note.to_owned(), ..Task::default() };
            made.quote = words;
            made.basis = basis.into_iter().collect();
            task::fill(&mut made, &clause.captured);
            if clause.no_deadline {
                due::set_due(&mut made, &due::Due { kind: Some(DueKind::None), ..due::Due::default() });
            }
            meeting.tasks.push(made);
        }
    }
}
