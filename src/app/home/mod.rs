//! Home: what needs attention, and the meetings. Its state, and which key does what. Knows no drawing and no file.

mod first;
mod plan;
#[cfg(test)]
mod tests;

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::popup::{Page, PageLine, Popup, Then, Tone};
use crate::app::view::home::{AttentionKind, HomeRow};
use crate::app::{App, Place, view};
use crate::text::field::TextField;

pub use plan::{Recall, planned_day};

/// The state of Home.
#[derive(Clone, Debug, Default)]
pub struct HomePlace {
    pub filter: TextField,
    pub selected: HomeChoice,
    pub show: HomeShow,
    /// Id of the committee whose meetings are listed; empty for all.
    pub committee: String,
    /// The workspace has been read.
    pub loaded: bool,
}

impl HomePlace {
    /// The words to filter by; a command being typed narrows nothing.
    pub fn filter_words(&self) -> &str {
        let typed = self.filter.text().trim();
        if typed.starts_with('/') { "" } else { typed }
    }
}

/// What is chosen in Home.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum HomeChoice {
    /// The meeting to go on with, whichever that is.
    #[default]
    First,
    Attention(AttentionKind),
    Offer(Offer),
    /// A meeting, by id.
    Meeting(String),
}

/// What an empty workspace offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    NewCommittee,
    Sample,
    NewMeeting,
}

/// Which meetings are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum HomeShow {
    #[default]
    All,
    /// Going on or planned.
    Ahead,
    /// Held, not approved.
    ToApprove,
    /// Held, the notice of the conclusions not out.
    NoticeDue,
    /// Approved or issued.
    Approved,
    /// Postponed or cancelled.
    CalledOff,
}

impl HomeShow {
    pub const ALL: [HomeShow; 6] = [
        HomeShow::All,
        HomeShow::Ahead,
        HomeShow::ToApprove,
        HomeShow::NoticeDue,
        HomeShow::Approved,
        HomeShow::CalledOff,
    ];
}

impl App {
    /// A command in Home.
    pub fn run_in_home(&mut self, command: Command) -> Vec<Effect> {
        let page = usize::from(self.desk.size.1).saturating_sub(10).max(1) as isize;
        match command {
            Command::Up => self.home_step(-1),
            Command::Down => self.home_step(1),
            Command::ListPageUp => self.home_step(-page),
            Command::ListPageDown => self.home_step(page),
            Command::First => self.home_step(isize::MIN),
            Command::Last => self.home_step(isize::MAX),
            Command::OpenEntry | Command::Choose => return self.home_enter(),
            Command::NextStage => self.next_stage(),
            Command::NextCommittee => self.next_committee(),
            Command::NewMeeting => return self.ask_meeting(),
            Command::NewCommittee => return self.ask_committee(),
            _ => {}
        }
        Vec::new()
    }

    fn home_step(&mut self, by: isize) {
        let rows = view::home_rows(self);
        let at = view::home::chosen_place(self, &rows);
        let to = at.saturating_add_signed(by).min(rows.len().saturating_sub(1));
        self.home.selected = rows.get(to).map(HomeRow::choice).unwrap_or_default();
    }

    /// Typing narrows the list; the best meeting is chosen.
    pub fn home_filter_changed(&mut self) {
        self.home.selected = HomeChoice::First;
    }

    /// Enter: a command that was typed, else what the chosen row stands for.
    fn home_enter(&mut self) -> Vec<Effect> {
        let typed = self.home.filter.text().trim().to_owned();
        if let Some(words) = typed.strip_prefix('/') {
            return match self.slash_command(words) {
                Some((command, argument)) => {
                    self.home.filter.take();
                    self.run(command, &argument)
                }
                None => self.tell("news.no_such_command", Tone::Warning),
            };
        }
        let rows = view::home_rows(self);
        let choice = rows.get(view::home::chosen_place(self, &rows)).map(HomeRow::choice);
        match choice {
            Some(HomeChoice::Meeting(id)) => self.enter_meeting(&id, None),
            Some(HomeChoice::Attention(kind)) => self.open_attention(kind),
            Some(HomeChoice::Offer(offer)) => self.take_offer(offer),
            Some(HomeChoice::First) | None => Vec::new(),
        }
    }

