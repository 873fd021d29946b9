//! Where things lie: the workspace meant, the settings file, the folders of this machine. Knows no record.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

use crate::app::view::text::clean;
use crate::cli::json::{self, Json};
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, out};
use crate::config::{ConfigProblem, Settings};
use crate::error::{Action, Error};
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
        Folders {
            is_named: config.is_some(),
            config: config.unwrap_or_else(|| of(ProjectDirs::config_dir).join("config.toml")),
            state: of(|dirs| dirs.state_dir().unwrap_or(dirs.data_local_dir())),
            cache: of(ProjectDirs::cache_dir),
            data: of(ProjectDirs::data_dir),
        }
    }

    /// The settings, and what in their file could not be used. Only a file that was named must be there.
    pub fn settings(&self) -> Result<(Settings, Vec<ConfigProblem>), Error> {
        match std::fs::read_to_string(&self.config) {
            Ok(text) => Ok(Settings::read(&text)),
            Err(cause) if cause.kind() == ErrorKind::NotFound && !self.is_named => {
                Ok((Settings::default(), Vec::new()))
            }
            Err(cause) => Err(Error::Io { action: Action::Read, path: self.config.clone(), cause }),
        }
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
        let path = self.config.display().to_string();
        match problem {
            ConfigProblem::Syntax { line, column, message } => {
                format!("{path}:{line}:{column}: {}", crate::cli::trouble::parse_words(words, message))
            }
            ConfigProblem::Value { key, value } => {
                words.fill("cli.config_value", &[("path", &path), ("key", key), ("value", value)])
            }
            ConfigProblem::UnknownKey(key) => words.fill("cli.config_key", &[("path", &path), ("key", key)]),
        }
    }
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
