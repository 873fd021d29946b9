//! What a person at a prompt asks: help on one screen, keys, completions, a manual, a deadline in words, a search, the
//! state of the machine, and unfiled work brought back.

use std::fs;
use std::path::PathBuf;

use steerco::app::command::Command as Verb;
use steerco::domain::edit::{Edit, RowKey};
use steerco::domain::id::RecordKey;
use steerco::domain::value::Value;
use steerco::store::journal::{Entry, JournalWriter};
use steerco::store::workspace::Workspace;
use steerco::text::width::width;

use crate::cli::{MEETING_PATH, Place, on_sample, small};

#[test]
fn help_is_one_screen_with_examples_first_in_both_languages() {
    for (language, examples) in [("vi", "Ví dụ:"), ("en", "Examples:")] {
        let page = on_sample(&["--lang", language, "--help"]).out;
        // A row is left for the prompt.
        assert!(page.lines().count() <= 23, "{}", page.lines().count());
        assert!(page.lines().all(|line| width(line) <= 80), "{page}");
        assert_eq!(page.lines().nth(1), Some(examples));
        assert_eq!(on_sample(&["--lang", language, "help"]).out, page);
    }
}

#[test]
fn help_names_every_command_and_each_has_a_page() {
    let page = on_sample(&["--help"]).out;
    for name in ["demo", "open", "tasks", "search", "due", "recover", "doctor", "completions", "man", "help"]
    {
        assert!(page.split_whitespace().any(|word| word == name), "{name}");
        assert_eq!(on_sample(&["help", name]).out, on_sample(&[name, "--help"]).out);
    }
    assert_eq!(on_sample(&["help", "không-có"]).code, 2);
}

#[test]
fn the_keys_are_told_as_they_are_set() {
    let place = small();
    place.write("c.toml", "[keys.meeting]\nspeaker = [\"ctrl-o\"]\n".as_bytes());
    let told = place.run(&["help", "keys", "--lang", "en", "--config", "c.toml"]).out;
    let row = |name: &str| told.lines().find(|line| line.contains(name)).unwrap().to_owned();
    assert!(row("Choose the speaker").trim_start().starts_with("Ctrl-O /"), "{}", row("Choose the speaker"));
    assert!(row("Find a command").contains("Ctrl-K"));
    let with_key = Verb::ALL.iter().filter(|verb| verb.name() == "quit").count();
    assert_eq!(with_key, told.matches("Ctrl-Q").count());
}

#[test]
fn completions_and_the_manual_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        let script = on_sample(&["completions", shell]);
        assert_eq!(script.code, 0);
        assert!(script.out.contains("recover") && script.out.contains("overdue"), "{shell}");
    }
    assert_eq!(on_sample(&["completions", "tcsh"]).code, 2);
    let manual = on_sample(&["man"]).out;
    for wanted in [".TH steerco 1", "steerco doctor", "\\-\\-overdue", "Ctrl\\-K"] {
        assert!(manual.contains(wanted), "{wanted}");
    }
}

#[test]
fn a_deadline_in_words_is_read_or_not_found() {
    let day = ["--from", "2026-03-26", "--json"];
    let due = |words: &str| on_sample(&["due", words, day[0], day[1], day[2]]);
    let read = due("trước ngày 15/9").json();
    assert_eq!((&read["due"], &read["due_kind"]), (&"2026-09-15".into(), &"date".into()));
    assert_eq!((&read["before"], &read["rule"]), (&true.into(), &"day".into()));
    assert_eq!(read.as_object().unwrap().len(), 5);
    let read = due("hằng quý").json();
    assert_eq!((&read["due_kind"], &read["due"]), (&"recurring".into(), &serde_json::Value::Null));
    let unread = due("trong thời gian tới");
    let told = |out: &str| serde_json::from_str::<serde_json::Value>(out).unwrap();
    assert_eq!((unread.code, &told(&unread.out)["due_kind"]), (1, &"none".into()));
    let impossible = due("trước ngày 31/4");
    assert_eq!((impossible.code, &told(&impossible.out)["rule"]), (1, &"no_such_day".into()));
    assert_eq!(told(&impossible.out)["due"], serde_json::Value::Null);
    assert_eq!(on_sample(&["due", "ngày mai"]).code, 2);
    assert_eq!(on_sample(&["due", "- ngày 30/9", "--from", "2026-03-26"]).code, 0);
}

#[test]
fn a_search_finds_lines_without_marks_and_the_exact_phrase_first() {
    let hits = on_sample(&["search", "dat", "dai", "--json"]).json();
    let hits = hits.as_array().unwrap();
    assert!(hits.len() > 3);
    for key in ["meeting", "kind", "id", "at", "speaker", "text"] {
        assert!(hits[0].get(key).is_some(), "{key}");
    }
    let few = on_sample(&["search", "dat dai", "--json", "--limit", "2"]).json();
    assert_eq!(few.as_array().unwrap()[..], hits[..2]);
    let none = on_sample(&["search", "không-có-từ-này", "--json"]);
    assert_eq!((none.code, none.out.as_str()), (1, "[]\n"));
    assert_eq!(on_sample(&["search"]).code, 2);
}

