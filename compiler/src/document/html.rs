//! Documents as one HTML page without anything from outside.

use super::drawing::is_wide;
use super::layout::{Content, Section, TITLE, Table, TableLine, sections};
use super::{Cell, Document};
use crate::diagram::svg::{self, Changes};
use crate::markup::escape;
use std::fmt::Write;

/// Classes are words, so that they meet none of those of the diagrams, which are letters.
const STYLE: &str = "body{font-family:'Times New Roman',Tinos,serif;font-size:13pt;line-height:1.35;max-width:26cm;\
margin:1.5cm auto;padding:0 1cm;color:#000}h1,h2{text-align:center}h1{font-size:14pt}h2{font-size:15pt;margin-top:0}\
h3{font-size:13pt;margin:1.2em 0 .4em;break-after:avoid}table{border-collapse:collapse;width:100%;table-layout:fixed}\
th,td{border:1px solid #000;padding:4px 6px;vertical-align:top;text-align:left;overflow-wrap:anywhere}\
thead th{text-align:center;padding:4px 2px;overflow-wrap:break-word}thead{display:table-header-group}tr{break-inside:avoid}td.heading{font-weight:bold;background:#eee}\
td.total{font-weight:bold;font-style:italic}figure{margin:0}svg{display:block;max-width:100%;height:auto;break-inside:avoid}\
article+article,article.first{break-before:page}@page{size:A4;margin:2cm 1.5cm 2cm 2.5cm}\
@page wide{size:A4 landscape;margin:2cm 1.5cm}.wide{page:wide}@media print{body{margin:0;padding:0;max-width:none}}";

/// The page; several documents begin with a table of contents.
pub fn render(documents: &[Document]) -> String {
    let title = match documents {
        [only] => only.title.clone(),
        _ => "Danh mục quy trình nội bộ giải quyết thủ tục hành chính".to_string(),
    };
    let mut body = String::new();
    if documents.len() != 1 {
        contents(&mut body, documents);
    }
    for document in documents {
        article(&mut body, document, documents.len() > 1);
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n{body}</body>\n</html>\n",
        escape(&title)
    )
}

fn contents(out: &mut String, documents: &[Document]) {
    out.push_str("<h1>DANH MỤC QUY TRÌNH NỘI BỘ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH</h1>\n<table>\n<thead>\n<tr>");
    for (head, width) in [("STT", 8), ("Thủ tục hành chính", 67), ("Mã", 25)] {
        let _ = write!(out, "<th scope=\"col\" style=\"width:{width}%\">{head}</th>");
    }
    out.push_str("</tr>\n</thead>\n<tbody>\n");
    for (index, document) in documents.iter().enumerate() {
        let (number, link, title) = (index + 1, escape(&document.id), escape(&document.title));
        let code = escape(document.code.as_deref().unwrap_or_default());
        let _ = writeln!(out, "<tr><td>{number}</td><td><a href=\"#tt-{link}\">{title}</a></td><td>{code}</td></tr>");
    }
    out.push_str("</tbody>\n</table>\n");
}

fn article(out: &mut String, document: &Document, one_of_many: bool) {
    let class = if one_of_many { " class=\"first\"" } else { "" };
    let (id, title) = (escape(&document.id), escape(&document.title));
    let _ = writeln!(out, "<article id=\"tt-{id}\"{class}>\n<h1>{TITLE}</h1>\n<h2>{title}</h2>");
    for Section { title, content } in sections(document) {
        let class = match content {
            Content::Pictures(pictures) if pictures.iter().any(is_wide) => " class=\"wide\"",
            _ => "",
        };
        let _ = writeln!(out, "<section{class}>\n<h3>{}</h3>", escape(&title));
        match content {
            Content::Table(of) => table(out, &of),
            Content::Pictures(pictures) => {
                for (number, picture) in pictures.iter().enumerate() {
                    let id = format!("tt-{}-{}", document.id, number + 1);
                    let svg = svg::sliced(std::slice::from_ref(picture), &Changes::new(), &id);
                    let _ = write!(out, "<figure>\n{svg}</figure>\n");
                }
            }
        }
        out.push_str("</section>\n");
    }
    out.push_str("</article>\n");
}

fn table(out: &mut String, table: &Table) {
    out.push_str("<table>\n<colgroup>");
    for width in &table.widths {
        let _ = write!(out, "<col style=\"width:{width}%\">");
    }
    out.push_str("</colgroup>\n");
    if !table.head.is_empty() {
        let head: String = table.head.iter().map(|cell| format!("<th scope=\"col\">{}</th>", escape(cell))).collect();
        let _ = writeln!(out, "<thead>\n<tr>{head}</tr>\n</thead>");
    }
    out.push_str("<tbody>\n");
    let columns = table.widths.len();
    for line in &table.lines {
        let row = match line {
            TableLine::Cells(list) => cells(list, table.head.is_empty()),
            TableLine::Heading(title) => format!("<td class=\"heading\" colspan=\"{columns}\">{}</td>", escape(title)),
            TableLine::Total(title, amount) => format!(
                "<td class=\"total\" colspan=\"{}\">{}</td><td class=\"total\" colspan=\"2\">{}</td>",
                columns - 2,
                escape(title),
                escape(amount)
            ),
        };
        let _ = writeln!(out, "<tr>{row}</tr>");
    }
    out.push_str("</tbody>\n</table>\n");
}

/// The cells of a row; without a head the first says what the row is about.
fn cells(cells: &[Cell], titled: bool) -> String {
    let cell = |(index, cell): (usize, &Cell)| {
        let (open, close) = if titled && index == 0 { ("th scope=\"row\"", "th") } else { ("td", "td") };
        let span = if cell.span > 1 { format!(" rowspan=\"{}\"", cell.span) } else { String::new() };
        let text = cell.text.lines().map(|line| escape(line.trim())).collect::<Vec<_>>().join("<br>");
        (cell.span > 0).then(|| format!("<{open}{span}>{text}</{close}>"))
    };
    cells.iter().enumerate().filter_map(cell).collect()
}
