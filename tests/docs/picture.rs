//! What a terminal shows, as SVG.

/// Columns of the picture, where no line is longer.
const COLUMNS: usize = 100;
/// The width of a character and the height of a line.
const CELL: (f32, f32) = (8.43, 19.0);
/// What stands around the text.
const MARGIN: f32 = 16.0;

/// How characters look.
#[derive(Clone, Copy, PartialEq, Default)]
struct Style {
    color: Option<&'static str>,
    bold: bool,
    underlined: bool,
}

impl Style {
    /// The style behind an escape sequence such as `1;31`.
    fn after(mut self, sequence: &str) -> Style {
        for code in sequence.split(';') {
            match code {
                "1" => self.bold = true,
                "4" => self.underlined = true,
                "31" | "91" => self.color = Some("#f47067"),
                "32" | "92" => self.color = Some("#6bc46d"),
                "33" | "93" => self.color = Some("#daaa3f"),
                "34" | "94" => self.color = Some("#6cb6ff"),
                "35" | "95" => self.color = Some("#dcbdfb"),
                "36" | "96" => self.color = Some("#76e3ea"),
                "2" | "90" => self.color = Some("#768390"),
                "0" | "" => self = Style::default(),
                "39" => self.color = None,
                _ => {}
            }
        }
        self
    }

    fn attributes(self) -> String {
        let color = self.color.map(|color| format!(" fill=\"{color}\"")).unwrap_or_default();
        let bold = if self.bold { " font-weight=\"bold\"" } else { "" };
        let line = if self.underlined { " text-decoration=\"underline\"" } else { "" };
        format!("{color}{bold}{line}")
    }
}

/// A picture of what a program has printed, escape sequences and all.
pub fn svg(printed: &str) -> String {
    let lines: Vec<&str> = printed.trim_end().lines().map(str::trim_end).collect();
    let columns = lines.iter().map(|line| pieces(line).map(|(_, text)| text.chars().count()).sum()).max();
    let width = columns.unwrap_or(0).max(COLUMNS) as f32 * CELL.0 + 2.0 * MARGIN;
    let height = lines.len() as f32 * CELL.1 + 2.0 * MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#22272e\"/>\n\
         <g fill=\"#adbac7\" font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" \
         font-size=\"14\" xml:space=\"preserve\">\n"
    );
    let mut style = Style::default();
    for (number, line) in lines.iter().enumerate() {
        let y = MARGIN + (number as f32 + 0.75) * CELL.1;
        out.push_str(&format!("<text y=\"{y:.1}\">"));
        let mut column = 0;
        for (sequence, text) in pieces(line) {
            style = sequence.map_or(style, |sequence| style.after(sequence));
            if !text.is_empty() {
                // The length keeps columns in line whatever font there is.
                let x = MARGIN + column as f32 * CELL.0;
                let length = text.chars().count() as f32 * CELL.0;
                out.push_str(&format!(
                    "<tspan x=\"{x:.1}\" textLength=\"{length:.1}\"{}>{}</tspan>",
                    style.attributes(),
                    escaped(text)
                ));
            }
            column += text.chars().count();
        }
        out.push_str("</text>\n");
    }
    out + "</g>\n</svg>\n"
}

/// The texts of a line, each with the escape sequence before it.
fn pieces(line: &str) -> impl Iterator<Item = (Option<&str>, &str)> {
    line.split("\u{1b}[").enumerate().map(|(index, piece)| match piece.split_once('m') {
        Some((sequence, text)) if index > 0 => (Some(sequence), text),
        _ => (None, piece),
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
