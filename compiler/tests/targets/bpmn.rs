//! BPMN: joins, counts, timers and what has properties.

use super::{DIALECTS, built, common, early_join, examples, holds, limits, procedure, project, settings, text};
use tthc_compiler::diagnostic::{Diagnostic, Severity};
use tthc_compiler::project::Settings;
use tthc_compiler::target;

#[test]
fn a_join_that_does_not_wait_for_all_is_a_subprocess_with_a_join_for_every_choice() {
    for name in DIALECTS {
        let target = target::find(name).unwrap();
        for (needed, branches, joins) in [(1, 2, 0), (2, 3, 3), (2, 4, 6), (3, 6, 20), (1, 9, 0)] {
            let (findings, outputs) = built(&project(&early_join(needed, branches), target), target);
            let [output] = &outputs[..] else { panic!("{name}, {needed} of {branches}: {findings:?}") };
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
    let [output] = &outputs[..] else { panic!("{findings:?}") };
    let script = text(output);
    assert!(script.contains("turns_t5 = 0") && script.contains("turns_t5 = turns_t5 + 1"), "{script}");
    assert!(script.contains("turns_t5 &lt; 2") && script.contains(r#"name="chọn lại""#), "{script}");
}

#[test]
fn bpmn_says_every_limit_with_its_condition() {
    let text = limits("thời hạn: 8 ngày làm việc khi cỡ > 100  thời hạn: 4 ngày làm việc");
    let target = target::find("bpmn").unwrap();
    let (findings, outputs) = built(&project(&text, target), target);
    let [output] = &outputs[..] else { panic!("{findings:?}") };
    for (name, value) in [
        ("limitWhen", "8 ngày làm việc khi “Cỡ” &gt; 100 m²"),
        ("limit", "4 ngày làm việc"),
        ("limitWorkingMinutes", "1920"),
    ] {
        assert!(holds(output, &format!(r#"property name="{name}" value="{value}""#)), "{name}");
    }
}
