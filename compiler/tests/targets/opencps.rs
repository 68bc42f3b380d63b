//! OpenCPS: the clock, codes and roles, calendars, dictionaries.

use super::{STATUSES, built, examples, holds, procedure, project, working};
use tthc_compiler::diagnostic::{Diagnostic, Severity};
use tthc_compiler::target::{self, Output};

/// What stands in the elements of this name, in their order.
pub(super) fn elements<'o>(output: &'o Output, name: &str) -> Vec<&'o str> {
    // Between the files in a package stands what is no text.
    let pieces = output.bytes.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    pieces.filter_map(|line| line.trim().strip_prefix(start.as_str())?.strip_suffix(end.as_str())).collect()
}

#[test]
fn opencps_stops_the_clock_wherever_time_does_not_count() {
    let target = target::find("opencps").unwrap();
    let (findings, outputs) = built(&project(&procedure(STATUSES), target), target);
    let [output, _] = &outputs[..] else { panic!("{findings:?}") };
    let statuses = elements(output, "dossierStatus");
    let steps = [
        "receiving",
        "processing",
        "waiting",
        "processing",
        "waiting",
        "processing",
        "processing",
        "releasing",
        "done",
    ];
    // Each is configured, and stands in the process.
    assert_eq!(statuses, [steps, steps].concat());
    // It begins, stops at 3, goes on, stops at 5, stands at 6, goes on, stops at 8, is over.
    assert_eq!(elements(output, "dateOption"), ["2", "0", "1", "3", "1", "0", "3", "1", "5"]);
}

/// Importing them empties what was there: no package of a procedure brings them along.
#[test]
fn opencps_has_the_dictionaries_of_all_procedures_in_a_package_of_their_own() {
    let target = target::find("opencps").unwrap();
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
        bước 2 "B" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let first = procedure(steps);
    let second = first[first.find("thủ tục").unwrap()..]
        .replacen("thủ tục ", "thủ tục thứ_hai_", 1)
        .replace("1.000001", "1.000002");
    let (findings, outputs) = built(&project(&format!("{first}\n{second}"), target), target);
    let [procedures @ .., dictionaries] = &outputs[..] else { panic!("{findings:?}") };
    assert_eq!(procedures.len(), 2, "{findings:?}");
    assert!(procedures.iter().all(|output| elements(output, "collectionCode").is_empty()));
    assert_eq!(dictionaries.path, "danh-muc.zip");
    let collections = ["SERVICE_DOMAIN", "SERVICE_ADMINISTRATION", "GOVERNMENT_AGENCY"];
    let mut found = elements(dictionaries, "collectionCode");
    found.sort_unstable();
    assert_eq!(found, {
        let mut all = collections;
        all.sort_unstable();
        all
    });
    let mut items = elements(dictionaries, "itemCode");
    items.sort_unstable();
    assert_eq!(items, ["A", "A", "Xay_dung"]);
}

#[test]
fn roles_that_differ_in_their_accents_alone_have_codes_of_their_own() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
        bước 2 "B" do chuyen_vien hoặc chuyên_viên trong 1 ngày làm việc { loại: thẩm định }
        bước 3 "C" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let roles = r#"vai trò chuyên_viên "Chuyên viên"  vai trò chuyen_vien "Chuyên viên khác"  vai trò v"#;
    let target = target::find("opencps").unwrap();
    let (findings, outputs) = built(&project(&procedure(steps).replace("vai trò v", roles), target), target);
    let [output, _] = &outputs[..] else { panic!("{findings:?}") };
    // Of the process, and of its steps.
    let codes = elements(output, "roleCode");
    assert_eq!(codes[..3], ["A_CHUYEN_VIEN", "A_CHUYEN_VIEN_2", "A_V"]);
    assert_eq!(codes[3..7], ["A_V", "A_CHUYEN_VIEN_2", "A_CHUYEN_VIEN", "A_V"]);
}

#[test]
fn opencps_has_a_morning_and_an_afternoon_and_the_days_off_of_all() {
    let target = target::find("opencps").unwrap();
    for (hours, said) in
        [("7:30 - 11:30", "07:30-09:30,09:30-11:30"), ("8:00 - 12:00, 13:00 - 17:00", "08:00-12:00,13:00-17:00")]
    {
        let (findings, outputs) = built(&project(&working(hours), target), target);
        let [output, _] = &outputs[..] else { panic!("{hours}: {findings:?}") };
        assert_eq!(elements(output, "workTimeHours"), [said; 6]);
        // Of the national calendar, for this one names no years.
        assert!(holds(output, "<holidayDate>02/09/2026</holidayDate>"), "{hours}");
    }
    let text = working("7:00 - 9:00, 10:00 - 12:00, 13:00 - 17:00");
    let (findings, outputs) = built(&project(&text, target), target);
    assert!(
        findings.iter().any(|it| it.code == "T503" && it.message.en.contains("more than two parts")),
        "{findings:?}"
    );
    assert!(outputs.is_empty());
}

