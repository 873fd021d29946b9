//! Sites by phone: heads, and the line up and down. Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::plan::set_link;
use crate::app::popup::Tone;
use crate::domain::meeting::Site;

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

    fn site(&self, id: &str) -> Option<&Site> {
        self.current_meeting()?.sites.iter().find(|site| site.id == id)
    }

    fn site_name(&self, id: &str) -> String {
        self.site(id).map_or(String::new(), |site| site.name.clone())
    }
}
