//! Minutes (biên bản): who was there, what was said in its order, votes, conclusions, tasks (DOMAIN.md B.4; the contents
//! asked for by Quyết định 45/2018/QĐ-TTg). Knows no file format.

use std::collections::HashSet;

use chrono::NaiveDateTime;

use crate::domain::kinds::{ItemKind, Presence, Role, World};
use crate::domain::meeting::{AgendaItem, Note, Seat, Site, Vote};
use crate::domain::{programme, roll};
use crate::export::desk::{Desk, capital, unended};
use crate::export::names::{Names, sent};
use crate::export::tree::{Block, Level, Mark, Runs, Signature, Style, Tone};
use crate::text::numbers;

/// The minutes of the meeting on the desk.
pub fn minutes(desk: &Desk<'_>) -> Vec<Block> {
    let mut page = Page { desk, names: Names::new(desk), blocks: Vec::new() };
    page.blocks.push(desk.header());
    page.blocks.push(desk.title(&desk.meeting.head.title));
    page.opening();
    page.people();
    page.course();
    page.votes();
    page.conclusions();
    page.tasks();
    page.figures();
    page.awards();
    page.documents();
    page.blocks.extend(desk.withheld_remark());
    page.close();
    page.blocks
}

struct Page<'d, 'a> {
    desk: &'d Desk<'a>,
    names: Names<'d, 'a>,
    blocks: Vec<Block>,
}

impl Page<'_, '_> {
    fn text(&mut self, style: Style, runs: impl Into<Runs>) {
        self.blocks.push(Block::Text(style, runs.into()));
    }

    fn point(&mut self, mark: Mark, runs: impl Into<Runs>) {
        self.blocks.push(Block::Point(mark, runs.into()));
    }

    fn part(&mut self, key: &str) {
        self.blocks.push(Block::Heading(Level::Part, self.desk.say(key).into()));
    }

    /// A line of the template: its label, then what the record says.
    fn labelled(&mut self, key: &str, what: &str) {
        let what = if what.is_empty() { "…" } else { what };
        let runs =
            Runs::default().with(Tone::Strong, format!("{}:", self.desk.say(key))).plain(format!(" {what}"));
        self.text(Style::Body, runs);
    }

    fn opening(&mut self) {
        let head = &self.desk.meeting.head;
        let planned = head.date.map(|day| self.desk.long(day));
        let start = head.opened.map(|at| self.moment(at)).or(planned).unwrap_or_default();
        self.labelled("paper.starts_at", &start);
        let form = head.form.map(|form| self.desk.say(&format!("form_of.{}", form.word())));
        let place = match (head.place.trim(), form) {
            ("", None) => String::new(),
            ("", Some(form)) => form,
            (place, None) => place.to_owned(),
            (place, Some(form)) => format!("{place} ({form})"),
        };
        self.labelled("paper.place", &place);
        if let Some(at) = head.recording_started {
            self.labelled(
                "paper.recorded",
                &self.desk.fill("paper.recorded_from", &[("time", self.desk.hours(at))]),
            );
        }
        if !head.source.trim().is_empty() {
            self.labelled("paper.source", head.source.trim());
        }
    }

    fn moment(&self, at: NaiveDateTime) -> String {
        let (time, day) = (self.desk.hours(at), self.desk.long(at.date()));
        self.desk.fill("paper.moment", &[("time", time), ("day", day)])
    }

    /// Who was there, in protocol order, and who was not and why.
    fn people(&mut self) {
        match self.desk.world() {
            World::State => self.text(Style::Label, self.desk.say("paper.attendance_state")),
            _ => self.part("paper.attendance"),
        }
        if !self.desk.meeting.seats.is_empty() {
            self.text(Style::Body, self.desk.attendance_counts());
        }
        let chairs = self.desk.chairs();
        let chaired: Vec<String> = chairs.iter().map(|id| capital(&self.names.mention(id))).collect();
        self.list("paper.chair", chaired);
        let secretary = self.desk.secretary();
        let secretary = secretary.map(|id| capital(&self.names.mention(&id)));
        self.list("paper.secretary", secretary.into_iter().collect());
        let seats: Vec<Seat> = self.desk.meeting.seats.clone();
        let told =
            |seat: &&Seat| !chairs.contains(&seat.id) && self.desk.secretary().as_ref() != Some(&seat.id);
        let was_in = |seat: &&Seat| roll::presence(seat).counts_as_present();
        let is_guest = |seat: &&Seat| !is_member(seat);
        let present: Vec<&Seat> = seats.iter().filter(was_in).filter(told).collect();
        let members = present.iter().filter(|seat| is_member(seat)).map(|seat| self.present(seat)).collect();
        let guests = present.iter().filter(|seat| is_guest(seat)).map(|seat| self.present(seat)).collect();
        let substitutes = seats.iter().filter(|seat| roll::presence(seat) == Presence::Represented);
        let substitutes = substitutes.map(|seat| self.substitute(seat)).collect();
        let absent = roll::absentees(&self.desk.meeting).into_iter().map(|seat| self.absent(seat)).collect();
        let unmarked = seats.iter().filter(|seat| roll::presence(seat) == Presence::Unmarked);
        let unmarked = unmarked.filter(told).map(|seat| capital(&self.desk.in_full(seat))).collect();
        self.list("paper.members_present", members);
        self.list("paper.substitutes", substitutes);
        self.list("paper.absent", absent);
        self.list("paper.guests", guests);
        self.list("paper.not_called", unmarked);
        let sites = self.desk.meeting.sites.iter().map(|site| self.site(site)).collect();
        self.list("paper.sites", sites);
    }

