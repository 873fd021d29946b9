//! Sizes and forms of the three worlds: Nghị định 30/2020/NĐ-CP phụ lục I for the State, Hướng dẫn 36-HD/VPTW and
//! 05-HD/VPTW for the Party, a plain layout for others (DOMAIN.md B.1 to B.3). Knows no XML.

use crate::domain::kinds::World;

/// Width of the text in twips: A4 less 30 mm and 15 mm.
pub const TEXT_WIDTH: u32 = 9354;
/// The columns of the head: 65 mm and 100 mm, of 3685 and 5669 twips.
pub const HEAD_LEFT: u32 = 3685;
pub const HEAD_RIGHT: u32 = TEXT_WIDTH - HEAD_LEFT;
/// The columns of the end, twips.
pub const END_LEFT: u32 = 4535;
pub const END_RIGHT: u32 = TEXT_WIDTH - END_LEFT;

/// What differs between the worlds. Sizes are half-points, as Word counts them.
pub struct Looks {
    pub world: World,
    pub body: u32,
    pub parent: u32,
    pub issuer: u32,
    /// The first line of the motto; the second is larger by one point.
    pub nation: u32,
    pub motto: u32,
    pub number: u32,
    pub about: u32,
    pub place_and_date: u32,
    pub name: u32,
    pub subject: u32,
    pub authority: u32,
    pub recipients_heading: u32,
    pub recipients: u32,
    pub table: u32,
    pub draft: u32,
    /// Line spacing in twentieths of a point, exact; `None` for single lines.
    pub exact_line: Option<u32>,
}

impl Looks {
    pub fn of(world: World) -> Looks {
        match world {
            World::State => Looks {
                world,
                body: 28,
                parent: 26,
                issuer: 26,
                nation: 26,
                motto: 28,
                number: 26,
                about: 24,
                place_and_date: 26,
                name: 28,
                subject: 28,
                authority: 28,
                recipients_heading: 24,
                recipients: 22,
                table: 24,
                draft: 28,
                exact_line: None,
            },
            World::Party => Looks {
                world,
                body: 28,
                parent: 28,
                issuer: 28,
                nation: 30,
                motto: 30,
                number: 28,
                about: 24,
                place_and_date: 28,
                name: 32,
                subject: 28,
                authority: 28,
                recipients_heading: 28,
                recipients: 24,
                table: 24,
                draft: 28,
                exact_line: Some(360),
            },
            World::Plain => Looks {
                world,
                body: 24,
                parent: 22,
                issuer: 26,
                nation: 24,
                motto: 24,
                number: 22,
                about: 22,
                place_and_date: 22,
                name: 32,
                subject: 26,
                authority: 24,
                recipients_heading: 22,
                recipients: 22,
                table: 22,
                draft: 24,
                exact_line: None,
            },
        }
    }
}
