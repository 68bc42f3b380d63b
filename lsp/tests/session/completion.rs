//! Completion knows the context, in files that are broken at the cursor too.

use crate::PROVINCE;
use crate::harness::{CURSOR, Session};
use insta::assert_snapshot;
use serde_json::json;

/// The province with these words in the place of others; `‸` is the cursor.
fn with(before: &str, after: &str) -> String {
    assert!(PROVINCE.contains(before), "{before}");
    PROVINCE.replacen(before, after, 1)
}

/// The first labels that are offered.
fn offered(fixture: &str) -> String {
    let mut session = Session::open(fixture);
    let found = session.ask("textDocument/completion", json!({}));
    let mut items: Vec<(&str, &str)> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["sortText"].as_str().unwrap(), item["label"].as_str().unwrap()))
        .collect();
    items.sort();
    items.into_iter().map(|(_, label)| label).take(14).collect::<Vec<_>>().join(" | ")
}

/// The text after the item with this label was chosen.
fn chosen(fixture: &str, label: &str) -> String {
    let mut session = Session::open(fixture);
    let found = session.ask("textDocument/completion", json!({}));
    let item = found.as_array().unwrap().iter().find(|item| item["label"] == label);
    let edit = &item.unwrap_or_else(|| panic!("{label} in {found}"))["textEdit"];
    let text = fixture.replace(CURSOR, "");
    let text = text.split("//// file").next().unwrap();
    session.applied(text, &json!([edit]))
}

#[test]
fn statements_of_each_block() {
    assert_snapshot!(offered("‸"), @"biểu mẫu | cơ quan | dùng | phần dùng chung | thủ tục");
    assert_snapshot!(offered("thủ tục a \"A 🏗️\" {\n  mã: \"1\"\n  ‸\n}"), @"quy trình | sau khi trả kết quả | thành phần hồ sơ | thông tin hồ sơ | trường hợp | biểu mẫu | cơ quan thực hiện | hiệu lực | kết quả | mã | thẩm quyền | thời hạn | tiếp nhận tại | 4 tại chỗ");
    assert_snapshot!(offered("thủ tục a {\n  quy trình {\n    ‸"), @"bước | bước có bổ sung hồ sơ | bước có hướng xử lý | chèn | giai đoạn | liên thông thủ tục | song song | cách tính | cơ quan | ghi chú");
    assert_snapshot!(offered("thủ tục a {\n  quy trình {\n    bước 1 \"B 📥\" do x trong 1 ngày { ‸"), @"hướng xử lý | rẽ nhánh | điện tử | biểu mẫu | kết quả | loại | chuyển | chậm nhất | cách thức | cách tính | cơ quan | cần có mặt | ghi chú | ký hiệu");
    assert_snapshot!(offered("cơ quan A {\n  ‸\n}"), @"bộ phận | cử | phân công | vai trò | ủy quyền | hiệu lực | loại | mã | cấp | ghi chú | lịch | một cửa | thẩm quyền ký | tiếp nhận sau 15 giờ");
    assert_snapshot!(offered("thủ tục a {\n  cơ quan th‸"), @"quy trình | sau khi trả kết quả | thành phần hồ sơ | thông tin hồ sơ | trường hợp | biểu mẫu | cơ quan thực hiện | hiệu lực | kết quả | mã | thẩm quyền | thời hạn | tiếp nhận tại | 4 tại chỗ");
}

#[test]
fn who_performs_a_step_and_where() {
    assert_snapshot!(offered(&with("do giám_đốc trong", "do ‸ trong")), @"giám_đốc | phòng_A | phòng_A.chuyên_viên | hệ thống | người nộp | nơi tiếp nhận | SXD | TTHCC | TTHCC.một_cửa");
    assert_snapshot!(offered(&with("do giám_đốc trong 0,5 ngày làm việc {\n      loại: phê duyệt", "do phòng_A.‸")), @"chuyên_viên");
    assert_snapshot!(offered(&with("do giám_đốc trong", "do giám_đốc tại ‸ trong")), @"TTHCC");
    assert_snapshot!(offered(&with("cơ quan thực hiện: SXD", "cơ quan thực hiện: ‸")), @"SXD | TTHCC");
    assert_snapshot!(offered(&with("tiếp nhận tại: TTHCC", "tiếp nhận tại: ‸")), @"TTHCC");
}

