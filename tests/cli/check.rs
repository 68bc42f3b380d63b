//! `tthc check`: exit statuses, which files, what is printed where.

use crate::{GOOD, Place, but, command};
use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

/// A name that is not declared.
fn bad() -> String {
    but(GOOD, "do chuyên_viên trong 1 ngày làm việc { loại: trả", "do chuyên_vien trong 1 ngày làm việc { loại: trả")
}

/// A label with a blank too many: a warning.
fn sloppy() -> String {
    but(GOOD, "Trả kết quả", "Trả  kết quả")
}

#[test]
fn statuses() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let run = place.tthc(&["check"]);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (0, "1 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\n", ""));

    place.write("cấp_phép.tthc", sloppy());
    let run = place.tthc(&["check"]);
    assert_eq!(run.status, 0, "{}", run.out);
    assert!(run.out.starts_with("cấp_phép.tthc:24:12: cảnh báo T702 blanks-in-label: "), "{}", run.out);
    assert_eq!(place.tthc(&["check", "--deny", "warnings"]).status, 1);

    place.write("cấp_phép.tthc", bad());
    let run = place.tthc(&["check"]);
    assert_eq!(run.status, 1);
    assert!(run.out.starts_with("cấp_phép.tthc:24:29: lỗi T101 unknown-name: "), "{}", run.out);
    assert!(run.out.contains("\n  gợi ý: Có phải ý là “chuyên_viên”?\n"), "{}", run.out);
    assert!(run.out.ends_with("\n1 tệp: 1 lỗi, 0 cảnh báo, 0 ghi chú\n"), "{}", run.out);
    assert_eq!(run.err, "");
}

#[test]
fn failures_of_the_run_itself() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let cases: [(&[&str], &str); 8] = [
        (&["check", "không có.tthc"], "lỗi: không đọc được 'không có.tthc': không có tệp hay thư mục này\n"),
        (&["check", "--lang", "en", "no.tthc"], "error: cannot read 'no.tthc': there is no such file or folder\n"),
        (&["check", "--wrong"], "lỗi: không có tham số '--wrong'\n"),
        (&["chekc"], "lỗi: không có lệnh 'chekc'; có phải là 'check'?\n"),
        (&["check", "--format", "xml"], "lỗi: '--format' không nhận giá trị 'xml'; chọn một trong: human, json"),
        (&["check", "--format"], "lỗi: '--format' cần có một giá trị"),
        (&["build"], "lỗi: thiếu tham số --out <THƯ MỤC>\n"),
        (&["check", "--fix", "-"], "lỗi: --fix không dùng được với '-'\n"),
    ];
    for (arguments, expected) in cases {
        let run = place.tthc(arguments);
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.err.starts_with(expected), "{arguments:?}: {}", run.err);
        assert_eq!(run.out, "", "{arguments:?}");
    }
}

#[test]
fn english() {
    let place = Place::with("cấp_phép.tthc", &bad());
    let run = place.tthc(&["--lang", "en", "check"]);
    assert!(run.out.starts_with("cấp_phép.tthc:24:29: error T101 unknown-name: There is no "), "{}", run.out);
    assert!(run.out.ends_with("\n1 file: 1 error, 0 warnings, 0 notes\n"), "{}", run.out);
}

#[test]
fn blanks_and_vietnamese_letters_in_paths() {
    let place = Place::with("thủ tục/của sở/cấp_phép.tthc", &bad());
    for path in [".", "thủ tục", "thủ tục/của sở/cấp_phép.tthc", "./thủ tục/../thủ tục/của sở"]
    {
        let run = place.tthc(&["check", path]);
        assert_eq!(run.status, 1);
        assert!(run.out.starts_with("thủ tục/của sở/cấp_phép.tthc:24:29: lỗi T101"), "{path}: {}", run.out);
    }
    let inside = place.path("thủ tục");
    let output = command(&inside, &["check", "của sở"]).output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().starts_with("của sở/cấp_phép.tthc:24:29: "));
}

#[test]
fn standard_input() {
    let place = Place::empty();
    let run = place.tthc_reading(&["check", "-"], bad().as_bytes());
    assert_eq!(run.status, 1);
    assert!(run.out.starts_with("-:24:29: lỗi T101 "), "{}", run.out);
    assert!(!run.out.contains("T705"), "a text without a file has no file name to complain of: {}", run.out);
    assert_eq!(place.tthc_reading(&["check", "-"], GOOD.as_bytes()).status, 0);
}

