//! Papers out of the record: a meeting becomes a neutral tree of blocks, the tree becomes a file. Pure: records in,
//! bytes out. Must not know files, screens or the clock.

mod assigned;
mod corrected;
mod desk;
pub mod docx;
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

/// The paper as a file of a format; an error only when its container cannot be put together.
pub fn render(paper: &Paper, format: Format) -> Result<Vec<u8>, NotMade> {
    match format {
        Format::Markdown => Ok(markdown::render(paper).into_bytes()),
        Format::Html => Ok(html::render(paper).into_bytes()),
        Format::Text => Ok(plain_text::render(paper).into_bytes()),
        Format::Docx => docx::render(paper).map_err(|cause| NotMade(cause.to_string())),
    }
}

/// Why a file could not be put together, in the words of the library that makes its container.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotMade(pub String);
