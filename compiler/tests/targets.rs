//! The targets beside the JSON definition: every example is built, the same every time, and nothing in a file is markup.
//! What engines make of the files is in `tests/oracles`.
#![allow(clippy::unwrap_used)]

mod common;

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

fn built(project: &Project, target: &Target) -> (Vec<Diagnostic>, Vec<Output>) {
    let findings = project.check();
    let outputs = (target.build)(project, &findings);
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
        thời hạn: 20 ngày làm việc  quy trình {{ {steps} }} }}"#
    )
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

/// A block of so many branches that goes on when some of them have come.
fn early_join(needed: usize, branches: usize) -> String {
    let branch =
        |at| format!("nhánh n{at} {{ bước b{at} \"B{at}\" do v trong 1 ngày làm việc {{ loại: thẩm định }} }}");
    let branches: String = (0..branches).map(branch).collect();
    let last = "bước c \"C\" do v trong 1 ngày làm việc { loại: trả kết quả }";
    procedure(&format!("song song s chờ ít nhất {needed} nhánh {{ {branches} }} {last}"))
}

#[test]
fn a_join_that_does_not_wait_for_all_is_a_subprocess_with_a_join_for_every_choice() {
    for name in DIALECTS {
        let target = target::find(name).unwrap();
        for (needed, branches, joins) in [(1, 2, 0), (2, 3, 3), (2, 4, 6), (3, 6, 20), (1, 9, 0)] {
            let (findings, outputs) = built(&project(&early_join(needed, branches), target), target);
            let [output, ..] = &outputs[..] else { panic!("{name}, {needed} of {branches}: {findings:?}") };
            let text = text(output);
            assert_eq!(text.matches("<bpmn:subProcess ").count(), 1, "{name}");
            // One counts instead.
            let joins = if name == "bpmn-engine" { 0 } else { joins };
            assert_eq!(
                text.matches("<bpmn:parallelGateway id=\"join_s_fork").count(),
                joins,
                "{name}, {needed} of {branches}"
            );
            // One for every choice; where one branch is enough, for every branch.
            let ends = if needed == 1 { branches } else { joins.max(1) };
            assert_eq!(text.matches("<bpmn:terminateEventDefinition").count(), ends, "{name}, {needed} of {branches}");
        }
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
fn a_gateway_for_every_choice_of_many_branches_is_never_written() {
    let target = target::find("bpmn").unwrap();
    // 48,620 choices.
    let text = early_join(9, 18);
    for (severity, first) in [
        (None, ""),
        (Some(Severity::Note), ""),
        (Some(Severity::Error), "// tthc: bỏ qua T503 — không dùng phần mềm\n"),
    ] {
        let severities = [("T503".to_string(), severity)].into();
        let text = text.replace("thủ tục t", &format!("{first}thủ tục t"));
        let (findings, outputs) = built(&common::project(&text, Settings { severities, ..settings(target) }), target);
        let found: Vec<&Diagnostic> = findings.iter().filter(|finding| finding.code == "T503").collect();
        assert!(found.len() == 1 && found[0].severity == Severity::Error, "{severity:?}: {findings:?}");
        assert_eq!(outputs, [], "{severity:?}");
    }
    // What the rule still leaves to the project.
    let severities = [("T503".to_string(), None)].into();
    let other = target::find("reactflow").unwrap();
    let (findings, outputs) = built(&common::project(&text, Settings { severities, ..settings(other) }), other);
    assert!(findings.iter().all(|finding| finding.code != "T503") && outputs.len() == 1, "{findings:?}");
    // Nor where nobody has asked for the rules of the target.
    assert_eq!((target.build)(&common::project(&text, Settings::default()), &[]), []);
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
        let [output, ..] = &outputs[..] else { panic!("{name}: {findings:?}") };
        assert!(!text(output).contains("<x") && !text(output).contains("]]>"), "{name}");
        assert!(text(output).contains("]]&gt;&lt;x"), "{name}");
    }
}

#[test]
fn working_time_is_a_property_and_a_timer_says_that_it_is_an_approximation() {
    let target = target::find("camunda7").unwrap();
    let (_, outputs) = built(&examples(target), target);
    let building = outputs.iter().find(|output| output.path == "cấp_phép_xây_dựng.bpmn").map(text).unwrap();
    assert!(building.contains(r#"<camunda:property name="time" value="5 ngày làm việc"/>"#));
    assert!(building.contains(r#"<camunda:property name="workingMinutes" value="2400"/>"#));
    assert!(building.contains(">P14D</bpmn:timeDuration>") && !building.contains(">P5D<"));
    assert!(building.contains(r#"name="approximation""#));
    assert!(building.contains("${(outcome_tiep_nhan == &#39;thiếu&#39; &amp;&amp; turns_t4 &lt; 1)}"), "{building}");
}

#[test]
fn a_way_that_is_used_up_is_counted() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
        bước 2 "B" do v trong 1 ngày làm việc { loại: thẩm định  hướng xử lý {
            được -> tiếp  sửa -> quay lại 1 tối đa 2 lần, trong thời gian đã định } }
        bước 3 "C" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let target = target::find("spiff").unwrap();
    let (findings, outputs) = built(&project(&procedure(steps), target), target);
    let [output, ..] = &outputs[..] else { panic!("{findings:?}") };
    let script = text(output);
    assert!(script.contains("turns_t5 = 0") && script.contains("turns_t5 = turns_t5 + 1"), "{script}");
    assert!(script.contains("turns_t5 &lt; 2") && script.contains(r#"name="chọn lại""#), "{script}");
}

#[test]
fn react_flow_has_a_node_for_every_step_and_end_with_hours_and_status() {
    let target = target::find("reactflow").unwrap();
    let (findings, once) = built(&examples(target), target);
    assert!(once.len() >= 7, "{}", once.len());
    assert_eq!(once, built(&examples(target), target).1);
    let copy = once.iter().find(|output| output.path == "cấp_bản_sao_từ_sổ_gốc.reactflow.json").unwrap();
    let value: serde_json::Value = serde_json::from_slice(&copy.bytes).unwrap();
    assert_eq!((value["ma"].as_str(), value["thoiGianThucHien"].as_f64()), (Some("2.000908"), Some(8.0)));
    let list = |key: &str| -> Vec<serde_json::Value> { serde_json::from_str(value[key].as_str().unwrap()).unwrap() };
    let (nodes, edges) = (list("nodeQuyTrinh"), list("edgeQuyTrinh"));
    let hours: Vec<f64> = nodes.iter().map(|node| node["data"]["thoiGianXuLy"].as_f64().unwrap()).collect();
    assert_eq!(hours, [2.0, 3.0, 2.0, 1.0, 0.0]);
    assert_eq!(
        (nodes[0]["type"].as_str(), nodes[0]["data"]["maTrangThaiHoSo"].as_str()),
        (Some("startNode"), Some("2"))
    );
    assert_eq!(nodes[4]["type"], "endNode");
    assert!(edges.iter().all(|edge| nodes.iter().any(|node| node["id"] == edge["target"])));
    // What it cannot carry is refused, with the step.
    let refused = findings.iter().filter(|finding| finding.code == "T503");
    assert!(refused.clone().count() >= 8 && !once.iter().any(|output| output.path.starts_with("cấp_phép_xây_dựng")));
}

#[test]
fn months_and_two_clocks_in_one_time_are_refused_where_they_cannot_be_said() {
    let steps = r#"bước 1 "A" do v trong 1 tháng { loại: tiếp nhận }
        bước 2 "B" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let target = target::find("reactflow").unwrap();
    let (findings, outputs) = built(&project(&procedure(steps), target), target);
    assert!(outputs.is_empty());
    assert!(
        findings.iter().any(|finding| finding.code == "T503" && finding.message.en.contains("months")),
        "{findings:?}"
    );
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

#[test]
fn react_flow_has_the_statuses_that_kinds_imply_and_counts_what_counts() {
    let target = target::find("reactflow").unwrap();
    let (findings, outputs) = built(&project(&procedure(STATUSES), target), target);
    let [output, ..] = &outputs[..] else { panic!("{findings:?}") };
    let value: serde_json::Value = serde_json::from_slice(&output.bytes).unwrap();
    let nodes: Vec<serde_json::Value> = serde_json::from_str(value["nodeQuyTrinh"].as_str().unwrap()).unwrap();
    let said = nodes.iter().map(|node| {
        let data = &node["data"];
        (data["maTrangThaiHoSo"].as_str().unwrap(), data["thoiGianXuLy"].as_f64().unwrap())
    });
    // The sixth stops the clock as a wait does; the last is the end.
    let steps =
        [("2", 8.0), ("4", 8.0), ("5", 0.0), ("4", 8.0), ("6", 0.0), ("8", 0.0), ("4", 8.0), ("10", 0.0), ("10", 0.0)];
    assert_eq!(said.collect::<Vec<_>>(), steps);
}

/// What stands in the elements of this name, in their order.
fn elements<'o>(output: &'o Output, name: &str) -> Vec<&'o str> {
    // Between the files in a package stands what is no text.
    let pieces = output.bytes.split(|byte| *byte == b'\n').filter_map(|line| std::str::from_utf8(line).ok());
    let (start, end) = (format!("<{name}>"), format!("</{name}>"));
    pieces.filter_map(|line| line.trim().strip_prefix(start.as_str())?.strip_suffix(end.as_str())).collect()
}

#[test]
fn opencps_stops_the_clock_wherever_time_does_not_count() {
    let target = target::find("opencps").unwrap();
    let (findings, outputs) = built(&project(&procedure(STATUSES), target), target);
    let [output, ..] = &outputs[..] else { panic!("{findings:?}") };
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

/// Importing them empties what was there: no package of a procedure brings them along.
#[test]
fn opencps_has_the_dictionaries_of_all_procedures_in_a_package_of_their_own() {
    let target = target::find("opencps").unwrap();
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
        bước 2 "B" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let first = procedure(steps).replace("thời hạn:", "lĩnh vực: \"Xây dựng\"  thời hạn:");
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
    let [output, ..] = &outputs[..] else { panic!("{findings:?}") };
    // Of the process, and of its steps.
    let codes = elements(output, "roleCode");
    assert_eq!(codes[..3], ["A_CHUYEN_VIEN", "A_CHUYEN_VIEN_2", "A_V"]);
    assert_eq!(codes[3..7], ["A_V", "A_CHUYEN_VIEN_2", "A_CHUYEN_VIEN", "A_V"]);
}

/// A procedure whose calendar works at these hours.
fn working(hours: &str) -> String {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
        bước 2 "B" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let calendar = format!("lịch l \"L\" {{ nghỉ hằng tuần: chủ nhật  giờ làm việc: {hours} }}\n");
    calendar + &procedure(steps).replace("thời hạn:", "lịch: l  thời hạn:")
}

#[test]
fn opencps_has_a_morning_and_an_afternoon_and_the_days_off_of_all() {
    let target = target::find("opencps").unwrap();
    for (hours, said) in
        [("7:30 - 11:30", "07:30-09:30,09:30-11:30"), ("8:00 - 12:00, 13:00 - 17:00", "08:00-12:00,13:00-17:00")]
    {
        let (findings, outputs) = built(&project(&working(hours), target), target);
        let [output, ..] = &outputs[..] else { panic!("{hours}: {findings:?}") };
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
        let [output, ..] = &outputs[..] else { panic!("{findings:?}") };
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

/// A procedure with limits under conditions.
fn limits(limits: &str) -> String {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
        bước 2 "B" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    procedure(steps)
        .replace("thời hạn: 20 ngày làm việc", &format!(r#"thông tin hồ sơ {{ cỡ "Cỡ": số "m²" }} {limits}"#))
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

#[test]
fn bpmn_says_every_limit_with_its_condition() {
    let text = limits("thời hạn: 8 ngày làm việc khi cỡ > 100  thời hạn: 4 ngày làm việc");
    let target = target::find("bpmn").unwrap();
    let (findings, outputs) = built(&project(&text, target), target);
    let [output, ..] = &outputs[..] else { panic!("{findings:?}") };
    for (name, value) in [
        ("limitWhen", "8 ngày làm việc khi “Cỡ” &gt; 100 m²"),
        ("limit", "4 ngày làm việc"),
        ("limitWorkingMinutes", "1920"),
    ] {
        assert!(holds(output, &format!(r#"property name="{name}" value="{value}""#)), "{name}");
    }
}

/// The files in a package that is stored without compression are in it as they are.
fn holds(output: &Output, part: &str) -> bool {
    output.bytes.windows(part.len()).any(|window| window == part.as_bytes())
}

#[test]
fn an_opencps_package_says_status_time_and_what_the_clock_does() {
    let target = target::find("opencps").unwrap();
    let (_, once) = built(&examples(target), target);
    assert!(once.len() >= 6, "{}", once.len());
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
    let [output, ..] = &outputs[..] else { panic!("{findings:?}") };
    for part in ["<dateOption>1<", "<dateOption>6<", "<preCondition>submitting<", "<actionName>Hết thời gian<"] {
        assert!(holds(output, part), "{part}");
    }
    assert!(findings.iter().any(|finding| finding.code == "T504"), "nobody is told that its timers do not run");
    assert!(!holds(output, "<x/>") && holds(output, "B]]&gt;&amp;&lt;x/&gt;"));
}
