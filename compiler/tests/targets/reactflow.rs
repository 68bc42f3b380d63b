//! React Flow: nodes, hours and statuses.

use super::{STATUSES, built, examples, procedure, project};
use tthc_compiler::target;

#[test]
fn react_flow_has_a_node_for_every_step_and_end_with_hours_and_status() {
    let target = target::find("reactflow").unwrap();
    let (findings, once) = built(&examples(target), target);
    assert!(once.len() >= 14, "{}", once.len());
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
    assert!(refused.clone().count() >= 5 && !once.iter().any(|output| output.path.starts_with("cấp_phép_xây_dựng")));
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

#[test]
fn react_flow_has_the_statuses_that_kinds_imply_and_counts_what_counts() {
    let target = target::find("reactflow").unwrap();
    let (findings, outputs) = built(&project(&procedure(STATUSES), target), target);
    let [output] = &outputs[..] else { panic!("{findings:?}") };
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

#[test]
fn react_flow_has_no_room_for_what_is_told_at_a_step() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận  cần có mặt: có }
        bước 2 "B" do v trong 1 ngày làm việc { loại: trả kết quả  nội dung: "X"  chậm nhất: 3 ngày làm việc kể từ 1 }"#;
    let target = target::find("reactflow").unwrap();
    let (findings, outputs) = built(&project(&procedure(steps), target), target);
    let said = findings.iter().filter(|it| it.code == "T503").map(|it| it.message.en.as_str());
    let mut said: Vec<&str> = said.collect();
    said.sort_unstable();
    assert_eq!(outputs.len(), 1, "{findings:?}");
    assert_eq!(
        said,
        [
            "The target “reactflow” cannot carry deadlines of steps (step 2)",
            "The target “reactflow” cannot carry that the applicant must be present (step 1)",
            "The target “reactflow” has no room for what is told at step 2",
        ]
    );
}

#[test]
fn every_step_that_a_target_cannot_carry_is_named() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
        bước 2 "B" do v trong 1 ngày làm việc { loại: thẩm định  chậm nhất: 3 ngày làm việc kể từ 1 }
        bước 3 "C" do v trong 1 ngày làm việc { loại: thẩm định  chậm nhất: 4 ngày làm việc kể từ 1 }
        bước 4 "D" do v trong 1 ngày làm việc { loại: thẩm định  chậm nhất: 5 ngày làm việc kể từ 1 }
        bước 5 "E" do v trong 1 ngày làm việc { loại: trả kết quả  chậm nhất: 6 ngày làm việc kể từ 1 }"#;
    let target = target::find("reactflow").unwrap();
    let said = |steps: &str| {
        let (findings, _) = built(&project(&procedure(steps), target), target);
        let said = findings.into_iter().filter(|it| it.code == "T503").map(|it| it.message.vi);
        said.collect::<Vec<_>>()
    };
    let lost = "Đích “reactflow” không có hạn “chậm nhất …” của bước";
    assert_eq!(said(steps), [format!("{lost} (bước 2, 3, 4 và 1 bước khác)")]);
    let fewer = steps
        .replace("chậm nhất: 3", "ghi chú: \"x\"  chậm nhất: 3")
        .replace("  chậm nhất: 6 ngày làm việc kể từ 1", "");
    assert!(said(&fewer).contains(&format!("{lost} (bước 2, 3, 4)")), "{:?}", said(&fewer));
}

#[test]
fn names_that_are_longer_than_the_software_keeps_are_cut_and_named() {
    let name = "Tiếp nhận hồ sơ ".repeat(30);
    let steps = format!(
        r#"bước 1 "{name}" do v trong 1 ngày làm việc {{ loại: tiếp nhận }}
        bước 2 "B" do v trong 1 ngày làm việc {{ loại: trả kết quả }}"#
    );
    let target = target::find("reactflow").unwrap();
    let (findings, outputs) = built(&project(&procedure(&steps), target), target);
    let said = findings.iter().filter(|it| it.code == "T503" && it.message.en.contains("keeps but 300 of the"));
    assert_eq!(said.count(), 1, "{findings:?}");
    let file: serde_json::Value = serde_json::from_slice(&outputs[0].bytes).unwrap();
    let nodes: Vec<serde_json::Value> = serde_json::from_str(file["nodeQuyTrinh"].as_str().unwrap()).unwrap();
    let written = nodes[0]["data"]["tenBuocXuLy"].as_str().unwrap();
    assert!(written.chars().count() <= 300 && written.ends_with('…'), "{written}");
}
