//! Small processes, each for one thing that the language can say, with exactly the runs that they must have.

use super::player::{Path, Played, Player, Steps};
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use tthc_compiler::diagnostic::Severity;
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_compiler::target;

const AGENCY: &str = "cơ quan A \"Cơ quan A\" { vai trò v \"Chuyên viên\" }";
const RETURN: &str = "bước trả do v không tính thời hạn { loại: trả kết quả }";

/// The definition of `thủ tục t` in a text.
fn definition(text: &str) -> Value {
    let file = Arc::new(ParsedFile::new("t.tthc", format!("{AGENCY}\n{text}").as_bytes()));
    let project = Project::new(vec![file], Settings::default());
    let findings = project.check();
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    let errors: Vec<&str> = errors.map(|finding| finding.message.en.as_str()).collect();
    assert!(errors.is_empty(), "{errors:?} in {text}");
    let outputs = (target::find("json").unwrap().build)(&project, &findings);
    let output = outputs.iter().find(|output| output.path == "t.json").unwrap();
    serde_json::from_slice(&output.bytes).unwrap()
}

/// A procedure with these fields and steps, and a last step that returns the result.
fn process(fields: &str, steps: &str) -> Value {
    definition(&format!(
        "thủ tục t \"T\" {{ cơ quan thực hiện: A  thông tin hồ sơ {{ {fields} }} quy trình {{ {steps}\n{RETURN} }} }}"
    ))
}

fn play(definition: &Value) -> BTreeMap<String, Played> {
    Player::new(definition).and_then(|player| player.play()).unwrap_or_else(|fault| panic!("{fault}"))
}

/// Every end with the fewest and the most steps on the way to it.
type Ends<'e> = &'e [(&'e str, usize, usize)];

#[track_caller]
fn assert_ends(played: &Played, ends: Ends) {
    let steps = |(end, fewest, most): &(&str, usize, usize)| {
        (end.to_string(), Steps { fewest: *fewest, most: (*most != ENDLESS).then_some(*most) })
    };
    assert_eq!(played.ends, ends.iter().map(steps).collect());
    assert!(played.idle_steps.is_empty(), "no run comes to {:?}", played.idle_steps);
}

/// Runs can be as long as one likes.
const ENDLESS: usize = usize::MAX;

#[track_caller]
fn expect(fields: &str, steps: &str, ends: Ends) {
    assert_ends(&play(&process(fields, steps))[""], ends);
}

/// How many steps a run does that decides just so: `a=x b=quá hạn`.
fn run(definition: &Value, dossier: &[(&str, Value)], decisions: &str, end: &str) -> Option<usize> {
    let decisions = decisions.split(", ").filter(|pair| !pair.is_empty()).map(|pair| {
        let (step, outcome) = pair.split_once('=').unwrap();
        (step.to_string(), outcome.to_string())
    });
    let path = Path {
        case: String::new(),
        dossier: dossier.iter().map(|(field, value)| (field.to_string(), value.clone())).collect(),
        decisions: decisions.collect(),
        end: Some(end.to_string()),
    };
    Player::new(definition).and_then(|player| player.run(&path)).unwrap_or_else(|fault| panic!("{fault}"))
}

#[test]
fn all_branches_are_waited_for() {
    expect(
        "",
        "song song s chờ tất cả { nhánh x { bước a do v trong 1 ngày }
           nhánh y { bước b do v trong 1 ngày  bước c do v trong 1 ngày }  nhánh z { bước d do v trong 1 ngày } }",
        &[("trả kết quả", 5, 5)],
    );
}

/// At best a and d come first; at worst b is done too, but not c, or c comes and d or a is withdrawn.
#[test]
fn two_branches_of_three_are_enough() {
    expect(
        "",
        "song song s chờ ít nhất 2 nhánh { nhánh x { bước a do v trong 1 ngày }
           nhánh y { bước b do v trong 1 ngày  bước c do v trong 1 ngày }  nhánh z { bước d do v trong 1 ngày } }",
        &[("trả kết quả", 3, 4)],
    );
}

