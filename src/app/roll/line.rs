//! The Roll's line: `kt 25` counts heads at a site, `kt -` and `kt +` are its link, `hoa m 8:20` marks a seat, a name
//! alone chooses it. Knows no drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::popup::Tone;
use crate::app::roll::mark::MarkFacts;
use crate::app::roll::{Chosen, RollShow};
use crate::app::view;
use crate::domain::kinds::Presence;
use crate::text::dates;

/// What a line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    Nothing,
    /// A command, the words after `/`.
    Command(String),
    /// Heads at the site of the words; of the chosen site when there are none.
    Heads {
        words: String,
        heads: i64,
    },
    /// The line of that site went up or down.
    Link {
        words: String,
        up: bool,
    },
    /// A mark for the seat of the words; for the chosen one when there are none.
    Mark {
        words: String,
        presence: Presence,
        facts: MarkFacts,
    },
    /// Words that only choose.
    Name(String),
}

impl App {
    /// While one types, what fits best is chosen; words that name nothing leave the choice as it was before the line.
    pub fn roll_line_changed(&mut self) {
        let text = self.roll.line.text().to_owned();
        if text.trim().is_empty() {
            self.roll.before = Chosen::Nothing;
            return;
        }
        if self.roll.before == Chosen::Nothing {
            self.roll.before = self.roll.selected.clone();
        }
        let found = match said(&text) {
            Said::Nothing | Said::Command(_) => None,
            Said::Heads { words, .. } | Said::Link { words, .. } => {
                self.site_matching(&words).map(Chosen::Site)
            }
            Said::Mark { words, .. } => self.seat_matching(&words).map(Chosen::Seat),
            Said::Name(words) => self.row_matching(&words),
        };
        self.roll.selected = found.unwrap_or_else(|| self.roll.before.clone());
        self.show_chosen();
    }

    /// The words of the line that a seat or site is found by; none once the line chooses no row.
    pub fn roll_words(&self) -> String {
        match said(self.roll.line.text()) {
            Said::Nothing | Said::Command(_) => String::new(),
            Said::Heads { words, .. }
            | Said::Link { words, .. }
            | Said::Mark { words, .. }
            | Said::Name(words) => words,
        }
    }

    /// A choice that the filter hides brings all rows back.
    fn show_chosen(&mut self) {
        if self.roll.show == RollShow::NotCalledYet && self.chosen_place(&view::roll_rows(self)).is_none() {
            self.roll.show = RollShow::All;
        }
    }

    /// Enter in the Roll's line. An empty line marks the chosen seat present, or opens the chosen site.
    pub(super) fn roll_line(&mut self) -> Vec<Effect> {
        let text = self.roll.line.text().to_owned();
        let before = std::mem::take(&mut self.roll.before);
        match said(&text) {
            Said::Nothing => match &self.roll.selected {
                Chosen::Site(_) => self.edit_row(),
                _ => self.mark_and_go_on(Presence::Present),
            },
            Said::Command(words) => match self.slash_command(&words) {
                Some((command, argument)) => {
                    self.roll.line.take();
                    self.run(command, &argument)
                }
                None => self.tell("news.no_such_command", Tone::Warning),
            },
            Said::Heads { words, heads } => match self.site_of(&words, before) {
                Some(site) => self.count_heads(&site, heads),
                None => self.tell("news.roll_line", Tone::Warning),
            },
            Said::Link { words, up } => match self.site_of(&words, before) {
                Some(site) => self.link(&site, up),
                None => self.tell("news.roll_line", Tone::Warning),
            },
            Said::Mark { words, presence, facts } => self.mark_said(&words, before, presence, &facts),
            Said::Name(words) => match self.row_matching(&words) {
                Some(chosen) => {
                    self.roll.line.take();
                    self.roll.selected = chosen;
                    Vec::new()
                }
                None => self.tell("news.roll_line", Tone::Warning),
            },
        }
    }

    fn site_of(&self, words: &str, before: Chosen) -> Option<String> {
        match before {
            Chosen::Site(id) if words.is_empty() => Some(id),
            _ => self.site_matching(words),
        }
    }

    fn mark_said(
        &mut self,
        words: &str,
        before: Chosen,
        presence: Presence,
        facts: &MarkFacts,
    ) -> Vec<Effect> {
        let seat = match before {
            Chosen::Seat(id) if words.is_empty() => Some(id),
            _ => self.seat_matching(words),
        };
        let Some(seat) = seat else { return self.tell("news.roll_line", Tone::Warning) };
        self.roll.line.take();
        self.roll.selected = Chosen::Seat(seat.clone());
        let effects = self.mark_as(std::slice::from_ref(&seat), presence, facts);
        if !effects.is_empty() {
            self.say_marked(&seat, presence);
        }
        effects
    }

    /// Who was marked, since the line may have meant somebody else.
    fn say_marked(&mut self, seat: &str, presence: Presence) {
        let name = self.seat_label(seat);
        let state = self.desk.words.get(&format!("presence.{}", presence.word())).to_owned();
        self.say_filled("news.marked", &[("name", &name), ("state", &state)], Tone::Plain);
    }
}

