//! The plan of a meeting: its head, its programme, its sites and who is called. Which key does what in the two lists,
//! and where the answers of forms go; the verbs are in the files beside this one. Knows no drawing and no file.

mod head;
mod items;
pub mod naming;
mod roster;
mod sites;
pub mod spelling;

pub use sites::set_link;

use std::sync::LazyLock;

use crate::app::App;
use crate::app::command::Command;
use crate::app::committee::Unusable;
use crate::app::committee::reading::Reading;
use crate::app::committee::tab::{Column, Kind, Scope};
use crate::app::effect::Effect;
use crate::app::form::{Answer, Form};
use crate::app::picker::Entry;
use crate::app::popup::{Popup, Then, Tone};
use crate::domain::agenda::{Impossible, Place};
use crate::domain::committee::Committee;
use crate::domain::fields::Row;
use crate::domain::meeting::Meeting;
use crate::domain::value::Value;
use crate::text::field::TextField;

/// What the answer of a form, list or page of the plan is for.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanThen {
    /// The head of a meeting, by id.
    Head(String),
    /// An item of the programme, by id.
    Item(String),
    /// A new item.
    NewItem(Place),
    /// Where goes what belonged to an item that is taken out.
    ItemHeir(String),
    /// The programme to take over, by its place in the committee.
    Template,
    /// The list of sites.
    Sites,
    /// A site, by id.
    Site(String),
    /// A new site: one of the committee, or a name.
    NewSite(Place),
    /// Where the seats of a site go that is taken out.
    SiteHeir(String),
    /// Who is called no more or anew.
    Roster,
    /// A name for the field of the form below.
    Name(&'static str),
}

/// The two lists that are edited row by row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanList {
    Items,
    Sites,
}

