//! `document.xml`: the blocks as paragraphs and tables in the styles of the package. Knows no size but the columns'.

use crate::domain::kinds::World;
use crate::export::docx::looks::*;
use crate::export::docx::parts::{HEAD, MAIN, SECTION};
use crate::export::docx::times::bold_width;
use crate::export::labels::{Label, labels};
use crate::export::safe::xml;
use crate::export::tree::*;

/// The document and how many lists of numbered points it has.
pub struct Body {
    pub xml: String,
    pub lists: usize,
}

pub fn document(paper: &Paper, looks: &Looks) -> Body {
    let labels = labels(&paper.blocks, paper.language);
    let lists = labels.iter().map(|label| label.list + 1).max().unwrap_or(0);
    let mut blocks = String::new();
    for (block, label) in paper.blocks.iter().zip(&labels) {
        blocks.push_str(&written(block, label, looks));
    }
    let xml = format!("{HEAD}<w:document {MAIN}><w:body>{blocks}{SECTION}</w:body></w:document>");
    Body { xml, lists }
}

fn written(block: &Block, label: &Label, looks: &Looks) -> String {
    match block {
        Block::Header(header) => head(header, looks),
        Block::Title(title) => self::title(title, looks),
        Block::Addressees(runs) => paragraph("Addressees", "", &inline(runs)),
        Block::Heading(Level::Part, runs) => paragraph("Heading1", "", &inline(runs)),
        Block::Heading(Level::Section, runs) => paragraph("Heading2", "", &inline(runs)),
        Block::Text(style, runs) => paragraph(style_of(*style), "", &inline(runs)),
        Block::Point(Mark::Number, runs) => {
            let list =
                format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{}\"/></w:numPr>", label.list + 3);
            paragraph("PointNumber", &list, &inline(runs))
        }
        // Word has no list in the order a b c d đ e: the letter is part of the text.
        Block::Point(Mark::Letter, runs) => {
            paragraph("PointLetter", "", &(run("", &format!("{} ", label.text)) + &inline(runs)))
        }
        Block::Point(Mark::Dash, runs) => paragraph("PointDash", "", &inline(runs)),
        Block::Table(table) => self::table(table),
        Block::Closing(closing) => self::closing(closing),
        Block::Recipients(recipients) => gap() + &self::recipients(recipients),
        Block::PageBreak => "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>".to_owned(),
    }
}

fn style_of(style: Style) -> &'static str {
    match style {
        Style::Body => "BodyText",
        Style::Basis => "Basis",
        Style::Remark => "Remark",
        Style::Label => "Label",
    }
}

/// A paragraph of a style; `own` is what it has beside the style, in the order of the schema.
fn paragraph(style: &str, own: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{own}</w:pPr>{runs}</w:p>")
}

fn run(properties: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let properties =
        if properties.is_empty() { String::new() } else { format!("<w:rPr>{properties}</w:rPr>") };
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", xml(text))
}

fn inline(runs: &Runs) -> String {
    let piece = |piece: &Run| match piece.tone {
        Tone::Plain => run("", &piece.text),
        Tone::Strong => run("<w:b/><w:bCs/>", &piece.text),
        Tone::Emphasis => run("<w:i/><w:iCs/>", &piece.text),
        Tone::Struck => run("<w:strike/>", &piece.text),
    };
    runs.0.iter().map(piece).collect()
}

fn line(style: &str, text: &str) -> String {
    paragraph(style, "", &run("", text))
}

fn lines(style: &str, lines: &[String]) -> String {
    lines.iter().map(|text| line(style, text)).collect()
}

fn gap() -> String {
    paragraph("Gap", "", "")
}

/// A rule in the middle of a column of `room` twips.
fn rule(length: u32, room: u32) -> String {
    let side = room.saturating_sub(length) / 2;
    paragraph("Rule", &format!("<w:ind w:left=\"{side}\" w:right=\"{side}\"/>"), "")
}

fn head(header: &Header, looks: &Looks) -> String {
    let mut left = lines("ParentBody", &header.parent) + &lines("IssuingBody", &header.issuer);
    left += &match looks.world {
        World::Party => line("Ornament", "*"),
        // A third to a half of the name's last line.
        _ => {
            let length = header.issuer.last().map_or(0, |name| bold_width(name, looks.issuer));
            rule((length * 2 / 5).clamp(600, HEAD_LEFT), HEAD_LEFT)
        }
    };
    let more =
        |style: &str, text: &Option<String>| text.as_ref().map_or(String::new(), |text| line(style, text));
    let mut right = String::new();
    if let Some((last, before)) = header.motto.split_last() {
        right += &lines("Nation", before);
        let (style, size) = if before.is_empty() { ("Nation", looks.nation) } else { ("Motto", looks.motto) };
        right += &line(style, last);
        right += &rule(bold_width(last, size), HEAD_RIGHT);
    }
    let day = more("PlaceAndDate", &header.place_and_date);
    let number = [
        more("NumberLine", &header.number),
        more("LetterSubject", &header.about),
        more("DraftMark", &header.draft),
    ];
    let number = number.concat();
    // The State has number and day in one row; the Party has the day right under the rule.
    let rows = match looks.world {
        World::Party => vec![[left + &number, right + &day]],
        _ if number.is_empty() && day.is_empty() => vec![[left, right]],
        _ => vec![[left, right], [number, day]],
    };
    columns([HEAD_LEFT, HEAD_RIGHT], &rows) + &gap()
}

