//! Slips that have a fix of their own, and where they have none.

use super::reading::{in_step, problems};
use super::*;

fn slip(text: &str) -> (Slip, String, String) {
    match &problems(text)[..] {
        [(ProblemKind::Slip(slip, Some(fix)), words)] => (*slip, words.clone(), fix.clone()),
        other => panic!("{text}\n{other:?}"),
    }
}

/// The text with the fix of its only slip applied.
fn mended(text: &str) -> String {
    let tree = parse(text);
    let [Problem { kind: ProblemKind::Slip(_, Some(fix)), span }] = &tree.problems[..] else {
        panic!("{:?}", tree.problems)
    };
    format!("{}{fix}{}", &text[..span.start as usize], &text[span.end as usize..])
}

#[test]
fn slips_have_a_fix_that_mends_them() {
    let cases = [
        (in_step("hướng xử lý { a -> tiếp khi b = c }"), Slip::GuardAfterTarget, "khi b = c -> tiếp"),
        (in_step("thời gian: 2 ngày 4 giờ"), Slip::MissingPlus, "+ "),
        ("thủ tục a \"x\" { hiệu lực: 01/03/2020 }".into(), Slip::MissingFrom, "từ "),
        (in_step("loại thẩm định"), Slip::MissingColon, ":"),
        (in_step("nội dung \"x\""), Slip::MissingColon, ":"),
        ("thủ tục a \"x\" { phần của B 5 ngày }".into(), Slip::MissingColon, ":"),
        ("thủ tục a \"x\" { cơ quan thực hiện STC }".into(), Slip::MissingColon, ":"),
        (in_step("thực hiện: a và b hoặc c"), Slip::MixedPerformers, "(a và b)"),
        ("quy trình q { bước 1 \"x\" do a, b hoặc c trong 1 ngày }".into(), Slip::MixedPerformers, "(a, b)"),
    ];
    for (text, expected, fix) in cases {
        let (found, _, replacement) = slip(&text);
        assert_eq!((found, replacement.as_str()), (expected, fix), "{text}");
        good(&mended(&text));
    }
}

/// The condition already has its place, or cannot be told from what follows.
#[test]
fn a_late_condition_is_not_moved_where_that_would_not_be_read() {
    for lines in [
        "a khi x -> tiếp khi b > 4",
        "khi x -> tiếp khi b > 4",
        "còn lại -> tiếp khi b",
        "a -> tiếp khi b thuộc (c, d) -> 4",
        "a -> tiếp khi b  c -> tiếp",
        "a -> /* rồi - mới */ tiếp khi b",
    ] {
        let found = problems(&in_step(&format!("hướng xử lý {{\n{lines}\n}}")));
        let slips = found.iter().filter(|(kind, _)| matches!(kind, ProblemKind::Slip(Slip::GuardAfterTarget, None)));
        assert_eq!(slips.count(), 1, "{lines} {found:?}");
    }
}

#[test]
fn a_number_of_times_belongs_behind_its_own_target() {
    for (line, behind) in [
        ("a -> chờ bổ sung tối đa 1 lần rồi quay lại b|", true),
        ("a -> chờ bổ sung tối đa 1 lần rồi quay lại b|  c -> tiếp", true),
        ("a -> chờ bổ sung tối đa 1 lần rồi quay lại b| // theo Điều 5", true),
        ("a -> chờ bổ sung tối đa 1 lần\n rồi quay lại b|, hết lượt -> kết thúc trả hồ sơ", true),
        ("a -> chờ bổ sung tối đa 1 lần rồi quay lại b tối đa 2 lần", false),
        ("a -> chờ bổ sung tối đa 1 lần, tối đa 30 ngày rồi quay lại b", false),
        ("a -> chờ bổ sung tối đa 1 lần rồi chờ \"x\" tối đa 2 lần rồi quay lại b", false),
        ("a -> quay lại b hết lượt -> chờ bổ sung tối đa 1 lần rồi tiếp", false),
    ] {
        let text = in_step(&format!("hướng xử lý {{\n{}\n}}", line.replace('|', "")));
        let found = parse(&text).problems.into_iter().find_map(|problem| match problem.kind {
            ProblemKind::TimesInWait(behind) => Some((text[problem.span.range()].to_string(), behind)),
            _ => None,
        });
        let expected = in_step(&format!("hướng xử lý {{\n{line}\n}}")).find('|').map(|at| at as u32);
        assert_eq!(found, Some(("tối đa 1 lần".to_string(), expected)), "{line}");
        assert_eq!(expected.is_some(), behind, "{line}");
    }
}
