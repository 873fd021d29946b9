//! Notice of conclusions (thông báo kết luận): what was concluded and who must do what by when (DOMAIN.md B.5). Knows no
//! file format.

use crate::domain::kinds::{ItemKind, Part, Presence, Role, World};
use crate::domain::meeting::{Conclusion, Seat, Task};
use crate::domain::roll;
use crate::export::desk::{Desk, capital, small, unended};
use crate::export::names::Names;
use crate::export::tree::{Block, Level, Mark, Runs, Style};

/// Above this many tasks the notice closes with a table of them.
const MANY_TASKS: usize = 3;

/// The notice of the meeting on the desk.
pub fn notice(desk: &Desk<'_>) -> Vec<Block> {
    let mut page = Page { desk, names: Names::new(desk), blocks: Vec::new() };
    page.blocks.push(desk.header());
    let subject = page.subject();
    page.blocks.push(desk.title(&subject));
    page.opening();
    page.points();
    page.table();
    page.blocks.extend(desk.withheld_remark());
    page.close();
    page.blocks.extend(desk.signed());
    page.blocks
}

struct Page<'d, 'a> {
    desk: &'d Desk<'a>,
    names: Names<'d, 'a>,
    blocks: Vec<Block>,
}

impl Page<'_, '_> {
    fn text(&mut self, text: String) {
        self.blocks.push(Block::Text(Style::Body, text.into()));
    }

    /// "Kết luận của ông …, Trưởng Ban … tại Hội nghị …".
    fn subject(&self) -> String {
        let title = self.desk.meeting.head.title.trim();
        let Some(who) = self.concluder() else {
            return self.desk.fill("paper.subject_at", &[("title", small(title))]);
        };
        let name = self
            .desk
            .meeting
            .seat(&who)
            .map_or_else(|| self.desk.bare_name(&who), |seat| self.desk.shortly(seat));
        let office = self.office(&who).map_or(String::new(), |office| format!(", {office}"));
        let slots = [("who", format!("{name}{office}")), ("title", small(title))];
        self.desk.fill("paper.subject_of", &slots)
    }

    /// The concluder's position in the committee, else the first title.
    fn office(&self, id: &str) -> Option<String> {
        let seat = self.desk.meeting.seat(id)?;
        match seat.position.as_str() {
            "" | "member" => seat.titles.first().cloned(),
            position => Some(self.desk.position(position)),
        }
    }

    /// Who concluded: the speaker of the concluding lines, else who presents that item, else the chair.
    fn concluder(&self) -> Option<String> {
        let meeting = &self.desk.meeting;
        let lines = meeting.conclusions.iter().filter_map(|row| meeting.note(&row.note));
        let speaker = lines.map(|note| note.speaker.clone()).find(|id| !id.is_empty());
        let item = || meeting.agenda.iter().find(|item| item.kind == Some(ItemKind::Conclusion));
        let presenter = || item().map(|item| item.presenter.clone()).filter(|id| !id.is_empty());
        speaker.or_else(presenter).or_else(|| self.desk.chairs().into_iter().next())
    }

    /// When and where, under whom, who came; whom they heard, and who concluded.
    fn opening(&mut self) {
        let desk = self.desk;
        let head = &desk.meeting.head;
        let chairs: Vec<String> = desk.chairs().iter().map(|id| self.names.mention(id)).collect();
        let day = head.opened.map(|at| at.date()).or(head.date).map(|day| desk.long(day)).unwrap_or_default();
        let place = head.place.trim();
        let place =
            if place.is_empty() { String::new() } else { desk.fill("paper.at_place", &[("place", place)]) };
        let form = head.form.map(|form| desk.say(&format!("form_of.{}", form.word())));
        let form = form.map_or(String::new(), |form| desk.fill("paper.in_form", &[("form", form)]));
        let who = if chairs.is_empty() {
            desk.committee_name()
        } else {
            chairs.join(desk.order.words.get("paper.and"))
        };
        let title = small(head.title.trim());
        let slots = [("day", day), ("place", place), ("who", who), ("title", title), ("form", form)];
        let key = if chairs.is_empty() { "paper.was_held" } else { "paper.was_chaired" };
        let mut text = capital(&desk.fill(key, &slots));
        if let Some(attended) = self.attended() {
            text.push(' ');
            text.push_str(&attended);
        }
        self.text(text);
        let reporters = self.reporters();
        let concluder = self.concluder();
        let who = match concluder {
            Some(id) => self.names.mention(&id),
            None => desk.committee_name(),
        };
        let key = if reporters.is_empty() { "paper.having_heard" } else { "paper.having_heard_report" };
        let slots = [("reporters", reporters.join(", ")), ("who", who), ("gathering", desk.gathering())];
        self.text(desk.fill(key, &slots));
    }

