//! The sites of a meeting in their list: taken from the committee or new, changed, taken out, moved, pasted. Knows no
//! drawing.

use crate::app::App;
use crate::app::committee::Unusable;
use crate::app::committee::tab::{Column, Kind, Scope, column, words_of};
use crate::app::effect::Effect;
use crate::app::form::Form;
use crate::app::picker::Entry;
use crate::app::plan::{PlanThen, put};
use crate::app::popup::{Popup, Then, Tone};
use crate::domain::agenda::Place;
use crate::domain::fields::Row;
use crate::domain::kinds::Level;
use crate::domain::meeting::{LinkChange, Meeting, Site};
use crate::domain::sites;

/// What a site is asked.
pub(super) const COLUMNS: &[Column] = &[
    column("headcount", "headcount", Kind::Whole, 0),
    column("expected", "expected", Kind::Whole, 0),
    column("name", "site_name", Kind::Text, 0),
    column("link", "plan.links", Kind::Links, 0),
    column("level", "plan.level", Kind::Word("level", words_of!(Level)), 0),
    column("main", "plan.main", Kind::Mark, 0),
    column("chairs", "plan.chairs", Kind::Names(Scope::Seats), 0),
    column("place", "plan.site_place", Kind::Text, 0),
];

impl App {
    /// The sites as a list, also when there are none; with words a site of that name is added.
    pub fn show_sites(&mut self, words: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let entries = self.site_entries(meeting);
        self.pick("picker.sites", entries, "", Then::Plan(PlanThen::Sites));
        match words {
            "" => Vec::new(),
            words => self.paste_sites(words, &Place::Last),
        }
    }

    /// The sites by number and name, with what is known of each.
    pub fn site_entries(&self, meeting: &Meeting) -> Vec<Entry> {
        let words = &self.desk.words;
        let reading = self.reading_of(meeting);
        let entry = |(n, site): (usize, &Site)| {
            let number = |n: i64| n.to_string();
            let level = site.level.map(|level| words.get(&format!("level.{}", level.word())).to_owned());
            let main = site.main.then(|| words.get("ui.main_site").to_owned());
            let own = (meeting.head.site == site.id).then(|| words.get("plan_says.own_site").to_owned());
            let seats = sites::seats(meeting, &site.id);
            let seats = (seats > 0).then(|| words.fill("plan_says.seats_n", &[("n", &seats.to_string())]));
            let heads = match (site.headcount, site.expected) {
                (Some(n), Some(of)) => {
                    Some(words.fill("ui.site_heads", &[("n", &number(n)), ("of", &number(of))]))
                }
                (Some(n), None) => Some(words.fill("ui.heads", &[("n", &number(n))])),
                (None, Some(of)) => Some(words.fill("ui.site_expected", &[("of", &number(of))])),
                (None, None) => None,
            };
            let chairs = (!site.chairs.is_empty()).then(|| {
                site.chairs.iter().map(|id| reading.name(Scope::Seats, id)).collect::<Vec<_>>().join(", ")
            });
            let link =
                (site as &dyn Row).get("link").map(|link| super::spelling::links_in_words(words, &link));
            let parts: Vec<String> =
                [main, own, level, seats, heads, chairs, link].into_iter().flatten().collect();
            Entry {
                id: site.id.clone(),
                mark: (n + 1).to_string(),
                label: site.name.clone(),
                detail: parts.join("  "),
                ..Entry::default()
            }
        };
        meeting.sites.iter().enumerate().map(entry).collect()
    }

    /// What is known of a site, as a form.
    pub fn ask_site(&mut self, id: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let Some(site) = meeting.sites.iter().find(|site| site.id == id) else { return Vec::new() };
        let (reading, row): (_, &dyn Row) = (self.reading_of(meeting), site);
        let form = Form::new(COLUMNS.iter().map(|c| reading.field(c, row.get(c.key).as_ref())).collect());
        let then = Then::Plan(PlanThen::Site(id.to_owned()));
        self.popups.push(Popup::Form { title: "form.site", form, then });
        self.form_changed()
    }

    /// The site as the form says it. A site whose heads were counted is connected.
    pub(super) fn site_answered(&mut self, id: &str, form: &Form) -> Result<Vec<Effect>, Unusable> {
        let gone = Unusable { news: "news.entry_gone", label: None };
        let meeting = self.current_meeting().ok_or(gone)?;
        let now = meeting.sites.iter().find(|site| site.id == id).ok_or(gone)?;
        let answers = self.plan_answers(meeting, COLUMNS, Some(now), form)?;
        let mut site = now.clone();
        put(&mut site, answers);
        if site.name.is_empty() {
            return Err(Unusable { news: "news.entry_needs_name", label: Some("site_name") });
        }
        if site.headcount != now.headcount && site.headcount.is_some() && site.link == now.link {
            set_link(&mut site, true, self.desk.now.wall);
        }
        let became_main = site.main && !now.main;
        let step = self.sessions.change(&self.meeting.id, "step.site", self.desk.now, |meeting| {
            if let Some(row) = meeting.sites.iter_mut().find(|site| site.id == id) {
                *row = site;
            }
            if became_main {
                sites::only_main(meeting, id);
            }
        });
        let effects = self.made(step);
        self.refresh_plan_lists();
        Ok(effects)
    }

    /// Asks for a site of the committee that the meeting has not, or for a name.
    pub(super) fn ask_new_site(&mut self, place: Place) -> Vec<Effect> {
        let entry = |site: &Site| Entry {
            id: site.id.clone(),
            label: site.name.clone(),
            detail: site.place.clone(),
            ..Entry::default()
        };
        let entries = self.sites_left().iter().map(entry).collect();
        self.pick("picker.new_site", entries, "", Then::Plan(PlanThen::NewSite(place)));
        Vec::new()
    }