#[test]
fn a_branch_stops_the_others() {
    expect(
        "",
        "song song s chờ tất cả {
           nhánh x { bước a do v trong 1 ngày { hướng xử lý { được -> tiếp  không_được -> dừng mọi nhánh, kết thúc từ chối giải quyết } } }
           nhánh y { bước b do v trong 1 ngày  bước c do v trong 1 ngày } }",
        &[("từ chối giải quyết", 1, 3), ("trả kết quả", 4, 4)],
    );
}

#[test]
fn a_parallel_block_stands_in_a_branch_of_another() {
    expect(
        "",
        "song song ngoài chờ ít nhất 1 nhánh {
           nhánh x { bước a do v trong 1 ngày
             song song trong_x chờ tất cả { nhánh p { bước b do v trong 1 ngày } nhánh q { bước c do v trong 1 ngày } } }
           nhánh y { bước d do v trong 1 ngày } }",
        // At worst a, b and then either c or d.
        &[("trả kết quả", 2, 4)],
    );
}

/// The count of the arrow in the branch begins anew when the block is entered again.
#[test]
fn arrows_in_a_branch_count_for_each_entry() {
    expect(
        "",
        "song song s chờ tất cả {
           nhánh x { bước a do v trong 1 ngày { hướng xử lý { lại -> quay lại a tối đa 1 lần  xong -> tiếp } } }
           nhánh y { bước b do v trong 1 ngày } }
         bước xét do v trong 1 ngày { hướng xử lý { lại -> quay lại s tối đa 1 lần  xong -> tiếp } }",
        &[("trả kết quả", 4, 9)],
    );
}

#[test]
fn an_applicant_who_adds_nothing_ends_the_procedure_from_a_branch() {
    expect(
        "",
        "song song s chờ tất cả {
           nhánh x { bước a do v trong 1 ngày { hướng xử lý { đủ -> tiếp  thiếu -> chờ bổ sung tối đa 5 ngày rồi quay lại a tối đa 1 lần } } }
           nhánh y { bước b do v trong 1 ngày } }",
        &[("dừng xử lý", 1, 2), ("trả kết quả", 3, 4)],
    );
}

#[test]
fn a_way_back_is_there_twice() {
    let steps = "bước soạn do v trong 1 ngày
                 bước xét do v trong 1 ngày { hướng xử lý { xong -> tiếp  sửa -> quay lại soạn tối đa 2 lần } }";
    expect("", steps, &[("trả kết quả", 3, 7)]);
    let definition = process("", steps);
    assert_eq!(run(&definition, &[], "xét=sửa, xét=sửa, xét=xong", "trả kết quả"), Some(7));
    assert_eq!(run(&definition, &[], "xét=sửa, xét=sửa, xét=sửa, xét=xong", "trả kết quả"), None);
}

#[test]
fn rework_within_the_set_time_has_no_bound() {
    let steps = "bước soạn do v trong 1 ngày
                 bước xét do v trong 1 ngày { hướng xử lý { xong -> tiếp  sửa -> quay lại soạn, trong thời gian đã định } }";
    expect("", steps, &[("trả kết quả", 3, ENDLESS)]);
}

#[test]
fn a_guard_whose_arrow_is_used_up_goes_elsewhere() {
    let steps = "bước soạn do v trong 1 ngày
                 bước xét do v trong 1 ngày { rẽ nhánh {
                   khi lớn -> quay lại soạn tối đa 2 lần, hết lượt -> kết thúc dừng xử lý
                   còn lại -> tiếp } }";
    expect("lớn: có/không", steps, &[("dừng xử lý", 6, 6), ("trả kết quả", 3, 3)]);
}

