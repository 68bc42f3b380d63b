//! `tthc diff`

use crate::{GOOD, Place, but};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tthc_compiler::compare;

/// The procedure with a dossier of two papers.
fn old() -> String {
    but(
        GOOD,
        "  quy trình {",
        "  thành phần hồ sơ {\n    \"Đơn đề nghị\" { bản chính: 1 }\n    \"Bản sao chứng thực\" { bản sao: 1 }\n  }\n  quy trình {",
    )
}

/// What became of it: a paper less, a day less, a step put in before the others, the approval quicker and another's.
fn new() -> String {
    let text = but(&old(), "    \"Bản sao chứng thực\" { bản sao: 1 }\n", "");
    let text = but(&text, "thời hạn: 3 ngày làm việc", "thời hạn: 2 ngày làm việc");
    let text = but(
        &text,
        "bước 2 \"Thẩm định, phê duyệt\" do SXD trong 1 ngày làm việc",
        "bước 2 \"Chuyển hồ sơ\" do chuyên_viên trong 1 giờ làm việc { loại: chuyển hồ sơ }\n    \
         bước 3 \"Thẩm định, phê duyệt\" do SXD \"Lãnh đạo Sở\" trong 3 giờ làm việc",
    );
    but(
        &text,
        "bước 3 \"Trả kết quả\" do chuyên_viên trong 1 ngày",
        "bước 4 \"Trả kết quả\" do chuyên_viên trong 0,5 ngày",
    )
}

fn both() -> Place {
    let place = Place::with("cũ/cấp_phép.tthc", &old());
    place.write("mới/cấp_phép.tthc", new());
    place
}

#[test]
fn what_is_the_same_is_no_difference() {
    let place = Place::with("cũ/cấp_phép.tthc", GOOD);
    place.write("mới/tên_khác.tthc", format!("// khác ở lời ghi chú\n{GOOD}"));
    let run = place.tthc(&["diff", "cũ", "mới"]);
    assert_eq!((run.status, run.out.as_str()), (0, "0 thủ tục khác nhau, 1 thủ tục giống nhau\n"), "{}", run.err);
}

/// Where a shared part was inserted is no part of a procedure.
#[test]
fn folders_with_the_same_files_do_not_differ() {
    let place = Place::empty();
    let shared = "phần dùng chung p {\n  bước 2 \"Xem xét\" do SXD không tính thời hạn \"Chờ\" { loại: xem xét }\n}\n";
    let text = format!("{shared}{}", but(GOOD, "    bước 2 ", "    chèn p đặt tên x\n    bước 2 "));
    for folder in ["một/a", "hai/b"] {
        place.write(&format!("{folder}/cấp_phép.tthc"), &text);
    }
    let run = place.tthc(&["diff", "một/a", "hai/b"]);
    assert_eq!((run.status, run.out.as_str()), (0, "0 thủ tục khác nhau, 1 thủ tục giống nhau\n"), "{}", run.err);
}

/// What no document shows is not left out because a document shows something else.
#[test]
fn what_is_set_in_the_software_is_said_beside_what_is_printed() {
    let place = both();
    let signed =
        |text: &str, flag: &str| but(text, "loại: phê duyệt", &format!("loại: phê duyệt  điện tử {{ ký số: {flag} }}"));
    place.write("cũ/cấp_phép.tthc", signed(&old(), "có"));
    place.write("mới/cấp_phép.tthc", signed(&but(&old(), "3 ngày làm việc", "4 ngày làm việc"), "không"));
    let run = place.tthc(&["diff", "cũ", "mới"]);
    assert_eq!(run.status, 1, "{}", run.err);
    assert!(run.out.contains("Thời hạn giải quyết: 3 ngày làm việc → 4 ngày làm việc"), "{}", run.out);
    assert!(run.out.contains("digitalSignature: true → false"), "{}", run.out);
}

