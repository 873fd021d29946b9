//! Reads an assignment out of a clause: who leads, who supports, what, by when. A proposal for a person to confirm;
//! must not know tasks, committees or what day it is.

mod english;
mod owner;
mod scan;

use super::deadline::{self, DeadlineKind, Occasion, Reading};
use scan::Scan;

pub use owner::owners;

/// A unit or person that the committee knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// What a task refers to.
    pub id: String,
    /// Full name, short name and aliases, the full name first.
    pub names: Vec<String>,
}

/// Who is to do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The words as said, or the full name of what was picked.
    pub text: String,
    /// The known unit or person; `None` for a group or an unknown name.
    pub id: Option<String>,
}

/// What was read from a clause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Captured {
    /// What to do, beginning with a capital, without owners and deadline.
    pub content: String,
    /// Who leads; empty when the clause has no subject, so that the owner before it may be offered.
    pub lead: Vec<Owner>,
    /// Who supports.
    pub support: Vec<Owner>,
    /// The deadline; its `words` are bytes of the clause, or of `due_words` when it was given after `>`.
    pub deadline: Option<Reading>,
    /// The deadline as it was said, kept even if no date could be read; empty if there was none.
    pub due_words: String,
}

/// Reads a clause such as "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát biên chế; hoàn thành trước ngày
/// 15/9", as said on an occasion.
pub fn read(clause: &str, known: &[Known], said: &Occasion) -> Captured {
    let deadline = deadline::find(clause, said);
    let body =
        deadline.as_ref().map_or_else(|| clause.to_owned(), |reading| without_deadline(clause, reading));
    let due_words =
        deadline.as_ref().map(|reading| clause[reading.words.clone()].to_owned()).unwrap_or_default();
    let (lead, support, rest) = subject(&body, known);
    Captured { content: as_content(&rest), lead, support, deadline, due_words }
}

/// Reads a typed task line, which may end with `> owner [+ support …] > deadline`; either part may be missing. What
/// is given so wins over what the sentence says, and then the sentence keeps those words.
pub fn read_line(line: &str, known: &[Known], said: &Occasion) -> Captured {
    let (sentence, who, when) = parts(line, known, said);
    let mut captured = read(&sentence, known, said);
    let when_reading = when.as_deref().and_then(|words| deadline::read(words, said).ok());
    let same_day = when_reading.as_ref().map(|reading| reading.due)
        == captured.deadline.as_ref().map(|reading| reading.due);
    let body = match &captured.deadline {
        Some(reading) if when.is_none() || same_day => without_deadline(&sentence, reading),
        _ => sentence.clone(),
    };
    if let Some(who) = who {
        let (lead, support) = owner::given(&who, known);
        let (said, _, rest) = subject(&body, known);
        captured.content = as_content(if said == lead { &rest } else { &body });
        (captured.lead, captured.support) = (lead, support);
    } else {
        captured.content = as_content(&subject(&body, known).2);
    }
    if let Some(words) = when {
        (captured.deadline, captured.due_words) = (when_reading, words);
    }
    captured
}

/// The sentence, the owners and the deadline of a typed line. A single part is a deadline if it can be read as one
/// and picks no owner.
fn parts(line: &str, known: &[Known], said: &Occasion) -> (String, Option<String>, Option<String>) {
    let mut borders: Vec<usize> =
        line.match_indices('>').map(|(at, _)| at).filter(|at| is_border(line, *at)).collect();
    let cut = borders.split_off(borders.len().saturating_sub(2));
    let given = |start: usize, end: usize| {
        Some(line[start + 1..end].trim().to_owned()).filter(|part| !part.is_empty())
    };
    match cut[..] {
        [first, second] => (line[..first].trim().to_owned(), given(first, second), given(second, line.len())),
        [only] => {
            let part = given(only, line.len());
            let sentence = line[..only].trim().to_owned();
            let picked = part
                .as_deref()
                .is_some_and(|part| owners(part, known).iter().any(|owner| owner.id.is_some()));
            let is_when = !picked && part.as_deref().is_some_and(|part| deadline::read(part, said).is_ok());
            if is_when { (sentence, None, part) } else { (sentence, part, None) }
        }
        _ => (line.trim().to_owned(), None, None),
    }
}

/// Whether a `>` stands between spaces, so that `>=` and `a>b` stay text.
fn is_border(line: &str, at: usize) -> bool {
    let before = line[..at].chars().next_back().is_none_or(char::is_whitespace);
    let next = line[at + 1..].chars().next();
    before && next.is_none_or(|c| c != '=' && c != '>')
}

/// Verbs that hand work to somebody, the longer first.
const ASSIGNING: [&str; 14] = [
    "giao nhiệm vụ cho",
    "giao trách nhiệm cho",
    "phân công nhiệm vụ cho",
    "phân công cho",
    "giao cho",
    "giao",
    "phân công",
    "đề nghị",
    "yêu cầu",
    "ủy quyền cho",
    "assign to",
    "assign",
    "request",
    "ask",
];

