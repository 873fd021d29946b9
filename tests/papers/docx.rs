//! Word documents as a strict reader sees them: every part well-formed, every reference answered, elements in the order
//! of the schema, and the sizes of DOMAIN.md B point by point.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use roxmltree::{Document, Node};
use steerco::export::{Format, PaperKind};

use super::{Records, Wish};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const R: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The text of one part of a package.
pub fn part_of(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The parts of a package by name.
pub struct Package(BTreeMap<String, String>);

impl Package {
    pub fn of(bytes: &[u8]) -> Package {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for at in 0..zip.len() {
            let mut file = zip.by_index(at).unwrap();
            let name = file.name().unwrap().into_owned();
            assert_eq!(file.unix_mode().unwrap() & 0o777, 0o644, "{name}");
            let mut text = String::new();
            file.read_to_string(&mut text).unwrap();
            assert!(parts.insert(name, text).is_none(), "a part stands twice");
        }
        Package(parts)
    }

    fn part(&self, name: &str) -> &str {
        self.0.get(name).unwrap_or_else(|| panic!("no part {name}"))
    }

    /// Everything a validator of the package asks for.
    pub fn check(&self) {
        for (name, text) in &self.0 {
            let document = Document::parse(text).unwrap_or_else(|why| panic!("{name}: {why}"));
            assert!(document.root_element().is_element(), "{name}");
            assert!(!text.contains("TargetMode"), "{name} leads outside");
        }
        self.check_types();
        self.check_relations("_rels/.rels", "");
        self.check_relations("word/_rels/document.xml.rels", "word/");
        self.check_references();
        for name in ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/settings.xml"] {
            let document = Document::parse(self.part(name)).unwrap();
            document.descendants().filter(|node| node.is_element()).for_each(|node| in_order(name, node));
        }
        self.check_tables();
    }

    fn check_types(&self) {
        let types = Document::parse(self.part("[Content_Types].xml")).unwrap();
        let of = |tag: &str, attribute: &str| -> BTreeSet<String> {
            let nodes =
                types.descendants().filter(|node| node.has_tag_name(tag_of(types.root_element(), tag)));
            nodes.map(|node| node.attribute(attribute).unwrap().to_owned()).collect()
        };
        let (overrides, defaults) = (of("Override", "PartName"), of("Default", "Extension"));
        for name in self.0.keys().filter(|name| *name != "[Content_Types].xml") {
            let known = overrides.contains(&format!("/{name}"))
                || (name.ends_with(".rels") && defaults.contains("rels"));
            assert!(known, "{name} has no content type");
        }
        for part in &overrides {
            assert!(self.0.contains_key(part.trim_start_matches('/')), "{part} is not there");
        }
    }

    fn check_relations(&self, name: &str, folder: &str) {
        let relations = Document::parse(self.part(name)).unwrap();
        let mut ids = BTreeSet::new();
        for node in relations.root_element().children().filter(Node::is_element) {
            assert!(ids.insert(node.attribute("Id").unwrap().to_owned()), "{name}: an id twice");
            let target = format!("{folder}{}", node.attribute("Target").unwrap());
            assert!(self.0.contains_key(&target), "{name}: {target}");
        }
        if folder == "word/" {
            let document = Document::parse(self.part("word/document.xml")).unwrap();
            for node in document.descendants() {
                if let Some(id) = node.attribute((R, "id")) {
                    assert!(ids.contains(id), "{id}");
                }
            }
        }
    }

    fn check_references(&self) {
        let styles = Document::parse(self.part("word/styles.xml")).unwrap();
        let mut known = BTreeSet::new();
        let mut names = BTreeSet::new();
        for style in elements(&styles, "style") {
            assert!(known.insert(value(style, "styleId")), "a style twice");
            let name = style.children().find(|node| node.has_tag_name((W, "name"))).unwrap();
            assert!(names.insert(value(name, "val")), "a name twice");
        }
        let numbering = Document::parse(self.part("word/numbering.xml")).unwrap();
        let abstracts: BTreeSet<String> =
            elements(&numbering, "abstractNum").map(|node| value(node, "abstractNumId")).collect();
        let mut numbers = BTreeSet::new();
        for num in elements(&numbering, "num") {
            assert!(numbers.insert(value(num, "numId")), "a list twice");
            let of = num.children().find(|node| node.has_tag_name((W, "abstractNumId"))).unwrap();
            assert!(abstracts.contains(&value(of, "val")));
        }
        for name in [
            "word/document.xml",
            "word/styles.xml",
            "word/numbering.xml",
            "word/header1.xml",
            "word/header2.xml",
        ] {
            let document = Document::parse(self.part(name)).unwrap();
            for tag in ["pStyle", "tblStyle", "basedOn"] {
                elements(&document, tag)
                    .for_each(|node| assert!(known.contains(&value(node, "val")), "{name}: {tag}"));
            }
            let used = elements(&document, "numId").map(|node| value(node, "val"));
            used.for_each(|id| assert!(numbers.contains(&id), "{name}: list {id}"));
        }
    }

    /// Cells fill their rows, every cell and every table is followed by a paragraph.
    fn check_tables(&self) {
        let document = Document::parse(self.part("word/document.xml")).unwrap();
        for table in elements(&document, "tbl") {
            let grid: Vec<u32> =
                elements_in(table, "gridCol").map(|node| value(node, "w").parse().unwrap()).collect();
            assert_eq!(grid.iter().sum::<u32>(), 9354);
            for row in table.children().filter(|node| node.has_tag_name((W, "tr"))) {
                let mut at = 0;
                for cell in row.children().filter(|node| node.has_tag_name((W, "tc"))) {
                    let span: usize = elements_in(cell, "gridSpan")
                        .next()
                        .map_or(1, |node| value(node, "val").parse().unwrap());
                    let width: u32 = value(elements_in(cell, "tcW").next().unwrap(), "w").parse().unwrap();
                    assert_eq!(grid[at..at + span].iter().sum::<u32>(), width);
                    at += span;
                    assert!(cell.last_element_child().unwrap().has_tag_name((W, "p")));
                }
                assert_eq!(at, grid.len(), "a row is not full");
            }
            assert!(
                table.next_sibling_element().is_some_and(|next| next.has_tag_name((W, "p"))),
                "nothing after a table"
            );
        }
    }

    fn document(&self) -> Document<'_> {
        Document::parse(self.part("word/document.xml")).unwrap()
    }

    /// The paragraphs as style and text.
    fn paragraphs(&self) -> Vec<(String, String)> {
        let document = self.document();
        let of = |node: Node<'_, '_>| {
            let style = elements_in(node, "pStyle").next().map_or(String::new(), |style| value(style, "val"));
            (style, elements_in(node, "t").filter_map(|text| text.text()).collect())
        };
        elements(&document, "p").map(of).collect()
    }

    fn text_in(&self, style: &str) -> Vec<String> {
        self.paragraphs().into_iter().filter(|(known, _)| known == style).map(|(_, text)| text).collect()
    }

    /// Size in points, bold, italic and capitals of a style.
    fn letters_of(&self, style: &str) -> (f32, bool, bool) {
        let styles = Document::parse(self.part("word/styles.xml")).unwrap();
        let node = elements(&styles, "style").find(|node| value(*node, "styleId") == style).unwrap();
        let letters = node.children().find(|node| node.has_tag_name((W, "rPr")));
        let has =
            |tag: &'static str| letters.is_some_and(|letters| elements_in(letters, tag).next().is_some());
        let size =
            letters.and_then(|letters| elements_in(letters, "sz").next()).map(|size| value(size, "val"));
        (size.map_or(0.0, |size| size.parse::<f32>().unwrap() / 2.0), has("b"), has("i"))
    }
}

