//! Recording: what Enter makes of the typed line, pasted lines, and the line's own life (first key, draft, edit in
//! place). Knows no drawing.

use chrono::NaiveDateTime;

use crate::app::effect::Effect;
use crate::app::meeting::mark::{self, Mark};
use crate::app::meeting::{Editing, Focus, Selection};
use crate::app::popup::{Popup, Target, Then, Tone};
use crate::app::session::Refused;
use crate::app::{App, Place};
use crate::domain::id::{RecordKey, row_id};
use crate::domain::kinds::{ItemKind, NoteKind, Stage};
use crate::domain::meeting::{Conclusion, Meeting, Note};
use crate::domain::{fact, floor, lines, programme};
use crate::text::field::TextField;

/// What becomes of a recorded line beside the note.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Becomes {
    Note,
    Conclusion,
    Task,
}

/// A line ready to be recorded.
#[derive(Clone, Debug)]
pub struct Line {
    pub text: String,
    /// Clock time of its first key.
    pub at: NaiveDateTime,
    pub becomes: Becomes,
    /// The prepared text it was said from.
    pub prepared: Option<String>,
}

impl App {
    /// Enter in the typing line.
    pub fn enter(&mut self) -> Vec<Effect> {
        if self.meeting.editing.is_some() {
            return self.finish_editing();
        }
        let text = self.meeting.line.text().to_owned();
        if text.trim().is_empty() {
            return self.enter_on_nothing();
        }
        let mark = if self.meeting.literal { Mark::Text(text.trim()) } else { mark::read(&text) };
        match mark {
            Mark::Text(text) => self.record(text, Becomes::Note),
            Mark::Task("") => self.empty_mark(|app| app.tasks_of_target()),
            Mark::Conclusion("") => self.empty_mark(|app| app.conclude_target()),
            Mark::Task(text) => self.record(text, Becomes::Task),
            Mark::Conclusion(text) => self.record(text, Becomes::Conclusion),
            Mark::Speaker(name) => self.name_speaker(name),
            Mark::PreviousSpeaker(rest) => self.back_to_previous_speaker(rest),
            Mark::Item(words) => self.item_by_words(words),
            Mark::Command(words) => self.slash(words),
        }
    }

    /// In a planned meeting Enter opens it, in a paused one it goes on; in a live one nothing was typed.
    fn enter_on_nothing(&mut self) -> Vec<Effect> {
        match self.current_meeting().map(Meeting::stage) {
            Some(Stage::Planned) => self.open_meeting(),
            Some(Stage::Paused) => self.resume_meeting(),
            _ => Vec::new(),
        }
    }

    /// A mark alone works on the selected lines or the last one, and leaves the line empty.
    fn empty_mark(&mut self, verb: impl FnOnce(&mut App) -> Vec<Effect>) -> Vec<Effect> {
        self.clear_line();
        verb(self)
    }

    /// Records text as a line; the line's draft goes with the same journal entry.
    pub fn record(&mut self, text: &str, becomes: Becomes) -> Vec<Effect> {
        let line = Line {
            text: text.to_owned(),
            at: self.meeting.line_started.unwrap_or(self.desk.now.wall),
            becomes,
            prepared: self.meeting.from_prepared.clone(),
        };
        self.record_lines(vec![line], step_of(becomes))
    }

