//! `steerco`, `steerco open` and `steerco demo`: the door to the screen. Knows no drawing.

use std::path::PathBuf;

use crate::cli::out::Color;
use crate::cli::trouble::Trouble;
use crate::cli::{Call, Outcome, found};
use crate::config::{Settings, ThemeName};
use crate::run::demo::{DemoOptions, demo as run_demo};
use crate::run::terminal::NoTerminal;
use crate::run::{self, Failed, Options};
use crate::store::workspace::Workspace;

/// The whole workspace; the user's own is made at the first time.
pub fn workspace(call: &Call) -> Result<Outcome, Trouble> {
    let folder = call.workspace_folder();
    if call.workspace.is_none() && !folder.exists() {
        Workspace::create(&folder, &call.read.folders.state)?;
    }
    open(call, folder, None)
}

/// Straight to one meeting, named by its id or the beginning of it.
pub fn meeting(call: &Call, name: &str) -> Result<Outcome, Trouble> {
    let workspace = call.open_workspace()?;
    let stored = found::meeting(call, &workspace, name)?;
    open(call, workspace.root().to_owned(), Some(found::file_id(&stored.path)))
}

/// A copy of the sample data that is thrown away afterwards.
pub fn demo(call: &Call) -> Result<Outcome, Trouble> {
    let notices = call.read.notices.clone();
    let options = DemoOptions { settings: settings(call), today: call.today, meeting: None, notices };
    left(call, run_demo(options))
}

fn open(call: &Call, workspace: PathBuf, meeting: Option<String>) -> Result<Outcome, Trouble> {
    let options = Options {
        workspace,
        meeting,
        settings: settings(call),
        state_folder: call.read.folders.state.clone(),
        spare_folders: call.read.folders.spares.clone(),
        today: call.today,
        demo: false,
        notices: call.read.notices.clone(),
    };
    left(call, run::open(options))
}

/// The user's settings with what the command line says otherwise.
fn settings(call: &Call) -> Settings {
    let mut settings = call.read.settings.clone();
    settings.language = call.words.language;
    settings.signs = call.signs;
    // https://no-color.org: set and not empty means no colours, unless they are asked for here.
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if call.color == Color::Never || (refused && call.color != Color::Always) {
        settings.theme = ThemeName::Terminal;
    }
    settings
}

fn left(call: &Call, code: Result<u8, Failed>) -> Result<Outcome, Trouble> {
    match code {
        Ok(0) => Ok(Outcome::Done),
        Ok(code) => Ok(Outcome::Left(code)),
        Err(Failed::Files(error)) => Err(Trouble::File(error)),
        Err(Failed::NoTerminal(why)) => Err(Trouble::Failed(no_terminal(call, &why))),
        Err(Failed::System(cause)) => {
            Err(Trouble::Failed(call.say("cli.system", &[("cause", &cause.to_string())])))
        }
    }
}

fn no_terminal(call: &Call, why: &NoTerminal) -> String {
    match why {
        NoTerminal::InputIsNoTerminal | NoTerminal::OutputIsNoTerminal => {
            call.words.get("cli.no_terminal").to_owned()
        }
        NoTerminal::Dumb => call.words.get("cli.dumb_terminal").to_owned(),
        NoTerminal::Refused(cause) => call.say("cli.terminal_refused", &[("cause", &cause.to_string())]),
    }
}
