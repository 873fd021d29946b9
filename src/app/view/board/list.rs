//! The list of the Board, made once and kept until something it was made from changes: a record, the day, the filter,
//! the order. It holds places, not texts, so that a hundred thousand tasks are walked without a stop. Pure but for
//! that memory.

use std::cell::RefCell;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use chrono::NaiveDate;

use crate::app::App;
use crate::app::view::board::BoardRow;
use crate::app::view::board::states;
use crate::app::view::board::texts::{self, Texts};
use crate::app::view::{committee, deadline_rules, unit_name};
use crate::domain::board::{SortBy, StateCounts};
use crate::domain::committee::Committee;
use crate::domain::filter::{Facts, Filter};
use crate::domain::id::slug;
use crate::domain::kinds::Status;
use crate::domain::meeting::Meeting;
use crate::domain::state::{self, OfficialBox, TaskState};
use crate::text::fold::plain;

/// The memory of the lists made last.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    made: RefCell<Option<Made>>,
}

impl Lists {
    /// Lets go of everything, so that records that are no longer shown are not kept in memory.
    pub fn forget(&self) {
        self.made.replace(None);
    }
}

#[derive(Clone, Debug)]
struct Made {
    base: Arc<Base>,
    /// All tasks in this order.
    sorted: (SortBy, Arc<Vec<u32>>),
    filter: String,
    list: Arc<BoardList>,
}

/// Every live task of every meeting.
#[derive(Debug)]
struct Base {
    stand: Stand,
    sources: Vec<Source>,
    /// Places in `sources` by id.
    ids: HashMap<String, u32>,
    /// The row ids of tasks without a number, by meeting and the number they have here.
    unnumbered: HashMap<(u32, i64), String>,
    slots: Vec<Slot>,
}

/// What the base was made from. Holding on to the records makes sure that the same place in memory is the same record.
#[derive(Debug)]
struct Stand {
    meetings: Vec<Arc<Meeting>>,
    committees: Vec<Arc<Committee>>,
    sessions: u64,
    today: NaiveDate,
}

/// A meeting and where it is found.
#[derive(Debug)]
struct Source {
    id: String,
    place: Shelf,
    texts: OnceLock<Arc<Texts>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shelf {
    /// Open in this window.
    Open,
    /// As stored, by place in the library.
    Stored(usize),
}

/// A task: where it is and how it stands.
#[derive(Clone, Copy, Debug)]
struct Slot {
    source: u32,
    task: u32,
    /// A task without one has a negative number of this list's own.
    number: i64,
    state: TaskState,
    due: Option<NaiveDate>,
    days_late: i64,
}

/// The tasks that fit, in order.
#[derive(Debug)]
pub struct BoardList {
    base: Arc<Base>,
    order: Vec<u32>,
    /// Rows that belong together under one heading; empty when the order has no groups.
    pub groups: Vec<Group>,
    pub counts: StateCounts,
    /// The places of the rows in each official box, in the order of [`OfficialBox::ALL`].
    pub boxes: [Vec<usize>; 4],
    /// Meeting and number of every row, gathered when somebody asks.
    shown: OnceLock<HashSet<(u32, i64)>>,
}

/// Rows under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Place of the first row.
    pub start: usize,
    pub title: String,
    pub counts: StateCounts,
}

/// The list as it stands now; made again only when something changed.
pub fn board_list(app: &App) -> Arc<BoardList> {
    let lists = &app.board.lists;
    let made = lists.made.take();
    let made = again(app, made);
    let list = made.list.clone();
    lists.made.replace(Some(made));
    list
}

