//! Texts in old codes are named; text as it should be is never suspected.

use super::*;
use proptest::prelude::*;

/// One text as iconv of GNU libc writes it in each code, its bytes shown as Latin-1; VNI by hand from its table.
const TEXTS: [(Legacy, &str); 4] = [
    (
        Legacy::Tcvn3,
        "Céng hßa x· héi chñ nghÜa ViÖt Nam; NguyÔn V¨n H¶i, Së Néi vô ®\u{ad}îc giao rµ so¸t, ®«n ®èc tr\u{ad}íc ngµy 15; \
         khÈn tr\u{ad}¬ng thùc hiÖn ®Çy ®ñ",
    ),
    (
        Legacy::Vni,
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam; Nguyeãn Vaên Haûi, Sôû Noäi vuï ñöôïc giao raø soaùt, ñoân ñoác tröôùc \
         ngaøy 15; khaån tröông thöïc hieän ñaày ñuû",
    ),
    (
        Legacy::Viscii,
        "Cµng hòa xã hµi chü nghîa Vi®t Nam; Nguy\u{ad}n Vån Häi, S· Nµi vø ðßþc giao rà soát, ðôn ð¯c trß¾c ngày 15; \
         kh¦n trß½ng thñc hi®n ð¥y ðü",
    ),
    (
        Legacy::Windows1258,
        "Côòng hoÌa xaÞ hôòi chuÒ nghiÞa Viêòt Nam; NguyêÞn Vãn HaÒi, SõÒ Nôòi vuò ðýõòc giao rà soát, ðôn ðôìc trýõìc \
         ngày 15; khâÒn trýõng thýòc hiêòn ðâÌy ðuÒ",
    ),
];

#[test]
fn old_codes_are_named_in_text_and_in_bytes() {
    for (code, text) in TEXTS {
        assert_eq!(of_text(text), Some(code), "{text}");
        let bytes: Vec<u8> = text.chars().map(|c| u32::from(c) as u8).collect();
        assert!(std::str::from_utf8(&bytes).is_err());
        assert_eq!(of_bytes(&bytes), Some(code), "{text}");
        // A line of such text among others is enough.
        assert_eq!(of_text(&format!("Sở Nội vụ\n{text}\nngày 15/9")), Some(code));
    }
}

#[test]
fn names_and_headings_in_old_codes_are_enough() {
    for (text, code) in [
        ("NguyÔn V¨n H¶i", Legacy::Tcvn3),
        ("®\u{ad}îc", Legacy::Tcvn3),
        ("Së Néi vô", Legacy::Tcvn3),
        ("Nguyeãn Vaên Haûi", Legacy::Vni),
        ("UÛY BAN NHAÂN DAÂN", Legacy::Vni),
        ("Nguyêòn Vãn HaÒi", Legacy::Windows1258),
        ("Viá»‡t Nam, Há»™i nghá»‹", Legacy::Mojibake),
        (
            "Ủy ban".encode_utf16().fold(String::new(), |text, unit| format!("{text}{unit}")).as_str(),
            Legacy::Utf16,
        ),
    ] {
        if code != Legacy::Utf16 {
            assert_eq!(of_text(text), Some(code), "{text}");
        }
    }
    let utf16: Vec<u8> = "id = \"hop\"\ntitle = \"Họp\"".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(of_bytes(&utf16), Some(Legacy::Utf16));
    assert_eq!(of_bytes(b"\xfe\xff\0a"), Some(Legacy::Utf16));
    assert_eq!(of_bytes(b"caf\xe9 au lait"), None);
}

#[test]
fn other_languages_and_signs_are_not_suspected() {
    for text in [
        "Müller, Böhm und Söhne; Straße, Größe, Köln, für Fußgänger über Österreich",
        "Où est-ce que François Noël a été à la fête d'août? Élève, père, où, haï, naïf, maïs, çà et là, Besançon",
        "José Peña, São Paulo, niño, mañana, corazón, Señor, piñata, ação, João",
        "Zoë Krüger, Björn Ångström, Łódź, Škoda, naïve café résumé",
        "10 µm, 5 N·m, 30 m², 12 m³, 20 °C, © 2021 Sony®, 5×3, 3÷2, ±2",
        "« Dân vận khéo » – “Quy chế”",
        "Ðà Nẵng, Ðắk Lắk, UBMTTQÐ",
        "Ðông Hà; Ðak Pơ",
        "hoà bình, thuỷ lợi, là, và, né, thé, cô, đô",
        "",
        "plain text",
    ] {
        assert_eq!(of_text(text), None, "{text}");
    }
}

const WORDS: &str = "Ban Chỉ đạo thực hiện Quy chế dân chủ ở cơ sở tỉnh hoà hòa thuỷ thủy khoẻ quý già gì là và bé né tôi đã được người \
                     HỌP UỶ BAN Ủy QĐ-TTg 23-QĐ/TW BCĐTW kinh-tế Đắk Lắk Krông Búk H'Hen Y-Ngọc “khéo” 15/9 98,62% … Müller café où";

proptest! {
    #[test]
    fn vietnamese_text_is_never_suspected(places in prop::collection::vec(0usize..200, 1..12), lines in any::<bool>()) {
        let words: Vec<&str> = WORDS.split_whitespace().collect();
        let space = if lines { "\n" } else { " " };
        let text = places.iter().map(|at| words[at % words.len()]).collect::<Vec<_>>().join(space);
        prop_assert_eq!(of_text(&text), None);
        prop_assert_eq!(of_text(&text.nfd().collect::<String>()), None);
        prop_assert_eq!(of_text(&text.to_uppercase()), None);
    }

    #[test]
    fn any_syllables_are_never_suspected(text in "((th|tr|h|đ|kh|v)(à|ạ|ấn|ê|ôn|ôi|ơ|ùng|ý|oà|òa|uỷ|iến|ương|é|ò|ín)( |\n)){1,8}") {
        prop_assert_eq!(of_text(&text), None);
        prop_assert_eq!(of_text(&text.nfd().collect::<String>()), None);
    }
}