#[test]
fn a_text_that_opencps_cuts_is_named_and_ends_with_a_word() {
    let target = target::find("opencps").unwrap();
    let long = |words: usize| "Giấy tờ ".repeat(words).trim_end().to_string();
    let steps = |label: &str| {
        format!(
            r#"bước 1 "A" do v trong 1 ngày làm việc {{ loại: tiếp nhận }}
            bước 2 "{label}" do v trong 1 ngày làm việc {{ loại: trả kết quả }}"#
        )
    };
    // 250 letters with the number, and 258.
    for (words, cut) in [(31, false), (32, true)] {
        let (findings, outputs) = built(&project(&procedure(&steps(&long(words))), target), target);
        let [output, _] = &outputs[..] else { panic!("{findings:?}") };
        let found: Vec<&Diagnostic> = findings.iter().filter(|it| it.code == "T503").collect();
        assert_eq!(found.len(), usize::from(cut), "{findings:?}");
        for it in found {
            assert_eq!(it.severity, Severity::Warning);
            assert!(it.message.en.contains("255 of the 258 letters of “2. Giấy tờ Giấy"), "{}", it.message.en);
        }
        let names = elements(output, "stepName");
        assert_eq!(
            names.iter().filter(|name| name.ends_with(" Giấy tờ…")).count(),
            if cut { 2 } else { 0 },
            "{names:?}"
        );
        assert!(names.iter().all(|name| name.chars().count() <= 255));
    }
}

#[test]
fn an_opencps_package_says_status_time_and_what_the_clock_does() {
    let target = target::find("opencps").unwrap();
    let (_, once) = built(&examples(target), target);
    assert!(once.len() >= 14, "{}", once.len());
    assert_eq!(once, built(&examples(target), target).1);
    let copy = once.iter().find(|output| output.path == "cap_ban_sao_tu_so_goc.zip").unwrap();
    for part in [
        "cap_ban_sao_tu_so_goc/processes/QT_2_000908.xml",
        "<durationCount>8</durationCount>\n  <durationUnit>1</durationUnit>",
        "<dossierStatus>receiving</dossierStatus>",
        "<dossierStatus>done</dossierStatus>",
        "<workTimeDay>2</workTimeDay>",
        "<holidayDate>02/09/2026</holidayDate>",
    ] {
        assert!(holds(copy, part), "{part}");
    }
    assert!(!holds(copy, "<autoEvent>timer"));
}

#[test]
fn a_wait_stops_the_clock_of_opencps_and_its_end_is_an_action_of_somebody() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận  hướng xử lý {
            đủ -> tiếp  thiếu -> chờ bổ sung tối đa 30 ngày rồi quay lại 1, trong thời gian đã định, tính lại thời hạn } }
        bước 2 "B]]>&<x/>" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let target = target::find("opencps").unwrap();
    let (findings, outputs) = built(&project(&procedure(steps), target), target);
    let [output, _] = &outputs[..] else { panic!("{findings:?}") };
    for part in ["<dateOption>1<", "<dateOption>6<", "<preCondition>submitting<", "<actionName>Hết thời gian<"] {
        assert!(holds(output, part), "{part}");
    }
    assert!(findings.iter().any(|finding| finding.code == "T504"), "nobody is told that its timers do not run");
    assert!(!holds(output, "<x/>") && holds(output, "B]]&gt;&amp;&lt;x/&gt;"));
}

