//! A programme as it stands in a letter or table, one item a line: "1. Báo cáo tổng kết - đồng chí Trần A trình bày
//! (20')", "8h00 - 8h15: Khai mạc". Reads what is plainly written and leaves the rest in the title. Knows no meeting and
//! no screen.

use chrono::{NaiveTime, TimeDelta};

use crate::domain::item_kind;
use crate::domain::kinds::ItemKind;
use crate::text::dates::read_time;
use crate::text::fold::fold;
use crate::text::numbers::from_roman;

/// An item as a line says it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlannedItem {
    pub title: String,
    /// Guessed from the title.
    pub kind: Option<ItemKind>,
    /// As written; empty for nobody.
    pub presenter: String,
    /// From 1 to 999.
    pub minutes: Option<i64>,
    /// When it is to begin.
    start: Option<NaiveTime>,
}

/// Reads pasted lines; headings and empty lines are left out. Where lines begin with clock times, an item lasts until
/// the next begins.
pub fn read(text: &str) -> Vec<PlannedItem> {
    let mut items: Vec<PlannedItem> = text.lines().filter_map(read_line).collect();
    let starts: Vec<Option<NaiveTime>> = items.iter().map(|item| item.start).collect();
    for (item, next) in items.iter_mut().zip(starts.iter().skip(1)) {
        if let (None, Some(start), Some(next)) = (item.minutes, item.start, next) {
            item.minutes = between(start, *next);
        }
    }
    items
}

/// Reads one line; `None` when no item stands in it.
pub fn read_line(line: &str) -> Option<PlannedItem> {
    let item = if line.contains('\t') { table_row(line)? } else { sentence(line) };
    let heading = is_heading(&item.title);
    (item.title.chars().any(char::is_alphabetic) && !heading).then_some(item)
}

fn table_row(line: &str) -> Option<PlannedItem> {
    let mut cells: Vec<&str> = line.split('\t').map(str::trim).collect();
    if cells.iter().any(|cell| is_column_name(cell)) {
        return None;
    }
    if cells.first().is_some_and(|cell| is_number(cell)) {
        cells.remove(0);
    }
    let mut item = PlannedItem::default();
    let mut texts = Vec::new();
    for cell in cells.into_iter().filter(|cell| !cell.is_empty()) {
        match (times(cell), minutes(cell)) {
            (Some((start, minutes, "")), _) => {
                item.start = Some(start);
                item.minutes = item.minutes.or(minutes);
            }
            (_, Some(minutes)) => item.minutes = Some(minutes),
            _ => texts.push(cell),
        }
    }
    let mut texts = texts.into_iter();
    let titled = sentence(texts.next().unwrap_or(""));
    item.presenter = texts.next().map_or(titled.presenter, str::to_owned);
    item.minutes = item.minutes.or(titled.minutes);
    (item.title, item.kind) = (titled.title, titled.kind);
    Some(item)
}

fn sentence(line: &str) -> PlannedItem {
    let mut item = PlannedItem::default();
    let mut rest = without_number(line).trim_end_matches([';', '.', ' ']);
    if let Some((start, minutes, after)) = times(rest) {
        (item.start, item.minutes) = (Some(start), minutes);
        rest = without_number(after);
    }
    // Both may stand at the end, in either order.
    for _ in 0..2 {
        rest = take_minutes(rest, &mut item);
        rest = take_presenter(rest, &mut item);
    }
    item.title = tidy(rest).to_owned();
    item.kind = item_kind::of_title(&item.title);
    item
}

/// A clock time, or from one to another, at the beginning; what follows it.
fn times(text: &str) -> Option<(NaiveTime, Option<i64>, &str)> {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let text = strip_word(text, "tu").unwrap_or(text);
    let (start, rest) = clock(text)?;
    let dashed = rest.trim_start().trim_start_matches(['-', '–', '—']).trim_start();
    let until = ["den", "toi", "to"].iter().find_map(|word| strip_word(dashed, word)).unwrap_or(dashed);
    let joined = until.len() < rest.trim_start().len();
    match clock(until).filter(|_| joined) {
        Some((end, rest)) => Some((start, between(start, end), tidy(rest))),
        None => Some((start, None, tidy(rest))),
    }
}

