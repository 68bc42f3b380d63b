//! Every limit of what is imported holds at its number, and is said just beyond it.

use super::workbook::{package, sheets, workbook};
use tthc_compiler::import;
use tthc_compiler::limits::{IMPORT, Limit};

const SPACE: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";

/// What comes of a file: its text, or why it is not read.
fn read(format: &str, bytes: &[u8]) -> String {
    match import::import(import::find(format).unwrap(), "tệp", bytes) {
        Ok(imported) => imported.text,
        Err(why) => why.vi,
    }
}

fn table(rows: usize, columns: usize) -> String {
    let cells = |cell: &str| ",".repeat(columns - 2) + cell;
    format!("Nội dung,Thời gian{}\n{}", cells(""), format!("Việc,1 ngày{}\n", cells("")).repeat(rows - 1))
}

fn drawing(elements: &str) -> String {
    format!(
        "<definitions xmlns=\"{SPACE}\"><process id=\"p\" name=\"P\"><startEvent id=\"s\"/><endEvent id=\"e\"/>{elements}\
         </process></definitions>"
    )
}

fn flow(from: &str, to: &str) -> String {
    format!("<sequenceFlow sourceRef=\"{from}\" targetRef=\"{to}\"/>")
}

/// A gateway with so many ways out of it, each to a task of its own, and one more to another gateway.
fn ways(count: usize) -> String {
    let way = |number: usize| {
        let task = format!("t{number}");
        format!("<userTask id=\"{task}\" name=\"{task}\"/>{}{}", flow("g", &task), flow(&task, "e"))
    };
    let ways: String = (0..count).map(way).collect();
    let other = format!("<exclusiveGateway id=\"h\"/>{}{}", flow("g", "h"), flow("h", "e"));
    drawing(&format!(
        "{other}<userTask id=\"u\" name=\"u\"/><exclusiveGateway id=\"g\"/>{}{}{ways}",
        flow("s", "u"),
        flow("u", "g")
    ))
}

/// What is said of so many.
fn said(limit: &Limit, count: usize) -> String {
    let beyond = usize::from(count > limit.most);
    let size = limit.most * 1024 * 1024 + beyond;
    match limit.id {
        "import-file" => read("csv", &vec![b'x'; size]),
        "rows" => read("csv", table(count, 2).as_bytes()),
        "columns" => read("csv", table(2, count).as_bytes()),
        "merged" => {
            // Twice the whole of a table, and as many more cells as are left.
            let rows = count / 60 - 5_000 + beyond;
            let regions = ["A1:BH5000".to_string(), format!("A1:BH{rows}")];
            let regions: Vec<&str> = regions.iter().map(String::as_str).collect();
            read("xlsx", &workbook(&[("A1", "x"), ("BH5000", "y")], &regions))
        }
        "sheets" => read("xlsx", &sheets(count)),
        "parts" => {
            let names: Vec<String> = (0..count).map(|part| format!("xl/{part}.xml")).collect();
            let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
            read("xlsx", &package(&parts))
        }
        "unpacked" => read("xlsx", &package(&[("xl/workbook.xml", &vec![b' '; size])])),
        // The document and its root are counted, too.
        "xml" => read("epar", format!("<process>{}</process>", "<a/>".repeat(count - 2)).as_bytes()),
        "nodes" => read("bpmn", drawing(&"<userTask name=\"u\"/>".repeat(count - 2)).as_bytes()),
        "flows" => read("bpmn", drawing(&flow("s", "e").repeat(count)).as_bytes()),
        "ways" => read("bpmn", ways(count).as_bytes()),
        id => panic!("{id} is not tested"),
    }
}

#[test]
fn each_limit_is_said_just_beyond_it() {
    for limit in IMPORT {
        let words = match limit.id {
            "import-file" => "tệp quá lớn",
            "rows" | "columns" => "bảng quá lớn: nhiều hơn",
            "merged" => "các ô gộp phủ lên",
            "sheets" => "đứng sau",
            "parts" | "unpacked" => "giải nén ra quá lớn",
            "xml" | "nodes" => "quá nhiều phần tử",
            "flows" => "quá nhiều mũi tên",
            _ => "quá rối",
        };
        let (at, beyond) = (said(limit, limit.most), said(limit, limit.most + 1));
        let start = |text: &str| text.chars().take(300).collect::<String>();
        assert!(!at.contains(words), "{}: {} are allowed: {}", limit.id, limit.most, start(&at));
        assert!(beyond.contains(words), "{}: nothing is said of {}: {}", limit.id, limit.most + 1, start(&beyond));
    }
}
