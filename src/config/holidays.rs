//! The table of holidays: `config/holidays.toml`, compiled in. Must not know what is counted with it.

use chrono::NaiveDate;
use serde::Deserialize;
use toml::de::DeValue;
use toml::value::Datetime;

use crate::domain::workdays::Holidays;

const TABLE: &str = include_str!("../../config/holidays.toml");

#[derive(Default, Deserialize)]
struct Table {
    every_year: Vec<String>,
    tet: Vec<Datetime>,
    gio_to: Vec<Datetime>,
    years: Vec<Year>,
}

#[derive(Deserialize)]
struct Year {
    year: i32,
    closed: Vec<Datetime>,
    #[serde(default)]
    worked: Vec<Datetime>,
}

/// The holidays that come with the program.
pub fn compiled_in() -> Holidays {
    let table: Table = toml::from_str(TABLE).unwrap_or_default();
    Holidays {
        every_year: table.every_year.iter().filter_map(|day| month_day(day)).collect(),
        tet: table.tet.iter().filter_map(date).collect(),
        gio_to: table.gio_to.iter().filter_map(date).collect(),
        decided: table.years.iter().map(|year| year.year).collect(),
        closed: table.years.iter().flat_map(|year| year.closed.iter().filter_map(date)).collect(),
        worked: table.years.iter().flat_map(|year| year.worked.iter().filter_map(date)).collect(),
    }
}

/// A day as TOML writes it; `None` for a time.
pub fn date(value: &Datetime) -> Option<NaiveDate> {
    let date = value.date?;
    NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
}

/// A list of days; `None` when something in it is none.
pub fn days(value: &DeValue<'_>) -> Option<Vec<NaiveDate>> {
    let DeValue::Array(days) = value else { return None };
    days.iter()
        .map(|day| match day.get_ref() {
            DeValue::Datetime(day) => date(day),
            _ => None,
        })
        .collect()
}

/// A list of years.
pub fn years(value: &DeValue<'_>) -> Option<Vec<i32>> {
    let DeValue::Array(years) = value else { return None };
    years
        .iter()
        .map(|year| match year.get_ref() {
            DeValue::Integer(year) => year.as_str().parse().ok(),
            _ => None,
        })
        .collect()
}

fn month_day(text: &str) -> Option<(u32, u32)> {
    let (month, day) = text.split_once('-')?;
    Some((month.parse().ok()?, day.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let holidays = compiled_in();
        let table: Table = toml::from_str(TABLE).unwrap();
        assert_eq!((holidays.every_year.len(), holidays.tet.len(), holidays.gio_to.len()), (4, 31, 31));
        let years: usize = table.years.iter().map(|year| year.closed.len()).sum();
        assert_eq!((holidays.closed.len(), holidays.decided.len()), (years, table.years.len()));
        // Nothing is listed under another year, on a weekend, or twice; a day worked in exchange is a Saturday or Sunday.
        for year in &table.years {
            for day in year.closed.iter().filter_map(date) {
                assert!(day.to_string().starts_with(&year.year.to_string()), "{day}");
                assert!(!holidays.is_working(day), "{day}");
            }
        }
        let mut days = holidays.closed.clone();
        days.sort();
        days.dedup();
        assert_eq!(days.len(), holidays.closed.len());
        assert!(holidays.worked.iter().all(|day| holidays.is_working(*day)));
    }
}
