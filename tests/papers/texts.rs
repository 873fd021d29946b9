//! What papers say: names, numbers, drafts, confidential lines, amendments, glosses, in the three worlds.

use super::{Records, Wish, flowed};
use steerco::export::{Format, PaperKind};

const STATE: &str = r#"
schema = 1
id = "bcd"
name = "Ban Chỉ đạo cải cách hành chính thành phố"
name_lines = ["Ban Chỉ đạo", "cải cách hành chính"]
parent_lines = ["Ủy ban nhân dân", "thành phố Hải Phòng"]
short = "BCĐ"
world = "state"
place = "Hải Phòng"

[[signers]]
id = "s0000001"
position = "standing_deputy_head"
form = "KT."
member = "binh"

[[members]]
id = "an"
name = "Nguyễn Văn An"
address = "ông"
titles = ["Chủ tịch UBND thành phố"]
position = "head"

[[members]]
id = "binh"
name = "Trần Thị Bình"
address = "bà"
titles = ["Giám đốc Sở Nội vụ"]
position = "standing_deputy_head"

[[abbreviations]]
id = "a0000001"
key = "cchc"
text = "cải cách hành chính"
"#;

const MEETING: &str = r#"
schema = 1
id = "2024-05-06-hop"
committee = "bcd"
title = "Hội nghị sơ kết CCHC quý I năm 2024"
kind = "periodic_review"
stage = "closed"
date = 2024-05-06
opened = 2024-05-06T08:05:00
closed = 2024-05-06T11:20:00
place = "Hội trường"
language = "vi"

[[seats]]
id = "an"
name = "Nguyễn Văn An"
address = "ông"
titles = ["Chủ tịch UBND thành phố"]
position = "head"
role = "chair"
presence = "present"

[[seats]]
id = "cuong"
name = "Lê Cường"
titles = ["Giám đốc Sở Tài chính"]
role = "member"
presence = "represented"
substitute = { name = "Phạm Dung", titles = ["Phó Giám đốc Sở Tài chính"], consented = true }

[[seats]]
id = "cuong-2"
name = "Lê Cường"
titles = ["Chánh Văn phòng"]
role = "secretary"
presence = "present"

[[agenda]]
id = "i0000001"
kind = "discussion"
title = "Thảo luận"

[[agenda]]
id = "i0000002"
kind = "discussion"
title = "Nhân sự"
confidential = true

[[notes]]
id = "n0000001"
item = "i0000001"
speaker = "cuong"
text = "Đề nghị bố trí vốn."

[[notes]]
id = "n0000002"
item = "i0000001"
speaker = "cuong-2"
text = "Đã tổng hợp."

[[notes]]
id = "n0000003"
item = "i0000001"
speaker = "cuong"
text = "Nhắc lại việc bố trí vốn."

[[notes]]
id = "n0000004"
item = "i0000001"
speaker = "an"
text = "Lời kín một"
confidential = true

[[notes]]
id = "n0000005"
item = "i0000002"
speaker = "an"
text = "Lời kín hai"

[[conclusions]]
id = "c0000001"
number = 1
part = "general"
text = "Quý I đạt kết quả khá."

[[conclusions]]
id = "c0000002"
number = 3
part = "specific"
text = "Kết luận kín"
note = "n0000005"

[[tasks]]
id = "t0000001"
number = 1
content = "Rà soát thủ tục"
lead = ["Sở Nội vụ"]
support = ["Sở Tài chính"]
due_text = "trước ngày 15/9/2024"
due = 2024-09-15
due_kind = "date"
before = true

[[tasks]]
id = "t0000002"
number = 2
content = "Nhiệm vụ kín"
lead = ["Công an"]
note = "n0000004"
"#;

fn state() -> Records {
    Records::made(MEETING, STATE)
}

fn said(records: &Records, wish: Wish<'_>) -> String {
    flowed(&records.text("2024", wish, Format::Text))
}

fn with(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replace(from, to)
}

