//! The sorts of paper and the formats, with their words on the command line and in files. Knows no layout.

use crate::domain::kinds::World;

macro_rules! listed {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.word() == word)
            }
        }
    };
}

listed! {
    /// A sort of paper; the word is the one in the `papers` rows of a meeting file.
    PaperKind {
        Minutes = "minutes", Notice = "notice", Extract = "extract", Progress = "progress", Urging = "urging",
        Opening = "opening", Attendance = "attendance", Invitation = "invitation", Signing = "signing",
        Review = "review",
    }
}

listed! {
    /// A format of a paper; the word is also the ending of the file. Spreadsheets hold the paper's tables alone.
    Format { Docx = "docx", Markdown = "md", Html = "html", Text = "txt", Xlsx = "xlsx", Csv = "csv" }
}

listed! {
    /// A format of a list of tasks.
    ListFormat { Xlsx = "xlsx", Csv = "csv", Ics = "ics" }
}

impl PaperKind {
    /// The code of the sort in a number (Nghị định 30/2020, phụ lục III; Party: Hướng dẫn 36). Letters of the State have
    /// none, sheets for the desk are not numbered at all.
    pub fn code(self, world: World) -> Option<&'static str> {
        match (self, world) {
            (PaperKind::Minutes, _) => Some("BB"),
            (PaperKind::Notice, _) => Some("TB"),
            (PaperKind::Progress | PaperKind::Review, _) => Some("BC"),
            (PaperKind::Urging, World::Party) => Some("CV"),
            (PaperKind::Urging, _) => Some(""),
            (PaperKind::Invitation, _) => Some("GM"),
            (PaperKind::Extract | PaperKind::Opening | PaperKind::Attendance | PaperKind::Signing, _) => None,
        }
    }

    /// Whether it is a letter, which has no name in capitals but says under its number what it is about.
    pub fn is_letter(self) -> bool {
        self == PaperKind::Urging
    }

    /// Whether it tells how tasks stand on its day.
    pub fn is_of_a_day(self) -> bool {
        matches!(self, PaperKind::Progress | PaperKind::Urging | PaperKind::Opening)
    }

    /// Whether it goes to one unit.
    pub fn is_for_a_unit(self) -> bool {
        matches!(self, PaperKind::Extract | PaperKind::Urging)
    }
}
