//! One person as a line of a letter or of a table without headings names them: "name, title, unit", or cells apart by
//! tabs. Knows no meeting and no screen.

use crate::text::fold::fold;

/// One person, or one unit whose person is not named yet (`name` empty).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Invited {
    pub name: String,
    /// How the person is addressed, when the line says so: `đồng chí`, `ông`, `bà`, `Mr`.
    pub address: String,
    pub titles: Vec<String>,
    /// As written.
    pub unit: String,
    /// The site, from a fourth cell of a table.
    pub site: String,
    /// The word of a position in the committee; only tables with headings tell it.
    pub position: String,
    pub phone: String,
    pub email: String,
}

/// Reads one line; `None` when nobody stands in it.
pub fn read_line(line: &str, is_unit: &impl Fn(&str) -> bool) -> Option<Invited> {
    let invited = if line.contains('\t') { table_row(line, is_unit) } else { sentence(line, is_unit) };
    invited.filter(|invited| !invited.name.is_empty() || !invited.unit.is_empty())
}

fn table_row(line: &str, is_unit: &impl Fn(&str) -> bool) -> Option<Invited> {
    let mut cells: Vec<&str> = line.split('\t').map(str::trim).collect();
    if cells.first().is_some_and(|cell| is_number(cell)) {
        cells.remove(0);
    }
    let cell = |at: usize| cells.get(at).copied().unwrap_or("");
    if is_heading(cell(0)) || is_heading(cell(1)) {
        return None;
    }
    let mut invited = person(without_number(cell(0)), is_unit);
    invited.titles.extend(titles(cell(1)));
    if !cell(2).is_empty() {
        invited.unit = cell(2).to_owned();
    }
    invited.site = cell(3).to_owned();
    Some(invited)
}

/// A line of text: name first, unit last, what stands between them the office.
pub(super) fn sentence(line: &str, is_unit: &impl Fn(&str) -> bool) -> Option<Invited> {
    let line = without_number(line).trim_end_matches([';', '.']);
    let mut parts = line.split([',', ';']).map(str::trim);
    let mut invited = person(parts.next()?, is_unit);
    let mut rest: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    // Of two texts after the name the last is the unit; a single one is an office unless it names a unit.
    if rest.len() > 1 || rest.last().is_some_and(|last| is_unit(last)) {
        invited.unit = rest.pop().unwrap_or("").to_owned();
    }
    invited.titles.extend(rest.into_iter().map(str::to_owned));
    Some(invited)
}

/// The first text of a line: a person with the address before the name, or a unit whose leader is called.
pub(super) fn person(text: &str, is_unit: &impl Fn(&str) -> bool) -> Invited {
    if let Some((_, unit)) = after(text, LEADERS) {
        return Invited { unit: unit.to_owned(), ..Invited::default() };
    }
    if is_unit(text) {
        return Invited { unit: text.to_owned(), ..Invited::default() };
    }
    match after(text, ADDRESSES) {
        Some((address, name)) => {
            Invited { name: name.to_owned(), address: address.to_owned(), ..Invited::default() }
        }
        None => Invited { name: text.to_owned(), ..Invited::default() },
    }
}

/// Words that call a unit's leader, without marks, and nothing.
const LEADERS: &[(&str, &str)] = &[
    ("lanh dao", ""),
    ("dai dien lanh dao", ""),
    ("dai dien", ""),
    ("head of", ""),
    ("leader of", ""),
    ("representative of", ""),
];

/// Addresses without marks, and as they are written at a seat.
const ADDRESSES: &[(&str, &str)] = &[
    ("dong chi", "đồng chí"),
    ("d/c", "đồng chí"),
    ("dc", "đồng chí"),
    ("ong", "ông"),
    ("ba", "bà"),
    ("mr", "Mr"),
    ("mr.", "Mr"),
    ("mrs", "Mrs"),
    ("mrs.", "Mrs"),
    ("ms", "Ms"),
    ("ms.", "Ms"),
];

/// The address that a cell holds alone, as it is written at a seat.
pub(super) fn address(cell: &str) -> Option<&'static str> {
    let folded = fold(cell);
    ADDRESSES.iter().find(|(word, _)| *word == folded).map(|(_, address)| *address)
}

