//! Grids as CSV that spreadsheets open rightly: UTF-8 with a byte order mark, days as `2022-01-31`, and nothing that a
//! spreadsheet would compute.

use crate::domain::kinds::Language;
use crate::export::grid::{Cell, Grid};
use crate::export::safe::one_line;
use crate::text::hidden::is_unsafe;

/// The first grid. Spreadsheets set to Vietnamese part columns at `;`, since their decimals have the comma; English ones
/// at `,`.
pub fn render(grids: &[Grid], language: Language) -> String {
    let parting = match language {
        Language::Vi => ';',
        Language::En => ',',
    };
    let mut out = String::from("\u{feff}");
    let mut line = |cells: Vec<String>| {
        out.push_str(&cells.join(&parting.to_string()));
        out.push_str("\r\n");
    };
    let Some(grid) = grids.first() else { return out };
    line(grid.columns.iter().map(|column| quoted(&column.name, parting)).collect());
    for row in &grid.rows {
        line(row.iter().map(|cell| written(cell, parting)).collect());
    }
    out
}

fn written(cell: &Cell, parting: char) -> String {
    match cell {
        Cell::Text(text) => quoted(text, parting),
        Cell::Number(number) => number.to_string(),
        Cell::Day(day) => day.to_string(),
        Cell::Empty => String::new(),
    }
}

/// A cell between quotation marks where it needs them; with an apostrophe in front when a spreadsheet would take it for
/// a formula.
pub fn quoted(text: &str, parting: char) -> String {
    let clean = one_line(text);
    // Cleaning may take away the letter that stood before a sign.
    let clean = if computes(text) || computes(&clean) {
        format!("'{}", clean.trim_start())
    } else {
        clean.into_owned()
    };
    match clean.contains(['"', '\'', parting, ',', ';']) || clean != clean.trim() {
        true => format!("\"{}\"", clean.replace('"', "\"\"")),
        false => clean,
    }
}

/// Whether a spreadsheet might compute it: `=`, `+`, `-`, `@` in front, also in their full-width forms and behind
/// spaces, control characters or ones without width, which some programs drop first.
fn computes(text: &str) -> bool {
    let first = text.chars().find(|c| !c.is_whitespace() && !is_unsafe(*c));
    let begins_with_control = text.starts_with(['\t', '\r', '\n']);
    begins_with_control
        || matches!(
            first,
            Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '−' | '﹣' | '﹢' | '﹦' | '﹫')
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_computed() {
        for (text, expected) in [
            ("Sở Nội vụ", "Sở Nội vụ"),
            ("=1+1", "\"'=1+1\""),
            ("- rà soát", "\"'- rà soát\""),
            ("+84", "\"'+84\""),
            ("@SUM(A1)", "\"'@SUM(A1)\""),
            ("\t=1", "\"'=1\""),
            ("\r\n=1", "\"'=1\""),
            ("\u{1b}=1", "\"'=1\""),
            ("  =1", "\"'=1\""),
            ("\u{feff}=1", "\"'=1\""),
            ("＝1", "\"'＝1\""),
            ("－1", "\"'－1\""),
            ("a;b", "\"a;b\""),
            ("a \"b\"", "\"a \"\"b\"\"\""),
            ("hai\ndòng", "hai dòng"),
        ] {
            assert_eq!(quoted(text, ';'), expected, "{text:?}");
        }
    }
}
