//! Review of a period (half year, year, quarter, month): meetings, tasks by official box and by unit, what is overdue,
//! figures against the period before, awards, shortcomings, directions. Knows no file format.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::board::{BoardRow, StateCounts};
use crate::domain::kinds::{NoteKind, Stage};
use crate::domain::meeting::{Figure, Meeting};
use crate::domain::period::{Period, PeriodSort};
use crate::domain::state::{self, OfficialBox, TaskState};
use crate::domain::value::Number;
use crate::export::desk::{Desk, unended};
use crate::export::follow::by_urgency;
use crate::export::tree::{Block, Level, Mark, Row, RowHeight, Runs, Side, Style, Table};
use crate::text::numbers;

pub fn review(desk: &Desk<'_>) -> Vec<Block> {
    let Some(period) = Period::read(&desk.meeting.head.review_period) else { return Vec::new() };
    let seen = desk.committee_meetings();
    let all: Vec<&Meeting> = seen.iter().map(Cow::as_ref).collect();
    let held = |meeting: &&&Meeting| {
        let took_place = !matches!(meeting.stage(), Stage::Planned | Stage::Postponed | Stage::Cancelled);
        took_place && meeting.head.date.is_some_and(|day| period.has(day))
    };
    let mut meetings: Vec<&Meeting> = all.iter().filter(held).copied().collect();
    meetings.sort_by_key(|meeting| meeting.head.date);
    let mut page = Page { desk, period, all: &all, meetings, blocks: Vec::new() };
    let subject = desk.fill("paper.review_subject", &[("period", page.name())]);
    page.blocks.extend([desk.header(), desk.title(&subject)]);
    page.part("paper.review_part_results");
    page.held();
    page.tasks();
    page.figures();
    page.awards();
    page.part("paper.review_part_limits");
    page.overdue();
    page.said("paper.review_shortcomings", &[NoteKind::Shortcoming, NoteKind::Difficulty, NoteKind::Cause]);
    page.part("paper.review_part_ahead");
    page.said("paper.review_directions", &[NoteKind::Direction, NoteKind::Solution]);
    page.blocks.extend(desk.signed());
    page.blocks
}

struct Page<'d, 'a> {
    desk: &'d Desk<'a>,
    period: Period,
    all: &'d [&'d Meeting],
    /// Those held in the period, the earliest first.
    meetings: Vec<&'d Meeting>,
    blocks: Vec<Block>,
}

impl Page<'_, '_> {
    fn name(&self) -> String {
        self.desk.period_name(self.period)
    }

    fn part(&mut self, key: &str) {
        self.blocks.push(Block::Heading(Level::Part, self.desk.say(key).into()));
    }

    fn section(&mut self, key: &str) {
        self.blocks.push(Block::Heading(Level::Section, self.desk.say(key).into()));
    }

    fn text(&mut self, text: String) {
        self.blocks.push(Block::Text(Style::Body, text.into()));
    }

    fn point(&mut self, text: String) {
        self.blocks.push(Block::Point(Mark::Dash, text.into()));
    }

    /// The day that decides the states: the period's last, or today while it runs.
    fn as_of(&self) -> NaiveDate {
        self.period.to.min(self.desk.order.today)
    }

    fn held(&mut self) {
        let desk = self.desk;
        self.section("paper.review_meetings");
        let in_period = |day: Option<NaiveDate>| day.is_some_and(|day| self.period.has(day));
        let notices = self.all.iter().flat_map(|meeting| &meeting.papers);
        let notices = notices.filter(|paper| paper.kind == "notice" && in_period(paper.date)).count();
        let tasks = self.meetings.iter().map(|meeting| meeting.tasks.len()).sum();
        let slots = [
            ("period", self.name()),
            ("committee", desk.committee_name()),
            ("n", desk.count(self.meetings.len())),
            ("notices", desk.count(notices)),
            ("tasks", desk.count(tasks)),
        ];
        self.text(desk.fill("paper.review_meetings_counts", &slots));
        for meeting in self.meetings.clone() {
            let slots = [
                ("day", meeting.head.date.map_or(String::new(), |day| desk.short(day))),
                ("title", unended(&meeting.head.title).to_owned()),
                ("conclusions", desk.count(meeting.conclusions.len())),
                ("tasks", desk.count(meeting.tasks.len())),
            ];
            self.point(desk.fill("paper.review_meeting", &slots) + ".");
        }
    }

