//! The whole program without a terminal: keys go in, effects are done at once on real files, and what is seen and what
//! is on disk can be asked. Knows no thread but the journal's.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use chrono::{NaiveDateTime, TimeDelta};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use steerco::app::effect::{Effect, MouseUse};
use steerco::app::event::{Event, JournalState, Now};
use steerco::app::key::{Input, MouseKind, script};
use steerco::app::session::Filed;
use steerco::app::{App, Start};
use steerco::config::Settings;
use steerco::domain::id::RecordKey;
use steerco::run::clock::Clock;
use steerco::run::keeper::{Keeper, Order};
use steerco::run::scribe::{Errand, Scribe};
use steerco::run::{library, recovery, time};
use steerco::store::disk::Disk;
use steerco::store::journal::Progress;
use steerco::store::workspace::Workspace;

/// A window on a workspace whose clock stands until it is told to go.
pub struct Desk {
    app: App,
    scribe: Scribe,
    keeper: Keeper,
    workspace: Workspace,
    meeting: String,
    now: Now,
    quit: bool,
    mouse: MouseUse,
    /// What the journal's threads tell, when the disk is not thought to be quick.
    told: Option<Receiver<Progress>>,
    /// A clock that somebody else turns.
    clock: Option<Clock>,
}

/// Two windows never make the same row ids.
fn seed() -> u64 {
    static WINDOWS: AtomicU64 = AtomicU64::new(1);
    WINDOWS.fetch_add(1, Ordering::Relaxed)
}

/// When the clock of a desk begins.
pub const BEGINNING: &str = "2026-08-15T08:30:00";

impl Desk {
    /// A window that went into this meeting, earlier work taken over. The state folder is `state` beside the workspace.
    pub fn open(folder: &Path, meeting: &str) -> Desk {
        let mut desk = Desk::home(folder, meeting, "", BEGINNING);
        let effects = desk.app.enter_meeting(meeting, None);
        desk.perform(effects);
        desk
    }

    /// A window at Home at this time, with these settings, earlier work taken over; `meeting` is the one whose file is
    /// asked for afterwards.
    pub fn home(folder: &Path, meeting: &str, settings: &str, beginning: &str) -> Desk {
        let state = folder.parent().unwrap().join("state");
        let workspace = Workspace::open(folder, &state).unwrap();
        let mut desk = Desk::of(workspace, meeting, settings, beginning);
        desk.told = None;
        desk
    }

    /// A window in this meeting on a disk that may fail, with further folders for its journal. It knows of its journal
    /// what the threads tell, as they tell it.
    pub fn on_disk(folder: &Path, meeting: &str, disk: Disk, spares: &[PathBuf]) -> Desk {
        let state = folder.parent().unwrap().join("state");
        let workspace = Workspace::open(folder, &state).unwrap().with_spares(spares).with_disk(disk);
        let mut desk = Desk::of(workspace, meeting, "", BEGINNING);
        let effects = desk.app.enter_meeting(meeting, None);
        desk.perform(effects);
        desk
    }

    fn of(workspace: Workspace, meeting: &str, settings: &str, beginning: &str) -> Desk {
        let recovery = recovery::claim(&workspace, std::time::SystemTime::UNIX_EPOCH);
        let (tell, told) = channel();
        let (journal, _) = workspace.start_journal(move |progress| drop(tell.send(progress)));
        let journal = Arc::new(journal);
        let now = Now { wall: moment(beginning), since_start: Duration::ZERO };
        let utc_offset = "+07:00".to_owned();
        let start = Start { now, today: None, utc_offset, size: (80, 24), demo: false, seed: seed() };
        let (app, problems) = App::new(&Settings::read(settings).0, start);
        assert!(problems.is_empty(), "{problems:?}");
        let scribe = Scribe::new(journal.clone());
        let keeper = Keeper::new(workspace.clone(), journal);
        let meeting = meeting.to_owned();
        let (quit, mouse, told, clock) = (false, MouseUse::Terminal, Some(told), None);
        let mut desk = Desk { app, scribe, keeper, workspace, meeting, now, quit, mouse, told, clock };
        desk.scribe.inherit(&recovery.found, recovery.names());
        let found = recovery.found.clone();
        // What cannot be put away is named by the new journal.
        let _ = recovery.seal();
        desk.tell(Event::Recovered(found));
        desk.perform(vec![Effect::Load]);
        desk
    }

    /// From now on this clock counts.
    pub fn go_by(&mut self, clock: Clock) {
        self.clock = Some(clock);
    }