#[test]
fn a_plain_arrow_that_is_used_up_goes_elsewhere() {
    let steps = "bước soạn do v trong 1 ngày
                 bước xét do v trong 1 ngày { chuyển: quay lại soạn tối đa 1 lần, hết lượt -> trả }";
    expect("", steps, &[("trả kết quả", 5, 5)]);
}

#[test]
fn what_happens_when_time_has_run_out() {
    let steps = "bước hỏi do v trong 1 ngày { quá hạn: coi như đồng ý }
                 bước xét do v trong 1 ngày { hướng xử lý { duyệt -> tiếp  bác -> kết thúc từ chối giải quyết } quá hạn: coi như bác }
                 bước nhắc do v trong 1 ngày { quá hạn: cảnh báo }
                 bước nộp do v trong 2 ngày { quá hạn: kết thúc dừng xử lý }";
    expect("", steps, &[("từ chối giải quyết", 2, 2), ("dừng xử lý", 4, 4), ("trả kết quả", 5, 5)]);
    let definition = process("", steps);
    assert_eq!(run(&definition, &[], "hỏi=quá hạn, xét=quá hạn", "từ chối giải quyết"), Some(2));
    assert_eq!(run(&definition, &[], "xét=duyệt, nộp=quá hạn", "dừng xử lý"), Some(4));
    assert_eq!(run(&definition, &[], "xét=duyệt, nhắc=quá hạn", "trả kết quả"), None, "a reminder changes nothing");
}

/// `coi như đồng ý` means done; what follows a step that is done is its `rẽ nhánh` or `chuyển`, if it has one.
#[test]
fn tacit_consent_goes_on_as_the_step_does() {
    let choice = "bước hỏi do v trong 1 ngày { quá hạn: coi như đồng ý
                    rẽ nhánh { khi lớn -> kết thúc từ chối giải quyết  còn lại -> tiếp } }";
    let definition = process("lớn: có/không", choice);
    assert_eq!(run(&definition, &[("lớn", true.into())], "hỏi=quá hạn", "từ chối giải quyết"), Some(1));
    assert_eq!(run(&definition, &[("lớn", true.into())], "hỏi=quá hạn", "trả kết quả"), None);
    assert_eq!(run(&definition, &[("lớn", false.into())], "hỏi=quá hạn", "trả kết quả"), Some(2));
    let moved = "bước phân do v trong 1 ngày { hướng xử lý { cần -> hỏi  không_cần -> ghi } }
                 bước hỏi do v trong 1 ngày { quá hạn: coi như đồng ý  chuyển: trả }
                 bước ghi do v trong 1 ngày";
    let definition = process("", moved);
    assert_eq!(run(&definition, &[], "phân=cần, hỏi=quá hạn", "trả kết quả"), Some(3));
    let back = "bước soạn do v trong 1 ngày
                bước hỏi do v trong 1 ngày { quá hạn: coi như đồng ý
                  chuyển: quay lại soạn tối đa 2 lần, hết lượt -> trả }";
    assert_ends(&play(&process("", back))[""], &[("trả kết quả", 7, 7)]);
}

#[test]
fn waits_that_are_no_rows() {
    let steps = "bước nhận do v trong 1 ngày { hướng xử lý {
                   đủ -> tiếp
                   thiếu -> chờ bổ sung tối đa 30 ngày rồi quay lại nhận tối đa 1 lần
                   lệ_phí -> chờ \"nộp lệ phí\" tối đa 5 ngày rồi tiếp } }";
    expect("", steps, &[("dừng xử lý", 1, 1), ("trả kết quả", 2, 3)]);
    let definition = process("", steps);
    assert_eq!(run(&definition, &[], "nhận=thiếu, nhận=lệ_phí", "trả kết quả"), Some(3));
    assert_eq!(run(&definition, &[], "nhận=lệ_phí, chờ=quá hạn", "dừng xử lý"), None, "only a supplement stops");
}

