//! `steerco doctor`: whether the machine lets the program do what it promises. Each line is a word (ok, look), what was
//! looked at, and what was found. Tells no text of any record.

mod disk;
mod surroundings;

use std::path::Path;

use crate::cli::json::{self, Json};
use crate::cli::screen_text::table;
use crate::cli::trouble::{Trouble, error_words};
use crate::cli::{Call, Outcome, out, recover};
use crate::error::Error;
use crate::store::workspace::Workspace;

/// What was found about one thing.
struct Finding {
    /// Key of its words, `doctor.<what>`.
    what: &'static str,
    verdict: Verdict,
    /// In words, for a person.
    detail: String,
}

/// Whether somebody should look at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Ok,
    Look,
}

impl Verdict {
    fn word(self) -> &'static str {
        match self {
            Verdict::Ok => "ok",
            Verdict::Look => "look",
        }
    }
}

impl Finding {
    fn ok(what: &'static str, detail: impl Into<String>) -> Finding {
        Finding { what, verdict: Verdict::Ok, detail: detail.into() }
    }

    fn look(what: &'static str, detail: impl Into<String>) -> Finding {
        Finding { what, verdict: Verdict::Look, detail: detail.into() }
    }

    /// What an attempt came to.
    fn of(call: &Call, what: &'static str, tried: Result<String, Error>) -> Finding {
        match tried {
            Ok(detail) => Finding::ok(what, detail),
            Err(error) => Finding::look(what, error_words(&call.words, &error)),
        }
    }

    fn line(&self, call: &Call) -> Vec<String> {
        let what = call.words.get(&format!("doctor.{}", self.what)).to_owned();
        vec![self.verdict.word().to_owned(), what, self.detail.clone()]
    }

    fn json(&self) -> Json {
        let text = |text: &str| Json::Text(text.to_owned());
        Json::Table(vec![
            ("check".to_owned(), text(self.what)),
            ("verdict".to_owned(), text(self.verdict.word())),
            ("detail".to_owned(), text(&self.detail)),
        ])
    }
}

/// Prints the findings; the outcome says whether something needs a look.
pub fn doctor(call: &Call, as_json: bool) -> Result<Outcome, Trouble> {
    let mut findings = of_workspace(call);
    findings.extend(settings(call));
    findings.extend(disk::findings(call));
    findings.extend(surroundings::findings(call));
    let text = if as_json {
        json::page(&Json::List(findings.iter().map(Finding::json).collect()))
    } else {
        table(&findings.iter().map(|finding| finding.line(call)).collect::<Vec<_>>())
    };
    out::result(&text)?;
    let well = findings.iter().all(|finding| finding.verdict == Verdict::Ok);
    Ok(if well { Outcome::Done } else { Outcome::Problems })
}

fn of_workspace(call: &Call) -> Vec<Finding> {
    let folder = call.workspace_folder();
    let workspace = match Workspace::open(&folder, &call.read.folders.state) {
        Ok(workspace) => workspace,
        Err(error) => return vec![Finding::look("workspace", error_words(&call.words, &error))],
    };
    vec![
        readable(call, &workspace),
        Finding::of(call, "writable", workspace.try_writing().map(|()| shown(workspace.root()))),
        lock(call, &workspace),
        waiting(call, &workspace),
    ]
}

fn readable(call: &Call, workspace: &Workspace) -> Finding {
    let contents = workspace.load_all();
    let counts = [
        ("path", shown(workspace.root())),
        ("committees", contents.committees.len().to_string()),
        ("meetings", contents.meetings.len().to_string()),
        ("failed", contents.failures.len().to_string()),
    ];
    let counts = counts.each_ref().map(|(name, value)| (*name, value.as_str()));
    match contents.failures.is_empty() {
        true => Finding::ok("workspace", call.say("doctor.files", &counts)),
        false => Finding::look("workspace", call.say("doctor.files_failed", &counts)),
    }
}

fn lock(call: &Call, workspace: &Workspace) -> Finding {
    match workspace.try_lock() {
        Ok(Some(_held)) => match workspace.try_lock() {
            Ok(None) => Finding::ok("lock", call.words.get("doctor.lock_works")),
            // Some network folders grant a lock to everybody.
            _ => Finding::look("lock", call.words.get("doctor.lock_is_none")),
        },
        Ok(None) => Finding::ok("lock", call.words.get("doctor.lock_held")),
        Err(error) => Finding::look("lock", error_words(&call.words, &error)),
    }
}

fn waiting(call: &Call, workspace: &Workspace) -> Finding {
    match recover::claim(workspace).map(|claim| claim.recovered.len()) {
        Ok(0) => Finding::ok("journals", call.words.get("cli.nothing_to_recover")),
        Ok(n) => Finding::look("journals", call.say("doctor.journals_wait", &[("n", &n.to_string())])),
        Err(error) => Finding::look("journals", error_words(&call.words, &error)),
    }
}

fn settings(call: &Call) -> Vec<Finding> {
    let notices = &call.read.notices;
    if notices.is_empty() {
        return vec![Finding::ok("settings", shown(&call.read.folders.config))];
    }
    notices.iter().map(|notice| Finding::look("settings", notice)).collect()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}
