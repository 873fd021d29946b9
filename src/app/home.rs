//! Home: what needs attention and the meetings. Knows no drawing and no file.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::{App, view};
use crate::text::field::TextField;

/// The state of Home.
#[derive(Clone, Debug, Default)]
pub struct HomePlace {
    pub filter: TextField,
    /// Place in the list of meetings as shown.
    pub selected: usize,
}

impl App {
    /// A command in Home.
    pub fn run_in_home(&mut self, command: Command) -> Vec<Effect> {
        let count = view::home_entries(self).len();
        let last = count.saturating_sub(1);
        let page = usize::from(self.desk.size.1).saturating_sub(10).max(1) as isize;
        let step = |by: isize| self.home.selected.saturating_add_signed(by).min(last);
        match command {
            Command::Up => self.home.selected = step(-1),
            Command::Down => self.home.selected = step(1),
            Command::ListPageUp => self.home.selected = step(-page),
            Command::ListPageDown => self.home.selected = step(page),
            Command::First => self.home.selected = 0,
            Command::Last => self.home.selected = last,
            Command::OpenEntry | Command::Choose => {
                let chosen =
                    view::home_entries(self).get(self.home.selected).map(|e| e.meeting.head.id.clone());
                return chosen.map_or(Vec::new(), |id| self.enter_meeting(&id, None));
            }
            _ => {}
        }
        Vec::new()
    }
}
