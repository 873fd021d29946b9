//! A committee file: standing roster, units, sites, offices, templates. Every key declared once.
//! Knows no spelling of TOML and no screen.

use chrono::NaiveDate;

use crate::domain::fields::{record_type, row_types};
use crate::domain::kinds::*;
use crate::domain::meeting::Site;
use crate::domain::seats::name_key;
use crate::domain::value::Number;
use crate::text::query::ShortForm;

record_type! {
    /// One committee and what it keeps from meeting to meeting.
    Committee: CommitteeHead {
        positions: PositionName,
        groups: Group,
        indicators: Indicator,
        signers: Signer,
        members: Member,
        units: Unit,
        sites: Site,
        templates: Template,
        recipients: Recipient,
        abbreviations: Abbreviation,
        conflicts: crate::domain::meeting::Conflict,
    }
}

row_types! {
    /// The head of a committee file. `id` equals the file stem.
    CommitteeHead {
        schema: Option<i64> = Scalar Record Inline;
        name: String = Scalar Record Inline;
        /// The name as the header of a paper prints it, line by line.
        name_lines: Vec<String> = Scalar Record Inline;
        short: String = Scalar Record Inline;
        parent_lines: Vec<String> = Scalar Record Inline;
        world: Option<World> = Scalar Record Inline;
        place: String = Scalar Record Inline;
        tone_style: Option<ToneStyle> = Scalar Record Inline;
        language: Option<Language> = Scalar Record Inline;
        term: String = Scalar Record Inline;
        /// Fraction of the voting members that must be present, 0 to 1.
        quorum: Option<Number> = Scalar Record Inline;
        substitutes_count: Option<bool> = Scalar Record Inline;
        /// Whether "before the 15th" means the 14th at the latest.
        strict_before: Option<bool> = Scalar Record Inline;
        /// Days before the deadline from which a task is due soon; 3 when absent.
        due_soon: Option<i64> = Scalar Record Inline;
        /// Working days within which the notice of conclusions goes out (Decision 45/2018/QĐ-TTg: 5).
        notice_days: Option<i64> = Scalar Record Inline;
        series: Vec<Series> = Scalar Record Inline;
        holidays: Vec<NaiveDateItem> = Set Record Inline;
    }

    /// What a position in the committee is called here.
    PositionName {
        name: String = Scalar Record Inline;
    }

    /// A group of units that is given tasks as one ("các sở, ban, ngành").
    Group {
        name: String = Scalar Record Inline;
        aliases: Vec<String> = Set Record Inline;
        units: Vec<String> = Set Record Inline;
        from: Option<NaiveDate> = Scalar Record Inline;
        to: Option<NaiveDate> = Scalar Record Inline;
    }

    /// A number the committee follows from period to period.
    Indicator {
        name: String = Scalar Record Inline;
        unit: String = Scalar Record Inline;
    }

    /// Number series of one sort of paper: the code after the number, and whether it restarts each year or each term.
    Series {
        paper: String = Scalar Record Inline;
        code: String = Scalar Record Inline;
        per: String = Scalar Record Inline;
    }

    /// Who signs, and in what form (KT., TL.). `title` is the office printed above the name, where there is one.
    Signer {
        member: String = Scalar Record Inline;
        position: String = Scalar Record Inline;
        title: String = Scalar Record Inline;
        form: String = Scalar Record Inline;
        from: Option<NaiveDate> = Scalar Record Inline;
        to: Option<NaiveDate> = Scalar Record Inline;
    }

    /// A member of the committee or of its support group.
    Member {
        name: String = Scalar Record Inline;
        sort_name: String = Scalar Record Inline;
        address: String = Scalar Record Inline;
        titles: Vec<String> = Scalar Record Inline;
        unit: String = Scalar Record Inline;
        position: String = Scalar Record Inline;
        role: Option<Role> = Scalar Record Inline;
        voting: Option<bool> = Scalar Record Inline;
        site: String = Scalar Record Inline;
        phone: String = Scalar Record Inline;
        email: String = Scalar Record Inline;
        from: Option<NaiveDate> = Scalar Record Inline;
        to: Option<NaiveDate> = Scalar Record Inline;
    }

    /// A unit with its names over time.
    Unit {
        name: String = Scalar Record Inline;
        short: String = Scalar Record Inline;
        aliases: Vec<String> = Set Record Inline;
        from: Option<NaiveDate> = Scalar Record Inline;
        to: Option<NaiveDate> = Scalar Record Inline;
        successor: String = Scalar Record Inline;
    }

    /// The programme of one kind of meeting.
    Template {
        kind: Option<MeetingKind> = Scalar Record Inline;
        title: String = Scalar Record Inline;
        items: Vec<TemplateItem> = Log Record Inline;
    }

    /// One item of a template.
    TemplateItem {
        kind: Option<ItemKind> = Scalar Record Inline;
        title: String = Scalar Record Inline;
        presenter: String = Scalar Record Inline;
        minutes: Option<i64> = Scalar Record Inline;
    }

    /// Who gets the papers.
    Recipient {
        text: String = Scalar Record Inline;
        papers: Vec<String> = Set Record Inline;
    }

    /// A short form and what it stands for.
    Abbreviation {
        key: String = Scalar Record Inline;
        text: String = Scalar Record Inline;
        action: String = Scalar Record Inline;
    }
}