    /// A numbered line with its list under it; a single entry stands on the line itself.
    fn list(&mut self, key: &str, entries: Vec<String>) {
        let label = self.desk.say(key);
        match entries.as_slice() {
            [] => {}
            [only] => {
                let runs = Runs::default()
                    .with(Tone::Strong, format!("{label}:"))
                    .plain(format!(" {}.", unended(only)));
                self.point(Mark::Number, runs);
            }
            several => {
                let count = self.desk.count(several.len());
                let of = self.desk.fill("paper.list_of", &[("label", label.as_str()), ("n", &count)]);
                self.point(Mark::Number, Runs::default().with(Tone::Strong, of));
                for entry in several {
                    self.point(Mark::Dash, format!("{};", unended(entry)));
                }
                self.end_list();
            }
        }
    }

    /// The last entry of a list ends with a full stop.
    fn end_list(&mut self) {
        if let Some(Block::Point(_, runs)) = self.blocks.last_mut()
            && let Some(run) = runs.0.last_mut()
        {
            run.text = format!("{}.", run.text.trim_end_matches(';'));
        }
    }

    fn present(&self, seat: &Seat) -> String {
        let person = capital(&self.desk.in_full(seat));
        let site = seat.site.as_str();
        let remote = roll::presence(seat) == Presence::PresentOnline && !site.is_empty();
        let at = remote.then(|| self.desk.fill("paper.at_site", &[("site", self.desk.site_name(site))]));
        let time = |key: &str, at: Option<crate::domain::value::TimeOfDay>| {
            at.map(|at| self.desk.fill(key, &[("time", crate::text::dates::clock(at.time()))]))
        };
        let notes: Vec<String> = [at, time("paper.came_at", seat.arrived), time("paper.left_at", seat.left)]
            .into_iter()
            .flatten()
            .collect();
        if notes.is_empty() { person } else { format!("{person} ({})", notes.join("; ")) }
    }

