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
    let mut items: Vec<(&str, &str)> = found["items"]
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
    let item = found["items"].as_array().unwrap().iter().find(|item| item["label"] == label);
    let edit = &item.unwrap_or_else(|| panic!("{label} in {found}"))["textEdit"];
    let text = fixture.replace(CURSOR, "");
    let text = text.split("//// file").next().unwrap();
    session.applied(text, &json!([edit]))
}

#[test]
fn statements_of_each_block() {
    assert_snapshot!(offered("‸"), @"biểu mẫu | cơ quan | dùng | lịch | mặc định | phần dùng chung | quy trình | thủ tục");
    assert_snapshot!(offered("thủ tục a \"A 🏗️\" {\n  mã: \"1\"\n  ‸\n}"), @"quy trình | sau khi trả kết quả | thành phần hồ sơ | thông tin hồ sơ | trường hợp | biểu mẫu | cơ quan thực hiện | hiệu lực | kết quả | mã | thẩm quyền | thời hạn | tiếp nhận tại | 4 tại chỗ");
    assert_snapshot!(offered("thủ tục a {\n  quy trình {\n    ‸"), @"bước | bước có bổ sung hồ sơ | bước có hướng xử lý | chèn | giai đoạn | liên thông thủ tục | song song | cách tính | cơ quan | ghi chú");
    assert_snapshot!(offered("thủ tục a {\n  quy trình {\n    bước 1 \"B 📥\" do x trong 1 ngày { ‸"), @"hướng xử lý | không tính thời hạn | rẽ nhánh | điện tử | biểu mẫu | kết quả | loại | chuyển | chậm nhất | cách thức | cách tính | cơ quan | cần có mặt | ghi chú");
    assert_snapshot!(offered("cơ quan A {\n  ‸\n}"), @"bộ phận | cử | phân công | vai trò | ủy quyền | hiệu lực | loại | mã | cấp | ghi chú | lịch | một cửa | thẩm quyền ký | tiếp nhận sau 15 giờ");
    assert_snapshot!(offered("thủ tục a {\n  cơ quan th‸"), @"cơ quan thực hiện");
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
    assert_snapshot!(offered(&with("còn lại -> tiếp", "còn lại -> ‸")), @"tiếp | chờ bổ sung | quay lại | kết thúc | dừng mọi nhánh, kết thúc | xem | ký | trả | quay lại hòa_giải | quay lại nhận");
    assert_snapshot!(offered(&with("quay lại hòa_giải, trong", "quay lại ‸")), @"ký | xem | hòa_giải | nhận");
    assert_snapshot!(offered(&with("kết thúc trả hồ sơ", "kết thúc ‸")), @"trả kết quả | trả hồ sơ | từ chối tiếp nhận | từ chối giải quyết | rút hồ sơ | dừng xử lý");
    assert_snapshot!(offered(&with("khi loại_nhà = nhà_ở", "khi ‸")), @"loại_nhà | nhận | có | không");
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

/// A process with a shared part, a fork, a loop back and statuses; what is typed comes where `…` stands.
const FLOW: &str = r#"dùng "chung.tthc"
phần dùng chung ký_trả(sở, người, hạn, nơi) "Ký ✍️" {
  bước ký_giấy "Ký" do sở.người tại nơi trong hạn { loại: phê duyệt }
}
thủ tục t "Thử 🧪" {
  cơ quan thực hiện: SXD
  thời hạn: 5 ngày làm việc
  quy trình {
    bước 1 "Nhận 📥" do TTHC.một_cửa trong 1 ngày làm việc {
      loại: tiếp nhận
      hướng xử lý { đủ -> tiếp  thiếu -> kết thúc trả hồ sơ }
    }
    song song ý_kiến "Hỏi" {
      nhánh một { bước hỏi_một "Một" do SXD trong 1 ngày làm việc { loại: lấy ý kiến  chuyển: tiếp } }
      nhánh hai { bước hỏi_hai "Hai" do SXD trong 1 ngày làm việc { loại: lấy ý kiến } }
    }
    bước 2 "Xét 👀" do chuyên_viên trong 1 ngày làm việc {
      loại: thẩm định
      …
    }
    bước 3 "Ký" do giám_đốc trong 1 ngày làm việc { loại: phê duyệt  hướng xử lý { ký -> tiếp  bác -> tiếp } }
    bước 4 "Trả" do TTHC.một_cửa không tính thời hạn { loại: trả kết quả }
  }
}
//// file: chung.tthc
cơ quan TTHC "Trung tâm" { cấp: tỉnh  một cửa: có  vai trò một_cửa }
cơ quan SXD "Sở Xây dựng 👷" {
  cấp: tỉnh
  vai trò chuyên_viên
  vai trò giám_đốc
  vai trò phó_giám_đốc
  cử phó_giám_đốc đến TTHC
}
"#;

/// What is offered in a file that is broken at the cursor, which is put behind the words that are typed in step 2.
fn in_step(typed: &str) -> String {
    offered(&FLOW.replace('…', &format!("{typed}‸")))
}

/// The same in the place of step 2.
fn in_process(typed: &str) -> String {
    let from = FLOW.find("bước 2").unwrap();
    let to = from + FLOW[from..].find("bước 3").unwrap();
    offered(&format!("{}{typed}‸\n    {}", &FLOW[..from], &FLOW[to..]))
}

#[test]
fn arguments_of_a_shared_part() {
    assert_snapshot!(in_process("chèn "), @"ký_trả");
    assert_snapshot!(in_process("chèn ký_trả("), @"SXD | TTHC");
    assert_snapshot!(in_process("chèn ký_trả(SXD, "), @"chuyên_viên | giám_đốc | phó_giám_đốc");
    assert_snapshot!(in_process("chèn ký_trả(SXD, giám_đốc, "), @"1 ngày làm việc | 0,5 ngày làm việc | 4 giờ làm việc | không quy định");
    assert_snapshot!(in_process("chèn ký_trả(SXD, giám_đốc, 2 "), @"ngày làm việc | giờ làm việc | ngày | giờ | phút | tháng");
    assert_snapshot!(in_process("chèn ký_trả(SXD, giám_đốc, 2 ngày, "), @"SXD | TTHC");
    assert_snapshot!(in_process("chèn ký_trả(SXD, giám_đốc, 2 ngày, TTHC) "), @"đặt tên");
    let mut session = Session::open(&FLOW.replace("song song", "chèn ký_trả(SXD, ‸\n    song song"));
    let found = session.ask("textDocument/completion", json!({}));
    assert_eq!(found["items"][0]["detail"], "người: chuyên viên");
}

#[test]
fn steps_before_and_after_the_cursor() {
    assert_snapshot!(in_step("hướng xử lý { chưa -> quay lại "), @"bước 2 | ý_kiến | bước 1");
    assert_snapshot!(in_step("hướng xử lý { chưa -> quay lại bước "), @"2 | ý_kiến | 1");
    assert_snapshot!(in_step("hướng xử lý { chưa -> "), @"tiếp | chờ bổ sung | quay lại | kết thúc | dừng mọi nhánh, kết thúc | bước 3 | bước 4 | quay lại bước 2 | quay lại ý_kiến | quay lại bước 1");
    assert_snapshot!(in_step("hướng xử lý { chưa -> bước "), @"3 | 4");
    assert_snapshot!(in_step("rẽ nhánh { khi "), @"bước 1 | có | không");
    assert_snapshot!(in_step("rẽ nhánh { khi bước "), @"1");
    assert_snapshot!(in_step("rẽ nhánh { khi bước 1 = "), @"thiếu | đủ");
    assert_snapshot!(in_step("rẽ nhánh { khi bước 1 = đủ "), @"-> | và | hoặc");
    assert_snapshot!(in_step("chậm nhất: 5 ngày "), @"kể từ | ngày làm việc | +");
    assert_snapshot!(in_step("chậm nhất: 5 ngày kể từ "), @"tiếp nhận | bước 1 | ý_kiến | hỏi_một | hỏi_hai | bước 3 | bước 4");
    let in_branch = FLOW.replace("chuyển: tiếp", "chuyển: quay lại ‸");
    assert_snapshot!(offered(&in_branch), @"hỏi_một");
}

#[test]
fn what_may_follow_an_arrow() {
    assert_snapshot!(in_step("hướng xử lý { chưa "), @"-> | khi");
    assert_snapshot!(in_step("hướng xử lý { chưa -> quay "), @"quay lại");
    assert_snapshot!(in_step("hướng xử lý { chưa -> quay lại bước 1 "), @"tối đa | trong thời gian đã định | trong | tính lại thời hạn | hết lượt ->");
    assert_snapshot!(in_step("hướng xử lý { chưa -> quay lại bước 1 tối đa "), @"1 lần | 2 lần");
    assert_snapshot!(in_step("hướng xử lý { chưa -> quay lại bước 1 tối đa 2 "), @"lần | ngày làm việc | giờ làm việc | ngày | giờ | phút | tháng");
    assert_snapshot!(in_step("hướng xử lý { chưa -> chờ bổ sung "), @"tối đa | rồi");
    assert_snapshot!(in_step("hướng xử lý { chưa -> chờ bổ sung tối đa 30 ngày rồi "), @"tiếp | chờ bổ sung | quay lại | kết thúc | dừng mọi nhánh, kết thúc | bước 3 | bước 4 | quay lại bước 2 | quay lại ý_kiến | quay lại bước 1");
    assert_snapshot!(in_step("hướng xử lý { xong -> tiếp }  quá hạn: coi như "), @"coi như đồng ý | xong");
    assert_snapshot!(in_step("hướng xử lý { xong -> kết "), @"kết thúc");
}

#[test]
fn statuses_that_may_follow_come_first() {
    assert_snapshot!(in_step("điện tử { trạng thái: "), @"đang xử lý | yêu cầu bổ sung giấy tờ | yêu cầu thực hiện nghĩa vụ tài chính | công dân yêu cầu rút hồ sơ | dừng xử lý | đã xử lý xong | đã trả kết quả | mới đăng ký | được tiếp nhận | không được tiếp nhận");
    let last = FLOW.replace("loại: trả kết quả }", "loại: trả kết quả  điện tử { trạng thái: ‸ } }");
    assert_snapshot!(offered(&last), @"đã trả kết quả | đang xử lý | yêu cầu bổ sung giấy tờ | yêu cầu thực hiện nghĩa vụ tài chính | công dân yêu cầu rút hồ sơ | dừng xử lý | đã xử lý xong | mới đăng ký | được tiếp nhận | không được tiếp nhận");
}

#[test]
fn who_is_posted_where_the_step_is_done_comes_first() {
    let posted = FLOW.replace("do chuyên_viên trong 1", "do ‸ tại TTHC trong 1");
    assert_snapshot!(offered(&posted), @"TTHC.một_cửa | phó_giám_đốc | chuyên_viên | giám_đốc | hệ thống | người nộp | nơi tiếp nhận | SXD | TTHC");
    assert_snapshot!(in_process("bước 2 \"Xét\" do phó_giám_đốc "), @"tại | và | hoặc | trong | không tính thời hạn");
    assert_snapshot!(in_process("bước 2 \"Xét\" do chuyên_viên trong 2 ngày "), @"không tính thời hạn | ngày làm việc");
    assert_snapshot!(in_process("bước 2 \"Xét\" "), @"do | trong | không tính thời hạn");
}

#[test]
fn phrases_are_known_by_their_first_words_and_without_marks() {
    assert_snapshot!(in_step("thoi "), @"thời gian");
    assert_snapshot!(in_step("nội dung l"), @"nội dung lấy ý kiến");
    assert_snapshot!(in_step("loại: thẩm định, kiem tra t"), @"kiểm tra thực tế");
    assert_snapshot!(in_step("loại: tham d"), @"thẩm định");
    assert_snapshot!(in_step("loại: thẩm định "), @"");
    assert_snapshot!(in_step("quá hạn: cảnh báo "), @"");
    assert_snapshot!(in_process("song song x \"X\" chờ ít nhất "), @"2 nhánh | 1 nhánh");
    assert_snapshot!(in_process("bước 2 \"Xét\" khong tinh "), @"không tính thời hạn");
    for (label, line) in [("ngày làm việc", "chậm nhất: 5 ngày làm việc\n"), ("kể từ", "chậm nhất: 5 ngày kể từ\n")]
    {
        let text = chosen(&FLOW.replace('…', "chậm nhất: 5 ngày ‸"), label);
        assert!(text.contains(line), "{text}");
    }
    let text = chosen(&FLOW.replace('…', "loại: kiem tra t‸"), "kiểm tra thực tế");
    assert!(text.contains("      loại: kiểm tra thực tế\n"), "{text}");
}

#[test]
fn keys_of_the_procedure() {
    let in_procedure = |typed: &str| offered(&FLOW.replace("  quy trình {", &format!("  {typed}‸\n  quy trình {{")));
    assert_snapshot!(in_procedure("thời hạn: 3 ngày "), @"khi | ngày làm việc | +");
    assert_snapshot!(in_procedure("thời hạn: 3 ngày khi bước "), @"1 | 3");
    assert_snapshot!(in_procedure("cơ quan phối hợp: SXD "), @"");
    assert_snapshot!(in_procedure("cơ quan phối hợp: SXD, "), @"SXD | TTHC");
    assert_snapshot!(in_procedure("tiếp nhận tại: TTHC "), @"hoặc");
    assert_snapshot!(in_procedure("phần của "), @"SXD | TTHC");
    assert_snapshot!(in_procedure("phần của SXD: "), @"1 ngày làm việc | 0,5 ngày làm việc | 4 giờ làm việc | không quy định");
    assert_snapshot!(in_procedure("hiệu lực: từ 01/01/2026 "), @"đến");
    assert_snapshot!(in_procedure("lệ phí: 150.000 "), @"đồng");
    assert_snapshot!(in_procedure("thông tin hồ sơ { nhà \"Nhà 🏠\": "), @"có/không | số");
    assert_snapshot!(offered("dùng ‸\n//// file: a/b.tthc\nbiểu mẫu m"), @"a/b.tthc");
    assert_snapshot!(offered(&FLOW.replace("cử phó_giám_đốc đến", "cử phó_giám_đốc ‸")), @"đến");
}

#[test]
fn texts_that_end_at_the_cursor() {
    let head = "dùng \"chung.tthc\"\nthủ tục t {\n  cơ quan thực hiện: SXD\n  ";
    let rest = &FLOW[FLOW.find("//// file").unwrap()..];
    let ends = |typed: &str| offered(&format!("{head}{typed}‸\n{rest}"));
    assert_snapshot!(ends("4 "), @"4 tại chỗ");
    assert_snapshot!(ends("lịch: "), @"quốc_gia");
    assert_snapshot!(ends("biểu mẫu: mẫu_01, mẫu_0"), @"mẫu_01 | mẫu_02 | mẫu_03 | mẫu_04 | mẫu_05 | mẫu_06 | mẫu_07");
    assert_snapshot!(ends("biểu mẫu: mẫu_01 "), @"");
    assert_snapshot!(ends("kết quả: \"Giấy "), @"");
    assert_snapshot!(ends("thành phần hồ sơ { \"Đơn\" { b"), @"bản chính | bản sao");
    assert_snapshot!(ends("thông tin hồ sơ { to: số }\n  trường hợp x \"X\" khi "), @"to | có | không");
    assert_snapshot!(ends("thông tin hồ sơ { to: số }\n  trường hợp x \"X\" khi to "), @"và | hoặc | = | ≠ | < | ≤ | > | ≥");
    assert_snapshot!(ends("quy trình {\n    giai đoạn I { thời hạn: 2 "), @"ngày làm việc | giờ làm việc | ngày | giờ | phút | tháng");
    assert_snapshot!(ends("quy trình {\n    bước 1 do "), @"chuyên_viên | giám_đốc | phó_giám_đốc | hệ thống | người nộp | nơi tiếp nhận | SXD | TTHC | TTHC.một_cửa");
    assert_snapshot!(ends("quy trình {\n    bước 1 do (chuyên_viên hoặc "), @"chuyên_viên | giám_đốc | phó_giám_đốc | hệ thống | người nộp | nơi tiếp nhận | SXD | TTHC | TTHC.một_cửa");
    assert_snapshot!(ends("quy trình {\n    bước 1 { thực hiện: phó_giám_đốc tại "), @"TTHC");
    assert_snapshot!(ends("quy trình {\n    bước 1 { hướng xử lý { "), @"hướng");
    assert_snapshot!(ends("quy trình {\n    bước 1 { hướng xử lý { chờ_tiền -> chờ \"Nộp tiền 💰\" "), @"tối đa | rồi");
    assert_snapshot!(ends("quy trình {\n    song song x {\n      nhánh a { "), @"bước | bước có bổ sung hồ sơ | bước có hướng xử lý | chèn | giai đoạn | liên thông thủ tục | song song | cơ quan | ghi chú");
    assert_snapshot!(ends("quy trình {\n    bước 1 { không "), @"không tính thời hạn");
    assert_snapshot!(ends("quy trình {\n    bước 1 { loại: tiếp nhận, "), @"chuyển hồ sơ | phân công | thẩm định | kiểm tra thực tế | lấy ý kiến | hội đồng | dự thảo | xem xét | trình ký | ký duyệt | phê duyệt | đóng dấu | phát hành | thu phí");
    assert_snapshot!(ends("quy trình {\n    liên thông thủ tục "), @"t");
    assert_snapshot!(offered(&FLOW.replace("cử phó_giám_đốc đến TTHC", "ủy quyền phó_giám_đốc ‸")), @"thay | tại");
    assert_snapshot!(offered(&FLOW.replace("cử phó_giám_đốc đến TTHC", "ủy quyền phó_giám_đốc thay ‸")), @"chuyên_viên | giám_đốc | phó_giám_đốc");
    assert_snapshot!(offered(&FLOW.replace("cử phó_giám_đốc đến TTHC", "phân công phó_giám_đốc ‸")), @"ký thay");
}

#[test]
fn every_word_that_is_offered_is_explained() {
    let places = ["", "loại: ", "hướng xử lý { chưa -> ", "hướng xử lý { chưa -> kết thúc ", "điện tử { "];
    for typed in places.into_iter().chain(["điện tử { trạng thái: ", "quá hạn: "]) {
        let mut session = Session::open(&FLOW.replace('…', &format!("{typed}‸")));
        let found = session.ask("textDocument/completion", json!({}));
        let items = found["items"].as_array().unwrap();
        // 10: a property, 12: a value, 15: a snippet.
        let words = items.iter().filter(|item| [10, 12, 15].contains(&item["kind"].as_i64().unwrap()));
        let silent: Vec<&str> = words
            .filter(|item| item["documentation"]["value"].as_str().is_none_or(|words| !words.contains('.')))
            .map(|item| item["label"].as_str().unwrap())
            .collect();
        assert!(!items.is_empty() && silent.is_empty(), "{typed}: {silent:?}");
    }
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
