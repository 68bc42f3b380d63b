//! The documentation is run: what it shows as right is clean, what it shows as wrong is found, what it shows
//! as output is what the program prints, and what the language has is in the reference.
//!
//! The info string of a block says what is done with it:
//!
//! | info string | the block is |
//! |---|---|
//! | `tthc` | a whole file without findings |
//! | `tthc T101` | a whole file in which exactly this is found |
//! | `tthc tệp=a/b.tthc` | that file of the document's project: the blocks of one document see each other |
//! | `tthc tệp=… lệnh` | a file of the project that only the commands below it check, under its `tthc.toml` |
//! | `tthc khung` | the agencies on which all fragments stand; in the reference |
//! | `tthc mảnh bước` | steps inside a process; also `quy_trình`, `thủ_tục`, `cơ_quan`, `tệp` |
//! | `toml tệp=tthc.toml` | a file of the document's project |
//! | `console` | lines `$ tthc …`, run in the project as it stands at that point, with what they print |
//!
//! `UPDATE_GENERATED=1` writes the generated page and the printed output anew.
#![allow(clippy::unwrap_used)]

#[path = "docs/architecture.rs"]
mod architecture;
#[path = "docs/glossary.rs"]
mod glossary;
#[path = "docs/limits.rs"]
mod limits;
#[path = "docs/pages.rs"]
mod pages;
#[path = "docs/picture.rs"]
mod picture;
#[path = "docs/reference.rs"]
mod reference;

use pages::{blocks, documents, keep_current, read, tthc_blocks};
use std::fs;
use std::path::Path;
use std::process::Command;
use tthc_compiler::diagnostic::{Language, Severity};
use tthc_compiler::rules::{self, Rule};

