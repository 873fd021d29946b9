//! Working days: weekends, holidays, days worked in exchange, and whether the calendar of those days is known. Must not
//! know meetings, deadlines or where the table of holidays comes from.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// No rule counts further; a slip of the pen must not count for ever.
const MOST_DAYS: usize = 4000;
/// Days round the first day of the lunar year on which offices may be closed: (before, after).
const TET_WINDOW: (u64, u64) = (4, 7);

/// The days on which offices are closed. Empty, only weekends are free.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holidays {
    /// Month and day of what is closed every year.
    pub every_year: Vec<(u32, u32)>,
    /// First days of lunar years.
    pub tet: Vec<NaiveDate>,
    /// Days of Giỗ Tổ Hùng Vương.
    pub gio_to: Vec<NaiveDate>,
    /// Years whose closing days have been announced.
    pub decided: Vec<i32>,
    /// Closed by announcement, or by the committee.
    pub closed: Vec<NaiveDate>,
    /// Weekend days that are worked.
    pub worked: Vec<NaiveDate>,
}

/// A day that was counted to, and whether every day on the way is known to be free or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    pub day: NaiveDate,
    pub sure: bool,
}

impl Holidays {
    /// With days that a committee is closed on as well.
    pub fn with_closed(&self, more: impl IntoIterator<Item = NaiveDate>) -> Holidays {
        let mut all = self.clone();
        all.closed.extend(more);
        all
    }

    /// Whether offices work on this day.
    pub fn is_working(&self, day: NaiveDate) -> bool {
        if self.worked.contains(&day) {
            return true;
        }
        let by_law = self.is_open_year(day) && self.by_law(day);
        !(is_weekend(day) || self.closed.contains(&day) || by_law)
    }

    /// The first working day on or after `day`.
    pub fn next_working(&self, day: NaiveDate) -> Counted {
        let mut sure = true;
        for candidate in day.iter_days().take(MOST_DAYS) {
            sure &= self.is_known(candidate);
            if self.is_working(candidate) {
                return Counted { day: candidate, sure };
            }
        }
        Counted { day, sure: false }
    }

    /// The working day that many after `from`, which is not counted itself (Civil Code 2015, article 147). `None`
    /// beyond what any rule counts.
    pub fn after(&self, from: NaiveDate, days: usize) -> Option<Counted> {
        let (mut left, mut sure) = (days, true);
        if days == 0 {
            return Some(Counted { day: from, sure });
        }
        for day in from.iter_days().skip(1).take(MOST_DAYS) {
            sure &= self.is_known(day);
            left -= usize::from(self.is_working(day));
            if left == 0 {
                return Some(Counted { day, sure });
            }
        }
        None
    }

    /// Working days from the day after `from` to `to`; negative when `to` is past.
    pub fn between(&self, from: NaiveDate, to: NaiveDate) -> i64 {
        let (first, last, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
        let days = first.iter_days().skip(1).take_while(|day| *day <= last).take(MOST_DAYS);
        sign * days.filter(|day| self.is_working(*day)).count() as i64
    }

    /// The first day of the lunar year that begins in `year`.
    pub fn tet_of(&self, year: i32) -> Option<NaiveDate> {
        self.tet.iter().copied().find(|day| day.year() == year)
    }

    /// Giỗ Tổ Hùng Vương in `year`.
    pub fn gio_to_of(&self, year: i32) -> Option<NaiveDate> {
        self.gio_to.iter().copied().find(|day| day.year() == year)
    }

    fn is_open_year(&self, day: NaiveDate) -> bool {
        !self.decided.contains(&day.year())
    }

    /// Closed by the Labour Code, article 112, in a year without an announcement: fixed days, five days at Tết from its eve on,
    /// Giỗ Tổ, and the next working day for one that falls on a weekend.
    fn by_law(&self, day: NaiveDate) -> bool {
        if self.is_feast(day) {
            return true;
        }
        // A Monday or Tuesday may stand for a feast of the weekend before it.
        let behind = u64::from(day.weekday().num_days_from_monday());
        let weekend = (1..=2).filter_map(|back| day.checked_sub_days(Days::new(behind + back)));
        let moved = weekend.filter(|free| self.is_feast(*free)).count();
        let earlier = (1..=behind).filter_map(|back| day.checked_sub_days(Days::new(back)));
        let open = earlier.filter(|earlier| !self.is_feast(*earlier)).count();
        moved > open
    }

    fn is_feast(&self, day: NaiveDate) -> bool {
        let fixed = self.every_year.contains(&(day.month(), day.day()));
        let tet = self.tet_of(day.year()).is_some_and(|first| (-1..=3).contains(&(day - first).num_days()));
        fixed || tet || self.gio_to.contains(&day)
    }

    /// Whether it is settled that this day is free or not: in years without an announcement the days round Tết, the second day
    /// of 2 September, and the lunar feasts of years outside the table are not.
    fn is_known(&self, day: NaiveDate) -> bool {
        if is_weekend(day) || self.closed.contains(&day) || !self.is_open_year(day) || self.tet.is_empty() {
            return true;
        }
        let beside_national_day = day.month() == 9 && matches!(day.day(), 1 | 3);
        !beside_national_day && !self.is_undecided_tet(day) && !self.is_unknown_gio_to(day)
    }

    fn is_undecided_tet(&self, day: NaiveDate) -> bool {
        let (first, last) = match self.tet_of(day.year()) {
            Some(tet) => (tet - Days::new(TET_WINDOW.0), tet + Days::new(TET_WINDOW.1)),
            None => return (day.month() == 1 && day.day() > 16) || (day.month() == 2 && day.day() < 28),
        };
        // A committee that has written down a closed day there has settled it.
        let settled = self.closed.iter().any(|closed| (first..=last).contains(closed));
        (first..=last).contains(&day) && !settled
    }

    fn is_unknown_gio_to(&self, day: NaiveDate) -> bool {
        day.month() == 4 && self.gio_to_of(day.year()).is_none()
    }
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}
