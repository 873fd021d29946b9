//! Amendments of an approved text: what is amended, the form, and the page that shows both wordings. Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::meeting::due::read_due;
use crate::app::meeting::names;
use crate::app::meeting::task::references;
use crate::app::picker::Entry;
use crate::app::popup::{Amending, Page, PageLine, Popup, Then, Tone, Typed};
use crate::domain::amendment::{self, Wording};
use crate::domain::id::row_id;
use crate::domain::kinds::{AmendmentAction, AmendmentStatus};
use crate::domain::meeting::{Amendment, Meeting, Note, Task};
use crate::text::dates;
use crate::text::diff::{self, Change};

impl App {
    /// An amendment of the selected or last line, of its conclusion or of a field of its task. What was typed, or
    /// follows the command, is added to the line.
    pub fn amend(&mut self, argument: &str) -> Vec<Effect> {
        if !self.is_locked() {
            return self.tell("news.not_approved", Tone::Quiet);
        }
        if let Some(editing) = &self.meeting.editing {
            let (target, text) = (editing.note.clone(), self.meeting.line.text().trim().to_owned());
            return self.ask_amendment(Amending::of(target, "text", Typed::Editing), &text);
        }
        let Some(note) = self.target_notes().last().cloned() else {
            return self.tell("news.no_line", Tone::Quiet);
        };
        let line = self.meeting.line.text().trim().to_owned();
        if !argument.is_empty() || !line.is_empty() {
            let (text, typed) =
                if argument.is_empty() { (line, Typed::Line) } else { (argument.to_owned(), Typed::Nowhere) };
            return self.ask_amendment(Amending::of(note, "text", typed), &text);
        }
        self.pick_part(&note)
    }

    fn pick_part(&mut self, note: &str) -> Vec<Effect> {
        let entries = self.parts(note);
        if let [only] = entries.as_slice() {
            let only = only.id.clone();
            return self.part_chosen(&only);
        }
        self.pick("picker.amend", entries, "", Then::AmendPart);
        Vec::new()
    }

