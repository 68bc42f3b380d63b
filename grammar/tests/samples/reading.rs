//! “How a text is read”, rule by rule.

use super::*;
use DeclarationKind as K;
use unicode_normalization::UnicodeNormalization;

/// A procedure with these lines in a step's block.
pub fn in_step(lines: &str) -> String {
    format!("thủ tục p \"P\" {{\n  quy trình {{\n    bước 1 \"Một\" do A trong 1 ngày {{\n{lines}\n    }}\n  }}\n}}\n")
}

fn in_choice(lines: &str) -> String {
    in_step(&format!("rẽ nhánh {{\n{lines}\n}}"))
}

fn arrows_of(lines: &str) -> Vec<String> {
    let tree = good(&in_choice(lines));
    declarations(&tree, K::Step).into_iter().flat_map(arrows).map(arrow).collect()
}

/// The problems of a text, with the words they stand at.
pub fn problems(text: &str) -> Vec<(ProblemKind, String)> {
    let decoded = Text::new(text.as_bytes());
    let tree = tthc_grammar::parse(&decoded);
    tree.problems
        .into_iter()
        .map(|problem| (problem.kind, decoded.parsed()[problem.span.range()].to_string()))
        .collect()
}

#[test]
fn a_decomposed_unequal_sign_is_no_equal_sign() {
    let nfd: String = in_choice("khi a ≠ b -> tiếp").nfd().collect();
    assert!(nfd.contains("=\u{338}"));
    let tree = good(&nfd);
    assert_eq!(arrow(arrows(declarations(&tree, K::Step)[0])[0]), "guarded if a NotEqual b -> next");
}

#[test]
fn names_are_letters_marks_digits_and_underscores() {
    let tree = good("cơ quan A1_b\nbiểu mẫu Đơn_số_2 \"x\"\nbiểu mẫu мв \"x\"");
    assert_eq!(names(&tree, K::Agency), ["A1_b"]);
    assert_eq!(names(&tree, K::Form), ["Đơn_số_2", "мв"]);
    for name in ["_a", "1a2", "a-b", "a.b"] {
        assert_ne!(problems(&format!("cơ quan {name} \"x\"")), [], "{name}");
    }
}

#[test]
fn reserved_words_are_no_names_and_all_others_are() {
    for word in tthc_grammar::keywords::RESERVED {
        for spelling in [word.to_string(), tthc_grammar::names::fold(word)] {
            assert_ne!(problems(&format!("cơ quan {spelling} \"x\"")), [], "{spelling}");
        }
    }
    let words = tthc_grammar::keywords::WORDS
        .iter()
        .flat_map(|(_, phrase)| phrase.split(' '))
        .chain(["hạn", "mã", "ghi", "chú", "kiến"]);
    for word in words.filter(|word| !tthc_grammar::keywords::RESERVED.contains(word)) {
        let folded = tthc_grammar::names::fold(word);
        let reserved =
            tthc_grammar::keywords::RESERVED.iter().any(|reserved| tthc_grammar::names::fold(reserved) == folded);
        for name in [word.to_string(), folded].into_iter().filter(|name| !reserved || name == word) {
            let text = in_step(&format!(
                "thực hiện: {name}\nhướng xử lý {{ {name} -> {name}\n {name} \"x\" -> bước {name} }}"
            ));
            let tree = good(&format!("cơ quan {name} \"x\"\n{text}"));
            let step = declarations(&tree, K::Step)[0];
            assert_eq!(values(&attribute(step, "thực hiện")), *name);
            assert_eq!(
                arrows(step).into_iter().map(arrow).collect::<Vec<_>>(),
                [format!("{name} -> {name}"), format!("{name} “x” -> {name}")]
            );
        }
    }
}

#[test]
fn case_matters_in_keywords_and_names() {
    assert_ne!(problems("Cơ quan A \"x\""), []);
    assert_eq!(names(&good("cơ quan a\ncơ quan A"), K::Agency), ["a", "A"]);
}

