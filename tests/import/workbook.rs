//! Workbooks of Excel, made here part by part.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const SPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A package of parts, compressed.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Deflated)).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with one sheet: cells (`A1`, content) and merged regions. A content that begins with `=` is a number.
pub fn workbook(cells: &[(&str, &str)], merged: &[&str]) -> Vec<u8> {
    let mut rows: std::collections::BTreeMap<u32, String> = Default::default();
    for (place, content) in cells {
        let row: u32 = place.trim_start_matches(char::is_alphabetic).parse().unwrap();
        let cell = match content.strip_prefix('=') {
            // Style 1 shows days.
            Some(number) => {
                let style = if number.starts_with("4") && number.len() == 5 { " s=\"1\"" } else { "" };
                format!("<c r=\"{place}\"{style}><v>{number}</v></c>")
            }
            None => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{content}</t></is></c>"),
        };
        rows.entry(row).or_default().push_str(&cell);
    }
    let rows: String = rows.iter().map(|(row, cells)| format!("<row r=\"{row}\">{cells}</row>")).collect();
    let merged: String = merged.iter().map(|region| format!("<mergeCell ref=\"{region}\"/>")).collect();
    let sheet = format!(
        "<worksheet xmlns=\"{SPACE}\"><sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells></worksheet>"
    );
    book(&[("Bảng".to_string(), sheet)])
}

/// A workbook of so many sheets, each with a small table: T0, T1, …
pub fn sheets(count: usize) -> Vec<u8> {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |left: &str, right: &str| format!("<row>{}{}</row>", cell(left), cell(right));
    let rows = row("Nội dung", "Thời gian") + &row("Việc", "1 ngày");
    let sheet = format!("<worksheet xmlns=\"{SPACE}\"><sheetData>{rows}</sheetData></worksheet>");
    let sheets: Vec<(String, String)> = (0..count).map(|number| (format!("T{number}"), sheet.clone())).collect();
    book(&sheets)
}

/// A workbook of sheets: names, content.
fn book(sheets: &[(String, String)]) -> Vec<u8> {
    let styles = format!(
        "<styleSheet xmlns=\"{SPACE}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    let related = |kind: &str, target: &str, id: &str| {
        format!("<Relationship Id=\"{id}\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/>")
    };
    let relations = |list: &str| format!("<Relationships xmlns=\"{PACKAGE}\">{list}</Relationships>");
    let (mut listed, mut own, mut parts) = (String::new(), related("styles", "styles.xml", "s"), Vec::new());
    for (number, (name, sheet)) in (1..).zip(sheets) {
        listed += &format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"r{number}\"/>");
        own += &related("worksheet", &format!("worksheets/sheet{number}.xml"), &format!("r{number}"));
        parts.push((format!("xl/worksheets/sheet{number}.xml"), sheet.as_bytes()));
    }
    let book = format!("<workbook xmlns=\"{SPACE}\" xmlns:r=\"{OFFICE}\"><sheets>{listed}</sheets></workbook>");
    let (root, own) = (relations(&related("officeDocument", "xl/workbook.xml", "r1")), relations(&own));
    let types = b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>";
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types),
        ("_rels/.rels", root.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", own.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
    ];
    all.extend(parts.iter().map(|(name, sheet)| (name.as_str(), *sheet)));
    package(&all)
}

