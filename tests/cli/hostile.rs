//! What nobody means well: folders that never end, outputs that take nothing, labels that would be markup.

use crate::{GOOD, Place, but};

/// A label that would end an attribute, a comment, a cell, a string of DOT or a line of Mermaid.
const LABEL: &str = "=SUM(A1) ]]> --> </text><script>alert(1)</script> &amp; ' \\\" ]; } -->|x| \\\\";

fn hostile() -> String {
    but(&but(GOOD, "Thẩm định, phê duyệt", LABEL), "Cấp giấy phép", LABEL)
}

/// The label, over several lines, wherever a text may stand.
fn hostile_everywhere() -> String {
    let label = LABEL.replacen(' ', "\r\n ", 2);
    let text = r#"biểu mẫu bm "@" { mã: "@"  theo: "@"  ghi chú: "@" }
cơ quan A "@" { cấp: tỉnh  một cửa: có  vai trò v "@" { thẩm quyền ký: có } }
cơ quan B "@ khác" { cấp: tỉnh }
thủ tục t "@" {
  mã: "1.000001"  ký hiệu: "@"  lĩnh vực: "@"  căn cứ: "@"  ban hành theo: "@"  đối tượng: "@"  cách thức: "@"  yêu cầu: "@"
  cơ quan thực hiện: A  thẩm quyền: A  tiếp nhận tại: A  phí: "@"  lưu hồ sơ: "@"  kết quả: "@"  ghi chú: "@"
  thành phần hồ sơ { "@" { bản chính: 1  mẫu: "@"  ghi chú: "@" } }
  thông tin hồ sơ { kiểu "@": một "@" | hai "@"  rộng "@": số "@" }
  trường hợp x "@" {
    thời hạn: 50 ngày làm việc
    quy trình {
      ghi chú: "@"
      giai đoạn I "@" { thời hạn: 5 ngày làm việc  kết quả: "@"  ghi chú: "@"
        bước 1 "@" do A.v "@" trong 1 ngày làm việc { loại: tiếp nhận  nội dung: "@"  kết quả: "@"  ghi chú: "@"  biểu mẫu: bm
          hướng xử lý { đủ "@" khi kiểu = một -> tiếp  khác "@" khi kiểu = hai và rộng > 1 -> tiếp  hẹp khi kiểu = hai và không rộng > 1 -> tiếp
            thiếu "@" -> chờ "@" tối đa 3 ngày rồi quay lại bước 1 tối đa 1 lần { ghi chú: "@"  kết quả: "@" } } }
      }
      song song s "@" chờ tất cả {
        nhánh m "@" { bước 2 "@" do B trong 1 ngày làm việc { loại: lấy ý kiến  nội dung lấy ý kiến: "@"  quá hạn: coi như đồng ý } }
        nhánh n "@" { bước 3 "@" do A.v không tính thời hạn "@" { loại: khác } }
      }
      bước 4 "@" do A.v trong 1 ngày làm việc { loại: phê duyệt  đối tượng: "@" }
      bước 5 "@" do A.v trong 1 ngày làm việc { loại: trả kết quả }
    }
  }
}
"#;
    text.replace('@', &label)
}

/// Every drawing of a page, whole by itself.
fn drawings(page: &str) -> impl Iterator<Item = String> + '_ {
    page.split("<svg ").skip(1).map(|rest| format!("<svg {}</svg>", rest.split("</svg>").next().unwrap()))
}

