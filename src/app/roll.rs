//! The Roll: who was called and who came. Knows no drawing and no file.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::picker::{Entry, rank};
use crate::app::popup::{Popup, Then, Tone};
use crate::app::{App, view};
use crate::domain::kinds::Presence;
use crate::domain::meeting::{LinkChange, Substitute};
use crate::domain::roll;
use crate::text::field::TextField;

/// The state of the Roll; the meeting is the one of the Meeting place.
#[derive(Clone, Debug, Default)]
pub struct RollPlace {
    /// Words that find a seat or a site, and what follows them (`hoa m`, `kt 25`).
    pub line: TextField,
    /// Id of the selected seat.
    pub selected: String,
    pub show: RollShow,
}

/// Which seats are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RollShow {
    #[default]
    All,
    NotCalledYet,
}

impl App {
    /// A command in the Roll.
    pub fn run_in_roll(&mut self, command: Command) -> Vec<Effect> {
        let page = usize::from(self.desk.size.1).saturating_sub(9).max(1) as isize;
        if let Some(told) = self.locked_out(command) {
            return told;
        }
        match command {
            Command::Up => self.roll_step(-1),
            Command::Down => self.roll_step(1),
            Command::ListPageUp => self.roll_step(-page),
            Command::ListPageDown => self.roll_step(page),
            Command::First => self.roll_step(isize::MIN),
            Command::Last => self.roll_step(isize::MAX),
            Command::MarkPresent => return self.mark_and_go_on(Presence::Present),
            Command::MarkOnline => return self.mark_and_go_on(Presence::PresentOnline),
            Command::MarkLate => return self.mark_and_go_on(Presence::Late),
            Command::MarkLeft => return self.mark_and_go_on(Presence::LeftEarly),
            Command::MarkExcused => return self.mark_with_reason(),
            Command::MarkUnexcused => return self.mark_and_go_on(Presence::AbsentUnexcused),
            Command::MarkRepresented => return self.mark_with_substitute(),
            Command::MarkUnmarked => return self.mark_and_go_on(Presence::Unmarked),
            Command::NotCalledYet => self.toggle_not_called(),
            Command::RollLine | Command::Choose => return self.roll_line(),
            _ => {}
        }
        Vec::new()
    }

    /// The Roll comes to the front: the first seat not called yet is chosen.
    pub fn roll_entered(&mut self) {
        self.roll.line.take();
        let first = view::roll_rows(self)
            .iter()
            .find(|seat| roll::presence(seat) == Presence::Unmarked)
            .or(view::roll_rows(self).first())
            .map(|seat| seat.id.clone());
        self.roll.selected = first.unwrap_or_default();
    }

    fn roll_step(&mut self, by: isize) {
        let rows = view::roll_rows(self);
        let at = rows.iter().position(|seat| seat.id == self.roll.selected).unwrap_or(0);
        let to = at.saturating_add_signed(by).min(rows.len().saturating_sub(1));
        let selected = rows.get(to).map(|seat| seat.id.clone()).unwrap_or_default();
        self.roll.selected = selected;
    }

    fn toggle_not_called(&mut self) {
        self.roll.show = match self.roll.show {
            RollShow::All => RollShow::NotCalledYet,
            RollShow::NotCalledYet => RollShow::All,
        };
    }

    /// While one types, the best matching seat is chosen.
    pub fn roll_line_changed(&mut self) {
        let words = seat_words(self.roll.line.text());
        if let Some(seat) = self.seat_matching(&words) {
            self.roll.selected = seat;
        }
    }

    fn seat_matching(&self, words: &str) -> Option<String> {
        if words.is_empty() {
            return None;
        }
        let meeting = self.current_meeting()?;
        let entries: Vec<Entry> = self
            .speakers(meeting)
            .into_iter()
            .map(|entry| Entry { mark: String::new(), ..entry })
            .filter(|entry| meeting.seat(&entry.id).is_some())
            .collect();
        rank(&entries, words).first().map(|i| entries[*i].id.clone())
    }

    /// Marks seats with the time of now.
    pub fn mark_seats(&mut self, seats: &[String], presence: Presence) -> Vec<Effect> {
        let now = self.desk.now.wall.time();
        let step = self.sessions.change(&self.meeting.id, "step.roll", self.desk.now, |meeting| {
            for seat in meeting.seats.iter_mut().filter(|seat| seats.contains(&seat.id)) {
                roll::mark(seat, presence, now);
            }
        });
        self.made(step)
    }

    fn mark_and_go_on(&mut self, presence: Presence) -> Vec<Effect> {
        let seat = self.roll.selected.clone();
        if seat.is_empty() {
            return Vec::new();
        }
        let effects = self.mark_seats(std::slice::from_ref(&seat), presence);
        self.roll.line.take();
        self.roll_step(1);
        effects
    }

    fn mark_with_reason(&mut self) -> Vec<Effect> {
        let seat = self.roll.selected.clone();
        let effects = self.mark_and_go_on(Presence::AbsentExcused);
        let form = Form::new(vec![FormField::text("reason", "")]);
        self.popups.push(Popup::Form { title: "form.reason", form, then: Then::Reason(seat) });
        effects
    }

