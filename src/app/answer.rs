//! What keys do in a pop-up, and where its answer goes. Dispatch only. Knows no drawing.

use crate::app::App;
use crate::app::command::Command;
use crate::app::committee::Unusable;
use crate::app::effect::Effect;
use crate::app::form::Form;
use crate::app::picker::Entry;
use crate::app::plan::PlanList;
use crate::app::popup::{Page, Popup, Target, Then, Tone, Walk};
use crate::app::roster::read_sheet;
use crate::domain::fact::FactKind;

impl App {
    /// A command while a pop-up is open; `None` when the pop-up lets it pass.
    pub fn run_in_popup(&mut self, command: Command) -> Option<Vec<Effect>> {
        match self.popups.last()? {
            Popup::Picker { .. } => self.run_in_picker(command),
            Popup::Form { .. } => self.run_in_form(command),
            Popup::Split(_) => self.run_in_split(command),
            Popup::Page(_) => self.run_in_page(command),
        }
    }

    fn run_in_picker(&mut self, command: Command) -> Option<Vec<Effect>> {
        let Some(Popup::Picker { picker, .. }) = self.popups.last_mut() else { return None };
        match command {
            Command::Up => picker.step(-1),
            Command::Down => picker.step(1),
            Command::ListPageUp => picker.step(-10),
            Command::ListPageDown => picker.step(10),
            Command::First => picker.selected = 0,
            Command::Last => picker.step(isize::MAX),
            // Of sites Enter opens the form; the list stays below.
            Command::Choose if matches!(self.plan_list(), Some((PlanList::Sites, _))) => {
                return self.run_in_plan(Command::PlanEdit);
            }
            Command::Choose => return Some(self.chosen()),
            other => return self.run_in_plan(other),
        }
        Some(Vec::new())
    }

    fn chosen(&mut self) -> Vec<Effect> {
        let Some(Popup::Picker { picker, then, .. }) = self.popups.pop() else { return Vec::new() };
        let (entry, selected) = (picker.chosen().cloned(), picker.selected);
        let typed = picker.query.text().trim().to_owned();
        match then {
            Then::Speaker(target) => self.speaker_chosen(entry, typed, target),
            Then::Item(target) => match (entry, target) {
                (Some(entry), Target::Line) => self.start_item(&entry.id),
                (Some(entry), Target::Notes(notes)) => self.move_to_item(&notes, &entry.id),
                (None, _) => Vec::new(),
            },
            Then::ItemFrom(note) => entry.map_or(Vec::new(), |entry| self.item_from(&note, &entry.id)),
            Then::Kind(Target::Notes(notes)) => {
                entry.map_or(Vec::new(), |entry| self.set_kind(&notes, &entry.id))
            }
            Then::Command => self.command_chosen(entry, &typed),
            Then::ReassignTo(tasks) => entry.map_or(Vec::new(), |entry| self.reassign_to(tasks, entry.id)),
            Then::Filter => entry.map_or(Vec::new(), |entry| self.filter_chosen(&entry.id)),
            Then::ForgetFilter => entry.map_or(Vec::new(), |entry| self.forget_filter(&entry.id)),
            Then::AmendPart => entry.map_or(Vec::new(), |entry| self.part_chosen(&entry.id)),
            Then::Conflict(id) => entry.map_or(Vec::new(), |entry| self.settle_conflict(&id, &entry.id)),
            Then::BringBack(gone) => entry.map_or(Vec::new(), |entry| self.bring_back(&gone, &entry.id)),
            Then::AddSeat => self.seat_chosen(entry, &typed),
            Then::Hit => self.go_to_hit(entry, selected),
            Then::Committee(then) => self.committee_chosen(then, entry),
            Then::Plan(then) => self.plan_chosen(then, entry, &typed),
            Then::TableFile => self.table_chosen(entry.map_or(typed, |entry| entry.id)),
            Then::Sheet(path) => entry.map_or(Vec::new(), |entry| read_sheet(path, entry.id)),
            _ => Vec::new(),
        }
    }

    /// A name that nobody in the list has is a guest's; it is taken as typed.
    fn speaker_chosen(&mut self, entry: Option<Entry>, typed: String, target: Target) -> Vec<Effect> {
        let speaker = entry.map_or(typed, |entry| entry.id);
        match target {
            _ if speaker.is_empty() => Vec::new(),
            Target::Line => self.set_speaker(speaker),
            Target::Notes(notes) => self.set_speaker_of(&notes, &speaker),
        }
    }

    /// A command by its list entry; words that begin with a command's slash word carry its argument.
    fn command_chosen(&mut self, entry: Option<Entry>, typed: &str) -> Vec<Effect> {
        if let Some((command, argument)) = self.slash_command(typed) {
            return self.run(command, &argument);
        }
        let command = entry.and_then(|entry| Command::from_name(&entry.id));
        command.map_or(Vec::new(), |command| self.run(command, ""))
    }