fn tag_of<'a>(root: Node<'a, '_>, tag: &'a str) -> (&'a str, &'a str) {
    (root.tag_name().namespace().unwrap(), tag)
}

fn elements<'a, 'd>(document: &'a Document<'d>, tag: &'static str) -> impl Iterator<Item = Node<'a, 'd>> {
    document.descendants().filter(move |node| node.has_tag_name((W, tag)))
}

fn elements_in<'a, 'd: 'a>(node: Node<'a, 'd>, tag: &'static str) -> impl Iterator<Item = Node<'a, 'd>> {
    node.descendants().filter(move |node| node.has_tag_name((W, tag)))
}

fn value(node: Node<'_, '_>, name: &str) -> String {
    node.attribute((W, name)).unwrap_or_else(|| panic!("{} has no {name}", node.tag_name().name())).to_owned()
}

/// Children of these elements stand in the order of ECMA-376, part 1.
const ORDERS: [(&str, &[&str]); 11] = [
    (
        "pPr",
        &[
            "pStyle",
            "keepNext",
            "keepLines",
            "pageBreakBefore",
            "widowControl",
            "numPr",
            "pBdr",
            "shd",
            "tabs",
            "spacing",
            "ind",
            "contextualSpacing",
            "jc",
            "outlineLvl",
            "rPr",
            "sectPr",
        ],
    ),
    (
        "rPr",
        &[
            "rStyle",
            "rFonts",
            "b",
            "bCs",
            "i",
            "iCs",
            "caps",
            "smallCaps",
            "strike",
            "color",
            "spacing",
            "sz",
            "szCs",
            "highlight",
            "u",
            "lang",
        ],
    ),
    ("tblPr", &["tblStyle", "tblW", "jc", "tblInd", "tblBorders", "tblLayout", "tblCellMar", "tblLook"]),
    ("tcPr", &["tcW", "gridSpan", "vMerge", "tcBorders", "shd", "tcMar", "vAlign"]),
    (
        "sectPr",
        &["headerReference", "footerReference", "type", "pgSz", "pgMar", "pgNumType", "cols", "titlePg"],
    ),
    (
        "style",
        &[
            "name",
            "aliases",
            "basedOn",
            "next",
            "link",
            "uiPriority",
            "semiHidden",
            "unhideWhenUsed",
            "qFormat",
            "pPr",
            "rPr",
            "tblPr",
            "trPr",
            "tcPr",
        ],
    ),
    ("lvl", &["start", "numFmt", "lvlRestart", "pStyle", "suff", "lvlText", "lvlJc", "pPr", "rPr"]),
    ("abstractNum", &["nsid", "multiLevelType", "tmpl", "name", "lvl"]),
    ("numbering", &["abstractNum", "num"]),
    ("tbl", &["tblPr", "tblGrid", "tr"]),
    (
        "settings",
        &[
            "zoom",
            "defaultTabStop",
            "characterSpacingControl",
            "compat",
            "themeFontLang",
            "decimalSymbol",
            "listSeparator",
        ],
    ),
];

