//! What a procedure says beside its steps and a target has no place for: said by T503, once for a procedure and target.

use crate::diagnostic::{Diagnostic, Message, Severity, say};
use crate::project::Project;
use crate::rules::Rule;
use crate::rules::seen::{Seen, each};
use crate::rules::words::keyword;
use crate::target::{Target, said};
use tthc_grammar::keywords::Key;
use tthc_grammar::tree::DeclarationKind;

/// Says of every procedure and target what is left out; good to know, for the process is whole without it.
pub(super) fn check(project: &Project, rule: &Rule, out: &mut Vec<Diagnostic>) {
    for target in project.settings.targets.iter().filter(|target| !target.capabilities.left_out.is_empty()) {
        // A procedure is seen once for each of its cases.
        for seen in each(project).filter(|seen| seen.analysis.case == 0) {
            let left_out = said::among(target.capabilities.left_out, seen.definition());
            out.extend((!left_out.is_empty()).then(|| found(&seen, rule, target, &left_out)));
        }
    }
}

fn found(seen: &Seen<'_>, rule: &Rule, target: &Target, left_out: &[(DeclarationKind, Option<Key>)]) -> Diagnostic {
    let (vi, en): (Vec<String>, Vec<String>) = left_out.iter().map(|(block, key)| called(*block, *key)).unzip();
    let message = say(
        format!("Đích “{}” không có chỗ cho {}", target.name, vi.join(", ")),
        format!("The target “{}” has no place for {}", target.name, en.join(", ")),
    );
    let found = seen.found(rule, seen.procedure.named.place, message).help(help());
    Diagnostic { severity: Severity::Note, ..found }
}

/// A key of the procedure by itself, of another block with the block; in both languages.
fn called(block: DeclarationKind, key: Option<Key>) -> (String, String) {
    let quoted = |words: &str| format!("“{words}”");
    let alone = |words: &str| (quoted(words), quoted(words));
    match (block, key) {
        (_, None) => alone(keyword(block)),
        (DeclarationKind::Procedure, Some(key)) => alone(key.phrase()),
        (_, Some(key)) => {
            let (key, block) = (quoted(key.phrase()), keyword(block));
            (format!("{key} của {block}"), format!("{key} of “{block}”"))
        }
    }
}

fn help() -> Message {
    say("Ghi thêm trong phần mềm sau khi nhập, nếu cần", "Add it in that software where it is needed")
}