#[test]
fn an_event_brings_an_outcome() {
    let steps = "bước thu do v trong 1 ngày { hướng xử lý {
                   đã_nộp khi có \"chứng từ nộp thuế\" -> tiếp
                   không_nộp -> kết thúc dừng xử lý } }";
    expect("", steps, &[("dừng xử lý", 1, 1), ("trả kết quả", 2, 2)]);
}

/// `không` binds tighter than `và`, and that tighter than `hoặc`; decimals are exact.
#[test]
fn guards_mean_what_they_say() {
    let fields = "đất \"Loại đất\": ở | lúa | rừng  diện_tích: số \"m²\"  gấp: có/không";
    let taken = |guard: &str, land: &str, area: &str, urgent: bool| {
        let steps = format!(
            "bước nhận do v trong 1 ngày {{ rẽ nhánh {{ khi {guard} -> kết thúc trả hồ sơ  còn lại -> tiếp }} }}"
        );
        let dossier = [("đất", land.into()), ("diện_tích", area.into()), ("gấp", urgent.into())];
        run(&process(fields, &steps), &dossier, "", "trả hồ sơ").is_some()
    };
    let guard = "(diện_tích > 0,5 và diện_tích ≤ 1.500,25 hoặc gấp) và không đất thuộc { lúa, rừng }";
    for (land, area, urgent, expected) in [
        ("ở", "0.5", false, false),
        ("ở", "0.500000001", false, true),
        ("ở", "1500.25", false, true),
        ("ở", "1500.250", false, true),
        ("ở", "1500.2500001", false, false),
        ("ở", "0.1", true, true),
        ("lúa", "1", false, false),
        ("rừng", "1", true, false),
    ] {
        assert_eq!(taken(guard, land, area, urgent), expected, "{land} {area} {urgent}");
    }
    let guard = "không gấp và diện_tích ≥ 10 hoặc đất = rừng";
    for (land, area, urgent, expected) in
        [("ở", "10", false, true), ("ở", "9.99", false, false), ("ở", "10", true, false), ("rừng", "9", true, true)]
    {
        assert_eq!(taken(guard, land, area, urgent), expected, "{land} {area} {urgent}");
    }
    let guard = "đất ≠ lúa và không (gấp hoặc diện_tích < 2,50)";
    for (land, area, urgent, expected) in
        [("ở", "2.5", false, true), ("ở", "2.4", false, false), ("ở", "2.5", true, false), ("lúa", "3", false, false)]
    {
        assert_eq!(taken(guard, land, area, urgent), expected, "{land} {area} {urgent}");
    }
}

#[test]
fn stages_stand_in_stages() {
    let definition = definition(
        "thủ tục t \"T\" { cơ quan thực hiện: A  quy trình {
           giai đoạn I { giai đoạn a { bước 1 do v trong 1 ngày
               bước 2 do v trong 1 ngày { hướng xử lý { gấp -> II  thường -> tiếp } } }
             bước 3 do v trong 1 ngày }
           giai đoạn II { bước 1 do v trong 1 ngày { loại: trả kết quả } } } }",
    );
    assert_ends(&play(&definition)[""], &[("trả kết quả", 3, 4)]);
    assert_eq!(run(&definition, &[], "I.a.2=gấp", "trả kết quả"), Some(3));
}

#[test]
fn a_part_is_inserted_twice_under_its_names() {
    let definition = definition(&format!(
        "phần dùng chung ký(người, hạn) {{ bước soạn do người trong hạn
           bước duyệt do người trong hạn {{ hướng xử lý {{ được -> tiếp  sửa -> quay lại soạn tối đa 1 lần }} }} }}
         thủ tục t \"T\" {{ cơ quan thực hiện: A  quy trình {{
           chèn ký(v, 1 ngày) đặt tên lần_1
           chèn ký(v, 2 ngày) đặt tên lần_2
           {RETURN} }} }}"
    ));
    assert_ends(&play(&definition)[""], &[("trả kết quả", 5, 9)]);
    let path = "lần_1.duyệt=sửa, lần_1.duyệt=được, lần_2.duyệt=được";
    assert_eq!(run(&definition, &[], path, "trả kết quả"), Some(7));
    assert_eq!(run(&definition, &[], "lần_1.duyệt=sửa, lần_1.duyệt=sửa", "trả kết quả"), None);
}

