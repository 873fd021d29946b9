//! The frame of a paper: its head, its name, who signs it and who gets it, by the committee's world (DOMAIN.md B.2, B.3).
//! Knows no file format.

use chrono::{Datelike, NaiveDate};

use crate::domain::committee::Signer;
use crate::domain::kinds::{Language, World};
use crate::domain::paper;
use crate::export::desk::{Desk, small};
use crate::export::kind::PaperKind;
use crate::export::tree::{Beside, Block, Closing, Header, Recipients, Signature, Title};

/// Room for a number or a day that is written in later; spaces that do not break.
const GAP: &str = "\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}";

impl Desk<'_> {
    /// The head of the first page.
    pub fn header(&self) -> Block {
        let head = &self.committee.head;
        let issuer =
            if head.name_lines.is_empty() { vec![self.committee_name()] } else { head.name_lines.clone() };
        let upper = |lines: Vec<String>| lines.iter().map(|line| line.trim().to_uppercase()).collect();
        Block::Header(Header {
            parent: upper(head.parent_lines.clone()),
            issuer: upper(issuer),
            number: self.number_line(),
            about: None,
            motto: self.motto(),
            place_and_date: self.place_and_date(),
            draft: self.is_draft().then(|| self.say("paper.draft")),
        })
    }

    fn motto(&self) -> Vec<String> {
        match self.world() {
            World::State => vec![self.say("paper.state_name"), self.say("paper.state_motto")],
            World::Party => vec![self.say("paper.party_name")],
            World::Plain => Vec::new(),
        }
    }

    /// `Số: 05/BB-BCĐ`, `Số 05-BB/BCĐ`; room for the number while there is none. Sheets for the desk have no such line.
    fn number_line(&self) -> Option<String> {
        let tail = self.number_tail()?;
        let number = match self.issued().map(|paper| paper.number.trim()) {
            Some(number) if !number.is_empty() => padded(number),
            _ => format!("{GAP}{tail}"),
        };
        let key = if self.world() == World::Party { "paper.number_party" } else { "paper.number" };
        Some(self.fill(key, &[("number", number)]))
    }

    /// What stands behind the number: the committee's own series, else the code of the sort and the committee's short
    /// name.
    fn number_tail(&self) -> Option<String> {
        let (kind, world) = (self.order.kind, self.world());
        let code = kind.code(world)?;
        let series = self.committee.head.series.iter().find(|series| series.paper == kind.word());
        let separator = if world == World::Party { "-" } else { "/" };
        if let Some(series) = series.filter(|series| !series.code.trim().is_empty()) {
            return Some(format!("{separator}{}", series.code.trim()));
        }
        let joint = if world == World::Party { "/" } else { "-" };
        let parts: Vec<&str> =
            [code, self.committee.head.short.trim()].into_iter().filter(|part| !part.is_empty()).collect();
        match parts.is_empty() {
            true => Some(String::new()),
            false => Some(format!("{separator}{}", parts.join(joint))),
        }
    }

    /// `Huế, ngày 05 tháng 01 năm 2024`. Minutes have none: their time stands in the text (B.4).
    fn place_and_date(&self) -> Option<String> {
        let place = self.committee.head.place.trim();
        let day = match self.order.kind {
            PaperKind::Minutes | PaperKind::Attendance | PaperKind::Signing => return None,
            PaperKind::Opening => self.long(self.order.today),
            _ => match self.issued().and_then(|paper| paper.date) {
                Some(day) => self.long(day),
                None => {
                    let year = self.order.today.year().to_string();
                    self.fill("paper.day_blank", &[("gap", GAP), ("year", &year)])
                }
            },
        };
        Some(if place.is_empty() { day } else { format!("{place}, {day}") })
    }

    /// The paper's name and its subject; Party papers begin the subject small.
    pub fn title(&self, subject: &str) -> Block {
        let name = self.say(&format!("paper_name.{}", self.order.kind.word())).to_uppercase();
        let subject = if self.world() == World::Party { small(subject) } else { subject.to_owned() };
        Block::Title(Title {
            name,
            subject: vec![subject].into_iter().filter(|line| !line.is_empty()).collect(),
        })
    }

    /// The sign at the end of the text: `./.` of State papers.
    pub fn end_mark(&self) -> &'static str {
        match (self.world(), self.language()) {
            (World::State, Language::Vi) => "./.",
            _ => ".",
        }
    }

    /// The end of a paper signed for the committee, with its recipients at the left.
    pub fn signed(&self) -> Vec<Block> {
        let recipients = self.recipients();
        let left = Some(Beside::Recipients(recipients)).filter(|_| self.world() != World::Plain);
        let mut blocks = vec![Block::Closing(Closing { left, right: self.signature() })];
        if self.world() == World::Plain {
            blocks.push(Block::Recipients(self.recipients()));
        }
        blocks
    }

    /// Who signs: whoever is recorded as signer, else the one who may sign on the day, first by order (TL.), then as
    /// deputy (KT.), then for the whole committee (TM.).
    fn signature(&self) -> Signature {
        let day = self.issued().and_then(|paper| paper.date).unwrap_or(self.order.today);
        let recorded = self.issued().map_or("", |paper| paper.signer.trim());
        let mut signers: Vec<&Signer> = paper::signers(&self.committee, day).collect();
        signers.sort_by_key(|signer| match letters(&signer.form).as_str() {
            "TL" | "TUQ" => 0,
            "KT" => 1,
            _ => 2,
        });
        let named =
            |signer: &&&Signer| signer.member == recorded || self.bare_name(&signer.member) == recorded;
        match signers.iter().find(named) {
            Some(signer) => self.signature_of(signer, day),
            None if !recorded.is_empty() => {
                Signature { name: self.bare_name(recorded), ..Signature::default() }
            }
            None => match signers.first() {
                Some(signer) => self.signature_of(signer, day),
                None => {
                    Signature { position: vec![self.position("head").to_uppercase()], ..Signature::default() }
                }
            },
        }
    }

    fn signature_of(&self, signer: &Signer, day: NaiveDate) -> Signature {
        let member = self.committee.member_on(&signer.member, day);
        let own = Some(signer.position.as_str()).filter(|id| !id.is_empty());
        let position = own.or(member.map(|member| member.position.as_str())).unwrap_or("head");
        let form = letters(&signer.form);
        let head = self.position("head").to_uppercase();
        let authority = match form.as_str() {
            "TM" => vec![format!("{} {}", self.form("TM"), self.body_name())],
            "KT" | "TL" | "TUQ" => vec![format!("{} {head}", self.form(&form))],
            _ => Vec::new(),
        };
        let position = self.position(position).to_uppercase();
        let position = if form == "Q" { format!("{} {position}", self.form("Q")) } else { position };
        // The office held elsewhere stands above the name in State papers (B.2, 7b); in others only when the committee
        // file says so.
        let of_member =
            || member.and_then(|member| member.titles.last()).filter(|_| self.world() == World::State);
        let office = Some(&signer.title).filter(|title| !title.is_empty()).or_else(of_member);
        Signature {
            authority,
            position: vec![position],
            hint: String::new(),
            office: office.map_or(String::new(), |title| self.raised(title)),
            name: member.map_or_else(|| self.bare_name(&signer.member), |member| member.name.clone()),
        }
    }

    /// An office above a name stands in capitals in papers of State and Party.
    fn raised(&self, office: &str) -> String {
        if self.world() == World::Plain { office.to_owned() } else { office.to_uppercase() }
    }

    /// `TM.` in State papers, `T/M` in Party papers.
    fn form(&self, letters: &str) -> String {
        match (self.world(), letters) {
            (World::Party, "TM" | "KT" | "TL") => format!("{}/{}", &letters[..1], &letters[1..]),
            _ => format!("{letters}."),
        }
    }

    /// What the committee calls itself in "TM. BAN CHỈ ĐẠO": the first line of its name.
    fn body_name(&self) -> String {
        let first = self.committee.head.name_lines.first().map(|line| line.trim().to_uppercase());
        first.filter(|line| !line.is_empty()).unwrap_or_else(|| self.committee_name().to_uppercase())
    }

    /// The committee's short name in a sentence, "Ban Chỉ đạo": as much of its name as the first line of the head has.
    pub fn body(&self) -> String {
        let name = self.committee_name();
        let words = self.committee.head.name_lines.first().map_or(0, |line| line.split_whitespace().count());
        let first = name.split_whitespace().take(words).collect::<Vec<_>>().join(" ");
        let is_said = self
            .committee
            .head
            .name_lines
            .first()
            .is_some_and(|line| line.to_lowercase() == first.to_lowercase());
        if is_said { first } else { name }
    }

    /// Two signatures level with each other, the recipients under them (B.4).
    pub fn signed_by_two(&self, left: Signature, right: Signature) -> Vec<Block> {
        let closing = Closing { left: Some(Beside::Signature(left)), right };
        vec![Block::Closing(closing), Block::Recipients(self.recipients())]
    }

    /// One signature, the recipients at its left.
    pub fn closed_by(&self, right: Signature) -> Vec<Block> {
        vec![Block::Closing(Closing { left: Some(Beside::Recipients(self.recipients())), right })]
    }

    /// Who gets this sort of paper, and where it is filed.
    pub fn recipients(&self) -> Recipients {
        let kind = self.order.kind.word();
        let of_kind = self
            .committee
            .recipients
            .iter()
            .filter(|row| row.papers.is_empty() || row.papers.iter().any(|paper| paper == kind));
        let mut lines: Vec<String> =
            of_kind.map(|row| bare(&row.text)).filter(|line| !line.is_empty()).collect();
        if let Some(paper) = self.issued().filter(|paper| !paper.recipients.is_empty()) {
            lines = paper.recipients.iter().map(|to| bare(&self.unit(to))).collect();
        }
        match self.order.kind {
            PaperKind::Urging => lines.insert(0, self.say("paper.as_above")),
            PaperKind::Invitation => lines.insert(0, self.say("paper.those_invited")),
            PaperKind::Extract => lines = vec![self.unit(self.order.unit)],
            _ => {}
        }
        if lines.is_empty() {
            lines.push(self.fill("paper.members_of", &[("body", self.body())]));
        }
        // The line that says where it is filed stands last, whatever the order in the file.
        let (filed, others): (Vec<String>, Vec<String>) = lines.into_iter().partition(|line| is_filing(line));
        let filing =
            filed.into_iter().next().map_or_else(|| self.filing(), |line| self.filing_as_written(line));
        let comma = self.world() == World::Party && self.day_of_paper() < HD_05;
        let sign = if comma { "," } else { ";" };
        let lines = others.into_iter().map(|line| line + sign).chain([filing + "."]).collect();
        Recipients { heading: self.say("paper.recipients"), lines }
    }

    /// `Lưu: VT, BCĐ` of the State, `Lưu Ban Chỉ đạo` of the Party.
    fn filing(&self) -> String {
        let head = &self.committee.head;
        match self.world() {
            World::Party => self.fill("paper.filed_party", &[("body", self.body())]),
            World::State if self.order.kind == PaperKind::Minutes => self.say("paper.filed_minutes"),
            World::State => self.fill("paper.filed", &[("unit", head.short.trim())]),
            World::Plain => self.say("paper.filed_plain"),
        }
    }

    fn filing_as_written(&self, line: String) -> String {
        if self.world() == World::Party { line.replace("Lưu:", "Lưu").replace("VT, ", "") } else { line }
    }

    /// The day whose rules the paper follows: its own, else today.
    pub fn day_of_paper(&self) -> NaiveDate {
        self.issued().and_then(|paper| paper.date).unwrap_or(self.order.today)
    }
}

/// Guidance 05-HD/VPTW replaced 36-HD/VPTW on 27 May 2026.
pub const HD_05: NaiveDate = match NaiveDate::from_ymd_opt(2026, 5, 27) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// A number below 10 with its zero.
fn padded(number: &str) -> String {
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 1 { format!("0{number}") } else { number.to_owned() }
}

fn letters(form: &str) -> String {
    form.chars().filter(|c| c.is_alphabetic()).collect::<String>().to_uppercase()
}

/// A line of recipients without its dash and its end.
fn bare(line: &str) -> String {
    let line = line.trim().trim_start_matches(['-', '–', '•']).trim();
    crate::export::desk::unended(line).to_owned()
}

fn is_filing(line: &str) -> bool {
    let lower = line.to_lowercase();
    lower == "lưu" || lower.starts_with("lưu:") || lower.starts_with("lưu ") || lower.starts_with("file")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_below_ten_carry_a_zero() {
        for (number, expected) in
            [("5/TB-BCĐ", "05/TB-BCĐ"), ("05/TB", "05/TB"), ("12-TB/BCĐ", "12-TB/BCĐ"), ("", "")]
        {
            assert_eq!(padded(number), expected);
        }
    }
}
