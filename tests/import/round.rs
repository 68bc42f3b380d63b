//! A process that was built as BPMN and is imported again is the same process: steps, performers, times, ways.

use crate::examples;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use tthc_compiler::diagnostic::Severity;
use tthc_compiler::import;
use tthc_compiler::project::{ParsedFile, Project, Settings};

fn definitions(project: &Project) -> BTreeMap<String, Value> {
    let definitions = examples::built(project, "json")
        .into_iter()
        .map(|output| serde_json::from_slice::<Value>(&output.bytes).unwrap());
    definitions.map(|definition| (definition["procedure"]["id"].as_str().unwrap().to_string(), definition)).collect()
}

/// What is compared: everything that makes the process, by names that do not depend on parts that were inserted; not where
/// it stands, nor how an amount is spelt.
fn essence(definition: &Value, case: &Value) -> Value {
    let graph = &case["graph"];
    let nodes: BTreeMap<String, Value> =
        list(graph, "nodes").iter().map(|node| (id(&node["id"]), plain(node))).collect();
    let mut ways: Vec<Value> = list(graph, "transitions").iter().map(plain).collect();
    ways.sort_by_key(Value::to_string);
    let fields: Vec<Value> = list(definition, "fields")
        .iter()
        .map(|field| json!([field["id"], field["label"], field["type"]["kind"]]))
        .collect();
    // What it is called in the text, and that several share it, is no part of a drawing.
    let mut head = definition["procedure"].clone();
    for key in ["id", "label", "documentation", "sharedProcess", "source", "texts"] {
        head.as_object_mut().unwrap().remove(key);
    }
    if let Some(own) = case["otherwise"].as_object() {
        head.as_object_mut().unwrap().extend(own.clone());
    }
    let calendar = case["otherwise"].get("calendar").unwrap_or(&definition["calendars"][0]["id"]);
    head["calendar"] = calendar.clone();
    // That of the limits stands first.
    let mut calendars = list(definition, "calendars").to_vec();
    calendars.sort_by_key(|calendar| calendar["id"].to_string());
    let mut texts = definition["procedure"]["texts"].as_object().unwrap().clone();
    texts.extend(case["texts"].as_object().unwrap().clone());
    let limits = |key: &str| -> Vec<Value> {
        let own = list(case, key).iter();
        own.map(|limit| json!([plain(&limit["duration"]), plain(&limit["agency"]), plain(&limit["guard"])])).collect()
    };
    json!({ "notes": case["notes"], "calendars": calendars, "forms": definition["forms"], "organizations": definition["organizations"], "head": plain(&head), "texts": texts, "statutory": limits("statutoryLimits"), "shares": limits("shares"), "nodes": nodes, "ways": ways, "limits": limits("limits"), "fields": fields, "stages": list(case, "stages").iter().map(plain).collect::<Vec<_>>() })
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn id(value: &Value) -> String {
    value.as_str().unwrap_or_default().replace('.', "_")
}

/// A value without places and spellings; names as the import has them.
fn plain(value: &Value) -> Value {
    const NAMES: [&str; 14] = [
        "id",
        "from",
        "to",
        "step",
        "since",
        "join",
        "block",
        "branch",
        "countedPer",
        "whenExhausted",
        "name",
        "stage",
        "parent",
        "field",
    ];
    match value {
        Value::Object(fields) => {
            let amount = fields.contains_key("workingMinutes");
            let kept = fields.iter().filter(|(key, value)| {
                let place = matches!(key.as_str(), "source" | "insertedAt");
                let spelling = amount && key.as_str() == "text" || key.as_str() == "id" && fields.contains_key("from");
                !place && !spelling && !value.is_null()
            });
            let plain = kept.map(|(key, value)| {
                let organization = fields.get("kind").is_some_and(|kind| kind == "organization");
                let value = match value {
                    Value::String(_) if NAMES.contains(&key.as_str()) && !organization => Value::from(id(value)),
                    Value::Object(texts) if key == "texts" => texts
                        .iter()
                        .map(|(key, texts)| {
                            let texts = texts.as_array().unwrap().iter().map(|text| text.as_str().unwrap());
                            (key.clone(), Value::from(super::words(&texts.collect::<Vec<_>>().join(" "))))
                        })
                        .collect(),
                    value => self::plain(value),
                };
                (key.clone(), value)
            });
            plain.collect()
        }
        Value::Array(values) => values.iter().map(plain).collect(),
        value => value.clone(),
    }
}

/// Where two values differ first.
fn difference(place: &str, before: &Value, after: &Value) -> Option<String> {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: std::collections::BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            keys.into_iter().find_map(|key| {
                let of = |map: &serde_json::Map<String, Value>| map.get(key).cloned().unwrap_or(Value::Null);
                difference(&format!("{place}/{key}"), &of(a), &of(b))
            })
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            (0..a.len()).find_map(|at| difference(&format!("{place}/{at}"), &a[at], &b[at]))
        }
        _ if before == after => None,
        _ => Some(format!("{place}: {before} → {after}")),
    }
}

