//! Papers that went out: recording a number, the page of what was sent, and the count-down to the notice. Knows no
//! drawing.

use chrono::NaiveDate;

use crate::app::App;
use crate::app::effect::Effect;
use crate::app::form::{Answer, Form, FormField};
use crate::app::popup::{Page, PageLine, Popup, Proposed, Then, Tone};
use crate::app::view;
use crate::domain::committee::{Committee, Signer};
use crate::domain::id::row_id;
use crate::domain::meeting::{Meeting, Paper};
use crate::domain::paper;
use crate::text::dates;
use crate::text::field::TextField;

impl App {
    /// The form of a paper's number; the notice first, its number proposed from the highest issued.
    pub fn ask_paper(&mut self, argument: &str) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let kinds: Vec<String> = paper::KINDS.iter().map(|kind| format!("paper_kind.{kind}")).collect();
        let today = self.desk.now.wall.date();
        let at = if meeting.stage().is_locked() { 0 } else { 1 };
        let proposed = self.proposed(meeting, paper::KINDS[at], today);
        let number = if argument.is_empty() { &proposed.number } else { argument };
        let signer = match self.signer_names(meeting, today) {
            none if none.is_empty() => FormField::text("signer", ""),
            names => FormField::choice("signer", names, 0),
        };
        let differs = vec!["differs.no".to_owned(), "differs.yes".to_owned()];
        let mut form = Form::new(vec![
            FormField::choice("paper_kind", kinds, at),
            FormField::text("number", number),
            FormField::text("date", &dates::short(today)),
            signer,
            FormField::text("recipients", &proposed.recipients),
            FormField::text("path", ""),
            FormField::choice("differs", differs, 0),
        ]);
        form.focus = 1;
        let then = Then::Paper(Box::new(proposed));
        self.popups.push(Popup::Form { title: "form.paper", form, then });
        self.form_changed()
    }

    fn proposed(&self, meeting: &Meeting, kind: &str, on: NaiveDate) -> Proposed {
        let Some(committee) = self.committee_of(meeting) else { return Proposed::default() };
        let of_kind = committee.recipients.iter().filter(|row| row.papers.iter().any(|paper| paper == kind));
        let recipients: Vec<&str> = of_kind.map(|row| row.text.as_str()).collect();
        let number = paper::next_number(kind, on, committee, view::meetings(self)).unwrap_or_default();
        Proposed { number, recipients: recipients.join("; ") }
    }

    /// `KT. Lương Thị Mai`, for those who may sign that day.
    fn signer_names(&self, meeting: &Meeting, on: NaiveDate) -> Vec<String> {
        let Some(committee) = self.committee_of(meeting) else { return Vec::new() };
        paper::signers(committee, on).map(|signer| signer_name(committee, signer)).collect()
    }

    /// Another kind or day: what was only proposed follows, what was typed stays.
    pub fn paper_form_changed(&mut self) {
        let Some(Popup::Form { form, then: Then::Paper(_), .. }) = self.popups.last() else { return };
        let Some(meeting) = self.current_meeting() else { return };
        let (kind, on) = (paper_kind(form), self.paper_day(form));
        let fresh = self.proposed(meeting, &kind, on);
        let signers = self.signer_names(meeting, on);
        if let Some(Popup::Form { form, then: Then::Paper(proposed), .. }) = self.popups.last_mut() {
            follow(form, "number", &proposed.number, &fresh.number);
            follow(form, "recipients", &proposed.recipients, &fresh.recipients);
            offer(form, "signer", signers);
            **proposed = fresh;
        }
    }

    fn paper_day(&self, form: &Form) -> NaiveDate {
        let today = self.desk.now.wall.date();
        let from = self.current_meeting().and_then(|meeting| meeting.head.date).unwrap_or(today);
        dates::read(form.text("date"), from).unwrap_or(today)
    }

    /// The highest number issued so far, under the number being typed.
    pub fn paper_echo(&self, form: &Form) -> Vec<String> {
        let mut echo = vec![String::new(); form.fields.len()];
        let committee = self.current_meeting().and_then(|meeting| self.committee_of(meeting));
        let (kind, on) = (paper_kind(form), self.paper_day(form));
        let highest = committee.and_then(|c| paper::highest(&kind, on, c, view::meetings(self)));
        if let (Some(highest), Some(line)) = (highest, echo.get_mut(1)) {
            *line = self.desk.words.fill("ui.highest_number", &[("number", highest)]);
        }
        echo
    }

    /// Enters the paper; the first notice makes an approved meeting issued.
    pub fn paper_answered(&mut self, form: &Form) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let (kind, from) = (paper_kind(form), meeting.head.date.unwrap_or(self.desk.now.wall.date()));
        if kind == "notice" && !meeting.stage().is_locked() {
            return self.tell("news.approve_first", Tone::Warning);
        }
        let date = dates::read(form.text("date"), from);
        if form.text("number").is_empty() || date.is_none() {
            return self.tell("news.paper_incomplete", Tone::Warning);
        }
        let recipients = form.text("recipients").split(';').map(str::trim).filter(|text| !text.is_empty());
        let paper = Paper {
            id: row_id(self.desk.random.u64(..)),
            kind,
            number: form.text("number").to_owned(),
            date,
            signer: self.signer_id(form, self.paper_day(form)),
            recipients: recipients.map(str::to_owned).collect(),
            path: form.text("path").to_owned(),
            differs: form.text("differs") == "differs.yes",
            ..Paper::default()
        };
        let number = paper.number.clone();
        let step = self.sessions.change(&self.meeting.id, "step.paper", self.desk.now, |meeting| {
            paper::record(meeting, paper);
        });
        self.say_filled("news.paper_recorded", &[("number", &number)], Tone::Plain);
        self.made(step)
    }

    /// The member who signs; free text where the committee names no signers.
    fn signer_id(&self, form: &Form, on: NaiveDate) -> String {
        let chosen = form.text("signer");
        let committee = self.current_meeting().and_then(|meeting| self.committee_of(meeting));
        let found = committee.and_then(|committee| {
            paper::signers(committee, on).find(|signer| signer_name(committee, signer) == chosen)
        });
        match found {
            Some(signer) if !signer.member.is_empty() => signer.member.clone(),
            Some(signer) => signer.id.clone(),
            None => chosen.to_owned(),
        }
    }

    /// What went out, with number, day, signer and recipients; above it when the notice is due.
    pub fn show_papers(&mut self) -> Vec<Effect> {
        let Some(meeting) = self.current_meeting() else { return Vec::new() };
        let plain = |text: String, tone| PageLine { text, tone, ..PageLine::default() };
        let mut lines = Vec::new();
        let due = view::header::notice(self, meeting);
        if !due.text.is_empty() {
            lines.push(plain(due.text, due.tone));
        }
        for paper in &meeting.papers {
            let [head, rest] = self.paper_lines(meeting, paper);
            lines.push(plain(head, Tone::Heading));
            lines.extend((!rest.is_empty()).then(|| plain(rest, Tone::Plain)));
        }
        if lines.is_empty() {
            lines.push(plain(self.desk.words.get("answer.nothing").to_owned(), Tone::Quiet));
        }
        let title = self.desk.words.get("answer.papers").to_owned();
        self.popups.push(Popup::Page(Page { title, lines, selected: 0, then: Then::Read }));
        Vec::new()
    }

    fn paper_lines(&self, meeting: &Meeting, paper: &Paper) -> [String; 2] {
        let known = paper::KINDS.contains(&paper.kind.as_str());
        let kind = match known {
            true => self.desk.words.get(&format!("paper_kind.{}", paper.kind)).to_owned(),
            false => paper.kind.clone(),
        };
        let differs =
            if paper.differs { self.desk.words.get("differs.yes").to_owned() } else { String::new() };
        let head = [kind, paper.number.clone(), paper.date.map_or(String::new(), dates::short), differs];
        let committee = self.committee_of(meeting);
        let signer = committee.map_or(paper.signer.clone(), |c| member_name(c, &paper.signer).to_owned());
        let rest = [signer, paper.recipients.join("; "), paper.path.clone()];
        [head.to_vec(), rest.to_vec()]
            .map(|parts| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("  "))
    }
}

