//! `tthc fmt`

use crate::{GOOD, Place, but};

fn ugly() -> String {
    but(GOOD, "  thời hạn: 3 ngày làm việc", "      thoi han:3   ngay lam viec")
}

/// The good text as the formatter writes it.
fn formatted() -> String {
    Place::empty().tthc_reading(&["fmt", "--stdin"], GOOD.as_bytes()).out
}

#[test]
fn check_names_the_files_that_would_change() {
    let place = Place::with("b/xấu.tthc", &ugly());
    place.write("a/tốt.tthc", formatted());
    let run = place.tthc(&["fmt", "--check"]);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (1, "b/xấu.tthc\n", ""));
    assert_eq!(place.read("b/xấu.tthc"), ugly(), "nothing is written");
    assert_eq!(place.tthc(&["fmt", "--check", "a"]).status, 0);
}

#[test]
fn formats_in_place_and_twice_changes_nothing_more() {
    let place = Place::with("xấu.tthc", &ugly());
    let run = place.tthc(&["fmt"]);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, "", "đã viết lại 1 tệp\n"));
    assert_eq!(place.read("xấu.tthc"), formatted());
    let run = place.tthc(&["fmt"]);
    assert_eq!((run.status, run.err.as_str()), (0, "đã viết lại 0 tệp\n"));
}

#[test]
fn standard_input_to_standard_output() {
    let place = Place::empty();
    let run = place.tthc_reading(&["fmt", "--stdin"], ugly().as_bytes());
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert_eq!(run.out, formatted());
    let run = place.tthc_reading(&["fmt", "--stdin", "--check"], ugly().as_bytes());
    assert_eq!((run.status, run.out.as_str()), (1, "-\n"));
}

#[test]
fn a_file_with_syntax_errors_is_left_alone() {
    let broken = but(GOOD, "thời hạn: 3 ngày làm việc", "thời hạn: ba ngày {");
    let place = Place::with("hỏng.tthc", &broken);
    place.write("xấu.tthc", ugly());
    let run = place.tthc(&["fmt"]);
    assert_eq!(run.status, 1);
    assert_eq!(run.err, "hỏng.tthc: có lỗi cú pháp nên để nguyên; xem: tthc check 'hỏng.tthc'\nđã viết lại 1 tệp\n");
    assert_eq!(place.read("hỏng.tthc"), broken);
    assert_eq!(place.read("xấu.tthc"), formatted());
    let run = place.tthc_reading(&["fmt", "--stdin"], broken.as_bytes());
    assert_eq!((run.status, run.out.as_str()), (1, ""));
}

#[test]
fn paths_and_stdin_exclude_each_other() {
    let run = Place::empty().tthc(&["fmt", "--stdin", "a.tthc"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("không dùng cùng với"), "{}", run.err);
}

#[test]
fn line_ends_and_byte_order_mark_stay() {
    let windows = |text: &str| format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    let place = Place::with("tốt.tthc", &windows(&formatted()));
    place.write("xấu.tthc", windows(&ugly()));
    let run = place.tthc(&["fmt", "--check"]);
    assert_eq!((run.status, run.out.as_str()), (1, "xấu.tthc\n"));
    assert_eq!(place.tthc(&["fmt"]).status, 0);
    assert_eq!(place.read("xấu.tthc"), windows(&formatted()));
}
