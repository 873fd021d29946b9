//! Stretches of wall-clock time and their length without pauses. Knows no programme, no turn, no clock.

use chrono::NaiveDateTime;

use crate::domain::meeting::Span;

/// From a moment up to a later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stretch {
    pub from: NaiveDateTime,
    pub to: NaiveDateTime,
}

/// Seconds covered by `stretches` and by none of `pauses`. Overlaps count once; a stretch that ends before it
/// begins (the clock was set back) counts nothing. Never negative.
pub fn seconds(stretches: Vec<Stretch>, pauses: &[Stretch]) -> i64 {
    let (stretches, pauses) = (united(stretches), united(pauses.to_vec()));
    let covered: i64 = stretches.iter().map(|s| length(*s)).sum();
    let paused: i64 = stretches.iter().flat_map(|s| pauses.iter().map(|p| common(*s, *p))).sum();
    covered - paused
}

/// The spans as stretches. One without an end runs until the next one begins, the last one until `now`.
pub fn stretches(spans: &[Span], now: NaiveDateTime) -> Vec<Stretch> {
    let from_to: Vec<_> = spans.iter().map(|span| (span.from, span.to)).collect();
    ended(&from_to, now)
}

/// Beginnings and ends as stretches, where an absent end is the next beginning that is not earlier, else `now`.
/// What has no beginning is left out.
pub fn ended(from_to: &[(Option<NaiveDateTime>, Option<NaiveDateTime>)], now: NaiveDateTime) -> Vec<Stretch> {
    let stretch = |(i, (from, to)): (usize, &(Option<NaiveDateTime>, Option<NaiveDateTime>))| {
        let from = (*from)?;
        let next = || from_to[i + 1..].iter().find_map(|(next, _)| next.filter(|next| *next >= from));
        Some(Stretch { from, to: to.or_else(next).unwrap_or(now) })
    };
    from_to.iter().enumerate().filter_map(stretch).collect()
}

/// Sorted, without overlaps and without empty or backward stretches.
fn united(mut stretches: Vec<Stretch>) -> Vec<Stretch> {
    stretches.retain(|s| s.from < s.to);
    stretches.sort();
    let mut out: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for next in stretches {
        match out.last_mut() {
            Some(last) if next.from <= last.to => last.to = last.to.max(next.to),
            _ => out.push(next),
        }
    }
    out
}

fn length(stretch: Stretch) -> i64 {
    (stretch.to - stretch.from).num_seconds().max(0)
}

fn common(a: Stretch, b: Stretch) -> i64 {
    length(Stretch { from: a.from.max(b.from), to: a.to.min(b.to) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(second: u32) -> NaiveDateTime {
        chrono::NaiveDate::default().and_time(chrono::NaiveTime::MIN)
            + chrono::TimeDelta::seconds(second.into())
    }

    fn stretch((from, to): (u32, u32)) -> Stretch {
        Stretch { from: at(from), to: at(to) }
    }

    fn set() -> impl Strategy<Value = Vec<(u32, u32)>> {
        proptest::collection::vec((0u32..60, 0u32..60), 0..6)
    }

    proptest! {
        #[test]
        fn seconds_are_those_a_stopwatch_would_count(worked in set(), paused in set()) {
            let runs = |set: &[(u32, u32)], s: u32| set.iter().any(|(from, to)| (*from..*to).contains(&s));
            let counted = (0..60).filter(|s| runs(&worked, *s) && !runs(&paused, *s)).count();
            let stretches = worked.iter().copied().map(stretch).collect();
            let pauses: Vec<_> = paused.iter().copied().map(stretch).collect();
            prop_assert_eq!(seconds(stretches, &pauses), counted as i64);
        }
    }

    #[test]
    fn an_open_stretch_ends_where_the_next_begins() {
        let open = [(Some(at(5)), None), (Some(at(9)), None), (None, Some(at(3)))];
        assert_eq!(ended(&open, at(20)), vec![stretch((5, 9)), stretch((9, 20))]);
    }
}
