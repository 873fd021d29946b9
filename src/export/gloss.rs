//! Abbreviations at their first use: "Quy chế dân chủ (QCDC)", then "QCDC" (B.5: the rule of both worlds). Knows no layout.

use crate::domain::committee::Abbreviation;
use crate::export::tree::{Block, Runs};

/// Writes out every abbreviation of the committee where it stands first in the running text.
pub fn gloss(blocks: &mut [Block], abbreviations: &[Abbreviation]) {
    let known = abbreviations.iter().filter(|row| row.action != "expand");
    let mut pending: Vec<(String, &str)> = known
        .map(|row| (row.key.trim().to_uppercase(), row.text.trim()))
        .filter(|(short, long)| {
            short.chars().count() >= 2 && !long.is_empty() && long.to_uppercase() != *short
        })
        .collect();
    // Of two that begin alike the longer is meant.
    pending.sort_by_key(|(short, _)| std::cmp::Reverse(short.len()));
    for runs in blocks.iter_mut().flat_map(Block::runs_mut) {
        pending.retain(|(short, long)| !write_out(runs, short, long));
    }
}

/// Whether the short form stands in the runs; if so its first place is written out.
fn write_out(runs: &mut Runs, short: &str, long: &str) -> bool {
    for run in &mut runs.0 {
        let Some(at) = place(&run.text, short) else { continue };
        let (before, after) = (run.text[..at].to_owned(), run.text[at + short.len()..].to_owned());
        // The writer glossed it: "Quy chế dân chủ (QCDC)".
        if !before.trim_end().ends_with('(') {
            let starts =
                before.trim().is_empty() || before.trim_end().ends_with(['.', ':', '!', '?', '“', '"']);
            let long = if starts { super::desk::capital(long) } else { long.to_owned() };
            run.text = format!("{before}{long} ({short}){after}");
        }
        return true;
    }
    false
}

/// The first place where the abbreviation stands alone: not in a word, a document number or another abbreviation.
fn place(text: &str, short: &str) -> Option<usize> {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/' | '&' | '_' | '.' | '@');
    let mut from = 0;
    while let Some(found) = text[from..].find(short) {
        let at = from + found;
        let end = at + short.len();
        let before = text[..at].chars().next_back().is_some_and(joins);
        let mut rest = text[end..].chars();
        let next = rest.next();
        // A full stop or a hyphen behind it joins only when a letter follows at once.
        let after = match next {
            Some('.' | '-') => rest.next().is_some_and(char::is_alphanumeric),
            Some(c) => joins(c),
            None => false,
        };
        if !before && !after {
            return Some(at);
        }
        from = end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::tree::Style;

    fn glossed(texts: &[&str], table: &[(&str, &str, &str)]) -> Vec<String> {
        let row = |(key, text, action): &(&str, &str, &str)| Abbreviation {
            key: (*key).into(),
            text: (*text).into(),
            action: (*action).into(),
            ..Abbreviation::default()
        };
        let mut blocks: Vec<Block> =
            texts.iter().map(|text| Block::Text(Style::Body, Runs::from(*text))).collect();
        gloss(&mut blocks, &table.iter().map(row).collect::<Vec<_>>());
        blocks.iter_mut().flat_map(Block::runs_mut).map(|runs| runs.text()).collect()
    }

    #[test]
    fn the_first_use_is_written_out_and_only_it() {
        let table = [
            ("qcdc", "quy chế dân chủ", ""),
            ("cds", "chuyển đổi số", "expand"),
            ("dvc", "dịch vụ công", "gloss"),
        ];
        for (texts, expected) in [
            (
                vec!["thực hiện QCDC; QCDC ở xã", "QCDC"],
                vec!["thực hiện quy chế dân chủ (QCDC); QCDC ở xã", "QCDC"],
            ),
            (vec!["QCDC tốt"], vec!["Quy chế dân chủ (QCDC) tốt"]),
            (vec!["Quy chế dân chủ (QCDC) và QCDC"], vec!["Quy chế dân chủ (QCDC) và QCDC"]),
            (
                vec!["số 30/QCDC, BQCDC, QCDC-TW rồi QCDC."],
                vec!["số 30/QCDC, BQCDC, QCDC-TW rồi quy chế dân chủ (QCDC)."],
            ),
            (vec!["CDS và cds"], vec!["CDS và cds"]),
            (vec!["mức độ DVC"], vec!["mức độ dịch vụ công (DVC)"]),
        ] {
            assert_eq!(glossed(&texts, &table), expected);
        }
    }
}
