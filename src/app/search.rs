//! Ctrl-F: what was typed to search for, the hits as a list that follows the typing, the way to a hit and back. The typed
//! line of a meeting stays as it is. Knows no drawing.

use crate::app::committee::Spot;
use crate::app::committee::tab::Tab;
use crate::app::effect::Effect;
use crate::app::picker::{Entry, Picker};
use crate::app::popup::{Popup, Then, Tone};
use crate::app::view::search::{Found, Goal, Sheets, found};
use crate::app::{App, Origin, Place};
use crate::domain::edit::RowKey;

/// What the search keeps from one time to the next.
#[derive(Debug, Default)]
pub struct SearchPlace {
    /// What was typed last; it stands there again, marked, so that typing replaces it.
    pub typed: String,
    /// The hit that was chosen last.
    pub selected: usize,
    /// Where the listed hits lead, by the ids of their entries.
    goals: Vec<Goal>,
    /// The folded texts of the meetings.
    pub sheets: Sheets,
}

impl App {
    /// Opens the search with the words, or with those of last time.
    pub fn show_search(&mut self, words: &str) -> Vec<Effect> {
        if matches!(self.popups.last(), Some(Popup::Picker { then: Then::Hit, .. })) {
            return Vec::new();
        }
        let again = words.is_empty();
        let typed = if again { self.search.typed.clone() } else { words.to_owned() };
        let selected = self.search.selected;
        self.pick("picker.search", Vec::new(), "", Then::Hit);
        if let Some(Popup::Picker { picker, .. }) = self.popups.last_mut() {
            picker.query.set_text(typed);
            picker.query.select_all();
        }
        self.search_changed();
        if let Some(Popup::Picker { picker, .. }) = self.popups.last_mut()
            && again
        {
            picker.selected = selected.min(picker.shown.len().saturating_sub(1));
        }
        Vec::new()
    }

    /// The hits follow what is typed.
    pub fn search_changed(&mut self) {
        let Some(Popup::Picker { picker, .. }) = self.popups.last() else { return };
        let typed = picker.query.text().to_owned();
        let here = self.searched_from();
        let Found { entries, goals, total, query } = found(self, &typed, &here);
        self.search.goals = goals;
        self.search.typed = typed;
        if let Some(Popup::Picker { picker, .. }) = self.popups.last_mut() {
            let query_field = std::mem::take(&mut picker.query);
            *picker =
                Picker { query: query_field, total, marks: Box::new(query), ..Picker::new(entries, "") };
        }
    }

    /// The meeting whose hits come first: the one in front.
    fn searched_from(&self) -> String {
        match self.place {
            Place::Meeting | Place::Roll => self.meeting.id.clone(),
            Place::Home | Place::Board | Place::Committee => String::new(),
        }
    }

    /// Goes to what a hit stands for; Esc there comes back.
    pub fn go_to_hit(&mut self, entry: Option<Entry>, selected: usize) -> Vec<Effect> {
        self.search.selected = selected;
        let at = entry.and_then(|entry| entry.id.parse::<usize>().ok());
        let Some(goal) = at.and_then(|at| self.search.goals.get(at)).cloned() else { return Vec::new() };
        // A form or a cut sentence below would be lost on the way.
        if !self.popups.is_empty() {
            return self.tell("news.search_over_form", Tone::Warning);
        }
        match goal {
            Goal::Line { meeting, note } => self.go_to_line(&meeting, note),
            Goal::Task(reference) => self.show_task(reference),
            Goal::Member { committee, member } => {
                let effects = self.enter_committee(&committee);
                self.committee.tab = Tab::Members;
                self.choose_spot(&Spot::Row(RowKey { id: member, nth: 0 }));
                effects
            }
        }
    }

    pub(super) fn go_to_line(&mut self, meeting: &str, note: Option<String>) -> Vec<Effect> {
        let here = self.place == Place::Meeting && self.meeting.id == meeting;
        self.return_to = match self.place {
            _ if here => None,
            Place::Meeting => Some(Origin::Meeting(self.meeting.id.clone())),
            place => Some(Origin::Place(place)),
        };
        if self.place == Place::Meeting {
            self.line_left();
        }
        self.enter_meeting(meeting, note)
    }
}
