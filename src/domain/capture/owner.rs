//! Owners: known units by their longest name, groups such as "các cấp, các ngành", unknown names up to the verb. Must
//! not know what they are to do.

use super::scan::Scan;
use super::{Known, Owner};
use crate::text::fold::fold;
use crate::text::keystrokes::score_typed;

/// What a person types into an owner chip: owners separated by comma, semicolon or `+`, each an id, a name, initials
/// or pieces of a name, with or without marks. What picks nothing, or two units equally well, stays free text.
pub fn owners(words: &str, known: &[Known]) -> Vec<Owner> {
    let scan = Scan::new(words);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let stop =
            |from: usize| words[from..].find([',', ';', '+']).map_or(words.len(), |length| from + length);
        let group = group(&scan, at).filter(|end| stop(*end) == skip_spaces(words, *end));
        let end = stop(group.unwrap_or(at));
        let piece = words[at..end].trim();
        if !piece.is_empty() {
            found.push(pick(piece, known));
        }
        at = end + 1;
    }
    found
}

/// The leads and supports of `lead [, lead] [+ support …]`; the first stands alone when only commas are used.
pub(super) fn given(words: &str, known: &[Known]) -> (Vec<Owner>, Vec<Owner>) {
    let (lead, support) = words.split_once('+').unwrap_or((words, ""));
    (owners(lead, known), owners(support, known))
}

/// The owners that stand at `at`, separated by commas and "và", and the byte after them. Unknown names are taken only
/// when an assigning word stands before them.
pub(super) fn list(scan: &Scan, at: usize, known: &[Known], assigned: bool) -> Option<(Vec<Owner>, usize)> {
    let mut owners = Vec::new();
    let mut end = at;
    let mut next = at;
    while let Some((owner, after)) = one(scan, next, known, assigned) {
        owners.push(owner);
        end = after;
        let comma = scan.eat(after, ",").unwrap_or(after);
        next = scan.eat_any(comma, &["và", "cùng", "and", "&"]).unwrap_or(comma);
        if next == after {
            break;
        }
    }
    (!owners.is_empty()).then_some((owners, end))
}

fn one(scan: &Scan, at: usize, known: &[Known], assigned: bool) -> Option<(Owner, usize)> {
    let start = scan.eat_any(at, &["đồng chí", "đ/c", "ông", "bà", "the"]).unwrap_or(at);
    let unit = known_at(scan, start, known);
    let group = group(scan, at);
    let longer = |end: &usize| assigned.then(|| longer_name(scan, at, *end)).flatten();
    let whole = |end: &usize| group.is_none_or(|group| group <= *end) && longer(end).is_none();
    if let Some((owner, end)) = unit.filter(|(_, end)| whole(end)) {
        return Some((owner, end));
    }
    let end = group.or_else(|| assigned.then(|| unknown(scan, at)).flatten())?;
    let text = scan.text[at..end].trim().to_owned();
    Some((Owner { text, id: None }, end))
}

/// The longest known name at this place.
pub(super) fn known_at(scan: &Scan, at: usize, known: &[Known]) -> Option<(Owner, usize)> {
    let names =
        known.iter().flat_map(|unit| unit.names.iter().chain([&unit.id]).map(move |name| (unit, name)));
    let ends = names.filter_map(|(unit, name)| Some((unit, scan.eat(at, name)?)));
    let (unit, end) = ends.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
    Some((Owner { text: scan.text[at..end].trim().to_owned(), id: Some(unit.id.clone()) }, end))
}

/// The end of a name that only begins with a known one: "UBND tỉnh Quảng Bình".
fn longer_name(scan: &Scan, at: usize, end: usize) -> Option<usize> {
    let (next, _) = scan.token(end)?;
    let goes_on = scan.text[next..].starts_with(char::is_uppercase);
    goes_on.then(|| unknown(scan, at)).flatten()
}

