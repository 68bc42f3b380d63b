//! A player that tries everything agrees with the compiler on soundness and on worst times.
//!
//! `TTHC_ORACLE` says how many random programs are compared, `TTHC_SEED` where to begin.
#![allow(clippy::unwrap_used, clippy::type_complexity)]

#[path = "oracle/classes.rs"]
mod classes;
#[path = "oracle/clock.rs"]
mod clock;
#[path = "oracle/figures.rs"]
mod figures;
#[path = "oracle/generate.rs"]
mod generate;
#[path = "oracle/player.rs"]
mod player;
#[path = "oracle/program.rs"]
mod program;
#[path = "oracle/states.rs"]
mod states;

use classes::{compiled_worst, worst_of};
use generate::{Generator, Random};
use player::{Answer, Fault, Player};
use program::Program;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tthc_compiler::analysis::explore::Bounds;
use tthc_compiler::analysis::{self, Defect};
use tthc_compiler::diagnostic::Severity;
use tthc_compiler::project::{ParsedFile, Project, Settings};

fn project(program: &Program) -> Project {
    Project::new(vec![Arc::new(ParsedFile::new("t.tthc", program.text().as_bytes()))], Settings::default())
}

/// Codes of findings; with their number.
fn codes(project: &Project, severity: Option<Severity>) -> BTreeMap<&'static str, usize> {
    let mut codes = BTreeMap::new();
    for found in project.check().iter().filter(|found| severity.is_none_or(|severity| found.severity == severity)) {
        *codes.entry(found.code).or_default() += 1;
    }
    codes
}

/// What the two disagree on; empty where they agree.
fn disagreements(program: &Program, answer: &Answer) -> Vec<String> {
    let project = project(program);
    let mut wrong = Vec::new();
    let errors = codes(&project, Some(Severity::Error));
    if errors.keys().any(|code| code.starts_with("T0") || code.starts_with("T1")) {
        let messages: Vec<String> = project.check().into_iter().map(|found| found.message.en).collect();
        return vec![format!("the text is not in order: {errors:?} {messages:?}")];
    }
    let analysis = &project.analysis()[0];
    if analysis.is_sound() != answer.faults.is_empty() {
        wrong.push(format!(
            "compiler: sound {}, {:?}; player: {:?}",
            analysis.is_sound(),
            analysis.defects,
            answer.faults
        ));
    }
    let flow = errors.keys().any(|code| code.starts_with("T2"));
    if flow == analysis.is_sound() {
        wrong.push(format!("sound {} and yet {errors:?}", analysis.is_sound()));
    }
    if !wrong.is_empty() || !answer.faults.is_empty() {
        wrong.extend(unsaid(answer, &errors));
        return wrong;
    }
    if analysis.times.as_ref().is_some_and(|times| times.approximate) {
        wrong.push("approximate, small as it is".into());
    }
    for (dossier, worst) in &answer.worst {
        let compiled = compiled_worst(&project, dossier);
        if compiled != Some(*worst) {
            wrong.push(format!("{dossier:?}: compiler {compiled:?}, player {worst}"));
            break;
        }
    }
    if wrong.is_empty() { limits(program, answer) } else { wrong }
}

/// What is wrong when few states are told apart: then times are bounds, and nothing broken is called sound. A step
/// that no run reaches may be missed. Answers too whether bounds were found.
fn bounds(program: &Program, answer: &Answer) -> (Vec<String>, bool) {
    let project = project(program);
    let mut analyses = analysis::analyse_within(&project.model, &Bounds::of(1));
    let Some(analysis) = analyses.pop() else { return (vec!["nothing is analysed".into()], false) };
    let broken = answer.faults.iter().any(|fault| *fault != Fault::Unreached);
    let mut wrong = Vec::new();
    if analysis.is_sound() && broken {
        wrong.push(format!("called sound with few states: {:?}", answer.faults));
    }
    let given_up = analysis.defects.contains(&Defect::TooManyStates);
    if !analysis.is_sound() && !given_up && answer.faults.is_empty() {
        wrong.push(format!("called broken with few states: {:?}", analysis.defects));
    }
    let Some(times) = analysis.times.filter(|_| answer.faults.is_empty()) else { return (wrong, false) };
    for (dossier, worst) in &answer.worst {
        let bound = worst_of(&times, dossier);
        if bound.is_none_or(|bound| bound < *worst) || bound > Some(*worst) && !times.approximate {
            wrong.push(format!("{dossier:?}: bound {bound:?}, player {worst}"));
        }
    }
    (wrong, times.pooled)
}

