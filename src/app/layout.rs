//! How many cells the parts of the screen have. The one place both the keys (a row up) and the drawing ask.
//! Knows no drawing.

/// From this width on the programme stands at the left.
pub const PROGRAMME_FROM: u16 = 100;
/// From this width on tasks and floor times stand at the right.
pub const TASKS_FROM: u16 = 130;
/// Below this a polite line takes the place of the screen.
pub const SMALLEST: (u16, u16) = (60, 16);

/// Cells of one row of the typing line, for a window of this size.
pub fn line_cells(size: (u16, u16)) -> usize {
    usize::from(size.0.saturating_sub(2)).max(1)
}
