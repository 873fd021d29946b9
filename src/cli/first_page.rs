//! `steerco --help` and `steerco help`: one screen, examples first, the commands by what they are for. Knows no workspace.

use clap::Command;

use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, args, keys, out};
use crate::text::width::{pad, width};
use crate::words::Words;

/// What people do first, with the key of its words.
const EXAMPLES: [(&str, &str); 5] = [
    ("steerco", "cli.example_open"),
    ("steerco demo", "cli.example_demo"),
    ("steerco tasks --overdue", "cli.example_tasks"),
    ("steerco search \"nghị định 30\"", "cli.example_search"),
    ("steerco help keys", "cli.example_keys"),
];

/// Commands by what they are for; one that is in no group stands under the last heading.
const GROUPS: [(&str, &[&str]); 4] = [
    ("cli.group_meetings", &["open", "new", "list", "show", "import"]),
    ("cli.group_tasks", &["tasks", "search", "due", "review"]),
    ("cli.group_papers", &["export"]),
    ("cli.group_files", &["check", "recover", "where", "doctor", "index", "sync"]),
];
const OTHER: &str = "cli.group_other";

/// Cells of a screen that everybody has.
const CELLS: usize = 80;

/// The first page as a template whose options are filled in.
pub fn template(words: &Words, commands: &[Command]) -> String {
    let examples = EXAMPLES.map(|(typed, key)| format!("  {} {}\n", pad(typed, 32), words.get(key))).concat();
    format!(
        "{{about}}\n{}:\n{examples}{}: ({})\n{}{}:\n{{options}}\n",
        words.get("cli.heading_examples"),
        words.get("cli.heading_commands"),
        words.get("cli.of_commands"),
        groups(words, commands),
        words.get("cli.heading_options"),
    )
}

fn groups(words: &Words, commands: &[Command]) -> String {
    let names: Vec<&str> = commands.iter().map(Command::get_name).collect();
    let grouped = |name: &&str| GROUPS.iter().any(|(_, group)| group.contains(name));
    let mut rows: Vec<(&str, Vec<&str>)> = GROUPS
        .iter()
        .map(|(key, group)| (*key, group.iter().filter(|name| names.contains(name)).copied().collect()))
        .collect();
    rows.push((OTHER, names.iter().filter(|name| !grouped(name)).copied().collect()));
    rows.retain(|(_, names)| !names.is_empty());
    let widest = rows.iter().map(|(key, _)| width(words.get(key))).max().unwrap_or(0);
    rows.iter().map(|(key, names)| row(&pad(words.get(key), widest), names)).collect()
}

/// The names of a group, wrapped under themselves.
fn row(head: &str, names: &[&str]) -> String {
    let mut text = format!("  {head} ");
    let indent = width(&text);
    let mut at = indent;
    for name in names {
        if at + 1 + width(name) > CELLS {
            text.push_str(&format!("\n{}", " ".repeat(indent)));
            at = indent;
        }
        text.push_str(&format!(" {name}"));
        at += 1 + width(name);
    }
    text + "\n"
}

/// The keys, the help of one command, or the first page.
pub fn help(call: &Call, topic: &str) -> Result<Outcome, Trouble> {
    let mut root = args::command(&call.words);
    root.build();
    let page = match topic {
        "keys" => return keys::tell(call),
        "" => root.render_help(),
        name => match root.find_subcommand_mut(name) {
            Some(command) => command.render_help(),
            None => return Err(Trouble::Usage(call.say("cli.unknown_command", &[("value", name)]))),
        },
    };
    out::result(&page.to_string())?;
    Ok(Outcome::Done)
}