    /// Goes into a meeting.
    pub fn enter(&mut self, meeting: &str) {
        let effects = self.app.enter_meeting(meeting, None);
        self.perform(effects);
    }

    /// Hears what a terminal sent; a hundredth of a second goes by.
    pub fn hear(&mut self, input: Input) {
        self.pass(Duration::from_millis(10));
        match input {
            Input::Mouse(mouse) => self.tell(Event::Pointed { spot: None, kind: mouse.kind }),
            other => self.tell(Event::Input(other)),
        }
    }

    /// Presses keys, written as `chữ<enter>`; a tenth of a second goes by with each.
    pub fn keys(&mut self, keys: &str) -> &mut Desk {
        for key in script(keys).unwrap() {
            self.pass(Duration::from_millis(100));
            self.tell(Event::Input(Input::Key(key)));
        }
        self
    }

    /// Presses the key that types this letter; a line's end and a step back as a keyboard sends them.
    pub fn press(&mut self, key: char) -> &mut Desk {
        match key {
            '\r' => self.keys("<enter>"),
            '\x7f' => self.keys("<backspace>"),
            ' ' => self.keys("<space>"),
            key => self.keys(&key.to_string()),
        }
    }

    /// Waits a moment for the journal, until it has everything or refuses.
    pub fn settle(&mut self) -> &mut Desk {
        for _ in 0..60 {
            std::thread::sleep(Duration::from_millis(10));
            self.tell(Event::Tick);
            let saving = &self.app.saving;
            if saving.journal.synced >= saving.typed && saving.journal.error.is_none() {
                break;
            }
        }
        self
    }

    /// Whether everything is in its file and in its usual journal.
    pub fn is_well(&self) -> bool {
        let saving = &self.app.saving;
        let journal = saving.journal.error.is_none() && saving.journal.elsewhere.is_none();
        let filed = self.app.sessions.filed() == Filed::All && saving.failure.is_none();
        journal && filed && saving.journal.synced >= saving.typed
    }

    /// Presses the main button on the first of these words on the screen.
    pub fn click(&mut self, words: &str) -> &mut Desk {
        let (column, row) = self.place_of(words);
        self.point(column, row, MouseKind::Down)
    }

    /// The mouse does something over a cell.
    pub fn point(&mut self, column: u16, row: u16, kind: MouseKind) -> &mut Desk {
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        let mut spots = steerco::ui::Spots::default();
        terminal.draw(|frame| spots = steerco::ui::paint(&self.app, frame)).unwrap();
        self.tell(Event::Pointed { spot: spots.at(column, row), kind });
        self
    }

    /// The cell where these words begin.
    fn place_of(&mut self, words: &str) -> (u16, u16) {
        let screen = self.screen(80, 24);
        let found = screen.lines().enumerate().find_map(|(row, line)| Some((row, line.find(words)?, line)));
        let (row, at, line) = found.unwrap_or_else(|| panic!("{words} is not on the screen:\n{screen}"));
        (steerco::text::width::width(&line[..at]) as u16, row as u16)
    }

    /// Whether the program holds the mouse.
    pub fn has_mouse(&self) -> bool {
        self.mouse == MouseUse::Program
    }

    /// Pastes a text.
    pub fn paste(&mut self, text: &str) -> &mut Desk {
        self.tell(Event::Input(Input::Paste(text.to_owned())));
        self
    }

    /// Sets the wall clock.
    pub fn at(&mut self, wall: &str) -> &mut Desk {
        self.now.wall = moment(wall);
        self.tell(Event::Tick);
        self
    }

    /// Lets time go by, as far as a save that waits for quiet.
    pub fn rest(&mut self) -> &mut Desk {
        self.pass(Duration::from_secs(11));
        self.tell(Event::Tick);
        self
    }

    /// Looks for what others wrote into the open files.
    pub fn look(&mut self) -> &mut Desk {
        for event in self.keeper.perform(Order::Look) {
            self.tell(event);
        }
        self
    }

    /// What is on a screen of so many cells, rows apart by `\n`, without blanks at their ends.
    pub fn screen(&mut self, width: u16, height: u16) -> String {
        let (buffer, _) = self.cells(width, height);
        let row = |y| {
            let cells = (0..width).map(|x| buffer[(x, y)].symbol()).collect::<String>();
            cells.trim_end().to_owned()
        };
        (0..height).map(row).collect::<Vec<_>>().join("\n")
    }

