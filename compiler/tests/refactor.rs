//! Refactorings keep what a file means: each is applied wherever it is offered in the examples and in the cases below,
//! and the graph, the verdicts and the findings must be what they were, names and places aside.
#![allow(clippy::unwrap_used)]

mod common;

use petgraph::visit::{EdgeRef, IntoNodeReferences};
use std::collections::BTreeMap;
use std::sync::Arc;
use tthc_compiler::analysis::CaseAnalysis;
use tthc_compiler::diagnostic::Edit;
use tthc_compiler::editor::refactor::{self, Kind, Refactoring, meaning};
use tthc_compiler::graph::{NodeKind, lower};
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_compiler::source::FileId;
use tthc_grammar::tree::{Declaration, DeclarationKind, Span, Statement};

/// What a shared part can hold, be given and be called; names that meet, and a part in a part.
const PARTS: &str = r#"cơ quan TTHCC "Trung tâm 🏢" {
  cấp: tỉnh
  một cửa: có
  vai trò một_cửa "Một cửa"
}
cơ quan SXD "Sở Xây dựng 👷" {
  cấp: tỉnh
  vai trò giám_đốc "Giám đốc Sở" { thẩm quyền ký: có }
  vai trò chuyên_viên "Chuyên viên"
}
phần dùng chung soát(nơi, hạn) {
  bước xem "Xem lại" do nơi.chuyên_viên trong hạn {
    loại: xem xét
    nội dung: "Nhiều
  dòng"
  }
}
phần dùng chung trình_ký(nơi, người, hạn) {
  ghi chú: "Dùng cho cấp sở"
  // Xem trước khi ký.
  chèn soát(nơi, hạn)
  bước ký "Ký ✍️" do nơi.người trong hạn {
    loại: phê duyệt
    hướng xử lý {
      duyệt -> tiếp
      sửa   -> quay lại xem, trong thời gian đã định
    }
  }
}
thủ tục cấp_phép "Cấp phép" {
  mã: "1.000001"
  cơ quan thực hiện: SXD
  thẩm quyền: SXD
  tiếp nhận tại: TTHCC
  hiệu lực: từ 01/07/2025
  thời hạn: 9 ngày làm việc
  quy trình {
    bước nhận do TTHCC.một_cửa trong 0,5 ngày làm việc { loại: tiếp nhận }
    bước thẩm "Thẩm định" do chuyên_viên trong 2 ngày làm việc {
      loại: thẩm định
      hướng xử lý {
        đạt   -> tiếp
        ký_ngay "Ký ngay" -> cuối.ký
      }
    }
    bước rà "Rà soát" {
      thực hiện: chuyên_viên
      thời gian: 1 ngày làm việc
      loại: xem xét
    }
    chèn soát(SXD, 0,5 ngày làm việc) đặt tên trước
    chèn trình_ký(SXD, giám_đốc, 1 ngày làm việc) đặt tên cuối
    chèn soát(SXD, 1/2 ngày làm việc) đặt tên sau
    bước trả "Trả" do TTHCC.một_cửa không tính thời hạn {
      loại: trả kết quả
      rẽ nhánh {
        khi cuối.ký = duyệt -> kết thúc trả kết quả
        còn lại             -> kết thúc trả kết quả
      }
    }
  }
}
"#;

/// A part whose parameter is named in what goes when the part is written out.
const SAID: &str = r#"cơ quan TTHCC "Trung tâm" {
  cấp: tỉnh
  một cửa: có
  vai trò một_cửa "Một cửa"
}
thủ tục cấp_phép "Cấp giấy phép" {
  mã: "1.000001"
  cơ quan thực hiện: TTHCC
  thẩm quyền: TTHCC
  tiếp nhận tại: TTHCC
  thời hạn: 3 ngày làm việc
  quy trình {
    chèn kiểm_tra(TTHCC, 4 giờ làm việc)
    bước trả "Trả" do TTHCC.một_cửa không tính thời hạn { kết thúc: trả kết quả }
  }
}
phần dùng chung kiểm_tra(cơ_quan_có_tên_dài_ơi_là_dài, hạn) {
  bước nhận "Nhận" do cơ_quan_có_tên_dài_ơi_là_dài.một_cửa trong hạn { ghi chú: "a" }
  cơ quan: cơ_quan_có_tên_dài_ơi_là_dài
}
"#;