/// `8h00`, `8:00`, `8 giờ 30 phút`, `8h` at the beginning, and what follows. `8.00` could be a number of a heading.
fn clock(text: &str) -> Option<(NaiveTime, &str)> {
    let words: Vec<&str> = text.split_whitespace().take(4).collect();
    if words.get(1).is_some_and(|word| fold(word.trim_end_matches([':', ',', ';'])) == "gio") {
        let count = match words.get(3).map(|word| fold(word.trim_end_matches([':', ',', ';']))) {
            Some(word) if word == "phut" => 4,
            _ if words.get(2).is_some_and(|word| word.bytes().all(|b| b.is_ascii_digit())) => 3,
            _ => 2,
        };
        let end = words[count - 1].as_ptr() as usize + words[count - 1].len() - text.as_ptr() as usize;
        let spelled = text[..end].trim_end_matches([':', ',', ';']);
        return Some((read_time(spelled)?, &text[spelled.len()..]));
    }
    let end =
        text.find(|c: char| !c.is_ascii_digit() && !matches!(c, 'h' | 'H' | 'g' | ':')).unwrap_or(text.len());
    let spelled = text[..end].trim_end_matches(':');
    let is_clock = spelled.contains(['h', 'H', 'g', ':']);
    Some((read_time(spelled).filter(|_| is_clock)?, &text[spelled.len()..]))
}

fn between(start: NaiveTime, end: NaiveTime) -> Option<i64> {
    let minutes = (end - start).num_minutes();
    (TimeDelta::minutes(minutes) == end - start && (1..=999).contains(&minutes)).then_some(minutes)
}

/// `20'`, `20 phút`, `(20')`, `20p`, `20 min` and nothing else.
fn minutes(text: &str) -> Option<i64> {
    let text = text.trim().trim_start_matches('(').trim_end_matches(')').trim();
    let text = fold(text);
    let text = ["thoi gian", "khoang", "du kien"].iter().fold(text.as_str(), |text, word| {
        text.strip_prefix(word).unwrap_or(text).trim_start_matches([':', ' '])
    });
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let unit = text[end..].trim().trim_end_matches('.');
    let known = matches!(unit, "'" | "’" | "′" | "phut" | "p" | "min" | "mins" | "minutes" | "minute");
    text[..end].parse().ok().filter(|minutes| known && (1..=999).contains(minutes))
}

/// Takes the minutes from the end: in brackets, or behind a dash or comma.
fn take_minutes<'a>(text: &'a str, item: &mut PlannedItem) -> &'a str {
    let text = text.trim_end_matches([';', '.', ',', ' ']);
    if item.minutes.is_some() {
        return text;
    }
    let cuts = [text.rfind('('), last_dash(text), text.rfind([',', ';', ':'])];
    let cut = cuts.into_iter().flatten().filter(|at| minutes(after(text, *at)).is_some()).max();
    // "Báo cáo 20 phút": the last two words, or the last alone.
    let words = || {
        let mut ends = text.rmatch_indices(' ').map(|(at, _)| at);
        let (last, before) = (ends.next(), ends.next());
        [last, before].into_iter().flatten().find(|at| minutes(&text[*at..]).is_some())
    };
    match cut.or_else(words) {
        Some(at) => {
            item.minutes = minutes(after(text, at)).or_else(|| minutes(&text[at..]));
            text[..at].trim_end_matches([' ', '-', '–', '—', ',', ';', ':'])
        }
        None => text,
    }
}

/// Takes whoever presents from the end: "(đồng chí A trình bày)", "- Sở Nội vụ báo cáo", "do Sở Nội vụ trình bày",
/// "Người trình bày: A". A bare name in brackets or behind a dash only with an address before it.
fn take_presenter<'a>(text: &'a str, item: &mut PlannedItem) -> &'a str {
    let text = text.trim_end_matches([';', '.', ',', ' ']);
    if !item.presenter.is_empty() {
        return text;
    }
    let by = text.rmatch_indices(' ').map(|(at, _)| at).find(|at| fold(&text[*at..]).starts_with(" do "));
    let cuts = [text.rfind('(').filter(|_| text.ends_with(')')), last_dash(text), text.rfind(';'), by];
    for at in cuts.into_iter().flatten() {
        let part = after(text, at).trim().trim_end_matches(')').trim();
        if let Some(name) = presenter(part) {
            item.presenter = name.to_owned();
            return tidy(&text[..at]);
        }
    }
    text
}