#[test]
fn a_person_reads_what_changed_and_what_it_saves() {
    let run = both().tthc(&["diff", "cũ/cấp_phép.tthc", "mới/cấp_phép.tthc"]);
    assert_eq!(run.status, 1, "{}", run.err);
    for line in [
        "cấp_phép “Cấp giấy phép” (1.009974)",
        "  Thời hạn giải quyết: 3 ngày làm việc → 2 ngày làm việc",
        "  - giấy tờ: Bản sao chứng thực, 1 bản sao",
        "  + Bước 2: Chuyển hồ sơ (1 giờ làm việc)",
        "  ~ Bước 2 → Bước 3: Thẩm định, phê duyệt",
        "      người thực hiện: Sở Xây dựng → Lãnh đạo Sở",
        "      thời gian: 1 ngày làm việc → 3 giờ làm việc",
        "  = thời gian lâu nhất: 3 ngày làm việc → 2 ngày làm việc (giảm 1 ngày làm việc)",
        "  = số bước: 3 → 4 (tăng 1)",
        "  = số giấy tờ: 2 → 1 (giảm 1)",
    ] {
        assert!(run.out.lines().any(|out| out == line), "{line}\n{}", run.out);
    }
    // Numbers that only shifted are no change of what is said of a step.
    assert!(!run.out.contains("hướng xử lý:"), "{}", run.out);
    let english = both().tthc(&["diff", "cũ", "mới", "--lang", "en"]).out;
    assert!(english.contains("  = longest time: 3 working days → 2 working days (1 working day less)"), "{english}");
}

fn schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/tthc-diff.schema.json");
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        fs::write(&path, compare::schema()).unwrap();
    }
    let committed = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(committed, compare::schema(), "run: UPDATE_GENERATED=1 cargo test --test cli");
    serde_json::from_str(&committed).unwrap()
}

#[test]
fn a_program_reads_the_same_by_the_schema() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let run = both().tthc(&["diff", "cũ", "mới", "--format", "json"]);
    let mut found = run.json();
    assert_eq!(run.status, 1);
    validator.validate(&found).unwrap();
    let change = &found["procedures"][0];
    assert_eq!((&found["same"], &change["change"]), (&json!(0), &json!("changed")));
    let saved = json!({ "worst_minutes": 480, "limit_minutes": 480, "steps": -1, "agencies": 0, "papers": 1 });
    assert_eq!(change["saved"], saved);
    let steps: Vec<(&Value, &Value)> =
        change["steps"].as_array().unwrap().iter().map(|step| (&step["change"], &step["title"])).collect();
    let expected = [("added", "Chuyển hồ sơ"), ("changed", "Thẩm định, phê duyệt"), ("changed", "Trả kết quả")];
    let expected: Vec<(Value, Value)> = expected.iter().map(|(change, title)| (json!(change), json!(title))).collect();
    assert_eq!(steps, expected.iter().map(|(change, title)| (change, title)).collect::<Vec<_>>());
    found["procedures"][0]["saved"]["steps"] = json!("một");
    assert!(validator.validate(&found).is_err(), "the schema takes anything");
}

#[test]
fn procedures_are_known_by_name_or_code() {
    let place = Place::with("cũ/a.tthc", GOOD);
    place.write("cũ/b.tthc", but(&but(GOOD, "thủ tục cấp_phép", "thủ tục bỏ_đi"), "1.009974", "1.000001"));
    place.write("mới/a.tthc", but(GOOD, "thủ tục cấp_phép", "thủ tục cấp_phép_mới"));
    place.write("mới/c.tthc", but(&but(GOOD, "thủ tục cấp_phép", "thủ tục thêm_vào"), "1.009974", "1.000002"));
    let found = place.tthc(&["diff", "cũ", "mới", "--format", "json"]).json();
    let changes: Vec<[&Value; 2]> =
        found["procedures"].as_array().unwrap().iter().map(|change| [&change["id"], &change["change"]]).collect();
    assert_eq!(found["same"], 1, "the same code: {found}");
    assert_eq!(changes, [[&json!("thêm_vào"), &json!("added")], [&json!("bỏ_đi"), &json!("removed")]]);
}

