//! What happens to units and people from a day on: another name, into another unit, another post. Knows no drawing.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::committee::tab::{Column, Kind, Scope, Tab};
use crate::app::committee::{CommitteeThen, Spot, Unusable, entry};
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::popup::{Popup, Then, Tone};
use crate::domain::committee::{Committee, Member};
use crate::domain::edit::RowKey;
use crate::domain::fields::Row;
use crate::domain::succession::{self, Renaming, Unfit};
use crate::domain::value::Value;
use crate::text::dates;

const ON: Column = Column { key: "from", label: "entry.since", kind: Kind::Day, share: 0 };

/// The day alone.
pub(super) const DAY: &[Column] = &[ON];

/// What changes with a post.
pub(super) const POST: &[Column] = &[
    ON,
    Column { key: "position", label: "entry.position", kind: Kind::Position, share: 0 },
    Column { key: "titles", label: "entry.titles", kind: Kind::Texts, share: 0 },
    Column { key: "unit", label: "entry.unit", kind: Kind::Named(Scope::Units), share: 0 },
];

impl App {
    /// Asks for the new name of the chosen unit and the day on which it begins.
    pub(super) fn ask_rename(&mut self) -> Vec<Effect> {
        let Some((id, _)) = self.chosen_of(Tab::Units) else {
            return self.tell("news.choose_unit", Tone::Quiet);
        };
        let Some(unit) = self.current_committee().and_then(|c| c.unit(&id)) else { return Vec::new() };
        let form = Form::new(vec![
            FormField::text("entry.new_name", &unit.name),
            FormField::text("entry.new_short", &unit.short),
            FormField::text("entry.since", &dates::short(self.desk.today)),
        ]);
        let then = Then::Committee(CommitteeThen::Rename(id));
        self.popups.push(Popup::Form { title: "form.unit_rename", form, then });
        self.form_changed()
    }

    pub(super) fn rename_answered(&mut self, unit: &str, form: &Form) -> Result<Vec<Effect>, Unusable> {
        let day = self.since_of(form)?;
        let name = form.text("entry.new_name").to_owned();
        let same = self.current_committee().and_then(|c| c.unit(unit)).is_some_and(|u| u.name == name);
        if name.is_empty() || same {
            return Err(Unusable { news: "news.entry_needs_name", label: Some("entry.new_name") });
        }
        let renaming = Renaming { name, short: form.text("entry.new_short").to_owned(), day };
        let mut new = String::new();
        let effects = self.succeed("step.unit_rename", |committee| {
            new = succession::rename_unit(committee, unit, &renaming)?;
            Ok(())
        })?;
        self.choose_spot(&Spot::Row(RowKey { id: new, nth: 0 }));
        Ok(effects)
    }

    /// Asks which unit the chosen one goes into.
    pub(super) fn ask_merge(&mut self) -> Vec<Effect> {
        let Some((id, _)) = self.chosen_of(Tab::Units) else {
            return self.tell("news.choose_unit", Tone::Quiet);
        };
        let entries = self.row_entries(Tab::Units, &id);
        self.pick("picker.merge_into", entries, "", Then::Committee(CommitteeThen::MergeInto(id)));
        Vec::new()
    }

    pub(super) fn ask_merge_day(&mut self, unit: String, into: String) -> Vec<Effect> {
        let form = Form::new(vec![FormField::text("entry.since", &dates::short(self.desk.today))]);
        let then = Then::Committee(CommitteeThen::MergeOn { unit, into });
        self.popups.push(Popup::Form { title: "form.unit_merge", form, then });
        self.form_changed()
    }

    pub(super) fn merge_answered(
        &mut self,
        unit: &str,
        into: &str,
        form: &Form,
    ) -> Result<Vec<Effect>, Unusable> {
        let day = self.since_of(form)?;
        let merge = |committee: &mut Committee| succession::merge_unit(committee, unit, into, day);
        let effects = self.succeed("step.unit_merge", merge)?;
        self.choose_spot(&Spot::Row(RowKey { id: into.to_owned(), nth: 0 }));
        Ok(effects)
    }

