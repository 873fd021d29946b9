//! The words before a deadline that go with it: "chậm nhất là ngày", "no later than". Must not know the rules.

use super::phrase::{Part, Phrase};

/// Words that lead to a deadline and go with it.
const LEADS: [&str; 70] = [
    "chót",
    "trước",
    "chậm",
    "muộn",
    "nhất",
    "là",
    "đến",
    "tới",
    "hết",
    "trong",
    "vào",
    "xong",
    "hạn",
    "thời",
    "không",
    "quá",
    "ngay",
    "ngày",
    "cho",
    "vòng",
    "sau",
    "tối",
    "đa",
    "kể",
    "hơn",
    "lúc",
    "sáng",
    "trưa",
    "chiều",
    "đêm",
    "buổi",
    "cuối",
    "cùng",
    "khi",
    "ít",
    "phải",
    "by",
    "before",
    "no",
    "not",
    "later",
    "more",
    "than",
    "until",
    "till",
    "on",
    "or",
    "due",
    "the",
    "within",
    "in",
    "prior",
    "to",
    "at",
    "from",
    "after",
    "next",
    "gian",
    "during",
    "throughout",
    "over",
    "up",
    "khoảng",
    "dịp",
    "tròn",
    "cả",
    "suốt",
    "những",
    "coming",
    "latest",
];

/// Words that only belong to a deadline between others, never as the first.
const NOT_FIRST: [&str; 24] = [
    "chót", "là", "cho", "không", "nhất", "the", "no", "not", "to", "from", "or", "đa", "hơn", "thời", "kể",
    "cùng", "phải", "more", "next", "khi", "ít", "gian", "up", "latest",
];

/// Where the prepositions of a deadline at `at` begin.
pub(super) fn lead(phrase: &Phrase, at: usize) -> usize {
    let belongs = |at: usize| {
        phrase.part(at) == Part::Clock || (phrase.part(at) != Part::Hidden && phrase.is_any(at, &LEADS))
    };
    let mut lead = at;
    loop {
        if lead > 0 && belongs(lead - 1) {
            lead -= 1;
        } else if lead > 1 && phrase.eat(lead - 2, "kết thúc").is_some() {
            lead -= 2;
        } else {
            break;
        }
    }
    let limit = |at| {
        phrase
            .eat_any(at, &["không quá", "không muộn", "không chậm", "no later", "not later", "no more"])
            .is_some()
    };
    while lead < at && phrase.is_any(lead, &NOT_FIRST) && !limit(lead) && phrase.part(lead) != Part::Clock {
        lead += 1;
    }
    with_beginning(phrase, with_range(phrase, lead, at))
}

/// With the "từ nay", "từ 15" or "from …" of a range that ends here.
fn with_range(phrase: &Phrase, lead: usize, at: usize) -> usize {
    if lead == at || !phrase.is_any(lead, &["đến", "tới", "cho", "to"]) {
        return lead;
    }
    let reach = lead.saturating_sub(4);
    let start = (reach..lead).rev().find(|start| {
        let inner = phrase.eat(*start, "ngày").unwrap_or(*start + 1);
        phrase.is_any(*start, &["từ", "from"])
            && (inner..lead).all(|at| {
                phrase.is_any(at, &["nay", "ngày", "hôm", "bây", "giờ", "now", "cho"])
                    || phrase.number(at, 2).is_some()
            })
    });
    start.unwrap_or(lead)
}

/// With a "hoàn thành" that stands only for the deadline.
fn with_beginning(phrase: &Phrase, lead: usize) -> usize {
    let sayings = [
        "phải hoàn thành",
        "hoàn thành",
        "hoàn tất",
        "thời hạn hoàn thành :",
        "thời gian hoàn thành :",
        "thời hạn :",
        "hạn :",
        "deadline :",
        "due :",
        "to be completed",
        "xong",
    ];
    let whole = sayings.iter().find_map(|words| {
        let start = lead.checked_sub(words.split(' ').count())?;
        phrase.eat(start, words)?;
        phrase.begins_clause(start).then_some(start)
    });
    whole.unwrap_or(lead)
}

/// Whether a word before this place expects a deadline.
pub(super) fn is_introduced(phrase: &Phrase, at: usize) -> bool {
    phrase.follows_any(at, &["thành", "tất", "xong", "hạn", "completed", "deadline"])
        || (phrase.follows_any(at, &[":"])
            && at
                .checked_sub(1)
                .is_some_and(|sign| phrase.follows_any(sign, &["hạn", "deadline", "due", "thành"])))
}

/// Whether the words before the date demand it, so that even a past one is meant.
pub(super) fn is_urged(phrase: &Phrase, lead: usize, start: usize) -> bool {
    let urging = ["trước", "chậm", "muộn", "hạn", "quá", "xong", "by", "before", "due", "than"];
    (lead..start).any(|at| phrase.is_any(at, &urging)) || is_introduced(phrase, start)
}