/// What follows the longest of these beginnings, with what that beginning stands for. The rest is at least one word.
fn after<'a>(text: &'a str, beginnings: &[(&str, &'static str)]) -> Option<(&'static str, &'a str)> {
    let fits = |(beginning, stands): &(&str, &'static str)| {
        let count = beginning.split(' ').count();
        let mut words = text.split_whitespace();
        let head: Vec<&str> = words.by_ref().take(count).collect();
        let rest = words.next().map(|next| next.as_ptr() as usize - text.as_ptr() as usize)?;
        (fold(&head.join(" ")) == *beginning).then_some((count, *stands, &text[rest..]))
    };
    let found = beginnings.iter().filter_map(fits).max_by_key(|(count, ..)| *count)?;
    Some((found.1, found.2.trim()))
}

fn titles(cell: &str) -> impl Iterator<Item = String> {
    cell.split([';', ',']).map(str::trim).filter(|title| !title.is_empty()).map(str::to_owned)
}

fn is_number(cell: &str) -> bool {
    let cell = cell.trim_end_matches(['.', ')']);
    !cell.is_empty() && cell.bytes().all(|b| b.is_ascii_digit())
}

fn is_heading(cell: &str) -> bool {
    let headings = ["ho va ten", "ho ten", "ho, ten", "ten", "stt", "tt", "name", "full name", "no", "no."];
    headings.contains(&fold(cell).as_str())
}

/// The line without a bullet or `1.`, `2)` before it.
pub(super) fn without_number(line: &str) -> &str {
    let line = line.trim().trim_start_matches(['-', '+', '*', '•', '–']).trim_start();
    match line.split_once(['.', ')']) {
        Some((number, rest)) if is_number(number) => rest.trim(),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(text: &str) -> bool {
        ["sở nội vụ", "snv", "tỉnh ủy"].contains(&text.to_lowercase().as_str())
    }

    fn one(line: &str) -> (String, String, String, String) {
        let found = read_line(line, &known).unwrap_or_default();
        (found.address, found.name, found.titles.join("|"), found.unit)
    }

    #[test]
    fn a_line_is_name_title_and_unit() {
        for (line, address, name, titles, unit) in [
            ("Trần A, Giám đốc, Sở Tài chính", "", "Trần A", "Giám đốc", "Sở Tài chính"),
            (
                "1. Đồng chí Trần A, Phó Bí thư, Chủ tịch HĐND, Tỉnh ủy;",
                "đồng chí",
                "Trần A",
                "Phó Bí thư|Chủ tịch HĐND",
                "Tỉnh ủy",
            ),
            ("- đ/c Lê B, Giám đốc", "đồng chí", "Lê B", "Giám đốc", ""),
            ("Lê B, Sở Nội vụ", "", "Lê B", "", "Sở Nội vụ"),
            ("Mrs. Ann Lee, Director, Treasury", "Mrs", "Ann Lee", "Director", "Treasury"),
            ("Lãnh đạo Sở Y tế", "", "", "", "Sở Y tế"),
            ("Đại diện lãnh đạo Sở Y tế", "", "", "", "Sở Y tế"),
            ("Sở Nội vụ", "", "", "", "Sở Nội vụ"),
            ("Bà", "", "Bà", "", ""),
            ("2) Nguyễn Thị C", "", "Nguyễn Thị C", "", ""),
            ("1\tTrần A\tGiám đốc\tSở Tài chính", "", "Trần A", "Giám đốc", "Sở Tài chính"),
            ("Trần A\tGiám đốc, Ủy viên\t", "", "Trần A", "Giám đốc|Ủy viên", ""),
            ("\t\tSở Nội vụ", "", "", "", "Sở Nội vụ"),
        ] {
            let expected = (address.into(), name.into(), titles.into(), unit.into());
            assert_eq!(one(line), expected, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_fault(text in "\\PC*") {
            for invited in text.lines().filter_map(|line| read_line(line, &known)) {
                proptest::prop_assert!(!invited.name.is_empty() || !invited.unit.is_empty());
            }
        }
    }
}
