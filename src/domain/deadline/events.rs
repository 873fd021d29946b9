//! Days that are known by what happens on them: feasts, the committee's next meeting, the end of its term. Must not
//! know sentences.

use chrono::{Datelike, NaiveDate};

use super::phrase::Phrase;
use super::{Hit, Rule};

/// A feast that deadlines lean on.
#[derive(Clone, Copy)]
enum Feast {
    Tet,
    NewYear,
    NationalDay,
    HungKings,
    Christmas,
}

/// `trước Tết Nguyên đán`, `trước Quốc khánh`: the eve is the last day, to be confirmed.
pub(super) fn eve(phrase: &Phrase, at: usize) -> Option<Hit> {
    let sayings = [
        ("tết dương lịch", Feast::NewYear),
        ("tết tây", Feast::NewYear),
        ("tết nguyên đán", Feast::Tet),
        ("tết âm lịch", Feast::Tet),
        ("tết cổ truyền", Feast::Tet),
        ("tết ta", Feast::Tet),
        ("tết trung thu", Feast::Christmas),
        ("tết", Feast::Tet),
        ("quốc khánh", Feast::NationalDay),
        ("giỗ tổ hùng vương", Feast::HungKings),
        ("giỗ tổ", Feast::HungKings),
        ("giáng sinh", Feast::Christmas),
        ("noel", Feast::Christmas),
        ("new year ' s day", Feast::NewYear),
        ("new year", Feast::NewYear),
        ("lunar new year", Feast::Tet),
        ("tet", Feast::Tet),
        ("national day", Feast::NationalDay),
        ("christmas", Feast::Christmas),
    ];
    let first = phrase.skip(at, &["kỳ nghỉ", "dịp nghỉ", "nghỉ", "dịp", "lễ", "the"]);
    let (end, feast) = phrase.choose(first, &sayings)?;
    // Whether the day is before, on or after the feast must be said; only "before" has a last day.
    if !phrase.follows_any(at, &["trước", "before", "by"])
        || phrase.is(end, "trung")
        || phrase.is(first + 1, "trung")
    {
        return Some(Hit::unsettled(end, Rule::Feast));
    }
    let (end, stated) = super::periods::year_after(phrase, end);
    let (end, stated) = phrase.year(end).map_or((end, stated), |year| (end + 1, Some(year)));
    let eve = |year| day_of(phrase, feast, year).and_then(|day| day.pred_opt());
    let this = eve(stated.unwrap_or(phrase.from.year()));
    let due = match (this, stated) {
        (Some(day), Some(_)) => day,
        (Some(day), None) if day >= phrase.from => day,
        (None, _) if !matches!(feast, Feast::Tet | Feast::HungKings) || stated.is_some() => return None,
        _ => eve(phrase.from.year() + 1)?,
    };
    Some(Hit::fixed(end, due, Rule::Feast).doubted_if(!matches!(feast, Feast::NewYear)))
}

fn day_of(phrase: &Phrase, feast: Feast, year: i32) -> Option<NaiveDate> {
    match feast {
        Feast::Tet => phrase.said.holidays.tet_of(year),
        Feast::HungKings => phrase.said.holidays.gio_to_of(year),
        Feast::NewYear => NaiveDate::from_ymd_opt(year, 1, 1),
        Feast::NationalDay => NaiveDate::from_ymd_opt(year, 9, 2),
        Feast::Christmas => NaiveDate::from_ymd_opt(year, 12, 25),
    }
}

/// `họp sau`, `tại phiên họp tới`, `the next meeting`: the committee's next planned meeting, if one is planned.
pub(super) fn next_meeting(phrase: &Phrase, at: usize) -> Option<Hit> {
    let meetings = [
        "kỳ họp",
        "kì họp",
        "phiên họp",
        "cuộc họp",
        "buổi họp",
        "lần họp",
        "hội nghị",
        "phiên",
        "kỳ",
        "họp",
    ];
    let next =
        ["lần sau", "lần tới", "thường kỳ tới", "sau", "tới", "kế tiếp", "tiếp theo", "gần nhất", "sắp tới"];
    let english = ["next committee meeting", "next meeting", "next session", "following meeting"];
    let end = phrase
        .eat_any(at, &english)
        .or_else(|| phrase.eat_any(at, &meetings).and_then(|end| phrase.eat_any(end, &next)))?;
    let own = ["của ban chỉ đạo", "ban chỉ đạo", "of the committee", "của ban"];
    let end = phrase.skip(end, &own);
    if !phrase.ends_clause(end) {
        return None;
    }
    Some(match phrase.said.next_meeting {
        Some(day) if day > phrase.from => Hit::fixed(end, day, Rule::NextMeeting),
        _ => Hit::unsettled(end, Rule::NextMeeting),
    })
}

/// `hết nhiệm kỳ`: the last day of the committee's term, to be confirmed.
pub(super) fn term(phrase: &Phrase, at: usize) -> Option<Hit> {
    let sayings = [
        "hết nhiệm kỳ",
        "cuối nhiệm kỳ",
        "kết thúc nhiệm kỳ",
        "hết nhiệm kì",
        "end of the term",
        "end of term",
    ];
    let end = phrase.skip(phrase.eat_any(at, &sayings)?, &["này", "hiện nay"]);
    if phrase.year(end).is_some() {
        return None;
    }
    let day = phrase.said.term_end.filter(|day| *day >= phrase.from);
    Some(day.map_or(Hit::unsettled(end, Rule::Term), |day| Hit::fixed(end, day, Rule::Term).doubted()))
}
