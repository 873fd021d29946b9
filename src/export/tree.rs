//! A paper as a neutral tree: blocks by what they mean, never by how they look. Every renderer reads this and nothing
//! else. Must not know meetings, fonts or file formats.

use chrono::NaiveDate;

use crate::domain::kinds::{Language, World};

/// One paper, ready to be rendered.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    pub world: World,
    pub language: Language,
    /// The name of its file as offices would call it, ASCII, without the ending.
    pub file_name: String,
    /// The name in the file's properties.
    pub title: String,
    /// Who issues it, for the file's properties.
    pub author: String,
    /// The day the file's times are fixed at, so that the same record gives the same bytes.
    pub day: NaiveDate,
    pub blocks: Vec<Block>,
}

/// A part of a paper.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    Header(Header),
    Title(Title),
    /// Whom a letter addresses ("Kính gửi").
    Addressees(Runs),
    /// A heading of the body, numbered by the renderer.
    Heading(Level, Runs),
    Text(Style, Runs),
    /// An item of a list.
    Point(Mark, Runs),
    Table(Table),
    Closing(Closing),
    Recipients(Recipients),
    PageBreak,
}

/// Levels of numbered headings: I., II. and 1., 2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Part,
    Section,
}

/// How an item of a list is marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// 1. 2. 3., from 1 again after every heading.
    Number,
    /// a) b) c) d) đ), in the letters of the paper's language, from a again after every number.
    Letter,
    Dash,
}

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Body,
    /// A document the paper rests on ("Căn cứ …").
    Basis,
    /// A remark on the record itself: what was withheld, what was corrected.
    Remark,
    /// A heading without a number.
    Label,
}

/// The head of the first page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// Lines of the superior body.
    pub parent: Vec<String>,
    /// Lines of the issuing body.
    pub issuer: Vec<String>,
    /// "Số: 05/BB-BCĐ", blank in the middle while there is none.
    pub number: Option<String>,
    /// What a letter is about ("V/v …"), printed under its number.
    pub about: Option<String>,
    /// The motto: two lines of State papers, one of Party papers, none of others.
    pub motto: Vec<String>,
    pub place_and_date: Option<String>,
    /// The mark of a draft.
    pub draft: Option<String>,
}

/// The name of the paper and what it is about (trích yếu).
#[derive(Clone, Debug, PartialEq)]
pub struct Title {
    pub name: String,
    pub subject: Vec<String>,
}

/// A table with one heading row.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    pub height: RowHeight,
}

/// How high the rows are at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowHeight {
    AsText,
    /// Room for a signature.
    ToSign,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    pub name: String,
    /// Part of the table's width, in hundredths; the columns of a table add up to 100.
    pub share: u8,
    pub side: Side,
}

/// Where the text of a cell stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Start,
    Middle,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    Cells(Vec<Runs>),
    /// A heading over the rows that follow, across all columns.
    Group(Runs),
}

/// The end of a paper: who signs at the right, and what stands level with it at the left.
#[derive(Clone, Debug, PartialEq)]
pub struct Closing {
    pub left: Option<Beside>,
    pub right: Signature,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Beside {
    Signature(Signature),
    Recipients(Recipients),
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signature {
    /// By whose authority ("TM. BAN CHỈ ĐẠO"), in capitals.
    pub authority: Vec<String>,
    /// The position signed in, in capitals.
    pub position: Vec<String>,
    /// What the signer does ("Ký, ghi rõ họ tên"), on papers that are signed by hand without a seal.
    pub hint: String,
    /// The office held elsewhere, above the name.
    pub office: String,
    pub name: String,
}

/// Who gets the paper; the last line says where it is filed.
#[derive(Clone, Debug, PartialEq)]
pub struct Recipients {
    pub heading: String,
    /// Without the dash, with the sign at the end.
    pub lines: Vec<String>,
}

/// Words of a paragraph in pieces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Runs(pub Vec<Run>);

#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub text: String,
    pub tone: Tone,
}

/// Why a piece of a paragraph stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    Plain,
    Strong,
    Emphasis,
    /// Approved once and struck since.
    Struck,
}

impl Runs {
    pub fn with(mut self, tone: Tone, text: impl Into<String>) -> Runs {
        let text = text.into();
        if !text.is_empty() {
            self.0.push(Run { text, tone });
        }
        self
    }

    pub fn plain(self, text: impl Into<String>) -> Runs {
        self.with(Tone::Plain, text)
    }

    /// The words without their tones.
    pub fn text(&self) -> String {
        self.0.iter().map(|run| run.text.as_str()).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Runs {
    fn from(text: &str) -> Runs {
        Runs::default().plain(text)
    }
}

impl From<String> for Runs {
    fn from(text: String) -> Runs {
        Runs::default().plain(text)
    }
}

impl Block {
    /// Every piece of running text in the block, in reading order; not the head, the names or the signatures.
    pub fn runs_mut(&mut self) -> Vec<&mut Runs> {
        match self {
            Block::Heading(_, runs) | Block::Text(_, runs) | Block::Point(_, runs) => vec![runs],
            Block::Table(table) => table.rows.iter_mut().flat_map(Row::runs_mut).collect(),
            _ => Vec::new(),
        }
    }
}

impl Row {
    fn runs_mut(&mut self) -> Vec<&mut Runs> {
        match self {
            Row::Cells(cells) => cells.iter_mut().collect(),
            Row::Group(runs) => vec![runs],
        }
    }
}
