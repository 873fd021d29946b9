//! The sites of a meeting as a list: put in, taken out, moved, one of them the main. What named a site that goes names
//! another first, or keeps its name as text. Knows no clock and no screen.

use crate::domain::agenda::Place;
use crate::domain::id::free_slug;
use crate::domain::meeting::{Meeting, Site};
use crate::domain::seats::name_key;

/// Puts sites in, in their order; each gets a readable id that no row of the meeting has. Gives the ids.
pub fn insert(meeting: &mut Meeting, place: &Place, sites: Vec<Site>) -> Vec<String> {
    let first = place.among(meeting.sites.iter().map(|site| site.id.as_str()));
    let mut ids: Vec<String> = Vec::new();
    for mut site in sites {
        if site.id.is_empty() || meeting.sites.iter().any(|known| known.id == site.id) {
            site.id = free_slug(&site.name, |id| meeting.sites.iter().any(|known| known.id == id));
        }
        let (id, is_main) = (site.id.clone(), site.main);
        meeting.sites.insert(first + ids.len(), site);
        if is_main {
            only_main(meeting, &id);
        }
        ids.push(id);
    }
    ids
}

/// Of all sites this one is the main.
pub fn only_main(meeting: &mut Meeting, id: &str) {
    for site in &mut meeting.sites {
        site.main = site.id == id;
    }
}

/// Moves a site by so many places, inside the list.
pub fn shift(meeting: &mut Meeting, id: &str, by: isize) {
    let Some(at) = meeting.sites.iter().position(|site| site.id == id) else { return };
    let to = at.saturating_add_signed(by).min(meeting.sites.len() - 1);
    let site = meeting.sites.remove(at);
    meeting.sites.insert(to, site);
}

/// How many seats are at a site.
pub fn seats(meeting: &Meeting, id: &str) -> usize {
    meeting.seats.iter().filter(|seat| seat.site == id).count()
}

/// Whether the record names the site anywhere.
pub fn is_named(meeting: &Meeting, id: &str) -> bool {
    meeting.head.site == id || seats(meeting, id) > 0
}

/// Takes a site out. Its seats, and the own site of the record, go to the site `heir`; without one they keep the name as
/// text.
pub fn remove(meeting: &mut Meeting, id: &str, heir: Option<&str>) {
    let Some(at) = meeting.sites.iter().position(|site| site.id == id) else { return };
    let gone = meeting.sites.remove(at);
    if meeting.sites.iter().any(|site| site.id == id) {
        return;
    }
    let name = if gone.name.is_empty() { id } else { &gone.name };
    for seat in meeting.seats.iter_mut().filter(|seat| seat.site == id) {
        heir.unwrap_or(name).clone_into(&mut seat.site);
    }
    // The room of a record is always one of its sites.
    if meeting.head.site == id {
        heir.unwrap_or_default().clone_into(&mut meeting.head.site);
    }
    for note in meeting.notes.iter_mut().filter(|note| note.speaker == id) {
        name.clone_into(&mut note.speaker);
    }
    for turn in meeting.turns.iter_mut().filter(|turn| turn.speaker == id) {
        name.clone_into(&mut turn.speaker);
    }
    meeting.conflicts.retain(|conflict| conflict.target != id);
}

/// Reads pasted lines, one site a line: "1. Điểm cầu Kon Tum; 25 người". Sites the meeting has by that name, and empty
/// lines, are left out; so is a second line of one name.
pub fn read(text: &str, meeting: &Meeting) -> Vec<Site> {
    let mut taken: Vec<String> = meeting.sites.iter().map(|site| name_key(&site.name)).collect();
    let mut sites = Vec::new();
    for site in text.lines().filter_map(read_line) {
        let key = name_key(&site.name);
        if !taken.contains(&key) {
            taken.push(key);
            sites.push(site);
        }
    }
    sites
}

