//! Votes: the counts, how it was taken, what came of it. The result is proposed from the counts and may be another one
//! (two thirds were needed, the chair decided, it was put off). Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::meeting::facts::{item_at, item_choice};
use crate::domain::fact::FactKind;
use crate::domain::id::row_id;
use crate::domain::kinds::{NoteKind, VoteMethod, VoteResult};
use crate::domain::meeting::Vote;
use crate::domain::roll;

impl App {
    /// `/bq 40 0 1 question`: a vote; what is not given is asked.
    pub fn ask_vote(&mut self, argument: &str) -> Vec<Effect> {
        let mut words = argument.split_whitespace().peekable();
        let mut number =
            || words.next_if(|word| word.parse::<u32>().is_ok()).and_then(|word| word.parse().ok());
        let (r#for, against, abstain) = (number(), number(), number());
        let vote = Vote {
            question: words.collect::<Vec<_>>().join(" "),
            r#for,
            against,
            abstain,
            method: Some(VoteMethod::ShowOfHands),
            item: self.item_of_line().unwrap_or_default(),
            ..Vote::default()
        };
        let complete = vote.abstain.is_some() && !vote.question.is_empty();
        let fields = self.vote_fields(&vote);
        if complete {
            return self.vote_answered(None, &Form::new(fields)).unwrap_or_default();
        }
        let focus = if vote.r#for.is_none() { 0 } else { 3 };
        self.ask_fact(FactKind::Vote, None, fields, focus)
    }

    pub(super) fn edit_vote(&mut self, id: &str) -> Vec<Effect> {
        let known = self.current_meeting().and_then(|meeting| meeting.votes.iter().find(|row| row.id == id));
        let Some(vote) = known.cloned() else { return Vec::new() };
        let fields = self.vote_fields(&vote);
        self.ask_fact(FactKind::Vote, Some(id), fields, 0)
    }

    fn vote_fields(&self, vote: &Vote) -> Vec<FormField> {
        let count = |count: Option<i64>| count.map(|n| n.to_string()).unwrap_or_default();
        let mut methods = self.words_of("vote_method", VoteMethod::ALL.iter().map(|m| m.word()));
        methods.push(NOT_STATED.to_owned());
        let method = VoteMethod::ALL.iter().position(|method| vote.method == Some(*method));
        let mut results = vec!["ui.by_counts".to_owned()];
        results.extend(self.words_of("vote_result", VoteResult::ALL.iter().map(|r| r.word())));
        // A result that is only what the counts say goes on following them.
        let decided =
            vote.result.filter(|result| Tally::of_vote(vote).is_none_or(|tally| tally.result() != *result));
        let result = VoteResult::ALL.iter().position(|result| decided == Some(*result));
        vec![
            FormField::text("for", &count(vote.r#for)),
            FormField::text("against", &count(vote.against)),
            FormField::text("abstain", &count(vote.abstain)),
            FormField::text("question", &vote.question),
            FormField::choice("method", methods, method.unwrap_or(VoteMethod::ALL.len())),
            FormField::choice("result", results, result.map_or(0, |at| at + 1)),
            item_choice(self.current_meeting(), &vote.item),
        ]
    }

    /// What the counts amount to against those present, while they are typed.
    pub fn vote_echo(&self, form: &Form) -> Vec<String> {
        let mut echo = vec![String::new(); form.fields.len()];
        let (Some(meeting), Some(tally)) = (self.current_meeting(), Tally::of(form)) else { return echo };
        let present = roll::counts(meeting).present as i64;
        let slots = [
            ("sum", tally.sum().to_string()),
            ("present", present.to_string()),
            ("result", self.result_words(tally.result())),
        ];
        let key = if tally.sum() > present && present > 0 { "vote.too_many" } else { "vote.sum" };
        if let Some(last) = echo.get_mut(2) {
            *last = self.desk.words.fill(key, &slots);
        }
        echo
    }

    fn result_words(&self, result: VoteResult) -> String {
        self.desk.words.get(&format!("vote_result.{}", result.word())).to_owned()
    }

    /// Records the vote with a line that says it, or corrects the one with this id: its line follows while it says no
    /// more than the vote said.
    pub(super) fn vote_answered(
        &mut self,
        known: Option<&str>,
        form: &Form,
    ) -> Result<Vec<Effect>, &'static str> {
        let tally = Tally::of(form);
        let decided = form.text("result").strip_prefix("vote_result.").and_then(VoteResult::from_word);
        let result = decided.or(tally.map(Tally::result)).ok_or("news.vote_numbers")?;
        if tally.is_none() && ["for", "against", "abstain"].iter().any(|key| !form.text(key).is_empty()) {
            return Err("news.vote_numbers");
        }
        let method = form.text("method").strip_prefix("vote_method.").and_then(VoteMethod::from_word);
        let item = item_at(self.current_meeting(), form);
        let fill = |vote: &mut Vote| {
            form.text("question").clone_into(&mut vote.question);
            (vote.method, vote.result) = (method, Some(result));
            vote.r#for = tally.map(|tally| tally.yes);
            vote.against = tally.map(|tally| tally.no);
            vote.abstain = tally.map(|tally| tally.abstain);
            vote.item.clone_from(&item);
        };
        let Some(known) = known else {
            let mut vote = Vote { id: row_id(self.desk.random.u64(..)), ..Vote::default() };
            fill(&mut vote);
            let text = self.vote_words(&vote);
            return Ok(self.with_line(
                "step.vote",
                &text,
                &item,
                Some(NoteKind::Vote),
                move |meeting, note| {
                    meeting.votes.push(Vote { note: note.to_owned(), ..vote });
                },
            ));
        };
        let was = self.current_meeting().and_then(|meeting| meeting.votes.iter().find(|row| row.id == known));
        let Some(mut vote) = was.cloned() else { return Ok(Vec::new()) };
        let said = self.vote_words(&vote);
        fill(&mut vote);
        let says = self.vote_words(&vote);
        Ok(self.correct_fact("step.vote", |meeting| {
            if let Some(line) =
                meeting.notes.iter_mut().find(|line| line.id == vote.note && line.text == said)
            {
                line.text = says;
            }
            if let Some(row) = meeting.votes.iter_mut().find(|row| row.id == known) {
                *row = vote;
            }
        }))
    }

    /// The vote as a line of the minutes says it.
    pub(super) fn vote_words(&self, vote: &Vote) -> String {
        let words = &self.desk.words;
        let result = vote.result.map(|result| self.result_words(result)).unwrap_or_default();
        let text = match Tally::of_vote(vote) {
            Some(tally) => {
                let slots = [
                    ("question", vote.question.clone()),
                    ("for", tally.yes.to_string()),
                    ("against", tally.no.to_string()),
                    ("abstain", tally.abstain.to_string()),
                    ("result", result),
                ];
                words.fill("vote.line", &slots)
            }
            None => words.fill("vote.uncounted", &[("question", &vote.question), ("result", &result)]),
        };
        text.trim_start_matches([':', ' ']).to_owned()
    }
}

/// The choice of a vote that says nothing of how it was taken.
const NOT_STATED: &str = "choice.none";

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

    fn of_vote(vote: &Vote) -> Option<Tally> {
        let count = |count: Option<i64>| count.unwrap_or(0);
        let tally = Tally { yes: count(vote.r#for), no: count(vote.against), abstain: count(vote.abstain) };
        (tally.sum() > 0).then_some(tally)
    }

    fn sum(self) -> i64 {
        self.yes.saturating_add(self.no).saturating_add(self.abstain)
    }

    /// Adopted by more than half of the votes given.
    fn result(self) -> VoteResult {
        if self.yes.saturating_mul(2) > self.sum() { VoteResult::Adopted } else { VoteResult::Rejected }
    }
}