/// Faults of which no rule speaks. What is wrong in shape is all said; of what only runs show, one may hide another.
fn unsaid(answer: &Answer, errors: &BTreeMap<&'static str, usize>) -> Vec<String> {
    let told = |fault: &Fault| {
        let codes: &[&str] = match fault {
            Fault::Falls => &["T201"],
            Fault::Crosses | Fault::RestartInBranch => &["T207"],
            Fault::EndInBranch => &["T208"],
            Fault::JoinTooLarge | Fault::NeverJoined => &["T209"],
            Fault::Unbounded => &["T203", "T204"],
            Fault::UsedUp => &["T204"],
            Fault::Stuck => &["T205"],
            Fault::Undecided => &["T211"],
            Fault::NoEnd => &["T203"],
            Fault::Unreached => &["T202"],
        };
        // A circle without a way out is said before any run is tried.
        let hidden = *fault > Fault::Unbounded && errors.contains_key("T203");
        hidden || codes.iter().any(|code| errors.contains_key(code))
    };
    let of_shape = |fault: &&Fault| **fault <= Fault::Unbounded;
    let sure = answer.faults.iter().filter(|fault| answer.faults.len() == 1 || of_shape(fault));
    sure.filter(|fault| !told(fault)).map(|fault| format!("{fault:?} is not said: {errors:?}")).collect()
}

/// Limits one below, at and one above the worst time: too little, exact, unused time.
fn limits(program: &Program, answer: &Answer) -> Vec<String> {
    let worst = |flag: Option<bool>| {
        let of = answer.worst.iter().filter(|(dossier, _)| flag.is_none_or(|flag| dossier.flags[0] == flag));
        of.map(|(_, worst)| *worst).max().unwrap()
    };
    let lines: [&[Option<bool>]; 2] = [&[None], &[Some(true), None]];
    let mut wrong = Vec::new();
    for guards in lines {
        let exact = |guard: &Option<bool>| match (guards.len(), guard) {
            (1, _) => worst(None),
            (_, Some(flag)) => worst(Some(*flag)),
            (_, None) => worst(Some(false)),
        };
        for more in [-1, 0, 1] {
            let mut limited = program.clone();
            limited.limits = guards.iter().map(|guard| (exact(guard), *guard)).collect();
            limited.limits[0].0 += more;
            if limited.limits.iter().any(|(minutes, _)| *minutes <= 0) {
                continue;
            }
            let found = codes(&project(&limited), None);
            // Of what is late in refusals alone another rule speaks, never both.
            let late = found.get("T301").unwrap_or(&0) + found.get("T604").unwrap_or(&0);
            let told = (late, found.get("T304").copied().unwrap_or(0));
            // Where a stage does not add up, that is said instead.
            let unused = usize::from(more > 0 && !found.contains_key("T305"));
            if told != (usize::from(more < 0), unused) {
                wrong.push(format!("limits {:?} ({more:+}): T301 or T604 {}, T304 {}", limited.limits, told.0, told.1));
            }
        }
    }
    wrong
}

/// Figures of a comparison.
#[derive(Debug, Default)]
struct Figures {
    programs: usize,
    sound: usize,
    broken: usize,
    too_large: usize,
    parallel: usize,
    bounded: usize,
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn the_player_and_the_compiler_agree() {
    let (count, seed) = (number("TTHC_ORACLE", 40), number("TTHC_SEED", 1));
    println!("TTHC_ORACLE={count} TTHC_SEED={seed}");
    let (mut figures, mut wrong, mut met) = (Figures::default(), Vec::new(), BTreeSet::<Fault>::new());
    for at in seed..seed + count {
        let mut random = Random(at.wrapping_mul(0x1234_5678_9ABC_DEF1));
        let mut program = Generator::program(&mut random);
        let broken = random.chance(25) && generate::break_it(&mut program, &mut random);
        let Some(answer) = Player::new(&program).play(&generate::dossiers(&program)) else {
            figures.too_large += 1;
            continue;
        };
        figures.programs += 1;
        figures.sound += usize::from(answer.faults.is_empty());
        figures.broken += usize::from(broken);
        figures.parallel += usize::from(program.forks > 0);
        met.extend(&answer.faults);
        let mut found = disagreements(&program, &answer);
        let (more, bounded) = bounds(&program, &answer);
        figures.bounded += usize::from(bounded);
        found.extend(more);
        if !found.is_empty() {
            wrong.push((program.steps.len(), format!("seed {at}: {}\n{}", found.join("\n"), program.text())));
        }
    }
    println!("{figures:?}, faults met: {met:?}");
    wrong.sort();
    let shown: Vec<&str> = wrong.iter().take(3).map(|(_, text)| text.as_str()).collect();
    assert!(wrong.is_empty(), "{} of {count} disagree; the smallest:\n{}", wrong.len(), shown.join("\n\n"));
    assert!(figures.sound * 4 > figures.programs, "too few sound programs: {figures:?}");
    assert!(figures.bounded > 0, "no program has more states than are told apart: {figures:?}");
}