/// Reads a line.
pub(super) fn said(text: &str) -> Said {
    let text = text.trim();
    if text.is_empty() {
        return Said::Nothing;
    }
    if let Some(command) = text.strip_prefix('/') {
        return Said::Command(command.trim().to_owned());
    }
    let mark = marked(text);
    if matches!(&mark, Some(Said::Mark { facts, .. }) if facts.time.is_some()) {
        return mark.unwrap_or(Said::Nothing);
    }
    let (words, last) = text.rsplit_once(' ').map_or(("", text), |(words, last)| (words.trim(), last));
    if let Ok(heads) = last.parse::<i64>()
        && heads >= 0
        && !last.starts_with('+')
    {
        return Said::Heads { words: words.to_owned(), heads };
    }
    if matches!(last, "-" | "+") {
        return Said::Link { words: words.to_owned(), up: last == "+" };
    }
    mark.unwrap_or_else(|| Said::Name(text.to_owned()))
}

/// The first letter of a state with something fitting after it; before it stand the words of the seat. Without words
/// only a time makes it a mark, since a letter alone begins a name.
fn marked(text: &str) -> Option<Said> {
    let words: Vec<&str> = text.split_whitespace().collect();
    (0..words.len()).find_map(|at| {
        let presence = presence_code(words.get(at)?)?;
        let facts = facts(presence, &words.get(at + 1..)?.join(" "))?;
        if at == 0 && facts.time.is_none() {
            return None;
        }
        Some(Said::Mark { words: words.get(..at)?.join(" "), presence, facts })
    })
}

/// What may follow a state: a time after coming and going, a reason after absences, a name after a substitute.
fn facts(presence: Presence, rest: &str) -> Option<MarkFacts> {
    let facts = MarkFacts::default();
    if rest.is_empty() {
        return Some(facts);
    }
    match presence {
        Presence::Late | Presence::LeftEarly => {
            Some(MarkFacts { time: Some(dates::read_time(rest)?), ..facts })
        }
        Presence::AbsentExcused | Presence::AbsentUnexcused => {
            Some(MarkFacts { reason: rest.to_owned(), ..facts })
        }
        Presence::Represented => Some(MarkFacts { substitute: rest.to_owned(), ..facts }),
        _ => None,
    }
}

/// The letters of the states: có mặt, trực tuyến, muộn, về, vắng có phép, vắng không phép, thay.
fn presence_code(code: &str) -> Option<Presence> {
    Some(match code.to_lowercase().as_str() {
        "c" => Presence::Present,
        "tt" => Presence::PresentOnline,
        "m" => Presence::Late,
        "ve" | "về" => Presence::LeftEarly,
        "v" => Presence::AbsentExcused,
        "k" => Presence::AbsentUnexcused,
        "t" => Presence::Represented,
        _ => return None,
    })
}

#[cfg(test)]
mod line_tests {
    use super::*;

    fn mark(words: &str, presence: Presence, facts: MarkFacts) -> Said {
        Said::Mark { words: words.into(), presence, facts }
    }

    #[test]
    fn a_line_says_heads_a_link_a_mark_or_a_name() {
        let none = MarkFacts::default();
        let time = |hour, minute| MarkFacts {
            time: chrono::NaiveTime::from_hms_opt(hour, minute, 0),
            ..none.clone()
        };
        let reason = MarkFacts { reason: "công tác".into(), ..none.clone() };
        let instead = MarkFacts { substitute: "Nguyễn Văn B".into(), ..none.clone() };
        for (text, expected) in [
            ("  ", Said::Nothing),
            ("/luc 10:45", Said::Command("luc 10:45".into())),
            ("kt 25", Said::Heads { words: "kt".into(), heads: 25 }),
            ("25", Said::Heads { words: String::new(), heads: 25 }),
            ("kon tum -", Said::Link { words: "kon tum".into(), up: false }),
            ("+", Said::Link { words: String::new(), up: true }),
            ("hoa m", mark("hoa", Presence::Late, none.clone())),
            ("hoa M 8:20", mark("hoa", Presence::Late, time(8, 20))),
            ("m 8h20", mark("", Presence::Late, time(8, 20))),
            ("hoa ve 1045", mark("hoa", Presence::LeftEarly, time(10, 45))),
            ("hoa ve 10.45", mark("hoa", Presence::LeftEarly, time(10, 45))),
            ("trần hoa v công tác", mark("trần hoa", Presence::AbsentExcused, reason)),
            ("hoa t Nguyễn Văn B", mark("hoa", Presence::Represented, instead)),
            ("lê c minh m", mark("lê c minh", Presence::Late, none.clone())),
            ("m", Said::Name("m".into())),
            ("v hoa", Said::Name("v hoa".into())),
            ("kt -5", Said::Name("kt -5".into())),
        ] {
            assert_eq!(said(text), expected, "{text}");
        }
    }
}