fn in_order(part: &str, node: Node<'_, '_>) {
    let name = node.tag_name().name();
    let Some((_, order)) = ORDERS.iter().find(|(known, _)| *known == name) else { return };
    let places: Vec<usize> = node
        .children()
        .filter(Node::is_element)
        .map(|child| {
            let child = child.tag_name().name();
            order
                .iter()
                .position(|known| *known == child)
                .unwrap_or_else(|| panic!("{part}: {child} in {name}"))
        })
        .collect();
    assert!(places.is_sorted(), "{part}: {name} has {places:?}");
}

fn package(records: &Records, id: &str, wish: Wish<'_>) -> Package {
    Package::of(&records.bytes(id, wish, Format::Docx))
}

#[test]
fn every_paper_of_the_samples_is_a_valid_document() {
    let records = Records::sample();
    for meeting in &records.meetings {
        for kind in PaperKind::ALL.iter().filter(|kind| **kind != PaperKind::Review) {
            let unit = if kind.is_for_a_unit() { "snv" } else { "" };
            package(&records, &meeting.head.id, Wish { unit, ..Wish::of(*kind) }).check();
        }
    }
}

#[test]
fn the_same_record_gives_the_same_bytes() {
    let records = Records::sample();
    let made = || records.bytes("2026-07-16", Wish::of(PaperKind::Minutes), Format::Docx);
    assert_eq!(made(), made());
}

#[test]
fn the_page_is_that_of_the_rules() {
    let package = package(&Records::sample(), "2026-07-16", Wish::of(PaperKind::Minutes));
    let document = package.document();
    let section = elements(&document, "sectPr").next().unwrap();
    let size = elements_in(section, "pgSz").next().unwrap();
    assert_eq!((value(size, "w"), value(size, "h")), ("11906".to_owned(), "16838".to_owned()));
    let margins = elements_in(section, "pgMar").next().unwrap();
    let margin = |side| value(margins, side);
    assert_eq!(
        [margin("top"), margin("bottom"), margin("left"), margin("right"), margin("header")],
        ["1134", "1134", "1701", "851", "567"]
    );
    assert_eq!(elements_in(section, "titlePg").count(), 1);
    assert!(package.part("word/header1.xml").contains(" PAGE "));
    assert!(!package.part("word/header2.xml").contains("PAGE"), "the first page has no number");
    assert!(package.part("word/settings.xml").contains("compatibilityMode"));
    assert!(package.part("word/styles.xml").contains("w:lang w:val=\"vi-VN\""));
    assert!(package.part("docProps/core.xml").contains("<dc:title>Biên bản"));
    let first = elements(&document, "tbl").next().unwrap();
    let columns: Vec<String> = elements_in(first, "gridCol").map(|node| value(node, "w")).collect();
    assert_eq!(columns, ["3685", "5669"]);
    let room = elements_in(first, "tblCellMar").next().unwrap();
    assert!(room.children().filter(Node::is_element).all(|side| value(side, "w") == "0"));
    assert_eq!(elements_in(first, "tblBorders").count(), 0);
    assert!(elements(&document, "tblHeader").count() >= 1, "the heading row of a table repeats");
}

