//! The minutes of a meeting as plain text for a terminal. Prepared texts that were not said do not show. Pure.

use chrono::{NaiveDate, NaiveDateTime};

use crate::cli::found;
use crate::cli::screen_text::hanging;
use crate::domain::amendment::{self, Wording};
use crate::domain::board::{owner_names, unit_name};
use crate::domain::committee::Committee;
use crate::domain::kinds::{AmendmentStatus, Presence};
use crate::domain::meeting::{Amendment, Meeting, Note, Seat, Task, Vote};
use crate::domain::{roll, state};
use crate::words::Words;

/// The minutes in the words of the screen's language, states of tasks as of `today`. The text is the amended one; what
/// was approved stands at its end, amendment by amendment.
pub fn text(words: &Words, meeting: &Meeting, committee: Option<&Committee>, today: NaiveDate) -> String {
    let (approved, amended) = (meeting, amendment::amended(meeting));
    let page = Page { words, meeting: &amended, committee, today };
    let mut parts =
        vec![page.head(), page.roll(), page.programme(), page.votes(), page.conclusions(), page.tasks()];
    parts.push(page.amendments(approved));
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

struct Page<'a> {
    words: &'a Words,
    meeting: &'a Meeting,
    committee: Option<&'a Committee>,
    today: NaiveDate,
}

