//! The tabs of the Committee place: which table each shows, with which columns, and what each column holds. One table
//! that lists, forms and filters derive from. Knows no row and no drawing.

use crate::domain::kinds::{ItemKind, Language, Level, MeetingKind, Position, Role, ToneStyle, World};
use crate::text::periods::Outlook;

/// A part of what a committee keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tab {
    #[default]
    Members,
    Units,
    Groups,
    Sites,
    Positions,
    Signers,
    Templates,
    Indicators,
    Recipients,
    Abbreviations,
    Settings,
}

/// One key of a row: its name in the file, the key of its words (`field.<label>`), what it holds, and its share of
/// the width of the list (0: in the form alone).
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub key: &'static str,
    pub label: &'static str,
    pub kind: Kind,
    pub share: usize,
}

/// What a column holds and how it is typed.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Text,
    /// Several texts, separated by `;` or by commas.
    Texts,
    /// A day as `15/9/2026`.
    Day,
    Days,
    /// The day a meeting is held or planned, typed as for a new meeting.
    MeetingDay,
    /// A time of day as `8h30`.
    Time,
    /// A moment of a meeting: a time, with its day where that is another.
    Moment,
    /// A year, half, quarter or month.
    Period(Outlook),
    /// When the line to a site went up and down: `8:00 +; 9:12 -`.
    Links,
    /// The visits of an item, kept in several keys: `8:15-8:41; 9:02-`.
    Visits,
    Whole,
    /// A number from 0 to 1, also as `2/3` or `67%`.
    Fraction,
    /// Yes, or nothing.
    Mark,
    /// Yes, no, or not said.
    YesNo,
    /// One of a closed list: the table of its words, and the list.
    Word(&'static str, fn() -> Vec<&'static str>),
    /// What an item is; nothing chosen goes by its title.
    ItemKind,
    /// A position in the committee, by the names it has here.
    Position,
    /// The name of a row elsewhere in the committee, or free text.
    Named(Scope),
    /// Several such names.
    Names(Scope),
    /// Number series of papers: `notice TB-BCĐ year`, several separated by `;`.
    Series,
    /// The id of a row; asked when the row is made, never changed.
    Id(fn() -> Vec<&'static str>, &'static str),
}

/// Where a name is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Units,
    Members,
    Sites,
    /// Somebody or some unit.
    Presenters,
    /// The seats of a meeting.
    Seats,
    /// The seats of a meeting, then its units.
    Speakers,
    /// The sites of a meeting.
    Here,
    /// The units that a meeting may name.
    Bodies,
}

/// How rows of a tab get their ids.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// A readable slug of the name.
    Slug,
    Random,
}

/// A column by its parts, in the order of [`Column`].
pub const fn column(key: &'static str, label: &'static str, kind: Kind, share: usize) -> Column {
    Column { key, label, kind, share }
}

/// The words of a closed list, for [`Kind::Word`].
macro_rules! words_of {
    ($kind:ident) => {
        || $kind::ALL.iter().map(|kind| kind.word()).collect()
    };
}
pub(crate) use words_of;

const FROM: Column = column("from", "entry.from", Kind::Day, 0);
const TO: Column = column("to", "entry.to", Kind::Day, 0);

const MEMBERS: &[Column] = &[
    column("name", "entry.full_name", Kind::Text, 20),
    column("position", "entry.position", Kind::Position, 20),
    column("titles", "entry.titles", Kind::Texts, 22),
    column("unit", "entry.unit", Kind::Named(Scope::Units), 10),
    column("address", "entry.address", Kind::Text, 0),
    column("role", "entry.role", Kind::Word("role", words_of!(Role)), 0),
    column("voting", "entry.voting", Kind::YesNo, 0),
    column("site", "entry.site", Kind::Named(Scope::Sites), 0),
    column("phone", "entry.phone", Kind::Text, 0),
    column("email", "entry.email", Kind::Text, 0),
    column("sort_name", "entry.sort_name", Kind::Text, 0),
    FROM,
    TO,
];

const UNITS: &[Column] = &[
    column("name", "entry.name", Kind::Text, 36),
    column("short", "entry.short", Kind::Text, 12),
    column("aliases", "entry.aliases", Kind::Texts, 24),
    column("successor", "entry.successor", Kind::Named(Scope::Units), 0),
    FROM,
    TO,
];

const GROUPS: &[Column] = &[
    column("name", "entry.name", Kind::Text, 28),
    column("units", "entry.units", Kind::Names(Scope::Units), 36),
    column("aliases", "entry.aliases", Kind::Texts, 16),
    FROM,
    TO,
];

const SITES: &[Column] = &[
    column("name", "entry.name", Kind::Text, 30),
    column("level", "entry.level", Kind::Word("level", words_of!(Level)), 12),
    column("main", "entry.main", Kind::Mark, 8),
    column("place", "entry.place", Kind::Text, 20),
    column("chairs", "entry.chairs", Kind::Names(Scope::Members), 22),
    column("expected", "entry.expected", Kind::Whole, 8),
];

const POSITIONS: &[Column] = &[
    column("id", "entry.position_id", Kind::Id(words_of!(Position), "position"), 30),
    column("name", "entry.called", Kind::Text, 40),
];

