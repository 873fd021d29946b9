//! The chair's questions, answered over the stream with the typed line kept: read a conclusion, who is absent and why,
//! who has not reported, what the last session decided, what somebody said, floor times, heads at a site.
//! Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::meeting::names;
use crate::app::picker::{Entry, rank};
use crate::app::popup::{Page, PageLine, Popup, Then, Tone};
use crate::app::view;
use crate::domain::board::StateCounts;
use crate::domain::kinds::{Presence, Stage};
use crate::domain::meeting::{Meeting, Task};
use crate::domain::state::{self, OfficialBox, TaskState};
use crate::domain::{amendment, floor, opening, roll};
use crate::text::dates;

impl App {
    /// Shows lines as the answer to a question.
    pub fn answer(&mut self, title: &str, lines: Vec<PageLine>) -> Vec<Effect> {
        let lines = match lines.is_empty() {
            true => vec![self.quiet("answer.nothing")],
            false => lines,
        };
        let title = self.desk.words.get(title).to_owned();
        // A second question takes the place of the first; nobody wants to close two.
        if matches!(self.popups.last(), Some(Popup::Page(Page { then: Then::Read, .. }))) {
            self.popups.pop();
        }
        self.popups.push(Popup::Page(Page { title, lines, selected: 0, then: Then::Read }));
        Vec::new()
    }

    fn quiet(&self, key: &str) -> PageLine {
        PageLine { text: self.desk.words.get(key).to_owned(), tone: Tone::Quiet, ..PageLine::default() }
    }

    /// `/kl 2`: conclusion 2 in full; without a number all of them.
    pub fn read_conclusion(&mut self, argument: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let meeting = &*amendment::amended(meeting);
        let wanted: Option<i64> = argument.trim().parse().ok();
        let mut lines = Vec::new();
        for conclusion in meeting.conclusions.iter().filter(|c| wanted.is_none() || c.number == wanted) {
            let number = conclusion.number.map_or("?".to_owned(), |n| n.to_string());
            lines.push(line(format!("KL{number}. {}", conclusion.text), Tone::Plain));
            for task in meeting.tasks.iter().filter(|task| belongs_to(task, &conclusion.id, &conclusion.note))
            {
                lines.push(line(format!("   {}", self.task_words(meeting, task)), Tone::Quiet));
            }
        }
        self.answer("answer.conclusions", lines)
    }

