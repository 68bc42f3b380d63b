//! Files that cannot be read, or that are made to do harm: a sentence, no panic, no end of memory.

use super::workbook::{package, workbook};
use tthc_compiler::import;

/// Why a file is not read, in both languages.
fn refused(bytes: &[u8]) -> String {
    let read = import::recognise(bytes).and_then(|format| import::import(format, "tệp", bytes));
    let why = read
        .err()
        .unwrap_or_else(|| panic!("it is read: {:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(80)])));
    assert!(!why.vi.is_empty() && !why.en.is_empty() && why.vi.chars().count() < 300, "{}", why.vi);
    why.en
}

#[test]
fn what_is_no_table_is_said() {
    for (bytes, said) in [
        (&b""[..], "the file is empty"),
        (b" \r\n\t", "the file is empty"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "of the old kind"),
        (b"%PDF-1.7", "a PDF cannot be read"),
        (b"PK\x03\x04 and nothing else", "broken XLSX"),
        (b"a,b\n1,2\n", "no table of steps"),
        ("// x\nthủ tục cấp_thẻ \"Cấp thẻ\" {\n  mã: \"1.013225\"\n}\n".as_bytes(), "a .tthc file already"),
        (b"B\xADc,Th\xE0nh ph\xE7n", "not in UTF-8"),
        (b"<process", "broken XML"),
        (b"<html><body/></html>", "no workflow"),
        (b"<process/>", "no workflow of E-PAR"),
    ] {
        let why = refused(bytes);
        assert!(why.contains(said), "{why}, not {said}");
    }
}

#[test]
fn a_table_of_another_kind_is_said() {
    let why = refused(&package(&[("word/document.xml", b"<w/>")]));
    assert!(why.contains("Word"), "{why}");
    let why = refused(&workbook(&[("A1", "Họ tên"), ("B1", "Lương")], &[]));
    assert!(why.contains("no table of steps"), "{why}");
}

#[test]
fn entities_are_not_expanded() {
    let mut bomb = String::from("<!DOCTYPE process [<!ENTITY a0 \"ha\">");
    for level in 1..40 {
        bomb.push_str(&format!("<!ENTITY a{level} \"&a{};&a{};\">", level - 1, level - 1));
    }
    bomb.push_str("]><process name=\"&a39;\"><step/></process>");
    assert!(refused(bomb.as_bytes()).contains("DTD"));
}

#[test]
fn what_unpacks_to_too_much_is_refused() {
    let zeros = vec![b' '; 40 * 1024 * 1024];
    let bomb = package(&[("xl/workbook.xml", &zeros)]);
    assert!(bomb.len() < 100_000);
    assert!(refused(&bomb).contains("unpacks to too much"));
    let far = workbook(&[("A1", "Bước"), ("XFD1048576", "x")], &[]);
    assert!(refused(&far).contains("too large"));
    let regions = vec!["A1:BH5000"; 40];
    let merged = workbook(&[("A1", "x"), ("A5000", "y")], &regions);
    assert!(refused(&merged).contains("too large"));
}

#[test]
fn depth_and_length_are_no_danger() {
    let deep = "<process>".repeat(200_000);
    refused(deep.as_bytes());
    let closed = format!("{}{}", "<process>".repeat(100_000), "</process>".repeat(100_000));
    refused(closed.as_bytes());
    refused(&vec![b'x'; 17 * 1024 * 1024]);
    let wide = format!("Nội dung,Thời gian{}\n", ",x".repeat(200));
    assert!(refused(wide.as_bytes()).contains("too large"));
    let long = format!("Nội dung,Thời gian\n{}", "Việc,1 ngày\n".repeat(6_000));
    assert!(refused(long.as_bytes()).contains("too large"));
}

/// Every beginning of a table, and a table with any sign in it, is read or refused.
#[test]
fn damaged_tables_are_read_or_refused() {
    let table = "Bước,Nội dung,Người thực hiện,Thời gian\n1,\"Tiếp nhận \"\"hồ sơ\"\"\",Một cửa,0.5 ngày\nI,Tại Sở,,\n2,Ký,Sở Y tế,1/2 ngày\n,Tổng,,1 ngày\n";
    let mut read = 0;
    for end in 0..table.len() {
        let bytes = &table.as_bytes()[..end];
        if let Ok(imported) = import::recognise(bytes).and_then(|format| import::import(format, "tệp", bytes)) {
            super::assert_well_written(table, &imported);
            read += 1;
        }
    }
    for sign in
        ["{", "}", "\"", "\\", "//", "/*", "\u{200B}", "\u{202E}", "\u{0}", "thủ tục", "khi", "\r", "½", "🙂", "->"]
    {
        for at in (0..table.len()).filter(|at| table.is_char_boundary(*at)) {
            let text = format!("{}{sign}{}", &table[..at], &table[at..]);
            let bytes = text.as_bytes();
            if let Ok(imported) = import::recognise(bytes).and_then(|format| import::import(format, "tệp", bytes)) {
                super::assert_well_written(&text, &imported);
                read += 1;
            }
        }
    }
    assert!(read > 1000, "{read}");
}

/// A drawing with a line less, and one with every arrow led elsewhere, is read or refused.
#[test]
fn damaged_drawings_are_read_or_refused() {
    let text = std::fs::read_to_string(super::folder().join("bản_vẽ_bpmn_io.bpmn")).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let mut drawings: Vec<String> = Vec::new();
    for left_out in 0..lines.len() {
        let kept = lines.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, line)| *line);
        drawings.push(kept.collect::<Vec<_>>().join("\n"));
    }
    for to in ["Task_Ask1", "Fork", "Join", "Start_1", "End_Bad", "Wait_1", "nowhere"] {
        for from in text.match_indices("targetRef=\"").map(|(at, found)| at + found.len()) {
            let end = from + text[from..].find('"').unwrap();
            drawings.push(format!("{}{to}{}", &text[..from], &text[end..]));
        }
    }
    let gates =
        ["exclusiveGateway", "parallelGateway", "inclusiveGateway", "eventBasedGateway", "userTask", "endEvent"];
    for (old, new) in gates.iter().flat_map(|old| gates.map(|new| (old, new))) {
        drawings.push(text.replace(old, new));
    }
    let mut read = 0;
    for drawing in &drawings {
        let bytes = drawing.as_bytes();
        if let Ok(imported) = import::recognise(bytes).and_then(|format| import::import(format, "tệp", bytes)) {
            super::assert_well_written(drawing, &imported);
            read += 1;
        }
    }
    assert!(read > 150, "{read} of {}", drawings.len());
}
