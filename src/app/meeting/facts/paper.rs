//! Awards, documents and prepared texts: recorded and corrected by one form each. Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::app::meeting::facts::{item_at, item_choice};
use crate::domain::fact::FactKind;
use crate::domain::id::row_id;
use crate::domain::meeting::{Award, Document};
use crate::text::dates;

impl App {
    /// `/khen`: an award.
    pub fn ask_award(&mut self, argument: &str) -> Vec<Effect> {
        let award = Award { title: argument.to_owned(), ..Award::default() };
        self.ask_fact(FactKind::Award, None, award_fields(&award), usize::from(!argument.is_empty()))
    }

    pub(super) fn edit_award(&mut self, id: &str) -> Vec<Effect> {
        let known = self.current_meeting().and_then(|meeting| meeting.awards.iter().find(|row| row.id == id));
        let Some(award) = known.cloned() else { return Vec::new() };
        self.ask_fact(FactKind::Award, Some(id), award_fields(&award), 0)
    }

    pub(super) fn award_answered(
        &mut self,
        known: Option<&str>,
        form: &Form,
    ) -> Result<Vec<Effect>, &'static str> {
        if form.text("title").is_empty() {
            return Err("news.title_needed");
        }
        let count = |key| match form.text(key) {
            "" => Ok(None),
            text => text.parse().ok().filter(|n: &i64| *n >= 0).map(Some).ok_or("news.count_unread"),
        };
        let (individuals, collectives) = (count("individuals")?, count("collectives")?);
        let fill = |award: &mut Award| {
            form.text("title").clone_into(&mut award.title);
            form.text("granted_by").clone_into(&mut award.granted_by);
            (award.individuals, award.collectives) = (individuals, collectives);
            award.recipients = listed(form.text("recipients"));
        };
        let Some(known) = known else {
            let mut award = Award { id: row_id(self.desk.random.u64(..)), ..Award::default() };
            fill(&mut award);
            return Ok(self.on_line("step.award", move |meeting, note| {
                meeting.awards.push(Award { note: note.to_owned(), ..award });
            }));
        };
        Ok(self.correct_fact("step.award", |meeting| {
            if let Some(award) = meeting.awards.iter_mut().find(|row| row.id == known) {
                fill(award);
            }
        }))
    }

    /// `/tl`: a document handed out or cited ("có văn bản kèm theo").
    pub fn ask_document(&mut self, argument: &str) -> Vec<Effect> {
        let document = Document { title: argument.to_owned(), ..Document::default() };
        self.ask_fact(FactKind::Document, None, document_fields(&document), usize::from(!argument.is_empty()))
    }

    pub(super) fn edit_document(&mut self, id: &str) -> Vec<Effect> {
        let known =
            self.current_meeting().and_then(|meeting| meeting.documents.iter().find(|row| row.id == id));
        let Some(document) = known.cloned() else { return Vec::new() };
        self.ask_fact(FactKind::Document, Some(id), document_fields(&document), 0)
    }

    pub(super) fn document_answered(
        &mut self,
        known: Option<&str>,
        form: &Form,
    ) -> Result<Vec<Effect>, &'static str> {
        if form.text("title").is_empty() && form.text("number").is_empty() {
            return Err("news.title_needed");
        }
        let date = match form.text("date") {
            "" => None,
            typed => Some(dates::read_past(typed, self.desk.now.wall.date()).ok_or("news.day_unread")?),
        };
        let fill = |document: &mut Document| {
            form.text("title").clone_into(&mut document.title);
            form.text("number").clone_into(&mut document.number);
            form.text("issuer").clone_into(&mut document.issuer);
            document.date = date;
            if document.path != form.text("path") {
                // The checksum was that of the other file.
                document.sha256.clear();
                form.text("path").clone_into(&mut document.path);
            }
        };
        let Some(known) = known else {
            let mut document = Document { id: row_id(self.desk.random.u64(..)), ..Document::default() };
            fill(&mut document);
            return Ok(self.on_line("step.document", move |meeting, note| {
                meeting.documents.push(Document { note: note.to_owned(), ..document });
            }));
        };
        Ok(self.correct_fact("step.document", |meeting| {
            if let Some(document) = meeting.documents.iter_mut().find(|row| row.id == known) {
                fill(document);
            }
        }))
    }

    pub(super) fn edit_prepared_text(&mut self, id: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let Some(text) = meeting.prepared.iter().find(|row| row.id == id) else { return Vec::new() };
        let fields = vec![FormField::text("wording", &text.text), item_choice(Some(meeting), &text.item)];
        self.ask_fact(FactKind::Prepared, Some(id), fields, 0)
    }

    /// A prepared text is corrected before it is said; the line it became already is a line like any other.
    pub(super) fn prepared_answered(
        &mut self,
        known: &str,
        form: &Form,
    ) -> Result<Vec<Effect>, &'static str> {
        if form.text("wording").is_empty() {
            return Err("news.title_needed");
        }
        let item = item_at(self.current_meeting(), form);
        Ok(self.correct_fact("step.prepare", |meeting| {
            if let Some(text) = meeting.prepared.iter_mut().find(|row| row.id == known) {
                form.text("wording").clone_into(&mut text.text);
                text.item = item;
            }
        }))
    }
}

fn listed(text: &str) -> Vec<String> {
    text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn award_fields(award: &Award) -> Vec<FormField> {
    let count = |count: Option<i64>| count.map(|n| n.to_string()).unwrap_or_default();
    vec![
        FormField::text("title", &award.title),
        FormField::text("granted_by", &award.granted_by),
        FormField::text("collectives", &count(award.collectives)),
        FormField::text("individuals", &count(award.individuals)),
        FormField::text("recipients", &award.recipients.join("; ")),
    ]
}

fn document_fields(document: &Document) -> Vec<FormField> {
    vec![
        FormField::text("title", &document.title),
        FormField::text("number", &document.number),
        FormField::text("date", &document.date.map(dates::short).unwrap_or_default()),
        FormField::text("issuer", &document.issuer),
        FormField::text("path", &document.path),
    ]
}
