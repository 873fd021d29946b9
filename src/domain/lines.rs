//! Corrections of recorded lines: their order and time, one line cut in two, several made one, lines taken out. What
//! names a line moves first. Knows no clock, no random source and no screen.

use chrono::NaiveDateTime;

use crate::domain::capture::{self, Known};
use crate::domain::deadline::Occasion;
use crate::domain::fact::{self, Way};
use crate::domain::fields::Record;
use crate::domain::followup;
use crate::domain::meeting::{Meeting, Note};
use crate::domain::value::{Number, Value};
use crate::text::fold::fold;

/// Moves neighbouring lines past the line above or below. At the border of a programme item they first go over into
/// the other item, so that no place between two lines is out of reach.
pub fn shift(meeting: &mut Meeting, notes: &[String], way: Way) {
    let chosen = |note: &Note| notes.contains(&note.id);
    let Some(first) = meeting.notes.iter().position(chosen) else { return };
    let Some(last) = meeting.notes.iter().rposition(chosen) else { return };
    let beside = match way {
        Way::Up => first.checked_sub(1),
        Way::Down => Some(last + 1),
    };
    let Some(beside) = beside.filter(|at| *at < meeting.notes.len()) else { return };
    let item = meeting.notes[beside].item.clone();
    let border = match way {
        Way::Up => first,
        Way::Down => last,
    };
    if meeting.notes[border].item != item {
        meeting.notes[first..=last].iter_mut().for_each(|note| note.item.clone_from(&item));
        return;
    }
    match way {
        Way::Up => meeting.notes[beside..=last].rotate_left(1),
        Way::Down => meeting.notes[first..=beside].rotate_right(1),
    }
}

/// Gives lines another time: the first of them `at`, the others as much later or earlier. The turn that a line began
/// begins then, and the turn before it ends then.
pub fn retime(meeting: &mut Meeting, notes: &[String], at: NaiveDateTime) {
    let chosen = |note: &&Note| notes.contains(&note.id);
    let Some(first) = meeting.notes.iter().find(chosen) else { return };
    let by = first.at.map_or(chrono::TimeDelta::zero(), |was| at - was);
    let mut moved: Vec<(String, NaiveDateTime, NaiveDateTime)> = Vec::new();
    for note in meeting.notes.iter_mut().filter(|note| notes.contains(&note.id)) {
        let now = note.at.map_or(at, |was| was + by);
        if let Some(was) = note.at.replace(now) {
            moved.push((note.speaker.clone(), was, now));
        }
    }
    // From the end that is moved towards, so that no turn is pushed over one that moves later.
    if by > chrono::TimeDelta::zero() {
        moved.reverse();
    }
    for (speaker, was, now) in moved {
        begin_turn_at(meeting, &speaker, was, now);
    }
}

fn begin_turn_at(meeting: &mut Meeting, speaker: &str, was: NaiveDateTime, now: NaiveDateTime) {
    let begun = |turn: &crate::domain::meeting::Turn| turn.from == Some(was) && turn.speaker == speaker;
    let Some(turn) = meeting.turns.iter().position(begun) else { return };
    let before = meeting.turns.iter().position(|other| other.to == Some(was) && other.from < Some(was));
    let fits = meeting.turns[turn].to.is_none_or(|to| now <= to)
        && before.is_none_or(|before| meeting.turns[before].from.is_none_or(|from| from <= now));
    if !fits {
        return;
    }
    meeting.turns[turn].from = Some(now);
    if let Some(before) = before {
        meeting.turns[before].to = Some(now);
    }
}

