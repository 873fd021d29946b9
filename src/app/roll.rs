//! The Roll: who was called and who came. Knows no drawing and no file.

use crate::text::field::TextField;

/// The state of the Roll; the meeting is the one of the Meeting place.
#[derive(Clone, Debug, Default)]
pub struct RollPlace {
    /// Words that find a seat or a site, and what follows them (`hoa m`, `kt 25`).
    pub line: TextField,
    /// Id of the selected seat.
    pub selected: String,
    pub show: RollShow,
}

/// Which seats are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RollShow {
    #[default]
    All,
    NotCalledYet,
}
