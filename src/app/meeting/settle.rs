//! Fields that were changed on two sides: the kept values to choose from, and the choice. Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::picker::Entry;
use crate::app::popup::{Then, Tone};
use crate::domain::amendment::words;
use crate::domain::conflict;
use crate::domain::id::row_id;
use crate::domain::kinds::{AmendmentAction, AmendmentStatus};
use crate::domain::meeting::{Amendment, Conflict, Meeting};
use crate::domain::value::Value;

impl App {
    /// The kept values of a field, what shows now first.
    pub fn ask_conflict(&mut self, id: &str) -> Vec<Effect> {
        let Some((meeting, conflict)) = self.conflict(id) else { return Vec::new() };
        let values = conflict::choices(meeting, conflict);
        let shown = self.desk.words.get("ui.shown_now").to_owned();
        let entry = |(at, value): (usize, &Value)| Entry {
            id: at.to_string(),
            mark: (at + 1).to_string(),
            label: words(value),
            detail: if at == 0 { shown.clone() } else { String::new() },
            also: Vec::new(),
        };
        let entries = values.iter().enumerate().map(entry).collect();
        self.pick("picker.conflict", entries, "0", Then::Conflict(id.to_owned()));
        Vec::new()
    }

    fn conflict(&self, id: &str) -> Option<(&Meeting, &Conflict)> {
        let meeting = self.current_meeting()?;
        Some((meeting, meeting.conflicts.iter().find(|row| row.id == id)?))
    }

    /// Writes the chosen value and removes the row. In an approved text another value than the approved one becomes a
    /// proposed amendment.
    pub fn settle_conflict(&mut self, id: &str, choice: &str) -> Vec<Effect> {
        let Some((meeting, conflict)) = self.conflict(id) else { return Vec::new() };
        let at = choice.parse().unwrap_or(0);
        let values = conflict::choices(meeting, conflict);
        let Some(value) = values.get(at).cloned() else { return Vec::new() };
        let approved = values.first().filter(|_| at > 0 && meeting.stage().is_locked()).cloned();
        let amendment = approved.is_some().then(|| Amendment {
            id: row_id(self.desk.random.clone().u64(..)),
            on: Some(self.desk.now.wall.date()),
            target: conflict.target.clone(),
            field: conflict.field.clone(),
            action: Some(AmendmentAction::Replace),
            text: words(&value),
            status: Some(AmendmentStatus::Proposed),
            ..Amendment::default()
        });
        self.desk.random.u64(..);
        let step = self.sessions.change(&self.meeting.id, "step.settle", self.desk.now, |meeting| {
            conflict::settle(meeting, id, approved.as_ref().unwrap_or(&value));
            meeting.amendments.extend(amendment);
        });
        self.say("news.settled", Tone::Plain);
        self.made(step)
    }
}
