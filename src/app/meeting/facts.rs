//! Quick facts beside the lines: votes, figures, awards, documents handed out, the queue of speakers, late arrivals.
//! Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::meeting::names;
use crate::app::picker::rank;
use crate::app::popup::{Popup, Then, Tone};
use crate::domain::id::row_id;
use crate::domain::kinds::{NoteKind, Presence, VoteMethod, VoteResult};
use crate::domain::meeting::*;
use crate::domain::roll;
use crate::domain::value::Number;
use crate::text::numbers;

impl App {
    fn ask(&mut self, title: &'static str, fields: Vec<FormField>, focus: usize, then: Then) -> Vec<Effect> {
        let mut form = Form::new(fields);
        form.focus = focus;
        self.popups.push(Popup::Form { title, form, then });
        self.form_changed()
    }

    fn words_of(&self, table: &str, words: impl Iterator<Item = &'static str>) -> Vec<String> {
        words.map(|word| format!("{table}.{word}")).collect()
    }

    /// `/bq 40 0 1 question`: a vote; what is not given is asked.
    pub fn ask_vote(&mut self, argument: &str) -> Vec<Effect> {
        let mut words = argument.split_whitespace().peekable();
        let mut number = || words.next_if(|word| word.parse::<u32>().is_ok()).unwrap_or("").to_owned();
        let (yes, no, abstain) = (number(), number(), number());
        let question = words.collect::<Vec<_>>().join(" ");
        let methods = self.words_of("vote_method", VoteMethod::ALL.iter().map(|m| m.word()));
        let complete = !abstain.is_empty() && !question.is_empty();
        let focus = if yes.is_empty() { 0 } else { 3 };
        let fields = vec![
            FormField::text("for", &yes),
            FormField::text("against", &no),
            FormField::text("abstain", &abstain),
            FormField::text("question", &question),
            FormField::choice("method", methods, 0),
        ];
        if complete {
            return self.vote_answered(&Form::new(fields));
        }
        self.ask("form.vote", fields, focus, Then::Vote)
    }

    /// What the counts amount to against those present, while they are typed.
    pub fn vote_echo(&self, form: &Form) -> Vec<String> {
        let mut echo = vec![String::new(); form.fields.len()];
        let (Some(meeting), Some(tally)) = (self.current_meeting(), Tally::of(form)) else { return echo };
        let present = roll::counts(meeting).present as i64;
        let word = format!("vote_result.{}", tally.result().word());
        let slots = [
            ("sum", tally.sum().to_string()),
            ("present", present.to_string()),
            ("result", self.desk.words.get(&word).to_owned()),
        ];
        let key = if tally.sum() > present && present > 0 { "vote.too_many" } else { "vote.sum" };
        if let Some(last) = echo.get_mut(2) {
            *last = self.desk.words.fill(key, &slots);
        }
        echo
    }

    /// Records the vote with a line that says it.
    pub fn vote_answered(&mut self, form: &Form) -> Vec<Effect> {
        let Some(tally) = Tally::of(form) else { return self.tell("news.vote_numbers", Tone::Warning) };
        let method = form.text("method").rsplit('.').next().and_then(VoteMethod::from_word);
        let question = form.text("question").to_owned();
        let result = tally.result();
        let (yes, no, abstain) = (tally.yes.to_string(), tally.no.to_string(), tally.abstain.to_string());
        let result_words = self.desk.words.get(&format!("vote_result.{}", result.word())).to_owned();
        let slots = [
            ("question", question.as_str()),
            ("for", &yes),
            ("against", &no),
            ("abstain", &abstain),
            ("result", &result_words),
        ];
        let text = self.desk.words.fill("vote.line", &slots).trim_start_matches([':', ' ']).to_owned();
        let item = self.item_of_line().unwrap_or_default();
        let id = row_id(self.desk.random.u64(..));
        self.with_line("step.vote", &text, Some(NoteKind::Vote), move |meeting, note| {
            meeting.votes.push(Vote {
                id,
                item,
                question,
                method,
                r#for: Some(tally.yes),
                against: Some(tally.no),
                abstain: Some(tally.abstain),
                result: Some(result),
                note: note.to_owned(),
                ..Vote::default()
            });
        })
    }

    /// `/so`: the number in the line (or the last line) becomes a figure; its name comes from the committee's list.
    pub fn ask_figure(&mut self, argument: &str) -> Vec<Effect> {
        let text = self.fact_text(argument);
        let indicator = self.indicator_in(&text);
        // Without an indicator the words before the number are its name.
        let said = || text.split(|c: char| c.is_ascii_digit()).next().unwrap_or("").trim().to_owned();
        let (series, name, unit) = indicator.unwrap_or_else(|| (String::new(), said(), String::new()));
        let value = number_in(&text).map_or(String::new(), |number| spell_number(&number));
        let period = self.current_meeting().map_or(String::new(), |m| m.head.review_period.clone());
        let fields = vec![
            FormField::text("name", &name),
            FormField::text("value", &value),
            FormField::text("unit", &unit),
            FormField::text("period", &period),
            FormField::text("series", &series),
        ];
        let focus = if name.is_empty() { 0 } else { 1 };
        self.ask("form.figure", fields, focus, Then::Figure)
    }

