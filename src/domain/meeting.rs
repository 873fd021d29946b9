//! A meeting file: its head and its tables, every key declared once. Knows no spelling of TOML and no screen.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use crate::domain::fields::{record_type, row_types};
use crate::domain::kinds::*;
use crate::domain::value::{Number, TimeOfDay};

/// Version of the file format this program writes. A file with a newer one opens read-only.
pub const SCHEMA: i64 = 1;

record_type! {
    /// One meeting: the whole record from invitation to follow-up.
    Meeting: Head {
        /// Snapshot of the units this record names, so that old papers print old names.
        units: UnitName,
        /// Sites (điểm cầu).
        sites: Site,
        /// Who was called and who came, in protocol order.
        seats: Seat,
        agenda: AgendaItem,
        /// Who had the floor, when.
        turns: Turn,
        notes: Note,
        queue: QueueEntry,
        prepared: PreparedText,
        conclusions: Conclusion,
        tasks: Task,
        votes: Vote,
        documents: Document,
        figures: Figure,
        awards: Award,
        amendments: Amendment,
        papers: Paper,
        conflicts: Conflict,
    }
}

row_types! {
    /// The head of a meeting file. `id` is the meeting's id and equals the file stem.
    Head {
        schema: Option<i64> = Scalar Record Inline;
        committee: String = Scalar Record Inline;
        title: String = Scalar Record Inline;
        kind: Option<MeetingKind> = Scalar Record Inline;
        form: Option<Form> = Scalar Record Inline;
        stage: Option<Stage> = Scalar FollowUp Inline;
        /// Why a planned meeting was put off or called off.
        stage_reason: String = Scalar FollowUp Inline;
        date: Option<NaiveDate> = Scalar Record Inline;
        planned_start: Option<NaiveTime> = Scalar Record Inline;
        /// Offset from UTC fixed when the meeting is opened, as `+07:00`.
        utc_offset: String = Scalar Record Inline;
        opened: Option<NaiveDateTime> = Scalar Record Inline;
        closed: Option<NaiveDateTime> = Scalar Record Inline;
        /// Breaks of the whole meeting.
        pauses: Vec<Span> = Log Record Inline;
        place: String = Scalar Record Inline;
        language: Option<Language> = Scalar Record Inline;
        review_period: String = Scalar Record Inline;
        planning_period: String = Scalar Record Inline;
        conference: String = Scalar Record Inline;
        site: String = Scalar Record Inline;
        co_organisers: Vec<String> = Set Record Inline;
        secretary: String = Scalar Record Inline;
        recording_started: Option<NaiveDateTime> = Scalar Record Inline;
        source: String = Scalar Record Inline;
        approval: Option<Approval> = Scalar FollowUp Block;
    }

    /// A unit as it was called at the time of the meeting.
    UnitName {
        name: String = Scalar Record Inline;
        short: String = Scalar Record Inline;
    }

    /// A site (điểm cầu) of the meeting.
    Site {
        name: String = Scalar Record Inline;
        level: Option<Level> = Scalar Record Inline;
        main: bool = Scalar Record Inline;
        place: String = Scalar Record Inline;
        chairs: Vec<String> = Set Record Inline;
        expected: Option<i64> = Scalar Record Inline;
        headcount: Option<i64> = Scalar Record Inline;
        link: Vec<LinkChange> = Log Record Inline;
    }

    /// The line to a site going up or down.
    LinkChange ordered by at {
        at: Option<NaiveDateTime> = Scalar Record Inline;
        up: Option<bool> = Scalar Record Inline;
    }

    /// A seat: a person called, or a unit whose person is not named yet (`name` empty).
    Seat {
        name: String = Scalar Record Inline;
        address: String = Scalar Record Inline;
        titles: Vec<String> = Scalar Record Inline;
        unit: String = Scalar Record Inline;
        site: String = Scalar Record Inline;
        position: String = Scalar Record Inline;
        role: Option<Role> = Scalar Record Inline;
        voting: Option<bool> = Scalar Record Inline;
        presence: Option<Presence> = Scalar Record Inline;
        arrived: Option<TimeOfDay> = Scalar Record Inline;
        left: Option<TimeOfDay> = Scalar Record Inline;
        reason: String = Scalar Record Inline;
        substitute: Option<Substitute> = Scalar Record Inline;
    }

    /// Who came in somebody's place.
    Substitute {
        name: String = Scalar Record Inline;
        titles: Vec<String> = Scalar Record Inline;
        from: String = Scalar Record Inline;
        consented: Option<bool> = Scalar Record Inline;
    }

    /// An item of the programme. `minutes` is the planned length.
    AgendaItem {
        kind: Option<ItemKind> = Scalar Record Inline;
        title: String = Scalar Record Inline;
        presenter: String = Scalar Record Inline;
        minutes: Option<i64> = Scalar Record Inline;
        started: Option<NaiveDateTime> = Scalar Record Inline;
        ended: Option<NaiveDateTime> = Scalar Record Inline;
        /// Several visits to the item; the last one open while the item runs.
        spans: Vec<Span> = Log Record Inline;
        confidential: bool = Scalar Record Inline;
    }

    /// A stretch of time; without `to` it is still running.
    Span ordered by from {
        from: Option<NaiveDateTime> = Scalar Record Inline;
        to: Option<NaiveDateTime> = Scalar Record Inline;
    }

    /// A turn on the floor.
    Turn ordered by from {
        item: String = Scalar Record Inline;
        speaker: String = Scalar Record Inline;
        kind: Option<TurnKind> = Scalar Record Inline;
        from: Option<NaiveDateTime> = Scalar Record Inline;
        to: Option<NaiveDateTime> = Scalar Record Inline;
    }

    /// A line of the minutes. `speaker` is a seat or free text such as "nhiều ý kiến".
    Note ordered by at {
        item: String = Scalar Record Inline;
        at: Option<NaiveDateTime> = Scalar Record Inline;
        speaker: String = Scalar Record Inline;
        kind: Option<NoteKind> = Scalar Record Inline;
        text: String = Scalar Record Inline;
        confidential: bool = Scalar Record Inline;
        /// To be checked afterwards.
        doubt: bool = Scalar Record Inline;
        /// The earlier task the line reports on, as `<meeting-id>#<number>`.
        task: String = Scalar Record Inline;
    }

    /// Somebody registered to speak.
    QueueEntry {
        speaker: String = Scalar Record Inline;
        topic: String = Scalar Record Inline;
        item: String = Scalar Record Inline;
        done: bool = Scalar Record Inline;
    }

    /// A text pasted beforehand. `note` is the line it became; without one it never prints.
    PreparedText {
        item: String = Scalar Record Inline;
        text: String = Scalar Record Inline;
        note: String = Scalar Record Inline;
    }

    /// A numbered point of the chair's conclusion.
    Conclusion {
        number: Option<i64> = Scalar Record Inline;
        part: Option<Part> = Scalar Record Inline;
        text: String = Scalar Record Inline;
        note: String = Scalar Record Inline;
    }

    /// An assignment (nhiệm vụ giao). `due` is the first deadline; the effective one is the last extension's `to`.
    Task {
        number: Option<i64> = Scalar Record Inline;
        content: String = Scalar Record Inline;
        quote: String = Scalar Record Inline;
        lead: Vec<String> = Set Record Inline;
        support: Vec<String> = Set Record Inline;
        person: String = Scalar Record Inline;
        product: String = Scalar Record Inline;
        due_text: String = Scalar Record Inline;
        due: Option<NaiveDate> = Scalar Record Inline;
        due_kind: Option<DueKind> = Scalar Record Inline;
        every: Option<Every> = Scalar Record Inline;
        before: bool = Scalar Record Inline;
        status: Option<Status> = Scalar FollowUp Inline;
        done_on: Option<NaiveDate> = Scalar FollowUp Inline;
        note: String = Scalar Record Inline;
        basis: Vec<String> = Set Record Inline;
        carried_from: String = Scalar Record Inline;
        carried_to: String = Scalar FollowUp Inline;
        reports: Vec<Report> = Log FollowUp Blocks;
        extensions: Vec<Extension> = Log FollowUp Blocks;
        urgings: Vec<Urging> = Log FollowUp Blocks;
    }

    /// Progress heard or received. `percent` is 0 to 100.
    Report {
        on: Option<NaiveDate> = Scalar FollowUp Inline;
        status: Option<Status> = Scalar FollowUp Inline;
        percent: Option<i64> = Scalar FollowUp Inline;
        text: String = Scalar FollowUp Inline;
        source: String = Scalar FollowUp Inline;
        by: String = Scalar FollowUp Inline;
        unit: String = Scalar FollowUp Inline;
    }

    /// A deadline put off, by whose authority and why.
    Extension {
        on: Option<NaiveDate> = Scalar FollowUp Inline;
        from: Option<NaiveDate> = Scalar FollowUp Inline;
        to: Option<NaiveDate> = Scalar FollowUp Inline;
        reason: String = Scalar FollowUp Inline;
        allowed_by: String = Scalar FollowUp Inline;
        document: String = Scalar FollowUp Inline;
    }

    /// A reminder sent.
    Urging {
        on: Option<NaiveDate> = Scalar FollowUp Inline;
        unit: String = Scalar FollowUp Inline;
        document: String = Scalar FollowUp Inline;
        round: Option<i64> = Scalar FollowUp Inline;
    }

    /// A vote and its result.
    Vote {
        item: String = Scalar Record Inline;
        question: String = Scalar Record Inline;
        method: Option<VoteMethod> = Scalar Record Inline;
        r#for: Option<i64> = Scalar Record Inline;
        against: Option<i64> = Scalar Record Inline;
        abstain: Option<i64> = Scalar Record Inline;
        result: Option<VoteResult> = Scalar Record Inline;
        note: String = Scalar Record Inline;
    }

    /// A paper of the meeting or a document it cites.
    Document {
        number: String = Scalar Record Inline;
        date: Option<NaiveDate> = Scalar Record Inline;
        issuer: String = Scalar Record Inline;
        title: String = Scalar Record Inline;
        path: String = Scalar Record Inline;
        sha256: String = Scalar Record Inline;
        note: String = Scalar Record Inline;
    }

    /// A number reported, comparable from meeting to meeting through `series`.
    Figure {
        name: String = Scalar Record Inline;
        value: Option<Number> = Scalar Record Inline;
        unit: String = Scalar Record Inline;
        period: String = Scalar Record Inline;
        series: String = Scalar Record Inline;
        note: String = Scalar Record Inline;
    }

    /// A commendation granted.
    Award {
        title: String = Scalar Record Inline;
        granted_by: String = Scalar Record Inline;
        individuals: Option<i64> = Scalar Record Inline;
        collectives: Option<i64> = Scalar Record Inline;
        recipients: Vec<String> = Set Record Inline;
        note: String = Scalar Record Inline;
    }

    /// A correction after approval; the text itself stays as approved.
    Amendment {
        on: Option<NaiveDate> = Scalar FollowUp Inline;
        target: String = Scalar FollowUp Inline;
        field: String = Scalar FollowUp Inline;
        action: Option<AmendmentAction> = Scalar FollowUp Inline;
        text: String = Scalar FollowUp Inline;
        reason: String = Scalar FollowUp Inline;
        asked_by: String = Scalar FollowUp Inline;
        meeting: String = Scalar FollowUp Inline;
        status: Option<AmendmentStatus> = Scalar FollowUp Inline;
    }

    /// A paper that went out.
    Paper {
        kind: String = Scalar FollowUp Inline;
        number: String = Scalar FollowUp Inline;
        date: Option<NaiveDate> = Scalar FollowUp Inline;
        signer: String = Scalar FollowUp Inline;
        recipients: Vec<String> = Set FollowUp Inline;
        path: String = Scalar FollowUp Inline;
        sha256: String = Scalar FollowUp Inline;
        differs: bool = Scalar FollowUp Inline;
    }

    /// A field changed on two sides; settled by removing the row.
    Conflict {
        target: String = Scalar FollowUp Inline;
        field: String = Scalar FollowUp Inline;
        values: Vec<ConflictValue> = Set FollowUp Inline;
    }

    /// When and by whom the text was approved, and its checksum.
    Approval {
        on: Option<NaiveDate> = Scalar FollowUp Inline;
        by: String = Scalar FollowUp Inline;
        keys: Option<i64> = Scalar FollowUp Inline;
        sha256: String = Scalar FollowUp Inline;
    }
}