#[test]
fn a_step_that_goes_elsewhere_has_moved() {
    let third = "    bước 3 \"Trả kết quả\" do chuyên_viên trong 1 ngày làm việc { loại: trả kết quả }\n";
    let extra = "    bước 2 \"Vào sổ\" do chuyên_viên trong 1 giờ làm việc { loại: khác }\n";
    let place = Place::with("cũ.tthc", &but(GOOD, "    bước 2 \"Thẩm", &format!("{extra}    bước 3 \"Thẩm")));
    place.write("mới.tthc", but(GOOD, third, &format!("{extra}{third}")));
    let run = place.tthc(&["diff", "cũ.tthc", "mới.tthc"]);
    assert_eq!(run.out.matches("(chuyển chỗ)").count(), 1, "{}", run.out);
    assert!(run.out.contains("(chuyển chỗ)") && !run.out.contains("  - Bước"), "{}", run.out);
}

/// What a step is called, and what is said beside its ways, is a change of that alone.
#[test]
fn only_what_changed_is_said() {
    let ways = "      loại: tiếp nhận\n      đối tượng: \"Cá nhân\"\n      hướng xử lý {\n        ngắn    -> bước 3\n        \
                làm_lại -> kết thúc từ chối tiếp nhận";
    let text = but(GOOD, "      loại: tiếp nhận\n      hướng xử lý {", ways);
    let text = but(
        &text,
        "bước 3 \"Trả kết quả\" do chuyên_viên trong 1 ngày làm việc { loại: trả kết quả }",
        "bước 3 \"Vào sổ\" do chuyên_viên trong 4 giờ làm việc { loại: khác }\n    \
         bước 4 \"Trả kết quả\" do chuyên_viên trong 4 giờ làm việc { loại: trả kết quả  chậm nhất: 2 ngày làm việc kể từ bước 3 }",
    );
    let place = Place::with("cũ.tthc", &text);
    let changed = |from: &str, to: &str| {
        place.write("mới.tthc", but(&text, from, to));
        let run = place.tthc(&["diff", "cũ.tthc", "mới.tthc"]);
        let told = run.out.lines().filter(|line| line.starts_with("  ~") || line.starts_with("      "));
        told.map(String::from).collect::<Vec<_>>()
    };
    let of_first = |line: &str| vec!["  ~ Bước 1: Tiếp nhận hồ sơ".to_string(), format!("      {line}")];
    assert_eq!(changed("\"Cá nhân\"", "\"Tổ chức\""), of_first("đối tượng: Cá nhân → Tổ chức"));
    let ways = "hướng xử lý: Làm lại: kết thúc, từ chối tiếp nhận → Làm lại: kết thúc, từ chối giải quyết";
    assert_eq!(changed("từ chối tiếp nhận", "từ chối giải quyết"), of_first(ways));
    // Neither the step that leads to it nor the one that counts from it says anything else.
    let renamed = ["  ~ Bước 3: Ghi vào sổ theo dõi", "      nội dung: Vào sổ → Ghi vào sổ theo dõi"];
    assert_eq!(changed("\"Vào sổ\"", "\"Ghi vào sổ theo dõi\""), renamed);
    let replaced = ["  ~ Bước 3: Cho số", "      nội dung: Vào sổ → Cho số"];
    assert_eq!(changed("\"Vào sổ\"", "\"Cho số\""), replaced, "nothing in common but its place");
}

/// Steps that are called the same are told apart by their numbers.
#[test]
fn ways_to_steps_of_one_name_are_told_apart() {
    let text = but(GOOD, "đầy_đủ  -> tiếp", "đầy_đủ  -> bước 2");
    let text = but(&text, "chưa_đủ -> kết thúc trả hồ sơ", "chưa_đủ -> bước 3");
    let second = "bước 2 \"Thẩm định, phê duyệt\" do SXD trong 1 ngày làm việc { loại: phê duyệt }";
    let twice = "bước 2 \"Xét\" do SXD trong 4 giờ làm việc { loại: phê duyệt  chuyển: bước 4 }\n    \
                 bước 3 \"Xét\" do SXD trong 4 giờ làm việc { loại: xem xét }";
    let text = but(&but(&text, second, twice), "bước 3 \"Trả", "bước 4 \"Trả");
    let place = Place::with("cũ.tthc", &text);
    let swapped = but(&but(&text, "đầy_đủ  -> bước 2", "đầy_đủ  -> bước 3"), "chưa_đủ -> bước 3", "chưa_đủ -> bước 2");
    place.write("mới.tthc", swapped);
    let run = place.tthc(&["diff", "cũ.tthc", "mới.tthc"]);
    let line = run.out.lines().find(|line| line.contains("hướng xử lý")).unwrap_or_default();
    let (before, after) = line.split_once(" → ").unwrap_or_default();
    assert!(before.contains("Đầy đủ: chuyển bước “Xét” (2)"), "{}", run.out);
    assert!(after.contains("Đầy đủ: chuyển bước “Xét” (3)"), "{}", run.out);
}

