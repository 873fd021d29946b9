//! By when the notice of conclusions goes out, in working days after the closing. Knows no clock and no screen.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::domain::committee::Committee;
use crate::domain::kinds::{Stage, World};
use crate::domain::meeting::Meeting;

/// Working days where a State committee does not say (Quyết định 45/2018/QĐ-TTg).
const STATE_RULE: i64 = 5;
/// No rule counts further; a slip in a file must not count for ever.
const MOST_DAYS: i64 = 366;

/// The last day for the notice: `notice_days` working days after the closing. `None` while the meeting goes on, when
/// its notice is out, or when the committee has no such rule.
pub fn due(meeting: &Meeting, committee: &Committee) -> Option<NaiveDate> {
    if !matches!(meeting.stage(), Stage::Closed | Stage::WithChair | Stage::Approved) || is_out(meeting) {
        return None;
    }
    let of_state = (committee.head.world == Some(World::State)).then_some(STATE_RULE);
    let days = committee.head.notice_days.or(of_state).filter(|days| (1..=MOST_DAYS).contains(days))?;
    let closed = meeting.head.closed.map(|at| at.date()).or(meeting.head.date)?;
    let working = closed.iter_days().skip(1).filter(|day| is_working_day(*day, committee));
    working.take(MOST_DAYS as usize).nth(days as usize - 1)
}

/// Working days from the day after `from` to `to`; negative when `to` is past.
pub fn working_days(from: NaiveDate, to: NaiveDate, committee: &Committee) -> i64 {
    let (first, last, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
    let days = first.iter_days().skip(1).take_while(|day| *day <= last).take(10 * MOST_DAYS as usize);
    sign * days.filter(|day| is_working_day(*day, committee)).count() as i64
}

/// Neither Saturday nor Sunday nor a holiday of the committee.
pub fn is_working_day(day: NaiveDate, committee: &Committee) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    !weekend && !committee.head.holidays.iter().any(|holiday| holiday.0 == day)
}

fn is_out(meeting: &Meeting) -> bool {
    meeting.papers.iter().any(|paper| paper.kind == "notice")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::committee::NaiveDateItem;
    use crate::domain::meeting::Paper;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn closed(on: &str) -> Meeting {
        let mut meeting = Meeting::default();
        meeting.head.stage = Some(Stage::Closed);
        meeting.head.closed = day(on).and_hms_opt(11, 0, 0);
        meeting
    }

    fn committee(notice_days: i64, holidays: &[&str]) -> Committee {
        let mut committee = Committee::default();
        committee.head.notice_days = Some(notice_days);
        committee.head.holidays = holidays.iter().map(|text| NaiveDateItem(day(text))).collect();
        committee
    }

    #[test]
    fn weekends_and_holidays_do_not_count() {
        for (on, days, holidays, expected) in [
            ("2026-11-12", 5, vec![], "2026-11-19"),
            ("2026-11-12", 1, vec![], "2026-11-13"),
            ("2026-11-13", 1, vec![], "2026-11-16"),
            ("2026-11-14", 1, vec![], "2026-11-16"),
            ("2026-04-28", 3, vec!["2026-04-30", "2026-05-01"], "2026-05-05"),
            ("2026-11-13", 1, vec!["2026-11-14", "2026-11-16"], "2026-11-17"),
        ] {
            let found = due(&closed(on), &committee(days, &holidays));
            assert_eq!(found, Some(day(expected)), "{on} and {days} days");
        }
    }

    #[test]
    fn only_a_closed_meeting_without_a_notice_has_one_due() {
        let committee = committee(5, &[]);
        for (stage, expected) in [
            (Stage::Live, false),
            (Stage::Planned, false),
            (Stage::Cancelled, false),
            (Stage::Closed, true),
            (Stage::WithChair, true),
            (Stage::Approved, true),
            (Stage::Issued, false),
        ] {
            let mut meeting = closed("2026-11-12");
            meeting.head.stage = Some(stage);
            assert_eq!(due(&meeting, &committee).is_some(), expected, "{stage:?}");
        }
        let mut meeting = closed("2026-11-12");
        meeting.papers.push(Paper { kind: "minutes".into(), ..Paper::default() });
        assert!(due(&meeting, &committee).is_some());
        meeting.papers.push(Paper { kind: "notice".into(), ..Paper::default() });
        assert_eq!(due(&meeting, &committee), None);
    }

    #[test]
    fn a_committee_without_the_rule_has_none_unless_the_state_gives_one() {
        let meeting = closed("2026-11-12");
        let mut committee = Committee::default();
        assert_eq!(due(&meeting, &committee), None);
        committee.head.world = Some(World::State);
        assert_eq!(due(&meeting, &committee), Some(day("2026-11-19")));
        committee.head.notice_days = Some(-3);
        assert_eq!(due(&meeting, &committee), None);
    }

    #[test]
    fn days_left_are_counted_both_ways() {
        let committee = committee(5, &["2026-11-16"]);
        let left = |to| working_days(day("2026-11-13"), day(to), &committee);
        assert_eq!(["2026-11-13", "2026-11-17", "2026-11-12"].map(left), [0, 1, -1]);
    }
}
