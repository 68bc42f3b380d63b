//! The pages of the documentation, their fenced blocks, and what is found in one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tthc_compiler::diagnostic::{Diagnostic, Severity};
use tthc_compiler::project::{ParsedFile, Project, Settings};

/// A fenced block.
pub struct Block {
    /// `docs/ngôn-ngữ.md:12`
    pub place: String,
    /// The first word behind the fence.
    pub language: String,
    /// The words behind the language, but for the codes.
    pub info: Vec<String>,
    /// What must be found.
    pub codes: BTreeSet<String>,
    /// The lines between the fences.
    pub text: String,
}

fn on_disk(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The text of a page.
pub fn read(path: &str) -> String {
    fs::read_to_string(on_disk(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The page is what it should be, or is made so where that is asked for.
pub fn keep_current(path: &str, current: &str) {
    let now = fs::read_to_string(on_disk(path)).unwrap_or_default();
    if now == current {
        return;
    }
    if std::env::var_os("UPDATE_GENERATED").is_some() {
        fs::create_dir_all(on_disk(path).parent().unwrap()).unwrap();
        fs::write(on_disk(path), current).unwrap();
        return;
    }
    let mut lines = now.lines().zip(current.lines());
    let (is, should_be) = lines.find(|(now, current)| now != current).unwrap_or_default();
    panic!("{path} is not current (UPDATE_GENERATED=1 cargo test --test docs):\n- {is}\n+ {should_be}");
}

/// The READMEs and every page of docs/.
pub fn documents() -> Vec<String> {
    let entries = fs::read_dir(on_disk("docs")).unwrap();
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let pages = names.filter(|name| name.ends_with(".md")).map(|name| format!("docs/{name}"));
    let mut documents: Vec<String> = pages.collect();
    documents.extend(["README.md", "README.vi.md", "tests/README.md"].map(String::from));
    documents.sort();
    documents
}

/// Every fenced block of a page.
pub fn blocks(document: &str) -> Vec<Block> {
    let text = read(document);
    let mut blocks = Vec::new();
    let mut lines = (1..).zip(text.lines());
    while let Some((number, line)) = lines.next() {
        let Some(info) = line.strip_prefix("```") else { continue };
        let (codes, info): (Vec<&str>, Vec<&str>) = info.split_whitespace().partition(|word| is_code(word));
        let inside = lines.by_ref().map(|(_, line)| line).take_while(|line| *line != "```");
        let text = inside.fold(String::new(), |text, line| text + line + "\n");
        let (language, info) = info.split_first().map_or(("", &[][..]), |(first, rest)| (*first, rest));
        blocks.push(Block {
            place: format!("{document}:{number}"),
            language: language.to_string(),
            info: info.iter().map(|word| word.to_string()).collect(),
            codes: codes.into_iter().map(String::from).collect(),
            text,
        });
    }
    blocks
}

fn is_code(word: &str) -> bool {
    word.len() == 4 && word.starts_with('T') && word.bytes().skip(1).all(|b| b.is_ascii_digit())
}

/// The blocks of a page that are in the language.
pub fn tthc_blocks(document: &str) -> Vec<Block> {
    blocks(document).into_iter().filter(|block| block.language == "tthc").collect()
}

impl Block {
    /// `tệp=…`
    pub fn file(&self) -> Option<&str> {
        self.info.iter().find_map(|word| word.strip_prefix("tệp="))
    }

    /// What the block is a fragment of.
    pub fn fragment(&self) -> Option<&str> {
        match self.info.first().map(String::as_str) {
            Some("mảnh") => self.info.get(1).map(String::as_str),
            Some("khung") => Some("khung"),
            _ => None,
        }
    }

    /// The block as a whole file, and the bytes of it that are shown.
    pub fn whole(&self, frame: &str) -> (String, std::ops::RangeInclusive<usize>) {
        let (before, after) = self.fragment().map_or_else(Default::default, |kind| around(kind, frame, &self.text));
        let shown = before.len()..=before.len() + self.text.len();
        (format!("{before}{}{after}", self.text), shown)
    }

    /// What is wrong with the block: something else is found than it says. `frame` is what fragments stand on,
    /// `project` holds the files of the document.
    pub fn judge(&self, frame: &str, project: &BTreeMap<String, String>) -> Option<String> {
        let (text, shown) = self.whole(frame);
        let path = self.file().unwrap_or("chính.tthc");
        let others = project.iter().filter(|(other, _)| self.file().is_some() && *other != path);
        let files = others.map(|(path, text)| (path.as_str(), text.as_str())).chain([(path, text.as_str())]);
        let parsed = files.map(|(path, text)| Arc::new(ParsedFile::new(path, text.as_bytes())));
        let project = Project::new(parsed.collect(), Settings::default());
        let (mut found, mut said) = (BTreeSet::new(), String::new());
        for finding in project.check() {
            let source = project.source(finding.place.file);
            let inside = shown.contains(&(finding.place.span.start as usize));
            if source.path != path || (self.is_aside(&finding, inside) && !self.codes.contains(finding.code)) {
                continue;
            }
            let line = source.position(finding.place.span.start).line as usize;
            let words = source.text.original.lines().nth(line - 1).unwrap_or_default();
            said.push_str(&format!("\n  {} {}\n      {}", finding.code, finding.message.vi, words.trim()));
            found.insert(finding.code.to_string());
        }
        (found != self.codes).then(|| format!("{}: expected {:?}, found {found:?}{said}", self.place, self.codes))
    }

    /// Whether a finding does not concern what is shown: documents are not called after their procedures, a
    /// fragment shows a declaration and not its use, and what its frame could do better is not its affair.
    fn is_aside(&self, finding: &Diagnostic, inside: bool) -> bool {
        let framed = self.fragment().is_some();
        match finding.severity {
            _ if finding.code == "T705" || (framed && finding.code == "T106") => true,
            Severity::Error => false,
            Severity::Warning => framed && !inside,
            Severity::Note => true,
        }
    }
}

const FIELDS: &str = "thông tin hồ sơ {
  công_trình: nhà_ở | cấp_I | cấp_II
  diện_tích: số \"m²\"
  gần_sân_bay: có/không
}
";
const FIRST: &str = "bước nhận_đầu \"Nhận hồ sơ\" do nơi tiếp nhận trong 0,5 ngày làm việc { loại: tiếp nhận }\n";
const WORK: &str = "bước xem_chung \"Thẩm định\" do SXD.chuyên_viên trong 1 ngày làm việc { loại: thẩm định }\n";
const LAST: &str = "bước trả_cuối \"Trả kết quả\" do nơi tiếp nhận không tính thời hạn { loại: trả kết quả }\n";

/// What a procedure in a frame says, where the fragment does not say it itself.
const KEYS: [(&str, &str); 5] = [
    ("cơ quan thực hiện:", "SXD"),
    ("thẩm quyền:", "SXD"),
    ("tiếp nhận tại:", "TTPVHCC hoặc TTPVHCC_xã"),
    ("hiệu lực:", "từ 01/01/2026 đến 31/12/2026"),
    ("thời hạn:", "60 ngày làm việc"),
];

/// What stands before and behind a fragment, so that it is a whole file.
fn around(kind: &str, frame: &str, fragment: &str) -> (String, String) {
    let says = |key: &str| fragment.lines().any(|line| line.trim_start().starts_with(key));
    let mut head = format!("{frame}thủ tục thủ_tục_mẫu \"Thủ tục mẫu\" {{\n");
    for (key, value) in KEYS.iter().filter(|(key, _)| !says(key)) {
        head.push_str(&format!("{key} {value}\n"));
    }
    match kind {
        "bước" => (format!("{head}{FIELDS}quy trình {{\n{FIRST}"), format!("{LAST}}}\n}}\n")),
        "quy_trình" => (format!("{head}{FIELDS}quy trình {{\n"), "}\n}\n".to_string()),
        "thủ_tục" if says("quy trình") || says("trường hợp") => (head, "}\n".to_string()),
        "thủ_tục" => (head, format!("quy trình {{\n{FIRST}{WORK}{LAST}}}\n}}\n")),
        "cơ_quan" => (format!("{frame}cơ quan cơ_quan_mẫu \"Cơ quan mẫu\" {{\n"), "}\n".to_string()),
        "tệp" => (frame.to_string(), String::new()),
        "khung" => (String::new(), String::new()),
        _ => panic!("there is no frame for “mảnh {kind}”"),
    }
}