fn presenter(part: &str) -> Option<&str> {
    let folded = fold(part);
    // Folding keeps the count of letters, not of bytes: cut by words.
    let cut_front = |count: usize| skip_words(part, count);
    for (words, count) in
        [("nguoi trinh bay:", 3), ("nguoi bao cao:", 3), ("trinh bay:", 2), ("presenter:", 1), ("by ", 1)]
    {
        if folded.starts_with(words) {
            return Some(cut_front(count)).filter(|name| !name.is_empty());
        }
    }
    let by = folded.starts_with("do ");
    let name = if by { cut_front(1) } else { part };
    for tail in ["trinh bay", "bao cao", "thuc hien", "phu trach", "dieu hanh", "chu tri", "dan chuong trinh"]
    {
        if folded.ends_with(&format!(" {tail}")) {
            let count = tail.split(' ').count();
            return Some(drop_words(name, count)).filter(|name| !name.is_empty());
        }
    }
    let addressed = [
        "dong chi ",
        "d/c ",
        "dc ",
        "ong ",
        "ba ",
        "lanh dao ",
        "dai dien ",
        "mr ",
        "mr. ",
        "mrs ",
        "mrs. ",
        "ms ",
        "ms. ",
    ];
    let addressed = addressed.iter().any(|address| folded.starts_with(address));
    (by || addressed).then_some(name.trim()).filter(|name| !name.is_empty())
}

fn skip_words(text: &str, count: usize) -> &str {
    let next = text.split_whitespace().nth(count);
    next.map_or("", |word| text[word.as_ptr() as usize - text.as_ptr() as usize..].trim())
}

fn drop_words(text: &str, count: usize) -> &str {
    let last = text.split_whitespace().rev().nth(count);
    last.map_or("", |word| text[..word.as_ptr() as usize - text.as_ptr() as usize + word.len()].trim())
}

/// The last dash with a blank before it: one inside a word is part of the word.
fn last_dash(text: &str) -> Option<usize> {
    let mut signs = text.char_indices().rev();
    signs.find(|(at, c)| matches!(c, '-' | '–' | '—') && text[..*at].ends_with(' ')).map(|(at, _)| at)
}

/// What follows the sign at a place.
fn after(text: &str, at: usize) -> &str {
    let sign = text[at..].chars().next().map_or(0, char::len_utf8);
    &text[at + sign..]
}

fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let first = text.split_whitespace().next()?;
    (fold(first) == word).then(|| text.trim_start()[first.len()..].trim_start())
}

fn tidy(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | ':' | ';' | ',' | '.'))
}

fn is_number(cell: &str) -> bool {
    let cell = cell.trim_end_matches(['.', ')']);
    let roman = cell.len() <= 5 && cell.chars().all(|c| c.is_ascii_uppercase()) && from_roman(cell).is_some();
    !cell.is_empty() && (cell.bytes().all(|b| b.is_ascii_digit()) || roman)
}

/// The line without a bullet or `1.`, `2)`, `IV.`, `1.2.`, `a)`, `Mục 3:` before it.
fn without_number(line: &str) -> &str {
    let line = line.trim().trim_start_matches(['-', '+', '*', '•', '–', '—', '·']).trim_start();
    let line =
        strip_word(line, "muc").filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(line);
    let end = line.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(line.len());
    let (number, rest) = line.split_at(end);
    // `8:00` is a clock time, `15/9` a day.
    let sign = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_digit());
    let closed = number.ends_with('.') || rest.strip_prefix([')', '/', ':']).is_some_and(sign);
    let parts = || number.trim_end_matches('.').split('.');
    let letter = number.len() == 1 && rest.starts_with(')') && number.bytes().all(|b| b.is_ascii_lowercase());
    match closed && (letter || parts().all(is_number)) {
        true => rest.trim_start_matches([')', '/', ':', '.']).trim_start(),
        false => line,
    }
}

fn is_column_name(cell: &str) -> bool {
    let names = [
        "stt",
        "tt",
        "noi dung",
        "thoi gian",
        "nguoi thuc hien",
        "nguoi trinh bay",
        "item",
        "time",
        "no",
        "no.",
    ];
    names.contains(&fold(cell).as_str())
}

