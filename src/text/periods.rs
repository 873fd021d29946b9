//! Periods that reviews and plans speak of: a year, a half, a quarter, a month. Read as people type them, spelled as
//! the files keep them. Must not know what day it is, nor a meeting.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::text::fold::fold;
use crate::text::numbers::from_roman;

/// A stretch of the calendar. Halves are 1 and 2, quarters 1 to 4, months 1 to 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    Year(i32),
    Half(i32, u32),
    Quarter(i32, u32),
    Month(i32, u32),
}

/// Whether a period without a year is looked back at or ahead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outlook {
    Back,
    Ahead,
}

impl Period {
    /// `2021`, `2021-H1`, `2021-Q3`, `2021-07`.
    pub fn word(self) -> String {
        match self {
            Period::Year(year) => format!("{year:04}"),
            Period::Half(year, half) => format!("{year:04}-H{half}"),
            Period::Quarter(year, quarter) => format!("{year:04}-Q{quarter}"),
            Period::Month(year, month) => format!("{year:04}-{month:02}"),
        }
    }

    /// The period of a word of a file.
    pub fn from_word(word: &str) -> Option<Period> {
        let (year, part) = match word.split_once('-') {
            Some((year, part)) => (year, Some(part)),
            None => (word, None),
        };
        let digits = |text: &str, count| text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
        let year: i32 = digits(year, 4).then(|| year.parse().ok())??;
        let Some(part) = part else { return Some(Period::Year(year)) };
        let number = |text: &str, last: u32| text.parse().ok().filter(|n: &u32| (1..=last).contains(n));
        match (part.strip_prefix('H'), part.strip_prefix('Q')) {
            (Some(half), _) => {
                number(half, 2).filter(|_| digits(half, 1)).map(|half| Period::Half(year, half))
            }
            (_, Some(quarter)) => number(quarter, 4)
                .filter(|_| digits(quarter, 1))
                .map(|quarter| Period::Quarter(year, quarter)),
            _ => number(part, 12).filter(|_| digits(part, 2)).map(|month| Period::Month(year, month)),
        }
    }

    fn year(self) -> i32 {
        match self {
            Period::Year(year)
            | Period::Half(year, _)
            | Period::Quarter(year, _)
            | Period::Month(year, _) => year,
        }
    }

    fn of_year(self, year: i32) -> Period {
        match self {
            Period::Year(_) => Period::Year(year),
            Period::Half(_, half) => Period::Half(year, half),
            Period::Quarter(_, quarter) => Period::Quarter(year, quarter),
            Period::Month(_, month) => Period::Month(year, month),
        }
    }

    fn months(self) -> (u32, u32) {
        match self {
            Period::Year(_) => (1, 12),
            Period::Half(_, half) => (half * 6 - 5, 6),
            Period::Quarter(_, quarter) => (quarter * 3 - 2, 3),
            Period::Month(_, month) => (month, 1),
        }
    }

    /// The first day; `None` outside the calendar.
    pub fn first_day(self) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(self.year(), self.months().0, 1)
    }

    /// The last day; `None` outside the calendar.
    pub fn last_day(self) -> Option<NaiveDate> {
        self.first_day()?.checked_add_months(Months::new(self.months().1))?.checked_sub_days(Days::new(1))
    }

    /// The period of this length `by` places on.
    fn stepped(self, by: i32) -> Option<Period> {
        let months = i32::try_from(self.months().1).ok()?.checked_mul(by)?;
        let start = self.first_day()?;
        let start = match u32::try_from(months) {
            Ok(months) => start.checked_add_months(Months::new(months))?,
            Err(_) => start.checked_sub_months(Months::new(months.unsigned_abs()))?,
        };
        Some(self.around(start))
    }

    /// The period of this length around a day.
    fn around(self, day: NaiveDate) -> Period {
        let (year, month) = (day.year(), day.month());
        match self {
            Period::Year(_) => Period::Year(year),
            Period::Half(..) => Period::Half(year, month.div_ceil(6)),
            Period::Quarter(..) => Period::Quarter(year, month.div_ceil(3)),
            Period::Month(..) => Period::Month(year, month),
        }
    }
}

