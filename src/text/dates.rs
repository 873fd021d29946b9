//! Dates and times as offices write them, and the reading of a plainly typed date. Must not know deadlines in words,
//! nor what day it is.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};

use crate::text::fold::fold;

/// `13/01/2022`.
pub fn short(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// `ngày 05 tháng 01 năm 2022`: days under 10 and the months 1 and 2 carry a zero, other months do not
/// (Nghị định 30/2020/NĐ-CP, phụ lục I).
pub fn long(date: NaiveDate) -> String {
    let (day, month, year) = (date.day(), date.month(), date.year());
    match month {
        1 | 2 => format!("ngày {day:02} tháng {month:02} năm {year}"),
        _ => format!("ngày {day:02} tháng {month} năm {year}"),
    }
}

/// `13 Jan 2022`, the English way.
pub fn english(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

/// `08:15`.
pub fn clock(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// `8 giờ 00 phút`, as minutes of meetings tell the time.
pub fn hours(time: NaiveTime) -> String {
    format!("{} giờ {:02} phút", time.hour(), time.minute())
}

/// `05 tháng 01 năm 2024` and `ngày 5 tháng 1 năm 2024`: a date written in full, with or without its zeros.
pub fn read_long(text: &str) -> Option<NaiveDate> {
    let plain = fold(text);
    let words: Vec<&str> = plain.split_whitespace().filter(|word| *word != "ngay").collect();
    let [day, "thang", month, "nam", year] = words[..] else { return None };
    NaiveDate::from_ymd_opt(self::year(year)?, number(month)?, number(day)?)
}

/// A typed date: `15/9`, `15-9`, `15.9.2022`, `15/9/22`, `2026-08-15`. Day before month. Without a year the nearest
/// such day on or after `from`. `None` when it is not a date alone or no such day exists.
pub fn read(text: &str, from: NaiveDate) -> Option<NaiveDate> {
    let numbers: Vec<&str> = text.trim().split(['/', '-', '.']).map(str::trim).collect();
    match numbers.as_slice() {
        [year, month, day] if year.len() == 4 => {
            NaiveDate::from_ymd_opt(self::year(year)?, number(month)?, number(day)?)
        }
        [day, month, year] => NaiveDate::from_ymd_opt(self::year(year)?, number(month)?, number(day)?),
        [day, month] => nearest(number(day)?, number(month)?, from),
        _ => None,
    }
}

/// As [`read`], of something that has happened: without a year the nearest such day on or before `today`.
pub fn read_past(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let numbers: Vec<&str> = text.trim().split(['/', '-', '.']).map(str::trim).collect();
    let [day, month] = numbers.as_slice() else { return read(text, today) };
    let (day, month) = (number(day)?, number(month)?);
    let years = (today.year() - 8..=today.year()).rev();
    years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(|date| *date <= today)
}

/// A typed time of day: `8:20`, `8h20`, `8g20`, `8.20`, `8h`, `0820`, `8 giờ 00 phút`. `None` for anything else, a plain number of one or
/// two digits too: that may mean many things.
pub fn read_time(text: &str) -> Option<NaiveTime> {
    let text = text.trim().to_lowercase();
    if let Some((hour, minute)) = text.split_once(" giờ").or_else(|| text.split_once(" gio")) {
        let minute = minute.trim().trim_end_matches("phút").trim_end_matches("phut").trim();
        let minute = if minute.is_empty() { 0 } else { number(minute)? };
        return NaiveTime::from_hms_opt(number(hour)?, minute, 0);
    }
    let four = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
    let (hour, minute) = match four {
        true => text.split_at_checked(2)?,
        false => text.split_once([':', 'h', 'g', '.'])?,
    };
    let minute = if minute.is_empty() { 0 } else { number(minute)? };
    NaiveTime::from_hms_opt(number(hour)?, minute, 0)
}

/// The nearest existing day of this number and month on or after `from`; for 29 February a leap year.
pub fn nearest(day: u32, month: u32, from: NaiveDate) -> Option<NaiveDate> {
    let years = from.year()..=from.year() + 8;
    years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).find(|date| *date >= from)
}

/// A year of four digits, or of two in this century.
pub fn year(text: &str) -> Option<i32> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    let year: i32 = text.parse().ok().filter(|_| digits)?;
    match text.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn number(text: &str) -> Option<u32> {
    let digits = text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn what_has_happened_was_this_year_or_before() {
        let today = day("2026-03-01");
        for (typed, read) in [
            ("20/2", Some("2026-02-20")),
            ("1/3", Some("2026-03-01")),
            ("15/9", Some("2025-09-15")),
            ("29/2", Some("2024-02-29")),
            ("15/9/2027", Some("2027-09-15")),
            ("31/2", None),
            ("hôm qua", None),
        ] {
            assert_eq!(read_past(typed, today), read.map(day), "{typed}");
        }
    }

    #[test]
    fn official_spellings() {
        for (date, in_short, in_full, in_english) in [
            ("2022-01-13", "13/01/2022", "ngày 13 tháng 01 năm 2022", "13 Jan 2022"),
            ("2024-02-05", "05/02/2024", "ngày 05 tháng 02 năm 2024", "5 Feb 2024"),
            ("2021-03-05", "05/03/2021", "ngày 05 tháng 3 năm 2021", "5 Mar 2021"),
            ("2021-12-29", "29/12/2021", "ngày 29 tháng 12 năm 2021", "29 Dec 2021"),
        ] {
            let date = day(date);
            assert_eq!(
                (short(date).as_str(), long(date).as_str(), english(date).as_str()),
                (in_short, in_full, in_english)
            );
        }
        assert_eq!(hours(NaiveTime::from_hms_opt(8, 0, 0).unwrap()), "8 giờ 00 phút");
        for text in ["ngày 05 tháng 01 năm 2024", "5 tháng 1 năm 2024", "NGAY 5 THANG 1 NAM 2024"] {
            assert_eq!(read_long(text), Some(day("2024-01-05")), "{text}");
        }
        assert_eq!(read_long("ngày 31 tháng 4 năm 2024"), None);
        assert_eq!(clock(NaiveTime::from_hms_opt(8, 15, 59).unwrap()), "08:15");
    }

    #[test]
    fn typed_times_are_read_in_the_ways_offices_write_them() {
        for (text, time) in [
            ("8:20", Some((8, 20))),
            ("08h20", Some((8, 20))),
            ("8g05", Some((8, 5))),
            ("10.45", Some((10, 45))),
            ("8h", Some((8, 0))),
            ("0820", Some((8, 20))),
            ("8 giờ 00 phút", Some((8, 0))),
            ("14 giờ 30", Some((14, 30))),
            ("8 gio", Some((8, 0))),
            ("25 giờ", None),
            ("24:00", None),
            ("8:60", None),
            ("8", None),
            ("25", None),
            ("", None),
            ("8:+1", None),
            ("ốố", None),
        ] {
            let expected = time.and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0));
            assert_eq!(read_time(text), expected, "{text}");
        }
    }

    #[test]
    fn typed_dates_are_read_from_the_meeting_on() {
        for (text, date) in [
            ("15/9", Some("2022-09-15")),
            ("15-9", Some("2022-09-15")),
            (" 15.9.2022 ", Some("2022-09-15")),
            ("2026-08-15", Some("2026-08-15")),
            ("15/9/22", Some("2022-09-15")),
            ("13/1", Some("2022-01-13")),
            ("12/1", Some("2023-01-12")),
            ("29/2", Some("2024-02-29")),
            ("10/1/2022", Some("2022-01-10")),
            ("31/4", None),
            ("29/2/2022", None),
            ("15", None),
            ("", None),
            ("15/+9", None),
            ("23-QĐ/TW", None),
            ("15/9/202", None),
        ] {
            assert_eq!(read(text, day("2022-01-13")), date.map(day), "{text}");
        }
    }
}
