//! The commands and options, their help in the reader's language, and what is said when they are wrong.
//! Knows no workspace.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ErrorKind};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command, value_parser};

use crate::cli::export::FORMATS;
use crate::cli::out::{self, Color};
use crate::cli::recover::VERBS;
use crate::cli::shell::SHELLS;
use crate::cli::trouble::Trouble;
use crate::cli::{Outcome, first_page};
use crate::domain::kinds::{Language, MeetingKind};
use crate::export::PaperKind;
use crate::words::Words;

/// The whole command line with its help in these words.
pub fn command(words: &Words) -> Command {
    let commands = [
        sub(words, "demo", "cli.demo", "steerco demo", []),
        sub(words, "open", "cli.open", "steerco open <MEETING>", [meeting(words)]),
        new(words),
        sub(words, "list", "cli.list", "steerco list [--json]", [json(words)]),
        sub(words, "show", "cli.show", "steerco show <MEETING> [--json]", [meeting(words), json(words)]),
        tasks(words),
        check(words),
        sub(words, "where", "cli.where", "steerco where [--json]", [json(words)]),
        recover(words),
        search(words),
        due(words),
        import(words),
        export(words),
        sub(words, "doctor", "cli.doctor", "steerco doctor [--json]", [json(words)]),
        completions(words),
        sub(words, "man", "cli.man", "steerco man", []),
        help(words),
    ];
    let root = Command::new("steerco")
        .version(env!("CARGO_PKG_VERSION"))
        .about(words.get("cli.about").to_owned())
        .help_template(first_page::template(words, &commands))
        .override_usage("steerco [COMMAND]")
        .disable_help_subcommand(true)
        .disable_version_flag(true)
        .arg(
            flag("version", words.get("cli.version"))
                .display_order(101)
                .short('V')
                .action(ArgAction::Version),
        )
        .args(everywhere(words))
        .subcommands(commands);
    plain_help(root, words)
}

/// The value of an option before anything else is read: the language of the help, the file of the settings.
pub fn early<'a>(args: &'a [OsString], name: &str) -> Option<&'a OsStr> {
    let mut found = None;
    let mut args = args.iter().take_while(|arg| *arg != "--");
    while let Some(arg) = args.next() {
        if arg == name {
            found = args.next().map(OsString::as_os_str);
        } else if let Some(value) = arg.to_str().and_then(|arg| arg.strip_prefix(name)?.strip_prefix('=')) {
            found = Some(OsStr::new(value));
        }
    }
    found
}

/// The text of an argument that the parser made sure of.
pub fn text<'a>(given: &'a ArgMatches, name: &str) -> &'a str {
    given.get_one::<String>(name).map_or("", String::as_str)
}

/// Help and version as results; everything else as wrong usage.
pub fn answer(words: &Words, error: &clap::Error) -> Result<Outcome, Trouble> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            out::result(&error.render().to_string())?;
            Ok(Outcome::Done)
        }
        _ => Err(Trouble::Usage(wrong(words, error))),
    }
}

fn wrong(words: &Words, error: &clap::Error) -> String {
    let said = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
    let slots = [("argument", argument.as_str()), ("value", value.as_str())];
    match error.kind() {
        ErrorKind::UnknownArgument => words.fill("cli.unknown_argument", &slots),
        ErrorKind::InvalidSubcommand => {
            words.fill("cli.unknown_command", &[("value", &said(ContextKind::InvalidSubcommand))])
        }
        ErrorKind::MissingRequiredArgument => words.fill("cli.missing_argument", &slots),
        ErrorKind::ArgumentConflict => words.fill("cli.conflict", &slots),
        ErrorKind::InvalidValue if value.is_empty() => words.fill("cli.missing_value", &slots),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let valid = said(ContextKind::ValidValue);
            let valid = if valid.is_empty() { valid } else { format!(" ({valid})") };
            words.fill("cli.bad_value", &slots) + &valid
        }
        _ => words.get("cli.wrong").to_owned(),
    }
}

fn new(words: &Words) -> Command {
    let kinds = PossibleValuesParser::new(MeetingKind::ALL.iter().map(|kind| kind.word()));
    let usage = "steerco new --committee <C> --kind <KIND> --date <DATE> [--title <TITLE>]";
    let kinds_help =
        words.fill("cli.kind", &[("kinds", &join(MeetingKind::ALL.iter().map(|kind| kind.word())))]);
    sub(
        words,
        "new",
        "cli.new",
        usage,
        [
            option("committee", "C", words.get("cli.committee")).required(true),
            option("kind", "KIND", &kinds_help).required(true).value_parser(kinds).hide_possible_values(true),
            option("date", "DATE", words.get("cli.date")).required(true).value_parser(day),
            option("title", "TITLE", words.get("cli.title")),
        ],
    )
}

