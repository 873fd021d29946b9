//! What is recorded beside the lines (conclusions, tasks, votes, figures, awards, documents, the queue, prepared texts,
//! turns), seen in one list, corrected by the form that made it, and taken out. Knows no drawing.

mod conclusion;
mod figure;
mod floor;
mod list;
mod paper;
mod vote;

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::popup::{Popup, Then};
use crate::app::session::Refused;
use crate::domain::fact::FactKind;
use crate::domain::id::row_id;
use crate::domain::kinds::NoteKind;
use crate::domain::meeting::{Meeting, Note};

impl App {
    /// Opens the form of a new fact, or of the one with the id `known`.
    fn ask_fact(
        &mut self,
        kind: FactKind,
        known: Option<&str>,
        fields: Vec<FormField>,
        focus: usize,
    ) -> Vec<Effect> {
        let mut form = Form::new(fields);
        form.focus = focus;
        let then = Then::Fact { kind, known: known.map(str::to_owned) };
        self.popups.push(Popup::Form { title: form_title(kind), form, then });
        self.form_changed()
    }

    /// The form of a fact that is recorded already.
    pub fn edit_fact(&mut self, kind: FactKind, id: &str) -> Vec<Effect> {
        if self.is_locked() {
            return self.tell_locked();
        }
        match kind {
            FactKind::Conclusion => self.edit_conclusion(id),
            FactKind::Task => self.edit_task(id),
            FactKind::Vote => self.edit_vote(id),
            FactKind::Figure => self.edit_figure(id),
            FactKind::Award => self.edit_award(id),
            FactKind::Document => self.edit_document(id),
            FactKind::Queue => self.edit_queue_entry(id),
            FactKind::Prepared => self.edit_prepared_text(id),
            FactKind::Turn => self.edit_turn(id),
        }
    }

    /// The form of a fact was answered.
    ///
    /// # Errors
    /// Why the answers cannot be used, as a key of the words.
    pub fn fact_answered(
        &mut self,
        kind: FactKind,
        known: Option<&str>,
        form: &Form,
    ) -> Result<Vec<Effect>, &'static str> {
        match kind {
            FactKind::Vote => self.vote_answered(known, form),
            FactKind::Figure => self.figure_answered(known, form),
            FactKind::Award => self.award_answered(known, form),
            FactKind::Document => self.document_answered(known, form),
            FactKind::Queue => self.queue_answered(known, form),
            FactKind::Turn => self.turn_answered(known, form),
            FactKind::Prepared => self.prepared_answered(known.unwrap_or_default(), form),
            // These two have forms of their own.
            FactKind::Conclusion | FactKind::Task => Ok(Vec::new()),
        }
    }

    fn words_of(&self, table: &str, words: impl Iterator<Item = &'static str>) -> Vec<String> {
        words.map(|word| format!("{table}.{word}")).collect()
    }

    /// The words a fact is read from: what follows the command, else the last line.
    fn fact_text(&self, argument: &str) -> String {
        if !argument.is_empty() {
            return argument.to_owned();
        }
        let notes = self.target_notes();
        let note = notes.last().and_then(|id| self.current_meeting()?.note(id));
        note.map_or(String::new(), |note| note.text.clone())
    }

    /// A step on the facts alone; the list, if it is open, shows what it did.
    fn correct_fact(&mut self, step: &str, change: impl FnOnce(&mut Meeting)) -> Vec<Effect> {
        let step = self.sessions.change(&self.meeting.id, step, self.desk.now, change);
        self.fact_done(step)
    }

    fn fact_done(&mut self, step: Result<Vec<Effect>, Refused>) -> Vec<Effect> {
        let effects = self.made(step);
        self.facts_again();
        effects
    }

    /// Adds a fact to the selected or last line.
    fn on_line(&mut self, step: &str, add: impl FnOnce(&mut Meeting, &str)) -> Vec<Effect> {
        let note = self.target_notes().last().cloned().unwrap_or_default();
        self.correct_fact(step, |meeting| add(meeting, &note))
    }

    /// Records a line that says the fact, and the fact with it, as one step.
    fn with_line(
        &mut self,
        step: &str,
        text: &str,
        item: &str,
        kind: Option<NoteKind>,
        add: impl FnOnce(&mut Meeting, &str),
    ) -> Vec<Effect> {
        let at = self.desk.now.wall;
        let id = row_id(self.desk.random.u64(..));
        let step = self.sessions.change(&self.meeting.id, step, self.desk.now, |meeting| {
            let live = meeting.stage().is_live();
            let at = if live { Some(at) } else { meeting.notes.last().and_then(|note| note.at) };
            meeting.notes.push(Note {
                id: id.clone(),
                item: item.to_owned(),
                at,
                kind,
                text: text.to_owned(),
                ..Note::default()
            });
            add(meeting, &id);
        });
        if step.is_ok() {
            self.stand_on(&id);
        }
        self.fact_done(step)
    }
}

/// The words over a fact's form.
pub fn form_title(kind: FactKind) -> &'static str {
    match kind {
        FactKind::Conclusion => "form.conclusion",
        FactKind::Task => "form.task",
        FactKind::Vote => "form.vote",
        FactKind::Figure => "form.figure",
        FactKind::Award => "form.award",
        FactKind::Document => "form.document",
        FactKind::Queue => "form.queue",
        FactKind::Prepared => "form.prepared",
        FactKind::Turn => "form.turn",
    }
}

/// The programme item a fact belongs to, as a choice; the last one is none.
fn item_choice(meeting: Option<&Meeting>, item: &str) -> FormField {
    let agenda = meeting.map(|meeting| meeting.agenda.as_slice()).unwrap_or_default();
    let mut titles: Vec<String> = (1..).zip(agenda).map(|(n, item)| format!("{n}. {}", item.title)).collect();
    let at = agenda.iter().position(|known| known.id == item).unwrap_or(titles.len());
    titles.push("choice.none".to_owned());
    FormField::choice("fact_item", titles, at)
}

/// The item chosen in a form.
fn item_at(meeting: Option<&Meeting>, form: &Form) -> String {
    let chosen = form.place("fact_item").and_then(|at| meeting?.agenda.get(at));
    chosen.map(|item| item.id.clone()).unwrap_or_default()
}
