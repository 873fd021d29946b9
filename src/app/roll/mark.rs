//! Marking who came: one seat, a whole site, all that are left; reasons and substitutes; and the word when there are no
//! longer enough. Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::meeting::names;
use crate::app::popup::{Popup, Then, Tone};
use crate::app::roll::Chosen;
use crate::domain::kinds::{Presence, Stage};
use crate::domain::meeting::{Meeting, Seat, Substitute};
use crate::domain::roll;
use crate::domain::value::TimeOfDay;

/// What is known with a mark beyond the state.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct MarkFacts {
    /// When the person came or left; now when not said.
    pub time: Option<chrono::NaiveTime>,
    pub reason: String,
    /// Who came instead.
    pub substitute: String,
}

impl App {
    /// Marks seats with the time of now.
    pub fn mark_seats(&mut self, seats: &[String], presence: Presence) -> Vec<Effect> {
        self.mark_as(seats, presence, &MarkFacts::default())
    }

    /// Marks seats with what was said about it, as one step.
    pub(super) fn mark_as(&mut self, seats: &[String], presence: Presence, facts: &MarkFacts) -> Vec<Effect> {
        let now = self.desk.now.wall;
        let step = self.sessions.change(&self.meeting.id, "step.roll", self.desk.now, |meeting| {
            let moment = facts.time.map_or(now, |time| now.date().and_time(time));
            let time = roll::time_in(meeting, moment);
            for seat in meeting.seats.iter_mut().filter(|seat| seats.contains(&seat.id)) {
                mark_one(seat, presence, time, facts);
            }
        });
        self.made(step)
    }

    /// Marks every seat that fits as one step and says how many there were.
    fn mark_where(&mut self, presence: Presence, fits: impl Fn(&Seat) -> bool) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let time = roll::time_in(meeting, self.desk.now.wall);
        let count = meeting.seats.iter().filter(|seat| fits(seat)).count();
        if count == 0 {
            return self.tell("news.nobody_left", Tone::Quiet);
        }
        let step = self.sessions.change(&self.meeting.id, "step.roll_many", self.desk.now, |meeting| {
            for seat in meeting.seats.iter_mut().filter(|seat| fits(seat)) {
                roll::mark(seat, presence, time);
            }
        });
        let effects = self.made(step);
        if !effects.is_empty() {
            let state = self.desk.words.get(&format!("presence.{}", presence.word())).to_owned();
            let slots = [("count", count.to_string()), ("state", state)];
            self.say_filled("news.marked_many", &slots, Tone::Plain);
        }
        effects
    }

    /// All that were not called yet are present.
    pub(super) fn rest_present(&mut self) -> Vec<Effect> {
        self.mark_where(Presence::Present, |seat| roll::presence(seat) == Presence::Unmarked)
    }

    /// All of the chosen site (or of the chosen seat's) that were not called yet are present.
    pub(super) fn site_present(&mut self) -> Vec<Effect> {
        let site = self.chosen_site();
        self.mark_site(&site, Presence::Present)
    }

    fn mark_site(&mut self, site: &str, presence: Presence) -> Vec<Effect> {
        self.mark_where(presence, |seat| seat.site == site && roll::presence(seat) == Presence::Unmarked)
    }

    /// Marks what is chosen and goes on to the next; a site is marked as a whole.
    pub(super) fn mark_and_go_on(&mut self, presence: Presence) -> Vec<Effect> {
        let effects = match self.roll.selected.clone() {
            Chosen::Seat(seat) => self.mark_seats(&[seat], presence),
            Chosen::Site(site) => return self.mark_chosen_site(&site, presence),
            Chosen::Nothing => return Vec::new(),
        };
        self.roll.line.take();
        self.roll_go_on();
        effects
    }

    /// A site as a whole: its people not called yet, or, where nobody is named, its line.
    fn mark_chosen_site(&mut self, site: &str, presence: Presence) -> Vec<Effect> {
        let named =
            self.current_meeting().is_some_and(|meeting| meeting.seats.iter().any(|seat| seat.site == site));
        match presence {
            Presence::Present | Presence::PresentOnline if !named => {
                let effects = self.link(site, true);
                self.roll_go_on();
                effects
            }
            Presence::Present
            | Presence::PresentOnline
            | Presence::AbsentExcused
            | Presence::AbsentUnexcused => self.mark_site(site, presence),
            _ => self.tell("news.choose_seat", Tone::Warning),
        }
    }

    pub(super) fn mark_with_reason(&mut self) -> Vec<Effect> {
        let Some(seat) = self.chosen_seat() else { return self.mark_and_go_on(Presence::AbsentExcused) };
        let effects = self.mark_and_go_on(Presence::AbsentExcused);
        let known =
            self.current_meeting().and_then(|meeting| meeting.seat(&seat)).map(|seat| seat.reason.clone());
        let form = Form::new(vec![FormField::text("reason", &known.unwrap_or_default())]);
        self.popups.push(Popup::Form { title: "form.reason", form, then: Then::Reason(seat) });
        effects
    }

    pub(super) fn mark_with_substitute(&mut self) -> Vec<Effect> {
        let Some(seat) = self.chosen_seat() else { return self.tell("news.choose_seat", Tone::Warning) };
        let effects = self.mark_and_go_on(Presence::Represented);
        let known = self.current_meeting().and_then(|meeting| meeting.seat(&seat));
        let form = Form::new(self.substitute_fields(known.and_then(|seat| seat.substitute.as_ref())));
        self.popups.push(Popup::Form { title: "form.substitute", form, then: Then::Substitute(seat) });
        effects
    }

    /// The fields of who came instead, with what is known of it.
    pub(super) fn substitute_fields(&self, known: Option<&Substitute>) -> Vec<FormField> {
        let consent = vec!["consent.yes".to_owned(), "consent.no".to_owned()];
        let refused = known.is_some_and(|known| known.consented == Some(false));
        vec![
            FormField::text("substitute", known.map_or("", |known| &known.name)),
            FormField::text(
                "substitute_title",
                &known.map_or(String::new(), |known| known.titles.join("; ")),
            ),
            FormField::text("substitute_from", known.map_or("", |known| &known.from)),
            FormField::choice("consented", consent, usize::from(refused)),
        ]
    }

    pub fn reason_answered(&mut self, seat: &str, form: &Form) -> Vec<Effect> {
        let reason = form.text("reason").to_owned();
        let step = self.sessions.change(&self.meeting.id, "step.roll", self.desk.now, |meeting| {
            if let Some(seat) = meeting.seats.iter_mut().find(|s| s.id == seat) {
                seat.reason = reason;
            }
        });
        self.made(step)
    }

    pub fn substitute_answered(&mut self, seat: &str, form: &Form) -> Vec<Effect> {
        let step = self.sessions.change(&self.meeting.id, "step.substitute", self.desk.now, |meeting| {
            if let Some(seat) = meeting.seats.iter_mut().find(|s| s.id == seat) {
                seat.substitute = substitute(form, seat.substitute.take());
            }
        });
        self.made(step)
    }

    /// What a seat is called in news.
    pub fn seat_label(&self, id: &str) -> String {
        self.current_meeting()
            .map_or(String::new(), |meeting| names::speaker_name(meeting, self.committee_of(meeting), id))
    }

    /// One quiet line when there are no longer enough, or enough again, while the meeting goes on.
    pub fn watch_quorum(&mut self) {
        let found = self.current_meeting().and_then(|meeting| {
            let quorum = roll::quorum_at(meeting, self.committee_of(meeting)?, self.desk.now.wall)?;
            let goes_on = matches!(meeting.stage(), Stage::Live | Stage::Paused);
            Some((meeting.head.id.clone(), quorum, goes_on))
        });
        let Some((id, quorum, goes_on)) = found else {
            self.roll.enough = None;
            return;
        };
        let before = self.roll.enough.replace((id.clone(), quorum.reached));
        let Some((_, was)) = before.filter(|(known, was)| *known == id && *was != quorum.reached && goes_on)
        else {
            return;
        };
        let key = if was { "news.quorum_lost" } else { "news.quorum_again" };
        let slots = [("present", quorum.present.to_string()), ("needed", quorum.needed.to_string())];
        self.say_filled(key, &slots, Tone::Quiet);
    }
}