/// Words of groups, the longer first.
const GROUP_WORDS: [&str; 49] = [
    "ban chỉ đạo",
    "ủy ban nhân dân",
    "ủy ban mặt trận tổ quốc",
    "mặt trận tổ quốc",
    "hội đồng nhân dân",
    "tổ chức chính trị - xã hội",
    "tổ chức chính trị",
    "tổ chức đảng",
    "hệ thống dân vận",
    "hệ thống chính trị",
    "khối dân vận",
    "doanh nghiệp nhà nước",
    "cấp ủy đảng",
    "cấp ủy",
    "cấp uỷ",
    "cơ quan hành chính",
    "cơ quan",
    "đơn vị sự nghiệp",
    "đơn vị",
    "địa phương",
    "đoàn thể",
    "thành viên",
    "doanh nghiệp",
    "chính quyền",
    "thị xã",
    "thành phố",
    "thị trấn",
    "toàn thể",
    "tất cả",
    "người đứng đầu",
    "thủ trưởng",
    "trực thuộc",
    "liên quan",
    "có liên quan",
    "trong tỉnh",
    "cấp tỉnh",
    "cấp huyện",
    "cấp xã",
    "cấp",
    "ngành",
    "sở",
    "ban",
    "huyện",
    "xã",
    "phường",
    "ubnd",
    "hđnd",
    "bcđ",
    "các",
];

/// The end of a group that begins here: words of groups, commas and "và" between them, a "các" or a system among them.
fn group(scan: &Scan, at: usize) -> Option<usize> {
    let mut end = at;
    let mut next = at;
    let mut plural = scan.eat_any(at, &["hệ thống", "toàn thể", "tất cả"]).is_some();
    while let Some(after) = scan.eat_any(next, &GROUP_WORDS).or_else(|| listed_only(scan, at, next)) {
        plural |= scan.eat(next, "các").is_some();
        end = after;
        let comma = scan.eat(after, ",").unwrap_or(after);
        next = scan.eat(comma, "và").unwrap_or(comma);
    }
    (plural && end > at).then_some(end)
}

/// "tổ chức" is a group only after "các" or a comma, else a verb.
fn listed_only(scan: &Scan, start: usize, at: usize) -> Option<usize> {
    let before = scan.text[start..at].trim_end();
    let listed = before.ends_with(',') || fold(before).ends_with("cac") || fold(before).ends_with(" va");
    scan.eat(at, "tổ chức").filter(|_| listed)
}

/// Beginnings of units that are written in lower case.
const UNIT_WORDS: [&str; 12] = [
    "cơ quan",
    "đơn vị",
    "tổ giúp việc",
    "tổ thư ký",
    "văn phòng",
    "thường trực",
    "bộ phận",
    "ban thư ký",
    "lãnh đạo",
    "phòng",
    "thư ký",
    "thủ trưởng",
];

/// The end of a name nobody knows: up to "chủ trì" or the first verb in lower case, at most a dozen words.
fn unknown(scan: &Scan, at: usize) -> Option<usize> {
    let (first, mut end) = scan.token(at)?;
    if scan.begins_with_verb(at) || !scan.text[first..].starts_with(char::is_alphabetic) {
        return None;
    }
    for _ in 0..12 {
        let (start, next) = scan.token(end)?;
        if scan.begins_with_verb(end) || scan.text[start..next].starts_with([',', ':', ';']) {
            let capital = scan.text[first..end].chars().any(char::is_uppercase);
            let named = capital || scan.eat_any(first, &UNIT_WORDS).is_some();
            return named.then_some(end);
        }
        end = next;
    }
    None
}

/// The known unit that a typed piece picks, or the piece.
fn pick(piece: &str, known: &[Known]) -> Owner {
    let free = Owner { text: piece.to_owned(), id: None };
    let mut best: Vec<(u32, &Known)> =
        known.iter().filter_map(|unit| Some((rank(piece, unit)?, unit))).collect();
    best.sort_by_key(|(rank, _)| std::cmp::Reverse(*rank));
    match best[..] {
        [(first, _), (second, _), ..] if first / LIKENESS == second / LIKENESS => free,
        [(_, unit), ..] => {
            Owner { text: unit.names.first().unwrap_or(&unit.id).clone(), id: Some(unit.id.clone()) }
        }
        [] => free,
    }
}

/// Scores that differ by less differ only in the length of the names, which is no reason to pick one.
const LIKENESS: u32 = 50;

/// A score from 500 up is a beginning, initials or words; less is a chance likeness.
fn rank(piece: &str, unit: &Known) -> Option<u32> {
    if fold(piece) == fold(&unit.id) {
        return Some(u32::MAX);
    }
    unit.names.iter().filter_map(|name| score_typed(piece, name)).filter(|score| *score >= 500).max()
}

fn skip_spaces(text: &str, at: usize) -> usize {
    at + text[at..].len() - text[at..].trim_start().len()
}
