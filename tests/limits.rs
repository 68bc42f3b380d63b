//! Every limit holds at its number, and is said just beyond it. Those of what is imported are in `import/limits.rs`.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::sync::Arc;
use tthc_compiler::compare::{self, ProcedureChange, Version};
use tthc_compiler::diagnostic::Diagnostic;
use tthc_compiler::diagnostic::Severity;
use tthc_compiler::limits::{ANALYSIS, COMPARISON, Limit, TARGETS, TEXT};
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_grammar::tree::ProblemKind;

const AGENCY: &str = "cơ quan A \"Sở A\" {\n  vai trò v \"Chuyên viên\"\n}\n";

fn project(files: &[String]) -> Project {
    let parsed =
        |(number, text): (usize, &String)| Arc::new(ParsedFile::new(format!("t{number}.tthc"), text.as_bytes()));
    Project::new(files.iter().enumerate().map(parsed).collect(), Settings::default())
}

/// Whether the limit is said.
fn found(text: &str) -> bool {
    project(&[text.to_string()]).check().iter().any(|found| found.code == "T005")
}

fn process(fields: &str, steps: &str) -> String {
    format!(
        "{AGENCY}thủ tục t \"Thủ tục\" {{\n  cơ quan thực hiện: A\n  thông tin hồ sơ {{\n{fields}  }}\n  quy trình {{\n{steps}    \
         bước cuối \"Trả\" do v trong 1 giờ làm việc {{ loại: trả kết quả }}\n  }}\n}}\n"
    )
}

/// Whether something is said of so many.
fn said(limit: &Limit, count: usize) -> bool {
    match limit.id {
        "file" => found(&" ".repeat(count * 1024 * 1024 + usize::from(count > limit.most))),
        "depth" => {
            found(&process("", &format!("bước 1 do {}v{} trong 1 ngày\n", "(".repeat(count), ")".repeat(count))))
        }
        "characters" => {
            let file = ParsedFile::new("t.tthc", "a\u{200B} ".repeat(count).as_bytes());
            file.tree.problems.iter().filter(|problem| matches!(problem.kind, ProblemKind::Character(_))).count()
                < count
        }
        "steps" => found(&many_steps(count)),
        "insertions" => found(&insertions(count)),
        "states" => found(&rounds(count)),
        "states-in-all" => found(&with_classes(&rounds(count.div_ceil(1 << CLASSES)), CLASSES)),
        "classes" => found(&questions(count.ilog2() as usize + usize::from(count > limit.most))),
        "combinations" => approximate(&branches(count.ilog2() as usize + usize::from(count > limit.most))),
        "fixes" => fixes_left_out(count),
        "copies" => refused("reactflow", &again(count)),
        "early-join" => refused("bpmn", &early_join(count)),
        "opencps-names" => {
            is_cut("opencps", &process("", "").replace("\"Thủ tục\"", &format!("\"{}\"", "a".repeat(count))))
        }
        "reactflow-names" => {
            let step = format!("bước dài \"{}\" do v trong 1 giờ làm việc\n", "a".repeat(count));
            is_cut("reactflow", &process("", &step))
        }
        "opencps-texts" => is_cut("opencps", &with_conditions(count)),
        "pairs" => !renamed_are_known(count),
        "differences" => compared(&statuses(count, 4), &statuses(count, 9)).definition_more > 0,
        id => panic!("{id} is not tested"),
    }
}

#[test]
fn each_limit_is_said_just_beyond_it() {
    for limit in TEXT.iter().chain(ANALYSIS).chain(TARGETS).chain(COMPARISON) {
        assert!(!said(limit, limit.most), "{}: {} are allowed", limit.id, limit.most);
        assert!(said(limit, limit.most + 1), "{}: nothing is said of {}", limit.id, limit.most + 1);
    }
}