/// Every example with what it imports, and the cases above.
fn projects() -> Vec<Project> {
    let province = common::examples(Settings::default());
    let (shared, procedures): (Vec<_>, Vec<_>) =
        province.files.iter().cloned().partition(|file| file.source.path.starts_with("chung/"));
    let with_shared = |file: Arc<ParsedFile>| {
        let files = shared.iter().cloned().chain([file]).collect();
        Project::new(files, Settings::default())
    };
    procedures
        .into_iter()
        .map(with_shared)
        .chain([PARTS, SAID].map(|text| common::project(text, Settings::default())))
        .collect()
}

/// Every declaration of a list of statements and below.
fn declarations<'t>(statements: &'t [Statement], out: &mut Vec<&'t Declaration>) {
    for statement in statements {
        if let Statement::Declaration(declaration) = statement {
            out.push(declaration);
            declarations(declaration.block.as_ref().map_or(&[], |block| &block.statements), out);
        }
    }
}

/// Statements that are selected together.
const ROWS: usize = 2;

/// A cursor in every head, and every choice of a few statements that follow each other.
fn selections(file: &ParsedFile) -> Vec<Span> {
    let mut all = Vec::new();
    declarations(&file.tree.items, &mut all);
    let mut spans: Vec<Span> =
        all.iter().map(|one| Span { start: one.head_span.start, end: one.head_span.start }).collect();
    for statements in all.iter().filter_map(|one| Some(&one.block.as_ref()?.statements)) {
        for (from, first) in statements.iter().enumerate() {
            spans.extend(statements[from..].iter().take(ROWS).map(|last| first.span().to(last.span())));
        }
    }
    spans
}

fn applied(project: &Project, edits: &[Edit]) -> Project {
    let files = (0..).map(FileId).zip(&project.files).map(|(id, file)| {
        let mut text = file.source.text.parsed().to_string();
        let mut edits: Vec<&Edit> = edits.iter().filter(|edit| edit.place.file == id).collect();
        edits.sort_by_key(|edit| edit.place.span);
        for pair in edits.windows(2) {
            assert!(pair[0].place.span.end <= pair[1].place.span.start, "edits overlap: {pair:?}");
        }
        for edit in edits.into_iter().rev() {
            text.replace_range(edit.place.span.range(), &edit.text);
        }
        Arc::new(ParsedFile::new(file.source.path.clone(), text.as_bytes()))
    });
    Project::new(files.collect(), project.settings.clone())
}

/// The net of every case: what its nodes are and what its edges ask and cost.
fn graphs(project: &Project) -> Vec<String> {
    let cases = project.model.procedures.iter().flat_map(|procedure| &procedure.cases);
    let lines = cases.flat_map(|case| [false, true].map(|after| lower(&case.flow, after))).flat_map(|net| {
        let kind = |kind: &NodeKind| match kind {
            NodeKind::Fork(_) => "Fork".to_string(),
            NodeKind::Join(_, required) => format!("Join {required}"),
            other => format!("{other:?}"),
        };
        let nodes: Vec<String> = net.graph.node_references().map(|(_, node)| kind(node)).collect();
        let edges = net.graph.edge_references().map(|edge| {
            let way = edge.weight();
            let cost = (&way.label, way.back, way.max_times, way.exhausted, &way.round, way.restarts, &way.forms);
            format!("{} {} {:?} {cost:?}", edge.source().index(), edge.target().index(), way.way)
        });
        nodes.into_iter().chain(edges.collect::<Vec<_>>()).collect::<Vec<_>>()
    });
    lines.collect()
}

/// Of every case: whether it is sound, its times against its limits.
fn verdicts(project: &Project) -> Vec<String> {
    let verdict = |case: &CaseAnalysis| {
        let times = case.times.as_ref().map(|times| {
            let classes: Vec<String> = times
                .classes
                .iter()
                .map(|class| format!("{:?} {:?} {:?}", class.dossier, class.worst, class.limit.map(|(limit, _)| limit)))
                .collect();
            format!("{:?} {} {classes:?}", times.clock, times.approximate)
        });
        format!("{} {} {times:?}", case.procedure, case.case)
    };
    project.analysis().iter().map(verdict).collect()
}

/// How often each rule finds something. What is no longer used is told as that.
fn findings(project: &Project) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for found in project.check().iter().filter(|found| found.code != "T106") {
        *counts.entry(found.code).or_default() += 1;
    }
    counts
}

