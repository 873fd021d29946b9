//! The system's own input methods (UniKey, EVKey, OpenKey, ibus-bamboo, Windows): what each sends for a word is modelled
//! key by key (backspaces and letters in bursts, composed or decomposed), fed as bytes through the real reader split at every byte
//! and in random pieces, and the recorded lines are what was meant, every time.

use std::time::Duration;

use chrono::NaiveDate;
use steerco::app::effect::AnyRecord;
use steerco::app::event::{Access, Event, Now, Opened};
use steerco::app::key::{Input, Key};
use steerco::app::{App, Start};
use steerco::config::Settings;
use steerco::domain::id::RecordKey;
use steerco::domain::kinds::Stage;
use steerco::domain::meeting::{AgendaItem, Meeting};
use steerco::run::bytes::ByteReader;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

const HEADS: [&str; 24] = [
    "Ban Chỉ đạo tỉnh",
    "Đồng chí Phó Bí thư Thường trực",
    "Ủy ban nhân dân các huyện, thị xã",
    "Sở Nội vụ chủ trì, phối hợp với Văn phòng",
    "Đề nghị Mặt trận Tổ quốc và các đoàn thể",
    "Giao Thường trực Ban Chỉ đạo",
    "Thường vụ Đảng ủy Khối doanh nghiệp",
    "Các cấp ủy, tổ chức đảng trực thuộc",
    "Người đứng đầu cơ quan, đơn vị",
    "Yêu cầu Sở Giáo dục và Đào tạo",
    "HĐND và UBND thành phố Đồng Hới",
    "Ông Nguyễn Khắc Tuyến thay mặt tổ công tác",
    "Tổ giúp việc",
    "Bộ phận tiếp nhận hồ sơ ở xã Quảng Thủy",
    "Đoàn kiểm tra số 2 (theo QĐ 15-QĐ/BCĐ)",
    "Hội Nông dân, Hội Cựu chiến binh",
    "Lãnh đạo Huyện ủy Krông Búk",
    "Trưởng các phòng nghiệp vụ",
    "Công an tỉnh và Bộ Chỉ huy Quân sự",
    "Thư ký hội nghị",
    "Chủ tịch UBND phường Hòa Khánh",
    "Các hợp tác xã, quỹ tín dụng nhân dân",
    "Ban Tuyên giáo, Ban Dân vận",
    "Kỳ họp chuyên đề cuối năm",
];

const TAILS: [&str; 10] = [
    "tiếp tục quán triệt, thực hiện nghiêm túc Quy chế dân chủ ở cơ sở; báo cáo kết quả trước ngày 15/9/2026.",
    "rà soát, bổ sung quy hoạch khu dân cư nông thôn mới giai đoạn 2026-2030, khắc phục tình trạng chậm tiến độ.",
    "đẩy mạnh cải cách thủ tục hành chính, giải quyết dứt điểm khiếu nại, tố cáo kéo dài trên địa bàn.",
    "biểu dương những đơn vị đạt thành tích xuất sắc; phê bình nơi còn hình thức, đối phó.",
    "thống nhất chủ trương tổ chức đối thoại trực tiếp giữa người đứng đầu với nhân dân ít nhất 2 lần/năm.",
    "hoàn thiện dự thảo chương trình công tác, gửi Văn phòng Tỉnh ủy trong quý III để tổng hợp, trình ký.",
    "chịu trách nhiệm về việc thu, chi các khoản đóng góp tự nguyện: công khai, minh bạch, đúng quy định.",
    "theo dõi, đôn đốc và xử lý những vướng mắc phát sinh ở thôn, bản, tổ dân phố; kịp thời phản ánh về cấp trên.",
    "ghi nhận ý kiến của 37 đại biểu, nhất là các kiến nghị về đất đai, môi trường, giao thông và thuỷ lợi.",
    "khuyến khích sáng kiến, nhân rộng mô hình “Dân vận khéo”; tuyệt đối không để xảy ra điểm nóng.",
];

