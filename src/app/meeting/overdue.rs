//! `/tre snv`: what is overdue for a unit, over all meetings, answered over the stream with the typed line kept.
//! Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::meeting::names;
use crate::app::popup::{PageLine, Tone};
use crate::app::view;
use crate::domain::meeting::{Meeting, Task};
use crate::domain::state::{self, TaskState};
use crate::text::dates;
use crate::text::keystrokes;

/// What a unit is late with.
struct Late<'a> {
    unit: String,
    /// How well the unit fits what was asked; 0 when nothing was.
    fit: u32,
    days: i64,
    meeting: &'a Meeting,
    task: &'a Task,
}

impl App {
    /// The units that fit the words, the best first, each with its overdue tasks, the latest first. Without words the
    /// unit of the person speaking; with nobody speaking every unit.
    pub fn overdue_of(&mut self, argument: &str) -> Vec<Effect> {
        let asked = match argument.is_empty() {
            true => self.unit_speaking(),
            false => argument.to_owned(),
        };
        let meant = self.unit_meant(&asked);
        let asked = meant.clone().unwrap_or(asked);
        let mut late: Vec<Late<'_>> = self.late_tasks(&asked).collect();
        // A unit that is known is answered for alone; likeness only helps with words that name none.
        late.retain(|late| meant.as_ref().is_none_or(|unit| late.unit == *unit));
        late.sort_by(|a, b| (b.fit, &a.unit, b.days).cmp(&(a.fit, &b.unit, a.days)));
        let mut lines = Vec::new();
        let mut unit = "";
        for found in &late {
            if unit != found.unit {
                unit = &found.unit;
                let count = late.iter().filter(|other| other.unit == found.unit).count();
                lines.push(self.heading(unit, count));
            }
            lines.push(self.late_line(found));
        }
        if lines.is_empty() && !asked.is_empty() {
            lines.push(self.heading(&asked, 0));
        }
        self.answer("answer.overdue", lines)
    }

    fn unit_speaking(&self) -> String {
        let Some(meeting) = self.current_meeting() else { return String::new() };
        let Some(seat) = meeting.seat(&self.meeting.speaker) else { return String::new() };
        names::unit_name(meeting, self.committee_of(meeting), &seat.unit).to_owned()
    }

    fn late_tasks<'a>(&'a self, asked: &str) -> impl Iterator<Item = Late<'a>> {
        let tasks = view::amended_meetings(self)
            .flat_map(|meeting| meeting.tasks.iter().map(move |task| (meeting, task)));
        tasks.filter(|(_, task)| task.carried_to.is_empty()).flat_map(move |(meeting, task)| {
            let rules = view::deadline_rules(self, meeting);
            let is_late = state::state(task, self.desk.today, rules) == TaskState::Overdue;
            let days = state::days_late(task, self.desk.today, rules);
            let owners = task.lead.iter().filter(|_| is_late);
            owners
                .filter_map(|owner| {
                    let (unit, fit) = self.unit_asked_for(meeting, owner, asked)?;
                    Some(Late { unit, fit, days, meeting, task })
                })
                .collect::<Vec<_>>()
        })
    }

    /// The unit's name, and how well it fits by name, short form or initials.
    fn unit_asked_for(&self, meeting: &Meeting, owner: &str, asked: &str) -> Option<(String, u32)> {
        let committee = self.committee_of(meeting);
        let name = names::unit_name(meeting, committee, owner).to_owned();
        if asked.is_empty() {
            return Some((name, 0));
        }
        let short = names::unit_short(meeting, committee, owner);
        let fit =
            [name.as_str(), short].into_iter().filter_map(|text| keystrokes::score_typed(asked, text)).max();
        fit.map(|fit| (name, fit))
    }

    fn heading(&self, unit: &str, count: usize) -> PageLine {
        let slots = [("unit", unit), ("n", &count.to_string())];
        let text = self.desk.words.fill("answer.overdue_of", &slots);
        PageLine { text, tone: Tone::Heading, ..PageLine::default() }
    }

    fn late_line(&self, late: &Late<'_>) -> PageLine {
        let due = state::effective_due(late.task).map_or(String::new(), dates::short);
        let days = self.desk.words.fill("ui.days_late", &[("n", &late.days.to_string())]);
        let text = format!("   {due} ({days})  {}  [{}]", late.task.content, late.meeting.head.title);
        PageLine { text, tone: Tone::Alarm, ..PageLine::default() }
    }
}