#[test]
fn a_phrase_never_crosses_a_line_or_a_comment() {
    assert_ne!(problems("thủ\ntục a \"x\" { }"), []);
    assert_ne!(problems("thủ /* */ tục a \"x\" { }"), []);
    good("thủ\u{A0}tục \t a \"x\" { }");
    good("thủ tục /* */ a /* */ \"x\" /* */ { } /* */");
}

#[test]
fn trailing_commas_and_signs_go_on_in_the_next_line() {
    let tree = good(&in_step("loại: xem xét,\n dự thảo\nthời gian: 1 ngày +\n 2 giờ\nbiểu mẫu: a, // b\n c"));
    let step = declarations(&tree, K::Step)[0];
    assert_eq!(values(&attribute(step, "loại")), "xem xét, dự thảo");
    assert_eq!(values(&attribute(step, "thời gian")), "1 Day + 2 Hour");
    assert_eq!(values(&attribute(step, "biểu mẫu")), "(a & c)");
}

#[test]
fn a_bare_name_is_no_value_where_a_key_stands() {
    let found = problems(&in_step("loại: xem xét,\nnội dung: \"x\""));
    assert!(matches!(&found[..], [(ProblemKind::Missing(Expected::Value(_)), words)] if words.is_empty()), "{found:?}");
    let tree = good(&in_step("biểu mẫu: mã\nghi chú: \"x\""));
    assert_eq!(values(&attribute(declarations(&tree, K::Step)[0], "biểu mẫu")), "mã");
    let found = problems(&in_step("biểu mẫu:\nghi chú: \"x\""));
    assert!(matches!(&found[..], [(ProblemKind::Missing(Expected::Names), _)]), "{found:?}");
}

#[test]
fn value_phrases_come_before_names_and_end_before_keys() {
    let tree = good(&in_step("loại: xem xét, trả kết quả\nthực hiện: trả kết quả: \"x\""));
    let step = declarations(&tree, K::Step)[0];
    assert_eq!(values(&attribute(step, "loại")), "xem xét, trả kết quả");
    assert_eq!(
        (values(&attribute(step, "thực hiện")), values(&attribute(step, "kết quả"))),
        ("trả".into(), "“x”".into())
    );
    let tree = good(&in_step("loại: xem xét, trả   kết quả: \"x\""));
    assert_eq!(values(&attribute(declarations(&tree, K::Step)[0], "loại")), "xem xét, trả");
    let tree = good(&in_step("chuyển: trả   kết quả: \"x\""));
    assert_eq!(values(&attribute(declarations(&tree, K::Step)[0], "chuyển")), "trả");
}

#[test]
fn unknown_keys_are_kept_and_end_their_line() {
    let tree = good(&in_step("tên gọi khác: gì đó, \"x\" -> {y}\nloại: xem xét"));
    let step = declarations(&tree, K::Step)[0];
    let Statement::Attribute(unknown) = &statements(step)[0] else { panic!() };
    assert_eq!((unknown.key, unknown.values.len()), (None, 0));
    assert_eq!(values(&attribute(step, "loại")), "xem xét");
}

