//! How far what was typed has come: received, in the system's hands, on the disk, in its file. The screens say it in
//! words; here is only what is true. Knows no file and no drawing.

use std::collections::VecDeque;
use std::time::Duration;

use chrono::NaiveDateTime;

use crate::app::event::JournalState;

/// After this long without the disk the state is told loudly.
const LOUD: Duration = Duration::from_secs(2);
/// After this long in no hands but the program's the promise of a tenth of a second is broken.
const WRITTEN_BY: Duration = Duration::from_millis(500);
/// While one types the state stands at what has been promised for every key; a change at each key would only teach
/// people not to look.
const SETTLED: Duration = Duration::from_millis(700);
/// Between remembered moments, and how many of them are enough.
const STEP: Duration = Duration::from_millis(50);
const ENOUGH: usize = 64;

/// How far what was typed has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SaveState {
    /// Journal entries handed over.
    pub typed: u64,
    pub journal: JournalState,
    /// When entries were handed over that are not on the disk yet, oldest first.
    handed: VecDeque<(u64, Duration)>,
    /// When the last entry was handed over.
    last: Option<Duration>,
    /// When the last record came into its file.
    pub filed_at: Option<NaiveDateTime>,
    /// What went wrong with the files, if something did.
    pub failure: Option<String>,
    /// The draft last handed to the journal.
    pub draft: String,
    /// The journal lies on a drive of the network, whose word for "on the disk" is worth little.
    pub remote: bool,
}

/// The strongest thing that is true of all that was typed; seconds count from the oldest key it is not true of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// In the program's memory alone.
    Memory { seconds: u64 },
    /// On its way into the journal.
    OnItsWay,
    /// In the system's hands for too long: safe from a crash of the program, not from a power cut.
    Stalled { seconds: u64 },
    /// Safe from a crash of the program, and in half a second from a power cut.
    Crash,
    /// On the disk.
    Disk,
}

impl SaveState {
    /// So many entries were handed over now.
    pub fn hand_over(&mut self, count: u64, now: Duration) {
        if count == 0 {
            return;
        }
        self.typed += count;
        self.last = Some(now);
        let full = self.handed.len() >= ENOUGH;
        match self.handed.back_mut() {
            Some((number, at)) if full || now.saturating_sub(*at) < STEP => *number = self.typed,
            _ => self.handed.push_back((self.typed, now)),
        }
    }

    /// The journal is so far.
    pub fn journal_is(&mut self, journal: JournalState, now: Duration) {
        while self.handed.front().is_some_and(|(number, _)| *number <= journal.synced) {
            self.handed.pop_front();
        }
        if self.handed.is_empty() && journal.synced < self.typed {
            self.handed.push_back((self.typed, now));
        }
        self.journal = journal;
    }

    /// What is true now.
    pub fn safety(&self, now: Duration) -> Safety {
        let age = |since: Option<Duration>| since.map_or(Duration::ZERO, |at| now.saturating_sub(at));
        let unwritten = age(self.unwritten());
        if self.journal.written < self.typed && (self.journal.error.is_some() || unwritten >= LOUD) {
            return Safety::Memory { seconds: unwritten.as_secs() };
        }
        if unwritten >= WRITTEN_BY {
            return Safety::OnItsWay;
        }
        let unsynced = age(self.unsynced());
        if self.journal.synced < self.typed && (self.journal.error.is_some() || unsynced >= LOUD) {
            return Safety::Stalled { seconds: unsynced.as_secs() };
        }
        let settled = self.last.is_none_or(|last| now.saturating_sub(last) >= SETTLED);
        if self.journal.synced < self.typed || !settled { Safety::Crash } else { Safety::Disk }
    }

    /// When something else may be true although nothing happens.
    pub fn next_change(&self, now: Duration) -> Option<Duration> {
        let settles = self.last.map(|last| last + SETTLED);
        let grows = self.unwritten().map(|since| since + WRITTEN_BY);
        let loud = self.unsynced().map(|since| {
            let waited = now.saturating_sub(since);
            since + if waited < LOUD { LOUD } else { Duration::from_secs(waited.as_secs() + 1) }
        });
        [settles, grows, loud].into_iter().flatten().filter(|at| *at > now).min()
    }

    fn unwritten(&self) -> Option<Duration> {
        self.handed.iter().find(|(number, _)| *number > self.journal.written).map(|(_, at)| *at)
    }

    fn unsynced(&self) -> Option<Duration> {
        self.handed.front().map(|(_, at)| *at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    fn journal(written: u64, synced: u64) -> JournalState {
        JournalState { written, synced, ..JournalState::default() }
    }

    #[test]
    fn a_key_is_in_memory_then_safe_from_a_crash_then_on_the_disk() {
        let mut state = SaveState::default();
        assert_eq!(state.safety(ms(0)), Safety::Disk);
        state.hand_over(1, ms(1000));
        assert_eq!(state.safety(ms(1100)), Safety::Crash);
        assert_eq!(state.safety(ms(1600)), Safety::OnItsWay);
        assert_eq!(state.safety(ms(4000)), Safety::Memory { seconds: 3 });
        state.journal_is(journal(1, 0), ms(1200));
        assert_eq!(state.safety(ms(1800)), Safety::Crash);
        assert_eq!(state.safety(ms(4000)), Safety::Stalled { seconds: 3 });
        state.journal_is(journal(1, 1), ms(1300));
        assert_eq!(state.safety(ms(1400)), Safety::Crash);
        assert_eq!(state.safety(ms(1700)), Safety::Disk);
        assert_eq!(state.next_change(ms(1800)), None);
    }

    #[test]
    fn typing_on_and_on_is_never_loud_while_the_disk_follows() {
        let mut state = SaveState::default();
        for key in 1..200_u64 {
            state.hand_over(1, ms(key * 100));
            state.journal_is(journal(key, key.saturating_sub(3)), ms(key * 100 + 30));
            assert_eq!(state.safety(ms(key * 100 + 40)), Safety::Crash, "key {key}");
        }
    }

    #[test]
    fn a_disk_that_stands_is_told_by_the_second_and_the_loop_wakes_for_it() {
        let mut state = SaveState::default();
        for key in 1..200_u64 {
            state.hand_over(1, ms(key * 100));
            state.journal_is(journal(key, 0), ms(key * 100 + 30));
        }
        let now = ms(20_050);
        assert_eq!(state.safety(now), Safety::Stalled { seconds: 19 });
        assert!(state.next_change(now).is_some_and(|at| at <= ms(21_000)));
    }
}
