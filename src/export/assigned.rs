//! Tasks in the words of papers: who leads, with whom, by when, and the sentence that gives the task
//! ("Giao … chủ trì, phối hợp với …; hoàn thành trước ngày …", B.5). Knows no layout.

use crate::domain::kinds::{DueKind, Language};
use crate::domain::meeting::{Meeting, Task};
use crate::domain::state;
use crate::export::desk::{Desk, small, unended};
use crate::export::tree::{Column, RowHeight, Side, Table};

impl Desk<'_> {
    /// Names of units or groups, as this meeting called them.
    pub fn units(&self, ids: &[String]) -> String {
        self.units_of(&self.meeting, ids)
    }

    /// As [`Desk::units`], by the names of another meeting.
    pub fn units_of(&self, meeting: &Meeting, ids: &[String]) -> String {
        let name =
            |id: &String| crate::domain::board::unit_name(id, meeting, Some(&self.committee)).to_owned();
        ids.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// The deadline as papers print it: the day in force, the words for what comes round, "không nêu" when none was
    /// stated.
    pub fn deadline(&self, task: &Task) -> String {
        if let Some(day) = state::effective_due(task) {
            let extended = Some(day) != task.due && task.due.is_some();
            let written = self.short(day);
            return match (extended, task.before) {
                (true, _) => {
                    let first = task.due.map_or(String::new(), |first| self.short(first));
                    self.fill("paper.due_extended", &[("day", written.as_str()), ("first", &first)])
                }
                (false, true) => self.fill("paper.due_before", &[("day", written)]),
                (false, false) => written,
            };
        }
        match task.due_kind {
            Some(DueKind::None) => self.say("paper.due_none"),
            _ if !task.due_text.trim().is_empty() => task.due_text.trim().to_owned(),
            Some(DueKind::Ongoing) => self.say("paper.due_ongoing"),
            Some(DueKind::Recurring) => task.every.map_or_else(
                || self.say("paper.due_ongoing"),
                |every| self.say(&format!("every.{}", every.word())),
            ),
            _ => "…".to_owned(),
        }
    }

    /// The sentence that gives the task, without its end.
    pub fn assignment(&self, task: &Task) -> String {
        let (lead, support) = (self.units(&task.lead), self.units(&task.support));
        let content = small(unended(&task.content));
        let due = self.due_clause(task);
        let slots = [("lead", lead.as_str()), ("support", &support), ("content", &content), ("due", &due)];
        let key = match (lead.is_empty(), support.is_empty()) {
            (true, _) => "paper.assign_none",
            (false, true) => "paper.assign_one",
            (false, false) => "paper.assign_many",
        };
        let sentence = self.fill(key, &slots);
        if lead.is_empty() { crate::export::desk::capital(&sentence) } else { sentence }
    }

    /// "; hoàn thành trước ngày 15/9/2022", or nothing.
    fn due_clause(&self, task: &Task) -> String {
        let words = task.due_text.trim();
        let spelled = self.due_in_words(task, words);
        match (task.due_kind, spelled) {
            (_, None) => String::new(),
            (Some(DueKind::Recurring | DueKind::Ongoing), Some(spelled)) => {
                self.fill("paper.carry_out", &[("when", spelled)])
            }
            (_, Some(spelled)) => self.fill("paper.finish", &[("when", spelled)]),
        }
    }

    fn due_in_words(&self, task: &Task, words: &str) -> Option<String> {
        let Some(day) = task.due else {
            let says = matches!(task.due_kind, Some(DueKind::Recurring | DueKind::Ongoing) | None);
            return Some(words.to_owned()).filter(|words| says && !words.is_empty());
        };
        let written = self.short(day);
        if task.before {
            return Some(self.fill("paper.before_day", &[("day", written)]));
        }
        // Words without a day of their own ("trong 10 ngày làm việc") get it in brackets.
        let has_day = words.contains('/') || words.contains(&day.format("%Y").to_string());
        Some(match (words.is_empty(), has_day) {
            (true, _) => self.fill("paper.by_day", &[("day", written)]),
            (false, true) => words.to_owned(),
            (false, false) => self.fill("paper.words_with_day", &[("words", words), ("day", &written)]),
        })
    }

    /// The table of tasks given: number, content, lead, support, deadline, product (B.4).
    pub fn task_table(&self) -> Table {
        let columns = [
            ("paper.column_number", 7, Side::Middle),
            ("paper.column_content", 33, Side::Start),
            ("paper.column_lead", 17, Side::Start),
            ("paper.column_support", 16, Side::Start),
            ("paper.column_due", 14, Side::Middle),
            ("paper.column_product", 13, Side::Start),
        ];
        let row = |task: &Task| {
            let number = task.number.map_or(String::new(), |n| n.to_string());
            let content = self.corrected(&task.id, &task.note, "content", &task.content);
            let cells = [
                self.units(&task.lead),
                self.units(&task.support),
                self.deadline(task),
                task.product.clone(),
            ];
            let cells = cells.into_iter().map(Into::into);
            crate::export::tree::Row::Cells([number.into(), content].into_iter().chain(cells).collect())
        };
        Table {
            columns: self.columns(&columns),
            rows: self.meeting.tasks.iter().map(row).collect(),
            height: RowHeight::AsText,
        }
    }

    pub fn columns(&self, columns: &[(&str, u8, Side)]) -> Vec<Column> {
        columns
            .iter()
            .map(|(key, share, side)| Column { name: self.say(key), share: *share, side: *side })
            .collect()
    }

    /// Whether the paper is in Vietnamese.
    pub fn is_vietnamese(&self) -> bool {
        self.language() == Language::Vi
    }
}