/// A table with everything that is merged in print: a title, stages, numbers, performers, times.
#[test]
fn merged_cells_numbers_and_days_are_read() {
    let cells = [
        ("A1", "QUY TRÌNH GIẢI QUYẾT THỦ TỤC Cấp giấy phép quảng cáo"),
        ("A2", "Số TT"),
        ("B2", "Nội dung công việc"),
        ("C2", "Trách nhiệm"),
        ("D2", "Thời gian (ngày làm việc)"),
        ("E2", "Kết quả/Sản phẩm"),
        ("A3", "I. Tại Trung tâm"),
        ("A4", "=1"),
        ("B4", "Tiếp nhận hồ sơ"),
        ("C4", "Bộ phận Một cửa"),
        ("D4", "=0.5"),
        ("E4", "Giấy tiếp nhận"),
        ("A5", "II. Tại Sở"),
        ("A6", "=2"),
        ("B6", "Thẩm định hồ sơ"),
        ("C6", "Phòng Văn hóa"),
        ("D6", "=3"),
        ("A7", "=3"),
        ("B7", "Dự thảo giấy phép"),
        ("A8", "=4"),
        ("B8", "Ký giấy phép"),
        ("C8", "Lãnh đạo Sở Văn hóa"),
        ("D8", "=46054"),
        ("A9", "=5"),
        ("B9", "Trả kết quả"),
        ("C9", "Bộ phận Một cửa"),
        ("D9", "Giờ hành chính"),
    ];
    let book = workbook(&cells, &["A1:E1", "A3:E3", "A5:E5", "C6:C7", "D6:D7"]);
    let imported = super::imported("cấp_giấy_phép_quảng_cáo", &book);
    super::assert_well_written("workbook", &imported);
    insta::with_settings!({ snapshot_path => ".", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("workbook", imported.text);
    });
    let errors: Vec<String> = super::findings(&imported.text)
        .into_iter()
        .filter(|found| found.severity == tthc_compiler::diagnostic::Severity::Error)
        .map(|found| found.message.vi)
        .collect();
    assert_eq!(errors, [""; 0]);
}

/// A stage whose title is merged over all columns but that of the numbers is no step.
#[test]
fn stages_that_are_merged_over_columns_are_stages() {
    let cells = [
        ("A1", "TT"),
        ("B1", "Nội dung công việc"),
        ("C1", "Người thực hiện"),
        ("D1", "Thời gian"),
        ("E1", "Kết quả"),
        ("A2", "I"),
        ("B2", "Giai đoạn tiếp nhận"),
        ("A3", "=1"),
        ("B3", "Tiếp nhận hồ sơ"),
        ("C3", "Sở Y tế"),
        ("D3", "1 ngày làm việc"),
        ("A4", "=2"),
        ("B4", "Giai đoạn giải quyết"),
        ("A5", "=3"),
        ("B5", "Trả kết quả"),
        ("C5", "Sở Y tế"),
        ("D5", "1 ngày làm việc"),
    ];
    let text = super::imported("bảng", &workbook(&cells, &["B2:E2", "B4:E4"])).text;
    let found: Vec<&str> =
        text.lines().map(str::trim).filter(|line| line.starts_with("giai đoạn") || line.starts_with("bước")).collect();
    assert_eq!(
        found,
        [
            "giai đoạn I \"Giai đoạn tiếp nhận\" {",
            "bước 1 \"Tiếp nhận hồ sơ\" do sở_y_tế trong 1 ngày làm việc { loại: tiếp nhận }",
            "giai đoạn giai_đoạn_giải_quyết \"Giai đoạn giải quyết\" {",
            "bước 3 \"Trả kết quả\" do sở_y_tế trong 1 ngày làm việc { loại: trả kết quả }",
        ]
    );
    assert!(!text.contains("vai trò giai_đoạn"), "{text}");
}

/// What a second row of the header says is kept.
#[test]
fn a_header_of_two_rows_is_kept() {
    let cells = [
        ("A1", "TT"),
        ("B1", "Nội dung công việc"),
        ("C1", "Người thực hiện"),
        ("D1", "Thời gian"),
        ("D2", "Hồ sơ giấy"),
        ("E2", "Hồ sơ điện tử"),
        ("A3", "=1"),
        ("B3", "Tiếp nhận"),
        ("C3", "Bộ phận Một cửa"),
        ("D3", "2 giờ"),
        ("E3", "1 giờ"),
    ];
    let book = workbook(&cells, &["A1:A2", "B1:B2", "C1:C2", "D1:E1"]);
    let imported = super::imported("cấp_giấy", &book);
    super::assert_well_written("two rows", &imported);
    let said = "// tiêu đề của bảng ghi thêm: Hồ sơ giấy | Hồ sơ điện tử\n";
    assert!(imported.text.contains(said), "{}", imported.text);
    assert!(imported.text.contains("1 giờ"), "{}", imported.text);
}