#[test]
fn titles_stand_in_full_at_the_first_mention_and_substitutes_under_their_own_names() {
    let text = said(&state(), Wish::of(PaperKind::Minutes));
    let course = &text[text.find("Nội dung (theo").unwrap()..];
    let full = "Ông/bà Phạm Dung, Phó Giám đốc Sở Tài chính (dự thay ông/bà Lê Cường";
    assert!(course.contains(full), "{course}");
    assert!(course.contains("Ông/bà Phạm Dung: Nhắc lại"), "{course}");
    assert_eq!(course.matches("Phó Giám đốc Sở Tài chính").count(), 1, "the title stands once");
}

#[test]
fn people_of_one_name_keep_a_title() {
    let text = said(&state(), Wish::of(PaperKind::Minutes));
    assert!(text.contains("(dự thay ông/bà Lê Cường)"), "{text}");
    let signed = &text[text.find("THƯ KÝ").unwrap()..];
    assert!(signed.contains("Lê Cường"), "the secretary signs: {signed}");
}

#[test]
fn the_public_variant_has_nothing_confidential_and_says_how_much_was_withheld() {
    let records = state();
    for kind in [PaperKind::Minutes, PaperKind::Notice] {
        for format in [Format::Text, Format::Markdown, Format::Html] {
            let full = records.text("2024", Wish::of(kind), format);
            let public = records.text("2024", Wish::of(kind).public(), format);
            for secret in ["kín một", "kín hai", "Kết luận kín", "Nhân sự", "kín"] {
                assert!(!public.contains(secret), "{kind:?} {format:?}: {secret}");
            }
            assert!(full.contains("Kết luận kín"));
            let count = "01 mục chương trình, 02 dòng ghi, 01 kết luận, 01 nhiệm vụ";
            assert!(flowed(&public).contains(count), "{kind:?} {format:?}: {public}");
        }
    }
}

#[test]
fn nothing_confidential_of_the_samples_is_in_their_public_papers() {
    let records = Records::sample();
    let mut secrets = 0;
    for meeting in &records.meetings {
        let hidden = meeting.agenda.iter().filter(|item| item.confidential).map(|item| item.id.as_str());
        let hidden: Vec<&str> = hidden.collect();
        let is_secret = |item: &str, own: bool| own || hidden.contains(&item);
        for kind in [PaperKind::Minutes, PaperKind::Notice] {
            let text = flowed(&records.text(&meeting.head.id, Wish::of(kind).public(), Format::Markdown));
            for note in meeting.notes.iter().filter(|note| is_secret(&note.item, note.confidential)) {
                assert!(!text.contains(note.text.trim()), "{}: {}", meeting.head.id, note.text);
                secrets += 1;
            }
        }
    }
    assert!(secrets > 0, "the samples have confidential lines");
}

#[test]
fn drafts_say_so_and_leave_room_for_number_and_day() {
    let draft = said(&state(), Wish::of(PaperKind::Notice));
    assert!(draft.contains("(Dự thảo)"), "{draft}");
    assert!(draft.contains("/TB-BCĐ") && !draft.contains("01/TB"), "{draft}");
    let issued = format!(
        "{MEETING}\n[[papers]]\nid = \"p0000001\"\nkind = \"notice\"\nnumber = \"7/TB-BCĐ\"\ndate = 2024-05-09\nsigner = \"binh\"\n"
    );
    let text = said(&Records::made(&issued, STATE), Wish::of(PaperKind::Notice));
    assert!(!text.contains("Dự thảo"), "{text}");
    assert!(text.contains("Số: 07/TB-BCĐ"), "{text}");
    assert!(text.contains("Hải Phòng, ngày 09 tháng 5 năm 2024"), "{text}");
    assert!(text.contains("KT. TRƯỞNG BAN"), "{text}");
}

#[test]
fn a_party_committee_writes_its_own_way() {
    let party = with(STATE, "world = \"state\"", "world = \"party\"");
    let records = Records::made(MEETING, &party);
    let text = said(&records, Wish::of(PaperKind::Notice));
    for words in ["ĐẢNG CỘNG SẢN VIỆT NAM", "-TB/BCĐ", "K/T TRƯỞNG BAN", "- Lưu Ban Chỉ đạo."]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    for words in ["CỘNG HÒA", "Số:", "./.", "KT.", "VT"] {
        assert!(!text.contains(words), "{words}: {text}");
    }
    let minutes = said(&records, Wish::of(PaperKind::Minutes));
    assert!(minutes.contains("NGƯỜI GHI BIÊN BẢN") && minutes.contains("CHỦ TRÌ HỘI NGHỊ"), "{minutes}");
    assert!(minutes.contains("đồng chí Lê Cường"), "the world addresses those without an address: {minutes}");
}

