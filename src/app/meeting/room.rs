//! Who was in the room at a moment: `/luc 10:45`, `/luc 4` when item 4 was concluded, `/luc kl 2` when conclusion 2 was
//! spoken, `/luc` now. Knows no drawing.

use chrono::NaiveDateTime;

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::meeting::names;
use crate::app::popup::{PageLine, Tone};
use crate::domain::meeting::{Meeting, Seat};
use crate::domain::roll::{self, Whereabouts};
use crate::text::dates;

impl App {
    /// Answers who was there at the moment that `argument` names.
    pub fn room_at(&mut self, argument: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let day = roll::first_day(meeting).unwrap_or(self.desk.now.wall.date());
        let Some(moment) = moment(meeting, argument, self.desk.now.wall, day) else {
            return self.tell("news.no_moment", Tone::Warning);
        };
        let mut there = Vec::new();
        let mut away = Vec::new();
        for seat in &meeting.seats {
            match roll::whereabouts(seat, day, moment) {
                Whereabouts::InRoom => there.push(seat),
                other => away.push((seat, other)),
            }
        }
        let mut lines = vec![self.room_heading(moment, there.len(), meeting.seats.len())];
        lines.extend(away.into_iter().map(|(seat, why)| self.away_line(meeting, seat, why)));
        let units = |seat: &&Seat| self.person_line(meeting, seat);
        lines.extend(there.iter().map(units));
        self.answer("answer.room", lines)
    }

    fn room_heading(&self, moment: NaiveDateTime, there: usize, of: usize) -> PageLine {
        let time = dates::clock(moment.time());
        let slots = [("time", time), ("n", there.to_string()), ("of", of.to_string())];
        let text = self.desk.words.fill("answer.room_at", &slots);
        PageLine { text, tone: Tone::Heading, ..PageLine::default() }
    }

    fn away_line(&self, meeting: &Meeting, seat: &Seat, why: Whereabouts) -> PageLine {
        let words = &self.desk.words;
        let time = |at: crate::domain::value::TimeOfDay| dates::clock(at.time());
        let why = match why {
            Whereabouts::NotYet(at) => words.fill("answer.came", &[("time", &time(at))]),
            Whereabouts::Gone(at) => words.fill("answer.left", &[("time", &time(at))]),
            Whereabouts::InRoom | Whereabouts::Away => {
                let state = words.get(&format!("presence.{}", roll::presence(seat).word())).to_owned();
                if seat.reason.is_empty() { state } else { format!("{state}: {}", seat.reason) }
            }
        };
        let name = names::seat_name(meeting, self.committee_of(meeting), seat);
        PageLine { text: format!("- {name}: {why}"), tone: Tone::Warning, ..PageLine::default() }
    }

    fn person_line(&self, meeting: &Meeting, seat: &Seat) -> PageLine {
        let name = names::seat_name(meeting, self.committee_of(meeting), seat);
        let by = seat.substitute.as_ref().map(|substitute| substitute.name.clone()).unwrap_or_default();
        let represented = roll::presence(seat) == crate::domain::kinds::Presence::Represented;
        let text = match represented && !by.is_empty() {
            true => self.desk.words.fill("answer.by", &[("name", &name), ("by", &by)]),
            false => name,
        };
        PageLine { text: format!("  {text}"), ..PageLine::default() }
    }
}

/// The moment meant: a time of the first day (of the last noted day for a later one is typed as `14/1 10:45`), an item
/// by number when it ended, a conclusion when its line was spoken; now for nothing.
fn moment(
    meeting: &Meeting,
    argument: &str,
    now: NaiveDateTime,
    day: chrono::NaiveDate,
) -> Option<NaiveDateTime> {
    let argument = argument.trim();
    if argument.is_empty() {
        return Some(meeting.head.closed.map_or(now, |closed| closed.min(now)));
    }
    if let Some(time) = dates::read_time(argument) {
        return Some(day.and_time(time));
    }
    if let Some((typed, time)) = argument.split_once(' ')
        && let (Some(day), Some(time)) = (dates::read(typed, day), dates::read_time(time))
    {
        return Some(day.and_time(time));
    }
    let folded = crate::text::fold::fold(argument);
    if let Some(number) = folded.strip_prefix("kl") {
        let number: i64 = number.trim().parse().ok()?;
        let conclusion = meeting.conclusions.iter().find(|conclusion| conclusion.number == Some(number))?;
        return meeting.note(&conclusion.note)?.at;
    }
    let number: usize = argument.parse().ok()?;
    let item = meeting.agenda.get(number.checked_sub(1)?)?;
    item.started?;
    let last = item.spans.last().map_or(item.ended, |span| span.to);
    Some(last.unwrap_or(now))
}
