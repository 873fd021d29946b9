//! Days of months, quarters, years and weeks. Must not know words.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::{Hit, Rule};

/// A part of a month, quarter, year or week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    First,
    Middle,
    Last,
    /// Thượng tuần: up to the tenth.
    FirstTen,
    /// Trung tuần: up to the twentieth.
    MiddleTen,
    /// "Những tháng đầu năm": nobody says how many; the first is meant at least.
    FirstMonths,
    Whole,
}

/// The last day on time of a part of a month (Civil Code 2015, article 146, and custom for the three tuần).
pub(super) fn in_month(year: i32, month: u32, part: Part) -> Option<NaiveDate> {
    match part {
        Part::First | Part::FirstMonths => NaiveDate::from_ymd_opt(year, month, 1),
        Part::Middle => NaiveDate::from_ymd_opt(year, month, 15),
        Part::FirstTen => NaiveDate::from_ymd_opt(year, month, 10),
        Part::MiddleTen => NaiveDate::from_ymd_opt(year, month, 20),
        Part::Last | Part::Whole => {
            NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt()
        }
    }
}

/// The last day on time of a part of a quarter, by analogy with the month.
pub(super) fn in_quarter(year: i32, quarter: u32, part: Part) -> Option<NaiveDate> {
    match part {
        Part::First | Part::FirstTen | Part::FirstMonths => in_month(year, quarter * 3 - 2, Part::First),
        Part::Middle | Part::MiddleTen => in_month(year, quarter * 3 - 1, Part::Middle),
        Part::Last | Part::Whole => in_month(year, quarter * 3, Part::Last),
    }
}

/// The last day on time of a part of a year (article 146: the middle is 30 June).
pub(super) fn in_year(year: i32, part: Part) -> Option<NaiveDate> {
    match part {
        Part::First | Part::FirstTen => in_month(year, 1, Part::First),
        Part::FirstMonths => in_month(year, 1, Part::Last),
        Part::Middle | Part::MiddleTen => in_month(year, 6, Part::Last),
        Part::Last | Part::Whole => in_month(year, 12, Part::Last),
    }
}

/// A day in the week that many weeks after the one of `from`; weeks start on Monday.
pub(super) fn in_week(from: NaiveDate, weeks: u64, day: Weekday) -> Option<NaiveDate> {
    let monday = from.checked_sub_days(Days::new(from.weekday().num_days_from_monday().into()))?;
    monday.checked_add_days(Days::new(weeks * 7 + u64::from(day.num_days_from_monday())))
}

/// The next such weekday strictly after `from`.
pub(super) fn next_weekday(from: NaiveDate, day: Weekday) -> Option<NaiveDate> {
    in_week(from, 0, day).filter(|date| *date > from).or_else(|| in_week(from, 1, day))
}

/// The year and month so many months after the one of `from`.
pub(super) fn month_after(from: NaiveDate, months: u32) -> Option<(i32, u32)> {
    let date = from.with_day(1)?.checked_add_months(Months::new(months))?;
    Some((date.year(), date.month()))
}

/// The year and quarter so many quarters after the one of `from`.
pub(super) fn quarter_after(from: NaiveDate, quarters: u32) -> Option<(i32, u32)> {
    let (year, month) = month_after(from, quarters * 3)?;
    Some((year, month.div_ceil(3)))
}

/// A hit on a day; without a year that was said, the first of this and the next year that is not past, and then
/// unsure if that is the next.
pub(super) fn rolled(
    end: usize,
    said: Option<i32>,
    from: NaiveDate,
    rule: Rule,
    day: impl Fn(i32) -> Option<NaiveDate>,
) -> Option<Hit> {
    if let Some(year) = said {
        return Some(Hit::fixed(end, day(year)?, rule));
    }
    let this = day(from.year())?;
    let date = if this >= from { this } else { day(from.year() + 1)? };
    Some(Hit::fixed(end, date, rule).doubted_if(date != this))
}

/// A day so many months after another: on the same day number, or the last of a shorter month (Civil Code 2015,
/// article 148).
pub(super) fn months_later(from: NaiveDate, months: u32) -> Option<NaiveDate> {
    from.checked_add_months(Months::new(months))
}
