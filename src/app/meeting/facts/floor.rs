//! Who asked for the floor and who had it: the queue of speakers, its order, turns corrected in speaker and time.
//! Knows no drawing.

use chrono::NaiveDateTime;

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::meeting::facts::{item_at, item_choice};
use crate::app::meeting::names;
use crate::app::picker::rank;
use crate::app::popup::Tone;
use crate::domain::fact::FactKind;
use crate::domain::id::row_id;
use crate::domain::kinds::{Presence, TurnKind};
use crate::domain::meeting::{QueueEntry, Turn};
use crate::domain::{floor, roll};
use crate::text::dates;

impl App {
    /// `/dk name: topic`: somebody registers to speak; without a name the queue, or the form while it is empty.
    pub fn ask_queue(&mut self, argument: &str) -> Vec<Effect> {
        let (name, topic) = argument.split_once(':').unwrap_or((argument, ""));
        let fields = vec![FormField::text("speaker", name.trim()), FormField::text("topic", topic.trim())];
        if !name.trim().is_empty() {
            return self.queue_answered(None, &Form::new(fields)).unwrap_or_default();
        }
        if self.current_meeting().is_some_and(|meeting| !meeting.queue.is_empty()) {
            return self.list_facts(Some(FactKind::Queue));
        }
        self.ask_fact(FactKind::Queue, None, fields, 0)
    }

    pub(super) fn new_queue_entry(&mut self) -> Vec<Effect> {
        let fields = vec![FormField::text("speaker", ""), FormField::text("topic", "")];
        self.ask_fact(FactKind::Queue, None, fields, 0)
    }

    pub(super) fn edit_queue_entry(&mut self, id: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let Some(entry) = meeting.queue.iter().find(|row| row.id == id) else { return Vec::new() };
        let name = names::speaker_name(meeting, self.committee_of(meeting), &entry.speaker);
        let heard = ["queue_state.waiting", "queue_state.heard"].map(str::to_owned).to_vec();
        let fields = vec![
            FormField::text("speaker", &name),
            FormField::text("topic", &entry.topic),
            FormField::choice("heard", heard, usize::from(entry.done)),
            item_choice(Some(meeting), &entry.item),
        ];
        self.ask_fact(FactKind::Queue, Some(id), fields, 1)
    }

