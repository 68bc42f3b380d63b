//! Roots, imports and settings.

use crate::{GOOD, Place, but};

const AGENCIES: &str = "cơ quan SXD \"Sở Xây dựng\" {\n  cấp: tỉnh\n  một cửa: có\n  thẩm quyền ký: có\n  vai trò chuyên_viên \"Chuyên viên\"\n}\n";

/// The good procedure with its agency in another file.
fn importing(path: &str) -> String {
    let procedure = &GOOD[GOOD.find("thủ tục").unwrap()..];
    format!("dùng \"{path}\"\n{procedure}")
}

fn project() -> Place {
    let place = Place::with("dự án/thủ_tục/cấp_phép.tthc", &importing("../chung/cơ_quan.tthc"));
    place.write("dự án/chung/cơ_quan.tthc", AGENCIES);
    place.write("dự án/tthc.toml", "");
    place
}

#[test]
fn imports_outside_the_given_paths_are_read_but_not_reported() {
    let place = project();
    let run = place.tthc(&["check", "dự án/thủ_tục/cấp_phép.tthc"]);
    assert_eq!((run.status, run.out.as_str()), (0, "1 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\n"));
    place.write("dự án/chung/cơ_quan.tthc", but(AGENCIES, "cấp: tỉnh", "cấp: tinhr"));
    let run = place.tthc(&["check", "dự án/thủ_tục"]);
    assert_eq!((run.status, run.out.as_str()), (0, "1 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\n"));
    let run = place.tthc(&["check", "dự án"]);
    assert_eq!(run.status, 1);
    assert!(run.out.starts_with("dự án/chung/cơ_quan.tthc:2:8: lỗi T104 "), "{}", run.out);
}

#[test]
fn a_shared_file_is_judged_with_the_files_that_use_it() {
    let place = project();
    let run = place.tthc(&["check", "dự án/chung"]);
    assert_eq!((run.status, run.out.as_str()), (0, "1 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\n"));
}

#[test]
fn imports_without_a_project_file() {
    let place = project();
    std::fs::remove_file(place.path("dự án/tthc.toml")).unwrap();
    // Below the current folder that folder is the root.
    assert_eq!(place.tthc(&["check", "dự án/thủ_tục"]).out, "1 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\n");
    // Elsewhere the root is the folder that was named.
    let folder = place.path("dự án");
    let run = Place::empty().tthc(&["check", folder.to_str().unwrap()]);
    assert_eq!((run.status, run.out.as_str()), (0, "2 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\n"));
}