/// A value that stood in a field on one side; of any type.
#[derive(Clone, Debug, PartialEq)]
pub struct ConflictValue(pub crate::domain::value::Value);

impl Default for ConflictValue {
    fn default() -> Self {
        ConflictValue(crate::domain::value::Value::Text(String::new()))
    }
}

impl crate::domain::value::FieldType for ConflictValue {
    fn read(value: &crate::domain::value::Value) -> Option<Self> {
        Some(ConflictValue(value.clone()))
    }
    fn write(&self) -> Option<crate::domain::value::Value> {
        Some(self.0.clone())
    }
}

impl Meeting {
    /// The stage; a file without one is a plan.
    pub fn stage(&self) -> Stage {
        self.head.stage.unwrap_or(Stage::Planned)
    }

    pub fn seat(&self, id: &str) -> Option<&Seat> {
        self.seats.iter().find(|seat| seat.id == id)
    }

    pub fn item(&self, id: &str) -> Option<&AgendaItem> {
        self.agenda.iter().find(|item| item.id == id)
    }

    pub fn note(&self, id: &str) -> Option<&Note> {
        self.notes.iter().find(|note| note.id == id)
    }

    /// The place of the task that a reference names within the meeting: by its number, else by its row id.
    pub fn task_place(&self, name: &str) -> Option<usize> {
        let number = name.parse().ok();
        let numbered = self.tasks.iter().position(|task| task.number.is_some() && task.number == number);
        numbered.or_else(|| self.tasks.iter().position(|task| task.number.is_none() && task.id == name))
    }

    /// See [`Meeting::task_place`].
    pub fn task_named(&self, name: &str) -> Option<&Task> {
        self.tasks.get(self.task_place(name)?)
    }

    /// The number the next conclusion gets: the highest so far and one; gaps stay.
    pub fn next_conclusion_number(&self) -> i64 {
        self.conclusions.iter().filter_map(|c| c.number).max().unwrap_or(0).saturating_add(1)
    }

    /// The number the next task gets: the highest so far and one; gaps stay.
    pub fn next_task_number(&self) -> i64 {
        self.tasks.iter().filter_map(|t| t.number).max().unwrap_or(0).saturating_add(1)
    }

    /// How a task of this meeting is cited: `<meeting-id>#<number>`; one without a number goes by its row id.
    pub fn task_ref(&self, task: &Task) -> String {
        match task.number {
            Some(number) => format!("{}#{number}", self.head.id),
            None => format!("{}#{}", self.head.id, task.id),
        }
    }
}
