//! Worst times that are easy to get wrong, worked out by hand.

use std::sync::Arc;
use tthc_compiler::project::{ParsedFile, Project, Settings};

/// The worst time of a process, in working days.
fn worst(steps: &str) -> f64 {
    let text = format!(
        "cơ quan A \"Sở A\" {{ vai trò v \"Chuyên viên\" }}\nthủ tục t \"T\" {{\n  cơ quan thực hiện: A\n  \
         cách tính: ngày là ngày làm việc\n  quy trình {{\n{steps}\n  }}\n}}\n"
    );
    let project = Project::new(vec![Arc::new(ParsedFile::new("t.tthc", text.as_bytes()))], Settings::default());
    assert!(project.files[0].tree.problems.is_empty(), "{:?}\n{text}", project.files[0].tree.problems);
    let analysis = &project.analysis()[0];
    assert!(analysis.is_sound(), "{:?}\n{text}", analysis.defects);
    let times = analysis.times.as_ref().unwrap();
    assert!(!times.approximate);
    times.classes.iter().map(|class| class.worst.working).max().unwrap() as f64 / 480.0
}

/// Two steps of a day each; the second sends back to the first.
fn back(terms: &str) -> f64 {
    worst(&format!(
        "bước a do v trong 1 ngày\nbước b do v trong 1 ngày {{ hướng xử lý {{\n  được -> kết thúc trả kết quả\n  \
         sửa -> quay lại a {terms}\n}} }}"
    ))
}

/// Branches of so many days each, then two days more; what stands in a branch's step comes last.
fn join(how: &str, branches: &[(&str, &str)]) -> f64 {
    let branches: Vec<String> = branches
        .iter()
        .enumerate()
        .map(|(at, (days, block))| format!("nhánh n{at} {{ bước s{at} do v trong {days} ngày {{ {block} }} }}"))
        .collect();
    let branches = branches.join("\n");
    worst(&format!("song song p chờ {how} {{\n{branches}\n}}\nbước z do v trong 2 ngày {{ kết thúc: trả kết quả }}"))
}

const MAY_STOP: &str = "hướng xử lý {\n đạt -> tiếp\n trái -> dừng mọi nhánh, kết thúc từ chối giải quyết\n }";
const ONLY_STOPS: &str = "chuyển: dừng mọi nhánh, kết thúc từ chối giải quyết";

#[test]
fn a_round_costs_what_it_passes() {
    assert_eq!(back("tối đa 1 lần"), 4.0);
    assert_eq!(back("tối đa 2 lần"), 6.0);
    assert_eq!(back("trong thời gian đã định"), 2.0);
    assert_eq!(back("tối đa 3 lần, tính lại thời hạn"), 2.0);
}

#[test]
fn a_round_costs_no_more_than_it_may() {
    assert_eq!(back("tối đa 2 lần, trong 1 ngày"), 4.0);
    assert_eq!(back("tối đa 2 lần, trong 5 ngày"), 6.0);
    assert_eq!(back("trong 3 ngày tất cả"), 5.0);
    assert_eq!(back("tối đa 1 lần, trong 3 ngày tất cả"), 4.0);
    assert_eq!(back("tối đa 2 lần, trong 0,5 ngày tất cả"), 2.5);
}

/// What lies behind the step that sent back is done for the first time, not again.
#[test]
fn rework_ends_behind_its_step() {
    let steps = |terms: &str| {
        format!(
            "bước a do v trong 1 ngày {{ hướng xử lý {{\n xuôi -> tiếp\n tắt -> c\n }} }}\n\
             bước b do v trong 1 ngày {{ hướng xử lý {{\n được -> tiếp\n sửa -> quay lại a, {terms}\n }} }}\n\
             bước c do v trong 4 ngày {{ hướng xử lý {{\n được -> kết thúc trả kết quả\n \
             sửa -> quay lại a tối đa 1 lần\n }} }}"
        )
    };
    assert_eq!(worst(&steps("trong thời gian đã định")), 12.0);
    assert_eq!(worst(&steps("tối đa 1 lần, trong 0,5 ngày")), 12.5);
}

