//! Files judged a few at a time are judged as if all were judged together.
//!
//! Generated provinces with faults that reach over several files: names used or unused elsewhere, codes borne twice,
//! imports that are missing, shared parts at fault. `TTHC_SEED` repeats a run, `TTHC_PROVINCES` sets how many there are.
#![allow(clippy::unwrap_used)]

#[path = "../benches/generator.rs"]
mod generator;
#[path = "robust/mutate.rs"]
mod mutate;

use fastrand::Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::Arc;
use tthc_compiler::batch::{Batches, Judged};
use tthc_compiler::diagnostic::Diagnostic;
use tthc_compiler::project::{ParsedFile, Project, Settings};
use tthc_compiler::source::{Place, Source};

type Texts = BTreeMap<String, Vec<u8>>;

/// What is said, with paths in the place of numbers.
fn told<'s>(found: &Diagnostic, source: &dyn Fn(Place) -> &'s Source) -> String {
    let at = |place: Place| format!("{}:{}..{}", source(place).path, place.span.start, place.span.end);
    let labels: Vec<String> = found.labels.iter().map(|(place, say)| format!("{} {}", at(*place), say.en)).collect();
    let edits = found.fixes.iter().flat_map(|fix| &fix.edits).map(|edit| format!("{} {}", at(edit.place), edit.text));
    let (place, edits) = (at(found.place), edits.collect::<Vec<_>>());
    let help = found.help.as_ref().map(|help| &help.en);
    format!("{place} {} {} {labels:?} {help:?} {edits:?} {:?}", found.code, found.message.en, found.witness)
}

fn together(texts: &Texts) -> Vec<String> {
    let files = texts.iter().map(|(path, text)| Arc::new(ParsedFile::new(path.as_str(), text))).collect();
    let project = Project::new(files, Settings::default());
    let of_user = |found: &&Diagnostic| project.files.len() > found.place.file.0 as usize;
    let found = project.check_with_fixes();
    found.iter().filter(of_user).map(|found| told(found, &|place| project.source(place.file))).collect()
}

fn in_batches(texts: &Texts, size: usize, wanted: &(dyn Fn(&str) -> bool + Sync)) -> Vec<String> {
    let paths: BTreeSet<String> = texts.keys().cloned().collect();
    let load = |path: &str| -> Result<Option<Arc<ParsedFile>>, Infallible> {
        Ok(texts.get(path).map(|text| Arc::new(ParsedFile::new(path, text))))
    };
    let batches = Batches { paths: &paths, wanted, settings: &Settings::default(), load: &load, size };
    let Ok(judged) = batches.judge();
    let Judged { findings, .. } = &judged;
    findings.iter().map(|found| told(found, &|place| judged.source(place.file))).collect()
}

fn assert_same(texts: &Texts, what: &str) {
    let whole = together(texts);
    for size in [1, 3, 64] {
        let parts = in_batches(texts, size, &|_| true);
        let (lost, new): (Vec<_>, Vec<_>) = (
            whole.iter().filter(|found| !parts.contains(found)).collect(),
            parts.iter().filter(|found| !whole.contains(found)).collect(),
        );
        assert!(lost.is_empty() && new.is_empty(), "{what}, batches of {size}: lost {lost:#?}, new {new:#?}");
        let mut sorted = (whole.clone(), parts);
        sorted.0.sort();
        sorted.1.sort();
        assert_eq!(sorted.0, sorted.1, "{what}, batches of {size}: something is said twice");
    }
}

fn number_from(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn generated(seed: u64, procedures: usize) -> Texts {
    let files = generator::project(seed, procedures, 3 << 10).into_iter();
    files.map(|file| (file.path, file.text.into_bytes())).collect()
}

/// Puts other words in the place of the first ones like it.
fn change(texts: &mut Texts, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(texts[path].clone()).unwrap();
    assert!(text.contains(from), "{path} has no “{from}”");
    texts.insert(path.into(), text.replacen(from, to, 1).into_bytes());
}

#[test]
fn what_reaches_over_files_is_seen() {
    let mut texts = generated(7, 12);
    let (agencies, parts) = ("chung/cơ_quan.tthc", "chung/phần_dùng_chung.tthc");
    let procedure = |number: usize| format!("thủ_tục/thủ_tục_{number:05}.tthc");
    // Used by nobody; used by one; a silence for what one user brings up, and one for nothing.
    let text = [
        texts[parts].as_slice(),
        "
phần dùng chung không_ai_dùng { bước x \"X\" do văn_thư trong 1 giờ làm việc }
// tthc: bỏ qua T301 — không có gì
phần dùng chung một_người_dùng { bước y \"Y\" do văn_thư trong 90 ngày làm việc }
"
        .as_bytes(),
    ]
    .concat();
    texts.insert(parts.into(), text);
    let text = [texts[agencies].as_slice(), "\ncơ quan thừa \"Cơ quan thừa\" { cấp: tỉnh }\n".as_bytes()].concat();
    texts.insert(agencies.into(), text);
    change(&mut texts, &procedure(3), "    chèn tiếp_nhận", "    chèn một_người_dùng\n    chèn tiếp_nhận");
    // One code four times, far apart and side by side; an import that is missing; a name that another file declares.
    for bearer in [10, 11, 12] {
        change(&mut texts, &procedure(bearer), &format!("1.0000{bearer}"), "1.000002");
    }
    change(&mut texts, &procedure(5), "dùng \"../chung/cơ_quan.tthc\"", "dùng \"../chung/cơ_quann.tthc\"");
    change(&mut texts, &procedure(6), "dùng \"../chung/cơ_quan.tthc\"\n", "");
    // A circle of imports, and a procedure that others import.
    change(
        &mut texts,
        &procedure(8),
        "dùng \"../chung/cơ_quan.tthc\"",
        "dùng \"thủ_tục_00009.tthc\", \"../chung/cơ_quan.tthc\"",
    );
    change(
        &mut texts,
        &procedure(9),
        "dùng \"../chung/cơ_quan.tthc\"",
        "dùng \"thủ_tục_00008.tthc\", \"../chung/cơ_quan.tthc\"",
    );
    let whole = together(&texts);
    for code in ["T101", "T105", "T106", "T108", "T110", "T301"] {
        assert!(whole.iter().any(|found| found.contains(&format!(" {code} "))), "{code} is not found: {whole:#?}");
    }
    assert_same(&texts, "faults over several files");
    let only = procedure(2);
    let asked: Vec<String> = whole.iter().filter(|found| found.starts_with(&only)).cloned().collect();
    assert_eq!(in_batches(&texts, 4, &|path| path == only), asked);
    let shared: Vec<String> = whole.iter().filter(|found| found.starts_with("chung/")).cloned().collect();
    assert_eq!(in_batches(&texts, 4, &|path| path.starts_with("chung/")), shared);
}

#[test]
fn damaged_provinces_are_judged_alike() {
    let (seed, count) = (number_from("TTHC_SEED", 1_690), number_from("TTHC_PROVINCES", 12));
    println!("seed {seed}, {count} provinces");
    for number in 0..count {
        let mut random = Rng::with_seed(seed ^ number << 8);
        let mut texts = generated(random.u64(..), 7);
        let paths: Vec<String> = texts.keys().cloned().collect();
        for _ in 0..random.usize(1..4) {
            // The two shared files come first: they are damaged more often than others.
            let path = &paths[if random.bool() { random.usize(..2) } else { random.usize(..paths.len()) }];
            let damaged = mutate::mutant(&mut random, &texts[path]);
            texts.insert(path.clone(), damaged);
        }
        assert_same(&texts, &format!("province {number} of seed {seed}"));
    }
}