#[test]
fn party_recipients_follow_the_guidance_of_their_day() {
    let party = with(STATE, "world = \"state\"", "world = \"party\"");
    let party = format!("{party}\n[[recipients]]\nid = \"r0000001\"\ntext = \"Thường trực Thành ủy\"\n");
    let records = Records::made(MEETING, &party);
    for (today, sign) in [("2026-05-26", ","), ("2026-05-27", ";")] {
        let text = said(&records, Wish { today, ..Wish::of(PaperKind::Notice) });
        assert!(text.contains(&format!("Thường trực Thành ủy{sign}")), "{today}: {text}");
    }
}

#[test]
fn a_task_is_given_in_one_sentence_with_its_day() {
    let text = said(&state(), Wish::of(PaperKind::Notice));
    let sentence = "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát thủ tục; hoàn thành trước ngày 15/09/2024.";
    assert!(text.contains(sentence), "{text}");
}

#[test]
fn conclusions_are_numbered_anew_and_parts_stand_in_their_order() {
    let text = said(&state(), Wish::of(PaperKind::Minutes));
    assert!(text.contains("1. Quý I đạt kết quả khá. 2. Kết luận kín"), "{text}");
    let notice = said(&state(), Wish::of(PaperKind::Notice));
    assert!(notice.contains("I. ĐÁNH GIÁ CHUNG 1. Quý I"), "{notice}");
    assert!(notice.contains("II. NHIỆM VỤ CỤ THỂ 1. Kết luận kín 2. Giao Sở Nội vụ"), "{notice}");
}

#[test]
fn an_abbreviation_is_written_out_where_it_stands_first() {
    let meeting = with(MEETING, "Đã tổng hợp.", "CCHC đã tổng hợp; CCHC tốt, xem 12/CCHC.");
    let text = said(&Records::made(&meeting, STATE), Wish::of(PaperKind::Minutes));
    assert!(text.contains("Cải cách hành chính (CCHC) đã tổng hợp; CCHC tốt, xem 12/CCHC."), "{text}");
}

#[test]
fn an_amendment_stands_in_place_with_what_was_approved() {
    let amended = format!(
        "{MEETING}\n[[amendments]]\nid = \"m0000001\"\non = 2024-05-20\ntarget = \"n0000002\"\nfield = \"text\"\naction = \"replace\"\ntext = \"Đã tổng hợp 12 ý kiến.\"\nstatus = \"adopted\"\n\n\
         [[amendments]]\nid = \"m0000002\"\non = 2024-05-21\ntarget = \"n0000001\"\naction = \"strike\"\nstatus = \"adopted\"\n\n\
         [[amendments]]\nid = \"m0000003\"\non = 2024-05-21\ntarget = \"n0000003\"\nfield = \"text\"\naction = \"replace\"\ntext = \"KHÔNG NHẬN\"\nstatus = \"refused\"\n"
    );
    let text = said(&Records::made(&amended, STATE), Wish::of(PaperKind::Minutes));
    let corrected =
        "Đã tổng hợp 12 ý kiến. [Đính chính ngày 20/05/2024; nguyên văn đã duyệt: “Đã tổng hợp.”]";
    assert!(text.contains(corrected), "{text}");
    assert!(text.contains("Đề nghị bố trí vốn. [Đính chính ngày 21/05/2024: bỏ nội dung này]"), "{text}");
    assert!(!text.contains("KHÔNG NHẬN"), "{text}");
}

#[test]
fn minutes_of_the_samples_read_as_they_should() {
    let records = Records::sample();
    for (name, id, kind) in [
        ("minutes_state", "2026-03-26", PaperKind::Minutes),
        ("notice_state", "2026-03-26", PaperKind::Notice),
        ("minutes_party", "2022-01-13-tong-ket-dan-van-kon", PaperKind::Minutes),
        ("minutes_plain_en", "2026-09-24", PaperKind::Minutes),
    ] {
        insta::assert_snapshot!(name, records.text(id, Wish::of(kind), Format::Text));
    }
}
