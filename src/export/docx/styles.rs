//! `styles.xml`: one style a meaning, so that a clerk who changes a style changes every place that means the same.
//! Knows sizes from the looks, no text of any paper.

use crate::domain::kinds::{Language, World};
use crate::export::docx::looks::Looks;
use crate::export::docx::parts::{HEAD, MAIN};

/// A paragraph style: its id, the name people see, its paragraph and its letters.
struct Look {
    id: &'static str,
    name: &'static str,
    paragraph: String,
    letters: String,
}

/// The language as Word writes it.
pub fn tongue(language: Language) -> &'static str {
    match language {
        Language::Vi => "vi-VN",
        Language::En => "en-GB",
    }
}

pub fn styles(language: Language, looks: &Looks) -> String {
    let tongue = tongue(language);
    let size = looks.body;
    let all: String = table(looks).iter().map(written).collect();
    let exact =
        looks.exact_line.map_or(String::new(), |line| format!(" w:line=\"{line}\" w:lineRule=\"exact\""));
    format!(
        "{HEAD}<w:styles {MAIN}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" \
         w:eastAsia=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>\
         <w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/><w:lang w:val=\"{tongue}\" w:eastAsia=\"{tongue}\" \
         w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/>\
         </w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\">\
         <w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/><w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar>\
         <w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"0\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/>\
         <w:right w:w=\"0\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/>\
         <w:uiPriority w:val=\"99\"/><w:semiHidden/></w:style>{GRID}\
         <w:style w:type=\"paragraph\" w:styleId=\"BodyText\"><w:name w:val=\"Body Text\"/><w:basedOn w:val=\"Normal\"/>\
         <w:qFormat/><w:pPr><w:spacing w:before=\"120\" w:after=\"0\"{exact}/>{}<w:jc w:val=\"both\"/></w:pPr></w:style>\
         {all}</w:styles>",
        first_line(looks),
    )
}

/// Paragraphs of State and Party begin 10 mm in; plain ones at the margin.
fn first_line(looks: &Looks) -> &'static str {
    match looks.world {
        World::Plain => "",
        _ => "<w:ind w:firstLine=\"567\"/>",
    }
}

const GRID: &str = "<w:style w:type=\"table\" w:styleId=\"TableGrid\"><w:name w:val=\"Table Grid\"/>\
    <w:basedOn w:val=\"TableNormal\"/><w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    <w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    <w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/>\
    <w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"000000\"/></w:tblBorders>\
    <w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/><w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>";

fn written(look: &Look) -> String {
    let Look { id, name, paragraph, letters } = look;
    let based_on = if id.starts_with("Point") || matches!(*id, "Basis" | "Remark" | "Label") {
        "BodyText"
    } else {
        "Normal"
    };
    let letters = if letters.is_empty() { String::new() } else { format!("<w:rPr>{letters}</w:rPr>") };
    let paragraph = if paragraph.is_empty() { String::new() } else { format!("<w:pPr>{paragraph}</w:pPr>") };
    format!(
        "<w:style w:type=\"paragraph\" w:customStyle=\"{}\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
         <w:basedOn w:val=\"{based_on}\"/><w:qFormat/>{paragraph}{letters}</w:style>",
        u8::from(!BUILT_IN.contains(id)),
    )
    .replace(" w:customStyle=\"0\"", "")
}

/// Ids of styles that Word has of its own.
const BUILT_IN: [&str; 3] = ["Heading1", "Heading2", "Header"];

