//! What an item of a programme is, guessed from its title. A guess only: whoever plans may say otherwise. Pure.

use crate::domain::kinds::ItemKind;
use crate::text::fold::fold;

/// Words of titles without marks, and the kind they speak of. Of several the one that stands first counts, of two at
/// one place the longer.
const TELLING: &[(&str, ItemKind)] = &[
    ("on dinh to chuc", ItemKind::RollCall),
    ("diem danh", ItemKind::RollCall),
    ("don tiep dai bieu", ItemKind::RollCall),
    ("roll call", ItemKind::RollCall),
    ("registration", ItemKind::RollCall),
    ("chao co", ItemKind::FlagSalute),
    ("flag", ItemKind::FlagSalute),
    ("tuyen bo ly do", ItemKind::Introductions),
    ("gioi thieu dai bieu", ItemKind::Introductions),
    ("gioi thieu thanh phan", ItemKind::Introductions),
    ("introduction", ItemKind::Introductions),
    ("thong qua chuong trinh", ItemKind::AdoptAgenda),
    ("cu chu toa", ItemKind::AdoptAgenda),
    ("bau chu toa", ItemKind::AdoptAgenda),
    ("cu thu ky", ItemKind::AdoptAgenda),
    ("thong qua quy che lam viec", ItemKind::AdoptAgenda),
    ("adoption of the agenda", ItemKind::AdoptAgenda),
    ("adopt the agenda", ItemKind::AdoptAgenda),
    ("khai mac", ItemKind::Opening),
    ("phat bieu khai mac", ItemKind::Opening),
    ("neu muc dich", ItemKind::Opening),
    ("opening", ItemKind::Opening),
    ("bao cao", ItemKind::Report),
    ("to trinh", ItemKind::Report),
    ("trinh bay", ItemKind::Report),
    ("thong tin ve", ItemKind::Report),
    ("report", ItemKind::Report),
    ("presentation", ItemKind::Report),
    ("tham luan", ItemKind::Paper),
    ("paper", ItemKind::Paper),
    ("thao luan", ItemKind::Discussion),
    ("trao doi", ItemKind::Discussion),
    ("phat bieu y kien", ItemKind::Discussion),
    ("y kien phat bieu", ItemKind::Discussion),
    ("cho y kien", ItemKind::Discussion),
    ("xin y kien", ItemKind::Discussion),
    ("doi thoai", ItemKind::Discussion),
    ("discussion", ItemKind::Discussion),
    ("giai trinh", ItemKind::Response),
    ("tiep thu", ItemKind::Response),
    ("tra loi", ItemKind::Response),
    ("response", ItemKind::Response),
    ("bieu quyet", ItemKind::Vote),
    ("bo phieu", ItemKind::Vote),
    ("vote", ItemKind::Vote),
    ("khen thuong", ItemKind::Awards),
    ("trao tang", ItemKind::Awards),
    ("trao giay khen", ItemKind::Awards),
    ("trao bang khen", ItemKind::Awards),
    ("trao ky niem chuong", ItemKind::Awards),
    ("cong bo quyet dinh khen", ItemKind::Awards),
    ("ton vinh", ItemKind::Awards),
    ("vinh danh", ItemKind::Awards),
    ("award", ItemKind::Awards),
    ("phat bieu chi dao", ItemKind::GuidanceAddress),
    ("y kien chi dao", ItemKind::GuidanceAddress),
    ("phat bieu cua lanh dao", ItemKind::GuidanceAddress),
    ("guidance", ItemKind::GuidanceAddress),
    ("address by", ItemKind::GuidanceAddress),
    ("ket luan", ItemKind::Conclusion),
    ("phat bieu ket luan", ItemKind::Conclusion),
    ("conclusion", ItemKind::Conclusion),
    ("concluding", ItemKind::Conclusion),
    ("summing up", ItemKind::Conclusion),
    ("thong qua bien ban", ItemKind::AdoptMinutes),
    ("adoption of the minutes", ItemKind::AdoptMinutes),
    ("adopt the minutes", ItemKind::AdoptMinutes),
    ("be mac", ItemKind::Closing),
    ("phat bieu be mac", ItemKind::Closing),
    ("closing", ItemKind::Closing),
    ("close of", ItemKind::Closing),
];

/// The kind a title speaks of; `None` when it says nothing telling.
pub fn of_title(title: &str) -> Option<ItemKind> {
    let folded = fold(title);
    let letters: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let plain = letters.split_whitespace().collect::<Vec<_>>().join(" ");
    let found = TELLING.iter().filter_map(|(words, kind)| Some((place(&plain, words)?, words.len(), *kind)));
    found.min_by_key(|(at, length, _)| (*at, std::cmp::Reverse(*length))).map(|(.., kind)| kind)
}

/// Where the words begin at a word of the text. An English plural counts as the word.
fn place(text: &str, words: &str) -> Option<usize> {
    let begins = |at: usize| at == 0 || text.as_bytes()[at - 1] == b' ';
    let ends = |at: usize| {
        let rest = &text[at + words.len()..];
        rest.is_empty() || rest.starts_with(' ') || rest == "s" || rest.starts_with("s ")
    };
    text.match_indices(words).map(|(at, _)| at).find(|at| begins(*at) && ends(*at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_as_offices_write_them_are_understood() {
        for (title, kind) in [
            ("Ổn định tổ chức, điểm danh", Some(ItemKind::RollCall)),
            ("Chào cờ", Some(ItemKind::FlagSalute)),
            ("Tuyên bố lý do, giới thiệu đại biểu", Some(ItemKind::Introductions)),
            ("Thông qua chương trình làm việc", Some(ItemKind::AdoptAgenda)),
            ("Phát biểu khai mạc của Trưởng Ban", Some(ItemKind::Opening)),
            ("Báo cáo kết luận thanh tra", Some(ItemKind::Report)),
            ("Trình bày Tờ trình về nhân sự", Some(ItemKind::Report)),
            ("Tham luận của Sở Nội vụ", Some(ItemKind::Paper)),
            ("Thảo luận, biểu quyết thông qua Nghị quyết", Some(ItemKind::Discussion)),
            ("Các đại biểu phát biểu ý kiến", Some(ItemKind::Discussion)),
            ("Tiếp thu, giải trình ý kiến", Some(ItemKind::Response)),
            ("Biểu quyết", Some(ItemKind::Vote)),
            ("Công bố và trao khen thưởng", Some(ItemKind::Awards)),
            ("Phát biểu chỉ đạo của đồng chí Phó Bí thư", Some(ItemKind::GuidanceAddress)),
            ("PHÁT BIỂU KẾT LUẬN", Some(ItemKind::Conclusion)),
            ("Kết luận và bế mạc", Some(ItemKind::Conclusion)),
            ("Thông qua biên bản", Some(ItemKind::AdoptMinutes)),
            ("Bế mạc hội nghị", Some(ItemKind::Closing)),
            ("Reports of the working groups", Some(ItemKind::Report)),
            ("Awards", Some(ItemKind::Awards)),
            ("Giải lao", None),
            ("Reporting lines", None),
            ("", None),
        ] {
            assert_eq!(of_title(title), kind, "{title}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_title_is_read_without_fault(title in "\\PC*") {
            let _ = of_title(&title);
        }
    }
}