/// Cuts a line in two at a byte of its text; the second part gets the id `fresh`. What the record took from the words
/// that are in the second part alone goes with it. `false` when one part would be empty.
pub fn split(meeting: &mut Meeting, note: &str, at: usize, fresh: &str, known: &[Known]) -> bool {
    let Some(place) = meeting.notes.iter().position(|line| line.id == note) else { return false };
    let whole = meeting.notes[place].text.clone();
    let Some((head, tail)) = whole.split_at_checked(at) else { return false };
    // A stop at the cut ends the first part.
    let stop = tail.trim_start_matches([';', ',', '.']);
    let (head, tail) = (whole[..head.len() + tail.len() - stop.len()].trim(), stop.trim());
    if head.is_empty() || tail.is_empty() {
        return false;
    }
    let halves = Halves { head: fold(head), tail: fold(tail) };
    let second = Note {
        id: fresh.to_owned(),
        text: tail.to_owned(),
        task: String::new(),
        extra: Default::default(),
        ..meeting.notes[place].clone()
    };
    meeting.notes.insert(place + 1, second);
    let said = Occasion::on(meeting.head.date.unwrap_or_default());
    let owned = |text: &str| capture::read(text, known, &said);
    let (of_head, of_tail) = (owned(head), owned(tail));
    for task in meeting.tasks.iter_mut().filter(|task| task.note == note) {
        let names = |captured: &capture::Captured| {
            let mut owners = captured.lead.iter().map(|owner| owner.id.as_ref().unwrap_or(&owner.text));
            owners.any(|owner| task.lead.contains(owner))
        };
        let goes = match task.quote == whole {
            true => names(&of_tail) && !names(&of_head),
            false => halves.only_in_tail([task.quote.as_str()]),
        };
        if !goes {
            continue;
        }
        if task.quote == whole {
            if task.content == whole || task.content == owned(&whole).content {
                task.content.clone_from(&of_tail.content);
            }
            tail.clone_into(&mut task.quote);
        }
        fresh.clone_into(&mut task.note);
    }
    for row in meeting.conclusions.iter_mut().filter(|row| row.note == note && row.text != whole) {
        halves.follow(&mut row.note, fresh, [row.text.as_str()]);
    }
    for row in meeting.votes.iter_mut().filter(|row| row.note == note) {
        halves.follow(&mut row.note, fresh, [row.question.as_str()]);
    }
    for row in meeting.documents.iter_mut().filter(|row| row.note == note) {
        halves.follow(&mut row.note, fresh, [row.number.as_str(), row.title.as_str()]);
    }
    for row in meeting.figures.iter_mut().filter(|row| row.note == note) {
        let value = row.value.map(Number::official).unwrap_or_default();
        halves.follow(&mut row.note, fresh, [value.as_str(), row.name.as_str()]);
    }
    for row in meeting.awards.iter_mut().filter(|row| row.note == note) {
        halves.follow(&mut row.note, fresh, [row.title.as_str()]);
    }
    rewrite(meeting, note, head, known);
    true
}

/// The folded words of both parts of a line.
struct Halves {
    head: String,
    tail: String,
}

impl Halves {
    /// Whether the first of these words that the line has is in its second part only.
    fn only_in_tail<const N: usize>(&self, words: [&str; N]) -> bool {
        let said = words.iter().map(|words| fold(words.trim())).filter(|words| !words.is_empty());
        let mut found = said.map(|words| (self.head.contains(&words), self.tail.contains(&words)));
        found.find(|(head, tail)| *head || *tail) == Some((false, true))
    }

    fn follow<const N: usize>(&self, note: &mut String, fresh: &str, words: [&str; N]) {
        if self.only_in_tail(words) {
            fresh.clone_into(note);
        }
    }
}

/// Why lines are not made one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Apart {
    /// Fewer than two.
    Single,
    /// Two people said them.
    Speakers,
}

