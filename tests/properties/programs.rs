//! Random processes, and what the compiler says of them.

use crate::classes::compiled_worst;
use crate::generate::{Generator, Random, break_it, dossiers};
use crate::program::Program;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use std::sync::Arc;
use tthc_compiler::project::{ParsedFile, Project, Settings};

/// Where failures are remembered.
const FAILURES: &str = "tests/properties/regressions/programs.txt";

/// A process, and numbers to choose something in it with.
#[derive(Clone)]
pub struct Sample {
    pub program: Program,
    pub random: u64,
}

impl std::fmt::Debug for Sample {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}, a process of {} steps", self.random, self.program.steps.len())
    }
}

/// Processes of the generator of the oracle: mostly sound, some with a defect put in.
fn samples() -> impl Strategy<Value = Sample> {
    any::<u64>().prop_map(|random| {
        let mut numbers = Random(random);
        let mut program = Generator::program(&mut numbers);
        if numbers.chance(15) {
            break_it(&mut program, &mut numbers);
        }
        Sample { program, random: numbers.0 }
    })
}

/// Tries a property on many processes. It answers whether it had anything to try.
pub fn hold(property: impl Fn(&Sample) -> Result<bool, TestCaseError>) {
    let tried = std::cell::Cell::new(0);
    let mut runner = crate::runner(FAILURES);
    let cases = runner.config().cases;
    let once = |sample: Sample| -> TestCaseResult {
        tried.set(tried.get() + u32::from(property(&sample)?));
        Ok(())
    };
    if let Err(failure) = runner.run(&samples(), once) {
        panic!("{failure}");
    }
    println!("{} of {cases} processes had something to try", tried.get());
    assert!(tried.get() * 8 > cases, "only {} of {cases}", tried.get());
}

/// The project of one text.
pub fn project(text: &str) -> Project {
    projects(&[("t.tthc", text)])
}

/// The project of several files.
pub fn projects(files: &[(&str, &str)]) -> Project {
    let files = files.iter().map(|(path, text)| Arc::new(ParsedFile::new(*path, text.as_bytes())));
    Project::new(files.collect(), Settings::default())
}

/// What is said of a process, without places and words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    pub sound: bool,
    /// Codes of what is found in its file, sorted.
    pub codes: Vec<&'static str>,
    /// The worst minutes of every dossier that the process can tell apart.
    pub worst: Vec<Option<i64>>,
}

/// What the compiler says of the first process of the project.
pub fn verdict(program: &Program, project: &Project) -> Verdict {
    let file = project.find("t.tthc").unwrap();
    let found = project.check();
    let mut codes: Vec<&str> = found.iter().filter(|found| found.place.file == file).map(|found| found.code).collect();
    codes.sort();
    let sound = project.analysis()[0].is_sound();
    let worst = dossiers(program).iter().map(|dossier| compiled_worst(project, dossier)).collect();
    Verdict { sound, codes, worst }
}

/// What is said of a process as it is generated.
pub fn judged(program: &Program) -> Verdict {
    verdict(program, &project(&program.text()))
}
