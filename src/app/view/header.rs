//! The facts at the top of a meeting: stage and running time, presence, the item and its time, the forecast, gaps,
//! and how safe the text is. Pure; wording comes from the words.

use chrono::NaiveDateTime;

use crate::app::event::Access;
use crate::app::popup::Tone;
use crate::app::saving::Safety;
use crate::app::session::Filed;
use crate::app::view::text::{Piece, clean, clock, hours};
use crate::app::{App, Place};
use crate::domain::gaps;
use crate::domain::id::RecordKey;
use crate::domain::kinds::Stage;
use crate::domain::meeting::{AgendaItem, Meeting};
use crate::domain::programme::{self, Level};
use crate::domain::{notice, roll, stretch};
use crate::text::dates;

/// The stage in a word, with the running time once the meeting was opened.
pub fn stage(app: &App, meeting: &Meeting) -> Piece {
    let word = app.desk.words.get(&format!("stage.{}", meeting.stage().word())).to_owned();
    if app.broken_seals.contains(&meeting.head.id) {
        return Piece::new(format!("{word}, {}", app.desk.words.get("ui.seal_broken")), Tone::Alarm);
    }
    let tone = if meeting.stage() == Stage::Live { Tone::Heading } else { Tone::Plain };
    match running_seconds(meeting, app.desk.now.wall) {
        Some(seconds) => Piece::new(format!("{word} {}", hours(seconds)), tone),
        None => Piece::new(word, tone),
    }
}

/// When the notice of conclusions is due and how many working days are left: `Thông báo: hạn 20/01/2022, còn 3 ngày làm
/// việc`; empty when none is.
pub fn notice(app: &App, meeting: &Meeting) -> Piece {
    let committee = app.committee_of(meeting);
    let holidays = app.holidays_of(committee);
    let Some(due) = committee.and_then(|committee| notice::due(meeting, committee, &holidays)) else {
        return Piece::plain("");
    };
    let left = holidays.between(app.desk.today, due);
    let (key, tone) = match left {
        left if left < 0 || due < app.desk.today => ("ui.notice_late", Tone::Alarm),
        left if left <= 1 => ("ui.notice_due", Tone::Warning),
        _ => ("ui.notice_due", Tone::Plain),
    };
    let slots = [("day", dates::short(due)), ("n", left.abs().to_string())];
    Piece::new(app.desk.words.fill(key, &slots), tone)
}

/// Seconds since the opening without breaks, to the closing or to `now`.
fn running_seconds(meeting: &Meeting, now: NaiveDateTime) -> Option<i64> {
    let opened = meeting.head.opened?;
    let until = meeting.head.closed.map_or(now, |closed| closed.min(now));
    let whole = stretch::Stretch { from: opened, to: until.max(opened) };
    Some(stretch::seconds(vec![whole], &programme::pauses(meeting, until)))
}

/// How much a fact says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    Full,
    /// What a row of 80 cells has room for.
    Short,
}

/// Who is there: `Có 41/45 thay 3 vắng 4`, in full with those not called yet; empty without seats.
pub fn presence(app: &App, meeting: &Meeting, detail: Detail) -> String {
    let counts = roll::counts(meeting);
    if counts.called == 0 {
        return String::new();
    }
    let words = &app.desk.words;
    let number = |n: usize| n.to_string();
    let mut parts =
        vec![words.fill("ui.present_of", &[("n", &number(counts.present)), ("of", &number(counts.called))])];
    let absent = counts.excused + counts.unexcused;
    let unmarked = if detail == Detail::Full { counts.unmarked } else { 0 };
    for (key, n) in
        [("ui.represented_n", counts.represented), ("ui.absent_n", absent), ("ui.unmarked_n", unmarked)]
    {
        if n > 0 {
            parts.push(words.fill(key, &[("n", &number(n))]));
        }
    }
    parts.join(" ")
}

