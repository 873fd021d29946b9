//! What is typed to narrow a list of tasks: words without marks and a few terms such as `is:overdue` or `age>90`.
//! A filter is never wrong: what is no term is a word. Knows no list and no screen.

use crate::domain::id::slug;
use crate::domain::kinds::Status;
use crate::domain::state::TaskState;
use crate::text::fold;
use crate::text::query::{Piece, Query, pieces};

/// A filter as read. All of its terms must hold; an empty one lets everything through.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    terms: Vec<Term>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    wanted: Wanted,
    test: Test,
}

/// Whether a term must hold or must not (`-word`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Yes,
    No,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Test {
    /// A word or quoted phrase, as [`fold::plain`]; with marks also as typed.
    Word {
        folded: String,
        marked: Option<String>,
    },
    Is(Is),
    /// Pieces of names as [`squeezed`].
    Unit(String),
    Meeting(String),
    Committee(String),
    /// Days since the task was given.
    Older(i64),
    Younger(i64),
}

/// What can be asked of a task's standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Is {
    Overdue,
    Soon,
    Open,
    Done,
    NoDue,
    Standing,
    Suspended,
    Cancelled,
    Awaiting,
    Returned,
}

/// What a filter looks at.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Everything that words are looked for in, as [`fold::plain`].
    pub text: &'a str,
    /// The words for the state and the progress, as [`fold::plain`].
    pub standing: &'a str,
    /// Names of the units in the lead, each as [`name_line`].
    pub units: &'a str,
    pub meeting: &'a str,
    pub committee: &'a str,
    pub state: TaskState,
    pub status: Status,
    /// Days since the task was given; `None` when its meeting has no date.
    pub age: Option<i64>,
}

impl Filter {
    /// Reads what was typed. A term that is not finished (`unit:`) lets everything through.
    pub fn read(typed: &str) -> Filter {
        Filter { terms: pieces(typed).iter().filter_map(term).collect() }
    }

    /// The words of typed text that are no terms: what a list marks in its rows.
    pub fn words(typed: &str) -> Query {
        let word = |piece: &Piece<'_>| term(piece).is_some_and(|term| matches!(term.test, Test::Word { .. }));
        let words: Vec<Piece<'_>> = pieces(typed).into_iter().filter(word).collect();
        Query::of(&words, &[])
    }

    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether a term looks at texts at all; without one a list need not gather them.
    pub fn reads_texts(&self) -> bool {
        let of_text = |test: &Test| !matches!(test, Test::Is(_) | Test::Older(_) | Test::Younger(_));
        self.terms.iter().any(|term| of_text(&term.test))
    }

    /// Whether a task fits. `original` gives its text with marks; it is asked only for a word with marks.
    pub fn fits(&self, facts: &Facts<'_>, original: impl Fn() -> String) -> bool {
        self.terms.iter().all(|term| holds(&term.test, facts, &original) == (term.wanted == Wanted::Yes))
    }
}

/// A name as unit, meeting and committee terms look for it: its letters and digits without marks, its initials.
pub fn name_line(name: &str) -> String {
    format!("{}\n{}\n", squeezed(name), fold::initials(name))
}

/// The letters and digits of a text without marks.
pub(super) fn squeezed(text: &str) -> String {
    slug(text).replace('-', "")
}

fn term(piece: &Piece<'_>) -> Option<Term> {
    let wanted = if piece.refused { Wanted::No } else { Wanted::Yes };
    // Between quotation marks everything is a word, so that `"con"` can be looked for.
    let named = if piece.quoted { Named::Nothing } else { named(&fold::fold(piece.text)) };
    match named {
        Named::Unfinished => None,
        Named::Test(test) => Some(Term { wanted, test }),
        Named::Nothing => Some(Term { wanted, test: word(piece.text) }),
    }
}

/// What a folded token stands for beside being a word.
enum Named {
    Test(Test),
    Unfinished,
    Nothing,
}

