//! `--format html`: the page with both diagrams that is put before whoever approves a simplification. Always Vietnamese.

use super::human::{figures, more_places, title_of};
use tthc_compiler::compare::{Change, Comparison, Difference, ItemChange, Pair, ProcedureChange, StepChange, Version};
use tthc_compiler::diagnostic::Language;
use tthc_compiler::diagram::Mark;
use tthc_compiler::diagram::svg::{self, Changes};
use tthc_compiler::markup::escape;

/// Classes are words, so that they meet none of those of the diagrams, which are letters.
const STYLE: &str = "body{font-family:'Times New Roman',Tinos,serif;font-size:13pt;line-height:1.35;margin:1.5cm;color:#000}\
h1{font-size:15pt;text-align:center}h2{font-size:14pt;margin-top:1.5em}h3{font-size:13pt;margin:1em 0 .4em}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid #000;padding:4px 6px;vertical-align:top;text-align:left}\
th{text-align:center}thead{display:table-header-group}tr{break-inside:avoid}.added{background:#e6f4ea}.removed{background:#fdecea}\
del{text-decoration-color:#c62828}.both{display:flex;flex-wrap:wrap;gap:1cm;align-items:flex-start}\
figure{flex:1 1 0;min-width:0;max-width:100%;box-sizing:border-box;margin:0}figcaption{font-weight:bold;margin:1em 0 .4em;break-after:avoid}\
svg{display:block;max-width:100%;height:auto;break-inside:avoid}@page{size:A4 landscape;margin:1.5cm}@media print{body{margin:0}.far{display:block}}";

/// The smallest letters of a diagram have 8.25 points and are to have no less than seven: what remains of its width.
const LEAST: (i32, i32) = (28, 33);

/// Between both diagrams, and on a page of print between its margins, in pixels of a ninety-sixth of an inch.
const BETWEEN: i32 = 38;
const PRINTED: i32 = 1009;

/// The page.
pub fn render(comparison: &Comparison, pairs: &[Pair]) -> String {
    let procedures: String = comparison.procedures.iter().map(|procedure| section(procedure, pairs)).collect();
    let (changed, same) = (comparison.procedures.len(), comparison.same);
    format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<title>Quy trình trước và sau khi rà soát</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>QUY TRÌNH TRƯỚC VÀ SAU KHI RÀ SOÁT</h1>\n\
         <p>Số thủ tục khác nhau: {changed}; số thủ tục giống nhau: {same}.</p>\n{procedures}</body>\n</html>\n"
    )
}

fn section(procedure: &ProcedureChange, pairs: &[Pair]) -> String {
    let code = procedure.code.as_ref().map(|code| format!(" ({})", escape(code))).unwrap_or_default();
    let mut out = format!("<section>\n<h2>{}{code}</h2>\n", escape(&procedure.label));
    match procedure.change {
        Change::Added => out.push_str("<p>Chỉ có trong bản mới.</p>\n"),
        Change::Removed => out.push_str("<p>Chỉ có trong bản cũ.</p>\n"),
        Change::Changed => {}
    }
    if let (Some(before), Some(after), Some(saved)) = (&procedure.before, &procedure.after, &procedure.saved) {
        let rows = figures(before, after, saved, Language::Vi);
        let rows: String = rows.iter().map(|row| line(&row.each_ref().map(|cell| escape(cell)), "")).collect();
        out.push_str(&table("Kết quả rà soát", &["Chỉ tiêu", "Trước", "Sau", "Thay đổi"], &rows));
    }
    let facts: String = procedure.facts.iter().map(|fact| line(&difference(fact), "")).collect();
    out.push_str(&table("Thông tin chung và thời hạn", &["Mục", "Trước", "Sau"], &facts));
    let items = [("Giấy tờ", &procedure.papers), ("Cơ quan", &procedure.agencies)];
    let items: String = items.iter().flat_map(|(what, list)| list.iter().map(|item| item_line(what, item))).collect();
    out.push_str(&table("Thành phần hồ sơ và cơ quan", &["Mục", "Trước", "Sau"], &items));
    let steps: String = procedure.steps.iter().map(step).collect();
    out.push_str(&table("Các bước", &["Trước", "Sau", "Bước", "Nội dung thay đổi"], &steps));
    let mut definition: String = procedure.definition.iter().map(|it| line(&difference(it), "")).collect();
    if procedure.definition_more > 0 {
        let more = more_places(procedure.definition_more, Language::Vi);
        definition.push_str(&line(&[more, String::new(), String::new()], ""));
    }
    out.push_str(&table("Định nghĩa JSON", &["Mục", "Trước", "Sau"], &definition));
    out.push_str(&diagrams(procedure, pairs));
    out.push_str("</section>\n");
    out
}

