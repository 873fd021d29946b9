//! A meeting may hold anything that a file can hold: every paper in every format stays a valid file, nothing in it is
//! computed, run or fetched.

use chrono::NaiveDate;
use proptest::prelude::*;
use roxmltree::Document;
use steerco::domain::committee::{Abbreviation, Committee, Member, Recipient, Signer};
use steerco::domain::kinds::*;
use steerco::domain::meeting::{
    AgendaItem, Amendment, Award, Conclusion, Figure, Meeting, Note, Paper, Report, Seat, Site, Substitute,
    Task, Urging, Vote,
};
use steerco::domain::value::Number;
use steerco::export::{self, Format, ListFormat, PaperKind, TaskLine};
use steerco::words::Words;

use super::docx::{Package, part_of};
use super::{Records, Wish};

/// Texts that break what was not made for them.
fn nasty() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "",
        " ",
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1:A9)",
        "\t=1",
        "\r=1",
        "＝1＋1",
        "<script>alert(1)</script>",
        "</w:t></w:r></w:p></w:body>",
        "]]>",
        "&amp;&#0;",
        "a\u{0}b\u{1}c\u{1b}[31m",
        "\u{202e}ngược\u{2066}",
        "hai\ndòng\r\nba\u{2028}bốn",
        "BEGIN:VEVENT\r\nUID:x",
        "a;b,c\\d:\"e\"",
        "\u{feff}\u{fffe}\u{ffff}",
        "# tiêu đề\n- mục\n| bảng |",
        "![x](http://example.invalid/x.png)",
        "[x](javascript:alert(1))",
        "1. một",
        "ế\u{302}\u{301}\u{301}\u{301}",
        "👩‍👩‍👧‍👦 gia đình",
        "Sở Nội vụ",
        "2022-01-31",
        "{title}",
    ]);
    let any = proptest::collection::vec(any::<char>(), 0..30).prop_map(|chars| chars.into_iter().collect());
    let long = (1_usize..300).prop_map(|n| "dài ".repeat(n));
    prop_oneof![6 => known.prop_map(str::to_owned), 3 => any, 1 => long]
}

fn day() -> impl Strategy<Value = Option<NaiveDate>> {
    let far = prop::sample::select(vec![
        "0001-01-01",
        "1899-12-31",
        "1979-12-31",
        "2024-02-29",
        "2026-11-20",
        "9999-12-31",
    ]);
    prop::option::of(far.prop_map(|day| day.parse().unwrap()))
}