/// A part of a thousand steps that is inserted often enough; the last insertion is that of one more step.
fn many_steps(count: usize) -> String {
    let steps = |from: usize, count: usize| {
        (from..from + count).map(|step| format!("  bước b{step} do A.v trong 1 giờ làm việc\n")).collect::<String>()
    };
    let (thousands, rest) = ((count - 1) / 1000, (count - 1) % 1000);
    let inserted: String = (0..thousands).map(|number| format!("  chèn nghìn đặt tên n{number}\n")).collect();
    format!(
        "{AGENCY}phần dùng chung nghìn {{\n{}}}\nphần dùng chung một {{\n{}}}\n{}",
        steps(0, 1000),
        steps(0, 1),
        process("", &format!("{inserted}{}  chèn một đặt tên m\n", steps(0, rest)))
    )
}

fn insertions(count: usize) -> String {
    let mut out = format!("{AGENCY}phần dùng chung p1 {{\n  bước b do A.v trong 1 giờ làm việc\n}}\n");
    for number in 2..=count {
        writeln!(out, "phần dùng chung p{number} {{\n  chèn p{}\n}}", number - 1).unwrap();
    }
    out + &process("", &format!("chèn p{count}\n"))[AGENCY.len()..]
}

/// A process of so many states: some for each round, and one for each step before.
fn rounds(states: usize) -> String {
    const EACH: usize = 4;
    const BESIDE: usize = 1;
    let (rounds, before) = ((states - BESIDE) / EACH - 1, (states - BESIDE) % EACH);
    let step = |number: usize| format!("bước b{number} do v trong 1 giờ làm việc\n");
    let turning = format!(
        "bước a \"Việc\" do v trong 1 giờ làm việc {{\n  hướng xử lý {{\n    xong -> tiếp\n    \
         lại -> quay lại a, tối đa {rounds} lần\n  }}\n}}\n"
    );
    process("", &((0..before).map(step).collect::<String>() + &turning))
}

/// Fields with two values: as many classes as they have combinations.
const CLASSES: usize = 4;

/// The same process for classes that are offered other outcomes: classes that go the same ways are looked at together.
fn with_classes(text: &str, fields: usize) -> String {
    let declared: String = (0..fields).map(|number| format!("    f{number}: có/không\n")).collect();
    let outcomes: String = (0..fields).map(|number| format!("    xong_{number} khi f{number} -> tiếp\n")).collect();
    text.replace("thông tin hồ sơ {\n", &format!("thông tin hồ sơ {{\n{declared}"))
        .replace("    xong -> tiếp\n", &format!("    xong -> tiếp\n{outcomes}"))
}

/// Yes or no, so many times.
fn questions(count: usize) -> String {
    let fields: String = (0..count).map(|number| format!("f{number}: có/không\n")).collect();
    let guards: String = (0..count).map(|number| format!("khi f{number} -> cuối\n")).collect();
    let step = format!("bước a do v trong 1 giờ làm việc {{\n  rẽ nhánh {{\n{guards}còn lại -> tiếp\n  }}\n}}\n");
    process(&fields, &step)
}

/// Branches that decide between two outcomes, all of which are asked for behind them.
fn branches(count: usize) -> String {
    let branch = |number: usize| {
        format!(
            "nhánh n{number} {{\n  bước b{number} do v trong 1 giờ làm việc {{\n    hướng xử lý {{\n      x -> tiếp\n      \
             y -> tiếp\n    }}\n  }}\n}}\n"
        )
    };
    let asked: Vec<String> = (0..count).map(|number| format!("b{number} = x")).collect();
    let steps = format!(
        "song song s chờ tất cả {{\n{}}}\nbước c do v trong 1 giờ làm việc {{\n  rẽ nhánh {{\n    khi {} -> cuối\n    \
         còn lại -> tiếp\n  }}\n}}\nbước d do v trong 1 giờ làm việc\n",
        (0..count).map(branch).collect::<String>(),
        asked.join(" và ")
    );
    process("", &steps)
}

/// Whether a target cannot carry it.
fn refused(target: &str, text: &str) -> bool {
    let target = tthc_compiler::target::find(target).unwrap();
    let settings = Settings { targets: vec![target], ..Settings::default() };
    let parsed = Arc::new(ParsedFile::new("t.tthc", text.as_bytes()));
    Project::new(vec![parsed], settings)
        .check()
        .iter()
        .any(|found| found.code == "T503" && found.severity == Severity::Error)
}

