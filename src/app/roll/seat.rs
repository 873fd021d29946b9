//! The seats themselves: who sits there and as what, when they came and went; adding, removing, moving. Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::meeting::names;
use crate::app::picker::Entry;
use crate::app::popup::{Popup, Then, Tone};
use crate::app::roll::Chosen;
use crate::app::roll::mark::{listed, spelled, stay_time, substitute};
use crate::domain::committee::Committee;
use crate::domain::id::free_slug;
use crate::domain::invited::{self, Invited};
use crate::domain::kinds::{Position, Presence, Role};
use crate::domain::meeting::{Meeting, Seat};
use crate::domain::seating;
use crate::domain::seats::{self, Shift};

/// The choice that leaves a field empty.
const NONE: &str = "choice.none";

impl App {
    /// Who sits in the chosen seat, as a form; on a site the site's.
    pub(super) fn edit_row(&mut self) -> Vec<Effect> {
        if let Chosen::Site(site) = &self.roll.selected {
            let site = site.clone();
            return self.ask_site(&site);
        }
        let Some(id) = self.chosen_seat() else { return Vec::new() };
        let Some((meeting, seat)) = self.meeting_seat(&id) else { return Vec::new() };
        let form = Form::new(self.seat_fields(meeting, seat));
        self.popups.push(Popup::Form { title: "form.seat", form, then: Then::Seat(id) });
        self.form_changed()
    }

    fn meeting_seat(&self, id: &str) -> Option<(&Meeting, &Seat)> {
        let meeting = self.current_meeting()?;
        Some((meeting, meeting.seat(id)?))
    }

    fn seat_fields(&self, meeting: &Meeting, seat: &Seat) -> Vec<FormField> {
        let committee = self.committee_of(meeting);
        let site =
            meeting.sites.iter().find(|site| site.id == seat.site).map_or(&seat.site, |site| &site.name);
        let roles = Role::ALL.iter().map(|role| format!("role.{}", role.word()));
        let positions = Position::ALL.iter().map(|position| format!("position.{}", position.word()));
        let role = seat.role.map_or(String::new(), |role| format!("role.{}", role.word()));
        vec![
            FormField::text("seat_name", &seat.name),
            FormField::text("seat_title", &seat.titles.join("; ")),
            FormField::text("seat_unit", names::unit_name(meeting, committee, &seat.unit)),
            FormField::text("seat_site", site),
            chosen_word("seat_role", roles.collect(), &role),
            chosen_word("voting", vec!["voting.yes".into(), "voting.no".into()], voting_word(seat.voting)),
            FormField::text("address", &seat.address),
            chosen_word("position", positions.collect(), &position_word(&seat.position)),
        ]
    }

