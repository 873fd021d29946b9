//! State and update: plain data in, wishes out. Knows neither ratatui nor files.

mod answer;
mod available;
pub mod board;
pub mod command;
pub mod committee;
pub mod effect;
pub mod event;
mod fields;
pub mod followup;
pub mod form;
pub mod home;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod meeting;
mod news;
pub mod picker;
pub mod plan;
pub mod pointer;
pub mod popup;
pub mod roll;
mod roster;
pub mod saving;
pub mod search;
pub mod session;
pub mod typing;
mod undo;
mod update;
pub mod view;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use crate::app::board::BoardPlace;
use crate::app::committee::CommitteePlace;
use crate::app::effect::MouseUse;
use crate::app::event::{Library, Now, Recovered};
use crate::app::followup::Verb;
use crate::app::home::{HomePlace, Recall};
use crate::app::key::Input;
use crate::app::keymap::{KeyProblem, Keymap};
use crate::app::meeting::MeetingPlace;
use crate::app::popup::Popup;
use crate::app::roll::RollPlace;
use crate::app::saving::SaveState;
use crate::app::search::SearchPlace;
use crate::app::session::Sessions;
use crate::app::typing::Typing;
use crate::config::{Settings, Signs, ThemeName};
use crate::domain::workdays::Holidays;
use crate::words::Words;

/// Everything the program knows while it runs.
#[derive(Debug)]
pub struct App {
    pub desk: Desk,
    pub sessions: Sessions,
    pub library: Library,
    pub place: Place,
    pub home: HomePlace,
    pub meeting: MeetingPlace,
    /// Meetings gone from for another one, by id, each with its line as it was left.
    pub parked: BTreeMap<String, MeetingPlace>,
    pub board: BoardPlace,
    pub roll: RollPlace,
    pub committee: CommitteePlace,
    pub search: SearchPlace,
    /// Layers over the place, the top one last.
    pub popups: Vec<Popup>,
    pub saving: SaveState,
    /// What waits for a file to be opened.
    pub pending: Option<Pending>,
    /// Keys typed while a meeting was being opened.
    pub held: Vec<Input>,
    /// Where Esc goes from a meeting that was jumped to.
    pub return_to: Option<Origin>,
    /// Work of an earlier window, waiting for its record to be opened.
    pub found: Vec<Recovered>,
    /// Meetings whose text is not the one that was approved, by id.
    pub broken_seals: BTreeSet<String>,
    /// Who has the mouse now.
    pub mouse: MouseUse,
    /// The input method and the abbreviations.
    pub typing: Typing,
}

/// What goes on once a file is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Pending {
    /// Go into the meeting; with a note to stand on.
    Enter { meeting: String, note: Option<String> },
    /// Ask what a verb on tasks (by reference) needs to know.
    Ask { verb: Verb, tasks: Vec<String> },
    /// Ask how tasks are given anew in this meeting.
    Reassign { tasks: Vec<String>, meeting: String },
    /// Ask for the head of a meeting.
    Head { meeting: String },
    /// Put off or call off a planned meeting.
    Recall { meeting: String, recall: Recall },
}

impl App {
    /// A program at Home with nothing read yet. `seed` makes row ids; the same seed makes the same ids.
    pub fn new(settings: &Settings, start: Start) -> (App, Vec<KeyProblem>) {
        let (keymap, problems) = Keymap::build(&settings.keys);
        let desk = Desk {
            now: start.now,
            today: start.today.unwrap_or(start.now.wall.date()),
            given_day: start.today,
            utc_offset: start.utc_offset,
            size: start.size,
            words: Words::of(settings.language),
            keymap,
            theme: settings.theme,
            signs: settings.signs,
            holidays: settings.holidays.clone(),
            news: News::default(),
            last_key: start.now.since_start,
            demo: start.demo,
            random: fastrand::Rng::with_seed(start.seed),
        };
        let app = App {
            desk,
            sessions: Sessions::default(),
            library: Library::default(),
            place: Place::Home,
            home: HomePlace::default(),
            meeting: MeetingPlace::default(),
            parked: BTreeMap::new(),
            board: BoardPlace::default(),
            roll: RollPlace::default(),
            committee: CommitteePlace::default(),
            search: SearchPlace::default(),
            popups: Vec::new(),
            saving: SaveState::default(),
            pending: None,
            held: Vec::new(),
            return_to: None,
            found: Vec::new(),
            broken_seals: BTreeSet::new(),
            mouse: MouseUse::Terminal,
            typing: Typing::new(&settings.input),
        };
        (app, problems)
    }

    /// What is wrong with the settings, as news: the first of it, and how much more there is.
    pub fn tell_notices(&mut self, notices: &[String]) {
        let Some(first) = notices.first() else { return };
        let more = notices.len() - 1;
        let text = match more {
            0 => first.clone(),
            _ => self.desk.words.fill("news.notices", &[("first", first), ("n", &more.to_string())]),
        };
        self.desk.news = News { text, tone: crate::app::popup::Tone::Warning };
    }
}

/// What the world gives the program at its start.
#[derive(Clone, Debug)]
pub struct Start {
    pub now: Now,
    /// The day states are computed for, when it is not today.
    pub today: Option<chrono::NaiveDate>,
    pub utc_offset: String,
    /// Cells across and down.
    pub size: (u16, u16),
    pub demo: bool,
    pub seed: u64,
}

/// Which place is in front.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Place {
    #[default]
    Home,
    Meeting,
    Roll,
    Board,
    Committee,
}

/// Where one jumped from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    Place(Place),
    /// Another meeting, by id.
    Meeting(String),
}

/// What stands around the work: clock, window, words, keys, the line of news.
#[derive(Debug)]
pub struct Desk {
    pub now: Now,
    /// The day that states are computed for; never used for stamps. It follows the clock, unless a day was given.
    pub today: chrono::NaiveDate,
    /// The day given at the start; it stays whatever the clock shows.
    pub given_day: Option<chrono::NaiveDate>,
    /// Offset from UTC as `+07:00`.
    pub utc_offset: String,
    /// Cells across and down.
    pub size: (u16, u16),
    pub words: Words,
    pub keymap: Keymap,
    pub theme: ThemeName,
    pub signs: Signs,
    /// What is no working day, before the committees' own holidays.
    pub holidays: Arc<Holidays>,
    /// One line of news: what was done, what could not be done.
    pub news: News,
    /// When the last key was pressed.
    pub last_key: Duration,
    /// The workspace is a throw-away copy of the samples.
    pub demo: bool,
    /// Source of row ids.
    pub random: fastrand::Rng,
}

/// The line of news and how much it asks for attention.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct News {
    pub text: String,
    pub tone: crate::app::popup::Tone,
}
