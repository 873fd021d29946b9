//! A paper as one HTML file that prints on A4: no script, nothing fetched from elsewhere. Knows the tree alone.

use crate::domain::kinds::{Language, World};
use crate::export::labels::labels;
use crate::export::safe::xml;
use crate::export::tree::*;

/// Sizes of DOMAIN.md B.1 to B.3: the page, its margins, the fonts of each world.
const STYLE: &str = include_str!("page.css");

/// The paper as UTF-8 HTML5.
pub fn render(paper: &Paper) -> String {
    let lang = match paper.language {
        Language::Vi => "vi",
        Language::En => "en",
    };
    let world = match paper.world {
        World::State => "state",
        World::Party => "party",
        World::Plain => "plain",
    };
    let labels = labels(&paper.blocks, paper.language);
    let body: String = paper
        .blocks
        .iter()
        .zip(labels)
        .map(|(block, label)| written(block, &label.text, paper.world))
        .collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<meta name=\"author\" content=\"{}\">\n\
         <title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body class=\"{world}\">\n{body}</body>\n</html>\n",
        xml(&paper.author),
        xml(&paper.title),
    )
}

fn written(block: &Block, label: &str, world: World) -> String {
    match block {
        Block::Header(header) => head(header, world),
        Block::Title(title) => {
            let subject: String = title.subject.iter().map(|line| p("subject", &xml(line))).collect();
            let rule = if world == World::Party {
                p("dashes", "-----")
            } else {
                "<hr class=\"short\">\n".to_owned()
            };
            format!("<h1>{}</h1>\n{subject}{rule}", xml(&title.name))
        }
        Block::Addressees(runs) => p("addressees", &inline(runs)),
        Block::Heading(Level::Part, runs) => format!("<h2>{label} {}</h2>\n", inline(runs)),
        Block::Heading(Level::Section, runs) => format!("<h3>{label} {}</h3>\n", inline(runs)),
        Block::Text(style, runs) => p(class(*style), &inline(runs)),
        Block::Point(Mark::Number, runs) => p("point", &format!("{label} {}", inline(runs))),
        Block::Point(Mark::Letter, runs) => p("point letter", &format!("{label} {}", inline(runs))),
        Block::Point(Mark::Dash, runs) => p("point dash", &format!("- {}", inline(runs))),
        Block::Table(table) => self::table(table),
        Block::Closing(closing) => self::closing(closing),
        Block::Recipients(recipients) => {
            format!("<div class=\"recipients\">\n{}</div>\n", self::recipients(recipients))
        }
        Block::PageBreak => "<div class=\"break\"></div>\n".to_owned(),
    }
}

fn class(style: Style) -> &'static str {
    match style {
        Style::Body => "body",
        Style::Basis => "basis",
        Style::Remark => "remark",
        Style::Label => "label",
    }
}

fn p(class: &str, inner: &str) -> String {
    format!("<p class=\"{class}\">{inner}</p>\n")
}

fn lines(class: &str, lines: &[String]) -> String {
    lines.iter().map(|line| p(class, &xml(line))).collect()
}

fn head(header: &Header, world: World) -> String {
    let rule = if world == World::Party { p("star", "*") } else { "<hr class=\"third\">\n".to_owned() };
    let more =
        |class: &str, text: &Option<String>| text.as_ref().map_or(String::new(), |text| p(class, &xml(text)));
    let left = [lines("parent", &header.parent), lines("issuer", &header.issuer), rule].concat();
    let number =
        [more("number", &header.number), more("about", &header.about), more("draft", &header.draft)].concat();
    let (first, second) = (header.motto.first().cloned(), header.motto.get(1).cloned());
    let right = match second {
        Some(second) => more("nation", &first) + &p("motto ruled", &span(&second)),
        None => first.map_or(String::new(), |only| p("nation ruled", &span(&only))),
    };
    let day = more("day", &header.place_and_date);
    let row = |left: &str, right: &str| format!("<tr><td>\n{left}</td><td>\n{right}</td></tr>\n");
    // The State has number and day in one row; the Party has the day right under the rule.
    let rows = match world {
        World::Party => row(&(left + &number), &(right + &day)),
        _ => row(&left, &right) + &row(&number, &day),
    };
    format!("<table class=\"head\">\n{rows}</table>\n")
}

fn span(text: &str) -> String {
    format!("<span>{}</span>", xml(text))
}

fn table(table: &Table) -> String {
    let columns: String =
        table.columns.iter().map(|column| format!("<col style=\"width:{}%\">", column.share)).collect();
    let names: String =
        table.columns.iter().map(|column| format!("<th>{}</th>", xml(&column.name))).collect();
    let side = |side: Side| if side == Side::Middle { " class=\"middle\"" } else { "" };
    let row = |row: &Row| match row {
        Row::Cells(cells) => {
            let cell =
                |(cell, column): (&Runs, &Column)| format!("<td{}>{}</td>", side(column.side), inline(cell));
            format!("<tr>{}</tr>\n", cells.iter().zip(&table.columns).map(cell).collect::<String>())
        }
        Row::Group(runs) => {
            format!(
                "<tr><td class=\"group\" colspan=\"{}\">{}</td></tr>\n",
                table.columns.len(),
                inline(runs)
            )
        }
    };
    let rows: String = table.rows.iter().map(row).collect();
    let height = if table.height == RowHeight::ToSign { " to-sign" } else { "" };
    format!(
        "<table class=\"grid{height}\"><colgroup>{columns}</colgroup>\n<thead><tr>{names}</tr></thead>\n<tbody>\n{rows}</tbody></table>\n"
    )
}

fn closing(closing: &Closing) -> String {
    let left = match &closing.left {
        Some(Beside::Signature(left)) => signature(left),
        Some(Beside::Recipients(left)) => format!("<div class=\"recipients\">\n{}</div>\n", recipients(left)),
        None => String::new(),
    };
    format!(
        "<table class=\"closing\"><tr><td>\n{left}</td><td>\n{}</td></tr></table>\n",
        signature(&closing.right)
    )
}

fn signature(signature: &Signature) -> String {
    let office =
        if signature.office.is_empty() { String::new() } else { p("office", &xml(&signature.office)) };
    let hint = if signature.hint.is_empty() { String::new() } else { p("hint", &xml(&signature.hint)) };
    let top = lines("authority", &signature.authority) + &lines("position", &signature.position);
    format!("{top}{hint}<div class=\"room\"></div>\n{office}{}", p("name", &xml(&signature.name)))
}

fn recipients(recipients: &Recipients) -> String {
    let lines: String = recipients.lines.iter().map(|line| p("to", &format!("- {}", xml(line)))).collect();
    p("recipients-heading", &format!("<span>{}</span>:", xml(&recipients.heading))) + &lines
}

fn inline(runs: &Runs) -> String {
    let piece = |run: &Run| {
        let text = xml(&run.text);
        match run.tone {
            Tone::Plain => text,
            Tone::Strong => format!("<strong>{text}</strong>"),
            Tone::Emphasis => format!("<em>{text}</em>"),
            Tone::Struck => format!("<del>{text}</del>"),
        }
    };
    runs.0.iter().map(piece).collect()
}