    /// The value the same figure had last time.
    pub fn figure_echo(&self, form: &Form) -> Vec<String> {
        let mut echo = vec![String::new(); form.fields.len()];
        let name = form.text("name");
        let named = self.indicator_in(name).map(|(id, full, _)| (id, full));
        let series = match form.text("series") {
            "" => named.as_ref().map_or("", |(id, _)| id.as_str()).to_owned(),
            series => series.to_owned(),
        };
        if let Some((_, full)) = named.filter(|(_, full)| full != name) {
            echo[0] = full;
        }
        if let Some((period, value, unit)) = self.last_figure(&series) {
            let slots = [("period", period.as_str()), ("value", &value), ("unit", &unit)];
            echo[1] = self.desk.words.fill("figure.before", &slots);
        }
        echo
    }

    fn last_figure(&self, series: &str) -> Option<(String, String, String)> {
        if series.is_empty() {
            return None;
        }
        let here = self.current_meeting()?;
        let mut found: Vec<(&Meeting, &Figure)> = self
            .library
            .meetings
            .iter()
            .map(|known| known.meeting.as_ref())
            .filter(|m| m.head.committee == here.head.committee && m.head.date < here.head.date)
            .flat_map(|m| m.figures.iter().map(move |figure| (m, figure)))
            .filter(|(_, figure)| figure.series == series)
            .collect();
        found.sort_by_key(|(m, _)| m.head.date);
        let (_, figure) = found.last()?;
        let value = figure.value.map_or(String::new(), |number| spell_number(&number));
        Some((figure.period.clone(), value, figure.unit.clone()))
    }

    fn indicator_in(&self, text: &str) -> Option<(String, String, String)> {
        let committee = self.current_meeting().and_then(|meeting| self.committee_of(meeting))?;
        let folded = crate::text::fold::fold(text);
        let named = |name: &str| !name.is_empty() && folded.contains(&crate::text::fold::fold(name));
        let found = committee.indicators.iter().find(|indicator| named(&indicator.name));
        let picked = found.or_else(|| {
            let short = text.split_whitespace().count() <= 4 && !text.is_empty();
            committee
                .indicators
                .iter()
                .filter(|_| short)
                .filter_map(|i| crate::text::fold::score(text, &i.name).map(|score| (score, i)))
                .max_by_key(|(score, _)| *score)
                .map(|(_, indicator)| indicator)
        })?;
        Some((picked.id.clone(), picked.name.clone(), picked.unit.clone()))
    }

    pub fn figure_answered(&mut self, form: &Form) -> Vec<Effect> {
        let Some(value) = number_in(form.text("value")) else {
            return self.tell("news.figure_number", Tone::Warning);
        };
        if form.text("name").is_empty() {
            return self.tell("news.figure_name", Tone::Warning);
        }
        let picked = self.indicator_in(form.text("name"));
        let name = picked.as_ref().map_or_else(|| form.text("name").to_owned(), |(_, name, _)| name.clone());
        let series = match form.text("series") {
            "" => picked.map(|(id, _, _)| id).unwrap_or_default(),
            series => series.to_owned(),
        };
        let figure = Figure {
            id: row_id(self.desk.random.u64(..)),
            name,
            value: Some(value),
            unit: form.text("unit").to_owned(),
            period: form.text("period").to_owned(),
            series,
            ..Figure::default()
        };
        self.on_line("step.figure", move |meeting, note| {
            meeting.figures.push(Figure { note: note.to_owned(), ..figure });
        })
    }

    /// `/khen`: an award.
    pub fn ask_award(&mut self, argument: &str) -> Vec<Effect> {
        let fields = vec![
            FormField::text("title", argument),
            FormField::text("granted_by", ""),
            FormField::text("collectives", ""),
            FormField::text("individuals", ""),
            FormField::text("recipients", ""),
        ];
        self.ask("form.award", fields, usize::from(!argument.is_empty()), Then::Award)
    }

    pub fn award_answered(&mut self, form: &Form) -> Vec<Effect> {
        let recipients = form.text("recipients").split([',', ';']).map(str::trim).filter(|r| !r.is_empty());
        let award = Award {
            id: row_id(self.desk.random.u64(..)),
            title: form.text("title").to_owned(),
            granted_by: form.text("granted_by").to_owned(),
            individuals: form.text("individuals").parse().ok(),
            collectives: form.text("collectives").parse().ok(),
            recipients: recipients.map(str::to_owned).collect(),
            ..Award::default()
        };
        self.on_line("step.award", move |meeting, note| {
            meeting.awards.push(Award { note: note.to_owned(), ..award });
        })
    }

    /// `/tl`: a document handed out or cited ("có văn bản kèm theo").
    pub fn ask_document(&mut self, argument: &str) -> Vec<Effect> {
        let fields = vec![
            FormField::text("title", argument),
            FormField::text("number", ""),
            FormField::text("date", ""),
            FormField::text("issuer", ""),
            FormField::text("path", ""),
        ];
        self.ask("form.document", fields, usize::from(!argument.is_empty()), Then::Document)
    }