#[test]
fn diagrams_mark_what_became_of_the_steps_and_stand_below_each_other_where_they_are_wide() {
    let place = Place::with(
        "cũ.tthc",
        &but(GOOD, "    bước 3 ", "    bước 9 \"Vào sổ\" do SXD trong 0 giờ làm việc\n    bước 3 "),
    );
    let added =
        "bước 2 \"Chuyển hồ sơ\" do SXD \"Văn thư\" trong 1 giờ làm việc { loại: chuyển hồ sơ }\n    bước 3 \"Thẩm";
    place.write(
        "mới.tthc",
        but(&but(GOOD, "bước 2 \"Thẩm", added), "1 ngày làm việc { loại: phê", "2 giờ làm việc { loại: phê"),
    );
    let page = place.tthc(&["diff", "cũ.tthc", "mới.tthc", "--format", "html"]).out;
    let figures: Vec<&str> = page.split("<figure").skip(1).collect();
    let marks = |figure: &str, word: &str| figure.matches(&format!(">{word}</text>")).count();
    let of = |figure: &str| ["mới", "bỏ", "thay đổi"].map(|word| marks(figure, word));
    assert_eq!((figures.len(), of(figures[0]), of(figures[1])), (2, [0, 1, 1], [1, 0, 1]), "{page}");
    // As wide as letters of seven points need: beside each other where that fits, else each as wide as the page.
    let basis =
        |figure: &str| figure.split("flex-basis:").nth(1).and_then(|rest| rest.split("px").next()?.parse::<f64>().ok());
    let width =
        |figure: &str| figure.split("<svg").nth(1)?.split(" width=\"").nth(1)?.split('"').next()?.parse::<f64>().ok();
    for figure in figures {
        let scale = basis(figure).unwrap() / width(figure).unwrap();
        assert!((scale * 11.0 * 0.75 - 7.0).abs() < 0.02, "{scale}");
    }
    assert!(page.contains("flex-wrap:wrap"), "{page}");
}

#[test]
fn the_page_has_both_diagrams_and_no_markup_of_others() {
    let place = Place::with("cũ.tthc", GOOD);
    place.write("mới.tthc", but(&new(), "\"Chuyển hồ sơ\"", "\"Chuyển <b>hồ sơ</b>\""));
    let run = place.tthc(&["diff", "cũ.tthc", "mới.tthc", "--format", "html", "--lang", "en"]);
    assert_eq!(run.status, 1);
    assert!(run.out.starts_with("<!DOCTYPE html>\n<html lang=\"vi\">"), "{}", run.out);
    assert_eq!(run.out.matches("<svg xmlns").count(), 2);
    assert!(run.out.contains("Sơ đồ trước khi rà soát") && run.out.contains("Sơ đồ sau khi rà soát"), "{}", run.out);
    assert!(run.out.contains("Chuyển &lt;b&gt;hồ sơ&lt;/b&gt;") && !run.out.contains("<b>"), "{}", run.out);
    assert!(!run.out.contains("<script") && !run.out.contains("src="), "{}", run.out);
}

#[test]
fn what_documents_do_not_show_is_a_difference_too() {
    let place = Place::with("cũ.tthc", GOOD);
    place.write(
        "mới.tthc",
        but(GOOD, "{ loại: phê duyệt }", "{\n      loại: phê duyệt\n      điện tử { ký số: có }\n    }"),
    );
    let run = place.tthc(&["diff", "cũ.tthc", "mới.tthc"]);
    assert_eq!(run.status, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("  định nghĩa /"), "{}", run.out);
}

