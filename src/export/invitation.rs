//! Invitation (giấy mời): to what, when, where, whom, with the programme and the day it must be sent by (Quyết định
//! 45/2018/QĐ-TTg: at least 3 working days before). Knows no file format.

use chrono::{Duration, NaiveDate, NaiveDateTime};

use crate::domain::meeting::{AgendaItem, Seat};
use crate::export::desk::{Desk, capital, small};
use crate::export::names::Names;
use crate::export::tree::{Block, Mark, Row, RowHeight, Runs, Side, Style, Table, Tone};
use crate::text::dates;

/// Working days between sending and meeting.
const DAYS_BEFORE: usize = 3;

pub fn invitation(desk: &Desk<'_>) -> Vec<Block> {
    let head = &desk.meeting.head;
    let mut names = Names::new(desk);
    let mut blocks = vec![desk.header(), desk.title(head.title.trim())];
    let mut say = |style, runs: Runs| blocks.push(Block::Text(style, runs));
    if let Some(day) = head.date.and_then(|day| send_by(desk, day)).filter(|_| desk.is_draft()) {
        say(Style::Remark, desk.fill("paper.send_by", &[("day", desk.short(day))]).into());
    }
    let title = small(head.title.trim());
    let slots = [("committee", desk.committee_name()), ("title", title)];
    say(Style::Body, desk.fill("paper.invites", &slots).into());
    let labelled = |key: &str, what: String| {
        let what = if what.trim().is_empty() { "…".to_owned() } else { what };
        Runs::default().with(Tone::Strong, format!("{}:", desk.say(key))).plain(format!(" {what}"))
    };
    let chairs: Vec<String> = desk.chairs().iter().map(|id| names.mention(id)).collect();
    if !chairs.is_empty() {
        say(Style::Body, labelled("paper.invite_chair", capital(&chairs.join("; "))));
    }
    let time = match (head.planned_start, head.date) {
        (Some(time), Some(day)) => {
            let at = day.and_time(time);
            desk.fill("paper.moment", &[("time", desk.hours(at)), ("day", desk.long(day))])
        }
        (None, Some(day)) => desk.long(day),
        _ => String::new(),
    };
    say(Style::Body, labelled("paper.invite_time", time));
    let form = head.form.map(|form| desk.say(&format!("form_of.{}", form.word())));
    let place = match (head.place.trim(), form) {
        (place, Some(form)) if !place.is_empty() => format!("{place} ({form})"),
        ("", Some(form)) => form,
        (place, _) => place.to_owned(),
    };
    say(Style::Body, labelled("paper.invite_place", place));
    say(Style::Body, Runs::default().with(Tone::Strong, format!("{}:", desk.say("paper.invited"))));
    let chairs = desk.chairs();
    let invited: Vec<&Seat> = desk.meeting.seats.iter().filter(|seat| !chairs.contains(&seat.id)).collect();
    let count = invited.len();
    for (at, seat) in invited.into_iter().enumerate() {
        let sign = if at + 1 == count { "." } else { ";" };
        blocks.push(Block::Point(Mark::Dash, format!("{}{sign}", capital(&desk.invited_as(seat))).into()));
    }
    if !desk.meeting.agenda.is_empty() {
        blocks.push(Block::Text(Style::Label, desk.say("paper.programme").into()));
        blocks.push(Block::Table(programme(desk)));
    }
    let last = desk.say("paper.please_come") + desk.end_mark();
    blocks.push(Block::Text(Style::Body, last.into()));
    blocks.extend(desk.withheld_remark());
    blocks.extend(desk.signed());
    blocks
}

/// The last day to send it: the third working day before the meeting.
fn send_by(desk: &Desk<'_>, meeting: NaiveDate) -> Option<NaiveDate> {
    let before = (1..=60).filter_map(|days| meeting.checked_sub_signed(Duration::days(days)));
    let own = desk.committee.head.holidays.iter().map(|day| day.0);
    let holidays = desk.order.holidays.with_closed(own);
    before.filter(|day| holidays.is_working(*day)).nth(DAYS_BEFORE - 1)
}

/// The items with the times they are planned for.
fn programme(desk: &Desk<'_>) -> Table {
    let columns = desk.columns(&[
        ("paper.column_number", 7, Side::Middle),
        ("paper.column_time", 19, Side::Middle),
        ("paper.column_item", 44, Side::Start),
        ("paper.column_presenter", 30, Side::Start),
    ]);
    let mut at =
        desk.meeting.head.date.zip(desk.meeting.head.planned_start).map(|(day, time)| day.and_time(time));
    let mut rows = Vec::new();
    for (number, item) in desk.meeting.agenda.iter().enumerate() {
        let (time, next) = times(at, item);
        at = next;
        let kind = item.kind.map(|kind| desk.say(&format!("item_kind.{}", kind.word()))).unwrap_or_default();
        let title = if item.title.is_empty() { kind } else { item.title.clone() };
        let presenter =
            if item.presenter.is_empty() { String::new() } else { desk.bare_name(&item.presenter) };
        rows.push(Row::Cells(vec![
            (number + 1).to_string().into(),
            time.into(),
            title.into(),
            presenter.into(),
        ]));
    }
    Table { columns, rows, height: RowHeight::AsText }
}

/// From when to when; after an item without planned minutes nobody knows any more.
fn times(at: Option<NaiveDateTime>, item: &AgendaItem) -> (String, Option<NaiveDateTime>) {
    let Some(from) = at else { return (String::new(), None) };
    let minutes = item.minutes.filter(|minutes| (1..=100_000).contains(minutes));
    let to = minutes.and_then(|minutes| from.checked_add_signed(Duration::minutes(minutes)));
    let from = dates::clock(from.time());
    match to {
        Some(to) => (format!("{from} - {}", dates::clock(to.time())), Some(to)),
        None => (from, None),
    }
}

impl Desk<'_> {
    /// The person who is invited, before anybody knows who comes instead.
    fn invited_as(&self, seat: &Seat) -> String {
        let seat = Seat { presence: None, substitute: None, ..seat.clone() };
        self.in_full(&seat)
    }
}