fn tasks(words: &Words) -> Command {
    let query = Arg::new("query").value_name("QUERY").help(words.get("cli.query").to_owned());
    sub(
        words,
        "tasks",
        "cli.tasks",
        "steerco tasks [QUERY] [--overdue] [--json|--csv]",
        [
            query.num_args(0..),
            flag("overdue", words.get("cli.overdue")),
            json(words).conflicts_with("csv"),
            flag("csv", words.get("cli.csv")),
        ],
    )
}

fn check(words: &Words) -> Command {
    let file = Arg::new("file").value_name("FILE").help(words.get("cli.file").to_owned());
    let file = file.num_args(0..).value_parser(value_parser!(PathBuf));
    sub(words, "check", "cli.check", "steerco check [FILE]... [--json]", [file, json(words)])
}

fn meeting(words: &Words) -> Arg {
    Arg::new("meeting").value_name("MEETING").required(true).help(words.get("cli.meeting").to_owned())
}

fn recover(words: &Words) -> Command {
    let usage = "steerco recover [list|show|apply|discard|deleted] [--json]";
    let what = Arg::new("what").value_name("WHAT").help(words.get("cli.recover_what").to_owned());
    let what = what.value_parser(PossibleValuesParser::new(VERBS)).hide_possible_values(true);
    sub(words, "recover", "cli.recover", usage, [what, json(words)])
}

fn import(words: &Words) -> Command {
    let usage = "steerco import roster <FILE> --committee <C> [--sheet <SHEET>] [--preview] [--json]\n       \
        steerco import abbreviations <FILE> [--committee <C>] [--replace] [--preview]";
    let what = Arg::new("what").value_name("WHAT").help(words.get("cli.import_what").to_owned());
    let kinds = PossibleValuesParser::new(["roster", "abbreviations"]);
    let what = what.required(true).value_parser(kinds).hide_possible_values(true);
    let file = Arg::new("file").value_name("FILE").help(words.get("cli.import_file").to_owned());
    let arguments = [
        what,
        file.required(true).value_parser(value_parser!(PathBuf)),
        option("committee", "C", words.get("cli.import_committee")).required_if_eq("what", "roster"),
        flag("replace", words.get("cli.import_replace")),
        option("sheet", "SHEET", words.get("cli.sheet")),
        flag("preview", words.get("cli.preview")),
        json(words),
    ];
    sub(words, "import", "cli.import", usage, arguments)
}

fn search(words: &Words) -> Command {
    let typed = Arg::new("words").value_name("WORDS").help(words.get("cli.search_words").to_owned());
    let limit = option("limit", "N", words.get("cli.limit")).value_parser(value_parser!(usize));
    let usage = "steerco search <WORDS>... [--json] [--limit <N>]";
    sub(words, "search", "cli.search", usage, [typed.num_args(1..).required(true), json(words), limit])
}

fn due(words: &Words) -> Command {
    let said = Arg::new("expression").value_name("EXPRESSION").help(words.get("cli.expression").to_owned());
    let from = option("from", "DATE", words.get("cli.from")).required(true).value_parser(day);
    let usage = "steerco due <EXPRESSION> --from <DATE> [--json]";
    sub(words, "due", "cli.due", usage, [said.required(true).allow_hyphen_values(true), from, json(words)])
}

