//! The question "which documents were cited": each once, with the lines that cite it, and one key to go there. Knows no
//! drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::popup::{Page, PageLine, Popup, Then, Tone};
use crate::domain::cited::{Cited, cited};
use crate::domain::meeting::{Meeting, Note};
use crate::text::dates;
use crate::text::fold;

impl App {
    /// `/vb`: the documents cited in this meeting; with words only those that hold them. Enter goes to the line.
    pub fn citations(&mut self, argument: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let mut lines = Vec::new();
        for document in cited(meeting) {
            let head = self.citation_words(meeting, &document);
            if !fold::matches(argument, &head) {
                continue;
            }
            lines.push(PageLine { text: head, tone: Tone::Heading, ..PageLine::default() });
            let notes = document.notes.iter().filter_map(|id| meeting.note(id));
            lines.extend(notes.map(|note| note_line(meeting, note)));
        }
        if lines.is_empty() {
            return self.answer("answer.citations", lines);
        }
        let selected = lines.iter().position(|line| !line.reference.is_empty()).unwrap_or(0);
        let title = self.desk.words.get("answer.citations").to_owned();
        self.popups.push(Popup::Page(Page { title, lines, selected, then: Then::Line }));
        Vec::new()
    }

    /// `Quyết định 23-QĐ/TW ngày 30/07/2021, Bộ Chính trị: công tác dân vận [có trong tài liệu]`.
    fn citation_words(&self, meeting: &Meeting, document: &Cited) -> String {
        let said = &document.citation;
        let row = meeting.documents.iter().find(|row| row.id == document.document);
        let first = |said: &str, kept: Option<&String>| match said.is_empty() {
            true => kept.cloned().unwrap_or_default(),
            false => said.to_owned(),
        };
        let named = match said.style {
            Some(_) => format!("{} {}", said.kind, said.number).trim().to_owned(),
            None => said.number.clone(),
        };
        let date = said.date.or(row.and_then(|row| row.date)).map(dates::short);
        let issuer = first(&said.issuer, row.map(|row| &row.issuer));
        let subject = first(&said.subject, row.map(|row| &row.title));
        let date =
            date.map(|date| self.desk.words.fill("answer.cited_on", &[("date", &date)])).unwrap_or_default();
        let issuer = if issuer.is_empty() { issuer } else { format!(", {issuer}") };
        let subject = if subject.is_empty() { subject } else { format!(": {subject}") };
        let kept =
            row.map(|_| format!(" [{}]", self.desk.words.get("answer.cited_kept"))).unwrap_or_default();
        format!("{named}{date}{issuer}{subject}{kept}")
    }
}

fn note_line(meeting: &Meeting, note: &Note) -> PageLine {
    let time = note.at.map_or(String::new(), |at| dates::clock(at.time()) + " ");
    let reference = format!("{}/{}", meeting.head.id, note.id);
    PageLine { text: format!("   {time}{}", note.text), reference, ..PageLine::default() }
}
