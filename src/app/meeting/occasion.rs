//! What a deadline leans on when it is said in a meeting: its day, the committee's next meeting, notice, term and
//! holidays. Must not know words.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::app::App;
use crate::domain::committee::Committee;
use crate::domain::deadline::Occasion;
use crate::domain::kinds::Stage;
use crate::domain::meeting::Meeting;
use crate::domain::workdays::Holidays;

impl App {
    /// The occasion of what is said in a meeting.
    pub fn occasion(&self, meeting: &Meeting) -> Occasion {
        let committee = self.committee_of(meeting);
        let day = self.day_of(meeting);
        Occasion {
            day,
            next_meeting: self.next_meeting(meeting, day),
            notice: meeting.papers.iter().find(|paper| paper.kind == "notice").and_then(|paper| paper.date),
            term_end: committee.and_then(Committee::term_end),
            holidays: self.holidays_of(committee),
        }
    }

    /// The occasion of the meeting one is in; without one, today.
    pub fn occasion_here(&self) -> Occasion {
        let today = || self.occasion_on(self.desk.now.wall.date());
        self.current_meeting().map_or_else(today, |meeting| self.occasion(meeting))
    }

    /// A day without a meeting, with the holidays that come with the program and the user's.
    pub fn occasion_on(&self, day: NaiveDate) -> Occasion {
        Occasion::on(day).with_holidays(self.desk.holidays.clone())
    }

    /// The holidays of a committee; those of everyone when it is not known or names none.
    pub fn holidays_of(&self, committee: Option<&Committee>) -> Arc<Holidays> {
        let own = committee.map(|committee| &committee.head.holidays).filter(|own| !own.is_empty());
        own.map_or_else(
            || self.desk.holidays.clone(),
            |own| Arc::new(self.desk.holidays.with_closed(own.iter().map(|day| day.0))),
        )
    }

    /// The day of the committee's first meeting after this one that is only planned.
    fn next_meeting(&self, meeting: &Meeting, day: NaiveDate) -> Option<NaiveDate> {
        let planned = self.library.meetings.iter().map(|listed| &listed.meeting.head).filter(|head| {
            head.committee == meeting.head.committee
                && head.id != meeting.head.id
                && matches!(head.stage, None | Some(Stage::Planned))
        });
        planned.filter_map(|head| head.date).filter(|date| *date > day).min()
    }
}
