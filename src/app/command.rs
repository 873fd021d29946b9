//! The one table of commands: what a person can ask for, and where. Keys, footer, help, palette and slash words all
//! derive from it. Knows no key and no sentence; those are in `config/`.

/// A part of the screen that understands keys in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Works wherever one is.
    Everywhere,
    /// Editing of any text field.
    Text,
    /// The typing line of a meeting.
    Meeting,
    /// Earlier lines selected.
    Stream,
    /// The walk through prepared texts.
    Prepared,
    /// The cutting of a sentence into tasks.
    Split,
    /// On something missing that the walk came to.
    Gap,
    /// The list of what was recorded beside the lines.
    Facts,
    /// A list in a pop-up or a place.
    List,
    Form,
    /// The programme or the sites of a meeting as a list.
    Plan,
    Home,
    Board,
    /// The official columns of the Board.
    Columns,
    Roll,
    Committee,
}

impl Context {
    pub const ALL: &'static [Context] = &[
        Context::Everywhere,
        Context::Text,
        Context::Meeting,
        Context::Stream,
        Context::Prepared,
        Context::Split,
        Context::Gap,
        Context::Facts,
        Context::List,
        Context::Form,
        Context::Plan,
        Context::Home,
        Context::Board,
        Context::Columns,
        Context::Roll,
        Context::Committee,
    ];

    /// Its name in the keys file.
    pub fn name(self) -> &'static str {
        match self {
            Context::Everywhere => "everywhere",
            Context::Text => "text",
            Context::Meeting => "meeting",
            Context::Stream => "stream",
            Context::Prepared => "prepared",
            Context::Split => "split",
            Context::Gap => "gap",
            Context::Facts => "facts",
            Context::List => "list",
            Context::Form => "form",
            Context::Plan => "plan",
            Context::Home => "home",
            Context::Board => "board",
            Context::Columns => "columns",
            Context::Roll => "roll",
            Context::Committee => "committee",
        }
    }

    pub fn from_name(name: &str) -> Option<Context> {
        Context::ALL.iter().copied().find(|context| context.name() == name)
    }
}

macro_rules! commands {
    ($($variant:ident $name:literal $context:ident;)+) => {
        /// One thing a person can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Command { $($variant),+ }

        impl Command {
            /// Every command, in the order of help.
            pub const ALL: &'static [Command] = &[$(Command::$variant),+];

            /// Its name in the keys file and in the words files.
            pub fn name(self) -> &'static str {
                match self { $(Command::$variant => $name),+ }
            }

            /// Where it is offered.
            pub fn context(self) -> Context {
                match self { $(Command::$variant => Context::$context),+ }
            }

            pub fn from_name(name: &str) -> Option<Command> {
                match name { $($name => Some(Command::$variant),)+ _ => None }
            }
        }
    };
}