/// Keys and values of a row that a form changes.
type Answers = Vec<(&'static str, Option<Value>)>;

/// In place of a committee whose file is not there.
static NOBODY: LazyLock<Committee> = LazyLock::new(Committee::default);

impl App {
    /// What reads and shows the values of a meeting.
    fn reading_of<'a>(&'a self, meeting: &'a Meeting) -> Reading<'a> {
        let committee = self.committee_of(meeting).unwrap_or(&NOBODY);
        Reading { words: &self.desk.words, committee, meeting: Some(meeting), today: self.desk.today }
    }

    /// The list in front, and the id chosen there.
    pub fn plan_list(&self) -> Option<(PlanList, Option<String>)> {
        let Some(Popup::Picker { picker, then, .. }) = self.popups.last() else { return None };
        let list = match then {
            Then::Item(_) => PlanList::Items,
            Then::Plan(PlanThen::Sites) => PlanList::Sites,
            _ => return None,
        };
        Some((list, picker.chosen().map(|entry| entry.id.clone())))
    }

    /// A command over one of the lists; `None` when no list is in front or the command is none of theirs.
    pub fn run_in_plan(&mut self, command: Command) -> Option<Vec<Effect>> {
        let (list, chosen) = self.plan_list()?;
        let ours = [
            Command::PlanAdd,
            Command::PlanBefore,
            Command::PlanEdit,
            Command::PlanRemove,
            Command::PlanUp,
            Command::PlanDown,
            Command::PlanAnew,
        ];
        if !ours.contains(&command) {
            return None;
        }
        if let Some(told) = self.locked_out(command) {
            return Some(told);
        }
        let place = |place: fn(String) -> Place| chosen.clone().map_or(Place::Last, place);
        let added = match command {
            Command::PlanAdd => Some(place(Place::After)),
            Command::PlanBefore => Some(place(Place::Before)),
            _ => None,
        };
        if let Some(place) = added {
            return Some(match list {
                PlanList::Items => self.ask_new_item(place),
                PlanList::Sites => self.ask_new_site(place),
            });
        }
        if command == Command::PlanAnew {
            return Some(match list {
                PlanList::Items => self.ask_template(),
                PlanList::Sites => self.take_committee_sites(),
            });
        }
        let Some(id) = chosen else { return Some(self.tell("news.plan_empty", Tone::Quiet)) };
        Some(match (list, command) {
            (PlanList::Items, Command::PlanEdit) => self.ask_item(&id),
            (PlanList::Items, Command::PlanRemove) => self.remove_item(&id),
            (PlanList::Items, Command::PlanUp) => self.shift_item(&id, -1),
            (PlanList::Items, _) => self.shift_item(&id, 1),
            (PlanList::Sites, Command::PlanEdit) => self.ask_site(&id),
            (PlanList::Sites, Command::PlanRemove) => self.remove_site(&id),
            (PlanList::Sites, Command::PlanUp) => self.shift_site(&id, -1),
            (PlanList::Sites, _) => self.shift_site(&id, 1),
        })
    }

    /// Several lines pasted over one of the lists become its rows; `None` when the text is for somebody else.
    pub fn paste_in_plan(&mut self, text: &str) -> Option<Vec<Effect>> {
        let (list, chosen) = self.plan_list()?;
        let lines = text.lines().filter(|line| !line.trim().is_empty()).count();
        if lines < 2 && !text.contains('\t') {
            return None;
        }
        let place = chosen.map_or(Place::Last, Place::After);
        Some(match list {
            PlanList::Items => self.paste_items(text, &place),
            PlanList::Sites => self.paste_sites(text, &place),
        })
    }

    /// The lists that lie open show what is there now; typed words and the choice stay.
    pub fn refresh_plan_lists(&mut self) {
        let Some(meeting) = self.current_meeting() else { return };
        let (items, sites) = (self.programme_entries(meeting), self.site_entries(meeting));
        for popup in &mut self.popups {
            match popup {
                Popup::Picker { picker, then: Then::Item(_), .. } => picker.renew(&items),
                Popup::Picker { picker, then: Then::Plan(PlanThen::Sites), .. } => picker.renew(&sites),
                _ => {}
            }
        }
    }

    /// In the list in front this row is chosen, whatever was typed there.
    fn choose_in_plan(&mut self, id: &str) {
        self.refresh_plan_lists();
        if let Some(Popup::Picker { picker, .. }) = self.popups.last_mut() {
            picker.choose(id);
        }
    }

    /// The answer of a list of the plan.
    pub fn plan_chosen(&mut self, then: PlanThen, entry: Option<Entry>, typed: &str) -> Vec<Effect> {
        match (then, entry) {
            (PlanThen::NewSite(place), entry) => self.site_chosen(&place, entry, typed),
            (PlanThen::ItemHeir(item), Some(entry)) => self.item_gone(&item, &entry.id),
            (PlanThen::SiteHeir(site), Some(entry)) => self.site_gone(&site, &entry.id),
            (PlanThen::Template, Some(entry)) => self.template_chosen(&entry.id),
            (PlanThen::Name(key), Some(entry)) => self.name_picked(key, &entry),
            _ => Vec::new(),
        }
    }

    /// The answer of a form of the plan. One whose answers could not be used stays open with them.
    pub fn plan_form_answered(&mut self, title: &'static str, then: PlanThen, form: Form) -> Vec<Effect> {
        let before = self.popups.len();
        let answered = match &then {
            PlanThen::Head(meeting) => self.head_answered(meeting, &form),
            PlanThen::Item(item) => self.item_answered(item, &form),
            PlanThen::NewItem(place) => self.item_added(place, &form),
            PlanThen::Site(site) => self.site_answered(site, &form),
            _ => Ok(Vec::new()),
        };
        answered.unwrap_or_else(|unusable| self.ask_again(before, title, Then::Plan(then), form, unusable))
    }

    /// What the columns of a form of the plan are.
    fn plan_columns(&self, then: &PlanThen) -> Vec<Column> {
        match then {
            PlanThen::Head(meeting) => self.sessions.meeting(meeting).map(head::columns).unwrap_or_default(),
            PlanThen::Item(_) => self.current_meeting().map(items::columns).unwrap_or_default(),
            PlanThen::NewItem(_) => items::NEW.to_vec(),
            PlanThen::Site(_) => sites::COLUMNS.to_vec(),
            _ => Vec::new(),
        }
    }

    /// The meeting that a form of the plan is about.
    fn plan_meeting(&self, then: &PlanThen) -> Option<&Meeting> {
        match then {
            PlanThen::Head(meeting) => self.sessions.meeting(meeting),
            _ => self.current_meeting(),
        }
    }

    /// What the answers of a form of the plan mean, for the field with the caret.
    pub fn plan_echo(&self, then: &PlanThen, form: &Form) -> Vec<String> {
        let mut echo = vec![String::new(); form.fields.len()];
        let (Some(meeting), Some(field)) = (self.plan_meeting(then), form.fields.get(form.focus)) else {
            return echo;
        };
        let columns = self.plan_columns(then);
        if let Some(column) = columns.iter().find(|column| column.label == field.key) {
            let typed = form.text(field.key);
            echo[form.focus] = match column.kind {
                Kind::MeetingDay => self.date_echo(meeting, typed),
                Kind::Visits => self.visits_echo(then, typed),
                _ if column.key == "conference" => self.conference_echo(meeting, typed),
                _ => self.reading_of(meeting).echo(column, typed),
            };
        }
        if let Some(at) = form.fields.iter().position(|field| field.key == items::KIND) {
            echo[at] = self.kind_echo(form);
        }
        echo
    }

    /// The answers of a form; only what differs from the row as it is.
    fn plan_answers(
        &self,
        meeting: &Meeting,
        columns: &[Column],
        now: Option<&dyn Row>,
        form: &Form,
    ) -> Result<Answers, Unusable> {
        let reading = self.reading_of(meeting);
        let mut answers = Vec::new();
        for column in columns.iter().filter(|column| !matches!(column.kind, Kind::Visits)) {
            let before = now.and_then(|row| row.get(column.key));
            let answer = reading.answer(column, form, before.as_ref());
            let answer = answer
                .map_err(|misread| Unusable { news: unread(column.kind), label: Some(misread.label) })?;
            if answer != before {
                answers.push((column.key, answer));
            }
        }
        Ok(answers)
    }

    /// The field with the caret of the form in front, and where the names are that it may hold.
    fn names_asked(&self) -> Option<(&'static str, Scope, &Meeting)> {
        let Some(Popup::Form { form, then: Then::Plan(then), .. }) = self.popups.last() else { return None };
        let field = form.fields.get(form.focus)?.key;
        let column = self.plan_columns(then).into_iter().find(|column| column.label == field)?;
        Some((field, scope_of(column.kind)?, self.plan_meeting(then)?))
    }

    /// Whether the field with the caret may hold a name of somebody here.
    pub fn has_names(&self) -> bool {
        let entries = |(_, scope, meeting): (_, Scope, &Meeting)| {
            naming::entries(meeting, self.committee_of(meeting).unwrap_or(&NOBODY), scope)
        };
        self.names_asked().map(entries).is_some_and(|entries| !entries.is_empty())
    }

    /// F2 in a form: the names that the field with the caret may hold.
    pub fn pick_name(&mut self) -> Vec<Effect> {
        let Some((key, scope, meeting)) = self.names_asked() else {
            return self.tell("news.no_names", Tone::Quiet);
        };
        let committee = self.committee_of(meeting).unwrap_or(&NOBODY);
        let entries = naming::entries(meeting, committee, scope);
        if entries.is_empty() {
            return self.tell("news.no_names_here", Tone::Quiet);
        }
        let Some(Popup::Form { form, .. }) = self.popups.last() else { return Vec::new() };
        let typed = form.text(key).strip_prefix('@').map(|words| words.trim().to_owned());
        let now = naming::id(meeting, committee, scope, form.text(key));
        self.pick("picker.name", entries, &now, Then::Plan(PlanThen::Name(key)));
        // What was begun in the field goes on in the list.
        if let (Some(typed), Some(Popup::Picker { picker, .. })) = (typed, self.popups.last_mut()) {
            picker.query = TextField::with_text(typed);
            picker.narrow();
        }
        Vec::new()
    }

    /// Puts the picked name into the field; into a list of names behind those that stand there.
    fn name_picked(&mut self, key: &'static str, entry: &Entry) -> Vec<Effect> {
        let Some(Popup::Form { form, then: Then::Plan(then), .. }) = self.popups.last() else {
            return Vec::new();
        };
        let column = self.plan_columns(then).into_iter().find(|column| column.label == key);
        let (Some(column), Some(meeting)) = (column, self.plan_meeting(then)) else { return Vec::new() };
        let Some(scope) = scope_of(column.kind) else { return Vec::new() };
        let committee = self.committee_of(meeting).unwrap_or(&NOBODY);
        // Of namesakes the id tells which.
        let plain = naming::id(meeting, committee, scope, &entry.label) == entry.id;
        let name = if plain { &entry.label } else { &entry.id };
        let text = match (column.kind, form.text(key)) {
            (Kind::Names(_), before) if !before.is_empty() => {
                format!("{}; {name}", before.trim_end_matches(';'))
            }
            _ => name.clone(),
        };
        if let Some(Popup::Form { form, .. }) = self.popups.last_mut()
            && let Some(field) = form.fields.iter_mut().find(|field| field.key == key)
        {
            field.answer = Answer::Text(TextField::with_text(text));
        }
        self.form_changed()
    }
}

fn scope_of(kind: Kind) -> Option<Scope> {
    match kind {
        Kind::Named(scope) | Kind::Names(scope) => Some(scope),
        _ => None,
    }
}

/// How the values of a kind are typed, told when one could not be read.
fn unread(kind: Kind) -> &'static str {
    match kind {
        Kind::MeetingDay => "news.day_unread",
        Kind::Time | Kind::Moment => "news.time_unread",
        Kind::Period(_) => "news.period_unread",
        Kind::Links => "news.links_unread",
        Kind::Whole => "news.count_unread",
        _ => "news.entry_misread",
    }
}

fn impossible(why: &Impossible) -> &'static str {
    match why {
        Impossible::Backwards => "news.times_backwards",
        Impossible::Endless => "news.times_endless",
        Impossible::AlsoRuns(_) => "news.times_two_run",
        Impossible::Outside => "news.times_outside",
    }
}

fn put(row: &mut dyn Row, answers: Answers) {
    for (key, value) in answers {
        row.put(key, value);
    }
}
