//! Branches run side by side, and decisions exclude each other: in which order they are written says nothing.

use crate::generate::Random;
use crate::program::{Exit, Guard, Item, Program};
use crate::programs::{hold, judged};
use proptest::prelude::*;

/// Turns the branches of every parallel block round; how many there were.
fn swap_branches(items: &mut [Item]) -> usize {
    let mut swapped = 0;
    for item in items {
        match item {
            Item::Step(_) => {}
            Item::Stage { items, .. } => swapped += swap_branches(items),
            Item::Fork { branches, .. } => {
                branches.reverse();
                swapped += 1 + branches.iter_mut().map(|branch| swap_branches(branch)).sum::<usize>();
            }
        }
    }
    swapped
}

/// `khi g -> x, còn lại -> y` as `khi không g -> y, còn lại -> x`; outcomes in another order. How many there were.
fn swap_choices(program: &mut Program) -> usize {
    let mut swapped = 0;
    for step in &mut program.steps {
        match &mut step.exit {
            Exit::Choice(lines) if lines.len() == 2 && lines[1].guard.is_none() => {
                let Some(guard) = lines[0].guard.take() else { continue };
                lines.swap(0, 1);
                lines[0].guard = Some(Guard::Not(Box::new(guard)));
                swapped += 1;
            }
            Exit::Outcomes(lines) => {
                lines.reverse();
                swapped += 1;
            }
            _ => {}
        }
    }
    swapped
}

#[test]
fn the_order_of_branches_changes_no_verdict_and_no_time() {
    hold(|sample| {
        let mut swapped = sample.program.clone();
        let any = swap_branches(&mut swapped.items) > 0;
        prop_assert_eq!(judged(&sample.program), judged(&swapped), "{}\n{}", sample.program.text(), swapped.text());
        Ok(any)
    });
}

#[test]
fn the_order_of_decisions_changes_no_verdict_and_no_time() {
    hold(|sample| {
        let mut swapped = sample.program.clone();
        let any = swap_choices(&mut swapped) > 0;
        prop_assert_eq!(judged(&sample.program), judged(&swapped), "{}\n{}", sample.program.text(), swapped.text());
        // A limit above, at or below the time is kept or not, whichever way it is written.
        let worst = judged(&sample.program).worst.into_iter().flatten().max();
        if let Some(minutes) = worst.map(|worst| worst + Random(sample.random).below(3) as i64 - 1).filter(|at| *at > 0)
        {
            let limited = |program: &Program| Program { limits: vec![(minutes, None)], ..program.clone() };
            prop_assert_eq!(judged(&limited(&sample.program)), judged(&limited(&swapped)), "{}", swapped.text());
        }
        Ok(any)
    });
}