/// Whether a target shortens a text.
fn is_cut(target: &str, text: &str) -> bool {
    let settings = Settings { targets: vec![tthc_compiler::target::find(target).unwrap()], ..Settings::default() };
    let parsed = Arc::new(ParsedFile::new("t.tthc", text.as_bytes()));
    let found = Project::new(vec![parsed], settings).check();
    found.iter().any(|found| found.code == "T503" && found.message.vi.contains("chỉ giữ"))
}

/// What a procedure asks of dossiers, in so many letters.
fn with_conditions(letters: usize) -> String {
    let line = format!("  yêu cầu: \"{}\"\n", "a".repeat(letters));
    process("", "").replace("  thông tin", &format!("{line}  thông tin"))
}

/// What became of a procedure.
fn compared(before: &str, after: &str) -> ProcedureChange {
    let projects = [before, after].map(|text| project(&[text.to_string()]));
    let versions = projects.each_ref().map(|project| Version::all(project, &project.check(), |_| true));
    compare::compare(&[(versions[0].first(), versions[1].first())]).procedures.remove(0)
}

/// Steps that make so many differences where they say another status: its number and its name.
fn statuses(differences: usize, status: usize) -> String {
    let step = |number: usize| {
        format!("bước b{number} \"Việc {number}\" do v trong 1 giờ làm việc {{ điện tử {{ trạng thái: {status} }} }}\n")
    };
    process("", &(0..differences.div_ceil(2)).map(step).collect::<String>())
}

/// Whether steps with other numbers and labels that are alike are the same ones, where so many pairs are possible.
fn renamed_are_known(pairs: usize) -> bool {
    let few = (1..=pairs.isqrt()).rev().find(|few| pairs.is_multiple_of(*few)).unwrap();
    let steps = |count: usize, name: &str, label: &str| {
        let step = |number: usize| format!("bước {name}{number} \"{label} {number}\" do v trong 1 giờ làm việc\n");
        process("", &(0..count).map(step).collect::<String>())
    };
    let change = compared(&steps(few, "a", "Thẩm định"), &steps(pairs / few, "b", "Thẩm định lại"));
    change.steps.iter().any(|step| step.before.is_some() && step.after.is_some())
}

/// A step that may be done again so many times.
fn again(times: usize) -> String {
    let ways = format!("đủ -> tiếp\nlại -> quay lại a tối đa {times} lần, trong thời gian đã định");
    process("", &format!("bước a \"Việc\" do v trong 1 giờ làm việc {{ hướng xử lý {{ {ways} }} }}\n"))
}

/// Two of so many branches are enough.
fn early_join(count: usize) -> String {
    let branch = |number: usize| format!("nhánh n{number} {{ bước b{number} do v trong 1 giờ làm việc }}\n");
    let branches: String = (0..count).map(branch).collect();
    process("", &format!("song song s chờ ít nhất 2 nhánh {{\n{branches}}}\n"))
}

fn approximate(text: &str) -> bool {
    let project = project(&[text.to_string()]);
    let analysis = &project.analysis()[0];
    assert!(analysis.is_sound(), "{:?} {:?}", analysis.defects, project.check());
    analysis.times.as_ref().unwrap().approximate
}

/// Whether of so many fixes that would all mend some are not offered.
fn fixes_left_out(count: usize) -> bool {
    let circle = |number: usize| {
        let steps = "bước a \"Việc\" do v trong 1 giờ làm việc {\n  loại: xem xét\n  hướng xử lý {\n    đạt -> tiếp\n    \
                     chưa_đạt -> quay lại a\n  }\n}\n";
        process("", steps)
            .replace("cơ quan A", &format!("cơ quan A{number}"))
            .replace("hiện: A", &format!("hiện: A{number}"))
            .replace("thủ tục t", &format!("thủ tục t{number}"))
    };
    let fixes = |found: Vec<Diagnostic>| -> usize {
        found.iter().filter(|found| found.code.starts_with("T2")).map(|found| found.fixes.len()).sum()
    };
    let files: Vec<String> = (0..count.div_ceil(2)).map(circle).collect();
    let project = project(&files);
    let possible = fixes(project.check());
    assert!((count..count + 2).contains(&possible), "{possible} fixes, not {count}");
    fixes(project.check_with_fixes()) < possible
}
