//! The names of states among the words of a filter: `quá hạn` is the state of that name before it is two words, and is
//! not `xong quá hạn`. Pure.

use crate::domain::state::TaskState;
use crate::text::fold::fold;
use crate::words::Words;

/// A state named by a filter, with its name folded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedState {
    state: TaskState,
    name: String,
}

impl NamedState {
    /// Whether a task stands so, or has the words in its text.
    pub fn fits(&self, state: TaskState, text: &str) -> bool {
        // A task done without a deadline is called what people say of any that is done.
        let done = self.state == TaskState::Done && state.is_done();
        done || state == self.state || text.contains(&self.name)
    }
}

/// The states that a typed filter names in full, and what is typed beside them. The longest name counts; one that is
/// excluded or in quotation marks is words like any other.
pub(super) fn named(words: &Words, typed: &str) -> (Vec<NamedState>, String) {
    let names: Vec<(TaskState, Vec<String>)> = TaskState::ALL
        .iter()
        .map(|state| {
            let name = fold(words.get(&format!("state.{}", state.word())));
            (*state, name.split_whitespace().map(str::to_owned).collect())
        })
        .collect();
    let tokens: Vec<&str> = typed.split_whitespace().collect();
    let folded: Vec<String> = tokens.iter().map(|token| fold(token)).collect();
    let (mut found, mut rest, mut at) = (Vec::new(), Vec::new(), 0);
    while at < tokens.len() {
        let here = names.iter().filter(|(_, name)| folded[at..].starts_with(name));
        match here.max_by_key(|(_, name)| name.len()) {
            Some((state, name)) if !name.is_empty() => {
                found.push(NamedState { state: *state, name: name.join(" ") });
                at += name.len();
            }
            _ => {
                rest.push(tokens[at]);
                at += 1;
            }
        }
    }
    (found, rest.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::kinds::Language;

    #[test]
    fn the_longest_name_of_a_state_is_the_state() {
        let words = Words::of(Language::Vi);
        let read = |typed: &str| {
            let (states, rest) = named(&words, typed);
            (states.into_iter().map(|state| state.state).collect::<Vec<_>>(), rest)
        };
        assert_eq!(read("quá hạn snv"), (vec![TaskState::Overdue], "snv".into()));
        assert_eq!(read("snv QUA HAN"), (vec![TaskState::Overdue], "snv".into()));
        assert_eq!(read("xong quá hạn"), (vec![TaskState::DoneLate], String::new()));
        assert_eq!(read("quá"), (vec![], "quá".into()));
        assert_eq!(read("-quá hạn \"quá hạn\""), (vec![], "-quá hạn \"quá hạn\"".into()));
    }

    #[test]
    fn a_task_that_speaks_of_the_overdue_is_found_too() {
        let (states, _) = named(&Words::of(Language::Vi), "qua han");
        assert!(states[0].fits(TaskState::Overdue, ""));
        assert!(!states[0].fits(TaskState::DoneLate, "ra soat"));
        assert!(states[0].fits(TaskState::InTime, "xu ly ho so qua han"));
        let (states, _) = named(&Words::of(Language::Vi), "hoan thanh");
        assert!(states[0].fits(TaskState::DoneLate, ""));
    }
}
