//! Filters with a name, picked from a list. They are this person's habit, not the office's record: where they are
//! kept is not known here. Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::picker::Entry;
use crate::app::popup::{Popup, Then, Tone};
use crate::text::field::TextField;
use crate::text::fold::fold;

/// A filter and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFilter {
    pub name: String,
    pub filter: String,
}

impl App {
    /// The saved filters came from where they are kept.
    pub fn filters_read(&mut self, filters: Vec<SavedFilter>) {
        self.board.saved = Some(filters);
    }

    /// The list of saved filters; the chosen one is put into the filter line.
    pub fn pick_filter(&mut self) -> Vec<Effect> {
        self.list_filters("picker.filters", Then::Filter)
    }

    pub fn pick_filter_to_forget(&mut self) -> Vec<Effect> {
        self.list_filters("picker.forget_filter", Then::ForgetFilter)
    }

    fn list_filters(&mut self, title: &'static str, then: Then) -> Vec<Effect> {
        let entry = |saved: &SavedFilter| Entry {
            id: saved.name.clone(),
            label: saved.name.clone(),
            detail: saved.filter.clone(),
            ..Entry::default()
        };
        let entries: Vec<Entry> = self.board.saved.iter().flatten().map(entry).collect();
        if entries.is_empty() {
            return self.tell("news.no_filters", Tone::Quiet);
        }
        self.pick(title, entries, "", then);
        Vec::new()
    }

    pub fn filter_chosen(&mut self, name: &str) -> Vec<Effect> {
        let found = self.board.saved.iter().flatten().find(|saved| saved.name == name);
        if let Some(filter) = found.map(|saved| saved.filter.clone()) {
            self.board.filter = TextField::with_text(filter);
            self.board_filter_changed();
        }
        Vec::new()
    }

    /// Takes a filter out of the list.
    pub fn forget_filter(&mut self, name: &str) -> Vec<Effect> {
        let mut saved = self.board.saved.clone().unwrap_or_default();
        saved.retain(|known| known.name != name);
        self.keep_filters(saved)
    }

    /// Asks what the filter in the line is to be called; a name that comes with the command is taken as it is.
    pub fn ask_filter_name(&mut self, name: &str) -> Vec<Effect> {
        if self.board.filter_words().is_empty() {
            return self.tell("news.no_filter_typed", Tone::Quiet);
        }
        if !name.is_empty() {
            return self.save_filter(name);
        }
        let form = Form::new(vec![FormField::text("filter_name", "")]);
        self.popups.push(Popup::Form { title: "form.filter", form, then: Then::FilterName });
        Vec::new()
    }

    /// Keeps the filter in the line under a name; one of the same name gives way.
    pub fn save_filter(&mut self, name: &str) -> Vec<Effect> {
        let filter = self.board.filter_words().to_owned();
        if name.is_empty() || filter.is_empty() {
            return self.tell("news.filter_needs_name", Tone::Warning);
        }
        let mut saved = self.board.saved.clone().unwrap_or_default();
        saved.retain(|known| fold(&known.name) != fold(name));
        saved.push(SavedFilter { name: name.to_owned(), filter });
        saved.sort_by_key(|known| fold(&known.name));
        self.say_filled("news.filter_saved", &[("name", name)], Tone::Plain);
        self.keep_filters(saved)
    }

    fn keep_filters(&mut self, saved: Vec<SavedFilter>) -> Vec<Effect> {
        self.board.saved = Some(saved.clone());
        vec![Effect::KeepFilters(saved)]
    }
}