#[test]
fn cases_are_taken_by_their_guards() {
    let definition = definition(&format!(
        "thủ tục t \"T\" {{ cơ quan thực hiện: A  thông tin hồ sơ {{ diện_tích: số \"m²\" }}
           trường hợp nhỏ khi diện_tích < 10,5 {{ quy trình {{ {RETURN} }} }}
           trường hợp lớn khi diện_tích ≥ 10,5 {{ quy trình {{
             bước xét do v trong 1 ngày {{ hướng xử lý {{ được -> tiếp  không_được -> kết thúc từ chối giải quyết }} }}
             {RETURN} }} }} }}"
    ));
    let played = play(&definition);
    assert_eq!(played.len(), 2);
    assert_ends(&played["nhỏ"], &[("trả kết quả", 1, 1)]);
    assert_ends(&played["lớn"], &[("từ chối giải quyết", 1, 1), ("trả kết quả", 2, 2)]);
}

#[test]
fn a_call_is_one_step_with_the_ends_of_what_it_calls() {
    let called = format!(
        "thủ tục x \"X\" {{ cơ quan thực hiện: A  thời hạn: 5 ngày  quy trình {{
           bước xét do v trong 1 ngày {{ hướng xử lý {{ được -> tiếp  không_được -> kết thúc từ chối giải quyết }} }}
           {RETURN} }} }}"
    );
    let calling = |lines: &str| {
        definition(&format!(
            "{called} thủ tục t \"T\" {{ cơ quan thực hiện: A  quy trình {{
               bước nhận do v trong 1 ngày
               liên thông thủ tục x {{ hướng xử lý {{ {lines} }} }}
               bước xét do v trong 1 ngày
               {RETURN} }} }}"
        ))
    };
    let definition = calling("từ chối giải quyết -> kết thúc dừng xử lý");
    assert_ends(&play(&definition)[""], &[("dừng xử lý", 2, 2), ("trả kết quả", 4, 4)]);
    let step = definition["cases"][0]["graph"]["nodes"].as_array().unwrap().iter().find(|node| !node["call"].is_null());
    let step = step.unwrap()["id"].as_str().unwrap().to_string();
    let path = format!("{step}=trả kết quả");
    assert_eq!(run(&definition, &[], &path, "trả kết quả"), Some(4));
    let definition = calling("trả kết quả -> trả  từ chối giải quyết -> tiếp");
    assert_eq!(run(&definition, &[], &path, "trả kết quả"), Some(3));
}

#[test]
fn steps_after_the_result_read_what_was_decided_before() {
    let definition = definition(
        "thủ tục t \"T\" { cơ quan thực hiện: A  quy trình {
           bước ký do v trong 1 ngày { hướng xử lý { thường -> tiếp  gấp -> tiếp  bác -> kết thúc từ chối giải quyết } }
           bước trả do v không tính thời hạn { loại: trả kết quả } }
         sau khi trả kết quả {
           bước báo do v { chậm nhất: 1 ngày kể từ ký  rẽ nhánh { khi ký = gấp -> lưu  còn lại -> tiếp } }
           bước đăng do v { chậm nhất: 2 ngày kể từ ký }
           bước lưu do v { chậm nhất: 3 ngày kể từ ký } } }",
    );
    let played = &play(&definition)[""];
    assert_ends(played, &[("từ chối giải quyết", 1, 1), ("trả kết quả", 2, 2)]);
    assert_eq!(played.follow_up, Some(Steps { fewest: 2, most: Some(3) }));
}