fn paper_kind(form: &Form) -> String {
    form.text("paper_kind").rsplit('.').next().unwrap_or("").to_owned()
}

fn signer_name(committee: &Committee, signer: &Signer) -> String {
    let name = match signer.member.as_str() {
        "" => signer.title.as_str(),
        member => member_name(committee, member),
    };
    [signer.form.as_str(), name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn member_name<'a>(committee: &'a Committee, id: &'a str) -> &'a str {
    committee.members.iter().find(|member| member.id == id).map_or(id, |member| member.name.as_str())
}

fn follow(form: &mut Form, key: &str, before: &str, now: &str) {
    if form.text(key) != before || before == now {
        return;
    }
    if let Some(field) = form.fields.iter_mut().find(|field| field.key == key) {
        let mut text = TextField::with_text(now);
        text.select_all();
        field.answer = Answer::Text(text);
    }
}

fn offer(form: &mut Form, key: &str, words: Vec<String>) {
    let chosen = form.text(key).to_owned();
    let Some(field) = form.fields.iter_mut().find(|field| field.key == key) else { return };
    if let Answer::Choice { words: known, at } = &mut field.answer
        && *known != words
        && !words.is_empty()
    {
        *at = words.iter().position(|word| *word == chosen).unwrap_or(0);
        *known = words;
    }
}