impl Page<'_> {
    /// What people read for a word of a closed list.
    fn listed(&self, list: &str, word: &str) -> String {
        self.words.get(&format!("{list}.{word}")).to_owned()
    }

    fn head(&self) -> String {
        let head = &self.meeting.head;
        let mut text = hanging("", &head.title);
        let name = self.committee.map_or(head.committee.as_str(), |committee| &committee.head.name);
        let day = head.date.map_or(String::new(), |day| day.to_string());
        let stage = self.listed("stage", self.meeting.stage().word());
        let times = [head.opened, head.closed].map(|at| at.map(clock));
        let times = times.into_iter().flatten().collect::<Vec<_>>().join(" - ");
        for part in [name, &[&day, times.as_str(), &head.place].map(str::to_owned).join("  "), &stage] {
            if !part.trim().is_empty() {
                text.push_str(&hanging("", part.trim()));
            }
        }
        text
    }

    /// The counts, then everybody who was not simply there.
    fn roll(&self) -> String {
        if self.meeting.seats.is_empty() {
            return String::new();
        }
        let slots = roll::counts(self.meeting).named();
        let mut text = heading(self.words.get("ui.roll_line"));
        text.push_str(&hanging("", &self.words.fill("ui.roll_counts", &slots)));
        let told = |seat: &&Seat| !matches!(roll::presence(seat), Presence::Present | Presence::Unmarked);
        for seat in self.meeting.seats.iter().filter(told) {
            text.push_str(&hanging("- ", &self.seat(seat)));
        }
        text
    }

    fn seat(&self, seat: &Seat) -> String {
        let state = self.listed("presence", roll::presence(seat).word());
        let substitute = seat.substitute.as_ref().filter(|substitute| !substitute.name.is_empty());
        let by = substitute.map(|by| self.words.fill("ui.substitute", &[("name", &by.name)]));
        let reason = Some(seat.reason.clone()).filter(|reason| !reason.is_empty());
        let more: Vec<String> = [Some(state), by, reason].into_iter().flatten().collect();
        format!("{}: {}", self.speaker(&seat.id), more.join(", "))
    }

    /// Every item with its lines, then the lines of no item.
    fn programme(&self) -> String {
        let mut text = String::new();
        let agenda = &self.meeting.agenda;
        for (index, item) in agenda.iter().enumerate() {
            let kind = item.kind.map(|kind| self.listed("item_kind", kind.word())).unwrap_or_default();
            let title = if item.title.is_empty() { &kind } else { &item.title };
            text.push_str(&heading(&format!("{}. {title}", index + 1)));
            for note in self.meeting.notes.iter().filter(|note| note.item == item.id) {
                text.push_str(&self.note(note));
            }
            text.push('\n');
        }
        for note in self.meeting.notes.iter().filter(|note| self.meeting.item(&note.item).is_none()) {
            text.push_str(&self.note(note));
        }
        text.trim_end().to_owned() + if text.is_empty() { "" } else { "\n" }
    }

    fn note(&self, note: &Note) -> String {
        let at = note.at.map_or("     ".to_owned(), clock);
        let speaker = self.speaker(&note.speaker);
        let colon = if speaker.is_empty() { "" } else { ": " };
        let secret = if note.confidential {
            format!("[{}] ", self.words.get("ui.confidential"))
        } else {
            String::new()
        };
        hanging(&format!("{at}  "), &format!("{secret}{speaker}{colon}{}", note.text))
    }

    /// The seat's name, of a seat called by unit only the unit's; else the words as written.
    fn speaker(&self, id: &str) -> String {
        match self.meeting.seat(id) {
            Some(seat) if !seat.name.is_empty() => seat.name.clone(),
            Some(seat) => unit_name(&seat.unit, self.meeting, self.committee).to_owned(),
            None => id.to_owned(),
        }
    }

    fn votes(&self) -> String {
        let votes = self.meeting.votes.iter().map(|vote| hanging("- ", &self.vote(vote)));
        section(self.words.get("item_kind.vote"), votes.collect())
    }

    fn vote(&self, vote: &Vote) -> String {
        let n = |n: Option<i64>| n.map_or("-".to_owned(), |n| n.to_string());
        let result = vote.result.map(|result| self.listed("vote_result", result.word())).unwrap_or_default();
        let slots = [
            ("question", vote.question.as_str()),
            ("for", &n(vote.r#for)),
            ("against", &n(vote.against)),
            ("abstain", &n(vote.abstain)),
            ("result", &result),
        ];
        self.words.fill("cli.vote", &slots)
    }

    fn conclusions(&self) -> String {
        let mark = self.words.get("ui.conclusion_mark");
        let lines = self.meeting.conclusions.iter().map(|conclusion| {
            let number = conclusion.number.map_or(String::new(), |n| n.to_string());
            hanging(&format!("{mark}{number}  "), &conclusion.text)
        });
        section(self.words.get("answer.conclusions"), lines.collect())
    }

    fn tasks(&self) -> String {
        let lines = self.meeting.tasks.iter().map(|task| self.task(task));
        section(self.words.get("ui.tasks"), lines.collect())
    }

    /// The adopted amendments: what is amended, when and why, and both wordings.
    fn amendments(&self, approved: &Meeting) -> String {
        let adopted = |row: &&Amendment| row.status == Some(AmendmentStatus::Adopted);
        let lines = approved.amendments.iter().filter(adopted).map(|row| {
            let Wording { said, amended } = amendment::wording(approved, row);
            let amended = if amended.is_empty() { self.words.get("ui.struck").to_owned() } else { amended };
            let day = row.on.map(|day| day.to_string()).unwrap_or_default();
            let parts = [row_mark(self.words, approved, &row.target), day, row.reason.clone()];
            let head: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            hanging("- ", &head.join(", "))
                + &hanging("  ", &format!("{} {said}", self.words.get("answer.as_approved")))
                + &hanging("  ", &format!("{} {amended}", self.words.get("answer.as_amended")))
        });
        section(self.words.get("cli.amendments"), lines.collect())
    }

    fn task(&self, task: &Task) -> String {
        let number = task.number.map_or(String::new(), |n| n.to_string());
        let mark = format!("{}{number}  ", self.words.get("ui.task_mark"));
        let owners = owner_names(task, self.meeting, self.committee).join("; ");
        let owners = if owners.is_empty() { self.words.get("ui.owner_missing").to_owned() } else { owners };
        let state = state::state(task, self.today, found::rules(self.committee));
        let state = self.listed("state", state.word());
        let due = state::effective_due(task).map(|day| day.to_string());
        let due = due.or_else(|| Some(task.due_text.clone()).filter(|said| !said.is_empty()));
        let facts: Vec<String> = [Some(owners), due, Some(state)].into_iter().flatten().collect();
        hanging(&mark, &task.content) + &hanging("     ", &format!("[{}]", facts.join(" | ")))
    }
}

/// `KL2`, `NV3`, or the clock time of a line.
fn row_mark(words: &Words, meeting: &Meeting, id: &str) -> String {
    let numbered = |key: &str, number: Option<i64>| {
        format!("{}{}", words.get(key), number.map_or("?".to_owned(), |n| n.to_string()))
    };
    let conclusion = meeting.conclusions.iter().find(|row| row.id == id);
    let task = meeting.tasks.iter().find(|row| row.id == id);
    let at = || meeting.note(id).and_then(|note| note.at).map(clock);
    conclusion
        .map(|row| numbered("ui.conclusion_mark", row.number))
        .or_else(|| task.map(|row| numbered("ui.task_mark", row.number)))
        .or_else(at)
        .unwrap_or_else(|| id.to_owned())
}

/// Lines under their heading; nothing without lines.
fn section(name: &str, lines: Vec<String>) -> String {
    if lines.is_empty() { String::new() } else { heading(name) + &lines.concat() }
}

fn heading(name: &str) -> String {
    hanging("", &name.to_uppercase())
}

fn clock(at: NaiveDateTime) -> String {
    at.format("%H:%M").to_string()
}
