//! Planning: a new meeting out of its committee, a planned one put off or called off. Knows no drawing and no file.

use chrono::{Datelike, Days, NaiveDate};

use crate::app::effect::{AnyRecord, Effect};
use crate::app::form::{Form, FormField};
use crate::app::meeting::due::read_due;
use crate::app::popup::{Popup, Then, Tone};
use crate::app::{App, Pending, view};
use crate::domain::committee::Committee;
use crate::domain::deadline::Occasion;
use crate::domain::id::meeting_id;
use crate::domain::kinds::{MeetingKind, Stage};
use crate::domain::seating::{self, Wish};
use crate::text::dates;
use crate::words::Words;

/// What becomes of a planned meeting, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recall {
    pub stage: Stage,
    pub reason: String,
    /// The day it is moved to.
    pub date: Option<NaiveDate>,
}

impl App {
    /// The form of a new meeting: the committee is chosen already, the kind has the caret.
    pub(super) fn ask_meeting(&mut self) -> Vec<Effect> {
        if self.library.committees.is_empty() {
            self.say("news.committee_first", Tone::Quiet);
            return self.ask_committee();
        }
        let at = self.likely_committee();
        let names = self.library.committees.iter().map(|c| view::committee_name(self, &c.head.id).to_owned());
        let names: Vec<String> = names.collect();
        let kinds = self.library.committees.get(at).map_or(Vec::new(), |committee| kinds_of(committee));
        let kinds = kinds.iter().map(|kind| format!("meeting_kind.{}", kind.word())).collect();
        let form = Form::new(vec![
            FormField::choice("meeting_kind", kinds, 0),
            FormField::text("meeting_date", &dates::short(self.desk.today)),
            FormField::text("meeting_title", ""),
            FormField::text("meeting_start", ""),
            FormField::text("meeting_place", ""),
            FormField::choice("meeting_committee", names, at),
        ]);
        self.popups.push(Popup::Form { title: "form.meeting", form, then: Then::NewMeeting });
        self.form_changed()
    }

    /// The committee listed, else that of the meeting chosen or to go on with, else the first.
    fn likely_committee(&self) -> usize {
        let first = || view::home_entries(self).first().map(|entry| entry.meeting.head.id.clone());
        let chosen = self.meeting_meant().or_else(first).and_then(|id| view::meeting(self, &id));
        let of_chosen = chosen.map_or("", |meeting| meeting.head.committee.as_str());
        let wanted = [self.home.committee.as_str(), of_chosen];
        let place = |id: &str| self.library.committees.iter().position(|committee| committee.head.id == id);
        wanted.into_iter().find_map(place).unwrap_or(0)
    }

