//! What the commands write to: results to standard output, everything else to standard error.

use crate::files::reason;
use clap::ValueEnum;
use std::io::{self, IsTerminal, Write};
use tthc_compiler::diagnostic::{Language, Message, say};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nothing to complain about.
    Clean,
    /// There are findings.
    Findings,
}

/// Why a run could not be carried out.
#[derive(Debug)]
pub struct Failure(pub Message);

/// What every command gives back.
pub type Outcome = Result<Status, Failure>;

/// A failure from a sentence in Vietnamese and English.
pub fn failure(vi: impl Into<String>, en: impl Into<String>) -> Failure {
    Failure(say(vi, en))
}

/// `--lang`
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Lang {
    /// Vietnamese.
    Vi,
    /// English.
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        match lang {
            Lang::Vi => Language::Vi,
            Lang::En => Language::En,
        }
    }
}

/// `--color`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless `NO_COLOR` is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// How text may look on a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// One line per finding, for pipes and files.
    Plain,
    /// Drawn for a person.
    Drawn {
        /// With colours.
        color: bool,
        /// Columns of the terminal.
        width: usize,
    },
}

impl Look {
    /// Paints a text with an ANSI style, where there are colours.
    pub fn paint(self, style: &str, text: &str) -> String {
        match self {
            Look::Drawn { color: true, .. } => format!("\x1b[{style}m{text}\x1b[0m"),
            _ => text.to_string(),
        }
    }
}

/// The streams and the language of a run.
pub struct Console {
    /// The language of messages.
    pub language: Language,
    color: Color,
}

impl Console {
    /// A console for the process's own streams.
    pub fn new(language: Language, color: Color) -> Console {
        Console { language, color }
    }

    /// Writes results. A reader that has gone away is no failure: it has seen what it wanted.
    pub fn print(&self, text: &str) -> Result<(), Failure> {
        self.print_bytes(text.as_bytes())
    }

    /// Writes results as bytes.
    pub fn print_bytes(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut out = io::stdout().lock();
        match out.write_all(bytes).and_then(|()| out.flush()) {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
                let why = reason(&error);
                Err(failure(
                    format!("không ghi được ra đầu ra chuẩn: {}", why.vi),
                    format!("cannot write to standard output: {}", why.en),
                ))
            }
            _ => Ok(()),
        }
    }

    /// Says something beside the results.
    pub fn note(&self, message: &Message) {
        note(message.in_language(self.language));
    }

    /// Says why the run failed.
    pub fn failure(&self, message: &Message) {
        let word = say("lỗi", "error");
        let word = self.error_look().paint("1;31", word.in_language(self.language));
        note(&format!("{word}: {}", message.in_language(self.language)));
    }

    /// How results may look.
    pub fn output_look(&self) -> Look {
        self.look(io::stdout().is_terminal())
    }

    /// How what goes to standard error may look.
    pub fn error_look(&self) -> Look {
        self.look(io::stderr().is_terminal())
    }

    fn look(&self, terminal: bool) -> Look {
        let color = match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => terminal && may_colour(),
        };
        if !terminal && !color {
            return Look::Plain;
        }
        let width = terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0));
        Look::Drawn { color, width: width.clamp(40, 140) }
    }
}

/// Writes a line to standard error. That it cannot be written is no reason to fail.
pub fn note(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

fn may_colour() -> bool {
    std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paints_only_where_there_are_colours() {
        assert_eq!(Look::Plain.paint("31", "đỏ"), "đỏ");
        assert_eq!(Look::Drawn { color: false, width: 80 }.paint("31", "đỏ"), "đỏ");
        assert_eq!(Look::Drawn { color: true, width: 80 }.paint("31", "đỏ"), "\x1b[31mđỏ\x1b[0m");
    }
}
