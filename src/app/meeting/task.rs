//! Tasks out of lines: reading owners and deadline, the short form that asks for what is missing, and keeping a row's
//! words with its line while they are equal. Knows no drawing.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::meeting::record::Becomes;
use crate::app::popup::{Target, Tone, Walk};
use crate::domain::capture::{self, Captured, Known, Owner};
use crate::domain::committee::Committee;
use crate::domain::deadline::{self, Confidence, DeadlineKind, Occasion, Reading};
use crate::domain::gaps;
use crate::domain::id::row_id;
use crate::domain::kinds::{DueKind, Every, NoteKind, Status};
use crate::domain::meeting::{Meeting, Note, Task, UnitName};
use crate::text::dates;

/// What a line is read with: the units one knows, and the occasion on which it was said.
pub type Context<'a> = (&'a [Known], &'a Occasion);

/// What a deadline in words settles in a task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Due {
    pub words: String,
    pub kind: Option<DueKind>,
    pub day: Option<NaiveDate>,
    pub every: Option<Every>,
    pub before: bool,
    /// The reading is a guess (a year, a vague word): a person should look at it.
    pub unsure: bool,
}

impl App {
    /// F4: the typed line becomes a task, or the selected lines do; what is missing is asked at once.
    pub fn task_key(&mut self) -> Vec<Effect> {
        match self.target() {
            Target::Line if !self.meeting.line.text().trim().is_empty() => self.record_typed(Becomes::Task),
            _ => self.tasks_of_target(),
        }
    }

    /// Makes tasks of the selected lines (or the last one); a single line that is a task already is asked again.
    pub fn tasks_of_target(&mut self) -> Vec<Effect> {
        let notes = self.target_notes();
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let fresh: Vec<String> =
            notes.iter().filter(|id| !meeting.tasks.iter().any(|task| task.note == **id)).cloned().collect();
        let Some(asked) = notes.last() else { return self.tell("news.no_line", Tone::Quiet) };
        let asked = asked.clone();
        let (known, committee) = (self.known_units(meeting), self.committee_of(meeting).cloned());
        let said = self.occasion(meeting);
        let mut random = self.desk.random.clone();
        let step = self.sessions.change(&self.meeting.id, "step.task", self.desk.now, |meeting| {
            for id in &fresh {
                let Some(note) = meeting.note(id).cloned() else { continue };
                let task =
                    task_of(meeting, &note, &note.text.clone(), (&known, &said), row_id(random.u64(..)));
                meeting.tasks.push(task);
            }
            snapshot_units(meeting, committee.as_ref());
        });
        self.desk.random = random;
        let effects = self.made(step);
        let single = notes.len() == 1;
        let task = self.current_meeting().and_then(|m| m.tasks.iter().rfind(|task| task.note == asked));
        if let Some(task) = task.map(|task| task.id.clone()).filter(|_| single) {
            let complete = self.current_meeting().is_some_and(|m| {
                m.tasks.iter().any(|t| t.id == task && gaps::task_gaps(t).is_empty()) && !fresh.is_empty()
            });
            match fresh.is_empty() {
                true => drop(self.edit_task(&task)),
                false if !complete => drop(self.ask_task(&task, Walk::Single)),
                false => {}
            }
        }
        effects
    }

    /// The day deadlines are reckoned from: the meeting's.
    pub fn day_of(&self, meeting: &Meeting) -> NaiveDate {
        meeting.head.date.unwrap_or(self.desk.now.wall.date())
    }

    /// How a deadline is read: weekday and date and the days from today, or that it is not settled.
    pub fn due_echo(&self, words: &str, said: &Occasion) -> String {
        let due = read_due(words, said);
        let words = &self.desk.words;
        match (due.kind, due.day) {
            (None, _) if due.words.is_empty() => words.get("due.none_yet").to_owned(),
            (None, _) => words.get("due.unread").to_owned(),
            (Some(DueKind::None), _) => words.get("due.none").to_owned(),
            (Some(_), Some(day)) => {
                let days = (day - self.desk.today).num_days().to_string();
                let weekday = words.get(weekday_key(day)).to_owned();
                let key = if due.unsure { "due.unsure" } else { "due.day" };
                words.fill(key, &[("weekday", &weekday), ("date", &dates::short(day)), ("days", &days)])
            }
            (Some(DueKind::Recurring), None) => words.get("due.recurring").to_owned(),
            (Some(_), None) => words.get("due.ongoing").to_owned(),
        }
    }
}

fn weekday_key(day: NaiveDate) -> &'static str {
    use chrono::{Datelike, Weekday};
    match day.weekday() {
        Weekday::Mon => "weekday.mon",
        Weekday::Tue => "weekday.tue",
        Weekday::Wed => "weekday.wed",
        Weekday::Thu => "weekday.thu",
        Weekday::Fri => "weekday.fri",
        Weekday::Sat => "weekday.sat",
        Weekday::Sun => "weekday.sun",
    }
}

/// A new task from a line, its owners and deadline read from the words. `spoken` may end with `> owner > deadline`.
pub fn task_of(
    meeting: &mut Meeting,
    note: &Note,
    spoken: &str,
    (known, said): Context<'_>,
    id: String,
) -> Task {
    let captured = capture::read_line(spoken, known, said);
    if let Some(line) = meeting.notes.iter_mut().find(|line| line.id == note.id) {
        line.kind.get_or_insert(NoteKind::Assignment);
        // What was typed after `>` is for the task; the minutes keep the sentence.
        if let Some((sentence, _)) = spoken.split_once(" > ") {
            line.text = sentence.trim().to_owned();
        }
    }
    let number = meeting.next_task_number();
    let mut task = Task { id, number: Some(number), note: note.id.clone(), ..Task::default() };
    task.quote = spoken.split(" > ").next().unwrap_or(spoken).trim().to_owned();
    fill(&mut task, &captured);
    task
}

