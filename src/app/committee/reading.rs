//! Values of a committee's rows as a person reads and types them: names for ids, `15/9/2026` for days, lists with
//! separators. What was not changed is never written anew. Knows no drawing and changes no row.

use chrono::NaiveDate;

use crate::app::committee::tab::{Column, Kind, Scope};
use crate::app::form::{Answer, Form, FormField, Writing};
use crate::app::plan::{naming, spelling};
use crate::domain::committee::Committee;
use crate::domain::kinds::{ItemKind, Position};
use crate::domain::meeting::Meeting;
use crate::domain::succession::{Validity, validity};
use crate::domain::value::{Value, find};
use crate::text::dates;
use crate::text::field::TextField;
use crate::text::fold::fold;
use crate::words::Words;

/// What is needed to read and show values.
#[derive(Clone, Copy)]
pub struct Reading<'a> {
    pub words: &'a Words,
    pub committee: &'a Committee,
    /// The meeting whose values they are; `None` for the committee's own.
    pub meeting: Option<&'a Meeting>,
    pub today: NaiveDate,
}

/// A text that cannot be what its column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misread {
    /// The key of the field's words.
    pub label: &'static str,
}

/// One of a closed list: the value, and a key of words or the text itself.
type Choice = (Option<Value>, String);

/// Whether words or figures are written into a column.
pub fn writing(kind: Kind) -> Writing {
    match kind {
        Kind::Text | Kind::Texts | Kind::Named(_) | Kind::Names(_) => Writing::Prose,
        _ => Writing::Plain,
    }
}

impl<'a> Reading<'a> {
    /// The value as it is read and typed; empty for none.
    pub fn shown(&self, kind: Kind, value: Option<&Value>) -> String {
        let Some(value) = value else { return String::new() };
        if let Some(choices) = self.choices(kind) {
            let known = choices.into_iter().find(|(choice, _)| choice.as_ref() == Some(value));
            return known.map_or_else(|| plain(value), |(_, words)| self.words.get(&words).to_owned());
        }
        match (kind, value) {
            (Kind::Time | Kind::Moment | Kind::Period(_) | Kind::Links, _) => {
                spelling::shown(self, kind, value)
            }
            (Kind::Named(scope), Value::Text(id)) => self.name(scope, id),
            (Kind::Names(scope), Value::List(ids)) => {
                joined(ids.iter().map(|id| self.name(scope, &plain(id))).collect())
            }
            (Kind::Series, Value::List(rows)) => rows.iter().map(series_text).collect::<Vec<_>>().join("; "),
            (_, Value::List(items)) => joined(items.iter().map(plain).collect()),
            _ => plain(value),
        }
    }

    /// The value in a narrow column of a list: units by their short names.
    pub fn listed(&self, kind: Kind, value: Option<&Value>) -> String {
        let (Kind::Named(Scope::Units), Some(Value::Text(id))) = (kind, value) else {
            return self.shown(kind, value);
        };
        let unit = self.committee.unit(id).filter(|unit| !unit.short.is_empty());
        unit.map_or_else(|| self.name(Scope::Units, id), |unit| unit.short.clone())
    }

    /// The field that asks for a column, with what the row holds now.
    pub fn field(&self, column: &Column, now: Option<&Value>) -> FormField {
        match self.choices(column.kind) {
            Some(choices) => {
                let at = choices.iter().position(|(choice, _)| choice.as_ref() == now);
                let mut words: Vec<String> = choices.into_iter().map(|(_, words)| words).collect();
                let at = at.unwrap_or_else(|| {
                    // A value outside the list stays choosable as it is.
                    words.push(now.map(plain).unwrap_or_default());
                    words.len() - 1
                });
                FormField::choice(column.label, words, at)
            }
            None => {
                let mut text = TextField::with_text(self.shown(column.kind, now));
                // A day or a name is typed anew, a title is added to.
                if self.meeting.is_some() && spelling::is_typed_anew(column.kind) {
                    text.select_all();
                }
                let writing = writing(column.kind);
                FormField { key: column.label, answer: Answer::Text(text), writing }
            }
        }
    }

