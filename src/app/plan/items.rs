//! The programme in its list: items added, changed, taken out, moved, pasted, taken over from the committee. Knows no
//! drawing.

use std::collections::HashSet;

use crate::app::App;
use crate::app::committee::Unusable;
use crate::app::committee::tab::{Column, Kind, Scope, column};
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::meeting::names;
use crate::app::picker::Entry;
use crate::app::plan::{NOBODY, PlanThen, impossible, naming, put, spelling};
use crate::app::popup::{Popup, Target, Then, Tone};
use crate::domain::agenda::{self, Place};
use crate::domain::agenda_lines::{self, PlannedItem};
use crate::domain::fields::Row;
use crate::domain::id::row_id;
use crate::domain::item_kind;
use crate::domain::meeting::{AgendaItem, Meeting};
use crate::domain::{programme, roll, seating, seats};

/// The field of what an item is.
pub(super) const KIND: &str = "plan.item_kind";

/// What a new item is asked.
pub(super) const NEW: &[Column] = &[
    column("title", "plan.item", Kind::Text, 0),
    column("minutes", "plan.minutes", Kind::Whole, 0),
    column("presenter", "plan.presenter", Kind::Named(Scope::Speakers), 0),
    column("kind", KIND, Kind::ItemKind, 0),
    column("confidential", "plan.confidential", Kind::Mark, 0),
];

const VISITS: Column = column("", "plan.visits", Kind::Visits, 0);

/// What an item is asked: once the meeting was opened, when it was taken up too.
pub(super) fn columns(meeting: &Meeting) -> Vec<Column> {
    let held = meeting.head.opened.is_some() || meeting.agenda.iter().any(programme::was_visited);
    NEW.iter().copied().chain(held.then_some(VISITS)).collect()
}

impl App {
    /// The programme as a list, also when it is empty; with words a line of it is added behind the item in front.
    pub fn show_programme(&mut self, words: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let entries = self.programme_entries(meeting);
        let at = self.meeting.shown_item.clone().unwrap_or_default();
        self.pick("picker.item", entries, &at, Then::Item(Target::Line));
        match words {
            "" => Vec::new(),
            words => self.paste_items(words, &Place::Last),
        }
    }

    /// The items by number and title, with minutes, presenter and times.
    pub fn programme_entries(&self, meeting: &Meeting) -> Vec<Entry> {
        let day = roll::first_day(meeting);
        let committee = self.committee_of(meeting).unwrap_or(&NOBODY);
        let mut entries = names::item_entries(meeting);
        for (entry, item) in entries.iter_mut().zip(&meeting.agenda) {
            let presenter = naming::name(meeting, committee, Scope::Speakers, &item.presenter);
            let visits = spelling::visits_text(&agenda::visits(item), day);
            let secret = if item.confidential { self.desk.words.get("ui.confidential") } else { "" };
            let parts = [entry.detail.as_str(), presenter.as_str(), visits.as_str(), secret];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            entry.detail = parts.join("  ");
        }
        entries
    }

