//! Papers out of the record: a meeting becomes a neutral tree of blocks, the tree becomes a file. Pure: records in,
//! bytes out. Must not know files, screens or the clock.

mod assigned;
mod attendance;
mod corrected;
mod csv;
mod desk;
pub mod docx;
mod extract;
mod facts;
mod follow;
mod frame;
mod gloss;
pub mod grid;
pub mod html;
mod ics;
mod invitation;
pub mod kind;
mod labels;
pub mod markdown;
mod minutes;
mod names;
mod notice;
mod opening;
pub mod plain_text;
mod progress;
pub mod public;
mod review;
pub mod safe;
pub mod tasks;
pub mod tree;
mod urging;
mod xlsx;

pub use desk::{Material, Order};
pub use kind::{Format, ListFormat, PaperKind};
pub use public::Audience;
pub use tasks::TaskLine;

use chrono::NaiveDate;

use crate::words::Words;
use desk::Desk;
use tree::{Block, Paper};

/// Writes the paper that is ordered.
pub fn paper(order: Order<'_>, material: Material<'_>) -> Paper {
    let desk = Desk::new(order, material);
    let mut blocks = blocks(&desk);
    gloss::gloss(&mut blocks, &desk.committee.abbreviations);
    Paper {
        world: desk.world(),
        language: desk.language(),
        file_name: desk.file_name(),
        title: desk.file_title(),
        author: desk.committee_name(),
        day: desk.day_of_paper(),
        blocks,
    }
}

fn blocks(desk: &Desk<'_>) -> Vec<Block> {
    match desk.order.kind {
        PaperKind::Minutes => minutes::minutes(desk),
        PaperKind::Notice => notice::notice(desk),
        PaperKind::Extract => extract::extract(desk),
        PaperKind::Progress => progress::progress(desk),
        PaperKind::Urging => urging::urging(desk),
        PaperKind::Opening => opening::opening(desk),
        PaperKind::Attendance => attendance::attendance(desk),
        PaperKind::Signing => attendance::signing(desk),
        PaperKind::Invitation => invitation::invitation(desk),
        PaperKind::Review => review::review(desk),
    }
}

/// The units that a paper of this sort may go to: those with tasks of the meeting, or with overdue tasks. None for
/// papers that go to everybody.
pub fn units(order: Order<'_>, material: Material<'_>) -> Vec<String> {
    let desk = Desk::new(order, material);
    match order.kind {
        PaperKind::Extract => extract::units(&desk),
        PaperKind::Urging => urging::late_units(&desk),
        _ => Vec::new(),
    }
}

/// Whether a paper for the ordered unit would have something to say.
pub fn concerns(order: Order<'_>, material: Material<'_>) -> bool {
    let desk = Desk::new(order, material);
    match order.kind {
        PaperKind::Extract => extract::has_tasks(&desk),
        PaperKind::Urging => urging::is_late(&desk),
        _ => true,
    }
}

/// The paper as a file of a format. Spreadsheets hold its tables alone.
pub fn render(paper: &Paper, format: Format, words: &Words) -> Result<Vec<u8>, NotMade> {
    match format {
        Format::Markdown => Ok(markdown::render(paper).into_bytes()),
        Format::Html => Ok(html::render(paper).into_bytes()),
        Format::Text => Ok(plain_text::render(paper).into_bytes()),
        Format::Docx => docx::render(paper).map_err(|cause| NotMade::Container(cause.to_string())),
        Format::Csv => Ok(csv::render(&tables(paper)?, paper.language).into_bytes()),
        Format::Xlsx => {
            let about = xlsx::About { title: &paper.title, author: &paper.author, day: paper.day };
            xlsx::render(&tables(paper)?, &[], &about, words)
                .map_err(|cause| NotMade::Container(cause.to_string()))
        }
    }
}

fn tables(paper: &Paper) -> Result<Vec<grid::Grid>, NotMade> {
    Some(grid::of_paper(paper)).filter(|grids| !grids.is_empty()).ok_or(NotMade::NoTable)
}

/// Tasks as a file of a format; the day is the one its times are fixed at.
pub fn render_tasks(
    lines: &[TaskLine<'_>],
    format: ListFormat,
    day: NaiveDate,
    words: &Words,
) -> Result<Vec<u8>, NotMade> {
    match format {
        ListFormat::Csv => Ok(csv::render(&[grid::tasks(lines, words)], words.language).into_bytes()),
        ListFormat::Ics => Ok(ics::render(lines, words).into_bytes()),
        ListFormat::Xlsx => {
            let about = xlsx::About { title: words.get("sheet.tasks"), author: "steerco", day };
            let made = xlsx::render(&[grid::tasks(lines, words)], &grid::by_unit(lines), &about, words);
            made.map_err(|cause| NotMade::Container(cause.to_string()))
        }
    }
}

/// Why a file was not made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotMade {
    /// A spreadsheet of a paper without tables.
    NoTable,
    /// The library that makes the container refused, in its words.
    Container(String),
}
