//! The targets beside the JSON definition: every example is built, the same every time, and nothing in a file is markup.
//! What engines make of the files is in `tests/oracles`.
#![allow(clippy::unwrap_used)]

#[path = "targets/bpmn.rs"]
mod bpmn;
mod common;
#[path = "targets/everything.rs"]
mod everything;
#[path = "targets/opencps.rs"]
mod opencps;
#[path = "targets/past.rs"]
mod past;
#[path = "targets/reactflow.rs"]
mod reactflow;

use tthc_compiler::diagnostic::{Diagnostic, Severity};
use tthc_compiler::project::{Project, Settings};
use tthc_compiler::target::{self, Output, Target};

const DIALECTS: [&str; 6] = ["bpmn", "camunda7", "camunda8", "flowable", "spiff", "bpmn-engine"];

fn settings(target: &'static Target) -> Settings {
    Settings { targets: vec![target], ..Settings::default() }
}

fn examples(target: &'static Target) -> Project {
    common::examples(settings(target))
}

fn project(text: &str, target: &'static Target) -> Project {
    common::project(text, settings(target))
}

/// What is found, and what is built. What has no place beside the steps is only noted, and has a test of its own.
fn built(project: &Project, target: &Target) -> (Vec<Diagnostic>, Vec<Output>) {
    let mut findings = project.check();
    let outputs = (target.build)(project, &findings);
    findings.retain(|finding| finding.severity != Severity::Note);
    (findings, outputs)
}

fn text(output: &Output) -> &str {
    std::str::from_utf8(&output.bytes).unwrap()
}

/// A procedure around some steps.
fn procedure(steps: &str) -> String {
    format!(
        r#"cơ quan A "Sở A" {{ cấp: tỉnh  một cửa: có  thẩm quyền ký: có  vai trò v "Chuyên viên" }}
        thủ tục t "Thủ tục" {{ mã: "1.000001"  cơ quan thực hiện: A  thẩm quyền: A  tiếp nhận tại: A
        lĩnh vực: "Xây dựng"  thời hạn: 20 ngày làm việc  quy trình {{ {steps} }} }}"#
    )
}

/// A block of so many branches that goes on when some of them have come.
fn early_join(needed: usize, branches: usize) -> String {
    let branch =
        |at| format!("nhánh n{at} {{ bước b{at} \"B{at}\" do v trong 1 ngày làm việc {{ loại: thẩm định }} }}");
    let branches: String = (0..branches).map(branch).collect();
    let last = "bước c \"C\" do v trong 1 ngày làm việc { loại: trả kết quả }";
    procedure(&format!("song song s chờ ít nhất {needed} nhánh {{ {branches} }} {last}"))
}

/// Steps of each kind that implies a status, and one that does not count.
const STATUSES: &str = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
    bước 2 "B" do v trong 1 ngày làm việc { loại: thẩm định }
    bước 3 "C" do người nộp trong 3 ngày làm việc không tính thời hạn "Chờ" { loại: bổ sung }
    bước 4 "D" do v trong 1 ngày làm việc { loại: xem xét }
    bước 5 "E" do người nộp trong 10 ngày làm việc không tính thời hạn "Chờ" { loại: nghĩa vụ tài chính }
    bước 6 "F" do v trong 5 ngày làm việc không tính thời hạn "Chờ" { loại: lấy ý kiến  nội dung lấy ý kiến: "G" }
    bước 7 "H" do v trong 1 ngày làm việc { loại: dự thảo }
    bước 8 "I" do v không tính thời hạn "Chờ" { loại: trả kết quả }"#;

/// A procedure whose calendar works at these hours.
fn working(hours: &str) -> String {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
        bước 2 "B" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let calendar = format!("lịch l \"L\" {{ nghỉ hằng tuần: chủ nhật  giờ làm việc: {hours} }}\n");
    calendar + &procedure(steps).replace("thời hạn:", "lịch: l  thời hạn:")
}

/// A procedure with limits under conditions.
fn limits(limits: &str) -> String {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
        bước 2 "B" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    procedure(steps)
        .replace("thời hạn: 20 ngày làm việc", &format!(r#"thông tin hồ sơ {{ cỡ "Cỡ": số "m²" }} {limits}"#))
}

/// The files in a package that is stored without compression are in it as they are.
fn holds(output: &Output, part: &str) -> bool {
    output.bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

#[test]
fn every_example_is_built_for_every_dialect_the_same_every_time() {
    for name in DIALECTS {
        let target = target::find(name).unwrap();
        let (findings, once) = built(&examples(target), target);
        assert!(findings.iter().all(|finding| finding.code != "T503"), "{name}");
        assert!(once.len() >= 15, "{name}: {}", once.len());
        assert_eq!(once, built(&examples(target), target).1, "{name}");
        let after = once.iter().filter(|output| output.path.ends_with(".sau_khi_trả_kết_quả.bpmn"));
        assert_eq!(after.count(), 1, "the steps after the result have a process of their own");
    }
}

#[test]
fn a_join_that_does_not_wait_for_all_is_refused_by_name_where_it_cannot_be_carried() {
    let refused = |name: &str, needed, branches| {
        let target = target::find(name).unwrap();
        let (findings, outputs) = built(&project(&early_join(needed, branches), target), target);
        let found: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.code == "T503").collect();
        assert!(found.len() == 1 && outputs.is_empty(), "{findings:?}");
        assert!(found[0].message.en.contains(name), "{}", found[0].message.en);
        found[0].message.en.clone()
    };
    // Too many choices: a gateway for each could not be read any more.
    assert!(refused("camunda8", 2, 7).contains("more than 6 branches"));
    assert!(refused("reactflow", 1, 2).contains("parallel"));
}

#[test]
fn what_a_file_says_is_no_markup_and_ends_no_literal() {
    let evil = r#"a\" or 1==1]]><x y='z'>&${7*7}"#;
    let steps = format!(
        r#"bước 1 "{evil}" do v "{evil}" trong 1 ngày làm việc {{ nội dung: "{evil}"  kết quả: "{evil}"
        hướng xử lý {{ đủ "{evil}" -> tiếp  thiếu -> kết thúc trả hồ sơ }} }}
        bước 2 "x" do v trong 1 ngày làm việc {{ loại: trả kết quả }}"#
    );
    for name in DIALECTS {
        let target = target::find(name).unwrap();
        let (findings, outputs) = built(&project(&procedure(&steps), target), target);
        let [output] = &outputs[..] else { panic!("{name}: {findings:?}") };
        assert!(!text(output).contains("<x") && !text(output).contains("]]>"), "{name}");
        assert!(text(output).contains("]]&gt;&lt;x"), "{name}");
    }
}

