//! What is wrong with the arguments, in the user's language: clap itself speaks only English.

use crate::console::{Color, Console, note};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::process::ExitCode;
use tthc_compiler::diagnostic::{Language, say};

/// Prints help where it was asked for, and otherwise what is wrong.
pub fn report(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        // A closed pipe is the reader's choice.
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    match sentence(error).filter(|_| language() == Language::Vi) {
        Some(sentence) => {
            Console::new(Language::Vi, Color::Auto).failure(&say(sentence, ""));
            note("Xem hướng dẫn: tthc --help, tthc LỆNH --help");
        }
        None => {
            let _ = error.print();
        }
    }
    ExitCode::from(2)
}

/// The arguments could not be read, so their language is sought by hand.
pub fn language() -> Language {
    let arguments: Vec<String> = std::env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let english = arguments.iter().any(|argument| argument == "--lang=en")
        || arguments.windows(2).any(|pair| pair[0] == "--lang" && pair[1] == "en");
    if english { Language::En } else { Language::Vi }
}

/// The error in Vietnamese; none where clap's own text must do.
fn sentence(error: &clap::Error) -> Option<String> {
    let argument = text(error, ContextKind::InvalidArg);
    let mut said = match error.kind() {
        ErrorKind::UnknownArgument => format!("không có tham số '{}'", argument?),
        ErrorKind::InvalidSubcommand => format!("không có lệnh '{}'", text(error, ContextKind::InvalidSubcommand)?),
        ErrorKind::InvalidValue => match text(error, ContextKind::InvalidValue).filter(|value| !value.is_empty()) {
            Some(value) => format!("'{}' không nhận giá trị '{value}'", flag(&argument?)),
            None => format!("'{}' cần có một giá trị", flag(&argument?)),
        },
        // Of all arguments only the day has a form of its own.
        ErrorKind::ValueValidation => format!(
            "'{}' không nhận giá trị '{}'; viết năm-tháng-ngày, ví dụ 2025-07-01",
            flag(&argument?),
            text(error, ContextKind::InvalidValue)?
        ),
        ErrorKind::MissingRequiredArgument => format!("thiếu tham số {}", argument?),
        ErrorKind::MissingSubcommand => "thiếu tên lệnh".to_string(),
        ErrorKind::ArgumentConflict => match text(error, ContextKind::PriorArg) {
            Some(prior) => format!("'{}' không dùng cùng với '{prior}'", argument?),
            None => format!("'{}' được ghi hai lần", argument?),
        },
        _ => return None,
    };
    if let Some(values) = text(error, ContextKind::ValidValue).filter(|values| !values.is_empty()) {
        said.push_str(&format!("; chọn một trong: {values}"));
    }
    let suggestions = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand];
    // Where there are several, the best one comes last.
    let suggestion = suggestions.into_iter().find_map(|kind| text(error, kind));
    if let Some(suggestion) = suggestion.as_deref().and_then(|several| several.split(", ").last()) {
        said.push_str(&format!("; có phải là '{suggestion}'?"));
    }
    Some(said)
}

/// The name of an argument without its value.
fn flag(argument: &str) -> &str {
    argument.split_once(" <").map_or(argument, |(flag, _)| flag)
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        _ => None,
    }
}