    fn run_in_form(&mut self, command: Command) -> Option<Vec<Effect>> {
        let Some(Popup::Form { form, .. }) = self.popups.last_mut() else { return None };
        match command {
            Command::NextField => form.step(1),
            Command::PreviousField => form.step(-1),
            Command::NextChoice => drop(form.turn(1)),
            Command::PreviousChoice => drop(form.turn(-1)),
            Command::Accept => return Some(self.form_accepted()),
            Command::PickName => return Some(self.pick_name()),
            _ => return None,
        }
        Some(self.form_changed())
    }

    fn form_accepted(&mut self) -> Vec<Effect> {
        let Some(Popup::Form { title, mut form, then }) = self.popups.pop() else { return Vec::new() };
        form.normalise();
        match then {
            Then::TaskFields { meeting, task, walk } => {
                let answer = self.task_answered(&meeting, &task, &form);
                let used = answer.is_ok();
                let then = Then::TaskFields { meeting, task, walk };
                let mut effects = self.or_again(answer, title, form, then);
                if used && walk == Walk::Gaps {
                    effects.extend(self.next_gap());
                }
                effects
            }
            Then::ClauseFields => self.clause_answered(&form),
            Then::Fact { kind, known } => {
                let answer = self.fact_answered(kind, known.as_deref(), &form);
                self.or_again(answer, title, form, Then::Fact { kind, known })
            }
            Then::Conclusions(ids) => {
                let answer = self.conclusions_answered(&ids, &form);
                self.or_again(answer, title, form, Then::Conclusions(ids))
            }
            Then::LineTime(notes) => {
                let answer = self.retime(&notes, form.text("line_time"));
                self.or_again(answer, title, form, Then::LineTime(notes))
            }
            Then::Approval => {
                self.again_unless(form, "form.approval", Then::Approval, App::approval_answered)
            }
            Then::Amendment(amending) => {
                let then = Then::Amendment(amending.clone());
                self.again_unless(form, "form.amendment", then, |app, form| {
                    app.amendment_answered(&amending, form)
                })
            }
            Then::Paper(proposed) => {
                self.again_unless(form, "form.paper", Then::Paper(proposed), App::paper_answered)
            }
            Then::Report(tasks) => self.report_answered(&tasks, &form),
            Then::Extension(tasks) => self.extension_answered(&tasks, &form),
            Then::FollowUp(verb, tasks) => self.followup_answered(verb, &tasks, &form),
            Then::Reassign { tasks, meeting } => self.reassignment_answered(&tasks, &meeting, &form),
            Then::FilterName => self.save_filter(form.text("filter_name")),
            Then::Substitute(seat) => self.substitute_answered(&seat, &form),
            Then::Reason(seat) => self.reason_answered(&seat, &form),
            Then::Committee(then) => self.committee_form_answered(title, then, form),
            Then::Plan(then) => self.plan_form_answered(title, then, form),
            Then::Seat(seat) => {
                let answer = self.seat_answered(&seat, &form);
                self.or_again(answer, "form.seat", form, Then::Seat(seat))
            }
            Then::Stay(seat) => {
                let answer = self.stay_answered(&seat, &form);
                self.or_again(answer, "form.stay", form, Then::Stay(seat))
            }
            Then::NewMeeting => {
                let answer = self.meeting_answered(&form);
                self.or_again(answer, "form.meeting", form, Then::NewMeeting)
            }
            Then::NewCommittee => {
                let answer = self.committee_answered(&form);
                self.or_again(answer, "form.committee", form, Then::NewCommittee)
            }
            Then::Postpone(id) => {
                let answer = self.postpone_answered(&id, &form);
                self.or_again(answer, "form.postpone", form, Then::Postpone(id))
            }
            Then::CallOff(id) => {
                let answer = self.call_off_answered(&id, &form);
                self.or_again(answer, "form.call_off", form, Then::CallOff(id))
            }
            _ => Vec::new(),
        }
    }

    /// A form whose answers could not be used comes back at its place among the layers, with the caret in the field at
    /// fault, and why is told.
    pub fn ask_again(
        &mut self,
        at: usize,
        title: &'static str,
        then: Then,
        mut form: Form,
        unusable: Unusable,
    ) -> Vec<Effect> {
        if let Some(at) = form.fields.iter().position(|field| Some(field.key) == unusable.label) {
            form.focus = at;
        }
        self.popups.insert(at.min(self.popups.len()), Popup::Form { title, form, then });
        self.form_changed();
        self.tell(unusable.news, Tone::Warning)
    }

    /// A form whose answers were refused stays open with them, and why is told.
    fn or_again(
        &mut self,
        answer: Result<Vec<Effect>, &'static str>,
        title: &'static str,
        form: Form,
        then: Then,
    ) -> Vec<Effect> {
        answer.unwrap_or_else(|why| {
            let mut form = form;
            // What was refused is typed anew.
            if let Some(field) = form.focused() {
                field.select_all();
            }
            self.popups.push(Popup::Form { title, form, then });
            self.form_changed();
            self.tell(why, Tone::Warning)
        })
    }

    /// A form whose answers could not be used stays open with them.
    fn again_unless(
        &mut self,
        form: Form,
        title: &'static str,
        then: Then,
        answered: impl FnOnce(&mut App, &Form) -> Vec<Effect>,
    ) -> Vec<Effect> {
        let effects = answered(self, &form);
        if effects.is_empty() {
            self.popups.push(Popup::Form { title, form, then });
        }
        effects
    }

