//! A period as it is typed in a search: `2021`, `2021-H1`, `q3/2021`, `07/2021`. Knows no meeting.

use chrono::{Months, NaiveDate};

/// The first and the last day of a period without marks and in lower case; `None` for anything else.
pub(super) fn days(typed: &str) -> Option<(NaiveDate, NaiveDate)> {
    let (part, year) = match typed.split_once(['-', '/']) {
        None => ("", typed),
        Some((year, part)) if year.len() == 4 => (part, year),
        Some((part, year)) => (part, year),
    };
    let year: i32 = Some(year).filter(|year| year.len() == 4)?.parse().ok()?;
    let (months, nth) = split(part)?;
    let in_year = 12 / months;
    let nth = nth.checked_sub(1).filter(|nth| *nth < in_year)?;
    let from = NaiveDate::from_ymd_opt(year, nth * months + 1, 1)?;
    Some((from, from.checked_add_months(Months::new(months))?.pred_opt()?))
}

/// How many months a part of a year has, and which of them is meant.
fn split(part: &str) -> Option<(u32, u32)> {
    if part.is_empty() {
        return Some((12, 1));
    }
    let names: [(&str, u32); 8] =
        [("quy", 3), ("q", 3), ("h", 6), ("nua", 6), ("thang", 1), ("t", 1), ("m", 1), ("", 1)];
    let (name, months) = names.iter().find(|(name, _)| part.starts_with(name))?;
    let number = &part[name.len()..];
    let nth = match number {
        "i" => 1,
        "ii" => 2,
        "iii" => 3,
        "iv" => 4,
        digits => digits.parse().ok()?,
    };
    Some((*months, nth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_files_and_people_write_them() {
        for (typed, expected) in [
            ("2021", Some(("2021-01-01", "2021-12-31"))),
            ("2021-h1", Some(("2021-01-01", "2021-06-30"))),
            ("2021-h2", Some(("2021-07-01", "2021-12-31"))),
            ("2021-q3", Some(("2021-07-01", "2021-09-30"))),
            ("quyiv/2021", Some(("2021-10-01", "2021-12-31"))),
            ("2024-02", Some(("2024-02-01", "2024-02-29"))),
            ("7/2021", Some(("2021-07-01", "2021-07-31"))),
            ("t12/2021", Some(("2021-12-01", "2021-12-31"))),
            ("13/2021", None),
            ("2021-q5", None),
            ("0/2021", None),
            ("21", None),
            ("", None),
            ("2021-", Some(("2021-01-01", "2021-12-31"))),
        ] {
            let day = |text: &str| text.parse::<NaiveDate>().unwrap();
            assert_eq!(days(typed), expected.map(|(from, to)| (day(from), day(to))), "{typed}");
        }
    }
}
