//! One task in full: the words as said, where from, whose and who has reported, by when, the records it went through,
//! and what became of it in the order of time. Pure.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::popup::Tone;
use crate::app::view::board::{BoardRow, board_row};
use crate::app::view::text::full_date;
use crate::app::view::{committee, stream, unit_name};
use crate::domain::board::{self, Owner};
use crate::domain::followup::{self, Happening};
use crate::domain::meeting::{Extension, Report, Urging};
use crate::domain::state::TaskState;
use crate::text::width::wrap;

/// A label (or nothing), what is said under it, and how much it asks for attention.
pub type DetailLine = (String, String, Tone);

/// Cells of the labels for a window of so many cells.
pub fn label_cells(cells: usize) -> usize {
    16.min(cells / 3)
}

/// The lines of a task, wrapped so that label and text fit into `cells`.
pub fn detail_rows(app: &App, row: &BoardRow<'_>, cells: usize) -> Vec<DetailLine> {
    let room = cells.saturating_sub(label_cells(cells) + 3);
    let mut rows = Vec::new();
    for (label, text, tone) in detail_lines(app, row) {
        let text = super::text::clean(&text).into_owned();
        for (nth, range) in wrap(&text, room).into_iter().enumerate() {
            let label = if nth == 0 { label.clone() } else { String::new() };
            rows.push((label, text.get(range).unwrap_or("").to_owned(), tone));
        }
    }
    rows
}

fn detail_lines(app: &App, row: &BoardRow<'_>) -> Vec<DetailLine> {
    let (words, task) = (&app.desk.words, row.task);
    let plain = |key: &str, text: String| (words.get(key).to_owned(), text, Tone::Plain);
    let mut lines = vec![
        plain("column.content", task.content.clone()),
        (words.get("column.state").to_owned(), state_words(app, row), state_tone(row.state)),
        plain("detail.said", said(row)),
        plain("detail.source", source(app, row)),
        plain("detail.lead", named(app, row, &task.lead)),
    ];
    lines.extend(group_lines(app, row));
    lines.extend([
        plain("detail.support", named(app, row, &task.support)),
        plain("detail.person", task.person.clone()),
        plain("detail.product", task.product.clone()),
        plain("detail.due", due(app, row)),
        plain("detail.basis", basis(app, row)),
    ]);
    lines.extend(as_approved(app, row));
    lines.extend(chain_lines(app, row));
    lines.extend(history(app, row));
    lines.retain(|(_, text, _)| !text.trim().is_empty());
    lines
}

/// What the approved text says where adopted amendments say otherwise.
fn as_approved(app: &App, row: &BoardRow<'_>) -> Vec<DetailLine> {
    let words = &app.desk.words;
    let meeting = super::meeting(app, &row.meeting.head.id);
    let Some(approved) = meeting.and_then(|m| m.tasks.iter().find(|task| task.id == row.task.id)) else {
        return Vec::new();
    };
    let day = |day: Option<NaiveDate>| day.map(full_date).unwrap_or_default();
    let (now, was) = (row.task, approved);
    let fields = [
        ("column.content", was.content.clone(), was.content != now.content),
        ("detail.lead", named(app, row, &was.lead), was.lead != now.lead),
        ("detail.support", named(app, row, &was.support), was.support != now.support),
        ("detail.person", was.person.clone(), was.person != now.person),
        ("detail.product", was.product.clone(), was.product != now.product),
        ("detail.due", day(was.due), was.due != now.due),
    ];
    let changed = fields.into_iter().filter(|(.., changed)| *changed);
    let told = changed.map(|(key, said, _)| {
        let said = if said.is_empty() { words.get("row.unset").to_owned() } else { said };
        format!("{}: {said}", words.get(key))
    });
    let label =
        |nth: usize| if nth == 0 { words.get("detail.as_approved").to_owned() } else { String::new() };
    told.enumerate().map(|(nth, text)| (label(nth), text, Tone::Quiet)).collect()
}

/// How much a state asks for attention.
pub fn state_tone(state: TaskState) -> Tone {
    match state {
        TaskState::Overdue => Tone::Alarm,
        TaskState::DueSoon | TaskState::DoneLate => Tone::Warning,
        _ => Tone::Plain,
    }
}

/// Units by their short names.
pub fn named(app: &App, row: &BoardRow<'_>, units: &[String]) -> String {
    units.iter().map(|unit| unit_name(app, row.meeting, unit)).collect::<Vec<_>>().join(", ")
}

