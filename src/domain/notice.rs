//! When the notice of a meeting's conclusions must be out. Knows no clock and no screen.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::domain::committee::Committee;
use crate::domain::kinds::{Stage, World};
use crate::domain::meeting::Meeting;

/// Working days for the notice where a committee of the State says nothing itself (Quyết định 45/2018/QĐ-TTg).
const STATE_LIMIT: i64 = 5;
/// More working days than any office gives itself; a longer wish in a file is cut to it.
const LONGEST: i64 = 400;

/// The last day for the notice of a meeting that was held and has none yet. `None` when there is no limit, the meeting
/// was not held, or the notice is out.
pub fn notice_due(meeting: &Meeting, committee: &Committee) -> Option<NaiveDate> {
    if !matches!(meeting.stage(), Stage::Closed | Stage::WithChair | Stage::Approved) {
        return None;
    }
    if meeting.papers.iter().any(|paper| paper.kind == "notice") {
        return None;
    }
    let by_world = (committee.head.world == Some(World::State)).then_some(STATE_LIMIT);
    let limit = committee.head.notice_days.filter(|days| *days >= 0).or(by_world)?;
    let closed = meeting.head.closed.map(|closed| closed.date()).or(meeting.head.date)?;
    let holidays: Vec<NaiveDate> = committee.head.holidays.iter().map(|day| day.0).collect();
    after_working_days(closed, limit, &holidays)
}

/// The day so many working days after `from`: Saturdays, Sundays and holidays are none. The day itself does not count.
pub fn after_working_days(from: NaiveDate, days: i64, holidays: &[NaiveDate]) -> Option<NaiveDate> {
    let works =
        |day: &NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !holidays.contains(day);
    let mut day = from;
    for _ in 0..days.clamp(0, LONGEST) {
        day = day.checked_add_days(Days::new(1))?;
        while !works(&day) {
            day = day.checked_add_days(Days::new(1))?;
        }
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::committee::NaiveDateItem;
    use crate::domain::meeting::Paper;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn weekends_and_holidays_are_no_working_days() {
        // 13 January 2022 is a Thursday.
        for (from, days, holidays, due) in [
            ("2022-01-13", 1, vec![], "2022-01-14"),
            ("2022-01-13", 2, vec![], "2022-01-17"),
            ("2022-01-13", 5, vec![], "2022-01-20"),
            ("2022-01-13", 5, vec!["2022-01-17", "2022-01-18"], "2022-01-24"),
            ("2022-01-15", 1, vec![], "2022-01-17"),
            ("2022-01-13", 0, vec![], "2022-01-13"),
        ] {
            let holidays: Vec<_> = holidays.into_iter().map(day).collect();
            assert_eq!(after_working_days(day(from), days, &holidays), Some(day(due)), "{from} + {days}");
        }
    }

    #[test]
    fn only_a_meeting_held_without_a_notice_has_a_limit() {
        let mut committee = Committee::default();
        let mut meeting = Meeting::default();
        meeting.head.stage = Some(Stage::Closed);
        meeting.head.closed = day("2022-01-13").and_hms_opt(11, 0, 0);
        assert_eq!(notice_due(&meeting, &committee), None, "no limit was set");
        committee.head.world = Some(World::State);
        assert_eq!(notice_due(&meeting, &committee), Some(day("2022-01-20")));
        committee.head.notice_days = Some(2);
        committee.head.holidays = vec![NaiveDateItem(day("2022-01-14"))];
        assert_eq!(notice_due(&meeting, &committee), Some(day("2022-01-18")));
        meeting.head.stage = Some(Stage::Planned);
        assert_eq!(notice_due(&meeting, &committee), None);
        meeting.head.stage = Some(Stage::Approved);
        meeting.papers = vec![Paper { kind: "notice".into(), ..Paper::default() }];
        assert_eq!(notice_due(&meeting, &committee), None);
    }
}