#[test]
fn numbers_as_they_are_written_here() {
    for (written, read) in [("0,5", "5/10"), ("1/4", "1/4"), ("05", "5"), ("1.500,25", "150025/100"), ("3.000", "3000")]
    {
        let tree = good(&in_step(&format!("thời gian: {written} ngày")));
        assert_eq!(values(&attribute(declarations(&tree, K::Step)[0], "thời gian")), format!("{read} Day"));
    }
    let spelling = |text: &str, sure| Some(Spelling { text: text.into(), sure });
    for (value, written, meant) in [
        ("thời gian: 0.5 ngày", "0.5", spelling("0,5", true)),
        ("thời gian: 0.125 ngày", "0.125", spelling("0,125", false)),
        ("thời gian: 1.2.3 ngày", "1.2.3", None),
        ("lệ phí: 1,500,000 đồng", "1,500,000", spelling("1.500.000", true)),
        ("lệ phí: 1000.000 đồng", "1000.000", spelling("1.000.000", false)),
        ("lệ phí: 150.5 đồng", "150.5", None),
        ("lệ phí: 15.00.000 đồng", "15.00.000", None),
    ] {
        assert_eq!(problems(&in_step(value)), [(ProblemKind::ForeignNumber(meant), written.to_string())]);
    }
    let [(kind, words)] = &problems(&in_step("lệ phí: 150,000 đồng"))[..] else { panic!() };
    assert_eq!((kind, words.as_str()), (&ProblemKind::PartOfDong(Some("150.000".into())), "150,000"));
    for (written, kind) in [("từ 30/02/2025", "30/02/2025"), ("từ 1/13/2025", "1/13/2025")] {
        assert_eq!(
            problems(&format!("thủ tục a \"x\" {{ hiệu lực: {written} }}")),
            [(ProblemKind::NoSuchDate, kind.to_string())]
        );
    }
    assert_eq!(problems(&in_step("thời gian: 99999999999999999999 ngày"))[0].0, ProblemKind::TooLargeNumber);
}

#[test]
fn durations_are_as_written_without_comments() {
    for (written, printed) in [
        ("1 ngày làm việc + // hỏi lại anh Nam\n 4 giờ làm việc", "1 ngày làm việc + 4 giờ làm việc"),
        ("0,25 ngày /* một phần tư */ + 1 giờ", "0,25 ngày + 1 giờ"),
        ("1/2  ngày+1 giờ", "1/2 ngày+1 giờ"),
    ] {
        let tree = good(&in_step(&format!("thời gian: {written}")));
        let time = attribute(declarations(&tree, K::Step)[0], "thời gian");
        let Some(Value::Amount(amount)) = time.values.first() else { panic!("{written}") };
        assert_eq!(amount.text, printed);
    }
}

