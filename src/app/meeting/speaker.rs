//! Who has the floor: naming a speaker for the line or for recorded lines. Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::meeting::record::Becomes;
use crate::app::picker::rank;
use crate::app::popup::{Then, Tone};
use crate::domain::floor;
use crate::domain::id::row_id;
use crate::domain::kinds::{ItemKind, Role};
use crate::domain::meeting::{AgendaItem, Meeting, Note};

/// A name longer than this many words after `@` is no name; the text stays in the line.
const NAME_WORDS: usize = 8;

impl App {
    /// F2: choose a speaker for the line, or for the selected lines.
    pub fn pick_speaker(&mut self) -> Vec<Effect> {
        let target = self.target();
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let entries = self.speakers(meeting);
        let first = self.meeting.previous_speaker.clone();
        self.pick("picker.speaker", entries, &first, Then::Speaker(target));
        Vec::new()
    }

    /// `@…` and Enter: the best match, else the words themselves as a name.
    pub fn name_speaker(&mut self, words: &str) -> Vec<Effect> {
        if words.is_empty() {
            self.clear_line();
            return self.pick_speaker();
        }
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let entries = self.speakers(meeting);
        let found = rank(&entries, words).first().map(|i| entries[*i].id.clone());
        if found.is_none() && words.split_whitespace().count() > NAME_WORDS {
            return self.tell("news.no_such_speaker", Tone::Warning);
        }
        self.clear_line();
        self.set_speaker(found.unwrap_or_else(|| words.to_owned()))
    }

    /// `@1 ` and `@@ ` take effect at the blank, so that the text can go on.
    pub fn quick_speaker(&mut self) -> Vec<Effect> {
        let text = self.meeting.line.text();
        let digit = match text.as_bytes() {
            [b'@', b'@', b' '] => {
                self.clear_line();
                return self.set_previous_speaker();
            }
            [b'@', digit @ b'1'..=b'9', b' '] => usize::from(digit - b'1'),
            _ => return Vec::new(),
        };
        let speaker = self.current_meeting().and_then(|meeting| self.numbering(meeting).get(digit).cloned());
        match speaker {
            Some(speaker) => {
                self.clear_line();
                self.set_speaker(speaker)
            }
            None => Vec::new(),
        }
    }

    /// `@@` and Enter, with a line behind it or not.
    pub fn back_to_previous_speaker(&mut self, rest: &str) -> Vec<Effect> {
        let rest = rest.to_owned();
        let mut effects = self.set_previous_speaker();
        match rest.is_empty() {
            true => self.clear_line(),
            false => effects.extend(self.record(&rest, Becomes::Note)),
        }
        effects
    }

    fn set_previous_speaker(&mut self) -> Vec<Effect> {
        let known = self.meeting.previous_speaker.clone();
        let previous = match known.is_empty() {
            false => Some(known),
            true => self.current_meeting().and_then(floor::previous_speaker).map(str::to_owned),
        };
        match previous {
            Some(speaker) => self.set_speaker(speaker),
            None => self.tell("news.no_previous_speaker", Tone::Quiet),
        }
    }

    /// Gives the floor to somebody: the lines from now on are theirs; while live the turn begins.
    pub fn set_speaker(&mut self, speaker: String) -> Vec<Effect> {
        if speaker != self.meeting.speaker {
            self.meeting.previous_speaker = std::mem::replace(&mut self.meeting.speaker, speaker.clone());
        }
        if !self.current_meeting().is_some_and(|meeting| meeting.stage().is_live()) {
            return Vec::new();
        }
        let (now, item) = (self.desk.now.wall, self.item_of_line().unwrap_or_default());
        let turn = row_id(self.desk.random.u64(..));
        let step = self.sessions.change(&self.meeting.id, "step.speaker", self.desk.now, |meeting| {
            drop_silent_turn(meeting);
            floor::take_floor(meeting, &speaker, &item, now, turn);
            hear_queued(meeting, &speaker);
        });
        self.made(step)
    }

