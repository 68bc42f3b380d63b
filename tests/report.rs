//! `tthc report` as a user has it: figures worked out by hand, cells and markup that do no harm.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

fn tthc(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_tthc")).current_dir(folder).args(arguments).output().unwrap()
}

/// What it prints for the building permit of the examples.
fn permit(arguments: &[&str]) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let all = [&["report", "thủ_tục/cấp_phép_xây_dựng.tthc"], arguments].concat();
    let output = tthc(&folder, &all);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// A text in a folder of its own.
fn of(text: &str, arguments: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.tthc"), text).unwrap();
    let output = tthc(folder.path(), &[&["report", "a.tthc"], arguments].concat());
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

fn classes(report: &Value) -> Vec<&Value> {
    report["procedures"][0]["classes"].as_array().unwrap().iter().collect()
}

/// 4 giờ + 5 ngày + 4,5 ngày + 2 ngày = 12 ngày; with both opinions at once (5 and 8 days) 20 ngày.
#[test]
fn figures_of_the_building_permit() {
    let report: Value = serde_json::from_str(&permit(&["--format", "json"])).unwrap();
    assert_eq!(report["version"], 1);
    let procedure = &report["procedures"][0];
    assert_eq!(procedure["id"], "cấp_phép_xây_dựng");
    assert_eq!(procedure["code"], "1.009974.000.00.00.H05");
    assert_eq!(procedure["file"], "thủ_tục/cấp_phép_xây_dựng.tthc");
    assert_eq!((&procedure["sound"], &procedure["clock"]), (&json!(true), &json!("working")));
    assert!(procedure.get("approximate").is_none());
    // Both limits are met exactly: 12 of 12 days for the smaller house, 20 of 20 for what needs opinions.
    assert_eq!(procedure["worst_minutes"].as_i64(), procedure["limit_minutes"].as_i64());
    let find = |when: &str| classes(&report).into_iter().find(|class| class["when"] == when).cloned().unwrap();
    let house = find("công_trình = nhà_ở và diện_tích ≤ 10.000 và không gần_sân_bay");
    assert_eq!((&house["worst_minutes"], &house["limit_minutes"]), (&json!(12 * 480), &json!(12 * 480)));
    assert_eq!(house["path"], json!(["tiếp_nhận", "thẩm_định", "dự_thảo", "ký", "trả"]));
    assert_eq!(house["on_site"], true);
    let large = find("công_trình = cấp_I và diện_tích > 10.000 và gần_sân_bay");
    assert_eq!((&large["worst_minutes"], &large["limit_minutes"]), (&json!(20 * 480), &json!(20 * 480)));
    assert_eq!(large["path"], json!(["tiếp_nhận", "thẩm_định", "ý_kiến_cat", "dự_thảo", "ký", "trả"]));
    assert_eq!(large["on_site"], false);
}

#[test]
fn why_the_building_permit_is_not_wholly_on_site() {
    let report: Value = serde_json::from_str(&permit(&["--format", "json", "--lang", "en"])).unwrap();
    let on_site = &report["procedures"][0]["on_site"];
    assert_eq!(on_site["eligible"], false);
    let reasons = on_site["reasons"].as_array().unwrap();
    let steps: Vec<&Value> = reasons.iter().map(|reason| &reason["step"]).collect();
    assert_eq!(steps, ["ý_kiến_stnmt", "ý_kiến_cat"]);
    assert!(reasons.iter().all(|reason| reason["message"].as_str().unwrap().starts_with("consults ")));
    assert!(reasons.iter().all(|reason| !reason["mend"].as_str().unwrap().is_empty()));
}

const SMALL: &str = r#"
cơ quan TT "Trung tâm" { một cửa: có  vai trò a "A"  vai trò b "B" { thẩm quyền ký: có } }
thủ tục x "NHÃN" {
  mã: "1.009974"  cơ quan thực hiện: TT  thẩm quyền: TT  tiếp nhận tại: TT
  thời hạn: 2 ngày làm việc
  quy trình {
    bước 1 "Nhận" do a trong 4 giờ làm việc { loại: tiếp nhận, thẩm định }
    bước 2 "Ký" do b trong 1 ngày làm việc { loại: phê duyệt }
    bước 3 "Trả" do a không tính thời hạn { loại: trả kết quả }
  }
}
"#;

#[test]
fn a_procedure_on_site() {
    let (status, out) = of(SMALL, &["--format", "json"]);
    assert_eq!(status, Some(0));
    let report: Value = serde_json::from_str(&out).unwrap();
    let procedure = &report["procedures"][0];
    assert_eq!(procedure["on_site"], json!({ "eligible": true, "with_stamping": false, "reasons": [] }));
    assert_eq!((&procedure["worst_minutes"], &procedure["limit_minutes"]), (&json!(720), &json!(960)));
    assert_eq!(procedure["classes"][0]["path"], json!(["1", "2", "3"]));
    let (_, table) = of(SMALL, &[]);
    assert!(table.contains("2 ngày làm việc  1,5 ngày làm việc  0,5 ngày làm việc  đạt"), "{table}");
    assert!(table.contains("1 đạt 4 tại chỗ (100,0%)"), "{table}");
}

#[test]
fn cells_are_no_formulas() {
    let text = SMALL.replace("NHÃN", r#"=HYPERLINK(\"http://a\",\"b\")"#);
    let (_, out) = of(&text, &["--format", "csv"]);
    assert!(out.contains(r#","'=HYPERLINK(""http://a"",""b"")","1.009974","#), "{out}");
    assert_eq!(out.lines().count(), 2);
}

#[test]
fn pages_are_escaped_and_vietnamese() {
    let text = SMALL.replace("NHÃN", "<script>alert('x')</script> & A");
    let (_, out) = of(&text, &["--format", "html", "--lang", "en"]);
    assert!(out.contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; A"), "{out}");
    assert!(!out.contains("<script") && !out.contains("http"), "{out}");
    assert!(out.starts_with("<!DOCTYPE html>\n<html lang=\"vi\">"));
    assert!(out.contains("1,5 ngày làm việc") && out.contains("100,0%"), "{out}");
}

/// Where the text cannot be read nothing is claimed.
#[test]
fn errors_are_no_figures() {
    let (status, out) = of(&SMALL.replace("do b trong", "do c trong"), &["--format", "json"]);
    assert_eq!(status, Some(1));
    let report: Value = serde_json::from_str(&out).unwrap();
    let procedure = &report["procedures"][0];
    assert_eq!((&procedure["sound"], &procedure["worst_minutes"]), (&json!(false), &Value::Null));
    assert_eq!(procedure["on_site"]["eligible"], false);
}
