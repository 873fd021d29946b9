//! One window: everything that happens comes in one line, is taken in, and is drawn once. Knows the threads by what
//! they tell; waits for no disk.

mod ends;
mod threads;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::Timelike;

use crate::app::effect::{Effect, MouseUse};
use crate::app::event::{Event, Now};
use crate::app::key::{Input, Mouse};
use crate::app::session::Filed;
use crate::app::view::text::clean;
use crate::app::{App, Start};
use crate::domain::kinds::Stage;
use crate::run::clock::Clock;
use crate::run::closing::Journal;
#[cfg(debug_assertions)]
use crate::run::failpoint::Failpoint;
use crate::run::keeper::Order;
use crate::run::log::Log;
use crate::run::page::Page;
use crate::run::reader::Heard;
use crate::run::recovery::Recovery;
use crate::run::scribe::{Errand, Scribe};
#[cfg(unix)]
use crate::run::signals::Signal;
use crate::run::terminal::{self, TerminalGuard};
use crate::run::window::threads::{Hands, Told};
use crate::run::{Failed, Options, time};
use crate::store::journal::{Progress, Refusal};
use crate::store::workspace::Workspace;
use crate::ui::{self, Spots};

/// What the system may still deliver of the keyboard after it asked the program to end.
#[cfg(unix)]
const LAST_KEYS: Duration = Duration::from_millis(50);
/// For the journal on the way out.
const SYNCING: Duration = Duration::from_millis(200);
/// After this long without a key a row names what could be done.
const IDLE: Duration = Duration::from_secs(120);
/// What a panic exits with, by the custom of the language.
const PANICKED: u8 = 101;
/// What a terminal that is gone exits with.
const GONE: u8 = 129;

/// Opens the window and stays until it is closed.
pub(super) fn open(options: Options) -> Result<u8, Failed> {
    let clock = Clock::machine();
    let workspace = Workspace::open(&options.workspace, &options.state_folder)?;
    let workspace = workspace.with_spares(&options.spare_folders);
    let guard = TerminalGuard::enter()?;
    let log = Log::open(&options.state_folder, clock.clone())?;
    let said = Arc::new(Mutex::new(String::new()));
    let (hands, told) = threads::start(&workspace, &log, said.clone())?;
    let size = terminal::size().unwrap_or((80, 24));
    let app = app(&options, &clock, size, &log);
    let scribe = Scribe::new(hands.journal.clone());
    let (keeper, library) = (hands.keeper.clone(), hands.library.clone());
    let page = Page::new(size)?;
    let window = Window {
        app,
        scribe,
        keeper,
        library,
        generation: 0,
        guard,
        page,
        spots: Spots::default(),
        clock,
        log,
        leaving: None,
        quit: None,
        unsealed: None,
        refused: None,
        #[cfg(debug_assertions)]
        failpoint: Failpoint::of_environment(),
    };
    stay(window, hands, &told, &workspace, options.meeting.as_deref(), &said)
}

/// The program at Home, what is wrong with the settings told.
fn app(options: &Options, clock: &Clock, size: (u16, u16), log: &Log) -> App {
    let start = Start {
        now: now(clock),
        today: options.today,
        utc_offset: clock.now().offset,
        size,
        demo: options.demo,
        seed: fastrand::u64(..),
    };
    // What is wrong with the keys stands among the notices, with its line.
    let (mut app, _) = App::new(&options.settings, start);
    for notice in &options.notices {
        log.line(notice);
    }
    app.tell_notices(&options.notices);
    app
}

fn now(clock: &Clock) -> Now {
    Now { wall: clock.now().local, since_start: clock.monotonic() }
}

fn stay(
    mut window: Window,
    hands: Hands,
    told: &Receiver<Told>,
    workspace: &Workspace,
    meeting: Option<&str>,
    said: &Mutex<String>,
) -> Result<u8, Failed> {
    let words = window.app.desk.words.clone();
    let lived = catch_unwind(AssertUnwindSafe(|| window.live(told, workspace, meeting)));
    let filed = window.app.sessions.filed();
    // The keeper ends when nobody can give it orders any more, and lets go of the journal then.
    drop(window);
    let path = hands.journal.path();
    let journal = hands.end(SYNCING);
    terminal::leave();
    let path = path.display().to_string();
    let code = match lived {
        Ok(code) => code,
        Err(_) => {
            let cause = said.lock().map(|said| said.replace('\n', " ")).unwrap_or_default();
            tell_after(&words.fill("leaving.panicked", &[("path", &path), ("cause", &cause)]));
            return Ok(PANICKED);
        }
    };
    if filed != Filed::All || journal != Journal::Synced {
        tell_after(&words.fill("leaving.unfiled", &[("path", &path)]));
    }
    if let Journal::Refused(cause) = journal {
        tell_after(&words.fill("leaving.refused", &[("cause", &cause)]));
    }
    Ok(code)
}

