//! A doubt with its place in a file, its code for scripts and its words. Knows no command.

use crate::cli::json::Json;
use crate::cli::trouble::parse_words;
use crate::domain::check::{Problem, ProblemKind};
use crate::store::layout::Position;
use crate::store::meeting_file::ParseFailure;
use crate::store::workspace::Located;
use crate::words::Words;

/// Something wrong in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// As the person named it, or from the current folder on.
    pub path: String,
    pub at: Position,
    /// `table.key` as scripts see it; empty for the whole file.
    pub field: String,
    /// The code, one word in English.
    pub problem: &'static str,
    pub words: String,
}

impl Finding {
    /// A doubt that a file's values or text show.
    pub fn of(words: &Words, path: &str, located: &Located) -> Finding {
        let Problem { table, key, entry, kind, .. } = &located.problem;
        let inner = entry.as_ref().map_or("", |(_, key)| key);
        let field = [table.as_str(), key, inner]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(".");
        let (problem, said) = said(words, kind);
        Finding { path: path.to_owned(), at: located.at, words: format!("{field}: {said}"), field, problem }
    }

    /// A file that is no TOML that can be read.
    pub fn unreadable(words: &Words, path: &str, failure: &ParseFailure) -> Finding {
        let at = Position { line: failure.line, column: failure.column };
        Finding::whole(path, at, "syntax", parse_words(words, failure))
    }

    /// Something about the whole file.
    pub fn whole(path: &str, at: Position, problem: &'static str, words: String) -> Finding {
        Finding { path: path.to_owned(), at, field: String::new(), problem, words }
    }

    /// `path:line:column: words`
    pub fn line(&self) -> String {
        format!("{}:{}:{}: {}", self.path, self.at.line, self.at.column, self.words)
    }

    pub fn json(&self) -> Json {
        let text = |text: &str| Json::Text(text.to_owned());
        let count = |n: usize| Json::Int(i64::try_from(n).unwrap_or(i64::MAX));
        Json::Table(vec![
            ("path".to_owned(), text(&self.path)),
            ("line".to_owned(), count(self.at.line)),
            ("column".to_owned(), count(self.at.column)),
            ("field".to_owned(), text(&self.field)),
            ("problem".to_owned(), text(self.problem)),
            ("text".to_owned(), text(&self.words)),
        ])
    }
}

fn said(words: &Words, kind: &ProblemKind) -> (&'static str, String) {
    let fill = |key: &str, name: &str, value: &str| words.fill(key, &[(name, value)]);
    let plain = |key: &str| words.get(key).to_owned();
    match kind {
        ProblemKind::NotRows => ("not_rows", plain("problem.not_rows")),
        ProblemKind::NotComposed => ("not_composed", plain("problem.not_composed")),
        ProblemKind::OldCode { code } => ("old_code", fill("problem.old_code", "code", code)),
        ProblemKind::WrongType { expected } => {
            ("wrong_type", fill("problem.wrong_type", "expected", words.get(type_key(expected))))
        }
        ProblemKind::UnknownWord { word } => ("unknown_word", fill("problem.unknown_word", "word", word)),
        ProblemKind::Dangling { id } => ("dangling", fill("problem.dangling", "id", id)),
        ProblemKind::DuplicateId { id } => ("duplicate_id", fill("problem.duplicate_id", "id", id)),
        ProblemKind::DuplicateNumber { number } => {
            ("duplicate_number", fill("problem.duplicate_number", "number", &number.to_string()))
        }
        ProblemKind::NoOwner => ("no_owner", plain("problem.no_owner")),
        ProblemKind::NoDeadline => ("no_deadline", plain("problem.no_deadline")),
        ProblemKind::OutsideMeeting => ("outside_meeting", plain("problem.outside_meeting")),
        ProblemKind::NotFileName { stem } => ("not_file_name", fill("problem.not_file_name", "stem", stem)),
        ProblemKind::DoneWithoutDay => ("done_without_day", plain("problem.done_without_day")),
        ProblemKind::StatusDiffers { reported } => {
            ("status_differs", fill("problem.status_differs", "reported", reported.word()))
        }
        ProblemKind::MalformedTaskRef { text } => {
            ("malformed_task_ref", fill("problem.malformed_task_ref", "text", text))
        }
        ProblemKind::Missing => ("missing", plain("problem.missing")),
    }
}

/// The words for a declared type.
fn type_key(declared: &str) -> &'static str {
    match declared {
        "String" => "type.text",
        "bool" | "Option<bool>" => "type.flag",
        "Option<i64>" => "type.whole",
        "Option<Number>" => "type.number",
        "Option<NaiveDate>" => "type.date",
        "Option<NaiveTime>" => "type.time",
        "Option<NaiveDateTime>" => "type.moment",
        "Option<TimeOfDay>" => "type.time_or_moment",
        "Vec<String>" => "type.texts",
        "Vec<NaiveDateItem>" => "type.dates",
        "Option<Substitute>" | "Option<Approval>" => "type.table",
        list if list.starts_with("Vec<") => "type.tables",
        _ => "type.word",
    }
}
