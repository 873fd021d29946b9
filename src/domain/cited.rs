//! The documents that a meeting's record cites: each once, with the lines that cite it. Must not know how numbers are
//! read.

use crate::domain::citation::{self, Citation};
use crate::domain::meeting::{Document, Meeting, Task};

/// A document and where it is cited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cited {
    /// What is said of it in all its places: the first kind, day, issuer and subject that are.
    pub citation: Citation,
    /// The lines that cite it, by id, in the order of the record.
    pub notes: Vec<String>,
    /// Its row among the meeting's documents, by id; empty when it has none.
    pub document: String,
}

/// Every document cited in the lines and conclusions of a meeting, in the order of first citing. A number and its day
/// are the key: the numbers of a Party office begin again each term.
pub fn cited(meeting: &Meeting) -> Vec<Cited> {
    let mut all: Vec<Cited> = Vec::new();
    let lines = meeting.notes.iter().map(|note| (note.text.as_str(), note.id.as_str()));
    let conclusions = meeting.conclusions.iter().map(|row| (row.text.as_str(), row.note.as_str()));
    for (text, note) in lines.chain(conclusions) {
        for citation in citation::find_all(text) {
            gather(&mut all, citation, note);
        }
    }
    for cited in &mut all {
        let row = meeting.documents.iter().find(|row| is_row_of(row, &cited.citation));
        cited.document = row.map(|row| row.id.clone()).unwrap_or_default();
    }
    all
}

fn gather(all: &mut Vec<Cited>, citation: Citation, note: &str) {
    let same = |known: &Citation| {
        let dates = known.date.zip(citation.date);
        known.number == citation.number && dates.is_none_or(|(known, this)| known == this)
    };
    let Some(known) = all.iter_mut().find(|cited| same(&cited.citation)) else {
        return all.push(Cited { citation, notes: vec![note.to_owned()], document: String::new() });
    };
    if !known.notes.iter().any(|listed| listed == note) && !note.is_empty() {
        known.notes.push(note.to_owned());
    }
    let into = &mut known.citation;
    into.date = into.date.or(citation.date);
    for (words, more) in [
        (&mut into.kind, citation.kind),
        (&mut into.issuer, citation.issuer),
        (&mut into.subject, citation.subject),
    ] {
        if words.is_empty() {
            *words = more;
        }
    }
}

fn is_row_of(row: &Document, citation: &Citation) -> bool {
    let number = citation::normal(&row.number).map_or_else(|| row.number.clone(), |(number, _)| number);
    number == citation.number && row.date.zip(citation.date).is_none_or(|(row, said)| row == said)
}

/// What the line of a task cites, as the task's `basis` names it: the row of a document, else its number.
pub fn basis_of(task: &Task, meeting: &Meeting) -> Vec<String> {
    let line = meeting.note(&task.note).map_or("", |note| note.text.as_str());
    let text = if line.is_empty() { task.quote.as_str() } else { line };
    let mut found: Vec<String> = Vec::new();
    for citation in citation::find_all(text) {
        let name = named(&citation, meeting);
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// A typed basis: the row of a document when the number is one of the meeting's, a number in its normal form, else the
/// words.
pub fn basis_typed(text: &str, meeting: &Meeting) -> String {
    match &citation::find_all(text)[..] {
        [only] if only.place.len() == text.trim().len() => named(only, meeting),
        _ => text.trim().to_owned(),
    }
}

fn named(citation: &Citation, meeting: &Meeting) -> String {
    let row = meeting.documents.iter().find(|row| is_row_of(row, citation));
    row.map_or_else(|| citation.number.clone(), |row| row.id.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::Note;

    fn meeting(lines: &[&str]) -> Meeting {
        let mut meeting = Meeting::default();
        for (text, id) in lines.iter().zip(["a", "b", "c", "d"]) {
            meeting.notes.push(Note { id: id.into(), text: (*text).into(), ..Note::default() });
        }
        meeting
    }

    #[test]
    fn a_document_is_listed_once_with_all_its_lines() {
        let mut meeting = meeting(&[
            "Căn cứ Quyết định số 23-QĐ/TW ngày 30/7/2021 của Bộ Chính trị về công tác dân vận",
            "Thực hiện 23 - QD/TW; báo cáo trước 15/9",
            "Quyết định 23-QĐ/TW ngày 31/10/2006 đã hết hiệu lực",
            "Đã có 7/9 sở báo cáo",
        ]);
        meeting.documents.push(Document {
            id: "d1".into(),
            number: "23-QĐ/TW".into(),
            ..Document::default()
        });
        let all = cited(&meeting);
        assert_eq!(all.len(), 2, "{all:#?}");
        assert_eq!((all[0].notes.join(" "), all[1].notes.join(" ")), ("a b".into(), "c".into()));
        assert_eq!(all[0].citation.issuer, "Bộ Chính trị");
        assert_eq!(all[0].document, "d1");
    }

    #[test]
    fn a_task_rests_on_what_its_line_cites() {
        let mut meeting = meeting(&["Thực hiện Kế hoạch 25-KH/TU và Nghị quyết 18, Sở Nội vụ báo cáo"]);
        let task = Task { note: "a".into(), ..Task::default() };
        assert_eq!(basis_of(&task, &meeting), ["25-KH/TU", "Nghị quyết 18"]);
        meeting.documents.push(Document {
            id: "d1".into(),
            number: "25 - KH/TU".into(),
            ..Document::default()
        });
        assert_eq!(basis_of(&task, &meeting), ["d1", "Nghị quyết 18"]);
        assert_eq!(basis_typed(" số 25-kh/tu ", &meeting), "d1");
        assert_eq!(basis_typed("130 /KH-UBND", &meeting), "130/KH-UBND");
        assert_eq!(basis_typed("ý kiến Thường trực", &meeting), "ý kiến Thường trực");
    }
}