    /// The value of the answer to a column; `now` where nothing was changed.
    ///
    /// # Errors
    /// The text is not what the column holds.
    pub fn answer(
        &self,
        column: &Column,
        form: &Form,
        now: Option<&Value>,
    ) -> Result<Option<Value>, Misread> {
        if let Some(choices) = self.choices(column.kind) {
            let field = form.fields.iter().find(|field| field.key == column.label);
            let Some(Answer::Choice { at, .. }) = field.map(|field| &field.answer) else {
                return Ok(now.cloned());
            };
            return Ok(choices.into_iter().nth(*at).map_or(now.cloned(), |(value, _)| value));
        }
        let typed = form.text(column.label);
        if typed == composed(&self.shown(column.kind, now)) {
            return Ok(now.cloned());
        }
        if typed.is_empty() {
            return Ok(None);
        }
        self.read(column.kind, typed, now).map(Some).ok_or(Misread { label: column.label })
    }

    /// What is understood of the text in a field, where that is more than the text; empty for nothing to say.
    pub fn echo(&self, column: &Column, typed: &str) -> String {
        if typed.is_empty() {
            return String::new();
        }
        let words = self.words;
        match (column.kind, self.read(column.kind, typed, None)) {
            (Kind::Text | Kind::Texts | Kind::Whole, Some(_)) => String::new(),
            (_, None) => words.get("row.not_understood").to_owned(),
            (Kind::Named(scope), Some(Value::Text(id))) => self.name_echo(scope, &id, typed),
            (Kind::Names(scope), Some(Value::List(ids))) => {
                let strange = ids.iter().map(plain).filter(|id| self.name(scope, id) == *id);
                let strange: Vec<String> = strange.collect();
                match strange.is_empty() {
                    true => String::new(),
                    false => words.fill("row.as_text", &[("text", &strange.join("; "))]),
                }
            }
            (Kind::Links, Some(value)) => spelling::links_in_words(words, &value),
            (kind, Some(value)) => self.shown(kind, Some(&value)),
        }
    }

    fn name_echo(&self, scope: Scope, id: &str, typed: &str) -> String {
        let name = self.name(scope, id);
        match name {
            name if name == id => self.words.fill("row.as_text", &[("text", typed)]),
            name if name == typed => String::new(),
            name => name,
        }
    }

    /// The closed list of a kind, the first for nothing chosen.
    fn choices(&self, kind: Kind) -> Option<Vec<Choice>> {
        let none = || (None, "row.unset".to_owned());
        let text = |word: &str| Some(Value::Text(word.to_owned()));
        let choices = match kind {
            Kind::Mark => vec![(None, "row.no".to_owned()), (Some(Value::Flag(true)), "row.yes".to_owned())],
            Kind::YesNo => vec![
                none(),
                (Some(Value::Flag(true)), "row.yes".to_owned()),
                (Some(Value::Flag(false)), "row.no".to_owned()),
            ],
            Kind::Word(table, words) | Kind::Id(words, table) => {
                let known = words().into_iter().map(|word| (text(word), format!("{table}.{word}")));
                std::iter::once(none()).chain(known).collect()
            }
            Kind::ItemKind => {
                let known = ItemKind::ALL.iter().map(|kind| kind.word());
                let known = known.map(|word| (text(word), format!("item_kind.{word}")));
                std::iter::once((None, "row.by_title".to_owned())).chain(known).collect()
            }
            Kind::Position => {
                let known = self.positions().into_iter().map(|(id, name)| (text(&id), name));
                std::iter::once(none()).chain(known).collect()
            }
            _ => return None,
        };
        Some(choices)
    }

    /// The positions by id with the names they have here: the committee's own, then the usual ones it does not name.
    fn positions(&self) -> Vec<(String, String)> {
        let own = self.committee.positions.iter();
        let mut all: Vec<(String, String)> =
            own.map(|row| (row.id.clone(), self.position(&row.id))).collect();
        for position in Position::ALL {
            if !all.iter().any(|(id, _)| id == position.word()) {
                all.push((position.word().to_owned(), format!("position.{}", position.word())));
            }
        }
        all
    }

