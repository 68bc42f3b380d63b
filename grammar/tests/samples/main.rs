//! Valid files that use everything the language has: they parse without a problem, into the right tree.
#![allow(clippy::unwrap_used)]

mod facts;
mod reading;
mod robust;
mod slips;
mod spellings;

use std::collections::BTreeMap;
use tthc_grammar::text::Text;
use tthc_grammar::tree::*;

/// Every sample: its name without the ending, and its text.
fn samples() -> BTreeMap<String, String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files
        .filter(|path| path.extension().is_some_and(|extension| extension == "tthc"))
        .map(|path| (path.file_stem().unwrap().to_string_lossy().into(), std::fs::read_to_string(&path).unwrap()))
        .collect()
}

fn parse(text: &str) -> Tree {
    tthc_grammar::parse(&Text::new(text.as_bytes()))
}

/// The tree of a text that has no problems.
fn good(text: &str) -> Tree {
    let tree = parse(text);
    assert_eq!(tree.problems, [], "{text}");
    tree
}

fn sample(name: &str) -> Tree {
    good(&samples()[name])
}

/// Every statement of a tree, those in blocks behind what they stand in.
fn all(tree: &Tree) -> Vec<&Statement> {
    let mut out = Vec::new();
    collect(&tree.items, &mut out);
    out
}

fn collect<'t>(statements: &'t [Statement], out: &mut Vec<&'t Statement>) {
    for statement in statements {
        out.push(statement);
        if let Some(block) = block_of(statement) {
            collect(&block.statements, out);
        }
    }
}

fn block_of(statement: &Statement) -> Option<&Block> {
    match statement {
        Statement::Declaration(declaration) => declaration.block.as_ref(),
        Statement::Arrow(arrow) => arrow.block.as_ref(),
        Statement::Paper(paper) => paper.block.as_ref(),
        _ => None,
    }
}

fn declarations(tree: &Tree, kind: DeclarationKind) -> Vec<&Declaration> {
    let found = all(tree).into_iter().filter_map(|statement| match statement {
        Statement::Declaration(declaration) if declaration.kind == kind => Some(declaration),
        _ => None,
    });
    found.collect()
}

fn names(tree: &Tree, kind: DeclarationKind) -> Vec<String> {
    declarations(tree, kind)
        .iter()
        .map(|declaration| declaration.name.as_ref().map_or("-".into(), |name| name.text.clone()))
        .collect()
}

/// The declaration of this kind and name.
fn declaration<'t>(tree: &'t Tree, kind: DeclarationKind, name: &str) -> &'t Declaration {
    let named = |declaration: &&&Declaration| declaration.name.as_ref().is_some_and(|found| found.text == name);
    let all = declarations(tree, kind);
    all.iter().find(named).copied().unwrap_or_else(|| panic!("{kind:?} {name}"))
}

fn statements(declaration: &Declaration) -> &[Statement] {
    declaration.block.as_ref().map_or(&[], |block| &block.statements)
}

fn attributes(declaration: &Declaration, key: &str) -> Vec<Attribute> {
    let key = tthc_grammar::keywords::key(key);
    let found = statements(declaration).iter().filter_map(|statement| match statement {
        Statement::Attribute(attribute) if attribute.key == key => Some(attribute.clone()),
        _ => None,
    });
    found.collect()
}

fn attribute(declaration: &Declaration, key: &str) -> Attribute {
    attributes(declaration, key).pop().unwrap_or_else(|| panic!("{key}"))
}

/// The arrows of a step.
fn arrows(step: &Declaration) -> Vec<&Arrow> {
    let lists = statements(step).iter().filter_map(|statement| match statement {
        Statement::Declaration(list) if matches!(list.kind, DeclarationKind::Outcomes | DeclarationKind::Choice) => {
            Some(statements(list))
        }
        _ => None,
    });
    lists
        .flatten()
        .map(|statement| if let Statement::Arrow(arrow) = statement { arrow } else { panic!("{statement:?}") })
        .collect()
}

fn step_head(step: &Declaration) -> &StepHead {
    if let Head::Step(head) = &step.head { head } else { panic!("{:?}", step.head) }
}

// ---- short texts for what a tree holds

fn performers(performers: &Performers) -> String {
    let join = |list: &[Performers], sign: &str| {
        format!("({})", list.iter().map(self::performers).collect::<Vec<_>>().join(sign))
    };
    match performers {
        Performers::One(one) => {
            let mut out = match &one.who {
                Who::Path(path) => path.text(),
                Who::Applicant => "người nộp".into(),
                Who::System => "hệ thống".into(),
                Who::ReceivingUnit => "nơi tiếp nhận".into(),
            };
            out.extend(one.at.as_ref().map(|at| format!("@{}", at.text())));
            out.extend(one.wording.as_ref().map(|text| format!(" “{}”", text.value)));
            out
        }
        Performers::All(list, _) => join(list, " & "),
        Performers::Any(list, _) => join(list, " | "),
    }
}

fn amount(amount: &Amount) -> String {
    let term = |term: &Term| {
        let number = if term.denominator == 1 {
            term.numerator.to_string()
        } else {
            format!("{}/{}", term.numerator, term.denominator)
        };
        format!("{number} {:?}", term.unit)
    };
    amount.terms.iter().map(term).collect::<Vec<_>>().join(" + ")
}

