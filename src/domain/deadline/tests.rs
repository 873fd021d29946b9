//! Claims about reading deadlines, in tables of (words, meeting day, what is read).

use super::*;

fn day(text: &str) -> Occasion {
    Occasion::on(text.parse().unwrap())
}

fn reads(words: &str, from: &str) -> Option<Reading> {
    read(words, &day(from)).ok()
}

fn shown(reading: Option<Reading>) -> String {
    match reading {
        None => "none".to_owned(),
        Some(Reading { due: Some(date), .. }) => date.to_string(),
        Some(Reading { every: Some(every), .. }) => format!("{every:?}"),
        Some(_) => "ongoing".to_owned(),
    }
}

/// What is said, the day of the meeting, what it means.
const SAID: &[(&str, &str, &str)] = &[
    ("trước ngày 15/9", "2022-01-13", "2022-09-15"),
    ("trước 15/9", "2022-01-13", "2022-09-15"),
    ("trước ngày 15/9/2022", "2022-01-13", "2022-09-15"),
    ("trước ngày 15 tháng 9 năm 2022", "2022-01-13", "2022-09-15"),
    ("chậm nhất 30/6/2022", "2022-01-13", "2022-06-30"),
    ("chậm nhất là ngày 30/6", "2022-01-13", "2022-06-30"),
    ("chậm nhất đến hết ngày 30/6/2022", "2022-01-13", "2022-06-30"),
    ("muộn nhất ngày 28/2", "2022-01-13", "2022-02-28"),
    ("đến hết ngày 28/2/2022", "2022-01-13", "2022-02-28"),
    ("xong trước ngày 1/7", "2022-01-13", "2022-07-01"),
    ("hoàn thành ngày 15/9", "2022-01-13", "2022-09-15"),
    ("báo cáo kết quả trước ngày 20/01", "2022-01-13", "2022-01-20"),
    ("ngày 13-7", "2022-01-13", "2022-07-13"),
    ("15.9.2022", "2022-01-13", "2022-09-15"),
    ("30/6/22", "2022-01-13", "2022-06-30"),
    ("13/1", "2022-01-13", "2022-01-13"),
    ("trước ngày 10/1", "2022-01-13", "2023-01-10"),
    ("trước ngày 10/01/2022", "2022-01-13", "2022-01-10"),
    ("ngày 29/2", "2022-01-13", "2024-02-29"),
    ("ngày 29/2/2022", "2022-01-13", "none"),
    ("trước ngày 31/4", "2022-01-13", "none"),
    ("từ ngày 15/2 đến 20/2/2022", "2022-01-13", "2022-02-20"),
    ("từ 15 đến 20/2/2022", "2022-01-13", "2022-02-20"),
    ("từ nay đến 31/3", "2022-01-13", "2022-03-31"),
    ("TRƯỚC NGÀY 15/9", "2022-01-13", "2022-09-15"),
    ("trong tháng 02/2022", "2022-01-13", "2022-02-28"),
    ("trong tháng này", "2022-01-13", "2022-01-31"),
    ("trong tháng", "2022-01-13", "2022-01-31"),
    ("trong tháng tới", "2022-01-13", "2022-02-28"),
    ("tháng sau", "2022-01-13", "2022-02-28"),
    ("đầu tháng 3", "2022-01-13", "2022-03-01"),
    ("giữa tháng 3", "2022-01-13", "2022-03-15"),
    ("cuối tháng", "2022-01-13", "2022-01-31"),
    ("thượng tuần tháng 3", "2022-01-13", "2022-03-10"),
    ("trung tuần tháng 3", "2022-01-13", "2022-03-20"),
    ("trong quý III/2024", "2022-01-13", "2024-09-30"),
    ("trong quý I", "2022-01-13", "2022-03-31"),
    ("trong quý I/2022", "2022-01-13", "2022-03-31"),
    ("quý IV năm 2022", "2022-01-13", "2022-12-31"),
    ("hết quý II", "2022-01-13", "2022-06-30"),
    ("cuối quý I", "2022-01-13", "2022-03-31"),
    ("đầu quý II/2022", "2022-01-13", "2022-04-01"),
    ("6 tháng đầu năm", "2022-01-13", "2022-06-30"),
    ("6 tháng cuối năm", "2022-01-13", "2022-12-31"),
    ("cuối năm", "2022-01-13", "2022-12-31"),
    ("đầu năm 2023", "2022-01-13", "2023-01-01"),
    ("trong năm 2022", "2022-01-13", "2022-12-31"),
    ("trong năm nay", "2022-01-13", "2022-12-31"),
    ("năm sau", "2022-01-13", "2023-12-31"),
    ("từ nay đến cuối năm", "2022-01-13", "2022-12-31"),
    ("đến năm 2025", "2022-01-13", "2025-12-31"),
    ("trong tuần này", "2022-01-13", "2022-01-14"),
    ("trong tuần", "2022-01-13", "2022-01-14"),
    ("cuối tuần này", "2022-01-13", "2022-01-14"),
    ("trong tuần tới", "2022-01-13", "2022-01-21"),
    ("đầu tuần sau", "2022-01-13", "2022-01-17"),
    ("cuối tuần sau", "2022-01-13", "2022-01-21"),
    ("thứ Sáu tuần sau", "2022-01-13", "2022-01-21"),
    ("T6 tuần tới", "2022-01-13", "2022-01-21"),
    ("T6/2022", "2022-01-13", "2022-06-30"),
    ("thứ Hai tuần tới", "2022-01-13", "2022-01-17"),
    ("thứ Năm", "2022-01-13", "2022-01-20"),
    ("thứ Bảy tuần này", "2022-01-13", "2022-01-15"),
    ("hôm nay", "2022-01-13", "2022-01-13"),
    ("ngày kia", "2022-01-13", "2022-01-15"),
    ("trước ngày 30/4", "2022-01-13", "2022-04-30"),
    ("thường xuyên", "2022-01-13", "ongoing"),
    ("liên tục", "2022-01-13", "ongoing"),
    ("thường xuyên, liên tục", "2022-01-13", "ongoing"),
    ("trong thời gian tới", "2022-01-13", "none"),
    ("thời gian sớm nhất", "2022-01-13", "none"),
    ("kịp thời", "2022-01-13", "none"),
    ("tại phiên họp tới", "2022-01-13", "none"),
    ("Nghị quyết 54", "2022-01-13", "none"),
    ("Quyết định số 23-QĐ/TW ngày 30/7/2021", "2022-01-13", "none"),
    ("trong quý I", "2023-12-13", "2024-03-31"),
    ("trong tháng 1", "2023-12-13", "2024-01-31"),
    ("cuối năm", "2023-12-13", "2023-12-31"),
    ("15/1", "2023-12-13", "2024-01-15"),
    ("6 tháng cuối năm 2021", "2021-07-13", "2021-12-31"),
    ("trong quý III", "2021-07-22", "2021-09-30"),
    ("trong tháng 8", "2021-07-22", "2021-08-31"),
    ("truoc ngay 15/9", "2022-01-13", "2022-09-15"),
    ("trong quy III", "2022-01-13", "2022-09-30"),
    ("cuoi thang 3", "2022-01-13", "2022-03-31"),
    ("hang thang", "2022-01-13", "Month"),
    ("hằng tháng", "2022-01-13", "Month"),
    ("hàng quý", "2022-01-13", "Quarter"),
    ("định kỳ quý", "2022-01-13", "Quarter"),
    ("định kỳ hằng năm", "2022-01-13", "Year"),
    ("định kỳ 6 tháng", "2022-01-13", "HalfYear"),
    ("định kỳ", "2022-01-13", "ongoing"),
    ("giữa năm", "2022-01-13", "2022-06-30"),
    ("trước ngày 15 tháng này", "2022-01-13", "2022-01-15"),
    ("giai đoạn 2021-2025", "2022-01-13", "2025-12-31"),
    ("đến 2025", "2022-01-13", "2025-12-31"),
    ("2026-08-15", "2022-01-13", "2026-08-15"),
    ("thứ Sáu ngày 14/1", "2022-01-13", "2022-01-14"),
    ("hạ tuần tháng 2", "2022-01-13", "2022-02-28"),
    ("trước ngày 15", "2022-01-20", "2022-02-15"),
    ("trong vòng 10 ngày kể từ ngày 15/9", "2022-01-13", "2022-09-26"),
    ("sớm", "2022-01-13", "none"),
    ("trước kỳ họp HĐND", "2022-01-13", "none"),
    ("trước tháng 6", "2022-01-13", "2022-05-31"),
    ("trước quý II", "2022-01-13", "2022-03-31"),
    ("trước năm 2023", "2022-01-13", "2022-12-31"),
    ("trước cuối tháng 3", "2022-01-13", "2022-03-31"),
    ("hạn chót 15/9", "2022-01-13", "2022-09-15"),
    ("15-20/2/2022", "2022-01-13", "2022-02-20"),
    ("ngày 20 hàng tháng", "2022-01-13", "Month"),
    ("trước ngày 15/12 hằng năm", "2022-01-13", "Year"),
    ("by Q2 2022", "2022-01-13", "2022-06-30"),
    ("by September", "2022-01-13", "2022-09-30"),
    ("Sep 2022", "2022-01-13", "2022-09-30"),
    ("by 15 Sep", "2022-01-13", "2022-09-15"),
    ("before September 15, 2022", "2022-01-13", "2022-09-15"),
    ("no later than 1st of March", "2022-01-13", "2022-03-01"),
    ("end of Q3", "2022-01-13", "2022-09-30"),
    ("by the end of next month", "2022-01-13", "2022-02-28"),
    ("by end of 2022", "2022-01-13", "2022-12-31"),
    ("end of May", "2022-01-13", "2022-05-31"),
    ("next Friday", "2022-01-13", "2022-01-21"),
    ("Friday", "2022-01-13", "2022-01-14"),
    ("next week", "2022-01-13", "2022-01-21"),
    ("monthly", "2022-01-13", "Month"),
    ("may report", "2022-01-13", "none"),
    ("as soon as possible", "2022-01-13", "none"),
];