fn again(app: &App, made: Option<Made>) -> Made {
    let (sort, filter) = (app.board.sort, app.board.filter_words());
    let old = made.as_ref().map(|made| &*made.base);
    let base = match &made {
        Some(made) if made.base.stand.holds(app) => made.base.clone(),
        _ => Arc::new(Base::of(app, old)),
    };
    let same_base = |made: &&Made| Arc::ptr_eq(&made.base, &base);
    let sorted = match made.as_ref().filter(same_base) {
        Some(made) if made.sorted.0 == sort => made.sorted.clone(),
        _ => (sort, Arc::new(base.sorted(app, sort))),
    };
    match made.as_ref().filter(same_base) {
        Some(made) if made.sorted.0 == sort && made.filter == filter => made.clone(),
        _ => {
            let list = Arc::new(BoardList::of(app, &base, &sorted.1, sort, filter));
            Made { base, sorted, filter: filter.to_owned(), list }
        }
    }
}

impl Stand {
    fn of(app: &App) -> Stand {
        Stand {
            meetings: app.library.meetings.iter().map(|entry| entry.meeting.clone()).collect(),
            committees: app.library.committees.clone(),
            sessions: app.sessions.generation(),
            today: app.desk.today,
        }
    }

    fn holds(&self, app: &App) -> bool {
        let stored = app.library.meetings.iter().map(|entry| &entry.meeting);
        self.sessions == app.sessions.generation()
            && self.today == app.desk.today
            && self.meetings.len() == app.library.meetings.len()
            && self.meetings.iter().zip(stored).all(|(known, now)| Arc::ptr_eq(known, now))
            && self.same_committees(app)
    }

    fn same_committees(&self, app: &App) -> bool {
        let now = &app.library.committees;
        self.committees.len() == now.len()
            && self.committees.iter().zip(now).all(|(known, now)| Arc::ptr_eq(known, now))
    }
}

impl Source {
    fn meeting<'a>(&self, app: &'a App) -> Option<&'a Meeting> {
        match self.place {
            Shelf::Open => app.sessions.amended(&self.id),
            Shelf::Stored(at) => app.library.meetings.get(at).map(|entry| &*entry.amended),
        }
    }

    fn texts(&self, app: &App, meeting: &Meeting) -> Arc<Texts> {
        self.texts.get_or_init(|| Arc::new(texts::texts(app, meeting))).clone()
    }
}

impl Base {
    fn of(app: &App, old: Option<&Base>) -> Base {
        let mut base = Base {
            stand: Stand::of(app),
            sources: Vec::new(),
            ids: HashMap::new(),
            unnumbered: HashMap::new(),
            slots: Vec::new(),
        };
        let known = old.map(|old| old.known_texts(app)).unwrap_or_default();
        for (at, entry) in app.library.meetings.iter().enumerate() {
            let id = &entry.meeting.head.id;
            match app.sessions.amended(id) {
                Some(open) => base.add(app, open, Shelf::Open, OnceLock::new()),
                None => {
                    let texts = known.get(&Arc::as_ptr(&entry.meeting)).cloned();
                    let texts = texts.map_or_else(OnceLock::new, OnceLock::from);
                    base.add(app, &entry.amended, Shelf::Stored(at), texts);
                }
            }
        }
        let stored: HashSet<&str> =
            app.library.meetings.iter().map(|entry| entry.meeting.head.id.as_str()).collect();
        let unstored = app.sessions.open_meetings().map(|open| open.head.id.as_str());
        for id in unstored.filter(|id| !stored.contains(id)) {
            let Some(open) = app.sessions.amended(id) else { continue };
            base.add(app, open, Shelf::Open, OnceLock::new());
        }
        base
    }

    fn add(&mut self, app: &App, meeting: &Meeting, place: Shelf, texts: OnceLock<Arc<Texts>>) {
        let (today, rules) = (app.desk.today, deadline_rules(app, meeting));
        let source = self.sources.len() as u32;
        self.ids.entry(meeting.head.id.clone()).or_insert(source);
        self.sources.push(Source { id: meeting.head.id.clone(), place, texts });
        for (at, task) in meeting.tasks.iter().enumerate().filter(|(_, task)| task.number.is_none()) {
            self.unnumbered.insert((source, -1 - at as i64), task.id.clone());
        }
        let alive = meeting.tasks.iter().enumerate().filter(|(_, task)| task.carried_to.is_empty());
        self.slots.extend(alive.map(|(at, task)| Slot {
            source,
            task: at as u32,
            number: task.number.unwrap_or(-1 - at as i64),
            state: state::state(task, today, rules),
            due: state::effective_due(task),
            days_late: state::days_late(task, today, rules),
        }));
    }

