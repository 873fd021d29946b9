//! The head of a meeting in a form: title, kind, days and times, place, periods, who keeps the record. Knows no drawing.

use crate::app::committee::Unusable;
use crate::app::committee::tab::{Column, Kind, Scope, column, words_of};
use crate::app::effect::Effect;
use crate::app::form::Form;
use crate::app::plan::{PlanThen, impossible, put};
use crate::app::popup::{Popup, Then, Tone};
use crate::app::{App, Pending, view};
use crate::domain::agenda;
use crate::domain::fields::Row;
use crate::domain::kinds::{Form as MeetingForm, Language, MeetingKind, Stage};
use crate::domain::meeting::Meeting;
use crate::domain::seats;
use crate::domain::value::Value;
use crate::text::dates;
use crate::text::periods::Outlook;

/// Always asked.
const PLAN: &[Column] = &[
    column("title", "plan.title", Kind::Text, 0),
    column("date", "plan.date", Kind::MeetingDay, 0),
    column("planned_start", "plan.planned_start", Kind::Time, 0),
    column("place", "plan.place", Kind::Text, 0),
    column("kind", "plan.kind", Kind::Word("meeting_kind", words_of!(MeetingKind)), 0),
    column("form", "plan.form", Kind::Word("form_of", words_of!(MeetingForm)), 0),
    column("review_period", "plan.review_period", Kind::Period(Outlook::Back), 0),
    column("planning_period", "plan.planning_period", Kind::Period(Outlook::Ahead), 0),
    column("secretary", "plan.secretary", Kind::Named(Scope::Seats), 0),
    column("co_organisers", "plan.co_organisers", Kind::Names(Scope::Bodies), 0),
    column("language", "plan.language", Kind::Word("language", words_of!(Language)), 0),
    column("site", "plan.site", Kind::Named(Scope::Here), 0),
    column("conference", "plan.conference", Kind::Text, 0),
    column("source", "plan.source", Kind::Text, 0),
];

/// Asked once the meeting was opened.
const HELD: &[Column] = &[
    column("opened", "plan.opened", Kind::Moment, 0),
    column("closed", "plan.closed", Kind::Moment, 0),
    column("recording_started", "plan.recording_started", Kind::Moment, 0),
];

/// What the form of a meeting asks: times only of what has happened.
pub(super) fn columns(meeting: &Meeting) -> Vec<Column> {
    let head = &meeting.head;
    let happened = |column: &&Column| match column.key {
        "opened" => head.opened.is_some(),
        "closed" => head.closed.is_some(),
        _ => head.opened.is_some() || head.recording_started.is_some(),
    };
    PLAN.iter().chain(HELD.iter().filter(happened)).copied().collect()
}

impl App {
    /// Asks for the head of the meeting meant: the chosen one in Home, else the one in front.
    pub fn edit_head(&mut self) -> Vec<Effect> {
        match self.meeting_meant() {
            Some(meeting) => self.when_open(Pending::Head { meeting }),
            None => self.tell("news.choose_meeting", Tone::Warning),
        }
    }

    /// The form, once the file is open. An approved text is not asked for.
    pub fn ask_head(&mut self, id: &str) -> Vec<Effect> {
        let Some(meeting) = self.sessions.meeting(id) else { return Vec::new() };
        if meeting.stage().is_locked() {
            return self.tell("news.head_locked", Tone::Warning);
        }
        let (reading, head): (_, &dyn Row) = (self.reading_of(meeting), &meeting.head);
        let fields = columns(meeting)
            .iter()
            .map(|column| reading.field(column, head.get(column.key).as_ref()))
            .collect();
        let then = Then::Plan(PlanThen::Head(id.to_owned()));
        self.popups.push(Popup::Form { title: "form.head", form: Form::new(fields), then });
        self.form_changed()
    }

    pub(super) fn head_answered(&mut self, id: &str, form: &Form) -> Result<Vec<Effect>, Unusable> {
        let Some(meeting) = self.sessions.meeting(id) else { return Ok(Vec::new()) };
        let columns = columns(meeting);
        let mut answers = self.plan_answers(meeting, &columns, Some(&meeting.head), form)?;
        let missing = |key: &str| answers.iter().any(|(name, value)| *name == key && value.is_none());
        for (key, label) in [("title", "plan.title"), ("date", "plan.date")] {
            if missing(key) {
                return Err(Unusable { news: "news.head_incomplete", label: Some(label) });
            }
        }
        let mut draft = meeting.clone();
        let moment = |value: Option<Value>| match value {
            Some(Value::Moment(at)) => Some(at),
            _ => None,
        };
        let (mut opened, mut closed) = (meeting.head.opened, meeting.head.closed);
        for (key, value) in answers.extract_if(.., |(key, _)| matches!(*key, "opened" | "closed")) {
            // Once opened it was opened at some time; taking a time out is the business of undo.
            match (key, moment(value)) {
                ("opened", Some(at)) => opened = Some(at),
                ("closed", Some(at)) => closed = Some(at),
                _ => return Err(Unusable { news: "news.head_incomplete", label: Some("plan.opened") }),
            }
        }
        let moved_border = if opened == meeting.head.opened { "plan.closed" } else { "plan.opened" };
        agenda::set_frame(&mut draft, opened, closed)
            .map_err(|why| Unusable { news: impossible(&why), label: Some(moved_border) })?;
        let date_before = meeting.head.date;
        put(&mut draft.head, answers);
        let committee = self.committee_of(&draft).cloned();
        for body in draft.head.co_organisers.clone() {
            seats::keep_unit_name(&mut draft, committee.as_ref(), &body);
        }
        // With a new day it is no longer put off.
        if draft.head.date != date_before && draft.stage() == Stage::Postponed {
            draft.head.stage = Some(Stage::Planned);
        }
        let (date, planned) =
            (draft.head.date.filter(|date| Some(*date) != date_before), draft.head.opened.is_none());
        let step = self.sessions.change(id, "step.head", self.desk.now, |meeting| *meeting = draft);
        let effects = self.made(step);
        match date.filter(|_| !effects.is_empty()) {
            Some(date) => {
                let news = if planned { "news.head_moved" } else { "news.moved" };
                self.say_filled(news, &[("date", &dates::short(date))], Tone::Plain);
            }
            None if !effects.is_empty() => self.say("news.head_changed", Tone::Plain),
            None => {}
        }
        Ok(effects)
    }

    /// The day that is understood, with its weekday.
    pub(super) fn date_echo(&self, meeting: &Meeting, typed: &str) -> String {
        let read = super::spelling::read(&self.reading_of(meeting), Kind::MeetingDay, typed, None);
        match read {
            Some(Value::Date(day)) if meeting.head.opened.is_none() => {
                self.due_echo(&dates::short(day), &self.occasion_on(self.desk.today))
            }
            Some(Value::Date(day)) => {
                let weekday = self.desk.words.get(crate::app::meeting::due::weekday_key(day));
                format!("{weekday} {}", dates::short(day))
            }
            _ => self.desk.words.get("ui.day_how").to_owned(),
        }
    }

    /// How many other records belong to the same joint conference.
    pub(super) fn conference_echo(&self, meeting: &Meeting, typed: &str) -> String {
        if typed.is_empty() {
            return self.desk.words.get("plan_says.conference_how").to_owned();
        }
        let others = view::meetings(self).filter(|other| other.head.id != meeting.head.id);
        let same = others.filter(|other| other.head.conference == typed).count();
        self.desk.words.fill("plan_says.conference_of", &[("n", &same.to_string())])
    }
}