    /// Records lines as one step.
    pub fn record_lines(&mut self, lines: Vec<Line>, step: &'static str) -> Vec<Effect> {
        let id = self.meeting.id.clone();
        let becomes = lines.last().map(|line| line.becomes);
        let scene = Scene::of(self);
        let mut random = self.desk.random.clone();
        let mut last = String::new();
        let known = self.current_meeting().map(|m| self.known_units(m)).unwrap_or_default();
        let said = self.occasion_here();
        let committee = self.current_meeting().and_then(|m| self.committee_of(m)).cloned();
        let clears = Some((RecordKey::Meeting(id.clone()), "line"));
        let step = self.sessions.step(step, self.desk.now, clears, |drafts| {
            let Some(meeting) = drafts.meeting(&id) else { return };
            for line in &lines {
                let note = put_line(meeting, line, &scene, &last, &mut random);
                if line.becomes == Becomes::Task {
                    let task = super::task::task_of(
                        meeting,
                        &note,
                        &line.text,
                        (&known, &said),
                        row_id(random.u64(..)),
                    );
                    meeting.tasks.push(task);
                    super::task::snapshot_units(meeting, committee.as_ref());
                }
                last = note.id;
            }
        });
        self.desk.random = random;
        if step.is_ok() {
            self.clear_line();
            self.saving.draft.clear();
            self.stand_on(&last);
        }
        let mut effects = self.made(step);
        if becomes == Some(Becomes::Task) && !effects.is_empty() {
            effects.extend(self.ask_missing(&last));
        }
        effects
    }

    /// From a new line on, what is done without choosing lines is done to it: an older choice ends. Outside a live
    /// meeting the new line is chosen, so that the next one follows it.
    pub fn stand_on(&mut self, note: &str) {
        let live = self.current_meeting().is_some_and(|meeting| meeting.stage().is_live());
        let chosen = Selection { anchor: note.to_owned(), head: note.to_owned() };
        self.meeting.selection = (!live && !note.is_empty()).then_some(chosen);
    }

    /// Empties the line after what was in it went elsewhere.
    pub fn clear_line(&mut self) {
        self.meeting.line.take();
        self.meeting.line_started = None;
        self.meeting.literal = false;
        self.meeting.from_prepared = None;
        self.meeting.focus = Focus::Line;
    }

    /// Text typed into the line; the first key gives the line its time.
    pub fn type_in_line(&mut self, text: &str) -> Vec<Effect> {
        if self.meeting.focus != Focus::Line {
            self.meeting.focus = Focus::Line;
        }
        if self.meeting.line_started.is_none() {
            self.meeting.line_started = Some(self.desk.now.wall);
        }
        self.meeting.line.insert(text);
        if text == " " && !self.meeting.literal && self.meeting.editing.is_none() {
            return self.quick_speaker();
        }
        Vec::new()
    }

    /// After an editing key: an empty line has no time and no past.
    pub fn line_edited(&mut self) {
        if self.meeting.line.is_empty() && self.meeting.editing.is_none() {
            self.meeting.line_started = None;
            self.meeting.literal = false;
            self.meeting.from_prepared = None;
        }
    }

    /// Leaving the line brings its letters into their composed form.
    pub fn line_left(&mut self) {
        self.meeting.line.normalise();
        self.meeting.focus = Focus::Line;
    }

    /// Pasted text: complete lines are recorded as they stand, what follows the last line end stays in the line.
    /// Nothing pasted is ever read as a mark.
    pub fn paste_lines(&mut self, text: &str) -> Vec<Effect> {
        self.meeting.focus = Focus::Line;
        if self.meeting.line_started.is_none() {
            self.meeting.line_started = Some(self.desk.now.wall);
        }
        if let Some(item) = self.pasting_prepared() {
            return self.prepare_texts(text.lines(), item);
        }
        if self.meeting.line.is_empty() {
            self.meeting.literal = true;
        }
        let mut pieces: Vec<&str> = text.split('\n').collect();
        let rest = pieces.pop().unwrap_or("");
        if pieces.is_empty() || self.meeting.editing.is_some() {
            self.meeting.line.paste(text);
            return Vec::new();
        }
        self.meeting.line.paste(pieces[0]);
        let at = self.meeting.line_started.unwrap_or(self.desk.now.wall);
        let first = self.meeting.line.text().to_owned();
        let lines: Vec<Line> = std::iter::once(first.as_str())
            .chain(pieces[1..].iter().copied())
            .map(clean)
            .filter(|text| !text.is_empty())
            .map(|text| Line { text, at, becomes: Becomes::Note, prepared: None })
            .collect();
        let effects = self.record_lines(lines, "step.paste");
        if !rest.trim().is_empty() {
            self.meeting.line.paste(rest);
            self.meeting.line_started = Some(self.desk.now.wall);
            self.meeting.literal = true;
        }
        effects
    }

