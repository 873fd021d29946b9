//! Deadlines as a calendar (RFC 5545): for each task a to-do and an all-day event. The ids are stable and the sequence
//! grows with every report and extension, so that a second import replaces the first.

use chrono::{Days, NaiveDate};

use crate::domain::kinds::Status;
use crate::export::safe::one_line;
use crate::export::tasks::TaskLine;
use crate::words::Words;

/// Bytes of a line, its end not counted.
const LONGEST: usize = 75;

/// The calendar of the tasks that have a deadline, with CRLF line ends.
pub fn render(lines: &[TaskLine<'_>], words: &Words) -> String {
    let mut out = Calendar(String::new());
    out.line("BEGIN", "VCALENDAR");
    out.line("VERSION", "2.0");
    out.line("PRODID", "-//steerco//steerco//VI");
    out.line("CALSCALE", "GREGORIAN");
    out.line("METHOD", "PUBLISH");
    out.text("X-WR-CALNAME", words.get("sheet.calendar"));
    for line in lines {
        if let Some(due) = line.due {
            todo(&mut out, line, due, words);
            event(&mut out, line, due, words);
        }
    }
    out.line("END", "VCALENDAR");
    out.0
}

fn todo(out: &mut Calendar, line: &TaskLine<'_>, due: NaiveDate, words: &Words) {
    out.line("BEGIN", "VTODO");
    common(out, line, "todo", words);
    out.line("DUE;VALUE=DATE", &date(due));
    out.line("STATUS", status(line));
    let percent =
        line.task.reports.iter().rev().find_map(|report| report.percent).map(|percent| percent.clamp(0, 100));
    let done = line.task.status == Some(Status::Done);
    if let Some(percent) = percent.filter(|_| !done).or(done.then_some(100)) {
        out.line("PERCENT-COMPLETE", &percent.to_string());
    }
    if let Some(day) = line.task.done_on.filter(|_| done) {
        out.line("COMPLETED", &format!("{}T000000Z", date(day)));
    }
    out.line("END", "VTODO");
}

fn event(out: &mut Calendar, line: &TaskLine<'_>, due: NaiveDate, words: &Words) {
    let next = due.checked_add_days(Days::new(1)).unwrap_or(due);
    out.line("BEGIN", "VEVENT");
    common(out, line, "event", words);
    out.line("DTSTART;VALUE=DATE", &date(due));
    out.line("DTEND;VALUE=DATE", &date(next));
    out.line("TRANSP", "TRANSPARENT");
    out.line("STATUS", if is_off(line) { "CANCELLED" } else { "CONFIRMED" });
    out.line("END", "VEVENT");
}

/// What both have: identity, sequence, words.
fn common(out: &mut Calendar, line: &TaskLine<'_>, sort: &str, words: &Words) {
    let task = line.task;
    let row =
        if task.id.is_empty() { line.reference() } else { format!("{}-{}", line.meeting.head.id, task.id) };
    let sequence = task.reports.len() + task.extensions.len() + task.urgings.len();
    let days =
        task.reports.iter().filter_map(|report| report.on).chain(task.extensions.iter().filter_map(|e| e.on));
    let stamp = days.chain(task.done_on).chain(line.meeting.head.date).max();
    let stamp = stamp.map_or("19700101".to_owned(), date);
    out.line("UID", &format!("{sort}-{}@steerco", uid(&row)));
    out.line("DTSTAMP", &format!("{stamp}T000000Z"));
    out.line("LAST-MODIFIED", &format!("{stamp}T000000Z"));
    out.line("SEQUENCE", &sequence.to_string());
    let owners = line.owners.join("; ");
    let summary =
        if owners.is_empty() { task.content.clone() } else { format!("{owners}: {}", task.content) };
    out.text("SUMMARY", &summary);
    let said = |key: &str, what: &str| match what.trim() {
        "" => None,
        what => Some(format!("{}: {what}", words.get(key))),
    };
    let about = [
        said("sheet.meeting", &line.meeting.head.title),
        said("sheet.reference", &line.reference()),
        said("sheet.support", &line.support.join("; ")),
        said("sheet.due_text", &task.due_text),
        said("sheet.state", words.get(&format!("state.{}", line.state.word()))),
        said("sheet.report", line.last_report()),
    ];
    let about: Vec<String> = about.into_iter().flatten().collect();
    out.paragraphs("DESCRIPTION", &about);
}

fn status(line: &TaskLine<'_>) -> &'static str {
    match line.task.status {
        _ if is_off(line) => "CANCELLED",
        Some(Status::Done) => "COMPLETED",
        Some(Status::InProgress | Status::AwaitingConfirmation | Status::Returned) => "IN-PROCESS",
        _ => "NEEDS-ACTION",
    }
}

/// Called off, or given anew elsewhere, where it has a line of its own.
fn is_off(line: &TaskLine<'_>) -> bool {
    line.task.status == Some(Status::Cancelled) || !line.task.carried_to.is_empty()
}

fn date(day: NaiveDate) -> String {
    day.format("%Y%m%d").to_string()
}

/// Letters, digits and hyphens alone: what stands in a hand-made file may hold anything.
fn uid(row: &str) -> String {
    row.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect()
}

struct Calendar(String);

impl Calendar {
    fn text(&mut self, name: &str, text: &str) {
        self.line(name, &escaped(text));
    }

    fn paragraphs(&mut self, name: &str, texts: &[String]) {
        let texts: Vec<String> = texts.iter().map(|text| escaped(text)).collect();
        self.line(name, &texts.join("\\n"));
    }

    /// A line folded between characters, every part of at most 75 bytes.
    fn line(&mut self, name: &str, value: &str) {
        let mut used = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if used + c.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(c);
            used += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '\\' | ';' | ',') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
