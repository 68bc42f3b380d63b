//! A source with every key of the language: each of its texts is in what a target writes, or T503 says that it is not.

use super::{common, settings, text};
use std::io::Read;
use tthc_compiler::diagnostic::{Diagnostic, Severity};
use tthc_compiler::target::{self, Output};
use tthc_grammar::keywords::Key;

const SOURCE: &str = include_str!("everything.tthc");

/// The source without what some targets refuse.
fn narrowed() -> String {
    let mut left_out = false;
    let kept = SOURCE.lines().filter(|line| {
        let line = line.trim();
        left_out |= line.starts_with("// ") && line.ends_with('{');
        let keep = !left_out;
        left_out &= line != "// }";
        keep
    });
    kept.collect::<Vec<_>>().join("\n")
}

/// Everything that is written, packages unpacked.
fn said(outputs: &[Output]) -> String {
    let mut all = String::new();
    for output in outputs {
        match output.path.ends_with(".zip") {
            true => {
                let mut package = zip::ZipArchive::new(std::io::Cursor::new(&output.bytes)).unwrap();
                for part in 0..package.len() {
                    package.by_index(part).unwrap().read_to_string(&mut all).unwrap();
                }
            }
            false => all.push_str(text(output)),
        }
    }
    all
}

/// Texts of the source that no output has and T503 does not name, each with its line.
fn lost(name: &str, source: &str) -> Vec<String> {
    let (target, json) = (target::find(name).unwrap(), target::find("json").unwrap());
    let project = common::project(source, settings(target));
    let findings = project.check();
    let outputs = (target.build)(&project, &findings);
    let errors: Vec<&Diagnostic> = findings.iter().filter(|found| found.severity == Severity::Error).collect();
    assert!(errors.is_empty() && !outputs.is_empty(), "{name}: {errors:?}");
    let told: Vec<&str> =
        findings.iter().filter(|found| found.code == "T503").map(|found| found.message.vi.as_str()).collect();
    let (written, defined) = (said(&outputs), said(&(json.build)(&project, &findings)));
    let (mut lost, mut around) = (Vec::new(), Vec::new());
    for line in source.lines().filter(|line| name == "json" || !line.starts_with("///")) {
        for word in line.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with("chữ")) {
            let before = line.split(word).next().unwrap_or_default();
            // What no procedure of a narrowed source needs is in no definition either.
            let is_wanted = name == "json" || defined.contains(word);
            if is_wanted && !written.contains(word) && !is_named(before, line, &around, &told) {
                lost.push(format!("{name}: {word} in “{}”", line.trim()));
            }
        }
        if line.trim_end().ends_with('{') {
            around.push(line.trim());
        } else if line.trim() == "}" {
            around.pop();
        }
    }
    lost
}

/// Whether one of the messages names the key before a text, or a block around it.
fn is_named(before: &str, line: &str, around: &[&str], told: &[&str]) -> bool {
    let before = before.rsplit_once('"').map_or(before, |(before, _)| before);
    let key = Key::ALL.iter().map(|key| key.phrase()).filter(|key| before.trim_end().ends_with(&format!("{key}:")));
    let says = |words: &str| told.iter().any(|told| told.contains(words));
    let line = line.trim();
    let inner = around.last().copied().filter(|_| !line.starts_with("bước "));
    let blocks = inner.into_iter().chain([line]);
    let blocks = blocks.filter_map(|line| BLOCKS.into_iter().find(|block| line.starts_with(&format!("{block} "))));
    let performs = line.starts_with("bước ") && before.contains(" do ");
    let of_step = (performs || around.iter().any(|line| line.starts_with("bước "))) && says("lời hướng dẫn");
    let mut phrases = key.max_by_key(|key| key.len()).into_iter().chain(blocks).map(|phrase| format!("“{phrase}”"));
    of_step || phrases.any(|phrase| says(&phrase))
}

/// Blocks that T503 names as a whole.
const BLOCKS: [&str; 10] = [
    "lịch",
    "biểu mẫu",
    "giai đoạn",
    "cơ quan",
    "bộ phận",
    "cử",
    "ủy quyền",
    "phân công",
    "thành phần hồ sơ",
    "thông tin hồ sơ",
];

#[test]
fn every_key_of_the_language_is_in_the_source() {
    let stands = |key: &Key| {
        let phrase = key.phrase();
        match key {
            Key::ShareOf => SOURCE.contains(&format!("{phrase} ")),
            _ => SOURCE.contains(&format!("{phrase}:")),
        }
    };
    let missing: Vec<&str> = Key::ALL.iter().filter(|key| !stands(key)).map(|key| key.phrase()).collect();
    assert_eq!(missing, ["quy trình", "chuyển", "kết thúc"]);
}

#[test]
fn what_a_source_says_is_written_or_named() {
    let mut lost: Vec<String> = ["json", "bpmn", "camunda7", "camunda8", "flowable", "spiff", "bpmn-engine"]
        .into_iter()
        .flat_map(|name| self::lost(name, SOURCE))
        .collect();
    lost.extend(["opencps", "reactflow"].into_iter().flat_map(|name| self::lost(name, &narrowed())));
    assert!(lost.is_empty(), "{}", lost.join("\n"));
}

/// The test above would be worth nothing if it took whatever is written.
#[test]
fn a_text_that_is_nowhere_is_seen() {
    let told = ["Đích “x” không có chỗ cho “căn cứ”, “ghi chú” của giai đoạn"];
    assert!(is_named("  căn cứ: \"Luật ", "  căn cứ: \"Luật chữ01\"", &[], &told));
    assert!(!is_named("  ban hành theo: \"Số ", "  ban hành theo: \"Số chữ01\"", &[], &told));
    assert!(!is_named("  bước 1 \"Nhận ", "  bước 1 \"Nhận chữ01\"", &["giai đoạn I {"], &told));
}

/// Keys without a text of their own, by the block that says them.
#[test]
fn what_opencps_has_no_field_for_is_named_by_key_and_block() {
    let source = narrowed();
    let target = target::find("opencps").unwrap();
    let findings = common::project(&source, settings(target)).check();
    let told: String = findings.iter().filter(|it| it.code == "T503").map(|it| it.message.vi.clone() + "\n").collect();
    for (block, keys) in [
        ("cơ quan", &["loại", "một cửa", "thẩm quyền ký", "lịch", "tiếp nhận sau 15 giờ"][..]),
        ("vai trò", &["mã", "thẩm quyền ký", "ghi chú"]),
        ("trường hợp", &["mã", "4 tại chỗ", "5 tại chỗ", "tiếp nhận sau 15 giờ", "hiệu lực"]),
    ] {
        for key in keys {
            assert!(told.contains(&format!("“{key}” của {block}")), "{key} {block}: {told}");
        }
    }
}