/// A sentence below the prompt, the terminal being given back.
fn tell_after(sentence: &str) {
    use std::io::Write;
    // Where nobody listens there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "{}", clean(sentence));
}

/// The loop's own state.
struct Window {
    app: App,
    scribe: Scribe,
    keeper: Sender<Order>,
    library: Sender<u64>,
    /// The newest reading of the workspace that was asked for.
    generation: u64,
    guard: TerminalGuard,
    page: Page,
    /// What the cells on the screen stand for.
    spots: Spots,
    clock: Clock,
    log: Log,
    /// Asked to end with this code, at this time.
    leaving: Option<(u8, Duration)>,
    /// Ends with this code.
    quit: Option<u8>,
    /// Journals of earlier windows whose work this window's journal would not take.
    unsealed: Option<Recovery>,
    /// What the journal was refused with last.
    refused: Option<Refusal>,
    #[cfg(debug_assertions)]
    failpoint: Failpoint,
}

impl Window {
    fn live(&mut self, told: &Receiver<Told>, workspace: &Workspace, meeting: Option<&str>) -> u8 {
        self.draw();
        let waiting = self.recover(told, workspace);
        self.perform(vec![Effect::Load]);
        if let Some(id) = meeting {
            let effects = self.app.enter_meeting(id, None);
            self.perform(effects);
        }
        waiting.into_iter().for_each(|told| self.take(told));
        while self.quit.is_none() {
            self.draw();
            self.wait(told);
        }
        self.finish(told);
        self.quit.unwrap_or(0)
    }

    /// Waits for something to happen or for a moment to come, and takes in all that happened.
    fn wait(&mut self, told: &Receiver<Told>) {
        let patience = self.deadline().saturating_sub(self.clock.monotonic());
        let Ok(first) = told.recv_timeout(patience) else {
            self.update(Event::Tick);
            return self.leave_if_due();
        };
        self.take(first);
        for next in told.try_iter() {
            if self.quit.is_some() {
                break;
            }
            self.take(next);
        }
        self.leave_if_due();
    }

    /// When the screen or a file needs something although nothing happens, since the start of the program.
    fn deadline(&self) -> Duration {
        let now = self.clock.monotonic();
        let idle = Some(self.app.desk.last_key + IDLE).filter(|at| *at > now);
        let leaving = self.leaving.map(|(_, at)| at);
        let safety = self.app.saving.next_change(now);
        let due = [self.app.sessions.next_save(), safety, idle, leaving].into_iter().flatten().min();
        let clock = now + self.next_turn();
        // A millisecond keeps the loop from turning around a moment that has come and gone.
        due.map_or(clock, |due| due.min(clock)).max(now + Duration::from_millis(1))
    }

    /// Until the clock on the screen shows something else; while a meeting is live, its minutes run too.
    fn next_turn(&self) -> Duration {
        let live = self.app.sessions.open_meetings().any(|meeting| meeting.stage() == Stage::Live);
        let turn = if live { 10_000 } else { 60_000 };
        let wall = self.clock.now().local;
        let past = u64::from(wall.second()) * 1000 + u64::from(wall.nanosecond() / 1_000_000);
        Duration::from_millis(turn - past % turn + 1)
    }

    fn take(&mut self, told: Told) {
        match told {
            Told::Heard(Heard::Inputs(inputs)) => inputs.into_iter().for_each(|input| self.input(input)),
            Told::Heard(Heard::Hangup) => self.leave_at(GONE, Duration::ZERO),
            #[cfg(unix)]
            Told::Signal(signal) => self.obey(signal),
            Told::Event(event) => self.update(*event),
            Told::Library(generation, library) if generation >= self.generation => {
                self.update(Event::Loaded(Box::new(library)));
            }
            Told::Library(..) => {}
            Told::Journal(progress) => self.journal(progress),
            // Without the keyboard nothing can be done any more but to save.
            Told::Panicked(thread) if thread == "keys" => self.leave_at(PANICKED, Duration::ZERO),
            Told::Panicked(_) => {}
        }
    }

