//! Targets that remember nothing of a dossier: steps are there once for each past that can still decide something.

use super::{built, procedure, project, settings};
use serde_json::Value;
use std::collections::BTreeMap;
use tthc_compiler::target;

/// The ways of a process for React Flow: from step, label, to step, in the order of the file.
fn ways(steps: &str) -> Vec<(String, String, String)> {
    let target = target::find("reactflow").unwrap();
    let (findings, outputs) = built(&project(&procedure(steps), target), target);
    let [output] = &outputs[..] else { panic!("{findings:?}") };
    let file: Value = serde_json::from_slice(&output.bytes).unwrap();
    let list = |key: &str| serde_json::from_str::<Vec<Value>>(file[key].as_str().unwrap()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let names: BTreeMap<String, String> =
        list("nodeQuyTrinh").iter().map(|node| (text(&node["id"]), text(&node["data"]["tenBuocXuLy"]))).collect();
    let way = |edge: &Value| {
        (names[&text(&edge["source"])].clone(), text(&edge["label"]), names[&text(&edge["target"])].clone())
    };
    list("edgeQuyTrinh").iter().map(way).collect()
}

fn assert_ways(steps: &str, expected: &[(&str, &str, &str)]) {
    let ways = ways(steps);
    let ways: Vec<_> = ways.iter().map(|(from, label, to)| (from.as_str(), label.as_str(), to.as_str())).collect();
    assert_eq!(ways, expected);
}

#[test]
fn a_supplement_that_is_used_up_is_not_offered_in_the_copy_behind_it() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận }
        bước 2 "B" do v trong 1 ngày làm việc { loại: thẩm định  hướng xử lý {
            đủ -> tiếp  thiếu -> chờ bổ sung tối đa 30 ngày rồi quay lại bước 1 tối đa 2 lần, trong thời gian đã định
            sai -> kết thúc từ chối giải quyết } }
        bước 3 "C" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let (go, wait) = ("Chuyển xử lý", "Chờ bổ sung hồ sơ");
    let (first, second) = ("Chờ bổ sung hồ sơ (lần 1)", "Chờ bổ sung hồ sơ (lần 2)");
    assert!(first.starts_with(wait));
    assert_ways(
        steps,
        &[
            ("1. A", go, "2. B"),
            ("1. A (sau bổ sung lần 1)", go, "2. B (sau bổ sung lần 1)"),
            ("1. A (sau bổ sung lần 2)", go, "2. B (sau bổ sung lần 2)"),
            ("2. B", "đủ", "3. C"),
            ("2. B", "thiếu", first),
            ("2. B", "sai", "từ chối giải quyết"),
            ("2. B (sau bổ sung lần 1)", "đủ", "3. C"),
            ("2. B (sau bổ sung lần 1)", "thiếu", second),
            ("2. B (sau bổ sung lần 1)", "sai", "từ chối giải quyết"),
            ("2. B (sau bổ sung lần 2)", "đủ", "3. C"),
            ("2. B (sau bổ sung lần 2)", "sai", "từ chối giải quyết"),
            ("3. C", go, "trả kết quả"),
            (first, go, "1. A (sau bổ sung lần 1)"),
            (first, "Hết thời gian", "dừng xử lý"),
            (second, go, "1. A (sau bổ sung lần 2)"),
            (second, "Hết thời gian", "dừng xử lý"),
        ],
    );
}

#[test]
fn a_way_that_is_used_up_leads_where_the_text_says() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận  hướng xử lý { gấp -> tiếp  thường -> tiếp } }
        bước 2 "B" do v trong 1 ngày làm việc { loại: thẩm định  rẽ nhánh {
            khi bước 1 = thường -> quay lại bước 2 tối đa 1 lần, trong thời gian đã định, hết lượt -> bước 4
            còn lại -> tiếp } }
        bước 3 "C" do v trong 1 ngày làm việc { loại: xem xét }
        bước 4 "D" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let go = "Chuyển xử lý";
    assert_ways(
        steps,
        &[
            ("1. A", "gấp", "2. B"),
            ("1. A", "thường", "2. B (bước 1: thường)"),
            ("2. B", go, "3. C"),
            ("2. B (bước 1: thường)", go, "2. B (sau làm lại lần 1; bước 1: thường)"),
            ("2. B (sau làm lại lần 1; bước 1: thường)", go, "4. D"),
            ("3. C", go, "4. D"),
            ("4. D", go, "trả kết quả"),
        ],
    );
}

#[test]
fn a_copy_is_not_named_after_what_all_copies_have_in_common() {
    // Wherever a dossier comes to steps 3 and 4, step 1 has said `gấp`.
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận  hướng xử lý { gấp -> bước 3  thường -> tiếp } }
        bước 2 "B" do v trong 1 ngày làm việc { loại: xem xét  chuyển: bước 5 }
        bước 3 "C" do v trong 1 ngày làm việc { loại: thẩm định  hướng xử lý {
            đủ -> tiếp  lại -> quay lại bước 3 tối đa 1 lần, trong thời gian đã định } }
        bước 4 "D" do v trong 1 ngày làm việc { loại: xem xét }
        bước 5 "E" do v trong 1 ngày làm việc { loại: trả kết quả  rẽ nhánh {
            khi bước 1 = gấp -> kết thúc trả kết quả  còn lại -> kết thúc từ chối giải quyết } }"#;
    let names: std::collections::BTreeSet<String> = ways(steps).into_iter().map(|(from, ..)| from).collect();
    let expected = ["1. A", "2. B", "3. C", "3. C (sau làm lại lần 1)", "4. D", "5. E", "5. E (bước 1: gấp)"];
    assert_eq!(names.iter().map(String::as_str).collect::<Vec<_>>(), expected);
}