fn sentences() -> Vec<String> {
    HEADS.iter().flat_map(|head| TAILS.iter().map(move |tail| format!("{head} {tail}"))).collect()
}

/// How an input method writes what changed.
#[derive(Clone, Copy, Debug)]
enum Ime {
    /// A burst of DEL and composed letters.
    UniKey,
    /// As UniKey with 0x08.
    EvKey,
    /// An empty letter first, so that no completion stands in the way, and one backspace more.
    OpenKey,
    /// The whole word over again.
    Bamboo,
    /// The word held back until it ends.
    BambooPreedit,
    /// Decomposed letters; a backspace takes one letter with its marks.
    Windows,
}

const IMES: [Ime; 6] = [Ime::UniKey, Ime::EvKey, Ime::OpenKey, Ime::Bamboo, Ime::BambooPreedit, Ime::Windows];

/// What stands on the screen after each key of a word in Telex: marks after their letters, the tone at the end.
fn stages(word: &str) -> Vec<String> {
    let tones = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let mut stages = Vec::new();
    let mut letters: Vec<String> = Vec::new();
    let mut tone = None;
    for letter in word.chars() {
        let parts: Vec<char> = match letter {
            'đ' => vec!['d', 'đ'],
            'Đ' => vec!['D', 'Đ'],
            _ => letter.nfd().collect(),
        };
        letters.push(parts[0].to_string());
        stages.push(letters.concat());
        for part in &parts[1..] {
            let last = letters.len() - 1;
            match part {
                'đ' | 'Đ' => letters[last] = part.to_string(),
                _ if tones.contains(part) => {
                    tone = Some((last, *part));
                    continue;
                }
                _ => letters[last] = format!("{}{part}", letters[last]).nfc().collect(),
            }
            stages.push(letters.concat());
        }
    }
    if let Some((at, tone)) = tone {
        letters[at] = format!("{}{tone}", letters[at]).nfc().collect();
        stages.push(letters.concat());
    }
    stages
}

/// The bytes an input method sends for a sentence and Enter.
fn stream(sentence: &str, ime: Ime) -> Vec<u8> {
    let mut sent = String::new();
    for piece in sentence.split_word_bounds() {
        if !piece.chars().all(char::is_alphabetic) {
            sent.push_str(piece);
            continue;
        }
        let mut shown = String::new();
        let stages = stages(piece);
        for (at, stage) in stages.iter().enumerate() {
            if matches!(ime, Ime::BambooPreedit) && at + 1 < stages.len() {
                continue;
            }
            sent.push_str(&change(&shown, stage, ime));
            shown.clone_from(stage);
        }
    }
    sent.push('\r');
    sent.into_bytes()
}

fn change(shown: &str, stage: &str, ime: Ime) -> String {
    let common = match ime {
        Ime::Bamboo if !stage.starts_with(shown) => 0,
        _ => shown.chars().zip(stage.chars()).take_while(|(a, b)| a == b).count(),
    };
    let back = shown.chars().count() - common;
    let text: String = stage.chars().skip(common).collect();
    match ime {
        _ if back == 0 && matches!(ime, Ime::Windows) => text.nfd().collect(),
        _ if back == 0 => text,
        Ime::UniKey | Ime::Bamboo | Ime::BambooPreedit => "\x7f".repeat(back) + &text,
        Ime::EvKey => "\x08".repeat(back) + &text,
        Ime::OpenKey => format!("\u{202f}{}{text}", "\x7f".repeat(back + 1)),
        Ime::Windows => "\x08".repeat(back) + &text.nfd().collect::<String>(),
    }
}

