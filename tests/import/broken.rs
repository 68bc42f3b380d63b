//! Files that cannot be read, or that are made to do harm: a sentence, no panic, no end of memory.

use super::workbook::{package, workbook};
use std::time::{Duration, Instant};
use tthc_compiler::import;

/// Why a file is not read, in both languages.
fn refused(bytes: &[u8]) -> String {
    let read = import::recognise(bytes).and_then(|format| import::import(format, "tệp", bytes));
    let why = read
        .err()
        .unwrap_or_else(|| panic!("it is read: {:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(80)])));
    assert!(!why.vi.is_empty() && !why.en.is_empty() && why.vi.chars().count() < 300, "{}", why.vi);
    // What a library says is in the English words alone.
    let foreign = why.en.rsplit_once('(').map_or("", |(_, detail)| detail.trim_end_matches(')'));
    assert!(!foreign.contains(' ') || !why.vi.contains(foreign), "{}", why.vi);
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

/// A process of these elements between a start and an end.
fn drawing(elements: &str) -> String {
    format!(
        "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\"><process id=\"p\" name=\"P\">\
         <extensionElements><property name=\"organization\" value=\"a kind=agency: A\"/>\
         <property name=\"field\" value=\"field_x=x\"/></extensionElements>\
         <startEvent id=\"s\"/><endEvent id=\"e\"/>{elements}</process></definitions>"
    )
}

fn task(id: &str, property: &str) -> String {
    format!("<userTask id=\"{id}\" name=\"Việc {id}\"><extensionElements>{property}</extensionElements></userTask>")
}

fn arrow(from: &str, to: &str) -> String {
    format!("<sequenceFlow id=\"{from}_{to}\" sourceRef=\"{from}\" targetRef=\"{to}\"/>")
}

#[test]
fn gateways_that_multiply_are_given_up() {
    let mut elements = task("u", "") + &arrow("s", "u") + &arrow("u", "g0");
    for gate in 0..40 {
        elements += &format!("<exclusiveGateway id=\"g{gate}\"/>");
        let next = if gate < 39 { gate + 1 } else { 0 };
        elements += &arrow(&format!("g{gate}"), &format!("g{next}")).repeat(2);
    }
    let text = drawing(&elements);
    let imported = import::import(import::recognise(text.as_bytes()).unwrap(), "tệp", text.as_bytes()).unwrap();
    assert!(imported.text.contains("quá rối"), "{}", imported.text);
}

#[test]
fn stages_in_stages_and_arrows_have_a_limit() {
    let stage = format!("<property name=\"stage\" value=\"{}a\"/>", "a.".repeat(100_000));
    let text = drawing(&(task("u", &stage) + &arrow("s", "u") + &arrow("u", "e")));
    let imported = import::import(import::recognise(text.as_bytes()).unwrap(), "tệp", text.as_bytes()).unwrap();
    assert!(!imported.text.contains("a.a.a"), "{}", &imported.text[..200]);
    assert!(imported.text.contains("CẦN XEM LẠI: giai đoạn của bước này sâu 100001 tầng"), "{}", imported.text);
    let many = drawing(&(task("u", "") + &arrow("s", "u") + &arrow("u", "e").repeat(200_000)));
    assert!(refused(many.as_bytes()).contains("too many flows"));
}

#[test]
fn words_of_strangers_stay_words() {
    let performers = "<property name=\"performers\" value=\"a } } khác {\"/>";
    let guard = "<sequenceFlow id=\"c\" sourceRef=\"g\" targetRef=\"v\"><conditionExpression>field_x = \"a } b // c\"</conditionExpression></sequenceFlow>";
    let elements = task("u", performers) + &task("v", "") + "<exclusiveGateway id=\"g\"/>" + guard;
    let arrows = [("s", "u"), ("u", "g"), ("g", "e"), ("v", "e")].map(|(from, to)| arrow(from, to)).concat();
    let text = drawing(&(elements + &arrows));
    let imported = import::import(import::recognise(text.as_bytes()).unwrap(), "tệp", text.as_bytes()).unwrap();
    super::assert_well_written(&text, &imported);
    assert!(imported.text.contains("ghi chú: \"a } } khác {\""), "{}", imported.text);
    assert!(!imported.text.contains("khi x"), "{}", imported.text);
}

#[test]
fn merged_cells_do_not_multiply_a_text() {
    let long = "x".repeat(1024 * 1024);
    let merged = workbook(&[("A1", &long), ("A500", "y")], &["A1:BH500"]);
    assert!(refused(&merged).contains("unpacks to too much"));
}

#[test]
fn tall_merged_cells_cover_only_their_column() {
    let workbook = workbook(
        &[
            ("A1", "Giai đoạn"),
            ("B1", "Nội dung"),
            ("C1", "Thời gian"),
            ("A2", "I"),
            ("B2", "Việc"),
            ("C2", "1 ngày"),
            ("C4300", "1 ngày"),
        ],
        &["A2:A4300", "B2:B4300"],
    );
    let imported = import::import(import::find("xlsx").unwrap(), "tệp", &workbook);
    assert!(imported.is_ok(), "{}", imported.unwrap_err().vi);
}

#[test]
fn many_tasks_of_one_name_get_names() {
    let tasks: String = (0..20_000).map(|_| "<task code=\"A::THU_LY\" name=\"x\"/>").collect();
    let text = format!("<process name=\"P\"><step name=\"a\">{tasks}</step></process>");
    let imported = import::import(import::recognise(text.as_bytes()).unwrap(), "tệp", text.as_bytes()).unwrap();
    assert!(imported.text.matches("bước ").count() >= 20_000, "{}", &imported.text[..400]);
}

/// Subprocesses that end when all their branches have come: of many, the first is why the drawing is not examined.
#[test]
fn why_a_drawing_is_not_examined_does_not_depend_on_chance() {
    let mut elements = String::new();
    for number in 0..12 {
        let inner: String = ["x", "y"].map(|id| task(&format!("{id}{number}"), "")).concat();
        let fork = format!("<parallelGateway id=\"g{number}\"/>");
        let arrows = ["x", "y"].map(|id| arrow(&format!("g{number}"), &format!("{id}{number}"))).concat();
        elements += &format!("<subProcess id=\"q{number}\" name=\"Con {number}\">{fork}{inner}{arrows}</subProcess>");
        elements += &arrow(&if number == 0 { "s".into() } else { format!("q{}", number - 1) }, &format!("q{number}"));
    }
    let text = drawing(&(elements + &arrow("q11", "e")));
    let read = || import::import(import::find("bpmn").unwrap(), "tệp", text.as_bytes()).unwrap().text;
    let first = read();
    assert!(first.contains("vì quy trình con “Con 0” có nhánh song song"), "{first}");
    for _ in 0..4 {
        assert_eq!(read(), first);
    }
}

#[test]
fn many_pools_take_no_longer_than_their_processes() {
    let pools: String = (0..12_000).map(|pool| format!("<participant name=\"P\" processRef=\"q{pool}\"/>")).collect();
    let processes: String = (0..12_000).map(|process| format!("<process id=\"q{process}\"/>")).collect();
    let text = drawing(&(task("u", "") + &arrow("s", "u") + &arrow("u", "e")))
        .replace("</definitions>", &format!("<collaboration>{pools}</collaboration>{processes}</definitions>"));
    let start = Instant::now();
    let imported = import::import(import::find("bpmn").unwrap(), "tệp", text.as_bytes()).unwrap();
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(imported.text.matches("quy trình không có việc nào: P\n").count(), 12_000);
}

/// What the parser says is in English: in Vietnamese only the place is left.
#[test]
fn broken_xml_is_said_in_one_language() {
    let bytes = b"<definitions>\n<a></b></definitions>";
    let why = import::import(import::find("bpmn").unwrap(), "tệp", bytes).err().unwrap();
    assert_eq!(why.vi, "tệp XML hỏng ở dòng 2, cột 4");
    assert!(why.en.starts_with("broken XML in line 2 (") && why.en.len() > 30, "{}", why.en);
}
