//! Earlier lines: walking up to them, extending the choice, and verbs on all chosen lines at once. Knows no drawing.

use crate::app::effect::Effect;
use crate::app::layout;
use crate::app::meeting::{Focus, Selection};
use crate::app::picker::Entry;
use crate::app::popup::{Target, Then, Tone};
use crate::app::{App, Origin};
use crate::domain::kinds::NoteKind;
use crate::domain::lines;
use crate::domain::meeting::Note;
use crate::text::field::{Extend, Motion};

/// Whether walking moves the choice or extends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walking {
    Move,
    Extend,
}

impl App {
    /// `↑`: a row up in the line; from its first row on to the earlier lines.
    pub fn select_up(&mut self) -> Vec<Effect> {
        match self.meeting.focus {
            Focus::Line => {
                let cells = layout::line_cells(self.desk.size);
                if !self.meeting.line.move_caret(Motion::RowUp(cells), Extend::No) {
                    self.enter_stream();
                }
            }
            Focus::Stream => self.step_selection(-1, Walking::Move),
            Focus::Prepared(0) => self.meeting.focus = Focus::Line,
            Focus::Prepared(n) => self.meeting.focus = Focus::Prepared(n - 1),
        }
        Vec::new()
    }

    /// `↓`: a row down in the line; from its last row on to the prepared texts.
    pub fn select_down(&mut self) -> Vec<Effect> {
        match self.meeting.focus {
            Focus::Line => {
                let cells = layout::line_cells(self.desk.size);
                let moved = self.meeting.line.move_caret(Motion::RowDown(cells), Extend::No);
                if !moved && !self.unsaid().is_empty() {
                    self.meeting.focus = Focus::Prepared(0);
                }
            }
            Focus::Stream => self.step_selection(1, Walking::Move),
            Focus::Prepared(n) => {
                let last = self.unsaid().len().saturating_sub(1);
                self.meeting.focus = Focus::Prepared((n + 1).min(last));
            }
        }
        Vec::new()
    }

    /// A screenful of lines up or down.
    pub fn select_page(&mut self, by: isize) -> Vec<Effect> {
        if self.meeting.focus != Focus::Stream {
            if by > 0 {
                return Vec::new();
            }
            self.enter_stream();
        }
        self.step_selection(by * 10, Walking::Move);
        Vec::new()
    }

    fn enter_stream(&mut self) {
        let last = self.current_meeting().and_then(|m| m.notes.last()).map(|note| note.id.clone());
        if let Some(last) = last {
            self.meeting.focus = Focus::Stream;
            self.meeting.selection = Some(Selection { anchor: last.clone(), head: last });
        }
    }

    /// Moves or extends the choice; past the newest line the keys return to the typing line.
    pub fn step_selection(&mut self, by: isize, walking: Walking) {
        let Some(selection) = self.meeting.selection.clone() else { return };
        let Some(meeting) = self.current_meeting() else { return };
        let Some(at) = meeting.notes.iter().position(|note| note.id == selection.head) else {
            self.meeting.selection = None;
            self.meeting.focus = Focus::Line;
            return;
        };
        let last = meeting.notes.len().saturating_sub(1);
        let to = at.saturating_add_signed(by);
        if to > last && walking == Walking::Move && by == 1 {
            self.meeting.selection = None;
            self.meeting.focus = Focus::Line;
            return;
        }
        let head = meeting.notes[to.min(last)].id.clone();
        let anchor = if walking == Walking::Extend { selection.anchor } else { head.clone() };
        self.meeting.selection = Some(Selection { anchor, head });
    }