fn mark_one(seat: &mut Seat, presence: Presence, time: TimeOfDay, facts: &MarkFacts) {
    roll::mark(seat, presence, time);
    if facts.time.is_some() {
        match presence {
            Presence::Late => seat.arrived = Some(time),
            Presence::LeftEarly => seat.left = Some(time),
            _ => {}
        }
    }
    if !facts.reason.is_empty() {
        seat.reason.clone_from(&facts.reason);
    }
    if !facts.substitute.is_empty() {
        let name = facts.substitute.clone();
        seat.substitute = Some(Substitute { name, ..seat.substitute.take().unwrap_or_default() });
    }
}

/// Who came instead, as answered; nobody when no name was given.
pub(super) fn substitute(form: &Form, known: Option<Substitute>) -> Option<Substitute> {
    let name = form.text("substitute").to_owned();
    let (titles, from) = (listed(form.text("substitute_title")), form.text("substitute_from").to_owned());
    if name.is_empty() && titles.is_empty() && from.is_empty() {
        return None;
    }
    let consented = Some(form.text("consented") == "consent.yes");
    Some(Substitute { name, titles, from, consented, ..known.unwrap_or_default() })
}

/// A list as it is typed into one field, apart by semicolons.
pub(super) fn listed(text: &str) -> Vec<String> {
    text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Whether a time of day of the meeting was meant, in the words of a field; empty means none.
pub(super) fn stay_time(
    meeting: &Meeting,
    text: &str,
    known: Option<TimeOfDay>,
) -> Result<Option<TimeOfDay>, ()> {
    if text.is_empty() {
        return Ok(None);
    }
    if known.is_some_and(|known| spelled(known) == text) {
        return Ok(known);
    }
    let (day, time) = text.rsplit_once(' ').unwrap_or(("", text));
    let time = crate::text::dates::read_time(time).ok_or(())?;
    let first = roll::first_day(meeting);
    match (day.trim(), first) {
        ("", _) => Ok(Some(TimeOfDay::Time(time))),
        (day, Some(first)) => {
            let day = crate::text::dates::read(day, first).ok_or(())?;
            Ok(Some(roll::time_in(meeting, day.and_time(time))))
        }
        _ => Err(()),
    }
}

/// `08:20`, or `14/01/2022 08:20` for a moment of another day.
pub(super) fn spelled(time: TimeOfDay) -> String {
    match time {
        TimeOfDay::Time(time) => crate::text::dates::clock(time),
        TimeOfDay::Moment(moment) => moment.format("%d/%m/%Y %H:%M").to_string(),
    }
}
