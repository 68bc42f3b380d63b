//! How times follow from times.

use crate::generate::Random;
use crate::program::{Arrow, Program, Round, Target, Wait};
use crate::programs::{hold, judged};
use proptest::prelude::*;

/// The same process with everything lasting twice as long.
fn doubled(program: &Program) -> Program {
    let mut program = program.clone();
    program.steps.iter_mut().filter_map(|step| step.minutes.as_mut()).for_each(|minutes| *minutes *= 2);
    program.stages.iter_mut().flatten().for_each(|minutes| *minutes *= 2);
    program.limits.iter_mut().for_each(|(minutes, _)| *minutes *= 2);
    for arrow in program.steps.iter_mut().flat_map(|step| step.exit.arrows_mut()) {
        match &mut arrow.round {
            Round::Each(minutes) | Round::All(minutes) => *minutes *= 2,
            Round::Full | Round::SetTime => {}
        }
    }
    program
}

/// A limit that is at, below or above the worst time.
fn limited(program: &Program, random: &mut Random) -> Program {
    let worst = judged(program).worst.into_iter().flatten().max().unwrap_or_default();
    let limit = worst + [-60, -1, 0, 1, 480][random.below(5)];
    Program { limits: vec![(limit.max(1), None)], ..program.clone() }
}

#[test]
fn twice_the_times_are_twice_the_bound() {
    hold(|sample| {
        let program = limited(&sample.program, &mut Random(sample.random));
        let (once, twice) = (judged(&program), judged(&doubled(&program)));
        let expected: Vec<Option<i64>> = once.worst.iter().map(|worst| worst.map(|worst| 2 * worst)).collect();
        prop_assert_eq!(&twice.worst, &expected, "{}", program.text());
        prop_assert_eq!((once.sound, &once.codes), (twice.sound, &twice.codes), "{}", program.text());
        Ok(once.worst.iter().flatten().any(|worst| *worst > 0))
    });
}

#[test]
fn a_wait_that_stops_the_clock_leaves_the_agencys_time() {
    hold(|sample| {
        let mut random = Random(sample.random);
        let program = limited(&sample.program, &mut random);
        let mut waiting = program.clone();
        let may_wait = |arrow: &&mut Arrow| arrow.wait == Wait::No && !matches!(arrow.target, Target::End { .. });
        let mut free: Vec<&mut Arrow> =
            waiting.steps.iter_mut().flat_map(|step| step.exit.arrows_mut()).filter(may_wait).collect();
        if free.is_empty() {
            return Ok(false);
        }
        let chosen = random.below(free.len());
        free[chosen].wait = Wait::Other;
        let (without, with) = (judged(&program), judged(&waiting));
        prop_assert_eq!(without.sound, with.sound, "{}", waiting.text());
        prop_assert_eq!(without.worst, with.worst, "{}", waiting.text());
        let late = |codes: &[&str]| codes.iter().filter(|code| ["T301", "T304", "T604"].contains(code)).count();
        prop_assert_eq!(late(&without.codes), late(&with.codes), "{}", waiting.text());
        Ok(true)
    });
}