#[test]
fn what_is_said_is_read() {
    let mut wrong = Vec::new();
    for (words, from, expected) in SAID {
        let got = shown(reads(words, from));
        if got != *expected {
            wrong.push(format!("{words} ({from}): {got}, expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn sentences_yield_the_last_deadline_that_is_meant() {
    let from = day("2022-01-13");
    let mut wrong = Vec::new();
    for (sentence, expected, words) in [
        (
            "Giao Sở Nội vụ rà soát biên chế; hoàn thành trước ngày 15/9",
            "2022-09-15",
            "hoàn thành trước ngày 15/9",
        ),
        ("Rà soát, báo cáo kết quả trước ngày 20/01.", "2022-01-20", "trước ngày 20/01"),
        ("Thực hiện Quyết định số 23-QĐ/TW ngày 30/7/2021 trong quý I", "2022-03-31", "trong quý I"),
        ("Thực hiện Quyết định số 23-QĐ/TW, ngày 30/7/2021 của Bộ Chính trị", "none", ""),
        ("Theo Kết luận 100 - KL/TW ngày 15/9/2022 của Ban Bí thư", "none", ""),
        ("Theo Nghị định 30/2020/NĐ-CP ngày 05/3/2023", "none", ""),
        ("Triển khai phương hướng nhiệm vụ năm 2022 đến cơ sở", "none", ""),
        ("Báo cáo kết quả thực hiện năm 2021", "none", ""),
        ("Đã có 7/9 sở báo cáo", "none", ""),
        ("Đạt 2.5 điểm, 98,62%", "none", ""),
        ("Áp dụng từ ngày 1/3/2022", "none", ""),
        ("Làm tốt hơn trong thời gian tới", "none", ""),
        ("Kịp thời giải quyết khiếu nại", "none", ""),
        ("Phiên họp lần thứ hai", "none", ""),
        ("Từ ngày 15/2 đến 20/2/2022 kiểm tra các huyện", "2022-02-20", "Từ ngày 15/2 đến 20/2/2022"),
        ("Từ nay đến cuối năm phải xong", "2022-12-31", "Từ nay đến cuối năm"),
        ("Sở Tài chính báo cáo thứ Sáu tuần sau", "2022-01-21", "thứ Sáu tuần sau"),
        ("Các ngành thường xuyên tuyên truyền", "ongoing", "thường xuyên"),
        ("Thường xuyên kiểm tra, báo cáo trước 30/6", "2022-06-30", "trước 30/6"),
        ("Báo cáo hằng quý về Thường trực", "Quarter", "hằng quý"),
        (
            "Bố trí 1.500.000 đồng chậm nhất đến hết ngày 30/6/2022",
            "2022-06-30",
            "chậm nhất đến hết ngày 30/6/2022",
        ),
        ("Thời hạn: 30/6", "2022-06-30", "Thời hạn: 30/6"),
        ("Rà soát; hạn 15-3", "2022-03-15", "hạn 15-3"),
        ("Trình trước ngày 31/4", "none", ""),
        ("The office shall report by 15 Sep", "2022-09-15", "by 15 Sep"),
        ("Finance to pay no later than end of Q3", "2022-09-30", "no later than end of Q3"),
        ("The board may report", "none", ""),
    ] {
        let reading = find(sentence, &from);
        let said = reading.as_ref().map_or("", |reading| &sentence[reading.words.clone()]);
        if (shown(reading.clone()).as_str(), said) != (expected, words) {
            wrong.push(format!(
                "{sentence}: {} [{said}], expected {expected} [{words}]",
                shown(reading.clone())
            ));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn before_is_flagged_and_guessed_years_are_doubted() {
    let from = day("2022-01-13");
    for (words, before, confidence) in [
        ("trước ngày 15/9", true, Confidence::High),
        ("chậm nhất 15/9", false, Confidence::High),
        ("trước 17h00 ngày 15/9", true, Confidence::High),
        ("trước tháng 6", false, Confidence::Low),
        ("before 15 Sep", true, Confidence::High),
        ("by 15 Sep", false, Confidence::High),
        ("trước ngày 10/1", true, Confidence::Low),
        ("trước ngày 10/01/2022", true, Confidence::High),
        ("đầu quý II/2022", false, Confidence::Low),
        ("trong quý I", false, Confidence::High),
    ] {
        let reading = read(words, &from).unwrap();
        assert_eq!((reading.before, reading.confidence), (before, confidence), "{words}");
    }
}

#[test]
fn nothing_breaks_on_broken_input() {
    for text in [
        "",
        " ",
        "/",
        "ngày",
        "15/",
        "15/9/",
        "quý",
        "tháng",
        "-",
        "23-",
        "100 -",
        "đến",
        "từ",
        "năm 99999",
        "Luật số",
    ] {
        assert_eq!(reads(text, "2022-01-13"), None, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn the_words_are_in_the_text(text in "(ngày |15|/|9|trước |quý |I |đến |tháng |2022|-|QĐ|từ |, |T6|6 |tuần |số |luật | ){0,12}") {
        if let Some(reading) = find(&text, &day("2022-01-13")) {
            proptest::prop_assert!(text.get(reading.words).is_some_and(|words| !words.is_empty()));
        }
    }
}
