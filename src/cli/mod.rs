//! The command line: what scripts and hands ask for without a screen, and the door to the screen. Results go to
//! standard output, messages to standard error. Knows no drawing.

mod args;
mod check;
mod finding;
mod folders;
mod found;
mod json;
mod list;
mod minutes;
mod new;
mod open;
mod out;
mod recover;
mod screen_text;
mod seating;
mod show;
mod tasks;
mod trouble;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::ArgMatches;

use crate::config::Settings;
use crate::domain::kinds::Language;
use crate::run::clock::Clock;
use crate::store::workspace::Workspace;
use crate::words::Words;
use folders::Folders;
use out::Color;
use trouble::Trouble;

/// What a command that could do its work has to say to scripts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Done,
    /// There are problems, which stand on standard output.
    Problems,
}

/// What every command knows: the options that hold everywhere, read once.
struct Call {
    words: Words,
    settings: Settings,
    folders: Folders,
    /// `--workspace`, else the variable, as given.
    workspace: Option<PathBuf>,
    today: Option<NaiveDate>,
    color: Color,
}

/// Does what the arguments ask for, the program's name first. The code is 0 when it is done, 1 when problems were
/// found or something was not found, 2 when the arguments were wrong, 3 when something could not be read or written.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let folders = Folders::of_user(args::early(&args, "--config").map(PathBuf::from));
    let (settings, mistakes) = folders.settings();
    let language = args::early(&args, "--lang").and_then(|word| Language::from_word(word.to_str()?));
    let words = Words::of(language.unwrap_or(settings.language));
    let done = match args::command(&words).try_get_matches_from(args) {
        Err(error) => args::answer(&words, &error),
        Ok(matches) => {
            for mistake in &mistakes {
                out::message(&folders.mistake(&words, mistake));
            }
            let call = Call::of(&matches, words.clone(), settings, folders);
            call.dispatch(&matches)
        }
    };
    finish(&words, done)
}

fn finish(words: &Words, done: Result<Outcome, Trouble>) -> ExitCode {
    match done {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Err(trouble) => {
            if let Some(message) = trouble.words(words) {
                out::message(&message);
            }
            ExitCode::from(trouble.code())
        }
    }
}

impl Call {
    fn of(matches: &ArgMatches, words: Words, settings: Settings, folders: Folders) -> Call {
        let named = matches.get_one::<PathBuf>("workspace").cloned();
        let variable = std::env::var_os("STEERCO_WORKSPACE").filter(|value| !value.is_empty());
        Call {
            words,
            settings,
            folders,
            workspace: named.or_else(|| variable.map(PathBuf::from)),
            today: matches.get_one::<NaiveDate>("today").copied(),
            color: matches.get_one::<Color>("color").copied().unwrap_or(Color::Auto),
        }
    }

    fn dispatch(&self, matches: &ArgMatches) -> Result<Outcome, Trouble> {
        match matches.subcommand() {
            None => open::workspace(self),
            Some(("demo", _)) => open::demo(self),
            Some(("open", given)) => open::meeting(self, args::text(given, "meeting")),
            Some(("new", given)) => new::create(self, given),
            Some(("list", given)) => list::list(self, given.get_flag("json")),
            Some(("show", given)) => show::show(self, args::text(given, "meeting"), given.get_flag("json")),
            Some(("tasks", given)) => tasks::tasks(self, given),
            Some(("check", given)) => check::check(self, given),
            Some(("where", given)) => folders::tell(self, given.get_flag("json")),
            Some(("recover", given)) => recover::list(self, given.get_flag("json")),
            Some((other, _)) => Err(Trouble::Usage(other.to_owned())),
        }
    }

    /// The day that decides what is late: `--today`, else the machine's.
    fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(|| Clock::machine().now().local.date())
    }

    fn open_workspace(&self) -> Result<Workspace, Trouble> {
        Ok(Workspace::open(&self.folders.workspace(self.workspace.as_deref()), &self.folders.state)?)
    }

    fn say(&self, key: &str, slots: &[(&str, &str)]) -> String {
        self.words.fill(key, slots)
    }
}
