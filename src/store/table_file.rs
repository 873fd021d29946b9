//! Tables that others made, read from a file: workbooks of spreadsheet programs, and text with separators. Every cell
//! becomes the text a person sees. Knows nothing of what the cells mean; never writes.

use std::io::{Cursor, Read};
use std::path::Path;

use calamine::{Data, Reader, Sheets};

use crate::domain::roster::Table;
use crate::error::{Action, Error, TableFault};
use crate::text::legacy;

/// Bytes of a file.
pub const LARGEST_FILE: u64 = 8 * 1024 * 1024;
/// Bytes that a workbook may unfold to.
const LARGEST_UNFOLDED: u64 = 64 * 1024 * 1024;

/// Reads a table. Without a wanted sheet the first one that holds something is taken.
///
/// # Errors
/// The file is not there or no table, too large, has no such sheet, or is text in another encoding than UTF-8 or
/// UTF-16.
pub fn read(path: &Path, wanted: Option<&str>) -> Result<Table, Error> {
    let fault = |fault| Error::Table { path: path.to_owned(), fault };
    let data = std::fs::metadata(path).map_err(Error::io(Action::Read, path))?;
    if !data.is_file() {
        return Err(fault(TableFault::Unknown));
    }
    if data.len() > LARGEST_FILE {
        return Err(fault(TableFault::TooLarge));
    }
    let file = std::fs::File::open(path).map_err(Error::io(Action::Read, path))?;
    let mut bytes = Vec::new();
    file.take(LARGEST_FILE + 1).read_to_end(&mut bytes).map_err(Error::io(Action::Read, path))?;
    if bytes.len() as u64 > LARGEST_FILE {
        return Err(fault(TableFault::TooLarge));
    }
    of_bytes(bytes, wanted).map_err(fault)
}

/// Reads text that holds a table, as from standard input.
///
/// # Errors
/// The bytes are no table or text in another encoding.
pub fn of_bytes(bytes: Vec<u8>, wanted: Option<&str>) -> Result<Table, TableFault> {
    let is_zip = bytes.starts_with(b"PK\x03\x04");
    let is_compound = bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    if is_zip {
        check_unfolded(&bytes)?;
    }
    let table = match is_zip || is_compound {
        true => workbook(bytes, wanted)?,
        false => Table { rows: separated(&text(&bytes)?), ..Table::default() },
    };
    // Names in an old code would be taken as they look, which nobody could read.
    let cells = table.rows.iter().map(|row| row.join(" ")).collect::<Vec<_>>().join("\n");
    match legacy::of_text(&cells) {
        Some(code) => Err(TableFault::OldCode(code.name())),
        None => Ok(table),
    }
}

/// A small file can unfold to more than the memory holds; it is counted before it is read.
fn check_unfolded(bytes: &[u8]) -> Result<(), TableFault> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| TableFault::Unknown)?;
    let mut left = LARGEST_UNFOLDED;
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|_| TableFault::Unknown)?;
        let unfolded = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink());
        left = left.checked_sub(unfolded.map_err(|_| TableFault::Unknown)?).ok_or(TableFault::TooLarge)?;
    }
    Ok(())
}

fn workbook(bytes: Vec<u8>, wanted: Option<&str>) -> Result<Table, TableFault> {
    let mut book: Sheets<Cursor<Vec<u8>>> =
        calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| TableFault::Unknown)?;
    let names = book.sheet_names();
    let asked: Vec<&String> = match wanted {
        Some(wanted) => names.iter().filter(|name| name.trim() == wanted.trim()).collect(),
        None => names.iter().collect(),
    };
    if asked.is_empty() {
        return Err(TableFault::NoSheet(names));
    }
    let mut found = Table::default();
    for name in asked {
        let range = book.worksheet_range(name).map_err(|_| TableFault::Unknown)?;
        let first_row = range.start().map_or(0, |(row, _)| row as usize);
        // Empty rows above keep their places, so that lines are counted as in the sheet.
        let above = std::iter::repeat_n(Vec::new(), first_row);
        found.rows = above.chain(range.rows().map(|row| row.iter().map(cell).collect())).collect();
        found.sheet.clone_from(name);
        if !range.is_empty() {
            break;
        }
    }
    found.other_sheets = names.into_iter().filter(|name| *name != found.sheet).collect();
    Ok(found)
}

/// A cell as a person sees it: whole numbers without a point, days as days.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.trim().to_owned(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::Bool(yes) => yes.to_string(),
        Data::DateTime(day) => match day.as_datetime() {
            Some(at) => at.format("%d/%m/%Y").to_string(),
            None => day.to_string(),
        },
    }
}

/// The text of a file: UTF-8, with or without its mark, or UTF-16 with its mark.
fn text(bytes: &[u8]) -> Result<String, TableFault> {
    let units = |read: fn([u8; 2]) -> u16| {
        let (pairs, _) = bytes[2..].as_chunks::<2>();
        pairs.iter().map(|pair| read(*pair)).collect::<Vec<u16>>()
    };
    let wide = match bytes {
        [0xFF, 0xFE, ..] => Some(units(u16::from_le_bytes)),
        [0xFE, 0xFF, ..] => Some(units(u16::from_be_bytes)),
        _ => None,
    };
    let read = match wide {
        Some(units) => String::from_utf16(&units).map_err(|_| TableFault::Encoding)?,
        None => String::from_utf8(bytes.to_vec()).map_err(|_| {
            legacy::of_bytes(bytes).map_or(TableFault::Encoding, |code| TableFault::OldCode(code.name()))
        })?,
    };
    if read.contains('\0') {
        return Err(TableFault::Unknown);
    }
    Ok(read.trim_start_matches('\u{feff}').to_owned())
}

/// Rows of text with separators, of the sort that cuts most lines alike. Text without any is one cell a line.
fn separated(text: &str) -> Vec<Vec<String>> {
    let Some(separator) = separator(text) else {
        return text.lines().map(|line| vec![line.trim().to_owned()]).collect();
    };
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows: Vec<Vec<String>> = Vec::new();
    for record in reader.records().flatten() {
        // The reader passes over empty lines; they keep their places here.
        let line = record.position().map_or(0, |position| position.line() as usize);
        rows.resize(rows.len().max(line.saturating_sub(1)), Vec::new());
        rows.push(record.iter().map(|cell| cell.trim().to_owned()).collect());
    }
    rows
}

/// The separator that most lines have, the commonest number of times each.
fn separator(text: &str) -> Option<u8> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(50).collect();
    let alike = |separator: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| count(line, separator)).filter(|n| *n > 0).collect();
        counts.iter().map(|n| counts.iter().filter(|other| *other == n).count()).max().unwrap_or(0)
    };
    let best = [b'\t', b';', b','].into_iter().rev().max_by_key(|separator| alike(*separator))?;
    // Sentences have commas too; a table has as many in every line. Tabulators are no part of sentences.
    let least = match best {
        b'\t' => 1,
        b',' => lines.len(),
        _ => lines.len().div_ceil(2),
    };
    (alike(best) >= least.max(1)).then_some(best)
}

/// Separators of a line outside quotation marks.
fn count(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut found = 0;
    for byte in line.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            _ if byte == separator && !quoted => found += 1,
            _ => {}
        }
    }
    found
}
