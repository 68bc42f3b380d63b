//! `tthc.toml`: what a project sets for all its files.
//!
//! ```toml
//! [mac_dinh]                    # or ["mặc định"]: attributes that hold for every procedure
//! cap = "tỉnh"
//! "cách tính" = "ngày là ngày làm việc"
//!
//! [quy_tac]                     # or ["quy tắc"]: severity of rules
//! T106 = "note"                 # error | warning | note | off, lỗi | cảnh báo | ghi chú | tắt
//!
//! [bien_dich]                   # or ["biên dịch"]
//! dich = ["json"]               # or "đích": targets that every procedure must be fit for
//! ```
//!
//! Keys are compared without diacritics, `_` as a blank. What is not known is an error, never ignored.

use crate::console::{Failure, failure};
use crate::files::{read_file, unreadable};
use crate::names;
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use toml::{Table, Value};
use tthc_compiler::diagnostic::Severity;
use tthc_compiler::model::issue::{Issue, IssueKind};
use tthc_compiler::model::keys::allowed;
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_compiler::rules;
use tthc_compiler::target::Target;
use tthc_grammar::keywords::{Key, ValueKind, key as find_key};
use tthc_grammar::names::fold;
use tthc_grammar::tree::{DeclarationKind, Statement};

/// The file's name; the folder that holds it is the project's root.
pub const FILE: &str = "tthc.toml";

/// The settings of a project; the usual ones where it has no file of its own.
pub fn load(root: &Path) -> Result<Settings, Failure> {
    let path = root.join(FILE);
    let text = match read_file(&path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Settings::default()),
        Err(error) => return Err(unreadable(&path, &error)),
    };
    parse(&text).map_err(|Failure(message)| {
        let path = path.display();
        failure(format!("{path}: {}", message.vi), format!("{path}: {}", message.en))
    })
}

fn parse(text: &str) -> Result<Settings, Failure> {
    let table: Table = text.trim_start_matches('\u{FEFF}').parse().map_err(|error: toml::de::Error| {
        // Lines are counted from 1.
        let at = error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count()) + 1;
        let line = text.lines().nth(at - 1).unwrap_or_default().trim();
        failure(
            format!(
                "không phải là TOML, từ dòng {at} ({line}): mỗi dòng có dạng tên = \"giá trị\", tên có dấu thì đặt trong nháy"
            ),
            format!("this is not TOML, from line {at} on ({line}): {}", error.message()),
        )
    })?;
    let mut settings = Settings::default();
    for (name, value) in &table {
        let Value::Table(entries) = value else { return Err(unknown_section(name)) };
        match plain(name).as_str() {
            "mac dinh" => settings.defaults = defaults(entries)?,
            "quy tac" => settings.severities = entries.iter().map(severity).collect::<Result<_, _>>()?,
            "bien dich" => settings.targets = targets(entries)?,
            _ => return Err(unknown_section(name)),
        }
    }
    Ok(settings)
}

/// The targets that `dich` names.
fn targets(entries: &Table) -> Result<Vec<&'static Target>, Failure> {
    let mut targets = Vec::new();
    for (name, value) in entries {
        let names = match value {
            Value::Array(names) if plain(name) == "dich" => names.as_slice(),
            Value::String(_) if plain(name) == "dich" => std::slice::from_ref(value),
            _ => {
                return Err(failure(
                    format!("mục [bien_dich] chỉ nhận dich = [\"…\"], không nhận {name} = {value}"),
                    format!("[bien_dich] holds only dich = [\"…\"], not {name} = {value}"),
                ));
            }
        };
        for name in names {
            targets.push(names::target(name.as_str().unwrap_or_default())?);
        }
    }
    Ok(targets)
}

fn unknown_section(name: &str) -> Failure {
    failure(
        format!("không có mục '{name}'; chỉ có [mac_dinh], [quy_tac] và [bien_dich]"),
        format!("there is no section '{name}'; there are only [mac_dinh], [quy_tac] and [bien_dich]"),
    )
}

/// A name as names are compared here.
fn plain(name: &str) -> String {
    fold(&name.replace('_', " ")).to_lowercase()
}

fn severity((name, value): (&String, &Value)) -> Result<(String, Option<Severity>), Failure> {
    let Some(rule) = rules::find(name) else {
        return Err(failure(
            format!("không có quy tắc '{name}'; xem danh sách: tthc explain"),
            format!("there is no rule '{name}'; for the list: tthc explain"),
        ));
    };
    let severity = match value.as_str().map(plain).as_deref() {
        Some("error" | "loi") => Some(Severity::Error),
        Some("warning" | "canh bao") => Some(Severity::Warning),
        Some("note" | "ghi chu") => Some(Severity::Note),
        Some("off" | "tat") => None,
        _ => {
            return Err(failure(
                format!("{name} = {value}: chỉ nhận \"lỗi\", \"cảnh báo\", \"ghi chú\" hoặc \"tắt\""),
                format!("{name} = {value}: only \"error\", \"warning\", \"note\" or \"off\""),
            ));
        }
    };
    Ok((rule.code.to_string(), severity))
}