/// Makes lines one: the first takes the words of the others, and everything that named those. A conclusion that says
/// no more than its line becomes part of the first one's.
///
/// # Errors
/// Lines of different people stay apart, and a single line is one already.
pub fn join(meeting: &mut Meeting, notes: &[String], known: &[Known]) -> Result<(), Apart> {
    let lines: Vec<&Note> = meeting.notes.iter().filter(|note| notes.contains(&note.id)).collect();
    let [first, others @ ..] = lines.as_slice() else { return Err(Apart::Single) };
    if others.is_empty() {
        return Err(Apart::Single);
    }
    let mut speakers = lines.iter().map(|note| note.speaker.as_str()).filter(|speaker| !speaker.is_empty());
    let speaker = speakers.next().unwrap_or("").to_owned();
    if speakers.any(|other| other != speaker) {
        return Err(Apart::Speakers);
    }
    let text = lines.iter().map(|note| note.text.trim()).collect::<Vec<_>>().join(" ");
    let kind = lines.iter().find_map(|note| note.kind);
    let told = lines.iter().map(|note| &note.task).find(|task| !task.is_empty()).cloned().unwrap_or_default();
    let (confidential, doubt) =
        (lines.iter().any(|note| note.confidential), lines.iter().any(|note| note.doubt));
    let into = first.id.clone();
    let gone: Vec<(String, String)> =
        others.iter().map(|note| (note.id.clone(), note.text.clone())).collect();
    for (id, words) in &gone {
        join_conclusions(meeting, &into, id, words);
        lead_to(meeting, id, Some(&into));
    }
    rewrite(meeting, &into, &text, known);
    if let Some(note) = meeting.notes.iter_mut().find(|note| note.id == into) {
        (note.speaker, note.kind, note.task) = (speaker, kind, told);
        (note.confidential, note.doubt) = (confidential, doubt);
    }
    meeting.notes.retain(|note| !gone.iter().any(|(id, _)| *id == note.id));
    Ok(())
}

fn join_conclusions(meeting: &mut Meeting, into: &str, from: &str, words: &str) {
    let first = meeting.note(into).map(|note| note.text.clone()).unwrap_or_default();
    let of = |note: &str, text: &str| {
        let row = meeting.conclusions.iter().find(|row| row.note == note && row.text == text);
        row.map(|row| row.id.clone())
    };
    let (Some(kept), Some(part)) = (of(into, &first), of(from, words)) else { return };
    fact::rest_on(meeting, &part, Some(&kept));
    meeting.conclusions.retain(|row| row.id != part);
}

/// Lets everything that names line `old` name `new`, or nothing.
fn lead_to(meeting: &mut Meeting, old: &str, new: Option<&str>) {
    for table in Meeting::TABLES {
        let Some(rows) = meeting.rows_mut(table) else { continue };
        for at in 0..rows.len() {
            let Some(row) = rows.row_mut(at) else { continue };
            for key in ["note", "target"] {
                if matches!(row.get(key), Some(Value::Text(note)) if note == old)
                    && (key == "note" || new.is_some())
                {
                    row.put(key, new.map(|new| Value::Text(new.to_owned())));
                }
            }
        }
    }
    fact::rest_on(meeting, old, new);
}

/// Removes lines with the conclusions made of them, and with tasks that nobody has followed up. What stays and named
/// them, a task with its history or a vote, loses the reference first.
pub fn remove(meeting: &mut Meeting, notes: &[String]) {
    let gone = |note: &str| notes.iter().any(|id| id == note);
    let concluded = meeting.conclusions.iter().filter(|row| gone(&row.note));
    let ended: Vec<String> = concluded.map(|row| row.id.clone()).collect();
    meeting.conclusions.retain(|conclusion| !gone(&conclusion.note));
    meeting.tasks.retain(|task| !gone(&task.note) || followup::has_history(task));
    for id in &ended {
        fact::rest_on(meeting, id, None);
    }
    meeting.notes.retain(|note| !gone(&note.id));
    for note in notes {
        lead_to(meeting, note, None);
    }
}

/// Changes a line's words; conclusions and tasks that had the same words follow.
pub fn rewrite(meeting: &mut Meeting, note: &str, text: &str, known: &[Known]) {
    // Only the words are wanted here, not the day they mean.
    let said = Occasion::on(meeting.head.date.unwrap_or_default());
    let Some(line) = meeting.notes.iter_mut().find(|line| line.id == note) else { return };
    let old = std::mem::replace(&mut line.text, text.to_owned());
    for conclusion in meeting.conclusions.iter_mut().filter(|c| c.note == note && c.text == old) {
        conclusion.text = text.to_owned();
    }
    for task in meeting.tasks.iter_mut().filter(|task| task.note == note && task.quote == old) {
        let was_read = capture::read(&old, known, &said).content;
        task.quote = text.to_owned();
        if task.content == was_read || task.content == old {
            task.content = capture::read(text, known, &said).content;
        }
    }
}

#[cfg(test)]
mod tests;