/// How safe the text is, by the strongest sentence that is true: in its file, on the disk, in the system's hands, or
/// nowhere yet.
pub fn saving(app: &App) -> Piece {
    let (words, saving) = (&app.desk.words, &app.saving);
    let safety = saving.safety(app.desk.now.since_start);
    let loud = |key: &str, seconds: u64| {
        let cause = saving.journal.error.as_deref().unwrap_or("slow");
        let slots = [("n", seconds.to_string()), ("cause", clean(app.cause(cause)).into_owned())];
        Piece::new(words.fill(key, &slots), Tone::Alarm)
    };
    match safety {
        Safety::Memory { seconds } => return loud("ui.save_memory", seconds),
        Safety::Stalled { seconds } => return loud("ui.save_stalled", seconds),
        Safety::OnItsWay => return Piece::new(words.get("ui.saving"), Tone::Quiet),
        Safety::Crash | Safety::Disk => {}
    }
    let failed = app.sessions.filed() == Filed::Failed;
    if let Some(cause) = saving.failure.as_deref().or(failed.then_some("")) {
        let cause = clean(app.cause(cause)).into_owned();
        return Piece::new(words.fill("ui.save_failed", &[("cause", &cause)]), Tone::Alarm);
    }
    if matches!(app.place, Place::Meeting | Place::Committee) && is_read_only(app) {
        return Piece::new(words.get("ui.read_only"), Tone::Warning);
    }
    let said = match (safety, app.sessions.filed()) {
        (Safety::Disk, Filed::All) => saved(app),
        (Safety::Disk, _) if !saving.remote => words.get("ui.save_synced").to_owned(),
        _ if saving.remote => words.get("ui.save_remote").to_owned(),
        _ => words.get("ui.save_written").to_owned(),
    };
    match &saving.journal.elsewhere {
        Some(path) => {
            let slots = [("said", said.as_str()), ("path", &clean(path))];
            Piece::new(words.fill("ui.save_elsewhere", &slots), Tone::Warning)
        }
        None => Piece::new(said, Tone::Quiet),
    }
}

fn saved(app: &App) -> String {
    match app.saving.filed_at {
        Some(at) => app.desk.words.fill("ui.saved_at", &[("time", &clock(at))]),
        None => app.desk.words.get("ui.saved").to_owned(),
    }
}

fn is_read_only(app: &App) -> bool {
    let key = match app.place {
        Place::Committee => RecordKey::Committee(app.committee.id.clone()),
        _ => RecordKey::Meeting(app.meeting.id.clone()),
    };
    app.sessions.access(&key) == Some(Access::ReadOnly)
}

/// The running item and its time.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemFacts {
    /// `5/7`.
    pub place: String,
    pub title: String,
    /// `12'/20'`, or `12'` without a plan.
    pub used: String,
    /// Tenths of the planned time used, 0 to 10; `None` without a plan.
    pub tenths: Option<usize>,
    /// `còn 8'` or `quá 3'`; empty without a plan.
    pub left: Piece,
}

/// The facts of the running item; `None` when none runs.
pub fn item(app: &App, meeting: &Meeting) -> Option<ItemFacts> {
    let item = programme::current_item(meeting)?;
    let clock = programme::clock(meeting, &item.id, app.desk.now.wall)?;
    let place = meeting.agenda.iter().position(|row| row.id == item.id).map_or(0, |at| at + 1);
    let planned = clock.planned_minutes.map(|minutes| format!("/{minutes}'")).unwrap_or_default();
    let tenths = clock
        .planned_minutes
        .map(|minutes| clock.used.saturating_mul(10) / minutes.saturating_mul(60).max(1));
    Some(ItemFacts {
        place: format!("{place}/{}", meeting.agenda.len()),
        title: item_title(app, item),
        used: format!("{}'{planned}", clock.used / 60),
        tenths: tenths.map(|tenths| tenths.clamp(0, 10) as usize),
        left: left(app, clock),
    })
}

fn left(app: &App, clock: programme::Clock) -> Piece {
    let Some(left) = clock.left else { return Piece::plain("") };
    let (key, seconds, tone) = match clock.level {
        // A minute begun over the plan is a minute over.
        Level::Over => ("ui.item_over", left.saturating_neg().saturating_add(59), Tone::Alarm),
        Level::Near => ("ui.item_left", left, Tone::Warning),
        Level::InTime => ("ui.item_left", left, Tone::Plain),
    };
    Piece::new(app.desk.words.fill(key, &[("n", &(seconds / 60).to_string())]), tone)
}

/// What an item is called: its title, else the word of its kind.
pub fn item_title(app: &App, item: &AgendaItem) -> String {
    match item.kind {
        _ if !item.title.is_empty() => clean(&item.title).into_owned(),
        Some(kind) => app.desk.words.get(&format!("item_kind.{}", kind.word())).to_owned(),
        None => item.id.clone(),
    }
}

