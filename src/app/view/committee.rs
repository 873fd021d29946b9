//! The rows of the Committee place: those of the tab in front that fit its filter, the ones of today first, those that
//! come later or have ended apart. Pure.

use chrono::NaiveDate;

use crate::app::committee::Spot;
use crate::app::committee::reading::Reading;
use crate::app::committee::tab::{Column, ITEMS, Scope, Tab};
use crate::app::view::text::full_date;
use crate::app::{App, ListOrder};
use crate::domain::committee::{Committee, TemplateItem};
use crate::domain::edit::{RowKey, keys};
use crate::domain::fields::{Record, Row};
use crate::domain::succession::{Validity, validity};
use crate::domain::value::Value;
use crate::text::collate::{self, Key};
use crate::text::query::Query;

/// A line of the list.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    pub spot: Spot,
    /// Texts under the columns of the tab that have a share of the width; a setting is its label and its value; an
    /// item of a programme one text.
    pub cells: Vec<String>,
    /// From when, until when, and what came after.
    pub validity: String,
    pub standing: Validity,
}

/// The lines of the tab in front.
pub fn committee_rows(app: &App) -> Vec<EntryRow> {
    let Some(committee) = app.current_committee() else { return Vec::new() };
    let tab = app.committee.tab;
    let reading = app.reading(committee);
    let query = &Query::read(app.committee.list().filter.text());
    let mut rows = match tab {
        Tab::Settings => settings(&reading),
        Tab::Templates => return programmes(&reading, query),
        _ => table(&reading, tab),
    };
    rows.retain(|(row, also)| fits(query, row, also));
    let mut rows: Vec<EntryRow> = rows.into_iter().map(|(row, _)| row).collect();
    if app.committee.order == ListOrder::Alphabet && tab != Tab::Settings {
        rows.sort_by_cached_key(|row| name_key(committee, tab, row));
    }
    rows.sort_by_key(|row| row.standing);
    rows
}

/// What a row is sorted by in the order of the alphabet: a member as a person, anything else by its first text.
fn name_key(committee: &Committee, tab: Tab, row: &EntryRow) -> Key {
    let first = row.cells.first().map_or("", String::as_str);
    let sort_name = match &row.spot {
        Spot::Row(key) if tab == Tab::Members => {
            let mut of_id = committee.members.iter().filter(|member| member.id == key.id);
            of_id.nth(key.nth).map_or("", |member| member.sort_name.as_str())
        }
        _ => return collate::key(first),
    };
    collate::person(first, sort_name)
}

/// How many rows each tab has today.
pub fn tab_counts(app: &App) -> Vec<(Tab, usize)> {
    let Some(committee) = app.current_committee() else {
        return Tab::ALL.into_iter().map(|tab| (tab, 0)).collect();
    };
    let count = |tab: Tab| {
        let rows = committee.rows(tab.table()).into_iter().flat_map(|rows| rows.iter());
        rows.filter(|row| standing(*row, app.desk.today) == Validity::Current).count()
    };
    Tab::ALL.into_iter().map(|tab| (tab, count(tab))).collect()
}

/// The first and the last day of a row.
pub fn days(row: &dyn Row) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let day = |key: &str| match row.get(key) {
        Some(Value::Date(day)) => Some(day),
        _ => None,
    };
    (day("from"), day("to"))
}

fn standing(row: &dyn Row, today: NaiveDate) -> Validity {
    let (from, to) = days(row);
    validity(from, to, today)
}

fn fits(query: &Query, row: &EntryRow, also: &str) -> bool {
    let text = format!("{} {} {also}", row.cells.join(" "), row.validity);
    query.fits(&text)
}

/// The rows with what else they are found by.
fn table(reading: &Reading<'_>, tab: Tab) -> Vec<(EntryRow, String)> {
    let Some(rows) = reading.committee.rows(tab.table()) else { return Vec::new() };
    let shown = |(key, row): (RowKey, &dyn Row)| {
        let text = |column: &Column| reading.shown(column.kind, row.get(column.key).as_ref());
        let listed = tab.columns().iter().filter(|column| column.share > 0);
        let in_list = |column: &Column| reading.listed(column.kind, row.get(column.key).as_ref());
        let also: Vec<String> = tab.columns().iter().map(text).collect();
        let row = EntryRow {
            cells: listed.map(in_list).collect(),
            validity: in_force(reading, tab, &key, row),
            standing: standing(row, reading.today),
            spot: Spot::Row(key),
        };
        (row, also.join(" "))
    };
    keys(rows).into_iter().zip(rows.iter()).map(shown).collect()
}

