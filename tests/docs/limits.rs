//! The tables of limits are made from the numbers in the code.

use crate::pages::{keep_current, read};
use tthc_compiler::limits::{ANALYSIS, COMPARISON, IMPORT, Limit, TARGETS, TEXT};
use tthc_grammar::tree::grouped;

const PAGE: &str = "docs/giới-hạn.md";
const END: &str = "<!-- hết -->\n";

/// What the language server does not read.
const EDITOR: &[Limit] = &[Limit {
    id: "message",
    what: "Độ dài một thông điệp của trình soạn thảo",
    most: (tthc_lsp::LONGEST_MESSAGE >> 20) as usize,
    unit: " MiB",
    beyond: "bỏ qua thông điệp đó; những thông điệp sau vẫn được đọc",
}];

#[test]
fn the_page_of_limits_is_current() {
    let mut page = read(PAGE);
    let tables = [
        ("văn bản", TEXT),
        ("phân tích", ANALYSIS),
        ("đích", TARGETS),
        ("so sánh", COMPARISON),
        ("nhập", IMPORT),
        ("trình soạn thảo", EDITOR),
    ];
    for (title, limits) in tables {
        let start = format!("<!-- sinh ra: {title} -->\n");
        let from = page.find(&start).unwrap_or_else(|| panic!("{PAGE} has no table “{title}”")) + start.len();
        let to = from + page[from..].find(END).unwrap_or_else(|| panic!("the table “{title}” has no end"));
        page.replace_range(from..to, &table(limits));
    }
    keep_current(PAGE, &page);
}

fn table(limits: &[Limit]) -> String {
    let row = |limit: &Limit| {
        format!("| {} | {}{} | {} |\n", limit.what, grouped(&limit.most.to_string()), limit.unit, limit.beyond)
    };
    let rows: String = limits.iter().map(row).collect();
    format!("| giới hạn | nhiều nhất | vượt quá thì |\n|---|---|---|\n{rows}")
}