/// The owners of a task, groups expanded to their units; empty when the committee is not known.
pub fn owners(app: &App, row: &BoardRow<'_>) -> Vec<Owner> {
    let committee = committee(app, &row.meeting.head.committee);
    committee.map_or(Vec::new(), |committee| board::owners(row.task, row.meeting, committee))
}

/// "7/9" for a task of several owners.
pub fn reported_of(app: &App, row: &BoardRow<'_>) -> Option<(usize, usize)> {
    let (reported, all) = board::reported(&owners(app, row));
    (all > 1).then_some((reported, all))
}

fn group_lines(app: &App, row: &BoardRow<'_>) -> Vec<DetailLine> {
    let words = &app.desk.words;
    let Some((reported, all)) = reported_of(app, row) else { return Vec::new() };
    let slots = [("n", reported.to_string()), ("of", all.to_string())];
    let count = words.fill("detail.reported", &slots);
    let mut lines = vec![(String::new(), count, Tone::Plain)];
    for owner in owners(app, row) {
        let report = owner.last_report.and_then(|at| row.task.reports.get(at));
        let (said, tone) = match report {
            Some(report) => {
                let own = Report { unit: String::new(), ..report.clone() };
                let on = report.on.map(|on| format!("{} ", full_date(on))).unwrap_or_default();
                (on + &report_words(app, row, &own), Tone::Plain)
            }
            None => (words.get("detail.silent").to_owned(), Tone::Warning),
        };
        lines.push((String::new(), format!("- {}: {said}", owner.name), tone));
    }
    lines
}

fn state_words(app: &App, row: &BoardRow<'_>) -> String {
    let words = &app.desk.words;
    let state = words.get(&format!("state.{}", row.state.word())).to_owned();
    let late = match row.days_late {
        0 => String::new(),
        days => format!(" {}", words.fill("ui.days_late", &[("n", &days.to_string())])),
    };
    let status = row.task.status.map(|status| words.get(&format!("status.{}", status.word())).to_owned());
    let status = status.filter(|status| *status != state);
    format!("{state}{late}{}", status.map(|status| format!(", {status}")).unwrap_or_default())
}

fn said(row: &BoardRow<'_>) -> String {
    let of_note = || row.meeting.note(&row.task.note).map(|note| note.text.clone());
    if row.task.quote.is_empty() { of_note().unwrap_or_default() } else { row.task.quote.clone() }
}

