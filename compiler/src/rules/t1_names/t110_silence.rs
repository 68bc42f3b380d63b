//! T110: `// tthc: bỏ qua T305 — lý do` without a reason, with an unknown code, or that silences nothing.

use crate::diagnostic::{Diagnostic, Severity, say};
use crate::project::{ParsedFile, Project};
use crate::rules::{self, Rule};
use crate::source::{FileId, Place};
use foldhash::HashSet;
use tthc_grammar::tree::{Comment, CommentKind, Span, Statement};

pub(in crate::rules) const RULE: Rule = Rule {
    code: "T110",
    name: "silence",
    severity: Severity::Warning,
    page: include_str!("t110_silence.md"),
    // Whether a silence silences anything is known when all other rules have spoken: see `apply`.
    check: |_, _| {},
};

/// A comment that silences rules for one declaration.
struct Silence {
    place: Place,
    codes: Vec<String>,
    has_reason: bool,
    /// The declaration that it stands before or beside.
    declaration: Option<Span>,
}

/// Takes silenced findings out, and reports silences that are wrong.
pub(in crate::rules) fn apply(project: &Project, found: &mut Vec<Diagnostic>) {
    let unclear = unclear(project, found);
    for (id, file) in (0..).map(FileId).zip(&project.files) {
        for silence in silences(id, file) {
            apply_one(&silence, unclear.contains(&id), found);
        }
    }
}

/// Files whose text or names are not clear, or those of what they import: other rules do not judge them yet.
fn unclear(project: &Project, found: &[Diagnostic]) -> HashSet<FileId> {
    let is_error = |found: &&Diagnostic| found.code < "T2" && found.severity == Severity::Error;
    let mut unclear: HashSet<FileId> = found.iter().filter(is_error).map(|found| found.place.file).collect();
    let importers = project.model.imports.iter().filter(|import| !import.brings.is_disjoint(&unclear));
    let importers: Vec<FileId> = importers.map(|import| import.place.file).collect();
    unclear.extend(importers);
    unclear
}

fn apply_one(silence: &Silence, is_unclear: bool, found: &mut Vec<Diagnostic>) {
    if !silence.has_reason {
        let message = say("Bỏ qua một phép kiểm tra thì phải ghi lý do", "A silenced check needs a reason");
        let help = say("Viết: // tthc: bỏ qua T305 — lý do", "Write: // tthc: bỏ qua T305 — reason");
        found.push(Diagnostic::new(&RULE, silence.place, message).help(help));
        return;
    }
    for code in &silence.codes {
        if rules::find(code).is_none() {
            let message =
                say(format!("Không có phép kiểm tra nào mang mã {code}"), format!("There is no check {code}"));
            found.push(Diagnostic::new(&RULE, silence.place, message));
            continue;
        }
        let before = found.len();
        found.retain(|diagnostic| !silences_this(silence, code, diagnostic));
        if found.len() == before && !is_unclear {
            let message = say(
                format!("Không có gì để bỏ qua: {code} không tìm thấy lỗi ở khai báo này"),
                format!("Nothing to silence: {code} finds nothing in this declaration"),
            );
            found.push(
                Diagnostic::new(&RULE, silence.place, message)
                    .absence(None)
                    .help(say("Bỏ dòng ghi chú này", "Take this comment out")),
            );
        }
    }
}

fn silences_this(silence: &Silence, code: &str, diagnostic: &Diagnostic) -> bool {
    let Some(span) = silence.declaration else { return false };
    let at = diagnostic.place;
    diagnostic.code == code
        && !diagnostic.firm
        && !diagnostic.is_untold()
        && at.file == silence.place.file
        && span.start <= at.span.start
        && at.span.start < span.end
}

fn silences(id: FileId, file: &ParsedFile) -> Vec<Silence> {
    let text = file.source.text.parsed();
    let mut spans = Vec::new();
    declarations(&file.tree.items, &mut spans);
    let mut silences = Vec::new();
    for Comment { span, kind } in &file.tree.comments {
        let words = &text[span.range()];
        let inner = words.trim_start_matches(['/', '*']).trim_end_matches(['/', '*']).trim();
        let Some(rest) = (*kind != CommentKind::Doc).then_some(inner).and_then(|inner| inner.strip_prefix("tthc:"))
        else {
            continue;
        };
        let Some(rest) = rest.trim().strip_prefix("bỏ qua").or_else(|| rest.trim().strip_prefix("bo qua")) else {
            continue;
        };
        let (codes, reason) = split_reason(rest);
        let line_start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1) as u32;
        let beside = spans.iter().find(|inner| line_start <= inner.start && inner.start < span.start);
        let below = spans.iter().filter(|inner| inner.start >= span.end).min_by_key(|inner| inner.start);
        silences.push(Silence {
            place: Place { file: id, span: *span },
            codes: codes.split([',', ' ']).filter(|code| !code.is_empty()).map(str::to_uppercase).collect(),
            has_reason: reason.chars().any(char::is_alphabetic) && !codes.trim().is_empty(),
            declaration: beside.or(below).copied(),
        });
    }
    silences
}

/// `T305, T306 — lý do`: the codes end at the first word that is none.
fn split_reason(rest: &str) -> (&str, &str) {
    let is_code =
        |word: &str| word.len() == 4 && word.starts_with(['T', 't']) && word[1..].bytes().all(|b| b.is_ascii_digit());
    let mut end = 0;
    for word in rest.split_inclusive([' ', ',']) {
        let bare = word.trim_matches([' ', ',']);
        if !bare.is_empty() && !is_code(bare) {
            break;
        }
        end += word.len();
    }
    rest.split_at(end)
}

fn declarations(statements: &[Statement], out: &mut Vec<Span>) {
    for statement in statements {
        match statement {
            Statement::Declaration(declaration) => {
                out.push(declaration.span);
                if let Some(block) = &declaration.block {
                    declarations(&block.statements, out);
                }
            }
            Statement::Arrow(arrow) => out.push(arrow.span),
            Statement::Attribute(attribute) => out.push(attribute.span),
            _ => {}
        }
    }
}