#[test]
fn what_is_drawn_and_printed_takes_any_text() {
    let place = Place::with("a.tthc", &hostile_everywhere());
    place.write("b.tthc", hostile_everywhere().replace("1 ngày làm việc", "2 ngày làm việc"));
    let run = place.tthc(&["doc", "a.tthc", "--out", "ra"]);
    assert_eq!(run.status, 0, "{}{}", run.out, run.err);
    assert_eq!(place.tthc(&["doc", "a.tthc", "--format", "docx", "--out", "ra"]).status, 0);
    let written = place.read("ra/t.html");
    let compared = place.tthc(&["diff", "a.tthc", "b.tthc", "--format", "html"]).out;
    let drawn = place.tthc(&["graph", "a.tthc"]).out;
    for page in [&written, &compared, &drawn] {
        assert!(page.contains("alert(1)") && !page.contains("<script") && !page.contains("]]>"), "{page}");
        assert!(drawings(page).count() > 0 && drawings(page).all(|drawing| !texts(&drawing).is_empty()), "{page}");
    }
    let docx = std::fs::File::open(place.path("ra/t.docx")).unwrap();
    let mut archive = zip::ZipArchive::new(docx).unwrap();
    let document = std::io::read_to_string(archive.by_name("word/document.xml").unwrap()).unwrap();
    assert!(texts(&document).contains("</text><script>alert(1)</script>"), "{document}");
    for line in place.tthc(&["graph", "a.tthc", "--format", "mermaid"]).out.lines() {
        assert!(!line.contains(['<', '\\', '`']) && line.matches('"').count().is_multiple_of(2), "{line}");
    }
    let dot = place.tthc(&["graph", "a.tthc", "--format", "dot"]).out;
    for line in dot.lines() {
        let outside: String = line.replace("\\\\", "").replace("\\\"", "").split('"').step_by(2).collect();
        assert!(!outside.contains("script") && !outside.contains("SUM"), "{line}");
    }
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_are_walked_once() {
    let place = Place::with("dự án/cấp_phép.tthc", GOOD);
    std::os::unix::fs::symlink("..", place.path("dự án/lên trên")).unwrap();
    std::os::unix::fs::symlink("vòng", place.path("dự án/vòng")).unwrap();
    let run = place.tthc(&["check", "dự án"]);
    assert_eq!((run.status, run.out.as_str()), (0, "1 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\n"), "{}", run.err);
    let run = place.tthc(&["check", "dự án/vòng"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""), "{}", run.err);
    assert!(run.err.contains("dự án/vòng"), "{}", run.err);
}

#[cfg(unix)]
#[test]
fn a_file_that_leads_nowhere_is_named() {
    let place = Place::with("a.tthc", GOOD);
    std::os::unix::fs::symlink("không có.tthc", place.path("b.tthc")).unwrap();
    let run = place.tthc(&["check", "b.tthc"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert_eq!(run.err, "lỗi: không đọc được 'b.tthc': là liên kết đến chỗ không có\n");
}

#[test]
fn what_is_suggested_can_be_typed() {
    let place = Place::with("thư mục/cấp_phép.tthc", GOOD);
    let run = place.tthc(&["check", "thư mục/cap_phep.tthc"]);
    let said = "lỗi: không đọc được 'thư mục/cap_phep.tthc': không có tệp hay thư mục này; \
                có phải là 'thư mục/cấp_phép.tthc'?\n";
    assert_eq!((run.status, run.err.as_str()), (2, said));
}

#[test]
fn an_output_folder_that_is_a_file_is_left_alone() {
    let place = Place::with("a.tthc", GOOD);
    place.write("ra", "của tôi");
    for command in ["build", "doc"] {
        let run = place.tthc(&[command, "a.tthc", "--out", "ra"]);
        assert_eq!(run.status, 2, "{command}: {}", run.out);
        assert!(run.err.contains("'ra'") || run.err.contains("/ra'"), "{command}: {}", run.err);
        assert_eq!(place.read("ra"), "của tôi");
        assert_eq!(place.names(""), ["a.tthc", "ra"], "{command}");
    }
}

#[test]
fn paths_with_blanks_and_marks() {
    let place = Place::with("Tỉnh Lào Cai/thủ tục số 1.tthc", GOOD);
    let run = place.tthc(&["build", "Tỉnh Lào Cai", "--out", "kết quả ở đây"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert_eq!(place.names("kết quả ở đây").len(), 1);
    let run = place.tthc(&["check", "Tỉnh Lào Cai/thủ tục số 1.tthc"]);
    assert_eq!(run.status, 0, "{}", run.err);
}

/// XML as others read it; what it says must be what was written.
fn texts(xml: &str) -> String {
    let document = roxmltree::Document::parse(xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    let nodes = document.descendants();
    let attributes = nodes.clone().flat_map(|node| node.attributes().map(|attribute| attribute.value().to_string()));
    nodes.filter_map(|node| node.text().map(String::from)).chain(attributes).collect::<Vec<_>>().join("\n")
}

#[test]
fn no_label_becomes_markup() {
    let written = LABEL.replace("\\\"", "\"").replace("\\\\", "\\");
    let place = Place::with("a.tthc", &hostile());
    for target in ["bpmn", "camunda7", "camunda8", "flowable", "spiff", "bpmn-engine"] {
        let run = place.tthc(&["build", "--target", target, "--out", target]);
        assert_eq!(run.status, 0, "{}", run.err);
        for name in place.names(target) {
            assert!(texts(&place.read(&format!("{target}/{name}"))).contains(&written), "{target}/{name}");
        }
    }
    let run = place.tthc(&["graph", "a.tthc"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(!texts(&run.out).is_empty() && !run.out.contains("<script"), "{}", run.out);
    let run = place.tthc(&["graph", "a.tthc", "--format", "mermaid"]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(!run.out.contains("<script") && !run.out.contains("</text>"), "{}", run.out);
    let run = place.tthc(&["graph", "a.tthc", "--format", "dot"]);
    assert_eq!(run.status, 0, "{}", run.err);
    let quotes = run.out.replace("\\\\", "").replace("\\\"", "").matches('"').count();
    assert!(run.out.contains("alert(1)") && quotes.is_multiple_of(2), "{}", run.out);
    let run = place.tthc(&["report", "--format", "html"]);
    assert!(!run.out.contains("<script"), "{}", run.out);
    let run = place.tthc(&["report", "--format", "csv"]);
    assert!(!run.out.contains(",=SUM") && !run.out.contains("\"=SUM"), "{}", run.out);
}

/// Nobody can read it, not even root.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_read_is_named() {
    let place = Place::with("a.tthc", GOOD);
    std::os::unix::fs::symlink("/proc/self/mem", place.path("bộ nhớ.tthc")).unwrap();
    for arguments in [&["check", "bộ nhớ.tthc"][..], &["fmt", "bộ nhớ.tthc"], &["import", "bộ nhớ.tthc"]] {
        let run = place.tthc(arguments);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{arguments:?}");
        assert!(run.err.contains("bộ nhớ.tthc"), "{arguments:?}: {}", run.err);
    }
}

#[test]
fn a_folder_may_be_called_like_a_file() {
    let place = Place::with("thư mục.tthc/cấp_phép.tthc", GOOD);
    assert_eq!(place.tthc(&["check"]).out, "1 tệp: 0 lỗi, 0 cảnh báo, 0 ghi chú\n");
    let run = place.tthc(&["import", "thư mục.tthc"]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains("thư mục.tthc"), "{}", run.err);
}

/// Nobody can write there, not even root.
#[cfg(target_os = "linux")]
#[test]
fn an_output_folder_that_takes_nothing_is_named() {
    let place = Place::with("a.tthc", GOOD);
    for command in ["build", "doc"] {
        let run = place.tthc(&[command, "--out", "/proc/tthc"]);
        assert_eq!((run.status, run.out.as_str()), (2, ""), "{command}");
        assert!(run.err.contains("/proc/tthc"), "{command}: {}", run.err);
    }
}

#[test]
fn no_cell_becomes_a_formula() {
    for sign in ["=", "+", "-", "@"] {
        let place = Place::with("a.tthc", &but(GOOD, "Cấp giấy phép", &format!("{sign}1+cmd|' /C calc'!A0")));
        let run = place.tthc(&["report", "--format", "csv"]);
        assert_eq!(run.status, 0, "{}", run.err);
        let label = run.out.split([',', '"', '\n']).find(|cell| cell.contains("cmd|"));
        assert!(label.is_some_and(|cell| cell.starts_with('\'')), "{}", run.out);
    }
}

/// A province whose definitions take their time to be written.
#[cfg(unix)]
fn province(count: usize) -> Place {
    let (agency, procedure) = GOOD.split_at(GOOD.find("thủ tục").unwrap());
    let place = Place::with("chung.tthc", agency);
    for number in 0..count {
        let named = but(procedure, "thủ tục cấp_phép", &format!("thủ tục cấp_phép_{number}"));
        let coded = but(&named, "1.009974", &format!("1.{number:06}"));
        place.write(&format!("cấp_phép_{number}.tthc"), format!("dùng \"chung.tthc\"\n{coded}"));
    }
    place
}

/// Interrupted at any moment, `build` leaves whole files and nothing else.
#[cfg(unix)]
#[test]
fn an_interrupted_build_leaves_no_half_file() {
    use rustix::process::{Pid, Signal};
    use std::os::unix::process::ExitStatusExt;
    const PROCEDURES: usize = 300;
    let place = province(PROCEDURES);
    let mut interrupted = false;
    for attempt in 0..10 {
        let out = format!("kết quả {attempt}");
        let folder = place.path(&out);
        let arguments = ["build", "--out", &out];
        let mut child =
            crate::command(&place.path(""), &arguments).stderr(std::process::Stdio::piped()).spawn().unwrap();
        let written = || std::fs::read_dir(&folder).into_iter().flatten().count();
        // Later in each attempt.
        while written() <= attempt * 10 && child.try_wait().unwrap().is_none() {
            std::thread::yield_now();
        }
        // Where it is over its number may be another's.
        let runs = child.try_wait().unwrap().is_none();
        let sent = runs && rustix::process::kill_process(Pid::from_child(&child), Signal::INT).is_ok();
        let ended = child.wait_with_output().unwrap();
        let names = place.names(&out);
        for name in &names {
            let text = place.read(&format!("{out}/{name}"));
            assert!(serde_json::from_str::<serde_json::Value>(&text).is_ok(), "{name} is half a file: {text}");
        }
        if sent && ended.status.signal() == Some(2) && names.len() < PROCEDURES {
            let said = String::from_utf8(ended.stderr).unwrap();
            assert!(said.ends_with("đã dừng giữa chừng; tệp nào đã viết thì trọn vẹn\n"), "{said}");
            interrupted = true;
        }
    }
    assert!(interrupted, "every build was done before it could be interrupted");
}
