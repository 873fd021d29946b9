//! Rows of a committee in forms: changed, and made. Knows no drawing.

use crate::app::App;
use crate::app::committee::reading::Misread;
use crate::app::committee::tab::{Column, ITEMS, Kind, Naming, Tab};
use crate::app::committee::{CommitteeThen, Spot, Unusable};
use crate::app::effect::Effect;
use crate::app::form::Form;
use crate::app::popup::{Popup, Then, Tone};
use crate::domain::committee::{Committee, TemplateItem};
use crate::domain::edit::{RowKey, keys};
use crate::domain::fields::{Record, Row};
use crate::domain::id::{is_slug, row_id};
use crate::domain::value::Value;

/// The columns of the form for a line of a tab.
pub(super) fn columns(tab: Tab, spot: Option<&Spot>) -> &'static [Column] {
    match spot {
        Some(Spot::Item { .. } | Spot::NewItem(_)) => ITEMS,
        _ => tab.columns(),
    }
}

/// The row of a line.
pub fn row<'a>(committee: &'a Committee, tab: Tab, spot: &Spot) -> Option<&'a dyn Row> {
    match spot {
        Spot::Row(key) => {
            let rows = committee.rows(tab.table())?;
            rows.row(rows.position(&key.id, key.nth)?)
        }
        Spot::Item { template, item } => {
            let template =
                committee.templates.iter().filter(|row| row.id == template.id).nth(template.nth)?;
            template.items.get(*item).map(|item| item as &dyn Row)
        }
        Spot::NewItem(_) => None,
        Spot::Setting(_) => Some(&committee.head),
    }
}

/// As [`row`], to be changed.
fn row_mut<'a>(committee: &'a mut Committee, tab: Tab, spot: &Spot) -> Option<&'a mut dyn Row> {
    match spot {
        Spot::Row(key) => {
            let rows = committee.rows_mut(tab.table())?;
            let at = rows.position(&key.id, key.nth)?;
            rows.row_mut(at)
        }
        Spot::Item { template, item } => {
            let template = template_mut(committee, template)?;
            template.items.get_mut(*item).map(|item| item as &mut dyn Row)
        }
        Spot::NewItem(_) => None,
        Spot::Setting(_) => Some(&mut committee.head),
    }
}

/// A programme by its key.
pub(super) fn template_mut<'a>(
    committee: &'a mut Committee,
    key: &RowKey,
) -> Option<&'a mut crate::domain::committee::Template> {
    committee.templates.iter_mut().filter(|row| row.id == key.id).nth(key.nth)
}

