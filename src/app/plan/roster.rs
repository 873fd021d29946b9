//! The seats taken anew from the committee's roster: what is new is shown first, then taken over line by line or all at
//! once. Nobody of whom something is recorded goes. Knows no drawing.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::plan::PlanThen;
use crate::app::popup::{Page, PageLine, Popup, Then, Tone};
use crate::domain::callup::{self, CallNews};
use crate::domain::committee::Committee;

/// What stands for all lines.
const ALL: &str = "*";

impl App {
    /// Shows what the roster of the meeting's day says beside the seats.
    pub fn ask_roster(&mut self) -> Vec<Effect> {
        let Some((_, _, news)) = self.roster_news() else {
            return self.tell("news.no_committee", Tone::Warning);
        };
        if news.is_empty() {
            return self.tell("news.called_same", Tone::Quiet);
        }
        let page = self.roster_page(&news);
        self.popups.push(Popup::Page(page));
        Vec::new()
    }

    fn roster_news(&self) -> Option<(Committee, NaiveDate, Vec<CallNews>)> {
        let meeting = self.current_meeting()?;
        let committee = self.committee_of(meeting)?.clone();
        let day = meeting.head.date.unwrap_or(self.desk.today);
        let news = callup::news(meeting, &committee, day);
        Some((committee, day, news))
    }

    fn roster_page(&self, news: &[CallNews]) -> Page {
        let words = &self.desk.words;
        let all = PageLine {
            text: words.get("callup.all").to_owned(),
            reference: ALL.to_owned(),
            tone: Tone::Heading,
        };
        let lines = news.iter().map(|news| self.roster_line(news));
        let lines = std::iter::once(all).chain(lines).collect();
        Page {
            title: words.get("callup.title").to_owned(),
            lines,
            selected: 0,
            then: Then::Plan(PlanThen::Roster),
        }
    }

    fn roster_line(&self, news: &CallNews) -> PageLine {
        let words = &self.desk.words;
        let titled = |seat: &crate::domain::meeting::Seat| {
            let titles = seat.titles.join("; ");
            let position = crate::domain::kinds::Position::from_word(&seat.position);
            let position = position.map(|position| format!("position.{}", position.word()));
            let position = position.map_or(String::new(), |key| words.get(&key).to_owned());
            let parts = [seat.name.as_str(), titles.as_str(), position.as_str()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        };
        let (text, tone) = match news {
            CallNews::New(seat) => (words.fill("callup.new", &[("who", &titled(seat))]), Tone::Plain),
            CallNews::Changed(seat) => (words.fill("callup.changed", &[("who", &titled(seat))]), Tone::Plain),
            CallNews::Gone(id) => {
                let stays = self.current_meeting().is_some_and(|meeting| callup::is_recorded(meeting, id));
                let key = if stays { "callup.gone_recorded" } else { "callup.gone" };
                (words.fill(key, &[("who", &self.seat_label(id))]), Tone::Warning)
            }
        };
        PageLine { text, reference: news.id().to_owned(), tone }
    }

    /// Takes over one line, or all but those whose seat has something recorded.
    pub fn roster_taken(&mut self, reference: &str) -> Vec<Effect> {
        let Some((committee, day, news)) = self.roster_news() else { return Vec::new() };
        let stays = |news: &CallNews| match news {
            CallNews::Gone(id) => self.current_meeting().is_some_and(|m| callup::is_recorded(m, id)),
            _ => false,
        };
        let wanted: Vec<CallNews> = news
            .iter()
            .filter(|news| (reference == ALL || news.id() == reference) && !stays(news))
            .cloned()
            .collect();
        if wanted.is_empty() {
            return self.tell("news.called_recorded", Tone::Warning);
        }
        let names: Vec<String> = wanted.iter().map(|news| self.seat_label(news.id())).collect();
        let step = self.sessions.change(&self.meeting.id, "step.callup", self.desk.now, |meeting| {
            for (news, name) in wanted.iter().zip(&names) {
                callup::take(meeting, &committee, day, news, name);
            }
        });
        let effects = self.made(step);
        let left = self.roster_news().map(|(_, _, news)| news).unwrap_or_default();
        let page = self.roster_page(&left);
        if reference == ALL || left.is_empty() {
            self.popups.pop();
        } else if let Some(Popup::Page(shown)) = self.popups.last_mut() {
            let selected = shown.selected.min(page.lines.len() - 1);
            *shown = Page { selected, ..page };
        }
        if !effects.is_empty() {
            self.say_filled("news.called_taken", &[("n", &wanted.len().to_string())], Tone::Plain);
        }
        effects
    }
}
