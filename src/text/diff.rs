//! What changed from one wording to another, word by word. Must not know what the texts are about, nor how a change is
//! shown.

/// A run of words that both wordings have, or only one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Same(String),
    Removed(String),
    Added(String),
}

/// The most pairs of words that are compared one by one; beyond it the differing middle counts as rewritten.
const MOST_PAIRS: usize = 4_000_000;

/// The runs that lead from `before` to `after`, in reading order, words apart by one space. The words kept are a
/// longest common subsequence; where a run was replaced, the removed words stand before the added ones.
pub fn words(before: &str, after: &str) -> Vec<Change> {
    let (old, new) = (split(before), split(after));
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = common_tail(&old[head..], &new[head..]);
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let mut runs = Runs::default();
    runs.same(&old[..head]);
    middle(&old[head..old_end], &new[head..new_end], &mut runs);
    runs.same(&old[old_end..]);
    runs.finish()
}

fn split(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn common_tail(old: &[&str], new: &[&str]) -> usize {
    old.iter().rev().zip(new.iter().rev()).take_while(|(a, b)| a == b).count()
}

fn middle(old: &[&str], new: &[&str], runs: &mut Runs) {
    if old.len().saturating_mul(new.len()) > MOST_PAIRS {
        runs.removed.extend(old.iter().map(|word| (*word).to_owned()));
        runs.added.extend(new.iter().map(|word| (*word).to_owned()));
        return;
    }
    let lengths = lengths(old, new);
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            runs.same(&old[i..=i]);
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && lengths[i + 1][j] >= lengths[i][j + 1]) {
            runs.removed.push(old[i].to_owned());
            i += 1;
        } else {
            runs.added.push(new[j].to_owned());
            j += 1;
        }
    }
}

/// Lengths of the longest common subsequences of all pairs of ends.
fn lengths(old: &[&str], new: &[&str]) -> Vec<Vec<u32>> {
    let mut table = vec![vec![0; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            table[i][j] = match old[i] == new[j] {
                true => table[i + 1][j + 1] + 1,
                false => table[i + 1][j].max(table[i][j + 1]),
            };
        }
    }
    table
}

#[derive(Default)]
struct Runs {
    done: Vec<Change>,
    removed: Vec<String>,
    added: Vec<String>,
}

impl Runs {
    fn same(&mut self, words: &[&str]) {
        if words.is_empty() {
            return;
        }
        self.close();
        let words = words.join(" ");
        match self.done.last_mut() {
            Some(Change::Same(text)) => *text = format!("{text} {words}"),
            _ => self.done.push(Change::Same(words)),
        }
    }

    fn close(&mut self) {
        let (removed, added) = (std::mem::take(&mut self.removed), std::mem::take(&mut self.added));
        if !removed.is_empty() {
            self.done.push(Change::Removed(removed.join(" ")));
        }
        if !added.is_empty() {
            self.done.push(Change::Added(added.join(" ")));
        }
    }

    fn finish(mut self) -> Vec<Change> {
        self.close();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(before: &str, after: &str) -> String {
        let run = |change: Change| match change {
            Change::Same(text) => text,
            Change::Removed(text) => format!("-[{text}]"),
            Change::Added(text) => format!("+[{text}]"),
        };
        words(before, after).into_iter().map(run).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn changed_words_stand_where_they_were_changed() {
        for (before, after, expected) in [
            ("giao Sở Nội vụ rà soát", "giao Sở Tài chính rà soát", "giao Sở -[Nội vụ] +[Tài chính] rà soát"),
            ("một hai", "một hai", "một hai"),
            ("", "mới", "+[mới]"),
            ("cũ", "", "-[cũ]"),
            ("", "", ""),
            ("a b c d", "b c x d", "-[a] b c +[x] d"),
            ("xong trong quý I", "xong trong quý II năm nay", "xong trong quý -[I] +[II năm nay]"),
        ] {
            assert_eq!(shown(before, after), expected, "{before} > {after}");
        }
    }

    #[test]
    fn a_rewritten_book_is_told_as_one_change() {
        let (old, new) = ("a ".repeat(3000), "b ".repeat(3000));
        assert_eq!(words(&old, &new).len(), 2);
    }

    proptest! {
        #[test]
        fn each_wording_can_be_read_out_of_the_runs(before in "[abc ]{0,24}", after in "[abc ]{0,24}") {
            let runs = words(&before, &after);
            let read = |skip: fn(&Change) -> bool| {
                let kept = runs.iter().filter(|run| !skip(run)).map(|run| match run {
                    Change::Same(text) | Change::Removed(text) | Change::Added(text) => text.clone(),
                });
                kept.collect::<Vec<_>>().join(" ")
            };
            prop_assert_eq!(read(|run| matches!(run, Change::Added(_))), split(&before).join(" "));
            prop_assert_eq!(read(|run| matches!(run, Change::Removed(_))), split(&after).join(" "));
        }
    }
}
