//! Home: what needs attention and the meetings. Knows no drawing and no file.

use crate::text::field::TextField;

/// The state of Home.
#[derive(Clone, Debug, Default)]
pub struct HomePlace {
    pub filter: TextField,
    /// Place in the list of meetings as shown.
    pub selected: usize,
}