    /// As the tasks stood on the last day: what was reported later is not known then.
    fn rows(&self) -> Vec<BoardRow> {
        let (day, rules) = (self.as_of(), self.desk.committee.deadline_rules());
        let mut rows = self.desk.rows_on(self.meetings.iter().copied(), day);
        for row in rows.iter_mut().filter(|_| day < self.desk.order.today) {
            row.state = state::state_on(&row.task, day, rules);
            row.days_late = match (row.state, state::last_day(&row.task, rules)) {
                (TaskState::Overdue, Some(last)) => (day - last).num_days().max(0),
                _ => row.days_late,
            };
        }
        rows
    }

    fn tasks(&mut self) {
        let desk = self.desk;
        self.section("paper.review_tasks");
        let rows = self.rows();
        let counts = StateCounts::of(&rows);
        let day = desk.long(self.as_of());
        self.text(desk.fill("paper.review_boxes", &[("day", day.as_str()), ("boxes", &desk.boxes(&counts))]));
        if let Some(share) = share(&counts) {
            self.text(desk.fill("paper.review_share", &[("share", desk.percent(share))]));
        }
        if !rows.is_empty() {
            self.section("paper.review_units");
            self.blocks.push(Block::Table(by_unit(desk, &rows)));
        }
    }

    fn overdue(&mut self) {
        self.section("paper.review_overdue");
        let mut rows = self.rows();
        rows.retain(|row| row.state == TaskState::Overdue);
        by_urgency(&mut rows);
        match rows.is_empty() {
            true => self.text(self.desk.say("paper.review_no_overdue")),
            false => self.blocks.push(self.desk.standing_table(&rows)),
        }
    }

    /// The last value of each series in the period, beside that of the period before.
    fn figures(&mut self) {
        let desk = self.desk;
        let now = self.last_figures(self.period);
        if now.is_empty() {
            return;
        }
        let earlier = self.period.before().map(|before| self.last_figures(before)).unwrap_or_default();
        let lines: Vec<String> = now
            .iter()
            .map(|(key, figure)| {
                let before = earlier.iter().find(|(known, _)| known == key).map(|(_, figure)| *figure);
                let slots = [
                    ("name", figure.name.clone()),
                    ("value", figure.value.map_or("…".to_owned(), |value| desk.number(value))),
                    ("unit", unit_behind(&figure.unit)),
                    ("before", before.map_or(String::new(), |before| self.against(figure, before))),
                ];
                desk.fill("paper.review_figure", &slots) + "."
            })
            .collect();
        self.section("paper.review_figures");
        lines.into_iter().for_each(|line| self.point(line));
    }

    /// In the order of the meetings; a later value of the same series stands for an earlier one.
    fn last_figures(&self, period: Period) -> Vec<(String, &Figure)> {
        let spelled = period.spelled();
        let mut meetings: Vec<&Meeting> = self.all.to_vec();
        meetings.sort_by_key(|meeting| meeting.head.date);
        let mut found: Vec<(String, &Figure)> = Vec::new();
        for meeting in meetings {
            let in_period = meeting.head.date.is_some_and(|day| period.has(day));
            for figure in &meeting.figures {
                let own = if figure.period.is_empty() { in_period } else { figure.period == spelled };
                if !own || figure.value.is_none() {
                    continue;
                }
                let key = if figure.series.is_empty() { figure.name.clone() } else { figure.series.clone() };
                found.retain(|(known, _)| *known != key);
                found.push((key, figure));
            }
        }
        found
    }

    fn against(&self, now: &Figure, before: &Figure) -> String {
        let desk = self.desk;
        let (Some(now_value), Some(value)) = (now.value, before.value) else { return String::new() };
        // Six decimals are more than anybody reports and hide what binary numbers add.
        let change = ((now_value.as_f64() - value.as_f64()) * 1e6).round() / 1e6;
        let n = desk.number(Number::Decimal(change.abs()));
        let change = match change {
            change if change > 0.0 => desk.fill("paper.up", &[("n", n)]),
            change if change < 0.0 => desk.fill("paper.down", &[("n", n)]),
            _ => desk.say("paper.level"),
        };
        let slots = [("value", desk.number(value)), ("unit", unit_behind(&before.unit)), ("change", change)];
        desk.fill("paper.review_before", &slots)
    }

