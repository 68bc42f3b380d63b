//! No text panics, hangs or overflows, and every problem stands in the text.
//! `TTHC_BYTES=100000` mutates more, `TTHC_BIG=10000000` makes the large files larger.

use super::*;
use fastrand::Rng;

fn from_env(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// Parses and looks at every place in the answer.
fn check(bytes: &[u8]) -> Tree {
    let text = Text::new(bytes);
    let tree = tthc_grammar::parse(&text);
    let parsed = text.parsed();
    let mut last = 0;
    for problem in &tree.problems {
        let Span { start, end } = problem.span;
        assert!(start <= end && parsed.get(problem.span.range()).is_some(), "{problem:?} of {}", parsed.len());
        assert!(start >= last, "in order");
        last = start;
        let original = text.original_offset(start) as usize;
        assert!(text.original.is_char_boundary(original), "{problem:?}");
    }
    for statement in all(&tree) {
        match statement {
            Statement::Declaration(declaration) => assert!(parsed.get(declaration.head_span.range()).is_some()),
            Statement::Attribute(attribute) => {
                assert!(parsed.get(attribute.key_span.range()).is_some());
                attribute
                    .values
                    .iter()
                    .for_each(|value| assert!(parsed.get(value.span().range()).is_some(), "{value:?}"));
            }
            _ => {}
        }
        assert!(parsed.get(statement.span().range()).is_some(), "{statement:?}");
    }
    tree
}

#[test]
fn bytes_may_be_anything() {
    let samples: Vec<Vec<u8>> = samples().into_values().map(String::into_bytes).collect();
    let mut random = Rng::with_seed(7);
    for _ in 0..from_env("TTHC_BYTES", 400) {
        let mut bytes = samples[random.usize(..samples.len())].clone();
        for _ in 0..random.usize(..8) + 1 {
            let at = random.usize(..bytes.len());
            match random.usize(..6) {
                0 => bytes[at] ^= 1 << random.usize(..8),
                1 => drop(bytes.drain(at..(at + random.usize(..40)).min(bytes.len()))),
                2 => bytes.insert(at, random.usize(..256) as u8),
                3 => bytes.insert(at, [0, 0xFF, 0xC3, 0xE1, 0x80, b'"', b'{', b'}', b'(', b'\\'][random.usize(..10)]),
                4 => bytes.truncate(at.max(1)),
                _ => bytes[at] = b"{}()\"/*\\\n:,.->"[random.usize(..14)],
            }
            if bytes.is_empty() {
                break;
            }
        }
        check(&bytes);
    }
    for bytes in
        [&b""[..], b"\xEF\xBB\xBF", b"\0", b"\xFF\xFE", b"\"", b"/*", b"\\", b"}", b"{", b"\n\n\n", b"\r", b"thu tuc"]
    {
        check(bytes);
    }
}

#[test]
fn nesting_has_no_bottom() {
    let depth = from_env("TTHC_BIG", 1_000_000) / 10;
    let around = |inside: &str| {
        format!("thủ tục a \"x\" {{ quy trình {{ bước 1 \"x\" do A {{ rẽ nhánh {{ khi {inside} -> tiếp }} }} }} }}")
    };
    for unit in [
        "{",
        "(",
        "/*",
        "không ",
        "+ ",
        ", ",
        "\"",
        "bước 1 \"x\" { ",
        "giai đoạn a { ",
        "khi ",
        "-> ",
        "1 ngày + ",
        "chờ \"x\" rồi ",
        "}",
        ")",
        "*/",
        ": ",
    ] {
        let many = unit.repeat(depth);
        check(many.as_bytes());
        check(around(&many).as_bytes());
        check(
            format!("thủ tục a \"x\" {{ quy trình {{ bước 1 \"x\" do {many} trong 1 ngày {{ chuyển: {many} }} }} }}")
                .as_bytes(),
        );
        check(format!("{}{}", many, unit.replace('{', "}").replace('(', ")").repeat(depth)).as_bytes());
    }
}

#[test]
fn what_is_nested_too_deep_is_left_out_and_told_once() {
    let deep = "giai đoạn a { ".repeat(100) + &"} ".repeat(100);
    let tree = check(format!("quy trình q {{ {deep} bước 1 \"x\" do A }}").as_bytes());
    assert!(matches!(tree.problems[..], [Problem { kind: ProblemKind::TooDeep(_), .. }]), "{:?}", tree.problems);
    assert_eq!(names(&tree, DeclarationKind::Step), ["1"]);
    let tree = check(
        format!("quy trình q {{ bước 1 \"x\" do {}A{} trong 1 ngày }}", "(".repeat(100), ")".repeat(100)).as_bytes(),
    );
    assert!(
        tree.problems.iter().filter(|problem| matches!(problem.kind, ProblemKind::TooDeep(_))).count() == 1,
        "{:?}",
        tree.problems
    );
}

#[test]
fn large_files() {
    let size = from_env("TTHC_BIG", 1_000_000);
    let valid: String = samples().into_values().collect::<Vec<_>>().join("\n");
    let report = |what: &str, text: String| {
        let start = std::time::Instant::now();
        let tree = check(text.as_bytes());
        println!("{what:<40} {:>10} bytes {:>8.1?}  {} problems", text.len(), start.elapsed(), tree.problems.len());
        tree
    };
    assert_eq!(report("valid", valid.repeat(size / valid.len() + 1)).problems, []);
    let line = "cơ quan A \"x\" { cấp: tỉnh } ".repeat(size / 33);
    assert_eq!(report("one line", line).problems, []);
    assert_eq!(report("one string", format!("cơ quan A \"{}\"", "x y\n".repeat(size / 4))).problems, []);
    assert_eq!(
        report("one unclosed string", format!("cơ quan A \"{}", "x y\n".repeat(size / 4))).problems[0].kind,
        ProblemKind::UnclosedString(None)
    );
    report("one unclosed string, one line", format!("cơ quan A \"{}", "x y ".repeat(size / 4)));
    report("only {", "{".repeat(size));
    report("only }", "}".repeat(size));
    report("only \"", "\"".repeat(size));
    report("{ and line ends", "{\n".repeat(size / 2));
    report("unclosed steps, one line", "bước 1 \"x\" do A { loại: x ".repeat(size / 33));
    report("unclosed steps", "bước 1 \"x\" do A {\n  loại: x\n".repeat(size / 37));
    report("garbage words", "abc def ghi ".repeat(size / 12));
    report("garbage lines", "abc def ghi\n".repeat(size / 12));
    report("garbage with braces", "abc { def } ghi\n".repeat(size / 16));
    report("garbage and keys", "abc mã: x y ".repeat(size / 13));
    report(
        "arrows in a line",
        format!("quy trình q {{ bước 1 \"x\" {{ hướng xử lý {{ {} }} }} }}", "a -> b ".repeat(size / 7)),
    );
    report(
        "broken arrows",
        format!("quy trình q {{ bước 1 \"x\" {{ hướng xử lý {{ {} }} }} }}", "a b -> \n".repeat(size / 8)),
    );
    report("half a comment", format!("{}/* {}", valid, valid.repeat(size / valid.len())));
    report("no end of comments", "/* a\n".repeat(size / 5));
    report("odd quotes", "mã: \"x\nmã: \"y\"\n".repeat(size / 18));
    report("line ends", "\n".repeat(size));
}
