//! `tthc build`

use crate::{GOOD, Place, but};

#[test]
fn writes_each_procedure_and_the_same_bytes_again() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let run = place.tthc(&["build", "--out", "kết quả/json"]);
    assert_eq!((run.status, run.out.as_str()), (0, ""), "{}", run.err);
    assert!(run.err.ends_with("đã ghi 1 tệp vào kết quả/json\n"), "{}", run.err);
    let names = place.names("kết quả/json");
    assert_eq!(names.len(), 1, "{names:?}");
    let path = format!("kết quả/json/{}", names[0]);
    let first = place.read(&path);
    let value: serde_json::Value = serde_json::from_str(&first).unwrap();
    assert!(value["formatVersion"].is_string(), "{first}");
    assert_eq!(place.tthc(&["build", "--out", "kết quả/json"]).status, 0);
    assert_eq!(place.read(&path), first);
    assert_eq!(place.names("kết quả/json"), names, "no temporary file is left");
}

#[test]
fn writes_nothing_for_a_procedure_with_errors() {
    let bad = but(GOOD, "do SXD trong", "do SDX trong");
    let place = Place::with("cấp_phép.tthc", &bad);
    let run = place.tthc(&["build", "--out", "out"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""));
    assert!(run.err.starts_with("cấp_phép.tthc:23:38: lỗi T101 unknown-name: "), "{}", run.err);
    assert!(run.err.ends_with("đã ghi 0 tệp vào out\n"), "{}", run.err);
    assert!(!place.path("out").exists());
}

#[test]
fn an_error_in_an_import_is_said() {
    let (agency, procedure) = GOOD.split_at(GOOD.find("thủ tục").unwrap());
    let place = Place::with("a/cấp_phép.tthc", &format!("dùng \"../cơ_quan.tthc\"\n{procedure}"));
    place.write("cơ_quan.tthc", but(agency, "cấp: tỉnh", "cấp: tinhr"));
    let run = place.tthc(&["build", "a", "--out", "out"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("cơ_quan.tthc:3:8: lỗi T104 "), "{}", run.err);
}

#[test]
fn an_output_that_cannot_be_written_is_a_failure() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    place.write("out", "a file");
    let run = place.tthc(&["build", "--out", "out"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("lỗi: không ghi được 'out"), "{}", run.err);
    assert_eq!(place.read("out"), "a file");
}

/// On many disks one file would replace the other.
#[test]
fn outputs_that_differ_in_case_only_are_a_failure() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let code = GOOD.lines().find(|line| line.trim().starts_with("mã:")).unwrap_or_default();
    let other = GOOD.replace("thủ tục cấp_phép", "thủ tục CẤP_PHÉP").replace(code, "");
    place.write("b/cấp_phép.tthc", other);
    let run = place.tthc(&["build", "--out", "out"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.err);
    assert!(run.err.contains("chỉ khác chữ hoa, chữ thường"), "{}", run.err);
    assert!(!place.path("out").exists());
}

#[test]
fn an_unknown_target_is_a_failure() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let run = place.tthc(&["build", "--out", "out", "--target", "pdf"]);
    assert_eq!(run.status, 2);
    assert!(run.err.starts_with("lỗi: không có đích 'pdf'; các đích hiện có: json ("), "{}", run.err);
}

#[test]
fn builds_only_what_was_asked_for() {
    let place = Place::with("a/cấp_phép.tthc", GOOD);
    place.write("b/gia_hạn.tthc", but(&but(GOOD, "thủ tục cấp_phép", "thủ tục gia_hạn"), "1.009974", "1.009975"));
    place.write("tthc.toml", "");
    let run = place.tthc(&["build", "b", "--out", "out"]);
    assert_eq!((run.status, run.err.as_str()), (0, "1 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\nđã ghi 1 tệp vào out\n"));
    assert_eq!(place.names("out"), ["gia_hạn.json"]);
}

/// Where files may not grow any more, the signal that says so does not end the program with half a file.
#[cfg(unix)]
#[test]
fn a_limit_on_the_size_of_files_is_a_failure_that_leaves_nothing() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    let script = format!("ulimit -f 1; exec '{}' build --out out", env!("CARGO_BIN_EXE_tthc"));
    let run = std::process::Command::new("sh").args(["-c", &script]).current_dir(place.path(".")).output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(said.contains("lỗi: không ghi được 'out"), "{said}");
    assert_eq!(place.names("out"), [""; 0]);
}
