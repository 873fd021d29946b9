//! By when the notice of conclusions goes out, in working days after the closing. Knows no clock and no screen.

use chrono::NaiveDate;

use crate::domain::committee::Committee;
use crate::domain::kinds::{Stage, World};
use crate::domain::meeting::Meeting;
use crate::domain::workdays::Holidays;

/// Working days where a State committee does not say (Quyết định 45/2018/QĐ-TTg).
const STATE_RULE: i64 = 5;
/// No rule counts further; a slip in a file must not count for ever.
const MOST_DAYS: i64 = 366;

/// The last day for the notice: `notice_days` working days after the closing. `None` while the meeting goes on, when
/// its notice is out, or when the committee has no such rule.
pub fn due(meeting: &Meeting, committee: &Committee, holidays: &Holidays) -> Option<NaiveDate> {
    if !matches!(meeting.stage(), Stage::Closed | Stage::WithChair | Stage::Approved) || is_out(meeting) {
        return None;
    }
    let of_state = (committee.head.world == Some(World::State)).then_some(STATE_RULE);
    let days = committee.head.notice_days.or(of_state).filter(|days| (1..=MOST_DAYS).contains(days))?;
    let closed = meeting.head.closed.map(|at| at.date()).or(meeting.head.date)?;
    holidays.after(closed, usize::try_from(days).ok()?).map(|counted| counted.day)
}

fn is_out(meeting: &Meeting) -> bool {
    meeting.papers.iter().any(|paper| paper.kind == "notice")
}

#[cfg(test)]
mod tests {
    use super::*;
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

    fn committee(notice_days: i64) -> Committee {
        let mut committee = Committee::default();
        committee.head.notice_days = Some(notice_days);
        committee
    }

    fn closed_on(days: &[&str]) -> Holidays {
        Holidays::default().with_closed(days.iter().map(|text| day(text)))
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
            let found = due(&closed(on), &committee(days), &closed_on(&holidays));
            assert_eq!(found, Some(day(expected)), "{on} and {days} days");
        }
    }

    #[test]
    fn only_a_closed_meeting_without_a_notice_has_one_due() {
        let (committee, holidays) = (committee(5), Holidays::default());
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
            assert_eq!(due(&meeting, &committee, &holidays).is_some(), expected, "{stage:?}");
        }
        let mut meeting = closed("2026-11-12");
        meeting.papers.push(Paper { kind: "minutes".into(), ..Paper::default() });
        assert!(due(&meeting, &committee, &holidays).is_some());
        meeting.papers.push(Paper { kind: "notice".into(), ..Paper::default() });
        assert_eq!(due(&meeting, &committee, &holidays), None);
    }

    #[test]
    fn a_committee_without_the_rule_has_none_unless_the_state_gives_one() {
        let meeting = closed("2026-11-12");
        let (mut committee, holidays) = (Committee::default(), Holidays::default());
        assert_eq!(due(&meeting, &committee, &holidays), None);
        committee.head.world = Some(World::State);
        assert_eq!(due(&meeting, &committee, &holidays), Some(day("2026-11-19")));
        committee.head.notice_days = Some(-3);
        assert_eq!(due(&meeting, &committee, &holidays), None);
    }
}
