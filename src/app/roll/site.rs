//! Sites by phone: heads, the line up and down, and what is known of a site. Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::popup::{Popup, Then, Tone};
use crate::domain::meeting::{LinkChange, Site};

impl App {
    pub(super) fn count_heads(&mut self, site: &str, heads: i64) -> Vec<Effect> {
        self.roll.line.take();
        let now = self.desk.now.wall;
        let step = self.sessions.change(&self.meeting.id, "step.heads", self.desk.now, |meeting| {
            let Some(site) = meeting.sites.iter_mut().find(|s| s.id == site) else { return };
            site.headcount = Some(heads);
            // A site that answers the call is connected.
            set_link(site, true, now);
        });
        let name = self.site_name(site);
        let effects = self.made(step);
        self.choose_site(site);
        if !effects.is_empty() {
            self.say_filled("news.heads", &[("site", &name), ("heads", &heads.to_string())], Tone::Plain);
        }
        effects
    }

    pub(super) fn link(&mut self, site: &str, up: bool) -> Vec<Effect> {
        self.roll.line.take();
        let now = self.desk.now.wall;
        let step = self.sessions.change(&self.meeting.id, "step.link", self.desk.now, |meeting| {
            if let Some(site) = meeting.sites.iter_mut().find(|s| s.id == site) {
                set_link(site, up, now);
            }
        });
        let name = self.site_name(site);
        let effects = self.made(step);
        self.choose_site(site);
        if !effects.is_empty() {
            let key = if up { "news.link_up" } else { "news.link_down" };
            self.say_filled(key, &[("site", &name)], Tone::Plain);
        }
        effects
    }

    fn choose_site(&mut self, site: &str) {
        self.roll.selected = super::Chosen::Site(site.to_owned());
    }

    /// What is known of a site, as a form.
    pub(super) fn ask_site(&mut self, id: &str) -> Vec<Effect> {
        let Some(site) = self.site(id) else { return Vec::new() };
        let number = |n: Option<i64>| n.map_or(String::new(), |n| n.to_string());
        let links = vec![
            "answer.link_unknown".to_owned(),
            "answer.link_up".to_owned(),
            "answer.link_down".to_owned(),
        ];
        let form = Form::new(vec![
            FormField::text("headcount", &number(site.headcount)),
            FormField::text("expected", &number(site.expected)),
            FormField::choice("link", links, link_place(site)),
            FormField::text("site_name", &site.name),
        ]);
        self.popups.push(Popup::Form { title: "form.site", form, then: Then::Site(id.to_owned()) });
        Vec::new()
    }

    /// The site as the form says it. A count that is no number is refused.
    pub fn site_answered(&mut self, id: &str, form: &Form) -> Result<Vec<Effect>, &'static str> {
        let (heads, expected) = (number(form.text("headcount"))?, number(form.text("expected"))?);
        let Some(known) = self.site(id) else { return Ok(Vec::new()) };
        let turned = match form.text("link") {
            "answer.link_up" if link_place(known) != 1 => Some(true),
            "answer.link_down" if link_place(known) != 2 => Some(false),
            _ => None,
        };
        let now = self.desk.now.wall;
        let step = self.sessions.change(&self.meeting.id, "step.site", self.desk.now, |meeting| {
            let Some(site) = meeting.sites.iter_mut().find(|s| s.id == id) else { return };
            let counted = site.headcount != heads && heads.is_some();
            (site.headcount, site.expected) = (heads, expected);
            if !form.text("site_name").is_empty() {
                form.text("site_name").clone_into(&mut site.name);
            }
            if let Some(up) =
                turned.or(counted.then_some(true).filter(|_| form.text("link") != "answer.link_down"))
            {
                set_link(site, up, now);
            }
        });
        Ok(self.made(step))
    }

    fn site(&self, id: &str) -> Option<&Site> {
        self.current_meeting()?.sites.iter().find(|site| site.id == id)
    }

    fn site_name(&self, id: &str) -> String {
        self.site(id).map_or(String::new(), |site| site.name.clone())
    }
}

fn number(text: &str) -> Result<Option<i64>, &'static str> {
    match text {
        "" => Ok(None),
        text => text.parse().ok().filter(|n| *n >= 0).map(Some).ok_or("news.count_unread"),
    }
}

/// The place among never, up, down.
fn link_place(site: &Site) -> usize {
    match site.link.last().and_then(|change| change.up) {
        None => 0,
        Some(true) => 1,
        Some(false) => 2,
    }
}

fn set_link(site: &mut Site, up: bool, now: chrono::NaiveDateTime) {
    if site.link.last().and_then(|change| change.up) != Some(up) {
        site.link.push(LinkChange { at: Some(now), up: Some(up), ..LinkChange::default() });
    }
}