fn well(place: &Place, args: &[&str]) -> crate::cli::Said {
    let mut command = place.command(args);
    command.env("LANG", "vi_VN.UTF-8").env("TERM", "xterm");
    crate::cli::Said::of(command.output().unwrap())
}

#[test]
fn the_doctor_finds_nothing_in_good_order_and_names_what_is_not() {
    let place = small();
    let said = well(&place, &["doctor"]);
    assert_eq!(said.code, 0, "{}", said.out);
    assert!(said.out.lines().all(|line| line.starts_with("ok ")), "{}", said.out);
    let files = |place: &Place| fs::read_dir(place.root()).unwrap().count();
    let before = files(&place);
    assert_eq!(
        well(&place, &["doctor", "--json"]).json().as_array().unwrap().len(),
        said.out.lines().count()
    );
    assert_eq!(files(&place), before);
    place.write("meetings/2024/2024-07-07-hong.toml", b"=");
    place.write("c.toml", "theme = \"tim\"\n[keys.meeting]\nspeaker = [\"f3\"]\n".as_bytes());
    let said = well(&place, &["doctor", "--config", "c.toml", "--json"]);
    assert_eq!(said.code, 1);
    let found: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let look = |what: &str| {
        let of = found.as_array().unwrap().iter();
        of.filter(|finding| finding["check"] == what && finding["verdict"] == "look").count()
    };
    assert_eq!((look("workspace"), look("settings"), look("lock")), (1, 2, 0));
}

#[test]
fn the_doctor_tells_no_text_of_a_record() {
    let place = small();
    let journal = journal(&place);
    journal.record(draft("lời riêng"));
    journal.flush_and_stop().unwrap();
    let said = well(&place, &["doctor"]);
    assert_eq!(said.code, 1);
    assert!(!said.out.contains("lời riêng") && !said.err.contains("lời riêng"));
}

fn journal(place: &Place) -> JournalWriter {
    let told = place.run(&["where", "--json"]).json();
    let journals = PathBuf::from(told["journals"].as_str().unwrap());
    let workspace = Workspace::open(&place.root(), journals.parent().unwrap()).unwrap();
    JournalWriter::start(&journals, &workspace.tag(), |_| {}).unwrap()
}

fn record() -> RecordKey {
    RecordKey::Meeting("2024-05-06-hop".into())
}

fn draft(text: &str) -> Entry {
    Entry::Draft { record: record(), field: "line".into(), text: text.into() }
}

fn retitled(place: &Place, title: &str) -> Entry {
    let was = place.run(&["show", "2024-05-06-hop", "--json"]).json()["title"].as_str().unwrap().to_owned();
    let edit = Edit::Set {
        table: String::new(),
        row: RowKey { id: String::new(), nth: 0 },
        key: "title".into(),
        was: Some(Value::Text(was)),
        now: Some(Value::Text(title.into())),
    };
    Entry::Edits { changes: vec![(record(), vec![edit])], step: "step.edit".into(), clears: None }
}

#[test]
fn unfiled_work_is_shown_filed_once_and_the_half_typed_line_waits_on() {
    let place = small();
    let journal = journal(&place);
    journal.record(retitled(&place, "Tên mới"));
    journal.record(draft("đang nói dở"));
    let file = || fs::read_to_string(place.root().join(MEETING_PATH)).unwrap();
    assert_eq!(place.run(&["recover", "apply"]).code, 0);
    assert!(!file().contains("Tên mới"), "a living window's work is its own");
    journal.flush_and_stop().unwrap();
    let shown = place.run(&["recover", "show"]).out;
    assert!(shown.contains("Tên mới") && shown.contains("đang nói dở"), "{shown}");
    let shown = place.run(&["recover", "show", "--json"]).json();
    assert_eq!(
        (&shown[0]["edits"][0]["op"], &shown[0]["edits"][0]["now"]),
        (&"set".into(), &"Tên mới".into())
    );
    let before = file();
    assert_eq!(place.run(&["recover", "apply"]).code, 0);
    let after = file();
    let changed: Vec<&str> = after.lines().filter(|line| !before.contains(*line)).collect();
    assert_eq!(changed, ["title = \"Tên mới\""]);
    let left = place.run(&["recover", "list", "--json"]).json();
    assert_eq!((&left[0]["edits"], &left[0]["drafts"]["line"]), (&0.into(), &"đang nói dở".into()));
    assert_eq!(place.run(&["recover", "discard"]).code, 0);
    assert_eq!(place.run(&["recover", "--json"]).out, "[]\n");
    assert_eq!(file(), after);
}

#[test]
fn work_on_a_file_that_is_gone_stays_in_the_journal() {
    let place = small();
    let journal = journal(&place);
    journal.record(retitled(&place, "Tên mới"));
    journal.flush_and_stop().unwrap();
    fs::remove_file(place.root().join(MEETING_PATH)).unwrap();
    assert_eq!(place.run(&["recover", "apply"]).code, 3);
    assert_eq!(place.run(&["recover", "--json"]).json()[0]["edits"], 1);
}