    /// Opens a recorded line for editing in place; what was being typed waits.
    pub fn edit_line(&mut self, note: &str) -> Vec<Effect> {
        let Some(text) = self.current_meeting().and_then(|m| m.note(note)).map(|n| n.text.clone()) else {
            return Vec::new();
        };
        let waiting = std::mem::replace(&mut self.meeting.line, TextField::with_text(text));
        let waiting_since = self.meeting.line_started.take();
        self.meeting.editing = Some(Editing { note: note.to_owned(), waiting, waiting_since });
        self.meeting.focus = Focus::Line;
        Vec::new()
    }

    /// Puts the edited text into its line; conclusions and tasks that had the same words follow.
    pub fn finish_editing(&mut self) -> Vec<Effect> {
        let Some(editing) = self.meeting.editing.clone() else { return Vec::new() };
        self.meeting.line.normalise();
        let text = self.meeting.line.text().trim().to_owned();
        let known = self.current_meeting().map(|m| self.known_units(m)).unwrap_or_default();
        let step = match text.is_empty() {
            // An emptied line is most likely a slip; Del removes lines.
            true => Ok(Vec::new()),
            false => self.sessions.change(&self.meeting.id, "step.edit", self.desk.now, |meeting| {
                lines::rewrite(meeting, &editing.note, &text, &known);
            }),
        };
        if matches!(step, Err(Refused::Locked | Refused::ReadOnly)) {
            return self.made(step);
        }
        self.meeting.editing = None;
        self.meeting.line = editing.waiting;
        self.meeting.line_started = editing.waiting_since;
        self.made(step)
    }

    /// The unfinished text that a crash must not take: record, field and text.
    pub fn unfinished(&self) -> Option<(RecordKey, &'static str, String)> {
        if self.place == Place::Committee
            && let Some(Popup::Form { form, .. }) = self.popups.last()
        {
            let key = RecordKey::Committee(self.committee.id.clone());
            let typed = form.typed();
            if !typed.is_empty() {
                return Some((key, "form", typed));
            }
        }
        if self.meeting.id.is_empty() {
            return None;
        }
        let key = RecordKey::Meeting(self.meeting.id.clone());
        if let Some(Popup::Form { form, .. }) = self.popups.last() {
            let typed = form.typed();
            if !typed.is_empty() {
                return Some((key, "form", typed));
            }
        }
        let line = self.meeting.line.text();
        Some(match &self.meeting.editing {
            None => (key, "line", line.to_owned()),
            Some(editing) => (key, "edit", format!("{}\n{}\n{line}", editing.note, editing.waiting.text())),
        })
    }

    /// Asks for owner and deadline of the task just made from a note, if something is missing.
    fn ask_missing(&mut self, note: &str) -> Vec<Effect> {
        let missing = self.current_meeting().and_then(|meeting| {
            let task = meeting.tasks.iter().find(|task| task.note == note)?;
            (task.lead.is_empty() || task.due_kind.is_none()).then(|| task.id.clone())
        });
        match missing {
            Some(task) => self.ask_task(&task, crate::app::popup::Walk::Single),
            None => Vec::new(),
        }
    }

    /// The notes a verb works on when nothing is typed: the selected ones, else the last of the record.
    pub fn target_notes(&self) -> Vec<String> {
        let selected = self.selected_notes();
        if !selected.is_empty() {
            return selected;
        }
        let last = self.current_meeting().and_then(|meeting| meeting.notes.last());
        last.map(|note| note.id.clone()).into_iter().collect()
    }

