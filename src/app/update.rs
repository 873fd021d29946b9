//! From an event to what it changes: the top pop-up first, then the place, then everywhere. Dispatch only; what a verb
//! does is in the file of its place.

use chrono::{NaiveDateTime, Timelike};

use crate::app::board::BoardView;
use crate::app::command::{Command, Context};
use crate::app::effect::{AnyRecord, Effect};
use crate::app::event::{BroughtBack, Event, Failure, FailureKind, LibraryMeeting, Now, Recovered};
use crate::app::key::{Code, Input, Key};
use crate::app::meeting::Focus;
use crate::app::popup::{Page, Popup, Then, Tone};
use crate::app::session::Haste;
use crate::app::{App, Pending, Place};
use crate::domain::id::RecordKey;
use crate::text::composer::Method;
use crate::text::field::TextField;

impl App {
    /// Takes in one event; what it returns is to be done in this order. `now` is the moment of the event.
    pub fn update(&mut self, event: Event, now: Now) -> Vec<Effect> {
        self.desk.now = Now { wall: whole_second(now.wall), ..now };
        let now = self.desk.now;
        // A window stays open over midnight: what was due yesterday is late today.
        self.desk.today = self.desk.given_day.unwrap_or(now.wall.date());
        let mut effects = match event {
            Event::Input(input) => self.input(input),
            Event::Pointed { spot, kind } => self.pointed(spot, kind),
            Event::Tick => Vec::new(),
            Event::Loaded(library) => self.loaded(*library),
            Event::Opened { key, result } => self.opened(&key, result),
            Event::Saved { key, result } => self.saved(&key, result),
            Event::Outside { key, before, record } => {
                let effects = self.sessions.outside(&key, &before, &record, now);
                self.say(if effects.is_empty() { "news.outside" } else { "news.upheld" }, Tone::Warning);
                self.after_step();
                effects
            }
            Event::Bin { key, bin } => self.bin_read(&key, &bin),
            Event::BroughtBack(what) => {
                match what {
                    BroughtBack::File => self.say("news.file_back", Tone::Warning),
                    BroughtBack::Rows(n) => {
                        self.say_filled("news.rows_back", &[("n", n.to_string())], Tone::Warning)
                    }
                }
                Vec::new()
            }
            Event::Filters(Ok(filters)) => {
                self.filters_read(filters);
                Vec::new()
            }
            Event::Filters(Err(failure)) => {
                self.say_failure(&failure);
                Vec::new()
            }
            Event::Journal(state) => {
                self.journal_is(state);
                Vec::new()
            }
            Event::Recovered(found) => self.recovered(found),
            Event::SampleCopied(result) => self.sample_copied(result),
            Event::TablesFound(files) => self.tables_found(files),
            Event::TableRead { path, sheet, result } => self.table_read(path, sheet.is_some(), result),
            Event::Leave => self.leave(),
        };
        if effects.iter().any(|effect| matches!(effect, Effect::Journal { .. })) {
            self.watch_quorum();
        }
        effects.extend(self.draft());
        effects.extend(self.mouse_passed());
        effects.extend(self.sessions.saves(now, Haste::WhenQuiet));
        let handed_over = effects.iter().filter(|effect| effect.is_journal()).count() as u64;
        self.saving.hand_over(handed_over, now.since_start);
        effects
    }

    fn input(&mut self, input: Input) -> Vec<Effect> {
        self.desk.last_key = self.desk.now.since_start;
        // Keys typed ahead while a file is being opened are meant for what comes after.
        let waits = matches!(
            self.pending,
            Some(
                Pending::Enter { .. } | Pending::Ask { .. } | Pending::Reassign { .. } | Pending::Head { .. }
            )
        );
        if waits && !matches!(input, Input::Resize { .. }) {
            self.held.push(input);
            return Vec::new();
        }
        match input {
            Input::Key(key) => self.key(key),
            Input::Paste(text) if self.refuses(&text) => Vec::new(),
            Input::Paste(text) => self.paste(&text),
            Input::Resize { columns, rows } => {
                self.desk.size = (columns, rows);
                Vec::new()
            }
            Input::Focus(_) | Input::Mouse(_) => Vec::new(),
        }
    }

