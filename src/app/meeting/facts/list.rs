//! The one list of everything recorded beside the lines, grouped and counted: from each entry to its form, to its line,
//! out of the record. Knows no drawing.

use crate::app::App;
use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::meeting::facts::floor::time_words;
use crate::app::meeting::facts::form_title;
use crate::app::meeting::names;
use crate::app::popup::{Page, PageLine, Popup, Then, Tone};
use crate::domain::fact::{self, FactKind, Kept, Way};
use crate::domain::meeting::{Award, Document, Figure, Meeting, QueueEntry, Turn};
use crate::domain::value::Number;
use crate::text::{dates, fold};

impl App {
    /// `/kem`: the facts of the meeting; with words only the groups so called.
    pub fn show_facts(&mut self, argument: &str) -> Vec<Effect> {
        if argument.is_empty() {
            return self.list_facts(None);
        }
        let wanted = |kind: &FactKind| {
            let title = self.desk.words.get(form_title(*kind));
            fold::score(argument, title).is_some()
        };
        match FactKind::ALL.into_iter().find(wanted) {
            Some(kind) => self.list_facts(Some(kind)),
            None => self.tell("news.no_such_facts", Tone::Quiet),
        }
    }

    /// Opens the list of all facts, or of one kind.
    pub(super) fn list_facts(&mut self, only: Option<FactKind>) -> Vec<Effect> {
        let lines = self.fact_lines(only);
        if lines.is_empty() {
            return self.tell("news.no_facts", Tone::Quiet);
        }
        let selected = lines.iter().position(|line| !line.reference.is_empty()).unwrap_or(0);
        let title = self.desk.words.get("answer.facts").to_owned();
        if matches!(self.popups.last(), Some(Popup::Page(Page { then: Then::Read | Then::Facts(_), .. }))) {
            self.popups.pop();
        }
        self.popups.push(Popup::Page(Page { title, lines, selected, then: Then::Facts(only) }));
        Vec::new()
    }

    /// The list shows what was done to it, the choice where it stood.
    pub fn facts_again(&mut self) {
        let Some(Popup::Page(Page { then: Then::Facts(only), selected, lines, .. })) = self.popups.last()
        else {
            return;
        };
        let (only, at) = (*only, *selected);
        let reference = lines.get(at).map(|line| line.reference.clone()).unwrap_or_default();
        self.popups.pop();
        self.list_facts(only);
        if let Some(Popup::Page(page)) = self.popups.last_mut() {
            let same = page.lines.iter().position(|line| line.reference == reference);
            page.selected = same.unwrap_or(at);
            page.step(0);
        }
    }