    pub(super) fn ask_new_item(&mut self, place: Place) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let reading = self.reading_of(meeting);
        let form = Form::new(NEW.iter().map(|column| reading.field(column, None)).collect());
        self.popups.push(Popup::Form {
            title: "form.new_item",
            form,
            then: Then::Plan(PlanThen::NewItem(place)),
        });
        self.form_changed()
    }

    pub(super) fn ask_item(&mut self, id: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let Some(item) = meeting.item(id) else { return Vec::new() };
        let (reading, row): (_, &dyn Row) = (self.reading_of(meeting), item);
        let field = |column: &Column| match column.kind {
            Kind::Visits => {
                unselected(column, &spelling::visits_text(&agenda::visits(item), roll::first_day(meeting)))
            }
            _ => reading.field(column, row.get(column.key).as_ref()),
        };
        let form = Form::new(columns(meeting).iter().map(field).collect());
        self.popups.push(Popup::Form {
            title: "form.item",
            form,
            then: Then::Plan(PlanThen::Item(id.to_owned())),
        });
        self.form_changed()
    }

    pub(super) fn item_added(&mut self, place: &Place, form: &Form) -> Result<Vec<Effect>, Unusable> {
        let Some(meeting) = self.current_meeting() else { return Ok(Vec::new()) };
        let answers = self.plan_answers(meeting, NEW, None, form)?;
        let mut item = AgendaItem { id: row_id(self.desk.random.u64(..)), ..AgendaItem::default() };
        put(&mut item, answers);
        self.complete(&mut item)?;
        Ok(self.insert_items("step.item_add", place, vec![item]))
    }

    /// A title is needed; the kind goes by it unless another was chosen.
    fn complete(&self, item: &mut AgendaItem) -> Result<(), Unusable> {
        if item.title.is_empty() {
            return Err(Unusable { news: "news.item_needs_title", label: Some("plan.item") });
        }
        item.kind = item.kind.or_else(|| item_kind::of_title(&item.title));
        Ok(())
    }

    pub(super) fn item_answered(&mut self, id: &str, form: &Form) -> Result<Vec<Effect>, Unusable> {
        let gone = Unusable { news: "news.entry_gone", label: None };
        let meeting = self.current_meeting().ok_or(gone)?;
        let now = meeting.item(id).ok_or(gone)?;
        let answers = self.plan_answers(meeting, &columns(meeting), Some(now), form)?;
        let mut item = now.clone();
        put(&mut item, answers);
        self.complete(&mut item)?;
        let before = agenda::visits(now);
        let label = Some(VISITS.label);
        let typed = form.text(VISITS.label);
        let visits = match typed == spelling::visits_text(&before, roll::first_day(meeting)) {
            true => before.clone(),
            false => spelling::read_visits(typed, meeting, &before)
                .ok_or(Unusable { news: "news.visits_unread", label })?,
        };
        let mut draft = meeting.clone();
        if let Some(row) = draft.agenda.iter_mut().find(|item| item.id == id) {
            *row = item.clone();
        }
        if visits != before {
            agenda::set_visits(&mut draft, id, visits)
                .map_err(|why| Unusable { news: impossible(&why), label })?;
        }
        let committee = self.committee_of(&draft).cloned();
        seats::keep_unit_name(&mut draft, committee.as_ref(), &item.presenter);
        let step = self
            .sessions
            .change(&self.meeting.id, "step.item_edit", self.desk.now, |meeting| *meeting = draft);
        let effects = self.made(step);
        self.choose_in_plan(id);
        Ok(effects)
    }

    fn insert_items(&mut self, step: &str, place: &Place, items: Vec<AgendaItem>) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let committee = self.committee_of(meeting).cloned();
        let last = items.last().map(|item| item.id.clone()).unwrap_or_default();
        let step = self.sessions.change(&self.meeting.id, step, self.desk.now, |meeting| {
            for item in &items {
                seats::keep_unit_name(meeting, committee.as_ref(), &item.presenter);
            }
            agenda::insert(meeting, place, items);
        });
        let effects = self.made(step);
        self.choose_in_plan(&last);
        effects
    }

    /// Lines of a programme become items.
    pub(super) fn paste_items(&mut self, text: &str, place: &Place) -> Vec<Effect> {
        let planned = agenda_lines::read(text);
        if planned.is_empty() {
            return self.tell("news.no_items_read", Tone::Warning);
        }
        let count = planned.len().to_string();
        let items = planned.into_iter().map(|planned| self.item_of(planned)).collect();
        let effects = self.insert_items("step.item_paste", place, items);
        if !effects.is_empty() {
            self.say_filled("news.items_pasted", &[("n", &count)], Tone::Plain);
        }
        effects
    }

    fn item_of(&mut self, planned: PlannedItem) -> AgendaItem {
        let id = row_id(self.desk.random.u64(..));
        let presenter = match self.current_meeting() {
            Some(meeting) if !planned.presenter.is_empty() => {
                let committee = self.committee_of(meeting).unwrap_or(&NOBODY);
                naming::id(meeting, committee, Scope::Speakers, &planned.presenter)
            }
            _ => planned.presenter,
        };
        let PlannedItem { title, kind, minutes, .. } = planned;
        AgendaItem { id, title, kind, minutes, presenter, ..AgendaItem::default() }
    }

    pub(super) fn shift_item(&mut self, id: &str, by: isize) -> Vec<Effect> {
        let step = self.sessions.change(&self.meeting.id, "step.item_move", self.desk.now, |meeting| {
            agenda::shift(meeting, id, by);
        });
        let effects = self.made(step);
        self.choose_in_plan(id);
        effects
    }

    /// Takes an item out. One that something belongs to asks first where that goes.
    pub(super) fn remove_item(&mut self, id: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let held = agenda::held(meeting, id);
        if held.is_empty() && !meeting.item(id).is_some_and(programme::was_visited) {
            return self.item_gone(id, "");
        }
        let tables: Vec<String> = held
            .iter()
            .map(|(table, n)| self.desk.words.fill(&format!("holds.{table}"), &[("n", &n.to_string())]))
            .collect();
        let mut entries: Vec<Entry> =
            self.programme_entries(meeting).into_iter().filter(|entry| entry.id != id).collect();
        let at = meeting.agenda.iter().position(|item| item.id == id).unwrap_or(0);
        let near = meeting.agenda.get(at.wrapping_sub(1)).or(meeting.agenda.get(at + 1));
        let near = near.map(|item| item.id.clone()).unwrap_or_default();
        entries
            .push(Entry { label: self.desk.words.get("ui.no_item_at_all").to_owned(), ..Entry::default() });
        let holds =
            if tables.is_empty() { self.desk.words.get("holds.time").to_owned() } else { tables.join(", ") };
        self.pick("picker.item_heir", entries, &near, Then::Plan(PlanThen::ItemHeir(id.to_owned())));
        self.say_filled("news.item_holds", &[("holds", &holds)], Tone::Warning);
        Vec::new()
    }

    /// The item goes; what belonged to it goes to the item `heir`, or to none.
    pub(super) fn item_gone(&mut self, id: &str, heir: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let title = meeting.item(id).map(|item| item.title.clone()).unwrap_or_default();
        let at = meeting.agenda.iter().position(|item| item.id == id).unwrap_or(0);
        let next = meeting.agenda.get(at + 1).or(meeting.agenda.get(at.wrapping_sub(1)));
        let next = next.map(|item| item.id.clone()).unwrap_or_default();
        let step = self.sessions.change(&self.meeting.id, "step.item_remove", self.desk.now, |meeting| {
            agenda::remove(meeting, id, Some(heir).filter(|heir| !heir.is_empty()));
        });
        let effects = self.made(step);
        if effects.is_empty() {
            return effects;
        }
        if self.meeting.shown_item.as_deref() == Some(id) {
            self.meeting.shown_item = Some(heir.to_owned()).filter(|heir| !heir.is_empty());
        }
        self.choose_in_plan(&next);
        let undo = self.desk.keymap.label(crate::app::command::Command::Undo).unwrap_or_default();
        self.say_filled("news.item_removed", &[("title", &title), ("undo", &undo)], Tone::Plain);
        effects
    }

    /// The committee's programmes, that of the meeting's kind first.
    pub(super) fn ask_template(&mut self) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let templates = self.committee_of(meeting).map_or(&[][..], |committee| &committee.templates);
        let own = templates
            .iter()
            .position(|template| template.kind.is_some() && template.kind == meeting.head.kind);
        let entry = |(at, template): (usize, &crate::domain::committee::Template)| {
            let kind = template.kind.map(|kind| format!("meeting_kind.{}", kind.word()));
            let kind = kind.map_or(String::new(), |key| self.desk.words.get(&key).to_owned());
            let label = if template.title.is_empty() { kind.clone() } else { template.title.clone() };
            let count =
                self.desk.words.fill("plan_says.items_n", &[("n", &template.items.len().to_string())]);
            Entry { id: at.to_string(), label, detail: format!("{kind}  {count}"), ..Entry::default() }
        };
        let entries: Vec<Entry> = templates.iter().enumerate().map(entry).collect();
        if entries.is_empty() {
            return self.tell("news.no_templates", Tone::Warning);
        }
        let own = own.unwrap_or(0).to_string();
        self.pick("picker.template", entries, &own, Then::Plan(PlanThen::Template));
        Vec::new()
    }

    /// The programme is taken over anew: items that something belongs to stay, with the rest of the template around them.
    pub(super) fn template_chosen(&mut self, at: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let committee = self.committee_of(meeting).cloned();
        let template =
            committee.as_ref().and_then(|committee| committee.templates.get(at.parse::<usize>().ok()?));
        let (Some(committee), Some(template)) = (&committee, template) else { return Vec::new() };
        let day = meeting.head.date.unwrap_or(self.desk.today);
        let mut random = self.desk.random.clone();
        let new = seating::programme_on(template, committee, day, || random.u64(..));
        let busy =
            |item: &AgendaItem| programme::was_visited(item) || !agenda::held(meeting, &item.id).is_empty();
        let kept: Vec<AgendaItem> = meeting.agenda.iter().filter(|item| busy(item)).cloned().collect();
        let (kept_n, new_n) = (kept.len(), new.len());
        let items = around(kept, new);
        self.desk.random = random;
        let step = self.sessions.change(&self.meeting.id, "step.template", self.desk.now, |meeting| {
            for item in &items {
                seats::keep_unit_name(meeting, Some(committee), &item.presenter);
            }
            meeting.agenda = items;
        });
        let effects = self.made(step);
        self.refresh_plan_lists();
        let slots = [("n", new_n.to_string()), ("kept", kept_n.to_string())];
        self.say_filled("news.template_taken", &slots, Tone::Plain);
        effects
    }

    /// What the item is taken for by its title, while nobody chose otherwise.
    pub(super) fn kind_echo(&self, form: &Form) -> String {
        if form.place(KIND) != Some(0) {
            return String::new();
        }
        match item_kind::of_title(form.text("plan.item")) {
            Some(kind) => self.desk.words.get(&format!("item_kind.{}", kind.word())).to_owned(),
            None => String::new(),
        }
    }

    /// How the visits typed are read: how many, and for how many minutes in all.
    pub(super) fn visits_echo(&self, then: &PlanThen, typed: &str) -> String {
        let words = &self.desk.words;
        let PlanThen::Item(id) = then else { return String::new() };
        let Some(meeting) = self.current_meeting() else { return String::new() };
        let known = meeting.item(id).map(agenda::visits).unwrap_or_default();
        let Some(visits) = spelling::read_visits(typed, meeting, &known) else {
            return words.get("plan_says.visits_how").to_owned();
        };
        let mut draft = meeting.clone();
        let minutes = match agenda::set_visits(&mut draft, id, visits.clone()) {
            Ok(()) => programme::item_seconds(&draft, id, self.desk.now.wall) / 60,
            Err(why) => return words.get(impossible(&why)).to_owned(),
        };
        match visits.len() {
            0 => words.get("plan_says.visits_none").to_owned(),
            n => {
                words.fill("plan_says.visits_n", &[("n", &n.to_string()), ("minutes", &minutes.to_string())])
            }
        }
    }
}