    /// `/vang`: who is absent and why; who is represented by whom.
    pub fn absentees(&mut self) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let committee = self.committee_of(meeting);
        let slots = roll::counts(meeting).named();
        let mut lines = vec![line(self.desk.words.fill("answer.counts", &slots), Tone::Heading)];
        for seat in roll::absentees(meeting) {
            let state = self.desk.words.get(&format!("presence.{}", roll::presence(seat).word())).to_owned();
            let reason = if seat.reason.is_empty() { String::new() } else { format!(": {}", seat.reason) };
            let unit = names::unit_name(meeting, committee, &seat.unit);
            let name = names::seat_name(meeting, committee, seat);
            lines.push(line(format!("{name} ({unit}) {state}{reason}"), Tone::Warning));
        }
        for seat in meeting.seats.iter().filter(|seat| roll::presence(seat) == Presence::Represented) {
            let by = seat.substitute.as_ref().map_or(String::new(), |substitute| substitute.name.clone());
            let name = names::seat_name(meeting, committee, seat);
            lines.push(line(self.desk.words.fill("answer.by", &[("name", &name), ("by", &by)]), Tone::Plain));
        }
        self.answer("answer.absent", lines)
    }

    /// `/chua`: open tasks of earlier sessions on which an owner has not reported; with words only of that unit.
    pub fn unreported(&mut self, argument: &str) -> Vec<Effect> {
        let Some(here) = self.current_meeting() else { return Vec::new() };
        let committee = self.committee_of(here);
        let meant = self.unit_meant(argument);
        let asked_for = |owner: &String| match &meant {
            Some(unit) => owner == unit,
            None => argument.is_empty() || crate::text::keystrokes::score_typed(argument, owner).is_some(),
        };
        let mut lines = Vec::new();
        for (meeting, task) in self.earlier_tasks(here) {
            let silent: Vec<String> = match committee {
                Some(committee) => crate::domain::board::owners(task, meeting, committee)
                    .into_iter()
                    .filter(|owner| !owner.reported)
                    .map(|owner| owner.name)
                    .collect(),
                None if task.reports.is_empty() => task.lead.clone(),
                None => Vec::new(),
            };
            let silent: Vec<String> = silent.into_iter().filter(&asked_for).collect();
            if !silent.is_empty() {
                let tone = self.tone_of(meeting, task);
                let words = self.task_words(meeting, task);
                lines.push(line(format!("{} <- {words}", silent.join(", ")), tone));
            }
        }
        self.answer("answer.unreported", lines)
    }

    /// Open tasks of the committee's earlier meetings.
    fn earlier_tasks<'a>(&'a self, here: &'a Meeting) -> impl Iterator<Item = (&'a Meeting, &'a Task)> {
        view::amended_meetings(self)
            .filter(|m| {
                m.head.committee == here.head.committee
                    && m.head.id != here.head.id
                    && m.head.date <= here.head.date
            })
            .flat_map(|meeting| meeting.tasks.iter().map(move |task| (meeting, task)))
            .filter(|(meeting, task)| {
                let rules = view::deadline_rules(self, meeting);
                let state = state::state(task, self.desk.today, rules);
                task.carried_to.is_empty() && (state.is_open() || state == TaskState::Standing)
            })
    }

    /// `/hop truoc`: the tasks of the last session and where they stand.
    pub fn last_session(&mut self) -> Vec<Effect> {
        let lines = self.sheet_lines(Which::LastSession);
        self.answer("answer.last_session", lines)
    }

    /// `/mo`: the opening sheet over all earlier tasks; Enter on a line records what is heard of it.
    pub fn opening_sheet(&mut self) -> Vec<Effect> {
        let lines = self.sheet_lines(Which::All);
        let first = lines.iter().position(|line| !line.reference.is_empty()).unwrap_or(0);
        let title = self.desk.words.get("answer.opening").to_owned();
        self.popups.push(Popup::Page(Page { title, lines, selected: first, then: Then::Report(Vec::new()) }));
        Vec::new()
    }

    fn sheet_lines(&self, which: Which) -> Vec<PageLine> {
        let Some(here) = self.current_meeting() else { return Vec::new() };
        let earlier: Vec<_> = view::amended_meetings(self)
            .filter(|meeting| meeting.head.id != here.head.id)
            .filter(|meeting| !matches!(meeting.stage(), Stage::Cancelled | Stage::Postponed))
            .map(|meeting| (meeting, view::deadline_rules(self, meeting)))
            .collect();
        let sheet = opening::sheet(here, &earlier, self.desk.today);
        let counts = match which {
            Which::All => sheet.counts(),
            Which::LastSession => StateCounts::of(sheet.of_previous()),
        };
        let boxed = |official| counts.in_box(official).to_string();
        let slots = [
            ("total", counts.total().to_string()),
            ("on_time", boxed(OfficialBox::DoneOnTime)),
            ("late", boxed(OfficialBox::DoneLate)),
            ("in_time", boxed(OfficialBox::OpenInTime)),
            ("overdue", boxed(OfficialBox::OpenOverdue)),
            ("standing", counts.in_state(TaskState::Standing).to_string()),
        ];
        let mut lines = Vec::new();
        if let Some(previous) = &sheet.previous {
            lines.push(line(format!("{} ({})", previous.title, dates::short(previous.date)), Tone::Heading));
        }
        lines.push(line(self.desk.words.fill("answer.sheet", &slots), Tone::Heading));
        let of_previous =
            |meeting: &str| sheet.previous.as_ref().is_some_and(|previous| previous.id == meeting);
        let mut listed: Vec<PageLine> = Vec::new();
        for row in &sheet.rows {
            let wanted = match which {
                Which::All => row.state.is_open() || row.state == TaskState::Standing,
                Which::LastSession => of_previous(&row.meeting),
            };
            let Some(meeting) = view::amended(self, &row.meeting).filter(|_| wanted) else { continue };
            listed.push(PageLine {
                text: self.task_words(meeting, &row.task) + &last_report(&row.task),
                reference: row.task_ref.clone(),
                tone: self.tone_of(meeting, &row.task),
            });
        }
        // What presses most is read out first.
        listed.sort_by_key(|line| match line.tone {
            Tone::Alarm => 0,
            Tone::Warning => 1,
            _ => 2,
        });
        lines.append(&mut listed);
        lines
    }

    /// `/noi name`: what somebody said in this meeting.
    pub fn what_said(&mut self, argument: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let who = match argument.is_empty() {
            true => self.meeting.speaker.clone(),
            false => self.person_named(argument),
        };
        let said = meeting.notes.iter().filter(|note| note.speaker == who);
        let said = said.map(|note| {
            let time = note.at.map_or(String::new(), |at| dates::clock(at.time()) + " ");
            line(format!("{time}{}", note.text), Tone::Plain)
        });
        // The name tells at once whether the right person was found.
        let name = names::speaker_name(meeting, self.committee_of(meeting), &who);
        let mut lines = vec![line(name, Tone::Heading)];
        lines.extend(said);
        if lines.len() == 1 {
            lines.push(self.quiet("answer.nothing"));
        }
        self.answer("answer.said", lines)
    }

    /// `/gio`: minutes on the floor by person.
    pub fn floor_times(&mut self) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let committee = self.committee_of(meeting);
        let timed =
            |name: &str, seconds: i64| line(format!("{:>4}'  {name}", (seconds + 30) / 60), Tone::Plain);
        let now = self.desk.now.wall;
        let mut lines: Vec<PageLine> = floor::by_person(meeting, now)
            .into_iter()
            .map(|(speaker, seconds)| timed(&names::speaker_name(meeting, committee, speaker), seconds))
            .collect();
        let units = floor::by_unit(meeting, now).into_iter().filter(|(unit, _)| !unit.is_empty());
        let units = units.map(|(unit, seconds)| timed(names::unit_name(meeting, committee, unit), seconds));
        let units: Vec<PageLine> = units.collect();
        if !units.is_empty() {
            lines.push(line(self.desk.words.get("answer.by_unit").to_owned(), Tone::Heading));
            lines.extend(units);
        }
        self.answer("answer.floor", lines)
    }

    /// `/cho`: who is registered to speak and has not spoken yet.
    pub fn waiting(&mut self) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let committee = self.committee_of(meeting);
        let waiting = meeting.queue.iter().filter(|entry| !entry.done).zip(1..);
        let lines = waiting
            .map(|(entry, nth)| {
                let name = names::speaker_name(meeting, committee, &entry.speaker);
                let topic = if entry.topic.is_empty() { String::new() } else { format!(": {}", entry.topic) };
                line(format!("{nth}. {name}{topic}"), Tone::Plain)
            })
            .collect();
        self.answer("answer.waiting", lines)
    }

    /// `/cau kt`: heads at the sites that fit.
    pub fn site_count(&mut self, argument: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let entries: Vec<Entry> = meeting
            .sites
            .iter()
            .map(|site| Entry { id: site.id.clone(), label: site.name.clone(), ..Entry::default() })
            .collect();
        let mut named: std::collections::HashMap<&str, usize> = std::collections::HashMap::new();
        for seat in meeting.seats.iter().filter(|seat| roll::presence(seat).counts_as_present()) {
            *named.entry(seat.site.as_str()).or_default() += 1;
        }
        let lines = rank(&entries, argument)
            .into_iter()
            .filter_map(|i| meeting.sites.get(i))
            .map(|site| {
                let present = named.get(site.id.as_str()).copied().unwrap_or(0);
                let up = site.link.last().and_then(|change| change.up);
                let link = match up {
                    Some(true) => "answer.link_up",
                    Some(false) => "answer.link_down",
                    None => "answer.link_unknown",
                };
                let since = site.link.last().and_then(|change| change.at);
                let since = since.map_or(String::new(), |at| format!(" {}", dates::clock(at.time())));
                let number = |n: Option<i64>| n.map_or("?".to_owned(), |n| n.to_string());
                let slots = [
                    ("site", site.name.clone()),
                    ("heads", number(site.headcount)),
                    ("expected", number(site.expected)),
                    ("named", present.to_string()),
                    ("link", format!("{}{since}", self.desk.words.get(link))),
                ];
                line(self.desk.words.fill("answer.site", &slots), Tone::Plain)
            })
            .collect();
        self.answer("answer.sites", lines)
    }

    /// A task in one line: reference, words, owner, deadline, state.
    pub fn task_words(&self, meeting: &Meeting, task: &Task) -> String {
        let committee = self.committee_of(meeting);
        let owners: Vec<&str> =
            task.lead.iter().map(|owner| names::unit_short(meeting, committee, owner)).collect();
        let state = state::state(task, self.desk.today, view::deadline_rules(self, meeting));
        let state_words = self.desk.words.get(&format!("state.{}", state.word())).to_owned();
        let due = state::effective_due(task).map_or(task.due_text.clone(), dates::short);
        let due = if due == state_words { String::new() } else { due };
        let mark = self.desk.words.get("ui.task_mark");
        let number = task.number.map_or("?".to_owned(), |n| n.to_string());
        // Numbers repeat from meeting to meeting, so a task of another one carries its day.
        let day = meeting.head.date.filter(|_| meeting.head.id != self.meeting.id);
        let day = day.map_or(String::new(), |day| day.format(" %d/%m/%y").to_string());
        let parts = [
            format!("{mark}{number}{day}"),
            state_words,
            due,
            format!("[{}]", owners.join(", ")),
            task.content.clone(),
        ];
        parts.into_iter().filter(|part| !part.is_empty() && part != "[]").collect::<Vec<_>>().join("  ")
    }

    fn tone_of(&self, meeting: &Meeting, task: &Task) -> Tone {
        match state::state(task, self.desk.today, view::deadline_rules(self, meeting)) {
            TaskState::Overdue => Tone::Alarm,
            TaskState::DueSoon => Tone::Warning,
            _ => Tone::Plain,
        }
    }
}

/// Which earlier tasks a sheet lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Which {
    All,
    LastSession,
}

fn belongs_to(task: &Task, conclusion: &str, note: &str) -> bool {
    task.basis.iter().any(|basis| basis == conclusion) || (!note.is_empty() && task.note == note)
}

/// What was last reported, with its day: ` (21/11: Đã trình dự thảo)`.
fn last_report(task: &Task) -> String {
    let Some(report) = task.reports.last() else { return String::new() };
    let day = report.on.map_or(String::new(), |on| on.format("%d/%m").to_string());
    let percent = report.percent.map_or(String::new(), |percent| format!(" {percent}%"));
    let text = crate::text::width::clip(&report.text, 40);
    format!("  ({day}{percent}: {text})").replace(": )", ")")
}

fn line(text: String, tone: Tone) -> PageLine {
    PageLine { text, tone, ..PageLine::default() }
}
