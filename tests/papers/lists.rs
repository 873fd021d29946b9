//! Spreadsheets and calendars of tasks, read back by other means than those that wrote them.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use roxmltree::Document;
use steerco::domain::kinds::Language;
use steerco::export::{self, Format, ListFormat, PaperKind, TaskLine};
use steerco::words::Words;

use super::docx::part_of;
use super::{Records, Wish};

fn made(records: &Records, format: ListFormat) -> Vec<u8> {
    let today: NaiveDate = "2026-11-21".parse().unwrap();
    let committee = |id: &str| records.committees.iter().find(|committee| committee.head.id == id);
    let lines: Vec<TaskLine<'_>> = records
        .meetings
        .iter()
        .flat_map(|meeting| meeting.tasks.iter().map(move |task| (meeting, task)))
        .map(|(meeting, task)| TaskLine::new(meeting, task, committee(&meeting.head.committee), today))
        .collect();
    export::render_tasks(&lines, format, today, &Words::of(Language::Vi)).unwrap()
}

/// A calendar unfolded: each object as its properties by name, without their parameters.
fn objects(calendar: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let unfolded = calendar.replace("\r\n ", "");
    let mut objects = Vec::new();
    let mut open: Option<(String, BTreeMap<String, String>)> = None;
    for line in unfolded.split("\r\n").filter(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':').unwrap();
        match (name, value) {
            ("BEGIN", "VCALENDAR") | ("END", "VCALENDAR") => {}
            ("BEGIN", sort) => open = Some((sort.to_owned(), BTreeMap::new())),
            ("END", sort) => {
                let object = open.take().unwrap();
                assert_eq!(object.0, sort);
                objects.push(object);
            }
            _ => {
                if let Some((_, properties)) = &mut open {
                    let name = name.split(';').next().unwrap();
                    assert!(properties.insert(name.to_owned(), value.to_owned()).is_none(), "{name} twice");
                }
            }
        }
    }
    objects
}

#[test]
fn every_deadline_is_a_todo_and_an_event_of_a_whole_day() {
    let records = Records::sample();
    let calendar = String::from_utf8(made(&records, ListFormat::Ics)).unwrap();
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75), "no line is longer than 75 bytes");
    assert!(!calendar.replace("\r\n", "").contains(['\r', '\n']));
    let objects = objects(&calendar);
    let dated = records.meetings.iter().flat_map(|meeting| &meeting.tasks);
    let dated = dated.filter(|task| steerco::domain::state::effective_due(task).is_some()).count();
    let of =
        |sort: &'static str| objects.iter().filter(move |(known, _)| known == sort).map(|(_, object)| object);
    assert_eq!((of("VTODO").count(), of("VEVENT").count()), (dated, dated));
    let mut ids: Vec<&String> = objects.iter().map(|(_, object)| &object["UID"]).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), objects.len(), "ids are unique");
    for event in of("VEVENT") {
        let day = |key: &str| NaiveDate::parse_from_str(&event[key], "%Y%m%d").unwrap();
        assert_eq!((day("DTEND") - day("DTSTART")).num_days(), 1);
    }
}

#[test]
fn a_later_export_replaces_an_earlier_one() {
    let mut records = Records::sample();
    let before = objects(&String::from_utf8(made(&records, ListFormat::Ics)).unwrap());
    let meeting =
        records.meetings.iter_mut().find(|meeting| meeting.head.id.starts_with("2026-07-16")).unwrap();
    let task = meeting.tasks.iter_mut().find(|task| task.number == Some(4)).unwrap();
    let id = task.id.clone();
    task.extensions.push(steerco::domain::meeting::Extension {
        on: Some("2026-11-20".parse().unwrap()),
        to: Some("2027-01-15".parse().unwrap()),
        ..Default::default()
    });
    let after = objects(&String::from_utf8(made(&records, ListFormat::Ics)).unwrap());
    let find = |objects: &[(String, BTreeMap<String, String>)]| {
        objects
            .iter()
            .find(|(sort, object)| sort == "VTODO" && object["UID"].contains(&id))
            .unwrap()
            .1
            .clone()
    };
    let (before, after) = (find(&before), find(&after));
    assert_eq!(before["UID"], after["UID"]);
    assert_eq!((before["DUE"].as_str(), after["DUE"].as_str()), ("20261215", "20270115"));
    let sequence = |object: &BTreeMap<String, String>| object["SEQUENCE"].parse::<u32>().unwrap();
    assert!(sequence(&after) > sequence(&before));
}

#[test]
fn a_workbook_has_real_days_and_numbers_a_frozen_heading_and_filters() {
    let records = Records::sample();
    let book = made(&records, ListFormat::Xlsx);
    assert_eq!(book, made(&records, ListFormat::Xlsx), "the same tasks give the same bytes");
    let sheet = part_of(&book, "xl/worksheets/sheet1.xml");
    let document = Document::parse(&sheet).unwrap();
    let all = |tag: &'static str| document.descendants().filter(move |node| node.tag_name().name() == tag);
    let tasks: usize = records.meetings.iter().map(|meeting| meeting.tasks.len()).sum();
    assert_eq!(all("row").count(), tasks + 1);
    let pane = all("pane").next().unwrap();
    assert_eq!((pane.attribute("state"), pane.attribute("ySplit")), (Some("frozen"), Some("1")));
    assert!(all("autoFilter").next().unwrap().attribute("ref").unwrap().starts_with("A1:"));
    assert_eq!(all("f").count(), 0, "nothing is computed");
    // The deadline column, a serial number in the format of a day.
    let day = all("c")
        .find(|cell| cell.attribute("r").is_some_and(|at| at.starts_with('K') && at != "K1"))
        .unwrap();
    assert_eq!(day.attribute("t"), None, "a number, not a text");
    assert!(part_of(&book, "xl/styles.xml").contains("dd/mm/yyyy"));
    let units = part_of(&book, "xl/worksheets/sheet2.xml");
    assert!(units.contains("<drawing"), "charts by unit");
    let chart = part_of(&book, "xl/charts/chart1.xml");
    assert!(chart.contains("Theo đơn vị") && chart.contains("barChart"));
}

#[test]
fn a_table_for_spreadsheets_has_its_mark_and_parts_columns_by_language() {
    let records = Records::sample();
    let csv = String::from_utf8(made(&records, ListFormat::Csv)).unwrap();
    assert!(csv.starts_with("\u{feff}Mã;Cuộc họp;"), "{}", &csv[..40]);
    assert!(csv.ends_with("\r\n"));
    let attendance = records.text("2026-09-24", Wish::of(PaperKind::Attendance), Format::Csv);
    assert!(attendance.starts_with("\u{feff}No.,Name,"), "{attendance}");
    assert!(attendance.contains("Margaret Holloway"), "{attendance}");
}