#[test]
fn what_opencps_has_a_field_for_is_filled() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận  nội dung: "Xem giấy tờ."  kết quả: "Phiếu"
            lệ phí: 20.000 đồng  cần có mặt: có }
        bước 2 "B" do v trong 1 ngày làm việc { loại: thẩm định  chậm nhất: 3 ngày làm việc kể từ 1  hướng xử lý {
            đủ -> tiếp  thiếu -> chờ bổ sung tối đa 30 ngày rồi quay lại 1 tối đa 1 lần, trong thời gian đã định } }
        bước 3 "C" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let said = r#"cách thức: "Nộp trực tiếp"  bưu chính công ích: có  trực tuyến: một phần  đối tượng: "Cá nhân"
        yêu cầu: "Đủ 18 tuổi"  phí: 50.000 đồng  căn cứ: "Luật A"  ban hành theo: "Quyết định B"  nội dung: "Nộp rồi chờ"
        thành phần hồ sơ { "Đơn" { bản chính: 1  bản sao: 2  mẫu: "Mẫu số 01" } }  kết quả: "Giấy phép"
        thời hạn theo quy định: 30 ngày làm việc  thời hạn: 20"#;
    let target = target::find("opencps").unwrap();
    let text = procedure(steps).replace("thời hạn: 20", said);
    let (findings, outputs) = built(&project(&text, target), target);
    let [output, _] = &outputs[..] else { panic!("{findings:?}") };
    let only = |name| match &elements(output, name)[..] {
        [only] => only.to_string(),
        several => panic!("{name}: {several:?}"),
    };
    assert_eq!(only("methodText"), "Nộp trực tiếp; Dịch vụ công trực tuyến một phần; Qua dịch vụ bưu chính công ích");
    assert_eq!(only("dossierText"), "1. Đơn (bản chính: 01, bản sao: 02, Mẫu số 01)");
    assert_eq!(only("partTip"), "bản chính: 01, bản sao: 02, Mẫu số 01");
    assert_eq!(only("conditionText"), "Đủ 18 tuổi");
    assert_eq!(only("applicantText"), "Cá nhân");
    assert_eq!(only("durationText"), "20 ngày làm việc; theo quy định 30 ngày làm việc");
    assert_eq!(only("regularText"), "Quyết định B; Luật A");
    assert_eq!(only("feeText"), "Phí: 50.000 đồng");
    assert_eq!(only("resultText"), "Giấy phép");
    assert_eq!(only("processText"), "Nộp rồi chờ");
    let first = "Cần có mặt người nộp hồ sơ. Lệ phí: 20.000 đồng. Kết quả: Phiếu. Nội dung: Xem giấy tờ";
    let (second, wait) =
        ("Chậm nhất 3 ngày làm việc kể từ khi xong bước 1. Thiếu: trong thời gian đã định", "Tối đa 30 ngày");
    assert_eq!(elements(output, "instructionNote"), [first, first, second, second, wait]);
    // Of the positions, the process and its seven places.
    assert_eq!(elements(output, "code"), ["A_V"]);
    assert!(elements(output, "roleCode").iter().all(|code| *code == "A_V"));
    let lost: Vec<&str> = findings.iter().filter(|it| it.code == "T503").map(|it| it.message.en.as_str()).collect();
    assert!(lost.len() == 1 && lost[0].contains("asking for fees"), "{findings:?}");
}

#[test]
fn what_opencps_has_no_field_for_is_said() {
    let steps = |electronic: &str, content: &str| {
        format!(
            r#"bước 1 "A" do v trong 1 ngày làm việc {{ loại: tiếp nhận  {electronic}  nội dung: "{content}" }}
            bước 2 "B" do v trong 1 ngày làm việc {{ loại: trả kết quả }}"#
        )
    };
    let target = target::find("opencps").unwrap();
    let said = |text: &str| {
        let (findings, outputs) = built(&project(text, target), target);
        assert_eq!(outputs.len(), 2, "{findings:?}");
        let all = findings.into_iter().filter(|it| it.code == "T503" && it.severity == Severity::Warning);
        all.map(|it| it.message.en).collect::<Vec<_>>()
    };
    let plain = procedure(&steps("", "ngắn"));
    assert!(said(&plain).is_empty());
    let has = |text: &str, words: &str| {
        let all = said(text);
        assert!(all.len() == 1 && all[0].contains(words), "{words}: {all:?}");
    };
    has(&procedure(&steps("điện tử { thông báo: sms }", "ngắn")), "messages of steps");
    has(&plain.replace("thời hạn: 20 ngày làm việc", ""), "without a limit");
    has(&plain.replace("lĩnh vực: \"Xây dựng\"", ""), "without a domain");
    has(&procedure(&steps("", &"rất dài ".repeat(40))), "keeps but 255 letters of what is told at step 1");
}