    fn fact_lines(&self, only: Option<FactKind>) -> Vec<PageLine> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let mut lines = Vec::new();
        for kind in FactKind::ALL.into_iter().filter(|kind| only.is_none_or(|only| only == *kind)) {
            let rows = self.facts_of(meeting, kind);
            if rows.is_empty() {
                continue;
            }
            let slots =
                [("group", self.desk.words.get(form_title(kind)).to_owned()), ("n", rows.len().to_string())];
            let text = self.desk.words.fill("answer.fact_group", &slots);
            lines.push(PageLine { text, tone: Tone::Heading, ..PageLine::default() });
            lines.extend(rows.into_iter().map(|(id, text, tone)| PageLine {
                text,
                reference: format!("{}/{id}", kind.table()),
                tone,
            }));
        }
        lines
    }

    /// Id, words and tone of each row of a kind.
    fn facts_of(&self, meeting: &Meeting, kind: FactKind) -> Vec<(String, String, Tone)> {
        let plain = |id: &str, text: String| (id.to_owned(), text, Tone::Plain);
        match kind {
            FactKind::Conclusion => {
                let rows = meeting.conclusions.iter();
                rows.map(|row| plain(&row.id, self.conclusion_words(row))).collect()
            }
            FactKind::Task => {
                meeting.tasks.iter().map(|row| plain(&row.id, self.task_words(meeting, row))).collect()
            }
            FactKind::Vote => meeting.votes.iter().map(|row| plain(&row.id, self.vote_words(row))).collect(),
            FactKind::Figure => meeting.figures.iter().map(|row| plain(&row.id, figure_words(row))).collect(),
            FactKind::Award => {
                meeting.awards.iter().map(|row| plain(&row.id, self.award_words(row))).collect()
            }
            FactKind::Document => {
                meeting.documents.iter().map(|row| plain(&row.id, document_words(row))).collect()
            }
            FactKind::Queue => {
                let numbered = meeting.queue.iter().zip(1..);
                numbered.map(|(row, nth)| self.queue_words(meeting, row, nth)).collect()
            }
            FactKind::Prepared => {
                let said = |note: &str| if note.is_empty() { Tone::Plain } else { Tone::Quiet };
                let rows = meeting.prepared.iter();
                rows.map(|row| (row.id.clone(), row.text.clone(), said(&row.note))).collect()
            }
            FactKind::Turn => {
                meeting.turns.iter().map(|row| plain(&row.id, self.turn_words(meeting, row))).collect()
            }
        }
    }

    fn award_words(&self, award: &Award) -> String {
        let counted = |key: &str, count: Option<i64>| {
            let label = self.desk.words.get(key).to_lowercase();
            count.map(|count| format!("{label} {count}")).unwrap_or_default()
        };
        joined([
            award.title.clone(),
            award.granted_by.clone(),
            counted("field.collectives", award.collectives),
            counted("field.individuals", award.individuals),
            award.recipients.join("; "),
        ])
    }

    fn queue_words(&self, meeting: &Meeting, entry: &QueueEntry, nth: i64) -> (String, String, Tone) {
        let name = names::speaker_name(meeting, self.committee_of(meeting), &entry.speaker);
        let topic = if entry.topic.is_empty() { String::new() } else { format!(": {}", entry.topic) };
        let (state, tone) = match entry.done {
            true => (self.desk.words.get("queue_state.heard"), Tone::Quiet),
            false => (self.desk.words.get("queue_state.waiting"), Tone::Plain),
        };
        (entry.id.clone(), format!("{nth}. {name}{topic} [{state}]"), tone)
    }

    fn turn_words(&self, meeting: &Meeting, turn: &Turn) -> String {
        let name = names::speaker_name(meeting, self.committee_of(meeting), &turn.speaker);
        let minutes =
            turn.from.zip(turn.to).map(|(from, to)| format!(" {}'", ((to - from).num_seconds() + 30) / 60));
        let kind =
            turn.kind.map(|kind| format!(", {}", self.desk.words.get(&format!("turn_kind.{}", kind.word()))));
        let (from, to) = (time_words(turn.from), time_words(turn.to));
        format!("{from}-{to}{} {name}{}", minutes.unwrap_or_default(), kind.unwrap_or_default())
    }

    /// A command while the list is in front; `None` when it is none of the list's.
    pub fn run_in_facts(&mut self, command: Command) -> Option<Vec<Effect>> {
        let Some(Popup::Page(page)) = self.popups.last() else { return None };
        let reference = page.lines.get(page.selected).map(|line| line.reference.clone()).unwrap_or_default();
        let (table, id) = reference.split_once('/')?;
        let kind = FactKind::of_table(table)?;
        let changes = matches!(
            command,
            Command::FactRemove | Command::FactAdd | Command::FactUp | Command::FactDown | Command::FactHeard
        );
        if changes && self.is_locked() {
            return Some(self.tell_locked());
        }
        match command {
            Command::Choose => Some(self.edit_fact(kind, id)),
            Command::FactRemove => Some(self.remove_fact(kind, id)),
            Command::FactUp => Some(self.shift_fact(kind, id, Way::Up)),
            Command::FactDown => Some(self.shift_fact(kind, id, Way::Down)),
            Command::FactHeard if kind == FactKind::Queue => Some(self.turn_heard(id)),
            Command::FactHeard => Some(self.tell("news.only_queue", Tone::Quiet)),
            Command::FactLine => Some(self.line_of_fact(kind, id)),
            Command::FactAdd => Some(self.add_fact(kind)),
            _ => None,
        }
    }

    fn shift_fact(&mut self, kind: FactKind, id: &str, way: Way) -> Vec<Effect> {
        if !matches!(kind, FactKind::Queue | FactKind::Prepared) {
            return self.tell("news.no_order", Tone::Quiet);
        }
        self.correct_fact("step.order", |meeting| fact::shift(meeting, kind, id, way))
    }

    fn remove_fact(&mut self, kind: FactKind, id: &str) -> Vec<Effect> {
        let mut kept = None;
        let step = self.sessions.change(&self.meeting.id, "step.fact_remove", self.desk.now, |meeting| {
            kept = fact::remove(meeting, kind, id).err();
        });
        if kept == Some(Kept::HasHistory) {
            return self.tell("news.task_has_history", Tone::Warning);
        }
        let effects = self.fact_done(step);
        if !effects.is_empty() {
            let undo = self.desk.keymap.label(Command::Undo).unwrap_or_default();
            self.say_filled("news.fact_removed", &[("undo", &undo)], Tone::Plain);
        }
        effects
    }

    /// A new row of the chosen one's kind.
    fn add_fact(&mut self, kind: FactKind) -> Vec<Effect> {
        match kind {
            FactKind::Vote => self.ask_vote(""),
            FactKind::Figure => self.ask_figure(""),
            FactKind::Award => self.ask_award(""),
            FactKind::Document => self.ask_document(""),
            FactKind::Queue => self.new_queue_entry(),
            FactKind::Turn => self.new_turn(),
            FactKind::Conclusion | FactKind::Task | FactKind::Prepared => {
                self.tell("news.made_from_lines", Tone::Quiet)
            }
        }
    }

    /// Goes to the line a fact came from, a turn to the first line said in it.
    fn line_of_fact(&mut self, kind: FactKind, id: &str) -> Vec<Effect> {
        let note = self.current_meeting().and_then(|meeting| note_of(meeting, kind, id));
        let Some(note) = note else { return self.tell("news.no_source_line", Tone::Quiet) };
        self.popups.pop();
        self.meeting.focus = crate::app::meeting::Focus::Stream;
        self.meeting.selection = Some(crate::app::meeting::Selection { anchor: note.clone(), head: note });
        Vec::new()
    }
}

