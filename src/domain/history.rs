//! Steps done and undone. A step may touch several records and is taken back as one. Knows no session.

use crate::domain::edit::{Edit, inverse};
use crate::domain::id::RecordKey;

/// One intention of the person: its name and the edits it made, by record.
#[derive(Clone, Debug, PartialEq)]
pub struct Step<N> {
    /// What the step is called in "undo: …".
    pub name: N,
    pub changes: Vec<(RecordKey, Vec<Edit>)>,
}

impl<N: Clone> Step<N> {
    /// The step that takes this one back.
    pub fn inverse(&self) -> Step<N> {
        let changes = self.changes.iter().rev().map(|(key, edits)| (key.clone(), inverse(edits))).collect();
        Step { name: self.name.clone(), changes }
    }
}

/// The steps of a window, newest last. Nothing is ever dropped while the window is open.
#[derive(Clone, Debug)]
pub struct History<N> {
    done: Vec<Step<N>>,
    undone: Vec<Step<N>>,
}

impl<N> Default for History<N> {
    fn default() -> Self {
        History { done: Vec::new(), undone: Vec::new() }
    }
}

impl<N: Clone> History<N> {
    /// Records a step just made; what was undone before can no longer be redone.
    pub fn push(&mut self, step: Step<N>) {
        self.undone.clear();
        self.done.push(step);
    }

    /// The edits that take back the newest step; the step moves to the redo side.
    pub fn undo(&mut self) -> Option<Step<N>> {
        let step = self.done.pop()?;
        let back = step.inverse();
        self.undone.push(step);
        Some(back)
    }

    /// The step to do again.
    pub fn redo(&mut self) -> Option<Step<N>> {
        let step = self.undone.pop()?;
        self.done.push(step.clone());
        Some(step)
    }

    /// The step an undo would take back.
    pub fn next_undo(&self) -> Option<&Step<N>> {
        self.done.last()
    }

    /// The name of what an undo would take back.
    pub fn undo_name(&self) -> Option<&N> {
        self.done.last().map(|step| &step.name)
    }
}
