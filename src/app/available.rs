//! Which commands have something to work on now: the footer offers no others. Reads state, changes nothing; a command
//! it does not know about always works. Knows no drawing.

use crate::app::board::BoardView;
use crate::app::command::{Command, Context};
use crate::app::committee::tab::Tab;
use crate::app::followup::Verb;
use crate::app::form::Answer;
use crate::app::meeting::Focus;
use crate::app::popup::{Page, Popup, Then};
use crate::app::roll::Chosen;
use crate::app::{App, Place, view};
use crate::domain::gaps;
use crate::domain::kinds::{Presence, Stage};
use crate::domain::roll;

impl App {
    /// Whether the command, asked for by its key here and now, would do something.
    pub fn works_now(&self, command: Command) -> bool {
        match command {
            Command::Undo => self.can_undo(),
            Command::Roll => !self.meeting.id.is_empty(),
            Command::Help => !self.helps_already(),
            _ if !self.popups.is_empty() => self.works_in_popup(command),
            _ => match self.place {
                Place::Meeting => self.works_in_meeting(command),
                Place::Home => self.works_in_home(command),
                Place::Board => self.works_on_board(command),
                Place::Roll => self.works_in_roll(command),
                Place::Committee => self.works_in_committee(command),
            },
        }
    }

    fn helps_already(&self) -> bool {
        matches!(self.popups.last(), Some(Popup::Picker { title: "picker.help", .. }))
    }

    fn can_undo(&self) -> bool {
        self.field_in_front().is_some_and(|field| field.can_undo()) || self.sessions.can_undo()
    }

    fn works_in_popup(&self, command: Command) -> bool {
        match self.popups.last() {
            Some(Popup::Picker { picker, then, .. }) => match command {
                _ if self.plan_list().is_some() && command.context() == Context::Plan => {
                    self.works_in_plan(command, picker.chosen().is_some())
                }
                // A name that nobody in the list has is taken as typed.
                Command::Choose => {
                    picker.chosen().is_some()
                        || (matches!(then, Then::Speaker(_) | Then::TableFile) && !picker.query.is_empty())
                }
                Command::Up | Command::Down => picker.shown.len() > 1,
                _ => true,
            },
            Some(Popup::Form { form, .. }) => match command {
                Command::PickName => self.has_names(),
                Command::NextField | Command::PreviousField => form.fields.len() > 1,
                Command::NextChoice | Command::PreviousChoice => {
                    let answer = form.fields.get(form.focus).map(|field| &field.answer);
                    matches!(answer, Some(Answer::Choice { words, .. }) if words.len() > 1)
                }
                _ => true,
            },
            Some(Popup::Page(page)) => match command {
                Command::Choose => page.can_be_chosen(),
                Command::Up | Command::Down | Command::ListPageDown => page.lines.len() > 1,
                Command::FactRemove | Command::FactAdd | Command::FactHeard => !self.is_locked(),
                Command::FactUp | Command::FactDown => !self.is_locked() && page.lines.len() > 2,
                _ => true,
            },
            Some(Popup::Split(_)) | None => true,
        }
    }

    fn works_in_plan(&self, command: Command, is_chosen: bool) -> bool {
        let adds = matches!(command, Command::PlanAdd | Command::PlanAnew);
        !self.is_locked_out(command) && (adds || is_chosen)
    }

    fn works_in_meeting(&self, command: Command) -> bool {
        let Some(meeting) = self.current_meeting() else { return true };
        if self.is_locked_out(command) {
            return false;
        }
        let is_typed = !self.meeting.line.text().trim().is_empty();
        match command {
            Command::Record => {
                let waits = matches!(meeting.stage(), Stage::Planned | Stage::Paused);
                is_typed || waits || self.meeting.editing.is_some()
            }
            Command::Task | Command::Conclusion | Command::Split => is_typed || !meeting.notes.is_empty(),
            Command::NextGap => gaps::has_gaps(meeting),
            Command::SelectUp => !meeting.notes.is_empty() || self.meeting.focus != Focus::Line,
            Command::SelectDown => self.meeting.focus != Focus::Line || !self.unsaid().is_empty(),
            Command::LineUp | Command::LineDown => meeting.notes.len() > 1,
            Command::JoinLines => self.selected_notes().len() > 1,
            Command::TaskOnBoard => {
                let chosen = self.selected_notes();
                let told = |note: &String| meeting.note(note).is_some_and(|note| !note.task.is_empty());
                meeting.tasks.iter().any(|task| chosen.contains(&task.note)) || chosen.iter().any(told)
            }
            _ => true,
        }
    }

