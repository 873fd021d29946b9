//! How a window begins and ends: earlier work is taken over, and what is on its way gets a moment to arrive.
//! Knows no thread but by what it tells.

use std::sync::mpsc::Receiver;
use std::time::Duration;

use crate::app::event::Event;
use crate::app::session::Filed;
use crate::run::recovery::{self, Recovery};
use crate::run::window::Window;
use crate::run::window::threads::Told;
use crate::store::workspace::Workspace;

/// For the work of earlier windows to stand in this window's journal.
const INHERITING: Duration = Duration::from_secs(1);
/// For the files on the way out.
const FILING: Duration = Duration::from_millis(650);

impl Window {
    /// Takes over what earlier windows left; returns what was told meanwhile.
    pub(super) fn recover(&mut self, told: &Receiver<Told>, workspace: &Workspace) -> Vec<Told> {
        let recovery = recovery::claim(workspace, self.clock.of_files());
        for trouble in recovery.troubles() {
            self.log.line(&trouble.to_string());
        }
        self.scribe.inherit(&recovery.found, recovery.names());
        let (stands, waiting) = self.wait_for_journal(told);
        let found = recovery.found.clone();
        if stands {
            self.seal(recovery);
        } else {
            self.unsealed = Some(recovery);
        }
        if !found.is_empty() {
            self.update(Event::Recovered(found));
        }
        waiting
    }

    /// Whether the inherited work is in the system's hands, the disk given time for it; and what was told meanwhile.
    fn wait_for_journal(&self, told: &Receiver<Told>) -> (bool, Vec<Told>) {
        let inherited = self.scribe.inherited();
        let (mut written, mut synced, mut waiting) = (0, 0, Vec::new());
        let until = self.clock.monotonic() + INHERITING;
        while synced < inherited {
            let Ok(next) = told.recv_timeout(until.saturating_sub(self.clock.monotonic())) else { break };
            if let Told::Journal(progress) = &next {
                (written, synced) = (progress.written, progress.synced);
            }
            waiting.push(next);
        }
        (written >= inherited, waiting)
    }

    fn seal(&self, recovery: Recovery) {
        if let Err(error) = recovery.seal() {
            self.log.line(&error.to_string());
        }
    }

    /// Waits a moment for the files; a record that changed while it was being written is written again.
    pub(super) fn finish(&mut self, told: &Receiver<Told>) {
        let until = self.clock.monotonic() + FILING;
        while matches!(self.app.sessions.filed(), Filed::Waiting | Filed::Saving) {
            let Ok(next) = told.recv_timeout(until.saturating_sub(self.clock.monotonic())) else { break };
            if let Told::Event(event) = next {
                self.update(*event);
                self.update(Event::Leave);
            }
        }
        if let Some(recovery) = self.unsealed.take()
            && self.app.saving.journal.error.is_none()
            && self.app.saving.journal.written > 0
        {
            self.seal(recovery);
        }
    }
}
