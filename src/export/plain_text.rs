//! A paper as plain text, 78 cells wide: heads and signatures in two columns, tables as records. Knows the tree alone.

use crate::domain::kinds::World;
use crate::export::labels::labels;
use crate::export::safe::one_line;
use crate::export::tree::*;
use crate::text::width::{pad, width, wrap, wrap_with};

const WIDTH: usize = 78;
/// Cells of the left column of heads and signatures.
const LEFT: usize = 34;

/// The paper as UTF-8 text with LF line ends.
pub fn render(paper: &Paper) -> String {
    let mut page = Page { world: paper.world, lines: Vec::new() };
    for (block, label) in paper.blocks.iter().zip(labels(&paper.blocks, paper.language)) {
        page.block(block, &label.text);
    }
    let text: Vec<&str> = page.lines.iter().map(|line| line.trim_end()).collect();
    format!("{}\n", text.join("\n").trim_matches('\n'))
}

struct Page {
    world: World,
    lines: Vec<String>,
}

impl Page {
    fn block(&mut self, block: &Block, label: &str) {
        match block {
            Block::Header(header) => self.header(header),
            Block::Title(title) => self.title(title),
            Block::Addressees(runs) => {
                self.gap();
                self.centered(&runs.text());
                self.gap();
            }
            Block::Heading(Level::Part, runs) => {
                self.gap();
                self.hanging(&format!("{label} "), &runs.text().to_uppercase());
            }
            Block::Heading(Level::Section, runs) => {
                self.gap();
                self.hanging(&format!("{label} "), &runs.text());
            }
            Block::Text(Style::Label, runs) => {
                self.gap();
                self.hanging("", &runs.text());
            }
            Block::Text(Style::Remark, runs) => self.hanging("", &format!("({})", runs.text())),
            Block::Text(_, runs) => self.hanging("", &runs.text()),
            Block::Point(Mark::Letter, runs) => self.hanging(&format!("   {label} "), &runs.text()),
            Block::Point(_, runs) => self.hanging(&format!("{label} "), &runs.text()),
            Block::Table(table) => self.table(table),
            Block::Closing(closing) => self.closing(closing),
            Block::Recipients(recipients) => {
                self.gap();
                self.lines.extend(recipient_lines(recipients));
            }
            Block::PageBreak => self.lines.push("\u{c}".to_owned()),
        }
    }

    fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn hanging(&mut self, mark: &str, text: &str) {
        let text = one_line(text);
        let indent = width(mark);
        let room = WIDTH.saturating_sub(indent).max(20);
        let ranges = wrap_with(&text, room, room);
        let mut first = true;
        for range in ranges {
            let mark = if first { mark.to_owned() } else { " ".repeat(indent) };
            self.lines.push(format!("{mark}{}", text[range].trim_end()));
            first = false;
        }
    }

    fn centered(&mut self, text: &str) {
        let lines = column(text, WIDTH);
        self.lines.extend(lines.iter().map(|line| centered(line, WIDTH)));
    }

    fn header(&mut self, header: &Header) {
        let mut left: Vec<String> = header.parent.iter().chain(&header.issuer).cloned().collect();
        left.push(if self.world == World::Party { "*".to_owned() } else { "-------".to_owned() });
        left.extend(header.number.iter().cloned());
        left.extend(header.about.iter().cloned());
        left.extend(header.draft.iter().map(|draft| format!("({draft})")));
        let mut right = header.motto.clone();
        if let Some(last) = header.motto.last() {
            right.push("-".repeat(width(last).min(30)));
        }
        if let Some(day) = &header.place_and_date {
            while right.len() + 1 < left.len().min(header.parent.len() + header.issuer.len() + 2) {
                right.push(String::new());
            }
            right.push(day.clone());
        }
        self.beside(&left, &right);
        self.gap();
    }

    fn beside(&mut self, left: &[String], right: &[String]) {
        let (left, right) = (cells(left, LEFT), cells(right, WIDTH - LEFT));
        for at in 0..left.len().max(right.len()) {
            let (left, right) =
                (left.get(at).map_or("", String::as_str), right.get(at).map_or("", String::as_str));
            self.lines.push(format!("{}{right}", pad(left, LEFT)));
        }
    }

    fn title(&mut self, title: &Title) {
        self.gap();
        self.centered(&title.name);
        title.subject.iter().for_each(|line| self.centered(line));
        self.centered(if self.world == World::Party { "-----" } else { "---------------" });
        self.gap();
    }

    /// Each row as a record: the first two columns on a line, the others named under it.
    fn table(&mut self, table: &Table) {
        self.gap();
        for row in &table.rows {
            let cells = match row {
                Row::Group(runs) => {
                    self.gap();
                    self.hanging("", &runs.text());
                    continue;
                }
                Row::Cells(cells) => cells,
            };
            let texts: Vec<String> = cells.iter().map(Runs::text).collect();
            let [number, main, rest @ ..] = texts.as_slice() else { continue };
            self.hanging(&format!("{number:>3}. "), main);
            for (column, text) in table.columns.iter().skip(2).zip(rest).filter(|(_, text)| !text.is_empty())
            {
                self.hanging("     ", &format!("{}: {text}", column.name));
            }
        }
        self.gap();
    }

    fn closing(&mut self, closing: &Closing) {
        self.gap();
        let left = match &closing.left {
            Some(Beside::Signature(signature)) => signature_lines(signature),
            Some(Beside::Recipients(recipients)) => recipient_lines(recipients),
            None => Vec::new(),
        };
        let right = signature_lines(&closing.right);
        match &closing.left {
            Some(Beside::Signature(_)) => self.beside(&left, &right),
            _ => {
                let left: Vec<String> = left.iter().flat_map(|line| column(line, LEFT - 2)).collect();
                let right = cells(&right, WIDTH - LEFT);
                for at in 0..left.len().max(right.len()) {
                    let text = |lines: &[String]| lines.get(at).cloned().unwrap_or_default();
                    self.lines.push(format!("{}{}", pad(&text(&left), LEFT), text(&right)));
                }
            }
        }
        self.gap();
    }
}

fn signature_lines(signature: &Signature) -> Vec<String> {
    let mut lines: Vec<String> = signature.authority.iter().chain(&signature.position).cloned().collect();
    if !signature.hint.is_empty() {
        lines.push(signature.hint.clone());
    }
    lines.extend(["", "", ""].map(str::to_owned));
    lines.extend([&signature.office, &signature.name].into_iter().filter(|line| !line.is_empty()).cloned());
    lines
}

fn recipient_lines(recipients: &Recipients) -> Vec<String> {
    let lines = recipients.lines.iter().map(|line| format!("- {}", one_line(line)));
    std::iter::once(format!("{}:", recipients.heading)).chain(lines).collect()
}

/// Lines of a text that fit a column.
fn column(text: &str, cells: usize) -> Vec<String> {
    let text = one_line(text);
    wrap(&text, cells.max(10)).into_iter().map(|range| text[range].trim().to_owned()).collect()
}

/// Lines of a cell, each in its middle.
fn cells(lines: &[String], room: usize) -> Vec<String> {
    let fit = |line: &String| if line.is_empty() { vec![String::new()] } else { column(line, room - 1) };
    lines.iter().flat_map(fit).map(|line| centered(&line, room - 1)).collect()
}

fn centered(text: &str, room: usize) -> String {
    format!("{}{text}", " ".repeat(room.saturating_sub(width(text)) / 2))
}
