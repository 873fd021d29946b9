//! Lines pasted into the Roll: each becomes a seat. Who is there already by name is shown, so that a namesake can still
//! be added. Knows no drawing.

use std::collections::HashSet;

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::popup::{Page, PageLine, Popup, Then, Tone};
use crate::app::roll::Chosen;
use crate::app::roster::is_list;
use crate::domain::invited::{self, Invited};
use crate::domain::roster::{self, Roster, Sort};
use crate::domain::seats;

impl App {
    /// A text pasted into the Roll. One line without cells is text for the line; anything else is a list of people.
    pub fn paste_in_roll(&mut self, text: &str) -> Vec<Effect> {
        if !is_list(text) {
            self.roll.line.paste(text);
            self.roll_line_changed();
            return Vec::new();
        }
        let roster = self.roster_for_seats(&roster::rows(text));
        self.invite(&roster)
    }

    /// The people of a table, with units known here told from people.
    pub fn roster_for_seats(&self, rows: &[Vec<String>]) -> Roster {
        let Some(meeting) = self.current_meeting() else { return Roster::default() };
        let is_unit = |text: &str| seats::unit_meant(meeting, self.committee_of(meeting), text).is_some();
        roster::read(rows, Sort::People, &is_unit)
    }

    /// A seat for everybody who has none yet; the rest is shown.
    pub fn invite(&mut self, roster: &Roster) -> Vec<Effect> {
        let (new, known) = self.invited(roster);
        let count = new.len();
        let effects = if new.is_empty() { Vec::new() } else { self.add_invited(&new) };
        if !new.is_empty() && effects.is_empty() {
            return effects;
        }
        let slots = [("count", count.to_string()), ("known", known.len().to_string())];
        self.say_filled("news.invited", &slots, Tone::Plain);
        self.offer_namesakes(&known);
        effects
    }

    /// The people of a roster who have no seat yet, and those whose name somebody here has.
    pub fn invited(&self, roster: &Roster) -> (Vec<Invited>, Vec<Invited>) {
        let Some(meeting) = self.current_meeting() else { return Default::default() };
        let people = roster.people.iter().map(|listed| listed.what.clone());
        // A list of units calls each of them without a person yet.
        let units = roster.units.iter().map(|listed| listed.what.name.clone());
        let units = units.map(|unit| Invited { unit, ..Invited::default() });
        let mut taken = seats::folded_names(meeting);
        let mut called: HashSet<String> =
            meeting.seats.iter().filter(|seat| seat.name.is_empty()).map(|seat| seat.unit.clone()).collect();
        people.chain(units).partition(|invited| match invited.name.as_str() {
            "" => called.insert(self.unit_id(meeting, &invited.unit)),
            name => taken.insert(seats::name_key(name)),
        })
    }

    /// Lists those whose name is there already; Enter on one adds a namesake.
    fn offer_namesakes(&mut self, known: &[Invited]) {
        if known.is_empty() {
            return;
        }
        let line = |invited: &Invited| PageLine {
            text: self.desk.words.fill("ui.already_there", &[("name", &spelled(invited))]),
            reference: cells(invited),
            tone: Tone::Plain,
        };
        let lines = known.iter().map(line).collect();
        let title = self.desk.words.get("ui.already_there_title").to_owned();
        self.popups.push(Popup::Page(Page { title, lines, selected: 0, then: Then::AddNamesake }));
    }

    /// Adds the person of a line in that list, and takes the line off it.
    pub fn namesake_chosen(&mut self, reference: &str) -> Vec<Effect> {
        let Some(invited) = invited::read_line(reference, &|_| false) else { return Vec::new() };
        let effects = self.add_invited(&[invited]);
        if let Some(Popup::Page(page)) = self.popups.last_mut() {
            page.lines.retain(|line| line.reference != reference);
            page.selected = page.selected.min(page.lines.len().saturating_sub(1));
            if page.lines.is_empty() {
                self.popups.pop();
            }
        }
        if let (Chosen::Seat(id), false) = (&self.roll.selected, effects.is_empty()) {
            let name = self.seat_label(&id.clone());
            self.say_filled("news.seat_added", &[("name", &name)], Tone::Plain);
        }
        effects
    }
}

/// The person in one line.
pub fn spelled(invited: &Invited) -> String {
    let titles = invited.titles.join("; ");
    let parts = [invited.name.as_str(), titles.as_str(), invited.unit.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The person as cells of a table, which read back to the same.
fn cells(invited: &Invited) -> String {
    let name = format!("{} {}", invited.address, invited.name);
    [name.trim(), &invited.titles.join("; "), &invited.unit, &invited.site].join("\t")
}
