//! The composer by hand: what a person types and what must stand there.

use super::*;

fn typed_with(method: Method, style: ToneStyle, keys: &str) -> String {
    let mut composer = Composer::new(method, style);
    let mut field = TextField::new();
    for c in keys.chars() {
        match c {
            '<' => drop(composer.backspace(&mut field)),
            '~' => drop(composer.raw(&mut field)),
            _ => composer.type_char(&mut field, c),
        }
    }
    field.text().to_owned()
}

fn telex(keys: &str) -> String {
    typed_with(Method::Telex, ToneStyle::Old, keys)
}

fn check(method: Method, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .map(|(keys, text)| (keys, text, typed_with(method, ToneStyle::Old, keys)))
        .filter(|(_, text, got)| *text != got)
        .map(|(keys, text, got)| format!("{keys:?}: {got:?}, not {text:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn telex_in_any_order() {
    check(
        Method::Telex,
        &[
            ("vieetj", "việt"),
            ("vietje", "việt"),
            ("vijeet", "việt"),
            ("viejet", "việt"),
            ("nguowif", "người"),
            ("nguwowif", "người"),
            ("ngwowif", "người"),
            ("nguoiwf", "người"),
            ("huowng", "hương"),
            ("huongw", "hương"),
            ("duwowcj", "dược"),
            ("dduowcj", "được"),
            ("dduocwj", "được"),
            ("ddwocj", "được"),
            ("thuowr", "thuở"),
            ("quow", "quơ"),
            ("quys", "quý"),
            ("giaf", "già"),
            ("gif", "gì"),
            ("gieengs", "giếng"),
            ("giuwax", "giữa"),
            ("hoaf", "hòa"),
            ("khoer", "khỏe"),
            ("thuyr", "thủy"),
            ("hoangf", "hoàng"),
            ("hoaif", "hoài"),
            ("muwaf", "mừa"),
            ("muaw", "mưa"),
            ("nuwax", "nữa"),
            ("cuwus", "cứu"),
            ("cuuws", "cứu"),
            ("huou", "huou"),
            ("huouw", "hươu"),
            ("ruouwj", "rượu"),
            ("hoawcj", "hoặc"),
            ("hoacwj", "hoặc"),
            ("xoawns", "xoắn"),
            ("quawng", "quăng"),
            ("quoocs", "quốc"),
            ("quocos", "quốc"),
            ("ddoongf", "đồng"),
            ("dongdf", "đòng"),
            ("dongof", "dồng"),
            ("tuyeens", "tuyến"),
            ("tuyenes", "tuyến"),
            ("nguyeenx", "nguyễn"),
            ("khuyru", "khuỷu"),
            ("khuyur", "khuỷu"),
            ("tw", "tư"),
            ("w", "ư"),
            ("nhwngx", "những"),
            ("thwcj", "thực"),
            ("muoons", "muốn"),
            ("yeeus", "yếu"),
            ("yeen", "yên"),
            ("khoeo", "khoeo"),
            ("xooong", "xoong"),
            ("gooongf", "goòng"),
            ("toans", "toán"),
            ("toanf", "toàn"),
            ("toansz", "toan"),
            ("lawks", "lắk"),
            ("ddawks", "đắk"),
            ("kroong", "krông"),
            ("kanj", "kạn"),
            ("quyeets", "quyết"),
            ("quynhf", "quỳnh"),
            ("huynhf", "huỳnh"),
            ("ddaays", "đấy"),
            ("ddi", "đi"),
            ("aan", "ân"),
            ("oo", "ô"),
            ("OO", "Ô"),
            ("ngoeof", "ngoèo"),
            ("ngoaof", "ngoào"),
            ("tieens ddooj", "tiến độ"),
            ("trieenr khai", "triển khai"),
            ("gioongs", "giống"),
        ],
    );
}

#[test]
fn repeating_undoes() {
    check(
        Method::Telex,
        &[
            ("ass", "as"),
            ("aaa", "aa"),
            ("ddd", "dd"),
            ("ooo", "oo"),
            ("eee", "ee"),
            ("aww", "aw"),
            ("oww", "ow"),
            ("uww", "uw"),
            ("ww", "w"),
            ("toass", "toas"),
            ("toanff", "toanf"),
            ("asf", "à"),
            ("toansf", "toàn"),
            ("asss", "ass"),
            ("tooo", "too"),
            ("uoww", "uow"),
            ("DDD", "DD"),
            ("bcddd", "bcdd"),
            ("awa", "â"),
            ("aaw", "ă"),
            ("owo", "ô"),
            ("oow", "ơ"),
        ],
    );
}

#[test]
fn capitals_are_right_everywhere() {
    check(
        Method::Telex,
        &[
            ("NGUYEENX", "NGUYỄN"),
            ("THUYEETS", "THUYẾT"),
            ("HUYEENJ", "HUYỆN"),
            ("TRUYEENF", "TRUYỀN"),
            ("DUYEETJ", "DUYỆT"),
            ("NGUYEENx", "NGUYỄN"),
            ("Nguyeenx", "Nguyễn"),
            ("DDAWNGJ", "ĐẶNG"),
            ("Ddawngj", "Đặng"),
            ("dDawngj", "đặng"),
            ("UYR", "ỦY"),
            ("Uyr", "Ủy"),
            ("BCDD", "BCĐ"),
            ("HDDND", "HĐND"),
            ("QDD", "QĐ"),
            ("TW", "TW"),
            ("TW ", "TW "),
            ("ASXH ", "ASXH "),
            ("UBND ", "UBND "),
            ("NDD-CP", "NĐ-CP"),
            ("UVBCDD ", "UVBCĐ "),
            ("bcdd ", "bcđ "),
            ("Wngs dungj", "Ứng dụng"),
            ("NHWNGX", "NHỮNG"),
            ("TWF", "TỪ"),
            ("NHW", "NHƯ"),
            ("CWNG", "CƯNG"),
            ("KW", "KW"),
            ("WAN ", "WAN "),
            ("WTO ", "WTO "),
            ("WWW ", "WWW "),
            ("dd ", "đ "),
            ("ddc ", "đc "),
            ("23-QDD/TW ", "23-QĐ/TW "),
            ("UBND/HDDND ", "UBND/HĐND "),
        ],
    );
}

#[test]
fn what_is_no_syllable_gets_its_letters_back() {
    for word in [
        "docx",
        "windows",
        "data",
        "ratatui",
        "file",
        "Excel",
        "web",
        "word",
        "server",
        "status",
        "USD",
        "COVID",
        "ISO",
        "ASEAN",
        "OCOP",
        "report.docx",
        "http://www.data.gov.vn",
        "as@gov.vn",
        "bao_cao_aas.docx",
        "download",
        "update",
        "internet",
        "research",
        "database",
    ] {
        assert_eq!(telex(&format!("{word} ")), format!("{word} "));
        assert_eq!(telex(&format!("{word},")), format!("{word},"));
    }
}

#[test]
fn signs_inside_prose_do_not_stop_composing() {
    check(
        Method::Telex,
        &[
            ("kinh tees-xax hooij", "kinh tế-xã hội"),
            ("vaf/hoawcj", "và/hoặc"),
            ("(giaos vieen)", "(giáo viên)"),
            ("dd/c Hoaf", "đ/c Hòa"),
            ("1.Ddeef nghij", "1.Đề nghị"),
            ("xong.Ddeef", "xong.Đề"),
            ("!giao Sowr", "!giao Sở"),
            ("@Nguyeenx", "@Nguyễn"),
            ("/tim hoaf", "/tim hòa"),
            ("/noif", "/noif"),
        ],
    );
}

#[test]
fn backspace_takes_what_one_sees() {
    check(
        Method::Telex,
        &[
            ("toans<", "toá"),
            ("toans<n", "toán"),
            ("toans<<<", "t"),
            ("vieetj<", "việ"),
            ("vieetj<t", "việt"),
            ("vieejt<<nf", "vìn"),
            ("nhuwmg<<ngx", "những"),
            ("dd<", ""),
            ("ass<", "a"),
            ("tieengs <s", "tiêngs"),
            ("viet <<tj", "viẹt"),
            ("www<", "w"),
        ],
    );
}

#[test]
fn raw_letters_come_back_and_stay() {
    check(
        Method::Telex,
        &[
            ("test", "tét"),
            ("test~", "test"),
            ("test~s ", "tests "),
            ("test ~", "test "),
            ("test~ test ", "test test "),
            ("test~~ test ", "tét tét "),
            ("hoaf~", "hoaf"),
            ("hoa~", "hoa"),
            ("TEST~ Test ", "TEST Test "),
        ],
    );
}

#[test]
fn vni() {
    check(
        Method::Vni,
        &[
            ("vie6t5", "việt"),
            ("viet65", "việt"),
            ("viet56", "việt"),
            ("ngu7o7i2", "người"),
            ("nguoi72", "người"),
            ("d9uoc75", "được"),
            ("duoc759", "được"),
            ("NGUYEN64", "NGUYỄN"),
            ("ho8c5", "ho8c5"),
            ("hoa8c5", "hoặc"),
            ("hoac85", "hoặc"),
            ("thuo73", "thuở"),
            ("a11", "a1"),
            ("d99", "d9"),
            ("a66", "a6"),
            ("a12", "à"),
            ("toan10", "toan"),
            ("T6 ", "T6 "),
            ("Q1/2024", "Q1/2024"),
            ("15/8/2026", "15/8/2026"),
            ("kl2", "kl2"),
            ("BCD9 ", "BCĐ "),
            ("HD9ND ", "HĐND "),
            ("covid19 ", "covid19 "),
            ("TW ", "TW "),
            ("3 thang1", "3 tháng"),
        ],
    );
}

#[test]
fn a_tone_key_inside_a_syllable_acts_on_it() {
    let mut composer = Composer::new(Method::Telex, ToneStyle::Old);
    for (text, back, key, wanted) in [
        ("toan học", 6, 's', "toán học"),
        ("thuong", 2, 'w', "thương"),
        ("dang", 2, 'd', "đang"),
        ("TOAN", 1, 'f', "TOÀN"),
        ("data", 2, 's', "dasta"),
        ("toan", 1, 'i', "toain"),
    ] {
        let mut field = TextField::with_text(text);
        for _ in 0..back {
            field.move_caret(crate::text::field::Motion::Left, crate::text::field::Extend::No);
        }
        let right = field.text().chars().count() - field.text()[..field.caret()].chars().count();
        composer.type_char(&mut field, key);
        assert_eq!(field.text(), wanted);
        assert_eq!(field.text()[field.caret()..].chars().count(), right, "{text}");
    }
    let mut field = TextField::with_text("việc toan");
    composer.type_char(&mut field, 's');
    assert_eq!(field.text(), "việc toán");
}

#[test]
fn letters_of_a_system_input_method_pass() {
    let mut composer = Composer::new(Method::Telex, ToneStyle::Old);
    let mut field = TextField::new();
    for c in "việts ".chars() {
        composer.type_char(&mut field, c);
    }
    assert_eq!(field.text(), "việts ");
}
