//! Periods of review: a year, a half year, a quarter, a month, as files and the command line spell them (`2021`,
//! `2021-H1`, `2021-Q3`, `2021-07`). Knows no record.

use chrono::{Datelike, Days, Months, NaiveDate};

/// A stretch of whole months within one year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    pub sort: PeriodSort,
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PeriodSort {
    Year,
    Half,
    Quarter,
    Month,
}

impl PeriodSort {
    fn months(self) -> u32 {
        match self {
            PeriodSort::Year => 12,
            PeriodSort::Half => 6,
            PeriodSort::Quarter => 3,
            PeriodSort::Month => 1,
        }
    }
}

impl Period {
    /// The period for its spelling; `None` for anything else.
    pub fn read(text: &str) -> Option<Period> {
        let (year, part) = text.trim().split_once('-').map_or((text.trim(), ""), |(year, part)| (year, part));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        let year: i32 = year.parse().ok().filter(|_| year.len() == 4 && digits(year))?;
        let (sort, number) = match (part.as_bytes(), part.get(1..)) {
            ([], _) => (PeriodSort::Year, 1),
            ([b'H' | b'h', b'1'..=b'2'], Some(n)) => (PeriodSort::Half, n.parse().ok()?),
            ([b'Q' | b'q', b'1'..=b'4'], Some(n)) => (PeriodSort::Quarter, n.parse().ok()?),
            ([b'0'..=b'9', b'0'..=b'9'], _) => (PeriodSort::Month, part.parse().ok()?),
            _ => return None,
        };
        Period::of(sort, year, number)
    }

    fn of(sort: PeriodSort, year: i32, number: u32) -> Option<Period> {
        let month = number.checked_sub(1)? * sort.months() + 1;
        let from = NaiveDate::from_ymd_opt(year, month, 1)?;
        let to = from.checked_add_months(Months::new(sort.months()))?.checked_sub_days(Days::new(1))?;
        Some(Period { sort, from, to })
    }

    pub fn year(self) -> i32 {
        self.from.year()
    }

    /// Which half, quarter or month of its year, from 1.
    pub fn number(self) -> u32 {
        (self.from.month() - 1) / self.sort.months() + 1
    }

    pub fn has(self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// The period of the same sort right before.
    pub fn before(self) -> Option<Period> {
        let from = self.from.checked_sub_months(Months::new(self.sort.months()))?;
        Some(Period { sort: self.sort, from, to: self.from.checked_sub_days(Days::new(1))? })
    }

    /// As files spell it.
    pub fn spelled(self) -> String {
        match self.sort {
            PeriodSort::Year => format!("{:04}", self.year()),
            PeriodSort::Half => format!("{:04}-H{}", self.year(), self.number()),
            PeriodSort::Quarter => format!("{:04}-Q{}", self.year(), self.number()),
            PeriodSort::Month => format!("{:04}-{:02}", self.year(), self.number()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_and_spelled_alike() {
        for (text, from, to, before) in [
            ("2021", "2021-01-01", "2021-12-31", "2020"),
            ("2021-H1", "2021-01-01", "2021-06-30", "2020-H2"),
            ("2021-H2", "2021-07-01", "2021-12-31", "2021-H1"),
            ("2021-Q3", "2021-07-01", "2021-09-30", "2021-Q2"),
            ("2024-02", "2024-02-01", "2024-02-29", "2024-01"),
        ] {
            let period = Period::read(text).unwrap();
            assert_eq!(
                (period.from.to_string().as_str(), period.to.to_string().as_str()),
                (from, to),
                "{text}"
            );
            assert_eq!(period.spelled(), text);
            assert_eq!(period.before().unwrap().spelled(), before);
        }
        for text in [
            "", "21", "2021-H3", "2021-Q0", "2021-13", "2021-00", "2021-7", "abcd", "2021-", "2021-Hx",
            "2021-H1-",
        ] {
            let expected = if text == "2021-" { Some("2021") } else { None };
            assert_eq!(Period::read(text).map(Period::spelled).as_deref(), expected, "{text}");
        }
    }
}
