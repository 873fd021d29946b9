//! Takes over what windows that did not end well had typed and not filed. Knows journals; knows no screen.

use std::time::SystemTime;

use crate::app::event::Recovered;
use crate::error::Error;
use crate::store::journal::Claim;
use crate::store::workspace::Workspace;

/// Work taken over, and the hold on the journals it came from.
#[derive(Debug)]
pub struct Recovery {
    pub found: Vec<Recovered>,
    claim: Claim,
}

impl Recovery {
    /// Names of the journals taken over, for this window's own to name.
    pub fn names(&self) -> Vec<String> {
        self.claim.names()
    }

    /// Journals that could not be read now.
    pub fn troubles(&self) -> &[Error] {
        &self.claim.troubles
    }

    /// Puts the old journals away; only once their work stands in this window's own.
    ///
    /// # Errors
    /// A journal cannot be renamed; the next start finds its work again, and doing it twice changes nothing.
    pub fn seal(self) -> Result<(), Error> {
        self.claim.seal()
    }
}

/// Claims the journals of this workspace that no living window holds.
pub fn claim(workspace: &Workspace, now: SystemTime) -> Recovery {
    let mut claim = workspace.claim(now);
    let found = std::mem::take(&mut claim.recovered).into_iter().map(|work| Recovered {
        key: work.record,
        edits: work.edits,
        drafts: in_one_line(work.drafts),
        until: work.until,
    });
    Recovery { found: found.collect(), claim }
}

/// The place for an unfinished line is one, so the lines of several windows go into it one after the other. A line
/// that is the beginning of another is the same line, found at an earlier moment.
fn in_one_line(drafts: Vec<(String, String)>) -> Vec<(String, String)> {
    let (lines, mut others): (Vec<_>, Vec<_>) = drafts.into_iter().partition(|(field, _)| field == LINE);
    let mut kept: Vec<String> = Vec::new();
    for (_, text) in lines {
        match kept.iter_mut().find(|known| text.starts_with(known.as_str()) || known.starts_with(&text)) {
            Some(known) if text.len() > known.len() => *known = text,
            Some(_) => {}
            None => kept.push(text),
        }
    }
    if !kept.is_empty() {
        others.push((LINE.to_owned(), kept.join(" ")));
    }
    others
}

/// The field of the typing line.
const LINE: &str = "line";

#[cfg(test)]
mod tests {
    use super::*;

    fn drafts(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(field, text)| ((*field).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn lines_of_several_windows_are_all_kept_and_none_twice() {
        let found =
            drafts(&[("line", "một"), ("form", "f"), ("line", "hai"), ("line", "một hai"), ("line", "hai")]);
        assert_eq!(in_one_line(found), drafts(&[("form", "f"), ("line", "một hai hai")]));
        assert_eq!(in_one_line(drafts(&[("edit", "x")])), drafts(&[("edit", "x")]));
    }
}