/// Labels that look like numbers, branches with names of their own, limits of every kind under conditions, a clock that
/// leads where the step leads and is no consent.
const ODD: &str = r#"cơ quan A "Sở A" { cấp: tỉnh  một cửa: có  thẩm quyền ký: có  vai trò v "Chuyên viên" }
cơ quan B "Sở B" { cấp: tỉnh  vai trò v "Chuyên viên Sở B" }
thủ tục lạ "Thủ tục lạ" {
  mã: "1.000001"  cơ quan thực hiện: A  cơ quan phối hợp: B  thẩm quyền: A  tiếp nhận tại: A  lĩnh vực: "Xây dựng"
  thành phần hồ sơ { "Đơn" { bản chính: 1  ghi chú: "Ký từng trang"  ghi chú: "Không tẩy xóa" } }
  thông tin hồ sơ { cỡ "Cỡ": số "m²"  loại "Loại": mới | cũ  gấp "Gấp": có/không }
  thời hạn: 10 ngày làm việc
  thời hạn: 9 ngày làm việc khi (cỡ > 10,5 và loại ≠ cũ) hoặc không (gấp hoặc loại = mới)
  thời hạn theo quy định: 20 ngày làm việc
  thời hạn theo quy định: 15 ngày làm việc khi gấp
  phần của B: 3 ngày làm việc khi loại = mới
  phần của B: 4 ngày làm việc
  quy trình {
    bước 1 "1. Nhận" do A.v trong 1 ngày làm việc { loại: tiếp nhận }
    bước hai "2. Xem qua" do A.v trong 1 ngày làm việc { loại: xem xét }
    song song hỏi "Hỏi ý kiến" chờ tất cả {
      nhánh trong_sở "Trong Sở" { bước ba "3) Phòng A" do A.v trong 1 ngày làm việc { loại: xem xét } }
      nhánh ngoài { bước bốn "Sở B: bước 4" do B.v trong 2 ngày làm việc {
        loại: lấy ý kiến  nội dung lấy ý kiến: "X"  quá hạn: coi như đồng ý } }
    }
    bước 5 "Ký" do A.v trong 1 ngày làm việc { loại: phê duyệt  quá hạn: bước 6 }
    bước 6 "Trả" do A.v trong 1 ngày làm việc { loại: trả kết quả }
  }
}"#;

/// Nearly every key of the language, in the blocks that take it.
const EVERYTHING: &str = include_str!("../../compiler/tests/targets/everything.tthc");

#[test]
fn what_was_built_as_bpmn_comes_back_as_the_same_process() {
    let made = super::folder().parent().unwrap().join("player/made/chờ_ít_nhất.tthc");
    let made = Arc::new(ParsedFile::new("made.tthc", &std::fs::read(made).unwrap()));
    let odd = Arc::new(ParsedFile::new("odd.tthc", ODD.as_bytes()));
    // A call comes back as a step that somebody has to look at.
    let everything: Vec<&str> =
        EVERYTHING.lines().filter(|line| !line.trim().starts_with("liên thông thủ tục")).collect();
    let everything = Arc::new(ParsedFile::new("everything.tthc", everything.join("\n").as_bytes()));
    let projects = [made, odd, everything].map(|file| Project::new(vec![file], Settings::default()));
    let projects: Vec<Project> = std::iter::once(examples::project()).chain(projects).collect();
    let definitions: BTreeMap<String, Value> = projects.iter().flat_map(definitions).collect();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for dialect in ["bpmn", "camunda7", "camunda8", "flowable", "spiff", "bpmn-engine"] {
        for drawing in projects.iter().flat_map(|project| examples::built(project, dialect)) {
            // The steps after the result are a drawing of their own; alone they are no procedure.
            let Some((procedure, case)) = named(&drawing.path) else { continue };
            let imported = import::import(import::find("bpmn").unwrap(), "x", &drawing.bytes).unwrap();
            let place = format!("{dialect}/{}", drawing.path);
            assert!(imported.findings.is_empty(), "{place}: {:?}", imported.findings);
            super::assert_well_written(&place, &imported);
            // One example says in a comment why it is received elsewhere; comments are in no drawing.
            let settings = Settings { severities: [("T405".to_string(), None)].into(), ..Settings::default() };
            let again = Project::new(vec![Arc::new(ParsedFile::new("x.tthc", imported.text.as_bytes()))], settings);
            let errors: Vec<String> = again
                .check()
                .into_iter()
                .filter(|found| found.severity == Severity::Error)
                .map(|found| format!("{} {}", found.code, found.message.vi))
                .collect();
            if !errors.is_empty() {
                wrong.push(format!("{place}: {errors:?}\n{}", imported.text));
                continue;
            }
            let after = self::definitions(&again);
            let after = after.values().next().unwrap_or_else(|| panic!("{place}: nothing is built"));
            let before = &definitions[procedure];
            let own = list(before, "cases").iter().find(|own| case.is_none_or(|case| own["id"] == case)).unwrap();
            let mut before = before.clone();
            if case.is_some() {
                // A drawing is of one case: what occurs only in the others is in no text made from it.
                for of in ["organizations", "calendars"] {
                    let known: Vec<&Value> = list(after, of).iter().map(|one| &one["id"]).collect();
                    let kept = list(&before, of).iter().enumerate().filter(|(index, one)| {
                        let is_general = of == "calendars" && *index == 0;
                        is_general || known.contains(&&one["id"])
                    });
                    before[of] = kept.map(|(_, one)| one.clone()).collect();
                }
            }
            let difference = difference("", &essence(&before, own), &essence(after, &after["cases"][0]));
            wrong.extend(difference.map(|difference| format!("{place}: {difference}")));
            compared += 1;
        }
    }
    assert!(
        wrong.is_empty(),
        "{} wrong:\n{}",
        wrong.len(),
        wrong.iter().take(12).cloned().collect::<Vec<_>>().join("\n")
    );
    assert!(compared >= 6 * 18, "only {compared} are compared");
}