    /// Texts of stored meetings, by the place of the record in memory; none when committees may have other names now.
    fn known_texts(&self, app: &App) -> HashMap<*const Meeting, Arc<Texts>> {
        let open = |committee: &Arc<Committee>| app.sessions.committee(&committee.head.id).is_some();
        if !self.stand.same_committees(app) || app.library.committees.iter().any(open) {
            return HashMap::new();
        }
        let stored = self.sources.iter().filter_map(|source| match source.place {
            Shelf::Stored(at) => Some((self.stand.meetings.get(at)?, source.texts.get()?.clone())),
            Shelf::Open => None,
        });
        stored.map(|(meeting, texts)| (Arc::as_ptr(meeting), texts)).collect()
    }

    /// The meeting (by place) and the number that a reference names.
    fn read(&self, reference: &str) -> Option<(u32, i64)> {
        let (meeting, name) = reference.rsplit_once('#')?;
        let source = *self.ids.get(meeting)?;
        let mut unnumbered = self.unnumbered.iter().filter(|((of, _), id)| *of == source && *id == name);
        let own = unnumbered.next().map(|((_, number), _)| *number);
        own.or_else(|| name.parse().ok()).map(|number| (source, number))
    }

    fn source(&self, slot: &Slot) -> Option<&Source> {
        self.sources.get(slot.source as usize)
    }

    fn row<'a>(&self, app: &'a App, slot: &Slot) -> Option<BoardRow<'a>> {
        let meeting = self.source(slot)?.meeting(app)?;
        let task = meeting.tasks.get(slot.task as usize)?;
        Some(BoardRow { meeting, task, state: slot.state, due: slot.due, days_late: slot.days_late })
    }

    fn sorted(&self, app: &App, sort: SortBy) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.slots.len() as u32).collect();
        let slot = |at: &u32| &self.slots[*at as usize];
        let dates: Vec<(bool, Option<NaiveDate>)> =
            self.sources.iter().map(|source| self.date(app, source)).collect();
        let date = |at: &u32| dates[slot(at).source as usize];
        match sort {
            // What is finished or stopped stands after what somebody still has to do.
            SortBy::Deadline => {
                order.sort_by_key(|at| (!slot(at).state.is_open(), slot(at).due.is_none(), slot(at).due));
            }
            SortBy::Unit => {
                let names = self.unit_ranks(app);
                order.sort_by_key(|at| names[*at as usize]);
            }
            SortBy::Meeting => {
                order.sort_by_key(|at| (date(at), slot(at).source, slot(at).number));
            }
            SortBy::Age => order.sort_by_key(date),
            SortBy::State => order.sort_by_key(|at| (pressing(slot(at).state), Reverse(slot(at).days_late))),
        }
        order
    }

    fn date(&self, app: &App, source: &Source) -> (bool, Option<NaiveDate>) {
        let date = source.meeting(app).and_then(|meeting| meeting.head.date);
        (date.is_none(), date)
    }

    /// For every slot the place of its unit among all units by name, none last.
    fn unit_ranks(&self, app: &App) -> Vec<usize> {
        let names: Vec<String> = self.slots.iter().map(|slot| group_name(app, self, slot)).collect();
        let mut known: Vec<&str> = names.iter().map(String::as_str).collect();
        known.sort_unstable();
        known.dedup();
        known.sort_by_cached_key(|name| (name.is_empty(), slug(name)));
        let ranks: HashMap<&str, usize> =
            known.into_iter().enumerate().map(|(at, name)| (name, at)).collect();
        names.iter().map(|name| ranks.get(name.as_str()).copied().unwrap_or(0)).collect()
    }
}