/// Who said it, when, under which conclusion.
fn source(app: &App, row: &BoardRow<'_>) -> String {
    let words = &app.desk.words;
    let Some(note) = row.meeting.note(&row.task.note) else { return words.get("ui.no_source").to_owned() };
    let mut parts = vec![stream::full_name(app, row.meeting, &note.speaker)];
    parts.extend(note.at.map(|at| at.format("%H:%M %d/%m/%Y").to_string()));
    let conclusions = &row.meeting.conclusions;
    let conclusion = conclusions.iter().find(|c| row.task.basis.contains(&c.id) || c.note == note.id);
    let number = conclusion.and_then(|conclusion| conclusion.number);
    parts.extend(number.map(|n| words.fill("detail.conclusion", &[("n", &n.to_string())])));
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// The deadline in force, and the first one when it was put off.
fn due(app: &App, row: &BoardRow<'_>) -> String {
    let words = &app.desk.words;
    let mut parts = vec![row.due.map_or_else(|| stream::deadline_words(app, row.task), full_date)];
    if let Some(first) = row.task.due.filter(|first| Some(*first) != row.due) {
        parts.push(words.fill("detail.first_due", &[("day", &full_date(first))]));
    }
    if !row.task.due_text.is_empty() {
        parts.push(words.fill("detail.due_words", &[("words", &row.task.due_text)]));
    }
    parts.join("; ")
}

fn basis(app: &App, row: &BoardRow<'_>) -> String {
    let name = |id: &String| {
        let conclusion = row.meeting.conclusions.iter().find(|conclusion| conclusion.id == *id);
        let document = row.meeting.documents.iter().find(|document| document.id == *id);
        let line = || row.meeting.note(id).map(|note| note.text.clone());
        match (conclusion.and_then(|c| c.number), document) {
            (Some(n), _) => app.desk.words.fill("detail.conclusion", &[("n", &n.to_string())]),
            (None, Some(document)) => format!("{} {}", document.number, document.title).trim().to_owned(),
            (None, None) => line().unwrap_or_else(|| id.clone()),
        }
    };
    row.task.basis.iter().map(name).collect::<Vec<_>>().join("; ")
}

/// The records a task went through, the first one first, by reference; only itself when it never moved. A record that
/// cannot be found ends the chain with its reference.
pub fn chain(app: &App, reference: &str) -> Vec<String> {
    let mut chain = vec![reference.to_owned()];
    let next = |reference: &String, link: fn(&crate::domain::meeting::Task) -> &String, known: &[String]| {
        let row = board_row(app, reference)?;
        Some(link(row.task).clone()).filter(|next| !next.is_empty() && !known.contains(next))
    };
    while let Some(earlier) = chain.first().and_then(|first| next(first, |task| &task.carried_from, &chain)) {
        chain.insert(0, earlier);
    }
    while let Some(later) = chain.last().and_then(|last| next(last, |task| &task.carried_to, &chain)) {
        chain.push(later);
    }
    chain
}

fn chain_lines(app: &App, row: &BoardRow<'_>) -> Vec<DetailLine> {
    let here = row.task_ref();
    let chain = chain(app, &here);
    if chain.len() < 2 {
        return Vec::new();
    }
    let label =
        |nth: usize| if nth == 0 { app.desk.words.get("detail.chain").to_owned() } else { String::new() };
    let line = |reference: &String| {
        let sign = if *reference == here { ">" } else { " " };
        let Some(row) = board_row(app, reference) else { return format!("{sign} {reference}") };
        let date = row.meeting.head.date.map(full_date).unwrap_or_default();
        let state = app.desk.words.get(&format!("state.{}", row.state.word())).to_owned();
        let state = if row.task.carried_to.is_empty() {
            state
        } else {
            app.desk.words.get("detail.carried").to_owned()
        };
        let parts = [date, row.meeting.head.title.clone(), named(app, &row, &row.task.lead), state];
        format!("{sign} {}", joined(parts))
    };
    chain.iter().enumerate().map(|(nth, reference)| (label(nth), line(reference), Tone::Plain)).collect()
}

/// What became of the task, one happening a line: day, what it was, the rest.
fn history(app: &App, row: &BoardRow<'_>) -> Vec<DetailLine> {
    let words = &app.desk.words;
    let title = words.get("detail.history").to_owned();
    let given = row.meeting.head.date.map(|day| format!("{} {}", full_date(day), words.get("detail.given")));
    let happened = followup::history(row.task).into_iter().map(|happening| {
        let day = happening.on().map_or_else(|| words.get("detail.no_day").to_owned(), full_date);
        let told = match happening {
            Happening::Reported(report) => {
                format!("{} {}", words.get("detail.report"), report_words(app, row, report))
            }
            Happening::Extended(extension) => extension_words(app, extension),
            Happening::Urged(urging) => urging_words(app, row, urging),
        };
        format!("{day} {told}")
    });
    let lines = given.into_iter().chain(happened);
    let label = |nth: usize| if nth == 0 { title.clone() } else { String::new() };
    lines.enumerate().map(|(nth, text)| (label(nth), text, Tone::Plain)).collect()
}

/// Who reported what, from which document.
fn report_words(app: &App, row: &BoardRow<'_>, report: &Report) -> String {
    let status = report.status.map(|s| app.desk.words.get(&format!("status.{}", s.word())).to_owned());
    let percent = report.percent.map(|percent| format!("{percent}%"));
    let unit = unit_name(app, row.meeting, &report.unit).to_owned();
    let source = match super::meeting(app, &report.source) {
        Some(meeting) => meeting.head.title.clone(),
        None => report.source.clone(),
    };
    let parts = [unit, status.unwrap_or_default(), percent.unwrap_or_default(), report.text.clone()];
    let source = if source.is_empty() { source } else { format!("({source})") };
    let told = [joined(parts), report.by.clone(), source];
    told.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn extension_words(app: &App, extension: &Extension) -> String {
    let day = |on: Option<NaiveDate>| on.map_or_else(|| "?".to_owned(), full_date);
    let slots = [("from", day(extension.from)), ("to", day(extension.to))];
    let span = app.desk.words.fill("detail.extended", &slots);
    joined([span, extension.reason.clone(), extension.allowed_by.clone(), extension.document.clone()])
}

fn urging_words(app: &App, row: &BoardRow<'_>, urging: &Urging) -> String {
    let round = urging.round.map_or_else(|| "?".to_owned(), |round| round.to_string());
    let urged = app.desk.words.fill("detail.urged", &[("n", &round)]);
    joined([urged, unit_name(app, row.meeting, &urging.unit).to_owned(), urging.document.clone()])
}

fn joined(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}
