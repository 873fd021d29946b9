//! The floor: whose turn it is, how long each person and unit spoke, and the numbers speakers go by.
//! A speaker is a seat's id or free text. Knows no clock (moments come in), no random source, no screen.

use std::collections::HashSet;

use chrono::NaiveDateTime;

use crate::domain::kinds::{ItemKind, TurnKind};
use crate::domain::meeting::{Meeting, Turn};
use crate::domain::programme::pauses;
use crate::domain::stretch::{self, Stretch};

/// Gives the floor to `speaker` under `item`: the running turn ends and a new one with the id `new_id` begins.
/// The same speaker under the same item goes on with the turn; an empty speaker only ends it.
pub fn take_floor(meeting: &mut Meeting, speaker: &str, item: &str, now: NaiveDateTime, new_id: String) {
    let speaker = speaker.trim();
    let goes_on = |turn: &Turn| turn.speaker == speaker && turn.item == item;
    if !speaker.is_empty() && open_turn(meeting).is_some_and(goes_on) {
        return;
    }
    end_turn(meeting, now);
    if speaker.is_empty() {
        return;
    }
    let kind = meeting.item(item).and_then(|item| item.kind).map_or(TurnKind::Contribution, turn_kind);
    meeting.turns.push(Turn {
        id: new_id,
        item: item.to_owned(),
        speaker: speaker.to_owned(),
        kind: Some(kind),
        from: Some(now),
        ..Turn::default()
    });
}

/// Ends the running turn, never before it began.
pub fn end_turn(meeting: &mut Meeting, now: NaiveDateTime) {
    for turn in meeting.turns.iter_mut().filter(|turn| is_open(turn)) {
        turn.to = turn.from.map(|from| now.max(from));
    }
}

/// Puts a corrected turn in the place of the one with its id, or a new one among the others by time. A turn that ended
/// when the corrected one began, or began when it ended, still does.
pub fn correct(meeting: &mut Meeting, turn: Turn) {
    let Some(at) = meeting.turns.iter().position(|known| known.id == turn.id) else {
        let later = |known: &Turn| known.from > turn.from;
        let place = meeting.turns.iter().position(later).unwrap_or(meeting.turns.len());
        meeting.turns.insert(place, turn);
        return;
    };
    let was = std::mem::replace(&mut meeting.turns[at], turn.clone());
    for (place, other) in meeting.turns.iter_mut().enumerate().filter(|(place, _)| *place != at) {
        if place < at && other.to.is_some() && other.to == was.from && other.from <= turn.from {
            other.to = turn.from;
        }
        let goes_on = turn.to.is_some() && (other.to.is_none() || turn.to <= other.to);
        if place > at && was.to.is_some() && other.from == was.to && goes_on {
            other.from = turn.to;
        }
    }
}

/// The turn that is running, if somebody has the floor.
pub fn open_turn(meeting: &Meeting) -> Option<&Turn> {
    meeting.turns.iter().rev().find(|turn| is_open(turn))
}

fn is_open(turn: &Turn) -> bool {
    turn.from.is_some() && turn.to.is_none()
}

/// What a turn is under an item of this kind.
pub fn turn_kind(item: ItemKind) -> TurnKind {
    match item {
        ItemKind::Report => TurnKind::Report,
        ItemKind::Paper => TurnKind::Paper,
        ItemKind::Conclusion => TurnKind::Conclusion,
        ItemKind::GuidanceAddress | ItemKind::Opening | ItemKind::Closing => TurnKind::Address,
        ItemKind::Response => TurnKind::Reply,
        _ => TurnKind::Contribution,
    }
}

/// Seconds `speaker` had the floor, breaks of the meeting left out; a running turn counts up to `now`.
pub fn speaking_seconds(meeting: &Meeting, speaker: &str, now: NaiveDateTime) -> i64 {
    let turns = timed_turns(meeting, now).into_iter();
    let own = turns.filter(|(who, _)| *who == speaker).map(|(_, stretch)| stretch).collect();
    stretch::seconds(own, &pauses(meeting, now))
}

