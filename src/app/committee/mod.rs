//! The Committee place: what a committee keeps from meeting to meeting, tab by tab. Its state, the way in and out, and
//! which key does what; the verbs are in the files beside this one. Knows no drawing and no file.

mod entry;
mod order;
pub mod reading;
pub mod tab;
mod time;

use crate::app::command::Command;
use crate::app::committee::reading::Reading;
use crate::app::committee::tab::Tab;
use crate::app::effect::Effect;
use crate::app::form::Form;
use crate::app::picker::{Entry, rank};
use crate::app::popup::{Page, PageLine, Popup, Then, Tone};
use crate::app::{App, Place, view};
use crate::domain::committee::Committee;
use crate::domain::edit::RowKey;
use crate::domain::id::RecordKey;
use crate::text::field::TextField;

/// The state of the Committee place.
#[derive(Clone, Debug, Default)]
pub struct CommitteePlace {
    /// Id of the committee.
    pub id: String,
    pub tab: Tab,
    /// The list of each tab, in the order of [`Tab::ALL`].
    pub lists: [TabList; Tab::ALL.len()],
    /// Where Esc goes.
    pub from: Place,
    /// What an earlier window left unfinished in forms, by committee; shown on going there.
    pub left: Vec<(String, String)>,
}

/// How the list of one tab was left.
#[derive(Clone, Debug, Default)]
pub struct TabList {
    pub filter: TextField,
    /// Place among the rows shown.
    pub selected: usize,
}

/// What a line of a list stands for.
#[derive(Clone, Debug, PartialEq)]
pub enum Spot {
    /// A row of the tab's table.
    Row(RowKey),
    /// An item of a programme, by its place from 0.
    Item { template: RowKey, item: usize },
    /// The end of a programme, where an item can be put.
    NewItem(RowKey),
    /// A setting, by its place among the columns.
    Setting(usize),
}

/// What the answer of a form or picker of this place is for.
#[derive(Clone, Debug, PartialEq)]
pub enum CommitteeThen {
    /// Go into a committee.
    Enter,
    /// Change the row.
    Edit(Tab, Spot),
    /// Make a row behind the named one, or at the end.
    Add(Tab, Option<Spot>),
    /// Another row takes over what names this one, which is then removed.
    HandOver(Tab, RowKey),
    /// A unit gets another name from a day on.
    Rename(String),
    /// The unit that another goes into.
    MergeInto(String),
    /// The day on which a unit goes into another.
    MergeOn { unit: String, into: String },
    /// Another post of a person from a day on.
    Post(RowKey),
}

impl CommitteePlace {
    /// The list in front.
    pub fn list(&self) -> &TabList {
        &self.lists[self.tab as usize]
    }

    pub fn list_mut(&mut self) -> &mut TabList {
        &mut self.lists[self.tab as usize]
    }
}

impl App {
    /// The committee of the place, as it stands in this window.
    pub fn current_committee(&self) -> Option<&Committee> {
        view::committee(self, &self.committee.id)
    }

    /// What reads and shows the values of the committee in front.
    pub fn reading<'a>(&'a self, committee: &'a Committee) -> Reading<'a> {
        Reading { words: &self.desk.words, committee, meeting: None, today: self.desk.today }
    }

    /// Goes to a committee: the one whose name fits the words, the meeting's own, the only one, or the one chosen.
    pub fn show_committee(&mut self, words: &str) -> Vec<Effect> {
        let entries = self.committee_entries();
        if !words.is_empty()
            && let Some(at) = rank(&entries, words).first()
        {
            let id = entries[*at].id.clone();
            return self.enter_committee(&id);
        }
        let of_meeting =
            self.current_meeting().filter(|_| matches!(self.place, Place::Meeting | Place::Roll));
        let of_meeting = of_meeting.map(|meeting| meeting.head.committee.clone());
        if let Some(id) = of_meeting.filter(|id| view::committee(self, id).is_some()) {
            return self.enter_committee(&id);
        }
        match entries.as_slice() {
            [] => self.tell("news.no_committee", Tone::Warning),
            [only] => {
                let id = only.id.clone();
                self.enter_committee(&id)
            }
            _ => {
                let now = self.committee.id.clone();
                self.pick("picker.committee", entries, &now, Then::Committee(CommitteeThen::Enter));
                Vec::new()
            }
        }
    }