/// A typed period: `2026`, `2026-Q3`, `quý III/2026`, `6 tháng đầu năm`, `6T/2026`, `tháng 7`, `7/2026`, `năm nay`, `quý
/// trước`, `H1 2026`, `first half`. Without a year it is the nearest one seen from `day`: looking back the latest that
/// is at least half over, looking ahead the first that is not over. `None` when it is not plainly a period.
pub fn read(text: &str, day: NaiveDate, outlook: Outlook) -> Option<Period> {
    let text = text.trim();
    if let Some(period) = Period::from_word(&text.to_uppercase()) {
        return Some(period);
    }
    let tokens = tokens(text);
    let mut words: Vec<&str> = tokens.iter().map(String::as_str).collect();
    if let Some(period) = relative(&words, day) {
        return Some(period);
    }
    let year = take_year(&mut words, day)?;
    let spoken_year = words.iter().any(|word| matches!(*word, "nam" | "year"));
    words.retain(|word| !matches!(*word, "nam" | "year" | "ca" | "the" | "of" | "ky" | "va"));
    let unit = unit(&words, spoken_year || year.is_some(), year.is_some())?;
    Some(match year {
        Some(year) => unit.of_year(year),
        None => nearest(unit, day, outlook),
    })
}

/// Words without marks, numbers apart from letters: `6T/2026` is `6`, `t`, `2026`.
fn tokens(text: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in fold(text).chars() {
        let kin = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        if c.is_alphanumeric() {
            match tokens.last_mut().filter(|_| kin(c) == kin(last)) {
                Some(token) => token.push(c),
                None => tokens.push(c.to_string()),
            }
        }
        last = c;
    }
    tokens
}

/// This, the next or the last year, quarter, month.
fn relative(words: &[&str], day: NaiveDate) -> Option<Period> {
    let (unit, by) = match words {
        [by @ ("this" | "next" | "last"), unit] => (*unit, *by),
        [unit, by] => (*unit, *by),
        _ => return None,
    };
    let by = match by {
        "nay" | "this" => 0,
        "sau" | "toi" | "next" => 1,
        "truoc" | "ngoai" | "qua" | "last" => -1,
        _ => return None,
    };
    let like = match unit {
        "nam" | "year" => Period::Year(0),
        "quy" | "quarter" => Period::Quarter(0, 1),
        "thang" | "month" => Period::Month(0, 1),
        _ => return None,
    };
    like.around(day).stepped(by)
}

/// Takes the year out of the words, if one is named; `None` when two are.
fn take_year(words: &mut Vec<&str>, day: NaiveDate) -> Option<Option<i32>> {
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let years: Vec<i32> =
        words.iter().filter(|word| is_year(word)).filter_map(|word| word.parse().ok()).collect();
    words.retain(|word| !is_year(word));
    let named = match words.as_slice() {
        [.., "nam", by @ ("nay" | "sau" | "toi" | "truoc" | "ngoai")] => Some(*by),
        _ => None,
    };
    let spoken = named.map(|by| {
        words.truncate(words.len() - 2);
        day.year()
            + match by {
                "nay" => 0,
                "sau" | "toi" => 1,
                _ => -1,
            }
    });
    match (years.as_slice(), spoken) {
        ([], spoken) => Some(spoken),
        ([year], None) => Some(Some(*year)),
        _ => None,
    }
}

/// What sort of period the words name; its year is still to be found. `whole` when the words spoke of a year.
fn unit(words: &[&str], whole: bool, year_named: bool) -> Option<Period> {
    let month = |text: &str| text.parse().ok().filter(|n| (1..=12).contains(n)).map(|n| Period::Month(0, n));
    let quarter = |text: &str| {
        let number = text.parse().ok().or_else(|| from_roman(&text.to_uppercase()));
        number.filter(|n| (1..=4).contains(n)).map(|n| Period::Quarter(0, n))
    };
    match words {
        [] if whole => Some(Period::Year(0)),
        ["6" | "sau", "thang" | "t"] | ["6" | "sau", "thang" | "t", "dau"] | ["nua", "dau"] => {
            Some(Period::Half(0, 1))
        }
        ["h" | "half", "1"] | ["first" | "1", "half"] | ["first", "6" | "six", "months"] => {
            Some(Period::Half(0, 1))
        }
        ["6" | "sau", "thang" | "t", "cuoi"] | ["nua", "cuoi" | "sau"] => Some(Period::Half(0, 2)),
        ["h" | "half", "2"] | ["second" | "last" | "2", "half"] | ["last", "6" | "six", "months"] => {
            Some(Period::Half(0, 2))
        }
        ["quy" | "q" | "quarter", number] => quarter(number),
        [nth, "quarter"] => ordinal(nth).map(|n| Period::Quarter(0, n)),
        ["thang" | "t" | "month", number] => month(number),
        [number] if year_named => month(number).or_else(|| english_month(number)),
        [name] => english_month(name),
        _ => None,
    }
}

fn ordinal(word: &str) -> Option<u32> {
    ["first", "second", "third", "fourth"].iter().position(|known| *known == word).map(|at| at as u32 + 1)
}

fn english_month(word: &str) -> Option<Period> {
    let month: chrono::Month = word.parse().ok()?;
    Some(Period::Month(0, month.number_from_month()))
}