fn window(settings: &str) -> App {
    let wall = NaiveDate::from_ymd_opt(2026, 5, 6).unwrap().and_hms_opt(9, 0, 0).unwrap();
    let now = Now { wall, since_start: Duration::from_secs(60) };
    let start = Start { now, today: None, utc_offset: "+07:00".into(), size: (80, 24), demo: false, seed: 1 };
    let (mut app, _) = App::new(&Settings::read(settings).0, start);
    let mut meeting = Meeting::default();
    meeting.head.id = "2026-05-06-hop".into();
    meeting.head.date = Some(wall.date());
    meeting.head.stage = Some(Stage::Live);
    meeting.agenda.push(AgendaItem { id: "aaaaaaa1".into(), started: Some(wall), ..AgendaItem::default() });
    app.enter_meeting("2026-05-06-hop", None);
    let opened = Opened { record: AnyRecord::Meeting(meeting), access: Access::Write, problems: 0 };
    app.update(Event::Opened { key: RecordKey::Meeting("2026-05-06-hop".into()), result: Ok(opened) }, now);
    app
}

/// Feeds the bytes in pieces of these sizes, over and over, and gives the recorded lines.
fn recorded(app: &mut App, bytes: &[u8], mut piece: impl FnMut() -> usize) -> Vec<String> {
    let mut reader = ByteReader::new();
    let (mut rest, mut clock) = (bytes, Duration::from_secs(61));
    let wall = NaiveDate::from_ymd_opt(2026, 5, 6).unwrap().and_hms_opt(9, 1, 0).unwrap();
    while !rest.is_empty() {
        let (next, after) = rest.split_at(piece().clamp(1, rest.len()));
        clock += Duration::from_micros(200);
        for input in reader.feed(next, clock) {
            app.update(Event::Input(input), Now { wall, since_start: clock });
        }
        rest = after;
    }
    app.current_meeting().unwrap().notes.iter().map(|note| note.text.clone()).collect()
}

#[test]
fn streams_of_input_methods_give_what_was_meant_at_every_split() {
    let sentences = sentences();
    assert!(sentences.len() >= 200);
    let mut random = fastrand::Rng::with_seed(20_261_125);
    for ime in IMES {
        let bytes: Vec<u8> = sentences.iter().flat_map(|sentence| stream(sentence, ime)).collect();
        assert_eq!(recorded(&mut window(""), &bytes, || 1), sentences, "{ime:?} byte by byte");
        assert_eq!(recorded(&mut window(""), &bytes, || random.usize(1..40)), sentences, "{ime:?} in pieces");
    }
}

#[test]
fn with_our_own_method_on_too_the_text_is_still_what_was_meant_and_it_is_said_once() {
    let sentences = &sentences()[..40];
    for ime in IMES {
        let bytes: Vec<u8> = sentences.iter().flat_map(|sentence| stream(sentence, ime)).collect();
        let mut app = window("input.method = \"telex\"");
        assert_eq!(recorded(&mut app, &bytes, || 3), sentences, "{ime:?}");
    }
    let mut app = window("input.method = \"telex\"");
    recorded(&mut app, "vi\x7fiệt".as_bytes(), || 1);
    let warning = app.desk.news.text.clone();
    assert!(warning.contains("F9"), "{warning:?}");
    let later = Now { wall: app.desk.now.wall, since_start: Duration::from_secs(600) };
    app.update(Event::Input(Input::Key(Key::char('ế'))), later);
    assert_eq!(app.desk.news.text, "", "once");
}

#[test]
fn the_streams_are_what_input_methods_send() {
    assert_eq!(stages("việt"), ["v", "vi", "vie", "viê", "viêt", "việt"]);
    assert_eq!(stages("Đất"), ["D", "Đ", "Đa", "Đâ", "Đât", "Đất"]);
    assert_eq!(change("viêt", "việt", Ime::UniKey), "\x7f\x7fệt");
    assert_eq!(change("viêt", "việt", Ime::EvKey), "\x08\x08ệt");
    assert_eq!(change("viêt", "việt", Ime::OpenKey), "\u{202f}\x7f\x7f\x7fệt");
    assert_eq!(change("viêt", "việt", Ime::Bamboo), "\x7f\x7f\x7f\x7fviệt");
    assert_eq!(change("viêt", "việt", Ime::Windows), "\x08\x08e\u{323}\u{302}t");
}