#[test]
fn targets_and_guards() {
    assert_snapshot!(offered(&with("còn lại -> tiếp", "còn lại -> ‸")), @"tiếp | chờ bổ sung | quay lại | kết thúc | dừng mọi nhánh, kết thúc | nhận | hòa_giải | xem | ký | trả");
    assert_snapshot!(offered(&with("quay lại hòa_giải, trong", "quay lại ‸")), @"nhận | hòa_giải | xem | ký | trả");
    assert_snapshot!(offered(&with("kết thúc trả hồ sơ", "kết thúc ‸")), @"trả kết quả | trả hồ sơ | từ chối tiếp nhận | từ chối giải quyết | rút hồ sơ | dừng xử lý");
    assert_snapshot!(offered(&with("khi loại_nhà = nhà_ở", "khi ‸")), @"không | có | loại_nhà | nhận | ký");
    assert_snapshot!(offered(&with("khi loại_nhà = nhà_ở", "khi loại_nhà = ‸")), @"cấp_I | nhà_ở");
    assert_snapshot!(offered(&with("khi ký = duyệt", "khi ký = ‸")), @"duyệt | sửa");
    assert_snapshot!(offered(&with("khi loại_nhà = nhà_ở", "khi loại_nhà thuộc { ‸")), @"cấp_I | nhà_ở");
}

#[test]
fn values_forms_and_imports() {
    assert_snapshot!(offered(&with("loại: tiếp nhận", "loại: tiếp nhận, ‸")), @"chuyển hồ sơ | phân công | thẩm định | kiểm tra thực tế | lấy ý kiến | hội đồng | dự thảo | xem xét | trình ký | ký duyệt | phê duyệt | đóng dấu | phát hành | thu phí");
    assert_snapshot!(offered(&with("biểu mẫu: mẫu_01", "biểu mẫu: ‸")), @"mẫu_01 | mẫu_02 | mẫu_03 | mẫu_04 | mẫu_05 | mẫu_06 | mẫu_07");
    assert_snapshot!(offered(&with("trong 0,5 ngày làm việc", "trong 0,5 ‸")), @"ngày làm việc | giờ làm việc | ngày | giờ | phút | tháng");
    assert_snapshot!(offered(&with("dùng \"chung/cơ_quan.tthc\"", "dùng \"‸\"")), @"chung/cơ_quan.tthc | khác.tthc");
    assert_snapshot!(offered(&with("loại: tiếp nhận", "điện tử { trạng thái: ‸ }")), @"mới đăng ký | được tiếp nhận | không được tiếp nhận | đang xử lý | yêu cầu bổ sung giấy tờ | yêu cầu thực hiện nghĩa vụ tài chính | công dân yêu cầu rút hồ sơ | dừng xử lý | đã xử lý xong | đã trả kết quả");
}

#[test]
fn nothing_in_comments_and_labels() {
    assert_snapshot!(offered("thủ tục a \"b‸\""), @"");
    assert_snapshot!(offered("// thủ ‸"), @"");
}

#[test]
fn what_is_chosen_takes_the_place_of_what_is_typed() {
    let text = chosen("thủ tục a {\n  co quan th‸", "cơ quan thực hiện");
    assert_snapshot!(text, @"
    thủ tục a {
      cơ quan thực hiện:
    ");
    let text = chosen(&with("do giám_đốc trong", "do giám‸_đ trong"), "giám_đốc");
    assert!(text.contains("do giám_đốc trong 0,5"), "{text}");
    let text = chosen("dùng \"chung/cơ_quan.tthc\"\nthủ tục a {\n  quy trình {\n    bu‸\n  }\n}\n", "bước");
    assert_snapshot!(text, @r#"
    dùng "chung/cơ_quan.tthc"
    thủ tục a {
      quy trình {
        bước 1 "Nội dung" do  trong 1 ngày làm việc { loại: thẩm định }
      }
    }
    "#);
}