fn nearest(unit: Period, day: NaiveDate, outlook: Outlook) -> Period {
    let over = |period: &Period| period.last_day().is_some_and(|last| last < day);
    let half_over = |period: &Period| {
        let middle = period.first_day().zip(period.last_day());
        middle.is_some_and(|(first, last)| first + (last - first) / 2 <= day)
    };
    let mut years = (day.year() - 1..=day.year() + 1).map(|year| unit.of_year(year));
    let found = match outlook {
        Outlook::Back => years.rev().find(half_over),
        Outlook::Ahead => years.find(|period| !over(period)),
    };
    found.unwrap_or(unit.of_year(day.year()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn periods_are_read_as_people_type_them() {
        let from = day("2026-07-16");
        for (typed, back) in [
            ("2025", "2025"),
            ("2026-h1", "2026-H1"),
            ("2026-Q3", "2026-Q3"),
            ("2026-07", "2026-07"),
            ("7/2026", "2026-07"),
            ("tháng 7/2026", "2026-07"),
            ("T7/2026", "2026-07"),
            ("tháng 6", "2026-06"),
            ("tháng 12", "2025-12"),
            ("năm 2025", "2025"),
            ("năm", "2026"),
            ("cả năm", "2026"),
            ("năm nay", "2026"),
            ("năm ngoái", "2025"),
            ("năm sau", "2027"),
            ("quý 2", "2026-Q2"),
            ("quý 3", "2025-Q3"),
            ("quý III/2026", "2026-Q3"),
            ("Quý IV năm 2025", "2025-Q4"),
            ("quy ii", "2026-Q2"),
            ("quý trước", "2026-Q2"),
            ("quý này", "2026-Q3"),
            ("tháng sau", "2026-08"),
            ("6 tháng đầu năm", "2026-H1"),
            ("6 tháng đầu năm 2025", "2025-H1"),
            ("sáu tháng đầu năm nay", "2026-H1"),
            ("6T/2021", "2021-H1"),
            ("6 tháng cuối năm", "2025-H2"),
            ("nửa cuối năm 2026", "2026-H2"),
            ("quý 1 năm sau", "2027-Q1"),
            ("Q3 2026", "2026-Q3"),
            ("H1 2026", "2026-H1"),
            ("first half of 2026", "2026-H1"),
            ("second quarter", "2026-Q2"),
            ("July 2026", "2026-07"),
            ("last year", "2025"),
        ] {
            assert_eq!(read(typed, from, Outlook::Back).map(Period::word).as_deref(), Some(back), "{typed}");
        }
    }

    #[test]
    fn what_is_no_period_is_not_guessed() {
        for typed in [
            "",
            "quý 5",
            "tháng 13",
            "7",
            "15/9",
            "9 tháng đầu năm",
            "đầu năm",
            "2026-H3",
            "2025 2026",
            "ổn",
            "h",
            "quý",
        ] {
            assert_eq!(read(typed, day("2026-07-16"), Outlook::Back), None, "{typed}");
        }
    }

    #[test]
    fn without_a_year_it_is_the_one_that_is_meant() {
        for (typed, on, back, ahead) in [
            ("năm", "2027-01-13", "2026", "2027"),
            ("năm", "2026-12-20", "2026", "2026"),
            ("6 tháng đầu năm", "2026-06-25", "2026-H1", "2026-H1"),
            ("6 tháng cuối năm", "2026-07-02", "2025-H2", "2026-H2"),
            ("quý 4", "2026-01-10", "2025-Q4", "2026-Q4"),
            ("quý 1", "2026-12-28", "2026-Q1", "2027-Q1"),
            ("tháng 12", "2026-12-28", "2026-12", "2026-12"),
        ] {
            let read = |outlook| read(typed, day(on), outlook).map(Period::word).unwrap_or_default();
            assert_eq!(
                (read(Outlook::Back).as_str(), read(Outlook::Ahead).as_str()),
                (back, ahead),
                "{typed} {on}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_word_is_read_back(year in 1900i32..2200, kind in 0usize..4, part in 1u32..=12) {
            let period = match kind {
                0 => Period::Year(year),
                1 => Period::Half(year, part.div_ceil(6)),
                2 => Period::Quarter(year, part.div_ceil(3)),
                _ => Period::Month(year, part),
            };
            prop_assert_eq!(Period::from_word(&period.word()), Some(period));
            prop_assert_eq!(read(&period.word(), day("2026-07-16"), Outlook::Ahead), Some(period));
            prop_assert!(period.first_day() < period.last_day());
        }

        #[test]
        fn any_text_is_read_without_fault(text in "\\PC*", days in 0i64..80_000) {
            let from = day("1900-01-01") + chrono::TimeDelta::days(days);
            let _ = read(&text, from, Outlook::Back);
            let _ = read(&text, from, Outlook::Ahead);
        }
    }
}
