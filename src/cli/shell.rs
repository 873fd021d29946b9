//! `steerco completions` and `steerco man`: what a shell and a manual reader want to know, from the same table of
//! commands as the help. Knows no workspace.

use clap::ArgMatches;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, args, keys, out};

/// Prints the script that completes commands and options in a shell.
pub fn completions(call: &Call, given: &ArgMatches) -> Result<Outcome, Trouble> {
    let Some(shell) = shell(args::text(given, "shell")) else {
        return Err(Trouble::Usage(args::text(given, "shell").to_owned()));
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut args::command(&call.words), "steerco", &mut script);
    out::result(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Done)
}

/// The shells there are scripts for, by their words on the command line.
pub const SHELLS: [&str; 4] = ["bash", "zsh", "fish", "powershell"];

fn shell(word: &str) -> Option<Shell> {
    match word {
        "bash" => Some(Shell::Bash),
        "zsh" => Some(Shell::Zsh),
        "fish" => Some(Shell::Fish),
        "powershell" => Some(Shell::PowerShell),
        _ => None,
    }
}

/// Prints the manual page as roff: the program, each command, the keys.
pub fn man(call: &Call) -> Result<Outcome, Trouble> {
    let page = manual(call).map_err(Trouble::Output)?;
    out::result(&String::from_utf8_lossy(&page))?;
    Ok(Outcome::Done)
}

fn manual(call: &Call) -> std::io::Result<Vec<u8>> {
    let mut page = Vec::new();
    let mut root = args::command(&call.words);
    root.build();
    let man = Man::new(root.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    section(&mut page, call.words.get("cli.heading_commands"));
    for command in root.get_subcommands() {
        page.extend(format!(".SS {}\n", roff(&format!("steerco {}", command.get_name()))).bytes());
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        page.extend(format!("{}\n", roff(&about)).bytes());
        for arg in command.get_arguments().filter(|arg| !arg.is_global_set()) {
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            tagged(&mut page, &arg.to_string(), &help);
        }
    }
    for (place, rows) in keys::places(&call.words, &call.keymap()) {
        section(&mut page, &place);
        for row in rows {
            tagged(&mut page, &row.keys, &format!("{}: {}", row.name, row.help));
        }
    }
    man.render_version_section(&mut page)?;
    Ok(page)
}

fn section(page: &mut Vec<u8>, title: &str) {
    page.extend(format!(".SH \"{}\"\n", roff(&title.to_uppercase()).replace('"', "'")).bytes());
}

fn tagged(page: &mut Vec<u8>, tag: &str, text: &str) {
    page.extend(format!(".TP\n\\fB{}\\fR\n{}\n", roff(tag), roff(text)).bytes());
}

/// A text that roff reads as it stands: no escape, no request at the start of a line.
fn roff(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-").replace('\n', " ");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_a_request_or_an_escape() {
        for (text, expected) in
            [("a-b", "a\\-b"), (".TH x", "\\&.TH x"), ("'x", "\\&'x"), ("a\\b", "a\\eb"), ("a\n.b", "a .b")]
        {
            assert_eq!(roff(text), expected);
        }
        assert!(SHELLS.iter().all(|word| shell(word).is_some()));
    }
}
