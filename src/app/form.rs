//! A few fields asked together in one pop-up: owners and deadline of a task, a vote, a report. Knows nothing of what
//! the answers are for.

use crate::text::field::TextField;

/// The fields and which of them has the caret.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Form {
    pub fields: Vec<FormField>,
    pub focus: usize,
    /// What the answers mean, read while one types ("thứ Sáu 15/9/2026, còn 9 ngày"), per field; empty for none.
    pub echo: Vec<String>,
    /// What stood in the fields at first, so that only what was typed counts as unfinished.
    given: Vec<String>,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// Key of its words, `field.<key>`.
    pub key: &'static str,
    pub answer: Answer,
    pub writing: Writing,
}

/// What is written into a text field: whether the program's own input method may turn keys into marks there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// Words, names, numbers of documents.
    Prose,
    /// Numbers, days, times, file names, names of filters: every key as it is.
    Plain,
}

impl Writing {
    /// Of a field by its key.
    fn of(key: &str) -> Writing {
        match key {
            "for" | "against" | "abstain" | "value" | "period" | "series" | "collectives" | "individuals"
            | "date" | "path" | "percent" | "on" | "to" | "done_on" | "filter_name" | "arrived" | "left"
            | "headcount" | "expected" | "link" | "meeting_date" | "meeting_start" | "new_date"
            | "entry.since" => Writing::Plain,
            _ => Writing::Prose,
        }
    }
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Text(TextField),
    /// One of a closed list: keys of words, and the chosen place.
    Choice {
        words: Vec<String>,
        at: usize,
    },
}

impl Form {
    pub fn new(fields: Vec<FormField>) -> Form {
        let echo = vec![String::new(); fields.len()];
        let given = fields.iter().map(|field| field.typed().to_owned()).collect();
        Form { fields, focus: 0, echo, given }
    }

    /// The text of the field under `key`; the chosen word's key for a choice; empty when there is no such field.
    pub fn text(&self, key: &str) -> &str {
        match self.fields.iter().find(|field| field.key == key).map(|field| &field.answer) {
            Some(Answer::Text(field)) => field.text().trim(),
            Some(Answer::Choice { words, at }) => words.get(*at).map_or("", String::as_str),
            None => "",
        }
    }

    /// The place chosen in the closed list under `key`.
    pub fn place(&self, key: &str) -> Option<usize> {
        match self.fields.iter().find(|field| field.key == key).map(|field| &field.answer) {
            Some(Answer::Choice { at, .. }) => Some(*at),
            _ => None,
        }
    }

    /// The text field with the caret, if the focused field is one.
    pub fn focused(&mut self) -> Option<&mut TextField> {
        match self.fields.get_mut(self.focus).map(|field| &mut field.answer) {
            Some(Answer::Text(field)) => Some(field),
            _ => None,
        }
    }

    /// The same field, to be read only.
    pub fn focused_text(&self) -> Option<&TextField> {
        match self.fields.get(self.focus).map(|field| &field.answer) {
            Some(Answer::Text(field)) => Some(field),
            _ => None,
        }
    }

    /// Everything typed into the form, for the journal; empty while nothing is.
    pub fn typed(&self) -> String {
        let texts = self.fields.iter().map(FormField::typed).zip(&self.given);
        let typed: Vec<&str> = texts.filter(|(text, given)| text != given).map(|(text, _)| text).collect();
        typed.join("; ")
    }

    /// Brings all texts into their composed form, as on leaving a field.
    pub fn normalise(&mut self) {
        for field in &mut self.fields {
            if let Answer::Text(text) = &mut field.answer {
                text.normalise();
            }
        }
    }

    /// What the focused field is for.
    pub fn writing(&self) -> Writing {
        self.fields.get(self.focus).map_or(Writing::Plain, |field| field.writing)
    }

    /// Whether the focused field takes text.
    pub fn is_text(&self) -> bool {
        matches!(self.fields.get(self.focus).map(|field| &field.answer), Some(Answer::Text(_)))
    }

    /// Moves the caret to the next or previous field, round the ends.
    pub fn step(&mut self, by: isize) {
        let count = self.fields.len() as isize;
        if count > 0 {
            self.focus = (self.focus as isize + by).rem_euclid(count) as usize;
        }
    }

    /// Turns the choice of the focused field; false when it is a text.
    pub fn turn(&mut self, by: isize) -> bool {
        match self.fields.get_mut(self.focus).map(|field| &mut field.answer) {
            Some(Answer::Choice { words, at }) if !words.is_empty() => {
                *at = (*at as isize + by).rem_euclid(words.len() as isize) as usize;
                true
            }
            Some(Answer::Choice { .. }) => true,
            _ => false,
        }
    }
}

impl FormField {
    /// A text with something in it already, all of it selected so that typing replaces it.
    pub fn text(key: &'static str, text: &str) -> FormField {
        let mut field = TextField::with_text(text);
        field.select_all();
        FormField { key, answer: Answer::Text(field), writing: Writing::of(key) }
    }

    /// The text of a text field; nothing for a choice.
    fn typed(&self) -> &str {
        match &self.answer {
            Answer::Text(text) => text.text(),
            Answer::Choice { .. } => "",
        }
    }

    /// Whether the caret stands after what was typed, so that a single sign in the field is a fresh one.
    pub fn is_just_typed(&self) -> bool {
        matches!(&self.answer, Answer::Text(text) if text.selection().is_none() && text.caret() == text.text().len())
    }

    /// A choice among words.
    pub fn choice(key: &'static str, words: Vec<String>, at: usize) -> FormField {
        FormField { key, answer: Answer::Choice { words, at }, writing: Writing::Plain }
    }
}
