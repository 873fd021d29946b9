//! The course of the meeting: opening, items, pause, closing. The clock follows the work. Knows no drawing.

use crate::app::effect::Effect;
use crate::app::meeting::{Selection, names};
use crate::app::picker::rank;
use crate::app::popup::{Page, PageLine, Popup, Target, Then, Tone};
use crate::app::{App, Place, view};
use crate::domain::gaps;
use crate::domain::kinds::Stage;
use crate::domain::meeting::Meeting;
use crate::domain::{floor, programme};

impl App {
    /// Opens a planned meeting: from now on lines carry the clock. The first item of the programme begins.
    pub fn open_meeting(&mut self) -> Vec<Effect> {
        let (now, offset) = (self.desk.now.wall, self.desk.utc_offset.clone());
        let first =
            self.current_meeting().and_then(|meeting| meeting.agenda.first()).map(|item| item.id.clone());
        let step = self.sessions.change(&self.meeting.id, "step.open", self.desk.now, |meeting| {
            programme::open_meeting(meeting, now, &offset);
            if let Some(item) = &first {
                programme::start_item(meeting, item, now);
            }
        });
        let mut effects = self.made(step);
        if let Some(speaker) = first.and_then(|item| self.usual_speaker(&item)) {
            effects.extend(self.set_speaker(speaker));
        }
        self.say("news.opened", Tone::Plain);
        effects
    }

    /// The zone of the meeting in front while it is under way, as `+07:00`.
    pub fn zone_of_meeting(&self) -> Option<&str> {
        let is_in_front = matches!(self.place, Place::Meeting | Place::Roll);
        let meeting = self.current_meeting().filter(|_| is_in_front)?;
        let is_under_way = matches!(meeting.stage(), Stage::Live | Stage::Paused);
        Some(meeting.head.utc_offset.as_str()).filter(|zone| is_under_way && !zone.is_empty())
    }

    /// A break of the whole meeting.
    pub fn pause_meeting(&mut self) -> Vec<Effect> {
        if !self.is_stage(Stage::Live) {
            return self.tell("news.not_live", Tone::Warning);
        }
        let now = self.desk.now.wall;
        let step = self.sessions.change(&self.meeting.id, "step.pause", self.desk.now, |meeting| {
            programme::pause(meeting, now);
        });
        self.say("news.paused", Tone::Plain);
        self.made(step)
    }

    /// The meeting goes on after a break.
    pub fn resume_meeting(&mut self) -> Vec<Effect> {
        if !self.is_stage(Stage::Paused) {
            return self.tell("news.not_paused", Tone::Warning);
        }
        let now = self.desk.now.wall;
        let step = self.sessions.change(&self.meeting.id, "step.resume", self.desk.now, |meeting| {
            programme::resume(meeting, now);
        });
        self.made(step)
    }

    /// Shows what is still incomplete; Enter there closes the meeting, Esc goes back to it.
    pub fn ask_close(&mut self) -> Vec<Effect> {
        if !self.is_stage(Stage::Live) && !self.is_stage(Stage::Paused) {
            return self.tell("news.not_live", Tone::Warning);
        }
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let mut lines: Vec<PageLine> = gaps::completeness(meeting)
            .missing
            .iter()
            .map(|open| PageLine {
                text: format!(
                    "{:>3}  {}",
                    open.ids.len(),
                    self.desk.words.get(&format!("gap_kind.{}", view::header::gap_word(open.kind)))
                ),
                reference: String::new(),
                tone: Tone::Warning,
            })
            .collect();
        if lines.is_empty() {
            lines.push(self.page_line("closing.complete", Tone::Plain));
        }
        lines.push(self.page_line("closing.confirm", Tone::Heading));
        let title = self.desk.words.get("closing.title").to_owned();
        self.popups.push(Popup::Page(Page { title, lines, selected: 0, then: Then::Close }));
        Vec::new()
    }

    /// Closes the meeting: the item, the turn and the record's time end.
    pub fn close_meeting(&mut self) -> Vec<Effect> {
        let now = self.desk.now.wall;
        let step = self.sessions.change(&self.meeting.id, "step.close", self.desk.now, |meeting| {
            programme::close_meeting(meeting, now);
        });
        self.say("news.closed", Tone::Plain);
        self.made(step)
    }

    fn is_stage(&self, stage: Stage) -> bool {
        self.current_meeting().is_some_and(|meeting| meeting.stage() == stage)
    }

    /// F3: the programme; Enter starts an item, or moves the selected lines to it.
    pub fn pick_item(&mut self) -> Vec<Effect> {
        let target = self.target();
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let entries = self.programme_entries(meeting);
        let at = match target {
            Target::Line => next_item(meeting).unwrap_or_default(),
            Target::Notes(_) => self.item_of_line().unwrap_or_default(),
        };
        self.pick("picker.item", entries, &at, Then::Item(target));
        Vec::new()
    }