/// Who spoke for how many seconds, the longest first; of equal ones the first to speak.
pub fn by_person(meeting: &Meeting, now: NaiveDateTime) -> Vec<(&str, i64)> {
    let mut stretches: Vec<(&str, Vec<Stretch>)> = Vec::new();
    for (speaker, stretch) in timed_turns(meeting, now) {
        match stretches.iter_mut().find(|(who, _)| *who == speaker) {
            Some((_, own)) => own.push(stretch),
            None => stretches.push((speaker, vec![stretch])),
        }
    }
    let pauses = pauses(meeting, now);
    let seconds = |(speaker, own)| (speaker, stretch::seconds(own, &pauses));
    longest_first(stretches.into_iter().map(seconds).collect())
}

/// Speaking seconds added up by unit, the longest first. The unit is the seat's `unit`, an id or text; speakers
/// without a seat or a unit come together under the empty text.
pub fn by_unit(meeting: &Meeting, now: NaiveDateTime) -> Vec<(&str, i64)> {
    let mut units: Vec<(&str, i64)> = Vec::new();
    for (speaker, seconds) in by_person(meeting, now) {
        let unit = meeting.seat(speaker).map_or("", |seat| seat.unit.as_str());
        match units.iter_mut().find(|(known, _)| *known == unit) {
            Some((_, sum)) => *sum += seconds,
            None => units.push((unit, seconds)),
        }
    }
    longest_first(units)
}

fn longest_first(mut rows: Vec<(&str, i64)>) -> Vec<(&str, i64)> {
    rows.sort_by_key(|(_, seconds)| std::cmp::Reverse(*seconds));
    rows
}

/// Every turn with a speaker as a stretch; one without an end runs until the next turn of anybody, the last to `now`.
fn timed_turns(meeting: &Meeting, now: NaiveDateTime) -> Vec<(&str, Stretch)> {
    let now = meeting.head.closed.map_or(now, |closed| now.min(closed));
    let timed = meeting.turns.iter().filter(|turn| turn.from.is_some());
    let from_to: Vec<_> = timed.clone().map(|turn| (turn.from, turn.to)).collect();
    let speakers = timed.map(|turn| turn.speaker.as_str());
    let turns = speakers.zip(stretch::ended(&from_to, now));
    turns.filter(|(speaker, _)| !speaker.is_empty()).collect()
}

/// Speakers in the order in which they first spoke, in turns or lines: the first is `@1`, the ninth `@9`.
pub fn numbering(meeting: &Meeting) -> Vec<String> {
    let mut known = HashSet::new();
    heard(meeting).into_iter().filter(|speaker| known.insert(*speaker)).map(str::to_owned).collect()
}

/// Who spoke before the one who has the floor; when nobody has it, who spoke last.
pub fn previous_speaker(meeting: &Meeting) -> Option<&str> {
    let current = open_turn(meeting).map(|turn| turn.speaker.as_str());
    heard(meeting).into_iter().rev().find(|speaker| Some(*speaker) != current)
}

/// The speakers of turns and lines by the time they began; a row without a time follows the row above it.
fn heard(meeting: &Meeting) -> Vec<&str> {
    let turns = meeting.turns.iter().map(|turn| (turn.from, turn.speaker.as_str()));
    let notes = meeting.notes.iter().map(|note| (note.at, note.speaker.as_str()));
    let mut all = timed(turns);
    all.extend(timed(notes));
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, speaker)| speaker).filter(|speaker| !speaker.is_empty()).collect()
}

