//! The JSON definition of every example: valid by the committed schema, the same bytes every time, and playable.
#![allow(clippy::unwrap_used)]

#[path = "player/handmade.rs"]
mod handmade;
mod player;
#[path = "player/refusals.rs"]
mod refusals;

use player::{Path as Run, Played, Player};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tthc_compiler::diagnostic::Severity;
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_compiler::target::{self, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The `.tthc` files below a folder.
fn files_below(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files_below(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "tthc") {
            found.push(path);
        }
    }
}

fn examples() -> Vec<Arc<ParsedFile>> {
    files_of("examples")
}

fn files_of(folder: &str) -> Vec<Arc<ParsedFile>> {
    let mut paths = Vec::new();
    files_below(&root().join(folder), &mut paths);
    let parsed = |path: PathBuf| {
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        Arc::new(ParsedFile::new(name, &fs::read(&path).unwrap()))
    };
    paths.into_iter().map(parsed).collect()
}

fn built(files: Vec<Arc<ParsedFile>>) -> Vec<Output> {
    let project = Project::new(files, Settings::default());
    let findings = project.check();
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let errors: Vec<&str> = errors.map(|finding| finding.message.en.as_str()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    (target::find("json").unwrap().build)(&project, &findings)
}

/// Definitions by procedure.
fn definitions() -> BTreeMap<String, Value> {
    definitions_of(examples())
}

fn definitions_of(files: Vec<Arc<ParsedFile>>) -> BTreeMap<String, Value> {
    let outputs = built(files);
    let values = outputs.iter().map(|output| serde_json::from_slice::<Value>(&output.bytes).unwrap());
    values.map(|value| (value["procedure"]["id"].as_str().unwrap().to_string(), value)).collect()
}

/// A file written by hand beside the player.
fn by_hand(name: &str) -> serde_json::Map<String, Value> {
    let text = fs::read_to_string(root().join("tests/player").join(name)).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// `procedure`, or `procedure/case` where there are several.
fn case_name(procedure: &str, case: &str) -> String {
    if case.is_empty() { procedure.to_string() } else { format!("{procedure}/{case}") }
}

fn played_examples() -> BTreeMap<String, Played> {
    let mut all = BTreeMap::new();
    for (procedure, definition) in definitions() {
        let cases = Player::new(&definition).and_then(|player| player.play());
        for (case, played) in cases.unwrap_or_else(|fault| panic!("{procedure}: {fault}")) {
            all.insert(case_name(&procedure, &case), played);
        }
    }
    all
}

/// `UPDATE_GENERATED=1 cargo test` rewrites the file.
#[test]
fn the_committed_schema_is_current() {
    let path = root().join("schemas/tthc-process.schema.json");
    let schema = target::find("json").unwrap().schema.unwrap()();
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &schema).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(committed, schema, "run: UPDATE_GENERATED=1 cargo test --test definition");
}

fn validator() -> jsonschema::Validator {
    let text = fs::read_to_string(root().join("schemas/tthc-process.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

#[test]
fn every_example_is_valid_by_the_schema() {
    let validator = validator();
    let definitions = definitions();
    assert!(!definitions.is_empty());
    for (procedure, definition) in definitions {
        let errors: Vec<String> =
            validator.iter_errors(&definition).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(errors.is_empty(), "{procedure}: {errors:#?}");
    }
}

#[test]
fn every_remark_is_in_the_definition() {
    const TEXT: &str = r#"biểu mẫu bm "Phiếu" { mã: "BM-01"  theo: "Quyết định 1"  ghi chú: "in hai mặt" }
cơ quan A "Sở A" { cấp: tỉnh  một cửa: có  vai trò v "Chuyên viên" { thẩm quyền ký: có } }
thủ tục t "Thủ tục" {
  mã: "1.000001"  cơ quan thực hiện: A  thẩm quyền: A  tiếp nhận tại: A  lĩnh vực: "Xây dựng"
  thành phần hồ sơ { "Đơn" { bản chính: 1  ghi chú: "ký từng trang" } }
  thời hạn: 3 ngày làm việc
  quy trình {
    ghi chú: "làm trên phần mềm"
    giai đoạn I "Xử lý" {
      kết quả: "hồ sơ đã kiểm tra"  ghi chú: "không nhận bản giấy"
      bước 1 "Nhận" do A.v trong 1 ngày làm việc { loại: tiếp nhận  biểu mẫu: bm }
      bước 2 "Ký" do A.v trong 1 ngày làm việc { loại: phê duyệt  điện tử { ghi chú: "ký bằng SIM" } }
      bước 3 "Trả" do A.v trong 1 ngày làm việc { loại: trả kết quả }
    }
  }
}"#;
    let definition = definitions_of(vec![Arc::new(ParsedFile::new("t.tthc", TEXT.as_bytes()))]).remove("t").unwrap();
    assert!(validator().is_valid(&definition));
    for (place, text) in [
        ("/forms/0/code", "BM-01"),
        ("/forms/0/texts/theo/0", "Quyết định 1"),
        ("/forms/0/texts/ghi chú/0", "in hai mặt"),
        ("/procedure/papers/0/notes/0", "ký từng trang"),
        ("/cases/0/notes/0", "làm trên phần mềm"),
        ("/cases/0/stages/0/texts/kết quả/0", "hồ sơ đã kiểm tra"),
        ("/cases/0/stages/0/texts/ghi chú/0", "không nhận bản giấy"),
        ("/cases/0/graph/nodes/2/electronic/notes/0", "ký bằng SIM"),
    ] {
        assert_eq!(definition.pointer(place), Some(&Value::from(text)), "{place}: {definition:#}");
    }
}

/// A schema that takes anything would make the test above worthless.
#[test]
fn the_schema_refuses_what_the_format_does_not_know() {
    let validator = validator();
    let good = definitions().remove("cấp_phép_xây_dựng").unwrap();
    assert!(validator.is_valid(&good));
    let graph = "/cases/0/graph";
    for (place, key, value) in [
        ("", "unknown", Value::Null),
        ("", "format", Value::from(1)),
        ("/procedure", "charge", Value::from("150.000")),
        (&format!("{graph}/nodes/1"), "colour", Value::from("red")),
        (&format!("{graph}/nodes/1"), "type", Value::from("task")),
        (&format!("{graph}/nodes/1"), "kinds", Value::from("tiếp nhận")),
        (&format!("{graph}/nodes/5"), "joins", Value::from("x")),
        (&format!("{graph}/transitions/3"), "maxTimes", Value::from(-1)),
        (&format!("{graph}/transitions/6/guard"), "op", Value::from("xor")),
        (&format!("{graph}/transitions/6/guard"), "arg", Value::Null),
    ] {
        let mut bad = good.clone();
        bad.pointer_mut(place).unwrap().as_object_mut().unwrap().insert(key.into(), value.clone());
        assert!(!validator.is_valid(&bad), "{place}/{key} = {value} is taken");
    }
}

#[test]
fn building_is_the_same_every_time_and_in_every_order() {
    let files = examples();
    let once = built(files.clone());
    assert_eq!(once, built(files.clone()), "built twice");
    assert_eq!(once, built(files.iter().rev().cloned().collect()), "from last to first");
    let mut random = fastrand::Rng::with_seed(663);
    for round in 0..3 {
        let mut mixed = files.clone();
        random.shuffle(&mut mixed);
        assert_eq!(once, built(mixed), "mixed, round {round}");
    }
}

/// Playing finds no dossier that gets stuck, or this fails with the dossier.
#[test]
fn every_run_of_every_example_comes_to_an_end_that_its_source_names() {
    let played = played_examples();
    let mut expected = BTreeMap::new();
    for (case, ends) in by_hand("ends.json") {
        let ends = ends.as_array().unwrap().iter().map(|end| end.as_str().unwrap().to_string());
        expected.insert(case, ends.collect::<BTreeSet<_>>());
    }
    let reached: BTreeMap<String, BTreeSet<String>> =
        played.into_iter().map(|(case, played)| (case, played.ends.into_keys().collect())).collect();
    assert_eq!(reached, expected);
}

#[test]
fn every_step_of_every_example_is_in_some_run() {
    for (case, played) in played_examples() {
        assert!(played.idle_steps.is_empty(), "{case}: {:?}", played.idle_steps);
    }
}

#[test]
fn the_named_paths_of_the_examples_are_playable() {
    let paths = by_hand("paths.json");
    let cases: BTreeSet<String> = paths.keys().cloned().collect();
    assert_eq!(cases, by_hand("ends.json").into_iter().map(|(case, _)| case).collect());
    assert_playable(&definitions(), paths);
}

/// Processes that no example has, for the engines of `tests/oracles`.
#[test]
fn the_named_paths_of_made_processes_are_playable() {
    let definitions = definitions_of(files_of("tests/player/made"));
    let paths = by_hand("made/paths.json");
    assert!(definitions.keys().eq(paths.keys()), "{definitions:?}");
    assert_playable(&definitions, paths);
}

fn assert_playable(definitions: &BTreeMap<String, Value>, paths: serde_json::Map<String, Value>) {
    for (case_name, named) in paths {
        let (procedure, case) = case_name.split_once('/').unwrap_or((&case_name, ""));
        let player = Player::new(&definitions[procedure]).unwrap();
        for (name, path) in named.as_object().unwrap() {
            let steps = player.run(&run(case, path)).unwrap_or_else(|fault| panic!("{case_name}, {name}: {fault}"));
            let expected = path.get("steps").map(|steps| steps.as_u64().unwrap() as usize);
            assert_eq!(expected.is_none(), name.starts_with("không thể: "), "{case_name}, {name}");
            assert_eq!(steps, expected, "{case_name}, {name}");
        }
    }
}

/// A named path; one without an end is only a beginning.
fn run(case: &str, path: &Value) -> Run {
    let decision = |pair: &Value| (pair[0].as_str().unwrap().to_string(), pair[1].as_str().unwrap().to_string());
    let dossier = path.get("dossier").and_then(Value::as_object).cloned().unwrap_or_default();
    Run {
        case: case.to_string(),
        dossier: dossier.into_iter().collect(),
        decisions: path["decide"].as_array().unwrap().iter().map(decision).collect(),
        end: path.get("end").map(|end| end.as_str().unwrap().to_string()),
    }
}