    /// What can be amended of a line: its conclusion, its tasks by field, the line itself unless one of them says the
    /// same.
    fn parts(&self, note_id: &str) -> Vec<Entry> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let view = amendment::shown(meeting);
        let Some(note) = view.note(note_id) else { return Vec::new() };
        let entry = |id: &str, field: &str, mark: String| Entry {
            id: format!("{id}/{field}"),
            mark,
            label: self.part_name(field),
            detail: self.field_words(meeting, field, &amendment::said(&view, id, field)),
            also: Vec::new(),
        };
        let of_note = view.conclusions.iter().filter(|row| row.note == note_id);
        let mut entries: Vec<Entry> =
            of_note.map(|row| entry(&row.id, "text", self.row_mark(&view, &row.id))).collect();
        for task in view.tasks.iter().filter(|task| task.note == note_id) {
            let mark = self.row_mark(&view, &task.id);
            entries.extend(TASK_PARTS.map(|field| entry(&task.id, field, mark.clone())));
        }
        if !says_the_same(&view, note) {
            entries.push(entry(note_id, "text", String::new()));
        }
        entries
    }

    fn part_name(&self, field: &str) -> String {
        let key = match field {
            "text" => "field.wording",
            field => &format!("field.{field}"),
        };
        self.desk.words.get(key).to_owned()
    }

    /// A part was chosen as `<row id>/<field>`.
    pub fn part_chosen(&mut self, part: &str) -> Vec<Effect> {
        let Some((target, field)) = part.split_once('/') else { return Vec::new() };
        self.ask_amendment(Amending::of(target.to_owned(), field, Typed::Nowhere), "")
    }

    /// The form of a new amendment. Without a text the present wording stands there, to be changed.
    fn ask_amendment(&mut self, amending: Amending, text: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let present = amendment::said(&amendment::shown(meeting), &amending.target, &amending.field);
        let present = self.field_words(meeting, &amending.field, &present);
        let (action, text) = match (text.is_empty(), &amending.typed) {
            (false, Typed::Line | Typed::Nowhere) => (AmendmentAction::Add, text),
            (false, Typed::Editing) => (AmendmentAction::Replace, text),
            (true, _) => (AmendmentAction::Replace, present.as_str()),
        };
        let amendment = Amendment {
            action: Some(action),
            text: text.to_owned(),
            on: Some(self.desk.now.wall.date()),
            status: Some(AmendmentStatus::Proposed),
            ..Amendment::default()
        };
        self.open_form(&amendment, amending)
    }

    fn open_form(&mut self, amendment: &Amendment, amending: Amending) -> Vec<Effect> {
        let actions = AmendmentAction::ALL.iter().map(|a| format!("amendment_action.{}", a.word())).collect();
        let statuses =
            AmendmentStatus::ALL.iter().map(|s| format!("amendment_status.{}", s.word())).collect();
        let action = AmendmentAction::ALL.iter().position(|a| amendment.action == Some(*a)).unwrap_or(0);
        let status = AmendmentStatus::ALL.iter().position(|s| amendment.status == Some(*s)).unwrap_or(0);
        let asked_by = self.current_meeting().map_or(String::new(), |meeting| {
            names::speaker_name(meeting, self.committee_of(meeting), &amendment.asked_by)
        });
        let on = amendment.on.unwrap_or(self.desk.now.wall.date());
        let mut form = Form::new(vec![
            FormField::choice("action", actions, action),
            FormField::text("wording", &amendment.text),
            FormField::text("reason", &amendment.reason),
            FormField::text("asked_by", &asked_by),
            FormField::text("on", &dates::short(on)),
            FormField::text("at_meeting", &amendment.meeting),
            FormField::choice("outcome", statuses, status),
        ]);
        form.focus = if amending.known.is_some() { 6 } else { 1 };
        let then = Then::Amendment(Box::new(amending));
        self.popups.push(Popup::Form { title: "form.amendment", form, then });
        self.form_changed()
    }

    /// Enter on an amendment of the page: its form again, the caret on its outcome.
    pub fn amendment_chosen(&mut self, id: &str) -> Vec<Effect> {
        let found = self.current_meeting().and_then(|m| m.amendments.iter().find(|row| row.id == id));
        let Some(amendment) = found.cloned() else { return Vec::new() };
        let amending = Amending {
            known: Some(id.to_owned()),
            ..Amending::of(amendment.target.clone(), &amendment.field, Typed::Nowhere)
        };
        self.open_form(&amendment, amending)
    }

    /// Puts the amendment into the record. One that changes nothing, or gives no reason, is none.
    pub fn amendment_answered(&mut self, amending: &Amending, form: &Form) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let said = amendment::said(meeting, &amending.target, &amending.field);
        let mut amendment = self.read_amendment(meeting, amending, form);
        let strikes = amendment.action == Some(AmendmentAction::Strike);
        if strikes && amendment.text == said {
            amendment.text.clear();
        }
        let idle = match amendment.action {
            Some(AmendmentAction::Strike) => false,
            Some(AmendmentAction::Add) => amendment.text.is_empty(),
            _ => amendment.text == said,
        };
        if amending.known.is_none() && (idle || amendment.reason.is_empty()) {
            return self.tell("news.amendment_incomplete", Tone::Warning);
        }
        let fresh = row_id(self.desk.random.u64(..));
        let step = self.sessions.change(&self.meeting.id, "step.amendment", self.desk.now, |meeting| {
            put_amendment(meeting, amendment, fresh);
        });
        let effects = self.made(step);
        if !effects.is_empty() {
            self.leave_typed(&amending.typed);
            self.say("news.amended", Tone::Plain);
        }
        self.amendments_again();
        effects
    }

    fn read_amendment(&self, meeting: &Meeting, amending: &Amending, form: &Form) -> Amendment {
        let word = |key: &'static str| form.text(key).rsplit('.').next().unwrap_or("");
        let from = meeting.head.date.unwrap_or(self.desk.now.wall.date());
        let text = form.text("wording");
        Amendment {
            id: amending.known.clone().unwrap_or_default(),
            on: dates::read(form.text("on"), from).or(Some(self.desk.now.wall.date())),
            target: amending.target.clone(),
            field: amending.field.clone(),
            action: AmendmentAction::from_word(word("action")),
            text: match amending.field.as_str() {
                "lead" => references(text, &self.known_units(meeting)).join(", "),
                "due" => {
                    read_due(text, &self.occasion(meeting)).day.map_or(text.to_owned(), |day| day.to_string())
                }
                _ => text.to_owned(),
            },
            reason: form.text("reason").to_owned(),
            asked_by: self.seat_or_name(form.text("asked_by")),
            meeting: form.text("at_meeting").to_owned(),
            status: AmendmentStatus::from_word(word("outcome")),
            ..Amendment::default()
        }
    }

    /// What was typed went into the amendment.
    fn leave_typed(&mut self, typed: &Typed) {
        match typed {
            Typed::Line => self.clear_line(),
            Typed::Editing => {
                if let Some(editing) = self.meeting.editing.take() {
                    self.meeting.line = editing.waiting;
                    self.meeting.line_started = editing.waiting_since;
                }
            }
            Typed::Nowhere => {}
        }
    }

    /// All amendments with both wordings; Enter on one opens it.
    pub fn show_amendments(&mut self) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        if meeting.amendments.is_empty() {
            return self.tell("news.no_amendments", Tone::Quiet);
        }
        let lines = meeting.amendments.iter().flat_map(|row| self.amendment_lines(meeting, row)).collect();
        let title = self.desk.words.get("answer.amendments").to_owned();
        self.popups.push(Popup::Page(Page { title, lines, selected: 0, then: Then::Amendments }));
        Vec::new()
    }

    fn amendments_again(&mut self) {
        let Some(Popup::Page(Page { then: Then::Amendments, selected, .. })) = self.popups.last() else {
            return;
        };
        let selected = *selected;
        self.popups.pop();
        self.show_amendments();
        if let Some(Popup::Page(page)) = self.popups.last_mut() {
            page.selected = selected;
        }
    }

    fn amendment_lines(&self, meeting: &Meeting, row: &Amendment) -> Vec<PageLine> {
        let told =
            |text: String, tone, reference: &str| PageLine { text, tone, reference: reference.to_owned() };
        let Wording { said, amended } = amendment::wording(meeting, row);
        let changes = diff::words(
            &self.field_words(meeting, &row.field, &said),
            &self.field_words(meeting, &row.field, &amended),
        );
        let before = self.told("answer.as_approved", &changes, Side::Approved);
        let after = self.told("answer.as_amended", &changes, Side::Amended);
        vec![
            told(self.amendment_head(meeting, row), Tone::Heading, &row.id),
            told(before, Tone::Plain, ""),
            told(after, Tone::Plain, ""),
        ]
    }

    /// `KL2, thay, đề nghị, 20/01/2022, đ/c Quang: lý do`.
    fn amendment_head(&self, meeting: &Meeting, row: &Amendment) -> String {
        let word = |table: &str, word: Option<&'static str>| {
            word.map_or(String::new(), |word| self.desk.words.get(&format!("{table}.{word}")).to_owned())
        };
        let mark = self.row_mark(meeting, &row.target);
        let plain = matches!(row.field.as_str(), "text" | "content" | "");
        let parts = [
            if plain { mark } else { format!("{mark} {}", self.part_name(&row.field)) },
            word("amendment_action", row.action.map(AmendmentAction::word)),
            word("amendment_status", row.status.map(AmendmentStatus::word)),
            row.on.map_or(String::new(), dates::short),
            names::speaker_name(meeting, self.committee_of(meeting), &row.asked_by),
            row.reason.clone(),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// One wording in full, what the other has not set in brackets with a word.
    fn told(&self, key: &str, changes: &[Change], side: Side) -> String {
        let words = &self.desk.words;
        let mut parts = vec![words.get(key).to_owned()];
        for change in changes {
            match (change, side) {
                (Change::Same(text), _) => parts.push(text.clone()),
                (Change::Removed(text), Side::Approved) => {
                    parts.push(words.fill("answer.removed", &[("text", text)]));
                }
                (Change::Added(text), Side::Amended) => {
                    parts.push(words.fill("answer.added", &[("text", text)]));
                }
                _ => {}
            }
        }
        parts.join(" ")
    }

    /// `KL2`, `NV3`, or the clock time of a line.
    fn row_mark(&self, meeting: &Meeting, id: &str) -> String {
        let numbered = |key: &str, number: Option<i64>| {
            format!("{}{}", self.desk.words.get(key), number.map_or("?".to_owned(), |n| n.to_string()))
        };
        if let Some(row) = meeting.conclusions.iter().find(|row| row.id == id) {
            return numbered("ui.conclusion_mark", row.number);
        }
        if let Some(row) = meeting.tasks.iter().find(|row| row.id == id) {
            return numbered("ui.task_mark", row.number);
        }
        let at = meeting.note(id).and_then(|note| note.at);
        at.map_or_else(|| id.to_owned(), |at| dates::clock(at.time()))
    }

    /// The words of a field for a person: units by name, days as offices write them.
    fn field_words(&self, meeting: &Meeting, field: &str, words: &str) -> String {
        match field {
            "lead" | "support" => {
                let committee = self.committee_of(meeting);
                let shorts = words.split(", ").map(|unit| names::unit_short(meeting, committee, unit));
                shorts.collect::<Vec<_>>().join(", ")
            }
            "due" => words.parse().map_or(words.to_owned(), dates::short),
            _ => words.to_owned(),
        }
    }
}

/// The fields of a task that are amended.
const TASK_PARTS: [&str; 5] = ["content", "lead", "due", "product", "person"];

/// Which wording is told.
#[derive(Clone, Copy)]
enum Side {
    Approved,
    Amended,
}

fn says_the_same(meeting: &Meeting, note: &Note) -> bool {
    let same_task = |task: &Task| task.note == note.id && task.content == note.text;
    let conclusions = meeting.conclusions.iter().any(|row| row.note == note.id && row.text == note.text);
    conclusions || meeting.tasks.iter().any(same_task)
}

fn put_amendment(meeting: &mut Meeting, mut amendment: Amendment, fresh: String) {
    match meeting.amendments.iter_mut().find(|row| !amendment.id.is_empty() && row.id == amendment.id) {
        Some(row) => {
            amendment.extra = row.extra.clone();
            *row = amendment;
        }
        None => {
            amendment.id = fresh;
            meeting.amendments.push(amendment);
        }
    }
}

impl Amending {
    /// A new amendment of a field.
    pub fn of(target: String, field: &str, typed: Typed) -> Amending {
        Amending { known: None, target, field: field.to_owned(), typed }
    }
}
