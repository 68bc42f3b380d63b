//! `tthc import`

use crate::Place;

const TABLE: &str = "\u{FEFF}TT;Nội dung công việc;Người thực hiện;Thời gian\r
1;Tiếp nhận hồ sơ;Bộ phận một cửa;0,5 ngày làm việc\r
2;Thẩm định hồ sơ;Chuyên viên Sở Y tế;02 ngày làm việc\r
3;Trả kết quả;Bộ phận một cửa;Giờ hành chính\r
;Tổng cộng;;2,5 ngày làm việc\r
";

#[test]
fn a_table_becomes_a_file_that_checks_and_builds() {
    let place = Place::with("cấp_giấy.csv", TABLE);
    let run = place.tthc(&["import", "cấp_giấy.csv"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(
        run.out.contains("bước 2 \"Thẩm định hồ sơ\" do sở_y_tế.chuyên_viên trong 02 ngày làm việc"),
        "{}",
        run.out
    );
    assert_eq!(run.err, "cần xem lại 1 chỗ (tìm chữ CẦN XEM LẠI); tthc check: 0 lỗi, 0 cảnh báo\n");
    let written = place.tthc(&["import", "cấp_giấy.csv", "--from", "csv", "--out", "cấp_giấy.tthc"]);
    assert_eq!((written.status, written.out.as_str()), (0, ""), "{}", written.err);
    assert_eq!(place.read("cấp_giấy.tthc"), run.out);
    let check = place.tthc(&["check", "cấp_giấy.tthc", "--deny", "warnings"]);
    assert_eq!(check.status, 0, "{}", check.out);
    assert_eq!(place.tthc(&["fmt", "--check", "cấp_giấy.tthc"]).status, 0);
    let build = place.tthc(&["build", "cấp_giấy.tthc", "--out", "ra"]);
    assert_eq!((build.status, place.names("ra")), (0, vec!["cấp_giấy.json".to_string()]), "{}", build.err);
}

#[test]
fn what_exists_is_not_overwritten() {
    let place = Place::with("cấp_giấy.csv", TABLE);
    place.write("cấp_giấy.tthc", "của tôi");
    let run = place.tthc(&["import", "cấp_giấy.csv", "--out", "cấp_giấy.tthc"]);
    assert_eq!((run.status, run.out.as_str(), run.err.as_str()), (2, "", "lỗi: 'cấp_giấy.tthc' đã có\n"));
    assert_eq!(place.read("cấp_giấy.tthc"), "của tôi");
}

#[test]
fn standard_input_is_read_and_endings_do_not_count() {
    let place = Place::with("cấp_giấy.xlsx", TABLE);
    let file = place.tthc(&["import", "cấp_giấy.xlsx", "--lang", "en"]);
    assert_eq!((file.status, file.out.contains("thủ tục cấp_giấy")), (0, true), "{}", file.err);
    let input = place.tthc_reading(&["import", "-", "--lang", "en"], TABLE.as_bytes());
    assert_eq!((input.status, input.out.contains("thủ tục thủ_tục")), (0, true), "{}", input.err);
    let wrong = place.tthc(&["import", "cấp_giấy.xlsx", "--from", "xlsx"]);
    assert_eq!((wrong.status, wrong.out.as_str()), (2, ""));
    assert!(wrong.err.starts_with("lỗi: không nhập được 'cấp_giấy.xlsx': tệp XLSX hỏng"), "{}", wrong.err);
}

#[test]
fn what_cannot_be_read_is_a_failure_with_a_sentence() {
    let place = Place::with("trống.csv", "");
    let empty = place.tthc(&["import", "trống.csv"]);
    assert_eq!((empty.status, empty.err.as_str()), (2, "lỗi: không nhập được 'trống.csv': tệp trống\n"));
    let missing = place.tthc(&["import", "không_có.csv", "--lang", "en"]);
    assert_eq!(missing.status, 2);
    assert!(missing.err.contains("there is no such file or folder"), "{}", missing.err);
    let format = place.tthc(&["import", "trống.csv", "--from", "docx"]);
    assert_eq!(format.status, 2);
    assert!(format.err.starts_with("lỗi: không nhập được dạng 'docx'; các dạng: csv ("), "{}", format.err);
    place.write("bảng.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>");
    let bomb = place.tthc(&["import", "bảng.xml"]);
    assert_eq!((bomb.status, bomb.err.contains("DTD")), (2, true), "{}", bomb.err);
}

#[test]
fn what_is_wrong_with_a_drawing_is_found_and_it_is_written_all_the_same() {
    let page = tthc_compiler::rules::find("T210").unwrap();
    let place = Place::with("vẽ.bpmn", page.examples("found")[0]);
    let run = place.tthc(&["import", "vẽ.bpmn", "--out", "vẽ.tthc", "--lang", "en"]);
    assert_eq!((run.status, run.out.as_str()), (1, ""), "{}", run.err);
    let said = "vẽ.bpmn:10:5: error T210 unstructured: “Đủ ý kiến” waits for a branch that never comes\n";
    assert!(run.err.starts_with(said), "{}", run.err);
    assert!(run.err.contains("  path: Tiếp nhận hồ sơ → "), "{}", run.err);
    assert_eq!(place.tthc(&["fmt", "--check", "vẽ.tthc"]).status, 0);
    place.write("vẽ.bpmn", page.examples("mended")[0]);
    let mended = place.tthc(&["import", "vẽ.bpmn"]);
    assert_eq!(mended.status, 0, "{}", mended.err);
    assert!(mended.out.contains("phức_tạp -> xin_ý_kiến"), "{}", mended.out);
}

#[test]
fn what_is_wrong_with_a_workflow_of_e_par_is_said() {
    let workflow = |total: &str, order: &str, role: &str, next: &str| {
        format!(
            r#"<process code="X" name="Cấp thẻ" totaltime="{total}">
            <step order="{order}" group="BP_MOT_CUA" name="Nhận" time="1" role="{role}"><task code="X::TIEP_NHAN" next="{next}"/></step>
            <step order="2" group="BP_MOT_CUA" name="Trả" time="2" role="TRA_KET_QUA"><task code="X::TRA_KET_QUA" next="NULL"/></step>
            </process>"#
        )
    };
    let right = ["3", "1", "TIEP_NHAN", "X::TRA_KET_QUA"];
    for (at, wrong, code, status) in [
        (0, "3", None, 0),
        (0, "5", Some("T305"), 1),
        (1, "7", Some("T109"), 0),
        (2, "LAM_GI", Some("T101"), 0),
        (3, "X::TRA_KQ", Some("T101"), 1),
    ] {
        let mut values = right;
        values[at] = wrong;
        let [total, order, role, next] = values;
        let place = Place::with("x.xml", &workflow(total, order, role, next));
        let run = place.tthc(&["import", "x.xml"]);
        assert_eq!(run.status, status, "{wrong}: {}", run.err);
        let said = run.err.contains(" T101 ") || run.err.contains(" T305 ") || run.err.contains(" T109 ");
        assert_eq!(said, code.is_some(), "{wrong}: {}", run.err);
        assert!(code.is_none_or(|code| run.err.contains(code) && run.err.contains("x.xml:")), "{wrong}: {}", run.err);
        // What is not understood stands in the file all the same.
        assert!(at == 0 || wrong == "X::TRA_KQ" || run.out.contains(wrong), "{}", run.out);
    }
}
