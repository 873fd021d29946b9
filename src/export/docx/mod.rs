//! A paper as a Word document (Office Open XML, transitional): real styles and numbering, so that a clerk can edit it.
//! Knows the tree alone. The same tree gives the same bytes.

mod body;
mod looks;
mod parts;
mod styles;
mod times;

use std::io::{Cursor, Write};

use chrono::Datelike;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::export::tree::Paper;
use looks::Looks;

/// The paper as the bytes of a DOCX file.
pub fn render(paper: &Paper) -> Result<Vec<u8>, ZipError> {
    let looks = Looks::of(paper.world);
    let body = body::document(paper, &looks);
    let files = [
        ("[Content_Types].xml", parts::CONTENT_TYPES.to_owned()),
        ("_rels/.rels", parts::PACKAGE_RELATIONS.to_owned()),
        ("docProps/core.xml", parts::core(paper)),
        ("docProps/app.xml", parts::APP.to_owned()),
        ("word/document.xml", body.xml),
        ("word/_rels/document.xml.rels", parts::DOCUMENT_RELATIONS.to_owned()),
        ("word/styles.xml", styles::styles(paper.language, &looks)),
        ("word/numbering.xml", parts::numbering(body.lists, &looks)),
        ("word/settings.xml", parts::settings(paper.language)),
        ("word/fontTable.xml", parts::FONTS.to_owned()),
        ("word/theme/theme1.xml", parts::THEME.to_owned()),
        ("word/header1.xml", parts::HEADER_WITH_NUMBER.to_owned()),
        ("word/header2.xml", parts::HEADER_OF_FIRST_PAGE.to_owned()),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // Word for Mac warns of entries without permissions; a fixed time makes the bytes the same each time.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .unix_permissions(0o644)
        .last_modified_time(day_of(paper));
    for (name, text) in files {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes()).map_err(ZipError::Io)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The day of the paper as a ZIP file can spell it: from 1980 on.
fn day_of(paper: &Paper) -> DateTime {
    let (month, day) =
        (u8::try_from(paper.day.month()).unwrap_or(1), u8::try_from(paper.day.day()).unwrap_or(1));
    let year = u16::try_from(paper.day.year()).unwrap_or(1980);
    DateTime::from_date_and_time(year, month, day, 0, 0, 0).unwrap_or_default()
}
