//! One mistake, one message, at the right place, and the rest of the file is still there: single-token
//! mutations of the samples, counted.
//!
//! `TTHC_MUTATIONS=100000` makes more of them, `TTHC_SEED=7` others, `TTHC_SHOW=20` prints what failed.
#![allow(clippy::unwrap_used)]

mod mutation;

use fastrand::Rng;
use mutation::{Kind, Mutant, insertable, mutate, tokens};
use std::collections::BTreeMap;
use std::fmt::Write;
use tthc_grammar::text::Text;
use tthc_grammar::tree::{DeclarationKind, ProblemKind, Statement, Tree};

/// Floors and a ceiling; measured values are printed by the test.
const MOST_PROBLEMS_EACH: f64 = 1.1;
/// Of all mutants: the others are valid texts of another meaning (a name, a label, a number taken out or in).
const LEAST_FOUND: f64 = 0.88;
const LEAST_FOUND_NEAR: f64 = 0.98;
const LEAST_STEPS_KEPT: f64 = 0.98;

fn from_env(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// A step: the kinds and numbers of what it stands in, its name and its label.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    parents: Vec<(DeclarationKind, usize)>,
    name: Option<String>,
    label: Option<String>,
    span: (usize, usize),
}

fn steps_of(tree: &Tree) -> Vec<Step> {
    let mut out = Vec::new();
    collect(&tree.items, &mut Vec::new(), &mut out);
    out
}

fn collect(statements: &[Statement], parents: &mut Vec<(DeclarationKind, usize)>, out: &mut Vec<Step>) {
    let mut counts: BTreeMap<DeclarationKind, usize> = BTreeMap::new();
    for statement in statements {
        let Statement::Declaration(declaration) = statement else { continue };
        if declaration.kind == DeclarationKind::Step {
            out.push(Step {
                parents: parents.clone(),
                name: declaration.name.as_ref().map(|name| name.text.clone()),
                label: declaration.label.as_ref().map(|label| label.value.clone()),
                span: (declaration.span.start as usize, declaration.span.end as usize),
            });
        }
        let index = counts.entry(declaration.kind).or_default();
        parents.push((declaration.kind, *index));
        *index += 1;
        if let Some(block) = &declaration.block {
            collect(&block.statements, parents, out);
        }
        parents.pop();
    }
}