/// "CHƯƠNG TRÌNH HỘI NGHỊ", "Buổi sáng": above the items, not among them.
fn is_heading(title: &str) -> bool {
    let folded = fold(title);
    let begins = ["chuong trinh", "agenda", "programme"].iter().any(|word| folded.starts_with(word));
    let half_day = ["buoi sang", "buoi chieu", "morning", "afternoon"].contains(&folded.as_str());
    half_day || (begins && (title.chars().all(|c| !c.is_lowercase()) || folded.split(' ').count() <= 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(line: &str) -> (String, String, Option<i64>) {
        let item = read_line(line).unwrap_or_default();
        (item.title, item.presenter, item.minutes)
    }

    #[test]
    fn a_line_is_title_presenter_and_minutes() {
        for (line, title, presenter, minutes) in [
            ("1. Báo cáo tổng kết năm 2026 (20')", "Báo cáo tổng kết năm 2026", "", Some(20)),
            ("2) Thảo luận: 60 phút", "Thảo luận", "", Some(60)),
            ("- Phát biểu khai mạc - 5 phút;", "Phát biểu khai mạc", "", Some(5)),
            ("IV. Kết luận", "Kết luận", "", None),
            ("Khai mạc", "Khai mạc", "", None),
            ("Báo cáo quý I, 15'", "Báo cáo quý I", "", Some(15)),
            ("Báo cáo 20 phút", "Báo cáo", "", Some(20)),
            ("3. Báo cáo - đồng chí Trần A trình bày (20')", "Báo cáo", "đồng chí Trần A", Some(20)),
            ("Báo cáo (đồng chí Trần A trình bày) - 20 phút", "Báo cáo", "đồng chí Trần A", Some(20)),
            ("Báo cáo kết quả do Sở Nội vụ trình bày", "Báo cáo kết quả", "Sở Nội vụ", None),
            ("Tham luận (đ/c Lê B, Giám đốc Sở Y tế)", "Tham luận", "đ/c Lê B, Giám đốc Sở Y tế", None),
            ("Báo cáo - Sở Tài chính báo cáo", "Báo cáo", "Sở Tài chính", None),
            ("Tờ trình; người trình bày: Sở Tài chính", "Tờ trình", "Sở Tài chính", None),
            ("8h00 - 8h15: Ổn định tổ chức, điểm danh", "Ổn định tổ chức, điểm danh", "", Some(15)),
            ("Từ 8 giờ 30 phút đến 9 giờ: Thảo luận", "Thảo luận", "", Some(30)),
            ("8:00 Khai mạc", "Khai mạc", "", None),
            ("1.2. Báo cáo tài chính", "Báo cáo tài chính", "", None),
            ("a) Báo cáo bổ sung", "Báo cáo bổ sung", "", None),
            ("Mục 3: Thảo luận", "Thảo luận", "", None),
            ("Báo cáo đề án 06 - giai đoạn 2", "Báo cáo đề án 06 - giai đoạn 2", "", None),
            ("Báo cáo (tóm tắt)", "Báo cáo (tóm tắt)", "", None),
            ("Sơ kết 6 tháng", "Sơ kết 6 tháng", "", None),
            (
                "Report of the Treasury (by Ann Lee, 15 min)",
                "Report of the Treasury (by Ann Lee",
                "",
                Some(15),
            ),
            ("1\t8h00\tBáo cáo\tSở Nội vụ\t20 phút", "Báo cáo", "Sở Nội vụ", Some(20)),
            ("8h00-8h20\tBáo cáo tóm tắt\tđồng chí Trần A", "Báo cáo tóm tắt", "đồng chí Trần A", Some(20)),
        ] {
            assert_eq!(one(line), (title.into(), presenter.into(), minutes), "{line}");
        }
    }

    #[test]
    fn lines_with_clock_times_last_until_the_next() {
        let text = "CHƯƠNG TRÌNH HỘI NGHỊ\n\nBuổi sáng\n8h00: Khai mạc\n8h10: Báo cáo\n8h30: Thảo luận (45')\n9h45: Kết luận\n";
        let items = read(text);
        let of = |item: &PlannedItem| (item.title.clone(), item.minutes);
        let expected =
            [("Khai mạc", Some(10)), ("Báo cáo", Some(20)), ("Thảo luận", Some(45)), ("Kết luận", None)];
        assert_eq!(items.iter().map(of).collect::<Vec<_>>(), expected.map(|(t, m)| (t.to_owned(), m)));
        assert_eq!(items[1].kind, Some(ItemKind::Report));
    }

    #[test]
    fn a_table_is_read_without_its_heading() {
        let text = "STT\tNội dung\tThời gian\tNgười thực hiện\n1\tKhai mạc\t5 phút\tTrưởng Ban\n2\tBáo cáo\t20'\tSNV\n";
        let items = read(text);
        assert_eq!(items.len(), 2);
        assert_eq!(
            (items[1].title.as_str(), items[1].presenter.as_str(), items[1].minutes),
            ("Báo cáo", "SNV", Some(20))
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_fault(text in "\\PC*", lines in "[0-9hg:'() \t–\\-.,;a-zà]{0,40}") {
            for item in read(&text).into_iter().chain(read(&lines)) {
                proptest::prop_assert!(!item.title.trim().is_empty());
                proptest::prop_assert!(item.minutes.is_none_or(|minutes| (1..=999).contains(&minutes)));
            }
        }
    }
}