    pub(super) fn queue_answered(
        &mut self,
        known: Option<&str>,
        form: &Form,
    ) -> Result<Vec<Effect>, &'static str> {
        let name = form.text("speaker");
        if name.is_empty() {
            return Err("news.speaker_needed");
        }
        let (speaker, topic) = (self.speaker_typed(name), form.text("topic").to_owned());
        let Some(known) = known else {
            let item = self.item_of_line().unwrap_or_default();
            let id = row_id(self.desk.random.u64(..));
            return Ok(self.correct_fact("step.queue", |meeting| {
                meeting.queue.push(QueueEntry { id, speaker, topic, item, ..QueueEntry::default() });
            }));
        };
        let (heard, item) = (form.place("heard") == Some(1), item_at(self.current_meeting(), form));
        Ok(self.correct_fact("step.queue", |meeting| {
            if let Some(entry) = meeting.queue.iter_mut().find(|row| row.id == known) {
                (entry.speaker, entry.topic, entry.item, entry.done) = (speaker, topic, item, heard);
            }
        }))
    }

    /// Somebody in the queue has spoken, or not yet after all.
    pub(super) fn turn_heard(&mut self, id: &str) -> Vec<Effect> {
        self.correct_fact("step.queue", |meeting| {
            if let Some(entry) = meeting.queue.iter_mut().find(|row| row.id == id) {
                entry.done = !entry.done;
            }
        })
    }

    /// Gives the floor to the next in the queue.
    pub fn next_speaker(&mut self) -> Vec<Effect> {
        let next = self.current_meeting().and_then(|m| m.queue.iter().find(|entry| !entry.done));
        match next.map(|entry| entry.speaker.clone()) {
            Some(speaker) => self.set_speaker(speaker),
            None => self.tell("news.queue_empty", Tone::Quiet),
        }
    }

    /// The seat that a name means, or the name.
    pub fn person_named(&self, name: &str) -> String {
        let Some(meeting) = self.current_meeting() else { return name.to_owned() };
        let (entries, name) = (self.speakers(meeting), name.strip_prefix('@').unwrap_or(name));
        rank(&entries, name).first().map_or_else(|| name.to_owned(), |i| entries[*i].id.clone())
    }

    /// As [`App::person_named`]; a full name means its own seat before any other.
    fn speaker_typed(&self, name: &str) -> String {
        let exact = self.seat_or_name(name);
        let is_seat = self.current_meeting().is_some_and(|meeting| meeting.seat(&exact).is_some());
        if is_seat { exact } else { self.person_named(name) }
    }

    pub(super) fn new_turn(&mut self) -> Vec<Effect> {
        let item = self.item_of_line().unwrap_or_default();
        let fields = self.turn_fields(&Turn { item, ..Turn::default() });
        self.ask_fact(FactKind::Turn, None, fields, 0)
    }

    pub(super) fn edit_turn(&mut self, id: &str) -> Vec<Effect> {
        let known = self.current_meeting().and_then(|meeting| meeting.turns.iter().find(|row| row.id == id));
        let Some(turn) = known.cloned() else { return Vec::new() };
        let fields = self.turn_fields(&turn);
        self.ask_fact(FactKind::Turn, Some(id), fields, 1)
    }

    fn turn_fields(&self, turn: &Turn) -> Vec<FormField> {
        let meeting = self.current_meeting();
        let name = meeting.map(|m| names::speaker_name(m, self.committee_of(m), &turn.speaker));
        let mut kinds = self.words_of("turn_kind", TurnKind::ALL.iter().map(|kind| kind.word()));
        kinds.push("choice.none".to_owned());
        let kind =
            TurnKind::ALL.iter().position(|kind| turn.kind == Some(*kind)).unwrap_or(TurnKind::ALL.len());
        vec![
            FormField::text("speaker", &name.unwrap_or_default()),
            FormField::text("from_time", &time_words(turn.from)),
            FormField::text("to_time", &time_words(turn.to)),
            FormField::choice("turn_kind", kinds, kind),
            item_choice(meeting, &turn.item),
        ]
    }

    /// Puts the turn into the record; the turns that touched its old ends go with them.
    pub(super) fn turn_answered(
        &mut self,
        known: Option<&str>,
        form: &Form,
    ) -> Result<Vec<Effect>, &'static str> {
        let Some(meeting) = self.current_meeting() else { return Ok(Vec::new()) };
        let name = form.text("speaker");
        if name.is_empty() {
            return Err("news.speaker_needed");
        }
        let was =
            known.and_then(|id| meeting.turns.iter().find(|row| row.id == id)).cloned().unwrap_or_default();
        let day = was.from.map(|from| from.date()).or(roll::first_day(meeting));
        let day = day.unwrap_or(self.desk.now.wall.date());
        let time = |key: &str, was: Option<NaiveDateTime>| match form.text(key) {
            typed if typed == time_words(was) => Ok(was),
            "" => Ok(None),
            typed => dates::read_time(typed).map(|time| Some(day.and_time(time))).ok_or("news.time_unread"),
        };
        let (from, to) = (time("from_time", was.from)?.ok_or("news.time_unread")?, time("to_time", was.to)?);
        let turn = Turn {
            speaker: self.speaker_typed(name),
            from: Some(from),
            to,
            kind: form.text("turn_kind").strip_prefix("turn_kind.").and_then(TurnKind::from_word),
            item: item_at(self.current_meeting(), form),
            ..was
        };
        if to.is_some_and(|to| to < from) {
            return Err("news.turn_backwards");
        }
        let fresh = row_id(self.desk.random.u64(..));
        let step = self.sessions.change(&self.meeting.id, "step.turn", self.desk.now, |meeting| {
            floor::correct(meeting, Turn { id: known.map_or(fresh, str::to_owned), ..turn });
        });
        Ok(self.fact_done(step))
    }

    /// `/den name`: somebody came late, now.
    pub fn arrived(&mut self, argument: &str) -> Vec<Effect> {
        if argument.is_empty() {
            return self.run(crate::app::command::Command::Roll, "");
        }
        let seat = self.person_named(argument);
        let found = self.current_meeting().and_then(|m| m.seat(&seat)).is_some();
        if !found {
            return self.tell("news.no_such_speaker", Tone::Warning);
        }
        let effects = self.mark_seats(std::slice::from_ref(&seat), Presence::Late);
        let name = self
            .current_meeting()
            .map(|meeting| names::speaker_name(meeting, self.committee_of(meeting), &seat))
            .unwrap_or_default();
        let time = dates::clock(self.desk.now.wall.time());
        self.say_filled("news.arrived", &[("name", &name), ("time", &time)], Tone::Plain);
        effects
    }
}

/// A time as it is shown and typed; empty for none.
pub(super) fn time_words(at: Option<NaiveDateTime>) -> String {
    at.map(|at| dates::clock(at.time())).unwrap_or_default()
}