/// A day in a list of days.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct NaiveDateItem(pub NaiveDate);

impl crate::domain::value::FieldType for NaiveDateItem {
    fn read(value: &crate::domain::value::Value) -> Option<Self> {
        match value {
            crate::domain::value::Value::Date(day) => Some(NaiveDateItem(*day)),
            _ => None,
        }
    }
    fn write(&self) -> Option<crate::domain::value::Value> {
        Some(crate::domain::value::Value::Date(self.0))
    }
}

/// The rules of a committee that decide how deadlines are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeadlineRules {
    /// "Before the 15th" ends on the 14th.
    pub strict_before: bool,
    /// Days before the deadline from which a task is due soon.
    pub due_soon: i64,
}

impl Default for DeadlineRules {
    fn default() -> Self {
        DeadlineRules { strict_before: false, due_soon: 3 }
    }
}

impl Committee {
    /// How this committee reads deadlines; the defaults where it does not say.
    pub fn deadline_rules(&self) -> DeadlineRules {
        let default = DeadlineRules::default();
        DeadlineRules {
            strict_before: self.head.strict_before.unwrap_or(default.strict_before),
            due_soon: self.head.due_soon.unwrap_or(default.due_soon),
        }
    }

    /// The last day of the term, when it is written as years: "2020-2025".
    pub fn term_end(&self) -> Option<NaiveDate> {
        let (_, last) = self.head.term.rsplit_once(['-', '–'])?;
        NaiveDate::from_ymd_opt(last.trim().parse().ok()?, 12, 31)
    }

    pub fn unit(&self, id: &str) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.id == id)
    }

    /// The unit a text means by id, name, short form or another name, without marks and case.
    pub fn unit_named(&self, text: &str) -> Option<&Unit> {
        let wanted = name_key(text);
        let named = |unit: &Unit| {
            let mut names = [&unit.name, &unit.short].into_iter().chain(&unit.aliases);
            names.any(|name| name_key(name) == wanted)
        };
        self.units.iter().find(|unit| !wanted.is_empty() && (unit.id == text || named(unit)))
    }

    /// The unit that answers today for `id`: follows successors, at most as many steps as there are units.
    pub fn successor_of<'a>(&'a self, id: &'a str) -> &'a str {
        let mut now = id;
        for _ in 0..self.units.len() {
            match self.unit(now) {
                Some(unit) if !unit.successor.is_empty() => now = &unit.successor,
                _ => break,
            }
        }
        now
    }
}

/// The short forms that committees know: their abbreviations and the short names of their units.
pub fn short_forms(committees: &[&Committee]) -> Vec<ShortForm> {
    let form = |(short, long): (&str, &str)| ShortForm { short: short.to_owned(), long: long.to_owned() };
    let of = |committee: &&Committee| -> Vec<ShortForm> {
        let listed = committee.abbreviations.iter().map(|row| (row.key.as_str(), row.text.as_str()));
        let units = committee.units.iter().map(|unit| (unit.short.as_str(), unit.name.as_str()));
        let whole = |(short, long): &(&str, &str)| !short.is_empty() && !long.is_empty() && short != long;
        listed.chain(units).filter(whole).map(form).collect()
    };
    let mut forms: Vec<ShortForm> = committees.iter().flat_map(of).collect();
    forms.sort_by(|a, b| (&a.short, &a.long).cmp(&(&b.short, &b.long)));
    forms.dedup();
    forms
}