#[test]
fn what_a_step_costs_is_said() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận  lệ phí: 20.000 đồng }
        bước 2 "B" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    for (name, said) in [("json", "20.000 đồng"), ("bpmn", "lệ phí: 20.000 đồng")] {
        let target = target::find(name).unwrap();
        let (findings, outputs) = built(&project(&procedure(steps), target), target);
        let [output] = &outputs[..] else { panic!("{findings:?}") };
        assert!(std::str::from_utf8(&output.bytes).unwrap().contains(said), "{name}");
    }
}

#[test]
fn a_step_with_a_calendar_of_its_own_is_refused_by_name_where_there_is_one_for_all() {
    let text = working("8:00 - 12:00, 13:00 - 17:00");
    let text = text.replace("lịch: l", "").replace("loại: trả kết quả", "loại: trả kết quả  lịch: l");
    for name in ["opencps", "reactflow"] {
        let target = target::find(name).unwrap();
        let (findings, outputs) = built(&project(&text, target), target);
        let found: Vec<&str> =
            findings.iter().filter(|it| it.code == "T503").map(|it| it.message.en.as_str()).collect();
        assert!(found.len() == 1 && found[0].ends_with("of its own (step 2)") && outputs.is_empty(), "{findings:?}");
    }
}

#[test]
fn a_case_with_a_calendar_of_its_own_is_refused_where_there_is_one_for_all() {
    let text = working("8:00 - 12:00, 13:00 - 17:00").replace("lịch: l", "");
    let text = text.replacen("quy trình {", "trường hợp c \"C\" { lịch: l  quy trình {", 1) + " }";
    for name in ["opencps", "reactflow"] {
        let target = target::find(name).unwrap();
        let (findings, outputs) = built(&project(&text, target), target);
        let refused = |it: &&Diagnostic| it.code == "T503" && it.message.en.ends_with("has of its own");
        assert!(findings.iter().filter(refused).count() == 1 && outputs.is_empty(), "{findings:?}");
    }
}

#[test]
fn limits_under_conditions_are_refused_or_the_longest_is_written() {
    let text = limits("thời hạn: 8 ngày làm việc khi cỡ > 100  thời hạn: 4 ngày làm việc khi cỡ ≤ 100");
    for (name, written) in
        [("opencps", "<durationCount>8</durationCount>"), ("reactflow", "\"thoiGianThucHien\": 64.0")]
    {
        let target = target::find(name).unwrap();
        let (findings, outputs) = built(&project(&text, target), target);
        let found: Vec<&str> =
            findings.iter().filter(|it| it.code == "T503").map(|it| it.message.en.as_str()).collect();
        assert!(found.len() == 1 && found[0].contains("the longest") && outputs.is_empty(), "{name}: {findings:?}");
        let severities = [("T503".to_string(), None)].into();
        let off = common::project(&text, Settings { severities, ..settings(target) });
        let (_, outputs) = built(&off, target);
        assert!(holds(&outputs[0], written), "{name}");
        // One limit for all is no loss.
        let (findings, outputs) = built(&project(&limits("thời hạn: 8 ngày làm việc"), target), target);
        assert!(holds(&outputs[0], written) && findings.iter().all(|it| it.code != "T503"), "{name}: {findings:?}");
    }
}

/// Where the software knows but a list of roles, words say whether all of them perform a step.
#[test]
fn who_performs_together_and_who_instead_of_another_is_told_apart() {
    for (name, both, either) in [
        ("opencps", "Người thực hiện: A.v và A", "Người thực hiện: A.v hoặc A"),
        ("reactflow", "Chuyên viên và Sở A", "Chuyên viên hoặc Sở A"),
    ] {
        let target = target::find(name).unwrap();
        for (word, said) in [("và", both), ("hoặc", either)] {
            let steps = format!(
                r#"bước 1 "A" do v {word} A trong 1 ngày làm việc {{ loại: tiếp nhận }}
                bước 2 "B" do v trong 1 ngày làm việc {{ loại: trả kết quả }}"#
            );
            let (findings, outputs) = built(&project(&procedure(&steps), target), target);
            assert!(outputs.iter().any(|output| holds(output, said)), "{name} {word}: {findings:?}");
        }
    }
}