    /// The cells of a screen of so many once the journal is on the disk, and where its caret is.
    pub fn cells(&mut self, width: u16, height: u16) -> (Buffer, Position) {
        self.tell(Event::Input(Input::Resize { columns: width, rows: height }));
        self.sync();
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| steerco::ui::draw(&self.app, frame)).unwrap();
        let caret = terminal.get_cursor_position().unwrap();
        (terminal.backend().buffer().clone(), caret)
    }

    /// The text of the meeting's file.
    pub fn file(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }

    /// Where the meeting's file lies.
    pub fn path(&self) -> PathBuf {
        self.workspace.path(&RecordKey::Meeting(self.meeting.clone())).unwrap()
    }

    /// What the wall clock of the desk shows.
    pub fn wall(&self) -> NaiveDateTime {
        self.now.wall
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    /// Whether the program asked to end.
    pub fn has_quit(&self) -> bool {
        self.quit
    }

    fn pass(&mut self, time: Duration) {
        self.now.since_start += time;
        self.now.wall += TimeDelta::from_std(time).unwrap();
    }

    fn tell(&mut self, event: Event) {
        if let Some(clock) = &self.clock {
            self.now = time::now(clock, &mut self.app);
        }
        let absorbed = match &event {
            Event::Outside { key, .. } => Some(key.clone()),
            _ => None,
        };
        let effects = self.app.update(event, self.now);
        if let Some(key) = absorbed {
            self.keeper.perform(Order::Absorbed(key));
        }
        self.perform(effects);
        self.sync();
    }

    /// On most desks the disk is quick: what was handed to the journal is there at once.
    fn sync(&mut self) {
        if let Some(told) = &self.told {
            let states: Vec<JournalState> =
                told.try_iter().map(|progress| self.scribe.state(progress)).collect();
            for state in states {
                self.app.update(Event::Journal(state), self.now);
            }
            return;
        }
        let typed = self.app.saving.typed;
        if self.app.saving.journal.synced < typed {
            let state = JournalState { written: typed, synced: typed, ..JournalState::default() };
            self.app.update(Event::Journal(state), self.now);
        }
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        let mut answers = VecDeque::new();
        for effect in effects {
            match self.scribe.take(effect, self.now.wall) {
                None => {}
                Some(Errand::Mouse(mouse)) => self.mouse = mouse,
                Some(Errand::Keeper(order)) => answers.extend(self.keeper.perform(order)),
                Some(Errand::Load) => {
                    answers.push_back(Event::Loaded(Box::new(library::read(&self.workspace))))
                }
                Some(Errand::Quit) => self.quit = true,
            }
        }
        answers.into_iter().for_each(|event| self.tell(event));
    }
}

fn moment(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

/// A workspace with one committee and live meetings of these ids; it is gone with the folder.
pub fn workspace(meetings: &[&str]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = workspace_at(folder.path(), meetings);
    (folder, root)
}

/// As [`workspace`], in a folder that is there.
pub fn workspace_at(folder: &Path, meetings: &[&str]) -> PathBuf {
    workspace_in(&folder.join("workspace"), meetings)
}

/// As [`workspace`], the folder being the workspace itself.
pub fn workspace_in(root: &Path, meetings: &[&str]) -> PathBuf {
    fs::create_dir_all(root.join("committees")).unwrap();
    fs::write(root.join("committees/bcd.toml"), "schema = 1\nid = \"bcd\"\nname = \"Ban Chỉ đạo\"\n")
        .unwrap();
    for id in meetings {
        let year = root.join("meetings").join(&id[..4]);
        fs::create_dir_all(&year).unwrap();
        fs::write(year.join(format!("{id}.toml")), meeting(id)).unwrap();
    }
    root.to_owned()
}

fn meeting(id: &str) -> String {
    format!(
        "schema = 1\nid = \"{id}\"\ncommittee = \"bcd\"\ntitle = \"Phiên {id}\"\nkind = \"regular_session\"\n\
         stage = \"live\"\ndate = {}\nplanned_start = 08:00:00\nutc_offset = \"+07:00\"\nopened = {}T08:00:00\n\
         language = \"vi\"\n\n[[agenda]]\nid = \"aaaaaaaa\"\nkind = \"discussion\"\ntitle = \"Thảo luận\"\n\
         minutes = 60\nstarted = {}T08:01:00\n",
        &id[..10],
        &id[..10],
        &id[..10]
    )
}

/// The texts of the notes in a meeting's file, in its order.
pub fn notes(file: &str) -> Vec<String> {
    let table: toml::Table = file.parse().unwrap();
    let rows = table.get("notes").and_then(toml::Value::as_array).cloned().unwrap_or_default();
    rows.iter().map(|row| row["text"].as_str().unwrap().to_owned()).collect()
}
