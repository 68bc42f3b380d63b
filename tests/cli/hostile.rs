//! What nobody means well: folders that never end, outputs that take nothing, labels that would be markup.

use crate::{GOOD, Place, but};

/// A label that would end an attribute, a comment, a cell, a string of DOT or a line of Mermaid.
const LABEL: &str = "=SUM(A1) ]]> --> </text><script>alert(1)</script> &amp; ' \\\" ]; } -->|x| \\\\";

fn hostile() -> String {
    but(&but(GOOD, "Thẩm định, phê duyệt", LABEL), "Cấp giấy phép", LABEL)
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_walked_once() {
    let place = Place::with("dự án/cấp_phép.tthc", GOOD);
    std::os::unix::fs::symlink("..", place.path("dự án/lên trên")).unwrap();
    std::os::unix::fs::symlink("vòng", place.path("dự án/vòng")).unwrap();
    let run = place.tthc(&["check", "dự án"]);
    assert_eq!((run.status, run.out.as_str()), (0, "1 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\n"), "{}", run.err);
    let run = place.tthc(&["check", "dự án/vòng"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.err);
    assert!(run.err.contains("dự án/vòng"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_file_that_leads_nowhere_is_named() {
    let place = Place::with("a.tthc", GOOD);
    std::os::unix::fs::symlink("không có.tthc", place.path("b.tthc")).unwrap();
    let run = place.tthc(&["check", "b.tthc"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("b.tthc"), "{}", run.err);
}

#[test]
fn an_output_folder_that_is_a_file_is_left_alone() {
    let place = Place::with("a.tthc", GOOD);
    place.write("ra", "của tôi");
    for command in ["build", "doc"] {
        let run = place.tthc(&[command, "a.tthc", "--out", "ra"]);
        assert_eq!(run.status, 2, "{command}: {}", run.out);
        assert!(run.err.contains("'ra'") || run.err.contains("/ra'"), "{command}: {}", run.err);
        assert_eq!(place.read("ra"), "của tôi");
        assert_eq!(place.names(""), ["a.tthc", "ra"], "{command}");
    }
}

#[test]
fn paths_with_blanks_and_marks() {
    let place = Place::with("Tỉnh Lào Cai/thủ tục số 1.tthc", GOOD);
    let run = place.tthc(&["build", "Tỉnh Lào Cai", "--out", "kết quả ở đây"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(place.names("kết quả ở đây").len(), 1);
    let run = place.tthc(&["check", "Tỉnh Lào Cai/thủ tục số 1.tthc"]);
    assert_eq!(run.status, 0, "{}", run.err);
}

/// XML as others read it; what it says must be what was written.
fn texts(xml: &str) -> String {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    let nodes = document.descendants();
    let attributes = nodes.clone().flat_map(|node| node.attributes().map(|attribute| attribute.value().to_string()));
    nodes.filter_map(|node| node.text().map(String::from)).chain(attributes).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_label_becomes_markup() {
    let written = LABEL.replace("\\\"", "\"").replace("\\\\", "\\");
    let place = Place::with("a.tthc", &hostile());
    for target in ["bpmn", "camunda7", "camunda8", "flowable", "spiff", "bpmn-engine"] {
        let run = place.tthc(&["build", "--target", target, "--out", target]);
        assert_eq!(run.status, 0, "{}", run.err);
        for name in place.names(target) {
            assert!(texts(&place.read(&format!("{target}/{name}"))).contains(&written), "{target}/{name}");
        }
    }
    let run = place.tthc(&["graph", "a.tthc"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(!texts(&run.out).is_empty() && !run.out.contains("<script"), "{}", run.out);
    let run = place.tthc(&["graph", "a.tthc", "--format", "mermaid"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(!run.out.contains("<script") && !run.out.contains("</text>"), "{}", run.out);
    let run = place.tthc(&["graph", "a.tthc", "--format", "dot"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let quotes = run.out.replace("\\\\", "").replace("\\\"", "").matches('"').count();
    assert!(run.out.contains("alert(1)") && quotes.is_multiple_of(2), "{}", run.out);
    let run = place.tthc(&["report", "--format", "html"]);
    assert!(!run.out.contains("<script"), "{}", run.out);
    let run = place.tthc(&["report", "--format", "csv"]);
    assert!(!run.out.contains(",=SUM") && !run.out.contains("\"=SUM"), "{}", run.out);
}
