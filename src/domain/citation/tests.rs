//! Claims about reading document numbers: tables of what is cited and what is not, and random texts.

use super::*;

const CITED: &str = include_str!("../../../tests/data/citations.tsv");
const NOT_CITED: &str = include_str!("../../../tests/data/no-citations.tsv");

fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

#[test]
fn numbers_are_found_in_their_normal_form() {
    let mut wrong = Vec::new();
    for line in lines(CITED) {
        let cells: Vec<&str> = line.split('\t').collect();
        let found = find_all(cells[0]);
        let numbers: Vec<&str> = found.iter().map(|citation| citation.number.as_str()).collect();
        let styles: Vec<&str> =
            found.iter().map(|citation| citation.style.map_or("-", Style::word)).collect();
        let date =
            found.first().and_then(|citation| citation.date).map_or(String::new(), |date| date.to_string());
        let expected_date = cells.get(3).copied().unwrap_or("");
        let dated = found.len() > 1 || date == expected_date;
        if numbers.join("; ") != cells[1] || styles.join("; ") != cells[2] || !dated {
            wrong.push(format!("{}: {numbers:?} {styles:?} {date}", cells[0]));
        }
    }
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
}

#[test]
fn dates_ranges_and_shares_are_no_documents() {
    let wrong: Vec<String> = lines(NOT_CITED)
        .filter(|line| !find_all(line).is_empty())
        .map(|line| format!("{line}: {:?}", find_all(line)))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn what_is_said_with_a_number_is_kept() {
    let text =
        "Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư, Sở báo cáo";
    let found = find_all(text).remove(0);
    assert_eq!((found.kind.as_str(), found.issuer.as_str()), ("Nghị định", "Chính phủ"));
    assert_eq!(found.subject, "công tác văn thư");
    assert_eq!(&text[found.place], "Nghị định số 30/2020/NĐ-CP ngày 05/3/2020");
    let found = find_all("theo 23-QĐ/TW của Bộ Chính trị (khóa XIII)").remove(0);
    assert_eq!((found.kind.as_str(), found.issuer.as_str()), ("Quyết định", "Bộ Chính trị"));
    let found = find_all("Công văn 395-CV/BDVTU về việc “Dân vận khéo, năm 2024”").remove(0);
    assert_eq!(found.subject, "Dân vận khéo, năm 2024");
}

#[test]
fn a_number_typed_alone_has_one_normal_form() {
    for (typed, number) in [
        ("23-QĐ/TW", Some("23-QĐ/TW")),
        (" số 23 - QD/TW ", Some("23-QĐ/TW")),
        ("Số: 05/BB-BCĐ", Some("05/BB-BCĐ")),
        ("23-qđ/tw", Some("23-QĐ/TW")),
        ("15/9", None),
        ("23-QĐ/TW và", None),
        ("", None),
    ] {
        assert_eq!(normal(typed).map(|(number, _)| number).as_deref(), number, "{typed}");
    }
}

proptest::proptest! {
    #[test]
    fn the_normal_form_is_its_own(
        digits in "[1-9][0-9]{0,3}",
        code in "(QĐ|NQ|CT|KL|TB|CV|KH|BC|TTr|CTr)",
        body in "[A-ZĐ][A-ZĐ]{1,6}",
        year in proptest::option::of(1990_u32..2100),
        party in proptest::bool::ANY,
        dash in "( ?[-–] ?)",
    ) {
        let typed = match (party, year) {
            (true, _) => format!("{digits}{dash}{code}/{body}"),
            (false, Some(year)) => format!("{digits}/{year}/{code}{dash}{body}"),
            (false, None) => format!("{digits}/{code}{dash}{body}"),
        };
        let (number, style) = normal(&typed).unwrap();
        proptest::prop_assert_eq!(normal(&number), Some((number.clone(), style)));
        proptest::prop_assert_eq!(style == Style::Party, party);
        proptest::prop_assert!(!number.contains([' ', '–']));
        // It is found in a sentence, and its own day is no other document.
        let sentence = format!("Thực hiện Quyết định số {typed} ngày 30/7/2021 của Tỉnh ủy");
        let found = find_all(&sentence);
        proptest::prop_assert_eq!(found.len(), 1);
        proptest::prop_assert_eq!(&found[0].number, &number);
    }

    #[test]
    fn no_text_breaks_it(text in "\\PC{0,40}") {
        for citation in find_all(&text) {
            proptest::prop_assert!(text.get(citation.place).is_some());
        }
    }

    #[test]
    fn no_mixture_breaks_it(text in "(số |23|-|/|QĐ|TW|–| |ngày |30/7|Nghị quyết |của |về |2021|, |\\(|\\)|tháng 7 |năm |Đại hội |XIII|é|khóa ){0,14}") {
        for citation in find_all(&text) {
            proptest::prop_assert!(text.get(citation.place).is_some());
        }
    }
}