    /// A key with the caret in a text field: printable ones are text before they could be anything else.
    fn key(&mut self, key: Key) -> Vec<Effect> {
        self.desk.news = Default::default();
        if let Some(c) = key.typed()
            && self.wants_text()
        {
            return self.type_text(c.encode_utf8(&mut [0; 4]));
        }
        if let Some(command) = self.meaning(key) {
            return self.run(command, "");
        }
        // Esc and a letter typed in one breath arrive as Alt and the letter.
        match key.code {
            Code::Char(c) if key.alt && !key.ctrl => {
                // It closes what lies over the place, but never leaves the place or an edit: the letter is text.
                self.popups.pop();
                if self.wants_text() {
                    return self.type_text(c.encode_utf8(&mut [0; 4]));
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn meaning(&self, key: Key) -> Option<Command> {
        let command = self.desk.keymap.command(&self.contexts(), key)?;
        match (self.popups.last(), command) {
            // A page that is only read lets the line below go on.
            (Some(Popup::Page(Page { then: Then::Read, .. })), Command::Choose) => {
                self.desk.keymap.command(&self.place_contexts(), key)
            }
            _ => Some(command),
        }
    }

    /// Where keys are looked up, innermost first.
    pub fn contexts(&self) -> Vec<Context> {
        let mut contexts: Vec<Context> = self.gap_in_front().map(|_| Context::Gap).into_iter().collect();
        contexts.extend(self.contexts_of_front());
        contexts.push(Context::Everywhere);
        contexts
    }

    fn contexts_of_front(&self) -> Vec<Context> {
        match self.popups.last() {
            Some(Popup::Picker { .. }) if self.plan_list().is_some() => {
                vec![Context::Plan, Context::List, Context::Text]
            }
            Some(Popup::Picker { .. }) => vec![Context::List, Context::Text],
            Some(Popup::Form { form, .. }) => match form.is_text() {
                true => vec![Context::Text, Context::Form],
                false => vec![Context::Form],
            },
            Some(Popup::Split(_)) => vec![Context::Split, Context::List],
            Some(Popup::Page(page)) => {
                let facts = matches!(page.then, Then::Facts(_)).then_some(Context::Facts);
                let mut contexts: Vec<Context> = facts.into_iter().chain([Context::List]).collect();
                contexts.extend(self.place_contexts());
                contexts
            }
            None => self.place_contexts(),
        }
    }

    fn place_contexts(&self) -> Vec<Context> {
        match (self.place, self.meeting.focus) {
            (Place::Meeting, Focus::Line) => vec![Context::Text, Context::Meeting],
            (Place::Meeting, Focus::Stream) => vec![Context::Stream, Context::Meeting, Context::Text],
            (Place::Meeting, Focus::Prepared(_)) => vec![Context::Prepared, Context::Meeting, Context::Text],
            (Place::Home, _) => vec![Context::Home, Context::List, Context::Text],
            (Place::Board, _) if self.board.view == BoardView::Columns => {
                vec![Context::Columns, Context::Board, Context::List, Context::Text]
            }
            (Place::Board, _) => vec![Context::Board, Context::List, Context::Text],
            (Place::Roll, _) => vec![Context::Roll, Context::List, Context::Text],
            (Place::Committee, _) => vec![Context::Committee, Context::List, Context::Text],
        }
    }

    /// The same field, to be read only.
    pub fn field_in_front(&self) -> Option<&TextField> {
        match self.popups.last() {
            Some(Popup::Picker { picker, .. }) => return Some(&picker.query),
            Some(Popup::Form { form, .. }) => return form.focused_text(),
            Some(Popup::Split(_)) => return None,
            Some(Popup::Page(_)) | None => {}
        }
        Some(match self.place {
            Place::Home => &self.home.filter,
            Place::Meeting => &self.meeting.line,
            Place::Roll => &self.roll.line,
            Place::Board => &self.board.filter,
            Place::Committee => &self.committee.list().filter,
        })
    }

    /// Does a command. `argument` is what was typed after its word, empty for a key.
    pub fn run(&mut self, command: Command, argument: &str) -> Vec<Effect> {
        self.end_word_before(command);
        if command.context() == Context::Text {
            return self.edit_text(command);
        }
        if let Some(effects) = self.run_in_popup(command) {
            return effects;
        }
        if let Some(effects) = self.run_everywhere(command, argument) {
            return effects;
        }
        match self.place {
            Place::Meeting => self.run_in_meeting(command, argument),
            Place::Home => self.run_in_home(command),
            Place::Board => self.run_in_board(command, argument),
            Place::Roll => self.run_in_roll(command, argument),
            Place::Committee => self.run_in_committee(command),
        }
    }

    fn run_everywhere(&mut self, command: Command, argument: &str) -> Option<Vec<Effect>> {
        match command {
            Command::Help => Some(self.show_help()),
            Command::Palette => Some(self.show_palette()),
            Command::Undo => Some(self.undo()),
            Command::Redo => Some(self.redo()),
            Command::Board => Some(self.go(Place::Board)),
            Command::Home => Some(self.go(Place::Home)),
            Command::Roll if !self.meeting.id.is_empty() => Some(self.go(Place::Roll)),
            Command::Roll => Some(self.tell("news.no_meeting", Tone::Warning)),
            Command::Committee => Some(self.show_committee(argument)),
            Command::Search => Some(self.show_search(argument)),
            Command::Back => Some(self.back()),
            Command::Save => Some(self.save_now()),
            Command::Postpone => Some(self.ask_postpone()),
            Command::CallOff => Some(self.ask_call_off()),
            Command::EditHead => Some(self.edit_head()),
            Command::Quit => Some(self.leave()),
            Command::ToggleTyping => Some(self.toggle_typing()),
            Command::UseTelex => Some(self.use_method(Method::Telex)),
            Command::UseVni => Some(self.use_method(Method::Vni)),
            Command::ToggleExpansion => Some(self.toggle_expansion()),
            _ => None,
        }
    }

    /// Brings a place to the front.
    pub fn go(&mut self, place: Place) -> Vec<Effect> {
        self.popups.clear();
        self.return_to = None;
        if self.place == Place::Meeting {
            self.line_left();
        }
        self.place = place;
        match place {
            Place::Board => {
                self.board.return_to = None;
                self.board_entered();
                self.board_needs()
            }
            Place::Home => {
                self.board_entered();
                vec![Effect::Load]
            }
            Place::Roll => {
                self.roll_entered();
                Vec::new()
            }
            Place::Meeting | Place::Committee => Vec::new(),
        }
    }

    /// Esc: closes what is open, then leaves the place; never discards text and never leaves a live meeting.
    fn back(&mut self) -> Vec<Effect> {
        if self.popups.pop().is_some() {
            return Vec::new();
        }
        match self.place {
            Place::Home => self.back_in_home(),
            Place::Meeting => self.back_in_meeting(),
            Place::Roll => self.go(Place::Meeting),
            Place::Board => self.back_in_board(),
            Place::Committee => self.back_in_committee(),
        }
    }

    fn save_now(&mut self) -> Vec<Effect> {
        let failed = self.sessions.failed().map(|key| Effect::Insist(key.clone()));
        let mut effects: Vec<Effect> = failed.collect();
        effects.extend(self.sessions.saves(self.desk.now, Haste::Now));
        match self.saving.filed_at {
            Some(at) if effects.is_empty() => {
                let at = crate::text::dates::clock(at.time());
                self.say_filled("news.already_saved", &[("time", &at)], Tone::Quiet);
            }
            _ => self.say("news.saving", Tone::Quiet),
        }
        effects
    }

    fn leave(&mut self) -> Vec<Effect> {
        let mut effects = self.sessions.saves(self.desk.now, Haste::Now);
        effects.push(Effect::Quit);
        effects
    }

    fn loaded(&mut self, library: crate::app::event::Library) -> Vec<Effect> {
        self.library = library;
        self.home.loaded = true;
        self.board_entered();
        Vec::new()
    }

    fn opened(&mut self, key: &RecordKey, result: Result<crate::app::event::Opened, Failure>) -> Vec<Effect> {
        let mut effects = match result {
            Ok(opened) => {
                if opened.problems > 0 {
                    let count = opened.problems.to_string();
                    self.say_filled("news.problems", &[("count", &count)], Tone::Warning);
                }
                self.sessions.open(opened);
                let mut effects = self.replay_recovered(key);
                effects.extend(self.opened_for_work(key));
                self.judge_seal(key);
                effects
            }
            Err(failure) => {
                self.pending = None;
                match self.found.iter().find(|work| work.key == *key) {
                    Some(work) if failure.kind == FailureKind::NotFound => {
                        let edits = work.edits.len().to_string();
                        let slots = [("meeting", key.id()), ("edits", &edits)];
                        self.say_filled("news.recovered_missing", &slots, Tone::Warning);
                    }
                    _ => self.say_failure(&failure),
                }
                Vec::new()
            }
        };
        for input in std::mem::take(&mut self.held) {
            effects.extend(self.input(input));
        }
        effects
    }

    fn saved(&mut self, key: &RecordKey, result: Result<AnyRecord, Failure>) -> Vec<Effect> {
        match result {
            Ok(merged) => {
                self.sessions.saved(key, &merged);
                self.saving.failure = None;
                self.saving.filed_at = Some(self.desk.now.wall);
                self.refresh_library(&merged);
            }
            Err(failure) => {
                self.sessions.save_failed(key, self.desk.now);
                self.saving.failure = Some(failure.cause.clone());
                match failure.kind {
                    FailureKind::NotFound => {
                        self.say_filled("failure.taken_away", &[("path", &failure.path)], Tone::Alarm);
                    }
                    _ => self.say_failure(&failure),
                }
            }
        }
        Vec::new()
    }

    /// What the files hold now also stands in the lists.
    fn refresh_library(&mut self, record: &AnyRecord) {
        let meeting = match record {
            AnyRecord::Meeting(meeting) => meeting,
            AnyRecord::Committee(committee) => {
                let mut known = self.library.committees.iter_mut();
                if let Some(known) = known.find(|known| known.head.id == committee.head.id) {
                    *known = std::sync::Arc::new(committee.clone());
                }
                return;
            }
        };
        if let Some(known) = self.library.meetings.iter_mut().find(|m| m.meeting.head.id == meeting.head.id) {
            *known = LibraryMeeting::new(meeting.clone(), known.problems);
        }
    }

    fn recovered(&mut self, found: Vec<Recovered>) -> Vec<Effect> {
        let mut effects = Vec::new();
        for work in found {
            if let Some(place) = self.recovered_place(&work) {
                self.place = place;
            }
            effects.push(Effect::Open(work.key.clone()));
            self.found.push(work);
        }
        effects
    }

    /// The unfinished text goes to the journal whenever it changed.
    fn draft(&mut self) -> Vec<Effect> {
        let Some((record, field, text)) = self.unfinished() else {
            let before = std::mem::take(&mut self.saving.draft);
            let nowhere = RecordKey::Meeting(String::new());
            return done_with(&before, &nowhere, "").into_iter().collect();
        };
        let now = format!("{field}\n{}\n{text}", draft_name(&record));
        if now == self.saving.draft {
            return Vec::new();
        }
        let before = std::mem::replace(&mut self.saving.draft, now);
        let done = done_with(&before, &record, field);
        let draft = Effect::Draft { record, field, text };
        std::iter::once(draft).chain(done).collect()
    }
}

/// A form or an edit in place that was finished or given up leaves nothing unfinished behind. `before` is the draft
/// handed over last.
fn done_with(before: &str, record: &RecordKey, field: &str) -> Option<Effect> {
    let mut parts = before.splitn(3, '\n');
    let (left, id) = (parts.next()?, parts.next()?);
    let left = match left {
        "form" if field != "form" || id != draft_name(record) => "form",
        "edit" if field == "line" && id == draft_name(record) => "edit",
        _ => return None,
    };
    let record = match id.strip_prefix(OF_COMMITTEE) {
        Some(id) => RecordKey::Committee(id.to_owned()),
        None => RecordKey::Meeting(id.to_owned()),
    };
    Some(Effect::Draft { record, field: left, text: String::new() })
}

/// Before the id of a committee in the name of a draft; no id has a stroke in it.
const OF_COMMITTEE: &str = "committee/";

fn draft_name(record: &RecordKey) -> String {
    match record {
        RecordKey::Meeting(id) => id.clone(),
        RecordKey::Committee(id) => format!("{OF_COMMITTEE}{id}"),
    }
}

impl Effect {
    /// Whether the journal counts it.
    pub fn is_journal(&self) -> bool {
        matches!(self, Effect::Journal { .. } | Effect::Draft { .. })
    }
}

/// Records name times to the second: nobody in the room reads more, and files stay fit to be read.
fn whole_second(at: NaiveDateTime) -> NaiveDateTime {
    at.with_nanosecond(0).unwrap_or(at)
}
