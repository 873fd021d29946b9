//! Extract for one unit: only its tasks, with the words of the conclusion and of whoever gave them. Knows no file format.

use crate::domain::meeting::{Conclusion, Task};
use crate::export::desk::{Desk, capital, small, unended};
use crate::export::names::Names;
use crate::export::tree::{Block, Mark, Runs, Signature, Style, Tone};

pub fn extract(desk: &Desk<'_>) -> Vec<Block> {
    let unit = desk.unit(desk.order.unit);
    let head = &desk.meeting.head;
    let title = small(head.title.trim());
    let slots = [("unit", unit.clone()), ("title", title)];
    let mut blocks = vec![desk.header(), desk.title(&desk.fill("paper.extract_subject", &slots))];
    let mut names = Names::new(desk);
    let day = head.opened.map(|at| at.date()).or(head.date).map(|day| desk.long(day)).unwrap_or_default();
    let chairs: Vec<String> = desk.chairs().iter().map(|id| names.mention(id)).collect();
    let who = if chairs.is_empty() {
        desk.committee_name()
    } else {
        chairs.join(desk.order.words.get("paper.and"))
    };
    let tasks: Vec<&Task> = desk.meeting.tasks.iter().filter(|task| concerns(desk, task)).collect();
    let slots = [
        ("day", day),
        ("title", small(head.title.trim())),
        ("who", who),
        ("unit", unit.clone()),
        ("n", desk.count(tasks.len())),
    ];
    let key = if tasks.is_empty() { "paper.extract_nothing" } else { "paper.extract_opening" };
    blocks.push(Block::Text(Style::Body, capital(&desk.fill(key, &slots)).into()));
    for task in tasks {
        points(desk, &mut names, task, &mut blocks);
    }
    blocks.extend(desk.withheld_remark());
    blocks.extend(signed(desk));
    blocks
}

/// Whether the meeting gave the unit anything.
pub fn has_tasks(desk: &Desk<'_>) -> bool {
    desk.meeting.tasks.iter().any(|task| concerns(desk, task))
}

/// The units and groups that the meeting's tasks name, each once, in the order they are named.
pub fn units(desk: &Desk<'_>) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for id in desk.meeting.tasks.iter().flat_map(|task| task.lead.iter().chain(&task.support)) {
        if !id.trim().is_empty() && !units.contains(id) {
            units.push(id.clone());
        }
    }
    units
}

fn concerns(desk: &Desk<'_>, task: &Task) -> bool {
    !desk.is_struck(&task.id, &task.note)
        && (desk.leads(task, desk.order.unit) || desk.is_among(&task.support, desk.order.unit))
}

/// The task, then what stands behind it.
fn points(desk: &Desk<'_>, names: &mut Names<'_, '_>, task: &Task, blocks: &mut Vec<Block>) {
    let content = desk.corrected(&task.id, &task.note, "content", &task.content);
    let content = Runs(
        content
            .0
            .into_iter()
            .map(|mut run| {
                if run.tone == Tone::Plain {
                    run.tone = Tone::Strong;
                }
                run
            })
            .collect(),
    );
    blocks.push(Block::Point(Mark::Number, content));
    let mut tell = |key: &str, what: String| {
        if !what.trim().is_empty() {
            blocks.push(Block::Point(Mark::Dash, format!("{}: {}.", desk.say(key), unended(&what)).into()));
        }
    };
    let role = if desk.leads(task, desk.order.unit) { "paper.role_lead" } else { "paper.role_support" };
    tell("paper.role", desk.say(role));
    tell("paper.column_lead", desk.units(&task.lead));
    tell("paper.column_support", desk.units(&task.support));
    tell("paper.column_due", desk.deadline(task));
    tell("paper.column_product", task.product.clone());
    let note = desk.meeting.note(&task.note);
    let words =
        if task.quote.trim().is_empty() { note.map_or("", |note| note.text.as_str()) } else { &task.quote };
    let speaker =
        note.map(|note| note.speaker.clone()).filter(|id| !id.is_empty()).map(|id| names.mention(&id));
    if !words.trim().is_empty() {
        let speaker = speaker.map_or(String::new(), |who| format!(" ({who})"));
        tell("paper.words_said", format!("“{}”{speaker}", words.trim()));
    }
    for conclusion in rests_on(desk, task) {
        let number = conclusion.number.map_or(String::new(), |n| n.to_string());
        let key = desk.fill("paper.conclusion_number", &[("n", number)]);
        let text = desk.corrected(&conclusion.id, &conclusion.note, "text", &conclusion.text);
        blocks.push(Block::Point(Mark::Dash, Runs([Runs::from(format!("{key}: ")).0, text.0].concat())));
    }
}

/// The conclusions the task rests on, or shares its line with.
fn rests_on<'d>(desk: &'d Desk<'_>, task: &Task) -> Vec<&'d Conclusion> {
    let own =
        |row: &&Conclusion| task.basis.contains(&row.id) || (!task.note.is_empty() && row.note == task.note);
    desk.meeting.conclusions.iter().filter(own).collect()
}

/// An extract is certified by whoever keeps the record.
fn signed(desk: &Desk<'_>) -> Vec<Block> {
    let capitals = desk.say("paper.certified");
    let right = Signature {
        authority: vec![capitals.to_uppercase()],
        position: vec![desk.say("paper.sign_secretary").to_uppercase()],
        name: desk.secretary().map_or(String::new(), |id| desk.bare_name(&id)),
        ..Signature::default()
    };
    desk.closed_by(right)
}
