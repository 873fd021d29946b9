//! The command line: what scripts and hands ask for without a screen, and the door to the screen. Results go to
//! standard output, messages to standard error. Knows no drawing.

mod args;
mod check;
mod doctor;
mod due;
mod export;
mod finding;
mod first_page;
mod folders;
mod found;
mod import;
mod json;
mod keys;
mod list;
mod minutes;
mod new;
mod office;
mod open;
mod out;
mod recover;
mod screen_text;
mod search;
mod shell;
mod show;
mod tasks;
mod trouble;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::ArgMatches;

use crate::app::keymap::Keymap;
use crate::config::{ConfigProblem, Settings, Signs};
use crate::domain::kinds::Language;
use crate::error::Error;
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
    /// The screen was left, with this code.
    Left(u8),
}

/// What every command knows: the options that hold everywhere, read once.
struct Call {
    words: Words,
    read: Read,
    /// `--workspace`, else the variable, as given.
    workspace: Option<PathBuf>,
    today: Option<NaiveDate>,
    color: Color,
    signs: Signs,
}

/// What was there before the arguments were understood.
struct Read {
    settings: Settings,
    /// What was wrong in the settings file, in words.
    notices: Vec<String>,
    folders: Folders,
}

/// Does what the arguments ask for, the program's name first. The code is 0 when it is done, 1 when problems were
/// found or something was not found, 2 when the arguments were wrong, 3 when something could not be read or written.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let folders = Folders::of_user(args::early(&args, "--config").map(PathBuf::from));
    let settings = folders.settings();
    let chosen = settings.as_ref().map_or(Language::Vi, |(settings, _)| settings.language);
    let language = args::early(&args, "--lang").and_then(|word| Language::from_word(word.to_str()?));
    let words = Words::of(language.unwrap_or(chosen));
    let done = match args::command(&words).try_get_matches_from(args) {
        Err(error) => args::answer(&words, &error),
        Ok(matches) => Read::of(&words, folders, settings)
            .and_then(|read| Call::of(&matches, words.clone(), read).dispatch(&matches)),
    };
    finish(&words, done)
}

impl Read {
    /// A settings file that was named must be readable; the user's own is only missed.
    fn of(
        words: &Words,
        folders: Folders,
        settings: Result<(Settings, Vec<ConfigProblem>), Error>,
    ) -> Result<Read, Trouble> {
        match settings {
            Ok((settings, mistakes)) => {
                let mistakes = mistakes.iter().map(|mistake| folders.mistake(words, mistake));
                let (_, clashes) = Keymap::build(&settings.keys);
                let clashes = clashes.iter().map(|clash| folders.key_mistake(words, &settings, clash));
                let notices = mistakes.chain(clashes).collect();
                Ok(Read { settings, notices, folders })
            }
            Err(error) if folders.is_named() => Err(Trouble::File(error)),
            Err(error) => {
                let notices = vec![trouble::error_words(words, &error)];
                Ok(Read { settings: Settings::default(), notices, folders })
            }
        }
    }
}

fn finish(words: &Words, done: Result<Outcome, Trouble>) -> ExitCode {
    match done {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Ok(Outcome::Left(code)) => ExitCode::from(code),
        Err(trouble) => {
            if let Some(message) = trouble.words(words) {
                out::message(&message);
            }
            ExitCode::from(trouble.code())
        }
    }
}

impl Call {
    fn of(matches: &ArgMatches, words: Words, read: Read) -> Call {
        let read_signs = read.settings.signs;
        let named = matches.get_one::<PathBuf>("workspace").cloned();
        let variable = std::env::var_os("STEERCO_WORKSPACE").filter(|value| !value.is_empty());
        Call {
            words,
            read,
            workspace: named.or_else(|| variable.map(PathBuf::from)),
            today: matches.get_one::<NaiveDate>("today").copied(),
            color: matches.get_one::<Color>("color").copied().unwrap_or(Color::Auto),
            signs: if matches.get_flag("ascii") { Signs::Ascii } else { read_signs },
        }
    }

    fn dispatch(&self, matches: &ArgMatches) -> Result<Outcome, Trouble> {
        match matches.subcommand() {
            None => open::workspace(self),
            Some(("demo", _)) => open::demo(self),
            Some(("open", given)) => open::meeting(self, args::text(given, "meeting")),
            Some((name, given)) => self.answer(name, given),
        }
    }

    /// The commands without a screen; what is wrong in the settings is a message here.
    fn answer(&self, name: &str, given: &ArgMatches) -> Result<Outcome, Trouble> {
        // The doctor has them among the findings.
        for notice in self.read.notices.iter().filter(|_| name != "doctor") {
            out::message(notice);
        }
        match name {
            "new" => new::create(self, given),
            "list" => list::list(self, given.get_flag("json")),
            "show" => show::show(self, args::text(given, "meeting"), given.get_flag("json")),
            "tasks" => tasks::tasks(self, given),
            "check" => check::check(self, given),
            "where" => folders::tell(self, given.get_flag("json")),
            "import" => import::roster(self, given),
            "recover" => recover::recover(self, given),
            "search" => search::search(self, given),
            "due" => due::due(self, given),
            "export" => export::export(self, given),
            "doctor" => doctor::doctor(self, given.get_flag("json")),
            "completions" => shell::completions(self, given),
            "man" => shell::man(self),
            "help" => first_page::help(self, args::text(given, "topic")),
            other => Err(Trouble::Usage(other.to_owned())),
        }
    }

    /// The day that decides what is late: `--today`, else the machine's.
    fn today(&self) -> NaiveDate {
        self.today.unwrap_or_else(|| Clock::machine().now().local.date())
    }

    /// The keys as the settings have them.
    fn keymap(&self) -> Keymap {
        Keymap::build(&self.read.settings.keys).0
    }

    fn workspace_folder(&self) -> PathBuf {
        self.read.folders.workspace(self.workspace.as_deref())
    }

    fn open_workspace(&self) -> Result<Workspace, Trouble> {
        let folders = &self.read.folders;
        Ok(Workspace::open(&self.workspace_folder(), &folders.state)?.with_spares(&folders.spares))
    }

    fn say(&self, key: &str, slots: &[(&str, &str)]) -> String {
        self.words.fill(key, slots)
    }
}
