//! Numbers of the papers that go out: what the next one would be, and who may sign on a day. Knows no screen.

use chrono::{Datelike, NaiveDate};

use crate::domain::committee::{Committee, Series, Signer};
use crate::domain::kinds::{Stage, World};
use crate::domain::meeting::{Meeting, Paper};

/// The sorts of paper, by their word in the file, the one recorded most first.
pub const KINDS: [&str; 8] =
    ["notice", "minutes", "extract", "progress", "urging", "opening", "attendance", "invitation"];

/// The number the next paper of a kind would get: the highest issued in the committee's series of that year or term,
/// and one. `None` when neither the series nor an earlier paper tells how such a number is written.
pub fn next_number<'a>(
    kind: &str,
    on: NaiveDate,
    committee: &Committee,
    meetings: impl Iterator<Item = &'a Meeting>,
) -> Option<String> {
    let series = committee.head.series.iter().find(|series| series.paper == kind);
    let of_committee = meetings.filter(|meeting| meeting.head.committee == committee.head.id);
    let issued: Vec<&Paper> =
        of_committee.flat_map(|meeting| &meeting.papers).filter(|paper| paper.kind == kind).collect();
    let in_period = issued.iter().filter(|paper| in_period(paper, on, series, committee));
    let highest = in_period.filter_map(|paper| leading(&paper.number)).map(|(n, _)| n).max().unwrap_or(0);
    let next = highest.checked_add(1)?;
    let tail = match series.filter(|series| !series.code.is_empty()) {
        Some(series) => format!("{}{}", separator(committee), series.code),
        None => latest(&issued).and_then(|paper| leading(&paper.number)).map(|(_, tail)| tail.to_owned())?,
    };
    Some(format!("{next:02}{tail}"))
}

/// The highest number issued of a kind in the period of `on`, as it was written.
pub fn highest<'a>(
    kind: &str,
    on: NaiveDate,
    committee: &Committee,
    meetings: impl Iterator<Item = &'a Meeting>,
) -> Option<&'a str> {
    let series = committee.head.series.iter().find(|series| series.paper == kind);
    let papers = meetings.filter(|m| m.head.committee == committee.head.id).flat_map(|m| &m.papers);
    let counted = papers.filter(|paper| paper.kind == kind && in_period(paper, on, series, committee));
    counted.filter_map(|p| Some((leading(&p.number)?.0, p.number.as_str()))).max().map(|(_, number)| number)
}

/// Who may sign on that day.
pub fn signers(committee: &Committee, on: NaiveDate) -> impl Iterator<Item = &Signer> {
    let valid = move |signer: &&Signer| {
        signer.from.is_none_or(|from| from <= on) && signer.to.is_none_or(|to| on <= to)
    };
    committee.signers.iter().filter(valid)
}

/// Enters a paper that went out; the first notice of an approved text makes the meeting issued.
pub fn record(meeting: &mut Meeting, paper: Paper) {
    if paper.kind == "notice" && meeting.stage() == Stage::Approved {
        meeting.head.stage = Some(Stage::Issued);
    }
    meeting.papers.push(paper);
}

/// State papers: `12/TB-BCĐ`; Party papers: `12-TB/BCĐ`.
fn separator(committee: &Committee) -> &'static str {
    if committee.head.world == Some(World::Party) { "-" } else { "/" }
}

fn in_period(paper: &Paper, on: NaiveDate, series: Option<&Series>, committee: &Committee) -> bool {
    let Some(date) = paper.date else { return false };
    let by_term = series.is_some_and(|series| series.per == "term");
    match term(&committee.head.term).filter(|_| by_term) {
        Some((from, to)) => (from..=to).contains(&date.year()) == (from..=to).contains(&on.year()),
        None => by_term || date.year() == on.year(),
    }
}

/// The years of a term such as `2021-2026`.
fn term(text: &str) -> Option<(i32, i32)> {
    let years: Vec<i32> =
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
    match years.as_slice() {
        [from, to] if from <= to => Some((*from, *to)),
        _ => None,
    }
}