    /// Those above the rank of member by name, the others by their units, all in protocol order.
    fn attended(&mut self) -> Option<String> {
        let desk = self.desk;
        let chairs = desk.chairs();
        let was_in = |seat: &&Seat| {
            let presence = roll::presence(seat);
            (presence.counts_as_present() || presence == Presence::Represented) && !chairs.contains(&seat.id)
        };
        let seats: Vec<&Seat> = desk.meeting.seats.iter().filter(was_in).collect();
        let ranks = |seat: &Seat| {
            matches!(seat.role, Some(Role::SeniorGuest | Role::CoChair | Role::Presidium))
                || !matches!(
                    seat.position.as_str(),
                    "" | "member" | "secretary" | "support_lead" | "support_member"
                )
        };
        let by_name = seats.iter().filter(|seat| ranks(seat)).map(|seat| self.names.of_seat(seat));
        let mut parts: Vec<String> = by_name.collect();
        let mut units: Vec<String> = Vec::new();
        for seat in seats.iter().filter(|seat| !ranks(seat) && seat.role != Some(Role::Support)) {
            let unit = if seat.unit.is_empty() { continue } else { desk.unit(&seat.unit) };
            if !units.contains(&unit) {
                units.push(unit);
            }
        }
        if !units.is_empty() {
            parts.push(desk.fill("paper.leaders_of", &[("units", units.join(", "))]));
        }
        let remote = desk.meeting.sites.iter().filter(|site| !site.main).count();
        if remote > 0 {
            parts.push(desk.fill("paper.at_sites", &[("n", desk.count(remote))]));
        }
        let slots = [("gathering", desk.gathering()), ("people", parts.join("; "))];
        (!parts.is_empty()).then(|| desk.fill("paper.attended", &slots))
    }

    /// Who reported: the presenters of reports, shortly.
    fn reporters(&mut self) -> Vec<String> {
        let desk = self.desk;
        let reports = desk.meeting.agenda.iter().filter(|item| item.kind == Some(ItemKind::Report));
        let mut ids: Vec<&str> = Vec::new();
        for item in reports.filter(|item| !item.presenter.is_empty()) {
            if !ids.contains(&item.presenter.as_str()) {
                ids.push(&item.presenter);
            }
        }
        ids.into_iter().map(|id| self.names.mention(id)).collect()
    }

    /// The conclusions by parts, each task under the point it rests on or as a point of its own.
    fn points(&mut self) {
        let desk = self.desk;
        let struck = |id: &str, note: &str| desk.is_struck(id, note);
        let rows = desk.conclusions_in_order();
        if rows.is_empty() && desk.meeting.tasks.is_empty() {
            self.blocks.push(Block::Text(Style::Remark, desk.say("paper.no_conclusions").into()));
        }
        let parts = [Part::General, Part::Direction, Part::Specific];
        let part_of = |row: &Conclusion| row.part.unwrap_or(Part::Specific);
        let has_tasks = desk.meeting.tasks.iter().any(|task| !self.is_said_by_a_conclusion(task));
        let filled =
            |part: Part| rows.iter().any(|row| part_of(row) == part) || (part == Part::Specific && has_tasks);
        let used: Vec<Part> = parts.into_iter().filter(|part| filled(*part)).collect();
        for part in &used {
            if used.len() > 1 {
                let heading = desk.say(&format!("paper_part.{}", part.word()));
                self.blocks.push(Block::Heading(Level::Part, heading.into()));
            }
            for row in rows.iter().filter(|row| part_of(row) == *part) {
                let runs = desk.corrected(&row.id, &row.note, "text", &row.text);
                self.blocks.push(Block::Point(Mark::Number, runs));
                if !struck(&row.id, &row.note) {
                    self.tasks_under(row);
                }
            }
            if *part == Part::Specific {
                self.tasks_alone();
            }
        }
    }

    fn tasks_under(&mut self, row: &Conclusion) {
        let desk = self.desk;
        let rests = |task: &&Task| task.basis.contains(&row.id) && !self.is_said_by_a_conclusion(task);
        let points: Vec<Block> =
            desk.meeting.tasks.iter().filter(rests).map(|task| self.task(Mark::Letter, task)).collect();
        self.blocks.extend(points);
    }

    /// Tasks that rest on no conclusion and were said by none.
    fn tasks_alone(&mut self) {
        let desk = self.desk;
        let known = |task: &Task| desk.meeting.conclusions.iter().any(|row| task.basis.contains(&row.id));
        let alone =
            desk.meeting.tasks.iter().filter(|task| !known(task) && !self.is_said_by_a_conclusion(task));
        let points: Vec<Block> = alone.map(|task| self.task(Mark::Number, task)).collect();
        self.blocks.extend(points);
    }

    fn task(&self, mark: Mark, task: &Task) -> Block {
        let sentence = format!("{}.", unended(&self.desk.assignment(task)));
        if self.desk.is_struck(&task.id, &task.note) {
            return Block::Point(mark, self.desk.corrected(&task.id, &task.note, "content", &sentence));
        }
        let kept = self.desk.corrected(&task.id, &task.note, "content", &task.content);
        let corrections = kept.0.into_iter().skip(1);
        Block::Point(mark, Runs(Runs::from(sentence).0.into_iter().chain(corrections).collect()))
    }

    /// A conclusion with the same line says the task in its own words.
    fn is_said_by_a_conclusion(&self, task: &Task) -> bool {
        !task.note.is_empty() && self.desk.meeting.conclusions.iter().any(|row| row.note == task.note)
    }

    fn table(&mut self) {
        if self.desk.meeting.tasks.len() <= MANY_TASKS {
            return;
        }
        self.blocks.push(Block::Text(Style::Label, self.desk.say("paper.task_list").into()));
        self.blocks.push(Block::Table(self.desk.task_table()));
    }

    /// Who follows it up, and the closing sentence.
    fn close(&mut self) {
        let desk = self.desk;
        if !desk.meeting.tasks.is_empty() {
            self.text(desk.fill("paper.follow_up", &[("body", desk.body())]));
        }
        let name = desk.committee_name();
        let key = if desk.world() == World::Plain { "paper.notice_end_plain" } else { "paper.notice_end" };
        self.text(desk.fill(key, &[("committee", name)]) + desk.end_mark());
    }
}