fn guard(guard: &Guard) -> String {
    let join =
        |parts: &[Guard], sign: &str| format!("({})", parts.iter().map(self::guard).collect::<Vec<_>>().join(sign));
    let path = |path: &Path| if path.step { format!("bước {}", path.text()) } else { path.text() };
    match &guard.kind {
        GuardKind::Or(parts) => join(parts, " hoặc "),
        GuardKind::And(parts) => join(parts, " và "),
        GuardKind::Not(inner) => format!("không {}", self::guard(inner)),
        GuardKind::Compare(left, operator, right) => format!("{} {operator:?} {}", path(left), literal(right)),
        GuardKind::In(left, list) => {
            format!("{} in {}", path(left), list.iter().map(literal).collect::<Vec<_>>().join(","))
        }
        GuardKind::Holds(field) => path(field),
        GuardKind::Event(text) => format!("event {}", text.value),
        GuardKind::Error => "?".into(),
    }
}

fn literal(literal: &Literal) -> String {
    match literal {
        Literal::Name(name) => name.text.clone(),
        Literal::Number(number) => format!("{}e-{}", number.mantissa, number.scale),
        Literal::Flag(flag, _) => if *flag { "có" } else { "không" }.into(),
        Literal::Text(text) => format!("“{}”", text.value),
    }
}

fn target(target: &Target) -> String {
    let mut out = core(&target.core);
    let modifiers = &target.modifiers;
    out.extend(modifiers.max_times.map(|(times, _)| format!(" ×{times}")));
    out.extend(modifiers.exhausted.as_ref().map(|to| format!(" else {}", core(to))));
    out.extend(modifiers.each_round.as_ref().map(|each| format!(" each {}", amount(each))));
    out.extend(modifiers.all_rounds.then_some(" in all"));
    out.extend(modifiers.set_time.map(|_| " set"));
    out.extend(modifiers.restart.map(|_| " anew"));
    out
}

fn core(core: &TargetCore) -> String {
    match core {
        TargetCore::Next(_) => "next".into(),
        TargetCore::To(path) => path.text(),
        TargetCore::Back(path, _) => format!("back {}", path.text()),
        TargetCore::End { state, stop_all, .. } => {
            format!("{}end {}", if *stop_all { "all " } else { "" }, state.phrase())
        }
        TargetCore::Wait { reason, limit, then, .. } => {
            let reason = reason.as_ref().map_or("supplement".into(), |text| format!("“{}”", text.value));
            let limit = limit.as_ref().map_or(String::new(), |limit| format!(" {}", amount(limit)));
            format!("wait {reason}{limit} then {}", self::core(then))
        }
        TargetCore::Error(_) => "?".into(),
    }
}

/// An arrow as one line: what it is taken for, its guard, where it goes.
fn arrow(arrow: &Arrow) -> String {
    let mut out = match &arrow.outcome {
        Outcome::Named(name) => name.text.clone(),
        Outcome::End(state, _) => format!("end {}", state.phrase()),
        Outcome::Otherwise(_) => "otherwise".into(),
        Outcome::Guarded => "guarded".into(),
    };
    out.extend(arrow.label.as_ref().map(|label| format!(" “{}”", label.value)));
    out.extend(arrow.guard.as_ref().map(|guard| format!(" if {}", self::guard(guard))));
    out.extend(arrow.target.as_ref().map(|target| format!(" -> {}", self::target(target))));
    out
}

fn value(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("“{}”", text.value),
        Value::Amount(found) => amount(found),
        Value::Parameter(name) => format!("parameter {}", name.text),
        Value::Unstated(_) => "unstated".into(),
        Value::Phrase(phrase, _) => (*phrase).into(),
        Value::Integer(number, _) => format!("{number}"),
        Value::Number(number) => format!("{}e-{}", number.mantissa, number.scale),
        Value::Date(date) => format!("{}-{}-{}", date.year, date.month, date.day),
        Value::Period(from, to) => {
            let to = to.map_or(String::new(), |to| self::value(&Value::Date(to)));
            format!("{}..{to}", self::value(&Value::Date(*from)))
        }
        Value::Money(money, _) => format!("{money} đồng"),
        Value::Hours(from, to, _) => format!("{from}..{to}"),
        Value::Performers(found) => performers(found),
        Value::Target(found) => target(found),
        Value::AsAgreed(_) => "as agreed".into(),
        Value::AsOutcome(name) => format!("as {}", name.text),
        Value::Remind(_) => "remind".into(),
        Value::End(state, _) => format!("end {}", state.phrase()),
        Value::Error(_) => "?".into(),
    }
}

fn values(attribute: &Attribute) -> String {
    let mut out = attribute.values.iter().map(value).collect::<Vec<_>>().join(", ");
    out.extend(attribute.since.as_ref().map(|since| match since {
        Since::Reception(_) => " since reception".into(),
        Since::Step(path) => format!(" since {}", path.text()),
    }));
    out.extend(attribute.guard.as_ref().map(|found| format!(" if {}", guard(found))));
    out
}
