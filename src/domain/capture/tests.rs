//! Claims about reading assignments.

use super::*;

fn day() -> Occasion {
    Occasion::on("2022-01-13".parse().unwrap())
}

fn known() -> Vec<Known> {
    let unit = |id: &str, names: &[&str]| Known {
        id: id.to_owned(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    };
    vec![
        unit("snv", &["Sở Nội vụ", "SNV"]),
        unit("stc", &["Sở Tài chính"]),
        unit("stnmt", &["Sở Tài nguyên và Môi trường", "Sở TNMT"]),
        unit("bdv", &["Ban Dân vận Tỉnh ủy", "Ban Dân vận"]),
        unit("ubnd", &["Ủy ban nhân dân tỉnh", "UBND tỉnh", "UBND"]),
        unit("chau", &["Trần Minh Châu"]),
        unit("fin", &["Department of Finance", "Finance"]),
        unit("aud", &["Audit Office"]),
    ]
}

fn shown(owners: &[Owner]) -> String {
    let names: Vec<&str> = owners.iter().map(|owner| owner.id.as_deref().unwrap_or(&owner.text)).collect();
    names.join(" | ")
}

fn summary(captured: &Captured) -> [String; 4] {
    let due = captured
        .deadline
        .as_ref()
        .map(|reading| reading.due.map_or("ongoing".to_owned(), |due| due.to_string()));
    [captured.content.clone(), shown(&captured.lead), shown(&captured.support), due.unwrap_or_default()]
}

fn compare(cases: &[(&str, [&str; 4])], reads: fn(&str, &[Known], &Occasion) -> Captured) {
    let mut wrong = Vec::new();
    for (said, expected) in cases {
        let got = summary(&reads(said, &known(), &day()));
        if got != *expected {
            wrong.push(format!("{said}\n   got {got:?}\n   not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn clauses_become_assignments() {
    compare(
        &[
            (
                "Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát biên chế; hoàn thành trước ngày 15/9",
                ["Rà soát biên chế", "snv", "stc", "2022-09-15"],
            ),
            (
                "giao so noi vu chu tri, phoi hop voi so tai chinh ra soat bien che truoc ngay 15/9",
                ["Ra soat bien che", "snv", "stc", "2022-09-15"],
            ),
            ("Giao nhiệm vụ cho Ban Dân vận Tỉnh ủy tham mưu kế hoạch", ["Tham mưu kế hoạch", "bdv", "", ""]),
            ("và giao Sở Tài nguyên và Môi trường, Sở Tài chính báo cáo", ["Báo cáo", "stnmt | stc", "", ""]),
            ("Sở Nội vụ rà soát quy chế trong quý III", ["Rà soát quy chế", "snv", "", "2022-09-30"]),
            (
                "Các cấp, các ngành đẩy mạnh tuyên truyền; thường xuyên",
                ["Đẩy mạnh tuyên truyền", "Các cấp, các ngành", "", "ongoing"],
            ),
            (
                "Các cơ quan, đơn vị thường xuyên kiểm tra",
                ["Thường xuyên kiểm tra", "Các cơ quan, đơn vị", "", "ongoing"],
            ),
            ("các sở, ban, ngành tổ chức rà soát", ["Tổ chức rà soát", "các sở, ban, ngành", "", ""]),
            (
                "Hệ thống dân vận các cấp nâng cao chất lượng",
                ["Nâng cao chất lượng", "Hệ thống dân vận các cấp", "", ""],
            ),
            (
                "Giao UBND các huyện, thị xã, thành phố báo cáo trước 20/01.",
                ["Báo cáo", "UBND các huyện, thị xã, thành phố", "", "2022-01-20"],
            ),
            ("Giao Sở Xây dựng rà soát quy hoạch", ["Rà soát quy hoạch", "Sở Xây dựng", "", ""]),
            ("Giao đồng chí Trần Minh Châu theo dõi", ["Theo dõi", "chau", "", ""]),
            ("Thống nhất giao Sở Nội vụ tổng hợp", ["Tổng hợp", "snv", "", ""]),
            ("1. Đề nghị Sở Tài chính bố trí kinh phí", ["Bố trí kinh phí", "stc", "", ""]),
            ("Đề nghị khen thưởng 05 tập thể", ["Đề nghị khen thưởng 05 tập thể", "", "", ""]),
            ("tiếp tục rà soát, phối hợp với Sở Tài chính", ["Tiếp tục rà soát", "", "stc", ""]),
            ("trước ngày 15/9, rà soát xong biên chế", ["Rà soát xong biên chế", "", "", "2022-09-15"]),
            ("Bảo đảm trật tự an toàn giao thông", ["Bảo đảm trật tự an toàn giao thông", "", "", ""]),
            ("Giao thông phải an toàn", ["Giao thông phải an toàn", "", "", ""]),
            (
                "Triển khai Quyết định số 23-QĐ/TW ngày 30/7/2021",
                ["Triển khai Quyết định số 23-QĐ/TW ngày 30/7/2021", "", "", ""],
            ),
            ("so noi vu to chuc hop", ["To chuc hop", "snv", "", ""]),
            ("Sở Nội vụ, phối hợp với UBND tỉnh, Sở Tài chính rà soát", ["Rà soát", "snv", "ubnd | stc", ""]),
            ("Giao Sở Nội vụ phối hợp Sở Tài chính rà soát", ["Rà soát", "snv", "stc", ""]),
            ("Giao Công an tỉnh, Sở Nội vụ kiểm tra", ["Kiểm tra", "Công an tỉnh | snv", "", ""]),
            ("Giao UBND tỉnh Quảng Bình báo cáo", ["Báo cáo", "UBND tỉnh Quảng Bình", "", ""]),
            (
                "Giao Thường trực Ban Chỉ đạo theo dõi, đôn đốc",
                ["Theo dõi, đôn đốc", "Thường trực Ban Chỉ đạo", "", ""],
            ),
            (
                "Giao Sở Nội vụ (hoàn thành trước 15/9) rà soát biên chế",
                ["Rà soát biên chế", "snv", "", "2022-09-15"],
            ),
            (
                "Giao Sở Nội vụ, trước ngày 15/9, báo cáo kết quả",
                ["Báo cáo kết quả", "snv", "", "2022-09-15"],
            ),
            ("Giao Sở Nội vụ chủ trì rà soát v.v.", ["Rà soát v.v.", "snv", "", ""]),
            ("UBND tỉnh giao Sở Nội vụ rà soát", ["Rà soát", "snv", "", ""]),
            (
                "Giao cơ quan thường trực tổng hợp, báo cáo hằng quý",
                ["Tổng hợp, báo cáo hằng quý", "cơ quan thường trực", "", "ongoing"],
            ),
            (
                "Ban Chỉ đạo các cấp quán triệt Kết luận số 120-KL/TW, ngày 07/01/2016 của Bộ Chính trị",
                [
                    "Quán triệt Kết luận số 120-KL/TW, ngày 07/01/2016 của Bộ Chính trị",
                    "Ban Chỉ đạo các cấp",
                    "",
                    "",
                ],
            ),
            ("Năm 2022, Sở Nội vụ rà soát biên chế", ["Rà soát biên chế", "snv", "", "2022-12-31"]),
            ("giao UBND tỉnh, các sở, ban, ngành rà soát", ["Rà soát", "ubnd | các sở, ban, ngành", "", ""]),
            ("", ["", "", "", ""]),
        ],
        read,
    );
}

#[test]
fn english_clauses_become_assignments() {
    compare(
        &[
            ("The Department of Finance shall report by 15 Sep", ["Report", "fin", "", "2022-09-15"]),
            ("Finance with the Audit Office to prepare the plan", ["Prepare the plan", "fin", "aud", ""]),
            (
                "Legal Unit will draft the rules, end of Q3",
                ["Draft the rules", "Legal Unit", "", "2022-09-30"],
            ),
            (
                "Finance, with the Audit Office, shall publish the accounts no later than 31 March 2022",
                ["Publish the accounts", "fin", "aud", "2022-03-31"],
            ),
            ("Assign Finance to draft the budget", ["Draft the budget", "fin", "", ""]),
            ("Agreed to publish the report", ["Agreed to publish the report", "", "", ""]),
            ("It will be discussed", ["It will be discussed", "", "", ""]),
        ],
        read,
    );
}

#[test]
fn a_typed_line_may_end_with_owner_and_deadline() {
    compare(
        &[
            ("Rà soát quy chế > snv + stc > 15/9", ["Rà soát quy chế", "snv", "stc", "2022-09-15"]),
            ("Rà soát quy chế > 15/9", ["Rà soát quy chế", "", "", "2022-09-15"]),
            ("Rà soát quy chế > so noi vu", ["Rà soát quy chế", "snv", "", ""]),
            ("Rà soát quy chế > > quý III", ["Rà soát quy chế", "", "", "2022-09-30"]),
            ("Sở Tài chính rà soát > snv", ["Sở Tài chính rà soát", "snv", "", ""]),
            ("Giao Sở Nội vụ rà soát trước 1/9 > snv > 15/9", ["Rà soát trước 1/9", "snv", "", "2022-09-15"]),
            ("Rà soát khi chỉ tiêu >= 90%", ["Rà soát khi chỉ tiêu >= 90%", "", "", ""]),
            ("Rà soát > snv > kịp thời", ["Rà soát", "snv", "", ""]),
        ],
        read_line,
    );
    assert_eq!(read_line("Rà soát > snv > kịp thời", &known(), &day()).due_words, "kịp thời");
}

#[test]
fn owners_are_picked_as_they_are_typed() {
    for (typed, picked) in [
        ("snv", "snv"),
        ("so noi vu, stc", "snv | stc"),
        ("noi vu + tai chinh", "snv | stc"),
        ("Sở Nội vụ", "snv"),
        ("dan van", "bdv"),
        ("châu", "chau"),
        ("Hội Nông dân xã", "Hội Nông dân xã"),
        ("các cấp, các ngành + snv", "các cấp, các ngành | snv"),
        ("so", "so"),
        ("", ""),
        (" , + ", ""),
    ] {
        assert_eq!(shown(&owners(typed, &known())), picked, "{typed}");
    }
}

proptest::proptest! {
    #[test]
    fn nothing_that_is_not_owner_or_deadline_is_lost(content in "[a-zđê]{3,8}( [a-zđê]{3,8}){0,4}") {
        let said = format!("Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính rà soát {content}; hoàn thành trước ngày 15/9");
        let captured = read(&said, &known(), &day());
        proptest::prop_assert_eq!(captured.content, format!("Rà soát {}", content));
    }

    #[test]
    fn any_text_can_be_read(said in "\\PC{0,40}") {
        _ = owners(&said, &known());
        _ = read(&said, &known(), &day());
        let line = read_line(&said, &known(), &day());
        proptest::prop_assert!(line.lead.iter().all(|owner| !owner.text.is_empty()));
        for range in crate::text::clauses::clauses(&said) {
            proptest::prop_assert!(said.get(range).is_some());
        }
    }

    #[test]
    fn any_clause_can_be_read(said in "(giao |các |Sở Nội vụ|, |và |> |\\+ |15/9 |; |chủ trì |phối hợp với |to |with |Xa |Đê |\\. ){0,10}") {
        let _ = read(&said, &known(), &day());
        let line = read_line(&said, &known(), &day());
        proptest::prop_assert!(line.content.len() <= said.len());
    }
}