fn note_of(meeting: &Meeting, kind: FactKind, id: &str) -> Option<String> {
    use crate::domain::fields::Record;
    use crate::domain::value::Value;
    if kind == FactKind::Turn {
        let turn = meeting.turns.iter().find(|turn| turn.id == id)?;
        let within = |at| Some(at) >= turn.from && turn.to.is_none_or(|to| at <= to);
        let mut said = meeting.notes.iter().filter(|note| note.at.is_some_and(within));
        return said.find(|note| note.speaker == turn.speaker).map(|note| note.id.clone());
    }
    let row = meeting.rows(kind.table())?.iter().find(|row| row.id() == id)?.get("note");
    match row {
        Some(Value::Text(note)) => meeting.note(&note).map(|note| note.id.clone()),
        _ => None,
    }
}

fn figure_words(figure: &Figure) -> String {
    let value = figure.value.map(Number::official).unwrap_or_default();
    let period = if figure.period.is_empty() { String::new() } else { format!(" ({})", figure.period) };
    format!("{}: {value} {}{period}", figure.name, figure.unit).trim_end().to_owned()
}

fn document_words(document: &Document) -> String {
    let date = document.date.map(dates::short).unwrap_or_default();
    joined([document.number.clone(), date, document.issuer.clone(), document.title.clone()])
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
