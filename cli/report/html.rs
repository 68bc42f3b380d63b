//! `--format html`: one page without anything from outside, to be attached to the chairman's decision.

use super::{Figures, eligible, limit, share, slack, verdict, worst};
use tthc_compiler::analysis::report::ProcedureReport;
use tthc_compiler::diagnostic::Language;
use tthc_compiler::markup::escape;

const STYLE: &str = "body{font-family:'Times New Roman',serif;font-size:13pt;margin:2cm;color:#000}\
h1{font-size:15pt;text-align:center}table{border-collapse:collapse;width:100%}\
th,td{border:1px solid #000;padding:4px 6px;vertical-align:top;text-align:left}thead{display:table-header-group}\
tr{break-inside:avoid}ul{margin:0;padding-left:1.1em}.so{text-align:center}\
@page{size:A4 landscape;margin:2cm 1.5cm}@media print{body{margin:0}}";

/// The page.
pub fn render(figures: &Figures) -> String {
    let (part, of) = eligible(figures);
    let rows: String =
        figures.procedures.iter().enumerate().map(|(index, procedure)| row(index + 1, procedure)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"vi\">\n<head>\n<meta charset=\"utf-8\">\n<title>Kết quả rà soát thủ tục hành chính</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<h1>KẾT QUẢ RÀ SOÁT QUY TRÌNH GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH</h1>\n\
         <p>Số thủ tục được rà soát: {of}. Số thủ tục đủ điều kiện tiếp nhận, thẩm định, phê duyệt, trả kết quả tại bộ phận một cửa \
         (4 tại chỗ): {part}, đạt {}%.</p>\n<table>\n<thead>\n<tr><th>STT</th><th>Thủ tục hành chính</th><th>Mã</th><th>Thời hạn</th>\
         <th>Thời gian lâu nhất</th><th>Còn dư</th><th>4 tại chỗ</th><th>Lý do chưa đạt và cách khắc phục</th></tr>\n</thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n<p>Căn cứ xét 4 tại chỗ: Điều 6 Thông tư 01/2018/TT-VPCP. Điều kiện về nhân lực và cơ sở vật \
         chất của bộ phận một cửa không xét ở đây.</p>\n</body>\n</html>\n",
        share((part, of)),
    )
}

fn row(number: usize, procedure: &ProcedureReport) -> String {
    let vi = Language::Vi;
    let reasons: String = procedure
        .on_site
        .reasons
        .iter()
        .map(|reason| {
            let step = reason.step.as_ref().map(|step| format!("Bước {}: ", escape(step))).unwrap_or_default();
            format!("<li>{step}{}. {}.</li>", escape(&reason.message), escape(&reason.mend))
        })
        .collect();
    let reasons = if reasons.is_empty() { String::new() } else { format!("<ul>{reasons}</ul>") };
    let figures =
        [limit(procedure, vi), worst(procedure, vi), slack(procedure, vi), verdict(procedure, vi).to_string()];
    let figures: String = figures.iter().map(|figure| format!("<td>{}</td>", escape(figure))).collect();
    format!(
        "<tr><td class=\"so\">{number}</td><td>{}</td><td>{}</td>{figures}<td>{reasons}</td></tr>\n",
        escape(&procedure.label),
        escape(procedure.code.as_deref().unwrap_or_default()),
    )
}