/// What only one case says otherwise than the procedure: in the document, else in what is built.
#[test]
fn what_a_case_says_itself_is_a_difference() {
    let calendar = "lịch riêng \"Lịch của Sở\" { có dữ liệu: từ 01/01/2025 đến 31/12/2026 }\n";
    let (head, process) = GOOD.split_once("  thời hạn: 3 ngày làm việc\n").unwrap();
    let flow = process.trim_end().strip_suffix('}').unwrap();
    let text = |own: &str| {
        let case = |name: &str, own: &str| {
            format!("  trường hợp {name} \"Trường hợp {name}\" {{\n  {own}\n  thời hạn: 3 ngày làm việc\n{flow}}}\n")
        };
        format!("{calendar}{head}{}{}}}\n", case("một", ""), case("hai", own))
    };
    for (own, said) in [
        ("lịch: riêng", "Lịch làm việc (Trường hợp hai)"),
        ("mã: \"1.009975\"", "Mã thủ tục (Trường hợp hai)"),
        ("tiếp nhận sau 15 giờ: tính từ ngày làm việc tiếp theo", "Thời hạn giải quyết (Trường hợp hai)"),
        ("4 tại chỗ: rà soát", "/cases/1/otherwise"),
        ("5 tại chỗ: rà soát", "/cases/1/otherwise"),
    ] {
        let place = Place::with("cũ.tthc", &text(""));
        place.write("mới.tthc", text(own));
        let run = place.tthc(&["diff", "cũ.tthc", "mới.tthc"]);
        assert_eq!(run.status, 1, "{own}: {}{}", run.out, run.err);
        assert!(run.out.contains(said), "{own}: {}", run.out);
    }
}

#[test]
fn what_is_not_listed_of_a_definition_is_counted() {
    let step = |signed: &str| {
        let step = |number: usize| {
            format!(
                "bước x{number} \"Xem xét {number}\" do chuyên_viên trong 1 giờ làm việc {{ loại: xem xét  {signed} }}\n    "
            )
        };
        let steps: String = (0..60).map(step).collect();
        but(&but(GOOD, "thời hạn: 3 ngày", "thời hạn: 20 ngày"), "bước 3 \"Trả", &format!("{steps}bước 3 \"Trả"))
    };
    let place = Place::with("cũ.tthc", &step("điện tử { ký số: không }"));
    place.write("mới.tthc", step("điện tử { ký số: có }"));
    let run = place.tthc(&["diff", "cũ.tthc", "mới.tthc"]);
    assert_eq!(run.out.matches("  định nghĩa /").count(), 50, "{}{}", run.out, run.err);
    assert!(run.out.contains("  … và 10 chỗ khác của định nghĩa\n"), "{}", run.out);
    let run = place.tthc(&["diff", "cũ.tthc", "mới.tthc", "--format", "json"]);
    assert_eq!(run.json()["procedures"][0]["definition_more"], 10, "{}", run.out);
    let run = place.tthc(&["diff", "cũ.tthc", "mới.tthc", "--format", "html"]);
    assert!(run.out.contains("… và 10 chỗ khác của định nghĩa"), "{}", run.out);
}

#[test]
fn the_longest_time_is_compared_with_the_longest_time() {
    let two = but(
        GOOD,
        "  thời hạn: 3 ngày làm việc",
        "  thông tin hồ sơ { lớn \"Công trình lớn\": có/không }\n  thời hạn: 4 ngày làm việc\n  thời hạn: 3 ngày làm việc khi không lớn",
    );
    let text = but(
        &two,
        "bước 2 \"Thẩm định, phê duyệt\" do SXD",
        "bước x \"Kiểm tra\" do chuyên_viên trong 0 giờ làm việc { rẽ nhánh {\n      khi lớn -> y\n      còn lại -> bước 2\n    } }\n    bước y \"Xác minh\" do chuyên_viên trong 1 ngày làm việc\n    bước 2 \"Thẩm định, phê duyệt\" do SXD",
    );
    let place = Place::with("cũ.tthc", &text);
    place.write("mới.tthc", but(&text, "thời hạn: 4 ngày", "thời hạn: 6 ngày"));
    let run = place.tthc(&["diff", "cũ.tthc", "mới.tthc", "--format", "json"]);
    let saved = &run.json()["procedures"][0]["saved"];
    assert_eq!((&saved["worst_minutes"], &saved["limit_minutes"]), (&json!(0), &json!(-960)), "{}", run.out);
}

