//! Rows of a committee removed and moved. A row that is used stays until what uses it names another. Knows no drawing.

use crate::app::committee::entry::{row, template_mut};
use crate::app::committee::tab::{Scope, Tab};
use crate::app::committee::{CommitteeThen, Spot};
use crate::app::effect::Effect;
use crate::app::picker::Entry;
use crate::app::popup::{Then, Tone};
use crate::app::view;
use crate::app::{App, ListOrder};
use crate::domain::edit::RowKey;
use crate::domain::fields::Record;
use crate::domain::succession::{Validity, validity};
use crate::domain::uses::{self, Use};

impl App {
    /// Removes the chosen row. One that meetings name is refused; one that only the committee names may hand over.
    pub(super) fn remove_entry(&mut self) -> Vec<Effect> {
        let tab = self.committee.tab;
        match self.chosen_spot() {
            Some(Spot::Row(key)) => self.remove_row(tab, &key),
            Some(Spot::Item { template, item }) => self.change_committee("step.entry_remove", |committee| {
                if let Some(template) = template_mut(committee, &template)
                    && item < template.items.len()
                {
                    template.items.remove(item);
                }
            }),
            Some(Spot::NewItem(_)) | None => Vec::new(),
            Some(Spot::Setting(_)) => self.tell("news.entry_fixed", Tone::Quiet),
        }
    }

    fn remove_row(&mut self, tab: Tab, key: &RowKey) -> Vec<Effect> {
        let Some(committee) = self.current_committee() else { return Vec::new() };
        let rows_of_id = committee
            .rows(tab.table())
            .map_or(0, |rows| rows.iter().filter(|row| row.id() == key.id).count());
        let used = uses::uses(committee, tab.table(), &key.id);
        let meetings: Vec<&str> = view::meetings(self)
            .filter(|meeting| rows_of_id <= 1 && meeting.head.committee == self.committee.id)
            .filter(|meeting| uses::in_meeting(meeting, tab.table(), &key.id))
            .map(|meeting| meeting.head.id.as_str())
            .collect();
        if let Some(latest) = meetings.iter().max() {
            let slots = [("n", meetings.len().to_string()), ("meeting", (*latest).to_owned())];
            let news = if tab.has_validity() { "news.used_in_meetings_end" } else { "news.used_in_meetings" };
            self.say_filled(news, &slots, Tone::Warning);
            return Vec::new();
        }
        if !used.is_empty() {
            return self.ask_successor(tab, key, &used);
        }
        let effects = self.change_committee("step.entry_remove", |committee| {
            remove(committee, tab, key);
        });
        if !effects.is_empty() {
            let undo = self.desk.keymap.label(crate::app::command::Command::Undo).unwrap_or_default();
            self.say_filled("news.entry_removed", &[("undo", &undo)], Tone::Plain);
        }
        effects
    }

    /// Says where a row is used, and asks which other takes its place there.
    fn ask_successor(&mut self, tab: Tab, key: &RowKey, used: &[Use]) -> Vec<Effect> {
        let places: Vec<String> = used
            .iter()
            .map(|use_| {
                let table = Tab::ALL.into_iter().find(|tab| tab.table() == use_.table).unwrap_or_default();
                format!("{} {}", self.desk.words.get(table.title()), use_.count)
            })
            .collect();
        let entries = self.row_entries(tab, &key.id);
        self.say_filled("news.used", &[("places", &places.join(", "))], Tone::Warning);
        if !entries.is_empty() {
            let then = Then::Committee(CommitteeThen::HandOver(tab, key.clone()));
            self.pick("picker.successor", entries, "", then);
        }
        Vec::new()
    }