    /// The new meeting is made and gone into.
    pub fn meeting_answered(&mut self, form: &Form) -> Result<Vec<Effect>, &'static str> {
        let date = planned_day(form.text("meeting_date"), self.desk.today).ok_or("news.day_unread")?;
        let start = match form.text("meeting_start") {
            "" => None,
            text => Some(dates::read_time(text).ok_or("news.time_unread")?),
        };
        let (Some(committee), Some(kind)) = (self.committee_in(form).cloned(), kind_in(form)) else {
            return Err("news.committee_first");
        };
        let title = match form.text("meeting_title") {
            "" => proposed_title(&committee, kind, &self.desk.words),
            title => title.to_owned(),
        };
        let wish = Wish { committee: &committee.head.id, kind, date, title };
        let mut meeting = seating::planned(&wish, &committee, || self.desk.random.u64(..));
        meeting.head.planned_start = start;
        form.text("meeting_place").clone_into(&mut meeting.head.place);
        meeting.head.id = meeting_id(date, &wish.title, |id| self.is_meeting_taken(id));
        self.pending = Some(Pending::Enter { meeting: meeting.head.id.clone(), note: None });
        self.home.filter.take();
        Ok(vec![Effect::Create(Box::new(AnyRecord::Meeting(meeting))), Effect::Load])
    }

    /// Whether the workspace has a file of this name, one that cannot be read too.
    fn is_meeting_taken(&self, id: &str) -> bool {
        let file = format!("{id}.toml");
        view::meeting(self, id).is_some()
            || self.library.failures.iter().any(|failure| failure.path.ends_with(&file))
    }

    fn committee_in(&self, form: &Form) -> Option<&Committee> {
        let at = form.place("meeting_committee")?;
        self.library
            .committees
            .get(at)
            .map(|committee| view::committee(self, &committee.head.id).unwrap_or(committee))
    }

    /// The day that was read, and the title that stands when none is typed.
    pub fn meeting_echo(&self, form: &Form) -> Vec<String> {
        let mut echo = vec![String::new(); form.fields.len()];
        let title = match (self.committee_in(form), kind_in(form)) {
            (Some(committee), Some(kind)) if form.text("meeting_title").is_empty() => {
                let title = proposed_title(committee, kind, &self.desk.words);
                self.desk.words.fill("ui.proposed", &[("title", &title)])
            }
            _ => String::new(),
        };
        for (echo, text) in echo.iter_mut().skip(1).zip([self.day_echo(form.text("meeting_date")), title]) {
            *echo = text;
        }
        echo
    }

    fn day_echo(&self, text: &str) -> String {
        match planned_day(text, self.desk.today) {
            Some(day) => self.due_echo(&dates::short(day), &self.occasion_on(self.desk.today)),
            None => self.desk.words.get("ui.day_how").to_owned(),
        }
    }

    /// Asks why a planned meeting is put off, and to which day if that is known.
    pub fn ask_postpone(&mut self) -> Vec<Effect> {
        let Some(id) = self.recallable() else { return self.tell("news.not_planned", Tone::Warning) };
        let form = Form::new(vec![FormField::text("reason", ""), FormField::text("new_date", "")]);
        self.popups.push(Popup::Form { title: "form.postpone", form, then: Then::Postpone(id) });
        self.form_changed()
    }

    /// Asks why a planned meeting will not take place.
    pub fn ask_call_off(&mut self) -> Vec<Effect> {
        let Some(id) = self.recallable() else { return self.tell("news.not_planned", Tone::Warning) };
        let form = Form::new(vec![FormField::text("reason", "")]);
        self.popups.push(Popup::Form { title: "form.call_off", form, then: Then::CallOff(id) });
        Vec::new()
    }

    pub fn recallable(&self) -> Option<String> {
        let meeting = view::meeting(self, &self.meeting_meant()?)?;
        let waits = matches!(meeting.stage(), Stage::Planned | Stage::Postponed);
        waits.then(|| meeting.head.id.clone())
    }

    pub fn postpone_echo(&self, form: &Form) -> Vec<String> {
        let typed = form.text("new_date");
        let day = if typed.is_empty() {
            self.desk.words.get("ui.no_new_day").to_owned()
        } else {
            self.day_echo(typed)
        };
        vec![String::new(), day]
    }

    /// Put off: with a new day it is planned for that, without one it waits. A reason is needed.
    pub fn postpone_answered(&mut self, id: &str, form: &Form) -> Result<Vec<Effect>, &'static str> {
        let reason = reason_in(form)?;
        let date = match form.text("new_date") {
            "" => None,
            text => Some(planned_day(text, self.desk.today).ok_or("news.day_unread")?),
        };
        let stage = if date.is_some() { Stage::Planned } else { Stage::Postponed };
        Ok(self.recall(id, Recall { stage, reason, date }))
    }

    pub fn call_off_answered(&mut self, id: &str, form: &Form) -> Result<Vec<Effect>, &'static str> {
        let reason = reason_in(form)?;
        Ok(self.recall(id, Recall { stage: Stage::Cancelled, reason, date: None }))
    }

    fn recall(&mut self, id: &str, recall: Recall) -> Vec<Effect> {
        self.when_open(Pending::Recall { meeting: id.to_owned(), recall })
    }

    /// The meeting's file is open: it is put off or called off as one step.
    pub fn recalled(&mut self, id: &str, recall: Recall) -> Vec<Effect> {
        let (step, news) = match recall.stage {
            Stage::Cancelled => ("step.call_off", "news.called_off"),
            Stage::Planned => ("step.postpone", "news.moved"),
            _ => ("step.postpone", "news.postponed"),
        };
        let date = recall.date.map(dates::short).unwrap_or_default();
        let made = self.sessions.change(id, step, self.desk.now, |meeting| {
            meeting.head.stage = Some(recall.stage);
            meeting.head.stage_reason = recall.reason;
            meeting.head.date = recall.date.or(meeting.head.date);
        });
        let effects = self.made(made);
        if !effects.is_empty() {
            self.say_filled(news, &[("date", &date)], Tone::Plain);
        }
        effects
    }
}

fn reason_in(form: &Form) -> Result<String, &'static str> {
    Some(form.text("reason").to_owned()).filter(|reason| !reason.is_empty()).ok_or("news.reason_needed")
}

fn kind_in(form: &Form) -> Option<MeetingKind> {
    form.text("meeting_kind").strip_prefix("meeting_kind.").and_then(MeetingKind::from_word)
}

/// All kinds, those the committee has a programme for first.
fn kinds_of(committee: &Committee) -> Vec<MeetingKind> {
    let mut kinds: Vec<MeetingKind> = Vec::new();
    let own = committee.templates.iter().filter_map(|template| template.kind);
    let usual = [MeetingKind::RegularSession];
    for kind in own.chain(usual).chain(MeetingKind::ALL.iter().copied()) {
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}

/// The title of the committee's programme, else what this kind of meeting is called in the language of its papers.
fn proposed_title(committee: &Committee, kind: MeetingKind, words: &Words) -> String {
    match seating::template_title(committee, kind) {
        Some(title) => title.to_owned(),
        None => Words::of(committee.head.language.unwrap_or(words.language)).meeting_title(kind),
    }
}

/// A day as it is typed for a plan: a date, `26` for the next 26th, `+7` for in seven days, or words such as `thứ Sáu`.
pub fn planned_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let text = text.trim();
    if let Some(days) = text.strip_prefix('+') {
        return today.checked_add_days(Days::new(days.parse().ok().filter(|days| *days < 3700)?));
    }
    if let Ok(day) = text.parse::<u32>() {
        let this = today.with_day(day).filter(|date| *date >= today);
        let months =
            (1..=12).filter_map(|months| today.with_day(1)?.checked_add_months(chrono::Months::new(months)));
        return this.or_else(|| months.filter_map(|month| month.with_day(day)).next());
    }
    // Signs between numbers are those of a date: what cannot be read as one is no day by the half of it.
    let spelled = text.contains(['/', '-', '.']);
    dates::read(text, today).or_else(|| read_due(text, &Occasion::on(today)).day.filter(|_| !spelled))
}
