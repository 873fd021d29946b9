//! The first steps in an empty workspace: the sample, or a committee of one's own. Knows no drawing and no file.

use crate::app::App;
use crate::app::effect::{AnyRecord, Effect};
use crate::app::event::Failure;
use crate::app::form::{Form, FormField};
use crate::app::home::{HomeChoice, Offer};
use crate::app::popup::{Popup, Then, Tone};
use crate::domain::committee::Committee;
use crate::domain::id::{free_slug, is_file_id};
use crate::domain::kinds::World;
use crate::domain::meeting::SCHEMA;

impl App {
    pub(super) fn take_offer(&mut self, offer: Offer) -> Vec<Effect> {
        match offer {
            Offer::NewCommittee => self.ask_committee(),
            Offer::NewMeeting => self.ask_meeting(),
            Offer::Sample => {
                self.say("news.copying_sample", Tone::Quiet);
                vec![Effect::CopySample]
            }
        }
    }

    /// The sample is in the workspace, or could not be put there.
    pub fn sample_copied(&mut self, result: Result<(), Failure>) -> Vec<Effect> {
        self.home.selected = HomeChoice::First;
        match result {
            Ok(()) => self.say("news.sample_copied", Tone::Plain),
            Err(failure) => self.say_failure(&failure),
        }
        vec![Effect::Load]
    }

    /// The form of a new committee.
    pub(super) fn ask_committee(&mut self) -> Vec<Effect> {
        let worlds = World::ALL.iter().map(|world| format!("world.{}", world.word())).collect();
        let form = Form::new(vec![
            FormField::text("committee_name", ""),
            FormField::text("short", ""),
            FormField::choice("world", worlds, 0),
            FormField::text("committee_place", ""),
            FormField::text("parent_lines", ""),
        ]);
        self.popups.push(Popup::Form { title: "form.committee", form, then: Then::NewCommittee });
        Vec::new()
    }

    /// The committee's file is made.
    pub fn committee_answered(&mut self, form: &Form) -> Result<Vec<Effect>, &'static str> {
        let name = form.text("committee_name");
        if name.is_empty() {
            return Err("news.committee_name");
        }
        let mut committee = Committee::default();
        let head = &mut committee.head;
        head.schema = Some(SCHEMA);
        head.id = self.committee_id(form.text("short"), name);
        (head.name, head.short) = (name.to_owned(), form.text("short").to_owned());
        head.world = form.text("world").strip_prefix("world.").and_then(World::from_word);
        head.place = form.text("committee_place").to_owned();
        let lines = form.text("parent_lines").split(';').map(str::trim).filter(|line| !line.is_empty());
        head.parent_lines = lines.map(str::to_owned).collect();
        head.language = Some(self.desk.words.language);
        self.say_filled("news.committee_made", &[("name", name)], Tone::Plain);
        Ok(vec![Effect::Create(Box::new(AnyRecord::Committee(committee))), Effect::Load])
    }

    fn committee_id(&self, short: &str, name: &str) -> String {
        let taken = |id: &str| {
            let file = format!("{id}.toml");
            !is_file_id(id)
                || self.library.committees.iter().any(|committee| committee.head.id == id)
                || self.library.failures.iter().any(|failure| failure.path.ends_with(&file))
        };
        let words: Vec<&str> = name.split_whitespace().take(8).collect();
        free_slug(if short.is_empty() { words.join(" ") } else { short.to_owned() }.as_str(), taken)
    }
}