    fn works_in_home(&self, command: Command) -> bool {
        match command {
            Command::OpenEntry => !view::home_rows(self).is_empty(),
            Command::Up | Command::Down => view::home_rows(self).len() > 1,
            Command::NewMeeting => !self.library.committees.is_empty(),
            Command::NextStage => !self.library.meetings.is_empty(),
            Command::NextCommittee => self.library.committees.len() > 1,
            Command::Committee => !self.library.committees.is_empty(),
            Command::Postpone | Command::CallOff => self.recallable().is_some(),
            Command::EditHead => self
                .meeting_meant()
                .and_then(|id| view::meeting(self, &id))
                .is_some_and(|meeting| !meeting.stage().is_locked()),
            _ => true,
        }
    }

    fn works_on_board(&self, command: Command) -> bool {
        if let Some(verb) = Verb::of(command) {
            return self.verb_tasks().iter().any(|task| self.suits(verb, task));
        }
        match command {
            Command::Jump => view::board::board_row(self, &self.board.selected)
                .is_some_and(|row| row.meeting.note(&row.task.note).is_some()),
            Command::ChainOn | Command::ChainBack => view::task::chain(self, &self.board.selected).len() > 1,
            Command::Filters => self.board.saved.as_ref().is_some_and(|saved| !saved.is_empty()),
            Command::Up | Command::Down if self.board.view == BoardView::Detail => self.detail_overflow() > 0,
            _ => true,
        }
    }

    fn works_in_roll(&self, command: Command) -> bool {
        let Some(meeting) = self.current_meeting() else { return true };
        if self.is_locked_out(command) {
            return false;
        }
        let is_seat = matches!(self.roll.selected, Chosen::Seat(_));
        let is_uncalled = |seat: &crate::domain::meeting::Seat| roll::presence(seat) == Presence::Unmarked;
        match command {
            Command::RollLine => !self.roll.line.is_empty(),
            Command::MarkRepresented
            | Command::MarkLate
            | Command::MarkLeft
            | Command::MarkUnmarked
            | Command::EditStay => is_seat,
            Command::RemoveSeat | Command::SeatUp | Command::SeatDown => {
                self.roll.selected != Chosen::Nothing
            }
            Command::MarkPresent | Command::MarkOnline => match &self.roll.selected {
                // A site without names is asked for its line, one with names for those not called yet.
                Chosen::Site(site) => {
                    let mut seats = meeting.seats.iter().filter(|seat| seat.site == *site).peekable();
                    seats.peek().is_none() || seats.any(is_uncalled)
                }
                Chosen::Seat(_) => true,
                Chosen::Nothing => false,
            },
            Command::MarkExcused | Command::MarkUnexcused => match &self.roll.selected {
                Chosen::Site(site) => {
                    meeting.seats.iter().any(|seat| seat.site == *site && is_uncalled(seat))
                }
                Chosen::Seat(_) => true,
                Chosen::Nothing => false,
            },
            Command::EditRow => self.roll.selected != Chosen::Nothing,
            Command::RestPresent => meeting.seats.iter().any(is_uncalled),
            Command::SitePresent => {
                let site = self.chosen_site();
                meeting.seats.iter().any(|seat| seat.site == site && is_uncalled(seat))
            }
            Command::NotCalledYet => !meeting.seats.is_empty(),
            _ => true,
        }
    }

    fn works_in_committee(&self, command: Command) -> bool {
        match command {
            Command::EntryEdit
            | Command::NewPost
            | Command::UnitRename
            | Command::UnitMerge
            | Command::EntryRemove
            | Command::EntryUp
            | Command::EntryDown => self.chosen_spot().is_some(),
            Command::EntryAdd => self.committee.tab != Tab::Settings,
            _ => true,
        }
    }
}

impl Page {
    /// Whether Enter on the page does something beyond closing it.
    fn can_be_chosen(&self) -> bool {
        match self.then {
            Then::Close | Then::TakeRoster(_) => true,
            Then::Read => false,
            _ => self.lines.get(self.selected).is_some_and(|line| !line.reference.is_empty()),
        }
    }
}