    fn committee_entries(&self) -> Vec<Entry> {
        let stored = self.library.committees.iter().map(|stored| stored.head.id.as_str());
        let known = stored.filter_map(|id| view::committee(self, id));
        let entry = |committee: &Committee| Entry {
            id: committee.head.id.clone(),
            label: committee.head.name.clone(),
            detail: committee.head.short.clone(),
            ..Entry::default()
        };
        known.map(entry).collect()
    }

    /// Goes to a committee by its id.
    pub fn enter_committee(&mut self, id: &str) -> Vec<Effect> {
        if self.place != Place::Committee {
            self.committee.from = self.place;
        }
        if self.committee.id != id {
            let (from, left) = (self.committee.from, std::mem::take(&mut self.committee.left));
            self.committee = CommitteePlace { id: id.to_owned(), from, left, ..CommitteePlace::default() };
        }
        let mut effects = self.go(Place::Committee);
        effects.extend(self.show_left(id));
        let key = RecordKey::Committee(id.to_owned());
        if !self.sessions.is_open(&key) {
            effects.push(Effect::Open(key));
        }
        effects
    }

    /// Keeps what an earlier window left unfinished in a form until somebody goes to its committee.
    pub fn keep_drafts(&mut self, id: &str, drafts: &[(String, String)]) {
        let typed = drafts.iter().rev().map(|(_, text)| text).find(|text| !text.is_empty());
        self.committee.left.extend(typed.map(|text| (id.to_owned(), text.clone())));
    }

    /// Shows what was left unfinished, to be copied: the row it was typed for may have changed meanwhile.
    fn show_left(&mut self, id: &str) -> Option<Effect> {
        let at = self.committee.left.iter().position(|(committee, _)| committee == id)?;
        let (_, text) = self.committee.left.remove(at);
        let title = self.desk.words.get("form.recovered").to_owned();
        let lines = vec![PageLine { text, ..PageLine::default() }];
        self.popups.push(Popup::Page(Page { title, lines, selected: 0, then: Then::Read }));
        let record = RecordKey::Committee(id.to_owned());
        Some(Effect::Draft { record, field: "form", text: String::new() })
    }

    /// A command in the Committee place.
    pub fn run_in_committee(&mut self, command: Command) -> Vec<Effect> {
        let page = usize::from(self.desk.size.1).saturating_sub(9).max(1) as isize;
        match command {
            Command::Up => self.committee_step(-1),
            Command::Down => self.committee_step(1),
            Command::ListPageUp => self.committee_step(-page),
            Command::ListPageDown => self.committee_step(page),
            Command::First => self.committee_step(isize::MIN),
            Command::Last => self.committee_step(isize::MAX),
            Command::NextTab => self.committee.tab = self.committee.tab.step(1),
            Command::PreviousTab => self.committee.tab = self.committee.tab.step(-1),
            Command::EntryEdit | Command::Choose => return self.edit_entry(),
            Command::EntryAdd => return self.add_entry(),
            Command::EntryRemove => return self.remove_entry(),
            Command::EntryUp => return self.move_entry(-1),
            Command::EntryDown => return self.move_entry(1),
            Command::UnitRename => return self.ask_rename(),
            Command::UnitMerge => return self.ask_merge(),
            Command::ImportMembers => return vec![Effect::FindTables],
            Command::NewPost => return self.ask_post(),
            _ => {}
        }
        Vec::new()
    }

    /// What the chosen line stands for.
    pub fn chosen_spot(&self) -> Option<Spot> {
        let rows = view::committee_rows(self);
        let at = self.committee.list().selected.min(rows.len().saturating_sub(1));
        rows.into_iter().nth(at).map(|row| row.spot)
    }

