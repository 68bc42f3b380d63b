//! The table of a document is the one that was printed, cell for cell.
//!
//! `tests/doc/*.tsv` holds published tables. Lines with `#` name the files that were written from it; then come the names of
//! the columns that the print has, and its rows. `Phần` is the heading of a stage, `Tổng` an amount of time; a cell that print
//! has merged with the one above is empty, and so are those at the end of a line that are left out. The word before the number
//! of a step is left out. Compared is everything but the width of blanks. A file that mends the print says behind its name
//! which cells it prints otherwise, as `row.column`, both from 1, behind its mark where it is no step; those must differ. To add a table, add a file.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use tthc_compiler::document::layout::{self, Content, Section, TableLine};
use tthc_compiler::document::{self, COLUMNS, Line};
use tthc_compiler::project::{ParsedFile, Project, Settings};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn tthc_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("its entry can be read").path();
        if path.is_dir() {
            tthc_files(&path, found);
        } else if path.extension().is_some_and(|end| end == "tthc") {
            found.push(path);
        }
    }
}

fn project_of(paths: &[PathBuf]) -> Project {
    let parsed = paths.iter().map(|path| {
        let name = path.strip_prefix(root()).expect("it lies in the repository").to_string_lossy().into_owned();
        Arc::new(ParsedFile::new(name, &fs::read(path).expect("the file can be read")))
    });
    Project::new(parsed.collect(), Settings::default())
}

/// The examples share agencies and belong together; a case stands alone.
fn with_project<R>(file: &str, look: impl FnOnce(&Project) -> R) -> R {
    static EXAMPLES: OnceLock<Project> = OnceLock::new();
    if !file.starts_with("examples/") {
        return look(&project_of(&[root().join(file)]));
    }
    look(EXAMPLES.get_or_init(|| {
        let mut paths = Vec::new();
        tthc_files(&root().join("examples"), &mut paths);
        project_of(&paths)
    }))
}

/// Text with single blanks.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the document of the first procedure of a file says, in the form of the published tables.
fn printed(file: &str, columns: &[usize]) -> Vec<Vec<String>> {
    with_project(file, |project| {
        let id = project.find(file).expect("the file is in the project");
        let procedure = project.model.procedures.iter().find(|procedure| procedure.declaration.file == id);
        let document = document::document(project, String::new(), procedure.expect("it declares a procedure"));
        let line = |line: &Line| match line {
            Line::Heading(title) => vec!["Phần".to_string(), plain(title)],
            Line::Total { amount, .. } => vec!["Tổng".to_string(), plain(amount)],
            Line::Step(row) => columns.iter().map(|column| plain(&row.cells[*column].text)).collect(),
        };
        document.parts[0].lines.iter().map(line).collect()
    })
}

struct Published {
    /// Each with the cells that it mends.
    files: Vec<(String, Vec<String>)>,
    columns: Vec<usize>,
    rows: Vec<Vec<String>>,
}

fn published(path: &Path) -> Published {
    let text = fs::read_to_string(path).expect("the table can be read");
    let files = text.lines().filter_map(|line| line.strip_prefix("# ")).map(|line| {
        let mut words = line.split_whitespace().map(String::from);
        (words.next().expect("it names a file"), words.collect())
    });
    let files = files.collect();
    let mut lines = text.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t'));
    let places: HashMap<&str, usize> = COLUMNS.iter().enumerate().map(|(place, name)| (*name, place)).collect();
    let head = lines.next().expect("it has a head");
    let columns: Vec<usize> = head.map(|name| places[name]).collect();
    let rows = lines.map(|cells| {
        let mut cells: Vec<String> = cells.map(String::from).collect();
        if !is_mark(&cells[0]) {
            cells.resize(columns.len(), String::new());
        }
        cells
    });
    Published { files, rows: rows.collect(), columns }
}

fn is_mark(first: &str) -> bool {
    matches!(first, "Phần" | "Tổng")
}

