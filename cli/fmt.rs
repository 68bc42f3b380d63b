//! `tthc fmt`

use crate::console::{Console, Failure, Outcome, Status};
use crate::files::{self, Input, current_folder, unwritable};
use crate::workspace::relative;
use crate::write;
use clap::Args;
use rayon::prelude::*;
use std::path::PathBuf;
use tthc_compiler::diagnostic::say;
use tthc_grammar::format::format;
use tthc_grammar::text::Text;

/// The arguments of `tthc fmt`.
#[derive(Args)]
pub struct Fmt {
    /// Tệp hoặc thư mục; không ghi: cả dự án
    #[arg(value_name = "ĐƯỜNG DẪN", conflicts_with = "stdin")]
    paths: Vec<PathBuf>,
    /// Không ghi gì, chỉ nêu những tệp chưa đúng cách trình bày
    #[arg(long)]
    check: bool,
    /// Đọc từ stdin, ghi ra stdout
    #[arg(long)]
    stdin: bool,
}

/// A file, and how it should look.
struct Formatted {
    input: Input,
    /// What stands before the text and stays there.
    mark: bool,
    before: String,
    /// None where the file cannot be read as a whole.
    after: Option<String>,
}

impl Fmt {
    /// Formats, or says what would change.
    pub fn run(mut self, console: &Console) -> Outcome {
        if self.stdin {
            self.paths = vec![PathBuf::from("-")];
        }
        let inputs: Vec<Input> = files::collect(&self.paths)?.into_values().flatten().collect();
        let all: Vec<Result<Formatted, Failure>> = inputs.into_par_iter().map(Formatted::new).collect();
        let all = all.into_iter().collect::<Result<Vec<_>, _>>()?;
        let current = current_folder()?;
        let mut status = Status::Clean;
        let mut changed = Vec::new();
        for file in &all {
            let shown = if file.input.stdin { "-".to_string() } else { relative(&file.input.path, &current) };
            let Some(after) = &file.after else {
                status = Status::Findings;
                console.note(&say(
                    format!("{shown}: có lỗi cú pháp nên để nguyên; xem: tthc check '{shown}'"),
                    format!("{shown}: has syntax errors and is left alone; see: tthc check '{shown}'"),
                ));
                continue;
            };
            if *after != file.before {
                changed.push(format!("{shown}\n"));
            }
            if !self.check {
                file.write(after, console)?;
            }
        }
        if self.check {
            console.print(&changed.concat())?;
            return Ok(if changed.is_empty() { status } else { Status::Findings });
        }
        if !all.iter().all(|file| file.input.stdin) {
            let count = changed.len();
            console.note(&say(format!("đã viết lại {count} tệp"), format!("files formatted: {count}")));
        }
        Ok(status)
    }
}

impl Formatted {
    fn new(input: Input) -> Result<Formatted, Failure> {
        let bytes = input.bytes()?;
        let text = Text::new(&bytes);
        let after = format(&text, &tthc_grammar::parse(&text)).map(|after| with_line_ends_of(&text.original, after));
        Ok(Formatted { input, mark: bytes.starts_with(b"\xEF\xBB\xBF"), before: text.original, after })
    }

    fn write(&self, after: &str, console: &Console) -> Result<(), Failure> {
        if self.input.stdin {
            return console.print(after);
        }
        if after == self.before {
            return Ok(());
        }
        let mark = if self.mark { "\u{FEFF}" } else { "" };
        let path = &self.input.path;
        // A link stays one: the file it leads to is written.
        let place = path.canonicalize().map_err(|error| unwritable(path, &error))?;
        write::replace(&place, format!("{mark}{after}").as_bytes()).map_err(|error| unwritable(path, &error))
    }
}

/// The formatted text with the line ends that the file has: they are a matter of the system, not of layout.
fn with_line_ends_of(before: &str, after: String) -> String {
    let first = before.find('\n');
    let windows = first.is_some_and(|at| before[..at].ends_with('\r'));
    let after = if after.contains('\r') { after.replace("\r\n", "\n") } else { after };
    if windows { after.replace('\n', "\r\n") } else { after }
}