/// Puts what was read from a clause into a task.
pub fn fill(task: &mut Task, captured: &Captured) {
    task.content = if captured.content.is_empty() { task.quote.clone() } else { captured.content.clone() };
    task.lead = captured.lead.iter().map(reference).collect();
    task.support = captured.support.iter().map(reference).collect();
    let words = captured.due_words.trim();
    let due = short_due(words).unwrap_or_else(|| due_of(captured.deadline.as_ref(), words));
    set_due(task, &due);
}

/// The id of a known unit, or the words.
pub fn reference(owner: &Owner) -> String {
    owner.id.clone().unwrap_or_else(|| owner.text.clone())
}

/// Owners as typed: ids of known units, else the words.
pub fn references(words: &str, known: &[Known]) -> Vec<String> {
    capture::owners(words, known).iter().map(reference).collect()
}

/// Reads a typed deadline: `-` for "none was stated", `*` for ongoing, `159` for 15/9, else words.
pub fn read_due(words: &str, said: &Occasion) -> Due {
    let words = words.trim();
    if words.is_empty() {
        return Due::default();
    }
    short_due(words).unwrap_or_else(|| {
        let spelled = spelled(words);
        due_of(deadline::read(&spelled, said).ok().as_ref(), &spelled)
    })
}

/// The deadlines that are typed as one sign.
fn short_due(sign: &str) -> Option<Due> {
    match sign {
        "-" => Some(Due { kind: Some(DueKind::None), ..Due::default() }),
        "*" => Some(Due { words: spelled(sign), kind: Some(DueKind::Ongoing), ..Due::default() }),
        _ => None,
    }
}

/// What the short ways to type a deadline stand for: `159` and `1509` for 15/9, `*` for ongoing.
pub fn spelled(words: &str) -> String {
    match words {
        "*" => "thường xuyên".to_owned(),
        _ => digits_as_date(words).unwrap_or_else(|| words.to_owned()),
    }
}

/// Three or four digits are a day and a month.
fn digits_as_date(words: &str) -> Option<String> {
    if !words.bytes().all(|b| b.is_ascii_digit()) || !(3..=4).contains(&words.len()) {
        return None;
    }
    let (day, month) = words.split_at(2);
    let plausible = |day: &str, month: &str| {
        let within = |text: &str, top: u32| text.parse().is_ok_and(|n: u32| (1..=top).contains(&n));
        within(day, 31) && within(month, 12)
    };
    if plausible(day, month) {
        return Some(format!("{day}/{month}"));
    }
    let (day, month) = words.split_at(1);
    plausible(day, month).then(|| format!("{day}/{month}"))
}

/// What a reading settles; words that could not be read are kept and settle nothing.
pub fn due_of(reading: Option<&Reading>, words: &str) -> Due {
    let words = words.trim().to_owned();
    let Some(reading) = reading else { return Due { words, ..Due::default() } };
    let every = reading.every.map(|every| match every {
        deadline::Every::Week => Every::Weekly,
        deadline::Every::Month => Every::Monthly,
        deadline::Every::Quarter => Every::Quarterly,
        deadline::Every::HalfYear => Every::HalfYearly,
        deadline::Every::Year => Every::Yearly,
    });
    let kind = match (reading.kind, every) {
        (DeadlineKind::Date, _) => DueKind::Date,
        (DeadlineKind::Ongoing, Some(_)) => DueKind::Recurring,
        (DeadlineKind::Ongoing, None) => DueKind::Ongoing,
    };
    Due {
        words,
        kind: Some(kind),
        day: reading.due,
        every,
        before: reading.before,
        unsure: reading.confidence == Confidence::Low,
    }
}

/// Puts a deadline into a task.
pub fn set_due(task: &mut Task, due: &Due) {
    task.due_text = due.words.clone();
    task.due_kind = due.kind;
    task.due = due.day;
    task.every = due.every;
    task.before = due.before;
    // Work without an end is reviewed at each session (thường xuyên) until somebody reports otherwise.
    let endless = matches!(due.kind, Some(DueKind::Ongoing | DueKind::Recurring)) && due.day.is_none();
    match (endless, task.status) {
        (true, None | Some(Status::NotStarted)) => task.status = Some(Status::Standing),
        (false, Some(Status::Standing)) if task.reports.is_empty() => task.status = None,
        _ => {}
    }
}

/// The deadline of a task as it would be typed.
pub fn due_words(task: &Task) -> String {
    match (task.due_kind, task.due) {
        (Some(DueKind::None), _) => "-".to_owned(),
        _ if !task.due_text.is_empty() => task.due_text.clone(),
        (_, Some(day)) => dates::short(day),
        (Some(DueKind::Ongoing), None) => "*".to_owned(),
        _ => String::new(),
    }
}

/// Copies the names of the units that the tasks name into the meeting, so that its papers print them for ever.
pub fn snapshot_units(meeting: &mut Meeting, committee: Option<&Committee>) {
    let Some(committee) = committee else { return };
    let mut wanted: Vec<String> = Vec::new();
    for task in &meeting.tasks {
        wanted.extend(task.lead.iter().chain(&task.support).cloned());
    }
    for id in wanted {
        if meeting.units.iter().any(|unit| unit.id == id) {
            continue;
        }
        if let Some(unit) = committee.unit(&id) {
            let (name, short) = (unit.name.clone(), unit.short.clone());
            meeting.units.push(UnitName { id, name, short, ..UnitName::default() });
        }
    }
}