fn timed<'a>(
    rows: impl Iterator<Item = (Option<NaiveDateTime>, &'a str)>,
) -> Vec<(Option<NaiveDateTime>, &'a str)> {
    let mut above = None;
    rows.map(|(at, speaker)| {
        above = at.or(above);
        (above, speaker)
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::{AgendaItem, Note, Seat, Span};

    fn at(minute: i64) -> NaiveDateTime {
        let eight = chrono::NaiveDate::default().and_hms_opt(8, 0, 0).unwrap();
        eight + chrono::TimeDelta::minutes(minute)
    }

    fn meeting() -> Meeting {
        let item = |id: &str, kind| AgendaItem { id: id.into(), kind: Some(kind), ..AgendaItem::default() };
        let seat = |id: &str, unit: &str| Seat { id: id.into(), unit: unit.into(), ..Seat::default() };
        Meeting {
            agenda: vec![item("rep", ItemKind::Report), item("dis", ItemKind::Discussion)],
            seats: vec![seat("bao", "bdv"), seat("hoa", "snv"), seat("tien", "bdv")],
            ..Meeting::default()
        }
    }

    fn take(meeting: &mut Meeting, speaker: &str, item: &str, minute: i64) {
        let id = format!("t{}", meeting.turns.len());
        take_floor(meeting, speaker, item, at(minute), id);
    }

    #[test]
    fn a_new_speaker_ends_the_turn_and_begins_another() {
        let mut m = meeting();
        take(&mut m, "bao", "rep", 0);
        take(&mut m, "bao", "rep", 3);
        assert_eq!(m.turns.len(), 1);
        take(&mut m, " hoa ", "dis", 10);
        assert_eq!(m.turns[0].to, Some(at(10)));
        assert_eq!((m.turns[1].speaker.as_str(), m.turns[1].from), ("hoa", Some(at(10))));
        assert_eq!(
            (m.turns[0].kind, m.turns[1].kind),
            (Some(TurnKind::Report), Some(TurnKind::Contribution))
        );
        take(&mut m, "hoa", "rep", 12);
        assert_eq!(m.turns.len(), 3, "another item is another turn");
        take(&mut m, "", "rep", 15);
        assert_eq!((m.turns.len(), open_turn(&m)), (3, None));
    }

    #[test]
    fn a_clock_set_back_never_makes_a_negative_turn() {
        let mut m = meeting();
        take(&mut m, "bao", "rep", 10);
        assert_eq!(speaking_seconds(&m, "bao", at(4)), 0);
        take(&mut m, "hoa", "rep", 5);
        assert_eq!(m.turns[0].to, Some(at(10)));
        assert_eq!(speaking_seconds(&m, "bao", at(20)), 0);
    }

    #[test]
    fn speaking_time_leaves_out_the_breaks_and_adds_up_by_unit() {
        let mut m = meeting();
        take(&mut m, "bao", "rep", 0);
        take(&mut m, "hoa", "dis", 10);
        take(&mut m, "tien", "dis", 14);
        take(&mut m, "bao", "dis", 15);
        take(&mut m, "nhiều ý kiến", "dis", 16);
        m.head.pauses = vec![Span { from: Some(at(2)), to: Some(at(8)), ..Span::default() }];
        assert_eq!(
            by_person(&m, at(18)),
            vec![("bao", 300), ("hoa", 240), ("nhiều ý kiến", 120), ("tien", 60)]
        );
        assert_eq!(by_unit(&m, at(18)), vec![("bdv", 360), ("snv", 240), ("", 120)]);
        assert_eq!(speaking_seconds(&m, "bao", at(18)), 300);
    }

    #[test]
    fn speakers_are_numbered_by_their_first_word() {
        let mut m = meeting();
        take(&mut m, "hoa", "dis", 5);
        take(&mut m, "bao", "dis", 9);
        let note = |at, speaker: &str| Note { at, speaker: speaker.into(), ..Note::default() };
        m.notes = vec![note(Some(at(2)), "tien"), note(None, "Sở Y tế"), note(Some(at(6)), "hoa")];
        assert_eq!(numbering(&m), vec!["tien", "Sở Y tế", "hoa", "bao"]);
    }

    #[test]
    fn the_previous_speaker_is_another_than_the_current() {
        let mut m = meeting();
        assert_eq!(previous_speaker(&m), None);
        take(&mut m, "hoa", "dis", 5);
        assert_eq!(previous_speaker(&m), None);
        take(&mut m, "bao", "dis", 9);
        m.notes.push(Note { at: Some(at(10)), speaker: "bao".into(), ..Note::default() });
        assert_eq!(previous_speaker(&m), Some("hoa"));
        end_turn(&mut m, at(11));
        assert_eq!(previous_speaker(&m), Some("bao"));
    }

    #[test]
    fn every_kind_of_item_has_its_kind_of_turn() {
        let cases = [
            (ItemKind::Paper, TurnKind::Paper),
            (ItemKind::Conclusion, TurnKind::Conclusion),
            (ItemKind::GuidanceAddress, TurnKind::Address),
            (ItemKind::Opening, TurnKind::Address),
            (ItemKind::Closing, TurnKind::Address),
            (ItemKind::Response, TurnKind::Reply),
            (ItemKind::Vote, TurnKind::Contribution),
        ];
        for (item, turn) in cases {
            assert_eq!(turn_kind(item), turn);
        }
    }
}