    /// The other rows of a tab to choose from: those that hold today first.
    pub(super) fn row_entries(&self, tab: Tab, without: &str) -> Vec<Entry> {
        let Some(committee) = self.current_committee() else { return Vec::new() };
        let reading = self.reading(committee);
        let mut entries: Vec<(Validity, Entry)> = Vec::new();
        for key in super::entry::row_keys(committee, tab) {
            let Some(row) = row(committee, tab, &Spot::Row(key.clone())) else { continue };
            if key.id == without || entries.iter().any(|(_, entry)| entry.id == key.id) {
                continue;
            }
            let texts: Vec<String> =
                tab.columns().iter().map(|c| reading.shown(c.kind, row.get(c.key).as_ref())).collect();
            let label = match tab {
                Tab::Members => reading.name(Scope::Members, &key.id),
                Tab::Positions => reading.position(&key.id),
                _ => texts.first().cloned().unwrap_or_default(),
            };
            let (from, to) = view::committee::days(row);
            let detail = texts.get(1).cloned().unwrap_or_default();
            let entry = Entry { id: key.id, mark: String::new(), label, detail, also: texts };
            entries.push((validity(from, to, self.desk.today), entry));
        }
        entries.sort_by_key(|(standing, _)| *standing);
        entries.into_iter().map(|(_, entry)| entry).collect()
    }

    /// What named the row names the chosen one, and the row goes, as one step.
    pub(super) fn hand_over(&mut self, tab: Tab, key: &RowKey, to: &str) -> Vec<Effect> {
        let (key, to) = (key.clone(), to.to_owned());
        self.change_committee("step.entry_remove", |committee| {
            uses::hand_over(committee, tab.table(), &key.id, &to);
            remove(committee, tab, &key);
        })
    }

    /// Moves the chosen row past the one shown above or below it.
    pub(super) fn move_entry(&mut self, by: isize) -> Vec<Effect> {
        let tab = self.committee.tab;
        let Some(spot) = self.chosen_spot() else { return Vec::new() };
        match &spot {
            Spot::Row(key) => self.move_row(tab, key, by),
            Spot::Item { template, item } => self.move_item(template, *item, by),
            Spot::NewItem(_) | Spot::Setting(_) => Vec::new(),
        }
    }

    fn move_row(&mut self, tab: Tab, key: &RowKey, by: isize) -> Vec<Effect> {
        // What moves is the order of the file, so that is what is shown.
        self.committee.order = ListOrder::Protocol;
        let rows = view::committee_rows(self);
        let part = rows.iter().find(|row| row.spot == Spot::Row(key.clone())).map(|row| row.standing);
        // Rows of today, of later and of earlier days are shown apart and stay apart.
        let shown: Vec<RowKey> = rows
            .into_iter()
            .filter(|row| Some(row.standing) == part)
            .filter_map(|row| match row.spot {
                Spot::Row(key) => Some(key),
                _ => None,
            })
            .collect();
        let at = shown.iter().position(|other| other == key);
        let other = at.and_then(|at| at.checked_add_signed(by)).and_then(|at| shown.get(at)).cloned();
        let (Some(at), Some(other)) = (at, other) else { return Vec::new() };
        let mut landed = None;
        let effects = self.change_committee("step.entry_move", |committee| {
            let Some(rows) = committee.rows_mut(tab.table()) else { return };
            let place = |key: &RowKey| rows.position(&key.id, key.nth);
            if let (Some(from), Some(to)) = (place(key), place(&other)) {
                rows.move_row(from, to);
                landed = Some(to);
            }
        });
        // Among rows of one person the number of a row may have changed with its place.
        let key = landed.and_then(|at| {
            let committee = self.current_committee()?;
            super::entry::row_keys(committee, tab).into_iter().nth(at)
        });
        match key {
            Some(key) => self.choose_spot(&Spot::Row(key)),
            None => self.committee.list_mut().selected = at,
        }
        effects
    }

    fn move_item(&mut self, template: &RowKey, item: usize, by: isize) -> Vec<Effect> {
        let Some(to) = item.checked_add_signed(by) else { return Vec::new() };
        let effects = self.change_committee("step.entry_move", |committee| {
            if let Some(template) = template_mut(committee, template)
                && to < template.items.len()
            {
                template.items.swap(item, to);
            }
        });
        if !effects.is_empty() {
            self.choose_spot(&Spot::Item { template: template.clone(), item: to });
        }
        effects
    }
}

fn remove(committee: &mut crate::domain::committee::Committee, tab: Tab, key: &RowKey) {
    let Some(rows) = committee.rows_mut(tab.table()) else { return };
    if let Some(at) = rows.position(&key.id, key.nth) {
        rows.remove_row(at);
    }
}
