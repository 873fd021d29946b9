//! Papers out of the record: a meeting becomes a neutral tree of blocks, the tree becomes a file. Pure: records in,
//! bytes out. Must not know files, screens or the clock.

mod assigned;
mod corrected;
mod desk;
mod facts;
mod frame;
mod gloss;
pub mod html;
pub mod kind;
mod labels;
pub mod markdown;
mod minutes;
mod names;
mod notice;
pub mod plain_text;
pub mod public;
mod safe;
pub mod tree;

pub use desk::{Material, Order};
pub use kind::{Format, PaperKind};
pub use public::Audience;

use desk::Desk;
use tree::Paper;

/// Writes the paper that is ordered.
pub fn paper(order: Order<'_>, material: Material<'_>) -> Paper {
    let desk = Desk::new(order, material);
    let mut blocks = match order.kind {
        PaperKind::Notice => notice::notice(&desk),
        _ => minutes::minutes(&desk),
    };
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

/// The paper as a file of a format.
pub fn render(paper: &Paper, format: Format) -> Vec<u8> {
    match format {
        Format::Markdown => markdown::render(paper).into_bytes(),
        Format::Html => html::render(paper).into_bytes(),
        Format::Text => plain_text::render(paper).into_bytes(),
        Format::Docx => Vec::new(),
    }
}