#[test]
fn columns_are_those_of_the_file_as_it_stands() {
    // The same text in NFD, with a byte order mark and CRLF: `ề` is three characters there.
    let nfd = |text: &str| text.replace('ề', "e\u{302}\u{300}").replace('\n', "\r\n");
    let text = bad().replace("Trả kết quả", "Về kết quả");
    let place = Place::with("cấp_phép.tthc", &format!("\u{FEFF}{}", nfd(&text)));
    let run = place.tthc(&["check", "--format", "json"]);
    let found = run.json();
    let range = &found["diagnostics"][0]["range"];
    assert_eq!(range["start"], serde_json::json!({ "line": 24, "column": 30 }), "{}", run.out);
    assert_eq!(range["end"], serde_json::json!({ "line": 24, "column": 41 }), "{}", run.out);
}

/// As the editor counts them.
#[test]
fn lines_may_end_in_a_carriage_return_alone() {
    let place = Place::with("cấp_phép.tthc", &bad());
    let expected = place.tthc(&["check", "--format", "json"]).json()["diagnostics"][0]["range"].clone();
    place.write("cấp_phép.tthc", bad().replace('\n', "\r"));
    let run = place.tthc(&["check", "--format", "json"]);
    assert_eq!(run.json()["diagnostics"][0]["range"], expected, "{}", run.out);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let place = Place::empty();
    let many: String = (0..3000).map(|n| format!("cơ quan A{n} \"Cơ quan  số {n}\" {{ sai: 1 }}\n")).collect();
    place.write("nhiều.tthc", many);
    let mut child = command(&place.path(""), &["check"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("nhiều.tthc:1:"), "{first}");
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(err, "");
    assert_eq!(child.wait().unwrap().code(), Some(1), "the verdict does not depend on the reader");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_takes_nothing_is_a_failure() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = command(&place.path(""), &["check"]).stdout(full).stderr(Stdio::piped()).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(err.starts_with("lỗi: không ghi được ra đầu ra chuẩn: "), "{err}");
}

#[test]
fn output_does_not_depend_on_threads() {
    let place = Place::empty();
    for n in 0..40 {
        place.write(&format!("{}/x{n}.tthc", n % 7), bad());
    }
    let run = |threads: &str| {
        let mut command = command(&place.path(""), &["check", "--format", "json"]);
        command.env("RAYON_NUM_THREADS", threads).output().unwrap().stdout
    };
    let first = run("1");
    assert!(first.len() > 10_000);
    assert_eq!(first, run("8"));
    assert_eq!(first, run("3"));
}

#[test]
fn drawn_for_a_terminal() {
    let place = Place::with("cấp_phép.tthc", &but(&bad(), "    bước 3", "\tbước 3"));
    let run = place.tthc(&["check", "--color", "always"]);
    assert!(run.out.contains("\x1b[31mlỗi T101 (unknown-name)\x1b[0m"), "{}", run.out);
    assert!(run.out.contains("cấp_phép.tthc:24:26"), "columns are characters, a tab is one: {}", run.out);
    let plain: String = run.out.split('\x1b').map(|part| part.split_once('m').map_or(part, |(_, text)| text)).collect();
    let lines: Vec<&str> = plain.lines().collect();
    let at = lines.iter().position(|line| line.contains("chuyên_vien trong")).unwrap();
    let column = |line: &str, text: &str| line.find(text).map(|at| line[..at].chars().count());
    assert_eq!(column(lines[at], "chuyên_vien"), column(lines[at + 1], "───────────"), "{plain}");
    let run = place.tthc(&["check", "--color", "never"]);
    assert!(!run.out.contains('\x1b'));
}

/// What the end of the district level breaks in the example province.
#[test]
fn the_law_of_a_day_that_is_asked_for() {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/examples");
    let place = Place::empty();
    let run = place.tthc(&["check", examples, "--deny", "warnings"]);
    assert_eq!(run.status, 0, "{}", run.out);
    let run = place.tthc(&["check", examples, "--date", "2025-06-30"]);
    assert!(!run.out.contains("T404"), "{}", run.out);
    let run = place.tthc(&["check", examples, "--date", "2025-07-01"]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("T404"), "{}", run.out);
    assert!(run.out.contains("Xét ngày 01/07/2025: UBND huyện là cơ quan cấp huyện, đã không còn"), "{}", run.out);
    let run = place.tthc(&["check", "--date", "01/07/2025"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("viết năm-tháng-ngày"), "{}", run.err);
}

#[test]
fn nothing_to_check() {
    let run = Place::empty().tthc(&["check"]);
    assert_eq!((run.status, run.out.as_str()), (0, "0 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\n"));
    assert_eq!(run.err, "không có tệp .tthc nào\n");
}