    /// After each change in a form: what its answers mean, and the one-key confirmation "no deadline was stated".
    pub fn form_changed(&mut self) -> Vec<Effect> {
        self.paper_form_changed();
        let Some(Popup::Form { form, then, .. }) = self.popups.last() else { return Vec::new() };
        let at_due = form.fields.get(form.focus).is_some_and(|field| field.key == "due");
        let confirmed = at_due && matches!(form.text("due"), "-" | "*");
        let fresh_key = form.fields.get(form.focus).is_some_and(crate::app::form::FormField::is_just_typed);
        if confirmed && fresh_key && matches!(then, Then::TaskFields { walk: Walk::Gaps, .. }) {
            return self.form_accepted();
        }
        let echo = match then {
            Then::TaskFields { meeting, task, .. } => {
                self.task_echo(form, self.sessions.meeting(meeting), task)
            }
            Then::ClauseFields => self.task_echo(form, self.current_meeting(), ""),
            Then::Fact { kind: FactKind::Vote, .. } => self.vote_echo(form),
            Then::Fact { kind: FactKind::Figure, .. } => self.figure_echo(form),
            Then::Conclusions(ids) => self.conclusion_echo(ids, form),
            Then::Extension(_) => self.extension_echo(form),
            Then::Committee(then) => self.committee_echo(then, form),
            Then::Plan(then) => self.plan_echo(then, form),
            Then::Reassign { meeting, .. } => self.reassignment_echo(form, meeting),
            Then::Approval => self.approval_echo(form),
            Then::Paper(_) => self.paper_echo(form),
            Then::NewMeeting => self.meeting_echo(form),
            Then::Postpone(_) => self.postpone_echo(form),
            _ => vec![String::new(); form.fields.len()],
        };
        if let Some(Popup::Form { form, .. }) = self.popups.last_mut() {
            form.echo = echo;
        }
        Vec::new()
    }

    fn extension_echo(&self, form: &Form) -> Vec<String> {
        let mut echo = vec![String::new(); form.fields.len()];
        echo[0] = self.due_echo(form.text("to"), &self.occasion_on(self.desk.now.wall.date()));
        echo
    }

    fn reassignment_echo(&self, form: &Form, meeting: &str) -> Vec<String> {
        let mut echo = vec![String::new(); form.fields.len()];
        let day = self.sessions.meeting(meeting).map(|meeting| self.occasion(meeting));
        if let (Some(due), Some(day)) = (echo.get_mut(1), day)
            && !form.text("due").is_empty()
        {
            *due = self.due_echo(form.text("due"), &day);
        }
        echo
    }

    fn run_in_page(&mut self, command: Command) -> Option<Vec<Effect>> {
        if matches!(self.popups.last(), Some(Popup::Page(Page { then: Then::Facts(_), .. })))
            && let Some(effects) = self.run_in_facts(command)
        {
            return Some(effects);
        }
        let Some(Popup::Page(page)) = self.popups.last_mut() else { return None };
        match command {
            Command::Up => page.step(-1),
            Command::Down => page.step(1),
            Command::ListPageUp => page.step(-10),
            Command::ListPageDown => page.step(10),
            Command::First => page.step(isize::MIN),
            Command::Last => page.step(isize::MAX),
            Command::Choose => return Some(self.page_chosen()),
            _ => return None,
        }
        Some(Vec::new())
    }

    fn page_chosen(&mut self) -> Vec<Effect> {
        let Some(Popup::Page(page)) = self.popups.last() else { return Vec::new() };
        let reference = page.lines.get(page.selected).map(|line| line.reference.clone()).unwrap_or_default();
        match page.then {
            Then::Close => {
                self.popups.pop();
                self.close_meeting()
            }
            Then::TakeRoster(_) => self.take_shown(),
            Then::Amendments if !reference.is_empty() => self.amendment_chosen(&reference),
            Then::Report(_) if !reference.is_empty() => self.ask_report(vec![reference]),
            Then::Plan(_) if !reference.is_empty() => self.roster_taken(&reference),
            Then::Line if !reference.is_empty() => {
                self.popups.pop();
                let Some((meeting, note)) = reference.split_once('/') else { return Vec::new() };
                self.go_to_line(meeting, Some(note.to_owned()))
            }
            Then::AddNamesake if !reference.is_empty() => self.namesake_chosen(&reference),
            _ => Vec::new(),
        }
    }
}

impl Page {
    /// Moves by lines. In a list that can be acted on the choice stays on lines that stand for something.
    pub fn step(&mut self, by: isize) {
        let acts = self.lines.iter().any(|line| !line.reference.is_empty());
        let places: Vec<usize> =
            (0..self.lines.len()).filter(|i| !acts || !self.lines[*i].reference.is_empty()).collect();
        let now = places.iter().position(|place| *place >= self.selected).unwrap_or(0);
        let last = places.len().saturating_sub(1);
        if let Some(place) = places.get(now.saturating_add_signed(by).min(last)) {
            self.selected = *place;
        }
    }
}