commands! {
    // The line and its marks.
    Record "record" Meeting;
    Speaker "speaker" Meeting;
    Item "item" Meeting;
    Task "task" Meeting;
    Conclusion "conclusion" Meeting;
    Split "split" Meeting;
    NextGap "next_gap" Meeting;
    LeaveGap "leave_gap" Gap;
    Roll "roll" Everywhere;
    SelectUp "select_up" Meeting;
    SelectDown "select_down" Meeting;
    PageUp "page_up" Meeting;
    PageDown "page_down" Meeting;
    // Verbs on selected lines.
    ExtendUp "extend_up" Stream;
    ExtendDown "extend_down" Stream;
    EditLine "edit_line" Stream;
    DeleteLines "delete_lines" Stream;
    Doubt "doubt" Meeting;
    Confidential "confidential" Meeting;
    Kind "kind" Meeting;
    ItemFromHere "item_from_here" Stream;
    LineUp "line_up" Stream;
    LineDown "line_down" Stream;
    JoinLines "join_lines" Stream;
    CutLine "cut_line" Meeting;
    LineTime "line_time" Meeting;
    // Prepared texts.
    SayPrepared "say_prepared" Prepared;
    EditPrepared "edit_prepared" Prepared;
    AddPrepared "add_prepared" Meeting;
    // The course of the meeting.
    OpenMeeting "open_meeting" Meeting;
    Pause "pause" Meeting;
    Resume "resume" Meeting;
    CloseMeeting "close_meeting" Meeting;
    Opening "opening" Meeting;
    Queue "queue" Meeting;
    NextSpeaker "next_speaker" Meeting;
    Waiting "waiting" Meeting;
    Arrived "arrived" Meeting;
    Programme "programme" Meeting;
    // Quick facts.
    Vote "vote" Meeting;
    Figure "figure" Meeting;
    Award "award" Meeting;
    Document "document" Meeting;
    Facts "facts" Meeting;
    FactLine "fact_line" Facts;
    FactRemove "fact_remove" Facts;
    FactHeard "fact_heard" Facts;
    FactUp "fact_up" Facts;
    FactDown "fact_down" Facts;
    FactAdd "fact_add" Facts;
    Unconclude "unconclude" Meeting;
    // The chair's questions.
    ReadConclusion "read_conclusion" Meeting;
    Absentees "absentees" Meeting;
    Unreported "unreported" Meeting;
    LastSession "last_session" Meeting;
    WhatSaid "what_said" Meeting;
    FloorTimes "floor_times" Meeting;
    SiteCount "site_count" Meeting;
    RoomAt "room_at" Meeting;
    Overdue "overdue" Meeting;
    Citations "citations" Meeting;
    // Cutting a sentence.
    CutLeft "cut_left" Split;
    CutRight "cut_right" Split;
    CycleClause "cycle_clause" Split;
    AddCut "add_cut" Split;
    JoinClause "join_clause" Split;
    NoDeadline "no_deadline" Split;
    EditClause "edit_clause" Split;
    MakeClauses "make_clauses" Split;
    // From the closed meeting to the papers.
    Submit "submit" Meeting;
    TakeBack "take_back" Meeting;
    Approve "approve" Meeting;
    Amend "amend" Meeting;
    Amendments "amendments" Meeting;
    RecordPaper "record_paper" Meeting;
    Papers "papers" Meeting;
    // Out of the bin.
    FindDeleted "find_deleted" Meeting;
    // Lists and forms.
    Up "up" List;
    Down "down" List;
    ListPageUp "list_page_up" List;
    ListPageDown "list_page_down" List;
    First "first" List;
    Last "last" List;
    Choose "choose" List;
    NextField "next_field" Form;
    PreviousField "previous_field" Form;
    NextChoice "next_choice" Form;
    PreviousChoice "previous_choice" Form;
    Accept "accept" Form;
    PickName "pick_name" Form;
    // The programme and the sites.
    PlanAdd "plan_add" Plan;
    PlanBefore "plan_before" Plan;
    PlanEdit "plan_edit" Plan;
    PlanRemove "plan_remove" Plan;
    PlanUp "plan_up" Plan;
    PlanDown "plan_down" Plan;
    PlanAnew "plan_anew" Plan;
    // Home.
    OpenEntry "open_entry" Home;
    NextStage "next_stage" Home;
    NextCommittee "next_committee" Home;
    NewMeeting "new_meeting" Home;
    NewCommittee "new_committee" Home;
    EditHead "edit_head" Home;
    Postpone "postpone" Home;
    CallOff "call_off" Home;
    // Board.
    Detail "detail" Board;
    SortNext "sort_next" Board;
    Report "report" Board;
    Extend "extend" Board;
    Jump "jump" Board;
    TurnView "board_view" Board;
    ColumnLeft "column_left" Columns;
    ColumnRight "column_right" Columns;
    MarkRow "mark_row" Board;
    MarkAll "mark_all" Board;
    Confirm "confirm" Board;
    ReturnTask "return_task" Board;
    Suspend "suspend" Board;
    CancelTask "cancel_task" Board;
    Reopen "reopen" Board;
    Urge "urge" Board;
    Reassign "reassign" Board;
    EditTask "edit_task" Board;
    RemoveTask "remove_task" Board;
    ChainOn "chain_on" Board;
    ChainBack "chain_back" Board;
    Filters "filters" Board;
    SaveFilter "save_filter" Board;
    ForgetFilter "forget_filter" Board;
    TaskOnBoard "task_on_board" Stream;
    // Roll.
    MarkPresent "mark_present" Roll;
    MarkOnline "mark_online" Roll;
    MarkLate "mark_late" Roll;
    MarkLeft "mark_left" Roll;
    MarkExcused "mark_excused" Roll;
    MarkUnexcused "mark_unexcused" Roll;
    MarkRepresented "mark_represented" Roll;
    MarkUnmarked "mark_unmarked" Roll;
    NotCalledYet "not_called_yet" Roll;
    RollLine "roll_line" Roll;
    // Committee.
    EntryEdit "entry_edit" Committee;
    EntryAdd "entry_add" Committee;
    EntryRemove "entry_remove" Committee;
    EntryUp "entry_up" Committee;
    EntryDown "entry_down" Committee;
    UnitRename "unit_rename" Committee;
    UnitMerge "unit_merge" Committee;
    NewPost "new_post" Committee;
    NextTab "next_tab" Committee;
    PreviousTab "previous_tab" Committee;
    ImportMembers "import_members" Committee;
    EditRow "edit_row" Roll;
    EditStay "edit_stay" Roll;
    AddSeat "add_seat" Roll;
    ImportSeats "import_seats" Roll;
    RemoveSeat "remove_seat" Roll;
    SeatUp "seat_up" Roll;
    SeatDown "seat_down" Roll;
    RestPresent "rest_present" Roll;
    SitePresent "site_present" Roll;
    Sites "sites" Roll;
    RetakeRoster "retake_roster" Roll;
    // Everywhere.
    Help "help" Everywhere;
    Palette "palette" Everywhere;
    Search "search" Everywhere;
    Undo "undo" Everywhere;
    Redo "redo" Everywhere;
    Board "board" Everywhere;
    Home "home" Everywhere;
    Committee "committee" Everywhere;
    Back "back" Everywhere;
    Save "save" Everywhere;
    Quit "quit" Everywhere;
    ToggleTyping "toggle_typing" Everywhere;
    UseTelex "use_telex" Everywhere;
    UseVni "use_vni" Everywhere;
    ToggleExpansion "toggle_expansion" Everywhere;
    // Editing of a text field.
    CaretLeft "caret_left" Text;
    CaretRight "caret_right" Text;
    WordLeft "word_left" Text;
    WordRight "word_right" Text;
    LineStart "line_start" Text;
    LineEnd "line_end" Text;
    SelectLeft "select_left" Text;
    SelectRight "select_right" Text;
    SelectWordLeft "select_word_left" Text;
    SelectWordRight "select_word_right" Text;
    SelectToStart "select_to_start" Text;
    SelectToEnd "select_to_end" Text;
    SelectAll "select_all" Text;
    DeleteLeft "delete_left" Text;
    DeleteRight "delete_right" Text;
    DeleteWordLeft "delete_word_left" Text;
    DeleteWordRight "delete_word_right" Text;
    RawWord "raw_word" Text;
}