    fn substitute(&self, seat: &Seat) -> String {
        let person = capital(&self.desk.in_full(seat));
        let Some(substitute) = sent(seat) else {
            return self.desk.fill("paper.represented_unnamed", &[("person", person)]);
        };
        let consent = match substitute.consented {
            Some(true) => Some(self.desk.say("paper.consented")),
            Some(false) => Some(self.desk.say("paper.not_consented")),
            None => None,
        };
        let reason = Some(seat.reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        let notes: Vec<String> = [Some(person), reason, consent].into_iter().flatten().collect();
        notes.join(", ")
    }

    fn absent(&self, seat: &Seat) -> String {
        let person = capital(&self.desk.in_full(seat));
        let reason = match (roll::presence(seat), seat.reason.trim()) {
            (Presence::AbsentUnexcused, "") => self.desk.say("paper.unexcused"),
            (Presence::AbsentUnexcused, reason) => format!("{}; {reason}", self.desk.say("paper.unexcused")),
            (_, "") => self.desk.say("paper.excused"),
            (_, reason) => self.desk.fill("paper.reason", &[("reason", reason)]),
        };
        format!("{person}: {reason}")
    }

    fn site(&self, site: &Site) -> String {
        let name = if site.name.is_empty() { &site.id } else { &site.name };
        let main = site.main.then(|| self.desk.say("paper.main_site"));
        let chairs = site.chairs.iter().map(|id| self.desk.bare_name(id)).collect::<Vec<_>>().join(", ");
        let chairs = (!chairs.is_empty()).then(|| self.desk.fill("paper.site_chairs", &[("names", chairs)]));
        let heads = site.headcount.map(|n| self.desk.fill("paper.site_heads", &[("n", n.to_string())]));
        let notes: Vec<String> = [main, chairs, heads].into_iter().flatten().collect();
        if notes.is_empty() { name.clone() } else { format!("{name}: {}", notes.join(", ")) }
    }

    /// Item by item, the lines of each speaker together.
    fn course(&mut self) {
        match self.desk.world() {
            World::State => self.text(Style::Label, self.desk.say("paper.course_state")),
            _ => self.part("paper.course"),
        }
        let desk = self.desk;
        // What became a conclusion prints there and is not told twice.
        let formal = desk
            .meeting
            .conclusions
            .iter()
            .map(|row| row.note.as_str())
            .filter(|id| !id.is_empty())
            .collect();
        for item in &desk.meeting.agenda {
            self.item(item, &formal);
        }
        let stray = desk.meeting.notes.iter().filter(|note| desk.meeting.item(&note.item).is_none());
        let stray: Vec<&Note> = stray.filter(|note| !formal.contains(note.id.as_str())).collect();
        self.lines(&stray);
    }

    fn item(&mut self, item: &AgendaItem, formal: &HashSet<&str>) {
        let kind =
            item.kind.map(|kind| self.desk.say(&format!("item_kind.{}", kind.word()))).unwrap_or_default();
        let title = if item.title.is_empty() { kind } else { item.title.clone() };
        let mut heading = self.desk.corrected(&item.id, "", "title", &title);
        if item.confidential {
            heading = heading.plain(format!(" [{}]", self.desk.say("ui.confidential")));
        }
        self.blocks.push(Block::Heading(Level::Section, heading));
        let began = item.started.or_else(|| item.spans.first().and_then(|span| span.from));
        let ended = item.ended.or_else(|| item.spans.last().and_then(|span| span.to));
        if let (Some(from), Some(to)) = (began, ended) {
            let slots = [("from", self.desk.hours(from)), ("to", self.desk.hours(to))];
            self.text(Style::Remark, self.desk.fill("paper.item_time", &slots));
        }
        let desk = self.desk;
        let own: Vec<&Note> = desk.meeting.notes.iter().filter(|note| note.item == item.id).collect();
        let told: Vec<&Note> =
            own.iter().copied().filter(|note| !formal.contains(note.id.as_str())).collect();
        if let Some(concluded) = own.iter().find(|note| formal.contains(note.id.as_str())) {
            let who = if concluded.speaker.is_empty() { &item.presenter } else { &concluded.speaker };
            let who = if who.is_empty() { desk.say("paper.the_chair") } else { self.names.mention(who) };
            self.text(Style::Body, desk.fill("paper.concluded_below", &[("who", capital(&who))]));
        } else if told.is_empty() && !item.presenter.is_empty() {
            let who = capital(&self.names.mention(&item.presenter));
            self.text(Style::Body, desk.fill("paper.presented", &[("who", who)]));
        }
        self.lines(&told);
    }

    /// The lines, those of one speaker in a row under the name.
    fn lines(&mut self, notes: &[&Note]) {
        for together in notes.chunk_by(|a, b| a.speaker == b.speaker) {
            let Some(first) = together.first() else { continue };
            let who = match first.speaker.as_str() {
                "" => String::new(),
                id => capital(&self.names.mention(id)),
            };
            match (who.as_str(), together) {
                ("", several) => several.iter().for_each(|note| self.line(note)),
                (who, [only]) => {
                    let runs = Runs::default().with(Tone::Strong, format!("{who}: "));
                    let words = self.words(only);
                    self.text(Style::Body, Runs([runs.0, words.0].concat()));
                }
                (who, several) => {
                    self.text(Style::Body, Runs::default().with(Tone::Strong, format!("{who}:")));
                    several.iter().for_each(|note| self.line(note));
                }
            }
        }
    }

    fn line(&mut self, note: &Note) {
        let words = self.words(note);
        self.point(Mark::Dash, words);
    }

    fn words(&self, note: &Note) -> Runs {
        let mut runs = self.desk.corrected(&note.id, &note.id, "text", note.text.trim());
        if note.confidential {
            runs = runs.with(Tone::Emphasis, format!(" [{}]", self.desk.say("ui.confidential")));
        }
        if note.doubt && self.desk.is_draft() {
            runs = runs.with(Tone::Emphasis, format!(" {}", self.desk.say("paper.doubt")));
        }
        runs
    }

    fn votes(&mut self) {
        let desk = self.desk;
        if desk.meeting.votes.is_empty() {
            return;
        }
        self.part("paper.votes");
        for vote in &desk.meeting.votes {
            let words = self.vote(vote);
            self.point(Mark::Number, words);
        }
    }

    fn vote(&self, vote: &Vote) -> Runs {
        let n = |n: Option<i64>| n.map_or("…".to_owned(), |n| numbers::count(n, self.desk.is_vietnamese()));
        let method = vote.method.map(|method| self.desk.say(&format!("vote_method.{}", method.word())));
        let result = vote.result.map(|result| self.desk.say(&format!("vote_result.{}", result.word())));
        let numbers = [("for", n(vote.r#for)), ("against", n(vote.against)), ("abstain", n(vote.abstain))];
        let method = method.map(|method| self.desk.fill("paper.vote_method", &[("method", method)]));
        let result = result.map(|result| self.desk.fill("paper.vote_result", &[("result", result)]));
        let counted = [vote.r#for, vote.against, vote.abstain].iter().any(Option::is_some);
        let counted = counted.then(|| self.desk.fill("paper.vote_counts", &numbers));
        let rest: Vec<String> = [method, counted, result].into_iter().flatten().collect();
        let question = self.desk.corrected(&vote.id, &vote.note, "question", unended(&vote.question));
        let tail = if rest.is_empty() { ".".to_owned() } else { format!(": {}.", rest.join("; ")) };
        question.plain(tail)
    }

    /// The chair's conclusion, numbered anew: the numbers as spoken may have gaps.
    fn conclusions(&mut self) {
        let desk = self.desk;
        if desk.meeting.conclusions.is_empty() {
            return;
        }
        self.part("paper.conclusions");
        for conclusion in desk.conclusions_in_order() {
            self.point(
                Mark::Number,
                desk.corrected(&conclusion.id, &conclusion.note, "text", &conclusion.text),
            );
        }
    }

    fn tasks(&mut self) {
        if self.desk.meeting.tasks.is_empty() {
            return;
        }
        self.part("paper.tasks");
        self.blocks.push(Block::Table(self.desk.task_table()));
    }

    fn figures(&mut self) {
        let desk = self.desk;
        if desk.meeting.figures.is_empty() {
            return;
        }
        self.part("paper.figures");
        for figure in &desk.meeting.figures {
            let value = figure.value.map_or("…".to_owned(), |value| desk.number(value));
            let unit = if figure.unit == "%" { "%".to_owned() } else { format!(" {}", figure.unit) };
            let period =
                if figure.period.is_empty() { String::new() } else { format!(" ({})", figure.period) };
            self.point(Mark::Dash, format!("{}{period}: {value}{}.", figure.name, unit.trim_end()));
        }
    }

    fn awards(&mut self) {
        let desk = self.desk;
        if desk.meeting.awards.is_empty() {
            return;
        }
        self.part("paper.awards");
        for award in &desk.meeting.awards {
            self.point(Mark::Dash, desk.award(award));
        }
    }

    fn documents(&mut self) {
        let desk = self.desk;
        if desk.meeting.documents.is_empty() {
            return;
        }
        self.part("paper.documents");
        for document in &desk.meeting.documents {
            self.point(Mark::Dash, format!("{}.", desk.citation(document)));
        }
    }

    fn close(&mut self) {
        let desk = self.desk;
        let head = &desk.meeting.head;
        let read_aloud =
            |item: &&AgendaItem| item.kind == Some(ItemKind::AdoptMinutes) && programme::was_visited(item);
        let key = match desk.meeting.agenda.iter().any(|item| read_aloud(&item)) {
            true => "paper.closing_read",
            false => "paper.closing",
        };
        let (time, day) = match head.closed {
            Some(at) if Some(at.date()) == head.opened.map(|opened| opened.date()) => {
                (desk.hours(at), desk.say("paper.same_day"))
            }
            Some(at) => (desk.hours(at), desk.long(at.date())),
            None => (desk.say("paper.hour_blank"), desk.say("paper.same_day")),
        };
        let slots = [("gathering", desk.gathering()), ("time", time), ("day", day)];
        self.text(Style::Body, desk.fill(key, &slots) + desk.end_mark());
        let left = self.signature("paper.sign_secretary", desk.secretary());
        let right = self.signature("paper.sign_chair", desk.chairs().into_iter().next());
        self.blocks.extend(desk.signed_by_two(left, right));
    }

    fn signature(&self, key: &str, who: Option<String>) -> Signature {
        let key = match (self.desk.world(), key) {
            (World::Party, "paper.sign_secretary") => "paper.sign_secretary_party",
            (World::Party, _) => "paper.sign_chair_party",
            (_, key) => key,
        };
        let capitals = self.desk.say(key);
        let capitals = if self.desk.world() == World::Plain { capitals } else { capitals.to_uppercase() };
        Signature {
            authority: vec![capitals],
            name: who.map_or(String::new(), |id| self.desk.bare_name(&id)),
            ..Signature::default()
        }
    }
}

/// Members of the committee in the list of those present; others are guests.
fn is_member(seat: &Seat) -> bool {
    let by_role = matches!(
        seat.role,
        Some(Role::Chair | Role::CoChair | Role::Presidium | Role::Secretary | Role::Member | Role::Reporter)
    );
    by_role || (seat.role.is_none() && !seat.position.is_empty())
}