/// Nothing of what must stay has changed, and nothing new is found.
fn stays(before: &Project, after: &Project, about: &str) {
    let lines = |text: String| text.lines().map(String::from).collect::<Vec<_>>();
    same(lines(meaning::of(before)), lines(meaning::of(after)), about);
    same(graphs(before), graphs(after), about);
    same(verdicts(before), verdicts(after), about);
    let (known, found) = (findings(before), findings(after));
    let fresh: Vec<_> =
        found.iter().filter(|(code, times)| known.get(*code).is_none_or(|known| times > &known)).collect();
    assert!(fresh.is_empty(), "{about}: {fresh:?}");
}

fn same(before: Vec<String>, after: Vec<String>, about: &str) {
    let differs = before.iter().zip(&after).find(|(before, after)| before != after);
    assert_eq!((differs, before.len()), (None, after.len()), "{about}");
}

fn offered(project: &Project, file: FileId, span: Span, wanted: &str) -> Option<Refactoring> {
    refactor::offered(project, file, span).into_iter().find(|one| one.title.en.starts_with(wanted))
}

/// Applies a refactoring wherever it is offered; how often that was.
fn everywhere(wanted: &str) -> usize {
    let mut times = 0;
    for project in projects() {
        for (id, file) in (0..).map(FileId).zip(&project.files) {
            let mut seen = Vec::new();
            for span in selections(file) {
                let Some(found) = offered(&project, id, span, wanted).filter(|found| !seen.contains(found)) else {
                    continue;
                };
                times += 1;
                let about = format!("{}: {} {:#?}", file.source.path, found.title.en, found.edits);
                stays(&project, &applied(&project, &found.edits), &about);
                seen.push(found);
            }
        }
    }
    times
}

#[test]
fn extracted_steps_mean_the_same() {
    assert!(everywhere("Extract") > 200);
}

#[test]
fn parts_written_out_mean_the_same() {
    assert_eq!(everywhere("Write out"), 7);
}

#[test]
fn numbered_steps_mean_the_same() {
    assert!(everywhere("Number") > 4);
}

#[test]
fn steps_on_one_line_mean_the_same() {
    assert!(everywhere("Write the step") > 1);
}

/// A project of one file, where words are selected.
fn with_selected(text: &str, from: &str, to: &str) -> (Project, Span) {
    let start = text.find(from).unwrap();
    let end = start + text[start..].find(to).unwrap() + to.len();
    (common::project(text, Settings::default()), Span::new(start, end))
}