    /// The seat as the form says it. A site that the meeting does not have is refused.
    pub fn seat_answered(&mut self, id: &str, form: &Form) -> Result<Vec<Effect>, &'static str> {
        let Some((meeting, _)) = self.meeting_seat(id) else { return Ok(Vec::new()) };
        let site = self.site_id(meeting, form.text("seat_site")).ok_or("news.no_such_site")?;
        let unit = self.unit_id(meeting, form.text("seat_unit"));
        let committee = self.committee_of(meeting).cloned();
        let step = self.sessions.change(&self.meeting.id, "step.seat", self.desk.now, |meeting| {
            seats::keep_unit_name(meeting, committee.as_ref(), &unit);
            let Some(seat) = meeting.seats.iter_mut().find(|seat| seat.id == id) else { return };
            (seat.unit, seat.site) = (unit, site);
            fill_seat(seat, form);
        });
        Ok(self.made(step))
    }

    /// The id of the unit a text means, else the text itself.
    pub(super) fn unit_id(&self, meeting: &Meeting, text: &str) -> String {
        seats::unit_meant(meeting, self.committee_of(meeting), text).unwrap_or_else(|| text.to_owned())
    }

    /// The id of the site a text names exactly, or that it picks; empty for an empty text.
    pub(super) fn site_id(&self, meeting: &Meeting, text: &str) -> Option<String> {
        if text.is_empty() {
            return Some(String::new());
        }
        let key = seats::name_key(text);
        let exact = meeting.sites.iter().find(|site| site.id == text || seats::name_key(&site.name) == key);
        exact.map(|site| site.id.clone()).or_else(|| self.site_matching(text))
    }

    /// When the person of the chosen seat came and went, why not, and who came instead.
    pub(super) fn edit_stay(&mut self) -> Vec<Effect> {
        let Some(id) = self.chosen_seat() else { return self.tell("news.choose_seat", Tone::Warning) };
        let Some((_, seat)) = self.meeting_seat(&id) else { return Vec::new() };
        let time = |at| Option::map_or(at, String::new(), spelled);
        let states = Presence::ALL.iter().map(|presence| format!("presence.{}", presence.word())).collect();
        let presence = crate::domain::roll::presence(seat);
        let at = Presence::ALL.iter().position(|known| *known == presence).unwrap_or(0);
        let mut fields = vec![
            FormField::choice("presence", states, at),
            FormField::text("arrived", &time(seat.arrived)),
            FormField::text("left", &time(seat.left)),
            FormField::text("reason", &seat.reason),
        ];
        fields.extend(self.substitute_fields(seat.substitute.as_ref()));
        let mut form = Form::new(fields);
        form.focus = 1;
        self.popups.push(Popup::Form { title: "form.stay", form, then: Then::Stay(id) });
        self.form_changed()
    }

    /// Coming and going as the form says it. Times that cannot be read, or in the wrong order, are refused.
    pub fn stay_answered(&mut self, id: &str, form: &Form) -> Result<Vec<Effect>, &'static str> {
        let Some((meeting, seat)) = self.meeting_seat(id) else { return Ok(Vec::new()) };
        let unread = |()| "news.time_unread";
        let arrived = stay_time(meeting, form.text("arrived"), seat.arrived).map_err(unread)?;
        let left = stay_time(meeting, form.text("left"), seat.left).map_err(unread)?;
        let day = crate::domain::roll::first_day(meeting).unwrap_or_default();
        if let (Some(arrived), Some(left)) = (arrived, left)
            && left.on(day) < arrived.on(day)
        {
            return Err("news.left_before_arrived");
        }
        let presence = form.text("presence").strip_prefix("presence.").and_then(Presence::from_word);
        let step = self.sessions.change(&self.meeting.id, "step.stay", self.desk.now, |meeting| {
            let Some(seat) = meeting.seats.iter_mut().find(|seat| seat.id == id) else { return };
            if seat.presence.is_some() || presence != Some(Presence::Unmarked) {
                seat.presence = presence;
            }
            (seat.arrived, seat.left) = (arrived, left);
            form.text("reason").clone_into(&mut seat.reason);
            seat.substitute = substitute(form, seat.substitute.take());
        });
        Ok(self.made(step))
    }

    /// Adds a seat: a member of the committee who has none, or somebody typed as "name, title, unit".
    pub(super) fn ask_seat(&mut self, argument: &str) -> Vec<Effect> {
        if !argument.is_empty() {
            return self.add_typed(argument);
        }
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let entries =
            self.committee_of(meeting).map_or(Vec::new(), |committee| absent_members(meeting, committee));
        self.pick("picker.add_seat", entries, "", Then::AddSeat);
        Vec::new()
    }

    /// What was chosen or typed for a new seat. A comma means a new person even where a member's name fits.
    pub fn seat_chosen(&mut self, entry: Option<Entry>, typed: &str) -> Vec<Effect> {
        match entry.filter(|_| !typed.contains([',', ';'])) {
            Some(entry) => self.add_member(&entry.id),
            None if typed.is_empty() => Vec::new(),
            None => self.add_typed(typed),
        }
    }

    fn add_member(&mut self, id: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let Some(committee) = self.committee_of(meeting).cloned() else { return Vec::new() };
        let day = meeting.head.date.unwrap_or(self.desk.today);
        let Some(member) = committee.member_on(id, day) else { return Vec::new() };
        let mut seat = seating::seat(member, &committee, day);
        if seat.site.is_empty() {
            seat.site = self.chosen_site();
        }
        self.add_seats(vec![seat], Some(&committee))
    }

    fn add_typed(&mut self, text: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let is_unit = |text: &str| seats::unit_meant(meeting, self.committee_of(meeting), text).is_some();
        match invited::read_line(text, &is_unit) {
            Some(invited) => self.add_invited(&[invited]),
            None => self.tell("news.no_name", Tone::Warning),
        }
    }

    /// New seats for these people, after the chosen one, as one step.
    pub(super) fn add_invited(&mut self, invited: &[Invited]) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let site = self.chosen_site();
        let new = |invited: &Invited| {
            let own = self.site_id(meeting, &invited.site).filter(|site| !site.is_empty());
            Seat {
                name: invited.name.clone(),
                address: invited.address.clone(),
                titles: invited.titles.clone(),
                unit: self.unit_id(meeting, &invited.unit),
                site: own.unwrap_or_else(|| site.clone()),
                role: Some(Role::Delegate),
                presence: Some(Presence::Unmarked),
                ..Seat::default()
            }
        };
        let new: Vec<Seat> = invited.iter().map(new).collect();
        let committee = self.committee_of(meeting).cloned();
        self.add_seats(new, committee.as_ref())
    }

    fn add_seats(&mut self, new: Vec<Seat>, committee: Option<&Committee>) -> Vec<Effect> {
        let after = self.chosen_seat().unwrap_or_default();
        let mut last = String::new();
        let step = self.sessions.change(&self.meeting.id, "step.add_seat", self.desk.now, |meeting| {
            let mut ids =
                meeting.seats.iter().map(|seat| seat.id.clone()).collect::<std::collections::HashSet<_>>();
            let mut after = after;
            for mut seat in new {
                if seat.id.is_empty() || ids.contains(&seat.id) {
                    let name = if seat.name.is_empty() { &seat.unit } else { &seat.name };
                    seat.id = free_slug(name, |id| ids.contains(id));
                }
                ids.insert(seat.id.clone());
                seats::keep_unit_name(meeting, committee, &seat.unit);
                last.clone_from(&seat.id);
                seats::insert_after(meeting, &after, seat);
                after.clone_from(&last);
            }
        });
        let effects = self.made(step);
        if !effects.is_empty() {
            self.roll.line.take();
            self.roll.selected = Chosen::Seat(last);
        }
        effects
    }

    /// Takes the chosen seat out; undo brings it back.
    pub(super) fn remove_seat(&mut self) -> Vec<Effect> {
        if let Chosen::Site(site) = self.roll.selected.clone() {
            return self.remove_site(&site);
        }
        let Some(id) = self.chosen_seat() else { return self.tell("news.choose_seat", Tone::Warning) };
        let name = self.seat_label(&id);
        self.roll_go_on();
        if self.roll.selected == Chosen::Seat(id.clone()) {
            self.roll_step(-1);
        }
        let step = self.sessions.change(&self.meeting.id, "step.remove_seat", self.desk.now, |meeting| {
            seats::remove(meeting, &id, &name);
        });
        let effects = self.made(step);
        if !effects.is_empty() {
            self.say_filled("news.seat_removed", &[("name", &name)], Tone::Plain);
        }
        effects
    }

    /// Moves the chosen seat in the protocol order.
    pub(super) fn shift_seat(&mut self, way: Shift) -> Vec<Effect> {
        if let Chosen::Site(site) = self.roll.selected.clone() {
            return self.shift_site(&site, if way == Shift::Up { -1 } else { 1 });
        }
        let Some(id) = self.chosen_seat() else { return self.tell("news.choose_seat", Tone::Warning) };
        let step = self.sessions.change(&self.meeting.id, "step.order", self.desk.now, |meeting| {
            seats::shift(meeting, &id, way);
        });
        self.made(step)
    }
}

