//! A throw-away copy of the sample data, which is compiled in. Knows no screen.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use include_dir::{Dir, include_dir};

use crate::config::Settings;
use crate::run::{Failed, Options, open};

static SAMPLES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/sample-data");

/// How the demonstration is opened.
#[derive(Clone, Debug)]
pub struct DemoOptions {
    pub settings: Settings,
    /// The day states are computed for, when it is not today.
    pub today: Option<chrono::NaiveDate>,
    /// Id of a meeting to go straight into.
    pub meeting: Option<String>,
    /// What was wrong with the settings, in words.
    pub notices: Vec<String>,
}

/// Opens a window on a copy of the samples; the copy and everything done to it are gone afterwards. Returns what the
/// program exits with.
///
/// # Errors
/// As [`open`], and a folder for things that do not last that cannot be written.
pub fn demo(options: DemoOptions) -> Result<u8, Failed> {
    let folder = tempfile::Builder::new().prefix("steerco-demo-").tempdir()?;
    let workspace = folder.path().join("workspace");
    unpack(&workspace)?;
    open(Options {
        workspace,
        meeting: options.meeting,
        settings: options.settings,
        state_folder: folder.path().join("state"),
        spare_folders: Vec::new(),
        today: options.today,
        demo: true,
        notices: options.notices,
    })
}

/// Writes the samples into a folder, which is made when it is missing.
///
/// # Errors
/// The folder cannot be written.
pub fn unpack(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    SAMPLES.extract(folder)
}

/// Writes the samples into a folder beside what is there; a file of the same name stays as it is.
///
/// # Errors
/// The folder cannot be written.
pub fn unpack_beside(folder: &Path) -> io::Result<()> {
    unpack_missing(&SAMPLES, folder)
}

fn unpack_missing(from: &Dir<'_>, folder: &Path) -> io::Result<()> {
    for file in from.files() {
        let path = folder.join(file.path());
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        match fs::OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut open) => open.write_all(file.contents())?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    from.dirs().try_for_each(|dir| unpack_missing(dir, folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::workspace::Workspace;

    #[test]
    fn the_samples_come_out_as_a_workspace_without_failures() {
        let folder = tempfile::tempdir().unwrap();
        let (root, state) = (folder.path().join("w"), folder.path().join("s"));
        unpack(&root).unwrap();
        let contents = Workspace::open(&root, &state).unwrap().load_all();
        assert!(contents.failures.is_empty(), "{:?}", contents.failures);
        assert!(contents.meetings.len() > 10 && !contents.committees.is_empty());
    }

    #[test]
    fn the_samples_come_beside_what_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("steerco.toml");
        fs::write(&own, "# của tôi").unwrap();
        unpack_beside(folder.path()).unwrap();
        assert_eq!(fs::read_to_string(&own).unwrap(), "# của tôi");
        assert!(fs::read_dir(folder.path().join("committees")).unwrap().count() > 1);
    }
}