/// Two columns without borders and without room around the text, no row broken over pages.
fn columns(widths: [u32; 2], rows: &[[String; 2]]) -> String {
    let cell = |(inner, width): (&String, u32)| {
        let inner = if inner.is_empty() { gap() } else { inner.clone() };
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{inner}</w:tc>")
    };
    let row = |cells: &[String; 2]| {
        let cells: String = cells.iter().zip(widths).map(cell).collect();
        format!("<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/><w:tblInd w:w=\"0\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"0\" w:type=\"dxa\"/>\
         </w:tblCellMar></w:tblPr>{}{rows}</w:tbl>",
        grid(&widths)
    )
}

fn grid(widths: &[u32]) -> String {
    let columns: String = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    format!("<w:tblGrid>{columns}</w:tblGrid>")
}

fn title(title: &Title, looks: &Looks) -> String {
    let mut out = line("PaperName", &title.name) + &lines("PaperSubject", &title.subject);
    out += &match (looks.world, title.subject.last()) {
        (World::Party, _) => line("Ornament", "-----"),
        (_, None) => String::new(),
        // A third to a half of the text; of a subject on several lines, of the width of the page.
        (_, Some(last)) => rule(bold_width(last, looks.subject).min(TEXT_WIDTH) * 2 / 5, TEXT_WIDTH),
    };
    out + &gap()
}

fn table(table: &Table) -> String {
    let widths: Vec<u32> = widths(table);
    let cell = |width: u32, span: usize, inner: &str| {
        let span = if span > 1 { format!("<w:gridSpan w:val=\"{span}\"/>") } else { String::new() };
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}</w:tcPr>{inner}</w:tc>")
    };
    let height = match table.height {
        RowHeight::AsText => "",
        RowHeight::ToSign => "<w:trHeight w:val=\"600\" w:hRule=\"atLeast\"/>",
    };
    let names: String = table
        .columns
        .iter()
        .zip(&widths)
        .map(|(column, width)| cell(*width, 1, &line("TableHead", &column.name)))
        .collect();
    let row = |row: &Row| {
        let cells = match row {
            Row::Cells(cells) => cells
                .iter()
                .zip(&table.columns)
                .zip(&widths)
                .map(|((runs, column), width)| {
                    let style = if column.side == Side::Middle { "TableMiddle" } else { "TableText" };
                    cell(*width, 1, &paragraph(style, "", &inline(runs)))
                })
                .collect::<String>(),
            Row::Group(runs) => {
                cell(TEXT_WIDTH, table.columns.len(), &paragraph("TableGroup", "", &inline(runs)))
            }
        };
        format!("<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{cells}</w:tr>")
    };
    let rows: String = table.rows.iter().map(row).collect();
    format!(
        "{}<w:tbl><w:tblPr><w:tblStyle w:val=\"TableGrid\"/><w:tblW w:w=\"{TEXT_WIDTH}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr>{}<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{names}</w:tr>{rows}\
         </w:tbl>{}",
        gap(),
        grid(&widths),
        gap()
    )
}

/// The columns in twips; what is left over by rounding goes to the widest.
fn widths(table: &Table) -> Vec<u32> {
    let mut widths: Vec<u32> =
        table.columns.iter().map(|column| TEXT_WIDTH * u32::from(column.share) / 100).collect();
    let left = TEXT_WIDTH.saturating_sub(widths.iter().sum());
    if let Some(widest) = widths.iter_mut().max() {
        *widest += left;
    }
    widths
}

fn closing(closing: &Closing) -> String {
    let left = match &closing.left {
        Some(Beside::Signature(left)) => signature(left),
        Some(Beside::Recipients(left)) => recipients(left),
        None => String::new(),
    };
    gap() + &columns([END_LEFT, END_RIGHT], &[[left, signature(&closing.right)]]) + &gap()
}

/// Lines left free for the signature and the seal.
const ROOM: usize = 4;

fn signature(signature: &Signature) -> String {
    let hint = if signature.hint.is_empty() { String::new() } else { line("SignerHint", &signature.hint) };
    let office =
        if signature.office.is_empty() { String::new() } else { line("SignerOffice", &signature.office) };
    let room = paragraph("SignerRoom", "", "").repeat(ROOM);
    let top = lines("Authority", &signature.authority) + &lines("SignerPosition", &signature.position);
    format!("{top}{hint}{room}{office}{}", line("SignerName", &signature.name))
}

fn recipients(recipients: &Recipients) -> String {
    let lines: Vec<String> = recipients.lines.iter().map(|line| format!("- {line}")).collect();
    line("RecipientsHead", &format!("{}:", recipients.heading)) + &self::lines("Recipients", &lines)
}
