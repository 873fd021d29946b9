//! Where things lie: the workspace meant, the settings file, the folders of this machine. Knows no record.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::app::command::Command;
use crate::app::keymap::KeyProblem;
use crate::app::view::text::clean;
use crate::cli::json::{self, Json};
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, out};
use crate::config::{ConfigProblem, Mistake, Settings};
use crate::error::Error;
use crate::store::plain;
use crate::store::workspace::Workspace;
use crate::words::Words;

/// The files and folders that are this user's and no workspace's.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The settings file.
    pub config: PathBuf,
    is_named: bool,
    /// Journals, locks and the log.
    pub state: PathBuf,
    /// Where journals and locks go when the state folder takes nothing, by preference.
    pub spares: Vec<PathBuf>,
    pub cache: PathBuf,
    /// Holds the workspace of those who name none.
    pub data: PathBuf,
}

impl Folders {
    /// As the platform has them, with another settings file when one is named.
    pub fn of_user(config: Option<PathBuf>) -> Folders {
        let found = ProjectDirs::from("", "", "steerco");
        // Without a home there is no lasting place; what must last then is in the workspace alone.
        let lost = std::env::temp_dir().join("steerco");
        let of =
            |get: fn(&ProjectDirs) -> &Path| found.as_ref().map_or(lost.clone(), |dirs| get(dirs).to_owned());
        let state = of(|dirs| dirs.state_dir().unwrap_or(dirs.data_local_dir()));
        Folders {
            is_named: config.is_some(),
            config: config.unwrap_or_else(|| of(ProjectDirs::config_dir).join("config.toml")),
            spares: spares(&of(ProjectDirs::data_local_dir), &state),
            state,
            cache: of(ProjectDirs::cache_dir),
            data: of(ProjectDirs::data_dir),
        }
    }

    /// The settings, and what in their file could not be used. Only a file that was named must be there.
    pub fn settings(&self) -> Result<(Settings, Vec<ConfigProblem>), Error> {
        match plain::read_text(&self.config) {
            Ok(text) => Ok(Settings::read(&text)),
            Err(Error::Missing { .. }) if !self.is_named => Ok((Settings::default(), Vec::new())),
            Err(error) => Err(error),
        }
    }

    /// Where the person's own abbreviations lie: beside the settings.
    pub fn abbreviations(&self) -> PathBuf {
        self.config.with_file_name("abbreviations.toml")
    }

    /// Where the words lie that the person wants left as typed.
    pub fn kept_words(&self) -> PathBuf {
        self.state.join("kept.txt")
    }

    /// Lays the person's own abbreviations and kept words over the settings; gives the rows that are no entries, from 1.
    pub fn typing(&self, settings: &mut Settings) -> Vec<usize> {
        let read = |path: PathBuf| std::fs::read_to_string(path).unwrap_or_default();
        let (own, bad) = crate::config::read_abbreviations(&read(self.abbreviations()));
        settings.input.own = own;
        settings.input.kept_here = read(self.kept_words()).split_whitespace().map(str::to_owned).collect();
        bad
    }

    /// Whether the settings file was named on the command line.
    pub fn is_named(&self) -> bool {
        self.is_named
    }

    /// The workspace: the one named, else the one around the current folder, else the user's own.
    pub fn workspace(&self, named: Option<&Path>) -> PathBuf {
        let around = || Workspace::discover(&std::env::current_dir().ok()?);
        named.map(Path::to_owned).or_else(around).unwrap_or_else(|| self.data.join("workspace"))
    }

    /// What is wrong in the settings file, with its place.
    pub fn mistake(&self, words: &Words, problem: &ConfigProblem) -> String {
        let said = match &problem.mistake {
            Mistake::Syntax(message) => words.fill("error.parse", &[("message", message)]),
            Mistake::Value { key, value } => {
                words.fill("cli.config_value", &[("key", key), ("value", value)])
            }
            Mistake::UnknownKey(key) => words.fill("cli.config_key", &[("key", key)]),
        };
        format!("{}:{}:{}: {said}", self.config.display(), problem.line, problem.column)
    }

    /// What is wrong with the user's keys, with the place of the line that asks for them.
    pub fn key_mistake(&self, words: &Words, settings: &Settings, problem: &KeyProblem) -> String {
        let name = |command: &Command| words.get(&format!("command.{}", command.name())).to_owned();
        let said = match problem {
            KeyProblem::UnknownPlace(place) => words.fill("cli.key_place", &[("place", place)]),
            KeyProblem::UnknownCommand { command, .. } => {
                words.fill("cli.key_command", &[("command", command)])
            }
            KeyProblem::BadKey { key, .. } => words.fill("cli.key_unknown", &[("key", key)]),
            KeyProblem::Typed { key, .. } => words.fill("cli.key_typed", &[("key", key)]),
            KeyProblem::Clash { key, kept, dropped, .. } => {
                let slots = [("key", key.as_str()), ("kept", &name(kept)), ("dropped", &name(dropped))];
                words.fill("cli.key_clash", &slots)
            }
        };
        let lines = &settings.key_lines;
        let at = problem.entries().iter().find_map(|entry| lines.get(entry).copied());
        let place = at.map_or(String::new(), |(line, column)| format!(":{line}:{column}"));
        format!("{}{place}: {said}", self.config.display())
    }
}

/// The other place for a person's own data, then one that does not outlast the machine's next start everywhere.
fn spares(data: &Path, state: &Path) -> Vec<PathBuf> {
    #[cfg(unix)]
    let own = format!("steerco-{}", rustix::process::geteuid().as_raw());
    #[cfg(not(unix))]
    let own = "steerco-spare";
    let passing = std::env::temp_dir().join(own);
    [data.to_owned(), passing].into_iter().filter(|spare| spare != state).collect()
}

/// Prints the folders, one a line: its word, a tab, the path.
pub fn tell(call: &Call, as_json: bool) -> Result<Outcome, Trouble> {
    let folders = &call.read.folders;
    let workspace = call.workspace_folder();
    let places = [
        ("workspace", &workspace),
        ("config", &folders.config),
        ("state", &folders.state),
        ("journals", &folders.state.join("journals")),
        ("cache", &folders.cache),
    ];
    if as_json {
        let pairs = places.map(|(key, path)| (key.to_owned(), Json::Text(path.display().to_string())));
        out::result(&json::page(&Json::Table(pairs.into())))?;
    } else {
        let line = |(key, path): (&str, &PathBuf)| format!("{key}\t{}\n", clean(&path.display().to_string()));
        out::result(&places.map(line).concat())?;
    }
    Ok(Outcome::Done)
}
