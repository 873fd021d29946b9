//! The README says what is so: its key table is printed from the keys and words, its commands exist, and its test
//! command is the one that guards the house. `STEERCO_UPDATE=1` writes the table anew.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use steerco::app::command::{Command, Context};
use steerco::app::keymap::Keymap;
use steerco::config::Settings;
use steerco::domain::kinds::Language;
use steerco::words::Words;

const BEGIN: &str = "<!-- keys -->\n";
const END: &str = "<!-- /keys -->";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> (PathBuf, String) {
    let path = root().join("README.md");
    let text = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    (path, text)
}

/// What a part of the screen is called over its keys.
fn heading(context: Context) -> &'static str {
    match context {
        Context::Everywhere => "Mọi nơi",
        Context::Text => "Trong ô gõ",
        Context::Meeting => "Cuộc họp",
        Context::Stream => "Trên các dòng đã chọn",
        Context::Prepared => "Trên đoạn soạn sẵn",
        Context::Split => "Khi tách câu",
        Context::Gap => "Trên chỗ thiếu (F7)",
        Context::Facts => "Nội dung ghi kèm",
        Context::List => "Trong danh sách",
        Context::Form => "Trong phiếu hỏi",
        Context::Plan => "Trong chương trình (F3) và danh sách điểm cầu",
        Context::Home => "Trang đầu",
        Context::Board => "Theo dõi nhiệm vụ",
        Context::Columns => "Trong bốn ô của bảng theo dõi",
        Context::Roll => "Điểm danh",
        Context::Committee => "Ban chỉ đạo",
    }
}

/// The places in the order in which one meets them; a place that comes to be stands at the end until it is named here.
fn places() -> Vec<Context> {
    use Context::*;
    let mut places = vec![
        Meeting, Stream, Prepared, Split, Roll, Board, Columns, Committee, Home, List, Plan, Form,
        Everywhere, Text,
    ];
    places.extend(Context::ALL.iter().filter(|place| !places.contains(place)).copied().collect::<Vec<_>>());
    places
}

/// The table as keys and words print it.
fn table() -> String {
    let words = Words::of(Language::Vi);
    let (keymap, problems) = Keymap::build(&Settings::default().keys);
    assert!(problems.is_empty());
    let mut out = String::new();
    for place in places() {
        let commands = Command::ALL.iter().filter(|command| command.context() == place);
        let rows: Vec<String> = commands.filter_map(|command| row(*command, &keymap, &words)).collect();
        if !rows.is_empty() {
            let head = "| Phím | Lệnh | Để làm gì |\n| --- | --- | --- |";
            writeln!(out, "\n#### {}\n\n{head}\n{}", heading(place), rows.join("\n")).unwrap();
        }
    }
    out + "\n"
}

/// Keys, words after `/`, name and meaning of a command; nothing for one that has neither key nor word.
fn row(command: Command, keymap: &Keymap, words: &Words) -> Option<String> {
    let code = |text: String| format!("`{}`", text.replace('|', "\\|"));
    let keys: Vec<String> = keymap.labels(command).into_iter().map(code).collect();
    let slash = format!("slash.{}", command.name());
    let slash = if words.has(&slash) { words.get(&slash) } else { "" };
    let slash: Vec<String> =
        slash.split('|').filter(|word| !word.is_empty()).map(|word| code(format!("/{word}"))).collect();
    if keys.is_empty() && slash.is_empty() {
        return None;
    }
    let (name, help) = (format!("command.{}", command.name()), format!("help.{}", command.name()));
    let (name, help) = (words.get(&name), words.get(&help).replace('|', "\\|"));
    Some(format!("| {} | {} | {name}: {help} |", keys.join(" "), slash.join(" ")))
}

#[test]
fn the_key_table_is_what_keys_and_words_print() {
    let (path, mut text) = readme();
    let begin = text.find(BEGIN).unwrap() + BEGIN.len();
    let end = text.find(END).unwrap();
    let table = table();
    if std::env::var_os("STEERCO_UPDATE").is_some() && text[begin..end] != table {
        text.replace_range(begin..end, &table);
        fs::write(&path, &text).unwrap();
    }
    let (_, text) = readme();
    assert!(text.contains(&format!("{BEGIN}{table}{END}")), "out of date; STEERCO_UPDATE=1 writes it anew");
}

/// What `steerco NAME --help` says, and whether there is such a command.
fn help(name: &str) -> Option<String> {
    let home = tempfile::tempdir().unwrap();
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_steerco"));
    program.args([name, "--help"]).env_clear().env("HOME", home.path()).current_dir(home.path());
    let said = program.output().unwrap();
    said.status.success().then(|| String::from_utf8(said.stdout).unwrap())
}

/// The commands of the README with the options shown beside them: `steerco NAME --option | NAME …   what for`.
fn commands(text: &str) -> Vec<(String, Vec<String>)> {
    let plain = text.lines().filter_map(|line| line.strip_prefix("steerco "));
    let built =
        text.split("cargo run --release -- ").skip(1).filter_map(|rest| rest.split(['\n', '`']).next());
    plain
        .chain(built)
        .flat_map(|line| line.split("   ").next().unwrap().split(" | "))
        .filter_map(|part| {
            let mut words = part.split_whitespace().map(str::to_owned);
            let name = words.next()?;
            Some((name, words.filter(|word| word.starts_with("--")).collect()))
        })
        .collect()
}

#[test]
fn the_commands_and_options_of_the_readme_exist() {
    let (_, text) = readme();
    let shown = commands(&text);
    for needed in ["demo", "open", "new", "list", "show", "tasks", "check"] {
        assert!(shown.iter().any(|(name, _)| name == needed), "{needed} is not in the README");
    }
    for (name, options) in shown {
        let said = help(&name).unwrap_or_else(|| panic!("there is no command {name}"));
        for option in options {
            assert!(said.contains(&option), "{name} has no {option}");
        }
    }
    assert_eq!(help("không-có"), None);
    for option in ["--workspace", "--lang", "--json"] {
        assert!(text.contains(option) && help("list").unwrap().contains(option), "{option}");
    }
}

#[test]
fn the_test_command_of_the_readme_guards_the_house() {
    let (_, text) = readme();
    let guard = fs::read_to_string(root().join(".ci/run")).unwrap();
    let command = guard.lines().rfind(|line| line.starts_with("cargo test")).unwrap();
    assert_eq!(command, "cargo test --locked");
    assert!(text.contains(&format!("```\n{command}\n```")), "the README tells another command");
}
