//! Progress sheet: how the tasks of a meeting stand on a day, open ones in a table (official boxes, days late). Knows no
//! file format.

use crate::domain::board::StateCounts;
use crate::export::desk::{Desk, small};
use crate::export::follow::by_urgency;
use crate::export::tree::{Block, Style};

pub fn progress(desk: &Desk<'_>) -> Vec<Block> {
    let title = small(desk.meeting.head.title.trim());
    let own = desk.meeting_as_amended();
    let mut rows = desk.rows([&own]);
    let counts = StateCounts::of(&rows);
    let day = desk.long(desk.order.today);
    let subject = desk.fill("paper.progress_subject", &[("title", title)]);
    let mut blocks = vec![desk.header(), desk.title(&subject)];
    let text = desk.fill("paper.progress_counts", &[("day", day.as_str()), ("boxes", &desk.boxes(&counts))]);
    blocks.push(Block::Text(Style::Body, text.into()));
    rows.retain(|row| row.state.is_open());
    by_urgency(&mut rows);
    if rows.is_empty() {
        blocks.push(Block::Text(Style::Body, desk.say("paper.nothing_open").into()));
    } else {
        blocks.push(Block::Text(Style::Label, desk.say("paper.open_tasks").into()));
        blocks.push(desk.standing_table(&rows));
    }
    blocks.extend(desk.withheld_remark());
    blocks.extend(desk.signed());
    blocks
}