/// A way back out of the rework of another: both are done within the steps' own time, however often.
#[test]
fn rework_within_rework_costs_nothing_more() {
    let steps = |inner: &str, outer: &str| {
        format!(
            "bước a do v trong 1 ngày\n\
             bước b do v trong 2 ngày {{ hướng xử lý {{\n được -> tiếp\n sửa -> quay lại a {inner}\n }} }}\n\
             bước c do v trong 4 ngày {{ hướng xử lý {{\n được -> tiếp\n sửa -> quay lại b {outer}\n }} }}\n\
             giai đoạn g {{ thời hạn: 7 ngày\n bước d do v\n bước e do v {{ kết thúc: trả kết quả }}\n }}"
        )
    };
    let free = ", trong thời gian đã định";
    assert_eq!(worst(&steps(free, free)), 14.0);
    // a round of a and b (3 days) paid once or twice, or a round of b and c (6 days).
    assert_eq!(worst(&steps("tối đa 1 lần", free)), 17.0);
    assert_eq!(worst(&steps(free, "tối đa 1 lần")), 20.0);
    assert_eq!(worst(&steps("tối đa 1 lần", "tối đa 1 lần")), 23.0);
}

#[test]
fn turns_in_a_branch_are_counted_per_entry() {
    let again = "bước c do v trong 1 ngày { hướng xử lý {\n được -> kết thúc trả kết quả\n \
                 sửa -> quay lại x tối đa 1 lần\n } }";
    let inner = "bước a do v trong 1 ngày { hướng xử lý {\n được -> tiếp\n lại -> quay lại a tối đa 1 lần\n } }";
    let branches = format!(
        "bước x do v trong 1 ngày\nsong song p chờ tất cả {{\n nhánh m {{ {inner} }}\n \
         nhánh n {{ bước b do v trong 1 ngày }}\n }}\n{again}"
    );
    assert_eq!(worst(&branches), 8.0);
    // Outside of a branch they are counted per dossier.
    assert_eq!(worst(&format!("bước x do v trong 1 ngày\n{inner}\n{again}")), 7.0);
}

#[test]
fn a_shared_stage_costs_its_limit_once_per_entry() {
    let stage = |inside: &str, after: &str| {
        worst(&format!(
            "giai đoạn g {{ thời hạn: 3 ngày\n {inside}\n }}\nbước z do v trong 1 ngày {{ hướng xử lý {{\n \
             được -> kết thúc trả kết quả\n sửa -> {after}\n }} }}"
        ))
    };
    let plain = "bước a do v\n bước b do v { hướng xử lý {\n được -> tiếp\n lại -> quay lại a tối đa 2 lần\n } }";
    assert_eq!(stage(plain, "kết thúc từ chối giải quyết"), 4.0);
    assert_eq!(stage(plain, "quay lại a tối đa 1 lần"), 8.0);
    assert_eq!(stage(plain, "quay lại a, trong thời gian đã định"), 4.0);
    assert_eq!(stage(plain, "quay lại a tối đa 2 lần, trong 2 ngày"), 8.0);
    let parallel = "bước a do v\n song song p chờ tất cả {\n nhánh m { bước b do v }\n nhánh n { bước c do v }\n }";
    assert_eq!(stage(parallel, "kết thúc từ chối giải quyết"), 4.0);
    assert_eq!(stage(parallel, "quay lại p tối đa 1 lần"), 8.0);
}

#[test]
fn a_join_counts_its_branches() {
    let three = [("1", ""), ("3", ""), ("5", "")];
    assert_eq!(join("tất cả", &three), 7.0);
    assert_eq!(join("ít nhất 2 nhánh", &three), 5.0);
    assert_eq!(join("ít nhất 1 nhánh", &three), 3.0);
}

#[test]
fn a_branch_that_stops_does_not_arrive() {
    assert_eq!(join("tất cả", &[("6", MAY_STOP), ("3", "")]), 8.0);
    // It is withdrawn on its way to a stop: the other one arrives first, after four days at the latest.
    assert_eq!(join("ít nhất 1 nhánh", &[("4", "hướng xử lý {\n đạt -> tiếp\n }"), ("9", ONLY_STOPS)]), 6.0);
    assert_eq!(join("ít nhất 1 nhánh", &[("4", ""), ("3", ONLY_STOPS)]), 5.0);
    // The join comes before the stop, or it does not come.
    assert_eq!(join("ít nhất 1 nhánh", &[("1", MAY_STOP), ("3", "")]), 3.0);
    let later = "hướng xử lý {\n đạt -> tiếp\n trái -> w0\n }";
    let branches = format!(
        "song song p chờ ít nhất 1 nhánh {{\n nhánh m {{ bước a do v trong 1 ngày {{ {later} }}\n \
         bước b do v không tính thời hạn \"x\" {{ chuyển: w1 }}\n \
         bước w0 do v trong 9 ngày {{ {ONLY_STOPS} }}\n bước w1 do v trong 0 phút }}\n \
         nhánh n {{ bước c do v trong 3 ngày }}\n }}\nbước z do v trong 2 ngày {{ kết thúc: trả kết quả }}"
    );
    // One branch on its way to a late stop leaves the join to the other, after three days.
    assert_eq!(worst(&branches), 5.0);
}