    fn mark_with_substitute(&mut self) -> Vec<Effect> {
        let seat = self.roll.selected.clone();
        let effects = self.mark_and_go_on(Presence::Represented);
        let consent = vec!["consent.yes".to_owned(), "consent.no".to_owned()];
        let form = Form::new(vec![
            FormField::text("substitute", ""),
            FormField::text("substitute_title", ""),
            FormField::choice("consented", consent, 0),
        ]);
        self.popups.push(Popup::Form { title: "form.substitute", form, then: Then::Substitute(seat) });
        effects
    }

    pub fn reason_answered(&mut self, seat: &str, form: &Form) -> Vec<Effect> {
        let reason = form.text("reason").to_owned();
        let step = self.sessions.change(&self.meeting.id, "step.roll", self.desk.now, |meeting| {
            if let Some(seat) = meeting.seats.iter_mut().find(|s| s.id == seat) {
                seat.reason = reason;
            }
        });
        self.made(step)
    }

    pub fn substitute_answered(&mut self, seat: &str, form: &Form) -> Vec<Effect> {
        let name = form.text("substitute").to_owned();
        let titles = Some(form.text("substitute_title").to_owned()).filter(|title| !title.is_empty());
        let consented = Some(form.text("consented") == "consent.yes");
        let step = self.sessions.change(&self.meeting.id, "step.roll", self.desk.now, |meeting| {
            let Some(seat) = meeting.seats.iter_mut().find(|s| s.id == seat) else { return };
            let titles = titles.into_iter().collect();
            seat.substitute = Some(Substitute { name, titles, consented, ..Substitute::default() });
        });
        self.made(step)
    }

    /// Enter in the Roll's line: `kt 25` counts heads at a site, `kt -` and `kt +` are its link, `hoa m` marks a seat;
    /// a name alone chooses it.
    fn roll_line(&mut self) -> Vec<Effect> {
        let text = self.roll.line.text().trim().to_owned();
        let Some((words, last)) = text.rsplit_once(' ') else {
            self.roll.line.take();
            return match text.is_empty() {
                true => self.mark_and_go_on(Presence::Present),
                false => Vec::new(),
            };
        };
        if let Some(site) = self.site_matching(words) {
            if let Ok(heads) = last.parse::<i64>() {
                return self.count_heads(&site, heads);
            }
            if matches!(last, "-" | "+") {
                return self.link(&site, last == "+");
            }
        }
        match (presence_code(last), self.seat_matching(words)) {
            (Some(presence), Some(seat)) => {
                self.roll.line.take();
                self.roll.selected = seat.clone();
                self.mark_seats(&[seat], presence)
            }
            _ => self.tell("news.roll_line", Tone::Warning),
        }
    }

    fn site_matching(&self, words: &str) -> Option<String> {
        let meeting = self.current_meeting()?;
        let entries: Vec<Entry> = meeting
            .sites
            .iter()
            .map(|site| Entry { id: site.id.clone(), label: site.name.clone(), ..Entry::default() })
            .collect();
        rank(&entries, words).first().map(|i| entries[*i].id.clone())
    }

    fn count_heads(&mut self, site: &str, heads: i64) -> Vec<Effect> {
        self.roll.line.take();
        let now = self.desk.now.wall;
        let step = self.sessions.change(&self.meeting.id, "step.heads", self.desk.now, |meeting| {
            let Some(site) = meeting.sites.iter_mut().find(|s| s.id == site) else { return };
            site.headcount = Some(heads);
            // A site that answers the call is connected.
            if site.link.last().and_then(|change| change.up) != Some(true) {
                site.link.push(LinkChange { at: Some(now), up: Some(true), ..LinkChange::default() });
            }
        });
        let name = self.site_name(site);
        self.say_filled("news.heads", &[("site", &name), ("heads", &heads.to_string())], Tone::Plain);
        self.made(step)
    }

    fn link(&mut self, site: &str, up: bool) -> Vec<Effect> {
        self.roll.line.take();
        let now = self.desk.now.wall;
        let step = self.sessions.change(&self.meeting.id, "step.link", self.desk.now, |meeting| {
            if let Some(site) = meeting.sites.iter_mut().find(|s| s.id == site) {
                site.link.push(LinkChange { at: Some(now), up: Some(up), ..LinkChange::default() });
            }
        });
        let name = self.site_name(site);
        self.say_filled(if up { "news.link_up" } else { "news.link_down" }, &[("site", &name)], Tone::Plain);
        self.made(step)
    }

    fn site_name(&self, id: &str) -> String {
        let site = self.current_meeting().and_then(|meeting| meeting.sites.iter().find(|site| site.id == id));
        site.map_or(String::new(), |site| site.name.clone())
    }
}

/// The words that find a seat: a state letter or a number at the end is none of them.
fn seat_words(text: &str) -> String {
    let text = text.trim();
    match text.rsplit_once(' ') {
        Some((words, last)) if presence_code(last).is_some() || last.parse::<i64>().is_ok() => {
            words.to_owned()
        }
        _ => text.to_owned(),
    }
}

/// The letters of the states: có mặt, trực tuyến, muộn, về, vắng có phép, vắng không phép, thay.
fn presence_code(code: &str) -> Option<Presence> {
    Some(match code {
        "c" => Presence::Present,
        "tt" => Presence::PresentOnline,
        "m" => Presence::Late,
        "ve" => Presence::LeftEarly,
        "v" => Presence::AbsentExcused,
        "k" => Presence::AbsentUnexcused,
        "t" => Presence::Represented,
        _ => return None,
    })
}
