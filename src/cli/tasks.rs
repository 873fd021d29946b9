//! `steerco tasks`: every task of every meeting with its state on the day.
//!
//! A task given anew elsewhere (`carried_to`) is listed with its own state, since scripts want every task; it is not
//! counted as overdue, since it lives on where it was given anew.

use chrono::NaiveDate;
use clap::ArgMatches;

use crate::app::view::text::clean;
use crate::cli::json::{self, Json};
use crate::cli::screen_text::table;
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, found, out};
use crate::domain::amendment;
use crate::domain::board::owner_names;
use crate::domain::committee::Committee;
use crate::domain::meeting::{Meeting, Task};
use crate::domain::state::{self, TaskState};
use crate::store::workspace::Stored;
use crate::text::query::Query;
use crate::words::Words;

/// A task as it stands on the day.
struct Listed<'a> {
    meeting: &'a Meeting,
    task: &'a Task,
    state: TaskState,
    due: Option<NaiveDate>,
    days_late: i64,
    owners: Vec<String>,
    /// Log entries whose id is not in the file.
    made_up: Vec<(&'a str, usize)>,
}

/// Whether a task holds every word of a query, as the list of tasks has it.
pub fn fits(
    meeting: &Meeting,
    task: &Task,
    committee: Option<&Committee>,
    query: &Query,
    call: &Call,
) -> bool {
    listed(meeting, task, committee, call.today(), Vec::new()).has(query, &call.words)
}

/// Prints the tasks that hold every word of the query, in the order of meetings and files.
pub fn tasks(call: &Call, given: &ArgMatches) -> Result<Outcome, Trouble> {
    let workspace = call.open_workspace()?;
    let mut contents = found::everything(call, &workspace);
    contents.meetings.sort_by_cached_key(|stored| (stored.record.head.date, found::file_id(&stored.path)));
    let today = call.today();
    // What was given is what counts: the amended text.
    let amended: Vec<_> = contents.meetings.iter().map(|stored| amendment::amended(&stored.record)).collect();
    let of = |(stored, meeting)| of_meeting(stored, meeting, found::committee(&contents, meeting), today);
    let amended = amended.iter().map(|meeting| &**meeting);
    let mut tasks: Vec<Listed<'_>> = contents.meetings.iter().zip(amended).flat_map(of).collect();
    let query = given.get_many::<String>("query").into_iter().flatten();
    let query = Query::read(&query.map(String::as_str).collect::<Vec<_>>().join(" "));
    tasks.retain(|task| task.has(&query, &call.words));
    if given.get_flag("overdue") {
        tasks.retain(|task| task.state == TaskState::Overdue && task.task.carried_to.is_empty());
    }
    let text = if given.get_flag("json") {
        json::page(&Json::List(tasks.iter().map(Listed::json).collect()))
    } else if given.get_flag("csv") {
        csv(&tasks)
    } else {
        lines(&tasks, call)
    };
    out::result(&text)?;
    Ok(Outcome::Done)
}

fn of_meeting<'a>(
    stored: &'a Stored<Meeting>,
    meeting: &'a Meeting,
    committee: Option<&Committee>,
    today: NaiveDate,
) -> Vec<Listed<'a>> {
    let made_up = |id: &str| {
        let index = stored.record.tasks.iter().position(|task| task.id == id);
        let in_row = move |at: &(&str, usize, &str, usize)| at.0 == "tasks" && Some(at.1) == index;
        let entries = stored.source.made_up_entries().filter(in_row);
        entries.map(|(_, _, log, entry)| (log, entry)).collect()
    };
    let listed = |task: &'a Task| listed(meeting, task, committee, today, made_up(&task.id));
    meeting.tasks.iter().map(listed).collect()
}

fn listed<'a>(
    meeting: &'a Meeting,
    task: &'a Task,
    committee: Option<&Committee>,
    today: NaiveDate,
    made_up: Vec<(&'a str, usize)>,
) -> Listed<'a> {
    let rules = found::rules(committee);
    Listed {
        meeting,
        task,
        state: state::state(task, today, rules),
        due: state::effective_due(task),
        days_late: state::days_late(task, today, rules),
        owners: owner_names(task, meeting, committee),
        made_up,
    }
}

