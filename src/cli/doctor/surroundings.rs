//! What stands around the program: terminal, letters, git, the clock.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::SystemTime;

use chrono::{DateTime, Datelike, Local, NaiveDateTime, TimeDelta};

use super::Finding;
use crate::cli::Call;
use crate::run::clock::Clock;

/// Before this year a machine has lost its clock: the program is younger.
const FIRST_YEAR: i32 = 2025;

/// Letters, terminal, git, clock.
pub(super) fn findings(call: &Call) -> Vec<Finding> {
    vec![letters(call), terminal(call), git(call), clock(call)]
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// The first of the variables that decides which letters the terminal is sent. Windows has none; it is told by call.
fn letters(call: &Call) -> Finding {
    let set = ["LC_ALL", "LC_CTYPE", "LANG"].map(|name| (name, variable(name)));
    let decides = set.into_iter().find(|(_, value)| !value.is_empty());
    let is_utf8 = |value: &str| {
        let value = value.to_lowercase();
        value.contains("utf-8") || value.contains("utf8")
    };
    match decides {
        Some((name, value)) if is_utf8(&value) => Finding::ok("letters", format!("{name}={value}")),
        None if cfg!(windows) => Finding::ok("letters", "UTF-8"),
        Some((name, value)) => {
            Finding::look("letters", call.say("doctor.no_utf8", &[("set", &format!("{name}={value}"))]))
        }
        None => Finding::look("letters", call.say("doctor.no_utf8", &[("set", "LANG=")])),
    }
}

fn terminal(call: &Call) -> Finding {
    match variable("TERM").as_str() {
        "" if cfg!(windows) => Finding::ok("terminal", "Windows"),
        "" | "dumb" => Finding::look("terminal", call.words.get("cli.dumb_terminal")),
        term => Finding::ok("terminal", format!("TERM={term}")),
    }
}

/// Nothing depends on git unless the workspace is kept with it.
fn git(call: &Call) -> Finding {
    let kept = call.workspace_folder().join(".git").exists();
    let said = Command::new("git").arg("--version").stdin(Stdio::null()).stderr(Stdio::null()).output();
    match said.ok().filter(|said| said.status.success()) {
        Some(said) => Finding::ok("git", String::from_utf8_lossy(&said.stdout).trim().to_owned()),
        None if kept => Finding::look("git", call.words.get("doctor.git_needed")),
        None => Finding::ok("git", call.words.get("doctor.no_git")),
    }
}

/// A clock behind the files would give new lines an earlier time than old ones.
fn clock(call: &Call) -> Finding {
    let now = Clock::machine().now();
    let shown = format!("{} {}", now.local.format("%Y-%m-%d %H:%M:%S"), now.offset);
    let ahead = newest(&call.workspace_folder()).is_some_and(|file| file > now.local + TimeDelta::days(1));
    match ahead || now.local.year() < FIRST_YEAR {
        true => Finding::look("clock", call.say("doctor.clock_behind", &[("now", &shown)])),
        false => Finding::ok("clock", shown),
    }
}

/// When the newest file of the workspace was written, local time.
fn newest(folder: &Path) -> Option<NaiveDateTime> {
    let years = std::fs::read_dir(folder.join("meetings")).ok()?.flatten();
    let files =
        years.filter_map(|year| std::fs::read_dir(year.path()).ok()).flat_map(|files| files.flatten());
    let written = files.filter_map(|file| file.metadata().and_then(|data| data.modified()).ok());
    written.max().map(|at: SystemTime| DateTime::<Local>::from(at).naive_local())
}
