//! Which verb of the Meeting place does what. Dispatch, and going in and out of a meeting. Knows no drawing.

use crate::app::command::Command;
use crate::app::effect::Effect;
use crate::app::event::Recovered;
use crate::app::meeting::select::Walking;
use crate::app::meeting::{Focus, MeetingPlace, Selection, names};
use crate::app::popup::{Then, Tone};
use crate::app::{App, Pending, Place};
use crate::domain::fact::Way;
use crate::domain::id::RecordKey;
use crate::domain::{floor, programme};
use crate::text::field::TextField;

impl App {
    /// A command in the Meeting place, with what was typed after its word.
    pub fn run_in_meeting(&mut self, command: Command, argument: &str) -> Vec<Effect> {
        if let Some(told) = self.locked_out(command) {
            return told;
        }
        match command {
            Command::Record => self.enter(),
            Command::Speaker if !argument.is_empty() => self.name_speaker(argument),
            Command::Speaker => self.pick_speaker(),
            Command::Item if !argument.is_empty() => self.item_by_words(argument),
            Command::Item => self.pick_item(),
            Command::Programme => self.show_programme(argument),
            Command::Sites => self.show_sites(argument),
            Command::RetakeRoster => self.ask_roster(),
            Command::Task => self.task_key(),
            Command::Conclusion => self.conclusion_key(),
            Command::Split => self.open_split(),
            Command::NextGap => self.next_gap(),
            Command::LeaveGap => self.leave_gap(),
            Command::SelectUp => self.select_up(),
            Command::SelectDown => self.select_down(),
            Command::PageUp => self.select_page(-1),
            Command::PageDown => self.select_page(1),
            Command::Doubt => self.toggle_doubt(),
            Command::Confidential => self.toggle_confidential(),
            Command::Kind => self.pick_kind(),
            Command::OpenMeeting => self.open_meeting(),
            Command::Pause => self.pause_meeting(),
            Command::Resume => self.resume_meeting(),
            Command::CloseMeeting => self.ask_close(),
            Command::Opening => self.opening_sheet(),
            Command::Queue => self.ask_queue(argument),
            Command::NextSpeaker => self.next_speaker(),
            Command::Waiting => self.waiting(),
            Command::Arrived => self.arrived(argument),
            Command::Vote => self.ask_vote(argument),
            Command::Figure => self.ask_figure(argument),
            Command::Award => self.ask_award(argument),
            Command::Document => self.ask_document(argument),
            Command::Facts => self.show_facts(argument),
            Command::CutLine => self.cut_line(),
            Command::LineTime => self.line_time(argument),
            Command::Unconclude => self.unconclude_target(),
            Command::AddPrepared if argument.is_empty() => self.tell("news.prepare_how", Tone::Quiet),
            Command::AddPrepared => self.prepare_texts(std::iter::once(argument), self.item_for_prepared()),
            Command::Submit => self.submit_record(),
            Command::TakeBack => self.take_back_record(),
            Command::Approve => self.ask_approval(),
            Command::Amend => self.amend(argument),
            Command::FindDeleted => self.ask_gone(),
            Command::Amendments => self.show_amendments(),
            Command::RecordPaper => self.ask_paper(argument),
            Command::Papers => self.show_papers(),
            Command::EditLine if self.is_locked() => self.amend(""),
            Command::ReadConclusion => self.read_conclusion(argument),
            Command::Absentees => self.absentees(),
            Command::Unreported => self.unreported(argument),
            Command::LastSession => self.last_session(),
            Command::WhatSaid => self.what_said(argument),
            Command::FloorTimes => self.floor_times(),
            Command::SiteCount => self.site_count(argument),
            Command::RoomAt => self.room_at(argument),
            Command::Overdue => self.overdue_of(argument),
            Command::Citations => self.citations(argument),
            _ => self.run_on_selection(command),
        }
    }

    fn run_on_selection(&mut self, command: Command) -> Vec<Effect> {
        match command {
            Command::ExtendUp => self.step_selection(-1, Walking::Extend),
            Command::ExtendDown => self.step_selection(1, Walking::Extend),
            Command::EditLine => {
                let head = self.meeting.selection.as_ref().map(|selection| selection.head.clone());
                return head.map_or(Vec::new(), |note| self.edit_line(&note));
            }
            Command::DeleteLines => return self.delete_lines(),
            Command::ItemFromHere => return self.pick_item_from_here(),
            Command::LineUp => return self.shift_lines(Way::Up),
            Command::LineDown => return self.shift_lines(Way::Down),
            Command::JoinLines => return self.join_lines(),
            Command::TaskOnBoard => return self.task_on_board(),
            Command::SayPrepared => return self.say_prepared(),
            Command::EditPrepared => return self.edit_prepared(),
            _ => {}
        }
        Vec::new()
    }

    fn pick_item_from_here(&mut self) -> Vec<Effect> {
        let Some(note) = self.selected_notes().first().cloned() else { return Vec::new() };
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let entries = names::item_entries(meeting);
        let item = meeting.note(&note).map(|note| note.item.clone()).unwrap_or_default();
        self.pick("picker.item_from", entries, &item, Then::ItemFrom(note));
        Vec::new()
    }

    /// Asks for a meeting to be opened and gone into.
    pub fn enter_meeting(&mut self, id: &str, note: Option<String>) -> Vec<Effect> {
        let key = RecordKey::Meeting(id.to_owned());
        let pending = Pending::Enter { meeting: id.to_owned(), note };
        if self.sessions.is_open(&key) {
            let Pending::Enter { meeting, note } = pending else { return Vec::new() };
            return self.entered(&meeting, note);
        }
        self.pending = Some(pending);
        vec![Effect::Open(key)]
    }

