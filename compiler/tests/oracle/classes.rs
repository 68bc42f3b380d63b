//! What the compiler says of a dossier: it speaks of classes, as guards that describe them.

use super::program::Dossier;
use tthc_compiler::analysis::verdict::Times;
use tthc_compiler::project::Project;

/// Whether a dossier belongs to a class, given as the guard that describes it.
fn belongs(dossier: &Dossier, class: &str) -> bool {
    class.split(" và ").filter(|part| !part.is_empty()).all(|part| {
        let words: Vec<&str> = part.split(' ').collect();
        let flag = |name: &str| dossier.flags[usize::from(name == "f1")];
        match words[..] {
            ["không", name] => !flag(name),
            [name] => flag(name),
            ["e0", "=", value] => value == format!("v{}", dossier.value),
            ["n0", operator, number] => {
                let number: i32 = 2 * number.parse::<i32>().unwrap();
                match operator {
                    "<" => dossier.number < number,
                    "≤" => dossier.number <= number,
                    ">" => dossier.number > number,
                    "≥" => dossier.number >= number,
                    _ => dossier.number == number,
                }
            }
            _ => panic!("a class that cannot be read: {class}"),
        }
    })
}

/// What the compiler says of a dossier's worst time.
pub fn compiled_worst(project: &Project, dossier: &Dossier) -> Option<i64> {
    worst_of(project.analysis()[0].times.as_ref()?, dossier)
}

/// The same of some verdicts.
pub fn worst_of(times: &Times, dossier: &Dossier) -> Option<i64> {
    let classes = times.classes.iter().filter(|class| belongs(dossier, &class.dossier));
    classes.map(|class| class.worst.working).max()
}