#[test]
fn copies_have_the_time_and_the_people_of_their_step_and_the_total_is_the_same() {
    let steps = r#"bước 1 "A" do v trong 2 ngày làm việc { loại: tiếp nhận  hướng xử lý {
            đủ -> tiếp  thiếu -> chờ bổ sung tối đa 30 ngày rồi quay lại bước 1 tối đa 1 lần, tính lại thời hạn } }
        bước 2 "B" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let target = target::find("opencps").unwrap();
    let (findings, outputs) = built(&project(&procedure(steps), target), target);
    let [output, _] = &outputs[..] else { panic!("{findings:?}") };
    let values = |name| super::opencps::elements(output, name);
    // The process and its stage, between them the steps; the wait and the ends take no time.
    assert_eq!(values("durationCount"), ["20", "2", "2", "1", "0", "0", "0", "0"]);
    let codes: std::collections::BTreeSet<&str> = values("stepCode").into_iter().collect();
    assert_eq!((values("stepCode").len(), codes.len()), (12, 6), "each is configured and stands in the process");
    let names = values("stepName");
    assert_eq!(names[..2], ["1. A", "1. A (sau bổ sung lần 1)"]);
}

/// A step that is done again so many times.
fn again(times: usize) -> String {
    procedure(&format!(
        r#"bước 1 "A" do v trong 1 ngày làm việc {{ loại: tiếp nhận  hướng xử lý {{
            đủ -> tiếp  lại -> quay lại bước 1 tối đa {times} lần, trong thời gian đã định }} }}
        bước 2 "B" do v trong 1 ngày làm việc {{ loại: trả kết quả }}"#
    ))
}

#[test]
fn what_takes_too_many_copies_is_refused_whatever_the_settings() {
    let most = tthc_compiler::limits::TARGETS.iter().find(|limit| limit.id == "copies").unwrap().most;
    for name in ["opencps", "reactflow"] {
        let target = target::find(name).unwrap();
        for (times, refused) in [(most, false), (most + 1, true)] {
            let off = tthc_compiler::project::Settings {
                severities: [("T503".to_string(), None)].into(),
                ..settings(target)
            };
            let (findings, outputs) = built(&super::common::project(&again(times), off), target);
            assert_eq!(findings.iter().any(|it| it.code == "T503"), refused, "{name} {times}: {findings:?}");
            assert_eq!(outputs.is_empty(), refused, "{name} {times}");
        }
    }
}

#[test]
fn what_only_people_know_is_said_at_the_ways() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận  hướng xử lý { gấp -> tiếp  thường -> tiếp } }
        bước 2 "B" do v trong 1 ngày làm việc { loại: thẩm định  rẽ nhánh {
            khi bước 1 = gấp và có "ý kiến phản đối" -> bước 3
            còn lại -> bước 4 } }
        bước 3 "C" do v trong 1 ngày làm việc { loại: xem xét }
        bước 4 "D" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let go = "Chuyển xử lý";
    assert_ways(
        steps,
        &[
            ("1. A", "gấp", "2. B (bước 1: gấp)"),
            ("1. A", "thường", "2. B"),
            ("2. B", go, "4. D"),
            ("2. B (bước 1: gấp)", "khi có ý kiến phản đối", "3. C"),
            ("2. B (bước 1: gấp)", "còn lại", "4. D"),
            ("3. C", go, "4. D"),
            ("4. D", go, "trả kết quả"),
        ],
    );
}

/// A condition on the dossier is refused; who takes it all the same reads all of it at the way.
#[test]
fn conditions_are_said_with_their_values() {
    let steps = r#"bước 1 "A" do v trong 1 ngày làm việc { loại: tiếp nhận  rẽ nhánh {
            khi gấp hoặc diện_tích > 10000,5 -> bước 2
            khi loại_đất ≠ đất_ở và không (diện_tích ≤ 50) -> bước 3
            còn lại -> bước 4 } }
        bước 2 "B" do v trong 1 ngày làm việc { loại: thẩm định }
        bước 3 "C" do v trong 1 ngày làm việc { loại: xem xét }
        bước 4 "D" do v trong 1 ngày làm việc { loại: trả kết quả }"#;
    let fields = "thông tin hồ sơ { gấp \"Gấp\": có/không  diện_tích \"Diện tích\": số \"m²\"  loại_đất \"Loại đất\": đất_ở | khác }";
    let text = procedure(steps).replace("thời hạn: 20", &format!("{fields}  thời hạn: 20"));
    for name in ["reactflow", "opencps"] {
        let target = target::find(name).unwrap();
        let severities = [("T503".to_string(), None)].into();
        let off = tthc_compiler::project::Settings { severities, ..settings(target) };
        let (findings, outputs) = built(&super::common::project(&text, off), target);
        let written = outputs.first().map(|output| String::from_utf8_lossy(&output.bytes)).unwrap_or_default();
        let written = written.replace("&gt;", ">").replace("&lt;", "<");
        for said in ["khi gấp hoặc diện tích > 10.000,5", "khi loại đất ≠ đất ở và không (diện tích ≤ 50)"]
        {
            assert!(written.contains(said), "{name}: {said}: {findings:?} {written}");
        }
    }
}