const SIGNERS: &[Column] = &[
    column("member", "entry.member", Kind::Named(Scope::Members), 22),
    column("position", "entry.position", Kind::Position, 22),
    column("form", "entry.sign_form", Kind::Text, 8),
    column("title", "entry.sign_title", Kind::Text, 24),
    FROM,
    TO,
];

const TEMPLATES: &[Column] = &[
    column("title", "entry.title", Kind::Text, 50),
    column("kind", "entry.meeting_kind", Kind::Word("meeting_kind", words_of!(MeetingKind)), 24),
];

/// The items of a programme.
pub const ITEMS: &[Column] = &[
    column("title", "entry.title", Kind::Text, 0),
    column("kind", "entry.item_kind", Kind::Word("item_kind", words_of!(ItemKind)), 0),
    column("presenter", "entry.presenter", Kind::Named(Scope::Presenters), 0),
    column("minutes", "entry.minutes", Kind::Whole, 0),
];

const INDICATORS: &[Column] =
    &[column("name", "entry.name", Kind::Text, 60), column("unit", "entry.measure", Kind::Text, 14)];

const RECIPIENTS: &[Column] =
    &[column("text", "entry.recipient", Kind::Text, 50), column("papers", "entry.papers", Kind::Texts, 24)];

const ABBREVIATIONS: &[Column] = &[
    column("key", "entry.typed", Kind::Text, 12),
    column("text", "entry.meant", Kind::Text, 50),
    column("action", "entry.action", Kind::Text, 12),
];

const SETTINGS: &[Column] = &[
    column("name", "entry.name", Kind::Text, 0),
    column("short", "entry.short", Kind::Text, 0),
    column("name_lines", "entry.name_lines", Kind::Texts, 0),
    column("parent_lines", "entry.parent_lines", Kind::Texts, 0),
    column("world", "entry.world", Kind::Word("world", words_of!(World)), 0),
    column("place", "entry.place_line", Kind::Text, 0),
    column("tone_style", "entry.tone_style", Kind::Word("tone_style", words_of!(ToneStyle)), 0),
    column("language", "entry.language", Kind::Word("language", words_of!(Language)), 0),
    column("term", "entry.term", Kind::Text, 0),
    column("quorum", "entry.quorum", Kind::Fraction, 0),
    column("substitutes_count", "entry.substitutes_count", Kind::YesNo, 0),
    column("strict_before", "entry.strict_before", Kind::YesNo, 0),
    column("due_soon", "entry.due_soon", Kind::Whole, 0),
    column("notice_days", "entry.notice_days", Kind::Whole, 0),
    column("series", "entry.series", Kind::Series, 0),
    column("holidays", "entry.holidays", Kind::Days, 0),
];

impl Tab {
    pub const ALL: [Tab; 11] = [
        Tab::Members,
        Tab::Units,
        Tab::Groups,
        Tab::Sites,
        Tab::Positions,
        Tab::Signers,
        Tab::Templates,
        Tab::Indicators,
        Tab::Recipients,
        Tab::Abbreviations,
        Tab::Settings,
    ];

    /// The table it shows; empty for the head of the file.
    pub fn table(self) -> &'static str {
        match self {
            Tab::Members => "members",
            Tab::Units => "units",
            Tab::Groups => "groups",
            Tab::Sites => "sites",
            Tab::Positions => "positions",
            Tab::Signers => "signers",
            Tab::Templates => "templates",
            Tab::Indicators => "indicators",
            Tab::Recipients => "recipients",
            Tab::Abbreviations => "abbreviations",
            Tab::Settings => "",
        }
    }

    /// The key of its words.
    pub fn title(self) -> &'static str {
        match self {
            Tab::Members => "tab.members",
            Tab::Units => "tab.units",
            Tab::Groups => "tab.groups",
            Tab::Sites => "tab.sites",
            Tab::Positions => "tab.positions",
            Tab::Signers => "tab.signers",
            Tab::Templates => "tab.templates",
            Tab::Indicators => "tab.indicators",
            Tab::Recipients => "tab.recipients",
            Tab::Abbreviations => "tab.abbreviations",
            Tab::Settings => "tab.settings",
        }
    }

    /// What its rows hold, in the order of the form. The first is the name a row must have.
    pub fn columns(self) -> &'static [Column] {
        match self {
            Tab::Members => MEMBERS,
            Tab::Units => UNITS,
            Tab::Groups => GROUPS,
            Tab::Sites => SITES,
            Tab::Positions => POSITIONS,
            Tab::Signers => SIGNERS,
            Tab::Templates => TEMPLATES,
            Tab::Indicators => INDICATORS,
            Tab::Recipients => RECIPIENTS,
            Tab::Abbreviations => ABBREVIATIONS,
            Tab::Settings => SETTINGS,
        }
    }

    /// Rows that others name by id have readable ids.
    pub fn naming(self) -> Naming {
        match self {
            Tab::Signers | Tab::Templates | Tab::Recipients | Tab::Abbreviations => Naming::Random,
            _ => Naming::Slug,
        }
    }

    /// Whether its rows begin and end on days.
    pub fn has_validity(self) -> bool {
        self.columns().iter().any(|column| column.key == "from")
    }

    /// The tab `by` places on, round the ends.
    pub fn step(self, by: isize) -> Tab {
        let count = Tab::ALL.len() as isize;
        Tab::ALL[(self as isize + by).rem_euclid(count) as usize]
    }
}