/// Where a printed table says nothing of totals or headings, ours may say more; of steps it says as much.
fn differences(published: &Published, file: &str, mended: &[String]) -> Vec<String> {
    let ours = printed(file, &published.columns);
    let mut wrong = Vec::new();
    for mark in ["Phần", "Tổng", ""] {
        let of_mark = |row: &&Vec<String>| if is_mark(&row[0]) { row[0] == mark } else { mark.is_empty() };
        let theirs: Vec<&Vec<String>> = published.rows.iter().filter(of_mark).collect();
        let ours: Vec<&Vec<String>> = ours.iter().filter(of_mark).collect();
        if theirs.len() != ours.len() && (mark.is_empty() || !theirs.is_empty()) {
            wrong.push(format!("{file}: {} rows {mark:?} in print, {} in the document", theirs.len(), ours.len()));
        }
        for (number, (theirs, ours)) in theirs.iter().zip(&ours).enumerate() {
            for (column, (theirs, ours)) in theirs.iter().zip(ours.iter()).enumerate() {
                let place = format!("{}.{}", number + 1, column + 1);
                if (theirs == ours) != mended.contains(&format!("{mark}{place}")) {
                    continue;
                }
                wrong.push(format!("{file}, {mark}{place}\n  print    {theirs}\n  document {ours}"));
            }
        }
    }
    wrong
}

#[test]
fn published_tables_are_printed_as_they_were() {
    let mut tables: Vec<PathBuf> = fs::read_dir(root().join("tests/doc"))
        .expect("there are tables")
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    tables.sort();
    let (mut wrong, mut cells) = (Vec::new(), 0);
    for table in &tables {
        let published = published(table);
        assert!(!published.files.is_empty(), "{}: no file was written from it", table.display());
        for (file, mended) in &published.files {
            cells += published.rows.iter().map(Vec::len).sum::<usize>() - mended.len();
            wrong.extend(differences(&published, file, mended));
        }
    }
    assert!(cells > 1000, "only {cells} cells were compared");
    assert!(wrong.is_empty(), "{} of {cells} cells differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// A cell that reaches over several rows leaves as many cells out below it, and nothing but steps stands beside it.
#[test]
fn merged_cells_are_as_high_as_the_rows_beside_them() {
    let mut merged = 0;
    let mut look = |project: &Project| {
        for (index, procedure) in project.model.procedures.iter().enumerate() {
            let document = document::document(project, index.to_string(), procedure);
            for line in document.parts.iter().map(|part| &part.lines) {
                let mut open = [0; COLUMNS.len()];
                for line in line.iter().chain([&Line::Heading("the end".into())]) {
                    let Line::Step(row) = line else {
                        assert_eq!(open, [0; COLUMNS.len()], "{}: a cell reaches over {line:?}", document.title);
                        continue;
                    };
                    for (open, cell) in open.iter_mut().zip(&row.cells) {
                        match cell.span {
                            0 => assert!(*open > 0 && cell.text.is_empty(), "{}: {row:?}", document.title),
                            span => assert!(*open == 0 && span > 0, "{}: {row:?}", document.title),
                        }
                        *open = if cell.span == 0 { *open - 1 } else { cell.span - 1 };
                        merged += usize::from(cell.span > 1);
                    }
                }
            }
        }
    };
    with_project("examples/", &mut look);
    let mut cases = Vec::new();
    tthc_files(&root().join("tests/cases/printed"), &mut cases);
    cases.iter().for_each(|case| look(&project_of(std::slice::from_ref(case))));
    assert!(merged >= 5, "only {merged} cells are merged");
}

/// The texts of the sections of a file's first document, by their titles.
fn sections(text: &str) -> Vec<(String, String)> {
    let project = Project::new(vec![Arc::new(ParsedFile::new("t.tthc", text.as_bytes()))], Settings::default());
    assert_eq!(project.files[0].tree.problems, [], "{text}");
    let document = document::document(&project, String::new(), &project.model.procedures[0]);
    let of = |section: Section<'_>| {
        let Content::Table(table) = section.content else { return (section.title, String::new()) };
        let lines = table.lines.iter().map(|line| match line {
            TableLine::Cells(cells) => cells.iter().map(|cell| cell.text.as_str()).collect::<Vec<_>>().join(" | "),
            TableLine::Heading(title) => title.clone(),
            TableLine::Total(title, amount) => format!("{title} | {amount}"),
        });
        (section.title, lines.collect::<Vec<_>>().join("\n"))
    };
    layout::sections(&document).into_iter().map(of).collect()
}

const SAID: &str = r#"cơ quan A "Sở A" { cấp: tỉnh  một cửa: có  thẩm quyền ký: có
        vai trò giám_đốc "Giám đốc" { thẩm quyền ký: có }  vai trò phó "Phó Giám đốc"
        ủy quyền phó thay giám_đốc tại A { theo: "Quyết định 12"  phạm vi: phê duyệt  hiệu lực: từ 01/03/2026 đến 31/12/2026 } }
    biểu mẫu tờ_khai "Tờ khai" { mã: "TK-01"  theo: "Thông tư 3"  ghi chú: "In hai mặt" }
    thủ tục t "Thủ tục" { cơ quan thực hiện: A  thẩm quyền: A  tiếp nhận tại: A  thời hạn: 5 ngày làm việc
    thành phần hồ sơ { "Đơn" { bản chính: 1  ghi chú: "Có chữ ký" } }
    quy trình { ghi chú: "Làm trên hệ thống"
        giai đoạn I "Tại Sở" { thời hạn: 4 ngày làm việc  kết quả: "Giấy phép"  ghi chú: "Trong giờ"
            bước 1 "A" do phó trong 1 ngày làm việc { loại: tiếp nhận  biểu mẫu: tờ_khai  lệ phí: 20.000 đồng }
            bước 2 "B" do phó trong 2 ngày làm việc { loại: phê duyệt } }
        bước 3 "C" do phó trong 1 ngày làm việc { loại: trả kết quả } } }"#;