#[test]
fn an_import_outside_the_root() {
    let place = project();
    place.write("ngoài.tthc", AGENCIES);
    place.write("dự án/thủ_tục/cấp_phép.tthc", importing("../../ngoài.tthc"));
    let run = place.tthc(&["check", "dự án/thủ_tục"]);
    assert_eq!(run.status, 1);
    assert!(run.out.starts_with("dự án/thủ_tục/cấp_phép.tthc:1:6: lỗi T105 import: "), "{}", run.out);
    assert!(run.out.contains("nằm ngoài dự án"), "{}", run.out);
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_an_import_outside() {
    let place = project();
    place.write("ngoài.tthc", AGENCIES);
    std::fs::remove_file(place.path("dự án/chung/cơ_quan.tthc")).unwrap();
    std::os::unix::fs::symlink(place.path("ngoài.tthc"), place.path("dự án/chung/cơ_quan.tthc")).unwrap();
    let run = place.tthc(&["check", "dự án/thủ_tục"]);
    assert_eq!(run.status, 1);
    assert!(run.out.contains("cấp_phép.tthc:1:6: lỗi T105 import: "), "{}", run.out);
}

#[test]
fn names_on_the_disk_in_another_normal_form() {
    let place = project();
    let nfd = "cơ_quan.tthc".replace('ơ', "o\u{31B}");
    std::fs::rename(place.path("dự án/chung/cơ_quan.tthc"), place.path("dự án/chung").join(&nfd)).unwrap();
    let run = place.tthc(&["check", "dự án"]);
    assert_eq!((run.status, run.out.as_str()), (0, "2 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\n"));
}

#[test]
fn settings_change_severities_and_give_defaults() {
    let place = Place::with("p/cấp_phép.tthc", &but(GOOD, "Trả kết quả", "Trả  kết quả"));
    let severity = |settings: &str| {
        place.write("p/tthc.toml", settings);
        let found = place.tthc(&["check", "p", "--format", "json"]).json();
        found["diagnostics"][0]["severity"].as_str().map(str::to_string)
    };
    assert_eq!(severity("").as_deref(), Some("warning"));
    assert_eq!(severity("[quy_tac]\nT702 = \"lỗi\"\n").as_deref(), Some("error"));
    assert_eq!(severity("[\"quy tắc\"]\nblanks-in-label = \"note\"\n").as_deref(), Some("note"));
    assert_eq!(severity("[quy_tac]\nT702 = \"tắt\"\n"), None);
}

/// What could not be read, or stands for nothing, is not in what would be built.
#[test]
fn nothing_is_built_of_words_that_could_not_be_read() {
    for (wrong, code) in [
        (but(GOOD, "do SXD", "do giám đốc"), "T001"),
        (but(GOOD, "do SXD", "do giám_đốc"), "T101"),
        (but(GOOD, "-> tiếp", "-> bước 44"), "T101"),
    ] {
        let silenced = but(&wrong, "  quy trình {", &format!("  // tthc: bỏ qua {code} — vậy thôi\n  quy trình {{"));
        for (text, settings) in [(&wrong, format!("[quy_tac]\n{code} = \"tắt\"\n")), (&silenced, String::new())] {
            let place = Place::with("p/cấp_phép.tthc", text);
            place.write("p/tthc.toml", settings);
            let run = place.tthc(&["build", "p", "--out", "ra"]);
            assert_eq!(run.status, 1, "{text}");
            assert!(run.err.contains(&format!("lỗi {code} ")), "{}", run.err);
            assert!(!place.path("ra").exists(), "{text}");
        }
    }
}

#[test]
fn a_name_that_only_the_settings_know_is_said_of_the_procedure() {
    let place = project();
    place.write("dự án/tthc.toml", "[mac_dinh]\ntiep_nhan_tai = \"TTHCC\"\n");
    let run = place.tthc(&["check", "dự án"]);
    assert_eq!(run.status, 1);
    let wanted = "dự án/thủ_tục/cấp_phép.tthc:2:9: lỗi T101 unknown-name: Không có cơ quan nào tên “TTHCC”, ghi ở mục [mac_dinh] của tthc.toml\n";
    assert!(run.out.starts_with(wanted), "{}", run.out);
    assert!(!run.out.contains("cách sửa"), "{}", run.out);
}

#[test]
fn settings_that_make_no_sense_are_failures() {
    let place = Place::with("p/cấp_phép.tthc", GOOD);
    for (settings, expected) in [
        ("[quy_tac]\nT999 = \"off\"\n", "không có quy tắc 'T999'"),
        ("[rules]\n", "không có mục 'rules'; chỉ có [mac_dinh], [quy_tac] và [bien_dich]"),
        ("[mac_dinh]\nlung_tung = 1\n", "không có thuộc tính 'lung_tung'"),
        ("[mac_dinh]\ncap = \"sao Hỏa\"\n", "'cap' không nhận giá trị \"sao Hỏa\""),
        ("[mac_dinh]\ncap = \"Tỉnh\"\n", "'cap' không nhận giá trị \"Tỉnh\""),
        ("[mac_dinh]\ncap = 3\n", "'cap' không nhận giá trị 3"),
        ("[mac_dinh]\n\"bưu chính công ích\" = \"yes\"\n", "'bưu chính công ích' không nhận giá trị \"yes\""),
        ("[mac_dinh]\n\"tiếp nhận sau 15 giờ\" = \"có\"\n", "'tiếp nhận sau 15 giờ' không nhận giá trị \"có\""),
        ("[mac_dinh]\nthoi_han = \"5 ngày\"\n", "'thoi_han' không đặt chung cho cả dự án được"),
        ("[", "không phải là TOML, từ dòng 1 ([): mỗi dòng có dạng"),
    ] {
        place.write("p/tthc.toml", settings);
        let run = place.tthc(&["check", "p"]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{settings}");
        assert!(run.err.contains(&format!("tthc.toml: {expected}")), "{settings}: {}", run.err);
    }
}

#[test]
fn each_project_has_its_own_settings() {
    let text = but(GOOD, "Trả kết quả", "Trả  kết quả");
    let place = Place::with("a/cấp_phép.tthc", &text);
    place.write("b/cấp_phép.tthc", text);
    place.write("a/tthc.toml", "[quy_tac]\nT702 = \"lỗi\"\n");
    place.write("b/tthc.toml", "[quy_tac]\nT702 = \"ghi chú\"\n");
    for arguments in [&["check"][..], &["check", "b", "a"]] {
        let run = place.tthc(arguments);
        assert_eq!(run.status, 1);
        let lines: Vec<&str> = run.out.lines().filter(|line| line.contains("T702")).collect();
        assert!(lines[0].starts_with("a/cấp_phép.tthc:24:12: lỗi T702"), "{}", run.out);
        assert!(lines[1].starts_with("b/cấp_phép.tthc:24:12: ghi chú T702"), "{}", run.out);
        assert!(run.out.ends_with("2 tệp: 1 lỗi, 0 cảnh báo, 1 ghi chú\n"), "{}", run.out);
    }
}

#[test]
fn ignore_files_are_respected() {
    let place = Place::with("cấp_phép.tthc", GOOD);
    place.write("nháp/x.tthc", "vô nghĩa");
    assert_eq!(place.tthc(&["check"]).status, 1);
    place.write(".gitignore", "nháp/\n");
    assert_eq!(place.tthc(&["check"]).status, 0);
    assert_eq!(place.tthc(&["check", "nháp"]).status, 1, "what is asked for by name is checked");
}
