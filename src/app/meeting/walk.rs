//! F7: from gap to gap (owner, deadline, speaker, doubt), and the prepared texts below the line. Knows no drawing.

use crate::app::effect::Effect;
use crate::app::meeting::record::{Becomes, Line};
use crate::app::meeting::{Focus, Selection};
use crate::app::popup::{Popup, Target, Then, Tone, Walk};
use crate::app::{App, Place};
use crate::domain::gaps::{self, Gap, GapKind};
use crate::domain::id::row_id;
use crate::domain::meeting::PreparedText;
use crate::text::field::TextField;

impl App {
    /// Goes to the next gap after the last one visited, round the end, and opens what fills it.
    pub fn next_gap(&mut self) -> Vec<Effect> {
        self.close_gap();
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let all = one_per_row(gaps::gaps(meeting));
        let count = all.len();
        let gaps: Vec<Gap> = all.into_iter().filter(|gap| !self.is_left(gap)).collect();
        if gaps.is_empty() {
            self.meeting.last_gap = None;
            // The walk is over: the next key belongs to the line again.
            self.meeting.selection = None;
            self.meeting.focus = Focus::Line;
            if count == 0 {
                return self.tell("news.no_gaps", Tone::Plain);
            }
            self.say_filled("news.gaps_left", &[("n", &count.to_string())], Tone::Plain);
            return Vec::new();
        }
        let last = self.meeting.last_gap.as_deref();
        let at = last.and_then(|last| gaps.iter().position(|gap| gap.id == last)).map_or(0, |at| at + 1);
        let gap = gaps[at % gaps.len()].clone();
        self.meeting.last_gap = Some(gap.id.clone());
        self.visit(&gap)
    }

    fn visit(&mut self, gap: &Gap) -> Vec<Effect> {
        let note = self.note_of_row(gap.table, &gap.id);
        if let Some(note) = &note {
            self.meeting.selection = Some(Selection { anchor: note.clone(), head: note.clone() });
            self.meeting.focus = Focus::Stream;
        }
        if let Some(part) = amended_part(gap).filter(|_| self.is_locked()) {
            return self.part_chosen(&part);
        }
        match gap.kind {
            GapKind::NoOwner | GapKind::NoDeadline => self.ask_task(&gap.id, Walk::Gaps),
            GapKind::NoSpeaker => {
                let Some(meeting) = self.current_meeting() else { return Vec::new() };
                let entries = self.speakers(meeting);
                self.pick("picker.speaker", entries, "", Then::Speaker(Target::Notes(vec![gap.id.clone()])));
                Vec::new()
            }
            GapKind::Conflict => self.ask_conflict(&gap.id),
            GapKind::Doubt => self.tell("news.doubt_here", Tone::Warning),
            _ => self.tell("news.gap_here", Tone::Warning),
        }
    }

    fn is_left(&self, gap: &Gap) -> bool {
        self.meeting.left.contains(&(gap.id.clone(), gap.kind))
    }

    /// Leaves the gap in front as it is and goes to the next; the walk does not come back to it.
    pub fn leave_gap(&mut self) -> Vec<Effect> {
        let Some(id) = self.gap_in_front().map(str::to_owned) else {
            return self.tell("news.no_gap_here", Tone::Quiet);
        };
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let of_row = gaps::gaps(meeting).into_iter().filter(|gap| gap.id == id);
        let left: Vec<_> = of_row.map(|gap| (gap.id, gap.kind)).collect();
        // The walk goes on where this gap stood.
        let before = self.gap_before(&id);
        self.close_gap();
        self.meeting.left.extend(left);
        self.meeting.last_gap = before;
        self.next_gap()
    }

    /// What was opened to fill the gap in front closes without an answer.
    fn close_gap(&mut self) {
        let asks = matches!(self.popups.last(), Some(Popup::Form { .. } | Popup::Picker { .. }));
        if asks && self.gap_in_front().is_some() {
            self.popups.pop();
        }
    }

    /// The gap the walk stands on, by row, while nothing else was done since.
    pub fn gap_in_front(&self) -> Option<&str> {
        let last = self.meeting.last_gap.as_deref().filter(|_| self.place == Place::Meeting)?;
        let stands = match self.popups.last() {
            Some(Popup::Form { then: Then::TaskFields { walk: Walk::Gaps, task, .. }, .. }) => task == last,
            Some(Popup::Picker { then: Then::Speaker(Target::Notes(notes)), .. }) => {
                matches!(notes.as_slice(), [only] if only == last)
            }
            Some(Popup::Picker { then: Then::Conflict(id), .. }) => id == last,
            Some(_) => false,
            None => self.stands_on_gap(last),
        };
        stands.then_some(last)
    }

    fn stands_on_gap(&self, last: &str) -> bool {
        let (Some(selection), Some(meeting)) = (&self.meeting.selection, self.current_meeting()) else {
            return false;
        };
        let chosen = self.meeting.focus == Focus::Stream && self.meeting.editing.is_none();
        let still = gaps::gaps(meeting).into_iter().find(|gap| gap.id == last && !self.is_left(gap));
        let note = still.and_then(|gap| self.note_of_row(gap.table, &gap.id));
        chosen && note.as_ref() == Some(&selection.head)
    }

    /// The gap that the walk would visit before this one.
    fn gap_before(&self, id: &str) -> Option<String> {
        let gaps = one_per_row(gaps::gaps(self.current_meeting()?));
        let walked: Vec<&Gap> = gaps.iter().filter(|gap| gap.id == id || !self.is_left(gap)).collect();
        let at = walked.iter().position(|gap| gap.id == id)?;
        Some(walked.get(at.checked_sub(1)?)?.id.clone())
    }