    fn input(&mut self, input: Input) {
        if self.quit.is_some() {
            return;
        }
        #[cfg(debug_assertions)]
        self.failpoint.taking_in(&input);
        let event = match input {
            Input::Resize { columns, rows } => {
                self.page.begin_anew((columns, rows));
                Event::Input(input)
            }
            Input::Mouse(Mouse { kind, column, row }) => {
                // What the hand aims at is what was drawn last.
                Event::Pointed { spot: self.spots.at(column, row), kind }
            }
            other => Event::Input(other),
        };
        self.update(event);
    }

    #[cfg(unix)]
    fn obey(&mut self, signal: Signal) {
        match signal {
            Signal::Leave(leave) => self.leave_at(leave.exit_code(), LAST_KEYS),
            Signal::Suspend => {
                if let Err(error) = self.guard.suspend() {
                    self.log.line(&format!("suspending: {error}"));
                }
                self.measure();
            }
            Signal::Continue => {
                // A hang-up lets a stopped program go on too; the keyboard then tells the end.
                let _ = self.guard.resume();
                self.measure();
            }
            Signal::Resize => self.measure(),
        }
    }

    #[cfg(unix)]
    fn measure(&mut self) {
        let (columns, rows) = terminal::size().unwrap_or(self.app.desk.size);
        self.input(Input::Resize { columns, rows });
    }

    fn journal(&mut self, progress: Progress) {
        if progress.error != self.refused {
            self.refused = progress.error.clone();
            let said = progress.error.as_ref().map_or("well again", |refusal| &refusal.said);
            self.log.line(&format!("journal: {said}"));
        }
        let state = self.scribe.state(progress);
        self.update(Event::Journal(state));
    }

    fn leave_at(&mut self, code: u8, after: Duration) {
        let at = self.clock.monotonic() + after;
        self.leaving = Some(self.leaving.map_or((code, at), |(first, earlier)| (first, earlier.min(at))));
    }

    fn leave_if_due(&mut self) {
        if self.quit.is_none() && self.leaving.is_some_and(|(_, at)| at <= self.clock.monotonic()) {
            self.update(Event::Leave);
        }
    }

    fn update(&mut self, event: Event) {
        let absorbed = match &event {
            Event::Outside { key, .. } => Some(key.clone()),
            Event::Saved { result: Err(failure), .. } | Event::Opened { result: Err(failure), .. } => {
                self.log.line(&format!("{:?} {}: {}", failure.kind, failure.path, failure.cause));
                None
            }
            _ => None,
        };
        let now = time::now(&self.clock, &mut self.app);
        let effects = self.app.update(event, now);
        // What is saved from here on builds on what others wrote.
        if let Some(key) = absorbed {
            let _ = self.keeper.send(Order::Absorbed(key));
        }
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        let at = self.app.desk.now.wall;
        for effect in effects {
            // The threads end only after the window; one that ended badly has said so.
            match self.scribe.take(effect, at) {
                None => {}
                Some(Errand::Keeper(order)) => drop(self.keeper.send(order)),
                Some(Errand::Load) => {
                    self.generation += 1;
                    let _ = self.library.send(self.generation);
                }
                Some(Errand::Mouse(mouse)) => self.give_mouse(mouse),
                Some(Errand::Quit) => self.quit = Some(self.leaving.map_or(0, |(code, _)| code)),
            }
        }
    }

    fn give_mouse(&mut self, mouse: MouseUse) {
        let told = match mouse {
            MouseUse::Program => terminal::MouseUse::On,
            MouseUse::Terminal => terminal::MouseUse::Off,
        };
        // A terminal that does not listen has no mouse.
        let _ = self.guard.set_mouse(told);
    }

    fn draw(&mut self) {
        let Window { page, app, spots, .. } = self;
        page.draw(|frame| {
            *spots = ui::paint(app, frame);
            #[cfg(debug_assertions)]
            self.failpoint.drawing();
        });
    }
}