    /// The chosen lines in the order of the record.
    pub fn selected_notes(&self) -> Vec<String> {
        let (Some(selection), Some(meeting)) = (&self.meeting.selection, self.current_meeting()) else {
            return Vec::new();
        };
        let at = |id: &str| meeting.notes.iter().position(|note| note.id == id);
        match (at(&selection.anchor), at(&selection.head)) {
            (Some(a), Some(b)) => {
                meeting.notes[a.min(b)..=a.max(b)].iter().map(|note| note.id.clone()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Del: removes the chosen lines with the conclusions and tasks that stand on them alone. One step, undone by one.
    pub fn delete_lines(&mut self) -> Vec<Effect> {
        let notes = self.selected_notes();
        if notes.is_empty() {
            return Vec::new();
        }
        let count = notes.len().to_string();
        let step = self.sessions.change(&self.meeting.id, "step.delete", self.desk.now, |meeting| {
            lines::remove(meeting, &notes);
        });
        self.meeting.selection = None;
        self.meeting.focus = Focus::Line;
        let effects = self.made(step);
        if !effects.is_empty() {
            let undo = self.desk.keymap.label(crate::app::command::Command::Undo).unwrap_or_default();
            self.say_filled("news.deleted", &[("count", &count), ("undo", &undo)], Tone::Plain);
        }
        effects
    }

    /// The mark "to be checked", on or off for all chosen lines alike.
    pub fn toggle_doubt(&mut self) -> Vec<Effect> {
        self.toggle("step.doubt", |note| &mut note.doubt)
    }

    /// Confidential, on or off for all chosen lines alike.
    pub fn toggle_confidential(&mut self) -> Vec<Effect> {
        self.toggle("step.confidential", |note| &mut note.confidential)
    }

    fn toggle(&mut self, step: &str, flag: impl Fn(&mut Note) -> &mut bool) -> Vec<Effect> {
        let notes = self.target_notes();
        if notes.is_empty() {
            return self.tell("news.no_line", Tone::Quiet);
        }
        let step = self.sessions.change(&self.meeting.id, step, self.desk.now, |meeting| {
            let mut chosen: Vec<&mut Note> =
                meeting.notes.iter_mut().filter(|n| notes.contains(&n.id)).collect();
            let on = chosen.iter_mut().any(|note| !*flag(note));
            for note in chosen {
                *flag(note) = on;
            }
        });
        self.made(step)
    }

    /// Chooses the kind of the chosen lines.
    pub fn pick_kind(&mut self) -> Vec<Effect> {
        let notes = self.target_notes();
        if notes.is_empty() {
            return self.tell("news.no_line", Tone::Quiet);
        }
        let now = self.current_meeting().and_then(|m| m.note(&notes[0])).and_then(|note| note.kind);
        let entry = |kind: &NoteKind| Entry {
            id: kind.word().to_owned(),
            label: self.desk.words.get(&format!("note_kind.{}", kind.word())).to_owned(),
            ..Entry::default()
        };
        let entries = NoteKind::ALL.iter().map(entry).collect();
        self.pick("picker.kind", entries, now.map_or("", NoteKind::word), Then::Kind(Target::Notes(notes)));
        Vec::new()
    }

    /// Sets the kind of lines.
    pub fn set_kind(&mut self, notes: &[String], kind: &str) -> Vec<Effect> {
        let kind = NoteKind::from_word(kind);
        let step = self.sessions.change(&self.meeting.id, "step.kind", self.desk.now, |meeting| {
            for note in meeting.notes.iter_mut().filter(|note| notes.contains(&note.id)) {
                note.kind = kind;
            }
        });
        self.made(step)
    }

    /// Esc in the Meeting place: ends editing in place (keeping the text), goes back to where one jumped from, leaves
    /// the choice, else goes Home unless the meeting is live.
    pub fn back_in_meeting(&mut self) -> Vec<Effect> {
        if self.meeting.editing.is_some() {
            return self.finish_editing();
        }
        match self.return_to.take() {
            Some(Origin::Meeting(id)) => {
                self.meeting.selection = None;
                self.line_left();
                return self.enter_meeting(&id, None);
            }
            Some(Origin::Place(place)) if self.meeting.focus == Focus::Stream => {
                self.meeting.selection = None;
                self.meeting.focus = Focus::Line;
                self.place = place;
                return Vec::new();
            }
            Some(Origin::Place(_)) | None => {}
        }
        if self.meeting.focus != Focus::Line || self.meeting.selection.is_some() {
            self.meeting.focus = Focus::Line;
            self.meeting.selection = None;
            return Vec::new();
        }
        if self.current_meeting().is_some_and(|meeting| meeting.stage().is_live()) {
            return self.tell("news.live_stays", Tone::Quiet);
        }
        self.run(crate::app::command::Command::Home, "")
    }
}