/// A table with its heading; nothing where there are no rows.
fn table(title: &str, head: &[&str], rows: &str) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let head: String = head.iter().map(|cell| format!("<th scope=\"col\">{cell}</th>")).collect();
    format!("<h3>{title}</h3>\n<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n")
}

/// A row of cells that are markup already.
fn line(cells: &[String], class: &str) -> String {
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let cells: String = cells.iter().map(|cell| format!("<td>{cell}</td>")).collect();
    format!("<tr{class}>{cells}</tr>\n")
}

fn text(text: &Option<String>) -> String {
    text.as_ref().map(|text| escape(text)).unwrap_or_default()
}

fn difference(difference: &Difference) -> [String; 3] {
    let (before, after) = difference.shown();
    [escape(title_of(&difference.what, Language::Vi)), text(&before), text(&after)]
}

fn item_line(what: &str, item: &ItemChange) -> String {
    let title = escape(&item.title);
    match item.change {
        Change::Removed => line(&[what.to_string(), format!("<del>{title}</del>"), String::new()], "removed"),
        _ => line(&[what.to_string(), String::new(), title], "added"),
    }
}

fn step(step: &StepChange) -> String {
    let (title, class) = match step.change {
        Change::Removed => (format!("<del>{}</del>", escape(&step.title)), "removed"),
        Change::Added => (escape(&step.title), "added"),
        Change::Changed => (escape(&step.title), ""),
    };
    let mut lines: Vec<String> = Vec::new();
    if step.moved {
        lines.push("chuyển chỗ".to_string());
    }
    for found in &step.differences {
        let [what, before, after] = difference(found);
        lines.push(match step.change {
            Change::Changed if before.is_empty() => format!("{what}: thêm “{after}”"),
            Change::Changed if after.is_empty() => format!("{what}: bỏ <del>{before}</del>"),
            Change::Changed => format!("{what}: <del>{before}</del> → {after}"),
            _ => format!("{what}: {before}{after}"),
        });
    }
    line(&[text(&step.before), text(&step.after), title, lines.join("<br>")], class)
}

/// Both diagrams with what became of each step: side by side where both can be read so, else one below the other.
fn diagrams(procedure: &ProcedureChange, pairs: &[Pair]) -> String {
    let Some((before, after)) = pairs.get(procedure.pair) else { return String::new() };
    let (mut old, mut new) = (Changes::new(), Changes::new());
    for step in &procedure.steps {
        let mark = mark(step);
        old.extend(step.places.0.map(|place| (place, mark)));
        new.extend(step.places.1.map(|place| (place, mark)));
    }
    let sides = [("Sơ đồ trước khi rà soát", before, old), ("Sơ đồ sau khi rà soát", after, new)];
    let least = |version: &Option<&Version>| {
        version.map_or(0, |version| svg::page_width(&version.pictures()) * LEAST.0 / LEAST.1)
    };
    // What no page of print has room for side by side must not be laid out so: it would not be cut between pages.
    let far = if least(before) + least(after) + BETWEEN > PRINTED { " far" } else { "" };
    let side = |(number, (title, version, changes)): (usize, &(&str, &Option<&Version>, Changes))| {
        let Some(pictures) = version.map(|version| version.pictures()) else { return String::new() };
        let least = least(version);
        let svg = svg::sliced(&pictures, changes, &format!("so-{}-{}", procedure.pair + 1, number + 1));
        format!("<figure style=\"flex-basis:{least}px\">\n<figcaption>{title}</figcaption>\n{svg}</figure>\n")
    };
    format!("<div class=\"both{far}\">\n{}</div>\n", sides.iter().enumerate().map(side).collect::<String>())
}

fn mark(step: &StepChange) -> Mark {
    match step.change {
        Change::Added => Mark::Added,
        Change::Removed => Mark::Removed,
        Change::Changed if step.differences.is_empty() => Mark::Moved,
        Change::Changed => Mark::Changed,
    }
}
