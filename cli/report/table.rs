//! `--format table`: columns aligned by the width that characters have on a terminal.

use super::{Figures, eligible, limit, reasons, share, slack, verdict, worst};
use tthc_compiler::diagnostic::{Language, say};
use unicode_width::UnicodeWidthStr;

/// The table, a line below each procedure for every reason, and a summary.
pub fn render(figures: &Figures, language: Language) -> String {
    let word = |vi: &str, en: &str| say(vi, en).in_language(language).to_string();
    let head = vec![
        word("thủ tục", "procedure"),
        word("mã", "code"),
        word("thời hạn", "limit"),
        word("lâu nhất", "worst"),
        word("còn dư", "slack"),
        word("4 tại chỗ", "on site"),
    ];
    let rows: Vec<Vec<String>> = figures
        .procedures
        .iter()
        .map(|procedure| {
            let code = procedure.code.clone().unwrap_or_else(|| "–".to_string());
            let figures = [limit(procedure, language), worst(procedure, language), slack(procedure, language)];
            let cells = [procedure.id.clone(), code]
                .into_iter()
                .chain(figures)
                .chain([verdict(procedure, language).to_string()]);
            cells.map(|cell| harmless(&cell)).collect()
        })
        .collect();
    let widths: Vec<usize> =
        (0..head.len()).map(|at| rows.iter().chain([&head]).map(|row| row[at].width()).max().unwrap_or(0)).collect();
    let mut out = line(&head, &widths);
    for (row, procedure) in rows.iter().zip(&figures.procedures) {
        out.push_str(&line(row, &widths));
        for reason in reasons(procedure) {
            out.push_str(&format!("  - {}\n", harmless(&reason)));
        }
    }
    let (part, of) = eligible(figures);
    let share = share((part, of));
    out.push_str(&word(
        &format!("\n{of} thủ tục, {part} đạt 4 tại chỗ ({share}%)\n"),
        &format!("\nprocedures: {of}, wholly on site: {part} ({}%)\n", share.replace(',', ".")),
    ));
    out
}

fn line(cells: &[String], widths: &[usize]) -> String {
    let padded = cells
        .iter()
        .zip(widths)
        .map(|(cell, width)| format!("{cell}{}", " ".repeat(width.saturating_sub(cell.width()))));
    let line = padded.collect::<Vec<_>>().join("  ");
    format!("{}\n", line.trim_end())
}

/// Control characters of a label must not steer the terminal.
fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