fn named(token: &str) -> Named {
    if let Some((key, value)) = token.split_once(':') {
        return keyed(key, value);
    }
    if let Some(test) = aged(token) {
        return Named::Test(test);
    }
    // Only the twins that nobody writes as a word stand alone; `is:` comes before the others.
    BARE.iter().find(|(word, _)| *word == token).map_or(Named::Nothing, |(_, is)| Named::Test(Test::Is(*is)))
}

/// What a term before a colon asks about, in lists and in the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    Standing,
    Unit,
    Meeting,
    Committee,
    Speaker,
    Kind,
    Period,
}

/// The subject of a term by its folded key, in either language.
pub(super) fn asked(key: &str) -> Option<Asked> {
    Some(match key {
        "is" | "la" => Asked::Standing,
        "unit" | "donvi" => Asked::Unit,
        "meeting" | "hop" | "cuochop" => Asked::Meeting,
        "committee" | "ban" | "bcd" => Asked::Committee,
        "speaker" | "by" | "nguoi" | "noi" => Asked::Speaker,
        "kind" | "loai" => Asked::Kind,
        "period" | "ky" => Asked::Period,
        _ => return None,
    })
}

fn keyed(key: &str, value: &str) -> Named {
    let test: fn(String) -> Test = match asked(key) {
        Some(Asked::Standing) => {
            let found = NAMED.iter().chain(BARE).find(|(word, _)| *word == value);
            return match found {
                Some((_, is)) => Named::Test(Test::Is(*is)),
                None if value.is_empty() => Named::Unfinished,
                None => Named::Nothing,
            };
        }
        Some(Asked::Unit) => Test::Unit,
        Some(Asked::Meeting) => Test::Meeting,
        Some(Asked::Committee) => Test::Committee,
        Some(Asked::Speaker | Asked::Kind | Asked::Period) | None => return Named::Nothing,
    };
    match squeezed(value) {
        empty if empty.is_empty() => Named::Unfinished,
        value => Named::Test(test(value)),
    }
}

/// `age>90`, `tuoi<=30`.
fn aged(token: &str) -> Option<Test> {
    let rest = token.strip_prefix("age").or_else(|| token.strip_prefix("tuoi"))?;
    let (sign, days) = rest.split_at(rest.find(|c: char| c.is_ascii_digit())?);
    let days: i64 = days.parse().ok()?;
    match sign {
        ">" => Some(Test::Older(days)),
        ">=" => Some(Test::Older(days.saturating_sub(1))),
        "<" => Some(Test::Younger(days)),
        "<=" => Some(Test::Younger(days.saturating_add(1))),
        _ => None,
    }
}

const BARE: &[(&str, Is)] = &[
    ("quahan", Is::Overdue),
    ("saphan", Is::Soon),
    ("khonghan", Is::NoDue),
    ("thuongxuyen", Is::Standing),
    ("tamdung", Is::Suspended),
    ("choxacnhan", Is::Awaiting),
    ("tralai", Is::Returned),
    ("con", Is::Open),
    ("xong", Is::Done),
];

const NAMED: &[(&str, Is)] = &[
    ("overdue", Is::Overdue),
    ("soon", Is::Soon),
    ("open", Is::Open),
    ("done", Is::Done),
    ("nodue", Is::NoDue),
    ("standing", Is::Standing),
    ("suspended", Is::Suspended),
    ("cancelled", Is::Cancelled),
    ("canceled", Is::Cancelled),
    ("huy", Is::Cancelled),
    ("awaiting", Is::Awaiting),
    ("returned", Is::Returned),
    ("lamlai", Is::Returned),
];

fn word(text: &str) -> Test {
    let marked = fold::has_marks(text).then(|| text.to_owned());
    Test::Word { folded: fold::plain(text).text.trim().to_owned(), marked }
}

fn holds(test: &Test, facts: &Facts<'_>, original: &impl Fn() -> String) -> bool {
    match test {
        Test::Word { folded, marked } => {
            let found = facts.text.contains(folded.as_str()) || facts.standing.contains(folded.as_str());
            let exact = |marked: &String| fold::matches(marked, &original());
            found && marked.as_ref().is_none_or(exact)
        }
        Test::Is(is) => stands(*is, facts),
        Test::Unit(piece) => facts.units.contains(piece.as_str()),
        Test::Meeting(piece) => facts.meeting.contains(piece.as_str()),
        Test::Committee(piece) => facts.committee.contains(piece.as_str()),
        Test::Older(days) => facts.age.is_some_and(|age| age > *days),
        Test::Younger(days) => facts.age.is_some_and(|age| age < *days),
    }
}