    fn awards(&mut self) {
        let desk = self.desk;
        let awards: Vec<_> = self.meetings.iter().flat_map(|meeting| &meeting.awards).collect();
        if awards.is_empty() {
            return;
        }
        self.section("paper.review_awards");
        for award in awards {
            let line = desk.award(award);
            self.point(line);
        }
    }

    /// What was said of these kinds in the period's meetings.
    fn said(&mut self, key: &str, kinds: &[NoteKind]) {
        self.section(key);
        let of_kind = |kind: Option<NoteKind>| kind.is_some_and(|kind| kinds.contains(&kind));
        let meetings = self.meetings.clone();
        let notes: Vec<&str> = meetings
            .iter()
            .flat_map(|meeting| &meeting.notes)
            .filter(|note| of_kind(note.kind))
            .map(|note| note.text.as_str())
            .collect();
        if notes.is_empty() {
            self.text(self.desk.say("paper.none_recorded"));
        }
        for text in notes {
            self.point(format!("{}.", unended(text)));
        }
    }
}

fn unit_behind(unit: &str) -> String {
    match unit.trim() {
        "" => String::new(),
        "%" => "%".to_owned(),
        unit => format!(" {unit}"),
    }
}

/// Of the tasks that are done or should be, in hundredths of a percent, how many were done on time.
fn share(counts: &StateCounts) -> Option<i64> {
    let on_time = counts.in_box(OfficialBox::DoneOnTime);
    let judged = on_time + counts.in_box(OfficialBox::DoneLate) + counts.in_box(OfficialBox::OpenOverdue);
    let (on_time, judged) = (i64::try_from(on_time).ok()?, i64::try_from(judged).ok()?);
    (judged > 0).then(|| (on_time * 10_000 + judged / 2) / judged)
}

/// The leading units with their boxes, in the order of their names.
fn units(desk: &Desk<'_>, rows: &[BoardRow]) -> Vec<(String, StateCounts)> {
    let mut units: BTreeMap<String, Vec<&BoardRow>> = BTreeMap::new();
    for row in rows {
        for id in &row.task.lead {
            units.entry(desk.unit(desk.committee.successor_of(id))).or_default().push(row);
        }
    }
    units.into_iter().map(|(name, rows)| (name, StateCounts::of(rows))).collect()
}

fn by_unit(desk: &Desk<'_>, rows: &[BoardRow]) -> Table {
    let columns = desk.columns(&[
        ("paper.column_number", 7, Side::Middle),
        ("paper.column_unit", 31, Side::Start),
        ("paper.column_total", 10, Side::Middle),
        ("paper.column_done_on_time", 13, Side::Middle),
        ("paper.column_done_late", 13, Side::Middle),
        ("paper.column_open_in_time", 13, Side::Middle),
        ("paper.column_open_overdue", 13, Side::Middle),
    ]);
    let row = |(at, (name, counts)): (usize, &(String, StateCounts))| {
        let numbers = OfficialBox::ALL.map(|official| counts.in_box(official).to_string());
        let first = [(at + 1).to_string(), name.clone(), counts.total().to_string()];
        Row::Cells(first.into_iter().chain(numbers).map(Runs::from).collect())
    };
    Table {
        columns,
        rows: units(desk, rows).iter().enumerate().map(row).collect(),
        height: RowHeight::AsText,
    }
}

impl Desk<'_> {
    /// "6 tháng đầu năm 2026".
    pub fn period_name(&self, period: Period) -> String {
        let year = period.year().to_string();
        let n = period.number();
        let number = match period.sort {
            PeriodSort::Quarter => numbers::roman(n).unwrap_or_default(),
            _ if n < 3 => format!("{n:02}"),
            _ => n.to_string(),
        };
        let key = match (period.sort, n) {
            (PeriodSort::Year, _) => "paper.period_year",
            (PeriodSort::Half, 1) => "paper.period_half_1",
            (PeriodSort::Half, _) => "paper.period_half_2",
            (PeriodSort::Quarter, _) => "paper.period_quarter",
            (PeriodSort::Month, _) => "paper.period_month",
        };
        self.fill(key, &[("year", year), ("n", number)])
    }

    /// `98,62%` or `98.62%`.
    pub fn percent(&self, hundredths: i64) -> String {
        format!("{}%", self.number(Number::Decimal(hundredths as f64 / 100.0)))
    }
}
