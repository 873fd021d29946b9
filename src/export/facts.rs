//! What several papers tell of a meeting: who chaired, who wrote, conclusions in order, documents cited, what was
//! withheld. Knows no file format.

use crate::domain::id::slug;
use crate::domain::kinds::Role;
use crate::domain::meeting::{Award, Conclusion, Document, Site};
use crate::domain::roll;
use crate::domain::value::Number;
use crate::export::desk::{Desk, unended};
use crate::export::public::Audience;
use crate::export::tree::{Block, Runs, Style, Tone};
use crate::text::numbers;

impl Desk<'_> {
    /// Who chaired: the chairs by role, else the co-chairs and the presidium, else the chairs of the main site, else
    /// those of the site these minutes were taken at.
    pub fn chairs(&self) -> Vec<String> {
        let by_role = |roles: &[Role]| -> Vec<String> {
            let seats = self.meeting.seats.iter();
            seats
                .filter(|seat| seat.role.is_some_and(|role| roles.contains(&role)))
                .map(|seat| seat.id.clone())
                .collect()
        };
        let of_sites = |wanted: &dyn Fn(&Site) -> bool| -> Vec<String> {
            let sites = self.meeting.sites.iter().filter(|site| wanted(site));
            sites.flat_map(|site| site.chairs.iter().cloned()).collect()
        };
        let choices = [
            by_role(&[Role::Chair]),
            by_role(&[Role::CoChair, Role::Presidium]),
            of_sites(&|site| site.main),
            of_sites(&|site| site.id == self.meeting.head.site),
        ];
        choices.into_iter().find(|ids| !ids.is_empty()).unwrap_or_default()
    }

    /// Who keeps the record: as the head says, else the seat in that role.
    pub fn secretary(&self) -> Option<String> {
        let stated = Some(self.meeting.head.secretary.clone()).filter(|id| !id.trim().is_empty());
        stated.or_else(|| {
            self.meeting
                .seats
                .iter()
                .find(|seat| seat.role == Some(Role::Secretary))
                .map(|seat| seat.id.clone())
        })
    }

    /// "Triệu tập 45; có mặt 41 (dự thay 03); vắng 04 (…)."
    pub fn attendance_counts(&self) -> String {
        let padded = |n: String| n.parse().map_or(n, |n| self.count(n));
        let counts: Vec<(&str, String)> =
            roll::counts(&self.meeting).named().into_iter().map(|(name, n)| (name, padded(n))).collect();
        self.fill("paper.attendance_counts", &counts) + "."
    }

    pub fn site_name(&self, id: &str) -> String {
        let site = self.meeting.sites.iter().find(|site| site.id == id);
        site.map(|site| site.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(id).to_owned()
    }

    /// By their numbers as spoken, rows without one last.
    pub fn conclusions_in_order(&self) -> Vec<&Conclusion> {
        let mut rows: Vec<_> = self.meeting.conclusions.iter().collect();
        rows.sort_by_key(|row| (row.number.is_none(), row.number));
        rows
    }

    /// A number as the paper's language writes it: `1.234,5` or `1,234.5`.
    pub fn number(&self, value: Number) -> String {
        let official = match value {
            Number::Whole(n) => numbers::grouped(n),
            Number::Decimal(x) => numbers::from_f64(x),
        };
        if self.is_vietnamese() {
            return official;
        }
        official
            .chars()
            .map(|c| match c {
                '.' => ',',
                ',' => '.',
                c => c,
            })
            .collect()
    }

    /// A document in full: number, day, issuer, title.
    pub fn citation(&self, document: &Document) -> String {
        let number = document.number.trim();
        let day = document.date.map(|day| self.fill("paper.of_day", &[("day", self.short(day))]));
        let issuer = Some(document.issuer.trim()).filter(|issuer| !issuer.is_empty());
        let issuer = issuer.map(|issuer| self.fill("paper.issued_by", &[("issuer", self.unit(issuer))]));
        let words = [Some(number.to_owned()), day, issuer, Some(document.title.trim().to_owned())];
        let words: Vec<String> = words.into_iter().flatten().filter(|word| !word.is_empty()).collect();
        words.join(" ")
    }

    /// An award: what, by whom, to how many and to whom.
    pub fn award(&self, award: &Award) -> String {
        let n = |key: &str, n: Option<i64>| {
            n.map(|n| self.fill(key, &[("n", numbers::count(n, self.is_vietnamese()))]))
        };
        let by = Some(award.granted_by.trim()).filter(|by| !by.is_empty());
        let by = by.map(|by| self.fill("paper.granted_by", &[("by", self.unit(by))]));
        let to = Some(award.recipients.join(", ")).filter(|to| !to.is_empty());
        let facts =
            [by, n("paper.collectives", award.collectives), n("paper.individuals", award.individuals), to];
        let facts: Vec<String> = facts.into_iter().flatten().collect();
        let facts = if facts.is_empty() { String::new() } else { format!(": {}", facts.join("; ")) };
        format!("{}{facts}.", unended(&award.title))
    }

    /// What the public variant says about itself.
    pub fn withheld_remark(&self) -> Option<Block> {
        if self.order.audience == Audience::Members {
            return None;
        }
        let withheld = self.withheld;
        let of = |key: &str, n: usize| (n > 0).then(|| self.fill(key, &[("n", self.count(n))]));
        let parts = [
            of("paper.withheld_items", withheld.items),
            of("paper.withheld_lines", withheld.lines),
            of("paper.withheld_conclusions", withheld.conclusions),
            of("paper.withheld_tasks", withheld.tasks),
            of("paper.withheld_others", withheld.others),
        ];
        let list = parts.into_iter().flatten().collect::<Vec<_>>().join(", ");
        let words = match withheld.total() {
            0 => self.say("paper.withheld_nothing"),
            _ => self.fill("paper.withheld", &[("list", list)]),
        };
        Some(Block::Text(Style::Remark, Runs::default().with(Tone::Emphasis, words)))
    }

    /// The paper's name and what it is about, for the file's properties.
    pub fn file_title(&self) -> String {
        let name = self.say(&format!("paper_kind.{}", self.order.kind.word()));
        let title = self.meeting.head.title.trim();
        if title.is_empty() { name } else { format!("{name}: {title}") }
    }

    /// The name of its file, without the ending: `du-thao-bien-ban-2026-07-16`, `12-tb-bcd-thong-bao-ket-luan-2026-07-16`.
    pub fn file_name(&self) -> String {
        let number = self.issued().map(|paper| slug(&paper.number)).unwrap_or_default();
        let draft = if self.is_draft() { self.say("paper.file_draft") } else { String::new() };
        let kind = slug(&self.say(&format!("paper_kind.{}", self.order.kind.word())));
        let unit =
            if self.order.kind.is_for_a_unit() { slug(&self.unit(self.order.unit)) } else { String::new() };
        let public = match self.order.audience {
            Audience::Public => self.say("paper.file_public"),
            Audience::Members => String::new(),
        };
        let day = self.meeting.head.date.map(|day| day.to_string());
        let day = day.unwrap_or_else(|| self.meeting.head.review_period.clone());
        let parts = [number, draft, kind, unit, public, day];
        // Names of files have a limit on every disk.
        let name: String = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
        name.chars().take(120).collect()
    }
}