impl Listed<'_> {
    /// Whether every word is found somewhere in the task, without marks unless the word has some.
    fn has(&self, query: &Query, words: &Words) -> bool {
        let task = self.task;
        let state = words.get(self.state_key()).to_owned();
        let texts = [&task.content, &task.quote, &task.person, &task.product, &task.due_text, &state];
        let mut text: Vec<&str> = texts.into_iter().map(String::as_str).collect();
        text.extend(self.owners.iter().chain(&task.lead).chain(&task.support).map(String::as_str));
        text.extend([self.meeting.head.title.as_str(), self.state.word()]);
        let reference = self.meeting.task_ref(task);
        text.push(&reference);
        let text = text.join("\n");
        query.fits(&text)
    }

    fn json(&self) -> Json {
        let text = |text: &str| Json::Text(text.to_owned());
        let mut pairs = vec![
            ("meeting".to_owned(), text(&self.meeting.head.id)),
            ("ref".to_owned(), self.reference().map_or(Json::Null, Json::Text)),
            ("state".to_owned(), text(self.state.word())),
            ("due_effective".to_owned(), self.due.map_or(Json::Null, |day| text(&day.to_string()))),
            ("days_late".to_owned(), Json::Int(self.days_late)),
        ];
        // What is computed stands before a key of the same name that somebody wrote into the file.
        let mut own = json::row(self.task);
        self.made_up.iter().for_each(|(log, entry)| json::forget_id(&mut own, log, *entry));
        let own: Vec<_> =
            own.into_iter().filter(|(key, _)| !pairs.iter().any(|(known, _)| known == key)).collect();
        pairs.extend(own);
        Json::Table(pairs)
    }

    /// How the task is cited; one without a number cannot be.
    fn reference(&self) -> Option<String> {
        self.task.number.map(|_| self.meeting.task_ref(self.task))
    }

    fn state_key(&self) -> &'static str {
        match self.state {
            TaskState::InTime => "state.in_time",
            TaskState::DueSoon => "state.due_soon",
            TaskState::Overdue => "state.overdue",
            TaskState::NoDue => "state.no_due",
            TaskState::DoneOnTime => "state.done_on_time",
            TaskState::DoneLate => "state.done_late",
            TaskState::Done => "state.done",
            TaskState::Suspended => "state.suspended",
            TaskState::Cancelled => "state.cancelled",
            TaskState::Standing => "state.standing",
        }
    }
}

fn lines(tasks: &[Listed<'_>], call: &Call) -> String {
    let rows: Vec<Vec<String>> = tasks.iter().map(|task| line(task, &call.words)).collect();
    let text = table(&rows);
    if !call.color.is_on() {
        return text;
    }
    let [red, yellow, plain] = out::COLOURS;
    let colored = text.lines().zip(tasks).map(|(line, task)| match task.state {
        TaskState::Overdue => format!("{red}{line}{plain}\n"),
        TaskState::DueSoon => format!("{yellow}{line}{plain}\n"),
        _ => format!("{line}\n"),
    });
    colored.collect()
}

fn line(task: &Listed<'_>, words: &Words) -> Vec<String> {
    let state = words.get(task.state_key());
    let late = match task.days_late {
        0 => state.to_owned(),
        days => format!("{state} ({})", words.fill("ui.days_late", &[("n", &days.to_string())])),
    };
    let anew = match task.task.carried_to.as_str() {
        "" => String::new(),
        to => format!(" [{} {to}]", words.get("detail.carried_to")),
    };
    vec![
        task.reference().unwrap_or_else(|| format!("{}#", task.meeting.head.id)),
        late,
        task.due.map_or(String::new(), |day| day.to_string()),
        task.owners.join("; "),
        format!("{}{anew}", task.task.content),
    ]
}

const COLUMNS: [&str; 14] = [
    "ref",
    "meeting",
    "number",
    "state",
    "status",
    "due",
    "due_effective",
    "days_late",
    "lead",
    "support",
    "person",
    "content",
    "due_text",
    "carried_to",
];

/// Comma-separated values as RFC 4180 has them, with the keys as the first line.
fn csv(tasks: &[Listed<'_>]) -> String {
    let mut text = COLUMNS.join(",") + "\r\n";
    for listed in tasks {
        let cells = cells(listed);
        text.push_str(&cells.map(|cell| quoted(&cell)).join(","));
        text.push_str("\r\n");
    }
    text
}

fn cells(listed: &Listed<'_>) -> [String; COLUMNS.len()] {
    let task = listed.task;
    let day = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.to_string());
    [
        listed.reference().unwrap_or_default(),
        listed.meeting.head.id.clone(),
        task.number.map_or(String::new(), |n| n.to_string()),
        listed.state.word().to_owned(),
        task.status.map_or("", |status| status.word()).to_owned(),
        day(task.due),
        day(listed.due),
        listed.days_late.to_string(),
        listed.owners.join("; "),
        task.support.join("; "),
        task.person.clone(),
        task.content.clone(),
        task.due_text.clone(),
        task.carried_to.clone(),
    ]
}

/// A cell without control characters; what a spreadsheet would compute gets an apostrophe, which makes it text.
fn quoted(cell: &str) -> String {
    let cell = clean(cell);
    let mut letters = cell.chars();
    let computes = matches!(letters.next(), Some('=' | '+' | '@' | '-')) && letters.next() != Some(' ');
    let cell = if computes { format!("'{cell}") } else { cell.into_owned() };
    if cell.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_computed() {
        let table = [
            ("Sở Nội vụ", "Sở Nội vụ"),
            ("a, \"b\"", "\"a, \"\"b\"\"\""),
            ("=1+1", "'=1+1"),
            ("- rà soát", "- rà soát"),
            ("-2+3", "'-2+3"),
            ("a\u{1b}[0m\nb", "a·[0m·b"),
        ];
        for (cell, expected) in table {
            assert_eq!(quoted(cell), expected);
        }
    }
}