/// The values of a form by key.
type Answers = Vec<(&'static str, Option<Value>)>;

impl App {
    /// Enter: the chosen row in a form; at the end of a programme a new item.
    pub(super) fn edit_entry(&mut self) -> Vec<Effect> {
        let tab = self.committee.tab;
        match self.chosen_spot() {
            Some(Spot::NewItem(_)) => self.add_entry(),
            Some(spot) => self.ask_entry(tab, &spot),
            None => self.add_entry(),
        }
    }

    fn ask_entry(&mut self, tab: Tab, spot: &Spot) -> Vec<Effect> {
        let Some(committee) = self.current_committee() else { return Vec::new() };
        let Some(row) = row(committee, tab, spot) else { return Vec::new() };
        let reading = self.reading(committee);
        let asked = columns(tab, Some(spot)).iter().filter(|column| !matches!(column.kind, Kind::Id(..)));
        let fields = asked.map(|column| reading.field(column, row.get(column.key).as_ref())).collect();
        let mut form = Form::new(fields);
        if let Spot::Setting(at) = spot {
            form.focus = *at;
        }
        let then = Then::Committee(CommitteeThen::Edit(tab, spot.clone()));
        self.popups.push(Popup::Form { title: tab.title(), form, then });
        self.form_changed()
    }

    /// A new row behind the chosen one.
    pub(super) fn add_entry(&mut self) -> Vec<Effect> {
        let tab = self.committee.tab;
        if tab == Tab::Settings {
            return self.tell("news.entry_fixed", Tone::Quiet);
        }
        let after = self.chosen_spot();
        let Some(committee) = self.current_committee() else { return Vec::new() };
        let reading = self.reading(committee);
        let asked = columns(tab, after.as_ref()).iter();
        let form = Form::new(asked.map(|column| reading.field(column, None)).collect());
        let then = Then::Committee(CommitteeThen::Add(tab, after));
        self.popups.push(Popup::Form { title: tab.title(), form, then });
        self.form_changed()
    }

    /// The answers that a form gives for a line; only what differs from `now`.
    fn answers(&self, columns: &[Column], now: Option<&dyn Row>, form: &Form) -> Result<Answers, Unusable> {
        let Some(committee) = self.current_committee() else { return Ok(Vec::new()) };
        let reading = self.reading(committee);
        let mut answers = Vec::new();
        for column in columns {
            let before = now.and_then(|row| row.get(column.key));
            let answer = reading.answer(column, form, before.as_ref()).map_err(misread)?;
            if answer != before {
                answers.push((column.key, answer));
            }
        }
        let of = |key: &str| match answers.iter().find(|(name, _)| *name == key) {
            Some((_, value)) => value.clone(),
            None => now.and_then(|row| row.get(key)),
        };
        if let (Some(Value::Date(from)), Some(Value::Date(to))) = (of("from"), of("to"))
            && to < from
        {
            return Err(Unusable { news: "news.entry_backwards", label: Some("entry.to") });
        }
        let named = columns.iter().find(|column| !matches!(column.kind, Kind::Id(..)));
        match named {
            Some(name) if instead(name).into_iter().all(|key| of(key).is_none()) => {
                Err(Unusable { news: "news.entry_needs_name", label: Some(name.label) })
            }
            _ => Ok(answers),
        }
    }

    /// Puts the answers into the row.
    pub(super) fn entry_answered(
        &mut self,
        tab: Tab,
        spot: &Spot,
        form: &Form,
    ) -> Result<Vec<Effect>, Unusable> {
        let columns = columns(tab, Some(spot));
        let Some(now) = self.current_committee().and_then(|committee| row(committee, tab, spot)) else {
            return Err(Unusable { news: "news.entry_gone", label: None });
        };
        let asked: Vec<Column> =
            columns.iter().filter(|column| !matches!(column.kind, Kind::Id(..))).copied().collect();
        let answers = self.answers(&asked, Some(now), form)?;
        let step = if tab == Tab::Settings { "step.settings" } else { "step.entry_edit" };
        Ok(self.change_committee(step, |committee| {
            if let Some(row) = row_mut(committee, tab, spot) {
                put(row, answers);
            }
        }))
    }

    /// Makes the row.
    pub(super) fn entry_added(
        &mut self,
        tab: Tab,
        after: Option<&Spot>,
        form: &Form,
    ) -> Result<Vec<Effect>, Unusable> {
        let columns = columns(tab, after);
        let mut answers = self.answers(columns, None, form)?;
        if let Some(Spot::Item { template, item }) = after {
            return Ok(self.add_item(template, Some(*item), answers));
        }
        if let Some(Spot::NewItem(template)) = after {
            return Ok(self.add_item(template, None, answers));
        }
        let id = self.new_id(tab, &answers)?;
        answers.retain(|(key, _)| *key != "id");
        let key = RowKey { id, nth: 0 };
        let effects = self.change_committee("step.entry_add", |committee| {
            let Some(rows) = committee.rows_mut(tab.table()) else { return };
            let behind = match after {
                Some(Spot::Row(key)) => rows.position(&key.id, key.nth).map(|at| at + 1),
                _ => None,
            };
            let at = behind.unwrap_or_else(|| rows.len());
            rows.insert_pairs(at, &[("id".to_owned(), Value::Text(key.id.clone()))]);
            if let Some(row) = rows.row_mut(at) {
                put(row, answers);
            }
        });
        self.choose_spot(&Spot::Row(key));
        Ok(effects)
    }

    /// A readable id from the name, or one drawn; the position chosen for a position.
    fn new_id(&mut self, tab: Tab, answers: &Answers) -> Result<String, Unusable> {
        let text = |wanted: &str| match answers.iter().find(|(key, _)| *key == wanted) {
            Some((_, Some(Value::Text(text)))) => Some(text.clone()),
            _ => None,
        };
        if tab.naming() == Naming::Random {
            return Ok(row_id(self.desk.random.u64(..)));
        }
        let Some(committee) = self.current_committee() else { return Ok(String::new()) };
        if let Some(id) = text("id") {
            return match committee.positions.iter().any(|row| row.id == id) {
                true => Err(Unusable { news: "news.entry_twice", label: Some("entry.position_id") }),
                false => Ok(id),
            };
        }
        // A chair called by its unit alone is known by the unit.
        let name = text("name").or_else(|| text("unit")).unwrap_or_default();
        let id = committee.free_id(&name);
        Ok(if is_slug(&id) { id } else { row_id(self.desk.random.u64(..)) })
    }

    fn add_item(&mut self, template: &RowKey, after: Option<usize>, answers: Answers) -> Vec<Effect> {
        let mut at = 0;
        let effects = self.change_committee("step.entry_add", |committee| {
            let Some(template) = template_mut(committee, template) else { return };
            at = after.map_or(template.items.len(), |after| (after + 1).min(template.items.len()));
            let mut item = TemplateItem::default();
            put(&mut item, answers);
            template.items.insert(at, item);
        });
        self.choose_spot(&Spot::Item { template: template.clone(), item: at });
        effects
    }

    /// Changes the committee in front as one named step.
    pub fn change_committee(
        &mut self,
        step: &'static str,
        change: impl FnOnce(&mut Committee),
    ) -> Vec<Effect> {
        let id = self.committee.id.clone();
        let made = self.sessions.step(step, self.desk.now, None, |drafts| {
            if let Some(draft) = drafts.committee(&id) {
                change(draft);
            }
        });
        self.made(made)
    }
}

/// The keys of which one must be there: a chair nobody has yet is known by its unit, a signature by the position, an
/// item by its kind.
fn instead(name: &Column) -> [&'static str; 2] {
    match name.label {
        "entry.full_name" => ["name", "unit"],
        "entry.member" => ["member", "position"],
        "entry.title" => ["title", "kind"],
        _ => [name.key, name.key],
    }
}

fn put(row: &mut dyn Row, answers: Answers) {
    for (key, value) in answers {
        row.put(key, value);
    }
}

fn misread(misread: Misread) -> Unusable {
    Unusable { news: "news.entry_misread", label: Some(misread.label) }
}

/// The keys of a tab's rows, in the order of the file.
pub fn row_keys(committee: &Committee, tab: Tab) -> Vec<RowKey> {
    committee.rows(tab.table()).map(keys).unwrap_or_default()
}