/// When the meeting will end and by how much that is off the plan: `xong ~11:34 (+14')`; empty before the opening
/// and after the closing.
pub fn forecast(app: &App, meeting: &Meeting) -> Piece {
    let now = app.desk.now.wall;
    let ended = meeting.head.closed.is_some();
    let Some(end) = programme::forecast_end(meeting, now).filter(|_| !ended) else { return Piece::plain("") };
    let delay = programme::delay_minutes(meeting, now);
    let (delay_words, tone) = match delay {
        Some(minutes) if minutes > 0 => (format!(" (+{minutes}')"), Tone::Warning),
        Some(minutes) if minutes < 0 => (format!(" ({minutes}')"), Tone::Plain),
        _ => (String::new(), Tone::Plain),
    };
    Piece::new(app.desk.words.fill("ui.ends_at", &[("time", &clock(end))]) + &delay_words, tone)
}

/// `Thiếu 3`: what is still missing in lines, conclusions and tasks; empty when nothing is.
pub fn gaps(app: &App, meeting: &Meeting) -> String {
    match gaps::gaps(meeting).len() {
        0 => String::new(),
        n => app.desk.words.fill("ui.gaps_n", &[("n", &n.to_string())]),
    }
}

/// What one row may say when no key was pressed for two minutes: an overrun, the next registered speaker, the next
/// gap. `None` while the person types, or when there is nothing to say.
pub fn idle_hint(app: &App, meeting: &Meeting) -> Option<String> {
    const IDLE: std::time::Duration = std::time::Duration::from_secs(120);
    let idle = app.desk.now.since_start.saturating_sub(app.desk.last_key) >= IDLE;
    if !idle || !meeting.stage().is_live() {
        return None;
    }
    overrun(app, meeting).or_else(|| next_queued(app, meeting)).or_else(|| next_gap(app, meeting))
}

fn overrun(app: &App, meeting: &Meeting) -> Option<String> {
    let facts = item(app, meeting).filter(|facts| facts.left.tone == Tone::Alarm)?;
    Some(format!("{}: {}", facts.title, facts.left.text))
}

fn next_queued(app: &App, meeting: &Meeting) -> Option<String> {
    let entry = meeting.queue.iter().find(|entry| !entry.done)?;
    let name = super::stream::full_name(app, meeting, &entry.speaker);
    let topic = if entry.topic.is_empty() { String::new() } else { format!(" ({})", clean(&entry.topic)) };
    Some(app.desk.words.fill("ui.idle_queue", &[("name", &(name + &topic))]))
}

fn next_gap(app: &App, meeting: &Meeting) -> Option<String> {
    let gap = gaps::gaps(meeting).into_iter().next()?;
    let kind = app.desk.words.get(&format!("gap_kind.{}", gap_word(gap.kind))).to_owned();
    Some(app.desk.words.fill("ui.idle_gap", &[("gap", &kind)]))
}

/// The key of a gap's words.
pub fn gap_word(kind: gaps::GapKind) -> &'static str {
    use gaps::GapKind::*;
    match kind {
        NoSpeaker => "no_speaker",
        Doubt => "doubt",
        ConclusionUnnumbered => "conclusion_unnumbered",
        NoOwner => "no_owner",
        NoDeadline => "no_deadline",
        Conflict => "conflict",
        ItemNeverStarted => "item_never_started",
        ItemNotEnded => "item_not_ended",
        NoConclusion => "no_conclusion",
        QueueUnheard => "queue_unheard",
        VoteWithoutResult => "vote_without_result",
        SeatUnmarked => "seat_unmarked",
        SiteNeverLinked => "site_never_linked",
        PreparedUnsaid => "prepared_unsaid",
    }
}

/// What stands where the running item would: from when to when a closed meeting was held, else that no item runs.
pub fn between_items(app: &App, meeting: &Meeting) -> String {
    let words = &app.desk.words;
    match (meeting.head.opened, meeting.head.closed) {
        (Some(opened), Some(closed)) => {
            let (from, to) = (clock(opened), clock(closed));
            words.fill("ui.held", &[("from", &from), ("to", &to)])
        }
        _ => words.get("ui.no_item").to_owned(),
    }
}