    pub fn document_answered(&mut self, form: &Form) -> Vec<Effect> {
        let from = self.desk.now.wall.date();
        let document = Document {
            id: row_id(self.desk.random.u64(..)),
            title: form.text("title").to_owned(),
            number: form.text("number").to_owned(),
            date: crate::text::dates::read(form.text("date"), from),
            issuer: form.text("issuer").to_owned(),
            path: form.text("path").to_owned(),
            ..Document::default()
        };
        self.on_line("step.document", move |meeting, note| {
            meeting.documents.push(Document { note: note.to_owned(), ..document });
        })
    }

    /// `/dk name: topic`: somebody registers to speak.
    pub fn ask_queue(&mut self, argument: &str) -> Vec<Effect> {
        let (name, topic) = argument.split_once(':').unwrap_or((argument, ""));
        let fields = vec![FormField::text("speaker", name.trim()), FormField::text("topic", topic.trim())];
        if !name.trim().is_empty() {
            return self.queue_answered(&Form::new(fields));
        }
        self.ask("form.queue", fields, 0, Then::Queue)
    }

    pub fn queue_answered(&mut self, form: &Form) -> Vec<Effect> {
        let (name, topic) = (form.text("speaker"), form.text("topic").to_owned());
        if name.is_empty() {
            return Vec::new();
        }
        let speaker = self.person_named(name);
        let item = self.item_of_line().unwrap_or_default();
        let id = row_id(self.desk.random.u64(..));
        let step = self.sessions.change(&self.meeting.id, "step.queue", self.desk.now, |meeting| {
            meeting.queue.push(QueueEntry { id, speaker, topic, item, ..QueueEntry::default() });
        });
        self.made(step)
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
        let time = crate::text::dates::clock(self.desk.now.wall.time());
        self.say_filled("news.arrived", &[("name", &name), ("time", &time)], Tone::Plain);
        effects
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

    /// Adds a fact to the selected or last line.
    fn on_line(&mut self, step: &str, add: impl FnOnce(&mut Meeting, &str)) -> Vec<Effect> {
        let note = self.target_notes().last().cloned().unwrap_or_default();
        let step = self.sessions.change(&self.meeting.id, step, self.desk.now, |meeting| add(meeting, &note));
        self.made(step)
    }

    /// Records a line that says the fact, and the fact with it, as one step.
    fn with_line(
        &mut self,
        step: &str,
        text: &str,
        kind: Option<NoteKind>,
        add: impl FnOnce(&mut Meeting, &str),
    ) -> Vec<Effect> {
        let (item, at) = (self.item_of_line().unwrap_or_default(), self.desk.now.wall);
        let id = row_id(self.desk.random.u64(..));
        let step = self.sessions.change(&self.meeting.id, step, self.desk.now, |meeting| {
            let live = meeting.stage().is_live();
            let at = if live { Some(at) } else { meeting.notes.last().and_then(|note| note.at) };
            meeting.notes.push(Note {
                id: id.clone(),
                item,
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
        self.made(step)
    }
}

#[derive(Clone, Copy)]
struct Tally {
    yes: i64,
    no: i64,
    abstain: i64,
}

impl Tally {
    /// The counts of a form; an empty field counts nobody, but one must be given.
    fn of(form: &Form) -> Option<Tally> {
        let count = |key| match form.text(key) {
            "" => Some(0),
            text => text.parse::<i64>().ok().filter(|n| *n >= 0),
        };
        let tally = Tally { yes: count("for")?, no: count("against")?, abstain: count("abstain")? };
        (tally.sum() > 0).then_some(tally)
    }

    fn sum(self) -> i64 {
        self.yes.saturating_add(self.no).saturating_add(self.abstain)
    }

    /// Adopted by more than half of the votes given.
    fn result(self) -> VoteResult {
        if self.yes * 2 > self.sum() { VoteResult::Adopted } else { VoteResult::Rejected }
    }
}

/// The first number of a text, as officials write it.
fn number_in(text: &str) -> Option<Number> {
    let value = numbers::first(text)?.value;
    Some(value.whole().map_or_else(|| Number::Decimal(value.as_f64()), Number::Whole))
}

fn spell_number(number: &Number) -> String {
    match number {
        Number::Whole(n) => numbers::grouped(*n),
        Number::Decimal(x) => numbers::from_f64(*x),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_written_as_officials_do() {
        assert_eq!(number_in("đăng ký 2.226 mô hình"), Some(Number::Whole(2226)));
        assert_eq!(number_in("đạt 98,62%"), Some(Number::Decimal(98.62)));
        assert_eq!(number_in("có 5, và"), Some(Number::Whole(5)));
        assert_eq!(number_in("không có"), None);
        assert_eq!(spell_number(&Number::Whole(1_234_567)), "1.234.567");
        assert_eq!(spell_number(&Number::Whole(-5)), "-5");
        assert_eq!(spell_number(&Number::Decimal(98.62)), "98,62");
    }
}