#[test]
fn the_state_layout_holds_point_by_point() {
    let package = package(&Records::sample(), "2026-07-16", Wish::of(PaperKind::Notice));
    for (style, text) in [
        ("Nation", vec!["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]),
        ("Motto", vec!["Độc lập - Tự do - Hạnh phúc"]),
        ("ParentBody", vec!["ỦY BAN NHÂN DÂN", "TỈNH LAM GIANG"]),
        ("IssuingBody", vec!["BAN CHỈ ĐẠO", "CHUYỂN ĐỔI SỐ"]),
        ("NumberLine", vec!["Số: 03/TB-BCĐ"]),
        ("PlaceAndDate", vec!["Lam Giang, ngày 22 tháng 7 năm 2026"]),
        ("PaperName", vec!["THÔNG BÁO"]),
        ("Authority", vec!["KT. TRƯỞNG BAN"]),
        ("SignerPosition", vec!["PHÓ TRƯỞNG BAN THƯỜNG TRỰC"]),
        ("SignerOffice", vec!["PHÓ CHỦ TỊCH UBND TỈNH"]),
        ("SignerName", vec!["Lương Thị Mai"]),
        ("RecipientsHead", vec!["Nơi nhận:"]),
    ] {
        assert_eq!(package.text_in(style), text, "{style}");
    }
    for (style, size, bold, italic) in [
        ("Nation", 13.0, true, false),
        ("Motto", 14.0, true, false),
        ("ParentBody", 13.0, false, false),
        ("IssuingBody", 13.0, true, false),
        ("NumberLine", 13.0, false, false),
        ("PlaceAndDate", 13.0, false, true),
        ("PaperName", 14.0, true, false),
        ("PaperSubject", 14.0, true, false),
        ("Authority", 14.0, true, false),
        ("SignerPosition", 14.0, true, false),
        ("SignerName", 14.0, true, false),
        ("RecipientsHead", 12.0, true, true),
        ("Recipients", 11.0, false, false),
    ] {
        assert_eq!(package.letters_of(style), (size, bold, italic), "{style}");
    }
    let recipients = package.text_in("Recipients");
    assert!(
        recipients.iter().rev().skip(1).all(|line| line.starts_with("- ") && line.ends_with(';')),
        "{recipients:?}"
    );
    assert_eq!(recipients.last().unwrap(), "- Lưu: VT, BCĐ.");
    let body = package.text_in("BodyText");
    assert!(body.last().unwrap().ends_with("./."), "{body:?}");
    let name = package.paragraphs().iter().filter(|(style, _)| style == "Rule").count();
    assert_eq!(name, 3, "a rule under the body, the motto and the subject");
}

#[test]
fn the_party_layout_holds_point_by_point() {
    let package =
        package(&Records::sample(), "2022-01-13-tong-ket-dan-van-quang", Wish::of(PaperKind::Notice));
    assert_eq!(package.text_in("Nation"), ["ĐẢNG CỘNG SẢN VIỆT NAM"]);
    assert_eq!(package.text_in("Motto"), Vec::<String>::new());
    assert_eq!(package.text_in("Ornament"), ["*", "-----"]);
    let number = package.text_in("NumberLine").concat();
    assert!(number.starts_with("Số ") && !number.contains(':') && number.ends_with("-TB/BDVTW"), "{number}");
    for (style, size, bold, italic) in [
        ("Nation", 15.0, true, false),
        ("ParentBody", 14.0, false, false),
        ("IssuingBody", 14.0, true, false),
        ("NumberLine", 14.0, false, false),
        ("PlaceAndDate", 14.0, false, true),
        ("PaperName", 16.0, true, false),
        ("Authority", 14.0, true, false),
        ("SignerPosition", 14.0, false, false),
        ("SignerName", 14.0, true, false),
        ("RecipientsHead", 14.0, false, false),
        ("Recipients", 12.0, false, false),
        ("DraftMark", 14.0, false, true),
    ] {
        assert_eq!(package.letters_of(style), (size, bold, italic), "{style}");
    }
    assert!(package.part("word/styles.xml").contains("<w:u w:val=\"single\"/>"), "Nơi nhận is underlined");
    assert!(package.text_in("Recipients").last().unwrap().starts_with("- Lưu Ban Dân vận"));
    assert_eq!(package.text_in("DraftMark"), ["Dự thảo"]);
}
