//! Grids as an Excel workbook: real days and numbers, a frozen heading row with filters, and for tasks a sheet with
//! charts by unit. Texts are texts: nothing is computed but the charts.

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    Chart, ChartType, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use crate::export::grid::{Cell, Grid, UnitCount};
use crate::export::safe::one_line;
use crate::words::Words;

/// Characters a cell can hold.
const LONGEST: usize = 32_000;
/// Units in a chart; the sheet has all of them.
const CHARTED: u32 = 40;

/// What the file says of itself.
pub struct About<'a> {
    pub title: &'a str,
    pub author: &'a str,
    /// The day its times are fixed at.
    pub day: NaiveDate,
}

/// The grids as sheets, with a sheet of charts when there are counts by unit.
pub fn render(
    grids: &[Grid],
    units: &[UnitCount],
    about: &About<'_>,
    words: &Words,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new().set_title(one_line(about.title)).set_author(one_line(about.author));
    workbook.set_properties(&properties.set_creation_datetime(&day(about.day)?));
    for (at, grid) in grids.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(sheet_name(&grid.name, at, words))?;
        write(sheet, grid)?;
    }
    if !units.is_empty() {
        let name = sheet_name(words.get("sheet.by_unit"), grids.len(), words);
        let sheet = workbook.add_worksheet();
        sheet.set_name(&name)?;
        charts(sheet, units, &name, words)?;
    }
    workbook.save_to_buffer()
}

fn day(day: NaiveDate) -> Result<ExcelDateTime, XlsxError> {
    // Excel's days begin in 1900.
    let year = u16::try_from(day.year()).unwrap_or(1900).clamp(1900, 9999);
    ExcelDateTime::from_ymd(
        year,
        u8::try_from(day.month()).unwrap_or(1),
        u8::try_from(day.day()).unwrap_or(1),
    )
}

/// A name that a sheet may have: at most 31 characters, none of `[]:*?/\`.
fn sheet_name(name: &str, at: usize, words: &Words) -> String {
    let name: String = one_line(name).chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect();
    match name.trim() {
        "" => format!("{} {}", words.get("sheet.sheet"), at + 1),
        name => name.to_owned(),
    }
}

fn heading() -> Format {
    Format::new().set_bold().set_text_wrap().set_border(FormatBorder::Thin).set_align(FormatAlign::Center)
}

fn write(sheet: &mut Worksheet, grid: &Grid) -> Result<(), XlsxError> {
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let date = Format::new().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Top);
    let number = Format::new().set_align(FormatAlign::Top);
    for (column, at) in grid.columns.iter().zip(0_u16..) {
        sheet.write_string_with_format(0, at, clipped(&column.name), &heading())?;
        sheet.set_column_width(at, f64::from(column.width))?;
    }
    for (line, row) in grid.rows.iter().zip(1_u32..) {
        for (cell, at) in row_cells(line) {
            match cell {
                Cell::Text(words) => sheet.write_string_with_format(row, at, clipped(words), &text)?,
                Cell::Number(value) => sheet.write_number_with_format(row, at, *value, &number)?,
                Cell::Day(value) if value.year() < 1900 => {
                    sheet.write_string_with_format(row, at, value.to_string(), &text)?
                }
                Cell::Day(value) => sheet.write_datetime_with_format(row, at, day(*value)?, &date)?,
                Cell::Empty => continue,
            };
        }
    }
    let last_column = u16::try_from(grid.columns.len().saturating_sub(1)).unwrap_or(0);
    let last_row = u32::try_from(grid.rows.len()).unwrap_or(0);
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, last_row, last_column)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_landscape();
    sheet.set_paper_size(9);
    sheet.set_print_fit_to_pages(1, 0);
    Ok(())
}

fn row_cells(line: &[Cell]) -> impl Iterator<Item = (&Cell, u16)> {
    line.iter().zip(0_u16..)
}

fn clipped(text: &str) -> String {
    one_line(text).chars().take(LONGEST).collect()
}

/// The counts by unit, the share done on time and two charts of them.
fn charts(sheet: &mut Worksheet, units: &[UnitCount], name: &str, words: &Words) -> Result<(), XlsxError> {
    let names = [
        ("paper.column_unit", 34.0),
        ("paper.column_total", 10.0),
        ("paper.column_done_on_time", 14.0),
        ("paper.column_done_late", 14.0),
        ("paper.column_open_in_time", 14.0),
        ("paper.column_open_overdue", 14.0),
        ("paper.column_on_time_share", 14.0),
    ];
    for ((key, width), at) in names.iter().zip(0_u16..) {
        sheet.write_string_with_format(0, at, words.get(key), &heading())?;
        sheet.set_column_width(at, *width)?;
    }
    let percent = Format::new().set_num_format("0.0%");
    for (unit, row) in units.iter().zip(1_u32..) {
        sheet.write_string(row, 0, clipped(&unit.unit))?;
        let counts = [unit.total(), unit.done_on_time, unit.done_late, unit.open_in_time, unit.open_overdue];
        for (count, at) in counts.iter().zip(1_u16..) {
            sheet.write_number(row, at, *count as f64)?;
        }
        if let Some(share) = unit.share() {
            sheet.write_number_with_format(row, 6, share, &percent)?;
        }
    }
    let rows = u32::try_from(units.len()).unwrap_or(u32::MAX);
    sheet.set_freeze_panes(1, 0)?;
    sheet.autofilter(0, 0, rows, 6)?;
    let charted = rows.min(CHARTED);
    let mut share = Chart::new(ChartType::Bar);
    share.title().set_name(words.get("paper.column_on_time_share"));
    share
        .add_series()
        .set_categories((name, 1, 0, charted, 0))
        .set_values((name, 1, 6, charted, 6))
        .set_name((name, 0, 6));
    share.legend().set_hidden();
    share.set_width(620).set_height(220 + 18 * charted);
    sheet.insert_chart(1, 8, &share)?;
    let mut boxes = Chart::new(ChartType::BarStacked);
    boxes.title().set_name(words.get("sheet.by_unit"));
    for column in 2..=5_u16 {
        boxes
            .add_series()
            .set_categories((name, 1, 0, charted, 0))
            .set_values((name, 1, column, charted, column))
            .set_name((name, 0, column));
    }
    boxes.set_width(620).set_height(220 + 18 * charted);
    sheet.insert_chart(16 + charted, 8, &boxes)?;
    Ok(())
}
