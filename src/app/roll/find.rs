//! Finding a seat or a site by what is typed of it. A unit or an office is looked at once however many seats have it.
//! Pure questions.

use std::collections::HashMap;

use crate::app::App;
use crate::app::roll::Chosen;
use crate::domain::meeting::{Meeting, Seat};
use crate::text::{fold, keystrokes};

/// How well typed words fit a text.
type Score = fn(&str, &str) -> Option<u32>;

impl App {
    /// The seat that fits the words best, by name, title, unit or substitute; as typed, else as the keys behind it.
    pub(super) fn seat_matching(&self, words: &str) -> Option<String> {
        self.best_seat(words).map(|(_, id)| id)
    }

    /// The site that fits the words best.
    pub(super) fn site_matching(&self, words: &str) -> Option<String> {
        self.best_site(words).map(|(_, id)| id)
    }

    /// What fits the words best; of a seat and a site that fit alike the seat.
    pub(super) fn row_matching(&self, words: &str) -> Option<Chosen> {
        match (self.best_seat(words), self.best_site(words)) {
            (Some((seat, _)), Some((site, id))) if site > seat => Some(Chosen::Site(id)),
            (Some((_, id)), _) => Some(Chosen::Seat(id)),
            (None, site) => site.map(|(_, id)| Chosen::Site(id)),
        }
    }

    fn best_seat(&self, words: &str) -> Option<(u32, String)> {
        let meeting = self.current_meeting().filter(|_| !words.is_empty())?;
        let units = self.unit_texts(meeting);
        let best = |score: Score| {
            let mut known: HashMap<&str, Option<u32>> = HashMap::new();
            let of_unit = |unit: &str| {
                let texts = units.get(unit).into_iter().flatten().copied();
                texts.chain(std::iter::once(unit)).filter_map(|text| score(words, text)).max()
            };
            let mut offices: HashMap<&str, Option<u32>> = HashMap::new();
            let mut best: Option<(u32, &Seat)> = None;
            for seat in &meeting.seats {
                let unit = *known.entry(&seat.unit).or_insert_with(|| of_unit(&seat.unit));
                let of_office = |title: &str| score(words, title);
                let titles = seat.titles.iter();
                let title =
                    titles.filter_map(|t| *offices.entry(t.as_str()).or_insert_with(|| of_office(t))).max();
                let found = own_score(seat, words, score).max(unit).max(title);
                if let Some(found) = found.filter(|found| best.is_none_or(|(known, _)| *found > known)) {
                    best = Some((found, seat));
                }
            }
            best.map(|(score, seat)| (score, seat.id.clone()))
        };
        best(fold::score).or_else(|| best(keystrokes::score_typed))
    }

    fn best_site(&self, words: &str) -> Option<(u32, String)> {
        let meeting = self.current_meeting().filter(|_| !words.is_empty())?;
        let best = |score: Score| {
            let scored =
                meeting.sites.iter().rev().filter_map(|site| Some((score(words, &site.name)?, &site.id)));
            scored.max_by_key(|(score, _)| *score).map(|(score, id)| (score, id.clone()))
        };
        best(fold::score).or_else(|| best(keystrokes::score_typed))
    }

    /// Names and short forms of the units by id.
    fn unit_texts<'a>(&'a self, meeting: &'a Meeting) -> HashMap<&'a str, Vec<&'a str>> {
        let mut texts: HashMap<&str, Vec<&str>> = HashMap::new();
        for unit in &meeting.units {
            texts.entry(&unit.id).or_default().extend([unit.name.as_str(), unit.short.as_str()]);
        }
        for unit in self.committee_of(meeting).iter().flat_map(|committee| &committee.units) {
            texts.entry(&unit.id).or_default().extend([unit.name.as_str(), unit.short.as_str()]);
        }
        texts
    }
}

fn own_score(seat: &Seat, words: &str, score: Score) -> Option<u32> {
    let substitute = seat.substitute.iter().map(|substitute| &substitute.name);
    let texts = std::iter::once(&seat.name).chain(substitute);
    texts.filter(|text| !text.is_empty()).filter_map(|text| score(words, text)).max()
}