    /// The meeting is open: the place turns to it. Coming back to the same meeting finds the line as it was left.
    pub fn entered(&mut self, id: &str, note: Option<String>) -> Vec<Effect> {
        self.place = Place::Meeting;
        self.popups.clear();
        self.turn_to(id);
        if let Some(note) = note {
            self.meeting.selection = Some(Selection { anchor: note.clone(), head: note });
            self.meeting.focus = Focus::Stream;
        }
        self.after_step();
        self.watch_quorum();
        Vec::new()
    }

    /// Puts the place of another meeting aside, its unfinished line with it.
    fn turn_to(&mut self, id: &str) {
        if self.meeting.id == id {
            return;
        }
        let known = self.parked.remove(id);
        let is_new = known.is_none();
        let place = known.unwrap_or_else(|| MeetingPlace { id: id.to_owned(), ..MeetingPlace::default() });
        let left = std::mem::replace(&mut self.meeting, place);
        if !left.id.is_empty() {
            self.parked.insert(left.id.clone(), left);
        }
        if is_new {
            self.find_the_thread();
        }
    }

    /// Who was speaking and where the programme stood when the meeting was left.
    fn find_the_thread(&mut self) {
        let Some(meeting) = self.current_meeting() else { return };
        let open_turn = floor::open_turn(meeting).map(|turn| turn.speaker.clone());
        let last = meeting.stage().is_live().then(|| meeting.notes.last()).flatten();
        let speaker = open_turn.or_else(|| last.map(|note| note.speaker.clone())).unwrap_or_default();
        let item = programme::current_item(meeting).map(|item| item.id.clone());
        self.meeting.speaker = speaker;
        self.meeting.shown_item = item;
    }

    /// After every step: numbers of new speakers, and a choice that still stands on something.
    pub fn after_step(&mut self) {
        self.refresh_plan_lists();
        let Some(meeting) = self.current_meeting() else { return };
        let numbering = floor::numbering(meeting);
        let there = |id: &str| meeting.note(id).is_some();
        let lost = self.meeting.selection.as_ref().is_some_and(|s| !there(&s.anchor) || !there(&s.head));
        for speaker in numbering {
            if !self.meeting.numbers.contains(&speaker) {
                self.meeting.numbers.push(speaker);
            }
        }
        if lost {
            self.meeting.selection = None;
            if self.meeting.focus == Focus::Stream {
                self.meeting.focus = Focus::Line;
            }
        }
    }

    /// A journal of a window that ended badly held unfinished text: the program goes where it was typed.
    pub fn recovered_place(&mut self, work: &Recovered) -> Option<Place> {
        let RecordKey::Meeting(id) = &work.key else { return None };
        let typed = work.drafts.iter().any(|(_, text)| !text.is_empty());
        if typed {
            self.pending = Some(Pending::Enter { meeting: id.clone(), note: None });
        }
        None
    }

    /// Once the record of recovered work is open: its edits are applied and its unfinished text comes back.
    pub fn replay_recovered(&mut self, key: &RecordKey) -> Vec<Effect> {
        let Some(at) = self.found.iter().position(|work| work.key == *key) else { return Vec::new() };
        let work = self.found.remove(at);
        let before = self.desk.now;
        let effects = self.sessions.replay(key, &work.edits, "step.recovered", before);
        let words: usize = work.drafts.iter().map(|(_, text)| text.split_whitespace().count()).sum();
        match key {
            RecordKey::Meeting(id) => self.restore_drafts(id, &work.drafts),
            RecordKey::Committee(id) => self.keep_drafts(id, &work.drafts),
        }
        if !effects.is_empty() || words > 0 {
            let (lines, words) = (work.edits.len().to_string(), words.to_string());
            let until = work.until.map(|at| {
                let time = at.format("%H:%M:%S").to_string();
                self.desk.words.fill("news.recovered_until", &[("time", time)])
            });
            let slots = [("edits", lines), ("words", words), ("until", until.unwrap_or_default())];
            self.say_filled("news.recovered", &slots, Tone::Warning);
        }
        effects
    }

    fn restore_drafts(&mut self, id: &str, drafts: &[(String, String)]) {
        let draft = |field: &str| {
            let found = drafts.iter().rev().find(|(name, _)| name == field);
            found.map(|(_, text)| text.as_str()).filter(|text| !text.is_empty())
        };
        let mut line = draft("line").unwrap_or("").to_owned();
        if let Some(form) = draft("form").filter(|_| line.is_empty()) {
            line = form.to_owned();
        }
        let edit = draft("edit").and_then(|text| text.split_once('\n'));
        if line.is_empty() && edit.is_none() {
            return;
        }
        self.turn_to(id);
        match edit.and_then(|(note, rest)| rest.split_once('\n').map(|(waiting, text)| (note, waiting, text)))
        {
            Some((note, waiting, text)) => {
                let elsewhere = !waiting.contains(line.trim());
                let waiting = if elsewhere { format!("{waiting} {line}") } else { waiting.to_owned() };
                self.meeting.line = TextField::with_text(waiting.trim_start());
                self.edit_line(note);
                if self.meeting.editing.is_some() {
                    self.meeting.line = TextField::with_text(text);
                } else {
                    // The line being edited is gone; its text still must not be lost.
                    self.meeting.line = TextField::with_text(format!("{waiting} {text}").trim());
                }
            }
            None => {
                // Typed into an empty line, so that it can be taken back like anything typed.
                self.meeting.line = TextField::new();
                self.meeting.line.insert(&line);
            }
        }
        self.meeting.line_started = Some(self.desk.now.wall);
    }
}