/// The unit a task stands under: its first owner, or who came after it.
fn group_name(app: &App, base: &Base, slot: &Slot) -> String {
    let Some(row) = base.row(app, slot) else { return String::new() };
    let Some(owner) = row.task.lead.first() else { return String::new() };
    let Some(known) = committee(app, &row.meeting.head.committee) else {
        return unit_name(app, row.meeting, owner).to_owned();
    };
    match known.successor_of(owner) {
        today if today == owner => unit_name(app, row.meeting, owner).to_owned(),
        today => known
            .unit(today)
            .map_or(today, |unit| if unit.short.is_empty() { &unit.name } else { &unit.short })
            .to_owned(),
    }
}

/// The place of a state when what presses most comes first.
fn pressing(state: TaskState) -> u8 {
    match state {
        TaskState::Overdue => 0,
        TaskState::DueSoon => 1,
        TaskState::InTime => 2,
        TaskState::NoDue => 3,
        TaskState::Standing => 4,
        TaskState::Suspended => 5,
        TaskState::DoneLate => 6,
        TaskState::DoneOnTime => 7,
        TaskState::Done => 8,
        TaskState::Cancelled => 9,
    }
}

impl BoardList {
    fn of(app: &App, base: &Arc<Base>, sorted: &[u32], sort: SortBy, filter: &str) -> BoardList {
        let order = fitting(app, base, sorted, filter);
        let mut list = BoardList {
            base: base.clone(),
            order,
            groups: Vec::new(),
            counts: StateCounts::default(),
            boxes: Default::default(),
            shown: OnceLock::new(),
        };
        list.counts = list.order.iter().map(|at| base.slots[*at as usize].state).collect();
        for place in 0..list.len() {
            let official = list.slot(place).and_then(|slot| slot.state.official_box());
            let column = OfficialBox::ALL.iter().position(|known| Some(*known) == official);
            if let Some(column) = column.and_then(|column| list.boxes.get_mut(column)) {
                column.push(place);
            }
        }
        list.groups = list.grouped(app, sort);
        list
    }

    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn is_empty(&self) -> bool {
        self.order.is_empty()
    }

    /// The row at a place; `None` past the end.
    pub fn row<'a>(&self, app: &'a App, place: usize) -> Option<BoardRow<'a>> {
        self.base.row(app, self.slot(place)?)
    }

    /// How the task of the row at a place is cited.
    pub fn task_ref(&self, place: usize) -> Option<String> {
        let slot = self.slot(place)?;
        let id = &self.base.source(slot)?.id;
        match self.base.unnumbered.get(&(slot.source, slot.number)) {
            Some(row) => Some(format!("{id}#{row}")),
            None => Some(format!("{id}#{}", slot.number)),
        }
    }

    /// Where a task stands in the list. `hint` is looked at first: a long list is not searched for a row that has not
    /// moved.
    pub fn position(&self, reference: &str, hint: usize) -> Option<usize> {
        let (source, number) = self.base.read(reference)?;
        let is_it = |slot: &Slot| slot.source == source && slot.number == number;
        if self.slot(hint).is_some_and(is_it) {
            return Some(hint);
        }
        (0..self.len()).find(|place| self.slot(*place).is_some_and(is_it))
    }

    /// Whether a task is in the list.
    pub fn contains(&self, reference: &str) -> bool {
        let slots = || (0..self.len()).filter_map(|place| self.slot(place));
        let shown = self.shown.get_or_init(|| slots().map(|slot| (slot.source, slot.number)).collect());
        self.base.read(reference).is_some_and(|task| shown.contains(&task))
    }

    fn slot(&self, place: usize) -> Option<&Slot> {
        self.base.slots.get(*self.order.get(place)? as usize)
    }

    fn grouped(&self, app: &App, sort: SortBy) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut states: Vec<Vec<TaskState>> = Vec::new();
        let mut source = None;
        for (place, slot) in (0..self.len()).filter_map(|place| Some((place, self.slot(place)?))) {
            let title = match sort {
                SortBy::Unit => group_name(app, &self.base, slot),
                SortBy::Meeting if source == Some(slot.source) => {
                    groups.last().map(|g| g.title.clone()).unwrap_or_default()
                }
                SortBy::Meeting => {
                    self.row(app, place).map(|row| meeting_title(row.meeting)).unwrap_or_default()
                }
                SortBy::Deadline | SortBy::Age | SortBy::State => return Vec::new(),
            };
            let changed = match sort {
                SortBy::Meeting => source != Some(slot.source),
                _ => groups.last().is_none_or(|group| group.title != title),
            };
            source = Some(slot.source);
            if changed {
                groups.push(Group { start: place, title, counts: StateCounts::default() });
                states.push(Vec::new());
            }
            if let Some(states) = states.last_mut() {
                states.push(slot.state);
            }
        }
        for (group, states) in groups.iter_mut().zip(states) {
            group.counts = states.into_iter().collect();
        }
        groups
    }
}