#[test]
fn what_is_said_of_ways_and_of_waiting_is_told_at_the_step() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
        bước 2 "B" do v trong 1 ngày làm việc { loại: thẩm định  hướng xử lý {
            đủ -> tiếp { kết quả: "Phiếu đạt"  ghi chú: "Lưu một bản" }
            làm_lại -> quay lại 1 tối đa 1 lần, trong 2 ngày làm việc
            sửa -> quay lại 1, trong thời gian đã định } }
        bước 3 "C" do v trong 10 ngày không tính thời hạn "Niêm yết công khai" { loại: thẩm định }
        bước 4 "D" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let target = target::find("opencps").unwrap();
    let (findings, outputs) = built(&project(&procedure(steps), target), target);
    let [output, _] = &outputs[..] else { panic!("{findings:?}") };
    let told = elements(output, "instructionNote");
    for said in [
        "Làm lại: mỗi lần trong 2 ngày làm việc. Sửa: trong thời gian đã định. Đủ: ghi chú: Lưu một bản. Đủ: kết quả: Phiếu đạt",
        "Tối đa 10 ngày. Không tính vào thời hạn: Niêm yết công khai",
    ] {
        assert!(told.contains(&said), "{said}: {told:?}");
    }
    // A calendar time that does not count is only told.
    assert!(findings.iter().all(|finding| finding.code != "T503"), "{findings:?}");
    let target = target::find("reactflow").unwrap();
    let (findings, _) = built(&project(&procedure(steps), target), target);
    let lost = |it: &&Diagnostic| it.code == "T503" && it.message.en.ends_with("what is told at step 2 and 1 more");
    assert_eq!(findings.iter().filter(lost).count(), 1, "{findings:?}");
}

#[test]
fn the_result_is_there_only_where_it_can_be_handed_out() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
        bước 2 "B" do v trong 1 ngày làm việc { loại: ký duyệt  hướng xử lý { cấp -> bước 4  từ_chối -> bước 3 } }
        bước 3 "C" do v trong 1 ngày làm việc { loại: dự thảo  chuyển: kết thúc từ chối giải quyết }
        bước 4 "D" do v trong 1 ngày làm việc { loại: trả kết quả  điện tử { trạng thái: 7 } }"#;
    let target = target::find("opencps").unwrap();
    let (findings, outputs) = built(&project(&procedure(steps), target), target);
    let [output, _] = &outputs[..] else { panic!("{findings:?}") };
    // The way to the refusal makes nothing.
    assert_eq!(elements(output, "createDossierFiles"), ["KQ0"]);
    assert!(elements(output, "dossierStatus").contains(&"cancelling"));
}

#[test]
fn a_step_in_which_a_dossier_is_not_accepted_is_denied() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận  điện tử { trạng thái: 1 }
            hướng xử lý { đủ -> bước 3  thiếu -> bước 2 } }
        bước 2 "B" do v trong 1 ngày làm việc { loại: thông báo  điện tử { trạng thái: 3 }  kết thúc: từ chối tiếp nhận }
        bước 3 "C" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let target = target::find("opencps").unwrap();
    let (findings, outputs) = built(&project(&procedure(steps), target), target);
    let [output, _] = &outputs[..] else { panic!("{findings:?}") };
    let names = elements(output, "stepName");
    let place = names.iter().position(|name| *name == "2. B").unwrap();
    assert_eq!(elements(output, "dossierStatus")[place], "denied");
}

#[test]
fn that_nothing_asks_for_the_fee_is_said_at_the_step_that_takes_it() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
        bước 2 "B" do v trong 1 ngày làm việc { loại: thu phí  phí: 20.000 đồng }
        bước 3 "C" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let target = target::find("opencps").unwrap();
    let said = |text: &str| {
        let (findings, outputs) = built(&project(text, target), target);
        assert_eq!(elements(&outputs[0], "requestPayment").iter().filter(|asked| **asked != "0").count(), 0);
        let found = findings.into_iter().filter(|it| it.code == "T503" && it.severity == Severity::Warning);
        found.map(|it| it.message.en).collect::<Vec<_>>()
    };
    let lost = "The target “opencps” cannot carry asking for fees and confirming them: there are only words for them";
    assert_eq!(said(&procedure(steps)), [format!("{lost} (step 2)")]);
    let free = steps.replace("loại: thu phí  phí: 20.000 đồng", "loại: xem xét");
    assert_eq!(said(&procedure(&free)), [""; 0]);
    let whole = procedure(&free).replace("lĩnh vực:", "lệ phí: 30.000 đồng  lĩnh vực:");
    assert_eq!(said(&whole), [lost]);
}