    fn note_of_row(&self, table: &str, id: &str) -> Option<String> {
        let meeting = self.current_meeting()?;
        let note = match table {
            "notes" => Some(id),
            "tasks" => meeting.tasks.iter().find(|task| task.id == id).map(|task| task.note.as_str()),
            "conclusions" => meeting.conclusions.iter().find(|c| c.id == id).map(|c| c.note.as_str()),
            "conflicts" => {
                let conflict = meeting.conflicts.iter().find(|row| row.id == id);
                conflict.map(|row| gaps::note_of(meeting, &row.target))
            }
            _ => None,
        };
        note.filter(|note| meeting.note(note).is_some()).map(str::to_owned)
    }

    /// Prepared texts not said yet: those of the running item first.
    pub fn unsaid(&self) -> Vec<&PreparedText> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let item = self.item_of_line().unwrap_or_default();
        let mut texts: Vec<&PreparedText> =
            meeting.prepared.iter().filter(|text| text.note.is_empty()).collect();
        texts.sort_by_key(|text| text.item != item);
        texts
    }

    /// Enter on a prepared text: it was said as it stands.
    pub fn say_prepared(&mut self) -> Vec<Effect> {
        let Focus::Prepared(at) = self.meeting.focus else { return Vec::new() };
        let Some((id, text)) = self.unsaid().get(at).map(|text| (text.id.clone(), text.text.clone())) else {
            self.meeting.focus = Focus::Line;
            return Vec::new();
        };
        let line = Line { text, at: self.desk.now.wall, becomes: Becomes::Note, prepared: Some(id) };
        let typed = std::mem::take(&mut self.meeting.line);
        let (started, literal) = (self.meeting.line_started, self.meeting.literal);
        let effects = self.record_lines(vec![line], "step.prepared");
        (self.meeting.line, self.meeting.line_started, self.meeting.literal) = (typed, started, literal);
        let left = self.unsaid().len();
        self.meeting.focus = if left == 0 { Focus::Line } else { Focus::Prepared(at.min(left - 1)) };
        effects
    }

    /// Tab on a prepared text: it comes into the line, to be changed to what was said.
    pub fn edit_prepared(&mut self) -> Vec<Effect> {
        let Focus::Prepared(at) = self.meeting.focus else { return Vec::new() };
        let Some((id, text)) = self.unsaid().get(at).map(|text| (text.id.clone(), text.text.clone())) else {
            return Vec::new();
        };
        if !self.meeting.line.is_empty() {
            return self.tell("news.line_not_empty", Tone::Warning);
        }
        self.meeting.line = TextField::with_text(text);
        self.meeting.line_started = Some(self.desk.now.wall);
        self.meeting.literal = true;
        self.meeting.from_prepared = Some(id);
        self.meeting.focus = Focus::Line;
        Vec::new()
    }

    /// Whether pasted lines are to become prepared texts: the line says so by its command. The item they belong to.
    pub fn pasting_prepared(&self) -> Option<String> {
        let word = self.meeting.line.text().trim().strip_prefix('/')?;
        let (command, argument) = self.slash_command(word)?;
        let wanted = command == crate::app::command::Command::AddPrepared && argument.is_empty();
        wanted.then(|| self.item_for_prepared())
    }

    /// The conclusion item when the line is in none: drafts of conclusions are what is prepared most.
    pub fn item_for_prepared(&self) -> String {
        if let Some(item) = &self.meeting.shown_item {
            return item.clone();
        }
        let conclusion = self.current_meeting().and_then(|meeting| {
            let kind = Some(crate::domain::kinds::ItemKind::Conclusion);
            meeting.agenda.iter().find(|item| item.kind == kind).map(|item| item.id.clone())
        });
        self.item_of_line().or(conclusion).unwrap_or_default()
    }

    /// Keeps texts to be said later.
    pub fn prepare_texts<'a>(&mut self, texts: impl Iterator<Item = &'a str>, item: String) -> Vec<Effect> {
        let texts: Vec<String> =
            texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect();
        let count = texts.len().to_string();
        let mut random = self.desk.random.clone();
        let step = self.sessions.change(&self.meeting.id, "step.prepare", self.desk.now, |meeting| {
            for text in texts {
                let id = row_id(random.u64(..));
                meeting.prepared.push(PreparedText {
                    id,
                    item: item.clone(),
                    text,
                    ..PreparedText::default()
                });
            }
        });
        self.desk.random = random;
        self.clear_line();
        self.say_filled("news.prepared", &[("count", &count)], Tone::Plain);
        self.made(step)
    }
}

/// What fills a gap of an approved text: an amendment of the field, as `<row id>/<field>`.
fn amended_part(gap: &Gap) -> Option<String> {
    let field = match gap.kind {
        GapKind::NoOwner => "lead",
        GapKind::NoDeadline => "due",
        GapKind::NoSpeaker => "speaker",
        _ => return None,
    };
    Some(format!("{}/{field}", gap.id))
}

/// A task that lacks owner and deadline is one stop of the walk, not two.
fn one_per_row(gaps: Vec<Gap>) -> Vec<Gap> {
    let mut seen = std::collections::HashSet::new();
    gaps.into_iter().filter(|gap| seen.insert(gap.id.clone())).collect()
}