    /// The committee's sites that the meeting has not, without what another meeting left there.
    fn sites_left(&self) -> Vec<Site> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let all = self.committee_of(meeting).map_or(Vec::new(), crate::domain::seating::sites);
        all.into_iter().filter(|site| !meeting.sites.iter().any(|known| known.id == site.id)).collect()
    }

    /// A site was chosen, or a name typed that none has; heads may stand behind it.
    pub(super) fn site_chosen(&mut self, place: &Place, entry: Option<Entry>, typed: &str) -> Vec<Effect> {
        let plain = !typed.contains([';', ',']);
        let known = entry
            .filter(|_| plain)
            .and_then(|entry| self.sites_left().into_iter().find(|site| site.id == entry.id));
        match known {
            Some(site) => self.insert_sites("step.site_add", place, vec![site]),
            None if typed.is_empty() => Vec::new(),
            None => self.paste_sites(typed, place),
        }
    }

    /// Lines of sites become sites; one the committee knows by that name is that one.
    pub(super) fn paste_sites(&mut self, text: &str, place: &Place) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let read = sites::read(text, meeting);
        if read.is_empty() {
            return self.tell("news.no_sites_read", Tone::Warning);
        }
        let left = self.sites_left();
        let key = |site: &Site| crate::domain::seats::name_key(&site.name);
        let known = |site: Site| match left.iter().find(|known| key(known) == key(&site)) {
            Some(known) => Site { expected: site.expected.or(known.expected), ..known.clone() },
            None => site,
        };
        let new: Vec<Site> = read.into_iter().map(known).collect();
        let count = new.len().to_string();
        let step = if new.len() == 1 { "step.site_add" } else { "step.site_paste" };
        let effects = self.insert_sites(step, place, new);
        if !effects.is_empty() {
            self.say_filled("news.sites_added", &[("n", &count)], Tone::Plain);
        }
        effects
    }

    /// All sites of the committee that the meeting has not.
    pub(super) fn take_committee_sites(&mut self) -> Vec<Effect> {
        let new = self.sites_left();
        if new.is_empty() {
            return self.tell("news.no_sites_left", Tone::Quiet);
        }
        let count = new.len().to_string();
        let effects = self.insert_sites("step.site_paste", &Place::Last, new);
        if !effects.is_empty() {
            self.say_filled("news.sites_added", &[("n", &count)], Tone::Plain);
        }
        effects
    }

    fn insert_sites(&mut self, step: &str, place: &Place, new: Vec<Site>) -> Vec<Effect> {
        let mut ids = Vec::new();
        let step = self.sessions.change(&self.meeting.id, step, self.desk.now, |meeting| {
            // A main site of the committee does not push the meeting's own aside.
            let has_main = meeting.sites.iter().any(|site| site.main);
            let new = new.into_iter().map(|site| Site { main: site.main && !has_main, ..site });
            ids = sites::insert(meeting, place, new.collect());
        });
        let effects = self.made(step);
        self.choose_in_plan(ids.last().map_or("", String::as_str));
        effects
    }

    /// Moves a site by so many places in the caller's order.
    pub fn shift_site(&mut self, id: &str, by: isize) -> Vec<Effect> {
        let step = self.sessions.change(&self.meeting.id, "step.site_move", self.desk.now, |meeting| {
            sites::shift(meeting, id, by);
        });
        let effects = self.made(step);
        self.choose_in_plan(id);
        effects
    }

    /// Takes a site out. One that has seats asks first where they go.
    pub fn remove_site(&mut self, id: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        if !sites::is_named(meeting, id) {
            return self.site_gone(id, "");
        }
        let seats = sites::seats(meeting, id).to_string();
        let mut entries: Vec<Entry> =
            self.site_entries(meeting).into_iter().filter(|entry| entry.id != id).collect();
        entries.push(Entry {
            label: self.desk.words.get("plan_says.site_as_text").to_owned(),
            ..Entry::default()
        });
        self.pick("picker.site_heir", entries, "", Then::Plan(PlanThen::SiteHeir(id.to_owned())));
        self.say_filled("news.site_holds", &[("n", &seats)], Tone::Warning);
        Vec::new()
    }

    /// The site goes; what named it names the site `heir`, or keeps the name as text.
    pub(super) fn site_gone(&mut self, id: &str, heir: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let at = meeting.sites.iter().position(|site| site.id == id).unwrap_or(0);
        let name = meeting.sites.get(at).map(|site| site.name.clone()).unwrap_or_default();
        let next = meeting.sites.get(at + 1).or(meeting.sites.get(at.wrapping_sub(1)));
        let next = next.map(|site| site.id.clone()).unwrap_or_default();
        let step = self.sessions.change(&self.meeting.id, "step.site_remove", self.desk.now, |meeting| {
            sites::remove(meeting, id, Some(heir).filter(|heir| !heir.is_empty()));
        });
        let effects = self.made(step);
        if !effects.is_empty() {
            self.choose_in_plan(&next);
            let undo = self.desk.keymap.label(crate::app::command::Command::Undo).unwrap_or_default();
            self.say_filled("news.site_removed", &[("name", &name), ("undo", &undo)], Tone::Plain);
        }
        effects
    }
}

/// The line to a site goes up or down at this moment, if it is not so already.
pub fn set_link(site: &mut Site, up: bool, now: chrono::NaiveDateTime) {
    if site.link.last().and_then(|change| change.up) != Some(up) {
        site.link.push(LinkChange { at: Some(now), up: Some(up), ..LinkChange::default() });
    }
}
