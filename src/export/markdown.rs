//! A paper as Markdown that common readers show alike (CommonMark and the tables of GitHub). Knows the tree alone.

use crate::export::labels::labels;
use crate::export::safe::one_line;
use crate::export::tree::*;

/// The paper as UTF-8 Markdown with LF line ends.
pub fn render(paper: &Paper) -> String {
    let labels = labels(&paper.blocks, paper.language);
    let mut out = String::new();
    let mut in_list = false;
    for (block, label) in paper.blocks.iter().zip(labels) {
        let is_point = matches!(block, Block::Point(..));
        let goes_on = is_point && in_list;
        if !out.is_empty() && !goes_on {
            out.push('\n');
        }
        out.push_str(&written(block, &label.text));
        in_list = is_point;
    }
    out
}

fn written(block: &Block, label: &str) -> String {
    match block {
        Block::Header(header) => head(header),
        Block::Title(title) => {
            let subject = title.subject.iter().map(|line| format!("\n**{}**\n", escaped(line)));
            format!("# {}\n{}", escaped(&title.name), subject.collect::<String>())
        }
        Block::Addressees(runs) => format!("{}\n", inline(runs)),
        Block::Heading(Level::Part, runs) => format!("## {label} {}\n", inline(runs)),
        Block::Heading(Level::Section, runs) => format!("### {label} {}\n", inline(runs)),
        Block::Text(Style::Label, runs) => format!("**{}**\n", escaped(&runs.text())),
        Block::Text(Style::Remark, runs) => format!("*{}*\n", escaped(&runs.text())),
        Block::Text(_, runs) => format!("{}\n", inline(runs)),
        Block::Point(Mark::Letter, runs) => format!("   - {label} {}\n", inline(runs)),
        Block::Point(Mark::Dash, runs) => format!("   - {}\n", inline(runs)),
        Block::Point(Mark::Number, runs) => format!("{label} {}\n", inline(runs)),
        Block::Table(table) => self::table(table),
        Block::Closing(closing) => self::closing(closing),
        Block::Recipients(recipients) => self::recipients(recipients),
        Block::PageBreak => "---\n".to_owned(),
    }
}

/// Lines that stay lines.
fn lines(lines: &[String]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).filter(|line| !line.is_empty()).collect();
    if lines.is_empty() { String::new() } else { lines.join("  \n") + "\n" }
}

fn head(header: &Header) -> String {
    let left: Vec<String> = header.parent.iter().chain(&header.issuer).cloned().collect();
    let more = [&header.number, &header.about, &header.place_and_date].into_iter().flatten().cloned();
    let draft = header.draft.iter().map(|draft| format!("*{}*\n", escaped(draft)));
    let blocks = [lines(&header.motto), lines(&left), lines(&more.collect::<Vec<_>>())];
    let blocks: Vec<String> = blocks.into_iter().chain(draft).filter(|block| !block.is_empty()).collect();
    blocks.join("\n")
}

fn table(table: &Table) -> String {
    let cell = |text: String| text.replace('|', "\\|");
    let row = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let names = table.columns.iter().map(|column| cell(escaped(&column.name))).collect();
    let rule = table.columns.iter().map(|column| match column.side {
        Side::Start => "---".to_owned(),
        Side::Middle => ":---:".to_owned(),
    });
    let mut out = row(names) + &row(rule.collect());
    for line in &table.rows {
        out.push_str(&match line {
            Row::Cells(cells) => row(cells.iter().map(|runs| cell(inline(runs))).collect()),
            Row::Group(runs) => {
                let group = format!("**{}**", cell(escaped(&runs.text())));
                row(std::iter::once(group)
                    .chain(vec![String::new(); table.columns.len().saturating_sub(1)])
                    .collect())
            }
        });
    }
    out
}

fn closing(closing: &Closing) -> String {
    let left = match &closing.left {
        Some(Beside::Signature(left)) => signature(left),
        Some(Beside::Recipients(left)) => recipients(left),
        None => String::new(),
    };
    let right = signature(&closing.right);
    if left.is_empty() { right } else { format!("{left}\n{right}") }
}

fn signature(signature: &Signature) -> String {
    let names = [&signature.office, &signature.name].into_iter().cloned();
    let capitals: Vec<String> = signature.authority.iter().chain(&signature.position).cloned().collect();
    let capitals = lines(&capitals);
    let names = lines(&names.collect::<Vec<_>>());
    if names.is_empty() { capitals } else { format!("{capitals}\n{names}") }
}

fn recipients(recipients: &Recipients) -> String {
    let lines = recipients.lines.iter().map(|line| format!("- {}\n", escaped(line)));
    format!("*{}:*\n\n{}", escaped(&recipients.heading), lines.collect::<String>())
}

fn inline(runs: &Runs) -> String {
    let piece = |run: &Run| {
        let text = signs_escaped(&run.text);
        let inner = text.trim();
        let (before, after) = (&text[..text.len() - text.trim_start().len()], &text[text.trim_end().len()..]);
        let mark = match run.tone {
            Tone::Plain => "",
            Tone::Strong => "**",
            Tone::Emphasis => "*",
            Tone::Struck => "~~",
        };
        if inner.is_empty() { text.clone() } else { format!("{before}{mark}{inner}{mark}{after}") }
    };
    let text: String = runs.0.iter().map(piece).collect();
    at_the_start(text)
}

/// As one line of its own.
fn escaped(text: &str) -> String {
    at_the_start(signs_escaped(text).trim().to_owned())
}

/// Signs that Markdown reads are escaped wherever they stand.
fn signs_escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// A text that would begin a heading, a list, a quotation or a rule begins none.
fn at_the_start(text: String) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    if digits > 0 && (rest.starts_with(". ") || rest.starts_with(") ")) {
        return format!("{}\\{rest}", &text[..digits]);
    }
    if text.starts_with(['#', '-', '+', '=', '|']) { format!("\\{text}") } else { text }
}
