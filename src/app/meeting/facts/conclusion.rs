//! Numbered points of the chair's conclusion: their number, their part of the notice, their words, and back to a plain
//! line. Several at once. Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::popup::{Popup, Then, Tone};
use crate::domain::fact;
use crate::domain::kinds::Part;
use crate::domain::meeting::Conclusion;
use crate::text::width::clip;

impl App {
    /// The form of conclusions, by id; for several the first number is asked and the others follow it.
    pub fn ask_conclusions(&mut self, ids: Vec<String>) -> Vec<Effect> {
        let rows = self.conclusions(&ids);
        let Some(first) = rows.first() else { return Vec::new() };
        let number = first.number.map(|n| n.to_string()).unwrap_or_default();
        let mut parts = self.words_of("part", Part::ALL.iter().map(|part| part.word()));
        parts.push("choice.none".to_owned());
        let place = |part: Option<Part>| Part::ALL.iter().position(|known| part == Some(*known));
        let mut at = place(first.part).unwrap_or(Part::ALL.len());
        if rows.iter().any(|row| row.part != first.part) {
            parts.push("ui.keep_parts".to_owned());
            at = parts.len() - 1;
        }
        let mut fields = match rows.len() {
            1 => vec![FormField::text("conclusion_number", &number)],
            _ => vec![FormField::text("first_number", "")],
        };
        fields.push(FormField::choice("part", parts, at));
        if let [only] = rows.as_slice() {
            fields.push(FormField::text("wording", &only.text));
        }
        let mut form = Form::new(fields);
        form.focus = 1;
        self.popups.push(Popup::Form { title: "form.conclusion", form, then: Then::Conclusions(ids) });
        self.form_changed()
    }

    fn conclusions(&self, ids: &[String]) -> Vec<&Conclusion> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        ids.iter().filter_map(|id| meeting.conclusions.iter().find(|row| row.id == *id)).collect()
    }

    /// Who has the typed number already, while one types.
    pub fn conclusion_echo(&self, ids: &[String], form: &Form) -> Vec<String> {
        let mut echo = vec![String::new(); form.fields.len()];
        let Some(meeting) = self.current_meeting() else { return echo };
        let Ok(Some(first)) = typed_number(form) else { return echo };
        let numbers = first..first.saturating_add(ids.len() as i64);
        let mut others = meeting.conclusions.iter().filter(|row| !ids.contains(&row.id));
        let taken = others.find_map(|row| Some((row.number.filter(|n| numbers.contains(n))?, row)));
        if let Some((number, row)) = taken {
            let slots = [("n", number.to_string()), ("text", clip(&row.text, 40))];
            echo[0] = self.desk.words.fill("ui.number_taken", &slots);
        }
        echo
    }

    /// Puts the answers into the conclusions. A number that another one has is refused.
    pub fn conclusions_answered(&mut self, ids: &[String], form: &Form) -> Result<Vec<Effect>, &'static str> {
        let number = typed_number(form)?;
        let part = match form.text("part") {
            "ui.keep_parts" => None,
            word => Some(word.strip_prefix("part.").and_then(Part::from_word)),
        };
        let single = ids.len() == 1;
        let words = Some(form.text("wording")).filter(|words| single && !words.is_empty()).map(str::to_owned);
        let mut clash = false;
        let step =
            self.sessions.change(&self.meeting.id, "step.conclusion_fields", self.desk.now, |meeting| {
                clash = number.is_some_and(|number| fact::renumber(meeting, ids, number).is_err());
                if clash {
                    return;
                }
                for row in meeting.conclusions.iter_mut().filter(|row| ids.contains(&row.id)) {
                    row.part = part.unwrap_or(row.part);
                    row.number = row.number.filter(|_| number.is_some() || !single);
                    if let Some(words) = &words {
                        row.text.clone_from(words);
                    }
                }
            });
        if clash {
            return Err("news.number_taken");
        }
        Ok(self.fact_done(step))
    }

    /// `/bokl`: the conclusions of the selected lines (or the last one) are plain lines again.
    pub fn unconclude_target(&mut self) -> Vec<Effect> {
        let ids = self.conclusions_of(&self.target_notes());
        if ids.is_empty() {
            return self.tell("news.no_conclusion_here", Tone::Quiet);
        }
        let count = ids.len().to_string();
        let step = self.sessions.change(&self.meeting.id, "step.unconclude", self.desk.now, |meeting| {
            ids.iter().for_each(|id| fact::unconclude(meeting, id));
        });
        let effects = self.made(step);
        if !effects.is_empty() {
            self.say_filled("news.unconcluded", &[("n", &count)], Tone::Plain);
        }
        effects
    }

    /// The conclusions that lines became, in the order of the record.
    pub fn conclusions_of(&self, notes: &[String]) -> Vec<String> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let of = |note: &String| -> Vec<String> {
            let rows = meeting.conclusions.iter().filter(|row| row.note == *note);
            rows.map(|row| row.id.clone()).collect()
        };
        notes.iter().flat_map(of).collect()
    }

    pub(super) fn edit_conclusion(&mut self, id: &str) -> Vec<Effect> {
        self.ask_conclusions(vec![id.to_owned()])
    }

    /// A part of a conclusion's sheet says where it stands: `KL2 (Nhiệm vụ cụ thể)`.
    pub(super) fn conclusion_words(&self, row: &Conclusion) -> String {
        let words = &self.desk.words;
        let number = row.number.map_or("?".to_owned(), |n| n.to_string());
        let part = row.part.map(|part| format!(" ({})", words.get(&format!("part.{}", part.word()))));
        format!("{}{number}{}. {}", words.get("ui.conclusion_mark"), part.unwrap_or_default(), row.text)
    }
}

/// The number in the first field; none when it is empty.
fn typed_number(form: &Form) -> Result<Option<i64>, &'static str> {
    let typed = [form.text("conclusion_number"), form.text("first_number")].concat();
    match typed.as_str() {
        "" => Ok(None),
        typed => typed.parse().ok().filter(|n: &i64| *n > 0).map(Some).ok_or("news.number_unread"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_a_number_or_nothing() {
        let form = |text| Form::new(vec![FormField::text("conclusion_number", text)]);
        assert_eq!(typed_number(&form(" 4 ")), Ok(Some(4)));
        assert_eq!(typed_number(&form("")), Ok(None));
        assert!(typed_number(&form("bốn")).is_err() && typed_number(&form("0")).is_err());
    }
}
