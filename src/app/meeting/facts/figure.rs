//! Figures: the number in a line under the name of the committee's list, beside what it was the last time. Knows no
//! drawing.

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Form, FormField};
use crate::domain::fact::FactKind;
use crate::domain::id::row_id;
use crate::domain::meeting::{Figure, Meeting};
use crate::domain::value::Number;
use crate::text::numbers;

impl App {
    /// `/so`: the number in the line (or the last line) becomes a figure; its name comes from the committee's list.
    pub fn ask_figure(&mut self, argument: &str) -> Vec<Effect> {
        let text = self.fact_text(argument);
        let indicator = self.indicator_in(&text);
        // Without an indicator the words before the number are its name.
        let said = || text.split(|c: char| c.is_ascii_digit()).next().unwrap_or("").trim().to_owned();
        let (series, name, unit) = indicator.unwrap_or_else(|| (String::new(), said(), String::new()));
        let period = self.current_meeting().map_or(String::new(), |m| m.head.review_period.clone());
        let figure = Figure { name, value: number_in(&text), unit, period, series, ..Figure::default() };
        let focus = usize::from(!figure.name.is_empty());
        self.ask_fact(FactKind::Figure, None, figure_fields(&figure), focus)
    }

    pub(super) fn edit_figure(&mut self, id: &str) -> Vec<Effect> {
        let known =
            self.current_meeting().and_then(|meeting| meeting.figures.iter().find(|row| row.id == id));
        let Some(figure) = known.cloned() else { return Vec::new() };
        self.ask_fact(FactKind::Figure, Some(id), figure_fields(&figure), 1)
    }

    /// The value the same figure had last time.
    pub fn figure_echo(&self, form: &Form) -> Vec<String> {
        let mut echo = vec![String::new(); form.fields.len()];
        let name = form.text("name");
        let named = self.indicator_in(name).map(|(id, full, _)| (id, full));
        let series = match form.text("series") {
            "" => named.as_ref().map_or("", |(id, _)| id.as_str()).to_owned(),
            series => series.to_owned(),
        };
        if let Some((_, full)) = named.filter(|(_, full)| full != name) {
            echo[0] = full;
        }
        if let Some((period, value, unit)) = self.last_figure(&series) {
            let slots = [("period", period.as_str()), ("value", &value), ("unit", &unit)];
            echo[1] = self.desk.words.fill("figure.before", &slots);
        }
        echo
    }

    fn last_figure(&self, series: &str) -> Option<(String, String, String)> {
        if series.is_empty() {
            return None;
        }
        let here = self.current_meeting()?;
        let mut found: Vec<(&Meeting, &Figure)> = self
            .library
            .meetings
            .iter()
            .map(|known| known.meeting.as_ref())
            .filter(|m| m.head.committee == here.head.committee && m.head.date < here.head.date)
            .flat_map(|m| m.figures.iter().map(move |figure| (m, figure)))
            .filter(|(_, figure)| figure.series == series)
            .collect();
        found.sort_by_key(|(m, _)| m.head.date);
        let (_, figure) = found.last()?;
        let value = figure.value.map(Number::official).unwrap_or_default();
        Some((figure.period.clone(), value, figure.unit.clone()))
    }

    fn indicator_in(&self, text: &str) -> Option<(String, String, String)> {
        let committee = self.current_meeting().and_then(|meeting| self.committee_of(meeting))?;
        let folded = crate::text::fold::fold(text);
        let named = |name: &str| !name.is_empty() && folded.contains(&crate::text::fold::fold(name));
        let found = committee.indicators.iter().find(|indicator| named(&indicator.name));
        let picked = found.or_else(|| {
            let short = text.split_whitespace().count() <= 4 && !text.is_empty();
            committee
                .indicators
                .iter()
                .filter(|_| short)
                .filter_map(|i| crate::text::fold::score(text, &i.name).map(|score| (score, i)))
                .max_by_key(|(score, _)| *score)
                .map(|(_, indicator)| indicator)
        })?;
        Some((picked.id.clone(), picked.name.clone(), picked.unit.clone()))
    }

    /// Records the figure, or corrects the one with this id.
    pub(super) fn figure_answered(
        &mut self,
        known: Option<&str>,
        form: &Form,
    ) -> Result<Vec<Effect>, &'static str> {
        let value = number_in(form.text("value")).ok_or("news.figure_number")?;
        if form.text("name").is_empty() {
            return Err("news.figure_name");
        }
        // A name that was not touched stays; a new one may be short for an indicator.
        let kept = known.and_then(|id| self.current_meeting()?.figures.iter().find(|row| row.id == id));
        let is_kept = kept.is_some_and(|figure| figure.name == form.text("name"));
        let picked = if is_kept { None } else { self.indicator_in(form.text("name")) };
        let name = picked.as_ref().map_or_else(|| form.text("name").to_owned(), |(_, name, _)| name.clone());
        let series = match form.text("series") {
            "" => picked.map(|(id, _, _)| id).unwrap_or_default(),
            series => series.to_owned(),
        };
        let fill = |figure: &mut Figure| {
            (figure.name, figure.value, figure.series) = (name, Some(value), series);
            form.text("unit").clone_into(&mut figure.unit);
            form.text("period").clone_into(&mut figure.period);
        };
        let Some(known) = known else {
            let mut figure = Figure { id: row_id(self.desk.random.u64(..)), ..Figure::default() };
            fill(&mut figure);
            return Ok(self.on_line("step.figure", move |meeting, note| {
                meeting.figures.push(Figure { note: note.to_owned(), ..figure });
            }));
        };
        Ok(self.correct_fact("step.figure", |meeting| {
            if let Some(figure) = meeting.figures.iter_mut().find(|row| row.id == known) {
                fill(figure);
            }
        }))
    }
}

fn figure_fields(figure: &Figure) -> Vec<FormField> {
    vec![
        FormField::text("name", &figure.name),
        FormField::text("value", &figure.value.map(Number::official).unwrap_or_default()),
        FormField::text("unit", &figure.unit),
        FormField::text("period", &figure.period),
        FormField::text("series", &figure.series),
    ]
}

/// The first number of a text, as officials write it.
fn number_in(text: &str) -> Option<Number> {
    let value = numbers::first(text)?.value;
    Some(value.whole().map_or_else(|| Number::Decimal(value.as_f64()), Number::Whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_written_as_officials_do() {
        assert_eq!(number_in("đăng ký 2.226 mô hình"), Some(Number::Whole(2226)));
        assert_eq!(number_in("đạt 98,62%"), Some(Number::Decimal(98.62)));
        assert_eq!(number_in("có 5, và"), Some(Number::Whole(5)));
        assert_eq!(number_in("không có"), None);
        assert_eq!(Number::Whole(1_234_567).official(), "1.234.567");
        assert_eq!(Number::Whole(-5).official(), "-5");
        assert_eq!(Number::Decimal(98.62).official(), "98,62");
    }
}
