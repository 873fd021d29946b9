//! A list of people or units that somebody else made: the file is chosen, its table shown as it would be taken over,
//! and Enter takes it. The same for what is pasted. Knows no file format and no drawing.

use crate::app::committee::tab::Tab;
use crate::app::effect::Effect;
use crate::app::event::{Failure, TableFile};
use crate::app::picker::Entry;
use crate::app::popup::{Page, PageLine, Popup, Then, Tone};
use crate::app::view::text::full_date;
use crate::app::{App, Place, view};
use crate::domain::roster::{self, Roster, Sort, Table, add};

/// Whether pasted text is a list rather than a word to filter by.
pub fn is_list(text: &str) -> bool {
    text.contains('\t') || text.lines().filter(|line| !line.trim().is_empty()).count() > 1
}

/// The wish for one sheet of a file.
pub fn read_sheet(path: String, sheet: String) -> Vec<Effect> {
    vec![Effect::ReadTable { path, sheet: Some(sheet) }]
}

impl App {
    /// Where lists can be taken over, with nothing over it.
    fn takes_lists(&self) -> bool {
        matches!(self.place, Place::Committee | Place::Roll) && self.popups.is_empty()
    }

    /// Offers the files found. A path that is not among them can be typed or dropped into the terminal.
    pub fn tables_found(&mut self, files: Vec<TableFile>) -> Vec<Effect> {
        if !self.takes_lists() {
            return Vec::new();
        }
        let entry = |file: TableFile| Entry {
            detail: format!("{} · {}", full_date(file.changed.date()), file.folder),
            id: file.path,
            label: file.name,
            ..Entry::default()
        };
        self.pick("picker.table_file", files.into_iter().map(entry).collect(), "", Then::TableFile);
        Vec::new()
    }

    /// A file of the list, or a path as it was typed or dropped.
    pub fn table_chosen(&mut self, path: String) -> Vec<Effect> {
        let path = dropped(&path);
        if path.is_empty() {
            return Vec::new();
        }
        vec![Effect::ReadTable { path, sheet: None }]
    }

    /// The table has been read. Of several sheets one is asked for first.
    pub fn table_read(
        &mut self,
        path: String,
        is_sheet: bool,
        result: Result<Table, Failure>,
    ) -> Vec<Effect> {
        match result {
            Err(failure) => {
                self.say_failure(&failure);
                Vec::new()
            }
            Ok(_) if !self.takes_lists() => Vec::new(),
            Ok(table) if !is_sheet && !table.other_sheets.is_empty() => {
                let names = std::iter::once(table.sheet).chain(table.other_sheets);
                let entry = |name: String| Entry { id: name.clone(), label: name, ..Entry::default() };
                self.pick("picker.sheet", names.map(entry).collect(), "", Then::Sheet(path));
                Vec::new()
            }
            Ok(table) => self.take_rows(table.rows, &path),
        }
    }

    /// Shows what the rows of a table would add and what clashes. `from` names the file, empty for what was pasted.
    pub fn take_rows(&mut self, rows: Vec<Vec<String>>, from: &str) -> Vec<Effect> {
        let (roster, lines) = match self.place {
            Place::Roll => {
                let roster = self.roster_for_seats(&rows);
                let (new, known) = self.invited(&roster);
                let lines = view::roster::of_seats(&self.desk.words, &new, &known);
                (roster, lines)
            }
            _ => match self.roster_for_committee(&rows) {
                Some(shown) => shown,
                None => return Vec::new(),
            },
        };
        if roster.is_empty() {
            return self.tell("news.no_roster", Tone::Warning);
        }
        let mut lines = lines;
        lines.extend(view::roster::left_out(&self.desk.words, &roster));
        let name = from.rsplit(['/', '\\']).next().unwrap_or(from);
        let key = if from.is_empty() { "ui.roster_pasted" } else { "ui.roster_of" };
        let title = self.desk.words.fill(key, &[("file", name)]);
        let then = Then::TakeRoster(Box::new(roster));
        self.popups.push(Popup::Page(Page { title, lines, selected: 0, then }));
        Vec::new()
    }

    fn roster_for_committee(&self, rows: &[Vec<String>]) -> Option<(Roster, Vec<PageLine>)> {
        let committee = self.current_committee()?;
        let otherwise = if self.committee.tab == Tab::Units { Sort::Units } else { Sort::People };
        let roster = roster::read(rows, otherwise, &|text| committee.unit_named(text).is_some());
        let entries = add::add(&roster, &mut committee.clone(), self.desk.today);
        Some((roster, view::roster::of_committee(&self.desk.words, &entries)))
    }

    /// Enter on what is shown: it is taken over as one step.
    pub fn take_shown(&mut self) -> Vec<Effect> {
        let Some(Popup::Page(Page { then: Then::TakeRoster(roster), .. })) = self.popups.pop() else {
            return Vec::new();
        };
        if self.place == Place::Roll {
            return self.invite(&roster);
        }
        let day = self.desk.today;
        let mut entries = Vec::new();
        let effects = self.change_committee("step.roster", |committee| {
            entries = add::add(&roster, committee, day);
        });
        let new = entries.iter().filter(|entry| entry.outcome == add::Outcome::New).count();
        let clashes = entries.iter().filter(|entry| entry.is_clash()).count();
        let slots = [("new", new.to_string()), ("clashes", clashes.to_string())];
        self.say_filled("news.roster_taken", &slots, Tone::Plain);
        effects
    }
}

/// A path as terminals put it in when a file is dropped on them: in quotation marks, with escaped blanks, as an address.
fn dropped(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix("file://").unwrap_or(text);
    for quote in ['\'', '"'] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|text| text.strip_suffix(quote)) {
            return inner.to_owned();
        }
    }
    text.replace("\\ ", " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_file_is_a_path() {
        for text in
            ["/a/danh sach.xlsx", "'/a/danh sach.xlsx'", "/a/danh\\ sach.xlsx ", "file:///a/danh sach.xlsx"]
        {
            assert_eq!(dropped(text), "/a/danh sach.xlsx");
        }
    }
}