#[test]
fn what_a_file_says_stands_in_its_document() {
    let all = sections(SAID);
    let has = |title: &str, words: &str| {
        let section = all.iter().find(|(of, _)| of.contains(title)).unwrap_or_else(|| panic!("{title}: {all:?}"));
        assert!(section.1.contains(words), "{words}: {}", section.1);
    };
    has(
        "Thông tin chung",
        "Phó Giám đốc thừa ủy quyền của Giám đốc tại Sở A, theo Quyết định 12, phạm vi: phê duyệt, từ 0",
    );
    has("Thành phần hồ sơ", "Đơn\nGhi chú: Có chữ ký");
    has("Hướng xử lý", "Cả quy trình | - Làm trên hệ thống");
    has("Hướng xử lý", "I. Tại Sở | - Kết quả: Giấy phép\n- Ghi chú: Trong giờ");
    has("Hướng xử lý", "- Lệ phí: 20.000 đồng");
    has("Biểu mẫu", "Tờ khai\nMã: TK-01\nTheo: Thông tư 3\nGhi chú: In hai mặt");
}

#[test]
fn totals_are_those_of_the_steps_and_the_limit_stands_beside_the_heading() {
    let steps = |text: &str| {
        let all = sections(text);
        all.into_iter().find(|(title, _)| title.contains("Các bước thực hiện")).expect("there are steps")
    };
    let (title, table) = steps(SAID);
    assert!(title.ends_with("Các bước thực hiện – thời hạn 5 ngày làm việc"), "{title}");
    assert!(table.contains("Tổng thời gian: I. Tại Sở (thời hạn 4 ngày làm việc) | 3 ngày làm việc"), "{table}");
    assert!(table.ends_with("Tổng thời gian giải quyết | 4 ngày làm việc"), "{table}");
    // Where they are the same, the words are those of the file.
    let (_, table) =
        steps(&SAID.replace("thời hạn: 5 ngày", "thời hạn: 04 ngày").replace("thời hạn: 4 ngày", "thời hạn: 03 ngày"));
    assert!(table.contains("Tổng thời gian: I. Tại Sở | 03 ngày làm việc"), "{table}");
    assert!(table.ends_with("Tổng thời gian giải quyết | 04 ngày làm việc"), "{table}");
}
