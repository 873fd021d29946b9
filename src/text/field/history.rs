//! The undo steps of a text field: replacements that can be turned round, typing joined into words. Must not know
//! carets beyond carrying them, nor graphemes.

use std::collections::VecDeque;

/// More steps than anyone takes back; the oldest go first.
const STEPS: usize = 4096;

/// What can be undone and redone.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct History {
    done: VecDeque<Edit>,
    undone: Vec<Edit>,
    open: bool,
}

/// A replacement at a byte, with caret and anchor as they were before it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Edit {
    pub at: usize,
    pub removed: String,
    pub inserted: String,
    pub caret: usize,
    pub anchor: Option<usize>,
    /// Undone and redone together with the edit before it.
    pub chained: bool,
}

impl History {
    /// Records an edit, as a part of the open step if it continues the same word.
    pub fn push(&mut self, edit: Edit) {
        self.undone.clear();
        if self.open && !edit.chained && self.done.back_mut().is_some_and(|last| last.absorb(&edit)) {
            return;
        }
        self.done.push_back(edit);
        self.open = true;
        if self.done.len() > STEPS {
            self.done.pop_front();
        }
    }

    /// Ends the open step: what comes next is a step of its own.
    pub fn close(&mut self) {
        self.open = false;
    }

    /// Whether a step can be turned round.
    pub fn can_undo(&self) -> bool {
        self.done.iter().any(|edit| !edit.is_nothing())
    }

    /// The edits of the last step, latest first, to be turned round.
    pub fn undo(&mut self) -> Option<Vec<Edit>> {
        self.close();
        let mut edits: Vec<Edit> = Vec::new();
        while edits.last().is_none_or(|edit| edit.chained || edit.is_nothing()) {
            let Some(edit) = self.done.pop_back() else { break };
            edits.push(edit);
        }
        self.undone.extend(edits.iter().cloned());
        edits.iter().any(|edit| !edit.is_nothing()).then_some(edits)
    }

    /// The edits of the last undone step in the order of doing.
    pub fn redo(&mut self) -> Option<Vec<Edit>> {
        self.close();
        let mut edits: Vec<Edit> = Vec::new();
        while edits.iter().all(Edit::is_nothing) || self.undone.last().is_some_and(Edit::follows) {
            let Some(edit) = self.undone.pop() else { break };
            edits.push(edit);
        }
        self.done.extend(edits.iter().cloned());
        edits.iter().any(|edit| !edit.is_nothing()).then_some(edits)
    }
}

impl Edit {
    fn is_nothing(&self) -> bool {
        self.removed == self.inserted
    }

    fn follows(&self) -> bool {
        self.chained || self.is_nothing()
    }

    fn end(&self) -> usize {
        self.at + self.inserted.len()
    }

    /// Makes `next` a part of this edit if it touches it and does not begin another word.
    fn absorb(&mut self, next: &Edit) -> bool {
        let (start, end) = (next.at, next.at + next.removed.len());
        if self.chained || start > self.end() || end < self.end() || self.begins_word(next) {
            return false;
        }
        // Typed text that is typed over again never was there before, so only what lies outside it counts as removed.
        let ahead = self.at.saturating_sub(start).min(next.removed.len());
        let behind = next.removed.len() - (end - self.end()).min(next.removed.len());
        let kept = start.saturating_sub(self.at);
        self.removed = format!("{}{}{}", &next.removed[..ahead], self.removed, &next.removed[behind..]);
        self.inserted = format!("{}{}", &self.inserted[..kept], next.inserted);
        self.at = self.at.min(start);
        true
    }

    fn begins_word(&self, next: &Edit) -> bool {
        let spaced = |c: Option<char>| c.is_some_and(char::is_whitespace);
        let solid = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        if next.removed.is_empty() {
            return spaced(self.inserted.chars().next_back()) && solid(next.inserted.chars().next());
        }
        if next.at < self.at {
            return spaced(self.removed.chars().next()) && solid(next.removed.chars().next_back());
        }
        next.at == self.end()
            && spaced(self.removed.chars().next_back())
            && solid(next.removed.chars().next())
    }
}