    /// What a position is called here.
    pub fn position(&self, id: &str) -> String {
        let own = self.committee.positions.iter().find(|row| row.id == id && !row.name.is_empty());
        match (own, Position::from_word(id)) {
            (Some(row), _) => row.name.clone(),
            (None, Some(known)) => self.words.get(&format!("position.{}", known.word())).to_owned(),
            (None, None) => id.to_owned(),
        }
    }

    /// The name of the row that `id` names; a text that names none is itself.
    pub fn name(&self, scope: Scope, id: &str) -> String {
        if let Some(meeting) = self.meeting {
            return naming::name(meeting, self.committee, scope, id);
        }
        let unit = || self.committee.unit(id).map(|row| row.name.clone());
        let member = || self.committee.member_on(id, self.today).map(|row| row.name.clone());
        let site = || self.committee.sites.iter().find(|row| row.id == id).map(|row| row.name.clone());
        let found = match scope {
            Scope::Units => unit(),
            Scope::Members => member(),
            Scope::Sites => site(),
            Scope::Presenters => {
                let now = self.committee.unit_on(id, self.today);
                member().or_else(|| self.committee.unit(now).map(|row| row.name.clone()))
            }
            Scope::Seats | Scope::Speakers | Scope::Here | Scope::Bodies => None,
        };
        found.filter(|name| !name.is_empty()).unwrap_or_else(|| id.to_owned())
    }

    /// The id of the row a person means: its name, short name, another name or the id itself, without marks. Rows
    /// that hold today come before others. The text itself when it names none.
    pub fn id(&self, scope: Scope, typed: &str) -> String {
        if let Some(meeting) = self.meeting {
            return naming::id(meeting, self.committee, scope, typed);
        }
        let wanted = fold(typed);
        let mut found: Vec<(bool, &str)> = Vec::new();
        if scope != Scope::Units && scope != Scope::Sites {
            for row in &self.committee.members {
                if [&row.name, &row.id].into_iter().any(|name| fold(name) == wanted) {
                    found.push((self.holds(row.from, row.to), &row.id));
                }
            }
        }
        if matches!(scope, Scope::Units | Scope::Presenters) {
            for row in &self.committee.units {
                let mut names = [&row.name, &row.short, &row.id].into_iter().chain(&row.aliases);
                if names.any(|name| fold(name) == wanted) {
                    found.push((self.holds(row.from, row.to), &row.id));
                }
            }
        }
        if scope == Scope::Sites {
            let sites = self.committee.sites.iter();
            let named = sites.filter(|row| [&row.name, &row.id].into_iter().any(|name| fold(name) == wanted));
            found.extend(named.map(|row| (true, row.id.as_str())));
        }
        let best = found.iter().find(|(holds, _)| *holds).or(found.first());
        best.map_or_else(|| typed.to_owned(), |(_, id)| (*id).to_owned())
    }