#[test]
fn what_has_errors_is_not_called_the_same() {
    let place = Place::with("cũ.tthc", GOOD);
    place.write("mới.tthc", but(GOOD, "loại: phê duyệt", "loại: phê duyệt không: gì"));
    let run = place.tthc(&["diff", "cũ.tthc", "mới.tthc"]);
    assert_eq!(run.status, 1, "{}", run.out);
    assert!(run.err.contains("bản mới có 1 lỗi"), "{}", run.err);
}

#[test]
fn procedures_of_one_name_keep_their_diagrams() {
    let place = Place::with("cũ/a/cấp_phép.tthc", GOOD);
    let other = but(GOOD, "1.009974", "1.009975").replace("SXD", "SYT");
    place.write("cũ/b/cấp_phép.tthc", &other);
    place.write("mới/a/cấp_phép.tthc", but(GOOD, "bước 2 \"Thẩm định", "bước 2 \"Xét"));
    place.write("mới/b/cấp_phép.tthc", but(&other, "bước 2 \"Thẩm định", "bước 2 \"Soát"));
    let run = place.tthc(&["diff", "cũ", "mới", "--format", "html"]);
    let last = run.out.rsplit("<section>").next().unwrap();
    assert!(last.matches("Soát").count() > 1 && !last.contains("Xét"), "{last}");
}

/// What `tthc doc` prints beside the steps is compared too.
#[test]
fn remarks_that_are_printed_are_differences() {
    const TEXT: &str = r#"biểu mẫu bm "Phiếu" { mã: "BM-01"  theo: "Quyết định 1"  ghi chú: "in hai mặt" }
cơ quan A "Sở A" { cấp: tỉnh  một cửa: có  vai trò v "Chuyên viên" { thẩm quyền ký: có } }
thủ tục t "Thủ tục" {
  mã: "1.000001"  cơ quan thực hiện: A  thẩm quyền: A  tiếp nhận tại: A  lĩnh vực: "Xây dựng"
  thành phần hồ sơ { "Đơn" { bản chính: 1  ghi chú: "ký từng trang" } }
  thời hạn: 3 ngày làm việc
  quy trình {
    ghi chú: "làm trên phần mềm"
    giai đoạn I "Xử lý" {
      kết quả: "hồ sơ đã kiểm tra"
      ghi chú: "không nhận bản giấy"
      bước 1 "Nhận" do A.v trong 1 ngày làm việc { loại: tiếp nhận  biểu mẫu: bm }
      bước 2 "Ký" do A.v trong 1 ngày làm việc { loại: phê duyệt }
      bước 3 "Trả" do A.v trong 1 ngày làm việc { loại: trả kết quả }
    }
  }
}
"#;
    let place = Place::with("cũ.tthc", TEXT);
    let printed = [
        "làm trên phần mềm",
        "hồ sơ đã kiểm tra",
        "không nhận bản giấy",
        "ký từng trang",
        "BM-01",
        "Quyết định 1",
        "in hai mặt",
    ];
    for text in printed {
        place.write("mới.tthc", but(TEXT, text, "khác hẳn"));
        let run = place.tthc(&["diff", "cũ.tthc", "mới.tthc"]);
        assert_eq!(run.status, 1, "{text}: {}{}", run.out, run.err);
        assert!(run.out.contains(text) && run.out.contains("khác hẳn"), "{}", run.out);
        assert!(!run.out.contains("định nghĩa /"), "{}", run.out);
    }
}

#[test]
fn help_has_the_old_version_first() {
    for language in ["vi", "en"] {
        let run = Place::empty().tthc(&["diff", "--help", "--lang", language]);
        let at = |text: &str| run.out.find(text).unwrap_or_else(|| panic!("{text}: {}", run.out));
        let (old, new) = if language == "vi" { ("Bản cũ", "Bản mới") } else { ("Old version", "New version") };
        assert!(at(old) < at(new), "{}", run.out);
    }
}