/// `từ 01/03/2025`, `đến 28/02/2025 → Sở Khoa học và Công nghệ`.
fn in_force(reading: &Reading<'_>, tab: Tab, key: &RowKey, row: &dyn Row) -> String {
    let words = reading.words;
    let (from, to) = days(row);
    let mut parts: Vec<String> = Vec::new();
    parts.extend(from.map(|day| words.fill("row.since", &[("day", &full_date(day))])));
    parts.extend(to.map(|day| words.fill("row.until", &[("day", &full_date(day))])));
    parts.extend(after(reading, tab, key, row).map(|name| words.fill("row.then", &[("name", &name)])));
    parts.join(" ")
}

/// What a row that ended became: a unit's successor of today, a person's post of today.
fn after(reading: &Reading<'_>, tab: Tab, key: &RowKey, row: &dyn Row) -> Option<String> {
    match tab {
        Tab::Units => {
            let now = reading.committee.successor_of(&key.id);
            (now != key.id).then(|| reading.name(Scope::Units, now))
        }
        Tab::Members if standing(row, reading.today) == Validity::Past => {
            let now = reading.committee.member_on(&key.id, reading.today)?;
            let holds = validity(now.from, now.to, reading.today) == Validity::Current;
            holds.then(|| reading.position(&now.position))
        }
        _ => None,
    }
}

fn settings(reading: &Reading<'_>) -> Vec<(EntryRow, String)> {
    let head: &dyn Row = &reading.committee.head;
    let shown = |(at, column): (usize, &Column)| {
        let label = reading.words.get(&format!("field.{}", column.label)).to_owned();
        let value = reading.shown(column.kind, head.get(column.key).as_ref());
        let row = EntryRow {
            spot: Spot::Setting(at),
            cells: vec![label, value],
            validity: String::new(),
            standing: Validity::Current,
        };
        (row, String::new())
    };
    Tab::Settings.columns().iter().enumerate().map(shown).collect()
}

/// Each programme with its items below it. The filter shows a programme whole when its name or one of its items fits.
fn programmes(reading: &Reading<'_>, query: &Query) -> Vec<EntryRow> {
    let mut all = Vec::new();
    let heads = table(reading, Tab::Templates);
    for ((head, also), template) in heads.into_iter().zip(&reading.committee.templates) {
        let Spot::Row(key) = head.spot.clone() else { continue };
        let items: Vec<EntryRow> =
            template.items.iter().enumerate().map(|(at, item)| item_row(reading, &key, at, item)).collect();
        if !fits(query, &head, &also) && !items.iter().any(|item| fits(query, item, "")) {
            continue;
        }
        all.push(head);
        all.extend(items);
        let end = reading.words.get("row.new_item").to_owned();
        all.push(line(Spot::NewItem(key), end));
    }
    all
}

/// `1. Báo cáo sơ kết (20', Sở Nội vụ)`.
fn item_row(reading: &Reading<'_>, template: &RowKey, at: usize, item: &TemplateItem) -> EntryRow {
    let of = |key: &str| {
        let column = ITEMS.iter().find(|column| column.key == key);
        let value = (item as &dyn Row).get(key);
        column.map_or(String::new(), |column| reading.shown(column.kind, value.as_ref()))
    };
    let title = Some(of("title")).filter(|title| !title.is_empty()).unwrap_or_else(|| of("kind"));
    let minutes = item.minutes.map(|minutes| format!("{minutes}'"));
    let presenter = Some(of("presenter")).filter(|name| !name.is_empty());
    let beside: Vec<String> = minutes.into_iter().chain(presenter).collect();
    let beside = if beside.is_empty() { String::new() } else { format!(" ({})", beside.join(", ")) };
    line(Spot::Item { template: template.clone(), item: at }, format!("{}. {title}{beside}", at + 1))
}

fn line(spot: Spot, text: String) -> EntryRow {
    EntryRow { spot, cells: vec![text], validity: String::new(), standing: Validity::Current }
}

/// The columns of the list of a tab.
pub fn listed(tab: Tab) -> impl Iterator<Item = &'static Column> {
    tab.columns().iter().filter(|column| column.share > 0)
}

/// What the committee in front is called.
pub fn title(committee: &Committee) -> &str {
    [committee.head.name.as_str(), committee.head.id.as_str()]
        .into_iter()
        .find(|name| !name.is_empty())
        .unwrap_or("")
}