/// A comparison that takes anything would make the test above worthless.
#[test]
fn the_comparison_sees_what_has_changed() {
    let definition = &definitions(&examples::project())["cấp_phép_xây_dựng"];
    let essence = |definition: &Value| essence(definition, &definition["cases"][0]);
    let before = essence(definition);
    for (place, value) in [
        ("/cases/0/graph/nodes/1/performers/id", "TTHCC"),
        ("/cases/0/graph/nodes/1/time/duration/workingMinutes", "1"),
        ("/cases/0/graph/nodes/1/texts/kết quả/0", "khác"),
        ("/cases/0/graph/transitions/2/to", "ký"),
        ("/cases/0/graph/transitions/2/outcome", "khác"),
        ("/cases/0/limits/0/duration/workingMinutes", "1"),
        ("/cases/0/limits/1/guard/args/2/value", "1"),
        ("/cases/0/graph/transitions/8/branch", "khác"),
        ("/cases/0/graph/transitions/8/label", "khác"),
    ] {
        let mut changed = definition.clone();
        *changed.pointer_mut(place).unwrap_or_else(|| panic!("{place}")) = Value::from(value);
        assert!(difference("", &before, &essence(&changed)).is_some(), "{place}");
    }
}

/// The procedure and case of a drawing; none of steps after the result.
fn named(path: &str) -> Option<(&str, Option<&str>)> {
    let name = path.strip_suffix(".bpmn")?;
    if name.ends_with(".sau_khi_trả_kết_quả") {
        return None;
    }
    Some(name.split_once('.').map_or((name, None), |(procedure, case)| (procedure, Some(case))))
}

/// A condition that no line says is left to somebody, whatever else there is with the word `khi`.
#[test]
fn a_limit_that_has_no_line_is_left_open() {
    const DECIDED: &str = r#"cơ quan A "Sở A" { cấp: tỉnh  một cửa: có  vai trò v "Chuyên viên" { thẩm quyền ký: có } }
thủ tục t "Thủ tục" {
  mã: "1.000001"  cơ quan thực hiện: A  thẩm quyền: A  tiếp nhận tại: A  lĩnh vực: "Xây dựng"
  yêu cầu: "Chỉ nộp khi cần"
  thời hạn: 4 ngày làm việc khi bước 2 = cấp
  thời hạn: 3 ngày làm việc
  quy trình {
    bước 1 "Nhận" do A.v trong 1 ngày làm việc { loại: tiếp nhận }
    bước 2 "Ký" do A.v trong 1 ngày làm việc { loại: phê duyệt  hướng xử lý { cấp -> tiếp  từ_chối -> tiếp } }
    bước 3 "Trả" do A.v trong 1 ngày làm việc { loại: trả kết quả }
  }
}"#;
    let project = Project::new(vec![Arc::new(ParsedFile::new("t.tthc", DECIDED.as_bytes()))], Settings::default());
    let drawing = examples::built(&project, "bpmn").remove(0);
    let imported = import::import(import::find("bpmn").unwrap(), "x", &drawing.bytes).unwrap();
    let left = |line: &str| line.contains("CẦN XEM LẠI") && line.contains("4 ngày làm việc");
    assert!(imported.text.lines().any(left), "{}", imported.text);
    assert_eq!(imported.open, 1, "{}", imported.text);
}