/// Words before the assignment that say nothing more.
const OPENERS: [&str; 9] =
    ["đồng thời", "và", "thống nhất", "đồng ý", "nhất trí", "bên cạnh đó", "ngoài ra", "trước mắt", "and"];

/// The owners at the beginning of a clause and what is left; everything when there are none.
fn subject(body: &str, known: &[Known]) -> (Vec<Owner>, Vec<Owner>, String) {
    let scan = Scan::new(body);
    let start = after_label(&scan);
    let opened = scan.eat_any_repeatedly(start, &OPENERS);
    let assigned = scan.eat_any(opened, &ASSIGNING);
    let head = assigned.unwrap_or(opened);
    if let Some((lead, next)) = owner::list(&scan, head, known, assigned.is_some()) {
        // "UBND tỉnh giao Sở Nội vụ": whoever assigns is not who does it.
        let handed = scan.eat_any(next, &["giao", "phân công"]).filter(|_| assigned.is_none());
        let list = handed.and_then(|next| owner::list(&scan, next, known, true));
        let (lead, next) = list.unwrap_or((lead, next));
        let next = scan
            .eat_any(next, &["chịu trách nhiệm chủ trì", "chủ trì", "làm đầu mối", "là đầu mối"])
            .unwrap_or(next);
        let (lead, support, rest) = with_support(&scan, next, lead, known);
        let scan = Scan::new(&rest);
        let task = english::after_modal(&scan, scan.skip_signs(0)).unwrap_or(0);
        return (lead, support, scan.rest(task).to_owned());
    }
    if let Some(found) = english::subject(&scan, head, known) {
        return found;
    }
    let bare = assigned.filter(|next| scan.begins_with_verb(*next)).unwrap_or(start);
    with_support(&scan, bare, Vec::new(), known)
}

/// Words that introduce who supports.
const SUPPORTING: [&str; 10] = [
    "phối hợp chặt chẽ với",
    "phối hợp cùng với",
    "phối hợp cùng",
    "phối hợp với",
    "phối hợp",
    "cùng phối hợp với",
    "cùng với",
    "in coordination with",
    "together with",
    "with",
];

/// Takes the supporting owners after the lead, or from the very end of the clause.
fn with_support(
    scan: &Scan,
    at: usize,
    lead: Vec<Owner>,
    known: &[Known],
) -> (Vec<Owner>, Vec<Owner>, String) {
    let bare = scan.skip_signs(at);
    let listed = scan.eat_any(bare, &SUPPORTING).and_then(|next| owner::list(scan, next, known, true));
    if let Some((support, next)) = listed.filter(|_| !lead.is_empty()) {
        return (lead, support, scan.rest(next).to_owned());
    }
    let closing = scan.ends_of(&SUPPORTING, bare).find_map(|(start, next)| {
        let (support, end) = owner::list(scan, next, known, false)?;
        scan.is_end(end).then(|| (support, scan.text[bare..start].to_owned()))
    });
    let (support, rest) = closing.unwrap_or_else(|| (Vec::new(), scan.rest(at).to_owned()));
    (lead, support, rest)
}

/// The place after "1.", "a)", "-".
fn after_label(scan: &Scan) -> usize {
    let text = scan.text.trim_start();
    let start = scan.text.len() - text.len();
    let label = text.split_whitespace().next().unwrap_or_default();
    let numbered = label.ends_with(['.', ')']) && label.chars().count() <= 4 && !label.contains('(');
    let dash = matches!(label, "-" | "–" | "+" | "*" | "•");
    if numbered || dash { start + label.len() } else { start }
}

/// The clause without the words of its deadline. "thường xuyên" inside a sentence belongs to what is to be done.
fn without_deadline(clause: &str, reading: &Reading) -> String {
    let (before, after) = (&clause[..reading.words.start], &clause[reading.words.end..]);
    let signs = [',', ';', '.', ' ', ')', '(', '-', '–'];
    let last = after.trim_matches(signs).is_empty();
    let apart = before.trim_end().ends_with([',', ';', '(']) && last;
    if reading.kind == DeadlineKind::Ongoing && !apart {
        return clause.to_owned();
    }
    let before = before.trim_end().trim_end_matches(['(', ',', ';', ' ']);
    let after = after.trim_start().trim_start_matches(')').trim_start();
    if last {
        return before.to_owned();
    }
    if before.is_empty() {
        return after.trim_start_matches(signs).to_owned();
    }
    let glue = if after.starts_with([',', ';', '.']) { "" } else { " " };
    format!("{before}{glue}{after}")
}

/// Trimmed of the signs around it, beginning with a capital.
fn as_content(text: &str) -> String {
    let text =
        text.trim().trim_start_matches([',', ';', ':', '.', ' ', '-', '–']).trim_end_matches([',', ';', ' ']);
    let text =
        text.strip_suffix('.').filter(|text| !text.ends_with('.') && !text.ends_with("v.v")).unwrap_or(text);
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests;
