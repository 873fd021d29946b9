//! Which bytes of a file the windows of this machine made of which. A window knew what it took away; another program
//! may only have saved an old buffer, and a window that wrote over that buffer does not make it any newer.
//! Knows hashes; what the bytes hold is no matter.

use std::io::Write;
use std::path::PathBuf;

use crate::store::plain;

/// The saves of one file by windows, newest last, in a note of the local state folder.
pub(super) struct Lineage {
    pub note: PathBuf,
}

/// Older saves than so many are forgotten: what descends from them passes for another program's, which only makes the
/// windows more careful.
const SAVES: usize = 200;
/// Two hashes, a blank and the end of the line.
const LINE: usize = 130;

impl Lineage {
    /// Whether windows alone made the bytes with the hash `to` of those with the hash `from`.
    pub(super) fn leads(&self, from: &str, to: &str) -> bool {
        let text = self.text();
        let mut at = to;
        for (parent, child) in text.lines().rev().filter_map(|line| line.split_once(' ')) {
            if child == at {
                at = parent;
            }
            if at == from {
                return true;
            }
        }
        false
    }

    /// A window is about to put `child` in place of `parent`.
    pub(super) fn add(&self, parent: &str, child: &str) {
        let text = self.text();
        let lines: Vec<&str> = text.lines().collect();
        let kept = &lines[lines.len().saturating_sub(SAVES - 1)..];
        let mut text = kept.join("\n");
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("{parent} {child}\n"));
        let _ = self.note.parent().map(plain::private_folder);
        let options = plain::private().write(true).create(true).truncate(true).open(&self.note);
        let _ = options.and_then(|mut file| file.write_all(text.as_bytes()));
    }

    fn text(&self) -> String {
        let bytes = plain::read(&self.note, SAVES * LINE).unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_line_of_windows_leads_on() {
        let folder = tempfile::tempdir().unwrap();
        let lineage = Lineage { note: folder.path().join("deep/note") };
        assert!(!lineage.leads("a", "b"));
        lineage.add("a", "b");
        lineage.add("b", "c");
        // Another program put x there, and a window wrote over it.
        lineage.add("x", "y");
        assert!(lineage.leads("a", "c") && lineage.leads("b", "c") && lineage.leads("x", "y"));
        assert!(!lineage.leads("a", "y") && !lineage.leads("c", "b") && !lineage.leads("c", "x"));
    }

    #[test]
    fn a_note_stays_small() {
        let folder = tempfile::tempdir().unwrap();
        let lineage = Lineage { note: folder.path().join("note") };
        let hash = |n: usize| format!("{n:064}");
        (0..500).for_each(|n| lineage.add(&hash(n), &hash(n + 1)));
        assert!(lineage.leads(&hash(400), &hash(500)));
        assert!(lineage.note.metadata().unwrap().len() <= (SAVES * LINE) as u64);
    }
}
