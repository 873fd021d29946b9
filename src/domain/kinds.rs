//! The closed lists of words in the files (kinds, stages, states), each with its spelling in TOML.
//! The identifiers are binding for other offices' files; the words people read for them are elsewhere.

use crate::domain::value::{Filled, Value};

macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every value, in the order of the list it comes from.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word in the file.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// The value for a word of a file, if the list has it.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl Filled for $name {
            fn read_filled(value: &Value) -> Option<Self> {
                match value {
                    Value::Text(word) => Self::from_word(word),
                    _ => None,
                }
            }
            fn write_filled(&self) -> Value {
                Value::Text(self.word().to_owned())
            }
        }
    )+};
}

kinds! {
    /// What sort of meeting it is.
    MeetingKind {
        HalfYearReview = "half_year_review", AnnualReview = "annual_review", PeriodicReview = "periodic_review",
        RegularSession = "regular_session", ExtraordinarySession = "extraordinary_session", Thematic = "thematic",
        Coordination = "coordination", Rollout = "rollout", StandingMembers = "standing_members",
        SupportGroup = "support_group", WorkingVisit = "working_visit", Inspection = "inspection",
    }
    /// How people come together.
    Form { InPerson = "in_person", Online = "online", Hybrid = "hybrid" }
    /// Where the meeting and its record stand.
    Stage {
        Planned = "planned", Live = "live", Paused = "paused", Closed = "closed", WithChair = "with_chair",
        Approved = "approved", Issued = "issued", Postponed = "postponed", Cancelled = "cancelled",
    }
    /// Level of a site (điểm cầu).
    Level { Central = "central", Province = "province", Commune = "commune" }
    /// What a person does in the meeting.
    Role {
        Chair = "chair", CoChair = "co_chair", Presidium = "presidium", Secretary = "secretary", Member = "member",
        Delegate = "delegate", Guest = "guest", SeniorGuest = "senior_guest", Substitute = "substitute",
        Reporter = "reporter", Support = "support",
    }
    /// Position in the committee.
    Position {
        Head = "head", StandingDeputyHead = "standing_deputy_head", DeputyHead = "deputy_head",
        StandingMember = "standing_member", Member = "member", Secretary = "secretary",
        SupportLead = "support_lead", SupportMember = "support_member",
    }
    /// Attendance. Late and left early count as present.
    Presence {
        Unmarked = "unmarked", Present = "present", PresentOnline = "present_online", Late = "late",
        LeftEarly = "left_early", AbsentExcused = "absent_excused", AbsentUnexcused = "absent_unexcused",
        Represented = "represented",
    }
    /// Kind of a programme item.
    ItemKind {
        RollCall = "roll_call", FlagSalute = "flag_salute", Introductions = "introductions",
        AdoptAgenda = "adopt_agenda", Opening = "opening", Report = "report", Paper = "paper",
        Discussion = "discussion", Response = "response", Vote = "vote", Awards = "awards",
        GuidanceAddress = "guidance_address", Conclusion = "conclusion", AdoptMinutes = "adopt_minutes",
        Closing = "closing",
    }
    /// What a turn on the floor is.
    TurnKind {
        Report = "report", Paper = "paper", Contribution = "contribution", Reply = "reply", Address = "address",
        Conclusion = "conclusion",
    }
    /// What a line of the minutes says.
    NoteKind {
        Result = "result", Shortcoming = "shortcoming", Difficulty = "difficulty", Cause = "cause",
        Lesson = "lesson", Proposal = "proposal", Direction = "direction", Solution = "solution",
        Opinion = "opinion", Guidance = "guidance", Response = "response", Vote = "vote",
        Conclusion = "conclusion", Assignment = "assignment",
    }
    /// Part of the notice a conclusion belongs to (I, II, III).
    Part { General = "general", Direction = "direction", Specific = "specific" }
    /// What sort of deadline was said. Absent: not settled yet.
    DueKind { Date = "date", Recurring = "recurring", Ongoing = "ongoing", None = "none" }
    /// How often a recurring task comes round.
    Every {
        Weekly = "weekly", Monthly = "monthly", Quarterly = "quarterly", HalfYearly = "half_yearly",
        Yearly = "yearly",
    }
    /// Stored progress of a task. Lateness is never stored; it is computed from the deadline and a day.
    Status {
        NotStarted = "not_started", InProgress = "in_progress", AwaitingConfirmation = "awaiting_confirmation",
        Returned = "returned", Done = "done", Suspended = "suspended", Cancelled = "cancelled",
        Standing = "standing",
    }
    /// How a vote is taken.
    VoteMethod {
        ShowOfHands = "show_of_hands", SecretBallot = "secret_ballot", Voice = "voice", Written = "written",
    }
    /// What a vote decided.
    VoteResult { Adopted = "adopted", Rejected = "rejected", Deferred = "deferred" }
    /// What an amendment does to the approved text.
    AmendmentAction { Replace = "replace", Add = "add", Strike = "strike" }
    /// Where an amendment stands.
    AmendmentStatus { Proposed = "proposed", Adopted = "adopted", Refused = "refused" }
    /// Whose official layouts a committee follows.
    World { Party = "party", State = "state", Plain = "plain" }
    /// Where tone marks stand in open syllables: hòa (old) or hoà (new).
    ToneStyle { Old = "old", New = "new" }
    /// Language of the papers.
    Language { Vi = "vi", En = "en" }
}

impl Presence {
    /// Whether the person sat in the meeting for some part of it.
    pub fn counts_as_present(self) -> bool {
        matches!(self, Presence::Present | Presence::PresentOnline | Presence::Late | Presence::LeftEarly)
    }

    /// Whether the seat stayed empty.
    pub fn is_absent(self) -> bool {
        matches!(self, Presence::AbsentExcused | Presence::AbsentUnexcused)
    }
}

impl Stage {
    /// Whether lines typed now carry the clock and drive turns and programme.
    pub fn is_live(self) -> bool {
        self == Stage::Live
    }

    /// Whether the record part is locked and only the follow-up may change (approved and later).
    pub fn is_locked(self) -> bool {
        matches!(self, Stage::Approved | Stage::Issued)
    }
}