/// The number a text begins with, and the rest.
fn leading(number: &str) -> Option<(u32, &str)> {
    let number = number.trim();
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    Some((number[..end].parse().ok()?, &number[end..]))
}

fn latest<'a>(papers: &[&'a Paper]) -> Option<&'a Paper> {
    papers.iter().copied().max_by_key(|paper| paper.date)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn committee(world: World, code: &str, per: &str) -> Committee {
        let mut committee = Committee::default();
        committee.head.id = "bcd".into();
        committee.head.world = Some(world);
        committee.head.term = "2021-2026".into();
        if !code.is_empty() {
            committee.head.series = vec![Series {
                paper: "notice".into(),
                code: code.into(),
                per: per.into(),
                ..Series::default()
            }];
        }
        committee
    }

    fn meeting(committee: &str, papers: &[(&str, &str, &str)]) -> Meeting {
        let paper = |(kind, number, date): &(&str, &str, &str)| Paper {
            kind: (*kind).into(),
            number: (*number).into(),
            date: Some(day(date)),
            ..Paper::default()
        };
        let mut meeting = Meeting { papers: papers.iter().map(paper).collect(), ..Meeting::default() };
        meeting.head.committee = committee.into();
        meeting
    }

    #[test]
    fn the_next_number_follows_the_highest_of_its_series() {
        let library = [
            meeting("bcd", &[("notice", "09/TB-BCĐ", "2026-02-01"), ("minutes", "40/BB-BCĐ", "2026-02-01")]),
            meeting("bcd", &[("notice", "7", "2026-03-01"), ("notice", "31/TB-BCĐ", "2025-12-30")]),
            meeting("other", &[("notice", "77/TB-BCĐ", "2026-03-01")]),
        ];
        let cases = [
            (World::State, "TB-BCĐ", "year", "2026-05-01", Some("10/TB-BCĐ")),
            (World::State, "TB-BCĐ", "year", "2027-01-02", Some("01/TB-BCĐ")),
            (World::State, "TB-BCĐ", "term", "2026-05-01", Some("32/TB-BCĐ")),
            (World::State, "TB-BCĐ", "term", "2027-01-02", Some("01/TB-BCĐ")),
            (World::Party, "TB/BCĐ", "year", "2026-05-01", Some("10-TB/BCĐ")),
            (World::State, "", "year", "2026-05-01", Some("10")),
        ];
        for (world, code, per, on, expected) in cases {
            let found = next_number("notice", day(on), &committee(world, code, per), library.iter());
            assert_eq!(found.as_deref(), expected, "{world:?} {code} {per} {on}");
        }
        let none = next_number("urging", day("2026-05-01"), &committee(World::State, "", ""), library.iter());
        assert_eq!(none, None);
    }

    #[test]
    fn only_signers_valid_that_day_sign() {
        let signer = |id: &str, from: Option<&str>, to: Option<&str>| Signer {
            id: id.into(),
            from: from.map(day),
            to: to.map(day),
            ..Signer::default()
        };
        let committee = Committee {
            signers: vec![
                signer("a", None, None),
                signer("b", Some("2026-03-01"), None),
                signer("c", None, Some("2026-02-28")),
            ],
            ..Committee::default()
        };
        let on = |text| signers(&committee, day(text)).map(|s| s.id.as_str()).collect::<Vec<_>>();
        assert_eq!(on("2026-02-28"), ["a", "c"]);
        assert_eq!(on("2026-03-01"), ["a", "b"]);
    }

    #[test]
    fn the_first_notice_issues_an_approved_text_alone() {
        for (stage, kind, expected) in [
            (Stage::Approved, "notice", Stage::Issued),
            (Stage::Approved, "minutes", Stage::Approved),
            (Stage::Closed, "notice", Stage::Closed),
        ] {
            let mut m = meeting("bcd", &[]);
            m.head.stage = Some(stage);
            record(&mut m, Paper { kind: kind.into(), ..Paper::default() });
            assert_eq!((m.stage(), m.papers.len()), (expected, 1), "{stage:?} {kind}");
        }
    }
}