#[test]
fn what_is_shown_is_so() {
    let mut wrong = Vec::new();
    // Every page stands on the frame of the reference.
    let reference = tthc_blocks(reference::PAGE).into_iter().find(|block| block.fragment() == Some("khung"));
    let frame = reference.map(|block| block.text).unwrap_or_default();
    for document in documents() {
        let blocks = tthc_blocks(&document);
        let clean = blocks.iter().filter(|block| block.codes.is_empty());
        let project = clean.filter_map(|block| Some((block.file()?.to_string(), block.text.clone()))).collect();
        let judged = blocks.iter().filter(|block| !block.info.iter().any(|word| word == "lệnh"));
        wrong.extend(judged.filter_map(|block| block.judge(&frame, &project)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The commands of a document are run in a folder of its own, each on the files that stand above it.
#[test]
fn what_is_printed_is_so() {
    for (index, document) in documents().iter().enumerate() {
        let folder = std::env::temp_dir().join(format!("tthc-docs-{}-{index}", std::process::id()));
        let (mut text, mut done) = (read(document), 0);
        for block in blocks(document) {
            if let Some(file) = block.file() {
                let place = folder.join(file);
                fs::create_dir_all(place.parent().unwrap()).unwrap();
                fs::write(place, &block.text).unwrap();
            } else if block.language == "console" {
                fs::create_dir_all(&folder).unwrap();
                let start = done + text[done..].find("```console\n").unwrap() + "```console\n".len();
                let printed = printed(&block.text, &folder);
                text.replace_range(start..start + block.text.len(), &printed);
                done = start + printed.len();
            }
        }
        // Nothing was made where nothing is shown.
        let _ = fs::remove_dir_all(&folder);
        keep_current(document, &text);
    }
}

/// The commands with what they print on a terminal of 100 columns, without colours.
fn printed(console: &str, folder: &Path) -> String {
    let mut out = String::new();
    for line in console.lines() {
        let Some(command) = line.strip_prefix("$ tthc ") else { continue };
        out.push_str(&format!("{line}\n"));
        for line in run(command, folder).lines() {
            out.push_str(without_colours(line).trim_end());
            out.push('\n');
        }
    }
    out
}

/// The words of a command; in double quotes blanks belong to a word.
fn words(command: &str) -> impl Iterator<Item = &str> {
    let parts = command.split('"').enumerate();
    parts.flat_map(|(number, part)| if number % 2 == 1 { vec![part] } else { part.split_whitespace().collect() })
}

/// What a command prints on a terminal with colours: results, then the rest.
fn run(command: &str, folder: &Path) -> String {
    let arguments = words(command).chain(["--color", "always"]);
    let run = Command::new(env!("CARGO_BIN_EXE_tthc")).args(arguments).current_dir(folder).output().unwrap();
    String::from_utf8([run.stdout, run.stderr].concat()).unwrap()
}

fn without_colours(line: &str) -> String {
    let mut pieces = line.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default().to_string();
    pieces.fold(first, |plain, piece| plain + piece.split_once('m').map_or("", |(_, rest)| rest))
}

/// The pictures in the READMEs are drawn from a real run.
#[test]
fn pictures_are_current() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/docs");
    for (language, path) in [("vi", "docs/hình/thông-báo.svg"), ("en", "docs/hình/diagnostic.svg")] {
        let command = format!("check cấp_phép.tthc --lang {language}");
        let printed = run(&command, &folder);
        keep_current(path, &picture::svg(&format!("$ tthc {command}\n{printed}")));
    }
}

#[test]
fn the_list_of_rules_is_current() {
    let mut page = String::from(
        "<!-- Trang này được sinh ra từ compiler/src/rules: UPDATE_GENERATED=1 cargo test --test docs. Không sửa tay. -->\n\
         # Danh sách quy tắc kiểm tra\n\n\
         Mỗi quy tắc có một trang nói rõ sai ở đâu, vì sao quan trọng, cách sửa, kèm ví dụ sai và ví dụ đã sửa; xem bằng\n\
         lệnh `tthc explain T101` hoặc theo đường dẫn ở cột đầu. Mức độ đổi được cho từng dự án: xem\n\
         [tthc.toml](tthc-toml.md).\n\n\
         | mã | tên | mức độ | tiếng Việt | English |\n|---|---|---|---|---|\n",
    );
    for rule in rules::ALL {
        let severity = match rule.severity {
            Severity::Error => "lỗi",
            Severity::Warning => "cảnh báo",
            Severity::Note => "ghi chú",
        };
        let [vi, en] = [Language::Vi, Language::En].map(|language| rule.title(language));
        let (code, name, link) = (rule.code, rule.name, page_of(rule));
        page.push_str(&format!("| [{code}]({link}) | `{name}` | {severity} | {vi} | {en} |\n"));
    }
    keep_current("docs/quy-tắc.md", &page);
}

/// The page of a rule as seen from docs/.
fn page_of(rule: &Rule) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("compiler/src/rules");
    let start = format!("{}_", rule.code.to_lowercase());
    for family in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap()).filter(|entry| entry.path().is_dir()) {
        for page in fs::read_dir(family.path()).unwrap() {
            let (family, page) = (family.file_name(), page.unwrap().file_name());
            let (family, page) = (family.to_str().unwrap(), page.to_str().unwrap());
            if page.starts_with(&start) && page.ends_with(".md") {
                return format!("../compiler/src/rules/{family}/{page}");
            }
        }
    }
    panic!("{} has no page", rule.code)
}

#[test]
fn links_lead_somewhere() {
    let mut broken = Vec::new();
    for document in documents() {
        let text = read(&document);
        let folder = Path::new(&document).parent().unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            if link.contains("://") {
                continue;
            }
            let target = if path.is_empty() { Path::new(&document).to_path_buf() } else { folder.join(path) };
            let there = Path::new(env!("CARGO_MANIFEST_DIR")).join(&target).exists();
            if !there || (!heading.is_empty() && !has_heading(target.to_str().unwrap(), heading)) {
                broken.push(format!("{document}: {link}"));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// Whether a page has a heading that a link calls so, as GitHub calls them.
fn has_heading(page: &str, link: &str) -> bool {
    let text = read(page);
    let mut headings = text.lines().filter(|line| line.starts_with('#')).map(|line| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c }).collect::<String>()
    });
    headings.any(|heading| heading == link)
}

#[test]
fn both_readmes_show_the_same_files() {
    let texts = |document| tthc_blocks(document).into_iter().map(|block| block.text).collect::<Vec<_>>();
    assert_eq!(texts("README.md"), texts("README.vi.md"));
}