    /// What a line of attention counts: the tasks on the Board, the meetings here, the files.
    fn open_attention(&mut self, kind: AttentionKind) -> Vec<Effect> {
        match kind {
            AttentionKind::Overdue => self.board_of("is:overdue"),
            AttentionKind::DueSoon => self.board_of("is:soon"),
            AttentionKind::Awaiting => self.board_of("is:awaiting"),
            AttentionKind::NotApproved => self.show_meetings(HomeShow::ToApprove),
            AttentionKind::NoticeDue => self.show_meetings(HomeShow::NoticeDue),
            AttentionKind::Unreadable => self.show_failures(),
        }
    }

    /// The Board with a filter.
    fn board_of(&mut self, filter: &str) -> Vec<Effect> {
        self.board = Default::default();
        self.board.filter = TextField::with_text(filter);
        self.run(Command::Board, "")
    }

    /// A single meeting is gone into, several are listed.
    fn show_meetings(&mut self, show: HomeShow) -> Vec<Effect> {
        self.home.show = show;
        self.home.filter.take();
        self.home.committee.clear();
        self.home.selected = HomeChoice::First;
        let only = match view::home_entries(self).as_slice() {
            [entry] => Some(entry.meeting.head.id.clone()),
            _ => None,
        };
        match only {
            Some(id) => {
                self.home.show = HomeShow::All;
                self.enter_meeting(&id, None)
            }
            None => Vec::new(),
        }
    }

    /// The files that could not be read, each with line and column and what is wrong.
    fn show_failures(&mut self) -> Vec<Effect> {
        let line = |failure: &crate::app::event::Failure| {
            let place = failure.place.map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
            let text = format!("{}{place}: {}", failure.path, failure.cause);
            PageLine { text, tone: Tone::Warning, ..PageLine::default() }
        };
        let mut lines: Vec<PageLine> = self.library.failures.iter().map(line).collect();
        let advice = self.desk.words.get("ui.unreadable_advice").to_owned();
        lines.push(PageLine { text: advice, ..PageLine::default() });
        let title = self.desk.words.get("ui.unreadable_title").to_owned();
        self.popups.push(Popup::Page(Page { title, lines, selected: 0, then: Then::Read }));
        Vec::new()
    }

    fn next_stage(&mut self) {
        let at = HomeShow::ALL.iter().position(|show| *show == self.home.show).unwrap_or(0);
        self.home.show = HomeShow::ALL.get(at + 1).copied().unwrap_or_default();
        self.home.selected = HomeChoice::First;
    }

    fn next_committee(&mut self) {
        let ids: Vec<String> =
            self.library.committees.iter().map(|committee| committee.head.id.clone()).collect();
        let at = ids.iter().position(|id| *id == self.home.committee).map_or(0, |at| at + 1);
        self.home.committee = ids.get(at).cloned().unwrap_or_default();
        self.home.selected = HomeChoice::First;
    }

    /// Esc: what narrows the list goes, the typed words first.
    pub fn back_in_home(&mut self) -> Vec<Effect> {
        self.home.selected = HomeChoice::First;
        if !self.home.filter.is_empty() {
            self.home.filter.take();
            return Vec::new();
        }
        self.home.show = HomeShow::All;
        self.home.committee.clear();
        Vec::new()
    }

    /// The meeting that a verb on a meeting works on: the chosen one in Home, else the one in front.
    pub fn meeting_meant(&self) -> Option<String> {
        match (self.place, &self.home.selected) {
            (Place::Meeting | Place::Roll, _) => Some(self.meeting.id.clone()).filter(|id| !id.is_empty()),
            (Place::Home, HomeChoice::Meeting(id)) => Some(id.clone()),
            (Place::Home, HomeChoice::First) => {
                view::home_entries(self).first().map(|entry| entry.meeting.head.id.clone())
            }
            _ => None,
        }
    }
}
