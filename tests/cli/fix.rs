//! `tthc check --fix`

use crate::{GOOD, Place, but};

#[test]
fn safe_fixes_are_applied_and_counted() {
    let text = but(GOOD, "Trả kết quả", "Trả  kết quả").replace("thời hạn: 3 ngày", "thời hạn: 3.0 ngày");
    let place = Place::with("cấp_phép.tthc", &text);
    let run = place.tthc(&["check", "--fix"]);
    assert_eq!(run.status, 0, "{}", run.out);
    assert_eq!(run.err, "đã sửa 2 chỗ trong 1 tệp\n");
    assert_eq!(run.out, "1 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\n");
    assert_eq!(place.read("cấp_phép.tthc"), but(GOOD, "thời hạn: 3 ngày", "thời hạn: 3,0 ngày"));
    assert_eq!(place.names(""), ["cấp_phép.tthc"], "no temporary file is left");
}

#[test]
fn what_changes_the_meaning_is_left_alone() {
    let text = but(GOOD, "{ loại: phê duyệt }", "{ loại: phê duyệt }\n    chuyen_vien -> x");
    let text = but(&text, "bước 3 \"Trả kết quả\" do chuyên_viên", "bước 3 \"Trả kết quả\" do chuyên_vien");
    let place = Place::with("cấp_phép.tthc", &text);
    let run = place.tthc(&["check", "--fix"]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("cách sửa: Sửa thành “chuyên_viên”"), "{}", run.out);
    assert_eq!(run.err, "đã sửa 0 chỗ trong 0 tệp\n");
    assert_eq!(place.read("cấp_phép.tthc"), text);
}

#[test]
fn byte_order_mark_and_line_ends_stay() {
    let crlf = |text: &str| format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
    let place = Place::with("cấp_phép.tthc", &crlf(&but(GOOD, "Trả kết quả", "Trả  kết quả")));
    assert_eq!(place.tthc(&["check", "--fix"]).status, 0);
    assert_eq!(place.read("cấp_phép.tthc"), crlf(GOOD));
}

#[test]
fn only_what_was_asked_for_is_changed() {
    let sloppy = but(GOOD, "Trả kết quả", "Trả  kết quả");
    let place = Place::with("a.tthc", &sloppy);
    place.write("b.tthc", &sloppy);
    place.write("tthc.toml", "");
    let run = place.tthc(&["check", "--fix", "a.tthc"]);
    assert_eq!(run.err, "đã sửa 1 chỗ trong 1 tệp\n");
    assert_eq!(place.read("a.tthc"), GOOD);
    assert_eq!(place.read("b.tthc"), sloppy);
}

#[test]
fn a_file_that_is_not_utf8_is_left_alone() {
    let sloppy = but(GOOD, "Trả kết quả", "Trả  kết quả");
    let mut bytes = sloppy.into_bytes();
    bytes.extend(b"// \xFF\n");
    let place = Place::empty();
    place.write("cấp_phép.tthc", &bytes);
    let run = place.tthc(&["check", "--fix"]);
    assert_eq!(run.status, 1, "{}", run.out);
    assert!(run.err.starts_with("đã sửa 0 chỗ"), "{}", run.err);
    assert_eq!(std::fs::read(place.path("cấp_phép.tthc")).unwrap(), bytes);
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_root_is_not_followed() {
    let sloppy = but(GOOD, "Trả kết quả", "Trả  kết quả");
    let place = Place::with("ngoài.tthc", &sloppy);
    place.write("p/tthc.toml", "");
    std::os::unix::fs::symlink(place.path("ngoài.tthc"), place.path("p/cấp_phép.tthc")).unwrap();
    let run = place.tthc(&["check", "--fix", "p/cấp_phép.tthc"]);
    assert_eq!(run.status, 2);
    assert!(run.err.contains("nằm ngoài dự án nên không được sửa"), "{}", run.err);
    assert_eq!(place.read("ngoài.tthc"), sloppy);
}

#[cfg(unix)]
#[test]
fn permissions_stay() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with("cấp_phép.tthc", &but(GOOD, "Trả kết quả", "Trả  kết quả"));
    let path = place.path("cấp_phép.tthc");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(place.tthc(&["check", "--fix"]).err, "đã sửa 1 chỗ trong 1 tệp\n");
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
}