    fn holds(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> bool {
        validity(from, to, self.today) == Validity::Current
    }

    fn read(&self, kind: Kind, typed: &str, now: Option<&Value>) -> Option<Value> {
        let texts = |items: Vec<String>| Value::List(items.into_iter().map(Value::Text).collect());
        match kind {
            Kind::MeetingDay | Kind::Time | Kind::Moment | Kind::Period(_) | Kind::Links => {
                spelling::read(self, kind, typed, now)
            }
            Kind::Day => dates::read(typed, self.today).map(Value::Date),
            Kind::Days => {
                let days = split(typed).into_iter().map(|day| dates::read(&day, self.today).map(Value::Date));
                days.collect::<Option<Vec<_>>>().map(Value::List)
            }
            Kind::Whole => typed.parse().ok().filter(|n: &i64| *n >= 0).map(Value::Int),
            Kind::Fraction => fraction(typed).map(Value::Float),
            Kind::Texts => Some(texts(split(typed))),
            Kind::Named(scope) => Some(Value::Text(self.id(scope, typed))),
            Kind::Names(scope) => {
                let ids = split(typed).into_iter().map(|name| self.kept(scope, &name, now));
                Some(texts(ids.collect()))
            }
            Kind::Series => series(typed, now),
            _ => Some(Value::Text(typed.to_owned())),
        }
    }

    /// The id that a name stood for in the list before, else the one it names now.
    fn kept(&self, scope: Scope, name: &str, now: Option<&Value>) -> String {
        let before: &[Value] = if let Some(Value::List(ids)) = now { ids } else { &[] };
        let mut before = before.iter().map(plain);
        before.find(|id| composed(&self.name(scope, id)) == name).unwrap_or_else(|| self.id(scope, name))
    }
}

/// The items of a typed list: separated by `;` where there is one, else by commas.
fn split(typed: &str) -> Vec<String> {
    let by = if typed.contains(';') { ';' } else { ',' };
    typed.split(by).map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// A list as it is typed; one item with a comma gets its `;`, or it would be two.
fn joined(items: Vec<String>) -> String {
    let lone = items.len() == 1 && items[0].contains(',');
    items.join("; ") + if lone { ";" } else { "" }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Date(day) => dates::short(*day),
        Value::Float(x) => ((x * 10_000.0).round() / 10_000.0).to_string(),
        other => other.canonical(),
    }
}

/// The text as a field gives it back: in composed letters, without blanks at its ends.
fn composed(text: &str) -> String {
    let mut field = TextField::with_text(text);
    field.normalise();
    field.text().trim().to_owned()
}

/// `0.67`, `0,67`, `67%`, `2/3`, from 0 to 1.
fn fraction(typed: &str) -> Option<f64> {
    let number = |text: &str| text.trim().replace(',', ".").parse::<f64>().ok();
    let read = match (typed.split_once('/'), typed.strip_suffix('%')) {
        (Some((part, whole)), _) => number(part)? / number(whole)?,
        (None, Some(percent)) => number(percent)? / 100.0,
        (None, None) => number(typed)?,
    };
    // Four places: the reckoning of a quorum knows 0.6667 as two thirds.
    let read = (read * 10_000.0).round() / 10_000.0;
    (0.0..=1.0).contains(&read).then_some(read)
}

fn series_text(row: &Value) -> String {
    let Value::Table(pairs) = row else { return plain(row) };
    let part = |key: &str| find(pairs, key).map(plain).unwrap_or_default();
    format!("{} {} {}", part("paper"), part("code"), part("per")).trim().to_owned()
}

/// `notice TB-BCĐ year`: paper, code, and whether numbers restart each year or each term. Keys that a series has
/// beside these stay.
fn series(typed: &str, now: Option<&Value>) -> Option<Value> {
    let before: &[Value] = if let Some(Value::List(rows)) = now { rows } else { &[] };
    let read = |text: String| {
        let parts: Vec<&str> = text.split_whitespace().collect();
        let [paper, code, per] = parts.as_slice() else { return None };
        let known = before.iter().find_map(|row| match row {
            Value::Table(pairs) if find(pairs, "paper").is_some_and(|p| plain(p) == *paper) => Some(pairs),
            _ => None,
        });
        let mut pairs = known.cloned().unwrap_or_default();
        for (key, value) in [("paper", paper), ("code", code), ("per", per)] {
            pairs.retain(|(name, _)| name != key);
            pairs.push((key.to_owned(), Value::Text((*value).to_owned())));
        }
        matches!(*per, "year" | "term").then_some(Value::Table(pairs))
    };
    split(typed).into_iter().map(read).collect::<Option<Vec<_>>>().map(Value::List)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::committee::Unit;
    use crate::domain::kinds::Language;

    fn committee() -> Committee {
        let unit = |id: &str, name: &str, short: &str| Unit {
            id: id.into(),
            name: name.into(),
            short: short.into(),
            ..Unit::default()
        };
        let mut old = unit("old", "Sở Cũ", "SNV");
        old.to = NaiveDate::from_ymd_opt(2020, 1, 1);
        let units = vec![old, unit("snv", "Sở Nội vụ", "SNV"), unit("stc", "Sở Tài chính", "STC")];
        Committee { units, ..Committee::default() }
    }

    fn with<T>(look: impl FnOnce(Reading<'_>) -> T) -> T {
        let (words, committee) = (Words::of(Language::Vi), committee());
        let today = NaiveDate::from_ymd_opt(2026, 8, 15).unwrap();
        look(Reading { words: &words, committee: &committee, meeting: None, today })
    }

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn a_name_means_its_row_without_marks_and_the_one_of_today_first() {
        for (typed, id) in [("so noi vu", "snv"), ("SNV", "snv"), ("sở cũ", "old"), ("Sở Xa lạ", "Sở Xa lạ")]
        {
            assert_eq!(with(|r| r.id(Scope::Units, typed)), id, "{typed}");
        }
    }

    #[test]
    fn lists_are_read_by_semicolon_or_comma_and_shown_so_that_they_read_back() {
        let lists: [&[&str]; 4] =
            [&["a"], &["a", "b"], &["Trưởng phòng, Sở A"], &["Trưởng phòng, Sở A", "b"]];
        for items in lists {
            let value = Value::List(items.iter().map(|item| text(item)).collect());
            let shown = with(|r| r.shown(Kind::Texts, Some(&value)));
            assert_eq!(with(|r| r.read(Kind::Texts, &shown, None)), Some(value), "{shown}");
        }
        assert_eq!(split(" a, b ,"), ["a", "b"]);
    }

    #[test]
    fn names_in_a_list_keep_the_rows_they_stood_for() {
        let now = Value::List(vec![text("old")]);
        let read = with(|r| r.read(Kind::Names(Scope::Units), "Sở Cũ; stc", Some(&now)));
        assert_eq!(read, Some(Value::List(vec![text("old"), text("stc")])));
    }

    #[test]
    fn numbers_days_and_series_are_read_as_offices_write_them() {
        let day = |y, m, d| Value::Date(NaiveDate::from_ymd_opt(y, m, d).unwrap());
        let read = |kind, typed: &str| with(|r| r.read(kind, typed, None));
        for (typed, value) in [
            ("2/3", Some(0.6667)),
            ("50%", Some(0.5)),
            ("0,75", Some(0.75)),
            ("3/2", None),
            ("1/0", None),
            ("x", None),
        ] {
            assert_eq!(read(Kind::Fraction, typed), value.map(Value::Float), "{typed}");
        }
        assert_eq!(read(Kind::Day, "15/9/2026"), Some(day(2026, 9, 15)));
        assert_eq!(read(Kind::Day, "31/4"), None);
        let days = Value::List(vec![day(2026, 9, 2), day(2027, 1, 1)]);
        assert_eq!(read(Kind::Days, "2/9/2026; 1/1/2027"), Some(days));
        let series = read(Kind::Series, "notice TB-BCĐ year; minutes BB-BCĐ term").unwrap();
        assert_eq!(with(|r| r.shown(Kind::Series, Some(&series))), "notice TB-BCĐ year; minutes BB-BCĐ term");
        assert_eq!(read(Kind::Series, "notice TB-BCĐ"), None);
    }

    #[test]
    fn what_is_not_changed_is_not_written_anew() {
        let column = Column { key: "x", label: "entry.x", kind: Kind::Whole, share: 0 };
        let now = text("ba");
        with(|r| {
            let form = Form::new(vec![r.field(&column, Some(&now))]);
            assert_eq!(r.answer(&column, &form, Some(&now)), Ok(Some(now.clone())));
            let form = Form::new(vec![FormField::text("entry.x", "bốn")]);
            assert_eq!(r.answer(&column, &form, Some(&now)), Err(Misread { label: "entry.x" }));
        });
    }
}
