//! The threads around a window and the one line in which they tell. Each knows its own work and how to tell.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::app::event::{Event, Failure, FailureKind, Library};
use crate::run::clock::Clock;
use crate::run::closing::{self, Journal};
use crate::run::keeper::{self, Keeper, Order};
use crate::run::log::Log;
use crate::run::reader::{self, Heard};
#[cfg(unix)]
use crate::run::signals::{self, Signal};
use crate::run::terminal::{self, Panicked};
use crate::run::{Failed, library};
use crate::store::journal::{JournalWriter, Progress};
use crate::store::workspace::Workspace;

/// Between looks at the open files.
const LOOK: Duration = Duration::from_secs(1);

/// Something a thread tells.
pub(super) enum Told {
    Heard(Heard),
    #[cfg(unix)]
    Signal(Signal),
    /// The keeper has done something.
    Event(Box<Event>),
    /// The workspace as read for this generation.
    Library(u64, Library),
    Journal(Progress),
    /// The thread of this name ended badly.
    Panicked(String),
}

/// How the window gives orders.
pub(super) struct Hands {
    pub journal: Arc<JournalWriter>,
    pub keeper: Sender<Order>,
    pub library: Sender<u64>,
    keeping: JoinHandle<()>,
}

impl Hands {
    /// Lets the threads end and waits for the journal, no longer than told.
    pub(super) fn end(self, patience: Duration) -> Journal {
        drop(self.keeper);
        drop(self.library);
        closing::end_journal(self.journal, self.keeping, patience)
    }
}

/// Starts all threads. `said` gets the words of a panic of this thread.
pub(super) fn start(
    workspace: &Workspace,
    log: &Log,
    said: Arc<Mutex<String>>,
) -> Result<(Hands, Receiver<Told>), Failed> {
    let (tell, told) = channel();
    watch_panics(&tell, log.clone(), said);
    #[cfg(unix)]
    signals::listen(teller(&tell, Told::Signal))?;
    // Where no folder takes it the window tells so, and the journal goes on trying.
    let (journal, _) = workspace.start_journal(teller(&tell, Told::Journal));
    let journal = Arc::new(journal);
    let asks = tell.clone();
    let library = library::start(workspace.clone(), move |generation, library| {
        let _ = asks.send(Told::Library(generation, library));
    })?;
    let (orders, received) = channel();
    let kept = Keeper::new(workspace.clone(), journal.clone());
    let answer = teller(&tell, |event| Told::Event(Box::new(event)));
    let keeping =
        thread::Builder::new().name("keeper".to_owned()).spawn(move || keep(kept, &received, answer))?;
    reader::listen(move |heard| match tell.send(Told::Heard(heard)) {
        Ok(()) => ControlFlow::Continue(()),
        Err(_) => ControlFlow::Break(()),
    })?;
    Ok((Hands { journal, keeper: orders, library, keeping }, told))
}

/// Tells in the one line. When nobody listens any more the window is closed, and nothing needs to be told.
fn teller<T, W>(tell: &Sender<Told>, wrap: W) -> impl Fn(T) + Send + Sync + use<T, W>
where
    W: Fn(T) -> Told + Send + Sync + 'static,
{
    let tell = tell.clone();
    move |news| drop(tell.send(wrap(news)))
}

fn watch_panics(tell: &Sender<Told>, log: Log, said: Arc<Mutex<String>>) {
    let tell = tell.clone();
    terminal::watch_panics(move |panicked, message| {
        let message = unquoted(&message);
        log.line(&message);
        match panicked {
            Panicked::Main => {
                if let Ok(mut said) = said.lock() {
                    *said = message;
                }
            }
            Panicked::Other(thread) => drop(tell.send(Told::Panicked(thread))),
        }
    });
}

/// What a panic said, up to the first thing it quotes: that may be somebody's text, and the place is enough to find it.
fn unquoted(message: &str) -> String {
    message.split(['`', '"', '\'']).next().unwrap_or_default().trim_end().to_owned()
}

/// Does orders as they come and looks at the open files between them, until nobody can give any.
fn keep(mut keeper: Keeper, orders: &Receiver<Order>, tell: impl Fn(Event)) {
    let clock = Clock::machine();
    let mut look = LOOK;
    loop {
        let order = match orders.recv_timeout(look.saturating_sub(clock.monotonic())) {
            Ok(order) => order,
            Err(RecvTimeoutError::Timeout) => {
                look = clock.monotonic() + LOOK;
                Order::Look
            }
            Err(RecvTimeoutError::Disconnected) => return,
        };
        attempt(&mut keeper, order).into_iter().for_each(&tell);
    }
}

/// An order that ends in a panic is answered as one that failed, so that the record is not believed to be saved.
fn attempt(keeper: &mut Keeper, order: Order) -> Vec<Event> {
    let cause = "an error in the program".to_owned();
    let failure = Failure { kind: FailureKind::Unwritable, path: String::new(), cause, place: None };
    let otherwise = keeper::not_done(&order, failure);
    let done = catch_unwind(AssertUnwindSafe(|| keeper.perform(order)));
    done.unwrap_or_else(|_| otherwise.into_iter().collect())
}