fn read_line(line: &str) -> Option<Site> {
    let line = line.trim().trim_start_matches(['-', '+', '*', '•', '–']).trim_start();
    let line = match line.split_once(['.', ')', '\t']) {
        Some((number, rest)) if number.bytes().all(|b| b.is_ascii_digit()) => rest.trim(),
        _ => line,
    };
    let mut parts = line.split([';', ',', '\t', ':', '(']).map(|part| part.trim_matches([' ', ')', '.']));
    let name = without_word(parts.next()?);
    let expected = parts.find_map(heads);
    let is_site = name.chars().any(char::is_alphabetic)
        && !matches!(name_key(name).as_str(), "stt" | "diem cau" | "ten");
    is_site.then(|| Site { name: name.to_owned(), expected, ..Site::default() })
}

/// `25`, `25 người`, `dự kiến 25 đại biểu`.
fn heads(part: &str) -> Option<i64> {
    let digits: String =
        part.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().ok().filter(|heads| *heads > 0)
}

/// The name without "Điểm cầu" before it.
fn without_word(name: &str) -> &str {
    let mut words = name.split_whitespace();
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    match words.next() {
        Some(third) if name_key(&format!("{first} {second}")) == "diem cau" => {
            &name[third.as_ptr() as usize - name.as_ptr() as usize..]
        }
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::meeting::Seat;

    fn meeting() -> Meeting {
        let site = |id: &str, name: &str| Site { id: id.into(), name: name.into(), ..Site::default() };
        let seat = |id: &str, at: &str| Seat { id: id.into(), site: at.into(), ..Seat::default() };
        let mut m = Meeting {
            sites: vec![site("tinh", "Tỉnh"), site("kon-tum", "Kon Tum")],
            seats: vec![seat("a", "tinh"), seat("b", "kon-tum")],
            ..Meeting::default()
        };
        m.sites[0].main = true;
        m.head.site = "tinh".into();
        m
    }

    #[test]
    fn new_sites_get_ids_that_nobody_has() {
        let mut m = meeting();
        let new = |name: &str, main| Site { name: name.into(), main, ..Site::default() };
        let ids = insert(
            &mut m,
            &Place::Before("kon-tum".into()),
            vec![new("Kon Tum", false), new("Đắk Hà", true)],
        );
        assert_eq!(ids, ["kon-tum-2", "dak-ha"]);
        let order: Vec<_> = m.sites.iter().map(|site| (site.id.as_str(), site.main)).collect();
        assert_eq!(order, [("tinh", false), ("kon-tum-2", false), ("dak-ha", true), ("kon-tum", false)]);
    }

    #[test]
    fn what_named_a_site_names_the_heir_or_keeps_the_name() {
        let mut m = meeting();
        remove(&mut m, "kon-tum", Some("tinh"));
        assert_eq!((m.seats[1].site.as_str(), m.sites.len()), ("tinh", 1));
        remove(&mut m, "tinh", None);
        assert_eq!((m.seats[0].site.as_str(), m.head.site.as_str()), ("Tỉnh", ""));
    }

    #[test]
    fn lists_of_sites_are_read_line_by_line() {
        let text = "STT\tĐiểm cầu\n1. Điểm cầu Đắk Hà; 25 người\n2\tNgọc Hồi\t12\n- Kon Plông (dự kiến 8 đại biểu)\nKon Tum: 30\n\nĐắk Hà\nSa Thầy";
        let found = read(text, &meeting());
        let found: Vec<_> = found.iter().map(|site| (site.name.as_str(), site.expected)).collect();
        assert_eq!(
            found,
            [("Đắk Hà", Some(25)), ("Ngọc Hồi", Some(12)), ("Kon Plông", Some(8)), ("Sa Thầy", None)]
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_fault(text in "\\PC*") {
            for site in read(&text, &meeting()) {
                proptest::prop_assert!(!site.name.is_empty());
            }
        }
    }
}