    /// What a verb works on now: selected lines first, then the typed line.
    pub fn target(&self) -> Target {
        let selected = self.selected_notes();
        if self.meeting.focus == Focus::Stream && !selected.is_empty() {
            return Target::Notes(selected);
        }
        Target::Line
    }

    /// Makes the selected lines (or the last one) numbered conclusions; of those that are already, number, part and
    /// words are asked.
    pub fn conclude_target(&mut self) -> Vec<Effect> {
        let notes = self.target_notes();
        if notes.is_empty() {
            return self.tell("news.no_line", Tone::Quiet);
        }
        let concluded = self.conclusions_of(&notes);
        if concluded.len() >= notes.len() {
            return self.ask_conclusions(concluded);
        }
        let mut random = self.desk.random.clone();
        let step = self.sessions.change(&self.meeting.id, "step.conclusion", self.desk.now, |meeting| {
            for id in &notes {
                conclude(meeting, id, row_id(random.u64(..)));
            }
        });
        self.desk.random = random;
        self.made(step)
    }

    /// F5: the typed line becomes a conclusion, or the selected lines do.
    pub fn conclusion_key(&mut self) -> Vec<Effect> {
        match self.target() {
            Target::Line if !self.meeting.line.text().trim().is_empty() => {
                self.record_typed(Becomes::Conclusion)
            }
            _ => self.conclude_target(),
        }
    }

    /// Records what is typed, whatever its mark, as a conclusion or task.
    pub fn record_typed(&mut self, becomes: Becomes) -> Vec<Effect> {
        if self.meeting.editing.is_some() {
            return self.finish_editing();
        }
        let text = self.meeting.line.text().to_owned();
        let plain = match mark::read(&text) {
            Mark::Task(rest) | Mark::Conclusion(rest) if !self.meeting.literal && !rest.is_empty() => rest,
            _ => text.trim(),
        };
        self.record(plain, becomes)
    }

    /// Opens a picker with its purpose.
    pub fn pick(
        &mut self,
        title: &'static str,
        entries: Vec<crate::app::picker::Entry>,
        at: &str,
        then: Then,
    ) {
        let picker = crate::app::picker::Picker::new(entries, at);
        self.popups.push(Popup::Picker { title, picker, then });
    }
}

fn step_of(becomes: Becomes) -> &'static str {
    match becomes {
        Becomes::Note => "step.line",
        Becomes::Conclusion => "step.conclusion",
        Becomes::Task => "step.task",
    }
}

fn clean(line: &str) -> String {
    let mut field = TextField::new();
    field.paste(line.trim());
    field.take()
}

/// Where and by whom a line is spoken.
pub struct Scene {
    speaker: String,
    item: String,
    stage: Stage,
    /// In a meeting that is not live: the note after which new lines stand.
    after: Option<String>,
}

impl Scene {
    /// The scene as the Meeting place has it now.
    pub fn of(app: &App) -> Scene {
        let meeting = app.current_meeting();
        Scene {
            speaker: app.meeting.speaker.clone(),
            item: app.item_of_line().unwrap_or_default(),
            stage: meeting.map_or(Stage::Planned, Meeting::stage),
            after: app.meeting.selection.as_ref().map(|selection| selection.head.clone()),
        }
    }
}