    /// `#…` and Enter: the item by number or words.
    pub fn item_by_words(&mut self, words: &str) -> Vec<Effect> {
        if words.is_empty() {
            self.clear_line();
            return self.pick_item();
        }
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let entries = names::item_entries(meeting);
        match rank(&entries, words).first().map(|i| entries[*i].id.clone()) {
            Some(item) => {
                self.clear_line();
                self.start_item(&item)
            }
            None => self.tell("news.no_such_item", Tone::Warning),
        }
    }

    /// Starts an item (a planned meeting is opened by that); outside a live meeting it is only shown.
    pub fn start_item(&mut self, item: &str) -> Vec<Effect> {
        let (now, offset) = (self.desk.now.wall, self.desk.utc_offset.clone());
        match self.current_meeting().map(Meeting::stage) {
            Some(Stage::Planned | Stage::Live | Stage::Paused) => {}
            _ => return self.show_item(item),
        }
        let step = self.sessions.change(&self.meeting.id, "step.item", self.desk.now, |meeting| {
            match meeting.stage() {
                Stage::Planned => programme::open_meeting(meeting, now, &offset),
                Stage::Paused => programme::resume(meeting, now),
                _ => {}
            }
            floor::end_turn(meeting, now);
            programme::start_item(meeting, item, now);
        });
        let mut effects = self.made(step);
        self.meeting.shown_item = Some(item.to_owned());
        if let Some(speaker) = self.usual_speaker(item) {
            effects.extend(self.set_speaker(speaker));
        }
        effects
    }

    fn show_item(&mut self, item: &str) -> Vec<Effect> {
        self.meeting.shown_item = Some(item.to_owned());
        let last = self
            .current_meeting()
            .and_then(|meeting| meeting.notes.iter().rev().find(|note| note.item == item))
            .map(|note| note.id.clone());
        self.meeting.selection = last.map(|id| Selection { anchor: id.clone(), head: id });
        Vec::new()
    }

    /// Moves recorded lines to another item.
    pub fn move_to_item(&mut self, notes: &[String], item: &str) -> Vec<Effect> {
        let step = self.sessions.change(&self.meeting.id, "step.move_lines", self.desk.now, |meeting| {
            for note in meeting.notes.iter_mut().filter(|note| notes.contains(&note.id)) {
                note.item = item.to_owned();
            }
        });
        self.made(step)
    }

    /// From this line on everything belongs to the item; the border in time between the two items moves there.
    pub fn item_from(&mut self, note: &str, item: &str) -> Vec<Effect> {
        let step = self.sessions.change(&self.meeting.id, "step.item_from", self.desk.now, |meeting| {
            move_border(meeting, note, item);
        });
        self.made(step)
    }

    fn page_line(&self, key: &str, tone: Tone) -> PageLine {
        PageLine { text: self.desk.words.get(key).to_owned(), reference: String::new(), tone }
    }
}

/// The item that would come next: the first not yet visited after the running one.
pub fn next_item(meeting: &Meeting) -> Option<String> {
    let running = programme::current_item(meeting).map(|item| item.id.clone());
    let after =
        running.and_then(|id| meeting.agenda.iter().position(|item| item.id == id)).map_or(0, |at| at + 1);
    let unvisited = |item: &&crate::domain::meeting::AgendaItem| !programme::was_visited(item);
    let next =
        meeting.agenda[after..].iter().find(unvisited).or_else(|| meeting.agenda.iter().find(unvisited));
    next.or_else(|| meeting.agenda.get(after)).map(|item| item.id.clone())
}

fn move_border(meeting: &mut Meeting, note: &str, item: &str) {
    let Some(first) = meeting.notes.iter().position(|n| n.id == note) else { return };
    let (old, at) = (meeting.notes[first].item.clone(), meeting.notes[first].at);
    for note in meeting.notes[first..].iter_mut().take_while(|note| note.item == old) {
        note.item = item.to_owned();
    }
    let Some(at) = at else { return };
    let mut ended = None;
    if let Some(before) = meeting.agenda.iter_mut().find(|a| a.id == old) {
        ended = before.ended.replace(at);
        if let Some(span) = before.spans.last_mut() {
            ended = span.to.replace(at).or(ended);
        }
    }
    if let Some(after) = meeting.agenda.iter_mut().find(|a| a.id == item) {
        match after.spans.first_mut() {
            Some(span) => span.from = Some(at),
            None => {
                // An item that had not begun takes over the rest of the old one's time.
                if after.started.is_none() {
                    after.ended = ended;
                }
            }
        }
        after.started = Some(at);
    }
    for turn in meeting.turns.iter_mut().filter(|turn| turn.item == old && turn.from >= Some(at)) {
        turn.item = item.to_owned();
    }
}