/// A record of every table whose texts are drawn from `texts` in turn.
fn record(texts: &[String], days: &[Option<NaiveDate>], world: World, language: Language) -> Records {
    let mut at = 0;
    let mut text = || {
        at += 1;
        texts[at % texts.len()].clone()
    };
    let mut days = days.iter().copied().cycle();
    let mut day = || days.next().flatten();
    let mut meeting = Meeting::default();
    meeting.head.id = "2024-05-06-hop".into();
    meeting.head.committee = "bcd".into();
    meeting.head.title = text();
    meeting.head.place = text();
    meeting.head.source = text();
    meeting.head.secretary = text();
    meeting.head.date = day();
    meeting.head.language = Some(language);
    meeting.head.form = Some(Form::Hybrid);
    meeting.head.stage = Some(Stage::Closed);
    for n in 0..3 {
        meeting.sites.push(Site {
            id: text(),
            name: text(),
            headcount: Some(i64::MAX),
            chairs: vec![text()],
            ..Site::default()
        });
        meeting.seats.push(Seat {
            id: text(),
            name: text(),
            titles: vec![text(), text()],
            unit: text(),
            site: meeting.sites[0].id.clone(),
            position: text(),
            role: Some(Role::ALL[n]),
            presence: Some(Presence::ALL[n + 4]),
            reason: text(),
            substitute: Some(Substitute {
                name: text(),
                titles: vec![text()],
                from: text(),
                consented: Some(true),
                ..Substitute::default()
            }),
            ..Seat::default()
        });
        meeting.agenda.push(AgendaItem {
            id: format!("i{n}"),
            title: text(),
            presenter: text(),
            minutes: Some(i64::MAX),
            confidential: n == 1,
            ..AgendaItem::default()
        });
        meeting.notes.push(Note {
            id: format!("n{n}"),
            item: format!("i{n}"),
            speaker: text(),
            text: text(),
            ..Note::default()
        });
        meeting.conclusions.push(Conclusion {
            id: format!("c{n}"),
            number: Some(i64::MAX - 1),
            text: text(),
            note: format!("n{n}"),
            ..Conclusion::default()
        });
        meeting.tasks.push(Task {
            id: text(),
            number: Some(n as i64),
            content: text(),
            quote: text(),
            lead: vec![text(), "snv".into()],
            support: vec![text()],
            person: text(),
            product: text(),
            due_text: text(),
            due: day(),
            due_kind: Some(DueKind::Date),
            done_on: day(),
            status: Some(Status::ALL[n]),
            basis: vec![format!("c{n}"), text()],
            reports: vec![Report { on: day(), text: text(), percent: Some(i64::MIN), ..Report::default() }],
            urgings: vec![Urging { on: day(), round: Some(i64::MAX), ..Urging::default() }],
            ..Task::default()
        });
        meeting.votes.push(Vote { id: text(), question: text(), r#for: Some(i64::MIN), ..Vote::default() });
        meeting.documents.push(steerco::domain::meeting::Document {
            number: text(),
            title: text(),
            issuer: text(),
            date: day(),
            ..steerco::domain::meeting::Document::default()
        });
        meeting.figures.push(Figure {
            name: text(),
            value: Some(Number::Decimal(f64::INFINITY)),
            unit: text(),
            period: text(),
            ..Figure::default()
        });
        meeting.awards.push(Award {
            title: text(),
            granted_by: text(),
            recipients: vec![text()],
            ..Award::default()
        });
        meeting.amendments.push(Amendment {
            on: day(),
            target: format!("n{n}"),
            field: text(),
            text: text(),
            action: Some(AmendmentAction::Replace),
            status: Some(AmendmentStatus::Adopted),
            ..Amendment::default()
        });
    }
    meeting.papers.push(Paper {
        kind: "notice".into(),
        number: text(),
        date: day(),
        signer: text(),
        recipients: vec![text()],
        ..Paper::default()
    });
    let mut committee = Committee::default();
    committee.head.id = "bcd".into();
    committee.head.name = text();
    committee.head.name_lines = vec![text(), text()];
    committee.head.parent_lines = vec![text()];
    committee.head.short = text();
    committee.head.place = text();
    committee.head.world = Some(world);
    committee.signers.push(Signer { member: "m".into(), form: text(), title: text(), ..Signer::default() });
    committee.members.push(Member {
        id: "m".into(),
        name: text(),
        titles: vec![text()],
        position: text(),
        ..Member::default()
    });
    committee.recipients.push(Recipient { text: text(), ..Recipient::default() });
    committee.abbreviations.push(Abbreviation { key: text(), text: text(), ..Abbreviation::default() });
    Records { meetings: vec![meeting], committees: vec![committee] }
}

fn well_formed(name: &str, text: &str) {
    Document::parse(text).unwrap_or_else(|why| panic!("{name}: {why}"));
}

fn is_formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠'])
}

/// Few by default; `STEERCO_HOSTILE_CASES=500 cargo test --locked hostile` for a long run.
fn cases() -> u32 {
    std::env::var("STEERCO_HOSTILE_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(5)
}

/// Markdown without its backslashes and the signs behind them.
fn unescaped(text: &str) -> String {
    let mut letters = text.chars();
    let mut left = String::new();
    while let Some(c) = letters.next() {
        if c == '\\' {
            letters.next();
        } else {
            left.push(c);
        }
    }
    left
}

/// The cells of CSV text, line ends and quotation marks read as RFC 4180 has them.
fn cells(csv: &str, parting: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = csv.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '"' if quoted && letters.peek() == Some(&'"') => cell.extend(letters.next()),
            '"' => quoted = !quoted,
            c if c == parting && !quoted => row.push(std::mem::take(&mut cell)),
            '\r' if !quoted && letters.peek() == Some(&'\n') => {
                letters.next();
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            c => cell.push(c),
        }
    }
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_hostile_meeting_exports_to_valid_files(
        texts in proptest::collection::vec(nasty(), 5..40),
        days in proptest::collection::vec(day(), 1..5),
        world in prop::sample::select(World::ALL.to_vec()),
        language in prop::sample::select(Language::ALL.to_vec()),
    ) {
        let mut records = record(&texts, &days, world, language);
        for kind in PaperKind::ALL {
            if *kind == PaperKind::Review {
                records.meetings[0].head.review_period = "2024".into();
            }
            let wish = Wish { unit: if kind.is_for_a_unit() { "snv" } else { "" }, ..Wish::of(*kind) };
            for wish in [wish, wish.public()] {
                let paper = records.paper("2024-05-06-hop", wish);
                prop_assert!(paper.file_name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'), "{}", paper.file_name);
                let words = Words::of(language);
                let made = |format| export::render(&paper, format, &words).unwrap();
                Package::of(&made(Format::Docx)).check();
                for format in [Format::Text, Format::Markdown, Format::Html] {
                    let text = String::from_utf8(made(format)).unwrap();
                    let control = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\u{c}'));
                    prop_assert!(control.is_none(), "{format:?}: {control:?}");
                    prop_assert!(!text.contains(['\u{202e}', '\u{2066}']), "{format:?}");
                    let alive: &[&str] = match format {
                        Format::Html => &["<script", "<img", "<a "],
                        Format::Markdown => &["![x]", "[x](", "<script"],
                        _ => &[],
                    };
                    // What stands behind a backslash is a sign and begins nothing.
                    let text = if format == Format::Markdown { unescaped(&text) } else { text };
                    let found = alive.iter().find(|tag| text.contains(**tag));
                    prop_assert!(found.is_none(), "{format:?}: {found:?}");
                }
            }
        }
    }

    #[test]
    fn hostile_tasks_make_valid_lists(
        texts in proptest::collection::vec(nasty(), 5..40),
        days in proptest::collection::vec(day(), 1..5),
    ) {
        let records = record(&texts, &days, World::State, Language::Vi);
        let meeting = &records.meetings[0];
        let today = "2026-11-21".parse().unwrap();
        let line = |task| TaskLine::new(meeting, task, Some(&records.committees[0]), today);
        let lines: Vec<TaskLine<'_>> = meeting.tasks.iter().map(line).collect();
        let words = Words::of(Language::Vi);
        let made = |format| export::render_tasks(&lines, format, today, &words).unwrap();
        let csv = String::from_utf8(made(ListFormat::Csv)).unwrap();
        let rows = cells(csv.trim_start_matches('\u{feff}'), ';');
        prop_assert_eq!(rows.len(), lines.len() + 1, "a line a task");
        for row in &rows {
            prop_assert_eq!(row.len(), rows[0].len());
            let computed = row.iter().find(|cell| is_formula(cell));
            prop_assert!(computed.is_none(), "{computed:?}");
        }
        let ics = String::from_utf8(made(ListFormat::Ics)).unwrap();
        let dated = lines.iter().filter(|line| line.due.is_some()).count();
        for sort in ["VEVENT", "VTODO"] {
            let begun = ics.split("\r\n").filter(|line| *line == format!("BEGIN:{sort}")).count();
            prop_assert_eq!(begun, dated, "{}", sort);
        }
        prop_assert!(ics.split("\r\n").all(|line| line.len() <= 75 && !line.contains(|c: char| c.is_control())));
        let book = made(ListFormat::Xlsx);
        for part in ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/core.xml"] {
            let text = part_of(&book, part);
            well_formed(part, &text);
            prop_assert!(!text.contains("<f>"), "{part} computes");
        }
    }
}