/// Puts a line into the record: the note, its turn on the floor while live, and the numbered conclusion where it is one.
pub fn put_line(
    meeting: &mut Meeting,
    line: &Line,
    scene: &Scene,
    last: &str,
    random: &mut fastrand::Rng,
) -> Note {
    let item_kind = meeting.item(&scene.item).and_then(|item| item.kind);
    let mut note = Note {
        id: row_id(random.u64(..)),
        item: scene.item.clone(),
        speaker: scene.speaker.clone(),
        kind: note_kind(line.becomes, item_kind),
        text: line.text.clone(),
        ..Note::default()
    };
    let place = if scene.stage.is_live() {
        note.at = Some(line.at);
        if !scene.speaker.is_empty() {
            floor::take_floor(meeting, &scene.speaker, &scene.item, line.at, row_id(random.u64(..)));
        }
        meeting.notes.len()
    } else {
        let place = place_afterwards(meeting, scene, last);
        let above = place.checked_sub(1).and_then(|above| meeting.notes.get(above));
        note.at = above.and_then(|above| above.at);
        if note.speaker.is_empty() {
            note.speaker = above.map(|above| above.speaker.clone()).unwrap_or_default();
        }
        place
    };
    meeting.notes.insert(place.min(meeting.notes.len()), note.clone());
    if let Some(prepared) = line.prepared.as_ref()
        && let Some(text) = meeting.prepared.iter_mut().find(|text| text.id == *prepared)
    {
        text.note = note.id.clone();
    }
    let spoken_conclusion = line.becomes == Becomes::Note && item_kind == Some(ItemKind::Conclusion);
    if line.becomes == Becomes::Conclusion || spoken_conclusion {
        conclude(meeting, &note.id, row_id(random.u64(..)));
    }
    note
}

/// Outside a live meeting a line goes under the selected one, or to the end of its item.
fn place_afterwards(meeting: &Meeting, scene: &Scene, last: &str) -> usize {
    let after = if last.is_empty() { scene.after.as_deref() } else { Some(last) };
    if let Some(at) = after.and_then(|id| meeting.notes.iter().position(|note| note.id == id)) {
        return at + 1;
    }
    let of_item = meeting.notes.iter().rposition(|note| note.item == scene.item);
    of_item.map_or(meeting.notes.len(), |at| at + 1)
}

/// Makes a note a numbered conclusion; one that is already stays as it is.
pub fn conclude(meeting: &mut Meeting, note_id: &str, id: String) {
    if meeting.conclusions.iter().any(|conclusion| conclusion.note == note_id) {
        return;
    }
    let number = meeting.next_conclusion_number();
    let Some(note) = meeting.notes.iter_mut().find(|note| note.id == note_id) else { return };
    note.kind = Some(NoteKind::Conclusion);
    let text = note.text.clone();
    fact::rest_on(meeting, note_id, Some(&id));
    meeting.conclusions.push(Conclusion {
        id,
        number: Some(number),
        text,
        note: note_id.to_owned(),
        ..Conclusion::default()
    });
}

fn note_kind(becomes: Becomes, item: Option<ItemKind>) -> Option<NoteKind> {
    match (becomes, item?) {
        (Becomes::Conclusion, _) => Some(NoteKind::Conclusion),
        (Becomes::Task, _) => Some(NoteKind::Assignment),
        (Becomes::Note, ItemKind::Report) => Some(NoteKind::Result),
        (Becomes::Note, ItemKind::Discussion | ItemKind::Paper) => Some(NoteKind::Opinion),
        (Becomes::Note, ItemKind::Response) => Some(NoteKind::Response),
        (Becomes::Note, ItemKind::GuidanceAddress) => Some(NoteKind::Guidance),
        (Becomes::Note, ItemKind::Conclusion) => Some(NoteKind::Conclusion),
        (Becomes::Note, ItemKind::Vote) => Some(NoteKind::Vote),
        (Becomes::Note, _) => None,
    }
}

impl App {
    /// The programme item a line goes to: the running one while live, else the one shown, else that of the last line.
    pub fn item_of_line(&self) -> Option<String> {
        let meeting = self.current_meeting()?;
        let running = programme::current_item(meeting).map(|item| item.id.clone());
        if meeting.stage().is_live() {
            return running;
        }
        let selected = || {
            let head = &self.meeting.selection.as_ref()?.head;
            meeting.note(head).map(|note| note.item.clone())
        };
        selected()
            .or_else(|| self.meeting.shown_item.clone())
            .or_else(|| meeting.notes.last().map(|note| note.item.clone()))
            .filter(|item| !item.is_empty())
    }
}
