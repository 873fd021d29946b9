//! What was read out of a sentence, as chips: owners, who supports, and the deadline with its weekday and how far it is.
//! Under the split's clauses, and over the input line while a task is typed.

use crate::app::App;
use crate::app::meeting::due::{Due, due_of, short_due};
use crate::app::meeting::mark::{self, Mark};
use crate::app::popup::{Clause, Tone};
use crate::app::view::text::{Piece, clean};
use crate::domain::capture::{self, Captured};
use crate::domain::deadline::Occasion;
use crate::domain::kinds::DueKind;
use crate::domain::meeting::Meeting;
use crate::text::width::clip;

/// The chips of the task that is being typed behind `!`; `None` while no task is.
pub fn typed_task(app: &App, meeting: &Meeting) -> Option<Vec<Piece>> {
    if app.meeting.literal || app.meeting.editing.is_some() {
        return None;
    }
    let Mark::Task(words) = mark::read(app.meeting.line.text()) else { return None };
    if words.is_empty() {
        return None;
    }
    let said = app.occasion(meeting);
    let captured = capture::read_line(words, &app.known_units(meeting), &said);
    let due = short_due(&captured.due_words)
        .unwrap_or_else(|| due_of(captured.deadline.as_ref(), &captured.due_words));
    let mut chips = vec![Piece::new(app.desk.words.get("ui.task_mark").to_owned(), Tone::Heading)];
    chips.extend(pieces(app, &captured, None, &due, &said));
    Some(chips)
}

/// The chips of a clause in the split.
pub fn clause_chips(app: &App, clause: &Clause) -> Vec<Piece> {
    let said = app.occasion_here();
    let inherited = clause.inherited.then(|| app.desk.words.get("ui.inherited"));
    let due = match clause.no_deadline {
        true => Due { kind: Some(DueKind::None), ..Due::default() },
        false => due_of(clause.captured.deadline.as_ref(), &clause.captured.due_words),
    };
    pieces(app, &clause.captured, inherited, &due, &said)
}

/// Chips with a blank before each but the first.
fn pieces(app: &App, captured: &Captured, inherited: Option<&str>, due: &Due, said: &Occasion) -> Vec<Piece> {
    let words = &app.desk.words;
    let named = |owners: &[capture::Owner], cells| {
        let names: Vec<&str> = owners.iter().map(|owner| owner.text.as_str()).collect();
        clip(&clean(&names.join(", ")), cells)
    };
    let owners = match (captured.lead.is_empty(), inherited) {
        (true, _) => Piece::new(format!(" [{}]", words.get("ui.owner_missing")), Tone::Warning),
        (false, Some(inherited)) => Piece::plain(format!(" [{}, {inherited}]", named(&captured.lead, 30))),
        (false, None) => Piece::plain(format!(" [{}]", named(&captured.lead, 40))),
    };
    let mut chips = vec![owners];
    if !captured.support.is_empty() {
        chips.push(Piece::plain(format!(" [+ {}]", named(&captured.support, 40))));
    }
    chips.push(deadline(app, due, said));
    chips
}

fn deadline(app: &App, due: &Due, said: &Occasion) -> Piece {
    let words = &app.desk.words;
    if due.kind.is_none() {
        let text = match due.words.is_empty() {
            true => words.get("ui.deadline_missing").to_owned(),
            false => format!("{}?", clip(&clean(&due.words), 30)),
        };
        return Piece::new(format!(" [{text}]"), Tone::Warning);
    }
    let (told, tone) = app.due_chip(due, said);
    Piece::new(format!(" [{told}]"), tone)
}