/// The statements of the block `mặc định`, one a line.
fn defaults(entries: &Table) -> Result<String, Failure> {
    let mut statements = String::new();
    for (name, value) in entries {
        let key = find_key(&plain(name)).ok_or_else(|| {
            failure(format!("không có thuộc tính '{name}'"), format!("there is no attribute '{name}'"))
        })?;
        if !allowed(DeclarationKind::Defaults).contains(&key) {
            return Err(failure(
                format!("'{name}' không đặt chung cho cả dự án được"),
                format!("'{name}' cannot be set for a whole project"),
            ));
        }
        let statement = written(key, value).map(|value| format!("{}: {value}\n", key.phrase()));
        let statement = statement.filter(|statement| is_one_attribute(statement, key)).ok_or_else(|| {
            failure(
                format!(
                    "'{name}' không nhận giá trị {value}; hãy viết giá trị như trong tệp .tthc, đặt trong dấu nháy"
                ),
                format!("'{name}' cannot be {value}; write the value as in a .tthc file, in quotes"),
            )
        })?;
        statements.push_str(&statement);
    }
    Ok(statements)
}

/// A value as the language writes it.
fn written(key: Key, value: &Value) -> Option<String> {
    match value {
        Value::String(text) if key.kind() == ValueKind::Text => Some(tthc_grammar::tree::quoted(text)),
        Value::String(text) => Some(text.clone()),
        Value::Integer(number) => Some(number.to_string()),
        Value::Boolean(true) => Some("có".to_string()),
        Value::Boolean(false) => Some("không".to_string()),
        Value::Array(values) => {
            let values: Option<Vec<String>> = values.iter().map(|value| written(key, value)).collect();
            values.map(|values| values.join(", "))
        }
        _ => None,
    }
}

/// Whether the statement reads as this attribute and nothing else, with a value that it may have: a value must not
/// smuggle in another. Names are known to files alone.
fn is_one_attribute(statement: &str, key: Key) -> bool {
    let text = format!("mặc định {{\n{statement}}}");
    let file = Arc::new(ParsedFile::new("tthc.toml", text.as_bytes()));
    let tree = &file.tree;
    let issues = Project::new(vec![Arc::clone(&file)], Settings::default()).model.issues;
    let no_value = |issue: &Issue| matches!(issue.kind, IssueKind::NotInList { .. } | IssueKind::WrongKind { .. });
    let [Statement::Declaration(block)] = tree.items.as_slice() else { return false };
    let statements = block.block.as_ref().map_or(&[][..], |block| &block.statements);
    tree.problems.is_empty()
        && !issues.iter().any(no_value)
        && tree.comments.is_empty()
        && block.kind == DeclarationKind::Defaults
        && matches!(statements, [Statement::Attribute(attribute)] if attribute.key == Some(key))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn complaint(text: &str) -> String {
        parse(text).unwrap_err().0.en
    }

    #[test]
    fn defaults_become_statements() {
        let settings = parse(
            "[mac_dinh]\ncap = 'tỉnh'\n\"cách tính\" = 'ngày là ngày làm việc'\n\"lịch\" = 'l'\nbuu_chinh_cong_ich = true\n",
        );
        let defaults = settings.unwrap().defaults;
        let mut lines: Vec<&str> = defaults.lines().collect();
        lines.sort_unstable();
        assert_eq!(lines, ["bưu chính công ích: có", "cách tính: ngày là ngày làm việc", "cấp: tỉnh", "lịch: l"]);
    }

    #[test]
    fn severities_in_both_languages() {
        let settings = parse("[\"quy tắc\"]\nT106 = 'off'\nunknown-name = 'cảnh báo'\nt001 = 'ghi_chu'\n").unwrap();
        let expected = [("T001", Some(Severity::Note)), ("T101", Some(Severity::Warning)), ("T106", None)];
        assert_eq!(settings.severities, expected.map(|(code, severity)| (code.to_string(), severity)).into());
    }

    #[test]
    fn targets_by_name() {
        let names = |text| parse(text).unwrap().targets.iter().map(|target| target.name).collect::<Vec<_>>();
        assert_eq!(names("[bien_dich]\ndich = ['json']\n"), ["json"]);
        assert_eq!(names("[\"biên dịch\"]\n\"đích\" = 'json'\n"), ["json"]);
        assert!(complaint("[bien_dich]\ndich = ['cobol']\n").contains("no target 'cobol'"));
        assert!(complaint("[bien_dich]\ntarget = 'json'\n").contains("only dich"));
    }

    #[test]
    fn nothing_unknown_is_ignored() {
        assert!(complaint("[mặc").starts_with("this is not TOML"));
        assert_eq!(
            complaint("[rules]\n"),
            "there is no section 'rules'; there are only [mac_dinh], [quy_tac] and [bien_dich]"
        );
        assert!(complaint("mac_dinh = 1\n").contains("no section 'mac_dinh'"));
        assert_eq!(
            complaint("[mac_dinh]\ncấp_bậc = 1\n".replace("cấp_bậc", "cap_bac").as_str()),
            "there is no attribute 'cap_bac'"
        );
        assert!(complaint("[quy_tac]\nT999 = 'off'\n").contains("no rule 'T999'"));
        assert!(complaint("[quy_tac]\nT106 = 'never'\n").contains("only \"error\""));
    }

    #[test]
    fn a_value_cannot_smuggle_in_statements() {
        for value in ["tỉnh } thủ tục x {", "tỉnh\\nmã: 1", "tỉnh // gì đó", "", "tỉnh\\nthời hạn: 3 ngày"]
        {
            assert!(complaint(&format!("[mac_dinh]\ncap = \"{value}\"\n")).contains("'cap' cannot be"), "{value}");
        }
    }
}