    /// Asks for the new post of the chosen member and the day on which it begins.
    pub(super) fn ask_post(&mut self) -> Vec<Effect> {
        let Some((id, nth)) = self.chosen_of(Tab::Members) else {
            return self.tell("news.choose_member", Tone::Quiet);
        };
        let key = RowKey { id, nth };
        let Some(committee) = self.current_committee() else { return Vec::new() };
        let Some(row) = entry::row(committee, Tab::Members, &Spot::Row(key.clone())) else {
            return Vec::new();
        };
        let reading = self.reading(committee);
        let mut fields: Vec<FormField> =
            POST.iter().map(|column| reading.field(column, row.get(column.key).as_ref())).collect();
        fields[0] = FormField::text("entry.since", &dates::short(self.desk.today));
        let then = Then::Committee(CommitteeThen::Post(key));
        self.popups.push(Popup::Form { title: "form.new_post", form: Form::new(fields), then });
        self.form_changed()
    }

    pub(super) fn post_answered(&mut self, key: &RowKey, form: &Form) -> Result<Vec<Effect>, Unusable> {
        let day = self.since_of(form)?;
        let gone = Unusable { news: "news.entry_gone", label: None };
        let committee = self.current_committee().ok_or(gone)?;
        let at = entry::row_keys(committee, Tab::Members).iter().position(|row| row == key).ok_or(gone)?;
        let member: &dyn Row = committee.members.get(at).ok_or(gone)?;
        let reading = self.reading(committee);
        let mut answers: Vec<(&str, Option<Value>)> = Vec::new();
        for column in &POST[1..] {
            let now = member.get(column.key);
            let answer = reading.answer(column, form, now.as_ref());
            let answer = answer.map_err(|m| Unusable { news: "news.entry_misread", label: Some(m.label) })?;
            answers.push((column.key, answer));
        }
        let change = |member: &mut Member| {
            let row: &mut dyn Row = member;
            answers.into_iter().for_each(|(key, value)| row.put(key, value));
        };
        let effects = self.succeed("step.new_post", |committee| {
            succession::new_post(committee, at, day, change).map(|_| ())
        })?;
        self.choose_spot(&Spot::Row(RowKey { id: key.id.clone(), nth: key.nth + 1 }));
        Ok(effects)
    }

    /// The id and number of the chosen row when this tab is in front.
    fn chosen_of(&self, tab: Tab) -> Option<(String, usize)> {
        match self.chosen_spot().filter(|_| self.committee.tab == tab)? {
            Spot::Row(key) => Some((key.id, key.nth)),
            _ => None,
        }
    }

    fn since_of(&self, form: &Form) -> Result<NaiveDate, Unusable> {
        let day = dates::read(form.text("entry.since"), self.desk.today);
        day.ok_or(Unusable { news: "news.entry_misread", label: Some("entry.since") })
    }

    /// A step that may turn out not to be possible on that day.
    fn succeed(
        &mut self,
        step: &'static str,
        change: impl FnOnce(&mut Committee) -> Result<(), Unfit>,
    ) -> Result<Vec<Effect>, Unusable> {
        let mut done = Ok(());
        let effects = self.change_committee(step, |committee| done = change(committee));
        match done {
            Ok(()) => Ok(effects),
            Err(why) => Err(Unusable { news: unfit(why), label: Some("entry.since") }),
        }
    }
}

fn unfit(why: Unfit) -> &'static str {
    match why {
        Unfit::Gone => "news.entry_gone",
        Unfit::NotBegun => "news.not_begun",
        Unfit::Ended => "news.ended_before",
        Unfit::Circle => "news.circle",
        Unfit::NoSuccessor => "news.no_successor",
    }
}
