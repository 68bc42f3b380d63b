//! `--format csv`: a row for each procedure, fit for a spreadsheet.

use super::{Figures, reasons, verdict};
use tthc_compiler::diagnostic::{Language, say};

/// The rows, with a head.
pub fn render(figures: &Figures, language: Language) -> String {
    let head = match language {
        Language::Vi => [
            "thủ tục",
            "tên",
            "mã",
            "tệp",
            "thời hạn (phút)",
            "lâu nhất (phút)",
            "còn dư (phút)",
            "cách tính",
            "4 tại chỗ",
            "lý do",
            "cách sửa",
        ],
        Language::En => [
            "procedure",
            "title",
            "code",
            "file",
            "limit (minutes)",
            "worst (minutes)",
            "slack (minutes)",
            "clock",
            "on site",
            "reasons",
            "mend",
        ],
    };
    let mut out = row(head.iter().map(|cell| text(cell)));
    for procedure in &figures.procedures {
        let mend: Vec<&str> = procedure.on_site.reasons.iter().map(|reason| reason.mend.as_str()).collect();
        let clock = match procedure.clock {
            Some("working") => say("giờ làm việc", "working"),
            Some("calendar") => say("ngày giờ thường", "calendar"),
            Some(_) => say("lẫn lộn", "mixed"),
            None => say("", ""),
        };
        out.push_str(&row([
            text(&procedure.id),
            text(&procedure.label),
            text(procedure.code.as_deref().unwrap_or_default()),
            text(&procedure.file),
            number(procedure.limit_minutes),
            number(procedure.worst_minutes),
            number(procedure.slack()),
            text(clock.in_language(language)),
            text(verdict(procedure, language)),
            text(&reasons(procedure).join("; ")),
            text(&mend.join("; ")),
        ]));
    }
    out
}

fn row(cells: impl IntoIterator<Item = String>) -> String {
    cells.into_iter().collect::<Vec<_>>().join(",") + "\r\n"
}

/// Written by the program itself: a minus is a minus.
fn number(minutes: Option<i64>) -> String {
    minutes.map(|minutes| minutes.to_string()).unwrap_or_default()
}

/// Text in quotes. A spreadsheet takes a cell that begins like a formula for one; an apostrophe keeps it text.
fn text(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text() {
        assert_eq!(text("=1+1"), "\"'=1+1\"");
        assert_eq!(text("@SUM(A1)"), "\"'@SUM(A1)\"");
        assert_eq!(text("Sở \"A\", B"), "\"Sở \"\"A\"\", B\"");
        assert_eq!(number(Some(-480)), "-480");
    }
}