    /// Names the speaker of recorded lines; the turn goes along when all of its lines do.
    pub fn set_speaker_of(&mut self, notes: &[String], speaker: &str) -> Vec<Effect> {
        let step =
            self.sessions.change(&self.meeting.id, "step.speaker_of_lines", self.desk.now, |meeting| {
                for note in meeting.notes.iter_mut().filter(|note| notes.contains(&note.id)) {
                    note.speaker = speaker.to_owned();
                }
                turns_follow(meeting, notes, speaker);
            });
        let effects = self.made(step);
        let last = self.current_meeting().and_then(|m| m.notes.last()).map(|note| note.id.clone());
        // The person who is still speaking was named wrongly, so the lines to come are the right one's too.
        if last.is_some_and(|last| notes.contains(&last)) {
            self.meeting.previous_speaker = std::mem::replace(&mut self.meeting.speaker, speaker.to_owned());
        }
        effects
    }

    /// Who usually speaks in an item: its presenter, or the chair where the chair speaks.
    pub fn usual_speaker(&self, item: &str) -> Option<String> {
        let meeting = self.current_meeting()?;
        let item = meeting.item(item)?;
        if !item.presenter.is_empty() {
            return Some(item.presenter.clone());
        }
        chair_speaks(item).then(|| chair(meeting)).flatten()
    }
}

fn chair_speaks(item: &AgendaItem) -> bool {
    matches!(item.kind, Some(ItemKind::Conclusion | ItemKind::Opening | ItemKind::Closing))
}

/// The chair's seat: of the main site where several sites have one.
pub fn chair(meeting: &Meeting) -> Option<String> {
    let main = meeting.sites.iter().find(|site| site.main).map(|site| site.id.as_str());
    let of_role = |role| meeting.seats.iter().filter(move |seat| seat.role == Some(role));
    let at_main = of_role(Role::Chair).find(|seat| main.is_none() || main == Some(seat.site.as_str()));
    let seat = at_main.or_else(|| of_role(Role::Chair).next()).or_else(|| of_role(Role::CoChair).next());
    seat.map(|seat| seat.id.clone())
}

/// A turn in which nothing was said, taken by a slip of the finger, leaves no trace.
fn drop_silent_turn(meeting: &mut Meeting) {
    let Some(turn) = floor::open_turn(meeting).map(|turn| (turn.id.clone(), turn.speaker.clone(), turn.from))
    else {
        return;
    };
    let (id, speaker, Some(from)) = turn else { return };
    let spoke =
        meeting.notes.iter().any(|note| note.speaker == speaker && note.at.is_some_and(|at| at >= from));
    let written_elsewhere = meeting.turns.last().is_none_or(|last| last.id != id);
    if !spoke && !written_elsewhere {
        meeting.turns.pop();
    }
}

fn hear_queued(meeting: &mut Meeting, speaker: &str) {
    if let Some(entry) = meeting.queue.iter_mut().find(|entry| entry.speaker == speaker && !entry.done) {
        entry.done = true;
    }
}

fn turns_follow(meeting: &mut Meeting, notes: &[String], speaker: &str) {
    let renamed = |note: &Note| notes.contains(&note.id);
    for turn in &mut meeting.turns {
        let Some(from) = turn.from else { continue };
        let within = |at: chrono::NaiveDateTime| at >= from && turn.to.is_none_or(|to| at < to);
        // A line of somebody else in the second of a change of speakers is none of this turn.
        let own = |note: &&Note| renamed(note) || note.speaker == turn.speaker;
        let mut of_turn =
            meeting.notes.iter().filter(|note| note.at.is_some_and(within)).filter(own).peekable();
        if of_turn.peek().is_some() && of_turn.all(renamed) {
            turn.speaker = speaker.to_owned();
        }
    }
}