#[test]
fn step_numbers_are_no_numbers() {
    let tree = good(
        "thủ tục a \"x\" { quy trình { bước 2.1 \"x\" bước 3a \"y\" { chuyển: bước 2.1 } bước 10 \"z\" { chuyển: II.2.1 } } }",
    );
    assert_eq!(names(&tree, K::Step), ["2.1", "3a", "10"]);
    let path = |index: usize| match &attribute(declarations(&tree, K::Step)[index], "chuyển").values[0] {
        Value::Target(target) => match &target.core {
            TargetCore::To(path) => path.segments.iter().map(|segment| segment.text.clone()).collect::<Vec<_>>(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    };
    assert_eq!(path(1), ["2", "1"]);
    assert_eq!(path(2), ["II", "2", "1"]);
}

#[test]
fn units_sums_money_and_hours() {
    let tree = good(&in_step(
        "thời gian: 1 tháng + 2 ngày làm việc + 3 ngày + 4 giờ làm việc + 5 giờ + 6 phút\nphí: 3.000.000 đồng",
    ));
    let step = declarations(&tree, K::Step)[0];
    assert_eq!(
        values(&attribute(step, "thời gian")),
        "1 Month + 2 WorkingDay + 3 Day + 4 WorkingHour + 5 Hour + 6 Minute"
    );
    assert_eq!(values(&attribute(step, "phí")), "3000000 đồng");
    assert!(matches!(problems("lịch a { giờ làm việc: 13:00 - 12:00 }")[0].0, ProblemKind::Unreadable(_)));
}

#[test]
fn comments_nest_and_document() {
    let tree = good("/* a /* b */ c */ /// d\n/// e\ncơ quan A // f\n////\ncơ quan B");
    assert_eq!(declaration(&tree, K::Agency, "A").doc.as_deref(), Some("d\ne"));
    assert_eq!(declaration(&tree, K::Agency, "B").doc, None);
}

#[test]
fn strings_escape_and_may_run_over_lines() {
    let tree = good("cơ quan A \"a \\\" b \\\\ c\nbước 1 \\\"x\\\" do ai\n  mã: 1\" { }");
    assert_eq!(
        declaration(&tree, K::Agency, "A").label.as_ref().unwrap().value,
        "a \" b \\ c\nbước 1 \"x\" do ai\n  mã: 1"
    );
}

#[test]
fn characters_nobody_sees_are_named() {
    assert_eq!(problems("cơ quan A\u{200B}B"), [(ProblemKind::Character('\u{200B}'), String::new())]);
    assert_eq!(problems("cơ quan A \"x\u{202E}y\""), [(ProblemKind::Character('\u{202E}'), String::new())]);
    assert_eq!(problems("cơ quan A \"👩\u{200D}💻\""), []);
    assert_eq!(problems("cơ quan A\0"), [(ProblemKind::Character('\0'), String::new())]);
}

#[test]
fn no_is_a_value_behind_a_sign_and_a_negation_elsewhere() {
    assert_eq!(
        arrows_of(
            "khi a = không -> tiếp\nkhi không a -> tiếp\nkhi a ≠ không và không b -> tiếp\nkhi a thuộc { không, có } -> tiếp\nkhi không a = có -> tiếp"
        ),
        [
            "guarded if a Equal không -> next",
            "guarded if không a -> next",
            "guarded if (a NotEqual không và không b) -> next",
            "guarded if a in không,có -> next",
            "guarded if không a Equal có -> next",
        ]
    );
    let tree = good(&in_step("thời gian: không quy định\nlệ phí: không\ncần có mặt: không\nkhông tính thời hạn \"x\""));
    let step = declarations(&tree, K::Step)[0];
    assert_eq!(values(&attribute(step, "thời gian")), "unstated");
    assert_eq!(values(&attribute(step, "lệ phí")), "không");
    assert_eq!(values(&attribute(step, "cần có mặt")), "không");
    assert!(matches!(statements(step)[3], Statement::Uncounted(_)));
}

#[test]
fn negation_binds_tighter_than_and_and_that_than_or() {
    assert_eq!(
        arrows_of("khi a hoặc không b = c và d hoặc (e hoặc f) và g -> tiếp"),
        ["guarded if (a hoặc (không b Equal c và d) hoặc ((e hoặc f) và g)) -> next"]
    );
    assert_eq!(arrows_of("khi (((a))) -> tiếp"), ["guarded if a -> next"]);
}

#[test]
fn a_colon_makes_a_value_and_a_name_a_declaration() {
    let tree = good(
        "biểu mẫu a \"A\"\nquy trình q { bước 1 \"x\" { biểu mẫu: a  điện tử { ký số: có } } }\nthủ tục p \"P\" { quy trình: q }",
    );
    assert_eq!((names(&tree, K::Form), names(&tree, K::SharedProcess)), (vec!["a".into()], vec!["q".into()]));
    assert_eq!(values(&attribute(declaration(&tree, K::Procedure, "p"), "quy trình")), "q");
    assert_eq!(declarations(&tree, K::Electronic).len(), 1);
    assert_eq!(values(&attribute(&good("mặc định { điện tử: có }").items[0].clone().declared(), "điện tử")), "có");
}

trait Declared {
    fn declared(self) -> Declaration;
}
impl Declared for Statement {
    fn declared(self) -> Declaration {
        if let Statement::Declaration(declaration) = self { declaration } else { panic!("{self:?}") }
    }
}

#[test]
fn not_counted_in_the_head_and_as_a_statement() {
    let tree = good(
        "quy trình q { bước 1 \"x\" do A trong 1 ngày không tính thời hạn \"vì\" bước 2 \"y\" do A không tính thời hạn }",
    );
    let heads: Vec<_> = declarations(&tree, K::Step).into_iter().map(|step| step_head(step).clone()).collect();
    assert!(heads[0].time.is_some() && heads[0].uncounted.as_ref().unwrap().reason.is_some());
    assert!(heads[1].uncounted.as_ref().unwrap().reason.is_none());
    assert_ne!(problems("quy trình q { không tính thời hạn \"x\" }"), []);
}

#[test]
fn modifiers_in_any_order_commas_optional() {
    for line in [
        "sửa -> quay lại a tối đa 2 lần, hết lượt -> b, trong 3 ngày, tính lại thời hạn { ghi chú: \"x\" }",
        "sửa -> quay lại a, tính lại thời hạn trong 3 ngày hết lượt -> b tối đa 2 lần { ghi chú: \"x\" }",
        "sửa -> quay lại a\n trong 3 ngày,\n tối đa 2 lần\n hết lượt -> b\n tính lại thời hạn { ghi chú: \"x\" }",
    ] {
        let tree = good(&in_step(&format!("hướng xử lý {{\n{line}\n}}")));
        assert_eq!(arrow(arrows(declarations(&tree, K::Step)[0])[0]), "sửa -> back a ×2 else b each 3 Day anew");
        assert!(arrows(declarations(&tree, K::Step)[0])[0].block.is_some());
    }
}

#[test]
fn targets() {
    let written = [
        ("a -> tiếp", "a -> next"),
        ("a -> bước ký", "a -> ký"),
        ("a -> II", "a -> II"),
        ("a -> II.3", "a -> II.3"),
        ("a → quay lại bước 2.1", "a -> back 2.1"),
        ("a -> chuyển lại b", "a -> back b"),
        ("a -> chờ \"x\" rồi kết thúc trả kết quả", "a -> wait “x” then end trả kết quả"),
        ("a -> chờ bổ sung rồi chờ \"y\" tối đa 1 ngày rồi b", "a -> wait supplement then wait “y” 1 Day then b"),
        (
            "a -> chờ bổ sung tối đa 2 tháng rồi dừng mọi nhánh, kết thúc dừng xử lý",
            "a -> wait supplement 2 Month then all end dừng xử lý",
        ),
        ("a ->\n  b", "a -> b"),
    ];
    for (line, expected) in written {
        let tree = good(&in_step(&format!("hướng xử lý {{\n{line}\nkhác -> tiếp\n}}")));
        let found: Vec<_> = arrows(declarations(&tree, K::Step)[0]).into_iter().map(arrow).collect();
        assert_eq!(found, [expected, "khác -> next"]);
    }
}

#[test]
fn a_target_and_the_next_line() {
    assert_eq!(
        arrows_of("khi a -> ký\nkhi không b -> trả\ncòn lại -> ký"),
        ["guarded if a -> ký", "guarded if không b -> trả", "otherwise -> ký"]
    );
    let tree = good(&in_step("hướng xử lý { a -> b c khi d -> e f \"F\" -> g }"));
    let found: Vec<_> = arrows(declarations(&tree, K::Step)[0]).into_iter().map(arrow).collect();
    assert_eq!(found, ["a -> b", "c if d -> e", "f “F” -> g"]);
}

#[test]
fn a_keyword_where_it_cannot_stand_is_told_and_kept() {
    for (text, words) in [
        ("thủ tục a \"x\" { bước 1 \"x\" do A }", "bước 1 \"x\" do A"),
        ("quy trình q { nhánh b { bước 1 \"x\" } }", "nhánh b"),
        ("bước 1 \"x\" do A", "bước 1 \"x\" do A"),
        ("quy trình q { song song s { bước 1 \"x\" do A } }", "bước 1 \"x\" do A"),
        ("quy trình q { bước 1 \"x\" { bước 2 \"y\" do B } }", "bước 2 \"y\" do B"),
    ] {
        let found = problems(text);
        assert!(matches!(&found[..], [(ProblemKind::Unreadable(_), at)] if at == words), "{text} {found:?}");
        assert!(names(&parse(text), K::Step).len() + names(&parse(text), K::Branch).len() >= 1);
    }
}
