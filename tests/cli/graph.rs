//! `tthc graph`

use crate::{GOOD, Place, but};

#[test]
fn prints_the_picture_or_writes_it() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let run = place.tthc(&["graph", "cấp_phép.tthc"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.starts_with("<svg ") && run.out.contains("1. Tiếp nhận hồ sơ"), "{}", run.out);
    let written = place.tthc(&["graph", "cấp_phép.tthc", "--out", "hình.svg"]);
    assert_eq!((written.status, written.out.as_str()), (0, ""), "{}", written.err);
    assert_eq!(place.read("hình.svg"), run.out);
}

#[test]
fn speaks_dot_and_mermaid() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let dot = place.tthc(&["graph", "cấp_phép.tthc", "--format", "dot"]).out;
    assert!(dot.starts_with("digraph ") && dot.contains("chưa đủ"), "{dot}");
    let mermaid = place.tthc(&["graph", "cấp_phép.tthc", "--format", "mermaid"]).out;
    assert!(mermaid.starts_with("flowchart TB\n") && mermaid.contains("1 ngày làm việc"), "{mermaid}");
    // As one reads the table.
    let places = ["((", "1. Tiếp nhận hồ sơ", "2. Thẩm định", "3. Trả kết quả"].map(|text| mermaid.find(text).unwrap());
    assert!(places.is_sorted(), "{mermaid}");
    assert!(mermaid.contains("  p1n0 ==> p1n1\n"), "{mermaid}");
}

#[test]
fn what_has_errors_is_drawn_with_its_dead_ends() {
    let bad = but(GOOD, "{ loại: trả kết quả }", "");
    let place = Place::with("cấp_phép.tthc", &bad);
    let run = place.tthc(&["graph", "cấp_phép.tthc"]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("Ngõ cụt"), "{}", run.out);
    // As check does, so that nobody has to ask again; from outside too.
    assert!(run.err.contains("T201") && run.err.contains("cấp_phép.tthc:"), "{}", run.err);
    assert!(run.err.ends_with("1 tệp: 1 lỗi, 0 cảnh báo, 0 ghi chú\n"), "{}", run.err);
}

#[test]
fn nothing_to_draw_is_a_failure() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let run = place.tthc(&["graph", "cấp_phép.tthc", "--procedure", "khác"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert_eq!(run.err, "lỗi: không có thủ tục nào tên 'khác'\n");
    let run = place.tthc(&["graph", "cấp_phép.tthc", "--procedure", "cap_phep"]);
    assert_eq!(run.err, "lỗi: không có thủ tục nào tên 'cap_phep'; có phải là 'cấp_phép'?\n");
    let run = place.tthc(&["graph", "cấp_phep.tthc", "--lang", "en"]);
    let said = "error: cannot read 'cấp_phep.tthc': there is no such file or folder; did you mean 'cấp_phép.tthc'?\n";
    assert_eq!((run.status, run.err.as_str()), (2, said));
    let empty = Place::with("trống.tthc", "");
    let run = empty.tthc(&["graph", "trống.tthc"]);
    assert_eq!(run.err, "lỗi: không có quy trình nào để vẽ\n");
}

#[test]
fn a_picture_that_cannot_be_written_leaves_nothing() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let run = place.tthc(&["graph", "cấp_phép.tthc", "--out", "không/có/hình.svg"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.starts_with("lỗi: không ghi được"), "{}", run.err);
    assert_eq!(place.names("."), ["cấp_phép.tthc"]);
}