    fn committee_step(&mut self, by: isize) {
        let last = view::committee_rows(self).len().saturating_sub(1);
        let list = self.committee.list_mut();
        list.selected = list.selected.min(last).saturating_add_signed(by).min(last);
    }

    /// The line that stands for `spot` is chosen; one that the filter hides is shown by clearing the filter.
    pub fn choose_spot(&mut self, spot: &Spot) {
        let place = |app: &App| view::committee_rows(app).iter().position(|row| row.spot == *spot);
        let at = place(self).or_else(|| {
            self.committee.list_mut().filter.take();
            place(self)
        });
        if let Some(at) = at {
            self.committee.list_mut().selected = at;
        }
    }

    /// While one types into the filter the first row that fits is chosen.
    pub fn committee_filter_changed(&mut self) {
        self.committee.list_mut().selected = 0;
    }

    /// Esc: from the filter to all rows, then back to where one came from.
    pub fn back_in_committee(&mut self) -> Vec<Effect> {
        if !self.committee.list().filter.is_empty() {
            self.committee.list_mut().filter.take();
            return Vec::new();
        }
        match self.committee.from {
            Place::Meeting | Place::Roll if self.meeting.id.is_empty() => self.go(Place::Home),
            Place::Committee => self.go(Place::Home),
            from => self.go(from),
        }
    }

    /// The answer of a picker of this place.
    pub fn committee_chosen(&mut self, then: CommitteeThen, entry: Option<Entry>) -> Vec<Effect> {
        let Some(entry) = entry else { return Vec::new() };
        match then {
            CommitteeThen::Enter => self.enter_committee(&entry.id),
            CommitteeThen::HandOver(tab, row) => self.hand_over(tab, &row, &entry.id),
            CommitteeThen::MergeInto(unit) => self.ask_merge_day(unit, entry.id),
            _ => Vec::new(),
        }
    }

    /// The answer of a form of this place. A form whose answers could not be used stays open with them.
    pub fn committee_form_answered(
        &mut self,
        title: &'static str,
        then: CommitteeThen,
        form: Form,
    ) -> Vec<Effect> {
        let before = self.popups.len();
        let answered = match &then {
            CommitteeThen::Edit(tab, spot) => self.entry_answered(*tab, spot, &form),
            CommitteeThen::Add(tab, after) => self.entry_added(*tab, after.as_ref(), &form),
            CommitteeThen::Rename(unit) => self.rename_answered(unit, &form),
            CommitteeThen::MergeOn { unit, into } => self.merge_answered(unit, into, &form),
            CommitteeThen::Post(row) => self.post_answered(row, &form),
            _ => Ok(Vec::new()),
        };
        answered
            .unwrap_or_else(|unusable| self.ask_again(before, title, Then::Committee(then), form, unusable))
    }

    /// What the answers of a form of this place mean, for the field with the caret.
    pub fn committee_echo(&self, then: &CommitteeThen, form: &Form) -> Vec<String> {
        let mut echo = vec![String::new(); form.fields.len()];
        let (Some(committee), Some(field)) = (self.current_committee(), form.fields.get(form.focus)) else {
            return echo;
        };
        let columns = match then {
            CommitteeThen::Edit(tab, spot) => entry::columns(*tab, Some(spot)),
            CommitteeThen::Add(tab, after) => entry::columns(*tab, after.as_ref()),
            CommitteeThen::Post(_) => time::POST,
            CommitteeThen::Rename(_) | CommitteeThen::MergeOn { .. } => time::DAY,
            _ => &[],
        };
        if let Some(column) = columns.iter().find(|column| column.label == field.key) {
            echo[form.focus] = self.reading(committee).echo(column, form.text(field.key));
        }
        echo
    }
}

/// Why the answers of a form could not be used, and the field at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unusable {
    /// A key of the news.
    pub news: &'static str,
    pub label: Option<&'static str>,
}