fn fill_seat(seat: &mut Seat, form: &Form) {
    form.text("seat_name").clone_into(&mut seat.name);
    form.text("address").clone_into(&mut seat.address);
    seat.titles = listed(form.text("seat_title"));
    seat.role = form.text("seat_role").strip_prefix("role.").and_then(Role::from_word);
    seat.voting = match form.text("voting") {
        "voting.yes" => Some(true),
        "voting.no" => Some(false),
        _ => None,
    };
    seat.position = match form.text("position") {
        NONE => String::new(),
        chosen => chosen.strip_prefix("position.").unwrap_or(chosen).to_owned(),
    };
}

/// A choice among words with an empty one before them; a value that is none of them stays choosable as it is.
fn chosen_word(key: &'static str, mut words: Vec<String>, now: &str) -> FormField {
    words.insert(0, NONE.to_owned());
    if !now.is_empty() && !words.iter().any(|word| word == now) {
        words.push(now.to_owned());
    }
    let at = words.iter().position(|word| word == now).unwrap_or(0);
    FormField::choice(key, words, at)
}

fn voting_word(voting: Option<bool>) -> &'static str {
    match voting {
        Some(true) => "voting.yes",
        Some(false) => "voting.no",
        None => "",
    }
}

fn position_word(position: &str) -> String {
    match Position::from_word(position) {
        Some(position) => format!("position.{}", position.word()),
        None => position.to_owned(),
    }
}

/// The members in office on the day of the meeting who have no seat in it.
fn absent_members(meeting: &Meeting, committee: &Committee) -> Vec<Entry> {
    let seated: std::collections::HashSet<&str> = meeting.seats.iter().map(|seat| seat.id.as_str()).collect();
    let day = meeting.head.date;
    let members =
        committee.members.iter().filter(|member| !seated.contains(member.id.as_str())).filter(|member| {
            day.is_none_or(|day| {
                member.from.is_none_or(|from| from <= day) && member.to.is_none_or(|to| day <= to)
            })
        });
    let entry = |member: &crate::domain::committee::Member| Entry {
        id: member.id.clone(),
        label: member.name.clone(),
        detail: member.titles.first().cloned().unwrap_or_default(),
        also: vec![names::unit_name(meeting, Some(committee), &member.unit).to_owned()],
        ..Entry::default()
    };
    members.map(entry).collect()
}