/// The lines that a refactoring brings.
fn fresh_lines(project: &Project, found: &Refactoring) -> String {
    let after = applied(project, &found.edits);
    let before: Vec<&str> = project.files[0].source.text.parsed().lines().collect();
    let lines = after.files[0].source.text.parsed().lines().filter(|line| !before.contains(line));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_part_gets_agencies_and_times_as_parameters() {
    let (project, span) = with_selected(PARTS, "bước nhận", "loại: xem xét\n    }");
    assert_eq!(offered(&project, FileId(0), span, "Extract"), None, "it leads to what comes behind it");
    let text = PARTS.replace("ký_ngay \"Ký ngay\" -> cuối.ký", "ký_ngay \"Ký ngay\" -> rà");
    let (project, span) = with_selected(&text, "bước nhận", "{ loại: tiếp nhận }");
    let found = offered(&project, FileId(0), span, "Extract").unwrap();
    assert_eq!(found.kind, Kind::Extract);
    assert_eq!(
        fresh_lines(&project, &found),
        "    chèn phần_nhận(TTHCC, 0,5 ngày làm việc)

phần dùng chung phần_nhận(cơ_quan, hạn) {
  bước nhận do cơ_quan.một_cửa trong hạn { loại: tiếp nhận }"
    );
}

#[test]
fn what_a_part_is_given_is_handed_on() {
    let (project, span) = with_selected(PARTS, "bước ký \"Ký", "thời gian đã định\n    }\n  }");
    assert_eq!(offered(&project, FileId(0), span, "Extract"), None, "it leads back to what it does not hold");
    let text = PARTS.replace("quay lại xem,", "quay lại ký,");
    let (project, span) = with_selected(&text, "bước ký \"Ký", "thời gian đã định\n    }\n  }");
    let found = offered(&project, FileId(0), span, "Extract").unwrap();
    assert_eq!(
        fresh_lines(&project, &found),
        "  chèn phần_ký(nơi, người, hạn)

phần dùng chung phần_ký(nơi, người, hạn) {"
    );
}

/// The project after what is offered at the first of these words.
fn at(text: &str, words: &str, wanted: &str) -> String {
    let (project, span) = with_selected(text, words, "");
    fresh_lines(&project, &offered(&project, FileId(0), span, wanted).unwrap())
}

#[test]
fn a_part_is_written_out_with_its_arguments() {
    assert_eq!(
        at(PARTS, "chèn trình_ký", "Write out"),
        "        ký_ngay \"Ký ngay\" -> ký
    // Xem trước khi ký.
    chèn soát(SXD, 1 ngày làm việc)
    bước ký \"Ký ✍️\" do SXD.giám_đốc trong 1 ngày làm việc {
      loại: phê duyệt
        duyệt -> tiếp
        sửa   -> quay lại xem, trong thời gian đã định
        khi ký = duyệt -> kết thúc trả kết quả"
    );
}

#[test]
fn rows_that_would_meet_others_keep_the_name_of_the_insertion() {
    let text = PARTS.replace(
        "chèn trình_ký(SXD, giám_đốc, 1 ngày làm việc) đặt tên cuối",
        "chèn trình_ký(SXD, giám_đốc, 1 ngày làm việc)",
    );
    assert_eq!(
        at(&text.replace("cuối.ký", "ký"), "chèn soát(SXD, 0", "Write out"),
        "    bước trước_xem \"Xem lại\" do SXD.chuyên_viên trong 0,5 ngày làm việc {
      nội dung: \"Nhiều"
    );
}

#[test]
fn who_and_how_long_move_to_the_head() {
    assert_eq!(
        at(PARTS, "bước rà", "Write the step"),
        "    bước rà \"Rà soát\" do chuyên_viên trong 1 ngày làm việc { loại: xem xét }"
    );
}

#[test]
fn what_refers_to_a_numbered_step_follows() {
    let text = PARTS.replace("-> cuối.ký", "-> rà").replace("khi cuối.ký = duyệt", "khi cuối.ký = duyệt và thẩm = đạt");
    assert_eq!(
        at(&text, "bước thẩm", "Number"),
        "    bước 1 \"nhận\" do TTHCC.một_cửa trong 0,5 ngày làm việc { loại: tiếp nhận }
    bước 2 \"Thẩm định\" do chuyên_viên trong 2 ngày làm việc {
        ký_ngay \"Ký ngay\" -> bước 3
    bước 3 \"Rà soát\" {
    bước 8 \"Trả\" do TTHCC.một_cửa không tính thời hạn {
        khi cuối.ký = duyệt và bước 2 = đạt -> kết thúc trả kết quả"
    );
}

/// The text with every step that stands on one line written over several.
fn unfolded(file: &ParsedFile) -> (String, Vec<String>) {
    let text = file.source.text.parsed();
    let mut all = Vec::new();
    declarations(&file.tree.items, &mut all);
    let (mut breaks, mut lines) = (Vec::new(), Vec::new());
    for step in all.iter().filter(|one| one.kind == DeclarationKind::Step && !text[one.span.range()].contains('\n')) {
        let Some(block) = &step.block else { continue };
        breaks.extend(block.statements.iter().map(|statement| statement.span().start));
        breaks.push(block.span.end - 1);
        lines.push(text[step.span.range()].to_string());
    }
    let mut text = text.to_string();
    breaks.into_iter().rev().for_each(|at| text.insert(at as usize, '\n'));
    (text, lines)
}

#[test]
fn every_step_that_fits_folds_to_the_line_that_it_was() {
    let mut folded = 0;
    for file in &common::examples(Settings::default()).files {
        let (text, lines) = unfolded(file);
        let project = common::project(&text, Settings::default());
        let mut all = Vec::new();
        declarations(&project.files[0].tree.items, &mut all);
        let steps = all.iter().filter(|one| one.kind == DeclarationKind::Step);
        let found: Vec<Refactoring> = steps
            .filter_map(|step| {
                offered(&project, FileId(0), Span { end: step.span.start, ..step.span }, "Write the step")
            })
            .collect();
        let texts: Vec<&str> = found.iter().map(|found| found.edits[0].text.as_str()).collect();
        for line in lines.iter().filter(|line| line.chars().count() + 6 <= 120) {
            assert!(texts.contains(&line.as_str()), "{}: {line}", file.source.path);
            folded += 1;
        }
    }
    assert!(folded > 20, "{folded}");
}
