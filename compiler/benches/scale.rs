//! What the analysis of one process costs as it grows: steps in a row, parallel branches, classes of dossiers.
//! `cargo bench -p tthc-compiler --bench scale`; where the time per unit is flat, the cost is near-linear.

use std::fmt::Write;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tthc_compiler::project::{ParsedFile, Project, Settings};

/// Each is run so often, and the fastest run counts: the others only tell what else the machine did.
const RUNS: usize = 3;

fn main() {
    println!("{:32} {:>12} {:>14} {:>14}", "", "parsed", "analysed", "per unit");
    for count in [100, 1_000, 10_000, 100_000] {
        measure(&format!("{count} steps in a row"), count, &row(count));
    }
    for count in [10, 100, 1_000] {
        measure(&format!("{count} parallel branches"), count, &branches(count));
    }
    for fields in [2, 4, 6, 8] {
        let classes = 1 << fields;
        measure(&format!("{classes} classes of dossiers"), classes, &classes_of(fields));
    }
    for count in [10, 100, 1_000, 10_000] {
        measure_imports(count);
    }
}

fn measure(name: &str, units: usize, text: &str) {
    let parse = || Arc::new(ParsedFile::new("t.tthc", text.as_bytes()));
    let (file, parsed) = fastest(parse);
    let (found, analysed) = fastest(|| {
        let project = Project::new(vec![file.clone()], Settings::default());
        let analysis = project.analysis();
        analysis.iter().map(|analysis| analysis.times.as_ref().map(|times| times.classes.len())).collect::<Vec<_>>()
    });
    let found = match found[..] {
        [Some(classes)] if file.tree.problems.is_empty() => format!("{classes} classes"),
        _ => "NOT JUDGED".to_string(),
    };
    let per_unit = analysed.as_secs_f64() * 1e6 / units as f64;
    println!(
        "{name:32} {:>9.2} ms {:>11.2} ms {per_unit:>11.2} us  {found}",
        parsed.as_secs_f64() * 1e3,
        analysed.as_secs_f64() * 1e3
    );
}

/// So many files that all import one, which imports a second one.
fn measure_imports(count: usize) {
    let shared = "dùng \"a.tthc\"\nphần dùng chung p { bước 1 \"b\" do v trong 4 giờ làm việc }\n";
    let agencies = "cơ quan A \"Sở A\" { vai trò v \"Chuyên viên\" }\n";
    let texts = (0..count).map(|number| {
        let text = format!(
            "dùng \"p.tthc\"\nthủ tục t{number} \"T\" {{\n  cơ quan thực hiện: A\n  thời hạn: 4 giờ làm việc\n  quy trình {{\n    \
             chèn p\n    bước cuối do v không tính thời hạn {{ loại: trả kết quả }}\n  }}\n}}\n"
        );
        (format!("t{number}.tthc"), text)
    });
    let fixed = [("a.tthc", agencies), ("p.tthc", shared)].map(|(path, text)| (path.to_string(), text.to_string()));
    let texts: Vec<(String, String)> = texts.chain(fixed).collect();
    let parse =
        || texts.iter().map(|(path, text)| Arc::new(ParsedFile::new(path, text.as_bytes()))).collect::<Vec<_>>();
    let (files, parsed) = fastest(parse);
    let (found, analysed) = fastest(|| Project::new(files.clone(), Settings::default()).check().len());
    println!(
        "{:32} {:>9.2} ms {:>11.2} ms {:>11.2} us  {found} findings",
        format!("{count} files that import two"),
        parsed.as_secs_f64() * 1e3,
        analysed.as_secs_f64() * 1e3,
        analysed.as_secs_f64() * 1e6 / count as f64,
    );
}

fn fastest<T>(mut work: impl FnMut() -> T) -> (T, Duration) {
    let mut once = || {
        let start = Instant::now();
        let done = black_box(work());
        (done, start.elapsed())
    };
    let first = once();
    (1..RUNS).map(|_| once()).fold(first, |best, next| if next.1 < best.1 { next } else { best })
}

fn procedure(head: &str, steps: &str) -> String {
    format!(
        "cơ quan A \"Sở A\" {{ vai trò v \"Chuyên viên\" }}\nthủ tục t \"T\" {{\n  cơ quan thực hiện: A\n  \
         thời hạn: 900000 giờ làm việc\n{head}  quy trình {{\n{steps}    \
         bước cuối do v không tính thời hạn {{ loại: trả kết quả }}\n  }}\n}}\n"
    )
}

fn row(count: usize) -> String {
    let mut steps = String::new();
    for number in 1..=count {
        let _ = writeln!(steps, "    bước {number} \"b\" do v trong 4 giờ làm việc");
    }
    procedure("", &steps)
}

fn branches(count: usize) -> String {
    let mut steps = String::from("    song song p chờ tất cả {\n");
    for number in 0..count {
        let _ = writeln!(steps, "      nhánh n{number} {{ bước s{number} \"b\" do v trong 4 giờ làm việc }}");
    }
    procedure("", &(steps + "    }\n"))
}

/// A step for each field that dossiers either need or pass by.
fn classes_of(fields: usize) -> String {
    let (mut head, mut steps) = (String::from("  thông tin hồ sơ {\n"), String::new());
    for number in 0..fields {
        let _ = writeln!(head, "    f{number}: có/không");
        let _ = writeln!(
            steps,
            "    bước s{number} do v trong 1 giờ làm việc {{ rẽ nhánh {{\n      khi f{number} -> tiếp\n      còn lại -> j{number}\n    }} }}\n    \
             bước m{number} do v trong 2 giờ làm việc\n    bước j{number} do v trong 1 giờ làm việc"
        );
    }
    procedure(&(head + "  }\n"), &steps)
}
