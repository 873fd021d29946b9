//! Columns and wrapped paragraphs of plain text, safe for a terminal. Knows no record.

use crate::app::view::text::clean;
use crate::text::width::{pad, width, wrap};

/// Rows as columns two blanks apart, each as wide as its widest cell in terminal cells; the last is not padded.
pub fn table(rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| clean(cell).into_owned()).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
    let widths: Vec<usize> = (0..columns).map(|column| widest(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in &rows {
        let padded: Vec<String> = row.iter().zip(&widths).map(|(cell, cells)| pad(cell, *cells)).collect();
        text.push_str(padded.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// Cells a line of the minutes takes.
const LINE: usize = 96;

/// A paragraph wrapped behind a hanging mark such as `08:22  `.
pub fn hanging(mark: &str, text: &str) -> String {
    let (mark, text) = (clean(mark), clean(text));
    let indent = width(&mark);
    let mut out = String::new();
    for (index, range) in wrap(&text, LINE.saturating_sub(indent).max(20)).into_iter().enumerate() {
        let start = if index == 0 { mark.to_string() } else { " ".repeat(indent) };
        out.push_str(format!("{start}{}", &text[range]).trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_cells_and_nothing_acts_on_the_terminal() {
        let rows = [vec!["ở".to_owned(), "x".to_owned()], vec!["aaa".to_owned(), "\u{1b}[2J".to_owned()]];
        assert_eq!(table(&rows), "ở    x\naaa  ·[2J\n");
        assert_eq!(table(&[]), "");
    }

    #[test]
    fn wrapped_lines_hang_behind_the_mark() {
        let text = "từ ".repeat(60);
        let lines: Vec<String> = hanging("KL1  ", &text).lines().map(str::to_owned).collect();
        assert!(lines.len() > 1 && lines[0].starts_with("KL1  từ") && lines[1].starts_with("     từ"));
        assert!(lines.iter().all(|line| width(line) <= LINE));
    }
}