/// How many of the steps that the mutation did not touch are still in their places: (kept, all).
fn kept(original: &[Step], mutant: &Mutant, tree: &Tree) -> (usize, usize) {
    let found = steps_of(tree);
    let (mut from, mut count, mut all) = (0, 0, 0);
    for step in original {
        let touched = step.span.0 <= mutant.at && mutant.at <= step.span.1;
        let cut_off = mutant.kind == Kind::Truncate && step.span.1 >= mutant.at;
        if touched || cut_off {
            continue;
        }
        all += 1;
        let same = |other: &Step| other.parents == step.parents && other.name == step.name && other.label == step.label;
        if let Some(index) = found[from..].iter().position(same) {
            from += index + 1;
            count += 1;
        }
    }
    (count, all)
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Where the file is at fault: the problems, and keys that nobody knows.
fn faults(text: &Text, tree: &Tree) -> Vec<(usize, String, bool)> {
    let mut out: Vec<_> = tree
        .problems
        .iter()
        .map(|problem| {
            let opening = matches!(problem.kind, ProblemKind::UnclosedBlock | ProblemKind::UnclosedString(_));
            let words = &text.parsed()[problem.span.range()];
            (problem.span.start as usize, format!("{:?} {words:?}", problem.kind), opening)
        })
        .collect();
    unknown_keys(&tree.items, &mut |at| out.push((at, "unknown key".into(), false)));
    out.sort();
    out
}

fn unknown_keys(statements: &[Statement], found: &mut dyn FnMut(usize)) {
    for statement in statements {
        let block = match statement {
            Statement::Declaration(declaration) => declaration.block.as_ref(),
            Statement::Arrow(arrow) => arrow.block.as_ref(),
            Statement::Paper(paper) => paper.block.as_ref(),
            Statement::Attribute(attribute) if attribute.key.is_none() => {
                found(attribute.key_span.start as usize);
                None
            }
            _ => None,
        };
        if let Some(block) = block {
            unknown_keys(&block.statements, found);
        }
    }
}

/// Whether the first fault stands within a line of the mutation, or at the opening of a block around it.
fn is_near(faults: &[(usize, String, bool)], mutant: &Mutant) -> bool {
    let (at, _, opening) = &faults[0];
    let line = line_of(&mutant.text, mutant.at.min(mutant.text.len()));
    let of_brace = matches!(mutant.token.as_str(), "{" | "}" | "\"" | "(" | ")") || mutant.kind == Kind::Truncate;
    line_of(&mutant.text, *at).abs_diff(line) <= 1
        || (of_brace && *opening && *at <= mutant.at && encloses(mutant, *at))
}

/// Whether the brace at `open` was still open, or was closed, where the mutation is.
fn encloses(mutant: &Mutant, open: usize) -> bool {
    let mut depth = 0i32;
    for (start, end) in tokens(&mutant.text[open..mutant.at]) {
        match &mutant.text[open + start..open + end] {
            "{" => depth += 1,
            "}" => depth -= 1,
            _ => {}
        }
        if depth <= 0 && open + end < mutant.at {
            return false;
        }
    }
    true
}

#[derive(Default)]
struct Count {
    mutants: usize,
    faulty: usize,
    faults: usize,
    near: usize,
    kept: usize,
    steps: usize,
}

impl Count {
    fn line(&self) -> String {
        let share = |part: usize, all: usize| 100.0 * part as f64 / all.max(1) as f64;
        format!(
            "{:6} mutants, {:6} with a problem: {:.3} problems each, {:.2} % found near; {:.2} % of {} steps kept",
            self.mutants,
            self.faulty,
            self.faults as f64 / self.faulty.max(1) as f64,
            share(self.near, self.faulty),
            share(self.kept, self.steps),
            self.steps,
        )
    }
}

#[test]
fn one_wrong_token_is_one_message_at_its_place() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/samples");
    let mut samples: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    samples.retain(|path| path.extension().is_some_and(|extension| extension == "tthc"));
    samples.sort();
    let texts: Vec<(String, String)> = samples
        .iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into(), std::fs::read_to_string(path).unwrap()))
        .collect();
    let all_tokens: Vec<_> = texts.iter().map(|(_, text)| tokens(text)).collect();
    let mut pool: Vec<String> =
        texts.iter().zip(&all_tokens).flat_map(|((_, text), tokens)| insertable(text, tokens)).collect();
    pool.sort();
    pool.dedup();
    let originals: Vec<_> =
        texts.iter().map(|(_, text)| steps_of(&tthc_grammar::parse(&Text::new(text.as_bytes())))).collect();

    let (seed, count, show) =
        (from_env("TTHC_SEED", 20_250_701), from_env("TTHC_MUTATIONS", 12_000), from_env("TTHC_SHOW", 0));
    println!("seed {seed}, {count} mutations of {} files", texts.len());
    let mut random = Rng::with_seed(seed);
    let (mut total, mut by_kind, mut by_file) =
        (Count::default(), BTreeMap::<Kind, Count>::new(), BTreeMap::<&str, Count>::new());
    let mut shown = 0;
    for _ in 0..count {
        let index = random.usize(..texts.len());
        let (file, text) = &texts[index];
        if std::env::var("TTHC_FILE").is_ok_and(|only| !file.contains(&only)) {
            continue;
        }
        let mutant = mutate(text, &all_tokens[index], &pool, &mut random);
        let parsed = Text::new(mutant.text.as_bytes());
        let tree = tthc_grammar::parse(&parsed);
        let pieces = tthc_grammar::format::pieces(&parsed, &tree);
        let apart = pieces.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start);
        assert!(apart, "{file}: pieces overlap in\n{}", mutant.text);
        let faults = faults(&parsed, &tree);
        let (kept, steps) = kept(&originals[index], &mutant, &tree);
        let near = faults.is_empty() || is_near(&faults, &mutant);
        for count in [&mut total, by_kind.entry(mutant.kind).or_default(), by_file.entry(file).or_default()] {
            count.mutants += 1;
            count.faulty += usize::from(!faults.is_empty());
            count.faults += faults.len();
            count.near += usize::from(near && !faults.is_empty());
            (count.kept, count.steps) = (count.kept + kept, count.steps + steps);
        }
        if shown < show && (faults.len() > 1 || !near || kept < steps) {
            shown += 1;
            println!("{}", report(file, &mutant, &faults, near, steps - kept));
        }
    }
    for (kind, count) in &by_kind {
        println!("{kind:<32?} {}", count.line());
    }
    for (file, count) in &by_file {
        println!("{file:<32} {}", count.line());
    }
    println!("{:<32} {}", "all", total.line());
    assert!(total.faulty as f64 >= LEAST_FOUND * total.mutants as f64, "mistakes were not found");
    assert!(total.faults as f64 <= MOST_PROBLEMS_EACH * total.faulty as f64, "more than one message for a mistake");
    assert!(total.near as f64 >= LEAST_FOUND_NEAR * total.faulty as f64, "messages far from the mistake");
    assert!(total.kept as f64 >= LEAST_STEPS_KEPT * total.steps as f64, "other steps were lost");
}

fn report(file: &str, mutant: &Mutant, faults: &[(usize, String, bool)], near: bool, lost: usize) -> String {
    let line = line_of(&mutant.text, mutant.at.min(mutant.text.len()));
    let words = mutant.text.lines().nth(line - 1).unwrap_or_default().trim();
    let mut out = format!("--- {file}:{line} {:?} {:?}{}", mutant.kind, mutant.token, if near { "" } else { " FAR" });
    if lost > 0 {
        write!(out, " LOST {lost}").unwrap();
    }
    writeln!(out, "\n    {words}").unwrap();
    for (at, kind, _) in faults.iter().take(4) {
        writeln!(out, "  {}: {kind}", line_of(&mutant.text, *at)).unwrap();
    }
    out
}