/// A text as it stands, with the caret behind it.
fn unselected(column: &Column, text: &str) -> FormField {
    let text = crate::text::field::TextField::with_text(text);
    let writing = crate::app::committee::reading::writing(column.kind);
    FormField { key: column.label, answer: crate::app::form::Answer::Text(text), writing }
}

/// The new items with the kept ones among them: a kept one takes the place of the new one of its title, others stay
/// behind the kept one they stood behind, or at the beginning.
fn around(kept: Vec<AgendaItem>, new: Vec<AgendaItem>) -> Vec<AgendaItem> {
    let key = |item: &AgendaItem| seats::name_key(&item.title);
    let titles: HashSet<String> = new.iter().map(key).collect();
    // Each kept one that has a twin leads those behind it that have none.
    let mut groups: Vec<Vec<AgendaItem>> = vec![Vec::new()];
    for item in kept {
        match groups.last_mut() {
            Some(group) if !titles.contains(&key(&item)) => group.push(item),
            _ => groups.push(vec![item]),
        }
    }
    let mut all = groups.remove(0);
    for item in new {
        match groups.iter().position(|group| group.first().is_some_and(|first| key(first) == key(&item))) {
            Some(at) => all.extend(groups.remove(at)),
            None => all.push(item),
        }
    }
    all.extend(groups.into_iter().flatten());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items(titles: &str) -> Vec<AgendaItem> {
        titles.chars().map(|title| AgendaItem { title: title.into(), ..AgendaItem::default() }).collect()
    }

    #[test]
    fn kept_items_stand_where_their_twins_would() {
        for (kept, new, all) in [
            ("", "abc", "abc"),
            ("b", "abc", "abc"),
            ("ax", "abc", "axbc"),
            ("xa", "abc", "xabc"),
            ("x", "", "x"),
            ("aa", "ab", "aba"),
            ("cxa", "abc", "abcx"),
        ] {
            let titles: String = around(items(kept), items(new)).into_iter().map(|item| item.title).collect();
            assert_eq!(titles, all, "{kept} {new}");
        }
    }
}
