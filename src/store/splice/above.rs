//! The comments and blank lines above a header: which belong to its record and which stay when it goes.

use crate::store::layout::{Section, Source};

impl Source {
    /// Comments and blank lines above the section's header.
    pub(super) fn above(&self, section: &Section) -> &str {
        let line = self.text[..section.header.start].rfind('\n').map_or(0, |at| at + 1);
        self.text.get(section.start..line).unwrap_or_default()
    }

    /// Where the section begins when the comments that a blank line sets apart from it stay.
    pub(super) fn kept(&self, section: &Section) -> usize {
        let above = self.above(section);
        section.start + comments(&above[..attached_from(above)])
    }
}

/// Length of the text up to the end of its last comment.
pub(super) fn comments(above: &str) -> usize {
    let mut length = 0;
    let mut at = 0;
    for line in above.split_inclusive('\n') {
        at += line.len();
        if !line.trim().is_empty() {
            length = at;
        }
    }
    length
}

/// Where the lines that directly precede the header, without a blank line between, begin.
pub(super) fn attached_from(above: &str) -> usize {
    let mut at = 0;
    let mut from = 0;
    for line in above.split_inclusive('\n') {
        at += line.len();
        if line.trim().is_empty() {
            from = at;
        }
    }
    from
}