fn table(looks: &Looks) -> Vec<Look> {
    let party = looks.world == World::Party;
    let state = looks.world == World::State;
    let look = |id, name, paragraph: &str, letters: String| Look {
        id,
        name,
        paragraph: paragraph.to_owned(),
        letters,
    };
    let centred = "<w:jc w:val=\"center\"/>";
    let bold = |size| format!("<w:b/><w:bCs/>{}", sized(size));
    let italic = |size| format!("<w:i/><w:iCs/>{}", sized(size));
    let numbered = |level: u8| {
        format!(
            "<w:keepNext/><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"1\"/></w:numPr>\
             <w:spacing w:before=\"120\" w:after=\"0\"/>{}<w:jc w:val=\"both\"/><w:outlineLvl w:val=\"{level}\"/>",
            first_line(looks)
        )
    };
    let capitals = if looks.world == World::Plain { "" } else { "<w:caps/>" };
    let part = format!("<w:b/><w:bCs/>{capitals}{}", sized(looks.body));
    let about = if party { italic(looks.about) } else { sized(looks.about) };
    let basis = if party { String::new() } else { "<w:i/><w:iCs/>".to_owned() };
    let position = if party { sized(looks.authority) } else { bold(looks.authority) };
    let heading = match (party, state) {
        (true, _) => format!("{}<w:u w:val=\"single\"/>", sized(looks.recipients_heading)),
        (_, true) => format!("<w:b/><w:bCs/><w:i/><w:iCs/>{}", sized(looks.recipients_heading)),
        _ => bold(looks.recipients_heading),
    };
    let rule = "<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"1\" w:color=\"000000\"/></w:pBdr>\
                <w:spacing w:before=\"40\" w:after=\"0\" w:line=\"80\" w:lineRule=\"exact\"/>";
    let spaced = |before: u32| format!("<w:spacing w:before=\"{before}\" w:after=\"0\"/>{centred}");
    vec![
        look("Heading1", "heading 1", &numbered(0), part),
        look("Heading2", "heading 2", &numbered(1), bold(looks.body)),
        look("Header", "header", centred, sized(looks.body)),
        look("ParentBody", "Parent body", centred, sized(looks.parent)),
        look("IssuingBody", "Issuing body", centred, bold(looks.issuer)),
        look("NumberLine", "Number line", &spaced(120), sized(looks.number)),
        look("LetterSubject", "Letter subject", centred, about),
        look("DraftMark", "Draft mark", &spaced(60), italic(looks.draft)),
        look("Nation", "Nation", centred, bold(looks.nation)),
        look("Motto", "Motto", centred, bold(looks.motto)),
        look("PlaceAndDate", "Place and date", &spaced(120), italic(looks.place_and_date)),
        look("PaperName", "Paper name", &spaced(240), bold(looks.name)),
        look("PaperSubject", "Paper subject", centred, bold(looks.subject)),
        look("Addressees", "Addressees", &spaced(240), sized(looks.body)),
        look("Rule", "Rule", rule, "<w:sz w:val=\"4\"/><w:szCs w:val=\"4\"/>".to_owned()),
        look("Ornament", "Ornament", centred, sized(looks.body)),
        look(
            "Gap",
            "Gap",
            "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"120\" w:lineRule=\"exact\"/>",
            sized(12),
        ),
        look("Basis", "Legal basis", "", basis),
        look("Remark", "Remark", "", "<w:i/><w:iCs/>".to_owned()),
        look("Label", "Label", "<w:keepNext/>", "<w:b/><w:bCs/>".to_owned()),
        look("PointNumber", "Point 1", "<w:numPr><w:numId w:val=\"3\"/></w:numPr>", String::new()),
        look("PointLetter", "Point a", "", String::new()),
        look(
            "PointDash",
            "Point -",
            "<w:numPr><w:numId w:val=\"2\"/></w:numPr><w:spacing w:before=\"60\" w:after=\"0\"/>",
            String::new(),
        ),
        look("TableHead", "Table head", &format!("<w:keepNext/>{centred}"), bold(looks.table)),
        look("TableText", "Table text", "", sized(looks.table)),
        look("TableMiddle", "Table text centred", centred, sized(looks.table)),
        look("TableGroup", "Table group", "<w:keepNext/>", bold(looks.table)),
        look("Authority", "Authority", centred, bold(looks.authority)),
        look("SignerPosition", "Signer position", centred, position),
        look("SignerHint", "Signer hint", centred, italic(24)),
        look("SignerRoom", "Signer room", centred, sized(looks.authority)),
        look("SignerOffice", "Signer office", centred, bold(looks.authority)),
        look("SignerName", "Signer name", centred, bold(looks.authority)),
        look("RecipientsHead", "Recipients heading", "", heading),
        look("Recipients", "Recipients", "", sized(looks.recipients)),
    ]
}

fn sized(size: u32) -> String {
    format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>")
}