fn export(words: &Words) -> Command {
    let kinds = PaperKind::ALL.iter().filter(|kind| **kind != PaperKind::Review).map(|kind| kind.word());
    let listed = |key, slot, list: String| words.fill(key, &[(slot, list)]);
    let paper = option("paper", "PAPER", &listed("cli.paper", "kinds", join(kinds.clone())));
    let format = option("format", "FORMAT", &listed("cli.format", "formats", join(FORMATS.into_iter())));
    let usage = "steerco export <MEETING> --paper <PAPER> [--format <FORMAT>] [--unit <UNIT>] [--public] [-o <FILE>]\n       \
                 steerco export --review <PERIOD> [--committee <C>]\n       \
                 steerco export --tasks [QUERY]... [--format xlsx|csv|ics]\n       \
                 steerco export --all [--to <DIR>] [--paper <PAPER>]";
    let what = ["meeting", "review", "tasks", "all"];
    let sources = ArgGroup::new("what").args(what).required(true);
    let command = sub(
        words,
        "export",
        "cli.export",
        usage,
        [
            meeting(words).required(false),
            paper.value_parser(PossibleValuesParser::new(kinds)).hide_possible_values(true),
            format.value_parser(PossibleValuesParser::new(FORMATS)).hide_possible_values(true),
            option("unit", "UNIT", words.get("cli.unit")),
            flag("public", words.get("cli.public")),
            option("output", "FILE", words.get("cli.output")).short('o').conflicts_with("all"),
            option("review", "PERIOD", words.get("cli.review_period")),
            option("committee", "C", words.get("cli.committee")),
            option("tasks", "QUERY", words.get("cli.tasks_query")).num_args(0..),
            flag("all", words.get("cli.all")),
            option("to", "DIR", words.get("cli.to")).requires("all"),
        ],
    );
    command.group(sources)
}

fn completions(words: &Words) -> Command {
    let shell = Arg::new("shell").value_name("SHELL").help(words.get("cli.shell").to_owned());
    let shell = shell.required(true).value_parser(PossibleValuesParser::new(SHELLS));
    let usage = "steerco completions <bash|zsh|fish|powershell>";
    sub(words, "completions", "cli.completions", usage, [shell.hide_possible_values(true)])
}

fn help(words: &Words) -> Command {
    let topic = Arg::new("topic").value_name("TOPIC").help(words.get("cli.topic").to_owned());
    sub(words, "help", "cli.help_on", "steerco help [keys|COMMAND]", [topic])
}

fn json(words: &Words) -> Arg {
    flag("json", words.get("cli.json"))
}

fn everywhere(words: &Words) -> [Arg; 6] {
    let languages = PossibleValuesParser::new(Language::ALL.iter().map(|language| language.word()));
    let folder = option("workspace", "DIR", words.get("cli.workspace"));
    [
        folder.value_parser(value_parser!(PathBuf)).global(true).display_order(100),
        option("config", "FILE", words.get("cli.config"))
            .value_parser(value_parser!(PathBuf))
            .global(true)
            .display_order(100),
        option("lang", "vi|en", words.get("cli.lang"))
            .value_parser(languages)
            .hide_possible_values(true)
            .global(true)
            .display_order(100),
        option("today", "DATE", words.get("cli.today")).value_parser(day).global(true).display_order(100),
        option("color", "auto|always|never", words.get("cli.color"))
            .value_parser(color)
            .global(true)
            .display_order(100),
        flag("ascii", words.get("cli.ascii")).global(true).display_order(100),
    ]
}

fn sub<const N: usize>(
    words: &Words,
    name: &'static str,
    about: &str,
    usage: &'static str,
    args: [Arg; N],
) -> Command {
    let parts = if args.iter().any(Arg::is_positional) { Parts::Arguments } else { Parts::Options };
    let command = Command::new(name).about(words.get(about).to_owned()).override_usage(usage).args(args);
    plain_help(command.help_template(template(words, parts)), words)
}

/// Help as an option with words of its own.
fn plain_help(command: Command, words: &Words) -> Command {
    let help = flag("help", words.get("cli.help")).display_order(101).short('h').action(ArgAction::Help);
    command.disable_help_flag(true).arg(help)
}

/// What a help page lists before the options.
enum Parts {
    Arguments,
    Options,
}

fn template(words: &Words, parts: Parts) -> String {
    let heading = |key| format!("{}:\n", words.get(key));
    let before = match parts {
        Parts::Arguments => heading("cli.heading_arguments") + "{positionals}\n\n",
        Parts::Options => String::new(),
    };
    let usage = words.get("cli.heading_usage");
    let options = heading("cli.heading_options");
    format!("{{about}}\n\n{usage}: {{usage}}\n\n{before}{options}{{options}}\n")
}

fn flag(name: &'static str, help: &str) -> Arg {
    Arg::new(name).long(name).help(help.to_owned()).action(ArgAction::SetTrue)
}

fn option(name: &'static str, value: &'static str, help: &str) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help.to_owned())
}

fn join<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}

fn day(text: &str) -> Result<NaiveDate, String> {
    text.parse().map_err(|_| text.to_owned())
}

fn color(text: &str) -> Result<Color, String> {
    Color::from_word(text).ok_or_else(|| text.to_owned())
}