fn meeting_title(meeting: &Meeting) -> String {
    let date = meeting.head.date.map(|day| day.format("%d/%m/%Y ").to_string()).unwrap_or_default();
    date + &meeting.head.title
}

/// The slots that fit the filter, in the order given.
fn fitting(app: &App, base: &Base, sorted: &[u32], typed: &str) -> Vec<u32> {
    let (named, typed) = states::named(&app.desk.words, typed);
    let filter = &Filter::read(&typed);
    if filter.is_empty() && named.is_empty() {
        return sorted.to_vec();
    }
    let words = |key: String| plain(app.desk.words.get(&key)).text;
    let states: Vec<String> =
        TaskState::ALL.iter().map(|state| words(format!("state.{}", state.word()))).collect();
    let statuses: Vec<String> =
        Status::ALL.iter().map(|status| words(format!("status.{}", status.word()))).collect();
    let fits = |at: &&u32| {
        let Some(slot) = base.slots.get(**at as usize) else { return false };
        let (Some(source), Some(row)) = (base.source(slot), base.row(app, slot)) else { return false };
        let texts = (filter.reads_texts() || !named.is_empty()).then(|| source.texts(app, row.meeting));
        let of_task = texts.as_ref().and_then(|texts| texts.tasks.get(slot.task as usize));
        let text = of_task.map_or("", |texts| &texts.text);
        if !named.iter().all(|named| named.fits(slot.state, text)) {
            return false;
        }
        let status = row.task.status.unwrap_or(Status::NotStarted);
        let of_state = TaskState::ALL.iter().position(|known| *known == slot.state);
        // The progress is searched only where the state does not say it already.
        let of_status =
            Status::ALL.iter().position(|known| *known == status).filter(|_| slot.state.is_open());
        let standing = [of_state.map(|at| states[at].as_str()), of_status.map(|at| statuses[at].as_str())];
        let standing = standing.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let facts = Facts {
            text,
            standing: &standing,
            units: of_task.map_or("", |texts| &texts.units),
            meeting: texts.as_ref().map_or("", |texts| &texts.meeting),
            committee: texts.as_ref().map_or("", |texts| &texts.committee),
            state: slot.state,
            status,
            age: row.meeting.head.date.map(|date| (app.desk.today - date).num_days()),
        };
        filter.fits(&facts, || original(app, &row, status))
    };
    sorted.iter().filter(fits).copied().collect()
}

fn original(app: &App, row: &BoardRow<'_>, status: Status) -> String {
    let state = format!("state.{}", row.state.word());
    let status = format!("status.{}", status.word());
    let words = &app.desk.words;
    format!("{} {} {}", texts::original(app, row.meeting, row.task), words.get(&state), words.get(&status))
}