fn stands(is: Is, facts: &Facts<'_>) -> bool {
    match is {
        Is::Overdue => facts.state == TaskState::Overdue,
        Is::Soon => facts.state == TaskState::DueSoon,
        Is::Open => facts.state.is_open(),
        Is::Done => facts.state.is_done(),
        Is::NoDue => facts.state == TaskState::NoDue,
        Is::Standing => facts.state == TaskState::Standing,
        Is::Suspended => facts.state == TaskState::Suspended,
        Is::Cancelled => facts.state == TaskState::Cancelled,
        Is::Awaiting => facts.status == Status::AwaitingConfirmation,
        Is::Returned => facts.status == Status::Returned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A task of the Department of Home Affairs, overdue, given 100 days ago.
    fn fits(typed: &str) -> bool {
        let units = name_line("snv") + &name_line("Sở Nội vụ");
        let meeting = name_line("2021-07-13-so-ket") + &name_line("Sơ kết 6 tháng");
        let facts = Facts {
            text: "ra soat quy che so noi vu",
            standing: "qua han dang thuc hien",
            units: &units,
            meeting: &meeting,
            committee: &name_line("bcd-qcdc"),
            state: TaskState::Overdue,
            status: Status::InProgress,
            age: Some(100),
        };
        Filter::read(typed).fits(&facts, || "Rà soát quy chế Sở Nội vụ quá hạn đang thực hiện".to_owned())
    }

    #[test]
    fn words_need_no_marks_and_all_must_be_there() {
        for (typed, fit) in [
            ("", true),
            ("ra soat", true),
            ("soat NOI", true),
            ("rà", true),
            ("rá", false),
            ("quá hạn", true),
            ("ra toan", false),
            ("-toan", true),
            ("-soat", false),
            ("-", true),
            ("\"noi\"", true),
            ("\"noi vu\"", true),
            ("\"vu noi\"", false),
            ("-“nội vụ”", false),
            ("\"con\"", false),
        ] {
            assert_eq!(fits(typed), fit, "{typed}");
        }
    }

    #[test]
    fn terms_are_read_in_both_languages() {
        for (typed, fit) in [
            ("is:overdue", true),
            ("IS:Overdue", true),
            ("is:quahan", true),
            ("quahan", true),
            ("con", true),
            ("xong", false),
            ("-xong", true),
            ("-is:open", false),
            ("is:soon", false),
            ("is:awaiting", false),
            ("unit:snv", true),
            ("donvi:snv", true),
            ("đơnvị:snv", true),
            ("unit:so-noi-vu", true),
            ("unit:noivu", true),
            ("unit:stc", false),
            ("meeting:2021-07", true),
            ("meeting:soket", true),
            ("meeting:2022", false),
            ("committee:qcdc", true),
            ("age>90", true),
            ("age>100", false),
            ("age>=100", true),
            ("tuoi<90", false),
            ("tuoi<=100", true),
            ("quahan unit:snv age>90 soat -toan", true),
        ] {
            assert_eq!(fits(typed), fit, "{typed}");
        }
    }

    #[test]
    fn what_is_unfinished_changes_nothing_and_what_is_unknown_is_a_word() {
        for (typed, fit) in
            [("unit:", true), ("is:", true), ("is:over", false), ("age>", false), ("foo:bar", false)]
        {
            assert_eq!(fits(typed), fit, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn a_term_and_its_opposite_divide_everything(word in "[a-zà-ỹ:<>=0-9]{1,12}") {
            // The range of letters holds a few blanks; they would make two terms of one.
            prop_assume!(!word.contains(char::is_whitespace) && !Filter::read(&word).is_empty());
            prop_assert_ne!(fits(&word), fits(&format!("-{word}")));
        }
    }
}
